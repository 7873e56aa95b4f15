"""Means of formulas that join draws: exponentials of products, distances of two of one law."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set

from theory.expressions import Expression, number, rational_value
from theory.expressions.abbreviations import HALF, ONE, TWO, ZERO, exp, op
from theory.expressions.arithmetic import minus, over, raised, times, total
from theory.language.laws import Law
from theory.language.needed import weighted
from theory.language.polyexp import slope_of, terms_of

Expanded = Callable[[Expression], list[tuple[Expression, dict[str, Expression]]]]
"""A formula as a sum of coefficients times formulas in one draw each."""


def averaged(
    f: Expression, names: Set[str], laws: Mapping[str, Law], expanded: Expanded
) -> Expression:
    """A formula with the same mean, of which no exponent joins normal draws any more.

    Of a normal draw that stands nowhere else, the mean given all others is a formula in them. As
    exponentials are positive, the order of integration does not matter, also where a mean is
    infinite and the formula has no value.

    Parameters
    ----------
    f : Expression
        What the mean is taken of.
    names : set of str
        Everything that is drawn, of which ``laws`` has the single draws.
    laws : mapping of str to Law
    expanded : callable
    """
    drawn = [bool(a.names & names) for a in f.args]
    scaled = (f.head == "*" and sum(drawn) == 1) or (f.head == "/" and not drawn[1])
    if f.head in ("+", "-", "neg") or scaled:  # what is linear in a part that is drawn
        parts = (
            averaged(a, names, laws, expanded) if d else a
            for a, d in zip(f.args, drawn, strict=True)
        )
        return Expression(f.head, tuple(parts), f.value, f.name)
    if f.head != "exp" or any(n.head == "abs" for n in f.walk()):
        return f
    terms = expanded(f.args[0])
    for w in sorted({w for _, g in terms if len(g) > 1 for w in g if w in laws}):
        normal, powers = _normal(laws[w]), _by_powers(terms, w)
        if normal is None or powers is None or powers[2].names & names:
            continue
        (m, s), (rest, b, q) = normal, powers
        a = total(ONE, minus(times(TWO, q, raised(s, 2))))
        tilt = raised(times(s, total(b, times(TWO, q, m))), 2)
        exponent = total(rest, times(b, m), times(q, raised(m, 2)), over(tilt, times(TWO, a)))
        inner = averaged(exp(exponent), names, laws, expanded)
        return inner if q == ZERO else op("/", inner, op("sqrt", a))
    return f


def _normal(law: Law) -> tuple[Expression, ...] | None:
    """The mean and the scale of a normal law."""
    return {"gaussian": (ZERO, ONE), "normal": law.parameters}.get(law.kind)


def _by_powers(
    terms: list[tuple[Expression, dict[str, Expression]]], w: str
) -> list[Expression] | None:
    """The coefficients of 1, w and w^2 in a sum; None where there is more."""
    found: list[list[Expression]] = [[], [], []]
    for c, factors in terms:
        others = weighted(c, *(g for v, g in factors.items() if v != w))
        for t in terms_of(factors.get(w, ONE), w):
            if t.power > 2 or t.linear != ZERO or t.square != ZERO:
                return None
            found[t.power].append(times(t.factor, others))
    return [total(*parts) for parts in found]


def distance(u: Expression, laws: Mapping[str, Law], expanded: Expanded) -> Expression | None:
    """E|c X - c Y| for independent draws X and Y of one law; None for other formulas."""
    slopes = dict[str, Expression]()
    for c, factors in expanded(u):
        if len(factors) != 1:
            return None
        ((w, g),) = factors.items()
        slope = slope_of(g, w)
        if slope is None or w not in laws:
            return None
        slopes[w] = total(slopes.get(w, ZERO), times(c, slope))
    if len(slopes) != 2:
        return None
    (v, c), (w, d) = slopes.items()
    if laws[v] != laws[w] or total(c, d) != ZERO:
        return None
    apart, value = _apart(laws[v]), rational_value(c)
    size = op("abs", c) if value is None else number(abs(value))
    return None if apart is None else times(size, apart)


def _apart(law: Law) -> Expression | None:
    """E|X - Y|: Gini's mean difference."""
    match law.kind, law.parameters:
        case "unit", _:
            return over(ONE, number(3))
        case "centred", _:
            return over(TWO, op("sqrt", number(3)))
        case "uniform", (a, b):
            return over(total(b, minus(a)), number(3))
        case "exponential", (r,):
            return over(ONE, r)
        case "laplace", (s,):
            return times(number(3), HALF, s)
    return None
