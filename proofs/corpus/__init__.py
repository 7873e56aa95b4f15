"""The silent-error corpus: wrong lemmas and suspicious true ones, and what we say of each.

A wrong lemma called proved, or a true one called refuted, is a silent error; there must be none,
and it is measured rather than believed. Lemmas that stay undecided are counted, not hidden.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from proofs.budgets import patience
from proofs.evidence.verdicts import Verdict
from proofs.library import entries
from proofs.verification.decide import decide
from proofs.verification.workers import Failure, spread
from theory.claim_files import Unread, load, tables
from theory.claim_files import entries as read
from theory.claims import Claim, Statement

FOLDER = Path(__file__).parent
OPEN = FOLDER / "open.toml"
CONSTANTS = FOLDER / "constants.toml"
SETS = (
    "errors",
    "papers",
    "heldout",
    "seen",
    "unseen",
    "fresh",
    "evening",
    "dusk",
    "reach",
    "chances",
    "methods",
    "ideas",
    "structured",
    "expressible",
    "night",
    "dawn",
    "noon",
    "lectures",
    "drawn",
    "quoted",
    "passages",
    "margins",
    "strides",
)
FILES = {"false": FOLDER / "wrong.toml", "true": FOLDER / "true.toml"}


Place = tuple[str, bool, str]  # a name, the truth, and the digest of what is said


@dataclass(frozen=True)
class Lemma:
    """One entry: its name, in which way it is wrong or suspicious, and the truth about it.

    Without a ``statement`` it cannot be written, and ``problem`` says why.
    """

    name: str
    kind: str
    truth: bool
    statement: Statement | None
    problem: str = ""


@dataclass(frozen=True)
class Outcome:
    """What was said of a lemma, how many CPU seconds it took, and whether it can be written.

    If it is proved, ``certificate`` is the text of its proof.
    """

    name: str
    kind: str
    truth: bool
    verdict: str
    detail: str
    seconds: float
    written: bool = True
    certificate: str = ""

    @property
    def silent_error(self) -> bool:
        """Whether the opposite of the truth was said."""
        return self.verdict == ("refuted" if self.truth else "proved")


@cache
def lemmas(chosen: str = "errors") -> tuple[Lemma, ...]:
    """Read a corpus, wrong lemmas first.

    Parameters
    ----------
    chosen : str
        ``errors``, the wrong and the suspicious; ``papers``, the library with its false twins, and
        beside it the true lemmas of the same kinds that have no certificate yet; or a file of
        lemmas with twins that says in its first lines when it was written.
    """
    if chosen != SETS[0]:
        rows: list[tuple[str, Claim | Unread]]
        if chosen == "papers":
            rows = [(e.family, e.claim) for e in entries()]
            rows += [("open", claim) for claim in load(OPEN)]
        else:
            path = FOLDER / f"{chosen}.toml"
            kinds = {name: str(table.get("kind", chosen)) for name, table in tables(path).items()}
            rows = [(kinds[c.name], c) for c in read(path)]
        twins = [_lemma(kind, c, False) for kind, c in rows if chosen != "expressible"]
        return (*twins, *(_lemma(kind, c, True) for kind, c in rows))
    found: list[Lemma] = []
    for truth, path in FILES.items():
        kinds = {name: table["kind"] for name, table in tables(path).items()}
        found += [Lemma(c.name, kinds[c.name], truth == "true", c.statement) for c in load(path)]
    return tuple(found)


def _lemma(kind: str, claim: Claim | Unread, truth: bool) -> Lemma:
    name = claim.name if truth else f"{claim.name}.twin"
    if isinstance(claim, Unread):
        return Lemma(name, kind, truth, None, str(claim.problem))
    return Lemma(name, kind, truth, claim.statement if truth else claim.mutant)


def measure(
    chosen: tuple[Lemma, ...], budget_seconds: float = 6.0, jobs: int = 1
) -> Iterator[Outcome]:
    """Decide lemmas, in their order, in ``jobs`` processes; one that dies leaves its lemma open."""
    # Statements hold read-only mappings, which do not travel; places in the corpus do. Names recur
    # in other sets, so that a place is found by what is said, too.
    places = [_place(lemma) for lemma in chosen]
    task = partial(_judge_by_name, budget_seconds)
    found: dict[Place, Outcome] = {}
    waiting = iter(chosen)
    lemma = next(waiting, None)
    for place, outcome in spread(task, places, jobs, patience(budget_seconds)):
        if isinstance(outcome, Failure):
            lost = next(one for one in chosen if _place(one) == place)
            open_ = Verdict.UNDECIDED.value
            outcome = Outcome(lost.name, lost.kind, lost.truth, open_, outcome.reason, 0.0)
        found[place] = outcome
        while lemma is not None and _place(lemma) in found:
            yield found.pop(_place(lemma))
            lemma = next(waiting, None)


def _place(lemma: Lemma) -> Place:
    return lemma.name, lemma.truth, lemma.statement.digest if lemma.statement else ""


def _judge_by_name(budget_seconds: float, place: Place) -> Outcome:
    every = (one for chosen in SETS for one in lemmas(chosen))
    lemma = next(one for one in every if one.name == place[0] and _place(one) == place)
    return judge(lemma, budget_seconds)


def judge(lemma: Lemma, budget_seconds: float) -> Outcome:
    """Decide one lemma without looking at the truth about it."""
    if lemma.statement is None:
        return Outcome(
            lemma.name, lemma.kind, lemma.truth, "undecided", lemma.problem, 0.0, written=False
        )
    start = time.process_time()
    evidence = decide(lemma.statement, budget_seconds)
    verdict, written = evidence.verdict.value, evidence.verdict is not Verdict.UNSUPPORTED
    if not written:
        verdict = Verdict.UNDECIDED.value
    seconds = time.process_time() - start
    found = Outcome(lemma.name, lemma.kind, lemma.truth, verdict, evidence.detail, seconds, written)
    return replace(found, certificate=str(evidence.data.get("certificate") or ""))
