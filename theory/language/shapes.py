"""Shapes of formulas in what is drawn, of which a mean is taken."""

from __future__ import annotations

from collections.abc import Mapping

from theory.errors import Unsupported
from theory.expressions import Expression, name, number, rational_value
from theory.expressions.abbreviations import ONE, op
from theory.expressions.arithmetic import minus, times, total
from theory.language.laws import Law
from theory.language.polyexp import MAX_TERMS
from theory.statements import Domain

Product = tuple[Expression, dict[str, Expression]]
"""A coefficient, and for each draw its factor."""
OWN = frozenset({"gaussian", "centred", "unit", "rademacher"})
"""Laws that the core knows."""
PLAIN = frozenset({"number", "name", "+", "-", "*", "neg"})


def terms_added(f: Expression) -> list[tuple[Expression, Expression]]:
    """The terms of a sum with their signs."""
    match f.head, f.args:
        case "+" | "-", (a, b):
            sign = ONE if f.head == "+" else number(-1)
            return terms_added(a) + [(times(sign, c), t) for c, t in terms_added(b)]
        case "neg", (a,):
            return [(minus(c), t) for c, t in terms_added(a)]
    return [(ONE, f)]


def factors_of(f: Expression) -> list[Expression]:
    """The factors of a product."""
    return [g for a in f.args for g in factors_of(a)] if f.head == "*" else [f]


def multiplied(a: list[Product], b: list[Product]) -> list[Product]:
    """The product of two sums."""
    if len(a) * len(b) > MAX_TERMS:
        raise Unsupported("E", "too many terms")
    found: list[Product] = []
    for c, g in a:
        for d, h in b:
            joined = dict(g)
            for w, factor in h.items():
                joined[w] = times(joined[w], factor) if w in joined else factor
            found.append((times(c, d), joined))
    return found


def copied(e: Expression) -> Expression:
    """The size, or a power, of a product of independent copies is the product of theirs."""
    if e.head not in ("abs", "**") or e.args[0].head != "prod" or len(e.args[0].args) != 2:
        return e
    (f, count), *exponents = e.args[0].args, *e.args[1:]
    for k in map(rational_value, exponents):
        if k is None or k.denominator != 1 or k < 1:
            return e
    return op("prod", Expression(e.head, (f, *exponents)), count)


def polynomial(n: Expression) -> bool:
    """Whether a node of a formula is one of a polynomial."""
    if n.head == "**":
        k = rational_value(n.args[1])
        return k is not None and k.denominator == 1 and k >= 0
    return n.head in PLAIN or (n.head == "/" and rational_value(n.args[1]) is not None)


def standard(g: Expression, w: str, law: Law) -> Expression | None:
    """E g without parameters by a draw that the core knows: m + s v, or a + (b - a) u."""
    if g.names - {w, "pi"} or any(p.names for p in law.parameters):
        return None
    if law.kind in OWN:
        return Expression("E", (g,))
    if law.kind not in STANDARD:
        return None
    a, b = law.parameters
    step = b if law.kind == "normal" else total(b, minus(a))
    return Expression("E", (g.substitute({w: total(a, times(step, name(w)))}),))


STANDARD: Mapping[str, Domain] = {"normal": "gaussian", "uniform": "unit"}
"""The law of v where a draw is m + s v or a + (b - a) v."""
