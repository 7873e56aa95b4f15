"""Why an orbit never meets its target: invariants, each a theorem with hypotheses that are checked.

Notation: x = |p|, s = sign p, h(x) = f(s x). Flipping signs of weights maps orbits of f to orbits
of f(s .), so each theorem is stated for positive weights and the loss h; its gradient step is
w_i+ = w_i - eta h'(x) q_i with all q_i > 0.

**Stationary.** If f'(p) = 0, or two weights are zero (then every q_i is zero) and f'(0) is finite,
then w+ = w.

**Matched pairs.** From w_i+ -/+ w_j+ = (w_i -/+ w_j)(1 +/- eta g r_ij), |w_i| = |w_j| is kept for
ever, whatever the step size, the sign in w_i = +/- w_j too. If all weights pair off like that, p is
plus or minus a product of squares and never has the other sign.

**Tied minimum.** Let w_1 = w_2 = m be the least weight, 0 <= h' <= L on [0, x_0] and
eta L (w_3 ... w_k) < 1 at the start. Then x decreases and stays positive for ever. Proof by
induction: let e = eta h'(x) >= 0. For all i, q_i/w_i = x/w_i^2 <= x/m^2 = r_12 <= r_12(0), so
w_i+ = w_i (1 - e q_i/w_i) lies in (0, w_i]; the tie is kept; w_i+ - m+ = (w_i - m)(1 + e r_i1)
>= 0, so m stays the least; r_12 and x do not grow, so x stays in [0, x_0], where 0 <= h' <= L.

**Funnel.** Let 0 <= h'' <= M between x_0 and a zero y > 0 of h'.
Rising, x_0 <= y: if eta M y^2 sum 1/w_i^2 <= 1 at the start, then x grows and stays in [x_0, y].
Falling, x_0 >= y: if eta M sum q_i^2 <= 1 at the start, then x falls and stays in [y, x_0].
Proof: h' grows with x, so |h'(x)| <= M |y - x|, with the sign that points at y. Follow p along the
segment from w to w+, where every weight moves the same way as it is positive. Rising: as long as
p <= y, the derivative of p there is at most eta |h'(x)| sum (y/w_i)(y/w_i) <= |y - x|, since the
weights on the segment are at least the w_i; so p does not pass y before the end. Falling: while
p >= y > 0 the weights stay positive and at most the w_i, so p falls at a rate of at most
eta |h'(x)| sum q_i^2 <= |y - x|. Either way the next state is in the funnel, and the sum in the
hypothesis has not grown.

**Settling.** Let f'' in [m, M], m > 0, on an interval I that contains a zero y of f' and all
products of weights in a ball B of radius rho about w, let L bound the Hessian of F on B,
eta L < 2, c = eta (1 - eta L/2) and mu = m inf sum q_i**2. If (eta/c) sqrt(M |p - y|**2/mu) plus
the longest step, at most eta M |p - y| sqrt(M/m) sup|q|, is at most rho, all later iterates lie
in B, and p in I. Proof: as long as they do, F falls by at least c |grad F|**2 a step, and
|grad F|**2 >= 2 mu (F - f(y)), as f'**2 >= 2 m (f - f(y)). So the steps eta |grad F| add up to at
most (eta/c) sum (F - F+)/sqrt(2 mu (F - f(y))) <= (eta/c) sqrt(2 (F(w) - f(y))/mu), and
F(w) - f(y) <= M |p - y|**2/2. This allows overshoots: p may pass y again and again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from flint import arb, ctx

from numerics.balls import ball, ends, log2_size, precision, products_of_others
from numerics.extent import End, Range
from numerics.invariant import Invariant, forbid
from numerics.loss import Loss
from numerics.problem import Problem
from numerics.recurrence import cycle
from numerics.tube import tube
from numerics.unreachable import Reach, asks_more, cells, misses, out_of_range, reaches, vanishes
from theory.dynamics.stopping import StopCondition
from theory.expressions import Expression, rational_value

_BITS, _CELLS = 128, 64
_LARGEST = 10**6  # bits of |p| or of 1/|p| beyond which no funnel is looked for


def forbidden_at_start(problem: Problem) -> Invariant | None:
    """Look for a theorem by which an exact start never meets its target.

    The start itself must not satisfy the condition. None is no claim of any kind.
    """

    def forbidden(until: StopCondition) -> Invariant | None:
        if until.target.empty:
            return Invariant("empty target", f"no value satisfies {until}")
        if (why := out_of_range(problem.loss, until)) is not None:
            return Invariant("out of range", why)
        return _matched_pairs(problem.weights, until)

    with precision(_BITS):
        found = _stationary(problem) or forbid(problem.until, forbidden) or cycle(problem)
        return found or trapped(problem, [ball(w) for w in problem.weights], ball(problem.product))


def trapped(problem: Problem, weights: Sequence[arb], product: arb) -> Invariant | None:
    """Look for a trap around every start in a box of balls, by which none meets its target.

    One of :mod:`numerics.unreachable` or :mod:`numerics.tube`, or *tied minimum*, *funnel*,
    *settling*; at the working precision, and at least at :data:`_BITS`.

    Parameters
    ----------
    weights, product : arb
        Balls that contain the weights and their product: iterates of gradient descent from
        ``problem.weights``, so weights that are tied there are tied here.
    """
    if not (product.is_finite() and problem.loss.smooth):
        return None
    loss, step = problem.loss, problem.step
    with precision(max(_BITS, ctx.prec)):
        known = Known(_theorems(problem, weights, product))

        def trap(atom: StopCondition) -> Invariant | None:
            for reach in known:
                if misses(loss, atom, reach.ranges) or (
                    reach.falls and asks_more(loss, atom, product)
                ):
                    return Invariant(reach.name, reach.statement)
            if any(w.contains(0) for w in weights) or product.contains(0):
                return None
            if abs(log2_size(product)) > _LARGEST:  # exact end points would fill the memory
                return None
            return _funnel(loss, weights, product, step, atom) or _settling(
                loss, weights, product, step, atom
            )

        return forbid(problem.until, trap)


class Known:
    """What an iterator has yielded, and will: each theorem is tried once for all comparisons."""

    def __init__(self, source: Iterator[Reach]) -> None:
        self._source, self._found = source, list[Reach]()

    def __iter__(self) -> Iterator[Reach]:
        yield from self._found
        for reach in self._source:
            self._found.append(reach)
            yield reach


def _theorems(problem: Problem, weights: Sequence[arb], product: arb) -> Iterator[Reach]:
    loss, step = problem.loss, problem.step
    yield from reaches(loss, weights, product, step)
    yield from tied_minimum(loss, weights, product, step, problem.tied)
    equal = all(problem.tied(0, i) for i in range(1, problem.depth))
    yield from tube(loss, weights, product, step, equal)


def _stationary(problem: Problem) -> Invariant | None:
    if sum(w == 0 for w in problem.weights) >= 2:
        if problem.loss.slope("arb")(arb(0)).is_finite():
            return Invariant(
                "stationary", "two weights are zero: gradient descent stalls at a saddle"
            )
        return None
    if vanishes(problem.loss.derivative, problem.product):
        return Invariant("stationary", "f'(p) = 0 at the start")
    return None


def _exactly(formula: Expression, p: Fraction) -> Fraction | None:
    try:
        return rational_value(formula, {"p": p})
    except ZeroDivisionError:
        return None


def _matched_pairs(weights: Sequence[Fraction], until: StopCondition) -> Invariant | None:
    sizes = Counter(abs(w) for w in weights)
    if not until.on_product or any(n % 2 for n in sizes.values()):
        return None
    sign = -1 if sum(w < 0 for w in weights) % 2 else 1
    target = until.target
    # The target must leave out the whole closed half line, and so be bounded away on that side.
    end = target.upper if sign > 0 else target.lower
    if not target.inside or end is None:
        return None
    if sign * end < 0 or (end == 0 and not target.closed):
        side = "nonnegative" if sign > 0 else "nonpositive"
        return Invariant(
            "matched pairs", f"the weights pair off with equal sizes, so p stays {side}"
        )
    return None


def tied_minimum(
    loss: Loss,
    weights: Sequence[arb],
    product: arb,
    step: Fraction,
    tied: Callable[[int, int], bool],
) -> Iterator[Reach]:
    """The theorem *tied minimum*, for balls; ``tied`` tells exactly which sizes are equal."""
    if len(weights) < 2 or product.contains(0) or not product.is_finite():
        return
    sizes = [abs(w) for w in weights]
    order = sorted(range(len(sizes)), key=lambda i: float(sizes[i].mid()))
    least, other = order[:2]
    if not tied(least, other):
        return
    rest = [sizes[i] for i in order[2:]]
    if not all(tied(least, i) or sizes[least] <= sizes[i] for i in order[2:]):
        return
    end = Range(End(arb(0), True), End(product.abs_upper(), True))
    on = end if product > 0 else -end
    limit = ball(step)
    for size in rest:
        limit *= size
    for cell in cells(on):
        slope = _slope_towards_zero(loss, cell, bool(product > 0))
        if slope is None or not slope * limit < 1:
            return
    side = "positive" if product > 0 else "negative"
    several = 2 + sum(tied(least, i) for i in order[2:])
    why = f"{several} weights share the least size, so p stays {side} and shrinks"
    yield Reach("tied minimum", why, (on,))


def _slope_towards_zero(loss: Loss, cell: arb, positive: bool) -> arb | None:
    """Enclose h' on a cell if it is provably nonnegative there, else None."""
    slope = loss.slope("arb")(cell) if positive else -loss.slope("arb")(cell)
    if slope >= 0:
        return slope
    # At the end p = 0 a slope that vanishes is hard to sign: use h'(0) >= 0 and h'' >= 0.
    if not (cell.contains(0) and slope.is_finite()):
        return None
    at_zero = _exactly(loss.derivative, Fraction(0))
    if at_zero is None or (at_zero if positive else -at_zero) < 0:
        return None
    return slope if loss.curvature("arb")(cell) >= 0 else None


