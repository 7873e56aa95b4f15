"""At the ends of ranges: roots of numbers in the same words, limits that can be read off."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    PI,
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    constant,
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
from proofs.search.corners import root_index
from proofs.search.floats import function, nearest, value
from proofs.search.forms import Forms, Monomial, Poly, p_add, p_mul, scaled, scaled_term
from proofs.search.touching import groups, log_product, sign_of, summands
from proofs.search.trees import Tree, cases, cone, have, opened, split, unused

GE, GT, EQ = Relation.GE, Relation.GT, Relation.EQ
RATIONAL = frozenset({"number", "variable", "integer", "neg", "+", "-", "*", "/", "**"})


def roots_apart(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Square roots of numbers and of pi apart, so that derivatives have the same ones.

    For r = sqrt(2 pi) and s = sqrt(2) sqrt(pi), (r + s)(r - s) = 0; the target is A + B/r
    or A + B r.
    """
    if goal.relation not in (GE, GT):
        return
    for e in dict.fromkeys(e for e in goal.target.walk() if root_index(e) == 2):
        if e.head == "**" and constant(e.parts[1]) != fmpq(1, 2):
            continue
        s = _apart(e.parts[0])
        if s is None:
            continue
        one, other = (replaced(goal.target, {e: number(q)}) for q in (1, -1))
        cofactor = text(over(minus(one, other), number(2)))
        same, inverse, words = unused(goal, "root", 3)
        equal = Formula(minus(e, s), EQ)
        turned = Formula(minus(over(ONE, e), over(ONE, s)), EQ)
        left = Formula(replaced(goal.target, {e: s}), goal.relation)
        squares = cone([], [f"sign:{text(plus(e, s))}"])
        inverses = cone([(-1, [same], "1")], [f"sign:{text(times(e, s))}"])
        for fact in (same, inverse):
            last = cone([(1, [words], "1"), (1, [fact], cofactor)])
            rest = have(words, left, None, last)
            if fact is inverse:
                rest = have(inverse, turned, inverses, rest)
            made = have(same, equal, squares, rest)
            if opened(goal, made) is not None:
                yield made
                return


def _apart(u: Term) -> Term | None:
    """The root of q, q pi or q/pi by roots of whole numbers without squares and that of pi."""
    size = value(function(u), {}) if not u.names and not u.drawn else math.nan
    if not 0 < size < 1e6:
        return None
    for k in (0, 1, -1):
        q = Fraction(size / math.pi**k).limit_denominator(1000)
        if abs(size / math.pi**k - q) > 1e-13 * size:
            continue
        whole, n = 1, q.numerator * q.denominator
        for p in range(2, math.isqrt(n) + 1):
            while n % (p * p) == 0:
                whole, n = whole * p, n // (p * p)
        if (k == 0 and n in (1, q)) or (k == 1 and q == 1):
            return None
        made = number(fmpq(whole, q.denominator))
        made = made if n == 1 else _times(made, Term("sqrt", number(n)))
        root = Term("sqrt", PI)
        return made if k == 0 else _times(made, root) if k == 1 else over(made, root)
    return None


def _times(a: Term, b: Term) -> Term:
    return b if a == ONE else times(a, b)


def falling(goal: Goal, x: str) -> Iterator[Tree]:
    """The target falls to its limit far out; also in words in which the limit can be read off."""
    r = goal.box[x]
    node: Tree = {"rule": "limit", "variable": x, "end": "hi" if r.hi is None else "lo"}
    yield node
    far = (r.lo is not None and r.lo >= 0) if r.hi is None else r.hi <= 0
    if not far:
        return
    said = _dominated(goal, goal.target, x)
    if said != goal.target:
        (name,) = unused(goal, "limit")
        yield have(name, Formula(said, goal.relation), node, cone([(1, [name], "1")]))


