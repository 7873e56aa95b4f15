"""Rules: each takes a goal and parameters and returns the goals that remain."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from flint import fmpq

from proofs.provers.calculus.enclosures import (
    sign_ok,
)
from proofs.provers.calculus.events import average, event
from proofs.provers.calculus.goals import Fact, Goal, Range, conditions, counts
from proofs.provers.calculus.normal import Normalizer
from proofs.provers.calculus.polynomials import (
    ATOMS,
    Poly,
    constant,
    p_add,
    p_mul,
    p_pow,
    p_term,
)
from proofs.provers.calculus.signs import Positive, bernstein, mean_value
from proofs.provers.calculus.terms import (
    MINUS,
    ONE,
    Malformed,
    Reader,
    Rejected,
    Term,
    add,
    build,
    contains,
    derivative,
    mul,
    natural,
    neg,
    num,
    power,
    rational,
    replaced,
    rewritten,
    sub,
    substitute,
    variables,
    working_precision,
)

Node = Mapping[str, Any]


def _variable(goal: Goal, node: Node) -> str:
    x = node["variable"]
    if x not in goal.box:
        raise Rejected(f"no variable {x!r}")
    return str(x)


def _mentions(facts: tuple[Fact, ...], x: str) -> bool:
    return any(x in variables(e) for _, e, _ in facts)


def rule_identity(goal: Goal, node: Node) -> list[Goal]:
    """The numerator is the zero polynomial, so the term is zero wherever it is defined."""
    if goal.relation not in (">=", "==") or goal.normal(goal.target).top:
        raise Rejected("not an identity")
    return []


def rule_ball(goal: Goal, node: Node) -> list[Goal]:
    """An enclosure of the target over the whole box has the right sign."""
    if not sign_ok(goal.enclose(goal.target), goal.relation):
        raise Rejected("the enclosure does not decide")
    return []


def rule_slope(goal: Goal, node: Node) -> list[Goal]:
    """So has its mean value form."""
    if not sign_ok(mean_value(goal), goal.relation):
        raise Rejected("the mean value form does not decide")
    return []


def rule_coefficients(goal: Goal, node: Node) -> list[Goal]:
    """The coefficients of numerator and denominator over the box have one sign."""
    positive_quotient(goal)
    return []


def positive_quotient(goal: Goal) -> tuple[int, int, Positive, Positive]:
    """Signs of numerator and denominator, and the certificates that they have them."""
    if goal.relation == "==":
        raise Rejected("an equation is not shown by signs")
    top, bottom = goal.normal(goal.target)
    for sign in (1, -1):
        above = bernstein(goal, p_mul(constant(sign), top), goal.relation in (">", "!="))
        for other in (1, -1) if above is not None else ():
            if goal.relation == "!=" or sign == other:
                below = bernstein(goal, p_mul(constant(other), bottom), True)
                if below is not None and above is not None:
                    return sign, other, above, below
    raise Rejected("the coefficients do not have one sign")


def rule_cone(goal: Goal, node: Node) -> list[Goal]:
    """The target equals a sum of terms c * (product of facts >= 0) * (polynomial)^2, c >= 0.

    A fact is a hypothesis, an end of a range, or (with its own sign-free multiplier instead of a
    square) an equation. For a strict target, one term must be a positive constant times facts
    that are themselves strict.
    """
    top, bottom = goal.normal(goal.target)
    if set(bottom) != {()}:
        raise Rejected("a sum of squares is for polynomials")
    normalizer = Normalizer(goal)
    total: Poly = {}
    strict = False
    for term in node["terms"]:
        c = rational(term["coefficient"])
        square = normalizer.poly(given(goal, term["square"]))
        product, positive, equation = constant(c), True, False
        for label in term["facts"]:
            e, relation = fact(goal, label)
            product = p_mul(product, normalizer.poly(e))
            positive &= relation == ">"
            equation |= relation == "=="
        if c < 0 and not equation:
            raise Rejected("a negative coefficient")
        product = p_mul(product, square if equation else p_mul(square, square))
        strict |= positive and c > 0 and not equation and set(square) == {()}
        total = p_add(total, product)
    total = normalizer.reduce(p_mul(total, bottom)) if bottom[()] > 0 else {}
    if normalizer.reduce(p_add(top, p_mul(constant(-1), total))) or bottom[()] < 0:
        raise Rejected("the terms do not add up to the target")
    if goal.relation == "==" or (goal.relation != ">=" and not strict):
        raise Rejected("the terms do not give a strict inequality")
    return []


def fact(goal: Goal, label: str) -> tuple[Term, str]:
    """A known nonnegative term: a hypothesis by name, or ``lo:x`` / ``hi:x`` for a range."""
    kind, _, x = label.partition(":")
    if kind in ("lo", "hi") and x in goal.box:
        r = goal.box[x]
        if kind == "lo" and r.lo is not None:
            return sub(("var", x), ("num", r.lo)), ">" if r.lo_open else ">="
        if kind == "hi" and r.hi is not None:
            return sub(("num", r.hi), ("var", x)), ">" if r.hi_open else ">="
    for known, e, relation in goal.facts:
        if known == label and relation != "!=":
            return e, relation
    raise Rejected(f"no usable fact {label!r}")


def rule_split(goal: Goal, node: Node) -> list[Goal]:
    """The box is the union of its two parts."""
    x, at = _variable(goal, node), rational(node["at"])
    r = goal.box[x]
    if (r.lo is not None and at <= r.lo) or (r.hi is not None and at >= r.hi):
        raise Rejected("the split is outside the box")
    left = goal.narrowed(x, hi=at, hi_open=False)
    if x in goal.integers:
        floor = fmpq(int(at.p // at.q))
        return [
            goal.narrowed(x, hi=floor, hi_open=False),
            goal.narrowed(x, lo=floor + 1, lo_open=False),
        ]
    return [left, goal.narrowed(x, lo=at, lo_open=False)]


def rule_enumerate(goal: Goal, node: Node) -> list[Goal]:
    """An integer variable in a bounded range takes each of finitely many values."""
    x = _variable(goal, node)
    r = goal.box[x]
    point = r.lo is not None and r.lo == r.hi
    if point and not r.lo_open and not r.hi_open:
        return [_at(goal, x, ("num", r.lo))]
    if x not in goal.integers or r.lo is None or r.hi is None or r.hi - r.lo > 1000:
        raise Rejected("not a finite integer range")
    first, last = int(-(-r.lo.p // r.lo.q)), int(r.hi.p // r.hi.q)
    return [_at(goal, x, num(n)) for n in range(first, last + 1)]


def _at(goal: Goal, x: str, value: Term) -> Goal:
    return goal.but(
        target=substitute(goal.target, x, value),
        facts=tuple((n, substitute(e, x, value), r) for n, e, r in goal.facts),
    )


def rule_restrict(goal: Goal, node: Node) -> list[Goal]:
    """A fact a x + b >= 0 with numbers a, b bounds x."""
    e, relation = fact(goal, node["fact"])
    top, bottom = goal.normal(e)
    atoms = {v for m in top for v, _ in m}
    if set(bottom) != {()} or len(atoms) != 1 or relation == "==":
        raise Rejected("the fact does not bound one variable")
    (v,) = atoms
    x = ATOMS[v]
    slope, offset = top.get(((v, 1),), fmpq(0)) / bottom[()], top.get((), fmpq(0)) / bottom[()]
    if (
        slope == 0
        or any(m not in ((), ((v, 1),)) for m in top)
        or x[0] != "var"
        or x[1] not in goal.box
    ):
        raise Rejected("the fact is not linear in a variable")
    bound, is_open, r = -offset / slope, relation == ">", goal.box[x[1]]
    if x[1] in goal.integers:  # round to the next integer inside
        inside = fmpq(-int(-bound.p // bound.q)) if slope > 0 else fmpq(int(bound.p // bound.q))
        step = fmpq(1 if slope > 0 else -1)
        bound, is_open = (inside + step if is_open and inside == bound else inside), False
    if slope > 0 and (r.lo is None or bound > r.lo or (bound == r.lo and is_open > r.lo_open)):
        return [goal.narrowed(x[1], lo=bound, lo_open=is_open)]
    if slope < 0 and (r.hi is None or bound < r.hi or (bound == r.hi and is_open > r.hi_open)):
        return [goal.narrowed(x[1], hi=bound, hi_open=is_open)]
    raise Rejected("the fact does not narrow the box")


def rule_void(goal: Goal, node: Node) -> list[Goal]:
    """The box is empty."""
    for r in goal.box.values():
        bounded = r.lo is not None and r.hi is not None
        if bounded and (r.lo > r.hi or (r.lo == r.hi and (r.lo_open or r.hi_open))):
            return []
    raise Rejected("the box is not empty")


def rule_absurd(goal: Goal, node: Node) -> list[Goal]:
    """A fact fails everywhere (where it is defined), so there is nothing to show."""
    for name, e, relation in goal.facts:
        if name == node["fact"]:
            rest = tuple(f for f in goal.facts if f[0] != name)
            if relation == "==":
                target, opposite = (e if node["sign"] == "+" else neg(e)), ">"
            else:
                target, opposite = neg(e), ">" if relation == ">=" else ">="
            negation = goal.but(target=target, relation=opposite, facts=rest)
            return [negation, *conditions(negation, target)]
    raise Rejected("no such fact")


def rule_cases(goal: Goal, node: Node) -> list[Goal]:
    """Either e >= 0 or -e >= 0; e must be defined. Each case may use its own fact."""
    e = given(goal, node["term"])
    name = fresh(goal, "case")
    return [
        goal.but(facts=(*goal.facts, (name, e, ">")), target=_signed(goal.target, e, ONE)),
        goal.but(facts=(*goal.facts, (name, neg(e), ">=")), target=_signed(goal.target, e, MINUS)),
        *conditions(goal, e),
    ]


def fresh(goal: Goal, kind: str) -> str:
    """A name for a new fact."""
    used = {name for name, _, _ in goal.facts}
    return next(name for i in itertools.count() if (name := f"{kind}{i}") not in used)


def given(goal: Goal, text: str) -> Term:
    """Read a term of the certificate's own; expectations belong to statements alone."""
    known = {x: ("var", x) for x in (*goal.box, *goal.draws, "pi")}
    laws = goal.draws
    return Reader(known, lambda e: build("E", e), lambda a, op, b: event(a, op, b, laws)).term(text)