def _settling(
    loss: Loss, weights: Sequence[arb], product: arb, step: Fraction, until: StopCondition
) -> Invariant | None:
    """Look for a ball that holds all later iterates and leaves the target out."""
    with precision(_BITS):
        slope, curve = loss.slope("arb"), loss.curvature("arb")
        # A zero of f' by Newton's method; the proof needs only that f' changes its sign there.
        y = product.mid()
        for _ in range(60):
            bend = curve(y)
            if not bend > 0:
                return None
            y = (y - slope(y) / bend).mid()
            if not y.is_finite():
                return None
        fine = abs(y) * arb(2) ** -80 + arb(2) ** -90
        if not (slope(y - fine) < 0 and slope(y + fine) > 0):
            return None
        eta, gap = ball(step), (abs(product - y) + fine).upper()
        sizes = [abs(w) for w in weights]
        local = (product * product * sum((1 / (w * w) for w in sizes), arb(0))).sqrt()
        radius = (4 * gap / local).upper()
        for _ in range(6):
            if _stays(loss, sizes, product, y, fine, eta, gap, radius, until):
                shown = y.str(6, radius=False)
                return Invariant("settling", f"from here on p stays close to {shown}, where f' = 0")
            radius = (2 * radius).upper()
    return None


def _stays(
    loss: Loss,
    sizes: Sequence[arb],
    product: arb,
    y: arb,
    fine: arb,
    eta: arb,
    gap: arb,
    radius: arb,
    until: StopCondition,
) -> bool:
    low, high = [(w - radius).lower() for w in sizes], [(w + radius).upper() for w in sizes]
    others, size = products_of_others(high), arb(1)
    for w in high:
        size *= w
    # The weights keep their signs but perhaps the least one, which p may carry across zero.
    weak = [i for i, w in enumerate(low) if not w > 0]
    if len(weak) > 1:
        return False
    at = weak[0] if weak else 0
    rest = arb(1)
    for i, w in enumerate(low):
        rest = rest if i == at else rest * w
    side = 1 if product > 0 else -1
    reach = side * (low[at] * rest).union(low[at] * others[at]).union(size)
    reach = reach.union(y - fine).union(y + fine)
    bends = loss.curvature("arb")(reach)
    if not bends > 0:
        return False
    steep, flat = bends.abs_upper(), bends.lower()
    across = sum((q * q for q in others), arb(0)).upper()
    wide = 2 * reach.rad()
    # |R| is at most its Frobenius norm, and r_ij = q_j/w_i with i not the least weight.
    pairs = across * sum((1 / (w * w) for i, w in enumerate(low) if i != at), arb(0))
    smooth = steep * across + steep * wide * (2 * pairs).sqrt()
    if not eta * smooth < 2:
        return False
    decrease = eta * (1 - eta * smooth / 2)
    pull = flat * rest * rest
    path = eta / decrease * (steep * gap * gap / pull).sqrt()
    # F does not grow, so |p - y| stays below gap sqrt(M/m), which bounds the last step.
    longest = eta * steep * gap * (steep / flat).sqrt() * across.sqrt()
    if not path + longest <= radius:
        return False
    quantity = reach if until.on_product else loss.value("arb")(reach)
    return until.target.decider(ball)(quantity) is False


