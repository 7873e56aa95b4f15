"""Functions of one symmetric matrix of any size, and of vectors, against diagonal matrices.

Every symmetric matrix is diagonal in its eigenbasis, so that these are all of them.
"""

import math
import operator as compare
from fractions import Fraction
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from proofs.refutation.refute import decide
from tests.theory.by_hand import value
from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.statements import relation_at

small = st.sampled_from([Fraction(v) for v in (0, 1, 2, -1, -3)] + [Fraction(1, 2)])
NAMES = {"A": "symmetric(n)", "x": "vector(n)", "y": "vector(n)", "n": "integer >= 1", "c": "real"}
COMPARED = {"<=": compare.le, "<": compare.lt, ">=": compare.ge, ">": compare.gt}


class Diagonal(list):
    """A diagonal matrix, or a vector: the entries."""

    def __add__(self, other):
        return Diagonal(a + b for a, b in zip(self, other, strict=True))

    def __neg__(self):
        return Diagonal(-a for a in self)

    def __sub__(self, other):
        return self + (-other)

    def __mul__(self, other):
        pairs = zip(self, other, strict=True) if isinstance(other, list) else (
            (a, other) for a in self)  # fmt: skip
        return Diagonal(a * b for a, b in pairs)

    def __rmul__(self, c):
        return self * c

    def __truediv__(self, c):
        return Diagonal(a / c for a in self)

    def __pow__(self, k):
        return Diagonal(a**k for a in self)


MEANT = {
    "__builtins__": {},
    "tr": sum,
    "det": prod,
    "nuclear": lambda A: sum(map(abs, A)),
    "lambda_max": max,
    "lambda_min": min,
    "norm2": lambda A: max(map(abs, A)),
    "square": lambda v: sum(a * a for a in v),
    "dot": lambda u, v: sum(a * b for a, b in zip(u, v, strict=True)),
    "inv": lambda A: Diagonal(1 / a for a in A),
    "T": lambda A: A,
}
matrices = st.recursive(
    st.sampled_from(["A", "A", "I"]),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("{}*{}".format, st.sampled_from(["c", "2", "(c - 1)", "(1/c)"]), inner),
        st.builds("({})/{}".format, inner, st.sampled_from(["c", "2"])),
        st.builds("({})^2".format, inner),
        st.builds("T({})".format, inner),
        st.builds("inv({})".format, inner),
        st.builds("(-{})".format, inner),
    ),
    max_leaves=3,
)
vectors = st.recursive(
    st.sampled_from("xy"),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-"), inner),
        st.builds("({}*{})".format, matrices, inner),
        st.builds("({}*{})".format, st.sampled_from(["c", "2", "(c - 1)"]), inner),
        st.builds("({})/{}".format, inner, st.sampled_from(["c", "2"])),
        st.builds("(-{})".format, inner),
    ),
    max_leaves=3,
)
numbers = st.one_of(
    st.builds("{}({})".format, st.sampled_from(["tr", "det", "nuclear", "norm2"]), matrices),
    st.builds("{}({})".format, st.sampled_from(["lambda_max", "lambda_min"]), matrices),
    st.builds("norm({})^2".format, matrices),
    st.builds("norm({})^2".format, vectors),
    st.builds("dot({}, {})".format, vectors, vectors),
    st.builds("T(x)*{}*y".format, matrices),
    st.just("c"),
)
comparisons = st.one_of(
    st.builds("{} {} {}".format, numbers, st.sampled_from(sorted(COMPARED)), numbers),
    st.builds("{} {} {}".format, matrices, st.sampled_from(sorted(COMPARED)), matrices),
)


def meant(text, at):
    """The truth of a comparison for a diagonal matrix; None where a side has no value."""
    for operator in ("<=", ">=", "<", ">"):
        if operator in text:
            sides = text.replace("T(x)*", "1*").split(operator)
            break
    for k, side in enumerate(sides):
        side = side.strip().replace("^2", "**2").replace("norm(", "length(")
        if "T(x)" in text.split(operator)[k]:
            side = f"dot(x, {side[2:]})"
        sides[k] = side
    try:
        a, b = (eval(s, {**MEANT, "length": Length, **at}) for s in sides)
    except ZeroDivisionError:
        return None
    if isinstance(a, list):
        return all(COMPARED[operator](u, v) for u, v in zip(a, b, strict=True))
    return COMPARED[operator](a, b)


class Length:
    """A norm, of which only the square is asked."""

    def __init__(self, entries):
        self.square = sum(a * a for a in entries)

    def __pow__(self, k):
        assert k == 2
        return self.square


@given(comparisons, st.lists(small, min_size=6, max_size=6), small)
def test_a_claim_about_a_matrix_is_one_about_its_eigenvalues(text, entries, c):
    used = {x: d for x, d in NAMES.items() if x in text or x in "nc"} | {"A": NAMES["A"]}
    try:
        made = statement(used, text)
    except (Unsupported, InputError):
        assume(False)
    for n in (1, 2):
        at = {"A": Diagonal(entries[:n]), "x": Diagonal(entries[2 : 2 + n]),
              "y": Diagonal(entries[4 : 4 + n])}  # fmt: skip
        here = {"c": c, "n": Fraction(n)}
        here |= {f"{v}_1": at[v][0] for v in at} | {f"{v}__1": at[v][-1] for v in at}
        claim = made.unrolled(n - 1) if made.layers is not None else made
        pieces = [
            p
            for p in claim.pieces
            if all(relation_at(r, here) is not False for r in p.hypotheses.values())
        ]
        held = {decide(p.obligation, here, {}) for p in pieces}
        found = None if None in held else False not in held
        identity = Diagonal([Fraction(1)] * n)
        assert found is meant(text, {**at, "I": identity, "c": c}), (text, n, here)


ABOUT = ["{}*2", "2*{}", "{}*4", "{}/2", "{} + 2", "{} - 2", "-{}", "{}^1", "{}^2", "{}^3",
         "{}^4", "{}^6/2", "sqrt({})", "{}*{}", "max({}, 2)", "min(2, {})", "{}^2*2", "c^{}",
         "{}/4"]  # fmt: skip


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("what", ["norm(A)", "norm(x)", "norm(A*x)", "norm(A + 2*I)"])
def test_what_stands_around_a_norm_is_kept(about, what):
    text = about.replace("{}", what)
    made = statement(
        {x: d for x, d in NAMES.items() if x in text or x == "n"}, f"{text} >= -1"
    ).unrolled(1)
    at = {"c": 3.0, "A_1": 1.5, "A__1": -2.0, "x_1": 0.5, "x__1": 3.0, "n": 2.0}
    entries = {"norm(A)": (1.5, -2.0), "norm(x)": (0.5, 3.0), "norm(A*x)": (0.75, -6.0),
               "norm(A + 2*I)": (3.5, 0.0)}[what]  # fmt: skip
    length = math.hypot(*entries)
    expected = eval(about.replace("{}", "length").replace("^", "**"),
                    {"length": length, "c": 3.0, "sqrt": math.sqrt})  # fmt: skip
    assert value(made.obligation.left, at) == pytest.approx(expected)
