"""Proofs that expectations of polynomials are numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flint import fmpq

from proofs.core.normal import UNIT, monomials
from proofs.core.probability import ABSOLUTE, bound, law, meaning, moment
from proofs.core.terms import Formula, Term, absolute
from proofs.export.reading import Normal
from proofs.export.script import GE
from proofs.export.words import (
    MEANS,
    Untranslatable,
    is_sign,
    natural,
    nested,
    rational,
    term,
    whole,
)

if TYPE_CHECKING:
    from proofs.export.identities import Algebra
    from proofs.export.script import Place

Exponents = tuple[int, ...]


def expectation(self: Algebra, e: Term, text: str) -> Normal:
    """Read E of a polynomial in what is drawn: one draw after the other becomes its moments."""
    draws = bound(e)
    if not draws and e.parts[0].head != "prod":
        return self.value(e.parts[0])
    if e.parts[0].head == "prod":
        return of_copies(self, e, text)
    if any(map(is_sign, draws)):
        found = by_signs(self.place, e)
        return self.moved(text, f"({found[1]})", self.value(found[0]))
    if len(draws) == 1 and e.parts[0] == absolute(draws[0]) and law(draws[0]) in MEANS:
        kind = law(draws[0])
        known = f"({MEANS[kind]}_abs _ {self.place.facts_of_law(kind)})"
        return self.moved(text, known, self.value(ABSOLUTE[kind]))
    a = self.ring.canonical(self.ring.value(e.parts[0]))
    places = [self.ring.places[w] for w in draws if w in self.ring.places]
    if a.bottom != UNIT or any(
        v not in places for factors, _ in monomials(a.top) for v, _ in factors
    ):
        return unknown(self, ("E", tuple(draws), self.ring.key(a)), text)
    rows: dict[Exponents, fmpq] = {}
    for factors, c in monomials(a.top):
        powers = dict(factors)
        rows[tuple(powers.get(self.ring.places.get(w, -1), 0) for w in draws)] = c
    spelling = dict(self.place.spelling)
    script = self.script
    inside = term(e.parts[0], spelling)
    name = script.names.fresh("m")
    value = total(rows, draws)
    script.say(f"assert ({name} : {text} = {rational(value)}).")
    with script.bracket():
        reduce(self, inside, rows, draws, spelling)
    return self.moved(text, name, self.number(value))


def of_copies(self: Algebra, e: Term, text: str) -> Normal:
    """Read E of a product of copies: a power."""
    power, how = by_copies(self.place, e)
    known = self.script.quick(f"{text} = {self.place.text(power)}", how, "m")
    return self.moved(text, known, self.value(power))


def by_copies(place: Place, e: Term) -> tuple[Term, str]:
    """The power that E of a product of copies is, and a tactic that shows it to be one."""
    from proofs.export.bounds import holds

    one, k = e.parts[0].parts
    (w,), power = bound(e), meaning(e)
    assert power is not None
    linear = "sign_mean_linear" if is_sign(w) else f"(proj1 {place.facts_of_law(law(w))})"
    z = whole(k, place.spelling, 0)
    sure = f"apply le_IZR; integers; exact {holds(place, Formula(k, GE))}"
    natural_ = place.script.quick(f"(0 <= {z})%Z", sure, "z")
    function = f"(fun {place.spelling[str(w.value)]} => {place.text(one)})"
    return power, (
        f"rewrite (product_mean_of _ {function} (Z.to_nat {z}) {linear}), <- whole_counted; "
        f"[reflexivity | exact {natural_}]"
    )


def unknown(self: Algebra, key: object, text: str) -> Normal:
    """Read a mean, of which only bounds are known, as an atom."""
    v = self.ring.places.get(key)
    if v in self.atoms and self.texts[v] != text:
        raise Untranslatable("cone", "a mean that is written in two ways")
    made = self.atom(key, text)
    self.texts.setdefault(self.ring.places[key], text)
    return made


def by_signs(place: Place, e: Term) -> tuple[Term, str]:
    """The mean of an expectation's values for the first random sign in it, and the equation."""
    made = meaning(e)
    assert made is not None
    w, *others = nested(bound(e))
    inside = term(e.parts[0], place.spelling)
    for v in reversed(others):
        kind = "sign_mean" if is_sign(v) else place.spelling[MEANS[law(v)]]
        inside = f"{kind} (fun {place.spelling[v.value]} => {inside})"
    return made, f"sign_mean_is (fun {place.spelling[w.value]} => {inside})"


