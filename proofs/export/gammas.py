"""Values of the gamma function, as the core's normal form has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from proofs.core.normal import MAX_SHIFT, UNIT, Quotient, fixed, monomials
from proofs.core.terms import ONE, Term, plus
from proofs.export.reading import Normal
from proofs.export.script import GT
from proofs.export.words import Untranslatable

if TYPE_CHECKING:
    from proofs.export.identities import Algebra


def gamma(self: Algebra, u: Term, text: str) -> Normal:
    """Read Gamma(v + k) as (v + k - 1) ... v Gamma(v), where v > 0 ends in a number <= 1."""
    inner = self.value(u)
    low, k = stepped_down(self, self.ring.canonical(inner.quotient))
    if low == Quotient(fixed(fmpq(1, 2))):
        raise Untranslatable("cone", "the value of gamma(1/2)")
    v = self.ring.term(low) if k else u
    shown = self.place.text(v, 0)
    if low == Quotient(UNIT):
        one = self.note(f"gamma_at_one _ {self.same(self.value(v), self.number(fmpq(1)))}")
        made = self.moved(f"(gamma {shown})", one, self.number(fmpq(1)))
    else:
        key = ("gamma", self.ring.key(low))
        made = self.atom(key, f"(gamma {shown})", self.value(v), "gamma")
    if not k:
        return made
    sign = self.holds(v, GT)
    for _ in range(k):
        above = plus(v, ONE)
        step = self.note(f"gamma_next {self.place.text(v, 0)} {sign}")
        made = self.moved(
            f"(gamma {self.place.text(above, 0)})", step, self.times(self.value(v), made)
        )
        sign, v = self.note(f"up_gt _ {sign}"), above
    return self.moved(text, self.note(f"f_equal gamma {self.same(inner, self.value(v))}"), made)


def stepped_down(self: Algebra, a: Quotient) -> tuple[Quotient, int]:
    """How often 1 can be taken from the argument, with what is left, as the core has it."""
    if a.bottom != UNIT:
        return a, 0
    free = sum((c for m, c in monomials(a.top) if not m), fmpq(0))
    most = int(-(-free.p // free.q))
    for k in (most, most - 1):
        low = Quotient(a.top - fixed(k))
        if 0 < k <= MAX_SHIFT and self.ring.place.knows(self.ring.term(low), GT):
            return low, k
    return a, 0
