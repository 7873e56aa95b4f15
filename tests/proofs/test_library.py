"""The library: every lemma has a stored certificate, and is found by words and by formula."""

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import proofs.commands.search as search_command
from proofs.core import check
from proofs.evidence.shelf import texts
from proofs.library import entries, named, search
from proofs.refutation.violation import violation
from theory.errors import InputError
from theory.stated import statement


def test_it_has_at_least_190_lemmas_in_seventeen_families():
    assert len(entries()) >= 190
    assert len(Counter(e.family for e in entries())) == 17
    names = [e.claim.name for e in entries()]
    assert len(set(names)) == len(names)


def test_each_lemma_says_its_name_its_use_and_its_equality_case():
    for entry in entries():
        assert entry.claim.title != entry.claim.name
        assert entry.cited
        assert entry.equality
        assert statement(entry.claim.statement)


def test_each_lemma_has_a_stored_certificate():
    missing = [e.claim.name for e in entries() if e.claim.statement.digest not in texts()]
    assert not missing


@pytest.mark.parametrize("entry", entries()[::9], ids=lambda e: e.claim.name)
def test_a_stored_certificate_proves_its_lemma(entry):
    check.check(texts()[entry.claim.statement.digest], entry.claim.statement.canonical)


def test_constants_are_bracketed_to_a_millionth():
    brackets = [e.bracket for e in entries() if e.bracket is not None]
    assert len(brackets) >= 40
    near = [b for b in brackets if abs(Fraction(b[1]) - Fraction(b[2])) <= Fraction(3, 10**6)]
    assert len(near) == len(brackets)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("pointwise gibbs", "relative-entropy-pointwise"),
        ("descent lemma papers", "descent-gradient"),
        ("(1-y)**k <= exp(-k*y)", "rate-below-exp"),
        ("exp(-t) >= 1 - t", "one-minus-below-exp"),
        ("log(1+u) <= u", "log-tangent"),
        ("Heron", "newton-root"),
    ],
)
def test_lemmas_are_found(query, name):
    found = [entry.claim.name for entry, _ in search(query, 5)]
    if named(name) is not None:
        assert name in found


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [
        ("λ·x₁ ≤ λ²", "lambda*x_1 <= lambda^2"),
        ("(x₁ + x₂)² ≤ 2·x₁² + 2·x₂²", "(x + y)^2 <= 2*x^2 + 2*y^2"),
        ("sum(i, 1, n, a_i)² ≤ n", "sum(j, 1, m, b_j)^2 <= m"),
        ("E(max(i, 1, n, X_i)) ≤ (1 + log(n))/r", "E(max(k, 1, n, Y_k)) <= (1 + log(n))/s"),
    ],
)
def test_a_query_is_read_like_a_claim(pasted, typed):
    """Greek letters, signs and sums as they are pasted, whatever the names are."""
    found = [[(entry.claim.name, score) for entry, score in search(q)] for q in (pasted, typed)]
    assert found[0] == found[1]


def test_nothing_is_found_for_nonsense_and_nothing_is_refused_silently():
    assert search("xyzzy plugh") == []
    with pytest.raises(InputError):
        search("   ")
    with pytest.raises(InputError):
        search("1 + + <= )")


def test_a_false_twin_is_refuted_at_a_point():
    twin = named("log-tangent").claim.mutant
    assert violation(twin, {"x": Fraction(1, 10**7)}) is not None


def test_the_command_prints_what_its_schema_says():
    done = CliRunner().invoke(search_command.command, ["--json", "entropy"], standalone_mode=False)
    assert done.return_value == 0
    folder = Path(search_command.__file__).parents[1] / "schemas"
    schema = json.loads((folder / "search.schema.json").read_text())
    jsonschema.validate(json.loads(done.output), schema)
    shown = CliRunner().invoke(search_command.command, ["--latex", "softplus"])
    assert "softplus" in shown.output
