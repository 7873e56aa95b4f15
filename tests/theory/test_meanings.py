"""What users' statements mean is what the book says that they mean, line by line.

The hash seed is another one in every process: what depends on it is noticed, sooner or later.
"""

import pytest

from tests.theory import meanings

TOGETHER = 20
BOOK = {name: meanings.kept(name) for name in meanings.SOURCES}
SOME = [
    pytest.param(name, titles[k : k + TOGETHER], id=f"{name}-{k + 1}")
    for name, titles in ((n, list(found)) for n, found in BOOK.items())
    for k in range(0, len(titles), TOGETHER)
]


@pytest.mark.parametrize(("name", "titles"), SOME)
def test_statements_mean_what_the_book_says(name, titles):
    wanted = {t: BOOK[name][t] for t in titles}
    found = meanings.difference(wanted, meanings.now(name, titles), name)
    assert not found, f"read this; if it is meant: python -m tests.theory.meanings --write\n{found}"


def test_the_book_has_all_statements_and_no_others():
    assert {p.stem for p in meanings.BOOK.glob("*")} <= {*meanings.SOURCES}
    for name, known in BOOK.items():
        assert list(known) == list(meanings.said(name)), name


def test_the_book_is_large_and_has_refusals():
    lines = [
        line for known in BOOK.values() for text in known.values() for line in text.split("\n")
    ]
    assert sum(map(len, BOOK.values())) >= 4000
    assert sum(line.startswith(("  refused ", "  unsupported ")) for line in lines) >= 500
    assert sum(line.startswith("  defined ") for line in lines) >= 500


def test_a_changed_meaning_is_shown():
    known = BOOK["proofs-corpus-true"]
    (title, *_) = (t for t, lines in known.items() if ">= 0" in lines)
    changed = {**known, title: known[title].replace(">= 0", "> 0", 1)}
    shown = meanings.difference(known, changed, "true").splitlines()
    assert [line[0] for line in shown if line[:1] in "+-"] == ["-", "+", "-", "+"]


def test_a_long_line_is_shown_in_part_and_known_as_a_whole():
    long = "x" * (meanings.LONGEST + 1)
    assert meanings.clipped(long[1:]) == long[1:]
    assert len({meanings.clipped(long + end) for end in "abc"}) == 3
