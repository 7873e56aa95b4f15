"""Whether the hypotheses of a statement can be met: by an exact point, or provably by none.

Of a draw that is only said to belong to a class of laws there is one law of the class at the point
(:func:`theory.language.instances.member`), and the class is empty where its parameters contradict
each other. Theorems about values without formula are no hypotheses: nobody has to meet them.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import candidates, refute
from proofs.refutation.violation import decide, inside
from proofs.search import prove
from theory.claims import DRAWN, Claim, Statement
from theory.expressions import Relation, number
from theory.language.instances import member
from theory.matrices import points
from theory.relaxed import relaxed

NOTHING = Relation(number(0), ">=", number(1))


def satisfied(statement: Statement, budget_seconds: float) -> Mapping[str, Fraction] | None:
    """Find an exact point of the domains at which every hypothesis is true beyond doubt.

    Of a claim about values without formula it is a point of an instance, with its sizes; or one of
    the parameters alone, where hypotheses speak of nothing else.
    """
    if statement.relaxed is not None:
        return _of_relaxed(statement, budget_seconds)
    if statement.parts:  # of what is assumed by cases, one that can be
        cases = {tuple(p.hypotheses.items()): p for p in statement.pieces}
        ways = sorted(cases.values(), key=lambda p: len(p.hypotheses))
        points_ = (satisfied(way, budget_seconds / len(ways)) for way in ways)
        return next((point for point in points_ if point is not None), None)
    if "matrix" in statement.domains:
        return points.satisfying(statement)
    if statement.layers is not None:  # at some depth, which the point says
        found = refute(statement.but(conclusion="0 >= 1"), budget_seconds)
        return None if found is None else found.point
    deadline = time.process_time() + budget_seconds
    if statement.witness and holding(statement, statement.witness):
        return dict(statement.witness)  # which goes to another process
    # Looking for a counterexample to 0 >= 1 is looking for a point of the hypotheses.
    hypotheses = statement.but(conclusion="0 >= 1")
    for point in candidates(hypotheses, deadline, seed=0):
        if holding(statement, point):
            return point
        if time.process_time() > deadline:
            break
    return None


def holding(statement: Statement, point: Mapping[str, Fraction]) -> bool:
    """Whether a point is in the domains, and every hypothesis true there beyond doubt."""
    laws = {v: d for v, d in statement.variables.items() if d in DRAWN}
    chosen = ((v, d) for v, d in statement.variables.items() if v not in laws)
    return all(inside(d, point.get(v)) for v, d in chosen) and all(
        decide(h, point, laws) is True for h in statement.assumptions.values()
    )


def _of_relaxed(statement: Statement, budget_seconds: float) -> Mapping[str, Fraction] | None:
    cases = statement.instances
    for sizes, case in cases:
        found = satisfied(replace(case, parts=()), budget_seconds / (len(cases) + 1))
        if found is not None:
            return {**sizes, **found}
    alone = _parameters(statement)
    whole = alone.hypotheses.keys() == _own(statement).keys()
    return satisfied(alone, budget_seconds / (len(cases) + 1)) if whole else None


def _parameters(statement: Statement) -> Statement:
    """What is assumed of the parameters alone, of a claim about values without formula."""
    said = set(_said(statement))
    own = {n: r for n, r in _own(statement).items() if not (r.left.names | r.right.names) & said}
    return replace(
        statement,
        variables={x: d for x, d in statement.variables.items() if x not in said},
        hypotheses=own,
        conclusion=NOTHING,
        parts=(),
        witness={},
        relaxed=None,
    )


def contradictory(statement: Statement, budget_seconds: float) -> bool:
    """Whether it is proved that no point satisfies the hypotheses: the statement says nothing."""
    shared = (
        statement.but(conclusion="0 >= 1")
        if statement.relaxed is None
        else replace(statement, conclusion=NOTHING, parts=(), witness={})
    )
    pieces = [replace(p, conclusion=NOTHING, witness={}) for p in statement.pieces]
    first = [] if statement.relaxed is None else [_parameters(statement)]
    share = budget_seconds / (len(first) + 1 + len(statement.parts))
    if any(prove(one, share).verdict is Verdict.PROVED for one in (*first, shared)):
        return True  # theorems are of use only where hypotheses speak of what they are about
    return bool(statement.parts) and all(
        prove(piece, share).verdict is Verdict.PROVED for piece in pieces
    )


def vacuous(statement: Statement, seen: Mapping[str, Fraction], budget_seconds: float) -> bool:
    """Whether a claim is shown to be about nothing; where its twin fails is looked at first.

    Parameters
    ----------
    statement : Statement
    seen : mapping of str to Fraction
        A point that may satisfy its hypotheses.
    budget_seconds : float
        CPU seconds for the search of a point, and again for a proof that there is none.
    """
    if not any(p.hypotheses for p in statement.pieces):
        return False
    if statement.domains & {"measured", "matrix"}:
        return False
    about, left = statement.about(seen) if statement.relaxed is not None else (statement, seen)
    exact = about.relaxed is None and about.layers is None
    if statement.witness or (exact and any(holding(p, left) for p in about.pieces)):
        return False
    if satisfied(statement, budget_seconds) is not None:
        return False
    return contradictory(statement, budget_seconds)


def judged(statement: Statement) -> list[str]:
    """The hypotheses of which one may ask whether they are needed, by name.

    Not the range of a law, without which there is none, nor what makes m the floor of x, nor a
    theorem.
    """
    own = statement.hypotheses if statement.relaxed is None else _own(statement)
    return sorted(n for n in own if not n.startswith("law-")
                  and n.rpartition("-")[0] not in statement.chosen)  # fmt: skip


def leaned(statement: Statement, name: str) -> bool:
    """Whether a claim was read by a hypothesis: without it, the sentence says something else."""
    label = name.rstrip("_") if name.startswith("domain-") else name
    return label in statement.leaned or name in statement.leaned


def without(statement: Statement, name: str) -> Statement:
    """The statement without one of its hypotheses, and its instances without it."""
    rest = {n: h for n, h in statement.hypotheses.items() if n != name}
    weaker = replace(statement, hypotheses=rest, witness={})
    if statement.relaxed is None:
        return weaker
    cases = [
        (sizes, without(case, name))
        for sizes, case in statement.instances
        if name in case.hypotheses and not leaned(case, name)
    ]
    return relaxed(weaker, statement.relaxed.said, cases, statement.relaxed.theorems)


def laws(claim: Claim, point: Mapping[str, Fraction]) -> dict[str, str]:
    """Draws of which only a class of laws is said, each with the law that a point is about.

    None of them has this law where its parameters leave a single value: E X = 0 on [0, inf).
    """
    about, left = claim.statement.about(point)
    if claim.typed is None or (about.relaxed is not None or not holding(about, left)):
        return {}
    domains = claim.typed.table.get("variables", {})
    made = {x: member(domain) for x, domain in domains.items()}
    return {x: law for x, law in made.items() if law != domains[x]}


def _own(statement: Statement) -> dict[str, Relation]:
    """Hypotheses that somebody made, and the ranges of parameters: all but theorems."""
    assert statement.relaxed is not None
    theorems = statement.relaxed.theorems
    return {n: r for n, r in statement.hypotheses.items() if n not in theorems}


def _said(statement: Statement) -> Mapping[str, str]:
    assert statement.relaxed is not None
    return statement.relaxed.said
