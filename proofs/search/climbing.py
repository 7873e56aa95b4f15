"""One variable: a target that is zero where its range begins grows, as its slope does, and so on.

This is the way of a lecture, one derivative after another, and it is short or it fails. It is tried
before the search, which may lose itself in better ideas: logarithms of both sides, tangents.
"""

from __future__ import annotations

import itertools
from functools import partial

from proofs.core.goals import Goal
from proofs.core.terms import Malformed, Rejected, Relation
from proofs.search import tactics
from proofs.search.edges import zeros
from proofs.search.engine import Search
from proofs.search.forms import Forms
from proofs.search.trees import Tree, closed, opened

DEPTH, FUEL = 4, 2
SHARE = 3  # one part in so many of the work left, to show a slope otherwise before it is derived
GE, GT = Relation.GE, Relation.GT


def climb(goal: Goal, search: Search, depth: int = DEPTH, whole: bool = True) -> Tree | None:
    """Derivatives of derivatives, until one has a plain sign; a range is cut at one zero."""
    names = goal.target.names & set(goal.box)
    if goal.relation not in (GE, GT) or len(names) != 1 or len(goal.target.drawn):
        return None
    if depth < DEPTH:
        share = max(0, search.limit - search.spent) // SHARE
        found, _ = search.within(share, partial(search.solve, goal, FUEL))
        if found is not None or not depth:
            return found
    try:
        forms = Forms(goal)
        apart = itertools.islice(zeros(goal, forms), 1) if whole else ()
        cleared = tactics.fraction(goal, forms) if whole else ()
        formed = [*apart, *cleared]  # which change the form only, and are tried once
        nodes = [*formed, *tactics.monotone(goal, forms)]
    except (Rejected, Malformed):
        return None
    for i, node in enumerate(nodes):
        climbs = i >= len(formed)
        made = opened(goal, node)
        if made is None:
            continue
        tree, holes = made
        last = holes[-2:] if node["rule"] == "cases" else holes[-1:]
        for hole in holes:
            if hole in last:
                hole.filled = climb(hole.goal, search, depth - climbs, climbs) or {}
            else:
                hole.filled = search.solve(hole.goal, FUEL) or {}
            if not hole.filled:
                break
        else:
            return closed(tree)
    return None
