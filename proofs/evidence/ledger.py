"""A ledger of finished rows: an interrupted run resumes where it stopped.

A text file: a heading, then one JSON object a line, ``{"digest": D, "key": K, "row": R}``. D is the
SHA-256 of the line from ``"key"`` on. Lines are only ever appended; the last one may be torn by a
crash, and is taken back at the next opening. Everything that the row depends on is in its key, so
a row that no longer answers the question is simply not found.

A digest is no signature: whoever can write the file can write any row. So what a row says is looked
at when it is taken over (:mod:`proofs.verification.taken`), and where nothing in it can be looked
at, the mark of this user counts, ``"mark": M`` after the row: no other can make it. At the end of
the line stands by which program the row was written, so that it can be said why none is found.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from io import FileIO
from pathlib import Path
from typing import Any

import click

import numerics
import proofs
import theory
from numerics.sweeps.files import replacing
from proofs.budgets import memory_limit
from proofs.evidence.cached import mark
from proofs.evidence.rows import problem, said
from proofs.evidence.verdicts import Verdict
from theory import files
from theory.claims import Claim
from theory.errors import InputError, plain
from theory.files import ordinary
from theory.hints import Hints

try:
    import fcntl
except ImportError:  # not on Windows; two runs on one ledger may there tear each other's lines
    fcntl = None  # type: ignore[assignment]

HEADER = "lemmata ledger 2"
MAX_BYTES = 200_000_000
_ANY_HEADER = re.compile(r"lemmata ledger (\d{1,9})\n")
_LINE = re.compile(rb'\{"digest": "([0-9a-f]{64})", (.*)', re.DOTALL)
_OPEN = {Verdict.UNDECIDED.value, Verdict.UNSUPPORTED.value}
_CODE = (".py", ".json", ".toml", ".csv")
_SOUGHT = {"clarabel", "gmpy2", "hypothesis", "mpmath", "numpy", "python-flint", "scipy", "sympy"}


def key(claim: Claim, profile: str, fresh: bool = False, budget: float | None = None) -> str:
    """Name a piece of work by all that its verdict depends on.

    Parameters
    ----------
    claim : Claim
    profile : str
    fresh : bool
        Whether certificates are searched where one is shipped.
    budget : float, optional
        Seconds; for work that another budget, of memory too, or a hint might end otherwise.
    """
    statements = claim.statement.digest, claim.mutant.digest
    left = () if budget is None else (_hinted(claim.hints), memory_limit())  # settled needs none
    parts = (claim.name, *statements, profile, fresh, budget, left, code())
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def code() -> str:
    """Digest everything that is run: this project's files, Python, and what the project requires.

    Returns
    -------
    str
        SHA-256, the same as long as none of them changes.
    """
    digest = hashlib.sha256(platform.python_version().encode())
    for package in (theory, numerics, proofs):
        (folder, *_) = package.__path__
        for path in sorted(p for p in Path(folder).rglob("*") if p.suffix in _CODE):
            content = path.read_bytes()
            name = f"{package.__name__}/{path.relative_to(folder).as_posix()}"
            digest.update(f"\n{name} {len(content)}\n".encode() + content)
    digest.update("\n".join(_dependencies()).encode())
    return digest.hexdigest()


def _hinted(hints: Hints) -> tuple[object, ...]:
    """All that hints say, as data."""
    at = {lemma: {x: str(e) for x, e in terms.items()} for lemma, terms in hints.at.items()}
    substitute = {x: str(e) for x, e in hints.substitute.items()}
    own = {name: claim.statement.digest for name, claim in hints.own.items()}
    lists = ([*map(str, each)] for each in (hints.uses, hints.invariant, hints.split))
    return (*lists, at, substitute, own)


def _dependencies() -> list[str]:
    """What is required, and what a search does without where it is not installed."""
    try:
        wanted = [r for r in requires("lemmata") or () if "extra ==" not in r]
    except PackageNotFoundError:  # run from its folder
        wanted = []
    names = {re.split(r"[^\w.-]", r, maxsplit=1)[0] for r in wanted} | _SOUGHT
    return [f"{name} {_version(name)}" for name in sorted(names)]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def settled(row: dict[str, Any]) -> bool:
    """Whether no larger budget could make anything else of a row."""
    found = {row["verdict"], row["negative_control"], *(e["verdict"] for e in row["evidence"])}
    return not found & _OPEN


class Ledger:
    """Rows in a text file, one a line, appended as they are finished.

    Parameters
    ----------
    path : Path
        Created if absent.
    profile, budget, fresh
        How claims are verified in this run.

    Raises
    ------
    InputError
        One line, if the file is not a ledger, is damaged, of another version, or cannot be
        written.
    """

    def __init__(
        self, path: Path, profile: str = "quick", budget: float = 0.0, fresh: bool = False
    ) -> None:
        self.path, self._profile, self._budget, self._fresh = path, profile, float(budget), fresh
        ordinary(path, "resume", MAX_BYTES)
        self.rows: dict[str, dict[str, Any]] = {}
        self._marks: dict[str, Any] = {}
        self.stale = 0
        """How many rows of another program the file has, as long as none of this one was met."""
        self.doubts: dict[str, str] = {}
        """Rows that were found and are not believed, by the name of the claim, with the reason."""
        with self._opened() as file:
            # Look before touching: a file that is refused stays as it is.
            for number, entry in enumerate(_read(path, _whole(file)), 2):
                if entry is None:
                    raise InputError("resume", f"{path}: line {number} is damaged; {_WAY_OUT}")
                name = entry["key"]
                self.rows[name], self._marks[name] = entry["row"], entry.get("mark")
                self.stale += entry.get("program") != code()
            _mend(file)

    def find(self, claim: Claim) -> dict[str, Any] | None:
        """Return the row of a claim if it is done; a copy, with the claim's own words."""
        name = self._known(claim)
        if name is None:
            return None
        row, self.stale = self.rows[name], 0
        if row["digest"] != claim.statement.digest:  # no run writes that
            what = f"a row of {claim.name!r} is about another statement"
            raise InputError("resume", f"{self.path}: {what}; {_WAY_OUT}")
        source = {n: getattr(claim.source, n) for n in ("key", "statement", "sureness")}
        words = {"name": claim.name, "title": claim.title, "source": source}
        copy: dict[str, Any] = json.loads(json.dumps(row))
        copy.pop("typed", None)
        return {**copy, **words, **said(claim)}

    def own(self, claim: Claim) -> bool:
        """Whether the row of a claim was written by a run of this user, and by nobody else."""
        name = self._known(claim)
        return name is not None and self._marked(name)

    def add(self, claim: Claim, row: dict[str, Any]) -> None:
        """Append one finished row; when this returns it is on the disk."""
        self._add(self._key(claim, None if settled(row) else self._budget), row)

    def _add(self, name: str, row: dict[str, Any]) -> None:
        row = json.loads(json.dumps(row))
        sign = mark(_named(name, row))
        entry = json.dumps({"key": name, "row": row, "mark": sign, "program": code()})[1:]
        digest = hashlib.sha256(entry.encode()).hexdigest()
        with self._opened() as file:
            _mend(file)  # another run may have died in the middle of a line
            _append(file, f'{{"digest": "{digest}", {entry}\n'.encode())
        self.rows[name], self._marks[name] = row, sign

    def recall(self, *question: str) -> dict[str, Any] | None:
        """Return a row that :meth:`keep` was given for this question, and this program; a copy.

        It carries nothing that could be looked at, so that one of somebody else is doubted.
        """
        name = _digest(question)
        row = self.rows.get(name)
        if row is not None and not self._marked(name):
            self.doubts[row["name"]] = "what the kernel said in a run that is not known to be yours"
            return None
        return None if row is None else dict(json.loads(json.dumps(row)))

    def keep(self, row: dict[str, Any], *question: str) -> None:
        """Append a row that is about no claim alone: what the kernel said."""
        self._add(_digest(question), row)

    def _known(self, claim: Claim) -> str | None:
        """The key under which the row of a claim is found, if there is one."""
        keys = (self._key(claim, None), self._key(claim, self._budget))
        return next((k for k in keys if k in self.rows), None)

    def _marked(self, name: str) -> bool:
        return bool(own := mark(_named(name, self.rows[name]))) and own == self._marks[name]

    def _key(self, claim: Claim, budget: float | None) -> str:
        return key(claim, self._profile, self._fresh, budget)

    @contextmanager
    def _opened(self) -> Iterator[FileIO]:
        """Open the file for one reading or writing; others that want it wait for that long."""
        try:
            with self.path.open("a+b", buffering=0) as file:
                if fcntl is not None:
                    with suppress(OSError):  # a file system without locks
                        fcntl.flock(file, fcntl.LOCK_EX)
                yield file
        except OSError as wrong:
            raise InputError("resume", f"{str(self.path)[:200]}: {wrong.strerror}") from None


