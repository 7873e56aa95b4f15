"""Sums over n independent draws, against all values that they take."""

from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.verification.decide import decide
from theory.errors import InputError, Unsupported
from theory.expressions import rational_value
from theory.language.reading import statement

MEANS = {
    "E(sum(i, 1, n, a_i*X_i))": lambda a, x: sum(map(prod, zip(a, x, strict=True))),
    "E((sum(i, 1, n, a_i*X_i) - 2)^2)": lambda a, x: (
        (sum(map(prod, zip(a, x, strict=True))) - 2) ** 2
    ),
    "E(sum(i, 1, n, a_i*X_i)^3)": lambda a, x: sum(map(prod, zip(a, x, strict=True))) ** 3,
    "E(sum(i, 1, n, X_i)^4)": lambda a, x: sum(x) ** 4,
    "E(sum(i, 1, n, X_i)*sum(j, 1, n, a_j*X_j^2))": lambda a, x: (
        sum(x) * sum(c * v**2 for c, v in zip(a, x, strict=True))
    ),
    "E(prod(i, 1, n, a_i + X_i))": lambda a, x: prod(map(sum, zip(a, x, strict=True))),
    "E(prod(i, 1, n, 1 + X_i))": lambda a, x: prod(1 + v for v in x),
}
LAWS = {
    "rademacher": {1: Fraction(1, 2), -1: Fraction(1, 2)},
    "bernoulli(1/3)": {1: Fraction(1, 3), 0: Fraction(2, 3)},
    "binomial(2, 1/4)": {0: Fraction(9, 16), 1: Fraction(6, 16), 2: Fraction(1, 16)},
}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(-2, 2), min_size=3, max_size=3), st.sampled_from(list(MEANS)),
       st.sampled_from(list(LAWS)))  # fmt: skip
def test_means_are_those_over_all_values(a, formula, law):
    names = {"n": "natural", "X": f"sequence of {law}"}
    if "a_" in formula:
        names["a"] = "sequence of real"
    made = statement(names, f"{formula} >= 0")
    layers, (piece,) = made.layers, made.pieces
    start = {} if layers is None else layers.start
    now = {x: rational_value(e, {}) for x, e in start.items()}
    for n in range(3):
        point = {"n": Fraction(n), **now}
        wanted = sum(
            prod(LAWS[law][v] for v in x) * MEANS[formula](a[:n], x)
            for x in product(LAWS[law], repeat=n)
        )
        assert rational_value(piece.conclusion.left, point) == wanted
        if layers is not None:
            here = {**point, "a": Fraction(a[n])}
            now = {x: rational_value(e, here) for x, e in layers.update.items()}


def test_variance_of_an_average():
    names = {"n": "integer >= 1", "p": "[0, 1]", "X": "sequence of bernoulli(p)"}
    for bound, verdict in [("1/(4*n)", "proved"), ("0.24/n", "refuted")]:
        said = decide(statement(names, f"Var(sum(i, 1, n, X_i)/n) <= {bound}"), 60)
        assert said.verdict.value == verdict


def test_binomial_moments_of_any_number():
    names = {"X": "binomial(n, p)", "n": "natural", "p": "[0, 1]", "s": "real"}
    for claim in ["E(X) == n*p", "Var(X) == n*p*(1 - p)", "E(exp(s*X)) == (1 - p + p*exp(s))^n"]:
        assert decide(statement(names, claim), 60).verdict.value == "proved"
    with pytest.raises(InputError, match="integer"):
        statement({**names, "n": "positive"}, "E(X) == n*p")


@pytest.mark.parametrize("claim", [
    "P(sum(i, 1, n, X_i)^2 >= t) <= exp(-t)",
    "E(sum(i, 1, n, X_i)^2*sum(i, 1, n, X_i^2)) >= 0",
    "sum(i, 1, n, X_i) >= 0",
    "E(sum(i, 1, n, X_(i+1))) >= 0",
])  # fmt: skip
def test_what_is_not_covered_is_said(claim):
    with pytest.raises(Unsupported):
        statement({"n": "natural", "t": "real", "X": "sequence of rademacher"}, claim)


def test_all_draws_at_once_do_not_look_independent_of_weighted_ones():
    with pytest.raises(Unsupported):
        statement({"n": "natural", "w": "sequence of gaussian", "a": "sequence of real"},
                  "E(sum(i, 1, n, w_i^2)*sum(i, 1, n, a_i*w_i^2)) >= 0")  # fmt: skip


def test_events_about_several_finite_draws():
    names = {"X": "bernoulli(p)", "Y": "bernoulli(q)", "p": "(0, 1)", "q": "(0, 1)"}
    for claim, verdict in [
        ("P(X >= 1 | X + Y >= 1) >= p", "proved"),
        ("P(X >= 1 | X + Y >= 1) >= 1.01*p", "refuted"),
        ("P(X + Y >= 1) == p + q - p*q", "proved"),
        ("P(X + Y >= 1) <= 0.99*(p + q)", "refuted"),
    ]:
        assert decide(statement(names, claim), 60).verdict.value == verdict


def test_events_about_the_length_of_a_vector():
    names = {"w": "gaussian vector(2)", "t": "real"}
    for claim, verdict in [
        ("P(norm(w) >= |t|) == exp(-t^2/2)", "proved"),
        ("P(norm(w) >= t) == exp(-t^2/2)", "refuted"),  # nothing is shorter than t < 0
    ]:
        assert decide(statement(names, claim), 60).verdict.value == verdict


def test_a_chance_about_a_sum_needs_a_draw():
    """A sum of no draws is 0, and not below 0 with probability 1."""
    claim = "P(sum(i, 1, n, w_i) >= 0) == 1/2"
    made = statement({"n": "integer >= 1", "w": "sequence of gaussian"}, claim)
    assert decide(made, 60).verdict.value == "proved"
    with pytest.raises(InputError, match="assume n >= 1"):
        statement({"n": "natural", "w": "sequence of gaussian"}, claim)
