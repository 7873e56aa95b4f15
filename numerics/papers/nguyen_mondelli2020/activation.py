"""The smoothed leaky ReLU of Nguyen and Mondelli 2020, in doubles and in balls.

A leaky ReLU max(gamma x, x), convolved with a Gaussian of width tau and shifted to vanish at 0:

    s(x)  = gamma x + (1 - gamma) (x Phi(x/tau) + tau (phi(x/tau) - phi(0))),
    s'(x) = gamma + (1 - gamma) Phi(x/tau),
    s''(x) = (1 - gamma) phi(x/tau) / tau,

with the normal law's Phi and phi. So s' lies in [gamma, 1] and is beta-Lipschitz for
beta = (1 - gamma) / (tau sqrt(2 pi)); that |s(x)| <= |x| follows. The catalogue proves all three.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from flint import arb, arb_mat, ctx
from numpy.typing import NDArray

from numerics.balls import ball, precision
from theory.errors import InputError
from theory.exact import Exact, exact

Array = NDArray[np.float64]


@dataclass(frozen=True)
class SmoothedLeakyRelu:
    """An activation with its two constants.

    Attributes
    ----------
    gamma : Fraction
        The slope far on the left, in (0, 1); the least value of the derivative.
    tau : Fraction
        The width of the smoothing, positive.
    """

    gamma: Fraction
    tau: Fraction

    @classmethod
    def of(cls, gamma: Exact, tau: Exact) -> SmoothedLeakyRelu:
        """Make one from exact numbers.

        Raises
        ------
        InputError
            Unless 0 < gamma < 1 and tau > 0.
        """
        made = cls(exact(gamma, "gamma"), exact(tau, "tau"))
        if not 0 < made.gamma < 1:
            raise InputError("gamma", "a slope strictly between 0 and 1 is wanted")
        if made.tau <= 0:
            raise InputError("tau", "a positive width is wanted")
        return made

    @property
    def beta(self) -> arb:
        """Enclose the Lipschitz constant of the derivative."""
        return ball(1 - self.gamma) / (ball(self.tau) * (2 * arb.pi()).sqrt())

    def balls(self, m: arb_mat) -> tuple[arb_mat, arb_mat]:
        """Enclose the values and the derivatives at every entry."""
        gamma, rest, tau, root, density = _numbers(self, ctx.prec)
        values, slopes = [], []
        for x in m.entries():
            z = x / tau
            mass = (1 + (z / root).erf()) / 2
            bump = density * ((z * z / -2).exp() - 1)
            values.append(gamma * x + rest * (x * mass + tau * bump))
            slopes.append(gamma + rest * mass)
        shape = m.nrows(), m.ncols()
        return arb_mat(*shape, values), arb_mat(*shape, slopes)

    def floats(self, x: Array) -> tuple[Array, Array]:
        """Values and derivatives in doubles."""
        from scipy.special import erf

        gamma, tau = float(self.gamma), float(self.tau)
        z = x / tau
        mass = (1 + erf(z / np.sqrt(2))) / 2
        bump = (np.exp(-z * z / 2) - 1) / np.sqrt(2 * np.pi)
        return gamma * x + (1 - gamma) * (x * mass + tau * bump), gamma + (1 - gamma) * mass


@lru_cache(maxsize=64)
def _numbers(activation: SmoothedLeakyRelu, bits: int) -> tuple[arb, arb, arb, arb, arb]:
    """Gamma, 1 - gamma, tau, the root of 2 and of 1/(2 pi), with that many bits."""
    with precision(bits):
        own = ball(activation.gamma), ball(1 - activation.gamma), ball(activation.tau)
        return *own, arb(2).sqrt(), 1 / (2 * arb.pi()).sqrt()
