"""Claims bent word by word: ``python -m tests.fuzz.language --claims 2000``.

Claims of the corpora, of the library and of the page of the language exchange words, brackets,
domains and whole clauses, so that what comes out is nearly what somebody meant. Each is read,
decided in a moment, typeset, and its proof checked and exported, its counterexample written as a
script. What is wrong with it is one line, and anything else is printed; the exit code is then 1.

All of it happens in one process, some forty times as fast as through the command line.
"""

from __future__ import annotations

import argparse
import re
import resource
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from proofs import corpus
from proofs.commands import show
from proofs.core import check
from proofs.evidence.verdicts import Verdict
from proofs.export import Untranslatable, translate
from proofs.refutation import standalone
from proofs.verification.decide import decide
from tests.fuzz.formulas import HOSTILE, examples
from tests.fuzz.grammar import ROOT
from theory.claim_files import KEYS, Unread, entry, tables
from theory.claims import Claim, Statement
from theory.errors import InputError

BUDGET, LONGEST, MEMORY = 0.06, 20.0, 4 << 30
_WORD = re.compile(r"\s+|[A-Za-z_][A-Za-z_0-9]*|\d+(?:\.\d+)?|\*\*|[<>=!]=|.", re.DOTALL)
_CLOSED = {"(": ")", "[": "]"}
_NUMBERS = ("0", "1", "-1", "2", "1/2", "n", "10**30", "1e-30", "0.999", "(1/0)", "inf", "pi", "e")
_HERE = Path("it.toml")


class Slow(BaseException):
    """A claim took longer than any budget allows."""


@cache
def material() -> tuple[Mapping[str, Any], ...]:
    """Every claim that ships with us in the language of users."""
    library = sorted((ROOT / "theory" / "catalogue" / "library").glob("*.toml"))
    files = [*sorted(corpus.FOLDER.glob("*.toml")), *library]
    found = [table for path in files for table in tables(path).values()]
    kept = KEYS - {"source", "title", "kind", "cited", "truth", "equality"}
    return (*examples(), *({k: v for k, v in t.items() if k in kept} for t in found))


