"""What papers write is read as what this language writes, or refused with the word that helps."""

import json

import pytest

from theory.claims import statement
from theory.errors import InputError, Unsupported

SIZES = {"n": "integer >= 1"}
SAME = {
    "a norm with its sign": (
        {
            "variables": {"x, y": "vector(n)", **SIZES},
            "conclusion": "‖x - y‖_1 <= sqrt(n)*‖x - y‖_2",
        },
        {
            "variables": {"x, y": "vector(n)", **SIZES},
            "conclusion": "sum(i, 1, n, |x_i - y_i|) <= sqrt(n)*norm(x - y)",
        },
    ),
    "the largest entry": (
        {"variables": {"x": "vector(n)", **SIZES}, "conclusion": "‖x‖_∞ <= ‖x‖₁"},
        {
            "variables": {"x": "vector(n)", **SIZES},
            "conclusion": "max(i, 1, n, |x_i|) <= sum(i, 1, n, |x_i|)",
        },
    ),
    "of three entries": (
        {"variables": {"x": "vector(3)"}, "conclusion": "norm(x, inf) <= norm(x, 2) <= norm(x, 1)"},
        {
            "variables": {"x": "vector(3)"},
            "conclusion": "max(|x_1|, |x_2|, |x_3|) <= norm(x) <= |x_1| + |x_2| + |x_3|",
        },
    ),
    "of vectors of any dimension": (
        {"variables": {"x, y": "vector"}, "conclusion": "‖x + y‖_2 <= ‖x‖_2 + ‖y‖_2"},
        {"variables": {"x, y": "vector"}, "conclusion": "norm(x + y) <= norm(x) + norm(y)"},
    ),
    "norms of matrices": (
        {"variables": {"A": "matrix(m, n)", "m, n": "integer >= 1"},
         "conclusion": "‖A‖_2 <= ‖A‖_F <= ‖A‖_*"},
        {"variables": {"A": "matrix(m, n)", "m, n": "integer >= 1"},
         "conclusion": "norm2(A) <= norm(A) <= nuclear(A)"},
    ),
    "indices in braces": (
        {"variables": {**SIZES, "c": "positive"}, "conclusion": "x_n <= c",
         "recursions": ["x_1 = c", "x_{n+1} = x_{n}/2"]},
        {"variables": {**SIZES, "c": "positive"}, "conclusion": "x[n] <= c",
         "recursions": ["x[1] == c", "x[n+1] == x[n]/2"]},
    ),
    "smooth and convex": (
        {"variables": {"x": "vector", "xs": "argmin of f", "L, μ": "positive"},
         "functions": {"f": "L-smooth and μ-strongly convex"},
         "conclusion": "‖∇f(x)‖^2 <= 2*L*(f(x) - f(xs))"},
        {"variables": {"x": "vector", "xs": "minimiser of f", "L, mu": "positive"},
         "functions": {"f": "smooth(L) & strongly convex(mu)"},
         "conclusion": "norm(grad(f, x))^2 <= 2*L*(f(x) - f(xs))"},
    ),
    "not convex": (
        {"variables": {"x": "vector", "L": "positive"}, "functions": {"f": "nonconvex, L-smooth"},
         "conclusion": "f(x - grad f(x)/L) <= f(x)"},
        {"variables": {"x": "vector", "L": "positive"}, "functions": {"f": "smooth(L)"},
         "conclusion": "f(x - grad(f, x)/L) <= f(x)"},
    ),
    "operators": (
        {"variables": {"x, y": "vector"}, "operators": {"T": "firmly nonexpansive"},
         "conclusion": "‖T(x) - T(y)‖ <= ‖x - y‖"},
        {"variables": {"x, y": "vector"}, "operators": {"T": "cocoercive(1)"},
         "conclusion": "norm(T(x) - T(y)) <= norm(x - y)"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_other_words_say_the_same(name):
    paper, ours = (json.loads(statement(**said).canonical) for said in SAME[name])
    assert paper | {"scope": ""} == ours | {"scope": ""}


REAL = {"x": "real"}
HELP = {
    "relu(x) == (x if x >= 0 else 0)": (REAL, r"piecewise\(x >= 0, x, 0\)"),
    "max(a_i for i in 1..n) <= 1": ({**SIZES, "a": "sequence of real"}, r"max\(i, 1, n, a_i\)"),
    "max(a) <= 1": ({**SIZES, "a": "sequence of real"}, r"max\(i, 1, n, a_i\)"),
    "x > 0 iff exp(x) > 1": (REAL, "two claims"),
    "x > 0 <=> exp(x) > 1": (REAL, "two claims"),
    "x >= 1 => x^2 >= x": (REAL, "hypotheses"),
    "exists y: y > x": (REAL, "give the value"),
    "∀ y: y > x": (REAL, "all values of its variables"),
    "‖x‖_1 >= 0": ({"x": "vector"}, r'"vector\(n\)"'),
    "‖A‖_1 >= 0": ({"A": "matrix(2, 2)"}, "norm of vectors"),
    "‖A*x‖_1 >= 0": ({"A": "psd(n)", "x": "vector(n)", **SIZES}, "norm1"),
    "|x|_1 >= 0": (REAL, "no vector or matrix"),
    "norm(x, 3) >= 0": ({"x": "vector(3)"}, "norms have the signs"),
    "cond(A) >= 1": ({"A": "psd(n)", **SIZES}, r"lambda_max\(A\)/lambda_min\(A\)"),
    "rank(A) >= 1": ({"A": "psd(n)", **SIZES}, "ranks"),
    "softmax(x) >= 0": (REAL, r"sum\(i, 1, n, exp\(x_i\)\)"),
}


@pytest.mark.parametrize("conclusion", HELP)
def test_what_is_not_read_is_refused_with_the_word_that_helps(conclusion):
    variables, helps = HELP[conclusion]
    with pytest.raises((InputError, Unsupported), match=helps) as wrong:
        statement(variables=variables, conclusion=conclusion)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("domain", "helps"),
    [
        ("N(m, s^2)", "standard deviation"),
        ("uniform on the sphere", "gaussian vector"),
        ("random vector", "gaussian vector"),
        ("gaussian matrix(n, n)", "random matrices"),
        ("uniform{1, 2, 3}", "twopoint"),
        ("convex set", "functions = "),
        ("L-smooth function", "functions = "),
        ("monotone operator", "operators = "),
        ("sequence of vector", "each coordinate"),
    ],
)
def test_what_is_no_domain_is_refused_with_its_place(domain, helps):
    with pytest.raises(InputError, match=helps):
        statement(variables={"X": domain, "m": "real", "s": "positive"}, conclusion="m <= m")


@pytest.mark.parametrize(
    ("conclusion", "helps"),
    [
        ("f(x) - f* >= 0", r"write f\(xs\)"),
        ("m*I <= hess(f, x)", "values and gradients"),
        ("f(t) >= f(x)", 'declared as t = "vector"'),
    ],
)
def test_what_a_function_is_not_asked_is_refused_with_the_reason(conclusion, helps):
    variables = {"x": "vector", "t": "real", "m": "positive"}
    with pytest.raises((InputError, Unsupported), match=helps):
        statement(variables=variables, functions={"f": "convex"}, conclusion=conclusion)
