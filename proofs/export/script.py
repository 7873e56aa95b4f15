"""The proof script under construction, and what is known at a point of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term, constant, linear, minus, number
from proofs.export.words import Names, Untranslatable, formula, rational, term

GE, GT, EQ, NE = Relation.GE, Relation.GT, Relation.EQ, Relation.NE
MAX_SCRIPT = 2_000_000
LONG = re.compile(r"(?<![\w'.])[1-9][0-9]{12,1000}(?![\w'.])")
WEAKER = {(GT, GE): "ge_of_gt", (GT, NE): "ne_of_gt", (EQ, GE): "ge_of_eq"}


class Script:
    """Lines of a proof, with brackets around the proofs of steps."""

    def __init__(self, names: Names, title: str = "it") -> None:
        self.names, self.lines, self.depth, self.size = names, list[str](), 1, 0
        self.title, self.lemmas = title, list[str]()  # what is proved before the theorem
        self.areas: dict[Term, tuple[fmpq, fmpq, int, str]] = {}  # what they say of means

    def say(self, line: str) -> None:
        """Add a line; long numbers in base 16, which Coq reads four times as fast."""
        line = LONG.sub(lambda found: hex(int(found[0])), line)
        self.size += len(line)
        if self.size > MAX_SCRIPT:
            raise Untranslatable("certificate", "the proof would be too long")
        self.lines.append("  " * self.depth + line)

    @contextmanager
    def step(self, claim: str, prefix: str = "h") -> Iterator[str]:
        """State something, prove it inside, and know it by a name afterwards."""
        name = self.names.fresh(prefix)
        self.say(f"assert ({name} : {claim}).")
        with self.bracket():
            yield name

    @contextmanager
    def bracket(self) -> Iterator[None]:
        """Prove one of several goals."""
        self.say("{")
        self.depth += 1
        yield
        self.depth -= 1
        self.say("}")

    def note(self, proof: str, prefix: str = "h") -> str:
        """Name what a proof term shows."""
        name = self.names.fresh(prefix)
        self.say(f"pose proof ({proof}) as {name}.")
        return name

    def quick(self, claim: str, tactic: str, prefix: str = "h") -> str:
        """Show a claim by one tactic."""
        name = self.names.fresh(prefix)
        self.say(f"assert ({name} : {claim}) by ({tactic}).")
        return name


@dataclass(frozen=True)
class End:
    """A proved end of a variable's range."""

    value: fmpq
    is_open: bool
    name: str


@dataclass(frozen=True)
class Place:
    """What is known where a goal is to be shown.

    Attributes
    ----------
    goal : Goal
        The goal of the core.
    script : Script
        Where its proof goes.
    spelling : dict of str to str
        How its variables are written.
    facts : dict of Formula to str
        The names of what is proved.
    ends : dict of (str, bool) to End
        Ends of ranges that are not facts, by variable and whether it is the lower one.
    made : dict
        What has been shown on the way, so that it is not shown again at this place.
    """

    goal: Goal
    script: Script
    spelling: dict[str, str]
    facts: dict[Formula, str]
    ends: dict[tuple[str, bool], End] = field(default_factory=dict)
    made: dict[object, object] = field(default_factory=dict)
    lemmas: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def at(self, goal: Goal) -> Place:
        """Turn to another goal about the same variables; what is learned there stays there."""
        return replace(self, goal=goal, facts=dict(self.facts), ends=dict(self.ends), made={})

    def facts_of_law(self, law: str) -> str:
        """Name what is known of the expectation of a law."""
        return self.spelling[f"{law} law"]

    def order_of_law(self, law: str) -> str:
        """Name the fact that the expectation of a law keeps the order of functions."""
        return self.spelling[f"{law} order"]

    def text(self, e: Term, outer: int = 50) -> str:
        """Write a term."""
        return term(e, self.spelling, outer)

    def said(self, f: Formula) -> str:
        """Write a formula."""
        return formula(f, self.spelling)

    def claim(self) -> str:
        """Write what the goal says of its target."""
        return self.said(Formula(self.goal.target, self.goal.relation))

    def fact(self, f: Formula) -> str | None:
        """Find a proof of a formula among the facts, or of one that plainly implies it."""
        if f in self.facts:
            return self.facts[f]
        for (strong, weak), lemma in WEAKER.items():
            if f.relation is weak and (name := self.facts.get(Formula(f.term, strong))):
                return f"({lemma} _ {name})"
        return None

    def end(self, x: str, low: bool) -> End | None:
        """Find or prove the end of the range of a variable that the goal knows of."""
        r = self.goal.box.get(x)
        value = None if r is None else r.lo if low else r.hi
        if r is None or value is None:
            return None
        is_open = r.lo_open if low else r.hi_open
        known = self.ends.get((x, low))
        if known is not None and known.value == value and known.is_open == is_open:
            return known
        found = self._from_facts(x, low, value, is_open)
        if found is None and known is not None:
            found = self._weaker(x, low, known, value, is_open)
        if found is None:
            raise Untranslatable("ranges", f"no fact gives the end {value} of {x}")
        self.ends[x, low] = found
        return found

    def _weaker(self, x: str, low: bool, known: End, value: fmpq, is_open: bool) -> End | None:
        """From an end that says more."""
        inside = known.value > value if low else known.value < value
        if not inside and (known.value != value or is_open):
            return None
        shown = self.spelling[x]
        shown = f"IZR {shown}" if self.goal.variables[x].head == "integer" else shown
        sign = "<" if is_open else "<="
        q = rational(value)
        claim = f"{q} {sign} {shown}" if low else f"{shown} {sign} {q}"
        name = self.script.quick(claim, f"generalize {known.name}; clear; intros; lra", "r")
        return End(value, is_open, name)

    def _from_facts(self, x: str, low: bool, value: fmpq, is_open: bool) -> End | None:
        variable = self.goal.variables[x]
        whole = variable.head == "integer"
        for f, name in reversed(self.facts.items()):
            found = linear(f.term, variable) if f.term.names == {x} and f.relation != NE else None
            rest = None if found is None else constant(found[1])
            if found is None or rest is None:
                continue
            at, strict = -rest / found[0], f.relation is GT
            if (found[0] > 0) != low and f.relation is not EQ:
                continue
            got, got_open = at, strict
            if whole:
                got = fmpq(-int(-at.p // at.q)) if low else fmpq(int(at.p // at.q))
                got += (1 if low else -1) * int(strict and got == at)
                got_open = False
            if got != value or got_open != is_open:
                continue
            return self._shown(x, low, at, strict, End(got, got_open, name))
        return None

    def _shown(self, x: str, low: bool, at: fmpq, strict: bool, end: End) -> End:
        whole = self.goal.variables[x].head == "integer"
        shown = f"IZR {self.spelling[x]}" if whole else self.spelling[x]
        sign, q = "<" if strict else "<=", rational(at)
        claim = f"{q} {sign} {shown}" if low else f"{shown} {sign} {q}"
        tactic = f"generalize {end.name}; clear; intros; lra"
        name = self.script.quick(claim, tactic, "r")
        if whole and (at != end.value or strict):
            step = int(end.value) + (-1 if low else 1)
            lemma = f"next_{'lo' if low else 'hi'}{'_open' if strict else ''}"
            name = self.script.note(
                f"{lemma} _ ({q}) ({step}) ({int(end.value)}) {name} "
                f"ltac:(clear; lra) eq_refl", "r"
            )  # fmt: skip
        return replace(end, name=name)


def difference(x: Term, value: fmpq) -> Term:
    """Return the term of an end of a range, as the core says it."""
    return minus(x, number(value))
