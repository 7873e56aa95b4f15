"""What is assumed of norms of normal vectors, and of sizes of sums of draws, holds."""

import itertools
import math

import pytest

from tests.theory.test_signs import value
from theory.claims import statement

RELATIONS = {">=": float.__ge__, ">": float.__gt__, "<=": float.__le__, "<": float.__lt__}


def assumed(made, q):
    """The theorems about a number."""
    every = [*made.hypotheses.values(), *(h for p in made.parts for h in p.hypotheses.values())]
    return [r for r in every if q in r.names]


def holds(r, at, slack=1e-12):
    left, right = value(r.left, at), value(r.right, at)
    assert left is not None, "a theorem has a value wherever it is assumed"
    assert right is not None
    wide = slack * (1 + abs(left)) * (1 if r.operator[0] == "<" else -1)
    return RELATIONS[r.operator](left, right + wide)


def test_the_mean_of_the_norm_of_a_normal_vector():
    made = statement(
        variables={"w": "gaussian vector(n)", "n": "integer >= 1"},
        conclusion="E(norm(w)) <= sqrt(n)",
    )
    rows = assumed(made, "mean")
    assert len(rows) == 4
    for n in (*range(1, 300), 1000, 10**4, 10**6, 10**8):
        mean = math.sqrt(2) * math.exp(math.lgamma((n + 1) / 2) - math.lgamma(n / 2))
        assert all(holds(r, {"mean": mean, "n": float(n)}, 1e-7) for r in rows)


def test_of_a_number_of_dimensions_there_is_the_formula():
    made = statement(variables={"w": "gaussian vector(3)"}, conclusion="E(norm(w)) <= sqrt(3)")
    assert made.relaxed is None
    assert made.conclusion.left.head == "*"


def test_next_to_a_gamma_function_there_is_the_formula():
    made = statement(
        variables={"w": "gaussian vector(n)", "n": "integer >= 1"},
        conclusion="E(norm(w)) == sqrt(2)*gamma((n + 1)/2)/gamma(n/2)",
    )
    assert made.relaxed is None


def chances(t, n):
    """P(|w|^2 >= t) of normal vectors of one or two dimensions."""
    return math.exp(-max(t, 0) / 2) if n == 2 else math.erfc(math.sqrt(max(t, 0) / 2))


EVENTS = {  # the event, and |w|^2 from which on it holds
    "norm(w)^2 >= n + u": lambda n, u: n + u,
    "2*norm(w) >= u + 1": lambda n, u: max((u + 1) / 2, 0) ** 2,
    "norm(w) >= sqrt(n) + u": lambda n, u: max(math.sqrt(n) + u, 0) ** 2,
}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("turned", [False, True])
def test_chances_about_the_norm(event, turned):
    said = event.replace(">=", "<=") if turned else event
    made = statement(
        variables={"w": "gaussian vector(n)", "n": "integer >= 1", "u": "real"},
        conclusion=f"P({said}) <= 1",
    )
    rows = assumed(made, "chance")
    assert len(rows) > 3
    for n, u in itertools.product((1, 2), (-2.0, -0.5, 0.0, 0.3, 1.0, 4.0, 20.0)):
        chance = chances(EVENTS[event](n, u), n)
        at = {"chance": 1 - chance if turned else chance, "n": float(n), "u": u}
        assert all(holds(r, at) for r in rows)


@pytest.mark.parametrize(("law", "values"), [("rademacher", (-1, 1)), ("bernoulli(1/2)", (0, 1))])
def test_the_mean_of_the_size_of_a_sum(law, values):
    made = statement(
        variables={"X": f"sequence of {law}", "n": "integer >= 1", "u": "real"},
        conclusion="E(|sum(i, 1, n, X_i) - u|) >= 0",
    )
    rows = assumed(made, "mean")
    assert rows
    for n, u in itertools.product((1, 2, 3), (-1.5, 0.0, 0.5, 2.0)):
        every = [abs(sum(x) - u) for x in itertools.product(values, repeat=n)]
        at = {"mean": sum(every) / len(every), "n": float(n), "u": u}
        assert all(holds(r, at) for r in rows)


def test_where_a_parameter_is_not_zero_it_has_a_sign():
    made = statement(
        variables={"U": "uniform(a, b)", "a, b, t": "real"}, conclusion="E(exp(t*U)) >= 0"
    )
    signs = {r.operator for p in made.parts for r in p.hypotheses.values() if r.left.name == "t"}
    assert signs == {"==", "<", ">"}
