"""What is around an input: the environment, closed streams, what is no file where one should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from proofs.cli import COMPLETE
from tests.fuzz.contract import NODES, Input

ENVIRONMENT: tuple[Mapping[str, str], ...] = (
    *({"FORCE_COLOR": "1"}, {"TTY_COMPATIBLE": "1"}, {"TTY_INTERACTIVE": "1", "NO_COLOR": ""}),
    *({"COLUMNS": "0"}, {"COLUMNS": "1"}, {"COLUMNS": "-5"}, {"COLUMNS": "x"}),
    *({"COLUMNS": "9" * 30}, {"LEMMATA_DEBUG": "yes"}, {"LEMMATA_DEBUG": "0"}),
    *({"XDG_CACHE_HOME": "/dev/null"}, {"XDG_CACHE_HOME": "relative"}, {"TERM": "\x1b[31m"}),
    *({"SOURCE_DATE_EPOCH": "x"}, {"TZ": "no/where"}, {"_LEMMATA_COMPLETE": "garbage"}),
    *({"HYPOTHESIS_STORAGE_DIRECTORY": "/dev/full"}, {"MPLBACKEND": "garbage"}),
)
"""What the environment says, and what need not be true."""
CLOSED = ((0,), (1,), (2,), (0, 1), (1, 2), (0, 1, 2))


def of(given: Input, random: Random) -> Input:
    """The same input, at times in another environment, or with less of what it names."""
    lost = [name for name in given.files if random.random() < 0.02]
    drawn, environment = random.random(), {}
    if drawn < 0.04:
        environment = dict(random.choice(ENVIRONMENT))
    elif drawn < 0.05:
        environment = _completed(given, random)
    return replace(
        given,
        files={name: content for name, content in given.files.items() if name not in lost},
        nodes={name: random.choice(sorted(NODES)) for name in lost},
        environment=environment,
        closed=random.choice(CLOSED) if random.random() < 0.02 else (),
    )


def _completed(given: Input, random: Random) -> dict[str, str]:
    """What a shell asks when somebody has typed so far and wants the rest."""
    words = ["lemmata", *given.argv]
    if given.files and random.random() < 0.7:
        words = ["lemmata", "verify", f"{random.choice(sorted(given.files))}::"]
    count = str(random.choice((len(words) - 1, len(words) - 1, 1, -1, 99, "x")))
    shell = random.choice(("bash", "zsh", "fish"))
    return {COMPLETE: f"{shell}_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": count}
