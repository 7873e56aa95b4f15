"""Identities: decided twice in exact polynomial arithmetic, refuted by an exact rational point."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from types import MappingProxyType

import flint

from theory.claims import Domain, Statement
from theory.deciders import (
    FLINT_MPOLY,
    SYMPY_RING,
    Equation,
    NotRationalError,
    Polynomial,
    flint_difference,
    sympy_difference,
)
from theory.dynamics.factors import at_depth
from theory.expressions import Expression, Relation, number, rational_value

DEPTHS = (2, 3, 4, 5, 6, 7, 8)
"""The depths at which every identity is also checked with true products of weights."""
MAX_SIGN_CASES = 64


class DecidersDisagreeError(ArithmeticError):
    """SymPy and flint reached different answers on one identity: one of them is wrong."""


@dataclass(frozen=True)
class IdentityResult:
    """What two deciders agreed on.

    Attributes
    ----------
    holds : bool
        Whether both sides are the same rational function (and, if depths were asked for, whether
        they also are at every one of those depths).
    point : mapping of str to Fraction, or None
        If not: a point of the domains that satisfies the hypotheses and separates the sides.
    deciders : tuple of str
        The two implementations that agreed.
    nonzero : tuple of str
        Divisors; the identity is about points where none of them vanishes.
    depths : mapping of int to bool
        Outcome of the full expansion at concrete depths.
    """

    holds: bool
    point: Mapping[str, Fraction] | None = None
    deciders: tuple[str, str] = (SYMPY_RING, FLINT_MPOLY)
    nonzero: tuple[str, ...] = ()
    depths: Mapping[int, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Identity:
    """An identity about every depth, with its check by full expansion at concrete depths.

    Attributes
    ----------
    name : str
        Short, lower case, hyphens.
    title : str
        One line for people.
    statement : Statement
        The identity in opaque shared factors, so that one polynomial identity covers every depth;
        ``statement.scope`` says what it covers.
    concrete : callable or None
        ``concrete(k)`` states it for depth k with true products of weights (in several parts, if
        need be); by default the opaque factors are replaced by the products they stand for
        (:func:`theory.dynamics.factors.at_depth`).
    depths : tuple of int
        Where to check by full expansion; empty for identities that are not about a depth.
    remark : str
        What follows from it, in words.
    least_depth : int
        The smallest depth at which it says anything.
    """

    name: str
    title: str
    statement: Statement
    concrete: Callable[[int], Statement | tuple[Statement, ...]] | None = None
    depths: tuple[int, ...] = DEPTHS
    remark: str = ""
    least_depth: int = 2

    @property
    def left(self) -> Expression:
        """The left side, in variables and abbreviations."""
        return self.statement.conclusion.left

    @property
    def right(self) -> Expression:
        """The right side, in variables and abbreviations."""
        return self.statement.conclusion.right

    @property
    def definitions(self) -> Mapping[str, Expression]:
        """The abbreviations the two sides use."""
        return self.statement.definitions

    @property
    def scope(self) -> str:
        """What the identity covers, such as ``"every depth k >= 2"``."""
        return self.statement.scope

    def at(self, depth: int) -> tuple[Statement, ...]:
        """State the identity at one depth, every opaque factor a true product of weights."""
        made = self.concrete(depth) if self.concrete else at_depth(self.statement, depth)
        return made if isinstance(made, tuple) else (made,)

    @cached_property
    def result(self) -> IdentityResult:
        """:meth:`decide`, computed once."""
        return self.decide()

    def decide(self) -> IdentityResult:
        """Decide the general form, then every concrete depth.

        Raises
        ------
        NotRationalError
            If a side is not a rational function.
        DecidersDisagreeError
            If the two implementations differ.
        """
        general = decide_identity(self.statement)
        special = {k: [decide_identity(part) for part in self.at(k)] for k in self.depths}
        failed = [r for parts in special.values() for r in parts if not r.holds]
        return replace(
            general,
            holds=general.holds and not failed,
            point=general.point or (failed[0].point if failed else None),
            depths=MappingProxyType({k: all(r.holds for r in rs) for k, rs in special.items()}),
        )


def decide_identity(statement: Statement) -> IdentityResult:
    """Decide a statement whose conclusion is an equation between rational functions.

    Hypotheses ``name == formula`` are substituted, ``s**2 == 1`` splits into s = 1 and s = -1.
    Any other hypothesis is not needed when the identity holds, and is respected by the
    counterexample when it does not.

    Parameters
    ----------
    statement : Statement
        Conclusion ``left == right``.

    Returns
    -------
    IdentityResult
        Agreed on by SymPy's polynomial ring and flint's.

    Raises
    ------
    NotRationalError
        If the conclusion is not such an equation, or the sides differ but no point that satisfies
        the hypotheses was found to show it.
    DecidersDisagreeError
        If the two implementations differ.
    """
    if statement.conclusion.operator != "==":
        raise NotRationalError(f"{statement.conclusion} is not an equation")
    eliminated, signs = _equations(statement)
    nonzero: dict[str, None] = {}
    constants = {n: number(c) for n, c in statement.constants.items()}
    conclusion = statement.conclusion.substitute(constants)  # an exponent must be a number
    definitions = {n: e.substitute(constants) for n, e in statement.definitions.items()}
    for values in product((1, -1), repeat=len(signs)):
        chosen = {s: number(v) for s, v in zip(signs, values, strict=True)}
        solved = {n: e.substitute(chosen) for n, e in eliminated.items()}
        equation = Equation(
            tuple(v for v in statement.variables if v not in solved and v not in chosen),
            {**chosen, **solved, **definitions},
            conclusion.left,
            conclusion.right,
        )
        equation.check_size()
        first, second = sympy_difference(equation), flint_difference(equation)
        if bool(first) is second.is_zero():
            raise DecidersDisagreeError(f"{SYMPY_RING} and {FLINT_MPOLY} on {statement.conclusion}")
        nonzero |= dict.fromkeys(str(d) for d in equation.divisors)
        if first:
            point = _counterexample(statement, equation, second)
            return IdentityResult(False, MappingProxyType(point), nonzero=tuple(nonzero))
    return IdentityResult(True, nonzero=tuple(nonzero))


def _equations(statement: Statement) -> tuple[dict[str, Expression], list[str]]:
    """Split off the hypotheses that can be used exactly: solved equations and signs."""
    solved: dict[str, Expression] = {}
    signs: list[str] = []
    for hypothesis in statement.assumptions.values():
        relation = hypothesis.substitute(solved)
        sign = _sign(relation)
        if sign in statement.variables:
            signs.append(sign)
        elif (
            relation.operator == "=="
            and relation.left.name in statement.variables
            and relation.left.name not in relation.right.names
            # Over a smaller domain the variable need not reach every value of the formula.
            and statement.variables[relation.left.name] == "real"
        ):
            one = {relation.left.name: relation.right}
            solved = {n: e.substitute(one) for n, e in solved.items()} | one
    if 2 ** len(signs) > MAX_SIGN_CASES:
        raise NotRationalError(f"more than {MAX_SIGN_CASES} combinations of signs")
    return solved, signs


def _sign(relation: Relation) -> str:
    """Find the name s in ``s**2 == 1`` or ``s*s == 1``; empty for any other relation."""
    left, right = relation.left, relation.right
    if relation.operator != "==" or right.value != 1 or left.head not in ("*", "**"):
        return ""
    base, other = left.args
    square = other == base if left.head == "*" else other.value == 2
    return base.name if square else ""


def _counterexample(
    statement: Statement, equation: Equation, difference: Polynomial
) -> dict[str, Fraction]:
    """Find a rational point at which the sides differ; the statement itself has the last word."""
    polynomial = difference
    for divisor in equation.divisors:
        polynomial = polynomial * flint_difference(
            Equation(equation.variables, equation.definitions, divisor, number(0))
        )
    names = dict(zip(polynomial.context().names(), polynomial.degrees(), strict=True))
    for scale in (Fraction(1), Fraction(1, 2), Fraction(1, 16), Fraction(1, 1000)):
        rest, point = polynomial, dict[str, Fraction]()
        for variable in equation.variables:
            # A polynomial of degree d in one variable vanishes at no more than d of the values.
            values = _values(statement, variable, scale, names[variable] + 1)
            for value in values:
                reduced = rest.subs({variable: flint.fmpq(value.numerator, value.denominator)})
                if not reduced.is_zero():
                    rest, point[variable] = reduced, value
                    break
        for name in statement.variables:
            if name not in point and name in equation.definitions:
                known = {**statement.constants, **point}
                value_ = rational_value(equation.definitions[name], known)
                if value_ is not None:
                    point[name] = value_
        if statement.assumptions_hold_at(point) and statement.holds_at(point) is False:
            return point
    raise NotRationalError("the sides differ, but at no point tried where the hypotheses hold")


def _values(statement: Statement, variable: str, scale: Fraction, count: int) -> Iterator[Fraction]:
    """Yield ``count`` distinct candidates of the variable's domain, close to the witness."""
    domain: Domain = statement.variables[variable]
    whole = domain == "integer"
    centre = statement.witness.get(variable, Fraction(2))
    step = Fraction(1) if whole else scale
    yielded, n = 0, 0
    while yielded < count:
        offset = -(n // 2) if n % 2 == 0 else (n + 1) // 2
        candidate = centre + step * offset
        n += 1
        if candidate > 0 or domain not in ("positive", "nonnegative"):
            yielded += 1
            yield candidate
