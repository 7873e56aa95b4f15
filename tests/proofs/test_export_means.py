"""Means in Coq proofs: integrals, chances of uniform draws, products of independent copies."""

import re
from typing import Any

import pytest

from proofs.core import check
from proofs.evidence.shelf import SHIPPED
from proofs.export import Untranslatable, translate
from tests.proofs.test_export import ENCLOSE, accepted, certificate, cone, stated
from tests.proofs.test_export_values import apart

DRAWS = {"w": "gaussian", "v": "uniform", "u": "unit", "s": "rademacher", "k": "integer"}
SQUARES = {
    "rule": "markov", "event": "P(prod(w**2, k) >= 2)", "exponent": "1", "name": "tail",
    "parts": [ENCLOSE, ENCLOSE, cone(("1", ["tail"], "1"))],
}  # fmt: skip
TWICE = (ENCLOSE, ENCLOSE)
CLAIMS: dict[str, tuple[Any, str, str]] = {  # a proof, and a change that makes the claim false
    "E(exp(u)) <= 17183/10000": (ENCLOSE, "17183 / 10000", "17182 / 10000"),
    "E(cos(w)*exp(w/2)) >= 6031/10000": (ENCLOSE, "6031 / 10000", "6032 / 10000"),
    "E(sqrt(v + 2)) >= 13608/10000": (TWICE, "13608 / 10000", "13609 / 10000"),
    "E((w**2 + 1)**(1/3)) <= 12137/10000": (ENCLOSE, "12137 / 10000", "12136 / 10000"),
    "P(2*v - 1 <= 0) <= 645/1000": (ENCLOSE, "645 / 1000", "644 / 1000"),
    "P(v**2 > 1) >= 422/1000": (ENCLOSE, "422 / 1000", "423 / 1000"),
    "P(abs(u) >= 1/4) == 3/4": (cone(), "3 / 4", "1 / 4"),
    "P(9*u**2 < 1) == 1/3": (cone(), "1 / 3", "2 / 3"),
    "E(prod(abs(w), k)) <= 4/5": (ENCLOSE, "4 / 5", "79 / 100"),
    "E(prod(abs(w) + 1/20, k)) <= 85/100": (ENCLOSE, "85 / 100", "84 / 100"),
    "E(prod(exp(s), k)) >= 154/100": (ENCLOSE, "154 / 100", "155 / 100"),
    "E(prod(s + 2, k)) == 2**k": (cone(), "powerRZ 2 k", "powerRZ 3 k"),
    "P(prod(w**2, k) >= 2) <= 1/2": (SQUARES, "<= 1 / 2", "<= 1 / 3"),
}


def of_draws(conclusion: str, proof: Any) -> str:
    used = {x: kind for x, kind in DRAWS.items() if re.search(rf"\b{x}\b", conclusion)}
    given = {"hypotheses": {"k": "k >= 1"}} if "k" in used else {}
    proofs = proof if isinstance(proof, tuple) else (proof,)
    made = certificate({"variables": used, "conclusion": conclusion, **given}, *proofs)
    check.check(made)
    return translate(made, "mean")


@pytest.mark.slow
@pytest.mark.parametrize("conclusion", CLAIMS)
def test_means_are_what_coq_says(conclusion: str) -> None:
    assert accepted(of_draws(conclusion, CLAIMS[conclusion][0]))


@pytest.mark.slow
@pytest.mark.parametrize("conclusion", CLAIMS)
def test_a_false_mean_is_refused_with_the_proof_of_a_true_one(conclusion: str) -> None:
    proof, right, wrong = CLAIMS[conclusion]
    before, said, argued = apart(of_draws(conclusion, proof))
    assert said.count(right) == 1, said
    assert not accepted(before + said.replace(right, wrong) + argued)


def test_a_mean_by_an_integral_is_a_lemma_before_the_theorem() -> None:
    made = of_draws("E(exp(u)) <= 17183/10000", ENCLOSE)
    assert made.count("Lemma claim_mean_mean_1 : forall E, unit_mean E ->") == 1
    assert stated(made) == "forall (E : (R -> R) -> R), unit_mean E -> " + (
        "E (fun u => exp u) <= 17183 / 10000"
    )


def test_what_every_draw_must_meet_is_said_of_every_draw() -> None:
    made = stated(of_draws("E(sqrt(v + 2)) >= 13608/10000", TWICE))
    assert "(forall v : R, - sqrt 3 <= v <= sqrt 3 -> 0 <= v + 2) /\\" in made


def test_a_chance_of_copies_is_one_mean_inside_of_the_other() -> None:
    made = stated(of_draws("P(prod(w**2, k) >= 2) <= 1/2", SQUARES))
    product = "product_mean E (fun w => w ^ 2) (Z.to_nat k) (fun p => at_least p 2) <= 1 / 2"
    assert made == (
        "forall (E : (R -> R) -> R) (k : Z), normal_mean E -> monotone_mean E -> IZR k >= 1 -> "
        f"(0 <= IZR k) /\\ {product}"
    )


def test_order_is_asked_of_means_only_where_a_tail_needs_it() -> None:
    assert "monotone_mean" not in stated(of_draws("P(v**2 > 1) >= 422/1000", ENCLOSE))


def test_a_function_that_coq_does_not_integrate_is_named() -> None:
    with pytest.raises(Untranslatable, match="an integral of a function that Coq does not compute"):
        of_draws("E(erf(w)**2) <= 1", ENCLOSE)


def test_a_tail_of_copies_asks_for_no_sharper_integral_than_coq_computes() -> None:
    """The search once gave a logarithm to 28 digits, where 4 were enough."""
    made = translate((SHIPPED.parent / "depth-tail.json").read_text(encoding="utf-8"), "tail")
    assert "i_relwidth 99" not in made
