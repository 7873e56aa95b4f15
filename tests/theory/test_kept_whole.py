"""Nothing of what is written is dropped, and what cannot be kept together is refused."""

import pytest

from theory.claims import statement
from theory.errors import Unsupported

CHAINS = {
    "0 <= x <= 1": {"0 <= x", "x <= 1"},
    "x <= 1": {"x <= 1"},
    "0 <= x and x*S <= 1 and x < 2": {"0 <= x", "x*S <= 1", "x < 2"},
}


@pytest.mark.parametrize("first", CHAINS)
@pytest.mark.parametrize("second", CHAINS)
def test_every_comparison_about_a_layer_is_kept(first, second):
    tables = {
        "variables": {"x": "real"},
        "hypotheses": {"h": first, "g": second, "h_1": "x <= 3"},
        "start": {"S": "1"},
        "next": {"S": "S + x"},
    }
    made = statement({}, "S >= 1", layers=tables)
    said = {str(r) for r in made.layers.hypotheses.values()}
    assert said == CHAINS[first] | CHAINS[second] | {"x <= 3"}


@pytest.mark.parametrize("more", ["P(X >= n)", "P(X >= a*n)", "floor(a)"])
@pytest.mark.parametrize("asked", ["f(x/a)", "norm(grad(f, x/a))", "dot(x, grad(f, log(a)*x))"])
def test_points_without_a_value_stand_next_to_no_number_without_a_formula(asked, more):
    names = {"x": "vector", "a": "real", "n": "integer >= 1", "X": "chi2(n)"}
    for conclusion in (f"{asked} >= {more}", f"{more} + {asked} >= 0 and a == a"):
        with pytest.raises(Unsupported):
            statement(names, conclusion, functions={"f": "smooth(1) & convex"})
