"""Where a formula has no value, nothing that is made of it has one."""

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import decide
from proofs.refutation.violation import violation
from proofs.search import prove
from proofs.user_claims import load
from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.expressions import (
    Expression,
    Relation,
    everywhere,
    name,
    number,
    parse_relation,
    rational_value,
)
from theory.language.unknowns import Unknowns
from theory.moments import polynomial_mean
from theory.statements import relation_at

FIXTURES = Path(__file__).parents[1] / "fixtures" / "border"
X, ZERO = frozenset({"x"}), Fraction(0)
UNDEFINED = ("1/x", "x**-1", "1/x - 1/x", "0*(1/x)", "(1/x)**0", "1/(1/x)", "x/x")


@st.composite
def rational_functions(draw, depth=4):
    """Trees over + - * / and integer powers, in x."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(st.one_of(st.just(name("x")), st.integers(-3, 3).map(number)))
    head = draw(st.sampled_from(("+", "-", "*", "/", "neg", "**")))
    left = draw(rational_functions(depth=depth - 1))
    if head == "neg":
        return Expression("neg", (left,))
    if head == "**":
        return Expression("**", (left, number(draw(st.integers(-2, 3)))))
    return Expression(head, (left, draw(rational_functions(depth=depth - 1))))


@given(rational_functions(), st.fractions(-3, 3, max_denominator=3))
def test_what_is_called_defined_everywhere_has_a_value_at_every_point(e, x):
    if everywhere(e):
        assert rational_value(e, {"x": x}) is not None


@given(rational_functions(), rational_functions())
def test_an_undefined_part_leaves_a_relation_undecided(good, e):
    undefined = Expression("/", (number(1), name("x")))
    for whole in (
        Expression("*", (number(0), undefined)),
        Expression("**", (undefined, number(0))),
        Expression("-", (undefined, undefined)),
        Expression("+", (e, Expression("*", (number(0), undefined)))),
    ):
        relation = Relation(whole, "<=", good)
        assert relation_at(relation, {"x": ZERO}) is None
        assert decide(relation, {"x": ZERO}, {}) is None


@pytest.mark.parametrize("text", [*UNDEFINED, "0*log(x)", "log(x)**0", "cos(1/x)", "abs(1/x)"])
@pytest.mark.parametrize("operator", ["<=", "<", ">=", ">", "=="])
def test_zero_times_nothing_is_nothing(text, operator):
    relation = parse_relation(f"{text} {operator} 1", X)
    assert relation_at(relation, {"x": ZERO}) is None
    assert decide(relation, {"x": ZERO}, {}) is None


@pytest.mark.parametrize(
    "text", ["log(-1 - x)**0 <= 1", "0*sqrt(-1 - x) >= 0", "cos(log(-1-x)) < 2"]
)
def test_balls_give_no_value_either_to_what_has_none(text):
    names = {"log", "sqrt", "cos"}
    relation = parse_relation(text, X, frozenset(names))
    assert decide(relation, {"x": ZERO}, {}) is None


def test_a_power_beyond_all_bounds_is_left_to_balls():
    tower = Expression("**", (number(10**900), number(20_000)))
    assert rational_value(tower) is None


ENTRIES = st.sampled_from(["0", "1", "x", "x**2/3", "1/x", "log(x)", "d", "abs(x)"])
UNKNOWN = {"1/x", "log(x)", "d"}
MATRIX = st.lists(st.lists(ENTRIES, min_size=2, max_size=2), min_size=2, max_size=2)


def lowered(conclusion, hypotheses=None, **matrices):
    return statement(
        {"x": "real"},
        conclusion,
        definitions={"d": "1/x"},
        hypotheses=hypotheses or {},
        matrices=matrices,
    )


@given(MATRIX, MATRIX, st.sampled_from(["tr(A*B)", "det(A*B)", "tr(A + B)", "norm(A - B)"]))
def test_what_is_made_of_matrices_is_defined_where_their_entries_are(a, b, formula):
    made = lowered(f"{formula} <= 1", A=a, B=b)
    defined = not UNKNOWN & {e for m in (a, b) for row in m for e in row}
    assert (decide(made.obligation, {"x": ZERO}, {}) is not None) == defined


@given(MATRIX, st.sampled_from(["tr(A)", "det(A)", "det(T(A))", "tr(0*A)", "norm(A)"]))
def test_so_is_what_is_made_of_one_matrix(a, formula):
    made = lowered(f"{formula} <= 1", A=a)
    defined = not UNKNOWN & {e for row in a for e in row}
    assert (decide(made.obligation, {"x": ZERO}, {}) is not None) == defined


@given(ENTRIES, ENTRIES, ENTRIES, st.booleans())
def test_spectra_are_defined_where_the_entries_are(a, b, c, as_hypothesis):
    defined = not UNKNOWN & {a, b, c}
    matrix = [[a, b], [b, c]]
    if as_hypothesis:
        made = lowered("x >= 0", {"h": "lambda_min(A) >= -9"}, A=matrix)
        values = [decide(r, {"x": ZERO}, {}) for r in made.assumptions.values()]
    else:
        made = lowered("lambda_max(A) <= 9", A=matrix)
        point = {"x": ZERO, "x_1": Fraction(1), "x_2": Fraction(0)}
        values = [decide(made.obligation, point | {"y_1": Fraction(1), "y_2": ZERO}, {})]
    assert (None not in values) == defined


def test_symmetric_means_equal_wherever_it_is_looked_at():
    statement({"x": "real"}, "lambda_min(A) >= 0", matrices={"A": [["1", "2*x"], ["x + x", "1"]]})
    with pytest.raises(InputError, match="symmetric"):
        statement({"x": "real"}, "lambda_min(A) >= 0", matrices={"A": [["1", "x/x"], ["1", "1"]]})


@pytest.mark.parametrize("claim", load(FIXTURES / "undefined-somewhere.toml"), ids=lambda c: c.name)
def test_a_side_without_a_value_makes_neither_true_nor_false(claim):
    for made in (claim.statement, claim.mutant):
        assert decide(made.obligation, {"x": ZERO}, {}) is None
        assert violation(made, {"x": ZERO}) is None


@pytest.mark.parametrize(
    "text", ["E(w/w) >= 5", "E(0*(1/w)) >= 5", "E(sqrt(w)*sqrt(w)) >= 5", "E((1/w)**0) > 5"]
)
def test_a_mean_is_expanded_only_if_it_is_of_a_polynomial(text):
    made = statement({"w": "gaussian"}, text)
    assert polynomial_mean(made.conclusion.left.args[0], {"w": "gaussian"}) is None


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("E(cos(sqrt(w**2 - 1))) >= 3", None),
        ("E(log(w)) >= 3", None),
        ("E(sqrt(w)) >= 3", None),
        ("E(cos(log(w))) >= 3", None),
        ("P(w == 0) >= 1/4", False),
        ("P(w == 0) <= 1/4", True),
        ("P(0*log(w) <= 1) <= 1/2", None),
        ("P(prod(w, 2) >= 0) >= 3/4", None),
        ("E(exp(w)) >= 3", False),
        ("E(sqrt(1 + w**2)) >= 3", False),
        ("E(abs(w)) >= 1/2", True),
        ("P(w >= 1) >= 1/2", False),
        ("E(r**2 + r) == 1", True),
    ],
)
def test_means_and_probabilities_are_decided_only_where_they_are_defined(text, holds):
    laws = {"w": "gaussian", "r": "rademacher"}
    made = statement(laws, text)
    assert decide(made.obligation, {}, laws) is holds


def test_an_index_needs_ends_that_have_values():
    for text in ("sum(i, 1, 1/0, x) >= 0", "sum(i, 0*x, 2, x) >= 0", "prod(i, 1, 5/2, x) >= 0"):
        with pytest.raises(InputError):
            statement({"x": "real"}, text)
    nested = "sum(i, 1, 60, sum(j, 1, 60, sum(k, 1, 60, sum(l, 1, 60, x)))) >= 0"
    with pytest.raises(InputError, match="more than"):
        statement({"x": "real"}, nested)


def test_nobody_chooses_what_is_drawn():
    made = statement({"w": "gaussian", "x": "real"}, "E(w**2) <= x")
    assert violation(made, {"w": Fraction(3), "x": Fraction(2)}) is None
    assert violation(made, {"w": Fraction(0), "x": ZERO}).point == {"x": 0}


NEEDED = {  # claims that are true where a and n are what the formula needs, and only there
    "E(w/a) == 0": {"w": "laplace(1)"},
    "E((v/a)**3) == 0": {"v": "normal(0, 1)"},
    "E(w*log(a)) <= 0": {"w": "uniform(-1, 1)"},
    "E(v*w*sqrt(a - 1)) <= 0": {"v": "gaussian", "w": "normal(0, 2)"},
    "Cov(v, w/a) == 0": {"v": "gaussian", "w": "gaussian"},
    "E(0*w) == 0": {"w": "normal(1/a, 1)"},
    "integrate(x*exp(-x^2)/a, x, -inf, inf) == 0": {},
    "integrate(0, x, 0, log(a)) == 0": {},
    "integrate(0*x, x, 1/a, 1) == 0": {},
    "dot(grad(f, o)/a, y) == 0": {"o": "minimiser of f", "y": "vector"},
    "norm(y - y + 0*(y/a)) <= 0": {"o": "minimiser of f", "y": "vector"},
    "d == 0": {"w": "laplace(1)"},
}


@pytest.mark.parametrize("text", NEEDED)
def test_a_closed_form_keeps_what_its_coefficients_need(text):
    variables = {"a": "real", **NEEDED[text]}
    functions = {"f": "smooth(1) & convex"} if "y" in variables else None
    definitions = {"d": "E(w*log(a))"} if text == "d == 0" else None
    made = statement(variables, text, functions=functions, definitions=definitions)
    point = dict.fromkeys(made.variables, ZERO)
    assert None in {decide(p.obligation, point, {}) for p in made.pieces}
    assert {decide(p.obligation, {**point, "a": Fraction(2)}, {}) for p in made.pieces} == {True}


PARTS = {  # formulas in draws, and whether they have a value for all outcomes
    "w**2": True, "exp(w)": True, "1/(1 + B)": True, "sqrt(-1 - w**2)": False, "log(w)": False,
    "1/B": False, "log(B)": False, "0/B": False, "(B - 1)**(-1)": False,
}  # fmt: skip
ZEROES = (
    "E(0*X*{})", "E(X*{}*0)", "E(X*({}))", "E(X*Y*({} + Y)*0)", "E((X + Y)*0*{})", "E(0*({} + X))",
    "E(X*(0*{} + Y))", "E(exp(0*({} + X) + Y/2)*X)", "Cov(X, {})", "Cov(0*X, {})",
    "P(B >= 2 and {} >= 0)",
    "E(0*sum(i, 1, n, {}))", "E(0*({} + {}))", "E(exp(0*({} + {}))) - 1",
    "E(0*sum(i, 1, n, a_i*({})))", "E(sum(i, 1, n, a_i*X_i*({})))", "E(sum(i, 1, n, 0*({})))",
    "Cov(1, sum(i, 1, n, a_i*({})))", "Var(0*sum(i, 1, n, a_i*({})))",
    "Cov(sum(i, 1, n, X_i), sum(i, 1, n, a_i*({})))",
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("mean", ZEROES)
def test_a_mean_of_0_keeps_what_is_drawn_and_has_no_value(mean, part):
    laws = {"X": "normal(0, 1)", "Y": "exponential(1)", "B": "bernoulli(1/2)", "w": "gaussian"}
    variables, text = dict(laws), f"{mean.format(part, part)} == 0"
    if mean in ZEROES[11:]:  # members of sequences
        text = re.sub(r"\b([Bw])\b", r"\1_i" if "sum" in mean else r"\1_1", text)
        variables = {x: f"sequence of {law}" for x, law in laws.items()}
        variables |= {"n": "integer >= 1", "a": "sequence of real"}
    try:
        made = statement(variables, text)
    except Unsupported:
        return
    assert (prove(made, 1).verdict is Verdict.PROVED) == PARTS[part]


LAWS = {  # values of a for which there is such a law, and others where its parameter has none
    "exponential(1/a)": ((1, 3), (0,)),
    "uniform(log(a), log(a) + 1)": ((1, 3), (0, -1)),
    "normal(log(a), 1)": ((1, 3), (0, -1)),
    "bernoulli(sqrt(a))": ((0, 1), (-1,)),
    "binomial(3, a/a)": ((1, -1), (0,)),
    "geometric(1/a)": ((1, 3), (0,)),
    "sequence of laplace(1/a)": ((1, 3), (0,)),
}


@pytest.mark.parametrize("law", LAWS)
def test_that_parameters_have_a_value_is_claimed_and_the_range_of_a_law_is_assumed(law):
    """Also of a law of which the conclusion does not speak."""
    made = statement({"X": law, "a": "real"}, "a == a")
    *_, asked = made.pieces
    good, bad = LAWS[law]
    assert not any(label.startswith("law") for label in asked.hypotheses)
    assert all(decide(asked.obligation, {"a": Fraction(v)}, {}) is True for v in good)
    assert all(decide(asked.obligation, {"a": Fraction(v)}, {}) is None for v in bad)
    assert all(
        decide(r, {"a": Fraction(v)}, {}) is True
        for v in good
        for r in made.pieces[0].hypotheses.values()
    )
    if law != "binomial(3, a/a)":  # where it is plain, it is not asked
        assert len(statement({"X": law, "a": "positive"}, "a == a").pieces) == 1


@given(rational_functions(), st.fractions(0, 5, max_denominator=6))
def test_what_plainly_has_a_value_has_one(e, x):
    signs = Unknowns(set(), {"x": "positive" if x else "nonnegative"})
    if signs.valued(e):
        assert rational_value(e, {"x": x}) is not None


@pytest.mark.parametrize("formula", ["E(sum(i, 1, n, w_i**2))", "Var(sum(i, 1, n, w_i))"])
@pytest.mark.parametrize("domain", ["integer", "real", "integer >= -2", "natural", "integer >= 1"])
def test_a_sum_of_draws_needs_an_end_that_is_not_before_its_beginning(formula, domain):
    variables = {"w": "sequence of gaussian", "n": domain}
    if domain in ("natural", "integer >= 1"):
        made = statement(variables, f"{formula} == n")
        assert decide(made.obligation, {"n": Fraction(1)}, {}) is True
    else:
        with pytest.raises(InputError, match="assume integer >= 0"):
            statement(variables, f"{formula} == n")


def test_there_is_no_greatest_of_nothing():
    variables = {"w": "sequence of gaussian", "n": "integer"}
    made = statement(variables, "P(max(i, 1, n, w_i) <= 0) == Phi(0)**n")
    assert str(made.hypotheses["law-w"]) == "n >= 1"
    with pytest.raises(InputError, match="not made of integers"):
        statement(variables | {"n": "real"}, "P(max(i, 1, n, w_i) <= 0) == Phi(0)**n")


@pytest.mark.parametrize("size", ["m", "5/2", "0", "-3", "n/2"])
def test_a_dimension_is_a_number_of_entries(size):
    variables = {"w": f"gaussian vector({size})", "m": "real", "n": "integer"}
    with pytest.raises(InputError, match=r"dimension|no such law"):
        statement(variables, "E(norm(w)**2) >= 0")
    made = statement({"w": "gaussian vector(n)", "n": "integer"}, "E(norm(w)**2) == n")
    assert str(made.hypotheses["law-w"]) == "n >= 1"


def test_random_signs_are_integers_in_exponents():
    for law, text in (
        ("rademacher", "E((-2)**X) == -5/4"),
        ("rademacher", "P((-2)**X <= -1) == 1/2"),
        ("bernoulli(1/3)", "E((-1)**X) == 1/3"),
        ("rademacher", "E(a**X) == (a + 1/a)/2"),
    ):
        made = statement({"X": law, "a": "real"}, text)
        parts = list(made.pieces)
        held = [
            decide(p.obligation, {"a": Fraction(-3)}, {})
            for p in parts
            if all(decide(r, {"a": Fraction(-3)}, {}) for r in p.hypotheses.values())
        ]
        assert held == [True]
    zero = statement({"X": "rademacher", "a": "real"}, "E(a**X) == (a + 1/a)/2")
    assert decide(zero.obligation, {"a": ZERO}, {}) is None


@pytest.mark.parametrize(
    ("event", "most", "holds"),
    [  # of an exponential law: exp(-1/s), and 1 - exp(-1/s), between 0.71 and 0.72 for s = 3
        ("-s*X <= -1", "0.71", False),
        ("-s*X <= -1", "0.72", True),
        ("s*X <= 1", "0.28", False),
        ("s*X <= 1", "0.29", True),
        ("-s*X >= -1", "0.29", True),
        ("-s*X >= -1", "0.28", False),
    ],
)
def test_an_event_turns_round_with_the_sign_of_a_slope(event, most, holds):
    made = statement({"X": "exponential(1)", "s": "positive"}, f"P({event}) <= {most}")
    assert decide(made.obligation, {"s": Fraction(3)}, {}) is holds
