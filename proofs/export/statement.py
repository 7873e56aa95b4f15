"""The theorem that a certificate's statement is, and the file that proves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import proofs.export.proof  # noqa: F401 - it registers the rules
from proofs.core.check import (
    domain,
    facts,
    goal_of,
)  # fmt: skip
from proofs.core.goals import conditions
from proofs.core.probability import bound, law
from proofs.core.probability import meaning as simpler
from proofs.core.rules import rational
from proofs.core.terms import PI, ZERO, Formula, Reader, Term, constant, integral, number
from proofs.export.script import GE, NE
from proofs.export.structure import layer_facts
from proofs.export.words import (
    MEANS,
    Names,
    Untranslatable,
    formula,
    term,
    whole,
)

INTO = {"<=": "le", "<": "lt", ">=": "ge", ">": "gt", "==": "eq", "!=": "ne"}
SIGN = {"<=": "<=", "<": "<", ">=": ">=", ">": ">", "==": "=", "!=": "<>"}


@dataclass(frozen=True)
class Comparison:
    """A comparison as it is written: two terms and an operator."""

    left: Term
    operator: str
    right: Term

    def text(self, spelling: Mapping[str, str]) -> str:
        """Write it."""
        return f"{term(self.left, spelling)} {SIGN[self.operator]} {term(self.right, spelling)}"

    @property
    def kind(self) -> str:
        """The family of its lemmas: what is compared to 0 stays as it is."""
        zero = (self.left if self.operator in ("<=", "<") else self.right) == ZERO
        return INTO[self.operator] + ("_zero" if zero else "")

    @property
    def into(self) -> str:
        """The lemma that turns it into a comparison to zero."""
        return f"{self.kind}_in"

    @property
    def out(self) -> str:
        """The lemma that turns a comparison to zero into it."""
        return f"{self.kind}_out"


@dataclass(frozen=True)
class Either:
    """What an integer power needs: a base that is not zero, or an exponent >= 0."""

    base: Formula
    exponent: Formula

    def text(self, spelling: Mapping[str, str]) -> str:
        """Write it."""
        return f"{formula(self.base, spelling)} \\/ {formula(self.exponent, spelling)}"


class Statement:
    """A statement: what it binds, assumes and concludes."""

    def __init__(self, data: Mapping[str, Any], names: Names) -> None:
        self.data, self.goal = data, goal_of(data)
        self.layers = self.goal.layers
        self.states = [str(e.value) for e in self.layers.starts] if self.layers else []
        own = self.layers.variables if self.layers else {}
        self.spelling = {
            x: names.variable(x)
            for x, e in {**self.goal.variables, **own}.items()
            if e.head in ("variable", "integer")
        }
        self.laws = sorted({law(e) for e in self.goal.variables.values() if e.head == "drawn"})
        for x, e in self.goal.variables.items():
            if e.head == "drawn":
                self.spelling[x] = names.variable(x)
        for kind in self.laws:
            if kind in MEANS:
                self.spelling[MEANS[kind]] = names.variable("E")
                self.spelling[f"{kind} law"] = names.fresh("law")
        self.ordered: list[str] = []  # laws whose means must keep the order of functions
        known = self.known()
        self.reader = Reader(known)
        self.conclusion = Comparison(*self.reader.whole(data["conclusion"], self.reader.comparison))
        self.finals: list[tuple[Formula, Comparison | None]] = []  # about accumulators at the end
        self.hypotheses = list(self._hypotheses())
        self.each = list(self._each()) if self.layers else []
        if self.layers and self.laws:
            raise Untranslatable("invariant", "draws and layers in one statement")
        self.conditions = list(self._conditions())
        said = [self.goal.target, *(f.term for f, _ in self.hypotheses)]
        tails = [e for t in said for e in t.walk() if e.head == "P" and simpler(e) is None]
        self.names = names
        self.ask({law(w) for e in tails for w in bound(e)} & set(MEANS))

    def ask(self, laws: set[str]) -> None:
        """Assume of the means of some laws that they keep the order of functions."""
        self.ordered = sorted({*self.ordered, *laws})
        for kind in self.ordered:
            if f"{kind} order" not in self.spelling:
                self.spelling[f"{kind} order"] = self.names.fresh("order")

    def known(self) -> dict[str, Term]:
        """List what names mean, as the core's loader does."""
        data = self.data
        known = {"pi": PI, **{x: domain(x, kind) for x, kind in data["variables"].items()}}
        known |= {c: number(rational(v)) for c, v in data["constants"].items()}
        for name, meaning in data["definitions"]:
            known[name] = Reader(known).term(meaning)
        return {**known, **{x: self.goal.variables[x] for x in self.states}}

    def _each(self) -> Iterator[tuple[Formula, Comparison | None]]:
        """What is assumed of each layer, in order."""
        assert self.layers is not None
        reader, given = Reader({**self.known(), **self.layers.variables}), self.data["layers"]
        for label, f in layer_facts(self.layers, self.goal):
            source = given["hypotheses"].get(label) if f in self.layers.facts.values() else None
            parts = None if source is None else reader.whole(source, reader.comparison)
            yield f, None if parts is None else Comparison(*parts)

    def inductive(self) -> str:
        """Write which values accumulators reach, in any number of layers."""
        if self.layers is None:
            return ""
        given = self.bound(self.parameters())
        arrows = " -> ".join("Z" if e.head == "integer" else "R" for e in self.layers.starts)
        reached = f"reached{self.applied()}"
        first, after = (
            " ".join(
                whole(v, self.spelling, 0) if e.head == "integer" else term(v, self.spelling, 0)
                for e, v in values.items()
            )
            for values in (self.layers.starts, self.layers.updates)
        )
        states = {x: self.goal.variables[x] for x in self.states}
        binders = " ".join(self.bound({**states, **self.layers.variables}))
        at = " ".join(self.spelling[x] for x in self.states)
        assumed = "".join(
            f"      {c.text(self.spelling) if c else formula(f, self.spelling)} ->\n"
            for f, c in self.each
        )
        return (
            f"Inductive reached {' '.join(given)} : {arrows} -> Prop :=\n"
            f"  | reached_first : {reached} {first}\n"
            f"  | reached_next : forall {binders},\n"
            f"      {reached} {at} ->\n{assumed}      {reached} {after}.\n\n"
        )

    def parameters(self) -> dict[str, Term]:
        """List the variables that layers do not change, in the order of the theorem."""
        found = {x: e for x, e in self.goal.variables.items() if x not in self.states}
        return {
            x: e for kind in ("variable", "integer") for x, e in found.items() if e.head == kind
        }

    def applied(self) -> str:
        """Write the arguments that stay the same in all layers."""
        return "".join(f" {self.spelling[x]}" for x in self.parameters())

    def bound(self, variables: Mapping[str, Term]) -> list[str]:
        """Write binders."""
        return [
            f"({self.spelling[x]} : {'Z' if e.head == 'integer' else 'R'})"
            for x, e in variables.items()
        ]

    def _hypotheses(self) -> Iterator[tuple[Formula, Comparison | None]]:
        """All facts in order: each after what it needs to be defined."""
        data, goal = self.data, replace(self.goal, facts={})
        finals = self.layers.finals if self.layers else {}
        known = facts(self.reader, data["variables"], data["hypotheses"])
        for label, f in sorted(known.items(), key=lambda item: item[0] in finals):
            before = goal.facts
            goal = goal.where(label, f)
            added = [n for n in goal.facts if n not in before and n != label]
            source = data["hypotheses"].get(label)
            parts = None if source is None else self.reader.whole(source, self.reader.comparison)
            found: list[tuple[Formula, Comparison | None]] = [(goal.facts[n], None) for n in added]
            found.append((f, None if parts is None else Comparison(*parts)))
            if label in finals:
                self.finals += found
            else:
                yield from found

    def _conditions(self) -> Iterator[Formula | Either]:
        """What the conclusion needs to be defined, less hypotheses and facts about numbers."""
        here = self.goal
        counted = {
            Formula(e.parts[0], NE): Formula(e.parts[1], GE) for e in here.target.walk()
            if e.head == "**" and not e.parts[1].names.isdisjoint(self.states)
            and constant(e.parts[1]) is None and integral(e.parts[1])
        }  # fmt: skip
        for c in dict.fromkeys(conditions(here.target, here.counts)):
            said = any(
                f.term == c.term and f.relation.implies(c.relation) for f in here.facts.values()
            )
            plain = constant(c.term) is not None and here.knows(*c)
            if not said and not plain:
                yield Either(c, counted[c]) if c in counted else c
            here = here.noted(c)

    def text(self) -> str:
        """Write the theorem's statement."""
        real = [self.spelling[x] for x, e in self.goal.variables.items() if e.head == "variable"]
        whole = [self.spelling[x] for x, e in self.goal.variables.items() if e.head == "integer"]
        groups = [f"({' '.join(v)} : {kind})" for v, kind in ((real, "R"), (whole, "Z")) if v]
        means = [self.spelling[MEANS[kind]] for kind in self.laws if kind in MEANS]
        groups = [f"({v} : (R -> R) -> R)" for v in means] + groups
        lines = [f"  forall {' '.join(groups)},"] if groups else []
        lines += [
            f"  {MEANS[k]}_mean {self.spelling[MEANS[k]]} ->" for k in self.laws if k in MEANS
        ]
        lines += [f"  monotone_mean {self.spelling[MEANS[k]]} ->" for k in self.ordered]
        for f, comparison in self.hypotheses:
            said = comparison.text(self.spelling) if comparison else formula(f, self.spelling)
            lines.append(f"  {said} ->")
        if self.layers is not None:
            lines = [f"  forall {' '.join(self.bound(self.parameters()))},"] * bool(
                self.parameters()
            )
            lines += [f"  {worded(f, c, self.spelling)} ->" for f, c in self.hypotheses]
            states = {x: self.goal.variables[x] for x in self.states}
            at = " ".join(self.spelling[x] for x in self.states)
            lines.append(f"  forall {' '.join(self.bound(states))},")
            lines.append(f"  reached{self.applied()} {at} ->")
            lines += [f"  {worded(f, c, self.spelling)} ->" for f, c in self.finals]
        concluded = self.conclusion.text(self.spelling)
        if self.conditions:
            needed = " /\\ ".join(
                f"({c.text(self.spelling)})" if isinstance(c, Either) else formula(c, self.spelling)
                for c in self.conditions
            )
            first = self.conditions[0]
            bare = len(self.conditions) == 1 and isinstance(first, Formula) and first.term.drawn
            concluded = f"{needed if bare else f'({needed})'} /\\ {concluded}"
        return "\n".join([*lines, f"  {concluded}"])


def worded(f: Formula, comparison: Comparison | None, spelling: Mapping[str, str]) -> str:
    """Write a fact as it was written, or compared to zero."""
    return comparison.text(spelling) if comparison else formula(f, spelling)
