"""Bartlett, Helmbold and Long (ICML 2018): every layer starts as the identity.

Loss 1/2 |W_{L:1} - Phi|_F^2, W_l(0) = I. For symmetric Phi one eigenvalue phi at a time: all layers
are equal, with eigenvalue lam -> lam + eta lam^(L-1) (phi - lam^L). Proofs of the whole theorems:
``proofs/written/identity-initialisation.md``; claims that the kernel proves for every L have its
names.
"""

from __future__ import annotations

from theory.claims import Claim, Source, Statement, statement

_LEMMA_6 = Source("bartlett-helmbold-long2018", "Lemma 6", "restated")
_PD = Source("bartlett-helmbold-long2018", "Theorem 3", "memory")
_FAILURE = Source("bartlett-helmbold-long2018", "Theorem 4", "memory")
_NEAR = Source("bartlett-helmbold-long2018", "Theorem 1, explicit version", "re-derived")
_OWN = Source("lemmata", "identity, radius 1/2", "re-derived")

STEP = 7
"""The step sizes of our theorem for |Phi - I|_F < 1/2: eta L <= 1/STEP."""


# --- reduction to scalars ---


def _reduction(depth: int, index: int, power: int) -> Statement:
    """All layers U D U', target U F U' with D and F diagonal: the gradient of one layer."""
    layer = "U*D*T(U)"

    def product(factors: int) -> str:
        return "*".join([f"({layer})"] * factors) or "I"

    return statement(
        {"U": "matrix", "D": "matrix", "F": "matrix"},
        f"T({product(depth - index)})*E*T({product(index - 1)}) "
        f"== U*D**{power}*(D**{depth} - F)*T(U)",
        definitions={"E": f"{product(depth)} - U*F*T(U)"},
        hypotheses={
            "orthogonal": "T(U)*U == I",
            "symmetric": "T(D) == D",
            "diagonal": "F*D == D*F",
        },
        scope=f"depth {depth}, layers U D U' and target U F U': the gradient of layer {index} does "
        "not depend on the layer, so all stay equal, with D+ = D + eta D^(L-1) (F - D^L)",
    )


_EQUAL = statement(
    {"lam": "real", "phi": "real", "eta": "positive"},
    "lam - eta*(lam*lam*lam - phi)*(lam*lam) == lam + eta*lam**2*(phi - lam**3)",
    scope="depth 3, one eigenvalue; the kernel proves it for every depth and every time",
)

# --- positive definite targets: phi = p^L ---


_OVERSHOOT = statement(
    {"u": "nonnegative", "S": "nonnegative", "V": "positive", "L": "positive", "eta": "positive"},
    "eta*u*S <= 1",
    hypotheses={"layer": "u <= V", "sum": "S <= L*V", "step": "eta*L*V**2 <= c"},
    constants={"c": 1},
    scope="every depth: the bracket below is in [0, 1]; u = lam^(L-1), S its sum of L products of "
    "L - 1 factors (bartlett-powers), V = max(1, p)^(L-1)",
    witness={"u": 1, "S": 1, "V": 1, "L": 1, "eta": 1},
)


def _factors(depth: int) -> Statement:
    total = " + ".join(f"p**{j}*lam**{depth - 1 - j}" for j in range(depth))
    return statement(
        {"lam": "real", "p": "real", "eta": "real"},
        f"p - (lam + eta*lam**{depth - 1}*(p**{depth} - lam**{depth})) "
        f"== (p - lam)*(1 - eta*lam**{depth - 1}*({total}))",
        scope=f"depth {depth}: the distance to the fixed point p is multiplied by 1 - bracket",
    )


