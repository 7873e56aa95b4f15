"""Sweeps, figures, starts: the table agrees with single runs, and the bound with the table."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.escape import escape
from numerics.figures import sweep_figure
from numerics.starts import draw, draw_array, generator, read_weights
from numerics.sweep import SHAMIR, Row, depth_sweep, fitted_exponent
from theory.errors import InputError


def row(depth, median):
    return Row("gaussian", depth, 10, 10, median, median, median, 1, 1, 0, "float")


def test_the_bound_is_never_above_the_measurement():
    rows = depth_sweep("gaussian", range(2, 8), 8, max_steps=3000)
    rows += depth_sweep("near-identity:0.2", range(2, 6), 8, max_steps=3000, warm_up=16)
    assert [r.depth for r in rows] == [*range(2, 8), *range(2, 6)]
    assert all(r.violations == 0 for r in rows)
    assert all(r.low <= r.median <= r.high for r in rows)
    assert any(r.bound_median > 1 for r in rows)


def test_the_float_table_is_the_rigorous_table():
    tables = [
        depth_sweep("gaussian", [3, 5], 6, max_steps=3000, method=m) for m in ("float", "ball")
    ]
    for a, b in zip(*tables, strict=True):
        assert (a.low, a.median, a.high, a.reached) == (b.low, b.median, b.high, b.reached)


def test_the_table_is_made_of_single_runs():
    (made,) = depth_sweep("uniform", [4], 1, seed=3, max_steps=3000)
    weights = [Fraction(float(w)) for w in draw_array("uniform", (1, 4), generator(3))[0]]
    assert made.median == escape(SHAMIR, weights, "0.05", "abs(p+1) <= 1/2").count


@given(st.floats(0.1, 2), st.floats(-3, 3))
def test_the_fit_recovers_an_exponential(slope, offset):
    rows = [row(k, math.exp(offset + slope * k)) for k in range(2, 15)]
    fitted, error = fitted_exponent(rows)
    assert math.isclose(fitted, slope, rel_tol=1e-9)
    assert error < 1e-6


def test_two_depths_are_not_a_fit():
    assert math.isnan(fitted_exponent([row(2, 10), row(3, 20), row(4, math.inf)])[0])


def test_the_figure_is_written_twice(tmp_path):
    rows = [row(k, math.exp(k)) for k in range(2, 6)]
    png, svg = sweep_figure(rows, tmp_path / "sweep.png")
    assert png.read_bytes().startswith(b"\x89PNG")
    text = svg.read_text("utf-8")
    assert "<svg" in text


@given(st.integers(1, 9), st.integers(0, 2**64))
def test_starts_are_the_doubles_that_were_drawn(depth, seed):
    weights = draw("gaussian", depth, seed)
    assert weights == draw("gaussian", depth, seed)
    assert np.array_equal(
        np.array(weights, dtype=float), draw_array("gaussian", (depth,), generator(seed))
    )


def test_uniform_starts_have_unit_variance():
    sample = draw_array("uniform", (100_000,), generator(0))
    assert abs(sample).max() <= math.sqrt(3)
    assert abs(sample.var() - 1) < 0.01


def test_a_file_that_is_too_large_is_refused(tmp_path):
    file = tmp_path / "weights"
    file.write_text("1 " * 2_500_000, "utf-8")
    with pytest.raises(InputError, match="larger than"):
        read_weights(file)
