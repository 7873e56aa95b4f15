"""Means of polynomials in draws, of random shape: exactly, and defined just where they have to be.

Formulas are multiplied out a second time, as polynomials in the draws with a number in the place of
the parameter. A division by what is drawn does not occur, so that a formula has a value, or none,
whatever is drawn.
"""

from fractions import Fraction
from math import comb, factorial, prod

from hypothesis import assume, given
from hypothesis import strategies as st

from theory.claims import statement
from theory.errors import Unsupported
from theory.expressions import Expression, name, number, rational_value
from theory.expressions.abbreviations import op
from theory.moments import polynomial_mean
from theory.statements import relation_at

POINTS = [Fraction(v) for v in (0, 1, 2, -1, Fraction(-1, 2))]


def shifted(m, s, moment):
    """Moments of m + s X."""
    return lambda k: sum(comb(k, j) * m ** (k - j) * s**j * moment(j) for j in range(k + 1))


def normal(k):
    return 0 if k % 2 else prod(range(1, k, 2))


def poisson(k, mean=Fraction(2)):
    return 1 if k == 0 else mean * sum(comb(k - 1, j) * poisson(j) for j in range(k))


def tossed(n, p):
    return lambda k: sum(
        comb(n, i) * p**i * (1 - p) ** (n - i) * Fraction(i) ** k for i in range(n + 1)
    )


MOMENTS = {
    "gaussian": normal,
    "unit": lambda k: Fraction(1, k + 1),
    "rademacher": lambda k: 1 - k % 2,
    "normal(1, 2)": shifted(1, 2, normal),
    "uniform(-1, 2)": lambda k: Fraction(2 ** (k + 1) - (-1) ** (k + 1), 3 * (k + 1)),
    "exponential(2)": lambda k: Fraction(factorial(k), 2**k),
    "laplace(3)": lambda k: 0 if k % 2 else factorial(k) * 3**k,
    "bernoulli(1/3)": tossed(1, Fraction(1, 3)),
    "binomial(2, 1/4)": tossed(2, Fraction(1, 4)),
    "poisson(2)": poisson,
    "chi2(3)": lambda k: prod(range(3, 3 + 2 * k, 2)),
}


# Formulas, and their values -----------------------------------------------------------------------


class Nothing(Exception):
    """What has no value."""


def multiplied(p, q):
    found = {}
    for (i, j), c in p.items():
        for (k, n), d in q.items():
            found[i + k, j + n] = found.get((i + k, j + n), 0) + c * d
    return found


def polynomial(e, a):
    """A formula as a polynomial in the draws: powers of X and of Y, and their coefficient."""
    match e.head:
        case "number":
            return {(0, 0): e.value}
        case "name":
            return {(1, 0): 1} if e.name == "X" else {(0, 1): 1} if e.name == "Y" else {(0, 0): a}
    parts = [polynomial(x, a) for x in e.args]
    match e.head:
        case "+" | "-":
            sign = 1 if e.head == "+" else -1
            keys = {*parts[0], *parts[1]}
            return {k: parts[0].get(k, 0) + sign * parts[1].get(k, 0) for k in keys}
        case "neg":
            return {k: -c for k, c in parts[0].items()}
        case "*":
            return multiplied(*parts)
        case "/":
            if not parts[1].get((0, 0)):
                raise Nothing
            return {k: c / parts[1][0, 0] for k, c in parts[0].items()}
        case "**":
            found = {(0, 0): Fraction(1)}
            for _ in range(int(e.args[1].value)):
                found = multiplied(found, parts[0])
            return found
    raise AssertionError(e.head)


def trees(leaves, most=6):
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(op, st.sampled_from("+-*"), inner, inner),
            st.builds(lambda e, k: op("**", e, number(k)), inner, st.integers(1, 3)),
            st.builds(op, st.just("neg"), inner),
            st.builds(op, st.just("/"), inner, COEFFICIENTS),
        ),
        max_leaves=most,
    )


A = name("a")
COEFFICIENTS = st.sampled_from(
    [A, op("-", A, number(1)), op("/", number(1), A), op("*", A, A), number(-2), op("/", A, A),
     op("/", A, op("-", number(2), A)), op("*", number(0), op("/", number(3), op("+", A, A)))]
)  # fmt: skip
LEAVES = st.sampled_from([*map(name, "XXYYa"), number(2), number(Fraction(-1, 3))]) | COEFFICIENTS
FORMULAS = trees(LEAVES)


def exactly(e, laws):
    """A formula without parameters, with means that the core knows; None where it has no value."""
    if e.head == "E":
        return polynomial_mean(e.args[0], {x: laws[x] for x in e.names})
    parts = [exactly(x, laws) for x in e.args]
    if None in parts:
        return None
    if not parts:
        return e.value
    try:
        return rational_value(Expression(e.head, tuple(map(number, parts)), e.value, e.name))
    except ZeroDivisionError:
        return None


def asked(made, at):
    """The value of the left side of a claim; None if anything that it concludes has none."""
    found = set()
    for part in made.pieces:
        if all(relation_at(r, at) is not False for r in part.hypotheses.values()):
            known = {x: number(v) for x, v in at.items()}
            left, right = (exactly(s.substitute(known), made.variables)
                           for s in (part.conclusion.left, part.conclusion.right))  # fmt: skip
            found |= {left} if right is not None else {None}
    return None if None in found else max(found, key=abs)


def compared(text, laws, wanted):
    """What the language makes of means has the value, and the lack of one, that is wanted."""
    try:
        made = statement({"X": laws[0], "Y": laws[1], "a": "real"}, f"{text} >= 0")
    except Unsupported:
        assume(False)
    for a in POINTS:
        try:
            expected = wanted(a)
        except Nothing:
            expected = None
        assert asked(made, {"a": a}) == expected, (text, laws, a)


def mean_of(p, laws):
    return sum((c * MOMENTS[laws[0]](i) * MOMENTS[laws[1]](j) for (i, j), c in p.items()),
               Fraction(0))  # fmt: skip


LAWS = st.tuples(*[st.sampled_from(sorted(MOMENTS))] * 2)


@given(FORMULAS, LAWS)
def test_a_mean_is_that_of_the_polynomial(e, laws):
    compared(f"E({e})", laws, lambda a: mean_of(polynomial(e, a), laws))


@given(trees(LEAVES, 4), LAWS)
def test_a_variance_is_that_of_the_polynomial(e, laws):
    def wanted(a):
        p = polynomial(e, a)
        return mean_of(multiplied(p, p), laws) - mean_of(p, laws) ** 2

    compared(f"Var({e})", laws, wanted)


@given(trees(LEAVES, 3), trees(LEAVES, 3), LAWS)
def test_a_covariance_is_that_of_the_polynomials(e, f, laws):
    def wanted(a):
        p, q = polynomial(e, a), polynomial(f, a)
        return mean_of(multiplied(p, q), laws) - mean_of(p, laws) * mean_of(q, laws)

    compared(f"Cov({e}, {f})", laws, wanted)
