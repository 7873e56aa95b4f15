"""Means of formulas in several independent draws, in closed form where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, name, rational_value
from theory.expressions.abbreviations import HALF, ONE, TWO, ZERO, exp, op
from theory.expressions.arithmetic import minus, over, raised, times, total
from theory.language.bars import by_sign
from theory.language.chances import greatest, mean_size, norm_of_normal
from theory.language.classes import CLASSES, moment
from theory.language.draft import exchanged, rewritten
from theory.language.joined import averaged, distance
from theory.language.laws import EVERYWHERE, Ends, Law, Term
from theory.language.needed import guarded, weighted
from theory.language.polyexp import degree_in, line_of, norm_square, slope_of, terms_of
from theory.language.shapes import (
    OWN,
    PLAIN,
    Product,
    copied,
    factors_of,
    multiplied,
    polynomial,
    standard,
    terms_added,
)
from theory.language.unknowns import Unknowns

MANY = 10  # draws, of which the core does not look at all values together
_SMOOTH = frozenset({"sin", "cos", "tanh", "cosh", "sinh", "erf"})


@dataclass(frozen=True)
class Means:
    """Means in closed form.

    Attributes
    ----------
    laws : mapping of str to Law
        Of single draws.
    vectors : mapping of str to Expression
        Standard normal vectors, with their dimensions.
    constants : frozenset of str
        Names of numbers.
    integers : frozenset of str
        Names of integers.
    unknowns : Unknowns or None
        Where numbers are noted that have no formula; without it they are unsupported.
    positives : frozenset of str
        Names of variables that are positive.
    """

    laws: Mapping[str, Law]
    vectors: Mapping[str, Expression]
    constants: frozenset[str] = frozenset()
    integers: frozenset[str] = frozenset()
    unknowns: Unknowns | None = None
    positives: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """Everything that is drawn."""
        return frozenset({*self.laws, *self.vectors})

    # Means ----------------------------------------------------------------------------------------

    def drawn(self, e: Expression) -> frozenset[str]:
        """What is drawn in a formula."""
        return e.names & self.names

    def mean(self, f: Expression) -> Expression:
        """The mean of a formula."""
        f = rewritten(f, copied)
        many = len(self.drawn(f)) > MANY
        if many and f.head in ("+", "-", "neg"):
            return total(*(times(c, self.mean(g)) for c, g in terms_added(f)))
        if many and (parts := self._apart(f)):
            return weighted(ONE, *map(self.mean, parts))
        if self.natural(f) and not many:
            return Expression("E", (f,))
        if f.head == "prod" and len(f.args) == 2:  # independent copies
            return self.copies(*f.args)
        finite = sorted(w for w in self.drawn(f) if w in self.laws and self.laws[w].atoms)
        if finite and not many:
            w, atoms = finite[0], self.laws[finite[0]].atoms or ()
            cases = ((p, f.substitute({w: v})) for v, p in atoms)
            return total(*(times(p, guarded(self.mean(g), self.names, g)) for p, g in cases))
        f = averaged(self.gathered(f), self.names, self.laws, self.expanded)
        found = [
            weighted(c, *(self.single(g, w) for w, g in factors.items()))
            for c, factors in self.expanded(f)
        ]
        return total(*found)

    def _apart(self, f: Expression) -> list[Expression]:
        """A product as one of independent factors, if there are several."""
        groups: list[tuple[frozenset[str], Expression]] = []
        for factor in factors_of(f):
            names, whole = self.drawn(factor), factor
            for other in [g for g in groups if g[0] & names]:
                groups.remove(other)
                names, whole = names | other[0], times(other[1], whole)
            groups.append((names, whole))
        return [g for _, g in groups] if len(groups) > 1 else []

    def copies(self, f: Expression, k: Expression) -> Expression:
        """The mean of a product of k independent copies, which has a value for k >= 0 only."""
        count = rational_value(k)
        if not self.whole(k) or (count is not None and count < 0):
            raise InputError("E", f"the number of copies {str(k)[:40]} is not a natural number")
        power = Expression("**", (self.mean(f), k))
        if count is not None:
            return power
        return op("+", power, op("*", ZERO, Expression("**", (ZERO, k))))  # 0**k: for k >= 0 only

    def whole(self, k: Expression) -> bool:
        """Whether a formula is plainly an integer."""
        count = rational_value(k)
        if count is not None:
            return count.denominator == 1
        if k.head == "name":
            return k.name in self.integers
        return k.head in ("+", "-", "*", "neg") and all(map(self.whole, k.args))

    def natural(self, f: Expression) -> bool:
        """Whether the core knows the mean of a formula as it stands."""
        names = self.drawn(f)
        inside = f.args[0] if f.head == "prod" and len(f.args) == 2 else f
        if not names or inside.names - names - self.constants - {"pi"} or self.counts(inside):
            return False
        if any(w not in self.laws or self.laws[w].kind not in OWN for w in names):
            return False
        if all(self.laws[w].kind == "rademacher" for w in names):
            return True
        return (
            all(self._known(n) for n in inside.walk())
            if len(names) == 1
            else all(polynomial(n) for n in inside.walk())
        )

    def counts(self, f: Expression) -> bool:
        """Whether a random sign stands in an exponent: a**1 and 1/a have a value for a < 0 too."""
        signs = {w for w in self.drawn(f) if w in self.laws and self.laws[w].kind == "rademacher"}
        return any(n.head == "**" and n.args[1].names & signs for n in f.walk())

    def _known(self, n: Expression) -> bool:
        if n.head == "exp":
            return degree_in(n.args[0], self.names) in (0, 1)
        if n.head == "abs":
            return n.args[0].head == "name"
        if n.head == "**":
            return rational_value(n.args[1]) is not None
        if n.head == "/":
            return not n.args[1].names & self.names
        return n.head in PLAIN | _SMOOTH | {"sqrt"}

    def gathered(self, f: Expression) -> Expression:
        """Extrema of what is drawn by absolute values, hyperbolic functions by exponentials."""

        def change(n: Expression) -> Expression:
            if not self.drawn(n):
                return n
            if n.head in ("max", "min") and (len(n.args) > 1 or n.args[0].head != "name"):
                a = n.args[0]
                for b in n.args[1:]:
                    gap = op("abs", total(a, minus(b)))
                    gap = gap if n.head == "max" else minus(gap)
                    a = times(HALF, total(a, b, gap))
                return a
            if n.head in ("cosh", "sinh"):
                up, down = exp(n.args[0]), exp(op("neg", n.args[0]))
                return times(HALF, op("+" if n.head == "cosh" else "-", up, down))
            return n

        return rewritten(f, change)

    def expanded(self, f: Expression) -> list[Product]:
        """A formula as a sum of products of formulas in one draw each."""
        names = self.drawn(f)
        if not names:
            return [(f, {})]
        if len(names) == 1 and f.head not in ("+", "-", "neg"):
            (w,) = names
            return [(ONE, {w: f})]
        match f.head:
            case "+":
                return self.expanded(f.args[0]) + self.expanded(f.args[1])
            case "-":
                return self.expanded(f.args[0]) + self.expanded(op("neg", f.args[1]))
            case "neg":
                return [(minus(c), g) for c, g in self.expanded(f.args[0])]
            case "*":
                shared = self.drawn(f.args[0]) & self.drawn(f.args[1])
                if shared and any(map(self._merges, f.args)):
                    raise Unsupported("E", "a product with |...| of several of its draws")
                return multiplied(self.expanded(f.args[0]), self.expanded(f.args[1]))
            case "/" if not self.drawn(f.args[1]):
                return [(over(c, f.args[1]), g) for c, g in self.expanded(f.args[0])]
            case "**":
                n = rational_value(f.args[1])
                size = f.args[0].args[0] if f.args[0].head == "abs" else None
                if size is not None and n is not None and n > 0 and n % 2 == 0:
                    return self.expanded(Expression("**", (size, f.args[1])))
                alone = not self._merges(f.args[0]) or (size and self._combined(size))
                if n is not None and n.denominator == 1 and 0 < n <= 12 and alone:
                    once = self.expanded(f.args[0])
                    found = once
                    for _ in range(int(n) - 1):
                        found = multiplied(found, once)
                    return found
            case "exp" if not self._merges(f.args[0]):
                return self._exponential(f.args[0])
            case "abs":
                merged = self._combined(f.args[0])
                if merged is not None:
                    return merged
                apart = distance(f.args[0], self.laws, self.expanded) or self._folded(f.args[0])
                if apart is not None:
                    return [(apart, {})]
        raise Unsupported("E", f"no closed form of the mean of {str(f)[:60]}")

    def _exponential(self, exponent: Expression) -> list[Product]:
        factors: dict[str, Expression] = {}
        outer = ONE
        for c, g in self.expanded(exponent):
            part = weighted(c, *g.values())
            if not g:
                outer = times(outer, exp(part))
            elif len(g) == 1:
                (w,) = g
                factors[w] = times(factors[w], exp(part)) if w in factors else exp(part)
            else:
                raise Unsupported("E", "exp of a product of several draws")
        return [(outer, factors)]

    def _merges(self, f: Expression) -> bool:
        """Whether |u| of several draws is inside: written with one of them, it keeps its law only.

        So it may stand in a sum, of which only each mean counts, and in no product with others.
        """
        return any(n.head == "abs" and len(self.drawn(n)) > 1 for n in f.walk())

    def slopes(self, u: Expression) -> tuple[Expression, dict[str, Expression]] | None:
        """What is not drawn in a linear combination of normal draws, and one slope for each draw.

        A draw may stand in it several times: w + v - w is v. None for a formula with |X - Y|, of
        which only the mean is known.
        """
        if self._merges(u):
            return None
        mean, found = ZERO, dict[str, Expression]()
        for c, g in self.expanded(u):
            if not g:
                mean = total(mean, c)
                continue
            if len(g) != 1:
                return None
            ((w, one),) = g.items()
            slope, law = slope_of(one, w), self.laws.get(w, Law(""))
            if slope is None or law.kind not in ("gaussian", "normal"):
                return None
            if law.kind == "normal":  # m + s v
                mean = total(mean, times(c, slope, law.parameters[0]))
                slope = times(slope, law.parameters[1])
            found[w] = total(found.get(w, ZERO), times(c, slope))
        return mean, found

    def _combined(self, u: Expression) -> list[Product] | None:
        """|u| for a linear combination of normal draws: it is normal itself."""
        mean, slopes = self.slopes(u) or (ZERO, {})
        if not slopes or any(self.laws[w].kind == "normal" for w in slopes):
            return None
        square = total(*(raised(slope, 2) for slope in slopes.values()))
        if square == ZERO:
            return [(op("abs", mean), {})]
        first = next(iter(slopes))
        root = op("sqrt", square) if rational_value(square) != 1 else ONE
        return [(ONE, {first: op("abs", total(mean, times(root, name(first))))})]

    def _folded(self, u: Expression) -> Expression | None:
        """The mean of |u| for a linear combination of normal draws, also around other centres."""
        mean, slopes = self.slopes(u) or (ZERO, {})
        square = total(*(raised(slope, 2) for slope in slopes.values()))
        if square == ZERO:
            return None
        v = "of the standard normal law"
        whole = replace(self, laws={**self.laws, v: Law("gaussian")})
        return whole.single(op("abs", total(mean, times(op("sqrt", square), name(v)))), v)

    def single(self, g: Expression, w: str) -> Expression:
        """The mean of a formula in one draw."""
        if w in self.vectors:
            return self._aggregate(g, w)
        law = self.laws[w]
        if law.atoms is not None and not self.natural(g):
            return total(*(times(p, g.substitute({w: v})) for v, p in law.atoms))
        if self.natural(g) and not any(n.head == "abs" for n in g.walk()):
            return Expression("E", (g,))
        try:
            return by_sign(
                g, w, self.positives,
                lambda found: total(*(self._term_mean(law, w, t, ends) for t, ends in found)),
            )  # fmt: skip
        except Unsupported:
            found = standard(g, w, law) or self._size_of(g, law, w)
            if found is None:
                raise
            return found

    def _size_of(self, g: Expression, law: Law, w: str) -> Expression | None:
        """The mean of |u| for a linear u in a draw of a class: a number, by Jensen's inequality."""
        u = g.args[0] if g.head == "abs" and law.kind in CLASSES else None
        if self.unknowns is None or u is None or line_of(u, w) is None:
            return None
        return mean_size(self.unknowns, g, self.mean(u), self.mean(op("**", u, TWO)))

    def _term_mean(self, law: Law, w: str, t: Term, ends: Ends) -> Expression:
        """The mean of one term, of a class of laws a number of which theorems are known."""
        if law.kind not in CLASSES or self.unknowns is None:
            return law.mean(t, ends)
        if ends != EVERYWHERE or t.square != ZERO:
            raise Unsupported("E", "a part of the mean of a law that is not known")
        return times(t.factor, moment(self.unknowns, w, law, t.power, t.linear))

    def _aggregate(self, g: Expression, w: str) -> Expression:
        """Means of functions of |w|^2 (chi-square), of |w|, of sums of the entries."""
        n = self.vectors[w]
        square = "square of the norm"
        chi = rewritten(g, lambda e: norm_square(e, w, square))
        if w not in chi.names:
            return total(*(Law("chi2", (n,)).mean(t) for t in terms_of(chi, square)))
        if self.unknowns is not None and (found := self._greatest(g, w, n)) is not None:
            return found
        length = "length"
        flat = exchanged(chi, op("norm", name(w)), name(length))
        line = None if w in flat.names else line_of(flat, length)
        if line is not None and square not in line[0].names:
            rest = total(*(Law("chi2", (n,)).mean(t) for t in terms_of(line[1], square)))
            return total(times(line[0], self._length(w, n)), rest)
        ends = "sum of the entries"
        added = rewritten(g, lambda e: name(ends) if e == op("sum", name(w)) else e)
        if w not in added.names:
            law = Law("normal", (ZERO, op("sqrt", n)))
            return total(*(law.mean(t) for t in terms_of(added, ends)))
        raise Unsupported("E", f"no closed form of the mean of {str(g)[:60]}")

    def _length(self, w: str, n: Expression) -> Expression:
        """The mean of the norm: a formula, or for symbolic n a number with theorems."""
        if self.unknowns is not None and rational_value(n) is None:
            return norm_of_normal(self.unknowns, w, n)
        gammas = (op("gamma", over(total(n, ONE), TWO)), op("gamma", over(n, TWO)))
        return times(op("sqrt", TWO), over(*gammas))

    def _greatest(self, g: Expression, w: str, n: Expression) -> Expression | None:
        """The mean of a multiple of the greatest or least of n normal draws."""
        for head in ("max", "min"):
            extremum, end = op(head, name(w)), "greatest"
            flat = exchanged(g, extremum, name(end))
            line = None if w in flat.names else line_of(flat, end)
            if line is not None and self.unknowns is not None:
                mean = greatest(self.unknowns, extremum, Law("gaussian"), n)
                return total(times(line[0], mean), line[1])
        return None
