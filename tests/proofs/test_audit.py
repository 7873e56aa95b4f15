"""Hypotheses: satisfiable by an exact point, and each one needed or shown not to be."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import proofs.commands.audit as audit_command
from proofs.cli import lemmata
from proofs.verification.audit import audit
from theory.claims import statement
from theory.errors import InputError

BERNOULLI = statement(
    {"x": "real"},
    "(1+x)**3 >= 1 + 3*x",
    hypotheses={"above": "x >= -3", "below": "x <= 100"},
)


def test_a_needed_hypothesis_has_a_counterexample_without_it_and_an_idle_one_a_certificate():
    found = {h.name: h for h in audit(BERNOULLI, 6).hypotheses}
    assert found["above"].need == "needed"
    assert found["above"].counterexample.point["x"] < -3
    assert found["below"].need == "not needed"


def test_the_witness_satisfies_every_hypothesis():
    witness = audit(BERNOULLI, 3).witness
    assert BERNOULLI.assumptions_hold_at(witness)


def test_an_empty_set_of_hypotheses_is_proved_empty():
    nothing = statement({"x": "real"}, "x >= 7", hypotheses={"a": "x**2 <= 1", "b": "x >= 2"})
    found = audit(nothing, 6)
    assert found.witness is None
    assert found.empty


def test_the_command_follows_its_schema_and_exit_codes(tmp_path):
    file = tmp_path / "claims.toml"
    file.write_text(
        '[empty]\nvariables = {x = "real"}\nhypotheses = {a = "x**2 <= 1", b = "x >= 2"}\n'
        'conclusion = "x >= 7"\n'
    )
    ran = CliRunner().invoke(
        audit_command.command, [str(file), "--json", "--budget", "4"], standalone_mode=False
    )
    folder = Path(audit_command.__file__).parents[1] / "schemas"
    jsonschema.validate(
        json.loads(ran.output), json.loads((folder / "audit.schema.json").read_text())
    )
    assert ran.return_value == 1
    shown = CliRunner().invoke(
        audit_command.command, ["balancedness-of-a-step", "--budget", "2"], standalone_mode=False
    )
    assert shown.return_value == 0
    assert "satisfiable" in shown.output


@pytest.mark.parametrize("form", [[], ["--json"], ["--latex"]], ids=" ".join)
def test_claims_that_cannot_be_audited_are_one_line_however_many(form, tmp_path, monkeypatch):
    def none(*_):
        raise InputError("conclusion", "it has no variants")

    monkeypatch.setattr(audit_command, "audit", none)
    claim = '[{}]\nvariables = {{x = "real"}}\nconclusion = "x >= 0"\n'
    (tmp_path / "c.toml").write_text("".join(map(claim.format, "abc")))
    done = CliRunner().invoke(audit_command.command, [str(tmp_path / "c.toml"), *form])
    assert len(done.stderr.splitlines()) <= 1
    assert "no variants" in done.output


def test_no_hypothesis_of_a_refuted_claim_is_called_needed(tmp_path):
    wrong = statement({"x": "real"}, "x >= 2", hypotheses={"low": "x >= 1", "high": "x <= 9"})
    found = audit(wrong, 3)
    assert found.refuted is not None
    assert 1 <= found.refuted.point["x"] < 2
    assert {h.need for h in found.hypotheses} == {"open"}
    held = statement({"x": "real"}, "x >= 1", hypotheses={"low": "x >= 1", "high": "x <= 9"})
    assert [h.need for h in audit(held, 3).hypotheses] == ["not needed", "needed"]
    path = tmp_path / "wrong.toml"
    path.write_text('[wrong]\nvariables = {x = "real"}\nhypotheses = {low = "x >= 1"}\n'
                    'conclusion = "x >= 2"\n\n[typo]\nvariables = {x = "real"}\n'
                    'conclusion = "x >= y"\n')  # fmt: skip
    run = CliRunner().invoke(lemmata, ["audit", str(path)], standalone_mode=False)
    assert run.return_value == 1
    assert "the claim itself fails at x" in run.stdout
    assert "needed" not in run.stdout
    assert run.stderr.count("passed over") == run.stderr.count("typo") == 1
    shown = CliRunner().invoke(lemmata, ["show", str(path)], standalone_mode=False)
    assert shown.return_value == 2
    assert "x >= 2" in shown.stdout
    assert "unknown name 'y'" in shown.stderr
    alone = CliRunner().invoke(lemmata, ["show", f"{path}::wrong"], standalone_mode=False)
    assert (alone.return_value, alone.stderr) == (0, "")


READ_BY = [  # a hypothesis, and a claim that was read by it: without it the sentence says another
    ({"s": "[1, inf)", "X": "gaussian"}, {}, "E(|s*X|) == s*E(|X|)", "domain-s"),
    ({"s": "[1, inf)", "b": "real", "X": "gaussian"}, {}, "E(|s*X + b|) >= 0", "domain-s"),
    ({"a": "positive", "b": "nonzero"}, {"h": "a <= b"},
     "integrate(1/x**2, x, a, b) == 1/a - 1/b", "h"),
    ({"c": "[1, inf)"}, {}, "c*sum(k, 1, inf, 1/k^2) <= 2*c", "domain-c"),
]  # fmt: skip


@pytest.mark.parametrize(("variables", "hypotheses", "said", "label"), READ_BY)
def test_of_what_a_claim_was_read_by_nothing_is_said(variables, hypotheses, said, label):
    """The first was "not needed", though false for s = -1, the second "needed" at s = -1, b = 0."""
    found = audit(statement(variables, said, None, hypotheses), 1)
    assert {h.need for h in found.hypotheses if h.name == label} == {"open"}


def test_what_makes_a_floor_or_a_law_is_no_hypothesis():
    rounded = statement({"x": "real"}, "floor(x) >= 0", None, {"h": "x >= 0"})
    assert [(h.name, h.need) for h in audit(rounded, 1).hypotheses] == [("h", "needed")]
    drawn = statement({"X": "exponential(r)", "r": "[1, inf)"}, "E(X) <= 1")
    assert [h.name for h in audit(drawn, 1).hypotheses] == ["domain-r"]


def test_that_a_step_is_positive_is_no_hypothesis_that_one_may_drop():
    """It was "not needed", though for c < 0 nobody says what prox is."""
    claim = statement({"x": "vector", "c": "real"}, "|prox(f, c, x) - x|^2 >= 0",
                      functions={"f": "convex"})  # fmt: skip
    found = {h.name: h.need for h in audit(claim, 1).hypotheses}
    assert found["f-step"] == "open"


def test_what_keeps_lengths_is_needed_where_a_matrix_shows_it():
    claim = statement({"Q": "matrix(n, n)", "A": "matrix(n, n)", "n": "integer >= 1"},
                      "norm(Q*A) == norm(A)", None, {"h": "T(Q)*Q == I"})  # fmt: skip
    found = {h.name: h.need for h in audit(claim, 3).hypotheses if h.name.startswith("h_")}
    assert "needed" in found.values()
    assert "not needed" not in found.values()
