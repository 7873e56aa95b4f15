"""The language: what people write means what brute force, NumPy and quadrature say."""

import itertools
import math
import re
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from proofs.evidence.verdicts import Verdict
from proofs.refutation.violation import violation
from proofs.search import prove
from proofs.user_claims import entries
from tests.theory.by_hand import left, value
from theory.claims import Claim, statement
from theory.errors import InputError, Unsupported
from theory.expressions import parse, plain, rational_value
from theory.language.integrals import derivative
from theory.language.reading import STATEMENT_FUNCTIONS

FIXTURES = Path(__file__).parents[1] / "fixtures" / "language"
SMALL = st.fractions(-3, 3, max_denominator=4)


# Every statement of the lists is read, or refused as it should be ---------------------------------

LISTS = [(p, c) for p in sorted(FIXTURES.glob("*.toml")) for c in entries(p)]


def test_the_lists_are_long():
    assert len(LISTS) >= 120


@pytest.mark.parametrize(("path", "claim"), LISTS, ids=lambda x: getattr(x, "name", ""))
def test_a_statement_is_read_or_says_at_once_that_it_is_not_covered(path, claim):
    wanted = tomllib.loads(path.read_text())[claim.name]["truth"]
    if wanted == "unsupported" and isinstance(claim, Claim):  # as the core says
        assert prove(claim.statement, 1.0).verdict is Verdict.UNSUPPORTED
    elif wanted == "unsupported":
        assert isinstance(claim.problem, Unsupported)
    else:
        assert isinstance(claim, Claim), claim.problem


# Comparisons and cases ----------------------------------------------------------------------------


@given(SMALL, SMALL)
def test_logic_is_that_of_python(x, y):
    cases = {
        "0 <= x < y": 0 <= x < y,
        "x <= y and y <= 1": x <= y <= 1,
        "x > 0 or y > 0": x > 0 or y > 0,
        "x != y": x != y,
        "x in [0, y)": 0 <= x < y,
        "(x >= 0 and y >= 0) or x < -1": (x >= 0 and y >= 0) or x < -1,
    }
    for text, holds in cases.items():
        hypothesis = statement({"x": "real", "y": "real"}, "x + 1 <= x", hypotheses={"h": text})
        assert (hypothesis.holds_at({"x": x, "y": y}) is False) == holds, text
    for text in ("0 <= x < y", "x <= y and y <= 1", "x > 0 or y > 0", "x != y"):
        concluded = statement({"x": "real", "y": "real"}, text)
        assert concluded.holds_at({"x": x, "y": y}) is cases[text], text


@given(SMALL)
def test_piecewise_has_the_value_of_the_first_condition_that_holds(x):
    made = statement(
        {"x": "real", "y": "real"},
        "y == piecewise(x < -1, 2, x <= 1 and x != 0, x**2, x > 2, 7, -x)",
    )
    value_ = 2 if x < -1 else x**2 if x <= 1 and x != 0 else 7 if x > 2 else -x
    assert made.holds_at({"x": x, "y": Fraction(value_)}) is True
    assert made.holds_at({"x": x, "y": Fraction(value_) + 1}) is False


@given(SMALL)
def test_floor_is_that_of_python(x):
    made = statement({"x": "real", "y": "real"}, "floor(2*x) + ceil(x) == y")
    point = {"x": x, "floor": Fraction(math.floor(2 * x)), "floor_": Fraction(math.floor(-x))}
    right = math.floor(2 * x) + math.ceil(x)
    assert violation(made, {**point, "y": Fraction(right)}) is None
    assert violation(made, {**point, "y": Fraction(right + 1)}) is not None


@given(SMALL)
def test_intervals_are_what_they_say(x):
    for domain, inside in {
        "[0, 1)": 0 <= x < 1,
        "(-1, 2]": -1 < x <= 2,
        "[1, inf)": x >= 1,
        "nonzero": x != 0,
        "{-1, 1}": x in (-1, 1),
        "real > 1/2": x > Fraction(1, 2),
    }.items():
        made = statement({"x": domain}, "x + 1 <= x")
        assert (violation(made, {"x": x}) is not None) == inside, domain


def test_natural_begins_at_zero():
    made = statement({"n": "natural"}, "n >= 1")
    assert violation(made, {"n": Fraction(0)}) is not None
    assert violation(made, {"n": Fraction(-1)}) is None
    assert violation(made, {"n": Fraction(1, 2)}) is None


