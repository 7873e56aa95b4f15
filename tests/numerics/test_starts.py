"""Starts: exactly the doubles that are drawn; files read exactly or refused."""

import math
from fractions import Fraction

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


def test_starts_by_the_names_of_the_literature():
    assert draw("balanced:1/3", 4) == (Fraction(1, 3),) * 4
    assert draw("identity", 3) == (1, 1, 1)
    assert draw("zas", 4) == (1, 1, 1, 0)
    plain, drawn = draw("gaussian", 2000, 5), draw("he", 2000, 5)
    assert drawn == tuple(Fraction(math.sqrt(2) * float(w)) for w in plain)
    assert draw("xavier", 9, 5) == draw("lecun", 9, 5) == draw("gaussian:1", 9, 5)
    assert draw("gaussian:0.5", 9, 5) == tuple(w / 2 for w in draw("gaussian", 9, 5))
    bounded = draw("he-uniform", 2000, 5)
    assert math.sqrt(5.9) < max(map(abs, bounded)) <= math.sqrt(6) + 1e-12
    for bad in ("he:2", "zas:1", "balanced", "lecun-normal", "gaussian:-1"):
        with pytest.raises(InputError, match="init"):
            draw(bad, 3, 1)
    with pytest.raises(InputError, match="seed"):
        draw("he", 3)
