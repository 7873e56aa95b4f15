"""Tables ``layers`` as they were typed: of texts, and no more than their four parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from theory.expressions.tokens import plain as spelled
from theory.names import shortened

_PARTS = ("variables", "hypotheses", "start", "next")
_NEEDED = {"start", "next"}
Table = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class TypedLayers:
    """What each layer consists of and does, in the words of whoever typed it.

    Attributes
    ----------
    domains : mapping of str to str
        The variables of a layer, as they were declared.
    hypotheses : mapping of str to str
        What every layer satisfies, by name.
    start, update : mapping of str to str
        Accumulators: the value at first, and the value after one more layer.
    """

    domains: Mapping[str, str] = field(default_factory=dict)
    hypotheses: Mapping[str, str] = field(default_factory=dict)
    start: Mapping[str, str] = field(default_factory=dict)
    update: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> Mapping[str, str]:
        """The variables of a layer by the names that formulas have for them."""
        return {spelled(x): said for x, said in self.domains.items()}

    @property
    def given(self) -> tuple[str, ...]:
        """In the order in which one would say it; nothing where there are no layers."""
        if not self.start:
            return ()
        inside = [f"{x} {said}" for x, said in self.domains.items()]
        inside += self.hypotheses.values()
        inside += [f"{n} -> {said}" for n, said in self.update.items()]
        first = (f"{n} = {said} at first" for n, said in self.start.items())
        return (*first, f"in each of any number of layers: {', '.join(inside)}")


def is_table(part: Any) -> bool:
    """Whether something is a table of layers whose formulas are texts."""
    return (
        isinstance(part, dict)
        and _NEEDED <= part.keys() <= set(_PARTS)
        and all(isinstance(own, dict) for own in part.values())
        and all(isinstance(t, str) for own in part.values() for pair in own.items() for t in pair)
    )


def size(part: Any) -> int:
    """How many texts a part of a claim has, those within its parts counted too."""
    if not isinstance(part, dict | list):
        return 0
    inner = part.values() if isinstance(part, dict) else ()
    return len(part) + sum(len(own) for own in inner if isinstance(own, dict))


def parts(table: Mapping[str, Mapping[str, Any] | None]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The parts of a table of layers in their order, without those that are empty."""
    for part in _PARTS:
        if own := table.get(part):
            yield part, dict(own)


def as_said(table: Table) -> TypedLayers:
    """The same for people, with what is too long for a line cut short."""
    said = {part: {n: shortened(t) for n, t in own.items()} for part, own in parts(table)}
    return TypedLayers(*(said.get(part, {}) for part in _PARTS))
