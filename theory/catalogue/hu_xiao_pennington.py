"""Hu, Xiao and Pennington (ICLR 2020): orthogonal layers, and narrow Gaussian ones.

Names and order follow proofs/written/orthogonal.md. Theorem 4.1's proof was not available and is
derived afresh there, so its steps are this project's; the constants 1.1, 0.9, 8 and 1/2 are the
paper's.
"""

from __future__ import annotations

from dataclasses import replace

from theory.claims import Claim, Source, Statement, statement

_41 = Source("hu-xiao-pennington2020", "proof of Theorem 4.1", "re-derived")
_42 = Source("hu-xiao-pennington2020", "Lemma 4.2")
_51 = Source("hu-xiao-pennington2020", "Theorem 5.1, Lemma 5.3")
_OWN = Source("lemmata", "explicit Theorems 4.1 and 5.1", "re-derived")

# --- orthogonal layers: width independent of depth ---

_ISOMETRY = statement(
    {"W": "matrix", "B": "matrix", "m": "positive", "p": "positive"},
    "T(W*B)*W*B == m*p*I",
    hypotheses={"orthogonal": "T(W)*W == m*I", "below": "T(B)*B == p*I"},
    scope="Lemma 4.2, one more layer W on B = W_{j:i}, p = m^(j-i+1): all singular values are "
    "sqrt(m p); by induction every depth (the last layer by transposition)",
)
_BETA = statement(
    {"d": "positive", "m": "positive", "j": "nonnegative"},
    "(d + 2*j)/(m + 2*j) <= (d + 2*j)/m*factor",
    constants={"factor": 1},
    scope="moments of |first d coordinates|² of a uniform unit vector of R^m, ratio by ratio "
    "against those of chi²_d/m: the tail of Laurent and Massart holds for orthogonal layers too",
)
_DRIFT = statement(
    {},
    "travelled <= log(1 + drift)",
    constants={"drift": "1/10", "travelled": "0.0953"},
    scope="Claim 4.4: L R/sqrt(m) <= 0.0953 keeps the singular values of all W_{j:i} but the "
    "whole product within 1 ± 0.1",
)
_RADIUS = statement(
    {},
    "sqrt(2)*high**2*2/rate <= radius",
    constants={"high": "1.1", "rate": "1/2", "radius": 8},
    scope="Claim 4.3: R = 8 sqrt(B d)|X|/(L sigma_min²), from the rate 1/2 of the loss",
)
# With the radius of the norm's own rate there is less room for the second order: rate, radius and v
# belong together (radius v = 0.0953), and 0.64 would not do.
_NORM_RATE, _NORM_RADIUS, _NORM_V = "0.63", "2.717", "0.0350755"
_RADIUS_NORM = statement(
    {},
    "sqrt(2)*high**2/rate <= radius",
    constants={"high": "1.1", "rate": _NORM_RATE, "radius": _NORM_RADIUS},
    scope="Claim 4.3 with the rate of the norm: 2.717 instead of 8, if the rate is 0.63",
)
_STEP = statement(
    {},
    "step*high**4 <= 1",
    constants={"step": "1/2", "high": "1.1"},
    scope="Claim 4.5: eta lambda_max(P) <= 1 for eta <= d/(2 L |X|²)",
)
_SECOND_ORDER = statement(
    {},
    "high**7/2*step*sqrt(2)*v*exp(high**3*sqrt(2)*step*v) <= low**4 - rate",
    constants={"high": "1.1", "low": "0.9", "step": "1/2", "v": "0.0119125", "rate": "0.64"},
    scope="Claim 4.5: |U(t+1) - Y| <= (1 - 0.64 eta L sigma_min²/d) |U(t) - Y|; "
    "v = sqrt(B d)|X|/(sqrt(m) sigma_min²), 8 v = 0.0953",
)
_SECOND_ORDER_NORM = replace(
    _SECOND_ORDER.with_constants(v=_NORM_V, rate=_NORM_RATE),
    scope="Claim 4.5 with the radius of the norm: v <= 0.0953/2.717 leaves the rate 0.63, not 0.64",
)
_LOSS_RATE = statement(
    {"x": "nonnegative"},
    "(1 - norm*x)**2 <= 1 - gain*x",
    hypotheses={"step": "x <= 1/2"},
    constants={"norm": "0.63", "gain": "1"},
    scope="Claim 4.5: from the norm to the loss; x = eta L sigma_min²/d",
    witness={"x": "1/4"},
)
_WIDTH = statement(
    {},
    "(radius/travelled)**2 <= constant",
    constants={"radius": 8, "travelled": "0.0953", "constant": 7050},
    scope="m >= 7050 kappa² (B/|X|²) d suffices for the window, whatever the depth",
)
_WIDTH_OWN = statement(
    {},
    "(radius/travelled)**2 <= constant",
    constants={"radius": _NORM_RADIUS, "travelled": "0.0953", "constant": 813},
    scope="with the radius of the norm, rate 0.63: m >= 813 kappa² (B/|X|²) d keeps the window "
    "and makes v small enough for the second order",
)

# --- narrow Gaussian layers: an exponential lower bound ---

