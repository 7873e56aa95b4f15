"""Long exact numbers in the encyclopedia: short to read, whole on demand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.presentation.encyclopedia.statements import readable


@given(st.fractions(), st.integers(0, 80))
def test_a_long_exact_number_is_short_to_read_and_whole_on_demand(value, power):
    text = str(value / 3**power)
    shown = str(readable(text))
    if len(text) <= 24:
        assert shown == text
        return
    about, whole = shown.removesuffix("</details>").split("</summary> = ")
    assert whole == text
    assert len(about := about.partition("≈ ")[2]) <= 24
    assert abs(Fraction(about) - Fraction(text)) <= abs(Fraction(text)) / 10**10


@pytest.mark.parametrize("text", ["[0.5 +/- 1.2e-30] and more of it", "1" * 30 + "/0", "<b>" * 20])
def test_what_is_no_exact_number_is_shown_as_text(text):
    assert "details" not in readable(text)
    assert "<" not in readable(text)
