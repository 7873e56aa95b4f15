"""``lemmata sweep``: killed and resumed, side by side, on a cluster: always the same rows."""

import json
import math
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from numerics.sweeps.engines import ENGINES, Result, Row
from numerics.sweeps.spec import load
from numerics.sweeps.store import Store
from proofs.cli import lemmata
from theory.tools import installed

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "proofs" / "schemas" / "sweep.schema.json").read_text()
)
SWEEP = """
depth = [5, 6]
init = "near-identity:0.2"
loss = "(p+1)**2/2"
step = 0.05
until = "abs(p+1) <= 1/2"
seeds = 10
engine = "certified"
"""
FAST = SWEEP.replace("certified", "float")
ENVIRONMENT = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.toml").write_text(SWEEP)
    (tmp_path / "fast.toml").write_text(FAST)
    return tmp_path


def start(*arguments):
    command = [sys.executable, "-c", "from proofs.cli import main; main()", "sweep", *arguments]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
        # A shell that starts this in the background has its children ignore interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def finish(process):
    out, err = process.communicate()
    return process.returncode, out, err


def finished(store):
    """Count finished cells from outside."""
    if not Path(store).exists():
        return 0
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        try:
            return db.execute("SELECT count(*) FROM cells WHERE seal NOT NULL").fetchone()[0]
        except sqlite3.OperationalError:
            return 0  # not made yet


def wait_for(condition, process=None):
    while not condition():
        assert process is None or process.poll() is None, process.communicate()
        time.sleep(0.01)


def children(process):
    """Processes whose parent this is, or whose parent's parent (the fork server's)."""
    found = {process}
    for _ in range(2):
        for status in Path("/proc").glob("[0-9]*/stat"):
            with closing(status.open()) as file:
                fields = file.read().rpartition(") ")[2].split()
            if int(fields[1]) in found and fields[0] != "Z":
                found.add(int(status.parent.name))
    return found - {process}


def invoke(*arguments):
    return CliRunner().invoke(lemmata, ["sweep", *arguments], standalone_mode=False)


@pytest.mark.parametrize("kills", [(7,), pytest.param((2, 4, 3), marks=pytest.mark.slow)])
def test_killed_and_resumed_is_uninterrupted(folder, kills):
    for more in kills:
        before = finished("s.sqlite")
        process = start("s.toml", "--jobs", "2")
        wait_for(lambda n=before + more: finished("s.sqlite") >= n, process)
        workers = children(process.pid) if sys.platform == "linux" else set()
        process.kill()
        assert process.wait() == -signal.SIGKILL
        process.communicate()
        wait_for(lambda left=workers: not any(Path(f"/proc/{w}").exists() for w in left))
    code, out, err = finish(start("s.toml", "--jobs", "2", "--export", "resumed.csv", "--json"))
    assert code == 0, err
    cells = json.loads(out)["cells"]
    assert cells["finished"] == cells["total"] == 20
    assert cells["this_run"] <= 20 - sum(kills)
    whole = invoke("s.toml", "--store", "w.sqlite", "--export", "whole.csv")
    assert whole.return_value == 0
    assert Path("resumed.csv").read_bytes() == Path("whole.csv").read_bytes()


@pytest.mark.parametrize("count", [2, pytest.param(4, marks=pytest.mark.slow)])
def test_processes_share_a_store_and_agree(folder, count):
    running = [
        start("s.toml", "--jobs", "1", "--json", "--export", f"{i}.csv") for i in range(count)
    ]
    results = [finish(process) for process in running]
    assert [code for code, *_ in results] == [0] * count, results
    shares = [json.loads(out)["cells"]["this_run"] for _, out, _ in results]
    assert sum(shares) == 20
    assert len({Path(f"{i}.csv").read_bytes() for i in range(count)}) == 1


def test_a_damaged_store_is_refused_and_salvaged(folder):
    assert invoke("fast.toml", "--export", "whole.csv").return_value == 0
    with closing(sqlite3.connect("fast.sqlite")) as db:
        db.execute("UPDATE rows SET lower = lower || '0' WHERE cell IN (3, 4)")
        db.commit()
    refused = invoke("fast.toml", "--export", "damaged.csv")
    assert "fast.sqlite: the file is damaged (cell " in str(refused.exception)
    assert "--salvage NEWFILE" in str(refused.exception)
    assert not Path("damaged.csv").exists()
    found = invoke("fast.toml", "--salvage", "new.sqlite", "--export", "new.csv")
    assert found.return_value == 0
    assert "copied to new.sqlite: 18 (18 rows); lost: 2" in found.stderr
    assert "20 of 20 cells finished, 2 of them in this run" in found.output
    assert Path("new.csv").read_bytes() == Path("whole.csv").read_bytes()


