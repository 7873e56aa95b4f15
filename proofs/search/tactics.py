"""Tactics: which moves to try on a goal, most promising first."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any

from flint import fmpq

from proofs.core.goals import Goal, Range
from proofs.core.normal import rational_root
from proofs.core.terms import (
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    constant,
    derivative,
    minus,
    number,
    replaced,
    text,
)
from proofs.search import moves
from proofs.search.bernoulli import bernoulli
from proofs.search.cells import cells
from proofs.search.chernoff import chernoff
from proofs.search.complexity import decays, squared_facts
from proofs.search.cone import cone
from proofs.search.conjugates import conjugates
from proofs.search.corners import absolute, moduli, nested, opposite, root_index, settled, signed
from proofs.search.edges import affine, bases, boundaries, zeros
from proofs.search.ends import falling, isolated, roots_apart
from proofs.search.extremes import signless
from proofs.search.factor import factor
from proofs.search.floats import function, samples, value
from proofs.search.forms import Forms, vanishes
from proofs.search.gram import gram
from proofs.search.inverse import as_exponentials, lambert
from proofs.search.jensen import balanced, jensen
from proofs.search.lengths import lengths
from proofs.search.levels import levels
from proofs.search.matched import matched
from proofs.search.mills import errors, mills
from proofs.search.monomials import plain_roots, split_roots
from proofs.search.ordered import ordered
from proofs.search.polyhedral import polyhedral
from proofs.search.powers import power_tangents
from proofs.search.premises import (
    antilog,
    bounded,
    cleared,
    divided,
    eliminated,
    informs,
    peel,
    strict,
    tangents,
)
from proofs.search.proportional import proportional
from proofs.search.quotients import mirrored, quotient, unrooted
from proofs.search.races import curved_race, late_race, race
from proofs.search.radicals import (
    both_squared,
    bounded_square,
    equal_squares,
    positive_root,
    radical,
)
from proofs.search.reshape import (
    exponential,
    exponents,
    homogeneous,
    independent,
    opposed,
    scaled_ends,
    standard,
    touching_pairs,
    translated,
)
from proofs.search.separate import separate
from proofs.search.shifts import joined, shifted
from proofs.search.sides import sides
from proofs.search.squares import binomial, completed, taken
from proofs.search.surds import surds
from proofs.search.taylor import late_taylor, taylor
from proofs.search.touching import exponentials, gibbs, means, sign_of
from proofs.search.trees import Tree, cases, have, substitute, unused
from proofs.search.trees import cone as cone_node
from proofs.search.tuned import tuned
from proofs.search.two_points import two_points
from proofs.search.units import units
from proofs.search.weights import logarithm_below, weighted

GE, GT, EQ, NE = Relation.GE, Relation.GT, Relation.EQ, Relation.NE
Tactic = Callable[[Goal, Any], Iterator[Tree]]  # Forms, or None to those of FORMLESS


def live(goal: Goal) -> list[str]:
    """The variables of the target, in order."""
    return sorted(goal.target.names & set(goal.box))


def where(x: str, r: Range) -> list[str]:
    """What a range says, as formulas."""
    said = []
    if r.lo is not None:
        said.append(f"{x} {'>' if r.lo_open else '>='} {text(number(r.lo))}")
    if r.hi is not None:
        said.append(f"{x} {'<' if r.hi_open else '<='} {text(number(r.hi))}")
    return said


def reciprocal(goal: Goal, x: str) -> Iterator[Tree]:
    """X = 1/t on a range of positive numbers."""
    r = goal.box[x]
    if r.lo is None or r.lo < 0 or (r.lo == 0 and not r.lo_open) or r.hi == 0:
        return
    if goal.variables[x].head == "integer":
        return
    lo, lo_open = (fmpq(0), True) if r.hi is None else (1 / r.hi, r.hi_open)
    new = Range(lo, None if r.lo == 0 else 1 / r.lo, lo_open, r.lo != 0 and r.lo_open)
    yield substitute(x, f"1/{x}", f"1/{x}", where(x, new))


def _roots(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Substitute x = t**q where x occurs under a q-th root."""
    for x in live(goal):
        if goal.variables[x].head == "integer":
            continue
        q, variable = 1, goal.variables[x]
        for e in goal.target.walk():
            index = root_index(e)
            if index > 1 and x in e.parts[0].names:
                base = e.parts[0]
                if base == variable or (base.head == "*" and variable in base.parts):
                    q = math.lcm(q, index)
        r = goal.box[x]
        if q > 1 and r.lo is not None and r.lo >= 0:
            lo, hi = (None if end is None else rational_root(end, q) for end in (r.lo, r.hi))
            if lo is not None and (hi is None) == (r.hi is None):
                new = Range(lo, hi, r.lo_open, r.hi_open)
                yield substitute(x, f"{x}**{q}", f"{x}**(1/{q})", where(x, new))


