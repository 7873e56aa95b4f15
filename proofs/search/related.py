"""Invariants that relate accumulators to each other; the simulation and the core decide.

Order of two sequences and mirrored bounds; the inequality of Cauchy and Schwarz between sums; the
part of a geometric sum that is still to come.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    Formula,
    Reader,
    Relation,
    Term,
    constant,
    exp,
    minus,
    plus,
    times,
)
from proofs.search.carried import counter_of
from proofs.search.closed_forms import MAX_SIZE, NO_FORM, in_sympy
from theory.expressions.symbolic import from_sympy

GE = Relation.GE
MAX_COMPARED, MAX_TRIPLES, MAX_DEGREE = 4, 6, 4


def _name(x: Term) -> str:
    return str(x.value)


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
    """The target T where a step changes it by p(n) b^n: T less q(n) b^n, which no step changes."""
    layers, counter = goal.layers, counter_of(goal)
    assert layers is not None
    if counter is None or goal.relation is not GE:
        return []
    try:
        rest = _geometric(goal, counter, stepped(goal))
        term = None if rest is None else goal.reader().term(str(from_sympy(rest)))
    except NO_FORM:
        return []
    if term is None or term.size > MAX_SIZE:
        return []
    return [Formula(minus(goal.target, term), GE)]


def stepped(goal: Goal) -> sympy.Expr:
    """By what a step changes the target, without a slack of the layer that only adds to it."""
    layers = goal.layers
    assert layers is not None
    names = frozenset({*goal.variables, *layers.variables})
    target = in_sympy(goal.target, names)
    steps = {
        sympy.Symbol(str(x.value), real=True): in_sympy(u, names) for x, u in layers.updates.items()
    }
    change = target.subs(steps, simultaneous=True) - target
    for name, y in layers.variables.items():
        slack = sympy.Symbol(name, real=True)
        slope = sympy.expand(change).diff(slack)
        if Formula(y, GE) in layers.facts.values() and slope.is_number and slope > 0:
            change = change.subs(slack, 0)
    return change


def _geometric(goal: Goal, counter: Term, change: sympy.Expr) -> sympy.Expr | None:
    """What is still to come of changes by -p(n) b^n: q(n) b^n with q(n) - b q(n + 1) = p(n)."""
    layers = goal.layers
    assert layers is not None
    n = sympy.Symbol(str(counter.value), real=True)
    change = sympy.expand(change)
    states = {sympy.Symbol(str(x.value), real=True) for x in layers.updates}
    own = {sympy.Symbol(x, real=True) for x in layers.variables}
    powers = {p for p in change.atoms(sympy.Pow) if p.exp.has(n)}
    bases = {p.base ** sympy.diff(p.exp, n) for p in powers}  # b of b^n, also of b^(-n) and b^(2 n)
    if len(bases) != 1 or change.free_symbols & ((states | own) - {n}):
        return None
    (base,) = bases
    share = sympy.expand(change.subs({p: p.subs(n, 0) for p in powers}))
    degree = sympy.degree(share, n) if share.is_polynomial(n) else MAX_DEGREE + 1
    if base.has(n) or degree > MAX_DEGREE:
        return None
    unknown = sympy.symbols(f"q0:{degree + 1}")
    q = sum(c * n**k for k, c in enumerate(unknown))
    rows = sympy.Poly(sympy.expand(q - base * q.subs(n, n + 1) + share), n).coeffs()
    solved = sympy.solve(rows, unknown, dict=True)
    plain = min(powers, key=str)  # as it is written: 2^(-n) and not (1/2)^n
    return sympy.factor(q.subs(solved[0])) * plain / plain.subs(n, 0) if solved else None


def integrals(goal: Goal) -> Iterator[list[Formula]]:
    """The target where a step changes it by -c (n + b)^-r, r > 1: less the integral still to come.

    Where it does not begin at a positive number, the first step is taken apart: what was added is
    at most n terms.
    """
    layers, counter = goal.layers, counter_of(goal)
    assert layers is not None
    if counter is None or goal.relation is not GE:
        return
    names = frozenset({*goal.variables, *layers.variables})
    n = sympy.Symbol(str(counter.value), real=True)
    try:
        target = in_sympy(goal.target, names)
        for rest, size, apart in _integral(goal, counter, stepped(goal)):
            whole = [Formula(minus(goal.target, rest), GE)]
            if apart:
                start = {
                    sympy.Symbol(str(x.value), real=True): in_sympy(e, names)
                    for x, e in layers.starts.items()
                }
                begin = in_sympy(layers.starts[counter], names)
                lost = target.subs(start) - target  # what was added until now
                term = goal.reader().term(str(from_sympy(size * (n - begin) - lost)))
                whole.append(Formula(term, GE))
            yield whole
    except NO_FORM:
        return


def _integral(
    goal: Goal, counter: Term, change: sympy.Expr
) -> Iterator[tuple[Term, sympy.Expr, bool]]:
    """Bounds of what is still to come of changes by -c (n + b)^-r.

    From n + b - 1 on, as the terms fall, and from n + b - 1/2 on, as they are convex; with the
    first term, and whether the bound begins at no positive number.
    """
    layers = goal.layers
    assert layers is not None
    names = frozenset({*goal.variables, *layers.variables})
    n = sympy.Symbol(str(counter.value), real=True)
    change = sympy.powsimp(sympy.factor(change))
    begin = in_sympy(layers.starts[counter], names)
    powers = [p for p in change.atoms(sympy.Pow) if p.has(n)]
    states = {sympy.Symbol(str(x.value), real=True) for x in layers.updates}
    if len(powers) != 1 or change.free_symbols & (states - {n}):
        return
    (power,) = powers
    base, r, c = power.base, -power.exp, sympy.powsimp(-change / power)
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
        yield Reader(known).term(left), c * first ** (-r), bool(first - back <= 0)


def multiplied(goal: Goal) -> Iterator[list[Formula]]:
    """A bound of a product of 1 + f(n) or 1 - f(n), with the sum T of the f that are to come.

    C >= Q becomes C >= Q exp(T) or C (1 - T) >= Q, and Q >= C becomes Q (1 - T) >= C.
    """
    layers, counter = goal.layers, counter_of(goal)
    assert layers is not None
    if counter is None or goal.relation is not GE or goal.target.head != "-":
        return
    names = frozenset({*goal.variables, *layers.variables})
    try:
        for x, update in layers.updates.items():
            symbol = sympy.Symbol(str(x.value), real=True)
            above, below = goal.target.parts
            growing = below.names == {x.value} and not above.names & set(map(_name, layers.updates))
            falling = above.names == {x.value} and not below.names & set(map(_name, layers.updates))
            if x == counter or not (growing or falling):
                continue
            f = sympy.cancel(in_sympy(update, names) / symbol - 1)
            change = -f if growing else f
            rests = [rest for rest, _, apart in _integral(goal, counter, change) if not apart]
            other = _geometric(goal, counter, change)
            if other is not None:
                rests.append(goal.reader().term(str(from_sympy(other))))
            for rest in rests:
                less = minus(ONE, rest)
                if growing:
                    yield [Formula(minus(above, times(below, exp(rest))), GE)]
                    yield [Formula(minus(times(above, less), below), GE)]
                else:
                    yield [Formula(minus(times(above, less), below), GE)]
    except NO_FORM:
        return


def halves(goal: Goal) -> Iterator[list[Formula]]:
    """A bound of a sum of f(n) less half of its last term: by the rule of trapezoids.

    Where a sum is bounded by an integral, the difference grows only without that half.
    """
    layers, counter = goal.layers, counter_of(goal)
    assert layers is not None
    if counter is None or goal.relation is not GE:
        return
    names = frozenset({*goal.variables, *layers.variables})
    n = sympy.Symbol(str(counter.value), real=True)
    states = {sympy.Symbol(str(x.value), real=True) for x in layers.updates}
    try:
        target = in_sympy(goal.target, names)
        for x, update in layers.updates.items():
            symbol = sympy.Symbol(str(x.value), real=True)
            f = sympy.expand(in_sympy(update, names) - symbol)
            if x == counter or symbol not in target.free_symbols or not f.has(n):
                continue
            slope = sympy.diff(target, symbol)
            if slope.free_symbols or f.free_symbols & (states - {n}):
                continue
            back = 1 if slope > 0 else sympy.Rational(1, 2)
            half = sympy.factor(abs(slope) * f.subs(n, n - back) / 2)
            term = goal.reader().term(str(from_sympy(half)))
            yield [Formula(minus(goal.target, term), GE)]
    except NO_FORM:
        return
