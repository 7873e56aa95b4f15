"""Read the canonical text of a statement as a goal."""

# ruff: noqa: D103 - terms are nested tuples, and one-line helpers say what they do

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from flint import fmpq

from proofs.provers.calculus.goals import Goal, Range
from proofs.provers.calculus.rules import rule_restrict
from proofs.provers.calculus.terms import (
    ZERO,
    Malformed,
    Rejected,
    Term,
    averaged,
    derivative,
    neg,
    parse,
    rational,
    variables,
)


def read_statement(text: str) -> Goal:
    """Derive the goal from a statement's canonical text, and from nothing else."""
    data = load_json(text)
    wanted = {"variables", "definitions", "hypotheses", "conclusion", "constants", "scope"}
    if not isinstance(data, dict) or set(data) != wanted:
        raise Malformed("not a statement")
    try:
        domains, constants = data["variables"], data["constants"]
        known: dict[str, Term] = {"pi": ("var", "pi")}
        known |= {x: ("var", x) for x in domains}
        known |= {c: ("num", rational(v)) for c, v in constants.items()}
        for name, meaning in data["definitions"]:
            known[name] = parse(meaning, known)
        if len(known) != 1 + len(domains) + len(constants) + len(data["definitions"]):
            raise Malformed("a name is used twice")
        facts = tuple((n, *relation(r, known)) for n, r in sorted(data["hypotheses"].items()))
        target, operator = relation(data["conclusion"], known)
    except (AttributeError, TypeError, ValueError) as wrong:
        raise Malformed(f"not a statement: {wrong}") from None
    box = {}
    for x, domain in domains.items():
        if domain in ("real", "integer"):
            box[x] = Range(None, None)
        elif domain in ("positive", "nonnegative"):
            box[x] = Range(fmpq(0), None, lo_open=domain == "positive")
        elif domain not in ("gaussian", "uniform"):
            raise Malformed(f"the checker knows no domain {domain!r}")
    draws = {x: d for x, d in domains.items() if d in ("gaussian", "uniform")}
    for e in (target, *(f[1] for f in facts)):
        if variables(e) & set(draws):
            raise Malformed("a drawn variable outside an expectation")
        if not averaged(e) <= set(draws) | {"pi"}:
            raise Malformed("a variable inside an expectation that is not drawn")
    integers = frozenset(x for x, d in domains.items() if d == "integer")
    return tightened(Goal(box, facts, target, operator, draws, integers))


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


def relation(text: str, known: Mapping[str, Term]) -> tuple[Term, str]:
    """``left <= right`` as a term that is >= 0: right - left, and so on."""
    found = re.fullmatch(r"([^<>=]+)(<=|>=|==|<|>)([^<>=]+)", text)
    if found is None:
        raise Malformed(f"not a comparison: {text[:60]!r}")
    left, right = parse(found[1], known), parse(found[3], known)
    if found[2] in ("<=", "<"):
        left, right = right, left
    difference = ("+", left, neg(right)) if right != ZERO else ("+", left, ZERO)
    return difference, {"<=": ">=", "<": ">"}.get(found[2], found[2])


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
