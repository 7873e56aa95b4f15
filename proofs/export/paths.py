"""Paths of a variable, along which a term is continuous and its derivative has a sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term, derivative, integral, replaced
from proofs.export.bounds import holds
from proofs.export.calculus import continuous, derived, function_of
from proofs.export.script import GT, End, Place
from proofs.export.steps import Node, as_is, prove_all
from proofs.export.words import compared, rational, whole


@dataclass(frozen=True)
class Path:
    """A path of a variable from an end of its range, or from infinity, to a point.

    Attributes
    ----------
    x : str
        The variable.
    f : Term
        What is looked at.
    point : str
        How the point is written.
    mine : End or None
        The end from which the path comes; None for infinity.
    other : End or None
        The end beyond the point.
    low : bool
        Whether the path comes from below.
    """

    x: str
    f: Term
    point: str
    mine: End | None
    other: End | None
    low: bool

    def between(self, t: str, sign: str) -> str:
        """Write that a number lies on the path."""
        if self.mine is None:
            return f"{t} {sign} {self.point}" if self.low else f"{self.point} {sign} {t}"
        end = rational(self.mine.value, 0)
        ends = (end, self.point) if self.low else (self.point, end)
        return f"{ends[0]} {sign} {t} {sign} {ends[1]}"


@dataclass(frozen=True)
class Along:
    """What is proved at every point of a path: its name, and what it says besides."""

    path: Path
    name: str
    besides: Sequence[Formula] = ()

    @property
    def proof(self) -> str:
        """The proof of continuity, or of the derivative and its sign."""
        if not self.besides:
            return self.name
        return f"(fun t T => proj1 ({self.name} t T))"

    def give(self, place: Place, t: str, known: str, value: Term | None = None) -> None:
        """Have what is said besides as facts at a place where x is t, which is on the path."""
        x = Term("variable", value=self.path.x)
        made = f"proj2 ({self.name} {t} {known})"
        for i, f in enumerate(self.besides):
            last = i == len(self.besides) - 1
            powers = any(e.head == "**" and x in e.parts[1].walk() for e in f.term.walk())
            new = Formula(replaced(f.term, {x: value}), f.relation) if value else f
            if new not in place.facts and not (value and powers):  # whose text would change
                name = place.script.note(made if last else f"proj1 ({made})")
                said = place.said(new)
                place.facts[new] = as_is(place.script, said, name) if value else name
            made = f"proj2 ({made})"


def along(
    kept: Place, goal: Goal, path: Path, goals: Sequence[Goal], parts: Sequence[Node],
    strict: Relation | None = None, smooth: Along | None = None,
) -> Along:  # fmt: skip
    """Show continuity on the closed path, or the derivative and its sign inside.

    With continuity comes what the term needs to be defined: its derivative may need less.
    """
    script, x, f, low = kept.script, path.x, path.f, path.low
    t, near, far = (script.names.fresh(c) for c in "trr")
    here = Place(
        goal, script, {**kept.spelling, x: t}, dict(kept.facts), dict(kept.ends), {}, kept.lemmas
    )
    sign = "<=" if strict is None else "<"
    if strict is None:
        besides = [Formula(g.target, g.relation) for g in goals]
        claims = [f"continuity_pt {function_of(here, f, x)} {t}", *map(here.said, besides)]
    else:
        besides, slope = [], here.text(derivative(f, x), 0)
        claims = [f"derivable_pt_lim {function_of(here, f, x)} {t} {slope}",
                  compared(slope if low else f"- {slope}", strict)]  # fmt: skip
    claim = " /\\ ".join(claims)
    with script.step(f"forall {t}, {path.between(t, sign)} -> {claim}") as name:
        on = script.names.fresh("r")
        script.say(f"intros {t} {on}.")
        if path.mine is not None:
            first, second = (near, far) if low else (far, near)
            script.say(f"destruct {on} as [{first} {second}].")
            here.ends[x, low] = End(path.mine.value, strict is not None, near)
            both = f"(conj {first} {second})"
        else:
            far, both = on, on
        if smooth is not None:
            if smooth.besides and path.mine is not None:
                both = f"(conj (Rlt_le _ _ {first}) (Rlt_le _ _ {second}))"
            smooth.give(here, t, both if path.mine is not None else f"(Rlt_le _ _ {on})")
        if path.other is not None:
            strict_far = strict is not None or path.other.is_open
            comparison = "<" if strict_far else "<="
            q = rational(path.other.value)
            text = f"{t} {comparison} {q}" if low else f"{q} {comparison} {t}"
            tactic = f"generalize {far} {path.other.name}; clear; intros; lra"
            sure = script.quick(text, tactic, "r")
            here.ends[x, not low] = End(path.other.value, strict_far, sure)
        prove_all(here, goals, parts)
        if strict is None:
            proofs = [continuous(here, f, x), *(here.facts[c] for c in besides)]
        else:
            last = goals[-1]
            known = here.facts[Formula(last.target, last.relation)]
            proofs = [derived(here, f, x), known]
        made = proofs[-1]
        for other in reversed(proofs[:-1]):
            made = f"(conj {other} {made})"
        script.say(f"exact {made}.")
    return Along(path, name, besides)


def whole_powers(place: Place, x: str) -> list[str]:
    """Prove that powers with an integer as exponent are those with the same real number."""
    found = []
    for s in dict.fromkeys(place.goal.target.walk()):
        if s.head != "**" or x not in s.parts[1].names or not integral(s.parts[1]):
            continue
        u, v = s.parts
        z, positive = whole(v, place.spelling, 0), holds(place, Formula(u, GT))
        number_ = z.removesuffix("%Z")
        same = place.script.quick(f"IZR {number_} = {place.text(v)}", "whole_number", "n")
        claim = f"{place.text(s)} = Rpower {place.text(u, 0)} {place.text(v, 0)}"
        found.append(place.script.quick(claim, f"exact (whole_is _ _ _ {positive} {same})", "g"))
    return found
