"""Identities: two deciders, exact counterexamples, refusals."""

from contextlib import suppress
from fractions import Fraction

import flint
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from theory.claims import statement
from theory.deciders import Equation, NotRationalError, flint_difference, sympy_difference
from theory.dynamics.derivation import derive
from theory.dynamics.derivatives import DERIVATIVE_IDENTITIES
from theory.dynamics.factors import products, weights
from theory.dynamics.flow import FLOW_IDENTITIES
from theory.dynamics.identities import DecidersDisagreeError, Identity, decide_identity
from theory.dynamics.modified import MODIFIED_IDENTITIES
from theory.dynamics.objective import ProductObjective
from theory.dynamics.saddles import SADDLE_IDENTITIES
from theory.dynamics.steps import BALANCEDNESS, PAIR_SUM, SIGNS, STEP_IDENTITIES
from theory.expressions import Expression, name, number, rational_value

ALL = (
    *STEP_IDENTITIES,
    *DERIVATIVE_IDENTITIES,
    *FLOW_IDENTITIES,
    *SADDLE_IDENTITIES,
    *MODIFIED_IDENTITIES,
)
NAMES = ("x", "y", "z")

leaves = st.sampled_from([name(n) for n in NAMES]) | st.fractions(
    min_value=-5, max_value=5, max_denominator=6
).map(number)
trees = st.recursive(
    leaves,
    lambda inner: (
        st.builds(
            lambda head, a, b: Expression(head, (a, b)), st.sampled_from("+-*/"), inner, inner
        )
        | st.builds(lambda a: Expression("neg", (a,)), inner)
        | st.builds(
            lambda a, n: Expression("**", (a, number(n))),
            inner,
            st.integers(min_value=-2, max_value=3),
        )
    ),
    max_leaves=9,
)
points = st.fixed_dictionaries(
    {n: st.fractions(min_value=-9, max_value=9, max_denominator=50) for n in NAMES}
)


@pytest.mark.parametrize("identity", ALL, ids=lambda i: i.name)
def test_every_identity_holds_in_general_and_at_every_concrete_depth(identity: Identity):
    result = identity.decide()
    assert result.holds
    assert result.point is None
    assert len(set(result.deciders)) == 2
    assert tuple(result.depths) == identity.depths
    assert all(result.depths.values())
    assert "depth k >=" in identity.scope


@given(left=trees, right=trees, point=points)
def test_the_decision_agrees_with_evaluation_at_random_points(left, right, point):
    made = statement(dict.fromkeys(NAMES, "real"), f"{left} == {right}")
    try:
        result = decide_identity(made)
    except NotRationalError:  # a divisor that is identically zero
        assume(False)
    if result.holds:
        assert made.holds_at(point) is not False
    else:
        assert made.holds_at(result.point) is False


@given(left=trees, right=trees, point=points)
def test_both_numerators_vanish_exactly_where_the_sides_agree(left, right, point):
    equation = Equation(NAMES, {}, left, right)
    try:
        equal = rational_value(left, point) == rational_value(right, point)
        first, second = sympy_difference(equation), flint_difference(equation)
    except (NotRationalError, ZeroDivisionError):
        assume(False)
    at = [point[n] for n in NAMES]
    assert (first(*at) == 0) is equal
    assert (second(*[flint.fmpq(x.numerator, x.denominator) for x in at]) == 0) is equal


@given(
    k=st.integers(min_value=2, max_value=6),
    data=st.data(),
)
def test_pair_identities_by_brute_force_on_random_rational_weights(k, data):
    rational = st.fractions(min_value=-3, max_value=3, max_denominator=9)
    w = data.draw(st.lists(rational, min_size=k, max_size=k))
    g, eta = data.draw(rational), data.draw(rational)
    after = []
    for i in range(k):
        q = Fraction(1)
        for j in range(k):
            q *= w[j] if j != i else 1
        after.append(w[i] - eta * g * q)
    point = dict(zip(weights(k), w, strict=True)) | {"g": g, "eta": eta}
    assert after[0] ** 2 - after[1] ** 2 == rational_value(
        BALANCEDNESS.at(k)[0].obligation.right, point
    )
    assert after[0] + after[1] == rational_value(PAIR_SUM.at(k)[0].obligation.right, point)


@pytest.mark.parametrize(
    ("identity", "wrong"),
    [
        (PAIR_SUM, "w_i_next + w_j_next == (w_i + w_j)*(1 + eta*g*r_ij)"),
        (BALANCEDNESS, "w_i_next**2 - w_j_next**2 == (w_i**2 - w_j**2)*(1 - eta*g**2*r_ij**2)"),
        (SIGNS, "s*w_i - eta*(s*t*g)*(t*q_i) == t*(w_i - eta*g*q_i)"),
    ],
)
def test_a_false_twin_is_refuted_by_an_exact_point_that_satisfies_the_hypotheses(identity, wrong):
    twin = identity.statement.but(wrong)
    result = decide_identity(twin)
    assert not result.holds
    assert twin.assumptions_hold_at(result.point)
    assert twin.holds_at(result.point) is False


