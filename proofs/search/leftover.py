"""What is still to come of a sum whose terms are no powers, such as log(k)/k^2, by its integral.

Where a step takes f(n) from the target, the rest is at most the integral of f from n - 1/2 to
infinity, if f is convex there, and from n - 1 if f falls. Near the first steps it seldom does, so
that the target less the rest is an invariant from a later step on (:mod:`proofs.search.later`).
"""

from __future__ import annotations

from collections.abc import Iterator

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import Relation, Term, minus
from proofs.search.carried import counter_of
from proofs.search.closed_forms import MAX_SIZE, NO_FORM, in_sympy
from proofs.search.related import stepped
from theory.expressions.symbolic import from_sympy

BACK = (sympy.Rational(1, 2), sympy.Integer(1))


def leftovers(goal: Goal) -> Iterator[Term]:
    """The target less what is still to come."""
    layers, counter = goal.layers, counter_of(goal)
    if layers is None or counter is None or goal.relation is not Relation.GE:
        return
    n, at = sympy.Symbol(str(counter.value), real=True), sympy.Symbol("lemmata_at", positive=True)
    try:
        lost = -stepped(goal)
        states = {sympy.Symbol(str(x.value), real=True) for x in layers.updates} - {n}
        if not any(e.has(n) for e in lost.atoms(sympy.log)) or lost.free_symbols & states:
            return
        begin = in_sympy(layers.starts[counter], frozenset(goal.variables))
        first = min(_bases(lost, n), default=None)
        if first is None:
            return
        f = lost.subs(n, at - first)  # a function of k = n + first
        whole = sympy.integrate(sympy.expand_log(f, force=True), at, manual=True)
        if whole.has(sympy.Integral, sympy.Piecewise):
            return
        end = sympy.limit(whole, at, sympy.oo)
        if not end.is_finite:
            return
        for back in BACK:
            if begin + first - back > 0:
                rest = sympy.factor(end - whole).subs(at, n + first - back)
                term = goal.reader().term(str(from_sympy(rest)))
                if term.size <= MAX_SIZE:
                    yield minus(goal.target, term)
    except NO_FORM:
        return


def _bases(e: sympy.Expr, n: sympy.Symbol) -> Iterator[sympy.Integer]:
    """The numbers b of n + b in logarithms."""
    for inside in (log.args[0] for log in e.atoms(sympy.log)):
        b = sympy.expand(inside - n)
        if b.is_Integer:
            yield b
