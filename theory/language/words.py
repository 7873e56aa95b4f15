"""Sums of products of matrices whose sizes are symbols: words in letters, with coefficients."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, everywhere, name, number, rational_value
from theory.expressions.abbreviations import ONE, ZERO, op
from theory.expressions.arithmetic import minus, over, times, total
from theory.expressions.tree import exponent_value
from theory.language.decays import collected

MAX_LETTERS = 6
_ISOMETRIC = frozenset({"name", "T", "+", "-", "*", "**", "number"})

Letter = tuple[str, bool]
"""A matrix, and whether it is transposed."""
Word = tuple[Letter, ...]
Shape = tuple[str, str]


def transposed(w: Word, symmetric: Collection[str]) -> Word:
    """The transpose of a product."""
    return tuple((a, not t and a not in symmetric) for a, t in reversed(w))


@dataclass(frozen=True)
class Combination:
    """A sum of words with coefficients, none of them 0; the empty word is the identity."""

    terms: tuple[tuple[Word, Expression], ...]
    shape: Shape

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words."""
        return tuple(w for w, _ in self.terms)

    def mapped(self, word: Callable[[Word], Word], shape: Shape) -> Combination:
        """The combination with its words changed."""
        return combined([(word(w), c) for w, c in self.terms], shape)

    def scaled(self, c: Expression) -> Combination:
        """A multiple of it."""
        return combined([(w, times(c, d)) for w, d in self.terms], self.shape)

    def __str__(self) -> str:
        parts = []
        for w, c in self.terms:
            letters = "*".join(f"T({a})" if t else a for a, t in w) or "I"
            negative = c.head == "neg" or (c.value is not None and c.value < 0)
            size = minus(c) if negative else c
            shown = letters if size == ONE else f"{_bracketed(size)}*{letters}"
            parts.append(("-" if negative else "+", shown))
        text = " ".join(f"{sign} {shown}" for sign, shown in parts)
        return text.removeprefix("+ ") or "0"


def _bracketed(e: Expression) -> str:
    return str(e) if e.head in ("name", "number") else f"({e})"


def combined(terms: list[tuple[Word, Expression]], shape: Shape) -> Combination:
    """A sum with equal words added up, in order."""
    found: dict[Word, Expression] = {}
    for w, c in terms:
        found[w] = total(found[w], c) if w in found else c
    plain = {w: collected(c) if everywhere(c) else c for w, c in found.items()}
    return Combination(tuple(sorted((i for i in plain.items() if i[1] != ZERO), key=str)), shape)


