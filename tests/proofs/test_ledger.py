"""The ledger: a row is found again only while it answers the question, and as it was written."""

import json
import os
import resource
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st

from proofs.cli import lemmata
from proofs.evidence import kernel, ledger
from proofs.evidence.ledger import HEADER, Ledger, resumed, settled
from proofs.export import evidence
from proofs.export.run import Outcome
from proofs.presentation.report import report_row
from proofs.verification import verifying
from proofs.verification.catalogue import find, verify
from theory.errors import InputError
from theory.hints import Hints

CLAIM = find("pair-sum")
OTHER = find("box-escape-bound")
ROW = report_row(verify(CLAIM))
CLAIMS = [replace(CLAIM, name=f"claim-{i}") for i in range(5)]
OPEN = {**ROW["evidence"][0], "verdict": "undecided"}
UNDECIDED = {**ROW, "verdict": "undecided", "evidence": [OPEN]}


def row(claim):
    return {**ROW, "name": claim.name}


@pytest.fixture
def path(tmp_path):
    """A ledger of five rows."""
    made = Ledger(tmp_path / "rows.ledger")
    for claim in CLAIMS:
        made.add(claim, row(claim))
    return made.path


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    made = Ledger(tmp_path_factory.mktemp("whole") / "rows.ledger")
    for claim in CLAIMS:
        made.add(claim, row(claim))
    return made.path.read_bytes()


def assert_one_line(refused):
    assert "\n" not in str(refused)
    assert "rows.ledger" in str(refused)


# Which byte, and which bit of it; 8 cuts the file there, 9 puts noise there.
DAMAGE = st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 9))


def no_row_is_silently_different(tmp_path_factory, content, damage):
    at, bit = damage
    raw = bytearray(content)
    at %= len(raw)
    if bit < 8:
        raw[at] ^= 1 << bit
    elif bit == 8:
        del raw[at:]
    else:
        raw[at : at + 40] = Random(at).randbytes(len(raw[at : at + 40]))
    path = tmp_path_factory.mktemp("damage") / "rows.ledger"
    path.write_bytes(raw)
    try:
        read = Ledger(path)
    except InputError as refused:
        assert_one_line(refused)
        assert path.read_bytes() == raw
    else:
        assert all(read.find(claim) in (None, row(claim)) for claim in CLAIMS)
        for claim in CLAIMS:
            if read.find(claim) is None:
                read.add(claim, row(claim))
        assert all(Ledger(path).find(claim) == row(claim) for claim in CLAIMS)
    copy = path.with_name("copy")
    try:
        resumed(path, copy)
    except InputError as refused:
        assert_one_line(refused)
    else:
        kept = Ledger(copy)
        assert all(kept.find(claim) in (None, row(claim)) for claim in CLAIMS)
        assert sum(kept.find(claim) is None for claim in CLAIMS) <= (2 if bit < 8 else 5)


@settings(max_examples=300)
@example((0, 8))
@example((10, 8))
@example((-1, 0))
@example((-21, 9))
@given(DAMAGE)
def test_damage(tmp_path_factory, content, damage):
    no_row_is_silently_different(tmp_path_factory, content, damage)


@pytest.mark.slow
@settings(max_examples=2_000)
@given(DAMAGE)
def test_much_damage(tmp_path_factory, content, damage):
    no_row_is_silently_different(tmp_path_factory, content, damage)


@pytest.mark.parametrize("left", [0, 1, 50, 500])
def test_a_torn_line_costs_no_other(path, left):
    whole = path.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    path.write_bytes(whole[: last + left])
    mended = Ledger(path)
    assert path.read_bytes() == whole[:last]
    assert [mended.find(c) is None for c in CLAIMS] == [False] * 4 + [True]
    mended.add(CLAIMS[4], row(CLAIMS[4]))
    assert path.read_bytes() == whole


def test_a_line_torn_by_another_run_is_taken_back_before_the_next(path):
    running, whole = Ledger(path), path.read_bytes()
    with path.open("ab") as dying:
        dying.write(b'{"digest": "0123')
    running.add(CLAIMS[0], row(CLAIMS[0]))
    assert path.read_bytes().startswith(whole)
    assert Ledger(path).find(CLAIMS[0]) == row(CLAIMS[0])


