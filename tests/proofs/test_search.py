"""The search: what it calls proved the core has accepted, and it is true."""

import json
import re
import time
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proofs import search
from proofs.core import check
from proofs.evidence.verdicts import Kind, Verdict
from proofs.search import prove
from proofs.search.cone import nonnegative_least_squares
from proofs.user_claims import load
from proofs.verification.decide import decide
from theory.claims import statement
from theory.errors import InputError
from theory.language import reading

REAL, POSITIVE, NONNEGATIVE, INTEGER = "real", "positive", "nonnegative", "integer"
LEMMAS = {
    "identity": ({"x": REAL, "y": REAL}, "(x+y)**3 == x**3 + 3*x**2*y + 3*x*y**2 + y**3", {}),
    "sum of squares": ({"x": REAL, "y": REAL, "z": REAL}, "x**2+y**2+z**2 >= x*y+y*z+z*x", {}),
    "half line": ({"x": NONNEGATIVE}, "(1+x)**9 >= 1 + 9*x + 36*x**2", {}),
    "irrational touching points": ({"x": REAL}, "x**4 + 4 >= 4*x**2", {}),
    "touching at zero": ({"x": REAL}, "exp(x) >= 1 + x", {}),
    "touching at exp(1)": ({"x": POSITIVE}, "log(x) <= x*exp(-1)", {}),
    "tail": ({"x": POSITIVE}, "log(1 + 1/x) > 1/(1 + x)", {}),
    "two-dimensional box": (
        {"x": REAL, "y": REAL},
        "exp(x*y) <= 3 - (1 - x*y)/10",
        {"a": "x >= 0", "b": "x <= 1", "c": "y >= 0", "d": "y <= 1"},
    ),
    "every k": ({"x": REAL, "k": INTEGER}, "(1+x)**k >= 1 + k*x", {"k": "k >= 1", "x": "x >= -1"}),
    "roots": ({"x": POSITIVE, "y": POSITIVE}, "2*sqrt(x*y) <= x + y", {}),
    "expectation": ({"w": "gaussian"}, "E(abs(w)) <= 0.7978845609", {}),
    "two hypotheses": ({"x": REAL, "y": REAL}, "x*y <= 1/4", {"a": "x + y == 1"}),
    "balancedness": (
        {"a": REAL, "b": REAL, "e": POSITIVE, "g": REAL, "r": REAL},
        "abs((a-e*g*b*r)**2 - (b-e*g*a*r)**2) <= abs(a**2 - b**2)",
        {"h": "e**2*g**2*r**2 <= 2"},
    ),
    "gaussian moment generating function": ({"x": REAL}, "cosh(x) <= exp(x**2/2)", {}),
    "Motzkin times a square": (
        {"x": REAL, "y": REAL, "z": REAL},
        "(x**4*y**2 + x**2*y**4 + z**6 - 3*x**2*y**2*z**2)*(x**2 + y**2 + z**2) >= 0",
        {},
    ),
    "Cauchy-Schwarz": (
        dict.fromkeys("abcdef", REAL),
        "(a*d + b*e + c*f)**2 <= (a**2 + b**2 + c**2)*(d**2 + e**2 + f**2)",
        {},
    ),
    "three means": (dict.fromkeys("abc", NONNEGATIVE), "a*b*c <= (a**3 + b**3 + c**3)/3", {}),
    "disc": ({"x": REAL, "y": REAL}, "x + y <= 3/2", {"h": "x**2 + y**2 <= 1"}),
    "sine and cosine": ({"x": REAL}, "sin(x) + cos(x) <= sqrt(2)", {}),
    "Young": ({"a": NONNEGATIVE, "b": NONNEGATIVE}, "a*b <= a**3/3 + 2*b**(3/2)/3", {}),
    "error function": ({"x": NONNEGATIVE}, "erf(x) <= 2*x/sqrt(pi)", {}),
    "event": ({"w": "gaussian", "t": POSITIVE}, "P(abs(w) <= t) <= t", {}),
    "signs": ({"r": "rademacher", "s": "rademacher"}, "P(r + s >= 1) == 1/4", {}),
    "copies": ({"w": "gaussian", "k": INTEGER}, "E(prod(w**2, k)) == 1", {"k": "k >= 1"}),
    "Chernoff": (
        {"w": "gaussian", "k": INTEGER},
        "P(prod(abs(w) + 1/20, k) >= exp(-k/10)) <= exp(-103*k/1000)",
        {"k": "k >= 1"},
    ),
}


