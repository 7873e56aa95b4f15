"""Statements and certificates: the loader, and the one function that may say *proved*.

A statement is JSON: domains of variables, definitions, hypotheses, a conclusion, constants, perhaps
layers. It means: wherever all hypotheses are defined and true, the conclusion is defined and true.
A conclusion that is a list has rows of more hypotheses with a conclusion of their own: all of them
are claimed. A hypothesis about accumulators is about the same moment as the conclusion; one of a
layer is about the moment before it.
The goals are derived from its text and from nothing else. A certificate names a rule for each goal;
its ``lemmas`` are certificates that its proof may cite, each in the order of the list, so that
none can rest on itself.
"""

# ruff: noqa: D103 - short helpers say what they do by their names

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final, NamedTuple

from proofs.core import probability
from proofs.core.goals import Goal, Layers, Range
from proofs.core.ranges import working_precision
from proofs.core.rules import rational, remaining
from proofs.core.terms import (
    METER,
    PI,
    RESERVED,
    ZERO,
    Exhausted,
    Formula,
    Malformed,
    Reader,
    Rejected,
    Relation,
    Term,
    integral,
    number,
)  # fmt: skip

FORMAT: Final = "lemmata certificate 3"
MAX_BYTES, MAX_NODES, MAX_ITEMS = 20_000_000, 200_000, 2_000
OPERATIONS, SECONDS = 500_000_000, 120.0
NAME: Final = re.compile(r"[A-Za-z]\w{0,59}", re.ASCII)
LABEL: Final = re.compile(r"[A-Za-z][\w.-]{0,99}", re.ASCII)
DOMAINS: Final = {
    "real": None,
    "integer": None,
    "positive": Relation.GT,
    "nonnegative": Relation.GE,
}
KEYS: Final = {"format", "statement", "digest", "lemmas", "proof", "seal"}
EMPTY: Final[Mapping[str, Any]] = {"variables": {}, "hypotheses": {}, "accumulators": []}


class Checked(NamedTuple):
    """What a certificate proves: the digest of its statement, and the statements that it cites."""

    digest: str
    rests_on: tuple[str, ...] = ()


# Statements ---------------------------------------------------------------------------------------


def table(value: Any, grammar: re.Pattern[str]) -> dict[str, str]:
    """A mapping of names to text."""
    if not isinstance(value, dict) or len(value) > MAX_ITEMS:
        raise Malformed("a table is wanted")
    for name, entry in value.items():
        if not grammar.fullmatch(name) or not isinstance(entry, str):
            raise Malformed(f"not a name with its text: {name[:40]!r}")
    return value


def rows(value: Any, width: int) -> list[list[str]]:
    """A list of rows of text, each with a name in front."""
    if not isinstance(value, list) or len(value) > MAX_ITEMS:
        raise Malformed("a list is wanted")
    for row in value:
        plain = isinstance(row, list) and len(row) == width and all(isinstance(c, str) for c in row)
        if not plain or not NAME.fullmatch(row[0]):
            raise Malformed("a list of names with their texts is wanted")
    return value


def domain(name: str, kind: str) -> Term:
    """The term that a declared name stands for."""
    if kind in probability.LAWS:
        return probability.drawn(name, kind)
    if kind not in DOMAINS:
        raise Malformed(f"unsupported domain {kind[:40]!r}")
    return Term("integer" if kind == "integer" else "variable", value=name)


def facts(
    reader: Reader, variables: Mapping[str, str], relations: Mapping[str, str]
) -> dict[str, Formula]:
    """Domains and hypotheses."""
    found = {
        f"domain {x}": Formula(reader.known[x], relation)
        for x, kind in sorted(variables.items())
        if (relation := DOMAINS.get(kind)) is not None
    }
    for label, source in sorted(relations.items()):
        found[label] = reader.formula(source)
        probability.admit(found[label].term)
    return found


def parts(data: Any) -> list[Any]:
    """The statements with one conclusion each that a statement claims, all of them."""
    if not isinstance(data, dict) or not isinstance(data.get("conclusion"), list):
        return [data]
    shared, found = data.get("hypotheses"), data["conclusion"]
    if not found or len(found) > MAX_ITEMS or not isinstance(shared, dict):
        raise Malformed("not conclusions")
    for row in found:
        plain = isinstance(row, list) and len(row) == 2 and isinstance(row[0], dict)
        if not plain or not isinstance(row[1], str) or set(row[0]) & set(shared):
            raise Malformed("not a conclusion with hypotheses of its own")
    return [{**data, "hypotheses": {**shared, **more}, "conclusion": said} for more, said in found]


