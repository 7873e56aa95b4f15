"""What every term of a sum satisfies, summed up: from (x - a)(b - x) >= 0 a bound of sum x^2.

A product of facts of a layer is a polynomial in what the layer draws. Where it is a combination of
what accumulators gain in a step, the same combination of the accumulators is never negative.
"""

from __future__ import annotations

import itertools

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Malformed, Rejected, Relation, Term
from proofs.search.carried import multiple, without
from proofs.search.closed_forms import MAX_SIZE, NO_FORM, in_sympy, symbol_of
from proofs.search.engine import Search
from proofs.search.forms import Forms
from proofs.search.trees import Hole, Tree, closed, opened
from theory.expressions.symbolic import from_sympy

GE, GT = Relation.GE, Relation.GT
MAX_FACTS, MAX_FACTORS, MAX_STATES, MAX_FOUND = 6, 3, 6, 8


def weighed(goal: Goal) -> list[Formula]:
    """Combinations of accumulators that gain a product of facts of the layer in each step."""
    layers = goal.layers
    if layers is None or not layers.variables or len(layers.updates) > MAX_STATES:
        return []
    names = frozenset({*goal.variables, *layers.variables})
    own = [sympy.Symbol(y, real=True) for y in layers.variables]
    states = {symbol_of(x) for x in layers.updates}
    try:
        said = (in_sympy(f.term, names) for f in layers.facts.values() if f.relation in (GE, GT))
        facts = [e for e in dict.fromkeys(said) if _about(e, own) and not e.free_symbols & states]
        gains: dict[Term, sympy.Poly] = {}
        for x, update in layers.updates.items():
            gain = sympy.expand(in_sympy(update, names) - symbol_of(x))
            if not gain.free_symbols & states and gain.is_polynomial(*own):
                gains[x] = sympy.Poly(gain, *own)
    except NO_FORM:
        return []
    found: list[Formula] = []
    for k in range(1, MAX_FACTORS + 1):
        for chosen in itertools.combinations(facts[:MAX_FACTS], k):
            made = _combined(sympy.Poly(sympy.expand(sympy.prod(chosen)), *own), gains)
            if made is None:
                continue
            try:
                term = goal.reader().term(str(from_sympy(made)))
            except NO_FORM:
                continue
            if term.size <= MAX_SIZE:
                found.append(Formula(term, GE))
    return found[:MAX_FOUND]


def _about(e: sympy.Expr, own: list[sympy.Symbol]) -> bool:
    return bool(e.free_symbols & set(own) and e.is_polynomial(*own))


def _combined(p: sympy.Poly, gains: dict[Term, sympy.Poly]) -> sympy.Expr | None:
    """The combination of accumulators whose gain is a polynomial; the shortest where several."""
    unknown = {x: sympy.Dummy() for x in gains}
    total = sum((q * gains[x] for x, q in unknown.items()), sympy.Poly(0, *p.gens))
    rows = (sympy.Poly(total, *p.gens) - p).coeffs()
    solved = sympy.solve(rows, list(unknown.values()), dict=True) if rows else []
    if not solved:
        return None
    shares = {x: solved[0].get(q, sympy.Integer(0)) for x, q in unknown.items()}
    zero = dict.fromkeys(unknown.values(), 0)
    shares = {x: sympy.expand(c.subs(zero)) for x, c in shares.items()}
    if sum(c != 0 for c in shares.values()) < 2:  # a sign of one, which is tried anyway
        return None
    return sum((c * symbol_of(x) for x, c in shares.items()), sympy.Integer(0))


def united(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """The conclusion from one invariant about several states, and what is known at the end."""
    several = [n for n, f in goal.facts.items() if n.startswith("invariant ") and _several(f.term)]
    if goal.relation is not GE or not several:
        return None
    equations = any(f.relation is Relation.EQ for f in goal.facts.values())
    try:
        for label in several:
            for tree in without(goal, Forms(goal), label, equations, whole=True):
                made = opened(goal, tree)
                if made is None:
                    continue
                left = [hole for hole in made[1] if not _filled(hole, search)]
                if all(_ended(hole, search, fuel) for hole in left):
                    return closed(made[0])
    except (Rejected, Malformed):
        pass
    return None


def _several(e: Term) -> bool:
    return len(e.names) > 2 and any(t.head in ("*", "**") for t in e.walk())


def _filled(hole: Hole, search: Search) -> bool:
    hole.filled = search.leaf(hole.goal) or search.solve(hole.goal, 1) or {}
    return bool(hole.filled)


def _ended(hole: Hole, search: Search, fuel: int) -> bool:
    hole.filled = multiple(hole.goal, Forms(hole.goal), search) or {}
    if not hole.filled and not any(f.relation is Relation.EQ for f in hole.goal.facts.values()):
        hole.filled = search.solve(hole.goal, min(fuel, 3)) or {}
    return bool(hole.filled)
