"""Lengths in one target: each is at most the sum of two others, if these are sides of a triangle.

With a^2 = A, b^2 = B, c^2 = C and 4 A B >= (C - A - B)^2, which is Heron's formula, c <= a + b and
the like. What is said of |g|, |d| and |d - g| follows from products of these three.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.terms import Formula, Relation, Term, minus, number, plus, power, text, times
from proofs.search.corners import root_index
from proofs.search.forms import Forms, Poly, p_add, p_mul, scaled
from proofs.search.trees import Tree, cases, cone, have, unused

GE, GT = Relation.GE, Relation.GT
MAX_LENGTHS = 4


def sides(goal: Goal, forms: Forms) -> Iterator[Tree]:
    """Cite the inequality of triangles of what stands under roots in the target."""
    if goal.relation not in (GE, GT) or any(name.startswith("side") for name in goal.facts):
        return
    roots = [e for e in dict.fromkeys(goal.target.walk()) if root_index(e) == 2 and e.names]
    plain = [goal.variables[x] for x in sorted(goal.target.names & set(goal.box))]
    lengths = [*roots, *(x for x in plain if goal.knows(x, GE) and x.head == "variable")]
    if len(roots) < 2 or len(lengths) < 3:
        return
    inside = {e: e.parts[0] if e in roots else Term("*", e, e) for e in lengths}
    values = Forms(goal, tuple(inside.values())).extra
    known = {
        e: scaled(top, 1 / bottom[()]) if set(bottom) == {()} else {}
        for e, (top, bottom) in zip(lengths, values, strict=True)
    }
    for chosen in itertools.combinations(lengths, 3):
        if len(roots) >= 3 and not set(chosen) <= set(roots):
            continue
        polys = [p for e in chosen if (p := known[e])]
        if len(polys) == 3 and set(chosen) & set(roots) and _triangle(*polys):
            made: Tree | None = None
            for k, name in enumerate(unused(goal, "side", 3)):
                a, b, c = (chosen[(k + i) % 3] for i in range(3))
                proof = _shown(name, (a, b, c), inside)
                made = have(name, Formula(minus(plus(a, b), c), GE), proof, made)
            if made is not None:
                yield made
                return


def _shown(name: str, chosen: tuple[Term, Term, Term], inside: Mapping[Term, Term]) -> Tree:
    """C <= a + b, as c^2 <= (a + b)^2, as C - A - B <= 2 a b, as (C - A - B)^2 <= 4 A B."""
    a, b, c = chosen
    gap = minus(inside[c], plus(inside[a], inside[b]))
    twice = times(number(2), times(a, b))
    words = f"{name} words"
    restated = have(
        words,
        Formula(minus(twice, gap), GE),
        _squared(f"{name} twice", twice, gap, None),
        cone([(1, [words], "1")]),
    )
    return _squared(name, plus(a, b), c, restated)


def _squared(name: str, right: Term, left: Term, proof: Tree | None) -> Tree:
    """L <= R by R >= 0 and L^2 <= R^2, of which a proof may be given."""
    first, second, third = (f"{name} {part}" for part in ("positive", "squares", "sum"))
    squares = minus(power(right, number(2)), power(left, number(2)))
    last = cases(
        third,
        text(plus(right, left)),
        cone([(1, [second], "1")], [third]),
        cone([(2, [first], "1"), (1, [third], "1")]),
    )
    inner = have(second, Formula(squares, GE), proof, last)
    return have(first, Formula(right, GE), None, inner)


def _triangle(a: Poly, b: Poly, c: Poly) -> bool:
    """Whether 4 A B - (C - A - B)^2 is not zero, and a sum of even powers."""
    gap = p_add(c, scaled(p_add(a, b), -1))
    heron = p_add(scaled(p_mul(a, b), fmpq(4)), scaled(p_mul(gap, gap), -1))
    even = all(k % 2 == 0 for m in heron for _, k in m)
    return bool(heron) and even and all(c > 0 for c in heron.values())
