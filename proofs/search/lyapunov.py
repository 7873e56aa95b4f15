"""What a momentum pays for: m' = q m + u beside a target whose steps are quadratic in m and u.

A multiple c of m^2 is taken away, with the c for which what a step adds is a square. Beside it
stands how large m becomes where u is bounded: m <= U/(1 - q).
"""

from __future__ import annotations

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, minus
from proofs.search.closed_forms import MAX_SIZE, NO_FORM, in_sympy, symbol_of
from theory.expressions.symbolic import from_sympy

GE, GT = Relation.GE, Relation.GT
MAX_STATES = 5


def squares(goal: Goal) -> list[Formula]:
    """The target less c m^2, where a step adds a square."""
    layers = goal.layers
    if layers is None or goal.relation is not GE or len(layers.updates) > MAX_STATES:
        return []
    names = frozenset({*goal.variables, *layers.variables})
    own = [sympy.Symbol(y, real=True) for y in layers.variables]
    c = sympy.Dummy()
    found: list[Formula] = []
    try:
        steps = {symbol_of(x): in_sympy(u, names) for x, u in layers.updates.items()}
        target = in_sympy(goal.target, names)
        change = sympy.expand(target.subs(steps, simultaneous=True) - target)
        for m in (m for m, step in steps.items() if _linear(step, m, set(steps))):
            for y in own:
                if not change.is_polynomial(m, y) or change.free_symbols & (set(steps) - {m}):
                    continue
                less = sympy.Poly(sympy.expand(change - c * (steps[m] ** 2 - m**2)), m, y)
                if any(sum(powers) != 2 for powers in less.monoms()):
                    continue
                a, b, d = (less.coeff_monomial(e) for e in (m**2, m * y, y**2))
                for root in sympy.solve(sympy.factor(b**2 - 4 * a * d), c):
                    if root.is_rational_function() and root != 0:
                        paid = goal.reader().term(str(from_sympy(sympy.factor(root) * m**2)))
                        found.append(Formula(minus(goal.target, paid), GE))
    except NO_FORM:
        return []
    return [f for f in dict.fromkeys(found) if f.term.size <= MAX_SIZE]


def heights(goal: Goal) -> list[Formula]:
    """How large states become: U/(1 - q) for m' = q m + u with u <= U."""
    layers = goal.layers
    if layers is None or len(layers.updates) > MAX_STATES:
        return []
    names = frozenset({*goal.variables, *layers.variables})
    own = {sympy.Symbol(y, real=True) for y in layers.variables}
    found: list[Formula] = []
    try:
        steps = {symbol_of(x): in_sympy(u, names) for x, u in layers.updates.items()}
        said = [in_sympy(f.term, names) for f in layers.facts.values() if f.relation in (GE, GT)]
        most = {y: e + y for e in said for y in own if sympy.diff(e, y) == -1}
        for m, step in steps.items():
            if not _linear(step, m, set(steps)):
                continue
            slope = sympy.diff(step, m)
            rest = sympy.expand(step - slope * m).subs(most)
            if rest != 0 and not rest.free_symbols & own:
                bound = sympy.factor(rest / (1 - slope)) - m
                found.append(Formula(goal.reader().term(str(from_sympy(bound))), GE))
    except NO_FORM:
        return []
    return [f for f in found if f.term.size <= MAX_SIZE]


def _linear(step: sympy.Expr, m: sympy.Symbol, states: set[sympy.Symbol]) -> bool:
    """Whether a step is q m + u with a q that no step changes, other than 0 and 1."""
    slope = sympy.diff(sympy.expand(step), m)
    others = (states - {m}) & step.free_symbols
    return slope not in (0, 1) and not slope.free_symbols & states and not others