def _digest(question: tuple[str, ...]) -> str:
    return hashlib.sha256(json.dumps([*question, code()]).encode()).hexdigest()


def _named(name: str, row: dict[str, Any]) -> str:
    """What the mark of a row is of: the row, and the question that it answers."""
    return json.dumps([name, row])


_WAY_OUT = "restore a copy, or copy the rows that hold: lemmata verify --salvage NEWFILE"


def stored(path: Path) -> list[dict[str, Any]]:
    """Read the rows of a ledger for showing them; see :func:`marked`."""
    return [row for row, _ in marked(path)]


def marked(path: Path) -> list[tuple[dict[str, Any], bool]]:
    """Read the rows of a ledger, the last one of each claim; write nothing.

    Returns
    -------
    list of (row, bool)
        Each with whether it bears the mark of this user.

    Raises
    ------
    InputError
        One line, if a row is damaged or the file is no ledger; or its last line is torn, as by a
        crash: whoever is shown the others would not know that rows are missing.
    """
    lines = files.content(path, MAX_BYTES)
    found: dict[str, tuple[dict[str, Any], bool]] = {}
    if not lines.endswith(b"\n"):
        problem = f"{path}: its last line is torn; lemmata verify --resume mends it"
        raise InputError("results", problem)
    for number, entry in enumerate(_read(path, lines), 2):
        if entry is None:
            raise InputError("results", f"{path}: line {number} is damaged; {_WAY_OUT}")
        own = mark(_named(entry["key"], entry["row"]))
        said = bool(own) and own == entry.get("mark")
        found[str(entry["row"].get("name"))] = entry["row"], said
    return list(found.values())


