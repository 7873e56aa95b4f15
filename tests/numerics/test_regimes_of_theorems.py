"""Three more proved theorems over all that their hypotheses allow: modes, traps, any order.

As in ``test_regimes.py``; the orbits that they are compared with are stepped here, in balls of many
bits or in rational numbers, and share no code with what they test.
"""

import operator
from fractions import Fraction
from itertools import count, product
from math import prod

from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.balls import ball, precision
from numerics.loss import Loss
from numerics.matrices.balls import frobenius
from numerics.problem import Budget, Problem
from numerics.spectral import mode_counts
from numerics.strategies import starts, wild_starts, wild_steps
from numerics.variants.trap import decay_trap
from numerics.variants.variant import Variant
from numerics.variants.worst import noisy, worst_count
from tests.numerics.surveys import EVERY_SIGN, diagonal, everywhere, matrix, regimes_of, times

BITS, STEPS, FOLLOWED = 320, 80, 150


def some(examples, check, *drawn):
    """Check a few examples of one stratum."""

    def once(arguments):
        check(*arguments)

    settings(max_examples=examples)(given(st.tuples(*drawn))(once))()


def reflection(draw, size):
    """An exactly orthogonal matrix with rational entries: I - 2 v v^T/|v|^2, columns permuted."""
    v = [Fraction(x) for x in draw(st.lists(st.integers(-2, 2), min_size=size, max_size=size))]
    square = sum(x * x for x in v) or Fraction(1)
    order = draw(st.permutations(range(size)))
    return [[(i == j) - 2 * v[i] * v[j] / square for j in order] for i in range(size)]


ordinary = st.lists(
    st.builds(
        operator.mul,
        st.sampled_from([1, -1]),
        st.fractions(Fraction(1, 4), Fraction(3, 2), max_denominator=8),
    ),
    min_size=1,
    max_size=4,
).map(tuple)
numbers = st.fractions(-2, 2, max_denominator=16)
tiny = st.sampled_from([Fraction(0), Fraction(1, 10**6), Fraction(-1, 1000), Fraction(2)])


@st.composite
def aligned(draw, depth):
    """Singular values, the bases, the diagonals mode by mode."""
    size = draw(st.integers(1, 3))
    values = st.sampled_from([0, 0, Fraction(1, 2), 1, 1, 3])
    targets = draw(st.lists(values, min_size=size, max_size=size))
    bases = [reflection(draw, size) for _ in range(depth + 1)]
    entry = st.one_of(numbers, numbers, tiny)
    starts = [draw(st.lists(entry, min_size=depth, max_size=depth)) for _ in range(size)]
    if (
        draw(st.integers(0, 3)) == 0
    ):  # a mode that begins exactly where it counts as learned, or just before
        starts[0] = [Fraction(1)] * (depth - 1) + [draw(st.sampled_from([9, 10])) * HAIR]
    return [Fraction(s) for s in targets], bases, starts


HAIR, WITHIN = Fraction(1, 10), Fraction(1, 10)


def whole_network(targets, bases, starts, step, decay, momentum):
    """Steps until each mode is certainly, and not certainly not, learned: (first, last) or None."""
    turns = [matrix(q) for q in bases]
    layers = [
        times(turns[i + 1], matrix(diagonal([d[i] for d in starts])), turns[i].transpose())
        for i in range(len(starts[0]))
    ]
    goal = times(turns[-1], matrix(diagonal(targets)), turns[0].transpose())
    speed = [0 * w for w in layers]
    eta, shrink, beta = ball(step), ball(decay), ball(momentum)
    early, sure = [None] * len(targets), [None] * len(targets)
    for t in range(STEPS):
        product = times(*reversed(layers))
        seen = times(turns[-1].transpose(), product, turns[0])
        for i, s in enumerate(targets):
            off, room = abs(seen[i, i] - ball(s)), ball(WITHIN * s if s else WITHIN)
            if early[i] is None and not off > room:
                early[i] = t
            if sure[i] is None and off <= room:
                sure[i] = t
        if None not in sure:
            break
        gap, moved = product - goal, []
        for i, w in enumerate(layers):
            above_ = times(*reversed(layers[i + 1 :])).transpose() if layers[i + 1 :] else None
            below_ = times(*reversed(layers[:i])).transpose() if layers[:i] else None
            slope = gap if above_ is None else above_ * gap
            slope = slope if below_ is None else slope * below_
            moved.append(speed[i] * beta - (slope + w * shrink) * eta)
        speed, layers = moved, [w + v for w, v in zip(layers, moved, strict=True)]
        if not frobenius(layers[0]) < 1e30:
            break
    return early, sure, t


