"""Why an orbit that has jumped far away never comes back.

**Runaway.** Let f' be a polynomial of odd degree d with leading coefficient a > 0 and other
coefficients a_j, and ``m = P**(d-1) (a - sum |a_j| P**(j-d)) > 0`` for some P > 0. If |p| >= P and
``eta m p**2 >= 2 w_i**2`` for every i at one iterate, then the same holds at every later one, and
|p| does not fall.

Proof: f'(p)/p >= m wherever |p| >= P, since the bracket grows with P. So r_i = eta f'(p) p / w_i**2
>= eta m p**2/w_i**2 >= 2. One step is w_i+ = w_i (1 - r_i); hence |p+| = |p| prod (r_j - 1) >= |p|,
and p+**2/w_i+**2 = (p**2/w_i**2) prod over j != i of (r_j - 1)**2 >= p**2/w_i**2.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from flint import arb

from numerics.balls import ball
from numerics.certified.polynomial import expand
from numerics.invariant import Invariant
from numerics.problem import Problem
from theory.dynamics.stopping import StopCondition, excluded
from theory.expressions import Expression
from theory.expressions.polynomials import is_polynomial


def runaway(problem: Problem, weights: Sequence[arb], product: arb) -> Invariant | None:
    """Look for a proof that an orbit in these balls never meets the target from now on.

    Parameters
    ----------
    weights, product : arb
        Balls that contain the weights and their product.
    """
    size = product.abs_lower()
    slope = _coefficients(problem.loss.derivative)
    if slope is None or len(slope) % 2 or not (size > 0 and slope[-1] > 0):
        return None
    steepness = _least_beyond(slope, size) / size
    thrust = ball(problem.step) * steepness * size * size
    if not (steepness > 0 and all(thrust >= 2 * w * w for w in weights)):
        return None
    if not excluded(problem.until, lambda atom: _excluded(problem, atom, size)):
        return None
    return Invariant("runaway", f"from here on |p| never falls below {size.str(6, radius=False)}")


def _least_beyond(coefficients: Sequence[Fraction], size: arb) -> arb:
    """Bound a polynomial with a_n > 0 from below where |p| >= size, if that is positive.

    More exactly ``|p|**-n`` times it, so odd ones are bounded in absolute value.
    """
    degree = len(coefficients) - 1
    bound = ball(coefficients[-1])
    for j, a in enumerate(coefficients[:-1]):
        bound -= abs(ball(a)) / size ** (degree - j)
    return (bound * size**degree).lower()


def _excluded(problem: Problem, atom: StopCondition, size: arb) -> bool:
    target = atom.target
    if not target.inside or target.upper is None:
        return False
    if atom.on_product:
        if target.lower is None:
            return False
        return bool(ball(target.upper) < size and ball(target.lower) > -size)
    value = _coefficients(problem.loss.expression) if atom.quantity == "f" else None
    if value is None or len(value) % 2 == 0 or not value[-1] > 0:
        return False
    least = _least_beyond(value, size)
    return bool(least > 0 and least > ball(target.upper))


@lru_cache(maxsize=64)
def _coefficients(formula: Expression) -> tuple[Fraction, ...] | None:
    """Rational coefficients, the constant first, or None for anything but a polynomial in p."""
    if not is_polynomial(formula):
        return None
    return tuple(Fraction(int(c.p), int(c.q)) for c in expand(formula).coeffs())
