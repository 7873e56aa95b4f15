"""The reduced coordinate in floating point, for many starts at once, in the log domain.

As in :mod:`numerics.certified.reduced`: with c_j = w_j**2 - w_m**2, w_m the least weight,
everything is a function of x = +-w_m, which increases; R(x) = sqrt(prod (c_j + x**2)), z = x R(x) =
s p, and the speed is u(x) = g(z) R(x), g(z) = -s f'(s z). Logarithms of R and u are kept, so that a
product of 10**4 weights does not underflow. Integrals are taken in theta, x = S sinh(theta),
S**2 = min c_j: there the branch points of R, at x = +-i sqrt(c_j), all lie at Im theta = +-pi/2.

Arrays are (k - 1, n): one column per start. Nothing here is rigorous.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray

from numerics.loss import Loss

Doubles = NDArray[np.float64]
PANELS = 4
NODES = 12
TOLERANCE = 1e-11
"""Relative error of the flow time at which panels are no longer halved."""
_HALVINGS = 24
COARSE, FINE = 13, 25
"""Nodes of the drift's quadrature: few where it cannot matter, then these and twice as many."""
# A product of this many powers of two neither overflows nor underflows.
_SAFE_BITS = 900.0


@dataclass(frozen=True)
class FloatFlow:
    """The reduced coordinate of n starts, from x0 < x1, with no tie in the way.

    Attributes
    ----------
    loss : Loss
    squares : array, shape (k - 1, n)
        The c_j >= 0.
    sign : array, shape (n,)
        s, the direction in which p moves.
    x0 : array, shape (n,)
        The coordinate of the start.
    """

    loss: Loss
    squares: Doubles
    sign: Doubles
    x0: Doubles

    @cached_property
    def _ends(self) -> tuple[float, float]:
        if not self.squares.size:
            return 1.0, 1.0
        return float(self.squares.min()), float(self.squares.max())

    def take(self, rows: NDArray[np.intp]) -> FloatFlow:
        """Return the same for some of the starts, possibly repeated."""
        return FloatFlow(self.loss, self.squares[:, rows], self.sign[rows], self.x0[rows])

    def log_radical(self, y: Doubles) -> Doubles:
        """Evaluate ln R where x**2 = y, shape (n,); logarithms are taken of products of many."""
        if not len(self.squares) or not y.size:
            return np.zeros_like(y)
        low, high = self._ends[0] + float(y.min()), self._ends[1] + float(y.max())
        bits = max(1.0, abs(math.log2(low)) if low > 0 else _SAFE_BITS, abs(math.log2(high)))
        block = max(1, min(64, int(_SAFE_BITS / bits)))
        firsts = np.arange(0, len(self.squares), block)
        products = np.multiply.reduceat(self.squares + y, firsts, axis=0)
        logs: Doubles = 0.5 * np.log(products).sum(axis=0)
        return logs

    def rate(self, y: Doubles) -> Doubles:
        """Evaluate B(y) = sum 1/(c_j + y), shape (n,)."""
        total: Doubles = (1 / (self.squares + y)).sum(axis=0)
        return total

    def product(self, x: Doubles, log_radical: Doubles) -> Doubles:
        """Evaluate z = x R, which may underflow to 0."""
        return x * np.exp(log_radical)

    def slope(self, z: Doubles) -> Doubles:
        """Evaluate g(z) = -s f'(s z)."""
        value: Doubles = -self.sign * (self.loss.slope("numpy")(self.sign * z) + 0 * z)
        return value

    def log_speed(self, x: Doubles) -> Doubles:
        """Evaluate ln u(x)."""
        log_radical = self.log_radical(x * x)
        speed: Doubles = np.log(self.slope(self.product(x, log_radical))) + log_radical
        return speed

    def coordinate(self, z: Doubles) -> Doubles:
        """Solve x R(x) = z by Newton's method in ln |x|, where ln |z| is convex and increases."""
        target = np.log(np.abs(z))
        s = np.where(np.isfinite(target), target, 0.0) / (len(self.squares) + 1)
        for _ in range(80):
            y = np.exp(2 * s)
            change = (target - s - self.log_radical(y)) / (1 + y * self.rate(y))
            s = s + np.where(np.isfinite(target), change, 0.0)
            if not (np.abs(change[np.isfinite(target)]) > 1e-14 * (1 + np.abs(s.max()))).any():
                break
        return np.where(np.isfinite(target), np.copysign(np.exp(s), z), 0.0)

    def scale(self, x1: Doubles) -> Doubles:
        """Choose S, the scale of the substitution x = S sinh(theta)."""
        least = np.minimum(np.abs(self.x0), np.abs(x1))
        if not len(self.squares):
            return np.where(least > 0, least, np.maximum(np.abs(self.x0), np.abs(x1)))
        # At a tie the branch point is at 0, which the path avoids.
        nearest = np.sqrt(self.squares.min(axis=0))
        return np.where(nearest > 0, nearest, least)


