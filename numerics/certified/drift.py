"""How much the drift of the c_j delays GD: the double integral D, in steps.

GD does not conserve c_j exactly: one step multiplies it by ``1 - h**2/(c_j + x**2)``. Multiplied by
a huge count the effect is of order one step (Lemma R2):

    D = 1/2 int int_{v < x} u(v)/u(x) chi(x) kappa(v, x) dv dx,
    kappa(v, x) = sum c_j / ((c_j + v**2)(c_j + x**2)).

The kernel is a sum of products: two cells cost what their nodes cost, once for every c_j. Where
both points lie in one cell it is a divided difference, ``kappa = (K(v**2) - K(x**2)) / (x**2 -
v**2)`` with ``K(y) = sum c_j/(c_j + y)``, and a pair of nodes costs the same at every depth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from operator import add, truediv

from flint import arb, arb_mat, ctx

from numerics import clock
from numerics.balls import log2_size, precision
from numerics.certified import gauss
from numerics.certified.cells import REACH, Cell, alive
from numerics.certified.reduced import ReducedFlow
from numerics.problem import Budget

# Quadrature errors are about 2**-bits of D; working precision has so many bits more.
FIRST_BITS, SPARE_BITS = 22, 64
# Steps, as an exponent of 2: a delay known to this accuracy hardly blurs the count.
GOOD_ENOUGH = -9
_ONE = arb(1)
# Rounds: the first tells how large D is, the others how much its enclosure may have lost.
_ROUNDS = 3
# Between two looks at the clock: nodes, and c_j.
_NODES, _COLUMNS = 16, 64


@dataclass(frozen=True)
class _Node:
    y: arb
    share: arb
    early: arb  # weight times u: the node as the earlier point v
    late: arb  # weight times chi/(2u): the node as the later point x


def drift_delay(flow: ReducedFlow, cells: Sequence[Cell], budget: Budget, finer: int = 0) -> arb:
    """Enclose D over the union of the cells, with c_j frozen at the flow's values.

    Parameters
    ----------
    flow : ReducedFlow
        At full precision.
    cells : sequence of Cell
        Adjacent, in increasing order.
    budget : Budget
    finer : int
        To how many more bits than usual it is wanted.

    Returns
    -------
    arb
        D in steps.
    """
    delay, bits, enough = arb(0), FIRST_BITS, GOOD_ENOUGH - finer
    for _ in range(_ROUNDS if flow.others else 0):
        with precision(64 * -(-(bits + SPARE_BITS) // 64)):
            delay = _delay(flow.rounded(), cells, bits, budget)
            if delay.rad() < arb(2) ** enough or not delay.is_finite():
                break
            bits += 8 + max(8, log2_size(delay.rad()) - enough)
    return delay


def _delay(flow: ReducedFlow, cells: Sequence[Cell], bits: int, budget: Budget) -> arb:
    counts = [node_count(flow, cell, bits) for cell in cells]
    # The cells keep their middles at the precision of coordinates, which may be far less than D's.
    cells = [_at_working_precision(cell) for cell in cells]
    positive = [c for c in flow.squares if not c.is_zero()]
    # Cauchy and Schwarz bound kappa by square roots of two weights, group by group; on the disc
    # each factor 1/(c_j + x**2) is at most (1 - REACH)**-2 times its value at the centre.
    swell = 1 / (1 - arb(REACH)) ** 4
    early, late = [], []
    for c in cells:
        inverse = c.radius * c.disc.inverse_speed * c.disc.sensitivity
        early.append([2 * c.radius * c.disc.speed * w.sqrt() for w in c.weights])
        late.append([swell * inverse * w.sqrt() for w in c.weights])
    errors = [gauss.error(n) for n in counts]
    before, before_error = [arb(0) for _ in late[0]], [arb(0) for _ in late[0]]
    delay, quadrature = arb(0), arb(0)
    # Of every c_j, what the cells so far have as the earlier point.
    passed = [arb(0) for _ in positive]
    for i, cell in enumerate(cells):
        alive(budget)
        quadrature += _dot(late[i], before_error) + _dot(late[i], before) * errors[i]
        # The triangle in one cell: the inner integral, over a part of the cell, by interpolation.
        inner = 2 * counts[i]
        nodes = _nodes(flow, cell, counts[i])
        delay += _within(flow, cell, nodes, inner)
        wrong = gauss.error(counts[i]) + gauss.cumulative_error(inner) / 2
        quadrature += _dot(late[i], early[i]) * wrong
        ys = [node.y for node in nodes]
        inverses = [
            list(map(truediv, repeat(_ONE), map(add, repeat(c), ys)))
            for c in clock.watched(positive, _COLUMNS)
        ]
        weights = arb_mat([[node.late, node.early] for node in nodes])
        shares = (arb_mat(inverses) * weights).tolist() if inverses and nodes else []
        for j, (c, (here, there)) in enumerate(zip(positive, shares, strict=bool(nodes))):
            delay += passed[j] * here
            passed[j] += c * there
        before = [b + e for b, e in zip(before, early[i], strict=True)]
        before_error = [b + e * errors[i] for b, e in zip(before_error, early[i], strict=True)]
    return delay + arb(0, quadrature.abs_upper())


def _at_working_precision(cell: Cell) -> Cell:
    left, right = cell.left, cell.right
    return replace(cell, centre=(left + right) / 2, radius=(right - left) / 2)


def _dot(a: Sequence[arb], b: Sequence[arb]) -> arb:
    return sum((x * y for x, y in zip(a, b, strict=True)), arb(0))


def node_count(flow: ReducedFlow, cell: Cell, bits: int = FIRST_BITS) -> int:
    """Choose the number of nodes in a cell."""
    speed = abs(flow.speed(cell.middle))
    swing = log2_size(cell.disc.speed / speed) + log2_size(cell.disc.inverse_speed * speed)
    return gauss.nodes_for(bits + max(0, swing))


def _nodes(flow: ReducedFlow, cell: Cell, count: int) -> list[_Node]:
    result = []
    for node, weight in clock.watched(gauss.rule(count, ctx.prec), _NODES):
        x = cell.centre + cell.radius * node
        y, scale = x * x, cell.radius * weight
        speed, sensitivity, share = flow.drifting(x)
        result.append(_Node(y, share, scale * speed, scale * sensitivity / (2 * speed)))
    return result


def _kernel(flow: ReducedFlow, share: arb, share_v: arb, y: arb, yv: arb) -> arb:
    gap = y - yv
    if abs(gap) * 2**30 > y + yv:
        return (share_v - share) / gap
    return sum((c / ((c + y) * (c + yv)) for c in flow.squares if not c.is_zero()), arb(0))


def _within(flow: ReducedFlow, cell: Cell, later: Sequence[_Node], count: int) -> arb:
    """Enclose the part of the double integral with both points in one cell, up to quadrature."""
    earlier = []
    for node, _ in clock.watched(gauss.rule(count, ctx.prec), _NODES):
        v = cell.centre + cell.radius * node
        speed, _, share = flow.drifting(v)
        earlier.append((v * v, share, cell.radius * speed))
    total = arb(0)
    each = gauss.cumulative(len(later), count, ctx.prec)
    for b, weights in zip(clock.watched(later, 4), each, strict=True):
        inner = arb(0)
        for (y, share, speed), weight in zip(earlier, weights, strict=True):
            inner += weight * speed * _kernel(flow, b.share, share, b.y, y)
        total += inner * b.late
    return total
