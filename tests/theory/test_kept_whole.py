"""Nothing of what is written is dropped, and what cannot be kept together is refused."""

from fractions import Fraction

import pytest

from proofs.refutation.refute import decide
from theory.claims import statement
from theory.errors import InputError, Unsupported

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


def test_a_point_that_need_not_have_a_value_is_claimed_to_have_one():
    names = {"x": "vector", "a": "real"}
    made = statement(names, "f(x/a) >= f(x/a)", functions={"f": "smooth(1) & convex"})
    at = dict.fromkeys(made.variables, Fraction(0))
    assert None in {decide(p.obligation, at, {}) for p in made.pieces}
    assert {decide(p.obligation, {**at, "a": Fraction(2)}, {}) for p in made.pieces} == {True}


@pytest.mark.parametrize(("points", "count"), [
    (("lmo(C, x)", "proj(C, x)"), 2), (("proj(C, x)", "proj(C, x)"), 1),
    (("lmo(C, x)", "lmo(C, 2*x)"), 2), (("proj(C, x)", "proj(D, x)"), 2),
    (("prox(f, 1, x)", "prox(f, 2, x)"), 2), (("prox(f, 1, x)", "prox(f, 1, x)"), 1),
    (("prox(f, 1, x)", "prox(g, 1, x)"), 2), (("prox(C, 1, x)", "lmo(C, x)"), 2),
])  # fmt: skip
def test_equal_points_are_asked_once_and_others_are_others(points, count):
    classes = {"C": "bounded set(1)", "D": "set", "f": "convex", "g": "convex"}
    used = {f: c for f, c in classes.items() if any(f"({f}," in p for p in points)}
    made = statement({"x": "vector"}, f"norm({points[0]} - {points[1]}) >= 0", functions=used)
    assert len({str(s.point) for s in made.gram.samples}) == count


def test_coordinates_are_spoken_of_where_no_matrix_chooses_them():
    names = {"x": "vector(n)", "n": "integer >= 1"}
    made = statement(names, "sum(i, 1, n, x_i^2) == norm(x)^2").unrolled(1)
    at = {"x_1": Fraction(2), "x__1": Fraction(-3), "n": Fraction(2)}
    assert decide(made.obligation, at, {}) is True
    with pytest.raises(InputError):
        statement({**names, "A": "symmetric(n)"}, "sum(i, 1, n, x_i^2) <= dot(x, A*x)")


@pytest.mark.parametrize(("domain", "read"), [
    ("matrix(m, n)", True), ("matrix(n, n)", True), ("matrix(n)", True), ("symmetric(n)", True),
    ("symmetric(m, n)", False), ("psd(m, n)", False), ("matrix(m, 2)", False),
    ("matrix(m, n, n)", False),
])  # fmt: skip
def test_shapes_of_any_size(domain, read):
    names = {"A": domain, "B": "matrix(n, n)", "m, n": "integer >= 1"}
    if read:
        assert "norm(A" in str(statement(names, "norm(A*B) <= norm(A)*norm(B)").relaxed.said)
        return
    with pytest.raises((InputError, Unsupported)):
        statement(names, "norm(A*B) <= norm(A)*norm(B)")