@dataclass(frozen=True)
class Passage:
    """The flow from x0 to x1, in the log domain.

    Attributes
    ----------
    log_time : array, shape (n,)
        ln T, T the integral of dx/u.
    log_speeds : tuple of array, shape (n,)
        ln u at both ends.
    delay : array, shape (n,)
        D/T: the delay by the drift of the c_j, in steps, per unit of flow time.
    second : array, shape (n,)
        The size of what is of second order in that drift, likewise, per eta.
    stiffness : array, shape (n,)
        |u'| at both ends plus the integral of u'**2/u: 12/eta times the next term of the count.
    bend : array, shape (n,)
        |u'| at x0.
    error, delay_error : array, shape (n,)
        Estimated relative error of T, and error of D/T.
    """

    log_time: Doubles
    log_speeds: tuple[Doubles, Doubles]
    delay: Doubles
    second: Doubles
    stiffness: Doubles
    bend: Doubles
    error: Doubles
    delay_error: Doubles


def passage(flow: FloatFlow, x1: Doubles, negligible: float) -> Passage:
    """Integrate dx/u and the drift from x0 to x1.

    Parameters
    ----------
    flow : FloatFlow
    x1 : array, shape (n,)
        Where u > 0 still; x0 < x1.
    negligible : float
        A D/T of this size is as good as none.
    """
    scale = flow.scale(x1)
    theta = np.arcsinh(flow.x0 / scale), np.arcsinh(x1 / scale)
    log_time, error = _log_integral(flow, scale, theta)
    delay, second, stiffness, bend = _drift(flow, scale, theta, log_time, COARSE)
    inexact = np.zeros_like(delay)
    rows = np.flatnonzero(~(np.abs(delay) < negligible))
    if len(rows):
        part, ends = flow.take(rows), (theta[0][rows], theta[1][rows])
        half, *_ = _drift(part, scale[rows], ends, log_time[rows], FINE)
        whole, second[rows], stiffness[rows], bend[rows] = _drift(
            part, scale[rows], ends, log_time[rows], 2 * FINE - 1
        )
        # The rule is of second order: extrapolate.
        inexact[rows] = np.abs(whole - half) / 3
        delay[rows] = whole + (whole - half) / 3
    speeds = (flow.log_speed(flow.x0), flow.log_speed(x1))
    return Passage(log_time, speeds, delay, second, stiffness, bend, error, inexact)


def _log_integrand(flow: FloatFlow, scale: Doubles, theta: Doubles) -> Doubles:
    value: Doubles = np.log(scale * np.cosh(theta)) - flow.log_speed(scale * np.sinh(theta))
    return value


def _log_integral(
    flow: FloatFlow, scale: Doubles, theta: tuple[Doubles, Doubles]
) -> tuple[Doubles, Doubles]:
    """Integrate by Gauss rules on panels; a panel is halved until its halves agree with it."""
    a, b = theta
    rows = np.arange(len(a))
    edges = [a + (b - a) * i / PANELS for i in range(PANELS + 1)]
    pieces = [_gauss(flow, scale, left, right) for left, right in pairwise(edges)]
    work = [(rows, edges[i], edges[i + 1], piece) for i, piece in enumerate(pieces)]
    total = np.logaddexp.reduce(pieces, axis=0)
    settled, error = np.full(len(a), -np.inf), np.zeros(len(a))
    for halving in range(_HALVINGS):
        rows, left, right, whole = (np.concatenate(part) for part in zip(*work, strict=True))
        # What cannot matter is not halved, however rough it is; nor is what has no value.
        small = ~(whole > total[rows] + math.log(TOLERANCE) - 5)
        np.logaddexp.at(settled, rows[small], whole[small])
        rows, left, right, whole = (part[~small] for part in (rows, left, right, whole))
        if not len(rows):
            break
        here, middle = flow.take(rows), (left + right) / 2
        halves = [_gauss(here, scale[rows], *ends) for ends in ((left, middle), (middle, right))]
        better = np.logaddexp(*halves)
        # The two halves are far better than their difference from the whole, which is seen.
        off = np.abs(np.expm1(whole - better)) * np.exp(np.minimum(better - total[rows], 0.0))
        good = (off < math.sqrt(TOLERANCE)) & (off**1.5 < TOLERANCE) | (halving == _HALVINGS - 1)
        np.logaddexp.at(settled, rows[good], better[good])
        np.add.at(error, rows[good], np.minimum(off[good], off[good] ** 1.5))
        rough = ~good
        work = [
            (rows[rough], left[rough], middle[rough], halves[0][rough]),
            (rows[rough], middle[rough], right[rough], halves[1][rough]),
        ]
    return settled, error


def _gauss(flow: FloatFlow, scale: Doubles, left: Doubles, right: Doubles) -> Doubles:
    nodes, weights = leggauss(NODES)
    centre, half = (left + right) / 2, (right - left) / 2
    terms = [
        _log_integrand(flow, scale, centre + half * x) + math.log(w)
        for x, w in zip(nodes.tolist(), weights.tolist(), strict=True)
    ]
    value: Doubles = np.logaddexp.reduce(terms, axis=0) + np.log(half)
    return value


