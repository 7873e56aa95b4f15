"""What runs one cell: a registry of engines, each from a cell to its rows."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from numerics.box_bound import box_bound
from numerics.ensemble import REASONS, ensemble
from numerics.escape import METHODS, EscapeResult, escape
from numerics.floating import escape_counts
from numerics.loss import Loss
from numerics.problem import Outcome, Problem
from numerics.spectral import Modes, mode_counts
from numerics.starts import INITS, draw_array
from numerics.sweeps import networks, setting
from numerics.sweeps.cells import Cell
from numerics.variants.count import box_lower
from theory.dynamics.stopping import parse_stop
from theory.errors import InputError
from theory.exact import digits_of

BOUNDS = ("", "box")
_ANY_CONDITION = ("certified", "ball")
# Ball arithmetic has one working precision per process; threads of a Dask worker must take turns.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Row:
    """What was found for one start.

    Attributes
    ----------
    outcome : {"reached", "never", "undecided"}
    lower, upper : str or None
        Bounds on the count N, as decimal integers of any length; None where an engine has none.
    ln_steps : float or None
        ln N (of ``lower``), minus infinity for N = 0; None unless reached.
    error : float or None
        The stated error of ``ln_steps``, for engines that estimate.
    bound : str or None
        The proved lower bound that was asked for, as a decimal integer.
    reason : str or None
        Set whenever the outcome is not ``"reached"``; otherwise a reservation, if there is one.
    """

    outcome: Outcome
    lower: str | None = None
    upper: str | None = None
    ln_steps: float | None = None
    error: float | None = None
    bound: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Result:
    """The rows of one cell.

    Attributes
    ----------
    rows : tuple of Row
        One per start, in the order in which they were drawn.
    rigour : str
        What the rows rest on.
    seconds : float
        Wall time.
    """

    rows: tuple[Row, ...]
    rigour: str
    seconds: float


@dataclass(frozen=True)
class Engine:
    """How cells of one engine are run.

    Attributes
    ----------
    run : callable
        From a cell to its rows, bounds not included.
    rigour : str
        What may be said of them.
    vectorised : bool
        Whether it takes more than one start per cell.
    network : bool
        Whether it is for layers that are matrices.
    """

    run: Callable[[Cell], Sequence[Row]]
    rigour: str
    vectorised: bool = False
    network: bool = False

    def refuses(self, cell: Cell) -> tuple[str, str] | None:
        """Name the key that this engine cannot take, and why; None if it takes the cell."""
        if cell.starts > 1 and not self.vectorised:
            many = ", ".join(name for name, engine in ENGINES.items() if engine.vectorised)
            return "starts", f"engine {cell.engine!r} takes one start per cell ({many} take more)"
        if cell.engine == "certified":
            if why := setting.refuses(cell):
                return why
        elif not _is_plain(cell):
            key = "step" if "," in cell.step else "loss"
            key = cell.setting.partition(" ")[0].rstrip(",") or key
            return key, f"engine {cell.engine!r} takes plain gradient descent on one loss"
        if self.network:
            return networks.refuses(cell)
        if cell.width > 1:
            return "width", f"engine {cell.engine!r} is for scalar nets, of width 1"
        if cell.loss.startswith(networks.PREFIX):
            return "loss", f"engine {cell.engine!r} takes a formula in p"
        if cell.init in networks.LAYER_INITS and cell.init not in INITS:
            return "init", f"engine {cell.engine!r} takes {', '.join(INITS)}"
        return None if cell.engine in _ANY_CONDITION else _one_comparison(cell.engine, cell.until)


def _is_plain(cell: Cell) -> bool:
    return setting.is_plain(cell.setting, cell.step, cell.loss)


@lru_cache(maxsize=1_000)
def _one_comparison(engine: str, until: str) -> tuple[str, str] | None:
    try:  # read once, and not for each of up to 200,000 cells
        parse_stop(until)
    except InputError:
        return "until", f"engine {engine!r} takes one comparison of p or f"
    return None


def evaluate(cell: Cell) -> Result:
    """Run one cell, alone and from nothing but itself.

    Parameters
    ----------
    cell : Cell
        From a checked sweep file.

    Returns
    -------
    Result
        The same rows, bit for bit, on every run with the same versions of the libraries, except
        where ``max_seconds`` ended one.
    """
    with _ONE_AT_A_TIME:
        began = time.monotonic()
        engine = ENGINES[cell.engine]
        rows = tuple(engine.run(cell))
        return Result(rows, engine.rigour, time.monotonic() - began)


def starts(cell: Cell) -> NDArray[np.float64]:
    """Draw the starts of a scalar cell, shape (starts, depth)."""
    return draw_array(cell.init, (cell.starts, cell.depth), cell.generator())


def exact_starts(cell: Cell) -> list[list[Fraction]]:
    """Return the starts of a scalar cell as the rationals that the doubles are."""
    return [[Fraction(float(w)) for w in row] for row in starts(cell)]


def log_count(count: int) -> float:
    """Return ln N for an integer of any length, minus infinity for 0."""
    return math.log(count) if count else -math.inf


def _single(cell: Cell) -> list[Row]:
    """Count by a method of :mod:`numerics.escape`, one start."""
    (weights,) = exact_starts(cell)
    found = _modes(cell, weights) if cell.loss.startswith(setting.MODES) else _one(cell, weights)
    reached = found.outcome == "reached"
    row = Row(
        found.outcome,
        digits_of(found.lower),
        None if found.upper is None else digits_of(found.upper),
        log_count(found.lower) if reached else None,
        bound=_bound(cell, weights),
        reason=found.reason,
    )
    return [row]


def _budget(cell: Cell) -> dict[str, Any]:
    seconds = None if cell.max_seconds is None else float(Fraction(cell.max_seconds))
    return {"max_steps": cell.max_steps, "max_seconds": seconds}


def _one(cell: Cell, weights: Sequence[Fraction]) -> EscapeResult:
    loss, *others = setting.losses_of(cell)
    rule = setting.rule_of(cell) | _budget(cell)
    size, until = cell.step, cell.until
    return escape(loss, weights, size, until, method=cell.engine, others=others, **rule)


def _modes(cell: Cell, weights: Sequence[Fraction]) -> Modes:
    values, share = setting.modes_of(cell)
    rule = setting.rule_of(cell) | _budget(cell)
    return mode_counts(values, [weights], cell.step, share, **rule)


def _bound(cell: Cell, weights: Sequence[Fraction]) -> str | None:
    if not cell.bound:
        return None
    if not _is_plain(cell):
        variant = setting.variant_of(cell)
        factors = [w + variant.anchor for w in weights]
        problem = Problem.of(cell.loss, factors, variant.largest, cell.until)
        return digits_of(box_lower(problem, variant))
    loss, until = Loss.of(cell.loss), parse_stop(cell.until)
    return digits_of(box_bound(loss, weights, Fraction(cell.step), until).lower)


def _float(cell: Cell) -> list[Row]:
    """Step all starts together, in doubles."""
    drawn, limit = starts(cell), cell.max_steps if cell.max_steps is not None else 2**62
    seconds = math.inf if cell.max_seconds is None else float(Fraction(cell.max_seconds))
    loss, until = Loss.of(cell.loss), parse_stop(cell.until)
    counts, reached = escape_counts(loss, drawn, Fraction(cell.step), until, limit, seconds)
    # Where neither the target nor the limit was met, the clock or the range of doubles ended it.
    longest = int(counts.max())
    rows = []
    for i, (count, hit) in enumerate(zip(counts.tolist(), reached.tolist(), strict=True)):
        bound = None
        if cell.bound:
            bound = _bound(cell, [Fraction(float(w)) for w in drawn[i]])
        if hit:
            rows.append(Row("reached", str(count), str(count), log_count(count), bound=bound))
            continue
        reason = "the orbit leaves the range of doubles"
        if count > limit:
            reason = "the step budget is spent"
        elif cell.max_seconds is not None and count == longest:
            reason = "the time budget is spent"
        rows.append(Row("undecided", str(count), None, bound=bound, reason=reason))
    return rows


_DRAWN = "whether a step jumps across the target is a draw"


def _ensemble(cell: Cell) -> list[Row]:
    """Jump over the plateau in the reduced coordinate, all starts together, in doubles."""
    drawn = starts(cell)
    found = ensemble(cell.loss, drawn, cell.step, cell.until)
    rows = []
    for i, code in enumerate(found.code.tolist()):
        bound = _bound(cell, [Fraction(float(w)) for w in drawn[i]]) if cell.bound else None
        if code == 0:
            logarithm, error = float(found.ln_steps[i]), float(found.error[i])
            caveat = _DRAWN if found.guessed[i] else None
            rows.append(Row("reached", None, None, logarithm, error, bound, caveat))
        else:
            outcome, _, reason = REASONS[code].partition(": ")
            rows.append(Row(cast(Outcome, outcome), bound=bound, reason=reason))
    return rows


def _network(cell: Cell) -> list[Row]:
    """Step networks with matrix layers, in doubles."""
    return [
        Row("undecided", str(cell.max_steps), reason="not reached within the step budget")
        if count is None
        else Row("reached", str(count), str(count), log_count(count))
        for count in networks.counts(cell)
    ]


ENGINES: dict[str, Engine] = {
    **{name: Engine(_single, method.rigour) for name, method in METHODS.items()},
    "float": Engine(_float, METHODS["float"].rigour, vectorised=True),
    "ensemble": Engine(_ensemble, "floating point estimate, not rigorous", vectorised=True),
    "matrix-float": Engine(_network, METHODS["float"].rigour, vectorised=True, network=True),
}
