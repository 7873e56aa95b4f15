"""Classes of functions and operators on the line: who belongs to them, and who just does not.

A quadratic a x^2/2, or the operator a x, is a member exactly for a between two numbers. Its values
at some points satisfy what is said of a class for those a, and violate it a little outside.
"""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs.search import prove
from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.expressions import number, parse
from theory.language.functions import (
    FUNCTION_WORDS,
    OPERATOR_WORDS,
    Sample,
    read_class,
)
from theory.language.oracles import reduced

NO_END = Fraction(10**6)
QUADRATICS = {  # the curvatures of the quadratics of a class with a minimiser at 0
    "convex": (0, NO_END),
    "smooth(2)": (-2, 2),
    "smooth(2) & convex": (0, 2),
    "smooth(3) & strongly convex(1)": (1, 3),
    "strongly convex(1/2)": (Fraction(1, 2), NO_END),
    "weakly convex(1)": (-1, NO_END),
    "smooth(2) & weakly convex(1)": (-1, 2),
    "convex & quadratic upper bound(2)": (0, 2),
    "smooth(3) & PL(1)": (1, 3),
}
MULTIPLES = {
    "monotone": (0, NO_END),
    "strongly monotone(2)": (2, NO_END),
    "cocoercive(1/2)": (0, 2),
    "lipschitz(3)": (-3, 3),
    "nonexpansive": (-1, 1),
    "strongly monotone(1) & lipschitz(2)": (1, 2),
}
LEAST = ("quadratic upper bound", "PL")  # which speak of a minimiser


def formula(text):
    return parse(text, frozenset(), argument="class")


def line(e):
    """The value of a formula in the one unit vector e of the line."""
    match e.head:
        case "number":
            return Fraction(e.value)
        case "name":
            return Fraction(1)
        case "neg":
            return -line(e.args[0])
        case "norm":
            return abs(line(e.args[0]))
        case "+":
            return sum(map(line, e.args))
        case "-":
            return line(e.args[0]) - line(e.args[1])
        case "**":
            return line(e.args[0]) ** int(line(e.args[1]))
        case "/":
            return line(e.args[0]) / line(e.args[1])
        case "*" | "dot":
            return line(e.args[0]) * line(e.args[1])
    raise AssertionError(e)


def samples(a, points, operator, minimal):
    def vector(c):
        return {"e": number(c)} if c else {}

    return [
        Sample(f"x{i}", vector(x), vector(a * x), number(0 if operator else a * x * x / 2),
               minimal and x == 0)
        for i, x in enumerate(points)
    ]  # fmt: skip


def member(text, a, points, operator):
    """Whether a quadratic, or a multiple of x, satisfies what is said of the class at points."""
    made = read_class(text, "f", operator, formula)
    found = made.inequalities(samples(a, points, operator, any(w in text for w in LEAST)))
    return all(r.decide(line(r.left), line(r.right)) for _, r in found)


CASES = [(t, e, o) for table, o in ((QUADRATICS, False), (MULTIPLES, True))
         for t, e in table.items()]  # fmt: skip
POINTS = [Fraction(0), Fraction(1), Fraction(-3, 2)]


@pytest.mark.parametrize(("text", "ends", "operator"), CASES, ids=[c[0] for c in CASES])
def test_exactly_the_members_satisfy_what_is_said(text, ends, operator):
    low, high = map(Fraction, ends)
    for a in (low, (low + min(high, low + 2)) / 2, high):
        assert member(text, a, POINTS, operator)
    assert not member(text, low - Fraction(1, 50), POINTS, operator)
    assert high == NO_END or not member(text, high + Fraction(1, 50), POINTS, operator)


@given(st.sampled_from(CASES), st.fractions(0, 1, max_denominator=9),
       st.lists(st.fractions(-4, 4, max_denominator=5), max_size=3, unique=True))  # fmt: skip
def test_members_satisfy_it_at_all_points(case, share, points):
    text, (low, high), operator = case
    assert member(text, low + share * (min(high, 50) - low), {Fraction(0), *points}, operator)


@pytest.mark.parametrize("operator", [False, True])
def test_a_word_has_as_many_parameters_as_it_takes(operator):
    for word, count in (OPERATOR_WORDS if operator else FUNCTION_WORDS).items():
        right, wrong = (word, f"{word}(1)") if count == 0 else (f"{word}(1)", word)
        with pytest.raises(InputError, match="write"):
            read_class(wrong, "f", operator, formula)
        with pytest.raises(InputError, match="unknown class"):
            read_class(f"{right} & strange", "f", operator, formula)
        with pytest.raises(InputError, match="stands twice"):
            read_class(f"{right} & {right}", "f", operator, formula)


