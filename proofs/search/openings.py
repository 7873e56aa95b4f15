"""First moves, each with work of its own: a depth-first search never leaves a bad one in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from proofs.core.goals import Goal
from proofs.core.terms import Malformed, Rejected
from proofs.search import moves
from proofs.search.engine import Search, goal_key
from proofs.search.forms import Forms
from proofs.search.simplify import simplified
from proofs.search.tactics import COMMITTED, FORMLESS, TACTICS
from proofs.search.trees import Hole, Tree, closed, opened

FUEL = 5
EACH, MOST = 2, 12  # proposals of a tactic; of all
Opening = Callable[[], Tree | None]


def openings(goal: Goal, search: Search) -> list[Opening]:
    """Ways to begin, in the order of the tactics, dividing the box last."""
    return list(_openings(goal, search))


def _openings(goal: Goal, search: Search) -> Iterator[Opening]:
    tree, hole = _forced(goal, search)
    inner = hole.goal
    if not inner.target.names:
        return
    forms = _forms(inner)
    nodes = [
        node
        for tactic in (TACTICS if forms is not None else FORMLESS)
        for node in search.proposed(tactic, inner, goal_key(inner), forms)[:EACH]
    ]
    for node in nodes[:MOST]:
        yield partial(_follow, tree, hole, partial(search.apply, inner, node, FUEL))
    yield partial(_follow, tree, hole, partial(search.divide, inner, FUEL))


def _forced(goal: Goal, search: Search) -> tuple[Tree | Hole, Hole]:
    """What a search does to a goal without a choice, as far as one goal remains."""
    hole = Hole(goal)
    tree: Tree | Hole = hole
    while True:
        node = _forced_node(hole.goal, search)
        made = None if node is None else opened(hole.goal, node)
        if made is None or len(made[1]) != 1:
            return tree, hole
        inner = made[1][0]
        if tree is hole:
            tree = made[0]
        else:
            _put(tree, hole, made[0])
        hole = inner


def _put(tree: Tree | Hole, hole: Hole, made: Tree) -> None:
    if isinstance(tree, Hole):
        return
    parts = tree.get("parts", [])
    for i, part in enumerate(parts):
        if part is hole:
            parts[i] = made
        else:
            _put(part, hole, made)


def _forced_node(goal: Goal, search: Search) -> Tree | None:
    simpler = simplified(goal, goal.target)
    if simpler != goal.target:
        return moves.restated(goal, simpler)
    forms = _forms(goal)
    if forms is None:
        return None
    for label in goal.facts:
        node = moves.restrict(goal, label, forms)
        if node is not None:
            return node
    for tactic in COMMITTED:
        for node in search.proposed(tactic, goal, goal_key(goal), forms):
            return node
    return None


def _forms(goal: Goal) -> Forms | None:
    try:
        return Forms(goal)
    except (Rejected, Malformed):
        return None


def _follow(tree: Tree | Hole, hole: Hole, way: Opening) -> Tree | None:
    found = way()
    if found is None:
        return None
    hole.filled = found
    return closed(tree)
