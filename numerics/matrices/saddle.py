"""Passages by a saddle of a deep linear network: an invariant cone around its unstable directions.

F(W) = |W_k ... W_1 X - Y|^2/2, w = (W_1, ..., W_k). Let c be any point, H = Hess F(c), T invertible
and u = T^-1 (w - c), so that a step is u+ = diag(d) u + e(u) with d_i near the eigenvalues of
I - eta H. Let x be the part of u in the unstable directions U and y the rest; |.| is Euclidean,
a_- <= |d_i| <= a_+ on U and |d_i| <= q off it.

**Theorem (cone).** Let |e(u)| <= E |u| for all u in the ball |u| <= R with |x| >= |x_0|, theta > 0,
m = E sqrt(1 + theta**2), g_- = a_- - m >= 1, g_+ = a_+ + m and q theta + m <= theta g_-. If
|y_0| <= theta |x_0| and |x_0| <= b, then for all s such that sqrt(1 + theta**2) g_+**s b <= R:

1. all of u_0, ..., u_s are in the ball, in the cone |y| <= theta |x|, and
   g_-**s |x_0| <= |x_s| <= g_+**s |x_0|;
2. |x_s - d**s x_0| <= b (g_+**s - a_+**s) and
   |y_s - d**s y_0| <= b m (g_+**s - q**s)/(g_+ - q), powers componentwise;
3. the first index with |u| > R is greater than s, and at most ln(R/|x_0|)/ln g_- + 1 if g_- > 1.

Proof. In the cone |e| <= E |u| <= m |x|, so g_- |x| <= |x+| <= g_+ |x|, and
|y+| <= q |y| + m |x| <= theta g_- |x| <= theta |x+|. Hence 1 by induction, as
|u_j| <= sqrt(1 + theta**2) |x_j| <= R for j <= s. For 2, x_s - d**s x_0 is the sum of
d**(s-1-j) e_x(u_j) over j < s, at most the sum of a_+**(s-1-j) m g_+**j b, a geometric one with
g_+ - a_+ = m; the same for y with q. For 3, as long as all iterates so far are in the ball,
|u_j| >= |x_j| >= g_-**j |x_0|. QED

Passages are put together of stages with radii R, so that E shrinks where the orbit is near: 2 gives
balls around x and y, from which the next stage begins. What E is: with n_l >= |W_l| on the ball
around c with radius rho = |T| R, n = prod n_l, and G = (P X - Y) X^T at c,

    |grad F(c + z) - grad F(c) - H z| <= rho (3 J D + |G| D_3) |z|,    J**2 = |X|**2 sum (n/n_l)**2,
    D = |X| max_i sum over j != i of n/(n_i n_j),
    D_3 = sqrt(sum over k of (max_i sum over j != i of n/(n_i n_j n_k))**2),   i, j, k different,

as the Hessian J^T J + <P X - Y, D^2(P X)> changes over the ball by at most
2 J (D rho) + (J rho) D + |G| D_3 rho. |T|**2 and |T^-1|**-2 differ from 1 by at most
|I - T^T T|. To this come the slope at c,
eta |T^-1| |grad F(c)| / |x_0|, and what T^-1 (I - eta H) T has off its diagonal. c, T and d are
proposed in floating point and refined (search); the bounds of E, and with them all that is said of
an orbit, are in balls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from flint import arb, arb_mat

from numerics.balls import ball, floor_lower, floor_upper
from numerics.matrices.balls import (
    frobenius,
    frobenius_radius,
    gradients,
    identity,
    residual,
    spectral_upper,
)
from numerics.matrices.hessian import eigenbasis, hessian, nearby_saddle, stacked, unstacked

MAX_PARAMETERS = 200
# Growth of |x| in a stage, but at least this multiple of that of one step; the least relative gap
# between the rates of x and of y.
_STAGE, _STEPS, _GAP = arb("1.25"), arb("1.01"), 2.0**-7
_LEAST = 64
# The largest relative blur with which an orbit can still go on.
_BLURRED = 2.0**-12


class Blurred(ArithmeticError):
    """The layers are not known well enough for a skip that would be worth more bits."""


@dataclass(frozen=True)
class Linear:
    """One step near c in the coordinates u.

    Attributes
    ----------
    centre : list of arb_mat
        c, exactly.
    basis, inverse : arb_mat, shape (n, n)
        T and T^-1.
    sizes : (arb, arb)
        Bounds of |T| and |T^-1|.
    factors : list of arb
        d.
    unstable : int
        How many of the first coordinates make x.
    remainder : callable
        From bounds R of |u| and l <= |x_0| to a bound E.
    loss : arb
        F(c).
    """

    centre: list[arb_mat]
    basis: arb_mat
    inverse: arb_mat
    sizes: tuple[arb, arb]
    factors: list[arb]
    unstable: int
    remainder: Callable[[arb, arb], arb]
    loss: arb


@dataclass(frozen=True)
class Place:
    """What is known of u after some steps: balls around x and around y."""

    steps: int
    middle: list[arb]
    blur_x: arb
    blur_y: arb


@dataclass(frozen=True)
class Passage:
    """An orbit near a saddle.

    Attributes
    ----------
    steps : int
        How many are skipped.
    layers : list of arb_mat
        Exact centres: the layers after these steps are within ``blur`` of them, all together.
    blur : arb
    radius : arb
        Of the largest ball in which the cone holds (in u).
    leaves : (int, int)
        The first index with ``|u| > radius`` is between these.
    rate : arb
        The largest ``|d_i|`` on U.
    directions : int
        The dimension of U.
    loss : arb
        F at the saddle.
    """

    steps: int
    layers: list[arb_mat]
    blur: arb
    radius: arb
    leaves: tuple[int, int]
    rate: arb
    directions: int
    loss: arb

    @property
    def rank(self) -> tuple[int, int]:
        """What makes one passage more useful than another."""
        return self.steps, self.leaves[0]


def passage(
    layers: Sequence[arb_mat],
    blur: arb,
    inputs: arb_mat,
    outputs: arb_mat,
    step: Fraction,
    sharp: float,
    patience: int,
    outside: Callable[[list[arb_mat], arb], bool],
    check: Callable[[], None] = lambda: None,
) -> Passage | None:
    """Skip steps near a saddle that is close to the layers; None where there is nothing to skip.

    Raises
    ------
    Blurred

    Parameters
    ----------
    layers : list of arb_mat
        Exact centres; the true layers are within ``blur`` of them.
    inputs, outputs : arb_mat
    step : Fraction
    sharp : float
        The largest relative blur of u at the landing, unless it is larger at the beginning.
    patience : int
        With more bits so many more steps could be skipped: then say so.
    outside : callable
        Whether all states within a distance of a centre are certainly outside of the target.
    check : callable
        Called now and then; it may raise.
    """
    if sum(m.nrows() * m.ncols() for m in layers) > MAX_PARAMETERS:
        return None
    found = nearby_saddle(layers, inputs, outputs, check)
    if found is None:
        return None
    best: Passage | None = None
    hidden = False
    for linear in _linearisations(found, inputs, outputs, step, check):
        check()
        begin = _place(linear, layers, blur)
        made = _pass(linear, begin, sharp, outside)
        if made is not None and (best is None or made.rank > best.rank):
            best = made
        if not begin.blur_x < _BLURRED * _norm(begin.middle[: linear.unstable]):
            dreamt = _pass(linear, _place(linear, layers, arb(0)), _BLURRED, outside)
            hidden = hidden or (dreamt is not None and dreamt.steps > patience)
    if hidden and (best is None or not best.steps):
        raise Blurred
    return best


def _linearisations(
    centre: list[arb_mat],
    inputs: arb_mat,
    outputs: arb_mat,
    step: Fraction,
    check: Callable[[], None],
) -> Iterator[Linear]:
    """Propose unstable directions by gaps between the eigenvalues of H."""
    second = hessian(centre, inputs, outputs)
    basis, rates = eigenbasis(second, check)  # by ascending rates
    size, eta = len(rates), ball(step)
    check()
    inverse = basis.inv()
    check()
    middle = inverse * second * basis
    factors = [1 - eta * middle[i, i].mid() for i in range(size)]
    rest = arb_mat(middle)
    for i in range(size):
        rest[i, i] = middle[i, i] - middle[i, i].mid()
    check()
    off = eta * frobenius(rest)
    check()
    skew = frobenius(identity(size) - basis.transpose() * basis)
    one, back = (1 + skew).sqrt().upper(), (1 / (1 - skew).sqrt()).upper()
    slope = stacked(gradients(centre, outputs, inputs))
    still = eta * back * frobenius(slope)
    error = residual(centre, outputs, inputs)
    bend = _bend([spectral_upper(m) for m in centre], inputs, error)

    def remainder(reach: arb, least: arb) -> arb:
        rho = one * reach
        return (eta * one * back * bend(rho) + off + still / least).upper()

    loss = frobenius(error) ** 2 / 2
    for cut in range(1, size):
        if not rates[cut - 1] < 0:
            break
        if rates[cut] - rates[cut - 1] > _GAP * abs(rates[0]):
            yield Linear(centre, basis, inverse, (one, back), factors, cut, remainder, loss)


def _bend(norms: Sequence[arb], inputs: arb_mat, error: arb_mat) -> Callable[[arb], arb]:
    """Return the bound of |Hess F - H| over a ball around c."""
    data, depth = spectral_upper(inputs), len(norms)
    signal = spectral_upper(error * inputs.transpose())

    def without(wide: Sequence[arb], *left_out: int) -> arb:
        total = arb(1)
        for index, n in enumerate(wide):
            if index not in left_out:
                total *= n
        return total

    def bound(rho: arb) -> arb:
        wide = [(n + rho).upper() for n in norms]
        first, twice, thrice = arb(0), arb(0), arb(0)
        for i in range(depth):
            first += without(wide, i) ** 2
            others = [j for j in range(depth) if j != i]
            twice = twice.max(sum((without(wide, i, j) for j in others), arb(0)))
            most = arb(0)  # i is left out first: it stands for the k of the docstring
            for k in others:
                rows = (without(wide, i, j, k) for j in others if j != k)
                most = most.max(sum(rows, arb(0)))
            thrice += most**2
        jacobian, double = data * first.sqrt(), data * twice
        return (rho * (3 * jacobian * double + signal * thrice.sqrt())).upper()

    return bound


def _place(linear: Linear, layers: Sequence[arb_mat], blur: arb) -> Place:
    moved = stacked([m - c for m, c in zip(layers, linear.centre, strict=True)])
    start = linear.inverse * moved
    spread = (linear.sizes[1] * blur + frobenius_radius([start])).upper()
    return Place(0, [v.mid() for v in start.entries()], spread, spread)


def _pass(
    linear: Linear, place: Place, sharp: float, outside: Callable[[list[arb_mat], arb], bool]
) -> Passage | None:
    landing, leaves, radius = place, (1, 0), arb(0)
    blurred = (8 * (place.blur_x + place.blur_y)).upper()
    allowed = arb(sharp).max(blurred / _norm(place.middle)).min(arb(_BLURRED)).upper()
    one, _ = linear.sizes
    while True:
        stage = _stage(linear, place)
        if stage is None:
            break
        place, ball_radius, late = stage
        wide = (one * ball_radius).upper()
        if not outside(linear.centre, wide):
            break
        leaves, radius = (place.steps + 1, late), ball_radius
        length = _norm(place.middle)
        if place.blur_x + place.blur_y < allowed * length:
            landing = place
    if leaves[0] < _LEAST:
        return None
    column = arb_mat(len(landing.middle), 1, landing.middle)
    offsets = unstacked(linear.basis * column, linear.centre)
    balls = [c + z for c, z in zip(linear.centre, offsets, strict=True)]
    around = (landing.blur_x**2 + landing.blur_y**2).sqrt()
    return Passage(
        landing.steps,
        [m.mid() for m in balls],
        (one * around + frobenius_radius(balls)).upper(),
        radius,
        leaves,
        _extremes(linear)[1],
        linear.unstable,
        linear.loss,
    )


def _extremes(linear: Linear) -> tuple[arb, arb, arb]:
    """Return a_-, a_+ and q."""
    sizes = [abs(d) for d in linear.factors]
    slow, fast, rest = sizes[0], arb(0), arb(0)
    for size in sizes[: linear.unstable]:
        slow, fast = slow.min(size), fast.max(size)
    for size in sizes[linear.unstable :]:
        rest = rest.max(size)
    return slow.lower(), fast.upper(), rest.upper()


def _norm(values: Sequence[arb]) -> arb:
    return sum((v * v for v in values), arb(0)).sqrt()


def _stage(linear: Linear, at: Place) -> tuple[Place, arb, int] | None:
    """Apply the theorem once: where the orbit is then, R, and by when it has left the ball."""
    slow, fast, rest = _extremes(linear)
    cut = linear.unstable
    long, across = _norm(at.middle[:cut]), _norm(at.middle[cut:])
    least, most = (long - at.blur_x).lower(), (long + at.blur_x).upper()
    if not (least > 0 and slow > rest):
        return None
    ratio = ((across + at.blur_y) / least).upper()
    growth = _STAGE.max(fast * _STEPS)
    for _ in range(8):  # the least cone that holds the start and is invariant
        slope = (1 + ratio * ratio).sqrt()
        radius = (growth * slope * most).upper()
        error = linear.remainder(radius, least)
        if not error.is_finite():
            return None
        m = (error * slope).upper()
        low, high = (slow - m).lower(), (fast + m).upper()
        if low > 1 and rest * ratio + m <= ratio * low:
            break
        ratio = ratio.max(2 * m / (slow - rest)).upper()
    else:
        return None
    count = floor_lower(growth.log() / high.log())
    if count < 1:
        return None
    grown, plain, kept = (_power(v, count) for v in (high, fast, rest))
    blur_x = plain * at.blur_x + most * (grown - plain)
    blur_y = kept * at.blur_y + most * m * (grown - kept) / (high - rest)
    middle = [_power(d, count) * v for d, v in zip(linear.factors, at.middle, strict=True)]
    rounding = sum((v.rad() for v in middle), arb(0))
    late = at.steps + floor_upper((radius / least).log() / low.log()) + 1
    place = replace(
        at,
        steps=at.steps + count,
        middle=[v.mid() for v in middle],
        blur_x=(blur_x + rounding).upper(),
        blur_y=(blur_y + rounding).upper(),
    )
    return place, radius, late


def _power(base: arb, exponent: int) -> arb:
    """Enclose an integer power, also where the exponent is huge."""
    size = abs(base)
    if not size > 0:
        return arb(0, size.abs_upper() ** exponent) if size < 1 else arb("nan")
    value = (size.log() * exponent).exp()
    return -value if base < 0 and exponent % 2 else value
