"""ZAS on runs: bounds in ball arithmetic, the largest step size, counts against other starts."""

from __future__ import annotations

from dataclasses import replace

from theory.claims import Claim, Source, Statement, statement

_GD = Source("wu-wang-ma2019", "discrete theorem", "restated")
_OWN = Source("lemmata", "ZAS, discrete", "re-derived")


_VERIFIED = statement(
    {"loss": "measured", "bound": "measured"},
    "loss <= factor*bound",
    constants={"factor": 1},
    scope="upper end of R(t) in ball arithmetic against (1 - eta/2)^t R(0), at every step, eta the "
    "largest step size of the paper",
)
_VERIFIED_OWN = replace(
    _VERIFIED,
    scope="upper end of R(t) in ball arithmetic against (1 - 3 eta/5)^t R(0), at every step, "
    "eta = 1/(1 + 16 (L-1) |Phi|_F^2)",
)
_BRACKET = statement(
    {"proved": "measured", "refuted": "measured"},
    "refuted <= gap*proved",
    constants={"gap": 24},
    scope="a step size at which a ball trajectory violates R(t) <= (1 - eta/2)^t R(0), against one "
    "that the proof covers for every target; |Phi|_F in {1/4, 1, 2}, depths 2 to 12",
)
_TUNED = statement(
    {"tuned": "measured", "closed": "measured"},
    "tuned >= factor*closed",
    constants={"factor": "13/10"},
    scope="the largest step size that the proof covers, its inequality decided in ball arithmetic, "
    "against 1/(1 + 16 (L-1) |Phi|_F^2); |Phi|_F in {1/4, 1, 4}, depths 2 to 1000",
)
_EXPONENT = statement(
    {"low": "measured", "exponent": "measured", "high": "measured"},
    "(low + power)*(high + power) <= slack",
    constants={"power": 1, "slack": "1/25"},
    scope="largest stable step ~ L^exponent for |Phi|_F = 1, depths 4 to 64, random targets: fit "
    "and 95 % bootstrap interval; -1 up to a logarithm, where the paper's range has -3",
)
_POLYNOMIAL = statement(
    {"count": "measured", "bound": "measured"},
    "count <= factor*bound",
    constants={"factor": 1},
    scope="certified steps from ZAS to |p + 1| <= 1/2, target -1, eta = 1/(1 + 16 (L-1)), against "
    "the theorem's ln 4/(-ln(1 - 3 eta/5)), which is linear in L",
)
_AGAINST = statement(
    {"low": "measured", "exponent": "measured", "high": "measured"},
    "low >= rate",
    constants={"rate": "1/10"},
    scope="growth per layer of ln(median N / N of ZAS), target -1, same step sizes, depths 3 to "
    "9 (full: 4 to 16), weights 1 + 0.1 N(0, 1): fit and 95 % bootstrap interval",
)
_AGAINST_XAVIER = replace(_AGAINST, scope=_AGAINST.scope.replace("1 + 0.1 N(0, 1)", "N(0, 1)"))


def _claim(name: str, title: str, source: Source, made: Statement, mutant: Statement) -> Claim:
    return Claim(f"zas-{name}", title, source, made, mutant)


CLAIMS = (
    _claim(
        "paper-range-verified",
        "the paper's bound, step by step in ball arithmetic",
        _GD,
        _VERIFIED,
        _VERIFIED.with_constants(factor="0.99"),
    ),
    _claim(
        "own-range-verified",
        "our bound at its largest step size, step by step in ball arithmetic",
        _OWN,
        _VERIFIED_OWN,
        _VERIFIED_OWN.with_constants(factor="0.9"),
    ),
    _claim(
        "largest-step",
        "no step size more than 24 times the largest proved one has the paper's bound",
        _OWN,
        _BRACKET,
        _BRACKET.with_constants(gap=1),
    ),
    _claim(
        "tuned-range",
        "the proof covers at least 1.3 times the closed form of the range",
        _OWN,
        _TUNED,
        _TUNED.with_constants(factor=64),
    ),
    _claim(
        "step-exponent",
        "the largest stable step falls like 1/L, not like L^-3",
        _OWN,
        _EXPONENT,
        _EXPONENT.with_constants(power=3),
    ),
    _claim(
        "polynomial",
        "target -1: certified counts from ZAS are at most linear in the depth",
        _GD,
        _POLYNOMIAL,
        _POLYNOMIAL.with_constants(factor="1/4"),
    ),
    _claim(
        "against-near-identity",
        "target -1: near-identity starts are exponentially slower than ZAS",
        _GD,
        _AGAINST,
        _AGAINST.with_constants(rate=2),
    ),
    _claim(
        "against-xavier",
        "target -1: Xavier starts are exponentially slower than ZAS",
        _GD,
        _AGAINST_XAVIER,
        _AGAINST_XAVIER.with_constants(rate=2),
    ),
)
