"""What is plain at sight: a product by its factors, a sum by what is not negative, two roots.

A few moves that take little time, each of which leaves shorter goals, and nothing else: what a step
of a recursion leaves is mostly of this kind, and is shown before anything that takes long is tried.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Malformed, Rejected, Relation, text
from proofs.search import moves
from proofs.search.edges import bases
from proofs.search.engine import Search
from proofs.search.factor import factor
from proofs.search.floats import plausible
from proofs.search.forms import Forms, scaled
from proofs.search.premises import cleared, linear_in, peel
from proofs.search.radicals import radical
from proofs.search.touching import sign_of
from proofs.search.trees import Tree, closed, cone, have, opened, unused

GE, GT = Relation.GE, Relation.GT
DEPTH, MAX_TERMS, MAX_SUMS, MAX_PEELED = 6, 12, 3, 3
SHORT = 14  # so few parts of a term, or one name, are searched, with little fuel


def plainly(goal: Goal, search: Search, depth: int = DEPTH) -> Tree | None:
    """A proof by such moves, or None."""
    search.tick()
    made = search.leaf(goal)
    if made is not None or not depth or goal.relation not in (GE, GT) or not plausible(goal, 40):
        return made
    try:
        forms = Forms(goal)
        for node in _ways(goal, forms):
            found = opened(goal, node)
            for hole in found[1] if found is not None else ():
                hole.filled = plainly(hole.goal, search, depth - 1) or {}
                if not hole.filled:
                    break
            else:
                if found is not None:
                    return closed(found[0])
    except (Rejected, Malformed):
        search.tick()
    short = depth < DEPTH and (goal.target.size <= SHORT or len(goal.target.names) == 1)
    return search.solve(goal, 2) if short else None


def _ways(goal: Goal, forms: Forms) -> Iterator[Tree]:
    if len(forms.top) > MAX_TERMS:
        return
    if apart := list(bases(goal, forms)):
        yield apart[0]
        return
    if set(forms.bottom) != {()}:
        sign = sign_of(goal, forms.term(forms.bottom))
        if sign:
            yield moves.fraction(goal, sign, forms)
        return
    products = list(factor(goal, forms))
    yield from products
    if products:
        return
    if len(forms.top) == 2:
        yield from radical(goal, forms)
    yield from itertools.islice(_sums(goal, forms), MAX_SUMS)
    yield from itertools.islice(cleared(goal, forms), 1)
    yield from _scarce(goal, itertools.islice(peel(goal, forms), 2 * MAX_PEELED))[:MAX_PEELED]


def _scarce(goal: Goal, nodes: Iterable[Tree]) -> list[Tree]:
    """Eliminations, first of what few facts speak of: only these can do it."""
    told = Counter(x for f in goal.facts.values() for x in f.term.names)
    made = []
    for node in nodes:
        found = opened(goal, node)
        if found is not None:
            left = found[1][-1].goal.target.names if found[1] else frozenset()
            made.append((min((told[x] for x in goal.target.names - left), default=99), node))
    return [node for _, node in sorted(made, key=lambda row: row[0])]


def _sums(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """The target c x + d with x >= 0, where both c and d have its sign."""
    target = scaled(forms.top, 1 / forms.bottom[()])
    for v in sorted({v for m in target for v, _ in m}):
        x, parts = forms.atom(v), linear_in(target, v)
        if parts is None or not parts[1] or not goal.knows(x, GE):
            continue
        if any(dict(m).get(v, 0) < 0 for m in target):
            continue
        slope, rest = (forms.term(p) for p in parts)
        said = Formula(slope, GE), Formula(rest, goal.relation)
        if all(plausible(goal.aimed(*f), 40) for f in said):
            first, second = unused(goal, "plain", 2)
            made: Tree = cone([(1, [first, f"sign:{text(x)}"], "1"), (1, [second], "1")])
            yield have(first, said[0], None, have(second, said[1], None, made))
