"""What certified escape counts rest on (names as in proofs/written/escape-counts.md)."""

from __future__ import annotations

from theory.claims import Claim, Source, statement

_OWN = Source("lemmata", "escape counts", "re-derived")

_REMAINDER_POSITIVE = statement(
    {"x": "nonnegative"},
    "1 <= (1 - x + half*x**2)*exp(x)",
    constants={"half": "1/2"},
    scope="Lemma R1, the speed grows along the step: exp(-x) - 1 + x <= x**2/2, times exp(x)",
)
_REMAINDER_NEGATIVE = statement(
    {"x": "nonnegative"},
    "exp(x) - 1 - x <= half*x**2*exp(x)",
    constants={"half": "1/2"},
    scope="Lemma R1, the speed falls along the step",
)
_TRAPEZOID = statement(
    {"a": "real", "b": "real", "c": "real", "d": "real"},
    "integral - (value_0 + value_1)/2 == -c/6 - d/4",
    {
        "value_0": "a",
        "value_1": "a + b + c + d",
        "integral": "a + b/2 + c/3 + d/4",
    },
    scope="Lemma R1: the trapezoidal rule on [0, 1], exact for cubics a + b s + c s**2 + d s**3 "
    "(-c/6 - d/4 is minus the mean of the second derivative against s(1 - s)/2)",
)
_KERNEL = statement(
    {"c": "positive", "y": "nonnegative", "s": "nonnegative"},
    "c/(c + y) - c/(c + s) == (s - y)*c/((c + y)*(c + s))",
    scope="Lemma R2: the drift kernel is a divided difference of K(y) = sum c/(c + y)",
)
_SENSITIVITY = statement(
    {"c": "positive", "y": "nonnegative", "z": "real", "g": "positive", "h": "real", "R": "real"},
    "h*z_c*R + g*R_c == g*R*(1 + z*h/g)/(2*(c + y))",
    {"R_c": "R/(2*(c + y))", "z_c": "z/(2*(c + y))"},
    scope="Lemma R2: du/dc_j = u chi/(2(c_j + x**2)), chi = 1 + z g'/g (g, h = g', R, z opaque)",
)
_STEP_OF_SQUARES = statement(
    {"x": "real", "w": "real", "r": "real", "step": "real"},
    "c_next == c*(1 - h**2/w**2)",
    {
        "c": "w**2 - x**2",
        "h": "step*w*r",
        "x_next": "x - h",
        "w_next": "w - step*x*r",
        "c_next": "w_next**2 - x_next**2",
    },
    hypotheses={"nonzero": "w**2 > 0"},
    scope="Lemma R3: one GD step with h = eta g q_m = (eta g) w r, w**2 = c + x**2; every depth",
    witness={"x": 1, "w": 2, "r": 1, "step": "1/10"},
)
_GAUSS = statement(
    {"t": "real", "a": "real"},
    "tail - tail_next == (2 + 2/3)*2*a",
    {"tail": "16/3*a/(1 - t)", "tail_next": "16/3*a*t/(1 - t)"},
    hypotheses={"decay_positive": "t > 0", "decay": "t < 1"},
    scope="Lemma G, a = t**n, t = rho**-2: the tail (16/3) t**n/(1 - t) telescopes into the terms "
    "(2 + 2/3) 2 rho**-m of even m >= 2n, and tends to 0",
    witness={"t": "1/4", "a": 1},
)
_CONTRACTION = statement(
    {"s": "nonnegative", "t": "nonnegative"},
    "(1 - s)*(1 - t) >= 1 - (s + t)",
    scope="Lemma R3, by induction over the steps: prod(1 - s_i) >= 1 - sum s_i",
)

CLAIMS = (
    Claim(
        "count-remainder-rising",
        "exp(-x) - 1 + x <= x^2/2 for x >= 0",
        _OWN,
        _REMAINDER_POSITIVE,
        _REMAINDER_POSITIVE.with_constants(half="0.49"),
    ),
    Claim(
        "count-remainder-falling",
        "exp(x) - 1 - x <= exp(x) x^2/2 for x >= 0",
        _OWN,
        _REMAINDER_NEGATIVE,
        _REMAINDER_NEGATIVE.with_constants(half="0.49"),
    ),
    Claim(
        "count-trapezoid",
        "The trapezoidal rule errs by the mean second derivative against s(1 - s)/2",
        _OWN,
        _TRAPEZOID,
        _TRAPEZOID.but("integral - (value_0 + value_1)/2 == -c/6 - d/6"),
    ),
    Claim(
        "count-drift-kernel",
        "The drift kernel is a divided difference",
        _OWN,
        _KERNEL,
        _KERNEL.but("c/(c + y) - c/(c + s) == (s + y)*c/((c + y)*(c + s))"),
    ),
    Claim(
        "count-sensitivity",
        "How the speed depends on a squared difference",
        _OWN,
        _SENSITIVITY,
        _SENSITIVITY.but("h*z_c*R + g*R_c == g*R*(1 + h/g)/(2*(c + y))"),
    ),
    Claim(
        "count-contraction",
        "One step contracts c_j by 1 - h^2/(c_j + x^2)",
        _OWN,
        _STEP_OF_SQUARES,
        _STEP_OF_SQUARES.but(
            "c_next == c*(1 - h**2/x**2)", hypotheses={"nonzero": "x**2*w**2 > 0"}
        ),
    ),
    Claim(
        "count-drift-sum",
        "A product of contractions is at least one minus their sum",
        _OWN,
        _CONTRACTION,
        _CONTRACTION.but("(1 - s)*(1 - t) >= 1 - (s + t) + s*t*1.01"),
    ),
    Claim(
        "count-gauss-tail",
        "Error of the Gauss-Legendre rule: the sum of the tail",
        _OWN,
        _GAUSS,
        _GAUSS.but("tail - tail_next == 2*2*a"),
    ),
)
