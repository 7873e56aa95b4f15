"""Sweeps whose counts have a thousand digits: recounted from their starts, in every format."""

from fractions import Fraction
from math import prod

import mpmath
import pytest

from numerics.escape import escape
from numerics.sweeps.engines import exact_starts
from numerics.sweeps.export import export
from numerics.sweeps.run import Processes, run
from numerics.sweeps.spec import parse
from numerics.sweeps.store import Store

SPEC = parse(
    'depth = [2, 3]\ninit = "gaussian"\nseeds = 4\nengine = "certified"\n'
    'loss = "(p+1)**2/2"\nstep = "3e-940"\nuntil = "p <= -1/2"\n'
)


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("long") / "s.sqlite") as store:
        run(store, SPEC, Processes(1))
        return list(store.rows())


def flow_time(weights):
    """When p = -1/2: the least layer v keeps its speed's sign, v**2 - w_i**2 do not change."""
    least, *others = sorted(weights, key=abs)
    gaps = [mpmath.mpf((w**2 - least**2).numerator) / (w**2 - least**2).denominator for w in others]
    sign = 1 if prod(others) > 0 else -1

    def rest(v):
        return mpmath.sqrt(mpmath.fprod(gap + v * v for gap in gaps))

    begin = sign * mpmath.mpf(least.numerator) / least.denominator
    end = mpmath.findroot(lambda v: v * rest(v) + mpmath.mpf(1) / 2, (-2, 0), solver="anderson")
    return mpmath.quad(lambda v: 1 / (rest(v) * (1 + v * rest(v))), mpmath.linspace(end, begin, 9))


def test_the_rows_are_the_counts_of_their_starts(rows):
    long = 0
    cells = {cell.id: cell for cell in SPEC.cells}
    assert {row["id"] for row in rows} == set(cells)
    for row in rows:
        cell = cells[row["id"]]
        (weights,) = exact_starts(cell)
        found = escape(cell.loss, weights, cell.step, cell.until)
        assert row["outcome"] == found.outcome
        assert int(row["lower"]) == found.lower
        assert row["upper"] == (None if found.upper is None else str(found.upper))
        if prod(weights) > -Fraction(1, 2):
            with mpmath.workdps(30):
                step = mpmath.mpf(cell.step)
                assert mpmath.almosteq(found.lower * step, flow_time(weights), 1e-20)
            long += len(row["lower"]) > 900
    assert long > 4


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_every_format_holds_every_digit(rows, tmp_path, suffix):
    from pyarrow import csv, parquet

    path = tmp_path / f"rows{suffix}"
    export(rows, path)
    if suffix == ".csv":
        text = dict.fromkeys(("id", "lower", "upper", "step"), "string")
        options = csv.ConvertOptions(column_types=text, strings_can_be_null=True)
        table = csv.read_csv(path, convert_options=options)
    else:
        table = parquet.read_table(path)
    for column in ("id", "lower", "upper", "step"):
        assert table.column(column).to_pylist() == [row[column] for row in rows]
