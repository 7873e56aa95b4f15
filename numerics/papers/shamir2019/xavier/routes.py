"""Theorem 2 at one depth, by five routes: what is guaranteed at a given failure probability.

Each route turns a tail probability into ``P(N <= T/eta - offset) <= failure`` for every step size
eta > 0, where N counts the steps to reach suboptimality below inf_{p >= -1/2} f - inf f, and does
so by proof: parameters are found in doubles, rounded to rationals, and all is enclosed again.

* ``paper``: Lemmas 5 and 6 as printed. With a = E|w|, alpha = k a**((k-1)/2), r = delta ln 2 /
  sqrt(k - 1): T = r/(2 sqrt(k) alpha G), failure a**((k-1)/2) + k P(|w| < delta) + k P(|w| > M).
* ``paper-free``: the same, with the threshold alpha of Lemma 5 chosen freely: Markov and the union
  bound give P(max_j prod_{i != j} |w_i| >= alpha) <= k a**(k-1)/alpha.
* ``box``: T = delta**2/(G x), failure (E(|w| + delta)**s)**k x**-s  (Chernoff).
* ``squares``: T = beta/(2 G x), offset 1/4, failure P(prod sqrt(w_j**2 + beta) >= x), which is
  inverted with a bound of the error (:mod:`numerics.papers.shamir2019.xavier.tails`);
  ``squares-chernoff`` bounds it by Chernoff.

G = f'(x) bounds |f'| where |p| <= x; every route needs x < 1/2.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from statistics import NormalDist

from flint import arb

from numerics.balls import ball, precision
from numerics.loss import Loss
from numerics.papers.shamir2019.xavier.bounds import lower_log
from numerics.papers.shamir2019.xavier.laws import Law, ProductLaw
from numerics.papers.shamir2019.xavier.tails import SumLaw, chernoff
from theory.errors import InputError

BITS = 128
_NORMAL = NormalDist()
_ROUGH = 53
_INFEASIBLE = 1e9


@dataclass(frozen=True)
class TheoremLoss:
    """A loss that satisfies Assumption 1: convex, increasing right of -1/2, least value ``least``.

    Attributes
    ----------
    formula : str
    least : Fraction
        inf f.
    """

    formula: str
    least: Fraction = Fraction(0)

    def slope(self, size: arb) -> arb:
        """Enclose G = sup |f'| over |p| <= size <= 1/2, which is f'(size)."""
        return Loss.of(self.formula).slope("arb")(size)

    @property
    def gap(self) -> arb:
        """inf_{p >= -1/2} f - inf f, the suboptimality c' of the theorem."""
        return Loss.of(self.formula).value("arb")(-arb(1) / 2) - ball(self.least)


LOSSES = tuple(TheoremLoss(f) for f in ("(p+1)**2/2", "(p+1)**2", "log(1+exp(p))"))
SHAMIR_HALF = LOSSES[0]


@dataclass(frozen=True)
class Guarantee:
    """``P(N <= exp(log_time)/eta - offset) <= failure`` for every step size eta > 0.

    Attributes
    ----------
    route : str
    depth : int
    failure : Fraction
    log_time : float
        Rounded down.
    offset : Fraction
        In steps.
    parameters : tuple of (str, Fraction)
        The rationals that the proof uses.
    """

    route: str
    depth: int
    failure: Fraction
    log_time: float
    offset: Fraction
    parameters: tuple[tuple[str, Fraction], ...]


Route = Callable[[Law, TheoremLoss, int, Fraction], Guarantee | None]


def paper(
    law: Law, loss: TheoremLoss, depth: int, failure: Fraction, free: bool = False
) -> Guarantee | None:
    """Shamir's route with every constant: None where it says nothing."""
    if depth < 2:
        return None
    budget = float(failure)
    with precision(BITS):
        mean, k = law.mean_size, depth
        if free:
            share = failure / 2
            threshold = k * mean ** (k - 1) / ball(share)
            lemma_5 = ball(share)
        else:
            lemma_5 = (mean ** (k - 1)).sqrt()
            threshold = k * lemma_5
        left = budget - float(lemma_5.mid())
        if left <= 0:
            return None
        size, large = _largest(law, k, left)
        for shrink in range(40):
            delta = _small(law, left * (1 - 1e-3) / k) * Fraction(999, 1000) ** (1 + shrink**2)
            total = lemma_5 + k * law.below(ball(delta)) + large
            if total <= ball(failure):
                break
        else:
            return None
        radius = ball(delta) * arb.const_log2() / arb(k - 1).sqrt()
        reach = 2 * threshold * (ball(size) + radius)
        if not reach < arb(1) / 2:
            return None
        time = radius / (2 * arb(k).sqrt() * threshold * loss.slope(reach))
        named = (("delta", delta), ("M", size))
        name = "paper-free" if free else "paper"
        return Guarantee(name, k, failure, lower_log(time.log()), Fraction(0), named)


def _largest(law: Law, depth: int, budget: float) -> tuple[Fraction, arb]:
    """M with k P(|w| > M) a thousandth of the budget, and that probability."""
    if not law.gaussian:
        return Fraction(17321, 10000), arb(0)
    size = Fraction(math.ceil(1000 * -_NORMAL.inv_cdf(budget * 2.5e-4 / depth)), 1000)
    return size, depth * law.above(ball(size))


