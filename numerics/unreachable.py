"""Targets that no orbit meets, whatever the step size: two theorems about the loss alone.

**Out of range.** If no value of f lies in the target, no iterate satisfies a condition on f.

**Outward.** Let p != 0 and x f'(x) < 0 for all x with the sign of p and |x| >= |p|. Then |p| grows
for ever and p keeps its sign; f falls. Proof: w_i+ = w_i - eta f'(p) q_i = w_i (1 + A/w_i**2) with
A = -eta p f'(p) > 0, so every weight keeps its sign and grows, and p+ is on the same ray.

What is known of all values of a formula: polynomials by their certified roots, the rest by signs.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from flint import arb, fmpq, fmpq_poly

from numerics.balls import ball, ends
from numerics.certified.polynomial import expand
from numerics.loss import Loss
from theory.dynamics.stopping import StopCondition
from theory.expressions import Expression, rational_value
from theory.expressions.polynomials import is_polynomial

_POSITIVE, _NONNEGATIVE = 2, 1


def out_of_range(loss: Loss, until: StopCondition) -> str | None:
    """Look for a proof that no real p gives f a value in the target."""
    target = until.target
    if until.on_product or not target.inside:
        return None
    for end, side in ((target.upper, 1), (target.lower, -1)):
        if end is None:
            continue
        gap = Expression("-", (loss.expression, _number(end)))
        signed = gap if side > 0 else Expression("neg", (gap,))
        if _sign_everywhere(signed) >= (_POSITIVE if target.closed else _NONNEGATIVE):
            relation = "above" if side > 0 else "below"
            return f"f stays {relation} {end} for every p"
    return None


def outward(loss: Loss, product: arb, until: StopCondition) -> str | None:
    """Look for a proof that p only moves away from zero from here on, and the target is behind."""
    if not (loss.smooth and product.is_finite()) or product.contains(0):
        return None
    low, high = ends(product)
    side = 1 if product > 0 else -1
    reach = low if side > 0 else -high
    if not _one_sign_beyond(loss.derivative, reach, side):
        return None
    target = until.target
    if not target.inside:
        return None
    if until.on_product:
        end = target.upper if side > 0 else target.lower
        if end is None or not side * end < reach:
            return None
    elif target.lower is None or not loss.value("arb")(product) < ball(target.lower):
        return None
    return "every weight grows and keeps its sign from here on, so p only moves away from zero"


def _number(value: Fraction) -> Expression:
    return Expression("number", (), value)


def _one_sign_beyond(slope: Expression, reach: Fraction, side: int) -> bool:
    """Whether side * slope < 0 for all x with side * x >= reach > 0."""
    if not is_polynomial(slope):
        falling = slope if side < 0 else Expression("neg", (slope,))
        return _sign_everywhere(falling) == _POSITIVE
    polynomial = expand(slope)
    if polynomial.degree() < 0:
        return False
    at = rational_value(slope, {"p": side * reach})
    if at is None or not side * at < 0:
        return False
    return not any(_on_ray(x, y, reach, side) for x, y, _ in _roots(polynomial))


def _on_ray(real: arb, imaginary: arb, reach: Fraction, side: int) -> bool:
    """Whether a root may lie on the ray."""
    return bool(imaginary.contains(0)) and not side * real < ball(reach)


@lru_cache(maxsize=64)
def _root_balls(coefficients: tuple[tuple[int, int], ...]) -> tuple[tuple[arb, arb, int], ...]:
    polynomial = fmpq_poly([fmpq(*c) for c in coefficients])
    return tuple((r.real, r.imag, int(n)) for r, n in polynomial.complex_roots())


def _roots(polynomial: fmpq_poly) -> tuple[tuple[arb, arb, int], ...]:
    """Real and imaginary part, and the multiplicity, of all roots."""
    return _root_balls(tuple((int(c.p), int(c.q)) for c in polynomial.coeffs()))


def _sign_everywhere(e: Expression) -> int:
    """2 if the formula is positive for every real p, 1 if it is nonnegative, 0 if not known."""
    if is_polynomial(e):
        polynomial = expand(e)
        if polynomial.degree() < 0:
            return _NONNEGATIVE
        top = polynomial.coeffs()[-1]
        if polynomial.degree() % 2 or not top > 0:
            return 0
        real = [n for _, y, n in _roots(polynomial) if y.contains(0)]
        if not real:
            return _POSITIVE
        return 0 if any(n % 2 for n in real) else _NONNEGATIVE
    match e.head:
        case "exp" | "cosh":
            return _POSITIVE if _real(e.args[0]) else 0
        case "+":
            return _sum(e.args[0], e.args[1])
        case "*" | "/":
            signs = [_sign_everywhere(a) for a in e.args]
            if e.head == "/" and signs[1] != _POSITIVE:
                return 0
            return min(signs)
        case "-":
            subtrahend = e.args[1]
            if not subtrahend.names:
                value = rational_value(subtrahend)
                if value is not None and value <= 0:
                    return _sum(e.args[0], _number(-value))
            return 0
        case "neg":
            return _sign_everywhere_negative(e.args[0])
        case "log":
            if _above_one(e.args[0]):
                return _POSITIVE
            inside = e.args[0]
            return _NONNEGATIVE if inside.head == "cosh" and _real(inside.args[0]) else 0
        case "**":
            exponent = rational_value(e.args[1])
            if exponent is None or exponent.denominator != 1:
                return 0
            base = _sign_everywhere(e.args[0])
            if base == _POSITIVE:
                return _POSITIVE
            return _NONNEGATIVE if exponent % 2 == 0 and exponent > 0 and _real(e.args[0]) else 0
    return 0


def _sign_everywhere_negative(e: Expression) -> int:
    """The sign of -e, likewise."""
    match e.head:
        case "neg":
            return _sign_everywhere(e.args[0])
        case "*":
            for i, a in enumerate(e.args):
                value = None if a.names else rational_value(a)
                if value is not None and value < 0:
                    return _sign_everywhere(e.args[1 - i])
        case "-":
            left, right = e.args
            swapped = Expression("-", (right, left))
            return _sign_everywhere(swapped) if not right.names else 0
    return 0


def _sum(a: Expression, b: Expression) -> int:
    """The sign of a + b, from the signs of both."""
    one, other = _sign_everywhere(a), _sign_everywhere(b)
    return max(one, other) if one and other else 0


def _above_one(e: Expression) -> bool:
    """Whether e > 1 everywhere: a sum of 1 and something positive."""
    if e.head != "+":
        return False
    for a, b in (e.args, e.args[::-1]):
        value = None if a.names else rational_value(a)
        if value is not None and value >= 1 and _sign_everywhere(b) == _POSITIVE:
            return True
    return False


def _real(e: Expression) -> bool:
    """Whether the formula is real for every p."""
    if is_polynomial(e):
        return True
    if e.head in ("exp", "cosh", "sinh", "tanh", "sin", "cos", "neg", "+", "-", "*"):
        return all(_real(a) for a in e.args)
    return False
