"""Reading statements: from the text that a person writes to the data that provers take.

Whatever the door - TOML, JSON or Python - statements come in through :func:`statement`, so that
names, numbers, types and collisions are looked at here and nowhere else. The language is described
in ``proofs/writing-claims.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any, cast

from theory.errors import InputError, Unsupported
from theory.exact import Exact
from theory.expressions import (
    Expression,
    Relation,
    check_size,
    name,
    number,
    rational_value,
)
from theory.language.clauses import RANDOM, Clauses
from theory.language.counting import counted
from theory.language.declarations import STATEMENT_FUNCTIONS, Declared, number_of, spelled
from theory.language.definitions import (
    changed,
    copies_are_drawn,
    table_of,
)
from theory.language.domains import written_out
from theory.language.draft import (
    SURFACE,
    Draft,
    by_cases,
    surface,
    without_floors,
)
from theory.language.integrals import without_calculus
from theory.language.laws import ASSUMED, Law
from theory.language.oracles import reduced
from theory.language.randomness import STANDARD, Draws, aggregated, laws_of
from theory.language.recursions import reaches
from theory.names import check_text, fresh, shortened
from theory.statements import DRAWN, MAX_UNFOLDED, Domain, Statement, sides

__all__ = ["STATEMENT_FUNCTIONS", "statement"]


@contextmanager
def _without_zeros() -> Iterator[None]:
    """Whatever reads a formula may divide by a zero that somebody wrote."""
    try:
        yield
    except ZeroDivisionError:
        raise InputError("formula", "it divides by zero") from None


@_without_zeros()
def statement(
    variables: Mapping[str, Any],
    conclusion: str,
    definitions: Mapping[str, str] | None = None,
    hypotheses: Mapping[str, str] | None = None,
    constants: Mapping[str, Exact] | None = None,
    scope: str = "",
    witness: Mapping[str, Exact] | None = None,
    matrices: Mapping[str, Sequence[Sequence[str]]] | None = None,
    layers: Mapping[str, Mapping[str, str]] | None = None,
    recursions: Sequence[str] | None = None,
    functions: Mapping[str, str] | None = None,
    operators: Mapping[str, str] | None = None,
) -> Statement:
    """Build a :class:`Statement` from text.

    Parameters
    ----------
    variables : mapping of str to str
        Every free name and its domain (:mod:`theory.language.domains`); ``w_1..w_4`` stands for
        four.
    conclusion : str
        Comparisons, chained or joined by ``and``; formulas may contain E(...) and P(...) of drawn
        variables, and ``prod(i, 1, 3, w_i - a)`` or ``sum`` over an index, which also replaces the
        subscript. Inside E and P, ``prod(e, k)`` is the product of k independent copies of e.
    definitions, hypotheses : mapping of str to str, optional
        Abbreviations and named assumptions.
    constants : mapping of str to int, Fraction, Decimal or str, optional
        Named numbers.
    scope : str, optional
        What the variables stand for.
    witness : mapping, optional
        A point that satisfies the hypotheses.
    matrices : mapping of str to rows of str, optional
        Small matrices by their entries, for ``lambda_min(A) >= c`` and the like, ``norm(A*B)``
        (Frobenius), ``tr``, ``det``, ``T`` (transpose).
    layers : mapping, optional
        For a claim about every depth: tables ``variables``, ``hypotheses``, ``start`` and
        ``next``; the names in ``start`` may stand in the conclusion.
    recursions : sequence of str, optional
        Sequences: ``x[0] == a`` and ``x[n+1] == x[n]/2``, or inequalities.
    functions, operators : mapping of str to str, optional
        All functions or operators of a class, such as ``smooth(L) & convex``
        (:mod:`theory.language.functions`); formulas may ask ``f(x)``, ``grad(f, x)``, ``A(x)``.

    Raises
    ------
    InputError
        If a name is none (:mod:`theory.names`), undeclared or declared twice, a formula
        malformed, a number a float, a value of the wrong type, or the witness does not satisfy the
        hypotheses.
    Unsupported
        If it is about something that is not covered.
    """
    scope = check_text(scope, "scope")
    if functions is not None or operators is not None:
        if matrices or layers or recursions:
            raise Unsupported("functions", "next to matrices, layers or recursions")
        tables = {
            "functions": functions,
            "operators": operators,
            "variables": variables,
            "definitions": definitions,
            "hypotheses": hypotheses,
            "constants": constants,
        }
        asked = reduced({n: table_of(t, n) for n, t in tables.items()}, conclusion)
        whole = statement(
            asked.variables,
            asked.conclusion,
            asked.definitions,
            {**asked.hypotheses, **asked.members},
            constants,
            scope or shortened(str(asked.written)),
            witness,
        )
        assumed = {n: r for n, r in whole.hypotheses.items() if n not in asked.members}
        members = tuple(whole.hypotheses[n] for n in asked.members)
        return replace(whole, hypotheses=assumed, gram=replace(asked.gram, members=members),
                       written=asked.written)  # fmt: skip
    entries = table_of(matrices, "matrices")
    declared = Declared(
        written_out(table_of(variables, "variables")),
        table_of(constants, "constants"),
        entries,
        _rows(recursions),
        layers is not None,
    )
    return _read(
        declared, entries, layers, conclusion, definitions, hypotheses, recursions, scope, witness
    )


def _read(
    declared: Declared,
    entries: Mapping[str, Any],
    layers: Any,
    conclusion: Any,
    definitions: Any,
    hypotheses: Any,
    recursions: Any,
    scope: str,
    witness: Any,
) -> Statement:
    reading = _Reading(declared, entries, layers)
    reading.define(table_of(definitions, "definitions"))
    reading.assume(table_of(hypotheses, "hypotheses"))
    reading.conclude(conclusion)
    draft = reading.lowered([str(r) for r in _rows(recursions)])
    return reading.made(draft, scope, table_of(witness, "witness"))


class _Reading(Clauses):
    """One statement while it is read."""

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
        sized, summed = set(dimensions), partial(reaches, draft, 0)
        draft = draft.mapped(lambda e: aggregated(e, declared.independent, dimensions, summed))
        extrema = {n.args[0].name for n in draft.nodes() if n.head in ("max", "min")}
        for x, n in dimensions.items():
            if x in sized | extrema:
                draft = self._dimension(draft, x, n)
            elif _given_or_chance(draft, x) and not reaches(draft, 1, n):
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
            declared.copies | weighted,
            declared.naturals,
            declared.positives,
        )
        for x, law in laws.items():
            if law.kind == "binomial" and not draws.whole(law.parameters[0]):
                raise InputError(x, "the number of trials is an integer, such as a natural n")
            for a, operator, b in ASSUMED[law.kind](*law.parameters) if law.kind in ASSUMED else ():
                draft = _law_holds(draft, x, Relation(a, operator, b))  # type: ignore[arg-type]
        draft = self._unfolded(draft, draws)
        if draft.mentions({"item"}) and any(draws.sampled.asked(s) for r in draft.relations()
                                            for s in sides(r)):  # fmt: skip
            raise Unsupported("formula", "a sequence of draws outside of E, Var or Cov")
        draft = without_calculus(draft)
        draft = self._counted(draft, recursions)
        if draft.layers is not None and "layers" in declared.quantified:
            raise InputError("layers", "is no name here: a point says under it how many there are")
        return by_cases(without_floors(draft))

    def _dimension(self, draft: Draft, x: str, n: Expression) -> Draft:
        """Assume that a drawn vector has a dimension: an integer, and at least 1."""
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

        def change(e: Expression) -> Expression:
            whole = e.substitute(self.meanings_unfolded)
            if any(n.head in RANDOM for n in whole.walk()):
                closed = draws.lowered(whole)
                if closed != whole:
                    return closed
            return whole if surface(whole) else e

        return draft.mapped(change)

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
        counters = {n for r in rows for n in _index_names(r)}
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
        for x, (kind, _) in declared.spectra.items():
            families[x] = "real" if kind in ("symmetric", "vector") else "nonnegative"
            conditions[x] = self.spectrum.conditions.get(x, [])
        for x in families:
            conditions[x] = [changed(r, self.meanings_unfolded) for r in conditions.get(x, [])]
        return counted(draft, rows, families, conditions, counter)

    # The statement --------------------------------------------------------------------------------

    def made(self, draft: Draft, scope: str, witness: Mapping[str, Any]) -> Statement:
        """The statement that a draft is."""
        declared = self.declared
        if draft.mentions(SURFACE):
            left = next(n for r in draft.relations() for s in sides(r) for n in s.walk()
                        if n.head in SURFACE)  # fmt: skip
            word = {"sum_": "a sum", "prod_": "a product", "item": "a member of a sequence"}
            raise Unsupported("formula", f"{word.get(left.head, left.head)} in this place")
        plain_, parts = draft.conjecture()
        used = {n for r in draft.relations() for s in sides(r) for n in s.names}
        if "inf" in used - set(draft.variables):
            raise InputError("inf", "it stands only at the ends of integrals and intervals")
        used |= {n for e in self.meanings.values() for n in e.names}
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
            definitions=self.meanings,
            hypotheses={**plain_, **(parts[0].hypotheses if single else {})},
            constants=declared.values,
            scope=scope,
            witness=point,
            layers=draft.layers,
            parts=() if single else parts,
            chosen=draft.chosen,
        )
        for piece in made.pieces:
            for part, relation in [*piece.hypotheses.items(), ("conclusion", piece.conclusion)]:
                for side in sides(relation):
                    check_size(side, part, self.sizes, declared.values, MAX_UNFOLDED)
                for side in sides(made.expand(relation)):
                    copies_are_drawn(side, part)
        if made.witness and not made.assumptions_hold_at(made.witness):
            raise InputError("witness", "does not satisfy the hypotheses")
        return made


def _index_names(r: Relation) -> set[str]:
    """The counters in the indices of a row."""
    found: set[str] = set()
    for s in sides(r):
        for node in s.walk():
            if node.head == "item":
                found |= node.args[1].names
    return found


def _given_or_chance(draft: Draft, x: str) -> bool:
    """Whether an event is about a vector, whose law is another one without coordinates."""
    return any(
        x in e.names
        for n in draft.nodes()
        for e in (n.args if n.head == "P" else n.args[1:] if n.head == "E" else ())
    )


def _law_holds(draft: Draft, x: str, r: Relation) -> Draft:
    """Assume what a law wants of its parameters; numbers have to satisfy it."""
    left, right = rational_value(r.left), rational_value(r.right)
    if left is None or right is None:
        return draft.assume(f"law-{x}", r)
    if not r.decide(left, right):
        raise InputError(x, f"there is no such law: {r} fails")
    return draft


def _rows(value: Any) -> list[str]:
    """Accept a list of texts, or none."""
    if value is None:
        return []
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
        raise InputError("recursions", "a list of rows is wanted, such as x[n+1] == x[n]/2")
    return list(value)
