"""Statements: for all variables in their domains, hypotheses imply a conclusion.

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
    Expression,
    Relation,
    Size,
    check_size,
    number,
    rational_value,
)
from theory.gram import Gram, Written
from theory.layers import Layers
from theory.names import fresh, separator
from theory.relaxed import Relaxed, relaxed
from theory.renumbered import admitted

Domain = Literal[
    "real",
    "positive",
    "nonnegative",
    "integer",
    "gaussian",
    "uniform",
    "unit",
    "rademacher",
    "measured",
    "matrix",
    "commuting",
]
"""How a variable is quantified: over all reals (positive, nonnegative, integers), or drawn
(standard normal; uniform of unit variance, on [-sqrt(3), sqrt(3)]; uniform on [0, 1]; a fair
sign), or read off an experiment; or over all real matrices of compatible shapes, which do not
commute; or over all
commuting symmetric matrices of one size, which are read eigenvalue by eigenvalue
(:mod:`theory.language.spectra`)."""
DRAWN = frozenset({"gaussian", "uniform", "unit", "rademacher"})

MAX_UNFOLDED = 20_000
"""Operations in a side of a statement once all its definitions are unfolded."""


@dataclass(frozen=True)
class Part:
    """One of several conclusions, with hypotheses of its own.

    Attributes
    ----------
    hypotheses : mapping of str to Relation
        What is assumed besides the hypotheses of the statement.
    conclusion : Relation
        What is concluded.
    """

    hypotheses: Mapping[str, Relation]
    conclusion: Relation

    def __str__(self) -> str:
        given = ", ".join(map(str, self.hypotheses.values()))
        return f"if {given}: {self.conclusion}" if given else str(self.conclusion)


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
    layers : Layers or None
        For a claim about every depth: what a layer is, and which quantities it updates.
    parts : tuple of Part
        Of a statement with several conclusions: all of them are claimed, and ``conclusion`` is
        the first. Hypotheses about accumulators are about the moment of the conclusion.
    chosen : mapping of str to Expression
        Variables that a hypothesis determines, such as ``m`` for ``floor(x)``, by a formula whose
        value, rounded down, is theirs; for the search of counterexamples only.
    gram : Gram or None
        Of a claim about functions: which variables are what. For the search only.
    written : Written or None
        Of a claim about functions: what it was before it was reduced. For people only.
    relaxed : Relaxed or None
        Of a claim about values without formula: what they are, and instances of the claim in which
        they have one. Only these are refuted.
    settled : frozenset of str
        Constants by which something was counted when the claim was read: they keep their value.
    demands : tuple of Relation
        What was used of constants when the claim was read: other numbers have to satisfy it.
    leaned : frozenset of str
        Hypotheses by which it was read: without one of them the sentence is another statement.
    """

    variables: Mapping[str, Domain]
    conclusion: Relation
    definitions: Mapping[str, Expression] = field(default_factory=dict)
    hypotheses: Mapping[str, Relation] = field(default_factory=dict)
    constants: Mapping[str, Fraction] = field(default_factory=dict)
    scope: str = ""
    witness: Mapping[str, Fraction] = field(default_factory=dict)
    layers: Layers | None = None
    parts: tuple[Part, ...] = ()
    chosen: Mapping[str, Expression] = field(default_factory=dict)
    gram: Gram | None = None
    written: Written | None = None
    relaxed: Relaxed | None = None
    settled: frozenset[str] = frozenset()
    demands: tuple[Relation, ...] = ()
    leaned: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for slot in ("variables", "definitions", "hypotheses", "constants", "witness", "chosen"):
            object.__setattr__(self, slot, MappingProxyType(dict(getattr(self, slot))))

    @property
    def pieces(self) -> tuple[Statement, ...]:
        """The statements with one conclusion each that this one claims, all of them."""
        if not self.parts:
            return (self,)
        return tuple(
            replace(
                self,
                hypotheses={**self.hypotheses, **part.hypotheses},
                conclusion=part.conclusion,
                parts=(),
            )
            for part in self.parts
        )

    @property
    def concluded(self) -> str:
        """All that is concluded, as one line."""
        return "; and ".join(map(str, self.parts)) if self.parts else str(self.conclusion)

    @property
    def domains(self) -> frozenset[str]:
        """How its variables are quantified, without repetition."""
        return frozenset(self.variables.values())

    @property
    def canonical(self) -> str:
        """The statement as deterministic JSON; equal statements give equal text."""
        every_depth = {} if self.layers is None else {"layers": self.layers.canonical}
        return json.dumps(
            every_depth
            | {
                "variables": dict(sorted(self.variables.items())),
                "definitions": [[n, str(e)] for n, e in self.definitions.items()],
                "hypotheses": {n: str(r) for n, r in sorted(self.hypotheses.items())},
                "conclusion": (
                    [
                        [{n: str(r) for n, r in sorted(p.hypotheses.items())}, str(p.conclusion)]
                        for p in self.parts
                    ]
                    or str(self.conclusion)
                ),
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

    def _repr_latex_(self) -> str:
        """The statement as a formula, for notebooks."""
        from theory.stated import display  # typesetting reads claims

        return f"${display(self)}$"

    def expand(self, relation: Relation) -> Relation:
        """Unfold definitions and constants, so that only variables remain."""
        return relation.substitute(self._meanings())

    def expand_formula(self, formula: Expression) -> Expression:
        """Unfold definitions and constants in a formula."""
        return formula.substitute(self._meanings())

    def _meanings(self) -> dict[str, Expression]:
        known: dict[str, Expression] = {n: number(v) for n, v in self.constants.items()}
        for abbreviation, meaning in self.definitions.items():
            known[abbreviation] = meaning.substitute(known)
        return known

    @property
    def obligation(self) -> Relation:
        """The conclusion in the variables alone."""
        return self.expand(self.conclusion)

    @property
    def assumptions(self) -> Mapping[str, Relation]:
        """The hypotheses in the variables alone."""
        return {n: self.expand(r) for n, r in self.hypotheses.items()}

    def unrolled(self, depth: int) -> Statement:
        """The same claim for one depth; layer l's variable x is called x_l.

        Where the statement has such names already, there are more underscores.

        Raises
        ------
        InputError
            If the claim is not about every depth, or this depth makes it too large.
        """
        layers = self.layers
        if layers is None:
            raise InputError("depth", "the claim is not about layers")
        self._check_depth(layers, depth)
        taken = {*self.variables, *self.constants, *self.definitions, *layers.names}
        run = separator(layers.variables, taken)
        labels = separator(layers.hypotheses, self.hypotheses)
        own = {
            f"{x}{run}{layer}": domain
            for layer in range(1, depth + 1)
            for x, domain in layers.variables.items()
        }
        values = layers.values(depth, run)

        def ended(relation: Relation) -> Relation:
            return self.expand(relation).substitute(values)

        about = {n: ended(r) if r.names & set(layers.start) else r
                 for n, r in self.hypotheses.items()}  # fmt: skip
        made = {**about, **layers.assumptions(depth, run, labels)}
        said = [*self.hypotheses.values(), self.conclusion]
        said += [r for p in self.parts for r in (*p.hypotheses.values(), p.conclusion)]
        last = [self.expand_formula(s) for r in said for s in sides(r)]
        integers = {x for x, d in self.variables.items() if d == "integer"}
        plain = layers.expanded(self.expand_formula)
        for base in dict.fromkeys(plain.bases(last, depth, run, integers)):
            if base.value is None or base.value <= 0:
                made[fresh("power", made)] = Relation(base, ">", number(0))
        return replace(
            self,
            variables={**self.variables, **cast(Mapping[str, Domain], own)},
            hypotheses=made,
            conclusion=ended(self.conclusion),
            parts=tuple(
                Part({n: ended(r) for n, r in p.hypotheses.items()}, ended(p.conclusion))
                for p in self.parts
            ),
            scope=f"{self.scope}; {depth} layers",
            witness={},
            layers=None,
        )

    def _check_depth(self, layers: Layers, depth: int) -> None:
        """Refuse a depth at which formulas grow too large, before anything is unrolled."""

        def measured(e: Expression, sizes: Mapping[str, Size]) -> Size:
            return check_size(e, "depth", sizes, self.constants, MAX_UNFOLDED)

        if not 0 <= depth <= MAX_UNFOLDED:
            raise InputError("depth", f"between 0 and {MAX_UNFOLDED}")
        fixed: dict[str, Size] = {}
        for n, e in self.definitions.items():
            fixed[n] = measured(e, fixed)
        sizes = {n: measured(e, fixed) for n, e in layers.start.items()}
        for _ in range(depth):
            sizes = {n: measured(e, {**fixed, **sizes}) for n, e in layers.update.items()}
        for side in sides(self.conclusion):
            measured(side, {**fixed, **sizes})

    def holds_at(self, point: Mapping[str, Fraction]) -> bool | None:
        """Decide the implication at one exact point; None where a value is not rational.

        For a claim about every depth, the point says how many ``layers`` there are.
        """
        if self.relaxed is not None:
            about, left = self.about(point)
            return None if about is self else about.holds_at(left)
        if self.layers is not None:
            depth = point.get("layers", Fraction(0))
            return self.unrolled(int(depth)).holds_at(point)
        if self.parts:
            found = [piece.holds_at(point) for piece in self.pieces]
            return False if False in found else None if None in found else True
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
        admitted(self, new)
        made = replace(self, constants={**self.constants, **new})
        if self.relaxed is None:
            return made
        cases = ((sizes, one.with_constants(**values)) for sizes, one in self.instances)
        return relaxed(made, self.relaxed.said, cases, self.relaxed.theorems)

    @property
    def instances(self) -> tuple[tuple[Mapping[str, Fraction], Statement], ...]:
        """Of a claim about values without formula: itself for small sizes, where they have one."""
        fits = self.relaxed is not None and self.relaxed.of == self.digest
        return self.relaxed.instances if fits and self.relaxed is not None else ()

    def about(self, point: Mapping[str, Fraction]) -> tuple[Statement, Mapping[str, Fraction]]:
        """The statement that a counterexample is about, which may be an instance, and its point."""
        for sizes, statement in self.instances:
            if all(point.get(n) == v for n, v in sizes.items()):
                return statement, {x: v for x, v in point.items() if x not in sizes}
        return self, point

    def but(
        self,
        conclusion: str = "",
        definitions: Mapping[str, str] | None = None,
        hypotheses: Mapping[str, str] | None = None,
    ) -> Statement:
        """A variant, for mutants: parts given as text replace the parts of the same name."""
        from theory.language.reading import statement  # reading makes statements

        if self.parts and not conclusion:
            raise InputError("conclusion", "a variant of a claim of several conclusions says which")
        if self.relaxed is not None:
            raise InputError("conclusion", "a claim about values without formula has no variants")

        return statement(
            variables=self.variables,
            conclusion=conclusion or str(self.conclusion),
            definitions={n: str(e) for n, e in self.definitions.items()} | dict(definitions or {}),
            hypotheses={n: str(r) for n, r in self.hypotheses.items()} | dict(hypotheses or {}),
            constants=cast(Mapping[str, Exact], self.constants),
            scope=self.scope,
            witness=cast(Mapping[str, Exact], self.witness),
            layers=None if self.layers is None else self.layers.text,
        )


def sides(relation: Relation) -> tuple[Expression, Expression]:
    """Both sides of a relation."""
    return relation.left, relation.right


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
