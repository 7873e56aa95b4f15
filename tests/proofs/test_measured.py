"""Measured guarantees: enough instances, at the borders of the hypotheses, and runs that arrive."""

from dataclasses import replace
from fractions import Fraction
from math import prod

import numpy as np
import pytest

from numerics.balls import precision
from numerics.matrices.balls import matrix
from numerics.matrices.start_certificate import certify_start
from numerics.papers.bartlett_helmbold_long2018.identity import distance_square
from numerics.papers.nguyen_mondelli2020.pyramid import constants
from numerics.papers.wu_wang_ma2019.zas import norm_square
from proofs.evidence.verdicts import Kind, Verdict
from proofs.experiments import (
    FALL,
    FALLEN,
    MEASUREMENTS,
    Measurement,
    arora,
    bartlett,
    du_hu,
    pyramid,
    upper,
    zas,
)
from proofs.verification import catalogue
from proofs.verification.catalogue import find

GUARANTEES = [n for n, m in MEASUREMENTS.items() if m.kind in (Kind.GUARANTEE, Kind.TESTS)]
CONVERGENCE = [n for n in GUARANTEES if MEASUREMENTS[n].converges]
LEAST = 8
WITNESSES = {  # "it cannot be larger": every point is a violation, and one would do
    "arora-balance-needed": 1,
    "arora-step-needed": 5,
    "bartlett-near-radius": 3,
    "bartlett-near-step": 3,
}


def measured(name):
    (evidence,) = catalogue.gathered(find(name))
    return evidence


@pytest.mark.slow
@pytest.mark.parametrize("name", GUARANTEES)
def test_a_guarantee_has_instances_and_says_its_slack(name):
    evidence = measured(name)
    assert evidence.verdict is Verdict.SUPPORTED
    assert len(evidence.points) >= WITNESSES.get(name, LEAST)
    assert evidence.slack


@pytest.mark.slow
@pytest.mark.parametrize("name", CONVERGENCE)
def test_a_rate_is_tested_until_the_loss_has_fallen_a_thousandfold(name):
    how = MEASUREMENTS[name]
    points = how.experiment("quick")
    assert how.fall(points) <= FALLEN
    assert "each until the loss is at most" in measured(name).detail


def test_every_linear_rate_is_among_them():
    assert len(CONVERGENCE) >= 20
    rates = {
        n for n in GUARANTEES if {"decay", "residual", "drop"} & set(find(n).statement.variables)
    }
    assert rates <= set(CONVERGENCE)


def test_a_run_that_is_too_short_supports_nothing():
    claim = find("zas-range-verified")
    for fall, verdict in ((FALLEN, Verdict.SUPPORTED), (FALLEN * 2, Verdict.UNDECIDED)):
        point = {"loss": Fraction(1, 2), "bound": Fraction(1), FALL: fall}
        short = Measurement(Kind.GUARANTEE, lambda _, point=point: [point], converges=True)
        assert catalogue._measured(short, claim.statement, "quick", 1.0).verdict is verdict


def test_zas_targets_are_at_the_borders():
    """Both signs, condition 1000, rank one, more outputs than inputs and fewer, one norm."""
    shapes = set()
    for norm in (Fraction(1, 10), Fraction(10)):
        values = []
        for target in zas.hard_targets(norm):
            found = np.linalg.svd(np.array(target, dtype=float), compute_uv=False)
            assert found[0] == pytest.approx(float(norm))
            assert norm**2 <= norm_square(target) <= 2 * norm**2
            values.append(found)
            shapes.add((len(target) > len(target[0])) - (len(target) < len(target[0])))
        assert max(v[0] / v[-1] for v in values) == pytest.approx(1000)
    assert shapes == {-1, 0, 1}
    assert any(
        np.linalg.det(np.array(t, dtype=float)) < 0 for t in zas.hard_targets(Fraction(1))[:2]
    )


def test_identity_targets_are_as_far_as_allowed():
    for radius in (Fraction(1, 10), Fraction(499, 1000)):
        squares = [distance_square(t) for t in bartlett.extreme_targets(radius)]
        assert max(squares) == radius**2
        assert min(squares) >= Fraction(99, 100) * radius**2
        assert any(
            t != [list(c) for c in zip(*t, strict=True)] for t in bartlett.extreme_targets(radius)
        )


@pytest.mark.slow
def test_balanced_starts_are_at_the_limits():
    """Balance at its limit and exactly 0, the largest step, small and large margins, all shapes."""
    made = [one for one, _ in arora.wider_runs("quick")]
    used = [one.balance / one.delta for one in made]
    assert min(used) == 0
    assert max(used) > Fraction(4, 5)
    shapes = {(len(one.target), len(one.target[0])) for one in made}
    assert any(a != b for a, b in shapes)
    assert (1, 1) in shapes
    least = [np.linalg.svd(np.array(o.target, dtype=float), compute_uv=False)[-1] for o in made]
    shares = [float(one.margin) / s for one, s in zip(made, least, strict=True)]
    assert min(shares) < 0.31
    assert max(shares) > 0.89
    assert {one.depth for one in made} >= {2, 3, 4}


def test_pyramids_are_at_the_border_of_assumption_3_1():
    """Half the scale of the layers after the second, and (7) or (8) fails."""
    with precision(pyramid.BITS):
        for net in pyramid.starts("quick"):
            assert constants(net).holds
            half = tuple(w / 2 for w in net.weights[2:])
            assert not constants(replace(net, weights=(*net.weights[:2], *half))).holds


def test_certified_starts_are_at_the_border():
    """At twice the distance the start certifies nothing."""
    width = 64
    random = du_hu.random_stream(3)
    drawn = du_hu.gaussian_layers([1, width, 1], random)
    weights, core, step = [matrix(du_hu.rationals(w)) for w in drawn], matrix([[1]]), Fraction(1, 6)
    target = du_hu.near_start(drawn, random, np.eye(1))
    halvings = next(
        i
        for i in range(40)
        if certify_start(weights, core, matrix(du_hu.rationals(target(2.0**-i))), step)
    )
    assert halvings > 0
    goal, _ = du_hu.farthest(weights, core, step, target)
    assert goal == matrix(du_hu.rationals(target(2.0**-halvings)))


def test_theorem_4_starts_are_at_the_border_of_assumption_4():
    assert all(prod(start) > -1 for start in upper.BORDER)
    assert min(prod(start) + 1 for start in upper.BORDER) < Fraction(1, 50)
    gaps = [
        abs(abs(a) - abs(b)) for s in upper.BORDER for i, a in enumerate(s) for b in s[:i] if a != b
    ]
    assert min(gaps) <= Fraction(1, 1000)
    assert min(abs(w) for s in upper.BORDER for w in s) == Fraction(1, 1000)
