"""The curve of an orbit: where it lands is where stepping lands, and residuals are residuals."""

import json
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import prod
from random import Random

import pytest
from click.testing import CliRunner
from flint import arb, arb_mat
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from numerics import near_identity_grid
from numerics.balls import precision
from numerics.centred import CentredOrbit
from numerics.certified import chebyshev, curve, panel_bounds, panel_plan, panels
from numerics.certified.approach import Approach
from numerics.certified.cells import Obstruction
from numerics.certified.count import certified_count
from numerics.certified.curve import follow
from numerics.certified.lead import LeadIn
from numerics.certified.reduced import ReducedFlow
from numerics.certified.state import reduce
from numerics.escape import escape
from numerics.problem import Budget, Problem
from numerics.starts import draw

SHAMIR, CLOSE = "(p+1)**2/2", "abs(p+1) <= 1/2"


@given(st.integers(8, 40), st.floats(-0.99, 0.9), st.floats(1e-30, 0.05))
def test_shifts_and_ends_of_a_known_function(n, t, s):
    """For exp the shift and the Taylor coefficients at both ends are known."""
    with precision(300):
        bessel = [2 * arb(1).bessel_i(m) for m in range(1, n + 1)]
        exp = arb_mat([[b.mid()] for b in (arb(1).bessel_i(0) - arb(-1).exp(), *bessel)])
        small = arb(2) ** (-n)  # the polynomial is not exp, but as close as this
        moved = (chebyshev.shifts([arb(t)], [arb(s)], n) * exp)[0, 0]
        truth = arb(t).exp() * arb(s).expm1()
        assert abs(moved / truth - 1) < small * n
        rough = (chebyshev.rough_slopes([arb(t)], [arb(s)], n, 200) * exp)[0, 0]
        assert abs(rough * s / moved - 1) < arb(2) ** -100
        tangent = (chebyshev.rough_tangents([arb(t)], [arb(s)], n, 200) * exp)[0, 0]
        assert abs(tangent / arb(t + s).exp() - 1) < small * n**3
        for end in (-1, 1):
            tail = chebyshev.taylor_tail(n, arb(s), 6)
            rows = chebyshev.taylor(n, end, 6) * exp
            there = sum((rows[q, 0] * arb(s) ** q for q in range(6)), arb(0))
            there += arb(
                0,
                sum(
                    (a * b for a, b in zip(chebyshev.sizes(exp)[0], tail, strict=True)), arb(0)
                ).upper(),
            )
            assert abs(there - (arb(end + s).exp() - arb(-1).exp())) < small * n + there.rad() * 2


@given(st.integers(6, 30), st.integers(0, 10**6))
def test_integrals_of_slopes_are_found_again_and_begin_at_zero(n, seed):
    """Of a polynomial that is 0 at -1, from its slopes over steps of different length."""
    draws = Random(seed)
    with precision(300):
        nodes = chebyshev.grid(n, 300).nodes
        steps = [arb(draws.uniform(1e-9, 0.1)) for _ in nodes]
        rows = [[arb(0)], *([arb(draws.uniform(-1, 1))] for _ in range(n))]
        truth = chebyshev.grounded(arb_mat(rows))
        moves = chebyshev.rough_slopes(nodes, steps, n, 300)
        found = chebyshev.integrate(moves, (moves * truth).mid())
        off = (found - truth).tolist()
        assert max(abs(x).upper() for (x,) in off) < arb(2) ** -200
        ends = sum((x if m % 2 == 0 else -x for m, (x,) in enumerate(found.tolist())), arb(0))
        assert abs(ends) < arb(2) ** -280


@given(st.integers(6, 30), st.floats(1.2, 3.0), st.floats(1.05, 1.15))
def test_suprema_hold_on_the_whole_panel(n, pole, shrink):
    """Lemma C for 1/(pole - t), whose bound on an ellipse is elementary."""
    with precision(100):
        rho = chebyshev.rho_of(arb(pole) / shrink)
        assume(rho > 1)
        bound = 1 / (pole - chebyshev.semi_axis(rho))
        at_nodes = arb(1) / (pole - chebyshev.grid(n, 100).nodes[0])
        assert chebyshev.supremum(at_nodes, n, bound, rho) >= arb(1) / (pole - 1)


