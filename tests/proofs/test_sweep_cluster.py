"""``lemmata sweep --scheduler``: whatever a cluster does, the same rows or one line."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from test_sweep_command import (
    FAST,
    SWEEP,
    cluster,
    finish,
    finished,
    invoke,
    scheduler_of,
    start,
    wait_for,
)

from theory.errors import InputError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.toml").write_text(SWEEP)
    (tmp_path / "fast.toml").write_text(FAST)
    return tmp_path


@pytest.mark.slow
def test_a_scheduler_that_falls_silent_is_one_line_within_a_minute(folder):
    (folder / "long.toml").write_text(SWEEP.replace("seeds = 10", "seeds = 200"))
    with cluster(1) as (address, _):
        process = start("long.toml", "--scheduler", address)
        wait_for(lambda: finished("long.sqlite") >= 20, process)
        os.kill(scheduler_of(address), signal.SIGSTOP)
        stopped = time.monotonic()
        code, _, err = finish(process)
    assert time.monotonic() - stopped < 60
    assert (code, err.count("\n")) == (2, 1)
    assert "is gone; what finished is kept" in err


def seconds_of(process):
    """CPU seconds of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_small_cells_cost_little_on_a_cluster(folder):
    """20,000 cells of a millisecond: CPU seconds of driver, scheduler and worker together."""
    count = 20_000
    text = FAST.replace("[5, 6]", "2").replace("seeds = 10", f"seeds = {count}")
    (folder / "many.toml").write_text(text)
    with cluster(1) as (address, (worker,)):
        before = os.times()
        code, _, err = finish(start("many.toml", "--scheduler", address))
        assert code == 0, err
        after = os.times()
        driver = sum(after[2:4]) - sum(before[2:4])
        spent = driver + seconds_of(scheduler_of(address)) + seconds_of(worker.pid)
    assert spent / count < 0.010


def refusal(folder, monkeypatch, name, other):
    """What is said where a function that workers run is another one there."""
    from distributed import LocalCluster

    from numerics.sweeps import cluster

    monkeypatch.setattr(cluster, name, other)
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as here:
        found = invoke("fast.toml", "--scheduler", here.scheduler_address)
    assert isinstance(found.exception, InputError)
    return str(found.exception)


@pytest.mark.filterwarnings("default")
def test_workers_with_other_code_or_libraries_are_one_line(folder, monkeypatch):
    ours = threading.main_thread()
    line = refusal(
        folder, monkeypatch, "fingerprint", lambda: str(threading.current_thread() is ours)
    )
    assert "has workers with another lemmata or other libraries" in line

    def lacking(cells):
        raise ModuleNotFoundError("No module named 'flint'")

    line = refusal(folder, monkeypatch, "attempt_all", lacking)
    assert "(ModuleNotFoundError: No module named 'flint')" in line
    assert finished("fast.sqlite") == 0
    monkeypatch.undo()
    assert invoke(str(folder / "fast.toml"), "--store", str(folder / "s")).return_value == 0


def test_a_task_has_the_cells_of_a_quarter_of_a_second():
    from numerics.sweeps.cluster import Cluster
    from numerics.sweeps.engines import Result

    for seconds, sizes in ((1e-5, [2, 4, 8, 16, 32, 64, 64]), (0.1, [2, 2]), (9.0, [1, 1])):
        paced = Cluster.__new__(Cluster)
        paced._size = 1
        for size in sizes:
            paced._pace([(Result((), "none", seconds), "")] * paced._size)
            assert paced._size == size