def _small(law: Law, probability: float) -> Fraction:
    if law.gaussian:
        return Fraction(_NORMAL.inv_cdf(0.5 + probability / 2))
    return Fraction(probability * math.sqrt(3))


def box(law: Law, loss: TheoremLoss, depth: int, failure: Fraction) -> Guarantee | None:
    """The box bound with Chernoff's tail of prod (|w_j| + delta)."""
    return _optimised("box", law, loss, depth, failure)


def squares_chernoff(
    law: Law, loss: TheoremLoss, depth: int, failure: Fraction
) -> Guarantee | None:
    """The squares bound with Chernoff's tail of prod sqrt(w_j**2 + beta)."""
    return _optimised("squares-chernoff", law, loss, depth, failure)


def _optimised(
    route: str, law: Law, loss: TheoremLoss, depth: int, failure: Fraction
) -> Guarantee | None:
    """Choose s and the size (delta, or beta = size**2) in doubles, and enclose the result."""

    def value(size: Fraction, s: Fraction) -> arb | None:
        width, power = ball(size), ball(s)
        if route == "box":
            moment, gain = law.shifted_moment(width, power), width**2
        else:
            beta = size * size
            moment, gain = law.square_moment(ball(beta), power).real, width**2 / 2
        level = (depth * moment.log() - ball(failure).log()) / power
        if not level <= -arb.const_log2():
            return None
        return (gain / loss.slope(level.exp())).log() - level

    def cost(logs: Sequence[float]) -> float:
        if not (-40 < logs[0] < 1 and -12 < logs[1] < 3):
            return _INFEASIBLE
        with precision(_ROUGH):
            found = value(*_rational(logs))
        return _INFEASIBLE if found is None else -float(found.mid())

    guess = (-math.log(depth), math.log(min(1.0, 1.5 * math.sqrt(-math.log(failure) / depth))))
    from scipy import optimize  # half a second to load

    best = optimize.minimize(
        cost, guess, method="Nelder-Mead", options={"xatol": 1e-2, "fatol": 1e-2, "maxiter": 120}
    )
    if best.fun == _INFEASIBLE:
        return None
    size, s = _rational(best.x)
    with precision(BITS):
        found = value(size, s)
        if found is None:
            return None
        named = (("delta" if route == "box" else "sqrt(beta)", size), ("s", s))
        offset = Fraction(0 if route == "box" else 1, 4)
        return Guarantee(route, depth, failure, lower_log(found), offset, named)


def _rational(logs: Sequence[float]) -> tuple[Fraction, Fraction]:
    return Fraction(f"{math.exp(logs[0]):.3e}"), Fraction(f"{math.exp(logs[1]):.3e}")


# sqrt(beta) in units of the typical smallest weight 1/(k rho).
_SCALES = (Fraction(1, 2), Fraction(4, 5), Fraction(6, 5), Fraction(8, 5))


def squares(law: Law, loss: TheoremLoss, depth: int, failure: Fraction) -> Guarantee | None:
    """The squares bound with the exact tail of prod sqrt(w_j**2 + beta)."""
    best: Guarantee | None = None
    for scale in _SCALES:
        unit = scale / depth / Fraction(round(1000 * float(law.density.mid())), 1000)
        beta = Fraction(f"{float(unit * unit):.3e}")
        try:
            level = sum_law(law, beta, depth).quantile(failure)
        except InputError:
            continue
        with precision(BITS):
            size = ball(level).exp()
            if not size < arb(1) / 2:
                continue
            log_time = lower_log((ball(beta) / (2 * loss.slope(size))).log() - ball(level))
        if best is None or log_time > best.log_time:
            named = (("beta", beta), ("ln x", level))
            best = Guarantee("squares", depth, failure, log_time, Fraction(1, 4), named)
    return best


@lru_cache(maxsize=64)
def sum_law(law: Law, beta: Fraction, depth: int) -> SumLaw:
    """The law of ln prod sqrt(w_j**2 + beta), with its tails remembered."""
    return SumLaw(ProductLaw(law, beta), depth)


def paper_free(law: Law, loss: TheoremLoss, depth: int, failure: Fraction) -> Guarantee | None:
    """Shamir's route with a free threshold in Lemma 5."""
    return paper(law, loss, depth, failure, free=True)


ROUTES: dict[str, Route] = {
    "paper": paper,
    "paper-free": paper_free,
    "box": box,
    "squares-chernoff": squares_chernoff,
    "squares": squares,
}


def failure_of(guarantee: Guarantee, law: Law) -> arb:
    """Enclose the failure probability afresh from the parameters of a guarantee, at its level.

    Raises
    ------
    InputError
        For a route without a level among its parameters.
    """
    values, k = dict(guarantee.parameters), guarantee.depth
    with precision(BITS):
        if guarantee.route == "squares":
            return sum_law(law, values["beta"], k).above(values["ln x"])
        if guarantee.route in ("box", "squares-chernoff"):
            s = ball(values["s"])
            if guarantee.route == "box":
                moment = law.shifted_moment(ball(values["delta"]), s)
            else:
                moment = law.square_moment(ball(values["sqrt(beta)"] ** 2), s).real
            level = (k * moment.log() - ball(guarantee.failure).log()) / s
            return chernoff(moment, s, k, level)
    raise InputError("route", f"{guarantee.route} states its failure by parts")
