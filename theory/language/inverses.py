"""Inverses and determinants of matrices of any size: numbers with theorems, as norms are.

An inverse is a letter of its own. It exists where the least singular value s of the matrix is not
0, which is claimed besides, and then its spectral norm is 1/s. Used are (Horn and Johnson 2013,
chapters 5 and 7): s moves by at most the norm of a perturbation, the resolvent identity
inv(A) - inv(B) = inv(A)*(B - A)*inv(B), that inverses reverse the order, Minkowski's inequality for
determinants, arithmetic and geometric means of eigenvalues.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, Relation, number
from theory.expressions.abbreviations import ONE, ZERO, op
from theory.expressions.arithmetic import minus, over, times, total
from theory.language.matrix_theorems import EIGEN, NORMS, Fact, Theorems
from theory.language.words import (
    Combination,
    Letter,
    Word,
    combined,
    of_word,
    size,
    squared,
    transposed,
)


@dataclass
class Inverses(Theorems):
    """What is known of inverses and determinants.

    ``ordered`` are combinations that are assumed to be positive semidefinite, ``touched`` the least
    singular values of the inverses that were read last: these are not 0 where an assumption holds.
    ``asked`` are least singular values that the claim itself speaks of.
    """

    ordered: list[Combination] = field(default_factory=list)
    touched: list[Expression] = field(default_factory=list)
    asked: list[Expression] = field(default_factory=list)

    # Inverses -------------------------------------------------------------------------------------

    def inverse(self, x: Combination, e: Expression) -> Combination:
        """The inverse of a combination: a letter, or a product of letters."""
        inverses, names = self.alphabet.inverses, self.alphabet.letters(x)
        if x.shape[0] != x.shape[1]:
            raise InputError("formula", f"inv needs a square matrix in {str(e)[:40]!r}")
        if names & set(inverses):
            raise Unsupported("formula", "an inverse inside of an inverse")
        if not x.terms:
            raise InputError("formula", "the inverse of 0")
        squares = all(len(set(self.alphabet.shapes[a])) == 1 for a in names)
        if len(x.terms) == 1 and squares:
            ((w, c),) = x.terms
            self.unknowns.want(over(ONE, c))  # also where it is multiplied by 0, or cancels
            letters = (self._letter(of_word(((a, False),), x.shape), t) for a, t in reversed(w))
            return combined([(tuple(letters), over(ONE, c))], x.shape)
        return of_word((self._letter(x, False),), x.shape)

    def _letter(self, x: Combination, turned: bool) -> Letter:
        """The letter that stands for an inverse."""
        a, alphabet = f"inv({x})", self.alphabet
        if a not in alphabet.inverses:
            alphabet.inverses[a], alphabet.shapes[a] = x, x.shape
            if alphabet.is_symmetric(x):
                alphabet.symmetric.add(a)
            if self._psd(x):
                alphabet.psd.add(a)
            least = self.least(x)
            self.unknowns.want(over(ONE, least))
            if not self.unknowns.positive(least):
                self.unknowns.signed[over(ONE, least)] = Relation(least, ">", ZERO)
        self.touched.append(self.least(alphabet.inverses[a]))
        return a, turned and a not in alphabet.symmetric

    def inverted(self, w: Word) -> Combination | None:
        """What a word of one letter, perhaps transposed, is the inverse of."""
        whole = self.alphabet.inverses.get(w[0][0]) if len(w) == 1 else None
        if whole is None or not w[0][1]:
            return whole
        return whole.mapped(lambda v: transposed(v, self.alphabet.symmetric), whole.shape)

    def cancelled(self, x: Combination) -> Combination:
        """A combination without a letter beside its inverse, or beside what undoes it."""

        def short(w: Word) -> Word:
            for k, ((a, s), (b, t)) in enumerate(itertools.pairwise(w)):
                inverse = s == t and (b == f"inv({a})" or a == f"inv({b})")
                if inverse or self.alphabet.beside((a, s), (b, t)):
                    return short(w[:k] + w[k + 2 :])
            return w

        known = self.alphabet.inverses or self.alphabet.isometries
        return x.mapped(short, x.shape) if known else x

    def least(self, x: Combination) -> Expression:
        """The least singular value of a square combination."""
        if not x.terms:
            return ZERO
        if self._psd(x):
            return self.value("lambda_min", x)
        ((w, c), *more) = x.terms
        if not more:
            same = min(w, transposed(w, self.alphabet.symmetric))
            inner = self._known("sigma_min", of_word(same, x.shape), "least") if w else ONE
            return times(c if self.unknowns.nonnegative(c) else op("abs", c), inner)
        return self._known("sigma_min", x, "least")

    def _square_parts(self, w: Word) -> Iterator[tuple[Combination, Combination]]:
        """A product as one of a square matrix and what is right or left of it."""
        for k in range(1, len(w)):
            a, b = (of_word(u, self._shape(u)) for u in (w[:k], w[k:]))
            for one, other in ((a, b), (b, a)):
                if one.shape[0] == one.shape[1]:
                    yield one, other

    def _of_least(self, x: Combination, v: Expression) -> Iterator[Fact]:
        yield "norm", v, ">=", ZERO
        for one, other in self._square_parts(x.words[0]) if len(x.terms) == 1 else ():
            if other.shape[0] == other.shape[1]:
                yield "least", v, ">=", times(self.least(one), self.least(other))
                yield "least", v, "<=", times(self.least(one), self.value("norm2", other))
        for k, t in enumerate(x.terms if len(x.terms) > 1 else ()):
            one = Combination((t,), x.shape)
            rest = Combination((*x.terms[:k], *x.terms[k + 1 :]), x.shape)
            yield "least", v, ">=", total(self.least(one), minus(self.value("norm2", rest)))

    def _of_inverses(self, head: str, x: Combination) -> Iterator[Fact]:
        """What the resolvent identity says of norms, and of the order."""
        v, inner = self.seen[head, x], [self.inverted(w) if w else None for w in x.words]
        if len(x.terms) != 2:
            if head == "norm" and len(x.terms) == 1 and inner[0] is not None:
                high = self.value("norm2", x)
                yield "inverse", v, ">=", high
                yield "inverse", v, "<=", times(op("sqrt", size(x.shape[0])), high)
            return
        for (w, c), (u, d), a, b in zip(x.terms, x.terms[::-1], inner, inner[::-1], strict=True):
            if a is None:
                continue
            if head in NORMS and not u:  # c*inv(C) + d*I = inv(C)*(c*I + d*C)
                rest = combined([((), c), *a.scaled(d).terms], x.shape)
            elif head in NORMS and b is not None and d == minus(c):
                rest = combined([*b.scaled(c).terms, *a.scaled(d).terms], x.shape)
            else:
                if head in EIGEN and b is not None and (c, d) == (ONE, number(-1)):
                    yield self._reversed(head, x, a, b)
                continue
            norm, outer = self.value(head, rest), (w,) if not u else (w, u)
            yield (
                "inverse",
                v,
                "<=",
                times(*(self.value("norm2", of_word(y, x.shape)) for y in outer), norm),
            )

    def _reversed(self, head: str, x: Combination, a: Combination, b: Combination) -> Fact:
        """Of inv(A) - inv(B) the eigenvalues are >= -max(-g, 0)/s^2, s the least one of B.

        Where both are positive definite and B - A >= g*I: with g < 0 is A <= B - g*I, and
        inv(B - g*I) - inv(B) has the eigenvalues g/(b*(b - g)) >= g/b^2 for b >= s.
        """
        first, second = (a, b) if head == "lambda_min" else (b, a)
        gap = combined([*second.terms, *first.scaled(number(-1)).terms], x.shape)
        v = self.seen[head, x]
        if gap.terms in (other.terms for other in self.ordered):  # first <= second is assumed
            kept = v if head == "lambda_min" else minus(v)
            low = self.value("lambda_min", first)
            definite = ONE if self._psd(first) else op("max", low, ZERO)
            return "inverse", times(kept, definite), ">=", ZERO
        low = minus(op("max", minus(self.value("lambda_min", gap)), ZERO))
        bound = over(low, squared(self.least(second)))
        ends = [minus(self.value("lambda_min", y)) for y in (a, b) if not self._psd(y)]
        if not ends and head == "lambda_min":
            return "inverse", v, ">=", bound
        if not ends:
            return "inverse", v, "<=", minus(bound)
        left = total(v, minus(bound)) if head == "lambda_min" else minus(total(v, bound))
        return "inverse", op("max", left, *ends), ">=", ZERO  # unless one of them is not definite

    def _one(self, x: Combination, known: dict[str, Expression]) -> Iterator[Fact]:
        yield from super()._one(x, known)
        if "sigma_min" in known and "norm2" in known:
            yield "least", known["sigma_min"], "<=", known["norm2"]
        if "sigma_min" in known and "lambda_min" in known:
            yield "least", known["sigma_min"], ">=", known["lambda_min"]
        if "sigma_min" in known and "lambda_max" in known:
            yield "least", known["sigma_min"], ">=", minus(known["lambda_max"])

    # Determinants ---------------------------------------------------------------------------------

    def determinant(self, x: Combination) -> Expression:
        """A determinant: of what is psd the n-th power of the geometric mean of eigenvalues."""
        n = size(x.shape[0])
        if self._psd(x):
            return op("**", self.root(x), n)
        if len(x.terms) != 1:
            return self._known("det", x, "det") if x.terms else ZERO
        ((w, c),) = x.terms
        if any(len(set(self.alphabet.shapes[a])) > 1 for a, _ in w):
            return self._known("det", x, "det")
        return times(ONE if c == ONE else op("**", c, n), *(self._det(a, x) for a, _ in w))

    def _det(self, a: str, x: Combination) -> Expression:
        inner = self.alphabet.inverses.get(a)
        if inner is not None:
            return over(ONE, self.determinant(inner))
        one = of_word(((a, False),), x.shape)
        return self.determinant(one) if self._psd(one) else self._known("det", one, "det")

    def root(self, x: Combination) -> Expression:
        """The n-th root of the determinant of what is psd."""
        if not self._psd(x):
            raise Unsupported("formula", f"a root or logarithm of the determinant of {x}: psd?")
        if len(x.terms) != 1:
            return self._known("root", x, "root") if x.terms else ZERO
        ((w, c),) = x.terms
        inner = self.inverted(w) if w else None
        if inner is not None:
            return times(c, over(ONE, self.root(inner)))
        return times(c, self._known("root", of_word(w, x.shape), "root") if w else ONE)

    def _of_root(self, x: Combination, v: Expression) -> Iterator[Fact]:
        yield "determinant", v, ">=", ZERO
        yield "mean", v, "<=", over(self.trace(x), size(x.shape[0]))
        yield "determinant", v, ">=", self.value("lambda_min", x)
        if len(x.terms) > 1:
            roots = [self.root(Combination((t,), x.shape)) for t in x.terms]
            yield "Minkowski", v, ">=", total(*roots)

    def _of_spoken_least(self) -> Iterator[Fact]:
        """Least singular values that a claim asks for, of a factor and of two that are near."""
        asked = {x: v for (head, x), v in self.seen.items() if v in self.asked}
        for (head, x), v in list(self.seen.items()) if asked else ():
            for one, other in self._square_parts(x.words[0]) if len(x.terms) == 1 else ():
                if head in NORMS and self.least(one) in self.asked:
                    kind = "norm" if "1" in other.shape else head
                    yield "least", v, ">=", times(self.least(one), self.value(kind, other))
        known = list(self.seen.items()) if asked else []
        for ((head, x), v), ((norm, y), u) in itertools.permutations(known, 2):
            if (head, norm) == ("sigma_min", "norm2") and x.shape == y.shape:
                for c in (ONE, number(-1)):  # near a multiple of the identity
                    gap = combined([*x.terms, *y.scaled(c).terms], x.shape)
                    if gap.words == ((),):
                        yield "least", v, ">=", total(op("abs", gap.terms[0][1]), minus(u))
        for (x, v), (y, u) in itertools.permutations(asked.items(), 2):
            gap = combined([*x.terms, *y.scaled(number(-1)).terms], x.shape)
            if x.shape == y.shape and self._spoken(gap):
                yield "least", v, ">=", total(u, minus(self.value("norm2", gap)))

    def _of_products(self) -> Iterator[Fact]:
        """Of the trace of a product of what is psd: again arithmetic and geometric means."""
        yield from self._of_spoken_least()
        rooted = dict.fromkeys(x for head, x in self.seen if head == "root")  # in one order
        inverses = self.alphabet.inverses.items()
        rooted |= dict.fromkeys(of_word(((a, False),), y.shape) for a, y in inverses)
        pairs = itertools.combinations(rooted, 2) if any(h == "root" for h, _ in self.seen) else ()
        for x, y in pairs:
            if x.shape == y.shape and self._psd(x) and self._psd(y):
                product = [(v + w, times(c, d)) for v, c in x.terms for w, d in y.terms]
                trace = self.trace(self.cancelled(combined(product, x.shape)))
                yield "mean", trace, ">=", times(size(x.shape[0]), self.root(x), self.root(y))

    # All of them ----------------------------------------------------------------------------------

    def _theorems(self, head: str, x: Combination, v: Expression) -> Iterator[Fact]:
        if head == "sigma_min":
            yield from self._of_least(x, v)
        elif head == "root":
            yield from self._of_root(x, v)
        elif head != "det":
            own = list(self._of_inverses(head, x)) if self.alphabet.inverses else []
            yield from own
            if not own or len(x.terms) == 1:
                yield from super()._theorems(head, x, v)
            elif head in NORMS:
                yield "norm", v, ">=", ZERO
