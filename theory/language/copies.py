"""Means over n independent draws of one law: sums by their moments, products by their factors."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from theory.errors import Unsupported
from theory.expressions import Expression, everywhere, name, number
from theory.expressions.abbreviations import ONE, ZERO, exp, op
from theory.expressions.arithmetic import minus, over, raised, times, total
from theory.expressions.tree import exponent_value
from theory.language.decays import collected, nonzero, spread
from theory.language.draft import rewritten
from theory.language.needed import always, weighted

MAX_SUMS = 4


@dataclass(frozen=True)
class Copies:
    """Sequences of independent draws, and how means of one member are taken.

    Attributes
    ----------
    names : frozenset of str
        The sequences; a member of one is called by its name.
    mean : callable
        The mean of a formula in one member of each.
    naturals : frozenset of str
        Names of integers that are not negative, which alone may count draws.
    singles : frozenset of str
        What else is drawn, once: it is the same in every member, which then depend on each other.
    extremum : callable or None
        The mean of the greatest or least of all draws, or of |u| for a sum u of them, where it may
        be a number without formula.
    """

    names: Collection[str]
    mean: Callable[[Expression], Expression]
    naturals: Collection[str]
    singles: Collection[str]
    extremum: Callable[[Expression], Expression] | None = None

    def asked(self, e: Expression) -> bool:
        """Whether a formula is about members of the sequences."""
        return any(self._member(n) for n in e.walk())

    def _member(self, e: Expression) -> bool:
        return e.head == "item" and e.args[0].name in self.names

    def closed(self, e: Expression) -> Expression:
        """A mean, variance or covariance by those of one member.

        Raises
        ------
        Unsupported
            For a probability, and for what is no polynomial in sums and no product.
        """
        if e.head != "E" and self._shared(e):
            raise Unsupported(e.head, "of a sequence of draws next to a single one")
        match e.head, e.args:
            case "E", (f,):
                return total(*(self._term(*part) for part in self._parts(f)))
            case "Var", (f,):
                return self._covariance(f, f)
            case "Cov", (f, g):
                return self._covariance(f, g)
        raise Unsupported(e.head, "of a sequence of draws, only E, Var and Cov of their sums and "
                          "E of their products; bound a tail by its moment generating function: "
                          "E(exp(s*sum(i, 1, n, X_i)))")  # fmt: skip

    def _shared(self, *formulas: Expression) -> frozenset[str]:
        """What is drawn once in formulas."""
        return frozenset[str]().union(*(f.names for f in formulas)) & frozenset(self.singles)

    # Parts ----------------------------------------------------------------------------------------

    def _parts(self, f: Expression) -> list[tuple[Expression, list[Expression]]]:
        """A formula as a sum of products of a coefficient and of sums or products of members."""
        safe = nonzero(f) or always(f)  # what is multiplied by 0 is not left out
        return [self._factors(t) for t in (spread(f) if safe else [f])]

    def _factors(self, e: Expression) -> tuple[Expression, list[Expression]]:
        if not self.asked(e):
            if e.names & set(self.names):  # all draws at once, which do not depend on one of them
                raise Unsupported("E", "norms or extrema of draws next to weighted sums of them")
            return e, []
        match e.head, e.args:
            case "neg", (a,):
                c, found = self._factors(a)
                return minus(c), found
            case "*", (a, b):
                (c, left), (d, right) = self._factors(a), self._factors(b)
                return times(c, d), left + right
            case "/", (a, b) if not self.asked(b):
                c, found = self._factors(a)
                return over(c, b), found
            case "**", (a, b):
                k = exponent_value(b)
                if k is not None and k.denominator == 1 and 0 < k <= MAX_SUMS:
                    c, found = self._factors(a)
                    return raised(c, int(k)), found * int(k)
        if e.head in ("sum_", "prod_", "exp"):
            return ONE, [e]
        if e.head in ("max_", "min_", "abs") and self.extremum:
            return ONE, [e]
        raise Unsupported("E", f"no closed form of the mean of {str(e)[:60]}")

    def _term(self, c: Expression, factors: list[Expression]) -> Expression:
        """The mean of a coefficient times sums, or times products."""
        if not factors:
            return self.mean(c)
        shared = self._shared(*factors)
        if shared and (len(factors) > 1 or factors[0].head != "sum_" or shared & c.names):
            raise Unsupported("E", f"of a sequence of draws, each with the same {min(shared)}")
        outer = self.mean(c)
        if all(f.head == "sum_" for f in factors):
            if len(set(factors)) == 1:
                return weighted(outer, self._power(factors[0], len(factors)))
            if len(factors) == 2:
                a, b = (self._sum(f, self.mean) for f in factors)
                return weighted(outer, total(times(a, b), self._joint(*factors)))
        if all(f.head in ("prod_", "exp") for f in factors):
            return weighted(outer, self._product(factors))
        if len(factors) == 1 and self.extremum is not None:
            return weighted(outer, self.extremum(factors[0]))
        raise Unsupported("E", "a product of several sums of draws")

    def _covariance(self, f: Expression, g: Expression) -> Expression:
        found = []
        for c, left in self._parts(f):
            for d, right in self._parts(g):
                if not left or not right:  # only that both have means is asked for
                    ours = [self._term(ONE, x) for x in (left, right) if x]
                    found.append(weighted(ZERO, *ours))
                    continue
                if len(left) != 1 or len(right) != 1 or {left[0].head, right[0].head} != {"sum_"}:
                    raise Unsupported("Var", "of powers or products of sums of draws")
                outer = times(self.mean(c), self.mean(d))
                found.append(weighted(outer, self._joint(left[0], right[0])))
        return total(*found)

    # Sums -----------------------------------------------------------------------------------------

    def _one(self, e: Expression, index: str) -> Expression:
        """What a term says of one member of each sequence."""

        def change(n: Expression) -> Expression:
            if not self._member(n):
                return n
            if n.args[1] != name(index):
                raise Unsupported("E", f"the member {n.args[0]}[{n.args[1]}]")
            return n.args[0]

        return rewritten(e, change)

    def _sum(self, e: Expression, value: Callable[[Expression], Expression]) -> Expression:
        index, first, last, body = e.args
        inside = value(self._one(body, index.name))
        if everywhere(rewritten(inside, lambda n: n.args[0] if n.head == "item" else n)):
            inside = collected(inside)
        return Expression("sum_", (index, first, last, inside)) if inside != ZERO else ZERO

    def _joint(self, a: Expression, b: Expression) -> Expression:
        """The covariance of two sums: that of their terms, added."""
        index, first, last, _ = a.args
        if b.args[1:3] != (first, last):
            raise Unsupported("E", "sums of draws with different ends")
        other = self._one(b.args[3], b.args[0].name).substitute({b.args[0].name: index})

        def covariance(g: Expression) -> Expression:
            both = self.mean(op("*", g, other))
            return total(both, minus(times(self.mean(g), self.mean(other))))

        return self._sum(a, covariance)

    def _power(self, e: Expression, k: int) -> Expression:
        """E T^k by the cumulants of T, which are the sums of those of its terms."""
        if k > MAX_SUMS:
            raise Unsupported("E", f"a power beyond {MAX_SUMS} of a sum of draws")

        def cumulant(j: int) -> Callable[[Expression], Expression]:
            def value(g: Expression) -> Expression:
                m = [ONE, *(self.mean(op("**", g, number(i)) if i > 1 else g)
                            for i in range(1, j + 1))]  # fmt: skip
                return total(*(
                    times(number(c), *(raised(m[i], n) for i, n in powers))
                    for c, powers in _CUMULANTS[j]
                ))  # fmt: skip

            return value

        kappa = [ZERO, *(self._sum(e, cumulant(j)) for j in range(1, k + 1))]
        return total(*(
            times(number(c), *(raised(kappa[i], n) for i, n in powers)) for c, powers in _MOMENTS[k]
        ))  # fmt: skip

    def _product(self, factors: list[Expression]) -> Expression:
        """Independent factors: the product of their means."""
        outer, bodies = ONE, list[tuple[tuple[Expression, ...], Expression]]()
        for f in factors:
            if f.head == "prod_":
                index, first, last, body = f.args
                bodies.append(((index, first, last), self._one(body, index.name)))
                continue
            for c, sums in self._parts(f.args[0]):
                if not sums:
                    outer = times(outer, exp(c))
                    continue
                if len(sums) != 1 or sums[0].head != "sum_":
                    raise Unsupported("E", "exp of a product of sums of draws")
                index, first, last, body = sums[0].args
                one = exp(weighted(c, self._one(body, index.name)))
                bodies.append(((index, first, last), one))
        if not bodies:
            return self.mean(outer)
        ends = bodies[0][0]
        if any(e[1:] != ends[1:] for e, _ in bodies):
            raise Unsupported("E", "products of draws with different ends")
        whole = times(*(b.substitute({e[0].name: ends[0]}) for e, b in bodies))
        inside = self.mean(whole)
        if ends[0].name in inside.names:
            return times(self.mean(outer), Expression("prod_", (*ends, inside)))
        count = ends[2] if ends[1] == ONE else total(ends[2], minus(ends[1]), ONE)
        if count.name not in self.naturals:
            raise Unsupported("E", f"{str(count)[:40]} draws, which may be fewer than none")
        return times(self.mean(outer), Expression("**", (inside, count)))


_Polynomial = tuple[tuple[int, tuple[tuple[int, int], ...]], ...]
_CUMULANTS: tuple[_Polynomial, ...] = (
    (),
    ((1, ((1, 1),)),),
    ((1, ((2, 1),)), (-1, ((1, 2),))),
    ((1, ((3, 1),)), (-3, ((2, 1), (1, 1))), (2, ((1, 3),))),
    ((1, ((4, 1),)), (-4, ((3, 1), (1, 1))), (-3, ((2, 2),)), (12, ((2, 1), (1, 2))),
     (-6, ((1, 4),))),
)  # fmt: skip
"""Cumulants by moments: coefficients, and which moment is raised to which power."""
_MOMENTS: tuple[_Polynomial, ...] = (
    (),
    ((1, ((1, 1),)),),
    ((1, ((2, 1),)), (1, ((1, 2),))),
    ((1, ((3, 1),)), (3, ((2, 1), (1, 1))), (1, ((1, 3),))),
    ((1, ((4, 1),)), (4, ((3, 1), (1, 1))), (3, ((2, 2),)), (6, ((2, 1), (1, 2))), (1, ((1, 4),))),
)
"""Moments by cumulants."""
