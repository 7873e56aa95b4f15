"""Starts: exactly the doubles that are drawn; files read exactly or refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.starts import draw, draw_array, generator, read_weights
from theory.errors import InputError


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
