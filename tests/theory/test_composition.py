"""A formal statement that speaks of other things than the words is refused."""

import re
from dataclasses import replace

import pytest

from proofs.theorems import find, library
from theory.errors import InputError

WHOLE = """
[theorem]
title = "Twice Bernoulli"
source = {key = "lemmata", number = "a test", sureness = "re-derived"}
words = "For all x >= -1: (1 + x)^6 >= 1 + {whole.factor} x."
latex = '(1+x)^6\\ge1+{whole.factor}x'
hypotheses = {range = "x >= -1"}
proof = "Bernoulli for the cube [cube]."

[composition]
claims = ["whole"]
reads = {x = "x"}
given = {low = "range"}

[step.cube]
variables = {x = "real"}
hypotheses = {h = "x >= -1"}
conclusion = "(1+x)**3 >= 1 + 3*x"

[step.whole]
variables = {x = "real"}
hypotheses = {low = "x >= -1"}
constants = {factor = 6}
conclusion = "(1+x)**6 >= 1 + factor*x"
uses = ["cube"]
"""


def read(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return find(str(path))[1]


def test_a_formal_statement_rests_on_its_claims_and_on_what_they_cite(tmp_path):
    theorem = read(tmp_path, WHOLE)
    assert theorem.composed == ("whole", "cube")
    assert set(theorem.steps["whole"].hints.own) == {"cube"}
    assert theorem.words == "For all x >= -1: (1 + x)^6 >= 1 + 6 x."


WRONG = {
    "a quantity of its own": (
        'variables = {x = "real"}\nhypotheses = {low',
        'variables = {x = "real", y = "real"}\nhypotheses = {low',
        "reads: 'y' of whole is no quantity of the words",
    ),
    "a reading that is not in the words": (
        'reads = {x = "x"}',
        'reads = {x = "the step size"}',
        "reads.x: 'the step size' does not stand in the words",
    ),
    "a hypothesis that nothing gives": (
        'given = {low = "range"}',
        "given = {}",
        "given: nothing gives the hypothesis 'low'",
    ),
    "a hypothesis of nowhere": (
        'given = {low = "range"}',
        'given = {low = "x is small"}',
        "given.low: 'x is small' is given nowhere",
    ),
    "a number that the words do not take": (
        "1 + {whole.factor} x",
        "1 + 6 x",
        "",  # the formula takes it still
    ),
    "a number that nobody takes": (
        "{whole.factor}",
        "6",
        "the words do not take {whole.factor}",
    ),
    "a conclusion about the proof": (
        'reads = {x = "x"}',
        'inner = {x = "a number of the proof"}',
        "inner: whole concludes about 'x': say it in words",
    ),
    "a claim of another file": (
        'claims = ["whole"]\nreads',
        'claims = ["exp-tangent"]\nreads',
        "claims: 'exp-tangent' is no step of this file",
    ),
    "nothing": ('claims = ["whole"]\n', "", "claims or kernel theorems are wanted"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_formal_statement_about_other_things_is_refused(tmp_path, what):
    old, new, problem = WRONG[what]
    assert old in WHOLE
    text = WHOLE.replace(old, new)
    if not problem:
        assert read(tmp_path, text).composition is not None
        return
    with pytest.raises(InputError, match=re.escape(problem)):
        read(tmp_path, text)


THEOREMS = library().theorems


def test_what_only_prose_joins_says_which_inference_that_is_and_why():
    bare = [
        t.name
        for t in THEOREMS.values()
        if t.inferences and not (t.kernel or t.claims or t.composed or t.printed or t.prose)
    ]
    assert bare == []
    assert all(len(t.prose.split()) > 5 for t in THEOREMS.values() if t.prose)
    assert not [t.name for t in THEOREMS.values() if t.claims and t.role == "theorem"]


def test_at_least_fifteen_theorems_are_stated_whole_and_none_of_them_only_in_part():
    composed = [t for t in THEOREMS.values() if t.composition and t.role == "theorem"]
    assert len(composed) >= 15
    for theorem in composed:
        formal = theorem.composition
        assert set(formal.claims) <= set(theorem.steps), theorem.name
        # Whatever a claim of it says is at the words' own numbers: no number of it is loose.
        for label in formal.claims:
            step = theorem.steps[label]
            loose = {c for c in step.statement.constants if c not in step.ties}
            assert {(label, c) for c in loose} <= set(theorem.ties), label
            assert step.statement.digest != step.mutant.digest


def test_what_people_read_between_a_formal_statement_and_the_words_is_said():
    """No theorem counts as certified where prose joins its parts: see ``Theorem.join``."""
    plain = {t.name for t in THEOREMS.values() if t.composition and not t.join}
    assert "lemmata/near-identity-step-needed" in plain
    for name in ("du-hu2019/claim-7-1", "shamir2019/lemma-10", "lemmata/zas-first-step"):
        assert THEOREMS[name].join
    for name in plain:
        made = THEOREMS[name].composition
        assert not any((made.kernel, made.inner, made.facts, made.how)), name


def test_the_number_in_the_words_is_the_one_that_is_proved():
    theorem = THEOREMS["hu-xiao-pennington2020/claim-4-3"]
    (label,) = theorem.composition.claims
    assert theorem.steps[label].ties == {"radius": ("orthogonal-radius", "radius")}
    moved = replace(theorem.steps[label].statement, constants={"radius": 9})
    assert moved.digest != theorem.steps[label].statement.digest
