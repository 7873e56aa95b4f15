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
