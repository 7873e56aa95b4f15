"""Crashes: ``python -m tests.fuzz.crashes --kills 20`` ends every command at random moments.

By SIGKILL it ends its workers within two seconds and leaves what it writes as it was or whole; the
same command, run again, gives the answer of one that was never disturbed. By SIGTERM likewise, and
by SIGINT (to all its processes, as a terminal sends it) with one line and exit code 130. What is
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
from tests.fuzz.campaign import samples
from tests.fuzz.everyday import EVERYDAY, NEEDS_COQ, UNSTEADY, given
from tests.fuzz.grammar import ROOT

WHOLE: Mapping[str, Callable[[bytes], bool]] = {
    ".html": lambda content: content.rstrip().endswith(b"</html>"),
    ".svg": lambda content: content.rstrip().endswith(b"</svg>"),
    ".png": lambda content: content.endswith(b"IEND\xaeB`\x82"),
    ".py": lambda content: bool(compile(content, "it.py", "exec")),
    ".json": lambda content: bool(json.loads(content)),
    ".v": lambda content: content.rstrip().endswith(b"."),
    ".csv": lambda content: content.count(b"\n") in (0, 9),
    ".toml": lambda content: content.endswith(b"\n"),
}
"""Whether a file of this kind was written to its end."""
SIGNALS = {"KILL": signal.SIGKILL, "TERM": signal.SIGTERM, "INT": signal.SIGINT}
INTERRUPTED = 130, re.compile(rb"lemmata: interrupted(; what is finished is kept[^\n]+)?\n")
# As the installed command does; what Python itself does before that is out of our hands.
_MAIN = "import sys; from proofs.entry import main; sys.exit(main())"
_TIME = re.compile(
    rb'"(seconds|digest|mark|this_run)": [^,\n]*|\d+ of them in this run|[0-9.]+ s\b'
)
_SECONDS = re.compile(rb'" = [0-9.]+$', re.MULTILINE)  # of the notes beside certificates
_GRACE_SECONDS = 2.0


def crashes(
    seed: int,
    kills: int,
    root: Path,
    names: Sequence[str] = (),
    signals: Sequence[str] = tuple(SIGNALS),
) -> Iterator[str]:
    """End each command so often, by each signal in turn; yield what it broke, its name first."""
    random, inputs = Random(seed), root / "given"
    inputs.mkdir()
    for name, content in given(samples(root / "samples")).items():
        (inputs / name).write_bytes(content)
    for name in names or EVERYDAY:
        undisturbed = shutil.copytree(inputs, root / f"{name}-whole")
        began = time.monotonic()
        code, out = _finished(name, undisturbed)
        seconds, expected = time.monotonic() - began, (code, _answer(out, undisturbed))
        if code not in (0, 1):
            yield f"{name}: exit {code} undisturbed"
        for number in range(kills):
            how = signals[number % len(signals)]
            folder = shutil.copytree(inputs, root / f"{name}-{number}")
            for problem in _ended(name, folder, random.uniform(0, seconds), SIGNALS[how]):
                yield f"{name}: {how}: {problem}"
            code, out = _finished(name, folder)
            if name not in UNSTEADY and (code, _answer(out, folder)) != expected:
                yield f"{name}: {how}: another answer afterwards (exit {code})"
            if left := [p.name for p in folder.rglob(".*")]:
                yield f"{name}: {how}: {left[0]} is there even afterwards"
            shutil.rmtree(folder)


def _start(name: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _MAIN, *EVERYDAY[name]],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder.parent / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _finished(name: str, folder: Path) -> tuple[int, bytes]:
    process = _start(name, folder)
    out, _ = process.communicate()
    return process.returncode, out


def _ended(name: str, folder: Path, seconds: float, how: signal.Signals) -> Iterator[str]:
    """End a run after so many seconds, and look at what it leaves."""
    process = _start(name, folder)
    with suppress(subprocess.TimeoutExpired):
        process.communicate(timeout=seconds)
    with suppress(ProcessLookupError):
        (os.killpg if how is signal.SIGINT else os.kill)(process.pid, how)
    if how is signal.SIGINT:
        _, said = process.communicate()
        if process.returncode < 0 or b"Traceback" in said:
            if b"proofs" in said or b"theory" in said or b"numerics" in said:
                yield f"exit {process.returncode}: {said[-300:].decode(errors='replace')!r}"
        elif process.returncode == INTERRUPTED[0] and not INTERRUPTED[1].fullmatch(said):
            yield f"said {said[-300:].decode(errors='replace')!r}"
    else:
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
        path.name: _SECONDS.sub(b"", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.suffix in WHOLE and path.is_file() and not path.name.startswith(".")
    }
    return {**made, "": _TIME.sub(b"", out)}


def main() -> int:
    """Run a campaign; exit 1 if anything broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="of each command")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--command", action="append", choices=list(EVERYDAY))
    parser.add_argument("--signal", action="append", choices=list(SIGNALS), help="these only")
    chosen = parser.parse_args()
    names = chosen.command or [n for n in EVERYDAY if n not in NEEDS_COQ or shutil.which("coqc")]
    signals, broken = tuple(chosen.signal or SIGNALS), 0
    with tempfile.TemporaryDirectory() as root:
        for problem in crashes(chosen.seed, chosen.kills, Path(root), names, signals):
            broken += 1
            sys.stdout.write(f"{problem}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{chosen.kills * len(names)} crashes, {broken} problems\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
