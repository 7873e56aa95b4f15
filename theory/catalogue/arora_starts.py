"""Arora, Cohen, Golowich, Hu 2019, continued: random starts (Theorem 2), and Appendix C."""

from __future__ import annotations

from theory.catalogue.arora import OWN, claim, derived, read
from theory.claims import Statement, statement

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

_NORMAL = statement(
    {"y": "positive"},
    "1 - y**2/6 + y**4/40 - y**6/336 >= least",
    constants={"least": "3/8"},
    hypotheses={"range": "y <= 2"},
    scope="y = 2/sqrt(b_1), b_1 >= 1: F(y) - 1/2 >= least*y/sqrt(2 pi), by the Taylor polynomial "
    "of the density; so (3 - 4 F(y))/2 <= 1/2 - (3/2)/sqrt(2 pi b_1), a bound of the probability "
    "that the cosine is at least (3/2)/sqrt(b_1 d)",
    witness={"y": 2},
)
_SUCCESS = statement(
    {"d": "real", "a": "real"},
    "(1 - 2*exp(-d/16))*(1 - 8/sqrt(pi*a))/2 >= level",
    constants={"level": "1/4"},
    hypotheses={"dimension": "d >= 100", "spread": "a >= 100"},
    scope="Theorem 2's success probability, from F(x) <= 1/2 + x/sqrt(2 pi) at x = 2 sqrt(2/a)",
    witness={"d": 100, "a": 100},
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


CLAIMS = (
    claim(
        "theorem-2-step", "2^(4 - 2/N) 6144 <= 10^5", read("Theorem 2"), _EXPONENT, bound="40000"
    ),
    claim(
        "claim-2-moment",
        "E |A^T A - B B^T|_F^2 = d (a-b)^2 + d (d+1)(a+b)",
        derived("Claim 2"),
        _SECOND_MOMENT,
        _SECOND_MOMENT.but("square_a + square_b - mixed == d*(a - b)**2 + d*(d + 1)*(a + b)"),
    ),
    claim(
        "claim-2-moment-scalar",
        "the same for scalars, by integration",
        derived("Claim 2"),
        _MOMENT_SCALAR,
        value="3",
    ),
    claim(
        "claim-2-bound",
        "E |A^T A - B B^T|_F^2 <= 10 s^4 d_max^3",
        derived("Claim 2"),
        _CLAIM_2,
        factor="3.99",
    ),
    claim(
        "claim-2-sharp",
        "... <= 2 s^4 d_max^2 (d_max + 1), with equality for equal widths",
        OWN,
        _CLAIM_2_SHARP,
        factor="1.99",
    ),
    claim(
        "chi-square-upper",
        "P(chi^2_d >= 2 d) <= exp(-d/16), by Chernoff",
        derived("Lemma 9"),
        _CHI_UPPER,
        rate="0.154",
    ),
    claim(
        "chi-square-lower",
        "P(chi^2_d <= d/2) <= exp(-d/16), by Chernoff",
        derived("Lemma 9"),
        _CHI_LOWER,
        rate="0.097",
    ),
    claim(
        "laurent-massart",
        "-log(1-x) - x <= x^2/(2(1-x))",
        derived("Lemma 9"),
        _LAURENT_MASSART,
        factor="2.1",
    ),
    claim(
        "laurent-massart-sixteenth",
        "1 + 2/4 + 2/16 <= 2",
        derived("Lemma 9"),
        _SIXTEENTH,
        factor="1.62",
    ),
    claim(
        "lemma-8-angle", "3/2 is enough where Lemma 8 takes 2", OWN, _DIRECTION, coefficient="1.49"
    ),
    claim(
        "lemma-8-normal",
        "the probability in Lemma 8 is larger than its formula, any d >= 3",
        OWN,
        _NORMAL,
        least="0.55",
    ),
    claim(
        "theorem-2-success",
        "Theorem 2's success probability is above 1/4 for all d, a >= 100",
        read("Theorem 2"),
        _SUCCESS,
        level="0.28",
    ),
    claim(
        "claim-4-step",
        "unbalanced scalars: one step multiplies the weights by nine",
        read("Claim 4"),
        _CLAIM_4,
        growth="9.01",
    ),
    claim(
        "claim-4-induction",
        "9^(2N-1) >= 20: and so on for ever",
        read("Claim 4"),
        _CLAIM_4_AGAIN,
        growth="2.7",
    ),
    claim(
        "claim-5-barrier",
        "a negative eigenvalue: l(t) >= lam^2/2 for even N",
        read("Claim 5"),
        _CLAIM_5,
        _CLAIM_5.but("(x*y + lam)**2/2 >= lam**2/2"),
    ),
    *(
        claim(
            f"claim-5-layers-{n}-{j}",
            "from identity all layers get the same gradient",
            read("Claim 5"),
            _symmetric(n, j),
            _symmetric(n, j).but(
                f"T(S**{n - j})*(S**{n} - F)*T(S**{j - 1}) == S**{n}*(S**{n} - F)"
            ),
        )
        for n, j in ((2, 1), (2, 2), (4, 1), (4, 2), (4, 3))
    ),
)