def _whole(file: FileIO) -> bytes:
    """Read all but a line that was torn; of an empty file, what it is to be.

    A heading that is torn is no heading: it may be the beginning of anything.
    """
    file.seek(0)
    content = file.readall()
    return content[: content.rfind(b"\n") + 1] or (content or f"{HEADER}\n".encode())


def _mend(file: FileIO) -> None:
    """Take back a line that was torn; a new file gets its heading."""
    end = file.seek(0, os.SEEK_END)
    if end:
        file.seek(-1, os.SEEK_END)
        if file.read(1) == b"\n":
            return
    whole = _whole(file)
    if len(whole) > end:
        file.truncate(0)
        _append(file, whole)
    else:
        file.truncate(len(whole))


def _append(file: FileIO, line: bytes) -> None:
    """Append all of a line and see it on the disk, or nothing of it."""
    end, left = file.seek(0, os.SEEK_END), memoryview(line)
    try:
        while left:
            left = left[file.write(left) :]
        os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            file.truncate(end)
        raise


def _read(path: Path, content: bytes) -> Iterator[dict[str, Any] | None]:
    """Read key, row and more of each line after the heading; None for one that is damaged."""
    heading, end, rest = content.partition(b"\n")
    if heading != HEADER.encode() or not end:
        known = _ANY_HEADER.match(content[:40].decode("utf-8", "replace"))
        if known is None:
            raise InputError("resume", f"{path} is not a ledger of lemmata verify")
        age = "a later" if int(known[1]) > 2 else "an earlier"
        how = "give --resume a new file"
        raise InputError("resume", f"{path} is a ledger of {age} lemmata (form {known[1]}); {how}")
    for line in rest.split(b"\n"):
        if line:
            yield _entry(line)


def _entry(line: bytes) -> dict[str, Any] | None:
    found = _LINE.fullmatch(line)
    if found is None or hashlib.sha256(found[2]).hexdigest().encode() != found[1]:
        return None
    try:
        entry: dict[str, Any] = json.loads(b"{" + found[2])
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry.get("key"), str) or problem(entry.get("row")):
        return None  # sealed, and written by something else
    return entry


def resumed(path: Path | None, new: Path | None) -> Path | None:
    """Say which ledger to go on with: of a damaged one, a copy of what holds is made first.

    Parameters
    ----------
    path : Path or None
        The ledger that was named.
    new : Path or None
        Where the copy goes; must not exist.

    Raises
    ------
    InputError
        One line, if there is nothing to copy or the copy cannot be made.
    """
    if new is None:
        return path
    if path is None or not ordinary(path, "salvage", MAX_BYTES):
        raise InputError("salvage", "it copies the ledger that --resume names")
    if ordinary(new, "salvage", MAX_BYTES):
        raise InputError("salvage", f"{new}: is there already")
    try:
        content = path.read_bytes()
    except OSError as wrong:
        raise InputError("resume", f"{path}: {wrong.strerror}") from None
    _, *lines = [line for line in content.split(b"\n") if line]
    sound = [line for line in lines if _entry(line) is not None]
    if not sound and lines:
        raise InputError("resume", f"{path}: no row of it holds; restore a copy")
    with replacing(new, "salvage") as beside:
        beside.write_bytes(b"\n".join([HEADER.encode(), *sound, b""]))
    kept = f"rows copied to {new}: {len(sound)}; lost: {len(lines) - len(sound)}"
    click.echo(plain(f"lemmata: resume: {path}: {kept}", 1_000), err=True)
    return new
