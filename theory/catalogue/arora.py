"""Arora, Cohen, Golowich, Hu (ICLR 2019): balanced layers, a deficiency margin, linear convergence.

The displayed formulas of the paper were reconstructed, so each claim's source says how sure its
form is; what is re-derived is proved in proofs/written/balanced-convergence.md, of which these
claims are the steps. There f = |Phi|_F, c the margin, N the depth, q = f^(2 - 2/N) and k = c^(2 -
2/N), so that c <= f and k <= q; with these names every condition is rational.
"""

from __future__ import annotations

from theory.claims import Claim, Source, Statement, statement


def derived(where: str, memory: bool = False) -> Source:
    """The paper's statement in a form found again here; the numbers perhaps from memory only."""
    return Source("arora-cohen-golowich-hu2019", where, "memory" if memory else "re-derived")


def read(where: str) -> Source:
    """A statement whose wording or numbers were read in the paper."""
    return Source("arora-cohen-golowich-hu2019", where, "read")


OWN = Source("lemmata", "balanced convergence", "re-derived")


def claim(
    name: str,
    title: str,
    source: Source,
    made: Statement,
    mutant: Statement | None = None,
    **c: str,
) -> Claim:
    """A claim whose mutant is given, or replaces constants."""
    return Claim(f"arora-{name}", title, source, made, mutant or made.with_constants(**c))


# --- margin ---

_CLAIM_1 = statement(
    {
        "s_phi": "positive",
        "s_after": "real",
        "before": "nonnegative",
        "after": "nonnegative",
        "c": "positive",
    },
    "s_after >= share*c",
    constants={"share": 1},
    hypotheses={
        "weyl": "s_phi - s_after <= after",
        "margin": "before <= s_phi - c",
        "closer": "after <= before",
    },
    scope="s = smallest singular values of Phi and W', distances |W - Phi|_F and |W' - Phi|_F; "
    "weyl: singular values are 1-Lipschitz in the spectral norm",
    witness={"s_phi": 1, "s_after": 1, "before": 0, "after": 0, "c": 1},
)
_IDENTITY_INIT = statement(
    {"s_phi": "real", "distance": "nonnegative", "c": "real"},
    "distance <= s_phi - c",
    definitions={"margin": "share*(1 - 2*distance)"},
    constants={"share": 1},
    hypotheses={
        "weyl": "1 - s_phi <= distance",
        "near": "distance < 1/2",
        "c": "c <= margin",
    },
    scope="W_j(0) = I, distance = |Phi - I|_F: the margin is at least 1 - 2 distance > 0",
    witness={"s_phi": "3/4", "distance": "1/4", "c": "1/2"},
)

# --- products of nearly balanced layers (Lemmas 5 and 6) ---

_COUNT = statement(
    {"m": "positive"},
    "m*(m - 1)/2 <= factor*m**2",
    constants={"factor": "3/2"},
    scope="sum of m - i over i < m: |W_{m:1}^T W_{m:1} - (W_1^T W_1)^m| <= nu M^(2(m-1)) m(m-1)/2",
)
_ROOT = statement(
    {"x": "positive"},
    "exp(x*log(2)) - exp(x*log(5/4)) >= rate*x",
    constants={"rate": "1/30"},
    hypotheses={"depth": "x <= 1/2"},
    scope="x = 1/N, every depth N >= 2",
    witness={"x": "1/2"},
)
_ROOT_SHARP = _ROOT.with_constants(rate="0.47")
_POWER = statement(
    {"a": "positive", "b": "positive", "A": "positive", "B": "positive", "theta": "nonnegative"},
    "b*A >= share*(1 - theta)*b*B",
    constants={"share": 1},
    hypotheses={"whole": "a*A >= (1 - theta)*b*B", "smaller": "a <= b"},
    scope="a = sigma_min(W_1)^2, b = sigma_min(W_{1:N})^(2/N), A = a^(N-1), B = b^(N-1)",
    witness={"a": 1, "b": 1, "A": 1, "B": 1, "theta": 0},
)
_NORM = statement(
    {"C": "positive", "power": "positive", "x": "nonnegative"},
    "power <= double*C",
    constants={"double": 2},
    hypotheses={
        "product": "power*(1 - 3/2*x) <= C",
        "balance": "x <= 1/3",
    },
    scope="Lemma 6 with room: C = |W_{1:N}|^2, power = max_j |W_j|^(2N), x = N^2 nu/max_j |W_j|^2; "
    "the paper asks x <= 1/30",
    witness={"C": 1, "power": 1, "x": 0},
)


def _telescope(power: int) -> Statement:
    """(A + D)^p - A^p in terms of D: each replacement of one layer in Lemma 5."""
    terms = " + ".join(f"(A + D)**{power - 1 - i}*D*A**{i}" for i in range(power))
    return statement(
        {"A": "matrix", "D": "matrix"},
        f"(A + D)**{power} - A**{power} == {terms}",
        scope=f"A = W_i W_i^T, A + D = W_(i+1)^T W_(i+1), power {power}",
    )


