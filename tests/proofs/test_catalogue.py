"""The catalogue: every claim stands, every mutant falls, and verdicts are not booleans."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from proofs import theorems
from proofs.cli import lemmata
from proofs.core import check
from proofs.evidence import shelf
from proofs.evidence.verdicts import Counterexample, Evidence, Kind, Verdict
from proofs.presentation.report import exit_code, report_row
from proofs.user_claims import load
from proofs.verification.catalogue import MEASUREMENTS, confirmed, find, verify, weigh
from theory.catalogue import CLAIMS
from theory.claims import SOURCES, statement
from theory.errors import InputError

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "proofs" / "schemas" / "verify.schema.json").read_text()
)
EXACT = [c for c in CLAIMS if "measured" not in c.statement.domains]
LIGHT = ("reduced-flow-quadrature", "closed-form-balanced", "box-escape-bound")


# `lemmata verify` checks all of them, and CI runs it; here every tenth, searched afresh.
@pytest.mark.sample(12)
@pytest.mark.parametrize("claim", EXACT[::10], ids=lambda c: c.name)
def test_a_formal_claim_is_proved_and_its_mutant_refuted(claim):
    row = verify(claim, fresh=True)
    assert row.verdict is Verdict.PROVED
    assert row.negative_control == "refuted"


@pytest.mark.slow
@pytest.mark.parametrize("claim", EXACT, ids=lambda c: c.name)
def test_every_formal_claim_is_proved_without_the_shelf(claim):
    row = verify(claim, fresh=True)
    assert row.verdict is Verdict.PROVED
    assert row.negative_control == "refuted"
    assert row.slack


def test_the_shelf_holds_certificates_of_the_catalogue_as_it_stands():
    claims = {c.name: c for c in CLAIMS} | dict(theorems.library().steps)
    paths = sorted(shelf.SHIPPED.glob("*.json"))
    assert len(paths) >= 200
    for path in paths:
        digest = json.loads(path.read_text())["digest"]
        assert claims[path.stem].statement.digest == digest, f"{path.stem} has changed since"


@pytest.mark.parametrize("claim", EXACT[::40], ids=lambda c: c.name)
def test_a_damaged_shelf_is_searched_past(claim, monkeypatch):
    forged = {claim.statement.digest: '{"digest": "' + claim.statement.digest + '"}'}
    monkeypatch.setattr(shelf, "texts", lambda: forged)
    assert verify(claim).verdict is Verdict.PROVED


def test_certificates_are_written_and_accepted(tmp_path):
    claim = find("order-of-weights")
    (path,) = shelf.shelve([report_row(verify(claim, fresh=True))], tmp_path)
    assert check.check(path.read_text(), claim.statement.canonical).digest == claim.statement.digest


@pytest.mark.parametrize("name", LIGHT)
def test_measured_claims_are_supported_never_proved(name):
    row = verify(find(name))
    assert row.verdict is Verdict.SUPPORTED
    assert row.negative_control == "refuted"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(MEASUREMENTS) - set(LIGHT)))
def test_long_measurements(name):
    assert verify(find(name), "full").stands


def test_names_and_sources_are_well_formed():
    names = [c.name for c in CLAIMS]
    assert len(set(names)) == len(names) >= 15
    for claim in CLAIMS:
        assert claim.source.key in SOURCES
        assert claim.name == claim.name.lower()
        assert claim.statement.digest != claim.mutant.digest


def test_hypotheses_are_shown_non_empty():
    for claim in CLAIMS:
        if any(r.operator != "==" for r in claim.statement.hypotheses.values()):
            assert claim.statement.assumptions_hold_at(claim.statement.witness), claim.name


def test_a_false_claim_is_refuted_and_exits_1():
    claim = find("order-of-weights")
    row = verify(replace(claim, statement=claim.mutant, mutant=claim.statement))
    assert row.verdict is Verdict.REFUTED
    assert exit_code([report_row(row)]) == 1


def test_a_control_that_is_true_is_noticed():
    claim = find("order-of-weights")
    true = claim.statement.with_constants(limit="1/2")
    row = verify(replace(claim, mutant=true))
    assert row.negative_control != "refuted"
    assert not row.stands
    assert exit_code([report_row(row)]) == 1


def test_a_forged_counterexample_is_not_confirmed():
    made = statement({"x": "real"}, "x**2 >= 0")
    assert not confirmed(made, Counterexample({"x": Fraction(1)}, "1", "0"))


def test_verdicts_have_no_truth_value():
    with pytest.raises(TypeError, match="no truth value"):
        bool(Verdict.PROVED)


def test_tests_and_statistics_cannot_prove():
    for kind in (Kind.TESTS, Kind.STATISTICS, Kind.GUARANTEE):
        with pytest.raises(ValueError, match="cannot prove"):
            Evidence(kind, Verdict.PROVED, "")
    with pytest.raises(ValueError, match="counterexample"):
        Evidence(Kind.IDENTITY, Verdict.REFUTED, "")


def test_a_refutation_outweighs_a_proof():
    proved = Evidence(Kind.IDENTITY, Verdict.PROVED, "")
    refuted = Evidence(Kind.TESTS, Verdict.REFUTED, "", counterexample=Counterexample({}, "0", "1"))
    assert weigh([proved, refuted]) is Verdict.REFUTED
    assert weigh([]) is Verdict.UNSUPPORTED


def test_unknown_names_are_refused():
    with pytest.raises(InputError, match="no claim"):
        find("no-such-lemma")


def test_json_follows_its_schema():
    names = ["pair-sum", "shamir-lemma-1-normal-mean"]
    result = CliRunner().invoke(lemmata, ["verify", "--json", "--jobs", "1", *names])
    report = json.loads(result.output)
    jsonschema.validate(report, SCHEMA)
    assert [c["name"] for c in report["claims"]] == names
    assert report["summary"]["verdicts"] == {"proved": 2}


def claim_file(tmp_path, text):
    path = tmp_path / "claims.toml"
    path.write_text(text)
    return str(path)


def test_an_identity_is_not_proved_where_it_is_undefined(tmp_path):
    path = claim_file(
        tmp_path,
        '[everywhere]\nvariables = {w = "real"}\nconclusion = "w/w == 1"\n'
        '[positive]\nvariables = {w = "positive"}\nconclusion = "w/w == 1"\n',
    )
    report = json.loads(CliRunner().invoke(lemmata, ["verify", "--json", path]).output)
    assert [c["verdict"] for c in report["claims"]] == ["undecided", "proved"]


def test_definitions_cannot_be_stacked_into_something_huge(tmp_path):
    chain = ", ".join(f'z{i} = "z{i - 1}*z{i - 1} + 1"' for i in range(1, 31))
    tower = 'a = "x**1000 + 1", b = "a**1000 + 1"'
    for definitions in (f'z0 = "x", {chain}', tower):
        text = f'[c]\nvariables = {{x = "real"}}\ndefinitions = {{{definitions}}}\n'
        path = claim_file(tmp_path, text + 'conclusion = "x >= 0"\n')
        with pytest.raises(InputError, match=r"more than|too large"):
            load(path)


def test_an_open_claim_does_not_hide_a_failed_control():
    failed = report_row(verify(find("pair-sum"))) | {"negative_control": "proved"}
    undecided = failed | {"verdict": "undecided", "negative_control": "refuted"}
    assert exit_code([failed, undecided]) == 1
    assert exit_code([undecided]) == 4


def rows(tmp_path, text):
    report = CliRunner().invoke(
        lemmata, ["verify", "--json", "--budget", "2", claim_file(tmp_path, text)]
    )
    return {c["name"]: c["verdict"] for c in json.loads(report.output)["claims"]}


def test_an_identity_is_refuted_only_where_its_hypotheses_are_defined(tmp_path):
    # x**y is for x > 0 only, so that x is 1; at x = -1, y = 2 there is no value.
    text = (
        '[claim]\nvariables = {x = "real", y = "real"}\nconclusion = "x == 1"\n'
        'hypotheses = {h = "x**y > 0", g = "x**2 == 1"}\n'
    )
    assert rows(tmp_path, text)["claim"] != "refuted"


def test_what_is_drawn_is_no_variable_of_an_identity(tmp_path):
    text = (
        '[sign]\nvariables = {r = "rademacher"}\nconclusion = "r**2 == 1"\n'
        '[loose]\nvariables = {w = "gaussian"}\nconclusion = "w - w == 0"\n'
    )
    assert rows(tmp_path, text) == {"sign": "unsupported", "loose": "unsupported"}


def test_an_exponent_that_is_no_plain_number_wants_a_positive_base(tmp_path):
    text = '[claim]\nvariables = {x = "real"}\nconclusion = "x**abs(2) == x**2"\n'
    assert rows(tmp_path, text)["claim"] != "proved"
