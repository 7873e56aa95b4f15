"""What the language makes of sums and means has the value of what it was given."""

from fractions import Fraction
from math import comb, exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.evidence.verdicts import Verdict
from proofs.verification.decide import decide
from theory.errors import InputError, Unsupported
from theory.expressions import name, number, rational_value
from theory.expressions.abbreviations import op
from theory.language.decays import collected
from theory.language.oracles import reduced
from theory.language.reading import statement

ATOMS = st.one_of(
    st.sampled_from("xy").map(name), st.integers(-4, 4).map(lambda k: number(Fraction(k)))
)
POLYNOMIALS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds(op, st.sampled_from("+-*"), inner, inner),
        st.builds(lambda a, k: op("**", a, number(Fraction(k))), inner, st.integers(1, 6)),
        st.builds(lambda a, k: op("/", a, number(Fraction(k))), inner, st.sampled_from([2, -3])),
        st.builds(lambda a: op("neg", a), inner),
    ),
    max_leaves=5,
)


@given(POLYNOMIALS, st.integers(-3, 3), st.integers(-3, 3))
def test_terms_that_are_collected_keep_their_value(e, x, y):
    at = {"x": Fraction(x), "y": Fraction(y, 2)}
    assert rational_value(collected(e), at) == rational_value(e, at)


SERIES = {  # the chance of each number, and the numbers that matter
    "geometric(1/3)": (lambda k: (2 / 3) ** (k - 1) / 3, range(1, 400)),
    "poisson(2)": (lambda k: exp(-2) * 2**k / factorial(k), range(100)),
    "binomial(3, 1/4)": (lambda k: comb(3, k) * 0.25**k * 0.75 ** (3 - k), range(4)),
    "bernoulli(1/3)": (lambda k: (2 / 3, 1 / 3)[k], range(2)),
}


@pytest.mark.parametrize("law", SERIES)
def test_means_of_exponentials_are_those_of_the_series(law):
    chance, numbers = SERIES[law]
    mean = Fraction(round(1000 * sum(chance(k) * exp(-k) for k in numbers)), 1000)
    for claim in (f"E(exp(-X)) >= {mean - Fraction(1, 500)}",
                  f"E(exp(-X)) <= {mean + Fraction(1, 500)}"):  # fmt: skip
        assert decide(statement({"X": law}, claim), 10.0).verdict is Verdict.PROVED, (law, claim)


@pytest.mark.parametrize("mean", ["Var({} + Y)", "Cov({}, Y)", "Cov({} + Y, {})", "P({} + Y >= 1)"])
def test_a_spread_of_draws_next_to_a_single_one_is_refused(mean):
    names = {"n": "natural", "X": "sequence of rademacher", "Y": "rademacher"}
    formula = mean.replace("{}", "sum(i, 1, n, X_i)")
    with pytest.raises(Unsupported, match="next to a single one"):
        statement(names, f"{formula} >= 0")


def test_what_only_operators_answer_is_asked_of_no_function():
    tables = {k: {} for k in ("operators", "constants", "definitions", "hypotheses")}
    asked = {**tables, "functions": {"f": "smooth(1)"}, "variables": {"x": "vector"}}
    with pytest.raises(InputError, match="not what resolvent takes"):
        reduced(asked, "|resolvent(f, 1/2, x)|^2 >= 0")


ZEROTH = {  # a law, a mean, and its value: what a power 0 of a draw and a number next to it are
    "a number next to a draw": ("subgaussian(1)", "E(2 + X)", 2),
    "a number next to a square": ("exponential(2)", "E(3 + X + X**2)", 4),
    "the power 0": ("exponential(2)", "E(X**0)", 1),
    "the power 0 of a sum": ("uniform(0, 1)", "E((3 + X)**0 + X)", Fraction(3, 2)),
}


@pytest.mark.parametrize("case", ZEROTH)
def test_what_is_not_drawn_counts_once(case):
    law, mean, number_ = ZEROTH[case]
    try:
        found = decide(statement({"X": law}, f"{mean} == {number_}"), 10.0)
        wrong = decide(statement({"X": law}, f"{mean} <= {number_ - Fraction(1, 4)}"), 10.0)
    except Unsupported:
        assert "0" in mean
        return
    assert found.verdict is Verdict.PROVED
    assert wrong.verdict is Verdict.REFUTED