def test_markup_and_commands_in_a_name_are_shown_as_text(folder):
    name = "[red]\x1b[31mx[/blue]"
    (folder / f"{name.partition('/')[0]}.toml").write_text(FAST)
    found = invoke(f"{name.partition('/')[0]}.toml", "--store", "s.sqlite")
    assert found.return_value == 0
    assert "\x1b" not in found.output
    assert "[red]\N{REPLACEMENT CHARACTER}[31mx[: steps" in found.output


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_a_large_finished_store_is_read_in_little_time_and_memory(folder):
    """100,000 rows; the machine may be busy, so only the process's own seconds count."""
    text = FAST.replace("[5, 6]", "{from = 2, to = 11}").replace("seeds = 10", "seeds = 10_000")
    (folder / "large.toml").write_text(text)
    spec = load("large.toml")
    with Store("large.sqlite") as store:
        store.add(spec)
        counts = {depth: str(9 * 3**depth) for depth in range(2, 12)}
        made = {k: Row("reached", n, n, math.log(int(n))) for k, n in counts.items()}
        found = {k: Result((r,), ENGINES["float"].rigour, 0.5) for k, r in made.items()}
        for key, cell in store.open_cells(spec):
            store.finish(key, found[cell.depth])
    program = (
        "import atexit, os, re, sys; from pathlib import Path; from proofs.cli import main\n"
        "said = lambda: Path('/proc/self/status').read_text()\n"
        "memory = lambda: re.search(r'VmHWM:\\s*(\\d+) kB', said())[1]\n"
        "used = lambda: print(sum(os.times()[:2]), memory(), file=sys.stderr)\n"
        "atexit.register(used); main()"
    )
    command = [sys.executable, "-c", program, "sweep", "large.toml"]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    seconds, kilobytes = map(float, done.stderr.split())
    assert seconds < 8  # 4.5 where it is not busy
    assert kilobytes < 200_000  # most of them the libraries


@pytest.mark.parametrize(
    "sent", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)]
)
def test_an_interrupt_is_prompt_and_clean(folder, sent):
    process = start("s.toml", "--jobs", "2")
    wait_for(lambda: finished("s.sqlite") >= 1, process)
    began = time.monotonic()
    process.send_signal(sent)
    returned, _, err = finish(process)
    assert time.monotonic() - began < 20  # the machine may be busy
    kept = "what is finished is kept, and the same command goes on"
    assert (returned, err.strip()) == (130, f"lemmata: interrupted; {kept}")
    with closing(sqlite3.connect("s.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM runs").fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM cells WHERE run IS NOT NULL").fetchone() == (0,)


def test_the_budget_is_kept_and_a_rerun_goes_on(folder):
    (folder / "long.toml").write_text(SWEEP.replace("seeds = 10", "seeds = 1000"))
    found = invoke("long.toml", "--budget", "2", "--jobs", "1", "--json")
    assert found.return_value == 4
    document = json.loads(found.output)
    jsonschema.validate(document, SCHEMA)
    assert document["cells"]["finished"] < document["cells"]["total"] == 2000


def test_the_summary_and_single_rows(folder):
    found = invoke("fast.toml", "--jobs", "1", "--json", "--export", "rows.parquet")
    assert found.return_value == 0
    document = json.loads(found.output)
    jsonschema.validate(document, SCHEMA)
    assert [(g["depth"], g["reached"], g["starts"]) for g in document["groups"]] == [
        (5, 10, 10),
        (6, 10, 10),
    ]
    again = invoke("fast.toml")
    assert "20 of 20 cells finished, 0 of them in this run" in again.output
    from pyarrow import parquet

    row = parquet.read_table("rows.parquet").to_pylist()[7]
    alone = invoke("fast.toml", "--only", row["id"], "--json")
    assert alone.return_value == 0
    document = json.loads(alone.output)
    jsonschema.validate(document, SCHEMA)
    assert document["identical_to_store"] is True
    (found_row,) = document["rows"]
    assert all(row[name] == found_row[name] for name in ("outcome", "lower", "upper", "ln_steps"))
    counted = CliRunner().invoke(
        lemmata,
        ["escape", "--loss", row["loss"], "--weights", ",".join(found_row["weights"]), "--step",
         row["step"], "--until", row["until"], "--json"],
    )  # fmt: skip
    assert json.loads(counted.output)["steps"]["lower"] == row["lower"]
    with closing(sqlite3.connect("fast.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM results WHERE id = ?", (row["id"],)).fetchone() == (
            1,
        )
    unstored = invoke("fast.toml", "--only", row["id"], "--store", "none.sqlite")
    assert "not in the store yet" in unstored.output


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["none.toml"], "none.toml: No such file or directory"),
        (["s.toml", "--jobs", "0"], "jobs: "),
        (["s.toml", "--budget", "-1"], "budget: "),
        (["s.toml", "--budget", "nan"], "--budget: a positive number"),
        (["s.toml", "--budget", "inf"], "--budget: a positive number"),
        (["s.toml", "--export", "no/rows.csv"], "export: no/rows.csv: No such file"),
        (["s.toml", "--salvage", "new.sqlite"], "store: s.sqlite: no such file"),
        (["s.toml", "--export", "rows.txt"], "export: "),
        (["s.toml", "--only", "abc"], "only: no row 'abc'"),
        (["s.toml", "--store", "s.toml"], "--store: 's.toml' is also what FILE names"),
        (["s.toml", "--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"], "with --jobs"),
    ],
)
def test_bad_input_is_one_line(folder, arguments, named):
    found = invoke(*arguments)
    assert named in str(found.exception)
    assert "\n" not in str(found.exception)
    assert not Path("s.sqlite").exists()


def test_without_dask_the_package_is_named(folder, monkeypatch):
    installed.cache_clear()
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "numerics.sweeps.cluster", raising=False)
    found = invoke("s.toml", "--scheduler", "tcp://127.0.0.1:1")
    assert type(found.exception).__name__ == "ToolMissing"
    assert "lemmata[cluster]" in str(found.exception)
    installed.cache_clear()


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


def scheduler_of(address):
    """The process of the scheduler that :func:`cluster` started."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            said = (entry / "cmdline").read_bytes()
            if b"dask_scheduler" in said and str(os.getpid()).encode() in said:
                return int(entry.name)


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
