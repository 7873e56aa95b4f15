"""Constants flow: a number is typed once, and whoever changes it learns what falls."""

import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import proofs
from proofs.cli import lemmata
from proofs.evidence.kernel import definitions, named
from proofs.evidence.verdicts import Verdict
from proofs.sharpening.chains import change
from proofs.sharpening.flow import falling, flow, parsed, vacuous
from proofs.theorems import library
from theory.catalogue.generated.arora_depths import BEST
from theory.chains import find
from theory.claims import statement
from theory.errors import InputError
from theory.ties import written

SCHEMA = Path(proofs.__file__).parent / "schemas" / "theorems.schema.json"
WIDER = "lemmata/balanced-convergence-wider"
_OR = " \\/ "


def changed(*texts):
    return flow(library(), dict(map(parsed, texts)))


def test_a_number_that_works_changes_what_theorems_say_and_none_falls():
    found = changed("arora-wider-balance.step=23")
    assert {m.claim.name for m in found.moved} == {
        *("arora-wider-balance", "arora-wider-norms", "arora-wider-descent")
    }
    assert all(m.verdict is Verdict.PROVED for m in found.moved)
    assert not found.fallen
    assert found.stated[WIDER, "step size"] == "c^(2/L)/(23 L |Phi|^2)"
    assert found.kept[WIDER] == ("proof",)  # the kernel proved 24


def test_a_number_that_fails_takes_theorems_with_it():
    found = changed("arora-wider-balance.step=22")
    assert [m.claim.name for m in found.moved if not m.holds] == ["arora-wider-descent"]
    assert set(found.fallen) == {WIDER, "lemmata/identity-radius-half-balanced"}


@pytest.mark.parametrize("step", [17, 20, 22, 23, 25])
def test_claims_and_chain_agree_on_what_a_number_does(step):
    """Claims hold at the numbers to which the chain moves what is free; the chain, if they do."""
    chain = find(WIDER)
    found = change(chain, {"step": Fraction(step)})
    new = {".".join(chain.ties[n]): v for n, v in found.values.items() if v != chain.values[n]}
    by_claims = changed(*(f"{name}={value}" for name, value in new.items()))
    assert all(m.holds for m in by_claims.moved) is found.proved is (step != 17)


def test_what_a_step_gives_is_what_the_next_one_takes():
    """The gradient bound of Claim 7.1 goes into its radius: 4 for 3 makes 24 too small."""
    found = changed("du-hu-gradient.gradient=4")
    assert [(m.claim.name, m.verdict) for m in found.moved[:2]] == [
        ("du-hu-gradient", Verdict.PROVED),
        ("du-hu-radius", Verdict.REFUTED),
    ]
    assert [m.claim.name for m in found.moved if not m.holds] == ["du-hu-radius", "claim-7-1-whole"]
    assert "du-hu2019/claim-7-1" in found.fallen
    assert "du-hu2019/theorem-4-1" not in found.fallen  # the kernel has the deterministic half
    assert not changed("du-hu-gradient.gradient=4", "du-hu-radius.radius=32").fallen


def test_what_the_kernel_proved_is_about_the_old_number():
    found = changed("zas-curvature.slope=14")
    assert "lemmata/zas-descent" in found.fallen  # its kernel theorem says 16
    assert found.kept["wu-wang-ma2019/discrete-theorem"] == ("kernel",)  # says nothing of it


def test_who_makes_an_assumption_does_not_fall_with_its_examples():
    found = changed("assumption-4-example-apart.c_4=11/10")
    verdicts = {m.claim.name: m.verdict for m in found.moved}
    assert verdicts == {
        "assumption-4-example-apart": Verdict.REFUTED,
        "assumption-4-example-products": Verdict.PROVED,
    }
    assert set(found.fallen) == {"shamir2019/assumption-4"}
    assert not found.kept


def test_a_changed_number_is_decided_whatever_the_claim_is_about():
    rate, sharp = changed("zas-flow-slope.rate=3").moved  # an inequality, and one of matrices
    assert rate.verdict is sharp.verdict is Verdict.REFUTED
    (run,) = changed("shamir-lemma-9-measured.factor=1/4").moved
    assert run.verdict is Verdict.REFUTED


def test_nothing_falls_that_does_not_rest_on_what_is_lost():
    shelf = library()
    for name in {n for t in shelf.theorems.values() for n in t.references}:
        fallen, kept = falling(shelf, {name})
        resting = set(shelf.falling(name))
        assert {*fallen, *kept} <= resting
        direct = set(shelf.rest_on(name))
        assumed = name in shelf.theorems and shelf.theorems[name].role == "assumption"
        assert assumed or direct <= {*fallen, *kept}
        for theorem, ways in fallen.items():
            assert set(ways) <= {"measured"}, theorem


