"""Certified counts of every setting against the judge: ``python -m tests.settings --cases 500``.

A bound that excludes the judge's count is printed and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter

from tests.settings.cases import KINDS, LIMIT, draw_case, wrong


def main() -> int:
    """Print, of every kind, how many cases were exact, bounded, open, wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=5.0, help="CPU time for each")
    chosen = parser.parse_args()
    seen: Counter[tuple[str, str]] = Counter()
    began, bad = time.process_time(), 0
    for index in range(chosen.cases):
        kind = KINDS[index % len(KINDS)]
        case = draw_case(kind, random.Random(f"{chosen.seed}:{index}"))
        truth = case.judge()
        for found, count in zip(case.certified(chosen.seconds), truth, strict=True):
            why = wrong(found, count)
            if why:
                bad += 1
                sys.stdout.write(f"WRONG {index} {case} {why}: {found}, stepped {count}\n")
            how = "exact" if found.count is not None else found.outcome
            how += " by a skip" if "skipped steps" in found.details else ""
            beyond = "" if count >= 0 else " (not reached by the judge)"
            seen[kind, how + beyond] += 1
        sys.stdout.flush()
    for (kind, how), number in sorted(seen.items()):
        sys.stdout.write(f"{kind:12s} {how:45s} {number}\n")
    total = sum(seen.values())
    spent = time.process_time() - began
    sys.stdout.write(f"{total} counts, {bad} wrong, {spent:.0f} s CPU, judge up to {LIMIT} steps\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
