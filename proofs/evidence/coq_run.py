"""One run of the Coq compiler over a copy of the development, in parallel, judged by a record."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from proofs.evidence.coq_batches import (
    Question,
    alike,
    answers,
    asked,
    asked_axioms,
    below_head,
    by_head,
    head,
    mark,
    outside_one_proof,
    processes,
    scripts,
    three,
)
from proofs.evidence.coq_record import Entry, KernelError, KernelResult
from proofs.evidence.coq_text import (
    MalformedError,
    declared,
    has_hypotheses,
    hypotheses_as_instance,
    imports,
    last_error,
    loaded,
    normalise,
    packages,
    printed_type,
    stated,
    without,
)
from proofs.evidence.coq_volumes import Layout, apart
from theory.tools import ToolMissing

PACKAGES = "coq libcoq-coquelicot libcoq-interval"
SECONDS = 300
"""Wall time after which one file is given up."""

TOGETHER, VARIANTS = 24, 24
"""Files, and variants, that one process is asked about: loading takes more time than they do."""

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


class Run:
    """One compilation in a folder of its own."""

    def __init__(
        self,
        work: Path,
        record: Mapping[str, Any],
        entries: Mapping[str, Entry],
        files: Mapping[str, str],
        where: Layout,
    ) -> None:
        self.work, self.record, self.files, self.where = work, record, files, where
        self.bound = where != apart(files)  # then a failure is no verdict yet
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
        self.axioms: dict[str, tuple[str, ...]] = {}

    def all(self, jobs: int) -> dict[str, KernelResult]:
        """Do everything, ``jobs`` compilers at a time; results are keyed by theorem."""
        tasks: dict[str, tuple[set[str], Callable[[], None]]] = {}
        compiled = {n: f"compile {library}" for n, library in self.where.library.items()}
        for library, names in self.where.volumes.items():
            needs = {compiled.get(f, f) for n in names for f in imports(self.files[n])}
            needs.discard(f"compile {library}")
            tasks[f"compile {library}"] = (needs, partial(self.compile, library, names))
        shown = [name for name in self.where.library if self.by_file[name]]  # as they are compiled
        chunks = [shown[i : i + TOGETHER] for i in range(0, len(shown), TOGETHER)]
        chunks.append([n for n in self.files if not self.by_file[n] and not _of_instances(n)])
        for chunk in filter(None, chunks):
            needs = {compiled[name] for name in chunk}
            tasks[f"query {' '.join(chunk)}"] = (needs, partial(self.query, chunk))
        queries = {task for task in tasks if task.startswith("query ")}
        if instances := [name for name in self.files if _of_instances(name)]:
            # Their hypotheses are compared with the theorems', so these must be known first.
            needs = {compiled[name] for name in instances} | queries
            tasks["query instances"] = (needs, partial(self.query, instances))
        for kind, questions in alike([self.question(name) for name in self.files]).items():
            needs = {compiled[q.file] for q in questions}
            tasks[f"axioms {kind}"] = (needs, partial(self.rest, questions))
        texts = {n: (self.work / "false" / f"{n}.v").read_text("utf-8") for n in self.false}
        texts = dict(sorted(texts.items(), key=lambda item: len(loaded(item[1], self.files))))
        using = {name: packages(text, self.files) for name, text in texts.items()}
        for group in processes(texts, using, VARIANTS):
            needs = {compiled.get(n, n) for name in group for n in imports(texts[name])}
            needs |= {compiled[self.false[name].file] for name in group}
            tasks[f"false {' '.join(group)}"] = (needs, partial(self.variants, group))
        _schedule(tasks, jobs)
        found = {t: replace(r, axioms=self.axioms[r.file]) for t, r in self.results.items()}
        return dict(sorted(found.items()))

    def compile(self, library: str, names: Sequence[str]) -> None:
        """Compile one file of the development, or a volume of several."""
        started = time.monotonic()
        if library not in self.files:
            volume = self.where.volume(library, self.files)
            (self.work / f"{library}.v").write_text(volume, encoding="utf-8")
        code, output = coqc(self.work, f"{library}.v", SECONDS * len(names))
        if code != 0:
            if re.search(r"Cannot find a physical path .*\b(Coquelicot|Interval)\b", output, re.S):
                raise missing("Coquelicot or Interval is not installed")
            raise KernelError(f"{library}.v does not compile: {last_error(output)}")
        took, size = time.monotonic() - started, sum(len(self.files[name]) for name in names)
        self.seconds |= {name: took * len(self.files[name]) / size for name in names}

    def question(self, name: str) -> Question:
        """Say what is asked about a file: instances, or theorems, negations and definitions."""
        text = self.files[name]
        lemmas, defined = declared(text, "lemmas"), declared(text, "definitions")
        if _of_instances(name):
            proved, defined = [n for n in lemmas if n in self.instances], ()
        else:
            # What the false variants rest on: a negation from another axiom would be none.
            negations = [n for n in lemmas if n.endswith("_is_false")]
            proved = [*(e.theorem for e in self.by_file[name]), *negations]
        libraries = re.findall(r"^From (?:Coq|Coquelicot) .*", text, flags=re.M)
        only = {name, *loaded(text, self.files)}
        ours = tuple(n for n in self.files if n in only)
        integers = self.interval(name)
        return Question(name, tuple(libraries), ours, tuple(proved), defined, integers)

    def query(self, names: Sequence[str]) -> None:
        """Compare what files prove and define with the record; each alone, if that fails."""
        questions = [q for q in map(self.question, names) if q.proved or q.defined]
        if not questions:
            return
        try:
            self.compare(questions)
        except (KernelError, MalformedError):
            if len(names) == 1 or self.bound:
                raise
            for name in names:
                self.query([name])

    def compare(self, questions: Sequence[Question]) -> None:
        """Ask one process about files, and compare its answers with the record."""
        at, last = mark(), questions[-1].file
        asking = f"Query_{last}.v"
        (self.work / asking).write_text(asked(questions, at, self.where))
        code, output = coqc(self.work, asking, SECONDS * len(questions))
        if code != 0:
            raise KernelError(f"{last}.v lacks something the record names: {last_error(output)}")
        found = answers(output, at)
        for q in questions:
            told = {name: found[q.file, name] for name in (*q.proved, *q.defined)}
            if _of_instances(q.file):
                self.judge_instances(told)
            else:
                self.judge(q, told)

    def rest(self, questions: Sequence[Question]) -> None:
        """Ask what files rest on; half of them at a time, if one rests on what is not allowed."""
        at, last = mark(), questions[-1].file
        try:
            asking = f"Axioms_{len(questions)}_{last}.v"
            (self.work / asking).write_text(asked_axioms(questions, at, self.where))
            code, output = coqc(self.work, asking, SECONDS * len(questions))
            if code != 0:
                wrong = last_error(output)
                raise KernelError(f"{last}.v lacks something the record names: {wrong}")
            axioms = self.allowed(last, answers(output, at)["all", "axioms"])
        except (KernelError, MalformedError):
            if len(questions) == 1 or self.bound:
                raise
            self.rest(questions[: len(questions) // 2])
            self.rest(questions[len(questions) // 2 :])
        else:
            self.axioms |= dict.fromkeys((q.file for q in questions), axioms)

    def judge(self, q: Question, told: Mapping[str, str]) -> None:
        """Compare the statements and definitions of one file with the record."""
        for item in q.defined:
            recorded = self.record["definitions"].get(item, "nothing")
            _same(f"the definition of {item}", normalise(told[item]), recorded)
        for entry in self.by_file[q.file]:
            printed = printed_type(entry.theorem, told[entry.theorem])
            _same(f"the statement of {entry.theorem}", printed, entry.statement)
            if has_hypotheses(printed) != bool(entry.instance):
                raise KernelError(f"{entry.theorem} has hypotheses and no instance, or neither")
            self.results[entry.theorem] = KernelResult(
                entry.theorem, printed, (), round(self.seconds[q.file], 3), q.file
            )

    def judge_instances(self, told: Mapping[str, str]) -> None:
        """Demand that each instance is of its theorem's own hypotheses."""
        for lemma, answer in told.items():
            entry = self.instances[lemma]
            wanted = hypotheses_as_instance(self.results[entry.theorem].statement)
            printed = without(printed_type(lemma, answer), "()")
            _same(f"the instance {lemma}", printed, without(wanted, "()"))

    def interval(self, name: str) -> bool:
        """Say whether a file may rest on machine integers too."""
        return name in self.record["interval"]["files"]

    def allowed(self, name: str, printed: str) -> tuple[str, ...]:
        """Read the axioms that Coq printed, and refuse any that is not on the allow-list."""
        axioms = []
        for line in printed.splitlines():
            if not line or line[0].isspace() or line in _HEADINGS:
                continue
            axiom = line.split()[0]
            if axiom not in REALS and not (self.interval(name) and INTEGERS.fullmatch(axiom)):
                raise KernelError(f"{name}.v rests on {line[:80]!r}, which is not allowed")
            axioms.append(axiom)
        return tuple(sorted(axioms))

    def variants(self, names: Sequence[str]) -> None:
        """Demand that false variants fail, each at its script, which proves the true statement."""
        texts = {name: self.three_of(name) for name in names}
        folder, at, batch = self.work / "false" / "below", mark(), f"Variants_{names[0]}.v"
        folder.mkdir(exist_ok=True)
        for name in names:
            for kind, text in texts[name].items():
                (folder / f"{kind}_{name}.v").write_text(below_head(text, name), encoding="utf-8")
        alike = by_head({name: told["False"] for name, told in texts.items()})
        sights = [(head(texts[group[0]]["False"]), group) for group in alike]
        used = {f for told in texts.values() for f in loaded(told["False"], self.files)}
        ours = [name for name in self.files if name in used]
        asking = scripts(sights, ours, self.where, at)
        (self.work / batch).write_text(asking, encoding="utf-8")
        code, output = coqc(self.work, batch, SECONDS * len(names))
        if code == 0 and f"{at} the end" in output.splitlines():
            return
        if self.bound:
            raise KernelError(f"a variant among {', '.join(names)} does not fail as it should")
        for name in names:
            self.refuse(name, texts[name])

    def three_of(self, name: str) -> dict[str, str]:
        """Read a variant, with its statement alone and with the true one."""
        text = (self.work / "false" / f"{name}.v").read_text(encoding="utf-8")
        if odd := outside_one_proof(text, name):
            raise KernelError(f"false/{name}.v {odd}")
        of = self.false[name]
        return three(text, name, stated(self.files[of.file], of.theorem))

    def refuse(self, name: str, texts: Mapping[str, str]) -> None:
        """Demand all that of one variant, in processes of its own, and say what it lacks."""
        text = texts["False"]
        code, output = coqc(self.work, f"false/{name}.v")
        if code == 0:
            raise KernelError(f"false/{name}.v is false and was accepted")
        where = re.search(r'^File "[^"]*", line (\d+), [^\n]*\nError:', output, re.M)
        begins = text[: text.index("\nProof.")].count("\n") + 2
        for kind in ("Stated", "Twin"):
            alone = f"false/{kind}_{name}.v"
            (self.work / alone).write_text(texts[kind], encoding="utf-8")
            code, said = coqc(self.work, alone)
            if code != 0 and kind == "Twin":
                raise KernelError(f"false/{name}.v fails for another reason: {last_error(said)}")
            if code != 0 or where is None or int(where[1]) < begins:
                raise KernelError(
                    f"the statement in false/{name}.v is malformed: {last_error(output)}"
                )


