"""The reduced coordinate: all weights as functions of the smallest one, and its speed.

With m the index of the smallest ``|w|`` and ``c_j = w_j**2 - w_m**2 >= 0``, every weight is
``w_j = s_j sqrt(c_j + x**2)``, where ``x = d w_m`` and the direction ``d = +-1`` is chosen so that
x increases. Then ``p = sigma z``, ``z = x R(x)``, ``R = sqrt(Q(x**2))``, ``Q(y) = prod (c_j + y)``,
and one GD step moves x by ``h = eta u(x)`` with the speed ``u = slope(z) R``,
``slope(z) = -sigma f'(sigma z)``. Q has nonnegative coefficients, so it is evaluated without
cancellation; ``B(y) = Q'/Q = sum 1/(c_j + y)`` and ``S(y) = sum 1/(c_j + y)**2`` decrease in y.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flint import acb, arb, arb_poly, ctx

from numerics.balls import largest, log2_size, precision, smallest
from numerics.certified.polynomial import Concave, from_roots
from numerics.loss import Loss

# The c_j of one group agree to within a factor of 2**GROUP_BITS.
GROUP_BITS = 4


@dataclass(frozen=True)
class Jet:
    """What the speed needs at one point (or, as hulls, on one interval) of the coordinate.

    Attributes
    ----------
    radical, product, rate, rate2 : arb
        R, z, B and S.
    slope, slope1, slope2 : arb
        ``g(z) = -sigma f'(sigma z)`` and its first two derivatives in z.
    """

    radical: arb
    product: arb
    rate: arb
    rate2: arb
    slope: arb
    slope1: arb
    slope2: arb
    x: arb

    @property
    def speed(self) -> arb:
        """The speed u = g(z) R of the coordinate, per unit of flow time."""
        return self.slope * self.radical

    @property
    def sensitivity(self) -> arb:
        """The factor chi = 1 + z g'/g: minus d ln(u)/d ln(c_j), up to c_j/(2 (c_j + x**2))."""
        return 1 + self.product * self.slope1 / self.slope

    @property
    def sensitivity_drift(self) -> arb:
        """The logarithmic derivative z d(chi)/dz."""
        ratio = self.slope1 / self.slope
        z = self.product
        return z * ratio + z * z * (self.slope2 / self.slope - ratio * ratio)

    @property
    def log_speed_1(self) -> arb:
        """The first derivative psi' of psi = ln u in x."""
        y = self.x * self.x
        return self.slope1 / self.slope * self.radical * (1 + y * self.rate) + self.x * self.rate

    @property
    def log_speed_2(self) -> arb:
        """The second derivative psi'' of psi = ln u in x."""
        x, y, b, s = self.x, self.x * self.x, self.rate, self.rate2
        ratio = self.slope1 / self.slope
        z1 = self.radical * (1 + y * b)
        z2 = self.radical * x * b * (1 + y * b) + self.radical * x * (2 * b - 2 * y * s)
        curvature = self.slope2 / self.slope - ratio * ratio
        return ratio * z2 + curvature * z1 * z1 + b - 2 * y * s


