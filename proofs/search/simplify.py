"""Simpler words for a target: what a person cancels at sight. The core checks that they agree."""

from __future__ import annotations

from flint import fmpq

from proofs.core import probability
from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    ZERO,
    Rejected,
    Relation,
    Term,
    constant,
    exp,
    log,
    minus,
    neg,
    number,
    over,
    plus,
    power,
    text,
    times,
)
from proofs.search.forms import scaled_term


def simplified(goal: Goal, e: Term) -> Term:
    """Fold numbers, drop neutral parts, undo inverse functions; of equal value where defined."""
    q = _number(e)
    if q is not None:
        return number(q)
    if e.head in ("E", "P"):
        simpler = probability.meaning(e)
        return e if simpler is None else simplified(goal, simpler)
    if not e.parts or e.head == "drawn":
        return e
    return _rewritten(goal, Term(e.head, *(simplified(goal, p) for p in e.parts), value=e.value))


def _number(e: Term) -> fmpq | None:
    try:
        return constant(e)
    except Rejected:
        return None


def _rewritten(goal: Goal, e: Term) -> Term:
    q = _number(e)
    if q is not None:
        return number(q)
    a, b = e.parts[0], e.parts[-1]
    u, v = _number(a), _number(b)
    match e.head:
        case "neg":
            return scaled_term(fmpq(-1), a)
        case "+":
            if b.head == "neg":
                return _rewritten(goal, Term("-", a, b.parts[0]))
            return b if u == 0 else a if v == 0 else e
        case "-":
            return scaled_term(fmpq(-1), b) if u == 0 else a if v == 0 else e
        case "*":
            return scaled_term(u, b) if u is not None else scaled_term(v, a) if v is not None else e
        case "/" if v is not None and v != 0:
            return scaled_term(1 / v, a)
        case "/" if u == 0:
            return ZERO
        case "/" if a.head == "*" and b in a.parts and not b.names:
            return a.parts[1] if b == a.parts[0] else a.parts[0]
        case "/" if b.head == "/":
            return _rewritten(goal, over(_rewritten(goal, times(a, b.parts[1])), b.parts[0]))
        case "**":
            return _power(goal, e)
        case "sqrt":
            return _power(goal, power(a, number(fmpq(1, 2)))) if a.head in ("**", "exp") else e
        case "log" if a.head == "exp":
            return a.parts[0]
        case "log" if a.head in ("**", "*", "/", "sqrt"):
            return _logarithm(goal, e, a)
        case "exp" if a.head == "log":
            return a.parts[0]
        case "min" | "max" if len(e.parts) == 2:
            for one, other in ((a, b), (b, a)):
                low, high = (one, other) if e.head == "min" else (other, one)
                if goal.knows(minus(high, low), Relation.GE):
                    return one
        case "sign" if goal.knows(a, Relation.GT):
            return ONE
        case "sign" if goal.knows(neg(a), Relation.GT):
            return number(-1)
        case "abs":
            for s in (a, neg(a)):
                if goal.knows(s, Relation.GE):
                    return s if s is a else _rewritten(goal, s)
    if e.head in ("log", "sin", "tanh", "sinh", "erf", "exp") and (u == 0 or e.head == "log"):
        zero = u == (1 if e.head == "log" else 0)
        return (ONE if e.head == "exp" else ZERO) if zero else e
    return e


def _logarithm(goal: Goal, e: Term, a: Term) -> Term:
    """Of a power, a product or a quotient of positive terms."""

    def positive(u: Term) -> bool:
        return positive_factors(goal, u) is not None

    match a.head, a.parts:
        case "**", [u, v] if positive(u):
            return _rewritten(goal, times(v, _rewritten(goal, log(u))))
        case "sqrt", [u] if positive(u):
            return _rewritten(goal, times(number(fmpq(1, 2)), _rewritten(goal, log(u))))
        case "*", [u, v] if positive(u) and positive(v):
            return _rewritten(goal, plus(*(_rewritten(goal, log(t)) for t in (u, v))))
        case "/", [u, v] if positive(u) and positive(v):
            return _rewritten(goal, minus(*(_rewritten(goal, log(t)) for t in (u, v))))
    return e


Signs = tuple[list[str], list[str]]


def positive_factors(goal: Goal, e: Term) -> Signs | None:
    """Plainly positive terms of which a term is the product, above and below the line, as facts."""
    if e.head in ("*", "/"):
        a, b = (positive_factors(goal, p) for p in e.parts)
        if a is None or b is None:
            return None
        c, d = b if e.head == "*" else (b[1], b[0])
        return [*a[0], *c], [*a[1], *d]
    if e.head in ("**", "sqrt"):
        base = e.parts[0]
        if not goal.knows(base, Relation.GT):
            if positive_factors(goal, base) is None:
                return None
        elif e.head == "**" and goal.knows(e, Relation.GT):
            return [f"sign:{text(e)}"], []
        exponent = e.parts[1] if e.head == "**" else number(fmpq(1, 2))
        return [f"sign:{text(exp(times(exponent, log(base))))}"], []
    return ([f"sign:{text(e)}"], []) if goal.knows(e, Relation.GT) else None


def split_log(goal: Goal, e: Term) -> Term:
    """The logarithm of a positive term, by those of the plainly positive terms that make it up."""
    if e.head == "exp":
        return e.parts[0]
    if e.head in ("*", "/") and all(positive_factors(goal, p) is not None for p in e.parts):
        return (plus if e.head == "*" else minus)(*(split_log(goal, p) for p in e.parts))
    if e.head in ("**", "sqrt") and positive_factors(goal, e.parts[0]) is not None:
        exponent = e.parts[1] if e.head == "**" else number(fmpq(1, 2))
        return times(exponent, split_log(goal, e.parts[0]))
    return log(e)


def _power(goal: Goal, e: Term) -> Term:
    base, exponent = e.parts
    q = _number(exponent)
    if q == 1:
        return base
    if q == 0:
        return ONE
    if base.head == "exp":
        return exp(_rewritten(goal, times(exponent, base.parts[0])))
    if base.head == "sqrt" and q is not None and q.q == 1 and q.p % 2 == 0:
        return _power(goal, power(base.parts[0], number(q / 2)))
    if base.head == "/" and q is not None and _number(base.parts[0]) == 1:
        return _power(goal, power(base.parts[1], number(-q)))
    if base.head == "**":
        inner = _number(base.parts[1])
        known = goal.knows(base.parts[0], Relation.GE)
        if inner is not None and q is not None and known:
            return _power(goal, power(base.parts[0], number(inner * q)))
    return e
