"""What is known of the gamma function besides Gamma(x + 1) = x Gamma(x), as named theorems.

It is log-convex (Bohr and Mollerup 1922), which is what Gautschi's and Wendel's inequalities and
Turan's come from; of the quotient Gamma(x + 1)/Gamma(x + s) there is Kershaw's lower bound
(x + s/2)^(1 - s) for x > 0 and 0 <= s <= 1 (1983), for s = 1/2 Watson's (1959); and the first terms
of Stirling's series bound log Gamma from both sides for all x > 0 (Whittaker and Watson 12.33).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from theory.expressions import Expression, name, number, rational_value
from theory.expressions.abbreviations import ONE, PI, TWO, ZERO, exp, op
from theory.expressions.arithmetic import minus, over, raised, times, total
from theory.language.draft import Draft
from theory.language.unknowns import Unknowns

MAX_ARGUMENTS, MAX_ROOT = 6, 4
SAID = "the gamma function (log-convex; Kershaw's bound of its quotients; Stirling's series)"
Monomial = tuple[tuple[str, int], ...]
Poly = Mapping[Monomial, Fraction]
Fact = tuple[str, Expression, str, Expression]
ARITHMETIC = frozenset({"number", "name", "neg", "+", "-", "*", "/", "**", "exp", "log", "sqrt"})
ARITHMETIC |= {"abs", "min", "max", "gamma"}


def gammas(draft: Draft, unknowns: Unknowns) -> None:
    """Note theorems about the gamma function at what a claim asks of it.

    The function itself stays where it is; that what is asked has a value is claimed without them.
    Nothing is noted where it stands inside of a sum, a mean or a derivative, in an equation alone,
    or where integers alone do, of which induction says more.
    """
    known = _Signs(draft, unknowns)
    asked = dict.fromkeys(n.args[0] for n in draft.nodes() if n.head == "gamma")
    arguments = {u: p for u in asked if (p := polynomial(u)) is not None}
    plain = all(n.head in ARITHMETIC for n in draft.nodes() if _about(n))
    bounds = any(c.relation.operator != "==" for c in draft.conclusions)
    varied = any(u.names for u in asked)
    if not varied or len(arguments) < len(asked) or not plain or not bounds:
        return
    if len(arguments) > MAX_ARGUMENTS or all(map(known.counts, arguments.values())):
        return
    logs = any(n.head == "log" and _about(n.args[0]) for n in draft.nodes())
    facts = list(_facts(tuple(arguments.values()), known, logs))
    if any(map(_grows, draft.nodes())):  # with few theorems a search does better
        lows = dict.fromkeys(formula(_lowest(p, known)) for p in arguments.values())
        facts += [fact for x in lows for fact in _stirling(x, logs)]
    if not facts:
        return
    unknowns.quoted["gamma"] = SAID
    unknowns.want(*(op("log", u) for u in arguments))
    for label, left, operator, right in facts:
        unknowns.fact(label, left, operator, right)


def _about(e: Expression) -> bool:
    return any(n.head == "gamma" for n in e.walk())


def _grows(e: Expression) -> bool:
    """Whether the gamma function may be compared with a power of what varies."""
    power = e.head == "**" and bool(e.args[1].names)
    return not _about(e) and (power or e.head in ("exp", "log") or e == PI)


# Polynomials --------------------------------------------------------------------------------------


def polynomial(e: Expression) -> Poly | None:
    """A formula as a polynomial, or None."""
    value = None if e.names else rational_value(e)
    if value is not None:
        return {(): value} if value else {}
    args = [polynomial(a) for a in e.args]
    if e.head == "name":
        return None if e.name == "pi" else {((e.name, 1),): Fraction(1)}
    if not args or any(p is None for p in args):
        return None
    a, b = args[0] or {}, (args[-1] or {})
    match e.head:
        case "neg":
            return scaled(a, -1)
        case "+":
            return added(a, b)
        case "-":
            return added(a, scaled(b, -1))
        case "*":
            return product(a, b)
        case "/" if set(b) == {()}:
            return scaled(a, 1 / b[()])
        case "**" if b == {(): 2}:
            return product(a, a)
    return None


def added(a: Poly, b: Poly) -> Poly:
    """The sum."""
    made = {m: a.get(m, Fraction(0)) + b.get(m, Fraction(0)) for m in {**a, **b}}
    return {m: c for m, c in made.items() if c}


def scaled(a: Poly, c: int | Fraction) -> Poly:
    """A multiple by a number that is not zero."""
    return {m: c * d for m, d in a.items()}


def product(a: Poly, b: Poly) -> Poly:
    """The product."""
    made: dict[Monomial, Fraction] = {}
    for (m, c), (n, d) in itertools.product(a.items(), b.items()):
        powers = dict(m)
        for x, k in n:
            powers[x] = powers.get(x, 0) + k
        both = tuple(sorted(powers.items()))
        made[both] = made.get(both, Fraction(0)) + c * d
    return {m: c for m, c in made.items() if c}


def divided(a: Poly, b: Poly) -> Poly | None:
    """The quotient of polynomials, if it is one; by the leading terms in one order."""
    rest, made = a, dict[Monomial, Fraction]()
    lead = max(b, key=_rank)
    while rest:
        top = max(rest, key=_rank)
        powers = dict(top)
        for x, k in lead:
            powers[x] = powers.get(x, 0) - k
        if min(powers.values(), default=0) < 0 or len(made) > 12:
            return None
        m = tuple(sorted((x, k) for x, k in powers.items() if k))
        made[m] = rest[top] / b[lead]
        rest = added(rest, scaled(product({m: made[m]}, b), -1))
    return made


def _rank(m: Monomial) -> tuple[int, list[list[int]]]:
    """By degree, then as words of letters, of which an earlier one counts for more."""
    letters = [[-ord(c) for c in x] for x, k in m for _ in range(k)]
    return len(letters), letters


def formula(p: Poly) -> Expression:
    """A polynomial as a formula, what is positive first."""
    terms = []
    for m, c in sorted(p.items(), key=lambda row: (row[1] < 0, -len(row[0]), row[0])):
        size = times(number(abs(c)), *(raised(name(x), k) for x, k in m))
        terms.append(size if c > 0 else minus(size))
    return total(*terms)


# Signs --------------------------------------------------------------------------------------------


class _Signs:
    """What the domains and the assumptions of a claim plainly say of polynomials."""

    def __init__(self, draft: Draft, unknowns: Unknowns) -> None:
        self.whole = {x for x, kind in draft.variables.items() if kind == "integer"}
        kinds = {**draft.variables, **unknowns.signs}
        self.low = {x: (Fraction(0), k == "positive") for x, k in kinds.items()
                    if k in ("positive", "nonnegative")}  # fmt: skip
        self.high: dict[str, Fraction] = {}
        for (r,) in (c for c in draft.hypotheses.values() if len(c) == 1):
            gap = op("-", r.right, r.left) if r.operator[0] == "<" else op("-", r.left, r.right)
            p = polynomial(gap) if r.operator[0] in "<>" else None
            names = [m for m in p or () if m]
            if p is None or len(names) != 1 or sum(k for _, k in names[0]) != 1:
                continue
            ((x, _),) = names[0]
            c, end = p[names[0]], -p.get((), Fraction(0)) / p[names[0]]
            if c < 0:
                self.high[x] = min(end, self.high.get(x, end))
            else:
                one = end, len(r.operator) == 1
                self.low[x] = max(one, self.low.get(x, one))

    def counts(self, p: Poly) -> bool:
        """Whether a polynomial is made of integers."""
        return all(c.denominator == 1 and {x for x, _ in m} <= self.whole for m, c in p.items())

    def positive(self, p: Poly) -> bool:
        """Whether a polynomial is plainly positive."""
        least, strict = self._least(p)
        return least is not None and (least > 0 or (least == 0 and strict))

    def nonnegative(self, p: Poly) -> bool:
        """Whether a polynomial is plainly nonnegative."""
        least, _ = self._least(p)
        return least is not None and least >= 0

    def _least(self, p: Poly) -> tuple[Fraction | None, bool]:
        """A lower bound term by term, and whether it is not attained."""
        least, strict = Fraction(0), False
        for m, c in p.items():
            if c > 0 and all(x in self.low and self.low[x][0] >= 0 for x, _ in m):
                value = c
                for x, k in m:
                    value *= self.low[x][0] ** k
                least += value
                strict |= bool(m) and all(self.low[x][1] or self.low[x][0] > 0 for x, _ in m) and (
                    any(self.low[x][1] for x, _ in m))  # fmt: skip
            elif c < 0 and len(m) == 1 and m[0][1] == 1 and m[0][0] in self.high:
                least += c * self.high[m[0][0]]
            elif m:
                return None, False
            else:
                least += c
        return least, strict


# Theorems -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Triple:
    """A point t a + (1 - t) b between two others."""

    at: Poly
    share: Poly
    ends: tuple[Poly, Poly]


UNIT: Poly = {(): Fraction(1)}
ENDS: tuple[Poly, Poly] = UNIT, {(): Fraction(2)}
"""Where it is 1."""


def _facts(asked: tuple[Poly, ...], known: _Signs, logs: bool) -> Iterator[Fact]:
    lows = [_lowest(p, known) for p in asked]
    lows = [p for k, p in enumerate(lows) if p not in lows[:k]]
    shifted = [q for p in lows for q in (p, added(p, UNIT))]
    points = [*asked, *(q for q in shifted if q not in asked)]
    for triple in _triples(asked, points, known):
        yield from _convex(triple, logs)
    for p, q in itertools.permutations(lows, 2):
        yield from _quotient(p, q, known, logs)


def _lowest(p: Poly, known: _Signs) -> Poly:
    """The least of p, p - 1, ... that is plainly positive, or p itself."""
    for _ in range(8):
        less = added(p, {(): Fraction(-1)})
        if not known.positive(less):
            break
        p = less
    return p


def _triples(asked: tuple[Poly, ...], points: list[Poly], known: _Signs) -> Iterator[_Triple]:
    """Points that plainly lie between two others: a step of 1 apart, or asked for, or 1 or 2."""
    ends = [*asked, *(p for p in ENDS if p not in asked)]
    points = [*points, *(p for p in ENDS if p not in points)]
    for a, b in itertools.permutations(points, 2):
        gap = added(a, scaled(b, -1))
        step = gap == UNIT and b not in ENDS
        if not step and not (a in asked and b in ends and points.index(a) < points.index(b)):
            continue
        for u in points if step else asked:
            share = divided(added(u, scaled(b, -1)), gap) if u not in (a, b) else None
            if not share:
                continue
            rest = added(UNIT, scaled(share, -1))
            if rest and known.nonnegative(share) and known.nonnegative(rest):
                yield _Triple(u, share, (a, b))


def _gamma(p: Poly, logs: bool) -> Expression:
    if p in ENDS:
        return ZERO if logs else ONE
    made = op("gamma", formula(p))
    return op("log", made) if logs else made


def _convex(t: _Triple, logs: bool) -> Iterator[Fact]:
    weights = t.share, added(UNIT, scaled(t.share, -1))
    parts = [(formula(w), _gamma(p, logs)) for w, p in zip(weights, t.ends, strict=True)]
    at, powers = _gamma(t.at, logs), [(g, w) for w, g in parts]
    if logs:
        yield "log-convex", at, "<=", total(*(times(w, g) for w, g in parts))
        return
    yield "log-convex", at, "<=", times(*(op("**", g, w) for g, w in powers))
    q = t.share[()].denominator if t.share.keys() == {()} else 0
    if 0 < q <= MAX_ROOT:  # without roots
        whole = (raised(g, int(w.value * q)) for g, w in powers if w.value is not None)
        yield "log-convex", raised(at, q), "<=", times(*whole)


def _quotient(p: Poly, q: Poly, known: _Signs, logs: bool) -> Iterator[Fact]:
    """Kershaw: Gamma(x + 1) >= (x + s/2)^(1 - s) Gamma(x + s), for p = x and q = x + s."""
    s = added(q, scaled(p, -1))
    rest = added(UNIT, scaled(s, -1))
    if not (known.positive(p) and known.nonnegative(s) and known.nonnegative(rest)):
        return
    middle = formula(added(p, scaled(s, Fraction(1, 2))))
    above, below = _gamma(added(p, UNIT), logs), _gamma(q, logs)
    if logs:
        yield "Kershaw", above, ">=", total(times(formula(rest), op("log", middle)), below)
    else:
        yield "Kershaw", above, ">=", times(op("**", middle, formula(rest)), below)


def _stirling(x: Expression, logs: bool) -> Iterator[Fact]:
    """(x - 1/2) log x - x + log(2 pi)/2, and a term more, and two."""
    half, twice_pi = over(ONE, TWO), times(TWO, PI)
    first = over(ONE, times(number(12), x))
    second = minus(over(ONE, times(number(360), raised(x, 3))))
    power = total(times(total(x, minus(half)), op("log", x)), minus(x))
    for operator, more in ((">=", ()), ("<=", (first,)), (">=", (first, second))):
        if logs:
            bound = total(power, over(op("log", twice_pi), TWO), *more)
            yield "Stirling", op("log", op("gamma", x)), operator, bound
        else:
            bound = times(op("sqrt", twice_pi), exp(total(power, *more)))
            yield "Stirling", op("gamma", x), operator, bound
