"""How large may eta and delta really be? Measured frontiers of Arora et al.'s Theorem 1.

``python -m numerics.papers.arora_cohen_golowich_hu2019.frontier [OUT]`` prints the table and draws
the figure.

Random starts with a given margin are trained in floating point at many step sizes at once (for a
single output, every second one has its residual orthogonal to the product, where only one layer
helps); the frontier of an instance is the largest step up to which the loss stays below
``(1 - eta c^(2 - 2/N))^t l(0)`` for all recorded steps. For delta the balanced layers are pushed
off balance by ``W_{j+1} exp(-s H), exp(s H) W_j`` and run with a small step. Floating point, random
instances: a frontier is an observation. With n instances and no violation up to some multiple, at
most a share 1 - 0.05^(1/n) of such instances violates it, with confidence 95 %. The proved ends of
each bracket are claims ``arora-*`` of the catalogue, the refuted ones are exact instances
(:mod:`numerics.papers.arora_cohen_golowich_hu2019.counterexamples`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
from numpy.typing import NDArray

from numerics.figures.style import COLOURS, MARKERS, new_figure, save, styled
from numerics.matrices import instances, network
from numerics.papers.arora_cohen_golowich_hu2019.theorem_1 import BEST, OWN, PAPER, Constants

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTHS: tuple[tuple[int, ...], ...] = ((2, 2, 2), (2, 2, 1), (2, 2, 2, 2), (3, 2, 2, 1), (2,) * 5)
SHARES = (0.05, 0.1, 0.2, 0.4, 0.7, 0.95)
CONFIDENCE = 0.95
_STEPS = 600
_RATES = np.geomspace(0.02, 4, 60)
_PUSHES = np.geomspace(1e-3, 3, 40)
_ROUNDING = 1e-9

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Frontier:
    """Measured frontiers of one family of instances, as multiples of the paper's limits.

    Attributes
    ----------
    widths : tuple of int
        d_0 ... d_N.
    share : float
        The margin as a share of sigma_min(Phi).
    steps : array
        Largest good step size of each instance, over the theorem's.
    balances : array
        Imbalance at which the bound first fails, over the theorem's delta; infinite where none
        did.
    own_step, own_balance : float
        Our limits over the paper's.
    """

    widths: tuple[int, ...]
    share: float
    steps: Array
    balances: Array
    own_step: float
    own_balance: float

    @property
    def depth(self) -> int:
        """The number of layers, N."""
        return len(self.widths) - 1

    @property
    def violating(self) -> float:
        """With confidence 95 %, at most this share of instances lies below the smallest one."""
        return float(1 - (1 - CONFIDENCE) ** (1 / len(self.steps)))


def limits(constants: Constants, depth: int, margin: float, norm: float) -> tuple[float, float]:
    """The largest delta and step size of a pair of conditions, in doubles."""
    scale = depth**constants.power
    delta = margin**2 / (constants.balance * scale * norm ** (2 - 2 / depth))
    step = margin ** (4 - 2 / depth) / (constants.step * scale * norm ** (6 - 4 / depth))
    return delta, step


def frontier(widths: Sequence[int], share: float, count: int, seed: int = 0) -> Frontier:
    """Measure one family.

    Parameters
    ----------
    widths : sequence of int
        d_0 ... d_N.
    share : float
        The margin as a share of sigma_min(Phi).
    count : int
        How many instances.
    seed : int
    """
    steps, balances, ours = [], [], (1.0, 1.0)
    depth = len(widths) - 1
    for i in range(count):
        random = instances.random_stream(seed, depth, i)
        target = instances.full_rank_target(widths[-1], widths[0], random)
        smallest = float(np.linalg.svd(target, compute_uv=False)[-1])
        direction = random.standard_normal(target.shape)
        direction *= (1 - share) * smallest / np.linalg.norm(direction)
        if len(target) == 1 and i % 2:
            direction = _across(target, direction, 1 - share)
        layers = instances.balanced_layers(target - direction, widths)
        margin, norm = share * smallest, float(np.linalg.norm(target))
        delta, step = limits(PAPER, depth, margin, norm)
        own_delta, own_step = limits(BEST.get(depth, OWN), depth, margin, norm)
        ours = (own_step / step, own_delta / delta)
        unit = 1 / (depth * norm ** (2 - 2 / depth))
        steps.append(_largest_step(layers, target, margin, unit) / step)
        balances.append(_first_imbalance(layers, target, margin, unit / 50, random) / delta)
    return Frontier(tuple(widths), share, np.array(steps), np.array(balances), *ours)


def _across(target: Array, direction: Array, sine: float) -> Array:
    """For a single output: a residual orthogonal to the product, where descent is slowest."""
    other = direction - target * float((direction * target).sum() / (target * target).sum())
    other *= float(np.linalg.norm(target) / np.linalg.norm(other))
    angle = float(np.arcsin(sine))
    return target - np.cos(angle) * (np.cos(angle) * target + np.sin(angle) * other)


def _largest_step(layers: list[Array], target: Array, margin: float, unit: float) -> float:
    rates = unit * _RATES
    stacked = [np.repeat(w[None], len(rates), axis=0) for w in layers]
    good = _bounded(stacked, target, margin, rates)
    failed = np.flatnonzero(~good)
    if failed.size == 0:
        return float(rates[-1])
    return float(rates[failed[0] - 1]) if failed[0] else 0.0


def _first_imbalance(
    layers: list[Array], target: Array, margin: float, rate: float, random: np.random.Generator
) -> float:
    """Push every pair of neighbours off balance, harder and harder, the product unchanged."""
    stacked = [np.repeat(w[None], len(_PUSHES), axis=0) for w in layers]
    for j in range(len(layers) - 1):
        noise = random.standard_normal((layers[j].shape[0],) * 2)
        values, vectors = np.linalg.eigh(noise + noise.T)
        values /= np.abs(values).max()
        for k, push in enumerate(_PUSHES):
            stacked[j][k] = (vectors * np.exp(push * values)) @ vectors.T @ stacked[j][k]
            stacked[j + 1][k] = stacked[j + 1][k] @ (vectors * np.exp(-push * values)) @ vectors.T
    good = _bounded(stacked, target, margin, np.full(len(_PUSHES), rate))
    failed = np.flatnonzero(~good)
    if failed.size == 0:
        return float("inf")
    return float(network.balancedness(stacked)[failed[0]])


def _bounded(stacked: list[Array], target: Array, margin: float, rates: Array) -> NDArray[np.bool_]:
    """Say for each network of a batch whether its loss stayed below the theorem's bound."""
    depth = len(stacked)
    with np.errstate(over="ignore", invalid="ignore"):
        run = network.trajectory(stacked, target, rates, _STEPS)
        share = np.maximum(0, 1 - rates * margin ** (2 - 2 / depth))
        bound = share ** run.times[:, None] * run.losses[0]
        rounding = _ROUNDING * run.losses[0]
        return np.all(run.losses <= bound * (1 + _ROUNDING) + rounding**2, axis=0)