_POWERS = statement(
    {"x": "nonnegative", "y": "positive", "L": "integer"},
    "(y + x)**L - y**L >= c*L*y**(L - 1)*x",
    hypotheses={"depth": "L >= 1"},
    constants={"c": 1},
    scope="every depth: convexity of the L-th power between lam = y and lam+ = y + x (and back)",
    witness={"x": 1, "y": 1, "L": 1},
)
_RATE = statement(
    {
        "gap": "nonnegative",
        "gained": "nonnegative",
        "s": "nonnegative",
        "eL": "positive",
        "m": "real",
    },
    "gap - gained <= (1 - c*eL*m)*gap",
    hypotheses={"convex": "gained >= eL*s*gap", "slowest": "s >= m", "positive": "m >= 0"},
    constants={"c": 1},
    scope="gap = |phi - lam^L|, s = lam^(2L-2) for phi >= 1 and lam+^(L-1) lam^(L-1) for phi < 1, "
    "m = mu^(2-2/L), eL = eta L",
    witness={"gap": 1, "gained": 1, "s": 1, "eL": 1, "m": 1},
)
_STEP_SIZE = statement(
    {"P": "positive"},
    "1 - c/P**4 >= 0",
    hypotheses={"large": "P >= 1"},
    constants={"c": 1},
    scope="depth 3, mu = 1, eta = c/(L Lambda^(2-2/L)): the rate 1 - eta L is negative for targets "
    "just above the identity as soon as c > 1, so 1 is the best constant",
    witness={"P": 1},
)
_ITERATIONS = statement(
    {"x": "nonnegative"},
    "log(1 - x) <= -c*x",
    hypotheses={"range": "x < 1"},
    constants={"c": 1},
    scope="(1 - x)^t <= exp(-xt): numbers of iterations, and (1 - s)^L <= exp(-Ls)",
    witness={"x": "1/2"},
)

# --- a negative eigenvalue -mu ---

_EVEN = statement(
    {"s": "real", "mu": "positive"},
    "(s**2 + mu)**2/2 >= share*mu**2/2",
    constants={"share": 1},
    scope="even L, any step size: lam^L = s^2 with s = lam^(L/2)",
)
_ODD = statement(
    {"g": "nonnegative", "mu": "positive", "eta": "positive"},
    "1 - eta*g > 0",
    hypotheses={"slope": "g <= 1 + mu", "step": "eta*(1 + mu) < limit"},
    constants={"limit": 1},
    scope="every L >= 2: lam+ = lam (1 - eta g), g = lam^(L-2) (lam^L + mu): the layer stays in "
    "(0, 1], so the product stays positive and the loss at least mu^2/2",
    witness={"g": 1, "mu": 1, "eta": "1/4"},
)
_ODD_SLOPE = statement(
    {"a": "positive", "b": "positive", "mu": "positive"},
    "a*(b + mu) <= c + mu",
    hypotheses={"power": "a <= 1", "whole": "b <= 1"},
    constants={"c": 1},
    scope="a = lam^(L-2), b = lam^L for a layer lam in (0, 1]",
    witness={"a": 1, "b": 1, "mu": 1},
)
_POWER_BELOW_ONE = statement(
    {"lam": "positive", "n": "integer"},
    "lam**n <= most",
    hypotheses={"layer": "lam <= 1", "power": "n >= 0"},
    constants={"most": 1},
    scope="powers of a number in (0, 1] stay there",
    witness={"lam": 1, "n": 0},
)

# --- near the identity: |Phi - I|_F <= 1/10, rho = 1/3 ---

