"""One run of the Coq compiler over a copy of the development, in parallel, judged by a record."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial, reduce
from pathlib import Path
from typing import Any

from proofs.evidence.coq_text import (
    declared,
    has_hypotheses,
    hypotheses_as_instance,
    imports,
    normalise,
    stated,
    without,
)
from theory.tools import ToolMissing

PACKAGES = "coq libcoq-coquelicot libcoq-interval"
SECONDS = 300
"""Wall time after which one file is given up."""

REALS = frozenset(
    {
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "FunctionalExtensionality.functional_extensionality_dep",
        "Classical_Prop.classic",
    }
)
"""The axioms of the standard library's real numbers, and no other."""

INTEGERS = re.compile(r"(PrimInt63|Uint63)\.\w+")
"""Machine integers, for the files declared ``interval`` in the record; never ``PrimFloat``."""

_HEADINGS = ("Axioms:", "Closed under the global context")
_COMPILER = ("coqc", "-q", "-noglob", "-w", "-ambiguous-paths", "-Q", ".", "Lemmata")
_QUIET = "Open Scope R_scope.\nSet Printing Width 100000.\nSet Printing Depth 100000.\n"


class KernelError(Exception):
    """The development does not prove what the record says it proves."""


@dataclass(frozen=True)
class Entry:
    """One claim of the record.

    Attributes
    ----------
    claim, theorem, file : str
        The claim's name, the Coq theorem and the file (without ``.v``) that proves it.
    statement : str
        The statement as the kernel prints it, white space collapsed.
    words : str
        The same in a sentence.
    source : str
        A key of :data:`theory.claims.SOURCES`.
    number : str
        The statement's number in the source.
    instance : str
        The lemma that exhibits values satisfying all hypotheses; empty if there are none.
    false : tuple of str
        Files in ``coq/false`` that state something false and must not compile.
    """

    claim: str
    theorem: str
    file: str
    statement: str
    words: str
    source: str
    number: str
    instance: str
    false: tuple[str, ...]


@dataclass(frozen=True)
class KernelResult:
    """A theorem that compiled and is what the record says.

    Attributes
    ----------
    theorem, file : str
        Its name and the file that proves it.
    statement : str
        The type printed by the kernel, white space collapsed.
    axioms : tuple of str
        What the theorems and instances of that file rest on, taken together.
    seconds : float
        Wall time of compiling the file.
    """

    theorem: str
    statement: str
    axioms: tuple[str, ...]
    seconds: float
    file: str


