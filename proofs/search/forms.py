"""Normal forms for the search: the core's, read as polynomials that are easy to compute with.

A polynomial is a mapping of monomials to coefficients; a monomial is a sorted tuple of places of
atoms with exponents. Places are those of one :class:`Forms`.
"""

# ruff: noqa: D103 - polynomial arithmetic says what it does by its names

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from flint import fmpq

from proofs.core.goals import Goal, Range
from proofs.core.normal import CONTEXT, MAX_ATOMS, MAX_BITS, Quotient, Ring, monomials, settled
from proofs.core.normal import Poly as CorePoly
from proofs.core.terms import (
    ZERO,
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    exp,
    linear,
    minus,
    neg,
    number,
    over,
    plus,
    power,
    times,
)
from proofs.core.terms import constant as constant_of

Monomial = tuple[tuple[int, int], ...]
Poly = Mapping[Monomial, Any]
MAX_TERMS = 6_000


def constant(value: Any) -> dict[Monomial, Any]:
    return {(): fmpq(value)} if value != 0 else {}


def p_add(a: Poly, b: Poly) -> dict[Monomial, Any]:
    total = dict(a)
    for m, c in b.items():
        total[m] = total.get(m, fmpq(0)) + c
        if total[m] == 0:
            del total[m]
    return total


def p_mul(a: Poly, b: Poly) -> dict[Monomial, Any]:
    if len(a) * len(b) > MAX_TERMS * 20:
        raise Rejected("a polynomial has too many terms")
    total: dict[Monomial, Any] = {}
    for m, c in a.items():
        if not m:  # a number
            for n, d in b.items():
                total[n] = total[n] + c * d if n in total else c * d
            continue
        for n, d in b.items():
            if n:
                exponents = dict(m)
                for v, k in n:
                    exponents[v] = exponents.get(v, 0) + k
                key = tuple(sorted((v, k) for v, k in exponents.items() if k))
            else:
                key = m
            total[key] = total[key] + c * d if key in total else c * d
    if len(total) > MAX_TERMS:
        raise Rejected("a polynomial has too many terms")
    return {m: c for m, c in total.items() if c != 0}


def scaled(a: Poly, c: Any) -> dict[Monomial, Any]:
    return p_mul(constant(c), a)


def degree(p: Poly) -> int:
    return max((sum(k for _, k in m) for m in p), default=0)


class Known(NamedTuple):
    """A fact that a certificate may use: its label, its polynomial, how it compares to zero."""

    label: str
    poly: Poly
    relation: Relation


