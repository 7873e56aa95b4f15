"""Vectors and matrices of the language: what NumPy says of them."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.by_hand import left, value
from theory.claims import statement
from theory.errors import Unsupported
from theory.expressions import rational_value

SMALL = st.fractions(-3, 3, max_denominator=4)


# Vectors and matrices -----------------------------------------------------------------------------


@given(st.integers(1, 5), st.integers(0, 10**6))
def test_vectors_of_any_dimension_are_their_coordinates(dimension, seed):
    vectors = np.random.default_rng(seed).normal(size=(3, dimension))
    made = left(dict.fromkeys("xyz", "vector") | {"c": "real"},
                "norm(x - 2*y + z)**2 + c*dot(x, y - z) + norm(z)")  # fmt: skip
    padded = np.zeros((3, max(dimension, 3)))
    padded[:, :dimension] = vectors
    triangle = np.linalg.qr(padded.T)[1]
    signs = np.sign(np.diag(triangle))
    coordinates = triangle * np.where(signs == 0, 1, signs)[:, None]
    point = {f"{v}_{i + 1}": coordinates[i, k] for k, v in enumerate("xyz") for i in range(k + 1)}
    x, y, z = vectors
    expected = np.sum((x - 2 * y + z) ** 2) + 0.3 * (x @ (y - z)) + np.linalg.norm(z)
    found = value(made.obligation.left, point | {"c": 0.3})
    assert found == pytest.approx(expected, abs=1e-8)


@given(st.lists(SMALL, min_size=4, max_size=4))
def test_functions_of_two_by_two_matrices_are_those_of_numpy(entries_):
    a = np.array([float(v) for v in entries_]).reshape(2, 2)
    point = dict(zip(("A_1_1", "A_1_2", "A_2_1", "A_2_2"), entries_, strict=True))
    singular = np.linalg.svd(a)[1]
    for text, expected in {
        "1 + norm2(A)": 1 + singular[0],
        "1 + sigma_min(A)": 1 + singular[1],
        "1 + nuclear(A)": 1 + sum(singular),
        "1 + spectral_radius(A)": 1 + max(abs(np.linalg.eigvals(a))),
        "norm(A*T(A))": np.linalg.norm(a @ a.T),
        "1 + lambda_max(A + T(A))": 1 + np.linalg.eigvalsh(a + a.T)[1],
        "tr((A - 2*I)**3)": np.trace(np.linalg.matrix_power(a - 2 * np.eye(2), 3)),
    }.items():
        made = left({"A": "matrix(2, 2)"}, text)
        assert value(made.obligation.left, point) == pytest.approx(expected, abs=1e-6), text


@given(st.lists(SMALL, min_size=9, max_size=9), st.fractions(1, 3, max_denominator=3))
def test_the_conditions_of_jury_are_those_of_eigenvalues(entries_, c):
    for size in (2, 3):
        chosen = entries_[: size * size]
        a = np.array([float(v) for v in chosen]).reshape(size, size)
        radius = max(abs(np.linalg.eigvals(a)))
        if abs(radius - float(c)) < 1e-3:
            continue
        names = [f"A_{i}_{j}" for i in range(1, size + 1) for j in range(1, size + 1)]
        made = statement({"A": f"matrix({size}, {size})"}, f"spectral_radius(A) < {c}")
        assert made.holds_at(dict(zip(names, chosen, strict=True))) is bool(radius < c)


@given(st.lists(SMALL, min_size=9, max_size=9))
def test_inverses_are_those_of_numpy(entries_):
    a = np.array([float(v) for v in entries_]).reshape(3, 3)
    if abs(np.linalg.det(a)) < 1e-3:
        return
    names = [f"A_{i}_{j}" for i in (1, 2, 3) for j in (1, 2, 3)]
    made = left({"A": "matrix(3, 3)"}, "tr(inv(A)*T(A))")
    found = rational_value(made.obligation.left, dict(zip(names, entries_, strict=True)))
    assert float(found) == pytest.approx(np.trace(np.linalg.inv(a) @ a.T), rel=1e-6, abs=1e-6)


@given(st.lists(SMALL, min_size=6, max_size=6))
def test_the_order_of_matrices_is_that_of_eigenvalues(entries_):
    names = ["A_1_1", "A_1_2", "A_2_2", "B_1_1", "B_1_2", "B_2_2"]
    point = dict(zip(names, entries_, strict=True))
    a, b = (np.array([[float(v[0]), float(v[1])], [float(v[1]), float(v[2])]])
            for v in (entries_[:3], entries_[3:]))  # fmt: skip
    least = np.linalg.eigvalsh(b - a)[0]
    if abs(least) < 1e-9:
        return
    variables = {"A": "symmetric(2)", "B": "symmetric(2)"}
    made = statement(variables, "tr(A) + 1 <= tr(A)", hypotheses={"h": "A <= B"})
    assert (made.holds_at(point) is False) == (least > 0)
    concluded = statement(variables, "A <= B")
    lowest = np.linalg.eigh(b - a)[1][:, 0]
    vector = {f"x_{i}": Fraction(v) for i, v in enumerate(lowest, 1)}
    assert concluded.holds_at(point | vector) is bool(least > 0)


@given(st.integers(1, 4), st.integers(0, 10**6))
def test_a_matrix_of_any_size_is_its_spectrum(size, seed):
    a = np.random.default_rng(seed).normal(size=(size, size))
    a = a + a.T
    spectrum = np.linalg.eigvalsh(a)
    for text, expected in {
        "tr(A*A) + norm(A)": np.trace(a @ a) + np.linalg.norm(a),
        "norm2(A - I) + nuclear(A)": np.linalg.norm(a - np.eye(size), 2) + np.abs(spectrum).sum(),
        "lambda_max(A) - 2*lambda_min(A**2)": spectrum[-1] - 2 * min(spectrum**2),
        "det(A)": np.linalg.det(a),
        "norm(A)**4 - norm(A - I)**6": np.linalg.norm(a) ** 4
        - np.linalg.norm(a - np.eye(size)) ** 6,
        "norm(A)**3": np.linalg.norm(a) ** 3,
    }.items():
        made = left({"A": "symmetric(n)", "n": "integer >= 1"}, text)
        unrolled = made.unrolled(size - 1)
        names = [x for x in unrolled.variables if x.startswith("A")]
        found = value(unrolled.obligation.left, dict(zip(names, spectrum, strict=True)))
        assert found == pytest.approx(expected, rel=1e-8, abs=1e-8), text


@pytest.mark.parametrize("formula", ["dot(w, v)", "dot(v, w)", "norm(w)**2*dot(w, v)"])
def test_two_random_vectors_are_not_taken_for_one(formula):
    variables = {"w": "gaussian vector(n)", "v": "gaussian vector(n)", "n": "integer >= 1"}
    assert str(left(variables, "E(dot(w, w))").conclusion.left) == "n"
    with pytest.raises(Unsupported):
        left(variables, f"E({formula})")
