"""Two deciders of rational identities that share no arithmetic: SymPy's sparse ring and flint.

Each evaluates both sides of ``left == right`` as a fraction of polynomials over the rationals,
with its own ``+`` and ``*`` and its own walk over the formula, and returns the numerator of the
difference. A formula outside the rational functions is refused, not approximated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import comb
from typing import Any, NamedTuple

import flint

from theory.errors import InputError
from theory.expressions import Expression, exponent_value

Polynomial = Any
"""A polynomial of either library; neither ships complete types."""
SYMPY_RING = "sympy.polys.ring over QQ"
FLINT_MPOLY = "flint.fmpq_mpoly"
MAX_TERMS = 400_000
"""Bound on the terms an intermediate polynomial may have, judged before any arithmetic."""


class NotRationalError(InputError):
    """The formula is not a rational function of its variables, or too large to expand."""

    def __init__(self, problem: str) -> None:
        super().__init__("identity", problem)


@dataclass(frozen=True)
class Equation:
    """``left == right`` for all values of the variables where no divisor vanishes.

    Attributes
    ----------
    variables : tuple of str
        The indeterminates.
    definitions : mapping of str to Expression
        Abbreviations in order; each uses variables and earlier abbreviations only.
    left, right : Expression
        The two sides.
    """

    variables: tuple[str, ...]
    definitions: Mapping[str, Expression]
    left: Expression
    right: Expression

    @cached_property
    def needed(self) -> Mapping[str, Expression]:
        """The definitions that the two sides use, directly or through others, in order."""
        used = set(self.left.names | self.right.names)
        kept: dict[str, Expression] = {}
        for name, meaning in reversed(list(self.definitions.items())):
            if name in used:
                used |= meaning.names
                kept[name] = meaning
        return dict(reversed(list(kept.items())))

    @cached_property
    def divisors(self) -> tuple[Expression, ...]:
        """What is divided by: the non-constant denominators and bases of negative powers."""
        found: dict[Expression, None] = {}
        for tree in (*self.needed.values(), self.left, self.right):
            for node in tree.walk():
                negative = node.head == "**" and exponent(node) < 0
                if node.head == "/" or negative:
                    divisor = node.args[0 if negative else 1]
                    if divisor.names:
                        found[divisor] = None
        return tuple(found)

    def check_size(self, limit: int = MAX_TERMS) -> None:
        """Refuse, before any arithmetic, what could not be expanded in reasonable memory.

        Raises
        ------
        NotRationalError
            If an intermediate polynomial could have more than ``limit`` terms.
        """
        within = _Limits(len(self.names), limit)
        sizes: dict[str, tuple[_Size, _Size]] = {v: (_Size(1, 1), _Size(1, 0)) for v in self.names}
        for name, meaning in self.needed.items():
            sizes[name] = _size(meaning, sizes, within)
        left, right = (_size(side, sizes, within) for side in (self.left, self.right))
        left[0].times(right[1], within), right[0].times(left[1], within)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The variables, never empty (a ring wants a generator)."""
        return self.variables or ("one",)


def sympy_difference(equation: Equation) -> Polynomial:
    """Numerator of ``left - right`` as a ``PolyElement``; fractions are never reduced."""
    from sympy.polys.domains import QQ  # half a second, which reading a statement need not wait
    from sympy.polys.rings import ring

    polynomials, *generators = ring(list(equation.names), QQ)
    one = polynomials.one
    known = {n: (g, one) for n, g in zip(equation.names, generators, strict=True)}

    def value(e: Expression) -> tuple[Any, Any]:
        if e.head == "number":
            assert e.value is not None
            return one * QQ(e.value.numerator, e.value.denominator), one
        if e.head == "name":
            return known[e.name]
        a, b = value(e.args[0])
        if e.head == "neg":
            return -a, b
        if e.head == "**":
            n = exponent(e)
            if n == 0:  # also of zero, which this ring would refuse
                return one, one
            if n < 0:
                if not a:
                    raise NotRationalError(f"divides by {e.args[0]}, which is identically zero")
                a, b = b, a
            return a ** abs(n), b ** abs(n)
        c, d = value(e.args[1])
        if e.head == "*":
            return a * c, b * d
        if e.head == "/":
            if not c:
                raise NotRationalError(f"divides by {e.args[1]}, which is identically zero")
            return a * d, b * c
        if e.head == "+":
            return a * d + c * b, b * d
        return a * d - c * b, b * d

    _check_heads(equation)
    for name, meaning in equation.needed.items():
        known[name] = value(meaning)
    (a, b), (c, d) = value(equation.left), value(equation.right)
    return a * d - c * b


