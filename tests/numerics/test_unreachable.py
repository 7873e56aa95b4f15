"""What is never met: the theorems about the loss alone, and settling with overshoots."""

import numpy as np
import pytest

from numerics.escape import escape
from numerics.loss import Loss
from numerics.unreachable import out_of_range
from theory.dynamics.stopping import parse_stop


@pytest.mark.parametrize(
    ("loss", "until", "never"),
    [
        ("(p+1)**2/2", "f <= -1", True),
        ("(p+1)**2/2", "f < 0", True),
        ("(p+1)**2/2", "f <= 0", False),
        ("(p**2-1)**2/4", "f < -1/100", True),
        ("p**3", "f <= -10", False),
        ("log(1+exp(p))", "f <= -1/10", True),
        ("log(1+exp(p))", "f <= 1/10", False),
        ("exp(p)", "f <= 0", True),
        ("log(cosh(p))", "f < 0", True),
    ],
)
def test_ranges(loss, until, never):
    assert (out_of_range(Loss.of(loss), parse_stop(until)) is not None) is never


@pytest.mark.parametrize(
    ("loss", "weights", "until", "name"),
    [
        ("p", "0.5,0.7,-0.3", "p >= 3", "outward"),
        ("p**3/3+p", "1,0.3,0.4", "p >= 3", "outward"),
        ("(p-1)**2/2", "0.669,-2.294,-0.143,-2.256", "p <= -5", "settling"),
    ],
)
def test_never_by_name(loss, weights, until, name):
    found = escape(loss, weights, "0.1", until, max_seconds=20)
    assert (found.outcome, found.details.get("invariant")) == ("never", name)


def test_a_target_that_is_met_is_never_called_unreachable():
    """Random orbits in doubles: wherever they go is no place that is called never."""
    random = np.random.default_rng(7)
    for _ in range(40):
        w = np.round(random.normal(size=int(random.integers(2, 5))), 3)
        v, seen = w.copy(), []
        for _ in range(60):
            p = v.prod()
            v = v - 0.1 * (p - 1) * np.array([np.delete(v, i).prod() for i in range(len(v))])
            seen.append(v.prod())
        if not np.isfinite(seen).all() or max(map(abs, seen)) > 50:
            continue
        high = round(max(seen) - 1e-3, 6)
        if w.prod() < high:
            start = [str(x) for x in w]
            assert escape("(p-1)**2/2", start, "0.1", f"p >= {high}").outcome == "reached"
