"""``python -m proofs`` is ``lemmata``."""

from proofs.entry import main

if __name__ == "__main__":
    main()
