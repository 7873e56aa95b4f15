"""Reading statements: from the text that a person writes to the data that provers take.

Whatever the door - TOML, JSON or Python - statements come in through :func:`statement`, so that
names, numbers, types and collisions are looked at here and nowhere else. The language is described
in ``proofs/writing-claims.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any

from theory.errors import InputError, Unsupported
from theory.exact import Exact
from theory.expressions import rational_value
from theory.language.declarations import STATEMENT_FUNCTIONS, Declared
from theory.language.definitions import (
    table_of,
)
from theory.language.domains import written_out
from theory.language.instances import instances
from theory.language.lowering import Lowering
from theory.language.oracles import reduced
from theory.language.unknowns import Unknowns, unknowns_of
from theory.names import check_text, shortened
from theory.relaxed import relaxed
from theory.statements import Part, Statement

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
        if asked.asked:
            loose = statement(
                asked.variables,
                " and ".join(asked.asked),
                asked.definitions,
                {n: t for n, t in asked.hypotheses.items() if n not in asked.answers},
                constants,
            )
            whole = _both(replace(whole, hypotheses=assumed), loose)
            assumed = dict(whole.hypotheses)
        return replace(whole, hypotheses=assumed, gram=replace(asked.gram, members=members),
                       written=asked.written, settled=whole.settled | asked.settled,
                       demands=(*whole.demands, *asked.demands),
                       leaned=whole.leaned | asked.leaned)  # fmt: skip
    claim = _Claim(
        table_of(variables, "variables"),
        conclusion,
        table_of(definitions, "definitions"),
        table_of(hypotheses, "hypotheses"),
        table_of(constants, "constants"),
        scope,
        witness,
        table_of(matrices, "matrices"),
        layers,
        recursions,
    )
    try:
        made, more = claim.read(None)
    except Unsupported:
        if layers or recursions or matrices:
            raise
        return claim.relaxed()
    with suppress(Unsupported):
        return claim.relaxed(made) if more else made
    return made


def _both(a: Statement, b: Statement) -> Statement:
    """What two statements about the same variables say, the first one by its first conclusions."""
    if a.chosen or b.chosen or a.relaxed or b.relaxed:
        raise Unsupported("functions", "asked at points that may have no value, next to floor or P")
    shared = {n: r for n, r in a.hypotheses.items() if b.hypotheses.get(n) == r}
    parts = tuple(
        Part({n: r for n, r in p.hypotheses.items() if n not in shared}, p.conclusion)
        for p in (*a.pieces, *b.pieces)
    )
    return replace(a, hypotheses=shared, parts=parts, settled=a.settled | b.settled,
                   demands=(*a.demands, *b.demands), leaned=a.leaned | b.leaned)  # fmt: skip


@dataclass(frozen=True)
class _Claim:
    """What was written, as :func:`statement` takes it."""

    variables: Mapping[str, Any]
    conclusion: Any
    definitions: Mapping[str, Any]
    hypotheses: Mapping[str, Any]
    constants: Mapping[str, Any]
    scope: str
    witness: Any
    matrices: Mapping[str, Any]
    layers: Any
    recursions: Any

    def read(
        self, unknowns: Callable[[Declared], Unknowns] | None, narrow: bool = False
    ) -> tuple[Statement, bool]:
        """The statement, perhaps about numbers for what has no formula.

        And whether theorems say more of a number in it than its formula does. A ``narrow`` one
        has no value where a bound is large: it is looked at for counterexamples alone.
        """
        rows = [str(r) for r in _rows(self.recursions)]
        quantified = written_out(self.variables)
        declared = Declared(
            quantified, self.constants, self.matrices, rows, self.layers is not None
        )
        reading = Lowering(declared, self.matrices, self.layers)
        reading.narrow = narrow
        if unknowns is not None:
            reading.allow(unknowns(declared))
        reading.define(self.definitions)
        reading.assume(self.hypotheses)
        reading.conclude(self.conclusion)
        draft = reading.lowered(rows)
        made = reading.made(draft, self.scope, table_of(self.witness, "witness"))
        gamma = any(n.head == "gamma" for e in declared.formulas for n in e.walk())
        more = _about_norms(declared) or (gamma and not declared.laws)
        return made, more and not (self.layers or rows or self.matrices)

    def relaxed(self, exact: Statement | None = None) -> Statement:
        """The statement about numbers of which theorems hold, with its instances.

        Of the claim itself, ``exact``, where there is a formula too, any point is a counterexample.
        """
        used: list[tuple[Declared, Unknowns]] = []

        def noted(declared: Declared) -> Unknowns:
            used.append((declared, unknowns_of(declared)))
            return used[0][1]

        made, _ = self.read(noted)
        ((declared, unknowns),) = used
        told = {**unknowns.said, **unknowns.quoted}
        if not told:
            return made
        cases: list[tuple[dict[str, Fraction], Statement]] = [] if exact is None else [({}, exact)]
        for sizes, changes in instances(asdict(self), declared.quantified, declared.formulas):
            with suppress(Unsupported, InputError):
                cases.append((sizes, replace(self, witness=None, **changes).read(None, True)[0]))
        said = "; ".join(f"{q} is {what}" for q, what in told.items())
        scope = shortened(f"{self.scope}; {said}" if self.scope else said)
        return relaxed(replace(made, scope=scope), told, cases, frozenset(unknowns.labels))


def _about_norms(declared: Declared) -> bool:
    """Whether the mean of the norm of a normal vector of any dimension is asked, but no gamma."""
    sized = {x for x, law in declared.laws.items() if law[0] == "vector" and any(law[1:])}
    sized = {x for x in sized if rational_value(declared.parse(declared.laws[x][1], x)) is None}
    nodes = [n for e in (declared.formulas if sized else ()) for n in e.walk()]
    means = {n for n in nodes if n.head in ("E", "Var", "Cov")}
    asked = any(m.head == "norm" and m.names <= sized for n in means for m in n.walk())
    return asked and not any(n.head == "gamma" for n in nodes)


def _rows(value: Any) -> list[str]:
    """Accept a list of texts, or none."""
    if value is None:
        return []
    if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
        raise InputError("recursions", "a list of rows is wanted, such as x[n+1] == x[n]/2")
    return list(value)
