"""Have Coq check exported files: in parallel, with limits, remembered by what the files say.

Most of the time of a small file goes into loading the libraries, and into listing the axioms that
they rest on, so that files go to the compiler together, each as a module. Where that fails, the
file in which it fails is compiled alone, and the others without it; each has its own verdict.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from proofs.evidence import cached
from proofs.evidence.coq_installed import installed
from proofs.evidence.coq_run import INTEGERS, REALS, heard, missing
from proofs.evidence.coq_text import unsound

SECONDS: Final = 120.0
"""CPU time for one file; where that cannot be limited, ten times as much wall time."""

COMPILER: Final = ("coqc", "-q", "-noglob", "-w", "none", "-Q", ".", "Exported")
FLAVOUR: Final = "exported files 2"
LITTLE, BYTES = 500_000, 2_500_000  # what one run of the compiler is given: all of it, and at most
AT_ONCE = 8  # the times of how many files such a run may take
THEOREM: Final = re.compile(r"^Theorem (\w+) :", re.M)
REQUIRED: Final = re.compile(r"^From \w+ Require Import [\w ]+\.$", re.M)


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
        What the theorem rests on, and those that were compiled together with it.
    seconds : float
        Wall time of the compiler, or its share of it; 0 if it is remembered.
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
        compiler and its libraries, and the rules of this module.
    seconds : float
        CPU time for each.

    Returns
    -------
    dict of str to Outcome
        By the same names, in the same order.

    Raises
    ------
    ToolMissing
        If coqc, Coquelicot or Interval is not installed.
    """
    version, outcomes, keys = installed(), dict[str, Outcome](), dict[str, Path | None]()
    for name, text in files.items():
        key = hashlib.sha256(f"{FLAVOUR}\n{version}\n{text}".encode()).hexdigest()
        keys[name] = None if cache is None else cache / f"export-{key}.json"
        if (known := recalled(keys[name])) is not None:
            outcomes[name] = known
    unchecked = {name: text for name, text in files.items() if name not in outcomes}
    with (
        tempfile.TemporaryDirectory(prefix="lemmata-export-") as folder,
        ThreadPoolExecutor(max_workers=max(1, jobs)) as pool,
    ):
        work = Path(folder)

        def made(place: tuple[int, Mapping[str, str]]) -> dict[str, Outcome]:
            found = compiled(work, f"Batch{place[0]}", place[1], seconds)
            for name, outcome in found.items():
                store(keys[name], outcome)  # at once, so that a run that is cut off goes on here
            return found

        for found in pool.map(made, enumerate(batches(unchecked, jobs))):
            outcomes |= found
    return {name: outcomes[name] for name in files}


def batches(files: Mapping[str, str], jobs: int) -> list[dict[str, str]]:
    """Share files out, in their order and by their sizes, to runs of the compiler.

    Loading, and listing axioms, takes as long as the proofs in half a megabyte: what is smaller
    stays together, and what is larger becomes as many shares for each of the compilers at once.
    """
    total = sum(map(len, files.values()))
    rounds = math.ceil(total / (BYTES * max(1, jobs)))
    many = 1 if total <= LITTLE else rounds * max(1, jobs)
    shares: list[dict[str, str]] = []
    size = 0
    for name, text in files.items():
        if size >= len(shares) * total / many:
            shares.append({})
        shares[-1][name] = text
        size += len(text)
    return shares


