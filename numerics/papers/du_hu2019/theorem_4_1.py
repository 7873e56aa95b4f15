"""Wide Gaussian networks (Du and Hu 2019) run: the loss bound, the window, the least width.

``python -m numerics.papers.du_hu2019.theorem_4_1 [FIGURE]`` prints the table of widths: what the
theorem asks for, as printed and as sharpened here, against the least width at which runs obey its
loss bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from numerics.matrices.instances import gaussian_layers, orthogonal, random_stream
from numerics.matrices.network import Array, loss, product, residual, step
from numerics.papers.du_hu2019.explicit_width import Setting, explicit_width, tuned
from numerics.papers.du_hu2019.width_constants import OURS, PAPER
from numerics.statistics import Interval, probability_interval

RATE = 0.25
STEP = 1 / 3
TINY = 1e-12


@dataclass(frozen=True)
class Regression:
    """A linear regression problem of full column rank, reduced as in the paper: Y = Phi X.

    Attributes
    ----------
    data : array, shape (d_in, r)
        X with largest singular value 1 and smallest 1/sqrt(kappa).
    target : array, shape (d_out, r)
        Y.
    condition : float
        kappa.
    """

    data: Array
    target: Array
    condition: float

    @property
    def outputs(self) -> int:
        """d_out."""
        return int(self.target.shape[0])

    def step_size(self, depth: int, share: float = STEP) -> float:
        """``share`` times d_out/(L |X|²): 1/3 is the largest that the theorem allows."""
        return share * self.outputs / depth

    def scale(self, depth: int, width: int) -> float:
        """The factor 1/sqrt(m^(L-1) d_out) in front of the product."""
        return float(math.exp(-0.5 * ((depth - 1) * math.log(width) + math.log(self.outputs))))


def regression(
    inputs: int,
    rank: int,
    outputs: int,
    condition: float,
    target: float,
    random: np.random.Generator,
) -> Regression:
    """Draw a problem that satisfies the hypotheses by construction.

    Parameters
    ----------
    inputs, rank, outputs : int
        d_in >= r, r, d_out.
    condition : float
        kappa = lambda_max(X'X)/lambda_min(X'X) >= 1.
    target : float
        The spectral norm of Phi.
    random : numpy.random.Generator
    """
    values = np.geomspace(1.0, condition**-0.5, rank) if rank > 1 else np.ones(1)
    data = orthogonal(inputs, random)[:, :rank] * values @ orthogonal(rank, random).T
    phi = random.standard_normal((outputs, inputs))
    phi *= target / np.linalg.norm(phi, 2)
    return Regression(data, phi @ data, float(condition) if rank > 1 else 1.0)


@dataclass(frozen=True)
class Run:
    """How runs from several starts behaved; one entry per start.

    Attributes
    ----------
    loss_ratio : array
        The largest l(t)/((1 - rate * eta L sigma_min²/d_out)^t l(0)) over the run, t >= 1; the
        theorem says at most 1.
    high, low : array
        Extremes of the singular values of W_{L:i}, W_{i:1}Q over their scale (B(t): 5/4, 3/4).
    movement : array
        The largest |W_i(t) - W_i(0)|_F over sqrt(2 l(0) d_out)|X|/(L sigma_min²).
    steps : array of int
        Steps until the loss is ``accuracy`` times the first; -1 if there were none such.
    """

    loss_ratio: Array
    high: Array
    low: Array
    movement: Array
    steps: np.ndarray


def run(
    problem: Regression,
    starts: Sequence[Array],
    steps: int,
    share: float = STEP,
    rate: float = RATE,
    accuracy: float = 1e-6,
    every: int = 10,
) -> Run:
    """Run gradient descent in floating point and compare with A(t), B(t), C(t).

    Parameters
    ----------
    problem : Regression
    starts : list of arrays, shapes (starts, d_l, d_{l-1})
    steps : int
    share : float
        Of d_out/(L |X|²), as step size.
    rate : float
        Of the loss bound.
    accuracy : float
        The bound is compared, and the steps are counted, down to this fraction of the first loss.
    every : int
        Singular values and movement are looked at every so many steps.
    """
    depth, width = len(starts), starts[0].shape[-2]
    eta, scale = problem.step_size(depth, share), problem.scale(depth, width)
    decay = 1 - rate * share / problem.condition
    weights = [np.array(w) for w in starts]
    first = loss(weights, problem.target, problem.data, scale)
    norm = np.sqrt(2 * first * problem.outputs) * problem.condition / depth
    basis = np.linalg.qr(problem.data)[0]
    ratio, moved = np.zeros_like(first), np.zeros_like(first)
    high, low = np.zeros_like(first), np.full_like(first, np.inf)
    reached = np.full(first.shape, -1)
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(steps + 1):
            now = loss(weights, problem.target, problem.data, scale)
            now = np.where(np.isfinite(now), now, np.inf)
            reached = np.where((reached < 0) & (now <= accuracy * first), t, reached)
            open_ = (reached < 0) | (reached == t)
            if t:
                ratio = np.where(open_, np.maximum(ratio, now / (first * decay**t)), ratio)
            if t % every == 0:
                top, bottom = window(weights, basis)
                high, low = np.maximum(high, top), np.minimum(low, bottom)
                gone = [
                    np.linalg.norm(w - v, axis=(-2, -1))
                    for w, v in zip(weights, starts, strict=True)
                ]
                moved = np.maximum(moved, np.max(gone, axis=0) / norm)
            if np.all(reached >= 0) or not np.any(np.isfinite(now)):
                break
            weights = step(weights, eta, problem.target, problem.data, scale)
    return Run(ratio, high, low, moved, reached)


def window(weights: Sequence[Array], basis: Array) -> tuple[Array, Array]:
    """Extremes over i of the singular values of W_{L:i}, i > 1, and W_{i:1}Q, i < L, scaled."""
    depth, width = len(weights), weights[0].shape[-2]
    shape = weights[0].shape[:-2]
    top, bottom = np.zeros(shape), np.full(shape, np.inf)
    for i in range(1, depth):
        above, below = product(weights, depth, i + 1), product(weights, i, 1) @ basis
        for partial, layers in ((above, depth - i), (below, i)):
            scaled = partial * width ** (-layers / 2)
            finite = np.where(np.isfinite(scaled), scaled, 0.0)
            values = np.linalg.svd(finite, compute_uv=False)
            top = np.maximum(top, values[..., 0])
            bottom = np.minimum(bottom, values[..., -1])
    return top, bottom


def linear_regression(problem: Regression, start: Array, steps: int, share: float = 1.0) -> Array:
    """Losses of one layer, L = 1, where the dynamics is linear; shape (steps + 1,)."""
    eta, scale = problem.step_size(1, share), problem.scale(1, 1)
    weights, losses = [start], []
    for _ in range(steps + 1):
        losses.append(0.5 * np.sum(residual(weights, problem.target, problem.data, scale) ** 2))
        weights = step(weights, eta, problem.target, problem.data, scale)
    return np.array(losses)


@dataclass(frozen=True)
class Frontier:
    """The least width at which runs obeyed the bound, as far as the sample says.

    Attributes
    ----------
    width : int
        The least width tried whose share has a lower confidence end of at least the wanted one,
        and so have all larger widths tried.
    share : Interval
        Clopper and Pearson's, at that width.
    below : Interval or None
        At the next smaller width tried.
    """

    width: int
    share: Interval
    below: Interval | None


def frontier(
    depth: int,
    problem: Regression,
    wanted: float = 0.9,
    starts: int = 60,
    seed: int = 0,
    tick: Callable[[int], None] | None = None,
) -> Frontier:
    """Measure the least width at which the printed loss bound holds with probability ``wanted``.

    Widths grow by a factor of about sqrt(2); the loss is compared down to 10^-6 of the first.
    """
    budget = math.ceil(12 * problem.condition * math.log(1e6))
    tried: list[tuple[int, Interval]] = []
    for width in dict.fromkeys(round(2 ** (j / 2)) for j in range(0, 25)):
        if tick is not None:
            tick(width)
        random = random_stream(seed, depth, width)
        sizes = [problem.data.shape[0], *[width] * (depth - 1), problem.outputs]
        drawn = [gaussian_layers(sizes, random) for _ in range(starts)]
        layers = [np.stack(same) for same in zip(*drawn, strict=True)]
        found = run(problem, layers, budget, every=budget + 1)
        good = int(np.sum(found.loss_ratio <= 1 + TINY))
        tried.append((width, probability_interval(good, starts)))
        if len(tried) >= 3 and all(share.low >= wanted for _, share in tried[-3:]):
            break
    k = len(tried)
    while k > 0 and tried[k - 1][1].low >= wanted:
        k -= 1
    k = min(k, len(tried) - 1)
    return Frontier(*tried[k], tried[k - 1][1] if k else None)


@dataclass(frozen=True)
class Row:
    """One line of the table of widths."""

    depth: int
    condition: float
    measured: Frontier
    tuned: int
    ours: int
    paper: int


def table(
    depths: Sequence[int] = (2, 3, 4, 6, 8, 12, 16),
    conditions: Sequence[float] = (1.0, 4.0),
    starts: int = 60,
    tick: Callable[[int], None] | None = None,
) -> list[Row]:
    """Measure frontiers and compute explicit widths for d_in = 3, r = d_out = 2, |Phi| = 1."""
    rows = []
    for condition in conditions:
        problem = regression(3, 2, 2, condition, 1.0, random_stream(1, round(condition)))
        for depth in depths:
            setting = Setting.of(depth, 2, 2, str(condition))
            rows.append(
                Row(
                    depth,
                    condition,
                    frontier(depth, problem, starts=starts, tick=tick),
                    explicit_width(setting, tuned(setting)).width,
                    explicit_width(setting, OURS).width,
                    explicit_width(setting, PAPER).width,
                )
            )
    return rows


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of widths and draw it.

    Usage: ``python -m numerics.papers.du_hu2019.theorem_4_1 [FIGURE]``.
    """
    import sys

    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

    given = list(sys.argv[1:] if arguments is None else arguments)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("measuring widths", total=None)
        rows = table(tick=lambda m: progress.update(task, description=f"width {m}"))
    shown = Table(title="Width for the loss bound with probability 0.9 (d_out = r = 2, |Phi| = 1)")
    for heading in ("L", "kappa", "measured", "share (95 %)", "tuned", "ours", "as printed"):
        shown.add_column(heading, justify="right")
    for r in rows:
        share = f"{r.measured.share.estimate:.2f} ({r.measured.share.low:.2f}+)"
        numbers = [f"{w:.3g}" for w in map(float, (r.tuned, r.ours, r.paper))]
        shown.add_row(str(r.depth), f"{r.condition:g}", str(r.measured.width), share, *numbers)
    Console().print(shown)
    if given:
        draw(rows, given[0])