def _funnel(
    loss: Loss, weights: Sequence[arb], product: arb, step: Fraction, until: StopCondition
) -> Invariant | None:
    """The theorem *funnel*."""
    with precision(_BITS):
        slope = loss.slope("arb")
        here = slope(product)
        if not (here > 0 or here < 0):
            return None
        low, high = ends(product)
        downhill = -1 if here > 0 else 1

        def lost(x: Fraction) -> bool:
            """Whether a point on the way to the critical value spoils the theorem already."""
            return not (x > 0 if product > 0 else x < 0) or not _excluded(loss, [ball(x)], until)

        zero = _bracket(slope, low, high, downhill, lost)
        if zero is None or not (zero[0] > 0 if product > 0 else zero[1] < 0):
            return None
        begin, end = min(low, zero[0]), max(high, zero[1])
        cells = _cells(begin, end)
        curvatures = [loss.curvature("arb")(cell) for cell in cells]
        if not all(c >= 0 for c in curvatures):
            return None
        steepest = arb(0)
        for c in curvatures:
            steepest = steepest.max(c)
        sizes = [abs(w) for w in weights]
        rising = downhill > 0 if product > 0 else downhill < 0
        if rising:
            far = ball(max(abs(end), abs(begin)))
            spread = sum((far * far / (x * x) for x in sizes), arb(0))
        else:
            spread = sum((q * q for q in products_of_others(sizes)), arb(0))
        if not ball(step) * steepest * spread <= 1 or not _excluded(loss, cells, until):
            return None
    shown = (product.mid().str(6, radius=False), ball(zero[0]).str(6, radius=False))
    return Invariant(
        "funnel",
        f"from here on p moves from {shown[0]} to the critical value {shown[1]}, never past it",
    )


