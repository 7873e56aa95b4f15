"""Products of powers and exponentials against each other: logarithms are taken at once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term, constant, derivative, minus, times
from proofs.search import moves
from proofs.search.floats import function, nearest, value
from proofs.search.forms import Forms, scaled
from proofs.search.premises import informs
from proofs.search.simplify import positive_factors
from proofs.search.touching import sign_of
from proofs.search.trees import Tree, have, unused
from proofs.search.trees import cone as cone_node

GT = Relation.GT
MAX_RACE = 8


def race(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Take logarithms at once, unless there are facts that speak of what is compared."""
    if not any(
        informs(goal, label) and e.names & goal.target.names for label, (e, _) in goal.facts.items()
    ):
        yield from late_race(goal, forms)


def curved_race(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Take logarithms where exp(c x^2) stands against exponentials of multiples of x.

    Slopes of the target have exp(c x^2) again; those of its logarithm have not.
    """
    if len(goal.target.names) != 1 or forms.polynomial is None:
        return
    inside = [v for v in {v for m in forms.top for v, _ in m} if forms.atom(v).head == "exp"]
    curved = {v for v in inside if _curved(forms.atom(v).parts[0])}
    if len(curved) != 1 or len(inside) < 2:
        return
    gap = _two_sides(goal, forms, lambda v: v in curved)
    x = min(goal.target.names)
    ends = [end for end in goal.box[x][:2] if end is not None] if x in goal.box else []
    if gap is None or any(value(function(e), {x: nearest(end)}) <= 0
                          for e in gap.parts for end in ends):  # fmt: skip
        return  # there are no logarithms there
    way = None if gap is None else moves.logarithm(goal.aimed(gap, goal.relation))
    if gap is not None and way is not None:
        (name,) = unused(goal, "race")
        last = cone_node([(1 / forms.bottom[()], [name], "1")])
        yield have(name, Formula(gap, goal.relation), way, last)


def _curved(e: Term) -> bool:
    """Whether an exponent in one variable is a polynomial of a higher degree."""
    plain = all(t.head in ("number", "variable", "neg", "+", "-", "*", "**", "/") for t in e.walk())
    return plain and bool(e.names) and bool(derivative(e, min(e.names)).names)


def late_race(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Take logarithms where one product of positive powers stands against another."""
    if not any(_symbolic_power(e) or _deep(e) for e in goal.target.walk()):
        return
    sides, found = moves.difference(goal), moves.logarithm(goal)
    if sides is not None and found is not None and all(_power_product(goal, e) for e in sides):
        parts = dict.fromkeys(e for side in sides for e in _factors_of(side))
        doubtful = [e for e in parts if positive_factors(goal, e) is None]
        for name, e in zip(unused(goal, "part", len(doubtful)), reversed(doubtful), strict=True):
            found = have(name, Formula(e, GT), None, found)
        yield found
    elif forms.polynomial is not None and 2 <= len(forms.top) <= MAX_RACE:
        gap = _two_sides(goal, forms, lambda v: forms.atom(v).head in ("exp", "**"))
        way = None if gap is None else moves.logarithm(goal.aimed(gap, goal.relation))
        if gap is not None and way is not None:
            (name,) = unused(goal, "race")
            last = cone_node([(1 / forms.bottom[()], [name], "1")])
            yield have(name, Formula(gap, goal.relation), way, last)


def _two_sides(goal: Goal, forms: Forms, grows: Callable[[int], bool]) -> Term | None:
    """The target as p E - q F with p, q > 0 and E, F products of atoms that grow."""
    sides: dict[Any, dict[Any, fmpq]] = {}
    for m, c in forms.top.items():
        grown = tuple(row for row in m if grows(row[0]))
        sides.setdefault(grown, {})[tuple(row for row in m if row not in grown)] = c
    if len(sides) != 2:
        return None
    made: dict[int, Term] = {}
    for grown, p in sides.items():
        sign = sign_of(goal, forms.term(p))
        powers = (forms.term({(row,): fmpq(1)}) for row in grown)
        made[sign] = functools.reduce(times, powers, forms.term(scaled(p, sign or 1)))
    return minus(made[1], made[-1]) if set(made) == {1, -1} else None


def _symbolic_power(e: Term) -> bool:
    """Whether a term is u**v, or exp(v log(u)), with a variable exponent."""
    if e.head == "**":
        return constant(e.parts[1]) is None
    return e.head == "exp" and any(t.head == "log" for t in e.walk())


def _deep(e: Term) -> bool:
    """Whether an exponential is one of exponentials or of quotients: its slope has it again."""
    return e.head == "exp" and any(
        (t.head == "exp" or (t.head == "/" and t.parts[1].names)) and t is not e for t in e.walk()
    )


def _power_product(goal: Goal, e: Term) -> bool:
    """Whether a term is made of powers, exponentials and what seems positive by * and / only."""
    if e.head in ("*", "/"):
        return all(_power_product(goal, p) for p in e.parts)
    if e.head in ("**", "exp", "sqrt", "variable", "integer", "number"):
        return True
    if any(map(_symbolic_power, e.walk())):
        return False  # its logarithm would be no simpler
    return e.head in ("+", "-") and sign_of(goal, e) > 0


def _factors_of(e: Term) -> Iterator[Term]:
    """The factors of a product, parts before wholes."""
    inside = e.parts if e.head in ("*", "/") else e.parts[:1] if e.head in ("**", "sqrt") else ()
    for part in inside:
        yield from _factors_of(part)
    yield e
