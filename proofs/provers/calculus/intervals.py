"""Outward-rounded intervals with exact endpoints."""

# ruff: noqa: D103 - terms are nested tuples, and one-line helpers say what they do

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from flint import arb, fmpq


class Interval(NamedTuple):
    """All reals from ``lo`` to ``hi``, exact endpoints; None is the infinity on that side."""

    lo: Any
    hi: Any


WHOLE = Interval(None, None)


def outward(lo: arb | None, hi: arb | None) -> Interval:
    """Round a lower and an upper bound outward to exact endpoints."""
    low = lo.lower() if lo is not None and lo.is_finite() else None
    high = hi.upper() if hi is not None and hi.is_finite() else None
    return Interval(low, high)


def ball(x: arb) -> Interval:
    return outward(x, x)


def i_add(a: Interval, b: Interval) -> Interval:
    return outward(
        None if a.lo is None or b.lo is None else a.lo + b.lo,
        None if a.hi is None or b.hi is None else a.hi + b.hi,
    )


def i_mul(a: Interval, b: Interval) -> Interval:
    if None not in a and None not in b:
        products = [p * q for p in a for q in b]
        lo, hi = products[0], products[0]
        for p in products[1:]:
            lo, hi = lo.min(p), hi.max(p)
        return outward(lo, hi)
    for p, q in ((a, b), (b, a)):  # reduce to the nonnegative case by signs
        if p.hi is not None and p.hi <= 0 and (p.lo is None or p.lo < 0):
            return i_neg(i_mul(i_neg(p), q))
    nonnegative = next((p for p in (a, b) if p.lo is not None and p.lo >= 0), None)
    if nonnegative is None:
        return WHOLE
    other = b if nonnegative is a else a
    lo = hi = None
    if other.lo is not None and other.lo >= 0:
        lo = nonnegative.lo * other.lo
    elif other.lo is not None and nonnegative.hi is not None:
        lo = other.lo * nonnegative.hi
    if other.hi is not None and nonnegative.hi is not None:
        hi = arb(0).max(other.hi * nonnegative.hi)
    return outward(lo, hi)


def i_neg(a: Interval) -> Interval:
    return Interval(None if a.hi is None else -a.hi, None if a.lo is None else -a.lo)


def i_inverse(a: Interval) -> Interval:
    """The range of 1/a over a without zero; zero may be an endpoint, then it is approached."""
    if a.hi is not None and a.hi <= 0:
        return i_neg(i_inverse(i_neg(a)))
    if a.lo is None or a.lo < 0:
        return WHOLE
    return outward(
        arb(0) if a.hi is None else (1 / a.hi if a.hi > 0 else None),
        1 / a.lo if a.lo > 0 else None,
    )


def i_increasing(f: Callable[[arb], arb], a: Interval, low: Any, high: Any) -> Interval:
    """The range of an increasing f with the given limits at the infinities."""
    below = arb(low) if low is not None else None
    above = arb(high) if high is not None else None
    return outward(
        below if a.lo is None else f(a.lo),
        above if a.hi is None else f(a.hi),
    )


def i_abs(a: Interval) -> Interval:
    if a.lo is not None and a.lo >= 0:
        return a
    if a.hi is not None and a.hi <= 0:
        return i_neg(a)
    return Interval(arb(0), None if None in a else (-a.lo).max(a.hi))


def i_log(a: Interval) -> Interval:
    """The logarithm where it is defined; at 0 it goes to minus infinity."""
    lo = a.lo.log() if a.lo is not None and a.lo > 0 else None
    hi = a.hi.log() if a.hi is not None and a.hi > 0 else None
    return outward(lo, hi)


def i_power(a: Interval, r: fmpq) -> Interval:
    """The range of a**r, r rational; where r is no integer, of the part of a that is >= 0."""
    if r < 0:
        return i_inverse(i_power(a, -r))
    n = int(r.p)
    if r.q == 1:
        if n % 2 == 0:
            a = i_abs(a)
        return i_increasing(lambda x: x**n, a, None, None)
    low = a.lo if a.lo is not None and a.lo > 0 else arb(0)
    if a.hi is not None and a.hi < 0:
        return WHOLE  # nowhere defined

    def rooted(x: arb) -> arb:
        if x > 0:
            return x.root(int(r.q)) ** n if r.q <= 1000 else (x.log() * r).exp()
        return arb(0)

    return i_increasing(rooted, Interval(low, a.hi), None, None)


def i_wave(f: Callable[[arb], arb], a: Interval) -> Interval:
    if None in a or a.hi - a.lo > 7:
        return Interval(arb(-1), arb(1))
    made = ball(f(a.lo.union(a.hi)))
    return meet(made, Interval(arb(-1), arb(1)))


def meet(a: Interval, b: Interval) -> Interval:
    """The intersection of two ranges of the same quantity."""
    lo = b.lo if a.lo is None else a.lo if b.lo is None else a.lo.max(b.lo)
    hi = b.hi if a.hi is None else a.hi if b.hi is None else a.hi.min(b.hi)
    return Interval(None if lo is None else lo.lower(), None if hi is None else hi.upper())
