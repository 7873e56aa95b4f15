"""Proofs of equations about powers, roots, exponentials and logarithms, as the core reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import fmpq

from proofs.core.normal import UNIT, Quotient, factorised, fixed, monomials, rational_root
from proofs.core.terms import (
    TWO,
    Term,
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
)  # fmt: skip
from proofs.export.means import expectation
from proofs.export.reading import Normal
from proofs.export.script import GE, GT, NE
from proofs.export.words import Untranslatable, bracket, natural, rational, rooted, whole

if TYPE_CHECKING:
    from proofs.export.identities import Algebra


def function(self: Algebra, e: Term, text: str) -> Normal:
    """Read a function's value."""
    u = e.parts[0]
    match e.head:
        case "E":
            return expectation(self, e, text)
        case "**":
            return power(self, e, text)
        case "sqrt":
            return fractional(self, u, fmpq(1, 2), text)
        case "exp":
            return exponential(self, self.value(u))
        case "log":
            return logarithm(self, self.value(u), u)
        case "cosh" | "sinh" | "tanh":
            up, down = exp(u), exp(neg(u))
            top = (plus if e.head == "cosh" else minus)(up, down)
            meant = over(top, plus(up, down) if e.head == "tanh" else TWO)
            return self.moved(text, f"({e.head}_is {self.place.text(u, 0)})", self.value(meant))
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


def keyed(self: Algebra, e: Term, text: str) -> Normal:
    """Read a function's value as an atom."""
    u = e.parts[0]
    inner = self.value(u)
    a = self.ring.canonical(inner.quotient)
    name = {"abs": "Rabs", "log": "ln"}.get(e.head, e.head)
    if a.top == fixed(0) and e.head in ("sin", "erf"):
        known = self.note(f"{e.head}_zero _ {self.zero(inner)}")
        return self.moved(text, known, self.number(fmpq(0)))
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


def relate(self: Algebra, v: int, n: int, proof: str, value: str, p: Any, text: str) -> None:
    """Note what a power of an atom is, in the words of the core's relation."""
    wanted = {place: relation for place, relation in self.ring.relations}.get(v)
    if wanted is None:
        return
    reduced = self.generator(v) ** n - wanted
    shown = self.polynomial(reduced)
    squared = f"{self.atoms[v]} ^ {n}"
    known = self.script.quick(f"{squared} = {value}", f"rewrite <- {self.equations[v]}; exact ({proof})", "r")
    if shown != value:
        known = self.note(f"eq_trans {known} {self.identity(value, shown, p - reduced)}", "r")
    self.relations[v] = known, squared, shown


def unfolded(self: Algebra, e: Term) -> str:
    """Prove that an extremum is what the core takes it for."""
    texts = [self.place.text(p, 0) for p in e.parts]
    if len(texts) < 2:
        return f"(eq_refl {texts[0]})"
    proof = f"({e.head}_is {texts[0]} {texts[1]})"
    for other in texts[2:]:
        proof = f"({e.head}_more _ _ {other} _ {proof})"
    return proof


