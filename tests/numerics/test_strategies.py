"""Instances satisfy the hypotheses that they promise, and the lemma holds on them exactly."""

from fractions import Fraction
from math import prod

from hypothesis import given

from numerics.strategies import near_identity_starts, rate_instances, tied_instances


def step_once(weights, target, step):
    """One step of descent on (p - y)**2/2 in rationals, written out naively."""
    p = prod(weights)
    return [
        w - step * (p - target) * prod(v for j, v in enumerate(weights) if j != i)
        for i, w in enumerate(weights)
    ]


@given(rate_instances())
def test_lemma_13_contracts_at_its_rate_exactly(instance):
    k, y = len(instance.weights), instance.target
    assert instance.weights[0] == min(instance.weights) >= instance.delta
    assert min(instance.weights[1:]) >= instance.gamma >= instance.delta > 0
    assert 0 <= prod(instance.weights) < y
    assert instance.step <= instance.delta**2 / (2 * k * y**2)
    weights = list(instance.weights)
    for _ in range(2):
        before = (prod(weights) - y) ** 2 / Fraction(2)
        weights = step_once(weights, y, instance.step)
        assert (prod(weights) - y) ** 2 / Fraction(2) <= instance.rate * before


@given(tied_instances())
def test_ties_are_at_the_minimum_and_stay(problem):
    sizes = sorted(abs(w) for w in problem.weights)
    assert sizes[0] == sizes[1] > 0
    moved = step_once(list(problem.weights), Fraction(-1), problem.step)
    tied = [i for i, w in enumerate(problem.weights) if abs(w) == sizes[0]]
    assert len({abs(moved[i]) for i in tied}) == 1


@given(near_identity_starts())
def test_near_identity_starts_are_near(weights):
    assert all(abs(w - 1) <= Fraction(1, 4) for w in weights)
