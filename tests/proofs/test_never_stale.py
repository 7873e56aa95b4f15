"""Whatever a verdict depends on is in the question: change it, and the row is not found again."""

import itertools
import os
from dataclasses import fields, replace

import pytest

import numerics
import proofs
import theory
from proofs.evidence import coq_installed, kernel, ledger
from proofs.evidence.ledger import Ledger, key
from proofs.presentation.report import unchecked_row
from proofs.verification.catalogue import find
from theory.expressions import parse, parse_relation
from theory.hints import Hints

CLAIM, OTHER = find("pair-sum"), find("box-escape-bound")
PACKAGES = (theory, numerics, proofs)
HINTS = {
    "uses": ("young",),
    "at": {"young": {"x": parse("2*p")}},
    "invariant": (parse_relation("p >= 0"),),
    "substitute": {"p": parse("p**2")},
    "split": (parse("p - 1"),),
    "own": {"young": OTHER},
}


def test_every_hint_counts_where_a_claim_was_left_open():
    assert set(HINTS) == {field.name for field in fields(Hints)}
    claims = [CLAIM, *(replace(CLAIM, hints=Hints(**{n: v})) for n, v in HINTS.items())]
    assert len({key(c, "quick", budget=1.0) for c in claims}) == len(claims)
    assert len({key(c, "quick") for c in claims}) == 1  # what is settled needs none


def test_every_part_of_the_question_counts(monkeypatch):
    claims = [CLAIM, replace(CLAIM, name="other")]
    claims += [replace(CLAIM, statement=OTHER.statement), replace(CLAIM, mutant=OTHER.mutant)]
    ways = itertools.product(claims, ("quick", "full"), (False, True), (None, 1.0, 2.0))
    asked = list(ways)
    found = {key(*way) for way in asked}
    monkeypatch.setattr(ledger, "code", lambda: "another program")
    found |= {key(*way) for way in asked}
    assert len(found) == 2 * len(asked)


@pytest.mark.parametrize("budget", [None, 1.0])
def test_memory_counts_where_a_claim_was_left_open(budget, monkeypatch):
    found = set()
    for room in (None, 10**9, 4 * 10**9):
        monkeypatch.setattr(ledger, "memory_limit", lambda room=room: room)
        found.add(key(CLAIM, "quick", budget=budget))
    assert len(found) == (1 if budget is None else 3)


def test_what_the_kernel_said_is_of_this_program_and_this_question(tmp_path, monkeypatch):
    questions = (("basis", "claim"), ("another basis", "claim"), ("basis", "another claim"))
    book, entry = Ledger(tmp_path / "rows"), next(iter(kernel.theorems().values()))
    for number, question in enumerate(questions):
        book.keep(unchecked_row(entry) | {"name": str(number)}, *question)
    again = Ledger(tmp_path / "rows")
    assert [again.recall(*q)["name"] for q in questions] == ["0", "1", "2"]
    monkeypatch.setattr(ledger, "code", lambda: "another program")
    assert [again.recall(*q) for q in questions] == [None] * 3


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A program of a few files in the place of ours, and its digest."""
    for package in PACKAGES:
        folder = tmp_path / package.__name__
        (folder / "deep").mkdir(parents=True)
        monkeypatch.setattr(package, "__path__", [str(folder)])
        for suffix in (".py", ".json", ".toml", ".csv"):
            (folder / f"a{suffix}").write_text("1\n")
            (folder / "deep" / f"b{suffix}").write_text("1\n")
    return tmp_path, ledger.code.__wrapped__


def test_every_file_of_the_program_counts(program):
    folder, digest = program
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert len(files) == len(PACKAGES) * 8
    whole, found = digest(), set()
    for path in files:
        path.write_text("2\n")  # of the same length
        found.add(digest())
        path.write_text("1\n2\n")
        found.add(digest())
        other = path.rename(path.with_stem("c"))
        found.add(digest())
        other.unlink()
        found.add(digest())
        path.write_text("1\n")
        assert digest() == whole
    assert len(found | {whole}) == 4 * len(files) + 1
    (folder / "proofs" / "notes.md").write_text("nothing is decided by it")
    assert digest() == whole


def test_what_runs_the_program_counts(program, monkeypatch):
    _, digest = program
    found = {digest()}
    with monkeypatch.context() as changed:
        changed.setattr(ledger.platform, "python_version", lambda: "3.99.0")
        found.add(digest())
    true = ledger.version
    for library in ledger._SOUGHT:
        with monkeypatch.context() as changed:
            changed.setattr(
                ledger, "version", lambda n, this=library: "0.0.1" if n == this else true(n)
            )
            found.add(digest())
    assert len(found) == 2 + len(ledger._SOUGHT)


def test_a_library_of_coq_that_was_changed_makes_another_question(tmp_path, monkeypatch):
    library = tmp_path / "user-contrib" / "Interval" / "Tactic.vo"
    library.parent.mkdir(parents=True)
    library.write_bytes(b"1")
    said = {"-where": str(tmp_path), "--version": "8.16.1"}
    monkeypatch.setattr(coq_installed.shutil, "which", lambda _: "coqc")
    monkeypatch.setattr(coq_installed, "_said", lambda _, option: said[option])
    found = [coq_installed.installed(), kernel.answers_to()]
    assert [coq_installed.installed(), kernel.answers_to()] == found
    for content in (b"12", b"34"):  # longer, and later
        library.write_bytes(content)
        os.utime(library, ns=(0, len(found)))
        found += [coq_installed.installed(), kernel.answers_to()]
    said["--version"] = "8.16.2"
    found += [coq_installed.installed(), kernel.answers_to()]
    library.unlink()
    found += [coq_installed.installed(), kernel.answers_to()]
    assert len(set(found)) == len(found)


def test_a_source_that_was_changed_makes_another_question_in_the_same_process(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(kernel, "installed", lambda: "a compiler")
    found = []
    for path in ("A.v", "theorems.toml", "false/B.v"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        for text in ("one", "two"):
            (tmp_path / path).write_text(text)
            found.append(kernel.answers_to(tmp_path))
    assert len(set(found)) == len(found)
    assert kernel.answers_to(tmp_path) == found[-1]
