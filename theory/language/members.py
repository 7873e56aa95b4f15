"""Which members of a sequence of arbitrary numbers a claim looks at, counted from the end n."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from theory.errors import Unsupported
from theory.expressions import Expression, rational_value
from theory.language.indices import SUMS, shift


@dataclass
class Seen:
    """Places at which a claim asks for members of one sequence.

    Attributes
    ----------
    near : set of int
        Every k of a member a[n + k], where n is the end of the sums: outside of sums as it stands,
        inside of them for the term that the next step adds, less one.
    fixed : set of int
        Every k of a member a[k].
    plain : bool
        Whether it stands only as the member of the index itself, in sums that end alike.
    """

    near: set[int] = field(default_factory=set)
    added: set[int] = field(default_factory=set)
    fixed: set[int] = field(default_factory=set)

    @property
    def plain(self) -> bool:
        """Whether each step looks at one member only, its own."""
        return not self.near and not self.fixed and len(self.added) <= 1


def seen(e: Expression, n: str, families: Collection[str], found: dict[str, Seen],
         bound: Mapping[str, int | None] | None = None) -> None:  # fmt: skip
    """Note the members of families in a formula.

    ``bound`` says of each index how far beyond n it is in the term that a step adds.
    """
    bound = bound or {}
    if e.head in SUMS:
        index, first, last, body = e.args
        c: int | None = None
        for name_, ahead in ((n, 1), *((i, a) for i, a in bound.items() if a is not None)):
            k, moves = shift(last, name_)
            if moves and k is not None:
                c = k + ahead
        seen(first, n, families, found, bound)
        seen(body, n, families, found, {**bound, index.name: c})
        return
    if e.head == "item" and e.args[0].name in families:
        x, at = e.args
        said = found.setdefault(x.name, Seen())
        value = rational_value(at)
        if value is not None and value.denominator == 1:
            said.fixed.add(int(value))
            return
        for i, further in bound.items():
            k, moves = shift(at, i)
            if moves and k is not None and further is not None:
                said.added.add(k + further)
                return
        k, moves = shift(at, n)
        if moves and k is not None:
            said.near.add(k)
            return
        raise Unsupported("sum", f"the member {x.name}[{at}]")
    for a in e.args:
        seen(a, n, families, found, bound)
