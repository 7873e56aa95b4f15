"""Counterexamples far along a recursion: it is run, with balls, where its formula is too large.

After n steps a formula in which the last value occurs twice has 2^n parts; its value has not. Each
step is decided as :mod:`proofs.refutation.violation` decides a point: exactly over the rationals,
or with balls, and what has no value ends the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from flint import arb, ctx, fmpq

from proofs.evidence.verdicts import Counterexample
from proofs.refutation.violation import (
    PRECISIONS,
    evaluated,
    has_few_bits,
    inside,
)
from theory.claims import DRAWN, Statement
from theory.expressions import Expression, Relation, rational_value, real_powers
from theory.names import separator

MAX_STEPS = 10_000
Values = dict[str, Fraction | arb]


def violation_at_depth(
    statement: Statement, point: Mapping[str, Fraction]
) -> Counterexample | None:
    """Decide whether a point, with the number of its ``layers``, is a counterexample.

    Parameters
    ----------
    statement : Statement
        A claim about every depth with one conclusion.
    point : mapping of str to Fraction
        The variables, those of each layer, and ``layers``.

    Returns
    -------
    Counterexample or None
        None also where it is too close to call.
    """
    layers, depth = statement.layers, int(point["layers"])
    if layers is None or depth > MAX_STEPS or DRAWN & {*statement.variables.values()}:
        return None
    names = {n for e in statement.definitions.values() for n in e.names}
    if names & layers.names or DRAWN & {*layers.variables.values()}:
        return None
    taken = {*statement.variables, *statement.constants, *statement.definitions, *layers.names}
    run = separator(layers.variables, taken)
    chosen = {x: str(d) for x, d in statement.variables.items()}
    for x, d in layers.variables.items():
        chosen |= {f"{x}{run}{k}": d for k in range(1, depth + 1)}
    if not all(inside(d, point.get(x)) and has_few_bits(point[x]) for x, d in chosen.items()):
        return None
    own = [{x: point[f"{x}{run}{k}"] for x in layers.variables} for k in range(1, depth + 1)]
    fixed = {x: point[x] for x in statement.variables}
    for precision in PRECISIONS:
        saved, ctx.prec = ctx.prec, precision
        try:
            sides = _Run(statement).ended(fixed, own)
        finally:
            ctx.prec = saved
        if sides is not None:
            return Counterexample(dict(point), *sides)
    return None


class _Run:
    """A recursion with its definitions unfolded, to be run at one precision."""

    def __init__(self, statement: Statement) -> None:
        assert statement.layers is not None
        self.layers, self.statement = statement.layers, statement
        expand = statement.expand_formula
        self.updates = {x: expand(e) for x, e in self.layers.update.items()}
        self.starts = {x: expand(e) for x, e in self.layers.start.items()}
        self.inner = [statement.expand(r) for r in self.layers.hypotheses.values()]
        # Of u**v, u > 0 is wanted unless v is made of integers; a real number that is one is not.
        integers = {x for x, d in statement.variables.items() if d == "integer"}
        self.whole = self.layers.expanded(expand).whole(integers)

    def ended(
        self, fixed: Mapping[str, Fraction], own: Iterable[Mapping[str, Fraction]]
    ) -> tuple[str, str] | None:
        """Both sides of the conclusion where it fails at the end, and all else is true."""
        state = self._values(self.starts, dict(fixed))
        for drawn in own:
            if state is None:
                return None
            here: Values = {**fixed, **state, **drawn}
            if not all(self._decide(r, here) is True for r in self.inner):
                return None
            state = self._values(self.updates, here)
        if state is None:
            return None
        last: Values = {**fixed, **state}
        if not all(self._decide(r, last) is True for r in self.statement.assumptions.values()):
            return None
        conclusion = self.statement.obligation
        if self._decide(conclusion, last) is not False:
            return None
        left, right = (self._value(side, last) for side in (conclusion.left, conclusion.right))
        return _shown(left), _shown(right)

    def _values(self, formulas: Mapping[str, Expression], here: Values) -> Values | None:
        found: Values = {}
        for x, e in formulas.items():
            v = self._value(e, here)
            if v is None:
                return None
            found[x] = v
        return found

    def _value(self, e: Expression, here: Values) -> Fraction | arb | None:
        """The value of a formula; None where it has none, or is not known to have one."""
        exact = {x: v for x, v in here.items() if isinstance(v, Fraction)}
        balls = {x: v for x, v in here.items() if not isinstance(v, Fraction)}
        for base in real_powers(e, self.whole):
            if not _ball(self._value(base, here)) > 0:
                return None
        try:
            found = rational_value(e, exact)
            if found is not None and has_few_bits(found):
                return found
            made = _ball(found) if found is not None else evaluated(e, exact, balls)
        except (ZeroDivisionError, OverflowError, ValueError):
            return None
        return made if made.is_finite() else None

    def _decide(self, r: Relation, here: Values) -> bool | None:
        left, right = self._value(r.left, here), self._value(r.right, here)
        if left is None or right is None:
            return None
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            return r.decide(left, right)
        gap = _ball(left) - _ball(right)
        if gap > 0:
            return r.operator in (">", ">=", "!=")
        if gap < 0:
            return r.operator in ("<", "<=", "!=")
        return None


def _ball(v: Fraction | arb | None) -> arb:
    if v is None:
        return arb("nan")
    return arb(fmpq(v.numerator, v.denominator)) if isinstance(v, Fraction) else v


def _shown(v: Fraction | arb | None) -> str:
    return str(v) if isinstance(v, Fraction) else str(_ball(v).str(25))
