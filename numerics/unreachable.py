"""Where p stays for ever, from what is known of the loss on a whole line or half line.

Each theorem says of weights in given balls: p, now and later, lies in such a set. Notation and
proofs: section 7 of ``proofs/written/escape-settings.md``. With r_i = eta f'(p) p/w_i**2 one step
is w_i+ = w_i (1 - r_i), and r_i = eta (f'(p)/p) q_i**2.

**Out of range.** If no value of f lies in the target, no iterate satisfies a condition on f.

**Outward.** x f'(x) < 0 beyond p: every r_i < 0, every weight grows and keeps its sign.

**Inward.** 0 <= f'(x)/x <= M for |x| <= X = |p|, f'(0) = 0, eta M q_i**2 <= 2: every 1 - r_i is in
[-1, 1], so no weight grows and |p| stays at most X. With 1 for 2, and x between 0 and p only, p
keeps its sign.

**One way.** f' has one sign on the ray from p through 0, |f'| <= L between p and 0, and
eta L times the product of all but the two smallest weights is below 1: p never comes back.

**Runaway.** On either side |x| >= P, where P = |p|, x f'(x) <= 0 (there it is outward), or
f'(x)/x >= m > 0; if f'(p)/p >= m and eta m p**2 >= 2 w_i**2 for all i, then |p| never falls. For an
even number of weights p keeps its sign, and the other side does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from numerics.balls import ball, exact_rational, log2_size, products_of_others, smallest
from numerics.extent import LINE, End, Range, extent, sign
from numerics.loss import Loss
from theory.dynamics.stopping import StopCondition
from theory.expressions import Expression, rational_value

_CELLS = 64
# Bits of numbers that are worth writing as fractions.
_LARGEST = 100_000


@dataclass(frozen=True)
class Reach:
    """A set that contains p, now and for ever.

    Attributes
    ----------
    name : str
        The theorem.
    statement : str
        What it says, one clause.
    ranges : tuple of Range
        Whose union the set is.
    falls : bool
        Whether f never exceeds its present value either.
    """

    name: str
    statement: str
    ranges: tuple[Range, ...]
    falls: bool = False


def reaches(loss: Loss, weights: Sequence[arb], product: arb, step: Fraction) -> Iterator[Reach]:
    """Yield what the theorems say of all starts in a box of balls, at the working precision."""
    if not (loss.smooth and product.is_finite()):
        return
    sizes = [w.abs_upper() for w in weights]
    if not product.contains(0):
        side = 1 if product > 0 else -1
        yield from _outward(loss, product, side)
        yield from _one_way(loss, sizes, product, side, step)
        yield from _runaway(loss, sizes, product, step)
    yield from _inward(loss, sizes, product, step)


def out_of_range(loss: Loss, until: StopCondition) -> str | None:
    """Look for a proof that no real p gives f a value in the target."""
    if until.on_product or not misses(loss, until, (LINE,)):
        return None
    return f"no p gives {until}"


def misses(loss: Loss, until: StopCondition, ranges: Sequence[Range]) -> bool:
    """Whether a comparison of p or f is provably false for every p in some ranges."""
    return all(_misses(loss, until, on) for on in ranges)


def _misses(loss: Loss, until: StopCondition, on: Range) -> bool:
    target = until.target
    low, high = target.lower, target.upper
    if not until.on_product and on.low.at.is_finite() and on.high.at.is_finite():
        decide, value = target.decider(ball), loss.value("arb")
        if all(decide(value(cell)) is False for cell in cells(on)):
            return True

    def above(end: Fraction | None, closed: bool) -> bool:
        if end is None:
            return False
        if until.on_product:
            return bool(on.low.at > ball(end)) or (not closed and bool(on.low.at >= ball(end)))
        gap = Expression("-", (loss.expression, Expression("number", (), end)))
        return sign(gap, on) >= (2 if closed else 1)

    def below(end: Fraction | None, closed: bool) -> bool:
        if end is None:
            return False
        if until.on_product:
            return bool(on.high.at < ball(end)) or (not closed and bool(on.high.at <= ball(end)))
        gap = Expression("-", (Expression("number", (), end), loss.expression))
        return sign(gap, on) >= (2 if closed else 1)

    if target.inside:
        return above(high, target.closed) or below(low, target.closed)
    # Outside of [low, high]: p or f has to stay inside.
    return (low is None or above(low, target.closed)) and (
        high is None or below(high, target.closed)
    )


def cells(on: Range) -> list[arb]:
    """Cover a bounded range by balls."""
    return [low.union(high) for low, high in _segments(on)]


def _segments(on: Range) -> list[tuple[arb, arb]]:
    low, high = on.low.at, on.high.at
    width = (high - low) / _CELLS
    inner = [(low + width * i).mid() for i in range(1, _CELLS)]
    return list(zip([low, *inner], [*inner, high], strict=True))


def _ray(reach: arb, side: int) -> Range:
    return Range.above(reach) if side > 0 else Range.below(-reach)


def _negative(e: Expression) -> Expression:
    return Expression("neg", (e,))


def _outward(loss: Loss, product: arb, side: int) -> Iterator[Reach]:
    ray = _ray(product.abs_lower(), side)
    slope = loss.derivative
    if sign(_negative(slope) if side > 0 else slope, ray) == 2:
        why = "every weight grows and keeps its sign from here on, so p only moves away from zero"
        yield Reach("outward", why, (ray,), falls=True)


def _one_way(
    loss: Loss, sizes: Sequence[arb], product: arb, side: int, step: Fraction
) -> Iterator[Reach]:
    """Pass zero at most once, to where it is outward."""
    start = product.abs_upper()
    ray = Range.below(start) if side > 0 else Range.above(-start)
    slope = loss.derivative
    if sign(slope if side > 0 else _negative(slope), ray) != 2:
        return
    between = Range(End(arb(0), True), End(start, True))
    between = between if side > 0 else -between
    steepest = arb(0)
    for cell in cells(between):
        steepest = steepest.max(loss.slope("arb")(cell).abs_upper())
    rest = arb(1)
    for w in _without_the_smallest(sizes, 2):
        rest *= w
    if len(sizes) == 1 or ball(step) * steepest * rest < 1:
        yield Reach("one way", "from here on p never comes back to where it is", (ray,), falls=True)


def _without_the_smallest(sizes: Sequence[arb], count: int) -> list[arb]:
    """Leave out so many of the smallest; the sizes are exact numbers, so their order is certain."""
    kept = list(sizes)
    for _ in range(min(count, len(kept))):
        least = 0
        for i, w in enumerate(kept):
            if w < kept[least]:
                least = i
        kept.pop(least)
    return kept


def _inward(loss: Loss, sizes: Sequence[arb], product: arb, step: Fraction) -> Iterator[Reach]:
    if not vanishes(loss.derivative, Fraction(0)):
        return
    largest = product.abs_upper()
    q = arb(0)
    for each in products_of_others(sizes):
        q = q.max(each)
    both = Range(End(-largest, True), End(largest, True))
    one = Range(End(arb(0), True), End(largest, True))
    for on, limit in ((one if product >= 0 else -one, 1), (both, 2)):
        if limit == 1 and not (product >= 0 or product <= 0):
            continue
        steepest = _steepness(loss, on)
        if steepest is not None and ball(step) * steepest * q * q <= limit:
            kept = "p keeps its sign and " if limit == 1 else ""
            why = f"{kept}no weight grows from here on, so |p| stays below {_shown(largest)}"
            yield Reach("inward", why, (on,))


def _steepness(loss: Loss, on: Range) -> arb | None:
    """Bound f'(x)/x from above on a range about or beside 0, if it is never negative there."""
    quotient = Expression("/", (loss.derivative, Expression("name", name="p")))
    slope, bend = loss.slope("arb"), loss.curvature("arb")
    most, most_bend = arb(0), arb(0)
    for low, high in _segments(on):
        cell = low.union(high)
        # f'(0) = 0, so the quotient is f'' somewhere between.
        curved = _bounds(loss.second_derivative, bend(cell), low, high)
        most_bend = most_bend.max(curved[1])
        if not cell.contains(0):
            curved = _bounds(quotient, slope(cell) / cell, low, high)
        if not (curved[0] >= 0 and curved[1].is_finite()):
            return None
        most = most.max(curved[1])
    return most.min(most_bend)


