"""Relations between matrices of given sizes against exact eigenvalues, also where they are equal.

A matrix [[a, b], [b, a]] has the eigenvalues a + b and a - b, with the vectors (1, 1) and (1, -1):
so strict and plain relations are told apart at points, without rounding.
"""

import operator
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theory.by_hand import left, value
from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.expressions import rational_value

COMPARED = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
WHOLE = st.integers(-2, 2)
TWO = {"A": [["a", "b"], ["b", "a"]]}
NAMES = {"a": "real", "b": "real", "c": "real"}
OF_TWO = {  # as a bound of all eigenvalues: a function, the relations that are so, and its values
    "lambda_min(A)": (">", lambda a, b: min(a + b, a - b)),
    "lambda_max(A)": ("<", lambda a, b: max(a + b, a - b)),
    "sigma_min(A)": (">", lambda a, b: min(abs(a + b), abs(a - b))),
    "sigma_max(A)": ("<", lambda a, b: max(abs(a + b), abs(a - b))),
    "norm2(A)": ("<", lambda a, b: max(abs(a + b), abs(a - b))),
    "lambda_min(A + I)": (">", lambda a, b: 1 + min(a + b, a - b)),
    "lambda_max(-2*A)": ("<", lambda a, b: max(-2 * a - 2 * b, -2 * a + 2 * b)),
    "lambda_max(A*A)": ("<", lambda a, b: max((a + b) ** 2, (a - b) ** 2)),
}
BOUNDS = [(f, r) for f, (sign, _) in OF_TWO.items() for r in (sign, sign + "=")]


@pytest.mark.parametrize(("function", "relation"), BOUNDS)
@given(WHOLE, WHOLE, WHOLE)
def test_bounds_of_the_spectrum_as_hypotheses(function, relation, a, b, c):
    at = {"a": Fraction(a), "b": Fraction(b), "c": Fraction(c)}
    expected = COMPARED[relation](OF_TWO[function][1](a, b), c)
    for text in (f"{function} {relation} c", f"c {turned(relation)} {function}"):
        made = statement(NAMES, "a <= 9", hypotheses={"h": text}, matrices=TWO)
        assert made.assumptions_hold_at(at) is expected


@pytest.mark.parametrize(("function", "relation"), [b for b in BOUNDS if "sigma" not in b[0]])
@given(WHOLE, WHOLE, WHOLE)
def test_bounds_of_the_spectrum_as_conclusions(function, relation, a, b, c):
    """What is concluded is said of all vectors, with a strict relation of those that are not 0."""
    made = statement(NAMES, f"{function} {relation} c", matrices=TWO)
    at = {"a": Fraction(a), "b": Fraction(b), "c": Fraction(c)}
    vectors = [{"x_1": Fraction(1), "x_2": Fraction(s)} for s in (1, -1, 0)]
    if function != "norm2(A)" or c >= 0:
        expected = COMPARED[relation](OF_TWO[function][1](a, b), c)
        assert all(made.holds_at(at | v) for v in vectors) is expected
    nothing = {"x_1": Fraction(0), "x_2": Fraction(0)}
    assert made.holds_at(at | nothing) is not False


def turned(relation):
    return relation.translate(str.maketrans("<>", "><"))


@pytest.mark.parametrize("relation", COMPARED)
@given(WHOLE, WHOLE, WHOLE, WHOLE)
def test_the_order_of_matrices_where_they_touch(relation, a, b, c, d):
    """B - A has the eigenvalues c - a + d - b and c - a - (d - b)."""
    matrices = {**TWO, "B": [["c", "d"], ["d", "c"]]}
    names, at = {**NAMES, "d": "real"}, dict(zip("abcd", map(Fraction, (a, b, c, d)), strict=True))
    eigen = (a - c + b - d, a - c - (b - d))
    expected = all(COMPARED[relation](e, 0) for e in eigen)
    assumed = statement(names, "a <= 9", hypotheses={"h": f"A {relation} B"}, matrices=matrices)
    assert assumed.assumptions_hold_at(at) is expected
    concluded = statement(names, f"A {relation} B", matrices=matrices)
    vectors = [{"x_1": Fraction(1), "x_2": Fraction(s)} for s in (1, -1)]
    assert all(concluded.holds_at(at | v) for v in vectors) is expected
    assert concluded.holds_at(at | {"x_1": Fraction(0), "x_2": Fraction(0)}) is not False


