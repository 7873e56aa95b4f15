"""How many steps suffice: hypotheses such as n >= kappa log(D/eps) and n >= sqrt(D/eps).

A power b^n is at most exp((b - 1) n), and of an exponential a bound of n by a logarithm says
something; a bound by a root says as much as that of its square.
"""

from __future__ import annotations

from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    ZERO,
    Formula,
    Relation,
    Term,
    constant,
    exp,
    minus,
    number,
    over,
    plus,
    replaced,
    text,
    times,
)
from proofs.search.floats import plausible
from proofs.search.forms import Forms, vanishes
from proofs.search.premises import informs
from proofs.search.standard import COMPOUNDED
from proofs.search.touching import summands
from proofs.search.trees import Tree, cite, cone, have, unused

GE, GT = Relation.GE, Relation.GT


def decays(goal: Goal, _: Forms) -> Iterator[Tree]:
    """Powers as exponentials, where a fact bounds what stands in the exponent.

    It does so by a logarithm, or by a name: a number of steps that is at most K, for 1 + 1/K.
    """
    if goal.relation not in (GE, GT):
        return
    bounding = [
        e
        for label, (e, r) in goal.facts.items()
        if r in (GE, GT)
        and (any(t.head == "log" for t in e.walk()) or (_linear(e) and informs(goal, label)))
    ]
    for e in dict.fromkeys(goal.target.walk()):
        if e.head != "**" or constant(e.parts[1]) is not None:
            continue
        base, exponent = e.parts
        if not base.names or not any(exponent.names & f.names for f in bounding):
            continue
        low, high = (replaced(goal.target, {e: q}) for q in (ZERO, ONE))
        slope = minus(low, high)
        if slope.names & exponent.names or not vanishes(
            goal, minus(goal.target, minus(low, times(slope, e)))
        ):
            continue
        rate = minus(base, ONE)
        counted = all(goal.variables[x].head == "integer" for x in exponent.names)
        for way in (rate, over(times(number(2), rate), plus(base, ONE))):
            bound = exp(times(way, exponent))
            rest = Formula(replaced(goal.target, {e: bound}), goal.relation)
            if not plausible(goal.aimed(*rest), 120):
                continue
            first, second, third = unused(goal, "decay", 3)
            made: Tree = cone([(1, [second, first], "1"), (1, [third], "1")])
            made = have(third, rest, None, made)
            made = have(second, Formula(slope, GE), None, made)
            if way == rate and counted:
                at = {"u": text(rate), "n": text(exponent)}
                yield cite(first, COMPOUNDED.digest, at, made)
            else:
                yield have(first, Formula(minus(bound, e), GE), None, made)


def _linear(e: Term) -> bool:
    """Whether a fact compares one name with others, and not with powers or products of itself."""
    plain = ("number", "variable", "integer", "neg", "+", "-", "*", "/")
    return len(e.names) > 1 and all(t.head in plain for t in e.walk())


def squared_facts(goal: Goal, _: Forms) -> Iterator[Tree]:
    """A fact a >= b with a root b, of which the target does not speak, as a^2 >= b^2."""
    if goal.relation not in (GE, GT):
        return
    here = set(goal.target.walk())
    for label, (fact, relation) in goal.facts.items():
        name = f"squared {label}"
        if relation not in (GE, GT) or name in goal.facts or label.startswith("squared "):
            continue
        parts = list(summands(fact, 1))
        roots = [(e, sign) for e, sign in parts if _rooted(e) and e.names]
        if len(roots) != 1 or len(parts) < 2 or not informs(goal, label):
            continue
        ((root, sign),) = roots
        squared = square(root)
        if squared is None or any(t.head == "sqrt" and t in here for t in root.walk()):
            continue
        rest = ZERO
        for e, s in parts:
            if e != root:
                rest = plus(rest, e) if s != sign else minus(rest, e)
        sides = times(rest, rest), squared
        claim = Formula(minus(*(sides if sign < 0 else sides[::-1])), GE)
        whole = Formula(plus(rest, root), GE)
        if plausible(goal.aimed(*whole), 120):
            (both,) = unused(goal, "both")
            made: Tree = have(both, whole, None, cone([(1, [label, both], "1")]))
            yield have(name, claim, made, None)


def square(e: Term) -> Term | None:
    """The square of a product or quotient whose factors may be roots."""
    if e.head == "sqrt":
        return e.parts[0]
    if e.head in ("*", "/"):
        a, b = map(square, e.parts)
        return None if a is None or b is None else Term(e.head, a, b)
    return None if _rooted(e) else times(e, e)


def _rooted(e: Term) -> bool:
    return any(t.head == "sqrt" for t in e.walk())
