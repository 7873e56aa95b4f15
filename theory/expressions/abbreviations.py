"""Functions by what they mean: each is another way to write a formula, and is read as that formula.

So no prover has to know them, and what a certificate prints is the formula itself. Where such a
function is defined is where its formula is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from theory.expressions.tree import Expression, name, number, rational_value

Build = Callable[..., Expression]
MAX_FACTORIAL = 500


def op(head: str, *args: Expression) -> Expression:
    """An operator or function applied."""
    return Expression(head, args)


def add(a: Expression, b: Expression) -> Expression:
    """The sum of two."""
    return op("+", a, b)


def sub(a: Expression, b: Expression) -> Expression:
    """The difference of two."""
    return op("-", a, b)


def mul(a: Expression, b: Expression) -> Expression:
    """The product of two, without a factor 1."""
    return b if a == ONE else a if b == ONE else op("*", a, b)


def div(a: Expression, b: Expression) -> Expression:
    """The quotient of two."""
    return op("/", a, b)


def power(a: Expression, n: Expression | int) -> Expression:
    """A power."""
    return op("**", a, number(n) if isinstance(n, int) else n)


def exp(a: Expression) -> Expression:
    """The exponential."""
    return op("exp", a)


ZERO, ONE, TWO, HALF, PI = number(0), number(1), number(2), number(Fraction(1, 2)), name("pi")
THIRD = number(Fraction(1, 3))


@dataclass(frozen=True)
class Abbreviation:
    """A function by its formula.

    Attributes
    ----------
    arity : int
        How many arguments it takes.
    build : callable
        The formula, given the arguments.
    meaning : str
        The formula in words or signs, for the reference page.
    """

    arity: int
    build: Build
    meaning: str


def _sigmoid(x: Expression) -> Expression:
    return div(ONE, add(ONE, exp(op("neg", x))))


def _choose(n: Expression, k: Expression) -> Expression:
    """N(n-1)...(n-k+1)/k! for a number k; factorials otherwise."""
    count = rational_value(k)
    if count is not None and count.denominator == 1 and 0 <= count <= 20:
        total = ONE
        for i in range(int(count)):
            total = mul(total, sub(n, number(i)) if i else n)
        return div(total, number(_whole_factorial(int(count)))) if count > 1 else total
    return div(_factorial(n), mul(_factorial(k), _factorial(sub(n, k))))


def _factorial(n: Expression) -> Expression:
    try:
        value = rational_value(n)
    except ZeroDivisionError:
        value = None
    if value is not None and value.denominator == 1 and 0 <= value <= MAX_FACTORIAL:
        return number(_whole_factorial(int(value)))
    return op("gamma", add(n, ONE))


def _whole_factorial(n: int) -> int:
    total = 1
    for k in range(2, n + 1):
        total *= k
    return total


def _normal_cdf(x: Expression) -> Expression:
    return mul(HALF, add(ONE, op("erf", div(x, op("sqrt", TWO)))))


ABBREVIATIONS: Mapping[str, Abbreviation] = {
    "tan": Abbreviation(1, lambda x: div(op("sin", x), op("cos", x)), "sin(x)/cos(x)"),
    "cot": Abbreviation(1, lambda x: div(op("cos", x), op("sin", x)), "cos(x)/sin(x)"),
    "acos": Abbreviation(1, lambda x: sub(div(PI, TWO), op("asin", x)), "pi/2 - asin(x)"),
    "erfc": Abbreviation(1, lambda x: sub(ONE, op("erf", x)), "1 - erf(x)"),
    "ln": Abbreviation(1, lambda x: op("log", x), "log(x)"),
    "log2": Abbreviation(1, lambda x: div(op("log", x), op("log", TWO)), "log(x)/log(2)"),
    "log10": Abbreviation(1, lambda x: div(op("log", x), op("log", number(10))), "log(x)/log(10)"),
    "log1p": Abbreviation(1, lambda x: op("log", add(ONE, x)), "log(1 + x)"),
    "expm1": Abbreviation(1, lambda x: sub(exp(x), ONE), "exp(x) - 1"),
    "relu": Abbreviation(1, lambda x: op("max", x, ZERO), "max(x, 0)"),
    "sigmoid": Abbreviation(1, _sigmoid, "1/(1 + exp(-x))"),
    "softplus": Abbreviation(1, lambda x: op("log", add(ONE, exp(x))), "log(1 + exp(x))"),
    "silu": Abbreviation(1, lambda x: mul(x, _sigmoid(x)), "x/(1 + exp(-x))"),
    "Phi": Abbreviation(1, _normal_cdf, "(1 + erf(x/sqrt(2)))/2, the normal distribution"),
    "gelu": Abbreviation(1, lambda x: mul(x, _normal_cdf(x)), "x*Phi(x)"),
    "asinh": Abbreviation(
        1,
        lambda x: op("log", add(x, op("sqrt", add(power(x, 2), ONE)))),
        "log(x + sqrt(x**2 + 1))",
    ),
    "acosh": Abbreviation(
        1,
        lambda x: op("log", add(x, _root(x))),
        "log(x + sqrt(x - 1)*sqrt(x + 1))",
    ),
    "atanh": Abbreviation(
        1,
        lambda x: div(sub(op("log", add(ONE, x)), op("log", sub(ONE, x))), TWO),
        "(log(1 + x) - log(1 - x))/2",
    ),
    "sech": Abbreviation(1, lambda x: div(ONE, op("cosh", x)), "1/cosh(x)"),
    "clip": Abbreviation(3, lambda x, a, b: op("min", op("max", x, a), b), "min(max(x, a), b)"),
    "ceil": Abbreviation(1, lambda x: op("neg", op("floor", op("neg", x))), "-floor(-x)"),
    "factorial": Abbreviation(1, _factorial, "gamma(n + 1), a number for a number"),
    "binomial": Abbreviation(
        2, _choose, "n*(n-1)*...*(n-k+1)/k! for a number k, else by factorials"
    ),
    "beta": Abbreviation(
        2,
        lambda a, b: div(mul(op("gamma", a), op("gamma", b)), op("gamma", add(a, b))),
        "gamma(a)*gamma(b)/gamma(a + b)",
    ),
    "loggamma": Abbreviation(1, lambda x: op("log", op("gamma", x)), "log(gamma(x))"),
    "cbrt": Abbreviation(
        1, lambda x: mul(op("sign", x), power(op("abs", x), THIRD)), "sign(x)*|x|**(1/3)"
    ),
    "step": Abbreviation(
        1,
        lambda x: op("piecewise", op("and", op("or", op(">=", x, ZERO))), ONE, ZERO),
        "1 for x >= 0, else 0",
    ),
    "square": Abbreviation(1, lambda x: power(x, 2), "x**2"),
}


def _root(x: Expression) -> Expression:
    return mul(op("sqrt", sub(x, ONE)), op("sqrt", add(x, ONE)))


ORACLES: Mapping[str, int] = {"grad": 2, "prox": 3, "resolvent": 3, "proj": 2, "lmo": 2}
"""What is asked of a function, a set or an operator, which is their first argument: arities."""

ALIASES: Mapping[str, str] = {
    "arctan": "atan",
    "arcsin": "asin",
    "arccos": "acos",
    "arctanh": "atanh",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "logistic": "sigmoid",
    "swish": "silu",
    "sgn": "sign",
    "choose": "binomial",
    "W": "lambertw",
    "LambertW": "lambertw",
    "Pr": "P",
    "integral": "integrate",
    "derivative": "diff",
    "trace": "tr",
    "transpose": "T",
    "inner": "dot",
    "opnorm": "norm2",
    "norminf": "norm_inf",
    "norm_1": "norm1",
    "norm_2": "norm2",
    "norm_F": "norm",
    "norm_op": "norm2",
    "norm_fro": "norm",
    "norm_nuc": "nuclear",
}
"""Other names of functions."""

NORM_SIGNS: Mapping[str, str] = {
    "F": "norm",
    "2": "norm2",
    "op": "norm2",
    "*": "nuclear",
    "1": "norm1",
    "inf": "norm_inf",
    "oo": "norm_inf",
}
"""Which norm is meant by a sign below closing bars, or by a second argument of ``norm``."""
