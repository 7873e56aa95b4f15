"""Rows of a sweep in a file: all of them, a few at a time, and the old file where it fails."""

import csv
from weakref import WeakSet

import pytest

from numerics.sweeps.engines import evaluate
from numerics.sweeps.export import COLUMNS, export
from numerics.sweeps.spec import parse
from numerics.sweeps.store import Store
from tests.numerics.small_sweep import SWEEP
from theory.errors import InputError

SPEC = parse(SWEEP)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("whole") / "s.sqlite") as store:
        store.add(SPEC)
        store.enter()
        for key, cell in store.open_cells(SPEC):
            assert store.claim(key)
            assert store.finish(key, evaluate(cell))
        return list(store.rows(SPEC))


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_the_export_holds_the_rows(tmp_path, whole, suffix):
    from pyarrow import csv as arrow
    from pyarrow import parquet

    path = tmp_path / f"rows{suffix}"
    long = {**whole[0], "lower": "9" * 5_000, "upper": "9" * 5_000}
    assert export([*whole, long], path) == 25
    if suffix == ".parquet":
        found = parquet.read_table(path).to_pylist()
        assert found == [*whole, long]
    else:
        text = dict.fromkeys(("id", "lower", "upper", "step", "bound"), "string")
        options = arrow.ConvertOptions(column_types=text, strings_can_be_null=True)
        found = arrow.read_csv(path, convert_options=options).to_pylist()
        assert [r["lower"] for r in found] == [r["lower"] for r in [*whole, long]]
        assert [r["bound"] for r in found] == [r["bound"] for r in [*whole, long]]
    again = tmp_path / f"again{suffix}"
    export([*whole, long], again)
    assert again.read_bytes() == path.read_bytes()


def test_no_spreadsheet_runs_what_a_text_says(tmp_path, whole):
    from pyarrow import csv as arrow
    from pyarrow import parquet

    texts = ["-p**2", "+1 + p", "=1+1", "@SUM(A1)", "\t=1", "-3", "-0.5", "p-1", "", None]
    made = [{**whole[0], "loss": text} for text in texts]
    export(made, tmp_path / "rows.csv")
    options = arrow.ConvertOptions(
        column_types={"loss": "string"}, strings_can_be_null=True, quoted_strings_can_be_null=False
    )
    found = arrow.read_csv(tmp_path / "rows.csv", convert_options=options).column("loss")
    marked = ["'-p**2", "'+1 + p", "'=1+1", "'@SUM(A1)", "'\t=1", "-3", "-0.5", "p-1", "", None]
    assert found.to_pylist() == marked
    export(made, tmp_path / "rows.parquet")
    assert parquet.read_table(tmp_path / "rows.parquet").column("loss").to_pylist() == texts


UNSEEN = ["", " ", "  \t", "\n", "\r\n", "\xa0", "\u200b", "\ufeff", "\x0b", "\u3000", "\0"]
SIGNS = "=+-@＝＋－＠"
ENDS = ["1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x";"y")', '"\n=1', "1,=2", "1;=2", "A1"]


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_no_text_of_any_column_begins_as_a_formula(unseen, tmp_path, whole):
    """Nor behind what is dropped or not seen; quotes, commas and line ends keep to their field."""
    columns = [name for name, kind in COLUMNS.items() if kind == "string"]
    texts = [f"{unseen}{sign}{end}" for sign in SIGNS for end in ENDS]
    export([{**whole[0], **dict.fromkeys(columns, text)} for text in texts], tmp_path / "r.csv")
    with (tmp_path / "r.csv").open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading == list(COLUMNS)
    assert [len(row) for row in rows] == [len(COLUMNS)] * len(texts)
    for text, row in zip(texts, rows, strict=True):
        assert {row[heading.index(name)] for name in columns} == {f"'{text}"}


class Row(dict):
    """A mapping of which one can say whether anybody still has it."""

    __hash__ = object.__hash__


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_an_export_holds_a_few_rows_however_many_there_are(tmp_path, whole, suffix):
    alive, most = WeakSet(), 0

    def many():
        nonlocal most
        for start in range(5_000):
            row = Row(whole[0], start=start)
            alive.add(row)
            most = max(most, len(alive))
            yield row
            del row

    assert export(many(), tmp_path / f"rows{suffix}") == 5_000
    assert most <= 2_000


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_an_export_that_fails_leaves_the_file_as_it_was(tmp_path, whole, suffix):
    path = tmp_path / f"rows{suffix}"
    export(whole, path)
    before = path.read_bytes()

    def failing():
        yield from whole
        raise InputError("store", "the file is damaged")

    with pytest.raises(InputError, match="damaged"):
        export(failing(), path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_the_export_refuses_other_files(tmp_path, whole):
    for path in ("rows.xlsx", "rows"):
        with pytest.raises(InputError, match="parquet or"):
            export(whole, tmp_path / path)
    with pytest.raises(InputError, match="No such file"):
        export(whole, tmp_path / "no" / "rows.csv")