def flint_difference(equation: Equation) -> Polynomial:
    """Numerator of ``left - right`` as an ``fmpq_mpoly``; fractions are reduced as they form."""
    context = flint.fmpq_mpoly_ctx.get(equation.names, flint.Ordering.degrevlex)
    unit = context.constant(1)
    known: dict[str, Any] = dict(zip(equation.names, context.gens(), strict=True))
    bottoms: dict[str, Any] = {}

    def run(tree: Expression) -> tuple[Any, Any]:
        stack: list[tuple[Any, Any]] = []
        for node in tree.walk():  # operands come before operators: a stack machine
            match node.head:
                case "number":
                    assert node.value is not None
                    rational = flint.fmpq(node.value.numerator, node.value.denominator)
                    stack.append((context.constant(rational), unit))
                case "name":
                    stack.append((known[node.name], bottoms.get(node.name, unit)))
                case "neg":
                    top, bottom = stack.pop()
                    stack.append((context.constant(-1) * top, bottom))
                case "**":
                    stack.pop()
                    top, bottom = stack.pop()
                    n = exponent(node)
                    pair = (top, bottom) if n >= 0 else (bottom, top)
                    stack.append(lowest(pair[0] ** abs(n), pair[1] ** abs(n)))
                case head:
                    c, d = stack.pop()
                    a, b = stack.pop()
                    if head == "*":
                        stack.append(lowest(a * c, b * d))
                    elif head == "/":
                        stack.append(lowest(a * d, b * c))
                    else:
                        sign = 1 if head == "+" else -1
                        joined = (a + sign * c, b) if b == d else (a * d + sign * (c * b), b * d)
                        stack.append(lowest(*joined))
        return stack.pop()

    def lowest(top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
        if bottom.is_zero():
            raise NotRationalError("divides by something identically zero")
        if bottom.is_constant():
            return top / bottom, unit
        common = top.gcd(bottom)
        return top / common, bottom / common

    _check_heads(equation)
    for name, meaning in equation.needed.items():
        known[name], bottoms[name] = run(meaning)
    (a, b), (c, d) = run(equation.left), run(equation.right)
    return a * d - c * b


def exponent(power: Expression) -> int:
    """Read the integer exponent of a power.

    Raises
    ------
    NotRationalError
        If it is not a constant integer.
    """
    try:
        value = exponent_value(power.args[1])
    except ZeroDivisionError:
        raise NotRationalError(f"the exponent {power.args[1]} divides by zero") from None
    if value is None or value.denominator != 1:
        raise NotRationalError(f"the exponent {power.args[1]} is not an integer")
    return int(value)


class _Limits(NamedTuple):
    """How many variables there are, and how many terms a polynomial may have."""

    variables: int
    terms: int


@dataclass(frozen=True)
class _Size:
    """Bounds on a polynomial: number of terms, total degree."""

    terms: int
    degree: int

    def capped(self, within: _Limits) -> _Size:
        bounded = min(self.terms, comb(within.variables + self.degree, within.variables))
        if bounded > within.terms:
            raise NotRationalError(f"its expansion could have more than {within.terms} terms")
        return _Size(bounded, self.degree)

    def times(self, other: _Size, within: _Limits) -> _Size:
        return _Size(self.terms * other.terms, self.degree + other.degree).capped(within)

    def plus(self, other: _Size, within: _Limits) -> _Size:
        return _Size(self.terms + other.terms, max(self.degree, other.degree)).capped(within)

    def power(self, n: int, within: _Limits) -> _Size:
        # A power of t terms has at most C(n + t - 1, n) of them, one per multiset.
        return _Size(comb(n + self.terms - 1, n), n * self.degree).capped(within)


def _size(
    e: Expression, known: Mapping[str, tuple[_Size, _Size]], n: _Limits
) -> tuple[_Size, _Size]:
    if e.head == "number":
        return _Size(1, 0), _Size(1, 0)
    if e.head == "name":
        if e.name not in known:
            raise NotRationalError(f"{e.name} is not a variable")
        return known[e.name]
    a, b = _size(e.args[0], known, n)
    if e.head == "neg":
        return a, b
    if e.head == "**":
        m = exponent(e)
        return tuple(x.power(abs(m), n) for x in ((a, b) if m >= 0 else (b, a)))  # type: ignore[return-value]
    if e.head not in ("+", "-", "*", "/"):
        raise NotRationalError(f"{e.head}(...) is not a rational function")
    c, d = _size(e.args[1], known, n)
    if e.head in ("*", "/"):
        c, d = (c, d) if e.head == "*" else (d, c)
        return a.times(c, n), b.times(d, n)
    return a.times(d, n).plus(c.times(b, n), n), b.times(d, n)


def _check_heads(equation: Equation) -> None:
    known = set(equation.names) | set(equation.needed)
    for tree in (*equation.needed.values(), equation.left, equation.right):
        for node in tree.walk():
            if node.head == "name" and node.name not in known:
                raise NotRationalError(f"{node.name} is not a variable")
            if node.head not in {"number", "name", "neg", "+", "-", "*", "/", "**"}:
                raise NotRationalError(f"{node.head}(...) is not a rational function")
