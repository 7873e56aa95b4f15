"""The cone at a saddle of a network: against long orbits in many digits that share no code."""

import json
import warnings
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from flint import arb, arb_mat

from numerics.balls import precision
from numerics.matrices import saddle
from numerics.matrices.balls import doubles, frobenius, gradients
from numerics.matrices.count import Network, network_count
from numerics.matrices.hessian import (
    _second,
    eigenbasis,
    hessian,
    nearby_saddle,
    stacked,
    unstacked,
)
from numerics.matrices.orbit import exact_matrix
from numerics.matrices.saddle import passage
from numerics.problem import Budget
from theory.dynamics.stopping import parse_stop

BITS = 256


def exact(m):
    return [[str(Fraction(float(x)).limit_denominator(10**6)) for x in row] for row in m]


def scaled(m, digits):
    return [[f"{float(x):.6f}e-{digits}" for x in row] for row in m]


def small(size, hidden, digits, seed):
    """A start so near to zero, two layers, random data."""
    random = np.random.default_rng(seed)
    layers = [random.standard_normal(s) for s in ((hidden, size), (size, hidden))]
    data = [random.standard_normal((size, size + 1)) for _ in range(2)]
    return Network.of(
        {
            "layers": [scaled(m, digits) for m in layers],
            "inputs": exact(data[0]),
            "outputs": exact(data[1]),
        }
    )


def behind_a_mode(digits, seed, depth=2):
    """A start near the saddle at which the first of three modes is learned, depth 2."""
    random = np.random.default_rng(seed)
    first = np.zeros((3, 3))
    first[0, 0] = 1.0
    layers = []
    for _ in range(depth):
        noise = random.standard_normal(9)
        entries = [Fraction(a) + Fraction(f"{b:.6f}e-{digits}") for a, b in zip(first.flat, noise)]  # noqa: B905
        layers.append([[str(x) for x in entries[3 * i : 3 * i + 3]] for i in range(3)])
    return Network.of(
        {"layers": layers, "inputs": exact(np.eye(3)), "outputs": exact(np.diag([1.0, 0.5, 0.25]))}
    )


def orbit(network, step, digits=60):
    """Yield layers and F in mpmath, matrix by matrix."""
    with mpmath.workdps(digits):

        def number(m):
            return mpmath.matrix([[mpmath.mpf(x.numerator) / x.denominator for x in r] for r in m])

        w, x, y = (
            [number(m) for m in network.layers],
            number(network.inputs),
            number(network.outputs),
        )
        eta = mpmath.mpf(step.numerator) / step.denominator
        while True:
            below = [x]
            for m in w:
                below.append(m * below[-1])
            signal = below.pop() - y
            yield w, sum(v * v for v in signal) / 2
            moved = []
            for m, under in zip(reversed(w), reversed(below), strict=True):
                moved.append(m - eta * (signal * under.T))
                signal = m.T * signal
            w = moved[::-1]


def distance(layers, centre):
    """The Frobenius distance of mpmath layers from exact balls."""
    total = mpmath.mpf(0)
    for m, c in zip(layers, centre, strict=True):
        values = [
            mpmath.mpf(int(v.mid().man_exp()[0])) * mpmath.mpf(2) ** int(v.mid().man_exp()[1])
            for v in c.entries()
        ]
        total += sum((a - b) ** 2 for a, b in zip(m, values, strict=True))
    return mpmath.sqrt(total)


def pass_by(network, step, sharp=2.0**-40):
    with precision(BITS):
        layers = [arb_mat(exact_matrix(m)).mid() for m in network.layers]
        blur = arb(2) ** -(BITS - 8)
        x, y = (arb_mat(exact_matrix(m)) for m in (network.inputs, network.outputs))
        found = passage(layers, blur, x, y, step, sharp, 10**9, lambda centre, reach: True)
        return found, nearby_saddle(layers, x, y)


