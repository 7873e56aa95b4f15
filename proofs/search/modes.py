"""Linear recursions of several accumulators: what a combination of them is multiplied by.

A step takes z to A z + b. A left eigenvector l of A makes l z into r l z + l b, which is a
recursion of one number. Where steps are bounded only, what is wanted is a Lyapunov function: a
vector l that bounds the target, with l A <= r l for the rate r that the target names. The
simulation and the core decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term, constant, linear, minus, replaced
from proofs.search.carried import counter_of
from proofs.search.closed_forms import MAX_SIZE, NO_FORM, in_sympy
from theory.expressions.symbolic import from_sympy
from theory.tools import installed

EQ, GE = Relation.EQ, Relation.GE
MAX_STATES = 4
MAX_DENOMINATOR = 1000


@dataclass(frozen=True)
class _Linear:
    """States z, matrix A and rest b of z(n + 1) = A z(n) + b, by parameters, less what is drawn."""

    states: tuple[sympy.Symbol, ...]
    matrix: sympy.Matrix
    rest: sympy.Matrix
    starts: sympy.Matrix
    count: sympy.Expr  # of steps
    drawn: bool


def modes(goal: Goal) -> Iterator[list[Formula]]:
    """Sets of equations or bounds for combinations of accumulators."""
    try:
        system = _linear(goal)
        if system is None:
            return
        found = [f for pair in _eigen(system) for f in _kept(goal, system, *pair)]
        if found:
            yield found
        found = _lyapunov(goal, system)
        if found:
            yield found
    except NO_FORM:
        return


def _linear(goal: Goal) -> _Linear | None:
    """The accumulators that a step makes linear combinations of each other."""
    layers, counter = goal.layers, counter_of(goal)
    if layers is None or counter is None:
        return None
    names = frozenset({*goal.variables, *layers.variables})
    slack = {sympy.Symbol(x, real=True): 0 for x in layers.variables}
    every = [x for x in layers.updates if x != counter]
    symbols = {x: sympy.Symbol(str(x.value), real=True) for x in every}
    n = sympy.Symbol(str(counter.value), real=True)
    steps = {x: in_sympy(layers.updates[x], names) for x in every}
    drawn = any(e.free_symbols & set(slack) for e in steps.values())
    plain = {x: sympy.expand(e.subs(slack)) for x, e in steps.items()}
    kept = every
    while True:  # those whose steps are linear in those that are kept
        own = [symbols[x] for x in kept]
        foreign = {n, *symbols.values()}
        fits = [
            x
            for x in kept
            if all(not plain[x].diff(s).free_symbols & foreign for s in own)
            and not plain[x].subs(dict.fromkeys(own, 0)).free_symbols & foreign
        ]
        if fits == kept:
            break
        kept = fits
    if not 2 <= len(kept) <= MAX_STATES:
        return None
    states = tuple(symbols[x] for x in kept)
    matrix = sympy.Matrix([[plain[x].diff(s) for s in states] for x in kept])
    if matrix.is_diagonal():
        return None
    rest = sympy.Matrix([plain[x].subs(dict.fromkeys(states, 0)) for x in kept])
    starts = sympy.Matrix([in_sympy(layers.starts[x], names) for x in kept])
    return _Linear(states, matrix, rest, starts, n - in_sympy(layers.starts[counter], names), drawn)


def _eigen(system: _Linear) -> Iterator[tuple[sympy.Matrix, sympy.Expr, sympy.Matrix | None]]:
    """Left eigenvectors l with l A = r l, and for a pair with one of them l A = r l + k."""
    size = system.matrix.shape[0]
    if size > 2 and system.matrix.free_symbols:
        return
    for rate, multiplicity, vectors in system.matrix.T.eigenvects():
        if not rate.is_real and not rate.free_symbols:
            continue
        for v in vectors:
            pivot = next(e for e in v if e != 0)
            yield (v / pivot).T.applyfunc(sympy.cancel), sympy.factor(rate), None
        if size == multiplicity == 2 and len(vectors) == 1:
            for i in range(2):
                other = sympy.Matrix([[int(j == i) for j in range(2)]])
                chained = (other * system.matrix - rate * other).applyfunc(sympy.cancel)
                if any(chained):
                    yield other, sympy.factor(rate), chained


def _kept(
    goal: Goal, system: _Linear, vector: sympy.Matrix, rate: sympy.Expr, then: sympy.Matrix | None
) -> list[Formula]:
    """What becomes of l z: its value after n steps, as an equation or as two bounds."""
    now = (vector * sympy.Matrix(system.states))[0]
    begun, added = (vector * system.starts)[0], sympy.cancel((vector * system.rest)[0])
    n = system.count
    if then is not None:
        if any(system.rest) or rate == 0:
            return []
        value = rate**n * (begun + n * (then * system.starts)[0] / rate)
    elif rate == 0:
        return []
    elif sympy.cancel(rate - 1) == 0:
        value = begun + n * added
    else:
        level = sympy.factor(added / (1 - rate))
        value = rate**n * (begun - level) + level
    sides = [_term(goal, e) for e in (value, now)]
    if any(e.size > MAX_SIZE for e in sides):
        return []
    if not system.drawn:
        return [Formula(minus(*sides), EQ)]
    bounds = [Formula(minus(*sides), GE), Formula(minus(*reversed(sides)), GE)]
    return [at_most(goal, bounds[0]), *bounds]


def at_most(goal: Goal, formula: Formula) -> Formula:
    """A bound with the greatest first values, where these are bounded only: x(0) <= a."""
    starts = set(goal.layers.starts.values()) if goal.layers is not None else set()
    greatest: dict[Term, Term] = {}
    for e, relation in goal.facts.values():
        for x in starts if relation is GE else ():
            line = linear(e, x) if x.head == "variable" and x.value in e.names else None
            if line is not None and line[0] == -1 and x.value not in line[1].names:
                greatest[x] = line[1]
    return Formula(replaced(formula.term, greatest), formula.relation)


def _lyapunov(goal: Goal, system: _Linear) -> list[Formula]:
    """A vector l with l z at least what the target bounds, l A <= r l and l b <= 0.

    The target says w z <= c r^n with numbers. A linear program finds l, floats become fractions.
    """
    numbers = system.matrix.free_symbols | system.starts.free_symbols | system.rest.free_symbols
    if numbers or goal.relation is not GE or not installed("scipy"):
        return []
    names = frozenset(goal.variables)
    target = sympy.expand(in_sympy(goal.target, names))
    weights = [-target.diff(s) for s in system.states]
    bound = target.subs(dict.fromkeys(system.states, 0))
    powers = {p for p in bound.atoms(sympy.Pow) if p.exp.free_symbols & system.count.free_symbols}
    if len(powers) != 1 or any(w.free_symbols for w in weights) or any(system.rest):
        return []
    (power,) = powers
    (n,) = system.count.free_symbols
    rate = power.base ** sympy.diff(power.exp, n)
    size = sympy.cancel(bound / power * power.subs(n, n - system.count))
    if rate.free_symbols or size.free_symbols or not rate.is_rational:
        return []
    vector = _program(system, weights, rate)
    if vector is None:
        return []
    whole = sympy.Add(*(c * s for c, s in zip(vector, system.states, strict=True)))
    term = _term(goal, size * rate**system.count - whole)
    return [Formula(term, GE)] if term.size <= MAX_SIZE else []


def _program(
    system: _Linear, weights: list[sympy.Expr], rate: sympy.Expr
) -> list[sympy.Rational] | None:
    """Least l z(0) with l >= max(w, 0), l A <= r l."""
    import numpy as np
    from scipy.optimize import linprog

    a = np.array(system.matrix, dtype=float)
    start = np.array(system.starts, dtype=float).ravel()
    least = [max(float(w), 0.0) for w in weights]
    rows = a.T - float(rate) * np.eye(len(start))
    done = linprog(start, A_ub=rows, b_ub=np.zeros(len(start)), bounds=[(w, None) for w in least])
    if done.status != 0:
        return None
    found = [Fraction(v).limit_denominator(MAX_DENOMINATOR) for v in done.x]
    return [sympy.Rational(v.numerator, v.denominator) for v in found]


def _term(goal: Goal, e: sympy.Expr) -> Term:
    made = goal.reader().term(str(from_sympy(e)))
    q = constant(made)
    return made if q is None else goal.reader().term(str(q))
