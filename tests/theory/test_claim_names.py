"""The names of theorems belong to theorems: no claim that is a step of one bears its name."""

import json
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


CHANCE = re.compile(r"(?<![\w-])([PE])(?= ?\(| ?\|| \w+[ (|])")
NAMED = {
    "gram-operator": "P is the operator",
    "shamir-lemma-1-two-points": "the mean of two values, written out",
}
"""Letters of titles that stand for something else, or for what the statement writes out."""


def formulas(claim):
    """All that a claim states, without the sentence on its scope."""
    stated = json.loads(claim.statement.canonical)
    return json.dumps({part: text for part, text in stated.items() if part != "scope"})


def test_a_title_has_no_chance_and_no_mean_that_its_statement_has_not():
    """An inequality between numbers is called that, whatever the proof takes it for."""
    unsaid = {
        claim.name
        for claim in [*CLAIMS, *library().steps.values()]
        if "measured" not in claim.statement.domains
        and not {*CHANCE.findall(claim.title)} <= {*CHANCE.findall(formulas(claim))}
    }
    assert unsaid == {*NAMED}


def test_one_name_is_one_statement():
    """Of claims, steps of theorems, lemmas of the library and kernel theorems together."""
    shelf = library()
    names = [c.name for c in CLAIMS] + list(shelf.steps) + list(shelf.known.kernel)
    names += [entry.claim.name for entry in lemmas.entries()]
    assert [name for name, count in Counter(names).items() if count > 1] == []
