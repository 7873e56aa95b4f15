"""Invariants that a recursion keeps from a later step on: what is before it is counted through.

The target T survives a step once n >= m. So max(T, m - 1/2 - n) is kept by every step, if T holds
at m; that follows from the values c_k of the recursion at the first few k, of which
max(c_k - x, (n - k)^2 - 1/2) says that x is at most c_k where n = k.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from flint import fmpq

from proofs.core.goals import Goal, Layers, Range
from proofs.core.terms import (
    ZERO,
    Formula,
    Relation,
    Term,
    constant,
    linear,
    minus,
    neg,
    number,
    over,
    power,
    replaced,
    text,
)
from proofs.search import moves
from proofs.search.carried import carried, counter_of
from proofs.search.climbing import climb
from proofs.search.engine import Search
from proofs.search.floats import plausible
from proofs.search.trees import Tree, cases, closed, cone, have, opened, unused

GE, GT = Relation.GE, Relation.GT
MAX_LATE, MAX_SIZE, NEAR = 6, 160, 5
HALF_ = fmpq(1, 2)
HALF = number(HALF_)
Solver = Callable[[Goal], Tree | None]


def later(goal: Goal, search: Search, fuel: int, kept: Term) -> Tree | None:
    """The target as an invariant from a later step on, for the first such step that works.

    Or anything else that is ``kept`` and at most the target.
    """
    layers, n = goal.layers, counter_of(goal)
    begin = None if layers is None or n is None else constant(layers.starts[n])
    if layers is None or n is None or begin is None or goal.relation is not GE:
        return None
    downward = _slacks(goal, layers)
    if downward is None:
        return None
    if kept == goal.target and _Later(goal, kept, layers, n, begin, begin, search, fuel).survives():
        return None  # as it stands
    for m in range(1, MAX_LATE + 1):
        made = _Later(goal, kept, layers, n, begin, begin + m, search, fuel)
        if made.values(downward) and made.begins() and made.survives():
            found = made.tree()
            if found is not None:
                return found
    return None


def _slacks(goal: Goal, layers: Layers) -> bool | None:
    """Whether what a step draws, a number s >= 0, is taken away from what it makes.

    None where a step draws anything else, or adds it in one place and takes it away in another.
    """
    signs = set()
    for name, s in layers.variables.items():
        if not any(f == Formula(s, GE) for f in layers.facts.values()):
            return None
        uses = [u for u in layers.updates.values() if name in u.names]
        lines = [linear(u, s) for u in uses]
        signs |= {None if line is None else line[0] for line in lines}
    if not signs <= {fmpq(-1)} and not signs <= {fmpq(1)}:
        return None
    return signs != {fmpq(1)}


@dataclass
class _Later:
    """One attempt, with the step from which on the target is kept."""

    goal: Goal
    kept: Term
    layers: Layers
    n: Term
    begin: fmpq
    late: fmpq
    search: Search
    fuel: int

    def values(self, downward: bool) -> bool:
        """The bounds of all accumulators at the first steps, as gaps that are >= 0 there."""
        steps, now = self.layers.updates, dict(self.layers.starts)
        none: dict[Term, Term] = dict.fromkeys(self.layers.variables.values(), ZERO)
        self.gaps: dict[int, list[Term]] = {}
        for k in range(int(self.begin), int(self.late)):
            known = [(c, x) for x, c in now.items() if x != self.n]
            known = [(_short(c), x) for c, x in known]
            ways = [minus(*pair) for pair in known] if downward or not none else []
            if not downward or not none:
                ways += [minus(x, c) for c, x in known]
            self.gaps[k] = ways
            now = {x: _short(replaced(e, {**now, **none})) for x, e in steps.items()}
        self.now = now
        return all(e.size <= MAX_SIZE for gaps in self.gaps.values() for e in gaps)

    def begins(self) -> bool:
        """Whether what is kept holds at the late step, by the values of the recursion there."""
        now = {**self.now, self.n: number(self.late)}
        return plausible(self.goal.aimed(replaced(self.kept, now), self.goal.relation), 60)

    def survives(self) -> bool:
        """Whether sampling finds no step from the late one on that loses the target.

        Where the target holds with equality, if it is linear in what it bounds: there it is lost.
        """
        held = {n: f for n, f in self.goal.facts.items() if n not in self.layers.finals}
        names = {**self.goal.variables, **self.layers.variables}
        box = {**self.goal.box, **dict.fromkeys(self.layers.variables, Range())}
        here = replace(self.goal, variables=names, box=box, facts=held, layers=None)
        here = here.where("late", Formula(minus(self.n, number(self.late)), GE))
        for name, fact in self.layers.facts.items():
            here = here.where(f"layer {name}", fact)
        step = replaced(self.kept, self.layers.updates)
        target = self.kept
        lines = ((x, linear(target, x)) for x in self.layers.starts if x != self.n)
        worst: dict[Term, Term] = dict.fromkeys(self.layers.variables.values(), ZERO)
        for x, line in lines:
            if line is not None and line[0] != 0 and x.value not in line[1].names:
                worst[x] = over(neg(line[1]), number(line[0]))
                break
        else:
            here = here.where("invariant 0", Formula(target, self.goal.relation))
        for k in range(NEAR):
            at = number(self.late + k)
            near = {**{x: replaced(e, {self.n: at}) for x, e in worst.items()}, self.n: at}
            if not plausible(here.aimed(replaced(step, near), GE), 60):
                return False
        return plausible(here.aimed(replaced(step, worst), GE), 300)

    # Claims ---------------------------------------------------------------------------------------

    def tree(self) -> Tree | None:
        """The proof."""
        n, target = self.n, self.kept
        here = Formula(minus(n, number(self.begin)), GE)
        self.guards: dict[Term, tuple[Term, Term]] = {}  # by the whole: what is said, its guard
        self.labels: dict[Term, str] = {}
        claims = [here]
        for k, gaps in self.gaps.items():
            apart = minus(power(minus(n, number(k)), number(2)), HALF)
            claims += [self._claim(gap, apart, len(claims) + i) for i, gap in enumerate(gaps)]
        early = minus(number(self.late - HALF_), n)
        self.whole = self._claim(target, early, len(claims), self.goal.relation).term
        claims.append(Formula(self.whole, self.goal.relation))
        found = opened(self.goal, moves.invariant("", claims))
        if found is None:
            return None
        steps = {replaced(f.term, self.layers.updates): f.term for f in claims}
        for hole in found[1]:
            old, here_ = steps.get(hole.goal.target), hole.goal
            solver: Solver
            if old in self.guards:
                solver = partial(self._step, whole=old)
            elif here_.target == self.goal.target and "invariant 0" in here_.facts:
                solver = self._concluded
            else:
                solver = partial(self.search.solve, fuel=self.fuel)
            made = self.search.leaf(here_) or solver(here_)
            if made is None:
                return None
            hole.filled = made
        return closed(found[0])

    def _claim(self, e: Term, guard: Term, place: int, relation: Relation = GE) -> Formula:
        whole = Term("max", e, guard)
        self.guards[whole], self.labels[whole] = (e, guard), f"invariant {place}"
        return Formula(whole, relation)

    def _relation(self, whole: Term) -> Relation:
        return self.goal.relation if whole == self.whole else GE

    # Trees ----------------------------------------------------------------------------------------

    def _fill(self, goal: Goal, node: Tree, *last: Solver) -> Tree | None:
        """A node whose last holes are filled as is said, the others as is plain."""
        found = opened(goal, node)
        if found is None or len(found[1]) < len(last):
            return None
        plain: list[Solver] = [partial(self.search.solve, fuel=2)]
        plain *= len(found[1]) - len(last)
        for hole, solver in zip(found[1], (*plain, *last), strict=True):
            made = solver(hole.goal)
            if made is None:
                return None
            hole.filled = made
        return closed(found[0])

    def _split(self, goal: Goal, at: fmpq, above: Solver, below: Solver) -> Tree | None:
        """Apart at n > at, for an end between two integers; what cannot be is not asked."""
        r, x = goal.box[str(self.n.value)], self.n
        if r.lo is not None and r.lo > at:
            return above(goal)
        if r.hi is not None and r.hi < at:
            return below(goal)
        (name,) = unused(goal, "step")
        return self._fill(goal, cases(name, text(minus(x, number(at)))), above, below)

    def _said(self, goal: Goal, wholes: list[Term], then: Solver) -> Tree | None:
        """What some invariants say where their guards are negative, as facts."""
        if not wholes:
            return then(goal)
        whole, *others = wholes
        e, guard = self.guards[whole]
        label = self.labels[whole]
        name, way = unused(goal, "invariant late", 2)
        below = cone([(1, [label], "1"), (1, [f"sign:{text(neg(guard))}"], "1")], sign=0)
        proof = cases(way, text(minus(e, guard)), cone([(1, [label], "1")]), below)
        return self._fill(goal, have(name, Formula(e, self._relation(whole)), proof, None),
                          partial(self._said, wholes=others, then=then))  # fmt: skip

    def _step(self, goal: Goal, whole: Term) -> Tree | None:
        """What one guarded invariant becomes: nothing new but where its guard is negative."""
        e, guard = (replaced(part, self.layers.updates) for part in self.guards[whole])
        there = partial(self._guarded, said=Formula(e, self._relation(whole)), guard=guard)
        plain = self.search.leaf
        if whole == self.whole:
            first = partial(self._said, wholes=self._at(int(self.late) - 1), then=there)
            kept = partial(self._said, wholes=[whole], then=there)
            at = self.late - HALF_
            above = partial(self._split, at=at, above=kept, below=first)
            return self._split(goal, at - 1, above, plain)
        k = next(k for k, gaps in self.gaps.items() if self.guards[whole][0] in gaps)
        if k == self.begin:
            return None
        inside = partial(self._said, wholes=self._at(k - 1), then=there)
        above = partial(self._split, at=fmpq(2 * k - 1, 2), above=plain, below=inside)
        return self._split(goal, fmpq(2 * k - 3, 2), above, plain)

    def _at(self, k: int) -> list[Term]:
        """The invariants about one of the first steps."""
        return [w for w, (e, _) in self.guards.items() if e in self.gaps[k] and self._about(w, k)]

    def _about(self, whole: Term, k: int) -> bool:
        apart = minus(power(minus(self.n, number(k)), number(2)), HALF)
        return self.guards[whole][1] == apart

    def _guarded(self, goal: Goal, said: Formula, guard: Term) -> Tree | None:
        """The larger of two is not negative, as the first is not."""
        name, way = unused(goal, "kept", 2)
        other = cone([(1, [way], "1"), (1, [name], "1")])
        last = cases(way, text(minus(said.term, guard)), cone([(1, [name], "1")]), other)
        return self._fill(goal, have(name, said, None, last), self._shown)

    def _shown(self, goal: Goal) -> Tree | None:
        """What does not need the guarded invariants any more; at one step with the number for n."""
        # In the goal as it is: names of facts that come later depend on how many there are.
        made = self._gained(goal) if self.kept != self.goal.target else None
        if made is not None:
            return made
        facts = {n: f for n, f in goal.facts.items() if f.term not in self.guards}
        goal, x = replace(goal, facts=facts), str(self.n.value)

        if goal.box[x].lo == goal.box[x].hi:
            at = moves.point(goal, x)
            return self._known(goal, at) or self.search.apply(goal, at, self.fuel)
        return carried(goal, self.search, self.fuel)

    def _gained(self, goal: Goal) -> Tree | None:
        """The target as what was kept and what a step adds to it, of the counter alone."""
        others = dict.fromkeys((x for x in self.layers.updates if x != self.n), ZERO)
        for label, (e, relation) in goal.facts.items():
            gain = Formula(replaced(minus(goal.target, e), others), GE)
            known = label.startswith("invariant late") and relation is GE
            if not known or goal.relation is not GE or not plausible(goal.aimed(*gain), 120):
                continue
            (name,) = unused(goal, "gain")
            last = cone([(1, [name], "1"), (1, [label], "1")])
            solver = partial(_climbed, search=self.search, fuel=self.fuel)
            found = self._fill(goal, have(name, gain, None, last), solver)
            if found is not None:
                return found
        return None

    def _known(self, goal: Goal, node: Tree) -> Tree | None:
        """What one of the facts says, at a step with a number."""
        found = opened(goal, node)
        for hole in found[1] if found is not None else ():
            facts = (label for label, f in hole.goal.facts.items() if f.relation is GE)
            ways = (opened(hole.goal, cone([(1, [label], "1")])) for label in facts)
            hole.filled = next((closed(way[0]) for way in ways if way and not way[1]), {})
        return closed(found[0]) if found is not None and all(h.filled for h in found[1]) else None

    def _concluded(self, goal: Goal) -> Tree | None:
        """The target: by itself from the late step on, at each step before it by the values."""
        then = self.search.leaf if self.kept == self.goal.target else self._shown
        above = partial(self._said, wholes=[self.whole], then=then)
        last = int(self.late) - 1
        return self._split(goal, last + HALF_, above, partial(self._early, k=last))

    def _early(self, goal: Goal, k: int) -> Tree | None:
        """The target at a step before the late one."""
        here = partial(self._said, wholes=self._at(k), then=self._shown)
        if k == self.begin:
            return here(goal)
        return self._split(goal, k - HALF_, here, partial(self._early, k=k - 1))


def _climbed(goal: Goal, search: Search, fuel: int) -> Tree | None:
    return search.leaf(goal) or climb(goal, search) or search.solve(goal, fuel)


def _short(e: Term) -> Term:
    """A number as such."""
    q = constant(e)
    return e if q is None else number(q)
