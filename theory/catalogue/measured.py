"""Claims that runs support: relations between measured quantities, checked at each measurement."""

from __future__ import annotations

from theory.claims import Claim, Source, statement

_OWN = Source("lemmata", "measured", "re-derived")

_QUADRATURE = statement(
    {"quadrature": "measured", "integrated": "measured"},
    "abs(quadrature - integrated) <= tolerance*abs(integrated)",
    constants={"tolerance": "1e-12"},
    scope="time between two values of the coordinate: T = int dv/(-f'(v q) q) against the flow "
    "of all k weights, integrated with 30 digits",
)
_CLOSED_FORM = statement(
    {"formula": "measured", "integrated": "measured"},
    "abs(formula - integrated) <= tolerance*abs(integrated)",
    constants={"tolerance": "1e-15"},
    scope="a weight at a later time: closed form against the flow integrated with 30 digits",
)
_BOX = statement(
    {"count": "measured", "bound": "measured"},
    "count >= factor*bound",
    constants={"factor": 1},
    scope="escape time N against the box bound, rigorous counts on random starts and one tight one",
)
_EXPONENTIAL = statement(
    {"exponent": "measured", "box_exponent": "measured"},
    "exponent >= rate",
    constants={"rate": "1/4"},
    scope="growth per layer of the median of ln N, depths 6 to 26 (95 % bootstrap interval, lower "
    "end); beside it the growth of the median of the proved box bound",
)
_COUNTS = statement(
    {"lower": "measured", "upper": "measured", "brute": "measured"},
    "(brute - lower)*(upper - brute) >= slack",
    constants={"slack": 0},
    scope="certified count, lower <= N <= upper, against direct stepping in balls",
)

CLAIMS = (
    Claim(
        "reduced-flow-quadrature",
        "One quadrature gives the time of the flow of k weights",
        _OWN,
        _QUADRATURE,
        _QUADRATURE.but("abs(quadrature - 1.000001*integrated) <= tolerance*abs(integrated)"),
    ),
    Claim(
        "closed-form-two-layers",
        "k = 2, quadratic loss: the closed form of the flow",
        _OWN,
        _CLOSED_FORM,
        _CLOSED_FORM.but("abs(formula - 1.000001*integrated) <= tolerance*abs(integrated)"),
    ),
    Claim(
        "closed-form-balanced",
        "Balanced weights, linear loss: w(t)^(2-k) is linear in t",
        _OWN,
        _CLOSED_FORM,
        _CLOSED_FORM.but("abs(formula - 0.999999*integrated) <= tolerance*abs(integrated)"),
    ),
    Claim(
        "box-escape-bound",
        "No start leaves its box sooner than the box bound says",
        _OWN,
        _BOX,
        _BOX.with_constants(factor="1.1"),
    ),
    Claim(
        "certified-counts",
        "Certified escape counts enclose the counts of direct stepping",
        _OWN,
        _COUNTS,
        _COUNTS.with_constants(slack=1),
    ),
    Claim(
        "exponential-growth-gaussian",
        "Gaussian starts: escape times grow exponentially with depth",
        Source("shamir2019", "Theorem 2"),
        _EXPONENTIAL,
        _EXPONENTIAL.with_constants(rate=2),
    ),
    Claim(
        "exponential-growth-near-identity",
        "Near-identity starts: escape times grow exponentially with depth",
        Source("shamir2019", "Theorem 3"),
        _EXPONENTIAL.with_constants(rate="1/10"),
        _EXPONENTIAL.with_constants(rate=2),
    ),
)
