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

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

from theory.errors import InputError, Unsupported
from theory.expressions import (
    Comparison,
    Expression,
    Relation,
    name,
    number,
    rational_value,
)
from theory.language import matrix_functions as small
from theory.language.commuting import (
    COORDINATES,
    FUNCTION_OF,
    MATRIX_FUNCTIONS,
    NUMBERS,
    SPECTRAL,
    eigenvalues,
    untransposed,
)
from theory.language.matrix_functions import Defined, Matrix, added, less, op, scaled
from theory.language.symmetry import symmetric

MAX_SIZE = 8
MAX_ASSUMED = 4


__all__ = ["MATRIX_FUNCTIONS", "SPECTRAL", "Lowered", "Matrices", "product", "untransposed"]


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
            added([scaled(x, y, defined) for x, y in zip(row, column, strict=True)])
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
        first = self._spelled(relation.left, argument)
        r = Relation(first, relation.operator, self._spelled(relation.right, argument))
        if r.right.head in (*SPECTRAL, "spectral_radius") and r.left.head not in SPECTRAL:
            r = r.mirrored
        left, operator, right = r.left, r.operator, r.right
        if self.commuting:
            return Lowered(
                (eigenvalues(self.commuting, left, operator, right, argument, hypothesis),)
            )
        if self._is_matrix(left) or self._is_matrix(right):
            shapes = [len(self._shaped(e, right if e is left else left, argument)) for e in
                      (left, right) if self._is_matrix(e) and self._sized(e)]  # fmt: skip
            scalars = [e for e in (left, right) if not self._is_matrix(e) and e != number(0)]
            if shapes and max(shapes) > 1 and not scalars:
                return self._order(left, operator, right, argument, hypothesis, letter)
        if left.head == "spectral_radius" and operator in ("<", "<="):
            value = rational_value(right)
            m = self.matrix(left.args[0], argument)
            if value is not None and value > 0 and len(m) == len(m[0]) > 1:
                return Lowered(tuple(small.jury(m, value, operator == "<", self.defined)))
        natural = operator[0] == FUNCTION_OF.get(left.head, " ")[0]
        inside = any(n.head in SPECTRAL for n in right.walk())
        if left.head not in SPECTRAL or not natural or inside:
            sides = self.scalar(left, argument), self.scalar(right, argument)
            return Lowered((Relation(sides[0], operator, sides[1]),))
        bound = self.scalar(right, argument)
        form = self._form(left, bound, argument)
        strict = len(operator) == 1
        if hypothesis:
            relations = self._assumed(form, strict, argument)
            if left.head == "sigma_max":
                relations += (Relation(bound, ">=", number(0)),)
            return Lowered(relations)
        return self._quadratic(form, strict, letter)

    def _assumed(self, form: Matrix, strict: bool, argument: str) -> tuple[Relation, ...]:
        if len(form) > MAX_ASSUMED:
            limit = f"{MAX_ASSUMED} x {MAX_ASSUMED}"
            raise Unsupported(argument, f"an assumed order of matrices larger than {limit}")
        return small.definite(form, strict, self.defined)

    def _quadratic(self, form: Matrix, strict: bool, letter: str) -> Lowered:
        vector = tuple(f"{letter}_{i}" for i in range(1, len(form) + 1))
        x = tuple((name(v),) for v in vector)
        value = self._product(transpose(x), self._product(form, x))[0][0]
        return Lowered((Relation(value, ">" if strict else ">=", number(0)),), vector, strict)

    def _order(
        self,
        left: Expression,
        operator: Comparison,
        right: Expression,
        argument: str,
        hypothesis: bool,
        letter: str,
    ) -> Lowered:
        """Equality entry by entry, or the order of symmetric matrices (Loewner)."""
        a, b = self._shaped(left, right, argument), self._shaped(right, left, argument)
        if (len(a), len(a[0])) != (len(b), len(b[0])):
            raise InputError(argument, "matrices of different sizes are compared")
        if operator == "==":
            pairs = [(x, y) for r, t in zip(a, b, strict=True) for x, y in zip(r, t, strict=True)]
            return Lowered(tuple(Relation(x, "==", y) for x, y in dict.fromkeys(pairs)))
        if operator == "!=":
            raise Unsupported(argument, "matrices that differ")
        if not (symmetric(a, self.defined) and symmetric(b, self.defined)):
            raise InputError(argument, "only symmetric matrices are ordered")
        upper, lower = (b, a) if operator[0] == "<" else (a, b)
        form = tuple(
            tuple(less(x, y) for x, y in zip(r, t, strict=True))
            for r, t in zip(upper, lower, strict=True)
        )
        if hypothesis:
            return Lowered(self._assumed(form, len(operator) == 1, argument))
        return self._quadratic(form, len(operator) == 1, letter)

    def _sized(self, e: Expression) -> bool:
        """Whether a matrix of a given size occurs."""
        return any(n.head == "name" and n.name in self.entries for n in e.walk())

    def _shaped(self, e: Expression, other: Expression, argument: str) -> Matrix:
        """A matrix that may take its size from another one: zero, or a multiple of I."""
        if self._sized(e):
            return self.matrix(e, argument)
        size = len(self.matrix(other, argument))
        if e == number(0):
            return tuple(tuple(number(0) for _ in range(size)) for _ in range(size))
        return self.matrix(e, argument, size)

    def _form(self, spectral: Expression, bound: Expression, argument: str) -> Matrix:
        """The symmetric matrix that must be positive (semi)definite."""
        m = self.matrix(spectral.args[0], argument)
        if spectral.head.startswith("sigma"):
            # The nonzero eigenvalues of M'M and MM' agree; the smaller one has no spurious zeros.
            tall = len(m) >= len(m[0])
            m = self._product(transpose(m), m) if tall else self._product(m, transpose(m))
            bound = op("*", bound, op("abs", bound))
        elif not symmetric(m, self.defined):
            raise InputError(argument, f"{spectral.head} needs a symmetric matrix")
        if len(m) > MAX_SIZE:
            raise Unsupported(argument, f"matrices larger than {MAX_SIZE} x {MAX_SIZE}")
        least = spectral.head.endswith("min")
        return tuple(
            tuple(
                (less(e, bound) if least else less(bound, e))
                if i == j
                else (e if least or e == number(0) else Expression("neg", (e,)))
                for j, e in enumerate(row)
            )
            for i, row in enumerate(m)
        )

    def _times(self, a: Expression, b: Expression) -> Expression:
        return scaled(a, b, self.defined)

    def _product(self, a: Matrix, b: Matrix, argument: str = "matrix") -> Matrix:
        return product(a, b, argument, self.defined)

    def matrix(self, e: Expression, argument: str, size: int = 0) -> Matrix:
        """Evaluate a formula whose value is a matrix; ``size`` is that of I where it is free."""
        if e.head == "name" and e.name in self.entries:
            return self.entries[e.name]
        if e == name("I") and size:
            return identity(size)
        if e.head == "item" and self._is_matrix(e):
            base, index = e.args
            return tuple(
                tuple(x if x.head == "number" else op("item", x, index) for x in row)
                for row in self.entries[base.name]
            )
        if e.head == "T":
            return transpose(self.matrix(e.args[0], argument, size))
        if e.head == "inv":
            m = self.matrix(e.args[0], argument, size)
            if len(m) != len(m[0]):
                raise InputError(argument, "inv needs a square matrix")
            return small.inverse(m, self.defined)
        if e.head == "neg":
            return self.matrix(op("*", number(-1), e.args[0]), argument, size)
        if e.head == "**" and e.args[1].value is not None and e.args[1].value.denominator == 1:
            base_, times = self.matrix(e.args[0], argument, size), int(e.args[1].value)
            if 1 <= times <= 8:
                return reduce(lambda a, b: self._product(a, b, argument), [base_] * times)
        if e.head in ("+", "-"):
            a, b = self._pair(e, argument, size)
            if (len(a), len(a[0])) != (len(b), len(b[0])):
                raise InputError(argument, "matrices of different sizes are added")
            join = op_of("+") if e.head == "+" else less
            return tuple(
                tuple(join(x, y) for x, y in zip(r, s, strict=True))
                for r, s in zip(a, b, strict=True)
            )
        if e.head in ("*", "/"):
            a_is, b_is = (self._is_matrix(x) for x in e.args)
            if a_is and b_is and e.head == "*":
                a, b = self._pair(e, argument, size)
                if len(a[0]) != len(b) and (1, 1) in ((len(a), len(a[0])), (len(b), len(b[0]))):
                    one, many = (a, b) if (len(a), len(a[0])) == (1, 1) else (b, a)
                    return tuple(tuple(self._times(one[0][0], x) for x in row) for row in many)
                return self._product(a, b, argument)
            if a_is != b_is and (a_is or e.head == "*"):
                inner, outer = e.args if a_is else (e.args[1], e.args[0])
                factor = self.scalar(outer, argument)
                scale = self._times if e.head == "*" else op_of("/")
                return tuple(
                    tuple(scale(x, factor) for x in row)
                    for row in self.matrix(inner, argument, size)
                )
        raise InputError(argument, f"{str(e)[:40]!r} is no matrix")

    def _pair(self, e: Expression, argument: str, size: int) -> tuple[Matrix, Matrix]:
        """Both operands; one that is free in its size takes that of the other."""
        a, b = e.args
        if not self._is_matrix(a) or not self._is_matrix(b):
            raise InputError(argument, f"{str(e)[:40]!r} adds a number to a matrix")
        if not self._sized(a) and self._sized(b):
            right = self.matrix(b, argument, size)
            return self.matrix(a, argument, len(right)), right
        left = self.matrix(a, argument, size)
        return left, self.matrix(b, argument, len(left[0]))

    def _is_matrix(self, e: Expression) -> bool:
        if e.head == "name":
            return e.name in self.entries or (e.name == "I" and bool(self.entries))
        if e.head == "item":
            return e.args[0].name in self.entries
        if e.head in (*NUMBERS, *SPECTRAL, "abs"):
            return False
        return any(self._is_matrix(a) for a in e.args)

    def scalar(self, e: Expression, argument: str) -> Expression:
        """Replace functions of matrices by formulas in the entries."""
        if e.head in SPECTRAL:
            return self._spectral(e, argument)
        if e.head == "**" and self._barred(e.args[0]) is not None:
            e = op("**", op("norm", self._barred(e.args[0]) or e), e.args[1])
        if e.head == "**" and e.args[0].head == "norm":
            power = rational_value(e.args[1])
            if power is not None and power > 0 and power % 2 == 0:
                squares = small.norm_square(self.matrix(e.args[0].args[0], argument))
                return squares if power == 2 else op("**", squares, number(power / 2))
        if (inside := self._barred(e)) is not None:
            return small.norm(self.matrix(inside, argument))
        if e.head == "norm":
            return small.norm(self.matrix(e.args[0], argument))
        if e.head in COORDINATES:
            return small.of_coordinates(e.head, self.matrix(e.args[0], argument))
        if e.head == "nuclear":
            return small.nuclear(self.matrix(e.args[0], argument))
        if e.head == "dot":
            a, b = (self.matrix(x, argument) for x in e.args)
            if (len(a), len(a[0])) != (len(b), len(b[0])):
                raise InputError(argument, "an inner product of different sizes")
            pairs = zip((x for row in a for x in row), (y for row in b for y in row), strict=True)
            return added([self._times(x, y) for x, y in pairs])
        if e.head in ("tr", "det", "logdet", "spectral_radius"):
            m = self.matrix(e.args[0], argument)
            if len(m) != len(m[0]):
                raise InputError(argument, f"{e.head} needs a square matrix")
            if e.head == "spectral_radius":
                return small.spectral_radius(m, self.defined)
            if e.head != "tr":
                value = small.determinant(m, self.defined)
                return value if e.head == "det" else op("log", value)
            # A matrix has a trace only if all its entries have values.
            return added(
                [
                    x if i == j else self._times(number(0), x)
                    for i, row in enumerate(m)
                    for j, x in enumerate(row)
                ]
            )
        if self._is_matrix(e):
            m = self.matrix(e, argument) if self._sized(e) else ()
            if len(m) == 1 and len(m[0]) == 1:
                return m[0][0]
            raise InputError(argument, f"{str(e)[:40]!r} is a matrix where a number is wanted")
        args = tuple(self.scalar(a, argument) for a in e.args)
        return Expression(e.head, args, e.value, e.name)

    def _spelled(self, e: Expression, argument: str) -> Expression:
        """The norm of operators under its other name; of vectors it is the Euclidean one."""
        head = e.head
        if head == "norm2":
            m = () if self.commuting else self.matrix(e.args[0], argument)
            head = "norm" if m and 1 in (len(m), len(m[0])) else "sigma_max"
        return Expression(head, tuple(self._spelled(a, argument) for a in e.args), e.value, e.name)

    def _barred(self, e: Expression) -> Expression | None:
        """A vector or matrix between bars, single or double."""
        inner = e
        while inner.head == "abs":
            inner = inner.args[0]
        return inner if inner != e and self._is_matrix(inner) else None

    def _spectral(self, e: Expression, argument: str) -> Expression:
        """An eigenvalue or singular value inside of a formula."""
        m, largest = self.matrix(e.args[0], argument), e.head.endswith("max")
        if e.head.startswith("sigma"):
            return small.singular(m, largest)
        if not symmetric(m, self.defined):
            raise InputError(argument, f"{e.head} needs a symmetric matrix")
        return small.eigenvalue(m, largest)


def op_of(head: str) -> Callable[[Expression, Expression], Expression]:
    """An operator as a function of two formulas."""
    return lambda a, b: op(head, a, b)
