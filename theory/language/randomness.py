"""Means and probabilities with parameters, as formulas in the parameters.

What the core reads itself stays as it is: E of formulas without parameters, P of an event about
one draw. Everything else becomes a closed form here, or is refused as unsupported.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, Relation, everywhere, name, number, rational_value
from theory.expressions.abbreviations import ONE, TWO, ZERO, op
from theory.expressions.arithmetic import minus, over, raised, times, total
from theory.language.aggregates import plainly_positive
from theory.language.assumed import kept_whole
from theory.language.conditioned import given
from theory.language.counts import COUNTS, Bound, added, chance, value
from theory.language.decays import collected
from theory.language.declarations import Noted, Signs
from theory.language.draft import exchanged, rewritten
from theory.language.laws import CONTINUOUS, Ends, Law, Term, normal_cdf
from theory.language.many import counted, extreme
from theory.language.needed import guarded, needed, weighted
from theory.language.polyexp import line_of, norm_square
from theory.language.shapes import OWN, STANDARD
from theory.language.tails import Tails
from theory.language.unknowns import Unknowns

MAX_VALUES = 256
_BINDING = frozenset({"sum_", "prod_", "max_", "min_", "diff", "integrate"})
_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})

__all__ = ["STANDARD", "Draws", "laws_of"]


@dataclass(frozen=True)
class Draws(Tails):
    """What is drawn, and what formulas about it mean.

    Attributes
    ----------
    narrow : bool
        Whether a closed form may lack a value for some bounds: in what is looked at for
        counterexamples alone, at which everything has a value.
    assumed : Unknowns or None
        Of what stands in a hypothesis, what is said of the signs of variables.
    """

    narrow: bool = False
    assumed: Unknowns | None = None

    def lowered(self, e: Expression) -> Expression:
        """A formula with every mean and probability of it in closed form, where the core has none.

        Raises
        ------
        Unsupported
            Where there is no closed form here.
        """
        if e.head == "abs" and e.args[0].head in ("name", "abs") and e.names <= set(self.vectors):
            return op("norm", name(next(iter(e.names))))
        if e.head in ("E", "P", "Var", "Cov"):
            e = Expression(e.head, tuple(map(self.lowered, e.args)), e.value, e.name)
            known = 0 if self.unknowns is None else len(self.unknowns.facts)
            try:
                closed = self._closed(e)
                if self.unknowns is not None and len(self.unknowns.facts) > known:
                    self._want(e)
                closed = closed if closed == e else self._guarded(closed, e)
            except Unsupported:
                own = self._all_own(e) and not self.sampled.asked(e)
                if e.head in ("E", "P") and len(e.args) == 1 and own:
                    return e  # the core says what it thinks of it
                found = self.unknown(e)
                if found is None:
                    raise
                self._want(e)
                return found
            if self.assumed is not None and closed != e:
                kept_whole(e, closed, self.assumed, self.naturals, self.laws)
            return closed
        if e.head in _BINDING and self.unknowns is not None:
            outside = replace(self, unknowns=None)  # a number does not depend on an index
            return Expression(e.head, tuple(map(outside.lowered, e.args)), e.value, e.name)
        return Expression(e.head, tuple(map(self.lowered, e.args)), e.value, e.name)

    def _guarded(self, closed: Expression, e: Expression) -> Expression:
        """A closed form that keeps what coefficients need."""
        return guarded(closed, self.names, *e.args)

    def _want(self, e: Expression) -> None:
        """Theorems say nothing where they have no value: what is asked has to have one."""
        assert self.unknowns is not None
        for part in e.args:
            self.unknowns.want(*needed(part, self.names))

    def _all_own(self, e: Expression) -> bool:
        return all(w in self.laws and self.laws[w].kind in OWN for w in self.drawn(e))

    def _closed(self, e: Expression) -> Expression:
        if self.repeated and self.sampled.asked(e):
            beyond = extreme(self, e) or counted(self, e) if e.head == "P" else None
            return beyond or self.sampled.closed(e)
        match e.head:
            case "Var":
                square = Expression("**", (e.args[0], TWO))
                return total(self.mean(square), minus(raised(self.mean(e.args[0]), 2)))
            case "Cov":
                a, b = e.args
                both = self.mean(Expression("*", (a, b)))
                return total(both, minus(times(self.mean(a), self.mean(b))))
            case "P":
                return self.chance(e)
        if len(e.args) > 1:
            return given(self, e.args[0], e.args[1:])
        return self.mean(e.args[0])

    # Events ---------------------------------------------------------------------------------------

    def chance(self, e: Expression) -> Expression:
        """The probability of an event, or of several at once."""
        if len(e.args) == 1 and self._core_event(e.args[0]):
            return e
        groups: dict[frozenset[str], list[Expression]] = {}
        for event in e.args:
            names = self.drawn(event)
            joined = [event]
            for other in [g for g in groups if g & names]:
                joined = groups.pop(other) + joined
                names |= other
            groups[names] = joined
        if frozenset() in groups:
            raise Unsupported("P", "an event in which nothing is drawn")
        return weighted(ONE, *(self.together(list(events)) for events in groups.values()))

    def _core_event(self, event: Expression) -> bool:
        left, right = event.args
        names = self.drawn(event)
        if any(w not in self.laws or self.laws[w].kind not in OWN for w in names):
            return False
        if left.head == "prod" and len(left.args) == 2:
            return True
        if len(names) != 1 or any(self.laws[w].kind == "rademacher" for w in names):
            return (
                len(names) >= 1
                and all(self.laws[w].kind == "rademacher" for w in names)
                and not event.names - names
                and not self.counts(event)
            )
        (w,) = names
        for shape in (name(w), op("abs", name(w)), op("**", name(w), TWO)):
            flat = exchanged(op("-", left, right), shape, name("drawn shape"))
            line = line_of(flat, "drawn shape") if w not in flat.names else None
            if line is not None and rational_value(line[0]) is not None:
                return True
        return False

    def together(self, events: list[Expression]) -> Expression:
        """The probability of events that are about the same draws."""
        names = sorted(frozenset().union(*map(self.drawn, events)))
        if len(names) == 1 and names[0] in self.vectors:
            return self._vector_event(events, names[0])
        if all(w in self.laws and self.laws[w].atoms is not None for w in names):
            return self.finite(events, names)
        if len(names) > 1:
            laws = {w: self.laws[w] for w in names if w in self.laws}
            one = added(laws, events) if len(laws) == len(names) else None
            if one is None:
                return self._linear_event(events)
            law, about = one
            return replace(self, laws={**self.laws, names[0]: law}).together(about)
        (w,) = names
        if self.laws[w].kind in COUNTS:
            if len(events) == 1 and events[0].head == "==":
                return self._value(events[0], w)
            bounds = [self._bound(e, w) for e in events]
            return chance(self.laws[w], bounds, self._counting, self.narrow)
        modulus = self._modulus(events, w)
        return modulus or self.measure(self.within(events, w), w, Term(ONE))

    def _bound(self, event: Expression, w: str) -> Bound:
        """Whether a draw is below what, and whether it may be equal."""
        below, at = self.solved(event, w)
        return below, collected(at), event.head in ("<=", ">=")

    def _value(self, event: Expression, w: str) -> Expression:
        """The chance of one value."""
        _, at = self.solved(Expression("<=", event.args), w)
        return value(self.laws[w], collected(at), self._counting)

    def _counting(self, e: Expression) -> bool:
        """Whether a formula is plainly an integer, and at least 1."""
        signs = dict.fromkeys(self.naturals, "nonnegative")
        signs |= dict.fromkeys(self.positives, "positive")
        if isinstance(self.positives, Noted):
            signs = Signs(signs, self.positives.values_of)
        return self.whole(e) and Unknowns(set(), signs).positive(collected(e))

    def _modulus(self, events: list[Expression], w: str) -> Expression | None:
        """The probability that |w + c| is below a bound, or above: of one continuous draw.

        Where the bound is negative, it is above and never below: the interval is empty.
        """
        window = self._window(events[0], w) if len(events) == 1 else None
        if window is None:
            return None
        below, low, high = window
        inside = self.measure((low, high), w, Term(ONE))
        return inside if below else total(ONE, minus(inside))

    def _window(self, event: Expression, w: str) -> tuple[bool, Expression, Expression] | None:
        """The ends between which a draw is, or is not, by an event about |w + c|."""
        size = "modulus of the draw"
        bars = next((n for n in event.walk() if n.head == "abs" and w in n.names), None)
        line = None if bars is None else line_of(bars.args[0], w)
        slope = None if line is None else rational_value(line[0])
        if bars is None or line is None or not slope:
            return None
        flat = exchanged(event, bars, name(size))
        if w in flat.names:
            return None
        below, at = self.solved(flat, size)
        centre, half = over(minus(line[1]), line[0]), over(at, number(abs(slope)))
        return below, total(centre, minus(half)), total(centre, half)

    def finite(self, events: list[Expression], names: list[str]) -> Expression:
        """Sum the probabilities of the values at which all events hold."""
        atoms = [self.laws[w].atoms or () for w in names]
        if prod(map(len, atoms)) > MAX_VALUES:
            raise Unsupported("P", f"events about more than {MAX_VALUES} values of draws")
        found = []
        for chosen in product(*atoms):
            at = {w: value for w, (value, _) in zip(names, chosen, strict=True)}
            held = [Expression(e.head, tuple(a.substitute(at) for a in e.args)) for e in events]
            chance = times(*(p for _, p in chosen))
            truth = [_plain_truth(h) for h in held]
            sure = all(map(everywhere, (a for h in held for a in h.args)))
            if False in truth and sure:
                continue
            if None in truth or not sure:
                condition = op("and", *(op("or", h) for h in held))
                chance = op("piecewise", condition, chance, ZERO)
            found.append(chance)
        return total(*found)

    def within(self, events: list[Expression], w: str) -> Ends:
        """The interval of one draw that events say."""
        low: Expression | None = None
        high: Expression | None = None
        for event in events:
            window = self._window(event, w)
            if window is not None and window[0]:
                bounds = [(True, window[2]), (False, window[1])]
            else:
                bounds = [self.solved(event, w)]
            for below, at in bounds:
                if below:
                    high = at if high is None else op("min", high, at)
                else:
                    low = at if low is None else op("max", low, at)
        return low, high

    def solved(self, event: Expression, w: str) -> tuple[bool, Expression]:
        """Whether w is below what, if an event is linear in w with a slope of plain sign."""
        if event.head in ("==", "!="):
            raise Unsupported("P", "events with == or !=")
        if event.head not in ("<", "<=", ">", ">="):
            raise InputError("P", f"an event is a comparison, and {str(event)[:60]} is none")
        line = line_of(op("-", event.args[0], event.args[1]), w)
        if line is None:
            raise Unsupported("P", f"the event {str(event)[:60]} is not linear in {w}")
        slope, free = line
        sign = rational_value(slope)
        if sign is None:
            positive = [self._positive(e) for e in (slope, minus(slope))]
            sign = Fraction(1 if positive[0] else -1 if positive[1] else 0)
        if sign == 0:
            raise Unsupported("P", f"the sign of {str(slope)[:40]} is not plain")
        return (event.head[0] == "<") == (sign > 0), over(minus(free), slope)

    def _positive(self, e: Expression) -> bool:
        """Whether a formula is plainly positive."""
        return plainly_positive(e, self.positives)

    def measure(self, ends: Ends, w: str, t: Term) -> Expression:
        """The mean of a term over an interval of one draw."""
        law = self.laws[w]
        if law.kind not in CONTINUOUS:
            raise Unsupported("P", f"events of the law {law.kind}")
        low, high = ends
        if low is not None and high is not None:
            gap, known = total(high, minus(low)), self.unknowns or Unknowns(set())
            if not (self._positive(gap) or known.nonnegative(gap)):
                high = op("max", high, low)  # an empty interval has probability 0
        return law.mean(t, (low, high))

    def _linear_event(self, events: list[Expression]) -> Expression:
        """Events about one linear combination of normal draws."""
        (event, *more) = events
        if more:
            raise Unsupported("P", "events about several draws at once")
        if event.head in ("==", "!="):
            raise Unsupported("P", "events with == or !=")
        if event.head not in ("<", "<=", ">", ">="):
            raise InputError("P", f"an event is a comparison, and {str(event)[:60]} is none")
        combined = self.slopes(op("-", event.args[0], event.args[1]))
        if combined is None:
            raise Unsupported("P", "events about several draws at once")
        mean, slopes = combined
        square = total(*(raised(slope, 2) for slope in slopes.values()))
        # where it is constant, the formula has no value
        plain = rational_value(square) or everywhere(over(ONE, square))
        if not plain and not any(
            self._positive(raised(s, 2)) for s in slopes.values()
        ):  # where it is constant, the formula has no value
            raise Unsupported("P", "a combination of draws that may be constant")
        below = normal_cdf(over(minus(mean), op("sqrt", square)))
        return below if event.head[0] == "<" else total(ONE, minus(below))

    def _vector_event(self, events: list[Expression], w: str) -> Expression:
        (event, *more) = events
        n = self.vectors[w]
        if more or event.head in ("==", "!="):
            raise Unsupported("P", "several events about one vector")
        for head in ("max", "min"):
            flat = exchanged(event, op(head, name(w)), name("end"))
            if w not in flat.names:
                below, at = self.solved(flat, "end")
                cdf = normal_cdf(at)
                inner = cdf if head == "max" else total(ONE, minus(cdf))
                all_ = Expression("**", (inner, n))
                return all_ if below == (head == "max") else total(ONE, minus(all_))
        square = "square of the norm"
        flat = rewritten(event, lambda e: norm_square(e, w, square))
        if w not in flat.names:
            below, at = self.solved(flat, square)
            ends: Ends = (None, at) if below else (at, None)
            return Law("chi2", (n,)).mean(Term(ONE), ends)
        flat = exchanged(event, op("norm", name(w)), name("end"))
        if w not in flat.names:  # |w| < t says |w|^2 < t^2 for t > 0, and nothing does for t <= 0
            below, at = self.solved(flat, "end")
            root = op("**", op("max", at, ZERO), TWO)
            ends = (None, root) if below else (root, None)
            return Law("chi2", (n,)).mean(Term(ONE), ends)
        flat = exchanged(event, op("sum", name(w)), name("end"))
        if w not in flat.names:
            below, at = self.solved(flat, "end")
            cdf = normal_cdf(over(at, op("sqrt", n)))
            return cdf if below else total(ONE, minus(cdf))
        raise Unsupported("P", f"the event {str(event)[:60]}")


def _plain_truth(event: Expression) -> bool | None:
    """Whether a comparison of numbers holds; None if it is not one."""
    try:
        left, right = (rational_value(a) for a in event.args)
    except ZeroDivisionError:
        return None
    if left is None or right is None or event.head not in _COMPARISONS:
        return None
    return Relation(ZERO, event.head, ZERO).decide(left, right)  # type: ignore[arg-type]


def laws_of(
    laws: Mapping[str, tuple[str, ...]],
    core: Mapping[str, str],
    drawn: Collection[str],
    read: Callable[[str, str], Expression],
) -> dict[str, Law]:
    """Laws by the name of the draw, with their parameters read as formulas of what is not drawn."""
    made = {w: Law("centred" if kind == "uniform" else kind) for w, kind in core.items()}
    for w, (kind, *parameters) in laws.items():
        made[w] = Law(kind, tuple(read(p, w) for p in parameters))
        if any(p.names & frozenset(drawn) for p in made[w].parameters):
            raise InputError(w, "the parameters of a law are not drawn")
    return made
