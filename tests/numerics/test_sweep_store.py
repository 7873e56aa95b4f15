"""The store: what is finished stays, what is claimed is not done twice."""

import json
import math
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from numerics.statistics import fitted_exponent
from numerics.sweeps.engines import ENGINES, Result, Row, evaluate, log_count
from numerics.sweeps.networks import draw
from numerics.sweeps.run import Clock, Done, Processes, run
from numerics.sweeps.spec import parse
from numerics.sweeps.store import LEASE, Store
from numerics.sweeps.summary import (
    AXES,
    exponents,
    resampled_medians,
    short,
    short_log,
    summarise,
)
from tests.numerics.small_sweep import SWEEP
from theory.errors import InputError
from theory.exact import digits_of, integer

SPEC = parse(SWEEP)
ONE = (
    'depth = 2\ninit = "gaussian"\nloss = "(p+1)**2/2"\nstep = 0.05\nuntil = "abs(p+1) <= 1/2"\n'
    'seeds = 1\nengine = "float"\nstarts = {starts}\nbound = "{bound}"\n'
)
# Python's own str and int refuse more than 4,300 digits.
COUNTS = st.integers(0, 10**250) | st.integers(10**5_000, 10**5_001)
ROWS = st.one_of(
    st.builds(
        lambda n, more: Row("reached", digits_of(n), digits_of(n + more), log_count(n)),
        COUNTS, st.integers(0, 9),
    ),
    st.builds(lambda e: Row("reached", ln_steps=e, error=0.25), st.floats(0, 1e4)),
    st.builds(
        lambda n, why: Row("undecided", digits_of(n), reason=why), COUNTS, st.text(min_size=1)
    ),
    st.just(Row("never", "0", reason="a tie", bound="3")),
)  # fmt: skip


class Here:
    """Workers in this process, that stop giving answers after a while."""

    def __init__(self, answers=10**9):
        self.answers, self.waiting, self.slept = answers, {}, 0.0

    def free(self):
        return 2 - len(self.waiting)

    def submit(self, key, cell):
        self.waiting[key] = cell

    def wait(self, seconds):
        if not self.waiting or not self.answers:
            time.sleep(seconds)
            self.slept += seconds
            return []
        self.answers -= 1
        key = next(iter(self.waiting))
        return [Done(key, evaluate(self.waiting.pop(key)))]

    def spent(self):
        return self.slept

    def close(self):
        self.waiting.clear()


def rows(store):
    return list(store.rows(SPEC))


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("whole") / "s.sqlite") as store:
        end = run(store, SPEC, Here())
        assert (end.done, end.total, end.own) == (24, 24, 24)
        return rows(store)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, min_size=1, max_size=5))
def test_rows_come_back_as_they_were(tmp_path_factory, made):
    bound = any(row.bound for row in made)
    made = [replace(row, bound="3" if bound else None) for row in made]
    spec = parse(ONE.format(starts=len(made), bound="box" if bound else ""))
    with Store(tmp_path_factory.mktemp("rows") / "s.sqlite") as store:
        store.add(spec)
        store.enter()
        ((key, cell),) = store.open_cells(spec)
        assert store.claim(key)
        assert store.finish(key, Result(tuple(made), ENGINES["float"].rigour, 0.5))
        found = store.rows_of(cell.id)
        assert [r["start"] for r in found] == list(range(len(made)))
        for row, kept in zip(made, found, strict=True):
            assert all(kept[name] == value for name, value in vars(row).items())
        assert not store.finish(key, Result((), "too late", 0.5))


@given(st.lists(st.integers(0, 10), min_size=1, max_size=5))
def test_interrupted_and_resumed_is_uninterrupted(tmp_path_factory, uninterrupted, stops):
    path = tmp_path_factory.mktemp("again") / "s.sqlite"
    for answers in stops:
        with Store(path) as store:
            before = len(rows(store))
            end = run(store, SPEC, Here(answers), budget=0.02)
            assert end.own <= answers
            assert len(rows(store)) == before + end.own
    with Store(path) as store:
        assert run(store, SPEC, Here()).done == 24
        assert rows(store) == uninterrupted


def test_a_changed_sweep_adds_cells(tmp_path, uninterrupted):
    more = parse(SWEEP.replace("seeds = 4", "seeds = 5"))
    with Store(tmp_path / "s.sqlite") as store:
        assert run(store, SPEC, Here()).own == 24
        end = run(store, more, Here())
        assert (end.done, end.total, end.own) == (30, 30, 6)
        assert rows(store) == uninterrupted
        assert len(list(store.rows(more))) == len(list(store.rows())) == 30


