"""Statements about every depth: look for an invariant that survives a layer.

Candidates that hold at the start are assumed together; whoever does not survive a layer is dropped,
until all that remain do (the method of Houdini). They have to imply the conclusion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from proofs.provers.calculus.goals import Goal, conditions
from proofs.provers.calculus.statements import Depth
from proofs.provers.calculus.terms import (
    ZERO,
    Term,
    instantiated,
    neg,
    sub,
    working_precision,
    write,
)
from proofs.provers.search import Search, Tree
from proofs.provers.writing import Writer

Invariant = tuple[Term, str]
Argued = list[tuple[Goal, Tree]]
FUEL = 4


@dataclass
class Induction:
    """The search for an invariant of one statement."""

    goal: Goal
    depth: Depth
    search: Search
    writer: Writer

    def proof(self) -> dict[str, Any] | None:
        """A tree of rules for the checker, or None."""
        for candidates in self.candidates():
            started = [(c, self.argue(self.start(c))) for c in candidates]
            held = [(c, argued) for c, argued in started if argued is not None]
            invariants = [c for c, _ in held]
            if not invariants:
                continue
            kept, steps = self.stable(invariants)
            finish = self.argue(self.holding(kept)) if kept else None
            if finish is None:
                continue
            first = [argued for c, argued in held if c in kept]
            return self.written(kept, [a for a in first if a is not None], steps, finish)
        return None

    def candidates(self) -> Iterator[list[Invariant]]:
        """Sets of invariants worth trying, small ones first."""
        conclusion = (self.goal.target, self.goal.relation)
        signs: list[Invariant] = []
        bounds: list[Invariant] = []
        for name, start in self.depth.starts.items():
            x = ("var", name)
            signs += [(x, ">="), (x, ">")]
            gaps = (sub(x, start), sub(start, x)) if start != ZERO else (neg(x),)
            bounds += [(gap, ">=") for gap in gaps]
        yield [conclusion]
        yield [conclusion, *signs]
        yield [conclusion, *signs, *bounds]

    def start(self, invariant: Invariant) -> Goal:
        """That an invariant holds without layers."""
        e, relation = invariant
        return self.goal.but(target=instantiated(e, self.depth.starts), relation=relation)

    def holding(self, invariants: Sequence[Invariant]) -> Goal:
        """The conclusion, where the invariants hold."""
        facts = tuple((f"invariant{i}", e, r) for i, (e, r) in enumerate(invariants))
        return self.goal.but(facts=(*self.goal.facts, *facts))

    def layer(self, invariants: Sequence[Invariant]) -> Goal:
        """The situation inside one more layer."""
        held = self.holding(invariants)
        return held.but(
            box={**held.box, **self.depth.box},
            facts=(*held.facts, *self.depth.facts),
            integers=held.integers | self.depth.integers,
        )

    def stable(self, invariants: list[Invariant]) -> tuple[list[Invariant], list[Argued]]:
        """Drop what does not survive a layer, until everything does."""
        while invariants:
            inside = self.layer(invariants)
            steps = []
            for e, relation in invariants:
                after = inside.but(target=instantiated(e, self.depth.updates), relation=relation)
                steps.append(self.argue(after))
            if all(s is not None for s in steps):
                return invariants, [s for s in steps if s is not None]
            invariants = [c for c, s in zip(invariants, steps, strict=True) if s is not None]
        return [], []

    def argue(self, goal: Goal) -> Argued | None:
        """Show a goal, and that it is defined."""
        return self.argue_all([goal, *conditions(goal, goal.target)])

    def argue_all(self, goals: Sequence[Goal]) -> Argued | None:
        """Show goals, or none of them."""
        made: Argued = []
        for g in goals:
            tree = self.search.solve(g, FUEL)
            if tree is None:
                return None
            made.append((g, tree))
        return made

    def written(
        self, kept: list[Invariant], starts: list[Argued], steps: list[Argued], finish: Argued
    ) -> dict[str, Any] | None:
        """The rule of the checker, with the parts in its order."""
        inside = self.layer(kept)
        first = self.argue_all(
            [c for e in self.depth.starts.values() for c in conditions(self.goal, e)]
        )
        then = self.argue_all(
            [c for e in self.depth.updates.values() for c in conditions(inside, e)]
        )
        if first is None or then is None:
            return None
        names: Mapping[str, str] = {n: n for n, _, _ in inside.facts}
        groups = [first, *starts, then, *steps, finish]
        with working_precision():
            parts = [self.writer.tree(g, tree, names) for group in groups for g, tree in group]
        texts = [f"{write(e)} {relation} 0" for e, relation in kept]
        return {"rule": "layers", "invariants": texts, "parts": parts}
