"""Gauss-Legendre quadrature with a proved error, for functions analytic in a Bernstein ellipse.

Lemma G (proofs/written/escape-counts.md): if f is analytic and ``|f| <= M`` in the ellipse with
foci -1, 1 and semi-axis sum rho > 1, the n-point rule errs by at most
``(16/3) M rho**(-2n) / (1 - rho**-2)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from flint import arb, arb_mat

from numerics import clock
from numerics.balls import precision

# Radius of the disc of analyticity over the radius of the cell: its semi-major axis.
AXIS = 2
# log2(rho**2) for rho = AXIS + sqrt(AXIS**2 - 1), rounded down.
BITS_PER_NODE = 3.79
# By how many bits the sign of P_n is known better than the node.
_SPARE = 40
# Nodes between two looks at the clock.
FEW = 4


@lru_cache(maxsize=256)
def rule(nodes: int, bits: int) -> tuple[tuple[arb, arb], ...]:
    """Return the ``nodes`` pairs (node, weight) on [-1, 1], computed with about ``bits`` bits.

    ``nodes`` is even: the rule is symmetric (the last node is minus the first), and half of it is
    computed. Nodes are found by Arb and checked by :func:`certified`.
    """
    with precision(bits + 10 + 2 * nodes.bit_length()):
        found = [arb.legendre_p_root(nodes, i) for i in clock.watched(range(nodes // 2), FEW)]
    right = certified(nodes, found, bits)
    return (*right, *((-node, weight) for node, weight in reversed(right)))


def certified(nodes: int, positive: Sequence[arb], bits: int) -> list[tuple[arb, arb]]:
    """Prove that balls hold the positive nodes, and enclose the weights.

    P_n changes its sign in every ball and the balls do not meet: so there is one zero in each, and
    with the weights ``2 (1 - x**2)/(n P_(n-1)(x))**2`` they are the rule (legendre_nodes in
    proofs/coq/LegendreRule.v).

    Parameters
    ----------
    nodes : int
        n, even.
    positive : sequence of arb
        n/2 balls in (0, 1), from the largest node to the least.
    bits : int
        Precision of the weights.

    Raises
    ------
    ArithmeticError
        If that cannot be shown of these balls.
    """
    if nodes != 2 * len(positive):
        raise ArithmeticError("there are not as many nodes as zeros")
    result, above = [], arb(1)
    with precision(bits + _SPARE + 4 * nodes.bit_length()):
        for node in clock.watched(positive, FEW):
            # Twice as wide, so that a zero near the end of a ball is not at the end.
            wide = node + arb(0, node.rad())
            signs = wide.lower().legendre_p(nodes) * wide.upper().legendre_p(nodes)
            if not (wide > 0 and wide < above and signs < 0):
                raise ArithmeticError("a node of the rule is not where Arb says")
            above = wide
            weight = 2 * (1 - wide * wide) / (nodes * wide.legendre_p(nodes - 1)) ** 2
            result.append((wide, weight))
    with precision(bits + 10):
        return [(node + 0, weight + 0) for node, weight in result]


@lru_cache(maxsize=256)
def cumulative(ends: int, nodes: int, bits: int) -> list[list[arb]]:
    """Weights of ``int_{-1}^t f``, t in ``rule(ends)``, for the values of f on ``rule(nodes)``.

    They are those of the polynomial of degree ``nodes - 1`` through these values: by the discrete
    orthogonality of the Legendre polynomials ``sum over m of w_l (m + 1/2) P_m(s_l) int P_m``.
    """
    with precision(bits + 10 + nodes):
        ends_at = clock.watched(rule(ends, bits + 10 + nodes), FEW)
        below = [_legendre(t, nodes) for t, _ in ends_at]
        integrals = [[p[0] + p[1], *(p[m + 1] - p[m - 1] for m in range(1, nodes))] for p in below]
        scaled = []
        for s, weight in clock.watched(rule(nodes, bits + 10 + nodes), FEW):
            scaled.append([weight / 2 * p for p in _legendre(s, nodes)[:nodes]])
        found = arb_mat(integrals) * arb_mat(scaled).transpose()
    with precision(bits + 10):
        return [[w + 0 for w in row] for row in found.tolist()]


def _legendre(x: arb, degree: int) -> list[arb]:
    """Evaluate P_0, ..., P_degree."""
    values = [arb(1), x]
    for m in range(1, degree):
        values.append(((2 * m + 1) * x * values[m] - m * values[m - 1]) / (m + 1))
    return values


def cumulative_error(nodes: int) -> arb:
    """Bound the error of :func:`cumulative` per unit of M (Lemma I), at semi-major ``AXIS``."""
    rho = arb(AXIS) + (arb(AXIS) * AXIS - 1).sqrt()
    return 8 * rho ** (-nodes) / (1 - 1 / rho)


def error(nodes: int) -> arb:
    """Bound the error of the rule on [-1, 1] per unit of M, at semi-major axis ``AXIS``."""
    squared = arb(AXIS) + (arb(AXIS) * AXIS - 1).sqrt()
    squared *= squared
    return arb(16) / 3 * squared ** (-nodes) / (1 - 1 / squared)


def nodes_for(bits: float) -> int:
    """Suggest how many nodes make :func:`error` about ``2**-bits`` (few distinct values)."""
    needed = int(bits / BITS_PER_NODE) + 1
    unit = 4 if needed <= 32 else 16
    return unit * -(-needed // unit)
