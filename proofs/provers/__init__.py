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
from proofs.provers.calculus.goals import Goal, conditions
from proofs.provers.calculus.statements import Depth, read_layers
from proofs.provers.calculus.terms import Malformed, Rejected, working_precision
from proofs.provers.layers import Induction
from proofs.provers.search import OutOfTime, Search, Tree
from proofs.provers.writing import Writer
from proofs.verdicts import Evidence, Kind, Verdict
from theory.claims import Statement
from theory.errors import InputError

FUEL = 7
_ENCLOSING = {"ball", "slope"}


def prove(statement: Statement, budget_seconds: float = 10.0) -> Evidence:
    """Look for a certificate.

    Parameters
    ----------
    statement : Statement
        What is claimed.
    budget_seconds : float
        CPU time after which the search gives up.

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
        goal, depth = read_layers(statement.canonical)
    except Malformed as wrong:
        return Evidence(Kind.CERTIFICATE, Verdict.UNSUPPORTED, " ".join(str(wrong).split()))
    search = Search(time.process_time() + budget_seconds)
    try:
        text = _search(statement, goal, depth, search)
    except OutOfTime:
        detail = f"no certificate found in {budget_seconds:g} s"
        return Evidence(Kind.CERTIFICATE, Verdict.UNDECIDED, detail)
    except (Rejected, RecursionError) as wrong:
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
    used = rules(data["proof"])
    if identical(data["proof"][0]):
        kind = Kind.IDENTITY
    else:
        kind = Kind.ENCLOSURE if _ENCLOSING & set(used) else Kind.CERTIFICATE
    counted = ", ".join(f"{n} {name}" for name, n in sorted(used.items()))
    return Evidence(
        kind,
        Verdict.PROVED,
        f"certificate accepted by the checker: {counted}",
        slack="exact" if statement.conclusion.operator == "==" else "",
        data={"certificate": text},
    )


def identical(node: Tree) -> bool:
    """Whether a proof is one comparison of normal forms."""
    return bool(node["rule"] == "cone" and not node["terms"])


def rules(trees: list[Tree]) -> dict[str, int]:
    """Count the rules in trees."""
    counts: dict[str, int] = {}
    stack: list[dict[str, Any]] = list(trees)
    while stack:
        node = stack.pop()
        counts[node["rule"]] = counts.get(node["rule"], 0) + 1
        stack.extend(node.get("parts", []))
    return counts


def _search(statement: Statement, goal: Goal, depth: Depth | None, search: Search) -> str | None:
    writer = Writer(lambda small: search.solve(small, 3))
    if depth is not None:
        tree = Induction(goal, depth, search, writer).proof()
        return None if tree is None else certificate(statement, [tree])
    with working_precision():
        needed = conditions(goal, goal.target)
    names = {name: name for name, _, _ in goal.facts}
    argued = []
    for condition in needed:
        tree = search.solve(condition, FUEL)
        if tree is None:
            return None
        argued.append(writer.tree(condition, tree, names))
    for fuel in (3, FUEL):  # shallow proofs first
        proof = search.solve(goal, fuel)
        if proof is not None:
            return certificate(statement, [writer.tree(goal, proof, names), *argued])
    return None
