"""Lengths as variables: x^2 = t^2 - a where sqrt(a + x^2) = t occurs, so that t is no root.

The coordinates of vectors are chosen such that the last one of each occurs in squares only; with a
length in its place what is claimed of directions x/|x| is algebra.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from proofs.core.goals import Goal
from proofs.core.terms import (
    TWO,
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    minus,
    over,
    plus,
    power,
    replaced,
    text,
)
from proofs.search.corners import root_index
from proofs.search.forms import Forms, scaled
from proofs.search.trees import Tree, cone, have, substitute, unused

GE, GT = Relation.GE, Relation.GT


def lengths(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Put sqrt(a + x^2) in place of x, if it divides or stands beside other roots of x."""
    if goal.relation not in (GE, GT):
        return
    for x, root, divides in _places(goal):
        squares = _squares(goal, x, root.parts[0])
        if squares is None:
            continue
        old, t = goal.variables[x], Term("variable", value=x)
        value = Term("sqrt", minus(power(t, TWO), reduce(plus, (power(y, TWO) for y in squares))))
        strict = divides or goal.knows(root.parts[0], GT)
        said = [f"{x} {'>' if strict else '>='} 0"]
        said += [f"{x} {sign} {text(y)} >= 0" for y in squares for sign in "-+"]
        node = substitute(x, text(value), text(root), said)
        clean = _Clean(x, value)
        try:
            first, last = _there(goal, node, x, value), goal.target
            target = clean(first, replaced(last, {old: value}))
        except (Rejected, Malformed):
            continue
        if value in target.walk():
            continue
        made: Tree | None = None
        names = unused(first, "length", 1 + len(goal.facts))
        shown = Formula(target, goal.relation)
        angle = _angle(x, squares[0]) if strict and len(squares) == 1 else None
        made = have(names[0], shown, angle, cone([(1, [names[0]], "1")]))
        for name, (label, fact) in zip(names[1:], goal.facts.items(), strict=True):
            if x not in fact.term.names or fact.relation is Relation.NE or label == str(fact):
                continue
            try:
                plain = Formula(clean(first, replaced(fact.term, {old: value})), fact.relation)
            except (Rejected, Malformed):
                continue
            if value not in plain.term.walk():
                made = have(name, plain, cone([(1, [label], "1")]), made)
        yield {**node, "parts": [..., made]}


def _there(goal: Goal, node: Tree, x: str, value: Term) -> Goal:
    """The goal with what is known of the new variable."""
    new = goal.free(x, goal.box[x]._replace(lo=None, hi=None, lo_open=False, hi_open=False))
    for i, source in enumerate(node["where"]):
        new = new.where(f"length {x} {i}", new.formula(source))
    return new.where(f"length {x}", Formula(value, GE))


def _angle(x: str, y: Term) -> Tree:
    """A coordinate as a multiple of the length, between -1 and 1: the cosine of an angle."""
    return substitute(str(y), f"{x}*{y}", f"{y}/{x}", [f"{y} >= -1", f"{y} <= 1"])


def _places(goal: Goal) -> Iterator[tuple[str, Term, bool]]:
    """Roots that divide, or of which several depend on a variable that is not negative."""
    roots = dict.fromkeys(e for e in goal.target.walk() if root_index(e) == 2 and e.names)
    below = {
        r for e in goal.target.walk() if e.head == "/" for r in e.parts[1].walk() if r in roots
    }
    for x in sorted(goal.target.names & set(goal.box)):
        own = [r for r in roots if x in r.names]
        if goal.variables[x].head != "variable" or goal.box[x][:2] != (0, None) or not own:
            continue
        if len(own) > 1 or below.intersection(own):
            for root in sorted(own, key=lambda r: r.size):
                yield x, root, root in below


def _squares(goal: Goal, x: str, inside: Term) -> list[Term] | None:
    """The other variables of a sum of squares with x^2 in it."""
    try:
        forms = Forms(goal.aimed(inside, GE))
    except (Rejected, Malformed):
        return None
    p = forms.polynomial
    if p is None or any(c != forms.bottom[()] or len(m) != 1 or m[0][1] != 2 for m, c in p.items()):
        return None
    found = [forms.atom(m[0][0]) for m in p]
    others = [y for y in found if y != goal.variables[x]]
    return others if others and len(others) < len(found) else None


class _Clean:
    """Rewrites terms in which a root stands for a variable, in its squares."""

    def __init__(self, x: str, value: Term) -> None:
        self.t, self.value = Term("variable", value=x), value

    def __call__(self, goal: Goal, e: Term) -> Term:
        if self.value not in e.walk():
            return e
        if root_index(e) == 2 and e != self.value:
            inside = self._normal(goal, e.parts[0])
            return self.t if inside == power(self.t, TWO) else Term("sqrt", inside)
        if e.head == "**" and e.parts[1] == TWO and e.parts[0] == self.value:
            return self.value.parts[0]
        if e.head == "**" and e.parts[1] == TWO and self.value in e.parts[0].walk():
            made = self(goal, e.parts[0])
            return self._normal(goal, e) if self.value in made.walk() else power(made, TWO)
        return Term(e.head, *(self(goal, part) for part in e.parts), value=e.value)

    def _normal(self, goal: Goal, e: Term) -> Term:
        forms = Forms(goal.aimed(e, GE))
        if forms.polynomial is not None:
            return forms.term(scaled(forms.polynomial, 1 / forms.bottom[()]))
        return over(forms.term(forms.top), forms.term(forms.bottom))