@pytest.mark.sample(12)
@pytest.mark.parametrize("name", LEMMAS)
def test_lemmas_are_proved_and_their_certificates_checked(name):
    variables, conclusion, hypotheses = LEMMAS[name]
    claim = statement(variables, conclusion, hypotheses=hypotheses)
    evidence = prove(claim, 20)
    assert evidence.verdict is Verdict.PROVED
    assert check.check(evidence.data["certificate"], claim.canonical).digest == claim.digest


STEP = {"P": "P*(1 + x)", "S": "S + x"}
EVERY_DEPTH = {
    "product and sum": ("P >= 1 + S", {"x": NONNEGATIVE}, {}, STEP),
    "product and exponential": ("P <= exp(S)", {"x": NONNEGATIVE}, {}, STEP),
    "contractions": (
        "P >= 1 - S",
        {"x": NONNEGATIVE},
        {"h": "x <= 1"},
        {"P": "P*(1 - x)", "S": "S + x"},
    ),
}


def every_depth(conclusion, variables, hypotheses, following):
    start = {"P": "1", "S": "0"}
    layers = {"variables": variables, "hypotheses": hypotheses, "start": start, "next": following}
    return statement({}, conclusion, layers=layers)


@pytest.mark.parametrize("name", EVERY_DEPTH)
def test_statements_about_every_depth_are_proved_by_an_invariant(name):
    claim = every_depth(*EVERY_DEPTH[name])
    evidence = prove(claim, 20)
    assert evidence.verdict is Verdict.PROVED
    assert "invariant" in evidence.detail
    assert check.check(evidence.data["certificate"], claim.canonical).digest == claim.digest


SUMS = """
[geometric]
variables = {n = "natural", eta = "(0, 1]"}
conclusion = "sum(t, 0, n, (1 - eta)^t) <= 1/eta"
mutant = {conclusion = "sum(t, 0, n, (1 - eta)^t) <= 0.99/eta"}
[geometric-closed]
variables = {n = "natural", r = "(0, 1)"}
conclusion = "sum(t, 1, n, r^(t - 1)) == (1 - r^n)/(1 - r)"
mutant = {conclusion = "sum(t, 1, n, r^(t - 1)) == (1 - r^(n + 1))/(1 - r)"}
[arithmetico-geometric]
variables = {n = "natural", b = "(0, 1)"}
conclusion = "sum(k, 1, n, k*b^k) <= b/(1 - b)^2"
mutant = {conclusion = "sum(k, 1, n, k*b^k) <= 0.9*b/(1 - b)^2"}
[telescoping]
variables = {n = "natural"}
conclusion = "sum(k, 1, n, 1/(k*(k + 1))) == 1 - 1/(n + 1)"
mutant = {conclusion = "sum(k, 1, n, 1/(k*(k + 1))) == 1 - 1/(n + 1) + n/1000"}
[harmonic]
variables = {n = "integer >= 1"}
conclusion = "log(n + 1) <= sum(k, 1, n, 1/k) <= 1 + log(n)"
mutant = {conclusion = "1.5*log(n + 1) <= sum(k, 1, n, 1/k) <= 1 + log(n)"}
[cauchy-schwarz]
variables = {n = "natural", a = "sequence of real", b = "sequence of real"}
conclusion = "(sum(i, 1, n, a_i*b_i))^2 <= sum(i, 1, n, a_i^2)*sum(i, 1, n, b_i^2)"
mutant = {conclusion = "(sum(i, 1, n, a_i*b_i))^2 <= 0.99*sum(i, 1, n, a_i^2)*sum(i, 1, n, b_i^2)"}
[mean-of-squares]
variables = {n = "natural", a = "sequence of real"}
conclusion = "(sum(i, 1, n, a_i))^2 <= n*sum(i, 1, n, a_i^2)"
mutant = {conclusion = "(sum(i, 1, n, a_i))^2 <= 0.99*n*sum(i, 1, n, a_i^2)"}
[factorial]
variables = {}
conclusion = "F <= n**n"
layers = {start = {F = "1", n = "1"}, next = {F = "F*(n+1)", n = "n+1"}}
mutant = {conclusion = "F <= n**(n-1)/2 + 1/2"}
[linear-recursion]
variables = {n = "natural", a0 = "real", b = "real", r = "(0, 1)"}
recursions = ["a[0] == a0", "a[n+1] == r*a[n] + b"]
conclusion = "a[n] == r^n*a0 + b*(1 - r^n)/(1 - r)"
mutant = {conclusion = "a[n] == r^n*a0 + b*(1 - r^(n + 1))/(1 - r)"}
"""


