"""How steps are written: what all rules share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from proofs.core.goals import Goal
from proofs.core.rules import remaining
from proofs.core.terms import Formula, Rejected, Term, constant, integral, replaced
from proofs.export.bounds import holds
from proofs.export.draws import number_of, opened
from proofs.export.script import GT, Place, Script
from proofs.export.words import Untranslatable, rational, term

Node = Mapping[str, Any]
Rule = Callable[[Place, Node, Sequence[Goal], Sequence[Node]], None]
RULES: Final[dict[str, Rule]] = {}


def prove(place: Place, node: Node) -> None:
    """Write the proof of the goal at a place, as a certificate argues it."""
    goals = remaining(place.goal, node)
    parts = node.get("parts", [])
    if not isinstance(parts, list) or len(parts) != len(goals):
        raise Rejected("goals and arguments differ in number")
    rule = RULES.get(node["rule"])
    if rule is None:
        raise Untranslatable(str(node["rule"]), "the rule has no Coq counterpart yet")
    rule(place, node, goals, parts)


def prove_all(place: Place, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """Show goals about the same variables; each is a fact for those that follow."""
    for goal, part in zip(goals, parts, strict=True):
        shown(place, goal, part)


def shown(place: Place, goal: Goal, part: Node) -> str:
    """Show a goal as a step; it is a fact afterwards, of every draw where it is of one."""
    before = place.goal.variables
    draws = [w for x, w in before.items() if w.head == "drawn" != goal.variables[x].head]
    target = replaced(goal.target, {number_of(w): w for w in draws})
    known = Formula(target, goal.relation)
    found = place.fact(known)
    if found is not None:
        place.facts[known] = found
        return found
    here = place.at(goal)
    with place.script.step(place.said(known)) as name:
        if draws:
            with opened(here, draws) as there:
                prove(there, part)
        else:
            prove(here, part)
    place.facts[known] = name
    return name


def finish(place: Place, proof: str) -> None:
    """Close the goal of a place."""
    place.script.say(f"exact ({proof}).")


def as_is(script: Script, claim: str, name: str, rewrites: Sequence[str] = ()) -> str:
    """The same fact in other words, which Coq sees by computation or by simple rules."""
    return script.quick(claim, in_other_words(name, rewrites))


def in_other_words(name: str, rewrites: Sequence[str] = ()) -> str:
    """A tactic that closes a goal by the same fact in other words."""
    before = f"cbv beta; rewrite {', '.join(f'?{r}' for r in rewrites)}; " if rewrites else ""
    word = "convert_term" if "(" in name else "convert_to"
    return f"{before}first [exact {name} | {word} {name}]"


def turned(name: str, claim: str, equation: str) -> str:
    """Put for a name, before a tactic, what an equation says it stands for, where it stands.

    Coq refuses to rewrite where there is nothing to rewrite.
    """
    return f"rewrite <- {equation}; " if re.search(rf"\b{re.escape(name)}\b", claim) else ""


def plugged(
    place: Place, e: Term, values: Mapping[Term, Term], spelling: Mapping[str, str]
) -> list[str]:
    """Prove equations for powers whose exponents become numbers as values are put in."""
    found = []
    for s in dict.fromkeys(e.walk()):
        if s.head != "**" or constant(s.parts[1]) is not None or integral(s.parts[1]):
            continue
        new = replaced(s, values)
        q = constant(new.parts[1])
        if q is None:
            continue
        positive = holds(place, Formula(new.parts[0], GT))
        old, exponent = term(s, spelling), term(s.parts[1], spelling, 0)
        name = place.script.names.fresh("g")
        place.script.say(f"assert ({name} : {old} = {place.text(new)}).")
        with place.script.bracket():
            place.script.say(
                f"unfold Rpower; replace {exponent} with ({rational(q)}) by (clear; lra); "
                f"generalize {positive}; intros ?; symmetry; power_as_exp."
            )
        found.append(name)
    return found


def without(place: Place, x: str) -> Place:
    """Forget what is known of a variable."""
    facts = {f: n for f, n in place.facts.items() if x not in f.term.names}
    ends = {key: e for key, e in place.ends.items() if key[0] != x}
    return replace(place, facts=facts, ends=ends, made={})
