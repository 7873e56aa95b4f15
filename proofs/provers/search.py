"""Search for a certificate: tactics propose rules, the checker says what remains to be shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import fmpq

from proofs.provers.calculus.goals import Goal
from proofs.provers.calculus.terms import Rejected, derivative, variables, working_precision
from proofs.provers.floats import plausible
from proofs.provers.tactics import (
    TACTICS,
    Node,
    lowest,
    reciprocal,
    refined,
    singular,
    split,
    touching,
    vanishes,
)

Tree = dict[str, Any]
LEAVES: tuple[Node, ...] = tuple(
    {"rule": name} for name in ("identity", "ball", "slope", "coefficients")
)


class OutOfTime(Exception):
    """The budget is spent."""


class Search:
    """One attempt at a goal, within a time budget."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.failed: set[tuple[Any, ...]] = set()

    def solve(self, goal: Goal, fuel: int) -> Tree | None:
        """Return a tree of rules that leaves nothing to be shown, or None."""
        if time.process_time() > self.deadline:
            raise OutOfTime
        found = self.leaf(goal)
        if found is not None or fuel <= 0:
            return found
        key = (goal.target, goal.relation, tuple(sorted(goal.box.items())), goal.facts, fuel)
        if key in self.failed:
            return None
        found = self._tactics(goal, fuel)
        if found is None:
            self.failed.add(key)
        return found

    def leaf(self, goal: Goal) -> Tree | None:
        """Close a goal with one rule without parameters."""
        for node in LEAVES:
            if refined(goal, node) == []:
                return dict(node)
        return None

    def apply(self, goal: Goal, node: Node, fuel: int) -> Tree | None:
        """Use a rule and solve what remains."""
        remaining = refined(goal, node)
        if remaining is None:
            return None
        if not all(g.facts or plausible(g, 60) for g in remaining):
            return None
        parts = []
        for g in remaining:
            part = self.solve(g, fuel)
            if part is None:
                return None
            parts.append(part)
        return {**node, "parts": parts} if parts else dict(node)

    def first(self, goal: Goal, nodes: Iterator[Node], fuel: int) -> Tree | None:
        """The first proposal that works."""
        for node in nodes:
            found = self.apply(goal, node, fuel)
            if found is not None:
                return found
        return None

    def _tactics(self, goal: Goal, fuel: int) -> Tree | None:
        for name, _, relation in goal.facts:
            node = {"rule": "restrict", "fact": name}
            if relation in (">=", ">") and refined(goal, node) is not None:
                return self.apply(goal, node, fuel)
        if refined(goal, {"rule": "void"}) == []:
            return {"rule": "void"}
        if not plausible(goal) or not variables(goal.target):
            return self.absurd(goal, fuel)
        for proposals in TACTICS:
            with working_precision():
                try:
                    nodes = list(proposals(goal))
                except Rejected:
                    continue
            found = self.first(goal, iter(nodes), fuel - 1)
            if found is not None:
                return found
        found = self.divide(goal, fuel)
        return found if found is not None else self.absurd(goal, fuel)

    def absurd(self, goal: Goal, fuel: int) -> Tree | None:
        """Contradict one of the facts."""
        nodes = list(_denials(goal))
        return self.first(goal, iter(nodes), min(fuel - 1, 2)) if fuel > 1 else None

    # ---------------------------------------------------------------- dividing the box

    def divide(self, goal: Goal, fuel: int) -> Tree | None:
        """Split the box: at zero, at points where equality holds, then by bisection."""
        names = sorted(variables(goal.target) & set(goal.box))
        for x in names:
            r = goal.box[x]
            if r.lo is None and r.hi is None:
                return self.apply(goal, split(x, fmpq(0)), fuel - 1)
        if len(names) == 1:
            return self.line(goal, names[0], fuel)
        for x, at in lowest(goal, names):
            found = self.apply(goal, split(x, at), fuel - 1)
            if found is not None:
                return found
        for x in names:
            r = goal.box[x]
            if r.lo is None or r.hi is None:
                at = r.lo + 2 if r.lo is not None else r.hi - 2
                if fuel > 2:
                    return self.apply(goal, split(x, at), fuel - 1)
                return None
        return self.bisect(goal, 40)

    def line(self, goal: Goal, x: str, fuel: int) -> Tree | None:
        """One variable: isolate the points of equality, then bisect what is left."""
        r = goal.box[x]
        for at in touching(goal, x):
            return self.apply(goal, split(x, at), fuel)
        for end in ("lo", "hi"):
            limit = r.lo if end == "lo" else r.hi
            if limit is not None and vanishes(goal, x, limit):
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
            division = split(x, r.lo + width if end == "lo" else r.hi - width)
            parts = refined(goal, division)
            if parts is None:
                continue
            near, far = parts if end == "lo" else reversed(parts)
            first = self.leaf(near) or self.apply(near, node, fuel - 1)
            if first is None:
                continue
            second = self.solve(far, fuel - 1)
            if second is None:
                return None
            return {**division, "parts": [first, second] if end == "lo" else [second, first]}
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
            parts = refined(goal, split(x, limit + sign * step))
            if parts is None:
                continue
            near, far = parts if end == "lo" else reversed(parts)
            grown = refined(near, node)
            if grown is None or not all(plausible(g, 100) for g in grown):
                continue
            first = self.apply(near, node, fuel - 1)
            if first is None:
                continue
            second = self.solve(far, fuel - 1)
            if second is None:
                return None
            order = [first, second] if end == "lo" else [second, first]
            return {**split(x, limit + sign * step), "parts": order}
        return None

    def _tail(self, goal: Goal, x: str, fuel: int) -> Tree | None:
        """An unbounded range: argue far out by monotonicity, x = 1/t or signs; bisect the rest."""
        r = goal.box[x]
        if fuel <= 1:
            return None
        monotone = {"rule": "monotone", "variable": x, "end": "lo" if r.hi is None else "hi"}
        attempts: list[tuple[int, Node | None]] = [
            (far, monotone) for far in (1, 2, 4, 8, 16, 32, 64, 256, 1024)
        ]
        if r.hi is None:
            attempts += [(1, None), (4, None)]
        for far, node in attempts:
            if r.hi is None:
                at = fmpq(far) if r.lo < far else r.lo + far
            else:
                at = fmpq(-far) if r.hi > -far else r.hi - far
            parts = refined(goal, split(x, at))
            if parts is None:
                continue
            near, out = parts if r.hi is None else reversed(parts)
            nodes = reciprocal(out, x) if node is None else iter((node,))
            tail = self.leaf(out) or self.first(out, nodes, fuel - 2)
            if tail is None:
                continue
            rest = self.solve(near, fuel - 1)
            if rest is None:
                return None
            return {**split(x, at), "parts": [rest, tail] if r.hi is None else [tail, rest]}
        return None

    def bisect(self, goal: Goal, depth: int) -> Tree | None:
        """Branch and bound on a bounded box."""
        if time.process_time() > self.deadline:
            raise OutOfTime
        found = self.leaf(goal) or self._outside(goal)
        if found is not None or depth == 0:
            return found
        names = sorted((variables(goal.target) | _fact_names(goal)) & set(goal.box))
        names = [x for x in names if goal.box[x].lo is not None and goal.box[x].hi is not None]
        if not names:
            return None
        x = max(names, key=lambda x: self._influence(goal, x))
        r = goal.box[x]
        node = split(x, (r.lo + r.hi) / 2)
        remaining = refined(goal, node)
        if remaining is None:
            return None
        parts = []
        for g in remaining:
            part = self.bisect(g, depth - 1)
            if part is None:
                return None
            parts.append(part)
        return {**node, "parts": parts}

    def _outside(self, goal: Goal) -> Tree | None:
        """A cell on which some fact fails."""
        for node in _denials(goal):
            remaining = refined(goal, node)
            if remaining is not None:
                parts = [self.leaf(g) for g in remaining]
                if all(part is not None for part in parts):
                    return {**node, "parts": parts}
        return None

    @staticmethod
    def _influence(goal: Goal, x: str) -> float:
        r = goal.box[x]
        width = float(Fraction(int((r.hi - r.lo).p), int((r.hi - r.lo).q)))
        with working_precision():
            try:
                slope = goal.enclose(derivative(goal.target, x))
            except Rejected:
                return width
        if None in slope:
            return width * 1e6
        return width * (1e-9 + max(abs(float(slope.lo)), abs(float(slope.hi))))


def _denials(goal: Goal) -> Iterator[Node]:
    """Ways to contradict a fact."""
    for name, e, relation in goal.facts:
        for sign in ("+", "-") if relation == "==" else ("+",):
            if variables(e):
                yield {"rule": "absurd", "fact": name, "sign": sign}


def _fact_names(goal: Goal) -> set[str]:
    return set().union(*(variables(e) for _, e, _ in goal.facts)) if goal.facts else set()
