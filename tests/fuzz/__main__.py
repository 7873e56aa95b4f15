"""A campaign: ``python -m tests.fuzz --inputs 100000`` prints each kind of failure once."""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.campaign import campaign
from tests.fuzz.grammar import SUBCOMMANDS

_CHILDREN, _SELF = resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF


def main() -> int:
    """Run a campaign; exit 1 if any input broke the contract."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="go on with this input of the seed")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin none later")
    parser.add_argument("--command", action="append", help="these only (default: all)")
    parser.add_argument("--keep", type=Path, help="write the first input of each kind here")
    chosen = parser.parse_args()
    kinds: Counter[str] = Counter()
    codes: Counter[int] = Counter()
    seconds: Counter[str] = Counter()
    start, fresh = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as root:
        commands = chosen.command or SUBCOMMANDS
        cases = campaign(chosen.seed, chosen.inputs, Path(root), commands, chosen.first)
        for number, case in enumerate(cases, chosen.first):
            codes[case.outcome.code] += 1
            done = codes.total()
            fresh += case.given.fresh
            seconds[case.given.argv[0] if case.given.argv else ""] += case.outcome.seconds
            for kind in case.kinds:
                kinds[kind] += 1
                if kinds[kind] == 1:
                    sys.stdout.write(f"{number}: {kind}\n    {case.given.argv!r:.400}\n")
                    sys.stdout.flush()
                    if chosen.keep:
                        case.write(chosen.keep / str(number))
            if done % 100 == 0 or time.monotonic() - start > chosen.seconds:
                rate = done / (time.monotonic() - start)
                sys.stdout.write(f"{done} inputs, {rate:.1f} a second, {dict(codes)}\n")
                sys.stdout.flush()
            if time.monotonic() - start > chosen.seconds:
                break
    spent = sum(sum(resource.getrusage(who)[:2]) for who in (_CHILDREN, _SELF))
    each = 1000 * spent / max(codes.total(), 1)
    said = dict(sorted(codes.items()))
    sys.stdout.write(f"{codes.total()} inputs from {chosen.first} on: {said}; {fresh} fresh\n")
    slowest = ", ".join(f"{name:.20} {spent:.0f}" for name, spent in seconds.most_common(6))
    sys.stdout.write(f"CPU seconds: {spent:.0f}, {each:.0f} ms an input; {slowest}\n")
    for kind, count in kinds.most_common():
        sys.stdout.write(f"{count:6} {kind}\n")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
