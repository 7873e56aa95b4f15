"""Orthogonal against Gaussian initialisation (Hu, Xiao, Pennington 2020): starts, phase diagram.

``python -m numerics.papers.hu_xiao_pennington2020.orthogonal [FIGURE]`` runs the phase diagram
over width and depth anew, writes it to ``phase_diagram.json`` beside this file, and draws it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import numpy as np

from numerics.matrices.instances import (
    Exact,
    exact_orthogonal,
    gaussian_layers,
    orthogonal_layers,
    random_stream,
)
from numerics.matrices.network import Array, loss, step
from numerics.papers.du_hu2019.explicit_width import Setting, explicit_width, orthogonal_width
from numerics.papers.du_hu2019.theorem_4_1 import Regression, regression
from numerics.papers.du_hu2019.width_constants import ORTHOGONAL_OURS, windows
from numerics.statistics import Interval, probability_interval
from theory.errors import InputError

DATA = Path(__file__).with_name("phase_diagram.json")
WIDTHS = (4, 6, 8, 12, 16, 24, 32, 48, 64)
DEPTHS = (2, 4, 8, 16, 32, 64, 128)
INITS = ("gaussian", "orthogonal")
BUDGET, STARTS, ACCURACY, SIZE = 500, 12, 1e-2, 4
CACHE = 500_000  # doubles of weights run side by side
STEP = 1 / 3

Init = Literal["gaussian", "orthogonal"]


def exact_orthogonal_start(
    depth: int, root: int, inputs: int, outputs: int, random: np.random.Generator
) -> list[Exact]:
    """Draw rational layers that satisfy definition (4) exactly; hidden widths m = root².

    Layers are m^(1/2) times rational orthogonal matrices (Cayley), the first cut to its first
    columns and the last to its first rows. They are not Haar distributed.

    Raises
    ------
    InputError
        If m is less than d_x or d_y, or there are fewer than two layers.
    """
    width = root**2
    if depth < 2 or width < max(inputs, outputs):
        raise InputError("width", "wants at least two layers and m >= max(d_x, d_y)")
    layers = []
    for i in range(1, depth + 1):
        rows = outputs if i == depth else width
        columns = inputs if i == 1 else width
        whole = exact_orthogonal(width, random)
        layers.append([[root * x for x in row[:columns]] for row in whole[:rows]])
    return layers


def exactly_orthogonal(layers: Sequence[Exact]) -> bool:
    """Decide definition (4) in rational arithmetic: W_1'W_1 = W_iW_i' = W_i'W_i = W_LW_L' = m I."""
    width = Fraction(len(layers[0]))

    def scaled(rows: Exact) -> bool:
        return all(
            sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0)) == (width if i == j else 0)
            for i, a in enumerate(rows)
            for j, b in enumerate(rows)
        )

    columns = all(scaled([list(c) for c in zip(*w, strict=True)]) for w in layers[:-1])
    return columns and all(scaled(w) for w in layers[1:])


@dataclass(frozen=True)
class Cell:
    """One width and depth of the phase diagram.

    Attributes
    ----------
    init : str
    width, depth : int
    starts, converged : int
        Runs, and those whose loss fell to ``ACCURACY * |Y|_F²/2`` within ``BUDGET`` steps.
    median_steps : int or None
        Over all runs; None where fewer than half converged.
    """

    init: Init
    width: int
    depth: int
    starts: int
    converged: int
    median_steps: int | None

    @property
    def share(self) -> Interval:
        """Clopper and Pearson's interval for the share that converges."""
        return probability_interval(self.converged, self.starts)


