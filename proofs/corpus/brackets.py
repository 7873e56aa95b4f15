"""Constants to be sharpened: how many end in a bracket, how narrow, with which closed form."""

from __future__ import annotations

import time
from collections.abc import Iterator
from fractions import Fraction

from proofs.corpus import CONSTANTS, Outcome
from proofs.sharpening.sharpen import sharpen
from theory.claim_files import load, tables
from theory.errors import InputError

WIDTH = Fraction(1, 10**6)


def brackets(budget_seconds: float) -> Iterator[Outcome]:
    """Sharpen every constant of the file, within a budget of CPU seconds each.

    An outcome is ``proved`` if the bracket is at most a millionth wide; its detail says what was
    found, and the best value that is known.
    """
    rows = tables(CONSTANTS)
    for claim in load(CONSTANTS):
        row = rows[claim.name]
        start = time.process_time()
        try:
            found = sharpen(claim.statement, str(row["sharpen"]), WIDTH, budget_seconds)
            width = "one end only" if found.width is None else f"width {float(found.width):.1e}"
            proved = "proved" if found.closed_certificate else "a guess"
            said = f"{width}; {found.closed} ({proved})" if found.closed else width
            verdict = "proved" if found.reached else "undecided"
        except InputError as wrong:  # neither end was found
            said, verdict = str(wrong), "undecided"
        best = str(row.get("equality", "no closed form"))
        seconds = time.process_time() - start
        yield Outcome(claim.name, "constants", True, verdict, f"{said}; best: {best}", seconds)
