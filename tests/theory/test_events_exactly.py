"""Chances of events and means under them, of laws for which all of it is a fraction."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from theory.claims import statement
from theory.errors import Unsupported
from theory.expressions import rational_value
from theory.statements import relation_at

HALF = Fraction(1, 2)
ATOMS = {
    "bernoulli(1/3)": {1: Fraction(1, 3), 0: Fraction(2, 3)},
    "binomial(2, 1/4)": {0: Fraction(9, 16), 1: Fraction(6, 16), 2: Fraction(1, 16)},
}
LOW, HIGH = Fraction(-1), Fraction(2)  # of a uniform law
COMPARED = {
    "<": Fraction.__lt__,
    "<=": Fraction.__le__,
    ">": Fraction.__gt__,
    ">=": Fraction.__ge__,
}
small = st.integers(-4, 4).map(lambda k: Fraction(k, 2))
slopes = small.filter(bool)
operators = st.sampled_from(sorted(COMPARED))


def asked(variables, text, **at):
    """The value of a formula as it is read; None where there is none."""
    try:
        made = statement({**variables, **dict.fromkeys(at, "real")}, f"{text} >= 0")
    except Unsupported:
        assume(False)
    found = set()
    for part in made.pieces:
        if all(relation_at(r, at) is not False for r in part.hypotheses.values()):
            try:
                found.add(rational_value(part.obligation.left, at))
            except ZeroDivisionError:
                found.add(None)
    return None if None in found else max(found, key=abs)


def cut(slope, operator, shift):
    """Where slope*U + shift compares to 0, as an interval of the uniform law."""
    at = min(max(-shift / slope, LOW), HIGH)
    return (LOW, at) if (operator[0] == "<") == (slope > 0) else (at, HIGH)


def powers(ends, k):
    """The integral of u^k over an interval, by the length of all."""
    return (ends[1] ** (k + 1) - ends[0] ** (k + 1)) / (k + 1) / (HIGH - LOW)


UNIFORM = {"U": "uniform(-1, 2)"}
EVENT = st.tuples(slopes, operators, small)


@given(EVENT, EVENT, st.integers(0, 2), st.integers(0, 2))
def test_chances_and_means_over_intervals(first, second, k, joined):
    events = [first, second][: max(1, joined)]
    shown = " and ".join(f"({s})*U + ({c}) {o} 0" for s, o, c in events)
    ends = [cut(*e) for e in events]
    inside = max(a for a, _ in ends), min(b for _, b in ends)
    inside = inside[0], max(inside)
    chance = powers(inside, 0)
    assert asked(UNIFORM, f"P({shown})") == chance
    if chance:
        given_ = powers(inside, k) / chance
        assert asked(UNIFORM, f"E(3*U**{k} - c | {shown})", c=HALF) == 3 * given_ - HALF


@given(slopes, small, st.sampled_from([1, 2, 3]), st.sampled_from(["abs", "max", "min"]))
def test_means_of_sizes_and_extrema(slope, shift, k, head):
    """E |sU + c| and its like, with s of either sign, and of U^k times it."""
    at = min(max(-shift / slope, LOW), HIGH)
    parts = {(LOW, at): slope < 0, (at, HIGH): slope > 0}  # where it is positive
    weights = {"abs": (1, -1), "max": (1, 0), "min": (0, 1)}[head]
    expected = sum(
        weights[0 if above else 1] * (slope * powers(e, k + 1) + shift * powers(e, k))
        for e, above in parts.items()
    )
    u = f"({slope})*U + ({shift})"
    text = f"|{u}|" if head == "abs" else f"{head}({u}, 0)"
    assert asked(UNIFORM, f"E(U**{k}*{text})") == expected
    assert asked(UNIFORM, f"E(U**{k}*{text}/a)", a=Fraction(0)) is None


@given(slopes, slopes, small, operators, st.tuples(*[st.sampled_from(sorted(ATOMS))] * 2))
def test_chances_of_finitely_many_values(a, b, c, operator, laws):
    names = dict(zip("XY", laws, strict=True))
    every = [((x, y), p * q) for (x, p), (y, q) in product(*(ATOMS[w].items() for w in laws))]
    held = [(v, p) for v, p in every if COMPARED[operator](a * v[0] + b * v[1] + c, Fraction(0))]
    event = f"({a})*X + ({b})*Y + ({c}) {operator} 0"
    chance = sum((p for _, p in held), Fraction(0))
    assert asked(names, f"P({event})") == chance
    both = sum((p for v, p in held if v[0] >= 1), Fraction(0))
    assert asked(names, f"P({event} and X >= 1)") == both
    if chance:
        assert asked(names, f"P(X >= 1 | {event})") == both / chance


@given(small, operators, st.sampled_from(sorted(ATOMS)))
def test_means_given_an_event_about_one_draw(c, operator, law):
    held = [(x, p) for x, p in ATOMS[law].items() if COMPARED[operator](x + c, Fraction(0))]
    chance = sum((p for _, p in held), Fraction(0))
    expected = sum(x * x * p for x, p in held) / chance if chance else None
    assert asked({"X": law}, f"E(X**2 | X + c {operator} 0)", c=c) == expected


@pytest.mark.parametrize("k", [0, 1, 2, 3])
def test_the_mean_of_copies_is_a_power(k):
    assert asked({"X": "bernoulli(1/3)"}, f"E(prod(X + 1, {k}))") == Fraction(4, 3) ** k


OTHERS = ["laplace(1)", "chi2(3)", "exponential(1)", "poisson(1)", "geometric(1/2)"]
SUBGAUSSIAN = ["uniform(0, 1)", "unit", "subgaussian(1)"]


@pytest.mark.parametrize("law", OTHERS + SUBGAUSSIAN)
@pytest.mark.parametrize("text", ["P({} >= 1/2)", "E(|{}|)", "E(max({}, 1))"])
def test_only_normal_draws_are_added_up(law, text):
    """A sum with a draw of another law is not normal: there is no formula."""
    drawn = {"X": law, "w": "normal(0, 1)", "v": "gaussian"}
    said = f"{text.format('X + v + w - w')} >= 0"
    if law in SUBGAUSSIAN and text[0] == "P":  # but a tail, of which theorems are known
        assert statement(drawn, said).relaxed is not None
    else:
        with pytest.raises(Unsupported):
            statement(drawn, said)


NORMAL = {"v": "gaussian", "w": "gaussian"}
MERGED = ["(|v + w| + v)^2", "|v + w|*v", "|v + w|*|v - w|", "(|v + w| - 1)^2*w", "exp(|v + w|)",
          "|v + w|^2*v", "(|v + w| - |v|)^3", "-v*(1 - |v + w|)"]  # fmt: skip


@pytest.mark.parametrize("formula", MERGED)
def test_the_size_of_a_sum_of_draws_is_multiplied_by_none_of_them(formula):
    """|v + w| has the law of sqrt(2)*|v|, but it is not that: the mean stays as it is."""
    made = statement(NORMAL | {"c": "real"}, f"E({formula} + c) >= 0")
    assert made.conclusion.left.head == "E"
