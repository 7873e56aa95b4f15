"""A row of a ledger is believed for what it carries, looked at again, or for a mark."""

import hashlib
import json
import os
import re
from dataclasses import replace
from functools import cache
from multiprocessing import get_context

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from proofs.cli import lemmata
from proofs.evidence import cached, kernel, ledger
from proofs.evidence.ledger import HEADER, Ledger, key
from proofs.evidence.rows import problem
from proofs.evidence.shelf import fails
from proofs.presentation.report import kernel_row, report_row
from proofs.user_claims import selected
from proofs.verification import verifying
from proofs.verification.catalogue import find, verify
from proofs.verification.taken import OTHERS, doubt
from tests.proofs.test_forged import GONE, VALUES, bent, places
from theory.catalogue.headings import lemmas

PROVED = {
    "assumption-1-square-gap": "rigorous enclosure",
    "lemma-13-one-step-rate": "rational certificate",  # sharp
    "du-hu-radius": "exact identity",  # of normal forms
    "product-is-affine": "exact identity",  # by two deciders
    "arora-lemma-5-swap-1": "exact identity",  # of matrices
    "lemma-7-powers": "rigorous enclosure",  # for every depth
}
MEASURED = "arora-balance-needed"


def swapped(claim):
    """A false claim: what the claim has for a twin."""
    return replace(claim, statement=replace(claim.mutant, scope="claimed for once"))


def row_of(claim, budget=2.0):
    return json.loads(json.dumps(report_row(verify(claim, budget=budget))))


def both(names):
    found = [find(n) for n in names]
    return [(c, row_of(c)) for c in (*found, *map(swapped, found))]


@cache
def rows():
    """Those of PROVED, when they are asked for first: not whenever tests are collected."""
    return both(PROVED)


def test_rows_of_every_kind_are_believed_whoever_wrote_them():
    assert {r["verdict"] for _, r in rows()} == {"proved", "refuted"}
    for claim, row in rows():
        assert problem(row) == ""
        assert [doubt(claim, row, own) for own in (True, False)] == ["", ""]
        assert row["evidence"][0]["kind"] == PROVED[claim.name] or row["verdict"] == "refuted"


@pytest.mark.slow
def test_every_row_of_the_catalogue_that_is_decided_is_believed():
    for claim in {**selected(()), **{n: h.claim for n, h in lemmas().items()}}.values():
        if "measured" not in claim.statement.domains:
            row = row_of(claim)
            assert row["verdict"] == "proved"
            assert doubt(claim, row, own=False) == "", claim.name


FREE = {"name", "title", "source", "seconds"}  # those of the claim, whatever is written; a time
BENT = st.deferred(lambda: st.sampled_from(rows())).flatmap(
    lambda both: st.tuples(
        st.just(both), st.sampled_from([*places(both[1])]), st.sampled_from((*VALUES, "1", GONE))
    )
)


@given(BENT)
def test_no_row_says_more_than_it_carries(bend):
    (claim, row), way, value = bend
    made = bent(row, way, value)
    if problem(made) or made["digest"] != claim.statement.digest or made == row or way[0] in FREE:
        return
    assert doubt(claim, made, own=False) != ""
    assert doubt(claim, made, own=True) != "" or not decided(made)


def decided(row):
    return row["verdict"] in ("proved", "refuted") and row["negative_control"] == "refuted"


def forged(row, certificate):
    """What says that a false claim is proved, in every way that has no proof."""
    for kind in ("kernel-checked proof", "exact identity", "rational certificate"):
        said = {"kind": kind, "verdict": "proved", "detail": "certificate accepted by the core"}
        evidence = {**said, "counterexample": None}
        yield {**row, "verdict": "proved", "evidence": [evidence], "certificate": certificate}


def certificates(claim):
    """A certificate of nothing at all: its digest is that of the claim."""
    yield from (None, "{}", json.dumps({"digest": claim.statement.digest}))
    other = find("du-hu-net-size")
    yield row_of(other)["certificate"].replace(other.statement.digest, claim.statement.digest)


@pytest.mark.parametrize("name", PROVED)
def test_no_false_claim_is_taken_for_proved(name):
    _, (claim, row) = (pair for pair in rows() if pair[0].name == name)
    for certificate in certificates(claim):
        for made in forged(row, certificate):
            if problem(made) == "":
                assert doubt(claim, made, own=True) != ""


@pytest.mark.parametrize("name", PROVED)
def test_no_true_claim_is_taken_for_refuted(name):
    """By the point at which its twin fails, or by any other."""
    (claim, true), (_, false) = (pair for pair in rows() if pair[0].name == name)
    for point in (false["evidence"][0]["counterexample"]["point"], {}):
        at = {**false["evidence"][0], "counterexample": {"point": point, "left": "1", "right": "0"}}
        row = {**true, "verdict": "refuted", "evidence": [at], "certificate": None}
        assert problem(row) == ""
        assert doubt(claim, row, own=True) != ""


