"""Limits at infinity, as the core finds them, and signs that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    ZERO,
    Formula,
    Term,
    constant,
    derivative,
    exp,
    integral,
    log,
    neg,
    number,
    over,
    power,
    replaced,
    times,
)  # fmt: skip
from proofs.export.bounds import holds
from proofs.export.calculus import PLAIN, function_of
from proofs.export.paths import Path, along, whole_powers
from proofs.export.script import GE, GT, NE, Place
from proofs.export.steps import Node, finish, in_other_words, without
from proofs.export.words import Untranslatable, compared, natural, term

UP, DOWN = "p_infty", "m_infty"
Value = Term | str  # a term, or UP or DOWN
FAR: Final[dict[str, dict[str, Value]]] = {  # what functions tend to, far out
    UP: {"exp": UP, "log": UP, "sqrt": UP, "sinh": UP, "cosh": UP, "tanh": ONE, "erf": ONE},
    DOWN: {"exp": ZERO, "sinh": DOWN, "cosh": UP, "tanh": number(-1), "erf": number(-1)},
}
WORD: Final = {UP: "up", DOWN: "down"}


class Limit(NamedTuple):
    """What a term tends to, and the name of the proof."""

    value: Value
    name: str


def limit(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """By a limit at infinity, towards which the target falls."""
    goal, script = place.goal, place.script
    x, high = node["variable"], node["end"] == "hi"
    real, at = Term("variable", value=x), goal.variables[x]
    f = replaced(goal.target, {at: real})
    slope, point = derivative(f, x), place.text(at, 0)
    kept = without(place, x)
    last = len(goals) - len(goals[0].show(neg(slope) if high else slope, goal.relation))
    path = Path(x, f, point, None, place.end(x, high), not high)
    smooth = along(kept, goals[0], path, goals[:last], parts[:last])
    steep = along(kept, goals[-1], path, goals[last:], parts[last:], goal.relation, smooth)
    t = script.names.fresh("t")
    there = Place(goals[0], script, {**kept.spelling, x: t}, dict(kept.facts), {}, {}, kept.lemmas)
    found = Limits(there, x, UP if high else DOWN).of(f)
    shape, rise = function_of(there, f, x), f"(fun {t} => {there.text(slope)})"
    sign = "I" if isinstance(found.value, str) else holds(kept, Formula(found.value, GE))
    if found.value == DOWN:
        raise Untranslatable("limit", "it is negative")
    word = f"{'falls_to' if high else 'rises_from'}_{'ge' if goal.relation is GE else 'gt'}"
    proof = f"{word} {shape} {rise} {point} _ {smooth.proof} {steep.proof} {found.name} {sign}"
    if at.head == "integer":
        claim = compared(term(f, {**place.spelling, x: point}), goal.relation)
        known = script.quick(claim, f"exact ({proof})")
        smooth.give(place, point, "(Rle_refl _)", at)
        script.say(f"{in_other_words(known, whole_powers(place, x))}.")
        return
    finish(place, proof)


class Limits:
    """Limits of terms at one end of one variable, the others being fixed.

    Parameters
    ----------
    place : Place
        Where they are proved; the variable has a name there that nothing else has.
    x : str
        The variable.
    end : {"p_infty", "m_infty"}
        Which end.
    """

    def __init__(self, place: Place, x: str, end: str) -> None:
        self.place, self.x, self.end = place, x, end

    def of(self, e: Term) -> Limit:
        """Prove what a term tends to."""
        value, proof = self.found(e)
        shown = self.text(value)
        claim = f"is_lim {function_of(self.place, e, self.x)} {self.end} {shown}"
        return Limit(value, self.place.script.quick(claim, f"exact ({proof})", "l"))

    def text(self, value: Value) -> str:
        """Write a limit."""
        return value if isinstance(value, str) else f"(Finite ({self.place.text(value)}))"

    def sign(self, e: Term) -> tuple[int, str]:
        """The sign of what does not depend on the variable, with the proof that it is > 0."""
        for s, sign in ((e, 1), (neg(e), -1)):
            if self.place.goal.knows(s, GT):
                return sign, holds(self.place, Formula(s, GT))
        raise Untranslatable("limit", "a factor of unknown sign")

    def found(self, e: Term) -> tuple[Value, str]:
        """What a term tends to, and a proof."""
        x, end = self.x, self.end
        if x not in e.names:
            return e, f"lim_const {self.place.text(e, 0)} {end}"
        if e.head == "variable":
            return end, f"lim_id {end}"
        if e.head == "**":
            return self.power(e)
        f = [function_of(self.place, p, x) for p in e.parts]
        a = self.of(e.parts[0])
        match e.head:
            case "neg":
                return self.negative(a.value), f"lim_neg {f[0]} {end} _ {a.name}"
            case "+" | "-":
                b = self.of(e.parts[1])
                other = b.value if e.head == "+" else self.negative(b.value)
                word = "plus" if e.head == "+" else "minus"
                value = self.sum(e, a.value, b.value, other)
                proof = f"lim_{word} {f[0]} {f[1]} {end} _ _ {self.text(value)} {a.name} {b.name}"
                return value, f"{proof} eq_refl"
            case "*":
                return self.product(f[0], f[1], a, self.of(e.parts[1]))
            case "/":
                below = self.inverse(f[1], e.parts[1], self.of(e.parts[1]))
                return self.product(f[0], f"(fun {self.place.spelling[x]} => / "
                                    f"{self.place.text(e.parts[1], 10)})", a, below)  # fmt: skip
        return self.applied(e.head, e.parts[0], a)

    def negative(self, value: Value) -> Value:
        """The negative of a limit."""
        if isinstance(value, str):
            return DOWN if value == UP else UP
        return neg(value)

    def sum(self, e: Term, a: Value, b: Value, other: Value) -> Value:
        """The sum of two limits; the second one may have its sign changed."""
        if isinstance(a, str) and isinstance(other, str) and a != other:
            raise Untranslatable("limit", "a difference of two infinite limits")
        if isinstance(a, str):
            return a
        if isinstance(other, str):
            return other
        assert isinstance(b, Term)
        return Term(e.head, a, b)

    def product(self, u: str, v: str, a: Limit, b: Limit) -> tuple[Value, str]:
        """The product of two limits."""
        proof = f"lim_times {u} {v} {self.end} _ _"
        if isinstance(a.value, Term) and isinstance(b.value, Term):
            both = times(a.value, b.value)
            return both, f"{proof} {self.text(both)} {a.name} {b.name} eq_refl"
        if isinstance(a.value, Term):
            value, how = self.scaled(str(b.value), a.value)
            sure = f"(is_Rbar_mult_sym _ _ _ {how})"
        elif isinstance(b.value, Term):
            value, sure = self.scaled(a.value, b.value)
        elif a.value == b.value:
            value, sure = UP, f"{WORD[a.value]}_{WORD[a.value]}"
        elif a.value == UP:
            value, sure = DOWN, "up_down"
        else:
            value, sure = DOWN, "(is_Rbar_mult_sym _ _ _ up_down)"
        return value, f"{proof} {value} {a.name} {b.name} {sure}"

    def scaled(self, far: str, c: Term) -> tuple[str, str]:
        """An infinite limit times a number that is not zero."""
        sign, sure = self.sign(c)
        word = "plus" if sign > 0 else "minus"
        value = far if sign > 0 else str(self.negative(far))
        return value, f"({WORD[far]}_{word} {self.place.text(c, 0)} {sure})"

    def inverse(self, f: str, e: Term, a: Limit) -> Limit:
        """One over a term, from the limit of the term."""
        script, t = self.place.script, self.place.spelling[self.x]
        if isinstance(a.value, str):
            value: Term = ZERO
            proof = f"lim_inv_{WORD[a.value]} {f} {self.end} {a.name}"
            shown = "0"
        else:
            value = over(ONE, a.value)
            nonzero = holds(self.place, Formula(a.value, NE))
            proof = f"lim_inv {f} {self.end} {self.place.text(a.value, 0)} {nonzero} {a.name}"
            shown = f"/ {self.place.text(a.value, 10)}"
        claim = f"is_lim (fun {t} => / {self.place.text(e, 10)}) {self.end} "
        name = script.quick(f"{claim}(Finite ({shown}))", f"exact ({proof})", "l")
        if isinstance(a.value, Term):
            same = script.quick(f"{shown} = {self.place.text(value)}", "symmetry; apply Rmult_1_l")
            name = script.quick(
                f"{claim}{self.text(value)}", f"rewrite <- {same}; exact {name}", "l"
            )
        return Limit(value, name)

    def applied(self, head: str, u: Term, a: Limit) -> tuple[Value, str]:
        """A function of a term."""
        f = function_of(self.place, u, self.x)
        word = {"log": "ln"}.get(head, head)
        if isinstance(a.value, str):
            value = FAR[a.value].get(head)
            if value is None:
                raise Untranslatable("limit", f"{head} at infinity")
            return value, self.far(word, f"{word}_{WORD[a.value]}", f, a)
        at = self.place.text(a.value, 0)
        plain = f"(fun u => u) {at}"
        if head in ("log", "sqrt"):
            relation = GT if head == "log" else GE
            plain = f"{plain} {holds(self.place, Formula(a.value, relation))}"
        elif head not in PLAIN:
            raise Untranslatable("limit", f"continuity of {head}")
        sure = f"(cont_{word} {plain} (cont_id {at}))"
        return Term(head, a.value), f"lim_comp {word} {f} {self.end} {at} {sure} {a.name}"

    def far(self, function: str, known: str, f: str, a: Limit) -> str:
        """A function far out of what tends to infinity."""
        side = f"(or_{'introl' if a.value == UP else 'intror'} eq_refl)"
        mine = f"(or_{'introl' if self.end == UP else 'intror'} eq_refl)"
        return f"lim_far {function} {f} {self.end} _ _ {known} {a.name} {side} {mine}"

    def power(self, e: Term) -> tuple[Value, str]:
        """A power."""
        (u, v), x = e.parts, self.x
        q = constant(v)
        if q is None and integral(v):
            raise Untranslatable("limit", "an integer power")
        if q is None:
            made = self.of(exp(times(v, log(u))))
            return made.value, made.name
        if q < 0:
            up = power(u, number(-q))
            made = self.inverse(function_of(self.place, up, x), up, self.of(up))
            return made.value, made.name
        return self.raised(u, q)

    def raised(self, u: Term, q: fmpq) -> tuple[Value, str]:
        """A power with an exponent that is a number >= 0."""
        n, degree, f = int(q.p), int(q.q), function_of(self.place, u, self.x)
        made = self.of(u)
        base = made.value
        if degree > 1:
            w = power(u, number(fmpq(1, degree)))
            word = "sqrt" if degree == 2 else f"(root {natural(degree)})"
            known = "sqrt_up" if degree == 2 else f"(root_up {degree - 1})"
            if isinstance(base, Term):
                value: Value = power(base, number(fmpq(1, degree)))
                sure = holds(self.place, Formula(base, GE))
                smooth = f"(continuity_pt_sqrt _ {sure})"
                if degree > 2:
                    smooth = f"(root_continuous {degree - 1} _ {sure})"
                proof = f"lim_comp {word} {f} {self.end} _ {smooth} {made.name}"
            elif made.value == UP:
                value, proof = UP, self.far(word, known, f, made)
            else:
                raise Untranslatable("limit", "a root of what is negative")
            if n == 1:
                return value, proof
            shown = function_of(self.place, w, self.x)
            claim = f"is_lim {shown} {self.end} {self.text(value)}"
            made, f = Limit(value, self.place.script.quick(claim, f"exact ({proof})", "l")), shown
        word = f"(fun u => u ^ {natural(n)})"
        if isinstance(base, Term):
            smooth = f"(cont_pow (fun u => u) _ {n} (cont_id _))"
            return power(base, number(q)), f"lim_comp {word} {f} {self.end} _ {smooth} {made.name}"
        if n == 0:
            raise Untranslatable("limit", "a power of infinity with exponent zero")
        known = f"(pow_up {n - 1})"
        if made.value == DOWN:
            kind = "odd" if n % 2 else "even"
            known = f"(pow_down_{kind} {n - 1} {n // 2} eq_refl)"
        return (DOWN if made.value == DOWN and n % 2 else UP), self.far(word, known, f, made)