# Powers and roots ---------------------------------------------------------------------------------


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
    try:
        known_nonzero = self.holds(base, NE)
    except Untranslatable:
        known_nonzero = ""
    total: Normal | None = None
    sum_, last = "", ""
    for factors, c in reversed(monomials(canonical.top)):
        count = natural(int(c))
        m = " * ".join(["1"] + [self.place.spelling[self.ring.terms[v].value] for v, k in factors for _ in range(k)])
        if factors:
            m = m.removeprefix("1 * ")
            piece_key = ("power", self.ring.key(a), factors)
            one = self.atom(piece_key, f"(powerRZ {name} ({m})%Z)", u, f"fun x => powerRZ x ({m})%Z")
        else:
            one = Normal_of(self, f"(powerRZ {name} 1%Z)", f"(whole_one {name})", u)
        raised = self.to(one, int(c))
        part = f"(Z.of_nat {count} * ({m}))"
        sure = known_nonzero or self.script.quick(f"(0 <= {m})%Z", "apply le_IZR; " + nonneg_z(self, factors), "z")
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
            y = last if last.startswith("y") else self.script.quick(
                f"(0 <= {sum_})%Z", f"generalize {last}; clear; intros; nia", "y"
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


def Normal_of(self: Algebra, shown: str, equation: str, u: Normal) -> Normal:
    """What equals something that is read already."""
    return self.moved(shown, equation, u)


def nonneg_z(self: Algebra, factors: Any) -> str:
    """A tactic that shows a product of integers to be >= 0."""
    if not factors:
        return "clear; lra"
    proofs = [self.holds(self.ring.terms[v], GE) for v, k in factors for _ in range(k)]
    made = proofs[0]
    for other in proofs[1:]:
        made = f"(nn_times _ _ {made} {other})"
    return f"rewrite ?mult_IZR; exact {made}"


def root(self: Algebra, u: Normal, q: int, base: Term | None, nonneg: str = "") -> Normal:
    """Read a root: of a monomial in nonnegative atoms, of a square, or as an atom."""
    a = self.ring.canonical(u.quotient)
    text = f"({rooted(u.shown, q)})"
    if not a.top:
        raise Untranslatable("cone", "a root of zero")
    if a.bottom == UNIT and len(a.top) == 1:
        ((factors, c),) = monomials(a.top)
        exact = rational_root(c, q)
        if exact is not None and all(k % q == 0 and self.ring.above(v, GE) for v, k in factors):
            return exact_root(self, u, q, exact, [(v, k // q) for v, k in factors], text)
        if exact is not None and q == 2 and all(k % 2 == 0 for _, k in factors):
            inner = self.ring.monomial([(v, k // 2) for v, k in factors])
            size = self.value(Term("abs", self.ring.term(inner)))
            half = self.value(self.ring.term(inner))
            shown, p, equal = self.plain(u)
            halved, ph, same = self.plain(half)
            squared = self.identity(shown, f"{rational(exact, 0)} * {rational(exact, 0)} * ({halved} * {halved})",
                                    p - fixed(exact * exact) * ph * ph)  # fmt: skip
            known = self.note(f"sqrt_abs_of _ _ _ _ {equal} {same} {rational(exact, 0)} ltac:(rational) {squared}")
            return self.moved(text, known, self.times(size, self.number(exact)))
    key = ("root", q, self.ring.key(u.quotient))
    name = "sqrt" if q == 2 else f"root {natural(q)}"
    made = self.atom(key, text, u, name)
    v = self.ring.places[key]
    if v not in self.relations and a.bottom == UNIT:
        sign = nonneg or (self.holds(base, GE) if base is not None else "")
        shown, p, equal = self.plain(u)
        lemma = "sqrt_sq" if q == 2 else f"root_sq {q - 1}"
        relate(self, v, q, f"{lemma} _ _ {sign} {equal}", shown, p, text)
    return made


def exact_root(self: Algebra, u: Normal, q: int, exact: fmpq, factors: Any, text: str) -> Normal:
    """Read a root that is a monomial in nonnegative atoms."""
    made, p = self.product(factors)
    if exact != 1 or not factors:
        made, p = f"({rational(exact, 39)} * {made})", p * fixed(exact)
    shown, power_, equal = self.plain(u)
    squared = f"{made} * {made}" if q == 2 else f"{made} ^ {q}"
    same = self.identity(shown, squared, power_ - p**q)
    sure = f"(ltac:(rational) : 0 <= {rational(exact, 0)})"
    proofs = [sure] if exact != 1 or not factors else []
    signs = [f"(ge_of_gt _ (pow_gt _ {k} {self.above(v)}))" if self.ring.above(v, GT) else
             f"(pow_le _ {k} {self.above(v, strict=False)})" if k > 1 else self.above(v, strict=False)
             for v, k in factors]  # fmt: skip
    signs = [s if k > 1 else self.above(v, strict=False) for s, (v, k) in zip(signs, factors, strict=True)]
    if proofs and not factors:
        signs = ["(ltac:(rational) : 0 <= 1)"]
    whole_ = signs[0]
    for other in signs[1:]:
        whole_ = f"(nn_times _ _ {whole_} {other})"
    if proofs:
        whole_ = f"(nn_times _ _ {sure} {whole_})"
    sign = self.script.quick(f"0 <= {made}", f"exact {whole_}", "z")
    lemma = "sqrt_of _ _" if q == 2 else f"root_of {q - 1} _ _"
    known = self.note(f"{lemma} (eq_trans {equal} {same}) {sign}")
    return Normal(text, made, p, known)


# Exponentials and logarithms ----------------------------------------------------------------------


def exponential(self: Algebra, u: Normal) -> Normal:
    """Read exp(u): a product over the monomials of u."""
    a = self.ring.canonical(u.quotient)
    text = f"(exp {u.shown})"
    if a.bottom != UNIT:
        return self.atom(("exp", self.ring.key(a)), text, u, "exp")
    shown, p, equal = self.plain(u)
    total: Normal | None = None
    sum_, gap = "", -p
    for factors, c in reversed(monomials(a.top)):
        part, poly, made = piece(self, factors, c)
        gap += poly
        if total is None:
            total, sum_ = made, part
            continue
        joined = self.times(made, total)
        both = self.note(f"exp_plus {part} {sum_}")
        sum_ = f"({part} + {sum_})"
        total = self.moved(f"(exp {sum_})", both, joined)
    if total is None:
        zero = self.note(f"eq_trans (f_equal exp {equal}) exp_0")
        return self.moved(text, zero, self.number(fmpq(1)))
    same = self.identity(shown, sum_, -gap)
    known = self.note(f"f_equal exp (eq_trans {equal} {same})")
    return self.moved(text, known, total)


def piece(self: Algebra, factors: Any, c: fmpq) -> tuple[str, Any, Normal]:
    """Read exp(c m) for a monomial m: what it is of, as text and polynomial, and its value."""
    place = factors[0][0] if [k for _, k in factors] == [1] else None
    if place is not None and place in self.logs:
        argument, sign = self.logs[place]
        size = rational(abs(c), 0)
        shown = f"({'- ' if c < 0 else ''}{size} * {self.atoms[place]})"
        made = log_power(self, argument, sign, c, place)
        return shown, fixed(c) * self.generator(place), made
    unit = self.ring.units.get(factors, 1)
    n = c * unit
    if n.q != 1:
        raise Untranslatable("cone", "an exponent that has not settled")
    monomial, p = self.product(factors)
    share = monomial if unit == 1 else f"({monomial} / {unit})"
    one = self.atom(("exp", factors), f"(exp {share})")
    self.equations.setdefault(self.ring.places["exp", factors], one.proof)
    k = int(n)
    if k == 1:
        return share, p * fixed(c), one
    count = natural(abs(k))
    inr = self.script.quick(f"INR {count} = {count}", "natural_number", "z") if k != -1 else ""
    known = self.equations[self.ring.places["exp", factors]]
    if k > 0:
        proof = self.note(f"exp_times _ _ {count} _ {inr} {known}")
        raised = self.to(self.atom_itself(one), k)
        shown = f"({count} * {share})"
        return shown, p * fixed(c), self.moved(f"(exp {shown})", proof, raised)
    if k == -1:
        proof, top = self.note(f"exp_less _ _ {known}"), one.top
        shown = f"(- {share})"
    else:
        proof, top = self.note(f"exp_minus _ _ {count} _ {inr} {known}"), f"({one.top} ^ {count})"
        shown = f"(- {count} * {share})"
    sure = f"(exp_ne _ _ {known})" if k == -1 else f"(ne_pow _ {count} (exp_ne _ _ {known}))"
    below = one.above ** abs(k)
    made = Normal(f"(exp {shown})", "1", UNIT, proof, top, below, sure)
    return shown, p * fixed(c), made


def log_power(self: Algebra, u: Normal, sign: str, c: fmpq, place: int) -> Normal:
    """Read exp(c log u) = u ** c, where the logarithm is an atom."""
    size = rational(abs(c), 0)
    minus_ = "- " if c < 0 else ""
    up, down = natural(abs(int(c.p))), int(c.q)
    tail = "_minus" if c < 0 else ""
    if down == 1:
        inr = self.script.quick(f"INR {up} = {size}", "natural_number", "z")
        equal, made = f"exp_ln_{'minus' if c < 0 else 'pow'} _ {up} _ {inr} {sign}", self.to(u, abs(int(c.p)))
    else:
        inr = self.script.quick(f"INR {up} / INR {down} = {size}", "natural_number", "z")
        made = self.to(root(self, u, down, None, f"(ge_of_gt _ {sign})"), abs(int(c.p)))
        equal = f"exp_ln_root{tail} _ {down} {up} _ {sign} {inr}"
        if down == 2:
            equal = f"exp_ln_sqrt{tail} _ {up} _ {sign} {inr}"
    if c < 0:
        if down == 1:
            sure = f"(ne_pow _ {up} (ne_of_gt _ {sign}))"
        else:
            lemma = "sqrt_gt _" if down == 2 else f"root_gt {down} _"
            sure = f"(ne_pow _ {up} (ne_of_gt _ ({lemma} {sign})))"
        made = self.inverse(made, sure)
    shown = f"(exp ({minus_}{size} * {self.atoms[place]}))"
    known = self.script.quick(
        f"{shown} = {made.shown}", f"rewrite <- {self.equations[place]}; exact ({equal})", "n"
    )
    return self.moved(shown, known, made)


def logarithm(self: Algebra, u: Normal, term: Term) -> Normal:
    """Read log u: a sum over primes and positive atoms, or an atom."""
    a = self.ring.canonical(u.quotient)
    text = f"(ln {u.shown})"
    if not self.ring.positive(a):
        key = ("log", self.ring.key(a))
        made = self.atom(key, text, u, "ln")
        self.logs.setdefault(self.ring.places[key], (u, self.holds(term, GT)))
        return made
    ((up, c),), ((down, _),) = monomials(a.top), monomials(a.bottom)
    high, low, sure, below, equal = monomial_over(self, u, a)
    upper, lower = log_product(self, up, int(c.p)), log_product(self, down, int(c.q))
    both = self.note(f"ln_over _ _ _ _ {sure} {below} eq_refl eq_refl")
    made = self.moved(f"(ln ({high[0]} / {low[0]}))", both, self.join("-", upper, lower))
    return self.moved(text, self.note(f"f_equal ln {equal}"), made)


def monomial_over(self: Algebra, u: Normal, a: Quotient) -> tuple[Any, Any, str, str, str]:
    """Prove that a term is a quotient of monomials in positive atoms, and that these are positive."""
    ((up, c),), ((down, _),) = monomials(a.top), monomials(a.bottom)
    high, low = self.product(up, int(c.p)), self.product(down, int(c.q))
    sure, below = self.positive(up, int(c.p)), self.positive(down, int(c.q))
    left, right = f"{u.top} * {low[0]}", high[0]
    if u.bottom:
        same = self.identity(left, f"{right} * {u.bottom}", u.above * low[1] - high[1] * u.below)
        whole_ = self.note(f"q_scaled _ _ _ _ _ {u.proof} {u.nonzero} {same}")
    else:
        same = self.identity(left, right, u.above * low[1] - high[1])
        whole_ = self.note(f"e_scaled _ _ _ _ {u.equation} {same}")
    equal = self.note(f"q_to_over _ _ _ {whole_} (ne_of_gt _ {below})")
    return high, low, sure, below, equal


def positive_base(self: Algebra, u: Normal, base: Term) -> str:
    """Prove that a base is positive: by a fact, by bounds, or by its normal form."""
    try:
        return self.holds(base, GT)
    except Untranslatable:
        a = self.ring.canonical(u.quotient)
        if not self.ring.positive(a):
            raise
    _, _, sure, below, equal = monomial_over(self, u, a)
    return self.script.quick(f"0 < {u.shown}", f"rewrite {equal}; exact (over_gt _ _ {sure} {below})")


def log_product(self: Algebra, factors: Any, c: int) -> Normal:
    """Read the logarithm of the text of a monomial in positive atoms."""
    parts: list[tuple[str, str, Normal]] = []
    if c != 1 or not factors:
        parts.append((str(c), f"(ltac:(rational) : 0 < {c})", log_number(self, c)))
    for v, k in factors:
        one = log_atom(self, v)
        shown, sign = self.power_text(v, k), self.above(v)
        if k > 1:
            inr = self.script.quick(f"INR {k} = {k}", "natural_number", "z")
            equal = self.note(f"ln_power _ _ {k} _ {inr} {sign} eq_refl")
            one = self.moved(f"(ln ({shown}))", equal, self.times(self.number(fmpq(k)), one))
            sign = f"(pow_gt _ {k} {sign})"
        parts.append((shown, sign, one))
    shown, sign, made = parts[0]
    for other, positive, one in parts[1:]:
        equal = self.note(f"ln_times _ _ _ _ {sign} {positive} eq_refl eq_refl")
        shown, sign = f"{shown} * {other}", f"(pp_times _ _ {sign} {positive})"
        made = self.moved(f"(ln ({shown}))", equal, self.join("+", made, one))
    return made


def log_number(self: Algebra, n: int) -> Normal:
    """Read the logarithm of a natural number."""
    if n == 1:
        return self.moved("(ln 1)", "ln_1", self.number(fmpq(0)))
    total: Normal | None = None
    shown, sign = "", ""
    for prime, k in factorised(n):
        one = self.atom(("log", prime), f"(ln {prime})")
        base = self.number(fmpq(prime))
        self.logs.setdefault(self.ring.places["log", prime],
                             (base, self.script.quick(f"0 < {prime}", "rational", "z")))  # fmt: skip
        text, positive = str(prime), f"(ltac:(rational) : 0 < {prime})"
        if k > 1:
            inr = self.script.quick(f"INR {k} = {k}", "natural_number", "z")
            equal = self.note(f"ln_power {prime} _ {k} _ {inr} ltac:(rational) eq_refl")
            text, positive = f"({prime} ^ {k})", f"(pow_gt {prime} {k} ltac:(rational))"
            one = self.moved(f"(ln {text})", equal, self.times(self.number(fmpq(k)), one))
        if total is None:
            total, shown, sign = one, text, positive
        else:
            equal = self.note(f"ln_times {shown} {text} _ _ {sign} {positive} eq_refl eq_refl")
            sign = f"(pp_times {shown} {text} {sign} {positive})"
            shown = f"({shown} * {text})"
            total = self.moved(f"(ln {shown})", equal, self.join("+", total, one))
    assert total is not None
    same = self.script.quick(f"{n} = {shown}", "clear; try reflexivity; simpl; lra", "z")
    return self.moved(f"(ln {n})", self.note(f"f_equal ln {same}"), total)


def log_atom(self: Algebra, v: int) -> Normal:
    """Read the logarithm of a positive atom."""
    name = self.atoms[v]
    share: Quotient | None = self.ring.exponents.get(v)
    if share is not None:
        if share.bottom != UNIT:
            raise Untranslatable("cone", "the logarithm of an exponential of a quotient")
        shown, p, _ = self.polynomial(share.top), share.top, ""
        known = self.equations[v]
        unnamed = self.script.names.fresh("n")
        self.script.say(f"assert ({unnamed} : ln {name} = {shown}).")
        with self.script.bracket():
            self.script.say(f"rewrite <- {known}, ln_exp; identity.")
        return Normal(f"(ln {name})", shown, p, unnamed)
    key = ("log of", v)
    made = self.atom(key, f"(ln {name})")
    self.logs.setdefault(self.ring.places[key], (Normal(name, name, self.generator(v)), self.above(v)))
    return made


__all__ = ["function", "log", "number"]
