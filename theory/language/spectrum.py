"""One matrix of any size n through its spectrum: n numbers, of which nothing else is known.

Norms, trace and determinant of a symmetric matrix, and of its polynomials, are functions of its
eigenvalues, which may be any n real numbers; the unitarily invariant norms of a matrix are those of
its singular values, any n numbers >= 0. Vectors next to one symmetric matrix are given by their
coordinates in its eigenbasis, any n numbers too, and polynomials in the matrix act on each. So a
claim about them is one about sums, products and extrema of n numbers
(:mod:`theory.language.counting`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, Relation, name, number, rational_value
from theory.expressions.abbreviations import ONE, TWO, ZERO, op
from theory.language.commuting import COORDINATES, MATRIX_FUNCTIONS
from theory.language.draft import rewritten

_ABSOLUTE = frozenset({"norm2", "sigma_max", "sigma_min", "nuclear"})
_INDEX = "index of the spectrum"


@dataclass
class Spectrum:
    """Matrices of a symbolic size.

    Attributes
    ----------
    sizes : mapping of str to str
        The name of the size of each.
    symmetric : frozenset of str
        Those that are given by eigenvalues; others by singular values.
    vectors : frozenset of str
        Those that are vectors.
    drawn : mapping of str to str
        Standard normal vectors with their sizes: their coordinates are so in every basis.
    conditions : dict of str to list of Relation
        What is assumed of each eigenvalue or singular value, called by the name of the matrix.
    """

    sizes: Mapping[str, str]
    symmetric: frozenset[str]
    vectors: frozenset[str] = frozenset()
    drawn: Mapping[str, str] = field(default_factory=dict)
    conditions: dict[str, list[Relation]] = field(default_factory=dict)

    def hypothesis(self, r: Relation, label: str) -> tuple[Relation, ...]:
        """What is assumed: of each eigenvalue where it says so, otherwise as it stands."""
        self._no_number_is_added(r, label)
        each = self._each(r)
        if each is not None:
            (a,) = each.names & set(self.sizes)
            self.conditions.setdefault(a, []).append(each)
            return ()
        return (self.conclusion(r, label),)

    def conclusion(self, r: Relation, label: str) -> Relation:
        """A relation between functions of the spectra as one between sums."""
        self._no_number_is_added(r, label)
        if self._is_matrix(r.left) or self._is_matrix(r.right):
            a = self._one(op("-", r.left, r.right), label)
            low, high = (r.left, r.right) if r.operator[0] == "<" else (r.right, r.left)
            if r.operator in ("==", "!="):
                raise Unsupported(label, "equations between matrices of a symbolic size")
            gap = op("-", self._at(high, a), self._at(low, a))
            least = Expression("min_", (name(_INDEX), ONE, name(self.sizes[a]), gap))
            return Relation(least, ">" if len(r.operator) == 1 else ">=", ZERO)
        return Relation(self.number(r.left, label), r.operator, self.number(r.right, label))

    def _no_number_is_added(self, r: Relation, label: str) -> None:
        """Refuse A + 1, which may mean A + I or another thing."""
        shaped = {*self.sizes, *self.drawn, "I"}
        for n in (n for side in (r.left, r.right) for n in side.walk() if n.head in ("+", "-")):
            for a, b in (n.args, n.args[::-1]):
                if self._is_matrix(a) and not b.names & shaped and b != ZERO:
                    raise InputError(label, f"{str(n)[:40]!r} adds a number to a matrix")

    def _each(self, r: Relation) -> Relation | None:
        """A bound of all eigenvalues as a bound of each."""
        matrix = self._is_matrix(r.left) or self._is_matrix(r.right)
        if matrix and r.operator not in ("==", "!="):
            one = (r.left.names | r.right.names) & set(self.sizes)
            if len(one) != 1 or not one <= set(self.symmetric):
                return None
            return Relation(_without_identity(r.left), r.operator, _without_identity(r.right))
        if r.left.head in MATRIX_FUNCTIONS and len(r.left.names & set(self.sizes)) != 1:
            return None
        alone = {name(a) for a in r.left.names & set(self.sizes) - set(self.symmetric)}
        if alone and (r.left.head not in _ABSOLUTE or r.left.args[0] not in alone):
            return None  # what is known of a matrix that is not symmetric are its singular values
        natural = {"lambda_min": ">", "sigma_min": ">", "lambda_max": "<", "sigma_max": "<",
                   "norm2": "<"}  # fmt: skip
        if natural.get(r.left.head) != r.operator[0] or r.right.names & set(self.sizes):
            return None
        inner = _without_identity(r.left.args[0])
        if r.left.head in _ABSOLUTE:
            inner = op("abs", inner)
        return Relation(inner, r.operator, r.right)

    def _is_matrix(self, e: Expression) -> bool:
        if e.head in MATRIX_FUNCTIONS - {"T", "inv"} or e.head == "dot":
            return False
        if e.head == "name":
            return e.name in set(self.sizes) - self.vectors or e.name == "I"
        if e.head == "*" and self._scalar_product(e) is not None:
            return False
        return any(map(self._is_matrix, e.args))

    def _one(self, e: Expression, label: str) -> str:
        found = e.names & set(self.sizes)
        if len(found) != 1:
            raise Unsupported(label, "functions of two matrices of a symbolic size")
        return next(iter(found))

    def _at(self, e: Expression, a: str) -> Expression:
        """A polynomial in a matrix at one eigenvalue."""
        item = Expression("item", (name(a), name(_INDEX)))
        if a not in self.symmetric and e != name(a):
            raise Unsupported(a, "only functions of the matrix itself: it need not be symmetric")
        return _without_identity(e).substitute({a: item})

    def number(self, e: Expression, label: str) -> Expression:
        """A formula with functions of matrices as sums, products and extrema."""
        seen = self.vectors or self.drawn
        if seen and (found := self._of_vectors(e, label)) is not None:
            return found
        if e.head == "**" and e.args[0].head == "norm":
            power = rational_value(e.args[1])
            if power is not None and power > 0 and power % 2 == 0:
                squares = self._square(e.args[0], label)
                return squares if power == 2 else op("**", squares, number(power / 2))
        if e.head not in MATRIX_FUNCTIONS:
            args = tuple(self.number(x, label) for x in e.args)
            return Expression(e.head, args, e.value, e.name)
        if e.head == "norm":
            return op("sqrt", self._square(e, label))
        if e.head == "dot":
            u, v = e.args
            if not (self._is_matrix(u) and self._is_matrix(v)):
                raise InputError(label, "an inner product is one of two vectors or two matrices")
            return self.number(op("tr", op("*", op("T", u), v)), label)
        (inner,) = e.args
        a = self._one(inner, label)
        at = self._at(inner, a)
        if a not in self.symmetric and e.head in (
            "tr",
            "det",
            "logdet",
            "lambda_min",
            "lambda_max",
        ):
            raise Unsupported(label, f"{e.head} of a matrix that need not be symmetric")
        heads = {"tr": "sum_", "det": "prod_", "logdet": "sum_", "nuclear": "sum_",
                 "lambda_max": "max_", "norm2": "max_", "sigma_max": "max_",
                 "lambda_min": "min_", "sigma_min": "min_"}  # fmt: skip
        if e.head not in heads:
            raise Unsupported(label, f"{e.head} of matrices of a symbolic size")
        if e.head in _ABSOLUTE:
            at = op("abs", at)
        if e.head == "logdet":
            at = op("log", at)
        return Expression(heads[e.head], (name(_INDEX), ONE, name(self.sizes[a]), at))

    # Vectors --------------------------------------------------------------------------------------

    def _of_vectors(self, e: Expression, label: str) -> Expression | None:
        """A product or length of vectors as a sum over their coordinates."""
        pair = self._scalar_product(e)
        if pair is not None:
            return self._summed(op("*", *(self._coordinate(u, label) for u in pair)), e, label)
        if e.head in COORDINATES and self._is_vector(e.args[0]):
            if len(self.sizes) > len(self.vectors):
                raise Unsupported(label, f"{e.head} next to a matrix, in whose eigenbasis it is")
            at = op("abs", self._coordinate(e.args[0], label))
            return self._over("sum_" if e.head == "norm1" else "max_", at, e, label)
        if e.head in ("norm", "norm2", "abs") and self._is_vector(e.args[0]):
            known = e.head == "norm" and e.args[0].names <= set(self.drawn)  # its law is
            return e if known else op("sqrt", self._square(e, label))
        return None

    def _scalar_product(self, e: Expression) -> tuple[Expression, Expression] | None:
        """The vectors of <u, v>, written so or as T(u)*A*v."""
        if e.head == "dot" and any(map(self._is_vector, e.args)):
            return e.args[0], e.args[1]
        if e.head != "*":
            return None
        factors, waiting = list[Expression](), [e]
        while waiting:
            f = waiting.pop()
            if f.head == "*":
                waiting += [f.args[1], f.args[0]]
            else:
                factors.append(f)
        first, *rest = factors
        if first.head != "T" or not self._is_vector(first.args[0]):
            return None
        right = rest[0]
        for f in rest[1:]:
            right = op("*", right, f)
        return (first.args[0], right) if self._is_vector(right) else None

    def _is_vector(self, e: Expression) -> bool:
        if e.head == "name":
            return e.name in self.vectors or e.name in self.drawn
        if e.head in ("*", "/", "neg", "+", "-"):
            return self._scalar_product(e) is None and any(map(self._is_vector, e.args))
        return False

    def _coordinate(self, e: Expression, label: str) -> Expression:
        """A vector at one index of the eigenbasis."""
        if e.head == "name" and self._is_vector(e):
            return Expression("item", (e, name(_INDEX)))
        matrix = [self._is_vector(a) for a in e.args]
        if e.head in ("+", "-", "neg") and all(matrix):
            return op(e.head, *(self._coordinate(a, label) for a in e.args))
        if e.head == "*" and sum(matrix) == 1:
            a, b = e.args if matrix[1] else e.args[::-1]
            if matrix[0] and self._is_matrix(a):
                raise InputError(label, "a matrix stands in front of the vector it is applied to")
            return op("*", self._factor(a, label), self._coordinate(b, label))
        if e.head == "/" and matrix == [True, False]:
            return op("/", self._coordinate(e.args[0], label), self._factor(e.args[1], label))
        raise InputError(label, f"{str(e)[:40]!r} is no vector")

    def _factor(self, e: Expression, label: str) -> Expression:
        """A number, or a polynomial in the matrix at one eigenvalue."""
        if not self._is_matrix(e):
            return self.number(e, label)
        a = next(iter(e.names & set(self.sizes)), None)
        if a is None:
            return _without_identity(e)
        if a not in self.symmetric:
            raise Unsupported(label, f"vectors next to {a}, which need not be symmetric")
        return self._at(e, self._one(e, label))

    def _summed(self, term: Expression, e: Expression, label: str) -> Expression:
        return self._over("sum_", term, e, label)

    def _over(self, head: str, term: Expression, e: Expression, label: str) -> Expression:
        used = e.names & {*self.sizes, *self.drawn}
        sizes = {(self.sizes.get(x) or self.drawn[x]) for x in used}
        if len(sizes) != 1:
            raise InputError(label, "vectors and matrices of one size are wanted")
        if len([x for x in self.sizes if x not in self.vectors]) > 1:
            raise Unsupported(label, "vectors next to several matrices of a symbolic size")
        return Expression(head, (name(_INDEX), ONE, name(sizes.pop()), term))

    def _square(self, e: Expression, label: str) -> Expression:
        if self._is_vector(e.args[0]):
            return self._summed(op("**", self._coordinate(e.args[0], label), TWO), e, label)
        a = self._one(e.args[0], label)
        at = op("**", self._at(e.args[0], a), TWO)
        return Expression("sum_", (name(_INDEX), ONE, name(self.sizes[a]), at))


def _without_identity(e: Expression) -> Expression:
    """A polynomial in a symmetric matrix as one in an eigenvalue: I is 1, T changes nothing."""

    def change(n: Expression) -> Expression:
        if n == name("I"):
            return ONE
        if n.head == "inv":
            return op("/", ONE, n.args[0])
        return n.args[0] if n.head == "T" else n

    return rewritten(e, change)
