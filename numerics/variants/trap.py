"""Weight decay keeps small products small for ever.

**Theorem (decay trap).** Let a_i >= |w_i| > = 0, A = prod a_i, G >= |f'(p)| for all |p| <= A, and
lambda a_i**2 >= G A for all i. If eta lambda <= 1 for this and every later step, all later iterates
satisfy |w_i| <= a_i, hence |p| <= A. Clipping does not change that.

Proof: |w_i+| <= (1 - eta lambda) |w_i| + eta G prod over j != i of a_j <= a_i - eta (lambda a_i -
G A/a_i) <= a_i. A clipped gradient is a multiple of the gradient by a number in [0, 1].

The box is chosen as a_i = max(|w_i|, s) with one s: the least that a short search finds.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb

from numerics.balls import ball, precision
from numerics.conditions import atom_holds
from numerics.invariant import Invariant
from numerics.problem import Problem
from numerics.variants.variant import Variant
from theory.dynamics.stopping import StopCondition, excluded

_BITS = 96
_CELLS = 16
# Six digits, to the nearest, of so much more are not below the number itself.
_ROUNDED = arb("1.00001")


def decay_trap(problem: Problem, variant: Variant, weights: Sequence[arb]) -> Invariant | None:
    """Look for a box that holds all later iterates and leaves the target out."""
    if not variant.decay or variant.momentum or variant.anchor:
        return None
    with precision(_BITS):
        sizes = [abs(w).upper() for w in weights]
        if not all(x.is_finite() for x in sizes):
            return None
        shrink = ball(variant.decay)
        for exponent in range(-40, 3):
            least = arb(2) ** exponent
            box = [x.max(least).upper() for x in sizes]
            product = arb(1)
            for a in box:
                product = (product * a).upper()
            if not product.is_finite():
                return None
            cells = _cells(product)
            slopes = [problem.loss.slope("arb")(cell) for cell in cells]
            if not all(slope.is_finite() for slope in slopes):
                continue
            steepest = arb(0)
            for slope in slopes:
                steepest = steepest.max(abs(slope).upper())
            smallest = sizes[0].max(least)
            for x in sizes:
                smallest = smallest.min(x.max(least))
            if not shrink * smallest * smallest >= steepest * product:
                continue
            if excluded(problem.until, lambda atom: _out(problem, atom, cells)):  # noqa: B023
                said = (product * _ROUNDED).str(6, radius=False)
                return Invariant("decay trap", f"weight decay keeps |p| below {said} from here on")
    return None


def _cells(product: arb) -> list[arb]:
    """Cover [-A, A]."""
    half = product / _CELLS
    return [half * (2 * i + 1 - _CELLS) + arb(0, half.abs_upper()) for i in range(_CELLS)]


def _out(problem: Problem, atom: StopCondition, cells: Sequence[arb]) -> bool:
    if atom.quantity not in ("p", "f", "pg"):
        return False
    return all(atom_holds(problem.loss, atom, cell, list) is False for cell in cells)
