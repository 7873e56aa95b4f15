"""Spectra of matrices by their entries, concluded and assumed, against NumPy."""

import math

import numpy as np
import pytest

from tests.theory.by_hand import value
from theory.claims import statement

MEASURED = {
    "lambda_max": lambda M: np.linalg.eigvalsh(M)[-1],
    "lambda_min": lambda M: np.linalg.eigvalsh(M)[0],
    "norm2": lambda M: np.linalg.norm(M, 2),
    "sigma_max": lambda M: np.linalg.norm(M, 2),
    "sigma_min": lambda M: np.linalg.norm(M, -2),
    "spectral_radius": lambda M: max(abs(np.linalg.eigvals(M))),
    "nuclear": lambda M: np.linalg.norm(M, "nuc"),
    "norm": np.linalg.norm,
    "det": np.linalg.det,
    "tr": np.trace,
}
SYMMETRIC = ("lambda_max", "lambda_min")
ENTRIES = [(2, 1, 1, 0), (1, 0, 0, -3), (0, 2, 2, 0), (-1, 1, 1, -1), (0, 0, 0, 0), (3, 1, 1, 2)]
OTHERS = [(1, 2, -1, 0), (0, 1, -2, 0), (1, 5, 0, 2), (0, 0, 1, 0)]
OPERATORS = {"<=": 1, "<": 1, ">=": -1, ">": -1}
CIRCLE = [(math.cos(t), math.sin(t)) for t in np.linspace(0, math.pi, 25)]


def compared(r, at):
    gap = value(r.left, at) - value(r.right, at)
    return OPERATORS[r.operator] * gap < (1e-9 if "=" in r.operator else -1e-9)


def holds(part, at):
    """Whether what is claimed holds, or something that is assumed does not."""
    assumed = all(compared(r, at) for r in part.hypotheses.values())
    return not assumed or compared(part.obligation, at)


@pytest.mark.parametrize("function", MEASURED)
@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("turned", [False, True])
def test_a_bound_of_a_spectrum_is_one_of_the_matrix(function, operator, turned):
    last = "b" if function in SYMMETRIC else "k"
    names = dict.fromkeys(("a", "b", last, "d", "c"), "real")
    text = f"c {operator} {function}(M)" if turned else f"{function}(M) {operator} c"
    tables = {"matrices": {"M": [["a", "b"], [last, "d"]]}}
    made = statement(names, text, **tables)
    assumed = statement(names, "a >= 0", hypotheses={"h": text}, **tables)
    vector = sorted(set(made.variables) - set(names))
    for entries in ENTRIES + OTHERS * (function not in SYMMETRIC):
        M = np.array(entries, float).reshape(2, 2)
        exact = MEASURED[function](M)
        own = [*np.linalg.svd(M)[2], *np.linalg.eig(M)[1].T.real]
        ways = [dict(zip(vector, v, strict=True)) for v in (*CIRCLE, *own)] if vector else [{}]
        for bound in (exact - 0.75, exact + 0.75, exact / 2 - 0.25, -exact - 0.25):
            gap = (bound - exact) * (1 if turned else -1)
            expected = OPERATORS[operator] * gap < 0
            at = dict(zip(("a", "b", last, "d"), entries, strict=True)) | {"c": bound}
            found = all(holds(p, {**at, **v}) for v in ways for p in made.pieces)
            assert found == expected, (entries, bound)
            said = [compared(r, at) for n, r in assumed.hypotheses.items() if n[0] == "h"]
            assert all(said) == expected, (entries, bound)


PRODUCTS = {
    "tr(T(x)*x*A)": lambda A, x: (x @ x) * np.trace(A),
    "tr(A*(T(x)*x))": lambda A, x: (x @ x) * np.trace(A),
    "det((T(x)*A*x)*A)": lambda A, x: (x @ A @ x) ** 2 * np.linalg.det(A),
    "norm(x*(T(x)*A*x))^2": lambda A, x: (x @ A @ x) ** 2 * (x @ x),
    "norm(A*x*T(x))^2": lambda A, x: np.linalg.norm(A @ np.outer(x, x)) ** 2,
    "tr(x*T(x) - A/2)": lambda A, x: x @ x - np.trace(A) / 2,
    "norm((T(x)*x)*A + A^2)^2": lambda A, x: np.linalg.norm((x @ x) * A + A @ A) ** 2,
}


@pytest.mark.parametrize("text", PRODUCTS)
@pytest.mark.parametrize("entries", [(1, 2, -1, 3), (0, 1, 2, 5)])
def test_a_product_with_one_entry_is_a_multiple(text, entries):
    made = statement(
        dict.fromkeys("abkdpq", "real"),
        f"{text} >= -1",
        matrices={"A": [["a", "b"], ["k", "d"]], "x": [["p"], ["q"]]},
    )
    A, x = np.array(entries, float).reshape(2, 2), np.array([2.0, -3.0])
    at = dict(zip("abkdpq", (*entries, *x), strict=True))
    assert value(made.obligation.left, at) == pytest.approx(PRODUCTS[text](A, x))
