"""Write a proof that the search found as a certificate, in the few rules that the checker knows.

The search thinks in moves (a Bernstein form, a factorisation, squaring both sides, ...). Here
every move becomes explicit: lemmas with their proofs, and sums of products of facts and squares
that the checker only has to multiply out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flint import fmpq

from proofs.provers.calculus.goals import Goal, conditions
from proofs.provers.calculus.polynomials import constant, p_mul, p_term
from proofs.provers.calculus.rules import fact, given, positive_quotient, refine, tail_bound
from proofs.provers.calculus.signs import Positive
from proofs.provers.calculus.terms import (
    ONE,
    Rejected,
    Term,
    add,
    neg,
    num,
    power,
    rational,
    rewritten,
    sub,
    working_precision,
    write,
)

Tree = Mapping[str, Any]
Names = Mapping[str, str]  # of the facts of the search in the certificate
Weighted = tuple[Any, Sequence[str], str]  # weight, facts, square
Solve = Callable[[Goal], Tree | None]


class Writer:
    """Writes trees of moves as trees of rules.

    Parameters
    ----------
    solve : callable
        Finds a tree for the small goals that only the certificate has: that a lemma is defined.
    """

    def __init__(self, solve: Solve) -> None:
        self.solve = solve
        self.count = 0

    def unused(self) -> str:
        """A name for a new fact."""
        self.count += 1
        return f"fact {self.count}"

    def tree(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        """Translate a tree for a goal.

        Raises
        ------
        Rejected
            If a lemma cannot be shown to be defined.
        """
        with working_precision():
            write_rule = getattr(self, f"_{node['rule']}", None)
            if write_rule is not None:
                made: dict[str, Any] = write_rule(goal, node, names)
                return made
            parts = self.parts(goal, node, names)
        kept = bare(node)
        return {**kept, "parts": parts} if parts else kept

    def parts(self, goal: Goal, node: Tree, names: Names) -> list[dict[str, Any]]:
        """Translate what is below a node."""
        goals = refine(goal, bare(node))
        return [self.tree(g, t, names) for g, t in zip(goals, node.get("parts", ()), strict=True)]

    def defined(self, goal: Goal, e: Term, names: Names) -> list[dict[str, Any]]:
        """Proofs that a lemma's term is defined."""
        made = []
        for condition in conditions(goal, e):
            tree = self.solve(condition)
            if tree is None:
                raise Rejected(f"it is not clear that {write(e)[:60]} is defined")
            made.append(self.tree(condition, tree, names))
        return made

    def have(
        self, goal: Goal, name: str, claim: tuple[Term, str], proof: Any, rest: Any, names: Names
    ) -> dict[str, Any]:
        """A lemma, its proof, and what follows from it."""
        e, relation = claim
        return {
            "rule": "have",
            "name": name,
            "claim": f"{write(e)} {relation} 0",
            "parts": [proof, *self.defined(goal, e, names), rest],
        }

    # ------------------------------------------------------------------ moves that end a branch

    def _identity(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        return cone([])

    def _coefficients(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        sign, other, above, below = positive_quotient(goal)
        bottom = goal.normal(goal.target).bottom
        proof = self._quotient(goal, names, other, bottom, above, below)
        if goal.relation != "!=":
            return proof
        return {"rule": "sign", "sign": "+" if sign == other else "-", "parts": [proof]}

    def _quotient(
        self, goal: Goal, names: Names, other: int, bottom: Any, above: Positive, below: Positive
    ) -> dict[str, Any]:
        if set(bottom) == {()}:
            size = abs(bottom[()])
            return cone([(c / size, labels, "1") for c, labels in above.terms], above.times)
        lemma = p_term(p_mul(constant(other), bottom))
        name = self.unused()
        shown = cone([(c, labels, "1") for c, labels in below.terms], below.times)
        rest = cone([(c, labels, "1") for c, labels in above.terms], [name, *above.times])
        return self.have(goal, name, (lemma, ">"), shown, rest, names)

    def _cone(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        return cone(
            [
                (
                    fmpq(*map(int, t["coefficient"].split("/"))),
                    [names.get(f, f) for f in t["facts"]],
                    t["square"],
                )
                for t in node["terms"]
            ]
        )

    def _void(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        for x, r in sorted(goal.box.items()):
            if r.lo is None or r.hi is None or r.lo < r.hi:
                continue
            if r.lo > r.hi or r.lo_open or r.hi_open:
                ends: list[Weighted] = [(1, [f"lo:{x}"], "1"), (1, [f"hi:{x}"], "1")]
                gap: list[Weighted] = [(r.lo - r.hi, [], "1")] if r.lo > r.hi else []
                return {"rule": "absurd", "parts": [cone(ends + gap)]}
        raise Rejected("the box is not empty")

    # ------------------------------------------------------------------ moves with lemmas

    def _restrict(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        (after,) = refine(goal, bare(node))
        e, relation = fact(goal, node["fact"])
        top, bottom = goal.normal(e)
        (v,) = {v for m in top for v, _ in m}
        slope, offset = top[((v, 1),)] / bottom[()], top.get((), fmpq(0)) / bottom[()]
        (x,) = (x for x, r in after.box.items() if r != goal.box[x])
        return {
            "rule": "narrow",
            "variable": x,
            "end": "lo" if slope > 0 else "hi",
            "at": str(-offset / slope),
            "open": relation == ">",
            "parts": [
                cone([(1 / abs(slope), [names.get(node["fact"], node["fact"])], "1")]),
                *self.parts(goal, node, names),
            ],
        }

    def _absurd(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        shown, *defined = self.parts(goal, node, names)
        negation = refine(goal, bare(node))[0]
        name, label = self.unused(), names.get(node["fact"], node["fact"])
        _, relation = fact(goal, node["fact"])
        weight = -1 if relation == "==" and node["sign"] == "+" else 1
        rest = {"rule": "absurd", "parts": [cone([(weight, [label], "1"), (1, [name], "1")])]}
        claim = f"{write(negation.target)} {negation.relation} 0"
        return {"rule": "have", "name": name, "claim": claim, "parts": [shown, *defined, rest]}

    def _enumerate(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        parts = self.parts(goal, node, names)
        return {"rule": "values", "variable": node["variable"], "parts": parts}

    def _cases(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        return self._naming(goal, node, names, {"rule": "cases", "term": node["term"]}, (0, 1))

    def _induction(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        head = {"rule": "induction", "variable": node["variable"]}
        return self._naming(goal, node, names, head, (1,))

    def _have(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        head = {"rule": "have", "claim": f"{write(given(goal, node['term']))} {node['relation']} 0"}
        return self._naming(goal, node, names, head, (len(node["parts"]) - 1,))

    def _naming(
        self, goal: Goal, node: Tree, names: Names, head: dict[str, Any], where: Sequence[int]
    ) -> dict[str, Any]:
        """A rule that gives some of its goals a new fact, the last one."""
        name, parts = self.unused(), []
        goals = refine(goal, bare(node))
        for i, (g, t) in enumerate(zip(goals, node["parts"], strict=True)):
            own = {**names, g.facts[-1][0]: name} if i in where else names
            part = self.tree(g, t, own)
            parts.append(restated(g, part) if head["rule"] == "cases" and i in where else part)
        return {**head, "name": name, "parts": parts}

    def _substitute(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        goals = refine(goal, bare(node))
        added = goals[-1].facts[len(goal.facts) :]
        own = {**names, **{n: n for n, _, _ in added}}
        parts = [self.tree(g, t, names) for g, t in zip(goals[:-1], node["parts"], strict=False)]
        last = restated(goals[-1], self.tree(goals[-1], node["parts"][-1], own))
        return {**bare(node), "parts": [*parts, last]}

    def _fraction(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        below, above = refine(goal, {"rule": "fraction", "bottom": node["bottom"]})
        first = self.unused()
        second = self.unused()
        shown = [self.tree(g, t, names) for g, t in zip((below, above), node["parts"], strict=True)]
        rest = cone([(1, [second], "1")], [first])
        inner = self.have(goal, second, (above.target, above.relation), shown[1], rest, names)
        return self.have(goal, first, (below.target, ">"), shown[0], inner, names)

    def _factor(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        shown = self.parts(goal, node, names)
        strict = goal.relation == ">"
        facts: list[str] = []
        lemmas: list[tuple[str, Term, list[dict[str, Any]]]] = []
        square: Term = ONE
        for factor in node["factors"]:
            e, k = given(goal, factor["term"]), factor["exponent"]
            if strict or k % 2:
                name = self.unused()
                count = 1 + len(conditions(goal, e))
                lemmas.append((name, e, shown[:count]))
                shown = shown[count:]
                facts += [name] * (k if strict else 1)
            if not strict:
                square = ("*", square, power(e, num(k // 2)))
        made = cone([(rational(node["coefficient"]), facts, write(square))])
        for name, e, (proof, *defined) in reversed(lemmas):
            claim = f"{write(e)} {goal.relation} 0"
            made = {"rule": "have", "name": name, "claim": claim, "parts": [proof, *defined, made]}
        return made

    def _square(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        right, gap = refine(goal, {"rule": "square"})
        left = neg(goal.target[2])
        shown = [self.tree(g, t, names) for g, t in zip((right, gap), node["parts"], strict=True)]
        first = self.unused()
        second = self.unused()
        third = self.unused()
        both = add(right.target, left)
        ends = [
            cone([(1, [second], "1")], [third]),
            cone([(2, [first], "1"), (1, [third], "1")]),
            *self.defined(goal, both, names),
        ]
        made = {"rule": "cases", "name": third, "term": write(both), "parts": ends}
        inner = self.have(goal, second, (gap.target, gap.relation), shown[1], made, names)
        return self.have(goal, first, (right.target, goal.relation), shown[0], inner, names)

    def _chernoff(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        """The bound as a fact, what is left of the target with it, and both together."""
        event = given(goal, node["event"])
        s = rational(node["exponent"])
        parts = self.parts(goal, node, names)
        rest = rewritten(goal.target, event, tail_bound(event, s))
        count = 1 + len(conditions(goal, rest))
        falls = sub(goal.target, rewritten(goal.target, event, add(event, ONE)))
        weight = goal.normal(falls)
        if set(weight.top) != {()} or set(weight.bottom) != {()}:
            raise Rejected("the target is not linear in the probability")
        slope = weight.top[()] / weight.bottom[()]
        bound, lemma = self.unused(), self.unused()
        last = {
            "rule": "have",
            "name": lemma,
            "claim": f"{write(rest)} {goal.relation} 0",
            "parts": [*parts[-count:], cone([(1, [lemma], "1"), (slope, [bound], "1")])],
        }
        head = {"rule": "chernoff", "event": write(event), "exponent": node["exponent"]}
        return {**head, "name": bound, "parts": [*parts[:-count], last]}

    def _logarithm(self, goal: Goal, node: Tree, names: Names) -> dict[str, Any]:
        sides = {"right": write(goal.target[1]), "left": write(neg(goal.target[2]))}
        return {"rule": "logarithm", **sides, "parts": self.parts(goal, node, names)}


def bare(node: Tree) -> dict[str, Any]:
    """A move without what follows it."""
    return {k: v for k, v in node.items() if k != "parts"}


def restated(goal: Goal, proof: dict[str, Any]) -> dict[str, Any]:
    """Say what is to be shown in the words of the search."""
    return {"rule": "restate", "target": write(goal.target), "parts": [proof]}


def cone(terms: Sequence[Weighted], times: Sequence[str] = ()) -> dict[str, Any]:
    """The rule that adds up products of facts and squares."""
    rows = [
        {"weight": str(fmpq(c)), "facts": list(facts), "square": square}
        for c, facts, square in terms
        if c != 0
    ]
    return {"rule": "cone", "times": list(times), "terms": rows}
