"""Indices: n plus a number, and what terms do with an index."""

from __future__ import annotations

from fractions import Fraction

from theory.errors import InputError
from theory.expressions import Expression, Relation, name, number, rational_value
from theory.expressions.abbreviations import ONE, ZERO, op

SUMS = {"sum_": "+", "prod_": "*", "max_": "max", "min_": "min"}
"""Sums, products and extrema, with the operator that joins their terms."""
EMPTY = {"sum_": ZERO, "prod_": ONE}
"""What they are without terms."""


def shift(e: Expression, n: str) -> tuple[int | None, bool]:
    """The number c of a formula n + c, or of a number; and whether n occurs."""
    if n not in e.names:
        value = rational_value(e)
        whole = value is not None and value.denominator == 1
        return (int(value) if whole and value is not None else None), False
    ends = [rational_value(e, {n: Fraction(v)}) for v in (0, 1)]
    if None in ends:
        return None, True
    a, b = (v for v in ends if v is not None)
    plain = b == a + 1 and a.denominator == 1 and linear_in(e, n)
    return (int(a), True) if plain else (None, True)


def linear_in(e: Expression, n: str) -> bool:
    """Whether a formula is made of names and numbers by + and -."""
    return all(node.head in ("name", "number", "+", "-", "neg") for node in e.walk())


def free(e: Expression) -> frozenset[str]:
    """The names of a formula but for the indices of its sums, which mean nothing outside."""
    if e.head == "name":
        return frozenset((e.name,))
    if e.head in SUMS:
        index, first, last, term = e.args
        return free(first) | free(last) | free(term) - {index.name}
    return frozenset[str]().union(*map(free, e.args))


def joined(head: str, terms: list[Expression]) -> Expression:
    """A sum, product or extremum of given terms."""
    if not terms and head not in EMPTY:
        raise InputError(head.removesuffix("_"), "of no terms, where its index begins")
    if not terms:
        return EMPTY[head]
    made = terms[0]
    for term in terms[1:]:
        made = op(SUMS[head], made, term)
    return made


def plus(n: str, c: int) -> Expression:
    """The formula n + c."""
    if c == 0:
        return name(n)
    return op("+" if c > 0 else "-", name(n), number(abs(c)))


def factored(body: Expression, i: str) -> tuple[Expression, Expression]:
    """A product as what does not depend on an index, and what does."""
    if i not in body.names:
        return body, ONE
    if body.head == "*":
        (a, b), (c, d) = (factored(x, i) for x in body.args)
        outer = c if a == ONE else a if c == ONE else op("*", a, c)
        inner = d if b == ONE else b if d == ONE else op("*", b, d)
        return outer, inner
    if body.head == "/" and i not in body.args[1].names:
        a, b = factored(body.args[0], i)
        return op("/", a, body.args[1]), b
    if body.head == "neg":
        a, b = factored(body.args[0], i)
        return op("neg", a), b
    return ONE, body


def reversed_index(body: Expression, i: str, n: str, begin: int, c: int) -> Expression:
    """Write n - i as a new index k, where the terms depend on n in no other way."""

    def change(node: Expression) -> Expression:
        if node.head not in ("+", "-", "neg", "name") or not node.names & {n, i}:
            return node
        if not linear_in(node, n) or node.names - {n, i}:
            return node
        at = [
            rational_value(node, {n: Fraction(a), i: Fraction(b)})
            for a, b in ((0, 0), (1, 0), (0, 1))
        ]
        if None in at:
            return node
        free, by_n, by_i = (v for v in at if v is not None)
        slope = by_n - free
        if slope != -(by_i - free):
            return node
        scaled = name(i) if slope == 1 else op("*", number(slope), name(i))
        return scaled if free == 0 else op("+", scaled, number(free))

    def outermost(e: Expression) -> Expression:
        changed = change(e)
        if changed is not e:
            return changed
        return Expression(e.head, tuple(map(outermost, e.args)), e.value, e.name)

    made = outermost(body)
    # What is left of the old index cannot be told from the new one.
    probe = _hidden(body, i, n)
    return made if not probe else body


def _hidden(body: Expression, i: str, n: str) -> bool:
    """Whether the old index occurs other than in n - i."""
    marker = "the old index"

    def strip(e: Expression) -> Expression:
        if e.head in ("+", "-", "neg") and e.names == {n, i} and linear_in(e, n):
            at = [
                rational_value(e, {n: Fraction(a), i: Fraction(b)})
                for a, b in ((0, 0), (1, 0), (0, 1))
            ]
            if None not in at and at[1] - at[0] == -(at[2] - at[0]):  # type: ignore[operator]
                return name(marker)
        return Expression(e.head, tuple(map(strip, e.args)), e.value, e.name)

    return i in strip(body).names


def index_names(r: Relation) -> set[str]:
    """The counters in the indices of a row."""
    found: set[str] = set()
    for s in (r.left, r.right):
        for node in s.walk():
            if node.head == "item":
                found |= node.args[1].names
    return found
