"""Classes of laws: every law on an interval, every law with a variance, every sub-Gaussian one.

A claim about a draw of a class is one about every law in it. What the class does not settle is a
number of which theorems hold (Boucheron, Lugosi and Massart 2013, chapters 2 and 3), and a claim
that fails is refuted at one member of the class (:func:`theory.language.instances.member`).
"""

from __future__ import annotations

from theory.errors import Unsupported
from theory.expressions import Expression, name, number
from theory.expressions.abbreviations import ONE, TWO, ZERO, exp, op
from theory.expressions.arithmetic import minus, over, raised, times, total
from theory.language.laws import Law
from theory.language.unknowns import Unknowns

CLASSES = frozenset({"subgaussian", "bounded", "halfline", "random"})
MAX_MOMENT = 4


def moment(unknowns: Unknowns, w: str, law: Law, power: int, linear: Expression) -> Expression:
    """The mean of X^k exp(b X) for a draw X of a class.

    Parameters
    ----------
    unknowns : Unknowns
        Where a number without formula is noted, with the theorems that bound it.
    w : str
        The draw.
    law : Law
        One of :data:`CLASSES`, with its parameters.
    power : int
        The k; at most :data:`MAX_MOMENT` on an interval, 2 where only a variance is known.
    linear : Expression
        The b.

    Raises
    ------
    Unsupported
        For means of which the class says nothing, or which need not exist.
    """
    if power and linear != ZERO:
        raise Unsupported("E", f"of {_WORDS[law.kind]} only means, powers and exp(s*w)")
    match law.kind, law.parameters:
        case "subgaussian", (s,):
            return _subgaussian(unknowns, w, s, power, linear)
        case "bounded", (a, b, m):
            return _bounded(unknowns, w, (a, b, m), power, linear)
        case "halfline", (m,) if power <= 1 and linear == ZERO:
            return m if power else ONE
        case "random", (m, s) if power <= 2 and linear == ZERO:
            return total(raised(m, 2), raised(s, 2)) if power == 2 else m if power else ONE
    raise Unsupported("E", f"a mean that {_WORDS[law.kind]} need not have")


_WORDS = {
    "subgaussian": "a sub-Gaussian law",
    "bounded": "a law on an interval",
    "halfline": "a law on [0, inf) with a mean",
    "random": "a law with a mean and a variance",
}


def _subgaussian(
    unknowns: Unknowns, w: str, s: Expression, power: int, linear: Expression
) -> Expression:
    x = name(w)
    if linear != ZERO:
        q = _exponential(unknowns, x, linear)
        square = over(times(raised(s, 2), raised(linear, 2)), TWO)
        unknowns.fact("sub-Gaussian", q, "<=", exp(square))
        unknowns.fact("Jensen", q, ">=", ONE)
        return q
    if power in (0, 1):
        return ONE if power == 0 else ZERO
    if power not in (2, 4):
        raise Unsupported("E", f"the moment of order {power} of a sub-Gaussian law")
    second = _power(unknowns, x, 2)
    unknowns.fact("sub-Gaussian", second, "<=", raised(s, 2))
    unknowns.fact("square", second, ">=", ZERO)
    if power == 2:
        return second
    fourth = _power(unknowns, x, 4)
    # u^4 x^4/24 <= cosh(u x), at u = 2/s
    constant = times(over(number(3), TWO), exp(TWO))
    unknowns.fact("sub-Gaussian", fourth, "<=", times(constant, raised(s, 4)))
    unknowns.fact("Jensen", fourth, ">=", raised(second, 2))
    return fourth


def _bounded(
    unknowns: Unknowns,
    w: str,
    law: tuple[Expression, Expression, Expression],
    power: int,
    linear: Expression,
) -> Expression:
    """Of a law on [a, b] with mean m."""
    (a, b, m), x = law, name(w)
    width = total(b, minus(a))
    if linear != ZERO:
        q = _exponential(unknowns, x, linear)
        square = over(times(raised(linear, 2), raised(width, 2)), number(8))
        unknowns.fact("Hoeffding", q, "<=", exp(total(times(linear, m), square)))
        chord = total(times(total(b, minus(m)), exp(times(linear, a))),
                      times(total(m, minus(a)), exp(times(linear, b))))  # fmt: skip
        unknowns.fact("convexity", times(q, width), "<=", chord)
        unknowns.fact("Jensen", q, ">=", exp(times(linear, m)))
        return q
    if power <= 1:
        return m if power else ONE
    if power > MAX_MOMENT:
        raise Unsupported("E", f"a moment beyond order {MAX_MOMENT} of a law on an interval")
    below = _bounded(unknowns, w, law, power - 1, ZERO)
    before = _bounded(unknowns, w, law, power - 2, ZERO)
    q = _power(unknowns, x, power)
    # E X^(k-2) (X - a)(b - X) >= 0
    if power % 2 == 0:
        most = total(times(total(a, b), below), minus(times(a, b, before)))
        unknowns.fact("Bhatia-Davis", q, "<=", most)
        root = m if power == 2 else before
        unknowns.fact("Jensen", q, ">=", raised(root, 2))
        return q
    for end, head in ((a, "<="), (b, ">=")):  # E (X - end)(X - a)(b - X), >= 0 or <= 0
        other = total(
            times(total(a, b, end), below),
            minus(times(total(times(a, b), times(a, end), times(b, end)), before)),
            times(a, b, end),
        )
        unknowns.fact("Bhatia-Davis", q, head, other)
    return q


def _power(unknowns: Unknowns, x: Expression, k: int) -> Expression:
    return unknowns.value(("E", op("**", x, number(k))), "mean", f"E({x}**{k})")


def _exponential(unknowns: Unknowns, x: Expression, linear: Expression) -> Expression:
    unknowns.want(linear)
    what = exp(times(linear, x))
    return unknowns.value(("E", what), "mean", f"E({what})")
