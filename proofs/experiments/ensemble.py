"""Fast floating-point escape times against certified counts of the same starts.

Claims: ``ensemble-gaussian``, ``ensemble-uniform``, ``ensemble-near-identity``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from numerics.ensemble import Ensemble, ensemble
from numerics.escape import escape
from numerics.floating import escape_counts
from numerics.loss import Loss
from numerics.starts import draw_array, generator
from proofs.evidence.verdicts import Kind
from proofs.experiments import Measurement, Point, Profile
from theory.dynamics.stopping import parse_stop

LOSS, STEP, UNTIL = "(p+1)**2/2", "1/50", "abs(p+1) <= 1/2"
_DEPTHS = {
    "gaussian": (6, 8, 10, 14, 20, 50, 100),
    "uniform": (6, 8, 10, 14, 20, 50, 100),
    "near-identity:0.2": (6, 8, 10, 12, 16),
}
_QUICK = frozenset({6, 10, 16, 20, 100})
_STARTS, _MAX_STEPS = 400, 20_000
_SHALLOW, _WALK = (6, 8, 10), 2_000


@lru_cache(maxsize=8)
def accuracy(init: str, profile: Profile) -> Sequence[Point]:
    """Estimate an ensemble at some depths, and count a random sample of it exactly.

    At the shallow depths also those starts where steps in doubles say that the estimate is worst.

    Starts whose every step was taken are left out, as there is nothing to estimate. One that the
    estimate does not see arrive, though the count is certified, counts as an estimate of 0.
    """
    points = []
    for depth in _DEPTHS[init] if profile == "full" else sorted(_QUICK & {*_DEPTHS[init]}):
        random = generator(7_000 + depth)
        weights = draw_array(init, (_STARTS, depth), random)
        found = ensemble(LOSS, weights, STEP, UNTIL)
        jumped = np.flatnonzero(~found.direct)
        size = min(len(jumped), 2 if profile == "quick" else 40)
        chosen = random.choice(jumped, size, replace=False).tolist()
        if depth in _SHALLOW:
            chosen += _worst(found, weights)
        for i in chosen:
            exact = [Fraction(float(w)) for w in weights[i]]
            counted = escape(LOSS, exact, STEP, UNTIL, max_steps=_MAX_STEPS)
            if counted.count is None:
                continue
            estimate = float(found.steps[i]) if found.reached[i] else 0.0
            named = {
                "estimate": Fraction(estimate),
                "error": Fraction(float(found.error[i])) * Fraction(estimate),
                "count": Fraction(counted.count),
            }
            points.append(named)
    return points


def _worst(found: Ensemble, weights: NDArray[np.float64]) -> list[int]:
    """The start whose estimate is farthest from its steps, taken in doubles, if any is off."""
    rows = np.flatnonzero(~found.direct & found.reached & (found.steps < _WALK))
    steps, reached = escape_counts(
        Loss.of(LOSS), weights[rows], Fraction(STEP), parse_stop(UNTIL), _WALK
    )
    off = np.where(reached, np.abs(steps - found.steps[rows]), 0.0)
    return [int(rows[off.argmax()])] if off.max(initial=0.0) > 0 else []


MEASUREMENTS = {
    "ensemble-gaussian": Measurement(Kind.STATISTICS, partial(accuracy, "gaussian")),
    "ensemble-uniform": Measurement(Kind.STATISTICS, partial(accuracy, "uniform")),
    "ensemble-near-identity": Measurement(Kind.STATISTICS, partial(accuracy, "near-identity:0.2")),
}
