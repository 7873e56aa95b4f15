"""Budgets of seconds hold wherever the time ends, and budgets of steps end without seconds."""

import random
import threading
import time
from fractions import Fraction

import pytest

from numerics import clock
from numerics.certified import approach, chebyshev
from numerics.certified.approach import Approach
from numerics.certified.cells import Obstruction
from numerics.certified.count import certified_count
from numerics.escape import escape
from numerics.problem import Budget, Problem
from numerics.starts import draw
from tests.machine import slowness

LOSS, UNTIL = "(p+1)**2/2", "p <= -1/2"
# Overrun: half a second and a tenth of the budget.
ALLOWED, SHARE = 0.5, 0.1


def tiny(depth: int, power: int) -> list[Fraction]:
    """Weights about ``10**-power``, no two alike."""
    chance = random.Random(1)
    return [Fraction(chance.randint(1, 999), 10 ** (power + 2)) for _ in range(depth)]


def overrun(weights, step, seconds, loss=LOSS, until=UNTIL, method="auto", **setting) -> float:
    """CPU seconds beyond the budget, by the share of them that is not allowed."""
    began = time.process_time()
    found = escape(loss, weights, step, until, method, max_seconds=seconds, **setting)
    used = time.process_time() - began
    if used > seconds:  # then that is what it says, and not another reason
        assert found.outcome != "undecided" or "time budget" in found.reason, found.reason
    return used - (1 + SHARE) * seconds


def test_a_look_ends_what_is_long():
    with clock.until(time.process_time() + 60), clock.until(0):
        with pytest.raises(clock.Spent):
            clock.look()
        done = []
        with pytest.raises(clock.Spent):
            done.extend(clock.watched(range(10), 4))
        assert done == [0, 1, 2]
        with clock.until(time.process_time() + 60), pytest.raises(clock.Spent):
            clock.look()  # an inner budget does not lengthen an outer one
    clock.look()


def test_a_thread_leaves_no_deadline_behind():
    entered, left = threading.Event(), threading.Event()

    def short():
        with clock.until(0):
            entered.set()
            left.wait()

    def long():
        with clock.until(time.process_time() + 60):
            left.set()
            one.join()
            clock.look()

    one, other = threading.Thread(target=short), threading.Thread(target=long)
    one.start()
    entered.wait()
    clock.look()
    other.start()
    other.join()
    clock.look()


@pytest.mark.slow  # seconds of an idle machine
@pytest.mark.parametrize(
    "case",
    [
        lambda: overrun(draw("near-identity:0.05", 10_000, 1), "0.01", 0.2),
        lambda: overrun(draw("near-identity:0.2", 4, 1), Fraction(1, 10**3000), 0.1),
    ],
    ids=["depth 10,000", "a count of 3,000 digits"],
)
def test_the_time_ends_where_one_piece_of_work_is_long(case):
    """Half a second is that of the machine of the documentation; others are slower."""
    before = slowness()
    assert case() < ALLOWED * max(before, slowness())


def test_wide_products_are_cut_and_are_the_same(monkeypatch):
    left, right = (chebyshev.grid(n, 100).values for n in (8, 8))
    a, b = chebyshev.arb_mat([r[:8] for r in left]), chebyshev.arb_mat([r[1:] for r in right])
    whole = chebyshev.multiply(a, b)
    monkeypatch.setattr(chebyshev, "_WORK", 1)
    cut = chebyshev.multiply(a, b)
    assert (cut.nrows(), cut.ncols()) == (whole.nrows(), whole.ncols())
    assert all(x.overlaps(y) for x, y in zip(cut.entries(), whole.entries(), strict=True))


def test_a_curve_ends_with_the_time_of_the_steps(monkeypatch):
    """Steps along it cost nothing of a budget of steps; what it costs itself does, in the end."""
    problem = Problem.of(LOSS, draw("near-identity:0.001", 60, 1), "0.01", UNTIL)
    monkeypatch.setattr(approach, "_CURVE_SECONDS", 0.0)
    with pytest.raises(Obstruction, match="step budget"):
        Approach(problem, Budget(max_steps=100), race=False).to_exit(2.0**-6, 32)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.5, 1, 2, 5])
@pytest.mark.parametrize("depth", [10, 100, 300, 1_000, 3_000, 10_000])
@pytest.mark.parametrize(
    "init", ["near-identity:0.001", "near-identity:0.05", "near-identity:0.2", "gaussian:0.1"]
)
def test_no_depth_and_no_radius_keeps_a_count_beyond_its_budget(init, depth, seconds):
    assert overrun(draw(init, depth, 1), "0.01", seconds) < ALLOWED


HARD = {
    "tiny weights": lambda s: overrun(tiny(100, 58), "0.01", s),
    "many tiny weights": lambda s: overrun(tiny(1_000, 58), "0.01", s),
    "tiny weights of all sizes": lambda s: overrun(
        [w * 10**i for i, w in enumerate(tiny(50, 58))], "0.01", s
    ),
    "huge exponents": lambda s: overrun(tiny(5, 100_000), "0.01", s),
    "tiny steps": lambda s: overrun(draw("near-identity:0.2", 4, 1), Fraction(1, 10**3000), s),
    "tiny steps, many weights": lambda s: overrun(
        draw("near-identity:0.2", 100, 1), Fraction(1, 10**1000), s
    ),
    "near ties": lambda s: overrun([1 + Fraction(i, 10**3000) for i in range(1, 50)], "0.01", s),
    "a long loss": lambda s: overrun(
        draw("near-identity:0.2", 100, 1),
        "0.01",
        s,
        loss="+".join(f"(p+{i})**{i + 2}/{10**i}" for i in range(1, 30)),
    ),
    "a loss that is no polynomial": lambda s: overrun(
        draw("near-identity:0.05", 300, 1), "0.01", s, loss="log(cosh(p+1))"
    ),
    "a joined condition": lambda s: overrun(
        draw("near-identity:0.05", 300, 1), "0.01", s, until="p <= -1/2 or grad <= 1e-30"
    ),
    "its own steps": lambda s: overrun(
        draw("near-identity:0.05", 10_000, 1), "0.01", s, method="ball"
    ),
    "mpmath": lambda s: overrun(draw("near-identity:0.05", 3_000, 1), "0.01", s, method="direct"),
    "the flow": lambda s: overrun(draw("near-identity:0.05", 3_000, 1), "0.01", s, method="flow"),
    "momentum": lambda s: overrun(draw("near-identity:0.05", 3_000, 1), "0.01", s, momentum="0.9"),
    "several losses": lambda s: overrun(
        draw("near-identity:0.05", 1_000, 1), "0.001", s, others=["(p+1)**2"]
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.5, 1, 2, 5])
@pytest.mark.parametrize("name", HARD)
def test_nothing_keeps_a_count_beyond_its_budget(name, seconds):
    assert HARD[name](seconds) < ALLOWED


@pytest.mark.slow
def test_a_budget_of_steps_ends_without_seconds(monkeypatch):
    problem = Problem.of(LOSS, draw("near-identity:0.001", 300, 1), "0.01", UNTIL)
    monkeypatch.setattr(approach, "_CURVE_SECONDS", 1.0)
    began = time.process_time()
    found = certified_count(problem, Budget(max_steps=100))
    assert time.process_time() - began < 10
    assert found.lower > 60
