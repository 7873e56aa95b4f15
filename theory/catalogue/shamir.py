"""Shamir (COLT 2019): the lemmas with explicit constants that a certificate can carry."""

from __future__ import annotations

from theory.claims import Claim, Source, Statement, statement


def _lemma_1(law: str, bound: str) -> Statement:
    return statement(
        {"w": law},
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


# Depth 3: the gap is a sum of squares (g_i - g_j)**2 with these factors, each nonnegative.
_FACTOR = "(g_1*g_2 + g_1*g_3 + g_2*g_3)*{}**2 - a*(g_1 + g_2 + g_3)"
_SQUARES = {
    "F_1": _FACTOR.format("g_1"),
    "F_2": _FACTOR.format("g_2"),
    "F_3": _FACTOR.format("g_3"),
}
_DECOMPOSED = statement(
    {"g_1": "real", "g_2": "real", "g_3": "real", "a": "real"},
    "gap == a/2*((g_1 - g_2)**2*F_3 + (g_1 - g_3)**2*F_2 + (g_2 - g_3)**2*F_1)",
    {"gap": "(g_1*g_2*g_3 - a)**3 - (g_1**3 - a)*(g_2**3 - a)*(g_3**3 - a)", **_SQUARES},
    scope="depth 3: w_i = g_i**3, geometric mean g_1 g_2 g_3; the factors F are nonnegative by "
    "shamir-lemma-7-depth-3-factors",
)
_FACTORS = statement(
    {"b": "positive", "s_1": "nonnegative", "s_2": "nonnegative", "s_3": "nonnegative"},
    "F_3 >= least",
    {"g_1": "b + s_1", "g_2": "b + s_2", "g_3": "b + s_3", "a": "b**3", "F_3": _SQUARES["F_3"]},
    constants={"least": 0},
    scope="depth 3: a = b**3 and g_i >= b, which is w_i >= a; by symmetry F_1 and F_2 too",
)

_GAUSSIAN = _lemma_1("gaussian", "0.8")
_UNIFORM = _lemma_1("uniform", "0.9")
_TWO = _lemma_7(2)

CLAIMS = (
    Claim(
        "shamir-lemma-1-normal-mean",
        "E|w| < 0.8 for a standard normal weight",
        Source("shamir2019", "Lemma 1"),
        _GAUSSIAN,
        _GAUSSIAN.with_constants(a="0.797884"),
    ),
    Claim(
        "shamir-lemma-1-uniform-mean",
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
    Claim(
        "shamir-lemma-7-depth-3",
        "prod(w_i - a) <= (geometric mean - a)^k, k = 3: the gap as a sum of squares",
        Source("shamir2019", "Lemma 7"),
        _DECOMPOSED,
        _DECOMPOSED.but(
            "gap == a/2*((g_1 - g_2)**2*F_1 + (g_1 - g_3)**2*F_2 + (g_2 - g_3)**2*F_3)"
        ),
    ),
    Claim(
        "shamir-lemma-7-depth-3-factors",
        "The factors of that sum are nonnegative where all w_i >= a",
        Source("shamir2019", "Lemma 7"),
        _FACTORS,
        _FACTORS.with_constants(least="1/1000"),
    ),
)