def _bounds(formula: Expression, found: arb, low: arb, high: arb) -> tuple[arb, arb]:
    """Intersect a ball with the interval that a formula has on a segment."""
    known = extent(formula, Range(End(low, True), End(high, True)))
    lower, upper = -arb("inf"), arb("inf")
    if found.is_finite():
        lower, upper = found.lower(), found.upper()
    if known is not None:
        lower, upper = lower.max(known.low.at), upper.min(known.high.at)
    return lower, upper


def _runaway(loss: Loss, sizes: Sequence[arb], product: arb, step: Fraction) -> Iterator[Reach]:
    size = product.abs_lower()
    now = 1 if product > 0 else -1
    # Every weight flips, so that an even number of them leaves p on its side.
    sides = (now,) if len(sizes) % 2 == 0 else (now, -now)
    ahead = [side for side in sides if side == now or not _outward_beyond(loss, size, side)]
    steep = [_thrust(loss, size, side) for side in ahead]
    known = [m for m in steep if m is not None]
    if len(known) == len(steep):
        thrust = ball(step) * smallest(known) * size * size
        if all(thrust >= 2 * w * w for w in sizes):
            why = f"from here on |p| never falls below {_shown(size)}"
            yield Reach("runaway", why, tuple(_ray(size, side) for side in sides))