def _swap(power: int) -> Statement:
    return statement(
        {"V": "matrix"},
        f"T(V)*(V*T(V))**{power}*V == (T(V)*V)**{power + 1}",
        scope=f"Lemma 5, power {power}",
    )


# --- one step (Lemma 7, Lemma 1) ---

_TAIL = statement(
    {"y": "nonnegative"},
    "exp(y) - 1 - y <= coefficient*y**2",
    constants={"coefficient": 1},
    hypotheses={"half": "y <= 1/2"},
    scope="y = N eta M^(N-2) |W - Phi|: the terms of W_{1:N}(t+1) from the second order on",
    witness={"y": "1/2"},
)


def _contraction(share: str, largest: str) -> Statement:
    return statement(
        {"x": "nonnegative"},
        "(1 - share*x)**2 <= 1 - x",
        constants={"share": share},
        hypotheses={"small": f"x <= {largest}"},
        scope="x = eta sigma_min(W_{1:N})^(2 - 2/N): the distance contracts by 1 - share x, "
        "the loss therefore by 1 - x",
        witness={"x": largest},
    )


_RATE = _contraction("185/192", "1/4")
_RATE_OWN = _contraction("0.57", "1/480")
_RATE_ZERO = _contraction("0.543", "1/240")
_RATE_SHARP = statement(
    {"x": "nonnegative"},
    "(1 - 185/192*x)**2 <= 1 - 2*coefficient*x",
    constants={"coefficient": "0.96"},
    hypotheses={"small": "x <= 1/1000"},
    scope="Lemma 1 with 0.96 for 1/2; above 1 it fails on the exact instance W_1 = (1, 0), "
    "W_2 = 1, Phi = (1, 1/100)",
    witness={"x": "1/1000"},
)

CLAIMS = (
    claim(
        "claim-1-weyl",
        "Weyl's inequality and the margin, added up",
        derived("Claim 1"),
        _CLAIM_1,
        share="1.01",
    ),
    claim(
        "identity-margin",
        "identity initialisation has margin 1 - 2 |Phi - I|_F",
        read("after Definition 2"),
        _IDENTITY_INIT,
        share="1.01",
    ),
    *(
        claim(
            f"lemma-5-power-{p}",
            f"(A + D)^{p} - A^{p} is a sum of {p} products with one D",
            derived("Lemma 5"),
            _telescope(p),
            _telescope(p).but(str(_telescope(p).conclusion).replace("*D*", "*D*D*")),
        )
        for p in (2, 3, 4)
    ),
    *(
        claim(
            f"lemma-5-swap-{p}",
            "V^T (V V^T)^p V = (V^T V)^(p+1)",
            derived("Lemma 5"),
            _swap(p),
            _swap(p).but(f"T(V)*(V*T(V))**{p}*V == (V*T(V))**{p + 1}"),
        )
        for p in (1, 2, 3)
    ),
    claim(
        "lemma-5-count",
        "the number of replacements is at most 3/2 m^2 (1/2 suffices)",
        derived("Lemma 5"),
        _COUNT,
        factor="0.49",
    ),
    claim(
        "lemma-5-power",
        "sigma_min(W_1)^(2(N-1)) from its N-th power",
        derived("Lemma 5"),
        _POWER,
        share="1.01",
    ),
    claim("lemma-6-root", "2^(1/N) - (5/4)^(1/N) >= 1/(30 N)", read("Lemma 6"), _ROOT, rate="0.48"),
    claim(
        "lemma-6-root-sharp",
        "the same with 0.47 for 1/30; ln(8/5) = 0.4700036 is best",
        OWN,
        _ROOT_SHARP,
        rate="0.4701",
    ),
    claim(
        "lemma-6-norms",
        "power (1 - 3x/2) <= C and x <= 1/3 give power <= 2 C",
        derived("Lemma 6"),
        _NORM,
        double="1.99",
    ),
    claim(
        "lemma-7-orders",
        "the terms from the second order on are at most (N eta M^(N-2) e)^2",
        derived("Lemma 7"),
        _TAIL,
        coefficient="0.59",
    ),
    claim(
        "lemma-7-sharp",
        "the same with 3/5",
        OWN,
        _TAIL.with_constants(coefficient="3/5"),
        coefficient="0.594",
    ),
    claim(
        "lemma-1-coefficient",
        "Lemma 1's coefficient 1/2: (1 - 185/192 x)^2 <= 1 - x",
        derived("Lemma 1"),
        _RATE,
        share="1/2",
    ),
    claim(
        "lemma-1-sharp",
        "Lemma 1 with the coefficient 0.96, under the paper's conditions",
        OWN,
        _RATE_SHARP,
        coefficient="0.97",
    ),
    claim("own-rate", "0.6 - 0.03 = 0.57 is enough for Lemma 1", OWN, _RATE_OWN, share="1/2"),
    claim(
        "own-rate-balanced",
        "0.6 - 0.057 = 0.543 is enough for Lemma 1",
        OWN,
        _RATE_ZERO,
        share="1/2",
    ),
)
