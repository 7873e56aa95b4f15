"""Every rule, drawn at random: goals that are all true where they matter imply a true goal.

A goal and a point are drawn, with facts that hold there, and a node of a certificate. If the rule
accepts, and the goal is false at the point, then one of the goals that it returns must be false:
at the point, or on the path from there along which the rule argues.
"""

import os
import re
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from fractions import Fraction

import pytest
from drawing import DRAWS, st, tried
from flint import fmpq
from forgeries import Case, forged
from reference import (
    Undefined,
    Unsure,
    assumed,
    compares,
    fails,
    fraction,
    holds,
    refuted,
    sign,
    value,
    wide,
)
from strategies import (
    PLAIN,
    POINTS,
    RELATIONS,
    SMALL,
    TERMS,
    VARIABLES,
    N,
    X,
    Y,
    claims,
    goals,
    labels,
    rational,
    said,
    true_facts,
)

from proofs.core import check
from proofs.core import terms as t
from proofs.core.goals import Goal, Range
from proofs.core.rules import RULES
from proofs.core.terms import Malformed, Rejected, Relation, number

# Goals that fit a rule, with a node that is plausible for it --------------------------------------


RISING = [  # of which the least value for u >= 0 is that for 0
    "{u}", "exp({u})", "({u})**3", "sinh({u})", "tanh({u})", "erf({u})", "atan({u})", "{u}/3 - 1",
    "sqrt({u})", "log(1 + {u})", "({u})**2", "({u})**(3/2)", "abs({u})", "cosh({u})",
    "-exp(-({u}))", "({u})*exp({u})", "lambertw({u})", "gamma({u} + 2)", "asin({u}/9)",
    "max({u}, 1/2)", "min({u}, 7)", "-1/(1 + {u})", "2 - 1/(1 + {u})**2", "({u})**n", "2**({u})",
    "sign({u})", "({u})*({u})", "{u} + n", "({u} + 1)**y", "-(1 + {u})**(-1/2)", "log({u})",
    "pi*({u})",
]  # fmt: skip
INNER = ["{u}", "{u}", "({u})**2", "exp({u})", "sqrt({u})", "log(1 + {u})", "2*({u})", "abs({u})"]
TURNS = [  # a term, and where it turns: to twenty digits, if that is no rational
    ("sin(x)", "-1.57079632679489661923"), ("sin(x)", "4.71238898038468985769"), ("x*x", "0"),
    ("cos(x)", "3.14159265358979323846"), ("-cos(x)", "0"), ("cosh(x)", "0"), ("x**4", "0"),
    ("gamma(x)", "1.46163214496836234126"), ("abs(x - 1)", "1"), ("sqrt(x**2)", "0"),
    ("max(x, -x)", "0"), ("(x - 2)**2", "2"), ("-exp(-x**2)", "0"), ("1 - 1/(1 + x**2)", "0"),
]  # fmt: skip
NEXT = [Fraction(1, 2**k) for k in (10, 40, 90, 118, 124, 127, 130, 200)]  # to a number
WIDE = [Fraction(1, 2), Fraction(3), Fraction(7), Fraction(40)]


def pinned(goal, x, low, high, strict=False):
    """The goal with ends for the range of a variable, each a fact of its own."""
    ends = ((1, low), (-1, high))
    for slope, end in ((s, e) for s, e in ends if e is not None):
        gap = t.times(number(slope), t.minus(VARIABLES[x], number(rational(end))))
        goal = goal.where(
            f"end {x} {slope}", t.Formula(gap, Relation.GT if strict else Relation.GE)
        )
    return goal


def beside(draw, goal, at):
    """The goal that its target is at least, or more than, its value there, or a little more."""
    with wide():
        try:
            here = value(goal.target, at)
        except (Undefined, Unsure):
            return goal, at, {"mean": False}
    if not isinstance(here, Fraction):
        top, power = here.mid().man_exp()
        here = fraction(fmpq(top) * fmpq(2) ** int(power))
    off = draw(st.sampled_from([Fraction(0), *NEXT, *(-d for d in NEXT)]))
    relation = draw(st.sampled_from([Relation.GE, Relation.GT, Relation.GT, Relation.NE]))
    least = number(rational(here + off))
    return goal.aimed(t.minus(goal.target, least), relation), at, {"mean": False}


