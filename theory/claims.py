"""What is claimed: statements that read like the paper, with their source and a false twin.

A :class:`Statement` is data. It is what provers try to establish, what a certificate is about
(through its digest) and what a counterexample violates; nothing here knows how it is decided.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, cast

from theory.errors import InputError
from theory.exact import Exact, exact
from theory.expressions import (
    INTERNAL_FUNCTIONS,
    Expression,
    Relation,
    Size,
    check_size,
    number,
    parse,
    parse_relation,
    rational_value,
)

SourceKey = Literal[
    "shamir2019",
    "du-hu2019",
    "wu-wang-ma2019",
    "nguyen-mondelli2020",
    "bartlett-helmbold-long2018",
    "arora-cohen-golowich-hu2019",
    "hu-xiao-pennington2020",
    "lemmata",
]
SOURCES: Mapping[SourceKey, str] = MappingProxyType(
    {
        "shamir2019": "Shamir, COLT 2019, PMLR v99",
        "du-hu2019": "Du, Hu, ICML 2019, arXiv 1901.08572v3",
        "wu-wang-ma2019": "Wu, Wang, Ma, NeurIPS 2019, arXiv 1911.00645",
        "nguyen-mondelli2020": "Nguyen, Mondelli, NeurIPS 2020, arXiv 2002.07867v3",
        "bartlett-helmbold-long2018": "Bartlett, Helmbold, Long, ICML 2018, arXiv 1802.06093",
        "arora-cohen-golowich-hu2019": "Arora, Cohen, Golowich, Hu, ICLR 2019, arXiv 1810.02281",
        "hu-xiao-pennington2020": "Hu, Xiao, Pennington, ICLR 2020",
        "lemmata": "this project",
    }
)

Domain = Literal["real", "positive", "nonnegative", "integer", "gaussian", "uniform", "measured"]
"""How a variable is quantified: over all reals (positive, nonnegative, integers), or drawn
(standard normal; uniform of unit variance, on [-sqrt(3), sqrt(3)]), or read off an experiment."""

MAX_UNFOLDED = 20_000
"""Operations in a side of a statement once all its definitions are unfolded."""

STATEMENT_FUNCTIONS = INTERNAL_FUNCTIONS | {"min", "max", "E", "P"}


@dataclass(frozen=True)
class Source:
    """Where a statement comes from.

    Attributes
    ----------
    key : SourceKey
        The paper, or ``"lemmata"`` for our own.
    statement : str
        Its number there, such as ``"Lemma 7"``.
    sureness : str
        ``"read"`` in the paper, ``"restated"`` in a later one, ``"memory"``, or ``"re-derived"``
        here.
    """

    key: SourceKey
    statement: str
    sureness: Literal["read", "restated", "memory", "re-derived"] = "read"


@dataclass(frozen=True)
class Statement:
    """For all variables in their domains: definitions, then hypotheses imply the conclusion.

    Attributes
    ----------
    variables : mapping of str to Domain
        Every free name and how it is quantified.
    conclusion : Relation
        The claim proper.
    definitions : mapping of str to Expression
        Abbreviations, each in terms of variables, constants and earlier abbreviations.
    hypotheses : mapping of str to Relation
        Named assumptions.
    constants : mapping of str to Fraction
        The named numbers that can be refuted, sharpened or replaced.
    scope : str
        What the variables stand for, such as ``"every depth k >= 2"``.
    witness : mapping of str to Fraction
        A point that satisfies all hypotheses; shows that the claim is not about nothing.
    """

    variables: Mapping[str, Domain]
    conclusion: Relation
    definitions: Mapping[str, Expression] = field(default_factory=dict)
    hypotheses: Mapping[str, Relation] = field(default_factory=dict)
    constants: Mapping[str, Fraction] = field(default_factory=dict)
    scope: str = ""
    witness: Mapping[str, Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for slot in ("variables", "definitions", "hypotheses", "constants", "witness"):
            object.__setattr__(self, slot, MappingProxyType(dict(getattr(self, slot))))

    @property
    def domains(self) -> frozenset[str]:
        """How its variables are quantified, without repetition."""
        return frozenset(self.variables.values())

    @property
    def canonical(self) -> str:
        """The statement as deterministic JSON; equal statements give equal text."""
        return json.dumps(
            {
                "variables": dict(sorted(self.variables.items())),
                "definitions": [[n, str(e)] for n, e in self.definitions.items()],
                "hypotheses": {n: str(r) for n, r in sorted(self.hypotheses.items())},
                "conclusion": str(self.conclusion),
                "constants": {n: str(v) for n, v in sorted(self.constants.items())},
                "scope": self.scope,
            },
            sort_keys=True,
            separators=(",", ":"),
        )

    @property
    def digest(self) -> str:
        """SHA-256 of :attr:`canonical`; a certificate names the statement by it."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    def expand(self, relation: Relation) -> Relation:
        """Unfold definitions and constants, so that only variables remain."""
        known: dict[str, Expression] = {n: number(v) for n, v in self.constants.items()}
        for abbreviation, meaning in self.definitions.items():
            known[abbreviation] = meaning.substitute(known)
        return relation.substitute(known)

    @property
    def obligation(self) -> Relation:
        """The conclusion in the variables alone."""
        return self.expand(self.conclusion)

    @property
    def assumptions(self) -> Mapping[str, Relation]:
        """The hypotheses in the variables alone."""
        return {n: self.expand(r) for n, r in self.hypotheses.items()}

    def holds_at(self, point: Mapping[str, Fraction]) -> bool | None:
        """Decide the implication at one exact point; None where a value is not rational."""
        for hypothesis in self.assumptions.values():
            satisfied = relation_at(hypothesis, point)
            if satisfied is not True:
                return None if satisfied is None else True
        return relation_at(self.obligation, point)

    def assumptions_hold_at(self, point: Mapping[str, Fraction]) -> bool:
        """Say whether every hypothesis is (decidably) true at an exact point of the domains."""
        return all(_in_domain(d, point.get(v)) for v, d in self.variables.items()) and all(
            relation_at(h, point) is True for h in self.assumptions.values()
        )

    def with_constants(self, **values: Exact) -> Statement:
        """The same statement about other numbers."""
        unknown = set(values) - set(self.constants)
        if unknown:
            raise InputError("constant", f"no constant is called {min(unknown)!r}")
        new = {n: exact(v, n) for n, v in values.items()}
        return replace(self, constants={**self.constants, **new})

    def but(
        self,
        conclusion: str = "",
        definitions: Mapping[str, str] | None = None,
        hypotheses: Mapping[str, str] | None = None,
    ) -> Statement:
        """A variant, for mutants: parts given as text replace the parts of the same name."""
        return statement(
            variables=self.variables,
            conclusion=conclusion or str(self.conclusion),
            definitions={n: str(e) for n, e in self.definitions.items()} | dict(definitions or {}),
            hypotheses={n: str(r) for n, r in self.hypotheses.items()} | dict(hypotheses or {}),
            constants=cast(Mapping[str, Exact], self.constants),
            scope=self.scope,
            witness=cast(Mapping[str, Exact], self.witness),
        )