# Notation -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("x^2", "x**2"),
        ("|x - |y||", "abs(x - abs(y))"),
        ("2·x − x²", "2*x - x**2"),
        ("η*λ", "eta*lambda"),
        ("x₁ + √(x)", "x_1 + sqrt(x)"),
        ("e^x", "exp(1)**x"),
        ("ln(x) + log(x, 2)", "log(x) + log(x)/log(2)"),
        ("sigmoid(x)", "1/(1 + exp(-x))"),
        ("binomial(x, 3)", "x*(x - 1)*(x - 2)/6"),
        ("factorial(5)", "120"),
        ("relu(x)", "max(x, 0)"),
    ],
)
def test_what_is_typed_is_what_is_meant(typed, meant):
    names = frozenset({"x", "y", "eta", "lambda", "x_1"})
    functions = frozenset(STATEMENT_FUNCTIONS)
    assert parse(typed, names, functions) == parse(meant, names, functions)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2x >= 0", "write 2*x"),
        ("2(x + 1) >= 0", "write 2*("),
        ("x y >= 0", "write x*y"),
        ("x(1 + x) >= 0", "write x*"),
        ("sigmiod(x) >= 0", "sigmoid"),
        ("xx >= 0", "x"),
        ("x >= ", "ends too early"),
        ("x => 0", "unexpected"),
    ],
)
def test_mistakes_are_met_with_a_hint(text, hint):
    with pytest.raises(InputError, match="conclusion") as wrong:
        statement({"x": "real", "y": "real"}, text)
    assert hint in str(wrong.value) or hint == "unexpected"


PIECES = st.sampled_from(["x", "η", "λ", "x₁", "²", "√", "^", "·", "−", "≤", " ", "\n"])


@given(before=st.lists(PIECES).map("".join), after=st.lists(PIECES).map("".join))
def test_a_mistake_is_found_at_its_column_as_written(before, after):
    """Of the sign that means nothing, however the signs before it are spelled in ASCII."""
    text = f"{before}${after}"
    with pytest.raises(InputError) as wrong:
        parse(text, frozenset({"x", "eta", "lambda"}), frozenset(STATEMENT_FUNCTIONS))
    (row, column) = re.search(r"\((?:line (\d+), )?column (\d+)\)$", str(wrong.value)).groups()
    assert text.splitlines()[int(row or 1) - 1][int(column) - 1] == "$"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("x² + 2x >= 0", 6),
        ("η·η + foo(x) >= 0", 7),
        ("λ·λ + foo(x) >= 0", 7),
        ("x + max(y, z) >= 0", 12),
        ("(x + y >= 0", 8),
        ("x + y", 6),
        ("x >=", 5),
        ("x + (y*) >= 0", 8),
        ("exp(x, y) + |x| >= 0", 1),
        ("x >= 0 and y >= 0 y", 17),
    ],
)
def test_a_mistake_is_told_with_its_column(text, column):
    with pytest.raises(InputError, match=rf"\(column {column}\)$"):
        statement({"x": "real", "y": "real", "eta": "real", "lambda": "real"}, text)


@given(st.text(max_size=20))
def test_any_text_has_one_spelling(text):
    assert plain(plain(text)) == plain(text)


# Functions and calculus ---------------------------------------------------------------------------

SMOOTH = ("exp(x)*sin(x)", "log(1 + x**2)", "tanh(x)/(2 + cos(x))", "atan(x**2)", "erf(x)**3",
          "asin(x/4)", "lambertw(1 + x)", "sqrt(4 + x)", "abs(x - 5)", "x**x", "2**x", "x**(5/2)",
          "cosh(x) - sinh(2*x)", "softplus(x)", "x**p",
          "(1 + x**2)**(p + 1)", "p**2*x**p/(p + 3)")  # fmt: skip


