"""Random questions of every setting: residual products, clipping, schedules, conditions ..."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from numerics.escape import EscapeResult, escape
from numerics.spectral import mode_counts
from tests.settings.judge import LOSSES, Atom, said, stepped

KINDS = (
    *("plain", "residual", "clip", "schedule", "joined", "vector"),
    *("decay", "momentum", "mixed", "drift"),
)
LIMIT = 200_000
# Steps one by one, where a count that is longer has to be skipped to.
_FEW = (600, 600, 4_000, None)


@dataclass(frozen=True)
class Case:
    """A question to ``escape``, or to ``mode_counts`` where there are targets."""

    loss: int
    at: str
    weights: tuple[str, ...]
    pieces: tuple[tuple[str, int], ...]
    atoms: tuple[Atom, ...]
    options: dict[str, str] = field(default_factory=dict)
    residual: bool = False
    targets: tuple[str, ...] = ()
    max_steps: int | None = None

    @property
    def schedule(self) -> str:
        """The step, as ``escape`` reads it."""
        *first, (last, _) = self.pieces
        return ", ".join([*(f"{size}:{steps}" for size, steps in first), last])

    def certified(self, seconds: float) -> Iterator[EscapeResult]:
        """Ask."""
        budget = {"max_seconds": seconds, "max_steps": self.max_steps}
        if self.targets:
            found = mode_counts(
                self.targets, [self.weights], self.schedule, "1/10", **budget, **self.options
            )
            yield from (mode.found for mode in found.modes)
            return
        yield escape(
            LOSSES[self.loss].format(a=self.at),
            list(self.weights),
            self.schedule,
            said(self.atoms),
            residual=self.residual,
            **budget,
            **self.options,
        )

    def judge(self) -> list[int]:
        """Step."""
        if self.targets:
            return [
                stepped(0, s, self.weights, self.pieces, [_learned(s)], LIMIT, **self.options)[0]
                for s in self.targets
            ]
        factors = [str(1 + Fraction(w)) if self.residual else w for w in self.weights]
        return [
            stepped(
                self.loss,
                self.at,
                factors,
                self.pieces,
                self.atoms,
                LIMIT,
                anchor=int(self.residual),
                **self.options,
            )[0]
        ]


def _learned(s: str) -> Atom:
    return Atom(0, "p", str(-Fraction(s)), "<=", str(Fraction(s) / 10))


def wrong(found: EscapeResult, count: int) -> str:
    """Say how a certified answer contradicts a count by steps, or nothing."""
    if count < 0:
        return (
            "reached too early"
            if found.upper is not None and found.upper <= LIMIT and count == -1
            else ""
        )
    if found.outcome == "never":
        return "it is reached"
    if found.lower > count:
        return "the lower bound is too large"
    if found.upper is not None and found.upper < count:
        return "the upper bound is too small"
    return ""


def draw_case(kind: str, rng: random.Random) -> Case:
    """Draw a question of one kind."""
    depth = rng.randint(2, 9)
    spread = {"drift": 1.6, "residual": 0.5}.get(kind, 1.0)
    near = rng.random() < 0.4 and kind not in ("residual", "drift")
    weights = [
        Fraction(round(2**20 * (rng.gauss(1, 0.2) if near else rng.gauss(0, spread))), 2**20)
        for _ in range(depth)
    ]
    if kind == "vector":
        weights = [abs(w) if rng.random() < 0.9 else w for w in weights]
    if rng.random() < 0.1:  # a tie
        weights[-1] = weights[0] * rng.choice((1, -1))
    loss = 0 if rng.random() < 0.5 else rng.randrange(len(LOSSES))
    at = str(Fraction(rng.choice((-1, -1, 1, -2, 3)), rng.choice((1, 1, 2))))
    step = Fraction(rng.randint(1, 9), 9 * 2 ** rng.randint(2 if kind == "drift" else 6, 14))
    pieces = [(str(step), 0)]
    options: dict[str, str] = {}
    if kind in ("schedule", "mixed"):
        sizes = [step * Fraction(rng.randint(1, 6), 3) for _ in range(rng.randint(1, 3))]
        pieces = [(str(s), rng.choice((1, 50, 700, 5_000, 30_000))) for s in sizes] + pieces
    if kind in ("clip", "mixed"):
        options["clip"] = str(Fraction(rng.randint(1, 60), 40))
    if kind == "decay" or (kind in ("mixed", "vector") and rng.random() < 0.3):
        options["decay"] = str(Fraction(rng.randint(1, 20), 10 ** rng.randint(2, 6)))
    if kind == "momentum" or (kind in ("mixed", "vector") and rng.random() < 0.3):
        options["momentum"] = str(Fraction(rng.randint(1, 9), 10))
    few = None if kind in ("decay", "momentum") else rng.choice(_FEW)
    return Case(
        loss,
        at,
        tuple(map(str, weights)),
        tuple(pieces),
        tuple(_atoms(kind, rng, loss, Fraction(at))),
        options,
        kind == "residual" or (kind == "mixed" and rng.random() < 0.3),
        tuple(str(Fraction(rng.randint(1, 30), 10)) for _ in range(3)) if kind == "vector" else (),
        few,
    )


def _atoms(kind: str, rng: random.Random, loss: int, at: Fraction) -> Iterator[Atom]:
    goal = at if loss == 0 else Fraction(1, 2)
    close = Atom(0, "p", str(-goal), rng.choice(("<=", "<")), str(Fraction(rng.randint(1, 4), 8)))
    side = Atom(
        0, "p", None, "<=" if goal < 0 else ">=", str(goal * Fraction(rng.randint(1, 9), 10))
    )
    if kind != "joined":
        yield rng.choice((close, side))
        return
    yield rng.choice((close, side))
    small = str(Fraction(rng.randint(1, 40), 100))
    if rng.random() < 0.5:
        yield Atom(0, rng.choice(("f", "grad")), None, rng.choice(("<=", "<")), small)
    for clause in range(1, rng.randint(2, 3)):
        yield Atom(
            clause, "grad", None, rng.choice(("<=", ">=")), str(Fraction(rng.randint(1, 30), 10))
        )
        if rng.random() < 0.5:
            yield Atom(clause, "pg", "1/5", rng.choice(("<=", ">")), small)
