"""The free *-algebra over Q: noncommuting letters, their transposes, commuting scalars, traces.

An :class:`Element` is a sum of terms ``coefficient * scalars * word``. A word is a product of
letters, a letter a matrix or its transpose; two elements are equal exactly when their terms are.
Every rule used ((AB)' = B'A', distributivity, tr AB = tr BA, tr A' = tr A) holds for rectangular
matrices too, so what is equal here is equal for matrices of all compatible shapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from theory.deciders import NotRationalError
from theory.expressions import Expression, name

Letter = tuple[str, bool]
"""A matrix, and whether it is transposed."""
Word = tuple[Letter, ...]
Factor = str | Word
"""A commuting factor: a named scalar, or the trace of a word (one of its cyclic class)."""
Monomial = tuple[tuple[Factor, int], ...]
Key = tuple[Word, Monomial]

MAX_TERMS = 5_000
MAX_LETTERS = 60


@dataclass(frozen=True)
class Element:
    """A noncommutative polynomial, matrix-valued or scalar-valued.

    Attributes
    ----------
    terms : mapping of (Word, Monomial) to Fraction
        Without zero coefficients; scalars have the empty word only.
    matrix : bool
        Whether it is a matrix; a matrix and a number cannot be added.
    """

    terms: Mapping[Key, Fraction]
    matrix: bool

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __neg__(self) -> Element:
        return Element({k: -c for k, c in self.terms.items()}, self.matrix)

    def __add__(self, other: Element) -> Element:
        if self.matrix != other.matrix and self and other:  # 0 is both a number and a matrix
            raise NotRationalError("a number is added to a matrix; write c*I")
        return _collect((*self.terms.items(), *other.terms.items()), self.matrix or other.matrix)

    def __sub__(self, other: Element) -> Element:
        return self + -other

    def __mul__(self, other: Element) -> Element:
        if len(self.terms) * len(other.terms) > MAX_TERMS:
            raise NotRationalError(f"its expansion could have more than {MAX_TERMS} terms")
        products = (
            ((v + w, _merge(m, n)), a * b)
            for (v, m), a in self.terms.items()
            for (w, n), b in other.terms.items()
        )
        return _collect(products, self.matrix or other.matrix)

    def __pow__(self, exponent: int) -> Element:
        power = Element({((), ()): Fraction(1)}, self.matrix)
        for _ in range(exponent):
            power = power * self
        return power

    @property
    def transpose(self) -> Element:
        """The transpose; a number is its own."""
        flipped = {(flip(w), m): c for (w, m), c in self.terms.items()}
        return Element(flipped, self.matrix)

    @property
    def trace(self) -> Element:
        """The trace, in traces of cyclic words; tr(I) is an indeterminate of its own."""
        if not self.matrix:
            raise NotRationalError("tr(...) wants a matrix")
        traced = ((((), _merge(m, ((necklace(w), 1),))), c) for (w, m), c in self.terms.items())
        return _collect(traced, False)


def scalar(value: Fraction | int | str) -> Element:
    """A number, or the named commuting scalar."""
    if isinstance(value, str):
        return Element({((), ((value, 1),)): Fraction(1)}, False)
    return Element({((), ()): Fraction(value)} if value else {}, False)


def letter(text: str) -> Element:
    """The matrix of that name."""
    return Element({(((text, False),), ()): Fraction(1)}, True)


IDENTITY = Element({((), ()): Fraction(1)}, True)


def flip(word: Word) -> Word:
    """The transpose of a word."""
    return tuple((n, not t) for n, t in reversed(word))


def necklace(word: Word) -> Word:
    """The representative of all words with the same trace: rotations, and those of the flip."""
    rotations = [w[i:] + w[:i] for w in (word, flip(word)) for i in range(max(1, len(word)))]
    return min(rotations)


def evaluate(expression: Expression, known: Mapping[str, Element]) -> Element:
    """Expand a formula.

    Parameters
    ----------
    expression : Expression
        Sums, products (in order), powers with constant natural exponents, quotients by numbers,
        ``T(A)`` for the transpose, ``tr(A)`` for the trace.
    known : mapping of str to Element
        What the names stand for.

    Raises
    ------
    NotRationalError
        For anything else, and where the expansion would be too large.
    """
    head = expression.head
    if head == "number":
        assert expression.value is not None
        return scalar(expression.value)
    if head == "name":
        if expression.name not in known:
            raise NotRationalError(f"{expression.name} is not a variable")
        return known[expression.name]
    a = evaluate(expression.args[0], known)
    match head:
        case "neg":
            return -a
        case "T":
            return a.transpose
        case "tr":
            return a.trace
        case "**":
            return a ** natural(expression.args[1], known)
    if head not in ("+", "-", "*", "/"):
        raise NotRationalError(f"{head}(...) has no meaning for matrices")
    b = evaluate(expression.args[1], known)
    if head == "/":
        return a * scalar(1 / _number(b, expression))
    return a * b if head == "*" else a + b if head == "+" else a - b


def natural(expression: Expression, known: Mapping[str, Element]) -> int:
    """Read a constant exponent.

    Raises
    ------
    NotRationalError
        If it is not a natural number of reasonable size.
    """
    value = _number(evaluate(expression, known), expression)
    if value.denominator != 1 or not 0 <= value <= MAX_LETTERS:
        raise NotRationalError(f"the exponent {expression} is not a natural number")
    return int(value)


def write(key: Key) -> Expression:
    """Write a term with coefficient one as a formula, matrix-valued."""
    word, monomial = key
    total = _product(word)
    for factor, exponent in monomial:
        base = name(factor) if isinstance(factor, str) else Expression("tr", (_product(factor),))
        for _ in range(exponent):
            total = Expression("*", (base, total))
    return total


def _product(word: Word) -> Expression:
    letters = [Expression("T", (name(n),)) if t else name(n) for n, t in word]
    total = letters[0] if letters else name("I")
    for factor in letters[1:]:
        total = Expression("*", (total, factor))
    return total


def _number(value: Element, shown: Expression) -> Fraction:
    constant = value.terms.get(((), ()), Fraction(0))
    if value.matrix or value.terms.keys() - {((), ())} or (shown.head == "/" and not constant):
        raise NotRationalError(f"a number is wanted in {shown}")
    return constant


def _collect(terms: Iterable[tuple[Key, Fraction]], matrix: bool) -> Element:
    total: dict[Key, Fraction] = {}
    for key, coefficient in terms:
        value = total.pop(key, Fraction(0)) + coefficient
        if value:
            if len(key[0]) > MAX_LETTERS:
                raise NotRationalError(f"a product of more than {MAX_LETTERS} matrices")
            total[key] = value
    return Element(total, matrix)


def _merge(a: Monomial, b: Monomial) -> Monomial:
    if not a or not b:
        return a or b
    powers = dict(a)
    for factor, exponent in b:
        powers[factor] = powers.get(factor, 0) + exponent
    return tuple(sorted(powers.items(), key=lambda p: (isinstance(p[0], tuple), p[0], p[1])))
