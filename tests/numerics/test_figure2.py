"""The matrix experiment: its gradient, its starts, its engines against one another, its record."""

import math
from fractions import Fraction

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from numerics.escape import escape
from numerics.papers.shamir2019.figure2.__main__ import figure2
from numerics.papers.shamir2019.figure2.chain import (
    INITS,
    STEP,
    Chain,
    Trial,
    cell,
    objective,
    transposed,
)
from numerics.papers.shamir2019.figure2.descent import Descent, steps_of
from numerics.papers.shamir2019.figure2.diagonal import diagonal_count, scalar_start
from numerics.papers.shamir2019.figure2.figure import PAPER, draw, points, summarise
from numerics.papers.shamir2019.figure2.flow import flow_steps
from numerics.papers.shamir2019.figure2.record import HEADER, Line, Record
from theory.errors import InputError


def value(layers):
    error = np.linalg.multi_dot([*layers, np.eye(len(layers[0]))]) + np.eye(len(layers[0]))
    return 0.5 * float((error**2).sum())


@given(st.sampled_from(INITS), st.integers(1, 4), st.integers(2, 6), st.integers(0, 9))
def test_the_gradient_is_that_of_f(init, size, depth, number):
    layers = Trial(init, size, depth, number).start()
    held = transposed([layers])
    chain = Chain(depth, 1, size)
    error = chain.error(held)
    assert math.isclose(float(objective(error)[0]), value(layers), rel_tol=1e-9)
    slope = chain.gradient(held, error, np.empty_like(held))[:, 0]
    direction = np.random.Generator(np.random.PCG64(number)).standard_normal(layers.shape)
    h = 1e-5
    numeric = (value(layers + h * direction) - value(layers - h * direction)) / (2 * h)
    assert math.isclose(float((slope * direction).sum()), numeric, rel_tol=1e-3, abs_tol=1e-3)


@pytest.mark.parametrize(
    ("init", "mean", "variance"),
    [
        ("xavier", 0, 1 / 25),
        ("near-identity", 1, 1 / (25 * 8)),
        ("near-identity-small", 1, 1 / (25 * 8) ** 2),
    ],
)
def test_starts_have_the_variances_of_the_paper(init, mean, variance):
    noise = Trial(init, 25, 8, 0).start() - mean * np.eye(25)
    assert abs(noise.mean()) < 4 * math.sqrt(variance / noise.size)
    # 5,000 entries: the variance is within 10 % with overwhelming probability.
    assert abs(noise.var() / variance - 1) < 0.1


def test_any_trial_can_be_rerun_alone():
    trials, together = cell("xavier", 5, 2, 6), {}
    Descent.of(trials).run(50_000, arrived=lambda trial, steps: together.update({trial: steps}))
    assert len(together) == 6
    assert steps_of(trials[4], 50_000) == together[trials[4]]


def test_descent_follows_the_plain_recursion():
    trial = Trial("near-identity", 3, 3, 1)
    layers, count = list(trial.start()), 0
    while value(layers) >= 0.1:
        a, b, c = layers
        e = a @ b @ c + np.eye(3)
        moves = (e @ (b @ c).T, a.T @ e @ c.T, (a @ b).T @ e)
        layers = [w - STEP * m for w, m in zip(layers, moves, strict=True)]
        count += 1
    assert steps_of(trial, 10**6) == count


@pytest.mark.parametrize("init", INITS)
def test_flow_time_predicts_the_steps_of_descent(init):
    for trial in cell(init, 5, 3, 2):
        outcome, flow = flow_steps(trial, 1e9, 1e-6)
        assert outcome == "reached"
        assert abs(flow / steps_of(trial, 10**6) - 1) < 0.02


def test_flow_stops_at_its_budget():
    assert flow_steps(Trial("xavier", 2, 8, 0), 100) == ("budget", 100)


def test_one_by_one_matrices_are_the_scalar_problem():
    for trial in cell("near-identity", 1, 3, 4):
        found = diagonal_count([trial])
        assert found.lower == found.upper == steps_of(trial, 10**6)


def test_diagonal_matrices_are_scalar_problems():
    trials = cell("near-identity-small", 1, 2, 3)
    found = diagonal_count(trials)
    starts = np.stack([t.start().ravel() for t in trials])  # (d, k)
    layers = [np.diag(column) for column in starts.T]
    count = 0
    while value(layers) >= 0.1:
        a, b = layers
        e = a @ b + np.eye(3)
        layers = [a - STEP * e @ b.T, b - STEP * a.T @ e]
        count += 1
    assert found.lower <= count <= found.upper
    slowest = scalar_start(trials[found.slowest])
    assert escape("(p+1)**2/2", slowest, Fraction(1, 1000), "f < 1/10").lower == found.lower


