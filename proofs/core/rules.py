"""Rules: each takes a goal and a node of a certificate, and returns goals that imply the goal.

Each docstring says why. Goals come from :meth:`Goal.show`, so that whatever a node brings in is
shown to be defined.
"""


# ruff: noqa: D103 - short helpers say what they do by their names

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from flint import arb, fmpq

from proofs.core import probability
from proofs.core.goals import EQ, GE, GT, NE, Goal, Layers, Range
from proofs.core.normal import Quotient, Ring, fixed, settled
from proofs.core.ranges import INF, Interval, enclose, exactly, i_plus, i_times, tends
from proofs.core.terms import (
    ONE,
    Formula,
    Malformed,
    Rejected,
    Term,
    constant,
    derivative,
    integral,
    minus,
    neg,
    number,
    plus,
    power,
    replaced,
    times,
)  # fmt: skip

Node = Mapping[str, Any]
Rule = Callable[[Goal, Node], list[Goal]]
MAX_DIGITS: Final = 4_000
RULES: Final[dict[str, tuple[Rule, frozenset[str]]]] = {}


def rule(parameters: str) -> Callable[[Rule], Rule]:
    """Make a function a rule of its name, with these keys of a node as parameters."""

    def registered(function: Rule) -> Rule:
        RULES[function.__name__] = function, frozenset(parameters.split())
        return function

    return registered


def rational(source: Any) -> fmpq:
    """Read a reduced fraction written as a decimal string."""
    top, _, bottom = source.partition("/") if isinstance(source, str) else ("", "", "")
    digits = top.removeprefix("-"), bottom or "1"
    if (
        not all(d.isascii() and d.isdigit() and len(d) <= MAX_DIGITS for d in digits)
        or int(digits[1]) == 0
    ):
        raise Malformed(f"not a rational: {str(source)[:40]!r}")
    value = fmpq(int(top), int(digits[1]))
    if str(value) != source:
        raise Malformed(f"not in lowest terms: {source[:40]!r}")
    return value


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Malformed("true or false is wanted")
    return value


def listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Malformed("a list is wanted")
    return value


@rule("mean")
def enclose_(goal: Goal, node: Node) -> list[Goal]:
    """An enclosure of the target over the box has the right sign.

    Or, with ``mean``: f(centre) + sum of f_i(box) (x_i - centre_i) has, by the mean value theorem;
    f is differentiable on the box, as f and its f_i are shown to be defined there, without facts.
    """
    if not flag(node["mean"]):
        if not goal.enclose(goal.target).allows(goal.relation):
            raise Rejected("the enclosure does not decide")
        return []
    names = sorted(goal.target.names)
    if any(None in goal.box[x][:2] for x in names):
        raise Rejected("no mean value form on an unbounded box")
    real = {x: Term("variable", value=x) for x in names}
    f = replaced(goal.target, {goal.variables[x]: real[x] for x in names})
    box = {x: goal.box[x]._replace(lo_open=False, hi_open=False) for x in names}
    plain = replace(goal, facts={}, variables=real, box=box)
    centre = {x: (goal.box[x].lo + goal.box[x].hi) / 2 for x in names}
    total = enclose(f, {x: exactly(c) for x, c in centre.items()})
    needed = plain.defined(f)
    for x in names:
        slope = derivative(f, x)
        needed += plain.defined(slope)
        reach = arb((goal.box[x].hi - goal.box[x].lo) / 2).upper()
        total = i_plus(total, i_times(plain.enclose(slope), Interval(-reach, reach)))
    if not total.allows(goal.relation):
        raise Rejected("the mean value form does not decide")
    return needed


RULES["enclose"] = RULES.pop("enclose_")  # the function enclose is that of ranges


@rule("times terms sign")
def cone(goal: Goal, node: Node) -> list[Goal]:
    """(product of positive facts) * target = sum of weight * (product of facts) * square.

    Weights are >= 0, unless one of the facts is an equation; the "square" then is a plain factor.
    For a strict target one term must be a positive number times positive facts. ``sign`` is 1,
    or -1 to show that the target is not zero as it is negative, or 0: then the sum is 0 and
    strictly positive, so that the facts contradict each other.
    """
    sign = {"1": 1, "0": 0, "-1": -1}.get(node["sign"])
    if sign is None or (sign == -1 and goal.relation is not NE):  # 0 proves anything
        raise Rejected("no such sign")
    relation = goal.relation if sign else GT
    terms = [
        (rational(t["weight"]), listed(t["facts"]), t["square"]) for t in listed(node["terms"])
    ]
    labels = [*listed(node["times"]), *(f for t in terms for f in t[1])]
    facts = {f: goal.known(f) for f in labels}
    roots = {source: goal.read(source) for _, _, source in terms}
    strict = False
    for c, names, source in terms:
        relations = {facts[f].relation for f in names}
        if NE in relations or (c < 0 and EQ not in relations):
            raise Rejected("a term that may be negative")
        if relation is EQ and EQ not in relations:
            raise Rejected("an equation follows from equations only")
        strict |= bool(c > 0 and constant(roots[source]) == 1 and relations <= {GT})
    if any(facts[f].relation is not GT for f in node["times"]):
        raise Rejected("a factor that may vanish")
    if relation in (GT, NE) and not strict:
        raise Rejected("no term is plainly positive")

    def difference(ring: Ring) -> bool:
        fact = {f: ring.value(e) for f, (e, _) in facts.items()}
        root = {source: ring.value(e) for source, e in roots.items()}
        one = Quotient(fixed(-sign))
        total = math.prod((fact[f] for f in node["times"]), start=ring.value(goal.target) * one)
        for c, names, source in terms:
            equation = any(facts[f].relation is EQ for f in names)
            square = root[source] if equation else root[source] * root[source]
            total += math.prod((fact[f] for f in names), start=square * Quotient(fixed(c)))
        return not ring.reduced(total.top)

    if not settled(goal, difference):
        raise Rejected("the terms do not add up to the target")
    given = [*roots.values(), *(e for f, (e, _) in facts.items() if f not in goal.facts)]
    return [g for e in dict.fromkeys(given) for g in goal.defined(e)]


