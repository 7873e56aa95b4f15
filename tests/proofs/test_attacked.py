"""What an attacker of the language tried: no false statement is proved and no true one refuted.

731 statements of every construct, true, false near the truth, or without a value somewhere; the
truth was found by hand, numerically, or from a textbook. It takes minutes: ``pytest -m slow``.
"""

import tomllib
from pathlib import Path

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.user_claims import entries
from proofs.verification.decide import decide
from theory.claims import Claim
from theory.errors import InputError, Unsupported

pytestmark = pytest.mark.slow
TRIED = Path(__file__).parents[1] / "fixtures" / "border" / "attacked.toml"
TRUTH = {name: row["truth"] for name, row in tomllib.loads(TRIED.read_text("utf-8")).items()}
KINDS = sorted({name.partition("-")[0] for name in TRUTH})
SILENT = {"true": Verdict.REFUTED, "false": Verdict.PROVED, "undefined": Verdict.PROVED}
SECONDS = 0.3


@pytest.fixture(scope="module")
def tried():
    return list(entries(TRIED))


def test_every_statement_is_read_or_refused_in_one_line(tried):
    for entry in tried:
        if not isinstance(entry, Claim):
            assert isinstance(entry.problem, InputError | Unsupported)
            assert "\n" not in str(entry.problem)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_said_against_the_truth(kind, tried):
    said = {
        e.name: decide(e.statement, SECONDS).verdict
        for e in tried
        if isinstance(e, Claim) and e.name.partition("-")[0] == kind
    }
    assert [n for n, verdict in said.items() if verdict is SILENT[TRUTH[n]]] == []