@st.composite
def touching(draw):
    """A term that grows from the point on, where its range starts, or next to it."""
    at = draw(POINTS)
    goal = Goal(VARIABLES, {x: Range() for x in VARIABLES}, {}, t.ZERO, Relation.GE)
    for x in "yn":
        goal = pinned(goal, x, at[x], at[x])
    slope, start = (
        draw(st.sampled_from([1, -1])),
        draw(st.sampled_from([v for v in SMALL if v >= 0])),
    )
    before = draw(st.sampled_from([Fraction(0), Fraction(0), *NEXT]))
    other = draw(st.sampled_from([None, Fraction(0), *WIDE]))
    near, far = at["x"] - slope * before, None if other is None else at["x"] + slope * other
    strict = bool(before and other != 0 and draw(st.booleans()))
    goal = pinned(goal, "x", *((near, far) if slope > 0 else (far, near)), strict)
    u = t.plus(
        t.times(number(slope), t.minus(X, number(rational(at["x"])))), number(rational(start))
    )
    inner = draw(st.sampled_from(INNER)).format(u=said(u))
    made = goal.aimed(goal.read(draw(st.sampled_from(RISING)).format(u=inner)), Relation.GE)
    goal, at, node = beside(draw, made, at)
    if other == 0 and draw(st.booleans()):  # at a single point an equation may be claimed
        goal = goal.aimed(goal.target, Relation.EQ)
    return goal, at, node


@st.composite
def turning(draw):
    """A term that turns at the point, inside of a range that may be as wide as a period."""
    at = draw(POINTS)
    made, there = draw(st.sampled_from(TURNS))
    at = {**at, "x": Fraction(there)}
    goal = Goal(VARIABLES, {x: Range() for x in VARIABLES}, {}, t.ZERO, Relation.GE)
    low, high = (draw(st.sampled_from([None, Fraction(0), *NEXT[:3], *WIDE])) for _ in range(2))
    if made == "gamma(x)":  # which is defined for x > 0 only
        low = Fraction(1, 2)
    ends = (None if low is None else at["x"] - low, None if high is None else at["x"] + high)
    goal = pinned(goal, "x", *ends)
    return beside(draw, goal.aimed(goal.read(made), Relation.GE), at)


@st.composite
def slanted(draw):
    """For the mean value form: at a corner of the box a linear term is as small as the form says.

    Or a power of a negative number, of which nothing is known between whole exponents.
    """
    at = draw(POINTS)
    goal = Goal(VARIABLES, {x: Range() for x in VARIABLES}, {}, t.ZERO, Relation.GE)
    if draw(st.booleans()):
        total = t.ZERO
        for x in draw(st.sampled_from(["x", "y", "xy", "xyn"])):
            slope = draw(st.sampled_from([1, -1, 2, -3]))
            far = at[x] + draw(st.sampled_from([*WIDE, *NEXT[:3], Fraction(0)])) * (-1) ** (
                slope < 0
            )
            far = Fraction(int(far)) if x == "n" else far
            goal = pinned(goal, x, min(at[x], far), max(at[x], far))
            total = t.plus(total, t.times(number(slope), VARIABLES[x]))
        goal, at, _ = beside(draw, goal.aimed(total, Relation.GE), at)
        return goal, at, {"mean": True}
    at = {**at, "n": draw(st.sampled_from([Fraction(k) for k in (1, 3, -1, 2)]))}
    width = draw(st.sampled_from([*NEXT[:3], Fraction(1, 4), Fraction(1)]))
    goal = pinned(goal, "n", at["n"], at["n"] + draw(st.sampled_from([0, 0, 0, 1])))
    goal = pinned(goal, "x", at["x"] - width, at["x"] + width / draw(st.sampled_from([1, 2])))
    base = draw(st.sampled_from(["x", "(x - 3)", "(2*x - 7)", "(-x**2 - 1)", "(1/2 - x)"]))
    exponent = draw(st.sampled_from(["n", "n", "(2*n - 1)", "(n + 2)", "(n - n + 1)"]))
    made = draw(st.sampled_from(["{}", "{} + 1/8", "2*{} - 1/8", "x**2*{}", "exp({}) - 1"]))
    e = goal.read(made.format(f"{base}**{exponent}"))
    relation = draw(st.sampled_from([Relation.GE, Relation.GT, Relation.NE]))
    return goal.aimed(e, relation), at, {"mean": True}


