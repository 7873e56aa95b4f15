"""``python -m tests.peers --set night``: the checker and its peers on the same lemmas, in one run.

Each is asked in a process of its own with the same CPU time for each lemma; z3 and cvc5 are the
extra ``peers``, Coq with Interval is the system's. A peer that is not installed has no column.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

from rich.console import Console
from rich.table import Table

from proofs.corpus import SETS, Lemma, judge, lemmas
from tests.peers.formulas import by_sympy, in_coq
from tests.peers.scalar import Scalar, Unwritten, scalars
from tests.peers.smtlib import script
from theory.errors import InputError

Answer = str
"""``proved``, ``refuted``, ``open``, ``threw`` or ``not written``."""
WAIT = 8
"""Wall time for each second of CPU time, on a machine that does other things."""


def by_z3(lemma: Scalar) -> Answer:
    """Ask z3."""
    import z3  # type: ignore[import-not-found, unused-ignore]

    text, whole = script(lemma, transcendental=False)
    logic, script_ = text.split("\n", 1)
    name = logic.removeprefix("(set-logic ").removesuffix(")")
    solver = z3.SolverFor(name) if name in ("QF_NRA", "QF_NIRA") else z3.Solver()
    solver.from_string(script_)
    return _answer(str(solver.check()), whole)


def by_cvc5(lemma: Scalar) -> Answer:
    """Ask cvc5, which has exp, sin and cos."""
    import cvc5  # type: ignore[import-not-found, unused-ignore]

    text, whole = script(lemma, transcendental=True)
    solver = cvc5.Solver(cvc5.TermManager())
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "lemma")
    said = ""
    while not (command := parser.nextCommand()).isNull():
        said = str(command.invoke(solver, parser.getSymbolManager())).strip() or said
    return _answer(said, whole)


def _answer(said: str, whole: bool) -> Answer:
    if said == "unsat":
        return "proved"
    return "refuted" if said == "sat" and whole else "open"


def by_coq(lemma: Scalar) -> Answer:
    """Ask Coq's lra, nra and interval, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "lemma.v"
        file.write_text(in_coq(lemma))
        # Its tactics keep caches where it runs.
        run = subprocess.run(
            ["coqc", "-q", file.name], cwd=folder, capture_output=True, check=False
        )
    return "open" if run.returncode else "proved"


def _sympy(lemma: Scalar) -> Answer:
    return "proved" if by_sympy(lemma) else "open"


PEERS: dict[str, Callable[[Scalar], Answer]] = {
    "z3": by_z3,
    "cvc5": by_cvc5,
    "sympy": _sympy,
    "coq": by_coq,
}


def present(peer: str) -> bool:
    """Whether a peer is installed."""
    return bool(shutil.which("coqc") if peer == "coq" else find_spec(peer))


def ask(peer: str, lemma: Lemma, seconds: float) -> tuple[Answer, float]:
    """Ask one about one lemma, in a process that ends after so many CPU seconds."""
    here, there = multiprocessing.Pipe(duplex=False)
    asked = multiprocessing.get_context("fork").Process(
        target=_ask, args=(peer, lemma, seconds, there)
    )
    asked.start()
    there.close()
    try:
        answer = here.recv() if here.poll(WAIT * seconds) else ("open", seconds)
    except EOFError:  # out of time, or dead
        answer = "open", seconds
    asked.kill()
    asked.join()
    return answer


def _ask(peer: str, lemma: Lemma, seconds: float, there: Connection) -> None:
    limit = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    assert lemma.statement is not None
    if peer == "lemmata":
        there.send((judge(lemma, seconds).verdict.replace("undecided", "open"), _spent()))
        return
    answer = "proved"
    try:
        for part in scalars(lemma.statement):
            said = PEERS[peer](part)
            answer = said if said != "proved" else answer
    except (Unwritten, InputError):
        answer = "not written"
    except Exception:  # whatever another tool throws is shown, and is no answer
        answer = "threw"
    there.send((answer, _spent()))


def _spent() -> float:
    """CPU seconds of this process and its children."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main() -> None:
    """Ask all about a sample of a set, and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", dest="which", choices=SETS, action="append", required=True)
    parser.add_argument("--sample", type=int, help="of the lemmas with their twins (default: all)")
    parser.add_argument("--budget", type=float, default=10, help="CPU seconds for a lemma")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    every = [one for which in options.which for one in lemmas(which) if one.statement is not None]
    twins = {one.name: one for one in every if not one.truth}
    pairs = [(one, twins.get(f"{one.name}.twin")) for one in every if one.truth]
    if options.sample is not None:
        pairs = random.Random(options.seed).sample(pairs, min(options.sample, len(pairs)))
    names = ["lemmata", *(peer for peer in PEERS if present(peer))]
    table = Table("lemma", *names, title="the lemma, and its false twin")
    said = {name: list[tuple[Answer, Answer]]() for name in names}
    spent = dict.fromkeys(names, 0.0)
    for lemma, twin in pairs:
        for name in names:
            answer, seconds = ask(name, lemma, options.budget)
            opposite = "open" if twin is None else ask(name, twin, options.budget)[0]
            said[name].append((answer, opposite))
            spent[name] += seconds
        table.add_row(lemma.name, *(_short(said[name][-1]) for name in names))
    table.add_section()
    for title, counts in COUNTS.items():
        table.add_row(title, *(str(sum(map(counts, said[n]))) for n in names))
    table.add_row(f"CPU seconds for {len(pairs)} lemmas", *(f"{spent[n]:.0f}" for n in names))
    Console(width=120).print(table)


COUNTS: dict[str, Callable[[tuple[Answer, Answer]], bool]] = {
    "can be written": lambda said: said[0] != "not written",
    "lemmas proved": lambda said: said[0] == "proved",
    "twins refuted": lambda said: said[1] == "refuted",
    "the opposite of the truth": lambda said: said[0] == "refuted" or said[1] == "proved",
    "the tool threw": lambda said: "threw" in said,
}


def _short(said: tuple[Answer, Answer]) -> str:
    return "-" if said[0] == "not written" else f"{said[0]}, {said[1]}"


if __name__ == "__main__":
    main()
