"""Collocation from coarse to fine: what is known at the beginning does not change what is found."""

from dataclasses import replace

import pytest
from flint import arb, arb_mat
from hypothesis import given
from hypothesis import strategies as st

from numerics.balls import precision
from numerics.centred import CentredOrbit
from numerics.certified import chebyshev, collocation, count, panel_plan, panels
from numerics.certified.cells import Spent
from numerics.certified.count import certified_count
from numerics.certified.plan import propose_exit
from numerics.certified.state import reduce
from numerics.problem import Attempt, Budget, Problem
from numerics.rigorous import ball_count
from numerics.starts import draw
from numerics.strategies import problems

SHAMIR, CLOSE = "(p+1)**2/2", "abs(p+1) <= 1/2"
coefficients = st.lists(st.integers(-1000, 1000), min_size=2, max_size=12)


def values(columns, nodes):
    """By the definition of T_m, node by node."""
    return [
        [
            sum((a * t.chebyshev_t(m) for m, a in enumerate(column)), arb(0))
            for column in zip(*columns.tolist(), strict=True)
        ]
        for t in nodes
    ]


@given(st.integers(1, 20), coefficients, coefficients)
def test_values_on_a_grid_are_those_of_the_polynomials(more, one, other):
    """Enclosed by balls; and midpoints, to the bits that are asked for. Even and odd grids."""
    rows = max(len(one), len(other))
    columns = chebyshev.padded(arb_mat([[arb(a), arb(a - 3)] for a in one]), rows)
    n = rows - 1 + more
    mesh = chebyshev.grid(n, 200)
    with precision(200):
        truth = values(columns, mesh.nodes)
        for multiply in (chebyshev.product, chebyshev.rough_product):
            found = chebyshev.on_grid(multiply, mesh, columns, 150)
            assert len(found) == n
            for f, t in zip(found, truth, strict=True):
                for a, b in zip(f, t, strict=True):
                    assert abs(a - b) < arb(2) ** -100
                    assert multiply is chebyshev.rough_product or a.overlaps(b)
        fewer = chebyshev.grid(max(1, rows - 1), 200)
        moved = chebyshev.rough_moved(mesh, fewer, arb_mat(truth).mid(), 150)
        for row, there in zip(moved.tolist(), values(columns, fewer.nodes), strict=True):
            assert all(abs(a - b) < arb(2) ** -100 for a, b in zip(row, there, strict=True))
        fitted = chebyshev.rough_fit(mesh, arb_mat(truth), 150)
        back = chebyshev.padded(columns, n) if rows < n else columns
        for row, known in zip(fitted.tolist(), back.tolist()[:n], strict=True):
            assert all(abs(a - b) < arb(2) ** -100 for a, b in zip(row, known, strict=True))


@given(st.integers(0, 2_000), st.integers(1, 2_000), st.integers(-60, 200))
def test_the_last_round_is_no_later_than_where_every_round_goes_as_far_as_it_can(
    reached, accuracy, gain
):
    """And no round goes further than it can."""

    def rounds(advance):
        now, taken = reached, 0
        while now < accuracy:
            now, taken = advance(now), taken + 1
        return taken

    def furthest(now):
        return min(accuracy, max(2 * now + gain, now + 4))

    def chosen(now):
        goal = collocation._next_goal(now, accuracy, gain)
        assert now < goal <= furthest(now)
        return goal

    # Goals are rounded up; where rounds hardly gain anything that may take one more.
    assert rounds(chosen) <= rounds(furthest) + 1


@pytest.mark.parametrize(("depth", "seed", "step"), [(6, 1, "1/100"), (14, 2, "1/50")])
def test_a_panel_is_the_same_whatever_was_known_of_it(depth, seed, step):
    """With the panel before it continued, and from nothing: to the bits that were asked for."""
    weights = draw("near-identity:0.05", depth, seed)
    problem = Problem.of(SHAMIR, weights, step, "p <= -1/2")
    orbit = CentredOrbit(problem.loss, weights, problem.step, 700)
    for _ in range(256):
        orbit.advance()
    with precision(600):
        state = reduce(problem, orbit.weights, 600)
    squares, left = [c.mid() for c in state.flow.squares], state.coordinate.mid()
    first = panel_plan.propose(state.flow, problem.step, squares, left, 120)
    before = panels.solve(state.flow, problem.step, squares, first, 140, Budget())
    with precision(2_000):  # exactly
        ends = before.drift.coefficients.tolist()
        squares = [sum(c, arb(0)).mid() for c in zip(*ends, strict=True)]
        left = first.centre + first.radius
    plan = panel_plan.propose(state.flow, problem.step, squares, left, 120)
    pair = [
        panels.solve(state.flow, problem.step, squares, plan, 140, Budget(), known)
        for known in (None, before)
    ]
    for one, other in zip(*(p.drift.coefficients.tolist() for p in pair), strict=True):
        for a, b, c in zip(one, other, squares, strict=True):
            assert abs(a - b) < c * arb(2) ** -140


