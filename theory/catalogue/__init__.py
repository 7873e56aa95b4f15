"""The catalogue: every claim the project makes, each with its source and its false twin."""

from __future__ import annotations

from theory.catalogue import (
    balancedness,
    counting,
    dynamics,
    matrix_dynamics,
    measured,
    nguyen_mondelli,
    shamir,
    wu_wang_ma,
)
from theory.claims import Claim

MODULES = (
    dynamics,
    matrix_dynamics,
    balancedness,
    counting,
    shamir,
    nguyen_mondelli,
    wu_wang_ma,
    measured,
)
CLAIMS: tuple[Claim, ...] = tuple(claim for module in MODULES for claim in module.CLAIMS)