def _dominated(goal: Goal, e: Term, x: str) -> Term:
    """Quotients of polynomials in x, as powers of x times what has a limit that is not zero."""
    if x not in e.names or e.head in ("variable", "integer"):
        return e
    if e.head in ("+", "-", "neg"):
        return _sum(goal, e, x)
    if e.head in ("*", "/"):
        factors = list(_factors(e, 1))
        plain = [(f, way) for f, way in factors if f.names <= {x} and _rational(f)]
        made = _leading(goal, _joined(plain), x) if plain else None
        others = [(f, way) for f, way in factors if (f, way) not in plain or made is None]
        total = made
        for f, way in others:
            inner = _dominated(goal, f, x)
            if total is None:
                total = inner if way > 0 else over(ONE, inner)
            else:
                total = (times if way > 0 else over)(total, inner)
        return e if total is None else total
    if e.head in ("exp", "log", "sqrt", "erf", "atan", "tanh", "abs"):
        return Term(e.head, *(_dominated(goal, p, x) for p in e.parts))
    if e.head == "**" and constant(e.parts[1]) is not None and not _rational(e):
        return power(_dominated(goal, e.parts[0], x), e.parts[1])
    made = _leading(goal, e, x) if _rational(e) else None
    return e if made is None else made


def _sum(goal: Goal, e: Term, x: str) -> Term:
    """Summands one by one; logarithms with factors of one size as that of a quotient."""
    logs: list[tuple[Term, fmpq]] = []
    total: Term | None = None
    for one, sign in summands(e, 1):
        c, u = _multiple(one)
        if u.head == "log" and x in u.names and goal.knows(u.parts[0], GT):
            logs.append((u.parts[0], c * sign))
            continue
        part = _dominated(goal, one, x)
        if total is None:
            total = part if sign > 0 else neg(part)
        else:
            total = (plus if sign > 0 else minus)(total, part)
    sizes = {abs(c) for _, c in logs}
    if len(sizes) > 1:
        return e
    if logs:
        ratio = _joined([(u, 1 if c > 0 else -1) for u, c in logs])
        made = scaled_term(sizes.pop(), Term("log", _dominated(goal, ratio, x)))
        total = made if total is None else plus(total, made)
    return e if total is None else total


def _multiple(e: Term) -> tuple[fmpq, Term]:
    """A number times a term."""
    if e.head == "neg":
        c, u = _multiple(e.parts[0])
        return -c, u
    if e.head in ("*", "/"):
        left, right = (constant(p) for p in e.parts)
        if e.head == "*" and left is not None:
            c, u = _multiple(e.parts[1])
            return c * left, u
        if right is not None and right != 0:
            c, u = _multiple(e.parts[0])
            return (c * right if e.head == "*" else c / right), u
    return fmpq(1), e


def _rational(e: Term) -> bool:
    """Whether it is a quotient of polynomials, with any constants as coefficients."""
    if not e.names:
        return not e.drawn
    if e.head == "**":
        q = constant(e.parts[1])
        return q is not None and q.q == 1 and _rational(e.parts[0])
    return e.head in RATIONAL and all(map(_rational, e.parts))


def _factors(e: Term, way: int) -> Iterator[tuple[Term, int]]:
    if e.head in ("*", "/"):
        yield from _factors(e.parts[0], way)
        yield from _factors(e.parts[1], way if e.head == "*" else -way)
    else:
        yield e, way


def _joined(factors: list[tuple[Term, int]]) -> Term:
    total: Term = ONE
    for f, way in factors:
        total = _times(total, f) if way > 0 else over(total, f)
    return total


def _leading(goal: Goal, e: Term, x: str) -> Term | None:
    """A quotient of polynomials in x as x^k (a + b/x + ...)/(c + d/x + ...)."""
    try:
        forms = Forms(goal.aimed(e, GE))
    except (Rejected, Malformed):
        return None
    variable = goal.variables[x]
    if e.names != {x} or not forms.top:
        return None
    ends = [_reversed(forms, p, variable) for p in (forms.top, forms.bottom)]
    (top, n), (bottom, m) = ends
    made = top if bottom == ONE else over(top, bottom)
    k = n - m
    if k == 0:
        return made
    size = variable if abs(k) == 1 else power(variable, number(abs(k)))
    return _times(made, size) if k > 0 else over(made, size)


