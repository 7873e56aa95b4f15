"""Workers on a Dask cluster: the cells of a sweep as tasks of an existing scheduler.

What happens when a worker dies is Dask's affair: it runs the task elsewhere. The store is written
by the driving process only, so workers need no access to it; they need lemmata installed.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import distributed

from numerics.sweeps.cells import Cell
from numerics.sweeps.engines import Result
from numerics.sweeps.run import ATTEMPTS, Done, attempt
from theory.errors import InputError

_CONNECT_SECONDS = 20
Task = distributed.Future[tuple[Result | None, str]]
_AHEAD = 2  # tasks per thread, so that no worker waits for the driver


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
        try:
            self._client = distributed.Client(address, timeout=_CONNECT_SECONDS, name="lemmata")
        except (OSError, ValueError, ImportError) as wrong:
            reason = str(wrong).splitlines()[0] if str(wrong) else type(wrong).__name__
            raise InputError("scheduler", f"{address[:80]!r} does not answer: {reason}") from None
        self._tasks: dict[Task, int] = {}
        self._cells: dict[int, tuple[Cell, int]] = {}
        self._slots, self._looked = 0, -1.0

    def free(self) -> int:
        """How many further cells can be given out now; workers may come and go."""
        if time.monotonic() - self._looked > 1:
            threads = sum(self._client.nthreads().values())
            self._slots, self._looked = _AHEAD * threads, time.monotonic()
        return self._slots - len(self._tasks)

    def submit(self, key: int, cell: Cell) -> None:
        """Give out one cell."""
        _, tries = self._cells.get(key, (cell, 0))
        self._cells[key] = (cell, tries + 1)
        # pure=False: a cell that was tried before is run again, not remembered.
        self._tasks[self._client.submit(attempt, cell, pure=False)] = key

    def wait(self, seconds: float) -> Sequence[Done]:
        """Wait at most so long for something to be done."""
        if not self._tasks:
            time.sleep(seconds)
            return []
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
                result, failure = task.result()
                del self._cells[key]
                found.append(Done(key, result, failure))
            elif tries < ATTEMPTS:
                self.submit(key, cell)
            else:
                found.append(Done(key, None, f"its worker died or was lost {ATTEMPTS} times"))
            task.release()
        return found

    def close(self) -> None:
        """Take back what is not finished, and leave the cluster as it is."""
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()
        self._client.close()
