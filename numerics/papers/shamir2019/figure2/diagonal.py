"""The diagonal case of the experiment: d scalar problems, counted rigorously.

If every W_i is diagonal, so are all products and gradients, and entry a of the diagonal evolves as
k scalar weights with f = (p + 1)**2/2; F is the sum of the d scalar objectives. So F < 0.1 happens
no sooner than the slowest entry is below 0.1; and no later than all have been below 0.1/d, if their
objectives fall monotonically (they do while eta sum q_i**2 <= 1). For d = 1 the two agree and the
count is that of the experiment itself.

Diagonals are drawn by the laws of d = 1: N(0, 1); 1 + N(0, 1/k); 1 + N(0, 1/k**2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from numerics.escape import escape
from numerics.loss import SHAMIR, Loss
from numerics.papers.shamir2019.figure2.chain import Trial
from numerics.reduced_bounds import two_sided
from theory.errors import InputError

EXACT_STEP = Fraction(1, 1000)
THRESHOLD = Fraction(1, 10)
_LEVEL = Fraction(-1, 2)


@dataclass(frozen=True)
class DiagonalCount:
    """Bounds on the number of iterations until F < 0.1, rigorous as this module's docstring says.

    Attributes
    ----------
    lower, upper : int and int or None
        ``upper`` is None if some entry never gets there, or no bound was found.
    slowest : int
        Which entry of the diagonal takes longest.
    """

    lower: int
    upper: int | None
    slowest: int


def scalar_start(trial: Trial) -> tuple[Fraction, ...]:
    """Return the weights of a trial with d = 1, exactly the doubles drawn.

    Raises
    ------
    InputError
        If d is not 1.
    """
    if trial.size != 1:
        raise InputError("size", "scalar weights are the case d = 1")
    return tuple(Fraction(float(w)) for w in trial.start().ravel())


def diagonal_count(trials: Sequence[Trial]) -> DiagonalCount:
    """Count for the diagonal matrices whose entries are the given trials with d = 1.

    Parameters
    ----------
    trials : sequence of Trial
        Of size 1, as many as the matrices have rows; a single one is the experiment with d = 1.

    Returns
    -------
    DiagonalCount
    """
    starts = [scalar_start(t) for t in trials]
    slowest = max(range(len(starts)), key=lambda a: _rough(starts[a]))
    lower = escape(SHAMIR, starts[slowest], EXACT_STEP, f"f < {THRESHOLD}").lower
    uppers = []
    for start in starts:
        found = escape(SHAMIR, start, EXACT_STEP, f"f < {THRESHOLD / len(starts)}")
        if found.upper is None:
            return DiagonalCount(lower, None, slowest)
        uppers.append(found.upper)
    return DiagonalCount(lower, max(uppers), slowest)


def _rough(start: Sequence[Fraction]) -> int:
    """Bound the count of one entry from below, to find the slowest."""
    try:
        return two_sided(Loss.of(SHAMIR), start, EXACT_STEP, _LEVEL, 0.5, 16).lower
    except InputError:
        return 0
