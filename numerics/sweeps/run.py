"""The driver: claims cells, hands them to workers, writes what comes back; and the local workers.

Only the driver writes to the store. Workers are processes, since ball arithmetic has one precision
per process; they end with the driver, however it ends.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import sys
import threading
import time
import types
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from typing import Protocol

from numerics.sweeps.cells import Cell
from numerics.sweeps.engines import Result, evaluate
from numerics.sweeps.mortal import end_with_parent
from numerics.sweeps.spec import Spec
from numerics.sweeps.store import LEASE, Store
from theory.errors import plain
from theory.exact import processes

ATTEMPTS = 3
"""How often a cell is tried whose worker dies under it."""
_TICK = 0.5
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Done:
    """What came of one cell: a result, or why there is none.

    Attributes
    ----------
    key : int
        The cell's key in the store.
    result : Result or None
    failure : str
        Set if there is no result.
    """

    key: int
    result: Result | None
    failure: str = ""


class Workers(Protocol):
    """Whatever runs cells: processes on this machine, or a cluster."""

    def free(self) -> int:
        """How many further cells can be given out now."""

    def submit(self, key: int, cell: Cell) -> None:
        """Give out one cell."""

    def wait(self, seconds: float) -> Sequence[Done]:
        """Wait at most so long for something to be done."""

    def spent(self) -> float:
        """CPU seconds that all cells have taken until now, those that are not done too."""

    def close(self) -> None:
        """End at once, whatever is still running."""


@dataclass(frozen=True)
class Progress:
    """How far a sweep is.

    Attributes
    ----------
    done, total : int
        Cells, finished by anyone.
    own : int
        Cells that this run has finished.
    failed : mapping of str to str
        Cells that cannot be run, by identifier, and why: an engine failed on it, or its worker
        died again and again. They stay unfinished, and cost no other cell.
    """

    done: int
    total: int
    own: int
    failed: Mapping[str, str] = field(default_factory=dict)


def run(
    store: Store,
    spec: Spec,
    workers: Workers,
    budget: float | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Progress:
    """Run the unfinished cells of a sweep until all are finished or the budget is spent.

    Parameters
    ----------
    store : Store
    spec : Spec
    workers : Workers
        Left open.
    budget : float, optional
        CPU seconds of this process and its workers together; cells in flight at the end of it are
        given back. While only other runs have cells, the time of waiting for them counts.
    progress : callable, optional
        Told after every finished cell.

    Returns
    -------
    Progress
        ``done < total`` if the budget ended the run, or a cell cannot be run.
    """
    spending = _Spending(workers, math.inf if budget is None else budget)
    store.add(spec)
    store.enter()
    try:
        return _drive(store, spec, workers, spending, progress or (lambda _: None))
    finally:
        store.leave()


class _Spending:
    """What a run has used of its budget."""

    def __init__(self, workers: Workers, budget: float) -> None:
        self._workers, self._budget = workers, budget
        self._before = time.process_time() + workers.spent()
        self.waited = 0.0

    def left(self) -> float:
        """CPU seconds; infinite without a budget."""
        if math.isinf(self._budget):
            return self._budget
        used = time.process_time() + self._workers.spent() - self._before
        return self._budget - used - self.waited


def _drive(
    store: Store,
    spec: Spec,
    workers: Workers,
    spending: _Spending,
    progress: Callable[[Progress], None],
) -> Progress:
    cells, own, beaten = deque(store.open_cells(spec)), 0, time.monotonic()
    names: dict[int, str] = {}  # of the cells in flight
    failed: dict[str, str] = {}
    (done, total) = store.counts(spec)
    progress(Progress(done, total, own))
    while (left := spending.left()) > 0:
        while cells and workers.free() > 0:
            key, cell = cells.popleft()
            if store.claim(key):
                workers.submit(key, cell)
                names[key] = cell.id
        if not names:
            # What is left belongs to other runs: wait for them, or for their end.
            cells = deque(c for c in store.open_cells(spec) if c[1].id not in failed)
            done, total = store.counts(spec)
            if not cells:
                break
            progress(Progress(done, total, own))
            time.sleep(_TICK)
            spending.waited += _TICK
        for found in workers.wait(min(_TICK, left / max(1, len(names)))):
            name = names.pop(found.key)
            if found.result is None:
                failed[name] = found.failure
            elif store.finish(found.key, found.result):
                own, done = own + 1, done + 1
            progress(Progress(done, total, own))
        if time.monotonic() - beaten > LEASE / 6:
            beaten = time.monotonic()
            store.beat()
    done, total = store.counts(spec)
    return Progress(done, total, own, failed)


class Processes:
    """Worker processes on this machine.

    Parameters
    ----------
    jobs : int
        How many.

    Raises
    ------
    InputError
        If that is no number of processes: with none of them a sweep would wait for ever.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = processes(jobs)
        # Engines are run on one core each: it is the cells that are parallel.
        for name in _THREADS:
            os.environ.setdefault(name, "1")
        methods = multiprocessing.get_all_start_methods()
        method = "forkserver" if "forkserver" in methods else "spawn"
        self._context = multiprocessing.get_context(method)
        if method == "forkserver":
            loaded = ["numerics.sweeps.server", "numerics.sweeps.engines"]
            self._context.set_forkserver_preload(loaded)
        self._idle: list[_Worker] = []
        self._busy: dict[int, _Worker] = {}
        self._tries: dict[int, int] = {}
        self._ended = 0.0  # CPU seconds of workers that died

    def free(self) -> int:
        """How many further cells can be given out now."""
        return self._jobs - len(self._busy)

    def submit(self, key: int, cell: Cell) -> None:
        """Give out one cell."""
        worker = self._idle.pop() if self._idle else _Worker(self._context)
        self._busy[key] = worker
        self._tries[key] = self._tries.get(key, 0) + 1
        worker.start(cell)

    def wait(self, seconds: float) -> Sequence[Done]:
        """Wait at most so long for something to be done."""
        if not self._busy:
            return []
        pipes = {worker.pipe: key for key, worker in self._busy.items()}
        found = []
        for pipe in connection.wait(list(pipes), seconds):
            key = pipes[pipe]  # type: ignore[index]
            worker = self._busy.pop(key)
            answer = worker.answer()
            if answer is not None:
                self._idle.append(worker)
                del self._tries[key]
                result, failure = answer
                found.append(Done(key, result, failure))
                continue
            self._ended += worker.clock.seconds()
            worker.end()
            if self._tries[key] >= ATTEMPTS:
                found.append(
                    Done(
                        key, None, f"its process died {ATTEMPTS} times, probably for want of memory"
                    )
                )
            else:
                self.submit(key, worker.cell)
        return found

    def spent(self) -> float:
        """CPU seconds of all worker processes until now."""
        working = (*self._idle, *self._busy.values())
        return self._ended + sum(worker.clock.seconds() for worker in working)

    def close(self) -> None:
        """End at once, whatever is still running."""
        for worker in (*self._idle, *self._busy.values()):
            worker.end()
        self._idle.clear()
        self._busy.clear()


