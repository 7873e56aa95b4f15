"""What is known, put to use: cleared denominators, elimination by facts, tangents of exp."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    Formula,
    Relation,
    Term,
    constant,
    exp,
    linear,
    log,
    minus,
    neg,
    number,
    over,
    plus,
    power,
    replaced,
    text,
    times,
)
from proofs.search.floats import function, plausible, samples, value
from proofs.search.forms import Forms, Poly, ends_a_range, p_add, p_mul, scaled, vanishes
from proofs.search.standard import TANGENT
from proofs.search.trees import Tree, cases, cite, cone, have, unused

GE, GT, EQ, NE = Relation.GE, Relation.GT, Relation.EQ, Relation.NE
MAX_PEELED, MAX_TANGENTS = 12, 4


def cleared(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A fact top/bottom >= 0 with a denominator of one sign says top >= 0 or -top >= 0."""
    known = set(goal.facts.values())
    for label, top, bottom, relation in forms.fractions:
        below = forms.term(bottom)
        inside = goal.target.names <= below.names  # perhaps it is the sign of this that is shown
        if not informs(goal, label) or (inside and not goal.facts[label].term.names <= below.names):
            continue
        f = function(below)
        seen = [v for v in (value(f, p) for p in samples(goal, 60)) if not math.isnan(v)]
        sign = 1 if sum(math.copysign(1, v) for v in seen if v) >= 0 else -1
        if any(v * sign < 0 for v in seen):
            continue
        said = Formula(forms.term(scaled(top, sign)), relation)
        if said in known:
            continue
        first, above = unused(goal, "cleared", 2)
        positive = Formula(forms.term(scaled(bottom, sign)), GT)
        if vanishes(goal, minus(goal.target, positive.term)) or _needs(goal, said.term):
            continue
        made = cone([(1, [label, first], "1")])
        yield have(first, positive, None, have(above, said, made, None))


def _needs(goal: Goal, said: Term) -> bool:
    """Whether a fact has a value only where the target holds, so that it cannot help to show it."""
    inside = (t.parts[0] for t in said.walk() if t.head in ("sqrt", "log", "**"))
    return any(vanishes(goal, minus(goal.target, u)) for u in inside if u.names)