class Run:
    """One compilation in a folder of its own."""

    def __init__(
        self,
        work: Path,
        record: Mapping[str, Any],
        entries: Mapping[str, Entry],
        files: Mapping[str, str],
    ) -> None:
        self.work, self.record, self.files = work, record, files
        self.by_file: dict[str, list[Entry]] = {name: [] for name in files}
        for entry in entries.values():
            self.by_file[entry.file].append(entry)
        self.instances = {e.instance: e for e in entries.values() if e.instance}
        stated_in = [n for f in files if _of_instances(f) for n in declared(files[f], "lemmas")]
        for lemma in self.instances:
            if stated_in.count(lemma) != 1:
                raise KernelError(f"no file Instances*.v states {lemma}, or two do")
        self.false = {name: e for e in entries.values() for name in e.false}
        self.seconds: dict[str, float] = {}
        self.results: dict[str, KernelResult] = {}

    def all(self, jobs: int) -> dict[str, KernelResult]:
        """Do everything, ``jobs`` compilers at a time; results are keyed by theorem."""
        tasks: dict[str, tuple[set[str], Callable[[], None]]] = {}
        for name, text in self.files.items():
            needs = {f"compile {n}" for n in imports(text)}
            tasks[f"compile {name}"] = (needs, partial(self.compile, name))
            if not _of_instances(name):
                tasks[f"query {name}"] = ({f"compile {name}"}, partial(self.query, name))
        queries = {task for task in tasks if task.startswith("query ")}
        for name in filter(_of_instances, self.files):
            # Their hypotheses are compared with the theorems', so these must be known first.
            needs = {f"compile {name}"} | queries
            tasks[f"query {name}"] = (needs, partial(self.query_instances, name))
        everything = {f"compile {name}" for name in self.files}
        for name in self.false:
            tasks[f"false {name}"] = (everything, partial(self.refuse, name))
        for file in {entry.file for entry in self.false.values()}:
            names = [name for name, entry in self.false.items() if entry.file == file]
            tasks[f"twins {file}"] = (everything, partial(self.twins, file, names))
        _schedule(tasks, jobs)
        return dict(sorted(self.results.items()))

    def compile(self, name: str) -> None:
        """Compile one file of the development."""
        started = time.monotonic()
        code, output = coqc(self.work, f"{name}.v")
        if code != 0:
            if re.search(r"Cannot find a physical path .*\b(Coquelicot|Interval)\b", output, re.S):
                raise missing("Coquelicot or Interval is not installed")
            raise KernelError(f"{name}.v does not compile: {_error(output)}")
        self.seconds[name] = time.monotonic() - started

    def ask(self, name: str, names: Sequence[str], defined: Sequence[str]) -> dict[str, str]:
        """Have the kernel print types, definitions and, under the name ``axioms``, all axioms."""
        libraries = re.findall(r"^From (?:Coq|Coquelicot) .*", self.files[name], flags=re.M)
        only = {name, *_closure(name, self.files)}
        ours = " ".join(n for n in self.files if n in only)
        lines = ["\n".join(libraries), f"\nFrom Lemmata Require Import {ours}.\n", _QUIET]
        for item in (*names, *defined):
            verb = "Check" if item in names else "Print"
            lines.append(f'Goal True. idtac "##{item}". Abort.\n{verb} {item}.\n')
        if names:
            together = reduce(lambda rest, one: f"conj {one} ({rest})", reversed(names))
            lines.append(f"Definition everything := {together}.\n")
            lines.append('Goal True. idtac "##axioms". Abort.\nPrint Assumptions everything.\n')
        (self.work / f"Query_{name}.v").write_text("".join(lines))
        code, output = coqc(self.work, f"Query_{name}.v")
        if code != 0:
            raise KernelError(f"{name}.v lacks something the record names: {_error(output)}")
        parts = re.split(r"^##(\w+)$", output, flags=re.M)
        return dict(zip(parts[1::2], parts[2::2], strict=True))

    def query(self, name: str) -> None:
        """Compare the statements and definitions of one file with the record."""
        entries, defined = self.by_file[name], declared(self.files[name], "definitions")
        # What the false variants rest on: a negation from another axiom would be none.
        negations = [n for n in declared(self.files[name], "lemmas") if n.endswith("_is_false")]
        if not entries and not defined and not negations:
            return
        answers = self.ask(name, [*(e.theorem for e in entries), *negations], defined)
        for item in defined:
            recorded = self.record["definitions"].get(item, "nothing")
            _same(f"the definition of {item}", normalise(answers[item]), recorded)
        axioms = self.allowed(name, answers.get("axioms", ""))
        for entry in entries:
            printed = _printed_type(entry.theorem, answers[entry.theorem])
            _same(f"the statement of {entry.theorem}", printed, entry.statement)
            if has_hypotheses(printed) != bool(entry.instance):
                raise KernelError(f"{entry.theorem} has hypotheses and no instance, or neither")
            self.results[entry.theorem] = KernelResult(
                entry.theorem, printed, axioms, round(self.seconds[name], 3), name
            )

    def query_instances(self, name: str) -> None:
        """Demand that each instance in one file is of its theorem's own hypotheses."""
        here = [n for n in declared(self.files[name], "lemmas") if n in self.instances]
        if not here:
            return
        answers = self.ask(name, here, [])
        self.allowed(name, answers["axioms"])
        for lemma in here:
            entry = self.instances[lemma]
            wanted = hypotheses_as_instance(self.results[entry.theorem].statement)
            printed = without(_printed_type(lemma, answers[lemma]), "()")
            _same(f"the instance {lemma}", printed, without(wanted, "()"))

    def allowed(self, name: str, printed: str) -> tuple[str, ...]:
        """Read the axioms that Coq printed, and refuse any that is not on the allow-list."""
        axioms = []
        interval = name in self.record["interval"]["files"]
        for line in printed.splitlines():
            if not line or line[0].isspace() or line in _HEADINGS:
                continue
            axiom = line.split()[0]
            if axiom not in REALS and not (interval and INTEGERS.fullmatch(axiom)):
                raise KernelError(f"{name}.v rests on {line[:80]!r}, which is not allowed")
            axioms.append(axiom)
        return tuple(sorted(axioms))

    def refuse(self, name: str) -> None:
        """Demand that the kernel rejects a false variant, at its proof."""
        path = Path("false") / f"{name}.v"
        text = (self.work / path).read_text()
        code, output = coqc(self.work, str(path))
        if code == 0:
            raise KernelError(f"{path} is false and was accepted")
        where = re.search(r'^File "[^"]*", line (\d+), [^\n]*\nError:', output, re.M)
        if where is None or int(where[1]) < text[: text.index("Proof.")].count("\n") + 1:
            raise KernelError(f"the statement in {path} is malformed: {_error(output)}")

    def twins(self, file: str, names: Sequence[str]) -> None:
        """Demand that the proofs of false variants do prove the true statements."""
        parts = []
        for name in names:
            text = (self.work / "false" / f"{name}.v").read_text()
            true = stated(self.files[file], self.false[name].theorem)
            head, theorem, proof = text.partition(f"Theorem {name}")
            parts += [head, theorem, proof.replace(stated(text, name), true)]
        (self.work / f"Twins_{'_'.join(names[:1])}.v").write_text("".join(parts))
        code, output = coqc(self.work, f"Twins_{'_'.join(names[:1])}.v")
        if code != 0 and len(names) > 1:
            for name in names:
                self.twins(file, [name])
        if code != 0:
            raise KernelError(f"false/{names[0]}.v fails for another reason: {_error(output)}")