@rule("name claim")
def have(goal: Goal, node: Node) -> list[Goal]:
    """What is shown first may be used as a fact."""
    claim = goal.formula(node["claim"])
    return [*goal.show(*claim), goal.where(node["name"], claim)]


@rule("name term")
def cases(goal: Goal, node: Node) -> list[Goal]:
    """A defined term is > 0 or <= 0."""
    e = goal.read(node["term"])
    ends = Formula(e, GT), Formula(neg(e), GE)
    return [*goal.defined(e), *(goal.where(node["name"], end) for end in ends)]


@rule("variable end")
def monotone(goal: Goal, node: Node) -> list[Goal]:
    """From an end of its range on, the target has the right sign there and grows.

    The path from the end to a point may leave the facts about x, and the integers: so these are
    dropped, and that the target is defined on the closed path, and its derivative inside, is shown
    anew. A target that is defined is continuous, as it has a derivative formula (which sign, abs,
    min and max have not), and differentiable where that formula is defined.
    """
    x = goal.variable(node["variable"])
    low = {"lo": True, "hi": False}.get(node["end"])
    r, real = goal.box[x], Term("variable", value=x)
    end, is_open = (r.lo, r.lo_open) if low else (r.hi, r.hi_open)
    if end is None or low is None or goal.relation not in (GE, GT):
        raise Rejected("no argument by monotonicity")
    f = replaced(goal.target, {goal.variables[x]: real})
    slope = derivative(f, x)
    free = replace(goal, variables={**goal.variables, x: real})
    closed = free.free(x, r._replace(lo_open=r.lo_open and not low, hi_open=r.hi_open and low))
    inside = free.free(x, Range(r.lo, r.hi, True, True))
    start = free.free(x, Range())
    rises = slope if low else neg(slope)
    return [
        *closed.defined(f),
        *start.show(replaced(f, {real: number(end)}), GE if is_open else goal.relation),
        *inside.show(rises, goal.relation if is_open else GE),
    ]


@rule("variable end")
def limit(goal: Goal, node: Node) -> list[Goal]:
    """From here to an infinite end of its range the target falls, and it tends to a limit >= 0.

    So it is at least its limit, and greater where it falls strictly. What is said of
    :func:`monotone` about the path holds here: the facts about x are dropped, and that the target
    and its derivative are defined on the whole path is shown anew.
    """
    x = goal.variable(node["variable"])
    high = {"hi": True, "lo": False}.get(node["end"])
    r, real = goal.box[x], Term("variable", value=x)
    end = r.hi if high else r.lo
    if high is None or end is not None or goal.relation not in (GE, GT):
        raise Rejected("no argument by a limit")
    f = replaced(goal.target, {goal.variables[x]: real})
    slope = derivative(f, x)
    if not tends(f, x, INF if high else -INF, goal.intervals()).lo >= 0:
        raise Rejected("the limit may be negative")
    path = replace(goal, variables={**goal.variables, x: real}).free(x, r)
    return [*path.defined(f), *path.show(neg(slope) if high else slope, goal.relation)]


@rule("variable value inverse where")
def substitute(goal: Goal, node: Node) -> list[Goal]:
    """Every x is value(t) for the real t = inverse(x); so all t may be considered.

    The new variable has the name of the old one. What ``where`` says of t is shown of inverse(x).
    An integer may only take a number as its value.
    """
    x = goal.variable(node["variable"])
    old, real, t = goal.variables[x], Term("variable", value=x), Term("variable", value=f"new {x}")
    fresh = replace(goal, variables={**goal.variables, x: t})
    value, inverse = fresh.read(node["value"]), goal.read(node["inverse"])
    if old.head == "integer" and not (constant(value) is not None and integral(value)):
        raise Rejected("an integer takes whole values")
    found = [*goal.defined(inverse), *goal.instance(Formula(minus(value, old), EQ), {t: inverse})]
    moved = replace(goal, variables={**goal.variables, x: real}).at(
        x, old, replaced(value, {t: real})
    )
    for i, source in enumerate(listed(node["where"])):
        said = fresh.formula(source)
        found += goal.instance(said, {t: inverse})
        new = Formula(replaced(said.term, {t: real}), said.relation)
        moved = moved.where(f"new {x} {i} {len(goal.facts)}", new)
    return [*found, moved]


