"""Claims about wide, orthogonal and narrow networks: what runs support, and what would break it."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from proofs.evidence.verdicts import Kind, Verdict
from proofs.experiments import du_hu, orthogonal
from proofs.refutation.refute import refute
from proofs.verification.catalogue import MEASUREMENTS, confirmed, find, verify
from theory.catalogue import SECTIONS
from theory.claims import statement

LIGHT = (
    "du-hu-certified-runs",
    "du-hu-exact-tails",
    "du-hu-sampled-tails",
    "orthogonal-isometries",
    "orthogonal-certified-runs",
    "orthogonal-rate",
    "narrow-mean-roots",
    "narrow-plateaus",
)


@pytest.mark.parametrize("name", LIGHT)
def test_runs_support_the_claim_and_break_its_mutant(name):
    row = verify(find(name))
    assert row.verdict is Verdict.SUPPORTED
    assert row.stands


def test_every_measurement_has_its_claim():
    for module in (du_hu, orthogonal):
        for name, how in module.MEASUREMENTS.items():
            assert "measured" in find(name).statement.domains
            assert MEASUREMENTS[name] is how


def test_rigorous_points_are_called_guarantees_and_samples_are_not():
    kinds = {n: m.kind for m in (du_hu, orthogonal) for n, m in m.MEASUREMENTS.items()}
    assert kinds["du-hu-certified-runs"] is kinds["narrow-plateaus"] is Kind.GUARANTEE
    assert kinds["du-hu-frontier"] is kinds["orthogonal-phases"] is Kind.STATISTICS


def test_chains_of_constants_meet():
    """What one link proves is what the next one assumes."""
    steps = (*SECTIONS["du-hu2019/wide-layers"], *SECTIONS["hu-xiao-pennington2020/orthogonal"])
    claims = {c.name: c.statement.constants for c in steps}
    for side in ("upper", "lower"):
        net = claims[f"du-hu-net-{side}"]
        assert (net["spread"], net["upper"]) == (Fraction(1, 10), Fraction(6, 5))
    drift, second = claims["du-hu-drift"], claims["du-hu-second-order"]
    assert claims["du-hu-net-upper"]["upper"] + drift["drift"] == second["high"]
    assert claims["du-hu-net-lower"]["lower"] - drift["drift"] == second["low"]
    assert claims["du-hu-radius"]["radius"] * second["v"] == drift["travelled"]
    assert claims["du-hu-gradient"]["gradient"] == claims["du-hu-radius"]["gradient"]
    assert claims["du-hu-gram-lower"]["least"] == claims["du-hu-assembled"]["least"]
    assert second["share"] == claims["du-hu-assembled"]["share"]
    window, step = claims["orthogonal-drift"], claims["orthogonal-second-order"]
    assert 1 + window["drift"] == step["high"]
    assert 1 - window["drift"] == step["low"]
    assert claims["orthogonal-radius"]["radius"] * step["v"] == window["travelled"]
    own, radius = claims["orthogonal-second-order-norm"], claims["orthogonal-radius-norm"]
    assert own["rate"] == radius["rate"] == claims["orthogonal-loss-rate"]["norm"] < step["rate"]
    assert radius["radius"] == claims["orthogonal-width-norm"]["radius"]
    assert window["travelled"] / radius["radius"] <= own["v"]
    assert claims["narrow-root-one"]["c"] == claims["narrow-root-step"]["c"]


def test_expectations_of_several_draws_are_refuted_exactly():
    made = statement(
        {"v": "gaussian", "w": "gaussian"}, "E((v**2 + w**2)**2) <= c", constants={"c": 8}
    )
    assert refute(made) is None
    found = refute(made.with_constants(c="7.999"))
    assert found is not None
    assert confirmed(made.with_constants(c="7.999"), found)


def test_the_lower_tail_needs_its_prefactor():
    """For m much smaller than q the product is almost surely small."""
    random = np.random.Generator(np.random.PCG64(3))
    logs = np.log(random.chisquare(1, (60, 40_000))).sum(axis=0) / 2
    assert np.mean(logs > math.log(0.9)) < 1 - math.exp(-0.009 / 60)


def test_a_start_that_fails_its_bound_would_be_noticed(monkeypatch):
    points = list(du_hu.certified_runs("quick"))
    broken = [{**points[0], "residual": 2 * points[0]["bound"]}, *points[1:]]
    how = MEASUREMENTS["du-hu-certified-runs"]
    changed = {**MEASUREMENTS, "du-hu-certified-runs": replace(how, experiment=lambda _: broken)}
    monkeypatch.setattr("proofs.verification.catalogue.MEASUREMENTS", changed)
    assert verify(find("du-hu-certified-runs")).verdict is Verdict.REFUTED