def test_a_wrong_relation_between_opaque_factors_is_found_out_at_concrete_depths():
    # With q_i = w_i r_ij (wrong) this holds as a polynomial identity, but not for true products.
    wrong = statement(
        {"w_i": "real", "w_j": "real", "r_ij": "real"},
        "w_j*q_i == w_i*w_j*r_ij",
        {"q_i": "w_i*r_ij"},
    )
    result = Identity("wrong", "wrong", wrong).decide()
    assert decide_identity(wrong).holds
    assert not result.holds
    assert not any(result.depths.values())


@pytest.mark.parametrize("domain", ["positive", "nonnegative", "integer"])
@given(a=st.integers(-3, 3), b=st.integers(-3, 3))
def test_counterexamples_stay_in_the_domains(domain, a, b):
    # (x - 1)(x - 2)(x - a) vanishes at the values first tried.
    made = statement({"x": domain}, f"(x - 1)*(x - 2)*(x - ({a}))*(x - 3) == ({b})*0")
    result = decide_identity(made)
    assert made.assumptions_hold_at(result.point)
    assert made.holds_at(result.point) is False


def test_inequality_hypotheses_bind_the_counterexample():
    made = statement(
        {"x": "real", "y": "real"},
        "x == y",
        hypotheses={"far": "x >= 100", "close": "(x - y)**2 <= 1/10000"},
        witness={"x": 100, "y": 100},
    )
    result = decide_identity(made)
    assert made.assumptions_hold_at(result.point)
    assert result.point["x"] != result.point["y"]


def test_equations_among_the_hypotheses_are_used():
    variables = {"x": "real", "y": "real", "z": "real"}
    solved = {"first": "x == y + z", "second": "y == 2*z"}
    assert decide_identity(statement(variables, "x == 3*z", hypotheses=solved)).holds
    refuted = statement(variables, "x == 4*z", hypotheses=solved)
    result = decide_identity(refuted)
    assert refuted.assumptions_hold_at(result.point)


@pytest.mark.parametrize(
    ("variables", "conclusion"),
    [
        ({"x": "real"}, "x <= x"),
        ({"x": "real"}, "sqrt(x) == sqrt(x)"),
        ({"x": "real"}, "exp(x) == exp(x)"),
        ({"x": "real", "y": "real"}, "x**y == x**y"),
        ({"x": "real"}, "1/(x - x) == 1"),
        (dict.fromkeys("abcdefgh", "real"), "(a+b+c+d+e+f+g+h)**60 == 0"),
    ],
)
def test_what_is_not_a_rational_identity_is_refused(variables, conclusion):
    with pytest.raises(NotRationalError):
        decide_identity(statement(variables, conclusion))


def test_an_identity_that_needs_its_inequality_is_refused_not_refuted():
    empty = statement({"x": "real"}, "x == 0", hypotheses={"impossible": "x**2 <= 0"})
    with pytest.raises(NotRationalError):
        decide_identity(empty)


def test_disagreement_raises(monkeypatch):
    monkeypatch.setattr(
        "theory.dynamics.identities.flint_difference",
        lambda e: flint_difference(Equation(e.variables, {}, e.left, e.left)),
    )
    with pytest.raises(DecidersDisagreeError):
        decide_identity(statement({"x": "real"}, "x == 2*x"))


def test_constants_are_numbers_also_as_exponents():
    made = statement({"x": "real"}, "(x + c)**n == x**2 + 2*c*x + c**2", constants={"n": 2, "c": 3})
    assert decide_identity(made).holds
    assert not decide_identity(made.with_constants(n=3)).holds


def test_divisors_are_stated():
    made = statement({"x": "real", "y": "real"}, "x/y + y**(-2) == (x*y + 1)/y**2")
    assert set(decide_identity(made).nonzero) == {"y", "y**2"}


@given(k=st.integers(2, 7), data=st.data())
def test_shared_factors_are_what_they_are_called(k, data):
    w = data.draw(
        st.lists(st.fractions(min_value=1, max_value=3, max_denominator=5), min_size=k, max_size=k)
    )
    at = dict(zip(weights(k), w, strict=True))
    value = {n: rational_value(e, at) for n, e in products(k).items()}
    p = value["p"]
    q = [p / x for x in w]
    assert value["q_i"] == q[0]
    assert value["r_ij"] == p / (w[0] * w[1])
    assert value["Q"] == sum(x * x for x in q)
    assert value["S_i"] == sum((p / (w[0] * x)) ** 2 for x in w[1:])
    assert value["U_ij"] == sum((p / (w[0] * w[1] * x)) ** 2 for x in w[2:])


@pytest.mark.parametrize("depth", [1, 2, 3, 1000, None])
def test_a_derivation_holds_and_speaks_only_of_pairs_that_exist(depth):
    derivation = derive(ProductObjective("(p+1)**2/2", depth))
    assert derivation.holds
    assert all(i.least_depth <= (depth or 3) for s in derivation.sections for i in s.identities)


@pytest.mark.parametrize(
    ("domain", "hypothesis", "s"),
    [("real", "s*2 == 1", Fraction(1, 2)), ("integer", "s**s == 1", 0)],
)
def test_only_a_square_is_read_as_a_sign(domain, hypothesis, s):
    made = statement({"s": domain}, "s**2 == 1", hypotheses={"h": hypothesis})
    assert made.assumptions_hold_at({"s": Fraction(s)})
    with suppress(NotRationalError):
        assert not decide_identity(made).holds
