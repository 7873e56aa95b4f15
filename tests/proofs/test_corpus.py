"""The silent-error corpus: large enough, varied enough, and without a single silent error."""

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import proofs.commands.corpus as corpus_command
from proofs.commands.corpus import summary
from proofs.corpus import Outcome, judge, lemmas, measure
from proofs.refutation.refute import violation


def test_the_corpus_is_large_and_varied():
    counts = Counter(lemma.truth for lemma in lemmas())
    assert counts[True] >= 60
    assert counts[False] >= 60
    kinds = {lemma.kind for lemma in lemmas() if not lemma.truth}
    assert {
        "wrong exponent",
        "off by one",
        "dropped hypothesis",
        "strictness",
        "sixth digit",
        "tiny corner",
        "true up to six",
    } <= kinds


def test_statements_differ_from_each_other():
    digests = [lemma.statement.digest for lemma in lemmas()]
    assert len(set(digests)) == len(digests)


@pytest.mark.parametrize("lemma", lemmas()[::11], ids=lambda lemma: lemma.name)
def test_a_sample_shows_no_silent_error(lemma):
    assert not judge(lemma, 4).silent_error


@pytest.mark.slow
def test_the_whole_corpus_shows_no_silent_error():
    outcomes = list(measure(lemmas(), 6, jobs=2))
    totals = summary(outcomes)
    assert totals["wrong_proved"] == 0
    assert totals["true_refuted"] == 0
    assert totals["wrong_undecided"] + totals["true_undecided"] <= 10


def test_a_silent_error_is_called_one():
    assert Outcome("a", "b", False, "proved", "", 0).silent_error
    assert Outcome("a", "b", True, "refuted", "", 0).silent_error
    assert not Outcome("a", "b", True, "undecided", "", 0).silent_error


def test_order_and_truth_survive_parallel_runs():
    chosen = lemmas()[:2] + lemmas()[-2:]
    outcomes = list(measure(chosen, 4, jobs=2))
    assert [(o.name, o.truth) for o in outcomes] == [(c.name, c.truth) for c in chosen]


def test_seven_is_where_the_pattern_breaks():
    (lemma,) = [one for one in lemmas() if one.name == "k7-root"]
    fails = [k for k in range(1, 12) if violation(lemma.statement, {"k": Fraction(k)})]
    assert fails == [7, 8, 9, 10, 11]


def test_the_command_prints_what_its_schema_says(monkeypatch):
    monkeypatch.setattr(corpus_command, "lemmas", lambda: lemmas()[:1] + lemmas()[-1:])
    done = CliRunner().invoke(corpus_command.command, ["--json"], standalone_mode=False)
    assert done.return_value == 0
    folder = Path(corpus_command.__file__).parents[1] / "schemas"
    jsonschema.validate(
        json.loads(done.output), json.loads((folder / "corpus.schema.json").read_text())
    )
    assert json.loads(done.output)["totals"]["wrong_refuted"] == 1
