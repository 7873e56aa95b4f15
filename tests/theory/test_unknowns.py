"""What is assumed of chances and means without a formula holds of them: against SciPy."""

import math
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, special, stats

from proofs.evidence.verdicts import ASSUMED, Verdict
from proofs.refutation.refute import refute
from proofs.refutation.standalone import script
from proofs.search import prove
from theory.errors import Unsupported
from theory.language.reading import statement

N = {"n": "integer >= 1"}
SIGNS = {**N, "X": "sequence of rademacher", "t": "real"}


@cache
def read(claim, **names):
    return statement(names, claim)


def value(e, at):
    """A formula in floating point."""
    parts = [value(a, at) for a in e.args]
    match e.head:
        case "number":
            return float(e.value)
        case "name":
            return math.pi if e.name == "pi" else at[e.name]
        case "neg":
            return -parts[0]
        case "+" | "-" | "*" | "/" | "**":
            operate = {"+": float.__add__, "-": float.__sub__, "*": float.__mul__,
                       "/": float.__truediv__, "**": float.__pow__}  # fmt: skip
            return operate[e.head](*map(float, parts))
        case "max":
            return max(parts)
        case "abs":
            return abs(parts[0])
    return getattr(math, e.head)(*parts)


def assumed_of(claim, at):
    """Every theorem about the chance or mean, at a point with its true value."""
    (q,) = claim.relaxed.said
    hypotheses = [*claim.hypotheses.values(),
                  *(h for p in claim.parts for h in p.hypotheses.values())]  # fmt: skip
    facts = [h for h in hypotheses if q in h.left.names | h.right.names]
    assert len(facts) >= 2
    for r in facts:
        gap = value(r.left, at) - value(r.right, at)
        assert (gap if r.operator == "<=" else -gap) <= 1e-9, (str(r), at)


REALS = st.floats(-30, 60, allow_nan=False)


@pytest.mark.parametrize("event", ["X >= u", "X <= u", "|X - 3| >= u", "|X - n*p| >= u"])
@given(st.integers(1, 25), st.floats(0.01, 0.99), REALS)
def test_of_a_binomial_law(event, n, p, u):
    names = {**N, "p": "(0, 1)", "u": "real", "X": "binomial(n, p)"}
    claim, law = read(f"P({event}) <= 2", **names), stats.binom(n, p)
    _tail(claim, law, event, {"n": n, "p": p, "u": u}, range(n + 1))


@pytest.mark.parametrize("event", ["X >= u", "X <= u", "|X - 2*l| >= u"])
@given(st.floats(0.01, 20), REALS)
def test_of_a_law_of_poisson(event, l, u):  # noqa: E741
    claim = read(f"P({event}) <= 2", l="positive", u="real", X="poisson(l)")
    _tail(claim, stats.poisson(l), event, {"l": l, "u": u}, range(200))


def _tail(claim, law, event, at, values):
    holds = eval(f"lambda X, n=0, p=0, l=0, u=0: {event.replace('|X', 'abs(X').replace('|', ')')}")
    chance = sum(law.pmf(k) for k in values if holds(k, **at))
    assumed_of(claim, {**at, "chance": min(1.0, chance)})


@pytest.mark.parametrize("event", ["X >= u", "X <= u", "X <= n + u", "X >= n + u"])
@given(st.integers(1, 50), REALS)
def test_of_a_chi_square_law(event, n, u):
    claim = read(f"P({event}) <= 2", **N, u="real", X="chi2(n)")
    end = u + n * ("n" in event)
    chance = (stats.chi2.sf if ">" in event else stats.chi2.cdf)(end, n)
    assumed_of(claim, {"n": n, "u": u, "chance": chance})


