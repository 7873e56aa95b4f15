"""Chebyshev expansions with proved suprema, on panels ``[centre - radius, centre + radius]``.

A function is given by coefficients ``a_0, ..., a_n`` of ``sum a_m T_m(t)``, t in [-1, 1]; several
functions are the columns of one matrix, so that evaluating them costs one product of matrices.

Lemma C (proofs/written/escape-counts.md): if r is analytic with ``|r| <= M`` in the ellipse with
foci -1, 1 and semi-axis sum rho > 1, then on [-1, 1]
``|r| <= 2 n max |r(t_i)| + 4 M rho**(1 - n)/(rho - 1)`` with the n zeros t_i of T_n.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import add, sub

from flint import arb, arb_mat, ctx, fmpq, fmpz, fmpz_mat

from numerics import clock
from numerics.balls import log2_size, precision

# Rows between two looks at the clock, and what one product of matrices may be, entries times bits.
_ROWS, _WORK = 16, 3 * 10**9 // 2
# Bits by which the largest of a column may be larger than the largest of a few of it.
_ABOVE = 4


@dataclass(frozen=True)
class Grid:
    """The n zeros of T_n and what is evaluated there.

    Attributes
    ----------
    nodes : list of arb, shape (n,)
    values : list of lists of arb, shape (n, n + 1)
        ``T_m(t_i)`` for m = 0, ..., n.
    """

    nodes: list[arb]
    values: list[list[arb]]


@lru_cache(maxsize=64)
def grid(n: int, bits: int) -> Grid:
    """Make the grid of n nodes with ``bits`` bits."""
    with precision(bits + 20):
        cosines = [arb.cos_pi_fmpq(fmpq(j, 2 * n)) for j in range(4 * n)]
        values = [[cosines[(2 * i + 1) * m % (4 * n)] for m in range(n + 1)] for i in range(n)]
        return Grid([v[1] for v in values], values)


def shifts(points: Sequence[arb], forward: Sequence[arb], n: int) -> arb_mat:
    """Evaluate ``T_m(t + s) - T_m(t)``, m = 0, ..., n, without cancellation however small s is."""
    rows = []
    for t, s in clock.watched(zip(points, forward, strict=True), _ROWS):
        twice, ahead = 2 * t, 2 * s
        there = [arb(1), t + s]  # T_m(t + s)
        row = [arb(0), s + 0]
        for m in range(1, n):
            row.append(twice * row[m] + ahead * there[m] - row[m - 1])
            there.append((twice + ahead) * there[m] - there[m - 1])
        rows.append(row[: n + 1])
    return arb_mat(rows)


@lru_cache(maxsize=64)
def _taylor(n: int) -> list[list[fmpz]]:
    """The Taylor coefficients of T_0, ..., T_n at 1, which are whole: entry (q, m)."""
    rows = [[fmpz(1)] * (n + 1)]
    for q in range(n):
        scale = (2 * q + 1) * (q + 1)
        rows.append([c * (m * m - q * q) // scale for m, c in enumerate(rows[-1])])
    return rows


def taylor(n: int, end: int, terms: int | None = None) -> arb_mat:
    """Make the matrix from coefficients to the Taylor coefficients in t at ``end`` = -1 or 1."""
    rows = _taylor(n)[:terms]
    if end < 0:
        rows = [[-c if (m + q) % 2 else c for m, c in enumerate(r)] for q, r in enumerate(rows)]
    return arb_mat(fmpz_mat(rows))


def multiply(left: arb_mat, right: arb_mat) -> arb_mat:
    """Multiply at the working precision; much of it column by column, with looks at the clock."""
    width = max(1, _WORK // (left.nrows() * left.ncols() * (ctx.prec + 128) + 1))
    if right.ncols() <= width:
        return left * right
    rows = right.tolist()
    parts = [
        (left * arb_mat([row[j : j + width] for row in rows])).tolist()
        for j in clock.watched(range(0, right.ncols(), width))
    ]
    return arb_mat([list(chain(*row)) for row in zip(*parts, strict=True)])


def product(left: arb_mat, coefficients: arb_mat, bits: int) -> arb_mat:
    """Multiply by a matrix of coefficients to about ``bits`` bits of the largest of every column.

    The balls of the result hold whatever the bits are.
    """
    with precision(bits + _ABOVE):
        return multiply(left * arb(1), _level(coefficients))


def rough(matrix: arb_mat, bits: int) -> arb_mat:
    """Round the midpoints to ``bits`` bits; for search only, as all that is called rough."""
    with precision(bits):
        return (matrix.mid() * arb(1)).mid()


def rough_product(left: arb_mat, right: arb_mat, bits: int) -> arb_mat:
    """Multiply midpoints with ``bits`` bits of the largest of every column.

    Columns whose entries have one exponent are multiplied several times faster.
    """
    with precision(bits):
        return multiply(rough(left, bits), _level(right).mid()).mid()


def _level(matrix: arb_mat) -> arb_mat:
    """Round, by balls, to the same place in all of a column: the places of ``2**_ABOVE`` of it."""
    rows = matrix.tolist()
    sample = [*rows[:2], *rows[2 :: max(1, len(rows) // 8)]]
    tops = [arb(2) ** (_ABOVE + max(map(log2_size, c))) for c in zip(*sample, strict=True)]
    above = arb_mat([tops] * len(rows))
    return (matrix + above) - above


def rough_slopes(points: Sequence[arb], forward: Sequence[arb], n: int, bits: int) -> arb_mat:
    """Divide :func:`shifts` by their s, row by row: both recursions in fixed point."""
    rows = []
    for t, s in clock.watched(zip(points, forward, strict=True), _ROWS):
        here, ahead = _fixed(2 * t, bits), _fixed(2 * (t + s), bits)
        before, now = 1 << bits, ahead >> 1  # T_m(t + s)
        row = [0, 1 << bits]
        for m in range(1, n):
            row.append((here * row[m] >> bits) + 2 * now - row[m - 1])
            before, now = now, (ahead * now >> bits) - before
        rows.append(row[: n + 1])
    with precision(bits):
        return (arb_mat(fmpz_mat(rows)) * arb((1, -bits))).mid()


def rough_tangents(points: Sequence[arb], forward: Sequence[arb], n: int, bits: int) -> arb_mat:
    """Evaluate ``T_m'(t + s)``, by ``T_m' = m U_(m-1)`` in fixed point."""
    rows = []
    for t, s in clock.watched(zip(points, forward, strict=True), _ROWS):
        ahead = _fixed(2 * (t + s), bits)
        before, now, row = 0, 1 << bits, [0]
        for m in range(1, n + 1):
            row.append(m * now)
            before, now = now, (ahead * now >> bits) - before
        rows.append(row)
    with precision(bits):
        return (arb_mat(fmpz_mat(rows)) * arb((1, -bits))).mid()


def padded(coefficients: arb_mat, rows: int) -> arb_mat:
    """Append zeros up to so many rows."""
    more = [[arb(0)] * coefficients.ncols()] * (rows - coefficients.nrows())
    return arb_mat([*coefficients.tolist(), *more]) if more else coefficients


def rough_fit(mesh: Grid, values: arb_mat, bits: int) -> arb_mat:
    """Find the coefficients of the polynomials with these values, one row for every node."""
    n = len(mesh.nodes)
    turned = [[v[m] * (1 if m else arb(0.5)) for v in mesh.values] for m in range(n)]
    with precision(bits):
        return (rough_product(arb_mat(turned).mid(), values, bits) * (arb(2) / n)).mid()


def rough_moved(mesh: Grid, other: Grid, values: arb_mat, bits: int) -> arb_mat:
    """Interpolate values at the nodes of a grid to those of one that has no more of them."""
    m = min(len(mesh.nodes), len(other.nodes) + 1)
    fitted = arb_mat(rough_fit(mesh, values, bits).tolist()[:m])
    with precision(bits):
        there = arb_mat([row[:m] for row in other.values]).mid()
        return rough_product(there, fitted, bits)


def on_grid(
    multiply: Callable[[arb_mat, arb_mat, int], arb_mat], mesh: Grid, columns: arb_mat, bits: int
) -> list[list[arb]]:
    """Evaluate expansions at the nodes: T_m is even or odd, and the nodes are symmetric.

    Parameters
    ----------
    multiply : callable
        :func:`product` or :func:`rough_product`.
    """
    n, top = len(mesh.nodes), columns.nrows()
    rows = columns.tolist()
    half = mesh.values[: (n + 1) // 2]
    even, odd = (
        multiply(arb_mat([v[m:top:2] for v in half]), arb_mat(rows[m::2]), bits).tolist()
        for m in (0, 1)
    )
    left, right = (
        [list(map(op, e, o)) for e, o in zip(even, odd, strict=True)] for op in (sub, add)
    )
    return [*right, *left[: n // 2][::-1]]


def integrate(moves: arb_mat, rest: arb_mat) -> arb_mat:
    """Find, for search, coefficients of which ``moves`` makes ``rest``, with value 0 at -1.

    ``moves`` makes nothing of T_0, so that its coefficient is free.
    """
    square = arb_mat([row[1:] for row in moves.tolist()])
    found = square.solve(rest, algorithm="approx").mid()
    return grounded(arb_mat([[arb(0)] * rest.ncols(), *found.tolist()]))


def grounded(coefficients: arb_mat) -> arb_mat:
    """Choose, for search, the first coefficients such that the values at -1 are 0."""
    _, *rows = coefficients.tolist()
    first = [arb(0)] * coefficients.ncols()
    for m, row in enumerate(rows, 1):
        first = list(map(add if m % 2 else sub, first, row))
    return arb_mat([first, *rows]).mid()


def _fixed(x: arb, bits: int) -> int:
    """About ``x * 2**bits``."""
    mantissa, exponent = (int(part) for part in x.mid().man_exp())
    shift = exponent + bits
    return mantissa << shift if shift >= 0 else mantissa >> -shift


def taylor_tail(n: int, reach: arb, terms: int) -> list[arb]:
    """Bound what :func:`taylor` leaves out of T_0, ..., T_n at the distance ``reach``."""
    rows = _taylor(n)[terms:]
    if not rows:
        return [arb(0)] * (n + 1)
    powers = [reach ** (terms + q) for q in range(len(rows))]
    return [t.abs_upper() for t in (arb_mat([powers]) * arb_mat(fmpz_mat(rows))).tolist()[0]]


def sizes(coefficients: arb_mat) -> list[list[arb]]:
    """Upper bounds of ``|a_m|``, one list for every function."""
    columns = clock.watched(zip(*coefficients.tolist(), strict=True), 4 * _ROWS)
    return [[a.abs_upper() for a in column] for column in columns]


def spread(column: Sequence[arb], rho: arb) -> arb:
    """Bound ``|f - a_0|`` in the ellipse of semi-axis sum rho, where ``|T_m| <= rho**m``."""
    total = arb(0)
    for a in reversed(column[1:]):
        total = (total + a) * rho
    return total.abs_upper()


def steepness(column: Sequence[arb], rho: arb) -> arb:
    """Bound ``|df/dt|`` in that ellipse, where ``|T_m'| <= m**2 rho**(m - 1)``."""
    total = arb(0)
    for m in range(len(column) - 1, 0, -1):
        total = total * rho + m * m * column[m]
    return total.abs_upper()


def semi_axis(rho: arb) -> arb:
    """Return the larger semi-axis of the ellipse with semi-axis sum rho."""
    return (rho + 1 / rho) / 2


def rho_of(axis: arb) -> arb:
    """Return the semi-axis sum of the ellipse with the larger semi-axis ``axis``."""
    return axis + (axis * axis - 1).sqrt()


def supremum(at_nodes: arb, n: int, bound: arb, rho: arb) -> arb:
    """Bound a function on [-1, 1] by Lemma C."""
    return (2 * n * at_nodes + 4 * bound * rho ** (1 - n) / (rho - 1)).abs_upper()
