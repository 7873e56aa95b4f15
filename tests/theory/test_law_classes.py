"""Claims about every law of a class: what is assumed holds for laws with few values."""

import itertools
import math
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.search import prove
from tests.theory.test_signs import value
from tests.theory.test_tails import RELATIONS, facts_of, holds
from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.language.instances import member

NAMES = {"n": "integer >= 1", "a": "real", "b": "real", "m": "real", "s": "positive", "t": "real",
         "u": "real"}  # fmt: skip
CLASSES = {"bounded": "bounded(a, b, m)", "above": "bounded(0, inf, m)", "any": "random(m, s)"}


@st.composite
def laws(draw, kind, most=4):
    """Values with their chances, and the parameters that the class has for them."""
    low = 0 if kind == "above" else -4
    values = draw(st.lists(st.integers(low, 6), min_size=2, max_size=most, unique=True))
    weights = draw(st.lists(st.integers(1, 9), min_size=len(values), max_size=len(values)))
    chances = [w / sum(weights) for w in weights]
    m = sum(p * v for v, p in zip(values, chances, strict=True))
    square = sum(p * (v - m) ** 2 for v, p in zip(values, chances, strict=True))
    a = min(values) - draw(st.integers(0, 2))
    b = max(values) + draw(st.integers(0, 2))
    at = {"a": float(a), "b": float(b), "m": m, "s": math.sqrt(square)}
    at |= {x: draw(st.sampled_from([-3.0, -1.0, 0.0, 0.5, 1.0, 2.0, 5.0])) for x in "tu"}
    return list(zip(map(float, values), chances, strict=True)), at


@cache
def claim(domain, conclusion):
    return statement({**NAMES, "X": domain}, conclusion)


def mean(law, f):
    return sum(p * f(x) for x, p in law)


MEANS = {  # what a number stands for, of a law and at a point
    "X**2": lambda law, at: mean(law, lambda x: x**2),
    "X**3": lambda law, at: mean(law, lambda x: x**3),
    "X**4": lambda law, at: mean(law, lambda x: x**4),
    "exp(t*X)": lambda law, at: mean(law, lambda x: math.exp(at["t"] * x)),
    "exp(-X/2)": lambda law, at: mean(law, lambda x: math.exp(-x / 2)),
    "|X - m|": lambda law, at: mean(law, lambda x: abs(x - at["m"])),
    "|t*X - u|": lambda law, at: mean(law, lambda x: abs(at["t"] * x - at["u"])),
}
SAID = {"E(X**2)": "X**2", "E(X**3)": "X**3", "E(X**4)": "X**4", "E(exp(t*X))": "exp(t*X)",
        "E(abs(X - m))": "|X - m|", "E(abs(t*X - u))": "|t*X - u|"}  # fmt: skip


def known(said, what):
    """Which mean a number of a claim stands for."""
    return SAID.get(said, what)


@pytest.mark.parametrize("what", MEANS)
@given(laws("bounded"))
def test_theorems_about_means_of_bounded_laws_hold(what, drawn):
    law, at = drawn
    made = claim(CLASSES["bounded"], f"E({what}) <= 0")
    numbers = {q: MEANS[known(said, what)](law, at) for q, said in made.relaxed.said.items()}
    assert numbers
    facts = [r for q in numbers for r in facts_of(made, q)]
    assert facts
    assert not [str(r) for r in facts if not holds(r, {**at, **numbers})]


@pytest.mark.parametrize("what", ["|X - m|", "|t*X - u|"])
@given(laws("any"))
def test_theorems_about_sizes_hold_for_every_law_with_a_variance(what, drawn):
    law, at = drawn
    made = claim(CLASSES["any"], f"E({what}) <= 0")
    (q,) = made.relaxed.said
    facts = facts_of(made, q)
    assert facts
    assert not [str(r) for r in facts if not holds(r, {**at, q: MEANS[what](law, at)})]


EVENTS = {"X {} t": lambda x, a: (x, a["t"]), "t - 2*X {} u": lambda x, a: (a["t"] - 2 * x, a["u"]),
          "|X - m| {} t": lambda x, a: (abs(x - a["m"]), a["t"])}  # fmt: skip
ASKED = [*itertools.product(("bounded", "any"), EVENTS), *(("above", e) for e in list(EVENTS)[:2])]
SEVERAL = {"sum(i, 1, n, X_i)/n {} m + t": lambda x, n, a: (sum(x) / n, a["m"] + a["t"]),
           "|sum(i, 1, n, X_i)/n - m| {} t": lambda x, n, a: (abs(sum(x) / n - a["m"]), a["t"]),
           "sum(i, 1, n, X_i) {} u": lambda x, n, a: (sum(x), a["u"])}  # fmt: skip


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize(("kind", "event"), ASKED)
@given(st.data())
def test_theorems_about_chances_hold(kind, event, relation, data):
    law, at = data.draw(laws(kind))
    made = claim(CLASSES[kind], f"P({event.format(relation)}) <= 2")
    (q,) = made.relaxed.said
    facts = facts_of(made, q)
    assert len(facts) > 2
    sides = ((EVENTS[event](x, at), p) for x, p in law)
    chance = sum(p for (left, right), p in sides if RELATIONS[relation](left, right))
    assert not [str(r) for r in facts if not holds(r, {**at, q: chance})]


