"""Chances and greatest draws without a formula: every theorem that is assumed holds, by counting.

The events are linear in a draw, in a sum of draws, or in the size of one; what a claim about them
assumes is compared with the chance itself, for all small n.
"""

import itertools
import math

import pytest

from tests.theory.test_signs import value
from theory.claims import statement
from theory.errors import InputError, Unsupported

NAMES = {"n": "integer >= 1", "s": "positive", "t": "positive", "u": "real", "q": "nonnegative"}
POINTS = [dict(zip("stu", at, strict=True)) | {"q": 1.0}
          for at in itertools.product((0.5, 2.0), (0.5, 1.0, 3.0), (-2.0, 0.0, 1.5))]  # fmt: skip
RELATIONS = {">=": float.__ge__, ">": float.__gt__, "<=": float.__le__, "<": float.__lt__}


def outcomes(law, n):
    """What n draws, or one draw that depends on n, may be, with their chances."""
    match law:
        case "signs":
            return [(x, 0.5**n) for x in itertools.product((-1.0, 1.0), repeat=n)]
        case "coins":
            return [(x, 0.25 ** sum(x) * 0.75 ** (n - sum(x)))
                    for x in itertools.product((0.0, 1.0), repeat=n)]  # fmt: skip
    return [((float(k),), math.comb(n, k) * 0.5**n) for k in range(n + 1)]


LAWS = {"signs": "sequence of rademacher", "coins": "sequence of bernoulli(1/4)",
        "one": "binomial(n, 1/2)"}  # fmt: skip
SIDES = {  # the left and the right of an event in the sum x of all draws, with its weights
    "{}": lambda x, a: (x, a["t"]),
    "-{}": lambda x, a: (-x, a["u"]),
    "s*{} - t": lambda x, a: (a["s"] * x - a["t"], a["u"]),
    "u - 2*{}": lambda x, a: (a["u"] - 2 * x, a["t"]),
    "{}/s + u": lambda x, a: (x / a["s"] + a["u"], a["t"]),
    "|{}|": lambda x, a: (abs(x), a["t"]),
    "-|{}|": lambda x, a: (-abs(x), -a["t"]),
    "s*|{} - n/2|": lambda x, a: (a["s"] * abs(x - a["n"] / 2), a["t"]),
    "|{} - n/4| - 1": lambda x, a: (abs(x - a["n"] / 4) - 1, a["u"]),
    "t - s*|2*{} - 1|": lambda x, a: (a["t"] - a["s"] * abs(2 * x - 1), a["u"]),
    "|u - t*{}|": lambda x, a: (abs(a["u"] - a["t"] * x), a["s"]),
    "1 - |n/2 - {}|": lambda x, a: (1 - abs(a["n"] / 2 - x), a["u"]),
}
RIGHT = {"{}": "t", "-{}": "u", "s*{} - t": "u", "u - 2*{}": "t", "{}/s + u": "t", "|{}|": "t",
         "-|{}|": "-t", "s*|{} - n/2|": "t", "|{} - n/4| - 1": "u", "t - s*|2*{} - 1|": "u",
         "|u - t*{}|": "s", "1 - |n/2 - {}|": "u"}  # fmt: skip


def facts_of(made, q):
    """What is assumed of a number."""
    assumed = [*made.hypotheses.values(),
               *(h for p in made.parts for h in p.hypotheses.values())]  # fmt: skip
    return [r for r in assumed if q in r.names]


def holds(r, at):
    a, b = value(r.left, at), value(r.right, at)
    gap = a - b if r.operator == "<=" else b - a
    return gap <= 1e-9 * (1 + abs(a) + abs(b))


@pytest.mark.sample(40)
@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("side", SIDES)
def test_what_is_assumed_of_a_chance_is_true_of_it(law, relation, side):
    x = "X" if law == "one" else "sum(i, 1, n, X_i)"
    event = f"{side.replace('{}', x)} {relation} {RIGHT[side]}"
    made = statement({**NAMES, "X": LAWS[law]}, f"P({event}) <= 2")
    (q,) = made.relaxed.said
    facts = facts_of(made, q)
    assert len(facts) > 2
    for n in (1, 2, 5):
        for at in POINTS:
            here = {**at, "n": float(n)}
            sides = [(SIDES[side](sum(draws), here), p) for draws, p in outcomes(law, n)]
            chance = sum(p for (a, b), p in sides if RELATIONS[relation](float(a), float(b)))
            wrong = [str(r) for r in facts if not holds(r, {**here, q: chance})]
            assert not wrong, (n, at, chance)


WEIGHTS = {"s": lambda i, a: a["s"], "1/i": lambda i, a: 1 / i, "-2": lambda i, a: -2.0,
           "u": lambda i, a: a["u"]}  # fmt: skip


