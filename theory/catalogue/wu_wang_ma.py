"""Wu, Wang and Ma (NeurIPS 2019): zero-asymmetric initialisation (ZAS) and any target Phi.

W_1 = ... = W_{L-1} = I, W_L = 0, loss R = 1/2 |W_{L:1} - Phi|_F^2. The names are those of the
written proof, ``proofs/written/zas.md``: n = L - 1, f = |Phi|_F^2, y = eta n f, x = |W_L|^2, and A
bounds the total drift of the invariants W_{l+1}^T W_{l+1} - W_l W_l^T.
"""

from __future__ import annotations

from theory.claims import Claim, Source, Statement, statement

_FLOW = Source("wu-wang-ma2019", "continuous theorem", "restated")
_GD = Source("wu-wang-ma2019", "discrete theorem", "restated")
_OWN = Source("lemmata", "ZAS, discrete", "re-derived")

THETA = "4/3"
"""eta times the curvature along a step; the loss falls by (1 - theta/2) eta |grad|^2."""
SLOPE = 16
"""The step sizes of the theorem through balance: eta (1 + SLOPE (L - 1) |Phi|_F^2) <= 1."""
RATE = "3/5"
"""Then R(t) <= (1 - RATE eta)^t R(0)."""


# --- the flow ---


_RATE = statement(
    {"e": "real", "u": "nonnegative", "rest": "nonnegative", "n": "integer"},
    "-(e**2*((1 + u)**n + rest)) <= -rate*(e**2/2)",
    hypotheses={"depth": "n >= 1"},
    constants={"rate": 2},
    scope="one eigenvalue: dR/dt = -e^2 sum q_l^2, and q_L^2 = (1 + u)^(L-1) with u = W_L^T W_L by "
    "the invariants (matrix-flow-conservation, balanced-product), n = L - 1",
    witness={"e": 1, "u": 0, "rest": 0, "n": 1},
)
_START = {"W_1": "I", "W_2": "I", "W_3": "0*I", "E": "W_3*W_2*W_1 - Phi"}
_GRADIENTS = {
    "G_1": "T(W_3*W_2)*E",
    "G_2": "T(W_3)*E*T(W_1)",
    "G_3": "E*T(W_2*W_1)",
}
_SHARP = statement(
    {"Phi": "matrix"},
    "tr(T(G_1)*G_1) + tr(T(G_2)*G_2) + tr(T(G_3)*G_3) == rate*tr(T(E)*E)/2",
    definitions={**_START, **_GRADIENTS},
    constants={"rate": 2},
    scope="depth 3, every Phi: -dR/dt at t = 0; only the last layer has a gradient there",
)
_FIRST_STEP = statement(
    {"Phi": "matrix", "eta": "positive"},
    "V_3*V_2*V_1 - Phi == -(1 - eta)*Phi",
    definitions={**_START, **_GRADIENTS} | {f"V_{i}": f"W_{i} - eta*G_{i}" for i in (1, 2, 3)},
    scope="depth 3, every Phi: the residual after one step",
)
_SIGN = statement(
    dict.fromkeys(("W", "V", "C", "Phi"), "matrix"),
    "T(Wm*V)*Em*T(C) == T(W*V)*E*T(C)",
    definitions={
        "Wm": "-W",
        "E": "W*V*C - Phi",
        "Em": "Wm*V*C - (-Phi)",
    },
    scope="every depth: (W_L, Phi) -> (-W_L, -Phi) leaves the other gradients alone; the ZAS start "
    "is fixed, so R(t) is the same for Phi and -Phi",
)

# --- gradient descent through balance, the theorem that the kernel has ---

