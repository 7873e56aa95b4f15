"""A constant that counts something keeps the number with which a claim was read."""

import pytest

from proofs.search import prove
from proofs.sharpening.sharpen import sharpen
from theory.claims import statement
from theory.errors import InputError

COUNTED = {  # the conclusion, and what else the claim declares: of each c is how many there are
    "sum(i, 1, c, i) >= 2*c - 1": {},
    "sum(i, 1, c + 1, 1) <= 3": {},
    "prod(i, 1, c, 2) <= 4": {},
    "max(i, 1, c, i*x^2) <= 2*x^2": {"x": "real"},
    "E(X) == c/2": {"X": "binomial(c, 1/2)"},
    "E(norm(w)^2) == c": {"w": "gaussian vector(c)"},
    "E(prod(s*w, c)^2) == s^(2*c)": {"w": "gaussian", "s": "positive"},
}


@pytest.mark.parametrize("said", COUNTED)
def test_what_a_constant_counts_is_read_for_its_number_only(said):
    claim = statement(COUNTED[said], said, constants={"c": 2})
    assert prove(claim, 2).verdict.value == "proved"
    assert claim.with_constants(c=2) == claim
    for other in ("1", "3", "1/2", "0", "-2"):
        with pytest.raises(InputError, match="how many"):
            claim.with_constants(c=other)
    with pytest.raises(InputError, match="how many"):
        sharpen(claim, "c", budget_seconds=1)


@pytest.mark.parametrize("said", ["x^c + 1 >= 0", "c*x^2 >= 0", "sum(i, 1, 3, c*x^2) >= 0"])
def test_other_constants_take_other_numbers(said):
    claim = statement({"x": "[0, 1]"}, said, constants={"c": 2})
    assert claim.with_constants(c=3) == statement({"x": "[0, 1]"}, said, constants={"c": 3})


POINTS = {"x": "vector", "xs": "minimiser of f"}
DEMANDED = {  # what is read by the sign of c, or about a class that there is for some c only
    "c*sum(k, 1, inf, 1/k) <= 5": ({}, {}, ["0", "-1"]),
    "sum(k, 1, inf, c/k^2) <= -3/2": ({}, {}, ["-1"]),
    "P(X >= 0) == 1": ({"X": "exponential(1/c)"}, {}, ["0", "-1"]),
    "f(prox(f, c, x)) <= f(x)": (POINTS, {"f": "convex"}, ["0", "-1"]),
    "f(x/c) >= f(xs)": (POINTS, {"f": "convex"}, ["0"]),
    "f(x) - f(xs) <= c/2*|x - xs|^2": (POINTS, {"f": "smooth(c) & convex"}, ["0", "-1"]),
    "|x - grad(f, x) - xs| <= (1 - c/2)*|x - xs|": (
        POINTS, {"f": "smooth(1) & strongly convex(c/2)"}, ["2", "3", "0"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("said", DEMANDED)
def test_what_a_reading_uses_of_a_constant_holds_of_other_numbers(said):
    """At c = -1 the first one was called proved: there it is about a sum without a value."""
    variables, functions, others = DEMANDED[said]
    more = {"functions": functions} if functions else {}
    claim = statement(variables, said, constants={"c": 1}, **more)
    for other in others:
        with pytest.raises(InputError, match="anew"):
            claim.with_constants(c=other)
    half = statement(variables, said, constants={"c": "1/2"}, **more)
    assert claim.with_constants(c="1/2").canonical == half.canonical


def test_a_number_at_which_a_sentence_is_read_otherwise_is_no_end_of_a_bracket():
    """A step is positive; c = -1/10 was said to refute it."""
    claim = statement(POINTS, "f(prox(f, c, x)) <= f(x)", constants={"c": 1},
                      functions={"f": "convex"})  # fmt: skip
    found = sharpen(claim, "c", budget_seconds=1)
    assert found.proved == 1
    assert found.refuted is None


def test_a_sum_about_functions_counts_as_any_other():
    claim = statement(POINTS, "sum(i, 1, c, f(x) - f(xs)) >= 0", constants={"c": 2},
                      functions={"f": "convex"})  # fmt: skip
    with pytest.raises(InputError, match="how many"):
        claim.with_constants(c=3)


def test_between_numbers_that_are_admitted_there_may_be_one_that_is_not():
    claim = statement(POINTS, "f(x) - f(xs) <= |x - xs|^2/2", constants={"c": 2},
                      functions={"f": "smooth((c - 1)^2) & convex"})  # fmt: skip
    assert claim.with_constants(c=0).constants["c"] == 0
    with pytest.raises(InputError, match="anew"):
        claim.with_constants(c=1)
    assert sharpen(claim, "c", budget_seconds=1).proved is not None
