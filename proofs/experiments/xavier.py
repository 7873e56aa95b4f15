"""Theorem 2: enclosures, certified counts against their bounds, and the law of the counts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
from flint import acb, arb

from numerics.balls import ball, ends, precision
from numerics.certified.count import certified_count
from numerics.loss import Loss
from numerics.papers.shamir2019.xavier import counts as stored_counts
from numerics.papers.shamir2019.xavier.bounds import sandwich, squares_bound
from numerics.papers.shamir2019.xavier.counts import LOSS, STEP, Count, problem, stored
from numerics.papers.shamir2019.xavier.fluctuations import prediction, residuals, sample_log_xi
from numerics.papers.shamir2019.xavier.laws import GAUSSIAN, LAWS, UNIFORM, ProductLaw
from numerics.papers.shamir2019.xavier.own_product import factor, heights
from numerics.papers.shamir2019.xavier.quantiles import (
    Array,
    between,
    distance,
    distance_between,
    dkw_radius,
    empirical,
    p_value_of_failures,
    quantile_interval,
)
from numerics.papers.shamir2019.xavier.routes import SHAMIR_HALF, squares
from numerics.papers.shamir2019.xavier.tails import SumLaw
from numerics.papers.shamir2019.xavier.theorem import Explicit, kappa
from numerics.papers.shamir2019.xavier.upper import ceiling
from numerics.problem import Budget, Problem
from numerics.starts import generator
from proofs.evidence.verdicts import Kind
from proofs.experiments import Measurement, Point, Profile

_BITS = 128
_LOG_STEP = math.log(float(STEP))
# All statements about the law of the counts together are wrong with at most this probability.
_FALSE_ALARM = 1e-3
_ASYMPTOTIC = (30, 50, 100, 200, 300)
_LINES = [
    Problem.of("p", [Fraction(w) for w in start], Fraction(1, 10**4), "p <= -1/2")
    for start in (("1", "-9/20"), ("2", "-1/5"), ("1", "1", "1", "-2/5"))
]
"""Almost there, with an even slope: the squares bound and its inequalities are nearly attained."""
_FAILURES = (Fraction(1, 2), Fraction(1, 10), Fraction(1, 100))


def log_moments(law: str, order: int, profile: Profile) -> Sequence[Point]:
    """Enclose -E ln|w|, or Var ln|w|, by quadrature: w = exp(-x) near 0, w itself beyond 1."""
    with precision(_BITS):
        mean = _log_moment(law, 1)
        value = -mean if order == 1 else _log_moment(law, 2) - mean * mean
        return [{"enclosed": end} for end in ends(value)]


def _log_moment(law: str, order: int) -> arb:
    """E (ln|w|)**order: int of density, over w > 1 directly, over w < 1 as a Laplace integral."""
    gaussian, far = law == "gaussian", 100

    def density(w: acb) -> acb:
        return (-w * w / 2).exp() * (2 / arb.pi()).sqrt() if gaussian else 1 / acb(3).sqrt()

    def small(x: acb, analytic: bool) -> acb:
        return (-x) ** order * (-x).exp() * density((-x).exp())

    def large(w: acb, analytic: bool) -> acb:
        return w.log(analytic=analytic) ** order * density(w)

    end = arb(16) if gaussian else arb(3).sqrt()
    total = acb.integral(small, 0, far).real + acb.integral(large, 1, acb(end)).real
    # x**2 exp(-x) over x > 100, and w exp(-w**2/2) over w > 16, times the density at 0 < 1.
    rest = (far + 1) ** 2 * 2 * arb(-far).exp() + (-(arb(16) ** 2) / 2).exp()
    return total + arb(0, rest.abs_upper())


def small_weights(profile: Profile) -> Sequence[Point]:
    """Enclose P(|w| <= a) for normal weights."""
    points = []
    with precision(_BITS):
        for i in range(1, 40 if profile == "quick" else 400):
            size = Fraction(1, 1000) * Fraction(5, 4) ** i if i < 40 else Fraction(i, 50)
            points.append({"chance": ends(GAUSSIAN.below(ball(size)))[1], "size": size})
    return points


def lemma_6(profile: Profile) -> Sequence[Point]:
    """Move starts inside the ball of Lemma 6, at random and in the worst direction."""
    random, points = generator(6), []
    for depth in (2, 3, 5, 10, 50, 300):
        for trial in range(6 if profile == "quick" else 100):
            # Equal weights of size delta, moved outwards by the same amount, are the worst start.
            tilt = random.random(depth) * (trial % 3)
            start = [Fraction(1 + float(t)) / 4 for t in tilt]
            towards = [Fraction(1) if trial % 2 else Fraction(float(random.random()))] * depth
            points.append(_moved(start, towards, Fraction(1 + trial % 4, 1 + 100 * (trial % 2))))
    return points


def _moved(start: Sequence[Fraction], towards: Sequence[Fraction], log_ratio: Fraction) -> Point:
    """One point of the ball with beta = alpha exp(log_ratio): largest product, and beta."""
    k, least = len(start), min(start)
    with precision(_BITS):
        alpha = _others(start)
        # The first weight does not enter the largest product, so it does not move.
        norm = sum((ball(x * x) for x in towards[1:]), arb(0)).sqrt()
        radius = ball(least) * ball(log_ratio) / arb(k - 1).sqrt()
        scale = ends(radius / norm)[0]
        moved = [start[0], *(w + scale * x for w, x in zip(start[1:], towards[1:], strict=True))]
        product = ends(_others(moved))[1]
        return {"product": product, "beta": ends(alpha * ball(log_ratio).exp())[0]}


def _others(weights: Sequence[Fraction]) -> arb:
    """The largest product of all weights but one, all of them positive."""
    total = arb(1)
    for w in sorted(weights)[1:]:
        total *= ball(w)
    return total


def sub_gaussian(profile: Profile) -> Sequence[Point]:
    """Enclose both sides of the sub-Gaussian bound for normal weights."""
    points = []
    with precision(_BITS):
        for i in range(30 if profile == "quick" else 300):
            s = Fraction(1, 1000) * Fraction(3, 2) ** (i % 30) + Fraction(i // 30, 7)
            power = ball(s)
            points.append(
                {
                    "log_moment": ends(GAUSSIAN.moment(power).real.log())[1],
                    "mean": ends(-GAUSSIAN.exponent * power)[0],
                    "square": ends(GAUSSIAN.variance * power**2 / 2)[0],
                }
            )
    return points


def exact_tails(profile: Profile) -> Sequence[Point]:
    """Enclose tails of products of uniform weights twice: inverted, and as a Gamma law."""
    points = []
    for depth in (10, 50, 200) if profile == "quick" else (8, 12, 20, 50, 100, 200, 400):
        law = SumLaw(ProductLaw(UNIFORM), depth)
        for tenths in (-10, -3, 0, 5, 12):
            level = Fraction(-45 * depth, 100) + Fraction(tenths * math.isqrt(depth), 10)
            with precision(8 * _BITS):  # the series of the incomplete Gamma function cancels
                # -ln(|w|/sqrt(3)) is exponential, so their sum has a Gamma law.
                total = depth * arb(3).log() / 2 - ball(level)
                closed = total.gamma_lower(arb(depth), regularized=1)
            for a in ends(law.above(level)):
                points += [{"inverted": a, "closed": b} for b in ends(closed)]
    return points


_LATER: dict[Profile, tuple[int, ...]] = {"quick": (100, 300), "full": (60, 100, 300, 1000)}


def closed_form(profile: Profile) -> Sequence[Point]:
    """Enclose the exact failure probability of the event of the theorem in closed form.

    From the first depth that the hypothesis allows on.
    """
    points = []
    for law in LAWS.values():
        for z, d in ((Fraction(1), Fraction(4)), (Fraction(2), Fraction(6))):
            explicit = Explicit(law, z, d)
            depths = (explicit.first_depth(), *_LATER[profile])
            for depth in (k for k in depths if k is not None):
                with precision(_BITS):
                    scale = 1 / (law.density * kappa() * depth)
                    beta = ends(scale * scale)[1]  # a larger beta fails more often
                tails = SumLaw(ProductLaw(law, beta), depth)
                with precision(_BITS):
                    level = ends(-explicit.log_product(depth))[0]
                    exact = ends(tails.above(level))[1]
                    points.append({"exact": exact, "allowed": ends(explicit.failure(depth))[0]})
    return points


def _rows(profile: Profile) -> Iterator[tuple[str, int, int, Count]]:
    """Stored starts: a few of every depth, or all."""
    for law, rows in stored().items():
        for depth, row in rows.items():
            most = len(row) if profile == "full" else 200 // (10 + depth) + 1
            for index, found in enumerate(row[:most]):
                yield law, depth, index, found


def squares_bounds(profile: Profile) -> Sequence[Point]:
    """Bound stored starts from below."""
    loss, points = Loss.of(LOSS), []
    for law, depth, index, found in _rows(profile):
        bound = squares_bound(loss, problem(law, depth, index).weights, STEP)
        points.append({"count": Fraction(found.lower), "bound": Fraction(bound)})
    for line in _LINES:
        count = certified_count(line, Budget()).lower
        bound = squares_bound(line.loss, line.weights, line.step)
        points.append({"count": Fraction(count), "bound": Fraction(bound)})
    return points


def sandwiches(profile: Profile) -> Sequence[Point]:
    """Bound stored starts from both sides."""
    points = []
    for law, depth, index, found in _rows(profile):
        both = sandwich(problem(law, depth, index).weights, STEP)
        if both.upper is not None and found.upper is not None:
            for count in {found.lower, found.upper}:
                named = {"lower": both.lower, "count": count, "upper": both.upper}
                points.append({n: Fraction(v) for n, v in named.items()})
    return points


def _guaranteed(profile: Profile) -> Iterator[tuple[float, Fraction, Sequence[Count]]]:
    """Guaranteed ln(eta N), its failure probability, and the stored counts."""
    for law, rows in stored().items():
        for depth, row in rows.items():
            if depth < 30 or len(row) < 100 or (profile == "quick" and depth not in (30, 100, 300)):
                continue
            for failure in _FAILURES:
                found = squares(LAWS[law], SHAMIR_HALF, depth, failure)
                if found is not None:
                    yield found.log_time, failure, row


def guarantees(profile: Profile) -> Sequence[Point]:
    """Compare guaranteed times (in doubles) with upper confidence limits of measured quantiles."""
    points = []
    for log_time, failure, row in _guaranteed(profile):
        _, high = quantile_interval(row, float(failure), 0.999)
        if math.isfinite(high):
            times = {"guaranteed": math.exp(log_time), "quantile": math.exp(high + _LOG_STEP)}
            points.append({n: Fraction(v) for n, v in times.items()})
    return points


def ceilings(profile: Profile) -> Sequence[Point]:
    """Compare times proved sufficient (in doubles) with lower confidence limits of quantiles."""
    points = []
    for law, rows in stored().items():
        for depth, row in rows.items():
            for failure in _FAILURES if depth >= 100 and len(row) >= 100 else ():
                top = ceiling(LAWS[law], depth, failure, STEP)
                low, _ = quantile_interval(row, 1 - float(failure), 0.999)
                if top is not None and math.isfinite(low):
                    times = {
                        "quantile": math.exp(low + _LOG_STEP),
                        "ceiling": math.exp(top.log_time),
                    }
                    points.append({n: Fraction(v) for n, v in times.items()})
    return points


def own_products(profile: Profile) -> Sequence[Point]:
    """Compare quantiles of (rho k)**2 eta N prod |w_j| with what they are proved to be at most."""
    points = []
    for law, rows in stored().items():
        for depth, row in rows.items():
            if depth < 10 or len(row) < 100 or (profile == "quick" and depth not in (10, 100, 300)):
                continue
            # The levels of the climb take 1 + (n + 1) eta of eta N at most besides.
            added = 1 + len(heights(depth)) * float(STEP)
            low, high = (
                np.sort(np.exp(side) * np.maximum(0, 1 - added * np.exp(-np.maximum(logs, -99))))
                for side, logs in zip(
                    residuals(law, depth, row), _logs(row) + _LOG_STEP, strict=True
                )
            )
            for failure in _FAILURES:
                quantile, _ = between(low, high, 1 - float(failure), 0.999)
                if math.isfinite(quantile):
                    most = float(factor(LAWS[law], depth, failure).lower())
                    named = {"quantile": quantile, "proved": most}
                    points.append({n: Fraction(v) for n, v in named.items()})
    return points


def _logs(row: Sequence[Count]) -> Array:
    """Both bounds of ln N in the order of the starts, shape (2, n)."""
    return np.array([c.log for c in row], dtype=float).T


def failures(profile: Profile) -> Sequence[Point]:
    """Count stored starts that escape before the guaranteed time."""
    points = []
    for log_time, failure, row in _guaranteed(profile):
        time = (log_time - _LOG_STEP) * (1 - 1e-12)
        failed = sum(c.log[1] < time for c in row)
        chance = p_value_of_failures(failed, len(row), float(failure))
        named = {"p_value": chance, "failed": failed, "starts": len(row)}
        points.append({n: Fraction(v) for n, v in named.items()})
    return points


def recounted(profile: Profile) -> Sequence[Point]:
    """Count a random sample of stored starts again; another sample whenever the file changes."""
    known = list(_all_rows())
    random = generator(sum(found.lower for *_, found in known) % 2**32)
    most = 30 if profile == "quick" else 1000
    chosen = [known[i] for i in random.permutation(len(known)) if known[i][1] <= most]
    points = []
    for law, depth, index, found in chosen[: 12 if profile == "quick" else 200]:
        again = stored_counts.count(law, depth, index)
        points.append({"stored": Fraction(found.lower), "recounted": Fraction(again.lower)})
        if found.upper is not None and again.upper is not None:
            points.append({"stored": Fraction(found.upper), "recounted": Fraction(again.upper)})
    return points


def _all_rows() -> Iterator[tuple[str, int, int, Count]]:
    for law, rows in stored().items():
        for depth, row in rows.items():
            for index, found in enumerate(row):
                yield law, depth, index, found


def _laws(compare: Callable[..., tuple[float, float, float]]) -> Sequence[Point]:
    known = stored()
    samples = [
        (law, k, known[law][k]) for law in LAWS for k in _ASYMPTOTIC if len(known[law].get(k, ()))
    ]
    level = 1 - _FALSE_ALARM / len(samples)
    points = []
    for law, depth, row in samples:
        far, bare, radius = compare(law, depth, row, level)
        named = {"distance": far, "bare": bare, "radius": radius}
        points.append({n: Fraction(v) for n, v in named.items()})
    return points


def fluctuations(profile: Profile) -> Sequence[Point]:
    """Distance of ln N from its predicted law, and from the bare central limit theorem."""

    def compare(law: str, depth: int, row: Any, level: float) -> tuple[float, float, float]:
        full, bare = (
            distance(row, prediction(LAWS[law], depth, float(STEP), corrected).cdf)
            for corrected in (True, False)
        )
        return full, bare, dkw_radius(len(row), level)

    return _laws(compare)


def second_order(profile: Profile) -> Sequence[Point]:
    """Distance of the residual from ln Xi, with and without the term 2 ln(rho k)."""
    xi = sample_log_xi()

    def compare(law: str, depth: int, row: Any, level: float) -> tuple[float, float, float]:
        low, high = (np.sort(side) for side in residuals(law, depth, row))
        shift = 2 * math.log(float(LAWS[law].density.mid()) * depth)
        far = distance_between(low, high, empirical(xi))
        bare = distance_between(low - shift, high - shift, empirical(xi))
        half = (1 + level) / 2  # each of the two radii fails half as often
        return far, bare, dkw_radius(len(row), half) + dkw_radius(len(xi), half)

    return _laws(compare)


MEASUREMENTS = {
    "xavier-exponent-gaussian": Measurement(Kind.ENCLOSURE, partial(log_moments, "gaussian", 1)),
    "xavier-exponent-uniform": Measurement(Kind.ENCLOSURE, partial(log_moments, "uniform", 1)),
    "xavier-variance-gaussian": Measurement(Kind.ENCLOSURE, partial(log_moments, "gaussian", 2)),
    "xavier-variance-uniform": Measurement(Kind.ENCLOSURE, partial(log_moments, "uniform", 2)),
    "xavier-assumption-2-gaussian": Measurement(Kind.GUARANTEE, small_weights),
    "shamir-lemma-6-sampled": Measurement(Kind.GUARANTEE, lemma_6),
    "xavier-subgaussian-gaussian": Measurement(Kind.GUARANTEE, sub_gaussian),
    "xavier-exact-tail": Measurement(Kind.GUARANTEE, exact_tails),
    "xavier-closed-form": Measurement(Kind.GUARANTEE, closed_form),
    "squares-bound": Measurement(Kind.GUARANTEE, squares_bounds),
    "xavier-sandwich": Measurement(Kind.GUARANTEE, sandwiches),
    "xavier-guarantees": Measurement(Kind.STATISTICS, guarantees),
    "xavier-upper": Measurement(Kind.STATISTICS, ceilings),
    "xavier-own-product": Measurement(Kind.STATISTICS, own_products),
    "xavier-failures": Measurement(Kind.STATISTICS, failures),
    "xavier-stored-counts": Measurement(Kind.GUARANTEE, recounted),
    "xavier-fluctuations": Measurement(Kind.STATISTICS, fluctuations),
    "xavier-second-order": Measurement(Kind.STATISTICS, second_order),
}