def test_every_row_can_be_made_alone(uninterrupted):
    by_id = {row["id"]: row for row in uninterrupted}
    for cell in reversed(SPEC.cells):
        (row,) = evaluate(cell).rows
        assert all(by_id[cell.id][name] == value for name, value in vars(row).items())


@pytest.mark.parametrize("engine", ["ball", "certified", "direct", "ensemble"])
def test_the_engines_agree_on_short_counts(uninterrupted, engine):
    """Paired starts: the same rows, up to who made them, from engines of every kind."""
    for cell, row in zip(SPEC.cells, uninterrupted, strict=True):
        if cell.seed == 0:
            (found,) = evaluate(replace(cell, engine=engine, bound="")).rows
            assert (found.outcome, found.ln_steps) == (row["outcome"], row["ln_steps"])


@pytest.mark.parametrize("init", ["xavier", "orthogonal", "zas"])
def test_networks_are_stepped_as_written_down(init):
    changes = {"engine": "matrix-float", "width": 3, "depth": 2, "starts": 4, "step": "1/30"}
    changes |= {"init": init, "loss": "target:positive", "until": "f <= 1/10", "max_steps": 300}
    cell = replace(SPEC.cells[0], bound="", **changes)
    (one, two), targets = draw(cell)
    for i, row in enumerate(evaluate(cell).rows):
        w, v, t = one[i].copy(), two[i].copy(), 0
        while ((v @ w - targets[i]) ** 2).sum() / 2 > 0.1 and t <= 300:
            error = v @ w - targets[i]
            w, v, t = w - v.T @ error / 30, v - error @ w.T / 30, t + 1
        assert (row.outcome, row.lower) == (
            ("reached", str(t)) if t <= 300 else ("undecided", "300")
        )


def test_two_runs_share_the_work_and_the_dead_leave_theirs(tmp_path):
    path = tmp_path / "s.sqlite"
    with Store(path) as one, Store(path) as two:
        one.add(SPEC)
        two.add(SPEC)
        one.enter()
        two.enter()
        (first, _), (second, _), *_ = one.open_cells(SPEC)
        assert one.claim(first)
        assert not two.claim(first)
        assert two.claim(second)
        one.leave()
        assert two.claim(first)  # given back
        with closing(sqlite3.connect(path)) as behind:
            behind.execute("UPDATE runs SET heartbeat = heartbeat - ?", (LEASE + 1,))
            behind.commit()
        one.enter()
        assert one.claim(first)  # the lease is over
        two.beat()
        assert not one.claim(second)  # alive again
        with closing(sqlite3.connect(path)) as behind:
            behind.execute("UPDATE runs SET heartbeat = 1e300 WHERE run = ?", (two.run,))
            behind.commit()
        assert one.claim(second)  # no clock shows that
        two.beat()
        assert two.claim(second) is False
        one.leave()
        assert two.claim(second)
        one.enter()
        dead = subprocess.Popen([sys.executable, "-c", ""])
        dead.wait()
        with closing(sqlite3.connect(path)) as behind:
            behind.execute("UPDATE runs SET process = ? WHERE run = ?", (dead.pid, two.run))
            behind.commit()
        assert one.claim(second)  # its process is gone, however fresh its heartbeat


def test_a_run_goes_on_until_others_have_finished(tmp_path, uninterrupted):
    """The other run's claim is waited for; it ends with the lease."""
    path = tmp_path / "s.sqlite"
    with Store(path) as one, Store(path) as two:
        two.add(SPEC)
        two.enter()
        assert two.claim(two.open_cells(SPEC)[3][0])
        end = run(one, SPEC, Here(), budget=1.5)
        assert (end.done, end.own) == (23, 23)
        two.leave()
        assert run(one, SPEC, Here()).own == 1
        assert rows(one) == uninterrupted


@pytest.mark.parametrize("content", [b"not a database, " * 100, b"depth = 3\n", b"\0" * 4096])
def test_a_foreign_file_is_refused_and_not_touched(tmp_path, content):
    path = tmp_path / "foreign"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"store: .*not a sweep store"):
        Store(path)
    assert path.read_bytes() == content