NETWORKS = [
    small(2, 2, 14, 1),
    small(3, 1, 20, 3),
    behind_a_mode(16, 4),
    pytest.param(small(2, 3, 30, 2), marks=pytest.mark.slow),
    pytest.param(behind_a_mode(25, 5), marks=pytest.mark.slow),
]


@pytest.mark.parametrize("network", NETWORKS)
def test_the_orbit_lands_where_it_should_and_leaves_when_it_should(network):
    step = Fraction(1, 8)
    found, centre = pass_by(network, step)
    assert found is not None
    assert found.steps > 32
    left = None
    for t, (w, _) in enumerate(orbit(network, step)):
        with mpmath.workdps(60):
            if t == found.steps:
                # Within the blur, and the blur is small against the way to the saddle.
                assert distance(w, found.layers) <= float(found.blur) * (1 + 1e-9)
                assert float(found.blur) < 2.0**-38 * float(distance(w, centre))
            if distance(w, centre) > mpmath.mpf(float(found.radius)):
                left = t
                break
    assert found.leaves[0] <= left <= found.leaves[1]
    assert found.leaves[1] - found.leaves[0] < 0.3 * left


def test_without_its_remainder_the_theorem_is_refuted(monkeypatch):
    """A false twin: the linear step alone misses the orbit by more than its blur."""
    network, step = behind_a_mode(16, 4), Fraction(1, 8)
    real = saddle._bend
    monkeypatch.setattr(saddle, "_bend", lambda *a: lambda rho: real(*a)(rho) * 2.0**-40)
    found, _ = pass_by(network, step)
    w = next(w for t, (w, _) in enumerate(orbit(network, step)) if t == found.steps)
    with mpmath.workdps(60):
        assert distance(w, found.layers) > float(found.blur)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_the_bend_bounds_how_the_hessian_changes(seed, depth):
    random = np.random.default_rng(seed)
    shapes = [(2, 3), *[(2, 2)] * (depth - 1)]
    with precision(128):
        centre = [
            arb_mat([[arb(float(v)) for v in row] for row in random.standard_normal(s)])
            for s in shapes
        ]
        x, y = (
            arb_mat([[arb(float(v)) for v in row] for row in random.standard_normal(s)])
            for s in ((3, 4), (2, 4))
        )
        error = saddle.residual(centre, y, x)
        bend = saddle._bend([saddle.spectral_upper(m) for m in centre], x, error)
        here = doubles(hessian(centre, x, y))
        for size in (1e-3, 0.1, 1.0):
            change = [random.standard_normal(s) for s in shapes]
            length = np.sqrt(sum((m**2).sum() for m in change))
            moved = [
                c + arb_mat([[arb(float(v) * size / length) for v in row] for row in m])
                for c, m in zip(centre, change, strict=True)
            ]
            away = np.linalg.norm(doubles(hessian(moved, x, y)) - here, 2)
            assert away <= float(bend(arb(size))) * (1 + 1e-9) + 1e-9


def test_the_hessian_is_the_derivative_of_the_gradient():
    random = np.random.default_rng(8)
    shapes = [(2, 3), (3, 2), (2, 3)]
    with precision(256):
        layers = [
            arb_mat([[arb(float(v)) for v in row] for row in random.standard_normal(s)])
            for s in shapes
        ]
        x, y = (
            arb_mat([[arb(float(v)) for v in row] for row in random.standard_normal((r, 2))])
            for r in (3, 2)
        )
        second, h = hessian(layers, x, y), arb(2) ** -80
        size = second.nrows()
        for j in range(0, size, 5):
            along = arb_mat(size, 1, [h * (i == j) for i in range(size)])
            ahead = [m + z for m, z in zip(layers, unstacked(along, layers), strict=True)]
            slope = stacked(gradients(ahead, y, x)) - stacked(gradients(layers, y, x))
            for i in range(size):
                assert abs(slope[i, 0] / h - second[i, j]) < arb(2) ** -60