def _of_instances(name: str) -> bool:
    return name.startswith("Instances")


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


def coqc(work: Path, file: str, seconds: int = SECONDS) -> tuple[int, str]:
    """Compile one file in a folder; return the exit code and all output."""
    heard()
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(work), "LC_ALL": "C.UTF-8"}
    try:
        run = subprocess.run(
            [*_COMPILER, file],
            cwd=work,
            env=environment,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return 1, f"Error: not done after {seconds} seconds"
    return run.returncode, run.stdout + run.stderr


def heard() -> None:
    """Demand that exit codes come to us: where SIGCHLD is ignored, every process seems to succeed.

    Raises
    ------
    ToolMissing
        If they do not; of a caller of the library, whose signals are not ours to change.
    """
    if hasattr(signal, "SIGCHLD") and signal.getsignal(signal.SIGCHLD) == signal.SIG_IGN:
        raise ToolMissing("SIGCHLD is ignored in this process: no exit code of Coq is known")


def missing(what: str) -> ToolMissing:
    """Build the error that names the packages to install."""
    return ToolMissing(f"{what}; the kernel level needs the packages {PACKAGES} (Debian's names)")


def _same(what: str, printed: str, recorded: str) -> None:
    if printed != recorded:
        raise KernelError(f"{what} is not as recorded: proved {printed!r}, recorded {recorded!r}")
