"""Polynomials in atoms, with rational coefficients, and their quotients."""

# ruff: noqa: D103 - terms are nested tuples, and one-line helpers say what they do

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any, NamedTuple

from flint import fmpq

from proofs.provers.calculus.terms import (
    MAX_TERMS,
    ZERO,
    Rejected,
    Term,
    add,
    mul,
    num,
    power,
)

# A polynomial is {monomial: coefficient}; a monomial is a sorted tuple of (atom number, exponent).
# Exponents are positive, except that atoms exp(...) > 0 may carry negative ones.

Monomial = tuple[tuple[int, int], ...]
Poly = dict[Monomial, fmpq]
ATOMS: list[Term] = []
_NUMBER_OF: dict[Term, int] = {}


def atom_number(e: Term) -> int:
    if e not in _NUMBER_OF:
        _NUMBER_OF[e] = len(ATOMS)
        ATOMS.append(e)
    return _NUMBER_OF[e]


def constant(value: Any) -> Poly:
    return {(): fmpq(value)} if value != 0 else {}


def p_add(a: Poly, b: Poly) -> Poly:
    total = dict(a)
    for m, c in b.items():
        total[m] = total.get(m, fmpq(0)) + c
        if total[m] == 0:
            del total[m]
    return total


def p_mul(a: Poly, b: Poly) -> Poly:
    if len(a) * len(b) > MAX_TERMS * 20:
        raise Rejected("a polynomial has too many terms")
    total: Poly = {}
    for m, c in a.items():
        for n, d in b.items():
            exponents = dict(m)
            for v, k in n:
                exponents[v] = exponents.get(v, 0) + k
            key = tuple(sorted((v, k) for v, k in exponents.items() if k))
            total[key] = total.get(key, fmpq(0)) + c * d
    if len(total) > MAX_TERMS:
        raise Rejected("a polynomial has too many terms")
    return {m: c for m, c in total.items() if c != 0}


def p_pow(a: Poly, n: int) -> Poly:
    if len(a) == 1:
        ((m, c),) = a.items()
        return {tuple((v, k * n) for v, k in m): c**n} if n else constant(1)
    result = constant(1)
    for _ in range(n):
        result = p_mul(result, a)
    return result


def p_term(a: Poly) -> Term:
    total = ZERO
    for m, c in sorted(a.items()):
        product = ("num", c)
        for v, k in m:
            product = mul(product, power(ATOMS[v], num(k)))
        total = add(total, product)
    return total


class Normal(NamedTuple):
    """The quotient top/bottom; bottom is not the zero polynomial."""

    top: Poly
    bottom: Poly


def q_add(a: Normal, b: Normal) -> Normal:
    if a.bottom == b.bottom:
        return Normal(p_add(a.top, b.top), a.bottom)
    top = p_add(p_mul(a.top, b.bottom), p_mul(b.top, a.bottom))
    return Normal(top, p_mul(a.bottom, b.bottom))


def atom_poly(e: Term, exponent: int = 1) -> Poly:
    return {((atom_number(e), exponent),): fmpq(1)} if exponent else constant(1)


def cancel(n: Normal) -> Normal:
    """Divide top and bottom by their common monomial (conditions: the bottom is not zero)."""
    if not n.top or len(n.bottom) > 200:
        return n
    common: dict[int, int] | None = None
    for m in itertools.chain(n.top, n.bottom):
        have = dict(m)
        common = (
            have
            if common is None
            else {
                v: min(k, have.get(v, 0)) for v, k in common.items() if k > 0 and have.get(v, 0) > 0
            }
        )
        if not common:
            return n
    shift = {tuple((v, -k) for v, k in sorted((common or {}).items())): fmpq(1)}
    return Normal(p_mul(n.top, shift), p_mul(n.bottom, shift))


def rational_root(c: fmpq, q: int) -> fmpq | None:
    if c < 0:
        return None
    parts = []
    for value in (int(c.p), int(c.q)):
        guess = round(value ** (1.0 / q)) if value < 10**15 else 0
        near = next((g for g in (guess - 1, guess, guess + 1) if g >= 0 and g**q == value), None)
        if near is None:
            return None
        parts.append(near)
    return fmpq(parts[0], parts[1])


def small_factors(value: int) -> Iterator[tuple[int, int]]:
    """Factor by trial division; a large cofactor stays whole, which is as good for our purpose."""
    for prime in itertools.chain((2,), range(3, 1000, 2)):
        k = 0
        while value % prime == 0:
            value, k = value // prime, k + 1
        if k:
            yield prime, k
    if value > 1:
        yield value, 1
