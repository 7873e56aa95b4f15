"""Damage to stores: what is read is what was written, or is refused in one line."""

import os
import sqlite3
from contextlib import closing, nullcontext, suppress
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from numerics.sweeps import export as exporting
from numerics.sweeps import run as running
from numerics.sweeps import schema, spec
from numerics.sweeps import store as storing
from numerics.sweeps.engines import evaluate
from numerics.sweeps.run import Done, run
from numerics.sweeps.salvage import Salvage, salvage
from numerics.sweeps.store import Store
from tests.numerics.small_sweep import SWEEP
from theory.errors import InputError
from theory.files import ordinary

SPEC, LARGER = spec.parse(SWEEP), spec.parse(SWEEP.replace("seeds = 4", "seeds = 40"))
known = cache(evaluate)
EARLIER = Path(__file__).parents[1] / "fixtures" / "store-schema-1.sql"


class Known:
    """Workers that know every answer, and stop giving them after a while."""

    def __init__(self, answers=10**9):
        self.answers, self.waiting = answers, []

    def free(self):
        return 2 - len(self.waiting)

    def submit(self, key, cell):
        self.waiting.append((key, cell))

    def wait(self, seconds):
        if not self.waiting or not self.answers:
            return []
        self.answers -= 1
        key, cell = self.waiting.pop(0)
        return [Done(key, known(cell))]

    def spent(self):
        return 0.0

    def close(self):
        self.waiting.clear()


def finished(path, answers=10**9):
    """Run the sweep in a store, all of it or so many cells, and return its rows."""
    with Store(path) as store:
        run(store, SPEC, Known(answers), budget=0.1 if answers < 24 else None)
        return list(store.rows(SPEC))


