"""The names of theorems belong to theorems: no claim that is a step of one bears its name."""

import re
from collections import Counter

from proofs import library as lemmas
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


def test_one_name_is_one_statement():
    """Of claims, steps of theorems, lemmas of the library and kernel theorems together."""
    shelf = library()
    names = [c.name for c in CLAIMS] + list(shelf.steps) + list(shelf.known.kernel)
    names += [entry.claim.name for entry in lemmas.entries()]
    assert [name for name, count in Counter(names).items() if count > 1] == []
