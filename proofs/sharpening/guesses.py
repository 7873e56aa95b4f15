"""Guess a closed form for a bracketed constant: 0.5413412 is 4*exp(-2). A guess is no evidence."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from fractions import Fraction

BASES = {
    "exp(1)": math.e,
    "exp(2)": math.exp(2),
    "exp(-1)": math.exp(-1),
    "exp(-2)": math.exp(-2),
    "exp(-3)": math.exp(-3),
    "exp(-4)": math.exp(-4),
    "exp(-1/2)": math.exp(-0.5),
    "exp(1/2)": math.exp(0.5),
    "log(2)": math.log(2),
    "log(3)": math.log(3),
    "1/log(2)": 1 / math.log(2),
    "sqrt(2)": math.sqrt(2),
    "sqrt(3)": math.sqrt(3),
    "sqrt(5)": math.sqrt(5),
    "pi": math.pi,
    "1/pi": 1 / math.pi,
    "sqrt(pi)": math.sqrt(math.pi),
    "1/sqrt(pi)": 1 / math.sqrt(math.pi),
    "sqrt(2/pi)": math.sqrt(2 / math.pi),
}
TOPS, BOTTOMS, SHIFTS = 32, 12, 4
RATIONAL = 60  # the largest denominator of a rational guess
WIDEST = Fraction(1, 1000)  # a wider bracket contains too many numbers with short names
CHANCE = 0.05  # about cost**2 numbers in a unit interval have names of at most that cost


def guesses(low: Fraction, high: Fraction, limit: int = 3) -> list[str]:
    """Formulas without variables whose values lie in a bracket, the shortest first.

    Of a bracket that is not narrow only the shortest: others are there by chance.

    Parameters
    ----------
    low, high : Fraction
        The ends of the bracket, both belonging to it.
    limit : int
        How many at most.
    """
    if low > high:
        low, high = high, low
    if high - low > WIDEST:
        return []
    slack = 1e-12 * max(1.0, abs(float(low)))
    ends = float(low) - slack, float(high) + slack
    found: list[tuple[int, str]] = []
    for q in range(1, RATIONAL + 1):
        near = {Fraction(round(float(end) * q), q) for end in (low, high)}
        found += [(len(str(f.numerator)) + q, str(f)) for f in near if low <= f <= high]
    for cost, text, value in _multiples():
        for shift in range(-SHIFTS, SHIFTS + 1):
            if ends[0] <= value + shift <= ends[1]:
                name = text if not shift else f"{text} {'+' if shift > 0 else '-'} {abs(shift)}"
                found.append((cost + 4 * abs(shift), name))
    short = [(cost, text) for cost, text in found if cost**2 * float(high - low) <= CHANCE]
    ordered = dict.fromkeys(text for _, text in sorted(short))
    return list(ordered)[:limit]


def _multiples() -> Iterator[tuple[int, str, float]]:
    """Rational multiples of the bases, with how long they are to write."""
    for (name, base), q, p in itertools.product(
        BASES.items(), range(1, BOTTOMS + 1), range(1, TOPS + 1)
    ):
        if math.gcd(p, q) != 1:
            continue
        for sign in (1, -1):
            top = f"{sign * p}*{name}" if sign * p != 1 else name
            yield p + 2 * q + (sign < 0), top if q == 1 else f"{top}/{q}", sign * p / q * base
