"""``lemmata sweep --scheduler``: whatever a cluster does, the same rows or one line."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from test_sweep_command import ENVIRONMENT, FAST, SWEEP, finish, finished, invoke, start, wait_for

from theory.errors import InputError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.toml").write_text(SWEEP)
    (tmp_path / "fast.toml").write_text(FAST)
    return tmp_path


@contextmanager
def cluster(workers):
    """A scheduler and workers as processes of their own, as an administrator starts them."""
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    address = f"scheduler-{os.getpid()}.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": ENVIRONMENT}
    running = [
        subprocess.Popen([*dask, "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                          "--scheduler-file", address], **quiet)
    ]  # fmt: skip
    try:
        wait_for(lambda: Path(address).exists() and Path(address).read_text().endswith("}"))
        where = json.loads(Path(address).read_text())["address"]
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", where, "--nthreads", "1",
                  "--no-nanny", "--no-dashboard"]  # fmt: skip
        running += [subprocess.Popen(worker, **quiet) for _ in range(workers)]
        yield where, running[1:]
    finally:
        for process in running:
            process.kill()
            process.wait()


@pytest.mark.filterwarnings("default")
def test_a_cluster_of_threads_makes_the_same_rows(folder):
    """Two threads of one process: ball arithmetic in them takes turns."""
    from distributed import LocalCluster

    (folder / "both.toml").write_text(SWEEP.replace('"certified"', '["certified", "float"]'))
    with LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as here:
        found = invoke("both.toml", "--scheduler", here.scheduler_address, "--export", "rows.csv")
        assert found.return_value == 0
    found = invoke("both.toml", "--store", "here.sqlite", "--export", "here.csv")
    assert found.return_value == 0
    assert Path("rows.csv").read_bytes() == Path("here.csv").read_bytes()


@pytest.mark.slow
def test_a_cluster_with_a_killed_worker_makes_the_same_rows(folder):
    (folder / "long.toml").write_text(SWEEP.replace("seeds = 10", "seeds = 40"))
    with cluster(3) as (address, workers):
        process = start("long.toml", "--scheduler", address, "--export", "cluster.csv", "--json")
        for worker, share in zip(workers, (5, 20), strict=False):
            wait_for(lambda n=share: finished("long.sqlite") >= n, process)
            worker.kill()
        code, out, err = finish(process)
        assert code == 0, err
        assert json.loads(out)["cells"] == {"finished": 80, "total": 80, "this_run": 80}
    code, _, err = finish(start("long.toml", "--store", "here.sqlite", "--export", "here.csv"))
    assert code == 0, err
    assert Path("cluster.csv").read_bytes() == Path("here.csv").read_bytes()


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_bad_input(folder):
    code, _, err = finish(start("s.toml", "--scheduler", "tcp://127.0.0.1:1"))
    assert code == 2
    assert err.startswith("lemmata: scheduler: 'tcp://127.0.0.1:1' does not answer")
    assert err.count("\n") == 1


@contextmanager
def listening(said):
    """Something that takes connections and is no scheduler."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = []

        def serve():
            with suppress(OSError):
                while True:
                    taken.append(server.accept()[0])
                    taken[-1].sendall(said)

        threading.Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        for connection in taken:
            connection.close()


@pytest.mark.slow
@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n" * 9])
def test_what_is_no_scheduler_is_bad_input_in_a_minute(folder, said):
    with listening(said) as address:
        start_time = time.monotonic()
        code, _, err = finish(start("s.toml", "--scheduler", address))
    assert time.monotonic() - start_time < 60
    assert code == 2
    assert err.startswith(f"lemmata: scheduler: '{address}' does not answer: nothing sensible")
    assert err.count("\n") == 1


@pytest.mark.slow
def test_a_scheduler_that_dies_is_one_line_and_the_run_goes_on_from_there(folder):
    (folder / "long.toml").write_text(SWEEP.replace("seeds = 10", "seeds = 200"))
    with cluster(1) as (address, (worker,)):
        process = start("long.toml", "--scheduler", address)
        wait_for(lambda: finished("long.sqlite") >= 20, process)
        port = address.rsplit(":", 1)[1]
        os.kill(scheduler_of(address), signal.SIGKILL)
        code, _, err = finish(process)
        worker.kill()
    assert (code, err.count("\n")) == (2, 1)
    assert f":{port}' is gone; what finished is kept" in err
    kept = finished("long.sqlite")
    code, out, err = finish(start("long.toml", "--json"))
    assert code == 0, err
    assert json.loads(out)["cells"] == {"finished": 400, "total": 400, "this_run": 400 - kept}


def scheduler_of(address):
    """The process of the scheduler that :func:`cluster` started."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (entry / "cmdline").read_bytes()
            if b"dask_scheduler" in command and str(os.getpid()).encode() in command:
                return int(entry.name)
    raise AssertionError(address)


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
