"""The notes beside certificates: what a run knows of its claims, and what was known of others."""

import json
import tomllib
from multiprocessing import get_context

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from proofs.cli import lemmata
from proofs.evidence import cached, shelf
from proofs.evidence.rows import digest_of

NAMES = ["a", "b", "c"]


def twin(number):
    return {"variables": {"x": "real"}, "conclusion": f"x >= {number}"}


def row(name, number, value, seconds):
    """Of a claim whose twin, one of several, fails at a point, or is not known to."""
    found = None if value is None else {"point": {"x": str(value)}, "left": "0", "right": "1"}
    control = {"statement": twin(number), "counterexample": found}
    return {"name": name, "verdict": "undecided", "seconds": seconds, "control": control}


ROW = st.builds(
    row,
    st.sampled_from(NAMES),
    st.integers(0, 3),
    st.none() | st.fractions(),
    st.floats(0, 1e6),
)
RUNS = st.lists(st.lists(ROW, unique_by=lambda r: r["name"], min_size=1), min_size=1)


def notes(folder):
    return tomllib.loads((folder / "notes.toml").read_text("utf-8"))


def point(row):
    return digest_of(row["control"]["statement"]), row["control"]["counterexample"]["point"]


@given(RUNS)
def test_a_run_forgets_nothing_of_the_claims_of_others(tmp_path_factory, runs):
    folder = tmp_path_factory.mktemp("notes")
    for rows in runs:
        shelf.shelve(rows, folder)
    last = {r["name"]: r for rows in runs for r in rows}
    failing = {
        r["name"]: r for rows in runs for r in rows if r["control"]["counterexample"] is not None
    }
    found = notes(folder)
    assert found["seconds"] == {n: round(r["seconds"], 2) for n, r in last.items()}
    assert set(found["points"]) == {point(r)[0] for r in failing.values()}  # of no former twin
    assert set(found["twins"].items()) == {(n, point(r)[0]) for n, r in failing.items()}


@given(RUNS)
def test_notes_are_read_as_they_were_written(tmp_path_factory, runs):
    folder = tmp_path_factory.mktemp("notes")
    for rows in runs:
        shelf.shelve(rows, folder)
    before = (folder / "notes.toml").read_bytes()
    assert shelf._kept(folder) == notes(folder)
    shelf.shelve([], folder)
    assert (folder / "notes.toml").read_bytes() == before


@pytest.mark.skipif(cached.fcntl is None, reason="without locks the last run is right")
@pytest.mark.parametrize("runs", [2, 4])
def test_runs_at_once_forget_nothing_of_each_other(runs, tmp_path):
    """All of them begin at the same moment, each with claims of its own, in one folder."""
    fork, each = get_context("fork"), 6
    start = fork.Barrier(runs)

    def keep(number):
        start.wait(30)
        for n in range(each):
            shelf.shelve([row(f"{number}-{n}", 10 * number + n, n, 1.0)], tmp_path)

    started = [fork.Process(target=keep, args=(number,)) for number in range(runs)]
    for one in started:
        one.start()
    for one in started:
        one.join()
    assert [one.exitcode for one in started] == [0] * runs
    found = notes(tmp_path)
    assert set(found["seconds"]) == {f"{i}-{n}" for i in range(runs) for n in range(each)}
    assert len(found["points"]) == len(found["twins"]) == runs * each
    assert [path.name for path in tmp_path.iterdir()] == ["notes.toml"]


TEXTS = st.text() | st.sampled_from(["1", "0" * 64, '"', "\\", '"]\n[x', "a]b", "\x7f"])
VALUES = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
TABLES = st.dictionaries(TEXTS, VALUES | st.dictionaries(TEXTS, VALUES)) | VALUES


@given(st.dictionaries(st.sampled_from(["points", "twins", "seconds", "searched", "more"]), TABLES))
def test_whatever_notes_say_they_are_notes_when_they_are_written_again(tmp_path_factory, said):
    folder = tmp_path_factory.mktemp("notes")
    (folder / "notes.toml").write_text(shelf._NOTED.decode())
    with pytest.MonkeyPatch.context() as read:
        read.setattr(shelf.tomllib, "loads", lambda _: said)
        shelf.shelve([row('a"b\n', 1, 1, 1.0)], folder)
    found = notes(folder)
    assert set(found) == {"points", "twins", "seconds", "searched"}
    assert shelf._kept(folder) == found
    for part in found:
        asked = said.get(part)
        assert set(found[part]) <= set(asked if isinstance(asked, dict) else ())


def test_the_command_keeps_the_notes_of_claims_that_it_was_not_asked_for(tmp_path):
    file, folder = tmp_path / "it.toml", tmp_path / "kept"
    claim = '[{}]\nvariables = {{x = "real"}}\nconclusion = "x**{} + 1 > 0"\n'
    file.write_text("".join(claim.format(n, 2 + 2 * i) for i, n in enumerate(NAMES)))

    def verified(*names):
        given = ["verify", *names, "--fresh", "--jobs", "1", "--certificates", str(folder)]
        assert CliRunner().invoke(lemmata, given, standalone_mode=False).return_value == 0
        return notes(folder)

    whole = verified(str(file))
    for n in NAMES:
        assert set(whole["searched"]) == {*NAMES}
        again = verified(f"{file}::{n}")
        assert again["points"] == whole["points"]
        assert again["twins"] == whole["twins"]
        assert set(again["searched"]) == {*NAMES}
    kept = {p.stem for p in folder.glob("*.json")}
    assert kept == {*NAMES}
    assert all(json.loads((folder / f"{n}.json").read_text())["digest"] for n in NAMES)