_ROOT_STEP = statement(
    {"d": "integer"},
    "(1 - c/(d + 2))**2*d*(d + 2) <= (1 - c/d)**2*(d + 1)**2",
    hypotheses={"wide": "d >= 2"},
    constants={"c": "0.2021"},
    scope="E sqrt(chi²_d/d)/(1 - c/d) grows along d, d + 2, ... to its limit 1: it is at most 1",
    witness={"d": 2},
)
_ROOT_ONE = statement(
    {"w": "gaussian"},
    "E(abs(w)) <= 1 - c",
    constants={"c": "0.2021"},
    scope="E sqrt(chi²_d/d) <= 1 - c/d at d = 1; the paper needs 0.1",
)
_SQUARE_STEP = statement(
    {"d": "integer"},
    "(1 - c/(d + 2))*d*(d + 2) <= (1 - c/d)*(d + 1)**2",
    hypotheses={"wide": "d >= 2"},
    constants={"c": "0.3633"},
    scope="the printed (E sqrt(Z))² <= 1 - 0.2/d with the best constant, d >= 2",
    witness={"d": 2},
)
_SQUARE_ONE = statement(
    {"w": "gaussian"},
    "E(abs(w))**2 <= 1 - c",
    constants={"c": "0.3633"},
    scope="the printed (E sqrt(Z))² <= 1 - 0.2/d with the best constant, d = 1",
)
_ROOT = statement(
    {"d": "positive"},
    "sqrt(1 - 0.2/d) <= 1 - c/d",
    hypotheses={"wide": "d >= 1"},
    constants={"c": "0.1"},
    scope="the printed second step",
    witness={"d": 1},
)
_WINDOW_HIGH = statement(
    {},
    "(1 + e)**2/2 <= 0.6",
    constants={"e": "0.0954"},
    scope="|U|_F <= e |Y|_F keeps the loss below 0.6 |Y|_F²",
)
_WINDOW_LOW = statement(
    {},
    "(1 - e)**2/2 >= 0.4",
    constants={"e": "0.1055"},
    scope="|U|_F <= e |Y|_F keeps the loss above 0.4 |Y|_F²",
)
_RESIDUAL = statement(
    {},
    "sqrt(2*0.6) <= c",
    constants={"c": "1.0955"},
    scope="|U - Y|_F <= 1.0955 |Y|_F while the loss is below 0.6 |Y|_F²",
)


def _but(name: str, title: str, where: Source, made: Statement, **values: str) -> Claim:
    """A claim whose mutant differs in constants only."""
    return Claim(f"orthogonal-{name}", title, where, made, made.with_constants(**values))


def _narrow(name: str, title: str, made: Statement, where: Source = _51, **values: str) -> Claim:
    return Claim(f"narrow-{name}", title, where, made, made.with_constants(**values))


CLAIMS = (
    Claim(
        "orthogonal-isometry",
        "products of orthogonal layers are orthogonal",
        _42,
        _ISOMETRY,
        _ISOMETRY.but("T(W*B)*W*B == m*p*W"),
    ),
    _but("beta", "Beta moments are below those of chi-square", _42, _BETA, factor="0.99"),
    _but("drift", "products move by at most 0.1", _41, _DRIFT, travelled="0.0954"),
    _but("radius", "no layer leaves a radius of 8", _41, _RADIUS, radius="6.84"),
    _but("radius-norm", "nor one of 2.717 at the rate 0.63", _OWN, _RADIUS_NORM, radius="2.716"),
    _but("step", "eta lambda_max(P) <= 1", _41, _STEP, step="0.684"),
    _but("second-order", "the norm falls at the rate 0.64", _41, _SECOND_ORDER, rate="0.648"),
    _but(
        "second-order-norm",
        "with the radius 2.717 the norm falls at the rate 0.63",
        _OWN,
        _SECOND_ORDER_NORM,
        rate="0.64",
    ),
    _but("loss-rate", "so the loss falls at the rate 1", _41, _LOSS_RATE, gain="1.07"),
    _but("width", "m >= 7050 kappa² (B/|X|²) d", _41, _WIDTH, constant="7046"),
    _but("width-norm", "m >= 813 kappa² (B/|X|²) d, rate 0.63", _OWN, _WIDTH_OWN, constant="812"),
    _narrow("root-step", "E sqrt(Z) <= 1 - 0.2021/d, d >= 2", _ROOT_STEP, _OWN, c="0.217"),
    _narrow("root-one", "E sqrt(Z) <= 1 - 0.2021, d = 1", _ROOT_ONE, _OWN, c="0.2022"),
    _narrow("square-step", "(E sqrt(Z))² <= 1 - 0.3633/d, d >= 2", _SQUARE_STEP, c="0.401"),
    _narrow("square-one", "(E sqrt(Z))² <= 1 - 0.3633, d = 1", _SQUARE_ONE, c="0.3634"),
    _narrow("root", "sqrt(1 - 0.2/d) <= 1 - 0.1/d", _ROOT, c="0.106"),
    _narrow("window-high", "the loss stays below 0.6", _WINDOW_HIGH, e="0.0955"),
    _narrow("window-low", "the loss stays above 0.4", _WINDOW_LOW, e="0.1056"),
    _narrow("residual", "the residual stays below 1.0955", _RESIDUAL, c="1.0954"),
)
