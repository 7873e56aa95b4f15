"""Statistics of escape times, each with an interval.

Counts come as bounds lower <= N <= upper, in logarithms or not: order statistics do not mind, and
ln N stays in range where N has thousands of digits. A start that never arrives, or did not within
its budget, has the upper bound +inf: it is *censored*, counted, and never dropped, so a quantile is
infinite as soon as the data say no more.

Everything here is floating-point arithmetic and holds with the stated confidence, not for certain.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from theory.errors import InputError

Doubles = NDArray[np.float64]
CONFIDENCE = 0.95
RESAMPLES = 1000


@dataclass(frozen=True)
class Interval:
    """An estimate and an interval that covers the true value with a stated confidence.

    Attributes
    ----------
    estimate : float
    low, high : float
        The ends; infinite where the sample says no more.
    confidence : float
        At least this often, over repeated samples, the interval covers the true value.
    method : str
        What the interval rests on.
    censored : int
        How many observations were infinite: never arrived, or not within the budget.
    size : int
        How many observations there were.
    """

    estimate: float
    low: float
    high: float
    confidence: float
    method: str
    censored: int
    size: int

    def __str__(self) -> str:
        share = f"{100 * self.confidence:g} %"
        text = f"{self.estimate:.4g} ({share}: {self.low:.4g} to {self.high:.4g}; {self.method}"
        missing = f", {self.censored} of {self.size} not reached" if self.censored else ""
        return f"{text}{missing})"


def quantile_interval(
    lower: ArrayLike, share: float = 0.5, confidence: float = CONFIDENCE, upper: ArrayLike = ()
) -> Interval:
    """Estimate a quantile, with the interval between two order statistics.

    Parameters
    ----------
    lower : array-like, shape (n,)
        The observations, or lower bounds of them; +inf where one is censored.
    share : float
        Which quantile, strictly between 0 and 1.
    confidence : float
        Of the interval; distribution-free, so it is exact or conservative for any law.
    upper : array-like, shape (n,), optional
        Upper bounds of the observations, if ``lower`` holds lower bounds. The interval then
        begins at an order statistic of the lower bounds and ends at one of the upper bounds.

    Returns
    -------
    Interval
        The estimate is the smallest observation (upper bound) with at least ``share`` of the
        sample at or below it. An end is infinite where the sample is too small for a finite one.

    Raises
    ------
    InputError
        For an empty sample, nan, or a share or confidence outside (0, 1).

    Notes
    -----
    ``scipy.stats.quantile_test``; see Conover, Practical Nonparametric Statistics, section 3.2.
    """
    from scipy import stats  # a second to load

    below = _sample(lower)
    above = below if np.size(upper) == 0 else _sample(upper)
    if len(below) != len(above) or bool((above < below).any()):
        raise InputError("upper", "one upper bound for every lower bound is wanted, not below it")
    _share(share, "share")
    _share(confidence, "confidence")
    low = stats.quantile_test(below, q=0, p=share).confidence_interval(confidence).low
    high = stats.quantile_test(above, q=0, p=share).confidence_interval(confidence).high
    return Interval(
        estimate=float(np.quantile(above, share, method="inverted_cdf")),
        low=-math.inf if math.isnan(low) else float(low),
        high=math.inf if math.isnan(high) else float(high),
        confidence=confidence,
        method="order statistics",
        censored=int(np.isposinf(above).sum()),
        size=len(above),
    )


def probability_interval(hits: int, trials: int, confidence: float = CONFIDENCE) -> Interval:
    """Estimate a probability, with the exact interval of Clopper and Pearson.

    Raises
    ------
    InputError
        Unless 0 <= hits <= trials and 0 < trials.

    Notes
    -----
    The ends are quantiles of beta laws, as in ``scipy.stats.binomtest``.
    """
    from scipy.special import betaincinv  # half a second less than scipy.stats

    if not 0 <= hits <= trials or trials == 0:
        raise InputError("hits", "between none and all of at least one trial are wanted")
    _share(confidence, "confidence")
    tail, missed = (1 - confidence) / 2, trials - hits
    return Interval(
        hits / trials,
        float(betaincinv(hits, missed + 1, tail)) if hits else 0.0,
        float(betaincinv(hits + 1, missed, 1 - tail)) if missed else 1.0,
        confidence,
        "Clopper-Pearson",
        0,
        trials,
    )


def fitted_exponent(
    depths: Sequence[float],
    samples: Sequence[ArrayLike],
    confidence: float = CONFIDENCE,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Interval:
    """Fit the growth per layer of the median of ln N, with a bootstrap interval.

    Parameters
    ----------
    depths : sequence of float, length m
    samples : sequence of m arrays
        ln N (or any other scale that the median is to grow on) of the starts at each depth; +inf
        where censored, which the median takes, as long as fewer than half are.
    confidence, resamples, seed
        Of the percentile bootstrap; the starts of each depth are resampled among themselves. The
        same seed gives the same interval.

    Returns
    -------
    Interval
        Of the least-squares slope. It speaks of these depths, not of the limit, and a percentile
        bootstrap covers with the stated confidence only approximately.

    Raises
    ------
    InputError
        For fewer than three depths with a finite median, or one start at one of them.

    Notes
    -----
    A resample in which some depth's median is infinite is fitted without that depth; one that
    leaves fewer than two depths widens the interval at both ends.
    """
    drawn = [_sample(s) for s in samples]
    if len(depths) != len(drawn):
        raise InputError("samples", "one sample for every depth is wanted")
    kept = [(k, s) for k, s in zip(depths, drawn, strict=True) if np.isfinite(_median(s))]
    if len(kept) < 3:
        raise InputError("samples", "a fit needs three depths at which half the starts arrive")
    if min(len(s) for _, s in kept) < 2:
        raise InputError("samples", "a bootstrap needs two starts at every depth")
    k = np.array([depth for depth, _ in kept], dtype=np.float64)
    usable = [s for _, s in kept]

    def slope(*resampled: Doubles) -> Doubles:
        return _slopes(k, np.stack([_medians(s) for s in resampled], axis=-1))

    estimate = float(slope(*usable))
    low = high = estimate
    if any(len(set(s)) > 1 for s in usable):  # else every resample is the sample itself
        random = np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed)))
        fits = slope(*(x[random.integers(0, len(x), (resamples, len(x)))] for x in usable))
        # A resample without a slope counts as one below every other, and as one above.
        tail, none = (1 - confidence) / 2, np.isnan(fits)
        low = float(np.quantile(np.where(none, -math.inf, fits), tail, method="lower"))
        high = float(np.quantile(np.where(none, math.inf, fits), 1 - tail, method="higher"))
    return Interval(
        estimate=estimate,
        low=low,
        high=high,
        confidence=confidence,
        method="percentile bootstrap",
        censored=int(sum(np.isposinf(s).sum() for s in drawn)),
        size=sum(len(s) for s in drawn),
    )


def uniform_band(size: int, confidence: float = CONFIDENCE) -> float:
    """Half the width of a band around the empirical distribution function of ``size`` draws.

    With the stated confidence the true distribution function lies in the band everywhere. This is
    the quantile of Kolmogorov's statistic itself; the inequality of Dvoretzky, Kiefer, Wolfowitz
    and Massart, sqrt(ln(2/alpha)/(2n)), bounds it from above.
    """
    from scipy import stats

    if size < 1:
        raise InputError("size", "at least one draw is wanted")
    _share(confidence, "confidence")
    return float(stats.kstwo.ppf(confidence, size))


def normal_distance(sample: ArrayLike, mean: float, deviation: float) -> tuple[float, float]:
    """Kolmogorov's distance of a sample to a given normal law, and its p-value.

    Parameters
    ----------
    sample : array-like
        Finite or +inf observations; a censored one counts as larger than any other.
    mean, deviation : float
        Of the law, *not* fitted to this sample: the p-value would be too large.
    """
    from scipy import stats

    found = stats.kstest(_sample(sample), stats.norm(mean, deviation).cdf)
    return float(found.statistic), float(found.pvalue)


def logarithm(count: int | str | None) -> float:
    """The natural logarithm of a count, which may exceed every double.

    Parameters
    ----------
    count : int, str or None
        Text holds the decimal digits. None: not bounded.

    Returns
    -------
    float
        -inf for 0, +inf for None.
    """
    if count is None:
        return math.inf
    value = Decimal(count)
    return float(value.ln()) if value > 0 else -math.inf


def _sample(values: ArrayLike) -> Doubles:
    sample = np.asarray(values, dtype=np.float64)
    if sample.ndim != 1 or not len(sample) or bool(np.isnan(sample).any()):
        raise InputError("sample", "at least one number, and no nan, is wanted")
    return sample


def _share(value: float, argument: str) -> None:
    if not 0 < value < 1:
        raise InputError(argument, "a number strictly between 0 and 1 is wanted")


def _median(sample: Doubles) -> float:
    return float(_medians(sample))


def _medians(samples: Doubles) -> Doubles:
    """The lower median along the last axis; infinite where half the sample is."""
    middle = (samples.shape[-1] - 1) // 2
    return np.asarray(np.partition(samples, middle, axis=-1)[..., middle])


def _slopes(x: Doubles, y: Doubles) -> Doubles:
    """Least-squares slopes along the last axis over the finite points; nan if there is but one."""
    finite = np.isfinite(y)
    with np.errstate(invalid="ignore", divide="ignore"):
        many = finite.sum(axis=-1, keepdims=True)
        known = np.where(finite, y, 0.0)
        dx = np.where(finite, x - (finite * x).sum(axis=-1, keepdims=True) / many, 0.0)
        return (dx * known).sum(axis=-1) / (dx**2).sum(axis=-1)
