"""Closed forms of recursions, as candidates for invariants; SymPy sums, the core decides.

A slack of a layer, a nonnegative variable of its own, is taken as zero: then the closed form is a
bound, from above or from below.
"""

from __future__ import annotations

import math

import sympy

from proofs.core.goals import Goal
from proofs.core.terms import (
    Formula,
    Malformed,
    Rejected,
    Relation,
    Term,
    constant,
    minus,
    text,
)
from proofs.search.carried import counter_of
from proofs.search.floats import function, value
from theory.errors import InputError
from theory.expressions import parse
from theory.expressions.symbolic import from_sympy
from theory.language.declarations import STATEMENT_FUNCTIONS

MAX_SIZE, MAX_EXPONENT = 120, 2000
NE = Relation.NE
# What the language or the core cannot say, and SymPy's three ways to say that there is no form.
# The search goes on without it: what is not proposed proves nothing.
NO_FORM = (InputError, Malformed, Rejected, ValueError, TypeError, NotImplementedError)


def symbol_of(x: Term) -> sympy.Symbol:
    """The symbol of a state or a variable, as :func:`in_sympy` writes it."""
    return sympy.Symbol(str(x.value), real=True)


def closed_forms(goal: Goal) -> list[Formula]:
    """Equations or bounds x = f(n) for the accumulators that have one."""
    layers = goal.layers
    assert layers is not None
    counter = counter_of(goal)
    if counter is None:
        return []
    names = frozenset({*goal.variables, *layers.variables})
    n = symbol_of(counter)
    solved: dict[sympy.Symbol, sympy.Expr] = {}
    found: list[Formula] = []
    try:
        begin = in_sympy(layers.starts[counter], names)
        left = [x for x in layers.updates if x != counter]
        # In as many rounds as there are: those first that others need.
        for x in left * len(left):
            if x not in left:
                continue
            symbol = symbol_of(x)
            step = in_sympy(layers.updates[x], names)
            slack = [sympy.Symbol(y, real=True) for y in layers.variables]
            used = step.free_symbols & set(slack)
            step = step.subs(dict.fromkeys(slack, 0)).subs(solved)
            others = {symbol_of(y) for y in layers.updates} - {n, symbol}
            if step.free_symbols & others:
                continue
            left.remove(x)
            start = in_sympy(layers.starts[x], names)
            form = _solve(step, symbol, n, begin, start)
            crude = None if form is not None else _crude(step, symbol, n, begin, start)
            form = form if crude is None else crude
            if form is None:
                continue
            solved[symbol] = form  # of a bound, the worst that others can meet
            e = goal.reader().term(str(from_sympy(form)))
            constantly = counter.value not in e.names and crude is None  # no step is bounded so
            if e.size > MAX_SIZE or (used and constantly):
                continue
            found += _formulas(x, e, bool(used or crude is not None))
    except NO_FORM:
        return found  # what it found is kept
    return found


def numerators(goal: Goal) -> list[Formula]:
    """The target without its denominators, of which the simulation says the sign."""
    assert goal.layers is not None
    if not any(e.head in ("/", "**") for e in goal.target.walk()):
        return []
    names = frozenset({*goal.variables, *goal.layers.variables})
    try:
        top, bottom = sympy.fraction(sympy.together(in_sympy(goal.target, names)))
        if not bottom.free_symbols:
            return []
        ways = [goal.reader().term(str(from_sympy(e))) for e in (top, -top)]
        return [Formula(e, goal.relation) for e in ways if e.size <= MAX_SIZE]
    except NO_FORM:
        return []


def _released(
    target: sympy.Expr, steps: dict[sympy.Symbol, sympy.Expr], own: set[sympy.Symbol]
) -> sympy.Expr:
    """The target less a multiple of a state that pays for what a layer draws: f0 - S - f."""
    change = sympy.expand(target.subs(steps, simultaneous=True) - target)
    for y in sorted(change.free_symbols & own, key=str):
        for x, step in steps.items():
            slope = sympy.diff(sympy.expand(step - x), y)
            if x in target.free_symbols or slope == 0:
                continue
            ratio = sympy.cancel(sympy.diff(change, y) / slope)
            if not ratio.free_symbols & {*steps, *own}:
                return target - ratio * x
    return target


