"""Crashes: ``python -m tests.fuzz.crashes --kills 20`` kills every long command at random moments.

Killed with SIGKILL, each ends its workers within two seconds and leaves what it writes as it was
or whole; the same command, run again, gives the answer of one that was never disturbed. What is
not so is printed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

from tests.fuzz import contract
from tests.fuzz.campaign import CLAIMS, SWEEP, samples
from tests.fuzz.grammar import ROOT

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "sweep": ("sweep", "sweep.toml", "--store", "store", "--jobs", "2", "--export", "rows.csv"),
    "verify": (
        *("verify", "claims.toml", "--resume", "rows", "--jobs", "2", "--budget", "5"),
        *("--certificates", "kept", "--json"),
    ),
    "report": ("report", "page.html", "--results", "results"),
    "sharpen": (
        *("sharpen", "claims.toml::b", "--width", "1e-3", "--budget", "9"),
        *("--certificate", "it.json", "--json"),
    ),
    "refute": ("refute", "wrong.toml::w", "--script", "it.py", "--json"),
    "audit": ("audit", "claims.toml", "--budget", "3", "--json"),
    "export": ("export", "claims.toml::a", "-o", "it.v"),
    "plot": ("plot", "slack", "claims.toml::b", "it.png"),
    "compare": ("compare", "--depths", "2", "--runs", "1", "--budget", "100", "--json"),
    "corpus": ("corpus", "--budget", "0.05", "--jobs", "2", "--json"),
}
UNSTEADY = {"corpus", "audit"}  # a budget of CPU time ends them elsewhere on a busy machine
WRONG = b'[w]\nvariables = {x = "real"}\nconclusion = "x**2 >= x"\n'
WHOLE: Mapping[str, Callable[[bytes], bool]] = {
    ".html": lambda content: content.rstrip().endswith(b"</html>"),
    ".svg": lambda content: content.rstrip().endswith(b"</svg>"),
    ".png": lambda content: content.endswith(b"IEND\xaeB`\x82"),
    ".py": lambda content: bool(compile(content, "it.py", "exec")),
    ".json": lambda content: bool(json.loads(content)),
    ".v": lambda content: content.rstrip().endswith(b"."),
    ".csv": lambda content: content.count(b"\n") in (0, 9),
}
"""Whether a file of this kind was written to its end."""
_TIME = re.compile(rb'"(seconds|digest|this_run)": [^,\n]*|\d+ of them in this run|[0-9.]+ s\b')
_GRACE_SECONDS = 2.0


def crashes(seed: int, kills: int, root: Path, names: Sequence[str] = ()) -> Iterator[str]:
    """Kill each command so often; yield what it broke, with its name first."""
    random, given = Random(seed), root / "given"
    for name, content in samples(root / "samples").items():
        if name in ("results",):
            given.mkdir(exist_ok=True)
            (given / name).write_bytes(content)
    for name, content in (("claims.toml", CLAIMS), ("sweep.toml", SWEEP), ("wrong.toml", WRONG)):
        (given / name).write_bytes(content)
    for name in names or COMMANDS:
        undisturbed = shutil.copytree(given, root / f"{name}-whole")
        began = time.monotonic()
        code, out = _finished(name, undisturbed)
        seconds, expected = time.monotonic() - began, (code, _answer(out, undisturbed))
        for number in range(kills):
            folder = shutil.copytree(given, root / f"{name}-{number}")
            for problem in _killed(name, folder, random.uniform(0, seconds)):
                yield f"{name}: {problem}"
            code, out = _finished(name, folder)
            if name not in UNSTEADY and (code, _answer(out, folder)) != expected:
                yield f"{name}: another answer after it was killed (exit {code})"
            shutil.rmtree(folder)


def _start(name: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "proofs", *COMMANDS[name]],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder.parent / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _finished(name: str, folder: Path) -> tuple[int, bytes]:
    process = _start(name, folder)
    out, _ = process.communicate()
    return process.returncode, out


def _killed(name: str, folder: Path, seconds: float) -> Iterator[str]:
    """Kill a run after so many seconds, and look at what it leaves."""
    process = _start(name, folder)
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=seconds)
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    if contract.survivors(process.pid, _GRACE_SECONDS):
        yield "processes outlived it"
    process.communicate()
    for path in sorted(folder.rglob("*")):
        whole = WHOLE.get(path.suffix, lambda _: True)
        if path.is_file() and not path.name.startswith("."):  # what was to be moved into place
            with suppress(SyntaxError, ValueError):
                if whole(path.read_bytes()):
                    continue
            yield f"{path.name} is half-written"


def _answer(out: bytes, folder: Path) -> dict[str, bytes]:
    """What a run printed and wrote, without durations; stores and ledgers answer by their use."""
    made = {
        path.name: path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in WHOLE and path.is_file() and not path.name.startswith(".")
    }
    return {**made, "": _TIME.sub(b"", out)}


def main() -> int:
    """Run a campaign; exit 1 if anything broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="of each command")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--command", action="append", choices=list(COMMANDS))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as root:
        names = tuple(chosen.command or COMMANDS)
        broken = list(crashes(chosen.seed, chosen.kills, Path(root), names))
    for problem in broken:
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(f"{chosen.kills * len(names)} kills, {len(broken)} problems\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
