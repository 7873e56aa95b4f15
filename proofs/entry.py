"""Where the command starts and ends: an interrupt is one line even while all else is imported."""

import sys

TYPE_CHECKING = False  # without typing, which is slow to load
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn


def main() -> None:
    """Import the command line, and run it."""
    _inspected()
    _streams()
    try:
        _loaded()()
    except KeyboardInterrupt:  # so early, or so late, that the command line does not see it
        sys.stderr.write("lemmata: interrupted\n")
        sys.exit(130)
    finally:
        _deaf()


def _loaded() -> "Callable[[], NoReturn]":
    try:
        from proofs.cli import main as run
    except Exception as wrong:
        import os

        if os.environ.get("LEMMATA_DEBUG") == "1":
            raise
        said = ascii(f"{type(wrong).__name__}: {wrong}")[1:200]
        sys.stderr.write(f"lemmata: cannot be loaded ({said}); install it again\n")
        sys.exit(70)
    return run


def _inspected() -> None:
    """Begin again where the environment has Python ask for more, and show how a command ended."""
    import os

    if sys.flags.inspect and os.environ.pop("PYTHONINSPECT", "") and sys.executable:
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


def _streams() -> None:
    """Have three streams: one that is closed is nowhere, and no file of ours gets its number."""
    import os

    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            stream = open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)


def _deaf() -> None:
    """Take no notice of further interrupts: what is left is to leave."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
