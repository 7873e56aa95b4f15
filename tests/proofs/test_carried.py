"""What a step of a recursion keeps: linear recursions, ratios, products, sums against integrals."""

from __future__ import annotations

import lemmata as lm
import pytest

from proofs.evidence.verdicts import Verdict
from tests.machine import seconds

n, first = "natural", "integer >= 1"
POSITIVE = {"h": "positive", "L": "positive", "c": "positive", "d0": "nonnegative"}

GROWTH = [  # (variables, rows, conclusion)
    # what grows by 1 + h and gains b: the remainder is exp(nh) (exp(h) - 1 - h) b/h
    (
        {"n": n, **POSITIVE},
        ["d[0] <= d0", "d[n+1] <= (1 + h*L)*d[n] + h*c"],
        "d[n] <= exp(n*h*L)*d0 + c/L*(exp(n*h*L) - 1)",
    ),
    (
        {"n": n, "L": "nonnegative", "c": "nonnegative"},
        ["d[0] == 0", "d[n+1] <= (1 + L)*d[n] + c", "d[n] >= 0"],
        "d[n]*L <= c*(exp(L*n) - 1)",
    ),
    # an equation whose numerator a step keeps
    (
        {"n": n, "p0": "positive", "s": "positive"},
        ["p[0] == p0", "p[n+1] == p[n]/(1 + s*p[n])"],
        "p[n] == p0/(1 + n*s*p0)",
    ),
    # a factor with quotients: a step that loses nothing multiplies both sides by it
    (
        {"n": n, "a0": "nonnegative", "m": "positive", "c": "positive"},
        ["a[0] == a0", "a[n+1] <= (1/m + c)*a[n]", "a[n] >= 0"],
        "a[n] <= (1/m + c)^n*a0",
    ),
]


FALLING = [  # x - c x^(1+q) and what it is below, with the room that a false twin takes away
    # cubic methods, q = 1/2, from the bound itself and from any start
    (
        {"n": first, "c": "positive"},
        ["h[1] <= 4/c^2", "h[n] >= 0", "h[n+1] <= h[n] - c*h[n]^(3/2)"],
        "h[n] <= {}/(c*n)^2",
        "4",
    ),
    (
        {"n": n, "c": "positive", "h0": "positive"},
        ["h[0] <= h0", "h[n] >= 0", "h[n+1] <= h[n] - c*h[n]^(3/2)"],
        "h[n] <= {}*h0/(2 + c*n*sqrt(h0))^2",
        "4",
    ),
    # Lojasiewicz' inequality with q = 1/3
    (
        {"n": n, "c": "positive", "h0": "positive"},
        ["h[0] <= h0", "h[n] >= 0", "h[n+1] <= h[n] - c*h[n]^(4/3)"],
        "h[n] <= {}*h0/(3 + c*n*h0^(1/3))^3",
        "27",
    ),
    # Newton's method, whose digits double
    (
        {"n": n, "M": "positive", "q": "(0, 1)"},
        ["e[0] <= q/M", "e[n] >= 0", "e[n+1] <= M*e[n]^2"],
        "M*e[n] <= {}*q^(2^n)",
        "1",
    ),
]


@pytest.mark.parametrize(
    ("variables", "rows", "conclusion", "sharp"),
    [FALLING[0], *(pytest.param(*row, marks=pytest.mark.slow) for row in FALLING[1:])],
)
def test_a_step_takes_or_squares_a_power(
    variables: dict[str, str], rows: list[str], conclusion: str, sharp: str
) -> None:
    assert _proved(conclusion.format(sharp), variables, rows)
    false = conclusion.format(f"({sharp} - 1/10)")
    assert lm.verify(false, variables=variables, recursions=rows).verdict is Verdict.REFUTED


@pytest.mark.sample(1)
@pytest.mark.parametrize(("variables", "rows", "conclusion"), GROWTH)
def test_a_linear_step_keeps_its_closed_form(
    variables: dict[str, str], rows: list[str], conclusion: str
) -> None:
    assert _proved(conclusion, variables, rows)


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    "conclusion",
    [
        "binomial(2*n, n) <= 4^n",
        "prod(k, 1, n, 1 + 1/2^k) <= 3",  # from 1
        "prod(k, 1, n, 1 - 1/2^k) >= 1/4",
        "prod(k, 1, n, 1 - 1/(k + 1)^2) >= 1/2",  # a product that telescopes
        "prod(k, 1, n, 1 + 1/k^2) <= 4",  # what is to come, in an exponent
        "binomial(2*n, n) >= 4^n/(2*sqrt(n))",  # ratios of both sides
        "sum(k, 1, n, 1/k) >= log(n) + 1/2",  # trapezoids
        "sum(k, 1, n, 1/sqrt(k)) >= 2*sqrt(n) - 3/2",
    ],
)
def test_sums_and_products_of_every_length(conclusion: str) -> None:
    assert _proved(conclusion, {"n": first})


@pytest.mark.parametrize(
    "conclusion",
    [
        "binomial(2*n, n) >= 4^n/(1.8*sqrt(n))",
        "prod(k, 1, n, 1 + 1/k^2) <= 3.5",
        "prod(k, 1, n, 1 - 1/2^k) >= 0.3",
        "sum(k, 1, n, 1/k) >= log(n) + 0.6",
    ],
)
def test_nearly_true_ones_are_refuted(conclusion: str) -> None:
    assert lm.verify(conclusion, variables={"n": first}).verdict is Verdict.REFUTED


@pytest.mark.slow
def test_one_invariant_where_it_is_enough_and_another_elsewhere() -> None:
    # a <= c/r from the first error, and the errors shrink: neither alone survives a step.
    rows = ["a[1] == 0", "a[n+1] <= (1 - r)*a[n] + c/n"]
    variables = {"n": first, "r": "(0, 1)", "c": "positive"}
    assert _proved("a[n] <= 2*c/(r^2*n)", variables, rows)


@pytest.mark.parametrize(
    ("conclusion", "variables"),
    [
        ("x*y <= x^p/p + y^(p/(p-1))*(p-1)/p", {"x": "positive", "y": "positive", "p": "(1, inf)"}),
        (
            "x*y <= t*x^(1/t) + (1-t)*y^(1/(1-t))",
            {"x": "positive", "y": "positive", "t": "(0, 1)"},
        ),
    ],
)
def test_young_with_a_variable_exponent(conclusion: str, variables: dict[str, str]) -> None:
    assert _proved(conclusion, variables)


def test_a_product_that_facts_speak_of_is_one_variable() -> None:
    variables = {"K": "integer >= 2", "eta": "positive", "L": "positive"}
    conclusion = "6*(K - 1)*(2*K - 1)*(eta*L)^2 <= 1"
    assert lm.verify(conclusion, variables=variables, hypotheses=["eta <= 1/(4*L*K)"]).stands


def test_a_denominator_of_which_a_fact_says_more_goes_first() -> None:
    variables = {"x": "positive", "s": "[0, 1]", "g": "positive", "h": "positive"}
    conclusion, fact = "x*h/g <= (x + 1)^(1 - s)", "x*h <= (x + s)^(1 - s)*g"
    assert lm.verify(conclusion, variables=variables, hypotheses=[fact]).stands


def _proved(conclusion: str, variables: dict[str, str], rows: list[str] | None = None) -> bool:
    found = lm.verify(conclusion, variables=variables, recursions=rows or [], budget=seconds(20))
    return bool(found.stands)
