"""Near-identity starts: explicit bounds against rigorous counts, Lemmas 9 and 10 on orbits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from time import process_time

from flint import arb

from numerics.balls import ball, ends, largest, precision, smallest
from numerics.centred import CentredOrbit
from numerics.certified.count import certified_count
from numerics.loss import SHAMIR, Loss
from numerics.papers.shamir2019.near_identity import (
    LOSSES,
    assumption_3,
    largest_step,
    near_identity_bound,
    near_identity_start,
)
from numerics.problem import Budget, Problem
from numerics.reduced_bounds import two_sided
from proofs.evidence.verdicts import Kind
from proofs.experiments import Measurement, Point, Profile

_BITS = 128
# The time to reach 1/2 grows like 2**k.
_MAX_STEPS = 5_000
_ZERO = Fraction(0)
_STEPS, _SECONDS = 5_000, 20
_RHOS = {Fraction(3, 20): Fraction(3, 5)}
_FARTHEST = 10_000
"""Balls of f' cover [0, c_3] that far, whatever the loss; only 1.15**100 is beyond."""
_EVEN = "p"
"""A slope that is the same on the whole way, so that nothing is lost by G = sup f'."""


@lru_cache(maxsize=2)
def explicit(profile: Profile) -> Sequence[Point]:
    """Count from the worst starts, and by Theorem 3 at the largest step size and a small one.

    One weight 1 - delta, all others 1 + delta: every c_j is 4 delta, the most that is allowed.
    The depths reach those at which the exponent is that of k ln k: delta <= 1/16 <= k delta/16.
    """
    points = []
    for text in (*LOSSES, _EVEN):
        loss = Loss.of(text)
        for depth in (8, 16) if profile == "quick" else (5, 8, 16, 20, 28, 40, 60, 100):
            deepest = () if profile == "quick" else (Fraction(1, depth),)
            for delta in dict.fromkeys((Fraction(1, 16), *deepest, Fraction(3, 20))):
                start = (1 - delta, *[1 + delta] * (depth - 1))
                c_3 = assumption_3(start)[1]
                if c_3 > _FARTHEST:
                    continue
                largest = largest_step(loss, c_3, _RHOS.get(delta, Fraction(1, 2)))
                for step in (largest,) if profile == "quick" else (largest, largest / 1000):
                    bound = near_identity_bound(loss, depth, delta, c_3, step)
                    # A count that is cut short is a lower bound all the same; one below what is
                    # claimed says nothing.
                    budget = Budget(max_steps=_STEPS, deadline=process_time() + _SECONDS)
                    found = certified_count(Problem.of(loss, start, step, "p <= 0"), budget)
                    said = (bound.lower, bound.closed_form, bound.k_log_k)
                    whole = found.upper is not None
                    shown = (b for b in said if b > 1 and (whole or found.lower >= b))
                    points += [_point(count=found.lower, bound=b) for b in shown]
    return points


@lru_cache(maxsize=2)
def reduced(profile: Profile) -> Sequence[Point]:
    """Count by the certified engine and bound from below by cells."""
    points = []
    for depth in (4, 6, 9, 13) if profile == "quick" else (4, 6, 9, 13, 20, 30, 45):
        for text in LOSSES:
            loss, start = Loss.of(text), near_identity_start(depth, Fraction(1, 2), depth)
            step = largest_step(loss, assumption_3(start)[1])
            found = certified_count(Problem.of(loss, start, step, "p <= 0"), Budget())
            bound = two_sided(loss, start, step, _ZERO)
            points.append(_point(count=found.lower, bound=bound.lower))
    return points


def orbits(profile: Profile) -> Iterator[tuple[tuple[Fraction, ...], Fraction, CentredOrbit]]:
    """Start a few orbits on Shamir's objective, in balls."""
    loss = Loss.of(SHAMIR)
    for depth in (3, 5, 8, 12, 60) if profile == "quick" else (3, 4, 5, 6, 8, 10, 12, 14, 60, 100):
        start = near_identity_start(depth, Fraction(1), 7 * depth)
        step = largest_step(loss, assumption_3(start)[1])
        yield start, step, CentredOrbit(loss, start, step, _BITS)


@lru_cache(maxsize=2)
def lemma_9(profile: Profile) -> Sequence[Point]:
    """Count the steps that divide the product by e, block after block, while min w >= 1/2."""
    points = []
    for start, step, orbit in orbits(profile):
        depth, began = len(start), 0
        with precision(_BITS):
            beta = orbit.product.upper()
            while smallest(orbit.weights) >= 0.5 and orbit.steps < _MAX_STEPS:
                if orbit.product <= beta / arb(1).exp():
                    bound = 1 + _tau(beta, depth, step)
                    points.append({"steps": Fraction(orbit.steps - began), "bound": ends(bound)[0]})
                    beta, began = orbit.product.upper(), orbit.steps
                orbit.advance_at_working_precision()
    return points


def _tau(beta: arb, depth: int, step: Fraction) -> arb:
    """Evaluate (e/inf f') beta**(1/k - 1)/(eta k); inf f' = 1 on p >= 0."""
    power = (beta.log() * (ball(Fraction(1, depth)) - 1)).exp()
    return arb(1).exp() * power / (ball(step) * depth)


@lru_cache(maxsize=2)
def lemma_10(profile: Profile) -> Sequence[Point]:
    """Follow the largest gap between two weights while min w >= 1/2."""
    points = []
    for start, _, orbit in orbits(profile):
        bound = 4 * assumption_3(start)[0]
        with precision(_BITS):
            while smallest(orbit.weights) >= 0.5 and orbit.steps < _MAX_STEPS:
                gap = largest(orbit.weights) - smallest(orbit.weights)
                points.append({"gap": ends(gap)[1], "bound": bound})
                orbit.advance_at_working_precision()
    return points


def _point(**values: int) -> Point:
    return {name: Fraction(value) for name, value in values.items()}


MEASUREMENTS = {
    "shamir-theorem-3-counts": Measurement(Kind.GUARANTEE, explicit),
    "shamir-theorem-3-reduced": Measurement(Kind.GUARANTEE, reduced),
    "shamir-lemma-9-measured": Measurement(Kind.GUARANTEE, lemma_9),
    "shamir-lemma-10-measured": Measurement(Kind.GUARANTEE, lemma_10),
}
