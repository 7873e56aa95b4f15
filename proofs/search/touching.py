"""Inequalities that touch: exp(t) >= 1 + t at the right places, then what is left is algebra.

Jensen's inequality for exp and log, weighted means, Young's inequality, Gibbs' inequality and
softmax are sums of such tangents. Floating point says where the two sides touch.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    ZERO,
    Formula,
    Relation,
    Term,
    constant,
    exp,
    log,
    minus,
    neg,
    number,
    over,
    plus,
    power,
    text,
    times,
)
from proofs.search.floats import function, holds, samples, value
from proofs.search.forms import Forms, Poly, scaled
from proofs.search.moves import difference, logarithm, no_polynomial
from proofs.search.standard import ADDED, TANGENT
from proofs.search.trees import Tree, cite, cone, have, opened, unused

GE, GT = Relation.GE, Relation.GT
MAX_MEANS, MAX_GROUPS = 6, 6
MAX_SIZE = 700  # of a logarithm: beyond it a product is no float


def means(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """One product of powers below a weighted sum of others: G <= sum c_i M_i.

    With t_i = log(M_i/G), G times the sum of c_i (exp(t_i) - 1 - t_i) is what lies between, if the
    sum of c_i (1 + t_i) is at least 1.
    """
    if goal.relation is not GE or "tangent" in " ".join(goal.facts) or len(goal.target.names) < 2:
        return
    signed = list(summands(goal.target, 1))
    down = [e for e, sign in signed if sign < 0]
    if len(down) != 1 or not 2 <= len(signed) <= MAX_MEANS:
        return
    parameters: frozenset[str] = frozenset().union(
        *(e.parts[1].names for e in goal.target.walk() if _symbolic(e))
    )
    exponents = [e.parts[0] for e in goal.target.walk() if e.head == "exp"]
    parameters = parameters.union(*(e.names for e in exponents)) if exponents else parameters
    parts = [_weighed(e, parameters) for e in (down[0], *(e for e, s in signed if s > 0))]
    if not any(_grows(e) for e, _ in signed) or any(p is None for p in parts):
        return
    if len(signed) == 2 and not exponents and not parameters:  # two sides of algebra
        return
    (weight, ground), *others = [p for p in parts if p is not None]
    base = neg(_logarithm(ground))
    gaps = [plus(_logarithm(m), base) for _, m in others]
    rest = minus(
        _total([times(c, plus(ONE, t)) for (c, _), t in zip(others, gaps, strict=True)]), weight
    )
    size = _product(ground)
    tangents = unused(goal, "tangent", len(others))
    signs = unused(goal, "weight", len(others))
    below, left = unused(goal, "mean", 2)
    rows = [(1, [below, s, t], "1") for s, t in zip(signs, tangents, strict=True)]
    # Of a quotient in an exponent normal forms do not know that exp(u + v) = exp(u) exp(v).
    apart = [(c, t) for (c, _), t in zip(others, gaps, strict=True) if no_polynomial(t)]
    pieces = [row for c, t in apart for row in _pieces(t, times(c, size))]
    whole = [(t, _logarithm(ground), neg(c)) for c, t in apart]
    for equations in (pieces, whole):  # the gap comes apart, or is put back to the ground
        added = unused(goal, "added", len(equations))
        given = [(-1, [s], text(c)) for s, (_, _, c) in zip(added, equations, strict=True)]
        made: Tree = cone([*rows, *given, (1, [below, left], "1")])
        for name, (u, v, _) in zip(added, equations, strict=True):
            made = cite(name, ADDED.digest, {"u": text(u), "v": text(v)}, made)
        for name, t in zip(reversed(tangents), reversed(gaps), strict=True):
            made = _cite(name, t, made)
        made = have(left, Formula(rest, GE), None, made)
        for name, (c, _) in zip(reversed(signs), reversed(others), strict=True):
            made = have(name, Formula(c, GE), None, made)
        made = have(below, Formula(size, GT), None, made)
        if not apart or opened(goal, made) is not None:
            yield made
            return


def _pieces(t: Term, share: Term) -> Iterator[tuple[Term, Term, Term]]:
    """A sum as two parts, and the first of them again, each with what its exponential is times."""
    if t.head == "+" and no_polynomial(t):
        u, v = t.parts
        yield u, v, share
        yield from _pieces(u, times(share, exp(v)))
    elif t.head == "-" and no_polynomial(t):
        u, v = t.parts
        yield t, v, neg(over(share, exp(v)))  # t + v is u
        yield from _pieces(u, over(share, exp(v)))


Factors = list[tuple[Term, int]]  # a factor, and whether it is above or below the line


def summands(e: Term, sign: int) -> Iterator[tuple[Term, int]]:
    """The summands of a term, each with its sign."""
    if e.head in ("+", "-"):
        yield from summands(e.parts[0], sign)
        yield from summands(e.parts[1], sign if e.head == "+" else -sign)
    elif e.head == "neg":
        yield from summands(e.parts[0], -sign)
    else:
        way, size = _signed(e)
        yield (size, -sign) if way < 0 else (e, sign)


def _signed(e: Term) -> tuple[int, Term]:
    """A product without the signs of its factors, and what they make together."""
    q = constant(e)
    if q is not None:
        return (-1, number(-q)) if q < 0 else (1, e)
    if e.head == "neg":
        way, size = _signed(e.parts[0])
        return -way, size
    if e.head == "*":
        (one, a), (other, b) = map(_signed, e.parts)
        return one * other, b if a == ONE else times(a, b)
    return 1, e


def _factors(e: Term, way: int) -> Iterator[tuple[Term, int]]:
    if e.head in ("*", "/"):
        yield from _factors(e.parts[0], way)
        yield from _factors(e.parts[1], way if e.head == "*" else -way)
    else:
        yield e, way


def _weighed(e: Term, parameters: frozenset[str]) -> tuple[Term, Factors] | None:
    """A summand as a weight, made of what stands in exponents, times a product of powers."""
    weight: Term = ONE
    rest: Factors = []
    for factor, way in _factors(e, 1):
        if _grows(factor) or not factor.names <= parameters:
            rest.append((factor, way))
        else:
            weight = times(weight, factor) if way > 0 else over(weight, factor)
    return weight, rest


def _symbolic(e: Term) -> bool:
    return e.head == "**" and constant(e.parts[1]) is None


def _grows(e: Term) -> bool:
    """Whether a factor is an exponential, a root, or a power that is no polynomial."""
    if e.head == "**":
        q = constant(e.parts[1])
        return q is None or q.q != 1 or q < 0
    return e.head in ("exp", "sqrt") or (
        e.head in ("*", "/", "+", "-") and any(map(_grows, e.parts))
    )


def _logarithm(factors: Sequence[tuple[Term, int]]) -> Term:
    total: Term = ZERO
    for e, way in factors:
        one = _log(e)
        total = (
            (one if way > 0 else neg(one))
            if total is ZERO
            else (plus if way > 0 else minus)(total, one)
        )
    return total


def _log(e: Term) -> Term:
    if e.head == "exp":
        return e.parts[0]
    if e.head == "**":
        return times(e.parts[1], _log(e.parts[0]))
    if e.head == "sqrt":
        return over(_log(e.parts[0]), number(2))
    if e.head in ("*", "/"):
        return (plus if e.head == "*" else minus)(*map(_log, e.parts))
    return log(e)


def _product(factors: Sequence[tuple[Term, int]]) -> Term:
    total: Term = ONE
    for e, way in factors:
        total = (e if total is ONE else times(total, e)) if way > 0 else over(total, e)
    return total


def _total(terms: Sequence[Term]) -> Term:
    total = terms[0]
    for e in terms[1:]:
        total = plus(total, e)
    return total


def _cite(name: str, t: Term, rest: Tree) -> Tree:
    return cite(name, TANGENT.digest, {"t": text(t)}, rest)


# Logarithms ---------------------------------------------------------------------------------------


Group = tuple[Poly, list[tuple[Term, fmpq]]]  # a coefficient; logarithms with rational factors


def gibbs(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Logarithms with coefficients of one sign, each replaced by its tangent where sides touch.

    Those with proportional coefficients are one logarithm of a product of powers.
    """
    top = forms.polynomial
    if top is None or goal.relation is not GE or "tangent" in " ".join(goal.facts):
        return
    target = scaled(top, 1 / forms.bottom[()])
    found, rest = groups(forms, target)
    if (
        sum(len(logs) for _, logs in found) < 2
        or len(found) > MAX_GROUPS
        or any(e.head == "log" and e.names for e in forms.term(rest).walk())
    ):
        return
    signs = [sign_of(goal, forms.term(c)) for c, _ in found]
    if 0 in signs:
        return
    count = len(found)
    tried = [[fmpq(1)] * count, [fmpq(1, count)] * count, [fmpq(1, 2)] * count]
    touched = _touch(goal, [log_product(logs) for _, logs in found])
    if touched is not None:
        tried.append(touched)
    for values in {tuple(v): v for v in tried}.values():
        yield tangents_at(forms, found, rest, signs, [number(at) for at in values], goal)


