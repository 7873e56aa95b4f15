"""Decide a point: whether it satisfies every hypothesis and violates the conclusion, beyond doubt.

Decisions are exact over the rationals, and by balls of growing precision elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import arb, ctx, fmpq

from proofs.provers.calculus.enclosures import enclose, expectation
from proofs.provers.calculus.events import event
from proofs.provers.calculus.terms import Malformed, Rejected, parse
from proofs.verdicts import Counterexample
from theory.claims import DRAWN, Statement
from theory.expressions import Expression, Relation, number, rational_value
from theory.moments import polynomial_mean

PRECISIONS = (128, 512)


def violation(statement: Statement, point: Mapping[str, Fraction]) -> Counterexample | None:
    """Decide, exactly or with balls, whether a point is a counterexample.

    Every hypothesis must be true beyond doubt and the conclusion false beyond doubt, both with a
    defined value on either side; anything less gives None.
    """
    if statement.layers is not None:
        depth = point.get("layers")
        if depth is None or depth.denominator != 1 or depth < 0:
            return None
        return violation(statement.unrolled(int(depth)), point)
    return Unfolded(statement).violation(point)


class Unfolded:
    """A statement with its definitions and constants unfolded once, to be tried at many points."""

    def __init__(self, statement: Statement) -> None:
        self.domains = statement.variables
        self.assumptions = tuple(statement.assumptions.values())
        self.obligation = statement.obligation
        self.laws = {v: d for v, d in statement.variables.items() if d in DRAWN}

    def violation(self, point: Mapping[str, Fraction]) -> Counterexample | None:
        """Decide whether a point is a counterexample, as :func:`violation` does."""
        for name, domain in self.domains.items():
            if domain not in DRAWN and not inside(domain, point.get(name)):
                return None
        for relation in self.assumptions:
            if decide(relation, point, self.laws) is not True:
                return None
        if decide(self.obligation, point, self.laws) is not False:
            return None
        sides = (self.obligation.left, self.obligation.right)
        left, right = (_shown(e, point, self.laws) for e in sides)
        return Counterexample(
            {v: Fraction(point[v]) for v in self.domains if v not in self.laws}, left, right
        )


def confirm(statement: Statement, counterexample: Counterexample) -> bool:
    """Decide a counterexample afresh, over the rationals or with balls, from the statement."""
    return violation(statement, counterexample.point) is not None


def decide(
    relation: Relation, point: Mapping[str, Fraction], laws: Mapping[str, str]
) -> bool | None:
    """Decide a relation at a rational point; None where it is undefined or too close to call."""
    try:
        left, right = rational_value(relation.left, point), rational_value(relation.right, point)
        if left is not None and right is not None:
            return relation.decide(left, right)
    except (ZeroDivisionError, OverflowError):
        return None
    for precision in PRECISIONS:
        gap = _ball(relation.left, point, laws, precision)
        other = _ball(relation.right, point, laws, precision)
        if gap is None or other is None:
            return None
        saved, ctx.prec = ctx.prec, precision
        try:
            difference = gap - other
            if difference.is_zero():  # exactly zero: a ball without radius
                return relation.operator in ("<=", ">=", "==")
            if difference > 0:
                return relation.operator in (">", ">=")
            if difference < 0:
                return relation.operator in ("<", "<=")
        finally:
            ctx.prec = saved
    return None


def inside(domain: str, value: Fraction | None) -> bool:
    """Whether a number belongs to a domain."""
    if value is None:
        return False
    positive = value > 0 if domain == "positive" else value >= 0
    if domain in ("positive", "nonnegative"):
        return positive
    return domain != "integer" or value.denominator == 1


def _ball(
    e: Expression, point: Mapping[str, Fraction], laws: Mapping[str, str], precision: int
) -> arb | None:
    saved, ctx.prec = ctx.prec, precision
    try:
        made = _evaluate(e, point, laws)
        return made if made.is_finite() else None
    except (ZeroDivisionError, ValueError):
        return None
    finally:
        ctx.prec = saved


def _evaluate(e: Expression, point: Mapping[str, Fraction], laws: Mapping[str, str]) -> arb:
    """Evaluate with balls; where the formula is undefined the ball is not finite."""
    try:
        exact = rational_value(e, point)
    except ZeroDivisionError:
        return arb("nan")
    if exact is not None:
        return arb(fmpq(exact.numerator, exact.denominator))
    if e.head == "name":
        return arb.pi() if e.name == "pi" else arb("nan")
    if e.head == "E":
        return _mean(e, point, laws)
    if e.head == "P":
        return _probability(e.args[0], point, laws)
    parts = [_evaluate(a, point, laws) for a in e.args]
    a = parts[0]
    match e.head:
        case "neg":
            return -a
        case "+":
            return a + parts[1]
        case "-":
            return a - parts[1]
        case "*":
            return a * parts[1]
        case "/":
            return a / parts[1]
        case "**":
            return _power(a, parts[1], rational_value(e.args[1], point))
        case "abs":
            return abs(a)
        case "sign":
            return arb(1) if a > 0 else arb(-1) if a < 0 else arb("nan")
        case "min" | "max":
            total = a
            for other in parts[1:]:
                total = total.min(other) if e.head == "min" else total.max(other)
            return total
        case "sqrt" if a == 0:
            return arb(0)
        case "erf":
            return a.erf()
        case "exp" | "log" | "sqrt" | "sin" | "cos" | "tanh" | "cosh" | "sinh":
            return getattr(a, e.head)()
    return arb("nan")


def _power(a: arb, b: arb, exponent: Fraction | None) -> arb:
    if exponent is not None and exponent.denominator == 1:
        return a ** int(exponent)
    if a == 0 and b > 0:
        return arb(0)
    return (b * a.log()).exp() if a > 0 else arb("nan")


def _mean(e: Expression, point: Mapping[str, Fraction], laws: Mapping[str, str]) -> arb:
    """Take an expectation: of a polynomial exactly, over one drawn variable by quadrature."""
    meant = e.args[0].substitute({x: number(v) for x, v in point.items()})
    exact = polynomial_mean(meant, laws)
    if exact is not None:
        return arb(fmpq(exact.numerator, exact.denominator))
    values = {x: ("num", fmpq(v.numerator, v.denominator)) for x, v in point.items()}
    known = values | {x: ("var", x) for x in (*laws, "pi")}
    try:
        found = expectation(parse(str(e.args[0]), known), tuple(sorted(laws.items())))
    except (Rejected, Malformed):
        return arb("nan")
    if found.lo is None or found.hi is None:
        return arb("nan")
    return found.lo.union(found.hi)


def _probability(event_: Expression, point: Mapping[str, Fraction], laws: Mapping[str, str]) -> arb:
    """Enclose the probability of an event, where it has a closed form; one copy is no product."""
    left, right = event_.args
    if left.head == "prod":
        if rational_value(left.args[1], point) != 1:
            return arb("nan")
        left = left.args[0]
    values = {x: ("num", fmpq(v.numerator, v.denominator)) for x, v in point.items()}
    known = values | {x: ("var", x) for x in (*laws, "pi")}
    try:
        sides = [parse(str(side), known) for side in (left, right)]
        found = enclose(event(sides[0], event_.head, sides[1], laws), {}, laws, {})
    except (Rejected, Malformed):
        return arb("nan")
    if found.lo is None or found.hi is None:
        return arb("nan")
    return found.lo.union(found.hi)


def _shown(e: Expression, point: Mapping[str, Fraction], laws: Mapping[str, str]) -> str:
    exact = rational_value(e, point)
    if exact is not None:
        return str(exact)
    made = _ball(e, point, laws, PRECISIONS[-1])
    return "undefined" if made is None else str(made.str(25))
