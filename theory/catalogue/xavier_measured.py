"""Theorem 2: claims that enclosures on instances, certified counts and statistics support.

Written proofs: ``proofs/written/escape-probability.md``.
"""

from __future__ import annotations

from theory.claims import Claim, Source, Statement, statement

_OWN = Source("lemmata", "Theorem 2, sharper", "re-derived")


def _paper(number: str) -> Source:
    return Source("shamir2019", number)


def _value(law: str, quantity: str, value: str) -> Statement:
    return statement(
        {"enclosed": "measured"},
        "abs(enclosed - value) <= tolerance",
        constants={"value": value, "tolerance": "1e-14"},
        scope=f"both ends of an enclosure of {quantity}, {law} weight of variance 1, by rigorous "
        "quadrature; the singularity at 0 is substituted away (w = exp(-x))",
    )


_EXPONENTS = {
    "gaussian": _value("gaussian", "-E ln|w| = (gamma + ln 2)/2", "0.635181422730739085"),
    "uniform": _value("uniform", "-E ln|w| = 1 - (ln 3)/2", "0.450693855665945162"),
}
_VARIANCES = {
    "gaussian": _value("gaussian", "Var ln|w| = pi**2/8", "1.233700550136169827"),
    "uniform": _value("uniform", "Var ln|w| = 1", "1"),
}
_SMALL = statement(
    {"chance": "measured", "size": "measured"},
    "chance <= c_1*size",
    constants={"c_1": "0.7978845609"},
    scope="normal weights: upper end of an enclosure of P(|w| <= size), sizes from 1/1000 to 8",
)
_LEMMA_6 = statement(
    {"product": "measured", "beta": "measured"},
    "product <= factor*beta",
    constants={"factor": 1},
    scope="Lemma 6: the largest |product of k - 1 weights| at points of its ball, random ones and "
    "the worst direction, upper end; depths 2 to 300. It comes within 1/1000 of the bound",
)
_SUB_GAUSSIAN = statement(
    {"log_moment": "measured", "mean": "measured", "square": "measured"},
    "log_moment - mean <= factor*square",
    constants={"factor": 1},
    scope="normal weights: ln E|w|**s <= -lambda s + (pi**2/16) s**2, enclosures at s from 1/1000 "
    "to 200; for all s >= 0 because the trigamma function decreases (written proof)",
)
_TAIL = statement(
    {"inverted": "measured", "closed": "measured"},
    "abs(inverted - closed) <= tolerance",
    constants={"tolerance": "1e-10"},
    scope="P(|w_1 ... w_k| >= exp(y)), uniform weights: Poisson summation with proved error "
    "against the incomplete Gamma function, both enclosed; depths 8 to 400",
)
_CLOSED = statement(
    {"exact": "measured", "allowed": "measured"},
    "exact <= share*allowed",
    constants={"share": 1},
    scope="Theorem 2 in closed form, C_2(k) = exp(-z**2/2) + exp(1 - d/2), against the enclosed "
    "exact failure probability of its event; both laws, depths 5 to 1000",
)
_SQUARES = statement(
    {"count": "measured", "bound": "measured"},
    "count >= factor*bound",
    constants={"factor": 1},
    scope="the squares bound of each start against its certified count, depths 2 to 1000",
)
_SANDWICH = statement(
    {"lower": "measured", "count": "measured", "upper": "measured"},
    "(count - lower)*(upper - factor*count) >= 0",
    constants={"factor": 1},
    scope="f = (p+1)**2/2, N = min{t: p <= -1/2}: two bounds from the start alone pinch the "
    "certified count, depths 2 to 1000; in the middle they are less than a factor of two apart",
)
_GUARANTEES = statement(
    {"guaranteed": "measured", "quantile": "measured"},
    "factor*guaranteed <= quantile",
    constants={"factor": 1},
    scope="eta N guaranteed by the best route against the upper end of the 99.9 % interval of the "
    "measured quantile, failure 1/2, 1/10 and 1/100, both laws, depths 30 and more",
)
_UPPER = statement(
    {"quantile": "measured", "ceiling": "measured"},
    "quantile <= factor*ceiling",
    constants={"factor": 1},
    scope="f = (p+1)**2/2: lower end of the 99.9 % interval of the measured quantile of eta N "
    "against the time proved sufficient, failure 1/2, 1/10 and 1/100, both laws, depths 100 and up",
)
_FAILURES = statement(
    {"p_value": "measured", "failed": "measured", "starts": "measured"},
    "p_value >= level",
    constants={"level": "1/100000"},
    scope="how many stored starts escape before the guaranteed time: P(Bin(starts, failure) >= "
    "failed), so small a value once in a thousand runs of this whole table at most",
)
_STORED = statement(
    {"stored": "measured", "recounted": "measured"},
    "stored == recounted + shift",
    constants={"shift": 0},
    scope="the stored counts are those of their seeds: a random sample, counted again",
)
_CENTRAL = statement(
    {"distance": "measured", "bare": "measured", "radius": "measured"},
    "distance <= radius",
    scope="sup |F_n - F| of ln N against the normal law with its finite-depth centre, spread and "
    "Edgeworth term, none of them fitted; Massart's radius at 99.9 % for all rows together; both "
    "laws, depths 30 to 300. The false twin leaves the finite-depth terms out",
)
_RESIDUAL = statement(
    {"distance": "measured", "bare": "measured", "radius": "measured"},
    "distance <= radius",
    scope="sup |F_n - G_m| of ln(eta N) + sum ln|w_j| + 2 ln(rho k) against ln Xi of the Poisson "
    "process; radii of both samples added, 99.9 % for all rows together; both laws, depths 30 to "
    "300. The false twin leaves 2 ln(rho k) out",
)

