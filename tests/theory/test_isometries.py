"""What keeps lengths: T(Q)*Q == I as a hypothesis, against NumPy's matrices."""

import itertools
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.refutation.refute import refute
from proofs.search import prove
from theory.errors import Unsupported
from theory.expressions import number, parse, rational_value
from theory.expressions.abbreviations import ONE
from theory.language.reading import statement
from theory.language.words import Alphabet, combined

SHAPES = {"Q": ("n", "n"), "W": ("m", "n"), "A": ("n", "n"), "S": ("n", "n"), "B": ("n", "m")}
SIZES = {"n": 3, "m": 4}
ONE_SIZE = {"Q, A, B": "matrix(n, n)", "S": "symmetric(n)", "n": "integer >= 1"}
HEADS = frozenset({"T"})


def alphabet():
    made = Alphabet(SHAPES, {"S"}, set())
    for text in ("T(Q)*Q", "T(W)*W"):
        made.keeps(parse(text, frozenset(SHAPES), HEADS), parse("I", frozenset("I"), HEADS))
    return made


def shape(w):
    rows, columns = (SHAPES[a][::-1] if t else SHAPES[a] for a, t in (w[0], w[-1]))
    return rows[0], columns[1]


def drawn(seed):
    rng = np.random.default_rng(seed)
    at = {x: rng.normal(size=[SIZES[k] for k in s]) for x, s in SHAPES.items()}
    at["Q"], at["W"] = (np.linalg.qr(at[x])[0] for x in "QW")
    at["S"] = at["S"] + at["S"].T
    return at


def image(x, at):
    whole = np.zeros([SIZES[k] for k in x.shape])
    for w, c in x.terms:
        made = np.eye(SIZES[x.shape[0]])
        for a, t in w:
            made = made @ (at[a].T if t else at[a])
        whole = whole + float(rational_value(c)) * made
    return whole


LETTERS = st.tuples(st.sampled_from("QWASB"), st.booleans())
WORDS = st.lists(LETTERS, min_size=1, max_size=4).map(
    lambda w: tuple((a, t and a != "S") for a, t in w)
)


def fits(w):
    ends = [(SHAPES[a][::-1] if t else SHAPES[a]) for a, t in w]
    return all(p[1] == q[0] for p, q in itertools.pairwise(ends))


@given(WORDS.filter(fits), WORDS.filter(fits), st.integers(0, 5))
def test_what_is_stripped_has_the_same_singular_values(u, w, seed):
    known, at = alphabet(), drawn(seed)
    terms = [(u, ONE)] + ([(w, number(-2))] if shape(u) == shape(w) else [])
    x = combined(terms, shape(u))
    y = known.stripped(x)
    for order in (2, "fro", "nuc"):
        assert np.isclose(np.linalg.norm(image(x, at), order), np.linalg.norm(image(y, at), order))


@given(WORDS.filter(fits).filter(lambda w: len(set(shape(w))) == 1), st.integers(0, 5))
def test_what_is_stripped_on_both_sides_has_the_same_eigenvalues(w, seed):
    known, at = alphabet(), drawn(seed)
    whole = (("Q", False), *w, ("Q", True)) if shape(w) == ("n", "n") else w
    x = combined([(whole, ONE)], shape(whole))
    y = known.stripped(x, both=True)
    assert np.allclose(np.poly(image(x, at)), np.poly(image(y, at)))
    assert known.stripped(combined([((("W", False), ("S", False), ("W", True)), ONE)], ("m", "m")),
                          both=True).shape == ("m", "m")  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "true"),
    [
        ("T(Q)*Q == I", "norm(Q*A) == norm(A) and nuclear(A*T(Q)) == nuclear(A)"),
        ("Q*T(Q) == I", "norm2(Q*A - Q*B) == norm2(A - B)"),
        ("T(Q)*Q - I == 0", "norm(A*Q - B*Q) == norm(A - B)"),
        ("I == T(Q)*Q", "lambda_max(Q*S*T(Q)) == lambda_max(S) and tr(T(Q)*A*Q) == tr(A)"),
        ("T(Q)*Q == I", "norm2(Q) == 1 and norm(Q)^2 == n"),
    ],
)
def test_norms_and_spectra_of_what_is_turned(kept, true):
    made = statement(ONE_SIZE, true, hypotheses={"h": kept})
    assert prove(made, 6).verdict.value == "proved"


