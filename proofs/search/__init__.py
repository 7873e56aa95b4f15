"""The search for certificates; the core decides.

:func:`prove` is the way in. The search builds proofs by the core's own rules (as in LCF), and what
it believes does not matter: it returns *proved* only with a certificate that
:func:`proofs.core.check.check` has accepted for the statement's own text.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from proofs.certificates import certificate
from proofs.core import check
from proofs.core.goals import Goal
from proofs.core.ranges import working_precision
from proofs.core.terms import METER, Exhausted, Formula, Malformed, Rejected
from proofs.evidence.verdicts import ASSUMED, Evidence, Kind, Verdict
from proofs.search.climbing import climb
from proofs.search.engine import OutOfTime, Search
from proofs.search.few import few
from proofs.search.hinted import advice, begin, invariants, with_premises
from proofs.search.inductive import inductive
from proofs.search.layers import argue
from proofs.search.parametric import formulas, parametric, tree
from proofs.search.performance import performance
from proofs.search.standard import LIBRARY
from proofs.search.trees import Tree, closed, opened
from theory.claims import Statement
from theory.errors import InputError
from theory.hints import Hints
from theory.tools import hint, installed

FUEL = 7
FUELS = (2, 4, FUEL)
"""How deep to search, shallow proofs first."""
FIRST_SLICE = 20_000
"""Work for each depth in the first round, a quarter of a second; twice as much in each later round.
It is counted, not timed: what a fast machine finds a slow one finds too, and it is the same.
"""
SHALLOW = 4
"""So much more work for the shallowest search: most proofs are there, and its goals are cheap."""
INDUCTIVE = 4
"""The part of that in which an induction on the target itself has to succeed."""
DEPTH = 10_000  # of Python's recursion


def reading(statement: Statement) -> Goal:
    """What the core takes a statement with one conclusion to mean.

    Raises
    ------
    Malformed, Rejected
        If it does not know how to read it.
    """
    with working_precision():
        return check.goal_of(json.loads(statement.canonical))


def prove(
    statement: Statement,
    budget_seconds: float = 10.0,
    hints: Hints | None = None,
    premises: Mapping[str, Mapping[str, Any]] | None = None,
) -> Evidence:
    """Look for a certificate.

    Parameters
    ----------
    statement : Statement
        What is claimed.
    budget_seconds : float
        CPU time after which the search gives up.
    hints : Hints, optional
        What a person knows about the proof.
    premises : mapping, optional
        Certificates, as data, of the lemmas that the hints name.

    Returns
    -------
    Evidence
        PROVED with the text of the certificate in ``data["certificate"]`` once the core has
        accepted it; UNDECIDED when the search fails or time is up; UNSUPPORTED when the core
        does not know how to read the statement.

    Raises
    ------
    InputError
        If the budget is not positive.
    """
    if not budget_seconds > 0:
        raise InputError("budget", "it must be positive")
    undecided, proof = "no certificate found", None
    goals: list[Goal] = []
    try:
        with _computing(budget_seconds) as search:
            goals = [reading(piece) for piece in statement.pieces]
            search.hints, search.premises = hints or Hints(), premises or {}
            search.gram = statement.gram
            proof = _search_all(goals, search)
    except (OutOfTime, Exhausted):
        undecided = f"no certificate found in {budget_seconds:g} s"
    except (RecursionError, MemoryError, OverflowError, Rejected, Malformed) as wrong:
        if not goals and isinstance(wrong, Malformed):
            return Evidence(Kind.CERTIFICATE, Verdict.UNSUPPORTED, _line(wrong))
        undecided = "no certificate found: the statement is too large for the search"
    if proof is None:
        told = (undecided + _untried(), search.said(), advice(goals[0]) if goals else "")
        return Evidence(Kind.CERTIFICATE, Verdict.UNDECIDED, "; ".join(filter(None, told)))
    return accepted(statement, certificate(statement, proof, _cited(proof, premises or {})))


@contextmanager
def _computing(seconds: float) -> Iterator[Search]:
    """Precision, recursion and time for a search with the core's rules."""
    saved, depth = METER.deadline, sys.getrecursionlimit()
    METER.deadline = time.process_time() + seconds
    sys.setrecursionlimit(max(depth, DEPTH))
    try:
        with working_precision():
            yield Search(METER.deadline)
    finally:
        METER.deadline = saved
        sys.setrecursionlimit(depth)


def _untried() -> str:
    """What an installation without its libraries cannot search with; empty for a complete one."""
    if installed("clarabel", "scipy"):
        return ""
    missing = "clarabel" if installed("scipy") else "scipy"
    return f"; sums of squares by semidefinite programs were not tried: {hint(missing)}"


def _line(wrong: Exception) -> str:
    return " ".join(str(wrong).split())


