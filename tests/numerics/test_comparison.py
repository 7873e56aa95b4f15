"""The seven systems on the same problems, and the table of starts."""

import numpy as np
import pytest

from numerics.figures.comparison import comparison_figure
from numerics.matrices import network
from numerics.matrices.initialisations import cell
from numerics.matrices.tasks import KINDS, task
from numerics.papers.comparison import SYSTEMS, compare
from theory.errors import InputError


@pytest.fixture(scope="module")
def rows():
    return compare((2, 3), budget=2_000, seconds=2)


def test_there_is_a_row_for_every_system_and_problem(rows):
    assert len(rows) == len(SYSTEMS) * len(KINDS) * 2


def test_no_count_contradicts_its_bound(rows):
    assert all(r.consistent for r in rows)


def test_a_bound_is_given_exactly_where_no_hypothesis_fails(rows):
    assert all((r.bound is None) is bool(r.failing) for r in rows)


def test_zas_applies_everywhere_and_identity_never_to_negative_targets(rows):
    assert all(r.bound for r in rows if r.system == "wu-wang-ma")
    negative = [r for r in rows if r.system == "bartlett" and r.kind == "negative"]
    assert negative[0].outcome == "never"
    assert all(r.failing == "a negative eigenvalue" for r in negative)


def test_certified_counts_agree_with_floating_point(rows):
    for r in rows:
        if r.system == "wu-wang-ma" and r.upper is not None:
            problem = task(r.kind, r.depth)
            layers = [np.eye(2)] * (r.depth - 1) + [np.zeros((2, 2))]
            run = network.trajectory(
                layers, problem.doubles, r.step, r.upper + 5, stop=float(problem.level)
            )
            assert abs(int(run.reached) - r.upper) <= 1


def test_a_forged_count_is_inconsistent(rows):
    from dataclasses import replace

    row = next(r for r in rows if r.system == "wu-wang-ma")
    assert not replace(row, lower=row.bound + 1, upper=row.bound + 1).consistent
    assert not replace(row, outcome="never", lower=None, upper=None).consistent


def test_targets_are_what_they_are_called():
    for kind in KINDS:
        problem = task(kind, 2)
        values = np.linalg.eigvals(problem.doubles)
        assert (kind == "negative") is bool(np.min(values.real) < 0 and problem.spectrum)
        if problem.spectrum:
            np.testing.assert_allclose(
                sorted(values.real), sorted(map(float, problem.spectrum)), atol=1e-12
            )
    with pytest.raises(InputError, match="none of"):
        task("round", 2)


def test_starts_fail_where_theorems_say_so():
    assert cell("identity", "negative eigenvalue", "whitened", 4).reached == 0
    assert cell("identity", "positive definite", "whitened", 4).always
    assert cell("ZAS", "negative eigenvalue", "condition 25", 4).always
    assert cell("balanced, margin", "full rank", "whitened", 4).always


def test_the_figure_shows_every_kind(rows):
    figure = comparison_figure(rows)
    assert [a.get_title() for a in figure.axes] == list(KINDS)


def test_a_run_that_flies_apart_is_a_row_too():
    """A target that no theorem of the identity speaks of, at that theorem's step."""
    row = SYSTEMS["bartlett"](task("full-rank", 2, seed=4), 20_000, 60.0)
    assert row.failing
    assert row.outcome == "not within the budget"
    assert row.lower is not None
    assert row.lower < 20_000