def _signed(t: Term, e: Term, sign: Term) -> Term:
    """Replace abs(e) by sign * e."""
    if t[0] in ("num", "var", "E"):
        return t
    if t == ("abs", e):
        return mul(sign, e)
    return build(t[0], *(_signed(a, e, sign) for a in t[1:]))


def rule_fraction(goal: Goal, node: Node) -> list[Goal]:
    """top/bottom has the sign of top when bottom > 0 (of -top when bottom < 0)."""
    top, bottom = goal.normal(goal.target)
    sign = {"+": 1, "-": -1}[node["bottom"]]
    if set(bottom) == {()} and bottom[()] == sign and sign == 1:
        raise Rejected("not a quotient")
    return [
        goal.but(target=p_term(p_mul(constant(sign), bottom)), relation=">"),
        goal.but(target=p_term(p_mul(constant(sign), top))),
    ]


def rule_factor(goal: Goal, node: Node) -> list[Goal]:
    """The target is c times a product of powers, c > 0; odd powers must have the right sign.

    For a strict target every factor has to be positive, even under an even power.
    """
    if goal.relation not in (">=", ">"):
        raise Rejected("not an inequality")
    top, bottom = goal.normal(goal.target)
    c = rational(node["coefficient"])
    if set(bottom) != {()} or bottom[()] <= 0 or c <= 0 or not node["factors"]:
        raise Rejected("a factorisation needs a polynomial and a positive coefficient")
    normalizer = Normalizer(goal)
    product, remaining = constant(c), []
    for factor in node["factors"]:
        e, k = given(goal, factor["term"]), natural(factor["exponent"])
        product = p_mul(product, p_pow(normalizer.poly(e), k))
        if goal.relation == ">" or k % 2:
            remaining += [goal.but(target=e), *conditions(goal, e)]
    if normalizer.reduce(p_add(p_mul(product, bottom), p_mul(constant(-1), top))):
        raise Rejected("the factors do not multiply to the target")
    return remaining