@st.composite
def enclosed(draw):
    """Any goal, often as sharp as the enclosure of its target says, or a little beyond."""
    goal, at = draw(goals())
    mean = draw(st.booleans())
    if mean:
        for x in goal.target.names:
            for slope in (1, -1):
                end = at[x] - slope * draw(st.sampled_from([v for v in SMALL if v >= 0]))
                gap = t.times(number(slope), t.minus(VARIABLES[x], number(rational(end))))
                goal = goal.where(f"end {x} {slope}", t.Formula(gap, Relation.GE))
    if draw(st.integers(0, 3)):  # as sharp as an enclosure says, or a little beyond
        with suppress(Malformed, Rejected):
            if not goal.enclose(goal.target).lo.is_finite():
                goal = goal.aimed(t.tanh(goal.target), goal.relation)
            (top, power), beyond = goal.enclose(goal.target).lo.man_exp(), (0, 0, 1, 1, -1)
            least = fmpq(top) * fmpq(2) ** int(power) - fmpq(draw(st.sampled_from(beyond)), 100)
            some = st.sampled_from([Relation.GE, Relation.GE, Relation.GT, Relation.NE])
            goal = goal.aimed(t.minus(goal.target, number(least)), draw(some))
    return goal, at, {"mean": mean}


@st.composite
def enclose(draw):
    kinds = touching(), touching(), turning(), slanted(), slanted(), enclosed()
    return draw(draw(st.sampled_from(kinds)))


@st.composite
def cone(draw):
    """Mostly the target that the terms add up to, by a scheme that may break one of the rules."""
    at = draw(POINTS)
    goal = Goal(VARIABLES, {x: Range() for x in VARIABLES}, {}, t.ZERO, Relation.GE)
    for name, fact in draw(true_facts(at)).items():
        goal = goal.where(name, fact)
    total, terms = None, []
    for _ in range(draw(st.integers(0, 2))):
        names = draw(st.lists(st.sampled_from(labels(goal)), max_size=2)) if labels(goal) else []
        weight = draw(st.sampled_from(["1", "2", "1/2", "0", "-1", "1"]))
        root = draw(st.one_of(st.just(t.ONE), st.just(t.ONE), TERMS))
        terms.append({"weight": weight, "facts": names, "square": said(root)})
        facts = [goal.known(f) for f in names]
        plain = any(f.relation is Relation.EQ for f in facts) or draw(st.integers(0, 9)) == 0
        made = t.times(
            number(fmpq(*map(int, weight.split("/")))), root if plain else t.power(root, t.TWO)
        )
        for f in facts:
            made = t.times(made, f.term)
        total = made if total is None else t.plus(total, made)
    total = t.ZERO if total is None else total
    over = draw(st.lists(st.sampled_from(labels(goal)), max_size=1)) if labels(goal) else []
    for f in over:
        total = t.over(total, goal.known(f).term)
    hidden = draw(st.sampled_from(["", "", "sqrt({})", "exp(log({}))"]))
    if hidden:  # a square, or a sign, that may not be defined where the target is
        e = draw(TERMS)
        square, facts = ("1", [f"sign:{hidden}"]) if hidden[0] == "e" else (hidden, [])
        facts, square = [f.format(said(e)) for f in facts], square.format(said(e))
        node = {
            "times": [],
            "terms": [{"weight": "1", "facts": facts, "square": square}],
            "sign": "1",
        }
        return goal.aimed(e, draw(st.sampled_from([Relation.GE, Relation.GT]))), at, node
    kind = draw(st.sampled_from(["1", "1", "1", "1", "-1", "0"]))
    relation = draw(RELATIONS)
    if kind == "-1":
        total = t.neg(total)
        relation = draw(st.sampled_from([Relation.NE, Relation.NE, Relation.NE, relation]))
    if kind == "0":
        total = draw(TERMS)
    node = {"times": over, "terms": terms, "sign": kind}
    return goal.aimed(total, relation), at, node


@st.composite
def have(draw):
    goal, at = draw(goals())
    return goal, at, {"name": "new", "claim": draw(claims())}


@st.composite
def cases(draw):
    goal, at = draw(goals())
    inner = [e.parts[0] for e in goal.target.walk() if e.head == "abs"]
    e = draw(st.one_of(st.sampled_from(inner), TERMS) if inner else TERMS)
    return goal, at, {"name": "new", "term": said(e)}


