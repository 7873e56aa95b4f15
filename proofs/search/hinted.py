"""Following a person's hints; whatever they lead to, the core decides.

A hint changes where the search begins: lemmas are cited, a variable is substituted, cases are
distinguished, invariants are tried first.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from proofs.core import check
from proofs.core.goals import Goal
from proofs.core.terms import Formula, Term, constant, number, text
from proofs.search.standard import Goals
from proofs.search.tactics import where
from proofs.search.trees import Tree, cases, cite, substitute, unused
from theory.hints import Hints

MAX_MATCHES = 4
Premise = Mapping[str, Any]  # the certificate of a lemma, as data


def invariants(goal: Goal, hints: Hints) -> list[Formula]:
    """The invariants that a person gives, as formulas."""
    return [goal.formula(str(r)) for r in hints.invariant]


def with_premises(goal: Goal, premises: Mapping[str, Premise]) -> Goal:
    """The goal with lemmas that may be cited; ``premises`` are certificates by name."""
    known = {str(c["digest"]): check.goal_of(c["statement"]) for c in premises.values()}
    return replace(goal, library=Goals(known))


def begin(goal: Goal, hints: Hints, premises: Mapping[str, Premise]) -> Iterator[Tree]:
    """First moves, each with holes for the rest: all hints together, then each citation apart."""
    choices = [
        [(name, values) for values in _places(goal, premises[name], hints.at.get(name))]
        for name in hints.uses
        if name in premises
    ]
    for chosen in itertools.islice(itertools.product(*choices), MAX_MATCHES):
        made = _chain(goal, hints, premises, chosen)
        if made is not None:
            yield made


def _chain(
    goal: Goal,
    hints: Hints,
    premises: Mapping[str, Premise],
    chosen: Sequence[tuple[str, Mapping[str, str]]],
) -> Tree | None:
    names = unused(goal, "cited", len(chosen))
    made: Tree | None = None
    for e, name in zip(hints.split, unused(goal, "hint", len(hints.split)), strict=True):
        made = cases(name, text(goal.reader().term(str(e))), made, made)
    for (lemma, values), name in reversed(list(zip(chosen, names, strict=True))):
        digest = str(premises[lemma]["digest"])
        made = cite(name, digest, values, made)
    for x, e in hints.substitute.items():
        term = goal.reader().term(str(e))
        variable = goal.variables[x]
        back = inverse(term, variable)
        if back is not None:
            said = where(x, goal.box[x]) if term == variable else _image(goal, x, term)
            node = substitute(x, text(term), text(back), said)
            made = {**node, "parts": [..., made]} if made is not None else node
    return made


def inverse(e: Term, x: Term) -> Term | None:
    """The term t such that x = e(t) means t = inverse(x), for the forms people use."""
    back, here = x, e
    while here != x:
        parts = here.parts
        inside = [i for i, p in enumerate(parts) if x.value in p.names]
        if len(inside) != 1:
            return None
        i = inside[0]
        other = parts[1 - i] if len(parts) == 2 else x
        match here.head, i:
            case "neg", _:
                back = Term("neg", back)
            case "exp", _:
                back = Term("log", back)
            case "log", _:
                back = Term("exp", back)
            case "sqrt", _:
                back = Term("**", back, number(2))
            case "+", _:
                back = Term("-", back, other)
            case "-", 0:
                back = Term("+", back, other)
            case "-", 1:
                back = Term("-", other, back)
            case "*", _:
                back = Term("/", back, other)
            case "/", 0:
                back = Term("*", back, other)
            case "/", 1:
                back = Term("/", other, back)
            case "**", 0 if constant(other):
                back = Term("**", back, Term("/", number(1), other))
            case _:
                return None
        here = parts[i]
    return back


def _image(goal: Goal, x: str, e: Term) -> list[str]:
    """What is plain about the new variable: that roots and reciprocals stay positive."""
    r = goal.box[x]
    signed = r.lo is not None and r.lo >= 0
    strict = signed and (r.lo > 0 or r.lo_open)
    if signed and e.head in ("**", "sqrt", "/"):
        return [f"{x} {'>' if strict else '>='} 0"]
    return []


def _places(
    goal: Goal, premise: Premise, given: Mapping[str, Any] | None
) -> Iterator[Mapping[str, str]]:
    """Terms for the variables of a lemma: those that a person gives, or those that match."""
    lemma = check.goal_of(premise["statement"])
    names = [x for x, t in lemma.variables.items() if t.head in ("variable", "integer")]
    if given is not None:
        values = {x: text(goal.reader().term(str(e))) for x, e in given.items()}
        if set(values) == set(names):
            yield values
        return
    yield from matches(goal, lemma, names)


def matches(goal: Goal, lemma: Goal, names: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Matches of large parts of a lemma with parts of the target, largest first."""
    patterns = sorted(
        {e for e in lemma.target.walk() if e.parts and e.names}, key=lambda e: -e.size
    )
    sides = list(dict.fromkeys(goal.target.walk()))
    seen: set[tuple[tuple[str, str], ...]] = set()
    for pattern in patterns:
        for side in sides:
            found: dict[str, Term] = {}
            if not _match(pattern, side, found) or set(found) != set(names):
                continue
            values = {x: text(e) for x, e in found.items()}
            key = tuple(sorted(values.items()))
            if key not in seen:
                seen.add(key)
                yield values
    plain = {x: x for x in names if x in goal.variables}
    if set(plain) == set(names) and tuple(sorted(plain.items())) not in seen:
        yield plain


def _match(pattern: Term, e: Term, found: dict[str, Term]) -> bool:
    if pattern.head in ("variable", "integer"):
        name = str(pattern.value)
        return found.setdefault(name, e) == e
    if pattern.head != e.head or pattern.value != e.value or len(pattern.parts) != len(e.parts):
        return False
    return all(_match(p, q, found) for p, q in zip(pattern.parts, e.parts, strict=True))


def advice(goal: Goal | None) -> str:
    """Which hint would help, by what the goal looks like."""
    if goal is None:
        return ""
    if goal.layers is not None:
        return "a hint `invariant` that survives a step and implies the conclusion"
    heads = {e.head for e in goal.target.walk()}
    kinds = [
        ("`uses` with a lemma of the library (`lemmata search`)", True),
        ("`substitute` for what stands in an exponent or a root", heads & {"exp", "sqrt", "**"}),
        ("`split` at a term whose sign matters", heads & {"abs", "min", "max", "/"}),
    ]
    return "a hint " + ", or ".join(words for words, fits in kinds if fits)
