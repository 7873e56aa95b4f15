"""Words: the free *-algebra against exact matrices, and the dynamics of deep nets in it."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from proofs.evidence.verdicts import Counterexample, Verdict
from proofs.verification.catalogue import confirmed, verify
from theory.catalogue.generated import matrix_dynamics
from theory.claims import statement
from theory.deciders import NotRationalError
from theory.errors import InputError
from theory.matrices import dynamics, points
from theory.matrices.deciders import decide_matrix_identity
from theory.matrices.words import flip, letter, necklace, scalar

LETTERS = st.tuples(st.sampled_from("ABC"), st.booleans())
WORDS = st.lists(LETTERS, min_size=1, max_size=5).map(tuple)
SUMS = st.lists(st.tuples(WORDS, st.integers(-3, 3)), min_size=1, max_size=4)


def element(terms):
    total = scalar(0)
    for word, coefficient in terms:
        factors = [letter(n).transpose if t else letter(n) for n, t in word]
        product = factors[0]
        for factor in factors[1:]:
            product = product * factor
        total = total + scalar(coefficient) * product
    return total


def text(terms):
    words = ["*".join(f"T({n})" if t else n for n, t in w) for w, _ in terms]
    return " + ".join(f"({c})*{w}" for w, (_, c) in zip(words, terms, strict=True))


def image(terms, matrices):
    total = sympy.zeros(3, 3)
    for word, coefficient in terms:
        product = sympy.eye(3)
        for n, t in word:
            product = product * (matrices[n].T if t else matrices[n])
        total += coefficient * product
    return total


MATRICES = {
    n: sympy.Matrix(3, 3, [((7 * i + 5 * k + i * i * (k + 2)) % 11) - 5 for i in range(9)])
    for k, n in enumerate("ABC")
}
DECLARED = dict.fromkeys("ABC", "matrix")


@given(SUMS, SUMS)
def test_words_multiply_and_transpose_as_matrices_do(a, b):
    product = (element(a) * element(b)).transpose
    terms = [(w, c) for (w, _), c in product.terms.items()]
    assert image(terms, MATRICES) == (image(a, MATRICES) * image(b, MATRICES)).T


@given(WORDS, st.integers(0, 5))
def test_words_of_one_necklace_have_one_trace(word, turn):
    turned = word[turn % len(word) :] + word[: turn % len(word)]
    assert necklace(word) == necklace(turned) == necklace(flip(word))
    assert image([(word, 1)], MATRICES).trace() == image([(turned, 1)], MATRICES).trace()


@given(SUMS, SUMS)
def test_both_deciders_say_what_the_word_arithmetic_says(a, b):
    made = statement(DECLARED, f"{text(a)} == {text(b)}")
    expected = not element(a) - element(b)
    result = decide_matrix_identity(made)
    assert result.holds is expected
    if not expected:
        assert points.refutes(made, result.point)


@given(SUMS)
def test_commutators_have_no_trace(a):
    made = statement(DECLARED, f"tr(({text(a)})*B) == tr(B*({text(a)}))")
    assert decide_matrix_identity(made).holds


@pytest.mark.parametrize(
    ("conclusion", "hypothesis"),
    [
        ("A*S*T(A) == T(A*S*T(A))", "T(S) == S"),
        ("tr(T(A*U)*A*U) == tr(T(A)*A)", "U*T(U) == I"),
        ("tr(A*S)**2 == tr(S*T(A))*tr(T(A)*S)", "T(S) == S"),
        ("V*W*T(V*W) == (V*T(V))**2", "T(V)*V == W*T(W)"),
        ("3*V*W*T(V*W)/2 == 3*(V*T(V))**2/2", "2*T(V)*V == 2*W*T(W)"),
    ],
)
def test_hypotheses_rewrite(conclusion, hypothesis):
    variables = {n: "matrix" for n in "ASUVW" if n in conclusion + hypothesis}
    made = statement(variables, conclusion, hypotheses={"h": hypothesis})
    result = decide_matrix_identity(made)
    assert result.holds
    assert result.rewrites > 0
    assert result.example
    with pytest.raises(NotRationalError, match="no matrices were found"):
        decide_matrix_identity(
            statement(
                variables,
                conclusion,
                hypotheses={
                    "h": hypothesis,
                    "never": f"T({min(variables)})*{min(variables)} == -7*I",
                },
            )
        )
    assert not decide_matrix_identity(statement(variables, conclusion)).holds


@pytest.mark.parametrize(
    "conclusion", ["A + 1 == A", "A**B == A", "A/B == A", "A == B + 1", "A**(-1) == B"]
)
def test_what_has_no_meaning_is_refused(conclusion):
    with pytest.raises(NotRationalError):
        decide_matrix_identity(statement({"A": "matrix", "B": "matrix"}, conclusion))


def test_functions_of_numbers_are_unknown_to_matrices_and_the_other_way_round():
    with pytest.raises(InputError, match="unknown function"):
        statement({"A": "matrix"}, "exp(A) == A")
    with pytest.raises(InputError, match="unknown function"):
        statement({"a": "real"}, "T(a) == a")


def test_a_forged_matrix_is_not_confirmed():
    made = statement({"A": "matrix", "B": "matrix"}, "A*B == B*A")
    result = decide_matrix_identity(made)
    good = Counterexample(result.point, "", "")
    commuting = {n: Fraction(int(n[2] == n[4])) for n in result.point}
    assert confirmed(made, good)
    assert not confirmed(made, Counterexample(commuting, "", ""))
    assert not confirmed(made, Counterexample({"A[1,1]": Fraction(1)}, "", ""))


@pytest.mark.parametrize("claim", matrix_dynamics.CLAIMS, ids=lambda c: c.name)
def test_dynamics_are_proved_and_their_twins_refuted(claim):
    row = verify(claim)
    assert row.verdict is Verdict.PROVED
    assert row.negative_control == "refuted"


def test_the_gradient_is_the_derivative_of_the_loss():
    """Against SymPy's own differentiation, entry by entry, at depth 3 with unequal widths."""
    widths = (2, 3, 1, 2)
    w = [
        sympy.Matrix(m, n, lambda i, j, k=k: sympy.Symbol(f"w{k}_{i}{j}"))
        for k, (n, m) in enumerate(pairwise(widths))
    ]
    x, y = sympy.Matrix([[1, 2], [0, -1]]), sympy.Matrix([[1, 0], [3, 1]])
    error = w[2] * w[1] * w[0] * x - y
    loss = sum(e**2 for e in error) / 2
    gradient = w[2].T * error * x.T * w[0].T
    derivative = w[1].applyfunc(lambda s: loss.diff(s))
    assert (gradient - derivative).applyfunc(sympy.expand).is_zero_matrix


