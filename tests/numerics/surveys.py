"""What surveys of proved bounds share: kinds of starts, and what contradicts a bound."""

from fractions import Fraction
from math import prod

from flint import arb_mat

from numerics.balls import ball

HALF = Fraction(1, 2)
EVERY_SIGN = ("-1/2 < p(0) < 0", "0 < p(0) <= 1/2", "p(0) > 1/2")


def regimes_of(weights, step):
    """What is special about a start, in words that the survey counts."""
    p, sizes = prod(weights), sorted(map(abs, weights))
    yield (
        "p(0) <= -1/2" if p <= -HALF
        else "-1/2 < p(0) < 0" if p < 0
        else "p(0) = 0" if p == 0
        else "0 < p(0) <= 1/2" if p <= HALF
        else "p(0) > 1/2"
    )  # fmt: skip
    if len(weights) == 1:
        yield "one weight"
    elif sizes[0] == sizes[1]:
        yield "tie at the minimum"
    if 0 < sizes[0] < Fraction(1, 10**6):
        yield "tiny weight"
    if sizes[-1] > 100:
        yield "huge weight"
    yield (
        "step >= 1" if step >= 1 else "step < 1e-4" if step < Fraction(1, 10**4) else "middle step"
    )


def below(bound, truth):
    """No contradiction: the orbit did not certainly arrive before the bound."""
    return truth.upper is None or bound <= truth.upper


def above(bound, truth):
    """No contradiction: when the bound is over, the orbit is not certainly still on its way."""
    return bound is None or truth.lower <= bound


def everywhere(visited, *names):
    missing = [name for name in names if not visited[name]]
    assert not missing, f"never visited with a bound that says something: {missing}"


def times(*factors):
    made = factors[0]
    for other in factors[1:]:
        made = made * other
    return made


def matrix(rows):
    return arb_mat([[ball(Fraction(x)) for x in row] for row in rows])


def diagonal(values):
    return [[x * (i == j) for j in range(len(values))] for i, x in enumerate(values)]
