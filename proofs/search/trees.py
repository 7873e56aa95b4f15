"""Trees of rules with holes: what a tactic proposes, and what the core says remains to be shown.

A tactic yields a node of a certificate. Its ``parts`` may be missing, then all goals that remain
are holes; or a list in which a node argues the goal at its place, ``None`` leaves a hole, and one
``...`` stands for as many holes as are needed. The core's own rules compute the goals: a tactic
that proposes nonsense is refused, not believed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.rules import remaining
from proofs.core.terms import Formula, Malformed, Rejected, Relation, Term, text

Node = Mapping[str, Any]
Tree = dict[str, Any]
Weighted = tuple[Any, Sequence[str], str]  # weight, facts, square


@dataclass
class Hole:
    """A goal without an argument yet."""

    goal: Goal
    filled: Tree = field(default_factory=dict)


def opened(goal: Goal, node: Node) -> tuple[Any, list[Hole]] | None:
    """The tree that a proposal makes, and its holes in order; None if the core refuses it."""
    holes: list[Hole] = []
    try:
        return _opened(goal, node, holes), holes
    except (Rejected, Malformed):
        return None


def _opened(goal: Goal, node: Node, holes: list[Hole]) -> Tree:
    own = {k: v for k, v in node.items() if k != "parts"}
    goals, parts = remaining(goal, own), list(node.get("parts", (...,)))
    if ... in parts:
        at = parts.index(...)
        parts[at : at + 1] = [None] * (len(goals) - len(parts) + 1)
    if len(parts) != len(goals):
        raise Rejected(f"{len(goals)} goals remain")
    made: list[Any] = []
    for g, part in zip(goals, parts, strict=True):
        if part is None:
            holes.append(Hole(g))
            made.append(holes[-1])
        else:
            made.append(_opened(g, part, holes))
    return {**own, "parts": made} if made else own


def closed(tree: Any) -> Tree:
    """The certificate's tree, once all holes are filled."""
    if isinstance(tree, Hole):
        return tree.filled
    kept: Tree = {k: v for k, v in tree.items() if k != "parts"}
    return {**kept, "parts": [closed(p) for p in tree["parts"]]} if "parts" in tree else kept


def unused(goal: Goal, kind: str, count: int = 1) -> list[str]:
    """Names for new facts."""
    n = len(goal.facts)
    found: list[str] = []
    while len(found) < count:
        n += 1
        if f"{kind} {n}" not in goal.facts:
            found.append(f"{kind} {n}")
    return found


# Rules of the core as nodes -----------------------------------------------------------------------


def enclose(mean: bool = False) -> Tree:
    """The target has the right sign by an enclosure."""
    return {"rule": "enclose", "mean": mean}


def cone(terms: Sequence[Weighted], times: Sequence[str] = (), sign: int = 1) -> Tree:
    """The target, times positive facts, is a sum of products of facts and squares."""
    rows = [
        {"weight": str(fmpq(c)), "facts": list(facts), "square": square}
        for c, facts, square in terms
        if c != 0
    ]
    return {"rule": "cone", "times": list(times), "terms": rows, "sign": str(sign)}


def have(name: str, claim: Formula | tuple[Term, Relation], proof: Any, rest: Any) -> Tree:
    """A lemma: holes for its being defined, its proof (None: a hole), and what follows from it."""
    e, relation = claim
    return {
        "rule": "have",
        "name": name,
        "claim": f"{text(e)} {relation} 0",
        "parts": [..., proof, rest],
    }


def cite(name: str, digest: str, at: Mapping[str, str], rest: Tree | None = None) -> Tree:
    """A proved statement at terms, as a fact; without ``rest`` what follows is a hole."""
    node = {"rule": "cite", "lemma": digest, "at": dict(at), "name": name}
    return node if rest is None else {**node, "parts": [..., rest]}


def cases(name: str, term: str, positive: Any = None, other: Any = None) -> Tree:
    """A term is positive or not."""
    return {"rule": "cases", "name": name, "term": term, "parts": [..., positive, other]}


def split(goal: Goal, x: str, at: Any) -> Tree:
    """A variable is above a number or not: two holes, in this order."""
    (name,) = unused(goal, "split")
    return cases(name, f"{x} - {_bracketed(at)}")


def substitute(x: str, value: str, inverse: str, where: Sequence[str] = ()) -> Tree:
    """Write a variable as a value of a new one, which takes its name."""
    return {
        "rule": "substitute",
        "variable": x,
        "value": value,
        "inverse": inverse,
        "where": list(where),
    }


def _bracketed(q: Any) -> str:
    return str(q) if q >= 0 and fmpq(q).q == 1 else f"({q})"
