"""Wide networks: explicit widths, starts that certify themselves, runs that obey them."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.balls import at_most, ball, precision
from numerics.matrices import network
from numerics.matrices.balls import matrix
from numerics.matrices.descent import Orbit
from numerics.matrices.instances import (
    gaussian_layers,
    orthogonal_layers,
    random_stream,
    rationals,
)
from numerics.matrices.start_certificate import (
    certify_start,
    is_orthogonal_start,
    output_scale,
)
from numerics.papers.du_hu2019.explicit_width import (
    Setting,
    concentration_failure,
    explicit_width,
    initial_loss,
    middle,
    movement,
    orthogonal_width,
    tuned,
)
from numerics.papers.du_hu2019.sharpness import sharpness
from numerics.papers.du_hu2019.theorem_4_1 import (
    Frontier,
    Regression,
    Row,
    draw,
    frontier,
    linear_regression,
    regression,
    run,
    window,
)
from numerics.papers.du_hu2019.width_constants import ORTHOGONAL_PAPER, OURS, PAPER
from numerics.papers.hu_xiao_pennington2020.orthogonal import (
    DATA,
    cell,
    exact_orthogonal_start,
    exactly_orthogonal,
    store,
    stored,
)
from numerics.papers.hu_xiao_pennington2020.orthogonal import draw as draw_phases
from numerics.statistics import probability_interval
from theory.errors import InputError

problems = st.builds(
    Setting.of,
    depth=st.integers(2, 20),
    rank=st.just(3),
    outputs=st.integers(1, 5),
    condition=st.fractions(1, 16, max_denominator=8),
    target=st.fractions(0, 3, max_denominator=8),
    failure=st.fractions("1/1000", "1/2", max_denominator=1000),
)


# --- explicit widths ---


def test_printed_and_own_constants_fit_together():
    assert PAPER.consistent()
    assert OURS.consistent()
    assert not replace(PAPER, drift=Fraction(1, 4)).consistent()  # a rate of 1/4 is lost
    assert not replace(PAPER, net=Fraction(1, 11)).consistent()
    assert replace(PAPER, net=Fraction(1, 12)).consistent()  # the sharp net


@given(problems)
def test_every_larger_width_satisfies_the_conditions_too(setting):
    found = explicit_width(setting, OURS)
    with precision(128):
        loss, inner = initial_loss(setting, OURS), middle(setting, OURS)
        for width in (found.width, 2 * found.width, 7 * found.width + 1):
            assert at_most(*movement(setting, OURS, loss, width, inner))
            wrong = concentration_failure(setting, OURS, width)
            assert at_most(wrong, ball(setting.failure / 2))
        if found.width == found.parts["movement"]:
            assert not at_most(*movement(setting, OURS, loss, found.width - 1, inner))


@given(problems)
def test_sharpening_helps_and_conditioning_costs_the_square(setting):
    printed, ours = explicit_width(setting, PAPER), explicit_width(setting, OURS)
    assert ours.width < printed.width
    harder = replace(setting, condition=4 * setting.condition)
    growth = explicit_width(harder, OURS).parts["movement"] / ours.parts["movement"]
    assert growth == pytest.approx(16, rel=1e-3)
    cubed = explicit_width(harder, PAPER).parts["movement"] / printed.parts["movement"]
    assert cubed >= 60


def test_tuning_never_loses():
    for depth in (2, 10):
        setting = Setting.of(depth)
        assert explicit_width(setting, tuned(setting)).width <= explicit_width(setting).width


def test_orthogonal_layers_need_a_width_that_does_not_depend_on_depth():
    setting = Setting.of(2, 2, 2)
    deep = replace(setting, depth=1000)
    assert orthogonal_width(setting).width == orthogonal_width(deep).width
    assert orthogonal_width(setting).width < orthogonal_width(setting, ORTHOGONAL_PAPER).width


def test_one_layer_needs_no_width():
    assert explicit_width(Setting.of(1)).width == 1


@pytest.mark.parametrize(
    "bad",
    [{"depth": 0}, {"failure": "1"}, {"condition": "1/2"}, {"rank": 2, "stable_rank": 3}],
)
def test_settings_out_of_range_are_refused(bad):
    with pytest.raises(InputError):
        Setting.of(**{"depth": 2, **bad})
    with pytest.raises(InputError):
        Setting.of(2, condition=1.5)


def test_the_initial_loss_bound_holds_as_often_as_promised():
    setting = Setting.of(3, 2, 2, 4, 1, "1/5")
    bound = float(initial_loss(setting, OURS).mid())
    problem = regression(3, 2, 2, 4.0, 1.0, random_stream(11))
    square = np.sum(problem.data**2)
    above = 0
    for seed in range(300):
        layers = gaussian_layers([3, 40, 40, 2], random_stream(12, seed))
        scale = problem.scale(3, 40)
        above += network.loss(layers, problem.target, problem.data, scale) > bound * square
    assert above <= 0.1 * 300


# --- runs ---


def test_instances_satisfy_the_hypotheses():
    problem = regression(5, 3, 2, 9.0, 2.0, random_stream(3))
    values = np.linalg.svd(problem.data, compute_uv=False)
    assert values[0] == pytest.approx(1)
    assert (values[0] / values[-1]) ** 2 == pytest.approx(9)
    fitted = problem.target @ np.linalg.pinv(problem.data)
    assert np.linalg.norm(fitted, 2) <= 2 + 1e-9


@settings(max_examples=8)
@given(st.integers(2, 4), st.integers(0, 10**6))
def test_wide_runs_obey_the_printed_bound_and_window(depth, seed):
    random = random_stream(seed)
    problem = regression(3, 2, 2, 2.0, 1.0, random)
    start = gaussian_layers([3, *[400] * (depth - 1), 2], random)
    made = run(problem, [w[None] for w in start], 40)
    assert made.loss_ratio[0] <= 1 + 1e-9
    assert made.high[0] <= 1.25
    assert made.low[0] >= 0.75
    assert made.movement[0] <= 24


def test_the_window_reads_singular_values():
    start = orthogonal_layers([3, 16, 16, 2], random_stream(1), scaled=True)
    top, bottom = window(start, np.eye(3))
    assert top == pytest.approx(1)
    assert bottom == pytest.approx(1)


def test_one_layer_is_linear_regression():
    problem = regression(3, 2, 2, 4.0, 1.0, random_stream(5))
    losses = linear_regression(problem, random_stream(6).standard_normal((2, 3)), 60)
    assert np.all(losses[1:] <= (1 - 1 / 4) ** 2 * losses[:-1] + 1e-15)  # v >= 1/kappa
    assert losses[-1] < 1e-6 * losses[0]


def test_a_frontier_is_where_runs_begin_to_obey():
    problem = Regression(np.ones((1, 1)), np.ones((1, 1)), 1.0)
    found = frontier(2, problem, wanted=0.8, starts=30)
    assert found.share.low >= 0.8
    assert found.width < 100


# --- certified starts ---


def orthogonal_case(depth, root, distance, seed=0):
    random = random_stream(seed, depth, root)
    start = exact_orthogonal_start(depth, root, 2, 2, random)
    arrays = [np.array([[float(x) for x in row] for row in w]) for w in start]
    output = root ** -(depth - 1) * 2**-0.5 * network.product(arrays)
    target = output + distance * np.array([[0.6, 0.0], [0.0, -0.8]])
    return start, matrix(rationals(target))


@given(st.integers(2, 4), st.integers(2, 3), st.integers(0, 1000))
def test_exact_starts_satisfy_the_definition(depth, root, seed):
    start = exact_orthogonal_start(depth, root, 2, 3, random_stream(seed))
    assert exactly_orthogonal(start)
    assert is_orthogonal_start([matrix(w) for w in start])
    start[0][0][0] += Fraction(1, 1000)
    assert not exactly_orthogonal(start)
    assert not is_orthogonal_start([matrix(w) for w in start])


@pytest.mark.parametrize(("depth", "root"), [(2, 3), (3, 3)])
def test_certified_runs_keep_their_rate_in_balls(depth, root):
    start, target = orthogonal_case(depth, root, 0.05)
    weights, core = [matrix(w) for w in start], matrix([[1, 0], [0, 1]])
    step_size = Fraction(1, depth)
    found = certify_start(weights, core, target, step_size)
    assert found is not None
    assert found.rate > 0.5
    with precision(128):
        scale = output_scale(root**2, depth, 2)
    orbit = Orbit(weights, step_size, target, core, scale)
    for _ in range(12):
        orbit.advance()
        with precision(128):
            assert orbit.residual_norm <= found.decay**orbit.time * found.first
            for centre, first in zip(orbit.centres, weights, strict=True):
                moved = sum((x * x for x in (centre - first).entries()), arb(0)).sqrt()
                assert moved <= found.radius + orbit.radius


def test_a_far_target_is_not_certified():
    start, target = orthogonal_case(2, 2, 5.0)
    weights = [matrix(w) for w in start]
    assert certify_start(weights, matrix([[1, 0], [0, 1]]), target, Fraction(1, 2)) is None


def test_too_large_a_step_is_not_certified():
    start, target = orthogonal_case(2, 3, 0.05)
    weights = [matrix(w) for w in start]
    assert certify_start(weights, matrix([[1, 0], [0, 1]]), target, Fraction(3)) is None


def test_the_stored_phase_diagram_says_what_the_figure_shows():
    cells = {(c.init, c.width, c.depth): c for c in stored()}
    assert len(cells) == len(stored()) > 100
    deep = max(d for _, _, d in cells)
    wide = max(w for _, w, _ in cells)
    assert cells["orthogonal", wide, deep].converged == cells["orthogonal", wide, deep].starts
    assert cells["gaussian", 16, deep].share.high < cells["orthogonal", 16, deep].share.low


def test_the_diagram_survives_storing(tmp_path):
    store(stored(), tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text() == DATA.read_text()


@pytest.mark.slow
def test_figures_are_written(tmp_path):
    cells = stored()
    made = Frontier(4, probability_interval(30, 30), None)
    rows = [Row(depth, 1.0, made, 10**4, 10**6, 10**8) for depth in (2, 3)]
    figures = {"a": draw_phases(cells, tmp_path / "a.png"), "b": draw(rows, tmp_path / "b")}
    for name, drawn in figures.items():
        assert [p.name for p in drawn] == [f"{name}.png", f"{name}.svg"]
        assert all(p.stat().st_size > 5000 for p in drawn)


def test_a_small_cell_of_the_diagram():
    shallow = cell("gaussian", 24, 2, starts=4, budget=100)
    assert shallow.converged == 4
    deep = cell("gaussian", 4, 32, starts=4, budget=30)
    assert deep.converged == 0
    assert deep.median_steps is None
    assert cell("orthogonal", 12, 32, starts=4, budget=60).converged == 4


def test_wide_starts_allow_more_than_the_printed_constants():
    found = sharpness("orthogonal", 2, 48, starts=6)
    assert found.rate > 0.5
    assert found.step >= 0.5
    assert found.obeyed.estimate == 1
