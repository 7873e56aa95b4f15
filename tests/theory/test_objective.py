"""The product objective: derivatives by brute force, validation, saddles, minimisers."""

from fractions import Fraction
from math import prod

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from theory.dynamics.minimisers import minimisers
from theory.dynamics.objective import ProductObjective, p
from theory.dynamics.saddles import critical_points, first_derivative_at_zero
from theory.errors import InputError
from theory.expressions import rational_value

LOSSES = ["(p+1)**2/2", "p**3 - 2*p", "(p-2)**4/4", "p/3"]
rationals = st.fractions(min_value=-2, max_value=2, max_denominator=7)


def F(loss, w):
    x = sympy.Rational(1)
    for weight in w:
        x *= sympy.Rational(weight.numerator, weight.denominator)
    return ProductObjective(loss, len(w)).loss.subs(p, x)


@given(loss=st.sampled_from(LOSSES), w=st.lists(rationals, min_size=1, max_size=5), data=st.data())
def test_gradient_is_the_coefficient_of_a_small_move(loss, w, data):
    objective = ProductObjective(loss, len(w))
    i = data.draw(st.integers(0, len(w) - 1))
    x = sympy.Symbol("x")
    exact = [sympy.Rational(v.numerator, v.denominator) for v in w]
    moved = sympy.Mul(*(v + x * int(n == i) for n, v in enumerate(exact)))
    series = sympy.Poly(objective.loss.subs(p, moved), x)
    at = dict(zip(objective.weights, exact, strict=True))
    assert objective.gradient[i].subs(at) == series.nth(1)
    assert objective.hessian[i, i].subs(at) == 2 * series.nth(2)


def test_hessian_is_sympys_own():
    for k in (1, 2, 3, 4):
        objective = ProductObjective("p**3 + (p-1)**2", k)
        own = sympy.hessian(objective.value, objective.weights)
        for entry in own - objective.hessian:
            assert sympy.Poly(entry, *objective.weights).is_zero


@given(w=st.lists(rationals, min_size=2, max_size=5), zeros=st.integers(0, 5))
def test_critical_exactly_as_the_number_of_zeros_says(w, zeros):
    w = [Fraction(0) if n < zeros else (v or Fraction(1)) for n, v in enumerate(w)]
    objective = ProductObjective("(p+1)**2/2", len(w))
    slope = prod(w) + 1
    gradient = [slope * prod(v for j, v in enumerate(w) if j != i) for i in range(len(w))]
    z = sum(v == 0 for v in w)
    assert (not any(gradient)) is (z >= 2 or slope == 0)
    by_zeros = {c.zeros: c.critical for c in critical_points(objective)}
    if z in (1, 2):
        assert by_zeros[z] is (z == 2)


@given(
    coefficients=st.lists(st.integers(-3, 3), min_size=1, max_size=4),
    k=st.integers(1, 5),
    data=st.data(),
)
def test_order_of_a_critical_point_by_exact_series(coefficients, k, data):
    loss = sum(c * p**n for n, c in enumerate(coefficients, 1))
    objective = ProductObjective(sympy.sympify(loss), k)
    z = data.draw(st.integers(1, k))
    w = [0] * z + [data.draw(st.sampled_from([-2, -1, 1, 3])) for _ in range(k - z)]
    x = sympy.Symbol("x")
    steps = [data.draw(st.sampled_from([1, 2, -3])) for _ in range(k)]
    moved = sympy.Mul(*(v + x * h for v, h in zip(w, steps, strict=True)))
    change = sympy.Poly(objective.loss.subs(p, moved) - objective.loss.subs(p, 0), x)
    n = first_derivative_at_zero(objective)
    if n is None:
        assert change.is_zero
        return
    lowest = min(m[0] for m in change.monoms())
    assert lowest == n * z
    nonzero = prod(w[z:])
    leading = objective.derivative(n).subs(p, 0) / sympy.factorial(n)
    assert change.nth(lowest) == leading * (nonzero * prod(steps[:z])) ** n
    row = critical_points(objective)[min(z, 3) - 1]
    expected = {1: n, 2: 2 * n}.get(z)
    if n > 1 and expected:
        assert row.order == expected


def test_absolute_values_have_signs_not_deltas_as_derivatives():
    objective = ProductObjective("abs(p+1)", 3)
    assert objective.slope == sympy.sign(p + 1)
    assert objective.curvature == 0
    value = rational_value(objective.slope_expression, {"p": Fraction(-3)})
    assert value == -1


def test_losses_of_every_kind():
    f = sympy.Function("f")
    assert ProductObjective(f, 2).slope == sympy.diff(f(p), p)
    y = sympy.Symbol("y")
    assert (
        sympy.Symbol("y", real=True)
        in ProductObjective((sympy.Symbol("p") - y) ** 2).slope.free_symbols
    )
    assert ProductObjective("p", sympy.Symbol("k")).depth is None


@pytest.mark.parametrize("depth", [0, -1, 1.5, True, "3", 10**7])
def test_bad_depths_are_refused(depth):
    with pytest.raises(InputError, match="depth"):
        ProductObjective("p", depth)


@pytest.mark.parametrize(
    "loss", ["", "q", "1/0", "sqrt(-1)*p", "p.real", 3, None, 0.5 * p, sympy.Function("f")(2 * p)]
)
def test_bad_losses_are_refused(loss):
    with pytest.raises(InputError, match="loss"):
        ProductObjective(loss, 2)


def test_weights_of_a_large_depth_are_not_written_out():
    with pytest.raises(InputError):
        _ = ProductObjective("p", 1000).gradient


@given(
    roots=st.lists(st.fractions(-4, 4, max_denominator=5), min_size=1, max_size=4, unique=True),
    powers=st.data(),
)
def test_minimisers_are_where_the_slope_turns_from_minus_to_plus(roots, powers):
    slope = sympy.Integer(1)
    multiplicity = {}
    for r in roots:
        multiplicity[r] = powers.draw(st.integers(1, 3))
        slope *= (p - sympy.Rational(r.numerator, r.denominator)) ** multiplicity[r]
    found = minimisers(ProductObjective(sympy.integrate(sympy.expand(slope), p), 3))

    def sign(x):
        value = slope.subs(p, sympy.Rational(x.numerator, x.denominator))
        return sympy.sign(value)

    gap = Fraction(1, 1000)
    expected = {r for r in roots if sign(r - gap) < 0 < sign(r + gap)}
    assert {Fraction(int(m.point.p), int(m.point.q)) for m in found} == expected


@given(w=st.lists(st.fractions(min_value="1/5", max_value=4), min_size=2, max_size=5))
def test_no_minimiser_is_flatter_than_the_balanced_one(w):
    k = len(w)
    y = prod(w)
    top = sum((y / v) ** 2 for v in w)
    objective = ProductObjective((p - sympy.Rational(y.numerator, y.denominator)) ** 2 / 2, k)
    (found,) = minimisers(objective)
    # top >= k y^(2 - 2/k), compared exactly as k-th powers.
    assert top**k >= k**k * y ** (2 * k - 2)
    assert sympy.Rational(top.numerator, top.denominator) ** k - found.least_eigenvalue**k >= 0
