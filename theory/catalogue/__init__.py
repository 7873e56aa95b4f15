"""The catalogue: every claim the project makes, each with its source and its false twin."""

from __future__ import annotations

from theory.catalogue import (
    arora,
    arora_conditions,
    arora_depths,
    arora_runs,
    arora_starts,
    balancedness,
    bartlett,
    comparison,
    counting,
    du_hu,
    dynamics,
    ensemble,
    hu_xiao_pennington,
    matrix_dynamics,
    measured,
    nguyen_mondelli,
    shamir,
    shamir_identity,
    shamir_upper,
    shamir_xavier,
    wide_measured,
    wu_wang_ma,
    xavier_measured,
)
from theory.claims import Claim

MODULES = (
    dynamics,
    matrix_dynamics,
    balancedness,
    counting,
    shamir,
    shamir_xavier,
    shamir_identity,
    shamir_upper,
    arora,
    arora_conditions,
    arora_depths,
    arora_starts,
    nguyen_mondelli,
    wu_wang_ma,
    bartlett,
    comparison,
    du_hu,
    hu_xiao_pennington,
    wide_measured,
    arora_runs,
    measured,
    ensemble,
    xavier_measured,
)
CLAIMS: tuple[Claim, ...] = tuple(claim for module in MODULES for claim in module.CLAIMS)
