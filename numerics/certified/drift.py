"""How much the drift of the c_j delays GD: the double integral D, in steps.

GD does not conserve c_j exactly: one step multiplies it by ``1 - h**2/(c_j + x**2)``. Multiplied by
a huge count the effect is of order one step (Lemma R2):

    D = 1/2 int int_{v < x} u(v)/u(x) chi(x) kappa(v, x) dv dx,
    kappa(v, x) = sum c_j / ((c_j + v**2)(c_j + x**2)).

With ``K(y) = sum c_j/(c_j + y)`` the kernel is a divided difference,
``kappa = (K(v**2) - K(x**2)) / (x**2 - v**2)``, so a pair of nodes costs the same at every depth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb

from numerics.balls import log2_size
from numerics.certified import gauss
from numerics.certified.cells import REACH, Cell, alive
from numerics.certified.reduced import ReducedFlow
from numerics.problem import Budget

BITS = 64
# Quadrature errors and neglected pairs, per pair of cells, are about 2**-bits steps.
TARGET_BITS = (22, 40, 64)
# Steps: a delay known to this accuracy hardly blurs the count.
GOOD_ENOUGH = 2.0**-9


@dataclass(frozen=True)
class _Node:
    y: arb
    share: arb
    early: arb  # weight times u: the node as the earlier point v
    late: arb  # weight times chi/(2u): the node as the later point x


def drift_delay(flow: ReducedFlow, cells: Sequence[Cell], budget: Budget) -> arb:
    """Enclose D over the union of the cells, with c_j frozen at the flow's values.

    Parameters
    ----------
    flow : ReducedFlow
        At ``BITS`` bits; the caller sets the precision.
    cells : sequence of Cell
        Adjacent, in increasing order.

    Returns
    -------
    arb
        D in steps.
    """
    delay = arb(0)
    for bits in TARGET_BITS if flow.others else ():
        delay = _delay(flow, cells, bits, budget)
        if delay.rad() < GOOD_ENOUGH:
            break
    return delay


def _delay(flow: ReducedFlow, cells: Sequence[Cell], bits: int, budget: Budget) -> arb:
    counts = [node_count(flow, cell, bits) for cell in cells]
    nodes = [_nodes(flow, cell, n) for cell, n in zip(cells, counts, strict=True)]
    # Cauchy and Schwarz bound kappa by square roots of two weights, group by group; on the disc
    # each factor 1/(c_j + x**2) is at most (1 - REACH)**-2 times its value at the centre.
    swell = 1 / (1 - arb(REACH)) ** 4
    early, late = [], []
    for c in cells:
        inverse = c.radius * c.disc.inverse_speed * c.disc.sensitivity
        early.append([2 * c.radius * c.disc.speed * w.sqrt() for w in c.weights])
        late.append([swell * inverse * w.sqrt() for w in c.weights])
    errors = [gauss.error(n) for n in counts]
    before, before_error = [[arb(0) for _ in late[0]]], [arb(0) for _ in late[0]]
    delay, neglected, quadrature = arb(0), arb(0), arb(0)
    negligible = arb(2) ** -bits
    for i, cell in enumerate(cells):
        alive(budget)
        quadrature += _dot(late[i], before_error) + _dot(late[i], before[i]) * errors[i]
        # The triangle in one cell: the inner integral, over a part of the cell, by interpolation.
        inner = 2 * counts[i]
        delay += _within(flow, cell, nodes[i], inner)
        wrong = gauss.error(counts[i]) + gauss.cumulative_error(inner) / 2
        quadrature += _dot(late[i], early[i]) * wrong
        for j in range(i - 1, -1, -1):
            rest = _dot(late[i], before[j + 1])
            if rest < negligible:
                neglected += rest
                break
            delay += _between(flow, nodes[j], nodes[i])
        before.append([b + e for b, e in zip(before[i], early[i], strict=True)])
        before_error = [b + e * errors[i] for b, e in zip(before_error, early[i], strict=True)]
    return delay + arb(0, (neglected + quadrature).abs_upper())


def _dot(a: Sequence[arb], b: Sequence[arb]) -> arb:
    return sum((x * y for x, y in zip(a, b, strict=True)), arb(0))


def node_count(flow: ReducedFlow, cell: Cell, bits: int = TARGET_BITS[0]) -> int:
    """Choose the number of nodes in a cell."""
    speed = abs(flow.speed(cell.middle))
    swing = log2_size(cell.disc.speed / speed) + log2_size(cell.disc.inverse_speed * speed)
    return gauss.nodes_for(bits + max(0, swing))


def _nodes(flow: ReducedFlow, cell: Cell, count: int) -> list[_Node]:
    result = []
    for node, weight in gauss.rule(count, BITS):
        x = cell.centre + cell.radius * node
        y, scale = x * x, cell.radius * weight
        speed, sensitivity, share = flow.drifting(x)
        result.append(_Node(y, share, scale * speed, scale * sensitivity / (2 * speed)))
    return result


def _kernel(flow: ReducedFlow, share: arb, share_v: arb, y: arb, yv: arb) -> arb:
    gap = y - yv
    if abs(gap) * 2**30 > y + yv:
        return (share_v - share) / gap
    # -K' = sum c/(c + y)**2 decreases, so its values at the ends enclose the divided difference.
    return flow.weight(y).union(flow.weight(yv))


def _between(flow: ReducedFlow, earlier: Sequence[_Node], later: Sequence[_Node]) -> arb:
    total = arb(0)
    for b in later:
        inner = arb(0)
        for a in earlier:
            inner += a.early * _kernel(flow, b.share, a.share, b.y, a.y)
        total += inner * b.late
    return total


def _within(flow: ReducedFlow, cell: Cell, later: Sequence[_Node], count: int) -> arb:
    """Enclose the part of the double integral with both points in one cell, up to quadrature."""
    earlier = []
    for node, _ in gauss.rule(count, BITS):
        v = cell.centre + cell.radius * node
        speed, _, share = flow.drifting(v)
        earlier.append((v * v, share, cell.radius * speed))
    total = arb(0)
    for b, weights in zip(later, gauss.cumulative(len(later), count, BITS), strict=True):
        inner = arb(0)
        for (y, share, speed), weight in zip(earlier, weights, strict=True):
            inner += weight * speed * _kernel(flow, b.share, share, b.y, y)
        total += inner * b.late
    return total
