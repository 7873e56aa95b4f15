"""Identity starts on runs: bounds in ball arithmetic, how far constants can go, counts."""

from __future__ import annotations

from dataclasses import replace

from theory.claims import Claim, Source, Statement, statement

_LEMMA_6 = Source("bartlett-helmbold-long2018", "Lemma 6", "restated")
_PD = Source("bartlett-helmbold-long2018", "Theorem 3", "memory")
_FAILURE = Source("bartlett-helmbold-long2018", "Theorem 4", "memory")
_NEAR = Source("bartlett-helmbold-long2018", "Theorem 1, explicit version", "re-derived")
_OWN = Source("lemmata", "identity, radius 1/2", "re-derived")


_BOUND = statement(
    {"loss": "measured", "bound": "measured"},
    "loss <= factor*bound",
    constants={"factor": 1},
    scope="exactly symmetric positive definite targets, eta = 1/(L Lambda^2): R(t) in ball "
    "arithmetic against (1 - eta L mu^(2-2/L))^(2t) R(0), every step",
)
_NEAR_BOUND = replace(
    _BOUND,
    scope="targets at distance 1/10 from the identity, eta = exp(-2/3)/L: R(t) in ball arithmetic "
    "against (1 - (5/6) exp(-2/3) eta L)^(2t) R(0), every step",
)
_RADIUS_BOUND = replace(
    _BOUND,
    scope="targets at distances 2/5 to 499/1000 from the identity, symmetric, skew, sheared, "
    "any, eta = 1/(7L): R(t) in ball arithmetic against the better of both rates, every step "
    "until R has fallen a thousandfold",
)
_FRONTIER = statement(
    {"proved": "measured", "refuted": "measured"},
    "refuted <= gap*proved",
    constants={"gap": 6},
    scope="radius 1/10 at eta = exp(-2/3)/L with the rate as stated: ball trajectories of 1 x 1 "
    "targets violate it at the radius refuted; depths 2 to 20",
)
_STEP_FRONTIER = replace(
    _FRONTIER.with_constants(gap=3),
    scope="step size exp(-2/3)/L at radius 1/10 with the rate as stated: trajectories of 1 x 1 "
    "targets violate it at the step size refuted; depths 2 to 20",
)
_COUNTS = statement(
    {"lower": "measured", "upper": "measured", "brute": "measured"},
    "(brute - lower)*(upper - brute) >= slack",
    constants={"slack": 0},
    scope="steps from the identity to a given loss, symmetric targets: count from the eigenvalues "
    "against ball trajectories of the full matrices",
)
_FAILS = statement(
    {"loss": "measured", "bound": "measured"},
    "loss >= factor*bound",
    constants={"factor": 1},
    scope="targets with an eigenvalue -mu: lower end of R(t) in ball arithmetic against mu^2/2",
)


def _claim(name: str, title: str, source: Source, made: Statement, mutant: Statement) -> Claim:
    return Claim(f"bartlett-{name}", title, source, made, mutant)


CLAIMS = (
    _claim(
        "rate-verified",
        "positive definite targets: the bound in ball arithmetic, every step",
        _PD,
        _BOUND,
        _BOUND.with_constants(factor="0.5"),
    ),
    _claim(
        "near-verified",
        "targets at distance 1/10: the bound in ball arithmetic, every step",
        _NEAR,
        _NEAR_BOUND,
        _NEAR_BOUND.with_constants(factor="0.3"),
    ),
    _claim(
        "radius-verified",
        "targets at distance below 1/2: our bound in ball arithmetic, every step",
        _OWN,
        _RADIUS_BOUND,
        _RADIUS_BOUND.with_constants(factor="0.7"),
    ),
    _claim(
        "near-radius",
        "with the rate as stated the radius 1/10 cannot become six times larger",
        _NEAR,
        _FRONTIER,
        _FRONTIER.with_constants(gap=4),
    ),
    _claim(
        "near-step",
        "with the rate as stated the step size cannot become three times larger",
        _NEAR,
        _STEP_FRONTIER,
        _STEP_FRONTIER.with_constants(gap=2),
    ),
    _claim(
        "counts",
        "counts from eigenvalues agree with trajectories of the full matrices",
        _LEMMA_6,
        _COUNTS,
        _COUNTS.with_constants(slack=1),
    ),
    _claim(
        "failure-verified",
        "a negative eigenvalue: the loss stays above mu^2/2, in ball arithmetic",
        _FAILURE,
        _FAILS,
        _FAILS.with_constants(factor="1.5"),
    ),
)