@pytest.fixture(scope="module", autouse=True)
def impatient():
    """Claims of the dead end soon: a store that is copied while it is open holds some."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storing, "LEASE", 0.02)
        patch.setattr(running, "_TICK", 0.01)
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return finished(tmp_path_factory.mktemp("whole") / "s.sqlite")


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """The bytes of a finished store, of half a one, and of one that was never closed."""
    folder = tmp_path_factory.mktemp("stores")
    made = []
    for answers in (10**9, 11):
        path = folder / f"{answers}.sqlite"
        finished(path, answers)
        made.append({"": path.read_bytes()})
    with Store(folder / "open.sqlite") as store:
        run(store, SPEC, Known(7), budget=0.1)
        made.append({end: (folder / f"open.sqlite{end}").read_bytes() for end in ("", "-wal")})
    return Stores(made)


class Stores(tuple):
    __slots__ = ()

    def __repr__(self):  # a report of a failure need not show their bytes
        return f"{len(self)} stores"


# Which store, which of its files, which byte, and which bit of it; 8 cuts the file
# there, 9 puts noise there.
DAMAGE = st.tuples(*(st.integers(0, top) for top in (2, 1, 2**31 - 1, 9)))


def damaged(folder, stores, damage):
    """Write a store with a bit flipped, or cut off, in one of its files."""
    which, end, at, bit = damage
    files = dict(stores[which])
    name = sorted(files)[end % len(files)]
    raw = bytearray(files[name])
    at %= len(raw)
    if bit < 8:
        raw[at] ^= 1 << bit
    elif bit == 8:
        del raw[at:]
    else:
        raw[at : at + 40] = Random(at).randbytes(len(raw[at : at + 40]))
    path = folder / "s.sqlite"
    for ending, content in {**files, name: raw}.items():
        Path(f"{path}{ending}").write_bytes(content)
    return path


def assert_one_line(refused):
    assert "\n" not in str(refused)
    assert len(str(refused)) < 1000


def no_answer_is_silently_different(tmp_path_factory, stores, whole, damage):
    path = damaged(tmp_path_factory.mktemp("damage"), stores, damage)
    try:
        with Store(path) as store:
            before = list(store.rows())
        assert all(row in whole for row in before)
        assert finished(path) == whole
        with Store(path) as store:
            assert sorted(map(str, store.rows())) == sorted(map(str, whole))
    except InputError as refused:
        assert_one_line(refused)


def salvage_keeps_only_what_holds(tmp_path_factory, stores, whole, damage):
    folder = tmp_path_factory.mktemp("salvage")
    path, new = damaged(folder, stores, damage), folder / "new.sqlite"
    before = path.read_bytes()
    try:
        found = salvage(path, new)
    except InputError as refused:
        assert_one_line(refused)
    else:
        with Store(new) as store:
            kept = list(store.rows())
        assert all(row in whole for row in kept)
        assert len(kept) == found.rows
        assert finished(new) == whole
    assert path.read_bytes() == before
    assert {file.name for file in folder.iterdir()} <= {
        "s.sqlite", "s.sqlite-wal", "s.sqlite-shm", "new.sqlite"
    }  # fmt: skip


PROPERTIES = [no_answer_is_silently_different, salvage_keeps_only_what_holds]


@pytest.mark.parametrize("holds", PROPERTIES)
@settings(max_examples=120)
@example((0, 0, 3135, 7))  # within the name of a table: SQLite quotes it
@given(DAMAGE)
def test_damage(tmp_path_factory, stores, whole, holds, damage):
    holds(tmp_path_factory, stores, whole, damage)


@pytest.mark.slow
@pytest.mark.parametrize("holds", PROPERTIES)
@settings(max_examples=2_000)
@given(DAMAGE)
def test_much_damage(tmp_path_factory, stores, whole, holds, damage):
    holds(tmp_path_factory, stores, whole, damage)


@pytest.mark.parametrize("failing", [{0}, {3, 7}, set(range(24))])
def test_a_cell_that_cannot_be_run_costs_no_other(tmp_path, failing):
    class Poisoned(Known):
        def wait(self, seconds):
            done = super().wait(seconds)
            return [Done(d.key, None, "it died") if d.key - 1 in failing else d for d in done]

    with Store(tmp_path / "s.sqlite") as store:
        end = run(store, SPEC, Poisoned())
        assert (end.done, end.total) == (24 - len(failing), 24)
        assert dict(end.failed) == {SPEC.cells[i].id: "it died" for i in failing}
        again = run(store, SPEC, Known())  # they were left open
        assert (again.done, again.own, dict(again.failed)) == (24, len(failing), {})


@pytest.mark.parametrize("leap", [-7200.0, -1e9, 7200.0, 0.0])
def test_a_clock_that_goes_backwards_loses_nothing(tmp_path, monkeypatch, whole, leap):
    """At every look at it, and between runs of which one was killed with its claims."""
    now = [2e9]

    def leaping():
        now[0] += leap
        return now[0]

    monkeypatch.setattr(storing.time, "time", leaping)
    path = tmp_path / "s.sqlite"
    with Store(path) as left:
        left.add(SPEC)
        left.enter()
        assert left.claim(left.open_cells(SPEC)[0][0])
        left.run = None  # killed: nothing is given back
    with closing(sqlite3.connect(path)) as behind:  # on another machine, so only its heart counts
        behind.execute("UPDATE runs SET host = 'elsewhere'")
        behind.commit()
    if not leap:
        now[0] += 2 * storing.LEASE
    finished(path, 7)
    assert finished(path) == whole


@pytest.mark.sample(8)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE rows SET lower = '7', upper = '7' WHERE cell = 5",
        "UPDATE rows SET ln_steps = ln_steps + 1e-15 WHERE cell = 5",
        "UPDATE rows SET bound = NULL WHERE cell = 5",
        "DELETE FROM rows WHERE cell = 5",
        "UPDATE rows SET cell = CASE cell WHEN 25 THEN 5 ELSE 25 END WHERE cell IN (5, 25)",
        "UPDATE rows SET reason = 'a reservation' WHERE cell = 5",
        "UPDATE cells SET seconds = seconds + 1 WHERE cell = 1",
        "UPDATE cells SET content = replace(content, '\"depth\":2', '\"depth\":3') WHERE cell = 1",
        "UPDATE cells SET rigour = 'rigorous' WHERE cell = 1",
        "UPDATE cells SET seal = replace(seal, substr(seal, 1, 1), 'z') WHERE cell = 1",
        "UPDATE cells SET seal = (SELECT seal FROM cells WHERE cell = 2) WHERE cell = 1",
        "UPDATE cells SET seal = NULL, rigour = NULL, seconds = NULL WHERE cell = 1",
        "DELETE FROM rows WHERE cell = 5; DELETE FROM cells WHERE cell = 5",
        "UPDATE total SET seals = '0'",
        "UPDATE total SET finished = 3",
        "DELETE FROM total",
        "INSERT INTO total SELECT * FROM total",
        "DROP VIEW results",
        "CREATE TRIGGER t AFTER UPDATE ON cells BEGIN DELETE FROM rows; END",
    ],
)
def test_what_was_altered_is_refused(tmp_path, whole, change):
    path = tmp_path / "s.sqlite"
    finished(path)
    with closing(sqlite3.connect(path)) as behind:
        behind.executescript(change)
    with pytest.raises(InputError, match=r"s\.sqlite: the file is damaged.*--salvage"):
        finished(path)
    with suppress(InputError):  # what it says of the rest is right
        salvage(path, tmp_path / "new.sqlite")
        assert finished(tmp_path / "new.sqlite") == whole


def test_a_salvage_says_what_was_lost(tmp_path, whole):
    path, new = tmp_path / "s.sqlite", tmp_path / "new.sqlite"
    finished(path)
    with closing(sqlite3.connect(path)) as behind:
        behind.execute("UPDATE rows SET lower = '7' WHERE cell IN (5, 9)")
        behind.commit()
    assert salvage(path, new) == Salvage(22, 22, 2)
    with Store(new) as store:
        left = [row for i, row in enumerate(whole, 1) if i not in (5, 9)]
        assert list(store.rows()) == left
    with pytest.raises(InputError, match="is there already"):
        salvage(path, new)
    with pytest.raises(InputError, match="no such file"):
        salvage(tmp_path / "none", tmp_path / "other")
    with pytest.raises(InputError, match="not an ordinary file"):
        salvage(path, tmp_path)
    with closing(sqlite3.connect(tmp_path / "foreign")) as foreign:
        foreign.execute("CREATE TABLE precious (x)")
    for foreign in (tmp_path / "foreign", EARLIER):
        with pytest.raises(InputError, match="nothing of it can be read"):
            salvage(foreign, tmp_path / "other")


def test_a_store_of_an_earlier_schema_is_refused_and_can_be_taken_over(tmp_path, whole):
    path, new = tmp_path / "s.sqlite", tmp_path / "new.sqlite"
    with closing(sqlite3.connect(path)) as earlier:
        earlier.executescript(EARLIER.read_text())
        earlier.execute("UPDATE rows SET lower = '7' WHERE cell = 3")
        earlier.commit()
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"schema 1, of an earlier lemmata.*--salvage NEWFILE"):
        Store(path)
    assert salvage(path, new) == Salvage(23, 23, 1)
    assert path.read_bytes() == before
    assert finished(new) == whole


def test_a_full_disk_is_one_line_and_nothing_is_lost(tmp_path):
    with Store(tmp_path / "s.sqlite") as store:
        run(store, SPEC, Known())
        done = [24]
        for ends in (True, True, False):  # while cells are added, while they are finished, never
            room = 2 if ends else 10**6
            store._db.execute(f"PRAGMA max_page_count = {store._one('PRAGMA page_count') + room}")
            with pytest.raises(InputError, match="the disk is full") if ends else nullcontext():
                run(store, LARGER, Known())
            done.append(store.counts(LARGER)[0])
            store._db.execute("PRAGMA max_page_count = 1000000")
            store.add(LARGER)
        assert 24 == done[1] < done[2] < done[3] == 240
        assert [row["lower"] for row in store.rows(LARGER)] == [
            known(cell).rows[0].lower for cell in LARGER.cells
        ]


def test_a_file_that_cannot_be_written_or_is_held_is_one_line(tmp_path, monkeypatch):
    path = tmp_path / "s.sqlite"
    finished(path, 3)
    with Store(path) as store:
        store._db.execute("PRAGMA query_only = ON")
        with pytest.raises(InputError, match="cannot be written"):
            run(store, SPEC, Known())
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    with Store(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(InputError, match="another process has held the file"):
            run(store, SPEC, Known())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
@pytest.mark.parametrize(
    "opened", [Store, spec.load, exporting.check_path, lambda p: salvage(p, p.with_name("new"))]
)
@pytest.mark.parametrize("kind", ["fifo", "folder", "device", "large"])
def test_files_of_other_kinds_are_refused_at_once(tmp_path, monkeypatch, opened, kind):
    path = tmp_path / "x.csv"
    match kind:
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "device":
            path.symlink_to("/dev/zero")
        case "large":
            with path.open("wb") as file:
                file.truncate(2**21)  # a hole
            monkeypatch.setattr(schema, "MAX_BYTES", 2**20)
            if opened is exporting.check_path:
                return  # a file of any size is replaced
    with pytest.raises(InputError, match=r"x\.csv: is (not an ordinary file|larger than)"):
        opened(path)


@pytest.mark.parametrize("end", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("kind", ["fifo", "folder", "device"])
def test_nor_does_sqlite_wait_for_what_is_beside_a_store(end, kind, tmp_path):
    path = tmp_path / "store"
    Store(path).close()
    beside = tmp_path / f"store{end}"
    beside.unlink(missing_ok=True)
    {"fifo": os.mkfifo, "folder": Path.mkdir, "device": lambda p: p.symlink_to("/dev/zero")}[kind](
        beside
    )
    for opened in (Store, lambda p: salvage(p, tmp_path / "new")):
        with pytest.raises(InputError, match=rf"store{end}: is not an ordinary file"):
            opened(path)


def test_a_path_that_no_system_takes_is_one_line(tmp_path):
    for name in ("a" * 5000, "a\0b"):
        with pytest.raises(InputError) as refused:
            ordinary(tmp_path / name, "store", 1)
        assert_one_line(refused.value)


def test_a_store_is_a_file_whatever_it_is_called(tmp_path, monkeypatch):
    """SQLite would keep ":memory:" in memory, and lose it."""
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "file::memory:", "file:it?mode=memory"):
        with Store(name):
            pass
        assert (tmp_path / name).is_file()
