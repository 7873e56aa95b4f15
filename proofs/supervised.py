"""Commands whose work knows of no budget: they go on in a process that the system ends in time.

What SymPy, a figure or a library makes of a formula cannot be asked to look at a clock. So the
command goes on in a child, with its streams, exit code and errors; whoever was started waits, and
says in one line what became of a child that came to no end of its own.
"""

from __future__ import annotations

import os
import signal
from functools import wraps
from typing import Any, NoReturn

import click

from proofs.budgets import forks, limit_cpu
from proofs.options import positive

BUDGETS = {"derive": 60.0, "search": 60.0, "plot": 300.0}
"""CPU seconds, by the first word of a command; all others have budgets of their own."""
OWN_PROCESS = "proofs.supervised.own"
"""In the context of a command: nothing comes after it in this process."""
EXIT_BUDGET = 4


def bounded(command: click.Command, name: str) -> None:
    """Give a command that is in :data:`BUDGETS` the option ``--budget``; do so once.

    Parameters
    ----------
    command : click.Command
        Its callback is replaced.
    name : str
        As it is typed, ``plot slack``.
    """
    default, callback = BUDGETS.get(name.partition(" ")[0]), command.callback
    if default is None or callback is None or isinstance(command, click.Group):
        return
    if any("--budget" in option.opts for option in command.params):
        return
    words = "CPU seconds for all of it."
    option = click.Option(
        ["--budget"], type=float, default=default, show_default=True, callback=positive, help=words
    )
    command.params.append(option)

    @wraps(callback)
    def limited(*args: object, budget: float, **kwargs: object) -> Any:
        if click.get_current_context().meta.get(OWN_PROCESS):
            supervise(budget)
        return callback(*args, **kwargs)

    command.callback = limited


def supervise(seconds: float) -> None:
    """Go on in a child that has so many CPU seconds; where none can be forked, go on as it is.

    Raises
    ------
    click.exceptions.Exit
        In the parent, with the exit code of the child.
    """
    if not forks():
        return
    from numerics.sweeps.mortal import end_with_parent  # ctypes is for those who fork

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # until it is clear who hears of it
    parent = os.getpid()
    try:
        child = os.fork()
    except OSError:  # there are too many
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        return
    if child:
        _wait(child, seconds)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told too, and ends this process
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    end_with_parent()
    if os.getppid() != parent:  # it has gone already
        os._exit(1)
    limit_cpu(seconds)


def _wait(child: int, seconds: float) -> NoReturn:
    ended = False
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        _, status = os.waitpid(child, 0)
        ended = True
    finally:
        if not ended:  # interrupted
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        raise click.exceptions.Exit(code)
    how = signal.Signals(-code)
    said = f"its process died ({how.name}), probably for want of memory (--memory)"
    if how in (signal.SIGXCPU, signal.SIGKILL) and _used() >= seconds:
        said = f"the budget of {seconds:g} CPU seconds is spent (--budget)"
    click.echo(f"lemmata: {said}", err=True)
    raise click.exceptions.Exit(EXIT_BUDGET)


def _used() -> float:
    """CPU seconds of children that have ended, rounded up as the system counts them."""
    spent = os.times()
    return spent.children_user + spent.children_system + 1.0
