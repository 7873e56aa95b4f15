"""Hypothesis strategies for the objects of this library; importable, for your own property tests.

    from hypothesis import given
    from numerics.strategies import losses, starts, step_sizes, stops

    @given(losses(), starts(), step_sizes())
    def test_my_lemma(loss, weights, step): ...

All numbers are exact rationals with small denominators, so that counterexamples shrink to something
a person can read and a prover can recheck.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod

from hypothesis import strategies as st

from numerics.loss import Loss
from numerics.problem import Problem
from theory.dynamics.stopping import StopCondition, parse_stop

SMOOTH_LOSSES = (
    "(p+1)**2/2",
    "(p-2)**2/2",
    "log(1+exp(-p))",
    "p",
    "-p/2",
    "(p+1)**4/4",
    "log(cosh(p+1))",
    "(p+1)**2/4 + log(cosh(p-1/2))/3",
    "sqrt(1+(p+1)**2)",
    "exp(-p/2)",
    "sin(p)",
    "tanh(p)**2 - p/5",
)
"""Quadratic, logistic, linear, quartic, log-cosh and mixtures; twice differentiable everywhere."""


def rationals(
    low: int = -2, high: int = 2, max_denominator: int = 64
) -> st.SearchStrategy[Fraction]:
    """Rationals in [low, high] with a small denominator."""
    return st.fractions(min_value=low, max_value=high, max_denominator=max_denominator)


def losses(smooth: bool = True) -> st.SearchStrategy[Loss]:
    """Losses f(p) from the whitelist; with ``smooth=False`` also such that have kinks."""
    texts = SMOOTH_LOSSES if smooth else (*SMOOTH_LOSSES, "abs(p+1)", "abs(p)*p + abs(p-1)")
    return st.sampled_from(texts).map(Loss.of)


@st.composite
def starts(
    draw: st.DrawFn, min_depth: int = 1, max_depth: int = 8, zeros: bool = True
) -> tuple[Fraction, ...]:
    """Draw rational weights in [-2, 2], now and then with exact zeros, ties or tiny entries."""
    weights = draw(st.lists(rationals(), min_size=min_depth, max_size=max_depth))
    special = draw(st.sampled_from(("none", "none", "tie", "tiny", "zero")))
    if special == "tie" and len(weights) > 1:
        weights[-1] = weights[0] * draw(st.sampled_from((1, -1)))
    if special == "tiny":
        weights[-1] = Fraction(draw(st.sampled_from((1, -1))), 10 ** draw(st.integers(3, 50)))
    if special == "zero":
        weights[-1] = Fraction(0)
    if not zeros:
        weights = [w if w != 0 else Fraction(1, 2) for w in weights]
    return tuple(weights)


@st.composite
def wild_starts(
    draw: st.DrawFn, min_depth: int = 1, max_depth: int = 8, spread: int = 6
) -> tuple[Fraction, ...]:
    """Draw starts of every kind: sizes from 10^(-2 spread) to 10^spread, ties, zeros, balance.

    Half of them are scaled so that the product is of order 1: on either side of any threshold.
    """
    small = st.fractions(min_value=Fraction(1, 8), max_value=2, max_denominator=16)
    power = st.integers(-2 * spread, spread).map(lambda n: Fraction(10) ** n)
    sizes = draw(
        st.lists(
            st.one_of(small, small, st.builds(lambda x, y: x * y, small, power)),
            min_size=min_depth,
            max_size=max_depth,
        )
    )
    special = draw(st.sampled_from(("none", "none", "none", "tie", "tie at the minimum", "zero")))
    if special == "zero":
        sizes[-1] = Fraction(0)
    elif special == "tie":
        sizes[-1] = sizes[0]
    elif special == "tie at the minimum" and len(sizes) > 1:
        sizes[-1] = sizes[-2] = min(sizes)
    if special != "zero" and draw(st.booleans()):
        # The largest makes up for the others.
        i = sizes.index(max(sizes))
        sizes[i] *= draw(small) / prod(sizes)
    signs = draw(st.lists(st.sampled_from((1, -1)), min_size=len(sizes), max_size=len(sizes)))
    return tuple(s * w for s, w in zip(signs, sizes, strict=True))


def wild_steps() -> st.SearchStrategy[Fraction]:
    """Positive step sizes from 10^-9 to 100, all orders of magnitude alike."""
    return st.builds(
        lambda n, m: Fraction(m) * Fraction(10) ** n, st.integers(-9, 1), st.integers(1, 9)
    )


def step_sizes(largest: Fraction = Fraction(1, 2)) -> st.SearchStrategy[Fraction]:
    """Positive step sizes up to ``largest``."""
    return st.integers(1, 1000).map(lambda n: largest * n / 1000)


@st.composite
def stops(draw: st.DrawFn, loss: bool = True) -> StopCondition:
    """Stop conditions on p, and with ``loss=True`` also on f, with and without abs."""
    quantity = draw(st.sampled_from("pf" if loss else "p"))
    operator = draw(st.sampled_from(("<=", "<", ">=", ">")))
    constant = draw(rationals())
    if draw(st.booleans()):
        shift = draw(rationals())
        return parse_stop(f"abs({quantity} + ({shift})) {operator} {abs(constant)}")
    return parse_stop(f"{quantity} {operator} ({constant})")


@st.composite
def problems(draw: st.DrawFn, max_depth: int = 8) -> Problem:
    """Escape problems of any kind: some end soon, some never do."""
    return Problem(
        draw(losses()), draw(starts(max_depth=max_depth)), draw(step_sizes()), draw(stops())
    )


@st.composite
def box_instances(draw: st.DrawFn, max_depth: int = 8) -> Problem:
    """Instances of the box bound that say something: small products, a target away from zero."""
    weights = draw(st.lists(rationals(-1, 1), min_size=2, max_size=max_depth))
    target = draw(
        st.fractions(min_value=Fraction(1, 4), max_value=Fraction(3, 4), max_denominator=8)
    )
    return Problem(
        Loss.of("(p+1)**2/2"),
        tuple(w * Fraction(4, 5) for w in weights),
        draw(step_sizes(Fraction(1, 10))),
        parse_stop(f"abs(p+1) <= {target}"),
    )


@st.composite
def tied_instances(draw: st.DrawFn, max_depth: int = 6) -> Problem:
    """Draw starts with a positive product whose two smallest weights are equal in size."""
    others = draw(
        st.lists(
            st.fractions(min_value=Fraction(1, 4), max_value=1, max_denominator=32),
            max_size=max_depth - 2,
        )
    )
    least = min(others, default=Fraction(1)) * draw(
        st.fractions(min_value=Fraction(1, 8), max_value=1, max_denominator=16)
    )
    signs = draw(st.lists(st.sampled_from((1, -1)), min_size=len(others), max_size=len(others)))
    weights = [w * s for w, s in zip(others, signs, strict=True)]
    odd = sum(s < 0 for s in signs) % 2
    weights += [least, -least if odd else least]
    return Problem(
        Loss.of("(p+1)**2/2"), tuple(weights), draw(step_sizes()), parse_stop("p <= -1/4")
    )


@st.composite
def near_identity_starts(
    draw: st.DrawFn, radius: Fraction = Fraction(1, 4), min_depth: int = 2, max_depth: int = 12
) -> tuple[Fraction, ...]:
    """Draw starts with every |w_i - 1| <= radius, as in the near-identity lower bounds."""
    offsets = draw(
        st.lists(
            st.fractions(min_value=-radius, max_value=radius, max_denominator=64),
            min_size=min_depth,
            max_size=max_depth,
        )
    )
    return tuple(1 + x for x in offsets)


@dataclass(frozen=True)
class RateInstance:
    """An instance of the hypotheses of Shamir (2019), Lemma 13.

    Attributes
    ----------
    weights : tuple of Fraction, shape (k,)
        The first is the smallest and at least ``delta``, all others are at least ``gamma``.
    delta, gamma : Fraction
        0 < delta <= gamma.
    target : Fraction
        y, larger than the product of the weights.
    step : Fraction
        At most ``delta**2 / (2 k y**2)``.
    """

    weights: tuple[Fraction, ...]
    delta: Fraction
    gamma: Fraction
    target: Fraction
    step: Fraction

    @property
    def rate(self) -> Fraction:
        """The factor by which the lemma lets F shrink per step."""
        k = len(self.weights)
        return 1 - k * self.delta**2 * self.gamma ** (2 * (k - 2)) * self.step


@st.composite
def rate_instances(draw: st.DrawFn, max_depth: int = 5) -> RateInstance:
    """Draw instances of Lemma 13 for F = (p - y)**2/2, many of them at the ends of their ranges."""
    depth = draw(st.integers(2, max_depth))
    gamma = draw(st.fractions(min_value=Fraction(1, 4), max_value=2, max_denominator=16))
    delta = gamma * draw(st.fractions(min_value=Fraction(1, 8), max_value=1, max_denominator=8))
    above = st.sampled_from((Fraction(0), Fraction(0), Fraction(1, 8), Fraction(1)))
    others = [gamma + draw(above) for _ in range(depth - 1)]
    least = min(delta + draw(above), *others)
    weights = (least, *others)
    target = prod(weights) + draw(
        st.fractions(min_value=Fraction(1, 64), max_value=3, max_denominator=64)
    )
    largest = delta**2 / (2 * depth * target**2)
    step = largest * draw(st.sampled_from((Fraction(1), Fraction(1), Fraction(1, 3))))
    return RateInstance(weights, delta, gamma, target, step)
