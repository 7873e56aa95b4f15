"""Stop conditions: comparisons with constants, optionally through abs, joined by and / or.

The quantities: p, the loss f, and three that see all weights or the slope (:data:`QUANTITIES`).

One object serves every engine. What an engine supplies is how a rational becomes one of its
numbers; what it gets back is a decision, three-valued where its numbers are balls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from theory.errors import InputError
from theory.expressions import (
    Expression,
    Relation,
    parse_condition,
    parse_relation,
    rational_value,
)

Operator = Literal["<=", "<", ">=", ">"]
Value = Any
"""A number, a ball or an array of some engine."""
Quantity = Literal["p", "f", "pg", "grad", "sharpness"]
QUANTITIES: dict[Quantity, str] = {
    "p": "the product of the weights",
    "f": "the loss f(p)",
    "pg": "p f'(p), what every weight loses of w_i**2/2 per unit of flow time",
    "grad": "the Euclidean norm of the gradient of F",
    "sharpness": "the largest eigenvalue of the Hessian of F",
}
MAX_COMPARISONS = 16
_MIRROR: dict[str, Operator] = {"<=": ">=", "<": ">", ">=": "<=", ">": "<"}


@dataclass(frozen=True)
class Target:
    """A set of reals: an interval, or the complement of one.

    Attributes
    ----------
    lower, upper : Fraction or None
        The end points; None for an infinite end. ``lower > upper`` is the empty interval.
    closed : bool
        Whether the finite end points belong to the target.
    inside : bool
        True: the target is the interval. False: it is what lies outside, and ``closed`` still
        says whether the end points belong to the target.
    """

    lower: Fraction | None
    upper: Fraction | None
    closed: bool
    inside: bool

    def contains(self, x: Fraction) -> bool:
        """Decide membership of an exact number."""
        decided = self.decider(lambda v: v)(x)
        assert decided is not None
        return decided

    @property
    def empty(self) -> bool:
        """Whether no number belongs."""
        if not self.inside or self.lower is None or self.upper is None:
            return False
        return self.lower > self.upper or (self.lower == self.upper and not self.closed)

    def decider(self, convert: Callable[[Fraction], Value]) -> Callable[[Value], bool | None]:
        """Membership test for one number or ball: True and False are certain, None is neither.

        Parameters
        ----------
        convert : callable
            Turns a rational into a number (or an enclosing ball) of the engine.

        Notes
        -----
        Only the truth of a comparison is used, never its falsehood: a comparison of balls (or
        with nan) that Python reports as False proves nothing.
        """
        lower = None if self.lower is None else convert(self.lower)
        upper = None if self.upper is None else convert(self.upper)
        # A point on the boundary belongs to the interval exactly if `strict` is False.
        strict = self.closed != self.inside
        inside, outside = self.inside, not self.inside

        def decide(x: Value) -> bool | None:
            if strict:
                if (lower is not None and x <= lower) or (upper is not None and x >= upper):
                    return outside
                if (lower is None or x > lower) and (upper is None or x < upper):
                    return inside
                return None
            if (lower is not None and x < lower) or (upper is not None and x > upper):
                return outside
            if (lower is None or x >= lower) and (upper is None or x <= upper):
                return inside
            return None

        return decide

    def mask(self, x: Value) -> Value:
        """Membership of every entry of a NumPy array of doubles (nan does not belong)."""
        strict = self.closed != self.inside
        within = x == x
        if self.lower is not None:
            within = within & (x > float(self.lower) if strict else x >= float(self.lower))
        if self.upper is not None:
            within = within & (x < float(self.upper) if strict else x <= float(self.upper))
        return within if self.inside else ~within & (x == x)


@dataclass(frozen=True)
class StopCondition:
    """``quantity operator threshold``, or ``abs(quantity + shift) operator threshold``.

    Attributes
    ----------
    quantity : str
        One of :data:`QUANTITIES`.
    shift : Fraction or None
        None: no absolute value.
    operator : {"<=", "<", ">=", ">"}
    threshold : Fraction
    """

    quantity: Quantity
    shift: Fraction | None
    operator: Operator
    threshold: Fraction

    def __str__(self) -> str:
        left: str = self.quantity
        if self.shift is not None:
            sign = "+" if self.shift >= 0 else "-"
            inner = self.quantity if self.shift == 0 else f"{left} {sign} {abs(self.shift)}"
            left = f"abs({inner})"
        return f"{left} {self.operator} {self.threshold}"

    @property
    def target(self) -> Target:
        """The set of values of the quantity for which the condition holds."""
        closed, below = "=" in self.operator, self.operator[0] == "<"
        if self.shift is None:
            if below:
                return Target(None, self.threshold, closed, inside=True)
            return Target(self.threshold, None, closed, inside=True)
        lower, upper = -self.shift - self.threshold, -self.shift + self.threshold
        if below:
            return Target(lower, upper, closed, inside=True)
        if self.threshold < 0 or (self.threshold == 0 and closed):
            return Target(None, None, closed=True, inside=True)  # |x| >= 0 always
        return Target(lower, upper, closed, inside=False)

    @property
    def on_product(self) -> bool:
        """Whether the condition is on p itself."""
        return self.quantity == "p"


@dataclass(frozen=True)
class Joined:
    """A condition that takes more than one comparison of p or f.

    Attributes
    ----------
    clauses : tuple of tuples of StopCondition
        All clauses hold, each if one of its comparisons does.
    """

    clauses: tuple[tuple[StopCondition, ...], ...]

    def __str__(self) -> str:
        several = len(self.clauses) > 1
        return " and ".join(
            f"({joined})" if several and len(clause) > 1 else joined
            for clause in self.clauses
            for joined in (" or ".join(map(str, clause)),)
        )

    def or_else(self, other: StopCondition) -> Joined:
        """Hold where this does, or the other."""
        return Joined(tuple((*clause, other) for clause in self.clauses))


Until = StopCondition | Joined


def excluded(until: Until, never: Callable[[StopCondition], object]) -> bool:
    """Whether a condition is out of reach because every comparison of some clause is."""
    if isinstance(until, StopCondition):
        return bool(never(until))
    return any(all(never(atom) for atom in clause) for clause in until.clauses)


def parse_until(text: str | Until, argument: str = "until") -> Until:
    """Read a stop condition: comparisons of the :data:`QUANTITIES`, joined by ``and`` and ``or``.

    Examples
    --------
    >>> str(parse_until("grad < 1e-3 and abs(p+1) <= 1/2"))
    'grad < 1/1000 and abs(p + 1) <= 1/2'

    Raises
    ------
    InputError
        For anything else; each comparison is as :func:`parse_stop` wants it.
    """
    if isinstance(text, StopCondition | Joined):
        return text
    read = parse_condition(text, frozenset(QUANTITIES), frozenset({"abs"}), argument)
    if sum(map(len, read)) > MAX_COMPARISONS:
        raise InputError(argument, f"more than {MAX_COMPARISONS} comparisons")
    clauses = tuple(tuple(_comparison(r, argument) for r in clause) for clause in read)
    first = clauses[0][0]
    if len(clauses) == len(clauses[0]) == 1 and first.quantity in ("p", "f"):
        return first
    return Joined(clauses)


def parse_stop(text: str | StopCondition, argument: str = "until") -> StopCondition:
    """Read a stop condition such as ``"abs(p+1) <= 1/2"``, ``"1/10 > f"``, ``"p <= -0.3"``.

    Parameters
    ----------
    text : str
        One of ``<= < >= >`` between a rational constant and one of: ``a*x + b``, ``abs(a*x + b)``
        with x = p or x = f and rational a, b, in any spelling. Either side may hold the constant.
    argument : str
        The name to put in front of an error message.

    Raises
    ------
    InputError
        For anything else.
    """
    if isinstance(text, StopCondition):
        return text
    relation = parse_relation(text, frozenset({"p", "f"}), frozenset({"abs"}), argument)
    return _comparison(relation, argument)


def _comparison(relation: Relation, argument: str) -> StopCondition:
    if relation.operator == "==" or relation.operator == "!=":
        raise InputError(argument, "use <=, <, >= or >; equality is not a stop condition")
    operator: Operator = relation.operator
    left, right = relation.left, relation.right
    if not left.names:
        left, right, operator = right, left, _MIRROR[operator]
    if right.names or not left.names:
        raise InputError(argument, f"compare one of {_names()} with a constant")
    try:
        constant = rational_value(right)
        through_abs = left.head == "abs"
        name, scale, offset = _affine(left.args[0] if through_abs else left, argument)
    except ZeroDivisionError:
        raise InputError(argument, "it divides by zero") from None
    if constant is None:
        raise InputError(argument, "the constant is not a rational number")
    if scale == 0:
        raise InputError(argument, "the variable cancels")
    if through_abs:
        return StopCondition(name, offset / scale, operator, constant / abs(scale))
    if scale < 0:
        operator = _MIRROR[operator]
    return StopCondition(name, None, operator, (constant - offset) / scale)


def _names() -> str:
    return ", ".join(QUANTITIES)


def _affine(e: Expression, argument: str) -> tuple[Quantity, Fraction, Fraction]:
    """Read ``a*x + b``; the variable is the only one that occurs."""
    if len(e.names) != 1:
        raise InputError(argument, f"compare one of {_names()} with a constant")
    name = next(known for known in QUANTITIES if known in e.names)
    scale, offset = _coefficients(e, argument)
    return name, scale, offset


def _coefficients(e: Expression, argument: str) -> tuple[Fraction, Fraction]:
    if not e.names:
        value = rational_value(e)
        if value is None:
            raise InputError(argument, "a constant is not a rational number")
        return Fraction(0), value
    if e.head == "name":
        return Fraction(1), Fraction(0)
    if e.head in ("neg", "+", "-", "*", "/"):
        parts = [_coefficients(a, argument) for a in e.args]
        match e.head, parts:
            case "neg", [(a, b)]:
                return -a, -b
            case "+", [(a, b), (c, d)]:
                return a + c, b + d
            case "-", [(a, b), (c, d)]:
                return a - c, b - d
            case "*", [(a, b), (c, d)] if a == 0 or c == 0:
                return a * d + b * c, b * d
            case "/", [(a, b), (c, d)] if c == 0:
                return a / d, b / d
    raise InputError(argument, "only a*x + b or abs(a*x + b) against a constant")
