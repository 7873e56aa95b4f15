"""The checker: accepts what is right, rejects every forgery, notices every change."""

import ast
import json
import math
import re
import sys
from fractions import Fraction
from pathlib import Path

import jsonschema
import mpmath
import pytest
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st

from proofs import checker
from proofs.checker import Interval, Malformed, Quotient, Range, Rejected, Ring
from proofs.provers.calculus import statements as search
from proofs.provers.calculus.polynomials import p_term
from proofs.provers.calculus.terms import working_precision, write
from theory.claims import statement

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHIPPED = sorted((Path(checker.__file__).parent / "certificates").glob("*.json"))


def files(folder):
    return [pytest.param(p, id=p.stem) for p in sorted((FIXTURES / folder).glob("*.json"))]


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
    names = {p.stem.split("-")[0] for p in (FIXTURES / "incorrect").glob("*.json")}
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


def test_the_search_asks_the_checker_for_nothing_but_its_verdict():
    used = set()
    for path in [*Path(checker.__file__).parent.rglob("*.py")]:
        text = path.read_text()
        if path.name != "checker.py" and "checker" in text:
            assert "from proofs.checker import" not in text, path
            used |= set(re.findall(r"\bchecker\.(\w+)", text))
    assert used <= {"check", "Rejected", "Malformed", "py"}


@pytest.mark.parametrize("path", [pytest.param(p, id=p.stem) for p in SHIPPED])
def test_shipped_certificates_are_accepted(path):
    checker.check(path.read_text())


# Changes: none goes unnoticed, and it is not the seal that keeps the checker sound.


def survivors(text, changed):
    about = checker.canonical(json.loads(text)["statement"])
    for mutant in changed:
        if mutant in (text, text.rstrip("\n")):
            continue
        try:
            checker.check(mutant, about)
        except (Rejected, Malformed):
            continue
        yield mutant


def flips(text, step=1):
    for i in range(0, len(text), step):
        character = text[i]
        if character.isdigit():
            yield text[:i] + str((int(character) + 1) % 10) + text[i + 1 :]
            yield text[:i] + str((int(character) + 5) % 10) + text[i + 1 :]
        elif character.isalpha():
            yield text[:i] + ("x" if character != "x" else "y") + text[i + 1 :]
        else:
            yield text[:i] + text[i + 1 :]


def test_no_sampled_flip_of_a_shipped_certificate_survives():
    flipped = 0
    for path in SHIPPED:
        mutants = list(flips(path.read_text(), 7))
        flipped += len(mutants)
        assert not list(survivors(path.read_text(), mutants)), path.name
    assert flipped > 4_000


@pytest.mark.slow
def test_no_single_flip_of_any_certificate_survives():
    for path in [*SHIPPED, *(FIXTURES / "correct").glob("*.json")]:
        assert not list(survivors(path.read_text(), flips(path.read_text()))), path.name


def leaves(tree, path=()):
    if isinstance(tree, dict | list):
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(value, (*path, key))
    else:
        yield path, tree


def resealed(data):
    data = {**data, "digest": checker.digest(data["statement"])}
    return checker.canonical({**data, "seal": checker.seal(data)}) + "\n"


def test_a_resealed_certificate_moved_to_the_reversed_claim_is_rejected():
    reverse = {"<=": ">", "<": ">=", ">=": "<", ">": "<="}
    for path in SHIPPED:
        data = json.loads(path.read_text())
        found = re.fullmatch(r"(.*) (<=|>=|==|<|>) (.*)", data["statement"]["conclusion"])
        assert found is not None
        left, operator, right = found.groups()
        reversed_ = f"{left} {reverse.get(operator, '==')} {right}"
        data["statement"]["conclusion"] = reversed_ + (" + 1" if operator == "==" else "")
        if path.stem == "contradiction":
            continue  # no point satisfies its hypotheses, so the reversed claim holds too
        with pytest.raises((Rejected, Malformed)):
            checker.check(resealed(data))


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
        values = ["ball", "cone", "slope", "lo", "hi", "x", "1", "2", "3/2", "-1", "exp(x)", "0"]
        here[place[-1]] = data.draw(st.sampled_from(values))
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
    "erf(x*y) + erf(x)**3",
    "exp(2*log(1 + x**2) - y/3)*2**(x + 1)",
]


