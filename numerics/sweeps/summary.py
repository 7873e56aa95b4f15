"""What a sweep says, group by group: quantiles of the count over the starts of each grid point."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from numerics.statistics import Interval, fitted_exponent, quantile_interval

AXES = ("init", "width", "depth", "loss", "step", "until", "engine")
"""The columns that make a group; the seed and the number of the start are summed over."""
SHARES = (0.1, 0.5, 0.9)


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
    logs: np.ndarray


def summarise(rows: Iterable[Mapping[str, Any]]) -> list[Group]:
    """Group rows of a store by :data:`AXES`, in the order in which they come."""
    collected: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        collected.setdefault(tuple(row[name] for name in AXES), []).append(row)
    return [
        _group(dict(zip(AXES, key, strict=True)), members) for key, members in collected.items()
    ]


def _group(axes: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Group:
    ordered = sorted(rows, key=_size)
    logs = np.array([_size(row) for row in ordered])
    outcomes = [row["outcome"] for row in rows]
    bounds = sorted(int(row["bound"]) for row in rows if row["bound"] is not None)
    low, middle, high = (
        _shown(ordered[max(0, math.ceil(share * len(ordered)) - 1)]) for share in SHARES
    )
    return Group(
        axes=axes,
        starts=len(rows),
        reached=outcomes.count("reached"),
        never=outcomes.count("never"),
        undecided=outcomes.count("undecided"),
        deciles=(low, middle, high),
        median=quantile_interval(logs),
        bound_median=short(bounds[(len(bounds) - 1) // 2]) if bounds else None,
        below_bound=sum(
            row["bound"] is not None
            and row["upper"] is not None
            and int(row["upper"]) < int(row["bound"])
            for row in rows
        ),
        logs=logs,
    )


def exponents(groups: Sequence[Group]) -> list[tuple[dict[str, Any], Interval]]:
    """Fit the growth per layer of the median of ln N, wherever only the depth varies.

    Returns
    -------
    list of (axes without the depth, Interval)
        For every set of groups with at least three depths whose median is finite and positive.
    """
    lines: dict[tuple[Any, ...], list[Group]] = {}
    names = [name for name in AXES if name != "depth"]
    for group in groups:
        lines.setdefault(tuple(group.axes[name] for name in names), []).append(group)
    found = []
    for key, members in lines.items():
        usable = [g for g in members if math.isfinite(g.median.estimate)]
        if len(usable) >= 3:
            # A count of 0 is a start on the target; in logarithms it would outweigh all others.
            samples = [np.maximum(g.logs, 0.0) for g in usable]
            fit = fitted_exponent([g.axes["depth"] for g in usable], samples)
            found.append((dict(zip(names, key, strict=True)), fit))
    return found


def short(count: int) -> str:
    """Write a count: exactly up to six digits, then four significant ones."""
    text = str(count)
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


def _size(row: Mapping[str, Any]) -> float:
    value = row["ln_steps"]
    return math.inf if value is None else float(value)


def _shown(row: Mapping[str, Any]) -> str:
    if row["ln_steps"] is None:
        return "—"
    return short(int(row["lower"])) if row["lower"] is not None else short_log(row["ln_steps"])
