"""Du and Hu (ICML 2019): every constant in the proof of Theorem 4.1, as printed and sharpened.

Names and order follow proofs/written/wide-layers.md. Claims whose source is this project are the
steps of our own explicit version (``numerics/papers/du_hu2019/explicit_width.py``).
"""

from __future__ import annotations

from theory.claims import Claim, Source, Statement, statement


def source(where: str, printed: bool = True) -> Source:
    """Printed in the paper, or a step of our explicit version of it."""
    if printed:
        return Source("du-hu2019", where)
    return Source("lemmata", f"explicit {where}", "re-derived")


# --- initialisation: moments ---


def norm_kept(depth: int, width: int) -> Statement:
    """Claim 3.1 with d_in = 2, d_out = 1 at a unit vector x; f, g are W_{L:1} on the axes."""
    rows = ["b"] if depth == 2 else ["c", "b"]
    draws = [f"a_{i}{j}" for i in range(1, width + 1) for j in (1, 2)]
    names = {j: [f"a_{i}{j}" for i in range(1, width + 1)] for j in (1, 2)}
    if depth == 3:
        draws += [f"c_{i}{k}" for i in range(1, width + 1) for k in range(1, width + 1)]
        names = {
            j: [
                "(" + " + ".join(f"c_{i}{k}*{a}" for k, a in enumerate(names[j], 1)) + ")"
                for i in range(1, width + 1)
            ]
            for j in (1, 2)
        }
    draws += [f"b_{i}" for i in range(1, width + 1)]
    f, g = (" + ".join(f"b_{i}*{h}" for i, h in enumerate(names[j], 1)) for j in (1, 2))
    return statement(
        dict.fromkeys(draws, "gaussian"),
        "E((x_1*f + x_2*g)**2) == scale",
        {"f": f, "g": g},
        constants={"scale": width ** len(rows), "x_1": "3/5", "x_2": "4/5"},
        scope=f"depth {depth}, width {width}, d_in = 2, d_out = 1: W_{{L:1}} x at x = (3/5, 4/5)",
    )


_TWO_LAYERS, _THREE_LAYERS = norm_kept(2, 2), norm_kept(3, 2)
_MOMENT = statement(
    {"w_1": "gaussian", "w_2": "gaussian", "w_3": "gaussian"},
    "E(((w_1**2 + w_2**2 + w_3**2)/3)**3) == moment",
    constants={"moment": "35/9"},
    scope="chi²_m/m, m = 3, third moment: (1 + 0/m)(1 + 2/m)(1 + 4/m)",
)
_RECURRENCE = statement(
    {"w": "gaussian"},
    "E(w**8) == factor*E(w**6)",
    constants={"factor": 7},
    scope="the recurrence E Z^(p+1) = (m + 2p) E Z^p of chi²_m at m = 1, p = 3",
)
_UPPER_MOMENT = statement(
    {"x": "nonnegative"},
    "(1 + x)*log(1 + x) - x <= half*x**2",
    constants={"half": "1/2"},
    scope="log E (chi²_m/m)^p <= (m/2)((1 + x)log(1 + x) - x) <= p²/m, x = 2p/m, since the "
    "digamma function lies below the logarithm",
)
_UPPER_CHERNOFF = statement(
    {"q": "positive", "m": "positive", "p": "real", "g": "positive"},
    "q*p**2/m - 2*p*g >= -gain*m*g**2/q",
    constants={"gain": 1},
    scope="log of the upper tail at the moment p, g = log(factor): the least value, at p = m g/q",
)
_UPPER_RATE = statement(
    {},
    "log(1.1)**2 >= rate",
    constants={"rate": "0.009"},
    scope="P(|A_q...A_1 v| >= 1.1 m^(q/2)) <= exp(-rate m/q), all m and q; the printed proof gives "
    "log(1.1)²/8 = 0.0011; no larger rate than log(1.1)² = 0.00908 serves all q",
)
_LOWER_MOMENT = statement(
    {"x": "nonnegative"},
    "(1 - x)*log(1 - x) + x <= curvature*x**2",
    hypotheses={"range": "x <= 1/5"},
    constants={"curvature": "0.5372"},
    scope="negative moments: log E (chi²_m/m)^(-p) <= (m/2)((1-x)log(1-x) + x) - log(1-x)",
    witness={"x": "1/10"},
)
_LOWER_RATE = statement(
    {},
    "(-2*theta*log(0.9) - curvature*theta**2)/2 >= rate",
    constants={"theta": "1/5", "curvature": "0.5372", "rate": "0.0103"},
    scope="P(|A_q...A_1 v| <= 0.9 m^(q/2)) <= (5/4) exp(-rate m/q), all m and q",
)
_LOWER_PREFACTOR = statement(
    {"q": "positive"},
    "q*log(1 - theta/q) >= log(1 - last)",
    hypotheses={"layers": "q >= 1"},
    constants={"theta": "1/5", "last": "1/5"},
    scope="the factors (1 - theta/q)^-1 of q layers together are at most (1 - theta)^-1 = 5/4",
    witness={"q": 2},
)

