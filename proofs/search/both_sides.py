"""A bound of a modulus, |p/q| <= a, as two invariants without quotients: a q - p and a q + p."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, text
from proofs.search.closed_forms import MAX_SIZE, NO_FORM, in_sympy
from proofs.search.trees import Tree, cases, cone, have, unused
from theory.expressions.symbolic import from_sympy

GE, GT = Relation.GE, Relation.GT
MAX_LABELS = 4


def both_sides(goal: Goal) -> Iterator[list[Formula]]:
    """The two invariants, for a denominator of either sign."""
    layers = goal.layers
    if layers is None or goal.relation is not GE or goal.target.head != "-":
        return
    most, modulus = goal.target.parts
    if modulus.head != "abs" or not modulus.names & {str(x.value) for x in layers.starts}:
        return
    names = frozenset({*goal.variables, *layers.variables})
    try:
        inside, bound = in_sympy(modulus.parts[0], names), in_sympy(most, names)
        above, below = sympy.fraction(sympy.together(inside))
        for q in (below, -below) if below.free_symbols else (sympy.Integer(1),):
            p = above if below.free_symbols else inside
            ways = (bound * q - p, bound * q + p)
            made = [goal.reader().term(str(from_sympy(e))) for e in ways]
            if all(e.size <= MAX_SIZE for e in made):
                yield [Formula(e, GE) for e in made]
    except NO_FORM:
        return


def united(goal: Goal) -> Iterator[Tree]:
    """The bound of a modulus |p/q| from those of p and of -p, where q > 0."""
    target = goal.target
    if goal.relation is not GE or target.head != "-" or target.parts[1].head != "abs":
        return
    (inside,) = target.parts[1].parts
    labels = [n for n, f in goal.facts.items() if n.startswith("invariant ") and f.relation is GE]
    way, sign = unused(goal, "side", 2)
    below = [sign] if inside.head == "/" else []
    for pair in itertools.permutations(labels[:MAX_LABELS], 2):
        ends = (cone([(1, [label], "1")], below) for label in pair)
        made = cases(way, text(inside), *ends)
        yield have(sign, Formula(inside.parts[1], GT), None, made) if below else made
