"""Derivatives and definite integrals of formulas.

A derivative is taken by the rules of the textbook, without simplification, and keeps the formula's
own conditions: the derivative of log(x) is defined for x > 0 only.

A definite integral without parameters is (b - a) times the mean of f(a + (b - a) u) for u uniform
on [0, 1], which the core encloses. With parameters SymPy proposes an antiderivative F, and the
statement gains a part that F' == f throughout the interval: the core has to prove it, so nothing
is believed. Then the integral is F(b) - F(a).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from theory.errors import InputError, Unsupported
from theory.expressions import (
    Expression,
    Relation,
    everywhere,
    from_sympy,
    name,
    number,
    rational_value,
)
from theory.expressions.abbreviations import ONE, PI, TWO, ZERO, exp, op
from theory.expressions.arithmetic import minus, over, raised, times, total
from theory.language.assumed import kept_whole
from theory.language.declarations import Signs
from theory.language.draft import Concluded, Draft, exchanged
from theory.language.laws import Law, Term
from theory.language.needed import guarded
from theory.language.polyexp import terms_of
from theory.language.unknowns import Unknowns
from theory.statements import sides

_RULES: Mapping[str, Callable[[Expression], Expression]] = {
    "exp": exp,
    "log": lambda u: over(ONE, u),
    "sqrt": lambda u: over(ONE, times(TWO, op("sqrt", u))),
    "sin": lambda u: op("cos", u),
    "cos": lambda u: minus(op("sin", u)),
    "sinh": lambda u: op("cosh", u),
    "cosh": lambda u: op("sinh", u),
    "tanh": lambda u: total(ONE, minus(raised(op("tanh", u), 2))),
    "erf": lambda u: times(over(TWO, op("sqrt", PI)), exp(minus(raised(u, 2)))),
    "atan": lambda u: over(ONE, total(ONE, raised(u, 2))),
    "asin": lambda u: over(ONE, op("sqrt", total(ONE, minus(raised(u, 2))))),
    "lambertw": lambda u: over(exp(minus(op("lambertw", u))), total(ONE, op("lambertw", u))),
    "abs": lambda u: over(u, op("abs", u)),  # nothing at 0
}


def derivative(e: Expression, x: str) -> Expression:
    """The derivative by a variable, where it exists.

    Raises
    ------
    Unsupported
        For a function that has none everywhere.
    """
    if x not in e.names:
        return ZERO
    if e.head == "name":
        return ONE
    parts = [derivative(a, x) for a in e.args]
    u, du = e.args[0], parts[0]
    match e.head:
        case "neg":
            return minus(du)
        case "+":
            return total(*parts)
        case "-":
            return total(du, minus(parts[1]))
        case "*":
            return total(times(du, e.args[1]), times(u, parts[1]))
        case "/":
            v, dv = e.args[1], parts[1]
            first = over(du, v)
            return total(first, minus(over(times(u, dv), raised(v, 2)))) if dv != ZERO else first
        case "**":
            v, dv = e.args[1], parts[1]
            if dv == ZERO:
                n = rational_value(v)
                less = number(n - 1) if n is not None else total(v, number(-1))
                lower = u if less == ONE else op("**", u, less)
                return times(v, lower, du) if n != 1 else du
            return times(e, total(times(dv, op("log", u)), times(v, over(du, u))))
    if e.head not in _RULES:
        raise Unsupported("diff", f"{e.head} is not differentiated")
    return times(_RULES[e.head](u), du)


def _assumed(draft: Draft, e: Expression) -> bool:
    """Whether a formula stands in an assumption: there, no value would be an assumption too."""
    clauses = [*draft.hypotheses.values(), *(c.assumed.values() for c in draft.conclusions)]
    return any(n == e for clause in clauses for r in clause for s in sides(r) for n in s.walk())


def _smooth(f: Expression) -> bool:
    """Whether the rules give the derivative wherever there is one."""
    for n in f.walk():
        if n.head in ("abs", "sqrt", "asin", "lambertw", "min", "max", "piecewise"):
            return False
        if n.head == "**":
            exponent = rational_value(n.args[1])
            if exponent is None or exponent.denominator != 1:
                return False
    return True


def without_calculus(draft: Draft, signs: Unknowns) -> Draft:
    """Replace derivatives and integrals, innermost first."""
    while True:
        found = next(
            (n for r in draft.relations() for s in sides(r) for n in s.walk()
             if n.head in ("diff", "integrate")),
            None,
        )  # fmt: skip
        if found is None:
            return draft
        if found.head == "diff":
            f, x = found.args
            if x.head != "name":
                raise InputError("diff", f"{x} is no variable")
            if _assumed(draft, found) and not _smooth(f):
                raise Unsupported("diff", "in a hypothesis, of a formula that may have a kink")
            value = derivative(f, x.name)
            if not everywhere(f):
                value = total(value, op("*", ZERO, f))  # a derivative wants a value of f
        else:
            draft, value = _integral(draft, found, signs)
        draft = draft.mapped(partial(exchanged, old=found, new=value))


def _integral(draft: Draft, e: Expression, signs: Unknowns) -> tuple[Draft, Expression]:
    f, x, a, b = e.args
    if x.head != "name":
        raise InputError("integrate", f"{x} is no variable")
    if any(n == name("inf") for end in (a, b) for n in end.walk()):
        closed = guarded(improper(f, x.name, a, b), {x.name}, f, a, b)
        if _assumed(draft, e):
            kept_whole(e, closed, signs, laws={x.name: Law("gaussian")})
        return draft, closed
    parameters = (f.names - {x.name}) | a.names | b.names
    if not parameters - {"pi"}:
        u, draft = draft.new(f"{x.name}_uniform")
        draft = replace(draft, variables={**draft.variables, u: "unit"})
        width = total(b, minus(a))
        at = total(a, times(width, name(u)))
        mean = op("E", f.substitute({x.name: at}))
        return draft, op("*", ZERO, mean) if width == ZERO else times(width, mean)
    clauses = draft.hypotheses.values()
    assumed = any(e in side.walk() for clause in clauses for r in clause for side in sides(r))
    if assumed and not everywhere(f):
        raise Unsupported("integrate", "an integral that may not exist, in a hypothesis")
    primitive = _primitive(f, x.name)
    if assumed and not everywhere(primitive):
        raise Unsupported("integrate", "an integral with parameters, in a hypothesis")
    t, draft = draft.new(f"{x.name}_between")
    moved = {x.name: name(t)}
    claim = Relation(derivative(primitive, x.name).substitute(moved), "==", f.substitute(moved))
    low, high = op("min", a, b), op("max", a, b)
    plain = _ordered(draft, a, b, signs)
    if plain is not None:
        low, high = plain
    inside = {
        "between-low": Relation(name(t), ">=", low),
        "between-high": Relation(name(t), "<=", high),
    }
    # F itself has a value on the whole interval, so it is differentiable there with F' = f.
    whole = Relation(times_zero(primitive.substitute(moved)), "==", ZERO)
    added = tuple(
        Concluded({**inside}, r) for r in ((claim,) if everywhere(primitive) else (claim, whole))
    )
    draft = replace(
        draft,
        variables={**draft.variables, t: "real"},
        conclusions=(*draft.conclusions, *added),
    )
    ends = (primitive.substitute({x.name: end}) for end in (b, a))
    upper, lower = ends
    return draft, guarded(op("-", upper, lower), {x.name}, a, b)  # F may be constant


def improper(f: Expression, x: str, a: Expression, b: Expression) -> Expression:
    """An integral over a half line or the line, of polynomials times exp(b x + c x^2).

    It is sqrt(2 pi) E(f(v) exp(v^2/2)) for v standard normal, and E(f(a + v) exp(v)) for v
    exponential: the closed forms are defined where these means exist.
    """
    inf, y = name("inf"), name(x)
    if a == minus(inf) or a == op("neg", inf):
        if b != inf:
            mirrored = f.substitute({x: op("neg", y)})
            return improper(mirrored, x, minus(b), inf)
        low: Expression | None = None
    elif b == inf and inf.name not in a.names:
        low = a
    else:
        raise Unsupported("integrate", "these ends")
    parts = terms_of(f, x)
    if low is None or any(t.square != ZERO for t in parts):
        law, weight = Law("gaussian"), op("sqrt", times(TWO, PI))
        half = over(ONE, TWO)
        moved = [Term(t.factor, t.power, t.linear, total(t.square, half)) for t in parts]
        return times(weight, total(*(law.mean(t, (low, None)) for t in moved)))
    law = Law("exponential", (ONE,))
    shifted = terms_of(f.substitute({x: total(low, y)}), x)
    moved = [Term(t.factor, t.power, total(t.linear, ONE), t.square) for t in shifted]
    return total(*(law.mean(t) for t in moved))


def times_zero(e: Expression) -> Expression:
    """Zero, where a formula has a value."""
    return op("*", ZERO, e)


def _ordered(
    draft: Draft, a: Expression, b: Expression, signs: Unknowns
) -> tuple[Expression, Expression] | None:
    """The ends in order, where a hypothesis or a domain says it."""
    first, second = rational_value(a), rational_value(b)
    for low, high, value in ((a, b, first), (b, a, second)):
        domain = draft.variables.get(high.name) if high.head == "name" else None
        if value == 0 and domain in ("positive", "nonnegative"):
            return low, high
        for label, clause in draft.hypotheses.items():
            if len(clause) == 1:
                (r,) = clause
                said = (r.left, r.right) if r.operator[0] == "<" else (r.right, r.left)
                if r.operator in ("<", "<=", ">", ">=") and said == (low, high):
                    if isinstance(signs.signs, Signs):
                        signs.signs.values_of.leaned.add(label)
                    return low, high
    return None


def _primitive(f: Expression, x: str) -> Expression:
    """An antiderivative as SymPy proposes it, compared at random points."""
    import sympy  # half a second, which a claim without integrals need not wait

    symbols = {n: sympy.Symbol(n, positive=n != x, real=True) for n in f.names if n != "pi"}
    try:
        proposed = sympy.integrate(f.sympy(symbols), symbols.get(x, sympy.Symbol(x, real=True)))
        made = from_sympy(sympy.simplify(proposed), "integrate")
    except (InputError, NotImplementedError, ValueError, TypeError, RecursionError):
        raise Unsupported("integrate", f"no antiderivative of {str(f)[:60]} is known") from None
    if not _agrees(made, f, x):
        raise Unsupported("integrate", f"no antiderivative of {str(f)[:60]} is known")
    return made


def _agrees(primitive: Expression, f: Expression, x: str) -> bool:
    """Whether F' and f look alike at some points; a wrong F would only fail to be proved."""
    import sympy

    slope, seen = derivative(primitive, x), 0
    names = sorted((f.names | {x}) - {"pi"})
    for i in range(40):
        at = {n: sympy.Rational(20 + (37 * i + 53 * k) % 181, 100) for k, n in enumerate(names)}
        values = [e.sympy(at).evalf(30) for e in (slope, f)]
        if not all(v.is_real and v.is_finite for v in values):
            continue
        if abs(values[0] - values[1]) * 10**8 > 1 + abs(values[1]):
            return False
        seen += 1
        if seen > 5:
            return True
    return False
