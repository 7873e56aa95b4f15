"""What a referee found in claims about functions: each of these was said wrongly."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.refutation.refute import refute
from proofs.search import prove
from theory.claims import statement
from theory.errors import InputError, Unsupported


def two(kind, conclusion, **more):
    """A claim about a function at two points."""
    return statement({"x": "vector", "y": "vector", **more}, conclusion, functions={"f": kind})


@pytest.mark.parametrize(
    ("variables", "tables", "conclusion"),
    [
        ({"x": "vector", "t": "real"}, {"f": "convex"}, "diff(f(t*x), t) == 0"),
        ({"x": "vector", "t": "positive"}, {"f": "convex"}, "diff(f(prox(f, t, x)), t) == 0"),
        ({"x": "vector", "t": "real"}, {"f": "convex"}, "integrate(f(t*x), t, 0, 1) == f(t*x)"),
        ({"x": "vector", "w": "rademacher"}, {"f": "convex"}, "Var(f(w*x)) == 0"),
        ({"x": "vector", "w": "normal(0, 1)"}, {"f": "convex"}, "Var(f(w*x)) == 0"),
    ],
)
def test_a_value_at_a_point_that_varies_is_no_number(variables, tables, conclusion):
    with pytest.raises(Unsupported, match="varies"):
        statement(variables, conclusion, functions=tables)


@pytest.mark.parametrize(
    "conclusion",
    ["f(xs) <= f(x/a)", "f(xs) <= f(prox(f, 1/a, x))", "|prox(f, 1/a, x) - xs| <= |x - xs|"],
)
@pytest.mark.parametrize(
    ("domain", "hypotheses", "verdict"),
    [("real", {}, Verdict.UNDECIDED), ("real", {"h": "a > 0"}, Verdict.PROVED),
     ("positive", {}, Verdict.PROVED)],
)  # fmt: skip
def test_that_a_point_has_a_value_is_claimed_not_assumed(conclusion, domain, hypotheses, verdict):
    """What is assumed of f at x/a has a value for a != 0 only, and says nothing of other a."""
    variables = {"x": "vector", "xs": "minimiser of f", "a": domain}
    made = statement(variables, conclusion, None, hypotheses, functions={"f": "convex"})
    assert prove(made, 2).verdict is verdict
    assert (len(made.pieces) == 1) == (domain == "positive")


def test_a_hypothesis_about_a_point_without_a_value_does_not_hold():
    """It was called refuted at a = 0, where f is asked at x/0."""
    made = statement({"x": "vector", "a": "real"}, "a != 0", None, {"h": "f(x/a) >= 0"},
                     functions={"f": "convex"})  # fmt: skip
    assert refute(made, 2) is None


def test_a_step_that_may_be_negative_is_assumed_to_be_positive():
    made = two("convex", "|prox(f, c, x) - prox(f, c, y)| <= |x - y|", c="real")
    assert str(made.hypotheses["f-step"]) == "c > 0"
    with pytest.raises(InputError, match="may have no value"):
        two("smooth(1/a) & convex", "f(x) >= f(y)", a="real")


def test_a_coordinate_is_no_other_variable():
    with pytest.raises(InputError, match="twice"):
        statement({"x": "vector", "x_1": "real"}, "x_1^2 <= |x|^2")
    with pytest.raises(InputError, match="twice"):
        two("convex", "grad_f_x_1^2 <= |grad(f, x)|^2", grad_f_x_1="real")


@pytest.mark.parametrize(
    ("kind", "operator"),
    [("smooth(0)", False), ("quadratic upper bound(0) & convex", False), ("smooth(c)", False),
     ("smooth(1) & weakly convex(5)", False), ("strongly monotone(2) & lipschitz(1)", True),
     ("strongly monotone(2) & nonexpansive", True),
     ("strongly monotone(2) & cocoercive(1)", True)],
)  # fmt: skip
def test_parameters_of_no_class(kind, operator):
    with pytest.raises(InputError, match="no such class"):
        statement({"x": "vector", "y": "vector"}, "|x|^2 >= 0", constants={"c": 0},
                  **{"operators" if operator else "functions": {"f": kind}})  # fmt: skip


def test_a_proximal_step_is_positive():
    with pytest.raises(InputError, match="positive"):
        two("convex", "f(prox(f, -1, x)) >= f(y)")


def test_points_called_alike_are_two():
    """A point p1, or a hypothesis of the name of a point, hid inequalities between two points."""
    jensen = statement({"x": "vector", "p1": "vector"},
                       "f(x/2 + p1/2) <= f(x)/2 + f(p1)/2", functions={"f": "convex"})  # fmt: skip
    assert prove(jensen, 10).verdict is Verdict.PROVED
    named = statement(
        {"x": "vector", "y": "vector", "z": "vector"}, "f(z) <= f(y)",
        hypotheses={"y": "prox(f, 1, x) = z"}, functions={"f": "convex"})  # fmt: skip
    assert {"f.y.y_", "f.y_.y"} <= set(named.hypotheses)
    least = statement({"x": "vector", "least": "vector", "xs": "minimiser of f"},
                      "f(x) >= f(least)", functions={"f": "smooth(1)"})  # fmt: skip
    assert {"f.x.least", "f.x.least_"} <= set(least.hypotheses)


def test_two_minimisers_have_one_value():
    claim = statement({"xs": "minimiser of f", "ys": "minimiser of f"}, "f(xs) = f(ys)",
                      functions={"f": "smooth(1)"})  # fmt: skip
    assert prove(claim, 5).verdict is Verdict.PROVED


def test_a_function_below_a_quadratic_is_flat_where_it_is_least():
    """The interpolation theorem is one of points that are no minimisers."""
    claim = statement({"xs": "minimiser of f", "x": "vector"}, "|grad(f, x)|^2 <= 0",
                      hypotheses={"h": "f(x) = f(xs)"},
                      functions={"f": "quadratic upper bound(1) & convex"})  # fmt: skip
    assert refute(claim, 5) is None
