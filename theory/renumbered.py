"""Other numbers for the constants of a statement: which of them it is still read rightly for."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from theory.errors import InputError
from theory.expressions import Relation, rational_value

if TYPE_CHECKING:
    from theory.statements import Statement


def admitted(statement: Statement, new: Mapping[str, Fraction]) -> None:
    """Refuse numbers for which the sentence would have been read as another statement.

    Parameters
    ----------
    statement : Statement
        As it was read.
    new : mapping of str to Fraction
        What some of its constants are to be.

    Raises
    ------
    InputError
        If something was counted by a constant, or the reading rests on its sign, or there is no
        class with such a parameter.
    """
    old = statement.constants
    changed = {n for n, v in new.items() if v != old[n]}
    for n in sorted(statement.settled & changed):
        raise InputError("constant", f"{n} says how many there are: write the claim anew")
    if statement.relaxed is not None and any(
        (new[n] > 0, new[n] < 0) != (old[n] > 0, old[n] < 0) for n in changed
    ):  # it was read with theorems that hold for the sign that the number had
        raise InputError("constant", "another sign of it wants other theorems: write it anew")
    for r in statement.demands:
        if r.names & changed and not _holds(r, {**old, **new}):
            raise InputError("constant", f"it is read as a claim with {r}: write it anew")


def _holds(r: Relation, at: Mapping[str, Fraction]) -> bool:
    try:
        left, right = rational_value(r.left, at), rational_value(r.right, at)
    except ZeroDivisionError:
        return False
    return left is not None and right is not None and r.decide(left, right)
