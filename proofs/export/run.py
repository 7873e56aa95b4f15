"""Have Coq check exported files: in parallel, with limits, remembered by what the files say."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache as remember
from pathlib import Path
from typing import Final

from proofs.evidence.coq_run import INTEGERS, REALS, missing
from proofs.evidence.coq_text import unsound

SECONDS: Final = 120.0
"""Wall time after which one file is given up."""

COMPILER: Final = ("coqc", "-q", "-noglob", "-w", "none", "-Q", ".", "Exported")
FLAVOUR: Final = "exported files 1"
CHUNK: Final = 60  # theorems whose axioms are asked for together
THEOREM: Final = re.compile(r"^Theorem (\w+) :", re.M)


@dataclass(frozen=True)
class Outcome:
    """What Coq said of one file.

    Attributes
    ----------
    verdict : str
        ``accepted``, or ``rejected``.
    reason : str
        Why not.
    axioms : tuple of str
        What the theorem rests on, and those that were asked about together with it.
    seconds : float
        Wall time of the compiler; 0 if it is remembered.
    """

    verdict: str
    reason: str = ""
    axioms: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def accepted(self) -> bool:
        """Whether Coq accepts it with the allowed axioms only."""
        return self.verdict == "accepted"


def compile_all(
    files: Mapping[str, str], jobs: int = 2, cache: Path | None = None, seconds: float = SECONDS
) -> dict[str, Outcome]:
    """Compile files, each by itself.

    Parameters
    ----------
    files : mapping of str to str
        The text of each, by any name.
    jobs : int
        How many compilers run at once.
    cache : Path or None
        A folder in which what was accepted is remembered, by the digest of the text, the
        compiler's version and the rules of this module.
    seconds : float
        Wall time for each.

    Returns
    -------
    dict of str to Outcome
        By the same names, in the same order.

    Raises
    ------
    ToolMissing
        If coqc, Coquelicot or Interval is not installed.
    """
    version, outcomes, keys = compiler(), dict[str, Outcome](), dict[str, Path | None]()
    for name, text in files.items():
        key = hashlib.sha256(f"{FLAVOUR}\n{version}\n{text}".encode()).hexdigest()
        keys[name] = None if cache is None else cache / f"export-{key}.json"
        if (known := recalled(keys[name])) is not None:
            outcomes[name] = known
    unchecked = [name for name in files if name not in outcomes]
    with (
        tempfile.TemporaryDirectory(prefix="lemmata-export-") as folder,
        ThreadPoolExecutor(max_workers=max(1, jobs)) as pool,
    ):
        work = Path(folder)
        places = {name: (f"Claim{i}", files[name]) for i, name in enumerate(unchecked)}
        made = pool.map(lambda place: compiled(work, place[0], place[1], seconds), places.values())
        outcomes |= dict(zip(unchecked, made, strict=True))
        passed = [name for name in unchecked if outcomes[name].accepted]
        share = max(1, min(CHUNK, -(-len(passed) // max(1, jobs))))
        chunks = [passed[i : i + share] for i in range(0, len(passed), share)]
        asked = pool.map(lambda names: assumed(work, [places[n] for n in names]), chunks)
        for names, answers in zip(chunks, asked, strict=True):
            for name, axioms in zip(names, answers, strict=True):
                outcomes[name] = judged(outcomes[name], axioms)
    for name in passed:
        store(keys[name], outcomes[name])
    return {name: outcomes[name] for name in files}


def compiled(work: Path, module: str, text: str, seconds: float) -> Outcome:
    """Compile one file; nothing is said of its axioms yet."""
    if forbidden := unsound(text):
        return Outcome("rejected", f"it says {forbidden}, which leaves something unproved")
    if not THEOREM.search(text):
        return Outcome("rejected", "it states no theorem")
    (work / f"{module}.v").write_text(text, encoding="utf-8")
    started = time.monotonic()
    code, output = coqc(work, f"{module}.v", seconds)
    took = round(time.monotonic() - started, 3)
    if code != 0:
        if re.search(r"Cannot find a physical path .*\b(Coquelicot|Interval)\b", output, re.S):
            raise missing("Coquelicot or Interval is not installed")
        return Outcome("rejected", first_error(output), (), took)
    return Outcome("accepted", "", (), took)


def assumed(work: Path, places: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Ask what theorems rest on: all at once, and one by one if something is not allowed."""
    names = [f"{module}.{THEOREM.findall(text)[-1]}" for module, text in places]
    number, modules = places[0][0], " ".join(module for module, _ in places)
    question = (
        f"From Exported Require {modules}.\nDefinition everything := ({', '.join(names)}).\n"
        f'Goal True. idtac "##axioms". Abort.\nPrint Assumptions everything.\n'
    )
    (work / f"Ask{number}.v").write_text(question, encoding="utf-8")
    code, output = coqc(work, f"Ask{number}.v", 300)
    _, mark, printed = output.rpartition("##axioms")
    axioms = tuple(sorted(read_axioms(printed))) if mark and code == 0 else ("unknown",)
    if refused(axioms) and len(places) > 1:
        return [assumed(work, [place])[0] for place in places]
    return [axioms for _ in places]


def judged(outcome: Outcome, axioms: tuple[str, ...]) -> Outcome:
    """Add the axioms to an outcome."""
    if wrong := refused(axioms):
        reason = f"it rests on {wrong}, which is not allowed"
        return Outcome("rejected", reason, axioms, outcome.seconds)
    return Outcome("accepted", "", axioms, outcome.seconds)


def store(stored: Path | None, outcome: Outcome) -> None:
    """Remember what was accepted."""
    if stored is None or not outcome.accepted:
        return
    stored.parent.mkdir(parents=True, exist_ok=True)
    partial = stored.with_suffix(f".{os.getpid()}")
    partial.write_text(json.dumps(asdict(outcome)), encoding="utf-8")
    partial.replace(stored)


def recalled(stored: Path | None) -> Outcome | None:
    """Read an accepted outcome from the cache."""
    if stored is None:
        return None
    try:
        row = json.loads(stored.read_text(encoding="utf-8"))
        known = Outcome(row["verdict"], row["reason"], tuple(row["axioms"]), 0.0)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return known if known.accepted and not refused(known.axioms) else None


def read_axioms(printed: str) -> set[str]:
    """List the axioms that Coq printed."""
    headings = ("Axioms:", "Closed under the global context")
    lines = [line for line in printed.splitlines() if line and not line[0].isspace()]
    return {line.split()[0] for line in lines if line not in headings}


def refused(axioms: tuple[str, ...]) -> str:
    """Name an axiom that is not on the allow-list."""
    return next((a for a in axioms if a not in REALS and not INTEGERS.fullmatch(a)), "")


def coqc(work: Path, file: str, seconds: float) -> tuple[int, str]:
    """Compile one file in a folder; return the exit code and all output."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(work), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [*COMPILER, file], cwd=work, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True,
    ) as run:  # fmt: skip
        try:
            output, _ = run.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.communicate()
            return 1, f"Error: not done after {seconds:g} seconds"
    return run.returncode, output


def first_error(output: str) -> str:
    """Shorten what the compiler said."""
    where = re.search(r"line (\d+)", output)
    message = output[output.rfind("Error:") if "Error:" in output else 0 :]
    return f"line {where[1] if where else '?'}: {' '.join(message.split())[:300]}"


@remember
def compiler() -> str:
    """Return the compiler's version."""
    program = shutil.which("coqc")
    if program is None:
        raise missing("coqc is not installed")
    return subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
