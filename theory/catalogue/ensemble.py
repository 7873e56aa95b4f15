"""The error model of the floating-point ensembles, checked against certified counts on samples."""

from __future__ import annotations

from dataclasses import replace

from theory.claims import Claim, Source, statement

_OWN = Source("lemmata", "measured", "re-derived")
_ERROR = statement(
    {"estimate": "measured", "error": "measured", "count": "measured"},
    "abs(estimate - count) <= share*error",
    constants={"share": 1},
    scope="escape time by the reduced coordinate in floating point, its stated error, and the "
    "certified count of the same start; f = (p+1)**2/2, step 1/50, stop |p+1| <= 1/2, N(0, 1) "
    "weights, depths 6 to 100",
)
_UNIFORM = replace(
    _ERROR, scope=_ERROR.scope.replace("N(0, 1) weights", "uniform weights of variance 1")
)
_NEAR = replace(
    _ERROR,
    scope=_ERROR.scope.replace("N(0, 1) weights, depths 6 to 100", "weights 1 + 0.2 N(0, 1), "
    "depths 6 to 16"),
)  # fmt: skip

CLAIMS = tuple(
    Claim(
        f"ensemble-{name}",
        f"{title}: fast floating-point escape times are as accurate as they say",
        _OWN,
        claimed,
        claimed.with_constants(share="1/200" if name == "gaussian" else "1/2"),
    )
    for name, title, claimed in (
        ("gaussian", "Gaussian starts", _ERROR),
        ("uniform", "Uniform starts", _UNIFORM),
        ("near-identity", "Near-identity starts", _NEAR),
    )
)