@rule("variable invariants")
def invariant(goal: Goal, node: Node) -> list[Goal]:
    """Invariants that hold at the start and survive every step imply the target.

    The steps are the layers of the statement (``variable`` is empty), or those of an integer from
    the least value of its range to the next one. Starts mention nothing that a step changes. What
    is assumed of the accumulators at the end is of use there only.
    """
    layers, here = goal.layers, replace(goal, layers=None)
    if node["variable"]:
        x = goal.variable(node["variable"])
        n, r = goal.variables[x], goal.box[x]
        if n.head != "integer" or r.lo is None:
            raise Rejected("induction needs an integer with a least value")
        here = here.free(x, Range(r.lo))
        layers = Layers({}, {}, {n: number(r.lo)}, {n: plus(n, ONE)})
    if layers is None:
        raise Rejected("no steps to be invariant under")
    claims = [here.formula(source) for source in listed(node["invariants"])]
    held = here
    for i, claim in enumerate(claims):
        held = held.where(f"invariant {i}", claim)
    step = replace(
        held, variables={**held.variables, **layers.variables},
        box={**held.box, **dict.fromkeys(layers.variables, Range())},
    )  # fmt: skip
    for name, fact in layers.facts.items():
        step = step.where(f"layer {name}", fact)
    found = [g for e in layers.starts.values() for g in here.defined(e)]
    found += [g for claim in claims for g in here.instance(claim, layers.starts)]
    found += [g for e in layers.updates.values() for g in step.defined(e)]
    found += [g for claim in claims for g in step.instance(claim, layers.updates)]
    for name, fact in layers.finals.items():
        held = held.where(name, fact)
    return [*found, *held.show(goal.target, goal.relation)]


@rule("event exponent name")
def markov(goal: Goal, node: Node) -> list[Goal]:
    """Markov's inequality: P(X >= t) <= E(X**s) t**(-s) for X >= 0, t > 0, s > 0.

    X is a product of k >= 0 independent copies of e, so that E(X**s) = E(e**s)**k. For P(X <= t)
    the exponent s is negative, and e > 0.
    """
    p, s = goal.read(node["event"]), rational(node["exponent"])
    if p.head != "P" or s == 0 or str(p.value)[0] != (">" if s > 0 else "<"):
        raise Rejected("not an event to bound")
    left, t = p.parts
    e, k = left.parts if left.head == "prod" else (left, ONE)
    if t.drawn or e.names:
        raise Rejected("not an event to bound")
    mean = probability.admit(Term("E", power(e, number(s))))
    limit = times(power(mean, k), power(t, number(-s)))
    sign = goal.aimed(e, GE if s > 0 else GT)
    return [
        *goal.defined(p), sign, *goal.show(t, GT), *goal.defined(limit),
        goal.where(node["name"], Formula(minus(limit, p), GE)),
    ]  # fmt: skip


@rule("lemma at name")
def cite(goal: Goal, node: Node) -> list[Goal]:
    """A proved statement at given terms: if its hypotheses hold there, so does its conclusion."""
    lemma, at = goal.library.get(node["lemma"]), node["at"]
    if lemma is None or lemma.layers is not None or not isinstance(at, dict):
        raise Rejected("no such lemma among those that were proved before")
    if set(at) != {x for x, term in lemma.variables.items() if term.head != "drawn"}:
        raise Rejected("a lemma is cited at terms for all its variables")
    given = {x: goal.read(source) for x, source in at.items()}
    if any(lemma.variables[x].head == "integer" and not integral(e) for x, e in given.items()):
        raise Rejected("an integer takes whole values")
    # So E may come to stand inside of P, where no statement has it: E binds what it draws.
    values = {lemma.variables[x]: e for x, e in given.items()}
    found = [g for e in given.values() for g in goal.defined(e)]
    for fact in lemma.facts.values():  # hypotheses, domains, and what they need to be defined
        found += goal.instance(fact, values)
    return [
        *found,
        goal.where(node["name"], Formula(replaced(lemma.target, values), lemma.relation)),
    ]


def remaining(goal: Goal, node: Any) -> list[Goal]:
    """Apply the rule of a node; the goals that are returned imply the goal."""
    name = node.get("rule") if isinstance(node, dict) else None
    if (
        not isinstance(name, str)
        or name not in RULES
        or set(node) - {"rule", "parts"} != RULES[name][1]
    ):
        raise Malformed(f"not a rule with its parameters: {str(node)[:60]}")
    if goal.layers is not None and name != "invariant":
        raise Rejected("a statement about layers needs an invariant")
    return RULES[name][0](goal, node)
