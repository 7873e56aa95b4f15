"""The door for numbers lets exact numbers in and nothing else."""

import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theory.errors import InputError
from theory.exact import decimal_string, exact, exact_list


@given(st.fractions())
def test_a_rational_survives_the_door(x):
    assert exact(x, "x") == exact(str(x), "x") == x


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9))
def test_a_decimal_is_read_exactly(x):
    assert exact(x, "x") == exact(str(x), "x") == Fraction(x)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.05", Fraction(1, 20)), ("-3/7", Fraction(-3, 7)), ("1e-50", Fraction(1, 10**50))],
)
def test_readable_examples(text, value):
    assert exact(text, "x") == value


HOSTILE = [
    *("nan", "inf", "-inf", "1e99999999999", "1e-10001", "9" * 30_000, "1/0", "", " ", "0x10"),
    *("1_000", "1 2", "١٢", "--1", "1e", "e5", "1/2/3", "1/-2", "1/2.5", "__import__('os')"),
    *(0.1, float("nan"), True, None, [1], 1j, Decimal("nan"), Decimal("inf"), Decimal("1e20000")),
]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda v: repr(v)[:20])
def test_everything_else_is_refused_in_one_line(value):
    with pytest.raises(InputError) as refusal:
        exact(value, "weights")
    assert str(refusal.value).startswith("weights: ")
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 200


@given(st.text(max_size=30))
def test_no_text_does_worse_than_being_refused(text):
    with contextlib.suppress(InputError):
        assert isinstance(exact(text, "x"), Fraction)


@given(st.lists(st.fractions(), min_size=1, max_size=9))
def test_lists_are_read_entry_by_entry(xs):
    assert exact_list(",".join(map(str, xs)), "x") == exact_list(xs, "x") == tuple(xs)


@pytest.mark.parametrize("empty", ["", " , ", []])
def test_an_empty_list_is_refused(empty):
    with pytest.raises(InputError, match="at least one"):
        exact_list(empty, "weights")


@given(st.fractions(max_denominator=10**30))
def test_decimal_strings_are_right_to_the_last_digit(x):
    assert abs(Fraction(decimal_string(x)) - x) <= abs(x) / 10**11