class ReducedFlow:
    """The reduced coordinate of one start.

    Parameters
    ----------
    loss : Loss
        f, smooth.
    squares : sequence of arb
        The conserved differences c_j, j != m; exactly zero for ties with the smallest weight.
    sigma : int
        The sign of p where x > 0.

    Attributes
    ----------
    tied : bool
        Whether some c_j is zero.
    least : arb or None
        The least positive c_j.
    groups : tuple of tuples of arb
        The positive c_j by size. Within a group, Cauchy and Schwarz lose little.
    extremes : tuple of pairs of arb
        The least and the largest c_j of every group.
    """

    def __init__(self, loss: Loss, squares: Sequence[arb], sigma: int) -> None:
        self.loss, self.squares, self.sigma = loss, tuple(squares), sigma
        self._bits = ctx.prec
        self.tied = any(c.is_zero() for c in self.squares)
        positive = [c for c in self.squares if not c.is_zero()]
        self.least = smallest(positive) if positive else None
        sizes: dict[int, list[arb]] = {}
        for c in positive:
            sizes.setdefault(log2_size(c) // GROUP_BITS, []).append(c)
        self.groups = tuple(tuple(sizes[size]) for size in sorted(sizes))
        self.extremes = tuple((smallest(group), largest(group)) for group in self.groups)
        self._f1 = {b: loss.descent(b) for b in ("arb", "acb")}
        self._f2 = {b: loss.curvature(b) for b in ("arb", "acb")}
        self._f3 = loss.third("arb")

    @cached_property
    def q0(self) -> Concave:
        """The polynomial Q; like the others, at the precision at which the flow was made."""
        with precision(self._bits):
            return Concave(from_roots([-c for c in self.squares]))

    @cached_property
    def q1(self) -> Concave:
        """Its derivative."""
        with precision(self._bits):
            return Concave(self.q0.full.derivative())

    @cached_property
    def q2(self) -> Concave:
        """Its second derivative."""
        with precision(self._bits):
            return Concave(self.q1.full.derivative())

    @cached_property
    def q3(self) -> Concave:
        """The polynomial ``Q(y) sum c_j/(c_j + y) = (k - 1) Q - y Q'``, by its coefficients."""
        with precision(self._bits):
            coefficients = self.q0.full.coeffs()
            return Concave(arb_poly([(self.others - n) * a for n, a in enumerate(coefficients)]))

    def rounded(self, inflation: arb | None = None) -> ReducedFlow:
        """Return a copy at the working precision, c_j widened to [c_j (1 - inflation), c_j]."""
        if inflation is None:
            return ReducedFlow(self.loss, [c + 0 for c in self.squares], self.sigma)
        widen = (1 - inflation).union(arb(1))
        squares = [c if c.is_zero() else c * widen for c in self.squares]
        return ReducedFlow(self.loss, squares, self.sigma)

    @property
    def others(self) -> int:
        """The number of weights besides the smallest."""
        return len(self.squares)

    def weights(self, x: arb, signs: Sequence[int]) -> list[arb]:
        """Return the other weights at coordinate x, with the given signs."""
        y = x * x
        return [s * (c + y).sqrt() for c, s in zip(self.squares, signs, strict=True)]

    def radical(self, x: arb) -> arb:
        """Evaluate R(x)."""
        return self.q0(x * x).sqrt()

    def speed(self, x: arb) -> arb:
        """Evaluate u(x)."""
        radical = self.radical(x)
        return self.slope(x * radical) * radical

    def drifting(self, x: arb) -> tuple[arb, arb, arb]:
        """Evaluate u(x), chi(x) and K(x**2)."""
        y = x * x
        q0 = self.q0(y)
        radical = q0.sqrt()
        z = x * radical
        slope = self.slope(z)
        sensitivity = 1 - z * self._f2["arb"](self.sigma * z) / slope
        return slope * radical, sensitivity, self.q3(y) / q0

    def slope(self, z: arb) -> arb:
        """Evaluate g(z) = -sigma f'(sigma z)."""
        return -self.sigma * self._f1["arb"](self.sigma * z)

    def slope_change(self, z: arb) -> arb:
        """Evaluate g'(z) = -f''(sigma z)."""
        return -self._f2["arb"](self.sigma * z)

    def product(self, x: arb) -> arb:
        """Evaluate z(x) = sigma p."""
        return x * self.radical(x)

    def rate(self, y: arb) -> arb:
        """Evaluate B(y) = sum 1/(c_j + y)."""
        return self.q1(y) / self.q0(y)

    def weight(self, y: arb) -> arb:
        """Evaluate W(y) = sum c_j/(c_j + y)**2, which decreases in y."""
        return sum(self.weights_of_groups(y), arb(0))

    def weights_of_groups(self, y: arb) -> tuple[arb, ...]:
        """Evaluate the part of W(y) of every group; term by term, as B - y S cancels."""
        weights = []
        for group in self.groups:
            total = arb(0)
            for c in group:
                r = c + y
                total += c / (r * r)
            weights.append(total)
        return tuple(weights)

    def share(self, y: arb) -> arb:
        """Evaluate K(y) = sum c_j/(c_j + y): a quotient of polynomials without negative terms."""
        return self.q3(y) / self.q0(y)

    def jet(self, x: arb) -> Jet:
        """Evaluate everything at a point."""
        y = x * x
        q0, q1, q2 = self.q0(y), self.q1(y), self.q2(y)
        radical, rate = q0.sqrt(), q1 / q0
        return self._jet(radical, x * radical, rate, rate * rate - q2 / q0, x)

    def jet_on(self, left: arb, right: arb) -> Jet:
        """Enclose everything on [left, right], from the end points by monotonicity."""
        first, last = self._rates(left * left), self._rates(right * right)
        product = (left * first[0]).union(right * last[0])
        radical, rate, rate2 = (a.union(b) for a, b in zip(first, last, strict=True))
        if not (left > 0 or right < 0):
            at_zero = self._rates(arb(0))
            radical, rate, rate2 = (
                a.union(b) for a, b in zip((radical, rate, rate2), at_zero, strict=True)
            )
        return self._jet(radical, product, rate, rate2, left.union(right))

    def _rates(self, y: arb) -> tuple[arb, arb, arb]:
        q0, q1, q2 = self.q0(y), self.q1(y), self.q2(y)
        rate = q1 / q0
        return q0.sqrt(), rate, rate * rate - q2 / q0

    def _jet(self, radical: arb, product: arb, rate: arb, rate2: arb, x: arb) -> Jet:
        p = self.sigma * product
        return Jet(
            radical,
            product,
            rate,
            rate2,
            -self.sigma * self._f1["arb"](p),
            -self._f2["arb"](p),
            -self.sigma * self._f3(p),
            x,
        )

    def distances(self, centre: arb) -> tuple[list[arb], arb]:
        """Distances from ``centre`` to the branch points +-i sqrt(c_j), and the least of them."""
        y = centre * centre
        all_distances = [(c + y).sqrt() for c in self.squares]
        nearest = y + self.least if self.least is not None else None
        if self.tied or nearest is None:
            nearest = y if self.tied else None
        return all_distances, arb("inf") if nearest is None else nearest.sqrt()

    def disc(
        self, centre: arb, axis: arb, distances: Sequence[arb], drifted: arb | None = None
    ) -> Disc | None:
        """Bound the flow on the complex disc about ``centre``; None where it might be singular.

        Where the c_j depend on the point, ``distances`` are those of their values c_j* at the
        centre of their range, and ``drifted`` is at most
        ``prod sqrt(1 - |c_j - c_j*|/(distance_j - axis)**2)`` on the whole disc.
        """
        low = high = at = arb(1)
        for distance in distances:
            low *= distance - axis
            high *= distance + axis
            at *= distance
        if drifted is not None:
            low, high = low * drifted, high / drifted
        if not low > 0:
            return None
        size = abs(centre)
        if size > axis:
            middle = centre * at
            radius = abs(middle) * (size / (size - axis) * (at / low) - 1)
        if not size > axis or not radius < abs(middle) + (size + axis) * high:
            middle, radius = arb(0), (size + axis) * high
        radius = radius.abs_upper()
        box = acb(middle + arb(0, radius), arb(0, radius)) * self.sigma
        slope = self._f1["acb"](box)
        slope_low = slope.abs_lower()
        if not (slope.is_finite() and slope_low > 0):
            return None
        sensitivity = (1 + box * self._f2["acb"](box) / slope).abs_upper()
        return Disc(1 / (slope_low * low), slope.abs_upper() * high, sensitivity)


@dataclass(frozen=True)
class Disc:
    """Bounds on a complex disc of the coordinate.

    Attributes
    ----------
    inverse_speed, speed, sensitivity : arb
        Upper bounds of |1/u|, |u| and |chi|.
    """

    inverse_speed: arb
    speed: arb
    sensitivity: arb