class Words:
    """Claims that exchange words, from one source of randomness."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def claim(self) -> dict[str, Any]:
        """One claim, changed in one to four places."""
        made = dict(self.random.choice(material()))
        for _ in range(self.random.choice((1, 1, 1, 2, 2, 4))):
            made = self._changed(made)
        return made

    def _changed(self, claim: dict[str, Any]) -> dict[str, Any]:
        kind, other = self.random.random(), self.random.choice(material())
        if kind < 0.12:  # a whole clause of another claim
            key = self.random.choice(sorted(other))
            return {**claim, key: self._joined(claim.get(key), other[key])}
        if kind < 0.17 and len(claim) > 2:
            lost = self.random.choice(sorted(claim))
            return {k: v for k, v in claim.items() if k != lost}
        key = self.random.choice(sorted(claim))
        return {**claim, key: self._bent(claim[key], other)}

    def _joined(self, ours: Any, theirs: Any) -> Any:
        if isinstance(ours, dict) and isinstance(theirs, dict) and theirs:
            some = self.random.sample(sorted(theirs), self.random.randint(1, len(theirs)))
            return {**ours, **{k: theirs[k] for k in some}}
        return theirs

    def _bent(self, value: Any, other: Mapping[str, Any]) -> Any:
        if isinstance(value, dict) and value:
            key = self.random.choice(sorted(value))
            if self.random.random() < 0.06:
                return {k: v for k, v in value.items() if k != key}
            return {**value, key: self._bent(value[key], other)}
        if isinstance(value, list) and value:
            place = self.random.randrange(len(value))
            if self.random.random() < 0.1:
                return value[:place] + value[place:] * self.random.choice((0, 2))
            return [*value[:place], self._bent(value[place], other), *value[place + 1 :]]
        if not isinstance(value, str):
            return self.random.choice((*_NUMBERS, 0, -1, 10**40, True, [], {}))
        return self._reworded(value, self.random.choice(list(_texts(other)) or ["x"]))

    def _reworded(self, text: str, other: str) -> str:
        ours, theirs, random = _WORD.findall(text) or ["x"], _WORD.findall(other), self.random
        begin, end = self._part(ours)
        kind = random.randrange(8)
        if kind == 0:
            return other
        if kind == 1:
            new = [random.choice(_NUMBERS)]
        elif kind == 2 and random.random() < 0.4:
            new = [random.choice((*HOSTILE, "and", "or", "^", "|", "!", "in", "==", "<", "-"))]
        elif kind == 3:
            new = []
        elif kind in (4, 5):  # a word for another of its class, of theirs or of ours
            begin = random.randrange(len(ours))
            alike = [w for w in (theirs, ours)[kind == 5] if _class(w) == _class(ours[begin])]
            end, new = begin + 1, [random.choice(alike or ours)]
        else:  # a bracket of theirs for one of ours
            here, there = self._part(theirs) if theirs else (0, 0)
            new = theirs[here:there]
        return "".join([*ours[:begin], *new, *ours[end:]])

    def _part(self, words: list[str]) -> tuple[int, int]:
        """A word or, more often, a call or a bracket."""
        opened = [i for i, w in enumerate(words) if w in _CLOSED]
        if not opened or self.random.random() < 0.3:
            begin = self.random.randrange(len(words))
            return begin, begin + 1
        begin, depth = self.random.choice(opened), 0
        for end in range(begin, len(words)):
            depth += (words[end] in _CLOSED) - (words[end] in _CLOSED.values())
            if depth == 0:
                break
        named = begin and words[begin - 1][0].isalpha() and self.random.random() < 0.7
        return begin - bool(named), end + 1


def _class(word: str) -> str:
    return "word" if word[0].isalpha() else "number" if word[0].isdigit() else "sign"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


@contextmanager
def _patience(seconds: float) -> Iterator[None]:
    def late(_: int, frame: FrameType | None) -> None:
        raise Slow("".join(traceback.format_stack(frame)[-3:]))

    signal.signal(signal.SIGPROF, late)
    # Again and again: what is raised while Python collects garbage is lost.
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def tried(table: dict[str, Any]) -> str:
    """Do with a claim all that the commands do with one; say what came of it.

    Raises
    ------
    Exception
        Whatever is a mistake of ours.
    """
    try:
        claim = entry(_HERE, "it", {"it": table})
        if isinstance(claim, Unread):
            raise claim.problem
    except InputError as refused:
        return _one_line(refused, "refused")
    show._row(claim)
    show._text(claim)
    _decided(claim.mutant, claim)
    return _decided(claim.statement, claim)


def _one_line(refused: InputError, outcome: str) -> str:
    if not (refused.argument and refused.problem and str(refused).isprintable()):
        raise AssertionError(f"no line: {refused!r}")
    return outcome


def _decided(statement: Statement, claim: Claim) -> str:
    try:
        found = decide(statement, BUDGET, hints=claim.hints)
    except InputError as refused:
        return _one_line(refused, "refused by a hint")
    if found.verdict is Verdict.PROVED and (text := found.data.get("certificate")):
        check.check(str(text))
        try:
            translate(str(text), "it")
        except Untranslatable:
            return "proved, not written in Coq"
    if found.counterexample is not None:
        try:
            written = standalone.script(statement, found.counterexample)
        except InputError:
            return "refuted, not written as a script"
        compile(written, "it.py", "exec")
    return found.verdict.value


def campaign(seed: int, count: int) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Try claims; yield each, what came of it, and the kind of failure, if it is one."""
    for number in range(count):
        table = Words(Random(f"{seed}/{number}")).claim()
        try:
            with _patience(LONGEST):
                outcome, kind = tried(table), ""
        except Slow as wrong:
            outcome, kind = "slow", f"slow: {_place(wrong)}"
        except Exception as wrong:
            said = f"{type(wrong).__name__}: {_place(wrong)}: {str(wrong)[:100]}"
            outcome, kind = "broken", said
        yield table, outcome, kind


def _place(wrong: BaseException) -> str:
    """Where in our files it went wrong."""
    frames = traceback.extract_tb(wrong.__traceback__)
    ours = [f for f in frames if f.filename.startswith(str(ROOT)) and "/tests/" not in f.filename]
    last = (ours or list(frames))[-1]
    return f"{Path(last.filename).name}:{last.lineno} {last.name}"


def main() -> int:
    """Run a campaign; exit 1 if anything broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    kinds: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    for number, (table, outcome, kind) in enumerate(campaign(chosen.seed, chosen.claims)):
        outcomes[outcome] += 1
        if kind:
            kinds[kind] += 1
            if kinds[kind] == 1:
                sys.stdout.write(f"{number}: {kind}\n    {table!r:.900}\n")
        if number % 200 == 199:
            sys.stdout.write(f"{number + 1} claims: {dict(outcomes)}\n")
        sys.stdout.flush()
    sys.stdout.write(f"{chosen.claims} claims: {dict(outcomes)}\n")
    for kind, count in kinds.most_common():
        sys.stdout.write(f"{count:6} {kind}\n")
    return 1 if kinds else 0


if __name__ == "__main__":
    sys.exit(main())
