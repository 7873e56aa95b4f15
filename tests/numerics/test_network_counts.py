"""Counts of deep linear networks with data, against long double; the growth bound at a saddle."""

import json
import sys
import time
from fractions import Fraction
from functools import reduce

import numpy as np
import pytest
from flint import arb, arb_mat

from numerics.balls import precision
from numerics.matrices import balls
from numerics.matrices.count import Network, network_count
from numerics.matrices.hessian import hessian
from numerics.matrices.orbit import MatrixOrbit
from numerics.problem import Budget
from theory.dynamics.stopping import StopCondition, parse_stop
from theory.errors import InputError


def make(size, depth, scale, seed, shift=0.3):
    random = np.random.default_rng(seed)

    def rational(m):
        return [[str(Fraction(round(float(x) * 1000), 1000)) for x in row] for row in m]

    layers = [
        rational(scale * random.standard_normal((size, size)) + shift * np.eye(size))
        for _ in range(depth)
    ]
    data = [rational(random.standard_normal((size, size + 1)) / np.sqrt(size)) for _ in range(2)]
    return Network.of({"layers": layers, "inputs": data[0], "outputs": data[1]})


def doubles(rows):
    return np.array([[float(x) for x in row] for row in rows], dtype=np.longdouble)


def losses(network, step):
    """Yield F along gradient descent in long double."""
    w, x, y = (
        [doubles(m) for m in network.layers],
        doubles(network.inputs),
        doubles(network.outputs),
    )
    while True:
        below = [x]
        for m in w:
            below.append(m @ below[-1])
        signal = below.pop() - y
        yield float((signal**2).sum() / 2), w
        gradients = []
        for m, under in zip(reversed(w), reversed(below), strict=True):
            gradients.append(signal @ under.T)
            signal = m.T @ signal
        w = [m - step * g for m, g in zip(w, reversed(gradients), strict=True)]


@pytest.mark.parametrize(
    ("size", "depth", "steps"), [(2, 2, 40), (3, 3, 90), (2, 6, 60), (4, 2, 120)]
)
def test_counts_agree_with_long_double(size, depth, steps):
    network = make(size, depth, 0.4, 10 * size + depth)
    values = [f for _, (f, _) in zip(range(steps + 1), losses(network, 0.02), strict=False)]
    threshold = Fraction(round((values[-1] + values[-2]) / 2 * 10**9), 10**9)
    count = next(t for t, f in enumerate(values) if f <= threshold)
    until = parse_stop(f"f <= {threshold}")
    found = network_count(network, Fraction(1, 50), until, Budget())
    assert found.lower == found.upper == count


def test_the_balls_contain_the_layers():
    network = make(3, 2, 0.5, 4)
    with precision(90):
        orbit = MatrixOrbit(network.layers, network.inputs, network.outputs, Fraction(1, 20), 90)
        for _, (f, w) in zip(range(50), losses(network, 0.05), strict=False):
            for ball, truth in zip(orbit.layers, w, strict=True):
                for b, x in zip(ball.entries(), truth.ravel(), strict=True):
                    assert abs(b - arb(float(x))) < 1e-12
            assert abs(orbit.loss() - arb(f)) < 1e-10
            orbit.advance()
        assert orbit.radius < 1e-15


def test_thousands_of_steps_keep_their_bits():
    network = make(2, 3, 0.3, 8)
    with precision(128):
        orbit = MatrixOrbit(network.layers, network.inputs, network.outputs, Fraction(1, 50), 128)
        for _ in range(3_000):
            orbit.advance()
        assert orbit.radius < 1e-12


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shapes", [[(2, 3)], [(2, 3), (3, 2)], [(3, 2), (2, 3), (2, 2)]])
def test_the_bounds_of_a_step_hold_in_their_whole_ball(shapes, seed):
    """|J| and |K| at points in the ball, J by one parameter at a time: F is linear in each."""
    random = np.random.default_rng(seed)

    def rational(shape):
        return [[Fraction(round(x * 100), 100) for x in row] for row in random.normal(size=shape)]

    x, y = rational((shapes[0][1], 4)), rational((shapes[-1][0], 4))
    inputs, outputs = doubles(x).astype(float), doubles(y).astype(float)

    def through(w):
        return reduce(lambda below, m: m @ below, w, inputs)

    with precision(128):
        orbit = MatrixOrbit([rational(s) for s in shapes], x, y, Fraction(1, 100), 128)
        orbit.land(orbit.centre, arb(2) ** -6, 0)
        for _ in range(3):
            orbit.advance()
        held = orbit._bounds()
        exact = (arb_mat([[arb(float(v)) for v in row] for row in m]) for m in (inputs, outputs))
        x, y = exact
        for _ in range(20):
            moves = [random.normal(size=s) for s in shapes]
            far = float(held.reach) / np.sqrt(sum((m**2).sum() for m in moves))
            w = [balls.doubles(c) + far * m for c, m in zip(held.centre, moves, strict=True)]
            signal, columns = through(w) - outputs, []
            for i, m in enumerate(w):
                for place in np.ndindex(m.shape):
                    only = np.zeros(m.shape)
                    only[place] = 1.0
                    columns.append(through([*w[:i], only, *w[i + 1 :]]).ravel())
            jacobian = np.array(columns).T
            layers = [arb_mat(m.tolist()) for m in w]
            bent = balls.doubles(hessian(layers, x, y)) - jacobian.T @ jacobian
            gap = np.linalg.norm(signal @ inputs.T, 2)
            assert np.linalg.norm(jacobian, 2) <= float(held.jacobian) * (1 + 1e-9)
            assert np.linalg.norm(bent, 2) <= float(held.bend) * gap * (1 + 1e-9) + 1e-9


