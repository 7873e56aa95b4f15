"""The lemmas that everybody cites: finding one by words or by formula, and what it rests on.

The files are ``theory/catalogue/library/FAMILY.toml``, in the users' own language; certificates
come with the catalogue (:mod:`proofs.evidence.shelf`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from theory.catalogue.headings import FOLDER as CATALOGUE
from theory.catalogue.headings import Heading, lemmas
from theory.claims import Claim, Statement
from theory.errors import InputError
from theory.expressions import Expression, Relation, parse, parse_relation
from theory.expressions.abbreviations import ORACLES
from theory.expressions.tokens import plain as spelled
from theory.language.declarations import STATEMENT_FUNCTIONS
from theory.language.typed import INDEX, INDEXED
from theory.names import nearest

FOLDER = CATALOGUE / "library"
ALIKE = 0.5  # of what two statements say is the same
_OPERATORS = re.compile(r"[=<>≤≥+*/^|()√]|\d")
_NAME = re.compile(r"[^\W\d]\w*")
_APPLIED = re.compile(r"([^\W\d]\w*)\s*\(")
_ASKED = re.compile(rf"\b(?:{'|'.join(sorted(ORACLES))})\s*\(\s*([^\W\d]\w*)")
_ALONE = re.compile(r"([^\W\d]\w*)\b(?!\s*\()")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Entry:
    """One lemma of the library.

    Attributes
    ----------
    family : str
        The file it is in.
    claim : Claim
        Its name, usual name (``title``), statement and false twin.
    cited : str
        Where it is used.
    equality : str
        When it holds with equality.
    """

    family: str
    claim: Claim
    cited: str
    equality: str

    @property
    def bracket(self) -> tuple[str, str, str] | None:
        """The name of its constant, the proved value, and the refuted one of the false twin."""
        ours, theirs = self.claim.statement.constants, self.claim.mutant.constants
        moved = [n for n in ours if ours[n] != theirs.get(n)]
        if len(moved) != 1:
            return None
        return moved[0], str(ours[moved[0]]), str(theirs[moved[0]])


@cache
def _entry(name: str) -> Entry:
    heading = lemmas()[name]
    cited, equality = (str(heading.table.get(key, "")) for key in ("cited", "equality"))
    return Entry(heading.family, heading.claim, cited, equality)


def entries() -> tuple[Entry, ...]:
    """The whole library, family by family."""
    return tuple(map(_entry, lemmas()))


def named(name: str) -> Entry | None:
    """The lemma of a name, if there is one."""
    return _entry(name) if name in lemmas() else None


def search(query: str, limit: int = 10) -> list[tuple[Entry, float]]:
    """Lemmas that fit a query best, with scores between 0 and 1.

    Parameters
    ----------
    query : str
        Words (of names, titles, citations, families), or a formula, in which variables may have
        any names.
    limit : int
        How many at most.

    Raises
    ------
    InputError
        If the query is empty, or looks like a formula and is none.
    """
    if not query.strip():
        raise InputError("query", "words or a formula are wanted")
    if _OPERATORS.search(query):
        wanted = _shapes(_formula(query, "query"))
        scored = [(n, max(_likeness(wanted, own) for own in _typed_shapes(n))) for n in lemmas()]
        floor = 0.25
    else:
        words = _WORD.findall(_folded(query))
        scored = [(n, _fit(words, heading)) for n, heading in lemmas().items()]
        floor = 0.45
    kept = [(n, s) for n, s in scored if s >= floor]
    return [(_entry(n), s) for n, s in sorted(kept, key=lambda pair: -pair[1])[:limit]]


def alike(statement: Statement, limit: int = 2) -> list[Entry]:
    """Lemmas that share most of what a statement says, whatever its variables are called."""
    if statement.layers is not None or statement.parts:
        return []
    said = statement.obligation
    wanted = _shapes((said.left, said.right))
    if not wanted:
        return []
    scored = [(e, _likeness(wanted, _entry_shapes(e.claim.name))) for e in entries()]
    kept = [(e, score) for e, score in scored if score >= ALIKE]
    return [e for e, _ in sorted(kept, key=lambda pair: -pair[1])[:limit]]


def _fit(words: Sequence[str], lemma: Heading) -> float:
    """How many of the words a lemma has; those of its name and title count most."""
    name = _folded(f"{lemma.name} {lemma.title}")
    more = (str(lemma.table.get(key, "")) for key in ("cited", "equality"))
    every = _folded(f"{name} {lemma.family} {' '.join(more)}")
    return 0.7 * _share(words, every) + 0.3 * _share(words, name)


def _folded(text: str) -> str:
    """Small letters without marks, so that Hölder, Holder and Hoelder are one."""
    bare = (c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return re.sub("([aou])e", r"\1", "".join(bare))


def nearby(query: str) -> str:
    """The end of a message about what no lemma has: words that some have, the nearest formula."""
    if _OPERATORS.search(query):
        wanted = _shapes(_formula(query, "query"))
        scored = {n: max(_likeness(wanted, own) for own in _typed_shapes(n)) for n in lemmas()}
        best = max(scored, key=scored.__getitem__)
        return f"; the nearest lemma is {best}: lemmata show {best}" if scored[best] else ""
    known = {w for h in lemmas().values() for w in _WORD.findall(f"{h.name} {h.title}".lower())}
    return "".join({nearest(w, sorted(known), 2): None for w in _WORD.findall(query.lower())})


def _share(words: Sequence[str], text: str) -> float:
    """The share of words that occur; whole words count most."""
    own = set(_WORD.findall(text))
    points = [1.0 if w in own else 0.8 if any(o.startswith(w) for o in own) else 0.0 for w in words]
    return sum(points) / len(points) if points else 0.0


def _formula(text: str, argument: str) -> tuple[Expression, ...]:
    """Both sides of a formula, or one term; what is applied to something is a function."""
    text = spelled(text)
    applied = frozenset((*_APPLIED.findall(text), *_ASKED.findall(text))) - {"E", "P"}
    names = frozenset(_ALONE.findall(text)) - applied - frozenset(INDEX.findall(text))
    members = frozenset(INDEXED.findall(text))
    functions = STATEMENT_FUNCTIONS - names | applied | {"E", "P"}
    if re.search(r"[=<>≤≥]", text):
        relation = parse_relation(text, names, functions, argument, sequences=members)
        return (relation.left, relation.right)
    return (parse(text, names, functions, argument, sequences=members),)


@cache
def _typed_shapes(name: str) -> tuple[Counter[str], ...]:
    """What occurs in the conclusion of a lemma as it is typed, and with its definitions unfolded.

    That is what somebody would search for, whatever it is reduced to when it is read.
    """
    table = lemmas()[name].table
    unfolded: dict[str, Expression] = {}
    try:
        sides = _formula(str(table["conclusion"]), name)
        for short, typed in table.get("definitions", {}).items():
            unfolded[short] = _formula(str(typed), short)[-1].substitute(unfolded)
    except InputError:  # words of the language beyond formulas
        return (_entry_shapes(name),)
    whole = [side.substitute(unfolded) for side in sides]
    return (_shapes(sides), _shapes(whole)) if unfolded else (_shapes(sides),)


@cache
def _entry_shapes(name: str) -> Counter[str]:
    entry = named(name)
    assert entry is not None
    relation: Relation = entry.claim.statement.obligation
    return _shapes((relation.left, relation.right))


def _shapes(sides: Sequence[Expression]) -> Counter[str]:
    """What occurs in a formula, whatever its variables are called; large parts weigh more."""
    found: Counter[str] = Counter()
    for side in sides:
        for part in side.walk():
            if part.args:
                found[_shape(part)] += sum(1 for _ in part.walk())
    return found


def _shape(e: Expression) -> str:
    """A formula with its variables numbered by first occurrence."""
    numbers: dict[str, str] = {}
    return _NAME.sub(
        lambda m: (
            m[0] if m[0] in STATEMENT_FUNCTIONS else numbers.setdefault(m[0], f"v{len(numbers)}")
        ),
        str(e),
    )


def _likeness(wanted: Counter[str], own: Counter[str]) -> float:
    """How much of the query occurs, and a little for how little else there is."""
    common = (wanted & own).total()
    if not common:
        return 0.0
    return 0.8 * common / wanted.total() + 0.2 * common / (wanted | own).total()


def families() -> Iterator[tuple[str, int]]:
    """The families, with how many lemmas each has."""
    yield from Counter(h.family for h in lemmas().values()).items()
