"""Narrow Gaussian networks stay put: Theorem 5.1 of Hu, Xiao and Pennington with numbers.

Write A_i = W_i/(sqrt(d_i) sigma_i), so that all entries are N(0, 1/d_i), and

    gain = alpha ∏ sqrt(d_i) sigma_i |X|_F/|Y|_F,
    pace = eta (max_i 1/(d_i sigma_i²)) (alpha ∏ sqrt(d_i) sigma_i) |X|_F |Y|_F.

For a distance rho let S be the sum, over all sets of layers, of rho^(size) times the product of
the norms of the pieces that the set cuts ``A_{L:1}(0)`` into, and S_i the same with layer i cut out
and without its factor rho. While no A_i has moved by more than rho, ``|A_{L:1}| <= S`` and the
gradient in A_i is at most a constant times S_i. The pieces are independent and each shrinks by
E sqrt(chi²_d/d) <= 1 - 0.2021/d per layer, so S and S_i are exponentially small in L/d as long as
rho is small against 1/d² (proofs/written/orthogonal.md, Theorem 2): the exponent needs no L^3 and
no separate treatment of long and short products.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import arb, arb_mat

from numerics.balls import at_most, ball, floor_lower, precision
from numerics.chi_square import mean_root
from numerics.matrices.balls import product, spectral_upper
from numerics.matrices.network import Array
from theory.errors import InputError
from theory.exact import Exact, exact

BITS = 128
WINDOW = Fraction("0.0954")
"""|U|_F <= 0.0954 |Y|_F keeps the loss strictly between 0.4 and 0.6 times |Y|_F²."""
RESIDUAL = Fraction("1.0955")
_SHARES = tuple(Fraction(i, 40) for i in range(1, 40))
MAX_DEPTH = 10**7


@dataclass(frozen=True)
class NarrowBound:
    """With probability at least 1 - failure the loss stays in its window this long.

    Attributes
    ----------
    depth, width : int
    reach : Fraction
        rho, the distance that no layer covers meanwhile.
    distance : arb
        Iterations times pace, at least: for step size eta the window holds for all
        t <= distance/pace.
    failure : Fraction
    """

    depth: int
    width: int
    reach: Fraction
    distance: arb
    failure: Fraction

    def iterations(self, pace: Exact) -> int:
        """Return a number of iterations during which the loss provably stays in its window."""
        size = exact(pace, "pace")
        if size <= 0:
            raise InputError("pace", "must be positive")
        with precision(BITS):
            return max(0, floor_lower(self.distance / ball(size)))


def narrow_bound(
    depth: int, width: int, gain: Exact = 1, failure: Exact = "1/10"
) -> NarrowBound | None:
    """Evaluate the theorem; None where it says nothing.

    Parameters
    ----------
    depth : int
        L >= 2.
    width : int
        The largest of all dimensions d_0, ..., d_L.
    gain : exact number
        As above; 1 for LeCun's initialisation (sigma_i² = 1/d_i, alpha = 1) and |X|_F = |Y|_F.
    failure : exact number
        In (0, 1); the paper has 0.1.
    """
    g, wrong = exact(gain, "gain"), exact(failure, "failure")
    if depth < 2 or width < 1 or g <= 0 or not 0 < wrong < 1:
        raise InputError("depth", "wants depth >= 2, width >= 1, gain > 0, 0 < failure < 1")
    best: NarrowBound | None = None
    with precision(BITS):
        shrink = mean_root(width)
        for share in _SHARES:
            reach = share * Fraction(1, 5) / width**2
            factor = shrink + ball(reach * width)
            spent = ball(g) * width * factor**depth / ball(WINDOW)
            left = ball(wrong) - spent
            if not left > 0:
                continue
            layers = depth * width**2 * factor ** (depth - 1)
            distance = (ball(reach) * left / (ball(RESIDUAL) * layers)).lower()
            if best is None or distance > best.distance:
                best = NarrowBound(depth, width, reach, distance, wrong)
    return best


def first_depth(
    width: int, gain: Exact = 1, failure: Exact = "1/10", distance: Exact | None = None
) -> int:
    """Return the least depth at which the theorem says anything (or reaches a distance).

    Parameters
    ----------
    width, gain, failure
        As in :func:`narrow_bound`.
    distance : exact number, optional
        Ask for at least this many iterations times pace; 1 means that unit-pace training (a step
        as large as the weights' own scale) keeps the window for an iteration.
    """
    wanted = None if distance is None else exact(distance, "distance")

    def says(depth: int) -> bool:
        found = narrow_bound(depth, width, gain, failure)
        if found is None:
            return False
        return wanted is None or at_most(ball(wanted), found.distance) is True

    high = 2
    while not says(high):
        high *= 2
        if high > MAX_DEPTH:
            raise InputError("width", f"no depth up to {MAX_DEPTH} suffices")
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if says(middle) else (middle, high)
    return high


def pieces(weights: Sequence[arb_mat], reach: Fraction) -> tuple[arb, list[arb]]:
    """Bound S and all S_i of one start from above, by recursion over the last cut.

    Parameters
    ----------
    weights : list of arb_mat
        A_1, ..., A_L (normalised).
    reach : Fraction
        rho.

    Returns
    -------
    whole : arb
        S.
    without : list of arb
        S_1, ..., S_L.
    """
    with precision(BITS):
        rho, depth = ball(reach), len(weights)
        prefix = _prefix(weights, rho)
        flipped = [w.transpose() for w in reversed(weights)]
        suffix = _prefix(flipped, rho)[::-1]
        return prefix[depth], [prefix[i] * suffix[i + 1] for i in range(depth)]


def _prefix(weights: Sequence[arb_mat], rho: arb) -> list[arb]:
    """Entry k: the sum over all cuts of the first k layers."""
    norms = [
        [spectral_upper(product(weights, j, i)) for j in range(i, len(weights) + 1)]
        for i in range(1, len(weights) + 1)
    ]
    totals = [arb(1)]
    for k in range(1, len(weights) + 1):
        whole = norms[0][k - 1]
        for cut in range(1, k + 1):  # the last cut; above it an intact piece or nothing
            above = arb(1) if cut == k else norms[cut][k - cut - 1]
            whole += totals[cut - 1] * rho * above
        totals.append(whole.upper())
    return totals


def instance_bound(
    weights: Sequence[arb_mat], gain: Exact, reaches: Sequence[Fraction] = ()
) -> tuple[Fraction, arb] | None:
    """Evaluate the deterministic half for one start: its own reach and distance, no probability.

    Parameters
    ----------
    weights : list of arb_mat
        A_1, ..., A_L.
    gain : exact number
    reaches : sequence of Fraction, optional
        Distances rho to try.
    """
    best: tuple[Fraction, arb] | None = None
    width = max(max(w.nrows(), w.ncols()) for w in weights)
    for reach in reaches or [Fraction(1, 5 * width**2 * k) for k in (1, 2, 4, 8, 16)]:
        whole, without = pieces(weights, reach)
        with precision(BITS):
            if at_most(ball(exact(gain, "gain")) * whole, ball(WINDOW)) is not True:
                continue
            steepest = without[0]
            for other in without[1:]:
                steepest = steepest.max(other)
            distance = (ball(reach) / (ball(RESIDUAL) * steepest)).lower()
        if best is None or distance > best[1]:
            best = reach, distance
    return best


def normalised_layers(widths: Sequence[int], random: np.random.Generator) -> list[Array]:
    """Draw A_1, ..., A_L with entries N(0, 1/d_i)."""
    return [
        random.standard_normal((rows, columns)) / rows**0.5
        for rows, columns in zip(widths[1:], widths, strict=False)
    ]


def main() -> None:
    """Print from which depth on the theorem says something, and how much.

    Usage: ``python -m numerics.papers.hu_xiao_pennington2020.theorem_5_1``.
    """
    from rich.console import Console
    from rich.progress import track
    from rich.table import Table

    shown = Table(title="Least depth at which the loss provably stays in (0.4, 0.6) |Y|²")
    for heading in ("width", "at all", "1 step", "10^6 steps", "10^12 steps"):
        shown.add_column(heading, justify="right")
    console = Console(stderr=True)
    for width in track((1, 2, 5, 10, 25, 50), "searching", console=console, transient=True):
        depths = [first_depth(width, distance=n) for n in (None, 1, 10**6, 10**12)]
        shown.add_row(str(width), *map(str, depths))
    output = Console()
    output.print(shown)
    output.print("of unit pace, gain 1, with probability 0.9", highlight=False)


if __name__ == "__main__":
    main()
