"""What is around an input: environment, streams, limits, what is no file where one should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from proofs.cli import COMPLETE
from tests.fuzz.contract import NODES, SOURCES, Input

Variables = Mapping[str, str | None]
ENVIRONMENT: tuple[Variables, ...] = (
    *({"FORCE_COLOR": "1"}, {"TTY_COMPATIBLE": "1"}, {"TTY_INTERACTIVE": "1", "NO_COLOR": ""}),
    *({"COLUMNS": "0"}, {"COLUMNS": "1"}, {"COLUMNS": "-5"}, {"COLUMNS": "x"}),
    *({"COLUMNS": "²"}, {"COLUMNS": "9" * 5000}, {"LINES": "²", "COLUMNS": "٣"}),
    *({"COLUMNS": "9" * 30}, {"COLUMNS": "1000000000"}, {"COLUMNS": "", "LINES": "0"}),
    *({"LEMMATA_DEBUG": "yes"}, {"LEMMATA_DEBUG": "0"}, {"TERM": "dumb"}, {"TERM": None}),
    *({"XDG_CACHE_HOME": "/dev/null"}, {"XDG_CACHE_HOME": "relative"}, {"TERM": "\x1b[31m"}),
    *({"XDG_CACHE_HOME": None, "HOME": home} for home in (None, "", "/dev/null", "nowhere")),
    *({"TMPDIR": "/nowhere"}, {"TMPDIR": "/dev/full"}, {"TMPDIR": ""}, {"PATH": None}),
    *({"SOURCE_DATE_EPOCH": "x"}, {"TZ": "no/where"}, {"_LEMMATA_COMPLETE": "garbage"}),
    *({"HYPOTHESIS_STORAGE_DIRECTORY": "/dev/full"}, {"MPLBACKEND": "garbage"}),
    *({"MPLCONFIGDIR": "/dev/full"}, {"MATPLOTLIBRC": "/dev/full"}, {"CPPFLAGS": "\udcff"}),
    *({"OMP_NUM_THREADS": "x"}, {"OPENBLAS_NUM_THREADS": "-1"}, {"SYMPY_USE_CACHE": "no"}),
)
"""What the environment says, and what need not be true."""
STARTING: tuple[Variables, ...] = (
    *({name: "C"} for name in ("LANG", "LC_ALL", "LC_CTYPE")),
    *({"LC_ALL": "bogus"}, {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}, {"LANG": ""}),
    *({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONUTF8": "1"}),
    *({"PYTHONIOENCODING": given} for given in ("ascii", "ascii:strict", "utf-8:surrogateescape")),
    *({"PYTHONOPTIMIZE": "1"}, {"PYTHONOPTIMIZE": "2"}, {"PYTHONUNBUFFERED": "1"}),
    *({"PYTHONINTMAXSTRDIGITS": "0"}, {"PYTHONINTMAXSTRDIGITS": "640"}),
    *({"PYTHONHASHSEED": "1"}, {"PYTHONDONTWRITEBYTECODE": "1"}, {"PYTHONNOUSERSITE": "1"}),
    *({"PYTHONWARNINGS": "error"}, {"PYTHONWARNINGS": "always", "PYTHONDEVMODE": "1"}),
    *({"SYMPY_DEBUG": "x"}, {"SYMPY_CACHE_SIZE": "x"}, {"SYMPY_GROUND_TYPES": "x"}),
    *({"NUMPY_MADVISE_HUGEPAGE": "x"}, {"NPY_PROMOTION_STATE": "x"}, {"MPMATH_STRICT": "1"}),
    *({"PYTHONMALLOC": "debug"}, {"PYTHONFAULTHANDLER": "1"}, {"PYTHONBREAKPOINT": "0"}),
)
"""What Python itself, and libraries while they are loaded, read when it starts."""
CLOSED = ((0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2))
LIMITS: tuple[Mapping[str, int], ...] = (
    *({"FSIZE": 2000}, {"FSIZE": 10_000}),  # as if the disk were full
    *({"NOFILE": 8}, {"NOFILE": 16}, {"NOFILE": 64}, {"NOFILE": 100}),
)
"""How little the system may leave."""
_FRESH = 0.01  # and those of which the start is the point


def of(given: Input, random: Random, dear: bool = False) -> Input:
    """The same input, at times in another environment, or with less of what it names.

    Parameters
    ----------
    given : Input
    random : Random
    dear : bool
        Not to be fresh too, unless the start is the point.
    """
    lost = [name for name in given.files if random.random() < 0.02]
    drawn, environment = random.random(), {}
    if drawn < 0.05:
        environment = dict(random.choice(ENVIRONMENT))
    elif drawn < 0.06:
        environment = _completed(given, random)
    elif drawn < 0.07:
        environment = dict(random.choice(STARTING))
    closed = random.choice(CLOSED) if random.random() < 0.01 else ()
    made = replace(
        given,
        files={name: content for name, content in given.files.items() if name not in lost},
        nodes={name: random.choice(sorted(NODES)) for name in lost},
        environment=environment,
        closed=closed,
        limits=random.choice(LIMITS) if random.random() < 0.02 else {},
        stdin=random.choice(sorted(SOURCES)) if random.random() < 0.01 else "null",
        umask=random.choice((0, 0o077, 0o777)) if random.random() < 0.02 else 0o022,
    )
    starting = bool(closed) or dict(environment) in STARTING or made.stdin != "null"
    return replace(
        made, fresh=(starting or (not dear and random.random() < _FRESH)) and made.typeable
    )


def _completed(given: Input, random: Random) -> dict[str, str | None]:
    """What a shell asks when somebody has typed so far and wants the rest."""
    words = ["lemmata", *given.argv]
    if given.files and random.random() < 0.7:
        words = ["lemmata", "verify", f"{random.choice(sorted(given.files))}::"]
    count = str(random.choice((len(words) - 1, len(words) - 1, 1, -1, 99, "x")))
    shell = random.choice(("bash", "zsh", "fish"))
    return {COMPLETE: f"{shell}_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": count}
