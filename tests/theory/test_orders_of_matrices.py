"""What is said of two symmetric matrices of any size, against NumPy's matrices of size 2."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.theory.by_hand import value
from tests.theory.test_matrices_of_any_size import numbers
from theory.errors import InputError
from theory.language.reading import statement

NAMES = {
    "A": "symmetric(n)",
    "B": "symmetric(n)",
    "n": "integer >= 1",
    "s": "real",
    "t": "positive",
}
MATRICES = st.sampled_from([
    [[0, 0], [0, 1]], [[1, 0], [0, 1]], [[1, 1], [1, 1]], [[0, 1], [1, 0]], [[-2, 0], [0, 1]],
    [[2, 1], [1, 2]], [[0, 0], [0, 0]], [[-1, 0], [0, -1]], [[3, -1], [-1, 0]],
]).map(lambda rows: np.array(rows, float))  # fmt: skip
FACTORS = {"1": 1, "-1": -1, "2": 2, "1/2": 0.5, "t": 0.5, "-t": -0.5, "s": None, "0": 0}
OPERATORS = {"<=": 1, "<": 1, ">=": -1, ">": -1}
MEASURED = {
    "lambda_max": lambda M: np.linalg.eigvalsh(M)[-1],
    "lambda_min": lambda M: np.linalg.eigvalsh(M)[0],
    "norm2": lambda M: np.linalg.norm(M, 2),
    "tr": np.trace,
}
factors = st.sampled_from(sorted(FACTORS))
combinations = st.tuples(factors, factors, st.sampled_from(["0", "1", "-1", "t"]))


def shown(c):
    parts = [f"({k})*{M}" for k, M in zip(c, "ABI", strict=True) if k != "0"]
    return " + ".join(parts) or "0"


def made_of(c, A, B, s):
    p, q, r = (s if FACTORS[k] is None else FACTORS[k] for k in c)
    return p * A + q * B + r * np.eye(2)


def held(relations, made, at):
    """Whether comparisons between numbers hold that stand for functions of matrices."""
    known = {"s": at["s"], "t": at["t"], "n": 2}
    known |= {q: numbers(text, at) for q, text in made.relaxed.said.items()} if made.relaxed else {}
    gaps = ((round(value(r.left, known) - value(r.right, known), 9), r.operator) for r in relations)
    return all(compared(gap, operator) for gap, operator in gaps)


def compared(gap, operator):
    return {"<=": gap <= 0, "<": gap < 0, ">=": gap >= 0, ">": gap > 0}[operator]


def read(text, hypotheses=None):
    try:
        return statement(NAMES, text, hypotheses=hypotheses)
    except InputError:  # there is no matrix in it
        assume(False)


@given(MATRICES, MATRICES, combinations, combinations, st.sampled_from(sorted(OPERATORS)),
       st.sampled_from([-1.0, 0.0, 2.0]))  # fmt: skip
def test_an_order_is_that_of_the_matrices(A, B, low, high, operator, s):
    assume(set("AB") <= set(shown(low) + shown(high)))
    text = f"{shown(low)} {operator} {shown(high)}"
    at = {"A": A, "B": B, "I": np.eye(2), "s": s, "t": 0.5, "n": 2}
    gap = OPERATORS[operator] * (made_of(high, A, B, s) - made_of(low, A, B, s))
    least = round(np.linalg.eigvalsh(gap)[0], 9)
    expected = least > 0 if operator in "<>" else least >= 0
    made = read(text)
    assert held([made.conclusion], made, at) == expected, text
    assumed = read("norm(A*B) >= 0", {"h": text})
    said = [r for label, r in assumed.hypotheses.items() if label.startswith("h")]
    assert held(said, assumed, at) == expected, text


@given(MATRICES, MATRICES, combinations, st.sampled_from(sorted(MEASURED)),
       st.sampled_from(sorted(OPERATORS)), st.integers(-2, 3),
       st.sampled_from([-1.0, 0.0, 2.0]))  # fmt: skip
def test_a_number_of_a_combination_is_that_of_the_matrix(A, B, c, head, operator, bound, s):
    assume(set("AB") <= set(shown(c)))
    made = read(f"{head}({shown(c)}) {operator} {bound}")
    at = {"A": A, "B": B, "I": np.eye(2), "s": s, "t": 0.5, "n": 2}
    gap = round(MEASURED[head](made_of(c, A, B, s)) - bound, 9)
    assert held([made.conclusion], made, at) == compared(gap, operator)