def test_a_budget_ends_between_any_two_steps_of_a_search(monkeypatch):
    """The clock counts calls of functions: it is asked within what two dozen steps take."""
    network, until = make(3, 3, 1e-3, 5, shift=0), parse_stop("f <= 1/1000000")
    calls, asked, before = [0], [], sys.getprofile()

    def clock():
        asked.append(calls[0])
        return calls[0]

    def count(frame, event, argument):
        calls[0] += event in ("call", "c_call")

    monkeypatch.setattr(time, "process_time", clock)
    sys.setprofile(count)
    try:
        found = network_count(network, Fraction(1, 50), until, Budget(max_steps=1_400))
    finally:
        sys.setprofile(before)
    assert found.reason == "the step budget is spent"
    gaps = np.diff(asked)
    assert len(asked) > 1_400
    assert gaps.max() <= 24 * np.median(gaps)


def test_a_spent_budget_keeps_what_is_proved(monkeypatch):
    """Wherever the time ends, the lower bound is one of the count."""
    network = make(2, 2, 0.05, 3, shift=0)
    loss = next(f for t, (f, _) in enumerate(losses(network, 0.02)) if t == 500)
    until = parse_stop(f"f <= {Fraction(loss).limit_denominator(10**9)}")
    whole = network_count(network, Fraction(1, 50), until, Budget(max_steps=600))
    assert whole.lower == whole.upper > 490
    for most in (0, 1, 40, 255, 257, 290, 400):
        asked = iter(range(10**9))
        monkeypatch.setattr(time, "process_time", lambda asked=asked: next(asked))
        found = network_count(network, Fraction(1, 50), until, Budget(deadline=most))
        assert found.lower <= whole.lower
        assert found.upper in (None, whole.lower)
        assert next(asked) <= max(most, 0) + 4


def test_the_growth_from_a_saddle_bounds_every_count():
    network = make(2, 3, 0.02, 6, shift=0)
    until = parse_stop("f <= 1/10")
    found = network_count(network, Fraction(1, 50), until, Budget(max_steps=20))
    assert found.details["lower bound"] == "growth"
    assert found.lower > 500
    long_run = zip(range(found.lower + 1), losses(network, 0.02), strict=False)
    assert all(f > 0.1 for _, (f, _) in long_run)


def test_what_is_refused(tmp_path):
    good = {"layers": [[["1"]]], "inputs": [["1"]], "outputs": [["2"]]}
    for bad in (
        [],
        good | {"more": 1},
        good | {"layers": []},
        good | {"inputs": [["1"], ["2"]]},
        good | {"outputs": [["1", "2"]]},
        good | {"layers": [[["x"]]]},
        good | {"layers": [[[0.5]]]},
    ):
        with pytest.raises(InputError, match="network"):
            Network.of(bad)
    file = tmp_path / "network.json"
    file.write_text(json.dumps({"layers": [[[0.1]], [[0.2]]], "inputs": [[1]], "outputs": [[1]]}))
    assert Network.read(str(file)).layers[0] == [[Fraction(1, 10)]]
    with pytest.raises(InputError, match="f"):
        network_count(Network.of(good), Fraction(1), parse_stop("p < 1"), Budget())


@pytest.mark.parametrize("index", range(4))
@pytest.mark.parametrize("zeros", [False, True])
def test_an_equality_at_a_step_is_settled_over_the_rationals(index, zeros):
    """The threshold is F at that step, exactly; NumPy steps on fractions."""
    made = make(2, 2, 0.4, 3)
    layers = ([[[0, 0], [0, Fraction(1, 2)]], *made.layers[1:]]) if zeros else made.layers
    network = Network(tuple(layers), made.inputs, made.outputs)
    (a, b), x, y = (np.array(m, dtype=object) for m in layers), made.inputs, made.outputs
    x, y, eta = np.array(x, dtype=object), np.array(y, dtype=object), Fraction(1, 50)
    values = []
    for _ in range(index + 2):
        signal = b @ a @ x - y
        values.append((signal**2).sum() / 2)
        a, b = a - eta * (b.T @ signal @ x.T), b - eta * (signal @ x.T @ a.T)
    assert values == sorted(values, reverse=True)
    for operator, count in (("<=", index), ("<", index + 1)):
        until = StopCondition("f", None, operator, values[index])
        found = network_count(network, eta, until, Budget())
        assert (found.lower, found.upper) == (count, count)
