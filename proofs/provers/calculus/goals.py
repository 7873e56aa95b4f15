"""Goals: what is to be shown, over which box, from which facts; and when it is defined."""

# ruff: noqa: D102 - terms are nested tuples, and one-line helpers say what they do

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from flint import arb, fmpq

from proofs.provers.calculus.enclosures import (
    Draws,
    enclose,
)
from proofs.provers.calculus.intervals import (
    WHOLE,
    Interval,
    outward,
)
from proofs.provers.calculus.normal import Normalizer
from proofs.provers.calculus.polynomials import (
    Normal,
)
from proofs.provers.calculus.terms import (
    Term,
)


class Range(NamedTuple):
    """The values of one variable: from lo to hi, rationals or None where there is no end."""

    lo: Any
    hi: Any
    lo_open: bool = False
    hi_open: bool = False


Fact = tuple[str, Term, str]
RELATIONS = (">=", ">", "==", "!=")


@dataclass(frozen=True)
class Goal:
    """For all points of the box that satisfy the facts: target >= 0 (or > 0, == 0, != 0)."""

    box: Mapping[str, Range]
    facts: tuple[Fact, ...]
    target: Term
    relation: str
    draws: Draws = field(default_factory=dict)
    integers: frozenset[str] = frozenset()
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def but(self, **changes: Any) -> Goal:
        return replace(self, memo={}, **changes)

    def narrowed(self, x: str, **ends: Any) -> Goal:
        return self.but(box={**self.box, x: self.box[x]._replace(**ends)})

    def enclose(self, e: Term) -> Interval:
        if "box" not in self.memo:
            self.memo["box"] = {
                x: outward(None if r.lo is None else arb(r.lo), None if r.hi is None else arb(r.hi))
                for x, r in self.box.items()
            }
            self.memo["box"] |= dict.fromkeys(self.draws, WHOLE)
            self.memo["seen"] = {}
        return enclose(e, self.memo["box"], self.draws, self.memo["seen"])

    def range(self, atom: Term) -> Range:
        """The values of an atom: its range, or its enclosure rounded to rationals."""
        if atom[0] == "var" and atom[1] in self.box:
            return self.box[atom[1]]
        found = self.enclose(atom)
        lo, hi = (None if end is None else _rational(end) for end in found)
        # A little wider, so that whoever computes the enclosure again finds it inside.
        lo, hi = (q if not q else q - s * abs(q) / 2**90 for q, s in ((lo, 1), (hi, -1)))
        return Range(lo, hi, bool(lo) or atom[0] == "exp", bool(hi))

    def normal(self, e: Term) -> Normal:
        known: dict[Term, Normal] = self.memo.setdefault("normal", {})
        if e not in known:
            known[e] = Normalizer(self)(e)
        return known[e]


def conditions(goal: Goal, e: Term) -> list[Goal]:
    """What must hold for a term to be defined, as goals in the context of another."""
    found: dict[tuple[Term, str], None] = {}

    def visit(t: Term) -> None:
        if t[0] in ("num", "var", "E"):
            return
        for part in t[2:] if t[0] == "P" else t[1:]:
            visit(part)
        if t[0] == "log":
            found[t[1], ">"] = None
        elif t[0] == "/":
            found[t[2], "!="] = None
        elif t[0] == "**" and t[2][0] != "num":
            if not counts(goal, t[2]):
                found[t[1], ">"] = None
        elif t[0] == "**" and t[2][1].q != 1:
            found[t[1], ">=" if t[2][1] > 0 else ">"] = None
        elif t[0] == "**" and t[2][1] < 0:
            found[t[1], "!="] = None

    visit(e)
    return [goal.but(target=t, relation=r) for t, r in found if not obvious(t, r)]


def obvious(t: Term, relation: str) -> bool:
    """Whether a condition is plain from the form of a term."""
    if t[0] == "num":
        return bool(t[1] > 0 or (t[1] == 0 and relation == ">=") or (t[1] < 0 and relation == "!="))
    return t[0] in ("exp", "cosh") or t == ("var", "pi")


def counts(goal: Goal, exponent: Term) -> bool:
    """Whether an exponent is plainly a natural number, so that any base will do."""
    if exponent[0] == "num":
        return bool(exponent[1].q == 1 and exponent[1] >= 0)
    if exponent[0] in ("+", "*"):
        return all(counts(goal, part) for part in exponent[1:])
    if exponent[0] != "var" or exponent[1] not in goal.integers:
        return False
    lo = goal.box[exponent[1]].lo
    return lo is not None and bool(lo >= 0)


def _rational(x: arb) -> fmpq:
    mantissa, exponent = x.man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)