@st.composite
def monotone(draw):
    goal, at = draw(goals())
    x = draw(st.sampled_from(sorted(goal.target.names) or ["x"]))
    slope = draw(st.sampled_from([1, -1]))
    end = at[x] - slope * draw(st.sampled_from([v for v in SMALL if v > 0]))
    gap = t.times(number(slope), t.minus(VARIABLES[x], number(rational(end))))
    relation = draw(st.sampled_from([Relation.GE, Relation.GT]))
    goal = goal.where("end", t.Formula(gap, relation))
    special = draw(st.integers(0, 3)) if x != "n" else 3
    if special == 0:  # it falls first, and a fact says that it rises at the point
        other = t.times(
            t.minus(VARIABLES[x], number(rational(end))), t.minus(VARIABLES[x], draw(PLAIN))
        )
        rises = t.times(number(slope), t.derivative(other, x))
        with wide():
            if value(rises, at) >= 0:
                goal = goal.where("rises", t.Formula(rises, Relation.GE))
        goal = goal.aimed(other, Relation.GE)
    if special == 1:  # a pole half way, at which facts are silent
        apart = t.minus(VARIABLES[x], number(rational((at[x] + end) / 2)))
        goal = goal.where("apart", t.Formula(apart, Relation.NE))
        goal = goal.aimed(t.over(number(-slope), apart), Relation.GE)
    if goal.relation not in (Relation.GE, Relation.GT):
        goal = goal.aimed(goal.target, draw(st.sampled_from([Relation.GE, Relation.GT])))
    return goal, at, {"variable": x, "end": "lo" if slope > 0 else "hi"}


FALLING = [  # as u > 0 grows without bound: some rise, some only fall at last, some have a pole
    "({c})*exp(-({u}))", "({c})/({u})", "({c})*exp(-({u})**2)", "({c})/(({u}) + 1)", "{c}",
    "exp(-({u})) - ({c})*exp(-2*({u}))", "({c})*(1 - tanh({u}))", "({c})*(1 - erf({u}))",
    "({c})*log(1 + exp(-({u})))", "1/(({u}) - ({c}))", "({c}) + 1/({u})**2", "({c})/({u}) + {v}",
    "sqrt(1 + ({c})/({u})) - 1", "({c}) - atan({u})", "({u})*exp(-({u}))", "{v} - exp({u})",
]  # fmt: skip


@st.composite
def limit(draw):
    """Mostly a target that tends to a number, from an end of the range that need not be there."""
    goal, at = draw(goals())
    x = draw(st.sampled_from(sorted(goal.target.names) or ["x"]))
    ways = [1] * (goal.box[x].hi is None) + [-1] * (goal.box[x].lo is None)
    slope = draw(st.sampled_from(ways or [1]))
    end = at[x] - slope * draw(st.sampled_from([v for v in SMALL if v > 0]))
    gap = t.times(number(slope), t.minus(VARIABLES[x], number(rational(end))))
    if draw(st.integers(0, 5)):
        relation = draw(st.sampled_from([Relation.GE, Relation.GT]))
        goal = goal.where("end", t.Formula(gap, relation))
    relation = draw(st.sampled_from([Relation.GE, Relation.GT]))
    special = draw(st.integers(0, 5))
    if special == 0:  # a pole on the way, at which facts are silent
        apart = t.minus(gap, number(rational(abs(at[x] - end) + 1)))
        goal = goal.where("apart", t.Formula(apart, Relation.NE))
        goal = goal.aimed(t.over(t.ONE, apart), relation)
    elif special < 5:
        c, v = (said(number(rational(draw(st.sampled_from(SMALL))))) for _ in range(2))
        made = draw(st.sampled_from(FALLING)).format(u=said(gap), c=c, v=v)
        goal = goal.aimed(goal.read(made), relation)
    else:
        goal = goal.aimed(goal.target, relation)
    return goal, at, {"variable": x, "end": "hi" if slope > 0 else "lo"}


