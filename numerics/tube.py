"""Orbits that go round for ever: weights of nearly one size, followed as if they were one.

With step sizes at the edge of stability p ends up in a cycle, or wanders in a bounded set.
Balance comes with it: a step multiplies c_ij = v_i**2 - v_j**2 by 1 - (eta h'(P) r_ij)**2
(escape-settings, Theorem 6), so |c_ij| does not grow where ``|eta h'(P) r_ij| <= sqrt(2)``.

**Tube.** Let v_i = |w_i|, h(x) = f(s x), s = sign p, D >= |v_i**2 - v_1**2| for all i, and S a
union of intervals that contains v_1. Suppose that for all x in S and all v with v_1 = x, v_i of the
sign of x, ``|v_i**2 - x**2| <= D``, it holds that ``x**2 > D``, ``|eta h'(P) r_ij|**2 <= 2``, every
next v_i has the sign of the next v_1, and that is in S; or, if all v_i are equal, only the last.
Then v_1 stays in S for ever, and p is among s P for these v. *Proof.* By induction; D stays a bound
by the formula for c_ij+. The next v_1 is phi(x) = x - eta h'(x**k) x**(k-1), up to
``eta (k-1) D sup (|h'' P| + |h'|) |Q|/(2 y)``, Q the product of the others, by the mean value
inequality in the y_i. (The signs agree by themselves: with e = eta h' r_1i they are those of
v_1 - e v_i and v_i - e v_1, and differ only for e between v_1/v_i and v_i/v_1, where
``|v_1 - e v_i| <= D/v_1 < sqrt(D)``: not in S.)

S is found as the cells of a grid that the image of a cell meets, from that of v_1 on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from numerics.balls import ball, floor_lower, floor_upper
from numerics.extent import Range
from numerics.loss import Loss
from numerics.unreachable import Reach

_GRIDS = (400, 4000)
_FOLLOWED = 400


@dataclass(frozen=True)
class _Map:
    """The step of one weight, when the others are of nearly its size."""

    loss: Loss
    side: int
    depth: int
    step: arb
    spread: arb

    def rough(self, x: arb) -> arb:
        """Take a step, without its error."""
        p = x**self.depth
        return (x - self.step * self.side * self.loss.slope("arb")(self.side * p)
                * x ** (self.depth - 1)).mid()  # fmt: skip

    def turns(self, x: arb) -> bool:
        """Whether the next two moves go opposite ways: search."""
        one = self.rough(x)
        return bool((one - x) * (self.rough(one) - one) < 0)

    def factor(self, x: arb) -> arb:
        """Evaluate phi'."""
        k, s = self.depth, self.side
        p = x**k
        slope, bend = s * self.loss.slope("arb")(s * p), self.loss.curvature("arb")(s * p)
        pull = bend * k * x ** (2 * k - 2)
        if k > 1:
            pull += (k - 1) * slope * x ** (k - 2)
        return 1 - self.step * pull

    def image(self, x: arb) -> arb | None:
        """Enclose the next v_1 for all v_1 in a ball; None where the theorem does not apply."""
        k, s, middle = self.depth, self.side, x.mid()
        slope, bend = self.loss.slope("arb"), self.loss.curvature("arb")
        centre = middle - self.step * s * slope(s * middle**k) * middle ** (k - 1)
        found = centre + self.factor(x) * (x - middle)
        if self.spread.is_zero():
            return found
        y = x * x + self.spread * arb(0, 1)
        if not y > 0:
            return None
        size = y.sqrt()
        p = self.product(x)
        steep = abs(slope(s * p))
        if k > 1 and not (self.step * steep * size ** (k - 2)) ** 2 <= 2:
            return None
        error = (k - 1) * self.spread * (abs(bend(s * p) * p) + steep) * size ** (k - 1) / (2 * y)
        return found + self.step * error * arb(0, 1)

    def product(self, x: arb) -> arb:
        """Enclose P for v_1 in a ball."""
        if self.spread.is_zero():
            return x**self.depth
        size = (x * x + self.spread * arb(0, 1)).sqrt() ** self.depth
        return size if x > 0 or self.depth % 2 == 0 else -size


def tube(
    loss: Loss, weights: Sequence[arb], product: arb, step: Fraction, equal: bool
) -> Iterator[Reach]:
    """Look for a tube that holds the orbit of balls for ever.

    Parameters
    ----------
    equal : bool
        Whether all weights are exactly of one size.
    """
    if product.contains(0) or not product.is_finite() or not loss.smooth:
        return
    sizes = [abs(w) for w in weights]
    x, spread = sizes[0], arb(0)
    if not equal:
        for v in sizes[1:]:
            spread = spread.max((v * v - x * x).abs_upper())
        if not 64 * spread < x * x:
            return
    side = 1 if product > 0 else -1
    step_map = _Map(loss, side, len(sizes), ball(step), spread)
    if not step_map.factor(x) < 0 and not step_map.turns(x.mid()):
        return  # no overshoot: that is for the other theorems
    low = high = at = x.mid()
    for _ in range(_FOLLOWED):
        at = step_map.rough(at)
        if not at.is_finite() or abs(at) > 1024 * abs(x):
            return
        low, high = low.min(at).mid(), high.max(at).mid()
    margin = (high - low) / 8 + x.rad()
    low, width = (low - margin).mid(), (high - low + 2 * margin).mid()
    for grid in _GRIDS:
        found = _closed(step_map, x, low, (width / grid).mid(), grid)
        if found is not None:
            about = (side * step_map.product(at)).mid().str(4, radius=False)
            yield Reach("tube", f"p goes round for ever, at times close to {about}", found)


def _closed(step_map: _Map, x: arb, low: arb, width: arb, grid: int) -> tuple[Range, ...] | None:
    """Collect the cells that are met, and return the values of p on them."""
    if not width > 0:
        return None

    def met(image: arb) -> range | None:
        place = (image - low) / width
        if not place.is_finite():
            return None
        first, last = floor_lower(place), floor_upper(place)
        return range(first, last + 1) if first >= 0 and last < grid else None

    waiting = met(x)
    if waiting is None:
        return None
    seen, queue = set(waiting), list(waiting)
    while queue:
        image = step_map.image(_cell(low, width, queue.pop(), 1))
        cells = None if image is None else met(image)
        if cells is None:
            return None
        for i in cells:
            if i not in seen:
                seen.add(i)
                queue.append(i)
    ranges = []
    for first, count in _runs(sorted(seen)):
        for begin in range(first, first + count, 8):
            cell = _cell(low, width, begin, min(8, first + count - begin))
            ranges.append(Range.point(step_map.side * step_map.product(cell)))
    return tuple(ranges)


def _cell(low: arb, width: arb, index: int, count: int) -> arb:
    return (low + width * index).union(low + width * (index + count))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Group neighbours."""
    first = before = numbers[0]
    for n in numbers[1:]:
        if n != before + 1:
            yield first, before - first + 1
            first = n
        before = n
    yield first, before - first + 1