def test_a_panel_that_reaches_too_far_is_begun_from_nothing():
    """Where the one before it tells nothing; what it would tell there is far from any curve."""
    weights = draw("near-identity:0.05", 10, 1)
    problem = Problem.of(SHAMIR, weights, "1/100", "p <= -1/2")
    orbit = CentredOrbit(problem.loss, weights, problem.step, 700)
    for _ in range(256):
        orbit.advance()
    with precision(600):
        state = reduce(problem, orbit.weights, 600)
    squares, left = [c.mid() for c in state.flow.squares], state.coordinate.mid()
    first = panel_plan.propose(state.flow, problem.step, squares, left, 60)
    with precision(2_000):  # exactly
        short = replace(first, radius=first.radius / 16, centre=left + first.radius / 16)
        before = panels.solve(state.flow, problem.step, squares, short, 100, Budget())
        ends = before.drift.coefficients.tolist()
        squares = [sum(c, arb(0)).mid() for c in zip(*ends, strict=True)]
        left = short.centre + short.radius
    plan = panel_plan.propose(state.flow, problem.step, squares, left, 60)
    assert before.drift.ahead(plan, squares, range(len(squares)), 100) is None
    known, other = (
        panels.solve(
            state.flow, problem.step, squares, plan, 100, Budget(), last
        ).drift.coefficients
        for last in (before, None)
    )
    assert known == other


@given(st.integers(2, 8), st.integers(0, 10**6), st.sampled_from(("1/20", "1/100", "1/500")))
def test_few_steps_are_counted_as_stepping_counts_them(depth, seed, step):
    """Without any guess at how many there are; later ones with it."""
    problem = Problem.of(SHAMIR, draw("gaussian", depth, seed), step, CLOSE)
    direct = ball_count(problem, Budget(max_steps=150))
    found = certified_count(problem, Budget(max_steps=150))
    if direct.outcome == "reached":
        assert (found.lower, found.upper) == (direct.lower, direct.upper)
    else:
        assert found.upper is None or found.upper >= direct.lower


@given(problems(), st.integers(1, 40))
def test_what_the_first_steps_prove_is_kept(problem, most):
    """Whatever becomes of the rest: here, nothing."""
    direct = ball_count(problem, Budget(max_steps=most))
    nothing = Attempt(0, None, "undecided", "nothing is known")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(count, "_from_afar", lambda *_: nothing)
        found = certified_count(problem, Budget(max_steps=most))
    assert found.lower >= direct.lower
    assert direct.outcome == "undecided" or found.outcome == direct.outcome


def test_no_time_is_no_plan():
    """However far the search for an exit would go."""
    problem = Problem.of(SHAMIR, draw("gaussian", 30, 1), "1/1000", CLOSE)
    with precision(128):
        state = reduce(problem, problem.weights, 128)
        for until in (CLOSE, f"{CLOSE} and grad < 3"):
            asked = Problem.of(SHAMIR, problem.weights, "1/1000", until)
            with pytest.raises(Spent):
                propose_exit(asked, state.flow, state.coordinate, 2.0**-6, Budget(deadline=-1))


def test_no_plan_is_made_for_few_steps(monkeypatch):
    def never(*_):
        pytest.fail("a plan for a count that steps have found")

    monkeypatch.setattr(count, "steps_about", never)
    problem = Problem.of(SHAMIR, draw("gaussian", 6, 2), "1/100", CLOSE)
    assert certified_count(problem, Budget()).upper == 17


@given(st.integers(0, 40), st.integers(0, 60))
def test_steps_end_where_the_one_that_is_asked_says(asked, more):
    """It is asked once, at that step, and never where the count is found before."""
    problem = Problem.of(SHAMIR, draw("gaussian", 6, 1), "1/100", CLOSE)  # 131 steps
    calls = []

    def most():
        calls.append(True)
        return more

    found = ball_count(problem, Budget(), (asked, most))
    assert found.upper is None
    assert found.lower == max(asked, more) + 1
    assert len(calls) == 1
    assert ball_count(problem, Budget(), (10**6, most)).upper == 131
    assert len(calls) == 1