def _bracket(
    slope: Callable[[arb], arb],
    low: Fraction,
    high: Fraction,
    downhill: int,
    lost: Callable[[Fraction], bool],
) -> tuple[Fraction, Fraction] | None:
    """Find two rationals between which f' changes sign, going downhill from [low, high].

    None where there are none, or where ``lost`` holds at a point before the first.
    """
    near = high if downhill > 0 else low
    reach = max(abs(near), Fraction(1)) / 64
    while True:
        far = near + downhill * reach
        sign = slope(ball(far)) * downhill
        if sign > 0:
            break
        if not sign < 0:
            return (far, far) if sign.is_zero() else None
        near, reach = far, 2 * reach
        if reach > 10**6 or lost(near):
            return None
    for _ in range(80):
        middle = (near + far) / 2
        sign = slope(ball(middle)) * downhill
        if sign > 0:
            far = middle
        elif sign < 0:
            near = middle
            if lost(near):
                return None
        else:
            break
    return min(near, far), max(near, far)


def _cells(a: Fraction, b: Fraction) -> list[arb]:
    """Cover the segment between two rationals by balls."""
    width = (b - a) / _CELLS
    half = ball(abs(width) / 2)
    return [ball(a + width * (i + Fraction(1, 2))) + half * arb(0, 1) for i in range(_CELLS)]


def _excluded(loss: Loss, cells: Sequence[arb], until: StopCondition) -> bool:
    """Whether the condition is provably false on all cells."""
    decide = until.target.decider(ball)
    if until.on_product:
        return all(decide(cell) is False for cell in cells)
    value = loss.value("arb")
    return all(decide(value(cell)) is False for cell in cells)
