"""Shamir (COLT 2019), Theorem 2: random weights of variance 1, with every constant explicit.

Written proof: ``proofs/written/escape-probability.md``. Lemma 1 for the two laws is in
:mod:`theory.catalogue.shamir`; here are its third part, Assumption 2, Lemmas 5 and 6, every
inequality of the proof, and the inequalities of the sharper routes.
"""

from __future__ import annotations

from fractions import Fraction

from theory.claims import Claim, Source, statement


def _paper(number: str) -> Source:
    return Source("shamir2019", number)


_OWN = Source("lemmata", "Theorem 2, sharper", "re-derived")

# --------------------------------------------------------------------------- Lemma 1, all laws
_TWO_POINTS = {"chance": "1/(1 + x**2)", "mean_size": "chance*x + (1 - chance)/x"}
_NORMALISED = statement(
    {"x": "positive"},
    "mean**2 + (second - 1)**2 == 0",
    {
        "chance": _TWO_POINTS["chance"],
        "mean": "chance*x - (1 - chance)/x",
        "second": "chance*x**2 + (1 - chance)/x**2",
    },
    scope="the law x with this chance, else -1/x: mean 0 and variance 1, for every x > 0",
)
_LEMMA_1 = statement(
    {"x": "positive"},
    "mean_size < 1",
    _TWO_POINTS,
    {"sizes_differ": "(x - 1)**2 > gap"},
    {"gap": 0},
    scope="E|w| < 1 for the law x, -1/x, unless |w| is constant. As printed (any law not supported "
    "on a single value) it fails at x = 1: a fair sign has mean 0, variance 1 and E|w| = 1",
    witness={"x": 2},
)
_MIXTURE = statement(
    {
        "t": "nonnegative",
        **dict.fromkeys(("mean_1", "mean_2", "spread_1", "spread_2"), "nonnegative"),
    },
    "(t*mean_1 + (1 - t)*mean_2)**2 <= factor*(t*second_1 + (1 - t)*second_2)",
    {"second_1": "mean_1**2 + spread_1", "second_2": "mean_2**2 + spread_2"},
    {"share": "t <= 1"},
    {"factor": 1},
    scope="(E|w|)**2 <= E w**2 for a mixture of two laws that satisfy it: induction over the "
    "support gives it for every law with finitely many values",
    witness={"t": "1/2", "mean_1": 1, "mean_2": 2, "spread_1": 0, "spread_2": 0},
)

# ------------------------------------------------------------------------------- Assumption 2
_DENSITY = statement(
    {"a": "real"},
    "exp(-a**2/2) <= c",
    constants={"c": 1},
    scope="the normal density is at most its value at 0, so P(|w| <= a) <= sqrt(2/pi) a, and c_1 = "
    "sqrt(2/pi) is sharp as a -> 0; the uniform density is constant: c_1 = 1/sqrt(3)",
)

# ----------------------------------------------------------------------------------- Lemma 5
_UNION = statement(
    {"k": "positive", "b": "positive"},
    "k*b**2/threshold <= factor*b",
    {"threshold": "k*b"},
    constants={"factor": 1},
    scope="b = a**((k-1)/2): Markov gives P(prod over i != j of |w_i| >= t) <= a**(k-1)/t, the "
    "union bound k times as much; at Lemma 5's threshold t = k b this is b. Needs a > 0",
)
_LEMMA_5 = statement(
    {"b": "positive", **dict.fromkeys(("above", "below"), "nonnegative")},
    "2*q <= b",
    {"v": "2*b + above", "q": "(b**2 - below)/v"},
    {"chance": "below <= b**2"},
    scope="k = 2, |w| = v with chance q, else 0; a = b**2 = E|w| + below, v >= 2 sqrt(a): the "
    "maximum reaches 2 sqrt(a) if either weight is v, with chance 1 - (1 - q)**2 <= 2 q",
    witness={"b": "1/2", "above": 0, "below": 0},
)
_LEMMA_5_PRINTED = statement(
    dict.fromkeys(("q", "v", "b"), "nonnegative"),
    "1 - (1 - q)**2 <= b",
    hypotheses={"chance": "q <= 1", "mean": "v*q <= b**2", "large": "v >= 2*b"},
    scope="the same with a = b**2 = 0 allowed, as printed: w = 0 attains the threshold 0 surely",
    witness={"q": "1/4", "v": 1, "b": "1/2"},
)

