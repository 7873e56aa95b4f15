"""Kernel-checked proofs: compile the Coq development and compare what it proved with the record.

The record is ``proofs/coq/theorems.toml``. It holds, for every claim, the theorem's statement as
the kernel prints it and the same statement in words; :func:`check` compiles everything in a
temporary copy and fails unless each printed statement, each definition it mentions, the axioms
behind it, the instance of its hypotheses and its false variants are as recorded.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import cache as once
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import proofs
from proofs.evidence import cached
from proofs.evidence.coq_installed import installed
from proofs.evidence.coq_record import Entry, KernelError, KernelResult
from proofs.evidence.coq_run import Run
from proofs.evidence.coq_text import MalformedError, declared, unsound
from proofs.evidence.coq_volumes import Layout, apart, bound

__all__ = [
    "Entry",
    "KernelError",
    "KernelResult",
    "available",
    "check",
    "definitions",
    "named",
    "theorems",
]

SOURCES = Path(proofs.__file__).parent / "coq"


def available() -> bool:
    """Say whether a Coq compiler is on the path."""
    return shutil.which("coqc") is not None


@once
def theorems() -> Mapping[str, Entry]:
    """Read the record, keyed by claim; needs no Coq."""
    return MappingProxyType(_entries(_record(SOURCES)))


def named(name: str) -> Entry | None:
    """Find a theorem by the name of its claim or by its own; nothing if there is none."""
    known = theorems()
    return known.get(name) or {e.theorem: e for e in known.values()}.get(name)


@once
def definitions() -> Mapping[str, str]:
    """Read the recorded definitions that the statements mention; needs no Coq."""
    return MappingProxyType(dict(_record(SOURCES)["definitions"]))


def check(jobs: int, cache: Path | None = None, sources: Path = SOURCES) -> dict[str, KernelResult]:
    """Compile every theorem and compare it with the record.

    Parameters
    ----------
    jobs : int
        How many compilers run at once.
    cache : Path or None
        A folder in which a passed run is remembered by the digest of all sources, the record, the
        compiler and its libraries, and this module.
    sources : Path
        The development; another folder serves tests.

    Returns
    -------
    dict of str to KernelResult
        Keyed by theorem.

    Raises
    ------
    ToolMissing
        If coqc, Coquelicot or Interval is not installed.
    KernelError
        If a file does not compile, a proof is left open, an axiom is not allowed, a statement or
        definition differs from the record, an instance is of other hypotheses, or a claim has no
        false variant or one that compiles.
    """
    compiler = installed()
    try:
        return _check(jobs, cache, sources, compiler)
    except MalformedError as wrong:
        raise KernelError(str(wrong)) from None


def answers_to(sources: Path = SOURCES) -> str:
    """Digest all that a verdict of the kernel rests on: sources, record, compiler, this program.

    Raises
    ------
    ToolMissing
        If coqc is not installed.
    """
    return _digest(sources, installed())


def _check(jobs: int, cache: Path | None, sources: Path, compiler: str) -> dict[str, KernelResult]:
    record = _record(sources)
    entries = _entries(record)
    stored = None if cache is None else cache / f"kernel-{_digest(sources, compiler)}.json"
    if stored is not None and (known := remembered(stored, entries)):
        return known
    files = _sound_sources(sources, entries)
    run = partial(_run, sources, record, entries, files)
    try:
        results = run(where := bound(files, jobs), jobs)
    except (KernelError, MalformedError):
        if where == apart(files):
            raise
        results = run(apart(files), jobs)  # which finds what is wrong, if anything is
    if stored is not None:
        cached.keep(stored, [asdict(r) for r in results.values()])
    return results


def _run(
    sources: Path,
    record: Mapping[str, Any],
    entries: Mapping[str, Entry],
    files: Mapping[str, str],
    where: Layout,
    jobs: int,
) -> dict[str, KernelResult]:
    with tempfile.TemporaryDirectory(prefix="lemmata-kernel-") as folder:
        work = Path(folder)
        shutil.copytree(sources, work, dirs_exist_ok=True)
        return Run(work, record, entries, files, where).all(jobs)


def remembered(stored: Path, entries: Mapping[str, Entry]) -> dict[str, KernelResult]:
    """Read a passed run from the cache; nothing if it is absent or of other statements."""
    wanted = {(e.theorem, e.statement) for e in entries.values()}
    with suppress(KeyError, TypeError):  # kept whole, by something else
        rows = cached.recalled(stored) or []
        results = [KernelResult(**{**r, "axioms": tuple(r["axioms"])}) for r in rows]
        if {(r.theorem, r.statement) for r in results} == wanted:
            return {r.theorem: r for r in results}
    return {}


def _record(sources: Path) -> dict[str, Any]:
    return tomllib.loads((sources / "theorems.toml").read_text(encoding="utf-8"))


def _entries(record: Mapping[str, Any]) -> dict[str, Entry]:
    return {
        claim: Entry(claim=claim, **{**row, "false": tuple(row["false"])})
        for claim, row in record["claims"].items()
    }


def _sound_sources(sources: Path, entries: Mapping[str, Entry]) -> dict[str, str]:
    files = {p.stem: p.read_text(encoding="utf-8") for p in sorted(sources.glob("*.v"))}
    proved: dict[str, str] = {}
    for name, text in files.items():
        if forbidden := unsound(text):
            raise KernelError(f"{name}.v says {forbidden}, which leaves something unproved")
        proved |= dict.fromkeys(declared(text, "theorems"), name)
    recorded = {e.theorem: e.file for e in entries.values()}
    if proved != recorded:
        theorem = min(set(proved.items()) ^ set(recorded.items()))[0]
        raise KernelError(f"{theorem} is in the sources or in the record, but not alike in both")
    variants = {name for e in entries.values() for name in e.false}
    if odd := variants ^ {p.stem for p in (sources / "false").glob("*.v")}:
        raise KernelError(f"false/{min(odd)}.v is in the folder or in the record, but not in both")
    if bare := [e.claim for e in entries.values() if not e.false]:
        raise KernelError(f"{bare[0]} has no false variant")
    return files


def _digest(sources: Path, compiler: str) -> str:
    total = hashlib.sha256(compiler.encode())
    here = Path(__file__)
    parts = "run", "batches", "volumes", "record", "text", "installed"
    modules = [here, *(here.with_name(f"coq_{part}.py") for part in parts)]
    for path in [*modules, *sorted(sources.rglob("*"))]:
        if path.suffix in {".v", ".toml", ".py"}:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{path.name} {content}\n".encode())
    return total.hexdigest()
