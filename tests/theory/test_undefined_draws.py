"""No mean, chance or covariance of what has no value for some outcomes is proved to be anything.

Random formulas in draws have a part without a value on a set of positive probability, which stands
next to factors 0, in differences of equals, in powers 0 and under functions. That 0 times a mean
is 0 says that there is a mean.
"""

import re

import hypothesis.strategies as st
from hypothesis import assume, given

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from theory.claims import statement
from theory.errors import InputError

LAWS = {
    "X": "normal(0, 1)", "Y": "exponential(1)", "B": "bernoulli(1/2)", "e": "rademacher",
    "w": "gaussian", "U": "uniform(-1, 1)", "M": "binomial(2, 1/2)", "L": "laplace(1)",
}  # fmt: skip
WITHOUT = st.sampled_from((
    "1/B", "log(B)", "(B - 1)^(-1)", "0/B", "1/M", "log(e)", "1/(1 - e)", "log(w)", "log(X)",
    "sqrt(U)", "sqrt(-1 - X^2)", "log(-Y)", "log(L)",
))  # fmt: skip
WITH = st.sampled_from(
    (*LAWS, "0", "1", "-1", "t", "X*w", "(B + e)", "exp(-Y)", "w^2", "(U - 1/2)")
)
AROUND = (
    "({a} + {b})", "({b} - {a})", "{a}*{b}", "0*{a}", "({a} - {a})", "({a})^0", "abs({a})", "{a}*X",
    "X*{b}*{a}", "0*({a} + {b})", "({a})/2", "-({a})", "exp(0*({a}))", "max({a}, {b})",
    "({b})/(1 + ({a})^2)", "tanh({a})", "(X + Y)*({a})*0",
)  # fmt: skip
ASKED = (
    "0*E({a}) == 0", "E({a}) == 0", "E(X*({a})) == 0", "E({a}) <= E({a})", "0*Cov({a}, {b}) == 0",
    "Cov({b}, {a}) == 0", "0*Var({a}) == 0", "0*P({a} >= {b}) == 0", "P({a} >= {b}) <= 1",
    "P(B >= 2 and {a} >= {b}) == 0",
)  # fmt: skip
SUMS = (
    "sum(i, 1, n, {a})", "sum(i, 1, n, c_i*({a}))", "prod(i, 1, n, {a})", "exp(sum(i, 1, n, {a}))",
    "sum(i, 1, n, X)*sum(i, 1, n, c_i*({a}))", "0*sum(i, 1, n, c_i*({a}))",
)  # fmt: skip
OF_SUMS = (
    "0*E({a}) == 0", "E({a}) == 0", "Cov(1, {a}) == 0", "0*Var({a}) == 0", "E({a} - {a}) == 0",
    "Cov({a}, sum(i, 1, n, {b})) == 0",
)  # fmt: skip


@st.composite
def without_a_value(draw):
    """A formula in draws that has no value for some outcomes."""
    made = draw(WITHOUT)
    for pattern in draw(st.lists(st.sampled_from(AROUND), max_size=3)):
        made = pattern.format(a=made, b=draw(WITH))
    return made


def proved(variables, text):
    try:
        made = statement(variables, text)
    except InputError:
        assume(False)
    return prove(made, 0.3).verdict is Verdict.PROVED


@given(without_a_value(), WITH, st.sampled_from(ASKED))
def test_nothing_is_proved_of_what_has_no_value_for_some_draws(formula, other, asked):
    assert not proved({**LAWS, "t": "real"}, asked.format(a=formula, b=other))


@given(without_a_value(), WITH, st.sampled_from(SUMS), st.sampled_from(OF_SUMS))
def test_nor_of_sums_and_products_of_it(formula, other, added, asked):
    text = asked.format(a=added.format(a=formula), b=other)
    text = re.sub(rf"\b([{''.join(LAWS)}])\b(?!\()", r"\1_i", text)
    families = {x: f"sequence of {law}" for x, law in LAWS.items()}
    more = {"n": "integer >= 1", "c": "sequence of real", "t": "real"}
    assert not proved({**families, **more}, text)
