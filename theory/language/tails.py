"""Chances and means of draws for which there is no formula, as numbers of which theorems hold."""

from __future__ import annotations

from dataclasses import dataclass, replace

from theory.errors import Unsupported
from theory.expressions import Expression, name, rational_value
from theory.expressions.abbreviations import ONE, TWO, ZERO, op
from theory.expressions.arithmetic import minus, raised, times, total
from theory.language.chances import (
    Quantity,
    by_slope,
    greatest,
    largest_size,
    mean_size,
    modulus,
    proxy,
    quantity,
    rules_of,
    sides,
    sum_of,
    tail,
)
from theory.language.classes import moment
from theory.language.copies import Copies
from theory.language.decays import collected
from theory.language.draft import exchanged, rewritten
from theory.language.indices import free
from theory.language.laws import Law
from theory.language.many import ordered
from theory.language.means import Means
from theory.language.polyexp import line_of, norm_square

_DRAW = "what is drawn"
_SIZE = "the size of what is drawn"
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_Beyond = tuple[Quantity, Expression, bool]


class Formal(Means):
    """Means as formulas, also of draws that the core knows: it knows none in a layer."""

    def natural(self, f: Expression) -> bool:
        """Nothing stays a mean."""
        return False


@dataclass(frozen=True)
class Tails(Means):
    """What is drawn, and what is known of it where there is no formula.

    Attributes
    ----------
    repeated : frozenset of str
        Laws of which there is a sequence of independent draws.
    naturals : frozenset of str
        Names of integers that are not negative.
    """

    repeated: frozenset[str] = frozenset()
    naturals: frozenset[str] = frozenset()

    def some(self, end: Expression) -> bool:
        """Whether there is a draw up to an end: a real n > 0 is the end of no sum."""
        return end.head == "name" and end.name in self.integers and end.name in self.positives

    @property
    def sampled(self) -> Copies:
        """The sequences of draws."""
        others = {w: n for w, n in self.vectors.items() if w not in self.repeated}
        plain = Formal(
            self.laws, others, self.constants, self.integers, self.unknowns, self.positives
        )
        greatest_ = None if self.unknowns is None else self._extremum
        single = self.names - self.repeated
        return Copies(self.repeated, plain.mean, self.naturals, single, greatest_)

    def _extremum(self, e: Expression) -> Expression:
        """The mean of the greatest or least of n draws of one law, or of the size of a sum."""
        assert self.unknowns is not None
        if e.head == "abs":
            mean, square = (
                self.sampled.closed(op("E", u)) for u in (e.args[0], op("**", e.args[0], TWO))
            )
            return mean_size(self.unknowns, e, mean, square)
        index, first, last, body = e.args
        w = next(iter(self.drawn(body)), "")
        item = Expression("item", (name(w), index))
        sizes = body == op("abs", item) and e.head == "max_"
        if first != ONE or not (sizes or body == item) or last.head != "name":
            raise Unsupported("E", f"extrema of {str(body)[:40]}")
        if not self.some(last):
            raise Unsupported("E", f"the greatest of {last} draws: assume {last} >= 1")
        if sizes:
            return largest_size(self.unknowns, e, self.laws[w], last, self._size(w))
        exact = ordered(self.laws[w], last, index, e.head == "max_")
        return exact or greatest(self.unknowns, e, self.laws[w], last)

    def _size(self, w: str) -> Expression | None:
        """The mean of |w|, where it has a formula."""
        try:
            return Formal(self.laws, {}, self.constants, self.integers).mean(op("abs", name(w)))
        except Unsupported:
            return None

    def unknown(self, e: Expression) -> Expression | None:
        """The chance of one event as a number without formula; None where none is allowed."""
        if self.unknowns is None or e.head != "P" or len(e.args) != 1:
            return None
        (event,) = e.args
        if event.head not in ("<", "<=", ">", ">=") or free(event) - self.unknowns.taken:
            return None
        known, event, length = self._by_square(event)
        gap, x = known._quantity(op("-", *event.args))
        if x is None:
            return None
        bars = next((n for n in gap.walk() if n.head == "abs" and _DRAW in n.names), None)
        flat = gap if bars is None else exchanged(gap, bars, name(_SIZE))
        if bars is not None and _DRAW in flat.names:  # of one draw and its size
            return None
        line = line_of(flat, _DRAW if bars is None else _SIZE)
        if line is None:
            return None
        if bars is None:
            q = tail(self.unknowns, event, x, *line)
            if length is not None:
                known_, end, upward = length
                assert known_.mean is not None
                sides(self.unknowns, q, known_, total(end, minus(known_.mean)), upward)
            return q
        inner, sign = line_of(bars.args[0], _DRAW), self._sign(line[0])
        if inner is None or not sign or not self._sign(inner[0]):
            return None
        size = inner[0] if self._sign(inner[0]) > 0 else minus(inner[0])
        above = Expression(event.head if sign > 0 else _TURNED[event.head], event.args)
        end = by_slope(by_slope(minus(line[1]), line[0]), size)
        self.unknowns.want(line[0], size)
        return modulus(self.unknowns, above, event, x, by_slope(inner[1], inner[0]), end)

    def _by_square(self, event: Expression) -> tuple[Tails, Expression, _Beyond | None]:
        """An event about the norm of a normal vector as one of a chi-square law; others as is.

        Also what is known of the norm itself, its end, and whether the norm is above that.
        """
        assert self.unknowns is not None
        names = self.drawn(event)
        w = next(iter(names), "")
        if len(names) != 1 or w not in self.vectors or w in self.repeated:
            return self, event, None
        square, length, n, beyond = f"norm({w})**2", f"norm({w})", self.vectors[w], None
        flat = rewritten(event, lambda e: norm_square(e, w, square))
        flat = exchanged(flat, op("norm", name(w)), name(length))
        if length in flat.names:  # |w| >= t says |w|^2 >= t^2 for t > 0, and nothing for t <= 0
            size = Law("length", (n,))
            line = line_of(op("-", *flat.args), length)
            sign = 0 if line is None else self._sign(line[0])
            if line is None or not sign:
                apart = not flat.names & {w, square}
                laws = {**self.laws, length: size}
                return (replace(self, laws=laws), flat, None) if apart else (self, event, None)
            end = by_slope(minus(line[1]), line[0])
            self.unknowns.want(line[0])
            head = event.head if sign > 0 else _TURNED[event.head]
            known = quantity(size, self.unknowns)
            beyond = None if known is None else (known, end, head[0] == ">")
            flat = Expression(head, (name(square), raised(self.unknowns.part(end), 2)))
        if w in flat.names:
            return self, event, None
        law = Law("chi2", (n,))
        return replace(self, laws={**self.laws, square: law}), flat, beyond

    def _sign(self, e: Expression) -> int:
        """The sign of a formula, if it is plain; else 0."""
        assert self.unknowns is not None
        value = rational_value(e)
        if value is not None:
            return (value > 0) - (value < 0)
        return int(self.unknowns.positive(e)) - int(self.unknowns.positive(minus(e)))

    def _quantity(self, gap: Expression) -> tuple[Expression, Quantity | None]:
        """A formula in what is drawn, called by one name, and what is known of that."""
        assert self.unknowns is not None
        sums = {n for n in gap.walk() if n.head == "sum_" and self.sampled.asked(n)}
        if not sums:
            names = self.drawn(gap)
            if len(names) > 1 and (several := self._several(gap)) is not None:
                return several
            (w, *more) = (*names, "", "")[: max(1, len(names))]
            known = None if more or w not in self.laws else quantity(self.laws[w], self.unknowns)
            if known is not None and known.mean is not None and self.laws[w].kind == "bounded":
                square = moment(self.unknowns, w, self.laws[w], 2, ZERO)
                self.unknowns.aside.add(square.name)
                variance = total(square, minus(raised(known.mean, 2)))
                known = replace(known, variance=variance, loose=_loose(self.laws[w]))
            return gap.substitute({w: name(_DRAW)}), known
        (e, *others) = sums
        flat = exchanged(gap, e, name(_DRAW))
        if others or self.drawn(flat):
            return flat, None
        found = self._known_sum(e)
        if found is not None:
            line, known = found
            return exchanged(gap, e, line), known
        return flat, self._summed(e)

    def _several(self, gap: Expression) -> tuple[Expression, Quantity] | None:
        """A linear combination of sub-Gaussian draws, whose proxies of variance add."""
        assert self.unknowns is not None
        names, mean, square, rest = self.drawn(gap), ZERO, ZERO, gap
        for w in sorted(names):
            line = line_of(gap, w)
            known = proxy(self.laws[w]) if w in self.laws else None
            if line is None or known is None or line[0].names & names:
                return None
            mean = total(mean, times(line[0], known[0]))
            square = total(square, _square_of(line[0], known[1]))
            rest = rest.substitute({w: ZERO})
        if not self.unknowns.positive(square):
            return None
        rule = rules_of(times(TWO, collected(square)))
        return total(rest, name(_DRAW)), Quantity(collected(mean), None, rule, rule)

    def _known_sum(self, e: Expression) -> tuple[Expression, Quantity] | None:
        """A sum of multiples of n draws, by the sum of the draws, where that has a known law."""
        assert self.unknowns is not None
        index, first, last, body = e.args
        (w, *more) = self.drawn(body)
        line = line_of(exchanged(body, Expression("item", (name(w), index)), name(_DRAW)), _DRAW)
        if more or line is None or first != ONE or not self.some(last):
            return None
        (slope, rest), law = line, self.laws[w]
        if not self._sign(slope) or {w, index.name} & slope.names.union(
            rest.names, *(p.names for p in law.parameters)
        ):
            return None
        known = sum_of(law, last, self.unknowns)
        added = total(times(slope, name(_DRAW)), times(last, rest))
        return None if known is None else (added, known)

    def _summed(self, e: Expression) -> Quantity | None:
        """What is known of a weighted sum of n draws: its mean, its variance, Hoeffding's bound."""
        assert self.unknowns is not None
        index, _, _, body = e.args
        (w, *more) = self.drawn(body)
        item = Expression("item", (name(w), index))
        line = line_of(exchanged(body, item, name(_DRAW)), _DRAW)
        if more or line is None or w in line[0].names | line[1].names:
            return None
        law, weight = self.laws[w], line[0]
        mean: Expression | None = ZERO if line[1] == ZERO else None
        variance: Expression | None = None
        if law.kind != "subgaussian":
            mean, variance = (
                self._level(self.sampled.closed(Expression(h, (e,)))) for h in ("E", "Var")
            )
            self.unknowns.aside |= variance.names & set(self.unknowns.said)
        known = proxy(law)
        loose = None
        if law.kind == "bounded" and (most := self._added(raised(weight, 2), e)) is not None:
            loose = times(most, _loose(law))
        bare = Quantity(mean, variance, loose=loose)
        if known is None or mean is None:
            return bare
        # the ends of such a law are not equal: then its scale does not make a sum 0
        sure = ONE if law.kind in ("uniform", "bounded") else known[1]
        square, plain = (self._added(_square_of(weight, scale), e) for scale in (known[1], sure))
        if square is None or plain is None or not self.unknowns.positive(plain):
            return bare
        rule = rules_of(times(TWO, square))
        return replace(bare, above=rule, below=rule)

    def _added(self, term: Expression, e: Expression) -> Expression | None:
        """The sum of a term over the index of a sum, which a multiple is where there are some."""
        index, first, last, _ = e.args
        term = collected(term)
        if index.name in term.names:
            return Expression("sum_", (index, first, last, term))
        return times(last, term) if first == ONE and self.some(last) else None

    def _level(self, e: Expression) -> Expression:
        """A sum of equal terms as a multiple, where there is at least one of them."""
        if e.head != "sum_":
            return e
        index, first, last, body = e.args
        counted = first == ONE and self.some(last)
        return times(last, body) if counted and index.name not in body.names else e


def _loose(law: Law) -> Expression:
    """The variance of the law on both ends of an interval: the largest with that mean."""
    a, b, m = law.parameters
    return times(total(m, minus(a)), total(b, minus(m)))


def _square_of(weight: Expression, scale: Expression) -> Expression:
    """(weight scale)^2, a root without its square."""
    if scale.head == "sqrt":
        return times(raised(weight, 2), scale.args[0])
    return raised(times(weight, scale), 2)
