"""The contract of the command line, and one run of it held against every clause.

An input runs in a forked child with limits of its own, so that a crash, a loop or a runaway
allocation is an observation and not the end of the campaign. The child of a warm process goes on
with what is imported, for the price of a fork; a fresh one becomes Python anew, as a shell starts
it: whatever concerns the start (what Python reads of the environment, streams as it finds them,
imports) is seen there only.
"""

from __future__ import annotations

import gc
import json
import os
import re
import resource
import shutil
import signal
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path

import jsonschema

from numerics.sweeps.mortal import end_with_parent
from proofs import cli
from proofs.cli import COMPLETE
from proofs.evidence import kernel, shelf
from proofs.theorems import library
from tests.fuzz.formulas import ROOT
from theory.catalogue.headings import headings, lemmas, steps

SCHEMAS = ROOT / "proofs" / "schemas"
EXITS = {0, 1, 2, 3, 4}
GONE = Path("nobody reads")
CPU_SECONDS, WAIT_SECONDS, MEMORY, FILE_BYTES, GRACE = 40, 300, 4 << 30, 64 << 20, 2.0
NODES: Mapping[str, Callable[[Path], None]] = {
    "fifo": os.mkfifo,
    "folder": Path.mkdir,
    "loop": lambda path: path.symlink_to(path.name),
    "zero": lambda path: path.symlink_to("/dev/zero"),
    "full": lambda path: path.symlink_to("/dev/full"),
}
"""What may stand where a file is wanted, and stays what it is."""
SOURCES: Mapping[str, Callable[[], int]] = {
    "null": lambda: os.open(os.devnull, os.O_RDONLY),
    "zeros": lambda: os.open("/dev/zero", os.O_RDONLY),
    "unreadable": lambda: os.open(os.devnull, os.O_WRONLY),
}
"""What may be read from; nothing of ours does. (Of a folder Python itself thinks ill.)"""
MAIN = "proofs.entry:main"
_LATE = "matplotlib.font_manager", "matplotlib.backends.backend_agg", "numerics.figures.slack"
_SHOWN = {"\n"}
_SALVAGED = re.compile(r": (finished cells|rows) copied to ")  # a finding, no error
_STRAY = re.compile(r"\.(tmp|part|partial|new)\b|~$")


@dataclass(frozen=True)
class Input:
    """What is given to the command.

    Attributes
    ----------
    argv : tuple of str
        Arguments; the first is the subcommand.
    files : mapping
        Name in the working folder -> content.
    nodes : mapping
        Name there -> what it is instead of a file, of :data:`NODES`.
    environment : mapping
        Variables besides those that every run has; those that are None it has not.
    closed : tuple of int
        Streams that are closed: 0, 1, 2.
    limits : mapping
        Of the system, of :mod:`resource` -> what is left of it.
    stdin : str
        What is read from, of :data:`SOURCES`.
    umask : int
    fresh : bool
        Whether it has a Python of its own, and does not begin where all is imported.
    """

    argv: tuple[str, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    nodes: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str | None] = field(default_factory=dict)
    closed: tuple[int, ...] = ()
    limits: Mapping[str, int] = field(default_factory=dict)
    stdin: str = "null"
    umask: int = 0o022
    fresh: bool = False

    @property
    def typeable(self) -> bool:
        """Whether a shell could start it so: arguments are bytes without a zero there."""
        texts = [*self.argv, *self.environment, *filter(None, self.environment.values())]
        try:
            return b"\0" not in b"".join(map(os.fsencode, texts))
        except UnicodeEncodeError:
            return False


@dataclass(frozen=True)
class Outcome:
    """What came of it: exit code (negative: a signal), streams, CPU seconds, names left behind.

    And those nodes that are no longer what they were, and whether it waited for ever.
    """

    code: int
    out: str
    err: str
    seconds: float
    left: tuple[str, ...]
    outside: tuple[str, ...]
    survivors: bool
    replaced: tuple[str, ...] = ()
    waited: bool = False


