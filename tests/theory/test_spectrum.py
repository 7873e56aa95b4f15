"""One matrix of any size, and vectors next to it, by n numbers: against whole matrices."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.by_hand import left, value
from theory.claims import statement
from theory.errors import InputError, Unsupported

N = {"n": "integer >= 1", "c": "real"}
SYMMETRIC = {**N, "A": "symmetric(n)"}
GENERAL = {**N, "A": "matrix(n, n)"}
VECTORS = {**SYMMETRIC, "x": "vector(n)", "y": "vector(n)"}
WHOLE = st.lists(st.integers(-3, 3), min_size=1, max_size=3)


def at_depth(made, size, values):
    """The claim about matrices of one size, at eigenvalues and coordinates."""
    unrolled, point = made.unrolled(size - 1), {}
    for letter, numbers in values.items():
        names = [v for v in unrolled.variables if v.startswith(letter)]
        point |= dict(zip(names, map(Fraction, numbers), strict=True))
    return unrolled, point


FORMULAS = {  # at the eigenvalues e, which are whole numbers
    "tr(A) + c": lambda e, c: sum(e) + c,
    "tr(A**2 - c*A + I)": lambda e, c: sum(e**2 - c * e + 1),
    "tr(T(A)*A)": lambda e, c: sum(e**2),
    "det(A)": lambda e, c: np.prod(e),
    "det(A - 2*I)": lambda e, c: np.prod(e - 2),
    "lambda_max(A)": lambda e, c: max(e),
    "lambda_min(A*A)": lambda e, c: min(e**2),
    "norm2(A)": lambda e, c: max(abs(e)),
    "norm2(A - I)": lambda e, c: max(abs(e - 1)),
    "sigma_max(A)": lambda e, c: max(abs(e)),
    "sigma_min(A)": lambda e, c: min(abs(e)),
    "nuclear(A)": lambda e, c: sum(abs(e)),
    "norm(A)": lambda e, c: sum(e**2) ** 0.5,
    "norm(A)**2": lambda e, c: sum(e**2),
    "norm(A + I)**2": lambda e, c: sum((e + 1) ** 2),
    "norm(2*A)**4": lambda e, c: sum(4 * e**2) ** 2,
    "norm(A)**3": lambda e, c: sum(e**2) ** 1.5,
    "c*norm(A)**2*tr(A)": lambda e, c: c * sum(e**2) * sum(e),
    "logdet(A*A + I)": lambda e, c: sum(np.log(e**2 + 1)),
    "tr(inv(A*A + I))": lambda e, c: sum(1 / (e**2 + 1)),
}


@pytest.mark.parametrize("formula", FORMULAS)
@given(WHOLE, st.integers(-2, 2))
def test_functions_of_a_symmetric_matrix(formula, eigen, c):
    unrolled, point = at_depth(left(SYMMETRIC, formula), len(eigen), {"A": eigen})
    expected = FORMULAS[formula](np.array(eigen), c)
    assert value(unrolled.obligation.left, {**point, "c": c}) == pytest.approx(expected)


SINGULAR = ["norm2(A)", "sigma_max(A)", "sigma_min(A)", "nuclear(A)", "norm(A)", "norm(A)**2"]


@pytest.mark.parametrize("formula", SINGULAR)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=3))
def test_norms_of_a_matrix_that_need_not_be_symmetric(formula, singular):
    made = left(GENERAL, formula)
    assert {str(v) for k, v in made.variables.items() if k.startswith("A")} == {"nonnegative"}
    unrolled, point = at_depth(made, len(singular), {"A": singular})
    expected = FORMULAS[formula](np.array(singular), 0)
    assert value(unrolled.obligation.left, {**point, "c": 0}) == pytest.approx(expected)


OF_VECTORS = {  # at eigenvalues e and coordinates u, v
    "dot(x, y)": lambda e, u, v: sum(u * v),
    "T(x)*y": lambda e, u, v: sum(u * v),
    "dot(x, A*y)": lambda e, u, v: sum(u * e * v),
    "T(x)*A*y": lambda e, u, v: sum(u * e * v),
    "T(x)*A*A*y": lambda e, u, v: sum(u * e**2 * v),
    "dot(A*x, A*y)": lambda e, u, v: sum(u * e**2 * v),
    "dot(x, (A + 2*I)*y/2)": lambda e, u, v: sum(u * (e + 2) * v) / 2,
    "dot(2*x - y, -y)": lambda e, u, v: sum((2 * u - v) * -v),
    "dot(x*2, y)": lambda e, u, v: 2 * sum(u * v),
    "dot(I*x, y)": lambda e, u, v: sum(u * v),
    "norm(x)": lambda e, u, v: sum(u**2) ** 0.5,
    "norm2(x + y)": lambda e, u, v: sum((u + v) ** 2) ** 0.5,
    "|x|": lambda e, u, v: sum(u**2) ** 0.5,
    "norm(A*x - y)**2": lambda e, u, v: sum((e * u - v) ** 2),
    "tr(A)*dot(x, y)": lambda e, u, v: sum(e) * sum(u * v),
}


@pytest.mark.parametrize("formula", OF_VECTORS)
@given(st.integers(1, 3), st.integers(0, 10**6))
def test_vectors_next_to_a_symmetric_matrix(formula, size, seed):
    e, u, v = np.random.default_rng(seed).integers(-3, 4, (3, size))
    made = left(VECTORS, formula)
    letters = {k: n.tolist() for k, n in zip("Axy", (e, u, v), strict=True)}
    known = {k: n for k, n in letters.items() if any(x.startswith(k) for x in made.variables)}
    unrolled, point = at_depth(made, size, known)
    assert value(unrolled.obligation.left, {**point, "c": 0}) == pytest.approx(
        float(OF_VECTORS[formula](e, u, v))
    )


ASSUMED = {  # a hypothesis, and when it holds of an eigenvalue e; all of them must satisfy it
    "A <= c*I": lambda e, c: e <= c,
    "A < c*I": lambda e, c: e < c,
    "c*I <= A": lambda e, c: e >= c,
    "A >= c*I": lambda e, c: e >= c,
    "A > c*I": lambda e, c: e > c,
    "A + I <= c*I": lambda e, c: e + 1 <= c,
    "lambda_max(A) <= c": lambda e, c: e <= c,
    "lambda_max(A) < c": lambda e, c: e < c,
    "lambda_min(A) >= c": lambda e, c: e >= c,
    "lambda_min(A + I) > c": lambda e, c: e + 1 > c,
    "norm2(A) <= c": lambda e, c: abs(e) <= c,
    "norm2(A) < c": lambda e, c: abs(e) < c,
    "norm2(A - I) < c": lambda e, c: abs(e - 1) < c,
    "sigma_max(A) <= c": lambda e, c: abs(e) <= c,
    "sigma_min(A) >= c": lambda e, c: abs(e) >= c,
}


@pytest.mark.parametrize("hypothesis", ASSUMED)
@given(WHOLE, st.integers(-3, 3))
def test_what_is_assumed_of_the_spectrum_is_so_of_each_eigenvalue(hypothesis, eigen, c):
    made = statement(SYMMETRIC, "tr(A) >= -100", hypotheses={"h": hypothesis})
    unrolled, point = at_depth(made, len(eigen), {"A": eigen})
    expected = all(ASSUMED[hypothesis](e, c) for e in eigen)
    assert unrolled.assumptions_hold_at({**point, "c": Fraction(c)}) is expected


@pytest.mark.parametrize("hypothesis", ["norm2(A) <= c", "norm2(A) < c", "sigma_max(A) <= c",
                                        "sigma_min(A) >= c"])  # fmt: skip
@given(st.lists(st.integers(0, 3), min_size=1, max_size=3), st.integers(-1, 3))
def test_what_is_assumed_of_singular_values(hypothesis, singular, c):
    made = statement(GENERAL, "norm(A) <= 100", hypotheses={"h": hypothesis})
    unrolled, point = at_depth(made, len(singular), {"A": singular})
    expected = all(ASSUMED[hypothesis](e, c) for e in singular)
    assert unrolled.assumptions_hold_at({**point, "c": Fraction(c)}) is expected


@pytest.mark.parametrize(
    "relation", ["A <= c*I", "c*I < A", "A >= c*I", "A*A > c*I", "A + 0 <= c*I"]
)
@given(WHOLE, st.integers(-3, 3))
def test_an_order_is_concluded_of_all_eigenvalues(relation, eigen, c):
    unrolled, point = at_depth(statement(SYMMETRIC, relation), len(eigen), {"A": eigen})
    holds = {"A <= c*I": lambda e: e <= c, "c*I < A": lambda e: e > c, "A >= c*I": lambda e: e >= c,
             "A*A > c*I": lambda e: e * e > c, "A + 0 <= c*I": lambda e: e <= c}  # fmt: skip
    expected = all(map(holds[relation], eigen))
    assert unrolled.holds_at({**point, "c": Fraction(c)}) is expected


REFUSED = {  # a sum or product that is none, and what it is refused as
    "1 + A <= c*I": "adds a number", "A + 1 <= c*I": "adds a number", "c - A <= I": "adds a number",
    "A - c <= I": "adds a number", "tr(1 + A) <= c": "adds a number", "A != I": "differ",
    "tr(I) <= c": "no size", "dot(x, y*A) <= c": "in front",
    "dot(x, x*y) <= c": "no vector", "dot(x, A) <= c": "no vector", "norm(x/y) <= c": "no vector",
    "dot(x + 1, y) <= c": "no vector", "dot(x, A*B*y) <= c": None,
}  # fmt: skip


@pytest.mark.parametrize("claim", REFUSED)
@pytest.mark.parametrize("assumed", [False, True])
def test_what_has_no_meaning_is_refused(claim, assumed):
    conclusion, hypotheses = ("c <= 1", {"h": claim}) if assumed else (claim, {})
    with pytest.raises((InputError, Unsupported), match=REFUSED[claim]):
        statement(VECTORS, conclusion, hypotheses=hypotheses)


@pytest.mark.parametrize("claim", [
    "logdet(A) <= c", "lambda_min(A) <= c", "lambda_max(A) <= c",
    "A <= c*I", "spectral_radius(A) <= c",
])  # fmt: skip
@pytest.mark.parametrize("assumed", [False, True])
def test_eigenvalues_are_those_of_symmetric_matrices(claim, assumed):
    conclusion, hypotheses = ("norm(A) <= c", {"h": claim}) if assumed else (claim, {})
    with pytest.raises((InputError, Unsupported)):
        statement(GENERAL, conclusion, hypotheses=hypotheses)
