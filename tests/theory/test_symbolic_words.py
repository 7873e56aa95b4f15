"""Sums of products of matrices whose sizes are symbols, against whole matrices of given sizes."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.theory.by_hand import value
from theory.errors import InputError, Unsupported
from theory.expressions import name, number, parse
from theory.expressions.abbreviations import op
from theory.language.norms import Norms
from theory.language.unknowns import Unknowns
from theory.language.words import Alphabet, combined

SHAPES = {"A": ("n", "n"), "S": ("n", "n"), "P": ("n", "n"), "Q": ("n", "n"), "B": ("m", "n"),
          "x": ("n", "1"), "y": ("m", "1")}  # fmt: skip
ALPHABET = Alphabet(SHAPES, frozenset("SPQ"), frozenset("PQ"))
SIZES = {"n": 3, "m": 2, "1": 1}
NUMBERS = {"c": 3, "d": -2}


def made(seed):
    rng = np.random.default_rng(seed)
    found = {x: rng.integers(-3, 4, [SIZES[k] for k in s]) for x, s in SHAPES.items()}
    found["S"] = found["S"] + found["S"].T
    found["P"], found["Q"] = (found[x] @ found[x].T for x in "PQ")
    return found


MATRICES = [made(seed) for seed in range(4)]


def image(x, at, shape):
    """A sum of words as a matrix."""
    total = np.zeros([SIZES[k] for k in shape])
    for w, c in x.terms:
        product_ = None
        for a, t in w:
            factor = at[a].T if t else at[a]
            product_ = factor if product_ is None else product_ @ factor
        total = total + value(c, NUMBERS) * (
            np.eye(SIZES[shape[0]]) if product_ is None else product_
        )
    return total


def matrix(e, at):
    """A formula as a matrix, or a number."""
    match e.head:
        case "number":
            return float(e.value)
        case "name":
            return (
                NUMBERS[e.name] if e.name in NUMBERS else at[e.name] if e.name in at else np.eye(3)
            )
        case "T":
            return matrix(e.args[0], at).T
        case "neg":
            return -matrix(e.args[0], at)
    a, b = (matrix(x, at) for x in e.args)
    match e.head:
        case "+" | "-":
            return a + b if e.head == "+" else a - b
        case "*":
            return a * b if np.ndim(a) == 0 or np.ndim(b) == 0 else a @ b
        case "/":
            return a / b
    return a**b if np.ndim(a) == 0 else np.linalg.matrix_power(a, int(b))


SQUARE = st.recursive(
    st.sampled_from("ASPQI").map(name) | st.just(parse("T(B)*B", frozenset("B"), frozenset("T"))),
    lambda inner: st.one_of(
        st.builds(op, st.sampled_from("+-*"), inner, inner),
        st.builds(op, st.sampled_from(["neg", "T"]), inner),
        st.builds(lambda c, a: op("*", c, a), st.sampled_from([name("c"), number(2)]), inner),
        st.builds(lambda c, a: op("*", a, c), st.sampled_from([name("d"), number(-1)]), inner),
        st.builds(lambda a: op("/", a, number(4)), inner),
        st.builds(lambda a: op("**", a, number(2)), inner),
    ),
    max_leaves=4,
)


def read(e):
    try:
        return ALPHABET.read(e)
    except Unsupported as wrong:  # too long
        assume("more than" not in str(wrong))
        raise


@given(SQUARE)
def test_a_formula_is_the_sum_of_its_words(e):
    x = read(e)
    assert x.shape in (("n", "n"), ("", ""))
    for at in MATRICES:
        assert np.allclose(image(x, at, ("n", "n")), matrix(e, at))
    assert len(set(x.words)) == len(x.words)
    assert all(c != number(0) for _, c in x.terms)


@given(SQUARE)
def test_what_is_printed_is_the_sum(e):
    x = read(e)
    letters = frozenset("ASPQBIcd")
    again = parse(str(x), letters, frozenset("T"))
    for at in MATRICES:
        found = matrix(again, at)
        assert np.allclose(found * np.ones((3, 3)) if np.ndim(found) == 0 else found,
                           image(x, at, ("n", "n")))  # fmt: skip


PRINTED = {
    "A": "A", "-A": "- A", "2*A - 3*S": "2*A - 3*S", "c*A": "c*A", "-c*A": "- c*A",
    "(c + 1)*A": "(c + 1)*A", "-(c + d)*A": "(-c - d)*A", "A/c": "(1/c)*A", "0*A + I": "I",
    "A - A": "0", "A + A": "2*A", "T(B)*B": "T(B)*B", "T(S)*A": "S*A", "A/2": "1/2*A",
    "-c*I": "- c*I",
}  # fmt: skip


@pytest.mark.parametrize("formula", PRINTED)
def test_how_a_sum_is_printed(formula):
    e = parse(formula, frozenset("ASPQBIcd"), frozenset("T"))
    assert str(ALPHABET.read(e)) == PRINTED[formula]


@given(SQUARE)
def test_what_is_symmetric_is_its_transpose(e):
    x = read(e)
    expected = all(np.allclose(m, m.T) for m in (image(x, at, ("n", "n")) for at in MATRICES))
    assert ALPHABET.is_symmetric(x) is expected


WORDS = st.lists(st.tuples(st.sampled_from("ASPQ"), st.booleans()), min_size=0, max_size=5)


def is_psd(w):
    """Whether a word is v*T(v) or v*P*T(v), written a second time."""
    turned = tuple((a, a == "A" and not t) for a, t in reversed(w))
    k = len(w) // 2
    return turned == w and (len(w) % 2 == 0 or w[k][0] in "PQ")


@given(WORDS, st.booleans())
def test_what_is_psd_is_so(letters, doubled):
    w = tuple((a, t and a == "A") for a, t in letters)
    if doubled:
        w = (*w, *((a, a == "A" and not t) for a, t in reversed(w)))[: len(w) * 2]
    assert ALPHABET.is_psd(w) is is_psd(w)
    half = ALPHABET.half(w)
    assert (half is not None) == (is_psd(w) and len(w) % 2 == 0 and len(w) > 0)
    if half is not None:
        assert half == w[: len(w) // 2]
    if is_psd(w):
        x = combined([(w, number(1))], ("n", "n"))
        for at in MATRICES:
            m = image(x, at, ("n", "n"))
            assert np.linalg.eigvalsh(m)[0] >= -1e-6 * (1 + abs(m).max())


PSD = {"": True,
       "P": True, "S": False, "A": False, "SPS": True, "SS": True, "PP": True, "PSP": False,
       "QPQ": True, "PQ": False, "SPQ": False, "APA": False, "SPA": False, "PPP": True,
       "SSS": False, "QSPSQ": True, "SQPSQ": False}  # fmt: skip


@pytest.mark.parametrize("word", PSD)
def test_which_words_are_psd(word):
    assert ALPHABET.is_psd(tuple((a, False) for a in word)) is PSD[word]


SHAPED = {
    "B": ("m", "n"), "T(B)": ("n", "m"), "B*A": ("m", "n"), "T(B)*B": ("n", "n"), "B*x": ("m", "1"),
    "T(x)*A": ("1", "n"), "T(x)*x": ("1", "1"), "x*T(x)": ("n", "n"), "B*I": ("m", "n"),
    "I*B": ("m", "n"), "A + I": ("n", "n"), "I - A": ("n", "n"), "I": ("", ""), "I*I": ("", ""),
    "2*I": ("", ""), "x/2": ("n", "1"), "-y": ("m", "1"), "x*T(y)": ("n", "m"),
    "B*x + y": ("m", "1"), "T(y)*B": ("1", "n"), "T(y)*B*x": ("1", "1"), "B*T(B)": ("m", "m"),
    "A**3": ("n", "n"),
}  # fmt: skip


@pytest.mark.parametrize("formula", SHAPED)
def test_the_shape_of_a_formula(formula):
    e = parse(formula, frozenset(SHAPES) | {"I"}, frozenset("T"))
    assert ALPHABET.read(e).shape == SHAPED[formula]
    scalar = SHAPED[formula] == ("1", "1")
    assert ALPHABET.scalar(e) is scalar
    assert ALPHABET.about(e) is not scalar


@pytest.mark.parametrize("formula", [
    "A*B", "B*T(A)*B", "A + B", "B - A", "x + y", "A + x", "B + I", "I + B", "x - I", "I - x",
    "A + 1", "1 + A", "A - c", "c - A", "A + 0", "0 - A", "B*y", "x*x", "T(x)*y", "B**2", "x**2",
    "T(x)*x + A",
])  # fmt: skip
def test_what_does_not_fit_is_refused(formula):
    e = parse(formula, frozenset(SHAPES) | {"I", "c"}, frozenset("T"))
    with pytest.raises(InputError):
        ALPHABET.read(e)


@pytest.mark.parametrize("formula", ["A**0", "A**(-1)", "A**(1/2)", "A**7", "A*A*A*A*S*S*S",
                                     "(A*S*P*Q)**2", "A**c", "exp(A)"])  # fmt: skip
def test_what_is_no_short_polynomial_is_refused(formula):
    e = parse(formula, frozenset(SHAPES) | {"c"}, frozenset({"T", "exp"}))
    with pytest.raises(Unsupported):
        ALPHABET.read(e)


def test_products_of_six_matrices_are_read():
    for formula in ("A**6", "A*A*A*S*S*S", "(A*S*P)**2"):
        (w,) = ALPHABET.read(parse(formula, frozenset("ASP"))).words
        assert len(w) == 6


def test_scalars_are_read_by_who_asks():
    e = parse("c*A + S*d - A/c", frozenset("AScd"))
    seen = []
    x = ALPHABET.read(e, lambda c: seen.append(str(c)) or number(2))
    assert seen == ["c", "d", "c"]
    assert str(x) == "3/2*A + 2*S"


@pytest.mark.parametrize(("formula", "about"), [
    ("A", True), ("I", True), ("c", False), ("c*A", True), ("A*c", True), ("A/c", True),
    ("c/c", False), ("-A", True), ("T(x)", True), ("A**2", True), ("c**2", False),
    ("c + A", True), ("A - c", True), ("c - c", False), ("T(x)*x", False), ("c*(T(x)*x)", False),
    ("exp(c)", False), ("c*c", False),
])  # fmt: skip
def test_what_is_a_matrix(formula, about):
    e = parse(formula, frozenset(SHAPES) | {"I", "c"}, frozenset({"T", "exp"}))
    assert ALPHABET.about(e) is about


@given(st.lists(st.tuples(st.sampled_from(sorted(SHAPES)), st.booleans()), min_size=1, max_size=4))
def test_a_product_has_the_shape_of_the_matrices(w):
    ends = [SHAPES[a][::-1] if t else SHAPES[a] for a, t in w]
    assume(all(a[1] == b[0] for a, b in itertools.pairwise(ends)))
    unknowns = Unknowns(set(), {})
    assert Norms(ALPHABET, unknowns)._shape(tuple(w)) == (ends[0][0], ends[-1][1])