_UPPER = statement(
    {"t": "positive"},
    "log(1 + rho*t) <= c*rho*t",
    constants={"rho": "1/3", "c": 1},
    scope="t = 1/L: (1 + rho/L)^L <= exp(rho), norms of products of layers within rho/L of I",
    witness={"t": "1/2"},
)
_LOWER = statement(
    {"t": "positive"},
    "(1 - t)*log(1 - rho*t) >= -c*rho*t",
    hypotheses={"depth": "2*t <= 1"},
    constants={"rho": "1/3", "c": 1},
    scope="t = 1/L: products of L - 1 layers have singular values of at least exp(-rho)",
    witness={"t": "1/2"},
)
_HIGHER = statement(
    {"z": "nonnegative"},
    "exp(z) - 1 - z <= c*z**2",
    hypotheses={"range": "5*z <= 2"},
    constants={"c": "3/5"},
    scope="the terms of second and higher order of a step, z = eta L exp(rho) |E|_F < 1/10",
    witness={"z": "1/10"},
)
_SIXTH = statement(
    {"r": "nonnegative"},
    "3/5*exp(3*rho)*r <= 1/6",
    hypotheses={"near": "r <= radius"},
    constants={"rho": "1/3", "radius": "1/10"},
    scope="|H|_F <= eta L exp(-2 rho) |E|_F/6, as eta L <= exp(-2 rho)",
    witness={"r": "1/10"},
)
_STAYS = statement(
    {"r": "nonnegative"},
    "6/5*exp(3*rho)*r <= rho",
    hypotheses={"near": "r <= radius"},
    constants={"rho": "1/3", "radius": "1/10"},
    scope="the layers move by at most (6/5) exp(3 rho) r/L <= rho/L in all",
    witness={"r": "1/10"},
)
_OPTIMAL = statement(
    {"rho": "nonnegative"},
    "5/6*rho*exp(-3*rho) <= most",
    constants={"most": "0.1022"},
    scope="no rho lets this proof reach a radius above 0.1022: rho = 1/3 is best, 1/10 nearly so",
)

# --- near the identity: |Phi - I|_F = r < 1/2; y = eta L ---

_ALPHA = {"alpha": "y*r**2", "beta": "y*r*(1 + 2*r)*exp(alpha)"}
_CURVATURE = statement(
    {"y": "nonnegative", "r": "nonnegative"},
    "y*(K**2 + r*K) <= 1",
    definitions={**_ALPHA, "K": "(1 + 2*r)*exp(alpha + beta)"},
    hypotheses={"step": "step*y <= 1", "near": "2*r <= 1"},
    constants={"step": STEP},
    scope="eta times the curvature along a step: K bounds the products of L - 1 layers there",
    witness={"y": "1/10", "r": "1/4"},
)
_SINGULAR = statement(
    {"s": "nonnegative", "p": "nonnegative", "q": "nonnegative", "A": "positive", "B": "positive"},
    "c*s**2 <= p*q*A*B",
    hypotheses={"left": "s <= p*A", "right": "s <= q*B"},
    constants={"c": 1},
    scope="s = sigma_min(W_{L:1}) <= sigma_min(W_{L:l+1}) |W_{l:1}|, and from the other side",
    witness={"s": 1, "p": 1, "q": 1, "A": 1, "B": 1},
)
_RADIUS_RATE = statement(
    {"y": "nonnegative", "r": "nonnegative"},
    "exp(-3*y*r**2) >= least",
    hypotheses={"step": f"{STEP}*y <= 1", "near": "2*r <= 1"},
    constants={"least": "8/9"},
    scope="R(t+1) <= (1 - (8/9) eta L (1 - 2r)^4/(1 + 2r)^3) R(t)",
    witness={"y": "1/10", "r": "1/4"},
)


def _claim(name: str, title: str, source: Source, made: Statement, mutant: Statement) -> Claim:
    return Claim(f"bartlett-{name}", title, source, made, mutant)