def _paid(
    target: sympy.Expr,
    steps: dict[sympy.Symbol, sympy.Expr],
    own: set[sympy.Symbol],
    facts: list[sympy.Expr],
) -> sympy.Expr:
    """The target less a multiple of a state that pays by what is known of a layer.

    What a step changes is q h and a multiple of the change of a state, for a fact h >= 0: so from
    u <= F - eta g^2/2 for the next F a sum of g^2 is at most 2/eta times what F has lost.
    """
    change = sympy.expand(target.subs(steps, simultaneous=True) - target)
    for h in facts:
        for y in sorted(change.free_symbols & own & h.free_symbols, key=str):
            ratio = sympy.cancel(sympy.diff(change, y) / sympy.diff(h, y))
            rest = sympy.cancel(change - ratio * h)
            if ratio.free_symbols & own or rest.free_symbols & {y}:
                continue
            for x, step in steps.items():
                share = sympy.cancel(rest / (step - x))
                if share != 0 and not share.free_symbols & {*steps, *own}:
                    return target - share * x
    return target


def divided(goal: Goal, e: Term, x: Term, slacks: list[Term]) -> Term | None:
    """The polynomial q with e = q x - slacks, if e is of the second degree in x."""
    names = frozenset(goal.variables)
    try:
        symbol = symbol_of(x)
        whole = in_sympy(e, names) + sum(symbol_of(y) for y in slacks)
        quotient = sympy.cancel(sympy.expand(whole) / symbol)
        if not quotient.is_polynomial(symbol) or symbol not in quotient.free_symbols:
            return None
        return goal.reader().term(str(from_sympy(quotient)))
    except NO_FORM:
        return None


def potentials(goal: Goal) -> list[Formula]:
    """The target less multiples c of accumulators M with M' = r M + v, that cancel where it steps.

    A sum of an average that lags behind, such as momentum, needs the part that is still to come.
    """
    layers = goal.layers
    assert layers is not None
    names = frozenset({*goal.variables, *layers.variables})
    own = {sympy.Symbol(x, real=True) for x in layers.variables}
    try:
        target = in_sympy(goal.target, names)
        steps = {symbol_of(x): in_sympy(u, names) for x, u in layers.updates.items()}
        begin = {symbol_of(x): in_sympy(e, names) for x, e in layers.starts.items()}
        told = [in_sympy(f.term, names) for f in layers.facts.values() if f.relation is not NE]
        made = _released(target, steps, own)
        paid = _paid(target, steps, own, told) if made == target else target
        made = paid if made == target else made
        lagging = made != target
        for x, step in steps.items() if paid == target else ():
            r = sympy.diff(step, x)
            if r == 1 or r.free_symbols & {*steps, *own}:
                continue
            change = sympy.expand(made.subs(steps, simultaneous=True) - made)
            slope = sympy.diff(change, x)
            if slope != 0 and not slope.free_symbols & {*steps, *own}:
                made -= sympy.factor(slope / (r - 1)) * x
                lagging = True
        if not lagging:
            return []
        # Without its denominator, whose sign is for the simulation to say.
        over = sympy.expand(sympy.fraction(sympy.cancel(made))[0])
        kept = sympy.simplify(over.subs(steps, simultaneous=True) - over) == 0
        relation = Relation.EQ if kept and over.subs(begin) == 0 else goal.relation
        ways = [goal.reader().term(str(from_sympy(e))) for e in (over, -over)]
        ways = ways[:1] if relation is Relation.EQ else ways
        return [Formula(e, relation) for e in ways if e.size <= MAX_SIZE]
    except NO_FORM:
        return []


