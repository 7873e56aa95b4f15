"""Vectors of n coordinates next to a symmetric matrix, in its eigenbasis."""

import pytest

from proofs.verification.decide import decide
from theory.errors import InputError, Unsupported
from theory.language.reading import statement

NAMES = {"A": "symmetric(n)", "x": "vector(n)", "y": "vector(n)", "n": "integer >= 1"}


@pytest.mark.sample(2)
@pytest.mark.parametrize(("claim", "verdict"), [
    ("dot(x, A*x) <= lambda_max(A)*norm(x)^2", "proved"),
    ("dot(x, A*x) <= 0.99*lambda_max(A)*norm(x)^2", "refuted"),
    ("T(x)*A*x >= lambda_min(A)*norm(x)^2", "proved"),
    ("norm(A*x)^2 <= norm2(A)*dot(x, A*x)", "refuted"),  # A need not be positive
    ("dot(x + y, A*(x - y)) == dot(x, A*x) - dot(y, A*y)", "proved"),
])  # fmt: skip
def test_quadratic_forms(claim, verdict):
    assert decide(statement(NAMES, claim), 60).verdict.value == verdict


def test_a_step_of_gradient_descent_contracts():
    for rate, verdict in [("1 - m", "proved"), ("1 - 1.01*m", "refuted")]:
        made = statement({**NAMES, "m": "positive"}, f"norm((I - A)*x) <= ({rate})*norm(x)",
                         hypotheses={"low": "m*I <= A", "high": "A <= I"})  # fmt: skip
        assert decide(made, 60).verdict.value == verdict


def test_a_random_vector_sees_the_trace():
    names = {"u": "gaussian vector(n)", **NAMES}
    for trace, verdict in [("tr(A)", "proved"), ("1.01*tr(A)", "refuted")]:
        assert decide(statement(names, f"E(dot(u, A*u)) == {trace}"), 60).verdict.value == verdict


@pytest.mark.parametrize(("claim", "verdict"), [
    ("Var(dot(u, A*u)) == 2*norm(A)^2", "proved"),
    ("E(norm(u - A*u)^2) == n + norm(A)^2", "refuted"),
    ("E(norm(A*u)^2) == norm(A)^2 and E(norm(u)^4) == n*(n + 2)", "proved"),
])  # fmt: skip
def test_a_random_vector_needs_no_other(claim, verdict):
    names = {"u": "gaussian vector(n)", "A": "symmetric(n)", "n": "integer >= 1"}
    assert decide(statement(names, claim), 60).verdict.value == verdict


def test_coordinates_are_those_of_the_basis_that_is_meant():
    sizes = {"x": "vector(n)", "n": "integer >= 1"}
    made = statement(sizes, "sum(i, 1, n, |x_i|)^2 <= n*norm(x)^2")
    assert decide(made, 60).verdict.value == "proved"
    with pytest.raises((InputError, Unsupported)):  # of which basis, where A stands in its own?
        statement(NAMES, "sum(i, 1, n, x_i)^2 <= n*norm(x)^2")


@pytest.mark.parametrize(("names", "claim"), [
    ({"B": "symmetric(k)", "k": "integer >= 1"}, "dot(x, A*B*x) <= norm2(A)*norm(x)^2"),
    ({}, "norm(A + 1) <= norm(A) + n"),
    ({"x": "vector(k)", "k": "integer >= 1"}, "dot(x, y) <= norm(x)*norm(y)"),
    ({}, "norm(x*A) <= 1"),
])  # fmt: skip
def test_what_is_not_meant_is_refused(names, claim):
    with pytest.raises((InputError, Unsupported)):
        statement({**NAMES, **names}, claim)


@pytest.mark.parametrize(("names", "claim"), [
    ({"A": "matrix(n, n)"}, "dot(x, A*x) <= norm2(A)*norm(x)^2"),
    ({"B": "symmetric(n)"}, "dot(x, A*B*x) <= norm2(A)*norm2(B)*norm(x)^2"),
])  # fmt: skip
def test_products_next_to_vectors(names, claim):
    assert decide(statement({**NAMES, **names}, claim), 60).verdict.value == "proved"