CLAIMS = (
    *(
        _claim(
            f"reduction-{depth}-{index}",
            f"depth {depth}, symmetric targets: the gradient of layer {index} by eigenvalues",
            _LEMMA_6,
            _reduction(depth, index, depth - 1),
            _reduction(depth, index, depth),
        )
        for depth in (2, 3)
        for index in range(1, depth + 1)
    ),
    _claim(
        "eigenvalue-step",
        "one eigenvalue: lam+ = lam + eta lam^(L-1) (phi - lam^L)",
        _LEMMA_6,
        _EQUAL,
        _EQUAL.but("lam - eta*(lam*lam*lam - phi)*(lam*lam) == lam + eta*lam**3*(phi - lam**3)"),
    ),
    *(
        _claim(
            f"fixed-point-{depth}",
            f"depth {depth}: the distance to the fixed point contracts by a bracket",
            _PD,
            _factors(depth),
            _factors(depth).but(
                str(_factors(depth).conclusion).replace("(p - lam)*(1 -", "(p - lam)*(1 +")
            ),
        )
        for depth in (2, 3, 5, 8)
    ),
    _claim(
        "bracket",
        "monotone, without overshoot, for eta L Lambda^(2-2/L) <= 1, every L",
        _PD,
        _OVERSHOOT,
        _OVERSHOOT.with_constants(c="1.01"),
    ),
    _claim(
        "power-convexity",
        "x^L - y^L >= L y^(L-1) (x - y), every L",
        _PD,
        _POWERS,
        _POWERS.with_constants(c="1.01"),
    ),
    _claim(
        "rate-one-step",
        "hence |phi - lam^L| falls by 1 - eta L mu^(2-2/L)",
        _PD,
        _RATE,
        _RATE.with_constants(c="1.01"),
    ),
    _claim(
        "step-constant",
        "the constant 1 of the step size is best possible",
        _PD,
        _STEP_SIZE,
        _STEP_SIZE.with_constants(c="1.001"),
    ),
    Claim(
        "log-below-linear",
        "log(1 - x) <= -x, so that (1 - x)^t <= exp(-xt)",
        Source("lemmata", "used throughout", "re-derived"),
        _ITERATIONS,
        _ITERATIONS.with_constants(c="1.01"),
    ),
    _claim(
        "barrier-even",
        "L even: the loss never falls below mu^2/2, whatever the step",
        _FAILURE,
        _EVEN,
        _EVEN.with_constants(share="1.001"),
    ),
    _claim(
        "stays-positive",
        "every L, eta (1 + mu) < 1: the layer stays positive",
        _FAILURE,
        _ODD,
        _ODD.with_constants(limit="1.001"),
    ),
    _claim(
        "failure-slope",
        "the relative step of a layer is at most eta (1 + mu)",
        _FAILURE,
        _ODD_SLOPE,
        _ODD_SLOPE.with_constants(c="0.999"),
    ),
    _claim(
        "powers",
        "powers of a number in (0, 1] are at most 1",
        _FAILURE,
        _POWER_BELOW_ONE,
        _POWER_BELOW_ONE.with_constants(most="0.999"),
    ),
    _claim(
        "near-upper",
        "(1 + rho/L)^L <= exp(rho)",
        _NEAR,
        _UPPER,
        _UPPER.with_constants(c="0.95"),
    ),
    _claim(
        "near-lower",
        "(1 - rho/L)^(L-1) >= exp(-rho)",
        _NEAR,
        _LOWER,
        _LOWER.with_constants(c="0.99"),
    ),
    _claim(
        "near-higher-orders",
        "exp(z) - 1 - z <= 0.6 z^2",
        _NEAR,
        _HIGHER,
        _HIGHER.with_constants(c="0.55"),
    ),
    _claim(
        "near-sixth",
        "higher orders take at most a sixth of the contraction",
        _NEAR,
        _SIXTH,
        _SIXTH.with_constants(radius="0.103"),
    ),
    _claim(
        "near-stays",
        "the layers stay within 1/(3L) of the identity",
        _NEAR,
        _STAYS,
        _STAYS.with_constants(radius="0.103"),
    ),
    _claim(
        "near-optimal",
        "rho = 1/3 is the best choice of this proof",
        _NEAR,
        _OPTIMAL,
        _OPTIMAL.with_constants(most="0.1021"),
    ),
    _claim(
        "radius-curvature",
        "radius 1/2: eta times the curvature is at most 1 for eta L <= 1/7",
        _OWN,
        _CURVATURE,
        _CURVATURE.with_constants(step="6.9"),
    ),
    _claim(
        "radius-singular",
        "radius 1/2: smallest singular values of partial products",
        _OWN,
        _SINGULAR,
        _SINGULAR.with_constants(c="1.01"),
    ),
    _claim(
        "radius-rate",
        "radius 1/2: the drift costs at most a ninth of the rate",
        _OWN,
        _RADIUS_RATE,
        _RADIUS_RATE.with_constants(least="0.9"),
    ),
)
