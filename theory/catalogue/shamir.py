"""Shamir (COLT 2019): the lemmas with explicit constants that a certificate can carry."""

from __future__ import annotations

from theory.claims import Claim, Source, Statement, statement


def _lemma_1(law: str, bound: str) -> Statement:
    return statement(
        {"w": law},  # type: ignore[dict-item]
        "E(abs(w)) < a",
        constants={"a": bound},
        scope=f"one {law} weight of mean 0 and variance 1",
    )


def _lemma_7(k: int) -> Statement:
    """Write w_i = g_i**k, so that the geometric mean is the polynomial prod g_i."""
    names = [f"g_{i}" for i in range(1, k + 1)]
    return statement(
        {**dict.fromkeys(names, "positive"), "a": "positive"},
        f"{'*'.join(f'({g}**{k} - a)' for g in names)} <= ({'*'.join(names)} - a)**{k}",
        hypotheses={f"above_{i}": f"{g}**{k} > a" for i, g in enumerate(names, 1)},
        scope=f"depth {k}: w_i = g_i**{k} > a, geometric mean prod g_i",
        witness={**dict.fromkeys(names, "2"), "a": 1},
    )


_GAUSSIAN = _lemma_1("gaussian", "0.8")
_UNIFORM = _lemma_1("uniform", "0.9")
_TWO = _lemma_7(2)

CLAIMS = (
    Claim(
        "shamir-lemma-1-gaussian",
        "E|w| < 0.8 for a standard normal weight",
        Source("shamir2019", "Lemma 1"),
        _GAUSSIAN,
        _GAUSSIAN.with_constants(a="0.797884"),
    ),
    Claim(
        "shamir-lemma-1-uniform",
        "E|w| < 0.9 for a uniform weight of unit variance",
        Source("shamir2019", "Lemma 1"),
        _UNIFORM,
        _UNIFORM.with_constants(a="0.866025"),
    ),
    Claim(
        "shamir-lemma-7-depth-2",
        "prod(w_i - a) <= (geometric mean - a)^k, k = 2",
        Source("shamir2019", "Lemma 7"),
        _TWO,
        _TWO.but(
            conclusion="(g_1**2 - a)*(g_2**2 - a) <= (g_1*g_2 - a)**2 - a*(g_1 - g_2)**2*1.01"
        ),
    ),
)
