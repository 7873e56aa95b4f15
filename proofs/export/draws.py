"""What is said of every draw: of each number that a law allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from proofs.core.goals import Range
from proofs.core.probability import SUPPORT, law
from proofs.core.terms import Formula, Term, replaced
from proofs.export.words import Untranslatable, is_sign

if TYPE_CHECKING:
    from proofs.export.script import Place

ALLOWED: Final[Mapping[str, str]] = {
    "gaussian": "",
    "uniform": "- sqrt 3 <= {} <= sqrt 3 -> ",
    "unit": "0 <= {} <= 1 -> ",
}


def number_of(w: Term) -> Term:
    """The variable that a draw becomes where its value is any number."""
    return Term("variable", value=w.value)


@contextmanager
def opened(place: Place, draws: list[Term]) -> Iterator[Place]:
    """Introduce the draws of a claim that is about every one of them: they are variables there."""
    from proofs.export.script import End

    if any(map(is_sign, draws)):
        raise Untranslatable("statement", "a condition on random signs")
    values = {w: number_of(w) for w in draws}
    goal, script, box, ends = place.goal, place.script, dict(place.goal.box), dict(place.ends)
    known = dict[Term, str]()
    for w in draws:
        x, (lo, hi) = str(w.value), SUPPORT[law(w)]
        name = place.spelling[x]
        box[x] = Range(lo, hi)
        script.say(f"intros {name}.")
        if lo is None:
            continue
        sure = script.names.fresh("r")
        script.say(f"intros {sure}.")
        more = " root_three" if law(w) == "uniform" else ""
        for low, q, claim in ((True, lo, f"{lo} <= {name}"), (False, hi, f"{name} <= {hi}")):
            said = claim.replace("-7/4", "- (7 / 4)").replace("7/4", "7 / 4")
            tactic = f"generalize {sure}{more}; clear; intros; lra"
            ends[x, low] = End(q, False, script.quick(said, tactic, "r"))
        known[w] = sure
    facts = dict(place.facts)
    for f, proof in place.facts.items():
        free = sorted(f.term.drawn, key=lambda w: str(w.value))
        if free and all(w in values for w in free):
            arguments = (f"{place.spelling[str(w.value)]} {known.get(w, '')}" for w in free)
            made = f"({proof} {' '.join(arguments)})"
            facts[Formula(replaced(f.term, values), f.relation)] = script.note(made)
    variables = {**goal.variables, **{str(w.value): v for w, v in values.items()}}
    yield replace(
        place, goal=replace(goal, variables=variables, box=box,
                            target=replaced(goal.target, values)),
        facts=facts, ends=ends, made={},
    )  # fmt: skip


def every(text: str, draws: frozenset[Term], names: Mapping[str, str]) -> str:
    """Say something of every draw."""
    for w in sorted(draws, key=lambda w: str(w.value), reverse=True):
        if is_sign(w):
            raise Untranslatable("statement", "a condition on random signs")
        name = names[str(w.value)]
        text = f"forall {name} : R, {ALLOWED[law(w)].format(name)}{text}"
    return f"({text})" if draws else text
