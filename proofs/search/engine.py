"""Search for a certificate: tactics propose moves, the core says what remains to be shown."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from proofs.core.goals import Goal
from proofs.core.terms import METER, Malformed, Rejected, Relation, Term
from proofs.search import moves
from proofs.search.boxes import Boxes, Key
from proofs.search.corners import ALGEBRAIC
from proofs.search.floats import plausible
from proofs.search.forms import Forms
from proofs.search.positive import positive
from proofs.search.simplify import positive_factors, simplified
from proofs.search.tactics import (
    COMMITTED,
    ENDING,
    FIRST,
    FORMLESS,
    SIMPLER,
    TACTICS,
    Tactic,
)
from proofs.search.trees import Tree, closed, cone, enclose, opened
from theory.gram import Gram
from theory.hints import Hints

QUICK = (enclose(), enclose(mean=True))
NE = Relation.NE
RATIONAL = frozenset({"number", "variable", "integer", "neg", "+", "-", "*", "/"})
COSTS = {"gram": 1500, "cone": 500, "power_tangents": 300}
"""What tactics do besides building terms, in units of the core's meter: some 10 microseconds."""
CHEAP = 2  # fuel for what is cheap
ROUNDS = 4  # so often a target may come back, with other facts only: moves without fuel may turn


class OutOfTime(Exception):
    """The budget is spent."""