@pytest.mark.sample(12)
@pytest.mark.parametrize("law", ["signs", "coins"])
@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("shift", ["", " + 1", " - t/i"])
def test_what_is_assumed_of_a_weighted_sum_is_true_of_it(law, weight, shift):
    shifts = {"": lambda i, a: 0.0, " + 1": lambda i, a: 1.0, " - t/i": lambda i, a: -a["t"] / i}
    event = f"sum(i, 1, n, {weight}*X_i{shift}) >= t"
    made = statement({**NAMES, "X": LAWS[law]}, f"P({event}) <= 2")
    (q,) = made.relaxed.said
    for n, at in itertools.product((1, 2, 4), POINTS):
        chance = sum(
            p for draws, p in outcomes(law, n)
            if sum(WEIGHTS[weight](i, at) * x + shifts[shift](i, at)
                   for i, x in enumerate(draws, 1)) >= at["t"]
        )  # fmt: skip
        unrolled = made if made.layers is None else made.unrolled(n - 1)
        here = {**at, "n": float(n), q: chance}
        relations = [unrolled.expand(r) for r in facts_of(unrolled, q)]
        assert len(relations) > 2
        assert all(holds(r, here) for r in relations), (n, at, chance)


EXTREMA = {
    "max(i, 1, n, X_i)": lambda x: max(x),
    "min(i, 1, n, X_i)": lambda x: min(x),
}


@pytest.mark.parametrize("law", ["signs", "coins"])
@pytest.mark.parametrize("formula", EXTREMA)
def test_what_is_assumed_of_the_greatest_and_the_least_draw_is_true_of_it(law, formula):
    made = statement({**NAMES, "X": LAWS[law]}, f"E({formula}) <= 2")
    (q,) = made.relaxed.said
    facts = facts_of(made, q)
    assert len(facts) == 2
    for n in (1, 2, 6):
        mean = sum(p * EXTREMA[formula](x) for x, p in outcomes(law, n))
        assert all(holds(r, {q: mean, "n": float(n)}) for r in facts), n


@pytest.mark.parametrize("formula", [
    "E(max(i, 1, n, X_i^2))", "E(max(i, 1, n, 2*X_i))", "E(min(i, 1, n, |X_i|))",
    "E(max(i, 1, n, X_i + Y_i))", "E(max(i, 1, n, X_i + i))", "E(max(i, 2, n, X_i))",
    "E(max(i, 1, n, X_1))", "E(max(i, 1, n, X_i)^2)", "E(max(i, 1, 3, X_i))",
    "P(u*sum(i, 1, n, X_i) >= t)", "P(q*sum(i, 1, n, X_i) >= t)", "P(sum(i, 1, n, X_i) == t)",
    "P(sum(i, 1, n, X_i)^2 >= t)", "P(|sum(i, 1, n, X_i)| + sum(i, 1, n, X_i) >= t)",
    "P(X_1 >= t)", "P(sum(i, 1, n, X_i*Y_i) >= t)", "P(sum(i, 1, n, X_i^2) >= t)",
    "P(sum(i, 1, n, X_i) >= sum(i, 1, n, Y_i))", "P(Z >= t and Z <= u)", "P(|u*Z| >= t)",
    "P(u*|Z| >= t)", "P(Z*Z >= t)", "P(|Z|*Z >= t)", "P(|Z| + Z >= t)", "P(|Z| + |Z - 1| >= t)",
    "P(Z >= W)", "P(exp(Z) >= t)", "P(Z/W >= t)", "P(Z >= t | Z <= u)", "P(|Z*|Z|| >= t)",
    "P(q*Z >= t)",
])  # fmt: skip
def test_of_other_chances_and_extrema_nothing_is_assumed(formula):
    names = {**NAMES, "X": LAWS["signs"], "Y": LAWS["coins"], "Z": LAWS["one"], "W": "poisson(1)"}
    with pytest.raises((Unsupported, InputError)):
        statement(names, f"{formula} <= 2")


def test_there_is_no_greatest_of_no_draws():
    names = {"n": "natural", "X": "sequence of rademacher"}
    with pytest.raises(Unsupported, match="assume n >= 1"):
        statement(names, "E(max(i, 1, n, X_i)) <= 2")


def test_theorems_chosen_by_the_sign_of_a_constant_are_not_used_for_another_one():
    """P(X >= n + d) <= exp(-...) is Chernoff's for d >= 0; for d = -3 the chance may be 1."""
    made = statement(
        {"X": "chi2(n)", "n": "integer in [1, 2]"}, "P(X >= n + d) <= 0.999", constants={"d": 3}
    )
    assert made.with_constants(d=20).constants["d"] == 20
    for d in (0, -3):
        with pytest.raises(InputError, match="another sign"):
            made.with_constants(d=d)
