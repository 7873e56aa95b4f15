"""Normal forms: a term as a quotient of polynomials in atoms, to decide equations.

Only true equations rewrite: exp(a + b) = exp(a) exp(b), |a|^2 = a^2, r^q = a for the q-th root r
of a, cos^2 = 1 - sin^2, the logarithm of a product of positive terms is a sum, E of a polynomial
is a number. Of the atoms that remain nothing is known: an equation that is found is true wherever
both sides are defined; one that is not found may still be true.
"""

# ruff: noqa: D102, D103 - short helpers say what they do by their names

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple, Protocol

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from proofs.core import probability
from proofs.core.terms import (
    HALF,
    METER,
    ONE,
    PI,
    TWO,
    ZERO,
    Rejected,
    Relation,
    Term,
    absolute,
    constant,
    exp,
    extremum,
    integral,
    log,
    minus,
    neg,
    number,
    over,
    plus,
    power,
    times,
)  # fmt: skip

MAX_ATOMS, MAX_TERMS, MAX_BITS = 40, 50_000, 200_000  # of polynomials and their coefficients
MAX_ROOT, MAX_SHIFT = 1000, 200
MAX_FACTORED: Final = 60  # terms of a polynomial whose factors are looked for
ANGLES: Final = {  # as shares of pi
    ("asin", fmpq(1)): fmpq(1, 2),
    ("asin", fmpq(-1)): fmpq(-1, 2),
    ("asin", fmpq(1, 2)): fmpq(1, 6),
    ("asin", fmpq(-1, 2)): fmpq(-1, 6),
    ("atan", fmpq(1)): fmpq(1, 4),
    ("atan", fmpq(-1)): fmpq(-1, 4),
}
CONTEXT: Final = fmpq_mpoly_ctx.get([f"a{i}" for i in range(MAX_ATOMS)], Ordering.lex)
GENERATORS: Final = CONTEXT.gens()[
    ::-1
]  # later atoms are greater: relations rewrite by earlier ones
Poly = Any
Monomial = tuple[tuple[int, int], ...]  # places of atoms, and exponents


class Place(Protocol):
    """Where equations are to hold: what is known of the signs of terms there."""

    def knows(self, e: Term, relation: Relation) -> bool: ...


def fixed(q: Any) -> Poly:
    return CONTEXT.constant(q)


UNIT: Final = fixed(1)


def monomials(p: Poly) -> list[tuple[Monomial, fmpq]]:
    return [
        (tuple((MAX_ATOMS - 1 - i, int(k)) for i, k in enumerate(exponents) if k), c)
        for exponents, c in p.to_dict().items()
    ]


