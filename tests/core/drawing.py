"""Where random goals come from: Hypothesis, which shrinks what fails; overnight plain numbers.

``st`` is ``hypothesis.strategies`` or, in the profile *overnight*, :mod:`plain`, which draws the
same much faster. What fails there names its seed and its place; ``LEMMATA_SEED=SEED`` draws the
same again, and ``LEMMATA_DRAWS`` says how many.
"""

import os
import random
import time

from hypothesis import given, settings

OVERNIGHT = settings.default.max_examples >= 5000
DRAWS = int(os.environ.get("LEMMATA_DRAWS", 0)) or (
    100_000 if OVERNIGHT else 4 * settings.default.max_examples
)
SEED = os.environ.get("LEMMATA_SEED") or str(random.SystemRandom().randrange(10**9))

if OVERNIGHT:
    import plain as st
else:
    from hypothesis import strategies as st  # noqa: F401 - for the drawn


def tried(strategy, run, draws=DRAWS):
    """Ask a property of what is drawn, as many times."""
    if not OVERNIGHT:
        return settings(max_examples=draws)(given(strategy)(run))()
    start = time.process_time()
    for i in range(draws):
        rng = random.Random(f"{SEED} {i}")
        try:
            run(strategy.draw(rng))
        except Exception as wrong:
            wrong.add_note(f"draw {i} of LEMMATA_SEED={SEED}")
            raise
    spent = time.process_time() - start
    print(f"LEMMATA_SEED={SEED}: {draws:,} draws, {spent:.0f} s of CPU time")  # noqa: T201
    return None