def draw(rows: Sequence[Row], path: str | Path) -> tuple[Path, Path]:
    """Draw widths over depth: measured, and explicit."""
    from numerics.figures.style import COLOURS, MARKERS, new_figure, save, styled

    @styled
    def made() -> Any:
        conditions = list(dict.fromkeys(r.condition for r in rows))
        figure, axes = new_figure(3.8 * len(conditions), 4.2, 1, len(conditions), sharey=True)
        for axis, condition in zip(axes[0], conditions, strict=True):
            mine = [r for r in rows if r.condition == condition]
            curves = {
                "Theorem 4.1, its constant made explicit": [r.paper for r in mine],
                "sharpened, closed form": [r.ours for r in mine],
                "sharpened, constants tuned": [r.tuned for r in mine],
                "measured: loss bound in 9 of 10 starts": [r.measured.width for r in mine],
            }
            for (label, widths), colour, marker in zip(
                curves.items(), COLOURS, MARKERS, strict=False
            ):
                axis.plot([r.depth for r in mine], widths, marker=marker, color=colour, label=label)
            axis.set_yscale("log")
            axis.set_title(f"condition number κ = {condition:g}")
            axis.set_xticks([r.depth for r in mine])
            axis.set_xlabel("depth L")
            axis.grid(visible=True, alpha=0.3)
        axes[0][0].set_ylabel("width m of the hidden layers")
        handles = axes[0][0].get_legend_handles_labels()
        figure.legend(*handles, loc="outside lower center", ncols=2, fontsize=8)
        figure.suptitle(
            "Du and Hu 2019: width that a proof asks for, and width that converged\n"
            "(r = d_out = 2, ‖Φ‖ = 1, failure probability 1/10)",
            fontsize=10,
        )
        return figure

    return save(made(), path)


if __name__ == "__main__":
    main()
