"""Cells of networks with square layers: gradient descent in doubles, all starts of a cell together.

The loss is 1/2 |W_k ... W_1 - Phi|_F^2 for a random target Phi of one kind, written
``"target:positive"`` where a scalar net has a formula in p (kinds:
:data:`numerics.matrices.instances.KINDS`). Every start draws its own target, then its layers.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from numerics.floating import double
from numerics.matrices.instances import (
    KINDS,
    gaussian_layers,
    identity_layers,
    orthogonal_layers,
    target,
    zas_layers,
)
from numerics.matrices.network import Array, trajectory
from numerics.sweeps.cells import Cell
from theory.dynamics.stopping import StopCondition, parse_stop

PREFIX = "target:"
TARGETS = tuple(f"{PREFIX}{kind}" for kind in KINDS)
"""What the key ``loss`` takes for the engine ``matrix-float``."""
_Draw = Callable[[int, int, np.random.Generator], list[Array]]
LAYER_INITS: dict[str, _Draw] = {
    "gaussian": lambda d, k, random: gaussian_layers([d] * (k + 1), random),
    "xavier": lambda d, k, random: gaussian_layers([d] * (k + 1), random, "xavier"),
    "orthogonal": lambda d, k, random: orthogonal_layers([d] * (k + 1), random),
    "identity": lambda d, k, random: identity_layers(d, k),
    "zas": lambda d, k, random: zas_layers(d, k),
}
"""N(0, 1) entries; N(0, 1/width) entries; Haar orthogonal; identities; the same with W_k = 0."""


def draw(cell: Cell) -> tuple[list[Array], Array]:
    """Draw the layers, each of shape (starts, width, width), and the targets, of the same shape."""
    random, targets, nets = cell.generator(), [], []
    for _ in range(cell.starts):
        targets.append(target(cell.loss.removeprefix(PREFIX), cell.width, random))
        nets.append(LAYER_INITS[cell.init](cell.width, cell.depth, random))
    return [np.stack(layer) for layer in zip(*nets, strict=True)], np.stack(targets)


def counts(cell: Cell) -> list[int | None]:
    """Count steps until the loss is at most the threshold; None where it never was in the limit."""
    layers, targets = draw(cell)
    assert cell.max_steps is not None
    run = trajectory(
        layers,
        targets,
        double(Fraction(cell.step), "step"),
        cell.max_steps,
        stop=double(parse_stop(cell.until).threshold, "until"),
        every=max(1, cell.max_steps),
    )
    return [None if t < 0 else t for t in run.reached.tolist()]


def refuses(cell: Cell) -> tuple[str, str] | None:
    """Name the key that a network cannot take, and why; None if it takes the cell."""
    if cell.loss not in TARGETS:
        return "loss", f"engine {cell.engine!r} takes {', '.join(TARGETS)}"
    if cell.init not in LAYER_INITS:
        return "init", f"engine {cell.engine!r} takes {', '.join(LAYER_INITS)}"
    until: StopCondition = parse_stop(cell.until)
    if until.on_product or until.shift is not None or until.operator != "<=":
        return "until", f"engine {cell.engine!r} takes conditions such as f <= 1e-6"
    if cell.bound:
        return "bound", f"engine {cell.engine!r} has none"
    if cell.max_seconds is not None:
        return "max-seconds", f"engine {cell.engine!r} has none; use max-steps"
    return None
