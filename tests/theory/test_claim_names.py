"""The names of theorems belong to theorems: no claim that is a step of one bears its name."""

import re

from proofs.theorems import library
from theory.catalogue import CLAIMS

NUMBER = re.compile(r"-(theorem|lemma|claim|proposition)-\d+(-\d+)?$")
STEP_OF_A_THEOREM = re.compile(r"-theorem-\d")


def test_no_claim_is_called_like_a_numbered_statement():
    assert [c.name for c in CLAIMS if NUMBER.search(c.name)] == []
    assert not {c.name for c in CLAIMS} & {n.replace("/", "-") for n in library().theorems}


def test_no_proved_step_is_called_after_a_main_theorem():
    """Runs of a theorem may say of which; a one-line inequality may not."""
    measured = {c.name for c in CLAIMS if "measured" in c.statement.domains}
    named = {c.name for c in CLAIMS if STEP_OF_A_THEOREM.search(c.name)}
    assert named <= measured
