"""Several sums, as in (1/1 + ... + 1/n)/(1/sqrt(1) + ... + 1/sqrt(n)): each is bounded by itself.

A sum of h(t) up to n lies between integrals of h, and beside n h(n), for a monotone h: which are
above and which below is for the simulation to say. One of g(t) - g(t - 1) is known. A quotient is
at most that of the bounds, a combination at most that of the bounds.
"""

from __future__ import annotations

from dataclasses import replace

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import (
    ONE,
    ZERO,
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    linear,
    minus,
    number,
    over,
    plus,
    replaced,
    times,
)
from proofs.search.carried import counter_of, without
from proofs.search.closed_forms import MAX_SIZE, NO_FORM, in_sympy, symbol_of
from proofs.search.engine import Search
from proofs.search.floats import plausible
from proofs.search.forms import Forms, Poly, ratio, vanishes
from proofs.search.trees import Hole, Tree, closed, cone, have, opened, unused
from theory.expressions.symbolic import from_sympy

GE, GT = Relation.GE, Relation.GT
MAX_GAINS = 2


def estimates(goal: Goal) -> list[Formula]:
    """Bounds by the counter of the sums in a target that has several, or divides by one."""
    layers, counter = goal.layers, counter_of(goal)
    if layers is None or counter is None or goal.relation is not GE:
        return []
    own = {str(x.value) for x in layers.starts if x != counter} & goal.target.names
    if len(own) < 2 and not _divides(goal, counter):
        return []
    names = frozenset({*goal.variables, *layers.variables})
    n, t = symbol_of(counter), sympy.Symbol("lemmata_at", positive=True)
    found: list[Formula] = []
    for x, update in layers.updates.items():
        if x == counter or x.value not in goal.target.names:
            continue
        try:
            h = sympy.expand(in_sympy(update, names) - symbol_of(x)).subs(n, t - 1)
            states = {symbol_of(y) for y in layers.updates}
            if t not in h.free_symbols or h.free_symbols & states:
                continue
            begin, start = (in_sympy(layers.starts[y], names) for y in (counter, x))
            for e in _beside(sympy.factor(h), t, n, begin, start):
                bound = goal.reader().term(str(from_sympy(e)))
                if bound.size <= MAX_SIZE:
                    found += [Formula(minus(*pair), GE) for pair in ((bound, x), (x, bound))]
        except NO_FORM:
            continue
    return found


def _beside(
    h: sympy.Expr, t: sympy.Symbol, n: sympy.Symbol, begin: sympy.Expr, start: sympy.Expr
) -> list[sympy.Expr]:
    """The integrals up to n and up to n + 1, and n times the last term."""
    for g in sympy.Add.make_args(sympy.expand(h)):
        if g.has(t) and sympy.expand(h - g + g.subs(t, t - 1)) == 0:
            return [start + g.subs(t, n) - g.subs(t, begin)]
    made = []
    if begin == 1 and sympy.expand(h.subs(t, 1) - start) == 0:
        made.append(n * h.subs(t, n))
    whole = sympy.integrate(h, t, manual=True)
    if whole.has(sympy.Integral, sympy.Piecewise):
        return made
    for ahead in (0, 1):
        first = whole.subs(t, begin + ahead)
        if first.is_finite and first.is_real:
            made.append(start + whole.subs(t, n + ahead) - first)
    return made


def _divides(goal: Goal, counter: Term) -> bool:
    """Whether what a step changes stands below."""
    states = {str(x.value) for x in goal.layers.starts if x != counter} if goal.layers else set()
    return any(e.head == "/" and e.parts[1].names & states for e in goal.target.walk())


