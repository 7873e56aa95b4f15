"""Chances and means without a formula: tails for any n, maxima of n draws, sub-Gaussian laws.

Each theorem that is used has its name in the label of what is assumed: Markov, Chebyshev, Cantelli,
Hoeffding, Bernstein, Chernoff (Boucheron, Lugosi and Massart 2013, chapters 2 and 3), for
chi-square laws Laurent and Massart 2000, lemma 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from theory.errors import Unsupported
from theory.expressions import Expression, name, number
from theory.expressions.abbreviations import ONE, TWO, ZERO, exp, op
from theory.expressions.arithmetic import minus, over, raised, times, total
from theory.language.decays import collected, spread
from theory.language.laws import Law
from theory.language.unknowns import Unknowns

Rule = Callable[[Expression], list[tuple[str, Expression]]]
"""Bounds of the chance to be a gap beyond the mean, with the names of their theorems."""


def rules_of(square: Expression) -> Rule:
    """A Gaussian tail exp(-gap^2/square)."""
    return lambda gap: [("Hoeffding", _gaussian(square, gap))]


def _none(_: Expression) -> list[tuple[str, Expression]]:
    return []


@dataclass(frozen=True)
class Quantity:
    """A random number of which tails are asked.

    Attributes
    ----------
    mean, variance : Expression or None
        Where no variance is known, an upper bound of the mean does.
    above, below : Rule
        Bounds of the chances of X >= mean + gap and X <= mean - gap, for every gap >= 0.
    nonnegative : bool
        Whether it is never negative.
    ends : tuple of Expression or None
        An interval that it never leaves.
    loose : Expression or None
        A bound of the variance in numbers that have a formula.
    """

    mean: Expression | None
    variance: Expression | None
    above: Rule = _none
    below: Rule = _none
    nonnegative: bool = False
    ends: tuple[Expression, Expression] | None = None
    loose: Expression | None = None

    @property
    def variances(self) -> tuple[Expression, ...]:
        """The variance and its bound, as far as they are known."""
        return tuple(v for v in (self.variance, self.loose) if v is not None)


def _relative(gap: Expression, scale: Expression) -> Expression:
    """gap/scale, term by term where the scale is a factor."""
    terms = spread(gap)
    if scale != ONE and all(scale in _factors(t) for t in terms):
        return total(*(_without(t, scale) for t in terms))
    return over(gap, scale)


def _scaled(gap: Expression, rate: Expression, unknowns: Unknowns) -> Expression:
    """A gap times a positive rate, which is left out where a term is divided by it."""
    if gap.head == "max" and gap.args[1] == ZERO:
        return unknowns.part(_scaled(gap.args[0], rate, unknowns))
    made = []
    for t in spread(gap):
        factors = _factors(t)
        k = next((k for k, f in enumerate(factors) if f.head == "/" and f.args[1] == rate), None)
        signed = minus if t.head == "neg" else total
        if k is not None:
            factors = [*factors[:k], factors[k].args[0], *factors[k + 1 :]]
        made.append(signed(times(*(factors if k is not None else (rate, *factors)))))
    return collected(total(*made))


def _factors(e: Expression) -> list[Expression]:
    if e.head == "*":
        return [f for a in e.args for f in _factors(a)]
    return _factors(e.args[0]) if e.head == "neg" else [e]


def _without(e: Expression, factor: Expression) -> Expression:
    if e == factor:
        return ONE
    a, b = e.args
    return times(_without(a, factor), b) if factor in _factors(a) else times(a, _without(b, factor))


def _cramer(scale: Expression, rate: Expression, gap: Expression) -> Expression:
    """exp(-rate ((1 + x) log(1 + x) - x)) with x = gap/scale."""
    x = _relative(gap, scale)
    more = total(ONE, x)
    return exp(minus(times(rate, total(times(more, op("log", more)), minus(x)))))


def _gaussian(square: Expression, gap: Expression) -> Expression:
    """exp(-gap^2/square)."""
    return exp(minus(over(raised(gap, 2), square)))


def quantity(law: Law, unknowns: Unknowns) -> Quantity | None:
    """What is known of a draw of a law; None where nothing is."""
    match law.kind, law.parameters:
        case "chi2", (n,):

            def above(gap: Expression) -> list[tuple[str, Expression]]:
                return [("Chernoff", _gamma(_relative(gap, n), over(n, TWO)))]

            def below(gap: Expression) -> list[tuple[str, Expression]]:
                return [("Laurent-Massart", _gaussian(times(number(4), n), gap))]

            return Quantity(n, times(TWO, n), above, below, True)
        case "binomial", (n, p):
            count = n if unknowns.positive(n) else op("max", n, ONE)
            mean = times(n, p)
            spread_ = times(mean, total(ONE, minus(p)))
            hoeffding = ("Hoeffding", lambda gap: _gaussian(over(count, TWO), gap))

            def bernstein(gap: Expression) -> list[tuple[str, Expression]]:
                if not unknowns.positive(gap):  # 0/0 for a gap of 0 and a constant draw
                    return []
                scale = total(unknowns.part(spread_), over(gap, number(3)))
                return [("Bernstein", _gaussian(times(TWO, scale), gap))]

            def upper(gap: Expression) -> list[tuple[str, Expression]]:
                found = [(hoeffding[0], hoeffding[1](gap)), *bernstein(gap)]
                if unknowns.positive(mean):
                    found.append(("Chernoff", _cramer(mean, mean, gap)))
                return found

            def lower(gap: Expression) -> list[tuple[str, Expression]]:
                found = [(hoeffding[0], hoeffding[1](gap)), *bernstein(gap)]
                if unknowns.positive(mean):
                    found.append(("Chernoff", _gaussian(times(TWO, mean), gap)))
                return found

            return Quantity(mean, spread_, upper, lower, True)
        case "poisson", (rate,):
            return Quantity(
                rate,
                rate,
                lambda gap: [("Chernoff", _cramer(rate, rate, gap))],
                lambda gap: [("Chernoff", _gaussian(times(TWO, rate), gap))],
                True,
            )
        case "geometric", (p,):
            q = total(ONE, minus(p))
            return Quantity(over(ONE, p), over(q, raised(p, 2)), nonnegative=True)
        case "length", (n,):  # of n normal draws: Chernoff for its square, with log(1 + x) <= x

            def beyond(gap: Expression) -> list[tuple[str, Expression]]:
                return [("Chernoff", _gaussian(TWO, gap))]

            def short(gap: Expression) -> list[tuple[str, Expression]]:
                return [("Chernoff", _gaussian(ONE, gap))]

            return Quantity(op("sqrt", n), None, beyond, short, True)
        case "bounded", (a, b, m):

            def beyond_mean(gap: Expression) -> list[tuple[str, Expression]]:
                square = over(raised(total(b, minus(a)), 2), TWO)
                return [("Hoeffding", _gaussian(square, gap))]

            return Quantity(m, None, beyond_mean, beyond_mean, ends=(a, b))
        case "halfline", (m,):
            return Quantity(m, None, nonnegative=True)
        case "random", (m, s):
            return Quantity(m, raised(s, 2))
        case "subgaussian", (s,):

            def tail(gap: Expression) -> list[tuple[str, Expression]]:
                return [("Chernoff", _gaussian(times(TWO, raised(s, 2)), gap))]

            return Quantity(ZERO, None, tail, tail)
    return None


def sum_of(law: Law, n: Expression, unknowns: Unknowns) -> Quantity | None:
    """What is known of a sum of n >= 1 independent draws, where that has a law of its own."""
    match law.kind, law.parameters:
        case "bernoulli", (p,):
            return quantity(Law("binomial", (n, p)), unknowns)
        case "chi2" | "poisson", (one,):
            return quantity(Law(law.kind, (times(n, one),)), unknowns)
        case "exponential", (r,):

            def above(gap: Expression) -> list[tuple[str, Expression]]:
                return [("Chernoff", _gamma(_relative(_scaled(gap, r, unknowns), n), n))]

            def below(gap: Expression) -> list[tuple[str, Expression]]:
                x = _relative(_scaled(gap, r, unknowns), n)
                return [("Chernoff", exp(minus(over(times(n, raised(x, 2)), TWO))))]

            return Quantity(over(n, r), over(n, raised(r, 2)), above, below, True)
    return None


def _gamma(x: Expression, rate: Expression) -> Expression:
    """exp(-rate (x - log(1 + x))): of a gamma law that is x times its mean beyond it."""
    return exp(minus(times(rate, total(x, minus(op("log", total(ONE, x)))))))


def proxy(law: Law) -> tuple[Expression, Expression] | None:
    """The mean of a draw and a scale s: it is sub-Gaussian with variance s^2 around it.

    Of a uniform draw that is its own variance: sinh(h)/h <= exp(h^2/6), as (2 k + 1)! >= 6^k k!.
    """
    match law.kind, law.parameters:
        case "gaussian", _:
            return ZERO, ONE
        case "normal", (m, s):
            return m, s
        case "subgaussian", (s,):
            return ZERO, s
        case "bounded", (a, b, m):  # Hoeffding's lemma
            return m, over(total(b, minus(a)), TWO)
        case "bernoulli", (p,):
            return p, over(ONE, TWO)
        case "rademacher", _:
            return ZERO, ONE
        case "unit", _:
            return over(ONE, TWO), op("sqrt", over(ONE, number(12)))
        case "uniform", (a, b):
            return over(total(a, b), TWO), op(
                "sqrt", over(raised(total(b, minus(a)), 2), number(12))
            )
    return None


def by_slope(e: Expression, slope: Expression) -> Expression:
    """A quotient; by a slope such as 1/n, a product. That the slope has a value is not in it."""
    if slope.head == "/":
        return over(times(e, slope.args[1]), slope.args[0])
    return over(e, slope)


def tail(
    unknowns: Unknowns, event: Expression, x: Quantity, slope: Expression, free: Expression
) -> Expression:
    """The chance of an event slope*X + free >= 0 (or <=, >, <), as a number with theorems."""
    upward = event.head[0] == ">"
    if unknowns.positive(minus(slope)):
        upward = not upward
    elif not unknowns.positive(slope):
        raise Unsupported("P", f"the sign of {str(slope)[:40]} is not plain")
    end = by_slope(minus(free), slope)  # X >= end or X <= end
    unknowns.want(end, slope)
    q = unknowns.value(("P", event), "chance", f"P({event})")
    _between(unknowns, q)
    beyond = q if upward else total(ONE, minus(q))
    alone = x.above is _none and x.variance is None  # then nothing says more
    if x.nonnegative and x.mean is not None and (upward or alone):
        unknowns.fact("Markov", times(beyond, end), "<=", x.mean)
    if x.ends is not None and x.mean is not None:  # of X - a >= 0 and of b - X >= 0
        (a, b), gap = x.ends, total(x.mean, minus(end))
        unknowns.fact("Markov", times(beyond, total(end, minus(a))), "<=", total(x.mean, minus(a)))
        unknowns.fact("Markov", gap, "<=", times(beyond, total(b, minus(end))))
    if x.mean is None:
        return q
    sides(unknowns, q, x, total(end, minus(x.mean)), upward)
    return q


def _between(unknowns: Unknowns, q: Expression) -> None:
    unknowns.fact("chance-low", q, ">=", ZERO)
    unknowns.fact("chance-high", q, "<=", ONE)


def sides(unknowns: Unknowns, q: Expression, x: Quantity, far: Expression, upward: bool) -> None:
    """Theorems about X >= mean + far, or X <= mean + far."""
    beyond = collected(far) if upward else collected(minus(far))
    inside = collected(minus(beyond))
    rule, other = (x.above, x.below) if upward else (x.below, x.above)
    if not unknowns.nonnegative(inside) or inside == ZERO:
        gap = unknowns.part(beyond)
        for label, bound in rule(gap):
            unknowns.fact(label, q, "<=", bound)
        for v in x.variances:
            unknowns.fact("Cantelli", times(q, total(v, raised(gap, 2))), "<=", v)
    if not unknowns.nonnegative(beyond):
        gap = unknowns.part(inside)
        rest = total(ONE, minus(q))
        for label, bound in other(gap):
            unknowns.fact(label, rest, "<=", bound)
        for v in x.variances:
            unknowns.fact("Cantelli", times(rest, total(v, raised(gap, 2))), "<=", v)


def modulus(
    unknowns: Unknowns,
    above: Expression,
    event: Expression,
    x: Quantity,
    shift: Expression,
    end: Expression,
) -> Expression:
    """The chance of an event |X + shift| >= end, or of the opposite, as ``above`` says."""
    outside = above.head[0] == ">"
    unknowns.want(end, shift)
    q = unknowns.value(("P", event), "chance", f"P({event})")
    _between(unknowns, q)
    if x.mean is None:
        return q
    centre, gap = collected(total(x.mean, shift)), unknowns.part(end)
    missed = q if outside else total(ONE, minus(q))
    for v in x.variances:
        square = total(v, raised(centre, 2) if centre != ZERO else ZERO)
        unknowns.fact("Chebyshev", times(missed, raised(gap, 2)), "<=", square)
    if centre == ZERO:
        for (label, bound), (_, below) in zip(x.above(gap), x.below(gap), strict=True):
            both = times(TWO, bound) if bound == below else total(bound, below)
            unknowns.fact(label, missed, "<=", both)
    return q


def greatest(unknowns: Unknowns, key: Expression, law: Law, n: Expression) -> Expression:
    """The mean of the greatest of n independent draws, or of the least."""
    found = proxy(law)
    if found is None:
        raise Unsupported("E", f"the mean of an extremum of n draws of the law {law.kind}")
    mean, scale = found
    bound = times(scale, op("sqrt", times(TWO, op("log", n))))
    q = unknowns.value(("E", key), "mean", f"E({key})")
    if key.head.startswith("max"):
        unknowns.fact("maximal-inequality", q, "<=", total(mean, bound))
        unknowns.fact("Jensen", q, ">=", mean)
    else:
        unknowns.fact("maximal-inequality", q, ">=", total(mean, minus(bound)))
        unknowns.fact("Jensen", q, "<=", mean)
    return q


def largest_size(
    unknowns: Unknowns, key: Expression, law: Law, n: Expression, one: Expression | None
) -> Expression:
    """The mean of the greatest of n sizes |X_i|: of 2n numbers, X_i and -X_i.

    ``one`` is the mean of one size, where it has a formula.
    """
    found = proxy(law)
    if found is None or found[0] != ZERO:
        raise Unsupported("E", f"the mean of the greatest size of n draws of the law {law.kind}")
    q = unknowns.value(("E", key), "mean", f"E({key})")
    bound = times(found[1], op("sqrt", times(TWO, op("log", times(TWO, n)))))
    unknowns.fact("maximal-inequality", q, "<=", bound)
    unknowns.fact("Jensen", q, ">=", ZERO if one is None else one)
    return q


def mean_size(
    unknowns: Unknowns, key: Expression, mean: Expression, square: Expression
) -> Expression:
    """The mean of |u|, by the means of u and of its square."""
    q = unknowns.value(("E", key), "mean", f"E({key})")
    unknowns.fact("Jensen", q, ">=", ZERO)
    if mean != ZERO:
        unknowns.fact("Jensen", q, ">=", mean)
        unknowns.fact("Jensen", q, ">=", minus(mean))
    unknowns.fact("Jensen", raised(q, 2), "<=", square)
    if unknowns.nonnegative(square):
        unknowns.fact("Jensen", q, "<=", op("sqrt", square))
    return q


def norm_of_normal(unknowns: Unknowns, w: str, n: Expression) -> Expression:
    """The mean of the norm of a standard normal vector of dimension n >= 1.

    Of its formula, sqrt(2)*gamma((n + 1)/2)/gamma(n/2), one needs x - 1/4 <=
    (gamma(x + 1/2)/gamma(x))^2 <= x for x = n/2 (Watson 1959; the upper bound is Jensen's).
    """
    q = unknowns.value(("E", op("norm", name(w))), "mean", f"E(norm({w}))")
    half = over(ONE, TWO)
    unknowns.fact("Watson", q, ">=", op("sqrt", total(n, minus(half))))
    unknowns.fact("Jensen", q, "<=", op("sqrt", n))
    unknowns.fact("Jensen", raised(q, 2), "<=", n)
    unknowns.fact("Watson", raised(q, 2), ">=", total(n, minus(half)))
    return q
