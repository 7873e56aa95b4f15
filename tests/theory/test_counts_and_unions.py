"""Laws on whole numbers, unions of events, conditions on several draws, sums of normal draws."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from tests.theory.by_hand import left, value
from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.expressions import Relation, number
from theory.expressions.arithmetic import over, total
from theory.language.draft import rewritten
from theory.statements import relation_at

quarters = st.integers(-8, 24).map(lambda k: Fraction(k, 4))
operators = st.sampled_from(["<", "<=", ">", ">="])
rates = st.fractions(Fraction(1, 4), 4, max_denominator=8)
LAWS = {
    "poisson": (rates, lambda p: stats.poisson(float(p))),
    "geometric": (st.fractions(Fraction(1, 8), 1, max_denominator=8),
                  lambda p: stats.geom(float(p))),
}  # fmt: skip


def close(a, b):
    return float(a) == pytest.approx(float(b), abs=1e-9)


def said(variables, formula, at=None):
    """The value of a formula as it is read."""
    return value(left(variables, formula).conclusion.left, at or {})


def held(law, operator, bound):
    """The chance that a draw on 0, ..., 200 compares to a bound."""
    ks = range(201)
    return sum(law.pmf(k) for k in ks if Relation(number(0), operator, number(0)).decide(k, bound))


@pytest.mark.parametrize("kind", LAWS)
@given(st.data(), operators, quarters)
def test_chances_of_counts(kind, data, operator, bound):
    parameters, law = LAWS[kind]
    p = data.draw(parameters)
    assert close(said({"X": f"{kind}({p})"}, f"P(2*X - 1 {operator} {2 * bound - 1})"),
                 held(law(p), operator, bound))  # fmt: skip


@pytest.mark.parametrize("kind", LAWS)
@given(st.data(), quarters, quarters)
def test_a_window_of_counts(kind, data, low, high):
    parameters, law = LAWS[kind]
    p = data.draw(parameters)
    expected = sum(law(p).pmf(k) for k in range(201) if low < k <= high)
    assert close(said({"X": f"{kind}({p})"}, f"P({low} < X <= {high})"), expected)


@given(st.data(), st.sampled_from(sorted(LAWS)), st.integers(0, 9))
def test_one_value_of_a_count(data, kind, k):
    parameters, law = LAWS[kind]
    p = data.draw(parameters)
    variables = {"X": f"{kind}(p)", "p": "positive", "n": "natural"}
    first = int(kind == "geometric")
    symbolic = said(variables, f"P(X == n + {first})", {"p": p, "n": k})
    assert close(symbolic, law(p).pmf(k + first))
    assert close(said({"X": f"{kind}({p})"}, f"P(X == {k})"), law(p).pmf(k))
    assert said({"X": f"{kind}({p})"}, f"P(X == {k} + 1/2)") == 0
    with pytest.raises(Unsupported):
        statement({**variables, "t": "real"}, "P(X == t) <= 1")


@given(LAWS["geometric"][0], st.integers(0, 9), operators)
def test_waiting_longer_than_a_symbolic_time(p, k, operator):
    variables = {"X": "geometric(p)", "p": "(0, 1]", "n": "natural"}
    found = said(variables, f"P(X {operator} n + 1)", {"p": p, "n": k})
    assert close(found, held(LAWS["geometric"][1](p), operator, k + 1))


@given(st.fractions(0, 1, max_denominator=8), st.integers(1, 9), operators)
def test_whether_there_is_a_success(p, n, operator):
    variables = {"p": "[0, 1]", "n": "integer >= 1"}
    for drawn, e in (("binomial(n, p)", "X"), ("sequence of bernoulli(p)", "sum(i, 1, n, X_i)")):
        found = said({"X": drawn, **variables}, f"P({e} {operator} 1/2)", {"p": p, "n": n})
        assert close(found, held(stats.binom(n, float(p)), operator, Fraction(1, 2)))


@pytest.mark.parametrize("kind", LAWS)
@given(st.data(), operators, st.integers(0, 44).map(lambda k: Fraction(k, 2)))
def test_an_instance_has_the_chance_or_no_value(kind, data, operator, bound):
    """A bound by a formula: what is looked at for counterexamples is a chance wherever it is."""
    parameters, law = LAWS[kind]
    p = data.draw(parameters)
    made = statement({"X": f"{kind}(p)", "p": "positive", "t": "real"},
                     f"P(X {operator} t) >= -1000000")  # fmt: skip
    ((_, case),) = made.instances
    at = {"p": p, "t": bound}
    parts = [part for part in case.pieces
             if all(relation_at(r, at) is not False for r in part.hypotheses.values())]  # fmt: skip
    assert len(parts) == 1
    if "log" not in {n.head for n in parts[0].conclusion.left.walk()}:
        assert close(value(parts[0].conclusion.left, at), held(law(p), operator, bound))


@given(rates, rates, st.integers(0, 5))
def test_poisson_draws_add_up(a, b, k):
    drawn = {"X": f"poisson({a})", "Y": f"poisson({b})"}
    assert close(said(drawn, f"P(X + Y >= {k})"), stats.poisson(float(a + b)).sf(k - 1))
    with pytest.raises(Unsupported):
        statement(drawn, f"P(X + 2*Y >= {k}) <= 1")


# Unions and conditions ----------------------------------------------------------------------------

DRAWN = {"X": "exponential(1)", "Y": "normal(1, 2)", "U": "uniform(0, 2)"}
EXACT = {"X": stats.expon(), "Y": stats.norm(1, 2), "U": stats.uniform(0, 2)}
EVENTS = st.tuples(st.sampled_from(sorted(DRAWN)), operators, quarters)


def _cells(wanted, events):
    cuts = {x: sorted({float(t) for y, _, t in events if y == x}) for x in DRAWN}
    edges = {x: [-math.inf, *ts, math.inf] for x, ts in cuts.items()}
    found = 0.0
    for i in np.ndindex(*(len(e) - 1 for e in edges.values())):
        inside = {x: (e[k], e[k + 1]) for (x, e), k in zip(edges.items(), i, strict=True)}
        weight = math.prod(EXACT[x].cdf(b) - EXACT[x].cdf(a) for x, (a, b) in inside.items())
        truths = [(inside[x][1] <= t) == (o[0] == "<") for x, o, t in events]
        found += weight * wanted(truths)
    return found


SHAPES = {
    "{0} or {1}": lambda t: t[0] or t[1],
    "{0} or {1} or {2}": lambda t: t[0] or t[1] or t[2],
    "({0} or {1}) and {2}": lambda t: (t[0] or t[1]) and t[2],
    "({0} or {1}) and ({2} or {3})": lambda t: (t[0] or t[1]) and (t[2] or t[3]),
    "{0} and {1} or {2} and {3}": lambda t: (t[0] and t[1]) or (t[2] and t[3]),
}


@pytest.mark.parametrize("shape", SHAPES)
@given(st.lists(EVENTS, min_size=4, max_size=4))
def test_unions_of_events(shape, events):
    texts = [f"{x} {operator} {t}" for x, operator, t in events]
    whole = shape.format(*texts)
    try:
        found = said(DRAWN, f"P({whole})")
    except InputError as problem:
        assert "unions" in str(problem)  # noqa: PT017
        return
    used = events[: 1 + max(int(k) for k in "0123" if f"{{{k}}}" in shape)]
    assert close(found, _cells(SHAPES[shape], used))


@given(EVENTS, EVENTS, EVENTS)
def test_a_union_given_an_event(a, b, c):
    texts = [f"{x} {operator} {t}" for x, operator, t in (a, b, c)]
    below = _cells(lambda t: t[2], [a, b, c])
    assume(below > 1e-3)
    expected = _cells(lambda t: (t[0] or t[1]) and t[2], [a, b, c]) / below
    found = said(DRAWN, f"P({texts[0]} or {texts[1]} | {texts[2]})")
    assert float(found) == pytest.approx(expected, abs=1e-6)


def layered(variables, hypotheses=None):
    layers = {"variables": variables, "hypotheses": hypotheses or {}, "start": {"S": "0"},
              "next": {"S": "S + g"}}  # fmt: skip
    return statement({"G": "positive"}, "S >= 0", layers=layers).layers


def test_a_domain_in_layers_is_a_hypothesis_of_each():
    said_, meant = layered({"g": "[0, G)"}), layered({"g": "nonnegative"}, {"h": "g < G"})
    assert said_.variables == meant.variables
    assert list(said_.hypotheses.values()) == list(meant.hypotheses.values())
    for domain, kind in {"[0, inf)": "nonnegative", "(0, inf)": "positive"}.items():
        assert layered({"g": domain}) == layered({"g": kind})
    for domain in ("vector", "gaussian", "{-1, 1}", "matrix(2, 2)"):
        with pytest.raises((InputError, Unsupported)):
            layered({"g": domain})


FORMULAS = {
    "X*Y + X": lambda m: m["X"] * m["Y"] + m["X"],
    "(X + 1)*(Y - U)": lambda m: (m["X"] + 1) * (m["Y"] - m["U"]),
    "3 - X*U*Y": lambda m: 3 - m["X"] * m["U"] * m["Y"],
    "2": lambda m: 2,
}


@pytest.mark.parametrize("formula", FORMULAS)
@given(st.fractions(0, 2, max_denominator=4), st.fractions(-2, 2, max_denominator=4))
def test_means_given_events_about_several_draws(formula, t, a):
    """Independent draws are so under conditions on each of them."""
    means = {
        "X": float(t) + 1,
        "U": 1.0,
        "Y": stats.truncnorm(float(a - 1) / 2, np.inf, 1, 2).mean(),
    }
    found = said(DRAWN, f"E({formula} | X >= {t} and Y >= {a})")
    assert float(found) == pytest.approx(FORMULAS[formula](means), abs=1e-6)


DISTANCES = {"exponential(1)": 1.0, "uniform(0, 3)": 1.0, "laplace(1)": 1.5,
             "normal(0, 1)": 2 / math.sqrt(math.pi)}  # fmt: skip


@pytest.mark.parametrize("law", DISTANCES)
@given(st.fractions(0, 2, max_denominator=4), st.sampled_from(["|X - Y|", "U*|2*Y - 2*X|"]))
def test_a_distance_is_one_by_laws_that_no_condition_has_changed(law, t, size):
    """|X - Y| is not in law what it was, given X >= t or Y >= t; given U >= t it is."""
    variables, factor = {"X": law, "Y": law, "U": "exponential(1)"}, 1 if size[0] == "|" else 2
    mean = float(t) + 1 if factor == 2 else 1.0
    assert close(said(variables, f"E({size} | U >= {t})"), factor * mean * DISTANCES[law])
    for events in (f"X >= {t}", f"Y >= {t}", f"X >= {t} and Y >= {t}", f"U >= {t} and X >= {t}"):
        with pytest.raises(Unsupported):
            statement(variables, f"E({size} | {events}) >= 0")


IMPOSSIBLE = {"exponential(1)": "X <= -1", "uniform(0, 2)": "X >= 3", "rademacher": "X >= 2",
              "bernoulli(1/3)": "X < 0", "laplace(1)": "1 <= X <= 0"}  # fmt: skip


@pytest.mark.parametrize("law", IMPOSSIBLE)
@pytest.mark.parametrize("formula", ["X", "0*X", "2*X^2", "0"])
def test_given_what_never_happens_there_is_no_mean(law, formula):
    with pytest.raises(ZeroDivisionError):
        said({"X": law}, f"E({formula} | {IMPOSSIBLE[law]})")


def test_a_closed_form_that_is_too_deep_is_one_line():
    with pytest.raises(InputError, match="inside one another"):
        said({"p": "poisson(l)", "l": "positive", "q": "poisson(1)", "d": "real", "s": "positive"},
             "Var((p + d*p + q/2)^2*(p/4 + s*q))")  # fmt: skip


def test_a_condition_without_chance_gives_no_mean():
    variables = {"w": "gaussian", "U": "uniform(0, 1)", "t": "real"}
    assert close(said(variables, "E(w | U >= t)", {"t": 0.5}), 0)
    with pytest.raises(ZeroDivisionError):
        said(variables, "E(w | U >= t)", {"t": 2})


# Normal draws, and many ---------------------------------------------------------------------------


@given(*[st.fractions(-2, 2, max_denominator=8)] * 5)
def test_normal_draws_add_up(m, a, b, t, s):
    """X is m + (1 + s^2) v in law: a X + b w is normal around a m, with the sum of variances."""
    scale, mean = 1 + s**2, float(a * m)
    square = a**2 * scale**2 + b**2
    assume(square)
    drawn, u = {"X": f"normal({m}, {scale})", "w": "normal(0, 1)"}, f"(({a})*X + ({b})*w)"
    size = math.sqrt(square)
    folded = size * math.sqrt(2 / math.pi) * math.exp(-((mean / size) ** 2) / 2)
    folded += mean * math.erf(mean / size / math.sqrt(2))
    if a and b:
        assert close(said(drawn, f"E(|{u}|)"), folded)
        assert close(said(drawn, f"E(max({u}, 0))"), (folded + mean) / 2)
    assert close(said(drawn, f"P({u} >= {t})"), stats.norm(mean, size).sf(float(t)))


@given(st.fractions(-2, 2, max_denominator=8), st.fractions(Fraction(1, 8), 3, max_denominator=8))
def test_a_positive_slope_may_be_a_variable(x, s):
    found = said({"w": "gaussian", "x": "real", "s": "positive"}, "E(relu(x + s*w))",
                 {"x": x, "s": s})  # fmt: skip
    ratio = float(x) / float(s)
    expected = float(s) * (ratio * stats.norm.cdf(ratio) + stats.norm.pdf(ratio))
    assert close(found, expected)


def of_one_sign(e):
    if e.head != "E":
        return e
    (w,) = e.names
    ends = (e.args[0].substitute({w: number(k)}) for k in (1, -1))
    return over(total(*ends), number(2))


@given(st.lists(st.fractions(-1, 1, max_denominator=4), min_size=12, max_size=14))
def test_of_many_signs_not_all_outcomes_are_added(a):
    drawn = {f"e_{i}": "rademacher" for i in range(1, len(a) + 1)}
    terms = [f"({c})*e_{i}" for i, c in enumerate(a, 1)]

    def found(formula):  # of a formula in one sign, the core adds two values
        e = rewritten(left(drawn, f"E({formula})").conclusion.left, of_one_sign)
        return value(e, {})

    product_, sum_ = "*".join(f"(1 + {t})" for t in terms), " + ".join(terms)
    assert close(found(product_), 1)
    assert close(found(f"({sum_})^2"), sum(c**2 for c in a))
    assert close(found(f"e_1*{product_}"), a[0])
    assert close(found(f"exp({sum_})"), math.prod(math.cosh(c) for c in a))


@given(st.integers(1, 6), st.fractions(0, 3, max_denominator=8))
def test_the_greatest_size(n, t):
    variables = {"w": "sequence of gaussian", "n": "integer >= 1", "t": "nonnegative"}
    found = said(variables, "P(max(i, 1, n, |w_i|) <= t)", {"n": n, "t": t})
    assert close(found, math.erf(float(t) / math.sqrt(2)) ** n)


@pytest.mark.parametrize("law", ["gaussian", "rademacher", "normal(0, 2)"])
@pytest.mark.parametrize("n", [1, 2, 5, 20])
def test_theorems_about_the_greatest_size_hold(law, n):
    made = statement({"w": f"sequence of {law}", "n": "integer >= 1"},
                     "E(max(i, 1, n, |w_i|)) <= 1000000")  # fmt: skip
    scale = 2 if "2" in law else 1
    draws = np.abs(np.random.default_rng(0).normal(size=(20_000, n)) * scale).max(axis=1)
    truth = 1.0 if law == "rademacher" else draws.mean()
    ((q, _),) = made.relaxed.said.items()
    for part in made.pieces:
        for r in part.hypotheses.values():
            if q in r.left.names:
                low, high = (value(e, {q: truth, "n": n}) for e in (r.left, r.right))
                assert low <= high + 0.02 if r.operator == "<=" else low >= high - 0.02


COMBINED = {
    "X": ("normal(1, 2)", lambda g, n: 1 + 2 * g.normal(size=n)),
    "U": ("uniform(-1, 3)", lambda g, n: g.uniform(-1, 3, size=n)),
    "B": ("bernoulli(1/3)", lambda g, n: g.random(n) < 1 / 3),
    "e": ("rademacher", lambda g, n: g.choice([-1, 1], size=n)),
}


@given(*[st.integers(-2, 2)] * 4, st.integers(-6, 12))
def test_theorems_about_sums_of_subgaussian_draws_hold(a, b, c, d, t):
    slopes = dict(zip(COMBINED, (a, b, c, d), strict=True))
    assume(b and sum(map(bool, slopes.values())) > 1)
    u = " + ".join(f"({k})*{x}" for x, k in slopes.items())
    made = statement({x: law for x, (law, _) in COMBINED.items()}, f"P({u} >= {t}) <= 1000000")
    g = np.random.default_rng(1)
    draws = sum(k * COMBINED[x][1](g, 20_000) for x, k in slopes.items())
    truth = float(np.mean(draws >= t))
    ((q, _),) = made.relaxed.said.items()
    bounds = [r for part in made.pieces for n, r in part.hypotheses.items() if q in r.left.names]
    assert any(n.head == "exp" for r in bounds for n in r.right.walk())
    for r in bounds:
        low, high = (value(e, {q: truth}) for e in (r.left, r.right))
        assert low <= high + 0.02 if r.operator == "<=" else low >= high - 0.02
