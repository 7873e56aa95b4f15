"""Shamir (COLT 2019), Lemma 13: its exact range, 2.9553 times the printed step size.

Written proof: ``proofs/written/upper-bound.md``, section 1a.
"""

from __future__ import annotations

from theory.claims import Claim, Source, statement

_LEMMA_13 = Source("lemmata", "Lemma 13, exact range", "re-derived")

# Units y = 1; x bounds
# T = eta y**2 sum w_i**-2, e the error below the target, v (or g) the relative excess above it.
_RANGE = {"unit": "e <= 1", "low": "x >= 1", "high": "x <= limit"}
_POLYNOMIAL = "(1 - e)*(1 + s + 3/5*s**2) - 1"
_LIMIT = statement(
    {"x": "nonnegative"},
    "(1 - x)**2 <= exp(-x)",
    hypotheses={"step": "x <= limit"},
    constants={"limit": "1.4776"},
    scope="k equal weights just below the target: one step multiplies F by (1 - x)**2, and Lemma "
    "13 promises exp(-x); the printed step size is x = 1/2",
    witness={"x": 1},
)
_OVERSHOOT_FIRST = statement(
    {"e": "nonnegative", "x": "nonnegative"},
    f"{_POLYNOMIAL} <= factor*(x - 1)*e*(1 - e)",
    {"s": "x*e*(1 - e)"},
    hypotheses=_RANGE,
    constants={"limit": "1.478", "factor": 1},
    scope="an overshoot is at most (x - 1) e (1 - e): p+ <= (1 - e) exp(x e (1 - e))",
    witness={"e": "1/2", "x": 1},
)
_OVERSHOOT_SECOND = statement(
    {"e": "nonnegative", "x": "nonnegative"},
    f"({_POLYNOMIAL})*(1 + m*e) <= (x - 1)*e",
    {"s": "x*e*(1 - e)"},
    hypotheses=_RANGE,
    constants={"limit": "1.478", "m": "16/5"},
    scope="the same overshoot to second order: at most (x - 1) e/(1 + 16 e/5)",
    witness={"e": "1/2", "x": 1},
)
_PAIR = statement(
    {"g": "nonnegative", "e": "nonnegative", "x": "nonnegative"},
    "g*((1 + g)**2*x - 1) <= (x - 1)**2*e",
    hypotheses={
        "low": "x >= 1",
        "high": "x <= limit",
        "first": "g*(1 + m*e) <= (x - 1)*e",
        "small": "25*g <= 3",
    },
    constants={"limit": "1.478", "m": "16/5"},
    scope="from e below over g above to below again: at most (x - 1)**2 e is left",
    witness={"g": 0, "e": 0, "x": 1},
)
_ABOVE = statement(
    {"v": "nonnegative", "T": "nonnegative"},
    "(1 + v)*(1 - s + s**2/2) - 1 <= v*(1 - share*T*(1 + v)**2)",
    {"s": "T*v*(1 + v)"},
    hypotheses={"small": "25*v <= 3", "range": "T <= 1.478"},
    constants={"share": "9/10"},
    scope="above the target: the excess v falls by 1 - 0.9 T (1 + v)**2, as exp(-s) is at most "
    "1 - s + s**2/2",
    witness={"v": "1/10", "T": 1},
)
_RETURN = statement(
    {"v": "nonnegative", "c": "nonnegative"},
    "v*(1 + c)**2 <= factor*c",
    hypotheses={"small": "4*c <= 1", "first": "v <= 0.478*c"},
    constants={"factor": "3/4"},
    scope="what an excursion above the target takes from the squares of the weights is less than "
    "the overshooting step gave, in units of eta: v the first excess, c = e (1 - e) there",
    witness={"v": 0, "c": "1/4"},
)
_LEMMA_13_RANGE = statement(
    {"multiple": "measured", "excess": "measured"},
    "excess*(limit - multiple) <= 0",
    constants={"limit": "2.9553"},
    scope="orbits in balls at multiples of the printed step size: excess = how far |p(t) - y| is "
    "above exp(-rate eta t/2) (y - p(0)), 0 where nowhere above; extreme and random instances",
)

CLAIMS = (
    Claim(
        "shamir-lemma-13-limit",
        "Near the target, equal weights keep Lemma 13's rate up to 2.9552 times its step size",
        _LEMMA_13,
        _LIMIT,
        _LIMIT.with_constants(limit="1.4777"),
    ),
    Claim(
        "shamir-lemma-13-overshoot",
        "An overshoot is at most (x - 1) e (1 - e)",
        _LEMMA_13,
        _OVERSHOOT_FIRST,
        _OVERSHOOT_FIRST.with_constants(factor="0.99"),
    ),
    Claim(
        "shamir-lemma-13-overshoot-second",
        "An overshoot is at most (x - 1) e/(1 + 16 e/5)",
        _LEMMA_13,
        _OVERSHOOT_SECOND,
        _OVERSHOOT_SECOND.with_constants(m="3.6"),
    ),
    Claim(
        "shamir-lemma-13-pair",
        "Over the target and back leaves (x - 1)^2 of the error",
        _LEMMA_13,
        _PAIR,
        _PAIR.with_constants(m="2.5"),
    ),
    Claim(
        "shamir-lemma-13-above",
        "Above the target the excess falls by 1 - 0.9 T (1 + v)^2",
        _LEMMA_13,
        _ABOVE,
        _ABOVE.with_constants(share="0.95"),
    ),
    Claim(
        "shamir-lemma-13-return",
        "An excursion above the target takes less from the squares than the overshoot gave",
        _LEMMA_13,
        _RETURN,
        _RETURN.with_constants(factor="0.74"),
    ),
    Claim(
        "shamir-lemma-13-range",
        "Lemma 13's conclusion at 2.9553 times its step size, orbits in balls; not at 2.956",
        _LEMMA_13,
        _LEMMA_13_RANGE,
        _LEMMA_13_RANGE.with_constants(limit="2.957"),
    ),
)
