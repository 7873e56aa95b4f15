"""Sums whose terms depend on their end in any way: the end is a number, and another one counts.

``sum(k, 1, n, 1/(n + k))`` is, for a number n, what ``sum(k, 1, j, 1/(n + k))`` has become once a
counter j that starts at the least value of n has arrived at n. So every layer assumes j + 1 <= n,
and what is claimed is claimed where j == n: for every n the same as before, and every term has to
be defined as before. As j is an integer, so is an n that it arrives at; n is a real number then,
unless it stands in an exponent, where what has a value depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, Relation, name, number
from theory.language.counting import counted
from theory.language.draft import Draft
from theory.language.indices import SUMS, plus
from theory.language.recursions import end_of
from theory.statements import DRAWN, Domain, sides

ENDED = "terms that depend on the end"


def ended(
    draft: Draft,
    rows: list[Relation],
    families: Mapping[str, Domain],
    conditions: dict[str, list[Relation]],
    index: str,
) -> Draft:
    """Write sums, products and recursions as accumulators, up to an end or beside it.

    Parameters
    ----------
    draft, rows, families, conditions, index
        As in :func:`theory.language.counting.counted`.

    Raises
    ------
    InputError, Unsupported
        For what is no sum up to n, or no recursion.
    """
    try:
        return counted(draft, rows, families, conditions, index)
    except Unsupported as refused:
        n = _end(draft)
        if ENDED not in str(refused) or rows or not n:
            raise
        bounds = (s for given in conditions.values() for r in given for s in sides(r))
        if any(n in s.names for s in bounds):
            raise
        try:
            return _counted_to(draft, n, families, conditions)
        except (InputError, Unsupported):
            raise refused from None  # what stands there speaks of the counter


def _counted_to(
    draft: Draft,
    n: str,
    families: Mapping[str, Domain],
    conditions: dict[str, list[Relation]],
) -> Draft:
    """A claim about sums up to n as one about sums up to a counter that arrives at n."""
    indices = {node.args[0].name for node in draft.nodes() if node.head in SUMS}
    j, beside = replace(draft, taken=draft.taken | indices).new("count")
    least = max(k for c in draft.hypotheses.values() if (k := end_of(c, n)) is not None)
    whole = any(node.head == "**" and n in node.args[1].names for node in _unfolded(draft))
    domains: dict[str, Domain] = {**beside.variables, j: "integer"}
    if not whole and not DRAWN & {*domains.values()}:
        domains[n] = "real"
    beside = replace(beside.mapped(lambda e: _beside(e, n, j)), variables=domains)
    beside = beside.assume(f"{j}-begins", Relation(name(j), ">=", number(least)))
    beside = beside.assume(f"{j}-ends", Relation(name(j), "==", name(n)))
    made = counted(beside, [], families, conditions, j)
    assert made.layers is not None
    until = {**made.layers.hypotheses, f"{j}-goes-on": Relation(plus(j, 1), "<=", name(n))}
    return replace(made, layers=replace(made.layers, hypotheses=until))


def _end(draft: Draft) -> str:
    """The one integer with a least value up to which all sums run that stand in no other."""
    ends = {x for node in draft.nodes() if node.head in SUMS for x in node.args[2].names}
    inner = {node.args[0].name for node in draft.nodes() if node.head in SUMS}
    found = ends - inner
    if len(found) != 1 or any(map(_nested, (s for r in draft.relations() for s in sides(r)))):
        return ""
    (n,) = found
    bounds = [end_of(c, n) for c in draft.hypotheses.values()]
    return n if draft.variables.get(n) == "integer" and any(b is not None for b in bounds) else ""


def _unfolded(draft: Draft) -> Iterator[Expression]:
    """All parts of all formulas, with definitions, which may stand in an exponent."""
    known: dict[str, Expression] = {}
    for abbreviation, meaning in draft.definitions.items():
        known[abbreviation] = meaning.substitute(known)
    for side in (s for r in draft.relations() for s in sides(r)):
        yield from side.substitute(known).walk()


def _nested(e: Expression, inside: bool = False) -> bool:
    """Whether a sum stands in another one, or a member of a sequence outside of all."""
    if e.head == "item" and not inside:
        return True
    if e.head in SUMS:
        return inside or any(_nested(a, True) for a in e.args[3:])
    return any(_nested(a, inside) for a in e.args)


def _beside(e: Expression, n: str, j: str) -> Expression:
    """A formula with the counter as the end of its sums."""
    if e.head in SUMS:
        index, first, last, body = e.args
        if n in first.names:
            raise Unsupported("sum", f"a sum that begins at {first}")
        return Expression(e.head, (index, first, last.substitute({n: name(j)}), body))
    return Expression(e.head, tuple(_beside(a, n, j) for a in e.args), e.value, e.name)
