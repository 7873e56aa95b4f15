"""Budgets in CPU seconds, memory, files and digits: each is looked at here, for all commands.

Seconds are handed to whatever searches. Memory is a limit of the process, which the system keeps
and every process of ours inherits; what meets it costs the claim or the cell that was at work.
"""

from __future__ import annotations

import math
import sys
import threading
import time
from contextlib import suppress

from theory.errors import InputError
from theory.exact import MAX_SECONDS, seconds

try:
    import resource
except ImportError:  # not on Windows, which keeps no such limits
    resource = None  # type: ignore[assignment]

__all__ = [
    "BUDGET_SECONDS",
    "LEAST_ADDRESSES_MB",
    "LEAST_FILES",
    "LEAST_MB",
    "MAX_SECONDS",
    "MEMORY_MB",
    "allow_files",
    "forks",
    "limit_cpu",
    "limit_memory",
    "memory_limit",
    "patience",
    "seconds",
    "want_addresses",
]

BUDGET_SECONDS = 20.0
"""For one statement; the search for a certificate usually takes less than one second."""
MEMORY_MB = 4000
"""For one process; what is proved and measured by default stays far below one thousand."""
LEAST_MB = 300
LEAST_ADDRESSES_MB = 400
LEAST_FILES, _FILES_OF_A_WORKER = 64, 4
"""Open at once: with fewer, what starts processes for us would fail in lines of its own."""
_MB = 1_000_000


def limit_memory(megabytes: float, argument: str = "memory") -> None:
    """Let no process of ours, this one included, hold more than so much from now on.

    Linux keeps the limit. Elsewhere the system may take no notice of it.

    Parameters
    ----------
    megabytes : float
        Of private memory that can be written (RLIMIT_DATA).
    argument : str
        The name to put in front of an error message.

    Raises
    ------
    InputError
        For less than the program itself needs, and what is not finite.
    """
    if isinstance(megabytes, bool) or not (math.isfinite(megabytes) and megabytes >= LEAST_MB):
        raise InputError(argument, f"at least {LEAST_MB} megabytes are wanted")
    if resource is None:
        return
    want_addresses(argument)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = min(int(megabytes) * _MB, 2**62)
    with suppress(OSError, ValueError):  # a system without such limits
        limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def want_addresses(argument: str = "memory") -> None:
    """Refuse to begin where too few addresses are left.

    Some libraries for matrices ask for room again and again, for ever, while they load.

    Raises
    ------
    InputError
        Where that is so.
    """
    if resource is None:
        return
    room, _ = resource.getrlimit(resource.RLIMIT_AS)
    if room != resource.RLIM_INFINITY and room < LEAST_ADDRESSES_MB * _MB:
        problem = f"at least {LEAST_ADDRESSES_MB} megabytes of addresses are wanted (ulimit -v)"
        raise InputError(argument, problem)


def allow_files(jobs: int = 1, argument: str = "open files") -> None:
    """Have as many files open at once as so many processes want, as far as the system lets us.

    Parameters
    ----------
    jobs : int
    argument : str
        The name to put in front of an error message.

    Raises
    ------
    InputError
        Where the system lets too few be open.
    """
    if resource is None:
        return
    some, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = LEAST_FILES + _FILES_OF_A_WORKER * (jobs - 1)
    if some == resource.RLIM_INFINITY or some >= wanted:
        return
    if most != resource.RLIM_INFINITY and most < wanted:
        problem = f"{wanted} open files are wanted, and the system allows {most} (ulimit -n)"
        raise InputError(argument, problem)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def memory_limit() -> int | None:
    """Bytes that this process may hold, as far as its system keeps such limits."""
    if resource is None:
        return None
    limits = (resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_DATA, resource.RLIMIT_AS))
    return min((n for n in limits if n != resource.RLIM_INFINITY), default=None)


def forks() -> bool:
    """Whether a process can be forked here: cheap, and its task need not be picklable.

    Not where other threads may hold locks; and on macOS libraries do not bear it.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def limit_cpu(seconds: float) -> None:
    """Let the system end this process after so much more CPU time (SIGXCPU), where it can.

    No image of it is left in the folder then.
    """
    if resource is None:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = math.ceil(time.process_time() + seconds)
    with suppress(OSError, ValueError):
        limit = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, most))


def patience(budget: float) -> float:
    """CPU seconds after which a task with a budget is ended: what it may do besides is bounded."""
    return min(600.0 + 20 * budget, float(MAX_SECONDS))
