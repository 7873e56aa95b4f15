"""The gamma function at real arguments: theorems that are assumed hold of its values in mpmath."""

import mpmath
import numpy as np
import pytest

from proofs.verification.decide import decide
from tests.machine import seconds
from theory.expressions import parse
from theory.language.gammas import divided, polynomial, product
from theory.language.reading import statement

REAL = {"x": "positive", "y": "positive", "s": "[0, 1]", "t": "(0, 1)", "a": "[1, inf)"}
REAL |= {"z": "real", "n": "integer >= 1"}
CLAIMS = [
    "gamma(x + s)/gamma(x) <= x^s",
    "gamma(x + s)/gamma(x + 1) >= (x + 1)^(s - 1)",
    "gamma(t*x + (1 - t)*y) <= gamma(x)^t*gamma(y)^(1 - t)",
    "gamma((2*x + y)/3) <= gamma(x)*gamma(y)",
    "gamma(a - 1/2)*gamma(a + 1/3) <= gamma(a + t)*gamma(a + s)",
    "log(gamma(x + 5/2)) <= x*log(gamma(x + 2)) + log(gamma(x + s))",
    "gamma(z) + gamma(z + t) >= exp(z)",
    "loggamma(a - s) + loggamma(a + x) <= log(a)",
    "gamma(n + 1/2) >= sqrt(2*pi*n)*(n/e)^n/gamma(n)",
    "gamma(x*y) + gamma(x*y + t) <= x^y",
    "gamma(x - y) + gamma(x + s - y) <= 2^x",
]


def value(e, at):
    """A formula in mpmath; None where it has no value."""
    if e.head == "number":
        return mpmath.mpf(e.value.numerator) / e.value.denominator
    if e.head == "name":
        return mpmath.pi if e.name == "pi" else at[e.name]
    args = [value(a, at) for a in e.args]
    if None in args or (e.head in ("log", "gamma") and args[0] <= 0):
        return None
    return {
        "neg": lambda a: -a,
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b if b else None,
        "**": lambda a, b: a**b if a > 0 or b == int(b) else None,
        "exp": mpmath.exp,
        "log": mpmath.log,
        "sqrt": lambda a: mpmath.sqrt(a) if a >= 0 else None,
        "gamma": mpmath.gamma,
    }[e.head](*args)


def drawn(rng):
    """A point of the domains, often at their ends or near them."""
    size = 10.0 ** rng.uniform(-3, 1.5, 3)
    unit = rng.choice([0.0, 1.0, 0.5, rng.uniform(), rng.uniform()], 1)[0]
    at = {"x": size[0], "y": size[1], "s": unit, "t": rng.uniform(1e-3, 0.999), "z": rng.normal()}
    at |= {"a": 1 + size[2] * rng.integers(0, 2), "n": int(rng.integers(1, 30))}
    return {x: mpmath.mpf(v) for x, v in at.items()}


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_is_assumed_holds_wherever_what_is_asked_has_a_value(claim):
    made = statement({x: d for x, d in REAL.items() if x in claim.replace("gamma", "")}, claim)
    first, *more = made.pieces
    facts = {n: r for n, r in first.hypotheses.items() if not n.startswith("domain")}
    assert facts
    assert all("gamma" in str(r) for r in facts.values())
    asked = [p.conclusion.left for p in more]
    assert asked
    assert all("gamma" not in str(r) for p in more for r in p.hypotheses.values())
    rng, seen = np.random.default_rng(3), 0
    for _ in range(60):
        at = drawn(rng)
        if any(value(e, at) is None for e in asked):
            continue
        seen += 1
        for r in facts.values():
            left, right = value(r.left, at), value(r.right, at)
            assert None not in (left, right), (str(r), at)
            gap = left - right if r.operator == "<=" else right - left
            assert gap <= 1e-9 * (1 + abs(left) + abs(right)), (str(r), at)
    assert seen > 5


@pytest.mark.sample(4)
@pytest.mark.parametrize(
    ("conclusion", "verdict"),
    [
        ("gamma(x + 1/2) <= sqrt(x)*gamma(x)", "proved"),
        ("gamma(x + 1) >= sqrt(2*pi*x)*(x/e)^x", "proved"),
        ("gamma(x + 1) >= 1.01*sqrt(2*pi*x)*(x/e)^x", "refuted"),
        ("gamma((x + 1)/2)^2 <= gamma(x)", "proved"),
        ("gamma(z + 1/2)^2 <= gamma(z)*gamma(z + 1)", "undecided"),  # no value for z = 0
    ],
)
def test_claims_about_it_are_decided(conclusion, verdict):
    variables = {"z": "real"} if "z" in conclusion else {"x": "positive"}
    assert decide(statement(variables, conclusion), seconds(3)).verdict.value == verdict


def test_equations_and_what_grows_like_no_power_rest_on_no_theorem():
    for claim in ("gamma(x + 1) == x*gamma(x)", "gamma(x) >= 0.88", "gamma(7/2) <= exp(2)"):
        assert statement({"x": "positive"}, claim).relaxed is None
    assert statement({"n": "integer >= 1"}, "gamma(n) <= n^n").relaxed is None


def test_polynomials_divide_what_they_multiply():
    names = frozenset("xyt")
    a, b = (polynomial(parse(e, names)) for e in ("t*x - y/2 + 3", "x^2 - t*(y - 1)"))
    assert divided(product(a, b), b) == a
    assert divided(product(a, b), a) == b
    assert divided(a, b) is None
