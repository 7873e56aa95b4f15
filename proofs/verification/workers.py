"""Tasks, each at its own risk: what fails costs its own row, and no process outlives the run.

A task may exhaust the stack, the memory or the machine. :func:`attempt` turns what it raises into a
:class:`Failure`; :func:`spread` runs tasks in processes of their own, where even one that is killed
is a Failure of the task that it was at, while the others go on.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Generic, TypeVar

from proofs.cli import DEBUG
from theory.errors import InputError, plain
from theory.tools import EXTRAS, hint

Item = TypeVar("Item")
Result = TypeVar("Result")

_POLL_SECONDS = 0.5
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Failure:
    """A task that came to no end of its own.

    Attributes
    ----------
    reason : str
        One plain line.
    internal : bool
        Whether it is a mistake of this program, as opposed to a limit of the machine or input
        that cannot be taken.
    missing : bool
        Whether a library is missing that an extra of this package installs.
    """

    reason: str
    internal: bool
    missing: bool = False


def attempt(task: Callable[[Item], Result], item: Item) -> Result | Failure:
    """Do a task; whatever it raises about this item becomes a :class:`Failure`.

    Raises
    ------
    OSError
        Files and pipes are the business of the whole run.
    """
    try:
        return task(item)
    except OSError:
        raise
    except Exception as wrong:
        if os.environ.get(DEBUG):
            traceback.print_exc()
        return failure(wrong)


def failure(wrong: Exception) -> Failure:
    """Say in one line what an exception means to somebody who did not write the program."""
    match wrong:
        case InputError():
            return Failure(str(wrong), internal=False)
        case MemoryError():
            return Failure("out of memory", internal=False)
        case ModuleNotFoundError(name=str() as missing) if missing.partition(".")[0] in EXTRAS:
            return Failure(hint(missing), internal=False, missing=True)
        case RecursionError():
            return Failure("internal error: formulas too deep for this program", internal=True)
    detail = plain(f"{type(wrong).__name__}: {wrong}", 160)
    return Failure(f"internal error: {detail}", internal=True)


def spread(
    task: Callable[[Item], Result], items: Iterable[Item], jobs: int
) -> Iterator[tuple[Item, Result | Failure]]:
    """Do tasks in processes, in the order of the items; yield outcomes as they come.

    Parameters
    ----------
    task : callable
        Picklable, as are the items and the results.
    items : iterable
    jobs : int
        How many processes; they end with the iteration, however it ends, and with this process.

    Raises
    ------
    OSError
        Raised in a process about anything but its item; see :func:`attempt`.
    """
    left = deque(items)
    busy: list[_Worker[Item, Result]] = []
    try:
        while left or busy:
            while left and len(busy) < jobs:
                busy.append(_Worker(task))
                busy[-1].give(left.popleft())
            ready = wait([worker.connection for worker in busy])
            for worker in [w for w in busy if w.connection in ready]:
                item, outcome = worker.take()
                if left and worker.alive:
                    worker.give(left.popleft())
                else:
                    busy.remove(worker)
                    worker.stop()
                if isinstance(outcome, OSError):
                    raise outcome
                yield item, outcome
    finally:
        for worker in busy:
            worker.stop()


class _Worker(Generic[Item, Result]):
    """A process that does one task after the other."""

    # Arb's precision is one global per process, so that tasks cannot share one; spawned, since
    # forking a process with a progress thread may deadlock.
    def __init__(self, task: Callable[[Item], Result]) -> None:
        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_serve, args=(theirs, os.getpid(), task), daemon=True
        )
        self.process.start()
        theirs.close()  # so that its death closes the pipe
        self.alive = True

    def give(self, item: Item) -> None:
        self.item = item
        with suppress(BrokenPipeError):  # it has died already, which taking will find out
            self.connection.send(item)

    def take(self) -> tuple[Item, Result | Failure | OSError]:
        try:
            return self.item, self.connection.recv()
        except (EOFError, ConnectionError):
            self.alive = False
            self.process.join()
            code = self.process.exitcode or 0
            how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
            reason = f"its process died ({how}), probably for want of memory"
            return self.item, Failure(reason, internal=False)

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


def _serve(connection: Connection, parent: int, task: Callable[[Item], Result]) -> None:
    """The life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends its workers
    die_with(parent)
    while True:
        try:
            item = connection.recv()
        except (EOFError, ConnectionError):
            return
        try:
            # Sending belongs to the attempt: a result need not be picklable.
            failed = attempt(lambda one: connection.send(task(one)), item)
        except OSError as wrong:
            connection.send(wrong)
        else:
            if failed is not None:
                connection.send(failed)


def die_with(parent: int) -> None:
    """End this process as soon as its parent is gone, even in the middle of a computation.

    Linux kills it at once. Elsewhere a thread looks, which a long call into C may delay.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
