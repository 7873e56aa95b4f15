"""Where the command starts: an interrupt is one line even while everything else is imported."""

import sys


def main() -> None:
    """Import the command line, and run it."""
    try:
        from proofs.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("lemmata: interrupted\n")
        sys.exit(130)
    run()