def test_the_command(tmp_path):
    run = CliRunner().invoke(
        lemmata, ["theorems", "--changed", "orthogonal-width-norm.constant=812", "--json"]
    )
    data = json.loads(run.output)
    jsonschema.validate(data, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert data["changed"]["claims"][0]["verdict"] == "refuted"
    assert {f["theorem"] for f in data["changed"]["falls"]} == {
        "lemmata/orthogonal-layers-deterministic",
        "lemmata/orthogonal-layers",
        "hu-xiao-pennington2020/theorem-4-1",
    }
    for options, code in (
        (["orthogonal-width-norm.constant=812"], 1),
        (["orthogonal-width-norm.constant=814"], 0),
    ):
        ran = CliRunner().invoke(
            lemmata, ["theorems", "--changed", *options], standalone_mode=False
        )
        assert ran.return_value == code
    assert "would say width: 814 kappa^2 r~ d beta" in ran.output
    assert "no theorem falls" in ran.output


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x", "CLAIM.CONSTANT=VALUE is wanted"),
        (".c=1", "CLAIM.CONSTANT=VALUE is wanted"),
        ("du-hu-radius.radius=24", "is 24 already"),
        ("du-hu-radius.gradient=4", "tied to du-hu-gradient.gradient: change that one"),
        ("du-hu-rodius.radius=3", "did you mean du-hu-radius"),
        ("du-hu-radius.r=3", "no constant of du-hu-radius"),
        ("du-hu-radius.radius=1e", "is not a decimal number"),
    ],
)
def test_what_is_no_change_is_one_line(text, problem):
    with pytest.raises(InputError, match=problem):
        changed(text)


@pytest.mark.parametrize(
    ("value", "text", "latex"),
    [
        (813, "813", "813"),
        ("3/5", "3/5", r"\tfrac{3}{5}"),
        ("0.63", "0.63", "0.63"),
        ("2.717", "2.717", "2.717"),
        ("13/14", "13/14", r"\tfrac{13}{14}"),
        ("-1/40", "-0.025", "-0.025"),
    ],
)
def test_numbers_are_printed_as_papers_do(value, text, latex):
    assert (written(Fraction(value)), written(Fraction(value), latex=True)) == (text, latex)


def test_a_step_that_holds_of_nothing_takes_theorems_with_it():
    """With a step size of at most a negative number the inequality is true of no step at all."""
    found = changed("zas-range-necessary.limit=-1")
    moved = {m.claim.name: m for m in found.moved}
    vacuum = moved["zas-range-necessary"]
    assert vacuum.verdict is Verdict.PROVED
    assert not vacuum.holds
    assert vacuum.vacuous == "limit is not positive any more, so that nothing is left it speaks of"
    assert moved["zas-first-step-forbids"].verdict is Verdict.REFUTED
    assert "lemmata/zas-first-step" in found.fallen
    ran = CliRunner().invoke(
        lemmata, ["theorems", "--changed", "zas-range-necessary.limit=-1"], standalone_mode=False
    )
    assert ran.return_value == 1
    assert "proved, but vacuous: limit is not positive" in ran.output
    assert "falls: lemmata/zas-first-step" in ran.output


def test_what_is_undecided_is_open_and_nothing_falls_by_it():
    """At 15 a proof takes longer than the budget; at 14 there is a counterexample."""
    found = flow(library(), {("zas-curvature", "slope"): Fraction(15)}, budget=0.05)
    assert {m.claim.name for m in found.moved if m.verdict is Verdict.UNDECIDED} >= {
        "zas-curvature"
    }
    assert not found.fallen
    assert "lemmata/zas-descent" in found.open


def test_a_window_is_tied_to_the_numbers_that_are_used_of_it():
    """Products that move by a fifth are not within 0.9 and 1.1, whatever else still holds."""
    found = changed("orthogonal-drift.drift=1/5")
    failing = {m.claim.name: m.verdict for m in found.moved if not m.holds}
    assert failing == {"orthogonal-window": Verdict.REFUTED}
    assert "lemmata/orthogonal-layers-deterministic" in found.fallen  # which states the window


def test_a_rate_of_the_loss_that_fails_takes_all_who_state_it():
    found = changed("orthogonal-loss-rate.gain=11/10")
    assert set(found.fallen) >= {
        *("lemmata/orthogonal-layers-deterministic", "lemmata/orthogonal-layers")
    }


def test_contradictory_hypotheses_are_found_by_proof():
    low = {"low": "x >= bound", "high": "x <= 1"}
    made = statement({"x": "real"}, "x**2 >= x*bound", hypotheses=low, constants={"bound": "1/2"})
    assert vacuous(made, made.with_constants(bound=2), 5.0) == "no point satisfies its hypotheses"
    assert not vacuous(made, made.with_constants(bound="9/10"), 5.0)


def test_the_kernel_has_the_best_constants_of_each_depth():
    """What Coq proved is for the numbers of the claims, at each depth and at no other."""
    rows = (f"L = {n}%nat /\\ B = {b} /\\ C = {c}" for n, (b, c) in BEST.items())
    assert f" => {_OR.join(rows)} : " in definitions()["depth_constants"]


def test_the_kernel_has_the_constants_of_orthogonal_layers():
    known = library().known.claims
    width = known["orthogonal-width-norm"].statement.constants["constant"]
    rate = known["orthogonal-second-order-norm"].statement.constants["rate"]
    radius = known["orthogonal-radius-norm"].statement.constants["radius"]
    said = named("orthogonal_layers")
    assert said is not None
    assert f"{width} * nu ^ 2 * B <= mu ^ 4 * s ^ 2" in said.statement
    assert f"1 - {100 * Fraction(rate)} / 100 * (eta * INR L * mu ^ 2)" in said.statement
    assert f"{1000 * Fraction(radius)} / 1000 * sqrt B" in definitions()["orthogonal_radius"]