@dataclass(frozen=True)
class Claim:
    """A statement with a name, a source, and a false twin that every check must refute.

    Attributes
    ----------
    name : str
        How users select it: lower case, hyphens.
    title : str
        One line for people.
    source : Source
        Where it comes from.
    statement : Statement
        What is claimed.
    mutant : Statement
        The negative control: deliberately false.
    """

    name: str
    title: str
    source: Source
    statement: Statement
    mutant: Statement

    def __post_init__(self) -> None:
        if self.mutant.digest == self.statement.digest:
            raise InputError(self.name, "the mutant is the statement itself")


def statement(
    variables: Mapping[str, Domain],
    conclusion: str,
    definitions: Mapping[str, str] | None = None,
    hypotheses: Mapping[str, str] | None = None,
    constants: Mapping[str, Exact] | None = None,
    scope: str = "",
    witness: Mapping[str, Exact] | None = None,
) -> Statement:
    """Build a :class:`Statement` from text.

    Raises
    ------
    InputError
        If a name is undeclared, a formula malformed, a number a float, or the witness does not
        satisfy the hypotheses.
    """
    values = {n: exact(v, n) for n, v in (constants or {}).items()}
    known = set(variables) | set(values) | {"pi"}
    meanings: dict[str, Expression] = {}
    sizes: dict[str, Size] = {}
    for abbreviation, text in (definitions or {}).items():
        if abbreviation in known:
            raise InputError(abbreviation, "is defined twice")
        meaning = parse(text, frozenset(known), STATEMENT_FUNCTIONS, abbreviation)
        sizes[abbreviation] = check_size(meaning, abbreviation, sizes, values, MAX_UNFOLDED)
        meanings[abbreviation] = meaning
        known.add(abbreviation)
    names = frozenset(known)
    made = Statement(
        variables=variables,
        conclusion=parse_relation(conclusion, names, STATEMENT_FUNCTIONS, "conclusion"),
        definitions=meanings,
        hypotheses={
            n: parse_relation(text, names, STATEMENT_FUNCTIONS, n)
            for n, text in (hypotheses or {}).items()
        },
        constants=values,
        scope=scope,
        witness={n: exact(v, n) for n, v in (witness or {}).items()},
    )
    for part, relation in {**made.hypotheses, "conclusion": made.conclusion}.items():
        for side in (relation.left, relation.right):
            check_size(side, part, sizes, values, MAX_UNFOLDED)
    if made.witness and not made.assumptions_hold_at(made.witness):
        raise InputError("witness", "does not satisfy the hypotheses")
    return made


def relation_at(relation: Relation, point: Mapping[str, Fraction]) -> bool | None:
    """Decide a relation at an exact point; None where a side is not rational or divides by zero."""
    try:
        left, right = rational_value(relation.left, point), rational_value(relation.right, point)
    except ZeroDivisionError:
        return None
    return None if left is None or right is None else relation.decide(left, right)


def _in_domain(domain: Domain, value: Fraction | None) -> bool:
    if value is None:
        return False
    match domain:
        case "positive":
            return value > 0
        case "nonnegative":
            return value >= 0
        case "integer":
            return value.denominator == 1
    return True
