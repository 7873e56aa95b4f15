"""``python -m lemmata`` is the ``lemmata`` command."""

from proofs.cli import main

main()
