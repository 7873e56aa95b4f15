"""Step sizes for ZAS beyond the closed form: the inequality of the proof, decided in balls.

The theorem of ``proofs/zas.md`` needs of a step size eta only that, for some theta in (0, 2), eta
times the curvature along a step is at most theta, and (2 - theta)(1 - A)^n >= 1/2 for the rate
1 - eta/2. :func:`admissible` decides both for one eta, depth and norm, without the chords and
estimates that lead to 1/(1 + 16 n |Phi|_F^2); :func:`tuned_step` looks for the largest such eta.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from numerics.balls import ball, precision
from numerics.matrices.zas import proved_step
from theory.errors import InputError

BITS = 128
THETAS = tuple(Fraction(n, 20) for n in range(18, 30))


def admissible(
    depth: int, norm_square: Fraction, step_size: Fraction, theta: Fraction = Fraction(4, 3)
) -> bool:
    """Decide whether the proof covers a step size; True is a proof of R(t) <= (1 - eta/2)^t R(0).

    Parameters
    ----------
    depth : int
        L >= 2.
    norm_square : Fraction
        |Phi|_F^2, positive.
    step_size : Fraction
    theta : Fraction
        Strictly between 0 and 2.

    Raises
    ------
    InputError
        For arguments out of range.
    """
    if depth < 2 or norm_square <= 0 or step_size <= 0 or not 0 < theta < 2:
        raise InputError("depth, norm, step", "L >= 2, positive numbers and 0 < theta < 2")
    n = depth - 1
    with precision(BITS):
        eta, f, phi = ball(step_size), ball(norm_square), ball(norm_square).sqrt()
        drift = eta * f / (2 - ball(theta))
        if not (drift < 1 and (2 - ball(theta)) * (1 - drift) ** n * 2 >= 1):
            return False
        x = _last_layer(n, f, drift)
        inner = (1 + x + drift).sqrt()
        # Norms along the step: of an inner layer, of the last one, of their products.
        layer = inner + eta * phi * x.sqrt() * inner ** (n - 1)
        last = x.sqrt() + eta * phi * inner**n
        k, p = last * layer ** (n - 1), layer**n
        among = (n - 1) * last * layer ** (n - 2) if n > 1 else arb(0)
        a, d = n * k**2 + phi * among, p**2
        b = arb(n).sqrt() * (k * p + phi * layer ** (n - 1))
        top = (a + d) / 2 + ((a - d) ** 2 / 4 + b**2).sqrt()
        return bool(eta * top <= ball(theta))


def _last_layer(n: int, f: arb, drift: arb) -> arb:
    """An upper bound of x = |W_L|^2: the least dyadic, nearly, with x (1 + x - A)^n > 4 f."""
    low, high = arb(0), 4 * f.upper() + 1
    while not high * (1 + high - drift) ** n > 4 * f:
        high = high * 2
    for _ in range(40):
        middle = ((low + high) / 2).mid()
        if middle * (1 + middle - drift) ** n > 4 * f:
            high = middle
        else:
            low = middle
    return high.upper()


def tuned_step(depth: int, norm_square: Fraction, rounds: int = 14) -> Fraction:
    """A step size that :func:`admissible` accepts, found by bisection; at least the closed form's.

    Parameters
    ----------
    depth : int
        L >= 2.
    norm_square : Fraction
        |Phi|_F^2.
    rounds : int
        Halvings of the bracket, from the closed form to 64 times it.
    """
    low = proved_step(depth, norm_square)
    high = 64 * low
    for _ in range(rounds):
        middle = Fraction(int((low + high) / 2 * 2**40), 2**40)
        if any(admissible(depth, norm_square, middle, theta) for theta in THETAS):
            low = middle
        else:
            high = middle
    return low
