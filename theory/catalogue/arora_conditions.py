"""The conditions of Arora et al.'s Theorem 1: what delta and eta must pay for, paper's and ours.

Every condition is rational in N, c2 = c^2, f2 = f^2, q = f^(2 - 2/N) and k = c^(2 - 2/N), where
c <= f and k <= q; see proofs/written/balanced-convergence.md.
"""

from __future__ import annotations

from theory.catalogue.arora import OWN, claim, derived
from theory.claims import Domain, Statement, statement

_SIZES: dict[str, Domain] = dict.fromkeys(("N", "c2", "f2", "q", "k"), "positive")
_POINT = {"N": 2, "c2": 1, "f2": 1, "q": 1, "k": 1}
_ORDER = {"margin": "c2 <= f2", "powers": "k <= q"}


def _drift(balance: int, drift: int, step: int, power: int) -> Statement:
    return statement(
        {**_SIZES, "eta": "positive"},
        f"drift*eta*q*f2*balance*N**{power}*q <= c2*k",
        constants={"balance": balance, "drift": drift, "step": step},
        hypotheses={"step": f"eta*step*N**{power}*f2*q**2 <= c2*k"},
        scope="total drift of W_{j+1}^T W_{j+1} - W_j W_j^T, at most drift eta q f^2/k, "
        f"against delta = c^2/(balance N^{power} q); c2 = c^2, f2 = f^2",
        witness={**_POINT, "eta": f"1/{step * 2**power}"},
    )


_BUDGET = _drift(256, 24, 6144, 3)
_BUDGET_OWN = _drift(40, 12, 480, 2)
_DRIFT_STEP = statement(
    {"q": "positive", "e": "positive", "eta": "positive"},
    "sqrt(2)*eta**2*(8*q*e**2) <= drift*eta**2*q*e**2",
    constants={"drift": 12},
    scope="one step: |G_{j+1}^T G_{j+1} - G_j G_j^T|_F <= sqrt(2) max |G_j|_F^2, "
    "|G_j|_F^2 <= 8 q |W - Phi|_F^2",
)


def _gram(balance: int, power: int, loss: str) -> Statement:
    """Both losses of Lemma 5 together: theta = 8 q nu N^2/2 of sigma^2, the same again of mu."""
    return statement(
        {"N": "positive", "c2": "positive", "q": "positive", "delta": "positive"},
        f"2*(2*delta)*(8*q)*N**2/2*N**{power - 2} <= loss*c2",
        constants={"loss": loss},
        hypotheses={"balanced": f"delta*{balance}*N**{power}*q <= c2"},
        scope=f"2 delta-balanced layers, delta = c^2/({balance} N^{power} q): the Gram operator is "
        f"at least 1 - loss/N^{power - 2} times mu = sigma_min(W_{{1:N}})^(2 - 2/N)",
        witness={"N": 2, "c2": 1, "q": 1, "delta": f"1/{balance * 2**power}"},
    )


_GRAM = _gram(256, 3, "1/16")
_GRAM_OWN = _gram(40, 2, "2/5")
_ROOT_EIGHT = statement(
    {},
    "3/5*8*sqrt(8) <= bound",
    constants={"bound": "13.6"},
    scope="the factor of N^2 eta q^2 in the higher orders: 3/5 from Lemma 7, layers below "
    "(8 f^2)^(1/2N)",
)


def _remainder(step: int, loss: str) -> Statement:
    return statement(
        {v: d for v, d in _SIZES.items() if v not in "Nq"} | {"z": "positive"},
        "13.6*z*f2 <= loss*k*f2",
        constants={"loss": loss},
        hypotheses={"margin": "c2 <= f2", "step": f"z*{step}*f2 <= c2*k"},
        scope="z = eta N^3 q^2 (6144) or eta N^2 q^2 (480): terms of second and higher order in "
        "eta, per eta |W - Phi|, against k <= mu (over N for 6144)",
        witness={"c2": 1, "f2": 1, "k": 1, "z": f"1/{step}"},
    )


_REMAINDER = _remainder(6144, "1/96")
_REMAINDER_OWN = _remainder(480, "0.03")
_REMAINDER_ZERO = _remainder(240, "0.057")
_STABLE = statement(
    {v: d for v, d in _SIZES.items() if v != "N"} | {"y": "positive"},
    "8*y*(f2*q) <= share*(f2*q)",
    constants={"share": "1/60"},
    hypotheses={**_ORDER, "step": "y*480*f2*q <= c2*k"},
    scope="y = eta N^2 q: eta lambda_max(P) <= 8 eta N q <= share/N, as lambda_max(P) is at most "
    "N M^(2(N-1))",
    witness={"c2": 1, "f2": 1, "q": 1, "k": 1, "y": "1/480"},
)

