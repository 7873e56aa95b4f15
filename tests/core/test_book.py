"""What the functions of the core make of small inputs is what the book says, and is right.

The hash seed is another one in every process: what depends on it is noticed, sooner or later.
"""

import book
import pytest


@pytest.mark.parametrize("name", book.pages())
def test_the_core_makes_what_the_book_says(name):
    found = [(entry, *book.outcome(entry)) for entry in book.entries(name)]
    wrong = book.difference(book.kept(name), [line for _, line, _ in found], name)
    assert not wrong, f"read this; if it is meant: python tests/core/book.py --write\n{wrong}"
    for entry, _, made in found:
        if entry.right is not None and made is not None:
            entry.right(made)


def test_the_book_has_all_pages_and_no_others():
    assert {p.stem for p in book.FOLDER.glob("*")} == {*book.pages()}


def test_the_book_is_large_and_has_refusals():
    lines = [line for name in book.pages() for line in book.kept(name)]
    assert len(lines) >= 5000
    assert sum("  =>  malformed: " in line for line in lines) >= 200
    assert sum("  =>  rejected: " in line for line in lines) >= 500


def test_a_changed_line_is_shown():
    known = book.kept("ranges-powers")
    changed = [known[0] + ".", *known[1:]]
    shown = book.difference(known, changed, "ranges-powers").splitlines()
    assert shown[-2:] == [f"-{known[0]}", f"+{known[0]}."]


def test_a_long_line_is_shown_in_part_and_known_as_a_whole():
    long = "x" * (book.LONGEST + 1)
    assert book.clipped(long[1:]) == long[1:]
    assert len({book.clipped(long + end) for end in "abc"}) == 3


def test_a_wrong_value_is_not_right():
    """A page cannot be written anew with a wrong value: what is right is asked besides."""
    (entry,) = (e for e in book.entries("ranges-functions") if e.said == "sqrt [1, 2]")
    made = entry.find()
    entry.right(made)
    with pytest.raises(AssertionError):
        entry.right(made._replace(hi=made.lo))
