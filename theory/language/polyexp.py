"""Formulas in one draw as sums of terms c w^k exp(b w + q w^2); lines; degrees."""

from __future__ import annotations

from theory.errors import Unsupported
from theory.expressions import Expression, name, number, rational_value
from theory.expressions.abbreviations import ONE, ZERO, exp, op
from theory.expressions.arithmetic import minus, over, raised, times, total
from theory.language.laws import Term

MAX_TERMS = 400


def degree_in(e: Expression, names: frozenset[str]) -> int:
    """The degree in what is drawn; 99 where it is no plain polynomial."""
    if not e.names & names:
        return 0
    args = [degree_in(a, names) for a in e.args]
    match e.head:
        case "name":
            return 1
        case "+" | "-" | "neg":
            return max(args)
        case "*":
            return sum(args)
        case "/" if args[1] == 0:
            return args[0]
        case "**":
            n = rational_value(e.args[1])
            if n is not None and n.denominator == 1 and n >= 0:
                return args[0] * int(n)
    return 99


def terms_of(g: Expression, w: str) -> list[Term]:
    """A formula as a sum of terms in one draw."""
    if w not in g.names:
        return [Term(g)]
    match g.head:
        case "name":
            return [Term(ONE, 1)]
        case "+":
            return terms_of(g.args[0], w) + terms_of(g.args[1], w)
        case "-":
            return terms_of(g.args[0], w) + terms_of(op("neg", g.args[1]), w)
        case "neg":
            return [scaled_term(t, number(-1)) for t in terms_of(g.args[0], w)]
        case "*":
            return products_of(terms_of(g.args[0], w), terms_of(g.args[1], w))
        case "/" if w not in g.args[1].names:
            return [scaled_term(t, over(ONE, g.args[1])) for t in terms_of(g.args[0], w)]
        case "**":
            n = rational_value(g.args[1])
            if n is not None and n.denominator == 1 and 0 < n <= 12:
                once = terms_of(g.args[0], w)
                found = once
                for _ in range(int(n) - 1):
                    found = products_of(found, once)
                return found
        case "exp":
            parts = terms_of(g.args[0], w)
            if all(t.power <= 2 and t.linear == ZERO and t.square == ZERO for t in parts):
                by = {k: total(*(t.factor for t in parts if t.power == k)) for k in range(3)}
                outer = ONE if by[0] == ZERO else exp(by[0])
                return [Term(outer, 0, by[1], by[2])]
    raise Unsupported("E", f"no closed form of the mean of {str(g)[:60]}")


def scaled_term(t: Term, c: Expression) -> Term:
    """A multiple of a term."""
    factor = minus(t.factor) if c == number(-1) else times(c, t.factor)
    return Term(factor, t.power, t.linear, t.square)


def products_of(a: list[Term], b: list[Term]) -> list[Term]:
    """The products of two sums of terms, collected."""
    if len(a) * len(b) > MAX_TERMS:
        raise Unsupported("E", "too many terms")
    made = [
        Term(
            times(s.factor, t.factor),
            s.power + t.power,
            total(s.linear, t.linear),
            total(s.square, t.square),
        )
        for s in a
        for t in b
    ]
    merged: dict[tuple[int, Expression, Expression], Expression] = {}
    for t in made:
        key = t.power, t.linear, t.square
        merged[key] = total(merged[key], t.factor) if key in merged else t.factor
    return [Term(c, *key) for key, c in merged.items()]


def line_of(e: Expression, w: str) -> tuple[Expression, Expression] | None:
    """Slope and rest of a formula that is linear in a draw."""
    try:
        parts = terms_of(e, w)
    except Unsupported:
        return None
    if any(t.power > 1 or t.linear != ZERO or t.square != ZERO for t in parts):
        return None
    slope, rest = (total(*(t.factor for t in parts if t.power == k)) for k in (1, 0))
    try:
        value = rational_value(slope)
    except ZeroDivisionError:
        return None
    return number(value) if value is not None else slope, rest


def slope_of(e: Expression, w: str) -> Expression | None:
    """The factor of a plain multiple of a draw."""
    line = line_of(e, w) if w else None
    return line[0] if line is not None and line[1] == ZERO else None


def norm_square(e: Expression, w: str, square: str) -> Expression:
    """|w|^2 by its own name: |w|^(2k) is its k-th power."""
    norm = op("norm", name(w))
    if e.head == "**" and e.args[0] == norm:
        n = rational_value(e.args[1])
        if n is not None and n > 0 and n % 2 == 0:
            return raised(name(square), int(n) // 2)
    if e.head == "dot" and e.args == (name(w), name(w)):
        return name(square)
    return e