def cell(
    init: Init, width: int, depth: int, starts: int = STARTS, budget: int = BUDGET, seed: int = 0
) -> Cell:
    """Run gradient descent from several starts in floating point.

    Whitened data of dimension 4, a target of spectral norm 1 and the step size d_y/(3 L): the
    same problems and starts' seeds for both initialisations.
    """
    random = random_stream(seed, width, depth)
    problem = regression(SIZE, SIZE, SIZE, 1.0, 1.0, random)
    sizes = [SIZE, *[width] * (depth - 1), SIZE]
    chunk = max(1, CACHE // (depth * width**2))
    reached = np.full(starts, math.inf)
    for first in range(0, starts, chunk):
        size = min(chunk, starts - first)
        drawn = [
            gaussian_layers(sizes, random)
            if init == "gaussian"
            else orthogonal_layers(sizes, random, scaled=True)
            for _ in range(size)
        ]
        weights = [np.stack(same) for same in zip(*drawn, strict=True)]
        reached[first : first + size] = _arrivals(weights, problem, budget)
    median = float(np.quantile(reached, 0.5, method="inverted_cdf"))
    return Cell(
        init,
        width,
        depth,
        starts,
        int(np.isfinite(reached).sum()),
        int(median) if math.isfinite(median) else None,
    )


def _arrivals(weights: list[Array], problem: Regression, budget: int) -> Array:
    """When each run of a batch arrives, infinity if never; the arrived and the lost are dropped."""
    depth, width = len(weights), weights[0].shape[-2]
    eta, scale = problem.step_size(depth, STEP), problem.scale(depth, width)
    level = ACCURACY * 0.5 * float(np.sum(problem.target**2))
    arrived = np.full(len(weights[0]), math.inf)
    index = np.arange(len(arrived))
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(budget + 1):
            now = loss(weights, problem.target, problem.data, scale)
            arrived[index[now <= level]] = t
            keep = np.flatnonzero((now > level) & np.isfinite(now))
            if len(keep) == 0:
                break
            if len(keep) < len(index):
                index, weights = index[keep], [w[keep] for w in weights]
            weights = step(weights, eta, problem.target, problem.data, scale)
    return arrived


def phase_diagram(
    widths: Sequence[int] = WIDTHS,
    depths: Sequence[int] = DEPTHS,
    starts: int = STARTS,
    budget: int = BUDGET,
    tick: Callable[[], None] | None = None,
) -> list[Cell]:
    """Run all cells for both initialisations."""
    cells = []
    for init in INITS:
        for depth in depths:
            for width in widths:
                cells.append(cell(init, width, depth, starts, budget))  # type: ignore[arg-type]
                if tick is not None:
                    tick()
    return cells


def stored() -> list[Cell]:
    """Read the committed phase diagram."""
    return [Cell(**c) for c in json.loads(DATA.read_text())["cells"]]


def store(cells: Sequence[Cell], path: Path = DATA) -> None:
    """Write a phase diagram with everything that is needed to repeat it."""
    made = {
        "what": "share of gradient-descent runs with loss <= accuracy * |Y|²/2 within the budget",
        "problem": f"whitened data, d_x = d_y = {SIZE}, |Phi| = 1, step d_y/(3 L)",
        "accuracy": ACCURACY,
        "budget": BUDGET,
        "command": "python -m numerics.papers.hu_xiao_pennington2020.orthogonal",
        "cells": [asdict(c) for c in cells],
    }
    text = json.dumps(made, indent=0, ensure_ascii=False)
    path.write_text(text.replace(',\n"', ', "').replace("{\n", "{").replace("\n}", "}") + "\n")


def guaranteed_width(init: str, depth: int) -> int:
    """The least certified width for the problem and the step size of the diagram."""
    setting, step_size = Setting.of(depth, rank=SIZE, outputs=SIZE), Fraction(1, 3)
    orthogonal = init == "orthogonal"
    find, known = (orthogonal_width, ORTHOGONAL_OURS) if orthogonal else (explicit_width, windows())
    return min(find(setting, c).width for c in known if c.step >= step_size)


def _rounded_up(n: int) -> str:
    """Two digits, never too few: it stands for "from this width on"."""
    power = max(0, len(str(n)) - 2)
    return f"{-(-n // 10**power) * 10**power:.1e}".replace("e+0", "e")


def draw(cells: Sequence[Cell], path: str | Path) -> tuple[Path, Path]:
    """Draw the shares as two heat maps side by side, one initialisation each.

    Beside each depth stands the width for which the theorem holds at this step size, far outside
    of the picture.
    """
    from numerics.figures.style import new_figure, save, styled

    @styled
    def made() -> Any:
        figure, axes = new_figure(11.2, 3.9, 1, 2, sharey=True)
        for axis, init in zip(axes[0], INITS, strict=True):
            mine = {(c.depth, c.width): c for c in cells if c.init == init}
            depths, widths = (sorted({k[i] for k in mine}) for i in (0, 1))
            share = np.array([[mine[d, w].share.estimate for w in widths] for d in depths])
            image = axis.imshow(
                share, origin="lower", cmap="viridis", vmin=0, vmax=1, aspect="auto"
            )
            for y, d in enumerate(depths):
                for x, w in enumerate(widths):
                    steps = mine[d, w].median_steps
                    axis.text(
                        x,
                        y,
                        "—" if steps is None else str(steps),
                        ha="center",
                        va="center",
                        fontsize=7,
                        color="black" if share[y, x] > 0.6 else "white",
                    )
            axis.set_xticks(range(len(widths)), [str(w) for w in widths])
            axis.set_yticks(range(len(depths)), [str(d) for d in depths])
            axis.set_xlabel("width m")
            axis.set_title(f"{init.capitalize()} layers (numbers: median steps)")
            beside = axis.secondary_yaxis("right")
            beside.set_yticks(
                range(len(depths)), [_rounded_up(guaranteed_width(init, d)) for d in depths]
            )
            beside.tick_params(length=0, labelsize=8)
            beside.set_ylabel("guaranteed from width (probability 9/10)", fontsize=8)
        axes[0][0].set_ylabel("depth L")
        figure.colorbar(image, ax=list(axes[0]), label=f"share converged within {BUDGET} steps")
        figure.suptitle(
            f"Hu, Xiao and Pennington 2020: {STARTS} runs a cell, step d/(3L), "
            "whitened data, ‖Φ‖ = 1",
            fontsize=10,
        )
        return figure

    return save(made(), path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the phase diagram, store it, print it, draw it.

    Usage: ``python -m numerics.papers.hu_xiao_pennington2020.orthogonal [FIGURE]``; with
    ``--stored FIGURE`` only the figure is drawn, from the stored data.
    """
    import sys

    from rich.console import Console
    from rich.progress import track
    from rich.table import Table

    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--stored"]:
        cells, given = stored(), given[1:]
    else:
        jobs = [(i, w, d) for i in INITS for d in DEPTHS for w in WIDTHS]
        console = Console(stderr=True)
        cells = [
            cell(init, width, depth)  # type: ignore[arg-type]
            for init, width, depth in track(jobs, "running", console=console, transient=True)
        ]
        store(cells)
    for init in INITS:
        shown = Table(title=f"{init} layers: runs converged of {STARTS}, depth against width")
        shown.add_column("L", justify="right")
        for width in WIDTHS:
            shown.add_column(str(width), justify="right")
        for depth in DEPTHS:
            mine = {c.width: c for c in cells if c.init == init and c.depth == depth}
            shown.add_row(str(depth), *(str(mine[w].converged) for w in WIDTHS))
        Console().print(shown)
    if given:
        draw(cells, given[0])


if __name__ == "__main__":
    main()
