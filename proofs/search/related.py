"""Invariants that relate accumulators to each other; the simulation and the core decide.

Order of two sequences and mirrored bounds; the inequality of Cauchy and Schwarz between sums; the
part of a geometric sum that is still to come.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Reader, Relation, Term, constant, minus, plus, times
from proofs.search.closed_forms import MAX_SIZE, NO_FORM, counter_of, in_sympy
from theory.expressions.symbolic import from_sympy

GE = Relation.GE
MAX_COMPARED, MAX_TRIPLES, MAX_DEGREE = 4, 6, 4


def ordered(goal: Goal) -> list[Formula]:
    """Accumulators x, y with x >= y."""
    moving = _moving(goal)
    pairs = itertools.permutations(moving, 2) if len(moving) <= MAX_COMPARED else ()
    return [Formula(minus(x, y), GE) for x, y in pairs]


def mirrored(goal: Goal) -> list[Formula]:
    """|x| at most what x starts with."""
    assert goal.layers is not None
    starts = ((x, goal.layers.starts[x]) for x in _moving(goal))
    kept = [(x, e) for x, e in starts if constant(e) != 0]
    return [Formula(way(e, x), GE) for x, e in kept for way in (plus, minus)]


def _moving(goal: Goal) -> list[Term]:
    assert goal.layers is not None
    counter = counter_of(goal)
    return [x for x in goal.layers.starts if x != counter]


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
        change = sympy.expand(target.subs(steps, simultaneous=True) - target)
        own = {sympy.Symbol(x, real=True) for x in layers.variables}
        powers = {p for p in change.atoms(sympy.Pow) if p.exp.has(n)}
        bases = {p.base for p in powers if not (p.exp - n).has(n)}
        if len(bases) != 1 or change.free_symbols & ({*steps, *own} - {n}):
            return []
        (base,) = bases
        share = sympy.expand(change.subs({p: base ** (p.exp - n) for p in powers}))
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


def integrals(goal: Goal) -> Iterator[list[Formula]]:
    """The target where a step changes it by -c (n + b)^-r, r > 1: less the integral still to come.

    From n + b - 1 on, as the terms fall, and from n + b - 1/2 on, as they are convex. Where that is
    no positive number at first, the first step is taken apart: what was added is at most n terms.
    """
    layers, counter = goal.layers, counter_of(goal)
    assert layers is not None
    if counter is None or goal.relation is not GE:
        return
    names = frozenset({*goal.variables, *layers.variables})
    n = sympy.Symbol(str(counter.value), real=True)
    try:
        target = in_sympy(goal.target, names)
        steps = {
            sympy.Symbol(str(x.value), real=True): in_sympy(u, names)
            for x, u in layers.updates.items()
        }
        change = sympy.factor(target.subs(steps, simultaneous=True) - target)
        change = sympy.powsimp(change)
        begin = in_sympy(layers.starts[counter], names)
        powers = [p for p in change.atoms(sympy.Pow) if p.has(n)]
        if len(powers) != 1 or change.free_symbols & ({*steps} - {n}):
            return
        (power,) = powers
        base, r, c = power.base, -power.exp, -change / power
        if sympy.expand(base - n).has(n) or r.has(n) or c.has(n):
            return
        first = base.subs(n, begin)
        for back in (1, sympy.Rational(1, 2)):
            if not (first - back).is_number or (back != 1 and not r.is_number):
                return
            at = goal.reader().term(str(from_sympy(base - back)))
            if first - back <= 0:
                at = Term("max", at, goal.reader().term(str(from_sympy(sympy.Integer(1)))))
            inner = sympy.Symbol("lemmata_at", positive=True)
            left = str(from_sympy(c / (r - 1) * inner ** (1 - r)))
            known = {**goal.reader().known, "lemmata_at": at}
            whole = [Formula(minus(goal.target, Reader(known).term(left)), GE)]
            if first - back <= 0:
                start = {
                    sympy.Symbol(str(x.value), real=True): in_sympy(e, names)
                    for x, e in layers.starts.items()
                }
                size = c * first ** (-r)
                lost = target.subs(start) - target  # what was added until now
                term = goal.reader().term(str(from_sympy(size * (n - begin) - lost)))
                whole.append(Formula(term, GE))
            yield whole
    except NO_FORM:
        return