@pytest.mark.parametrize("shapes", [[(2, 3)], [(3, 2), (2, 3)], [(2, 3), (4, 2), (1, 4), (2, 1)]])
def test_the_hessian_in_doubles_is_that_in_balls(shapes):
    random = np.random.default_rng(len(shapes))
    w, x, y = (
        [random.normal(size=s) for s in shapes],
        *(random.normal(size=(r, 5)) for r in (shapes[0][1], 2)),
    )
    layers, *data = [arb_mat(m.tolist()) for m in w], arb_mat(x.tolist()), arb_mat(y.tolist())
    assert np.allclose(_second(w, x, y), doubles(hessian(layers, *data)), rtol=1e-12, atol=1e-12)


def test_eigenvectors_are_refined_to_all_digits():
    random = np.random.default_rng(9)
    rows = random.standard_normal((6, 6))
    with precision(320):
        m = arb_mat([[arb(float(v)) for v in row] for row in rows + rows.T])
        basis, values = eigenbasis(m)
        for j in range(6):
            column = arb_mat(6, 1, [basis[i, j] for i in range(6)])
            assert frobenius(m * column - column * values[j]) < arb(2) ** -250


@pytest.mark.parametrize(
    ("hidden", "digits", "seed", "step"),
    [
        (1, 30, 3, Fraction(1, 10)),
        pytest.param(2, 40, 1, Fraction(1, 40), marks=pytest.mark.slow),
        pytest.param(3, 25, 2, Fraction(1, 40), marks=pytest.mark.slow),
    ],
)
def test_counts_with_a_skip_are_those_without(hidden, digits, seed, step):
    """The first mode is learned; mpmath counts every step."""
    network = small(2, hidden, digits, seed)
    x, y = (np.array([[float(v) for v in r] for r in m]) for m in (network.inputs, network.outputs))
    # What is left when the best rank-one map is learned, and a little more.
    rest = np.linalg.lstsq(x.T, y.T, rcond=None)[0].T
    root = (
        np.linalg.svd(x @ x.T)[0] * np.sqrt(np.linalg.svd(x @ x.T)[1]) @ np.linalg.svd(x @ x.T)[0].T
    )
    tail = np.linalg.svd(rest @ root)[1][1:]
    floor = (np.linalg.norm(y - rest @ x) ** 2 + (tail**2).sum()) / 2
    start = np.linalg.norm(y) ** 2 / 2
    until = f"f <= {Fraction(floor + 0.3 * (start - floor)).limit_denominator(10**6)}"
    found = network_count(network, step, parse_stop(until), Budget(100_000))
    assert int(found.details["skipped steps"]) > 50
    threshold = Fraction(until[5:])
    for t, (_, loss) in enumerate(orbit(network, step)):  # noqa: B007
        if loss <= mpmath.mpf(threshold.numerator) / threshold.denominator:
            break
    assert found.lower == found.upper == t


def test_the_command_shows_the_passage(tmp_path):
    from proofs.commands.escape import _network, as_object

    network = small(2, 1, 30, 3)
    path = tmp_path / "n.json"
    rows = lambda m: [[str(x) for x in r] for r in m]  # noqa: E731
    path.write_text(
        json.dumps(
            {
                "layers": [rows(m) for m in network.layers],
                "inputs": rows(network.inputs),
                "outputs": rows(network.outputs),
            }
        )
    )
    made = as_object(_network(str(path), "1/40", "f <= 1/1000", 2_000, 20.0, 0))
    assert any(key.startswith("saddle of F = ") for key in made["details"])
    assert int(made["steps"]["lower"]) > 2_000


@pytest.mark.parametrize("size", [1e100, 1e200, 1e300])
def test_layers_that_run_away_are_near_no_saddle_and_nothing_warns(size):
    """Products of such layers are infinite in doubles, and infinity times 0 is no number."""
    layers = [arb_mat([[arb(size), arb(0)], [arb(0), arb(1)]])] * 4
    identity = arb_mat([[arb(1), arb(0)], [arb(0), arb(1)]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert nearby_saddle(layers, identity, 2 * identity) is None