@pytest.mark.parametrize("spelled", ["{}e0", "{}.0", " {}", "+{}", "{}/1 ", "{}_0", "{}e999999999"])
def test_a_point_is_exact_and_has_an_end(spelled):
    claim, row = rows()[0]
    point = row["control"]["counterexample"]["point"]
    assert fails(claim.mutant, point) is not None
    for name, value in point.items():
        assert fails(claim.mutant, {**point, name: spelled.format(value)}) is None


# The mark ----------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The cache of a user, and what makes another one of them."""

    def become(name):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name))

    become("me")
    return become


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_mark_is_of_one_text(one, other):
    assert (cached.mark(one) == cached.mark(other)) == (one == other)


def test_a_mark_is_of_one_user(home, tmp_path):
    mine = cached.mark("a")
    home("you")
    assert cached.mark("a") not in ("", mine)
    home("me")
    assert cached.mark("a") == mine
    path = tmp_path / "me" / "lemmata" / "key.json"
    assert path.stat().st_mode & 0o077 == 0
    path.chmod(0o666)  # somebody else may have written it
    assert cached.mark("a") not in ("", mine)
    path.write_text("damaged")
    assert len(cached.mark("a")) == 64
    (tmp_path / "file").write_text("")
    home("file")
    assert cached.mark("a") == ""


NO_KEY = {
    "none": None,
    "damaged": "damaged",
    "torn": '{"digest": "',
    "short": "ab",
    "empty": "",
    "no text": "\ud800" * 64,
    "no digits of sixteen": "g" * 64,
    "more than one line": "0" * 64 + "\n",
    "no word": 5,
}