# --- initialisation: nets and blocks ---

_NET_UPPER = statement(
    {},
    "(1 + spread)/(1 - net) <= upper",
    constants={"spread": "1/10", "net": "1/12", "upper": "6/5"},
    scope="one vector within 1 ± 0.1 on a net: 1.2 on the sphere; the printed net is 0.01",
)
_NET_LOWER = statement(
    {},
    "1 - spread - net*upper >= lower",
    constants={"spread": "1/10", "net": "1/12", "upper": "6/5", "lower": "4/5"},
    scope="one vector within 1 ± 0.1 on a net: 0.8 on the sphere; the printed net is 0.01",
)
_NET_SIZE = statement(
    {"net": "positive"},
    "1 + 2/net <= three/net",
    hypotheses={"fine": "net <= 1"},
    constants={"three": 3},
    scope="a net on the sphere of R^d has at most (1 + 2/net)^d <= (3/net)^d points",
    witness={"net": "1/100"},
)
_BLOCKS = statement(
    {},
    "log(1 + 2/net)/blocks <= log(stretch)**2 - margin",
    constants={"net": "1/7", "blocks": 3, "stretch": "2.7", "margin": "0.08"},
    scope="3L blocks: the nets of one block are outnumbered, by exp(-margin m/L)",
)
_BLOCK_NORM = statement(
    {},
    "(stretch/(1 - net))**2*blocks <= square",
    constants={"net": "1/7", "blocks": 3, "stretch": "2.7", "square": 30},
    scope="|W_{j:i}(0)| <= sqrt(30 L) m^(q/2): the O(sqrt(L)) of Proposition 6.4",
)

# --- initialisation: the loss ---

_LAURENT_MASSART = statement(
    {"t": "nonnegative"},
    "-log(1 - 2*t)/2 - t <= factor*t**2/(1 - 2*t)",
    hypotheses={"range": "t <= 49/100"},
    constants={"factor": 1},
    scope="log E exp(t(chi² - 1)), as used for t < 1/2 (decided up to 0.49)",
    witness={"t": "1/4"},
)
_LAURENT_MASSART_RATE = statement(
    {"d": "positive", "z": "positive"},
    "d*t**2*w - t*s == -x",
    {"x": "d*z**2", "t": "z/(1 + 2*z)", "w": "1 + 2*z", "s": "2*d*z + 2*d*z**2"},
    scope="P(chi²_d >= d + 2 sqrt(dx) + 2x) <= exp(-x), z = sqrt(x/d); w = 1/(1 - 2t)",
)
_INITIAL_LOSS = statement(
    {"u": "nonnegative", "y": "nonnegative"},
    "(u + y)**2/2 <= factor*(u**2 + y**2)",
    constants={"factor": 1},
    scope="l(0) <= |U(0)|² + |Y|²",
)

# --- training: A(t), B(t), C(t) ---