def test_a_saved_state_goes_on_where_it_was(tmp_path):
    trials = cell("xavier", 2, 2, 3)
    whole, parts = {}, {}
    Descent.of(trials).run(10**5, arrived=lambda t, n: whole.update({t: n}))
    first = Descent.of(trials)
    first.run(1_000, arrived=lambda t, n: parts.update({t: n}))
    first.save(tmp_path / "state.npz")
    again = Descent.load(tmp_path / "state.npz", first.trials)
    again.run(10**5, arrived=lambda t, n: parts.update({t: n}))
    assert parts == whole
    assert Descent.load(tmp_path / "state.npz", cell("xavier", 2, 3, 3)) is None
    assert Descent.load(tmp_path / "none.npz", trials) is None


def test_the_record_survives_a_torn_line_and_keeps_the_last_word(tmp_path):
    path, trial = tmp_path / "trials.csv", Trial("xavier", 25, 2, 0)
    record = Record(path)
    record.add(Line(trial, "descent", "", "budget", 10))
    assert record.open([trial], "descent", 10) == []
    assert record.open([trial], "descent", 11) == [trial]
    with path.open("a") as file:
        file.write("xavier,25,2,")  # killed while writing
    again = Record(path)
    again.add(Line(trial, "descent", "", "reached", 12))
    assert Record(path).of([trial], "descent") == [Line(trial, "descent", "", "reached", 12)]
    Record(path).sort()
    assert path.read_text() == f"{HEADER}\nxavier,25,2,0,descent,,reached,12\n"


def test_a_foreign_file_is_no_record(tmp_path):
    path = tmp_path / "notes.csv"
    path.write_text("a,b\n")
    with pytest.raises(InputError, match="data"):
        Record(path)
    path.write_text(
        f"{HEADER}\nxavier,25,x,0,descent,,reached,12\nxavier,25,2,0,descent,,reached,1\n"
    )
    with pytest.raises(InputError, match="data"):
        Record(path)


def test_late_trials_are_not_converged_and_do_not_enter_the_mean():
    def line(n, outcome, steps):
        return Line(Trial("xavier", 25, 8, n), "flow", "1e-05", outcome, steps)

    lines = [line(0, "reached", 100), line(1, "reached", 10_000), line(2, "reached", 2 * 10**9)]
    found = summarise([*lines, line(3, "budget", 10**6)], 8)
    assert (found.trials, found.converged, found.unknown, found.longest) == (4, 2, 1, 2 * 10**9)
    assert math.isclose(found.mean, math.log(1_000))


def test_the_command_runs_draws_and_resumes(tmp_path):
    data = str(tmp_path / "trials.csv")
    run = ["run", "--size", "2", "--depth", "2", "--trials", "3", "--data", data]
    for _ in range(2):
        result = CliRunner().invoke(figure2, run, catch_exceptions=False)
        assert result.exit_code == 0
    record = Record(data)
    assert len(record.lines) == 9
    assert [p.depth for p in points(record, "descent", "xavier", 2)] == [2]
    out = tmp_path / "figure"
    drawn = CliRunner().invoke(figure2, ["draw", str(out), "--size", "2", "--data", data])
    assert drawn.exit_code == 0
    assert out.with_suffix(".png").stat().st_size > 10_000
    alone = CliRunner().invoke(figure2, ["trial", "xavier", "2", "2", "1"])
    assert alone.output.strip() == str(record.lines[Trial("xavier", 2, 2, 1), "descent"])


def test_the_committed_record_is_one_and_agrees_with_the_paper():
    record = Record()
    assert record.lines
    draw(record, 25)
    for init in INITS:
        for point in points(record, "flow", init, 25):
            if point.converged >= 15:
                error = point.deviation / math.sqrt(point.converged)
                # Three standard errors of ours and of theirs, and what can be read off a plot.
                assert abs(point.mean - PAPER[init][point.depth - 2]) < 0.3 + 3 * 1.5 * error


def test_input_is_checked():
    with pytest.raises(InputError, match="init"):
        cell("kaiming", 25, 2)
    with pytest.raises(InputError, match="depth"):
        cell("xavier", 25, 0)
    with pytest.raises(InputError, match="size"):
        scalar_start(Trial("xavier", 2, 2, 0))