def rule_square(goal: Goal, node: Node) -> list[Goal]:
    """L <= R follows from R >= 0 and L^2 <= R^2; the target has to read R - L."""
    if goal.relation not in (">=", ">") or goal.target[0] != "+":
        raise Rejected("not a difference")
    right, left = goal.target[1], neg(goal.target[2])
    gap = sub(power(right, num(2)), power(left, num(2)))
    return [goal.but(target=right), goal.but(target=gap)]


def rule_logarithm(goal: Goal, node: Node) -> list[Goal]:
    """L <= R follows from R > 0, L > 0 and log L <= log R; the target has to read R - L."""
    if goal.relation not in (">=", ">") or goal.target[0] != "+":
        raise Rejected("not a difference")
    right, left = goal.target[1], neg(goal.target[2])
    gap = sub(build("log", right), build("log", left))
    signs = [goal.but(target=e, relation=">") for e in (right, left)]
    return [*signs, goal.but(target=gap)]


def rule_monotone(goal: Goal, node: Node) -> list[Goal]:
    """From one end of a range the target grows: its value there, and the sign of its derivative.

    Facts about the variable are dropped; that the target is defined on the closed path, and its
    derivative inside, are goals of their own.
    """
    x = _variable(goal, node)
    low = {"lo": True, "hi": False}[node["end"]]
    r = goal.box[x]
    end, is_open = (r.lo, r.lo_open) if low else (r.hi, r.hi_open)
    if end is None or goal.relation not in (">=", ">") or contains(goal.target, "sign"):
        raise Rejected("no monotone argument from there")
    free = _without(goal, x).but(integers=goal.integers - {x})
    closed = free.narrowed(x, **{"lo_open" if low else "hi_open": False})
    inside = free.narrowed(x, lo_open=True, hi_open=True)
    slope = derivative(goal.target, x)
    start = substitute(goal.target, x, ("num", end))
    return [
        free.but(target=start, relation=">=" if is_open else goal.relation),
        inside.but(
            target=slope if low else neg(slope), relation=goal.relation if is_open else ">="
        ),
        *conditions(closed, goal.target),
        *conditions(inside, slope),
    ]