def product(p: Poly, q: Poly) -> Poly:
    pairs = len(p) * len(q)
    METER.spend(pairs)
    if pairs > 20 * MAX_TERMS or heavy(5_000 * MAX_BITS // max(pairs, 1), p, q):
        raise Rejected("a polynomial has too many terms")
    return small(p * q)


def height(p: Poly) -> int:
    return max((c.p.bit_length() + c.q.bit_length() for c in p.coeffs()), default=0)


def heavy(limit: int, *polys: Poly) -> bool:
    """Whether heights add up to more than a limit; twice the longer parts mostly say no sooner."""
    most = 2 * sum(max(map(fmpq.height_bits, p.coeffs()), default=0) for p in polys)
    return most > limit and sum(map(height, polys)) > limit


def small(p: Poly) -> Poly:
    if len(p) > MAX_TERMS or heavy(MAX_BITS, p):
        raise Rejected("a polynomial has too many terms")
    return p


def expanded(p: Poly, n: int, factors: int, terms: int) -> None:
    """Spend what it takes to expand as many times the n-th power of a polynomial of some terms."""
    grown = math.comb(n + terms - 1, n) if terms > 1 and n <= 10_000 else 1
    bits = height(p) * n
    most = min(MAX_TERMS, 5_000 * MAX_BITS / (bits + 1))
    if n > 10_000 or bits > MAX_BITS or factors * grown > most:
        raise Rejected("a polynomial has too many terms")
    METER.spend(n * factors * grown)


def labour(polys: Iterable[Poly], rows: int) -> None:
    """Spend what flint may take for a common divisor or for factors: no clock is seen in there."""
    degree, bits = 0, 0
    for p in polys:
        degree, bits = max(degree, int(sum(p.degrees()))), max(bits, height(p))
    METER.spend(rows * degree * (degree + bits) // 10)


class Quotient(NamedTuple):
    """A quotient of polynomials; the bottom is zero only where the term is not defined."""

    top: Poly
    bottom: Poly = UNIT

    def __add__(self, other: Any) -> Quotient:
        if self.bottom == other.bottom:
            return Quotient(small(self.top + other.top), self.bottom)
        top = product(self.top, other.bottom) + product(other.top, self.bottom)
        return Quotient(small(top), product(self.bottom, other.bottom))

    def __mul__(self, other: Any) -> Quotient:
        return Quotient(product(self.top, other.top), product(self.bottom, other.bottom))

    def to(self, n: int) -> Quotient:
        """The n-th power."""
        if n < 0:
            return Quotient(self.bottom, self.top).to(-n)
        for p in (self.top, self.bottom):
            expanded(p, n, 1, len(p))
        return Quotient(self.top**n, self.bottom**n)


class Unsettled(Exception):
    """An exponential needs a finer unit, and all has to be read again."""


class Ring:
    """Reads terms as quotients of polynomials in atoms, at the points of one goal.

    exp(c m) for a monomial m becomes a power of the atom exp(m/unit); ``units`` holds the units.
    """

    def __init__(self, place: Place, units: dict[Any, int]) -> None:
        self.place, self.units = place, units
        self.places: dict[Any, int] = {}
        self.terms: list[Term] = []  # of the atoms
        self.exponents: dict[int, Quotient] = {}  # of the atoms exp(...)
        self.relations: list[tuple[int, Poly]] = []  # polynomials in atoms that are zero, by place
        self.known: dict[Term, Quotient] = {}

    def atom(self, key: Any, e: Term, degree: int = 0, value: Poly = None) -> Quotient:
        """An atom, of which the power of some degree may be known as a polynomial."""
        if key not in self.places:
            if len(self.terms) == MAX_ATOMS:
                raise Rejected("too many atoms")
            here = self.places[key] = len(self.terms)
            if degree:
                self.relations.append((here, GENERATORS[here] ** degree - value))
            self.terms.append(e)
        return Quotient(GENERATORS[self.places[key]])

    def above(self, place: int, relation: Relation) -> bool:
        """Whether an atom is > 0, or >= 0, throughout."""
        return place in self.exponents or self.place.knows(self.terms[place], relation)

    def reduced(self, p: Poly) -> Poly:
        for place, relation in reversed(self.relations):
            generator = MAX_ATOMS - 1 - place
            steps = p.degrees()[generator] // relation.degrees()[generator] if p else 0
            if steps:  # g^(d k + r) becomes value^k g^r, by way of all lower powers
                expanded(relation, int(steps), len(p), len(relation))
                p = divmod(p, relation)[1]
        return p

    def canonical(self, a: Quotient) -> Quotient:
        top, bottom = self.reduced(a.top), self.reduced(a.bottom)
        if not bottom:
            raise Rejected("division by zero")
        if bottom.is_constant():
            return Quotient(top * fixed(1 / bottom.leading_coefficient()))
        labour((top, bottom), len(top) + len(bottom))
        common = top.gcd(bottom)
        scale = fixed(1 / divmod(bottom, common)[0].leading_coefficient())
        return Quotient(divmod(top, common)[0] * scale, divmod(bottom, common)[0] * scale)

    def key(self, a: Quotient) -> Any:
        made = self.canonical(a)
        return tuple(tuple(sorted(monomials(p))) for p in (made.top, made.bottom))

    def term(self, a: Quotient) -> Term:
        """The term that a quotient is the normal form of."""
        top, bottom = (self.polynomial(p) for p in (a.top, a.bottom))
        return top if a.bottom == UNIT else over(top, bottom)

    def polynomial(self, p: Poly) -> Term:
        total: Term | None = None
        for factors, c in sorted(monomials(p)):
            made: Term | None = number(c) if c != 1 or not factors else None
            for v, k in factors:
                one = self.terms[v] if k == 1 else power(self.terms[v], number(k))
                made = one if made is None else times(made, one)
            assert made is not None
            total = made if total is None else plus(total, made)
        return ZERO if total is None else total

    def value(self, e: Term) -> Quotient:
        if e not in self.known:
            self.known[e] = self.read(e)
        return self.known[e]

    def read(self, e: Term) -> Quotient:
        METER.spend()
        parts = e.parts
        match e.head:
            case "number":
                return Quotient(fixed(e.value))
            case "variable" | "integer" | "drawn" | "pi":
                return self.atom(e, e)
            case "+":
                return self.value(parts[0]) + self.value(parts[1])
            case "-":
                return self.value(parts[0]) + self.value(neg(parts[1]))
            case "neg":
                return self.value(parts[0]) * Quotient(fixed(-1))
            case "*":
                return self.value(parts[0]) * self.value(parts[1])
            case "/":
                return self.value(parts[0]) * self.value(parts[1]).to(-1)
            case "**":
                return self.power(parts[0], parts[1])
            case "sqrt":
                return self.power(parts[0], HALF)
            case "exp":
                return self.exp(self.canonical(self.value(parts[0])))
            case "cosh" | "sinh" | "tanh":
                up, down = exp(parts[0]), exp(neg(parts[0]))
                top = (plus if e.head == "cosh" else minus)(up, down)
                return self.value(over(top, plus(up, down) if e.head == "tanh" else TWO))
            case "min" | "max":
                return self.value(extremum(e))
            case "E" | "P":
                return self.random(e)
            case "prod":
                raise Rejected("copies have no normal form")
        a = self.canonical(self.value(parts[0]))
        if e.head == "log":
            return self.log(a, e)
        if e.head in ("sin", "cos") and (turned := self.turned(a, e.head)) is not None:
            return turned
        if e.head in ("abs", "sign"):
            for s in (parts[0], neg(parts[0])):
                if self.place.knows(s, Relation.GE if e.head == "abs" else Relation.GT):
                    return self.value(
                        s if e.head == "abs" else ONE if s is parts[0] else number(-1)
                    )
        if e.head == "abs" and a.bottom == UNIT:
            m, u = self.parted(a)
            if m != Quotient(UNIT):  # |m u| = m |u|
                return m * self.value(absolute(self.term(u)))
            return self.atom(("abs", self.key(a)), e, 2, self.reduced(a.top * a.top))
        if e.head == "cos":
            sine = self.value(Term("sin", parts[0]))
            return self.atom(("cos", self.key(a)), e, 2, UNIT - sine.top * sine.top)
        if a.top == fixed(0) and e.head in ("sin", "erf", "atan", "asin", "lambertw"):
            return Quotient(fixed(0))
        if e.head == "gamma":
            return self.gamma(a, e)
        if a.bottom == UNIT and a.top.is_constant():
            share = ANGLES.get((e.head, a.top.leading_coefficient())) if a.top else None
            if share is not None:
                return self.value(PI) * Quotient(fixed(share))
        return self.atom((e.head, self.key(a)), e)

    def turned(self, a: Quotient, head: str) -> Quotient | None:
        """Sin and cos of u + k pi/2 by those of u, where k != 0 is whole; and cos(0) = 1."""
        k = self.quarters(a)
        if k == 0:
            return Quotient(UNIT) if head == "cos" and not a.top else None
        u = self.term(Quotient(a.top - self.value(PI).top * fixed(fmpq(k, 2))))
        k += head == "cos"  # cos(v) = sin(v + pi/2)
        sign = Quotient(fixed(-1 if k % 4 > 1 else 1))
        return sign * self.value(Term("cos" if k % 2 else "sin", u))

    def quarters(self, a: Quotient) -> int:
        """How many whole quarter turns are plainly added, so that less than one is left."""
        pi = self.value(PI).top
        rows = monomials(a.top) if a.bottom == UNIT else []
        c = 2 * sum((c for m, c in rows if self.monomial(m).top == pi), fmpq(0))
        return int(c.p // c.q)

    def monomial(self, factors: Iterable[tuple[int, int]]) -> Quotient:
        return Quotient(math.prod((GENERATORS[v] ** k for v, k in factors), start=UNIT))

    def random(self, e: Term) -> Quotient:
        """E of a polynomial is a number; any other E or P is an atom."""
        simpler = probability.meaning(e)
        if simpler is not None:
            return self.value(simpler)
        draws = probability.bound(e)
        if e.head == "P":
            first = e.parts[0]
            inside = first.parts[0] if first.head == "prod" else first
            free = first.parts[1:] + e.parts[1:] if first.head == "prod" else ()
            if not free:
                return self.atom(e, e)
            return self.atom(("P", e.value, inside, *(self.key(self.value(t)) for t in free)), e)
        if len(draws) == 1 and e.parts[0] == Term("abs", draws[0]):
            return self.value(probability.ABSOLUTE[probability.law(draws[0])])
        a = self.canonical(self.value(e.parts[0]))
        if a.bottom != UNIT or any(
            self.terms[v].head != "drawn" for m, _ in monomials(a.top) for v, _ in m
        ):
            return self.atom(("E", tuple(draws), self.key(a)), e)
        total = fmpq(0)
        for factors, c in monomials(a.top):
            for v, n in factors:
                c *= probability.moment(probability.law(self.terms[v]), n)
            total += c
        return Quotient(fixed(total))

    def power(self, base: Term, exponent: Term) -> Quotient:
        q = constant(exponent)
        if q is not None and q.q == 1:
            return self.value(base).to(int(q.p))
        if q is not None and base.head == "exp":
            return self.exp(self.canonical(self.value(base.parts[0]) * Quotient(fixed(q))))
        a = self.canonical(self.value(base))
        if q is not None:
            if q.q > MAX_ROOT:
                return self.atom(("power", self.key(a), q), power(base, exponent))
            return self.root(base, a, int(q.q)).to(int(q.p))
        n = self.canonical(self.value(exponent))
        if not integral(exponent) or self.place.knows(base, Relation.GT) or self.positive(a):
            return self.exp(self.canonical(n * self.log(a, log(base))))
        whole = n.bottom == UNIT and all(c.q == 1 for c in n.top.coeffs())
        parts = monomials(n.top) if whole else []
        natural = all(c > 0 and all(self.above(v, Relation.GE) for v, _ in m) for m, c in parts)
        if not parts or not (natural or self.place.knows(base, Relation.NE)):
            return self.atom(("power", self.key(a), self.key(n)), power(base, exponent))
        total = Quotient(UNIT)  # u^(2 n + 3) = (u^n)^2 u^3
        for factors, c in parts:
            if factors:
                here = power(self.term(a), self.polynomial(self.monomial(factors).top))
                total *= self.atom(("power", self.key(a), factors), here).to(int(c))
            else:
                total *= a.to(int(c))
        return total

    def root(self, base: Term, a: Quotient, q: int) -> Quotient:
        """The root of a monomial in nonnegative atoms, if there is one; otherwise an atom."""
        if not a.top:
            return a
        if a.bottom == UNIT and len(a.top) == 1:
            ((factors, c),) = monomials(a.top)
            exact = rational_root(c, q)
            if exact is not None and all(
                k % q == 0 and self.above(v, Relation.GE) for v, k in factors
            ):
                return self.monomial([(v, k // q) for v, k in factors]) * Quotient(fixed(exact))
            if exact is not None and q == 2 and all(k % 2 == 0 for _, k in factors):
                inner = self.monomial([(v, k // 2) for v, k in factors])  # sqrt(u^2) = |u|
                return self.value(Term("abs", self.term(inner))) * Quotient(fixed(exact))
        m, u = self.parted(a, q)
        if m != Quotient(UNIT):  # the root of m^q u is m times that of u
            return m * self.root(self.term(u), u, q)
        degree = q if a.bottom == UNIT else 0
        return self.atom(("root", q, self.key(a)), power(base, number(fmpq(1, q))), degree, a.top)

    def parted(self, a: Quotient, q: int = 1) -> tuple[Quotient, Quotient]:
        """Write a canonical quotient as m^q u, with m > 0 a monomial in positive atoms.

        So u has the sign of the whole, and is defined wherever the whole is.
        """
        if not a.top:
            return Quotient(UNIT), a
        shares: dict[int, int] = {}
        for p, sign in ((a.top, 1), (a.bottom, -1)):
            rows = [dict(m) for m, _ in monomials(p)]
            for v in set(rows[0]).intersection(*rows[1:]):
                if self.above(v, Relation.GT):
                    shares[v] = shares.get(v, 0) + sign * min(row[v] for row in rows)
        up = [(v, k // q) for v, k in shares.items() if k >= q]
        down = [(v, -(k // q)) for v, k in shares.items() if k < 0]  # u = x for a root of 1/x
        size = abs(a.top.leading_coefficient())
        scale = rational_root(fmpq(size), q) if q > 1 else size
        m = Quotient(self.monomial(up).top * fixed(scale or 1), self.monomial(down).top)
        if m == Quotient(UNIT):
            return m, a
        return m, self.canonical(a * m.to(-q))

    def exp(self, a: Quotient) -> Quotient:
        if a.bottom != UNIT:
            return self.exponential(self.key(a), a, fmpq(1))
        total = Quotient(UNIT)
        for factors, c in monomials(a.top):
            inner = self.terms[factors[0][0]] if [k for _, k in factors] == [1] else None
            if inner is not None and inner.head == "log":  # exp(c log u) = u^c
                total *= self.power(inner.parts[0], number(c))
            else:
                total *= self.exponential(factors, self.monomial(factors), c)
        return total

    def exponential(self, key: Any, m: Quotient, c: fmpq) -> Quotient:
        unit = self.units.get(key, 1)
        n = c * unit
        if n.q != 1:
            self.units[key] = unit * int(n.q)
            raise Unsettled
        share = m * Quotient(fixed(fmpq(1, unit)))
        made = self.atom(("exp", key), exp(self.term(share)))
        self.exponents[self.places["exp", key]] = share
        return made.to(int(n))

    def log(self, a: Quotient, e: Term) -> Quotient:
        """Log of a number is a sum over primes, and of a product of positive terms a sum."""
        if not self.positive(a):
            return self.log_of_product(a, e)
        ((up, c),), ((down, _),) = monomials(a.top), monomials(a.bottom)
        total = Quotient(fixed(0))
        for p, k in (*factorised(int(c.p)), *((p, -k) for p, k in factorised(int(c.q)))):
            total += self.atom(("log", p), log(number(p))) * Quotient(fixed(k))
        for v, k in (*up, *((v, -k) for v, k in down)):
            part = self.exponents.get(v) or self.atom(("log of", v), log(self.terms[v]))
            total += part * Quotient(fixed(k))
        return total

    def log_of_product(self, a: Quotient, e: Term) -> Quotient:
        """Log of m u c/d, for a monomial m > 0 in positive atoms and factors c, d > 0."""
        m, u = self.parted(a)
        total = Quotient(fixed(0)) if m == Quotient(UNIT) else self.log(m, e)
        for sign in (1, -1) if not u.bottom.is_constant() else ():
            under = self.canonical(Quotient(u.bottom * fixed(sign)))
            if self.place.knows(self.term(under), Relation.GT):
                total += self.log(under, log(self.term(under))) * Quotient(fixed(-1))
                u = self.canonical(Quotient(u.top * fixed(sign)))
                break
        if u.bottom == UNIT and not u.top.is_constant() and len(u.top) <= MAX_FACTORED:
            labour((u.top,), 1000 + int(sum(u.top.degrees())))
            _, factors = u.top.factor()
            for p, k in factors if len(factors) > 1 or factors[0][1] > 1 else ():
                f = self.canonical(Quotient(p))
                if self.place.knows(self.term(f), Relation.GT):
                    total += self.log(f, log(self.term(f))) * Quotient(fixed(int(k)))
                    u = self.canonical(u * f.to(-int(k)))
        if u == Quotient(UNIT):
            return total
        plain = m == Quotient(UNIT) and u == a
        return total + self.atom(("log", self.key(u)), e if plain else log(self.term(u)))

    def gamma(self, a: Quotient, e: Term) -> Quotient:
        """Gamma(u + k) = (u + k - 1) ... u Gamma(u) where u > 0; u ends in a number <= 1."""
        free = sum((c for m, c in monomials(a.top) if not m), fmpq(0))
        most, low, k = int(-(-free.p // free.q)), a, 0
        for k in (most, most - 1) if a.bottom == UNIT else ():  # free - k is in (-1, 0] or (0, 1]
            low = Quotient(a.top - fixed(k))
            if 0 < k <= MAX_SHIFT and self.place.knows(self.term(low), Relation.GT):
                break
        else:
            low, k = a, 0
        if low.top == UNIT and a.bottom == UNIT:
            total = Quotient(UNIT)
        elif low == Quotient(fixed(fmpq(1, 2))):
            total = self.value(Term("sqrt", PI))
        else:
            total = self.atom(("gamma", self.key(low)), Term("gamma", self.term(low)) if k else e)
        for i in range(k):
            total *= Quotient(low.top + fixed(i))
        return total

    def positive(self, a: Quotient) -> bool:
        """Whether it is a product of positive atoms with a positive factor."""
        if not len(a.top) == len(a.bottom) == 1:
            return False
        ((up, c),), ((down, _),) = monomials(a.top), monomials(a.bottom)
        return bool(c > 0) and all(self.above(v, Relation.GT) for v, _ in (*up, *down))


def settled(place: Place, compute: Callable[[Ring], Any]) -> Any:
    """Compute in a ring in which all exponentials have settled."""
    # Kept from ring to ring, though places may be others there: a finer unit is as right.
    units: dict[Any, int] = {}
    for _ in range(12):
        try:
            return compute(Ring(place, units))
        except Unsettled:
            continue
    raise Rejected("exponents do not settle")


def rational_root(c: fmpq, q: int) -> fmpq | None:
    parts = []
    for n in (int(c.p), int(c.q)):
        guess = round(n ** (1 / q)) if 0 <= n < 10**15 else -1  # exact enough below
        parts += [guess] if guess >= 0 and guess**q == n else []
    return fmpq(*parts) if len(parts) == 2 else None


def factorised(n: int) -> list[tuple[int, int]]:
    """Factor by small primes; a large cofactor stays whole."""
    found = []
    for prime in (2, *range(3, 1000, 2)):
        k = 0
        while n % prime == 0:
            n, k = n // prime, k + 1
        found += [(prime, k)] if k else []
    return [*found, (n, 1)] if n > 1 else found