SWAPS = [
    ("exp(x)", "log(x)"), ("x**2", "sqrt(x)"), ("x + 1", "x - 1"), ("2*x", "x/2"), ("1/x", "1/x"),
    ("x**3", "x**(1/3)"), ("abs(x)", "x"), ("log(x)", "exp(x)"), ("x", "x"), ("-x", "-x"),
    ("0", "0"), ("1", "x"), ("x*y", "x/y"), ("x + y", "x - y"), ("y", "0"), ("y", "x"),
    ("x + 0*log(x)", "x"), ("x/x*x", "x"), ("sqrt(x)", "x**2"), ("x**n", "x"), ("n", "1"),
    ("x**(1/2)", "x**2"), ("x**y", "x**(1/y)"), ("n + x", "x - n"), ("abs(n)*x", "x"),
]  # fmt: skip


@st.composite
def substitute(draw):
    goal, at = draw(goals())
    x = draw(st.sampled_from(["x", "x", "y", "n"]))
    there, back = draw(
        st.one_of(st.sampled_from(SWAPS), st.tuples(TERMS.map(said), TERMS.map(said)))
    )
    if x == "n":
        there = back = str(draw(st.integers(-2, 3)))
    elif x == "y":
        swapped = {"x": "y", "y": "x"}
        there, back = (
            re.sub(r"\b[xy]\b", lambda found: swapped[found[0]], s) for s in (there, back)
        )
    node = {"variable": x, "value": there, "inverse": back}
    return goal, at, {**node, "where": draw(st.lists(claims(PLAIN), max_size=1))}


SQUARES = st.sampled_from([t.power(X, t.TWO), t.power(t.times(X, Y), t.TWO), t.absolute(Y)])
HIDDEN = [  # of a plain sign where they are defined, which the first n may leave undefined
    "log((x**2)**n + 1)", "sqrt((x*y)**(2*n))", "log(abs(y)**n + 1)", "1/(1 + abs(x)**n)",
    "log(2**n)", "sqrt(1/n**2)",
]  # fmt: skip


@st.composite
def invariant(draw):
    """Induction on n from a least value on."""
    goal, at = draw(goals())
    low = at["n"] - draw(st.integers(0, 3))
    least = t.Formula(t.minus(N, number(rational(low))), Relation.GE)
    goal = goal.where("least", least)
    if draw(st.booleans()):
        goal = goal.aimed(draw(st.one_of(PLAIN, SQUARES)), draw(RELATIONS))
    own = f"{said(goal.target)} {goal.relation} 0"
    hidden = f"{said(goal.target)} + 0*{draw(st.sampled_from(HIDDEN))} {goal.relation} 0"
    claimed = st.one_of(st.just(own), st.just(hidden), claims(PLAIN), claims())
    node = {"variable": "n", "invariants": draw(st.lists(claimed, max_size=2))}
    return goal, at, node


EVENTS = [
    "P(prod(s + 2, n) >= {})", "P(prod(s + 2, n) > {})", "P(prod(3*s + 4, n + 1) <= {})",
    "P(s + 2 >= {})", "P(w**2 >= {})", "P(s + 1 <= {})", "P(prod(s, 2) >= {})", "P(s >= {})",
    "P(2*r + s + 5 < {})", "P(prod(1/(s + 1), 2) >= {})",
]  # fmt: skip


@st.composite
def markov(draw):
    goal, at = draw(goals())
    signs = {"s": "rademacher", "r": "rademacher", "w": "gaussian"}
    goal = check.replace(
        goal, variables={**goal.variables, **{s: check.domain(s, law) for s, law in signs.items()}}
    )
    event = draw(st.sampled_from(EVENTS)).format(said(draw(PLAIN)))
    fits = ["1", "2", "1/2", "3"] if ">" in event else ["-1", "-2", "-1/2"]
    exponent = draw(st.sampled_from([*fits, *fits, "1", "-1", "0"]))
    if draw(st.booleans()):  # a goal that the fact may decide
        c = draw(st.sampled_from([0, 1, fmpq(1, 2), fmpq(1, 4), fmpq(3, 4)]))
        goal = goal.aimed(t.minus(number(c), goal.read(event)), draw(RELATIONS))
    return goal, at, {"event": event, "exponent": exponent, "name": "new"}


def lemma(variables, conclusion, **hypotheses):
    statement = {"variables": variables, "hypotheses": hypotheses, "conclusion": conclusion}
    return check.goal_of({**statement, "definitions": [], "constants": {}, "scope": ""})


