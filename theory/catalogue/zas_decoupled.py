"""Zero-asymmetric starts decouple into singular values: ``proofs/written/zas.md``, section 2.

W_1 = ... = W_{L-1} = V D V', W_L = U B V' for the target U F V', with diagonal D, B, F.
"""

from __future__ import annotations

from theory.claims import Claim, Source, Statement, statement

_OWN = Source("lemmata", "ZAS, decoupled", "re-derived")

_SINGULAR = {
    "W": "V*D*T(V)",
    "X": "U*B*T(V)",
    "E": "X*W*W - U*F*T(V)",
    "G_1": "T(X*W)*E",
    "G_2": "T(X)*E*T(W)",
    "G_3": "E*T(W*W)",
}


def _decoupled(conclusion: str) -> Statement:
    return statement(
        dict.fromkeys(("U", "V", "D", "B", "F"), "matrix"),
        conclusion,
        definitions=_SINGULAR,
        hypotheses={
            "left": "T(U)*U == I",
            "right": "T(V)*V == I",
            **{f"diagonal_{x}": f"T({x}) == {x}" for x in "DBF"},
            **{f"commute_{x}{y}": f"{x}*{y} == {y}*{x}" for x, y in ("DB", "DF", "BF")},
        },
        scope="depth 3, inner layers V D V', last layer U B V', target U F V', D, B, F diagonal: "
        "the gradients; so all layers stay of this form, one problem per singular value",
    )


_POWER = statement(
    {"n": "integer", "M": "positive"},
    "M**n <= 1 + c*n*(M - 1)*M**n/M",
    hypotheses={"depth": "n >= 1", "large": "M >= 1"},
    constants={"c": 1},
    scope="M^n (M - 1) = phi^2: M^n <= 1 + n phi^2/M, M the largest squared inner layer",
    witness={"n": 1, "M": 1},
)
_NO_OVERSHOOT = statement(
    {"e": "nonnegative", "z": "nonnegative", "T": "nonnegative"},
    "(1 - e + (limit - T - z)*e)*exp(T*e) <= 1",
    hypotheses={"unit": "e <= 1", "step": "T + z <= limit"},
    constants={"limit": 1},
    scope="every depth, p+/phi, e the error over phi: eta a^(2n) = limit - T - z and T = eta n "
    "phi^2/m, as (1 + eta e p/a^2)^n <= exp(T e)",
    witness={"e": 1, "z": 0, "T": "1/2"},
)


def _claim(name: str, title: str, source: Source, made: Statement, mutant: Statement) -> Claim:
    return Claim(f"zas-{name}", title, source, made, mutant)


CLAIMS = (
    *(
        _claim(f"decoupled-{name}", title, _OWN, _decoupled(good), _decoupled(bad))
        for name, title, good, bad in (
            (
                "equal",
                "depth 3: inner layers have equal gradients",
                "G_1 == G_2",
                "G_1 == G_3",
            ),
            (
                "inner",
                "depth 3: the gradient of an inner layer is diagonal in the target's basis",
                "G_2 == V*B*D*(B*D**2 - F)*T(V)",
                "G_2 == V*B*D**2*(B*D**2 - F)*T(V)",
            ),
            (
                "last",
                "depth 3: so is that of the last layer",
                "G_3 == U*(B*D**2 - F)*D**2*T(V)",
                "G_3 == U*(B*D**2 - F)*D*T(V)",
            ),
        )
    ),
    _claim("power", "M^n <= 1 + n (M - 1) M^(n-1)", _OWN, _POWER, _POWER.with_constants(c="0.9")),
    _claim(
        "no-overshoot",
        "(1 - e + A e) exp(T e) <= 1 while A + T <= 1",
        _OWN,
        _NO_OVERSHOOT,
        _NO_OVERSHOOT.with_constants(limit="1.01"),
    ),
)