@pytest.mark.parametrize("event", ["sum(i, 1, n, X_i)/n >= t", "|sum(i, 1, n, X_i)| >= t"])
@given(st.integers(1, 20), st.floats(-3, 12))
def test_of_sums_of_signs(event, n, t):
    claim = read(f"P({event}) <= 2", **SIGNS)
    sums = {2 * k - n: stats.binom(n, 0.5).pmf(k) for k in range(n + 1)}
    holds = (lambda s: s / n >= t) if "/n" in event else (lambda s: abs(s) >= t)
    assumed_of(claim, {"n": n, "t": t, "chance": sum(p for s, p in sums.items() if holds(s))})


COINS = {**N, "p": "[0, 1]", "X": "sequence of bernoulli(p)"}
OF_COINS = {
    "sum(i, 1, n, X_i) - n*p >= u": lambda s, n, p, u: s - n * p >= u,
    "sum(i, 1, n, X_i) >= n*(p + u)": lambda s, n, p, u: s >= n * (p + u),
    "sum(i, 1, n, X_i)/n - p >= u": lambda s, n, p, u: s / n - p >= u,
    "p - sum(i, 1, n, X_i)/n > u": lambda s, n, p, u: p - s / n > u,
    "|sum(i, 1, n, X_i) - n*p| >= n*u": lambda s, n, p, u: abs(s - n * p) >= n * u,
    "|sum(i, 1, n, X_i)/n - p| >= u": lambda s, n, p, u: abs(s / n - p) >= u,
}


@pytest.mark.parametrize("event", OF_COINS)
@given(st.integers(1, 20), st.integers(0, 16), st.floats(-2, 2))
def test_of_sums_and_averages_of_coins(event, n, p, u):
    claim, p = read(f"P({event}) <= 2", **COINS, u="real"), p / 16
    law = stats.binom(n, p)
    chance = sum(law.pmf(s) for s in range(n + 1) if OF_COINS[event](s, n, p, u))
    assumed_of(claim, {"n": n, "p": p, "u": u, "chance": min(1.0, chance)})


SUMS = {  # laws of a draw, and of a sum of n draws
    "exponential(r)": lambda n, r: stats.gamma(n, scale=1 / r),
    "poisson(r)": lambda n, r: stats.poisson(n * r),
    "chi2(3)": lambda n, r: stats.chi2(3 * n),
}
OF_SUMS = {
    "sum(i, 1, n, X_i) >= u": lambda s, n, u: s >= u,
    "sum(i, 1, n, X_i - 1)/n <= u": lambda s, n, u: (s - n) / n <= u,
    "sum(i, 1, n, 2*X_i)/n > u": lambda s, n, u: 2 * s / n > u,
    "|sum(i, 1, n, X_i) - 2*n| >= u": lambda s, n, u: abs(s - 2 * n) >= u,
}


@pytest.mark.parametrize("law", SUMS)
@pytest.mark.parametrize("event", OF_SUMS)
@given(st.integers(1, 12), st.integers(1, 12), st.floats(-3, 30))
def test_of_sums_with_a_law_of_their_own(law, event, n, r, u):
    names = {**N, "r": "positive", "u": "real", "X": f"sequence of {law}"}
    claim, known, holds = read(f"P({event}) <= 2", **names), SUMS[law](n, r / 4), OF_SUMS[event]
    if law.startswith("poisson"):
        chance = sum(known.pmf(k) for k in range(150) if holds(k, n, u))
    else:  # the interval on which it holds, or does not
        ends = {
            "sum(i, 1, n, X_i) >= u": (u, math.inf),
            "sum(i, 1, n, 2*X_i)/n > u": (n * u / 2, math.inf),
            "|sum(i, 1, n, X_i) - 2*n| >= u": (2 * n - u, 2 * n + u),
        }
        low, high = ends.get(event, (-math.inf, n * u + n))
        inside = max(0.0, known.cdf(high) - known.cdf(low))
        chance = 1 - inside if "|" in event else inside
    assumed_of(claim, {"n": n, "r": r / 4, "u": u, "chance": min(1.0, chance)})


