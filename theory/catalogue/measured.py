"""Claims that runs support: relations between measured quantities, checked at each measurement."""

from __future__ import annotations

from dataclasses import replace

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
    {"low": "measured", "exponent": "measured", "high": "measured"},
    "low >= rate",
    constants={"rate": "1/4"},
    scope="growth per layer of the median of ln N over depths 6 to 26, f = (p+1)**2/2, step 1/20, "
    "N(0, 1) weights: fit and 95 % bootstrap interval; illustrates Shamir 2019, Theorem 2 (in the "
    "limit the exponent is (gamma + ln 2)/2 = 0.635...)",
)
_EXPONENTIAL_NEAR = replace(
    _EXPONENTIAL.with_constants(rate="1/10"),
    scope="growth per layer of the median of ln N over depths 6 to 26, f = (p+1)**2/2, step 1/20, "
    "weights 1 + 0.2 N(0, 1), which Shamir's Assumption 3 does not allow: fit and 95 % bootstrap "
    "interval",
)
_MEDIANS = statement(
    {"median": "measured", "median_bound": "measured"},
    "median >= factor*median_bound",
    constants={"factor": 1},
    scope="median escape time against the median of the proved box bound, depths 6 to 26, "
    "f = (p+1)**2/2, step 1/20, N(0, 1) weights",
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
        "counts-above-box-gaussian",
        "Gaussian starts: the median count exceeds the median box bound at every depth",
        _OWN,
        _MEDIANS,
        _MEDIANS.with_constants(factor=12),
    ),
    Claim(
        "exponential-growth-gaussian",
        "Gaussian starts: escape times grow exponentially with depth, 6 to 26",
        _OWN,
        _EXPONENTIAL,
        _EXPONENTIAL.with_constants(rate="2/5"),
    ),
    Claim(
        "exponential-growth-near-identity",
        "Weights 1 + 0.2 N(0, 1): escape times grow exponentially with depth, 6 to 26",
        _OWN,
        _EXPONENTIAL_NEAR,
        _EXPONENTIAL_NEAR.with_constants(rate="3/10"),
    ),
)
