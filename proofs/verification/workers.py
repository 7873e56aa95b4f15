"""Tasks, each at its own risk: what fails costs its own row, and no process outlives the run.

A task may exhaust the stack, the memory or the machine. :func:`attempt` turns what it raises into a
:class:`Failure`; :func:`spread` runs tasks in processes of their own, where even one that is killed
is a Failure of the task that it was at, while the others go on.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from numerics.sweeps.mortal import end_with_parent
from proofs.budgets import forks, limit_cpu
from proofs.cli import debugging
from theory.errors import InputError, plain
from theory.tools import EXTRAS, hint

Item = TypeVar("Item")
Result = TypeVar("Result")

OUT_OF_MEMORY = "out of memory (--memory is what one process may hold)"
_POLL_SECONDS = 0.5


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
        if debugging():
            traceback.print_exc()
        return failure(wrong)


def failure(wrong: Exception) -> Failure:
    """Say in one line what an exception means to somebody who did not write the program."""
    match wrong:
        case InputError():
            return Failure(str(wrong), internal=False)
        case MemoryError():
            return Failure(OUT_OF_MEMORY, internal=False)
        case ModuleNotFoundError(name=str() as missing) if missing.partition(".")[0] in EXTRAS:
            return Failure(hint(missing), internal=False, missing=True)
        case RecursionError():
            return Failure("internal error: formulas too deep for this program", internal=True)
    detail = plain(f"{type(wrong).__name__}: {wrong}", 160)
    return Failure(f"internal error: {detail}", internal=True)


def apart(
    task: Callable[[Item], Result], items: Sequence[Item], seconds: float | None = None
) -> Iterator[tuple[Item, Result | Failure]]:
    """Do tasks one after the other, where one that dies costs only itself; see :func:`spread`.

    Without :func:`forks` they are done here, and only what they raise is held back.
    """
    if not forks():
        yield from ((item, attempt(task, item)) for item in items)
        return
    for place, outcome in spread(lambda i: task(items[i]), range(len(items)), 1, seconds):
        yield items[place], outcome


def spread(
    task: Callable[[Item], Result], items: Iterable[Item], jobs: int, seconds: float | None = None
) -> Iterator[tuple[Item, Result | Failure]]:
    """Do tasks in processes, in the order of the items; yield outcomes as they come.

    Parameters
    ----------
    task : callable
        Picklable unless :func:`forks`, as are the items and, always, the results.
    items : iterable
    jobs : int
        How many processes; they end with the iteration, however it ends, and with this process.
    seconds : float, optional
        CPU time after which a task is ended that takes no notice of its budget.

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
                busy.append(_Worker(task, seconds))
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


_COLLECTED = 50_000, 20, 50
"""So many new objects before cycles are looked for: terms and balls have none."""


class _Worker(Generic[Item, Result]):
    """A process that does one task after the other."""

    # Arb's precision is one global per process, so that tasks cannot share one.
    def __init__(self, task: Callable[[Item], Result], seconds: float | None) -> None:
        context = get_context("fork" if forks() else "spawn")
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, os.getpid(), task, seconds), daemon=True
        )
        with _uninterrupted():  # until it takes no notice of interrupts
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
            return self.item, Failure(_death(code), internal=False)

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


def _death(code: int) -> str:
    if code == -getattr(signal, "SIGXCPU", 0):
        return "it took far more CPU time than its budget"
    how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
    return f"its process died ({how}), probably for want of memory (--memory)"


@contextmanager
def _uninterrupted() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    connection: Connection, parent: int, task: Callable[[Item], Result], seconds: float | None
) -> None:
    """The life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    die_with(parent)
    # What libraries in C say before they abort is said by the parent, in one line.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1,) if debugging() else (1, 2):
        os.dup2(nowhere, stream)
    # What was there before it stays: looking through it again and again is a part of all the time.
    gc.freeze()
    gc.set_threshold(*_COLLECTED)
    while True:
        try:
            item = connection.recv()
        except (EOFError, ConnectionError):
            return
        if seconds is not None:
            limit_cpu(seconds)
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
    end_with_parent()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_POLL_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
