"""Absolute values of what is drawn: |s w + b| is s w + b on one side of -b/s, and its opposite.

Which side that is depends on the sign of s, and for s = 0 there are no sides.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from fractions import Fraction

from theory.errors import Unsupported
from theory.expressions import Expression, everywhere, name, rational_value
from theory.expressions.abbreviations import ZERO, op
from theory.expressions.arithmetic import minus, over, times
from theory.language.aggregates import plainly_positive
from theory.language.draft import rewritten
from theory.language.laws import EVERYWHERE, Ends, Term
from theory.language.polyexp import line_of, terms_of

Pieces = Sequence[tuple[Term, Ends]]


def by_sign(
    g: Expression, w: str, positives: Collection[str], mean: Callable[[Pieces], Expression]
) -> Expression:
    """The mean of a formula in one draw, by cases where the sign of a slope is not plain.

    Parameters
    ----------
    g : Expression
    w : str
        The draw.
    positives : collection of str
        Names of variables that are positive.
    mean : callable
        Of terms, each on its interval.

    Raises
    ------
    Unsupported
        Where the absolute values cannot be opened.
    """
    bars = next((n for n in g.walk() if n.head == "abs" and w in n.names), None)
    if bars is None:
        return mean([(t, EVERYWHERE) for t in terms_of(g, w)])
    (u,) = bars.args
    line = line_of(u, w)
    if line is None:
        raise Unsupported("E", f"no closed form of the mean of {str(g)[:60]}")
    slope, free = line
    sign = rational_value(slope)
    if sign is None and plainly_positive(slope, positives):
        sign = Fraction(1)
    if sign is None and slope.head == "sqrt":
        sign = Fraction(1)
    if sign is not None and sign != 0:
        return mean(_opened(g, w, bars, over(minus(free), slope), sign > 0))
    flat = _instead(g, bars, op("abs", free))
    if sign == 0:
        return by_sign(flat, w, positives, mean)
    if free == ZERO:  # |s w| = |s| |w|, also for s = 0
        size = times(op("abs", slope), name(w))
        return mean(_sides(g, w, bars, ZERO, (size, minus(size))))
    if not everywhere(slope):
        raise Unsupported("E", f"the sign of {str(slope)[:40]} is not plain")
    at = over(minus(free), slope)
    up, down = (mean(_opened(g, w, bars, at, high)) for high in (True, False))
    none = by_sign(flat, w, positives, mean)
    return op("piecewise", _when(">", slope), up, _when("<", slope), down, none)


def _instead(g: Expression, old: Expression, new: Expression) -> Expression:
    return rewritten(g, lambda n: new if n == old else n)


def _when(operator: str, slope: Expression) -> Expression:
    return op("and", op("or", op(operator, slope, ZERO)))


def _opened(g: Expression, w: str, bars: Expression, at: Expression, rising: bool) -> Pieces:
    """The terms on both sides of a point from which on what is between the bars has one sign."""
    (u,) = bars.args
    return _sides(g, w, bars, at, (u, op("neg", u)) if rising else (op("neg", u), u))


def _sides(
    g: Expression, w: str, bars: Expression, at: Expression, values: tuple[Expression, Expression]
) -> Pieces:
    found: list[tuple[Term, Ends]] = []
    for value, ends in zip(values, ((at, None), (None, at)), strict=True):
        inner = _instead(g, bars, value)
        if any(n.head == "abs" and w in n.names for n in inner.walk()):
            raise Unsupported("E", "several absolute values of one draw")
        found += [(t, ends) for t in terms_of(inner, w)]
    return found
