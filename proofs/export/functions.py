"""Proofs of equations about powers, roots, exponentials and logarithms, as the core reads them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flint import fmpq

from proofs.core.normal import UNIT, Quotient, fixed, monomials
from proofs.core.probability import meaning
from proofs.core.terms import (
    PI,
    TWO,
    Term,
    absolute,
    constant,
    exp,
    extremum,
    integral,
    minus,
    neg,
    number,
    over,
    plus,
)  # fmt: skip
from proofs.export import chances
from proofs.export.gammas import gamma
from proofs.export.logarithms import exponential, logarithm, positive_base
from proofs.export.means import expectation, unknown
from proofs.export.reading import Normal
from proofs.export.roots import relate, root
from proofs.export.script import GE, GT, NE
from proofs.export.words import Untranslatable, bracket, natural, rational, whole

if TYPE_CHECKING:
    from proofs.export.identities import Algebra


def function(self: Algebra, e: Term, text: str) -> Normal:
    """Read a function's value."""
    u = e.parts[0]
    match e.head:
        case "E":
            return expectation(self, e, text)
        case "P" if meaning(e) is None:
            return chance_atom(self, e, text)
        case "P":
            chance, tactic = chances.value(self.place, e)
            equal = self.script.quick(f"{text} = {self.place.text(chance)}", tactic)
            return self.moved(text, equal, self.value(chance))
        case "**":
            return power(self, e, text)
        case "sqrt":
            return fractional(self, u, fmpq(1, 2), text)
        case "exp":
            return exponential(self, self.value(u))
        case "log":
            return logarithm(self, self.value(u), u)
        case "gamma":
            return gamma(self, u, text)
        case "cosh" | "sinh" | "tanh":
            up, down = exp(u), exp(neg(u))
            top = (plus if e.head == "cosh" else minus)(up, down)
            name = self.place.text(u, 0)
            if e.head == "tanh":
                above, below = self.value(top), self.value(plus(up, down))
                made = self.divided(above, below, f"(tanh_bottom {name})")
                return self.moved(text, f"(tanh_is {name})", made)
            return self.moved(text, f"({e.head}_is {name})", self.value(over(top, TWO)))
        case "min" | "max":
            return self.moved(text, unfolded(self, e), self.value(extremum(e)))
        case "abs" | "sign":
            relation = GE if e.head == "abs" else GT
            for s, word in ((u, "plus"), (neg(u), "minus")):
                if self.ring.place.knows(s, relation):
                    equation = f"({e.head}_{word} _ {self.holds(s, relation)})"
                    if e.head == "sign":
                        value = self.number(fmpq(1 if s is u else -1), "1" if s is u else "(- 1)")
                        return self.moved(text, equation, value)
                    return self.moved(text, equation, self.value(s))
    return keyed(self, e, text)


def chance_atom(self: Algebra, e: Term, text: str) -> Normal:
    """Read a chance, of which only bounds are known, as an atom."""
    first, ring = e.parts[0], self.ring
    copied = first.head == "prod"
    free = [*first.parts[1:], *e.parts[1:]] if copied else []
    inside = first.parts[0] if copied else first
    key = ("P", e.value, inside, *(ring.key(ring.value(t)) for t in free)) if free else e
    return unknown(self, key, text)


def keyed(self: Algebra, e: Term, text: str) -> Normal:
    """Read a function's value as an atom."""
    u = e.parts[0]
    inner = self.value(u)
    a = self.ring.canonical(inner.quotient)
    name = {"abs": "Rabs", "log": "ln"}.get(e.head, e.head)
    if a.top == fixed(0) and e.head in ("sin", "erf", "atan"):
        known = self.note(f"{e.head}_zero _ {self.zero(inner)}")
        return self.moved(text, known, self.number(fmpq(0)))
    if e.head in ("sin", "cos") and self.ring.turned(a, e.head) is not None:
        return turned(self, e, a, inner, text)
    one = constant(self.ring.term(a)) if e.head == "atan" else None
    if one is not None and abs(one) == 1:
        sign = self.number(one, "1" if one > 0 else "(- (1))")
        word, quarter = (
            ("one", over(PI, number(4))) if one > 0 else ("less_one", neg(over(PI, number(4))))
        )
        known = self.note(f"atan_{word} _ {self.same(inner, sign)}")
        return self.moved(text, known, self.value(quarter))
    m, rest = self.ring.parted(a) if e.head == "abs" and a.bottom == UNIT else (Quotient(UNIT), a)
    if m != Quotient(UNIT):
        outer, small = self.ring.term(m), self.ring.term(rest)
        left, right = self.value(outer), self.value(small)
        equal = self.same(inner, self.times(left, right))
        known = self.note(f"abs_out _ _ _ {positive_base(self, left, outer)} {equal}")
        size = self.value(absolute(small))
        return self.moved(text, known, self.times(left, size))
    sine = self.value(Term("sin", u)) if e.head == "cos" else None
    key = (e.head, self.ring.key(inner.quotient))
    made = self.atom(key, text, inner, name)
    v = self.ring.places[key]
    if v in self.relations:
        return made
    if sine is not None:
        relate(self, v, 2, f"cos_square _ _ {sine.equation}", f"1 - {sine.top} * {sine.top}",
               UNIT - sine.above * sine.above, text)  # fmt: skip
    if e.head == "abs" and a.bottom == UNIT:
        shown, p, equal = self.plain(inner)
        relate(self, v, 2, f"abs_square _ _ {equal}", f"{shown} * {shown}", p * p, text)
    return made