class Search:
    """One attempt at a goal, within a time budget.

    What was found out about a goal is kept, so that a search which begins again, with more time or
    fuel, is soon where the one before it was.
    """

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.limit, self.besides = sys.maxsize, 0  # of work; besides what the core's meter counts
        self.hints = Hints()
        self.premises: Mapping[str, Mapping[str, Any]] = {}
        self.gram: Gram | None = None
        self.tried: Counter[str] = Counter()
        self.solved: dict[Key, Tree] = {}
        self.failed: dict[Key, int] = {}  # with how much fuel
        self.divided: Counter[Key] = Counter()  # how often that was not enough
        self.boxes = Boxes(self)
        self.begun: set[Key] = set()  # to show a goal, nobody needs to show it first
        self.above: list[tuple[Term, Relation, int]] = []  # the targets, where they change
        self.proposals: dict[tuple[str, Key], list[Tree]] = {}

    def solve(self, goal: Goal, fuel: int) -> Tree | None:
        """Return a tree of rules that leaves nothing to be shown, or None."""
        self.tick()
        key = _key(goal)
        if key in self.solved or self.failed.get(key, -1) >= fuel or key in self.begun:
            return self.solved.get(key)
        said = (goal.target, goal.relation, fuel)
        same = bool(self.above) and self.above[-1] == said
        if not same and self.above.count(said) >= ROUNDS:
            return None
        self.begun.add(key)
        self.above += [] if same else [said]
        try:
            return self._solve(goal, key, fuel)
        finally:
            self.begun.discard(key)
            if not same:
                self.above.pop()

    def _solve(self, goal: Goal, key: Key, fuel: int) -> Tree | None:
        found = self.leaf(goal) if key not in self.failed else None
        simpler = simplified(goal, goal.target) if found is None else goal.target
        shorter = None
        if simpler != goal.target and goal.relation is not Relation.NE:
            shorter = opened(goal, moves.restated(goal, simpler))
        if shorter is not None:
            found = self.filled(*shorter, fuel=fuel)
        elif found is None and fuel > 0:
            found = self._tactics(goal, key, fuel)
        if found is None:
            self.tick()  # out of time is no failure: it may look like one, as the core's Rejected
            self.failed[key] = fuel
        else:
            self.solved[key] = found
        return found

    @property
    def spent(self) -> int:
        """How much work was done: unlike time, the same in every run."""
        return METER.ticks + self.besides

    def within(self, work: int, attempt: Callable[[], Tree | None]) -> tuple[Tree | None, bool]:
        """Make an attempt with so much work; say also whether it came to its end.

        The end of that work is no failure of the whole.
        """
        whole, self.limit = self.limit, min(self.limit, self.spent + work)
        try:
            return attempt(), True
        except OutOfTime:
            if time.process_time() > self.deadline or self.spent > whole:
                raise
            return None, False
        finally:
            self.limit = whole

    def said(self) -> str:
        """What was tried, for a person."""
        names = [f"{name} {count}" for name, count in self.tried.most_common(5)]
        return f"tried {', '.join(names)}" if names else ""

    def tick(self) -> None:
        """Give up when the time, or the work of an attempt, is over."""
        if self.spent > self.limit or time.process_time() > self.deadline:
            raise OutOfTime

    def leaf(self, goal: Goal, bisecting: bool = False) -> Tree | None:
        """Close a goal without tactics."""
        nodes = list(QUICK)
        for label, (e, relation) in goal.facts.items():
            if e == goal.target and relation.implies(goal.relation) and relation is not NE:
                nodes.insert(0, cone([(1, [label], "1")]))
        if goal.relation in (Relation.GE, Relation.EQ) and not bisecting:
            nodes.insert(0, cone([]))
        if goal.relation is Relation.GT and goal.target.head in ("*", "/", "**", "sqrt"):
            signs = positive_factors(goal, goal.target)
            if signs is not None:
                nodes.append(cone([(1, signs[0], "1")], signs[1]))
        for node in nodes:
            found = opened(goal, node)
            if found is not None and not found[1]:
                return closed(found[0])
        rooted = positive(goal)
        found = None if rooted is None else opened(goal, rooted)
        if found is not None:
            for hole in found[1]:  # that each root is defined, and not negative
                hole.filled = self.leaf(hole.goal, bisecting=True) or {}
            if all(hole.filled for hole in found[1]):
                return closed(found[0])
        if bisecting and not _algebraic(goal.target):  # smaller cells are cheaper
            return None
        with suppress(Rejected, Malformed):
            found = opened(goal, moves.coefficients(goal))
            if found is not None:
                return self.filled(*found, fuel=1)
        return None

    def filled(self, tree: Tree, holes: list[Any], fuel: int) -> Tree | None:
        """Fill all holes of a proposal, or give it up."""
        if not all(h.goal.facts or plausible(h.goal, 60) for h in holes):
            return None
        for hole in sorted(holes, key=lambda h: _plain(h.goal), reverse=True):  # cheap ones first
            cheap = len(holes) > 1 and _plain(hole.goal)
            found = self.solve(hole.goal, max(fuel, CHEAP) if cheap else fuel)
            if found is None:
                return None
            hole.filled = found
        return closed(tree)

    def apply(self, goal: Goal, node: Tree | None, fuel: int) -> Tree | None:
        """Make a move and solve what remains."""
        found = None if node is None else opened(goal, node)
        return None if found is None else self.filled(*found, fuel=fuel)

    def first(self, goal: Goal, nodes: Iterator[Tree], fuel: int) -> Tree | None:
        """The first proposal that works."""
        for node in nodes:
            found = self.apply(goal, node, fuel)
            if found is not None:
                return found
        return None

    def _tactics(self, goal: Goal, key: Key, fuel: int) -> Tree | None:
        try:
            forms = Forms(goal)
        except (Rejected, Malformed):
            forms = None
        if forms is not None:
            for label in goal.facts:
                node = moves.restrict(goal, label, forms)
                if node is not None:
                    return self.apply(goal, node, fuel)
            short = forms.polynomial and forms.term(forms.polynomial)
            if short and 3 * short.size < 2 * goal.target.size and goal.relation is not Relation.NE:
                return self.apply(goal, moves.restated(goal, simplified(goal, short)), fuel)
        alone = self.alone(goal, fuel)
        if alone is not None:
            return alone
        empty = moves.void(goal)
        if empty is not None:
            return self.apply(goal, empty, fuel)
        if not plausible(goal) or not (goal.target.names or goal.relation is Relation.EQ):
            return self.absurd(goal, fuel)
        if forms is not None:
            for tactic in FIRST:
                left = fuel - (tactic not in SIMPLER)
                found = self.first(goal, iter(self.proposed(tactic, goal, key, forms)), left)
                if found is not None:
                    return found
            for tactic in COMMITTED:
                for node in self.proposed(tactic, goal, key, forms):
                    return self.apply(goal, node, fuel)
        apart = self.boxes.apart(goal, key)
        if apart is not None:
            return apart
        for tactic in TACTICS if forms is not None else FORMLESS:
            nodes = self.proposed(tactic, goal, key, forms)
            left = min(fuel - 1, 1) if tactic in ENDING else fuel - (tactic not in SIMPLER)
            found = self.first(goal, iter(nodes), left)
            if found is not None:
                return found
        found = self.boxes.divide(goal, fuel)
        return found if found is not None else self.absurd(goal, fuel)

    def alone(self, goal: Goal, fuel: int) -> Tree | None:
        """What speaks of one variable, and holds in its range, without what is said of others."""
        if len(goal.target.names) != 1 or goal.relation not in (Relation.GE, Relation.GT):
            return None
        own = {n: f for n, f in goal.facts.items() if f.term.names <= goal.target.names}
        other = replace(goal, facts=own)
        if len(own) == len(goal.facts) or _algebraic(goal.target) or not plausible(other, 200):
            return None
        found = self.solve(other, fuel)
        made = None if found is None else opened(goal, found)  # names may be taken there
        return None if made is None or made[1] else closed(made[0])

    def proposed(self, tactic: Tactic, goal: Goal, key: Key, forms: Forms | None) -> list[Tree]:
        """What a tactic proposes; nothing where it meets what it cannot read."""
        self.tick()
        known = self.proposals.get((tactic.__name__, key))
        if known is not None:
            return known
        self.besides += COSTS.get(tactic.__name__, 30)
        try:
            nodes = list(tactic(goal, forms))
        except (Rejected, Malformed):
            self.tick()
            nodes = []
        if nodes:
            self.tried[tactic.__name__.strip("_")] += 1
        self.proposals[tactic.__name__, key] = nodes
        return nodes

    def absurd(self, goal: Goal, fuel: int) -> Tree | None:
        """Contradict one of the facts."""
        return self.first(goal, moves.denials(goal), min(fuel - 1, 2)) if fuel > 1 else None


def _algebraic(e: Term) -> bool:
    return all(t.head in ALGEBRAIC for t in e.walk())


def _plain(goal: Goal) -> bool:
    """Whether a target is a short quotient of polynomials: cheap to show or to give up."""
    return goal.target.size < 40 and all(e.head in RATIONAL for e in goal.target.walk())


def _key(goal: Goal) -> Key:
    """What a goal says, with the names that a proof may use."""
    kinds = tuple(goal.variables[x].head for x in sorted(goal.box))
    facts = tuple(sorted(goal.facts.items(), key=lambda item: item[0]))
    return (goal.target, goal.relation, tuple(sorted(goal.box.items())), kinds, facts)
