"""Means of which a hypothesis speaks: their closed forms have a value wherever they have one.

A closed form may lack a value where the mean has one: E(c exp(a w^2)) is 0 for c = 0, where
c/sqrt(1 - 2 a) has no value for a = 1. A conclusion with such a formula claims more than was typed,
and stays true; a hypothesis would hold at fewer points, and is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from theory.errors import Unsupported
from theory.expressions import Expression, name, rational_value
from theory.expressions.abbreviations import ZERO, op
from theory.expressions.arithmetic import minus
from theory.language.draft import exchanged, rewritten
from theory.language.laws import ASSUMED, CONTINUOUS, Law
from theory.language.unknowns import Unknowns

_POSITIVE, _TYPED = "what is positive", "what was typed"
_SIGNS = {1: name(_POSITIVE), 0: ZERO, -1: op("neg", name(_POSITIVE))}
_HOLDS = {"<": {-1}, "<=": {-1, 0}, ">": {1}, ">=": {0, 1}, "==": {0}, "!=": {-1, 1}}
_JOINED = frozenset({"sum_", "item", "piecewise", "max", "min", "abs"})


def kept_whole(
    e: Expression,
    closed: Expression,
    signs: Unknowns,
    naturals: Collection[str] = (),
    laws: Mapping[str, Law] | None = None,
) -> None:
    """Accept the closed form of a mean, a chance or an integral in a hypothesis.

    Parameters
    ----------
    e, closed : Expression
        What was typed, and its closed form.
    signs : Unknowns
        What the domains of variables say of their signs.
    naturals : collection of str
        Integers that are not negative.
    laws : mapping of str to Law, optional
        Of the draws.

    Raises
    ------
    Unsupported
        Where it is not plain that the closed form has a value wherever what was typed has one.
    """
    laws, told = laws or {}, signs.signs | {_POSITIVE: "positive"}
    for law in laws.values():  # there is no law but with these
        for a, operator, b in ASSUMED[law.kind](*law.parameters) if law.kind in ASSUMED else ():
            if a.head == "name" and operator == ">" and b == ZERO:
                told[a.name] = "positive"
    known = replace(signs, signs=told)
    strict = not any(n.head == "piecewise" for n in e.walk())  # every part of it has a value
    typed = {n for n in e.walk() if n.args and strict and not n.names & set(laws)}
    if _valued(_without(closed, typed, known), known, frozenset(naturals)):
        return
    terms = e.args[:1] if e.head == "integrate" else () if e.head == "P" else e.args
    if terms and all(one_term(a, laws) for a in terms):
        return
    raise Unsupported(e.head, f"in a hypothesis, the closed form of {str(e)[:60]}, which may have "
                      "no value where this has one")  # fmt: skip


def one_term(f: Expression, laws: Mapping[str, Law]) -> bool:
    """Whether a formula is one power times one exponential of draws, and nowhere 0 throughout.

    Its mean exists exactly where that of its size does, and there the closed form has a value.
    """
    match f.head, f.args:
        case "number", _:
            return bool(rational_value(f))
        case "name", _:
            return f.name in laws and laws[f.name].kind in CONTINUOUS
        case "exp", (u,):
            drawn = f.names & set(laws)
            return all(laws[w].kind in CONTINUOUS for w in drawn) and not any(
                n.head in _JOINED for n in u.walk()
            )
        case ("*", _) | ("neg", _):
            return all(one_term(a, laws) for a in f.args)
        case "**", (a, b):
            k = rational_value(b)
            return k is not None and k.denominator == 1 and k > 0 and one_term(a, laws)
    return False


def _without(e: Expression, typed: Collection[Expression], known: Unknowns) -> Expression:
    """A closed form with names for the parts that were typed: they have a value where that has."""
    if e in typed:
        return name(_POSITIVE if known.positive(e) else _TYPED)
    return Expression(e.head, tuple(_without(a, typed, known) for a in e.args), e.value, e.name)


def _valued(e: Expression, known: Unknowns, naturals: Collection[str]) -> bool:
    """Whether a formula plainly has a value: each of its cases, where the sign is that of its."""
    found = next((n for n in e.walk() if n.head == "piecewise"), None)
    if found is None:
        return known.valued(rewritten(e, lambda n: _plain(n, known, naturals)))
    *pairs, last = found.args
    compared = [n for c in pairs[::2] for clause in c.args for n in clause.args]
    levels = {n.args[0] for n in compared}
    if len(levels) != 1 or any(n.args[1] != ZERO for n in compared):
        return False
    (level,) = levels
    for sign, at in _SIGNS.items():
        ways = (
            value
            for condition, value in zip(pairs[::2], pairs[1::2], strict=True)
            if all(any(sign in _HOLDS[n.head] for n in clause.args) for clause in condition.args)
        )
        case = exchanged(exchanged(e, found, next(ways, last)), level, at)
        if not _valued(case, known, naturals):
            return False
    return True


def _plain(e: Expression, known: Unknowns, naturals: Collection[str]) -> Expression:
    """Quotients by negative numbers, natural powers and gamma of positive numbers as total ones."""
    if e.head == "/" and known.positive(minus(e.args[1])):
        return op("/", e.args[0], minus(e.args[1]))
    if e.head == "**" and e.args[1].head == "name" and e.args[1].name in naturals:
        return op("abs", e.args[0])
    if e.head == "gamma" and known.positive(e.args[0]):
        return op("exp", e.args[0])
    return e