TRUE_LEMMAS = {
    "power": lemma({"x": "positive", "y": "real"}, "x**y > 0"),
    "even": lemma({"x": "real", "n": "integer"}, "x**(2*n) >= 0", a="n >= 0"),
    "quotient": lemma({"x": "nonnegative", "y": "real"}, "sqrt(x)/y**2 >= 0", a="y != 0"),
    "log": lemma({"x": "real"}, "x >= 1", a="log(x) >= 0"),
    "exp": lemma({"x": "real"}, "exp(x) >= 1 + x"),
    "inverse": lemma({"x": "real", "n": "integer"}, "x**n*x**(-n) == 1", a="x != 0"),
    "real power": lemma({"x": "real", "y": "real"}, "abs(x) > 0", a="x**y >= 0"),
    "undefined": lemma({"x": "real"}, "0 >= 1", a="0*log(-exp(x)) == 0"),
    "false": lemma({"x": "real", "y": "real"}, "0 >= 1", a="x**2 + y**2 < 0"),
}


@st.composite
def cite(draw):
    goal, at = draw(goals())
    name = draw(st.sampled_from(sorted(TRUE_LEMMAS)))
    cited = TRUE_LEMMAS[name]
    terms = {}
    for x, e in cited.variables.items():
        terms[x] = (
            draw(st.sampled_from(["n", "n + 1", "-n", "2", "-1", "x"]))
            if e.head == "integer"
            else said(draw(TERMS))
        )
    goal = check.replace(goal, library=TRUE_LEMMAS)
    return goal, at, {"lemma": name, "at": terms, "name": "new"}


# Where the goals that a rule returns must fail, if its own goal fails at a point ------------------


def segment(ends, at):
    """Points on the way from a centre to a point, many of them near the two ends."""
    steps = [Fraction(k, 24) for k in range(25)] + [Fraction(1, 10**k) for k in (3, 6)]
    return [
        {**at, **{x: c + s * (at[x] - c) for x, c in ends.items()}}
        for s in [*steps, *(1 - s for s in steps[25:])]
    ]


def ray(x, slope, at):
    """Points on the way from a point to an infinite end: at first near each other, then far."""
    steps = [Fraction(k, 24) for k in range(24)] + [Fraction(k, 4) for k in range(4, 40)]
    return [{**at, x: at[x] + slope * s} for s in [*steps, *(Fraction(2**k) for k in range(4, 12))]]


def robustly(goal, points):
    """True if a goal holds at all points, with room to spare; False if not; None if in doubt."""
    seen = []
    for at in (p for k in range(7) for p in points[k::7]):  # far from each other at first
        if not all(x in at for x in goal.box):
            if refuted(goal, at):
                return False
        elif assumed(goal, at):
            try:
                found = value(goal.target, at)
            except Undefined:
                if goal.relation in (Relation.NE, Relation.GT):
                    return None
                continue
            if not compares(found, goal.relation):
                return False
            if goal.relation in (Relation.NE, Relation.GT):
                seen.append(found)
    signs = {sign(v) for v in seen}
    sizes = [abs(float(v) if isinstance(v, Fraction) else float(v.mid())) for v in seen]
    if len(signs) > 1 or (sizes and min(sizes) < 0.3 * max(sizes)):
        return None  # it changes sign, or may touch zero, somewhere between
    return True


def implied(rule, goal, at, node, found):
    """False if all that a rule returned is true where it matters, so that the goal had to be."""
    laws = {"s": "rademacher", "r": "rademacher"}
    match rule:
        case "enclose" if node["mean"]:
            middle = {x: fraction((goal.box[x].lo + goal.box[x].hi) / 2) for x in goal.target.names}
            ways = [segment(middle, at)] * len(found)
        case "monotone":
            r = goal.box[node["variable"]]
            end = {node["variable"]: fraction(r.lo if node["end"] == "lo" else r.hi)}
            ways = [segment(end, at)] * len(found)
        case "limit":
            slope = 1 if node["end"] == "hi" else -1
            ways = [ray(node["variable"], slope, at)] * len(found)
        case "substitute":
            try:
                moved = [{**at, node["variable"]: value(goal.read(node["inverse"]), at)}]
            except Undefined:
                moved = []
            ways = [[at]] * (len(found) - 1) + [moved]
        case "invariant":
            low = int(fraction(goal.box["n"].lo))
            steps = [{**at, "n": Fraction(k)} for k in range(low, int(at["n"]) + 1)]
            return any(refuted(g, step) for g in found for step in steps)
        case _:
            return any(refuted(g, at, laws) for g in found)
    pairs = [*zip(found, ways, strict=True)]
    return any(robustly(g, way) is not True for g, way in reversed(pairs))  # the last tell most


