"""One formula, five arithmetics, one value; SymPy is the judge of derivatives."""

import mpmath
import numpy as np
import pytest
import sympy
from flint import acb, arb, arb_series
from hypothesis import given
from hypothesis import strategies as st

from numerics.balls import ball, ends, precision, series_length
from numerics.evaluate import compile_expression
from numerics.loss import Loss
from numerics.strategies import losses, rationals
from theory.errors import InputError
from theory.expressions import INTERNAL_FUNCTIONS, parse

P = sympy.Symbol("p", real=True)
PARTS = ("value", "slope", "curvature")


def rational(x):
    return sympy.Rational(x.numerator, x.denominator)


def by_sympy(loss, order, x, digits=60):
    formula = sympy.diff(loss.expression.sympy({"p": P}), P, order)
    return sympy.N(formula.subs(P, rational(x)), digits)


@given(losses(), st.sampled_from(range(3)), rationals())
def test_balls_enclose_what_sympy_derives(loss, order, x):
    truth = by_sympy(loss, order, x)
    with precision(120):
        low, high = ends(getattr(loss, PARTS[order])("arb")(ball(x)))
    tiny = sympy.Rational(1, 10**45)
    assert rational(low) - tiny <= truth <= rational(high) + tiny
    assert high - low < 10**-25


@given(losses(), st.sampled_from(PARTS), rationals())
def test_all_arithmetics_agree(loss, part, x):
    with precision(120), series_length(1), mpmath.workdps(40):
        real = getattr(loss, part)("arb")(ball(x))
        complex_ = getattr(loss, part)("acb")(acb(ball(x)))
        series = getattr(loss, part)("series")(arb_series([ball(x)]))
        constant = series[0] if isinstance(series, arb_series) else series
        high = getattr(loss, part)("mpmath")(mpmath.mpf(x.numerator) / x.denominator)
        assert complex_.real.overlaps(real)
        assert constant.overlaps(real)
        assert abs(high - mpmath.mpf(str(real.mid().str(38, radius=False)))) < 1e-30
    double = getattr(loss, part)("numpy")(np.array([float(x)]))
    assert np.allclose(double, float(real.mid()), rtol=1e-9, atol=1e-9)


@given(losses(), rationals(), rationals())
def test_a_ball_of_arguments_gives_a_ball_of_values(loss, x, y):
    with precision(80):
        wide = ball(x).union(ball(y))
        for part in PARTS:
            function = getattr(loss, part)("arb")
            for point in (x, y, (x + y) / 2, (2 * x + y) / 3):
                assert function(wide).overlaps(function(ball(point)))


@given(losses(), rationals())
def test_the_series_holds_the_derivatives(loss, x):
    with precision(150), series_length(4):
        series = loss.value("series")(arb_series([ball(x), 1]))
        assert series[1].overlaps(loss.slope("arb")(ball(x)))
        assert (2 * series[2]).overlaps(loss.curvature("arb")(ball(x)))
        assert (6 * series[3]).overlaps(loss.third("arb")(ball(x)))


@given(losses(), rationals(), st.permutations([2, 3, 5, 8]))
def test_a_series_is_as_long_as_it_is_asked_for(loss, x, lengths):
    """Constants are remembered, but not those of shorter series."""
    kept = loss.slope("series")
    with precision(150):
        for length in lengths:
            with series_length(length):
                at = arb_series([ball(x), 1])
                assert (at + kept(at)).prec == length


@pytest.mark.parametrize("text", ["sqrt(p)", "log(p)", "p**(1/3)", "1/(p+1)", "(p+1)**-1"])
def test_outside_the_domain_no_arithmetic_invents_a_value(text):
    loss = Loss.of(text)
    bad = -1
    with precision(60):
        assert not loss.value("arb")(ball(bad)).is_finite()
        assert not loss.descent("arb")(ball(bad)).is_finite()
        assert not loss.value("acb")(acb(bad)).is_finite()
    assert not mpmath.isfinite(loss.value("mpmath")(mpmath.mpf(bad)))
    assert not np.isfinite(loss.value("numpy")(np.array([float(bad)]))).any()


def test_the_kink_is_not_glossed_over():
    loss = Loss.of("abs(p+1)")
    with precision(60):
        assert loss.slope("arb")(ball(-2)) == -1
        assert loss.curvature("arb")(ball(-2)) == 0
        around_kink = ball(-2).union(ball(0))
        assert loss.slope("arb")(around_kink).contains(1)
        assert loss.slope("arb")(around_kink).contains(-1)
        assert not loss.curvature("arb")(around_kink).is_finite()
        with pytest.raises(InputError, match="not analytic"):
            loss.value("series")


@pytest.mark.parametrize("text", ["log(p)", "p*log(p)", "sqrt(p)*p**2", "p**(3/2)"])
def test_where_a_loss_has_no_value_its_derivatives_have_none(text):
    """The theorems ask of a loss itself that it is regular; f' may have values where f has none."""
    loss = Loss.of(text)
    with precision(60):
        for part in (loss.descent, loss.bend):
            assert part("arb")(ball(2)).is_finite()
            assert not part("arb")(ball(-2)).is_finite()
        assert not loss.descent("acb")(acb(ball(-2), ball(0).union(ball(1)))).is_finite()


@pytest.mark.parametrize("text", ["p**p", "p**(p-p)", "x", "p**(1/0)"])
def test_what_no_engine_evaluates_is_refused(text):
    with pytest.raises(InputError):
        compile_expression(parse(text, frozenset({"p", "x"}), INTERNAL_FUNCTIONS), "arb")


@pytest.mark.parametrize("text", ["1/0", "0/0*p", "log(-1)*p", "log(0)"])
def test_a_loss_without_real_values_is_refused(text):
    with pytest.raises(InputError):
        _ = Loss.of(text).derivative


@pytest.mark.parametrize(
    "loss", ["0/p + p**2", "(1/p)**0 + p", "p**(-1)*0 + p", "0/(p - 1) + p", "0*log(p)"]
)
def test_there_is_no_step_where_the_loss_has_no_value(loss):
    """The formula of the derivative may have one there."""
    at = arb(1) if "p - 1" in loss else arb(0)
    for of in (Loss.of(loss).descent("arb"), Loss.of(loss).bend("arb")):
        assert not of(at).is_finite()
        assert of(at + 2).is_finite()
