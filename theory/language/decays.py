"""Terms that depend on the end of their sum: products apart, and weights such as q^(n - i)."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from theory.expressions import Expression, name, number, rational_value
from theory.expressions.abbreviations import ONE, ZERO, op
from theory.expressions.arithmetic import minus, over, times
from theory.expressions.tree import exponent_value
from theory.language.indices import shift

MAX_MONOMIALS = 40
MAX_DEGREE = 4


def spread(e: Expression) -> list[Expression]:
    """A formula as a sum of terms: products of sums and their squares are multiplied out."""
    found = ((t, *_monomial(t)) for t in _spread(e))
    return [_product_of(c, product) if c else t for t, c, product in found]


def collected(e: Expression) -> Expression:
    """A formula with equal terms added up; it has to have a value everywhere, for terms vanish."""
    found: dict[Expression, Fraction] = {}
    for c, product in map(_monomial, _spread(e)):
        found[product] = found.get(product, Fraction(0)) + c
    kept = [_product_of(c, product) for product, c in found.items() if c]
    return joined(kept) if kept else ZERO


def _product_of(c: Fraction, product: Expression) -> Expression:
    whole = product if abs(c) == 1 else times(number(abs(c)), product)
    return minus(whole) if c < 0 else whole


def _monomial(e: Expression) -> tuple[Fraction, Expression]:
    """A product as a number and equal factors as powers, in order: so equals look alike."""
    coefficient, powers = Fraction(1), dict[Expression, int]()
    waiting = [(e, 1)]
    while waiting:
        f, m = waiting.pop()
        k = exponent_value(f.args[1]) if f.head == "**" else None
        divisor = rational_value(f.args[1]) if f.head == "/" else None
        if f.head in ("*", "neg"):
            waiting += [(a, m) for a in f.args]
            coefficient *= (-1) ** m if f.head == "neg" else 1
        elif f.value is not None:
            coefficient *= f.value**m
        elif divisor:
            waiting.append((f.args[0], m))
            coefficient /= divisor**m
        elif k is not None and k.denominator == 1 and k > 0:
            waiting.append((f.args[0], m * int(k)))
        else:
            powers[f] = powers.get(f, 0) + m
    factors = [_power(f, Fraction(k)) for f, k in sorted(powers.items(), key=lambda i: str(i[0]))]
    return coefficient, times(*factors)


def nonzero(e: Expression) -> bool:
    """Whether no number in a formula is 0, which would hide that something has no value."""
    return all(node.value != 0 for node in e.walk())


def _spread(e: Expression) -> list[Expression]:
    match e.head, e.args:
        case "+", (a, b):
            return _spread(a) + _spread(b)
        case "-", (a, b):
            return _spread(a) + [minus(t) for t in _spread(b)]
        case "neg", (a,):
            return [minus(t) for t in _spread(a)]
        case "*", (a, b):
            return _product(_spread(a), _spread(b))
        case "/", (a, b):
            return [over(t, b) for t in _spread(a)]
        case "**", (a, b) if a.head in ("+", "-", "neg", "*", "/"):
            k = exponent_value(b)
            if k is not None and k.denominator == 1 and 1 <= k <= MAX_DEGREE:
                once = made = _spread(a)
                for _ in range(int(k) - 1):
                    made = _product(made, once)
                return made
    return [e]


def _product(a: list[Expression], b: list[Expression]) -> list[Expression]:
    if len(a) * len(b) > MAX_MONOMIALS or (len(a) == 1 and len(b) == 1):
        return [op("*", joined(a), joined(b))]
    return [times(s, t) for s in a for t in b]


def joined(terms: list[Expression]) -> Expression:
    """The sum of terms."""
    made = terms[0]
    for t in terms[1:]:
        made = op("-", made, t.args[0]) if t.head == "neg" else op("+", made, t)
    return made


def decay(body: Expression, i: str, n: str, c: int) -> tuple[Expression, Expression] | None:
    """The factor by which terms change when the end n + c moves on, and the last term.

    Only powers q^(k (n - i) + e) depend on n, with e >= -k c so that no exponent is negative up to
    the last term, i = n + c: they are multiplied by q^k, whatever q is.

    Returns
    -------
    tuple of Expression, or None
        The factor, and the term at i = n + c with i in place of what is not a power.
    """
    if n not in body.names:
        return ONE, body
    match body.head, body.args:
        case "neg", (a,):
            found = decay(a, i, n, c)
            return found and (found[0], minus(found[1]))
        case "*", (a, b):
            left, right = decay(a, i, n, c), decay(b, i, n, c)
            if left is None or right is None:
                return None
            return times(left[0], right[0]), times(left[1], right[1])
        case "/", (a, b) if n not in b.names:
            found = decay(a, i, n, c)
            return found and (found[0], over(found[1], b))
        case "**", (base, e) if not base.names & {n, i}:
            line = _line(e, i, n)
            if line is None:
                return None
            free, slope = line
            last = free - slope * c
            if slope <= 0 or last < 0 or slope.denominator * last.denominator != 1:
                return None
            return _power(base, slope), _power(base, last)
    return None


def _power(base: Expression, k: Fraction) -> Expression:
    return ONE if k == 0 else base if k == 1 else op("**", base, number(k))


def _line(e: Expression, i: str, n: str) -> tuple[Fraction, Fraction] | None:
    """The numbers a, k of a + k (n - i)."""
    if e.names - {n, i} or not _linear(e):
        return None
    at = [rational_value(e, {n: Fraction(a), i: Fraction(b)}) for a, b in ((0, 0), (1, 0), (0, 1))]
    if None in at:
        return None
    free, by_n, by_i = (v for v in at if v is not None)
    return (free, by_n - free) if by_n - free == free - by_i else None


def _linear(e: Expression) -> bool:
    if e.head == "*":
        return any(a.head == "number" for a in e.args) and all(map(_linear, e.args))
    return e.head in ("name", "number", "+", "-", "neg") and all(map(_linear, e.args))


def aligned(
    body: Expression, i: str, families: Collection[str], ends: tuple[int, Expression]
) -> tuple[list[Expression], list[Expression]] | None:
    """The terms of a sum with the least shift of its members, and what stands at the two ends.

    The sum of f(a[i + k]) from b to m is the one of f(a[i]), and f(a[m + j]) - f(a[b + j - 1]) for
    j from 1 to k, also where there are no terms.
    """
    terms = spread(body)
    shifts = [_shifts(t, i, families) for t in terms]
    moved = {k for found in shifts for k in found}
    plain = all(
        len(f) < 2 and (not f or not _indices(t, i)) for f, t in zip(shifts, terms, strict=True)
    )
    if len(moved) < 2 or None in moved or not plain:
        return None
    base = min(k for k in moved if k is not None)
    made, edges = [], []
    for term, found in zip(terms, shifts, strict=True):
        k = next(iter(found), None)
        if k is None:
            made.append(term)
            continue
        made.append(_moved(term, i, name(i), k, base))
        first, last = ends
        for j in range(1, k - base + 1):
            edges.append(_moved(term, i, last, k, base + j))
            edges.append(minus(_moved(term, i, number(first), k, base + j - 1)))
    return (made, edges) if edges else None


def _shifts(e: Expression, i: str, families: Collection[str]) -> set[int | None]:
    """How far the indices of members are from the index."""
    found: set[int | None] = set()
    for node in e.walk():
        if node.head == "item" and i in node.args[1].names:
            found.add(shift(node.args[1], i)[0] if node.args[0].name in families else None)
    return found


def _indices(e: Expression, i: str) -> bool:
    """Whether the index stands outside of the index of a member."""
    if e.head == "item":
        return False
    return e == name(i) or any(_indices(a, i) for a in e.args)


def _moved(e: Expression, i: str, at: Expression, k: int, to: int) -> Expression:
    """Members a[i + k] as a[at + to]."""
    if e.head == "item" and i in e.args[1].names:
        value = rational_value(at)
        here = number(value + to) if value is not None else at
        if value is None and to:
            here = op("+" if to > 0 else "-", at, number(abs(to)))
        return Expression("item", (e.args[0], here))
    return Expression(e.head, tuple(_moved(a, i, at, k, to) for a in e.args), e.value, e.name)