@settings(max_examples=6)
@given(
    st.integers(3, 12),
    st.integers(0, 10**6),
    st.sampled_from(("0.05", "0.2")),
    st.sampled_from(("1/20", "1/100")),
)
def test_the_landing_is_where_direct_steps_land(depth, seed, spread, step):
    """Ball by ball, after the same number of steps; the balls are narrow."""
    weights = draw(f"near-identity:{spread}", depth, seed)
    problem = Problem.of(SHAMIR, weights, step, "p <= -1/2")
    assume(problem.holds_at_start() is False)
    orbit = CentredOrbit(problem.loss, weights, problem.step, 400)
    for _ in range(64):
        orbit.advance()
    with precision(300):
        begin = orbit.weights
    try:
        state = reduce(problem, begin, 300)
        found = follow(state.flow, problem.step, state.coordinate, 60, lambda x, c: True, Budget())
    except Obstruction:
        return
    assume(found.steps < 3_000)
    assert found.defect < 1e-9
    (box,) = found.boxes
    for _ in range(found.steps):
        orbit.advance()
        with precision(300):
            there = reduce(problem, orbit.weights, 300)
            assert there.coordinate.overlaps(box.left.union(box.right))
            assert all(b.contains(c) for b, c in zip(box.squares, there.flow.squares, strict=True))
    with precision(300):
        assert there.least == state.least
        assert found.coordinate.overlaps(there.coordinate)
        assert found.coordinate.rad() < abs(found.coordinate) * arb(2) ** -40
        for c, d in zip(found.squares, there.flow.squares, strict=True):
            assert c.overlaps(d)
            assert c.rad() < c * arb(2) ** -40


@settings(max_examples=5)
@given(
    st.integers(3, 24),
    st.integers(0, 10**6),
    st.sampled_from(("near-identity:0.1", "near-identity:0.2", "gaussian", "uniform:2")),
    st.sampled_from(("1/5", "1/20", "1/100")),
    st.sampled_from((20, 90)),
    st.sampled_from((CLOSE, f"{CLOSE} and f < 1", f"{CLOSE} or sharpness > 500", "grad > 4")),
)
def test_the_curve_to_the_exit_lands_where_direct_steps_do(depth, seed, init, step, fine, until):
    """To 2**-fine of a step, however much the c_j drift on the way: no defect is left.

    The condition is false up to there, whatever it is about.
    """
    problem = Problem.of(SHAMIR, draw(init, depth, seed), step, until)
    assume(problem.holds_at_start() is False)
    try:
        skip = Approach(problem, Budget(max_steps=4_000), race=False).to_exit(2.0**-6, fine)
    except Obstruction:
        return
    assert skip.landing.defect < arb(2) ** -fine
    weights = skip.weights()
    assert problem.holds(prod(weights, start=arb(1)), lambda: weights) is False
    assume(skip._test(20_000, 400))


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    ("init", "depth", "seed", "step", "count"),
    [
        ("near-identity:0.1", 20, 4, "1/4", 1_417_064),
        ("near-identity:0.1", 20, 6, "1/4", 1_235_139),
        ("near-identity:0.2", 30, 17, "1/5", 237_223),
        pytest.param("near-identity:0.2", 100, 1, "1/20", 40_018_562, marks=pytest.mark.slow),
    ],
)
def test_an_orbit_that_jumps_across_the_target_is_counted_where_it_returns(
    init, depth, seed, step, count
):
    """Known to 2**-12 of a step it is lost on the way; the counts are those of binary128 in C.

    The curve takes no steps of the budget: only what is stepped one by one counts.
    """
    problem = Problem.of(SHAMIR, draw(init, depth, seed), step, CLOSE)
    found = certified_count(problem, Budget(max_steps=50_000))
    assert found.lower == found.upper == count


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("depth", "deviation", "seed", "step"),
    [(10, "0.15", 456, 30), (10, "0.3", 74, 30), (20, "0.3", 379, 30), (30, "0.3", 24, 30)],
)
def test_no_panel_is_too_short_for_the_steps_into_it(depth, deviation, seed, step):
    """A short panel is cheaper, but no step that crosses into it may be longer than a tenth."""
    start = draw(f"near-identity:{deviation}", depth, seed)
    problem = Problem.of(SHAMIR, start, Fraction(1, step), CLOSE)
    skip = Approach(problem, Budget(), race=False).to_exit(2.0**-6, 20)
    assert skip._test(2_000)


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    "until",
    [
        "p >= -3/2 and p <= -1/2",
        "f <= 1/8 or sharpness > 100000",
    ],
)
def test_a_joined_condition_is_followed_to_the_exit_too(until):
    """Conditions that are true together are met together, also where the orbit jumps."""
    problem = Problem.of(SHAMIR, draw("near-identity:0.1", 20, 6), "1/4", until)
    found = certified_count(problem, Budget(max_steps=50_000))
    assert found.lower == found.upper == 1_235_139