_DRIFT = statement(
    {"A": "nonnegative", "R": "nonnegative", "S": "real", "G": "nonnegative", "eta": "positive"},
    "A + eta**2*G + eta/c*S <= A + eta/c*R",
    hypotheses={"descent": "S <= R - c*eta*G"},
    constants={"c": "1/3"},
    scope="R, S the loss before and after a step, G = sum |G_l|_F^2: A + (eta/c) R does not grow, "
    "so the total drift A is at most eta R(0)/c = eta f/(2c)",
    witness={"A": 0, "R": 1, "S": "1/2", "G": 1, "eta": 1},
)
_SMALLEST = statement(
    {"n": "integer", "A": "nonnegative"},
    "(1 - A)**n >= 1 - c*n*A",
    hypotheses={"depth": "n >= 1", "small": "A <= 1"},
    constants={"c": 1},
    scope="sigma_min(W_{L-1:1})^2 >= (1 - A)^n, as every W_l W_l^T >= (1 - A) I",
    witness={"n": 1, "A": 0},
)
_LARGEST = statement(
    {"n": "integer", "A": "nonnegative"},
    "(1 + A)**n <= exp(c*n*A)",
    hypotheses={"depth": "n >= 1"},
    constants={"c": 1},
    scope="|W_l|^2 <= 1 + x + A <= (1 + x)(1 + A), so n layers have at most (1 + x)^n exp(nA)",
    witness={"n": 1, "A": 0},
)
_RATIO = statement(
    {"a": "nonnegative", "u": "positive", "v": "positive", "w": "nonnegative", "z": "real"},
    "z/v >= v/u - a",
    hypotheses={"cauchy_schwarz": "v**2 <= w*u", "drift": "z >= w - a*v"},
    scope="u, v, z = |y_{k+1}|^2, |y_k|^2, |y_{k-1}|^2, y_{k-1} = W_k^T y_k, w = |W_{k+1} y_k|^2: "
    "the ratios fall by at most the drift a from layer to layer",
    witness={"a": 0, "u": 1, "v": 1, "w": 1, "z": 1},
)
_LAST = statement(
    {"x": "nonnegative", "A": "nonnegative"},
    "1 + x - A >= (1 + x)*(1 - c*A)",
    constants={"c": 1},
    scope="every ratio is at least 1 + x - A, so |W_{L:1}|^2 >= x (1 + x)^n (1 - A)^n, while "
    "|W_{L:1}| <= 2 |Phi|_F: x (1 + x)^n <= 4 f/(1 - nA)",
)
_PRODUCT = statement(
    {"n": "integer", "x": "nonnegative"},
    "(1 + x)**n <= 1 + c*n*x*(1 + x)**n",
    hypotheses={"depth": "n >= 1"},
    constants={"c": 1},
    scope="with C = 4f/(1 - nA): the product of the layers below W_L has squared norm at most "
    "(1 + n C) exp(nA)",
    witness={"n": 1, "x": 0},
)
_CAUCHY = statement(
    {"S": "real", "Q": "nonnegative", "u": "real", "n": "positive"},
    "n*(S + u)**2 <= n*(n + c)*(Q + u**2)",
    hypotheses={"before": "S**2 <= n*Q"},
    constants={"c": 1},
    scope="induction step of (sum of n numbers)^2 <= n (sum of squares)",
    witness={"S": 1, "Q": 1, "u": 1, "n": 1},
)
_FORM = statement(
    dict.fromkeys(("u", "v", "s", "t", "b"), "real"),
    "s*(s*u**2 - 2*b*u*v + t*v**2) == (s*u - b*v)**2 + (s*t - b**2)*v**2",
    scope="s = theta - a, t = theta - p, s, t >= 0 and b^2 <= s t: a u^2 + 2 b u v + p v^2 is at "
    "most theta (u^2 + v^2)",
)
_DESCENT = statement(
    {"R": "nonnegative", "G": "nonnegative", "eta": "positive", "Q": "nonnegative"},
    "R - eta*G + Q*eta**2*G/2 <= R - share*eta*G",
    hypotheses={"curvature": f"eta*Q <= {THETA}"},
    constants={"share": "1/3"},
    scope="Taylor along the step, curvature at most Q |grad|^2, share = 1 - theta/2",
    witness={"R": 1, "G": 1, "eta": 1, "Q": 1},
)


