"""The lists of statements in the fixtures: no verdict contradicts the truth, and none is lost."""

import json
import tomllib
from pathlib import Path

import pytest

from proofs.user_claims import entries
from proofs.verification.decide import decide
from theory.claim_files import Unread

FOLDER = Path(__file__).parents[1] / "fixtures" / "language"
EXPECTED = json.loads((FOLDER / "expected.json").read_text())
TRUTH = {
    f"{path.stem}::{name}": table["truth"]
    for path in FOLDER.glob("*.toml")
    for name, table in tomllib.loads(path.read_text()).items()
}
WRONG = {("true", "refuted"), ("false", "proved"), ("false", "unsupported")}


def test_every_statement_has_an_expected_outcome_that_is_not_wrong():
    assert set(EXPECTED) == set(TRUTH)
    assert not {(TRUTH[k], v) for k, v in EXPECTED.items()} & WRONG
    decided = sum(v != "undecided" for v in EXPECTED.values())
    assert decided >= 0.85 * len(EXPECTED)


@pytest.mark.slow
@pytest.mark.parametrize("reference", sorted(EXPECTED))
def test_a_statement_is_decided_as_expected(reference):
    stem, _, name = reference.partition("::")
    (claim,) = entries(FOLDER / f"{stem}.toml", name)
    if isinstance(claim, Unread):
        assert EXPECTED[reference] == "unsupported"
        return
    found = decide(claim.statement, 20.0).verdict.value
    assert (TRUTH[reference], found) not in WRONG
    assert EXPECTED[reference] in (found, "undecided")


# Nothing is read as something weaker --------------------------------------------------------------

HOSTILE = [
    (path, name)
    for path in sorted(FOLDER.parent.glob("hostile*.toml"))
    for name in tomllib.loads(path.read_text())
]


def test_the_hostile_lists_are_long():
    assert len(HOSTILE) >= 400


@pytest.mark.slow
@pytest.mark.parametrize(("path", "name"), HOSTILE, ids=lambda x: getattr(x, "stem", x))
def test_nothing_hostile_is_proved(path, name):
    (claim,) = entries(path, name)
    if not isinstance(claim, Unread):
        assert decide(claim.statement, 2.0).verdict.value != "proved"
