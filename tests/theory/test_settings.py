"""Conservation laws of other settings: decided exactly, false twins refuted, orbits by NumPy."""

from dataclasses import replace

import numpy as np
import pytest

from theory.claims import statement
from theory.dynamics.settings import DECAY, MATRICES, MOMENTUM, SETTINGS

EVERY = [identity for _, identities in SETTINGS.values() for identity in identities]


@pytest.mark.parametrize("identity", EVERY, ids=lambda i: i.name)
def test_every_identity_holds(identity):
    assert identity.result.holds


@pytest.mark.parametrize(
    ("identity", "false"),
    [
        (DECAY[1], ("(1 - eta*lam)**2", "(1 - 2*eta*lam)")),
        (MOMENTUM[1], ("d_i**2 - d_j**2", "d_j**2 - d_i**2")),
        (MOMENTUM[0], ("beta*(", "2*beta*(")),
    ],
)
def test_false_twins_are_refuted(identity, false):
    said = str(identity.statement.conclusion)
    right = said.replace("lam)^2", "lam)**2")
    assert false[0] in right
    twin = statement(
        identity.statement.variables,
        right.replace(*false),
        {n: str(e) for n, e in identity.definitions.items()},
        scope="a false twin",
    )
    result = replace(identity, statement=twin).result
    assert not result.holds
    assert result.point is not None


def heavy(w, v, eta, beta, lam, minimum):
    q = np.array([np.delete(w, i).prod() for i in range(len(w))])
    v = beta * v - eta * ((w.prod() - minimum) * q + lam * w)
    return w + v, v


def test_orbits_obey_the_rates_of_decay_and_momentum():
    random = np.random.default_rng(2)
    w = random.standard_normal(5)
    eta, lam = 0.01, 0.3
    for _ in range(100):
        g, r = w.prod() + 1, np.delete(w, [0, 1]).prod()
        c = w[0] ** 2 - w[1] ** 2
        w, _ = heavy(w, np.zeros(5), eta, 0, lam, -1)
        assert w[0] ** 2 - w[1] ** 2 == pytest.approx(
            c * ((1 - eta * lam) ** 2 - (eta * g * r) ** 2)
        )
    w, v = random.standard_normal(5), np.zeros(5)
    for _ in range(100):
        moment, c = w[0] * v[0] - w[1] * v[1], w[0] ** 2 - w[1] ** 2
        w, v = heavy(w, v, eta, 0.9, 0, -1)
        change = w[0] ** 2 - w[1] ** 2 - c
        assert change == pytest.approx(1.8 * moment + v[0] ** 2 - v[1] ** 2, abs=1e-12)


def test_matrices_obey_the_rate_of_a_step_at_depth_three():
    random = np.random.default_rng(5)
    a, v, w = random.standard_normal((3, 2, 2))
    target, eta = random.standard_normal((2, 2)), 0.01
    gap = a @ v @ w - target
    gv, gw = a.T @ gap @ w.T, v.T @ a.T @ gap
    before, after = v.T @ v - w @ w.T, (v - eta * gv).T @ (v - eta * gv)
    after -= (w - eta * gw) @ (w - eta * gw).T
    assert np.allclose(after, before + eta**2 * (gv.T @ gv - gw @ gw.T))
    assert len(MATRICES) == 6
