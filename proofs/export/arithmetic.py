"""Proofs that sums, products and quotients lie between numbers."""

# ruff: noqa: D102 - a method named after a head of terms bounds such terms

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from flint import arb, ctx, fmpq

from proofs.core.terms import Formula, Term, constant
from proofs.export.script import GT, NE, End, Place
from proofs.export.words import Untranslatable, rational

BITS: Final = 120
RAT, NUM, DEEP = "ltac:(rational)", "ltac:(numeric)", "ltac:(interval with (i_prec 200))"
EXP0, LN1 = "ltac:(rewrite exp_0; lra)", "ltac:(rewrite ln_1; lra)"


class Bound(NamedTuple):
    """What is proved of a term: numbers below and above it, with the names of the proofs."""

    lo: fmpq | None = None
    hi: fmpq | None = None
    lower: str = ""
    upper: str = ""


def exact(x: arb) -> fmpq:
    """The value of a ball without radius."""
    mantissa, exponent = x.man_exp()
    return fmpq(int(mantissa)) * fmpq(2) ** int(exponent)


def rounded(q: fmpq, up: bool) -> fmpq:
    """A number of few digits on the given side."""
    if int(q.p).bit_length() + int(q.q).bit_length() <= BITS:
        return q
    shift = BITS - (int(abs(q).p).bit_length() - int(q.q).bit_length())
    scaled = q * fmpq(2) ** shift
    whole = -int(-scaled.p // scaled.q) if up else int(scaled.p // scaled.q)
    return fmpq(whole) / fmpq(2) ** shift


def value_of(f: Callable[[arb], arb], at: fmpq, up: bool) -> fmpq:
    """A number just above or below the value of a function."""
    saved, ctx.prec = ctx.prec, 256
    try:
        y = f(arb(at))
        if not y.is_finite():
            raise Untranslatable("enclose", "a value is too large")
        found = exact(y.upper() if up else y.lower())
    finally:
        ctx.prec = saved
    slack = abs(found) / fmpq(2) ** BITS
    return rounded(found + slack if up else found - slack, up)


def neg_of(q: fmpq | None) -> fmpq | None:
    """The negative, if there is a number."""
    return None if q is None else -q


class Arithmetic(ABC):
    """Bounds of terms at one place: what all parts of a proof share, and arithmetic."""

    methods: Mapping[str, str]

    def __init__(self, place: Place) -> None:
        self.place, self.script = place, place.script

    def bound(self, e: Term) -> Bound:
        """Bound a term on both sides, as far as may be."""
        key = ("bound", e)
        if key not in self.place.made:
            self.place.made[key] = self._bound(e)
        found = self.place.made[key]
        assert isinstance(found, Bound)
        return found

    @abstractmethod
    def holds(self, f: Formula) -> str:
        """Prove a formula that is a fact or plain."""

    def note(self, proof: str) -> str:
        """Name a proof."""
        return self.script.note(proof, "b")

    def _bound(self, e: Term) -> Bound:
        head, parts = e.head, e.parts
        value = constant(e)
        if value is not None:
            shown, text = rational(value), self.place.text(e)
            if shown == text:
                name = self.note(f"Rle_refl ({shown})")
                return Bound(value, value, name, name)
            same = self.script.quick(f"{text} = {shown}", "clear; lra", "b")
            return Bound(value, value, self.note(f"Req_le _ _ (eq_sym {same})"),
                         self.note(f"Req_le _ _ {same}"))  # fmt: skip
        if head in ("variable", "integer"):
            lo, hi = (self.place.end(e.value, low) for low in (True, False))
            return Bound(
                lo.value if lo else None, hi.value if hi else None,
                f"{self.closed(lo)}" if lo else "", self.closed(hi) if hi else "",
            )  # fmt: skip
        if head == "pi":
            low = fmpq(3141592653589793238462643, 10**24)
            high = low + fmpq(1, 10**24)
            return Bound(low, high, self.numeric(f"{rational(low)} <= PI"),
                         self.numeric(f"PI <= {rational(high)}"))  # fmt: skip
        method = getattr(self, self.methods.get(head, ""), None)
        if method is None:
            raise Untranslatable("enclose", f"no bounds of {head}(...)")
        found: Bound = method(e, *parts)
        return found

    def closed(self, end: End) -> str:
        """The proof of a closed end."""
        return f"(Rlt_le _ _ {end.name})" if end.is_open else end.name

    def numeric(self, claim: str) -> str:
        """Have numbers compared by interval arithmetic."""
        return self.script.quick(claim, "numeric", "b")

    # Sums and products ----------------------------------------------------------------------------

    def plus(self, e: Term, u: Term, v: Term) -> Bound:
        a, b, lo, hi = self.bound(u), self.bound(v), None, None
        lower = upper = ""
        if a.lo is not None and b.lo is not None:
            lo = rounded(a.lo + b.lo, False)
            lower = self.note(f"lo_plus _ _ _ _ ({rational(lo)}) {a.lower} {b.lower} {RAT}")
        if a.hi is not None and b.hi is not None:
            hi = rounded(a.hi + b.hi, True)
            upper = self.note(f"hi_plus _ _ _ _ ({rational(hi)}) {a.upper} {b.upper} {RAT}")
        return Bound(lo, hi, lower, upper)

    def minus(self, e: Term, u: Term, v: Term) -> Bound:
        a, b, lo, hi = self.bound(u), self.bound(v), None, None
        lower = upper = ""
        if a.lo is not None and b.hi is not None:
            lo = rounded(a.lo - b.hi, False)
            lower = self.note(f"lo_minus _ _ _ _ ({rational(lo)}) {a.lower} {b.upper} {RAT}")
        if a.hi is not None and b.lo is not None:
            hi = rounded(a.hi - b.lo, True)
            upper = self.note(f"hi_minus _ _ _ _ ({rational(hi)}) {a.upper} {b.lower} {RAT}")
        return Bound(lo, hi, lower, upper)

    def neg(self, e: Term, u: Term) -> Bound:
        return self.negated(self.bound(u))

    def negated(self, a: Bound) -> Bound:
        """Bounds of the negative."""
        lo, hi = None if a.hi is None else -a.hi, None if a.lo is None else -a.lo
        lower = "" if lo is None else self.note(f"lo_neg_as _ _ ({rational(lo)}) {a.upper} {RAT}")
        upper = "" if hi is None else self.note(f"hi_neg_as _ _ ({rational(hi)}) {a.lower} {RAT}")
        return Bound(lo, hi, lower, upper)

    def times(self, e: Term, u: Term, v: Term) -> Bound:
        a, b = self.bound(u), self.bound(v)
        text_u, text_v = self.place.text(u, 0), self.place.text(v, 0)
        low = self.product(a, b, text_u, text_v)
        if u == v and (a.lo is None or a.lo < 0) and (a.hi is None or a.hi > 0):
            low = fmpq(0), self.note(f"square_nn {text_u}")
        high = self.product_hi(a, b, text_u, text_v)
        return Bound(low[0], high[0], low[1], high[1])

    def product_hi(self, a: Bound, b: Bound, u: str, v: str) -> tuple[fmpq | None, str]:
        """The upper end of a product, by the lower one of its negative."""
        if self.product_value(a, Bound(neg_of(b.hi), neg_of(b.lo))) is None:
            return None, ""
        low, name = self.product(a, self.negated(b), u, f"(- {v})")
        if low is None:
            return None, ""
        hi = -low
        claim = f"- ({rational(hi)}) <= {u} * (- {v})"
        shifted = self.script.quick(
            claim, f"apply (lo_weak ({rational(low)})); [exact {name} | rational]", "b"
        )
        return hi, self.note(f"hi_times _ _ _ {shifted}")

    def product_value(self, a: Bound, b: Bound) -> tuple[str, tuple[str, ...], fmpq] | None:
        """Which lemma bounds a product from below, on which side it needs what, and by what."""
        if a.lo is not None and b.lo is not None and a.lo >= 0 and b.lo >= 0:
            return "pp", ("lo", "lo"), a.lo * b.lo
        if a.hi is not None and b.hi is not None and a.hi <= 0 and b.hi <= 0:
            return "nn", ("hi", "hi"), a.hi * b.hi
        for x, y, swap in ((a, b, ""), (b, a, "swap")):
            pm = x.lo is not None and x.lo >= 0 and y.lo is not None and y.lo <= 0
            if pm and x.hi is not None and y.lo is not None:
                return "pm" + swap, (), x.hi * y.lo
            mp = x.hi is not None and x.hi <= 0 and y.hi is not None and y.hi >= 0
            if mp and x.lo is not None and y.hi is not None:
                return "mp" + swap, (), x.lo * y.hi
        ends = (a.lo, a.hi), (b.lo, b.hi)
        known = [[q for q in pair if q is not None] for pair in ends]
        if len(known[0]) == len(known[1]) == 2:
            return "four", (), min(p * q for p in known[0] for q in known[1])
        for swap, (low, high) in zip(("", "swap"), ends, strict=True):
            if low == high == 0:  # times anything
                return "zero" + swap, (), fmpq(0)
        return None

    def product(self, a: Bound, b: Bound, u: str, v: str) -> tuple[fmpq | None, str]:
        """Bound a product from below."""
        found = self.product_value(a, b)
        if found is None:
            return None, ""
        kind, _, value = found
        lo = rounded(value, False)
        q = f"({rational(lo)})"
        if kind.endswith("swap"):
            _, name = self.product(b, a, v, u)
            return lo, self.note(f"times_swap_lo {u} {v} {q} {name}")
        if kind == "pp":
            x, y = (
                f"(ltac:(rational) : 0 <= {rational(z, 0)})" for z in (a.lo, b.lo) if z is not None
            )
            proof = f"lo_times_pp _ _ _ _ {q} {x} {y} {a.lower} {b.lower} {RAT}"
        elif kind == "nn":
            x, y = (
                f"(ltac:(rational) : {rational(z, 0)} <= 0)" for z in (a.hi, b.hi) if z is not None
            )
            proof = f"lo_times_nn _ _ _ _ {q} {x} {y} {a.upper} {b.upper} {RAT}"
        elif kind == "pm":
            sure = self.weaker(a.lower, fmpq(0))
            proof = f"lo_times_pm _ _ _ _ {q} {sure} {a.upper} {b.lower} {RAT} {RAT}"
        elif kind == "mp":
            sure = f"(hi_weak _ 0 _ {a.upper} {RAT})"
            proof = f"lo_times_mp _ _ _ _ {q} {sure} {a.lower} {b.upper} {RAT} {RAT}"
        elif kind == "zero":
            proof = f"lo_zero_times {u} {v} {a.lower} {a.upper}"
        else:
            names = f"{a.lower} {a.upper} {b.lower} {b.upper}"
            proof = f"lo_times_four _ _ _ _ _ _ {q} {names} {RAT} {RAT} {RAT} {RAT}"
        return lo, self.note(proof)

    def weaker(self, name: str, to: fmpq) -> str:
        """A smaller number below."""
        return f"(lo_weak _ ({rational(to)}) _ {name} {RAT})"

    def over(self, e: Term, u: Term, v: Term) -> Bound:
        a, b = self.bound(u), self.inverse(v)
        text_u, text_v = self.place.text(u, 0), f"(/ {self.place.text(v, 0)})"
        lo, lower = self.product(a, b, text_u, text_v)
        hi, upper = self.product_hi(a, b, text_u, text_v)
        w = self.place.text(v, 0)
        return Bound(
            lo, hi, self.note(f"lo_over _ {w} _ {lower}") if lower else "",
            self.note(f"hi_over _ {w} _ {upper}") if upper else "",
        )  # fmt: skip

    def inverse(self, v: Term) -> Bound:
        """Bounds of 1/v, where v is not zero."""
        b = self.bound(v)
        if b.hi is not None and b.hi <= 0:
            turned = self.inverted(self.negated(b), f"(- {self.place.text(v, 0)})",
                                   self.negative(v, b))  # fmt: skip
            back = self.negated(turned)
            w = self.place.text(v, 0)
            return Bound(
                back.lo, back.hi, self.note(f"lo_inv_neg {w} _ {back.lower}") if back.lower else "",
                self.note(f"hi_inv_neg {w} _ {back.upper}") if back.upper else "",
            )  # fmt: skip
        if b.lo is None or b.lo < 0:
            return Bound()
        return self.inverted(b, self.place.text(v, 0), self.holds(Formula(v, GT)))

    def negative(self, v: Term, b: Bound) -> str:
        """A proof that -v is positive."""
        nonzero = self.holds(Formula(v, NE))
        text = self.place.text(v, 0)
        tactic = f"generalize {nonzero} {b.upper}; clear; intros; lra"
        return self.script.quick(f"0 < - {text}", tactic, "b")

    def inverted(self, b: Bound, v: str, positive: str) -> Bound:
        """Bounds of 1/v for positive v."""
        lo, lower = fmpq(0), f"lo_inv_zero _ {positive}"
        if b.hi is not None:
            lo = rounded(1 / b.hi, False)
            lower = f"lo_inv _ _ ({rational(lo)}) {positive} {b.upper} {RAT}"
        lower = self.note(lower)
        if not b.lo:
            return Bound(lo, None, lower, "")
        hi = rounded(1 / b.lo, True)
        upper = self.note(f"hi_inv _ {rational(b.lo, 0)} ({rational(hi)}) {RAT} {b.lower} {RAT}")
        return Bound(lo, hi, lower, upper)