def turned(self: Algebra, e: Term, a: Quotient, inner: Normal, text: str) -> Normal:
    """Read sin or cos of u + k pi/2 a quarter at a time; and cos(0) = 1."""
    if not a.top:
        return self.moved(text, self.note(f"cos_zero _ {self.zero(inner)}"), self.number(fmpq(1)))
    quarter = self.ring.value(PI).top * fixed(fmpq(1, 2))
    up = self.ring.quarters(a) > 0
    v = self.ring.term(Quotient(a.top - quarter if up else a.top + quarter))
    whole_ = (plus if up else minus)(v, over(PI, TWO))
    other = Term("cos" if e.head == "sin" else "sin", v)
    made = self.value(other if (e.head == "sin") == up else neg(other))
    equal = self.same(inner, self.value(whole_))
    word = "more" if up else "less"
    return self.moved(text, self.note(f"{e.head}_quarter_{word} _ _ {equal}"), made)


def unfolded(self: Algebra, e: Term) -> str:
    """Prove that an extremum is what the core takes it for."""
    texts = [self.place.text(p, 0) for p in e.parts]
    if len(texts) < 2:
        return f"(eq_refl {texts[0]})"
    proof = f"({e.head}_is {texts[0]} {texts[1]})"
    for other in texts[2:]:
        proof = f"({e.head}_more _ _ {other} _ {proof})"
    return proof


def power(self: Algebra, e: Term, text: str) -> Normal:
    """Read a power, by the kind of its exponent."""
    base, exponent = e.parts
    q = constant(exponent)
    if q is not None:
        if q.q != 1:
            return fractional(self, base, q, text)
        made = self.to(self.value(base), abs(int(q.p)))
        if q < 0:
            made = self.inverse(made, nonzero(self, base, q))
        return made
    u = self.value(base)
    a = self.ring.canonical(u.quotient)
    positive = self.ring.place.knows(base, GT)
    if integral(exponent) and not positive and not self.ring.positive(a):
        return whole_power(self, base, exponent, u, text)
    sign = positive_base(self, u, base)
    inner = self.times(self.value(exponent), logarithm(self, u, base))
    made = exponential(self, inner)
    size = f"{self.place.text(exponent, 0)} * ln {self.place.text(base, 0)}"
    if integral(exponent):
        z = whole(exponent, self.place.spelling, 0)
        same = self.script.quick(
            f"IZR {bracket(z, 50, 0)} = {self.place.text(exponent, 50)}", "whole_number", "n"
        )
        equal = f"whole_is _ _ _ {sign} {same}"
    else:
        equal = f"power_is {self.place.text(base, 0)} {self.place.text(exponent, 0)}"
    known = self.script.quick(f"{text} = exp ({size})", f"exact ({equal})", "n")
    return self.moved(text, known, made)


def fractional(self: Algebra, base: Term, q: fmpq, text: str) -> Normal:
    """Read a power whose exponent is a fraction."""
    if base.head == "exp":
        inner = self.times(self.number(q), self.value(base.parts[0]))
        made, u = exponential(self, inner), self.place.text(base.parts[0], 0)
        name = self.script.names.fresh("n")
        self.script.say(f"assert ({name} : {text} = {made.shown}).")
        with self.script.bracket():
            self.script.say(f"transitivity (exp ({rational(q, 0)} * ln (exp {u}))).")
            self.script.say(f"- generalize (exp_pos {u}); intros ?; power_as_exp.")
            self.script.say("- rewrite ln_exp; reflexivity.")
        return self.moved(text, name, made)
    made = root(self, self.value(base), int(q.q), base)
    if abs(q.p) != 1:
        made = self.to(made, abs(int(q.p)))
    return self.inverse(made, nonzero(self, base, q)) if q < 0 else made


