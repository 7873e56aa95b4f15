"""Confidence statements about certified counts: order statistics, binomial and DKW bounds.

A count is an interval [lower, upper] here, most often a point; every statement holds for whatever
the counts are inside their intervals. Probabilities are floating point (scipy), not enclosures.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from numerics.papers.shamir2019.xavier.counts import Count

Array = NDArray[np.float64]


def logs(counts: Sequence[Count]) -> tuple[Array, Array]:
    """Sorted natural logarithms of the lower and of the upper bounds, shape (n,) each."""
    pairs = [c.log for c in counts]
    return np.sort([low for low, _ in pairs]), np.sort([high for _, high in pairs])


def quantile_interval(
    counts: Sequence[Count], probability: float, level: float = 0.95
) -> tuple[float, float]:
    """Confidence interval of a quantile of ln N from order statistics; no law is assumed.

    Parameters
    ----------
    counts : sequence of Count, length n
        Independent.
    probability : float
        Which quantile.
    level : float
        Coverage, at least.

    Returns
    -------
    low, high : float
        Infinite where the sample is too small to say.
    """
    return between(*logs(counts), probability, level)


def between(low: Array, high: Array, probability: float, level: float) -> tuple[float, float]:
    """Like :func:`quantile_interval`, from sorted bounds of any numbers, shape (n,) each."""
    from scipy.special import bdtr  # scipy.stats takes a second to load

    n, miss = len(low), (1 - level) / 2
    # X_(l) <= q unless at least n - l + 1 values exceed q: P(Bin(n, probability) <= l - 1).
    masses = bdtr(np.arange(n + 1), n, probability)
    first = int(np.searchsorted(masses, miss, side="right")) - 1
    last = int(np.searchsorted(masses, 1 - miss)) + 1
    return (
        float(low[first]) if first >= 0 else -math.inf,
        float(high[last - 1]) if last <= n else math.inf,
    )


def median(counts: Sequence[Count], probability: float = 0.5) -> float:
    """The empirical quantile of ln N, from the lower bounds."""
    low, _ = logs(counts)
    return float(np.quantile(low, probability, method="inverted_cdf"))


def dkw_radius(n: int, level: float = 0.99) -> float:
    """Massart's radius: sup |F_n - F| exceeds it with probability at most 1 - level."""
    return math.sqrt(math.log(2 / (1 - level)) / (2 * n))


def distance(counts: Sequence[Count], cdf: Callable[[Array], Array]) -> float:
    """Return sup |F_n - F| of ln N, the largest over all counts inside their intervals."""
    return distance_between(*logs(counts), cdf)


def distance_between(low: Array, high: Array, cdf: Callable[[Array], Array]) -> float:
    """Return sup |F_n - F| for sorted lower and upper bounds of a sample, shape (n,) each."""
    n = len(low)
    ranks = np.arange(1, n + 1) / n
    above = ranks - cdf(low)
    below = cdf(high) - (ranks - 1 / n)
    return float(max(above.max(), below.max()))


def empirical(sample: Array) -> Callable[[Array], Array]:
    """The empirical distribution function of a sorted sample."""
    return lambda x: np.searchsorted(sample, x, side="right") / len(sample)


def p_value_of_failures(failed: int, n: int, probability: float) -> float:
    """P(Bin(n, probability) >= failed): small if a bound on the failure probability is wrong."""
    from scipy.special import bdtrc

    return float(bdtrc(failed - 1, n, probability))