@contextmanager
def no_room_after(size):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [0, 1, 100])
def test_where_there_is_no_room_nothing_is_half_written(path, room):
    read, whole = Ledger(path), path.read_bytes()
    with no_room_after(len(whole) + room), pytest.raises(InputError, match=r"rows\.ledger: File"):
        read.add(CLAIM, ROW)
    assert path.read_bytes() == whole
    read.add(CLAIM, ROW)
    assert Ledger(path).find(CLAIM) == ROW
    fresh = path.with_name("fresh")
    with no_room_after(5), pytest.raises(InputError, match=r"fresh: File"):
        Ledger(fresh)
    Ledger(fresh).add(CLAIM, ROW)
    assert Ledger(fresh).find(CLAIM) == ROW


def test_two_runs_may_share_a_ledger(tmp_path):
    path = tmp_path / "rows.ledger"
    program = (
        "import json, sys; from dataclasses import replace; from pathlib import Path\n"
        "from proofs.verification.catalogue import find\n"
        "from proofs.evidence.ledger import Ledger\n"
        "made, claim, row = Ledger(Path(sys.argv[1])), find('pair-sum'), json.loads(sys.argv[3])\n"
        "for i in range(40): made.add(replace(claim, name=f'{sys.argv[2]}-{i}'), row)"
    )
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path), name, json.dumps(ROW)], env=paths
        )
        for name in "ab"
    ]
    assert [process.wait() for process in both] == [0, 0]
    read = Ledger(path)
    for name in "ab":
        for i in range(40):
            assert read.find(replace(CLAIM, name=f"{name}-{i}"))


@given(st.floats(1e-4, 1e4), st.floats(1e-4, 1e4))
def test_what_is_open_is_found_for_its_own_budget_only(tmp_path_factory, one, other):
    path = tmp_path_factory.mktemp("budgets") / "rows.ledger"
    Ledger(path, budget=one).add(CLAIMS[0], UNDECIDED)
    Ledger(path, budget=one).add(CLAIMS[1], row(CLAIMS[1]))
    again = Ledger(path, budget=other)
    assert (again.find(CLAIMS[0]) is None) == (one != other)
    assert again.find(CLAIMS[1]) == row(CLAIMS[1])
    again.add(CLAIMS[0], row(CLAIMS[0]))
    assert Ledger(path, budget=one).find(CLAIMS[0]) == row(CLAIMS[0])


def test_a_row_is_settled_if_nothing_in_it_is_open():
    assert settled(ROW)
    assert not settled(UNDECIDED)
    for opened in ("undecided", "unsupported"):
        assert not settled({**ROW, "negative_control": opened})
        assert not settled({**ROW, "evidence": [*ROW["evidence"], {"verdict": opened}]})


@pytest.mark.parametrize(
    "change",
    [
        {"name": "other"},
        {"statement": OTHER.statement},
        {"mutant": OTHER.mutant},
    ],
)
def test_a_changed_claim_is_another(path, change):
    assert Ledger(path).find(replace(CLAIMS[0], **change)) is None


def test_another_way_of_verifying_is_another_question(path):
    assert Ledger(path, profile="full").find(CLAIMS[0]) is None
    assert Ledger(path, fresh=True).find(CLAIMS[0]) is None


def test_rows_of_other_code_or_other_libraries_are_not_found(path, monkeypatch):
    found = {ledger.code()}
    monkeypatch.setattr(ledger, "_dependencies", lambda: ["sympy 0.1"])
    found.add(ledger.code.__wrapped__())
    monkeypatch.setattr(ledger, "_CODE", (".md",))
    found.add(ledger.code.__wrapped__())
    assert len(found) == 3
    monkeypatch.setattr(ledger, "code", lambda: "another")
    assert Ledger(path).find(CLAIMS[0]) is None


