"""The record of the experiment: one line per finished trial, appended, safe to interrupt."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from numerics.papers.shamir2019.figure2.chain import INITS, Trial
from theory.errors import InputError

Engine = Literal["descent", "flow", "certified"]
HEADER = "init,size,depth,trial,engine,tolerance,outcome,steps"
DATA = Path(__file__).parent / "trials.csv"


@dataclass(frozen=True, order=True)
class Line:
    """The outcome of one trial.

    Attributes
    ----------
    trial : Trial
    engine : {"descent", "flow", "certified"}
        Plain gradient descent in doubles; the time of its flow divided by the step size; or, for
        d = 1, the rigorous count of :mod:`numerics.escape`.
    tolerance : str
        Of the integration of the flow; empty for descent.
    outcome : {"reached", "budget", "diverged", "at-least"}
        ``"budget"``: F had not fallen below 0.1 after ``steps`` steps. ``"at-least"``: a rigorous
        lower bound, where the count is not exact.
    steps : int
    """

    trial: Trial
    engine: str
    tolerance: str
    outcome: str
    steps: int

    def __str__(self) -> str:
        t = self.trial
        row: tuple[object, ...] = (t.init, t.size, t.depth, t.number)
        row += (self.engine, self.tolerance, self.outcome, self.steps)
        return ",".join(map(str, row))


class Record:
    """The lines of a file; the last line of a trial and engine counts.

    Parameters
    ----------
    path : str or Path
        Made if it does not exist.

    Raises
    ------
    InputError
        If the file is not such a record.
    """

    def __init__(self, path: str | Path = DATA) -> None:
        self.path = Path(path)
        self.lines: dict[tuple[Trial, str], Line] = {}
        if not self.path.exists():
            return
        text = self.path.read_text()
        header, *rows = text.split("\n")
        if header != HEADER:
            raise InputError("data", f"{str(path)[:200]!r} is not a record of this experiment")
        complete = rows if text.endswith("\n") else rows[:-1]  # a killed run may tear one line
        for row in filter(None, complete):
            self._keep(_read(row))

    def _keep(self, line: Line) -> None:
        self.lines[line.trial, line.engine] = line

    def add(self, line: Line) -> None:
        """Write one line through to the disk."""
        with self.path.open("a+b") as file:
            file.seek(0)
            whole = file.read().rfind(b"\n") + 1
            file.truncate(whole)  # without the line that a killed run has torn
            file.write(f"{line}\n".encode() if whole else f"{HEADER}\n{line}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        self._keep(line)

    def sort(self) -> None:
        """Rewrite the file in canonical order, beside itself, and rename it into place."""
        beside = self.path.with_suffix(".writing")
        rows = sorted(self.lines.values())
        beside.write_text("\n".join([HEADER, *map(str, rows)]) + "\n")
        beside.replace(self.path)

    def of(self, trials: Iterable[Trial], engine: Engine) -> list[Line]:
        """Return what is known of some trials."""
        return [self.lines[t, engine] for t in trials if (t, engine) in self.lines]

    def open(self, trials: Iterable[Trial], engine: Engine, max_steps: int) -> list[Trial]:
        """Return the trials that a run of up to ``max_steps`` would tell something about."""
        missing = []
        for trial in trials:
            line = self.lines.get((trial, engine))
            if line is None or (line.outcome == "budget" and line.steps < max_steps):
                missing.append(trial)
        return missing


def _read(row: str) -> Line:
    try:
        init, size, depth, number, engine, tolerance, outcome, steps = row.split(",")
        known = next(name for name in INITS if name == init)
        trial = Trial(known, int(size), int(depth), int(number))
        return Line(trial, engine, tolerance, outcome, int(steps))
    except (ValueError, StopIteration):
        problem = f"the line {row[:80]!r} is not one of this experiment"
        raise InputError("data", problem) from None
