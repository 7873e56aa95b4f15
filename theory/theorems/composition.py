"""A theorem's formal statement: claims and kernel theorems that together say what its words say.

A composition may say less than the words in one way only, which this module refuses: by speaking of
other things. So every name of its claims is a quantity of the words or one of the proof, every
hypothesis is one of the theorem or a fact with a name, the conclusion is about quantities of the
words alone, and every constant is one that the words take their number from.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from theory.claims import Claim
from theory.errors import InputError
from theory.ties import Tie

_NAME = re.compile(r"[^\W\d]\w*")
_SEQUENCE = re.compile(r"([^\W\d]\w*)\[")


@dataclass(frozen=True)
class Composition:
    """How the words of a theorem are stated for a machine.

    Attributes
    ----------
    claims : tuple of str
        Steps of the theorem's file. Where a proof cites other steps, they are its ``uses``.
    kernel : tuple of str
        Kernel theorems that, with the claims, are the whole statement.
    reads : mapping of str to str
        For names of the claims: the quantity, as it stands in the words.
    inner : mapping of str to str
        For names that only the proof speaks of: what they are.
    given : mapping of str to str
        For hypotheses of the claims, and rules of sequences: hypotheses of the theorem by their
        labels, a fact or theorem by its name, or the words that assume it.
    facts : tuple of str
        Classical facts, claims and theorems by which the parts are the statement.
    how : str
        How the parts make the whole, where they are not its sentences one by one: prose.
    """

    claims: tuple[str, ...] = ()
    kernel: tuple[str, ...] = ()
    reads: Mapping[str, str] = field(default_factory=dict)
    inner: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    how: str = ""

    def __post_init__(self) -> None:
        for slot in ("reads", "inner", "given"):
            object.__setattr__(self, slot, MappingProxyType(dict(getattr(self, slot))))

    @property
    def parts(self) -> tuple[str, ...]:
        """The claims and kernel theorems that are the statement."""
        return (*self.claims, *self.kernel)


def checked(
    where: str,
    made: Composition,
    tables: Mapping[str, Mapping[str, Any]],
    steps: Mapping[str, Claim],
    said: Collection[str],
    labels: Collection[str],
    names: Collection[str],
    ties: Collection[Tie],
) -> None:
    """Refuse a composition that is not about what the words are about.

    Parameters
    ----------
    where : str
        The theorem's file, for error messages.
    made : Composition
    tables : mapping of str to table
        The steps of the file as they are written.
    steps : mapping of str to Claim
        The same, read.
    said : collection of str
        The words, hypotheses and constants of the theorem.
    labels : collection of str
        The labels of its hypotheses.
    names : collection of str
        Whatever a proof may refer to.
    ties : collection of (str, str)
        The constants that the words take their numbers from.

    Raises
    ------
    InputError
        One line that names the file and what is wrong.
    """
    where = f"{where}: composition"
    if not made.parts:
        raise InputError(where, "claims or kernel theorems are wanted")
    sentences = [_plain(text) for text in said]
    for key, phrase in made.reads.items():
        if not any(_plain(phrase) in sentence for sentence in sentences):
            problem = f"{phrase[:60]!r} does not stand in the words"
            raise InputError(f"{where}: reads.{key}", problem)
    wanted: set[str] = set()
    assumed: set[str] = set()
    for label in made.claims:
        if label not in tables:
            raise InputError(f"{where}: claims", f"{label[:60]!r} is no step of this file")
        table = tables[label]
        wanted |= (own := set(_quantities(table)))
        assumed |= {*table.get("hypotheses", {}), *_sequences(table), *_layered(table)}
        assumed |= set(table.get("layers", {}).get("hypotheses", {}))
        for name in sorted(own - set(made.reads) - set(made.inner)):
            raise InputError(f"{where}: reads", f"{name!r} of {label} is no quantity of the words")
        for name in sorted(set(_concluded(table)) & set(made.inner)):
            problem = f"{label} concludes about {name!r}: say it in words"
            raise InputError(f"{where}: inner", problem)
        for constant in table.get("constants", {}):
            chain = {(label, constant), steps[label].ties.get(constant, (label, constant))}
            if not chain & set(ties):
                problem = f"the words do not take {{{label}.{constant}}}"
                raise InputError(where, problem)
    for key in ("reads", "inner"):
        for name in getattr(made, key):
            if name not in wanted:
                raise InputError(f"{where}: {key}", f"no claim of it speaks of {name!r}")
    for label in sorted(assumed - set(made.given)):
        raise InputError(f"{where}: given", f"nothing gives the hypothesis {label!r}")
    for label, source in made.given.items():
        if label not in assumed:
            raise InputError(f"{where}: given", f"no claim of it assumes {label!r}")
        known = source in names or sources(source) <= set(labels)
        if not known and not any(_plain(source) in sentence for sentence in sentences):
            raise InputError(f"{where}: given.{label}", f"{source[:60]!r} is given nowhere")


def sources(given: str) -> set[str]:
    """The labels of hypotheses in what gives one of a claim: one, or several with commas."""
    return {label.strip() for label in given.split(",")}


def unused(made: Composition, hypotheses: Mapping[str, str]) -> list[str]:
    """The hypotheses of a theorem that its claims neither assume nor read a quantity from.

    A proof that does not need a hypothesis should not make it; more often it needs it and does not
    say so. What a kernel theorem assumes stands in its own statement.
    """
    if made.kernel:
        return []
    named = {label for source in made.given.values() for label in sources(source)}
    said = (_plain(text) for text in (*made.reads.values(), *made.given.values()))
    phrases = [text for text in said if " " in text]  # a letter stands in many sentences
    return [
        label
        for label, text in hypotheses.items()
        if label not in named and not any(phrase in _plain(text) for phrase in phrases)
    ]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _quantities(table: Mapping[str, Any]) -> Iterator[str]:
    """The names that a claim quantifies over, as they are written."""
    for key in ("variables", "functions", "operators"):
        for part in table.get(key, {}):
            yield from (name.strip() for name in part.split(","))
    yield from _sequences(table)
    yield from _layered(table)
    yield from table.get("layers", {}).get("variables", {})


def _sequences(table: Mapping[str, Any]) -> set[str]:
    return {name for row in table.get("recursions", ()) for name in _SEQUENCE.findall(row)}


def _layered(table: Mapping[str, Any]) -> set[str]:
    return set(table.get("layers", {}).get("start", {}))


def _concluded(table: Mapping[str, Any]) -> set[str]:
    """The names in the conclusion, definitions unfolded."""
    found: set[str] = set()
    waiting = [str(table.get("conclusion", ""))]
    definitions = table.get("definitions", {})
    while waiting:
        for name in set(_NAME.findall(waiting.pop())) - found:
            found.add(name)
            waiting += [str(definitions[name])] if name in definitions else []
    return found
