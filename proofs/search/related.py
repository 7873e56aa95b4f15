"""Invariants that relate accumulators to each other; the simulation and the core decide.

Order of two sequences and mirrored bounds; the inequality of Cauchy and Schwarz between sums; the
part of a geometric sum that is still to come.
"""

from __future__ import annotations

import itertools

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term, constant, minus, plus, times
from proofs.search.closed_forms import MAX_SIZE, NO_FORM, counter_of, in_sympy
from theory.expressions.symbolic import from_sympy

GE = Relation.GE
MAX_COMPARED, MAX_TRIPLES, MAX_DEGREE = 4, 6, 4


def compared(goal: Goal) -> list[Formula]:
    """x >= y for accumulators x, y, and |x| at most what x starts with."""
    layers = goal.layers
    assert layers is not None
    counter = counter_of(goal)
    moving = [x for x in layers.starts if x != counter]
    if len(moving) > MAX_COMPARED:
        return []
    found = [Formula(minus(x, y), GE) for x, y in itertools.permutations(moving, 2)]
    for x in moving:
        start = layers.starts[x]
        if constant(start) != 0:
            found += [Formula(plus(start, x), GE), Formula(minus(start, x), GE)]
    return found


def schwarz(goal: Goal) -> list[Formula]:
    """X Z >= Y^2 where a step takes X to q X + u, Y to q Y + v, Z to q Z + w with v^2 = u w."""
    layers = goal.layers
    assert layers is not None
    names = frozenset({*goal.variables, *layers.variables})
    parts: dict[Term, tuple[sympy.Expr, sympy.Expr]] = {}
    try:
        for x, update in layers.updates.items():
            step, symbol = in_sympy(update, names), sympy.Symbol(str(x.value), real=True)
            slope = sympy.diff(step, symbol)
            if not slope.has(symbol):
                parts[x] = slope, sympy.expand(step - slope * symbol)
    except NO_FORM:
        return []
    states = {sympy.Symbol(str(x.value), real=True) for x in layers.updates}
    found = []
    for y, (slope, v) in parts.items():
        if v == 0 or v.free_symbols & states:
            continue
        for x, z in itertools.combinations([x for x in parts if x != y], 2):
            (a, u), (b, w) = parts[x], parts[z]
            if slope == a == b and sympy.expand(v**2 - u * w) == 0:
                found.append(Formula(minus(times(x, z), times(y, y)), GE))
    return found[:MAX_TRIPLES]


def tails(goal: Goal) -> list[Formula]:
    """The target T where a step changes it by p(n) b^n: T less q(n) b^n, which no step changes.

    The polynomial q has q(n) - b q(n + 1) = p(n), so that the target is what is still to come.
    """
    layers, counter = goal.layers, counter_of(goal)
    assert layers is not None
    if counter is None or goal.relation is not GE:
        return []
    names = frozenset({*goal.variables, *layers.variables})
    n = sympy.Symbol(str(counter.value), real=True)
    try:
        target = in_sympy(goal.target, names)
        steps = {
            sympy.Symbol(str(x.value), real=True): in_sympy(u, names)
            for x, u in layers.updates.items()
        }
        moved = target.subs(steps, simultaneous=True)
        change = sympy.expand(sympy.powsimp(sympy.expand(moved - target)), power_exp=True)
        own = {sympy.Symbol(x, real=True) for x in layers.variables}
        bases = {p.base for p in change.atoms(sympy.Pow) if p.exp == n}
        if len(bases) != 1 or change.free_symbols & ({*steps, *own} - {n}):
            return []
        (base,) = bases
        share = sympy.expand(change / base**n)
        degree = sympy.degree(share, n) if share.is_polynomial(n) else MAX_DEGREE + 1
        if base.has(n) or degree > MAX_DEGREE:
            return []
        unknown = sympy.symbols(f"q0:{degree + 1}")
        q = sum(c * n**k for k, c in enumerate(unknown))
        rows = sympy.Poly(sympy.expand(q - base * q.subs(n, n + 1) + share), n).coeffs()
        solved = sympy.solve(rows, unknown, dict=True)
        if not solved:
            return []
        rest = sympy.factor(q.subs(solved[0])) * base**n
        term = goal.reader().term(str(from_sympy(rest)))
        kept = minus(goal.target, term)
        return [Formula(kept, GE)] if term.size <= MAX_SIZE else []
    except NO_FORM:
        return []

