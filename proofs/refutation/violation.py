"""Decide a point: whether it satisfies every hypothesis and violates the conclusion, beyond doubt.

Decisions are exact over the rationals, and by balls of growing precision elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from flint import arb, ctx, fmpq

from proofs.core import probability
from proofs.core import terms as core
from proofs.core.ranges import WHOLE, Interval, enclose, hull, working_precision
from proofs.core.terms import Malformed, Reader, Rejected, Term
from proofs.evidence.verdicts import Counterexample
from theory.claims import DRAWN, Statement
from theory.errors import InputError
from theory.expressions import (
    Expression,
    Relation,
    exponent_of,
    number,
    rational_value,
    real_powers,
)
from theory.logarithms import same
from theory.moments import polynomial_mean

PRECISIONS = (128, 512)
MAX_BITS = 8_000
"""Of a coordinate of a counterexample, above and below the line; a longer one shows nobody anything
(and Python prints no integer of more than 4,300 digits)."""


def violation(statement: Statement, point: Mapping[str, Fraction]) -> Counterexample | None:
    """Decide, exactly or with balls, whether a point is a counterexample.

    Every hypothesis must be true beyond doubt and the conclusion false beyond doubt, both with a
    defined value on either side; anything less gives None.
    """
    if statement.relaxed is not None:  # of what has no formula, no number shows anything
        about, left = statement.about(point)
        seen = None if about is statement else violation(about, left)
        return None if seen is None else replace(seen, point=dict(point))
    if statement.parts:
        found = (violation(piece, point) for piece in statement.pieces)
        return next((f for f in found if f is not None), None)
    if statement.layers is not None:
        depth = point.get("layers")
        if depth is None or depth.denominator != 1 or depth < 0:
            return None
        try:
            seen = violation(statement.unrolled(int(depth)), point)
            return None if seen is None else replace(seen, point={**seen.point, "layers": depth})
        except InputError:  # its formulas are too large
            from proofs.refutation.deep import violation_at_depth  # it decides as this module does

            return violation_at_depth(statement, point)
    return Unfolded(statement).violation(point)


class Unfolded:
    """A statement with its definitions and constants unfolded once, to be tried at many points."""

    def __init__(self, statement: Statement) -> None:
        self.domains = statement.variables
        self.assumptions = tuple(statement.assumptions.values())
        if statement.gram is not None:  # where the hypotheses are not enough for a function
            self.assumptions += tuple(map(statement.expand, statement.gram.members))
        self.obligation = statement.obligation
        self.laws = {v: d for v, d in statement.variables.items() if d in DRAWN}
        whole = {v for v, d in statement.variables.items() if d == "integer"}
        sides = [s for r in (*self.assumptions, self.obligation) for s in (r.left, r.right)]
        self.bases = tuple(dict.fromkeys(b for s in sides for b in real_powers(s, whole)))

    def violation(self, point: Mapping[str, Fraction]) -> Counterexample | None:
        """Decide whether a point is a counterexample, as :func:`violation` does."""
        chosen = {v: d for v, d in self.domains.items() if d not in DRAWN}
        if not all(inside(d, point.get(v)) for v, d in chosen.items()):
            return None
        point = {v: Fraction(point[v]) for v in chosen}  # nobody chooses what is drawn
        if not all(map(has_few_bits, point.values())):
            return None
        for base in self.bases:  # u**v = exp(v log u) is for u > 0, whatever v happens to be
            if decide(Relation(base, ">", number(0)), point, self.laws) is not True:
                return None
        for relation in self.assumptions:
            if decide(relation, point, self.laws) is not True:
                return None
        if decide(self.obligation, point, self.laws) is not False:
            return None
        sides = (self.obligation.left, self.obligation.right)
        left, right = (_shown(e, point, self.laws) for e in sides)
        return Counterexample(point, left, right)


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
                return relation.operator in (">", ">=", "!=")
            if difference < 0:
                return relation.operator in ("<", "<=", "!=")
        finally:
            ctx.prec = saved
    values = {x: number(v) for x, v in point.items()}
    if same(relation.left.substitute(values), relation.right.substitute(values)):
        return relation.operator in ("<=", ">=", "==")
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
        made = evaluated(e, point, {}, laws)
        return made if made.is_finite() else None
    except (ZeroDivisionError, ValueError):
        return None
    finally:
        ctx.prec = saved


def evaluated(
    e: Expression,
    point: Mapping[str, Fraction],
    balls: Mapping[str, arb],
    laws: Mapping[str, str] = MappingProxyType({}),
) -> arb:
    """Evaluate with balls; where any part of the formula is undefined the ball is not finite.

    Names mean what ``point`` or ``balls`` says; draws are not next to ``balls``.
    """
    try:
        exact = rational_value(e, point)
    except ZeroDivisionError:
        return arb("nan")
    if exact is not None:
        return arb(fmpq(exact.numerator, exact.denominator))
    if e.head == "name":
        return arb.pi() if e.name == "pi" else balls.get(e.name, arb("nan"))
    if e.head == "-" and e.args[1].head == "erf" and rational_value(e.args[0], point) == 1:
        return evaluated(e.args[1].args[0], point, balls, laws).erfc()  # no digits are lost far out
    if e.head in ("E", "P") and balls:
        return arb("nan")
    if e.head == "E":
        return _mean(e, point, laws)
    if e.head == "P":
        return _probability(e.args[0], point, laws)
    parts = [evaluated(a, point, balls, laws) for a in e.args]
    if not all(p.is_finite() for p in parts):
        return arb("nan")  # Arb has a value for nan**0 and for the cosine of everything
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
        case "gamma":
            return a.gamma() if a > 0 else arb("nan")
        case "asin":
            return a.asin() if abs(a) <= 1 else arb("nan")
        case "lambertw":
            return a.lambertw() if a * arb(1).exp() > -1 else arb("nan")
        case "erf" | "atan":
            return getattr(a, e.head)()
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
    if not _has_values(meant, laws):
        return arb("nan")
    return _enclosed(lambda: Term("E", _term(meant, laws)))


def _probability(event_: Expression, point: Mapping[str, Fraction], laws: Mapping[str, str]) -> arb:
    """Enclose the probability of an event, where it has a closed form; one copy is no product."""
    left, right = (a.substitute({x: number(v) for x, v in point.items()}) for a in event_.args)
    if left.head == "prod":
        if rational_value(left.args[1]) != 1:
            return arb("nan")
        left = left.args[0]
    if not (_has_values(left, laws) and _has_values(right, laws)):
        return arb("nan")
    return _enclosed(lambda: Term("P", _term(left, laws), _term(right, laws), value=event_.head))


def _term(e: Expression, laws: Mapping[str, str]) -> Term:
    draws = {w: probability.drawn(w, law) for w, law in laws.items()}
    return Reader({"pi": core.PI, **draws}).term(str(e))


def _enclosed(made: Callable[[], Term]) -> arb:
    """What an enclosure says of an E or P; not finite where there is none."""
    try:
        with working_precision():
            found = enclose(probability.admit(made()), {})
    except (Rejected, Malformed, RecursionError):
        return arb("nan")
    return found.lo.union(found.hi) if found.finite else arb("nan")


def _has_values(e: Expression, laws: Mapping[str, str]) -> bool:
    """Whether a formula in drawn variables is defined for every draw, as far as is plain."""
    for node in e.walk():
        match node.head:
            case "/":
                divisor, relation = node.args[1], "!="
            case "log" | "sqrt" | "gamma":
                divisor, relation = node.args[0], ">=" if node.head == "sqrt" else ">"
            case "**":
                n = exponent_of(node)
                whole = n is not None and n.denominator == 1
                if n is not None and whole and n >= 0:
                    continue
                divisor = node.args[0]
                relation = "!=" if whole else ">=" if n is not None and n > 0 else ">"
            case "E" | "P" | "prod" | "asin" | "lambertw":
                return False
            case _:
                continue
        if not _sure(divisor, relation, laws):
            return False
    return True


def _sure(e: Expression, relation: str, laws: Mapping[str, str]) -> bool:
    box = {
        w: Interval(*(hull(arb(end)).lo if end is not None else edge
                      for end, edge in zip(probability.SUPPORT[law], WHOLE, strict=True)))
        for w, law in laws.items()
    }  # fmt: skip
    known = {"pi": core.PI, **{w: Term("variable", value=w) for w in laws}}
    try:
        with working_precision():
            return enclose(Reader(known).term(str(e)), box).allows(core.Relation(relation))
    except (Rejected, Malformed, RecursionError):
        return False


def has_few_bits(value: Fraction) -> bool:
    """Whether a number is short enough to be shown."""
    return max(value.numerator.bit_length(), value.denominator.bit_length()) <= MAX_BITS


def _shown(e: Expression, point: Mapping[str, Fraction], laws: Mapping[str, str]) -> str:
    exact = rational_value(e, point)
    if exact is not None and has_few_bits(exact):
        return str(exact)
    made = _ball(e, point, laws, PRECISIONS[-1])
    return "undefined" if made is None else str(made.str(25))