def test_modes(survey):
    def check(network, step, decay, momentum):
        targets, bases, starts = network
        decay = min(decay, 1 / step)
        with precision(BITS):
            early, sure, followed = whole_network(targets, bases, starts, step, decay, momentum)
        found = mode_counts(
            targets, starts, step, WITHIN, decay=decay, momentum=momentum, max_steps=STEPS
        )
        for mode, first, last in zip(found.modes, early, sure, strict=True):
            # Not before the network may have learned it, and not after it certainly has.
            assert last is None or mode.found.lower <= last
            assert mode.found.upper is None or mode.found.upper >= (
                followed if first is None else first
            )
            assert mode.found.outcome != "never" or last is None
            survey[f"mode: {mode.found.outcome}"] += 1
            survey["after four steps or more"] += mode.found.lower > 3 and last is not None
            survey["singular value 0" if not mode.target else "singular value > 0"] += 1
        decided = any(mode.found.outcome != "undecided" for mode in found.modes)
        survey[f"{len(starts[0])} layers"] += decided
        survey["equal singular values"] += decided and len(set(targets)) < len(targets)
        survey["decay"] += decided and decay > 0
        survey["momentum"] += decided and momentum > 0
        survey["step >= 1"] += decided and step >= 1
        survey["negative product"] += any(prod(d) < 0 for d in starts)
        survey["zero on a diagonal"] += any(prod(d) == 0 for d in starts)

    rules = (
        (Fraction(0), Fraction(0)),
        (Fraction(1, 50), Fraction(0)),
        (Fraction(0), Fraction(1, 2)),
    )
    moderate = st.sampled_from([Fraction(1, 20), Fraction(1, 5), Fraction(1, 2)])
    sizes = st.one_of(moderate, moderate, moderate, wild_steps())
    for depth, (decay, momentum) in product((1, 2, 3, 4), rules):
        some(6, check, aligned(depth), sizes, st.just(decay), st.just(momentum))
    everywhere(survey, *(f"{k} layers" for k in (1, 2, 3, 4)), "mode: reached", "mode: never")
    assert survey["after four steps or more"] > 10
    everywhere(survey, "singular value 0", "equal singular values", "decay", "momentum")
    everywhere(survey, "step >= 1", "negative product", "zero on a diagonal")


def variant_steps(weights, slope, spans, decay, clip):
    """Yield the weights in balls: a rule without momentum, step by step."""
    w = [ball(x) for x in weights]
    while True:
        yield w
        eta = ball(next(spans))
        p = prod(w, start=arb(1))
        others = [prod(w[:i] + w[i + 1 :], start=arb(1)) for i in range(len(w))]
        pull = [slope(p) * q for q in others]
        if clip is not None:
            size = sum((x * x for x in pull), arb(0)).sqrt()
            factor = (ball(clip) / size).min(arb(1)) if size > 0 else arb("0.5 +/- 0.5")
            pull = [x * factor for x in pull]
        w = [x - eta * (y + ball(decay) * x) for x, y in zip(w, pull, strict=True)]


SLOPES = {
    "(p+1)**2/2": lambda p: p + 1,
    "(p+2)**2/2": lambda p: p + 2,
    "p": lambda p: arb(1),
    "(p-2)**2/2": lambda p: p - 2,
    "log(1+exp(-p))": lambda p: -1 / (1 + p.exp()),
    "(p+1)**4/4": lambda p: (p + 1) ** 3,
}


def test_decay_trap(survey):
    """What is said to stay small for ever does, under every schedule that the theorem allows."""

    def check(text, weights, decay, shares, clip, until):
        sizes = [share / decay for share in shares]  # eta lambda = 1 is the border
        rule = ", ".join([*(f"{size}:20" for size in sizes[:-1]), str(sizes[-1])])
        variant = Variant.of(rule, clip, decay)
        problem = Problem.of(text, weights, sizes[0], until)
        with precision(96):
            kept = decay_trap(problem, variant, [ball(w) for w in weights])
        if kept is None:
            survey["no trap"] += 1
            return
        bound = arb(str(kept).split("below ")[1].split(" ")[0])
        with precision(BITS):
            spans = sizes_of(variant)
            orbit = variant_steps(weights, SLOPES[text], spans, decay, clip)
            for _, w in zip(range(60), orbit, strict=False):
                p = prod(w, start=arb(1))
                assert not abs(p) >= bound
                assert problem.holds(p, lambda w=w: w) is not True
        survey.update(regimes_of(weights, sizes[0]))
        survey["eta lambda = 1" if max(shares) == 1 else "shorter steps"] += 1
        survey["clipped" if clip else "not clipped"] += 1
        survey["schedule" if len(sizes) > 1 else "one step size"] += 1
        survey[f"until {until}"] += 1

    decays = st.sampled_from([Fraction(1, 10), Fraction(1), Fraction(5), Fraction(100)])
    shares = st.lists(
        st.sampled_from([1, 1, Fraction(1, 2), Fraction(1, 100)]), min_size=1, max_size=3
    )
    targets = st.sampled_from(["p <= -1/2", "abs(p) >= 1", "p >= 1/10", "f <= 1/100", "abs(p) > 2"])
    for text, weights, clip in product(
        SLOPES,
        (ordinary, starts(max_depth=4), wild_starts(max_depth=5, spread=2)),
        (None, Fraction(1, 10)),
    ):
        some(5, check, st.just(text), weights, decays, shares, st.just(clip), targets)
    everywhere(survey, "-1/2 < p(0) < 0", "0 < p(0) <= 1/2", "p(0) = 0", "clipped")
    everywhere(survey, "eta lambda = 1", "schedule", "one weight")


