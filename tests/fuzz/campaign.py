"""Many inputs, one after the other, each in a process of its own: forked, or fresh."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz import contract
from tests.fuzz.contract import Input, Outcome
from tests.fuzz.grammar import ROOT, SUBCOMMANDS, inputs

CLAIMS = b"""[a]
variables = {x = "real"}
conclusion = "x**2 + 1 >= 2*x"

[b]
variables = {x = "nonnegative"}
constants = {c = "0.55"}
hypotheses = {h = "x <= 3"}
conclusion = "x**2*exp(-x) <= c"
sharpen = "c"
"""
SWEEP = b"""depth = [2, 3]
init = ["gaussian", "near-identity:0.2"]
loss = "(p+1)**2/2"
step = 0.05
until = "abs(p+1) <= 1/2"
seeds = 2
engine = "float"
bound = "box"
max-steps = 1000
"""
FIGURES = b"""depth = [2, 3]
init = "near-identity:0.2"
loss = "(p+1)**2/2"
step = 0.05
until = "abs(p+1) <= 1/2"
seeds = 20
engine = "float"
bound = "box"
"""
WIDE = b"""depth = [2, 3]
width = [2, 3]
init = "xavier"
loss = "target:near-identity"
step = 0.05
until = "f <= 1e-3"
seeds = 1
engine = "matrix-float"
max-steps = 50
"""
NETWORK = (
    b'{"layers": [[["1/10", 0], [0, 0.1]], [[0.2, 0], [0, "0.1"]]],'
    b' "inputs": [[1, 0], [0, 1]], "outputs": [[2, 0], [0, 1]]}'
)
THEOREM = b"""[theorem]
title = "Squares"
source = {key = "lemmata", number = "1", sureness = "read"}
words = "Squares are not negative."
latex = "x^2 \\\\ge 0"
proof = "By [a-square]."

[step.a-square]
variables = {x = "real"}
conclusion = "x**2 >= 0"
"""


@dataclass(frozen=True)
class Case:
    """An input, what came of it, and the kinds of failure that it shows."""

    given: Input
    outcome: Outcome
    kinds: tuple[str, ...]

    def write(self, folder: Path) -> None:
        """Keep the input for whoever is to repeat it."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.given.files.items():
            (folder / name).write_bytes(content)
        (folder / "argv.json").write_text(json.dumps(self.given.argv))
        around = {k: v for k, v in vars(self.given).items() if k not in ("argv", "files")}
        (folder / "around.json").write_text(json.dumps(around))
        (folder / "stderr").write_text(self.outcome.err, errors="backslashreplace")


def campaign(
    seed: int, count: int, root: Path, commands: Sequence[str] = SUBCOMMANDS, first: int = 0
) -> Iterator[Case]:
    """Run ``count`` inputs inside ``root``.

    Parameters
    ----------
    seed : int
    count : int
    root : Path
        An empty folder.
    commands : sequence of str
        Draw from these only.
    first : int
        Leave out so many inputs before: a long campaign goes on where it ended.
    """
    drawn = inputs(seed, samples(root / "samples"), commands)
    contract.preload()
    for number, given in enumerate(itertools.islice(drawn, first, first + count)):
        with contract.scratch(root, number) as folder:
            seen = contract.run(given, folder)
        broken = contract.violations(given, seen)
        yield Case(given, seen, tuple(contract.signature(b, given, seen) for b in broken))


def samples(folder: Path) -> dict[str, bytes]:
    """Make one true file of every kind, with the command itself."""
    folder.mkdir(parents=True)
    (folder / "claims.toml").write_bytes(CLAIMS)
    verify = ("verify", "--json", "--jobs", "1", "--budget", "2", "claims.toml")
    results = _lemmata(folder, *verify, "--resume", "ledger", "--certificates", "kept")
    for name, sweep in (("sweep", SWEEP), ("figures", FIGURES), ("wide", WIDE)):
        (folder / f"{name}.toml").write_bytes(sweep)
        _lemmata(folder, "sweep", f"{name}.toml", "--store", name, "--jobs", "1")
    (certificate, *_) = sorted((folder / "kept").glob("*.json"))
    return {
        "claims": CLAIMS,
        "sweep": SWEEP,
        "weights": b"0.3, -1.2, 0.7\n",
        "network": NETWORK,
        "theorem": THEOREM,
        "results": results,
        "certificate": certificate.read_bytes(),
        "ledger": (folder / "ledger").read_bytes(),
        "store": (folder / "sweep").read_bytes(),
        "figures": (folder / "figures").read_bytes(),
        "wide": (folder / "wide").read_bytes(),
    }


def _lemmata(folder: Path, *arguments: str) -> bytes:
    ran = subprocess.run(
        [sys.executable, "-m", "proofs", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    return ran.stdout
