"""Entropies, moment generating functions, norms of random vectors, matrices of any size."""

import pytest

from proofs.evidence.verdicts import Verdict
from proofs.search import prove
from proofs.verification.decide import decide
from theory.claims import statement

SHARES = {"n": "integer >= 1", "p": "sequence of positive", "x": "sequence of real"}
ONE = {"mass": "sum(i, 1, n, p_i) == 1"}
SYMMETRIC = {"n": "integer >= 1", "A": "symmetric(n)", "B": "symmetric(n)"}
NORMAL = {"w": "gaussian vector(n)", "n": "integer >= 1"}

PAIRS = {  # what is true, what is not, variables, hypotheses
    "entropy at most log n": (
        "-sum(i, 1, n, p_i*log(p_i)) <= log(n)", "-sum(i, 1, n, p_i*log(p_i)) <= 0.99*log(n)",
        SHARES, ONE,
    ),
    "Jensen for exp": (
        "exp(sum(i, 1, n, p_i*x_i)) <= sum(i, 1, n, p_i*exp(x_i))",
        "exp(sum(i, 1, n, p_i*x_i)) <= 0.99*sum(i, 1, n, p_i*exp(x_i))", SHARES, ONE,
    ),
    "a variance is not negative": (
        "sum(i, 1, n, p_i*x_i)^2 <= sum(i, 1, n, p_i*x_i^2)",
        "sum(i, 1, n, p_i*x_i)^2 <= 0.99*sum(i, 1, n, p_i*x_i^2)", SHARES, ONE,
    ),
    "collisions": (
        "sum(i, 1, n, p_i^2) >= 1/n", "sum(i, 1, n, p_i^2) >= 1.01/n", SHARES, ONE,
    ),
    "x log x is convex, also at the ends": (
        "(t*x + (1 - t)*y)*log(t*x + (1 - t)*y) <= t*x*log(x) + (1 - t)*y*log(y)",
        "(t*x + (1 - t)*y)*log(t*x + (1 - t)*y) <= 0.99*t*x*log(x) + (1 - t)*y*log(y)",
        {"x, y": "positive", "t": "[0, 1]"}, {},
    ),
    "relative entropy below its mean": (
        "q*log(q/p) + (1 - q)*log((1 - q)/(1 - p)) >= (p - q)^2/(2*p)",
        "q*log(q/p) + (1 - q)*log((1 - q)/(1 - p)) >= (p - q)^2/(1.9*p)",
        {"p, q": "(0, 1)"}, {"o": "q <= p"},
    ),
    "a uniform draw on any interval": (
        "E(exp(t*(U - (a + b)/2))) <= exp(t^2*(b - a)^2/24)",
        "E(exp(t*(U - (a + b)/2))) <= exp(t^2*(b - a)^2/24.5)",
        {"U": "uniform(a, b)", "a, b, t": "real"}, {},
    ),
    "Laplace is sub-exponential": (
        "E(exp(t*X)) <= exp(2*s^2*t^2)", "E(exp(t*X)) <= exp(1.1*s^2*t^2)",
        {"X": "laplace(s)", "s": "positive", "t": "real"}, {"h": "|t|*s <= 1/2"},
    ),
    "chi-square is sub-exponential": (
        "E(exp(t*(X - n))) <= exp(2*n*t^2)", "E(exp(t*(X - n))) <= exp(0.99*n*t^2)",
        {"X": "chi2(n)", "n": "integer >= 1", "t": "[-1/4, 1/4]"}, {},
    ),
    "the excess of a normal draw": (
        "E(relu(w - t)) <= exp(-t^2/2)/(sqrt(2*pi)*(1 + t^2))",
        "E(relu(w - t)) <= exp(-t^2/2)/(sqrt(2*pi)*(1 + 1.1*t^2))",
        {"w": "gaussian", "t": "nonnegative"}, {},
    ),
    "the norm of a normal vector": (
        "n/sqrt(n + 1) <= E(norm(w)) <= sqrt(n)", "E(norm(w)) <= 0.9*sqrt(n)", NORMAL, {},
    ),
    "its variance": ("Var(norm(w)) <= 1/2", "Var(norm(w)) <= 0.36", NORMAL, {}),
    "its tail": (
        "P(norm(w)^2 >= n + 2*sqrt(n*t) + 2*t) <= exp(-t)",
        "P(norm(w)^2 >= n + 2*sqrt(n*t) + 2*t) <= exp(-2*t)/2",
        {**NORMAL, "t": "nonnegative"}, {},
    ),
    "a random walk": (
        "E(|sum(i, 1, n, a_i*e_i)|) <= sqrt(sum(i, 1, n, a_i^2))",
        "E(|sum(i, 1, n, a_i*e_i)|) <= 0.99*sqrt(sum(i, 1, n, a_i^2))",
        {"n": "integer >= 1", "e": "sequence of rademacher", "a": "sequence of real"}, {},
    ),
    "Bernstein for successes": (
        "P(X >= n*p + t) <= exp(-t^2/(2*(n*p*(1 - p) + t/3)))",
        "P(X >= n*p + t) <= exp(-t^2/(0.2*n*p*(1 - p)))",
        {"X": "binomial(n, p)", "n": "integer >= 1", "p": "(0, 1)", "t": "positive"}, {},
    ),
    "eigenvalues are Lipschitz": (
        "|lambda_max(A) - lambda_max(B)| <= norm2(A - B)",
        "|lambda_max(A) - lambda_max(B)| <= 0.99*norm2(A - B)", SYMMETRIC, {},
    ),
    "duality of norms": (
        "|tr(T(A)*B)| <= norm2(A)*nuclear(B)", "|tr(T(A)*B)| <= 0.99*norm2(A)*nuclear(B)",
        {"A, B": "matrix(m, n)", "m, n": "integer >= 1"}, {},
    ),
    "a gradient step contracts": (
        "norm2(I - eta*A) <= max(|1 - eta*m|, |1 - eta*M|)",
        "norm2(I - eta*A) <= max(|1 - eta*m|, 0.99*|1 - eta*M|)",
        {"A": "symmetric(n)", "n": "integer >= 1", "m, M, eta": "positive"},
        {"l": "A >= m*I", "u": "A <= M*I"},
    ),
    "determinant and trace": (
        "det(A) <= (tr(A)/n)^n", "det(A) <= (0.99*tr(A)/n)^n",
        {"A": "psd(n)", "n": "integer >= 1"}, {},
    ),
    "soft maximum": (
        "max(i, 1, n, x_i) <= log(sum(i, 1, n, exp(b*x_i)))/b <= max(i, 1, n, x_i) + log(n)/b",
        "log(sum(i, 1, n, exp(b*x_i)))/b <= max(i, 1, n, x_i) + 0.9*log(n)/b",
        {"n": "integer >= 1", "x": "sequence of real", "b": "positive"}, {},
    ),
}  # fmt: skip


def said(name, true):
    right, wrong, variables, hypotheses = PAIRS[name]
    return statement(
        variables=variables, hypotheses=hypotheses, conclusion=right if true else wrong
    )


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", PAIRS)
def test_it_is_proved(name):
    assert prove(said(name, True), 60).verdict is Verdict.PROVED


@pytest.mark.slow  # a minute: pytest -m slow tests/proofs/test_probability.py
@pytest.mark.parametrize("name", PAIRS)
def test_its_twin_is_refuted(name):
    assert decide(said(name, False), 30).verdict is Verdict.REFUTED
