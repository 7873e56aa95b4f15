"""Functions of small matrices as formulas in their entries.

Where a formula exists for every matrix of a size it stands here; a relation that has an equivalent
in polynomials (definiteness, the spectral radius) is read through that in
:mod:`theory.language.spectra`.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from fractions import Fraction
from functools import reduce

from theory.errors import Unsupported
from theory.expressions import Expression, Relation, everywhere, number, rational_value

Matrix = tuple[tuple[Expression, ...], ...]
Defined = Collection[str] | None
MAX_SYMBOLIC = 4


def op(head: str, *args: Expression) -> Expression:
    """A function or an operator applied."""
    return Expression(head, args)


def added(terms: Sequence[Expression]) -> Expression:
    """The sum, without zeros."""
    kept = [t for t in terms if t != number(0)]
    return reduce(lambda a, b: op("+", a, b), kept) if kept else number(0)


def scaled(a: Expression, b: Expression, defined: Defined = None) -> Expression:
    """The product; a zero is left out next to what has a value everywhere, and only there."""
    if number(0) in (a, b) and everywhere(b if a == number(0) else a, defined):
        return number(0)  # elsewhere 0*u stays, since it says that u has a value
    return b if a == number(1) else a if b == number(1) else op("*", a, b)


def less(a: Expression, b: Expression) -> Expression:
    """The difference."""
    return a if b == number(0) else op("-", a, b)


def half(e: Expression) -> Expression:
    """One half of it."""
    return op("/", e, number(2))


def square(e: Expression) -> Expression:
    """Its square."""
    return op("**", e, number(2))


def root(e: Expression) -> Expression:
    """Its root."""
    return op("sqrt", e)


def numbers(m: Matrix) -> list[list[Fraction]] | None:
    """The entries, if all of them are numbers."""
    rows: list[list[Fraction]] = []
    for row in m:
        try:
            values = [rational_value(e) for e in row]
        except ZeroDivisionError:
            return None
        if any(v is None for v in values):
            return None
        rows.append([v for v in values if v is not None])
    return rows


def determinant(a: Matrix, defined: Defined = None) -> Expression:
    """Exactly for numbers; else by Laplace expansion, along zeros where there are any."""
    exact = numbers(a)
    if exact is not None:
        return number(_eliminated(exact))
    if len(a) == 1:
        return a[0][0]
    full = sum(e != number(0) for row in a for e in row)
    if len(a) > MAX_SYMBOLIC and full > 3 * len(a):
        raise Unsupported(
            "det", f"formulas in matrices larger than {MAX_SYMBOLIC} x {MAX_SYMBOLIC}"
        )
    terms = []
    for j, entry in enumerate(a[0]):
        if entry == number(0) and len(a) > MAX_SYMBOLIC:
            continue
        minor = tuple(row[:j] + row[j + 1 :] for row in a[1:])
        term = scaled(entry, determinant(minor, defined), defined)
        terms.append(term if j % 2 == 0 or term == number(0) else op("neg", term))
    return added(terms)


def _eliminated(rows: list[list[Fraction]]) -> Fraction:
    """Gauss: the product of the pivots."""
    total, rows = Fraction(1), [row[:] for row in rows]
    for k in range(len(rows)):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k]), None)
        if pivot is None:
            return Fraction(0)
        if pivot != k:
            rows[k], rows[pivot] = rows[pivot], rows[k]
            total = -total
        total *= rows[k][k]
        for i in range(k + 1, len(rows)):
            share = rows[i][k] / rows[k][k]
            rows[i] = [x - share * y for x, y in zip(rows[i], rows[k], strict=True)]
    return total


def inverse(a: Matrix, defined: Defined = None) -> Matrix:
    """The adjugate over the determinant: defined where the determinant is not zero."""
    if len(a) > MAX_SYMBOLIC:
        raise Unsupported("inv", f"matrices larger than {MAX_SYMBOLIC} x {MAX_SYMBOLIC}")
    whole, size = determinant(a, defined), range(len(a))
    if len(a) == 1:
        return ((op("/", number(1), whole),),)

    def cofactor(i: int, j: int) -> Expression:
        minor = tuple(row[:j] + row[j + 1 :] for k, row in enumerate(a) if k != i)
        value = determinant(minor, defined)
        return value if (i + j) % 2 == 0 or value == number(0) else op("neg", value)

    return tuple(tuple(op("/", cofactor(j, i), whole) for j in size) for i in size)


def norm(m: Matrix) -> Expression:
    """The Frobenius norm, of a vector the Euclidean one."""
    entries = [x for row in m for x in row if x != number(0)]
    if len(entries) == 1:
        return op("abs", entries[0])
    return root(norm_square(m))


def norm_square(m: Matrix) -> Expression:
    """The sum of the squares of the entries."""
    return added([square(x) for row in m for x in row if x != number(0)])


def of_coordinates(head: str, m: Matrix) -> Expression:
    """The sum, or the largest, of the moduli of the entries of a vector."""
    if min(len(m), len(m[0])) != 1:
        raise Unsupported(head, "of a matrix; it is a norm of vectors")
    moduli = [op("abs", x) for row in m for x in row]
    if head == "norm1":
        return added(moduli)
    return moduli[0] if len(moduli) == 1 else op("max", *moduli)


def singular(m: Matrix, largest: bool) -> Expression:
    """The largest or least singular value of a 2 x 2 matrix: |(r + s)/2|, or |r - s|/2.

    Here r and s are the norms of the two conformal parts (a + d, c - b) and (a - d, b + c).
    """
    if min(len(m), len(m[0])) == 1:
        return norm(m)
    if len(m) != 2 or len(m[0]) != 2:
        raise Unsupported(
            "norm2", "inside of a formula only for 2 x 2 matrices; it may stand alone"
        )
    (a, b), (c, d) = m
    r = root(added([square(op("+", a, d)), square(less(c, b))]))
    s = root(added([square(less(a, d)), square(op("+", b, c))]))
    return half(op("+", r, s)) if largest else half(op("abs", op("-", r, s)))


def nuclear(m: Matrix) -> Expression:
    """The sum of the singular values: of a 2 x 2 matrix the larger of r and s above."""
    if min(len(m), len(m[0])) == 1:
        return norm(m)
    if len(m) != 2 or len(m[0]) != 2:
        raise Unsupported("nuclear", "the nuclear norm of matrices larger than 2 x 2")
    (a, b), (c, d) = m
    r = root(added([square(op("+", a, d)), square(less(c, b))]))
    s = root(added([square(less(a, d)), square(op("+", b, c))]))
    return op("max", r, s)


def eigenvalue(m: Matrix, largest: bool) -> Expression:
    """An eigenvalue of a symmetric 2 x 2 matrix."""
    if len(m) == 1:
        return m[0][0]
    if len(m) != 2:
        raise Unsupported("eigenvalues", "inside of a formula only for 2 x 2 matrices")
    (a, b), (_, d) = m
    gap = root(added([square(half(less(a, d))), square(b)]))
    return op("+" if largest else "-", half(op("+", a, d)), gap)


def spectral_radius(m: Matrix, defined: Defined = None) -> Expression:
    """The largest modulus of an eigenvalue of a 2 x 2 matrix, real or not.

    Real eigenvalues: (|t| + sqrt(t^2 - 4 d))/2, which is >= sqrt(d); others: sqrt(d) > |t|/2.
    """
    if len(m) == 1:
        return op("abs", m[0][0])
    if len(m) != 2:
        raise Unsupported("spectral_radius", "matrices larger than 2 x 2, but for ... < c")
    t, d = op("+", m[0][0], m[1][1]), determinant(m, defined)
    gap = op("max", less(square(t), op("*", number(4), d)), number(0))
    real = half(op("+", op("abs", t), root(gap)))
    return op("max", real, root(op("max", d, number(0))))


def jury(m: Matrix, bound: Fraction, strict: bool, defined: Defined = None) -> list[Relation]:
    """That all eigenvalues are in a disc, by the conditions of Schur and Cohn (Jury).

    For lambda^2 - t lambda + d and radius c: |d| <= c^2 and c |t| <= c^2 + d.
    """
    c, below = number(bound), "<" if strict else "<="
    t, d = added([m[i][i] for i in range(len(m))]), determinant(m, defined)
    if len(m) == 2:
        return [
            Relation(op("abs", d), below, square(c)),  # type: ignore[arg-type]
            Relation(scaled(c, op("abs", t)), below, op("+", square(c), d)),  # type: ignore[arg-type]
        ]
    if len(m) != 3 or not strict:
        raise Unsupported("spectral_radius", "3 x 3 matrices only as ... < c, larger ones not")
    minors = added(
        [
            determinant(tuple(tuple(m[i][j] for j in rows) for i in rows), defined)
            for rows in itertools.combinations(range(3), 2)
        ]
    )
    a2, a1, a0 = (  # of lambda^3 + a2 lambda^2 + a1 lambda + a0, for the matrix over c
        op("neg", op("/", t, c)),
        op("/", minors, square(c)),
        op("neg", op("/", d, op("**", c, number(3)))),
    )
    even, odd = op("+", number(1), a1), op("+", a2, a0)
    inner = op("abs", less(a1, op("*", a0, a2)))
    return [
        Relation(op("abs", a0), "<", number(1)),
        Relation(op("abs", odd), "<", even),
        Relation(inner, "<", less(number(1), square(a0))),
    ]


def definite(m: Matrix, strict: bool, defined: Defined = None) -> tuple[Relation, ...]:
    """Sylvester: leading minors are positive, or all principal minors are nonnegative."""
    size = range(len(m))
    chosen = (
        [tuple(range(k)) for k in range(1, len(m) + 1)]
        if strict
        else [rows for k in range(1, len(m) + 1) for rows in itertools.combinations(size, k)]
    )
    return tuple(
        Relation(
            determinant(tuple(tuple(m[i][j] for j in rows) for i in rows), defined),
            ">" if strict else ">=",
            number(0),
        )
        for rows in chosen
    )