def _reversed(forms: Forms, p: Poly, x: Term) -> tuple[Term, int]:
    """A polynomial in x over its highest power of x, and that power."""
    rows: dict[int, dict[Monomial, fmpq]] = {}
    for m, c in p.items():
        k = sum(k for v, k in m if forms.atom(v) == x)
        rows.setdefault(k, {})[tuple(row for row in m if forms.atom(row[0]) != x)] = c
    degree, total = max(rows), None
    for k in sorted(rows, reverse=True):
        under = x if degree - k == 1 else power(x, number(degree - k))
        one = forms.term(rows[k]) if k == degree else over(forms.term(rows[k]), under)
        total = one if total is None else plus(total, one)
    assert total is not None
    return total, degree


def isolated(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """A logarithm, or another function whose derivative is algebraic, without its factor.

    With c > 0 the target c L + d is c times L + d/c, whose derivative has no L.
    """
    top = forms.polynomial
    if top is None or goal.relation not in (GE, GT) or len(goal.target.names) > 3:
        return
    target = scaled(top, 1 / forms.bottom[()])
    for head in ("log", "erf", "atan", "asin"):
        found, rest = groups(forms, target, head)
        if len(found) != 1 or any(
            e.head == head and e.names for p in (found[0][0], rest) for e in forms.term(p).walk()
        ):
            continue
        (c, parts), factor = found[0], forms.term(found[0][0])
        sign = sign_of(goal, factor)
        if sign == 0 or not factor.names & parts_names(parts):
            continue
        if len(factor.names) == 1 and (x := min(factor.names)) in goal.box:
            r = goal.box[x]
            closed = r.lo is not None and not r.lo_open and r.lo != r.hi
            if closed and value(function(factor), {x: nearest(r.lo)}) == 0:
                yield split(goal, x, r.lo)
                return
            closed = r.hi is not None and not r.hi_open and r.lo != r.hi
            if closed and value(function(factor), {x: nearest(r.hi)}) == 0:
                (name,) = unused(goal, "end")
                yield cases(name, text(minus(number(r.hi), goal.variables[x])))
                return
        positive = forms.term(scaled(c, sign))
        left = scaled_term(fmpq(sign), log_product(parts))
        less = plus(left, _shared(forms, rest, scaled(c, sign), positive)) if rest else left
        first, second = unused(goal, "factor", 2)
        last = cone([(1, [first, second], "1")])
        yield have(
            first,
            Formula(positive, GT),
            None,
            have(second, Formula(less, goal.relation), None, last),
        )


def _shared(forms: Forms, rest: Poly, c: Poly, positive: Term) -> Term:
    """The rest over the factor, summand by summand where that is a single one: roots cancel.

    Otherwise what the rest has of the factor is a number, and exponentials go up: so there is a
    limit that can be read off.
    """
    if len(c) > 1:
        ratios = {rest.get(m, fmpq(0)) / q for m, q in c.items()}
        share = ratios.pop() if len(ratios) == 1 else fmpq(0)
        left = p_add(rest, scaled(c, -share))
        common = {
            v: k
            for v, k in set(next(iter(c))).intersection(*map(set, c))
            if forms.atom(v).head == "exp"
        }
        up: Poly = {tuple(sorted((v, -k) for v, k in common.items())): fmpq(1)}
        if not share and not common:
            return over(forms.term(rest), positive)
        quotient = over(forms.term(p_mul(left, up)), forms.term(p_mul(c, up)))
        return plus(number(share), quotient) if share else quotient
    ((m, q),) = c.items()
    return forms.term(p_mul(rest, {tuple((v, -k) for v, k in m): 1 / q}))


def parts_names(parts: list[tuple[Term, fmpq]]) -> frozenset[str]:
    """The variables of some terms."""
    return frozenset().union(*(e.names for e, _ in parts))
