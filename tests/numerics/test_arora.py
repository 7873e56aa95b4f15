"""Theorem 1 of Arora et al.: hypotheses that are checked, orbits in balls, counterexamples."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from flint import arb
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from numerics.balls import ball, ends, precision
from numerics.matrices import instances, network
from numerics.papers.arora_cohen_golowich_hu2019 import counterexamples, theorem_2
from numerics.papers.arora_cohen_golowich_hu2019 import frontier as arora_frontier
from numerics.papers.arora_cohen_golowich_hu2019 import theorem_1 as arora
from theory.errors import InputError

SEEDS = st.integers(0, 10**6)
SHAPES = st.sampled_from([(2, 2), (2, 3, 2), (1, 2, 2, 3), (3, 2, 2, 1), (1, 1, 1, 1, 1)])


def floats(layers):
    return [np.array([[float(x) for x in row] for row in w]) for w in layers]


@given(SEEDS, SHAPES, st.sampled_from([0.2, 0.5, 0.9]), st.sampled_from([arora.PAPER, arora.OWN]))
def test_drawn_instances_satisfy_every_hypothesis(seed, widths, share, constants):
    made = arora.draw(widths, seed, share, constants)
    layers, (target,) = floats(made.layers), floats([made.target])
    n, c, f = made.depth, float(made.margin), np.linalg.norm(target)
    smallest = np.linalg.svd(target, compute_uv=False)[-1]
    assert np.linalg.norm(network.product(layers) - target) <= smallest - c + 1e-9
    assert c == pytest.approx(share * smallest, rel=1e-2)
    delta = c**2 / (constants.balance * n**constants.power * f ** (2 - 2 / n))
    eta = c ** (4 - 2 / n) / (constants.step * n**constants.power * f ** (6 - 4 / n))
    assert network.balancedness(layers) <= delta * (1 + 1e-6)
    assert float(made.step_size) == pytest.approx(eta, rel=1e-6)
    if n > 1:
        assert made.balance > made.delta / 3  # the allowance is really used


@given(SEEDS, SHAPES)
def test_the_theorem_and_lemma_1_hold_along_orbits(seed, widths):
    made = arora.draw(widths, seed, 0.8, arora.OWN)
    run = arora.run(made, 15)
    assert run.loss <= run.decay * run.start
    assert 2 * run.descent >= run.slope
    assert run.balance <= 2 * made.delta
    assert run.smallest >= made.margin


@given(SEEDS, SHAPES)
def test_our_best_constants_hold_along_orbits(seed, widths):
    constants = arora.BEST.get(len(widths) - 1)
    if constants is None:  # one layer
        return
    made = arora.draw(widths, seed, 0.9, constants)
    run = arora.run(made, 15)
    assert run.loss <= run.decay * run.start
    assert 2 * run.descent >= run.slope
    assert run.balance <= 2 * made.delta


@given(SEEDS, SHAPES, st.sampled_from([0.05, 0.5, 0.95]), st.sampled_from([1.0, 4.0, 100.0]))
def test_the_wider_theorem_holds_along_orbits(seed, widths, share, condition):
    made = arora.draw(widths, seed, share, arora.WIDER, condition=condition)
    n, c = made.depth, float(made.margin)
    f = np.linalg.norm(floats([made.target])[0])
    assert float(made.step_size) == pytest.approx(c ** (2 / n) / (24 * n * f**2), rel=1e-6)
    assert made.balance <= made.delta
    run = arora.run(made, 15)
    assert run.loss <= run.decay * run.start
    assert run.smallest >= made.margin


def test_runs_agree_with_floating_point():
    made = arora.draw((2, 3, 2), 5, 0.9, arora.OWN)
    run = arora.run(made, 200, Fraction(1, 50))
    layers, (target,) = floats(made.layers), floats([made.target])
    direct = network.trajectory(layers, target, 0.02, 200)
    assert float(run.end) == pytest.approx(direct.losses[-1], rel=1e-9)


def test_hypotheses_that_fail_are_refused():
    one, two = [[Fraction(1)]], [[Fraction(2)]]
    with pytest.raises(InputError, match="margin"):
        arora.make([one, one], [[Fraction(-1)]])
    with pytest.raises(InputError, match="balanced"):
        arora.make([two, [[Fraction(1, 2)]]], one)


def test_the_coefficient_of_lemma_1_cannot_exceed_one():
    run = arora.run(counterexamples.across(), 3)
    assert run.slope / 2 <= run.descent < run.slope


def test_lemma_1_fails_without_balance_and_for_large_steps():
    for made in (
        counterexamples.too_unbalanced()[0],
        *(counterexamples.too_fast(n) for n in range(2, 6)),
    ):
        run = arora.run(made, 1)
        assert 2 * run.descent_upper < run.slope_lower
    # The direct computation in rationals, depth 2: loss after one step against the claim.
    made, _ = counterexamples.too_unbalanced()
    (a, b), s, (u, v), eta = made.layers[0][0], made.layers[1][0][0], made.target[0], made.step_size
    e = (s * a - u, s * b - v)
    after = (s - eta * (e[0] * a + e[1] * b)) * (b - eta * s * e[1]) - v
    first = (s - eta * (e[0] * a + e[1] * b)) * (a - eta * s * e[0]) - u
    assert after**2 + first**2 > (1 - eta) * (e[0] ** 2 + e[1] ** 2)


@pytest.mark.parametrize("depth", [2, 4])
@pytest.mark.parametrize("step", ["1/1000", "1", "50"])
def test_claim_4_orbits_grow_ninefold(depth, step):
    orbit = counterexamples.diverging_scalars(depth, Fraction(step), Fraction(1, 2))
    assert len(orbit) >= 2
    for (_, high), (low, _) in itertools.pairwise(orbit):
        assert low >= 9 * high


def test_claim_4_needs_an_even_depth():
    with pytest.raises(InputError, match="even"):
        counterexamples.diverging_scalars(3, Fraction(1), Fraction(1, 2))


@given(SEEDS, st.sampled_from([2, 4]), st.fractions(Fraction(1, 100), Fraction(2)))
def test_claim_5_runs_never_pass_the_barrier(seed, depth, step):
    random = instances.random_stream(seed)
    target = instances.exact_positive([Fraction(-1, 2), Fraction(2)], random)
    assert counterexamples.smallest_loss(target, depth, step, 12) >= Fraction(1, 8)


def test_probabilities_agree_with_scipy():
    with precision(100):
        for x in (-1, 0, 2):
            assert abs(theorem_2.normal_cdf(arb(x)) - stats.norm.cdf(x)) < arb("1e-14")
        value = theorem_2.cosine_probability(20, 3)
        x = 1.5 / 60**0.5
        expected = stats.beta.sf(x**2, 0.5, 9.5) / 2
        assert abs(value - expected) < arb("1e-12")
        assert theorem_2.cosine_probability(2, 1, Fraction(3)).is_zero()
        low, high = ends(theorem_2.success_probability(100, 100))
    assert Fraction(276, 1000) < low <= high < Fraction(277, 1000)


def test_cosines_are_distributed_as_said():
    random = np.random.default_rng(5)
    v = random.standard_normal((40_000, 20))
    share = np.mean(v[:, 0] / np.linalg.norm(v, axis=1) >= 1.5 / (20 * 4) ** 0.5)
    with precision(64):
        value = float(theorem_2.cosine_probability(20, 4).mid())
    interval = stats.binomtest(round(share * 40_000), 40_000).proportion_ci(0.9999)
    assert interval.low <= value <= interval.high


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))
def test_the_second_moment_of_the_imbalance(a, b, d):
    """E |A^T A - B B^T|_F^2, summed over index patterns with Gaussian moments (Isserlis)."""

    def moment(indices):
        total = 1
        for _, group in itertools.groupby(sorted(indices)):
            power = len(list(group))
            total *= 0 if power % 2 else (1, 1, 3)[power // 2]
        return total

    square = 0
    for i, j in itertools.product(range(d), repeat=2):
        entry = [(1, ("A", r, i), ("A", r, j)) for r in range(a)]
        entry += [(-1, ("B", i, r), ("B", j, r)) for r in range(b)]
        for (s, *p), (t, *q) in itertools.product(entry, repeat=2):
            square += s * t * moment([*p, *q])
    assert square == d * (a - b) ** 2 + d * (d + 1) * (a + b)
    m = max(a, b, d)
    assert square <= 2 * m**2 * (m + 1)


def test_the_margin_is_the_distance_to_the_constraint():
    with precision(100):
        margin = arora.deficiency_margin([[[Fraction(3)]]], [[Fraction(4)]])
        assert margin.contains(3)
        norm, c = ball(Fraction(2)), ball(Fraction(1, 2))
        assert arora.PAPER.step_limit(2, c, norm).overlaps(c**3 / (6144 * 8 * norm**4))
        assert arora.OWN.balance_limit(2, c, norm).overlaps(c**2 / (160 * norm))


def test_frontiers_lie_above_what_is_proved():
    for widths in ((2, 2, 2), (2, 2, 1)):
        row = arora_frontier.frontier(widths, 0.9, 2)
        assert row.steps.min() > row.own_step > 1
        assert row.balances.min() > row.own_balance > 1
        assert row.violating < 1
        assert "2-2" in arora_frontier.table([row])
    refuted = 6144 * 8 * 3 / 4  # (2N-1)/N^2 at c = f, N = 2
    assert row.steps.min() <= refuted * (1 / 0.9) ** 3 * 1.5


def test_the_figure_is_drawn(tmp_path):
    row = arora_frontier.frontier((1, 1, 1), 0.9, 1)
    saved = arora_frontier.save(arora_frontier.draw([row]), tmp_path / "frontier")
    assert all(path.stat().st_size > 1000 for path in saved)
