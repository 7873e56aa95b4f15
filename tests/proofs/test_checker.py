"""The checker: accepts what is right, rejects every forgery, notices every change."""

import ast
import json
import re
import sys
from fractions import Fraction
from pathlib import Path

import jsonschema
import mpmath
import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

from proofs import checker
from proofs.checker import Goal, Interval, Malformed, Range, Rejected
from theory.claims import statement

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHIPPED = sorted((Path(checker.__file__).parent / "certificates").glob("*.json"))


def files(folder):
    return [pytest.param(p, id=p.stem) for p in sorted((FIXTURES / folder).glob("*.json"))]


def goal_of(variables, conclusion, **parts):
    return checker.read_statement(statement(variables, conclusion, **parts).canonical)


@pytest.mark.parametrize("path", files("correct"))
def test_correct_certificates_are_accepted(path):
    assert checker.check(path.read_text()) == json.loads(path.read_text())["digest"]


@pytest.mark.parametrize("path", files("incorrect"))
def test_forged_certificates_are_rejected(path):
    with pytest.raises(Rejected):
        checker.check(path.read_text())


@pytest.mark.parametrize("path", files("malformed"))
def test_malformed_certificates_are_refused_as_malformed(path):
    with pytest.raises(Malformed):
        checker.check(path.read_text())


def test_every_rule_has_a_forged_negative():
    names = {re.split(r"-", p.stem)[0] for p in (FIXTURES / "incorrect").glob("*.json")}
    assert set(checker.RULES) <= names


def test_every_rule_occurs_in_an_accepted_certificate():
    used = set()
    for path in [*SHIPPED, *(FIXTURES / "correct").glob("*.json")]:
        used |= set(re.findall(r'"rule":"([a-z]+)"', path.read_text()))
    assert used == set(checker.RULES)


def test_the_checker_imports_only_the_standard_library_and_flint():
    tree = ast.parse(Path(checker.__file__).read_text())
    roots = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            roots.add(node.module.split(".")[0])
    assert roots <= set(sys.stdlib_module_names) | {"flint"}


@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in SHIPPED])
def test_shipped_certificates_are_accepted(path):
    checker.check(path.read_text())


def survivors(text, changed):
    about = checker._canonical(json.loads(text)["statement"])
    for mutant in changed:
        if mutant in (text, text.rstrip("\n")):
            continue
        try:
            checker.check(mutant, about)
        except (Rejected, Malformed):
            continue
        yield mutant


def flips(text):
    for i, character in enumerate(text):
        if character.isdigit():
            yield text[:i] + str((int(character) + 1) % 10) + text[i + 1 :]
            yield text[:i] + str((int(character) + 5) % 10) + text[i + 1 :]
        elif character.isalpha():
            yield text[:i] + ("x" if character != "x" else "y") + text[i + 1 :]
        else:
            yield text[:i] + text[i + 1 :]


def test_no_single_flip_of_a_shipped_certificate_survives():
    flipped = 0
    for path in SHIPPED:
        mutants = list(flips(path.read_text()))
        flipped += len(mutants)
        assert not list(survivors(path.read_text(), mutants)), path.name
    assert flipped > 5_000


def leaves(tree, path=()):
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, (*path, key))
    elif isinstance(tree, list):
        for i, value in enumerate(tree):
            yield from leaves(value, (*path, i))
    else:
        yield path, tree


def test_a_resealed_certificate_moved_to_the_reversed_claim_is_rejected():
    """Same proof, honest seal, false statement: the seal is not what keeps the checker sound."""
    reverse = {"<=": ">", "<": ">=", ">=": "<", ">": "<="}
    for path in SHIPPED:
        data = json.loads(path.read_text())
        left, operator, right = re.split(r" (<=|>=|==|<|>) ", data["statement"]["conclusion"])
        new = (
            f"{left} {reverse[operator]} {right}"
            if operator in reverse
            else f"{left} == {right} + 1"
        )
        data["statement"]["conclusion"] = new
        if path.stem == "contradiction":
            continue  # no point satisfies its hypotheses, so the reversed claim holds too
        with pytest.raises((Rejected, Malformed)):
            checker.check(resealed(data))


def resealed(data):
    import hashlib

    text = checker._canonical(data["statement"])
    data["digest"] = hashlib.sha256(text.encode()).hexdigest()
    data["seal"] = checker.seal(data)
    return checker._canonical(data) + "\n"


