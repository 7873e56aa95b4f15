"""How many steps suffice, conjugate exponents, what a descent pays for, steps at their worst."""

from __future__ import annotations

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.core.goals import Goal
from proofs.evidence.verdicts import Verdict
from proofs.search import prove, reading
from proofs.search.complexity import squared_facts
from proofs.search.forms import Forms
from proofs.search.standard import COMPOUNDED
from proofs.verification.decide import decide
from theory.claims import Statement, statement

SIZES = {"n": "natural", "D": "positive", "eps": "positive", "L": "positive", "m": "positive"}
ENOUGH = [  # (hypotheses, conclusion)
    (["n >= (1 + L)*log(D/eps)"], "(1 - 1/(1 + L))^n*D <= eps"),
    (["n >= log(D/eps)/(L*m)", "L*m <= 1"], "(1 - L*m)^n*D <= eps"),
    (["n >= L/m*log(D/eps)", "m <= L"], "(1 - m/L)^n*D <= eps"),
    (["n >= sqrt(2*L*D^2/eps) - 1"], "2*L*D^2/(n + 1)^2 <= eps"),
    (["n + 1 >= sqrt(D)"], "D <= (n + 1)^2"),
]
TOO_FEW = [
    (["n >= 0.95*L/m*log(D/eps)", "m <= L"], "(1 - m/L)^n*D <= eps"),
    (["n >= sqrt(2*L*D^2/eps) - 1.1"], "2*L*D^2/(n + 1)^2 <= eps"),
]
PAIR = {"a": "positive", "b": "positive", "c": "positive", "p": "(1, inf)", "q": "(1, inf)"}


@pytest.mark.parametrize(("hypotheses", "conclusion"), ENOUGH)
def test_so_many_steps_suffice(hypotheses: list[str], conclusion: str) -> None:
    assert prove(_said(conclusion, SIZES, hypotheses), 20).verdict is Verdict.PROVED


@pytest.mark.parametrize(("hypotheses", "conclusion"), TOO_FEW)
def test_fewer_do_not(hypotheses: list[str], conclusion: str) -> None:
    assert decide(_said(conclusion, SIZES, hypotheses), 20).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    "conclusion",
    [
        "a*b <= a^p/p + b^q/q",
        "a*b <= c^p*a^p/p + b^q/(q*c^q)",
        "a*b <= c*a^p/p + c^(-q/p)*b^q/q",
    ],
)
def test_young_with_conjugate_exponents(conclusion: str) -> None:
    assert prove(_said(conclusion, PAIR, ["1/p + 1/q == 1"]), 20).verdict is Verdict.PROVED


def test_young_with_a_smaller_part_fails() -> None:
    less = "a*b <= c^p*a^p/p + 0.97*b^q/(q*c^q)"
    assert decide(_said(less, PAIR, ["1/p + 1/q == 1"]), 20).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("rows", "conclusion"),
    [
        (["a[0] <= q/c", "a[n+1] <= c*a[n]^2"], "a[n] <= q^(2^n)/c"),  # Newton
        (["a[0] <= c", "a[n+1] <= (1 + m)*a[n] + d"], "a[n] <= exp(m*n)*(c + d*n)"),  # Groenwall
    ],
)
def test_a_step_is_largest_at_the_bound(rows: list[str], conclusion: str) -> None:
    variables = {"n": "natural", "q": "(0, 1)", "c": "positive", "d": "positive", "m": "positive"}
    said = statement(variables=variables, recursions=[*rows, "a[n] >= 0"], conclusion=conclusion)
    assert prove(said, 20).verdict is Verdict.PROVED


@pytest.mark.parametrize(
    ("descent", "conclusion", "verdict"),
    [
        ("u <= F - eta/2*g^2", "S <= 2*f0/eta", Verdict.PROVED),
        ("u <= F - eta/2*g^2 + s", "S <= 2*(f0 + s*n)/eta", Verdict.PROVED),
        ("u <= F - eta/2*g^2", "S <= 1.95*f0/eta", Verdict.REFUTED),
    ],
)
def test_what_a_descent_loses_pays_for_a_sum(
    descent: str, conclusion: str, verdict: Verdict
) -> None:
    layers = {
        "variables": {"g": "real", "u": "nonnegative"},
        "hypotheses": {"descent": descent},
        "start": {"F": "f0", "S": "0", "n": "0"},
        "next": {"F": "u", "S": "S + g^2", "n": "n + 1"},
    }
    variables = {"f0": "positive", "eta": "positive", "s": "positive"}
    said = statement(variables=variables, layers=layers, conclusion=conclusion)
    assert (prove if verdict is Verdict.PROVED else decide)(said, 20).verdict is verdict


def test_a_denominator_is_not_cleared_to_show_its_own_sign() -> None:
    variables = {"r": "(0, 1)", "n": "real", "D": "positive"}
    said = statement(
        variables=variables, hypotheses={"h": "n >= D/log(1/r)"}, conclusion="n*log(1/r) >= D"
    )
    assert prove(said, 20).verdict is Verdict.PROVED


@given(st.floats(-1, 50), st.integers(0, 40))
def test_interest_that_is_paid_in_parts(u: float, n: int) -> None:
    """What the cited lemma says, in numbers; that the core accepts its proof, others show."""
    assert set(COMPOUNDED.statement["variables"]) == {"u", "n"}
    assert (1 + u) ** n <= exp(min(u * n, 700)) * (1 + 1e-9)


def _goal(hypothesis: str) -> Goal:
    variables = {"x": "positive", "y": "real", "c": "positive"}
    said = statement(variables=variables, hypotheses={"h": hypothesis}, conclusion="y <= x")
    return reading(said.pieces[0])


def test_facts_without_roots_are_not_squared() -> None:
    plain, rooted = _goal("y >= c*x"), _goal("x >= c*sqrt(c)")
    assert not list(squared_facts(plain, Forms(plain)))
    assert len(list(squared_facts(rooted, Forms(rooted)))) == 1


def _said(conclusion: str, variables: dict[str, str], hypotheses: list[str]) -> Statement:
    named = {f"h{i}": h for i, h in enumerate(hypotheses)}
    return statement(variables=variables, hypotheses=named, conclusion=conclusion)
