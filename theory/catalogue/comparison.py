"""The seven systems on the same problems: what their rows must satisfy."""

from __future__ import annotations

from dataclasses import replace

from theory.claims import Claim, Source, statement

_OWN = Source("lemmata", "comparison", "re-derived")

_BOUNDS = statement(
    {"count": "measured", "bound": "measured"},
    "count <= factor*bound",
    constants={"factor": 1},
    scope="steps to |W_{L:1} - Phi|_F <= |Phi|_F/100 against the guarantee, all problems "
    "to which a theorem applies; certified, measured or estimated as `lemmata compare` says",
)
_LOWER = statement(
    {"count": "measured", "bound": "measured"},
    "count >= factor*bound",
    constants={"factor": 1},
    scope="certified steps of scalar nets from N(0, 1) against the box bound, negative targets",
)
_FAILS = statement(
    {"low": "measured", "share": "measured", "high": "measured"},
    "high <= most",
    constants={"most": "1/2"},
    scope="identity start, targets with a negative eigenvalue, whitened data or not: share of runs "
    "that arrive, with its 95 % interval (all fail, by bartlett-barrier-even)",
)
_GLOBAL = statement(
    {"low": "measured", "share": "measured", "high": "measured"},
    "low >= least",
    constants={"least": "1/2"},
    scope="ZAS and wide random starts, every kind of target and data: share of runs that arrive, "
    "with its 95 % interval",
)
_MARGIN = replace(
    _GLOBAL,
    scope="balanced starts with a deficiency margin, every kind of target, whitened data: share of "
    "runs that arrive, with its 95 % interval",
)

CLAIMS = (
    Claim(
        "comparison-bounds",
        "no count exceeds what its theorem guarantees",
        _OWN,
        _BOUNDS,
        _BOUNDS.with_constants(factor="1/2"),
    ),
    Claim(
        "comparison-lower-bounds",
        "no count of scalar nets is below its box bound",
        _OWN,
        _LOWER,
        _LOWER.with_constants(factor=15),
    ),
    Claim(
        "comparison-identity-fails",
        "a negative eigenvalue stops identity starts",
        _OWN,
        _FAILS,
        _FAILS.with_constants(most="1/3"),
    ),
    Claim(
        "comparison-global",
        "ZAS and wide random starts cope with every kind of target",
        _OWN,
        _GLOBAL,
        _GLOBAL.with_constants(least="7/10"),
    ),
    Claim(
        "comparison-margin",
        "balanced starts with a margin cope with every kind of target",
        _OWN,
        _MARGIN,
        _MARGIN.with_constants(least="7/10"),
    ),
)
