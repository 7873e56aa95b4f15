"""Several matrices of symbolic sizes: norms, traces, eigenvalues are numbers with theorems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, Relation, everywhere, number, rational_value
from theory.expressions.abbreviations import ONE, ZERO, op
from theory.expressions.arithmetic import minus, over, times, total
from theory.language.commuting import COORDINATES
from theory.language.inverses import Inverses
from theory.language.matrix_theorems import EIGEN, NORMS
from theory.language.words import (
    Combination,
    Shape,
    Word,
    combined,
    of_word,
    size,
    squared,
    transposed,
)

SAME = {"sigma_max": "norm2"}
_LEFT_OUT = frozenset({"spectral_radius", *COORDINATES})


class Norms(Inverses):
    """The functions of matrices that one claim names."""

    def hypothesis(self, r: Relation, label: str) -> tuple[Relation, ...]:
        """What is assumed; of an order of matrices also its traces with what is psd."""
        self.touched.clear()
        return (*self._assumed(r, label), *(Relation(s, ">", ZERO) for s in self.touched))

    def _assumed(self, r: Relation, label: str) -> tuple[Relation, ...]:
        if not self._ordered(r):
            low, high = (r.left, r.right) if r.operator == "<" else (r.right, r.left)
            if r.operator in ("<", ">") and low == ZERO and high.head == "det":
                x = self._square(high, label)
                if self._psd(x):  # by its root, without a power, and by its least eigenvalue
                    ends = self.root(x), self.value("lambda_min", x)
                    return tuple(Relation(e, ">", ZERO) for e in ends)
            return (self._compared(r, label),)
        if r.operator == "==":
            return tuple(self._equal(r, label))
        gap = self._gap(r, label)
        self.ordered.append(gap)
        strict = len(r.operator) == 1
        least = Relation(self.value("lambda_min", gap), ">" if strict else ">=", ZERO)
        return (least, *(Relation(t, ">=", ZERO) for t in self._traces(gap)))

    def _traces(self, gap: Combination) -> Iterator[Expression]:
        """The trace of a square matrix, and those of its products with what is psd."""
        sides: list[Word] = [()]
        sides += [((a, False),) for a in sorted(self.alphabet.psd)]
        sides += [((x, False), (x, True)) for x, s in self.alphabet.shapes.items() if s[1] == "1"]
        for w in sides:
            if not w or self._shape(w)[0] == gap.shape[0]:
                inner = combined([(w + v, c) for v, c in gap.terms], gap.shape)
                yield self.trace(inner)

    def conclusion(self, r: Relation, label: str) -> Relation:
        """A relation between functions of matrices as one between numbers."""
        if not self._ordered(r):
            return self._compared(r, label)
        if r.operator == "==":  # the Frobenius norm is zero at zero alone
            return Relation(self.value("norm", self._apart(r, label)), "<=", ZERO)
        strict = len(r.operator) == 1
        low = self.value("lambda_min", self._gap(r, label))
        return Relation(low, ">" if strict else ">=", ZERO)

    def _ordered(self, r: Relation) -> bool:
        return self.alphabet.about(r.left) or self.alphabet.about(r.right)

    def _apart(self, r: Relation, label: str) -> Combination:
        """The difference of two matrices that are said to be equal."""
        sides = [s for s in (r.left, r.right) if s != ZERO]
        found = self._read(sides[0] if len(sides) == 1 else op("-", *sides), label)
        if found.shape == ("", ""):
            raise InputError(label, "an equation of multiples of the identity alone")
        return found

    def _equal(self, r: Relation, label: str) -> Iterator[Relation]:
        """What an equation says of traces, and of norms of both sides."""
        gap = self._apart(r, label)
        left, right = (
            Combination(() if s == ZERO else self._read(s, label).terms, gap.shape)
            for s in (r.left, r.right)
        )
        heads = ["norm2", "norm"]
        roots = [self.alphabet.half(w) for w in gap.words]
        if len(roots) == 2 and all(roots) and {c for _, c in gap.terms} == {ONE, number(-1)}:
            # T(A)*A = B*T(B): the singular values are the same, not the signs of eigenvalues
            left, right = (of_word(w, self._shape(w)) for w in roots if w is not None)
            signed = self._psd(left) and self._psd(right)
        else:
            signed = self.alphabet.is_symmetric(left) and self.alphabet.is_symmetric(right)
            yield from self._tested(gap)
        heads += EIGEN if signed else ()
        for head in heads:
            yield Relation(self.value(head, left), "==", self.value(head, right))

    def _tested(self, gap: Combination) -> Iterator[Relation]:
        """What it says of a matrix, or a vector, that it is 0: traces, inner products."""
        if gap.shape[0] == gap.shape[1]:
            yield from (Relation(t, "==", ZERO) for t in self._traces(gap))
        elif gap.shape[1] == "1":
            for x in (x for x, s in self.alphabet.shapes.items() if s == gap.shape):
                inner = combined([(((x, True), *w), c) for w, c in gap.terms], ("1", "1"))
                yield Relation(self.trace(inner), "==", ZERO)

    def _gap(self, r: Relation, label: str) -> Combination:
        if r.operator == "!=":
            raise Unsupported(label, "that matrices of a symbolic size differ")
        low, high = (r.left, r.right) if r.operator[0] == "<" else (r.right, r.left)
        if ZERO in (low, high):
            found = self._read(high if low == ZERO else op("neg", low), label)
        else:
            found = self._read(op("-", high, low), label)
        if not self.alphabet.is_symmetric(found) or found.shape[0] != found.shape[1]:
            raise InputError(label, "only symmetric matrices are ordered")
        if found.shape == ("", ""):
            raise InputError(label, "an order of multiples of the identity alone")
        return found

    def _compared(self, r: Relation, label: str) -> Relation:
        return Relation(self.number(r.left, label), r.operator, self.number(r.right, label))

    # Formulas -------------------------------------------------------------------------------------

    def _read(self, e: Expression, label: str) -> Combination:
        for n in e.walk():  # also of what is 0 times something, or cancels
            if n.head == "/" and self.alphabet.about(n.args[0]):
                self.unknowns.want(op("/", ONE, self.number(n.args[1], label)))

        def scalar(c: Expression) -> Expression:
            read = self.number(c, label)
            self.unknowns.want(read)
            return read

        found = self.cancelled(self.alphabet.read(e, scalar, self.inverse))
        self.unknowns.want(*(c for _, c in found.terms))
        return found

    def _sized(self, e: Expression, label: str) -> Combination:
        """A combination that is more than a multiple of the identity."""
        found = self._read(e, label)
        if found.shape == ("", ""):
            raise InputError(label, "the identity alone has no size")
        return found

    def number(self, e: Expression, label: str) -> Expression:
        """A formula with numbers for functions of matrices."""
        if e.head in _LEFT_OUT:
            raise Unsupported(label, f"{e.head} next to several matrices of a symbolic size")
        head = SAME.get(e.head, e.head)
        if head == "abs" and self.alphabet.about(e.args[0]):
            head = "norm"
        if head == "dot":
            u, v = e.args
            if not (self.alphabet.about(u) and self.alphabet.about(v)):
                raise InputError(label, "an inner product is one of two vectors or two matrices")
            x = self._sized(op("*", op("T", u), v), label)
            if x.shape[0] != x.shape[1]:
                raise InputError(label, "an inner product of different sizes")
            return self.trace(x)
        if head in ("det", "logdet"):
            x = self._square(e, label)
            if head == "det":
                return self.determinant(x)
            return times(size(x.shape[0]), op("log", self.root(x)))
        if head == "**" and e.args[0].head == "det":
            x = self._square(e.args[0], label)
            if self._psd(x) and e.args[1] == over(ONE, size(x.shape[0])):
                mean = self.root(x)  # which is what is meant where it is positive
                self.unknowns.want(op("log", mean))
                return mean
        if head == "sigma_min" and self.alphabet.about(e.args[0]):
            low = self.least(self._square(e, label))
            self.asked += [n for n in low.walk() if n.head == "name"]
            return low
        if head in NORMS or head in EIGEN or head == "tr":
            if not self.alphabet.about(e.args[0]):
                return Expression(e.head, tuple(self.number(a, label) for a in e.args))
            x = self._sized(e.args[0], label)
            square = x.shape[0] == x.shape[1]
            if head not in NORMS and not square:
                raise InputError(label, f"{head} needs a square matrix")
            if head in EIGEN and not self.alphabet.is_symmetric(x):
                raise InputError(label, f"{head} needs a symmetric matrix")
            return self.trace(x) if head == "tr" else self.value(head, x)
        if head == "piecewise":  # not all of its values are wanted, nor that inverses exist
            before = len(self.touched)
            made = Expression(head, tuple(self.number(a, label) for a in e.args))
            del self.touched[before:]
            return made
        if self.alphabet.scalar(e):
            return self.trace(self._read(e, label))
        if self.alphabet.about(e):
            raise InputError(label, f"{str(e)[:40]!r} is a matrix where a number is wanted")
        return Expression(e.head, tuple(self.number(a, label) for a in e.args), e.value, e.name)

    def _square(self, e: Expression, label: str) -> Combination:
        """What a determinant is of."""
        if not self.alphabet.about(e.args[0]):
            raise InputError(label, f"{e.head} needs a matrix")
        x = self._sized(e.args[0], label)
        if x.shape[0] != x.shape[1]:
            wrong = Unsupported if e.head == "sigma_min" else InputError
            raise wrong(label, f"{e.head} needs a square matrix")
        return x

    def trace(self, x: Combination) -> Expression:
        """A trace by those of its words."""
        return total(*(times(c, self._trace_of(w, x.shape)) for w, c in x.terms))

    def _trace_of(self, w: Word, shape: Shape) -> Expression:
        if not w:
            return size(shape[0])
        turned = [w[k:] + w[:k] for k in range(len(w))]
        for v in turned if self.alphabet.isometries else ():
            size_ = self._shape(v)[0]
            shorter = self.cancelled(of_word(v, (size_, size_)))
            if shorter.words != (v,):
                return self.trace(shorter)
        turned += [transposed(v, self.alphabet.symmetric) for v in turned]
        for v in turned:
            half = self.alphabet.half(v)
            if half is not None:
                return squared(self.value("norm", of_word(half, self._shape(half))))
        best = min(turned)
        return self._known("tr", of_word(best, self._shape(best)), "tr")

    def _shape(self, w: Word) -> Shape:
        rows, columns = (self.alphabet.shapes[a][::-1] if t else self.alphabet.shapes[a]
                         for a, t in (w[0], w[-1]))  # fmt: skip
        return rows[0], columns[1]

    def value(self, head: str, x: Combination) -> Expression:
        """A norm or an eigenvalue: exact laws first, then a number."""
        if not x.terms:
            return ZERO
        if head in NORMS and "1" in x.shape:
            head = "norm"
        if head in EIGEN:
            return self._eigenvalue(head, x)
        x = self.alphabet.stripped(x)
        if len(x.terms) == 1:
            ((w, c),) = x.terms
            scale = c if self.unknowns.nonnegative(c) else _size(c)
            return times(scale, self._norm(head, w, x.shape))
        flipped = x.mapped(lambda w: transposed(w, self.alphabet.symmetric), x.shape[::-1])
        minus_ = number(-1)
        same = min((x, flipped, x.scaled(minus_), flipped.scaled(minus_)), key=_first)
        return self._known(head, same, NORMS[head])

    def _norm(self, head: str, w: Word, shape: Shape) -> Expression:
        n = size(shape[0])
        if not w:
            return {"norm2": ONE, "norm": op("sqrt", n), "nuclear": n}[head]
        half = self.alphabet.half(w)
        if half is not None and head != "norm":
            inner = of_word(half, self._shape(half))
            return squared(self.value("norm2" if head == "norm2" else "norm", inner))
        whole = self.inverted(((w[0][0], False),)) if head == "norm2" and len(w) == 1 else None
        if whole is not None:
            return over(ONE, self.least(whole))
        same = min(w, transposed(w, self.alphabet.symmetric))
        return self._known(head, of_word(same, self._shape(same)), NORMS[head])

    def _eigenvalue(self, head: str, x: Combination) -> Expression:
        shift = next((c for w, c in x.terms if not w), ZERO)
        rest = Combination(tuple(t for t in x.terms if t[0]), x.shape)
        rest = self.alphabet.stripped(rest, both=True)
        if not rest.terms:
            return shift
        (w, c), *more = rest.terms
        if not more and self.unknowns.positive(minus(c)):
            other = "lambda_min" if head == "lambda_max" else "lambda_max"
            return total(shift, minus(times(minus(c), self._eigen_of(other, w, x.shape))))
        if not more and self.unknowns.positive(c):
            return total(shift, times(c, self._eigen_of(head, w, x.shape)))
        turned = rest.scaled(number(-1))
        if _first(turned) < _first(rest):
            other = "lambda_min" if head == "lambda_max" else "lambda_max"
            return total(shift, minus(self._known(other, turned, EIGEN[other])))
        return total(shift, self._known(head, rest, EIGEN[head]))

    def _eigen_of(self, head: str, w: Word, shape: Shape) -> Expression:
        half, inner = self.alphabet.half(w), self.inverted(w)
        if inner is not None and self._psd(inner):
            other = "lambda_min" if head == "lambda_max" else "lambda_max"
            return over(ONE, self.value(other, inner))
        if head == "lambda_max" and half is not None:
            return squared(self.value("norm2", of_word(half, self._shape(half))))
        return self._known(head, of_word(w, shape), EIGEN[head])

    def _known(self, head: str, x: Combination, stem: str) -> Expression:
        key = (head, x)
        if key not in self.seen:
            letters = "_".join("".join(a + "t" * t for a, t in w) or "I" for w in x.words)
            letters = re.sub(r"\W+", "", letters)  # of an inverse
            said = f"det({x})^(1/{x.shape[0]})" if head == "root" else f"{head}({x})"
            self.seen[key] = self.unknowns.value(key, f"{stem}_{letters}", said)
            inner = self.alphabet.letters(x) & set(self.alphabet.inverses)
            self.unknowns.later[self.seen[key].name] = frozenset(
                [over(ONE, self.least(self.alphabet.inverses[a])) for a in inner]
                + [c for _, c in x.terms if not everywhere(c) and c.names & {*self.unknowns.said}]
            )
            if head in ("sigma_min", "root"):
                self.unknowns.signs[self.seen[key].name] = "nonnegative"
            for label, left, operator, right in self._theorems(head, x, self.seen[key]):
                self.unknowns.fact(label, left, operator, right)
        return self.seen[key]


def _size(c: Expression) -> Expression:
    value = None if c.names else rational_value(c)
    return op("abs", c) if value is None else number(abs(value))


def _first(x: Combination) -> tuple[str, ...]:
    """An order of combinations in which few are negated."""
    return tuple(f"{'-' in str(c)}{w}{c}" for w, c in x.terms)
