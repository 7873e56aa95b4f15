"""The theorem that a certificate's statement is, and the file that proves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import proofs.export.proof  # noqa: F401 - it registers the rules
from proofs.core.check import (
    FORMAT,
    canonical,
    digest,
    domain,
    facts,
    goal_of,
    goals_of,
    guarded,
    load,
    written,
)  # fmt: skip
from proofs.core.goals import Goal, conditions
from proofs.core.probability import law
from proofs.core.rules import rational
from proofs.core.terms import PI, ZERO, Formula, Malformed, Reader, Rejected, Term, constant, number
from proofs.export.bounds import holds
from proofs.export.script import Place, Script
from proofs.export.steps import prove, shown
from proofs.export.words import MEANS, Names, Untranslatable, compared, formula, library, term

INTO = {"<=": "le", "<": "lt", ">=": "ge", ">": "gt", "==": "eq", "!=": "ne"}
SIGN = {"<=": "<=", "<": "<", ">=": ">=", ">": ">", "==": "=", "!=": "<>"}
HEADER = """From Coq Require Import Reals Lra Lia ZArith.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
Open Scope R_scope.
"""


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


class Statement:
    """A statement: what it binds, assumes and concludes."""

    def __init__(self, data: Mapping[str, Any], names: Names) -> None:
        self.data, self.goal = data, goal_of(data)
        if self.goal.layers is not None:
            raise Untranslatable("invariant", "statements about layers")
        self.spelling = {
            x: names.variable(x)
            for x, e in self.goal.variables.items()
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
        known = self.known()
        self.reader = Reader(known)
        self.conclusion = Comparison(*self.reader.whole(data["conclusion"], self.reader.comparison))
        self.hypotheses = list(self._hypotheses())
        self.conditions = list(self._conditions())

    def known(self) -> dict[str, Term]:
        """List what names mean, as the core's loader does."""
        data = self.data
        known = {"pi": PI, **{x: domain(x, kind) for x, kind in data["variables"].items()}}
        known |= {c: number(rational(v)) for c, v in data["constants"].items()}
        for name, meaning in data["definitions"]:
            known[name] = Reader(known).term(meaning)
        return known

    def _hypotheses(self) -> Iterator[tuple[Formula, Comparison | None]]:
        """All facts in order: each after what it needs to be defined."""
        data, goal = self.data, replace(self.goal, facts={})
        for label, f in facts(self.reader, data["variables"], data["hypotheses"]).items():
            before = goal.facts
            goal = goal.where(label, f)
            added = [n for n in goal.facts if n not in before and n != label]
            yield from ((goal.facts[n], None) for n in added)
            if label in data["hypotheses"]:
                source = data["hypotheses"][label]
                yield f, Comparison(*self.reader.whole(source, self.reader.comparison))
            else:
                yield f, None

    def _conditions(self) -> Iterator[Formula]:
        """What the conclusion needs to be defined, but for what is a hypothesis or about numbers."""
        here = self.goal
        for c in dict.fromkeys(conditions(here.target, here.counts)):
            said = any(
                f.term == c.term and f.relation.implies(c.relation) for f in here.facts.values()
            )
            plain = constant(c.term) is not None and here.knows(*c)
            if not said and not plain:
                yield c
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
        for f, comparison in self.hypotheses:
            said = comparison.text(self.spelling) if comparison else formula(f, self.spelling)
            lines.append(f"  {said} ->")
        concluded = self.conclusion.text(self.spelling)
        if self.conditions:
            needed = " /\\ ".join(formula(c, self.spelling) for c in self.conditions)
            concluded = f"({needed}) /\\ {concluded}"
        return "\n".join([*lines, f"  {concluded}"])


def theorem(statement: Statement, name: str, proof: Any, names: Names,
            lemmas: Mapping[str, tuple[str, Statement]], cited: Mapping[str, Goal]) -> str:  # fmt: skip
    """Write a theorem with its proof."""
    script = Script(names)
    goal = replace(statement.goal, library=cited)
    known: dict[Formula, str] = {}
    bound = [
        statement.spelling[x] for kind in ("variable", "integer")
        for x, e in goal.variables.items() if e.head == kind
    ]  # fmt: skip
    laws = [kind for kind in statement.laws if kind in MEANS]
    bound = [*(statement.spelling[MEANS[k]] for k in laws), *bound]
    known_laws = [statement.spelling[f"{k} law"] for k in laws]
    assumed = [names.fresh("h") for _ in statement.hypotheses]
    if bound or assumed:
        script.say(f"intros {' '.join([*bound, *known_laws, *assumed])}.")
    for given, (f, comparison) in zip(assumed, statement.hypotheses, strict=True):
        if comparison is not None:
            known[f] = script.note(f"{comparison.into} _ _ {given}")
        else:
            known[f] = given
    place = Place(goal, script, dict(statement.spelling), known, lemmas=dict(lemmas))
    goals = [replace(g, library=cited) for g in goals_of(goal)]
    if not isinstance(proof, list) or len(proof) != len(goals):
        raise Rejected(f"{len(goals)} goals remain, and not as many are argued")
    for g, node in zip(goals[:-1], proof[:-1], strict=True):
        shown(place, g, node)
    last = replace(place, goal=goals[-1])
    if statement.conditions:
        needed = [holds(place, c) for c in statement.conditions]
        made = needed[-1]
        for other in reversed(needed[:-1]):
            made = f"(conj {other} {made})"
        script.say(f"split; [exact {made}|].")
    script.say(f"apply {statement.conclusion.out}.")
    script.say(f"change ({compared(place.text(goals[-1].target), goals[-1].relation)}).")
    prove(last, proof[-1])
    lines = [f"Theorem {name} :", f"{statement.text()}.", "Proof.", *script.lines, "Qed."]
    return "\n".join(lines)


