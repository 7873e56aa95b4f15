"""Figure 1 and the pictures of Theorems 3 and 4: what they draw is what was computed."""

from fractions import Fraction

import numpy as np
import pytest
from click.testing import CliRunner

from numerics.floating import escape_counts
from numerics.loss import Loss
from numerics.papers.shamir2019 import figures as shamir_figures
from numerics.papers.shamir2019.figures import FIGURE_1_START, FIGURE_1_STEP, main, trajectory
from theory.dynamics.stopping import parse_stop


def test_the_trajectory_is_that_of_the_engine():
    start = [Fraction(n, 10) for n in (9, 10, 11)]
    time, weights, values = trajectory("(p+1)**2/2", start, Fraction(1, 20), 100, 1000)
    assert list(time) == list(range(101))
    assert np.allclose(values, (weights.prod(axis=1) + 1) ** 2 / 2)
    count, _ = escape_counts(
        Loss.of("(p+1)**2/2"),
        np.array([[0.9, 1.0, 1.1]]),
        0.05,
        parse_stop("abs(p+1) <= 1/2"),
        10**4,
    )
    inside = np.flatnonzero(np.abs(weights.prod(axis=1) + 1) <= 0.5)
    assert inside[0] == count[0]


def test_figure_1_starts_near_the_identity_with_seven_weights():
    assert len(FIGURE_1_START) == 7
    assert max(abs(w - 1) for w in FIGURE_1_START) < Fraction(1, 10)
    assert FIGURE_1_STEP > 0


@pytest.mark.parametrize(
    ("command", "depths"), [("theorem3", "_DEPTHS_3"), ("theorem4", "_DEPTHS_4")]
)
def test_tables_and_figures_are_made(command, depths, tmp_path, monkeypatch):
    monkeypatch.setattr(shamir_figures, depths, (7, 16))
    out = tmp_path / command
    options = ["--starts", "2"] if command == "theorem4" else []
    result = CliRunner().invoke(main, [command, str(out), *options], catch_exceptions=False)
    assert result.exit_code == 0
    assert " 16 " in result.output
    for suffix in (".png", ".svg"):
        assert out.with_suffix(suffix).stat().st_size > 10_000
