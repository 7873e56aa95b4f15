"""Sums of terms that depend on their end N: what is still to come, by an integral or by shares.

While a counter j runs up to N, S has become the sum of the first terms g(N, k). The invariant is
the target for S and what the others come to: the integral of g from j to N, that of trapezoids or
midpoints; or as large a share of the bound as j is of N.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term
from proofs.search.arrival import end_of
from proofs.search.carried import counter_of
from proofs.search.closed_forms import MAX_SIZE, NO_FORM, in_sympy
from theory.expressions.symbolic import from_sympy

GE = Relation.GE


def remaining(goal: Goal) -> Iterator[list[Formula]]:
    """The target with a bound of what is still to come, for each way to bound it."""
    layers, counter, end = goal.layers, counter_of(goal), end_of(goal)
    if layers is None or counter is None or end is None or goal.relation is not GE:
        return
    names = frozenset({*goal.variables, *layers.variables, "pi"})  # a name like others, here
    try:
        target = in_sympy(goal.target, names)
        for x, update in layers.updates.items():
            symbol = sympy.Symbol(str(x.value), real=True)
            slope = sympy.diff(target, symbol)
            if x == counter or slope == 0 or slope.free_symbols & {symbol}:
                continue
            term = in_sympy(update, names) - symbol
            sum_ = _Sum(term, _symbol(counter), _symbol(end), slope)
            if term.free_symbols <= {sum_.j, sum_.end}:
                for more in sum_.ways(target.subs(symbol, 0)):
                    whole = goal.reader().term(str(from_sympy(target + more)))
                    if whole.size <= MAX_SIZE:
                        yield [Formula(whole, GE)]
    except NO_FORM:
        return


def _symbol(x: Term) -> sympy.Symbol:
    return sympy.Symbol(str(x.value), real=True)


@dataclass(frozen=True)
class _Sum:
    """What a step adds, the counter, its end, and how much of it is in the target."""

    term: sympy.Expr
    j: sympy.Symbol
    end: sympy.Symbol
    slope: sympy.Expr

    def ways(self, bound: sympy.Expr) -> Iterator[sympy.Expr]:
        """What is added to the target."""
        yield sympy.expand(bound * self.j / self.end) - bound
        at, n = sympy.symbols("lemmata_at lemmata_n", positive=True)
        g = sympy.factor(self.term.subs(self.j, at - 1).subs(self.end, n))
        whole = sympy.integrate(g, at, manual=True)
        if whole.has(sympy.Integral, sympy.Piecewise):
            return

        def between(back: sympy.Expr) -> sympy.Expr:
            gap = whole.subs(at, n + back) - whole.subs(at, self.j + back)
            return self.slope * gap.subs(n, self.end)

        halves = self.slope * (g.subs(at, n) - g.subs(at, self.j)).subs(n, self.end) / 2
        yield between(sympy.Integer(0))
        yield between(sympy.Integer(0)) + halves
        yield between(sympy.Integer(1))
        yield between(sympy.Rational(1, 2))
