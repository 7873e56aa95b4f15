"""What a statement about functions knows of itself besides its text: for the search, for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from theory.expressions import Condition, Expression, Relation


class Sampled(NamedTuple):
    """What is asked at one point: vectors by their coefficients, and the name of the value.

    Members a x^2/2 of a class, or a x, have an a between two ends (None for no upper one).
    """

    point: Mapping[str, Expression]
    gradient: Mapping[str, Expression]
    value: str
    ends: tuple[Expression, Expression | None]


@dataclass(frozen=True)
class Gram:
    """Which variables of a claim about functions are what; the others are its parameters.

    Attributes
    ----------
    vectors : tuple of tuple of str
        The coordinates of each of the points and gradients, the k-th of which has k of them.
    values : tuple of str
        The values of functions.
    members : tuple of Relation
        What a counterexample has to satisfy besides the hypotheses, where these are not enough
        for there to be a function through its points.
    samples : tuple of Sampled
    """

    vectors: tuple[tuple[str, ...], ...]
    values: tuple[str, ...]
    members: tuple[Relation, ...] = ()
    samples: tuple[Sampled, ...] = ()

    @property
    def first(self) -> tuple[str, ...]:
        """The first coordinate of each vector."""
        return tuple(vector[0] for vector in self.vectors)

    @property
    def names(self) -> frozenset[str]:
        """All of them."""
        return frozenset({x for vector in self.vectors for x in vector} | {*self.values})


@dataclass(frozen=True)
class Written:
    """A claim about functions as a person wrote it, before it was reduced to numbers.

    Attributes
    ----------
    classes : mapping of str to str
        Functions and operators with what is assumed of them.
    points : mapping of str to str
        Points with what they are: ``vector``, ``minimiser of f``.
    numbers : mapping of str to str
        The other variables with their domains.
    definitions : mapping of str to Expression
    hypotheses : mapping of str to Condition
    conclusion : Condition
    """

    classes: Mapping[str, str]
    points: Mapping[str, str]
    numbers: Mapping[str, str]
    definitions: Mapping[str, Expression]
    hypotheses: Mapping[str, Condition]
    conclusion: Condition

    def __str__(self) -> str:
        """One line: all that is given, then what is claimed."""
        parts = [f"{f} {said}" for f, said in self.classes.items()]
        parts += [f"{x} {said}" for x, said in self.points.items() if said != "vector"]
        parts += [f"{x} = {e}" for x, e in self.definitions.items()]
        parts += [joined(c) for c in self.hypotheses.values()]
        return f"{'; '.join(parts)}: {joined(self.conclusion)}"


def joined(condition: Condition) -> str:
    """Comparisons as text."""
    clauses = [" or ".join(map(str, clause)) for clause in condition]
    return " and ".join(f"({c})" if " or " in c and len(clauses) > 1 else c for c in clauses)


@dataclass(frozen=True)
class Reduced:
    """A claim about functions in terms of vectors and numbers.

    Attributes
    ----------
    variables, definitions, hypotheses : dict of str to str
    conclusion : str
        As in a file of claims.
    gram : Gram
        Which of the variables of the statement are what.
    written : Written
        The claim before it was reduced.
    members : dict of str to str
        What a counterexample has to satisfy besides, to be one by a member of the classes.
    answers : tuple of str
        The labels of hypotheses that say something of the answers of functions.
    asked : tuple of str
        What is claimed besides, without those hypotheses: that points have a value.
    settled : frozenset of str
        Constants by which something was counted.
    demands : tuple of Relation
        What was used of the numbers of constants.
    leaned : frozenset of str
        Labels of hypotheses by which it was read.
    """

    variables: dict[str, str]
    definitions: dict[str, str]
    hypotheses: dict[str, str]
    conclusion: str
    gram: Gram
    written: Written
    members: dict[str, str]
    answers: tuple[str, ...]
    asked: tuple[str, ...]
    settled: frozenset[str]
    demands: tuple[Relation, ...]
    leaned: frozenset[str]
