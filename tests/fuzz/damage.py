"""Damage: ``python -m tests.fuzz.damage --damages 2000`` bends stored files, byte by byte.

Each true file (a sweep's store, a ledger, results, a certificate), in every use of it, gets one bit
flipped, is cut, or loses a few bytes, and is read by the command that it is for. What comes out is
what came out of the true file, or one line that refuses it; anything else is printed, and the exit
code is 1.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz import contract
from tests.fuzz.campaign import WIDE, samples
from tests.fuzz.contract import Input

READERS = {
    "store": ("sweep", "sweep.toml", "--store", "store", "--jobs", "1", "--export", "rows.csv"),
    "wide": ("sweep", "wide.toml", "--store", "wide", "--jobs", "1", "--export", "rows.csv"),
    "ledger": ("verify", "claims.toml", "--resume", "ledger", "--jobs", "1", "--budget", "2"),
    "results": ("report", "page.html", "--results", "results"),
    "ledger/shown": ("report", "page.html", "--results", "ledger"),
    "results/errata": ("errata", "--results", "results"),
    "certificate": ("check", "certificate"),
    "certificate.json/exported": ("export", "certificate.json"),
}
"""The file, perhaps with a word for another use of it: the command that reads it."""
MADE = {"sweep": "rows.csv", "report": "page.html"}
"""The answer of these commands is this file, or else what was printed."""
REFUSED = {"check": (1, 2), "export": (1, 2)}  # what the core does not accept is exit 1


def damages(seed: int, count: int, root: Path) -> Iterator[tuple[str, str]]:
    """Damage files ``count`` times; yield the kind of file and what was wrong, if anything."""
    kinds = samples(root / "samples")
    kinds["certificate.json"] = kinds["certificate"]
    contract.preload()
    files = {"sweep.toml": kinds["sweep"], "claims.toml": kinds["claims"], "wide.toml": WIDE}
    random = Random(seed)
    whole = {}
    for number, kind in enumerate(READERS):
        file = kind.partition("/")[0]
        whole[kind] = _read(kind, {**files, file: kinds[file]}, root, f"whole-{number}")
    for kind, (_, code, answer) in whole.items():
        assert code in (0, 1, 4), (kind, code)
        assert answer, kind
    for number in range(count):
        kind = random.choice(list(READERS))
        file = kind.partition("/")[0]
        bent = _bent(kinds[file], random)
        problems, code, answer = _read(kind, {**files, file: bent}, root, str(number))
        refused = code in REFUSED.get(READERS[kind][0], (2,))
        if not problems and not refused and (code, answer) != whole[kind][1:]:
            problems = [f"exit {code}, and another answer"]
        yield kind, "; ".join(problems)


def _bent(content: bytes, random: Random) -> bytes:
    place, how = random.randrange(len(content)), random.randrange(4)
    if how == 0:
        return content[:place]
    if how == 1:
        return content[:place] + content[place + random.randint(1, 40) :]
    return (
        content[:place] + bytes([content[place] ^ 1 << random.randrange(8)]) + content[place + 1 :]
    )


def _read(
    kind: str, files: dict[str, bytes], root: Path, number: str
) -> tuple[list[str], int, Any]:
    given = Input((*READERS[kind], "--json"), files)
    with contract.scratch(root, number) as folder:
        seen = contract.run(given, folder)
        made = folder / "work" / MADE.get(READERS[kind][0], "")
        answer = made.read_text("utf-8") if made.is_file() else _timeless(seen.out)
    return list(contract.violations(given, seen)), seen.code, answer


def _timeless(text: str) -> str:
    """Output without what differs from run to run: durations, and the digest over them."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    found = (
        found if not isinstance(found, dict) else {k: v for k, v in found.items() if k != "digest"}
    )
    return re.sub(r'"seconds": [0-9.e-]+', "", json.dumps(found))


def main() -> int:
    """Run a campaign; exit 1 if any damage went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--damages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as root:
        counts.update(damages(chosen.seed, chosen.damages, Path(root)))
    for (kind, problem), count in sorted(counts.items()):
        sys.stdout.write(f"{count:6} {kind}: {problem or 'refused, or as it was'}\n")
    return 1 if any(problem for _, problem in counts) else 0


if __name__ == "__main__":
    sys.exit(main())