def test_another_hint_is_another_question_where_it_was_left_open(tmp_path, monkeypatch):
    book = Ledger(tmp_path / "rows", budget=5.0)
    left, hinted = CLAIMS[0], replace(CLAIMS[0], hints=Hints(uses=("young",)))
    book.add(left, {**row(left), "verdict": "undecided"})
    assert book.find(left)["verdict"] == "undecided"
    assert book.find(hinted) is None
    assert book.find(replace(left, hints=Hints(uses=("young",), own={"young": CLAIM}))) is None
    book.add(CLAIMS[1], row(CLAIMS[1]))  # what is settled needs no hint any more
    assert book.find(replace(CLAIMS[1], hints=Hints(uses=("young",)))) is not None
    monkeypatch.setattr(ledger, "memory_limit", lambda: 10**9)  # and so is other memory
    assert [book.find(c) is None for c in (left, CLAIMS[1])] == [True, False]


def test_a_library_that_was_not_there_makes_another_question(monkeypatch):
    true = ledger.version

    def lacking(name):
        if name == "scipy":
            raise PackageNotFoundError
        return true(name)

    before = ledger._dependencies()
    monkeypatch.setattr(ledger, "version", lacking)
    assert set(before) ^ set(ledger._dependencies()) == {
        f"scipy {true('scipy')}",
        "scipy absent",
    }


def test_the_words_are_those_of_the_claim(path):
    source = replace(CLAIM.source, statement="Lemma 99")
    renamed = Ledger(path).find(replace(CLAIMS[0], title="another title", source=source))
    assert renamed["title"] == "another title"
    assert renamed["source"]["statement"] == "Lemma 99"
    renamed["evidence"].clear()
    assert Ledger(path).find(CLAIMS[0]) == row(CLAIMS[0])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        *((f"something else{end}", "is not a ledger") for end in ("", "\n")),
        (f"{HEADER} and more\n", "is not a ledger"),
        *((HEADER[:cut], "is not a ledger") for cut in range(1, len(HEADER) + 1)),
        ('lemmata ledger 1\n\n{"key": "a", "row": {}}', "an earlier lemmata .* a new file"),
        ("lemmata ledger 3\n", "a later lemmata"),
        (f'{HEADER}\n{{"key": "a", "row": {{}}}}\n', "line 2 is damaged; .* --salvage NEWFILE"),
        (f"{HEADER}\n" + "[" * 9999 + "\n", "line 2 is damaged"),
    ],
)
def test_a_file_that_is_no_ledger_of_today_is_refused_and_not_touched(tmp_path, text, problem):
    path = tmp_path / "rows.ledger"
    path.write_text(text)
    with pytest.raises(InputError, match=problem) as refused:
        Ledger(path)
    assert_one_line(refused.value)
    assert path.read_text() == text


def test_files_of_other_kinds_are_refused_at_once(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "large").write_bytes(b"a" * 999)
    monkeypatch.setattr(ledger, "MAX_BYTES", 99)
    for name, problem in (("fifo", "ordinary"), ("", "ordinary"), ("large", "larger than 99")):
        with pytest.raises(InputError, match=problem):
            Ledger(tmp_path / name)
    with pytest.raises(InputError, match="No such file"):
        Ledger(tmp_path / "no" / "folder")
    with pytest.raises(InputError, match="File name too long"):
        Ledger(tmp_path / ("a" * 300))


def run(*arguments):
    return CliRunner().invoke(lemmata, ["verify", "--jobs", "1", *map(str, arguments)])


def test_a_run_resumes_from_its_ledger(tmp_path):
    path = tmp_path / "rows.ledger"
    arguments = ["--json", "--resume", path, "pair-sum"]
    first = json.loads(run(*arguments).output)
    with path.open("a") as file:
        file.write('{"digest": "torn')  # killed while writing
    second = json.loads(run(*arguments).output)
    assert second["claims"] == first["claims"]  # the seconds, too


