"""Chances of events of one draw: how they are written, and that they are what the core says.

``P(a >= b)`` is the mean of what is 1 where a >= b, and 0 elsewhere. So it is of a product of
independent copies: of ``h(e(w_1) ... e(w_k))``, one expectation inside of the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from proofs.core.probability import bound, law, meaning
from proofs.core.terms import TWO, Term, absolute, compared, linear, power, replaced
from proofs.export.words import ATOM, MEANS, Untranslatable, copies, is_sign, term

if TYPE_CHECKING:
    from proofs.export.script import Place

WRITTEN: Final = {">=": "at_least", "<=": "at_least", ">": "beyond", "<": "beyond"}


def written(e: Term, names: Mapping[str, str]) -> str:
    """Write a chance as a mean."""
    draws = bound(e)
    if e.value not in WRITTEN:
        raise Untranslatable("statement", "the chance of an equation")
    if e.parts[0].head == "prod" and any(map(is_sign, draws)):
        raise Untranslatable("statement", "the chance of an event of copies of a random sign")
    if e.parts[0].head == "prod":
        return f"{copies(e.parts[0], names)} {shape(e, names)}"
    if len(draws) != 1 or law(draws[0]) not in MEANS:
        raise Untranslatable("statement", "a chance of other events than of one draw")
    mean, w = names[MEANS[law(draws[0])]], names[draws[0].value]
    return f"{mean} (fun {w} => {inside(e, names)})"


def inside(e: Term, names: Mapping[str, str]) -> str:
    """Write what is 1 where an event holds, and 0 elsewhere."""
    return indicator(e, *(term(p, names, ATOM) for p in e.parts))


def shape(e: Term, names: Mapping[str, str]) -> str:
    """Write the same of a product of copies."""
    return f"(fun p => {indicator(e, 'p', term(e.parts[1], names, ATOM))})"


def indicator(e: Term, left: str, right: str) -> str:
    """Write what is 1 where the comparison of an event holds of two numbers."""
    more, less = (left, right) if e.value in (">=", ">") else (right, left)
    return f"{WRITTEN[e.value]} {more} {less}"


def value(place: Place, e: Term) -> tuple[Term, str]:
    """The core's formula for a chance, and a tactic that shows it to be one."""
    made, draws = meaning(e), bound(e)
    if made is None or len(draws) != 1 or law(draws[0]) not in MEANS:
        raise Untranslatable("statement", "a chance of this kind has no counterpart yet")
    (w,), gap = draws, compared(e.parts[0], str(e.value), e.parts[1])[0]
    u, name = Term("variable", value="?"), MEANS[law(w)]
    known = place.facts_of_law(law(w))
    for form in (w, absolute(w), power(w, TWO)):
        flat = replaced(gap, {form: u})
        split = None if flat.drawn else linear(flat, u)
        if split is None:
            continue
        if form == w or name == "unit":
            side = "right" if split[0] > 0 else "left"
            tactic = "event_of_unit" if name == "unit" else "event"
            return made, f"apply ({name}_{side} _ _ _ {known}); {tactic}"
        side = "outside" if split[0] > 0 else "inside"
        sure = "(sqrt_pos _)" if form.head == "**" else "(Rmax_r _ _)"
        return made, f"apply ({name}_{side} _ _ _ {known} {sure}); event"
    raise Untranslatable("statement", "a chance of this kind has no counterpart yet")


def of_law(place: Place, kind: str) -> tuple[str, str, str]:
    """Proofs that a mean is linear, keeps the order of functions, and of 1 is 1."""
    known = place.facts_of_law(kind)
    if f"{kind} order" not in place.spelling:  # where a lemma speaks of more than its statement
        raise Untranslatable("markov", "the statement says nothing of the order of means")
    mean = place.spelling[MEANS[kind]]
    one = place.script.quick(
        f"{mean} (fun _ => 1) = 1", f"generalize (proj1 (proj2 {known}) 0%nat); moment", "m"
    )
    return f"(proj1 {known})", place.order_of_law(kind), one


def between(place: Place, e: Term) -> str:
    """Prove that the chance of an event of copies is between 0 and 1."""
    first, draws = e.parts[0], bound(e)
    if first.head != "prod" or len(draws) != 1:
        raise Untranslatable("enclose", "a chance of other events than of one draw")
    linear_, order, one = of_law(place, law(draws[0]))
    always = f"(fun p => {WRITTEN[e.value]}_chance _ _)"
    return place.script.quick(
        f"0 <= {place.text(e)} <= 1",
        f"exact (product_chance _ _ _ _ {linear_} {order} {one} {always})", "m",
    )  # fmt: skip
