"""Arora, Cohen, Golowich, Hu (ICLR 2019): balanced layers, a deficiency margin, linear convergence.

The displayed formulas of the paper were reconstructed, so each claim's source says how sure its
form is; what is re-derived is proved in proofs/balanced-convergence.md, of which these claims are
the steps. There f = |Phi|_F, c the margin, N the depth, q = f^(2 - 2/N) and k = c^(2 - 2/N), so
that c <= f and k <= q; with these names every condition is rational.
"""

from __future__ import annotations

from theory.claims import Claim, Domain, Source, Statement, statement


def _paper(where: str, memory: bool = False) -> Source:
    return Source("arora-cohen-golowich-hu2019", where, "memory" if memory else "re-derived")


def _read(where: str) -> Source:
    return Source("arora-cohen-golowich-hu2019", where, "read")


_OWN = Source("lemmata", "balanced convergence", "re-derived")

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


_RATE = _contraction("179/192", "1/4")
_RATE_OWN = _contraction("0.57", "1/480")

# --- the conditions, rational in N, c, f, q, k ---

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
_STABLE = statement(
    {v: d for v, d in _SIZES.items() if v != "N"} | {"y": "positive"},
    "8*y*(f2*q) <= share*(f2*q)",
    constants={"share": "1/60"},
    hypotheses={**_ORDER, "step": "y*480*f2*q <= c2*k"},
    scope="y = eta N^2 q: eta lambda_max(P) <= 8 eta N q <= share/N, as lambda_max(P) is at most "
    "N M^(2(N-1))",
    witness={"c2": 1, "f2": 1, "q": 1, "k": 1, "y": "1/480"},
)

# --- Theorem 2, Claims 2 and 3 ---

_EXPONENT = statement(
    {"x": "positive"},
    "2**(4 - 2*x)*6144 <= bound",
    constants={"bound": 100000},
    hypotheses={"depth": "x <= 1/2"},
    scope="x = 1/N: the margin s^2 d/(2 |Phi|) put into the step size of Theorem 1",
    witness={"x": "1/2"},
)
_SECOND_MOMENT = statement(
    {"a": "real", "b": "real", "d": "real"},
    "square_a + square_b - 2*mixed == d*(a - b)**2 + d*(d + 1)*(a + b)",
    {
        "square_a": "a*d*(a + d + 1)",
        "square_b": "b*d*(b + d + 1)",
        "mixed": "a*b*d",
    },
    scope="E |A^T A - B B^T|_F^2 for standard normal A (a x d) and B (d x b): E|A^T A|_F^2 = "
    "a d (a + d + 1), E tr(A^T A B B^T) = a b d",
)
_MOMENT_SCALAR = statement(
    {"x": "gaussian", "y": "gaussian"},
    "E((x**2 - y**2)**2) == value",
    constants={"value": 4},
    scope="the same at a = b = d = 1",
)
_WIDTHS = {f"{v}_{end}": text for v in "abd" for end, text in (("low", f"{v} >= 1"),)} | {
    f"{v}_high": f"{v} <= m" for v in "abd"
}
_CLAIM_2 = statement(
    dict.fromkeys("abdm", "real"),
    "d*(a - b)**2 + d*(d + 1)*(a + b) <= factor*m**3",
    constants={"factor": 10},
    hypotheses=_WIDTHS,
    scope="E |A^T A - B B^T|_F^2/s^4 against the largest width m",
    witness=dict.fromkeys("abdm", 1),
)
_CLAIM_2_SHARP = _CLAIM_2.but("d*(a - b)**2 + d*(d + 1)*(a + b) <= factor*m**2*(m + 1)")
_CLAIM_2_SHARP = _CLAIM_2_SHARP.with_constants(factor=2)
_CHI_UPPER = statement(
    {},
    "(1 - log(2))/2 >= rate",
    constants={"rate": "1/16"},
    scope="Chernoff: P(chi^2_d >= 2 d) <= exp(-d (1 - ln 2)/2)",
)
_CHI_LOWER = statement(
    {},
    "(log(2) - 1/2)/2 >= rate",
    constants={"rate": "1/16"},
    scope="Chernoff: P(chi^2_d <= d/2) <= exp(-d (ln 2 - 1/2)/2)",
)
_LAURENT_MASSART = statement(
    {"x": "nonnegative"},
    "-log(1 - x) - x <= x**2/(factor*(1 - x))",
    constants={"factor": 2},
    hypotheses={"below": "x < 1"},
    scope="cumulant function of (chi^2_1 - 1)/1 at x/2, times 2: hence "
    "P(chi^2_d >= d + 2 sqrt(d k) + 2 k) <= exp(-k)",
    witness={"x": "1/2"},
)
_SIXTEENTH = statement(
    {},
    "1 + 2*sqrt(1/16) + 2/16 <= factor",
    constants={"factor": 2},
    scope="Lemma 9 with k = d/16: |V|^2 <= (13/8) s^2 d <= 2 s^2 d",
)
_DIRECTION = statement(
    {"v": "positive", "u": "positive", "s": "positive"},
    "v**2 + 2*u**2*s**2 <= 2*coefficient*u*v",
    constants={"coefficient": "3/2"},
    hypotheses={"norm_high": "v <= u", "norm_low": "v >= u*s", "order": "s <= 1"},
    scope="Lemma 8: v = |V|, u = |Phi|/sqrt(b_1 d), s^2 = b_1/b_2: V has margin |Phi|/(b_2 d) once "
    "the cosine of its angle to Phi is at least coefficient/sqrt(b_1 d) (the paper: 2)",
    witness={"v": 1, "u": 1, "s": 1},
)

