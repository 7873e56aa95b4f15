"""Workers on a Dask cluster: the cells of a sweep as tasks of an existing scheduler.

What happens when a worker dies is Dask's affair: it runs the task elsewhere. The store is written
by the driving process only, so workers need no access to it; they need the same lemmata installed.
A task is as many cells as take a quarter of a second, so that Dask's own milliseconds are shared.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import math
import time
import warnings
from asyncio import CancelledError
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import distributed
from distributed.comm.core import connect

import numerics
import theory
from numerics.sweeps.cells import Cell
from numerics.sweeps.engines import Result
from numerics.sweeps.run import ATTEMPTS, Done, attempt
from theory.errors import InputError, plain

_CONNECT_SECONDS, _LOST_SECONDS, _ANSWER_SECONDS, _CLOSE_SECONDS = 20, 10, 30, 5
_TASK_SECONDS, _MOST_CELLS = 0.25, 64
Answer = tuple[Result | None, str]
Task = distributed.Future[tuple[str, list[Answer]]]
_OTHER = "workers with another lemmata or other libraries; install there what is installed here"
_AHEAD = 2  # tasks per thread, so that no worker waits for the driver


@cache
def fingerprint() -> str:
    """Digest the code that runs cells, which must be the same on every worker."""
    digest = hashlib.sha256()
    for module in (numerics, theory):
        (folder, *_) = module.__path__
        for path in sorted(Path(folder).rglob("*.py")):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


def attempt_all(cells: Sequence[Cell]) -> tuple[str, list[Answer]]:
    """Run cells on a worker; say which code did."""
    return fingerprint(), [attempt(cell) for cell in cells]


async def _identity(address: str) -> None:
    """Ask who is there; a client of Dask would wait for ever for one that says nothing."""
    there = await connect(address, timeout=_CONNECT_SECONDS)
    try:
        await there.write({"op": "identity", "reply": True})
        if (await there.read())["type"] != "Scheduler":
            raise ValueError("it is no scheduler")
    except KeyError:
        raise ValueError("it is no scheduler") from None
    finally:
        there.abort()


class Cluster:
    """Workers behind a Dask scheduler.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://host:8786``.

    Raises
    ------
    InputError
        If no scheduler answers there.

    Notes
    -----
    Start workers with one thread each (``dask worker ADDRESS --nthreads 1``): the cells of one
    process take turns, because ball arithmetic has one precision per process.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        for name in list(logging.root.manager.loggerDict):  # we say what is wrong, in one line
            if name.startswith(("distributed", "asyncio", "tornado")):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            asyncio.run(asyncio.wait_for(_identity(address), _CONNECT_SECONDS))
            with warnings.catch_warnings():  # of other versions there: a worker's code is compared
                warnings.simplefilter("ignore")
                self._client = distributed.Client(address, timeout=_CONNECT_SECONDS, name="lemmata")
        except (OSError, ValueError, ImportError, TypeError, MemoryError) as wrong:
            # What is no scheduler may announce a message of any length: a lack of memory is that.
            said = "" if isinstance(wrong, MemoryError) else str(wrong)
            reason = said.splitlines()[0] if said else "nothing sensible comes back"
            raise InputError("scheduler", f"{address[:80]!r} does not answer: {reason}") from None
        self._tasks: dict[Task, list[int]] = {}
        self._cells: dict[int, tuple[Cell, int]] = {}
        self._waiting: list[int] = []  # to be sent together
        self._slots, self._looked, self._lost = 0, -1.0, math.inf
        self._size = 1  # cells of one task, for now
        self._spent, self._counted = 0.0, time.monotonic()

    def free(self) -> int:
        """How many further cells can be given out now; workers may come and go.

        Raises
        ------
        InputError
            If the scheduler is gone.
        """
        self._connected()
        if time.monotonic() - self._looked > 1:
            with self._asked():
                # The client's own question would wait for ever for a scheduler that is stopped.
                scheduler = self._client.scheduler
                if scheduler is None:
                    raise self._gone()
                found = self._client.sync(scheduler.ncores, callback_timeout=_ANSWER_SECONDS)
                threads = sum(found.values())
                self._slots, self._looked = _AHEAD * threads, time.monotonic()
        given = sum(map(len, self._tasks.values())) + len(self._waiting)
        return self._slots * self._size - given

    def submit(self, key: int, cell: Cell) -> None:
        """Give out one cell; it is sent when a task is full, or waited for."""
        self._cells[key] = (cell, 0)
        self._waiting.append(key)
        if len(self._waiting) >= self._size:
            self._send(self._waiting)
            self._waiting = []

    def _send(self, keys: list[int]) -> None:
        cells = [self._cells[key][0] for key in keys]
        # pure=False: a cell that was tried before is run again, not remembered.
        with self._asked():
            self._tasks[self._client.submit(attempt_all, cells, pure=False)] = keys

    def wait(self, seconds: float) -> Sequence[Done]:
        """Wait at most so long for something to be done; raises as :meth:`free` does."""
        self._connected()
        if self._waiting:
            self._send(self._waiting)
            self._waiting = []
        if not self._tasks:
            time.sleep(seconds)
            return []
        with self._asked():
            try:
                finished = distributed.wait(
                    list(self._tasks), timeout=seconds, return_when="FIRST_COMPLETED"
                ).done
            except TimeoutError:
                return []
        found: list[Done] = []
        for task in finished:
            keys = self._tasks.pop(task)
            if task.status == "finished":
                with self._asked():
                    code, answers = task.result(timeout=_ANSWER_SECONDS)
                if code != fingerprint():
                    raise InputError("scheduler", f"{self._address[:80]!r} has {_OTHER}")
                for key, (result, failure) in zip(keys, answers, strict=True):
                    del self._cells[key]
                    found.append(Done(key, result, failure))
                self._pace(answers)
            else:
                found += self._again(task, keys)
            task.release()
        return found

    def spent(self) -> float:
        """Seconds that threads of workers had cells of ours: their clocks are not seen here."""
        now, before = time.monotonic(), self._counted
        self._counted = now
        self._spent += (now - before) * min(len(self._tasks), self._slots // _AHEAD)
        return self._spent

    def _pace(self, answers: Sequence[Answer]) -> None:
        """Choose how many cells the next tasks have, by what these took."""
        spent = sum(result.seconds for result, _ in answers if result is not None)
        wanted = _TASK_SECONDS * len(answers) / max(spent, 1e-9)
        self._size = int(max(1, min(wanted, 2 * self._size, _MOST_CELLS)))

    def _again(self, task: Task, keys: list[int]) -> Iterator[Done]:
        """Try the cells of a task whose worker died once more, each alone: one of them may be why.

        Raises
        ------
        InputError
            If it was no death: a worker cannot even begin.
        """
        if task.status == "error":
            with self._asked():
                wrong = task.exception(timeout=_ANSWER_SECONDS)
            if not isinstance(wrong, distributed.KilledWorker):
                said = plain(f"{type(wrong).__name__}: {wrong}", 120)
                raise InputError("scheduler", f"{self._address[:80]!r} has {_OTHER} ({said})")
        for key in keys:
            cell, tries = self._cells[key]
            self._cells[key] = (cell, tries + 1)
            if tries + 1 < ATTEMPTS:
                self._send([key])
            else:
                yield Done(key, None, f"its worker died or was lost {ATTEMPTS} times")

    def _connected(self) -> None:
        """Refuse to wait for a scheduler that went away; a client would, for ever."""
        if self._client.status == "running":
            self._lost = math.inf
            return
        self._lost = min(self._lost, time.monotonic())
        if time.monotonic() - self._lost > _LOST_SECONDS:
            raise self._gone()

    def _gone(self) -> InputError:
        problem = "is gone; what finished is kept, and the same command goes on from there"
        return InputError("scheduler", f"{self._address[:80]!r} {problem}")

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """While something is asked of the scheduler: it may go away before it answers."""
        try:
            yield
        except (OSError, RuntimeError, CancelledError, distributed.CancelledError):
            raise self._gone() from None

    def close(self) -> None:
        """Take back what is not finished, and leave the cluster as it is."""
        with suppress(InputError), self._asked():
            for task in self._tasks:
                task.cancel()
        self._tasks.clear()
        with suppress(InputError), self._asked():
            self._client.close(timeout=_CLOSE_SECONDS)