@given(st.data())
def test_resealed_mutants_never_prove_a_claim_tightened_beyond_its_best_constant(data):
    """x^2 exp(-x) <= c fails below 4/e^2, whatever the proof says."""
    path = next(p for p in SHIPPED if p.stem == "x2-exp")
    tree = json.loads(path.read_text())
    tree["statement"]["conclusion"] = "x**2*exp(-x) <= 541341/1000000"
    places = [p for p, v in leaves(tree["proof"])]
    for place in data.draw(st.lists(st.sampled_from(places), max_size=3)):
        here = tree["proof"]
        for key in place[:-1]:
            here = here[key]
        here[place[-1]] = data.draw(
            st.sampled_from(
                ["ball", "coefficients", "identity", "lo", "hi", "x", "1", "2", "3/2", "-1"]
            )
        )
    with pytest.raises((Rejected, Malformed)):
        checker.check(resealed(tree))


# The parts: each against something we did not write.

SMALL = st.fractions(min_value=-3, max_value=3, max_denominator=20)
FORMULAS = [
    "exp(x)*y - x**3",
    "log(2 + x**2) + cosh(y)",
    "tanh(x - y)*sqrt(1 + y**2)",
    "abs(x*y - 1)",
    "(x**2 + 1)**(1/3)/(2 + sin(y))",
    "cos(x)**2*exp(-y**2)",
    "max(x, y) - min(x, 2*y)",
    "(x - y)**5",
    "(2 + x**2)**y",
    "1/(x**2 + y**2 + 1) - exp(x + y)/7",
]


def to_mpmath(e, point):
    if e[0] == "num":
        return mpmath.mpf(int(e[1].p)) / int(e[1].q)
    if e[0] == "var":
        return point[e[1]]
    parts = [to_mpmath(a, point) for a in e[1:]]
    if e[0] in ("+", "*", "/", "**"):
        a, b = parts
        return {"+": a + b, "*": a * b}[e[0]] if e[0] in "+*" else a / b if e[0] == "/" else a**b
    return {"abs": abs, "sign": mpmath.sign}.get(e[0], getattr(mpmath, e[0], None))(parts[0])


def exactly(point):
    return {x: mpmath.mpf(v.numerator) / v.denominator for x, v in point.items()}


@given(
    st.sampled_from(FORMULAS), SMALL, SMALL, SMALL, SMALL, st.fractions(0, 1), st.fractions(0, 1)
)
def test_enclosures_contain_the_values_that_mpmath_finds(formula, a, b, c, d, s, t):
    (a, b), (c, d) = sorted((a, b)), sorted((c, d))
    goal = goal_of({"x": "real", "y": "real"}, f"{formula} >= 0")
    box = {
        "x": Range(fmpq(a.numerator, a.denominator), fmpq(b.numerator, b.denominator)),
        "y": Range(fmpq(c.numerator, c.denominator), fmpq(d.numerator, d.denominator)),
    }
    goal = goal.but(box=box)
    point = {"x": a + s * (b - a), "y": c + t * (d - c)}
    with mpmath.workdps(40), checker.working_precision():
        value = to_mpmath(goal.target, exactly(point))
        for found in (goal.enclose(goal.target), checker.mean_value(goal)):
            low = -mpmath.inf if found.lo is None else mpmath.mpf(found.lo.str(60, radius=False))
            high = mpmath.inf if found.hi is None else mpmath.mpf(found.hi.str(60, radius=False))
            assert low - mpmath.mpf(10) ** -28 <= value <= high + mpmath.mpf(10) ** -28


@given(st.sampled_from(FORMULAS), SMALL, SMALL)
def test_normal_forms_have_the_value_of_the_term(formula, a, b):
    goal = goal_of({"x": "real", "y": "real"}, f"{formula} >= 0")
    point = exactly({"x": a, "y": b})
    with mpmath.workdps(40), checker.working_precision():
        top, bottom = goal.normal(goal.target)
        value = to_mpmath(goal.target, point)
        ratio = to_mpmath(checker.p_term(top), point) / to_mpmath(checker.p_term(bottom), point)
        assert abs(value - ratio) <= mpmath.mpf(10) ** -25 * (1 + abs(value))