def _without(goal: Goal, x: str) -> Goal:
    return goal.but(facts=tuple(f for f in goal.facts if x not in variables(f[1])))


def rule_substitute(goal: Goal, node: Node) -> list[Goal]:
    """Every x is value(t) for t = inverse(x), which lies in the new range."""
    x, old = _variable(goal, node), goal.box[node["variable"]]
    value, inverse = given(goal, node["value"]), given(goal, node["inverse"])
    lo, hi = (None if node[end] is None else rational(node[end]) for end in ("lo", "hi"))
    new = Range(lo, hi, node["lo_open"], node["hi_open"])
    back = replaced(value, x, inverse)
    made = _at(goal, x, value).but(box={**goal.box, x: new}, integers=goal.integers - {x})
    inside = []
    if lo is not None:
        inside.append(goal.but(target=sub(inverse, num(lo)), relation=">" if new.lo_open else ">="))
    if hi is not None:
        inside.append(goal.but(target=sub(num(hi), inverse), relation=">" if new.hi_open else ">="))
    if node["keep"]:
        n = len(goal.facts)
        for kind, end, gap, is_open in (
            ("lo", old.lo, None if old.lo is None else sub(value, num(old.lo)), old.lo_open),
            ("hi", old.hi, None if old.hi is None else sub(num(old.hi), value), old.hi_open),
        ):
            if end is not None:
                named = (f"{kind}{n}", gap, ">" if is_open else ">=")
                made = made.but(facts=(*made.facts, named))
    return [
        *conditions(goal, inverse),
        *inside,
        *conditions(goal, back),
        goal.but(target=sub(back, ("var", x)), relation="=="),
        made,
    ]


def rule_have(goal: Goal, node: Node) -> list[Goal]:
    """What is shown first may be used as a fact."""
    e, relation = given(goal, node["term"]), node["relation"]
    fact = (fresh(goal, "have"), e, relation)
    return [
        goal.but(target=e, relation=relation),
        *conditions(goal, e),
        goal.but(facts=(*goal.facts, fact)),
    ]


