"""Proofs of equations about exponentials and logarithms, as the core reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import fmpq

from proofs.core.normal import MAX_FACTORED, UNIT, Quotient, factorised, fixed, monomials
from proofs.core.terms import Term
from proofs.export.reading import Normal
from proofs.export.roots import root
from proofs.export.script import GT
from proofs.export.words import Untranslatable, natural, rational

if TYPE_CHECKING:
    from proofs.export.identities import Algebra


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
        equal, made = (
            f"exp_ln_{'minus' if c < 0 else 'pow'} _ {up} _ {inr} {sign}",
            self.to(u, abs(int(c.p))),
        )
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
        return log_of_product(self, u, a, self.holds(term, GT))
    ((up, c),), ((down, _),) = monomials(a.top), monomials(a.bottom)
    high, low, sure, below, equal = monomial_over(self, u, a)
    upper, lower = log_product(self, up, int(c.p)), log_product(self, down, int(c.q))
    both = self.note(f"ln_over _ _ _ _ {sure} {below} eq_refl eq_refl")
    made = self.moved(f"(ln ({high[0]} / {low[0]}))", both, self.join("-", upper, lower))
    return self.moved(text, self.note(f"f_equal ln {equal}"), made)


def log_of_product(self: Algebra, u: Normal, a: Quotient, sign: str) -> Normal:
    """Read log u for positive u as the core does: a sum over positive factors, and an atom."""
    over, under, rest = factors_of(self, a)
    text = f"(ln {u.shown})"
    if not over and under is None:
        key = ("log", self.ring.key(a))
        made = self.atom(key, text, u, "ln")
        self.logs.setdefault(self.ring.places[key], (u, sign))
        return made
    total: Logged | None = None
    for term, k in over:
        total = joined(self, total, raised(self, logged(self, term), k))
    if under is not None:
        total = split(self, total or one(self), logged(self, under))
    assert total is not None
    if rest != Quotient(UNIT):
        inner = self.value(self.ring.term(rest))
        made, above = self.times(total[0], inner), total[1]
        equal = self.same(u, made)
        left = self.note(f"other_gt _ _ _ {above} {equal} {sign}", "z")
        key = ("log", self.ring.key(rest))
        atom = self.atom(key, f"(ln {inner.shown})", inner, "ln")
        self.logs.setdefault(self.ring.places[key], (inner, left))
        total = joined(self, total, (inner, left, atom))
    else:
        equal = self.same(u, total[0])
    return self.moved(text, self.note(f"f_equal ln {equal}"), total[2])


def factors_of(self: Algebra, a: Quotient) -> tuple[list[tuple[Term, int]], Term | None, Quotient]:
    """Split a quotient as the core does: positive factors, one to divide by, and the rest."""
    ring = self.ring
    m, rest = ring.parted(a)
    over: list[tuple[Term, int]] = [] if m == Quotient(UNIT) else [(ring.term(m), 1)]
    under: Term | None = None
    for sign in (1, -1) if not rest.bottom.is_constant() else ():
        below = ring.canonical(Quotient(rest.bottom * fixed(sign)))
        if ring.place.knows(ring.term(below), GT):
            under, rest = ring.term(below), ring.canonical(Quotient(rest.top * fixed(sign)))
            break
    if rest.bottom == UNIT and not rest.top.is_constant() and len(rest.top) <= MAX_FACTORED:
        _, factors = rest.top.factor()
        for p, k in factors if len(factors) > 1 or factors[0][1] > 1 else ():
            f = ring.canonical(Quotient(p))
            if ring.place.knows(ring.term(f), GT):
                over.append((ring.term(f), int(k)))
                rest = ring.canonical(rest * f.to(-int(k)))
    return over, under, rest


Logged = tuple[Normal, str, Normal]  # a term, a proof that it is positive, and its logarithm


def logged(self: Algebra, term: Term) -> Logged:
    """A positive factor, and its logarithm."""
    u = self.value(term)
    return u, positive_base(self, u, term), logarithm(self, u, term)


def one(self: Algebra) -> Logged:
    """One, and its logarithm."""
    zero = self.moved("(ln 1)", "ln_1", self.number(fmpq(0)))
    return self.number(fmpq(1)), "Rlt_0_1", zero


def raised(self: Algebra, u: Logged, k: int) -> Logged:
    """A power, and its logarithm."""
    if k == 1:
        return u
    base, sign, log = u
    inr = self.script.quick(f"INR {k} = {k}", "natural_number", "z")
    equal = self.note(f"ln_power _ _ {k} _ {inr} {sign} eq_refl")
    made = self.to(base, k)
    sum_ = self.times(self.number(fmpq(k)), log)
    return made, f"(pow_gt _ {k} {sign})", self.moved(f"(ln {made.shown})", equal, sum_)


def joined(self: Algebra, a: Logged | None, b: Logged) -> Logged:
    """A product, and its logarithm."""
    if a is None:
        return b
    made = self.times(a[0], b[0])
    equal = self.note(f"ln_times _ _ _ _ {a[1]} {b[1]} eq_refl eq_refl")
    log = self.moved(f"(ln {made.shown})", equal, self.join("+", a[2], b[2]))
    return made, f"(pp_times _ _ {a[1]} {b[1]})", log


def split(self: Algebra, a: Logged, b: Logged) -> Logged:
    """A quotient, and its logarithm."""
    made = self.divided(a[0], b[0], f"(ne_of_gt _ {b[1]})")
    equal = self.note(f"ln_over _ _ _ _ {a[1]} {b[1]} eq_refl eq_refl")
    log = self.moved(f"(ln {made.shown})", equal, self.join("-", a[2], b[2]))
    return made, f"(over_gt _ _ {a[1]} {b[1]})", log


def monomial_over(self: Algebra, u: Normal, a: Quotient) -> tuple[Any, Any, str, str, str]:
    """Prove that a term is a quotient of monomials, both of which are positive."""
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
    return self.script.quick(
        f"0 < {u.shown}", f"exact (move_gt _ _ {equal} (over_gt _ _ {sure} {below}))"
    )


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
        above = self.script.quick(f"0 < {prime}", "rational", "z")
        self.logs.setdefault(self.ring.places["log", prime], (base, above))
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
    self.logs.setdefault(
        self.ring.places[key], (Normal(name, name, self.generator(v)), self.above(v))
    )
    return made
