"""Sums whose terms depend on their end in any way: the same sums, for every end, term by term."""

from fractions import Fraction

import pytest

from theory.errors import Unsupported
from theory.expressions import rational_value
from theory.language.reading import statement

TERMS = {
    "1/(n + k)": lambda n, k: Fraction(1, n + k),
    "n/(n^2 + k^2)": lambda n, k: Fraction(n, n**2 + k**2),
    "|n - 2*k|/n": lambda n, k: Fraction(abs(n - 2 * k), n),
    "max(k, n - k)^2": lambda n, k: Fraction(max(k, n - k) ** 2),
}


def said(term, end="n", **more):
    return statement({"n": "integer >= 1", **more}, f"sum(k, 1, {end}, {term}) <= n")


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("more", [0, 1])
@pytest.mark.parametrize("n", range(1, 6))
def test_the_sum_up_to_its_end_is_the_sum(term, more, n):
    made = said(term, "n + 1" if more else "n").unrolled(n - 1)
    point = {"n": Fraction(n)}
    assert made.assumptions_hold_at(point)
    assert rational_value(made.obligation.left, point) == sum(
        TERMS[term](n, k) for k in range(1, n + more + 1)
    )


@pytest.mark.parametrize("depth", range(5))
@pytest.mark.parametrize("n", range(1, 6))
def test_nothing_is_claimed_before_the_end_nor_after_it(depth, n):
    made = said("1/(n + k)").unrolled(depth)
    assert made.assumptions_hold_at({"n": Fraction(n)}) == (depth == n - 1)


def test_every_term_needs_a_value():
    made = said("1/(n - 2*k)")
    with pytest.raises(ZeroDivisionError):
        rational_value(made.unrolled(3).obligation.left, {"n": Fraction(4)})
    assert rational_value(made.unrolled(2).obligation.left, {"n": Fraction(3)}) == Fraction(-1, 3)


def test_an_end_in_an_exponent_stays_an_integer():
    assert said("1/(n + k)").variables["n"] == "real"  # it is one where the counter arrives at it
    assert said("q^(n*k)", q="real").variables["n"] == "integer"


@pytest.mark.parametrize(("definitions", "power"), [
    ({"d": "x^n"}, "d"), ({"m": "n"}, "x^m"), ({"m": "n + 1", "d": "x^(2*m)"}, "d"),
])  # fmt: skip
def test_it_does_so_where_a_definition_stands_between(definitions, power):
    """With a real exponent x > 0 would follow from x^n == 1."""
    made = statement(
        {"n": "integer >= 1", "x": "real"},
        "x + sum(k, 1, n, 1/(n + k)) >= 0",
        hypotheses={"h": f"{power} == 1"},
        definitions=definitions,
    )
    assert made.variables["n"] == "integer"
    assert made.unrolled(1).assumptions_hold_at({"n": Fraction(2), "x": Fraction(1)})


def test_the_counter_is_no_index():
    same = statement({"n": "integer >= 1"}, "sum(count, 1, n, 1/(n + count)) <= n")
    assert [rational_value(made.unrolled(2).obligation.left, {"n": Fraction(3)})
            for made in (same, said("1/(n + k)"))] == [Fraction(37, 60)] * 2  # fmt: skip


def test_a_refusal_speaks_of_the_end():
    with pytest.raises(Unsupported, match="depend on the end n"):
        statement({"n": "integer >= 1"}, "max(k, 2, n, k*(n - k)) >= 0")


@pytest.mark.parametrize(("term", "more"), [
    ("sum(j, 1, n, 1/(j + k + n))", {}), ("a_k/(n + k)", {"a": "sequence of [-n, n]"}),
])  # fmt: skip
def test_what_looks_at_the_end_in_two_ways_is_refused(term, more):
    with pytest.raises(Unsupported):
        said(term, **more)
