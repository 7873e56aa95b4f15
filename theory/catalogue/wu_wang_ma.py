"""Wu, Wang and Ma (NeurIPS 2019): zero-asymmetric initialisation (ZAS) and any target Phi.

W_1 = ... = W_{L-1} = I, W_L = 0, loss R = 1/2 |W_{L:1} - Phi|_F^2. The names are those of the
written proof, ``proofs/zas.md``: n = L - 1, f = |Phi|_F^2, y = eta n f, x = |W_L|^2, and A bounds
the total drift of the invariants W_{l+1}^T W_{l+1} - W_l W_l^T.
"""

from __future__ import annotations

from dataclasses import replace

from theory.claims import Claim, Source, Statement, statement

_FLOW = Source("wu-wang-ma2019", "continuous theorem", "restated")
_GD = Source("wu-wang-ma2019", "discrete theorem", "restated")
_OWN = Source("lemmata", "ZAS, discrete", "re-derived")
_OLD = Source("lemmata", "ZAS, discrete, first version", "re-derived")

THETA = "4/3"
"""eta times the curvature along a step; the loss falls by (1 - theta/2) eta |grad|^2."""
SLOPE = 16
"""The step sizes of the theorem: eta (1 + SLOPE (L - 1) |Phi|_F^2) <= 1."""
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

# --- gradient descent, the theorem of proofs/zas.md ---

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

# --- the first version of the proof, with P and K; see proofs/zas.md ---

_OLD_SMALLEST = statement(
    {"L": "integer"},
    "1 - L*(L - 1)/2*delta >= least",
    definitions={"delta": "1/L**2"},
    hypotheses={"depth": "L >= 2"},
    constants={"least": "1/2"},
    scope="(b): sigma_min(W_{L-1:1})^2 >= prod (1 - (L - l) delta) >= 1 - delta L(L - 1)/2",
    witness={"L": 2},
)
_OLD_LARGEST = statement(
    {"L": "integer"},
    "(L - 1)*L/2*delta <= most",
    definitions={"delta": "1/L**2"},
    hypotheses={"depth": "L >= 2"},
    constants={"most": "1/2"},
    scope="(c): the factors 1 + (L - l) delta multiply to at most sqrt(e)",
    witness={"L": 2},
)
_OLD_SPLIT = statement(
    {"t": "positive"},
    "(1 - t)*log(1 + t) <= c*t",
    hypotheses={"depth": "2*t <= 1"},
    constants={"c": 1},
    scope="(d), t = 1/L: (1 + 1/L)^(L-1) <= e, so for s^2 <= 1/L the product (1 + s^2)^(L-1) is at "
    "most e, otherwise at most 8 L f",
    witness={"t": "1/2"},
)
_OLD_FIRST = statement(
    {"z": "nonnegative"},
    "exp(z) - 1 <= c*z",
    hypotheses={"range": "2*z <= 1"},
    constants={"c": "1.3"},
    scope="(e): the terms of second and higher order that move the last layer, z = eta L K |Phi|_F",
    witness={"z": "1/2"},
)
_OLD_SECOND = statement(
    {"z": "nonnegative"},
    "exp(z) - 1 - z <= c*z**2",
    hypotheses={"range": "2*z <= 1"},
    constants={"c": "3/5"},
    scope="(e): the other terms of second and higher order (the notes allow 1)",
    witness={"z": "1/2"},
)
_OLD_RATE = statement(
    {"eta": "positive"},
    "(1 - 3*eta/8)**2 <= 1 - eta/2",
    hypotheses={"range": "eta <= limit"},
    constants={"limit": "16/9"},
    scope="(e): |E| falls by 1 - eta/2 + eta/8, so R falls by at least 1 - eta/2",
    witness={"eta": 1},
)
_OLD_RANGE = statement(
    {"n": "integer", "f": "positive"},
    "1 + slope*n*f <= n*8*exp(1)*f + exp(1)**(3/2)",
    hypotheses={"depth": "n >= 1"},
    constants={"slope": SLOPE},
    scope="its step sizes, at most 1/(n K^2 + P) with K^2 = 8 e f and P >= e^(3/2), lie in ours",
    witness={"n": 1, "f": 1},
)

# --- measured ---

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
        "flow-rate",
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
        "hence R(t+1) <= (1 - 3 eta/5) R(t), better than the paper's 1 - eta/2",
        _GD,
        _CONTRACTS,
        _CONTRACTS.with_constants(rate="0.605"),
    ),
    _claim(
        "range-contains-paper",
        "our step sizes contain the paper's, 36 L times larger at least",
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
    _claim(
        "old-smallest",
        "sigma_min(W_(L-1:1))^2 >= 1/2 for drifts of at most L^-2",
        _OLD,
        _OLD_SMALLEST,
        _OLD_SMALLEST.with_constants(least="0.51"),
    ),
    _claim(
        "old-largest",
        "norms grow by at most sqrt(e) for drifts of at most L^-2",
        _OLD,
        _OLD_LARGEST,
        _OLD_LARGEST.with_constants(most="0.49"),
    ),
    _claim(
        "old-split",
        "(1 + 1/L)^(L-1) <= e",
        _OLD,
        _OLD_SPLIT,
        _OLD_SPLIT.with_constants(c="0.9"),
    ),
    _claim(
        "old-higher-orders-last",
        "exp(z) - 1 <= 1.3 z for z <= 1/2",
        _OLD,
        _OLD_FIRST,
        _OLD_FIRST.with_constants(c="1.29"),
    ),
    _claim(
        "old-higher-orders",
        "exp(z) - 1 - z <= 0.6 z^2 for z <= 1/2",
        _OLD,
        _OLD_SECOND,
        _OLD_SECOND.with_constants(c="0.59"),
    ),
    _claim(
        "old-rate",
        "(1 - 3 eta/8)^2 <= 1 - eta/2 for eta <= 16/9",
        _OLD,
        _OLD_RATE,
        _OLD_RATE.with_constants(limit="1.78"),
    ),
    _claim(
        "range-contains-old",
        "our step sizes contain those of the first version",
        _OLD,
        _OLD_RANGE,
        _OLD_RANGE.with_constants(slope=22),
    ),
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