def goal_of(variables, conclusion, **parts):
    return checker.read_statement(statement(variables, conclusion, **parts).canonical)


def plane(formula):
    return goal_of({"x": "real", "y": "real"}, f"{formula} >= 0")


def to_mpmath(e, point):
    if not isinstance(e, tuple):
        pi = mpmath.pi if e == "pi" else None
        return pi or (mpmath.mpf(int(e.p)) / int(e.q) if isinstance(e, fmpq) else point[e])
    parts = [to_mpmath(a, point) for a in e[1:]]
    if e[0] in ("+", "*", "/", "**"):
        a, b = parts
        return {"+": a + b, "*": a * b}[e[0]] if e[0] in "+*" else a / b if e[0] == "/" else a**b
    return {"abs": abs, "sign": mpmath.sign}.get(e[0], getattr(mpmath, e[0], None))(parts[0])


def exactly(point):
    return {x: mpmath.mpf(v.numerator) / v.denominator for x, v in point.items()}


def number(x):
    if not x.is_finite():
        return mpmath.inf if x > 0 else -mpmath.inf
    return mpmath.mpf(x.str(60, radius=False))


@given(
    st.sampled_from(FORMULAS), SMALL, SMALL, SMALL, SMALL, st.fractions(0, 1), st.fractions(0, 1)
)
def test_enclosures_contain_the_values_that_mpmath_finds(formula, a, b, c, d, s, t):
    (a, b), (c, d) = sorted((a, b)), sorted((c, d))
    box = {"x": Range(*map(rational, (a, b))), "y": Range(*map(rational, (c, d)))}
    goal = checker.replace(plane(formula), box=box)
    point = {"x": a + s * (b - a), "y": c + t * (d - c)}
    with mpmath.workdps(40), working_precision():
        value = to_mpmath(goal.target, exactly(point))
        for strict in (False, True):
            found = goal.enclose(goal.target, strict)
            tiny = mpmath.mpf(10) ** -28 * (1 + abs(value))
            assert number(found.lo) - tiny <= value <= number(found.hi) + tiny


def rational(v):
    return fmpq(v.numerator, v.denominator)


def read_off(ring, p, point):
    """The value of a polynomial in atoms; every atom of a ring stands for a term."""
    total = mpmath.mpf(0)
    for factors, c in checker.monomials(p):
        product = mpmath.mpf(int(c.p)) / int(c.q)
        for v, k in factors:
            product *= atom_value(ring, v, point) ** k
        total += product
    return total


def atom_value(ring, v, point):
    if v in ring.exponents:
        a = ring.exponents[v]
        return mpmath.exp(read_off(ring, a.top, point) / read_off(ring, a.bottom, point))
    return to_mpmath(ring.terms[v], point)


@given(st.sampled_from(FORMULAS), SMALL, SMALL)
def test_quotients_have_the_value_of_the_term(formula, a, b):
    goal, units = plane(formula), {}
    point = exactly({"x": a, "y": b})
    with mpmath.workdps(50), working_precision():
        while True:
            ring = Ring(goal, units)
            try:
                made = ring.value(goal.target)
                break
            except checker.Unsettled:
                continue
        value = to_mpmath(goal.target, point)
        reduced = Quotient(ring.reduced(made.top), ring.reduced(made.bottom))
        for one in (made, reduced, ring.canonical(made)):
            ratio = read_off(ring, one.top, point) / read_off(ring, one.bottom, point)
            assert abs(value - ratio) <= mpmath.mpf(10) ** -25 * (1 + abs(value))


@given(st.sampled_from(FORMULAS), SMALL, SMALL)
def test_derivatives_agree_with_difference_quotients(formula, a, b):
    e = plane(formula).target
    slope = checker.derivative(e, "x")
    with mpmath.workdps(60):
        point = exactly({"x": a + Fraction(1, 7919), "y": b})
        h = mpmath.mpf(10) ** -20
        ahead = to_mpmath(e, {**point, "x": point["x"] + h})
        behind = to_mpmath(e, {**point, "x": point["x"] - h})
        gap = abs((ahead - behind) / (2 * h) - to_mpmath(slope, point))
        assert gap < mpmath.mpf(10) ** -12 * (1 + abs(ahead))