def nonzero(self: Algebra, base: Term, q: fmpq) -> str:
    """Prove that u ** q is not zero, where its inverse occurs."""
    up, down = natural(abs(int(q.p))), int(q.q)
    if down == 1:
        return f"(ne_pow _ {up} {self.holds(base, NE)})"
    lemma = "sqrt_gt _" if down == 2 else f"root_gt {down} _"
    known = f"(ne_of_gt _ ({lemma} {self.holds(base, GT)}))"
    return known if up == "1" else f"(ne_pow _ {up} {known})"


def whole_power(self: Algebra, base: Term, exponent: Term, u: Normal, text: str) -> Normal:
    """Read a power of something of any sign with integers in its exponent."""
    n = self.value(exponent)
    a, canonical = self.ring.canonical(u.quotient), self.ring.canonical(n.quotient)
    key = ("power", self.ring.key(a), self.ring.key(canonical))
    z = whole(exponent, self.place.spelling, 0)
    name = self.place.text(base, 0)
    if key in self.ring.places:
        made = self.atom(key, text, u, f"fun x => powerRZ x {z}")
        return made
    natural_ = all(c > 0 for c in canonical.top.coeffs())
    if not natural_:
        raise Untranslatable("cone", "a power with a negative integer exponent")
    known_nonzero = ""
    if constant(base) != 0:
        with suppress(Untranslatable):
            known_nonzero = self.holds(base, NE)
    total: Normal | None = None
    sum_, last = "", ""
    for factors, c in reversed(monomials(canonical.top)):
        count = natural(int(c))
        m = " * ".join(
            ["1"]
            + [self.place.spelling[self.ring.terms[v].value] for v, k in factors for _ in range(k)]
        )
        if factors:
            m = m.removeprefix("1 * ")
            piece_key = ("power", self.ring.key(a), factors)
            one = self.atom(
                piece_key, f"(powerRZ {name} ({m})%Z)", u, f"fun x => powerRZ x ({m})%Z"
            )
        else:
            one = self.moved(f"(powerRZ {name} 1%Z)", f"(whole_one {name})", u)
        raised = self.to(one, int(c))
        part = f"(Z.of_nat {count} * ({m}))"
        sure = known_nonzero or self.script.quick(
            f"(0 <= {m})%Z", "apply le_IZR; " + nonneg_z(self, factors), "z"
        )
        lemma = "whole_times" if known_nonzero else "whole_times_nat"
        equal = self.note(f"{lemma} {name} ({m})%Z _ {count} {sure} eq_refl")
        made = self.moved(f"(powerRZ {name} {part}%Z)", equal, raised)
        if total is None:
            total, sum_, last = made, part, sure
            continue
        if known_nonzero:
            both = f"whole_add {name} {part}%Z {sum_}%Z _ _ {known_nonzero} eq_refl eq_refl"
        else:
            x = self.script.quick(f"(0 <= {part})%Z", f"generalize {sure}; clear; intros; nia", "z")
            y = (
                last
                if last.startswith("y")
                else self.script.quick(
                    f"(0 <= {sum_})%Z", f"generalize {last}; clear; intros; nia", "y"
                )
            )
            both = f"whole_add_nat {name} {part}%Z {sum_}%Z _ _ {x} {y} eq_refl eq_refl"
            sum_next = self.script.quick(
                f"(0 <= {part} + {sum_})%Z", f"generalize {x} {y}; clear; intros; lia", "y"
            )
            last = sum_next
        sum_ = f"({part} + {sum_})"
        total = self.moved(f"(powerRZ {name} {sum_}%Z)", self.note(both), self.times(made, total))
    if total is None:
        raise Untranslatable("cone", "a power with exponent zero")
    same = self.script.quick(f"{z} = {sum_}%Z", "ring", "z")
    return self.moved(text, self.note(f"f_equal (powerRZ {name}) {same}"), total)


def nonneg_z(self: Algebra, factors: Any) -> str:
    """A tactic that shows a product of integers to be >= 0."""
    if not factors:
        return "clear; lra"
    proofs = [self.holds(self.ring.terms[v], GE) for v, k in factors for _ in range(k)]
    made = proofs[0]
    for other in proofs[1:]:
        made = f"(nn_times _ _ {made} {other})"
    return f"rewrite ?mult_IZR; exact {made}"