@pytest.mark.sample(5)
@pytest.mark.parametrize(
    ("kept", "false"),
    [
        ("T(Q)*Q == I", "norm(Q*A) == 1.01*norm(A)"),
        ("T(Q)*Q == 1.01*I", "norm(Q*A) == norm(A)"),
        ("T(Q)*Q == 2*I", "lambda_max(Q*S*T(Q)) == lambda_max(S)"),
        ("norm2(Q) == 1", "norm(Q*A) == norm(A)"),
        ("T(Q)*Q <= I", "norm(Q*A) == norm(A)"),
        ("T(Q)*Q == Q", "norm(Q*A) == norm(A)"),
        ("T(Q)*Q == I", "norm(Q*A + A) == 2*norm(A)"),
        ("T(Q)*Q == I", "norm2(Q*A - B) == norm2(A - B)"),
        ("T(Q)*Q == I", "lambda_max(Q*S*T(Q)) == lambda_max(S)/2"),
        ("T(Q)*A == I", "norm(Q*B) == norm(B)"),
        ("a*T(Q)*Q == a*I", "norm(Q*A) == norm(A)"),
        ("a*T(Q)*Q - a*I == 0", "norm(Q*A) == norm(A)"),
        ("z*T(Q)*Q == z*I", "norm(Q*A) == norm(A)"),
        ("0*T(Q)*Q == 0*I", "norm(Q*A) == norm(A)"),
        ("T(Q)*Q == I or n >= 2", "norm(Q*A) == norm(A)"),
        ("T(Q)*Q != I", "norm(Q*A) == norm(A)"),
    ],
)
def test_nothing_false_is_proved_of_them(kept, false):
    with suppress(Unsupported):
        made = statement(
            ONE_SIZE | {"a": "real"}, false, hypotheses={"h": kept}, constants={"z": 0}
        )
        assert prove(made, 1).verdict.value != "proved"


def test_a_tall_matrix_keeps_the_lengths_on_its_right_only():
    tall = {"W": "matrix(m, n)", "S": "symmetric(n)", "m, n": "integer >= 1"}
    assumed = {"h": "T(W)*W == I"}
    for said in ("norm(W*S*T(W)) == norm(S)", "tr(W*T(W)) == n", "norm2(S*T(W)) == norm2(S)"):
        assert prove(statement(tall, said, hypotheses=assumed), 6).verdict.value == "proved"
    for said in ("lambda_min(W*S*T(W)) == lambda_min(S)", "norm(T(W)*W) == sqrt(m)"):
        assert prove(statement(tall, said, hypotheses=assumed), 1).verdict.value != "proved"


SIZED = {"W": "matrix(m, n)", "U": "matrix(m, k)", "m, n, k": "integer >= 1"}


@pytest.mark.parametrize(
    ("kept", "sizes"),
    [
        (["T(W)*W == I"], "n <= m"),
        (["W*T(W) == I"], "m <= n"),
        (["T(W)*W == I", "W*T(W) == I"], "n <= m <= n"),
        (["T(W)*W == I", "T(U)*U == I"], "k + n <= 2*m"),
        (["T(W)*W == I"], "norm(W)^2 <= m"),
    ],
)
def test_what_keeps_lengths_has_no_more_columns_than_rows(kept, sizes):
    made = statement(SIZED, sizes, hypotheses={f"h{k}": h for k, h in enumerate(kept)})
    assert prove(made, 5).verdict.value == "proved"
    assert refute(made, 0.3) is None


def test_a_size_of_what_keeps_lengths_is_refuted_where_there_is_such_a_matrix():
    assumed = {"h": "T(W)*W == I"}
    found = refute(statement(SIZED, "m <= n", hypotheses=assumed), 2)
    assert found is not None
    assert found.point["n"] < found.point["m"]
    assert refute(statement(SIZED, "m <= n", hypotheses={"h": "W*T(W) == I"}), 0.3) is None