def _chord(conclusion: str, constant: str) -> Statement:
    """A convex function of y on [0, 1/16] lies below its chord."""
    return statement(
        {"y": "nonnegative"},
        conclusion,
        definitions={
            "alpha": "y/(2 - theta)",
            "beta": "2*y*exp(alpha/2)/sqrt(1 - alpha)",
        },
        hypotheses={"range": f"{SLOPE}*y <= 1"},
        constants={"theta": THETA, "c": constant},
        scope="alpha bounds nA, beta the growth of n layers along one step",
        witness={"y": 0},
    )


_CHORDS = {
    "last-layer": (_chord("2/sqrt(1 - alpha) <= 2 + c*y", "1.62"), "1.61"),
    "layers": (_chord("4*y/(1 - alpha) <= c*y", "4.42"), "4.41"),
    "drift": (_chord("exp(alpha/2) <= 1 + c*y", "0.77"), "0.76"),
    "step": (_chord("exp(alpha/2 + beta) <= 1 + c*y", "3.25"), "3.24"),
    "step-squared": (_chord("exp(alpha + 2*beta) <= 1 + c*y", "7.15"), "7.13"),
}
# Along the step |W_{L:l+1}| |W_{l-1:1}| <= kappa |Phi|_F for l < L, and |W_{L-1:1}|^2 <= p/eta.
_BOUNDS = {
    "kappa": "(2 + 1.62*y + (eta + 4.42*y)*(1 + 0.77*y))*(1 + 3.25*y)",
    "p": "(eta + 4.42*y)*(1 + 7.15*y)",
}


def _curvature(conclusion: str) -> Statement:
    return statement(
        {"eta": "nonnegative", "y": "nonnegative"},
        conclusion,
        definitions=_BOUNDS,
        hypotheses={"range": "eta + slope*y <= 1"},
        constants={"theta": THETA, "slope": SLOPE},
        scope="the curvature form of a step, in units of 1/eta, is at most theta on the range",
        witness={"eta": 0, "y": "1/16"},
    )


_DETERMINANT = _curvature("(theta - y*kappa*(kappa + 1))*(theta - p) >= y*p*(kappa + 1)**2")
_CORNER = _curvature("p <= theta")
_OTHER_CORNER = _curvature("y*kappa*(kappa + 1) <= theta")
_CONTRACTS = statement(
    {"y": "nonnegative"},
    "(2 - theta)*(1 - y/(2 - theta)) >= rate",
    hypotheses={"range": f"{SLOPE}*y <= 1"},
    constants={"theta": THETA, "rate": RATE},
    scope="|G_L|^2 >= (1 - nA) 2R, nA <= y/(2 - theta), and R falls by (2 - theta)(1 - nA) eta R",
    witness={"y": 0},
)
_CONTAINS = statement(
    {"L": "integer", "q": "positive", "f": "nonnegative"},
    "1 + slope*(L - 1)*f <= 4*L*q**2",
    hypotheses={"depth": "L >= 2", "one": "q >= 1", "norm": "4*f <= q"},
    constants={"slope": SLOPE},
    scope="q = xi^2 >= max(1, 4f), xi as in the paper: its step sizes, at most 1/(144 L^2 xi^4), "
    "are smaller than ours by a factor of at least 36 L, for every L >= 2 and every Phi",
    witness={"L": 2, "q": 4, "f": 1},
)
_NECESSARY = statement(
    {"eta": "positive"},
    "(1 - eta)**2 <= 1 - eta/2",
    hypotheses={"range": "eta <= limit"},
    constants={"limit": "3/2"},
    scope="R(1) = (1 - eta)^2 R(0): the rate 1 - eta/2 holds at the first step iff eta <= 3/2",
    witness={"eta": 1},
)


def _claim(name: str, title: str, source: Source, made: Statement, mutant: Statement) -> Claim:
    return Claim(f"zas-{name}", title, source, made, mutant)