_EXPANSION = statement(
    {"y": "nonnegative"},
    "log(1 + y) <= factor*y",
    constants={"factor": 1},
    scope="(1 + y)^L <= exp(L y) sums the choices of perturbed layers, sum over s of C(L, s) y^s, "
    "y = R M/sqrt(m)",
)
_DRIFT = statement(
    {},
    "travelled <= log(1 + drift/upper)",
    constants={"upper": "6/5", "drift": "1/20", "travelled": "0.0408"},
    scope="Claim 7.2: L R M/sqrt(m) <= 0.0408 keeps every product within 0.05",
)
_WHITENED = statement(
    {"a": "nonnegative", "s": "nonnegative", "k": "positive", "drift": "nonnegative"},
    "(a - drift)*s >= (a*s - drift*s*k) + gain*drift*s*(k - 1)",
    hypotheses={"conditioned": "k >= 1"},
    constants={"gain": 1},
    scope="sigma_min(W_{i:1}X) >= sigma_min(W_{i:1}Q) sigma_min(X) loses drift*s, not drift*s*k "
    "with k = sqrt(kappa): Claim 7.2 needs no kappa, and Theorem 4.1 kappa² instead of kappa³",
    witness={"a": 1, "s": 1, "k": 2, "drift": "1/20"},
)
_GRADIENT = statement(
    {},
    "sqrt(2)*high**2 <= gradient",
    constants={"high": "5/4", "gradient": 3},
    scope="Claim 7.1: |dl/dW_i|_F <= 3 sqrt(l) |X|/sqrt(d_out)",
)
_ROOT = statement(
    {"x": "nonnegative"},
    "sqrt(1 - x) <= 1 - half*x",
    hypotheses={"range": "x <= 1"},
    constants={"half": "1/2"},
    scope="Claim 7.1: sum over t of (1 - x)^(t/2) <= 2/x",
    witness={"x": "1/2"},
)
_RADIUS = statement(
    {},
    "gradient*2/rate <= radius",
    constants={"gradient": 3, "rate": "1/4", "radius": 24},
    scope="Claim 7.1: R = 24 sqrt(B d_out) |X|/(L sigma_min²)",
)
_RADIUS_NORM = statement(
    {},
    "sqrt(2)*high**2/rate <= radius",
    constants={"high": "5/4", "rate": "1/4", "radius": 9},
    scope="since the norm, not the loss, falls at the rate 1/4, no layer leaves a radius of 9",
)
_GRAM_UPPER = statement(
    {},
    "high**4 <= most",
    constants={"high": "5/4", "most": 3},
    scope="Claim 7.3: lambda_max(P) <= 3 L |X|²/d_out",
)
_GRAM_LOWER = statement(
    {"L": "integer"},
    "((L - 2)*low**4 + 2*low**2)/L >= least",
    hypotheses={"layers": "L >= 2"},
    constants={"low": "3/4", "least": "3/10"},
    scope="Claim 7.3: lambda_min(P) >= (3/10) L sigma_min²/d_out; the end layers lose less",
    witness={"L": 2},
)
_SECOND_ORDER = statement(
    {},
    "high**6/2*step*sqrt(2)*(1 + 1/24)*v*exp(high**2*sqrt(2)*step*(1 + 1/24)*v) <= share*low**4",
    constants={"high": "5/4", "low": "3/4", "step": "1/3", "share": "1/6", "v": "0.0017"},
    scope="Claim 7.3: the second-order term is at most 1/6 of eta lambda_min(P) |U - Y|; at the "
    "largest v = M sqrt(B d_out)|X|/(sqrt(m) sigma_min²) that Claim 7.2 allows, 24 v = 0.0408",
)
_ASSEMBLED = statement(
    {},
    "(1 - share)*least >= rate",
    constants={"share": "1/6", "least": "3/10", "rate": "1/4"},
    scope="Claim 7.3: |U(t+1) - Y| <= (1 - eta L sigma_min²/(4 d_out)) |U(t) - Y|",
)
_STEP = statement(
    {"v": "positive", "low": "positive", "top": "positive"},
    "abs(1 - v) <= 1 - low",
    hypotheses={"above": "v >= low", "below": "v <= top", "step": "top + low <= two"},
    constants={"two": 2},
    scope="|I - eta P| <= 1 - eta lambda_min(P), eta times the eigenvalues being v, low, top: "
    "holds up to twice the printed step size, and beyond",
    witness={"v": 1, "low": "1/2", "top": "3/2"},
)
_LOSS_RATE = statement(
    {"x": "nonnegative"},
    "(1 - x/4)**2 <= 1 - gain*x",
    hypotheses={"step": "x <= 1/3"},
    constants={"gain": "1/4"},
    scope="A(t): the norm falls by 1 - x/4, so the loss by 1 - x/4 and by more; "
    "x = eta L sigma_min²/d_out",
    witness={"x": "1/4"},
)
_REGRESSION = statement(
    {"v": "nonnegative"},
    "(1 - v)**2 <= 1 - gain*v",
    hypotheses={"step": "v <= 1"},
    constants={"gain": "1/4"},
    scope="L = 1, linear regression, eta <= d_out/|X|²: v = eta lambda/d_out for any eigenvalue "
    "of X'X, least for the least; any width, probability one",
    witness={"v": "1/2"},
)


def _but(name: str, title: str, where: Source, made: Statement, **values: str) -> Claim:
    """A claim whose mutant differs in constants only."""
    return Claim(f"du-hu-{name}", title, where, made, made.with_constants(**values))


