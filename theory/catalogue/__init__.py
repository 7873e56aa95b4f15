"""The catalogue: every claim the project makes, each with its source and its false twin."""

from __future__ import annotations

from theory.catalogue import (
    arora,
    arora_runs,
    arora_starts,
    balancedness,
    counting,
    du_hu,
    dynamics,
    hu_xiao_pennington,
    matrix_dynamics,
    measured,
    nguyen_mondelli,
    shamir,
    wide_measured,
    wu_wang_ma,
)
from theory.claims import Claim

MODULES = (
    dynamics,
    matrix_dynamics,
    balancedness,
    counting,
    shamir,
    arora,
    arora_starts,
    nguyen_mondelli,
    wu_wang_ma,
    du_hu,
    hu_xiao_pennington,
    wide_measured,
    arora_runs,
    measured,
)
CLAIMS: tuple[Claim, ...] = tuple(claim for module in MODULES for claim in module.CLAIMS)