def test_a_foreign_database_is_refused_and_not_touched(tmp_path):
    path = tmp_path / "foreign.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE precious (x)")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(InputError, match="not a sweep store"):
        Store(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["foreign.sqlite"]


def test_another_schema_and_an_absent_file_are_refused(tmp_path):
    path = tmp_path / "s.sqlite"
    Store(path).close()
    with closing(sqlite3.connect(path)) as later:
        later.execute("PRAGMA user_version = 99")
    with pytest.raises(InputError, match="schema 99"):
        Store(path)
    with pytest.raises(InputError, match="no such file"):
        Store(tmp_path / "absent", create=False)
    with pytest.raises(InputError, match="not an ordinary file"):
        Store(tmp_path)
    with pytest.raises(InputError, match="cannot be used"):
        Store(tmp_path / "no" / "folder")


def test_a_clock_is_that_of_its_process():
    clock, before = Clock(os.getpid()), time.process_time()
    assert before <= clock.seconds() <= time.process_time()


@pytest.mark.skipif(sys.platform != "linux", reason="the time of workers is told by Linux")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_budget_is_cpu_time_of_all_processes(jobs, tmp_path):
    many = parse(SWEEP.replace("seeds = 4", "seeds = 2_000"))
    workers, began = Processes(jobs), time.process_time()
    with Store(tmp_path / "s.sqlite") as store, closing(workers):
        end = run(store, many, workers, budget=1.0)
        used = time.process_time() - began + workers.spent()
    assert 0 < end.done < end.total
    assert 1 < used < 2


def test_processes_answer_as_this_one_does(tmp_path, uninterrupted):
    workers = Processes(2)
    with Store(tmp_path / "s.sqlite") as store, closing(workers):
        assert run(store, SPEC, workers).own == 24
        assert rows(store) == uninterrupted


def test_a_process_that_dies_is_replaced():
    workers = Processes(1)
    with closing(workers):
        workers.submit(3, SPEC.cells[0])
        workers._busy[3]._process.kill()
        done = []
        while not done:
            done = workers.wait(0.5)
        assert done[0].key == 3
        assert done[0].result.rows == evaluate(SPEC.cells[0]).rows


def test_the_summary_is_that_of_brute_force(uninterrupted):
    groups = summarise(uninterrupted)
    assert [(g.axes["init"], g.axes["depth"]) for g in groups] == [
        (i, k) for i in ("gaussian", "near-identity:0.2") for k in (2, 3, 4)
    ]
    for group in groups:
        mine = [r for r in uninterrupted if all(r[n] == v for n, v in group.axes.items())]
        counts = sorted(int(r["lower"]) for r in mine)
        bounds = sorted(int(r["bound"]) for r in mine)
        assert group.deciles == (str(counts[0]), str(counts[1]), str(counts[3]))
        assert group.bound_median == str(bounds[1])
        assert group.below_bound == 0 == sum(int(r["lower"]) < int(r["bound"]) for r in mine)
        assert (group.starts, group.reached) == (4, 4)
    assert len(exponents(groups)) == 2


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_medians_of_resamples_follow_their_law(size):
    """All resamples of a small sample, counted, against many draws of their medians."""
    medians = [sorted(r)[(size - 1) // 2] for r in product(range(size), repeat=size)]
    drawn = resampled_medians(np.arange(float(size)), 100_000, np.random.default_rng(3))
    for value in range(size):
        share = medians.count(value) / len(medians)
        assert abs((drawn == value).mean() - share) < 5 * math.sqrt(share / 100_000) + 1e-12


def test_many_starts_are_fitted_as_few_are():
    generator = np.random.default_rng(7)
    made = [(k, generator.normal(0.3 * k, 1, 7_000)) for k in (4, 6, 9, 12)]
    rows = [
        {**dict.fromkeys(AXES, 1), "depth": k, "outcome": "reached", "ln_steps": float(x),
         "lower": None, "upper": None, "bound": None}
        for k, sample in made for x in sample
    ]  # fmt: skip
    ((_, fast),) = exponents(summarise(rows))
    slow = fitted_exponent(
        [k for k, _ in made], [np.maximum(sample, 0.0) for _, sample in made], resamples=400
    )
    assert fast.estimate == pytest.approx(slow.estimate, abs=1e-12)
    assert (fast.size, fast.censored) == (slow.size, slow.censored) == (28_000, 0)
    assert fast.low == pytest.approx(slow.low, abs=0.15 * (slow.high - slow.low))
    assert fast.high == pytest.approx(slow.high, abs=0.15 * (slow.high - slow.low))


@given(COUNTS)
def test_short_counts_are_counts(count):
    shown = short(count)
    assert count > 999_999 or shown == str(count)
    assert integer(digits_of(count)) == count
    assert count == 0 or abs(log_count(count) - float(Decimal(shown).ln())) < 1e-3
    if 0 < count < 10**250:
        assert json.loads(shown) == pytest.approx(count, rel=1e-3)
        assert json.loads(short_log(math.log(count))) == pytest.approx(count, rel=2e-3)


def test_a_single_start_at_each_depth_makes_no_fit_and_no_error():
    rows = [
        {**dict.fromkeys(AXES, 1), "depth": k, "outcome": "reached", "ln_steps": 1.0,
         "lower": None, "upper": None, "bound": None}
        for k in (4, 6, 9)
    ]  # fmt: skip
    assert exponents(summarise(rows)) == []
