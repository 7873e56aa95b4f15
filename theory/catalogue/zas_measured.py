"""ZAS on runs: bounds in ball arithmetic, the largest step size, counts against other starts."""

from __future__ import annotations

from dataclasses import replace

from theory.claims import Claim, Source, Statement, statement

_GD = Source("wu-wang-ma2019", "discrete theorem", "restated")
_OWN = Source("lemmata", "ZAS, discrete", "re-derived")


_LIMITS = statement(
    {"loss": "measured", "bound": "measured"},
    "loss <= factor*bound",
    constants={"factor": 1},
    scope="upper end of R(t) in ball arithmetic against (1 - eta)^(2t) R(0), at every step until R "
    "has fallen a thousandfold, eta = 1/(1 + 2 (L-1) min(phi^2, phi^(2-2/L))); phi = |Phi|_2 from "
    "1/10 to 10, both signs, condition 1000, rank one, rotated, rectangular; depths 2 to 6",
)
_BRACKET = statement(
    {"proved": "measured", "refuted": "measured"},
    "refuted <= gap*proved",
    constants={"gap": 6},
    scope="a step size at which a ball trajectory violates R(t) <= (1 - eta/2)^t R(0), against the "
    "closed form of the theorem; phi = |Phi|_2 in {1/4, 1, 2, 10}, depths 2 to 5 (full: 8)",
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
    scope="certified steps from ZAS to |p + 1| <= 1/2, target -1, eta = 1/(1 + 2 (L-1)), against "
    "the theorem's ln 2/(-ln(1 - eta)), which is linear in L",
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
        "range-verified",
        "R(t) <= (1 - eta)^(2t) R(0) at the largest step, in balls: extreme targets",
        _OWN,
        _LIMITS,
        _LIMITS.with_constants(factor="0.99"),
    ),
    _claim(
        "largest-step",
        "1 x 1 targets: steps at most 6 times the proved ones break the paper's bound",
        _OWN,
        _BRACKET,
        _BRACKET.with_constants(gap=3),
    ),
    _claim(
        "step-exponent",
        "the largest stable step falls like 1/L, not like L^-2",
        _OWN,
        _EXPONENT,
        _EXPONENT.with_constants(power=2),
    ),
    _claim(
        "polynomial",
        "target -1: certified counts from ZAS are at most linear in the depth",
        _GD,
        _POLYNOMIAL,
        _POLYNOMIAL.with_constants(factor="1/2"),
    ),
    _claim(
        "against-near-identity",
        "target -1: near-identity starts are exponentially slower than ZAS",
        _GD,
        _AGAINST,
        _AGAINST.with_constants(rate="1/2"),
    ),
    _claim(
        "against-xavier",
        "target -1: Xavier starts are exponentially slower than ZAS",
        _GD,
        _AGAINST_XAVIER,
        _AGAINST_XAVIER.with_constants(rate="3/10"),
    ),
)