@given(st.sampled_from(FORMULAS), SMALL, SMALL)
def test_derivatives_agree_with_difference_quotients(formula, a, b):
    e = goal_of({"x": "real", "y": "real"}, f"{formula} >= 0").target
    slope = checker.derivative(e, "x")
    with mpmath.workdps(60):
        point = exactly({"x": a + Fraction(1, 7919), "y": b})
        h = mpmath.mpf(10) ** -20
        ahead = to_mpmath(e, {**point, "x": point["x"] + h})
        behind = to_mpmath(e, {**point, "x": point["x"] - h})
        assert abs((ahead - behind) / (2 * h) - to_mpmath(slope, point)) < mpmath.mpf(10) ** -12


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=6), SMALL, SMALL, st.fractions(0, 1))
def test_bernstein_signs_are_never_contradicted_by_a_point(coefficients, a, b, s):
    a, b = sorted((a, b))
    text = " + ".join(f"({c})*x**{i}" for i, c in enumerate(coefficients))
    goal = goal_of({"x": "real"}, f"{text} > 0")
    box = {"x": Range(fmpq(a.numerator, a.denominator), fmpq(b.numerator, b.denominator))}
    try:
        checker.refine(goal.but(box=box), {"rule": "coefficients"})
    except Rejected:
        return
    for x in (a, b, a + s * (b - a)):
        assert sum(c * x**i for i, c in enumerate(coefficients)) > 0


@pytest.mark.parametrize(
    ("text", "law", "value"),
    [
        ("abs(w)", "gaussian", lambda: mpmath.sqrt(2 / mpmath.pi)),
        ("w**4", "gaussian", lambda: mpmath.mpf(3)),
        ("exp(w/2)", "gaussian", lambda: mpmath.exp(mpmath.mpf(1) / 8)),
        ("cos(w)", "gaussian", lambda: mpmath.exp(-mpmath.mpf(1) / 2)),
        ("abs(w)", "uniform", lambda: mpmath.sqrt(3) / 2),
        ("w**2", "uniform", lambda: mpmath.mpf(1)),
    ],
)
def test_expectations_enclose_their_closed_forms(text, law, value):
    with checker.working_precision(), mpmath.workdps(40):
        found = checker.expectation(checker.parse(text, {"w": ("var", "w")}), (("w", law),))
        exact = value()
        assert mpmath.mpf(found.lo.str(45)[1:].split(" ")[0]) - mpmath.mpf(10) ** -30 <= exact
        assert exact <= mpmath.mpf(found.hi.str(45)[1:].split(" ")[0]) + mpmath.mpf(10) ** -30
        assert found.hi - found.lo < arb("1e-25")


def test_an_undefined_conclusion_is_not_proved_by_being_vacuous():
    for text in ("log(x) <= x - 1", "sqrt(x) >= 0", "1/x**2 >= 0", "x**(1/2) == sqrt(x)"):
        goal = goal_of({"x": "real"}, text)
        assert checker.conditions(goal, goal.target)


def test_the_working_precision_is_put_back():
    from flint import ctx

    before = ctx.prec
    checker.refine(Goal({}, (), ("num", fmpq(1)), ">"), {"rule": "ball"})
    assert ctx.prec == before


@given(st.sampled_from([-1, 0, 1, None]), st.sampled_from([-1, 0, 1, None]), st.integers(-3, 3))
def test_products_with_infinite_ranges_contain_every_product(lo, hi, factor):
    a = Interval(
        None if lo is None else arb(min(lo, hi or lo)),
        None if hi is None else arb(max(hi, lo or hi)),
    )
    b = Interval(arb(factor), None)
    made = checker.i_mul(a, b)
    for x in (-1000, -1, 0, 1, 1000):
        for y in (factor, factor + 1, 10_000):
            if (a.lo is None or a.lo <= x) and (a.hi is None or x <= a.hi):
                assert made.lo is None or made.lo <= x * y
                assert made.hi is None or x * y <= made.hi


def test_certificates_are_as_their_schema_says():
    folder = Path(checker.__file__).parent / "schemas"
    schema = json.loads((folder / "certificate.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in [*SHIPPED, *(FIXTURES / "correct").glob("*.json")]:
        validator.validate(json.loads(path.read_text()))
    rules = {one["properties"]["rule"]["const"] for one in schema["$defs"]["node"]["oneOf"]}
    assert rules == set(checker.RULES)