@pytest.fixture(scope="module")
def sums(tmp_path_factory):
    path = tmp_path_factory.mktemp("sums") / "sums.toml"
    path.write_text(SUMS)
    return {claim.name: claim for claim in load(path)}


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", re.findall(r"^\[(.*)\]$", SUMS, re.MULTILINE))
def test_sums_and_recursions_up_to_n_are_decided_on_both_sides(name, sums):
    assert decide(sums[name].statement, 20).verdict is Verdict.PROVED
    assert decide(sums[name].mutant, 20).verdict is Verdict.REFUTED


DECIMALS = {
    "1 - x above an exponential": ("[0, 1/2]", "1 - x >= exp(-x - 0.772589*x^2)"),
    "centred exponential variable": ("[0, 1/2]", "exp(-x)/(1 - x) <= exp(0.772589*x^2)"),
}


@pytest.mark.parametrize("name", DECIMALS)
def test_constants_of_many_digits_may_stand_in_exponents(name):
    """They have no normal form as polynomials in exponentials."""
    domain, conclusion = DECIMALS[name]
    claim = reading.statement({"x": domain}, conclusion)
    assert prove(claim, 20).verdict is Verdict.PROVED


@pytest.mark.slow
def test_products_of_powers_are_compared_by_logarithms():
    """u^n x <= ((n u + x)/(n + 1))^(n + 1): the step from n to n + 1 numbers of AM-GM."""
    claim = statement(
        {"n": INTEGER, "u": POSITIVE, "x": POSITIVE},
        "u**n*x <= ((n*u + x)/(n + 1))**(n + 1)",
        hypotheses={"n": "n >= 1"},
    )
    assert prove(claim, 40).verdict is Verdict.PROVED


def test_a_statement_that_fails_at_some_depth_has_no_invariant():
    for conclusion in ("P >= 1 + 2*S", "P <= 1 + S", "P <= 1000"):
        assert prove(every_depth(conclusion, {"x": NONNEGATIVE}, {}, STEP), 2).verdict is (
            Verdict.UNDECIDED
        )


@given(
    st.lists(st.lists(st.integers(-3, 3), min_size=6, max_size=6), min_size=1, max_size=3),
    st.integers(0, 2),
)
def test_random_sums_of_squares_are_proved(rows, extra):
    """Quartics in two variables that are sums of squares by construction, never one below zero."""
    monomials = ("1", "x", "y", "x**2", "x*y", "y**2")
    squares = [" + ".join(f"({c})*{m}" for c, m in zip(r, monomials, strict=True)) for r in rows]
    total = " + ".join(f"({s})**2" for s in squares)
    claim = statement({"x": REAL, "y": REAL}, f"{total} + {extra} >= 0")
    assert prove(claim, 20).verdict is Verdict.PROVED


def test_the_same_claim_gives_the_same_bytes():
    claim = statement({"x": NONNEGATIVE}, "log(1+x) <= 9/10*sqrt(x)")
    texts = {prove(claim, 20).data["certificate"] for _ in range(2)}
    assert len(texts) == 1
    json.loads(texts.pop())


def test_an_identity_is_named_as_such():
    assert prove(statement({"x": REAL}, "sin(x)**2 + cos(x)**2 == 1")).kind is Kind.IDENTITY


# The search for counterexamples uses Hypothesis itself.
nested = settings(suppress_health_check=[HealthCheck.nested_given, HealthCheck.too_slow])