def total(rows: dict[Exponents, fmpq], draws: list[Term]) -> fmpq:
    """The expectation of a polynomial."""
    made = fmpq(0)
    for powers, c in rows.items():
        for w, n in zip(draws, powers, strict=True):
            c *= moment(law(w), n)
        made += c
    return made


def written(rows: dict[Exponents, fmpq], draws: list[Term], spelling: dict[str, str]) -> str:
    """Write a polynomial in draws."""
    parts = []
    for powers, c in rows.items():
        factors = [rational(c, 39)]
        factors += [f"{spelling[str(w.value)]} ^ {natural(n)}"
                    for w, n in zip(draws, powers, strict=True) if n]  # fmt: skip
        parts.append(" * ".join(factors))
    return " + ".join(parts) or "0"


def reduce(
    self: Algebra, inside: str, rows: dict[Exponents, fmpq], draws: list[Term],
    spelling: dict[str, str],
) -> None:  # fmt: skip
    """Show an equation of nested expectations, from the innermost one on."""
    script = self.script
    if not draws:
        script.say("identity.")
        return
    last, outer = draws[-1], draws[:-1]
    w, mean = spelling[str(last.value)], spelling[MEANS[law(last)]]
    by_power: dict[int, dict[Exponents, fmpq]] = {}
    for powers, c in rows.items():
        by_power.setdefault(powers[-1], {})[powers[:-1]] = c
    by_power = by_power or {0: {}}
    polynomial, proof, reduced = "", "", dict[Exponents, fmpq]()
    linear = f"(proj1 {self.place.facts_of_law(law(last))})"
    for n, coefficients in by_power.items():
        m = moment(law(last), n)
        shown = f"({written(coefficients, outer, spelling)}) * {w} ^ {natural(n)}"
        known = script.quick(
            f"{mean} (fun {w} => {w} ^ {n}) = {rational(m)}",
            f"rewrite (proj1 (proj2 {self.place.facts_of_law(law(last))})); moment", "m",
        )  # fmt: skip
        for powers, c in coefficients.items():
            reduced[powers] = reduced.get(powers, fmpq(0)) + c * m
        if proof:
            polynomial = f"{shown} + ({polynomial})"
            proof = f"(mean_more _ _ {n} _ _ _ {linear} {known} {proof})"
        else:
            polynomial, proof = shown, f"(mean_last _ _ {n} _ {linear} {known})"
    reduced = {powers: c for powers, c in reduced.items() if c}
    body = written(reduced, outer, spelling)
    left = f"{mean} (fun {w} => {inside})"
    claim = f"{left} = {body}"
    names = [spelling[str(v.value)] for v in outer]
    name = script.names.fresh("m")
    binders = f"forall {' '.join(names)}, " if names else ""
    script.say(f"assert ({name} : {binders}{claim}).")
    with script.bracket():
        if names:
            script.say(f"intros {' '.join(names)}.")
        script.say(f"rewrite (mean_same {mean} _ (fun {w} => {polynomial})) by (intros; identity).")
        script.say(f"rewrite {proof}; identity.")
    if outer:
        step(self, inside, body, outer, last, spelling, name)
        reduce(self, body, reduced, outer, spelling)
    else:
        script.say(f"rewrite {name}; identity.")


def step(
    self: Algebra, inside: str, body: str, outer: list[Term], last: Term,
    spelling: dict[str, str], name: str,
) -> None:  # fmt: skip
    """Put the value of the innermost expectation in its place."""
    made = f"{spelling[MEANS[law(last)]]} (fun {spelling[str(last.value)]} => {inside})"
    new, proof = body, f"({name} {' '.join(spelling[str(v.value)] for v in outer)})"
    for v in reversed(outer):
        w, mean = spelling[str(v.value)], spelling[MEANS[law(v)]]
        proof = f"(mean_same {mean} _ _ (fun {w} => {proof}))"
        made, new = f"{mean} (fun {w} => {made})", f"{mean} (fun {w} => {new})"
    known = self.script.quick(f"{made} = {new}", f"exact {proof}", "m")
    self.script.say(f"rewrite {known}.")
