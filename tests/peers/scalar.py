"""Lemmas about finitely many real numbers, with definitions and constants put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from theory.expressions import Expression, Relation, number
from theory.statements import Domain, Statement

DOMAINS = ("real", "positive", "nonnegative", "integer")


class Unwritten(Exception):
    """The lemma has something that the peer's language does not."""


@dataclass(frozen=True)
class Scalar:
    """For all variables in their domains: the hypotheses imply the conclusion."""

    variables: Mapping[str, Domain]
    hypotheses: tuple[Relation, ...]
    conclusion: Relation


def scalars(statement: Statement) -> Iterator[Scalar]:
    """The lemmas with one conclusion each that a statement claims.

    Raises
    ------
    Unwritten
        If it is about all n, or about something else than numbers.
    """
    if statement.layers is not None or statement.relaxed is not None:
        raise Unwritten("all n")
    for domain in statement.variables.values():
        if domain not in DOMAINS:
            raise Unwritten(domain)
    known: dict[str, Expression] = {n: number(v) for n, v in statement.constants.items()}
    for name, formula in statement.definitions.items():
        known[name] = formula.substitute(known)
    for piece in statement.pieces:
        given = tuple(r.substitute(known) for r in piece.hypotheses.values())
        yield Scalar(statement.variables, given, piece.conclusion.substitute(known))
