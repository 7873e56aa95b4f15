"""Commands that break the contract, each in one way: who does not find these finds nothing.

Nothing is imported but what Python has, so that a fresh process of them costs a moment.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path


def traceback() -> None:
    """Fail as nobody expected."""
    raise ZeroDivisionError


def many_lines() -> None:
    """Refuse in two lines."""
    sys.stderr.write("lemmata: a\nlemmata: b\n")
    sys.exit(2)


def no_line() -> None:
    """Refuse, and say nothing."""
    sys.exit(2)


def other_code() -> None:
    """End with what is documented nowhere."""
    sys.exit(5)


def colours() -> None:
    """Have a terminal obey."""
    sys.stdout.write("\x1b[31m")


def litter() -> None:
    """Leave a file where temporary ones are."""
    Path(tempfile.gettempdir(), "left").write_text("")


def half() -> None:
    """Leave what was to be moved into place."""
    Path("rows.tmp").write_text("")


def wait() -> None:
    """Wait for what does not come."""
    signal.pause()


def loop() -> None:
    """Compute without end."""
    while True:
        pass


def orphan() -> None:
    """Leave a process behind."""
    if os.fork() == 0:
        signal.pause()


def greed() -> None:
    """Want more memory than there may be."""
    bytearray(5 << 30)


def words() -> None:
    """Print what no reader of JSON takes."""
    sys.stdout.write("fine\n")


FOUND: Mapping[Callable[[], None], str] = {
    traceback: "a traceback on stderr",
    many_lines: "more than one line on stderr",
    no_line: "a refusal without its line",
    other_code: "exit 5",
    colours: "control characters on stdout",
    litter: "files outside of the working folder",
    half: "a half-written file was left",
    wait: "waited for ever",
    loop: "took more CPU time than any budget allows",
    orphan: "processes outlived the command",
    greed: "a traceback on stderr",
    words: "--json printed something else",
}
"""What is said of each."""
