"""Stores whose seals hold and that no sweep wrote: refused, and never read into an answer."""

import json
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


def sealed(path, change=None, content=None):
    """Alter the first cell, and seal all anew as a store would."""
    with closing(sqlite3.connect(path)) as db:
        if change:
            db.execute(f"UPDATE rows SET {change} WHERE cell = 1")
        cell_id, old, rigour, seconds = db.execute(
            "SELECT id, content, rigour, seconds FROM cells WHERE cell = 1"
        ).fetchone()
        if content is not None:
            old, cell_id = content, id_of(content)
        seal = schema.seal(cell_id, old, rigour, seconds, db.execute(ROW, (1,)).fetchall())
        changed = "UPDATE cells SET id = ?, content = ?, seal = ? WHERE cell = 1"
        db.execute(changed, (cell_id, old, seal))
        seals = [one for (one,) in db.execute("SELECT seal FROM cells")]
        db.execute("UPDATE total SET seals = ?", (schema.added("0", seals),))
        db.commit()
    return cell_id


def refused(path):
    with Store(path) as store, pytest.raises(InputError, match=r"the file is damaged.*--salvage"):
        list(store.rows())
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
    ],
)
def test_a_row_says_what_an_engine_may_say(path, change):
    sealed(path, change)
    refused(path)


def test_a_start_has_a_number(path):
    sealed(path, "start = -1")
    refused(path)


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


@pytest.mark.parametrize(
    "content", [*map(json.dumps, CONTENTS), "x", "[" * 100_000], ids=lambda c: c[:0]
)
def test_a_cell_is_what_a_sweep_may_have(path, content):
    cell_id = sealed(path, content=content)
    refused(path)
    with Store(path) as store, pytest.raises(InputError, match="the file is damaged"):
        store.find(cell_id)


def test_every_cell_is_read_back_as_it_is():
    for cell in SPEC.cells:
        assert Cell.of(cell.content) == cell
