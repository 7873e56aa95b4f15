"""Where the command starts and ends: an interrupt is one line even while all else is imported."""

import sys


def main() -> None:
    """Import the command line, and run it."""
    try:
        from proofs.cli import main as run

        run()
    except KeyboardInterrupt:  # so early, or so late, that the command line does not see it
        sys.stderr.write("lemmata: interrupted\n")
        sys.exit(130)
    finally:
        _deaf()


def _deaf() -> None:
    """Take no notice of further interrupts: what is left is to leave."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
