"""The reduced flow and the closed forms, against ODE solvers and quadratures we did not write."""

import math
from fractions import Fraction
from functools import cache

import mpmath
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import quad, solve_ivp

from theory.dynamics.closed_forms import closed_forms
from theory.dynamics.flow import reduced_flow, reduced_flow_at, reduced_start, v, v0, v1
from theory.dynamics.objective import ProductObjective
from theory.errors import InputError

weights = st.lists(
    st.fractions(min_value=-2, max_value=2, max_denominator=20), min_size=2, max_size=5
)


def integrated(slope, start, until):
    def rate(_, w):
        product = math.prod(w)
        return [
            -slope(product) * math.prod(x for j, x in enumerate(w) if j != i) for i in range(len(w))
        ]

    run = solve_ivp(rate, (0, until), [float(x) for x in start], rtol=1e-10, atol=1e-12)
    return run.y[:, -1]


@given(start=weights)
def test_the_quadrature_is_the_time_of_an_integrated_trajectory(start):
    begin = reduced_start(start)
    assume(begin.ties == 0)
    assume(abs(math.prod(start) + 1) > 0.05)
    _, flow = reduced_flow_at(ProductObjective("(p+1)**2/2", len(start)), start)
    end = integrated(lambda p: p + 1, start, 0.1)
    # Next to the minimum the time is ill-conditioned as a function of the end point.
    assume(abs(math.prod(end) + 1) > 0.01)
    integrand = sympy.lambdify(v, flow.integrand, "math")
    time, _ = quad(integrand, float(begin.v0), float(end[begin.index]))
    assert time == pytest.approx(0.1, rel=1e-5)


@given(start=weights)
def test_the_reduced_product_is_the_product(start):
    begin, flow = reduced_flow_at(ProductObjective("p", len(start)), start)
    value = Fraction(begin.v0.numerator, begin.v0.denominator)
    at_start = flow.product.subs(v, sympy.Rational(value.numerator, value.denominator))
    product = math.prod(start)
    # p >= 0 or <= 0 as it should be, and p^2 = v^2 prod (c_j + v^2) exactly.
    assert math.prod(c + value**2 for c in begin.constants) * value**2 == product**2
    assert sympy.sign(at_start) == sympy.sign(
        sympy.Rational(product.numerator, product.denominator)
    )


def test_ties_are_found_and_pin_the_product():
    begin, flow = reduced_flow_at(ProductObjective("(p+1)**2/2", 3), "0.3,-1.2,-0.3")
    assert (begin.index, begin.ties, begin.sign, begin.never_crosses) == (0, 1, 1, True)
    assert flow.rate.subs(v, 0) == 0
    assert reduced_start("0.3,-1.2,0.7").never_crosses is False


def test_the_time_is_an_unevaluated_integral_of_the_integrand():
    flow = reduced_flow(ProductObjective("(p+1)**2/2", None))
    assert isinstance(flow.time, sympy.Integral)
    assert flow.time.limits == ((v, v0, v1),)
    explicit = reduced_flow(ProductObjective("(p+1)**2/2", 4), ties=2)
    assert len(explicit.constants) == 1
    assert {"v", "c_1", "sigma"} == set(explicit.rate_expression.names)


@pytest.mark.parametrize("ties", [-1, 3])
def test_impossible_ties_are_refused(ties):
    with pytest.raises(InputError):
        reduced_flow(ProductObjective("p", 3), ties)


def test_a_start_of_another_depth_is_refused():
    with pytest.raises(InputError):
        reduced_flow_at(ProductObjective("p", 3), "1,2")


@pytest.mark.parametrize("loss", ["(p+1)**2/2", "3*p", "p**2", "(2*p-1)**2", "p**4/4-p**2/2"])
@pytest.mark.parametrize("depth", [1, 2, 3, 4, 7, None])
def test_every_closed_form_is_verified_exactly(loss, depth):
    forms = closed_forms(ProductObjective(loss, depth))
    assert all(form.verified for form in forms)
    assert all(check.statement.conclusion.names for form in forms for check in form.checks)
    if depth != 1 or loss != "p**4/4-p**2/2":
        assert forms or depth is None


def test_parameters_of_the_loss_go_into_the_closed_form():
    y = sympy.Symbol("y")
    forms = closed_forms(ProductObjective((sympy.Symbol("p") - y) ** 2 / 2, 2))
    assert {"logistic", "pair-riccati"} == {form.name for form in forms}
    assert all(form.verified for form in forms)


def named(loss, depth, name):
    return next(f for f in closed_forms(ProductObjective(loss, depth)) if f.name == name)


@given(a=st.floats(0.1, 2), b=st.floats(-2, 2), t=st.floats(0.05, 1))
def test_two_weights_with_quadratic_loss_follow_the_riccati_form(a, b, t):
    assume(abs(a + b) > 0.05)
    form = named("(p+1)**2/2", 2, "pair-riccati")
    end = integrated(lambda p: p + 1, (a, b), t)
    c = a * a - b * b
    values = {"c": c, "s0": (a + b) ** 2, "t": t}
    plus, minus = (
        float(
            form.formulas[n].rhs.subs(dict.fromkeys(form.formulas[n].rhs.free_symbols, values["c"]))
        )
        for n in (1, 2)
    )
    values |= {"s_plus": plus, "s_minus": minus}

    def at(expression):
        return float(expression.subs({x: values[x.name] for x in expression.free_symbols}))

    values["K"] = at(form.formulas[3].rhs)
    values["s"] = at(form.formulas[0].rhs)
    values["u"] = math.copysign(math.sqrt(values["s"]), a + b)
    assert at(form.formulas[4].rhs) == pytest.approx(end[0], abs=1e-6)
    assert at(form.formulas[5].rhs) == pytest.approx(end[1], abs=1e-6)


@cache
def residuals(loss, k):
    """Collect what each closed form says is zero, sums over roots written out."""
    w, w0, t = sympy.symbols("w w0 t", real=True)
    found = []
    for form in closed_forms(ProductObjective(loss, k)):
        difference = form.formulas[0].lhs - form.formulas[0].rhs.replace(
            sympy.RootSum, lambda *parts: sympy.RootSum(*parts).doit()
        )
        found.append(sympy.lambdify((w, w0, t), difference, "mpmath"))
    return found


@given(w=st.floats(0.3, 1.5), t=st.floats(0.05, 1), loss=st.sampled_from(["(p+1)**2/2", "2*p"]))
def test_balanced_weights_follow_their_closed_forms(w, t, loss):
    slope = {"(p+1)**2/2": lambda p: p + 1, "2*p": lambda p: 2.0}[loss]
    for k in (3, 4):
        end = integrated(slope, [w] * k, t)[0]
        assert residuals(loss, k)
        for residual in residuals(loss, k):
            with mpmath.workdps(20):
                difference = residual(*(mpmath.mpf(x) for x in (end, w, t)))
            # At k = 4 the weight never reaches 0, but time there goes like w^(2 - k).
            assert abs(difference) < 1e-6 * max(1, abs(end) ** (2 - k))


@given(p0=st.floats(0.1, 3), t=st.floats(0, 1))
def test_two_balanced_weights_follow_the_logistic_curve(p0, t):
    form = named("(p-2)**2/2", 2, "logistic")
    end = integrated(lambda p: p - 2, [math.sqrt(p0)] * 2, t) if t else [math.sqrt(p0)] * 2
    rhs = form.formulas[0].rhs
    value = float(rhs.subs({x: {"p0": p0, "t": t}[x.name] for x in rhs.free_symbols}))
    assert value == pytest.approx(end[0] * end[1], rel=1e-6)