def accepted(statement: Statement, text: str) -> Evidence:
    """Turn a certificate into evidence, if the core accepts it for this statement."""
    try:
        check.check(text, statement.canonical)
    except (Rejected, Malformed) as wrong:
        detail = f"the certificate was rejected: {_line(wrong)}"
        return Evidence(Kind.CERTIFICATE, Verdict.UNDECIDED, detail)
    data = json.loads(text)
    used = rules(data["proof"])
    if statement.relaxed is None and identical(data["proof"][-1]):
        kind = Kind.IDENTITY
    else:
        kind = Kind.ENCLOSURE if "enclose" in used else Kind.CERTIFICATE
    counted = ", ".join(f"{n} {name}" for name, n in sorted(used.items()))
    if statement.relaxed is not None:  # what is proved has these theorems as hypotheses
        counted += f"; {ASSUMED} {', '.join(statement.relaxed.said.values())}"
    return Evidence(
        kind,
        Verdict.PROVED,
        f"certificate accepted by the core: {counted}",
        slack="exact" if statement.conclusion.operator == "==" else "",
        data={"certificate": text},
    )


def identical(node: Tree) -> bool:
    """Whether a proof is one comparison of normal forms."""
    return bool(node["rule"] == "cone" and not node["terms"])


def rules(trees: list[Tree]) -> dict[str, int]:
    """Count the rules in trees."""
    counts: dict[str, int] = {}
    for node in _nodes(trees):
        counts[node["rule"]] = counts.get(node["rule"], 0) + 1
    return counts


def _nodes(trees: list[Tree]) -> Iterator[Mapping[str, Any]]:
    stack: list[Mapping[str, Any]] = list(trees)
    while stack:
        node = stack.pop()
        yield node
        stack.extend(node.get("parts", []))


def _cited(proof: list[Tree], premises: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The certificates of the lemmas that a proof cites."""
    given = {str(c["digest"]): c for c in premises.values()}
    names = dict.fromkeys(n["lemma"] for n in _nodes(proof) if n["rule"] == "cite")
    return [LIBRARY[n].certificate if n in LIBRARY else given[n] for n in names]


def _search_all(goals: list[Goal], search: Search) -> list[Tree] | None:
    """An argument for every conclusion of a statement."""
    proof: list[Tree] = []
    for goal in goals:
        beside = [Formula(g.target, g.relation) for g in goals if g is not goal]
        found = _search(goal, search, beside)
        if found is None:
            return None
        proof += found
    return proof


def _search(goal: Goal, search: Search, beside: Sequence[Formula]) -> list[Tree] | None:
    goal = with_premises(goal, search.premises)
    if goal.layers is not None:
        found = argue(goal, search, invariants(goal, search.hints), beside)
        return None if found is None else [found]
    *needed, main = check.goals_of(goal)
    argued = []
    for condition in needed:
        tree = search.solve(condition, FUEL)
        if tree is None:
            return None
        argued.append(tree)
    if search.gram is not None:
        proof = performance(main, search.gram) or _parametric(main, search)
        if proof is not None:
            return [*argued, proof]
    left, work = list(FUELS), FIRST_SLICE
    while left:
        for fuel in tuple(left):
            share = SHALLOW * work if fuel == FUELS[0] else work
            proof, ended = search.within(share, partial(_attempt, main, search, fuel))
            if proof is not None:
                return [*argued, proof]
            if ended:
                left.remove(fuel)
        work *= 2
    return None


def _attempt(goal: Goal, search: Search, fuel: int) -> Tree | None:
    found = _hinted(goal, search, fuel)
    if found is None and fuel == FUELS[0]:
        share = max(0, search.limit - search.spent)
        found, _ = search.within(share // INDUCTIVE, partial(inductive, goal, search, FUELS[1]))
        if found is None:
            found, _ = search.within(share // INDUCTIVE, partial(few, goal, search, fuel))
    if found is None and fuel == FUELS[-1]:  # what is easy is not made to wait for it
        share = max(0, search.limit - search.spent) // INDUCTIVE
        found, _ = search.within(share, partial(climb, goal, search))
    return found or search.solve(goal, fuel)


def _parametric(goal: Goal, search: Search) -> Tree | None:
    """Multipliers as formulas; what they need is shown from the facts about parameters alone."""
    assert search.gram is not None
    given = parametric(goal, search.gram)
    found = None if given is None else formulas(given)
    node = None if given is None or found is None else tree(goal, given, found)
    made = None if node is None else opened(goal, node)
    if made is None or given is None:
        return None
    for hole in made[1]:
        facts = {n: f for n, f in hole.goal.facts.items() if f.term.names <= set(given.names)}
        found_ = search.solve(replace(hole.goal, facts=facts), FUEL)
        if found_ is None:
            return None
        hole.filled = found_
    return closed(made[0])


def _hinted(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """Begin as the hints say."""
    for node in begin(goal, search.hints, search.premises) if search.hints else ():
        found = search.apply(goal, node, fuel)
        if found is not None:
            return found
    return None