@pytest.mark.parametrize(
    ("text", "law", "value"),
    [
        ("abs(w)", "gaussian", lambda: mpmath.sqrt(2 / mpmath.pi)),
        (
            "sqrt(abs(w))",
            "gaussian",
            lambda: mpmath.root(2, 4) * mpmath.gamma(0.75) / mpmath.sqrt(mpmath.pi),
        ),
        ("exp(w/2)", "gaussian", lambda: mpmath.exp(mpmath.mpf(1) / 8)),
        ("cos(w)", "gaussian", lambda: mpmath.exp(-mpmath.mpf(1) / 2)),
        ("abs(w)", "uniform", lambda: mpmath.sqrt(3) / 2),
        ("exp(w)", "uniform", lambda: mpmath.sinh(mpmath.sqrt(3)) / mpmath.sqrt(3)),
    ],
)
def test_expectations_enclose_their_closed_forms(text, law, value):
    with working_precision(), mpmath.workdps(40):
        mean = checker.Reader({"w": "w"}, {"w": law}).term(f"E({text})")
        found, exact = checker.enclose(mean, {}), value()
        tiny = mpmath.mpf(10) ** -30
        assert number(found.lo) - tiny <= exact <= number(found.hi) + tiny
        assert found.hi - found.lo < arb("1e-15")


@given(
    st.sampled_from(["gaussian", "uniform"]),
    st.sampled_from(["w", "abs(w)", "w**2"]),
    st.sampled_from(["<=", "<", ">=", ">"]),
    st.integers(-3, 3).filter(bool),
    SMALL,
)
def test_probabilities_are_those_of_scipy(law, u, operator, slope, t):
    from scipy import stats

    text = f"P({slope}*{u} {operator} {t.numerator}/{t.denominator})"
    with working_precision():
        found = checker.enclose(checker.Reader({"w": "w"}, {"w": law}).term(text), {})
    root = math.sqrt(3)
    distribution = stats.norm if law == "gaussian" else stats.uniform(-root, 2 * root)
    end, above = float(t) / slope, (operator[0] == ">") == (slope > 0)
    if u == "w**2":
        end = math.copysign(math.sqrt(abs(end)), end)
    below = distribution.cdf(end)
    if u != "w":
        below = max(0.0, 2 * below - 1)
    exact = 1 - below if above else below
    assert float(found.lo) - 1e-12 <= exact <= float(found.hi) + 1e-12
    assert found.hi - found.lo < arb("1e-30")


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=4), st.integers(-6, 6))
def test_probabilities_of_signs_are_counted(weights, bound):
    import itertools

    names = {f"s{i}": "rademacher" for i in range(len(weights))}
    total = " + ".join(f"({c})*s{i}" for i, c in enumerate(weights))
    found = checker.Reader({s: s for s in names}, names).term(f"P({total} >= {bound})")
    signs = list(itertools.product((1, -1), repeat=len(weights)))
    hits = sum(sum(c * s for c, s in zip(weights, row, strict=True)) >= bound for row in signs)
    assert found == fmpq(hits, len(signs))


def test_moments_are_exact():
    for text in ("E(w**4) == 3", "E(v**4) == 9/5", "E(w**2*v**2) == 1", "E(w**3) == 0"):
        goal = goal_of({"w": "gaussian", "v": "uniform"}, text)
        assert checker.vanishes(goal, lambda ring, goal=goal: ring.value(goal.target))
    for text in ("E(w**4) == 9/5", "E(w*v) == 1"):
        goal = goal_of({"w": "gaussian", "v": "uniform"}, text)
        assert not checker.vanishes(goal, lambda ring, goal=goal: ring.value(goal.target))


def test_an_undefined_conclusion_is_not_proved_by_being_vacuous():
    for text in (
        "log(x) <= x - 1",
        "sqrt(x) >= 0",
        "1/x**2 >= 0",
        "x**(1/2) == sqrt(x)",
        "0*log(x) >= 0",
    ):
        goal = goal_of({"x": "real"}, text)
        assert len(goal.complete()) > 1


