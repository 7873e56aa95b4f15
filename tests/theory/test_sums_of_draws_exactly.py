"""Means of sums of draws of random shape, over all outcomes, and defined where all terms are."""

from fractions import Fraction
from itertools import product
from math import prod

from hypothesis import assume, example, given
from hypothesis import strategies as st

from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.expressions import rational_value
from theory.statements import relation_at

COIN, SIGN = {0: Fraction(3, 4), 1: Fraction(1, 4)}, {-1: Fraction(1, 2), 1: Fraction(1, 2)}
NAMES = {"n": "integer >= 1", "c": "real", "X": "sequence of bernoulli(1/4)",
         "Y": "sequence of rademacher", "z": "sequence of real"}  # fmt: skip
ADDED, INVERTED = "sum(j, 1, n, z_j)", "sum(j, 1, n, 1/z_j)"
Z = {1: Fraction(2), 2: Fraction(-2), 3: Fraction(0)}

weights = st.sampled_from(["1", "2", "i", "c", "1/c", "i/c", "1/i", "1/z_i", "z_i", "(c - 1)", "0",
                           "1/(c - 1)", "0/(c - 1)", "0/z_i", f"1/{ADDED}",
                           INVERTED])  # fmt: skip
terms = st.one_of(
    st.builds("({})*X_i".format, weights),
    st.builds("({})*Y_i".format, weights),
    st.builds("(X_i + {})/c".format, weights),
    st.builds("(X_i - Y_i*({}))*2".format, weights),
    st.builds("(X_i*Y_i - ({})*X_i^2)".format, weights),
)
sums = st.builds("sum(i, 1, n, {})".format, terms)
coefficients = st.sampled_from(["1", "c", "1/c", "-2", "n", "(1 - c)", "0", "0/c"])
means = st.one_of(
    st.builds("E(({})*{} + ({}))".format, coefficients, sums, coefficients),
    st.builds("E(({})*{}^{})".format, coefficients, sums, st.integers(2, 4)),
    st.builds("E(({} - {})^2)".format, sums, coefficients),
    st.builds("E({}*{})".format, sums, sums),
    st.builds("E(prod(i, 1, n, 1 + {}))".format, terms),
    st.builds("E(({})*prod(i, 1, n, {})*prod(i, 1, n, X_i + 1))".format, coefficients, terms),
    st.builds("Var(({})*{} - {})".format, coefficients, sums, coefficients),
    st.builds("Cov({}, ({})*{})".format, sums, coefficients, sums),
    st.builds("Var(({})*prod(i, 1, n, {}))".format, coefficients, terms),
    st.builds("Cov(prod(i, 1, n, X_i + {}), prod(i, 1, n, X_i))".format, weights),
    st.builds("Cov({} + {}, {})".format, sums, coefficients, sums),
)


def wanted(text, n, c):
    """The mean, variance or covariance over all outcomes; ZeroDivisionError where there is none."""
    total, first, second = Fraction(0), Fraction(0), Fraction(0)
    for x in product(COIN, repeat=n):
        for y in product(SIGN, repeat=n):
            chance = prod((COIN[v] for v in x), start=Fraction(1)) * Fraction(1, 2**n)

            def over(run, f, x=x, y=y):
                return run(f(Fraction(i), Fraction(x[i - 1]), Fraction(y[i - 1]), Z[i])
                           for i in range(1, n + 1))  # fmt: skip

            scope = {"__builtins__": {}, "n": Fraction(n), "c": c, "total": lambda f: over(sum, f),
                     "times": lambda f: over(prod, f),
                     "added": sum(Z[k] for k in range(1, n + 1)),
                     "inverted": lambda: sum(1 / Z[k] for k in range(1, n + 1))}  # fmt: skip
            inside = eval(text[text.index("(") :], scope)
            u, v = (inside[0], inside[-1]) if text[0] != "E" else (inside, inside)
            total, first, second = total + chance * u * v, first + chance * u, second + chance * v
    return first if text[0] == "E" else total - first * second


def written(text):
    """The same formula in Python, with a pair of what a variance or covariance is about."""
    text = text.replace(ADDED, "added").replace(INVERTED, "inverted()")
    for head, run in (("sum", "total"), ("prod", "times")):
        text = text.replace(f"{head}(i, 1, n, ", f"{run}(lambda i, X_i, Y_i, z_i: ")
    text = text.replace("^", "**")
    return f"{text[:-1]}, )" if text.startswith("Var") else text


@given(means, st.sampled_from([Fraction(v) for v in (0, 1, 2)]))
@example("E(1 + sum(i, 1, n, X_i/c))", Fraction(0))
@example("E((1 + sum(i, 1, n, Y_i))*sum(i, 1, n, X_i/z_i))", Fraction(1))
@example("E(sum(i, 1, n, Y_i/c) + 2*c)", Fraction(0))
@example("E(sum(i, 1, n, Y_i/c) + c/2)", Fraction(0))
@example("E(sum(i, 1, n, Y_i*(c/(c - 1))) + 1/c)", Fraction(1))
@example("E(sum(i, 1, n, (X_i + i)/c)^4)", Fraction(2))
@example("E((sum(i, 1, n, i*X_i) - c)^4)", Fraction(1))
@example("E(sum(i, 1, n, (X_i - 2)/i)^3)", Fraction(1))
@example("E(sum(i, 1, n, Y_i*(1/(c - 1)*c)) + 1/c)", Fraction(1))
@example("E(sum(i, 1, n, Y_i*sum(j, 1, n, 1/z_j)))", Fraction(1))
@example("Cov(prod(i, 1, n, X_i), prod(i, 1, n, X_i + 1))", Fraction(1))
@example("Var(prod(i, 1, n, X_i))", Fraction(1))
@example("E(sum(i, 1, n, c*Y_i/sum(j, 1, n, z_j)))", Fraction(1))
def test_means_of_sums_are_those_over_all_outcomes(text, c):
    try:
        made = statement(NAMES, f"{text} >= 0")
    except (Unsupported, InputError):
        assume(False)
    for n in (1, 2, 3):
        here = made.unrolled(n - 1) if made.layers is not None else made
        at = {"c": c, "n": Fraction(n), "z": Z[1]}
        at |= {x: Z[1 if x == "z_1" else n] for x in here.variables if x.startswith("z_")}
        run = "__" if "z_1" in made.variables else "_"
        at |= {f"z{run}{k}": Z[k + 1] for k in range(1, n)}
        found = set()
        for part in here.pieces:
            if all(relation_at(r, at) is not False for r in part.hypotheses.values()):
                try:
                    found.add(rational_value(part.obligation.left, at))
                except ZeroDivisionError:
                    found.add(None)
        try:
            expected = wanted(written(text), n, c)
        except ZeroDivisionError:
            expected = None
        value = None if None in found else max(found, key=abs)
        assert value == expected, (text, n, c, at)