def strict(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """What is >= 0 by another fact and is not zero is > 0; so is its opposite.

    Not where one of them is known to be; nor of what has roots: the facts about what is under them
    say it, and more is in the way.
    """
    for e, relation in goal.facts.values():
        if relation is not NE or any(t.head == "sqrt" for t in e.walk()):
            continue
        both = (e, neg(e))
        for u in () if any(goal.knows(u, GT) for u in both) else both:
            if not goal.knows(u, GE):
                continue
            above, other = unused(goal, "strict", 2)
            word = text(u)
            # where -u >= 0 too, 1 + (-u) u/u^2 = 0 is absurd
            absurd = cone([(1, [], "1"), (1, [other, f"sign:{word}"], f"1/({word})")], sign=0)
            shown = cases(other, word, cone([(1, [other], "1")]), absurd)
            yield have(above, Formula(u, GT), shown, None)


def divided(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A fact with a positive monomial as a factor, without it."""
    known = set(goal.facts.values())
    for fact in forms.facts:
        rows = [dict(m) for m in fact.poly]
        if fact.label not in goal.facts or len(rows) < 2 or not informs(goal, fact.label):
            continue
        shares = {
            v: min(row[v] for row in rows)
            for v in set(rows[0]).intersection(*rows[1:])
            if forms.strictly(v) is not None
        }
        shares = {v: k for v, k in shares.items() if k > 0}
        if not shares:
            continue
        less = {
            tuple((v, k - shares.get(v, 0)) for v, k in m if k - shares.get(v, 0)): c
            for m, c in fact.poly.items()
        }
        said = Formula(forms.term(less), fact.relation)
        if said in known:
            continue
        factors = [str(forms.strictly(v)) for v, k in shares.items() for _ in range(k)]
        (name,) = unused(goal, "divided")
        yield have(name, said, cone([(1, [fact.label], "1")], factors), None)


def informs(goal: Goal, label: str) -> bool:
    """Whether a fact says more than an end of a range, that something is defined or positive."""
    fact = goal.facts[label]
    noted = label == str(fact) or label.startswith(("log ", "part ", "antilog "))
    return not noted and not ends_a_range(goal, fact)


def peel(goal: Goal, forms: Forms, kind: str = "", anyway: bool = False) -> Iterator[Tree]:
    """Eliminate, by one fact, an atom in which the target and the fact are linear.

    With a target c v + d and a fact a v + b >= 0 it is enough that a > 0, c >= 0 and a d - c b
    compares as the target does; sampling has to agree with the last, unless it is done ``anyway``.
    Only facts with names of a ``kind`` are tried.
    """
    top = forms.polynomial
    if top is None or not top or goal.relation not in (GE, GT):
        return
    target = scaled(top, 1 / forms.bottom[()])
    made: list[tuple[Any, int, str, Relation, Poly, Poly, Poly]] = []
    for fact in forms.facts:
        if fact.relation is Relation.NE or not fact.label.startswith(kind):
            continue
        for v in sorted({v for m in fact.poly for v, _ in m}):
            ends = linear_in(target, v), linear_in(fact.poly, v)
            if ends[0] is None or ends[1] is None:
                continue
            if _exponent(target, v) != _exponent(fact.poly, v):
                continue
            (c, d), (a, b) = ends[0], ends[1]
            rest: Poly
            share = forms.divided(c, a)
            if share is not None and set(a) != {()}:
                c, a = share, {(): fmpq(1)}
                rest = p_add(d, scaled(p_mul(c, b), -1))
                cost = (False, set(c) != {()}, _own_range(goal, forms, v), len(rest))
                made.append((cost, len(made), fact.label, fact.relation, a, c, rest))
                continue
            rest = p_add(p_mul(a, d), p_mul(p_mul({(): fmpq(-1)}, c), b))
            if len(rest) > 60:
                continue
            cost = (set(a) != {()}, set(c) != {()}, _own_range(goal, forms, v), len(rest))
            made.append((cost, len(made), fact.label, fact.relation, a, c, rest))
    for _, _, label, relation, a, c, rest in sorted(made, key=lambda row: row[:2])[:MAX_PEELED]:
        for sign in (1, -1):
            made_of = (scaled(p, sign) for p in (a, c, rest))
            found = _peeled(goal, forms, label, relation, *made_of, anyway=anyway)
            if found is not None:
                yield found
                break


def _own_range(goal: Goal, forms: Forms, v: int) -> int:
    """Atoms that nothing else bounds go first, then powers and roots, then plain variables."""
    e = forms.atom(v)
    if e.head in ("variable", "integer"):
        r = goal.box.get(str(e.value))
        return 0 if r is not None and r.lo is None and r.hi is None else 2
    return 1


def linear_in(p: Poly, v: int) -> tuple[Poly, Poly] | None:
    """The coefficient of an atom, and the rest; None unless it occurs, linearly."""
    powers = {dict(m).get(v, 0) for m in p} - {0}
    if len(powers) != 1 or not powers <= {1, -1}:
        return None
    slope, rest = {}, {}
    for m, c in p.items():
        if dict(m).get(v, 0):
            slope[tuple(q for q in m if q[0] != v)] = c
        else:
            rest[m] = c
    return slope, rest


def _exponent(p: Poly, v: int) -> int:
    return next(k for m in p for u, k in m if u == v)


def _peeled(
    goal: Goal,
    forms: Forms,
    label: str,
    relation: Relation,
    a: Poly,
    c: Poly,
    rest: Poly,
    *,
    anyway: bool,
) -> Tree | None:
    names = unused(goal, "peel", 3)
    times: list[str] = []
    lemmas: list[tuple[str, Formula]] = []
    if not _plausibly(goal, forms, a, strict=True):
        return None
    if set(a) == {()}:
        share = 1 / a[()]
    else:
        share, times = fmpq(1), [names[0]]
        lemmas.append((names[0], Formula(forms.term(a), GT)))
    if relation is EQ:
        first = (share, [label], text(forms.term(c)))
    elif set(c) == {()}:
        if c[()] < 0:
            return None
        first = (share * c[()], [label], "1")
    else:
        if not _plausibly(goal, forms, c, strict=False):
            return None
        first = (share, [names[1], label], "1")
        lemmas.append((names[1], Formula(forms.term(c), GE)))
    if not rest and goal.relation is GT:
        return None
    terms = [first]
    if rest:
        if not anyway and not _plausibly(goal, forms, rest, strict=False):
            return None
        terms.append((share, [names[2]], "1"))
        lemmas.append((names[2], Formula(forms.term(rest), goal.relation)))
    made: Tree = cone(terms, times)
    for name, lemma in reversed(lemmas):
        made = have(name, lemma, None, made)
    return made


def _plausibly(goal: Goal, forms: Forms, p: Poly, strict: bool) -> bool:
    return plausible(goal.aimed(forms.term(p), GT if strict else GE), 120)


def tangents(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Cite exp(t) >= 1 + t at the exponents and logarithms of the target; then combine."""
    if goal.relation not in (GE, GT) or forms.polynomial is None:
        return
    at: dict[str, None] = {}
    for e in goal.target.walk():
        if e.head == "exp":
            at[text(e.parts[0])] = None
        elif e.head == "log":
            at[text(e)] = at[text(neg(e))] = None
        elif e.head == "**" and constant(e.parts[1]) is None:
            at[text(times(e.parts[1], log(e.parts[0])))] = None
    logs = list(dict.fromkeys(e for e in goal.target.walk() if e.head == "log"))
    pairs = [text(minus(u, v)) for u, v in itertools.permutations(logs, 2)]
    chosen = [*pairs[:2], *at][:MAX_TANGENTS]
    if not chosen or any(name.startswith("tangent") for name in goal.facts):
        return
    made: Tree | None = None
    for t, name in zip(reversed(chosen), unused(goal, "tangent", len(chosen)), strict=True):
        made = cite(name, TANGENT.digest, {"t": t}, made)
    if made is not None:
        yield made


def antilog(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Logarithms with rational coefficients: sum c_i log(u_i) + r >= 0 if prod u_i^c_i e^r >= 1.

    With N and D the factors of positive and negative exponent, N > 0 and N - D >= 0 are shown, and
    exp(t) >= 1 + t at t = -target says the rest.
    """
    top = forms.polynomial
    if top is None or goal.relation not in (GE, GT) or len(top) > 12:
        return
    if any(name.startswith("log ") for name in goal.facts):  # where it comes from
        return
    target = scaled(top, 1 / forms.bottom[()])
    up: list[Term] = []
    down: list[Term] = []
    rest: dict[Any, Any] = {}
    for m, c in target.items():
        e = forms.atom(m[0][0]) if len(m) == 1 and m[0][1] == 1 else None
        if e is not None and e.head == "log":
            size = abs(c)
            if size.q > 4 or size.p > 8:
                return
            factor = e.parts[0] if size == 1 else power(e.parts[0], number(size))
            (up if c > 0 else down).append(factor)
        else:
            rest[m] = -c
    if (not up and not down) or not any(e.names for e in (*up, *down)):
        return
    if any(forms.atom(v).head == "log" for m in rest for v, _ in m):
        return
    if rest:
        (down if up else up).append(exp(forms.term(rest if up else scaled(rest, -1))))
    first, second, third = unused(goal, "antilog", 3)
    over, under = (_product(terms) for terms in (up, down))
    gap = Formula(minus(over, under), goal.relation)
    last = cone([(1, [first, third], "1"), (1, [second], "1")], [first])
    tangent = cite(third, TANGENT.digest, {"t": text(neg(goal.target))}, last)
    yield have(first, Formula(over, GT), None, have(second, gap, None, tangent))


def _product(terms: list[Term]) -> Term:
    total = terms[0] if terms else number(1)
    for e in terms[1:]:
        total = times(total, e)
    return total


def eliminated(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """The target without a variable that an invariant x == e gives; it is at most square in x.

    So does a hypothesis with a root in it, as s == sqrt(2/n).
    """
    for label, (fact, relation) in goal.facts.items():
        rooted = any(t.head == "sqrt" for t in fact.walk())
        if relation is not EQ or not (label.startswith("invariant") or rooted):
            continue
        for name in sorted(fact.names & goal.target.names):
            x = goal.variables[name]
            found = linear(fact, x)
            if found is None or not _at_most_square(forms, x):
                continue
            c, rest = found
            e = _plain_over(neg(rest), c)
            low, middle, high = (replaced(goal.target, {x: number(q)}) for q in (-1, 0, 1))
            square = minus(over(plus(high, low), number(2)), middle)
            slope = plus(times(square, plus(x, e)), over(minus(high, low), number(2)))
            (made,) = unused(goal, "without")
            last = cone([(1, [made], "1"), (1 / c, [label], text(slope))])
            yield have(made, Formula(replaced(goal.target, {x: e}), goal.relation), None, last)


def bounded(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """The target at a bound of a variable in which it is linear, where peeling loses its shape.

    That is where there are denominators, or quotients in exponents.
    """
    inside = (t for e in goal.target.walk() if e.head == "exp" for t in e.parts[0].walk())
    plain = forms.polynomial is not None and not any(
        t.head == "/" and t.parts[1].names for t in inside
    )
    if plain or goal.relation not in (GE, GT):
        return
    for label, (fact, relation) in goal.facts.items():
        if relation not in (GE, GT) or not informs(goal, label):
            continue
        for name in sorted(fact.names & goal.target.names):
            x = goal.variables[name]
            found = linear(fact, x)
            if found is None or not found[1].names or not _straight(goal, x):
                continue
            c, rest = found
            low, high = (replaced(goal.target, {x: number(q)}) for q in (0, 1))
            slope = Formula(minus(high, low) if c > 0 else minus(low, high), GE)
            if not plausible(goal.aimed(*slope), 120):
                continue
            at = Formula(replaced(goal.target, {x: _plain_over(neg(rest), c)}), goal.relation)
            if not plausible(goal.aimed(*at), 120):
                continue
            first, second = unused(goal, "bounded", 2)
            last = cone([(1, [second], "1"), (1 / abs(c), [first, label], "1")])
            yield have(first, slope, None, have(second, at, None, last))


def _straight(goal: Goal, x: Term) -> bool:
    """Whether sampling sees no curvature of the target along a variable."""
    f = function(goal.target)
    name, seen = str(x.value), []
    for point in samples(goal, 40):
        a, b, c = (value(f, {**point, name: q}) for q in (0.5, 1.0, 1.5))
        if not any(map(math.isnan, (a, b, c))):
            seen.append(abs(a - 2 * b + c) <= 1e-9 * (abs(a) + abs(b) + abs(c)))
    return len(seen) > 4 and all(seen)


def _plain_over(e: Term, c: fmpq) -> Term:
    if c == 1 or (c == -1 and e.head == "neg"):
        return e if c == 1 else e.parts[0]
    return over(e, number(c))


def _at_most_square(forms: Forms, x: Term) -> bool:
    """Whether the target is a polynomial of degree at most two in a variable."""
    places = {v for p in (forms.top, forms.bottom) for m in p for v, _ in m}
    if any(x.value in forms.atom(v).names for v in places if forms.atom(v) != x):
        return False
    below = {v for m in forms.bottom for v, _ in m}
    powers = (k for m in forms.top for v, k in m if forms.atom(v) == x)
    return all(forms.atom(v) != x for v in below) and all(0 <= k <= 2 for k in powers)