def test_concrete_depths_agree_with_numpy():
    random = np.random.default_rng(7)
    w = [random.standard_normal((2, 2)) for _ in range(3)]
    x, y, eta = random.standard_normal((2, 4)), random.standard_normal((2, 4)), 1e-3
    made = dynamics.end_to_end(3)
    known = {f"W_{i + 1}": m for i, m in enumerate(w)} | {
        "X": x,
        "Y": y,
        "eta": eta,
        "I": np.eye(2),
    }

    def value(e):
        if e.head == "number":
            return float(e.value)
        if e.head == "name":
            return known[e.name]
        parts = [value(a) for a in e.args]
        match e.head, parts:
            case "T", [a]:
                return a.T
            case "neg", [a]:
                return -a
            case "+", [a, b]:
                return a + b
            case "-", [a, b]:
                return a - b
            case "**", [a, b]:
                return a**b
            case "*", [a, b]:
                return a @ b if np.ndim(a) and np.ndim(b) else a * b
        raise AssertionError(e.head)

    for name, meaning in made.definitions.items():
        known[name] = value(meaning)
    assert np.allclose(value(made.conclusion.left), value(made.conclusion.right), rtol=1e-12)


def test_expansions_that_would_take_long_are_refused():
    matrices = {"A": "matrix", "B": "matrix"}
    with pytest.raises(NotRationalError):
        decide_matrix_identity(statement(matrices, "(A + B)**14 == (B + A)**14"))
    swapped = {"h": "B*A == A*B"}
    with pytest.raises(NotRationalError):
        decide_matrix_identity(
            statement(matrices, "(A + B)**11 == (A + B)**10*A", hypotheses=swapped)
        )