# --- section 5: delta <= c^(2/N)/(5 N^2), eta <= c^(2/N)/(24 N f^2); units c^(2/N) = 1 ---

_WIDER_BALANCE = statement(
    {},
    "1/balance + 1/(2*share*step) <= budget",
    constants={"balance": 5, "step": 24, "share": "7/10", "budget": "1/4"},
    scope="N B/c^(2/N) for B = N delta + eta^2 sum |grad|^2, as (share eta) sum |grad|^2 <= f^2/2",
)
_WIDER_NORMS = statement(
    {"x": "nonnegative"},
    "4*exp(x)*exp(2*(2*exp(x/2)/step)) <= most",
    hypotheses={"budget": "2*x <= 1"},
    constants={"step": 24, "most": "21/2"},
    scope="b_1^(2N-2)/q: Z^(N-1) <= 4 q, (1 + 2B/Z)^(N-1) <= exp(x), x = 2 (N-1) B/Z <= 1/2, and "
    "(1 + h)^(N-1) <= exp(2 exp(x/2)/step)",
    witness={"x": "1/2"},
)
_WIDER_ONCE = statement(
    {},
    "sqrt(most) <= once",
    constants={"most": "21/2", "once": "13/4"},
    scope="f b_1^(N-2) <= f^(1 - 1/N) b_1^(N-1) <= sqrt(most) q, as b_1 >= f^(1/N)",
)
_WIDER_DESCENT = statement(
    {},
    "1 - (most + once)/(2*step) >= share",
    constants={"most": "21/2", "once": "13/4", "step": 24, "share": "7/10"},
    scope="one step lowers the loss by share eta |grad|^2, as eta N q <= 1/step",
)
_WIDER_RATE = statement(
    {},
    "2*share*(1 - budget) >= rate",
    constants={"share": "7/10", "budget": "1/4", "rate": 1},
    scope="|grad|^2 >= (1 - budget) c^(2-2/N) 2 l: the loss falls by 1 - rate eta c^(2-2/N)",
)

CLAIMS = (
    claim(
        "wider-balance",
        "1/5 + 1/(2 (7/10) 24) <= 1/4: imbalance and drift together",
        OWN,
        _WIDER_BALANCE,
        balance="4.5",
    ),
    claim(
        "wider-norms",
        "products of N - 1 layers along a step: squared norm at most (21/2) f^(2-2/N)",
        OWN,
        _WIDER_NORMS,
        most="8",
    ),
    claim(
        "wider-norms-once",
        "sqrt(21/2) <= 13/4",
        OWN,
        _WIDER_ONCE,
        once="3.24",
    ),
    claim(
        "wider-descent",
        "1 - (21/2 + 13/4)/48 >= 7/10",
        OWN,
        _WIDER_DESCENT,
        step="22.9",
    ),
    claim(
        "wider-rate",
        "2 (7/10)(1 - 1/4) >= 1",
        OWN,
        _WIDER_RATE,
        rate="1.06",
    ),
    claim(
        "gram",
        "constants 256 N^3: the Gram operator keeps 1 - 1/(16 N) of mu",
        OWN,
        _GRAM,
        loss="1/17",
    ),
    claim(
        "remainder",
        "step 6144 N^3: higher orders cost at most mu/96",
        OWN,
        _REMAINDER,
        loss="1/1000",
    ),
    claim(
        "balance-budget",
        "256 * 24 = 6144: the total drift is at most delta",
        derived("Theorem 1", memory=True),
        _BUDGET,
        drift="25",
    ),
    claim(
        "drift", "a drift constant of 12 is enough (the paper: 24)", OWN, _DRIFT_STEP, drift="11"
    ),
    claim(
        "root-eight",
        "3/5 8 sqrt 8 <= 13.6",
        OWN,
        _ROOT_EIGHT,
        bound="13.5",
    ),
    claim(
        "own-gram",
        "constants 40 N^2: the Gram operator keeps 3/5 of mu",
        OWN,
        _GRAM_OWN,
        loss="0.39",
    ),
    claim("own-stable", "step 480 N^2: eta lambda_max(P) <= 1/(60 N)", OWN, _STABLE, share="1/61"),
    claim(
        "own-remainder",
        "step 480 N^2: higher orders cost at most 0.03 mu",
        OWN,
        _REMAINDER_OWN,
        loss="0.028",
    ),
    claim(
        "own-remainder-balanced",
        "step 240 N^2, from exact balance: higher orders cost at most 0.057 mu",
        OWN,
        _REMAINDER_ZERO,
        loss="0.056",
    ),
    claim(
        "own-balance-budget",
        "12 * 40 = 480: the total drift is at most delta",
        OWN,
        _BUDGET_OWN,
        drift="13",
    ),
)