class Clock:
    """The CPU time of another process, where the system tells it; else its time, which is more.

    Parameters
    ----------
    pid : int or None
    """

    def __init__(self, pid: int | None) -> None:
        # As clock_getcpuclockid of the C library makes it; Python has that for threads only.
        self._clock = None if pid is None or sys.platform != "linux" else ~pid << 3 | 2
        self._began, self._known = time.monotonic(), 0.0

    def seconds(self) -> float:
        """CPU seconds until now; of a process that is gone, the last that were known."""
        if self._clock is None:
            return time.monotonic() - self._began
        with suppress(OSError):
            self._known = time.clock_gettime(self._clock)
        return self._known


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, context: multiprocessing.context.BaseContext) -> None:
        self.pipe, theirs = context.Pipe()
        self.cell: Cell
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)  # type: ignore[attr-defined]
        with _without_script():
            self._process.start()
        self.clock = Clock(self._process.pid)
        theirs.close()

    def start(self, cell: Cell) -> None:
        self.cell = cell
        with suppress(OSError):  # it has died; the pipe will say so
            self.pipe.send(cell)

    def answer(self) -> tuple[Result | None, str] | None:
        try:
            found: tuple[Result | None, str] = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return found

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self.pipe.close()


@contextmanager
def _without_script() -> Iterator[None]:
    """Have a new process not run the script again that started it: it needs nothing of that.

    Python would, and a script that starts a sweep without asking for its own name would wait for
    workers that begin sweeps of their own.
    """
    script = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _serve(pipe: connection.Connection) -> None:
    """Run cells until the driver is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver decides what an interrupt means
    end_with_parent()  # which is the server; without one, it is the driver
    threading.Thread(target=_end_with_driver, daemon=True).start()
    while True:
        try:
            cell = pipe.recv()
        except EOFError:
            return
        pipe.send(attempt(cell))


def _end_with_driver() -> None:
    driver = multiprocessing.parent_process()
    assert driver is not None
    driver.join()
    os._exit(1)


def attempt(cell: Cell) -> tuple[Result | None, str]:
    """Run a cell where an exception would get lost: a result, or one line that says why not."""
    try:
        return evaluate(cell), ""
    except MemoryError:
        return None, "out of memory"
    except Exception as wrong:  # an engine may fail in any way; the driver reports it
        return None, plain(f"{type(wrong).__name__}: {wrong}", 160)