# ----------------------------------------------------------------------------------- Lemma 6
_EXPONENTIAL = statement(
    {"t": "real"},
    "1 + factor*t <= exp(t)",
    constants={"factor": 1},
    scope="each factor: |v_i| <= |w_i| (1 + |v_i - w_i|/delta) <= |w_i| exp(|v_i - w_i|/delta)",
)
_CAUCHY = statement(
    {"total": "real", "excess": "nonnegative", "x": "real", "n": "positive"},
    "(total + x)**2 <= (n + more)*(squares + x**2)",
    {"squares": "total**2/n + excess"},
    constants={"more": 1},
    scope="(sum x_i)**2 <= (k - 1) sum x_i**2, by induction over the number n of terms",
)
_PRODUCTS = statement(
    {"x": "nonnegative", "y": "nonnegative"},
    "(1 + x)*(1 + y) <= exp(factor*(x + y))",
    constants={"factor": 1},
    scope="k = 3, x = |v_1 - w_1|/delta, y alike: inside the ball x + y <= log(beta/alpha)",
)
_DEPTH_2 = statement(
    {"delta": "positive", **dict.fromkeys(("a", "b", "c", "s"), "nonnegative")},
    "w + x <= alpha*exp(s)",
    {"w": "delta + a", "alpha": "w + b", "x": "delta*s - c"},
    scope="Lemma 6 at k = 2, beta = alpha exp(s): delta <= w <= alpha, and the other weight moves "
    "by x <= delta s",
)
_DEPTH_2_PRINTED = statement(
    {"w": "positive", "x": "nonnegative", **dict.fromkeys(("delta", "alpha", "s"), "real")},
    "w + x <= alpha*exp(s)",
    hypotheses={"least": "w >= delta", "product": "w <= alpha", "radius": "x <= delta*s"},
    scope="the same without delta > 0: for beta < alpha the ball of radius delta log(beta/alpha) "
    "is not empty if delta < 0",
    witness={"w": 1, "x": 1, "delta": 1, "alpha": 1, "s": 1},
)

# ------------------------------------------------------------------ The proof of Theorem 2
_PROOF = {
    "alpha": "1/E**4",
    "delta": "1/E**2",
    "radius": "delta*ln2/s",
    "gradient": "r*2*alpha*G",
    "eta": "E",
}
_STEPS = statement(
    dict.fromkeys(("E", "r", "s", "G", "ln2"), "positive"),
    "radius*2*r*s*G == E*ln2*eta*gradient",
    _PROOF,
    scope="E = exp(C k/2), r = sqrt(k), s = sqrt(k - 1): alpha = exp(-2 C k), beta = 2 alpha, "
    "delta = exp(-C k), eta = exp(C k/2) as in the proof: radius/(eta gradient) = E ln 2/(2 r s G)",
)
_RATE = statement(
    {"r": "positive", "s": "nonnegative"},
    "r*s <= r**2 - less",
    hypotheses={"depths": "s**2 <= r**2 - 1"},
    constants={"less": "1/2"},
    scope="sqrt(k (k - 1)) <= k - 1/2: the Omega(exp(C k/2)/k) of the proof is "
    "exp(C k/2) ln 2/((2 k - 1) sup |f'|)",
    witness={"r": 2, "s": 1},
)

# --------------------------------------------------------------------------- The squares bound
_SQUARE_STEP = statement(
    dict.fromkeys(("w", "q", "g", "eta"), "real"),
    "w_next**2 - w**2 == -2*eta*g*p + (eta*g*q)**2",
    {"p": "w*q", "w_next": "w - eta*g*q"},
    scope="one step changes every squared weight by the same -2 eta g p, up to eta**2; every depth",
)
_SQUARE_RISE = statement(
    {"x": "real", "h": "real", "u": "nonnegative", "beta": "positive"},
    "-2*x + h**2 <= beta*((1 + u)**2 - floor)",
    hypotheses={"product": "abs(x) <= u*beta", "step": "h**2 <= u**2*beta"},
    constants={"floor": 1},
    scope="x = eta g p, h = eta g q_j, u = eta G P/beta: |p| <= P, |q_j| <= P/sqrt(beta), |g| <= G",
    witness={"x": -1, "h": 1, "u": 1, "beta": 1},
)
_SQUARE_TIME = statement(
    {"u": "positive"},
    "1/(2*u + u**2) >= 1/(2*u) - offset",
    constants={"offset": "1/4"},
    scope="N > 1/((1 + u)**2 - 1) steps, u = eta G P/beta: at least beta/(2 eta G P) - 1/4",
)
_LEVEL = statement(
    {"P": "positive", "x": "real"},
    "(1 - x)*x >= factor*(1 - P)*P",
    hypotheses={"above": "x >= P", "below": "x <= 1/2"},
    constants={"factor": 1},
    scope="f = (p+1)**2/2, x = |p|: the rate f'(p)|p| at which squares grow is least at the level",
    witness={"P": "1/4", "x": "1/3"},
)
_KEPT = statement(
    {
        **dict.fromkeys(("c", "a", "beta"), "nonnegative"),
        "lost": "nonnegative",
    },
    "c*(1 - lost) + a**2 + beta >= (1 - factor*lost)*(c + a**2 + beta)",
    hypotheses={"share": "lost <= 1"},
    constants={"factor": 1},
    scope="after the crossing a squared weight is at least its first value times 1 - lost",
    witness={"c": 1, "a": 1, "beta": 1, "lost": "1/2"},
)

