"""What is assumed of chances and means of laws with parameters, against SciPy's laws."""

import itertools
import math

import pytest
from scipy import stats

from tests.theory.test_signs import value
from theory.claims import statement

NAMES = {"n": "integer >= 1", "p": "(0, 1)", "s": "positive", "t": "positive", "u": "real"}
LAWS = {  # the laws that a word stands for
    "subgaussian(s)": lambda a: [stats.norm(0, a["s"]), stats.uniform(-a["s"], 2 * a["s"])],
    "poisson(s)": lambda a: [stats.poisson(a["s"])],
    "geometric(p)": lambda a: [stats.geom(a["p"])],
    "chi2(n)": lambda a: [stats.chi2(a["n"])],
    "binomial(n, p)": lambda a: [stats.binom(a["n"], a["p"])],
}
EVENTS = {  # the ends of an interval, and whether the event is to be in it
    "X >= t": lambda a: (a["t"], math.inf, True),
    "X <= t": lambda a: (-math.inf, a["t"], True),
    "X >= u": lambda a: (a["u"], math.inf, True),
    "1 - 2*X >= t - 4": lambda a: (-math.inf, (5 - a["t"]) / 2, True),
    "X/s >= t": lambda a: (a["t"] * a["s"], math.inf, True),
    "X >= t*n^2": lambda a: (a["t"] * a["n"] ** 2, math.inf, True),
    "X <= t*s^2": lambda a: (-math.inf, a["t"] * a["s"] ** 2, True),
    "-s*X <= u": lambda a: (-a["u"] / a["s"], math.inf, True),
    "|X| >= t": lambda a: (-a["t"], a["t"], False),
    "|X| <= t": lambda a: (-a["t"], a["t"], True),
    "s*|X - 1| - t >= 0": lambda a: (1 - a["t"] / a["s"], 1 + a["t"] / a["s"], False),
    "2 - |2*X - u| >= 2 - t": lambda a: ((a["u"] - a["t"]) / 2, (a["u"] + a["t"]) / 2, True),
}  # fmt: skip
POINTS = [dict(zip("npstu", at, strict=True)) for at in itertools.product(
    (1, 3), (0.3,), (0.5, 2.0), (0.7, 1.3, 4.6), (-1.45, 0.35, 2.2))]  # fmt: skip


def holds(r, at):
    a, b = value(r.left, at), value(r.right, at)
    assert None not in (a, b), "a theorem has a value wherever it is assumed"
    gap = {"<": a - b, "<=": a - b, ">": b - a, ">=": b - a}[r.operator]
    return gap <= 1e-9 * (1 + abs(a) + abs(b))


def facts(made):
    """What is assumed of the numbers that have no formula."""
    assumed = [*made.hypotheses.values(),
               *(h for p in made.parts for h in p.hypotheses.values())]  # fmt: skip
    return [r for r in assumed if r.names & set(made.relaxed.said)]


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("event", EVENTS)
def test_what_is_assumed_of_chances(law, event):
    made = statement({**NAMES, "X": law}, f"P({event}) <= 2")
    (q,) = made.relaxed.said
    found = facts(made)
    assert len(found) >= 2
    for at in POINTS:
        low, high, inside = EVENTS[event](at)
        for known in LAWS[law](at):  # none of the ends is a number that has a chance
            chance = known.cdf(high) - known.cdf(low)
            here = {**at, q: chance if inside else 1 - chance}
            assert all(holds(r, here) for r in found), (at, [str(r) for r in found])


def normal_moment(k, s):
    return math.prod(range(1, k, 2)) * s**k


@pytest.mark.parametrize("formula", ["E(X^2)", "E(X^4)", "E(exp(u*X))", "E(2*X^2 - X + 3)"])
def test_what_is_assumed_of_means_of_sub_gaussian_laws(formula):
    made = statement({**NAMES, "X": "subgaussian(s)"}, f"{formula} <= 2")
    for at in POINTS:
        s, u = at["s"], at["u"]
        means = {"E(X**2)": s * s, "E(X**4)": 3 * s**4, "E(exp(u*X))": math.exp(s * s * u * u / 2)}
        here = {**at, **{q: means[text] for q, text in made.relaxed.said.items()}}
        assert all(holds(r, here) for r in facts(made))
        if formula == "E(2*X^2 - X + 3)":
            assert value(made.conclusion.left, here) == pytest.approx(2 * s * s + 3)


def test_a_fourth_moment_is_bounded_by_the_exponential_moments():
    """E X^4 <= 24 exp(s^2 u^2/2)/u^4 for every u: what is assumed is the least of them."""
    made = statement({**NAMES, "X": "subgaussian(s)"}, "E(X^4) <= 2")
    (q,) = (q for q, text in made.relaxed.said.items() if "4" in text)
    bounds = [value(r.right, {"s": 1.0}) for r in facts(made)
              if r.operator == "<=" and r.left.names == {q} and r.right.names == {"s"}]  # fmt: skip
    least = min(24 * math.exp(u * u / 2) / u**4 for u in (k / 100 for k in range(50, 400)))
    assert min(bounds) == pytest.approx(least)
