"""From trees of rules to proof scripts: every goal is the core's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from proofs.core.goals import Goal, Range
from proofs.core.terms import (
    Formula,
    Term,
    constant,
    derivative,
    neg,
    number,
    replaced,
)  # fmt: skip
from proofs.export import structure
from proofs.export.bounds import holds
from proofs.export.calculus import function_of
from proofs.export.cones import cone
from proofs.export.copies import markov
from proofs.export.limits import limit
from proofs.export.mean_value import mean_value
from proofs.export.paths import Path, along, whole_powers
from proofs.export.script import GE, GT, Place
from proofs.export.steps import (
    RULES,
    Node,
    as_is,
    finish,
    in_other_words,
    plugged,
    prove,
    prove_all,
    without,
)
from proofs.export.words import compared, rational

INTERVAL_KNOWS: Final = frozenset(
    [
        "number",
        "variable",
        "integer",
        "pi",
        "+",
        "-",
        "*",
        "/",
        "**",
        "neg",
        "exp",
        "log",
        "sqrt",
        "sin",
        "cos",
        "atan",
        "abs",
    ]
)


# Enclosures ---------------------------------------------------------------------------------------


def enclose(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """By interval arithmetic, or by bounds part by part."""
    if node["mean"]:
        mean_value(place, goals, parts)
        return
    decide(place, Formula(place.goal.target, place.goal.relation))


def interval_fits(place: Place, target: Term) -> bool:
    """Whether ``interval`` knows all that occurs in a term, and all its variables are bounded."""
    for part in target.walk():
        if part.head not in INTERVAL_KNOWS:
            return False
        if part.head == "**":
            q = constant(part.parts[1])
            if q is None or q.q > 2:
                return False
        inner = {"/": part.parts[-1:], "log": part.parts, "**": part.parts[:1]}.get(part.head, ())
        negative = part.head != "**" or (constant(part.parts[1]) or 0) < 0
        for e in inner if negative else ():
            found = place.goal.enclose(e)
            if not (found.lo > 0 or (found.hi < 0 and part.head != "log")):
                return False
    return all(None not in place.goal.box[x][:2] for x in target.names)


def goal_variable(place: Place, x: str) -> bool:
    """Whether a variable runs over the real numbers."""
    return place.goal.variables[x].head == "variable"


def decide(place: Place, f: Formula) -> None:
    """Close a goal that an enclosure decides."""
    script = place.script
    if interval_fits(place, f.term) and f.relation in (GE, GT):
        found = place.goal.enclose(f.term)
        if found.lo > 0:
            ends = sorted(f.term.names)
            for x in ends:
                for low in (True, False):
                    place.end(x, low)
            use = [place.ends[x, low].name for x in ends for low in (True, False)]
            carried = f"generalize {' '.join(use)}; clear; intros; " if use else "clear; "
            split = " | ".join(
                f"interval with (i_prec 90, i_bisect {place.spelling[x]}, i_depth 12)"
                for x in ends if goal_variable(place, x)
            )  # fmt: skip
            fast = "interval with (i_prec 90)"
            script.say(f"{carried}{f'first [{fast} | {split}]' if split else fast}.")
            return
    finish(place, holds(place, f))


# Structure ----------------------------------------------------------------------------------------


def have(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """A step."""
    prove_all(place, goals[:-1], parts[:-1])
    prove(place.at(goals[-1]), parts[-1])


def cases(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """A case distinction."""
    prove_all(place, goals[:-2], parts[:-2])
    e, script = place.goal.read(node["term"]), place.script
    name = script.names.fresh("h")
    script.say(f"destruct (cases_of {place.text(e, 0)}) as [{name} | {name}].")
    for end, goal, part in (
        (Formula(e, GT), goals[-2], parts[-2]), (Formula(neg(e), GE), goals[-1], parts[-1]),
    ):  # fmt: skip
        with script.bracket():
            here = place.at(goal)
            here.facts[end] = name
            prove(here, part)


def monotone(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """By the sign of a derivative."""
    goal, script = place.goal, place.script
    x, low = node["variable"], node["end"] == "lo"
    r, real = goal.box[x], Term("variable", value=x)
    end, is_open = (r.lo, r.lo_open) if low else (r.hi, r.hi_open)
    f = replaced(goal.target, {goal.variables[x]: real})
    slope = derivative(f, x)
    free = replace(goal, variables={**goal.variables, x: real})
    closed = free.free(x, r._replace(lo_open=r.lo_open and not low, hi_open=r.hi_open and low))
    inside = free.free(x, Range(r.lo, r.hi, True, True))
    n = len(closed.defined(f))
    m = len(inside.show(slope if low else neg(slope), goal.relation if is_open else GE))
    groups = goals[:n], goals[n : len(goals) - m], goals[len(goals) - m :]
    nodes = parts[:n], parts[n : len(goals) - m], parts[len(goals) - m :]
    at = goal.variables[x]
    point = place.text(at, 0)
    mine, other = place.end(x, low), place.end(x, not low)
    assert mine is not None
    kept = without(place, x)
    path = Path(x, f, point, mine, other, low)
    smooth = along(kept, closed, path, groups[0], nodes[0])
    strict = goal.relation if is_open else GE
    steep = along(kept, inside, path, groups[2], nodes[2], strict, smooth)
    word = "grows" if low else "falls"
    kind = "ge" if goal.relation is GE else "open" if is_open else "gt"
    t = script.names.fresh("t")
    there = replace(kept, spelling={**place.spelling, x: t})
    shape, rise = function_of(there, f, x), f"(fun {t} => {there.text(slope)})"
    closed_end = f"(Rlt_le _ _ {mine.name})" if mine.is_open else mine.name
    near = mine.name if kind == "open" else closed_end
    # The value at the end of the range.
    start = kept.at(groups[1][-1])
    at_once = f"(Rle_refl {rational(end, 0)})"
    between = (at_once, closed_end) if low else (closed_end, at_once)
    smooth.give(start, rational(end, 0), f"(conj {' '.join(between)})", number(end))
    prove_all(start, groups[1], nodes[1])
    started = start.facts[Formula(groups[1][-1].target, groups[1][-1].relation)]
    from proofs.export.words import term

    claim = compared(term(f, {**place.spelling, x: point}), goal.relation)
    rewrites = plugged(start, f, {real: number(end)}, {**place.spelling, x: rational(end, 0)})
    at_end = compared(f"({shape} {rational(end, 0)})", groups[1][-1].relation)
    started = as_is(script, at_end, started, rewrites)
    proof = (
        f"{word}_{kind} {shape} {rise} {rational(end, 0)} {point} {near} {smooth.proof} "
        f"{steep.proof} {started}"
    )
    if at.head == "integer":
        known = script.quick(claim, f"exact ({proof})")
        here = ("(Rle_refl _)", closed_end)[:: -1 if low else 1]
        smooth.give(place, point, f"(conj {' '.join(here)})", at)
        script.say(f"{in_other_words(known, whole_powers(place, x))}.")
        return
    finish(place, proof)


RULES.update(
    {
        "enclose": enclose,
        "cone": cone,
        "have": have,
        "cases": cases,
        "monotone": monotone,
        "limit": limit,
        "substitute": structure.substitute,
        "invariant": structure.invariant,
        "cite": structure.cite,
        "markov": markov,
    }
)
