"""What a sweep says, group by group: quantiles of the count over the starts of each grid point."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.statistics import CONFIDENCE, Interval, fitted_exponent, quantile_interval
from theory.exact import digits_of, integer

AXES = ("init", "width", "depth", "loss", "step", "until", "engine", "setting")
"""The columns that make a group; the seed and the number of the start are summed over."""
SHARES = (0.1, 0.5, 0.9)
# With fewer arrivals a resample's median may be infinite.
_NEARLY_ALL, _MANY, _RESAMPLES = 0.8, 20_000, 1_000


@dataclass(frozen=True)
class Group:
    """The starts of one grid point.

    Attributes
    ----------
    axes : mapping of str to int or str
        The values of :data:`AXES`.
    starts, reached, never, undecided : int
        How many there are, and how they ended.
    deciles : tuple of str
        Deciles 1, 5 and 9 of the count N, as text: short ones exactly. ``"—"`` where more starts
        than that share never arrived or are undecided.
    median : Interval
        Of ln N, with its order-statistic confidence interval.
    bound_median : str or None
        Median of the proved lower bound, if there is one.
    below_bound : int
        Starts counted below their proved lower bound. Anything but 0 is a bug.
    logs : array, shape (starts,)
        ln N, +inf where none is known.
    """

    axes: Mapping[str, Any]
    starts: int
    reached: int
    never: int
    undecided: int
    deciles: tuple[str, str, str]
    median: Interval
    bound_median: str | None
    below_bound: int
    logs: NDArray[np.float64]


def summarise(rows: Iterable[Mapping[str, Any]]) -> list[Group]:
    """Group rows of a store by :data:`AXES`, in the order in which they come."""
    collected: dict[tuple[Any, ...], _Sample] = {}
    for row in rows:
        key = tuple(row[name] for name in AXES)
        if key not in collected:
            collected[key] = _Sample()
        collected[key].add(row)
    return [s.group(dict(zip(AXES, key, strict=True))) for key, s in collected.items()]


class _Sample:
    """The rows of one group, as little of them as the summary needs."""

    def __init__(self) -> None:
        self._logs: list[float] = []
        self._counts: list[str | None] = []
        self._outcomes: Counter[str] = Counter()
        self._bounds: list[int] = []
        self._below = 0

    def add(self, row: Mapping[str, Any]) -> None:
        self._logs.append(math.inf if row["ln_steps"] is None else row["ln_steps"])
        self._counts.append(row["lower"])
        self._outcomes[row["outcome"]] += 1
        if row["bound"] is not None:
            bound = integer(row["bound"])
            self._bounds.append(bound)
            self._below += row["upper"] is not None and integer(row["upper"]) < bound

    def group(self, axes: Mapping[str, Any]) -> Group:
        logs = np.array(self._logs)
        order, bounds = np.argsort(logs, kind="stable"), sorted(self._bounds)
        low, middle, high = (
            self._shown(order[max(0, math.ceil(share * len(logs)) - 1)]) for share in SHARES
        )
        return Group(
            axes=axes,
            starts=len(logs),
            reached=self._outcomes["reached"],
            never=self._outcomes["never"],
            undecided=self._outcomes["undecided"],
            deciles=(low, middle, high),
            median=quantile_interval(logs),
            bound_median=short(bounds[(len(bounds) - 1) // 2]) if bounds else None,
            below_bound=self._below,
            logs=logs,
        )

    def _shown(self, index: int) -> str:
        logarithm, count = self._logs[index], self._counts[index]
        if math.isinf(logarithm) and logarithm > 0:
            return "—"
        return short_log(logarithm) if count is None else short(integer(count))


def exponents(groups: Sequence[Group]) -> list[tuple[dict[str, Any], Interval]]:
    """Fit the growth per layer of the median of ln N, wherever only the depth varies.

    Returns
    -------
    list of (axes without the depth, Interval)
        For every set of scalar groups with at least three depths at which there are several
        starts and nearly all arrive.
    """
    lines: dict[tuple[Any, ...], list[Group]] = {}
    names = [name for name in AXES if name != "depth"]
    for group in groups:
        enough = group.starts > 1 and _NEARLY_ALL * group.starts < group.reached
        if group.axes["width"] == 1 and enough:
            lines.setdefault(tuple(group.axes[name] for name in names), []).append(group)
    found = []
    for key, members in lines.items():
        if len(members) >= 3:
            # A count of 0 is a start on the target; in logarithms it would outweigh all others.
            samples = [np.maximum(g.logs, 0.0) for g in members]
            fit = _growth([g.axes["depth"] for g in members], samples)
            found.append((dict(zip(names, key, strict=True)), fit))
    return found


def _growth(depths: Sequence[int], samples: Sequence[NDArray[np.float64]]) -> Interval:
    """Fit the growth as :func:`fitted_exponent` does, in little memory where starts are many."""
    size = sum(map(len, samples))
    if size < _MANY:
        return fitted_exponent(depths, samples, resamples=_RESAMPLES)
    generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(0)))
    medians = np.stack([resampled_medians(s, _RESAMPLES, generator) for s in samples], axis=-1)
    centres = np.array([np.sort(s)[(len(s) - 1) // 2] for s in samples])
    if not (np.isfinite(medians).all() and np.isfinite(centres).all()):
        return fitted_exponent(depths, samples, resamples=200)
    away = np.array(depths, dtype=np.float64) - np.mean(depths)
    slopes, tail = medians @ away / (away @ away), (1 - CONFIDENCE) / 2
    return Interval(
        estimate=float(centres @ away / (away @ away)),
        low=float(np.quantile(slopes, tail, method="lower")),
        high=float(np.quantile(slopes, 1 - tail, method="higher")),
        confidence=CONFIDENCE,
        method="percentile bootstrap",
        censored=int(sum(np.isposinf(s).sum() for s in samples)),
        size=size,
    )


def resampled_medians(
    sample: NDArray[np.float64], resamples: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the lower medians of resamples with replacement, without drawing the resamples.

    A resample of n takes the sorted sample at floor(n u) for n uniform u. Its m-th smallest is
    thus at floor(n u) for the m-th smallest u, whose law is Beta(m, n + 1 - m).
    """
    n = len(sample)
    middle = (n - 1) // 2 + 1
    drawn = generator.beta(middle, n + 1 - middle, resamples)
    return np.sort(sample)[np.minimum((n * drawn).astype(np.int64), n - 1)]


def short(count: int) -> str:
    """Write a count: exactly up to six digits, then four significant ones."""
    text = digits_of(count)
    if len(text) <= 6:
        return text
    head, exponent = round(int(text[:6]) / 1e5, 3), len(text) - 1
    return f"{head / 10:.3f}e{exponent + 1}" if head >= 10 else f"{head:.3f}e{exponent}"


def short_log(logarithm: float) -> str:
    """Write the count with a given natural logarithm, like :func:`short`."""
    if logarithm < math.log(999_999):
        return str(round(math.exp(logarithm)))
    exponent = math.floor(logarithm / math.log(10))
    head = math.exp(logarithm - exponent * math.log(10))
    return f"{head / 10:.3f}e{exponent + 1}" if head >= 9.9995 else f"{head:.3f}e{exponent}"
