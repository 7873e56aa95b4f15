"""Proofs that terms lie between numbers, part by part, as the core's enclosures do.

Ends are rational; those of transcendental values are rounded outward and left to ``interval``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from flint import arb, ctx, fmpq

from proofs.core.normal import rational_root
from proofs.core.terms import Formula, Relation, Term, constant, integral, number, power
from proofs.export.script import EQ, GE, GT, NE, Place
from proofs.export.words import Untranslatable, rational, whole

BITS: Final = 120


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


class Bounds:
    """Bounds of terms at one place."""

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
            low, high = fmpq(314159265358, 10**11), fmpq(314159265359, 10**11)
            return Bound(low, high, self.numeric(f"{rational(low)} <= PI"),
                         self.numeric(f"PI <= {rational(high)}"))  # fmt: skip
        method = getattr(self, METHODS.get(head, ""), None)
        if method is None:
            raise Untranslatable("enclose", f"no bounds of {head}(...)")
        found: Bound = method(e, *parts)
        return found

    def closed(self, end: object) -> str:
        """The proof of a closed end."""
        name, is_open = end.name, end.is_open  # type: ignore[attr-defined]
        return f"(Rlt_le _ _ {name})" if is_open else name

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
        if u == v and (a.lo is None or a.lo < 0) and (a.hi is None or a.hi > 0):
            lo, lower = fmpq(0), self.note(f"square_nn {text_u}")
        else:
            lo, lower = self.product(a, b, text_u, text_v)  # type: ignore[assignment]
        return Bound(lo, None, lower, "")._replace(**self.product_hi(a, b, text_u, text_v))

    def product_hi(self, a: Bound, b: Bound, u: str, v: str) -> dict[str, object]:
        """The upper end of a product, by the lower one of its negative."""
        if (a.lo is None or a.hi is None) and (b.lo is None or b.hi is None) and not (
            (a.lo is not None and a.lo >= 0) or (a.hi is not None and a.hi <= 0)
            or (b.lo is not None and b.lo >= 0) or (b.hi is not None and b.hi <= 0)
        ):  # fmt: skip
            return {}
        if self.product_value(a, Bound(neg_of(b.hi), neg_of(b.lo))) is None:
            return {}
        low, name = self.product(a, self.negated(b), u, f"(- {v})")
        if low is None:
            return {}
        hi = -low
        claim = f"- ({rational(hi)}) <= {u} * (- {v})"
        shifted = self.script.quick(
            claim, f"apply (lo_weak ({rational(low)})); [exact {name} | rational]", "b"
        )
        return {"hi": hi, "upper": self.note(f"hi_times _ _ _ {shifted}")}

    def product_value(self, a: Bound, b: Bound) -> tuple[str, tuple[str, ...], fmpq] | None:
        """Which lemma bounds a product from below, on which side it needs what, and by what."""
        if a.lo is not None and b.lo is not None and a.lo >= 0 and b.lo >= 0:
            return "pp", ("lo", "lo"), a.lo * b.lo
        if a.hi is not None and b.hi is not None and a.hi <= 0 and b.hi <= 0:
            return "nn", ("hi", "hi"), a.hi * b.hi
        for x, y, swap in ((a, b, ""), (b, a, "swap")):
            if x.lo is not None and x.hi is not None and x.lo >= 0 and y.lo is not None:
                if y.lo <= 0:
                    return "pm" + swap, (), x.hi * y.lo
            if x.hi is not None and x.lo is not None and x.hi <= 0 and y.hi is not None:
                if y.hi >= 0:
                    return "mp" + swap, (), x.lo * y.hi
        if None not in (a.lo, a.hi, b.lo, b.hi):
            assert a.lo is not None and a.hi is not None and b.lo is not None and b.hi is not None
            ends = a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi
            return "four", (), min(ends)
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
            x, y = (f"(ltac:(rational) : 0 <= {rational(z, 0)})" for z in (a.lo, b.lo) if z is not None)
            proof = f"lo_times_pp _ _ _ _ {q} {x} {y} {a.lower} {b.lower} {RAT}"
        elif kind == "nn":
            x, y = (f"(ltac:(rational) : {rational(z, 0)} <= 0)" for z in (a.hi, b.hi) if z is not None)
            proof = f"lo_times_nn _ _ _ _ {q} {x} {y} {a.upper} {b.upper} {RAT}"
        elif kind == "pm":
            sure = self.weaker(a.lower, fmpq(0))
            proof = f"lo_times_pm _ _ _ _ {q} {sure} {a.upper} {b.lower} {RAT} {RAT}"
        elif kind == "mp":
            sure = f"(hi_weak _ 0 _ {a.upper} {RAT})"
            proof = f"lo_times_mp _ _ _ _ {q} {sure} {a.lower} {b.upper} {RAT} {RAT}"
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
        made = Bound(lo, None, lower, "")._replace(**self.product_hi(a, b, text_u, text_v))
        return Bound(
            made.lo, made.hi,
            self.note(f"lo_over _ {self.place.text(v, 0)} _ {made.lower}") if made.lower else "",
            self.note(f"hi_over _ {self.place.text(v, 0)} _ {made.upper}") if made.upper else "",
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
        return self.inverted(b, self.place.text(v, 0), holds(self.place, Formula(v, GT)))

    def negative(self, v: Term, b: Bound) -> str:
        """A proof that -v is positive."""
        nonzero = holds(self.place, Formula(v, NE))
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

    # Powers ---------------------------------------------------------------------------------------

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
            lower = self.note(f"lo_pow _ {rational(a.lo, 0)} {n} ({rational(lo)}) {RAT} {a.lower} {NUM}")
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
        """Bounds of exp(v log u), for positive u; of an integer power of u >= 0, that it is >= 0."""
        text, base = self.place.text(e, 0), self.place.text(u, 0)
        try:
            positive = holds(self.place, Formula(u, GT))
        except Untranslatable:
            if not integral(v):
                raise
            return Bound(fmpq(0), None, self.note(f"whole_ge _ {whole(v, self.place.spelling, 0)} "
                                                  f"{holds(self.place, Formula(u, GE))}"), "")  # fmt: skip
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
            inner.lo, inner.hi, self.note(f"as_lo _ _ _ {equal} {inner.lower}") if inner.lower else "",
            self.note(f"as_hi _ _ _ {equal} {inner.upper}") if inner.upper else "",
        )  # fmt: skip

    # Functions ------------------------------------------------------------------------------------

    def exp(self, e: Term, u: Term) -> Bound:
        a = self.bound(u)
        lo, hi, upper = fmpq(0), None, ""
        lower = f"lo_exp_zero {self.place.text(u, 0)}"
        if a.lo is not None and a.lo > -10_000:
            lo = value_of(lambda x: x.exp(), a.lo, False) if a.lo else fmpq(1)
            lower = f"lo_exp _ _ ({rational(lo)}) {a.lower} {DEEP if a.lo else EXP0}"
        if a.hi is not None and a.hi < 10_000:
            hi = value_of(lambda x: x.exp(), a.hi, True) if a.hi else fmpq(1)
            upper = f"hi_exp _ _ ({rational(hi)}) {a.upper} {DEEP if a.hi else EXP0}"
        return Bound(lo, hi, self.note(lower), self.note(upper) if upper else "")

    def log(self, e: Term, u: Term) -> Bound:
        a = self.bound(u)
        lo = hi = None
        lower = upper = ""
        if a.lo is not None and a.lo > 0:
            lo = value_of(lambda x: x.log(), a.lo, False) if a.lo != 1 else fmpq(0)
            lower = self.note(
                f"lo_ln _ {rational(a.lo, 0)} ({rational(lo)}) {RAT} {a.lower} {DEEP if lo else LN1}"
            )  # fmt: skip
        if a.hi is not None and a.hi > 0:
            positive = holds(self.place, Formula(u, GT))
            hi = value_of(lambda x: x.log(), a.hi, True) if a.hi != 1 else fmpq(0)
            upper = self.note(
                f"hi_ln _ _ ({rational(hi)}) {positive} {a.upper} {DEEP if hi else LN1}"
            )  # fmt: skip
        return Bound(lo, hi, lower, upper)

    def wave(self, e: Term, u: Term) -> Bound:
        one, base = fmpq(1), self.place.text(u, 0)
        return Bound(-one, one, self.note(f"lo_{e.head} {base}"), self.note(f"hi_{e.head} {base}"))

    def hyperbolic(self, e: Term, u: Term) -> Bound:
        base = self.place.text(u, 0)
        if e.head == "cosh":
            return Bound(fmpq(1), None, self.note(f"lo_cosh {base}"), "")
        return Bound(fmpq(-1), fmpq(1), self.note(f"lo_tanh {base}"), self.note(f"hi_tanh {base}"))

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

    def extremum(self, e: Term, *parts: Term) -> Bound:
        up = e.head == "max"
        pick, word = (max, "max") if up else (min, "min")
        total, shown = self.bound(parts[0]), self.place.text(parts[0], 0)
        for other in parts[1:]:
            b, text = self.bound(other), self.place.text(other, 0)
            whole = f"{shown} {text}"
            lo = [q for q in (total.lo, b.lo) if q is not None]
            hi = [q for q in (total.hi, b.hi) if q is not None]
            low, lower, high, upper = None, "", None, ""
            if (lo if up else len(lo) == 2):
                low = pick(lo)
                q = f"({rational(low)})"
                if up:
                    mine = low == total.lo
                    name = total.lower if mine else b.lower
                    lower = self.note(f"lo_max{'' if mine else '_r'} {whole} {q} {name}")
                else:
                    x, y = (f"(lo_weak _ {q} _ {n.lower} {RAT})" for n in (total, b))
                    lower = self.note(f"lo_min {whole} {q} {x} {y}")
            if (hi if not up else len(hi) == 2):
                high = pick(hi)
                q = f"({rational(high)})"
                if up:
                    x, y = (f"(hi_weak _ {q} _ {n.upper} {RAT})" for n in (total, b))
                    upper = self.note(f"hi_max {whole} {q} {x} {y}")
                else:
                    mine = high == total.hi
                    name = total.upper if mine else b.upper
                    upper = self.note(f"hi_min{'' if mine else '_r'} {whole} {q} {name}")
            total, shown = Bound(low, high, lower, upper), f"(R{word} {whole})"
        return total

    def error(self, e: Term, u: Term) -> Bound:
        base = self.place.text(u, 0)
        return Bound(fmpq(-1), fmpq(1), self.note(f"lo_erf {base}"), self.note(f"hi_erf {base}"))

    def absolute(self, e: Term, u: Term) -> Bound:
        return self.sized(self.bound(u), self.place.text(u, 0))


def neg_of(q: fmpq | None) -> fmpq | None:
    """The negative, if there is a number."""
    return None if q is None else -q


def constant_term(p: object, q: object) -> Term:
    """A number as a term."""
    return number(fmpq(int(str(p)), int(str(q))))


def power_as_exp(e: Term) -> Term:
    """u ** v as exp(v log u)."""
    u, v = e.parts
    return Term("exp", Term("*", v, Term("log", u)))


RAT, NUM, DEEP = "ltac:(rational)", "ltac:(numeric)", "ltac:(interval with (i_prec 200))"
EXP0, LN1 = "ltac:(rewrite exp_0; lra)", "ltac:(rewrite ln_1; lra)"
METHODS: Final = {
    "+": "plus",
    "-": "minus",
    "neg": "neg",
    "*": "times",
    "/": "over",
    "**": "power",
    "sqrt": "root",
    "exp": "exp",
    "log": "log",
    "sin": "wave",
    "cos": "wave",
    "cosh": "hyperbolic",
    "tanh": "hyperbolic",
    "abs": "absolute",
    "max": "extremum",
    "min": "extremum",
    "erf": "error",
}


def holds(place: Place, f: Formula) -> str:
    """Prove a formula that is a fact or plain; return the name of the proof."""
    found = place.fact(f)
    if found is not None:
        return found
    key = ("holds", f)
    if key not in place.made:
        place.made[key] = plain(place, f)
    name = place.made[key]
    assert isinstance(name, str)
    return name


def plain(place: Place, f: Formula) -> str:
    """Prove a comparison that is plain: by form, by an end, or by bounds."""
    e, relation = f
    script, text = place.script, place.text(e, 0)
    turn = {GE: "ge_of_gt", NE: "ne_of_gt", GT: ""}
    positive = {"exp": f"exp_pos {place.text(e.parts[0], 0)}" if e.parts else "", "pi": "PI_RGT_0"}
    if e.head in positive and relation is not EQ:
        name = script.note(positive[e.head])
        return f"({turn[relation]} _ {name})" if turn[relation] else name
    if e.head in ("variable", "integer") and relation is not EQ:
        end = place.end(e.value, True)
        if end is not None and end.is_open and end.value == 0:
            return f"({turn[relation]} _ {end.name})" if turn[relation] else end.name
    if e.head == "*" and e.parts[0] == e.parts[1] and relation is GE:
        return script.note(f"square_nn {place.text(e.parts[0], 0)}")
    if not e.names:
        try:
            return by_bounds(place, f, text)
        except Untranslatable:
            if any(p.head in ("min", "max", "erf", "sign") for p in e.walk()):
                raise
            return script.quick(place.said(f), "numeric")
    return by_bounds(place, f, text)


def by_bounds(place: Place, f: Formula, text: str) -> str:
    """Prove a comparison by bounds of its term."""
    b, relation, script = Bounds(place).bound(f.term), f.relation, place.script
    if relation is GE and b.lo is not None and b.lo >= 0:
        return script.note(f"ge_of_lo _ _ {b.lower} {RAT}")
    if relation is GT and b.lo is not None and b.lo > 0:
        return script.note(f"gt_of_low _ _ {b.lower} {RAT}")
    if relation is GT and b.lo == 0:  # not zero by a fact
        other = place.fact(Formula(f.term, NE))
        if other is not None:
            return script.note(f"gt_of_ne _ (ge_of_lo _ _ {b.lower} {RAT}) {other}")
    if relation is NE and b.lo is not None and b.lo > 0:
        return script.note(f"ne_of_low _ _ {b.lower} {RAT}")
    if relation is NE and b.hi is not None and b.hi < 0:
        return script.note(f"lt_of_hi _ _ {b.upper} {RAT}")
    if relation is EQ and b.lo == b.hi == 0:
        return script.note(f"eq_of_both _ {b.lower} {b.upper}")
    raise Untranslatable("enclose", f"bounds do not show {text[:60]} {relation} 0")


__all__ = ["Bound", "Bounds", "Relation", "holds"]