def goal_of(data: Any) -> Goal:
    """Derive the goal from a statement."""
    parts = {"variables", "definitions", "hypotheses", "conclusion", "constants", "scope"}
    if not isinstance(data, dict) or set(data) - {"layers"} != parts:
        raise Malformed("not a statement")
    if not isinstance(data["scope"], str) or not data["scope"].isprintable():
        raise Malformed("the scope is one line of text")
    inner = data.get("layers", EMPTY)
    if not isinstance(inner, dict) or set(inner) != set(EMPTY):
        raise Malformed("not layers")
    variables, own = table(data["variables"], NAME), table(inner["variables"], NAME)
    constants, accumulators = table(data["constants"], NAME), rows(inner["accumulators"], 3)
    definitions = rows(data["definitions"], 2)
    names = [*variables, *own, *constants, *(r[0] for r in (*accumulators, *definitions))]
    if len(set(names)) != len(names) or RESERVED & set(names):
        raise Malformed("a name is used twice, or is reserved")
    here = {x: domain(x, kind) for x, kind in variables.items()}
    known = {
        "pi": PI,
        **here,
        **{c: number(rational(v)) for c, v in constants.items()},
    }
    for name, meaning in definitions:
        known[name] = Reader(known).term(meaning)
    outside = Reader(known)
    goal = Goal(
        here, {x: Range() for x, e in here.items() if e.head != "drawn"}, {}, ZERO, Relation.GE
    )
    layer, states = {x: domain(x, kind) for x, kind in own.items()}, {}
    for name, start, update in accumulators:  # one that stays an integer is an integer
        others = {n: Term("variable", value=n) for n, *_ in accumulators}
        counter = Reader({**known, **others, **layer, name: Term("integer", value=name)})
        whole = integral(outside.term(start)) and integral(counter.term(update))
        states[name] = Term("integer" if whole else "variable", value=name)
    finals = {}
    everything = Reader({**known, **states})
    for label, fact in facts(everything, variables, table(data["hypotheses"], LABEL)).items():
        if fact.term.names & set(states):
            finals[label] = fact
        else:
            goal = goal.where(label, fact)
    if not accumulators:
        if own or inner["hypotheses"]:
            raise Malformed("layers without accumulators")
        conclusion = outside.formula(data["conclusion"])
        probability.admit(conclusion.term)
        return replace(goal, target=conclusion.term, relation=conclusion.relation)
    if any(e.head == "drawn" for e in layer.values()):
        raise Malformed("a layer draws nothing")
    inside = Reader({**known, **states, **layer})
    steps = Layers(
        layer,
        facts(inside, own, table(inner["hypotheses"], LABEL)),
        {states[n]: probability.admit(outside.term(start)) for n, start, _ in accumulators},
        {states[n]: probability.admit(inside.term(update)) for n, _, update in accumulators},
        finals,
    )
    conclusion = everything.formula(data["conclusion"])
    probability.admit(conclusion.term)
    return replace(
        goal, target=conclusion.term, relation=conclusion.relation, layers=steps,
        variables={**goal.variables, **states}, box={**goal.box, **dict.fromkeys(states, Range())},
    )  # fmt: skip


def written(data: Mapping[str, Any]) -> str:
    """The whole of a well-formed statement on one line: what a certificate of it proves."""
    said = [f"{x}: {kind}" for x, kind in data["variables"].items()]
    said += [f"{c} = {v}" for c, v in data["constants"].items()]
    said += [f"{n} := {meaning}" for n, meaning in data["definitions"]]
    said += [f"[{label}] {relation}" for label, relation in data["hypotheses"].items()]
    if "layers" in data:
        layers = data["layers"]
        inner = [f"{x}: {kind}" for x, kind in layers["variables"].items()]
        inner += [f"[{label}] {relation}" for label, relation in layers["hypotheses"].items()]
        said += [f"{n} = {start} at first" for n, start, _ in layers["accumulators"]]
        updates = ", ".join(f"{n} <- {update}" for n, _, update in layers["accumulators"])
        said.append(f"after any number of layers ({', '.join([*inner, updates])})")
    concluded = "; and ".join(map(conclusion_text, rows_of(data)))
    return f"for all {'; '.join(said)}: {concluded}" if said else concluded


def rows_of(data: Mapping[str, Any]) -> list[Any]:
    """The rows of the conclusion of a well-formed statement."""
    return (
        data["conclusion"] if isinstance(data["conclusion"], list) else [({}, data["conclusion"])]
    )


def conclusion_text(row: Any) -> str:
    more = ", ".join(f"[{label}] {relation}" for label, relation in row[0].items())
    return f"if {more}: {row[1]}" if more else str(row[1])


# Certificates -------------------------------------------------------------------------------------


def canonical(data: Any) -> str:
    return json.dumps(data, sort_keys=True, separators=(",", ":"))


def digest(data: Any) -> str:
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def sealed(statement: Any, proof: list[Any], lemmas: list[Any] | None = None) -> dict[str, Any]:
    """A certificate as data, of a statement as data, with a tree of rules for each of its goals."""
    body = {
        "format": FORMAT,
        "statement": statement,
        "digest": digest(statement),
        "lemmas": lemmas or [],
        "proof": proof,
    }
    return {**body, "seal": digest(body)}


