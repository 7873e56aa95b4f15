"""Proofs of equations: what the core's normal form does, step by step.

A term is read as a quotient: a proof of ``term = top``, or of ``term * bottom = top`` with
``bottom <> 0``, where top and bottom are polynomials in atoms, each of which is named in the proof.
"""

from __future__ import annotations

from typing import Any

from flint import fmpq

from proofs.core.normal import UNIT, Quotient, Ring, fixed, monomials
from proofs.core.terms import Formula, Term, constant
from proofs.export.bounds import holds
from proofs.export.reading import Normal
from proofs.export.script import GE, GT, NE, Place
from proofs.export.words import Untranslatable, natural, rational

Poly = Any
MAX_SHOWN = 100_000


class Algebra:
    """Reads terms at one place, in a ring of the core in which all exponents have settled."""

    def __init__(self, place: Place, ring: Ring) -> None:
        self.place, self.ring, self.script = place, ring, place.script
        self.atoms: dict[int, str] = {}
        self.equations: dict[int, str] = {}  # what the name of an atom is, by its place
        self.first: dict[int, Normal] = {}  # the argument for which a function became an atom
        self.relations: dict[int, tuple[str, str, str]] = {}
        self.logs: dict[int, tuple[Normal, str]] = {}  # arguments of logarithms, and their sign
        self.known: dict[Term, Normal] = {}
        self.texts: dict[int, str] = {}  # how a mean is written that became an atom

    # Text of polynomials --------------------------------------------------------------------------

    def polynomial(self, p: Poly) -> str:
        """Write a polynomial in named atoms."""
        shown = []
        for factors, c in monomials(p):
            parts = [] if c == 1 and factors else [rational(c, 39)]
            parts += [self.power_text(v, k) for v, k in factors]
            shown.append(" * ".join(parts))
        return f"({' + '.join(shown)})" if shown else "0"

    def power_text(self, v: int, k: int) -> str:
        """Write a power of an atom."""
        if v not in self.atoms:
            raise Untranslatable("cone", "an atom that was not met")
        return self.atoms[v] if k == 1 else f"{self.atoms[v]} ^ {natural(k)}"

    def identity(self, left: str, right: str, gap: Poly) -> str:
        """Prove an equation between polynomials from the relations between atoms."""
        factors = []
        for place, relation in reversed(self.ring.relations):
            factor, gap = divmod(gap, relation)
            if factor:
                factors.append((place, self.polynomial(factor)))
        if gap:
            raise Untranslatable("cone", "an equation that the core does not find either")
        name = self.script.names.fresh("i")
        if not factors:
            self.script.say(f"assert ({name} : {left} = {right}) by identity.")
            return name
        total, proof = "0", "eq_refl"
        for place, factor in factors:
            equation, a, b = self.relations[place]
            total = f"{factor} * ({a} - {b}) + ({total})"
            proof = f"(combine {factor} _ _ _ {equation} {proof})"
        self.script.say(f"assert ({name} : {left} = {right}).")
        with self.script.bracket():
            self.script.say(f"apply Rminus_diag_uniq; transitivity ({total}); [identity|].")
            self.script.say(f"exact {proof}.")
        return name

    # Sums and products ----------------------------------------------------------------------------

    def number(self, q: fmpq, shown: str = "") -> Normal:
        """A number."""
        text = shown or rational(q, 0)
        return Normal(text, text, fixed(q))

    def join(self, sign: str, a: Normal, b: Normal) -> Normal:
        """A sum or difference."""
        word = "plus" if sign == "+" else "minus"
        shown = f"({a.shown} {sign} {b.shown})"
        lone, other = (b.above if sign == "+" else -b.above), b.above
        if not a.bottom and not b.bottom:
            top = f"({a.top} {sign} {b.top})"
            proof = (
                self.note(f"e_{word} _ _ _ _ {a.equation} {b.equation}")
                if a.proof or b.proof
                else ""
            )
            return Normal(shown, top, a.above + lone, proof)
        if a.bottom == b.bottom:
            proof = self.note(f"q_{word}_same _ _ _ _ _ {a.proof} {b.proof}")
            return Normal(
                shown,
                f"({a.top} {sign} {b.top})",
                a.above + lone,
                proof,
                a.bottom,
                a.below,
                a.nonzero,
            )
        if not b.bottom:
            proof = self.note(f"q_{word}_e _ _ _ _ _ {a.proof} {b.equation}")
            top = f"({a.top} {sign} {b.top} * {a.bottom})"
            return Normal(shown, top, a.above + lone * a.below, proof, a.bottom, a.below, a.nonzero)
        if not a.bottom:
            proof = self.note(f"e_{word}_q _ _ _ _ _ {a.equation} {b.proof}")
            top = f"({a.top} * {b.bottom} {sign} {b.top})"
            return Normal(shown, top, a.above * b.below + lone, proof, b.bottom, b.below, b.nonzero)
        del other
        proof = self.note(f"q_{word} _ _ _ _ _ _ {a.proof} {b.proof}")
        top = f"({a.top} * {b.bottom} {sign} {b.top} * {a.bottom})"
        above = a.above * b.below + lone * a.below
        return Normal(shown, top, above, proof, *self.bottoms(a, b))

    def bottoms(self, a: Normal, b: Normal) -> tuple[str, Poly, str]:
        """The product of two bottoms."""
        nonzero = f"(ne_times _ _ {a.nonzero} {b.nonzero})"
        return f"({a.bottom} * {b.bottom})", a.below * b.below, nonzero

    def times(self, a: Normal, b: Normal) -> Normal:
        """A product."""
        shown, top, above = f"({a.shown} * {b.shown})", f"({a.top} * {b.top})", a.above * b.above
        if not a.bottom and not b.bottom:
            plain = not (a.proof or b.proof)
            proof = "" if plain else self.note(f"e_times _ _ _ _ {a.equation} {b.equation}")
            return Normal(shown, top, above, proof)
        if not b.bottom:
            proof = self.note(f"q_times_e _ _ _ _ _ {a.proof} {b.equation}")
            return Normal(shown, top, above, proof, a.bottom, a.below, a.nonzero)
        if not a.bottom:
            proof = self.note(f"e_times_q _ _ _ _ _ {a.equation} {b.proof}")
            return Normal(shown, top, above, proof, b.bottom, b.below, b.nonzero)
        proof = self.note(f"q_times _ _ _ _ _ _ {a.proof} {b.proof}")
        return Normal(shown, top, above, proof, *self.bottoms(a, b))

    def negative(self, a: Normal) -> Normal:
        """The negative."""
        shown, top = f"(- {a.shown})", f"(- {a.top})"
        lemma = "q_neg _ _ _" if a.bottom else "e_neg _ _"
        proof = self.note(f"{lemma} {a.equation}") if a.proof else ""
        return Normal(shown, top, -a.above, proof, a.bottom, a.below, a.nonzero)

    def to(self, a: Normal, n: int) -> Normal:
        """A power with an exponent >= 0."""
        k = natural(n)
        shown, top, above = f"({a.shown} ^ {k})", f"({a.top} ^ {k})", Quotient(a.above).to(n).top
        if not a.bottom:
            proof = self.note(f"e_pow _ _ {k} {a.equation}") if a.proof else ""
            return Normal(shown, top, above, proof)
        proof = self.note(f"q_pow _ _ _ {k} {a.proof}")
        below = Quotient(a.below).to(n).top
        return Normal(
            shown, top, above, proof, f"({a.bottom} ^ {k})", below, f"(ne_pow _ {k} {a.nonzero})"
        )

    def inverse(self, a: Normal, nonzero: str) -> Normal:
        """One over something that is not zero."""
        shown = f"(/ {a.shown})"
        if not a.bottom:
            proof = self.note(f"e_inv _ _ {a.equation} {nonzero}")
            known = self.note(f"e_inv_ne _ _ {a.equation} {nonzero}", "z")
            return Normal(shown, "1", UNIT, proof, a.top, a.above, known)
        proof = self.note(f"q_inv _ _ _ {a.proof} {nonzero}")
        known = self.note(f"q_inv_ne _ _ _ {a.proof} {nonzero} {a.nonzero}", "z")
        return Normal(shown, a.bottom, a.below, proof, a.top, a.above, known)

    def divided(self, a: Normal, b: Normal, nonzero: str) -> Normal:
        """A quotient."""
        turned = self.inverse(b, nonzero)
        shown, top = f"({a.shown} / {b.shown})", f"({a.top} * {turned.top})"
        above = a.above * turned.above
        if not a.bottom:
            proof = self.note(f"e_div _ _ _ _ _ {a.equation} {turned.proof}")
            return Normal(shown, top, above, proof, turned.bottom, turned.below, turned.nonzero)
        proof = self.note(f"q_div _ _ _ _ _ _ {a.proof} {turned.proof}")
        return Normal(shown, top, above, proof, *self.bottoms(a, turned))

    def moved(self, shown: str, equation: str, a: Normal) -> Normal:
        """What equals a term that is read already; ``equation`` proves it."""
        lemma = "q_move _ _ _ _" if a.bottom else "eq_trans"
        proof = self.note(f"{lemma} {equation} {a.equation}")
        return Normal(shown, a.top, a.above, proof, a.bottom, a.below, a.nonzero)

    def note(self, proof: str, prefix: str = "n") -> str:
        """Name a proof."""
        return self.script.note(proof, prefix)

    # Atoms ----------------------------------------------------------------------------------------

    def atom(self, key: Any, shown: str, argument: Normal | None = None, f: str = "") -> Normal:
        """The atom of a function's value; a later one equals the first, as the arguments do."""
        v = self.ring.places.get(key)
        if v is None:
            raise Untranslatable("cone", "an atom that the core does not have")
        if v not in self.atoms:
            if len(shown) > MAX_SHOWN:
                raise Untranslatable("cone", "a term is too large")
            name, equation = self.script.names.fresh("a"), self.script.names.fresh("e")
            self.script.say(f"destruct (named ({shown})) as [{name} {equation}].")
            self.atoms[v], self.equations[v] = name, equation
            if argument is not None:
                self.first[v] = argument
            return Normal(shown, name, self.generator(v), equation)
        known = Normal(shown, self.atoms[v], self.generator(v), self.equations[v])
        first = self.first.get(v)
        if first is None or argument is None or first.shown == argument.shown:
            return known
        same = self.same(argument, first)
        proof = self.note(f"f_same ({f}) _ _ _ {same} {self.equations[v]}")
        return Normal(shown, known.top, known.above, proof)

    def generator(self, v: int) -> Poly:
        """The polynomial that is an atom."""
        from proofs.core.normal import GENERATORS

        return GENERATORS[v]

    def atom_itself(self, a: Normal) -> Normal:
        """An atom's name as a term."""
        return Normal(a.top, a.top, a.above)

    def same(self, a: Normal, b: Normal) -> str:
        """Prove that two terms are equal."""
        first, second = (
            n if n.bottom
            else n._replace(proof=f"(q_of_e _ _ {n.equation})", bottom="1", nonzero="one_ne")
            for n in (a, b)
        )  # fmt: skip
        left, right = f"{first.top} * {second.bottom}", f"{second.top} * {first.bottom}"
        gap = first.above * second.below - second.above * first.below
        crossed = self.identity(left, right, gap)
        return self.note(
            f"q_same _ _ _ _ _ _ {first.proof} {second.proof} "
            f"{first.nonzero} {second.nonzero} {crossed}"
        )

    def plain(self, a: Normal) -> tuple[str, Poly, str]:
        """A term as a polynomial: its text, itself, and the proof that they are equal."""
        canonical = self.ring.canonical(a.quotient)
        if canonical.bottom != UNIT:
            raise Untranslatable("cone", "a quotient where a polynomial is wanted")
        p = canonical.top
        shown = self.polynomial(p)
        if not a.bottom:
            if not a.proof and a.top == shown:
                return shown, p, a.equation
            equal = self.identity(a.top, shown, a.above - p)
            return shown, p, self.note(f"eq_trans {a.equation} {equal}")
        equal = self.identity(a.top, f"{shown} * {a.bottom}", a.above - p * a.below)
        return shown, p, self.note(f"q_cancel _ _ _ _ {a.proof} {a.nonzero} {equal}")

    def zero(self, a: Normal) -> str:
        """Prove that a term is zero."""
        equal = self.identity(a.top, "0", a.above)
        if not a.bottom:
            return self.note(f"eq_trans {a.equation} {equal}")
        return self.note(f"q_zero _ _ _ {a.proof} {a.nonzero} {equal}")

    # Terms ----------------------------------------------------------------------------------------

    def value(self, e: Term) -> Normal:
        """Read a term."""
        if e not in self.known:
            self.known[e] = self.read(e)
        return self.known[e]

    def read(self, e: Term) -> Normal:
        """Read a term by its head."""
        parts, text = e.parts, self.place.text(e, 0)
        match e.head:
            case "number":
                return self.number(e.value, text)
            case "variable":
                v = self.ring.places[e]
                self.atoms[v] = text
                return Normal(text, text, self.generator(v))
            case "integer" | "pi":
                return self.atom(e, text)
            case "+" | "-":
                return self.join(e.head, self.value(parts[0]), self.value(parts[1]))
            case "neg":
                return self.negative(self.value(parts[0]))
            case "*":
                return self.times(self.value(parts[0]), self.value(parts[1]))
            case "/":
                return self.quotient(parts[0], parts[1])
        from proofs.export.functions import function

        return function(self, e, text)

    def quotient(self, u: Term, v: Term) -> Normal:
        """Read u/v."""
        q, a = constant(v), self.value(u)
        if q:
            text = self.place.text(v, 0)
            shown, top, above = (
                f"({a.shown} / {text})",
                f"({a.top} / {text})",
                a.above * fixed(1 / q),
            )
            lemma = "q_over _ _ _" if a.bottom else "e_over _ _"
            proof = self.note(f"{lemma} {text} {a.equation}") if a.proof else ""
            return Normal(shown, top, above, proof, a.bottom, a.below, a.nonzero)
        b = self.value(v)
        return self.divided(a, b, self.apart(v, b))

    def apart(self, v: Term, b: Normal) -> str:
        """Prove that a term is not zero: by a fact, by bounds, or by its normal form."""
        from proofs.export.logarithms import positive_base

        try:
            return self.holds(v, NE)
        except Untranslatable:
            return f"(ne_of_gt _ {positive_base(self, b, v)})"

    def holds(self, e: Term, relation: Any) -> str:
        """Prove a comparison that is a fact or plain."""
        return holds(self.place, Formula(e, relation))

    # Signs ----------------------------------------------------------------------------------------

    def above(self, v: int, strict: bool = True) -> str:
        """Prove that an atom is positive, or not negative."""
        if v in self.ring.exponents:
            made = f"(exp_gt _ _ {self.equations[v]})"
            return made if strict else f"(ge_of_gt _ {made})"
        e = self.ring.terms[v]
        known = self.holds(e, GT if strict else GE)
        if v not in self.equations:
            return known
        normal = self.value(e)
        equal = normal.proof
        if normal.top != self.atoms[v] or normal.bottom:
            _, p, equal = self.plain(normal)
            if p != self.generator(v):
                raise Untranslatable("cone", "an atom in other words")
        sign = "0 < x" if strict else "0 <= x"
        return f"(eq_ind _ (fun x => {sign}) {known} _ {equal})"

    def product(self, factors: Any, c: int = 1) -> tuple[str, Poly]:
        """A monomial in atoms."""
        texts = [] if c == 1 and factors else [str(c)]
        texts += [self.power_text(v, k) for v, k in factors]
        made = fixed(c)
        for v, k in factors:
            made *= self.generator(v) ** k
        return f"({' * '.join(texts)})", made

    def positive(self, factors: Any, c: int = 1) -> str:
        """Prove that the text of a monomial in positive atoms is positive."""
        proofs = [] if c == 1 and factors else [f"(ltac:(rational) : 0 < {c})"]
        proofs += [
            self.above(v) if k == 1 else f"(pow_gt _ {k} {self.above(v)})" for v, k in factors
        ]
        made = proofs[0]
        for other in proofs[1:]:
            made = f"(pp_times _ _ {made} {other})"
        text, _ = self.product(factors, c)
        return self.script.quick(f"0 < {text}", f"exact {made}", "z")
