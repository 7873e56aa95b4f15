"""Expectations and probabilities as terms: signs are averaged out, simple events have closed forms.

Laws: standard normal; uniform of unit variance, on [-sqrt(3), sqrt(3)]; Rademacher, a fair sign.
"""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq

from proofs.provers.calculus.enclosures import enclose
from proofs.provers.calculus.terms import (
    MINUS,
    ONE,
    ZERO,
    Malformed,
    Term,
    add,
    build,
    derivative,
    div,
    mul,
    neg,
    num,
    power,
    rewritten,
    sub,
    substitute,
    variables,
)

Laws = Mapping[str, str]
HALF = num(fmpq(1, 2))
LAWS = ("gaussian", "uniform", "rademacher")


def average(e: Term, laws: Laws) -> Term:
    """Take the expectation of a term; the product of k copies has the k-th power as its mean."""
    if e[0] == "prod":
        return power(average(e[1], laws), e[2])
    if not variables(e) - {"pi"} <= set(laws):
        raise Malformed("a variable inside an expectation that is not drawn")
    for w in sorted(variables(e) - {"pi"}):
        if laws[w] == "rademacher":
            e = mul(HALF, add(substitute(e, w, ONE), substitute(e, w, MINUS)))
    return build("E", e) if variables(e) - {"pi"} else e


def event(left: Term, operator: str, right: Term, laws: Laws) -> Term:
    """The probability that two terms compare; an unknown event about copies is a term ``P``."""
    copies, k = (left[1], left[2]) if left[0] == "prod" else (left, ONE)
    if left[0] != "prod":
        gap = sub(left, right) if operator[0] == ">" else sub(right, left)
        closed = _closed_form(gap, operator in ("<", ">"), laws)
        if closed is not None:
            return closed
    drawn = set(laws)
    if (variables(k) | variables(right)) & drawn or not variables(copies) - {"pi"} <= drawn:
        raise Malformed("an event of a kind that is not known")
    own = tuple((w, laws[w]) for w in sorted(variables(copies) - {"pi"}))
    return ("P", (operator, copies, own), k, right)


def _closed_form(gap: Term, strict: bool, laws: Laws) -> Term | None:
    """The probability of gap >= 0, where it is known."""
    drawn = sorted(variables(gap) & set(laws))
    if not drawn:
        return _certain(gap, strict)
    w = drawn[0]
    if laws[w] == "rademacher":
        up, down = (_closed_form(substitute(gap, w, s), strict, laws) for s in (ONE, MINUS))
        return None if up is None or down is None else mul(HALF, add(up, down))
    if len(drawn) > 1:
        return None
    x = ("var", w)
    for kind, inner in (("plain", x), ("modulus", ("abs", x)), ("square", power(x, num(2)))):
        flat = rewritten(gap, inner, ("var", "w?"))
        slope = derivative(flat, "w?") if w not in variables(flat) else ZERO
        if slope[0] == "num" and slope != ZERO:
            end = div(neg(substitute(flat, "w?", ZERO)), slope)
            below = _distribution(kind, end, laws[w])
            return sub(ONE, below) if slope[1] > 0 else below
    return None


def _certain(gap: Term, strict: bool) -> Term | None:
    if variables(gap) - {"pi"}:
        return None
    found = enclose(gap, {}, {}, {})
    if found.lo is not None and (found.lo > 0 or (found.lo >= 0 and not strict)):
        return ONE
    return ZERO if gap == ZERO or (found.hi is not None and found.hi < 0) else None


def _distribution(kind: str, end: Term, law: str) -> Term:
    """The probability that w, |w| or w^2 stays below an end."""
    if kind != "plain":
        end = build("max", end, ZERO)
    if kind == "square":
        end = power(end, HALF)
    if law == "gaussian":
        inside = build("erf", mul(end, power(num(2), num(fmpq(-1, 2)))))
    else:
        share = mul(end, power(num(3), num(fmpq(-1, 2))))
        inside = build("max", build("min", share, ONE), MINUS)
    return mul(HALF, add(ONE, inside)) if kind == "plain" else inside
