"""Random variables of the language: means and probabilities are those of quadrature and SciPy."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy import integrate, stats

from proofs.refutation.violation import _ball
from tests.theory.by_hand import left, value
from theory.claims import statement
from theory.errors import InputError

SMALL = st.fractions(-3, 3, max_denominator=4)


# Random variables ---------------------------------------------------------------------------------

LAWS = {
    "normal(m, s)": (stats.norm, lambda m, s: {"loc": m, "scale": s}),
    "exponential(s)": (stats.expon, lambda m, s: {"scale": 1 / s}),
    "uniform(m, m + s)": (stats.uniform, lambda m, s: {"loc": m, "scale": s}),
    "laplace(s)": (stats.laplace, lambda m, s: {"scale": s}),
    "gaussian": (stats.norm, lambda m, s: {}),
    "chi2(3)": (stats.chi2, lambda m, s: {"df": 3}),
    "chi2(4)": (stats.chi2, lambda m, s: {"df": 4}),
}
FORMULAS = {
    "t*w": lambda w, t: t * w,
    "w**2 - t*w**3": lambda w, t: w**2 - t * w**3,
    "exp(t*w/5)": lambda w, t: np.exp(t * w / 5),
    "w**2*exp(-t*w/4)": lambda w, t: w**2 * np.exp(-t * w / 4),
}


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("law", LAWS)
def test_means_are_those_of_quadrature(law, formula):
    made = left({"w": law, "m": "real", "s": "positive", "t": "(0, 2)"}, f"E({formula})")
    m, s, t = 0.4, 0.7, 0.6
    family, arguments = LAWS[law]
    density = family(**arguments(m, s)).pdf
    expected, _ = integrate.quad(
        lambda w: FORMULAS[formula](w, t) * density(w), -60, 90, points=[0, 0.4, 1.1], limit=400
    )
    pieces = [p for p in made.pieces if not any("case" in n and "==" in str(r)
                                               for n, r in p.hypotheses.items())]  # fmt: skip
    found = value(pieces[-1].obligation.left, {"m": m, "s": s, "t": t})
    assert found == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("law", LAWS)
def test_probabilities_are_those_of_scipy(law):
    family, arguments = LAWS[law]
    frozen = family(**arguments(0.4, 0.7))
    given = {"w": law, "m": "real", "s": "positive", "t": "real"}
    for text, expected in {
        "P(2*w - 1 <= t)": frozen.cdf(0.8),
        "P(t <= w and w <= 2*t)": frozen.cdf(1.2) - frozen.cdf(0.6),
        "P(w > 1 | w > t)": frozen.sf(1) / frozen.sf(0.6),
    }.items():
        made = left(given, text)
        if any(n.head == "P" for n in made.obligation.left.walk()):
            continue  # the core knows it
        found = value(made.obligation.left, {"m": 0.4, "s": 0.7, "t": 0.6})
        assert found == pytest.approx(expected, rel=1e-7), text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E(max(v, w))", 1 / math.sqrt(math.pi)),
        ("E(relu(w - t))", stats.norm.expect(lambda x: max(x - 0.6, 0), epsabs=1e-12)),
        ("E(relu(w)**2*t)", 0.3),
        ("Var(v + 2*w + t)", 5),
        ("Cov(v + w, w*t)", 0.6),
        ("E(w | w >= t)", stats.norm.pdf(0.6) / stats.norm.sf(0.6)),
        ("E(exp(t*(v - w)))", math.exp(0.36)),
        ("P(v + w >= t)", stats.norm.sf(0.6 / math.sqrt(2))),
        ("E(exp(t*e))", math.cosh(0.6)),
        ("E(|e - t|*v**2)", (0.4 + 1.6) / 2),
        ("E(b*exp(t*b)/(1 + b))", 0.25 * math.exp(0.6) / 2),
        ("Var(b)", 0.1875),
    ],
)
def test_means_of_several_draws(text, expected):
    laws = {"v": "gaussian", "w": "gaussian", "e": "rademacher", "b": "bernoulli(1/4)"}
    made = left({**laws, "t": "real"}, text)
    if any(n.head in ("E", "P") for n in made.obligation.left.walk()):
        core = {x: d for x, d in made.variables.items() if d in ("gaussian", "rademacher")}
        ball = _ball(made.obligation.left, {"t": Fraction(3, 5)}, core, 128)
        assert float(ball) == pytest.approx(expected, rel=1e-9)
        return
    assert value(made.obligation.left, {"t": 0.6}) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("d", [1, 2, 5])
def test_norms_of_gaussian_vectors_are_chi(d):
    for text, expected in {
        "E(norm(w)**2)": d,
        "E(norm(w)**4)": d * (d + 2),
        "E(norm(w))": stats.chi(d).mean(),
        "E(exp(norm(w)**2/8))": 0.75 ** (-d / 2),
        "P(max(w) <= 1/2)": stats.norm.cdf(0.5) ** d,
        "P(min(w) <= 1/2)": 1 - stats.norm.sf(0.5) ** d,
        "P(norm(w)**2 >= 2)": stats.chi2(d).sf(2),
    }.items():
        made = left({"w": f"gaussian vector({d})"}, text)
        assert value(made.obligation.left, {}) == pytest.approx(expected, rel=1e-9), text


@pytest.mark.parametrize(
    "law", ["normal(0, -1)", "uniform(1, 0)", "exponential(0)", "bernoulli(2)"]
)
def test_there_is_no_law_with_impossible_parameters(law):
    with pytest.raises(InputError, match="no such law"):
        statement({"w": law}, "E(w) >= 0")


def test_a_mean_that_does_not_exist_is_refused():
    for variables, text in (
        ({"w": "gaussian"}, "E(exp(w**2)) >= 0"),
        ({"w": "exponential(1)"}, "E(exp(2*w)) >= 0"),
    ):
        with pytest.raises(InputError, match="does not exist"):
            statement(variables, text)


@pytest.mark.parametrize("bent", ["gaussian vector(n", "gaussian vector n)", "gaussian vectors",
                                  "gaussian vector()", "gaussian vector(1) + (n)"])  # fmt: skip
def test_a_domain_that_is_half_written_is_none(bent):
    with pytest.raises(InputError, match="unknown domain"):
        statement({"w": bent, "n": "integer >= 1"}, "E(norm(w)**2) == n")