CLAIMS = (
    _claim(
        "flow-slope",
        "R' <= -2 R along the flow, one eigenvalue; equality at t = 0",
        _FLOW,
        _RATE,
        _RATE.with_constants(rate="2.001"),
    ),
    _claim(
        "flow-sharp",
        "the rate at t = 0 is exactly 2, for matrices",
        _FLOW,
        _SHARP,
        _SHARP.with_constants(rate="2.001"),
    ),
    _claim(
        "first-step",
        "after one step the residual is -(1 - eta) Phi",
        _OWN,
        _FIRST_STEP,
        _FIRST_STEP.but("V_3*V_2*V_1 - Phi == -(1 - eta)**2*Phi"),
    ),
    _claim(
        "sign-symmetry",
        "the loss is the same for Phi and -Phi: negative eigenvalues cost nothing",
        _OWN,
        _SIGN,
        _SIGN.but(definitions={"Em": "Wm*V*C - Phi"}),
    ),
    _claim(
        "drift",
        "the total drift of the invariants is at most eta R(0)/(1 - theta/2)",
        _OWN,
        _DRIFT,
        _DRIFT.but("A + eta**2*G + eta/c*S <= A + 0.9*eta/c*R"),
    ),
    _claim(
        "smallest-product",
        "(1 - A)^n >= 1 - nA",
        _OWN,
        _SMALLEST,
        _SMALLEST.with_constants(c="0.9"),
    ),
    _claim(
        "largest-product",
        "(1 + A)^n <= exp(nA)",
        _OWN,
        _LARGEST,
        _LARGEST.with_constants(c="0.9"),
    ),
    _claim(
        "ratios",
        "along the top singular vector of W_L the ratios of norms lose at most the drift",
        _OWN,
        _RATIO,
        _RATIO.but("z/v >= v/u - a/2"),
    ),
    _claim(
        "last-layer",
        "1 + x - A >= (1 + x)(1 - A)",
        _OWN,
        _LAST,
        _LAST.with_constants(c="0.9"),
    ),
    _claim(
        "inner-product",
        "(1 + x)^n <= 1 + n x (1 + x)^n",
        _OWN,
        _PRODUCT,
        _PRODUCT.with_constants(c="0.9"),
    ),
    _claim(
        "cauchy",
        "(sum of n numbers)^2 <= n times the sum of squares, by induction",
        _OWN,
        _CAUCHY,
        _CAUCHY.with_constants(c="0.9"),
    ),
    _claim(
        "form",
        "a form whose matrix is at most theta is at most theta (u^2 + v^2)",
        _OWN,
        _FORM,
        _FORM.but("s*(s*u**2 - 2*b*u*v + t*v**2) == (s*u + b*v)**2 + (s*t - b**2)*v**2"),
    ),
    _claim(
        "descent",
        "one step lowers the loss by (1 - theta/2) eta |grad|^2",
        _OWN,
        _DESCENT,
        _DESCENT.with_constants(share="0.34"),
    ),
    *(
        _claim(
            f"chord-{part}",
            f"exponentials on the range: {part}",
            _OWN,
            made,
            made.with_constants(c=c),
        )
        for part, (made, c) in _CHORDS.items()
    ),
    _claim(
        "curvature",
        "the curvature of a step is at most theta/eta on the whole range",
        _OWN,
        _DETERMINANT,
        _DETERMINANT.with_constants(slope=14),
    ),
    _claim(
        "curvature-last",
        "its entry for the last layer is at most theta",
        _OWN,
        _CORNER,
        _CORNER.with_constants(slope=4),
    ),
    _claim(
        "curvature-inner",
        "its entry for the other layers is at most theta",
        _OWN,
        _OTHER_CORNER,
        _OTHER_CORNER.with_constants(slope=6),
    ),
    _claim(
        "gd-rate",
        "(2 - theta)(1 - y/(2 - theta)) >= 3/5: the rate through balance",
        _GD,
        _CONTRACTS,
        _CONTRACTS.with_constants(rate="0.605"),
    ),
    _claim(
        "range-contains-paper",
        "the range through balance contains the paper's, 36 L times larger at least",
        _GD,
        _CONTAINS,
        _CONTAINS.with_constants(slope=33),
    ),
    _claim(
        "range-necessary",
        "no step size above 3/2 has the rate 1 - eta/2",
        _GD,
        _NECESSARY,
        _NECESSARY.with_constants(limit="1.501"),
    ),
)