# --- Appendix C ---

_CLAIM_4 = statement(
    {"w": "positive", "g": "positive", "p": "positive", "C": "positive"},
    "g*(p - 1) - w >= growth*C",
    constants={"growth": 9},
    hypotheses={"inside": "w <= C", "large": "g*p >= 20*C", "product": "p >= 2"},
    scope="Claim 4, any even N, Phi = 1, one step: |W_j| = w <= C, product p, g = eta p/w: the "
    "next |W_j| is at least 9 C and its sign has changed",
    witness={"w": 1, "g": 10, "p": 2, "C": 1},
)
_CLAIM_4_AGAIN = statement(
    {"N": "integer"},
    "growth**(2*N - 1) >= 20",
    constants={"growth": 9},
    hypotheses={"depth": "N >= 2"},
    scope="Claim 4, induction: eta B^(2N-1) >= 20 C again, for B' = 9 C and C' = eta C^(2N-1)",
    witness={"N": 2},
)
_CLAIM_5 = statement(
    {"x": "real", "y": "real", "lam": "positive"},
    "(x**2 + lam)**2/2 >= lam**2/2",
    scope="Claim 5, N even: the eigenvalue of the product of equal layers is x^2 = d^N >= 0, that "
    "of Phi is -lam",
)


def _symmetric(depth: int, layer: int) -> Statement:
    """Equal symmetric layers that commute with a symmetric target stay so: one gradient for all."""
    return statement(
        {"S": "matrix", "F": "matrix"},
        f"T(S**{depth - layer})*(S**{depth} - F)*T(S**{layer - 1}) "
        f"== S**{depth - 1}*(S**{depth} - F)",
        hypotheses={"layer": "T(S) == S", "target": "T(F) == F", "commute": "F*S == S*F"},
        scope=f"depth {depth}, layer {layer}: all layers equal S, whitened target F",
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


# --- measured in balls ---

_MATRIX_CLAIM_1 = statement(
    {"smallest": "measured", "margin": "measured"},
    "smallest >= share*margin",
    constants={"share": 1},
    scope="Claim 1 for matrices: sigma_min(W') against the margin of W, both enclosed, at random "
    "W' no farther from Phi, and at the one that attains it",
)
_THEOREM_1 = statement(
    {"loss": "measured", "start": "measured", "decay": "measured"},
    "loss <= factor*decay*start",
    constants={"factor": 1},
    scope="Theorem 1 on instances that satisfy its hypotheses, step size at the limit: the loss, "
    "enclosed, at the step where it is closest to (1 - eta c^(2 - 2/N))^t l(0)",
)
_LEMMA_1 = statement(
    {"descent": "measured", "slope": "measured"},
    "descent >= coefficient*slope",
    constants={"coefficient": "1/2"},
    scope="Lemma 1 at every step of these runs, the worst one: descent of the loss against "
    "eta sigma_min(W_{1:N})^(2 - 2/N) |W - Phi|_F^2, enclosed",
)
_BALANCE = statement(
    {"balance": "measured", "delta": "measured"},
    "balance <= factor*delta",
    constants={"factor": 2},
    scope="Lemma 2: layers stay 2 delta-balanced, enclosed at every step of these runs",
)
_OWN_THEOREM = statement(
    dict(_THEOREM_1.variables),
    "loss <= factor*decay*start",
    constants={"factor": 1},
    scope="our theorem (40 N^2, 480 N^2) on instances at its limits, as for Theorem 1",
)
_DIVERGENCE = statement(
    {"low_next": "measured", "high": "measured"},
    "low_next >= growth*high",
    constants={"growth": 9},
    scope="Claim 4: exact rational orbits, N = 2 and 4, several step sizes and margins: the "
    "smallest |W_j| against nine times the largest one a step before",
)
_STUCK = statement(
    {"loss": "measured", "barrier": "measured"},
    "loss >= factor*barrier",
    constants={"factor": 1},
    scope="Claim 5: identity initialisation, even N, Phi with eigenvalue -lam, several step sizes: "
    "the smallest loss of a run, enclosed, against lam^2/2",
)
_SUCCESS = statement(
    {"probability": "measured"},
    "probability > level",
    constants={"level": "1/4"},
    scope="Theorem 2: (1 - 2 exp(-d/16)) (3 - 4 F(2 sqrt(2/a)))/2, enclosed, d and a from 100 up",
)
_DIRECTIONS = statement(
    {"probability": "measured", "formula": "measured"},
    "probability >= factor*formula",
    constants={"factor": 1},
    scope="Lemma 8: P(cosine >= (3/2)/sqrt(b_1 d)), an incomplete beta function, against "
    "(3 - 4 F(2/sqrt(b_1)))/2, both enclosed, for d from 20 to 10000 and b_1 from 1 to 10000",
)


def _claim(
    name: str,
    title: str,
    source: Source,
    made: Statement,
    mutant: Statement | None = None,
    **c: str,
) -> Claim:
    """A claim whose mutant is given, or replaces constants."""
    return Claim(f"arora-{name}", title, source, made, mutant or made.with_constants(**c))


CLAIMS = (
    _claim(
        "claim-1",
        "a closer matrix keeps sigma_min >= margin",
        _paper("Claim 1"),
        _CLAIM_1,
        share="1.01",
    ),
    _claim(
        "identity-margin",
        "identity initialisation has margin 1 - 2 |Phi - I|_F",
        _read("after Definition 2"),
        _IDENTITY_INIT,
        share="1.01",
    ),
    *(
        _claim(
            f"lemma-5-power-{p}",
            f"(A + D)^{p} - A^{p} is a sum of {p} products with one D",
            _paper("Lemma 5"),
            _telescope(p),
            _telescope(p).but(str(_telescope(p).conclusion).replace("*D*", "*D*D*")),
        )
        for p in (2, 3, 4)
    ),
    *(
        _claim(
            f"lemma-5-swap-{p}",
            "V^T (V V^T)^p V = (V^T V)^(p+1)",
            _paper("Lemma 5"),
            _swap(p),
            _swap(p).but(f"T(V)*(V*T(V))**{p}*V == (V*T(V))**{p + 1}"),
        )
        for p in (1, 2, 3)
    ),
    _claim(
        "lemma-5-count",
        "the number of replacements is at most 3/2 m^2 (1/2 suffices)",
        _paper("Lemma 5"),
        _COUNT,
        factor="0.49",
    ),
    _claim(
        "lemma-5-power",
        "sigma_min(W_1)^(2(N-1)) from its N-th power",
        _paper("Lemma 5"),
        _POWER,
        share="1.01",
    ),
    _claim(
        "lemma-6-root", "2^(1/N) - (5/4)^(1/N) >= 1/(30 N)", _read("Lemma 6"), _ROOT, rate="0.48"
    ),
    _claim(
        "lemma-6-root-sharp",
        "the same with 0.47 for 1/30; ln(8/5) = 0.4700036 is best",
        _OWN,
        _ROOT_SHARP,
        rate="0.4701",
    ),
    _claim(
        "lemma-6",
        "layers are bounded by the product: |W_j|^(2N) <= 2 |W_{1:N}|^2",
        _paper("Lemma 6"),
        _NORM,
        double="1.99",
    ),
    _claim(
        "lemma-7",
        "the terms from the second order on are at most (N eta M^(N-2) e)^2",
        _paper("Lemma 7"),
        _TAIL,
        coefficient="0.59",
    ),
    _claim(
        "lemma-7-sharp",
        "the same with 3/5",
        _OWN,
        _TAIL.with_constants(coefficient="3/5"),
        coefficient="0.594",
    ),
    _claim(
        "gram",
        "constants 256 N^3: the Gram operator keeps 1 - 1/(16 N) of mu",
        _OWN,
        _GRAM,
        loss="1/17",
    ),
    _claim(
        "remainder",
        "step 6144 N^3: higher orders cost at most mu/96",
        _OWN,
        _REMAINDER,
        loss="1/1000",
    ),
    _claim(
        "lemma-1",
        "Lemma 1's coefficient 1/2: (1 - 179/192 x)^2 <= 1 - x",
        _paper("Lemma 1"),
        _RATE,
        share="1/2",
    ),
    _claim(
        "balance-budget",
        "256 * 24 = 6144: the total drift is at most delta",
        _paper("Theorem 1", memory=True),
        _BUDGET,
        drift="25",
    ),
    _claim(
        "drift", "a drift constant of 12 is enough (the paper: 24)", _OWN, _DRIFT_STEP, drift="11"
    ),
    _claim(
        "root-eight",
        "3/5 8 sqrt 8 <= 13.6",
        _OWN,
        _ROOT_EIGHT,
        bound="13.5",
    ),
    _claim(
        "own-gram",
        "constants 40 N^2: the Gram operator keeps 3/5 of mu",
        _OWN,
        _GRAM_OWN,
        loss="0.39",
    ),
    _claim(
        "own-stable", "step 480 N^2: eta lambda_max(P) <= 1/(60 N)", _OWN, _STABLE, share="1/61"
    ),
    _claim(
        "own-remainder",
        "step 480 N^2: higher orders cost at most 0.03 mu",
        _OWN,
        _REMAINDER_OWN,
        loss="0.028",
    ),
    _claim("own-rate", "0.6 - 0.03 = 0.57 is enough for Lemma 1", _OWN, _RATE_OWN, share="1/2"),
    _claim(
        "own-balance-budget",
        "12 * 40 = 480: the total drift is at most delta",
        _OWN,
        _BUDGET_OWN,
        drift="13",
    ),
    _claim(
        "theorem-2-step", "2^(4 - 2/N) 6144 <= 10^5", _read("Theorem 2"), _EXPONENT, bound="40000"
    ),
    _claim(
        "claim-2-moment",
        "E |A^T A - B B^T|_F^2 = d (a-b)^2 + d (d+1)(a+b)",
        _paper("Claim 2"),
        _SECOND_MOMENT,
        _SECOND_MOMENT.but("square_a + square_b - mixed == d*(a - b)**2 + d*(d + 1)*(a + b)"),
    ),
    _claim(
        "claim-2-moment-scalar",
        "the same for scalars, by integration",
        _paper("Claim 2"),
        _MOMENT_SCALAR,
        value="3",
    ),
    _claim(
        "claim-2",
        "E |A^T A - B B^T|_F^2 <= 10 s^4 d_max^3",
        _paper("Claim 2"),
        _CLAIM_2,
        factor="3.99",
    ),
    _claim(
        "claim-2-sharp",
        "... <= 2 s^4 d_max^2 (d_max + 1), with equality for equal widths",
        _OWN,
        _CLAIM_2_SHARP,
        factor="1.99",
    ),
    _claim(
        "chi-square-upper",
        "P(chi^2_d >= 2 d) <= exp(-d/16), by Chernoff",
        _paper("Lemma 9"),
        _CHI_UPPER,
        rate="0.154",
    ),
    _claim(
        "chi-square-lower",
        "P(chi^2_d <= d/2) <= exp(-d/16), by Chernoff",
        _paper("Lemma 9"),
        _CHI_LOWER,
        rate="0.097",
    ),
    _claim(
        "laurent-massart",
        "-log(1-x) - x <= x^2/(2(1-x))",
        _paper("Lemma 9"),
        _LAURENT_MASSART,
        factor="2.1",
    ),
    _claim(
        "laurent-massart-sixteenth",
        "1 + 2/4 + 2/16 <= 2",
        _paper("Lemma 9"),
        _SIXTEENTH,
        factor="1.62",
    ),
    _claim(
        "lemma-8-angle", "3/2 is enough where Lemma 8 takes 2", _OWN, _DIRECTION, coefficient="1.49"
    ),
    _claim(
        "claim-4-step",
        "unbalanced scalars: one step multiplies the weights by nine",
        _read("Claim 4"),
        _CLAIM_4,
        growth="9.01",
    ),
    _claim(
        "claim-4-induction",
        "9^(2N-1) >= 20: and so on for ever",
        _read("Claim 4"),
        _CLAIM_4_AGAIN,
        growth="2.7",
    ),
    _claim(
        "claim-5-barrier",
        "a negative eigenvalue: l(t) >= lam^2/2 for even N",
        _read("Claim 5"),
        _CLAIM_5,
        _CLAIM_5.but("(x*y + lam)**2/2 >= lam**2/2"),
    ),
    *(
        _claim(
            f"claim-5-layers-{n}-{j}",
            "from identity all layers get the same gradient",
            _read("Claim 5"),
            _symmetric(n, j),
            _symmetric(n, j).but(
                f"T(S**{n - j})*(S**{n} - F)*T(S**{j - 1}) == S**{n}*(S**{n} - F)"
            ),
        )
        for n, j in ((2, 1), (2, 2), (4, 1), (4, 2), (4, 3))
    ),
    _claim(
        "claim-1-matrices",
        "Claim 1 on matrices, in balls",
        _paper("Claim 1"),
        _MATRIX_CLAIM_1,
        share="1.01",
    ),
    _claim(
        "theorem-1-runs",
        "Theorem 1 (256, 6144) on instances, in balls",
        _paper("Theorem 1", memory=True),
        _THEOREM_1,
        factor="1/2",
    ),
    _claim(
        "lemma-1-runs",
        "Lemma 1 at every step, in balls",
        _paper("Lemma 1"),
        _LEMMA_1,
        coefficient="1.01",
    ),
    _claim(
        "lemma-2-balance",
        "layers stay 2 delta-balanced, in balls",
        _paper("Lemma 2"),
        _BALANCE,
        factor="1/2",
    ),
    _claim(
        "own-theorem-runs",
        "our theorem (40 N^2, 480 N^2) on instances, in balls",
        _OWN,
        _OWN_THEOREM,
        factor="1/10",
    ),
    _claim(
        "claim-4-orbits",
        "Claim 4: exact orbits that diverge",
        _read("Claim 4"),
        _DIVERGENCE,
        growth="1000000",
    ),
    _claim(
        "claim-5-orbits",
        "Claim 5: runs that never pass the barrier",
        _read("Claim 5"),
        _STUCK,
        factor="1.01",
    ),
    _claim(
        "theorem-2-probability",
        "the success probability of Theorem 2 is above 1/4",
        _read("Theorem 2"),
        _SUCCESS,
        level="0.3",
    ),
    _claim(
        "lemma-8-probability",
        "the probability in Lemma 8 is larger than its formula",
        _paper("Lemma 8"),
        _DIRECTIONS,
        factor="1.5",
    ),
)