def _drift(
    flow: FloatFlow,
    scale: Doubles,
    theta: tuple[Doubles, Doubles],
    log_time: Doubles,
    nodes: int,
) -> tuple[Doubles, Doubles, Doubles, Doubles]:
    """Evaluate D/T, D = int (2 xi - sum_j q_j (1 - q_j) (2 xi + A_j)/Q)/u dx.

    A_j(x) is the integral of u(v)/(c_j + v**2) dv over v < x: what c_j has lost so far, relatively
    and per eta. With q_j = c_j/(c_j + x**2), Q = 1 + sum_j (1 - q_j), the coordinate at which the
    product is the same grows by the factor 1 + eta xi, xi = sum_j q_j A_j/(2 Q), and the integrand
    is what the product loses of its speed there. It is the D of Lemma R2, which is about a given
    x, and the steps from x1 to where the product is that of x1, integrated by parts: at a minimum
    those two have poles, and this has none.

    Between equidistant nodes ln u is taken as linear in theta, which follows u through many orders
    of magnitude. A is kept relative to the largest u so far. The same nodes estimate what is of
    second order, the stiffness, and |u'| at x0.
    """
    c, width = flow.squares, (theta[1] - theta[0]) / (nodes - 1)
    lost, stiffness = np.zeros_like(c), np.zeros_like(log_time)
    delay, second = np.zeros_like(log_time), np.zeros_like(log_time)
    inverse = np.empty(0)
    x = before = largest = first = np.empty(0)
    for i in range(nodes):
        angle = theta[0] + i * width
        behind, x = x, scale * np.sinh(angle)
        y = x * x
        log_radical = flow.log_radical(y)
        log_speed = np.log(flow.slope(flow.product(x, log_radical))) + log_radical
        stretch = scale * np.cosh(angle)  # dx/dtheta
        was, inverse = inverse, stretch / (c + y)
        if i == 0:
            before = largest = log_speed
            continue
        rise = log_speed - before
        top = np.maximum(largest, log_speed)
        bend = np.abs(rise) / (x - behind) * np.exp(np.maximum(before, log_speed))
        first = bend if i == 1 else first
        stiffness += np.abs(rise) * bend + (bend if i in (1, nodes - 1) else 0.0)
        if len(c):
            early, late = _log_linear(rise)
            swell = np.exp(log_speed - top) * width
            lost *= np.exp(largest - top)
            lost += (swell * early) * was
            lost += (swell * late) * inverse
            far = y / (c + y)
            own, whole = (1 - far) * lost, 1 + far.sum(axis=0)
            double = own.sum(axis=0) / whole
            slower = double - (far * (own + (1 - far) * double)).sum(axis=0) / whole
            time = (0.5 if i == nodes - 1 else 1.0) * width * stretch
            weight = time * np.exp(top - log_speed - log_time)
            delay += weight * slower
            second += weight * np.exp(top) * (own**2).sum(axis=0)
        before, largest = log_speed, top
    return delay, second, stiffness, first


def _log_linear(r: Doubles) -> tuple[Doubles, Doubles]:
    """Integrate (1 - t) e^(-r (1 - t)) and t e^(-r (1 - t)) over 0 < t < 1."""
    safe = np.where(np.abs(r) < 1e-2, 1.0, r)
    decay = np.exp(-safe)
    early = (1 - decay * (1 + safe)) / safe**2
    late = (safe - 1 + decay) / safe**2
    flat = np.abs(r) < 1e-2
    return (
        np.where(flat, 0.5 - r / 3 + r * r / 8, early),
        np.where(flat, 0.5 - r / 6 + r * r / 24, late),
    )


def follow(
    flow: FloatFlow, x: Doubles, step: float, target: Doubles, limit: int
) -> tuple[Doubles, NDArray[np.int64]]:
    """Take GD steps in the reduced coordinate until z >= target.

    Parameters
    ----------
    flow : FloatFlow
    x : array, shape (n,)
        Where to begin; the c_j of ``flow`` are those of that moment.
    step : float
        The step size.
    target : array, shape (n,)
    limit : int
        No more steps than this.

    Returns
    -------
    z : array, shape (n,)
        The first value that is not below the target, or the last one.
    steps : int array, shape (n,)
    """
    c, x = flow.squares.copy(), x.copy()
    steps = np.zeros(len(x), dtype=np.int64)
    for _ in range(limit + 1):
        y = x * x
        here = FloatFlow(flow.loss, c, flow.sign, flow.x0)
        log_radical = here.log_radical(y)
        z = here.product(x, log_radical)
        running = z < target
        if not running.any():
            break
        h = np.where(running, step * here.slope(z) * np.exp(log_radical), 0.0)
        c *= 1 - h * h / (c + y)
        x += h
        steps += running
    return z, steps