def groups(forms: Forms, target: Poly, head: str = "log") -> tuple[list[Group], Poly]:
    """The coefficients of logarithms, proportional ones together, and what else there is."""
    coefficients: dict[int, dict[tuple[tuple[int, int], ...], fmpq]] = {}
    rest: dict[tuple[tuple[int, int], ...], fmpq] = {}
    for m, c in target.items():
        found = [v for v, k in m if k == 1 and forms.atom(v).head == head and forms.atom(v).names]
        if len(found) == 1:
            coefficients.setdefault(found[0], {})[tuple(q for q in m if q[0] != found[0])] = c
        else:
            rest[m] = c
    made: list[Group] = []
    for v, p in coefficients.items():
        for known, logs in made:
            ratio = _ratio(p, known)
            if ratio is not None:
                logs.append((forms.atom(v), ratio))
                break
        else:
            made.append((p, [(forms.atom(v), fmpq(1))]))
    return made, rest


def _ratio(p: Poly, q: Poly) -> fmpq | None:
    if set(p) != set(q):
        return None
    ratios = {p[m] / q[m] for m in p}
    return ratios.pop() if len(ratios) == 1 else None


def log_product(logs: Sequence[tuple[Term, fmpq]]) -> Term:
    """The sum of terms with factors."""
    return _total([e if r == 1 else times(number(r), e) for e, r in logs])


