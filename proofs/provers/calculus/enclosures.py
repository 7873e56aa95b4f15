"""Ranges of terms over boxes, and rigorous expectations."""

# ruff: noqa: D103 - terms are nested tuples, and one-line helpers say what they do

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flint import acb, arb, fmpq

from proofs.provers.calculus.intervals import (
    WHOLE,
    Interval,
    ball,
    i_abs,
    i_add,
    i_increasing,
    i_inverse,
    i_log,
    i_mul,
    i_power,
    i_wave,
    outward,
)
from proofs.provers.calculus.terms import (
    ZERO,
    Rejected,
    Term,
    derivative,
    neg,
    num,
    substitute,
    variables,
)

Draws = Mapping[str, str]


def enclose(e: Term, box: Mapping[str, Interval], draws: Draws, seen: dict[int, Any]) -> Interval:
    """Enclose the values that a term takes at those points of a box where it is defined."""
    known = seen.get(id(e))
    if known is None:
        known = seen[id(e)] = (_enclose(e, box, draws, seen), e)  # e kept alive, so ids stay valid
    made: Interval = known[0]
    return made


def _enclose(e: Term, box: Mapping[str, Interval], draws: Draws, seen: dict[int, Any]) -> Interval:
    if e[0] == "num":
        return ball(arb(e[1]))
    if e[0] == "var":
        return ball(arb.pi()) if e[1] == "pi" else box[e[1]]
    if e[0] == "P":
        return Interval(arb(0), arb(1))
    if e[0] == "E":
        return expectation(e[1], tuple(sorted(draws.items())))
    a = enclose(e[1], box, draws, seen)
    match e[0]:
        case "+":
            return i_add(a, enclose(e[2], box, draws, seen))
        case "*":
            if e[1] == e[2]:
                return i_power(a, fmpq(2))
            return i_mul(a, enclose(e[2], box, draws, seen))
        case "/":
            return i_mul(a, i_inverse(enclose(e[2], box, draws, seen)))
        case "**" if e[2][0] == "num":
            return i_power(a, e[2][1])
        case "**":
            if a.lo is None or a.lo < 0:
                return WHOLE
            exponent = i_mul(enclose(e[2], box, draws, seen), i_log(a))
            return i_increasing(arb.exp, exponent, 0, None)
        case "exp":
            return i_increasing(arb.exp, a, 0, None)
        case "log":
            return i_log(a)
        case "tanh":
            return i_increasing(arb.tanh, a, -1, 1)
        case "erf":
            return i_increasing(arb.erf, a, -1, 1)
        case "sinh":
            return i_increasing(arb.sinh, a, None, None)
        case "cosh":
            return i_increasing(arb.cosh, i_abs(a), None, None)
        case "abs":
            return i_abs(a)
        case "sin":
            return i_wave(arb.sin, a)
        case "cos":
            return i_wave(arb.cos, a)
        case "sign":
            positive, negative = a.lo is not None and a.lo > 0, a.hi is not None and a.hi < 0
            return Interval(arb(1 if positive else -1), arb(-1 if negative else 1))
    raise Rejected(f"no enclosure for {e[0]}")


@lru_cache(maxsize=512)
def expectation(e: Term, draws: tuple[tuple[str, str], ...]) -> Interval:
    """Enclose E f(w) for one drawn w: quadrature of (f(w) + f(-w)) over w >= 0, tail bounded."""
    laws = dict(draws)
    names = variables(e) - {"pi"}
    if len(names) != 1 or not names <= set(laws):
        raise Rejected("an expectation must be over exactly one drawn variable")
    (w,) = names
    mirrored = substitute(e, w, neg(("var", w)))
    gaussian = laws[w] == "gaussian"
    scale, bound = growth(e, w)
    end = arb(16) + arb(bound) if gaussian else arb(3).sqrt()

    def integrand(x: acb, analytic: bool) -> acb:
        total = acb_value(e, w, x, analytic) + acb_value(mirrored, w, x, analytic)
        return total * (-x * x / 2).exp() if gaussian else total

    body = acb.integral(integrand, 0, acb(end)).real
    if not gaussian:
        return ball(body / (2 * end))
    # |f(w)| <= scale e^(bound |w|) for |w| >= 1, so each tail is at most the integral of
    # scale e^(bound w - w^2/2), which is scale e^(bound^2/2) sqrt(pi/2) erfc((end-bound)/sqrt 2).
    root2 = arb(2).sqrt()
    tail = arb(scale) * (arb(bound) ** 2 / 2).exp() * ((end - arb(bound)) / root2).erfc()
    made = body / (2 * arb.pi()).sqrt()
    return outward(made - tail, made + tail)


