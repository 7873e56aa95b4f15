"""The law of ln N at one depth: empirical distribution function, its band, the normal law."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy import stats

from numerics.figures.escape import Row, log_bounds, problem
from numerics.figures.style import COLOURS, GREY, finite, formula, new_figure, styled
from numerics.statistics import (
    CONFIDENCE,
    Interval,
    normal_distance,
    quantile_interval,
    uniform_band,
)
from theory.errors import InputError

LAWS = {
    "gaussian": ((float(np.euler_gamma) + math.log(2)) / 2, math.pi / math.sqrt(8)),
    "uniform": (1 - math.log(3) / 2, 1.0),
}
"""Mean and standard deviation of -ln|w|: what the central limit theorem adds up over the layers."""


@dataclass(frozen=True)
class Law:
    """A sample of ln N at one depth and what it is compared with.

    Attributes
    ----------
    init, problem : str
    depth, censored : int
        ``censored`` starts never arrived, or not within the budget.
    logs : array, shape (n,)
        ln N, sorted; +inf where censored.
    band : float
        Half the height of the 95 % band around the empirical distribution function.
    median : Interval
    mean, deviation : float
        Of the normal law that fits; where starts are censored, by its quantiles.
    distance : float
        Of the sample to the normal law with that mean and deviation (Kolmogorov).
    limit : tuple or None
        Mean k mu and deviation sigma sqrt(k) of the sum of -ln|w_j|, whose normal law is the
        limit; then the sample's distance to that law and the p-value.
    """

    init: str
    problem: str
    depth: int
    censored: int
    logs: NDArray[np.float64]
    band: float
    median: Interval
    mean: float
    deviation: float
    distance: float
    limit: tuple[float, float, float, float] | None


def collect(rows: Iterable[Row], init: str = "", depth: int = 0) -> Law:
    """Take one depth and initialisation out of the rows of a sweep.

    Parameters
    ----------
    rows : iterable of mappings
        With the columns of :meth:`numerics.sweeps.store.Store.rows`.
    init : str
        Default: the first one.
    depth : int
        Default: the largest.

    Raises
    ------
    InputError
        If fewer than eight such starts arrived, or the rows are of several problems.
    """
    scalar = [r for r in rows if r["width"] == 1 and r["init"] == (init or r["init"])]
    chosen = init or (scalar[0]["init"] if scalar else "")
    depth = depth or max((r["depth"] for r in scalar), default=0)
    mine = [r for r in scalar if r["depth"] == depth and r["init"] == chosen]
    if len({problem(r) for r in mine}) > 1:
        raise InputError("store", "it holds several problems at this depth")
    bounds = np.array([log_bounds(r) for r in mine]).reshape(-1, 2)
    logs = np.sort(np.maximum(bounds[:, 1], 0))
    arrived = logs[np.isfinite(logs)]
    if len(arrived) < 8 or arrived.std() == 0:
        where = f"depth {depth}, {chosen}" if mine else "this depth and initialisation"
        raise InputError(
            "starts", f"a distribution needs eight starts that arrive; {where} has not"
        )
    mean, deviation = _normal(logs)
    limit = None
    if chosen in LAWS and not mine[0]["setting"]:
        mu, sigma = LAWS[chosen][0] * depth, LAWS[chosen][1] * math.sqrt(depth)
        limit = (mu, sigma, *normal_distance(logs, mu, sigma))
    return Law(
        chosen,
        problem(mine[0]),
        depth,
        int(np.isinf(logs).sum()),
        logs,
        uniform_band(len(logs), CONFIDENCE),
        quantile_interval(logs),
        mean,
        deviation,
        normal_distance(logs, mean, deviation)[0],
        limit,
    )


def _normal(logs: NDArray[np.float64]) -> tuple[float, float]:
    """Fit a normal law: by moments, or by quantiles, which censored starts do not bias."""
    if np.isfinite(logs).all():
        return float(logs.mean()), float(logs.std(ddof=1))
    one = stats.norm.cdf(1)
    low, middle, high = (quantile_interval(logs, q).estimate for q in (1 - one, 0.5, one))
    if not math.isfinite(high):
        raise InputError("starts", "a distribution needs five in six starts to arrive")
    return middle, (high - low) / 2


@styled
def draw(law: Law) -> Figure:
    """Draw the empirical distribution function of ln N with its band, and the normal laws."""
    figure, ((axes,),) = new_figure(7.6, 5.0)
    arrived = law.logs[np.isfinite(law.logs)]
    n = len(law.logs)
    x = np.concatenate([[arrived[0]], arrived])
    share = np.arange(len(x)) / n
    axes.fill_between(
        x,
        np.clip(share - law.band, 0, 1),
        np.clip(share + law.band, 0, 1),
        step="post",
        color=COLOURS[0],
        alpha=0.2,
        linewidth=0,
        label="95 % band for the whole curve",
    )
    axes.step(x, share, where="post", color=COLOURS[0], lw=1.6, label=f"measured, {n:,} starts")
    span = np.linspace(arrived[0] - 0.5, arrived[-1] + 0.5, 400)
    axes.plot(
        span,
        stats.norm.cdf(span, law.mean, law.deviation),
        "--",
        color=COLOURS[1],
        lw=1.6,
        label=f"fitted normal law, mean {law.mean:.1f} and deviation "
        f"{law.deviation:.1f}: distance {law.distance:.3f}",
    )
    if law.limit is not None:
        mu, sigma, distance, _ = law.limit
        axes.plot(
            span,
            stats.norm.cdf(span, mu, sigma),
            ":",
            color=GREY,
            lw=1.8,
            label=f"normal law of $-\\Sigma\\,\\ln|w_j|$, mean {mu:.1f} and deviation "
            f"{sigma:.1f}: distance {distance:.3f}",
        )
    if law.censored:
        axes.axhline(1 - law.censored / n, color=COLOURS[3], lw=1, ls="-.")
        axes.annotate(
            f"{law.censored} of {n} starts not reached",
            (0.01, 1 - law.censored / n),
            xycoords=("axes fraction", "data"),
            xytext=(0, -11),
            textcoords="offset points",
            fontsize=8,
            color=COLOURS[3],
        )
    axes.set_ylim(0, 1.0)
    axes.set_xlim(span[0], span[-1])
    axes.set_xlabel("ln N, natural logarithm of the number of gradient-descent steps")
    axes.set_ylabel("share of starts with at most N steps")
    axes.grid(visible=True, alpha=0.25)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), fontsize=8.5)
    figure.suptitle(f"Law of the escape time: depth {law.depth}, {law.init} start", fontsize=12)
    axes.set_title(formula(law.problem), fontsize=9, color=GREY)
    return figure


def data(law: Law) -> dict[str, Any]:
    """What is drawn, as JSON values; null where a logarithm is infinite."""
    limit = None
    if law.limit is not None:
        limit = dict(zip(("mean", "deviation", "distance", "p_value"), law.limit, strict=True))
    return {
        "init": law.init,
        "problem": law.problem,
        "depth": law.depth,
        "starts": len(law.logs),
        "not_reached": law.censored,
        "ln_steps": finite([float(x) for x in law.logs]),
        "band": law.band,
        "mean": law.mean,
        "deviation": law.deviation,
        "distance": law.distance,
        "limit": limit,
    }
