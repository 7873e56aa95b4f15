"""A figure of the slack of a claim over its domain; floating point, for the eye only."""

from __future__ import annotations

import math
from pathlib import Path

from flint import fmpq

from proofs import checker
from proofs.provers.floats import function, value
from proofs.sharpen import Bracket
from theory.claims import Statement
from theory.exact import decimal_string


def draw(statement: Statement, bracket: Bracket, path: Path) -> None:
    """Draw right side minus left side along each variable, the others at the counterexample.

    Parameters
    ----------
    statement : Statement
        With the constant at its proved value.
    bracket : Bracket
        What :func:`proofs.sharpen.sharpen` found.
    path : Path
        Where to write; the suffix chooses the format.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    goal = checker.read_statement(statement.canonical)
    slack = function(goal.target, goal.draws)
    centre = {x: float(v) for x, v in bracket.counterexample.point.items()}
    names = sorted(centre) or [""]
    figure = Figure(figsize=(5 * len(names), 3.5), layout="constrained")
    FigureCanvasAgg(figure)
    for axis, x in zip(figure.subplots(1, len(names), squeeze=False)[0], names, strict=True):
        points = _range(goal, x, centre) if x else [0.0, 1.0]
        values = [value(slack, {**centre, x: p}) for p in points]
        axis.plot(points, values, lw=1.2)
        axis.axhline(0, color="0.6", lw=0.8)
        if x:
            axis.axvline(centre[x], color="C3", lw=0.8, ls=":")
        axis.set_xlabel(x)
        axis.set_ylabel("slack")
    proved = decimal_string(bracket.proved)
    figure.suptitle(
        f"{bracket.constant} = {proved} (proved); dotted: where it is tight", fontsize=9
    )
    figure.savefig(path, dpi=150, metadata={"Software": None} if path.suffix == ".png" else None)


def _range(goal: checker.Goal, x: str, centre: dict[str, float]) -> list[float]:
    r = goal.box[x]
    reach = 4 * max(abs(centre[x]), 0.25)
    low = centre[x] - reach if r.lo is None else _float(r.lo)
    high = centre[x] + reach if r.hi is None else _float(r.hi)
    if not math.isfinite(high - low) or high <= low:
        low, high = -1.0, 1.0
    high = min(high, centre[x] + reach)
    low = max(low, centre[x] - reach)
    return [low + (high - low) * i / 400 for i in range(401)]


def _float(q: fmpq) -> float:
    return int(q.p) / int(q.q)