def sizes_of(variant):
    spans = list(variant.spans())
    return (next(p.step for p, _, end in spans if end is None or t < end) for t in count())


@given(
    st.lists(st.fractions(Fraction(1, 8), 4, max_denominator=8), min_size=1, max_size=4),
    st.data(),
)
def test_the_box_of_the_decay_trap_is_invariant_at_every_border(box, data):
    """Starts on the faces, a steepest linear loss, eta lambda = 1, lambda a_i^2 = G A: exactly."""
    product, steep = prod(box), Fraction(3)
    decay = steep * product / min(box) ** 2
    share = data.draw(st.sampled_from([1, Fraction(1, 2), Fraction(1, 100)]))
    weights = [a * data.draw(st.sampled_from([1, -1, 1, 0, Fraction(1, 2)])) for a in box]
    sign, step = data.draw(st.sampled_from([1, -1])), share / decay
    for _ in range(6):
        others = [prod(w for j, w in enumerate(weights) if j != i) for i in range(len(box))]
        weights = [
            w - step * (sign * steep * q + decay * w) for w, q in zip(weights, others, strict=True)
        ]
        assert all(abs(w) <= a for w, a in zip(weights, box, strict=True))


def any_order(weights, slopes, step, level, choose):
    """Indices at which p <= level may hold first, and at which it certainly does."""
    with precision(160):
        w, early = [ball(x) for x in weights], None
        for t in range(FOLLOWED):
            p = prod(w, start=arb(1))
            if early is None and not p > ball(level):
                early = t
            if p <= ball(level):
                return early, t
            pull = choose(t, [slope(p) for slope in slopes], w) * ball(step)
            others = [prod(w[:i] + w[i + 1 :], start=arb(1)) for i in range(len(w))]
            w = [x - pull * q for x, q in zip(w, others, strict=True)]
            if not abs(p) < 1e20:
                break
    return early, None


FAMILIES = [
    ("(p+1)**2/2", "(p+2)**2/2"),
    ("(p+1)**2/2", "(p+2)**2/2", "p"),
    ("(p+1)**2/2", "(p-2)**2/2"),
]
ORDERS = {
    "fastest": lambda t, slopes, w: max(slopes, key=lambda s: float(abs(s).mid())),
    "slowest": lambda t, slopes, w: min(slopes, key=lambda s: float(abs(s).mid())),
    "in turn": lambda t, slopes, w: slopes[t % len(slopes)],
    "first slow, then fast": lambda t, slopes, w: (min if t < 9 else max)(
        slopes, key=lambda s: float(abs(s).mid())
    ),
    "by the weights": lambda t, slopes, w: slopes[int(1000 * abs(float(w[0].mid()))) % len(slopes)],
}


def signed(sign):
    """Ordinary starts whose product has a sign."""
    return ordinary.map(lambda w: (w[0] * (sign if prod(w) > 0 else -sign), *w[1:]))


def test_every_order_of_the_losses(survey):
    def check(family, weights, step, level, noise):
        losses, slopes = [Loss.of(text) for text in family], [SLOPES[text] for text in family]
        if noise:
            losses = noisy(losses[0], noise)
            first = slopes[0]
            slopes = [lambda p: first(p) + ball(noise), lambda p: first(p) - ball(noise)]
        problem = Problem.of(losses[0].expression, weights, step, f"p <= {level}")
        found = worst_count(problem, losses, Budget())
        for name, choose in ORDERS.items():
            early, sure = any_order(weights, slopes, step, level, choose)
            assert sure is None or found.lower <= sure, name
            assert found.upper is None or found.upper >= (FOLLOWED if early is None else early), (
                name
            )
        if found.lower and found.lower < FOLLOWED:
            survey.update(regimes_of(weights, step))
            survey["both sides" if found.upper is not None else "one side"] += 1
            survey["noise" if noise else f"{len(losses)} losses"] += 1

    steps = st.sampled_from([Fraction(1, 10), Fraction(1, 50), Fraction(1, 3), Fraction(2)])
    levels = st.sampled_from([Fraction(-1, 2), Fraction(-1, 8), Fraction(1, 4)])
    mostly = [signed(1), signed(-1), wild_starts(max_depth=5, spread=2)]
    families = [*((f, 0) for f in FAMILIES), (FAMILIES[0], Fraction(1, 4))]
    for (family, noise), weights in product(families, mostly):
        some(3, check, st.just(family), weights, steps, levels, st.just(noise))
    everywhere(survey, *EVERY_SIGN, "both sides", "one side", "noise", "2 losses")
    everywhere(survey, "3 losses", "one weight")
