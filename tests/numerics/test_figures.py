"""Figures: the data drawn are the data given, and the same data give the same bytes."""

import math
import re
from fractions import Fraction
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from numerics import followed
from numerics.figures import distribution, escape, slack
from numerics.figures.style import formula, new_figure, paths, save, styled, svg
from numerics.floating import escape_counts
from numerics.loss import Loss
from numerics.papers.hu_xiao_pennington2020 import figure as phase
from theory.dynamics.stopping import parse_stop
from theory.errors import InputError
from theory.exact import digits_of

PROBLEM = {"loss": "(p + 1)**2/2", "step": "0.05", "until": "abs(p + 1) <= 1/2"}


def row(depth, count, init="gaussian", width=1, bound="1"):
    reached = count is not None
    return {
        **PROBLEM,
        "id": "0",
        "start": 0,
        "seed": 0,
        "engine": "float",
        "setting": "",
        "depth": depth,
        "width": width,
        "init": init,
        "outcome": "reached" if reached else "undecided",
        "lower": digits_of(count) if reached else "100",
        "upper": digits_of(count) if reached else None,
        "ln_steps": math.log(count) if count else None,
        "error": None,
        "bound": bound,
        "reason": None if reached else "the step budget is spent",
    }


def rows(init="gaussian", depths=(4, 8, 12)):
    random = np.random.default_rng(1)
    return [
        row(k, int(math.exp(0.6 * k + random.standard_normal())) + 1, init)
        for k in depths
        for _ in range(12)
    ]


def test_escape_data_are_the_order_statistics_of_the_rows():
    made = [row(5, n) for n in (7, 1, 5, 3, None)] + [row(9, 10**5_000)] + [row(7, 20)]
    (series,) = escape.collect(made)
    five, seven, nine = series.depths
    assert math.isclose(math.exp(five.median), 5)
    assert (five.starts, five.censored) == (5, 1)
    assert five.high == math.inf
    assert math.isclose(nine.median, 5_000 * math.log(10))
    assert escape.data((series,))["series"][0]["depths"][0]["ln_decile_9"] is None
    assert seven.bound == 0


def test_rows_of_several_problems_are_not_mixed():
    with pytest.raises(InputError, match="2 problems"):
        escape.collect([row(4, 5), {**row(5, 5), "step": "0.1"}])
    with pytest.raises(InputError, match="no finished row"):
        escape.collect([row(4, 5, width=3)])
    with pytest.raises(InputError, match="8 series; 7 can be told apart"):
        escape.collect([row(4, 5, init=f"gaussian:{i}") for i in range(8)])


def test_settings_and_problems_that_are_wanted_together_make_series_of_their_own():
    decayed = {**row(4, 6), "setting": "decay 0.01"}
    plain, changed = escape.collect([row(4, 5), decayed])
    assert (plain.name, changed.name) == ("gaussian, plain", "gaussian, decay 0.01")
    assert plain.sharp is not None
    assert changed.sharp is None  # the sharp exponent is of plain gradient descent
    assert changed.problem.endswith(", decay 0.01")
    both = escape.collect([row(4, 5), {**row(5, 5), "step": "0.1"}], together=True)
    assert [one.name for one in both] == ["gaussian, 0.05", "gaussian, 0.1"]


def test_the_sharp_slope_is_that_of_the_mean_logarithm():
    # -E ln|w| by quadrature, against the closed forms in the figures.
    z = np.linspace(-12, 12, 2_000_001)[1::2]
    normal = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    spacing = z[1] - z[0]
    mean = -float(np.sum(normal * np.log(np.abs(z))) * spacing)
    square = float(np.sum(normal * np.log(np.abs(z)) ** 2) * spacing)
    mu, sigma = distribution.LAWS["gaussian"]
    assert math.isclose(mean, mu, abs_tol=1e-4)
    assert math.isclose(math.sqrt(square - mean**2), sigma, abs_tol=1e-3)
    assert escape.SHARP["gaussian"] == mu


def test_a_law_is_the_sorted_sample_with_its_band():
    made = [row(30, int(math.exp(10 + 0.1 * i))) for i in range(60)] + [row(30, None)] * 4
    law = distribution.collect(made)
    assert law.depth == 30
    assert law.censored == 4
    assert len(law.logs) == 64
    assert list(law.logs) == sorted(law.logs)
    drawn = distribution.data(law)
    assert drawn["ln_steps"][-4:] == [None] * 4
    with pytest.raises(InputError, match="eight starts"):
        distribution.collect(made[:5])