def fraction(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """The numerator of a quotient, whose denominator has a sign."""
    if set(forms.bottom) != {()} and goal.relation is not EQ:
        seen = sign_of(goal, forms.term(forms.bottom))
        for sign in (seen,) if seen else (1, -1):
            yield moves.fraction(goal, sign, forms)


def _rational(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Quotients of polynomials first; where there is an exponential, its derivative is simpler."""
    plain = ("number", "variable", "integer", "pi", "neg", "+", "-", "*", "/", "**", "sqrt")
    atoms = {forms.atom(v) for m in forms.top for v, _ in m}
    grown = len(goal.target.names) > 1 and all(e.head == "exp" or not e.names for e in atoms)
    if grown or goal.target.head == "/" or all(e.head in plain for e in goal.target.walk()):
        yield from fraction(goal, forms)


def whole(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """The numerator, where the denominator is a positive monomial of which a fact says more."""
    below = {v for m in forms.bottom for v, _ in m}
    if len(forms.bottom) != 1 or not all(forms.strictly(v) for v in below):
        return
    told = (f.poly for f in forms.facts if f.label in goal.facts and informs(goal, f.label))
    if any(below & {v for m in p for v, _ in m if len(m) > 1} for p in told):
        yield from fraction(goal, forms)


def _irrational(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Square both sides where the root of a number stands by itself."""
    roots = [
        e for e in goal.target.walk() if root_index(e) > 1 and constant(e.parts[0]) is not None
    ]
    found = moves.square(goal) if roots and not errors(goal.target) else None
    if found is not None:
        yield found


def _logarithm(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Take logarithms where powers or exponentials stand on both sides."""
    sides = moves.difference(goal)
    if sides is None or any(e.head == "log" for e in goal.target.walk()):
        return
    if any(name.startswith("antilog ") for name in goal.facts) or errors(goal.target):
        return  # where it comes from, or no simpler for it
    if any(_grows(e) for side in sides for e in side.walk()):
        found = moves.logarithm(goal)
        if found is not None:
            yield found


def _grows(e: Term) -> bool:
    return e.head in ("exp", "cosh") or (e.head == "**" and constant(e.parts[1]) is None)


def _integers(goal: Goal, forms: Forms) -> Iterator[Tree]:
    for x in live(goal):
        r = goal.box[x]
        if r.lo is not None and r == (r.lo, r.lo, False, False):
            yield moves.point(goal, x)
    for x in live(goal):
        if goal.variables[x].head != "integer":
            continue
        r = goal.box[x]
        if r.lo is not None and r.hi is not None and r.lo < r.hi <= r.lo + 60:
            yield moves.enumerate_values(goal, x, int(r.lo.p), int(r.hi.p))
        if r.lo is not None and any(
            e.head == "**" and x in e.parts[1].names for e in goal.target.walk()
        ):
            yield moves.induction(goal, x)


def monotone(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Directions in which sampling sees the target grow from an end."""
    if goal.relation not in (GE, GT):
        return
    for x in live(goal):
        r, real = goal.box[x], Term("variable", value=x)
        try:
            slope = function(derivative(replaced(goal.target, {goal.variables[x]: real}), x))
        except (Rejected, Malformed):
            continue
        seen = [value(slope, point) for point in samples(goal, 150)]
        seen = [v for v in seen if v == v]
        size = max((abs(v) for v in seen), default=0.0)
        if r.lo is not None and all(v >= -1e-10 * size for v in seen):
            yield {"rule": "monotone", "variable": x, "end": "lo"}
        if all(v <= 1e-10 * size for v in seen):
            if r.hi is not None:
                yield {"rule": "monotone", "variable": x, "end": "hi"}
            else:
                yield from falling(goal, x)
        if r.lo is None and all(v >= -1e-10 * size for v in seen):
            whole: Tree = {"rule": "limit", "variable": x, "end": "lo"}
            yield from falling(goal, x) if r.hi is not None else (whole,)


def _reciprocals(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """X = 1/t, where 1/x stands in an exponent or a logarithm."""
    for x in live(goal):
        exponents = [e.parts[1] for e in goal.target.walk() if e.head == "**"]
        exponents += [e.parts[0] for e in goal.target.walk() if e.head in ("exp", "log")]
        if any(t.head == "/" and x in t.parts[1].names for e in exponents for t in e.walk()):
            yield from reciprocal(goal, x)


def _orders(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Order two variables, where the target is symmetric in them."""
    names = live(goal)
    if len(names) < 2 or len(goal.facts) > 6 or len(names) > 4:
        return
    for x, y in itertools.combinations(names, 2):
        u, v = goal.variables[x], goal.variables[y]
        swapped = replaced(goal.target, {u: v, v: u})
        known = any(e.names == {x, y} for e, _ in goal.facts.values())
        alike = goal.box[x] == goal.box[y] and u.head == v.head
        if not known and alike and vanishes(goal, minus(swapped, goal.target)):
            (name,) = unused(goal, "order")
            yield cases(name, f"{x} - {y}")
            return


def _nonzero(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A positive or negative term is not zero."""
    if goal.relation is NE:
        for sign in (1, -1):
            (name,) = unused(goal, "sign")
            lemma = Formula(goal.target if sign > 0 else Term("neg", goal.target), GT)
            yield have(name, lemma, None, cone_node([(1, [name], "1")], sign=sign))


COMMITTED: tuple[Tactic, ...] = (
    signless,
    cells,
    strict,
    independent,
    affine,
    polyhedral,
    scaled_ends,
    standard,
    surds,
    exponents,
    roots_apart,
    cleared,
    divided,
    separate,
    bases,
    homogeneous,
    translated,
    opposed,
    joined,
    opposite,
    moduli,
    nested,
    mirrored,
)
"""What loses nothing and makes a goal simpler: nothing else is tried, and it costs no fuel."""

FIRST: tuple[Tactic, ...] = (
    tuned, weighted, proportional, settled, matched, equal_squares, jensen, ordered,
    logarithm_below, units, sides,
)  # fmt: skip
"""What is tried before that, and may fail: other coordinates hide a logarithm, or an order."""

SIMPLER: tuple[Tactic, ...] = (
    squared_facts, decays, factor, eliminated, whole, isolated, mills, race, curved_race, late_race,
    lengths, logarithm_below, plain_roots, proportional, split_roots, tuned, weighted,
    taken, completed,
)  # fmt: skip
"""What makes a goal simpler, and costs no fuel."""
ENDING: tuple[Tactic, ...] = (tangents, conjugates)
"""What is soon enough or not at all: little fuel is left to it."""

TACTICS: tuple[Tactic, ...] = (
    chernoff,
    conjugates,
    squared_facts,
    decays,
    plain_roots,
    bernoulli,
    eliminated,
    levels,
    whole,
    lambert,
    two_points,
    signed,
    unrooted,
    quotient,
    positive_root,
    _nonzero,
    power_tangents,
    race,
    curved_race,
    exponentials,
    jensen,
    balanced,
    gibbs,
    _roots,
    means,
    binomial,
    taken,
    cone,
    factor,
    bounded,
    peel,
    late_race,
    lengths,
    split_roots,
    shifted,
    both_squared,
    radical,
    bounded_square,
    completed,
    gram,
    _rational,
    _irrational,
    absolute,
    _reciprocals,
    _integers,
    mills,
    taylor,
    exponential,
    touching_pairs,
    zeros,
    isolated,
    antilog,
    monotone,
    late_taylor,
    fraction,
    _logarithm,
    tangents,
    _orders,
    as_exponentials,
    boundaries,
)

BLIND = {
    _nonzero, _roots, _irrational, absolute, _reciprocals, _integers, touching_pairs, zeros,
    monotone, _logarithm, _orders, as_exponentials, boundaries,
}  # fmt: skip
FORMLESS: tuple[Tactic, ...] = tuple(tactic for tactic in TACTICS if tactic in BLIND)
"""What looks at terms only: tried also without a normal form, as with exponents of many digits."""