def _of_instances(name: str) -> bool:
    return name.startswith("Instances")


def _closure(name: str, files: Mapping[str, str]) -> set[str]:
    direct = set(imports(files[name]))
    return direct | {n for d in direct for n in _closure(d, files)}


def _schedule(tasks: Mapping[str, tuple[set[str], Callable[[], None]]], jobs: int) -> None:
    """Run tasks as soon as what they need is done; the first failure stops the rest."""
    waiting, done = dict(tasks), set[str]()
    running: dict[Future[None], str] = {}
    with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
        try:
            while waiting or running:
                for name in [n for n, (needs, _) in waiting.items() if needs <= done]:
                    running[pool.submit(waiting.pop(name)[1])] = name
                if not running:
                    raise KernelError(f"these files need one another: {', '.join(sorted(waiting))}")
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    done.add(running.pop(future))
                    future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def coqc(work: Path, file: str) -> tuple[int, str]:
    """Compile one file in a folder; return the exit code and all output."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(work), "LC_ALL": "C.UTF-8"}
    try:
        run = subprocess.run(
            [*_COMPILER, file],
            cwd=work,
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return 1, f"Error: not done after {SECONDS} seconds"
    return run.returncode, run.stdout + run.stderr


def missing(what: str) -> ToolMissing:
    """Build the error that names the packages to install."""
    return ToolMissing(f"{what}; the kernel level needs the packages {PACKAGES} (Debian's names)")


def _printed_type(theorem: str, answer: str) -> str:
    text = normalise(answer)
    return text.removeprefix(theorem).removeprefix(" : ")


def _same(what: str, printed: str, recorded: str) -> None:
    if printed != recorded:
        raise KernelError(f"{what} is not as recorded: proved {printed!r}, recorded {recorded!r}")


def _error(output: str) -> str:
    return " ".join(output[output.rfind("Error:") if "Error:" in output else 0 :].split())[:400]
