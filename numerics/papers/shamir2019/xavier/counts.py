"""Certified escape counts of random starts, drawn from seeds and stored as exact integers.

The starts of depth k are ``draw(law, k, seed(k, i))`` for i = 0, 1, ...; the file ``counts.json``
next to this module holds N = min{t : p(t) <= -1/2} for each of them, for f = (p + 1)**2/2 and step
1/1000. ``python -m numerics.papers.shamir2019.xavier.counts PATH`` counts them again, from the
seeds alone.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from numerics.certified.count import certified_count
from numerics.papers.shamir2019.xavier.bounds import log_of
from numerics.problem import Budget, Problem
from numerics.starts import draw
from theory.errors import InputError

LOSS, STEP, UNTIL = "(p+1)**2/2", Fraction(1, 1000), "p <= -1/2"
MAX_STEPS = 500_000
"""Steps that may be taken one by one for one start; what is still open then is censored."""

DEPTHS: Mapping[int, int] = {
    **dict.fromkeys((2, 3, 4, 5, 6, 8, 10, 14, 20), 200),
    **dict.fromkeys((30, 50, 100), 400),
    200: 200,
    300: 100,
    1000: 4,
}
"""How many starts are stored at each depth, for either law."""

LAWS = ("gaussian", "uniform")
STORED = Path(__file__).with_name("counts.json")


@dataclass(frozen=True)
class Count:
    """What is certain of one count: ``lower <= N <= upper``.

    Attributes
    ----------
    lower : int
    upper : int or None
        None if no upper bound was certified (the count is censored, or infinite).
    """

    lower: int
    upper: int | None

    @property
    def log(self) -> tuple[float, float]:
        """Floating-point logarithms of the two bounds, minus infinity for N = 0."""
        low = log_of(self.lower) if self.lower else -math.inf
        if self.upper is None:
            return low, math.inf
        if self.upper == self.lower:
            return low, low
        return low, log_of(self.upper) if self.upper else -math.inf

    def __str__(self) -> str:
        if self.lower == self.upper:
            return str(self.lower)
        return f"{self.lower}..{'' if self.upper is None else self.upper}"

    @classmethod
    def read(cls, text: str) -> Count:
        """Read what ``str`` wrote.

        Raises
        ------
        InputError
            For anything else.
        """
        low, dots, high = text.partition("..")
        if not low.isdecimal() or not (high.isdecimal() or high == ""):
            raise InputError("counts", f"{text[:40]!r} is not a count")
        if not dots:
            return cls(int(low), int(low))
        return cls(int(low), int(high) if high else None)


def seed(depth: int, index: int) -> int:
    """The seed of the start number ``index`` of one depth, the same for every law."""
    return 10_000 * depth + index


def problem(law: str, depth: int, index: int) -> Problem:
    """The escape problem of one start."""
    return Problem.of(LOSS, draw(law, depth, seed(depth, index)), STEP, UNTIL)


def count(law: str, depth: int, index: int) -> Count:
    """Count one start by the certified engine (rigorous; deterministic, as no clock is read)."""
    asked = problem(law, depth, index)
    if asked.holds_at_start():
        return Count(0, 0)
    found = certified_count(asked, Budget(max_steps=MAX_STEPS))
    return Count(found.lower, found.upper)


@lru_cache(maxsize=2)
def stored(path: Path = STORED) -> Mapping[str, Mapping[int, Sequence[Count]]]:
    """Read the stored counts: law, then depth, then the counts in the order of their seeds.

    Raises
    ------
    InputError
        If the file is not what :func:`write` writes, or is about another problem.
    """
    data = json.loads(path.read_text())
    if data["problem"] != _PROBLEM:
        raise InputError("counts", "the file is about another problem")
    return {
        law: {int(k): [Count.read(text) for text in row] for k, row in rows.items()}
        for law, rows in data["counts"].items()
    }


_PROBLEM = {"loss": LOSS, "step": str(STEP), "until": UNTIL, "seed": "10000 depth + index"}


def write(path: Path, counts: Mapping[str, Mapping[int, Sequence[Count]]]) -> None:
    """Write counts, one depth a line, beside the target and then in its place."""
    laws = []
    for law, rows in counts.items():
        lines = [f'"{k}": {json.dumps([str(c) for c in row])}' for k, row in sorted(rows.items())]
        laws.append(f'"{law}": {{\n' + ",\n".join(lines) + "\n}")
    text = f'{{"problem": {json.dumps(_PROBLEM)}, "counts": {{\n' + ",\n".join(laws) + "\n}}\n"
    beside = path.with_suffix(".part")
    beside.write_text(text)
    beside.replace(path)


def jobs(depths: Mapping[int, int] = DEPTHS) -> Iterator[tuple[str, int, int]]:
    """Law, depth and index of every start, the shallow ones first."""
    for depth, starts in sorted(depths.items()):
        for law in LAWS:
            for index in range(starts):
                yield law, depth, index


def main(arguments: Sequence[str] | None = None) -> None:
    """Count all starts again; resumes from a file that is there.

    Usage: ``python -m numerics.papers.shamir2019.xavier.counts PATH``.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    given = list(sys.argv[1:] if arguments is None else arguments)
    if len(given) != 1:
        raise SystemExit("usage: python -m numerics.papers.shamir2019.xavier.counts PATH")
    path = Path(given[0])
    known = stored(path) if path.exists() else {}
    counts = {law: {k: list(row) for k, row in known.get(law, {}).items()} for law in LAWS}
    weight = {k: 30 + k for k in DEPTHS}  # seconds grow about linearly with depth
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    work = list(jobs())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("counting", total=sum(weight[k] for _, k, _ in work))
        for law, depth, index in work:
            row = counts[law].setdefault(depth, [])
            if index >= len(row):
                row.append(count(law, depth, index))
                if len(row) % 25 == 0 or index + 1 == DEPTHS[depth]:
                    write(path, counts)
            progress.update(task, advance=weight[depth], description=f"{law}, depth {depth}")
    write(path, counts)


if __name__ == "__main__":
    main()