# --------------------------------------------------------------------------- Tails for every k
_CURVATURE = statement(
    {"s": "nonnegative"},
    "log(1 + s) >= s - half*s**2",
    constants={"half": "1/2"},
    scope="uniform weights: ln E|w|**s = (s/2) ln 3 - ln(1 + s) <= -lambda s + sigma**2 s**2/2, "
    "lambda = 1 - (ln 3)/2, sigma**2 = 1: the upper tail of sum ln|w_j| is sub-Gaussian",
)
_DOMINATION = statement(
    {"a": "nonnegative", "s": "nonnegative", "r": "nonnegative"},
    "(a + s*r)**2 >= a**2 + ((a + s)**2 - a**2)*r**2*factor",
    hypotheses={"share": "r <= 1"},
    constants={"factor": 1},
    scope="uniform weights, s = sqrt(3) - a, r**2 = t: given |w| > a, (w**2 - a**2)/(3 - a**2) is "
    "at most t with probability at most sqrt(t), as for w**2/3",
    witness={"a": 1, "s": 1, "r": "1/2"},
)
_SMALL_WEIGHTS = statement(
    {"k": "positive"},
    "k*log(1 + 1/k) <= most",
    constants={"most": 1},
    scope="(1 + 1/k)**k <= e: E prod (1 + beta/w_j**2)**(1/4) <= e, sqrt(beta) = 1/(rho kappa k)",
)


def _exponent(law: str, size: str, c: str, rate: str) -> Claim:
    """Chernoff's bound with moment 1/2: one inequality in one weight, valid at every depth."""
    bound = statement(
        {"w": law},
        f"E({size}) <= exp(-c/2 - rate)",
        constants={"c": c, "rate": rate},
        scope="raised to the power k: the product reaches exp(-c k) with probability at most "
        "exp(-rate k), for every k",
    )
    kind = "box" if "abs" in size else "squares"
    return Claim(
        f"xavier-chernoff-{kind}-{law}",
        f"{law.capitalize()} weights, {kind} route: P(product >= e^(-{c} k)) <= e^(-{rate} k)",
        _OWN,
        bound,
        bound.with_constants(rate=Fraction(rate) + Fraction(1, 1000)),
    )


def _jensen(law: str, c: str, too_much: str) -> Claim:
    """A lower bracket of the sharp exponent from one moment, by Jensen's inequality."""
    said = statement(
        {"w": law},
        "E((w**2 + 1/10**8)**(1/800)) <= exp(-c/400)",
        constants={"c": c},
        scope="E ln|w| <= E ln(w**2 + b)/2 <= 400 ln E(w**2 + b)**(1/800) <= -c, b = 1e-8: "
        "the count grows by at least a factor exp(c) per layer",
    )
    return Claim(
        f"xavier-exponent-below-{law}",
        f"{law.capitalize()} weights: the sharp exponent is at least {c}",
        _OWN,
        said,
        said.with_constants(c=too_much),
    )


