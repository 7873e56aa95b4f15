"""Balls around the iterates of a variant of gradient descent, in centred form.

As in :mod:`numerics.centred` a state is an exact centre and a radius, here two: the true weights
are within rho of c, the true velocity within sigma of u (Euclidean). With s = eta,

    w+ = A(w) + beta v,    A(w) = (1 - s lambda) w + s lambda a - s Pi(grad F(w)),

where Pi is the projection onto the ball of radius C (clipping *is* that projection, so it is
1-Lipschitz). By the mean value inequality

    rho+   = L rho + beta sigma + rounding,
    sigma+ = beta sigma + s (|H| + lambda) rho + rounding,

with |H| >= sup |Hess F| over the ball. A is continuous and piecewise smooth, so L may be the
larger bound of its Jacobian in the two regimes that occur on the ball. Not clipped, it is
(1 - s lambda) I - s H, at most max(|1 - s lambda|, |1 - s lambda - s f'' |q|**2|) + s |f'| |R|.
Clipped, the step is -s C sign(f') q/|q| with Jacobian (1 - s lambda) I -+ s C (I - n n^T) R/|q|,
n = q/|q|, as R is that of q: at most 1 - s lambda + s C |R|/inf |q|. The bounds of |q| and |R| are
the parent's.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from operator import mul

from flint import arb

from numerics.balls import ball, precision, products_of_others
from numerics.centred import CentredOrbit
from numerics.loss import Loss
from numerics.variants.variant import Variant

_LOW = 64
_ONE, _UNIT_BALL = arb(1), arb(0, 1)


class VariantOrbit(CentredOrbit):
    """The iterates of a variant, one at a time.

    Parameters
    ----------
    loss, weights, bits
        As for :class:`CentredOrbit`.
    variant : Variant
    begin : int
        The index of the start in the schedule.
    """

    def __init__(
        self,
        loss: Loss,
        weights: Sequence[Fraction | arb],
        variant: Variant,
        bits: int,
        begin: int = 0,
    ) -> None:
        super().__init__(loss, weights, variant.pieces[0].step, bits)
        self.steps = begin
        self._spans = list(variant.spans())
        self._clipped = variant.clip is not None
        with precision(bits):
            self._decay, self._beta = ball(variant.decay), ball(variant.momentum)
            self._anchor = arb(variant.anchor)
            self._clip = ball(variant.clip or Fraction(1))
            self._sizes = [ball(piece.step) for piece, _, _ in self._spans]
        self.velocity = [arb(0)] * len(self.centre)
        self.velocity_radius = arb(0)

    def _size(self) -> arb:
        """The step size at this index."""
        while (end := self._spans[0][2]) is not None and self.steps >= end:
            self._spans.pop(0)
            self._sizes.pop(0)
        return self._sizes[0]

    def advance_at_working_precision(self) -> None:
        """Take one step inside a block of ``precision(self.bits)``."""
        centre, size = self.centre, self._size()
        slope, curvature = self._slope(self._whole), self._curvature(self.product)
        others = products_of_others(centre)

        steepest = abs(slope) + abs(curvature) * (self.radius * self._gradient)
        square = self._gradient * self._gradient
        hessian = abs(curvature) * square + steepest * self._coupling
        keep = _ONE - size * self._decay
        across = keep - size * curvature * square
        stretch = keep.max(abs(across)) + size * steepest * self._coupling
        pull = size * slope
        if self._clipped:
            length = sum((q * q for q in others), arb(0)).sqrt()
            norm, spread = abs(slope) * length, hessian * self.radius
            if not norm + spread <= self._clip:
                least = length - self._coupling * self.radius
                turned = keep + size * self._clip * self._coupling / least
                if not least > 0:
                    turned = keep + size * hessian
                stretch = turned if norm - spread >= self._clip else stretch.max(turned)
            pull *= self._share(norm)

        changes = [-pull * q for q in others]
        if not self._decay.is_zero():
            pull = size * self._decay
            changes = [d - pull * (c - self._anchor) for d, c in zip(changes, centre, strict=True)]
        if not self._beta.is_zero():
            changes = [self._beta * v + d for v, d in zip(self.velocity, changes, strict=True)]
            blur = sum(changes, arb(0)).rad()
            self.velocity_radius, shaken = (
                (
                    self._beta * self.velocity_radius
                    + size * (hessian + self._decay) * self.radius
                    + blur
                ).upper(),
                self._beta * self.velocity_radius,
            )
            self.velocity = [d.mid() for d in changes]
        else:
            shaken = arb(0)
        moved = [c + d for c, d in zip(centre, changes, strict=True)]
        rounding = sum(moved, arb(0)).rad()
        self.radius = (stretch * self.radius + shaken + rounding).upper()
        with precision(_LOW):
            self._travelled += sum((d * d for d in changes), arb(0)).sqrt() + rounding

        self.centre = [x.mid() for x in moved]
        self._whole = reduce(mul, self.centre, _ONE)
        self.steps += 1
        if not self._travelled + self.radius <= self._room:
            self._bound_weights()
        self.product = self._whole + _UNIT_BALL * (self.radius * self._gradient)

    def _share(self, norm: arb) -> arb:
        """Enclose min(1, C/norm); for a norm of zero it is 1."""
        if norm <= self._clip:
            return _ONE
        share = self._clip / norm
        return share.min(_ONE) if share.is_finite() else _ONE.union(arb(0))
