"""Deep linear networks whose modes decouple: exact counts, singular value by singular value.

**Theorem (modes).** Let F(W_1, ..., W_k) = |W_k ... W_1 - Phi|^2/2 (Frobenius), Phi = U S V^T, and
let the start be aligned: W_l = Q_l D_l Q_(l-1)^T with orthogonal Q_0 = V, Q_k = U and diagonal D_l.
Then all iterates of gradient descent are, with the same Q_l, and the diagonals follow, mode by
mode, gradient descent on (d_1 ... d_k - s_i)^2/2 with the same step size.

Proof: the gradient for W_l is (W_k ... W_(l+1))^T (W_k ... W_1 - Phi) (W_(l-1) ... W_1)^T, which is
Q_l [D_k ... D_(l+1) (D_k ... D_1 - S) D_(l-1) ... D_1] Q_(l-1)^T; the bracket is diagonal. QED

Weight decay, heavy balls and schedules keep this: they are linear in layers and gradients, with the
same numbers for all entries. Clipping does not: the norm of the gradient is of all modes.

Balanced spectral starts (W_l^T W_l = W_(l-1) W_(l-1)^T, in the singular bases of Phi; Saxe et al.
2014) are aligned. A linear network with whitened inputs is of this form, Phi being the correlation
of outputs and inputs. A mode is *learned* when its product is within a share of its singular value.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from numerics.escape import EscapeResult, escape
from numerics.problem import Outcome
from theory.dynamics.stopping import StopCondition
from theory.errors import InputError
from theory.exact import Exact, exact
from theory.expressions import Expression, name, number

MAX_MODES = 256
_LEAST_SECONDS = 1e-6


@dataclass(frozen=True)
class Mode:
    """One singular value, and the steps until it is learned.

    Attributes
    ----------
    target : Fraction
        The singular value.
    found : EscapeResult
    """

    target: Fraction
    found: EscapeResult


@dataclass(frozen=True)
class Modes:
    """All modes, and bounds of the first index at which each has been learned.

    Attributes
    ----------
    modes : tuple of Mode
    lower, upper : int, and int or None
        Of the last mode to be learned.
    """

    modes: tuple[Mode, ...]

    @property
    def lower(self) -> int:
        """No index before this has seen all modes learned."""
        return max(mode.found.lower for mode in self.modes)

    @property
    def upper(self) -> int | None:
        """By this index every mode has been learned once, if that is known of all."""
        uppers = [mode.found.upper for mode in self.modes]
        known = [n for n in uppers if n is not None]
        return max(known) if len(known) == len(uppers) else None

    @property
    def outcome(self) -> Outcome:
        """Never if one mode never is learned, else undecided if one is."""
        order: tuple[Outcome, ...] = ("never", "undecided", "reached")
        return next(o for o in order if any(m.found.outcome == o for m in self.modes))

    @property
    def reason(self) -> str | None:
        """Of the first mode that is not known to be learned in time."""
        return next(
            (
                f"singular value {mode.target}: {mode.found.reason}"
                for mode in self.modes
                if mode.found.outcome == self.outcome != "reached"
            ),
            None,
        )


def mode_counts(
    targets: Sequence[Exact],
    starts: Sequence[Sequence[Exact]],
    step: Exact,
    within: Exact = "1/10",
    max_seconds: float | None = 60.0,
    tick: Callable[[int], None] | None = None,
    decay: Exact = 0,
    momentum: Exact = 0,
    max_steps: int | None = None,
) -> Modes:
    """Count the steps until each singular value is learned.

    Parameters
    ----------
    targets : sequence of exact numbers
        The singular values s_i of Phi, not negative.
    starts : sequence of sequences of exact numbers
        The diagonals of mode i, D_1 to D_k; a single one serves all modes.
    step : exact number, or a schedule
    within : exact number
        Learned: ``|p - s| <= within * s``, or ``|p| <= within`` where s = 0.
    max_seconds : float or None
        CPU time for all modes together; one that is done early leaves its share to the others.
    max_steps : int or None
        Steps one by one, for every mode.
    decay, momentum : exact numbers
        As for :func:`numerics.escape.escape`.

    Examples
    --------
    >>> [m.found.count for m in mode_counts([2, 1], [["0.1", "0.1", "0.2"]], "0.01").modes]
    [380, 757]
    """
    values = [exact(s, "target") for s in targets]
    share = exact(within, "within")
    if not values or len(values) > MAX_MODES:
        raise InputError("target", f"from 1 to {MAX_MODES} singular values are wanted")
    if any(s < 0 for s in values):
        raise InputError("target", "singular values are not negative")
    if not 0 < share < 1:
        raise InputError("within", "a share between 0 and 1 is wanted")
    if len(starts) not in (1, len(values)):
        raise InputError("weights", "one start for all modes, or one for each, is wanted")
    if len({len(start) for start in starts}) != 1:
        raise InputError("weights", "all modes have the same number of layers")
    each = list(starts) * len(values) if len(starts) == 1 else list(starts)
    modes: list[Mode] = []
    deadline = None if max_seconds is None else time.process_time() + max_seconds
    for s, start in zip(values, each, strict=True):
        seconds = None
        if deadline is not None:
            left = (deadline - time.process_time()) / (len(values) - len(modes))
            seconds = max(left, _LEAST_SECONDS)
        found = escape(
            mode_loss(s),
            start,
            step,
            learned(s, share),
            max_steps=max_steps,
            max_seconds=seconds,
            tick=tick,
            decay=decay,
            momentum=momentum,
        )
        modes.append(Mode(s, found))
    return Modes(tuple(modes))


def learned(target: Fraction, share: Fraction) -> StopCondition:
    """Return the condition that a mode is learned."""
    return StopCondition("p", -target, "<=", share * target if target else share)


def mode_loss(target: Fraction) -> Expression:
    """Return the loss of a mode, (p - s)^2/2."""
    gap = Expression("-", (name("p"), number(target)))
    return Expression("/", (Expression("**", (gap, number(2))), number(2)))