def acb_value(e: Term, w: str, x: acb, analytic: bool) -> acb:
    """Evaluate at complex x; not finite where the formula is not analytic (Re x >= 0: |x| = x)."""
    if e[0] == "num":
        return acb(arb(e[1]))
    if e[0] == "var":
        return acb(arb.pi()) if e[1] == "pi" else x
    if e[0] == "abs":
        if e[1] in (("var", w), neg(("var", w))):
            return x  # on the integration path x >= 0; x itself continues |x| analytically
        if w in variables(e[1]):
            raise Rejected("inside an expectation, abs is only known for the drawn variable")
    values = [acb_value(a, w, x, analytic) for a in e[1:]]
    match e[0]:
        case "+":
            return values[0] + values[1]
        case "*":
            return values[0] * values[1]
        case "/":
            return values[0] / values[1]
        case "**" if e[2][0] == "num" and e[2][1].q == 1:
            return values[0] ** int(e[2][1])
        case "**" if e[2] == num(fmpq(1, 2)):
            return values[0].sqrt(analytic=analytic)
        case "**":
            return (values[1] * values[0].log(analytic=analytic)).exp()
        case "log":
            return values[0].log(analytic=analytic)
        case "exp" | "sin" | "cos" | "tanh" | "sinh" | "cosh" | "erf":
            return getattr(values[0], e[0])()
    raise Rejected(f"{e[0]} cannot be integrated")


def growth(e: Term, w: str) -> tuple[fmpq, fmpq]:
    """Find A, b with |f(w)| <= A e^(b |w|) whenever |w| >= 1."""
    if e[0] == "num":
        return abs(e[1]), fmpq(0)
    if e[0] == "var":
        return (fmpq(4), fmpq(0)) if e[1] == "pi" else (fmpq(1), fmpq(1))
    if e[0] in ("sin", "cos", "tanh", "erf", "sign"):
        return fmpq(1), fmpq(0)
    (A, b) = growth(e[1], w)
    match e[0]:
        case "+":
            (B, c) = growth(e[2], w)
            return A + B, max(b, c)
        case "*":
            (B, c) = growth(e[2], w)
            return A * B, b + c
        case "/" if e[2][0] == "num" and e[2][1] != 0:
            return A / abs(e[2][1]), b
        case "**" if e[2][0] == "num" and e[2][1] >= 0:
            if e[2][1].q != 1 and not sign_ok(enclose(e[1], {w: WHOLE}, {}, {}), ">="):
                raise Rejected("a root of something negative inside an expectation")
            n = int(-(-e[2][1].p // e[2][1].q))  # u**r <= max(1, u)**ceil(r)
            return max(A, fmpq(1)) ** n, b * n
        case "abs":
            return A, b
        case "exp":
            slope = derivative(e[1], w)
            rest = substitute(e[1], w, ZERO)
            if slope[0] == "num" and rest[0] == "num":
                return fmpq(3) ** max(0, int(-(-rest[1].p // rest[1].q))), abs(slope[1])
    raise Rejected(f"no growth bound for {e[0]} inside an expectation")


def sign_ok(r: Interval, relation: str) -> bool:
    up, down = r.lo is not None and r.lo > 0, r.hi is not None and r.hi < 0
    match relation:
        case ">=":
            return r.lo is not None and bool(r.lo >= 0)
        case ">":
            return bool(up)
        case "!=":
            return bool(up or down)
    return False
