"""Statements about every depth: look for an invariant that survives a layer.

Candidates that hold at the start are assumed together; whoever does not survive a layer is dropped,
until all that remain do (the method of Houdini). They have to imply the conclusion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from proofs.core.goals import Goal
from proofs.core.terms import ZERO, Formula, Relation, minus, neg, replaced
from proofs.search import moves
from proofs.search.engine import Search
from proofs.search.trees import Hole, Tree, closed, opened

FUEL = 4


def argue(goal: Goal, search: Search) -> Tree | None:
    """A tree of rules for a goal about layers, or None."""
    for candidates in _candidates(goal):
        kept = list(candidates)
        while kept:
            found = opened(goal, moves.invariant("", kept))
            if found is None:
                break
            tree, holes = found
            failed = _solve(goal, kept, holes, search)
            if failed is None:
                return closed(tree)
            if not failed:
                break
            kept = [f for f in kept if f not in failed]
    return None


def _candidates(goal: Goal) -> Iterator[Sequence[Formula]]:
    """Sets of invariants worth trying, small ones first."""
    assert goal.layers is not None
    conclusion = Formula(goal.target, goal.relation)
    signs: list[Formula] = []
    bounds: list[Formula] = []
    for x, start in goal.layers.starts.items():
        signs += [Formula(x, Relation.GE), Formula(x, Relation.GT)]
        gaps = (minus(x, start), minus(start, x)) if start != ZERO else (neg(x),)
        bounds += [Formula(gap, Relation.GE) for gap in gaps]
    yield [conclusion]
    yield [conclusion, *signs]
    yield [conclusion, *signs, *bounds]


def _solve(
    goal: Goal, kept: Sequence[Formula], holes: Sequence[Hole], search: Search
) -> list[Formula] | None:
    """Fill the holes; None if all are filled, otherwise the invariants that failed."""
    starts, updates = _instances(goal, kept)
    failed: list[Formula] = []
    for hole in holes:
        tree = search.solve(hole.goal, FUEL)
        if tree is not None:
            hole.filled = tree
            continue
        said = Formula(hole.goal.target, hole.goal.relation)
        guilty = [f for f, s, u in zip(kept, starts, updates, strict=True) if said in (s, u)]
        if not guilty:
            return []
        failed += guilty
    return failed or None


def _instances(goal: Goal, kept: Sequence[Formula]) -> tuple[list[Any], list[Any]]:
    assert goal.layers is not None
    starts = [Formula(replaced(f.term, goal.layers.starts), f.relation) for f in kept]
    updates = [Formula(replaced(f.term, goal.layers.updates), f.relation) for f in kept]
    return starts, updates