def compiled(
    work: Path, module: str, files: Mapping[str, str], seconds: float
) -> dict[str, Outcome]:
    """Compile files together, without those that do not pass; each of these alone."""
    outcomes, good = dict[str, Outcome](), list[str]()
    rest = [n for n, text in files.items() if not unsound(text) and THEOREM.search(text)]
    singles = [n for n in files if n not in rest]
    while len(rest) > 1:
        many = {name: files[name] for name in rest}
        said, place = together(work, f"{module}_{len(singles)}", many, seconds)
        if said.accepted:
            outcomes |= dict.fromkeys(rest, said)
            rest = []
        elif place is not None:  # which the others need not wait for
            good += rest[:place]
            singles.append(rest[place])
            rest = rest[place + 1 :]
        else:  # some are too slow, or rest on another axiom: halves will show which
            for i, side in enumerate((rest[: len(rest) // 2], rest[len(rest) // 2 :])):
                some = {name: files[name] for name in side}
                outcomes |= compiled(work, f"{module}h{i}", some, seconds)
            rest = []
    if len(good) > 1:
        outcomes |= compiled(work, f"{module}g", {name: files[name] for name in good}, seconds)
        good = []
    for name in [*singles, *rest, *good]:
        outcomes[name] = alone(work, f"{module}a{len(outcomes)}", files[name], seconds)
    return {name: outcomes[name] for name in files}


def together(
    work: Path, module: str, files: Mapping[str, str], seconds: float
) -> tuple[Outcome, int | None]:
    """Compile files in one run; where one fails, say which of them it is, counted from 0."""
    needed = dict.fromkeys(line for text in files.values() for line in REQUIRED.findall(text))
    parts = [f"Module M{i}.\n{REQUIRED.sub('', text)}\nEnd M{i}.\n"
             for i, text in enumerate(files.values())]  # fmt: skip
    names = [f"M{i}.{THEOREM.findall(text)[-1]}" for i, text in enumerate(files.values())]
    text = "\n".join([*needed, *parts, f"Definition everything := ({', '.join(names)})."])
    said = checked(work, module, text, "everything", seconds * min(len(files), AT_ONCE))
    if said.accepted:
        return replace(said, seconds=round(said.seconds / len(files), 3)), None
    line = re.match(r"line (\d+):", said.reason)
    above = "\n".join(["", *text.split("\n")[: int(line[1]) if line else 0]])
    inside = above.count("\nModule M") - 1
    return said, inside if inside >= 0 and "\nDefinition everything" not in above else None


def alone(work: Path, module: str, text: str, seconds: float) -> Outcome:
    """Compile one file."""
    if forbidden := unsound(text):
        return Outcome("rejected", f"it says {forbidden}, which leaves something unproved")
    if not THEOREM.search(text):
        return Outcome("rejected", "it states no theorem")
    return checked(work, module, text, THEOREM.findall(text)[-1], seconds)


def checked(work: Path, module: str, text: str, theorem: str, seconds: float) -> Outcome:
    """Compile a text, and ask what its theorem rests on."""
    question = f'Goal True. idtac "##axioms". Abort.\nPrint Assumptions {theorem}.\n'
    (work / f"{module}.v").write_text(f"{text}\n{question}", encoding="utf-8")
    started = time.monotonic()
    code, output = coqc(work, f"{module}.v", seconds)
    took = round(time.monotonic() - started, 3)
    if code != 0:
        if re.search(r"Cannot find a physical path .*\b(Coquelicot|Interval)\b", output, re.S):
            raise missing("Coquelicot or Interval is not installed")
        return Outcome("rejected", first_error(output), (), took)
    _, mark, printed = output.rpartition("##axioms")
    axioms = tuple(sorted(read_axioms(printed))) if mark else ("unknown",)
    return judged(Outcome("accepted", "", (), took), axioms)


def judged(outcome: Outcome, axioms: tuple[str, ...]) -> Outcome:
    """Add the axioms to an outcome."""
    if wrong := refused(axioms):
        reason = f"it rests on {wrong}, which is not allowed"
        return Outcome("rejected", reason, axioms, outcome.seconds)
    return Outcome("accepted", "", axioms, outcome.seconds)


def store(stored: Path | None, outcome: Outcome) -> None:
    """Remember what was accepted."""
    if stored is not None and outcome.accepted:
        cached.keep(stored, asdict(outcome))


def recalled(stored: Path | None) -> Outcome | None:
    """Read an accepted outcome from the cache."""
    row: Any = None if stored is None else cached.recalled(stored)
    with suppress(KeyError, TypeError):  # kept whole, by something else
        known = Outcome(row["verdict"], row["reason"], tuple(row["axioms"]), 0.0)
        return known if known.accepted and not refused(known.axioms) else None
    return None


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
    heard()
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(work), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        [*COMPILER, file], cwd=work, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, start_new_session=True,
    ) as run:  # fmt: skip
        if hasattr(resource, "prlimit"):  # a busy machine makes no proof fail
            resource.prlimit(run.pid, resource.RLIMIT_CPU, (math.ceil(seconds),) * 2)
        try:
            output, _ = run.communicate(timeout=10 * seconds)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.communicate()
            return 1, f"Error: not done after {10 * seconds:g} seconds"
    if run.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return 1, f"Error: not done after {seconds:g} CPU seconds"
    return run.returncode, output


def first_error(output: str) -> str:
    """Shorten what the compiler said."""
    where = re.search(r"line (\d+)", output)
    message = output[output.rfind("Error:") if "Error:" in output else 0 :]
    return f"line {where[1] if where else '?'}: {' '.join(message.split())[:300]}"
