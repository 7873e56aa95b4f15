"""How wide is wide enough: Theorem 4.1 of Du and Hu 2019 with every constant a number.

The proof, line by line, is proofs/written/wide-layers.md; each inequality in it is a claim of the
catalogue (``du-hu2019/claims/wide-layers.toml``). Here it is evaluated: given depth, ranks,
conditioning and failure probability, the smallest integer width for which all conditions of the
proof are certified in ball arithmetic. All conditions get weaker as the width grows, so every
larger width is covered too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from numerics.balls import at_most, ball, precision
from numerics.chi_square import laurent_massart, lower_exponent
from numerics.papers.du_hu2019.width_constants import (
    ORTHOGONAL_OURS,
    OURS,
    Constants,
    windows,
)
from theory.errors import InputError
from theory.exact import Exact, exact

BITS = 128
MAX_WIDTH = 10**40


@dataclass(frozen=True)
class Setting:
    """What the width may depend on.

    Attributes
    ----------
    depth : int
        Number of layers L.
    rank, outputs : int
        r = rank X, d_out.
    condition : Fraction
        kappa = lambda_max(X'X)/lambda_r(X'X) >= 1.
    target : Fraction
        The spectral norm of Phi.
    failure : Fraction
        delta in (0, 1).
    stable_rank : Fraction
        |X|_F²/|X|², between 1 and r; r if not given.
    """

    depth: int
    rank: int
    outputs: int
    condition: Fraction
    target: Fraction
    failure: Fraction
    stable_rank: Fraction

    @classmethod
    def of(
        cls,
        depth: int,
        rank: int = 1,
        outputs: int = 1,
        condition: Exact = 1,
        target: Exact = 1,
        failure: Exact = "1/10",
        stable_rank: Exact | None = None,
    ) -> Setting:
        """Build one from exact numbers.

        Raises
        ------
        InputError
            For values out of range, or floats.
        """
        made = cls(
            depth,
            rank,
            outputs,
            exact(condition, "condition"),
            exact(target, "target"),
            exact(failure, "failure"),
            Fraction(rank) if stable_rank is None else exact(stable_rank, "stable_rank"),
        )
        for name in ("depth", "rank", "outputs", "condition"):
            if getattr(made, name) < 1:
                raise InputError(name, "wants at least 1")
        if made.target < 0 or not 0 < made.failure < 1:
            raise InputError("failure", "wants 0 < delta < 1, and |Phi| >= 0")
        if not 1 <= made.stable_rank <= rank:
            raise InputError("stable_rank", "lies between 1 and the rank")
        return made


@dataclass(frozen=True)
class Width:
    """An explicit width and what asks for it.

    Attributes
    ----------
    width : int
        The theorem holds for every m that is at least this.
    parts : mapping of str to int
        The width that each condition asks for on its own: ``concentration`` of the singular
        values at the start, ``movement`` of the layers, ``second order`` of the step.
    initial_loss : arb
        B/|X|_F²: with probability 1 - delta/2 the initial loss is at most B.
    rate : Fraction
        The residual's norm falls by 1 - rate * eta L sigma_min²/d_out per step.
    constants : Constants
    """

    width: int
    parts: Mapping[str, int]
    initial_loss: arb
    rate: Fraction
    constants: Constants


def explicit_width(setting: Setting, constants: Constants = OURS) -> Width:
    """Return the smallest width for which the theorem's conditions are certified.

    One layer is linear regression: no width is involved, and 1 is returned.

    Parameters
    ----------
    setting : Setting
    constants : Constants
        :data:`OURS`, :data:`PAPER`, or from :func:`tuned`.

    Raises
    ------
    InputError
        If the constants contradict each other, or the width is beyond :data:`MAX_WIDTH`.
    """
    if not constants.consistent():
        raise InputError("constants", "do not fit together")
    with precision(BITS):
        loss = initial_loss(setting, constants)
        if setting.depth == 1:
            return Width(1, {}, loss, constants.rate, constants)
        inner = middle(setting, constants)
        conditions: dict[str, Callable[[int], bool]] = {
            "concentration": lambda m: _certain(
                concentration_failure(setting, constants, m), ball(setting.failure / 2)
            ),
            "movement": lambda m: _certain(*movement(setting, constants, loss, m, inner)),
            "second order": lambda m: _certain(*second_order(setting, constants, loss, m, inner)),
        }
        parts = {name: _least(holds) for name, holds in conditions.items()}
    width = max(*parts.values(), setting.outputs, setting.rank)
    return Width(width, parts, loss, constants.rate, constants)


def tuned(setting: Setting) -> Constants:
    """Search a small grid of constants for the least explicit width."""
    best = min(windows(), key=lambda c: explicit_width(setting, c).width)
    return best


def initial_loss(setting: Setting, constants: Constants) -> arb:
    """Enclose B/|X|_F², a bound of the initial loss but for a probability of delta/2.

    Column by column (paper) ½|U - Y|² <= |U|² + |Y|²; otherwise by Jensen all columns at once,
    and ½(|U| + |Y|)² (proofs/written/wide-layers.md, Lemma 4).
    """
    columns = setting.rank if constants.per_column else 1
    x = (2 * columns / ball(setting.failure)).log()
    squared = ball(constants.upper**2) * laurent_massart(setting.outputs, x) / setting.outputs
    phi = ball(setting.target)
    return squared + phi**2 if constants.per_column else (squared.sqrt() + phi) ** 2 / 2


def concentration_failure(setting: Setting, c: Constants, width: int) -> arb:
    """Bound the probability that some product starts outside its window.

    The products W_{L:i} and W_{i:1} through nets, W_{j:i} block by block; q layers each.
    """
    log_sphere = (1 + 2 / ball(c.net)).log()
    inputs = (1 + 2 / _input_net(setting, c)).log() * setting.rank
    ends = (log_sphere * setting.outputs).exp() + inputs.exp()
    upper, lower = ball(1 + c.spread).log() ** 2, lower_exponent(1 - c.spread, c.theta)
    total = arb(0)
    depth = setting.depth
    for q in range(1, depth):
        tails = (-upper * width / q).exp() + (-lower * width / q).exp() / ball(1 - c.theta)
        total += ends * tails
    blocked, chained = _block_middle(setting, c), _chain_middle(setting)
    if c.chained and chained <= blocked:
        rare = -ball(_chain_slack(setting) ** 2) * width / 2
        return total + (depth - 1) * (depth - 2) * rare.exp()
    count = _blocks(setting, c)
    block = (1 + 2 / ball(c.block_net)).log() * (1 + ball(Fraction(width, count)))
    for q in range(1, depth - 1):
        exponent = block - ball(c.stretch).log() ** 2 * width / q
        total += (depth - 1 - q) * count * exponent.exp()
    return total


def middle(setting: Setting, c: Constants) -> arb:
    """Bound |W_{j:i}(0)|/m^(q/2), 1 < i <= j < L; 1 where there is no such product.

    Block by block (Proposition 6.4; grows like sqrt(L)), or layer by layer (grows like L, and is
    better below about 25 layers): the radius and the Gaussian width of the image of the sphere
    grow by Chevet's inequality and concentrate (proofs/written/wide-layers.md, Lemma 3).
    """
    blocked, chained = _block_middle(setting, c), _chain_middle(setting)
    return chained if c.chained and chained <= blocked else blocked


def _block_middle(setting: Setting, c: Constants) -> arb:
    if setting.depth <= 2:
        return arb(1)
    return ball(c.stretch / (1 - c.block_net)) * arb(_blocks(setting, c)).sqrt()


def _blocks(setting: Setting, c: Constants) -> int:
    return math.ceil(c.blocks * setting.depth)


def _chain_middle(setting: Setting) -> arb:
    radius, spread, slack = arb(1), arb(1), ball(_chain_slack(setting))
    for _ in range(setting.depth - 2):
        radius, spread = radius + spread + slack * radius, spread + slack * radius
    return radius


def _chain_slack(setting: Setting) -> Fraction:
    """The deviation t/sqrt(m) that each of the random quantities is allowed."""
    return Fraction(1, 10 * setting.depth)


def movement(setting: Setting, c: Constants, loss: arb, width: int, inner: arb) -> tuple[arb, arb]:
    """Both sides of L R M/sqrt(m) <= log(1 + drift/upper), which keeps the window."""
    size = (loss * ball(setting.stable_rank) * setting.outputs / width).sqrt()
    travelled = ball(c.movement * setting.condition) * size * inner
    room = ball(c.drift / c.upper)
    return travelled, (1 + (room if c.whitened else room / ball(setting.condition).sqrt())).log()


def second_order(
    setting: Setting, c: Constants, loss: arb, width: int, inner: arb
) -> tuple[arb, arb]:
    """Both sides of high⁴ kappa z e^z/2 <= low⁴ - rate: what a step leaves of the first order."""
    size = (2 * loss * ball(setting.stable_rank) * setting.outputs / width).sqrt()
    z = ball(c.step * c.high**2 * (1 + c.drift / c.upper)) * inner * size
    share = ball(c.high**4 * setting.condition) * z * z.exp() / 2
    return share, ball(c.low**4 - c.rate)


def orthogonal_width(setting: Setting, constants: Constants | None = None) -> Width:
    """Return an explicit width for orthogonal layers; it does not depend on the depth.

    Theorem 4.1 of Hu, Xiao and Pennington 2020: all singular values start at their scale, so
    nothing has to concentrate but the initial loss (proofs/written/orthogonal.md, Theorem 1).

    Parameters
    ----------
    setting : Setting
        Whose depth is not used.
    constants : Constants, optional
        :data:`ORTHOGONAL_PAPER`; by default the best of :data:`ORTHOGONAL_OURS` over the drift.
    """
    if constants is None:
        return min((orthogonal_width(setting, c) for c in ORTHOGONAL_OURS), key=lambda w: w.width)
    with precision(BITS):
        loss, one = initial_loss(setting, constants), arb(1)
        parts = {
            "movement": _least(lambda m: _certain(*movement(setting, constants, loss, m, one))),
            "second order": _least(
                lambda m: _certain(*second_order(setting, constants, loss, m, one))
            ),
        }
    width = max(*parts.values(), setting.outputs, setting.rank)
    return Width(width, parts, loss, constants.rate, constants)


def _input_net(setting: Setting, c: Constants) -> arb:
    return ball(c.net) if c.whitened else ball(c.net) / ball(setting.condition).sqrt()


def _certain(left: arb, right: arb) -> bool:
    return at_most(left, right) is True


def _least(holds: Callable[[int], bool]) -> int:
    """The least width that satisfies a condition which every larger width satisfies too."""
    high = 1
    while not holds(high):
        high *= 2
        if high > MAX_WIDTH:
            raise InputError("setting", f"the width is beyond {MAX_WIDTH}")
    low = high // 2
    while high - low > 1:
        centre = (low + high) // 2
        low, high = (low, centre) if holds(centre) else (centre, high)
    return high