@pytest.mark.parametrize("text", SMOOTH)
def test_derivatives_are_those_of_difference_quotients(text):
    e = parse(text, frozenset({"x", "p"}), frozenset(STATEMENT_FUNCTIONS))
    for x, p in ((0.3, 2.5), (1.1, -0.7), (2.7, 1.0)):
        slope = (value(e, {"x": x + 1e-5, "p": p}) - value(e, {"x": x - 1e-5, "p": p})) / 2e-5
        found = value(derivative(e, "x"), {"x": x, "p": p})
        assert found == pytest.approx(slope, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize(
    "text", ["exp(-2*x)*x", "x**2 + 1", "cos(x)", "1/(1 + x)", "x*log(x)", "a*x**3"]
)
def test_integrals_are_those_of_quadrature(text):
    made = left({"a": "positive", "b": "[1, 3]"}, f"integrate({text}, x, a, b)")
    e = parse(text, frozenset({"a", "x"}), frozenset(STATEMENT_FUNCTIONS))
    for a, b in ((0.5, 1.0), (0.2, 2.9), (2.0, 1.5)):
        expected, _ = integrate.quad(lambda x, a=a: value(e, {"x": x, "a": a}), a, b)
        found = value(made.pieces[0].obligation.left, {"a": a, "b": b})
        assert found == pytest.approx(expected, rel=1e-8)


def test_an_integral_across_a_pole_is_not_the_difference_of_antiderivatives():
    made = statement({"a": "negative", "b": "positive"}, "integrate(1/x**2, x, a, b) <= 0")
    assert len(made.parts) > 1  # that the antiderivative has values in between is to be shown
    assert prove(made, 2.0).verdict is not Verdict.PROVED


# Sums and recursions ------------------------------------------------------------------------------


def at_depth(made, layers, point=()):
    unrolled = made.unrolled(layers)
    return rational_value(unrolled.obligation.left, dict(point))


@pytest.mark.parametrize(
    ("text", "least", "brute"),
    [
        ("sum(i, 1, n, i**2)", 0, lambda n: sum(i**2 for i in range(1, n + 1))),
        ("sum(k, 0, n - 1, 2**k)", 0, lambda n: sum(2**k for k in range(n))),
        ("prod(k, 2, n, 1 - 1/k**2)", 1, lambda n: math.prod(
            1 - Fraction(1, k * k) for k in range(2, n + 1))),
        ("sum(i, 1, n + 2, 1/i)", 0, lambda n: sum(Fraction(1, i) for i in range(1, n + 3))),
        ("sum(i, 1, n, sum(j, 1, i, i*j))", 0, lambda n: sum(
            i * j for i in range(1, n + 1) for j in range(1, i + 1))),
        ("sum(i, 1, n, sum(j, 1, n, i*j**2))", 0, lambda n: sum(
            i * j * j for i in range(1, n + 1) for j in range(1, n + 1))),
        ("sum(i, 1, n, 3**(n - i))", 0, lambda n: sum(3 ** (n - i) for i in range(1, n + 1))),
        ("sum(i, 0, n, sum(j, 0, i - 1, j))", 1, lambda n: sum(
            j for i in range(n + 1) for j in range(i))),
        ("max(i, 1, n, (i - 3)**2)", 1, lambda n: max((i - 3) ** 2 for i in range(1, n + 1))),
        ("n*sum(i, 1, n, n*i)", 0, lambda n: n * sum(n * i for i in range(1, n + 1))),
    ],
)  # fmt: skip
def test_sums_are_those_of_brute_force(text, least, brute):
    made = left({"n": f"integer >= {least}"}, text)
    for n in range(least, least + 6):
        assert at_depth(made, n - least) == brute(n), n


@given(st.lists(SMALL, min_size=5, max_size=5))
def test_sums_over_sequences_are_those_of_brute_force(a):
    made = left({"n": "natural", "a": "sequence of real"},
                "sum(t, 1, n, a_t*sum(s, 1, t, a_s**2)) + max(0, sum(i, 1, n, a_i))")  # fmt: skip
    for n in range(6):
        point = {f"a_{i}": v for i, v in enumerate(a[:n], 1)}
        expected = sum(a[t] * sum(v**2 for v in a[: t + 1]) for t in range(n)) + max(0, sum(a[:n]))
        assert at_depth(made, n, point.items()) == expected


def test_recursions_are_those_of_brute_force():
    made = left(
        {"n": "natural", "p": "real"}, "x[n] + 100*y[n] + 10000*x[n+1]",
        recursions=["x[0] == p", "x[1] == 1", "y[0] == 2",
                    "x[n+1] == x[n] - x[n-1]/2 + n", "y[n+1] == y[n] + x[n+1]"],
    )  # fmt: skip
    p = Fraction(3)
    x, y = [p, Fraction(1)], [Fraction(2)]
    for n in range(1, 9):
        x.append(x[n] - x[n - 1] / 2 + n)
    for n in range(7):
        y.append(y[n] + x[n + 1])
    for n in range(6):
        assert at_depth(made, n, {"p": p}.items()) == x[n] + 100 * y[n] + 10000 * x[n + 1]


def test_an_inequality_stands_for_every_sequence_that_satisfies_it():
    made = statement({"n": "natural"}, "a[n] <= 1",
                     recursions=["a[0] <= 1", "a[n+1] <= a[n]/2 + 1/2", "a[n] >= 0"])  # fmt: skip
    slack = next(iter(made.layers.variables))
    start = next(x for x in made.variables if x.startswith("a_start"))
    point = {start: Fraction(1), f"{slack}_1": Fraction(0), f"{slack}_2": Fraction(3)}
    assert made.unrolled(2).holds_at(point) is True  # a[2] < 0: not such a sequence
    wrong = statement({"n": "natural"}, "a[n] <= 1/2",
                      recursions=["a[0] <= 1", "a[n+1] <= a[n]/2 + 1/2", "a[n] >= 0"])  # fmt: skip
    assert wrong.unrolled(1).holds_at({start: Fraction(1), f"{slack}_1": Fraction(0)}) is False


def test_a_hypothesis_about_n_is_about_the_same_n():
    made = statement({"n": "natural", "x": "real"}, "sum(i, 1, n, x) <= 1",
                     hypotheses={"h": "n*x <= 1", "g": "n <= 5"})  # fmt: skip
    for n, x in itertools.product(range(8), (Fraction(1, 4), Fraction(1, 2), Fraction(-1))):
        holds = not (n * x <= 1 and n <= 5) or n * x <= 1
        assert made.holds_at({"n": Fraction(n), "x": x}) is holds


@pytest.mark.parametrize(
    "parts",
    [
        {"conclusion": "sum(i, 1, n, x/n) >= 0", "variables": {"n": "integer", "x": "real"}},
        {"conclusion": "sum(i, m, n, i) >= 0", "variables": {"n": "natural", "m": "natural"}},
        {"conclusion": "x[n] >= 0", "variables": {"n": "natural"}, "recursions": ["x[0] == 1"]},
        {"conclusion": "x[n-1] >= 0", "variables": {"n": "natural"},
         "recursions": ["x[0] == 1", "x[n+1] == x[n]"]},
        {"conclusion": "a_1 >= 0", "variables": {"a": "sequence of real"}},
    ],
)  # fmt: skip
def test_what_has_no_reading_is_refused(parts):
    with pytest.raises(InputError):
        statement(**parts)


def test_names_that_a_claim_has_for_itself():
    """The number of steps in a counterexample, and the elements of a sequence."""
    rows = ["x[0] == 1", "x[n+1] == x[n] + 1"]
    with pytest.raises(InputError, match="layers"):
        statement({"n": "natural", "layers": "real"}, "x[n] >= layers", recursions=rows)
    with pytest.raises(InputError, match="element of the sequence"):
        statement({"n": "natural", "a": "sequence of positive", "a_1": "negative"},
                  "sum(i, 1, n, a_i) <= 0")  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ("x^2 => 0", "write >= where => stands"),
        ("x^2 =< 4", "write <= where =< stands"),
        ("x**2 <> 4", "write != where <> stands"),
        (r"x^2 \ge 0", "plain text, not LaTeX"),
        (r"\frac{x}{2} <= x", "plain text, not LaTeX"),
        ("x^{2} >= 0", "parentheses where braces stand"),
        ("sqrt x >= 0", "write sqrt(x) where sqrt stands"),
        ("sin^2(x) <= 1", "write sin(x)**2 where sin**2(x) stands"),
        ("x >= 1 -> x >= 0", "under the key hypotheses"),
        ("x % 2 >= 0", "x - n*floor(x/n)"),
        ("x + 1", "wants another side"),
    ],
)
def test_the_spelling_of_another_language_is_answered_by_ours(typed, fix):
    with pytest.raises(InputError, match=re.escape(fix)):
        statement({"x": "real"}, typed)


def test_a_number_for_a_domain_and_a_text_for_a_table_are_told_where_they_belong():
    with pytest.raises(InputError, match=re.escape("such as {y = 3}")):
        statement({"x": "real", "y": 3}, "x >= y")
    with pytest.raises(InputError, match=re.escape('such as {h = "x >= 0"}')):
        statement({"x": "real"}, "x >= 0", hypotheses="x >= 0")
