"""Limits at infinite ends, and the normal forms of logarithms and roots of products."""

import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.core.goals import EQ, GE, GT, Goal, Range
from proofs.core.normal import GENERATORS, fixed, heavy, height
from proofs.core.ranges import INF, Interval, l_inverse, l_times, tends, working_precision
from proofs.core.rules import remaining
from proofs.core.terms import Reader, Rejected, Term

X = Term("variable", value="x")
Y = Term("variable", value="y")


def goal(text, relation=GE, **box):
    names = {"x": X, "y": Y}
    target = Reader({**names, "pi": Term("pi")}).term(text)
    ranges = {n: box.get(n, Range()) for n in names}
    return Goal(names, ranges, {}, target, relation)


def limit_of(text, end):
    with working_precision():
        made = goal(text)
        return tends(made.target, "x", INF if end > 0 else -INF, made.intervals())


@pytest.mark.parametrize(
    ("text", "end", "value"),
    [
        ("exp(-x)", 1, 0),
        ("exp(x)", -1, 0),
        ("1/x", 1, 0),
        ("erf(x)", 1, 1),
        ("tanh(x)", -1, -1),
        ("exp(-x**2)/x", 1, 0),
        ("sqrt(1 + 1/x)", 1, 1),
        ("(1 + 1/x)**3", 1, 1),
        ("log(1 + exp(-x))", 1, 0),
        ("abs(1/x - 2)", -1, 2),
        ("x**(-2)", -1, 0),
        ("(1/x)**(1/2)", 1, 0),
        ("2**(-x)", 1, 0),
        ("(2 + 1/x)**0", 1, 1),
    ],
)
def test_limits_that_exist_are_enclosed(text, end, value):
    found = limit_of(text, end)
    assert found.lo <= value <= found.hi
    assert found.hi - found.lo < arb("1e-20")


@pytest.mark.parametrize(
    "text", ["x*exp(-x)", "x - x", "x/x", "exp(-x)*exp(x)", "log(x) - x", "1/(1/x)", "y/x", "x*0"]
)
def test_of_what_is_indeterminate_anything_may_come(text):
    found = limit_of(text, 1)
    assert not found.lo >= 0 or text == "x*0"


@settings(deadline=None)
@given(st.fractions(-5, 5), st.fractions(-5, 5))
def test_limit_arithmetic_is_that_of_numbers_where_all_is_finite(p, q):
    a, b = (fmpq(v.numerator, v.denominator) for v in (p, q))
    from proofs.core.ranges import exactly

    with working_precision():
        found = l_times(exactly(a), exactly(b))
        assert found.lo <= arb(a * b) <= found.hi or found.lo == found.hi
        if b != 0:
            inverse = l_inverse(exactly(b))
            assert inverse.lo <= arb(1 / b).upper()
            assert inverse.hi >= arb(1 / b).lower()


def test_an_integer_power_of_what_may_be_negative_has_no_limit():
    n = Term("integer", value="n")
    box = {name: Range() for name in ("x", "n")}
    made = Goal({"x": X, "n": n}, box, {}, Term("**", X, n), GE)
    with working_precision(), pytest.raises(Rejected, match="no limit here"):
        tends(made.target, "x", -INF, made.intervals())


def step(made, **node):
    with working_precision():
        return remaining(made, {"rule": "limit", **node})


def test_a_falling_function_with_limit_zero_is_positive():
    made = goal("exp(-x)/x", GT, x=Range(fmpq(1)))
    goals = step(made, variable="x", end="hi")
    assert goals[-1].relation is GT  # that the derivative is negative


@pytest.mark.parametrize(
    ("text", "relation", "range_", "end"),
    [
        ("exp(-x) - 1", GE, Range(fmpq(0)), "hi"),  # the limit is -1
        ("x*exp(-x)", GE, Range(fmpq(1)), "hi"),  # indeterminate
        ("exp(-x)", GE, Range(fmpq(0), fmpq(1)), "hi"),  # the end is finite
        ("exp(-x)", EQ, Range(fmpq(0)), "hi"),  # no equation follows
        ("exp(-x)", GE, Range(fmpq(0)), "lo"),  # the other end is finite
        ("sign(x)", GE, Range(fmpq(1)), "hi"),  # no derivative
        ("-1/x", GE, Range(fmpq(1)), "middle"),
    ],
)
def test_the_rule_refuses_what_does_not_follow(text, relation, range_, end):
    with pytest.raises(Rejected):
        step(goal(text, relation, x=range_), variable="x", end=end)


def test_a_rising_function_leaves_a_goal_that_is_false():
    """1 - exp(-x) - 1 rises to 0, and is negative: the slope that remains to be shown is wrong."""
    made = goal("-exp(-x)", GE, x=Range(fmpq(0)))
    with working_precision():
        *_, falls = step(made, variable="x", end="hi")
        assert not falls.enclose(falls.target).lo >= 0


POSITIVE = {"x": Range(fmpq(0), None, True), "y": Range(fmpq(0), None, True)}


@pytest.mark.parametrize(
    "text",
    [
        "log(x*y + y) - log(y) - log(x + 1)",
        "log(3*x + 3) - log(3) - log(x + 1)",
        "sqrt(x**2*y**2 + y**2) - y*sqrt(x**2 + 1)",
        "abs(x*y - y) - y*abs(x - 1)",
        "(x*y + y)**x - y**x*(x + 1)**x",
        "log(x*y + x + y + 1) - log(x + 1) - log(y + 1)",
        "log((x + 1)**2) - 2*log(x + 1)",
        "log((x + 1)/(y + 2)) - log(x + 1) + log(y + 2)",
    ],
)
def test_products_of_positive_terms_come_apart(text):
    with working_precision():
        assert goal(text, EQ, **POSITIVE).vanishes(goal(text).target)


@pytest.mark.parametrize(
    "text",
    [
        "log(x*y + y) - log(y) - log(x + 1)",
        "sqrt(x**2*y**2 + y**2) - y*sqrt(x**2 + 1)",
        "abs(x*y - y) - y*abs(x - 1)",
        "log((x - 1)*(y - 1)) - log(x - 1) - log(y - 1)",
    ],
)
def test_factors_of_unknown_sign_stay(text):
    with working_precision():
        assert not goal(text, EQ).vanishes(goal(text).target)


def test_a_linear_term_is_positive_up_to_an_open_end():
    with working_precision():
        made = goal("1 - x", GT, x=Range(fmpq(0), fmpq(1), False, True))
        assert made.knows(made.target, GT)
        closed = goal("1 - x", GT, x=Range(fmpq(0), fmpq(1)))
        assert not closed.knows(closed.target, GT)


def test_the_inverse_of_what_tends_to_a_small_number():
    with working_precision():
        found = l_inverse(Interval(arb(fmpq(1, 4)), arb(fmpq(1, 2))))
        assert found.lo == 2
        assert found.hi == 4
        assert l_inverse(Interval(arb(0), arb(1))) == Interval(-INF, INF)


@given(
    st.lists(st.fractions(max_denominator=10**30), max_size=4),
    st.lists(st.fractions(max_denominator=10**30), max_size=4),
    st.integers(0, 400),
)
def test_heights_exceed_a_limit_where_their_sum_does(first, second, limit):
    made = [
        sum(
            (fixed(fmpq(c.numerator, c.denominator)) * GENERATORS[i] for i, c in enumerate(cs)),
            fixed(0),
        )
        for cs in (first, second)
    ]
    assert heavy(limit, *made) == (sum(map(height, made)) > limit)
