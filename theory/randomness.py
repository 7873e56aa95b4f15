"""Means and probabilities with parameters, as formulas in the parameters.

What the core reads itself stays as it is: E of formulas without parameters, P of an event about
one draw. Everything else becomes a closed form here, or is refused as unsupported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from theory.draft import rewritten
from theory.errors import InputError, Unsupported
from theory.expressions import Expression, name, number, rational_value
from theory.expressions.abbreviations import HALF, ONE, TWO, ZERO, exp, op
from theory.laws import (
    CONTINUOUS,
    EVERYWHERE,
    Ends,
    Law,
    Term,
    minus,
    normal_cdf,
    over,
    raised,
    times,
    total,
)
from theory.statements import Domain

Product = tuple[Expression, dict[str, Expression]]
"""A coefficient, and for each draw its factor."""
MAX_TERMS = 400
_OWN = frozenset({"gaussian", "centred", "unit", "rademacher"})
_PLAIN = frozenset({"number", "name", "+", "-", "*", "neg"})
_SMOOTH = frozenset({"sin", "cos", "tanh", "cosh", "sinh", "erf"})
_AGGREGATES = frozenset({"norm", "max", "min", "sum"})


@dataclass(frozen=True)
class Draws:
    """What is drawn, and the laws.

    Attributes
    ----------
    laws : mapping of str to Law
        Of single draws.
    vectors : mapping of str to Expression
        Standard normal vectors, with their dimensions.
    constants : frozenset of str
        Names of numbers.
    """

    laws: Mapping[str, Law]
    vectors: Mapping[str, Expression]
    constants: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """Everything that is drawn."""
        return frozenset({*self.laws, *self.vectors})

    def lowered(self, e: Expression) -> Expression:
        """A formula with every mean and probability of it in closed form, where the core has none.

        Raises
        ------
        Unsupported
            Where there is no closed form here.
        """
        if e.head in ("E", "P", "Var", "Cov"):
            e = Expression(e.head, tuple(map(self.lowered, e.args)), e.value, e.name)
            try:
                return self._closed(e)
            except Unsupported:
                if e.head in ("E", "P") and len(e.args) == 1 and self._all_own(e):
                    return e  # the core says what it thinks of it
                raise
        return Expression(e.head, tuple(map(self.lowered, e.args)), e.value, e.name)

    def _all_own(self, e: Expression) -> bool:
        return all(w in self.laws and self.laws[w].kind in _OWN for w in self.drawn(e))

    def _closed(self, e: Expression) -> Expression:
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
            return self.given(e.args[0], e.args[1:])
        return self.mean(e.args[0])

    # Means ----------------------------------------------------------------------------------------

    def drawn(self, e: Expression) -> frozenset[str]:
        """What is drawn in a formula."""
        return e.names & self.names

    def mean(self, f: Expression) -> Expression:
        """The mean of a formula."""
        if self.natural(f):
            return Expression("E", (f,))
        if f.head == "prod" and len(f.args) == 2:  # independent copies
            return Expression("**", (self.mean(f.args[0]), f.args[1]))
        finite = sorted(w for w in self.drawn(f) if w in self.laws and self.laws[w].atoms)
        if finite:
            w, atoms = finite[0], self.laws[finite[0]].atoms or ()
            values = (times(p, self.mean(f.substitute({w: v}))) for v, p in atoms)
            return total(*values)
        f = self.gathered(f)
        found = [
            times(c, *(self.single(g, w) for w, g in factors.items()))
            for c, factors in self.expanded(f)
        ]
        return total(*found)

    def natural(self, f: Expression) -> bool:
        """Whether the core knows the mean of a formula as it stands."""
        names = self.drawn(f)
        inside = f.args[0] if f.head == "prod" and len(f.args) == 2 else f
        if not names or inside.names - names - self.constants - {"pi"}:
            return False
        if any(w not in self.laws or self.laws[w].kind not in _OWN for w in names):
            return False
        if all(self.laws[w].kind == "rademacher" for w in names):
            return True
        return (
            all(self._known(n) for n in inside.walk())
            if len(names) == 1
            else all(_polynomial(n) for n in inside.walk())
        )

    def _known(self, n: Expression) -> bool:
        if n.head == "exp":
            return _degree(n.args[0], self.names) in (0, 1)
        if n.head == "abs":
            return n.args[0].head == "name"
        if n.head == "**":
            return rational_value(n.args[1]) is not None
        if n.head == "/":
            return not n.args[1].names & self.names
        return n.head in _PLAIN | _SMOOTH | {"sqrt"}

    def gathered(self, f: Expression) -> Expression:
        """Extrema of what is drawn by absolute values, hyperbolic functions by exponentials."""

        def change(n: Expression) -> Expression:
            if not self.drawn(n):
                return n
            if n.head in ("max", "min") and len(n.args) > 1:
                a = n.args[0]
                for b in n.args[1:]:
                    gap = op("abs", total(a, minus(b)))
                    gap = gap if n.head == "max" else minus(gap)
                    a = times(HALF, total(op("+", a, b), gap))
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
                return _multiplied(self.expanded(f.args[0]), self.expanded(f.args[1]))
            case "/" if not self.drawn(f.args[1]):
                return [(over(c, f.args[1]), g) for c, g in self.expanded(f.args[0])]
            case "**":
                n = rational_value(f.args[1])
                if n is not None and n.denominator == 1 and 0 < n <= 12:
                    once = self.expanded(f.args[0])
                    found = once
                    for _ in range(int(n) - 1):
                        found = _multiplied(found, once)
                    return found
            case "exp":
                return self._exponential(f.args[0])
            case "abs":
                merged = self._combined(f.args[0])
                if merged is not None:
                    return merged
        raise Unsupported("E", f"no closed form of the mean of {str(f)[:60]}")

    def _exponential(self, exponent: Expression) -> list[Product]:
        factors: dict[str, Expression] = {}
        outer = ONE
        for c, g in self.expanded(exponent):
            part = times(c, *g.values())
            if not g:
                outer = times(outer, exp(part))
            elif len(g) == 1:
                (w,) = g
                factors[w] = times(factors[w], exp(part)) if w in factors else exp(part)
            else:
                raise Unsupported("E", "exp of a product of several draws")
        return [(outer, factors)]

    def _combined(self, u: Expression) -> list[Product] | None:
        """|u| for a linear combination of normal draws: it is normal itself."""
        mean, square, first = ZERO, ZERO, ""
        for c, g in self.expanded(u):
            if not g:
                mean = total(mean, c)
                continue
            if len(g) != 1:
                return None
            ((w, one),) = g.items()
            slope = _slope(one, w)
            if slope is None or self.laws.get(w, Law("")).kind != "gaussian":
                return None
            first = first or w
            square = total(square, raised(times(c, slope), 2))
        if not first:
            return None
        value = rational_value(square)
        root = op("sqrt", square) if value != 1 else ONE
        return [(ONE, {first: op("abs", total(mean, times(root, name(first))))})]

    def single(self, g: Expression, w: str) -> Expression:
        """The mean of a formula in one draw."""
        if w in self.vectors:
            return self._aggregate(g, w)
        law = self.laws[w]
        if self.natural(g):
            return Expression("E", (g,))
        try:
            return total(*(law.mean(t, ends) for t, ends in self.pieces(g, w)))
        except Unsupported:
            standard = _standard(g, w, law)
            if standard is None:
                raise
            return standard

    def pieces(self, g: Expression, w: str) -> list[tuple[Term, Ends]]:
        """Terms with the intervals on which they stand: the absolute values are opened."""
        bars = next((n for n in g.walk() if n.head == "abs" and w in n.names), None)
        if bars is None:
            return [(t, EVERYWHERE) for t in _terms(g, w)]
        (u,) = bars.args
        line = _line(u, w)
        if line is None:
            raise Unsupported("E", f"no closed form of the mean of {str(g)[:60]}")
        slope, free = line
        at = over(minus(free), slope)
        sign = rational_value(slope)
        if sign is None and slope.head != "sqrt":
            raise Unsupported("E", f"the sign of {str(slope)[:40]} is not plain")
        above, below = (u, op("neg", u)) if sign is None or sign > 0 else (op("neg", u), u)

        def opened(value: Expression) -> Expression:
            return rewritten(g, lambda n: value if n == bars else n)

        found = []
        for value, ends in ((above, (at, None)), (below, (None, at))):
            inner = opened(value)
            if any(n.head == "abs" and w in n.names for n in inner.walk()):
                raise Unsupported("E", "several absolute values of one draw")
            found += [(t, ends) for t in _terms(inner, w)]
        return found

    def _aggregate(self, g: Expression, w: str) -> Expression:
        """Means of functions of |w|^2 (chi-square), of |w|, of sums of the entries."""
        n = self.vectors[w]
        square = "square of the norm"
        chi = rewritten(g, lambda e: _norm_square(e, w, square))
        if w not in chi.names:
            return total(*(Law("chi2", (n,)).mean(t) for t in _terms(chi, square)))
        if g.head == "norm":
            gammas = (op("gamma", over(total(n, ONE), TWO)), op("gamma", over(n, TWO)))
            return times(op("sqrt", TWO), over(*gammas))
        ends = "sum of the entries"
        added = rewritten(g, lambda e: name(ends) if e == op("sum", name(w)) else e)
        if w not in added.names:
            law = Law("normal", (ZERO, op("sqrt", n)))
            return total(*(law.mean(t) for t in _terms(added, ends)))
        raise Unsupported("E", f"no closed form of the mean of {str(g)[:60]}")

    # Events ---------------------------------------------------------------------------------------

    def chance(self, e: Expression) -> Expression:
        """The probability of an event, or of several at once."""
        if len(e.args) == 1 and self._core_event(e.args[0]):
            return e
        groups: dict[frozenset[str], list[Expression]] = {}
        for event in e.args:
            names = self.drawn(event)
            groups.setdefault(names, []).append(event)
        if any(a & b for a in groups for b in groups if a != b):
            raise Unsupported("P", "events about several draws at once")
        if frozenset() in groups:
            raise Unsupported("P", "an event in which nothing is drawn")
        return times(*(self._together(list(events)) for events in groups.values()))

    def _core_event(self, event: Expression) -> bool:
        left, right = event.args
        names = self.drawn(event)
        if any(w not in self.laws or self.laws[w].kind not in _OWN for w in names):
            return False
        if left.head == "prod" and len(left.args) == 2:
            return True
        if len(names) != 1 or any(self.laws[w].kind == "rademacher" for w in names):
            return (
                len(names) >= 1
                and all(self.laws[w].kind == "rademacher" for w in names)
                and (not event.names - names)
            )
        (w,) = names
        for shape in (name(w), op("abs", name(w)), op("**", name(w), TWO)):
            flat = rewritten(
                op("-", left, right), lambda n, s=shape: name("drawn shape") if n == s else n
            )
            line = _line(flat, "drawn shape") if w not in flat.names else None
            if line is not None and rational_value(line[0]) is not None:
                return True
        return False

    def _together(self, events: list[Expression]) -> Expression:
        names = sorted(self.drawn(events[0]))
        if len(names) == 1 and names[0] in self.vectors:
            return self._vector_event(events, names[0])
        if len(names) == 1 and self.laws[names[0]].atoms is not None:
            return self._finite(events, names[0])
        if len(names) > 1:
            return self._linear_event(events)
        (w,) = names
        return self.measure(self.within(events, w), w, Term(ONE))

    def _finite(self, events: list[Expression], w: str) -> Expression:
        """Sum the probabilities of the values at which all events hold."""
        atoms = self.laws[w].atoms
        assert atoms is not None
        found = []
        for value, p in atoms:
            held = [
                Expression(e.head, tuple(a.substitute({w: value}) for a in e.args)) for e in events
            ]
            condition = op("and", *(op("or", h) for h in held))
            found.append(op("piecewise", condition, p, ZERO))
        return total(*found)

    def within(self, events: list[Expression], w: str) -> Ends:
        """The interval of one draw that events say."""
        low: Expression | None = None
        high: Expression | None = None
        for event in events:
            below, at = self._solved(event, w)
            if below:
                high = at if high is None else op("min", high, at)
            else:
                low = at if low is None else op("max", low, at)
        return low, high

    def _solved(self, event: Expression, w: str) -> tuple[bool, Expression]:
        """Whether w is below what, if an event is linear in w with a slope of plain sign."""
        if event.head in ("==", "!="):
            raise Unsupported("P", "events with == or !=")
        line = _line(op("-", event.args[0], event.args[1]), w)
        if line is None:
            raise Unsupported("P", f"the event {str(event)[:60]} is not linear in {w}")
        slope, free = line
        sign = rational_value(slope)
        if sign is None or sign == 0:
            raise Unsupported("P", f"the sign of {str(slope)[:40]} is not plain")
        return (event.head[0] == "<") == (sign > 0), over(minus(free), slope)

    def measure(self, ends: Ends, w: str, t: Term) -> Expression:
        """The mean of a term over an interval of one draw."""
        law = self.laws[w]
        if law.kind not in CONTINUOUS:
            raise Unsupported("P", f"events of the law {law.kind}")
        low, high = ends
        if low is not None and high is not None:
            high = op("max", high, low)  # an empty interval has probability 0
        return law.mean(t, (low, high))

    def _linear_event(self, events: list[Expression]) -> Expression:
        """Events about one linear combination of normal draws."""
        (event, *more) = events
        if more:
            raise Unsupported("P", "events about several draws at once")
        gap = op("-", event.args[0], event.args[1])
        mean, square = ZERO, ZERO
        for c, g in self.expanded(gap):
            if not g:
                mean = total(mean, c)
                continue
            ((w, one),) = g.items() if len(g) == 1 else ((("", ONE)),)
            slope = _slope(one, w)
            if slope is None or self.laws[w].kind != "gaussian":
                raise Unsupported("P", "events about several draws at once")
            square = total(square, raised(times(c, slope), 2))
        below = normal_cdf(over(minus(mean), op("sqrt", square)))
        return below if event.head[0] == "<" else total(ONE, minus(below))

    def _vector_event(self, events: list[Expression], w: str) -> Expression:
        (event, *more) = events
        n = self.vectors[w]
        if more or event.head in ("==", "!="):
            raise Unsupported("P", "several events about one vector")
        for head in ("max", "min"):
            flat = rewritten(event, lambda e, h=head: name("end") if e == op(h, name(w)) else e)
            if w not in flat.names:
                below, at = self._solved(flat, "end")
                cdf = normal_cdf(at)
                inner = cdf if head == "max" else total(ONE, minus(cdf))
                all_ = Expression("**", (inner, n))
                return all_ if below == (head == "max") else total(ONE, minus(all_))
        square = "square of the norm"
        flat = rewritten(event, lambda e: _norm_square(e, w, square))
        if w not in flat.names:
            below, at = self._solved(flat, square)
            ends: Ends = (None, at) if below else (at, None)
            return Law("chi2", (n,)).mean(Term(ONE), ends)
        raise Unsupported("P", f"the event {str(event)[:60]}")

    def given(self, f: Expression, events: tuple[Expression, ...]) -> Expression:
        """E(f | events), for f and events about the same draw."""
        names = sorted(self.drawn(f) | frozenset().union(*map(self.drawn, events)))
        if len(names) != 1 or names[0] not in self.laws:
            raise Unsupported("E", "conditioning on events about other draws")
        (w,) = names
        atoms = self.laws[w].atoms
        if atoms is not None:
            condition = op("and", *(op("or", e) for e in events))
            indicated = op("piecewise", condition, f, ZERO)
            top = total(*(times(p, _at(indicated, w, v)) for v, p in atoms))
            return over(top, self._finite(list(events), w))
        ends = self.within(list(events), w)
        if any(n.head == "abs" for n in f.walk()):
            raise Unsupported("E", "absolute values under a condition")
        top = total(*(self.measure(ends, w, t) for t in _terms(f, w)))
        return over(top, self.measure(ends, w, Term(ONE)))


def _at(e: Expression, w: str, value: Expression) -> Expression:
    return e.substitute({w: value})


def _multiplied(a: list[Product], b: list[Product]) -> list[Product]:
    if len(a) * len(b) > MAX_TERMS:
        raise Unsupported("E", "too many terms")
    found: list[Product] = []
    for c, g in a:
        for d, h in b:
            joined = dict(g)
            for w, factor in h.items():
                joined[w] = times(joined[w], factor) if w in joined else factor
            found.append((times(c, d), joined))
    return found


def _polynomial(n: Expression) -> bool:
    if n.head == "**":
        k = rational_value(n.args[1])
        return k is not None and k.denominator == 1 and k >= 0
    return n.head in _PLAIN or (n.head == "/" and rational_value(n.args[1]) is not None)


def _degree(e: Expression, names: frozenset[str]) -> int:
    """The degree in what is drawn; 99 where it is no plain polynomial."""
    if not e.names & names:
        return 0
    args = [_degree(a, names) for a in e.args]
    match e.head:
        case "name":
            return 1
        case "+" | "-" | "neg":
            return max(args)
        case "*":
            return sum(args)
        case "/" if args[1] == 0:
            return args[0]
        case "**":
            n = rational_value(e.args[1])
            if n is not None and n.denominator == 1 and n >= 0:
                return args[0] * int(n)
    return 99


def _terms(g: Expression, w: str) -> list[Term]:
    """A formula as a sum of terms in one draw."""
    if w not in g.names:
        return [Term(g)]
    match g.head:
        case "name":
            return [Term(ONE, 1)]
        case "+":
            return _terms(g.args[0], w) + _terms(g.args[1], w)
        case "-":
            return _terms(g.args[0], w) + _terms(op("neg", g.args[1]), w)
        case "neg":
            return [_scaled(t, number(-1)) for t in _terms(g.args[0], w)]
        case "*":
            return _products(_terms(g.args[0], w), _terms(g.args[1], w))
        case "/" if w not in g.args[1].names:
            return [_scaled(t, over(ONE, g.args[1])) for t in _terms(g.args[0], w)]
        case "**":
            n = rational_value(g.args[1])
            if n is not None and n.denominator == 1 and 0 < n <= 12:
                once = _terms(g.args[0], w)
                found = once
                for _ in range(int(n) - 1):
                    found = _products(found, once)
                return found
        case "exp":
            parts = _terms(g.args[0], w)
            if all(t.power <= 2 and t.linear == ZERO and t.square == ZERO for t in parts):
                by = {k: total(*(t.factor for t in parts if t.power == k)) for k in range(3)}
                outer = ONE if by[0] == ZERO else exp(by[0])
                return [Term(outer, 0, by[1], by[2])]
    raise Unsupported("E", f"no closed form of the mean of {str(g)[:60]}")


def _scaled(t: Term, c: Expression) -> Term:
    factor = minus(t.factor) if c == number(-1) else times(c, t.factor)
    return Term(factor, t.power, t.linear, t.square)


def _products(a: list[Term], b: list[Term]) -> list[Term]:
    if len(a) * len(b) > MAX_TERMS:
        raise Unsupported("E", "too many terms")
    made = [
        Term(
            times(s.factor, t.factor),
            s.power + t.power,
            total(s.linear, t.linear),
            total(s.square, t.square),
        )
        for s in a
        for t in b
    ]
    merged: dict[tuple[int, Expression, Expression], Expression] = {}
    for t in made:
        key = t.power, t.linear, t.square
        merged[key] = total(merged[key], t.factor) if key in merged else t.factor
    return [Term(c, *key) for key, c in merged.items()]


def _line(e: Expression, w: str) -> tuple[Expression, Expression] | None:
    """Slope and rest of a formula that is linear in a draw."""
    try:
        parts = _terms(e, w)
    except Unsupported:
        return None
    if any(t.power > 1 or t.linear != ZERO or t.square != ZERO for t in parts):
        return None
    slope, rest = (total(*(t.factor for t in parts if t.power == k)) for k in (1, 0))
    try:
        value = rational_value(slope)
    except ZeroDivisionError:
        return None
    return number(value) if value is not None else slope, rest


def _slope(e: Expression, w: str) -> Expression | None:
    """The factor of a plain multiple of a draw."""
    line = _line(e, w) if w else None
    return line[0] if line is not None and line[1] == ZERO else None


def _norm_square(e: Expression, w: str, square: str) -> Expression:
    """|w|^2 by its own name: |w|^(2k) is its k-th power."""
    norm = op("norm", name(w))
    if e.head == "**" and e.args[0] == norm:
        n = rational_value(e.args[1])
        if n is not None and n.denominator == 1 and n > 0 and n % 2 == 0:
            return raised(name(square), int(n) // 2)
    if e.head == "dot" and e.args == (name(w), name(w)):
        return name(square)
    return e


def _standard(g: Expression, w: str, law: Law) -> Expression | None:
    """E g without parameters by a draw that the core knows: m + s v, or a + (b - a) u."""
    if g.names - {w, "pi"} or any(p.names for p in law.parameters):
        return None
    if law.kind in _OWN:
        return Expression("E", (g,))
    if law.kind not in STANDARD:
        return None
    a, b = law.parameters
    step = b if law.kind == "normal" else total(b, minus(a))
    return Expression("E", (g.substitute({w: total(a, times(step, name(w)))}),))


STANDARD: Mapping[str, Domain] = {"normal": "gaussian", "uniform": "unit"}
"""The law of v where a draw is m + s v or a + (b - a) v."""


def laws_of(
    laws: Mapping[str, tuple[str, ...]],
    core: Mapping[str, str],
    read: Callable[[str, str], Expression],
) -> dict[str, Law]:
    """Laws by the name of the draw, with their parameters read as formulas."""
    made = {w: Law("centred" if kind == "uniform" else kind) for w, kind in core.items()}
    for w, (kind, *parameters) in laws.items():
        made[w] = Law(kind, tuple(read(p, w) for p in parameters))
        for p in made[w].parameters:
            if p.names & {*laws, *core}:
                raise InputError(w, "the parameters of a law are not drawn")
    return made