def test_the_working_precision_is_put_back():
    before = ctx.prec
    checker.check(SHIPPED[0].read_text())
    with pytest.raises(Malformed):
        checker.check("nothing")
    assert ctx.prec == before


ENDS = st.sampled_from([-1, 0, 1, None])


@given(ENDS, ENDS, ENDS, ENDS)
def test_products_and_quotients_of_infinite_ranges_contain_every_value(a, b, c, d):
    def interval(lo, hi):
        lo, hi = (lo, hi) if lo is None or hi is None else sorted((lo, hi))
        inf = checker.INF
        return Interval(-inf if lo is None else arb(lo), inf if hi is None else arb(hi))

    first, second = interval(a, b), interval(c, d)
    product, inverse = checker.i_times(first, second), checker.i_inverse(second)
    for x in (-1000, -1, 0, 1, 1000):
        for y in (-1000, -1, 0, 1, 1000):
            if first.lo <= x <= first.hi and second.lo <= y <= second.hi:
                assert product.lo <= x * y <= product.hi
                assert y == 0 or inverse.lo <= arb(1) / y <= inverse.hi


# Two implementations of the same thing: the calculus of the search, and the checker.


@given(st.sampled_from(FORMULAS), SMALL, SMALL, SMALL, SMALL)
def test_the_search_and_the_checker_enclose_the_same_values(formula, a, b, c, d):
    (a, b), (c, d) = sorted((a, b)), sorted((c, d))
    hypotheses = {"a": f"x >= {a}", "b": f"x <= {b}", "c": f"y >= {c}", "d": f"y <= {d}"}
    claim = statement({"x": "real", "y": "real"}, f"{formula} >= 0", hypotheses=hypotheses)
    ours, theirs = checker.read_statement(claim.canonical), search.read_statement(claim.canonical)
    assert {x: tuple(r) for x, r in ours.box.items()} == {
        x: tuple(r) for x, r in theirs.box.items()
    }
    with working_precision():
        one, other = ours.enclose(ours.target), theirs.enclose(theirs.target)
    assert other.lo is None or one.hi >= other.lo
    assert other.hi is None or one.lo <= other.hi


@given(st.sampled_from(FORMULAS))
def test_the_normal_form_of_the_search_is_equal_for_the_checker(formula):
    claim = statement({"x": "real", "y": "real"}, f"{formula} >= 0")
    theirs = search.read_statement(claim.canonical)
    with working_precision():
        top, bottom = theirs.normal(theirs.target)
        text = f"({write(p_term(top))})/({write(p_term(bottom))})"
        ours = checker.read_statement(claim.canonical)
        again = checker.reader(ours).term(text)
        assert checker.vanishes(ours, lambda ring: ring.value(checker.minus(again, ours.target)))


@given(st.sampled_from(FORMULAS))
def test_the_search_and_the_checker_ask_for_the_same_conditions(formula):
    from proofs.provers.calculus.goals import conditions
    from proofs.provers.calculus.terms import derivative

    claim = statement({"x": "real", "y": "real"}, f"{formula} >= 0")
    ours, theirs = (
        read(claim.canonical) for read in (checker.read_statement, search.read_statement)
    )
    with working_precision():
        pairs = [(ours.target, theirs.target)]
        pairs += [(checker.derivative(ours.target, x), derivative(theirs.target, x)) for x in "xy"]
        for own, other in pairs:
            found = [
                (checker.reader(ours).term(write(c.target)), c.relation)
                for c in conditions(theirs, other)
            ]
            assert found == checker.conditions(own, ours.counts)


def test_certificates_are_as_their_schema_says():
    folder = Path(checker.__file__).parent / "schemas"
    schema = json.loads((folder / "certificate.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in [*SHIPPED, *(FIXTURES / "correct").glob("*.json")]:
        validator.validate(json.loads(path.read_text()))
    rules = {one["properties"]["rule"]["const"] for one in schema["$defs"]["node"]["oneOf"]}
    assert rules == set(checker.RULES)