@pytest.mark.sample(1)
@pytest.mark.parametrize("clause", ["sharpness < 1/1000", "p >= 0 and p <= 1/1000000"])
def test_a_curve_ends_before_any_part_of_a_condition_is_met(clause):
    """On the plateau, long before p is -1/2, the other part of the condition is met."""
    start = draw("near-identity:0.1", 20, 6)
    problem = Problem.of(SHAMIR, start, "1/4", f"p <= -1/2 or {clause}")
    skip = Approach(problem, Budget(max_steps=50_000), race=False).to_exit(2.0**-6, 20)
    assert 1_000 < skip.end < 40_000
    assert skip._test(40_000)
    # A bare comparison of p is not asked about it: its own exit is behind that.
    plain = Problem.of(SHAMIR, start, "1/4", "p <= -1/2")
    assert Approach(plain, Budget(max_steps=50_000), race=False).to_exit(2.0**-6, 20).end > 10**6


@pytest.mark.slow
def test_the_grid_near_the_identity_goes_on_where_it_stopped(tmp_path):
    """What the file holds is not run again, and depth 20 is exact."""
    file = tmp_path / "cells"
    for known in (0, 6):
        ran = CliRunner().invoke(near_identity_grid.main, [str(file), "--depth", "20"])
        assert ran.exit_code == 0, ran.output
        assert len(ran.output.splitlines()) == 6 - known
    cells = [json.loads(line) for line in file.read_text().splitlines()]
    assert [cell["width"] for cell in cells] == ["0"] * 6


def a_panel():
    """A flow, its step and a panel of its curve, after 100 steps from near the identity."""
    weights = draw("near-identity:0.05", 6, 1)
    problem = Problem.of(SHAMIR, weights, "1/100", "p <= -1/2")
    orbit = CentredOrbit(problem.loss, weights, problem.step, 300)
    for _ in range(100):
        orbit.advance()
    with precision(250):
        state = reduce(problem, orbit.weights, 250)
        left = state.coordinate.lower()
        squares = [c.mid() for c in state.flow.squares]
    plan = panel_plan.propose(state.flow, problem.step, squares, left, 40)
    panel = panels.solve(state.flow, problem.step, squares, plan, 60, Budget())
    return state.flow, problem.step, panel


def test_a_curve_that_is_bent_is_noticed():
    """Residuals are computed from the polynomials: a wrong coefficient shows in the bounds."""
    flow, step, panel = a_panel()
    good = panel_bounds.bound(flow, step, panel, 0)
    assert good.count_residual < 2.0**-30
    assert good.drift_residual < 2.0**-40
    bent = [[list(row) for row in part.tolist()] for part in panel.parts]
    for part in bent:
        part[3][0] *= 1 + arb(2) ** -12
    drift, count = (arb_mat(part) for part in bent)
    curved = replace(panel, drift=panels.Drift(panel.plan, drift))
    for other, name in (
        (curved, "drift_residual"),
        (replace(panel, count=count), "count_residual"),
    ):
        found = panel_bounds.bound(flow, step, other, 0)
        assert getattr(found, name) > 100 * getattr(good, name)


@pytest.mark.slow
def test_a_panel_of_many_bits_is_smooth_to_its_last_coefficient():
    """Noise in the last ones, magnified by rho**n, would be all that the bounds see."""
    weights = draw("near-identity:0.05", 12, 1)
    problem = Problem.of(SHAMIR, weights, "1/20", CLOSE)
    lead = LeadIn(problem, Budget(), 900)
    lead.step_to(256)
    state = reduce(problem, lead.weights, 850)
    squares, left = [c.mid() for c in state.flow.squares], state.coordinate.mid()
    found = []
    for fine in (0, 400):
        plan = panel_plan.propose(state.flow, problem.step, squares, left, 400, fine)
        panel = panels.solve(state.flow, problem.step, squares, plan, 432, Budget())
        found.append((plan, panel_bounds.bound(state.flow, problem.step, panel, 0)))
    (short, few), (long, many) = found
    assert few.drift_residual.max(many.drift_residual) < arb(2) ** -400
    assert many.count_residual < arb(2) ** -400
    # Where the c_j alone are wanted to so many bits, Phi has fewer coefficients, and does its part.
    assert short.tally < short.nodes < long.tally == long.nodes
    assert few.count_residual * few.steps < arb(2) ** -20


@pytest.mark.slow
def test_a_count_of_66_digits_near_the_identity_is_exact():
    """Depth 200, some ten seconds of CPU time: the curve takes 8 panels."""
    weights = draw("near-identity:0.05", 200, 1)
    found = escape(SHAMIR, weights, "0.01", CLOSE, max_seconds=1_200)
    assert found.count is not None
    assert len(str(found.count)) == 66