def sign_of(goal: Goal, e: Term) -> int:
    """The sign that sampling sees; 0 where it sees both."""
    f = function(e)
    seen = [v for v in (value(f, x) for x in samples(goal, 80)) if v == v and abs(v) > 1e-12]
    if not seen:
        return 0
    return 1 if min(seen) > 0 else -1 if max(seen) < 0 else 0


def _touch(goal: Goal, logs: Sequence[Term]) -> list[fmpq] | None:
    """Short values of products at a point where the target seems to vanish."""
    f = function(goal.target)
    facts = [(function(e), r) for e, r in goal.facts.values() if e.names]
    best, at = math.inf, None
    for point in samples(goal, 400, seed=3):
        found = value(f, point)
        if found < best and all(holds(value(h, point), r) for h, r in facts):
            best, at = found, point
    if at is None:
        return None
    sizes = [value(function(e), at) for e in logs]
    if not all(abs(size) < MAX_SIZE for size in sizes):  # nor nan
        return None
    found_ = [Fraction(math.exp(size)).limit_denominator(12) for size in sizes]
    return [fmpq(q.numerator, q.denominator) for q in found_] if all(found_) else None


def tangents_at(
    forms: Forms,
    found: Sequence[Group],
    rest: Poly,
    signs: Sequence[int],
    values: Sequence[Term],
    goal: Goal,
) -> Tree:
    """Logarithms of products replaced by tangents at numbers or powers of e."""
    total = forms.term(rest)
    made: list[tuple[Term, Term, int]] = []
    for (c, logs), sign, at in zip(found, signs, values, strict=True):
        product: Term = ONE
        for e, r in logs:
            size = e.parts[0] if abs(r) == 1 else power(e.parts[0], number(abs(r)))
            product = (
                (size if product is ONE else times(product, size))
                if r * sign < 0
                else over(product, size)
            )
        # The product of powers goes up where the logarithm is bounded from above.
        level = at.parts[0] if at.head == "exp" else log(at) if at != ONE else ZERO
        inverse = exp(neg(at.parts[0])) if at.head == "exp" else number(1 / (constant(at) or 1))
        near = times(at if sign > 0 else inverse, product)
        bound = minus(plus(ONE, level), near) if sign > 0 else minus(plus(near, level), ONE)
        total = plus(total, times(forms.term(c), bound))
        gap = minus(level, log_product(logs))
        made.append((forms.term(c), gap if sign > 0 else neg(gap), sign))
    return tangent_tree(goal, total, made)


