"""The largest eigenvalue of the Hessian of F(w) = f(w_1 ... w_k), compared with a number.

The Hessian is ``H = f'' q q^T + f' R`` with ``R_ij = r_ij`` off the diagonal and 0 on it. Let m be
any index (here that of the smallest weight), all other weights not zero, g = f', y_j = w_j**2,
q_m**2 = prod over j != m of y_j. The congruence by diag(1 at m, w_j at j) turns t I - H into

    [[t - f'' q_m**2,  -b 1^T], [-b 1,  diag(e_j) - rho 1 1^T]],
    e_j = t y_j + g p,   b = q_m (f'' p + g),   rho = p (f'' p + g),

so inertia is kept (Sylvester), and a multiplier for y = 1^T v gives, where no e_j is zero and
s = sum 1/e_j:

**Lemma (secular).** t I - H is positive definite exactly if the 2 x 2 matrix
[[t - f'' q_m**2, -b], [-b, 1/s - rho]] is, and all e_j > 0, or exactly one e_j < 0 and s < 0.

Proof: the form L(v, a, y, mu) = sum e_j v_j**2 + (t - f'' q_m**2) a**2 - 2 b a y - rho y**2
+ 2 mu (y - 1^T v) has the matrix above as its Schur complement with respect to (y, mu), a block of
inertia (1, 1); and with respect to v the form (t - f'' q_m**2) a**2 - 2 b a y - rho y**2 + 2 mu y
- s mu**2. By Haynsworth's additivity t I - H has no negative and no zero direction exactly if the
number of negative e_j plus that of the last form is 1 and neither is singular. QED

Nothing is divided by w_m, which may be zero; the comparison with t costs O(k).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from flint import arb

N = TypeVar("N", arb, Fraction)


def sharper(slope: N, bend: N, p: N, squares: Sequence[N], t: N) -> int | None:
    """Compare the largest eigenvalue with t: its sign, None where that is not known.

    Parameters
    ----------
    slope, bend, p : arb or Fraction
        f'(p), f''(p) and p.
    squares : sequence of arb or Fraction, shape (k,)
        The squares of the weights.
    t : arb or Fraction
    """
    m = min(range(len(squares)), key=lambda i: _size(squares[i]))
    others = [y for i, y in enumerate(squares) if i != m]
    one = p * 0 + 1
    q = one
    for y in others:
        q *= y
    first = t - bend * q
    if not others:
        return _opposite(_sign(first))
    if isinstance(q, Fraction) and q == 0:
        return _stalled(slope, squares, t)
    pull = bend * p + slope
    entries = [t * y + slope * p for y in others]
    signs = [_sign(e) for e in entries]
    if None in signs or 0 in signs:
        return None
    negative = signs.count(-1)
    if negative > 1:
        return 1
    s = sum((1 / e for e in entries), one * 0)
    if negative and _sign(s) != -1:
        return 1 if _sign(s) == 1 else None
    second = 1 / s - p * pull
    signs = [_sign(first), _sign(second), _sign(first * second - q * pull * pull)]
    if -1 in signs:
        return 1
    if all(sign == 1 for sign in signs):
        return -1
    return None if None in signs else 0


def _stalled(slope: Fraction, squares: Sequence[Fraction], t: Fraction) -> int:
    """Two weights are zero or more: H is f' r in one off-diagonal pair, or zero."""
    alive = [y for y in squares if y != 0]
    product = slope * slope
    for y in alive:
        product *= y
    if len(squares) - len(alive) > 2:
        product = Fraction(0)
    sign = _sign(product - t * t)
    assert sign is not None
    return 1 if t < 0 else sign


def _sign(x: arb | Fraction) -> int | None:
    if x > 0:
        return 1
    if x < 0:
        return -1
    return 0 if x == 0 else None


def _opposite(sign: int | None) -> int | None:
    return None if sign is None else -sign


def _size(x: arb | Fraction) -> arb | Fraction:
    """What the order is of: exact numbers, which compare at any exponent."""
    if isinstance(x, Fraction):
        return x
    return x.mid() if x.is_finite() else arb("inf")
