"""When a stop condition holds at a state of a product network, in balls or over the rationals.

Every quantity is a function of p and the squares ``y_i = w_i**2`` (:mod:`numerics.sharpness`).
What is asked of it is how it compares with a constant; balls that overlap answer None, and
``and`` and ``or`` pass that on (Kleene).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

from flint import arb

from numerics.balls import ball
from numerics.loss import Loss
from numerics.sharpness import sharper
from theory.dynamics.stopping import Joined, StopCondition, Target, Until
from theory.expressions import rational_value

Compare = Callable[[Fraction], int | None]
"""The sign of (quantity - constant), None where it is not known."""
N = TypeVar("N", arb, Fraction)


def holds(
    loss: Loss, until: Until, product: arb, squares: Callable[[], Sequence[arb]]
) -> bool | None:
    """Decide a condition in balls.

    Parameters
    ----------
    loss : Loss
    until : StopCondition or Joined
    product : arb
        A ball that contains p.
    squares : callable
        Returns balls that contain the squares of the weights, when they are needed.
    """
    return _joined(until, lambda atom: atom_holds(loss, atom, product, squares))


def atom_holds(
    loss: Loss, atom: StopCondition, product: arb, squares: Callable[[], Sequence[arb]]
) -> bool | None:
    """Decide one comparison in balls."""
    value: arb
    match atom.quantity:
        case "p":
            value = product
        case "f":
            value = loss.value("arb")(product)
        case "pg":
            value = product * loss.descent("arb")(product)
        case "grad":
            value = abs(loss.descent("arb")(product)) * gradient_square(squares()).sqrt()
        case "sharpness":
            slope, bend = loss.descent("arb")(product), loss.curvature("arb")(product)
            known = squares()

            def above(t: Fraction) -> int | None:
                return sharper(slope, bend, product, known, ball(t))

            return member(atom.target, above)
    return atom.target.decider(ball)(value)


def holds_exactly(
    loss: Loss, until: Until, weights: Sequence[Fraction], p: Fraction
) -> bool | None:
    """Decide a condition over the rationals; None where something needed is not rational.

    ``p`` is the product of the weights, which is long: whoever asks twice multiplies once.
    """
    return _joined(until, lambda atom: _atom_exactly(loss, atom, weights, p))


def _atom_exactly(
    loss: Loss, atom: StopCondition, weights: Sequence[Fraction], p: Fraction
) -> bool | None:
    if atom.quantity == "p":
        return atom.target.contains(p)
    value, slope, bend = (
        rational_value(e, {"p": p})
        for e in (loss.expression, loss.derivative, loss.second_derivative)
    )
    if value is None or slope is None:
        return None
    squares = [w * w for w in weights]
    match atom.quantity:
        case "f":
            return atom.target.contains(value)
        case "pg":
            return atom.target.contains(p * slope)
        case "grad":
            size = slope * slope * gradient_square(squares)
            return member(atom.target, lambda t: 1 if t < 0 else _sign(size - t * t))
        case _ if bend is not None:
            return member(atom.target, lambda t: sharper(slope, bend, p, squares, t))
    return None


def gradient_square(squares: Sequence[N]) -> N:
    """Evaluate ``Q = sum q_i**2``, without dividing by a weight."""
    one = squares[0] * 0 + 1
    before, after = [one], [one]
    for y in squares[:-1]:
        before.append(before[-1] * y)
    for y in squares[:0:-1]:
        after.append(after[-1] * y)
    return sum((a * b for a, b in zip(before, reversed(after), strict=True)), one * 0)


def member(target: Target, compare: Compare) -> bool | None:
    """Decide membership of a number that is known by comparisons only."""
    strict = target.closed != target.inside  # the end points are outside the interval
    outside, certain = not target.inside, True
    for end, side in ((target.lower, 1), (target.upper, -1)):
        if end is None:
            continue
        sign = compare(end)
        if sign is None:
            certain = False
        elif sign * side < 0 or (sign == 0 and strict):
            return outside
    return target.inside if certain else None


def _joined(until: Until, decide: Callable[[StopCondition], bool | None]) -> bool | None:
    if not isinstance(until, Joined):
        return decide(until)
    every: bool | None = True
    for clause in until.clauses:
        some: bool | None = False
        for atom in clause:
            found = decide(atom)
            if found:
                some = True
                break
            some = None if found is None else some
        if some is False:
            return False
        every = None if some is None else every
    return every


def _sign(x: Fraction) -> int:
    return (x > 0) - (x < 0)
