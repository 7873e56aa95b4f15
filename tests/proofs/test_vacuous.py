"""A claim about nothing is said to be: laws of no class, hypotheses that no point satisfies."""

import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs import commands
from proofs.cli import lemmata
from proofs.evidence.verdicts import Verdict
from proofs.user_claims import readable
from proofs.verification.audit import audit
from proofs.verification.catalogue import verify
from proofs.verification.met import contradictory, judged, laws, satisfied, vacuous
from theory.claims import statement

REALS = {"a": "real", "b": "real", "m": "real", "s": "real", "t": "positive", "x": "real"}
NONE_IN_IT = [
    ("bounded(x, x - 1, x)", "E(X**2) <= -5", {}),
    ("bounded(x, x + 1, x + 2)", "E(X**2) <= -5", {}),
    ("bounded(a, b, m)", "P(X >= t) <= -5", {"far": "m >= b + 1"}),
    ("bounded(0, inf, m)", "P(X >= t) <= -5", {"low": "m <= -1"}),
    ("random(m, s)", "P(|X - m| >= t) <= -5", {"low": "s <= 0"}),
    ("subgaussian(s)", "P(X >= t) <= -5", {"low": "s <= -1"}),
    ("bounded(0, 1, m)", "m >= 5", {"mean": "E(X**2) <= -1"}),
]
"""A law, what would be said of a draw, and what is assumed of the parameters."""
SOME_IN_IT = [
    ("bounded(x, x + 1, x)", "E(X**2) <= x**2", {}),
    ("bounded(a, b, m)", "Var(X) <= (b - a)**2/4", {"far": "a >= 3"}),
    ("random(m, s)", "P(|X - m| >= t) <= s**2/t**2", {"low": "s >= 2"}),
    ("subgaussian(s)", "P(X >= t) <= exp(-t**2/(2*s**2))", {}),
    ("bounded(0, 1, m)", "m <= 1/2", {"mean": "E(X**2) <= 1/4"}),
]


def about(law, conclusion, hypotheses):
    return statement({"X": law, **REALS}, conclusion, hypotheses=hypotheses)


@pytest.mark.parametrize(("law", "conclusion", "hypotheses"), NONE_IN_IT)
def test_a_claim_about_the_laws_of_an_empty_class_is_vacuous(law, conclusion, hypotheses):
    made = about(law, conclusion, hypotheses)
    assert satisfied(made, 0.05) is None
    assert contradictory(made, 3.0)


@pytest.mark.parametrize(("law", "conclusion", "hypotheses"), SOME_IN_IT)
def test_where_a_class_has_a_member_it_is_shown(law, conclusion, hypotheses):
    made = about(law, conclusion, hypotheses)
    found = satisfied(made, 1.0)
    case, left = made.about(found)
    assert case.assumptions_hold_at(left)
    assert not vacuous(made, {}, 0.2)
    assert not contradictory(made, 0.1)


@settings(max_examples=6)
@given(st.fractions(-3, 3, max_denominator=4), st.fractions(-3, 3, max_denominator=4))
def test_a_class_is_empty_exactly_where_its_mean_is_not_between_its_ends(low, width):
    """On [low, low + width] with mean low + 1."""
    law = f"bounded(x + {low}, x + {low + width}, x + {low + 1})"
    made = about(law.replace("+ -", "- "), "E(X**2) >= x**2 - 9", {})
    assert vacuous(made, {}, 0.2) is (width < 1)


def test_what_is_judged_are_hypotheses_and_no_theorems():
    made = about("bounded(0, 1, m)", "m <= 1/2", {"mean": "E(X**2) <= 1/4", "low": "m >= -3"})
    assert {"Jensen", "Bhatia-Davis"} <= set(made.hypotheses)
    assert judged(made) == ["low", "mean"]
    needs = {h.name: h for h in audit(made, 2).hypotheses}
    assert (needs["mean"].need, needs["low"].need) == ("needed", "not needed")
    assert Fraction(1, 2) < needs["mean"].counterexample.point["m"] <= 1


def test_a_hypothesis_with_the_name_of_a_theorem_stays_one():
    made = about("bounded(0, 1, m)", "m <= 1/2", {"Jensen": "E(X**2) <= 1/4"})
    assert judged(made) == ["Jensen"]


