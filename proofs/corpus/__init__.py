"""The silent-error corpus: wrong lemmas and suspicious true ones, and what we say of each.

A wrong lemma called proved, or a true one called refuted, is a silent error; there must be none,
and it is measured rather than believed. Lemmas that stay undecided are counted, not hidden.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from proofs.evidence.verdicts import Verdict
from proofs.library import entries
from proofs.verification.budgets import patience
from proofs.verification.decide import decide
from proofs.verification.workers import Failure, spread
from theory.claim_files import load, tables
from theory.claims import Statement

FOLDER = Path(__file__).parent
OPEN = FOLDER / "open.toml"
HELD_OUT = FOLDER / "heldout.toml"
SETS = ("errors", "papers", "heldout")
FILES = {"false": FOLDER / "wrong.toml", "true": FOLDER / "true.toml"}


@dataclass(frozen=True)
class Lemma:
    """One entry: its name, in which way it is wrong or suspicious, and the truth about it."""

    name: str
    kind: str
    truth: bool
    statement: Statement


@dataclass(frozen=True)
class Outcome:
    """What was said of a lemma, and how long it took."""

    name: str
    kind: str
    truth: bool
    verdict: str
    detail: str
    seconds: float

    @property
    def silent_error(self) -> bool:
        """Whether the opposite of the truth was said."""
        return self.verdict == ("refuted" if self.truth else "proved")


@cache
def lemmas(chosen: str = "errors") -> tuple[Lemma, ...]:
    """Read a corpus, wrong lemmas first.

    Parameters
    ----------
    chosen : {"errors", "papers", "heldout"}
        The wrong and the suspicious; or the library with its false twins, and beside it the true
        lemmas of the same kinds that have no certificate yet; or a hundred lemmas, with twins, that
        were written down after the provers.
    """
    if chosen != SETS[0]:
        if chosen == "papers":
            rows = [(e.family, e.claim) for e in entries()]
            rows += [("open", claim) for claim in load(OPEN)]
        else:
            kinds = {name: str(table["kind"]) for name, table in tables(HELD_OUT).items()}
            rows = [(kinds[c.name], c) for c in load(HELD_OUT)]
        twins = [Lemma(f"{c.name}.twin", kind, False, c.mutant) for kind, c in rows]
        return (*twins, *(Lemma(c.name, kind, True, c.statement) for kind, c in rows))
    found: list[Lemma] = []
    for truth, path in FILES.items():
        kinds = {name: table["kind"] for name, table in tables(path).items()}
        found += [Lemma(c.name, kinds[c.name], truth == "true", c.statement) for c in load(path)]
    return tuple(found)


def measure(
    chosen: tuple[Lemma, ...], budget_seconds: float = 6.0, jobs: int = 1
) -> Iterator[Outcome]:
    """Decide lemmas, in their order, in ``jobs`` processes; one that dies leaves its lemma open."""
    # Statements hold read-only mappings, which do not travel; places in the corpus do.
    places = [(lemma.name, lemma.truth) for lemma in chosen]
    task = partial(_judge_by_name, budget_seconds)
    found: dict[tuple[str, bool], Outcome] = {}
    waiting = iter(chosen)
    lemma = next(waiting, None)
    for place, outcome in spread(task, places, jobs, patience(budget_seconds)):
        if isinstance(outcome, Failure):
            lost = next(one for one in chosen if (one.name, one.truth) == place)
            open_ = Verdict.UNDECIDED.value
            outcome = Outcome(lost.name, lost.kind, lost.truth, open_, outcome.reason, 0.0)
        found[place] = outcome
        while lemma is not None and (lemma.name, lemma.truth) in found:
            yield found.pop((lemma.name, lemma.truth))
            lemma = next(waiting, None)


def _judge_by_name(budget_seconds: float, place: tuple[str, bool]) -> Outcome:
    every = (one for chosen in SETS for one in lemmas(chosen))
    lemma = next(one for one in every if (one.name, one.truth) == place)
    return judge(lemma, budget_seconds)


def judge(lemma: Lemma, budget_seconds: float) -> Outcome:
    """Decide one lemma without looking at the truth about it."""
    start = time.monotonic()
    evidence = decide(lemma.statement, budget_seconds)
    verdict = evidence.verdict.value
    if evidence.verdict is Verdict.UNSUPPORTED:
        verdict = Verdict.UNDECIDED.value
    seconds = time.monotonic() - start
    return Outcome(lemma.name, lemma.kind, lemma.truth, verdict, evidence.detail, seconds)