def gained(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """A step of a bound: an invariant, and what the step adds, of the counter alone."""
    states = {x: ZERO for x in goal.variables.values() if _free(goal, x)}
    gains: list[tuple[Formula, str]] = []
    for label, (fact, relation) in goal.facts.items():
        if not label.startswith("invariant ") or relation is not GE:
            continue
        apart = replaced(minus(goal.target, fact), states)
        if vanishes(goal, minus(minus(goal.target, fact), apart)):
            gains.append((Formula(ratio(goal, apart, ONE) or apart, GE), label))
    for gain, label in sorted(gains, key=lambda row: row[0].term.size)[:MAX_GAINS]:
        (name,) = unused(goal, "gain")
        node = have(name, gain, None, cone([(1, [name], "1"), (1, [label], "1")]))
        made = opened(goal, node) if plausible(goal.aimed(*gain), 120) else None
        if made is not None and _filled(made[1], search, fuel):
            return closed(made[0])
    return None


def _free(goal: Goal, x: Term) -> bool:
    return x.head == "variable" and x.value in goal.box and goal.box[str(x.value)].lo is None


def estimated(goal: Goal, search: Search, fuel: int) -> Tree | None:
    """A target f - p/x with x >= b by an invariant: times x it is f (x - b) + (f b - p).

    Where no sum is below, each is replaced by its bound.
    """
    if goal.relation is not GE:
        return None
    try:
        forms = Forms(goal)
    except (Rejected, Malformed):
        return None
    places = {forms.atom(v): v for m in forms.bottom for v, _ in m}
    for label, (fact, relation) in goal.facts.items():
        known = label.startswith("invariant ") and relation is GE
        for x in (x for x in places if known and x.head == "variable" and _free(goal, x)):
            line = linear(fact, x)
            parts = _parts(forms, places[x])
            if line is None or line[0] <= 0 or parts is None or x.value in line[1].names:
                continue
            slope, rest = parts
            least = times(number(-1 / line[0]), line[1])
            positive, grows, left = unused(goal, "estimate", 3)
            terms = [(1 / line[0], [grows, label], "1"), (1, [left], "1")]
            node = cone(terms, [positive])
            node = have(left, Formula(plus(times(slope, least), rest), GE), None, node)
            node = have(grows, Formula(slope, GE), None, node)
            made = opened(goal, have(positive, Formula(x, GT), None, node))
            if made is not None and _filled(made[1], search, fuel):
                return closed(made[0])
    return None if any(_free(goal, x) for x in places) else _shown(goal, search, fuel)


def _parts(forms: Forms, v: int) -> tuple[Term, Term] | None:
    """The quotients f and -p of a target f - p/x."""
    if any(dict(m).get(v, 0) != 1 for m in forms.bottom):
        return None
    if any(dict(m).get(v, 0) not in (0, 1) for m in forms.top):
        return None
    below = forms.term(_less(forms.bottom, v))
    slope = {m: c for m, c in forms.top.items() if dict(m).get(v, 0)}
    rest = {m: c for m, c in forms.top.items() if not dict(m).get(v, 0)}
    return over(forms.term(_less(slope, v)), below), over(forms.term(rest), below)


def _less(p: Poly, v: int) -> Poly:
    return {tuple(factor for factor in m if factor[0] != v): c for m, c in p.items()}


def _filled(holes: list[Hole], search: Search, fuel: int) -> bool:
    """Fill holes: without sums by what bounds them, then by what is said of the counter."""
    for hole in holes:
        hole.filled = _shown(hole.goal, search, fuel) or {}
        if not hole.filled:
            return False
    return True


def _shown(goal: Goal, search: Search, fuel: int) -> Tree | None:
    if (plain := search.leaf(goal)) is not None:
        return plain
    sums = [x for x in goal.variables.values() if _free(goal, x) and x.value in goal.target.names]
    if not sums:
        few = {n: f for n, f in goal.facts.items() if f.term.names <= goal.target.names}
        return search.solve(replace(goal, facts=few), fuel)
    for node in without(goal, Forms(goal), "invariant ", False, whole=True):
        made = opened(goal, node)
        if made is not None and _filled(made[1], search, fuel):
            return closed(made[0])
    return None
