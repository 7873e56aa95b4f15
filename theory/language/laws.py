"""Laws of one random variable: the mean of w^k exp(b w + q w^2) over an interval, in closed form.

The coefficients may be formulas in parameters. Each closed form is defined exactly where the mean
exists: 1/(r - b) for an exponential law is written with sqrt(r - b), which wants b < r.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, number, rational_value
from theory.expressions.abbreviations import HALF, ONE, PI, TWO, ZERO, exp, op
from theory.expressions.arithmetic import folded, minus, over, raised, times, total

MAX_POWER = 12


def normal_cdf(x: Expression) -> Expression:
    """The normal distribution, by erf."""
    return times(HALF, total(ONE, folded(op("erf", over(x, op("sqrt", TWO))))))


def normal_density(x: Expression) -> Expression:
    """The density of the standard normal law."""
    return over(_exp(minus(over(raised(x, 2), TWO))), op("sqrt", times(TWO, PI)))


@dataclass(frozen=True)
class Term:
    """``factor * w**power * exp(linear*w + square*w**2)``; the coefficients are free of w."""

    factor: Expression
    power: int = 0
    linear: Expression = ZERO
    square: Expression = ZERO


Ends = tuple[Expression | None, Expression | None]
EVERYWHERE: Ends = (None, None)


@dataclass(frozen=True)
class Law:
    """A law with its parameters.

    Attributes
    ----------
    kind : str
        A word of :data:`theory.language.domains.LAWS`, or a law that the core knows.
    parameters : tuple of Expression
    """

    kind: str
    parameters: tuple[Expression, ...] = ()

    @property
    def atoms(self) -> tuple[tuple[Expression, Expression], ...] | None:
        """Values with their probabilities, of a law with finitely many; else None."""
        match self.kind:
            case "rademacher":
                return ((ONE, HALF), (number(-1), HALF))
            case "bernoulli":
                (p,) = self.parameters
                return ((ONE, p), (ZERO, total(ONE, minus(p))))
            case "twopoint":
                a, b, c = self.parameters
                upper = over(total(c, minus(a)), total(b, minus(a)))
                return ((b, upper), (a, total(ONE, minus(upper))))
            case "binomial":
                n, p = rational_value(self.parameters[0]), self.parameters[1]
                if n is None or n.denominator != 1 or not 0 <= n <= 30:
                    return None
                q, m = total(ONE, minus(p)), int(n)
                return tuple(
                    (number(k), times(number(comb(m, k)), raised(p, k), raised(q, m - k)))
                    for k in range(m + 1)
                )
        return None

    def mean(self, t: Term, ends: Ends = EVERYWHERE) -> Expression:
        """The mean of a term times the indicator of an interval.

        Raises
        ------
        Unsupported
            Where there is no closed form here.
        """
        if t.power > MAX_POWER:
            raise Unsupported("E", f"a power beyond {MAX_POWER} of what is drawn")
        rule = MEANS.get(self.kind)
        if rule is None:
            raise Unsupported("E", f"no closed form is known for the law {self.kind}")
        return times(t.factor, rule(self.parameters, t, ends))


def _no_square(t: Term) -> None:
    if t.square != ZERO:
        raise Unsupported("E", "exp of a square of this law has no closed form")


def _gaussian(_: tuple[Expression, ...], t: Term, ends: Ends) -> Expression:
    """Complete the square: w = b/a + v/sqrt(a) with a = 1 - 2 q and v standard normal."""
    a = total(ONE, minus(times(TWO, t.square)))
    value = rational_value(a)
    if value is not None and value <= 0:
        raise InputError("E", "the mean does not exist")
    root = op("sqrt", a) if value != 1 else ONE
    shift, scale = over(t.linear, a), over(ONE, root)
    low, high = (None if e is None else times(total(e, minus(shift)), root) for e in ends)
    moments = _truncated(t.power, low, high)
    inner = total(
        *(
            times(number(comb(t.power, j)), raised(shift, t.power - j), raised(scale, j), m)
            for j, m in enumerate(moments)
        )
    )
    weight = ONE if t.linear == ZERO else exp(over(raised(t.linear, 2), times(TWO, a)))
    return times(weight, scale, inner)


def _truncated(n: int, low: Expression | None, high: Expression | None) -> list[Expression]:
    """E(v^j; low <= v <= high) for j <= n, v standard normal, by integration by parts."""
    below = ZERO if low is None else normal_cdf(low)
    above = ONE if high is None else normal_cdf(high)
    found = [total(above, minus(below))]
    for j in range(1, n + 1):
        edge = [
            ZERO if e is None else times(raised(e, j - 1), normal_density(e)) for e in (low, high)
        ]
        before = times(number(j - 1), found[j - 2]) if j > 1 else ZERO
        found.append(total(before, edge[0], minus(edge[1])))
    return found


def _normal(parameters: tuple[Expression, ...], t: Term, ends: Ends) -> Expression:
    """W = m + s v."""
    m, s = parameters
    low, high = (None if e is None else over(total(e, minus(m)), s) for e in ends)
    linear = times(s, total(t.linear, times(TWO, m, t.square)))
    square = times(raised(s, 2), t.square)
    weight = _exp(total(times(m, t.linear), times(raised(m, 2), t.square)))
    found = [
        times(
            number(comb(t.power, j)),
            raised(m, t.power - j),
            raised(s, j),
            _gaussian((), Term(ONE, j, linear, square), (low, high)),
        )
        for j in range(t.power + 1)
    ]
    return times(weight, total(*found))


def _exp(e: Expression) -> Expression:
    return ONE if e == ZERO else exp(e)


def _inverse(e: Expression, n: int) -> Expression:
    """1/e**n for e > 0 only."""
    value = rational_value(e)
    if value is not None and value <= 0:
        raise InputError("E", "the mean does not exist")
    if e.head == "/" and e.args[0] == ONE and e.args[1].head == "name":
        return raised(e.args[1], n)  # the scale of a law of Laplace, which is positive
    if value is not None or e.head == "name":
        return over(ONE, raised(e, n))  # a rate, which is assumed to be positive
    return op("**", op("sqrt", e), number(-2 * n))


def _exponential(parameters: tuple[Expression, ...], t: Term, ends: Ends) -> Expression:
    """From a >= 0 on: r exp(-(r - b) a) times the sum of k!/j! a^j / (r - b)^(k - j + 1)."""
    _no_square(t)
    (r,) = parameters
    rate = total(r, minus(t.linear))

    def beyond(a: Expression) -> Expression:
        k = t.power
        found = [
            times(number(factorial(k) // factorial(j)), raised(a, j), _inverse(rate, k - j + 1))
            for j in range(k + 1)
        ]
        return times(r, _exp(minus(times(rate, a))), total(*found))

    low, high = ends
    if high is not None and t.linear != ZERO:
        raise Unsupported("E", "exp of an exponential law over a bounded interval")
    start = ZERO if low is None else folded(op("max", low, ZERO))
    if t.power == 0 and t.linear == ZERO:
        whole = _exp(minus(times(r, start)))
        rest = ZERO if high is None else _exp(minus(times(r, folded(op("max", high, ZERO)))))
        return total(whole, minus(rest))
    return total(
        beyond(start), ZERO if high is None else minus(beyond(folded(op("max", high, ZERO))))
    )


def _laplace(parameters: tuple[Expression, ...], t: Term, ends: Ends) -> Expression:
    """An exponential law of rate 1/s with a fair sign."""
    (s,) = parameters
    if ends == EVERYWHERE and t.linear == t.square == ZERO:
        k = t.power
        return ZERO if k % 2 else times(number(factorial(k)), raised(s, k))
    rate = (over(ONE, s),)
    mirrored = Term(ONE, t.power, minus(t.linear), t.square)
    other = (
        None if ends[1] is None else minus(ends[1]),
        None if ends[0] is None else minus(ends[0]),
    )
    sign = number((-1) ** t.power)
    return times(
        HALF, total(_exponential(rate, t, ends), times(sign, _exponential(rate, mirrored, other)))
    )


def _uniform(parameters: tuple[Expression, ...], t: Term, ends: Ends) -> Expression:
    _no_square(t)
    a, b = parameters
    low = a if ends[0] is None else _clipped(ends[0], a, b)
    high = b if ends[1] is None else _clipped(ends[1], a, b)
    k, c = t.power, t.linear
    flat = over(
        total(raised(high, k + 1), minus(raised(low, k + 1))), times(number(k + 1), _gap(a, b))
    )
    if c == ZERO:
        return flat

    def integral(x: Expression) -> Expression:
        found = [
            times(
                number(Fraction((-1) ** j * factorial(k), factorial(k - j))),
                raised(x, k - j),
                over(ONE, raised(c, j + 1)),
            )
            for j in range(k + 1)
        ]
        return times(_exp(times(c, x)), total(*found))

    sloped = over(total(integral(high), minus(integral(low))), _gap(a, b))
    value = rational_value(c)
    if value is not None:
        return sloped
    level = op("and", op("or", op("==", c, ZERO)))
    return op("piecewise", level, flat, sloped)


def _gap(a: Expression, b: Expression) -> Expression:
    ends = rational_value(a), rational_value(b)
    if ends[0] is not None and ends[1] is not None:
        return number(ends[1] - ends[0])
    return total(b, minus(a))


def _clipped(x: Expression, a: Expression, b: Expression) -> Expression:
    return op("min", op("max", x, a), b)


def _chi2(parameters: tuple[Expression, ...], t: Term, ends: Ends) -> Expression:
    """N (n + 2) ... (n + 2k - 2) / (1 - 2b)^(n/2 + k)."""
    _no_square(t)
    (n,) = parameters
    if ends != EVERYWHERE:
        if t.power or t.linear != ZERO:
            raise Unsupported("E", "a part of the mean of a chi-square law")
        low = ZERO if ends[0] is None else op("max", ends[0], ZERO)
        whole = ONE if low == ZERO else chi2_tail(n, low)
        return total(whole, ZERO if ends[1] is None else minus(chi2_tail(n, ends[1])))
    moments = times(*(total(n, number(2 * j)) if j else n for j in range(t.power)))
    if t.linear == ZERO:
        return moments
    base = total(ONE, minus(times(TWO, t.linear)))
    power = total(over(n, TWO), number(t.power))
    return times(moments, exp(minus(times(power, op("log", base)))))


def chi2_tail(freedom: Expression, at: Expression) -> Expression:
    """P(chi2 >= t) for a number of degrees of freedom."""
    n = rational_value(freedom)
    if n is None or n.denominator != 1 or not 1 <= n <= 60:
        raise Unsupported("P", "chi-square tails need a number of degrees of freedom, at most 60")
    half = over(op("max", at, ZERO), TWO)
    if n % 2 == 0:
        found = [over(raised(half, j), number(factorial(j))) for j in range(int(n) // 2)]
        return times(exp(minus(half)), total(*found))
    root = op("sqrt", half)
    first = total(ONE, minus(op("erf", root)))
    found, gamma = [], Fraction(1)  # Gamma(j + 1/2) is gamma sqrt(pi)
    for j in range(1, (int(n) + 1) // 2):
        gamma *= Fraction(2 * j - 1, 2)
        found.append(over(raised(root, 2 * j - 1), times(number(gamma), op("sqrt", PI))))
    return total(first, times(exp(minus(half)), total(*found)))


def _poisson(parameters: tuple[Expression, ...], t: Term, ends: Ends) -> Expression:
    """Tilting: exp(l (e^b - 1)) times the moment of the law with mean l e^b."""
    _no_square(t)
    if ends != EVERYWHERE:
        raise Unsupported("P", "events of a Poisson law")
    (rate,) = parameters
    tilted = times(rate, _exp(t.linear))
    weight = ONE if t.linear == ZERO else exp(times(rate, total(exp(t.linear), number(-1))))
    found = [times(number(_stirling(t.power, j)), raised(tilted, j)) for j in range(t.power + 1)]
    return times(weight, total(*found))


def _stirling(n: int, k: int) -> int:
    if n == k:
        return 1
    return 0 if k == 0 else k * _stirling(n - 1, k) + _stirling(n - 1, k - 1)


def _geometric(parameters: tuple[Expression, ...], t: Term, ends: Ends) -> Expression:
    """On 1, 2, 3, ...: the first success."""
    _no_square(t)
    (p,) = parameters
    if ends != EVERYWHERE or t.power > 2 or (t.power and t.linear != ZERO):
        raise Unsupported("E", "of a geometric law only means, squares and exp(s*w)")
    if t.power:
        top = ONE if t.power == 1 else total(TWO, minus(p))
        return over(top, raised(p, t.power))
    if t.linear == ZERO:
        return ONE
    left = total(ONE, minus(times(total(ONE, minus(p)), exp(t.linear))))
    return times(p, exp(t.linear), op("**", op("sqrt", left), number(-2)))


def _binomial(parameters: tuple[Expression, ...], t: Term, ends: Ends) -> Expression:
    """(1 - p + p e^b)^n times the moment of the law with p e^b / (1 - p + p e^b)."""
    _no_square(t)
    if ends != EVERYWHERE:
        raise Unsupported("P", "tails of a binomial law with a symbolic number of trials; bound "
                          "them by the moment generating function, E(exp(s*X))")  # fmt: skip
    n, p = parameters
    weight, tilted = ONE, p
    if t.linear != ZERO:
        base = total(ONE, minus(p), times(p, exp(t.linear)))
        weight, tilted = op("**", base, n), over(times(p, exp(t.linear)), base)
    found = []
    for j in range(t.power + 1):
        falling = times(*(total(n, number(-i)) if i else n for i in range(j)))
        found.append(times(number(_stirling(t.power, j)), falling, raised(tilted, j)))
    return times(weight, total(*found))


Rule = Callable[[tuple[Expression, ...], Term, Ends], Expression]


def _unit(_: tuple[Expression, ...], t: Term, ends: Ends) -> Expression:
    return _uniform((ZERO, ONE), t, ends)


def _centred(_: tuple[Expression, ...], t: Term, ends: Ends) -> Expression:
    root = op("sqrt", number(3))
    return _uniform((minus(root), root), t, ends)


MEANS: Mapping[str, Rule] = {
    "gaussian": _gaussian,
    "normal": _normal,
    "exponential": _exponential,
    "laplace": _laplace,
    "uniform": _uniform,
    "unit": _unit,
    "centred": _centred,
    "chi2": _chi2,
    "poisson": _poisson,
    "geometric": _geometric,
    "binomial": _binomial,
}
CONTINUOUS = frozenset(MEANS) - {"poisson", "geometric", "binomial"}
ASSUMED: Mapping[str, Callable[..., tuple[tuple[Expression, str, Expression], ...]]] = {
    "normal": lambda m, s: ((s, ">", ZERO),),
    "uniform": lambda a, b: ((a, "<", b),),
    "exponential": lambda r: ((r, ">", ZERO),),
    "laplace": lambda s: ((s, ">", ZERO),),
    "subgaussian": lambda s: ((s, ">", ZERO),),
    "random": lambda m, s: ((s, ">", ZERO),),
    "halfline": lambda m: ((m, ">=", ZERO),),
    "bounded": lambda a, b, m: ((a, "<", b), (a, "<=", m), (m, "<=", b)),
    "twopoint": lambda a, b, m: ((a, "<", b), (a, "<=", m), (m, "<=", b)),
    "bernoulli": lambda p: ((p, ">=", ZERO), (p, "<=", ONE)),
    "binomial": lambda n, p: ((n, ">=", ZERO), (p, ">=", ZERO), (p, "<=", ONE)),
    "chi2": lambda n: ((n, ">=", ONE),),
    "poisson": lambda l: ((l, ">", ZERO),),  # noqa: E741
    "geometric": lambda p: ((p, ">", ZERO), (p, "<=", ONE)),
}
"""What is assumed of parameters, or there is no such law."""
