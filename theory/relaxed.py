"""Claims about values that have no formula: what these are, and where they have one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from theory.statements import Statement


@dataclass(frozen=True)
class Relaxed:
    """A claim of which theorems about some of its values are all that is used.

    What is proved of every number of which the theorems hold is true of the value itself; a number
    that fails shows nothing. A counterexample is one to an instance, in which all have a formula.

    Attributes
    ----------
    said : mapping of str to str
        What each of these numbers stands for.
    instances : tuple of (mapping of str to Fraction, Statement)
        The claim for small sizes, with the sizes.
    of : str
        The digest of the claim of which they are instances: a changed claim has none.
    theorems : frozenset of str
        The hypotheses, by name, that are theorems about these numbers: nobody assumed them.
    """

    said: Mapping[str, str]
    instances: tuple[tuple[Mapping[str, Fraction], Statement], ...] = ()
    of: str = ""
    theorems: frozenset[str] = frozenset()


def relaxed(
    statement: Statement,
    said: Mapping[str, str],
    instances: Iterable[tuple[Mapping[str, Fraction], Statement]],
    theorems: frozenset[str] = frozenset(),
) -> Statement:
    """The claim, which knows what its numbers stand for, and its instances."""
    return replace(statement, relaxed=Relaxed(said, tuple(instances), statement.digest, theorems))