def test_chernoff_of_a_sum_of_waiting_times():
    names = {**N, "X": "sequence of exponential(1)", "t": "nonnegative"}
    tail = "P(sum(i, 1, n, X_i) >= n*(1 + t)) <= exp(-n*(t - log(1 + t)))"
    assert prove(statement(names, tail), 20).verdict is Verdict.PROVED
    wrong = statement(names, tail.replace("(t - log(1 + t))", "t"))
    assert prove(wrong, 1).verdict is Verdict.UNDECIDED


TEXTBOOK = [
    "P(sum(i, 1, n, X_i) - n*p >= n*u) <= exp(-2*n*u^2)",
    "P(sum(i, 1, n, X_i) >= n*(p + u)) <= exp(-2*n*u^2)",
    "P(sum(i, 1, n, X_i)/n - p >= u) <= exp(-2*n*u^2)",
    "P(|sum(i, 1, n, X_i) - n*p| >= n*u) <= 2*exp(-2*n*u^2)",
    "P(|sum(i, 1, n, X_i)/n - p| >= u) <= 2*exp(-2*n*u^2)",
    "P(sum(i, 1, n, X_i)/n - p >= sqrt(log(1/d)/(2*n))) <= d",
]


@pytest.mark.sample(2)
@pytest.mark.parametrize("conclusion", TEXTBOOK)
def test_the_inequality_of_hoeffding_as_it_is_written(conclusion):
    names = {**COINS, "u": "positive", "d": "(0, 1)"}
    assert prove(statement(names, conclusion), 20).verdict is Verdict.PROVED


def test_with_a_larger_constant_it_does_not_follow():
    names = {**COINS, "u": "positive"}
    claim = statement(names, "P(sum(i, 1, n, X_i)/n - p >= u) <= exp(-2.01*n*u^2)")
    assert prove(claim, 2).verdict is Verdict.UNDECIDED


@given(st.integers(1, 60))
def test_of_the_greatest_of_normal_draws(n):
    claim = read("E(max(i, 1, n, w_i)) <= 9", **N, w="sequence of gaussian")

    def density(x):
        return x * n * stats.norm.pdf(x) * special.ndtr(x) ** (n - 1)

    assumed_of(claim, {"n": n, "mean": integrate.quad(density, -12, 12)[0]})


@pytest.mark.parametrize("power", [2, 4])
@given(st.floats(0.1, 3))
def test_of_sub_gaussian_laws(power, s):
    claim = read(f"E(X^{power}) <= 99999", X="subgaussian(s)", s="positive")
    at = {"s": s, "mean": s**2, "mean_": 3 * s**4} if power == 4 else {"s": s, "mean": s**2}
    for r in claim.hypotheses.values():  # of a normal law
        assert r.operator != "<=" or value(r.left, at) <= value(r.right, at) + 1e-9


def test_a_number_that_fails_is_no_counterexample():
    claim = statement({**N, "X": "chi2(n)"}, "P(X >= 3*n) <= exp(-n/3)")
    assert refute(claim, 0.3) is None or claim.about(refute(claim, 0.3).point)[0] is not claim
    assert claim.holds_at({"n": Fraction(2), "chance": Fraction(1)}) is not False


def test_a_counterexample_is_one_of_a_small_size_and_its_script_shows_it(tmp_path):
    claim = statement({**N, "X": "binomial(n, 1/2)"}, "P(|X - n/2| >= n/2) <= exp(-n/2)")
    found = refute(claim, 2.0)
    made = {}
    with pytest.raises(SystemExit) as ended:
        exec(script(claim, found), made)
    assert found.point["n"] >= 1
    assert ended.value.code == 0


def test_a_changed_claim_has_no_instances():
    claim = statement({**N, "X": "chi2(n)"}, "P(X >= n) <= 1")
    assert claim.instances
    assert not replace(claim, hypotheses={}).instances


def test_what_has_no_value_is_not_proved():
    for event in ("X >= n/t", "X >= log(t)", "X >= sqrt(t)"):
        claim = statement({**N, "X": "chi2(n)", "t": "real"}, f"P({event}) <= 1")
        assert prove(claim, 1.0).verdict.value != "proved"