@nested
@given(st.lists(st.integers(-3, 3), min_size=2, max_size=5), st.integers(-2, 2), st.integers(0, 3))
def test_a_polynomial_is_never_proved_positive_where_it_is_not(coefficients, low, width):
    """Brute force on a grid of the interval against the verdict, both ways."""
    text = " + ".join(f"({c})*x**{i}" for i, c in enumerate(coefficients))
    claim = statement(
        {"x": REAL}, f"{text} >= 0", hypotheses={"a": f"x >= {low}", "b": f"x <= {low + width}"}
    )
    points = [low + Fraction(width * i, 240) for i in range(241)]
    lowest = min(sum(c * x**i for i, c in enumerate(coefficients)) for x in points)
    proved = prove(claim, 1).verdict is Verdict.PROVED
    assert not (proved and lowest < 0)
    assert proved or lowest <= 1


@nested
@given(st.integers(1, 12), st.integers(1, 12), st.sampled_from([1, -1]))
def test_powers_against_the_exponential_are_decided_on_the_right_side(a, tenths, sign):
    """x^a e^-x has its maximum (a/e)^a at x = a."""
    import mpmath

    with mpmath.workdps(40):
        best = (mpmath.mpf(a) / mpmath.e) ** a
        near = best * (1 + sign * mpmath.mpf(tenths) / 10**7)
        above = Fraction(int(near * 10**20), 10**20)
    claim = statement({"x": NONNEGATIVE}, f"x**{a}*exp(-x) <= c", constants={"c": above})
    verdict = prove(claim, 10).verdict if sign > 0 else decide(claim, 10).verdict
    assert verdict is (Verdict.PROVED if sign > 0 else Verdict.REFUTED)


@pytest.mark.parametrize("slower", [1, 3, 8])
def test_a_slow_machine_proves_what_a_fast_one_does(slower, monkeypatch):
    """Time runs faster, so the slices of a search end elsewhere; a fresh process, or a busy one."""
    clock = time.process_time
    monkeypatch.setattr(time, "process_time", lambda: slower * clock())
    claim = statement({"x": NONNEGATIVE}, "x**8*exp(-x) <= 5628.129")  # (8/e)^8 = 5628.12896...
    assert prove(claim, 10).verdict is Verdict.PROVED


def test_what_ran_out_of_work_has_not_failed():
    claim = statement({"x": NONNEGATIVE}, "log(1+x) <= 9/10*sqrt(x)")
    goal = search.reading(claim)
    with search._computing(20) as attempt:
        for work in (1, 100, 1000, 3000):
            attempt.within(work, lambda: attempt.solve(goal, 5))
        found, ended = attempt.within(10**7, lambda: attempt.solve(goal, 5))
    assert ended
    assert found is not None


def test_an_unknown_domain_is_unsupported_not_undecided():
    assert prove(statement({"n": "measured"}, "n >= 0")).verdict is Verdict.UNSUPPORTED


def test_a_budget_must_be_positive():
    with pytest.raises(InputError, match="budget"):
        prove(statement({"x": REAL}, "x >= 0"), 0)


def test_false_claims_have_no_certificate():
    for text in ("exp(x) >= 1 + 1.001*x", "x**4 + 1 >= 2.0001*x**2", "sin(x) <= 0.9999999"):
        assert prove(statement({"x": REAL}, text), 2).verdict is Verdict.UNDECIDED


@given(
    st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=5),
    st.data(),
)
def test_least_squares_finds_cone_members(columns, data):
    import numpy as np

    weights = data.draw(st.lists(st.integers(0, 3), min_size=len(columns), max_size=len(columns)))
    matrix = np.array(columns, dtype=float).T
    wanted = matrix @ np.array(weights, dtype=float)
    found = nonnegative_least_squares(matrix, wanted)
    if found is not None:
        assert np.allclose(matrix @ np.array(found), wanted, atol=1e-6)
        assert min(found) >= 0


def test_a_number_that_is_too_large_stops_the_search_without_an_error():
    tower = statement({"n": "integer"}, "2**2**2**2**2**n >= n")
    assert prove(tower, 0.5).verdict is not Verdict.REFUTED  # it is true


def test_an_event_may_have_parameters():
    """The exponent of Markov's bound is looked for at a number, and a scale is none."""
    made = statement({"X": "gaussian", "s": "integer >= 0"}, "P(s*X >= 1) <= 1/2")
    assert prove(made, 20).verdict is Verdict.UNDECIDED
