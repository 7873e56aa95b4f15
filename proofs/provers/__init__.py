"""Provers search for certificates; the checker decides.

:func:`prove` is the way in. Nothing that a prover believes matters: it returns *proved* only with
a certificate that :mod:`proofs.checker` has accepted for the statement's own text.
"""

from __future__ import annotations

import json
import time
from typing import Any

from proofs import checker
from proofs.certificates import certificate
from proofs.provers.search import OutOfTime, Search, Tree
from proofs.verdicts import Evidence, Kind, Verdict
from theory.claims import Statement
from theory.errors import InputError

FUEL = 7
_ENCLOSING = {"ball"}


def prove(statement: Statement, budget_seconds: float = 10.0) -> Evidence:
    """Look for a certificate.

    Parameters
    ----------
    statement : Statement
        What is claimed.
    budget_seconds : float
        Wall-clock time after which the search gives up.

    Returns
    -------
    Evidence
        PROVED with the text of the certificate in ``data["certificate"]`` once the checker has
        accepted it; UNDECIDED when the search fails or time is up; UNSUPPORTED when the checker
        does not know how to read the statement.

    Raises
    ------
    InputError
        If the budget is not positive.
    """
    if budget_seconds <= 0:
        raise InputError("budget", "it must be positive")
    try:
        goal = checker.read_statement(statement.canonical)
    except checker.Malformed as wrong:
        return Evidence(Kind.CERTIFICATE, Verdict.UNSUPPORTED, " ".join(str(wrong).split()))
    search = Search(time.monotonic() + budget_seconds)
    try:
        text = _search(statement, goal, search)
    except OutOfTime:
        detail = f"no certificate found in {budget_seconds:g} s"
        return Evidence(Kind.CERTIFICATE, Verdict.UNDECIDED, detail)
    except (checker.Rejected, RecursionError) as wrong:
        detail = " ".join(f"no certificate: {wrong}".split())
        return Evidence(Kind.CERTIFICATE, Verdict.UNDECIDED, detail)
    if text is None:
        return Evidence(Kind.CERTIFICATE, Verdict.UNDECIDED, "no certificate found")
    return accepted(statement, text)


def accepted(statement: Statement, text: str) -> Evidence:
    """Turn a certificate into evidence, if the checker accepts it for this statement."""
    try:
        checker.check(text, statement.canonical)
    except (checker.Rejected, checker.Malformed) as wrong:
        detail = f"the checker rejected the certificate: {wrong}"
        return Evidence(Kind.CERTIFICATE, Verdict.UNDECIDED, detail)
    data = json.loads(text)
    used = rules([data["proof"], *data["conditions"]])
    if set(used) <= {"identity"}:
        kind = Kind.IDENTITY
    else:
        kind = Kind.ENCLOSURE if _ENCLOSING & set(used) else Kind.CERTIFICATE
    counted = ", ".join(f"{n} {name}" for name, n in sorted(used.items()))
    return Evidence(
        kind,
        Verdict.PROVED,
        f"certificate accepted by the checker: {counted}",
        data={"certificate": text},
    )


def rules(trees: list[Tree]) -> dict[str, int]:
    """Count the rules in trees."""
    counts: dict[str, int] = {}
    stack: list[dict[str, Any]] = list(trees)
    while stack:
        node = stack.pop()
        counts[node["rule"]] = counts.get(node["rule"], 0) + 1
        stack.extend(node.get("parts", []))
    return counts


def _search(statement: Statement, goal: checker.Goal, search: Search) -> str | None:
    with checker.working_precision():
        needed = checker.conditions(goal, goal.target)
    conditions = []
    for condition in needed:
        tree = search.solve(condition, FUEL)
        if tree is None:
            return None
        conditions.append(tree)
    for fuel in (3, FUEL):  # shallow proofs first
        proof = search.solve(goal, fuel)
        if proof is not None:
            return certificate(statement, conditions, proof)
    return None