@pytest.mark.parametrize("claim", [
    "sum(k, 1, n, P(X >= k)) <= n",
    "integrate(P(X >= t), t, 0, 1) <= 1",
    "P(X^2 >= t) <= 1",
    "P(X >= 1 | X <= n) <= 1",
])  # fmt: skip
def test_a_number_does_not_depend_on_an_index(claim):
    with pytest.raises(Unsupported):
        statement({**N, "X": "chi2(n)", "t": "real"}, claim)


def test_a_sum_to_infinity_is_bounded_from_above_only():
    for claim in ("sum(k, 1, inf, 1/k^2) >= 1", "sum(k, 1, inf, 1/k^2) < 2",
                  "sum(k, 1, inf, x/k^2) <= 2", "x*sum(k, 1, inf, 1/k^2) <= 2",
                  "sum(k, 1, inf, 1/k^2) == 2"):  # fmt: skip
        with pytest.raises(Unsupported):
            statement({"x": "real"}, claim)


def test_what_rests_on_named_theorems_says_so():
    claim = statement({"X": "chi2(n)", "n": "integer >= 1", "t": "positive"}, "P(X >= n + t) <= 1")
    evidence = prove(claim, 20)
    assert evidence.verdict is Verdict.PROVED
    assert f"{ASSUMED} P(X >= n + t)" in evidence.detail


@pytest.mark.parametrize(("names", "more", "conclusion"), [
    ({"a_n": "[0, 1]", "a_1": "real"}, {}, "P(X <= n) + a_n >= 1"),
    ({}, {"definitions": {"S_1": "-1/2", "S_n": "1/2"}}, "P(X <= n) + S_n >= 1"),
    ({"x": "real"}, {"hypotheses": {"h": "x^(1/n) <= 1"}}, "P(X <= n) + x >= 1"),
    ({"x": "real"}, {"hypotheses": {"h": "x^(n^-1) <= 1"}}, "P(X <= n) + x >= 1"),
    ({"x": "real"}, {"hypotheses": {"h": "x^(5e-1*n) <= 9"}}, "P(X <= n) + x >= 1"),
    ({"x": "real"}, {"hypotheses": {"h": "x^(2^(1 - n)) <= 1"}}, "P(X <= n) + x >= 1"),
    ({"x": "real"}, {"definitions": {"q": "1/2"}, "hypotheses": {"h": "x^(q*n) <= 9"}},
     "P(X <= n) + x >= 1"),
    ({"x": "real"}, {"hypotheses": {"h": "binomial(x, n) >= -9"}}, "P(X <= n) + x >= 0"),
    ({"x": "real"}, {"hypotheses": {"h": "x^(n/2) <= 1"}}, "P(X <= n) + x > 0.9"),
    ({"x": "real"}, {"definitions": {"q": "1/n"}, "hypotheses": {"h": "x^q <= 1"}},
     "P(X <= n) + x >= 1"),
])  # fmt: skip
def test_an_instance_is_one_of_the_claim(names, more, conclusion):
    """Names that look like members stay, and powers keep their meaning: these claims are true."""
    variables = {"X": "binomial(n, p)", "n": "integer >= 1", "p": "[0, 1]", **names}
    made = statement(variables, conclusion, **more)
    assert refute(made, 1) is None


@pytest.mark.parametrize(("hypotheses", "conclusion"), [
    ({"h": "sqrt(t) <= norm(x + y)"}, "t >= 0"),
    ({"h": "norm(x + y)/sqrt(t) <= 1"}, "t > 0"),
    ({"h": "sqrt(t)*norm(x - y) <= sqrt(u)*norm(y)", "g": "norm(y)^2 == 1",
      "k": "norm(x - y)^2 == 1"}, "0 <= t <= u"),
])  # fmt: skip
def test_the_square_of_a_length_keeps_where_its_roots_exist(hypotheses, conclusion):
    variables = {"x": "vector", "y": "vector", "t": "real", "u": "real"}
    made = statement(variables, conclusion, hypotheses=hypotheses)
    assert refute(made, 1) is None