def test_a_phase_cell_is_the_share_that_converged():
    made = [
        row(k, 50 if k < w else None, "xavier", w) for k in (2, 4) for w in (2, 4) for _ in "abc"
    ]
    made += [row(2, None, "xavier", 4)]
    (found,) = phase.collect(made)
    assert found.share[0, 1] == 3 / 4
    assert found.share[1, 0] == 0
    assert math.isinf(found.ln_steps[1, 0])
    cell = next(c for c in phase.data((found,))["panels"][0]["cells"] if c["width"] == 4)
    assert cell["low"] < 0.75 < cell["high"]
    with pytest.raises(InputError, match="two widths"):
        phase.collect([row(2, 3)])


@given(st.lists(st.integers(-20, 20), min_size=2, max_size=5), st.sampled_from(["1/20", "1/100"]))
def test_the_orbit_stops_where_the_engine_does(tenths, step):
    # Weights that are equal stay so, until rounding alone decides which one crosses zero.
    assume(len({*map(abs, tenths)}) == len(tenths))
    weights = [Fraction(t, 10) for t in tenths]
    loss, until, size = Loss.of("(p+1)**2/2"), parse_stop("abs(p+1) <= 1/2"), Fraction(step)
    start = np.array([[float(w) for w in weights]])
    counts, reached = escape_counts(loss, start, size, until, 3000)
    try:
        orbit = followed.follow(loss, weights, size, until, max_steps=3000)
    except InputError:
        assert not reached[0]
        return
    assert orbit.stopped == (int(counts[0]) if reached[0] else None)
    assert len(orbit.steps) <= 2 * followed.SAMPLES
    assert np.allclose(np.prod(orbit.weights, axis=1), orbit.products)


FIGURES = {
    "escape": lambda: escape.draw(escape.collect(rows() + rows("near-identity:0.2"))),
    "distribution": lambda: distribution.draw(distribution.collect(rows(depths=(6,)))),
    "phase": lambda: phase.draw(
        phase.collect([row(k, 9 * k, i, w) for k in (2, 4) for w in (1, 8) for i in ("xavier",)])
    ),
    "slack": lambda: slack.draw(
        [slack.Curve("x", 1.0, (0.0, 1.0, 2.0), (0.0, math.nan, 4.0))], "t", "x**2 >= 0", "here"
    ),
}


@pytest.mark.parametrize("kind", FIGURES)
def test_a_figure_is_deterministic_and_labelled(kind):
    figure = FIGURES[kind]()
    first, second = svg(figure), svg(FIGURES[kind]())
    assert first == second
    text = first.decode()
    assert "<dc:date>" not in text
    ElementTree.fromstring(text)
    for axes in figure.axes:
        if axes.axison and axes.get_label() != "<colorbar>":
            assert axes.get_xlabel() or axes.get_xticklabels()


def test_one_name_writes_two_files(tmp_path):
    for name in ("a", "b.svg", "c.png"):
        figure, _ = new_figure(2, 2)
        png, vector = save(figure, tmp_path / name)
        assert png.read_bytes().startswith(b"\x89PNG")
        assert b"<svg" in vector.read_bytes()
        assert (png.suffix, vector.suffix) == (".png", ".svg")
    assert len(list(tmp_path.iterdir())) == 6
    assert paths(tmp_path / "depth.0.2")[0].name == "depth.0.2.png"
    with pytest.raises(InputError, match="pdf"):
        paths(tmp_path / "x.pdf")
    with pytest.raises(InputError, match="no folder"):
        paths(tmp_path / "none" / "x")


def test_problems_are_written_for_people():
    text = formula("f(p) = (p + 1)**2/2, until abs(p + 1) <= 1/2")
    assert text == "f(p) = (p + 1)²/2, until |p + 1| ≤ 1/2"
    assert not re.search(r"\*|abs|<=", text)


@styled
def one_line(xs, ys, wrong):
    figure, axes = new_figure(2, 2)
    axes[0, 0].plot(xs, ys)
    if wrong is not None:
        raise wrong
    return figure


@pytest.mark.parametrize("wrong", [ValueError("shapes"), ZeroDivisionError(), KeyError("x")])
def test_a_mistake_of_the_program_is_not_blamed_on_numbers(wrong):
    with pytest.raises(type(wrong)) as found:
        one_line([0, 1], [1e-9, 1e12], wrong)
    assert found.value is wrong


@pytest.mark.parametrize("ys", [[0, 1e200], [1, math.nextafter(1, 2)], [-math.inf, 1], [0, 1e-320]])
def test_numbers_at_the_ends_of_the_range_of_doubles_are_said_to_be_what_is_wrong(ys):
    with pytest.raises(InputError, match="too large, or too close"):
        one_line([0, 1], ys, ValueError("singular"))


def test_nor_is_a_mistake_while_a_figure_is_written(tmp_path):
    figure = one_line([0, 1], [0, 1], None)
    figure.savefig = lambda *args, **options: int("none")
    with pytest.raises(ValueError, match="invalid literal"):
        save(figure, tmp_path / "it")
    assert not list(tmp_path.iterdir())
