"""Inverse functions: W(u) compares to b as u does to b exp(b), x is exp(t) beside log(x)."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from proofs.core.goals import Goal, Range
from proofs.core.terms import (
    Formula,
    Relation,
    Term,
    constant,
    exp,
    minus,
    neg,
    number,
    over,
    plus,
    text,
    times,
)
from proofs.search.forms import Forms, scaled
from proofs.search.standard import LAMBERT, TANGENT
from proofs.search.touching import groups, sign_of
from proofs.search.trees import Tree, cite, cone, have, substitute, unused

GE, GT = Relation.GE, Relation.GT


def lambert(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A target c W(u) + d with c of one sign: W(u) against b = -d/c, by u against b exp(b).

    With t = b - W and W exp(W) = u, from exp(t) >= 1 + t: where u >= b exp(b) and b >= 0,
    (W - b)(1 + b) is exp(-W) (u - b exp(b)) + b (exp(t) - 1 - t), and
    where u <= b exp(b), (b - W)(1 + W) is exp(-b) (b exp(b) - u) + W (exp(-t) - 1 + t).
    """
    top = forms.polynomial
    if top is None or goal.relation is not GE:
        return
    found, rest = groups(forms, scaled(top, 1 / forms.bottom[()]), "lambertw")
    if len(found) != 1 or len(found[0][1]) != 1:
        return
    (c, [(w, share)]) = found[0]
    if any(e.head == "lambertw" for p in (c, rest) for e in forms.term(p).walk()):
        return
    factor = forms.term(c)
    sign = sign_of(goal, factor)
    if sign == 0 or share != 1:
        return
    u = w.parts[0]
    if factor.names:
        b = over(forms.term(scaled(rest, -1)), factor)
    elif set(c) == {()}:
        b = forms.term(scaled(rest, -1 / c[()]))
    else:
        return
    yield from (_at_least if sign > 0 else _at_most)(goal, w, u, b, times(number(sign), factor))


def _grown(b: Term) -> Term:
    """Write b exp(b), where b may be a logarithm or a sum of some."""
    total: Term | None = None
    rest: Term | None = None
    stack = [(b, 1)]
    while stack:
        e, way = stack.pop()
        if e.head in ("+", "-"):
            stack += [(e.parts[1], way if e.head == "+" else -way), (e.parts[0], way)]
        elif e.head == "neg":
            stack.append((e.parts[0], -way))
        elif e.head == "*" and e.parts[0] == number(-1):
            stack.append((e.parts[1], -way))
        elif e.head == "log":
            one = e.parts[0]
            if total is None:
                total = one if way > 0 else over(number(1), one)
            else:
                total = (times if way > 0 else over)(total, one)
        else:
            one = e if way > 0 else neg(e)
            rest = one if rest is None else plus(rest, one)
    power = exp(rest) if rest is not None else None
    made = power if total is None else total if power is None else times(total, power)
    assert made is not None
    return times(b, made)


def _at_least(goal: Goal, w: Term, u: Term, b: Term, c: Term) -> Iterator[Tree]:
    same, tangent, less, low, factor = unused(goal, "lambert", 5)
    power = f"sign:{text(exp(neg(w)))}"
    last = cone(
        [(1, [factor, same, power], "1"), (1, [factor, less, power], "1"),
         (1, [factor, low, tangent], "1")],
        ["whole"],
    )  # fmt: skip
    made = have("whole", Formula(plus(number(1), b), GT), None, last)
    made = have(factor, Formula(c, GE), None, made)
    made = have(low, Formula(b, GE), None, made)
    made = have(less, Formula(minus(u, _grown(b)), GE), None, made)
    made = _cite(tangent, TANGENT.digest, minus(b, w), made)
    yield _cite(same, LAMBERT[0].digest, u, made)


def _at_most(goal: Goal, w: Term, u: Term, b: Term, c: Term) -> Iterator[Tree]:
    same, tangent, more, low, factor = unused(goal, "lambert", 5)
    power = f"sign:{text(exp(neg(b)))}"
    last = cone(
        [(1, [factor, same, power], "1"), (1, [factor, more, power], "1"),
         (1, [factor, low, tangent], "1")],
        ["whole"],
    )  # fmt: skip
    made = have("whole", Formula(plus(number(1), w), GT), None, last)
    made = have(factor, Formula(c, GE), None, made)
    made = have(low, Formula(w, GE), None, made)
    made = have(more, Formula(minus(_grown(b), u), GE), None, made)
    made = _cite(tangent, TANGENT.digest, minus(w, b), made)
    yield _cite(same, LAMBERT[1].digest, u, made)


def _cite(name: str, digest: str, t: Term, rest: Tree) -> Tree:
    return cite(name, digest, {"t": text(t)}, rest)


def as_exponentials(goal: Goal, _: Forms) -> Iterator[Tree]:
    """X = exp(t), where log(x) or x**y occurs; x > 1, where x occurs nowhere else."""
    for x in sorted(goal.target.names & set(goal.box)):
        variable, r = goal.variables[x], goal.box[x]
        if variable.head != "variable" or not any(
            _logarithmic(e, variable) for e in goal.target.walk()
        ):
            continue
        if r == Range(fmpq(0), None, True):
            yield substitute(x, f"exp({x})", f"log({x})")
        elif r == Range(fmpq(1), None, r.lo_open) and _only_logarithms(goal.target, variable):
            yield substitute(x, f"exp({x})", f"log({x})", [f"{x} {'>' if r.lo_open else '>='} 0"])


def _logarithmic(e: Term, variable: Term) -> bool:
    inside = e.head == "log" or (e.head == "**" and constant(e.parts[1]) is None)
    return inside and e.parts[0] == variable


def _only_logarithms(e: Term, variable: Term) -> bool:
    """Whether a variable occurs as log(x) and as the base of powers only."""
    if _logarithmic(e, variable):
        return all(_only_logarithms(p, variable) for p in e.parts[1:])
    return e != variable and all(_only_logarithms(p, variable) for p in e.parts)
