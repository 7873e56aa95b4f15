"""Plain gradient descent on matrix chains, in doubles, vectorised over trials."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from numerics.papers.shamir2019.figure2.chain import (
    STEP,
    SUCCESS,
    Chain,
    Doubles,
    Trial,
    objective,
    transposed,
)


@dataclass
class Descent:
    """Trials on their way down: all have taken the same number of steps.

    Attributes
    ----------
    trials : tuple of Trial
        Those still running, all of one depth and size.
    layers : array, shape (k, trials, d, d)
        Their layers, transposed.
    steps : int
        How many steps they have taken.
    """

    trials: tuple[Trial, ...]
    layers: Doubles = field(repr=False)
    steps: int = 0

    @classmethod
    def of(cls, trials: Sequence[Trial]) -> Descent:
        """Put trials at their starts."""
        return cls(tuple(trials), transposed([t.start() for t in trials]))

    def save(self, path: Path) -> None:
        """Write the state so that a killed run loses a minute, not hours."""
        beside = path.with_suffix(".writing.npz")
        np.savez(beside, layers=self.layers, steps=self.steps, names=_names(self.trials))
        beside.replace(path)

    @classmethod
    def load(cls, path: Path, trials: Sequence[Trial]) -> Descent | None:
        """Read these trials from a saved state; None unless it holds all of them."""
        try:
            with np.load(path, allow_pickle=False) as file:
                names, layers, steps = list(file["names"]), file["layers"], int(file["steps"])
        except (OSError, KeyError, ValueError):
            return None
        wanted = _names(trials)
        if layers.ndim != 4 or layers.shape[1] != len(names) or not set(wanted) <= set(names):
            return None
        chosen = [names.index(name) for name in wanted]
        return cls(tuple(trials), np.ascontiguousarray(layers[:, chosen]), steps)

    def run(
        self,
        max_steps: int,
        deadline: float = math.inf,
        arrived: Callable[[Trial, int], None] | None = None,
        tick: Callable[[Descent], None] | None = None,
    ) -> tuple[Trial, ...]:
        """Step until every trial succeeds, or the budget ends.

        Parameters
        ----------
        max_steps : int
            No trial takes more steps in total.
        deadline : float
            On the clock of ``time.monotonic``.
        arrived : callable, optional
            Told each trial that succeeds, and after how many steps F < 0.1 first held.
        tick : callable, optional
            Called now and then.

        Returns
        -------
        tuple of Trial
            Those that diverged: F is no longer a number. What is left in :attr:`trials` has
            neither succeeded nor diverged.
        """
        lost: list[Trial] = []
        while self.trials:
            depth, count, size, _ = self.layers.shape
            chain, moves = Chain(depth, count, size), np.empty_like(self.layers)
            while True:
                error = chain.error(self.layers)
                value = objective(error)
                going = value >= SUCCESS
                if not going.all():
                    break
                if self.steps >= max_steps:
                    return tuple(lost)
                chain.gradient(self.layers, error, moves)
                moves *= STEP
                self.layers -= moves.swapaxes(-1, -2)
                self.steps += 1
                if self.steps % 1024 == 0:
                    if tick is not None:
                        tick(self)
                    if time.monotonic() > deadline:
                        return tuple(lost)
            for trial, f in zip(self.trials, value, strict=True):
                if f < SUCCESS and arrived is not None:
                    arrived(trial, self.steps)
                elif not f >= SUCCESS and not f < SUCCESS:
                    lost.append(trial)
            self.trials = tuple(t for t, g in zip(self.trials, going, strict=True) if g)
            self.layers = np.ascontiguousarray(self.layers[:, going])
        return tuple(lost)


def _names(trials: Sequence[Trial]) -> list[str]:
    return [f"{t.init} {t.size} {t.depth} {t.number}" for t in trials]


def steps_of(trial: Trial, max_steps: int) -> int | None:
    """Run one trial alone; None if it has not succeeded within ``max_steps``."""
    found: list[int] = []
    Descent.of([trial]).run(max_steps, arrived=lambda _, steps: found.append(steps))
    return found[0] if found else None