CLAIMS = (
    Claim(
        "shamir-lemma-1-two-points-normalised",
        "The two-point laws have mean 0 and variance 1",
        _paper("Lemma 1"),
        _NORMALISED,
        _NORMALISED.but(definitions={"chance": "1/(1 + x)"}),
    ),
    Claim(
        "shamir-lemma-1-two-points",
        "E|w| < 1 for two-point laws of variance 1, unless |w| is constant (repaired)",
        _paper("Lemma 1, third part"),
        _LEMMA_1,
        _LEMMA_1.with_constants(gap=-1),
    ),
    Claim(
        "shamir-lemma-1-mixture",
        "E|w| <= 1 for variance 1: the step from two laws to their mixture",
        _paper("Lemma 1, third part"),
        _MIXTURE,
        _MIXTURE.with_constants(factor="0.99"),
    ),
    Claim(
        "xavier-assumption-2-density",
        "The normal density is largest at 0",
        _paper("Assumption 2"),
        _DENSITY,
        _DENSITY.with_constants(c="0.999999"),
    ),
    Claim(
        "shamir-lemma-5-union",
        "Markov and the union bound at Lemma 5's threshold",
        _paper("Lemma 5"),
        _UNION,
        _UNION.with_constants(factor="0.999"),
    ),
    Claim(
        "shamir-lemma-5-two-weights",
        "Lemma 5 for two weights of a two-point law; a > 0 is needed",
        _paper("Lemma 5"),
        _LEMMA_5,
        _LEMMA_5_PRINTED,
    ),
    Claim(
        "exp-tangent",
        "1 + t <= exp(t)",
        Source("lemmata", "used throughout", "re-derived"),
        _EXPONENTIAL,
        _EXPONENTIAL.with_constants(factor="1.001"),
    ),
    Claim(
        "shamir-lemma-6-cauchy",
        "Sum against Euclidean norm, by induction over the weights",
        _paper("Lemma 6"),
        _CAUCHY,
        _CAUCHY.with_constants(more="0.999"),
    ),
    Claim(
        "shamir-lemma-6-products-3",
        "Inside the ball of Lemma 6 products of k - 1 weights stay below beta, k = 3",
        _paper("Lemma 6"),
        _PRODUCTS,
        _PRODUCTS.with_constants(factor="0.9"),
    ),
    Claim(
        "shamir-lemma-6-depth-2",
        "Lemma 6 for two weights; delta > 0 is needed",
        _paper("Lemma 6"),
        _DEPTH_2,
        _DEPTH_2_PRINTED,
    ),
    Claim(
        "shamir-theorem-2-steps",
        "Radius over longest step, with the constants of the proof",
        _paper("Theorem 2"),
        _STEPS,
        _STEPS.but("radius*2*r*s*G == E**2*ln2*eta*gradient"),
    ),
    Claim(
        "shamir-theorem-2-rate",
        "The constant in Omega(exp(Ck/2)/k) is ln 2/(2 sup|f'|)",
        _paper("Theorem 2"),
        _RATE,
        _RATE.with_constants(less="0.51"),
    ),
    Claim(
        "squares-step",
        "Squared weights move together, up to eta^2",
        _OWN,
        _SQUARE_STEP,
        _SQUARE_STEP.but("w_next**2 - w**2 == -2*eta*g*p"),
    ),
    Claim(
        "squares-rise",
        "One step raises a square by at most beta ((1 + u)^2 - 1)",
        _OWN,
        _SQUARE_RISE,
        _SQUARE_RISE.with_constants(floor="1.01"),
    ),
    Claim(
        "squares-time",
        "The squares bound as a multiple of 1/eta",
        _OWN,
        _SQUARE_TIME,
        _SQUARE_TIME.with_constants(offset="0.249"),
    ),
    Claim(
        "squares-level",
        "The squares grow least fast at the start of a level",
        _OWN,
        _LEVEL,
        _LEVEL.with_constants(factor="1.001"),
    ),
    Claim(
        "squares-kept",
        "What the crossing of zero leaves of a squared weight",
        _OWN,
        _KEPT,
        _KEPT.with_constants(factor="0.99"),
    ),
    Claim(
        "xavier-subgaussian-uniform",
        "Uniform weights: the upper tail of sum ln|w_j| is sub-Gaussian with its own variance",
        _OWN,
        _CURVATURE,
        _CURVATURE.with_constants(half="0.49"),
    ),
    Claim(
        "xavier-domination-uniform",
        "Differences of squares of uniform weights dominate squares of uniform weights",
        _OWN,
        _DOMINATION,
        _DOMINATION.with_constants(factor="1.01"),
    ),
    Claim(
        "xavier-small-weights",
        "What the small weights add is at most a factor e in expectation",
        _OWN,
        _SMALL_WEIGHTS,
        _SMALL_WEIGHTS.with_constants(most="0.999"),
    ),
    _jensen("gaussian", "0.6335", "0.635"),
    _jensen("uniform", "0.4493", "0.45"),
    _exponent("gaussian", "(abs(w) + 1/50)**(1/2)", "0.2", "0.076"),
    _exponent("uniform", "(abs(w) + 1/50)**(1/2)", "0.1", "0.064"),
    _exponent("gaussian", "(w**2 + 1/2500)**(1/4)", "0.2", "0.093"),
    _exponent("uniform", "(w**2 + 1/2500)**(1/4)", "0.1", "0.079"),
)
