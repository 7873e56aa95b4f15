"""Every numbered statement of the seven papers has its row, under its number."""

import re

import pytest

from proofs.theorems import library

NUMBERED = {
    "shamir2019": [
        *(f"Lemma {n}" for n in (1, *range(5, 17))),
        *(f"Theorem {n}" for n in (2, 3, 4)),
        *(f"Assumption {n}" for n in (1, 2, 3, 4)),
        *("Figure 1", "Figure 2"),
    ],
    "du-hu2019": [
        *("Claim 3.1", "Theorem 4.1", "Assumption 5.1", "Lemma 6.1", "Claim B.1"),
        *(f"Proposition 6.{n}" for n in (2, 3, 4, 5)),
        *(f"Claim 7.{n}" for n in (1, 2, 3)),
    ],
    "wu-wang-ma2019": ["continuous theorem", "discrete theorem", "general form", "Experiments"],
    "nguyen-mondelli2020": [
        *("Assumption 2.1", "Assumption 2.2", "Assumption 3.1", "Theorem 3.2", "Lemma 3.4"),
        *("Section 3.1", "Lemmas 4.1-4.3"),
    ],
    "bartlett-helmbold-long2018": [
        *(f"Theorem {n}" for n in (1, 2, 3, 4)),
        "Lemma 6",
        *(f"abstract, ({x})" for x in "bde"),
    ],
    "arora-cohen-golowich-hu2019": [
        *("Definition 1", "Definition 2", "Theorem 1", "Theorem 2", "Procedure 1", "Experiments"),
        *(f"Claim {n}" for n in (1, 2, 3, 4, 5)),
        *(f"Lemma {n}" for n in (1, 2, 5, 6, 7, 8, 9, 16)),
    ],
    "hu-xiao-pennington2020": [
        *("(4)", "(10), (11)", "Theorem 4.1", "Theorem 5.1", "Lemma 4.2"),
        *(f"Claim 4.{n}" for n in (3, 4, 5)),
        *(f"Lemma 5.{n}" for n in (2, 3, 4, 5)),
    ],
}


@pytest.mark.parametrize("paper", NUMBERED)
def test_every_numbered_statement_has_a_row(paper):
    rows = [t.source.statement for t in library().theorems.values() if t.paper == paper]
    missing = [
        number
        for number in NUMBERED[paper]
        if not any(re.search(rf"(?<![\w.]){re.escape(number)}(?![\w.])", row) for row in rows)
    ]
    assert missing == []


def test_an_assumption_has_an_example_that_meets_it_or_says_why_not():
    for theorem in library().theorems.values():
        if theorem.role == "assumption":
            met = theorem.claims or theorem.composed or theorem.kernel or theorem.inferences
            assert met or theorem.measured or theorem.why, theorem.name


def test_a_lettered_theorem_of_a_page_is_one_object():
    """Theorem D was two theorems: the page spoke of the norm, the file of the loss."""
    shelf = library()
    page = shelf.known.pages["wide-layers.md"]
    lettered = re.findall(r"^\*\*Theorem ([A-Z])\b", page, re.M)
    named = [t.source.statement for t in shelf.theorems.values()]
    assert sorted(lettered) == ["D", "E"]
    for letter in lettered:
        assert named.count(f"wide-layers.md, Theorem {letter}") == 1
    norm, loss = (shelf.find(f"lemmata/wide-layers-{n}") for n in ("norm", "deterministic"))
    assert "|U(t) - Y|_F <=" in norm.words
    assert "R(t) <=" in loss.words
