"""Modes of deep linear networks, against the network itself with random orthogonal matrices."""

import time

import numpy as np
import pytest

from numerics.spectral import mode_counts
from numerics.starts import draw
from theory.errors import InputError

TARGETS, STARTS = ["3", "2", "1/2"], [["0.3", "0.2"], ["0.1", "0.4"], ["0.05", "-0.06"]]


def network(step, within, limit=5_000):
    """Descend |W_2 W_1 - Phi|^2/2 in double precision, counting by singular bases of Phi."""
    random = np.random.default_rng(3)
    u, v, q = (np.linalg.qr(random.standard_normal((3, 3)))[0] for _ in range(3))
    s = np.array([3, 2, 0.5])
    phi = u @ np.diag(s) @ v.T
    first, second = (np.array([float(row[i]) for row in STARTS]) for i in range(2))
    w1, w2 = q @ np.diag(first) @ v.T, u @ np.diag(second) @ q.T
    counts = {}
    for t in range(limit):
        learned = np.abs(np.diag(u.T @ w2 @ w1 @ v) - s) <= within * s
        for i in np.flatnonzero(learned):
            counts.setdefault(int(i), t)
        gap = w2 @ w1 - phi
        w1, w2 = w1 - step * w2.T @ gap, w2 - step * gap @ w1.T
    return counts


def test_the_network_learns_each_mode_when_its_scalar_model_says():
    found = mode_counts(TARGETS, STARTS, "0.01")
    assert {i: m.found.count for i, m in enumerate(found.modes)} == network(0.01, 0.1)
    assert found.outcome == "reached"
    assert found.lower == found.upper == max(m.found.count for m in found.modes)


def test_larger_singular_values_are_learned_first_and_much_earlier():
    found = mode_counts(["4", "2", "1"], [["1e-4"] * 4 + ["2e-4"]], "0.01")
    counts = [m.found.count for m in found.modes]
    assert counts[0] > 10**12
    # On the plateau p grows at the rate s, so the times are as the inverse singular values.
    assert counts[1] / counts[0] == pytest.approx(2, rel=1e-6)
    assert counts[2] / counts[0] == pytest.approx(4, rel=1e-6)


def test_a_mode_that_starts_at_zero_is_never_learned():
    found = mode_counts(["2", "1"], [["0.1", "0.2"], ["0", "0"]], "0.01")
    assert [m.found.outcome for m in found.modes] == ["reached", "never"]
    assert found.upper is None
    assert "singular value 1" in found.reason


def test_what_is_refused():
    for targets, starts in (([], [["1"]]), (["-1"], [["1"]]), (["1"], [["1"], ["1"]])):
        with pytest.raises(InputError):
            mode_counts(targets, starts, "0.1")
    with pytest.raises(InputError, match="within"):
        mode_counts(["1"], [["1"]], "0.1", within="2")


def test_all_modes_share_one_budget():
    """Steps of ten thousand weights one by one: each mode alone would take all of it."""
    start = draw("near-identity:0.05", 3_000, 1)
    began = time.process_time()
    found = mode_counts([8, 4, 2, 1], [start], "1e-9", max_seconds=1.0)
    assert time.process_time() - began < 2.5
    assert found.outcome == "undecided"