@dataclass
class Alphabet:
    """The matrices and vectors of a claim, with their shapes; inverses are added as they occur.

    Attributes
    ----------
    shapes : dict of str to Shape
        The names of rows and columns; a vector has ``"1"`` column.
    symmetric, psd : set of str
    inverses : dict of str to Combination
        The letters that stand for inverses, and of what.
    isometries : set of Letter
        The letters q of which T(q)*q == I is assumed.
    """

    shapes: dict[str, Shape]
    symmetric: set[str]
    psd: set[str]
    inverses: dict[str, Combination] = field(default_factory=dict)
    isometries: set[Letter] = field(default_factory=set)

    def about(self, e: Expression) -> bool:
        """Whether a formula is a matrix or a vector."""
        match e.head:
            case "name":
                return e.name in self.shapes or e.name == "I"
            case "T" | "inv" | "neg" | "+" | "-":
                return any(map(self.about, e.args))
            case "*":
                return any(map(self.about, e.args)) and not self.scalar(e)
            case "/" | "**":
                return self.about(e.args[0])
        return False

    def scalar(self, e: Expression) -> bool:
        """Whether a product of matrices is a number, such as T(x)*A*x."""
        if e.head != "*" or not all(map(self._matrix_factor, e.args)):
            return False
        return self.read(e).shape == ("1", "1")

    def _matrix_factor(self, e: Expression) -> bool:
        if e.head == "*":
            return any(map(self._matrix_factor, e.args))
        return self.about(e)

    def read(
        self,
        e: Expression,
        scalars: Callable[[Expression], Expression] = lambda x: x,
        inverse: Callable[[Combination, Expression], Combination] | None = None,
    ) -> Combination:
        """A formula as a sum of words; ``scalars`` reads its coefficients.

        Without an ``inverse`` to read those, only the shape of what has some is meant.

        Raises
        ------
        InputError
            If sizes do not fit.
        Unsupported
            For what is no polynomial.
        """
        again = partial(self.read, scalars=scalars, inverse=inverse)
        match e.head, e.args:
            case "name", _:
                if e.name == "I":
                    return Combination((((), ONE),), ("", ""))
                return Combination(((((e.name, False),), ONE),), self.shapes[e.name])
            case "T", (a,):
                x = again(a)
                return x.mapped(lambda w: transposed(w, self.symmetric), x.shape[::-1])
            case "inv", (a,):
                x = again(a)
                return of_word((("inv", False),), x.shape) if inverse is None else inverse(x, e)
            case "neg", (a,):
                return again(a).scaled(number(-1))
            case (("+" | "-"), (a, b)):
                if ZERO in (a, b) or not (self.about(a) and self.about(b)):
                    raise InputError("formula", f"{str(e)[:40]!r} adds a number to a matrix")
                x, y = again(a), again(b)
                shape = _same(x.shape, y.shape, e)
                sign = ONE if e.head == "+" else number(-1)
                return combined([*x.terms, *y.scaled(sign).terms], shape)
            case "*", (a, b):
                if not self._matrix_factor(a):
                    return again(b).scaled(scalars(a))
                if not self._matrix_factor(b):
                    return again(a).scaled(scalars(b))
                return self._product(again(a), again(b), e)
            case "/", (a, b):
                x = again(a)
                return combined([(w, over(c, scalars(b))) for w, c in x.terms], x.shape)
            case "**", (a, b):
                k = exponent_value(b)
                if k is not None and k.denominator == 1 and 1 <= k <= MAX_LETTERS:
                    x = once = again(a)
                    for _ in range(int(k) - 1):
                        x = self._product(x, once, e)
                    return x
        raise Unsupported("formula", f"{str(e)[:40]} of matrices whose sizes are symbols")

    def _product(self, x: Combination, y: Combination, e: Expression) -> Combination:
        if x.shape != ("", "") and y.shape != ("", "") and x.shape[1] != y.shape[0]:
            raise InputError("formula", f"sizes do not fit in {str(e)[:40]!r}")
        shape = (x.shape[0] or y.shape[0], y.shape[1] or x.shape[1])
        terms = [(v + w, times(c, d)) for v, c in x.terms for w, d in y.terms]
        if any(len(w) > MAX_LETTERS for w, _ in terms):
            raise Unsupported("formula", f"products of more than {MAX_LETTERS} matrices")
        return combined(terms, shape)

    @staticmethod
    def letters(x: Combination) -> set[str]:
        """The names in a combination."""
        return {a for w in x.words for a, _ in w}

    # What keeps lengths ---------------------------------------------------------------------------

    def keeps(self, left: Expression, right: Expression) -> None:
        """Assume that two matrices are equal: T(q)*q == I says that q keeps lengths."""
        sides = [e for e in (left, right) if e != ZERO]
        if not all(self.about(e) and all(n.head in _ISOMETRIC for n in e.walk()) for e in sides):
            return
        signs = (ONE, number(-1))
        read = [self.read(e).scaled(c).terms for e, c in zip(sides, signs, strict=False)]
        gap = combined([t for terms in read for t in terms], ("", ""))
        for w, c in gap.terms:
            alone = len(w) == len(gap.terms) == 2 and ((), minus(c)) in gap.terms
            if alone and rational_value(c):  # a*T(q)*q == a*I says nothing for a = 0
                (turned,) = transposed(w[1:], self.symmetric)
                if turned == w[0]:
                    self.isometries |= {turned, w[1]} if self.square(w[1]) else {w[1]}

    @property
    def narrow(self) -> list[tuple[str, str]]:
        """The smaller and the larger size of what keeps lengths: it has no more columns than rows.

        A statement that speaks of sizes alone would forget that there is such a matrix.
        """
        shapes = {self.shapes[q][:: -1 if t else 1] for q, t in self.isometries}
        return sorted((columns, rows) for rows, columns in shapes if rows != columns)

    def square(self, q: Letter) -> bool:
        """Whether a letter is a square matrix."""
        return len(set(self.shapes[q[0]])) == 1

    def beside(self, p: Letter, q: Letter) -> bool:
        """Whether the product of two letters is the identity, as the second keeps lengths."""
        return q in self.isometries and transposed((q,), self.symmetric) == (p,)

    def stripped(self, x: Combination, both: bool = False) -> Combination:
        """What has the same norms: without what keeps lengths on the left or on the right.

        With ``both``, without a square matrix on the left and its transpose on the right, so that
        eigenvalues are the same.
        """
        while x.terms and all(len(w) > both for w in x.words):
            (first, *more), (last, *others) = ({w[k] for w in x.words} for k in (0, -1))
            (turned,) = transposed((last,), self.symmetric)
            left = not more and first in self.isometries
            right = not others and turned in self.isometries
            if both and not (left and right and first == turned and self.square(first)):
                break
            if not (left or right):
                break
            low, high = int(left), None if not right or not (both or not left) else -1
            rows, columns = x.shape
            rows = self._columns(first) if low else rows
            columns = self._columns(turned) if high else columns
            x = x.mapped(lambda w, low=low, high=high: w[low:high], (rows, columns))  # type: ignore[misc]
        return x

    def _columns(self, q: Letter) -> str:
        rows, columns = self.shapes[q[0]]
        return rows if q[1] else columns

    # What is known of words -----------------------------------------------------------------------

    def is_symmetric(self, x: Combination) -> bool:
        """Whether a combination is plainly symmetric."""
        return x.mapped(lambda w: transposed(w, self.symmetric), x.shape[::-1]).terms == x.terms

    def half(self, w: Word) -> Word | None:
        """The word v of v*T(v); None if it is no such product."""
        k = len(w) // 2
        first = w[:k]
        same = transposed(first, self.symmetric) == w[k:]
        return first if w and len(w) == 2 * k and same else None

    def is_psd(self, w: Word) -> bool:
        """Whether a word is plainly positive semidefinite."""
        if not w or self.half(w) is not None:
            return True
        k = len(w) // 2
        middle = w[k][0] in self.psd and len(w) % 2 == 1
        return middle and transposed(w[:k], self.symmetric) == w[k + 1 :]


def _same(a: Shape, b: Shape, e: Expression) -> Shape:
    if a != b and ("", "") not in (a, b):
        raise InputError("formula", f"matrices of different sizes are added in {str(e)[:40]!r}")
    shape = b if a == ("", "") else a
    if ("", "") in (a, b) and shape[0] != shape[1]:
        raise InputError("formula", f"the identity is square, in {str(e)[:40]!r}")
    return shape


def of_word(w: Word, shape: Shape) -> Combination:
    """One word as a combination."""
    return Combination(((w, ONE),), shape)


def size(n: str) -> Expression:
    """A size as a formula."""
    return ONE if n == "1" else name(n)


def squared(e: Expression) -> Expression:
    """The square of a formula."""
    return op("**", e, number(2))