@given(WHOLE, WHOLE, WHOLE, WHOLE)
def test_matrices_are_equal_if_all_entries_are(a, b, c, d):
    matrices = {**TWO, "B": [["c", "d"], ["d", "c"]]}
    names, at = {**NAMES, "d": "real"}, dict(zip("abcd", map(Fraction, (a, b, c, d)), strict=True))
    made = statement(names, "A == B", matrices=matrices)
    assert all(p.holds_at(at) for p in made.pieces) is ((a, b) == (c, d))


SHAPES = [*product((1, 2, 3), repeat=2)]


def rows(letter, shape):
    return [[f"{letter}_{i}{j}" for j in range(shape[1])] for i in range(shape[0])]


def entries(letter, shape):
    return [x for row in rows(letter, shape) for x in row]


def filled(shape, seed):
    return np.random.default_rng(seed).integers(-3, 4, shape)


def read(formula, shapes, **more):
    names = dict.fromkeys([x for n, s in shapes.items() for x in entries(n.lower(), s)], "real")
    matrices = {n: rows(n.lower(), s) for n, s in shapes.items()}
    return left({**names, "c": "real"}, formula, matrices=matrices, **more)


def at_point(made, shapes, arrays, c=0):
    at = {"c": Fraction(c)}
    for n, s in shapes.items():
        at |= dict(
            zip(entries(n.lower(), s), map(Fraction, arrays[n].flatten().tolist()), strict=True)
        )
    return rational_value(made.obligation.left, at)


@pytest.mark.parametrize("a", SHAPES)
@pytest.mark.parametrize("b", SHAPES)
def test_products_and_sums_fit_or_are_refused(a, b):
    shapes, arrays = {"A": a, "B": b}, {"A": filled(a, 1), "B": filled(b, 2)}
    A, B = arrays["A"], arrays["B"]
    expected = None
    if a[1] == b[0]:
        expected = A @ B
    elif (1, 1) in (a, b):
        expected = A * B
    for formula, number in {
        "norm(A*B)**2": None if expected is None else (expected**2).sum(),
        "norm(A - 2*B)**2": ((A - 2 * B) ** 2).sum() if a == b else None,
        "norm(A + B)**2": ((A + B) ** 2).sum() if a == b else None,
        "dot(A, B)": (A * B).sum() if a == b else None,
    }.items():
        if number is None:
            with pytest.raises(InputError):
                read(formula, shapes)
        else:
            assert at_point(read(formula, shapes), shapes, arrays) == number, formula


NUMBERS = {  # of a square matrix A of whole numbers and a number c
    "tr(A)": lambda A, c: np.trace(A),
    "tr(c*A - A/2)": lambda A, c: Fraction(2 * c - 1, 2) * int(np.trace(A)),
    "tr(A**3)": lambda A, c: np.trace(A @ A @ A),
    "tr(-A + I)": lambda A, c: len(A) - np.trace(A),
    "tr(I - A)": lambda A, c: len(A) - np.trace(A),
    "tr(2*I*A)": lambda A, c: 2 * np.trace(A),
    "det(A)": lambda A, c: round(np.linalg.det(A)),
    "det(A*T(A))": lambda A, c: round(np.linalg.det(A)) ** 2,
    "norm(A)**2": lambda A, c: (A**2).sum(),
    "norm(A)**4": lambda A, c: (A**2).sum() ** 2,
    "|A|**2": lambda A, c: (A**2).sum(),
    "||A||**2": lambda A, c: (A**2).sum(),
    "dot(A, A - c*I)": lambda A, c: (A**2).sum() - c * np.trace(A),
}


@pytest.mark.parametrize("formula", NUMBERS)
@pytest.mark.parametrize("size", [1, 2, 3])
def test_numbers_of_a_square_matrix(formula, size):
    shapes, arrays = {"A": (size, size)}, {"A": filled((size, size), size)}
    made = read(formula, shapes)
    assert at_point(made, shapes, arrays, 3) == NUMBERS[formula](arrays["A"], 3)


@pytest.mark.parametrize("formula", ["tr(A)", "det(A)", "logdet(A)", "spectral_radius(A)",
                                     "tr(inv(A)*A)", "lambda_min(A)", "lambda_max(A)",
                                     "tr(A**2)"])  # fmt: skip
@pytest.mark.parametrize("shape", [(1, 2), (3, 2)])
def test_what_needs_a_square_matrix_is_refused_of_others(formula, shape):
    with pytest.raises(InputError):
        read(formula, {"A": shape})