def load(text: Any) -> Any:
    """Read JSON without floating-point numbers and without repeated keys."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(items)) != len(items):
            raise Malformed("a key occurs twice")
        return dict(items)

    def refuse(found: str) -> Any:
        raise Malformed(f"a number where text is wanted: {found[:40]}")

    if not isinstance(text, str) or len(text) > MAX_BYTES:
        raise Malformed("too long for a certificate")
    return json.loads(
        text, object_pairs_hook=pairs, parse_float=refuse, parse_int=refuse, parse_constant=refuse
    )


def follow(goals: list[Goal], nodes: Any) -> None:
    """Go through trees of rules; return if and only if no goal remains."""
    stack, count = [(goals, nodes)], 0
    while stack:
        wanted, trees = stack.pop()
        if not isinstance(trees, list) or len(trees) != len(wanted):
            raise Rejected(f"{len(wanted)} goals remain, and not as many are argued")
        count += len(trees)
        if count > MAX_NODES:
            raise Malformed("the certificate has too many nodes")
        stack += [(remaining(g, t), t.get("parts", [])) for g, t in zip(wanted, trees, strict=True)]


def goals_of(goal: Goal) -> list[Goal]:
    """What is to be shown for a statement with one conclusion."""
    return goal.show(goal.target, goal.relation) if goal.layers is None else [goal]


@contextmanager
def guarded(operations: int = OPERATIONS, seconds: float = SECONDS) -> Iterator[None]:
    """Limit operations, CPU time and recursion; whatever goes wrong inside is one plain error."""
    saved, depth = (METER.operations, METER.deadline), sys.getrecursionlimit()
    METER.operations = min(METER.operations, operations)
    METER.deadline = min(METER.deadline, time.process_time() + seconds)
    sys.setrecursionlimit(max(depth, 10_000))
    try:
        with working_precision():
            yield
    except (Malformed, Rejected):
        raise
    except (MemoryError, RecursionError):
        raise Exhausted("it needs more memory than the checker allows") from None
    except (ArithmeticError, LookupError, TypeError, ValueError) as wrong:
        raise Malformed(f"not a certificate ({type(wrong).__name__})") from None
    finally:
        METER.operations, METER.deadline = saved
        sys.setrecursionlimit(depth)


def check(
    certificate: str, statement: str | None = None, library: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
) -> Checked:  # fmt: skip
    """Check a certificate.

    Parameters
    ----------
    certificate : str
        The bytes of the certificate file, as text.
    statement : str, optional
        The canonical text of the statement it should prove; otherwise the certificate's own
        statement is proved, and the caller must look at what it says (:func:`written`).
    library : mapping of str to str, optional
        Certificates that it may name by the digest of their statement.
    seconds : float
        CPU time.

    Raises
    ------
    Malformed
        If it is not a certificate.
    Exhausted
        If the budget is spent.
    Rejected
        If it is a certificate, and does not prove the statement.
    """
    with guarded(seconds=seconds):
        proved: dict[str, tuple[list[Goal], str]] = {}
        name = _check(certificate, statement, library or {}, proved, ())
        return Checked(name, tuple(said for lemma, (_, said) in proved.items() if lemma != name))


def _check(
    certificate: str,
    statement: str | None,
    library: Mapping[str, str],
    proved: dict[str, tuple[list[Goal], str]],
    begun: tuple[str, ...],
) -> str:
    """Check a certificate and what it cites, each lemma once; add all of it to ``proved``."""
    data = load(certificate)
    if isinstance(data, dict) and data.get("format", FORMAT) != FORMAT:
        again = "make it again with `lemmata verify --fresh --certificates FOLDER`"
        raise Malformed(f"not of the format {FORMAT!r}: {again}")
    if not isinstance(data, dict) or set(data) != KEYS:
        raise Malformed("not a certificate")
    if certificate.removesuffix("\n") != canonical(data):
        raise Malformed("not in canonical form")
    name, lemmas = data["digest"], data["lemmas"]
    if name != digest(data["statement"]):
        raise Rejected("the digest is not that of the statement")
    if data["seal"] != sealed(data["statement"], data["proof"], lemmas)["seal"]:
        raise Rejected("the seal does not fit: the certificate was changed")
    if statement is not None and statement != canonical(data["statement"]):
        raise Rejected("the certificate is about another statement")
    if not isinstance(lemmas, list) or len(lemmas) > MAX_ITEMS or len(begun) > 50:
        raise Malformed("not a list of lemmas")
    goals, cited = [goal_of(part) for part in parts(data["statement"])], {}
    for lemma in lemmas:
        wanted = lemma if isinstance(lemma, str) else lemma["digest"]
        if wanted in (name, *begun):
            raise Rejected("a lemma rests on itself")
        if wanted not in proved:
            inside = library.get(wanted) if isinstance(lemma, str) else canonical(lemma)
            if inside is None:
                raise Rejected(f"no certificate of the lemma {wanted[:16]}")
            if _check(inside, None, library, proved, (*begun, name)) != wanted:
                raise Rejected("a lemma is another one than its name says")
        if len(proved[wanted][0]) != 1:
            raise Rejected("a lemma has one conclusion")
        cited[wanted] = proved[wanted][0][0]
    shown = [g for goal in goals for g in goals_of(goal)]
    follow([replace(g, library=cited) for g in shown], data["proof"])
    proved[name] = goals, written(data["statement"])
    return str(name)
