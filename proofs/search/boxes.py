"""Search for a certificate by dividing a box: at zero, where equality holds, far out, in halves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Protocol

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import Malformed, Rejected, derivative
from proofs.search import moves
from proofs.search.ends import falling, isolated
from proofs.search.floats import nearest, plausible
from proofs.search.forms import Forms
from proofs.search.special import keeps_off, lowest, singular, touching, zero_at
from proofs.search.tactics import reciprocal
from proofs.search.trees import Tree, closed, opened, split

APART = 150_000
"""Work to bisect a target that keeps its distance from zero, a second or two; later more."""
FAR = 4  # fuel for what is left of a range without end
FUTILE = 10  # of attempts, where more work is of no use

Key = tuple[Any, ...]


class Solver(Protocol):
    """What a division asks of the search that it is part of."""

    divided: Counter[Key]

    def solve(self, goal: Goal, fuel: int) -> Tree | None:
        """Return a tree of rules that leaves nothing to be shown, or None."""

    def leaf(self, goal: Goal, bisecting: bool = False) -> Tree | None:
        """Close a goal without tactics."""

    def filled(self, tree: Tree, holes: list[Any], fuel: int) -> Tree | None:
        """Fill all holes of a proposal, or give it up."""

    def apply(self, goal: Goal, node: Tree | None, fuel: int) -> Tree | None:
        """Make a move and solve what remains."""

    def first(self, goal: Goal, nodes: Iterator[Tree], fuel: int) -> Tree | None:
        """Make the first move that works."""

    def within(self, work: int, attempt: Callable[[], Tree | None]) -> tuple[Tree | None, bool]:
        """Make an attempt with so much work; say also whether it came to its end."""

    def tick(self) -> None:
        """Give up when the time, or the work of an attempt, is over."""


class Boxes:
    """The divisions of a goal's box."""

    def __init__(self, search: Solver) -> None:
        self.search = search

    def apart(self, goal: Goal, key: Key) -> Tree | None:
        """What keeps its distance from zero on a closed range, or on the line, by bisection."""
        names = sorted(goal.target.names & set(goal.box))
        if self.search.divided[key] > 2 or len(names) != 1 or not keeps_off(goal, names[0]):
            return None
        work = APART * 4 ** self.search.divided[key]
        found, ended = self.search.within(work, lambda: self._between(goal, names[0]))
        self.search.divided[key] += FUTILE if ended else 1
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
            tail = self.search.leaf(out.goal, bisecting=True) or self._far(out.goal, x)
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
            return self.search.first(goal, iter(ways), FAR)
        return None

    def divide(self, goal: Goal, fuel: int) -> Tree | None:
        """Split the box: at zero, at points where equality holds, then by bisection."""
        names = sorted(goal.target.names & set(goal.box))
        for x in names:
            r = goal.box[x]
            if r.lo is None and r.hi is None:
                return self.search.apply(goal, split(goal, x, fmpq(0)), fuel - 1)
        if len(names) == 1:
            return self.line(goal, names[0], fuel)
        for x, at in lowest(goal, names):
            found = self.search.apply(goal, split(goal, x, at), fuel - 1)
            if found is not None:
                return found
        for x in names:
            r = goal.box[x]
            if r.lo is None or r.hi is None:
                at = r.lo + 2 if r.lo is not None else r.hi - 2
                if fuel > 2:
                    return self.search.apply(goal, split(goal, x, at), fuel - 1)
                return None
        return self.bisect(goal, 40)

    def line(self, goal: Goal, x: str, fuel: int) -> Tree | None:
        """One variable: isolate the points of equality, then bisect what is left."""
        r = goal.box[x]
        for at in touching(goal, x):
            return self.search.apply(goal, split(goal, x, at), fuel)
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
            first = self.search.leaf(near.goal) or self.search.apply(near.goal, node, fuel - 1)
            if first is None:
                continue
            second = self.search.solve(far.goal, fuel - 1)
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
            first = self.search.filled(*grown, fuel=fuel - 1)
            if first is None:
                continue
            second = self.search.solve(far.goal, fuel - 1)
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
            tail = self.search.leaf(out.goal) or self.search.first(
                out.goal, propose(out.goal, x), fuel - 2
            )
            if tail is None:
                continue
            rest = self.search.solve(near.goal, fuel - 1)
            if rest is None:
                return None
            out.filled, near.filled = tail, rest
            return closed(found[0])
        return None

    def bisect(self, goal: Goal, depth: int) -> Tree | None:
        """Branch and bound on a bounded box."""
        self.search.tick()
        found = self.search.leaf(goal, bisecting=True) or self._outside(goal)
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
        for node in moves.denials(goal) if empty is None else iter((empty,)):
            found = opened(goal, node)
            if found is not None:
                parts = [self.search.leaf(hole.goal, bisecting=True) for hole in found[1]]
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


def _fact_names(goal: Goal) -> set[str]:
    return set().union(*(e.names for e, _ in goal.facts.values())) if goal.facts else set()