def without(path, state):
    """A place where no key is, or none that could be one, sealed like one or not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if state in ("damaged", "torn"):
        path.write_text(NO_KEY[state])
    elif state != "none":
        cached.keep(path, NO_KEY[state])
        assert cached.recalled(path) == NO_KEY[state]


@pytest.mark.parametrize("state", NO_KEY)
def test_what_is_no_key_is_replaced(state, home, tmp_path):
    path = tmp_path / "me" / "lemmata" / "key.json"
    without(path, state)
    assert re.fullmatch("[0-9a-f]{64}", mine := cached.mark("a"))
    assert mine == cached.mark("a") != cached.mark("b")


@pytest.mark.skipif(cached.fcntl is None, reason="without locks a damaged key is made twice")
@pytest.mark.parametrize("state", ["none", "damaged", "short"])
def test_runs_that_make_a_key_at_once_make_one(state, home, tmp_path):
    """Four of them, all at the same moment; each round has a cache of its own."""
    fork, rounds, runs = get_context("fork"), 12, 4
    marks, start = fork.SimpleQueue(), fork.Barrier(runs)

    def make():
        for n in range(rounds):
            os.environ["XDG_CACHE_HOME"] = str(tmp_path / f"{n}")
            start.wait(30)
            marks.put((n, cached.mark("x")))

    for n in range(rounds):
        without(tmp_path / f"{n}" / "lemmata" / "key.json", state)
    started = [fork.Process(target=make) for _ in range(runs)]
    for one in started:
        one.start()
    found = {marks.get() for _ in range(rounds * runs)}
    for one in started:
        one.join()
    assert sorted(n for n, _ in found) == [*range(rounds)]
    assert all(len(each) == 64 for _, each in found)


def test_what_carries_nothing_counts_for_its_own_user_only(home, tmp_path):
    claim = find(MEASURED)
    row, path = row_of(claim), tmp_path / "rows"
    assert row["verdict"] == "supported"
    Ledger(path).add(claim, row)
    open_row = {**row, "verdict": "undecided", "negative_control": "undecided"}
    for said in (row, open_row):
        assert [doubt(claim, said, own) for own in (True, False)] == ["", OTHERS]
    assert Ledger(path).own(claim)
    home("you")
    assert not Ledger(path).own(claim)
    (path.parent / "file").write_text("")
    home("file")  # where no key can be kept, nothing is anybody's
    assert not Ledger(path).own(claim)


def test_a_mark_is_of_the_row_and_of_its_question(home, tmp_path):
    claim, row, path = find("du-hu-net-size"), row_of(find("du-hu-net-size")), tmp_path / "rows"
    Ledger(path).add(claim, row)
    (mark,) = re.findall('"mark": "([0-9a-f]{64})"', path.read_text())
    other = replace(claim, name="other")
    for name, said in (
        (key(claim, "quick"), {**row, "seconds": 9.0}),
        (key(other, "quick"), row),
    ):
        write(path, {"key": name, "row": said, "mark": mark})
        assert not any(Ledger(path).own(c) for c in (claim, other))
    for wrong in (None, "", 5, mark[:-1], "é", []):
        write(path, {"key": key(claim, "quick"), "row": row, "mark": wrong})
        assert not Ledger(path).own(claim)
    write(path, {"key": key(claim, "quick"), "row": row, "mark": mark})
    assert Ledger(path).own(claim)


def write(path, *entries):
    """A ledger whose digests hold, whoever wrote its rows."""
    lines = [HEADER]
    for entry in entries:
        text = json.dumps(entry)[1:]
        lines.append(f'{{"digest": "{hashlib.sha256(text.encode()).hexdigest()}", {text}')
    path.write_text("\n".join([*lines, ""]))


def test_the_word_of_the_kernel_counts_for_its_own_user_only(home, tmp_path):
    entry, path = next(iter(kernel.theorems().values())), tmp_path / "rows"
    result = kernel.KernelResult(entry.theorem, entry.statement, (), 1.0, entry.file)
    Ledger(path).keep(kernel_row(entry, result), "basis", entry.claim)
    assert Ledger(path).recall("basis", entry.claim) is not None
    home("you")
    read = Ledger(path)
    assert read.recall("basis", entry.claim) is None
    assert list(read.doubts) == [entry.claim]


# The command --------------------------------------------------------------------------------------

CLAIMS = """[true]
variables = {x = "real"}
conclusion = "x**2 + 1 > 0"
[false]
variables = {x = "real"}
conclusion = "x**2 > 0"
[open]
variables = {x = "real"}
conclusion = "x**4 + 1 > 0"
"""


def run(*arguments):
    return CliRunner().invoke(lemmata, ["verify", "--jobs", "1", *map(str, arguments), "--json"])


def test_what_is_not_believed_is_done_again_and_one_line_says_so(tmp_path, monkeypatch):
    file, path = tmp_path / "it.toml", tmp_path / "rows"
    file.write_text(CLAIMS)
    honest = run(file, "--resume", path)
    assert honest.stderr == ""
    entries = [json.loads(line) for line in path.read_text().splitlines()[1:]]
    again, done = [], verifying.verify
    monkeypatch.setattr(verifying, "verify", lambda c, *a: again.append(c.name) or done(c, *a))
    monkeypatch.setattr(verifying, "forks", lambda: False)
    for entry in entries:
        row = entry["row"]
        if row["name"] == "false":
            said = {"kind": "exact identity", "verdict": "proved", "detail": "as you see"}
            row |= {"verdict": "proved", "evidence": [{**said, "counterexample": None}]}
        if row["name"] == "open":
            row |= {"certificate": None}
    write(path, *entries)
    resumed = run(file, "--resume", path)
    assert sorted(again) == ["false", "open"]
    assert resumed.stderr.count("\n") == 1
    assert "--resume" in resumed.stderr
    assert "not believed, and done again" in resumed.stderr
    verdicts = {r["name"]: r["verdict"] for r in json.loads(resumed.stdout)["claims"]}
    assert verdicts == {"true": "proved", "false": "refuted", "open": "proved"}
    assert run(file, "--resume", path).stderr == ""  # what was done again is there now
    assert len(again) == 2


def test_rows_of_another_program_are_done_again_and_one_line_says_so(tmp_path, monkeypatch):
    file, path = tmp_path / "it.toml", tmp_path / "rows"
    file.write_text(CLAIMS)
    run(file, "--resume", path)
    assert run(f"{file}::open", "--resume", path, "--budget", "2").stderr == ""
    with monkeypatch.context() as later:
        later.setattr(ledger, "code", lambda: "a later one")
        said = run(file, "--resume", path)
        assert said.stderr == (
            f"lemmata: --resume: {path}: of another program or library, and done again: 3\n"
        )
        assert run(file, "--resume", path).stderr == ""
    assert run(file, "--resume", path).stderr == ""


UNUSABLE = {
    "a folder": lambda p: p.mkdir(parents=True),
    "a pipe": lambda p: (p.parent.mkdir(parents=True), os.mkfifo(p)),
    "a link to nothing": lambda p: (p.parent.mkdir(parents=True), p.symlink_to("nothing")),
    "a file for a cache": lambda p: (p.parents[1].mkdir(), p.parent.write_text("")),
}


@pytest.mark.skipif(os.name != "posix", reason="there are no such pipes")
@pytest.mark.parametrize("state", UNUSABLE)
def test_where_no_key_can_be_kept_one_line_says_what_that_costs(state, home, tmp_path):
    file, path = tmp_path / "it.toml", tmp_path / "rows"
    file.write_text(CLAIMS)
    UNUSABLE[state](cached.key_file())
    for _ in range(2):  # a row with a certificate is taken over all the same
        said = run(f"{file}::true", "--resume", path).stderr
        assert re.fullmatch(r"lemmata: --resume: .*: no key of yours can be kept in .*\n", said)
        assert str(cached.key_file()) in said
    assert run(f"{file}::true").stderr == ""
    home("you")
    assert run(f"{file}::true", "--resume", path).stderr == ""


def test_a_row_that_was_measured_by_somebody_else_is_said_to_be(home, tmp_path):
    path = tmp_path / "rows"
    assert run(MEASURED, "--resume", path).stderr == ""
    home("you")
    said = run(MEASURED, "--resume", path).stderr
    assert said.count("\n") == 1
    assert f"{MEASURED} ({OTHERS}): not believed, and done again" in said
