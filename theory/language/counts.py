"""Chances of laws on whole numbers, of which each value has one in closed form.

Those of a Poisson law are sums of as many terms as the bound says; of a law of waiting for a first
success one power, and so of no success in any number of trials.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, factorial, floor

from theory.errors import Unsupported
from theory.expressions import Expression, number, rational_value
from theory.expressions.abbreviations import ONE, ZERO, exp, op
from theory.expressions.arithmetic import minus, over, raised, times, total
from theory.language.laws import Law
from theory.language.polyexp import line_of

COUNTS = frozenset({"poisson", "geometric", "binomial"})
MAX_TERMS = 60  # of a number for the parameter: a sum that the core encloses
FEW = 4  # of a symbolic parameter, beyond which theorems say more than the sum
ENDS = (0, 1, 2, 3, 4, 5, 6, 10, 20, 40)
"""The bounds that are looked at for counterexamples, up to one less than which a chance is said."""

Bound = tuple[bool, Expression, bool]
"""Whether the draw is below, what, and whether it may be equal."""


def least(bound: Fraction, strict: bool) -> int:
    """The least whole number beyond a bound."""
    return floor(bound) + 1 if strict else ceil(bound)


def beyond(law: Law, k: int) -> Expression:
    """The probability of X >= k."""
    if law.kind == "binomial":
        trials, p = law.parameters
        if k > 1:
            raise Unsupported("P", "of a binomial law with a symbolic number of trials, only none")
        none = Expression("**", (total(ONE, minus(p)), trials))
        return ONE if k <= 0 else total(ONE, minus(none))
    (p,) = law.parameters
    if law.kind == "geometric":
        return ONE if k <= 1 else raised(total(ONE, minus(p)), k - 1)
    terms = (over(raised(p, j), number(factorial(j))) for j in range(k))
    return ONE if k <= 0 else total(ONE, minus(times(exp(minus(p)), total(*terms))))


def chance(
    law: Law, bounds: list[Bound], positive: Callable[[Expression], bool], narrow: bool
) -> Expression:
    """The probability that a draw is within bounds.

    Parameters
    ----------
    law : Law
        One of :data:`COUNTS`.
    bounds : list of Bound
    positive : callable
        Whether a formula is made of integers and plainly positive.
    narrow : bool
        Whether a closed form near :data:`ENDS` is enough, which has no value for other bounds.

    Raises
    ------
    Unsupported
        Where there is no closed form here.
    """
    values = [rational_value(at) for _, at, _ in bounds]
    if None not in values:
        low, high = 0, None
        for (below, _, equal), value in zip(bounds, values, strict=True):
            assert value is not None
            k = least(value, equal == below)
            if below:
                high = k if high is None else min(high, k)
            else:
                low = max(low, k)
        most = MAX_TERMS if rational_value(law.parameters[0]) is not None or narrow else FEW
        if max(low, high or 0) > most and law.kind != "geometric":
            raise Unsupported("P", f"a sum of more than {most} chances")
        if high is None:
            return beyond(law, low)
        return ZERO if high <= low else total(beyond(law, low), minus(beyond(law, high)))
    if len(bounds) > 1:
        raise Unsupported("P", f"several events about a {law.kind} law")
    ((below, at, equal),) = bounds
    strict = equal == below  # X <= t fails where X > t
    first = total(at, ONE) if strict else at
    if law.kind == "geometric" and positive(first):
        (p,) = law.parameters
        every = Expression("**", (total(ONE, minus(p)), total(first, number(-1))))
    elif narrow and law.kind != "binomial":
        every = _cases(law, at, strict)
    else:
        raise Unsupported("P", f"events of the law {law.kind}")
    return total(ONE, minus(every)) if below else every


def value(law: Law, at: Expression, positive: Callable[[Expression], bool]) -> Expression:
    """The probability of X == at, for a whole number that a law has, or for a number."""
    if law.kind == "binomial":
        raise Unsupported("P", "events with == of a binomial law with a symbolic number of trials")
    (p,), k = law.parameters, rational_value(at)
    first = int(law.kind == "geometric")
    if k is not None and (k.denominator != 1 or k < first):
        return ZERO
    more = total(at, number(1 - first))  # at least 1 for a value
    if k is None and not positive(more):
        raise Unsupported("P", f"an event with ==, of {str(at)[:40]}, which may be no value")
    if first:
        return times(p, Expression("**", (total(ONE, minus(p)), total(at, number(-1)))))
    power = Expression("**", (p, at))
    return over(times(exp(minus(p)), power), op("gamma", total(at, ONE)))


def _cases(law: Law, at: Expression, strict: bool) -> Expression:
    """The probability of X >= at, or X > at, for a bound near one of ENDS; else no value."""
    nothing = op("log", ZERO)
    parts: list[Expression] = []
    for before, k in zip((ENDS[0], *ENDS), ENDS, strict=False):
        ends = [(k - 1, nothing)] if k > before + 1 else []
        for end, value in [*ends, (k, beyond(law, k))]:
            inside = op("<" if strict else "<=", at, number(end))
            parts += [op("and", op("or", inside)), value]
    return op("piecewise", *parts, nothing)


def added(laws: Mapping[str, Law], events: list[Expression]) -> tuple[Law, list[Expression]] | None:
    """The law of a sum of draws, and events about it in the name of the first; None if none."""
    (first, *others), kinds = laws, {law.kind for law in laws.values()}
    if kinds not in ({"poisson"}, {"chi2"}):
        return None
    whole = []
    for event in events:
        lines = (line_of(op("-", *event.args), w) for w in laws)
        slopes = {None if line is None else rational_value(line[0]) for line in lines}
        if len(slopes) != 1 or None in slopes:
            return None
        rest = dict.fromkeys(others, ZERO)
        whole.append(Expression(event.head, tuple(a.substitute(rest) for a in event.args)))
    parameters = (law.parameters[0] for law in laws.values())
    return Law(laws[first].kind, (total(*parameters),)), whole