def rule_chernoff(goal: Goal, node: Node) -> list[Goal]:
    """Markov's inequality for a power: a probability is at most E(e^s)^k t^-s.

    The target has to fall with the probability; what remains of it is shown with the bound.
    """
    probability, s = given(goal, node["event"]), rational(node["exponent"])
    (operator, e, laws), k, t = probability[1:]
    if (s > 0) != (operator[0] == ">") or not counts(goal, k):
        raise Rejected("not an event that this bounds")
    ends = {"gaussian": (None, None), "uniform": (fmpq(-7, 4), fmpq(7, 4))}
    box = {w: Range(*ends.get(law, (fmpq(-1), fmpq(1)))) for w, law in laws}
    draws = Goal(box, (), e, ">=" if s > 0 else ">")
    level = goal.but(target=t, relation=">")
    rest = rewritten(goal.target, probability, tail_bound(probability, s))
    return [
        draws,
        *conditions(draws, e),
        level,
        *conditions(goal, t),
        goal.but(target=rest),
        *conditions(goal, rest),
    ]


def tail_bound(probability: Term, s: fmpq) -> Term:
    """E(e^s)^k t^-s for the probability that k copies of e multiply to t."""
    (_, e, laws), k, t = probability[1:]
    mean = average(power(e, ("num", s)), dict(laws))
    return mul(power(mean, k), power(t, ("num", -s)))


def rule_induction(goal: Goal, node: Node) -> list[Goal]:
    """Base case at the lower end, and the step from n to n + 1; facts about n are dropped."""
    x = _variable(goal, node)
    r = goal.box[x]
    if x not in goal.integers or r.lo is None or r.lo.q != 1 or r.lo_open:
        raise Rejected("induction needs an integer variable with a lower end")
    free = _without(goal, x).narrowed(x, hi=None, hi_open=False)
    shifted = substitute(goal.target, x, add(("var", x), ONE))
    assumed = (fresh(free, "induction"), goal.target, goal.relation)
    return [
        free.but(target=substitute(goal.target, x, ("num", r.lo))),
        free.but(facts=(*free.facts, assumed), target=shifted),
        *conditions(free, goal.target),
    ]


RULES: Mapping[str, tuple[Callable[[Goal, Node], list[Goal]], frozenset[str]]] = {
    name: (rule, frozenset(parameters.split()))
    for name, rule, parameters in (
        ("identity", rule_identity, ""),
        ("ball", rule_ball, ""),
        ("slope", rule_slope, ""),
        ("coefficients", rule_coefficients, ""),
        ("cone", rule_cone, "terms"),
        ("split", rule_split, "variable at"),
        ("enumerate", rule_enumerate, "variable"),
        ("restrict", rule_restrict, "fact"),
        ("void", rule_void, ""),
        ("absurd", rule_absurd, "fact sign"),
        ("cases", rule_cases, "term"),
        ("fraction", rule_fraction, "bottom"),
        ("factor", rule_factor, "coefficient factors"),
        ("square", rule_square, ""),
        ("logarithm", rule_logarithm, ""),
        ("monotone", rule_monotone, "variable end"),
        ("substitute", rule_substitute, "variable value inverse lo hi lo_open hi_open keep"),
        ("have", rule_have, "term relation"),
        ("chernoff", rule_chernoff, "event exponent"),
        ("induction", rule_induction, "variable"),
    )
}


def refine(goal: Goal, node: Node) -> list[Goal]:
    """Apply one rule; the returned goals together imply the given one.

    Raises
    ------
    Rejected
        If the rule does not apply.
    Malformed
        If the node is not a rule with its parameters.
    """
    if not isinstance(node, Mapping) or node.get("rule") not in RULES:
        raise Malformed(f"no rule {str(node)[:60]!r}")
    rule, parameters = RULES[node["rule"]]
    if set(node) - {"rule", "parts"} != parameters:
        raise Malformed(f"wrong parameters of the rule {node['rule']!r}")
    with working_precision():
        try:
            return rule(goal, node)
        except (KeyError, TypeError, AttributeError, RecursionError) as wrong:
            raise Malformed(f"bad parameters of {node['rule']!r}: {wrong}") from None
