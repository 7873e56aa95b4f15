"""Search for a certificate: tactics propose moves, the core says what remains to be shown."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import METER, Malformed, Rejected, Relation, Term, derivative
from proofs.search import moves
from proofs.search.corners import ALGEBRAIC
from proofs.search.ends import falling, isolated
from proofs.search.floats import nearest, plausible
from proofs.search.forms import Forms, ends_a_range
from proofs.search.simplify import positive_factors, simplified
from proofs.search.special import keeps_off, lowest, singular, touching, zero_at
from proofs.search.tactics import (
    COMMITTED,
    ENDING,
    FIRST,
    FORMLESS,
    SIMPLER,
    TACTICS,
    Tactic,
    reciprocal,
)
from proofs.search.trees import Tree, closed, cone, enclose, opened, split
from theory.gram import Gram
from theory.hints import Hints

QUICK = (enclose(), enclose(mean=True))
NE = Relation.NE
RATIONAL = frozenset({"number", "variable", "integer", "neg", "+", "-", "*", "/"})
COSTS = {"gram": 1500, "cone": 500, "power_tangents": 300}
"""What tactics do besides building terms, in units of the core's meter: some 10 microseconds."""
CHEAP = 2  # fuel for what is cheap
APART = 150_000
"""Work to bisect a target that keeps its distance from zero, a second or two; later more."""
FAR = 4  # fuel for what is left of a range without end
FUTILE = 10  # of attempts, where more work is of no use


