"""How many unreachable cases stay undecided: ``python -m tests.unreachable`` (100 s of CPU).

Every answer is compared with the judge's orbit: a *never* that is met, and a count that is another,
are printed and make the exit code 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from numerics.escape import EscapeResult, escape
from tests.unreachable.cases import FOLLOWED, Case, cases


def main() -> int:
    """Print the fraction undecided by kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="of about 190 cases each")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=5.0, help="CPU time for each")
    parser.add_argument("--show", action="store_true", help="print every case that is undecided")
    chosen = parser.parse_args()
    asked: Counter[str] = Counter()
    open_: Counter[str] = Counter()
    why: Counter[str] = Counter()
    wrong = late = 0
    began = time.process_time()
    for case in cases(chosen.seed, chosen.rounds):
        found = escape(
            case.loss, list(case.weights), case.step, case.until, max_seconds=chosen.seconds
        )
        if case.seen is None and found.outcome == "reached" and found.lower > FOLLOWED:
            late += 1  # a plateau that the judge took for the end
            continue
        asked[case.kind] += 1
        if bad(case, found):
            wrong += 1
            sys.stdout.write(f"WRONG {case} {found}\n")
        if found.outcome == "undecided" or (found.count is None and found.outcome == "reached"):
            open_[case.kind] += 1
            if chosen.show:
                sys.stdout.write(f"{case}: {found.reason}\n")
        why[found.details.get("invariant", found.outcome)] += 1
        sys.stdout.flush()
    for kind in sorted(asked):
        sys.stdout.write(f"{kind:24s} {open_[kind]:4d} of {asked[kind]:4d} undecided\n")
    total = sum(asked.values())
    share = 100 * sum(open_.values()) / max(1, total)
    sys.stdout.write(f"all: {sum(open_.values())} of {total} undecided ({share:.1f} %), ")
    sys.stdout.write(f"{wrong} wrong, {time.process_time() - began:.0f} s CPU\n")
    sys.stdout.write(f"{late} more are reached later than the judge follows them\n")
    sys.stdout.write(", ".join(f"{name} {n}" for name, n in why.most_common()) + "\n")
    return 1 if wrong else 0


def bad(case: Case, found: EscapeResult) -> bool:
    """Whether the judge contradicts an answer."""
    if case.seen is not None:
        too_late = found.lower > case.seen
        return found.outcome == "never" or too_late or (found.upper or case.seen) < case.seen
    return found.upper is not None and found.upper <= FOLLOWED


if __name__ == "__main__":
    sys.exit(main())
