"""Bounds of powers and roots, part by part, as the core's enclosures have them."""

# ruff: noqa: D102 - a method named after a head of terms bounds such terms

from __future__ import annotations

from flint import fmpq

from proofs.core.normal import rational_root
from proofs.core.terms import Formula, Term, constant, integral, number, power
from proofs.export.arithmetic import NUM, RAT, Arithmetic, Bound, rounded, value_of
from proofs.export.script import GE, GT
from proofs.export.words import Untranslatable, rational, whole

MAX_COUNT = 64


class Powers(Arithmetic):
    """Bounds of powers at one place."""

    def power(self, e: Term, u: Term, v: Term) -> Bound:
        q = constant(v)
        if q is None:
            return self.symbolic(e, u, v)
        if q < 0:
            return self.inverse_power(e, u, q)
        up, down = int(q.p), int(q.q)
        a = self.bound(u) if down == 1 else self.rooted(u, down)
        if up == 1:
            if down == 1:
                w = self.place.text(u, 0)
                return Bound(
                    a.lo, a.hi, self.note(f"as_lo _ _ _ (pow_1 {w}) {a.lower}") if a.lower else "",
                    self.note(f"as_hi _ _ _ (pow_1 {w}) {a.upper}") if a.upper else "",
                )  # fmt: skip
            return a
        base = self.place.text(u if down == 1 else power(u, constant_term(1, down)), 0)
        return self.whole_power(a, up, base)

    def inverse_power(self, e: Term, u: Term, q: fmpq) -> Bound:
        flipped = power(u, constant_term(-q.p, q.q))
        made = self.inverse(flipped)
        return made

    def whole_power(self, a: Bound, n: int, base: str) -> Bound:
        """Bounds of u ** n for n >= 0."""
        if n == 0:
            one = self.note(f"Req_le _ _ (eq_sym (pow_O {base}))")
            two = self.note(f"Req_le _ _ (pow_O {base})")
            return Bound(fmpq(1), fmpq(1), one, two)
        lo = hi = None
        lower = upper = ""
        if a.lo is not None and a.lo >= 0:
            lo = rounded(a.lo**n, False)
            lower = self.note(
                f"lo_pow _ {rational(a.lo, 0)} {n} ({rational(lo)}) {RAT} {a.lower} {NUM}"
            )
            if a.hi is not None:
                hi, sure = rounded(a.hi**n, True), self.weaker(a.lower, fmpq(0))
                upper = self.note(f"hi_pow _ _ {n} ({rational(hi)}) {sure} {a.upper} {NUM}")
        elif n % 2:
            if a.lo is not None:
                lo = rounded(a.lo**n, False)
                lower = self.note(
                    f"lo_odd _ _ {n} {n // 2} ({rational(lo)}) eq_refl {a.lower} {NUM}"
                )
            if a.hi is not None:
                hi = rounded(a.hi**n, True)
                upper = self.note(
                    f"hi_odd _ _ {n} {n // 2} ({rational(hi)}) eq_refl {a.upper} {NUM}"
                )
        else:
            inner = self.whole_power(self.sized(a, base), n, f"(Rabs {base})")
            lo, hi = inner.lo, inner.hi
            half = f"{base} {n} {n // 2} _ eq_refl"
            lower = self.note(f"lo_even {half} {inner.lower}") if inner.lower else ""
            upper = self.note(f"hi_even {half} {inner.upper}") if inner.upper else ""
        return Bound(lo, hi, lower, upper)

    def rooted(self, u: Term, degree: int) -> Bound:
        """Bounds of a root."""
        a, base = self.bound(u), self.place.text(u, 0)
        hi, upper = None, ""
        zero = f"lo_sqrt_zero {base}" if degree == 2 else f"root_ge {degree} {base}"
        lo, lower = fmpq(0), ""
        if a.lo is not None and a.lo > 0:
            lo = rational_root(a.lo, degree)
            lo = value_of(lambda x: x.root(degree), a.lo, False) if lo is None else lo
            lower = f"lo_root {degree - 1} _ _ ({rational(lo)}) {a.lower} {RAT} {NUM}"
        if a.hi is not None and a.hi >= 0:
            hi = rational_root(a.hi, degree)
            hi = value_of(lambda x: x.root(degree), a.hi, True) if hi is None else hi
            upper = f"hi_root {degree - 1} _ _ ({rational(hi)}) {a.upper} {RAT} {NUM}"
        if degree == 2 and lower:
            lower = f"as_lo _ _ _ (sqrt_root {base}) ({lower})"
        if degree == 2 and upper:
            upper = f"as_hi _ _ _ (sqrt_root {base}) ({upper})"
        return Bound(lo, hi, self.note(lower or zero), self.note(upper) if upper else "")

    def root(self, e: Term, u: Term) -> Bound:
        return self.rooted(u, 2)

    def symbolic(self, e: Term, u: Term, v: Term) -> Bound:
        """Bounds of exp(v log u) for positive u; otherwise that an integer power is >= 0."""
        text, base = self.place.text(e, 0), self.place.text(u, 0)
        try:
            positive = self.holds(Formula(u, GT))
        except Untranslatable:
            if not integral(v):
                raise
            return self.of_nonnegative(u, v)
        inner = self.bound(power_as_exp(e))
        shown = self.place.text(v, 0)
        same = f"power_is {base} {shown}"
        if integral(v):
            z = whole(v, self.place.spelling, 0)
            number = z.removesuffix("%Z")
            equal = self.script.quick(f"IZR {number} = {shown}", "whole_number", "n")
            same = f"whole_is {base} {z} {shown} {positive} {equal}"
        equal = self.script.quick(f"{text} = exp ({shown} * ln {base})", f"exact ({same})", "n")
        return Bound(
            inner.lo, inner.hi,
            self.note(f"as_lo _ _ _ {equal} {inner.lower}") if inner.lower else "",
            self.note(f"as_hi _ _ _ {equal} {inner.upper}") if inner.upper else "",
        )  # fmt: skip

    def of_nonnegative(self, u: Term, v: Term) -> Bound:
        """Bounds of u ** v for an integer v and u >= 0: for u <= h <= 1 and v >= m also h ** m."""
        z, sign = whole(v, self.place.spelling, 0), self.holds(Formula(u, GE))
        lower, a, b = self.note(f"whole_ge _ {z} {sign}"), self.bound(u), self.bound(v)
        if a.hi is None or a.hi > 1 or b.lo is None or b.lo < 0:
            return Bound(fmpq(0), None, lower, "")
        m, shown = min(int(b.lo.p // b.lo.q), MAX_COUNT), self.place.text(v, 0)
        equal = self.script.quick(f"IZR {z.removesuffix('%Z')} = {shown}", "whole_number", "n")
        why = f"apply le_IZR; change ({m} <= IZR {z}); generalize {equal} {b.lower}; clear; intros"
        count = self.script.quick(f"(Z.of_nat {m} <= {z})%Z", f"{why}; lra", "z")
        most = f"whole_below _ _ {rational(a.hi, 0)} {m} {sign} {a.upper}"
        hi = rounded(max(a.hi, fmpq(0)) ** m, True)
        upper = self.note(f"hi_weak _ ({rational(hi)}) _ ({most} {RAT} {count}) {NUM}")
        return Bound(fmpq(0), hi, lower, upper)

    def sized(self, a: Bound, base: str) -> Bound:
        """Bounds of an absolute value."""
        lo, lower, hi, upper = fmpq(0), f"lo_abs {base}", None, ""
        if a.lo is not None and a.lo > 0:
            lo, lower = a.lo, f"lo_abs_plus _ _ {a.lower}"
        elif a.hi is not None and a.hi < 0:
            lo = -a.hi
            lower = f"lo_weak _ ({rational(lo)}) _ (lo_abs_minus _ _ {a.upper}) {RAT}"
        if a.lo is not None and a.hi is not None:
            hi = max(-a.lo, a.hi)
            upper = self.note(f"hi_abs _ _ _ ({rational(hi)}) {a.lower} {a.upper} {RAT} {RAT}")
        return Bound(lo, hi, self.note(lower), upper)


def constant_term(p: object, q: object) -> Term:
    """A number as a term."""
    return number(fmpq(int(str(p)), int(str(q))))


def power_as_exp(e: Term) -> Term:
    """U ** v as exp(v log u)."""
    u, v = e.parts
    return Term("exp", Term("*", v, Term("log", u)))