class Forms:
    """The normal forms of one goal: its target, its facts, and the ends of its ranges.

    Attributes
    ----------
    top, bottom : Poly
        Of the target.
    facts : list of Known
        Facts that are polynomials, and ends of ranges.
    fractions : list
        Facts that are quotients: label, numerator, denominator, relation.
    """

    def __init__(self, goal: Goal, extra: tuple[Term, ...] = ()) -> None:
        self.goal = goal
        usable = {
            n: f
            for n, f in goal.facts.items()
            if f.relation is not Relation.NE and not ends_a_range(goal, f)
        }

        def compute(ring: Ring) -> tuple[Ring, Quotient, dict[str, Quotient], list[Quotient]]:
            target = ring.canonical(ring.value(goal.target))
            found = {}
            for n, f in usable.items():
                try:
                    found[n] = ring.canonical(ring.value(f.term))
                except Rejected:
                    continue
            for x in goal.box:
                ring.value(goal.variables[x])
            return ring, target, found, [ring.canonical(ring.value(e)) for e in extra]

        self.ring, target, found, more = settled(goal, compute)
        self.top, self.bottom = self._laurent(target)
        self.extra = [self._laurent(q) for q in more]
        self.facts = []
        self.fractions: list[tuple[str, Poly, Poly, Relation]] = []
        for n, q in found.items():
            top, bottom = self._laurent(q)
            if set(bottom) == {()} and top:
                self.facts.append(Known(n, scaled(top, 1 / bottom[()]), usable[n].relation))
            elif top:
                self.fractions.append((n, top, bottom, usable[n].relation))
        for x, r in sorted(goal.box.items()):
            for kind, end in (("lo", r.lo), ("hi", r.hi)):
                if end is not None:
                    fact = goal.known(f"{kind}:{x}")
                    poly = plain(self.ring.canonical(self.ring.value(fact.term)).top)
                    self.facts.append(Known(f"{kind}:{x}", poly, fact.relation))

    def _laurent(self, q: Quotient) -> tuple[Poly, Poly]:
        """Numerator and denominator; powers of exponentials go up with negative exponents."""
        top, bottom = plain(q.top), plain(q.bottom)
        if len(bottom) == 1:
            ((m, c),) = bottom.items()
            if all(v in self.ring.exponents for v, _ in m):
                return p_mul(top, {tuple((v, -k) for v, k in m): 1 / c}), constant(1)
        return top, bottom

    @property
    def polynomial(self) -> Poly | None:
        """The target, if it is a polynomial."""
        return self.top if set(self.bottom) == {()} else None

    def atom(self, place: int) -> Term:
        """The term of an atom."""
        return self.ring.terms[place]

    def term(self, p: Poly) -> Term:
        """A polynomial as a term, exp(x)**k as exp(k x)."""
        total: Term | None = None
        for m, c in sorted(p.items()):
            made: Term | None = number(c) if c != 1 or not m else None
            for v, k in m:
                one = self._power(v, k)
                made = one if made is None else times(made, one)
            assert made is not None
            total = made if total is None else plus(total, made)
        return ZERO if total is None else total

    def exponent(self, place: int, k: int) -> Term:
        """What stands in the exponent of a power of an atom exp(...)."""
        return scaled_term(fmpq(k), self.atom(place).parts[0])

    def _power(self, place: int, k: int) -> Term:
        e = self.atom(place)
        if e.head == "exp" and k != 1:
            return exp(scaled_term(fmpq(k), e.parts[0]))
        return e if k == 1 else power(e, number(k))

    def reduce(self, p: Poly) -> dict[Monomial, Any]:
        """The normal form modulo what is known of roots, moduli and cosines."""
        return plain(self.ring.reduced(core(p)))

    def divided(self, p: Poly, q: Poly) -> Poly | None:
        """The quotient of two polynomials, if it is one."""
        if any(k < 0 for m in (*p, *q) for _, k in m) or len(p) * len(q) > 400:
            return None
        quotient, rest = divmod(core(p), core(q))
        return plain(quotient) if not rest else None

    @property
    def related(self) -> set[int]:
        """The atoms of which a power is known."""
        return {place for place, _ in self.ring.relations}

    def degree_of(self, place: int) -> int:
        """Which power of an atom is known."""
        known = dict(self.ring.relations)[place]
        return int(known.degrees()[MAX_ATOMS - 1 - place])

    def range(self, place: int) -> Range:
        """The values of an atom: its range, or its enclosure rounded to rationals."""
        e = self.atom(place)
        if e.head in ("variable", "integer") and e.value in self.goal.box:
            return self.goal.box[e.value]
        found = self.goal.enclose(e)
        lo, hi = map(_rational, found)
        # A little wider, so that the enclosure of the difference has a sign; a mean that is an
        # integral so much that the integral need not be known to the last digit.
        bits = 30 if any(part.head == "E" for part in e.walk()) else 90
        lo, hi = (q if not q else q - s * abs(q) / 2**bits for q, s in ((lo, 1), (hi, -1)))
        if e.head == "exp" and (lo is None or lo <= 0):
            return Range(fmpq(0), hi, True, bool(hi))
        return Range(lo, hi, bool(lo), bool(hi))

    def strictly(self, place: int) -> str | None:
        """The label of the fact that an atom is > 0, if that is plain."""
        e = self.atom(place)
        if e.head in ("variable", "integer") and e.value in self.goal.box:
            r = self.goal.box[e.value]
            return f"lo:{e.value}" if r.lo == 0 and r.lo_open else None
        return f"sign:{e}" if self.goal.knows(e, Relation.GT) else None

    def end(self, place: int, r: Range, low: bool) -> str:
        """The label of an end of the range of an atom."""
        e = self.atom(place)
        if e.head in ("variable", "integer") and e.value in self.goal.box:
            return f"{'lo' if low else 'hi'}:{e.value}"
        if low and r.lo == 0:
            return f"sign:{e}"
        return f"sign:{minus(e, number(r.lo)) if low else minus(number(r.hi), e)}"


def scaled_term(q: fmpq, e: Term) -> Term:
    """A multiple of a term, with one number in front."""
    if q == 0:
        return ZERO
    if e.head == "neg":
        return scaled_term(-q, e.parts[0])
    value = constant_of(e)
    if value is not None:
        return number(q * value)
    inner = constant_of(e.parts[0]) if e.head == "*" else None
    if inner is not None:
        return scaled_term(q * inner, e.parts[1])
    return e if q == 1 else neg(e) if q == -1 else times(number(q), e)


def ends_a_range(goal: Goal, fact: Formula) -> bool:
    """Whether a fact says no more than an end of a range."""
    e = fact.term
    return len(e.names) == 1 and linear(e, goal.variables[min(e.names)]) is not None


def plain(p: CorePoly) -> dict[Monomial, Any]:
    return {tuple(sorted(m)): c for m, c in monomials(p)}


def core(p: Poly) -> CorePoly:
    rows = {}
    for m, c in p.items():
        exponents = [0] * MAX_ATOMS
        for v, k in m:
            exponents[MAX_ATOMS - 1 - v] = k
        rows[tuple(exponents)] = c
    return CONTEXT.from_dict(rows)


def vanishes(goal: Goal, formula: Formula | Term) -> bool:
    """Whether a term is zero wherever it is defined; False where that is too hard to say."""
    e = formula.term if isinstance(formula, Formula) else formula
    try:
        return goal.vanishes(e)
    except Rejected:
        return False


def _rational(x: Any) -> fmpq | None:
    """An end as a rational number; None where it has none, or too many digits to compute with."""
    if not x.is_finite():
        return None
    mantissa, exponent = x.man_exp()
    if abs(int(exponent)) > MAX_BITS:
        return None
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


def ratio(goal: Goal, new: Term, old: Term) -> Term | None:
    """A quotient in lowest terms."""
    try:
        forms = Forms(replace(goal, target=over(new, old)))
    except (Rejected, Malformed):
        return None
    if set(forms.bottom) == {()}:
        return forms.term(scaled(forms.top, 1 / forms.bottom[()]))
    return over(forms.term(forms.top), forms.term(forms.bottom))
