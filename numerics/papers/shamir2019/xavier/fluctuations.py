"""The law of ln N at finite depth: what theory predicts, to be compared with certified counts.

Floating point throughout. With a start of independent weights, f = (p + 1)**2/2, step eta,

    ln(eta N) = -sum ln|w_j| - 2 ln(rho k) + ln Xi + o(1),

where rho is the density of |w| at 0 and Xi depends on the smallest weights only, which at scale
1/(rho k) form a Poisson process 0 < g_1 < g_2 < ... of rate 1: with s = +-g_1, each sign as likely,

    Xi = int_s^oo g_1 prod_{j >= 2} (1 + (u**2 - g_1**2)/g_j**2)**(-1/2) du.

The law of Xi is the same for every law of the weights. Adding a small weight changes both terms, so

    E ln(eta N)   = lambda k - 2 ln(rho k) + e_0 + o(1),
    Var ln(eta N) = sigma**2 k - 4 (ln(rho k) - lambda) + v_0 + o(1),

with two universal numbers e_0 and v_0, which :func:`universal` samples from the Poisson process and
not from any count. The cubic cumulant gives the first Edgeworth correction of the normal law. These
expansions are derived in ``proofs/written/escape-probability.md``, section 7, not proved; the
leading terms are proved there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from numerics.papers.shamir2019.xavier.counts import STEP, Count
from numerics.papers.shamir2019.xavier.counts import seed as seed_of
from numerics.papers.shamir2019.xavier.laws import LAWS, Law
from numerics.starts import draw_array, generator

Array = NDArray[np.float64]

_POINTS = 80
_CUTOFF = 40.0
_NODES = 32
_BATCH = 1_000
_FAR = 14.0


@dataclass(frozen=True)
class Universal:
    """e_0 and v_0 with their standard errors."""

    mean: float
    mean_error: float
    variance: float
    variance_error: float


@lru_cache(maxsize=4)
def universal(samples: int = 4_000, seed: int = 2019) -> Universal:
    """Sample e_0 = E ln Xi and v_0 = Var ln Xi + 2 (Cov(S_A, ln Xi) + 2 ln A), A large.

    S_A is the sum of ln(A/g_j) over the points below A.

    Parameters
    ----------
    samples : int
    seed : int

    Returns
    -------
    Universal
    """
    random = generator(seed)
    values, sums = [], []
    for _ in range(0, samples, _BATCH):
        points = random.exponential(size=(_BATCH, _POINTS)).cumsum(axis=1)
        values.append(_log_xi(points, random.random(_BATCH) < 0.5))
        sums.append(np.log(np.maximum(_CUTOFF / points, 1.0)).sum(axis=1))
    h, s = np.concatenate(values), np.concatenate(sums)
    products = (h - h.mean()) ** 2 + 2 * (h - h.mean()) * (s - s.mean())
    root = math.sqrt(len(h))
    return Universal(
        mean=float(h.mean()),
        mean_error=float(h.std() / root),
        variance=float(products.mean()) + 4 * math.log(_CUTOFF),
        variance_error=float(products.std() / root),
    )


@lru_cache(maxsize=4)
def sample_log_xi(samples: int = 4_000, seed: int = 1917) -> Array:
    """Draw ln Xi from its Poisson process, sorted, shape (samples,)."""
    random = generator(seed)
    values = []
    for _ in range(0, samples, _BATCH):
        points = random.exponential(size=(_BATCH, _POINTS)).cumsum(axis=1)
        values.append(_log_xi(points, random.random(_BATCH) < 0.5))
    return np.sort(np.concatenate(values))


def _log_xi(points: Array, crosses: NDArray[np.bool_]) -> Array:
    """Evaluate ln Xi for points of shape (n, m), increasing along the last axis."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    nodes, weights = (nodes + 1) / 2, weights / 2
    least, others = points[:, :1], points[:, 1:]

    def integral(u: Array, scale: Array) -> Array:
        excess = u * u - least**2
        inner = 0.5 * np.log1p(excess[:, :, None] / others[:, None, :] ** 2).sum(axis=2)
        inner += 0.5 * excess / points[:, -1:]  # the points further out, by their mean
        return (scale * weights * np.exp(-inner) * least).sum(axis=1)

    # Squared nodes: finer where the integrand is steep, at 0 and at g_1.
    inside = integral(least * nodes**2, 2 * least * nodes)
    outside = integral(least + _FAR * nodes**2, 2 * _FAR * nodes + 0 * least)
    return np.log(outside + np.where(crosses, 2 * inside, 0.0))


@dataclass(frozen=True)
class Prediction:
    """The predicted law of ln N: normal with an Edgeworth term.

    Attributes
    ----------
    centre, spread : float
        Mean and standard deviation.
    skewness : float
        Of -sum ln|w_j|; 0 switches the Edgeworth term off.
    """

    centre: float
    spread: float
    skewness: float

    def cdf(self, x: Array) -> Array:
        """The distribution function at x (nondecreasing up to the size of the correction)."""
        from scipy.special import ndtr  # scipy.stats takes a second to load

        t = (x - self.centre) / self.spread
        density = np.exp(-(t**2) / 2) / math.sqrt(2 * math.pi)
        square = np.where(np.isfinite(t), t * t, 0.0)
        value = ndtr(t) - self.skewness / 6 * (square - 1) * density
        return np.clip(value, 0, 1)


def prediction(law: Law, depth: int, step: float, corrected: bool = True) -> Prediction:
    """Predict ln N for f = (p + 1)**2/2.

    Parameters
    ----------
    law : Law
    depth : int
    step : float
    corrected : bool
        With the finite-depth terms; without them this is the bare central limit theorem.
    """
    k = depth
    exponent, variance = float(law.exponent.mid()), float(law.variance.mid())
    scale = math.log(float(law.density.mid()) * k)
    if not corrected:
        return Prediction(exponent * k - math.log(step), math.sqrt(variance * k), 0.0)
    xi = universal()
    spread = math.sqrt(max(variance * k - 4 * (scale - exponent) + xi.variance, 1e-9))
    # Third cumulant of -ln|w|: 14 zeta(3)/8 for the normal law, 2 for the uniform one.
    third = 1.75 * 1.2020569031595942 if law.gaussian else 2.0
    return Prediction(
        exponent * k - 2 * scale + xi.mean - math.log(step), spread, third * k / spread**3
    )


def residuals(law: str, depth: int, counts: Sequence[Count]) -> tuple[Array, Array]:
    """Bounds of ln(eta N) + sum ln|w_j| + 2 ln(rho k) for stored starts, shape (n,) each.

    Parameters
    ----------
    law : str
    depth : int
    counts : sequence of Count
        Of the starts 0, 1, ... of this law and depth.
    """
    scale = math.log(float(STEP)) + 2 * math.log(float(LAWS[law].density.mid()) * depth)
    sums = [
        np.log(np.abs(draw_array(law, (depth,), generator(seed_of(depth, i))))).sum()
        for i in range(len(counts))
    ]
    low, high = np.array([c.log for c in counts], dtype=float).T
    return low + np.array(sums) + scale, high + np.array(sums) + scale
