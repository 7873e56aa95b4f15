"""Statements on their way from what was read to the words that provers know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any, cast

from theory.errors import InputError, Unsupported
from theory.expressions import (
    Expression,
    Relation,
    check_size,
    name,
    number,
    rational_value,
)
from theory.expressions.abbreviations import ZERO, op
from theory.language.aggregates import aggregated, given_or_chance
from theory.language.clauses import RANDOM, Clauses
from theory.language.declarations import number_of, spelled
from theory.language.definitions import (
    changed,
    copies_are_drawn,
)
from theory.language.draft import (
    SURFACE,
    Concluded,
    Draft,
    by_cases,
    surface,
    without_floors,
)
from theory.language.ended import ended
from theory.language.gammas import gammas
from theory.language.indices import index_names
from theory.language.integrals import without_calculus
from theory.language.laws import ASSUMED, Law
from theory.language.randomness import STANDARD, Draws, laws_of
from theory.language.recursions import reaches
from theory.language.unknowns import at_infinity, unknowns_of
from theory.names import fresh
from theory.statements import DRAWN, MAX_UNFOLDED, Domain, Statement, sides


class Lowering(Clauses):
    """One statement while it is read, and lowered step by step."""

    # Lowering -------------------------------------------------------------------------------------

    def lowered(self, recursions: Sequence[str]) -> Draft:
        """The draft in the words that provers know."""
        declared = self.declared
        variables: dict[str, Domain] = {
            n: "real" if d == "commuting" else d for n, d in declared.variables.items()
        }
        variables |= self.vector
        each = {
            x: law[law[0] == "each" :] for x, law in declared.laws.items() if law[0] != "vector"
        }
        known = {x: law[0] for x, law in each.items() if law[0] in DRAWN and len(law) == 1}
        variables |= {x: cast(Domain, kind) for x, kind in known.items()}
        laws = laws_of(
            {x: law for x, law in each.items() if x not in known},
            {x: d for x, d in variables.items() if d in DRAWN},
            {*declared.laws, *(x for x, d in variables.items() if d in DRAWN)},
            lambda text, x: declared.parse(text, x),
        )
        dimensions = {
            x: declared.parse(law[1], x)
            for x, law in declared.laws.items()
            if law[0] == "vector" and law[1]
        }
        variables |= {x: STANDARD[law[0]] for x, law in each.items()
                      if law[0] in STANDARD and x not in known}  # fmt: skip
        draft = Draft(
            variables,
            self.meanings,
            self.hypotheses,
            tuple(self.conclusions),
            self.layers,
            taken=frozenset({*declared.names, *self.vector, "pi", "layers"}),
        )
        sized, summed = set(dimensions), partial(self._reaches, draft, 0)
        independent, positive = declared.independent, declared.positives
        draft = draft.mapped(lambda e: aggregated(e, independent, dimensions, summed, positive))
        extrema = {n.args[0].name for n in draft.nodes() if n.head in ("max", "min")}
        for x, n in dimensions.items():
            if x in sized | extrema:
                draft = self._dimension(draft, x, n)
            elif given_or_chance(draft, x) and not self._reaches(draft, 1, n):
                raise InputError(str(n), f"a chance about a sum of {n} draws: assume {n} >= 1")
        whole = {n for n, q in declared.values.items() if q.denominator == 1}
        whole |= {x for x, d in variables.items() if d == "integer"}
        drawn = frozenset(x for x, law in declared.laws.items() if law[0] == "vector")
        weighted = drawn if draft.mentions({"item"}) else frozenset()
        laws |= {x: Law("gaussian") for x in weighted}
        draws = Draws(
            laws,
            dimensions,
            frozenset(declared.values),
            frozenset(whole),
            self.unknowns,
            declared.positives,
            declared.copies | weighted,
            declared.naturals,
            self.narrow,
        )
        for node in draft.nodes():
            if node.head == "prod" and len(node.args) == 2:  # of so many copies
                declared.values.settle(node.args[1])
        asked: list[Expression] = []
        for x, law in laws.items():
            if law.kind == "binomial" and not draws.whole(law.parameters[0]):
                raise InputError(x, "the number of trials is an integer, such as a natural n")
            if law.kind == "binomial":
                declared.values.settle(law.parameters[0])
            loose = [p for p in law.parameters if not unknowns_of(declared).valued(p)]
            asked += loose
            for a, operator, b in ASSUMED[law.kind](*law.parameters) if law.kind in ASSUMED else ():
                draft = _law_holds(draft, x, Relation(a, operator, b), bool(loose))  # type: ignore[arg-type]
        draft = self._unfolded(draft, draws)
        if draft.mentions({"item"}) and any(draws.sampled.asked(s) for r in draft.relations()
                                            for s in sides(r)):  # fmt: skip
            raise Unsupported("formula", "a sequence of draws outside of E, Var or Cov")
        if self.unknowns is not None:
            if self.norms is not None:
                self.norms.finished(
                    frozenset(n for r in draft.relations() for s in sides(r) for n in s.names)
                )
            gammas(draft, self.unknowns)
            if self.unknowns.aside:
                self.unknowns.spared({n for e in draft.nodes() for n in e.names})
            draft = self.unknowns.assumed(draft)
        draft = _with_values(draft, asked)
        draft = at_infinity(draft, self.unknowns or unknowns_of(declared))
        draft = without_calculus(draft, unknowns_of(declared))
        draft = self._counted(draft, recursions)
        if draft.layers is not None and "layers" in declared.quantified:
            raise InputError("layers", "is no name here: a point says under it how many there are")
        return by_cases(without_floors(draft))

    def _reaches(self, draft: Draft, least: int, end: Expression) -> bool:
        found = reaches(draft, least, end)
        self.declared.values.leaned |= {f"domain-{n}" for n in end.names if found}
        return found

    def _dimension(self, draft: Draft, x: str, n: Expression) -> Draft:
        """Assume that a drawn vector has a dimension: an integer, and at least 1."""
        self.declared.values.settle(n)
        values = {m: number(q) for m, q in self.declared.values.items()}
        whole = {m for m, d in draft.variables.items() if d == "integer"}
        plain = all(m.head in ("name", "number", "+", "-", "*", "neg") for m in n.walk())
        at = rational_value(n.substitute(values))
        if at is None and not (plain and n.substitute(values).names <= whole):
            raise InputError(x, f"the dimension {n} is not made of integers")
        if at is not None and at.denominator != 1:
            raise InputError(x, f"the dimension {n} is no integer")
        return _law_holds(draft, x, Relation(n if at is None else number(at), ">=", number(1)))

    def _unfolded(self, draft: Draft, draws: Draws) -> Draft:
        """Definitions unfolded where a lowering has work to do, and means in closed form."""

        def change(e: Expression, draws: Draws = draws) -> Expression:
            whole = e.substitute(self.meanings_unfolded)
            if any(n.head in RANDOM for n in whole.walk()):
                closed = draws.lowered(whole)
                if closed != whole:
                    return closed
            return whole if surface(whole) else e

        strict = replace(draws, assumed=unknowns_of(self.declared))
        held = replace(draft, conclusions=()).mapped(partial(change, draws=strict))
        said = replace(draft, hypotheses={}).mapped(change)
        return replace(said, hypotheses=held.hypotheses)

    @property
    def meanings_unfolded(self) -> dict[str, Expression]:
        """Definitions in terms of variables and constants."""
        known: dict[str, Expression] = {}
        for abbreviation, meaning in self.meanings.items():
            known[abbreviation] = meaning.substitute(known)
        return known

    def _counted(self, draft: Draft, recursions: Sequence[str]) -> Draft:
        declared, rows = self.declared, []
        for text in recursions:
            found = self.read(text, "recursions", True)
            if any(len(clause) != 1 for clause in found):
                raise InputError("recursions", "no 'or' in a recursion")
            rows += [changed(r, self.meanings_unfolded) for (r,) in found]
        conditions: dict[str, list[Relation]] = {}
        counters = {n for r in rows for n in index_names(r)}
        if len(counters) > 1:
            raise InputError("recursions", f"one counter is wanted, not {sorted(counters)}")
        counter = next(iter(counters), "")
        for x, q in declared.quantified.items():
            if x in declared.sequences and x not in declared.shaped:
                at = f"{x}[{counter}]"
                signs = {"positive": "@ > 0", "nonnegative": "@ >= 0"}
                texts = [*q.conditions, *([signs[q.kind]] if q.kind in signs else [])]
                for text in texts:
                    (clause,) = self.read(text.replace("@", at), x, True)
                    if len(clause) != 1:
                        raise Unsupported(x, "a sequence in a finite set")
                    conditions.setdefault(x, []).append(clause[0])
            elif x in declared.families:
                for text in q.conditions:
                    member = fresh("member", declared.names)
                    ((said, *others),) = declared.condition(text.replace("@", member), x, [member])
                    if others:
                        raise Unsupported(x, "a family in a finite set")
                    conditions.setdefault(x, []).append(said.substitute({member: name(x)}))
        families = {x: cast(Domain, q.kind) for x, q in declared.families.items()}
        for x, (kind, *_) in declared.spectra.items() if self.norms is None else ():
            families[x] = "real" if kind in ("symmetric", "vector") else "nonnegative"
            conditions[x] = self.spectrum.conditions.get(x, [])
        for x in families:
            conditions[x] = [changed(r, self.meanings_unfolded) for r in conditions.get(x, [])]
        return ended(draft, rows, families, conditions, counter)

    # The statement --------------------------------------------------------------------------------

    def made(self, draft: Draft, scope: str, witness: Mapping[str, Any]) -> Statement:
        """The statement that a draft is."""
        declared = self.declared
        if draft.mentions(SURFACE):
            left = next(n for r in draft.relations() for s in sides(r) for n in s.walk()
                        if n.head in SURFACE)  # fmt: skip
            word = {"sum_": "a sum", "prod_": "a product", "item": "a member of a sequence"}
            raise Unsupported("formula", f"{word.get(left.head, left.head)} in this place")
        draft, definitions = _still(draft, self.meanings)
        plain_, parts = draft.conjecture()
        used = {n for r in draft.relations() for s in sides(r) for n in s.names}
        if "inf" in used - set(draft.variables):
            raise InputError("inf", "it stands only at the ends of integrals and intervals")
        used |= {n for e in definitions.values() for n in e.names}
        kept = {x: d for x, d in draft.variables.items() if x not in declared.laws or x in used}
        point = {spelled(n): number_of(v, str(n)) for n, v in witness.items()}
        if unknown := set(point) - set(kept):
            raise InputError("witness", f"{min(map(str, unknown))[:40]!r} is no variable")
        if self.vector and point:
            point |= dict.fromkeys(self.vector, Fraction(1))
        single = len(parts) == 1
        made = Statement(
            variables=kept,
            conclusion=parts[0].conclusion,
            definitions=definitions,
            hypotheses={**plain_, **(parts[0].hypotheses if single else {})},
            constants=declared.values,
            settled=frozenset(declared.values.settled),
            demands=tuple(declared.values.demands),
            leaned=frozenset(declared.values.leaned),
            scope=scope,
            witness=point,
            layers=draft.layers,
            parts=() if single else parts,
            chosen=draft.chosen,
        )
        for piece in made.pieces:
            for part, relation in [*piece.hypotheses.items(), ("conclusion", piece.conclusion)]:
                for side in sides(relation):
                    check_size(side, part, self.sizes, {**declared.values}, MAX_UNFOLDED)
                for side in sides(made.expand(relation)):
                    copies_are_drawn(side, part)
        if made.witness and not made.assumptions_hold_at(made.witness):
            raise InputError("witness", "does not satisfy the hypotheses")
        return made


def _law_holds(draft: Draft, x: str, r: Relation, loose: bool = False) -> Draft:
    """Assume what a law wants of its parameters; numbers have to satisfy it.

    A parameter that may have no value (``loose``) has one by what is claimed besides, for which the
    range of the law, that says so tacitly, is not assumed.
    """
    left, right = rational_value(r.left), rational_value(r.right)
    if left is None or right is None:
        if not loose:
            return draft.assume(f"law-{x}", r)
        label = draft.label(f"law-{x}")
        kept = tuple(Concluded({**c.assumed, label: r}, c.relation) for c in draft.conclusions)
        return replace(draft, conclusions=kept)
    if not r.decide(left, right):
        raise InputError(x, f"there is no such law: {r} fails")
    return draft


def _with_values(draft: Draft, formulas: Sequence[Expression]) -> Draft:
    """Claim besides that formulas have a value."""
    more = tuple(
        Concluded({}, Relation(op("*", ZERO, e), "==", ZERO)) for e in dict.fromkeys(formulas)
    )
    return replace(draft, conclusions=draft.conclusions + more)


def _still(draft: Draft, meanings: Mapping[str, Expression]) -> tuple[Draft, dict[str, Expression]]:
    """Definitions as they hold in every layer; one that moves with the layers is written out.

    With a sum up to n the name n is the number of layers, and ``h = n/2`` another one in each.
    """
    moving = {} if draft.layers is None else dict(draft.layers.start)
    gone: dict[str, Expression] = {}
    for n, meaning in meanings.items():
        if meaning.names & {*moving, *gone}:
            gone[n] = meaning.substitute(gone)
    if not gone:
        return draft, dict(meanings)
    kept = {n: e for n, e in meanings.items() if n not in gone}
    return draft.mapped(lambda e: e.substitute(gone)), kept