def preload() -> None:
    """Import what commands import, and read the catalogue, once, so that a run costs a fork."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # or each fork ends threads, and starts them
    for name in (*(f"proofs.commands.{name}" for name in cli.COMMANDS), *_LATE):
        import_module(name)
    library()
    kernel.theorems(), shelf.cost(""), steps()
    for heading in (*headings().values(), *lemmas().values()):
        heading.claim  # noqa: B018 - which is read when it is looked at
    gc.freeze()  # or each child would copy what it only counts


def run(
    given: Input,
    folder: Path,
    stdout: Path | None = None,
    encoding: str = "utf-8",
    main: str = MAIN,
) -> Outcome:
    """Run the command on an input, inside ``folder``, which must not exist yet.

    Parameters
    ----------
    given : Input
    folder : Path
        Made for the run, and left for the caller to look at.
    stdout : Path, optional
        Where its output goes, such as a device; ``GONE`` is a pipe whose reader has left.
    encoding : str
        Of its streams.
    main : str
        Module and function that are the command.
    """
    work, home, temporary = (folder / name for name in ("work", "home", "tmp"))
    for made in (work, home, temporary):
        made.mkdir(parents=True)
    for name, content in given.files.items():
        (work / name).write_bytes(content)
    for name, kind in given.nodes.items():
        NODES[kind](work / name)
    before = {name: _kind(work / name) for name in given.nodes}
    streams = folder / "stdout", folder / "stderr"
    child = os.fork()
    if child == 0:
        places = work, home, temporary
        _child(given, places, (stdout or streams[0], streams[1]), encoding, main)
    late = threading.Timer(WAIT_SECONDS, os.kill, (child, signal.SIGKILL))
    late.start()
    _, status, usage = os.wait4(child, 0)
    waited = not late.is_alive()
    late.cancel()
    late.join()
    code = os.waitstatus_to_exitcode(status)
    outlived = survivors(child)
    read = (s.read_bytes() if s.exists() else b"" for s in streams)
    out, err = (content.decode(encoding, "surrogateescape") for content in read)
    left = sorted(p.relative_to(work).as_posix() for p in work.rglob("*"))
    outside = [p.relative_to(folder).as_posix() for p in temporary.rglob("*") if p.is_file()]
    outside += [p.name for p in folder.iterdir() if p not in (work, home, temporary, *streams)]
    seconds = usage.ru_utime + usage.ru_stime
    replaced = tuple(name for name, kind in before.items() if _kind(work / name) != kind)
    return Outcome(code, out, err, seconds, tuple(left), tuple(outside), outlived, replaced, waited)


def _kind(path: Path) -> int:
    return stat.S_IFMT(path.lstat().st_mode) if os.path.lexists(path) else 0


def violations(given: Input, seen: Outcome) -> Iterator[str]:
    """Name every clause of the contract that a run broke."""
    if seen.code == -signal.SIGXCPU:
        yield "took more CPU time than any budget allows"
    elif seen.waited:
        yield "waited for ever"
    elif seen.code not in EXITS:
        yield f"exit {seen.code}"
    for name, stream in (("stdout", seen.out), ("stderr", seen.err)):
        if "Traceback (most recent call last)" in stream:
            yield f"a traceback on {name}"
        if any(not c.isprintable() and c not in _SHOWN for c in stream):
            yield f"control characters on {name}"
    lines = [said for said in seen.err.splitlines() if not _SALVAGED.search(said)]
    if len(lines) > 1:
        yield "more than one line on stderr"
    if lines == [""]:
        yield "an empty line on stderr"
    if seen.code in (2, 3) and not (lines or seen.out or {1, 2} & {*given.closed}):
        yield "a refusal without its line"
    if seen.survivors:
        yield "processes outlived the command"
    if seen.replaced:
        yield "replaced what is no file"
    if seen.outside:
        yield "files outside of the working folder"
    made = [name for name in seen.left if name not in {*given.files, *given.nodes}]
    if any(_STRAY.search(name) for name in made):
        yield "a half-written file was left"
    if any(name.startswith(".") for name in made):
        yield "a hidden file was left"
    yield from _json(given, seen)


def signature(problem: str, given: Input, seen: Outcome) -> str:
    """Tell kinds of failure apart: the clause, the command and the last words."""
    last = seen.err.strip().splitlines()[-1:] or [""]
    words = re.sub(r"'[^']*'|\d+", "#", last[0])[:110]
    return f"{given.argv[0] if given.argv else ''}: {problem}: {words}"


@contextmanager
def scratch(root: Path, number: int) -> Iterator[Path]:
    """A folder for one run, gone afterwards."""
    folder = root / f"run-{number}"
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _json(given: Input, seen: Outcome) -> Iterator[str]:
    if "--json" not in given.argv or seen.code not in (0, 1, 4) or not seen.out:
        return
    if COMPLETE in given.environment or {"-h", "--help", "--version"} & {*given.argv}:
        return
    try:
        document = json.loads(seen.out, parse_constant=_refuse)
    except ValueError:
        yield "--json printed something else"
        return
    schema = _schema(given.argv[0])
    if schema is not None and not schema.is_valid(document):
        yield "--json does not fit its schema"


def _refuse(name: str) -> object:
    raise ValueError(name)


@cache
def _schema(command: str) -> jsonschema.Draft202012Validator | None:
    path = SCHEMAS / f"{command}.schema.json"
    if not path.is_file():
        return None
    return jsonschema.Draft202012Validator(json.loads(path.read_text()))


def _opened(path: Path) -> int:
    if path is not GONE:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def _child(
    given: Input,
    places: tuple[Path, Path, Path],
    streams: tuple[Path, Path],
    encoding: str,
    main: str,
) -> None:
    code = 99
    try:
        end_with_parent()
        os.setsid()
        os.chdir(places[0])
        for number, path in ((1, streams[0]), (2, streams[1])):
            os.dup2(_opened(path), number)
        os.dup2(SOURCES[given.stdin](), 0)
        os.umask(given.umask)
        environment = _environment(given, places, encoding)
        for number in given.closed:
            os.close(number)
        own = {name: getattr(resource, f"RLIMIT_{name}") for name in given.limits}
        for kind, limit in (
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_FSIZE, FILE_BYTES),
            (resource.RLIMIT_CORE, 0),
            *((own[name], limit) for name, limit in given.limits.items()),
        ):
            resource.setrlimit(kind, (limit, limit + (5 if kind == resource.RLIMIT_CPU else 0)))
        module, _, function = main.partition(":")
        if given.fresh:
            start = f"from {module} import {function}; {function}()"
            # -P: no module of the working folder's, as with the installed command
            os.execve(sys.executable, [sys.executable, "-P", "-c", start, *given.argv], environment)
        os.environ.clear()
        os.environ.update(environment)
        sys.stdin, sys.stdout, sys.stderr = (
            None  # type: ignore[assignment] # as Python finds it
            if n in given.closed
            else open(n, m, encoding=encoding, errors=e, closefd=False)  # noqa: SIM115
            for n, m, e in ((0, "r", "strict"), (1, "w", "strict"), (2, "w", "backslashreplace"))
        )
        sys.argv = ["lemmata", *given.argv]
        tempfile.tempdir = None  # where temporary files were before is remembered
        try:
            getattr(import_module(module), function)()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except BaseException as wrong:
        with suppress(BaseException):
            os.write(2, f"Traceback (most recent call last) beyond main: {wrong!r}\n".encode())
    finally:
        os._exit(code & 0xFF)


def _environment(given: Input, places: tuple[Path, Path, Path], encoding: str) -> dict[str, str]:
    _, home, temporary = map(str, places)
    every = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
    every |= {"HOME": home, "XDG_CACHE_HOME": f"{home}/cache", "TMPDIR": temporary}
    every |= {"COLUMNS": "200", "PYTHONPATH": str(ROOT)}
    if encoding != "utf-8":
        every["PYTHONIOENCODING"] = encoding
    every |= {name: value for name, value in given.environment.items() if value is not None}
    return {
        name: text for name, text in every.items() if given.environment.get(name, "") is not None
    }


def survivors(session: int, grace: float = GRACE) -> bool:
    """Whether a process of this session is still there after the grace that workers have."""
    end = time.monotonic() + grace
    while _members(session):
        if time.monotonic() > end:
            with suppress(OSError):
                os.killpg(session, signal.SIGKILL)
            return True
        time.sleep(0.02)
    return False


def _members(session: int) -> bool:
    for found in Path("/proc").iterdir():
        if found.name.isdigit():
            with suppress(OSError, ValueError, IndexError):
                fields = (found / "stat").read_text().rsplit(")", 1)[1].split()
                if int(fields[3]) == session and fields[0] != "Z":
                    return True
    return False