def _formulas(x: Term, e: Term, bounded: bool) -> list[Formula]:
    if not bounded:
        return [Formula(minus(x, e), Relation.EQ)]
    return [Formula(minus(e, x), Relation.GE), Formula(minus(x, e), Relation.GE)]


def in_sympy(e: Term, names: frozenset[str]) -> sympy.Expr:
    """A term as SymPy reads it, without what SymPy would be at for ever.

    Raises
    ------
    InputError
        For a number beyond floats, such as exp(exp(9)), or none; for an exponent whose numerator
        or denominator would be the degree of a polynomial; for a mean or a chance.
    """
    if any(part.head in ("E", "P") for part in e.walk()):
        raise InputError("recursion", "a mean or a chance")
    for part in e.walk():
        known = part.head != "number" and not part.names
        if known and not math.isfinite(value(function(part), {})):
            raise InputError("recursion", "a number beyond floats")
        exponent = constant(part.parts[1]) if part.head == "**" else None
        if exponent is not None and max(abs(exponent.p), exponent.q) > MAX_EXPONENT:
            raise InputError("recursion", "an exponent with too many digits")
    return parse(text(e), names, STATEMENT_FUNCTIONS, "recursion").sympy()


def _solve(
    step: sympy.Expr, x: sympy.Symbol, n: sympy.Symbol, begin: sympy.Expr, start: sympy.Expr
) -> sympy.Expr | None:
    """Solve x(n + 1) = r x(n) + f(n) with constant r."""
    step = sympy.expand(step)
    slope = sympy.diff(step, x)
    power = sympy.Symbol("lemmata_k", integer=True, nonnegative=True)
    if slope.has(n) and slope.is_rational_function(n) and sympy.expand(step - slope * x) == 0:
        whole = sympy.product(sympy.factor(slope).subs(n, power), (power, begin, n - 1))
        whole = sympy.gammasimp(whole.rewrite(sympy.gamma)) if not whole.has(sympy.Product) else x
        return start * whole if whole.is_rational_function(n) and not whole.has(x) else None
    if slope.free_symbols & {x, n} or slope == 0:
        return None
    rest = sympy.simplify(step - slope * x)
    if rest.has(x):
        return None
    count = n - begin
    slope = sympy.factor(slope)
    if rest == 0:
        return start * slope**count
    if not rest.has(n):
        if slope == 1:
            return start + count * rest
        return slope**count * start + rest * (1 - slope**count) / sympy.simplify(1 - slope)
    _, below = sympy.fraction(sympy.together(rest))
    if slope != 1 and below.is_polynomial(n) and below.has(n):
        return None  # SymPy would look for it for seconds
    # x(n) = r^n (start + sum of f(k) r^-(k+1)), counted from the first index.
    term = sympy.expand(sympy.powsimp(rest.subs(n, power) / slope ** (power - begin + 1)))
    total = sympy.piecewise_fold(sympy.summation(term, (power, begin, n - 1)))
    if isinstance(total, sympy.Piecewise):
        total = total.args[-1].expr
    if total.has(sympy.Sum, sympy.Piecewise, sympy.zoo, sympy.nan, sympy.harmonic):
        return None
    return slope**count * start + _plain(slope**count * total)


def _crude(
    step: sympy.Expr, x: sympy.Symbol, n: sympy.Symbol, begin: sympy.Expr, start: sympy.Expr
) -> sympy.Expr | None:
    """A bound of x(n + 1) = r x(n) + f(n) for a falling f: r^n start + f(first)/(1 - r)."""
    slope = sympy.diff(sympy.expand(step), x)
    if slope.free_symbols & {x, n} or slope in (0, 1):
        return None
    rest = sympy.simplify(step - slope * x).subs(n, begin)
    return slope ** (n - begin) * start + sympy.factor(rest / (1 - slope))


def _plain(e: sympy.Expr) -> sympy.Expr:
    """With powers b^n only, not b^(n - 1)."""
    return sympy.factor(sympy.expand(sympy.simplify(e), power_exp=True), deep=False)
