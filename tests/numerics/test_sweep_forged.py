"""Stores whose seals hold and that no sweep wrote: refused, and never read into an answer."""

import json
import platform
import sqlite3
from contextlib import closing

import pytest

from numerics.sweeps import schema, spec
from numerics.sweeps.cells import Cell, id_of
from numerics.sweeps.engines import evaluate
from numerics.sweeps.salvage import salvage
from numerics.sweeps.store import Store
from theory.errors import InputError

SPEC = spec.parse(
    'depth = [2, 3]\ninit = "gaussian"\nloss = "(p+1)**2/2"\nstep = 0.05\n'
    'until = "abs(p+1) <= 1/2"\nseeds = 2\nengine = "float"\nbound = "box"\n'
)
ROW = f"SELECT start, {', '.join(schema.COLUMNS)} FROM rows WHERE cell = ? ORDER BY start"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "s.sqlite"
    with Store(path) as store:
        store.add(SPEC)
        for key, cell in store.open_cells(SPEC):
            store.finish(key, evaluate(cell))
    return path.read_bytes()


@pytest.fixture
def path(tmp_path, whole):
    made = tmp_path / "s.sqlite"
    made.write_bytes(whole)
    return made


def sealed(path, change=None, content=None, cell=None, keep=False, more=None):
    """Alter the first cell, and seal all anew as a store would.

    ``change`` is of its row, ``cell`` of the cell itself, ``more`` a whole command; ``keep`` keeps
    the identifier that another content would change.
    """
    with closing(sqlite3.connect(path)) as db:
        if change:
            db.execute(f"UPDATE rows SET {change} WHERE cell = 1")
        if cell:
            db.execute(f"UPDATE cells SET {cell} WHERE cell = 1")
        if more:
            db.execute(more)
        cell_id, old, rigour, seconds = db.execute(
            "SELECT id, content, rigour, seconds FROM cells WHERE cell = 1"
        ).fetchone()
        if content is not None:
            old, cell_id = content, cell_id if keep else id_of(content)
        seal = schema.seal(cell_id, old, rigour, seconds, db.execute(ROW, (1,)).fetchall())
        changed = "UPDATE cells SET id = ?, content = ?, seal = ? WHERE cell = 1"
        db.execute(changed, (cell_id, old, seal))
        seals = [one for (one,) in db.execute("SELECT seal FROM cells")]
        db.execute("UPDATE total SET seals = ?", (schema.added("0", seals),))
        db.commit()
    return cell_id


def first(path):
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT id FROM cells WHERE cell = 1").fetchone()


def refused(path):
    for sweep in (None, SPEC):
        if sweep and not any(i in first(path) for i in sweep.ids):
            continue  # the sweep does not ask for it
        damaged = pytest.raises(InputError, match=r"the file is damaged.*--salvage")
        with Store(path) as store, damaged:
            list(store.rows(sweep))
    salvaged = salvage(path, path.with_name("new"))
    assert (salvaged.cells, salvaged.lost) == (3, 1)


def test_a_store_that_is_sealed_anew_is_read_if_nothing_was_forged(path):
    sealed(path, "reason = NULL")
    with Store(path) as store:
        assert len(list(store.rows())) == 4


@pytest.mark.parametrize("column", ["lower", "upper", "bound"])
@pytest.mark.parametrize("value", ["'x'", "''", "'1.5'", "'٣'", "'\x1b[31m'", "'--1'", "'1\n'"])
def test_a_count_is_an_integer(path, column, value):
    sealed(path, f"{column} = {value}")
    refused(path)


@pytest.mark.parametrize(
    "change",
    [
        "lower = '-6', upper = '-6'",
        "lower = '006'",
        "bound = '-0'",
        "lower = '7', upper = '5'",
        "lower = '70', upper = '9'",
        "upper = NULL",
        "lower = NULL",
        "outcome = 'never', ln_steps = NULL, lower = '5', upper = '6', reason = 'x'",
        "outcome = 'never', ln_steps = NULL, lower = '5', upper = NULL, reason = ''",
        "outcome = 'undecided', ln_steps = NULL, upper = NULL, reason = ''",
        "outcome = 'undecided', ln_steps = NULL, upper = NULL, reason = 'x', error = 0.5",
        "ln_steps = ln_steps + 1e-6",
        "ln_steps = 9e999",
        "lower = NULL, upper = NULL",
        "lower = NULL, upper = NULL, error = -1",
        "lower = NULL, upper = NULL, error = 9e999",
        "error = 0.5",
        "bound = NULL",
    ],
)
def test_a_row_says_what_an_engine_may_say(path, change):
    sealed(path, change)
    refused(path)


@pytest.mark.parametrize("start", [-1, 1, 2**62])
def test_a_start_has_the_number_of_one(path, start):
    sealed(path, f"start = {start}")
    refused(path)