Key = tuple[Any, ...]


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
        self.begun: set[Key] = set()  # to show a goal, nobody needs to show it first
        self.proposals: dict[tuple[str, Key], list[Tree]] = {}

    def solve(self, goal: Goal, fuel: int) -> Tree | None:
        """Return a tree of rules that leaves nothing to be shown, or None."""
        self.tick()
        key = _key(goal)
        if key in self.solved or self.failed.get(key, -1) >= fuel or key in self.begun:
            return self.solved.get(key)
        self.begun.add(key)
        try:
            return self._solve(goal, key, fuel)
        finally:
            self.begun.discard(key)

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
        empty = moves.void(goal)
        if empty is not None:
            return self.apply(goal, empty, fuel)
        if not plausible(goal) or not goal.target.names:
            return self.absurd(goal, fuel)
        if forms is not None:
            for tactic in FIRST:
                found = self.first(goal, iter(self.proposed(tactic, goal, key, forms)), fuel - 1)
                if found is not None:
                    return found
            for tactic in COMMITTED:
                for node in self.proposed(tactic, goal, key, forms):
                    return self.apply(goal, node, fuel)
        apart = self.apart(goal, key)
        if apart is not None:
            return apart
        for tactic in TACTICS if forms is not None else FORMLESS:
            nodes = self.proposed(tactic, goal, key, forms)
            left = min(fuel - 1, 1) if tactic in ENDING else fuel - (tactic not in SIMPLER)
            found = self.first(goal, iter(nodes), left)
            if found is not None:
                return found
        found = self.divide(goal, fuel)
        return found if found is not None else self.absurd(goal, fuel)

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
        return self.first(goal, _denials(goal), min(fuel - 1, 2)) if fuel > 1 else None

    # ---------------------------------------------------------------- dividing the box

    def apart(self, goal: Goal, key: Key) -> Tree | None:
        """What keeps its distance from zero on a closed range, or on the line, by bisection."""
        names = sorted(goal.target.names & set(goal.box))
        if self.divided[key] > 2 or len(names) != 1 or not keeps_off(goal, names[0]):
            return None
        work = APART * 4 ** self.divided[key]
        found, ended = self.within(work, lambda: self._between(goal, names[0]))
        self.divided[key] += FUTILE if ended else 1
        return found

    def _between(self, goal: Goal, x: str) -> Tree | None:
        """Cut off what is far out, where an enclosure decides; bisect the rest."""
        r = goal.box[x]
        if r.lo is not None and r.hi is not None:
            return self.bisect(goal, 24)
        high = r.hi is None
        start = r.lo if high else r.hi
        for far in (2, 4, 8, 16, 64):
            at = (fmpq(0) if start is None else start) + (far if high else -far)
            cut = opened(goal, split(goal, x, at))
            if cut is None:
                return None
            out, near = cut[1] if high else reversed(cut[1])
            tail = self.leaf(out.goal, bisecting=True) or self._far(out.goal, x)
            if tail is None:
                continue
            rest = self._between(near.goal, x)
            if rest is None:
                return None
            out.filled, near.filled = tail, rest
            return closed(cut[0])
        return None

    def _far(self, goal: Goal, x: str) -> Tree | None:
        """Far out, where an enclosure does not decide: growth, or the way to a limit."""
        end = "lo" if goal.box[x].hi is None else "hi"
        with suppress(Rejected, Malformed):
            grows: Tree = {"rule": "monotone", "variable": x, "end": end}
            ways = list(isolated(goal, Forms(goal))) or [grows, *falling(goal, x)]
            return self.first(goal, iter(ways), FAR)
        return None

    def divide(self, goal: Goal, fuel: int) -> Tree | None:
        """Split the box: at zero, at points where equality holds, then by bisection."""
        names = sorted(goal.target.names & set(goal.box))
        for x in names:
            r = goal.box[x]
            if r.lo is None and r.hi is None:
                return self.apply(goal, split(goal, x, fmpq(0)), fuel - 1)
        if len(names) == 1:
            return self.line(goal, names[0], fuel)
        for x, at in lowest(goal, names):
            found = self.apply(goal, split(goal, x, at), fuel - 1)
            if found is not None:
                return found
        for x in names:
            r = goal.box[x]
            if r.lo is None or r.hi is None:
                at = r.lo + 2 if r.lo is not None else r.hi - 2
                if fuel > 2:
                    return self.apply(goal, split(goal, x, at), fuel - 1)
                return None
        return self.bisect(goal, 40)

    def line(self, goal: Goal, x: str, fuel: int) -> Tree | None:
        """One variable: isolate the points of equality, then bisect what is left."""
        r = goal.box[x]
        for at in touching(goal, x):
            return self.apply(goal, split(goal, x, at), fuel)
        for end in ("lo", "hi"):
            limit = r.lo if end == "lo" else r.hi
            if limit is not None and zero_at(goal, x, limit):
                return self._leave(goal, x, end, fuel)
        if r.hi is None or r.lo is None:
            return self._tail(goal, x, fuel)
        for end in ("lo", "hi"):
            if singular(goal, x, end) and fuel > 1:
                return self._approach(goal, x, end, fuel)
        return self.bisect(goal, 60)

    def _approach(self, goal: Goal, x: str, end: str, fuel: int) -> Tree | None:
        """No finite enclosure at an end: argue there by monotonicity from further inside."""
        r = goal.box[x]
        node = {"rule": "monotone", "variable": x, "end": "hi" if end == "lo" else "lo"}
        for k in (2, 4, 6, 9, 12):
            width = (r.hi - r.lo) / 2**k
            found = opened(goal, split(goal, x, r.lo + width if end == "lo" else r.hi - width))
            if found is None:
                continue
            far, near = found[1] if end == "lo" else reversed(found[1])
            first = self.leaf(near.goal) or self.apply(near.goal, node, fuel - 1)
            if first is None:
                continue
            second = self.solve(far.goal, fuel - 1)
            if second is None:
                return None
            near.filled, far.filled = first, second
            return closed(found[0])
        return self.bisect(goal, 60)

    def _leave(self, goal: Goal, x: str, end: str, fuel: int) -> Tree | None:
        """Equality at an end: monotone from there on a neighbourhood, the rest apart."""
        r = goal.box[x]
        limit, other = (r.lo, r.hi) if end == "lo" else (r.hi, r.lo)
        sign = 1 if end == "lo" else -1
        width = None if other is None else abs(other - limit)
        node = {"rule": "monotone", "variable": x, "end": end}
        for k in (0, 2, 4, 7, 10, 14):
            step = fmpq(1, 2**k) if width is None else width / 2 ** (k + 1)
            found = opened(goal, split(goal, x, limit + sign * step))
            if found is None:
                continue
            far, near = found[1] if end == "lo" else reversed(found[1])
            grown = opened(near.goal, node)
            if grown is None or not all(plausible(h.goal, 100) for h in grown[1]):
                continue
            first = self.filled(*grown, fuel=fuel - 1)
            if first is None:
                continue
            second = self.solve(far.goal, fuel - 1)
            if second is None:
                return None
            near.filled, far.filled = first, second
            return closed(found[0])
        return None

    def _tail(self, goal: Goal, x: str, fuel: int) -> Tree | None:
        """An unbounded range: argue far out by monotonicity, x = 1/t or signs; bisect the rest."""
        r = goal.box[x]
        if fuel <= 1:
            return None
        monotone: Tree = {"rule": "monotone", "variable": x, "end": "lo" if r.hi is None else "hi"}

        def grows(goal: Goal, _: str) -> Iterator[Tree]:
            yield monotone

        attempts: list[tuple[int, Callable[[Goal, str], Iterator[Tree]]]] = [
            (far, grows) for far in (1, 2, 4, 8, 16, 32, 64, 256, 1024)
        ]
        attempts = [(1, falling), (2, falling), *attempts[:3], (4, falling), *attempts[3:]]
        if r.hi is None:
            attempts += [(1, reciprocal), (4, reciprocal)]
        for far, propose in attempts:
            if r.hi is None:
                at = fmpq(far) if r.lo < far else r.lo + far
            else:
                at = fmpq(-far) if r.hi > -far else r.hi - far
            found = opened(goal, split(goal, x, at))
            if found is None:
                continue
            out, near = found[1] if r.hi is None else reversed(found[1])
            tail = self.leaf(out.goal) or self.first(out.goal, propose(out.goal, x), fuel - 2)
            if tail is None:
                continue
            rest = self.solve(near.goal, fuel - 1)
            if rest is None:
                return None
            out.filled, near.filled = tail, rest
            return closed(found[0])
        return None

    def bisect(self, goal: Goal, depth: int) -> Tree | None:
        """Branch and bound on a bounded box."""
        self.tick()
        found = self.leaf(goal, bisecting=True) or self._outside(goal)
        if found is not None or depth == 0:
            return found
        names = sorted((goal.target.names | _fact_names(goal)) & set(goal.box))
        names = [x for x in names if goal.box[x].lo is not None and goal.box[x].hi is not None]
        if not names:
            return None
        x = max(names, key=lambda x: self._influence(goal, x))
        r = goal.box[x]
        halves = opened(goal, split(goal, x, (r.lo + r.hi) / 2))
        if halves is None:
            return None
        for hole in halves[1]:
            part = self.bisect(hole.goal, depth - 1)
            if part is None:
                return None
            hole.filled = part
        return closed(halves[0])

    def _outside(self, goal: Goal) -> Tree | None:
        """A cell on which some fact fails."""
        empty = moves.void(goal)
        for node in _denials(goal) if empty is None else iter((empty,)):
            found = opened(goal, node)
            if found is not None:
                parts = [self.leaf(hole.goal, bisecting=True) for hole in found[1]]
                if all(part is not None for part in parts):
                    for hole, part in zip(found[1], parts, strict=True):
                        hole.filled = part or {}
                    return closed(found[0])
        return None

    @staticmethod
    def _influence(goal: Goal, x: str) -> float:
        r = goal.box[x]
        width = nearest(r.hi - r.lo)
        try:
            slope = goal.enclose(derivative(goal.target, x))
        except (Rejected, Malformed):
            return width
        if not slope.finite:
            return width * 1e6
        return width * (1e-9 + max(abs(float(slope.lo)), abs(float(slope.hi))))


def _algebraic(e: Term) -> bool:
    return all(t.head in ALGEBRAIC for t in e.walk())


def _plain(goal: Goal) -> bool:
    """Whether a target is a short quotient of polynomials: cheap to show or to give up."""
    return goal.target.size < 40 and all(e.head in RATIONAL for e in goal.target.walk())


def _denials(goal: Goal) -> Iterator[Tree]:
    """Ways to contradict a fact."""
    for label, (e, relation) in goal.facts.items():
        if e.names and relation is not Relation.NE and not ends_a_range(goal, goal.facts[label]):
            for sign in (1, -1) if relation is Relation.EQ else (1,):
                yield moves.denial(goal, label, sign)


def _fact_names(goal: Goal) -> set[str]:
    return set().union(*(e.names for e, _ in goal.facts.values())) if goal.facts else set()


def _key(goal: Goal) -> Key:
    """What a goal says, with the names that a proof may use."""
    kinds = tuple(goal.variables[x].head for x in sorted(goal.box))
    facts = tuple(sorted(goal.facts.items(), key=lambda item: item[0]))
    return (goal.target, goal.relation, tuple(sorted(goal.box.items())), kinds, facts)
