"""Workers on a Dask cluster: the cells of a sweep as tasks of an existing scheduler.

What happens when a worker dies is Dask's affair: it runs the task elsewhere. The store is written
by the driving process only, so workers need no access to it; they need lemmata installed.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from asyncio import CancelledError
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import distributed
from distributed.comm.core import connect

from numerics.sweeps.cells import Cell
from numerics.sweeps.engines import Result
from numerics.sweeps.run import ATTEMPTS, Done, attempt
from theory.errors import InputError

_CONNECT_SECONDS, _LOST_SECONDS = 20, 10
Task = distributed.Future[tuple[Result | None, str]]
_AHEAD = 2  # tasks per thread, so that no worker waits for the driver


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
            self._client = distributed.Client(address, timeout=_CONNECT_SECONDS, name="lemmata")
        except (OSError, ValueError, ImportError, TypeError, MemoryError) as wrong:
            # What is no scheduler may announce a message of any length: a lack of memory is that.
            said = "" if isinstance(wrong, MemoryError) else str(wrong)
            reason = said.splitlines()[0] if said else "nothing sensible comes back"
            raise InputError("scheduler", f"{address[:80]!r} does not answer: {reason}") from None
        self._tasks: dict[Task, int] = {}
        self._cells: dict[int, tuple[Cell, int]] = {}
        self._slots, self._looked, self._lost = 0, -1.0, math.inf

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
                threads = sum(self._client.nthreads().values())
                self._slots, self._looked = _AHEAD * threads, time.monotonic()
        return self._slots - len(self._tasks)

    def submit(self, key: int, cell: Cell) -> None:
        """Give out one cell."""
        _, tries = self._cells.get(key, (cell, 0))
        self._cells[key] = (cell, tries + 1)
        # pure=False: a cell that was tried before is run again, not remembered.
        with self._asked():
            self._tasks[self._client.submit(attempt, cell, pure=False)] = key

    def wait(self, seconds: float) -> Sequence[Done]:
        """Wait at most so long for something to be done; raises as :meth:`free` does."""
        self._connected()
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
        found = []
        for task in finished:
            key = self._tasks.pop(task)
            cell, tries = self._cells[key]
            if task.status == "finished":
                with self._asked():
                    result, failure = task.result()
                del self._cells[key]
                found.append(Done(key, result, failure))
            elif tries < ATTEMPTS:
                self.submit(key, cell)
            else:
                found.append(Done(key, None, f"its worker died or was lost {ATTEMPTS} times"))
            task.release()
        return found

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
            self._client.close()