def table(rows: Sequence[Frontier]) -> str:
    """Lay the measured frontiers out as text, multiples of the paper's limits."""
    lines = [
        "multiples of the paper's limits (256 N^3 for delta, 6144 N^3 for eta); measured: smallest "
        "and median over instances",
        f"{'widths':>10} {'c/s_min':>7} | {'eta: ours':>9} {'least':>9} {'median':>9} | "
        f"{'delta: ours':>11} {'least':>9} {'unbroken':>8} | n, share (95 %)",
    ]
    for row in rows:
        finite = row.balances[np.isfinite(row.balances)]
        least = f"{finite.min():.3g}" if finite.size else "none"
        lines.append(
            f"{'-'.join(map(str, row.widths)):>10} {row.share:7.2f} | {row.own_step:9.3g} "
            f"{row.steps.min():9.3g} {np.median(row.steps):9.3g} | {row.own_balance:11.3g} "
            f"{least:>9} {np.mean(~np.isfinite(row.balances)):8.0%} | "
            f"{len(row.steps)}, {row.violating:.3f}"
        )
    return "\n".join(lines)


@styled
def draw(rows: Sequence[Frontier]) -> Figure:
    """Draw measured against proved and refuted multiples, over the margin."""
    figure, ((left, right),) = new_figure(9.6, 4.2, columns=2)
    for i, widths in enumerate(dict.fromkeys(r.widths for r in rows)):
        mine = [r for r in rows if r.widths == widths]
        shares, label = [r.share for r in mine], "-".join(map(str, widths))
        style = {"color": COLOURS[i], "marker": MARKERS[i], "markersize": 4}
        left.plot(shares, [r.steps.min() for r in mine], label=f"widths {label}", **style)
        left.plot(shares, [r.own_step for r in mine], "--", color=COLOURS[i], linewidth=1)
        broken = [(r.share, r.balances.min()) for r in mine if np.isfinite(r.balances.min())]
        right.plot([s for s, _ in broken], [b for _, b in broken], **style)
        right.plot(shares, [r.own_balance for r in mine], "--", color=COLOURS[i], linewidth=1)
    for axes, name in ((left, "step size"), (right, "imbalance")):
        axes.axhline(1, color="black", linewidth=0.8)
        axes.set_yscale("log")
        axes.set_xlabel("margin c / smallest singular value of the target")
        axes.set_ylabel(f"{name}, multiple of the paper's limit")
        axes.grid(visible=True, alpha=0.3)
    left.set_title("largest step size that kept the bound (floating point)")
    right.set_title("smallest imbalance that broke it (floating point)")
    left.plot([], [], "--", color="black", linewidth=1, label="proved here: one for each depth")
    left.plot([], [], color="black", linewidth=0.8, label="the paper's limit")
    handles = left.get_legend_handles_labels()
    figure.legend(*handles, loc="outside lower center", ncols=4, fontsize=8)
    figure.suptitle("Arora et al., Theorem 1: how far its two limits could go")
    return figure


@click.command()
@click.argument("out", default=".assets/arora-frontier")
@click.option("--count", default=40, show_default=True, help="Instances per family.")
def main(out: str, count: int) -> None:
    """Measure, print the table, and save the figure as OUT.png and OUT.svg."""
    rows = [frontier(w, s, count) for w in WIDTHS for s in SHARES]
    click.echo(table(rows))
    for path in save(draw(rows), Path(out)):
        click.echo(f"wrote {path}")


if __name__ == "__main__":
    main()
