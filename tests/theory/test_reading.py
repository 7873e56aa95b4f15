"""The statement language: matrices, layers and indices mean what brute force says."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from theory.claims import statement
from theory.errors import InputError
from theory.expressions import number, parse, rational_value
from theory.language.domains import quantified
from theory.language.indices import factored
from theory.statements import relation_at

SMALL = st.fractions(-3, 3, max_denominator=4)
SYMMETRIC = {"A": [["a", "b", "c"], ["b", "d", "e"], ["c", "e", "f"]]}
ENTRIES = dict.fromkeys("abcdef", "real")


def dense(point):
    a, b, c, d, e, f = (float(point[n]) for n in "abcdef")
    return np.array([[a, b, c], [b, d, e], [c, e, f]])


@given(st.fixed_dictionaries(dict.fromkeys("abcdef", SMALL)))
def test_a_hypothesis_on_the_least_eigenvalue_is_decided_as_numpy_decides_it(point):
    least = np.linalg.eigvalsh(dense(point))[0]
    assume(abs(least + 1) > 1e-9)
    claim = statement(
        ENTRIES, "a <= 100", hypotheses={"h": "lambda_min(A) >= -1"}, matrices=SYMMETRIC
    )
    assert claim.assumptions_hold_at(point) == (least >= -1)


@given(
    st.fixed_dictionaries(dict.fromkeys("abcdef", SMALL)), st.lists(SMALL, min_size=3, max_size=3)
)
def test_a_conclusion_on_an_eigenvalue_is_a_quadratic_form(point, vector):
    claim = statement(ENTRIES, "lambda_max(A) <= 2", matrices=SYMMETRIC)
    everything = point | {f"x_{i}": v for i, v in enumerate(vector, 1)}
    x = np.array([float(v) for v in vector])
    gap = 2 * x @ x - x @ dense(point) @ x
    assume(abs(gap) > 1e-9)
    assert relation_at(claim.obligation, everything) == (gap > 0)


@given(st.lists(SMALL, min_size=6, max_size=6), SMALL)
def test_singular_values_of_a_rectangle_are_those_of_numpy(entries, bound):
    names = [f"m_{i}" for i in range(1, 7)]
    largest = np.linalg.svd(np.array([float(v) for v in entries]).reshape(2, 3))[1][0]
    assume(abs(largest - float(bound)) > 1e-9)
    claim = statement(
        dict.fromkeys(names, "real"),
        "m_1 <= 100",
        hypotheses={"h": "sigma_max(M) <= s"},
        constants={"s": bound},
        matrices={"M": [names[:3], names[3:]]},
    )
    point = dict(zip(names, entries, strict=True))
    assert claim.assumptions_hold_at(point) == (largest <= float(bound))


@given(st.lists(SMALL, min_size=8, max_size=8))
def test_products_traces_and_determinants_are_those_of_numpy(entries):
    names = [f"m_{i}" for i in range(1, 9)]
    blocks = {"A": [names[:2], names[2:4]], "B": [names[4:6], names[6:]]}
    claim = statement(dict.fromkeys(names, "real"), "tr(A*T(B)) + det(A + B) >= 0", matrices=blocks)
    a, b = (np.array([float(v) for v in part]).reshape(2, 2) for part in (entries[:4], entries[4:]))
    value = rational_value(claim.obligation.left, dict(zip(names, entries, strict=True)))
    assert float(value) == pytest.approx(np.trace(a @ b.T) + np.linalg.det(a + b), abs=1e-9)


def test_commuting_layers_are_read_eigenvalue_by_eigenvalue():
    claim = statement(
        {"A": "commuting", "B": "commuting", "eta": "positive"},
        "norm((I - eta*M)*B) <= (1 - eta*m)*norm(B)",
        definitions={"M": "A*T(A)"},
        hypotheses={"above": "lambda_min(A*A) >= m", "below": "sigma_max(A) <= 2"},
        constants={"m": "1/4"},
    )
    assert str(claim.conclusion) == "abs((1 - eta*M)*B) <= (1 - eta*m)*abs(B)"
    assert str(claim.hypotheses["below"]) == "abs(A) <= 2"
    assert claim.definitions["M"].names == {"A"}


@pytest.mark.parametrize(
    ("conclusion", "hypotheses"),
    [
        ("lambda_min(A) <= 1", {}),  # about one eigenvalue, not about each
        ("A <= B", {}),
        ("lambda_min(A) >= B", {}),
        ("lambda_min(A) + 1 >= 0", {}),
        ("lambda_min(A) >= 0", {"h": "norm(A) <= norm(B)"}),
    ],
)
def test_what_has_no_reading_by_eigenvalues_is_refused(conclusion, hypotheses):
    with pytest.raises(InputError):
        statement({"A": "commuting", "B": "commuting"}, conclusion, hypotheses=hypotheses)


def test_an_unsymmetric_matrix_has_no_least_eigenvalue_here():
    with pytest.raises(InputError, match="symmetric"):
        statement({"a": "real"}, "lambda_min(A) >= 0", matrices={"A": [["a", "1"], ["2", "a"]]})


LAYERED = statement(
    {"c": "positive"},
    "P >= c*(1 + S)",
    layers={
        "variables": {"x": "nonnegative"},
        "start": {"P": "c", "S": "0"},
        "next": {"P": "P*(1 + x)", "S": "S + x"},
    },
)


@given(st.fractions(0, 5), st.lists(st.fractions(0, 3, max_denominator=5), max_size=6))
def test_unrolling_is_what_the_layers_do(c, xs):
    assume(c > 0)
    product, total = c, Fraction(0)
    for x in xs:
        product, total = product * (1 + x), total + x
    point = {"c": c} | {f"x_{i}": x for i, x in enumerate(xs, 1)}
    unrolled = LAYERED.unrolled(len(xs))
    assert rational_value(unrolled.obligation.left, point) == product
    assert rational_value(unrolled.obligation.right, point) == c * (1 + total)
    assert LAYERED.holds_at({**point, "layers": Fraction(len(xs))})


@given(st.lists(SMALL, min_size=3, max_size=3), SMALL)
def test_an_indexed_product_replaces_its_subscript(weights, a):
    claim = statement({"w_1..w_3": "real", "a": "real"}, "prod(i, 1, 3, w_i - i*a) >= 0")
    point = {f"w_{i}": w for i, w in enumerate(weights, 1)} | {"a": a}
    expected = Fraction(1)
    for i, w in enumerate(weights, 1):
        expected *= w - i * a
    assert rational_value(claim.obligation.left, point) == expected


def test_sums_nest_and_see_outer_indices():
    claim = statement({"w_1..w_3": "real"}, "sum(i, 1, 2, prod(j, i + 1, 3, w_j)) == w_2*w_3 + w_3")
    assert claim.holds_at({"w_1": Fraction(5), "w_2": Fraction(2), "w_3": Fraction(7)})


@pytest.mark.parametrize(
    "text",
    [
        "prod(i, 1, x, x) >= 0",
        "prod(i, 2, 1, x) >= 0",
        "sum(i, 1, 10**6, x) >= 0",
        "sum(x, 1, 2, x) >= 0",
        "sum(i, 1, 2, sum(i, 1, 2, x)) >= 0",
        "prod(x, 3) >= 0",
        "E(x < 1) >= 0",
        "P(x) >= 0",
        "sum(x, 2) >= 0",
        "sum(x) >= 0",
    ],
)
def test_malformed_products_and_events_are_refused_in_one_line(text):
    with pytest.raises(InputError):
        statement({"x": "real"}, text)


def test_layers_are_checked_like_everything_else():
    for wrong in (
        {"start": {"P": "1"}, "next": {}},
        {"start": {"c": "1"}, "next": {"c": "c"}},
        {"start": {"P": "P"}, "next": {"P": "P"}},
        {"start": {"P": "1"}, "next": {"P": "P"}, "extra": {}},
    ):
        with pytest.raises(InputError):
            statement({"c": "real"}, "P >= c", layers=wrong)


def test_whether_a_matrix_is_symmetric_is_found_out_soon():
    names, power = "abcdef", "(a+b+c+d+e+f)**60"
    real = dict.fromkeys(names, "real")
    for other, fits in (
        ("(f+e+d+c+b+a)**60", False),
        (power, True),
        (power.replace("a", "2*a"), False),
    ):
        rows = {"M": [["1", power], [other, "1"]]}
        try:
            statement(real, "lambda_min(M) >= 0", matrices=rows)
        except InputError:
            assert not fits
        else:
            assert fits
    rows = {"M": [["1", "exp(a) + b"], ["b + exp(a)", "1"]]}
    statement(real, "lambda_min(M) >= 0", matrices=rows)


@pytest.mark.parametrize(
    ("text", "kind", "conditions"),
    [
        ("real >= 0", "nonnegative", 0),
        ("real > 0", "positive", 0),
        ("real >= 1", "real", 1),
        ("integer >= 0", "integer", 1),
        ("natural", "integer", 1),
    ],
)
def test_a_bound_at_zero_is_a_domain_of_its_own(text, kind, conditions):
    read = quantified(text, "x")
    assert (read.kind, len(read.conditions)) == (kind, conditions)


@pytest.mark.parametrize(
    "text", ["i/c", "-i", "-c*i/d", "c*(i + 1)/d", "c", "i*c*d", "-(i/c)", "(c*i)/(d*i)", "i**2"]
)
def test_what_stands_before_a_sum_times_what_stays_inside_is_the_term(text):
    body = parse(text, frozenset("icd"), argument="term")
    outer, inner = factored(body, "i")
    assert "i" not in outer.names
    at = {n: number(q) for n, q in (("i", 3), ("c", Fraction(2, 7)), ("d", -5))}
    values = [rational_value(e.substitute(at)) for e in (outer, inner, body)]
    assert values[0] * values[1] == values[2]


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ({"x, y": "vector"}, {"x": "vector", "y": "vector"}),
        ({"x_0..x_1": "vector"}, {"x_0": "vector", "x_1": "vector"}),
    ],
)
def test_names_in_one_entry_are_names_of_their_own_next_to_functions(short, long):
    a, b = long
    said = {
        "conclusion": f"f({a}) - f({b}) <= L*norm({a} - {b})^2",
        "functions": {"f": "smooth(L)"},
    }
    one = statement({**short, "L": "positive"}, **said)
    assert one == statement({**long, "L": "positive"}, **said)
    with pytest.raises(InputError, match="twice"):
        statement({**short, a: "vector", "L": "positive"}, **said)
