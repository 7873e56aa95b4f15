"""The catalogue: every claim the project makes, each with its source and its false twin."""

from __future__ import annotations

from theory.catalogue import balancedness, counting, dynamics, matrix_dynamics, measured, shamir
from theory.claims import Claim

CLAIMS: tuple[Claim, ...] = (
    *dynamics.CLAIMS,
    *balancedness.CLAIMS,
    *shamir.CLAIMS,
    *counting.CLAIMS,
    *matrix_dynamics.CLAIMS,
    *measured.CLAIMS,
)
