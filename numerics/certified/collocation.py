"""The drift along a panel by collocation: polynomials ``c_j(x)`` that solve the equation of a step.

With ``h = eta u(x; c(x))``, ``w_j = c_j + x**2``, s = h/radius and the matrix M of the slopes
``(T_m(t + s) - T_m(t))/s`` the coefficients a of ``c_j`` solve ``M a = F`` at the nodes, where
``F = -radius h c_j/w_j``. Both sides depend on c, and hardly: by the small number that the c_j
drift by on the panel. So Newton's method is carried out by iteration, in which only
``g -> W (A g + G S(g))`` is computed, with as many bits as are still wanted; A, G are the
derivatives of ``F - M a`` by the c_j themselves and by ln h, and ``S = (chi/2) sum g_l/w_l`` is
what g changes of ln h. Only a few of many c_j are followed (:mod:`numerics.certified.crowd`).

All of it is search: midpoints only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat
from operator import add, mul, sub, truediv
from typing import NamedTuple

from flint import arb, arb_mat, ctx

from numerics import clock
from numerics.balls import ball, log2_size, precision
from numerics.certified import chebyshev
from numerics.certified.cells import Obstruction, alive
from numerics.certified.crowd import Crowd
from numerics.certified.reduced import ReducedFlow
from numerics.problem import Budget

LOW = 64
# Bits of the first round where nothing is known of the drift.
FIRST = 2 * LOW
MAX_ROUNDS, MAX_TURNS = 40, 200
# Degrees on the way to the last one are multiples: grids are kept.
_UNIT = 8
# Steps of so many panels are no steps along a curve; and numbers without end are no proposals.
LONGEST_STEP = 2**16
NOT_FOUND = "the curve of the orbit was not found"


class Guess(NamedTuple):
    """What is known of the c_j before.

    Attributes
    ----------
    coefficients : arb_mat
        Of the c_j less what they begin with; perhaps of a lower degree.
    drift : int
        About how many bits less than the c_j they are.
    known : int
        To how many bits below the c_j.
    """

    coefficients: arb_mat
    drift: int
    known: int


@dataclass(frozen=True)
class Linear:
    """The equations at the nodes, and how they change with the c_j.

    Attributes
    ----------
    forcing : arb_mat, shape (n, k)
        F.
    forward : list of arb
        The s of the nodes.
    inverses : list of lists of arb
        The ``1/w_j``.
    own : list of arb
        ``radius h x**2``: F_j changes by ``-own g_j/w_j**2`` by itself.
    lean : list of arb
        ``chi/2``.
    crowd : Crowd
        Whose chosen ones these c_j are.
    """

    forcing: arb_mat
    forward: list[arb]
    inverses: list[list[arb]]
    own: list[arb]
    lean: list[arb]
    crowd: Crowd

    @classmethod
    def at(
        cls,
        flow: ReducedFlow,
        step: Fraction,
        xs: Sequence[arb],
        rows: Sequence[Sequence[arb]],
        radius: arb,
        ties: int,
        crowd: Crowd,
    ) -> Linear:
        """Evaluate at the working precision."""
        forcing, forward, inverses, own, lean = [], [], [], [], []
        for x, row in clock.watched(zip(xs, rows, strict=True), 8):
            y = x * x
            sums = list(map(add, row, repeat(y)))
            radical = (y**ties * crowd.product(sums)).sqrt()
            z = x * radical
            slope = flow.slope(z)
            h = ball(step) * slope * radical
            inverse = list(map(truediv, repeat(arb(1)), sums))
            pull = -h * radius
            forcing.append(list(map(mul, map(mul, row, inverse), repeat(pull))))
            forward.append(along_panel(h, radius))
            inverses.append(inverse)
            own.append(-pull * y)
            lean.append((1 + z * flow.slope_change(z) / slope) / 2)
            if not all(s > 0 for s in sums) or not lean[-1].is_finite():
                raise Obstruction(NOT_FOUND)
        return cls(arb_mat(forcing).mid(), forward, inverses, own, lean, crowd)

    def change(self, move: arb_mat, along: Sequence[Sequence[arb]]) -> arb_mat:
        """Evaluate ``A g + G S(g)`` for g = ``move`` and G = ``along``."""
        rows = []
        nodes = zip(move.tolist(), self.inverses, along, self.own, self.lean, strict=True)
        for g, v, far, own, lean in clock.watched(nodes, 8):
            shares = list(map(mul, g, v))
            s = lean * self.crowd.total(shares)
            rows.append(
                list(map(sub, map(mul, far, repeat(s)), map(mul, map(mul, shares, v), repeat(own))))
            )
        return arb_mat(rows).mid()


def collocate(
    flow: ReducedFlow,
    step: Fraction,
    begin: Sequence[arb],
    ties: int,
    place: tuple[arb, arb],
    degree: int,
    accuracy: int,
    crowd: Crowd,
    budget: Budget,
    guess: Guess | None = None,
) -> arb_mat:
    """Find the Chebyshev coefficients of the positive c_j on a panel.

    Parameters
    ----------
    begin : sequence of arb
        These c_j at the left end, exact.
    ties : int
        How many other weights are as small as the smallest.
    place : pair of arb
        Centre and radius, exact.
    degree : int
    accuracy : int
        Bits to which the c_j are wanted.
    crowd : Crowd
        Which of them are followed.
    budget : Budget
    guess : Guess, optional
        If something is known of those.

    Raises
    ------
    Obstruction
        If the iteration does not converge.
    """
    centre, radius = place
    spare = LOW // 2 + 2 * degree.bit_length()
    many = 2 * len(begin).bit_length()  # what many c_j do that one does not, about
    everyone, begin = begin, [begin[j] for j in crowd.chosen]
    if guess is None:
        found, drift, goal = arb_mat(1, len(begin)), 0, min(accuracy, FIRST)
    else:
        found, drift, known = guess
        goal = _next_goal(known, accuracy, drift - many)
    reached, started = -(10**9), guess is not None
    for _ in range(MAX_ROUNDS):
        alive(budget)
        # What is known to fewer bits has fewer coefficients: each is smaller by the same factor.
        n = degree
        if goal < accuracy:
            part = degree * max(0, goal - drift) // max(1, accuracy - drift)
            n = min(degree, max(found.nrows() - 1, _UNIT * (2 + part // _UNIT)))
        found = chebyshev.padded(found, n + 1)
        mesh = chebyshev.grid(n, accuracy + spare)
        with precision(goal + spare):
            xs = [(centre + radius * t).mid() for t in mesh.nodes]
            off = chebyshev.on_grid(
                chebyshev.rough_product, mesh, found, max(LOW, goal - drift) + spare
            )
            rows = [[(c + g).mid() for c, g in zip(begin, r, strict=True)] for r in off]
            here = Linear.at(flow, step, xs, rows, radius, ties, crowd)
            drift = _size(here.forcing, begin)
            # Of what changes of the c_j, not of the c_j, so many bits.
            bits = max(LOW, goal - drift) + spare
            growth = int(2 * n * float(max(map(abs, here.forward)).mid()) ** 0.5)
            moves = chebyshev.rough_slopes(mesh.nodes, here.forward, n, bits + growth)
            slopes = chebyshev.rough_product(moves, found, bits)
            total = (here.forcing - slopes).mid()
        gain = drift - many  # bits by which the next correction is smaller, about
        # What is left is small: of it, so many bits.
        bits = max(LOW, goal - max(drift, _size(total, begin))) + spare
        with precision(bits):
            unit = arb_mat([[arb(int(i == j)) for j in range(n)] for i in range(n)])
            inverse = chebyshev.integrate(chebyshev.rough(moves, bits), unit)
            whole = arb_mat([v[: n + 1] for v in mesh.values]).mid()
            # An error of a correction is made smaller by the next one.
            few = max(LOW // 4, bits - spare - max(0, gain)) + spare
            onto = chebyshev.rough_product(whole, inverse, few)
            moved = chebyshev.rough_product(onto, total, few)
        last = _size(moved, begin)
        if last <= reached:
            break
        # Newton: what is of second order is left.
        reached, goal = last, min(goal, max(drift + 2 * last - many, last + 4))
        along = here.forcing
        if last + drift - log2_size(here.forward[n // 2]) < goal + many:
            # The derivative of M a by ln h: what the polynomials slope beyond the step, less M a.
            few = max(LOW, goal - last) + spare
            with precision(few):
                ahead = chebyshev.rough_tangents(mesh.nodes, here.forward, n, few + growth)
                known = found if started else chebyshev.rough_product(inverse, total, few)
                along = here.forcing + slopes - chebyshev.rough_product(ahead, known, few)
        far = along.mid().tolist()
        for _ in range(MAX_TURNS):
            if last + max(gain, 4) >= goal:
                break
            with precision(max(LOW // 4, goal - last - max(gain, 0)) + spare):
                more = here.change(moved, far)
                moved = chebyshev.rough_product(onto, more, ctx.prec)
            with precision(goal + spare):
                total = (total + more).mid()
            gain = _size(moved, begin) - last
            last += gain
            if gain <= 0:
                raise Obstruction(NOT_FOUND)
        with precision(accuracy + spare):
            change = chebyshev.rough_product(inverse, total, bits)
            found, started = chebyshev.grounded(found + change), True
        if goal >= accuracy and n == degree:
            if crowd.parts is not None:
                few = max(LOW, accuracy - drift) + spare
                found = chebyshev.rough_product(found, crowd.parts, few)
            return _with_start(found, everyone, accuracy + spare)
        goal = _next_goal(goal, accuracy, drift - many)
    raise Obstruction(NOT_FOUND)


def _next_goal(reached: int, accuracy: int, gain: int) -> int:
    """Bits after one more round, which are ``2 reached + gain``: no more than the last one needs.

    The last rounds cost the most, so those before it do not go further than to save none of them.
    """
    most, goal = max(2 * reached + gain, reached + 4), accuracy
    while goal > most:
        goal = min(goal - 1, (goal - gain) // 2 + _UNIT)
    return goal


def along_panel(h: arb, radius: arb) -> arb:
    """About the step h in panels.

    Raises
    ------
    Obstruction
        If that is no number, or one that no curve has.
    """
    s = (h / radius).mid()
    if not abs(s) < LONGEST_STEP:
        raise Obstruction(NOT_FOUND)
    return s


def _with_start(found: arb_mat, begin: Sequence[arb], bits: int) -> arb_mat:
    """Add the constants; nothing that is not finite gets through."""
    with precision(bits):
        top, *others = found.tolist()
        if not all(a.is_finite() for a in top):
            raise Obstruction(NOT_FOUND)
        return arb_mat([list(map(add, begin, top)), *others]).mid()


def _size(change: arb_mat, begin: Sequence[arb]) -> int:
    """How many bits below the c_j a change is; a sample of them, as this is search.

    Raises
    ------
    Obstruction
        If the iteration has left the numbers.
    """
    least = 10**9
    for row in change.tolist()[:: max(1, change.nrows() // 8)]:
        for j in range(0, len(begin), max(1, len(begin) // 8)):
            if not row[j].is_finite():
                raise Obstruction(NOT_FOUND)
            least = min(least, log2_size(begin[j]) - log2_size(row[j]))
    return least
