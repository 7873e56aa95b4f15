"""Cones: identities, and signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.normal import Ring, settled
from proofs.core.rules import rational as read_rational
from proofs.core.terms import Formula
from proofs.export.bounds import holds
from proofs.export.identities import Algebra
from proofs.export.reading import Normal
from proofs.export.script import EQ, GE, GT, NE, Place
from proofs.export.steps import Node, finish, prove_all
from proofs.export.words import rational


def labelled(place: Place, label: str) -> tuple[Formula, str]:
    """Return a fact by the label that a certificate gives it, and its proof."""
    f = place.goal.known(label)
    if label in place.goal.facts:
        return f, holds(place, f)
    kind, _, x = label.partition(":")
    if kind == "sign":
        return f, holds(place, f)
    found = place.fact(f)
    if found is not None:
        return f, found
    ends = [place.end(x, low) for low in (True, False)]
    if kind == "at":
        assert ends[0] is not None
        assert ends[1] is not None
        tactic = f"generalize {ends[0].name} {ends[1].name}; clear; intros; lra"
        return f, place.script.quick(place.said(f), tactic)
    end = ends[0] if kind == "lo" else ends[1]
    assert end is not None
    lemma = (
        ("to_gt" if end.is_open else "to_ge")
        if kind == "lo"
        else ("lt_in" if end.is_open else "le_in")
    )
    return f, place.script.note(f"{lemma} _ _ {end.name}")


def cone(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """An identity, and signs."""
    prove_all(place, goals, parts)
    goal, script = place.goal, place.script
    sign = {"1": 1, "0": 0, "-1": -1}[node["sign"]]
    labels = [*node["times"], *(f for t in node["terms"] for f in t["facts"])]
    facts = {label: labelled(place, label) for label in dict.fromkeys(labels)}
    roots = {t["square"]: goal.read(t["square"]) for t in node["terms"]}

    def prepared(ring: Ring) -> Ring:
        for f, _ in facts.values():
            ring.value(f.term)
        for e in roots.values():
            ring.value(e)
        if sign:
            ring.value(goal.target)
        return ring

    algebra = Algebra(place, settled(goal, prepared))
    values = {label: algebra.value(f.term) for label, (f, _) in facts.items()}
    squares = {source: algebra.value(e) for source, e in roots.items()}
    factor, positive = algebra.number(fmpq(1)), "Rlt_0_1"
    for label in node["times"]:
        if factor.shown == "1":
            factor, positive = values[label], facts[label][1]
        else:
            factor = algebra.times(factor, values[label])
            positive = f"(pp_times _ _ {positive} {facts[label][1]})"
    total, proof = cone_sum(algebra, node, facts, values, squares)
    kind, known = proof
    left = algebra.times(factor, algebra.value(goal.target)) if sign else algebra.number(fmpq(0))
    if sign < 0:
        left = algebra.negative(left)
    zero = algebra.zero(algebra.join("-", left, total))
    equation = script.note(f"eq_out _ _ {zero}")
    relation = goal.relation
    if sign == 0:
        script.say("exfalso.")
        script.say(f"generalize {equation} {known}; clear; intros; lra.")
        return
    if sign < 0:
        finish(place, f"cone_negative _ _ _ {positive} {equation} {known}")
        return
    lemma = {GE: "cone_ge", GT: "cone_gt", EQ: "cone_eq", NE: "cone_ne"}[relation]
    if relation is GE and kind == "0 <":
        known = f"(ge_of_gt _ {known})"
    if relation is GE and kind == "=":
        known = f"(ge_of_eq _ {known})"
    finish(place, f"{lemma} _ _ _ {positive} {equation} {known}")


def cone_sum(
    algebra: Algebra, node: Node, facts: Mapping[str, tuple[Formula, str]],
    values: Mapping[str, Normal], squares: Mapping[str, Normal],
) -> tuple[Normal, tuple[str, str]]:  # fmt: skip
    """The sum of a cone, and its sign: how it compares to zero, and the proof."""
    total: Normal | None = None
    kind, known = "=", ""
    for t in node["terms"]:
        made, (how, proof) = cone_term(algebra, t, facts, values, squares)
        if total is None:
            total, kind, known = made, how, proof
            continue
        total = algebra.join("+", total, made)
        if kind == how == "=":
            known = f"(zz_plus _ _ {known} {proof})"
            continue
        if kind == "=":
            kind, known = "0 <=", f"(ge_of_eq _ {known})"
        if how == "=":
            how, proof = "0 <=", f"(ge_of_eq _ {proof})"
        if kind == "0 <" and how == "0 <":
            proof = f"(ge_of_gt _ {proof})"
        lemma = "pn" if kind == "0 <" else "np" if how == "0 <" else "nn"
        kind = "0 <" if "0 <" in (kind, how) else "0 <="
        known = f"({lemma}_plus _ _ {known} {proof})"
    if total is None:
        return algebra.number(fmpq(0)), ("=", "(eq_refl 0)")
    claim = f"{total.shown} = 0" if kind == "=" else f"{kind} {total.shown}"
    return total, (kind, algebra.script.quick(claim, f"exact {known}"))


def cone_term(
    algebra: Algebra, t: Mapping[str, Any], facts: Mapping[str, tuple[Formula, str]],
    values: Mapping[str, Normal], squares: Mapping[str, Normal],
) -> tuple[Normal, tuple[str, str]]:  # fmt: skip
    """One term of a cone, and its sign."""
    c, root = read_rational(t["weight"]), squares[t["square"]]
    equation = any(facts[f][0].relation is EQ for f in t["facts"])
    one = root.shown == "1"
    pieces: list[tuple[Normal, str, str]] = []  # what it is, how it compares, and why
    if c != 1 or (one and not t["facts"]):
        how = "0 <" if c > 0 else "0 <="
        sure = f"(ltac:(rational) : {how} {rational(c, 0)})" if c >= 0 else ""
        pieces.append((algebra.number(c), how if c >= 0 else "", sure))
    for label in t["facts"]:
        f, proof = facts[label]
        how = {GE: "0 <=", GT: "0 <", EQ: "=", NE: ""}[f.relation]
        pieces.append((values[label], how, proof))
    if equation and not one:
        pieces.append((root, "", ""))
    elif not one:
        pieces.append((algebra.times(root, root), "0 <=", f"(square_nn {root.shown})"))
    made, how, proof = pieces[0]
    if equation and how != "=":
        how = ""
    for other, how_other, other_proof in pieces[1:]:
        made = algebra.times(made, other)
        if equation:
            if how == "=":
                proof = f"(z_times _ {other.shown} {proof})"
            elif how_other == "=":
                how, proof = (
                    "=",
                    f"(times_z _ _ {other_proof})",
                )
            continue
        if how == "0 <" and how_other == "0 <":
            proof = f"(pp_times _ _ {proof} {other_proof})"
            continue
        proof = f"(ge_of_gt _ {proof})" if how == "0 <" else proof
        other_proof = f"(ge_of_gt _ {other_proof})" if how_other == "0 <" else other_proof
        how, proof = "0 <=", f"(nn_times _ _ {proof} {other_proof})"
    return made, (how, proof)
