"""Goals: at all points of a box at which all facts are defined and true, a term compares to zero.

What a term needs to be defined is a list of goals of its own; once they are among what is to be
shown, they may be used as facts: :meth:`Goal.show` does both, so that no rule can forget it.
"""

# ruff: noqa: D102, D103 - short helpers say what they do by their names

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, assert_never

from flint import arb, fmpq

from proofs.core import probability
from proofs.core.normal import settled
from proofs.core.ranges import INF, Box, Interval, enclose
from proofs.core.terms import (
    ONE,
    PI,
    TWO,
    Formula,
    Malformed,
    Reader,
    Rejected,
    Relation,
    Term,
    constant,
    exact,
    exp,
    integral,
    linear,
    minus,
    number,
    plus,
    power,
    replaced,
    times,
)  # fmt: skip

GE, GT, EQ, NE = Relation.GE, Relation.GT, Relation.EQ, Relation.NE


class Range(NamedTuple):
    """The values of one variable: between rational ends, or None where there is no end."""

    lo: Any = None
    hi: Any = None
    lo_open: bool = False
    hi_open: bool = False


def conditions(e: Term, counts: Callable[[Term], bool]) -> Iterator[Formula]:
    """What is enough for a term to be defined, parts before wholes.

    ``counts`` says whether an integer exponent is plainly >= 0. Formulas about what E and P draw
    are to hold for every draw.
    """
    if e.head in ("E", "P"):
        if e.parts[0].head == "prod":  # how many copies
            yield Formula(e.parts[0].parts[1], GE)
        simpler = probability.meaning(e)
        signs = any(probability.law(w) == "rademacher" for w in probability.bound(e))
        # A sign in an exponent is not a number there: such a power means that its base is positive,
        # which so may be assumed of it too (``necessary``), whatever the values of the sign.
        for node in e.walk() if signs else ():
            if node.head == "**" and node.parts[1].drawn:
                yield from (*conditions(node.parts[0], counts), Formula(node.parts[0], GT))
        if simpler is not None and (e.head == "E" or signs):
            yield from conditions(simpler, counts)
            return
    for part in e.parts:
        yield from conditions(part, counts)
    match e.head, e.parts:
        case "log", [u]:
            yield Formula(u, GT)
        case "sqrt", [u]:
            yield Formula(u, GE)
        case "gamma", [u]:
            yield Formula(u, GT)
        case "asin", [u]:
            yield Formula(minus(ONE, power(u, TWO)), GE)
        case "lambertw", [u]:
            yield Formula(plus(times(exp(ONE), u), ONE), GE)
        case "/", [_, v]:
            yield Formula(v, NE)
        case "**", [u, v]:
            q = exact(v)  # which refuses one that is too large to be classified
            if q is not None and (q.q != 1 or q < 0):
                yield Formula(u, NE if q.q == 1 else GE if q > 0 else GT)
            elif q is None and not (integral(v) and counts(v)):
                yield Formula(u, NE if integral(v) else GT)


def necessary(e: Term) -> list[Formula]:
    """What holds wherever a term is defined: all its conditions but those of integer powers."""
    return list(dict.fromkeys(conditions(e, lambda _: True)))


class Layers(NamedTuple):
    """What happens to accumulators in each of any number of layers."""

    variables: Mapping[str, Term]  # of one layer, by name
    facts: Mapping[str, Formula]
    starts: Mapping[Term, Term]
    updates: Mapping[Term, Term]
    finals: Mapping[str, Formula] = {}  # hypotheses about the accumulators at the end


