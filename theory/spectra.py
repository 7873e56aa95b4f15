"""Small matrices in statements: entries, eigenvalues, singular values, commuting layers.

A relation about the spectrum of a matrix is read as a relation between numbers, so that the same
provers and the same checker serve it:

- ``lambda_min(M) >= c`` as a conclusion says x'Mx >= c x'x for every vector x; as a hypothesis it
  says that all principal minors of M - cI are nonnegative. The other spectral functions reduce to
  it: lambda_max(M) = -lambda_min(-M), and singular values are those of M'M.
- Commuting symmetric matrices of any size have one orthonormal eigenbasis, so a statement about
  the eigenvalues of their polynomials is the same statement about numbers (joint eigenvalues).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from theory.deciders import Equation, NotRationalError, flint_difference
from theory.errors import InputError
from theory.expressions import Comparison, Expression, Relation, everywhere, name, number

Matrix = tuple[tuple[Expression, ...], ...]
Defined = Collection[str] | None
SPECTRAL = frozenset({"lambda_min", "lambda_max", "sigma_min", "sigma_max"})
MATRIX_FUNCTIONS = SPECTRAL | {"T", "tr", "det", "norm"}
MAX_SIZE, MAX_TERMS = 4, 20_000
_REVERSED: Mapping[Comparison, Comparison] = {
    "<=": ">=",
    "<": ">",
    ">=": "<=",
    ">": "<",
    "==": "==",
}
_FUNCTION_OF = {"lambda_min": ">=", "sigma_min": ">=", "lambda_max": "<=", "sigma_max": "<="}


@dataclass(frozen=True)
class Lowered:
    """What a relation about matrices becomes.

    Attributes
    ----------
    relations : tuple of Relation
        Between numbers; together they say the same.
    vector : tuple of str
        New real variables: the vector x of a quadratic form; empty if there is none.
    nonzero : bool
        Whether x must not vanish (a strict relation).
    """

    relations: tuple[Relation, ...]
    vector: tuple[str, ...] = ()
    nonzero: bool = False


def _op(head: str) -> Callable[[Expression, Expression], Expression]:
    return lambda a, b: Expression(head, (a, b))


_add, _sub, _mul = _op("+"), _op("-"), _op("*")


def _total(terms: Sequence[Expression]) -> Expression:
    kept = [t for t in terms if t != number(0)]
    return reduce(_add, kept) if kept else number(0)


def _times(a: Expression, b: Expression, defined: Defined = None) -> Expression:
    if number(0) in (a, b) and everywhere(b if a == number(0) else a, defined):
        return number(0)  # elsewhere 0*u stays, since it says that u has a value
    return b if a == number(1) else a if b == number(1) else _mul(a, b)


def _minus(a: Expression, b: Expression) -> Expression:
    return a if b == number(0) else _sub(a, b)


def product(a: Matrix, b: Matrix, argument: str = "matrix", defined: Defined = None) -> Matrix:
    """Multiply; raises :class:`InputError` if the sizes do not fit.

    Zeros are left out next to formulas in the ``defined`` names (all by default) that have a
    value everywhere, and only there.
    """
    if len(a[0]) != len(b):
        raise InputError(argument, f"a matrix with {len(a[0])} columns times one of {len(b)} rows")
    columns = list(zip(*b, strict=True))
    return tuple(
        tuple(
            _total([_times(x, y, defined) for x, y in zip(row, column, strict=True)])
            for column in columns
        )
        for row in a
    )


def transpose(a: Matrix) -> Matrix:
    """Rows become columns."""
    return tuple(zip(*a, strict=True))


def identity(size: int) -> Matrix:
    """The identity matrix."""
    return tuple(tuple(number(int(i == j)) for j in range(size)) for i in range(size))


def determinant(a: Matrix, defined: Defined = None) -> Expression:
    """By Laplace expansion along the first row; sizes here are at most four."""
    if len(a) == 1:
        return a[0][0]
    terms = []
    for j, entry in enumerate(a[0]):
        minor = tuple(row[:j] + row[j + 1 :] for row in a[1:])
        term = _times(entry, determinant(minor, defined), defined)
        terms.append(term if j % 2 == 0 or term == number(0) else Expression("neg", (term,)))
    return _total(terms)


class Matrices:
    """The matrices that a statement names, and what its formulas about them mean.

    Parameters
    ----------
    entries : mapping of str to Matrix
        Matrices with explicit entries.
    commuting : frozenset of str
        Names of commuting symmetric matrices of any (common) size; after lowering, each is the
        real variable that runs over its eigenvalues.
    defined : frozenset of str, optional
        Names in the entries that have a value everywhere, unlike an abbreviation of 1/x; all of
        them by default.
    """

    def __init__(
        self,
        entries: Mapping[str, Matrix],
        commuting: frozenset[str] = frozenset(),
        defined: Defined = None,
    ) -> None:
        self.entries, self.commuting, self.defined = dict(entries), commuting, defined

    def mentions(self, e: Expression) -> bool:
        """Whether a formula is about a matrix or its spectrum."""
        return any(
            n.head in MATRIX_FUNCTIONS or n.name in self.entries or n.name in self.commuting
            for n in e.walk()
        )

    def lower(
        self, relation: Relation, argument: str, hypothesis: bool, letter: str = "x"
    ) -> Lowered:
        """Turn a relation about matrices into relations between numbers.

        The vector of a quadratic form has components ``letter_1``, ``letter_2``, ...

        Raises
        ------
        InputError
            For a relation that has no such form, naming ``argument``.
        """
        left, operator, right = relation.left, relation.operator, relation.right
        if right.head in SPECTRAL and left.head not in SPECTRAL:
            left, operator, right = right, _REVERSED[operator], left
        if self.commuting:
            return Lowered((self._eigenvalues(left, operator, right, argument, hypothesis),))
        if left.head not in SPECTRAL:
            sides = self.scalar(left, argument), self.scalar(right, argument)
            return Lowered((Relation(sides[0], operator, sides[1]),))
        bound = self.scalar(right, argument)
        form = self._form(left, bound, argument)
        if operator[0] != _FUNCTION_OF[left.head][0]:
            raise InputError(argument, f"{left.head} can only be bounded from the other side")
        strict = len(operator) == 1
        if hypothesis:
            relations = _definite(form, strict, self.defined)
            if left.head == "sigma_max":
                relations += (Relation(bound, ">=", number(0)),)
            return Lowered(relations)
        vector = tuple(f"{letter}_{i}" for i in range(1, len(form) + 1))
        x = tuple((name(v),) for v in vector)
        value = self._product(transpose(x), self._product(form, x))[0][0]
        return Lowered((Relation(value, ">" if strict else ">=", number(0)),), vector, strict)

    def _form(self, spectral: Expression, bound: Expression, argument: str) -> Matrix:
        """The symmetric matrix that must be positive (semi)definite."""
        m = self.matrix(spectral.args[0], argument)
        if spectral.head.startswith("sigma"):
            # The nonzero eigenvalues of M'M and MM' agree; the smaller one has no spurious zeros.
            tall = len(m) >= len(m[0])
            m = self._product(transpose(m), m) if tall else self._product(m, transpose(m))
            bound = _mul(bound, Expression("abs", (bound,)))
        elif not _symmetric(m, self.defined):
            raise InputError(argument, f"{spectral.head} needs a symmetric matrix")
        if len(m) > MAX_SIZE:
            raise InputError(argument, f"matrices larger than {MAX_SIZE} x {MAX_SIZE}")
        least = spectral.head.endswith("min")
        return tuple(
            tuple(
                (_minus(e, bound) if least else _minus(bound, e))
                if i == j
                else (e if least or e == number(0) else Expression("neg", (e,)))
                for j, e in enumerate(row)
            )
            for i, row in enumerate(m)
        )

    def _times(self, a: Expression, b: Expression) -> Expression:
        return _times(a, b, self.defined)

    def _product(self, a: Matrix, b: Matrix, argument: str = "matrix") -> Matrix:
        return product(a, b, argument, self.defined)

    def matrix(self, e: Expression, argument: str) -> Matrix:
        """Evaluate a formula whose value is a matrix."""
        if e.head == "name" and e.name in self.entries:
            return self.entries[e.name]
        if e.head == "T":
            return transpose(self.matrix(e.args[0], argument))
        if e.head == "neg":
            return self.matrix(Expression("*", (number(-1), e.args[0])), argument)
        if e.head == "**" and e.args[1].value is not None and e.args[1].value.denominator == 1:
            base, times = self.matrix(e.args[0], argument), int(e.args[1].value)
            if 1 <= times <= 8:
                return reduce(lambda a, b: self._product(a, b, argument), [base] * times)
        if e.head in ("+", "-"):
            a, b = (self.matrix(x, argument) for x in e.args)
            if (len(a), len(a[0])) != (len(b), len(b[0])):
                raise InputError(argument, "matrices of different sizes are added")
            join = _add if e.head == "+" else _minus
            return tuple(
                tuple(join(x, y) for x, y in zip(r, s, strict=True))
                for r, s in zip(a, b, strict=True)
            )
        if e.head in ("*", "/"):
            a_is, b_is = (self._is_matrix(x) for x in e.args)
            if a_is and b_is and e.head == "*":
                a, b = (self.matrix(x, argument) for x in e.args)
                return self._product(a, b, argument)
            if a_is != b_is and (a_is or e.head == "*"):
                inner, outer = e.args if a_is else (e.args[1], e.args[0])
                factor = self.scalar(outer, argument)
                join = self._times if e.head == "*" else _op("/")
                return tuple(
                    tuple(join(x, factor) for x in row) for row in self.matrix(inner, argument)
                )
        raise InputError(argument, f"{str(e)[:40]!r} is no matrix")

    def _is_matrix(self, e: Expression) -> bool:
        if e.head == "name":
            return e.name in self.entries
        if e.head in ("tr", "det", "norm", *SPECTRAL):
            return False
        return any(self._is_matrix(a) for a in e.args)

    def scalar(self, e: Expression, argument: str) -> Expression:
        """Replace traces, determinants and Frobenius norms by formulas in the entries."""
        if e.head in SPECTRAL:
            raise InputError(argument, f"{e.head}(...) must stand alone on one side")
        if e.head == "norm":
            m = self.matrix(e.args[0], argument)
            squares = [Expression("**", (x, number(2))) for row in m for x in row]
            return Expression("sqrt", (_total(squares),))
        if e.head in ("tr", "det"):
            m = self.matrix(e.args[0], argument)
            if len(m) != len(m[0]) or len(m) > MAX_SIZE:
                raise InputError(argument, f"{e.head} needs a square matrix of size <= {MAX_SIZE}")
            if e.head == "det":
                return determinant(m, self.defined)
            # A matrix has a trace only if all its entries have values.
            return _total(
                [
                    x if i == j else self._times(number(0), x)
                    for i, row in enumerate(m)
                    for j, x in enumerate(row)
                ]
            )
        if e.head == "T" or (e.head == "name" and e.name in self.entries):
            raise InputError(argument, f"{str(e)[:40]!r} is a matrix where a number is wanted")
        args = tuple(self.scalar(a, argument) for a in e.args)
        return Expression(e.head, args, e.value, e.name)

    def _eigenvalues(
        self,
        left: Expression,
        operator: Comparison,
        right: Expression,
        argument: str,
        hypothesis: bool,
    ) -> Relation:
        """Read a relation about commuting symmetric matrices eigenvalue by eigenvalue."""
        if left.head in SPECTRAL:
            if operator[0] != _FUNCTION_OF[left.head][0]:
                raise InputError(argument, f"{left.head} can only be bounded from the other side")
            inner = self._eigenvalue(left.args[0], argument)
            if left.head.startswith("sigma"):
                inner = Expression("abs", (inner,))
            return Relation(inner, operator, self._free(right, argument))
        if left.head == "norm" and not hypothesis and operator in ("<=", "<"):
            factors = _factors(right)
            norms = [f for f in factors if f.head == "norm"]
            if len(norms) == 1 and operator == "<=":
                rest = [self._free(f, argument) for f in factors if f.head != "norm"]
                ours, theirs = (
                    Expression("abs", (self._eigenvalue(n.args[0], argument),))
                    for n in (left, norms[0])
                )
                return Relation(ours, "<=", reduce(_mul, [*rest, theirs]))
        if operator == "==" or not (self.mentions(left) or self.mentions(right)):
            return Relation(
                self._eigenvalue(left, argument), operator, self._eigenvalue(right, argument)
            )
        raise InputError(argument, "commuting matrices are compared through their eigenvalues")

    def _eigenvalue(self, e: Expression, argument: str) -> Expression:
        e = untransposed(e)
        for node in e.walk():
            if node.head in MATRIX_FUNCTIONS:
                raise InputError(argument, f"{node.head}(...) must stand alone on one side")
        return e

    def _free(self, e: Expression, argument: str) -> Expression:
        if self.mentions(e):
            raise InputError(argument, f"{str(e)[:40]!r} must not depend on the matrices")
        return e


def untransposed(e: Expression) -> Expression:
    """A formula in symmetric matrices without its transposes."""
    if e.head == "T":
        return untransposed(e.args[0])
    return Expression(e.head, tuple(untransposed(a) for a in e.args), e.value, e.name)


def _factors(e: Expression) -> list[Expression]:
    return [f for a in e.args for f in _factors(a)] if e.head == "*" else [e]


def _symmetric(m: Matrix, defined: Defined) -> bool:
    if len(m) != len(m[0]):
        return False

    def same(a: Expression, b: Expression) -> bool:
        # What is cancelled has a value.
        return a == b or (all(everywhere(e, defined) for e in (a, b)) and _equal(a, b))

    return all(same(m[i][j], m[j][i]) for i, j in itertools.combinations(range(len(m)), 2))


def _equal(a: Expression, b: Expression) -> bool:
    """Whether two formulas are the same polynomial in their letters and functions, if not large."""
    a, b = _opaque(a), _opaque(b)
    equation = Equation(tuple(sorted(a.names | b.names)), {}, a, b)
    try:
        equation.check_size(MAX_TERMS)
        return bool(flint_difference(equation) == 0)
    except NotRationalError:
        return False


def _opaque(e: Expression) -> Expression:
    """The formula with each value of a function as a name of its own."""
    if e.head in ("number", "name"):
        return e
    if e.head not in ("neg", "+", "-", "*", "/", "**"):
        return name(str(e))
    return Expression(e.head, tuple(_opaque(a) for a in e.args), e.value, e.name)


def _definite(m: Matrix, strict: bool, defined: Defined) -> tuple[Relation, ...]:
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
