"""``python -m lemmata`` is the ``lemmata`` command."""

from proofs.entry import main

main()
