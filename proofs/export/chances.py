"""Chances of events of one normal draw: how they are written, and that they are what the core says.

``P(a >= b)`` is the mean of what is 1 where a >= b, and 0 elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from proofs.core.probability import bound, law, meaning
from proofs.core.terms import TWO, Term, absolute, compared, linear, power, replaced
from proofs.export.words import ATOM, MEANS, Untranslatable, term

if TYPE_CHECKING:
    from proofs.export.script import Place

WRITTEN: Final = {">=": "at_least", "<=": "at_least", ">": "beyond", "<": "beyond"}


def written(e: Term, names: Mapping[str, str]) -> str:
    """Write a chance as a mean."""
    draws = bound(e)
    if e.value not in WRITTEN:
        raise Untranslatable("statement", "the chance of an equation")
    if [law(w) for w in draws] != ["gaussian"] or e.parts[0].head == "prod":
        raise Untranslatable("statement", "a chance of other events than of one normal draw")
    sides = [term(p, names, ATOM) for p in e.parts]
    more, less = sides if e.value in (">=", ">") else reversed(sides)
    mean, w = names[MEANS["gaussian"]], names[draws[0].value]
    return f"{mean} (fun {w} => {WRITTEN[e.value]} {more} {less})"


def value(place: Place, e: Term) -> tuple[Term, str]:
    """The core's formula for a chance, and a tactic that shows it to be one."""
    made, (w,) = meaning(e), bound(e)
    gap, _ = compared(e.parts[0], str(e.value), e.parts[1])
    u, known = Term("variable", value="?"), place.facts_of_law("gaussian")
    for shape in (w, absolute(w), power(w, TWO)):
        flat = replaced(gap, {shape: u})
        split = None if flat.drawn else linear(flat, u)
        if made is None or split is None:
            continue
        if shape == w:
            side = "right" if split[0] > 0 else "left"
            return made, f"apply (normal_{side} _ _ _ {known}); event"
        side = "outside" if split[0] > 0 else "inside"
        sure = "(sqrt_pos _)" if shape.head == "**" else "(Rmax_r _ _)"
        return made, f"apply (normal_{side} _ _ _ {known} {sure}); event"
    raise Untranslatable("statement", "a chance of this kind has no counterpart yet")
