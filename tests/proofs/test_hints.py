"""Hints lead the search and prove nothing; what is undecided says what was tried."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.user_claims import load
from proofs.verification.decide import decide
from theory.errors import InputError

FILE = """
[cited]
variables = {a = "positive", b = "positive", e = "positive"}
conclusion = "2*a*b <= e*a**2 + b**2/e"
uses = ["young-epsilon"]
at = {x = "a", y = "b", e = "e"}

[mine]
variables = {x = "real"}
conclusion = "x**4 + 1 >= 2*x**2"

[other]
variables = {y = "real"}
conclusion = "y**4 + 2 >= 2*y**2 + 1"
uses = ["mine"]

[substituted]
variables = {x = "positive"}
conclusion = "log(x) <= x - 1"
substitute = {x = "exp(x)"}

[split]
variables = {x = "real", y = "real"}
conclusion = "max(x, y) >= (x+y)/2"
split = ["x - y"]

[invariant]
variables = {}
conclusion = "S <= 2"
layers = {start = {S = "0", n = "0"}, next = {S = "S+1/2**n", n = "n+1"}}
invariant = ["S == 2 - 2/2**n"]

[false]
variables = {x = "real"}
conclusion = "x**2 >= 2*x"
uses = ["mine"]
at = {x = "x"}
"""


@pytest.fixture
def claims(tmp_path):
    path = tmp_path / "hints.toml"
    path.write_text(FILE)
    return {c.name: c for c in load(path)}


@pytest.mark.parametrize("name", ["cited", "other", "substituted", "split", "invariant"])
def test_what_a_hint_leads_to_is_proved(claims, name):
    claim = claims[name]
    assert decide(claim.statement, 20, hints=claim.hints).verdict is Verdict.PROVED


def test_a_hint_does_not_prove_what_is_false(claims):
    claim = claims["false"]
    assert decide(claim.statement, 5, hints=claim.hints).verdict is Verdict.REFUTED


def test_hints_are_no_part_of_the_statement(claims):
    assert "uses" not in claims["cited"].statement.canonical


def test_undecided_says_what_was_tried_and_what_would_help(claims):
    found = prove(claims["invariant"].statement, 0.02)
    assert found.verdict is not Verdict.PROVED
    assert "hint" in found.detail


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ('uses = ["no such"]', "uses"),
        ('at = {x = "1"}', "at"),
        ('substitute = {z = "exp(z)"}', "substitute"),
        ('split = ["sin("]', "split"),
        ('invariant = ["y > 0"]', "invariant"),
    ],
)
def test_a_bad_hint_is_one_line(tmp_path, key, problem):
    path = tmp_path / "bad.toml"
    path.write_text(f'[a]\nvariables = {{x = "real"}}\nconclusion = "x**2 >= 0"\n{key}\n')
    with pytest.raises(InputError, match=problem):
        load(path)


def test_an_unknown_lemma_is_named(tmp_path):
    path = tmp_path / "unknown.toml"
    path.write_text('[a]\nvariables = {x = "real"}\nconclusion = "x >= x"\nuses = ["nobody"]\n')
    (claim,) = load(path)
    with pytest.raises(InputError, match="nobody"):
        decide(claim.statement, 2, hints=claim.hints)