@given(
    st.floats(0.01, 3),
    st.floats(0.001, 0.2),
    st.floats(0.0, 2),
    st.floats(0.001, 1),
    st.sampled_from((-1, 1)),
)
def test_a_step_stretches_the_distance_by_no_more_than_stretch(half, e, slope, length, side):
    """Lemma C1 at its border, for the worst that the bounds allow: one step, one c_j.

    The curve is ``exp(-side slope x)`` and has no residual; ``ln h`` is off by ``half e``, and so
    is ``ln(c + x**2)`` by e. The step on the curve is the longer one where ``side`` is 1.
    """
    with precision(100):
        half, e, slope, h = (arb(x) for x in (half, e, slope, length))
        other = h * (side * half * e).exp()
        longest, nearest = h.max(other), arb(9)
        shrink = longest**2 / nearest
        assume(shrink < 0.5)
        q = h**2 / (nearest * (e / 2 * (1 + side)).exp())
        p = q * (side * (1 + 2 * half) * e).exp()
        gone = abs(((1 - q) / (1 - p)).log()) + slope * abs(h - other)
        assert gone <= e * h * panel_bounds.stretch(longest, nearest, half, shrink, slope, float(e))


def test_a_longer_step_on_the_curve_stretches_more_than_the_orbit_s_own_step_says():
    """Without the factor exp(half tube) the bound of the steps' sum is exceeded, by little."""
    half, e, slope, h = arb(1), arb(2) ** -21, arb(3), arb(1) / 100
    with precision(100):
        other = h * (half * e).exp()
        gone = slope * (other - h)
        assert gone > e * h * slope * half
        assert gone <= e * h * panel_bounds.stretch(other, arb(9), half, other**2 / 9, slope)


def test_a_panel_on_which_the_speed_is_negative_is_refused():
    """The discs exclude a zero of the speed; its sign is seen at the nodes."""
    flow, step, panel = a_panel()
    back = ReducedFlow(flow.loss, flow.squares, -flow.sigma)
    begin = [c.mid() for c in flow.squares]
    backwards = panels.solve(back, step, begin, panel.plan, 60, Budget())
    with pytest.raises(Obstruction, match="positive"):
        panel_bounds.bound(back, step, backwards, 0)


def test_a_count_that_is_known_too_badly_lands_nowhere():
    """Theorem C needs total + defect < n + 3, with all that total may be."""
    flow, step, panel = a_panel()
    bounds = panel_bounds.bound(flow, step, panel, 0)
    kept = range(len(flow.squares))
    small = arb(2) ** -30
    landed = curve._land(flow, kept, panel, bounds, arb(50), small, small, [])
    assert landed.steps == 48
    for total, defect in ((arb(50, 1.2), small), (arb(50.5), arb(0.6))):
        with pytest.raises(Obstruction, match="not known well enough"):
            curve._land(flow, kept, panel, bounds, total, defect, small, [])


@pytest.mark.parametrize(("depth", "spread"), [(20, "0.05"), (20, "0.2"), (30, "0.05")])
def test_near_identity_counts_are_exact(depth, spread):
    found = escape(SHAMIR, draw(f"near-identity:{spread}", depth, 1), "0.05", CLOSE)
    assert found.count is not None


@pytest.mark.slow
def test_a_landing_is_as_sharp_as_its_curve_where_the_target_is_met_in_a_leap():
    """Depth 200: p leaps from -0.21 to -1; a blur of a hundredth of a step is too much."""
    found = escape(SHAMIR, draw("near-identity:0.2", 200, 1), "0.05", CLOSE, max_seconds=400)
    assert found.count == 40543200183464290


def test_counts_of_deep_near_identity_starts_move_as_they_must():
    """The orbit of w(s) is the rest of the orbit of w: counts differ by s, at 10^13 and above."""
    w = [x.limit_denominator(10**6) for x in draw("near-identity:0.05", 30, 3)]
    counts = []
    for _ in range(2):
        counts.append(escape(SHAMIR, w, "1/50", CLOSE).count)
        p = prod(w)
        w = [x - Fraction(1, 50) * (p + 1) * p / x for x in w]
    assert None not in counts
    for a, b in pairwise(counts):
        assert a == b + 1


def test_a_start_of_more_bits_than_the_curve_is_followed():
    problem = Problem.of(SHAMIR, draw("near-identity:0.05", 6, 1), "1/100", "p <= -1/2")
    orbit = CentredOrbit(problem.loss, problem.weights, problem.step, 900)
    for _ in range(100):
        orbit.advance()
    with precision(800):
        state = reduce(problem, orbit.weights, 800)
    found = follow(state.flow, problem.step, state.coordinate, 40, lambda x, c: True, Budget())
    for _ in range(found.steps):
        orbit.advance()
    with precision(800):
        there = reduce(problem, orbit.weights, 800)
        assert found.coordinate.overlaps(there.coordinate)
        assert all(c.overlaps(d) for c, d in zip(found.squares, there.flow.squares, strict=True))