FLOORS = {  # of draws that a rule accepts
    "enclose": 0.25, "cone": 0.35, "have": 0.9, "cases": 0.9, "monotone": 0.4, "limit": 0.4,
    "substitute": 0.6, "invariant": 0.8, "markov": 0.6, "cite": 0.9,
}  # fmt: skip
STRATEGIES = {
    "enclose": enclose, "cone": cone, "have": have, "cases": cases, "monotone": monotone,
    "limit": limit, "substitute": substitute, "invariant": invariant, "markov": markov,
    "cite": cite,
}  # fmt: skip


def tempting(goal, at):
    """How near to false, or to true, a goal is at a point; empty if that is far or unknown."""
    with wide(), suppress(Undefined, Unsure):
        if not assumed(goal, at):
            return ""
        found = value(goal.target, at)
        size = abs(float(found) if isinstance(found, Fraction) else float(found.mid()))
        if size < 1e-9:
            said = "true" if compares(found, goal.relation) else "false"
            return f"{said} by less than 1e-9"
    return ""


def test_every_rule_is_drawn():
    assert set(STRATEGIES) == set(FLOORS) == set(RULES)


@pytest.mark.parametrize("rule", sorted(STRATEGIES))
def test_true_goals_that_a_rule_returns_imply_its_goal(rule):
    counts = Counter()

    def run(drawn):
        goal, at, node = drawn
        counts["drawn"] += 1
        kind = tempting(goal, at) if rule == "enclose" else ""
        try:
            with check.guarded(seconds=5):
                found = RULES[rule][0](goal, node)
        except (Rejected, Malformed) as why:
            counts[f"  {why}"[:50]] += 1
            counts.update([f"{kind}, rejected"] if kind else [])
            return
        counts["accepted"] += 1
        counts.update([f"{kind}, accepted"] if kind else [])
        try:
            with wide():
                if not fails(goal, at):
                    return
                counts["false goals accepted"] += 1
                fine = implied(rule, goal, at, node, found)
        except Unsure:
            counts["unsure"] += 1
            return
        assert fine, (goal, at, node, found)

    tried(STRATEGIES[rule](), run)
    print(rule, dict(counts.most_common()))  # noqa: T201
    assert counts["accepted"] >= FLOORS[rule] * counts["drawn"]
    assert counts["false goals accepted"]
    if rule == "enclose":
        assert counts["false by less than 1e-9, rejected"] > 0.1 * counts["drawn"]
        assert counts["true by less than 1e-9, accepted"] > 0.1 * counts["drawn"]