CLAIMS = """
[empty]
variables = {X = "bounded(x, x - 1, x)", x = "real"}
conclusion = "E(X**2) <= -5"

[some]
variables = {X = "bounded(a, b, m)", "a, b, m" = "real"}
conclusion = "Var(X) <= (b - a)**2/4"

[point-mass]
variables = {X = "bounded(0, inf, m)", m = "nonnegative", t = "positive"}
hypotheses = {low = "m <= 0"}
conclusion = "P(X >= t) <= 0"

[dropped]
variables = {x = "real"}
hypotheses = {low = "x <= -1", high = "x >= 1"}
conclusion = "x >= 5"
mutant = {drop = ["high"]}

[several]
variables = {x = "real"}
conclusion = "x**2 >= 0 and x**4 >= 0"
mutant = {conclusion = "x**2 >= -1"}
"""


@pytest.fixture
def path(tmp_path):
    (tmp_path / "c.toml").write_text(CLAIMS)
    return tmp_path / "c.toml"


def test_the_twin_of_a_vacuous_claim_does_not_hide_it(path):
    """Without a hypothesis the twin fails, which says nothing of the claim with it."""
    claims = {c.name: c for c in readable(str(path))[0]}
    row = verify(claims["dropped"], budget=1)
    assert row.verdict is Verdict.PROVED
    assert row.control_point is not None  # at which the twin fails
    assert row.negative_control == "none: the hypotheses contradict each other"
    assert not row.stands


def test_several_conclusions_that_hold_do_not_make_hypotheses_contradictory(path):
    """Its twin holds, and that is what is wrong with it."""
    claims = {c.name: c for c in readable(str(path))[0]}
    row = verify(claims["several"], budget=1)
    assert row.negative_control == "proved, which is an error"


def test_a_claim_about_every_depth_is_met_at_some_depth():
    rows = ["a[0] == 1", "a[n+1] == a[n]*d[n+1]/d[n]"]
    domains = {"n": "natural", "d": "sequence of positive"}
    made = statement(domains, "a[n]*d[0] == d[n]", recursions=rows)
    assert "layers" in satisfied(made, 1.0)
    assert not vacuous(made, {}, 0.5)
    none = statement({"n": "natural"}, "a[n] <= -1", {}, {"h": "a[n] <= 0"}, recursions=[
        "a[0] == 1", "a[n+1] == 2*a[n]"])  # fmt: skip
    assert satisfied(none, 0.1) is None


def test_the_law_is_named_where_there_is_one(path):
    claims = {c.name: c for c in readable(str(path))[0]}
    some, mass = claims["some"], claims["point-mass"]
    at = satisfied(some.statement, 0.3)
    assert laws(some, at) == {"X": "twopoint(a, b, m)"}
    at = satisfied(mass.statement, 0.3)
    assert at["m"] == 0  # no law on two values has it
    assert laws(mass, at) == {}


def test_the_command_says_vacuous_and_names_the_law(path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")

    def run(name, *options):
        arguments = ["audit", f"{path}::{name}", "--budget", "2", *options]
        return CliRunner().invoke(lemmata, arguments, standalone_mode=False)

    empty, some = run("empty"), run("some")
    assert (empty.return_value, some.return_value) == (1, 0)
    assert "proved empty, vacuous" in empty.stdout
    assert "X twopoint(a, b, m)" in some.stdout
    data = json.loads(run("some", "--json").stdout)
    schema = Path(commands.__file__).parents[1] / "schemas" / "audit.schema.json"
    jsonschema.validate(data, json.loads(schema.read_text()))
    assert data["results"][0]["laws"] == {"X": "twopoint(a, b, m)"}
    assert "for $X$ twopoint(a, b, m)." in run("some", "--latex").stdout


def test_a_claim_that_brings_its_witness_is_audited_in_a_process_of_its_own():
    done = CliRunner().invoke(lemmata, ["audit", "order-of-weights", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["results"][0]["witness"]


def test_what_is_assumed_by_cases_can_be_met_in_one_of_them():
    apart = {"a": "x**2 < 1", "b": "x > 1 or x < -1"}
    made = statement({"x": "real"}, "x >= 5", hypotheses=apart)
    assert satisfied(made, 0.1) is None
    assert vacuous(made, {}, 3.0)
    touching = statement({"x": "real"}, "x >= 1", hypotheses={**apart, "b": "x >= 1/2 or x < -1"})
    point = satisfied(touching, 1.0)
    assert Fraction(1, 2) <= point["x"] < 1
    assert not vacuous(touching, point, 0.2)
