"""The file that proves the theorem that a certificate's statement is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import proofs.export.proof  # noqa: F401 - it registers the rules
from proofs.core.check import (
    FORMAT,
    canonical,
    digest,
    goals_of,
    guarded,
    load,
    parts,
    written,
)  # fmt: skip
from proofs.core.goals import Goal
from proofs.core.rules import remaining
from proofs.core.terms import Formula, Malformed, Rejected
from proofs.export.bounds import holds
from proofs.export.script import Place, Script
from proofs.export.statement import Either, Statement
from proofs.export.steps import prove, prove_all, shown
from proofs.export.structure import induct
from proofs.export.words import MEANS, Names, Untranslatable, compared, library
from theory.expressions.tokens import plain as spelled
from theory.language.typed import again

HEADER = """From Coq Require Import Reals Lra Lia ZArith.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
Open Scope R_scope.
"""


def theorem(
    statement: Statement,
    name: str,
    proof: Any,
    names: Names,
    lemmas: Mapping[str, tuple[str, Statement]],
    cited: Mapping[str, Goal],
) -> str:
    """Write a theorem with its proof."""
    script = Script(names, name)
    goal = replace(statement.goal, library=cited)
    known: dict[Formula, str] = {}
    if statement.layers is not None:
        return of_layers(statement, name, proof, script, goal, lemmas)
    bound = [
        statement.spelling[x] for kind in ("variable", "integer")
        for x, e in goal.variables.items() if e.head == kind
    ]  # fmt: skip
    laws = [kind for kind in statement.laws if kind in MEANS]
    bound = [*(statement.spelling[MEANS[k]] for k in laws), *bound]
    known_laws = [statement.spelling[f"{k} law"] for k in laws]
    known_laws += [statement.spelling[f"{k} order"] for k in statement.ordered]
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
    conclude(place, statement)
    script.say(f"change ({compared(place.text(goals[-1].target), goals[-1].relation)}).")
    prove(last, proof[-1])
    return whole_text(statement, name, script)


def conclude(place: Place, statement: Statement) -> None:
    """Show what the conclusion needs to be defined, and turn to its comparison to zero."""
    if statement.conditions:
        known = [met(place, c) for c in statement.conditions]
        made = known[-1]
        for other in reversed(known[:-1]):
            made = f"(conj {other} {made})"
        place.script.say(f"split; [exact {made}|].")
    place.script.say(f"apply {statement.conclusion.out}.")


def met(place: Place, condition: Formula | Either) -> str:
    """Prove a condition."""
    if not isinstance(condition, Either):
        return holds(place, condition)
    try:
        return f"(or_introl {holds(place, condition.base)})"
    except Untranslatable:
        return f"(or_intror {holds(place, condition.exponent)})"


def whole_text(statement: Statement, name: str, script: Script) -> str:
    """Put a theorem together."""
    lines = [f"Theorem {name} :", f"{statement.text()}.", "Proof.", *script.lines, "Qed."]
    return "\n\n".join([*script.lemmas, "\n".join(lines)])


def of_layers(
    statement: Statement, name: str, proof: Any, script: Script, goal: Goal,
    lemmas: Mapping[str, tuple[str, Statement]],
) -> str:  # fmt: skip
    """Write a theorem about any number of layers."""
    names = script.names
    parameters = [statement.spelling[x] for x in statement.parameters()]
    assumed = [names.fresh("h") for _ in statement.hypotheses]
    states, ground = [statement.spelling[x] for x in statement.states], names.fresh("h")
    ends = [names.fresh("h") for _ in statement.finals]
    script.say(f"intros {' '.join([*parameters, *assumed, *states, ground, *ends])}.")
    known, at_the_end = (
        {
            f: script.note(f"{comparison.into} _ _ {given}") if comparison is not None else given
            for given, (f, comparison) in zip(labels, found, strict=True)
        }
        for labels, found in ((assumed, statement.hypotheses), (ends, statement.finals))
    )
    place = Place(goal, script, dict(statement.spelling), known, lemmas=dict(lemmas))
    place.lemmas["layers"] = ground, statement
    if not isinstance(proof, list) or len(proof) != 1:
        raise Rejected("a statement about layers needs one invariant")
    goals, inner = remaining(goal, proof[0]), proof[0].get("parts", [])
    if not isinstance(inner, list) or len(inner) != len(goals):
        raise Rejected(f"{len(goals)} goals remain, and not as many are argued")
    there, last, nodes = induct(place, proof[0], goals, inner)
    assert goal.layers is not None
    for label, fact in goal.layers.finals.items():
        there = replace(there, goal=there.goal.where(label, fact))
    there.facts.update(at_the_end)
    prove_all(there, last, nodes)
    conclude(there, statement)
    script.say(f"exact {holds(there, Formula(goal.target, goal.relation))}.")
    return whole_text(statement, name, script)


def translate(
    certificate: str,
    name: str,
    library_: Mapping[str, str] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> str:
    """Write a certificate as a Coq file that states its claim and proves it.

    Parameters
    ----------
    certificate : str
        The text of the certificate file.
    name : str
        What to call the theorem; anything but letters, digits and underscores is replaced.
    library_ : mapping of str to str, optional
        Certificates that it names by the digest of their statement.
    typed : mapping, optional
        What was typed, where that was read as the statement: for the comment, if it is that.

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
    InputError
        If what was typed says another statement.
    """
    with guarded():
        data = load(certificate)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise Malformed(f"not a certificate of the format {FORMAT!r}")
        names, theorems = Names(), list[str]()
        done: dict[str, tuple[str, Statement]] = {}
        try:
            _theorems(data, identifier(name), names, done, theorems, library_ or {}, ())
        except (Malformed, Rejected, Untranslatable):
            raise
        except (AssertionError, AttributeError, LookupError, TypeError, ValueError) as wrong:
            raise Untranslatable("certificate", f"{type(wrong).__name__} on the way") from wrong
        said = comment(written(data["statement"]))
        digest = data["digest"]
    if typed is not None:
        given = str(again(typed, digest)[1])
        given = given if given.isascii() else spelled(given)  # or <= and >= would look the same
        said = f"as typed: {comment(given)}\n   read as:  {said}"
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
            fresh = f"lemma_{len(done) + len(open_) + 1}"  # those being written are not done yet
            _theorems(inner, fresh, names, done, out, library_, (*open_, own))
        cited[key] = done[key][1].goal
    rows, proof, made = parts(data["statement"]), data["proof"], list[tuple[str, Statement]]()
    if not isinstance(proof, list):
        raise Rejected("no list of proofs")
    for i, row in enumerate(rows, 1):
        statement = Statement(row, Names())
        count = len(goals_of(statement.goal)) if i < len(rows) else len(proof)
        statement.ask(of_order(proof[:count], statement, done))
        scoped = Names()
        scoped.used = set(statement.spelling.values())
        if i == 1 and statement.layers is not None:
            out.append(statement.inductive().strip())
        part = name if len(rows) == 1 else f"{name}_{i}"
        made.append((part, statement))
        out.append(theorem(statement, part, proof[:count], scoped, done, cited))
        proof = proof[count:]
    if len(made) > 1:
        out.append(together(name, made))
    else:
        done[own] = made[0]


def of_order(
    proof: Sequence[Any], statement: Statement, done: Mapping[str, tuple[str, Statement]]
) -> set[str]:
    """Laws whose means must keep the order of functions, for a proof by tails or lemmas on them."""
    found, waiting = set[str](), [*proof]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if node.get("rule") == "markov":
                found |= set(statement.laws) & set(MEANS)
            elif node.get("rule") == "cite" and node.get("lemma") in done:
                found |= set(done[node["lemma"]][1].ordered) & set(statement.laws)
            waiting += node["parts"] if isinstance(node.get("parts"), list) else []
    return found


def together(name: str, made: Sequence[tuple[str, Statement]]) -> str:
    """Write that all of several theorems hold."""
    *firsts, term = [part for part, _ in made]
    for part in reversed(firsts):
        term = f"(conj {part} {term})"
    said = " /\\\n".join(f"  ({statement.text().strip()})" for _, statement in made)
    return f"Theorem {name} :\n{said}.\nProof.\nexact {term}.\nQed."


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
    wanted, waiting = set[str](), [text]
    while waiting:
        for word in set(re.findall(r"[A-Za-z_][\w']*", waiting.pop())):
            if word in blocks() and word not in wanted:
                wanted.add(word)
                waiting.append(blocks()[word])
    return "\n\n".join(block for name, block in blocks().items() if name in wanted)
