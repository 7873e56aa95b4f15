"""Exact equality of logarithms: what the rules say, never what a ball suggests."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.refutation.refute import decide, refute
from theory.claims import statement
from theory.expressions import Expression, parse, parse_relation
from theory.logarithms import same

LOG = frozenset({"log", "sqrt"})
FACTORS = st.integers(1, 60)


def number(text):
    return parse(text, frozenset(), LOG)


@given(FACTORS, FACTORS, st.integers(1, 4))
def test_the_rules_of_logarithms(a, b, n):
    assert same(number(f"log({a}*{b})"), number(f"log({a}) + log({b})"))
    assert same(number(f"log({a}/{b})"), number(f"log({a}) - log({b})"))
    assert same(number(f"log({a}**{n})"), number(f"{n}*log({a})"))
    assert same(number(f"log({a})**2 - log({b})**2"), number(f"log({a}/{b})*log({a}*{b})"))


@given(FACTORS, FACTORS, st.fractions(-3, 3, max_denominator=9))
def test_equal_means_equal(a, b, q):
    left, right = number(f"log({a})*log({b})"), number(f"({q})*log({b})**2")
    if same(left, right):
        assert (
            b == 1
            or a == 1
            or (q.denominator, Fraction(a)) == (1, Fraction(b) ** int(q))
            or (Fraction(a) ** q.denominator == Fraction(b) ** q.numerator)
        )


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("log(2)", "0.69314718055994530941723212145817656807550013436025"),
        ("log(-2)", "log(-2)"),
        ("log(sqrt(4))", "log(2)"),  # true, and not known here
        ("log(2)**log(3)", "log(2)**log(3)"),
        (f"log({10**19})", f"log({10**19})"),
        ("1/(log(4) - 2*log(2))", "1"),
    ],
)
def test_nothing_else_is_called_equal(left, right):
    assert not same(number(left), number(right))


def test_nothing_large_is_expanded():
    """Trees as they come from substitution, which no limit on text has seen."""
    for base, power in (("2**900", 900), ("log(2)", 10**6), ("log(2)**20", -21), ("log(2)/3", 40)):
        e = Expression("**", (number(base), Expression("number", value=Fraction(abs(power)))))
        e = Expression("neg", (e,)) if power < 0 else e
        e = Expression("*", (e, number("log(3)")))
        assert not same(e, e)


def test_a_strict_inequality_fails_where_its_sides_meet():
    claim = statement({"x": "positive"}, "log(x)/log(3) < 2", hypotheses={"a": "x <= 9"})
    found = refute(claim, 2)
    assert found is not None
    assert found.point == {"x": 9}
    assert decide(parse_relation("log(x)/log(3) == 2", frozenset("x"), LOG), {"x": 9}, {}) is True
