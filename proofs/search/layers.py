"""Statements about every depth: look for an invariant that survives a layer.

Candidates are the conclusion, signs and bounds, the conclusion one step ahead, and closed forms of
the recursions. What a simulation in floating point contradicts is dropped at once. The others are
assumed together; whoever does not survive a layer is dropped, until all that remain do (the method
of Houdini). They have to imply the conclusion.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from proofs.core.goals import Goal
from proofs.core.terms import (
    ZERO,
    Formula,
    Relation,
    integral,
    minus,
    neg,
    replaced,
)
from proofs.search import moves
from proofs.search.antilogs import arrived as by_antilog
from proofs.search.antilogs import largest
from proofs.search.apart import counted, vanishing
from proofs.search.arrival import arrived, end_of
from proofs.search.carried import carried, counter_of
from proofs.search.complexity import square
from proofs.search.decay import attained, decaying
from proofs.search.engine import Search
from proofs.search.forms import Forms
from proofs.search.later import later
from proofs.search.radicals import both_squared, radical
from proofs.search.schwarz import weighted
from proofs.search.simulated import survives, trajectories
from proofs.search.trees import Hole, Tree, closed, opened

FUELS = (2, 3, 5, 6)
FIRST_SLICE = 10_000  # work for one thing to show, twice as much in each round
LATER = 3  # so much more work where only a later step keeps the target
SEVERAL = 3  # invariants
GE, GT, EQ, NE = Relation.GE, Relation.GT, Relation.EQ, Relation.NE


def argue(
    goal: Goal,
    search: Search,
    given: Sequence[Formula] = (),
    siblings: Sequence[Formula] = (),
) -> Tree | None:
    """A tree of rules for a goal about layers, or None.

    ``given`` are invariants to try first, ``siblings`` what else the statement concludes.
    """
    runs = list(trajectories(goal))
    sets: list[list[Formula]] = []
    for chosen in _candidates(goal, given, siblings):  # each is tried before others are made
        kept = list(dict.fromkeys(f for f in chosen if _plain(goal, f) or survives(f, runs)))
        if kept and kept not in sets:
            sets.append(kept)
            found, _ = _houdini(goal, kept, search, FUELS[0], FIRST_SLICE)
            if found is not None:
                return found
    from proofs.search.leftover import leftovers  # SymPy

    work, late = FIRST_SLICE, (goal.target, *leftovers(goal))
    for round_, fuel in enumerate(itertools.chain(FUELS, itertools.repeat(FUELS[-1]))):
        whole = True
        for e in late:
            late_step = partial(later, goal, search, min(fuel, 3), e)
            found, ended = search.within(LATER * work, late_step)
            if found is not None:
                return found
            whole &= ended
        for kept in sets if round_ else ():
            found, ended = _houdini(goal, kept, search, fuel, work)
            if found is not None:
                return found
            whole &= ended
        if whole and round_ and fuel == FUELS[-1]:
            return None
        work *= 2
    return None


def _plain(goal: Goal, formula: Formula) -> bool:
    """Whether an accumulator starts above zero: one that is never lowered may underflow to it."""
    layers, (e, relation) = goal.layers, formula
    if layers is None or relation is not GT or e not in layers.starts:
        return False
    update = layers.updates[e]
    grows = update.head == "+" and update.parts[0] == e and goal.knows(update.parts[1], GE)
    return grows and goal.knows(layers.starts[e], GT)


def _houdini(
    goal: Goal, kept: Sequence[Formula], search: Search, fuel: int, work: int
) -> tuple[Tree | None, bool]:
    """A proof from those of some invariants that survive, and whether the work was enough."""
    whole = True
    while kept and (found := opened(goal, moves.invariant("", kept))) is not None:
        tree, holes = found
        failed, ended = _solve(goal, kept, holes, search, fuel, work)
        whole &= ended
        if failed is None:
            return closed(tree), whole
        if not failed:
            break
        kept = [f for f in kept if f not in failed]
    return None, whole


def _candidates(
    goal: Goal, given: Sequence[Formula], siblings: Sequence[Formula]
) -> Iterator[list[Formula]]:
    """Sets of invariants worth trying, small ones first."""
    assert goal.layers is not None
    conclusion = Formula(goal.target, goal.relation)
    signs: list[Formula] = []
    bounds: list[Formula] = []
    counters: list[Formula] = []
    for x, start in goal.layers.starts.items():
        low = Formula(minus(x, start) if start != ZERO else x, GE)
        if x.head == "integer" and integral(start):
            counters.append(low)
            continue
        signs += [Formula(x, GE), Formula(x, GT)]
        bounds += [low, Formula(minus(start, x) if start != ZERO else neg(x), GE)]
    if given:
        yield [*counters, *given]
        yield [*counters, *given, *signs]
    # SymPy, half a second:
    from proofs.search.both_sides import both_sides
    from proofs.search.closed_forms import closed_forms, numerators, potentials
    from proofs.search.compounded import rated
    from proofs.search.convolved import convolved
    from proofs.search.duals import antilogs, homogenised, lagrangian, summed
    from proofs.search.estimates import estimates
    from proofs.search.remaining import remaining
    from proofs.search.weighed import weighed

    if _geometric(goal) and (exact := closed_forms(goal)):
        yield [*counters, *exact]
    if shares := weighed(goal):
        yield [*counters, *shares]
    if any(u.head == "max" for u in goal.layers.updates.values()) and (sizes := antilogs(goal)):
        yield [*counters, *signs, *sizes]
    ended = list(remaining(goal))
    yield from ([*counters, *coming] for coming in ended)
    if ended and not goal.layers.variables:
        return
    if potential := potentials(goal):
        yield [*counters, *signs, *potential]
    if squared := _squared(goal):
        yield [*counters, *(f for f in signs if f.relation is GE), *squared]
        yield [*counters, *signs, *squared]
    if falling := decaying(goal):
        yield [*counters, *falling]
    for sides in both_sides(goal):
        yield [*counters, *sides]
    if sums := estimates(goal):
        yield [*counters, *sums]
    for coming in convolved(goal):
        yield from ([*counters, *also, *coming] for also in ([], signs))
    yield [*counters, conclusion]
    yield [*counters, *signs, conclusion]

    from proofs.search.lyapunov import heights, squares
    from proofs.search.modes import modes
    from proofs.search.related import (
        halves,
        integrals,
        mirrored,
        multiplied,
        ordered,
        schwarz,
        tails,
    )

    if siblings:
        yield [*counters, *signs, conclusion, *siblings]
    if falls := squares(goal):
        yield [*counters, *falls]
    if tops := heights(goal):
        yield [*counters, *signs, *tops, conclusion]
    if weighted := lagrangian(goal):
        yield [*counters, *signs, *weighted]
    if shares := homogenised(goal):
        yield [*counters, *signs, *shares]
    for other in summed(goal):
        whole = [Formula(other.target, other.relation), *numerators(other)]
        yield [*counters, *signs, *whole]
    if products := antilogs(goal):
        yield [*counters, *signs, *products]
    if coming := tails(goal):
        yield [*counters, *signs, *coming]
    for coming in (*integrals(goal), *multiplied(goal), *halves(goal)):
        yield [*counters, *signs, *coming]
    if sums := schwarz(goal):
        yield from ([*counters, *signs, *sums, *also] for also in ([], [conclusion]))
    for others in (ordered(goal), mirrored(goal)):
        if others:
            yield [*counters, *signs, *others, conclusion]
    if whole := numerators(goal):
        yield [*counters, *signs, *whole]
    for combined in modes(goal):
        yield from ([*counters, *signs, *combined, *also] for also in ([], [conclusion]))
    exact = closed_forms(goal)
    for way in rated(goal, exact):
        yield [*counters, way]
    for also in ([], signs, [*signs, conclusion]) if exact else ():
        yield [*counters, *exact, *also]
    if goal.relation is GE:
        equal = (goal.target, replaced(goal.target, goal.layers.updates))
        yield [*counters, *(Formula(e, EQ) for e in equal)]
    yield [*counters, *signs, *bounds, conclusion]
    ahead = replaced(goal.target, goal.layers.updates)
    if not ahead.names & set(map(str, goal.layers.variables)):
        yield [*counters, *signs, conclusion, Formula(ahead, goal.relation)]


def _geometric(goal: Goal) -> bool:
    """Whether a sum that depends on its end is of powers, with the counter in the exponent."""
    counter = counter_of(goal)
    if goal.layers is None or counter is None or end_of(goal) is None:
        return False
    name = str(counter.value)
    powers = [e for u in goal.layers.updates.values() for e in u.walk() if e.head == "**"]
    return any(name in e.parts[1].names and name not in e.parts[0].names for e in powers)


def _squared(goal: Goal) -> list[Formula]:
    """A comparison of multiples of square roots as one of their squares, which moves by steps."""
    target = goal.target
    if target.head != "-" or not any(e.head == "sqrt" for e in target.walk()):
        return []
    squares = [square(e) for e in target.parts]
    return [] if None in squares else [Formula(minus(*squares), goal.relation)]


def _solve(
    goal: Goal,
    kept: Sequence[Formula],
    holes: Sequence[Hole],
    search: Search,
    fuel: int,
    work: int,
) -> tuple[list[Formula] | None, bool]:
    """Fill the holes: None if all are filled, else the invariants that failed; and if in time."""
    starts, updates = _instances(goal, kept)
    failed: list[Formula] = []
    whole = True
    for hole in holes:
        attempt = partial(_carried, hole.goal, search, fuel)
        if hole.goal.target == goal.target and hole.goal.layers is None:
            attempt = partial(_concluded, hole.goal, search, fuel)
        late = partial(vanishing, hole.goal, search, fuel)
        if attempt.func is _concluded:
            late = partial(counted, hole.goal, search, fuel)
        tree, ended = search.within(work, late)
        if tree is None:
            tree, ended = search.within(work, attempt)
        whole &= ended
        if tree is not None:
            hole.filled = tree
            continue
        said = Formula(hole.goal.target, hole.goal.relation)
        guilty = [f for f, s, u in zip(kept, starts, updates, strict=True) if said in (s, u)]
        if not guilty:
            return [], whole
        failed += guilty
    return failed or None, whole


def _carried(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """What a step keeps; one of several sums that others bound, too, by itself first."""
    if goal.relation in (GT, NE):  # mostly that something is defined
        share = max(0, search.limit - search.spent) // 4
        plainly, _ = search.within(share, partial(search.solve, goal, min(fuel, 2)))
        if plainly is not None:
            return plainly
    if sum(label.startswith("invariant ") for label in goal.facts) > SEVERAL:
        from proofs.search.estimates import gained  # SymPy

        if (made := gained(goal, search, min(fuel, 3))) is not None:
            return made
    if (made := weighted(goal, search)) is not None:
        return made
    if any(e.head == "max" for e in goal.target.walk()) and (made := largest(goal, search)):
        return made
    return carried(goal, search, fuel)


def _concluded(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """The conclusion from invariants: roots are isolated first, for these were squared."""
    if (at_end := arrived(goal)) is not None:
        return search.apply(goal, at_end, fuel)
    if (made := by_antilog(goal, search)) is not None:
        return made
    from proofs.search.both_sides import united  # SymPy
    from proofs.search.compounded import compounded
    from proofs.search.weighed import united as by_one

    share = max(0, search.limit - search.spent) // 4
    made, _ = search.within(share, partial(by_one, goal, search, fuel))
    if made is not None:
        return made
    for tree in itertools.chain(attained(goal), compounded(goal), united(goal)):
        if (made := search.apply(goal, tree, min(fuel, 3))) is not None:
            return made
    if sum(label.startswith("invariant ") for label in goal.facts) > SEVERAL:
        from proofs.search.estimates import estimated  # SymPy

        if (made := estimated(goal, search, min(fuel, 3))) is not None:
            return made
    if any(e.head == "sqrt" for e in goal.target.walk()):
        forms = Forms(goal)
        for tree in itertools.chain(both_squared(goal, forms), radical(goal, forms)):
            found = opened(goal, tree)
            made = None if found is None else search.filled(*found, fuel=min(fuel, 3))
            if made is not None:
                return made
    return search.solve(goal, fuel)


def _instances(goal: Goal, kept: Sequence[Formula]) -> tuple[list[Any], list[Any]]:
    assert goal.layers is not None
    starts = [Formula(replaced(f.term, goal.layers.starts), f.relation) for f in kept]
    updates = [Formula(replaced(f.term, goal.layers.updates), f.relation) for f in kept]
    return starts, updates
