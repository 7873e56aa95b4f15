"""The slack of claims about functions is drawn for quadratics of their classes, over numbers."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.figures import family
from proofs import api
from proofs.refutation.members import drawn, families
from theory.errors import InputError

NUMBERS = {"eta": "positive", "L": "positive"}
DESCENT = api.claim("f(w - eta*grad(f, w)) <= f(w) - eta/2*|grad(f, w)|^2",
                    functions={"f": "smooth(L) & convex"}, variables={"w": "vector", **NUMBERS},
                    hypotheses={"step": "eta*L <= 1"})  # fmt: skip
FIXED = {
    "functions": {"f": "smooth(10) & strongly convex(1)"},
    "variables": {"x0": "vector", "xs": "minimiser of f"},
}
SIZES = st.fractions(Fraction(1, 10), 10, max_denominator=10)


@given(SIZES, SIZES)
def test_the_lines_are_the_slack_of_quadratics(eta, smooth):
    """Of a (x + 1)^2/2 at w = 0: a/2 - eta a^2/2 - a (1 - eta a)^2/2, with a up to L."""
    (of_l, of_eta) = families(DESCENT.statement, {"eta": eta, "L": smooth})
    assert [of_l.variable, of_eta.variable] == ["L", "eta"]
    for drawn_over in (of_l, of_eta):
        for k, (_, line) in enumerate(drawn_over.lines):
            for x, slack in zip(drawn_over.points[::16], line[::16], strict=True):
                step, most = (float(eta), x) if drawn_over is of_l else (x, float(smooth))
                a = most * k / 4
                expected = a / 2 - step * a**2 / 2 - a * (1 - step * a) ** 2 / 2
                assert math.isclose(slack, expected, rel_tol=1e-6, abs_tol=1e-9 * (1 + a**3))


@given(SIZES, st.fractions(Fraction(1, 10), 1, max_denominator=10))
def test_the_bound_stands_where_the_hypothesis_ends_and_the_worst_line_crosses(eta, share):
    smooth = share / eta
    for drawn_over in families(DESCENT.statement, {"eta": eta, "L": smooth}):
        (bound,) = drawn_over.bounds
        other = eta if drawn_over.variable == "L" else smooth
        assert math.isclose(bound * float(other), 1, rel_tol=1e-3)
        assert drawn_over.assumed == (True, False)
        worst = drawn_over.lines[-1][1]
        for x, slack in zip(drawn_over.points, worst, strict=True):
            if abs(x / bound - 1) > 0.01:
                assert (slack >= 0) == (x < bound)


def test_a_claim_without_numbers_is_drawn_over_the_curvature():
    given = api.claim("|x0 - 2/11*grad(f, x0) - xs|^2 <= 0.67*|x0 - xs|^2", **FIXED)
    (only,) = families(given.statement, {})
    assert only.variable == "curvature, from the least of the class to the greatest of the class"
    ((_, line),) = only.lines
    for share, slack in zip(only.points, line, strict=True):
        assert math.isclose(slack, 0.67 - (1 - 2 / 11 * (1 + 9 * share)) ** 2, abs_tol=1e-9)


def test_what_has_no_quadratic_is_refused_with_what_to_draw_instead():
    none = api.claim("|x0 - xs|^2 >= 0", **FIXED, hypotheses={"far": "|x0 - xs|^2 >= 2"})
    with pytest.raises(InputError, match="no quadratic is found") as refused:
        drawn(none.statement, {}, "none")
    assert "plot the slack of its bound" in str(refused.value)


def test_what_is_assumed_of_points_holds_of_every_quadratic_that_is_drawn():
    """With an exact line search the next point is the minimiser of each of them."""
    exact = api.claim(
        "f(x1) - f(xs) <= (f(x0) - f(xs))/2",
        functions=FIXED["functions"],
        variables={"x0": "vector", "x1": "vector", "xs": "minimiser of f"},
        hypotheses={
            "along": "dot(grad(f, x1), x1 - x0) == 0",
            "right": "dot(grad(f, x1), grad(f, x0)) == 0",
        },
    )
    (only,) = families(exact.statement, {})
    for share, slack in zip(only.points, only.lines[0][1], strict=True):
        assert math.isclose(slack, (1 + 9 * share) / 4)


def test_the_figure_has_title_axes_and_the_bound_with_its_words():
    found, figure = drawn(DESCENT.statement, {"eta": Fraction(1), "L": Fraction(2)}, "descent")
    assert [axis.get_xlabel() for axis in figure.axes] == ["L   (η = 1)", "η   (L = 2)"]
    words = [text.get_text() for text in figure.legends[0].get_texts()]
    assert "not assumed; assumed is η·L ≤ 1" in words
    assert len(words) == len(set(words))
    assert family.data(found)[0]["others"] == "eta = 1"


def test_a_counterexample_stands_where_it_fails():
    false = api.claim(DESCENT.typed.conclusion, functions={"f": "smooth(L) & convex"},
                      variables={"w": "vector", **NUMBERS},
                      hypotheses={"step": "eta*L <= 3"})  # fmt: skip
    point = api.refute(false).counterexample.point
    for drawn_over in families(false.statement, point):
        at, slack = drawn_over.found
        assert at == float(point[drawn_over.variable])
        assert slack < 0
    assert all(f.found is None for f in families(DESCENT.statement, {**point, "L": Fraction(1, 8)}))


@pytest.mark.parametrize(
    ("functions", "hypotheses"),
    [("smooth(L) & convex", {"h": "L >= 10**400"}), ("smooth(10**400*L) & convex", {})],
)
def test_numbers_beyond_doubles_are_no_error(functions, hypotheses):
    """They have no axis, and no double proposes a counterexample; exact ones may do."""
    claim = api.claim("f(y) <= f(x) + dot(grad(f, x), y - x) + L*norm(y - x)**2/2",
                      functions={"f": functions}, hypotheses=hypotheses,
                      variables={"x": "vector", "y": "vector", "L": "positive"})  # fmt: skip
    assert "internal" not in str(api.refute(claim, budget=2))
    with pytest.raises(InputError):
        drawn(claim.statement, {"L": Fraction(10) ** 401}, "large")