def _outward_beyond(loss: Loss, size: arb, side: int) -> bool:
    slope = loss.derivative
    return sign(_negative(slope) if side > 0 else slope, _ray(size, side)) > 0


def _thrust(loss: Loss, size: arb, side: int) -> arb | None:
    """Bound f'(x)/x from below where x has this sign and |x| >= size, if that is positive."""
    ray, at = _ray(size, side), side * size
    quotient, bend = loss.slope("arb")(at) / at, loss.curvature("arb")(at)
    if not quotient > 0:
        return None
    third = loss.third_derivative
    if bend > 0 and sign(third if side > 0 else _negative(third), ray):
        # h' is convex beyond P: h'(x) >= h'(P) + h''(P) (x - P).
        return quotient.lower().min(bend.lower())
    half = (quotient / 2).lower()
    if abs(log2_size(half)) > _LARGEST:
        return None
    line = Expression(
        "*", (Expression("number", (), exact_rational(half)), Expression("name", (), None, "p"))
    )
    above = Expression("-", (loss.derivative, line))
    return half if sign(above if side > 0 else _negative(above), ray) else None


def vanishes(e: Expression, p: Fraction) -> bool:
    """Whether a formula is exactly zero at a rational point, and known to be."""
    try:
        value = rational_value(e, {"p": p})
    except ZeroDivisionError:
        return False
    if value is not None:
        return value == 0
    match e.head:
        case "*" | "/":
            a, b = e.args
            return (vanishes(a, p) and _defined(b, p, e.head == "/")) or (
                e.head == "*" and vanishes(b, p) and _defined(a, p, False)
            )
        case "+" | "-":
            return all(vanishes(a, p) for a in e.args)
        case "neg" | "sin" | "sinh" | "tanh":
            return vanishes(e.args[0], p)
    return False


def _defined(e: Expression, p: Fraction, not_zero: bool) -> bool:
    """Whether a formula is finite at a point, and not zero if that is asked."""
    found = extent(e, Range.point(ball(p)))
    if found is None or not (found.low.at.is_finite() and found.high.at.is_finite()):
        return False
    return not not_zero or found.positive or (-found).positive


def asks_more(loss: Loss, until: StopCondition, product: arb) -> bool:
    """Whether the target asks for more than the present value of f, and f never grows."""
    target = until.target
    if until.on_product or not target.inside or target.lower is None:
        return False
    return bool(loss.value("arb")(product) < ball(target.lower))


def _shown(x: arb) -> str:
    return x.str(6, radius=False)