@pytest.mark.slow
def test_the_overnight_profile_draws_the_same_kinds_of_goals():
    """Which nothing else here runs: with plain numbers instead of Hypothesis."""
    asked = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-k", "imply", __file__]
    chosen = {**os.environ, "LEMMATA_PROFILE": "overnight", "LEMMATA_DRAWS": "300"}
    found = subprocess.run(asked, env=chosen, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


# Whole certificates: a drawn node, completed by the core's own rules ------------------------------


def stated(goal):
    """The statement of a drawn goal: its facts are hypotheses, but for those that follow."""
    given = {n.replace(" ", "-"): f for n, f in goal.facts.items() if n != str(f)}
    return {
        "variables": {x: "integer" if x == "n" else "real" for x in VARIABLES},
        "definitions": [],
        "hypotheses": {n: str(f) for n, f in given.items()},
        "conclusion": str(t.Formula(goal.target, goal.relation)),
        "constants": {},
        "scope": "",
    }


@st.composite
def whole(draw):
    rule = draw(st.sampled_from(sorted(set(STRATEGIES) - {"markov", "cite"})))
    return rule, *draw(STRATEGIES[rule]())


def test_what_a_whole_certificate_proves_holds_at_the_point():
    counts = Counter()

    def run(drawn):
        rule, goal, at, node = drawn
        about = stated(goal)
        try:
            certificate, left = forged(Case(about, {"rule": rule, **node}))
            counts["completed"] += not left
            check.check(check.canonical(certificate), seconds=5)
        except (Rejected, Malformed):
            return
        counts["proved"] += 1
        with wide():
            try:
                assert holds(t.Formula(goal.target, goal.relation), at), (about, certificate)
            except Unsure:
                counts["unsure"] += 1

    tried(whole(), run, max(60, DRAWS // 10))
    print("whole", dict(counts))  # noqa: T201
    assert counts["proved"]


# Layers: what happens in any number of them -------------------------------------------------------

STARTS = ["0", "1", "x", "-1", "log(x)", "x**2"]
UPDATES = ["a + 1", "a*z", "a + z**2", "a + k", "b", "z", "a/z", "sqrt(a)", "a + 0*log(z)"]
COUNTS = [("0", "k + 1"), ("-1", "k + 1"), ("0", "k + 2"), ("2", "k - 1"), ("0", "k + z")]
KEPT = [
    "a >= 0", "a > 0", "a <= 5", "k >= 0", "k <= 3", "a == b", "b**k > 0", "0*b**k == 0", "a >= k",
    "a*b >= 0", "(-1)**k != 0", "a != 0", "0*log(a) == 0", "x >= 0", "a >= x",
]  # fmt: skip
FROM_LAYERS = ["z >= 0", "z > 0", "z != 0", "z >= 1", "z == 1"]


@st.composite
def layered(draw):
    """A statement about layers, a point, some layers that fit, and invariants."""
    start, update = draw(st.sampled_from(COUNTS))
    kind, domain = (
        draw(st.sampled_from(["real", "integer"])),
        draw(st.sampled_from(["real", "positive"])),
    )
    fits = draw(st.sampled_from([{}, *({"h": h} for h in FROM_LAYERS)]))
    about = {
        "variables": {"x": domain},
        "definitions": [],
        "hypotheses": {},
        "constants": {},
        "scope": "",
        "conclusion": draw(st.sampled_from(KEPT)),
        "layers": {
            "variables": {"z": kind},
            "hypotheses": fits,
            "accumulators": [
                ["a", draw(st.sampled_from(STARTS)), draw(st.sampled_from(UPDATES))],
                ["b", draw(st.sampled_from(STARTS)), draw(st.sampled_from(["b", "a", "b + z"]))],
                ["k", start, update],
            ],
        },
    }
    kept = draw(st.lists(st.sampled_from(KEPT), max_size=2))
    if draw(st.booleans()):
        kept = [about["conclusion"], *kept]
    at = {"x": draw(st.sampled_from([v for v in SMALL if v > 0 or domain == "real"]))}
    values = SMALL if kind == "real" else [v for v in SMALL if v.denominator == 1]
    return about, at, draw(st.lists(st.sampled_from(values), max_size=3)), kept


def orbit(goal, at, zs):
    """The states after 0, 1, ... layers; an end where a layer does not fit or has no value."""
    steps = goal.layers
    here = {**at, **{e.value: value(s, at) for e, s in steps.starts.items()}}
    yield here, None
    for z in zs:
        inner = {**here, "z": z}
        if not all(holds(f, inner) for f in steps.facts.values()):
            return
        yield here, z
        here = {**at, **{e.value: value(u, inner) for e, u in steps.updates.items()}}
        yield here, None


def test_what_is_kept_by_every_layer_holds_after_any_number_of_layers():
    counts = Counter()

    def run(drawn):
        about, at, zs, kept = drawn
        with check.guarded(seconds=5):
            goal = check.goal_of(about)
            found = RULES["invariant"][0](goal, {"variable": "", "invariants": kept})
        seen, false = [], False
        with wide():
            try:
                if not all(holds(f, at) for f in goal.facts.values()):
                    return
                for here, z in orbit(goal, at, zs):
                    if z is not None:
                        seen.append({**here, "z": z})
                    else:
                        seen.append(here)
                        false |= not holds(t.Formula(goal.target, goal.relation), here)
            except Undefined:  # of a start or of an update: then one of the goals says so
                false = True
                seen.append(at)
            except Unsure:
                return
            if not false:
                return
            counts["false statements"] += 1
            states = [{**dict.fromkeys("abk", Fraction(0)), "z": Fraction(1), **s} for s in seen]
            try:
                assert any(refuted(g, s) for g in found for s in states), (drawn, found)
            except Unsure:
                counts["unsure"] += 1

    tried(layered(), run)
    print("layers", dict(counts))  # noqa: T201
    assert counts["false statements"]