def tangent_tree(
    goal: Goal,
    total: Term,
    tangents: Sequence[tuple[Term, Term, int]],
    roots: Sequence[tuple[Term, tuple[Term, Term], Term]] = (),
) -> Tree:
    """The target from ``total`` >= 0 and tangents exp(t) >= 1 + t: a weight, t, and how often.

    How often is negative where the weight is. ``roots`` are that of a product and
    those of its factors: what the target has of their difference is a third term.
    """
    names, weights = unused(goal, "tangent", len(tangents)), unused(goal, "weight", len(tangents))
    (left,) = unused(goal, "gibbs")
    rows: list[tuple[int, list[str], str]] = [(1, [left], "1")]
    for name, weight, (*_, n) in zip(names, weights, tangents, strict=True):
        rows.append((abs(n), [weight, name], "1"))
    same, signs = unused(goal, "same", len(roots)), unused(goal, "root", 3 * len(roots))
    rows += [(1, [name], text(factor)) for name, (*_, factor) in zip(same, roots, strict=True)]
    made: Tree = cone(rows)
    for i, (whole, (u, v), _) in enumerate(roots):
        first, second, both = signs[3 * i : 3 * i + 3]
        product = times(u, v)
        added = cone([(1, [first, second], "1"), (1, [f"sign:{text(whole)}"], "1")])
        made = have(same[i], Formula(minus(whole, product), Relation.EQ), cone([], [both]), made)
        made = have(both, Formula(plus(whole, product), GT), added, made)
        made = have(first, Formula(u, GT), None, have(second, Formula(v, GT), None, made))
    for name, (_, t, _) in reversed(list(zip(names, tangents, strict=True))):
        made = _cite(name, t, made)
    made = have(left, Formula(total, GE), None, made)
    for weight, (c, _, n) in reversed(list(zip(weights, tangents, strict=True))):
        sized = c if n > 0 else neg(c)
        made = have(weight, Formula(sized, GE), None, made)
    return made


def exponentials(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A sum of exponentials below one: logarithms of both sides, whose derivatives are simple."""
    sides = difference(goal)
    if sides is None or sides[0].head != "exp" or any(e.head == "log" for e in goal.target.walk()):
        return
    left = sides[1]
    inside = {e for e in left.walk() if e.head == "exp" and e.names}
    if inside and left.head in ("+", "-") and len(sides[0].names) + len(left.names) > 2:
        found = logarithm(goal)
        if found is not None:
            yield found