@dataclass(frozen=True)
class Goal:
    """At all points of the box at which the facts are defined and true: target >= 0 (or > ...).

    Or the target is not defined: that it is, is for other goals to say. ``variables`` are the terms
    that names stand for, ``library`` the statements that were proved before, by their digests.
    """

    variables: Mapping[str, Term]
    box: Mapping[str, Range]
    facts: Mapping[str, Formula]
    target: Term
    relation: Relation
    layers: Layers | None = None
    library: Mapping[str, Goal] = field(default_factory=dict, repr=False)

    def show(self, e: Term, relation: Relation) -> list[Goal]:
        """Goals for a term to be defined, each with those before it as facts, and to compare."""
        here, goals = self, []
        for c in dict.fromkeys(conditions(e, self.counts)):
            if not here.knows(*c):
                goals.append(here.aimed(*c))
            here = here.noted(c)
        return [*goals, here.aimed(e, relation)]

    def defined(self, e: Term) -> list[Goal]:
        """Goals for a term to be defined."""
        return self.show(e, GE)[:-1]

    def instance(self, formula: Formula, values: Mapping[Term, Term]) -> list[Goal]:
        """Goals for a formula to be defined and true at terms for variables.

        A power may be defined for more values once a number is its exponent: so what the formula
        itself needs is shown first. And for fewer, if it is negative: so each is shown to be
        defined, also where its sign is plain.
        """
        here, goals = self, []
        for c in necessary(formula.term):
            said = Formula(replaced(c.term, values), c.relation)
            *defined, last = here.show(*said)
            goals += defined if here.knows(*said) else [*defined, last]
            here = here.noted(said)
        return [*goals, *here.show(replaced(formula.term, values), formula.relation)]

    def aimed(self, e: Term, relation: Relation) -> Goal:
        """Another target; what is drawn in it becomes a variable."""
        box, names, values = dict(self.box), dict(self.variables), {}
        for w in e.drawn:
            if w.value in box:
                raise Rejected("what is drawn bears the name of a variable")
            values[w] = names[w.value] = Term("variable", value=w.value)
            box[w.value] = Range(*probability.SUPPORT[probability.law(w)])
        e = replaced(e, values) if values else e
        return replace(self, target=e, relation=relation, box=box, variables=names)

    def noted(self, formula: Formula) -> Goal:
        """The goal with a formula as a fact named by its own text, if it is of use.

        Where texts are alike, a draw of another law bearing the name, say, the later fact is lost.
        """
        name, plain = str(formula), constant(formula.term) is not None
        if plain or formula.term.drawn or name in self.facts:
            return self
        return self._with(name, formula)

    def where(self, name: Any, formula: Formula) -> Goal:
        """The goal with one more fact, and with what it needs to be defined."""
        if not isinstance(name, str) or not name or name in self.facts:
            raise Rejected("a fact needs a name of its own")
        goal = self._with(name, formula)
        for c in necessary(formula.term):
            goal = goal.noted(c)
        return goal

    def _with(self, name: str, formula: Formula) -> Goal:
        goal = replace(self, facts={**self.facts, name: formula})
        names = formula.term.names
        x = min(names, default="")
        found = (
            linear(formula.term, self.variables[x]) if len(names) == 1 and x in self.box else None
        )
        end = None if found is None else constant(found[1])
        if found is None or end is None:
            return goal
        slope, low, strict = found[0], bool(found[0] > 0), formula.relation is GT
        match formula.relation:
            case Relation.GE | Relation.GT:
                return goal.narrowed(x, low, -end / slope, strict)
            case Relation.EQ:
                at = -end / slope
                return goal.narrowed(x, True, at, False).narrowed(x, False, at, False)
            case Relation.NE:
                return goal
        assert_never(formula.relation)

    def narrowed(self, x: str, low: bool, at: fmpq, is_open: bool) -> Goal:
        """A nearer end for the range of a variable; an integer's end is the next integer inside."""
        r = self.box[x]
        if self.variables[x].head == "integer":
            inside = fmpq(-int(-at.p // at.q)) if low else fmpq(int(at.p // at.q))
            at, is_open = inside + (1 if low else -1) * int(is_open and inside == at), False
        end = r.lo if low else r.hi
        nearer = end is None or (at > end if low else at < end) or (at == end and is_open)
        if not nearer:
            return self
        found = r._replace(lo=at, lo_open=is_open) if low else r._replace(hi=at, hi_open=is_open)
        return replace(self, box={**self.box, x: found})

    def free(self, x: str, r: Range) -> Goal:
        """The goal without the facts about a variable, which runs over a range."""
        facts = {n: f for n, f in self.facts.items() if x not in f.term.names}
        return replace(self, facts=facts, box={**self.box, x: r})

    def at(self, x: str, variable: Term, value: Term) -> Goal:
        """The goal with a term for a variable, in the target and in the facts; no range is kept."""
        values = {variable: value}
        goal = replace(self, facts={}, box={**self.box, x: Range()})
        for n, old in self.facts.items():
            new = Formula(replaced(old.term, values), old.relation)
            goal = goal._with(str(new) if n == str(old) else n, new)
        return goal.aimed(replaced(self.target, values), self.relation)

    # What is plain about terms here ---------------------------------------------------------------

    def intervals(self) -> Box:
        return {x: ends(r) for x, r in self.box.items()}

    def enclose(self, e: Term) -> Interval:
        return enclose(e, self.intervals())

    def counts(self, e: Term) -> bool:
        """Whether an integer is plainly >= 0."""
        return bool(self.enclose(e).lo >= 0)

    def knows(self, e: Term, relation: Relation) -> bool:
        """Whether a comparison is plain: a fact, by its form, an open end, or an enclosure."""
        if any(f.term == e and f.relation.implies(relation) for f in self.facts.values()):
            return True
        if e.head in ("exp", "cosh", "pi"):
            return relation is not EQ
        if relation is not EQ and self.ends_openly(e):
            return True
        return self.enclose(e).allows(relation)

    def ends_openly(self, e: Term) -> bool:
        """Whether a term is plainly c x + d with a variable x, and >= 0 at an open end of x."""
        x = min(e.names, default="")
        if len(e.names) != 1 or x not in self.box:
            return False
        found = linear(e, self.variables[x])
        rest = None if found is None else constant(found[1])
        if found is None or rest is None:
            return False
        slope, r = found[0], self.box[x]
        end, is_open = (r.lo, r.lo_open) if slope > 0 else (r.hi, r.hi_open)
        return bool(end is not None and is_open and slope * end + rest >= 0)

    def vanishes(self, e: Term) -> bool:
        """Whether a term is zero at all points at which it is defined."""
        return bool(settled(self, lambda ring: not ring.reduced(ring.value(e).top)))

    # What a certificate may say -------------------------------------------------------------------

    def read(self, source: Any) -> Term:
        return probability.admit(self.reader().term(source))

    def formula(self, source: Any) -> Formula:
        made = self.reader().formula(source)
        probability.admit(made.term)
        return made

    def reader(self) -> Reader:
        return Reader({**self.variables, "pi": PI})

    def variable(self, name: Any) -> str:
        if not isinstance(name, str) or name not in self.box or name not in self.variables:
            raise Rejected("no such variable")
        if self.variables[name].head not in ("variable", "integer"):
            raise Rejected("not a variable")
        return name

    def known(self, label: Any) -> Formula:
        """A fact by its name; an end of a range as ``lo:x``, ``hi:x`` or ``at:x``.

        Or ``sign:`` and a term whose sign is plain (that it is defined is for the rule to ask).
        """
        if not isinstance(label, str):
            raise Malformed("a fact is named by text")
        if label in self.facts:
            return self.facts[label]
        kind, _, name = label.partition(":")
        if kind == "sign":
            e = self.read(name)
            for relation in (GT, GE):
                if self.knows(e, relation):
                    return Formula(e, relation)
        elif kind in ("lo", "hi", "at") and name in self.variables:
            r, x = self.box[name], self.variables[name]
            if kind == "lo" and r.lo is not None:
                return Formula(minus(x, number(r.lo)), GT if r.lo_open else GE)
            if kind == "hi" and r.hi is not None:
                return Formula(minus(number(r.hi), x), GT if r.hi_open else GE)
            if kind == "at" and r.lo is not None and r == (r.lo, r.lo, False, False):
                return Formula(minus(x, number(r.lo)), EQ)
        raise Rejected(f"no fact {label[:60]!r}")


def ends(r: Range) -> Interval:
    lo = -INF if r.lo is None else arb(r.lo).lower()
    return Interval(lo, INF if r.hi is None else arb(r.hi).upper())
