"""Read the canonical text of a statement as a goal."""

# ruff: noqa: D103 - terms are nested tuples, and one-line helpers say what they do

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flint import fmpq

from proofs.provers.calculus.events import LAWS, average, event
from proofs.provers.calculus.goals import Fact, Goal, Range
from proofs.provers.calculus.rules import rule_restrict
from proofs.provers.calculus.terms import (
    ZERO,
    Malformed,
    Reader,
    Rejected,
    Term,
    derivative,
    neg,
    rational,
    sub,
    variables,
)


@dataclass(frozen=True)
class Depth:
    """What every layer does to the accumulators of a statement about arbitrary depth."""

    box: Mapping[str, Range]
    integers: frozenset[str]
    facts: tuple[Fact, ...]
    starts: Mapping[str, Term]
    updates: Mapping[str, Term]


def read_statement(text: str) -> Goal:
    """Derive the goal from a statement's canonical text, and from nothing else.

    Raises
    ------
    Malformed
        If the text is not a statement, or speaks of things that the search does not know.
    """
    return read_layers(text)[0]


def read_layers(text: str) -> tuple[Goal, Depth | None]:
    """Derive the goal, and what a layer is if the statement is about every depth."""
    data = load_json(text)
    wanted = {"variables", "definitions", "hypotheses", "conclusion", "constants", "scope"}
    if not isinstance(data, dict) or set(data) - {"layers"} != wanted:
        raise Malformed("not a statement")
    layers = data.get("layers", {"variables": {}, "hypotheses": {}, "accumulators": []})
    try:
        laws = {x: d for x, d in data["variables"].items() if d in LAWS}
        own = {x: d for x, d in data["variables"].items() if d not in LAWS}
        accumulators = [row[0] for row in layers["accumulators"]]
        names = [*data["variables"], *accumulators, *layers["variables"]]
        known: dict[str, Term] = {x: ("var", x) for x in ("pi", *names)}
        known |= {c: ("num", rational(v)) for c, v in data["constants"].items()}
        reader = Reader(known, lambda e: average(e, laws), lambda a, op, b: event(a, op, b, laws))
        for name, meaning in data["definitions"]:
            known[name] = reader.term(meaning)
        if len(known) != 1 + len(names) + len(data["constants"]) + len(data["definitions"]):
            raise Malformed("a name is used twice")
        facts = _facts(reader, data["hypotheses"])
        target, operator = relation(reader, data["conclusion"])
        inner = _facts(reader, layers["hypotheses"])
        rows = [(n, reader.term(s), reader.term(u)) for n, s, u in layers["accumulators"]]
    except (AttributeError, LookupError, TypeError, ValueError) as wrong:
        raise Malformed(f"not a statement: {wrong}") from None
    for e in (target, *(f[1] for f in (*facts, *inner))):
        if variables(e) & set(laws):
            raise Malformed("a drawn variable outside an expectation")
    integers = frozenset(x for x, d in own.items() if d == "integer")
    goal = tightened(Goal(_box(own), facts, target, operator, laws, integers))
    if "layers" not in data:
        return goal, None
    starts, updates = {n: s for n, s, _ in rows}, {n: u for n, _, u in rows}
    counters = {n for n, s, u in rows if _natural(s) and _natural(sub(u, ("var", n)))}
    goal = goal.but(
        box={**goal.box, **{n: Range(None, None) for n in accumulators}},
        integers=integers | counters,
    )
    whole = frozenset(x for x, d in layers["variables"].items() if d == "integer")
    named = tuple((f"layer {n}", e, r) for n, e, r in inner)
    return goal, Depth(_box(layers["variables"]), whole, named, starts, updates)


def _natural(e: Term) -> bool:
    return e[0] == "num" and bool(e[1].q == 1 and e[1] >= 0)


def _box(domains: Mapping[str, str]) -> dict[str, Range]:
    box = {}
    for x, domain in domains.items():
        if domain in ("real", "integer"):
            box[x] = Range(None, None)
        elif domain in ("positive", "nonnegative"):
            box[x] = Range(fmpq(0), None, lo_open=domain == "positive")
        else:
            raise Malformed(f"the search knows no domain {domain!r}")
    return box


def _facts(reader: Reader, relations: Mapping[str, str]) -> tuple[Fact, ...]:
    return tuple((n, *relation(reader, r)) for n, r in sorted(relations.items()))


def tightened(goal: Goal) -> Goal:
    """Let hypotheses that are linear in a single variable bound the box."""
    for name, e, operator in goal.facts * 2:
        names = sorted(variables(e) - {"pi"})
        if len(names) == 1 and operator in (">=", ">"):
            slope = derivative(e, names[0])
            if slope[0] == "num" and slope != ZERO:
                with suppress(Rejected):  # it may not narrow the box
                    (goal,) = rule_restrict(goal, {"fact": name})
    return goal


def relation(reader: Reader, text: str) -> tuple[Term, str]:
    """``left <= right`` as a term that is >= 0: right - left, and so on."""
    left, operator, right = reader.comparison(text)
    if operator in ("<=", "<"):
        left, right = right, left
    return ("+", left, neg(right)), {"<=": ">=", "<": ">"}.get(operator, operator)


def load_json(text: str) -> Any:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(items)) != len(items):
            raise Malformed("a key occurs twice")
        return dict(items)

    def no_float(found: str) -> Any:
        raise Malformed(f"a floating-point number: {found[:40]}")

    if len(text) > 20_000_000:
        raise Malformed("the file is too long")
    try:
        return json.loads(
            text, object_pairs_hook=pairs, parse_float=no_float, parse_constant=no_float
        )
    except (json.JSONDecodeError, RecursionError, ValueError) as wrong:
        raise Malformed(f"not JSON: {wrong}") from None