def test_a_resumed_run_writes_the_certificates_of_rows_that_it_did_not_redo(tmp_path, monkeypatch):
    claims, path = tmp_path / "two.toml", tmp_path / "rows.ledger"
    one = '[{}]\nvariables = {{x = "real"}}\nconclusion = "x**{} + 1 > 0"\n'
    claims.write_text(one.format("a", 2) + one.format("b", 4))
    for name in "ab":  # one row of the first is done before, by a run that was to write none
        run("--resume", path, f"{claims}::{name}" if name == "a" else claims, "--json")

    def again(*_):
        raise AssertionError("a row was done again")

    monkeypatch.setattr(verifying, "verify", again)
    run("--resume", path, claims, "--certificates", tmp_path / "kept")
    assert {p.name for p in (tmp_path / "kept").iterdir()} == {"a.json", "b.json", "notes.toml"}
    monkeypatch.undo()
    run(claims, "--certificates", tmp_path / "afresh")
    for name in ("a.json", "b.json"):
        kept, afresh = (tmp_path / folder / name for folder in ("kept", "afresh"))
        assert kept.read_bytes() == afresh.read_bytes()
        checked = CliRunner().invoke(lemmata, ["check", str(kept)], standalone_mode=False)
        assert checked.return_value == 0


def test_what_the_kernel_said_is_kept_too(tmp_path, monkeypatch):
    """The rows of kernel theorems, and Coq's word on certificates, also without its own cache."""
    claims, path = tmp_path / "a.toml", tmp_path / "rows.ledger"
    claims.write_text('[a]\nvariables = {x = "real"}\nconclusion = "x**2 + 1 > 0"\n')
    entry = next(iter(kernel.theorems().values()))
    monkeypatch.setattr(kernel, "answers_to", lambda: "basis")
    result = kernel.KernelResult(entry.theorem, entry.statement, (), 2.5, entry.file)
    monkeypatch.setattr(kernel, "check", lambda *_: {entry.theorem: result})

    def accepts(rows, *_):
        asked.append([r["name"] for r in rows if r.get("certificate")])
        for row in rows:
            if row.get("certificate"):
                row["evidence"].insert(0, evidence._said(Outcome("accepted", "", ())))

    asked = []
    monkeypatch.setattr("proofs.export.evidence.confirm", accepts)
    arguments = ["--json", "--level", "kernel", "--resume", path, claims, entry.claim]
    first = json.loads(run(*arguments).output)["claims"]
    monkeypatch.setattr(kernel, "check", lambda *_: 1 / 0)
    second = json.loads(run(*arguments).output)["claims"]
    assert first == second
    assert asked == [["a"], []]
    assert [r["rung"] for r in first] == ["kernel", "kernel"]
    monkeypatch.setattr(kernel, "answers_to", lambda: "another compiler")
    assert isinstance(run(*arguments).exception, ZeroDivisionError)  # it is asked again


def test_an_undecided_row_is_tried_again_with_a_larger_budget(tmp_path):
    claims, path = tmp_path / "u.toml", tmp_path / "rows.ledger"
    claims.write_text(
        '[u]\nvariables = {x = "positive", y = "positive", z = "positive"}\n'
        'conclusion = "x/(y+z) + y/(x+z) + z/(x+y) >= 3/2"\n'
    )
    verdicts = []
    for budget in ("0.0001", "60", "0.0001"):
        found = run("--json", "--budget", budget, "--resume", path, claims)
        verdicts.append(json.loads(found.output)["claims"][0]["verdict"])
    assert verdicts == ["undecided", "proved", "proved"]


def test_a_damaged_ledger_is_salvaged_by_the_command(path, tmp_path):
    made = Ledger(path, budget=20.0)
    made.add(CLAIM, ROW)
    path.write_bytes(path.read_bytes().replace(b"claim-3", b"claim-9"))
    refused = CliRunner().invoke(lemmata, ["verify", "--resume", str(path), "pair-sum"])
    assert "line 5 is damaged" in str(refused.exception)
    new = tmp_path / "new.ledger"
    found = run("--json", "--resume", path, "--salvage", new, "pair-sum")
    assert "rows copied to" in found.output
    assert "new.ledger: 5; lost: 1" in found.output
    assert Ledger(new).find(CLAIM) == ROW
    for arguments, problem in (
        (["--salvage", new], "--salvage: it goes with --resume"),
        (["--resume", path, "--salvage", new], "is there already"),
    ):
        refused = CliRunner().invoke(lemmata, ["verify", *map(str, arguments), "pair-sum"])
        assert problem in str(refused.exception)
