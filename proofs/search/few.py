"""Many facts of which few matter: those of names that the target shares, directly or by others.

A claim about matrices has a fact for every theorem about every norm in it. A name that stands in
one of them only, and not in the target, says nothing; without such facts others have such names.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial

from proofs.core.goals import Goal
from proofs.core.terms import Formula
from proofs.search.engine import Search
from proofs.search.plainly import plainly
from proofs.search.trees import Tree, closed, opened

MANY = 20


def few(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """A proof at sight, or from the facts that matter where there are many."""
    kept = _near(goal) if len(goal.facts) > MANY else dict(goal.facts)
    other = replace(goal, facts=kept)
    whole = max(0, search.limit - search.spent)
    many = len(kept) < len(goal.facts)
    found, _ = search.within(whole // (1 + many), partial(plainly, other, search))
    if not many:
        return found
    found = found or search.solve(other, fuel)
    made = None if found is None else opened(goal, found)  # names may be taken there
    return None if made is None or made[1] else closed(made[0])


def _near(goal: Goal) -> dict[str, Formula]:
    """Facts about one name, and those that share a name with the target and have no loose end."""
    target = goal.target.names
    joined = {n: f for n, f in goal.facts.items() if len(f.term.names) > 1}
    kept = {n: f for n, f in joined.items() if f.term.names & target}
    while True:
        seen = Counter(x for f in kept.values() for x in f.term.names)
        tied = {
            n: f for n, f in kept.items() if all(seen[x] > 1 or x in target for x in f.term.names)
        }
        if len(tied) == len(kept):
            break
        kept = tied
    names = target.union(*(f.term.names for f in kept.values()))
    alone = {n for n, f in goal.facts.items() if n not in joined and f.term.names <= names}
    return {n: f for n, f in goal.facts.items() if n in kept or n in alone}