@pytest.mark.parametrize("formula", [
    "tr(A + 1)", "tr(1 + A)", "tr(A - c)", "tr(c - A)", "tr(c/A)", "tr(A/A)", "tr(c**A)", "A + c",
    "exp(A)", "tr(A**(1/2))", "tr(A**0)", "tr(A**(-1))", "tr(A**9)", "tr(c)", "tr(I)", "norm(c)",
    "lambda_min(A)", "lambda_max(A)", "dot(A, c)", "max(A, c)", "norm(A)*A",
])  # fmt: skip
def test_what_is_no_number_is_refused(formula):
    with pytest.raises(InputError):
        read(formula, {"A": (2, 2)})


@pytest.mark.parametrize(("relation", "error"), [
    ("A <= A", "only symmetric"), ("A != A", "matrices that differ"), ("A <= c", None),
    ("c <= A", None), ("A == c", None), ("lambda_min(A) >= 0", "symmetric"),
])  # fmt: skip
@pytest.mark.parametrize("assumed", [True, False])
def test_relations_that_are_none(relation, error, assumed):
    names = dict.fromkeys([*entries("a", (2, 2)), "c"], "real")
    matrices = {"A": rows("a", (2, 2))}
    claim, hypotheses = ("c <= 0", {"h": relation}) if assumed else (relation, {})
    with pytest.raises((InputError, Unsupported), match=error):
        statement(names, claim, hypotheses=hypotheses, matrices=matrices)


@pytest.mark.parametrize("relation", ["A == 2*I", "A == 0", "A <= 2*I", "0 <= A", "2*I > A"])
@pytest.mark.parametrize("assumed", [True, False])
@given(WHOLE, WHOLE)
def test_multiples_of_the_identity_take_the_size_of_what_is_next_to_them(relation, assumed, a, b):
    eigen = (a + b, a - b)
    expected = {
        "A == 2*I": (a, b) == (2, 0), "A == 0": (a, b) == (0, 0), "A <= 2*I": max(eigen) <= 2,
        "0 <= A": min(eigen) >= 0, "2*I > A": max(eigen) < 2,
    }[relation]  # fmt: skip
    at = {"a": Fraction(a), "b": Fraction(b), "c": Fraction(0)}
    if assumed:
        made = statement(NAMES, "a <= 9", hypotheses={"h": relation}, matrices=TWO)
        assert made.assumptions_hold_at(at) is expected
    else:
        made = statement(NAMES, relation, matrices=TWO)
        vectors = [{"x_1": Fraction(1), "x_2": Fraction(s)} for s in (1, -1)]
        assert all(p.holds_at(at | v) for p in made.pieces for v in vectors) is expected


@pytest.mark.parametrize(("size", "assumed", "read"), [
    (8, False, True), (9, False, False), (4, True, True), (5, True, False),
])  # fmt: skip
def test_how_large_matrices_may_be(size, assumed, read):
    matrices = {"A": [["a" if i == j else "0" for j in range(size)] for i in range(size)]}
    bound = "lambda_min(A) >= 0"
    claim, hypotheses = ("a >= 0", {"h": bound}) if assumed else (bound, {})
    if read:
        statement({"a": "real"}, claim, hypotheses=hypotheses, matrices=matrices)
    else:
        with pytest.raises((Unsupported, InputError), match=r"larger than|at most 8"):
            statement({"a": "real"}, claim, hypotheses=hypotheses, matrices=matrices)


@pytest.mark.parametrize("formula", ["norm(A)*2", "2*norm(A)", "norm(A) + 2", "norm(A) - 2",
                                     "norm(A)/2", "norm(A)**3", "norm(A)**4"])  # fmt: skip
def test_a_number_next_to_a_norm_is_an_exponent_only_as_one(formula):
    made = read(formula, {"A": (1, 2)})
    found = value(made.obligation.left, {"a_00": 3, "a_01": 4, "c": 0})
    assert found == pytest.approx(eval(formula.replace("norm(A)", "5")))


@pytest.mark.parametrize("relation", ["A == B", "B == A", "A <= B", "B < A", "B >= A"])
@pytest.mark.parametrize("shapes", [((2, 2), (3, 3)), ((1, 2), (2, 1)), ((2, 2), (2, 3))])
def test_matrices_of_different_sizes_are_not_compared(relation, shapes):
    shapes = dict(zip("AB", shapes, strict=True))
    names = dict.fromkeys([x for n, s in shapes.items() for x in entries(n.lower(), s)], "real")
    with pytest.raises(InputError):
        statement(names, relation, matrices={n: rows(n.lower(), s) for n, s in shapes.items()})
