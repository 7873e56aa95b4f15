"""A statement on its way from the text that was read to the form that provers take.

Each lowering takes a draft and gives one that says the same in fewer words.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, Relation, everywhere, name, number
from theory.expressions.tree import NEGATED
from theory.layers import Layers
from theory.names import fresh
from theory.statements import Domain, Part, sides

Clause = tuple[Relation, ...]
"""Relations of which one holds."""
MAX_PARTS = 64
SURFACE = frozenset(
    {
        "piecewise",
        "and",
        "or",
        "floor",
        "diff",
        "integrate",
        "sum_",
        "prod_",
        "max_",
        "min_",
        "item",
    }
    | {"Var", "Cov"}
)
"""Heads that no prover knows; a lowering replaces them."""


@dataclass(frozen=True)
class Concluded:
    """A conclusion, under assumptions of its own.

    Attributes
    ----------
    assumed : mapping of str to Relation
    relation : Relation
    """

    assumed: Mapping[str, Relation]
    relation: Relation


@dataclass(frozen=True)
class Draft:
    """A statement in the making.

    Attributes
    ----------
    variables : mapping of str to Domain
    definitions : mapping of str to Expression
    hypotheses : mapping of str to Clause
        Each holds if one of its relations does.
    conclusions : tuple of Concluded
        All are claimed.
    layers : Layers or None
    chosen : mapping of str to Expression
        As in :class:`theory.statements.Statement`.
    taken : frozenset of str
        Names that mean something.
    """

    variables: Mapping[str, Domain]
    definitions: Mapping[str, Expression]
    hypotheses: Mapping[str, Clause]
    conclusions: tuple[Concluded, ...]
    layers: Layers | None = None
    chosen: Mapping[str, Expression] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()

    def new(self, stem: str) -> tuple[str, Draft]:
        """A name that means nothing yet, and the draft in which it does."""
        made = fresh(stem, self.taken)
        return made, replace(self, taken=self.taken | {made})

    def label(self, stem: str) -> str:
        """A label for another hypothesis."""
        taken = {*self.hypotheses, *(n for c in self.conclusions for n in c.assumed)}
        return fresh(stem, taken)

    def mapped(self, change: Callable[[Expression], Expression]) -> Draft:
        """The draft with every formula of hypotheses and conclusions changed."""

        def both(r: Relation) -> Relation:
            return Relation(change(r.left), r.operator, change(r.right))

        return replace(
            self,
            hypotheses={n: tuple(map(both, c)) for n, c in self.hypotheses.items()},
            conclusions=tuple(
                Concluded({n: both(r) for n, r in c.assumed.items()}, both(c.relation))
                for c in self.conclusions
            ),
        )

    def assume(self, label: str, *clause: Relation) -> Draft:
        """The draft with one more hypothesis."""
        return replace(self, hypotheses={**self.hypotheses, self.label(label): clause})

    def relations(self) -> Iterator[Relation]:
        """All relations, of hypotheses and conclusions."""
        for clause in self.hypotheses.values():
            yield from clause
        for c in self.conclusions:
            yield from c.assumed.values()
            yield c.relation

    def nodes(self) -> Iterator[Expression]:
        """All parts of all formulas of hypotheses and conclusions."""
        for r in self.relations():
            for s in sides(r):
                yield from s.walk()

    def mentions(self, heads: Iterable[str]) -> bool:
        """Whether a head occurs in a hypothesis or a conclusion."""
        wanted = frozenset(heads)
        return any(node.head in wanted for node in self.nodes())

    def conjecture(self) -> tuple[dict[str, Relation], tuple[Part, ...]]:
        """Hypotheses with one relation each, and the parts: a case for each way to choose."""
        plain = {n: c[0] for n, c in self.hypotheses.items() if len(c) == 1}
        open_ = {n: c for n, c in self.hypotheses.items() if len(c) != 1}
        cases: list[dict[str, Relation]] = [{}]
        for label, clause in open_.items():
            cases = [{**case, label: r} for case in cases for r in clause]
            if len(cases) > MAX_PARTS:
                raise InputError(label, "too many cases")
        parts = tuple(
            Part({**case, **c.assumed}, c.relation) for case in cases for c in self.conclusions
        )
        if len(parts) > MAX_PARTS:
            raise InputError("conclusion", "too many cases")
        return plain, parts


def rewritten(e: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """Change every node, operands before operators."""
    args = tuple(rewritten(a, change) for a in e.args)
    return change(e if args == e.args else Expression(e.head, args, e.value, e.name))


def exchanged(e: Expression, old: Expression, new: Expression) -> Expression:
    """Put one formula for another one, wherever it stands."""
    return rewritten(e, lambda n: new if n == old else n)


def surface(e: Expression) -> bool:
    """Whether a formula has heads that a lowering must replace."""
    return any(node.head in SURFACE for node in e.walk())


def relation_of(e: Expression) -> Relation:
    """A comparison that stands inside a formula."""
    return Relation(e.args[0], e.head, e.args[1])  # type: ignore[arg-type]


def negated(r: Relation) -> Relation:
    """The opposite comparison."""
    return Relation(r.left, NEGATED[r.operator], r.right)


# Cases --------------------------------------------------------------------------------------------


def without_floors(draft: Draft) -> Draft:
    """Write floor(u) as an integer m with m <= u < m + 1, one for each u."""
    made: dict[Expression, Expression] = {}
    while True:
        found = next(
            (n for r in draft.relations() for s in sides(r) for n in s.walk() if _bare(n)), None
        )
        if found is None:
            return draft
        (u,) = found.args
        if not everywhere(u):
            raise Unsupported("floor", f"{str(u)[:40]} may be undefined somewhere")
        m, draft = draft.new("floor")
        made[found] = name(m)
        draft = draft.mapped(partial(exchanged, old=found, new=name(m)))
        one = Expression("+", (name(m), number(1)))
        draft = draft.assume(f"{m}-low", Relation(name(m), "<=", u))
        draft = draft.assume(f"{m}-high", Relation(u, "<", one))
        draft = replace(
            draft,
            variables={**draft.variables, m: "integer"},
            chosen={**draft.chosen, m: u},
        )


def _bare(e: Expression) -> bool:
    return e.head == "floor" and not any(n.head == "floor" for a in e.args for n in a.walk())


def by_cases(draft: Draft) -> Draft:
    """Write each piecewise formula as one of its values, under the conditions of that value."""
    hypotheses: dict[str, Clause] = {}
    conclusions = list(draft.conclusions)
    for label, clause in draft.hypotheses.items():
        if not any(_cases(s) is not None for r in clause for s in sides(r)):
            hypotheses[label] = clause
            continue
        if len(clause) != 1:
            raise InputError(label, "piecewise and 'or' in one hypothesis")
        conclusions = [
            Concluded(
                {
                    **c.assumed,
                    **_apart(conditions, {*c.assumed, *draft.hypotheses}),
                    draft.label(label): relation,
                },
                c.relation,
            )
            for conditions, relation in _split(clause[0], label)
            for c in conclusions
        ]
    split: list[Concluded] = []
    for c in conclusions:
        split += _opened(c, {*c.assumed, *draft.hypotheses})
        if len(split) > MAX_PARTS:
            raise InputError("piecewise", "too many cases")
    return replace(draft, hypotheses=hypotheses, conclusions=tuple(split))


def _opened(c: Concluded, taken: Collection[str]) -> list[Concluded]:
    for label, relation in c.assumed.items():
        if any(_cases(s) is not None for s in sides(relation)):
            raise InputError(label, "piecewise inside of a condition")
    return [
        Concluded({**c.assumed, **_apart(conditions, taken)}, relation)
        for conditions, relation in _split(c.relation, "case")
    ]


def _apart(new: Mapping[str, Relation], old: Collection[str]) -> dict[str, Relation]:
    made: dict[str, Relation] = {}
    for label, relation in new.items():
        made[fresh(label, {*old, *made})] = relation
    return made


def _cases(e: Expression) -> Expression | None:
    """A piecewise formula inside, an innermost one."""
    return next((n for n in e.walk() if n.head == "piecewise"), None)


def _split(r: Relation, label: str) -> list[tuple[dict[str, Relation], Relation]]:
    """Every choice of values, with the conditions under which they are chosen."""
    found = next((f for s in sides(r) if (f := _cases(s)) is not None), None)
    if found is None:
        return [({}, r)]
    made: list[tuple[dict[str, Relation], Relation]] = []
    for condition, value in _values(found):
        inner = Relation(
            exchanged(r.left, found, value), r.operator, exchanged(r.right, found, value)
        )
        for more, relation in _split(inner, label):
            own = {f"{label}-{i}": c for i, c in enumerate(condition, 1)}
            made.append(({**own, **_apart(more, own)}, relation))
    if len(made) > MAX_PARTS:
        raise InputError("piecewise", "too many cases")
    return made


def _values(e: Expression) -> Iterator[tuple[list[Relation], Expression]]:
    """Conditions (all hold) and the value: the first condition that holds decides."""
    before: list[list[Relation]] = [[]]  # ways in which no earlier condition held
    *pairs, last = e.args
    for condition, value in zip(pairs[::2], pairs[1::2], strict=True):
        clauses = [[relation_of(r) for r in clause.args] for clause in condition.args]
        for r in (r for clause in clauses for r in clause):
            if not (everywhere(r.left) and everywhere(r.right)):
                raise Unsupported("piecewise", f"the condition {r} may be undefined somewhere")
        for way in before:
            for chosen in _choices(clauses):
                yield [*way, *chosen], value
        opposite = [list(way) for c in clauses for way in itertools.product(*map(_fails, c))]
        before = [[*way, *fails] for way in before for fails in opposite]
    for way in before:
        yield way, last


def _fails(r: Relation) -> list[Relation]:
    """What holds where a comparison fails: of an equation, one of two, so that a sign is known."""
    if r.operator == "==":
        return [Relation(r.left, "<", r.right), Relation(r.left, ">", r.right)]
    return [negated(r)]


def _choices(clauses: list[list[Relation]]) -> list[list[Relation]]:
    ways: list[list[Relation]] = [[]]
    for clause in clauses:
        ways = [[*way, r] for way in ways for r in clause]
    return ways