@pytest.mark.parametrize(
    "text", ["PL(1)", "PL(1) & convex", "smooth(1) & lipschitz(1)", "lipschitz(1)",
             "strongly convex(1) & weakly convex(1)", "set & smooth(1)",
             "lipschitz(1) & strongly convex(1)"],
)  # fmt: skip
def test_classes_without_an_interpolation_theorem_are_refused(text):
    with pytest.raises(Unsupported):
        read_class(text, "f", False, formula)


TABLES = ("functions", "operators", "variables", "constants", "definitions", "hypotheses")


def asked(conclusion, **tables):
    return reduced({**{name: {} for name in TABLES}, **tables}, conclusion)


@pytest.mark.parametrize("step", ["0", "-1", "1 - 2"])
def test_steps_of_prox_and_resolvent_are_positive(step):
    points = {"x": "vector"}
    for tables, answer in (
        ({"functions": {"f": "convex"}}, "prox(f, {}, x)"),
        ({"operators": {"f": "monotone"}}, "resolvent(f, {}, x)"),
    ):
        asked(f"|{answer.format('1/2')}|^2 >= 0", variables=points, **tables)
        with pytest.raises(InputError, match="a step is positive"):
            asked(f"|{answer.format(step)}|^2 >= 0", variables=points, **tables)


@pytest.mark.parametrize(
    ("tables", "conclusion"),
    [
        ({"operators": {"A": "cocoercive(1) & strongly monotone(2)"}}, "|A(x)| >= 0"),
        ({"functions": {"f": "smooth(1) & strongly convex(2)"}}, "f(x) >= 0"),
        ({"functions": {"f": "smooth(1) & strongly convex(1)"}}, "f(x) >= 0"),
        ({"functions": {"f": "smooth(-1) & convex"}}, "f(x) >= 0"),
        ({"functions": {"f": "smooth(1) & weakly convex(2)"}}, "f(x) >= 0"),
    ],
)
def test_classes_without_a_member_are_no_hypothesis(tables, conclusion):
    with pytest.raises(InputError, match="there is no such class"):
        asked(conclusion, variables={"x": "vector"}, **tables)


OBJECTS = {
    "functions": {"f": "convex", "g": "smooth(1)", "C": "set"},
    "operators": {"A": "monotone"},
}


@pytest.mark.parametrize(
    "point", ["point of C", "fixed point of A", "zero of A", "minimiser of f", "minimiser of f + f",
              "minimiser of g"],
)  # fmt: skip
def test_points_that_objects_distinguish(point):
    made = asked("|x - y|^2 >= 0", variables={"x": point, "y": "vector"}, **OBJECTS)
    assert "vector" in made.variables.values()


@pytest.mark.parametrize(
    "point", ["point of f", "point of C + C", "fixed point of f", "fixed point of A + A",
              "zero of f", "minimiser of A", "minimiser of f + A", "point of D", "zero of x"],
)  # fmt: skip
def test_points_of_objects_of_another_kind_are_refused(point):
    with pytest.raises(InputError):
        asked("|x - y|^2 >= 0", variables={"x": point, "y": "vector"}, **OBJECTS)


def test_a_minimiser_of_a_sum_is_one_of_convex_functions():
    with pytest.raises(Unsupported, match="not convex"):
        asked("|x|^2 >= 0", variables={"x": "minimiser of f + g"}, **OBJECTS)


def test_a_division_by_zero_among_values_is_one_line():
    with pytest.raises(InputError, match="divides by zero"):
        statement(
            {"x": "vector", "L": "positive"},
            "f(x - grad(f, x)/L) <= f(x) - norm(grad(f, x))^2/((1/0)*L)",
            functions={"f": "smooth(L)"},
        )


@pytest.mark.parametrize(("text", "ends", "operator"), CASES, ids=[c[0] for c in CASES])
def test_a_counterexample_is_a_member(text, ends, operator):
    """Between the curvatures of which one is taken for a counterexample, all are members."""
    low, high = read_class(text, "f", operator, formula).curvatures
    least, most = map(Fraction, ends)
    assert least <= line(low)
    if "quadratic upper bound" not in text:  # of which other functions are taken
        assert most == NO_END if high is None else line(high) <= most


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("point", "needs"),
    [
        ("x/|x|", "|x| > 0"),
        ("x - grad(f, x)/|grad(f, x)|", "|grad(f, x)| > 0"),
        ("x - min(1, 1/|grad(f, x)|)*grad(f, x)", "|grad(f, x)| > 0"),
    ],
)
def test_a_function_is_asked_at_points_that_have_a_value(point, needs):
    def proved(**assumed):
        made = statement({"x": "vector", "xs": "minimiser of f"}, f"f({point}) >= f(xs)",
                         hypotheses=assumed, functions={"f": "convex"})  # fmt: skip
        return prove(made, 2).verdict.value

    assert proved() == "undecided"
    assert proved(moving=needs) == "proved"