CLAIMS = (
    *(
        Claim(
            f"xavier-exponent-{law}",
            f"The sharp exponent of Theorem 2, {law} weights, to 14 digits",
            _OWN,
            said,
            said.with_constants(value=said.constants["value"] + said.constants["tolerance"] * 3),
        )
        for law, said in _EXPONENTS.items()
    ),
    *(
        Claim(
            f"xavier-variance-{law}",
            f"The variance of ln|w|, {law} weights, to 14 digits",
            _OWN,
            said,
            said.with_constants(value=said.constants["value"] + said.constants["tolerance"] * 3),
        )
        for law, said in _VARIANCES.items()
    ),
    Claim(
        "xavier-assumption-2-gaussian",
        "P(|w| <= a) <= sqrt(2/pi) a for normal weights",
        _paper("Assumption 2"),
        _SMALL,
        _SMALL.with_constants(c_1="0.79788"),
    ),
    Claim(
        "shamir-lemma-6-sampled",
        "Products of k - 1 weights stay below beta in the ball of Lemma 6",
        _paper("Lemma 6"),
        _LEMMA_6,
        _LEMMA_6.with_constants(factor="0.999"),
    ),
    Claim(
        "xavier-subgaussian-gaussian",
        "Normal weights: the upper tail of sum ln|w_j| is sub-Gaussian with its own variance",
        _OWN,
        _SUB_GAUSSIAN,
        _SUB_GAUSSIAN.with_constants(factor="0.99"),
    ),
    Claim(
        "xavier-exact-tail",
        "Tails of products of weights, inverted exactly",
        _OWN,
        _TAIL,
        _TAIL.but("abs(inverted - 1.000001*closed) <= tolerance"),
    ),
    Claim(
        "xavier-closed-form",
        "Theorem 2 in closed form at every depth: its event fails at most so often",
        _OWN,
        _CLOSED,
        _CLOSED.with_constants(share="1/10"),
    ),
    Claim(
        "squares-bound",
        "No start escapes sooner than the squares bound says, at any step size",
        _OWN,
        _SQUARES,
        _SQUARES.with_constants(factor=5),
    ),
    Claim(
        "xavier-sandwich",
        "Lower <= certified count <= upper, from the weights alone",
        _OWN,
        _SANDWICH,
        _SANDWICH.with_constants(factor=2),
    ),
    Claim(
        "xavier-guarantees",
        "The guaranteed times stay below the measured quantiles",
        _paper("Theorem 2"),
        _GUARANTEES,
        _GUARANTEES.with_constants(factor=25),
    ),
    Claim(
        "xavier-upper",
        "The times proved sufficient exceed the measured quantiles",
        _OWN,
        _UPPER,
        _UPPER.with_constants(factor="1.5e-8"),
    ),
    Claim(
        "xavier-failures",
        "The guaranteed times fail no more often than allowed",
        _paper("Theorem 2"),
        _FAILURES,
        _FAILURES.with_constants(level="1/2"),
    ),
    Claim(
        "xavier-stored-counts",
        "Stored certified counts, counted again from their seeds",
        _OWN,
        _STORED,
        _STORED.with_constants(shift=1),
    ),
    Claim(
        "xavier-fluctuations",
        "Central limit theorem for ln N, with its finite-depth terms",
        _OWN,
        _CENTRAL,
        _CENTRAL.but("bare <= radius"),
    ),
    Claim(
        "xavier-second-order",
        "ln N is -sum ln|w_j| - 2 ln(rho k) plus a universal variable",
        _OWN,
        _RESIDUAL,
        _RESIDUAL.but("bare <= radius"),
    ),
)
