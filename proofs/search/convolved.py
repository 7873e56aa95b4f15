"""Recursions on a sum of what was before: x' <= c + b (x_0 + ... + x_n), the discrete Groenwall.

A step bounds x' by a formula of x and of accumulators such as S' = S + b x. Written in what these
become, it has no x any more: here it is c + S'. So x <= c + S is kept by every step, and what is
claimed of x holds if it holds of c + S, which has a step of its own: b x is at most b (c + S).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, minus
from proofs.search.carried import counter_of
from proofs.search.closed_forms import MAX_SIZE, NO_FORM, in_sympy, symbol_of
from theory.expressions.symbolic import from_sympy

EQ, GE = Relation.EQ, Relation.GE
MAX_STATES = 5
Steps = Mapping[sympy.Symbol, sympy.Expr]


def convolved(goal: Goal) -> Iterator[list[Formula]]:
    """A state is below what the others make of it, and the target with that in its place."""
    layers, counter = goal.layers, counter_of(goal)
    if layers is None or goal.relation is not GE or len(layers.starts) > MAX_STATES:
        return
    names = frozenset({*goal.variables, *layers.variables})
    own = [symbol_of(y) for y in layers.variables.values()]
    slacks = [symbol_of(f.term) for f in layers.facts.values() if not f.term.parts]
    try:
        steps = {symbol_of(x): in_sympy(u, names) for x, u in layers.updates.items()}
        target = in_sympy(goal.target, names)
        for x in layers.starts:
            here = symbol_of(x)
            if x == counter or here not in target.free_symbols:
                continue
            drawn = [s for s in slacks if s in own and sympy.diff(steps[here], s) in (1, -1)]
            bound = _bound({**steps, here: steps[here].subs(dict.fromkeys(drawn, 0))}, here)
            if len(drawn) > 1 or bound is None or bound.free_symbols & set(own):
                continue
            most, kept = (
                goal.reader().term(str(from_sympy(e)))
                for e in (bound, sympy.expand(target.subs(here, bound)))
            )
            if max(most.size, kept.size) <= MAX_SIZE:
                above = bool(drawn) and sympy.diff(steps[here], drawn[0]) == -1
                said = minus(most, x) if above else minus(x, most)
                yield [Formula(said, GE if drawn else EQ), Formula(kept, GE)]
    except NO_FORM:
        return


def _bound(steps: Steps, x: sympy.Symbol) -> sympy.Expr | None:
    """The step of x in what others become, if nothing else is in it: each is linear in itself."""
    before: dict[sympy.Symbol, sympy.Expr] = {}
    for y in steps[x].free_symbols & set(steps) - {x}:
        slope = sympy.diff(steps[y], y)
        rest = sympy.expand(steps[y] - slope * y)
        if slope == 0 or (slope.free_symbols | rest.free_symbols) & (set(steps) - {x}):
            return None
        before[y] = (y - rest) / slope
    whole = sympy.expand(sympy.simplify(steps[x].subs(before, simultaneous=True)))
    return None if not before or x in whole.free_symbols else whole
