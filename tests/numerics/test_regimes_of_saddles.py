"""The cone at a saddle over all that its hypotheses allow, as in ``test_regimes.py``.

The orbits are stepped here, in balls of many bits, and share no code with what they test.
"""

from fractions import Fraction

from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.balls import ball, precision
from numerics.matrices.balls import frobenius
from numerics.matrices.hessian import nearby_saddle
from numerics.matrices.saddle import passage
from tests.numerics.surveys import diagonal, everywhere, matrix


@st.composite
def near_a_saddle(draw):
    """Layers 10^-digits from a saddle: 0, or one learned mode; data that need not be whitened."""
    depth, digits = draw(st.sampled_from([2, 3])), draw(st.integers(10, 40))
    learned = depth == 3 or draw(st.booleans())  # at 0 three layers have no unstable direction
    size, hidden = draw(st.integers(1 + learned, 3)), draw(st.integers(1 + learned, 3))
    random = draw(st.randoms(use_true_random=False))
    shapes = [(hidden, size), *[(hidden, hidden)] * (depth - 2), (size, hidden)]
    grain = lambda: Fraction(random.randint(-999, 999), 1000)  # noqa: E731

    def open_(place, i, j):  # of three layers the first lets every mode through
        return learned and i == j and (i == 0 or place + 3 == depth)

    layers = [
        [
            [Fraction(int(open_(n, i, j))) + grain() / 10**digits for j in range(width)]
            for i in range(height)
        ]
        for n, (height, width) in enumerate(shapes)
    ]
    if learned:
        inputs, values = (
            diagonal([Fraction(1)] * size),
            [Fraction(1), Fraction(1, 2), Fraction(1, 4)][:size],
        )
        outputs = diagonal(values)
    else:
        inputs, outputs = ([[grain() for _ in range(size + 1)] for _ in range(size)] for _ in "xy")
    return learned, layers, inputs, outputs, digits


def descent(layers, inputs, outputs, step):
    """Yield layers in balls: descent on |W_k ... W_1 X - Y|^2/2, matrix by matrix."""
    eta = ball(step)
    while True:
        yield layers
        below_ = [inputs]
        for w in layers:
            below_.append(w * below_[-1])
        signal, moved = below_.pop() - outputs, []
        for w, under in zip(reversed(layers), reversed(below_), strict=True):
            moved.append(w - signal * under.transpose() * eta)
            signal = w.transpose() * signal
        layers = moved[::-1]


def apart(layers, centre):
    gaps = [frobenius(a - b) for a, b in zip(layers, centre, strict=True)]
    return sum((g * g for g in gaps), arb(0)).sqrt()


def test_cones_at_saddles(survey):
    """Landings lie in their balls, and the orbit leaves when it should."""

    @given(near_a_saddle(), st.sampled_from([Fraction(1, 8), Fraction(1, 2), Fraction(1, 40)]))
    @settings(max_examples=40)
    def check(network, step):
        learned, layers, inputs, outputs, digits = network
        with precision(320):
            x, y = matrix(inputs), matrix(outputs)
            start = [matrix(w) for w in layers]
            centres, blur = [w.mid() for w in start], arb(2) ** -300
            found = passage(centres, blur, x, y, step, 2.0**-40, 10**9, lambda centre, reach: True)
            if found is None or found.leaves[1] > 2_000:
                survey["no passage" if found is None else "too long to follow"] += 1
                return
            saddle, left = nearby_saddle(centres, x, y), None
            for t, w in zip(range(found.leaves[1] + 1), descent(start, x, y, step), strict=False):
                if t == found.steps:
                    assert not apart(w, found.layers) > found.blur
                away = apart(w, saddle)
                assert t >= found.leaves[0] or not away > found.radius * (1 + arb(2) ** -20)
                if left is None and not away < found.radius * (1 - arb(2) ** -20):
                    left = t
            assert left is not None  # by then it is outside
        survey["one mode learned" if learned else "at 0"] += 1
        survey[f"{len(layers)} layers"] += 1
        survey[f"unstable: {found.directions}"] += 1
        survey[f"step {step}"] += 1
        survey["narrow" if len(layers[0]) < len(layers[0][0]) else "wide enough"] += 1
        survey["10 to 20 digits" if digits <= 20 else "more digits"] += 1
        survey["rate above 3/2" if found.rate > 1.5 else "slow"] += 1

    check()
    everywhere(survey, "one mode learned", "at 0", "2 layers", "3 layers", "narrow", "wide enough")
    everywhere(survey, "unstable: 1", "unstable: 2", "10 to 20 digits", "more digits", "slow")