def test_a_cell_has_as_many_rows_as_starts(path):
    columns = ", ".join(schema.COLUMNS)
    sealed(path, more=f"INSERT INTO rows SELECT cell, 1, {columns} FROM rows WHERE cell = 1")
    refused(path)


@pytest.mark.parametrize(
    "cell",
    [
        *(f"rigour = '{said}'" for said in ("rigorous", "", "proved", "\x1b[31m")),
        *(f"seconds = {said}" for said in (-1, "9e999", "-9e999", -1e-300)),
    ],
)
def test_a_cell_says_what_its_engine_says(path, cell):
    sealed(path, cell=cell)
    refused(path)


def test_a_cell_with_the_content_of_another_is_refused(path):
    sealed(path, content=SPEC.cells[1].content, keep=True)
    refused(path)


@pytest.mark.parametrize(
    "more",
    [
        *(f"UPDATE sqlite_sequence SET seq = {n}" for n in (2**63 - 1, 2**62, -1, "'x'", "NULL")),
        "INSERT INTO sqlite_sequence VALUES ('rows', 3)",
        f"INSERT INTO runs VALUES ({2**63 - 1}, 'x', 1, 0.0)",
        "INSERT INTO sqlite_sequence SELECT name, NULL FROM sqlite_sequence",
    ],
)
def test_runs_are_counted_as_sqlite_counts_them(path, more):
    with Store(path) as store:
        store.enter()
    sealed(path, more=more)
    with pytest.raises(InputError, match=r"the file is damaged \(its runs are .*--salvage"):
        Store(path)
    assert salvage(path, path.with_name("new")).lost == 0


@pytest.mark.parametrize("process", [2**62, -1, 0, -(2**62)])
def test_a_claim_of_a_process_that_cannot_be_is_void(path, process):
    wider = spec.parse(SPEC.text.replace("seeds = 2", "seeds = 3"))
    with Store(path) as store:
        store.add(wider)
        key, _ = store.open_cells(wider)[0]
        with closing(sqlite3.connect(path)) as db:
            now = "9, ?, ?, strftime('%s', 'now')"
            db.execute(f"INSERT INTO runs VALUES ({now})", (platform.node(), process))
            db.execute("UPDATE cells SET run = 9 WHERE cell = ?", (key,))
            db.commit()
        store.enter()
        assert store.claim(key)


GOOD = json.loads(SPEC.cells[0].content)
CONTENTS = [
    *({**GOOD, name: value} for name in GOOD for value in (True, -1.5, [], {})),
    *(
        {**GOOD, name: value}
        for name in ("depth", "width", "seed", "starts")
        for value in (-1, "2", 2**63)
    ),
    *({**GOOD, name: None} for name in set(GOOD) - {"max_steps", "max_seconds"}),
    {**GOOD, "setting": ""},
    {},
    [],
]


@pytest.mark.sample(20)
@pytest.mark.parametrize(
    "content", [*map(json.dumps, CONTENTS), "x", "[" * 100_000], ids=lambda c: c[:0]
)
def test_a_cell_is_what_a_sweep_may_have(path, content):
    cell_id = sealed(path, content=content)
    refused(path)
    with Store(path) as store, pytest.raises(InputError, match="the file is damaged"):
        store.find(cell_id)


@pytest.mark.parametrize(
    "change",
    [*({"engine": name} for name in ("", "ball ", "ensemble")), {"starts": 2}, {"bound": ""}],
)
def test_rows_are_those_of_their_cell(path, change):
    sealed(path, content=Cell(**{**GOOD, **change}).content)
    refused(path)


def test_every_cell_is_read_back_as_it_is():
    for cell in SPEC.cells:
        assert Cell.of(cell.content) == cell


ENDLESS = "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t)"


@pytest.mark.parametrize("table", ["cells", "rows", "total"])
@pytest.mark.parametrize("of", ["SELECT old.* FROM old, t WHERE t.x < 0", "SELECT * FROM old"])
def test_no_salvage_reads_what_only_looks_like_a_table(path, table, of):
    """It may be without end, and then so would be the salvage."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(
            f"PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; DROP VIEW results;"
            f"ALTER TABLE {table} RENAME TO old; CREATE VIEW {table.upper()} AS {ENDLESS} {of}"
        )
    with pytest.raises(InputError, match=r"the file is damaged|not a store"):
        Store(path).close()
    with pytest.raises(InputError, match="nothing of it can be read"):
        salvage(path, path.with_name("new"))
    assert not path.with_name("new").exists()


@pytest.mark.parametrize("finished", [-5, 0, 2**63 - 1])
def test_a_salvage_believes_no_count_of_what_was_there(path, finished):
    """All that holds is copied, whatever the store says that it has."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE total SET finished = ?", (finished,))
        db.commit()
    found = salvage(path, path.with_name("new"))
    assert (found.cells, found.rows) == (4, 4)
    with Store(path.with_name("new")) as new:
        assert [row["id"] for row in new.rows(SPEC)] == list(SPEC.ids)