@pytest.mark.sample(8)
@pytest.mark.parametrize("relation", [">=", "<"])
@pytest.mark.parametrize("event", SEVERAL)
@pytest.mark.parametrize("kind", ["bounded", "any"])
@given(st.data())
def test_theorems_about_sums_of_draws_hold(kind, event, relation, data):
    law, at = data.draw(laws(kind, 3))
    made = claim(f"sequence of {CLASSES[kind]}", f"P({event.format(relation)}) <= 2")
    (q,) = made.relaxed.said
    facts = facts_of(made, q)
    assert len(facts) > 2
    for n in (1, 2, 3):
        chance = 0.0
        for drawn in itertools.product(law, repeat=n):
            left, right = SEVERAL[event]([x for x, _ in drawn], n, at)
            if RELATIONS[relation](left, right):
                chance += math.prod(p for _, p in drawn)
        wrong = [str(r) for r in facts if not holds(r, {**at, "n": float(n), q: chance})]
        assert not wrong, (n, chance)


@given(laws("bounded"))
def test_a_law_on_two_values_has_the_mean_that_it_says(drawn):
    _, at = drawn
    made = claim("twopoint(a, b, m)", "E(X) == m and E(X**2) == u")
    first, second = (part.conclusion for part in made.pieces)
    assert value(first.left, at) == pytest.approx(at["m"])
    most = (at["a"] + at["b"]) * at["m"] - at["a"] * at["b"]
    assert value(second.left, at) == pytest.approx(most)


def test_a_claim_about_a_class_fails_at_a_member():
    assert member("bounded(a, b, m)") == "twopoint(a, b, m)"
    assert member("sequence of bounded(0, inf, 2*c)") == "sequence of twopoint(0, 2*(2*c), 2*c)"
    assert member("random(m, s)") == "twopoint((m) - (s), (m) + (s), m)"
    assert member("sub-Gaussian(s)") == "normal(0, s)"
    assert member("uniform(a, b)") == "uniform(a, b)"


@pytest.mark.parametrize(
    ("domain", "problem"),
    [
        ("bounded(0, 1)", "both ends and the mean"),
        ("random(1)", "the mean and the standard deviation"),
        ("bounded(1, inf, m)", "begins at 0"),
        ("bounded(1, 0, 1/2)", "no such law"),
        ("bounded(0, 1, 2)", "no such law"),
        ("random(0, -1)", "no such law"),
    ],
)
def test_what_is_no_class_is_refused(domain, problem):
    with pytest.raises(InputError, match=problem):
        statement({**NAMES, "X": domain}, "E(X) <= 1")


@pytest.mark.parametrize(
    ("domain", "asked"),
    [
        ("random(m, s)", "E(X**3)"),
        ("random(m, s)", "E(exp(X))"),
        ("bounded(0, inf, m)", "E(X**2)"),
        ("bounded(a, b, m)", "E(X**5)"),
        ("bounded(a, b, m)", "E(1/X)"),
        ("random(m, s)", "E(X | X >= m)"),
        ("bounded(a, b, m)", "P(X*X - X >= 0)"),
    ],
)
def test_what_a_class_does_not_settle_is_unsupported(domain, asked):
    with pytest.raises(Unsupported):
        statement({**NAMES, "X": domain}, f"{asked} <= 1")


TWO_DRAWS = {"X, Y": "bounded(0, 1, m)", "m, c": "real"}


@pytest.mark.parametrize(
    ("claimed", "needs"),
    [
        ("P(X >= E(Y**2) + 1/c) <= 1", "c > 0"),
        ("P(X >= E(Y**2) + log(c)) <= 1", "c > 0"),
        ("E(|X - E(Y**2)/c|) >= 0", "c != 0"),
        ("P(|X - sqrt(c)*E(Y**2)| >= 1) >= 0", "c >= 0"),
    ],
)
def test_a_theorem_does_not_say_that_what_it_speaks_of_has_a_value(claimed, needs):
    assert prove(statement(TWO_DRAWS, claimed), 1).verdict.value == "undecided"
    made = statement(TWO_DRAWS, claimed, hypotheses={"h": needs})
    assert prove(made, 5).verdict.value == "proved"