def translate(certificate: str, name: str, library_: Mapping[str, str] | None = None) -> str:
    """Write a certificate as a Coq file that states its claim and proves it.

    Parameters
    ----------
    certificate : str
        The text of the certificate file.
    name : str
        What to call the theorem; anything but letters, digits and underscores is replaced.
    library_ : mapping of str to str, optional
        Certificates that it names by the digest of their statement.

    Returns
    -------
    str
        A self-contained file for Coq with Coquelicot and Interval.

    Raises
    ------
    Untranslatable
        If a rule or a function has no counterpart yet.
    Malformed, Rejected
        If it is not a certificate, or its tree of rules does not prove its statement.
    """
    with guarded():
        data = load(certificate)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise Malformed(f"not a certificate of the format {FORMAT!r}")
        names, theorems = Names(), list[str]()
        done: dict[str, tuple[str, Statement]] = {}
        _theorems(data, identifier(name), names, done, theorems, library_ or {}, ())
        said = comment(written(data["statement"]))
    body = "\n\n".join(theorems)
    return f"(* {said} *)\n\n{HEADER}\n{needed(body)}\n\n{body}\n"


def _theorems(
    data: Any, name: str, names: Names, done: dict[str, tuple[str, Statement]], out: list[str],
    library_: Mapping[str, str], open_: tuple[str, ...],
) -> None:  # fmt: skip
    """Write the theorems that a certificate cites, each once, and then its own."""
    own = digest(data["statement"])
    cited: dict[str, Goal] = {}
    for lemma in data["lemmas"]:
        key = lemma if isinstance(lemma, str) else lemma["digest"]
        if key in (own, *open_):
            raise Rejected("a lemma rests on itself")
        if key not in done:
            inside = library_.get(key) if isinstance(lemma, str) else canonical(lemma)
            if inside is None:
                raise Rejected(f"no certificate of the lemma {key[:16]}")
            inner = load(inside)
            if digest(inner["statement"]) != key:
                raise Rejected("a lemma is another one than its name says")
            _theorems(inner, f"lemma_{len(done) + 1}", names, done, out, library_, (*open_, own))
        cited[key] = done[key][1].goal
    statement = Statement(data["statement"], Names())
    scoped = Names()
    scoped.used = set(statement.spelling.values())
    out.append(theorem(statement, name, data["proof"], scoped, done, cited))
    done[own] = name, statement


def identifier(name: str) -> str:
    """Turn any text into a valid name of a theorem that nothing else has."""
    made = re.sub(r"\W", "_", name, flags=re.ASCII).strip("_")[:60] or "claim"
    return f"claim_{made}"


def comment(text: str) -> str:
    """Make text harmless inside a comment."""
    plain = "".join(c if c.isascii() and c.isprintable() else "?" for c in text)
    plain = plain.replace('"', "'").replace("(*", "( *").replace("*)", "* )").replace("(*", "( *")
    return plain[:2000]


@cache
def blocks() -> dict[str, str]:
    """Split the library into its lemmas, definitions and tactics, by name."""
    found = {}
    for block in re.split(r"\n\n+", library()):
        match = re.search(r"^(?:Lemma|Definition|Fixpoint|Ltac) ([\w']+)", block, re.M)
        if match is not None:
            found[match[1]] = block.strip()
    return found


def needed(text: str) -> str:
    """Return the part of the library that a proof uses, in order."""
    wanted, todo = set[str](), [text]
    while todo:
        for word in set(re.findall(r"[A-Za-z_][\w']*", todo.pop())):
            if word in blocks() and word not in wanted:
                wanted.add(word)
                todo.append(blocks()[word])
    return "\n\n".join(block for name, block in blocks().items() if name in wanted)