_LEMMA, _NETS = source("Lemma 6.1", False), source("Propositions 6.2 and 6.3", False)
_BLOCKED, _LOSS = source("Proposition 6.4", False), source("Proposition 6.5")
_71, _72, _73 = (source(f"Claim 7.{i}") for i in (1, 2, 3))

CLAIMS = (
    _but(
        "norm-kept-2",
        "E|W_{2:1} x|² = m |x|²",
        source("Claim 3.1"),
        _TWO_LAYERS,
        scale="2.001",
    ),
    _but(
        "norm-kept-3",
        "E|W_{3:1} x|² = m² |x|²",
        source("Claim 3.1"),
        _THREE_LAYERS,
        scale="3.999",
    ),
    _but("chi-square-moment", "third moment of chi²_3/3", _LEMMA, _MOMENT, moment="3.9"),
    _but("chi-square-recurrence", "E Z^(p+1) = (m + 2p) E Z^p", _LEMMA, _RECURRENCE, factor="6.99"),
    _but("upper-moment", "log E (chi²_m/m)^p <= p²/m, p > 0", _LEMMA, _UPPER_MOMENT, half="0.49"),
    _but("upper-chernoff", "the best moment, upper tail", _LEMMA, _UPPER_CHERNOFF, gain="0.99"),
    _but("upper-rate", "upper tail exp(-0.009 m/q), all m/q", _LEMMA, _UPPER_RATE, rate="0.0091"),
    _but("lower-moment", "negative moments", _LEMMA, _LOWER_MOMENT, curvature="0.537"),
    _but("lower-rate", "lower tail exp(-0.0103 m/q), all m/q", _LEMMA, _LOWER_RATE, rate="0.01033"),
    _but("lower-prefactor", "lower tail, prefactor 5/4", _LEMMA, _LOWER_PREFACTOR, last="0.1999"),
    _but("net-upper", "1.2 on the sphere", _NETS, _NET_UPPER, net="0.0834"),
    _but("net-lower", "0.8 on the sphere", _NETS, _NET_LOWER, net="0.0834"),
    _but("net-size", "(3/net)^d points", source("Proposition 6.2"), _NET_SIZE, three="2.99"),
    _but("blocks", "the nets of 3L blocks", _BLOCKED, _BLOCKS, margin="0.084"),
    _but("block-norm", "|W_{j:i}(0)|² <= 30 L m^q", _BLOCKED, _BLOCK_NORM, square="29.7"),
    _but("laurent-massart", "chi-square upper tail", _LOSS, _LAURENT_MASSART, factor="0.99"),
    Claim(
        "du-hu-laurent-massart-rate",
        "chi-square upper tail: the exponent at the best t",
        _LOSS,
        _LAURENT_MASSART_RATE,
        _LAURENT_MASSART_RATE.but("d*t**2*w - t*s == -2*x"),
    ),
    _but("initial-loss", "l(0) <= |U|² + |Y|²", _LOSS, _INITIAL_LOSS, factor="0.999"),
    _but("expansion", "log(1 + y) <= y", _72, _EXPANSION, factor="0.999"),
    _but("drift", "products move by at most 0.05", _72, _DRIFT, travelled="0.0409"),
    _but("whitened", "no kappa in Claim 7.2", source("Claim 7.2", False), _WHITENED, gain="1.01"),
    _but("gradient", "(5/4)² sqrt(2) <= 3", _71, _GRADIENT, gradient="2.209"),
    _but("root", "sqrt(1 - x) <= 1 - x/2", _71, _ROOT, half="0.501"),
    _but("radius", "24 = 3 * 2 * 4", _71, _RADIUS, radius="23.999"),
    _but("radius-norm", "9 instead of 24", source("Claim 7.1", False), _RADIUS_NORM, radius="8.83"),
    _but("gram-upper", "(5/4)^4 <= 3", _73, _GRAM_UPPER, most="2.441"),
    _but("gram-lower", "(3/4)^4 >= 3/10", _73, _GRAM_LOWER, least="0.3165"),
    _but("second-order", "second-order terms take 1/6", _73, _SECOND_ORDER, share="1/200"),
    _but("assembled", "5/6 of 3/10 is 1/4", _73, _ASSEMBLED, rate="0.2501"),
    _but("step", "a larger step is allowed", source("Claim 7.3", False), _STEP, two="2.001"),
    _but("loss-rate", "from the norm to the loss", _73, _LOSS_RATE, gain="0.48"),
    _but(
        "regression", "L = 1: linear regression", source("Theorem 4.1"), _REGRESSION, gain="1.001"
    ),
)
