"""The error function alone: A (1 - erf) - B is A times 1 - erf - B/A, whose slope has none.

So are bounds of Mills' ratio shown, from their limit far out, and what comes of erf squared.
"""

from __future__ import annotations

from collections.abc import Iterator

from proofs.core.goals import Goal
from proofs.core.terms import ONE, Formula, Relation, Term, exp, neg, number, over, plus, times
from proofs.search.floats import function, nearest, value
from proofs.search.forms import Forms
from proofs.search.touching import sign_of, summands
from proofs.search.trees import Tree, cone, have, split, unused

GE, GT = Relation.GE, Relation.GT


def mills(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Divide by what stands beside erf, where that has a sign and erf occurs in one summand."""
    names = sorted(goal.target.names & set(goal.box))
    if len(names) != 1 or goal.relation not in (GE, GT):
        return
    found = [(e, sign) for e, sign in summands(goal.target, 1) if errors(e)]
    others = [(e, sign) for e, sign in summands(goal.target, 1) if not errors(e)]
    if len(found) != 1 or not others or len(errors(found[0][0])) != 1:
        return
    factors = list(_factors(found[0][0], 1))
    inner = [(e, way) for e, way in factors if errors(e)]
    beside = [(e, way) for e, way in factors if not errors(e)]
    if len(inner) != 1 or inner[0][1] < 0 or not _linear(inner[0][0]):
        return
    if not any(e.names for e, _ in beside):
        return
    size = _joined(beside)
    sign = sign_of(goal, size)
    (x,) = names
    r = goal.box[x]
    if sign == 0:
        return
    if r.lo is not None and not r.lo_open and value(function(size), {x: nearest(r.lo)}) == 0:
        yield split(goal, x, r.lo)
        return
    whole = inner[0][0] if found[0][1] * sign > 0 else neg(inner[0][0])
    for e, own in others:
        share = _joined([*_factors(e, 1), *((f, -way) for f, way in beside)])
        whole = plus(whole, share if own * sign > 0 else neg(share))
    first, second = unused(goal, "mills", 2)
    positive = size if sign > 0 else neg(size)
    last = cone([(1, [first, second], "1")])
    falls: Tree = {"rule": "limit", "variable": x, "end": "hi"}
    for proof in (falls, None) if r.hi is None else (None,):  # other words hide the limit again
        rest = have(second, Formula(whole, goal.relation), proof, last)
        yield have(first, Formula(positive, GT), None, rest)


def errors(e: Term) -> frozenset[Term]:
    """The error functions in a term, of what is not constant."""
    return frozenset(t for t in e.walk() if t.head == "erf" and t.names)


def _linear(e: Term) -> bool:
    """Whether it is erf(u), or a number plus or minus that."""
    if e.head == "erf":
        return True
    if e.head == "neg":
        return _linear(e.parts[0])
    return e.head in ("+", "-") and all(_linear(p) or not p.names for p in e.parts)


def _factors(e: Term, way: int) -> Iterator[tuple[Term, int]]:
    if e.head == "neg":
        yield number(-1), 1
        yield from _factors(e.parts[0], way)
    elif e.head in ("*", "/"):
        yield from _factors(e.parts[0], way)
        yield from _factors(e.parts[1], way if e.head == "*" else -way)
    else:
        yield e, way


def _joined(factors: list[tuple[Term, int]]) -> Term:
    """A product, exponentials as one: what grows far out then has a limit."""
    total, exponent = ONE, None
    left = list(factors)
    for e, way in factors:  # t/t has a value where 1/t has one
        if (e, way) in left and (e, -way) in left:
            left.remove((e, way))
            left.remove((e, -way))
    for e, way in left:
        if e.head == "exp":
            u = e.parts[0] if way > 0 else neg(e.parts[0])
            exponent = u if exponent is None else plus(exponent, u)
        elif way > 0:
            total = e if total is ONE else times(total, e)
        else:
            total = over(total, e)
    return total if exponent is None else times(total, exp(exponent))
