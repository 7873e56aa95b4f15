"""Claims about functions whose constants are variables: multipliers as formulas.

At points of the parameters the multipliers are found as for numbers (:mod:`performance`), exactly;
rational functions are fitted through them. Then everything is done once more with formulas: what
is left must be a sum of squares d (row . coordinates)^2, and that multipliers and the d are not
negative becomes claims about the parameters alone, which the search proves like any others.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat

from proofs.core.goals import Goal
from proofs.core.terms import Malformed, Rejected, Relation
from proofs.search.forms import Forms, Poly
from proofs.search.performance import multipliers
from proofs.search.quadratic import Quadratic, Row, blocks_of
from proofs.search.trees import Tree, unused
from theory.expressions import from_sympy
from theory.gram import Gram
from theory.tools import installed

SAMPLES, DEGREES = 90, (1, 2, 3, 4)
Point = Mapping[str, Fraction]


@dataclass(frozen=True)
class Parametric:
    """A goal whose coefficients are quotients of polynomials in parameters.

    Attributes
    ----------
    names : tuple of str
        The parameters.
    target, facts : rows
        Label, numerator, denominator, whether it is an equation; numerators are polynomials.
    conditions : tuple
        Facts about the parameters alone: numerator, denominator, relation.
    """

    forms: Forms
    gram: Gram
    names: tuple[str, ...]
    target: tuple[Poly, Poly]
    facts: tuple[tuple[str, Poly, Poly, bool], ...]
    conditions: tuple[tuple[Poly, Poly, Relation], ...]


def parametric(goal: Goal, gram: Gram) -> Parametric | None:
    """Read a goal; None if it has no parameters, or is not of this kind."""
    if not installed("clarabel", "scipy") or goal.relation is not Relation.GE:
        return None
    try:
        forms = Forms(goal)
    except (Rejected, Malformed):
        return None
    rows = [("", forms.top, forms.bottom, Relation.GE)]
    rows += [(n, p, {(): fmpq(1)}, r) for n, p, r in forms.facts]
    rows += forms.fractions
    known = {v: str(forms.atom(v)) for _, p, q, _ in rows for m in (*p, *q) for v, _ in m}
    if any(forms.atom(v).head not in ("variable", "integer") for v in known):
        return None
    together = {
        x for _, p, q, _ in rows for m in (*p, *q) if {known[v] for v, _ in m} & gram.names
        for x in (known[v] for v, _ in m)
    }  # fmt: skip
    names = tuple(sorted(together - gram.names))
    if not names:
        return None

    def alone(p: Poly, q: Poly) -> bool:
        return {known[v] for m in (*p, *q) for v, _ in m} <= set(names)

    facts = tuple((n, p, q, r is Relation.EQ) for n, p, q, r in rows[1:]
                  if not alone(p, q) and n[:3] not in ("lo:", "hi:"))  # fmt: skip
    conditions = tuple((p, q, r) for _, p, q, r in rows[1:] if alone(p, q))
    if any({known[v] for m in q for v, _ in m} & gram.names for _, _, q, _ in facts):
        return None
    return Parametric(forms, gram, names, rows[0][1:3], facts, conditions)


# At points ----------------------------------------------------------------------------------------


def _at(forms: Forms, p: Poly, point: Point) -> dict[Any, Any]:
    """A polynomial with numbers for the parameters."""
    made: dict[Any, Any] = {}
    for m, c in p.items():
        rest = []
        for v, k in m:
            x = str(forms.atom(v))
            if x in point:
                c = c * fmpq(point[x].numerator, point[x].denominator) ** k
            else:
                rest.append((v, k))
        made[tuple(rest)] = made.get(tuple(rest), fmpq(0)) + c
    return {m: c for m, c in made.items() if c != 0}


def _quotient(forms: Forms, top: Poly, bottom: Poly, point: Point) -> dict[Any, Any] | None:
    below = _at(forms, bottom, point)
    if set(below) != {()}:
        return None
    return {m: c / below[()] for m, c in _at(forms, top, point).items()}


def _read(given: Parametric, point: Point, kept: Sequence[int]) -> Quadratic | None:
    """The goal at a point, with some of its facts."""
    rows = []
    every = [("", *given.target, False), *(given.facts[i] for i in kept)]
    for label, top, bottom, equation in every:
        poly = _quotient(given.forms, top, bottom, point)
        if poly is None:
            return None
        rows.append(Row(label, poly, equation))
    return blocks_of(rows[0], rows[1:], given.forms, given.gram)


def _inside(given: Parametric, point: Point) -> bool:
    for top, bottom, relation in given.conditions:
        poly = _quotient(given.forms, top, bottom, point)
        if poly is None:
            return False
        value = poly.get((), fmpq(0))
        good = {Relation.GE: value > 0, Relation.GT: value > 0, Relation.NE: value != 0,
                Relation.EQ: value == 0}  # fmt: skip
        if not good[relation]:
            return False
    return True


def _samples(given: Parametric) -> Iterator[Point]:
    """Points inside of what is assumed of the parameters."""
    source = random.Random(1)  # noqa: S311
    goal = given.forms.goal
    for _ in range(60_000):
        point = {}
        for x in given.names:
            whole = goal.variables[x].head == "integer"
            top, bottom = source.randint(1, 12), 1 if whole else source.randint(1, 12)
            point[x] = Fraction(top, bottom)
        if _inside(given, point):
            yield point


# Formulas -----------------------------------------------------------------------------------------


def formulas(given: Parametric) -> list[tuple[int, Any]] | None:
    """Multipliers as formulas (of SymPy), each with the number of its fact."""
    points = _samples(given)
    kept = list(range(len(given.facts)))
    first = next(points, None)
    if first is None:
        return None
    found = _found(given, first, kept)
    if found is None:
        return None
    kept = [i for i, c in zip(kept, found, strict=True) if c != 0]
    for i in list(kept):  # few facts, so that the multipliers are determined
        fewer = [k for k in kept if k != i]
        shorter = _found(given, first, fewer)
        if shorter is not None:
            kept = [k for k, c in zip(fewer, shorter, strict=True) if c != 0]
    rows: list[tuple[Point, list[fmpq]]] = []
    for point in itertools.islice(points, SAMPLES):
        values = _found(given, point, kept)
        if values is None:
            return None
        rows.append((point, values))
    made = []
    for k, i in enumerate(kept):
        fitted = _fitted(given.names, [(p, v[k]) for p, v in rows])
        if fitted is None:
            return None
        made.append((i, fitted))
    return made


def _found(given: Parametric, point: Point, kept: Sequence[int]) -> list[fmpq] | None:
    read = _read(given, point, kept)
    return None if read is None else multipliers(read)


def _fitted(names: Sequence[str], rows: Sequence[tuple[Point, fmpq]]) -> Any:
    """The rational function of least degree through points, if it fits all of them."""
    import sympy

    symbols = sympy.symbols(names)
    for degree in DEGREES:
        monomials = [
            m for m in itertools.product(range(degree + 1), repeat=len(names)) if sum(m) <= degree
        ]
        width = 2 * len(monomials)
        if len(rows) < width + 4:
            return None
        system = fmpq_mat(len(rows), width)
        for r, (point, value) in enumerate(rows):
            for k, m in enumerate(monomials):
                term = fmpq(1)
                for x, e in zip(names, m, strict=True):
                    term = term * fmpq(point[x].numerator, point[x].denominator) ** e
                system[r, k], system[r, k + len(monomials)] = term, -value * term
        reduced, rank = system.rref()
        if rank == width:
            continue
        pivots = [next(k for k in range(width) if reduced[i, k] != 0) for i in range(rank)]
        free = next(k for k in range(width) if k not in pivots)
        vector = [fmpq(0)] * width
        vector[free] = fmpq(1)
        for i, k in enumerate(pivots):
            vector[k] = -reduced[i, free]
        top, bottom = (
            sum(
                sympy.Rational(int(c.p), int(c.q))
                * sympy.prod([s**e for s, e in zip(symbols, m, strict=True)])
                for c, m in zip(half, monomials, strict=True)
            )
            for half in (vector[: len(monomials)], vector[len(monomials) :])
        )
        if bottom != 0:
            return sympy.factor(sympy.cancel(top / bottom))
    return None


def tree(goal: Goal, given: Parametric, found: Sequence[tuple[int, Any]]) -> Tree | None:
    """A proof with holes for what has to be shown of the parameters."""
    import sympy

    forms = given.forms

    def symbol(v: int) -> Any:
        return sympy.Symbol(str(forms.atom(v)))

    def lifted(p: Poly) -> Any:
        return sum(sympy.Rational(int(c.p), int(c.q)) * sympy.prod([symbol(v) ** k for v, k in m])
                   for m, c in p.items())  # fmt: skip

    rest = lifted(given.target[0]) / lifted(given.target[1])
    for i, value in found:
        _, top, bottom, _ = given.facts[i]
        rest -= value * lifted(top) / lifted(bottom)
    unknowns = sorted(given.gram.names)
    poly = sympy.Poly(sympy.together(rest).as_numer_denom()[0], *sympy.symbols(unknowns))
    below = sympy.together(rest).as_numer_denom()[1]
    if below.free_symbols & set(sympy.symbols(unknowns)):
        return None
    matrix: dict[tuple[str, str], Any] = {}
    for exponents, c in poly.terms():
        at = [x for x, k in zip(unknowns, exponents, strict=True) for _ in range(k)]
        if len(at) != 2:
            if sympy.cancel(c) != 0:
                return None
            continue
        a, b = at
        value = sympy.cancel(c / below) / (1 if a == b else 2)
        matrix[a, b] = matrix[b, a] = value
    squares = _squares(matrix, [x for x in unknowns if any(x in pair for pair in matrix)])
    if squares is None:
        return None
    point = next(_samples(given))
    claims: list[tuple[Any, list[str], Any]] = []
    for i, value in found:
        label, _, _, equation = given.facts[i]
        claims.append((None, [label], value) if equation else (value, [label], sympy.S.One))
    for d, row in squares:
        claims.append((d, [], sum(c * sympy.Symbol(x) for x, c in row.items())))
    return _assembled(goal, claims, point)


def text_of(e: Any) -> str:
    """A formula of SymPy as certificates write it."""
    return str(from_sympy(e))


def _assembled(goal: Goal, claims: Sequence[tuple[Any, list[str], Any]], point: Point) -> Tree:
    """The sum of factor * facts * square^2; that a factor is not negative is shown first.

    A factor is a quotient of powers of polynomials. Of each with an odd exponent the sign is
    shown, the rest is a square: c/(L - m) = c (L - m) (1/(L - m))^2.
    """
    names: dict[str, str] = {}
    terms = []
    for factor, labels, square in claims:
        weight, facts = "1", list(labels)
        if factor is not None:
            number_, odd, root = _signed(factor, point)
            weight, square = str(number_), square * root
            for e in odd:
                written = text_of(e)
                if written not in names:
                    names[written] = unused(goal, "factor", len(names) + 1)[-1]
                facts.append(names[written])
        terms.append({"weight": weight, "facts": facts, "square": text_of(square)})
    made: Tree = {"rule": "cone", "times": [], "terms": terms, "sign": "1"}
    for written, name in reversed(names.items()):
        claim = f"{written} >= 0"
        made = {"rule": "have", "name": name, "claim": claim, "parts": [..., None, made]}
    return made


def _signed(e: Any, point: Point) -> tuple[Any, list[Any], Any]:
    """A number, polynomials that are positive at a point, and a root whose square is the rest."""
    import sympy

    values = {sympy.Symbol(x): sympy.Rational(v.numerator, v.denominator)
              for x, v in point.items()}  # fmt: skip
    number_, odd, root = sympy.S.One, [], sympy.S.One
    for part, sign in zip(sympy.fraction(sympy.cancel(e)), (1, -1), strict=True):
        constant, factors = sympy.factor_list(part)
        number_ *= constant**sign
        for factor, k in factors:
            if factor.subs(values) < 0:
                factor, number_ = sympy.expand(-factor), number_ * (-1) ** k
            odd += [factor] if k % 2 else []
            root *= factor ** ((k - k % 2) // 2 if sign > 0 else -((k + 1) // 2))
    return number_, odd, root


def _squares(
    matrix: Mapping[tuple[str, str], Any], names: Sequence[str]
) -> list[tuple[Any, dict[str, Any]]] | None:
    """A quadratic form as a sum of d (row)^2; pivots whose rows have the plainest denominators."""
    import sympy

    rest, left, found = dict(matrix), list(names), []
    while any(v != 0 for v in rest.values()):
        best = None
        for x in left:
            d = rest.get((x, x), sympy.S.Zero)
            if d == 0:
                if any(rest.get((x, y), 0) != 0 for y in left):
                    return None
                continue
            row = {y: sympy.factor(sympy.cancel(rest.get((x, y), 0) / d)) for y in left}
            below = [sympy.fraction(c)[1] for c in row.values()]
            cost = sum(sympy.count_ops(b) + len(b.free_symbols) for b in below)
            if best is None or cost < best[0]:
                best = (cost, x, sympy.factor(d), {y: c for y, c in row.items() if c != 0})
        if best is None:
            return None
        _, x, d, row = best
        found.append((d, row))
        left.remove(x)
        rest = {
            (y, z): sympy.cancel(rest.get((y, z), 0) - d * row.get(y, 0) * row.get(z, 0))
            for y in left for z in left
        }  # fmt: skip
    return found
