"""Theorems about norms, traces and eigenvalues of matrices of any size.

Used are (Horn and Johnson 2013, chapters 4 and 5; Bhatia 1997, chapters 3 and 4): the triangle
inequality, Weyl's for eigenvalues of sums, norm(A*B) <= norm2(A)*norm(B) and its like, Hoelder's
for traces, what norms and eigenvalues of one matrix say of each other, exact laws of traces.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from theory.expressions import Expression, number
from theory.expressions.abbreviations import ONE, ZERO, op
from theory.expressions.arithmetic import minus, times, total
from theory.language.unknowns import Unknowns
from theory.language.words import (
    Alphabet,
    Combination,
    Shape,
    Word,
    combined,
    of_word,
    size,
    squared,
    transposed,
)

NORMS = {"norm2": "op", "norm": "frob", "nuclear": "nuc"}
EIGEN = {"lambda_max": "top", "lambda_min": "low"}
Fact = tuple[str, Expression, str, Expression]


@dataclass
class Theorems:
    """The functions of matrices that one claim names, and what is known of them."""

    alphabet: Alphabet
    unknowns: Unknowns
    seen: dict[tuple[str, Combination], Expression] = field(default_factory=dict)

    def value(self, head: str, x: Combination) -> Expression:
        """A norm or an eigenvalue."""
        raise NotImplementedError

    def trace(self, x: Combination) -> Expression:
        """A trace."""
        raise NotImplementedError

    def _shape(self, w: Word) -> Shape:
        raise NotImplementedError

    def _known(self, head: str, x: Combination, stem: str) -> Expression:
        """The number that stands for a function of a matrix."""
        raise NotImplementedError

    def _of_products(self) -> Iterator[Fact]:
        """What is known of products once all is there."""
        raise NotImplementedError

    def _theorems(self, head: str, x: Combination, v: Expression) -> Iterator[Fact]:
        if head in NORMS:
            yield "norm", v, ">=", ZERO
            yield from self._of_sum(head, x, v) if len(x.terms) > 1 else self._of_word(head, x, v)
            if head == "norm2" and self.alphabet.is_symmetric(x):
                high, low = self.value("lambda_max", x), minus(self.value("lambda_min", x))
                yield "spectrum", high, "<=", v
                yield "spectrum", low, "<=", v
                yield "spectrum", v, "<=", op("max", high, low)
        elif head == "tr":
            yield from self._of_trace(x.words[0], v)
        else:
            yield from self._weyl(head, x, v)
            if head == "lambda_min" and self._psd(x):
                yield "psd", v, ">=", ZERO

    def _of_sum(self, head: str, x: Combination, v: Expression) -> Iterator[Fact]:
        parts = [self.value(head, Combination((t,), x.shape)) for t in x.terms]
        yield "triangle", v, "<=", total(*parts)
        for k, part in enumerate(parts):
            rest = Combination((*x.terms[:k], *x.terms[k + 1 :]), x.shape)
            yield "triangle", part, "<=", total(v, self.value(head, rest))
        yield from self._common(head, x, v)
        yield from self._near_identity(head, x, v)
        if head == "norm" and len(x.terms) <= 3:
            flipped = x.mapped(lambda w: transposed(w, self.alphabet.symmetric), x.shape[::-1])
            terms = [(a + b, times(c, d)) for a, c in flipped.terms for b, d in x.terms]
            inner = self.trace(Combination(tuple(terms), (x.shape[1], x.shape[1])))
            yield "square", squared(v), "==", inner

    def _common(self, head: str, x: Combination, v: Expression) -> Iterator[Fact]:
        """A*B + A*C is A*(B + C): a first or last letter that all words share."""
        for end in (slice(0, 1), slice(-1, None)):
            letters = {w[end] for w in x.words}
            (letter, *more) = letters
            if more or not letter or any(len(w) < 2 for w in x.words):
                continue
            one = of_word(letter, self._shape(letter))
            if end.start == 0:
                rest = [(w[1:], c) for w, c in x.terms]
                shape = (one.shape[1], x.shape[1])
            else:
                rest, shape = [(w[:-1], c) for w, c in x.terms], (x.shape[0], one.shape[0])
            inner = Combination(tuple(rest), shape)
            yield "product", v, "<=", times(self.value("norm2", one), self.value(head, inner))
            if head == "norm":
                yield "product", v, "<=", times(self.value("norm", one), self.value("norm2", inner))

    def _near_identity(self, head: str, x: Combination, v: Expression) -> Iterator[Fact]:
        """A*B - I is A*(B - I) + (A - I); or by the distances of all letters, if spoken of."""
        scales = dict(x.terms)
        (w, *more), c = [w for w in scales if w], scales.get((), ZERO)
        if more or len(w) < 2 or scales[w] != minus(c):
            return
        if {self._shape((u,)) for u in w} != {x.shape}:
            return

        def gap(u: Word) -> Combination:
            return combined([(u, ONE), ((), number(-1))], x.shape)

        scale = next((s for s in (c, minus(c)) if self.unknowns.nonnegative(s)), op("abs", c))
        gaps = [gap((u,)) for u in w]
        if head == "norm2" and all(map(self._spoken, gaps)):
            moved = total(times(*(total(ONE, self.value(head, g)) for g in gaps)), number(-1))
        else:
            first = self.value("norm2", of_word(w[:1], x.shape))
            moved = total(times(first, self.value(head, gap(w[1:]))), self.value(head, gaps[0]))
        yield "identity", v, "<=", times(scale, moved)

    def _telescoped(self, head: str, x: Combination, v: Expression) -> Iterator[Fact]:
        """A*B - C*D is A*(B - D) + (A - C)*D; so are longer ones, by differences spoken of."""
        if head not in NORMS or len(x.terms) != 2 or x.terms[0][1] != minus(x.terms[1][1]):
            return
        (u, c), (w, _) = x.terms
        scale = c if self.unknowns.nonnegative(c) else op("abs", c)
        for k in range(1, min(len(u), len(w))):
            pairs = [[of_word(y, self._shape(y)) for y in (z[:k], z[k:])] for z in (u, w)]
            for (a, b), (p, q) in (pairs, pairs[::-1]):
                left, right = (combined([*y.terms, *z.scaled(number(-1)).terms], y.shape)
                               for y, z in ((a, p), (b, q)))  # fmt: skip
                if not (self._spoken(left) and self._spoken(right)):
                    continue
                inner = "norm2" if "1" in x.shape else head
                whole = total(
                    times(self.value("norm2", a), self.value(head, right)),
                    times(self.value(inner, left), self.value("norm2", q)),
                )
                yield "telescope", v, "<=", times(scale, whole)

    def _spoken(self, x: Combination) -> bool:
        """Whether there is a number of a combination, or it is 0."""
        return not x.terms or any(y in (x, x.scaled(number(-1))) for _, y in self.seen)

    def _of_word(self, head: str, x: Combination, v: Expression) -> Iterator[Fact]:
        (w,) = x.words
        for k in range(1, len(w)):
            a, b = (of_word(u, self._shape(u)) for u in (w[:k], w[k:]))
            pairs = {
                "norm2": [("norm2", "norm2")],
                "norm": [("norm2", "norm"), ("norm", "norm2")],
                "nuclear": [("norm2", "nuclear"), ("nuclear", "norm2"), ("norm", "norm")],
            }
            for f, g in pairs[head]:  # fmt: skip
                yield "product", v, "<=", times(self.value(f, a), self.value(g, b))
            if k == 1 and len(w) > 2 and head != "nuclear":
                whole = times(
                    *(self.value("norm2", of_word((u,), self._shape((u,)))) for u in w[:-1])
                )
                yield (
                    "product",
                    v,
                    "<=",
                    times(whole, self.value(head, of_word(w[-1:], self._shape(w[-1:])))),
                )
            if head in ("norm", "norm2"):  # the least singular value of what is psd
                for u, other in ((a, b), (b, a)):
                    if len(u.words[0]) == 1 and self.alphabet.is_psd(u.words[0]):
                        low = self.value("lambda_min", u)
                        yield "product", v, ">=", times(low, self.value(head, other))

    def _of_trace(self, w: Word, v: Expression) -> Iterator[Fact]:
        for a, b in self._split(w):
            both = times(self.value("norm", a), self.value("norm", b))
            yield "Cauchy-Schwarz", v, "<=", both
            yield "Cauchy-Schwarz", v, ">=", minus(both)
            signs = [self.alphabet.is_psd(u.words[0]) for u in (a, b)]
            for u, p, psd in ((a, b, signs[1]), (b, a, signs[0])):
                if psd and self.alphabet.is_symmetric(u):
                    inner = self.trace(p)
                    yield "trace", v, "<=", times(self.value("lambda_max", u), inner)
                    yield "trace", v, ">=", times(self.value("lambda_min", u), inner)
            if all(signs):
                yield "trace", v, ">=", ZERO
                yield "trace", v, "<=", times(self.trace(a), self.trace(b))
        if len(w) == 1 and self.alphabet.is_psd(w):
            yield "trace", v, ">=", ZERO

    def _weyl(self, head: str, x: Combination, v: Expression) -> Iterator[Fact]:
        """Eigenvalues of a sum next to those of its terms, where these are symmetric."""
        if len(x.terms) == 1:
            return
        for k, t in enumerate(x.terms):
            one = Combination((t,), x.shape)
            rest = Combination((*x.terms[:k], *x.terms[k + 1 :]), x.shape)
            if not (self.alphabet.is_symmetric(one) and self.alphabet.is_symmetric(rest)):
                continue
            if not self._signed(one) or (len(rest.terms) == 1 and not self._signed(rest)):
                continue
            near, far = ("<=", ">=") if head == "lambda_max" else (">=", "<=")
            other = {"lambda_max": "lambda_min", "lambda_min": "lambda_max"}[head]
            same = total(self.value(head, one), self.value(head, rest))
            yield "Weyl", v, near, same
            for a, b in ((one, rest), (rest, one)):
                yield "Weyl", v, far, total(self.value(head, a), self.value(other, b))

    def _psd(self, x: Combination) -> bool:
        """Whether a combination is plainly positive semidefinite."""
        return all(self.unknowns.nonnegative(c) and self.alphabet.is_psd(w) for w, c in x.terms)

    def _signed(self, x: Combination) -> bool:
        c = x.terms[0][1]
        return self.unknowns.positive(c) or self.unknowns.positive(minus(c))

    def finished(self, claimed: frozenset[str]) -> None:
        """What is known of all that is there together; theorems that lead nowhere are dropped."""
        for x in [x for head, x in self.seen if head == "tr"]:
            for label, left, operator, right in self._hoelder(x.words[0], self.seen["tr", x]):
                self.unknowns.fact(label, left, operator, right)
        apart = [fact for (head, x), v in list(self.seen.items())
                for fact in self._telescoped(head, x, v)]  # fmt: skip
        for label, left, operator, right in (*apart, *self._of_products()):
            self.unknowns.fact(label, left, operator, right)
        for x, known in self._groups().items():
            for label, left, operator, right in self._sums(x, known):
                self.unknowns.fact(label, left, operator, right)
        claimed |= {n for e in self.unknowns.wanted for n in e.names}
        spoken = [(head, x) for (head, x), v in self.seen.items() if v.name in claimed]
        sums = [head for head, x in spoken if head == "tr" or (len(x.terms) > 1
                and not self.alphabet.letters(x) & set(self.alphabet.inverses))]  # fmt: skip
        if "tr" not in sums and sums.count("norm") < 2:
            self.unknowns.drop("square")
        if not self.alphabet.psd and not any(head in EIGEN for head, _ in spoken):
            self.unknowns.drop("spectrum")
        if any(head == "root" for head, _ in spoken) and not any(h in NORMS for h, _ in spoken):
            self.unknowns.drop("Cauchy")
            self.unknowns.drop("trace")
        letters = {v.name for (_, x), v in self.seen.items() if x.words == (x.words[0][:1],)}
        self.unknowns.preferred(claimed, letters - claimed)
        used = claimed | {
            n for r in self.unknowns.facts.values() for n in r.left.names | r.right.names
        }
        self.seen = {key: v for key, v in self.seen.items() if v.name in used}
        for x, known in self._groups().items():
            for label, left, operator, right in self._one(x, known):
                self.unknowns.fact(label, left, operator, right)
        self.unknowns.joined(claimed)

    def _groups(self) -> dict[Combination, dict[str, Expression]]:
        """What is known of each matrix."""
        groups: dict[Combination, dict[str, Expression]] = {}
        for (head, x), v in self.seen.items():
            groups.setdefault(x, {})[head] = v
        return groups

    def _hoelder(self, w: Word, v: Expression) -> Iterator[Fact]:
        """Traces by the nuclear norm of a factor that is spoken of."""
        for a, b in self._split(w):
            for one, other in ((a, b), (b, a)):
                nuclear = self._norm_key("nuclear", other)
                if nuclear in self.seen:
                    both = times(self.value("norm2", one), self.seen[nuclear])
                    yield "Hoelder", v, "<=", both
                    yield "Hoelder", v, ">=", minus(both)

    def _norm_key(self, head: str, x: Combination) -> tuple[str, Combination]:
        w = min(x.words[0], transposed(x.words[0], self.alphabet.symmetric))
        return head, of_word(w, self._shape(w))

    def _split(self, w: Word) -> Iterator[tuple[Combination, Combination]]:
        """The factors of all products whose traces are that of one."""
        done = set()
        for k, j in itertools.product(range(len(w)), range(1, len(w))):
            turned = w[k:] + w[:k]
            a, b = (of_word(u, self._shape(u)) for u in (turned[:j], turned[j:]))
            if frozenset((a, b)) not in done:
                done.add(frozenset((a, b)))
                yield a, b

    def _sums(self, x: Combination, known: dict[str, Expression]) -> Iterator[Fact]:
        """Triangle and Weyl between combinations of which one is the sum of two."""
        groups = self._groups()
        for y, z in itertools.combinations([g for g in groups if g.shape == x.shape], 2):
            if len(x.terms) == 1 or combined([*y.terms, *z.terms], x.shape) != x:
                continue
            for head, v in known.items():  # not so least singular values or determinants
                if head in groups[y] and head in groups[z] and head in (*NORMS, *EIGEN):
                    both = total(groups[y][head], groups[z][head])
                    yield "triangle", v, ">=" if head == "lambda_min" else "<=", both

    def _one(self, x: Combination, known: dict[str, Expression]) -> Iterator[Fact]:
        ranks = dict.fromkeys(map(size, x.shape))  # in one order, whatever hashes are
        pairs = [("norm2", "norm"), ("norm", "nuclear"), ("norm2", "nuclear")]
        for f, g in pairs:
            if f in known and g in known:
                yield "norms", known[f], "<=", known[g]
                for n in ranks:
                    factor = n if (f, g) == ("norm2", "nuclear") else op("sqrt", n)
                    yield "norms", known[g], "<=", times(factor, known[f])
        psd, n = self._psd(x), size(x.shape[0])
        if EIGEN.keys() <= known.keys():
            yield "spectrum", known["lambda_min"], "<=", known["lambda_max"]
        if psd and "lambda_max" in known:
            yield "psd", known["lambda_max"], ">=", ZERO
        if "tr" in known:
            t = known["tr"]
            if "norm" in known:
                yield "norms", squared(t), "<=", times(n, squared(known["norm"]))
            if "nuclear" in known:
                yield "norms", t, "==" if psd else "<=", known["nuclear"]
                yield "norms", t, ">=", minus(known["nuclear"])
            if "norm2" in known:
                yield "norms", t, "<=", times(n, known["norm2"])
                yield "norms", t, ">=", minus(times(n, known["norm2"]))
            if "lambda_max" in known:
                yield "spectrum", t, "<=", times(n, known["lambda_max"])
            if "lambda_min" in known:
                yield "spectrum", t, ">=", times(n, known["lambda_min"])
            if psd and "norm" in known:
                yield "norms", known["norm"], "<=", t
            if psd and "lambda_max" in known:
                yield "spectrum", known["lambda_max"], "<=", t
