"""ZAS, discrete: the constants of the first proof, with P and K (``proofs/zas.md``, section 3)."""

from __future__ import annotations

from theory.catalogue.wu_wang_ma import SLOPE
from theory.claims import Claim, Source, Statement, statement

_OLD = Source("lemmata", "ZAS, discrete, first version", "re-derived")


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


def _claim(name: str, title: str, source: Source, made: Statement, mutant: Statement) -> Claim:
    return Claim(f"zas-{name}", title, source, made, mutant)


CLAIMS = (
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
)
