"""Claims from text in Python: what the names in a formula are taken for."""

import pytest

from proofs import api as lm


def test_what_means_something_in_formulas_is_no_variable_that_was_left_out():
    """Before, ``e`` became a real variable, and the claim another one than was typed."""
    made = lm.claim("e**x >= 1 + x")
    assert dict(made.statement.variables) == {"x": "real"}
    assert str(made.statement.conclusion.left) == "exp(1)**x"
    assert dict(lm.claim("e**x >= 0", variables={"e": "positive", "x": "real"}).statement.variables)
    assert dict(lm.claim("α**2 ≥ 0").statement.variables) == {"alpha": "real"}
    with pytest.raises(lm.InputError, match="only at the ends of integrals"):
        lm.claim("x <= inf")
    with pytest.raises(lm.InputError, match="find 'bernoulli' by name"):
        lm.claim("bernoulli")
    for given, key in (("0.55", "constants"), ("positive", "variables"), (2, "constants")):
        with pytest.raises(lm.InputError, match=f"goes into {key}="):
            lm.claim("x >= c", c=given)
