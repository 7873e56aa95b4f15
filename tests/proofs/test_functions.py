"""Claims about functions: the classes, the reduction, the multipliers, the worst cases."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs.cli import lemmata
from proofs.core import check
from proofs.evidence.shelf import falls, texts
from proofs.evidence.verdicts import Verdict
from proofs.library import entries
from proofs.refutation.refute import confirm, refute
from proofs.search import prove
from theory.claims import statement
from theory.errors import InputError, Unsupported
from theory.stated import statement as typeset

small = st.fractions(min_value=-5, max_value=5, max_denominator=12)
positive = st.fractions(min_value=Fraction(1, 12), max_value=5, max_denominator=12)
OURS = [e for e in entries() if e.family in ("functions", "methods", "operators")]


def two(kind, conclusion="f(x) >= f(y)", **more):
    """A claim about a function at two points of the line or the plane."""
    return statement({"x": "vector", "y": "vector", **more}, conclusion, functions={"f": kind})


def holds_at(claim, point):
    """Whether all hypotheses of a reduced claim are true at a point."""
    return claim.assumptions_hold_at({n: Fraction(point.get(n, 0)) for n in claim.variables})


def on_the_line(value, slope, x, y):
    """What a function of one variable says at two points; x = y + d, and y is the origin."""
    return {"x_1": 0, "y_1": abs(y - x), "f_x": value(x), "f_y": value(y),
            "grad_f_x_1": slope(x) * (1 if y >= x else -1),
            "grad_f_y_1": slope(y) * (1 if y >= x else -1)}  # fmt: skip


# Functions of a class satisfy its inequalities ----------------------------------------------------


@settings(deadline=None)
@given(small, small, positive, positive, st.data())
def test_quadratics_between_m_and_l(x, y, m, gap, data):
    """f(t) = a t^2/2 + b t + c with m <= a <= L is L-smooth and m-strongly convex."""
    share = data.draw(st.fractions(min_value=0, max_value=1, max_denominator=10))
    a, b, c, big = m + share * gap, data.draw(small), data.draw(small), m + gap
    claim = two(f"smooth({big}) & strongly convex({m})")
    point = on_the_line(lambda t: a * t * t / 2 + b * t + c, lambda t: a * t + b, x, y)
    assert holds_at(claim, point)
    if a > m and x != y:  # and is not as flat as a smaller class says
        less = two(f"smooth({a}) & strongly convex({(a + m) / 2})")
        steep = on_the_line(lambda t: m * t * t / 2, lambda t: m * t, x, y)
        assert not holds_at(less, steep)


@settings(deadline=None)
@given(small, small, positive, positive)
def test_huber_losses_are_smooth_and_convex(x, y, bend, height):
    def value(t):
        return height * (t * t / 2 if abs(t) <= bend else bend * abs(t) - bend * bend / 2)

    def slope(t):
        return height * max(-bend, min(bend, t))

    point = on_the_line(value, slope, x, y)
    assert holds_at(two(f"smooth({height}) & convex"), point)
    assert holds_at(two("convex"), point)
    assert holds_at(two(f"lipschitz({height * bend}) & convex"), point)
    assert holds_at(two(f"smooth({height})"), point)


@settings(deadline=None)
@given(small, small, positive)
def test_concave_quadratics_are_smooth_and_weakly_convex_only(x, y, a):
    point = on_the_line(lambda t: -a * t * t / 2, lambda t: -a * t, x, y)
    assert holds_at(two(f"smooth({a})"), point)
    assert holds_at(two(f"weakly convex({a})"), point)
    if x != y:
        assert not holds_at(two("convex"), point)
        assert not holds_at(two(f"smooth({a * Fraction(9, 10)})"), point)


@settings(deadline=None)
@given(small, small, positive)
def test_the_inequality_between_smooth_and_strongly_convex_is_that_of_the_paper(g, d, gap):
    """f_i - f_j - g_j d >= (|g|^2/L + m d^2 - 2 m/L g d)/(2 (1 - m/L)): Theorem 4 as printed."""
    m, big = Fraction(1, 3), Fraction(1, 3) + gap
    least = (g * g / big + m * d * d - 2 * m / big * g * d) / (2 * (1 - m / big))
    claim = two(f"smooth({big}) & strongly convex({m})")
    # At x the gradient is g, at y = x - d it is 0; both inequalities have the same right side.
    sign = -1 if d > 0 else 1  # the coordinate of y is not negative
    point = {"y_1": abs(d), "grad_f_x_1": g * sign, "f_x": least, "f_y": 0}
    other = g * d - least >= least
    assert holds_at(claim, point) == other
    assert not holds_at(claim, {**point, "f_x": least - Fraction(1, 1000)})


@pytest.mark.parametrize(
    ("kind", "entry", "inside"),
    [("monotone", 0, True), ("monotone", -1, False), ("strongly monotone(2)", 2, True),
     ("strongly monotone(2)", 1, False), ("cocoercive(1/2)", 2, True),
     ("cocoercive(1/2)", 3, False), ("nonexpansive", -1, True), ("nonexpansive", 2, False),
     ("lipschitz(2)", 2, True), ("comonotone(1)", -1, True), ("comonotone(1)", -2, True),
     ("comonotone(1)", Fraction(-1, 2), False)],
)  # fmt: skip
def test_linear_operators_on_the_line(kind, entry, inside):
    """A x = a x: a >= 0, a >= m, a >= b a^2, |a| <= L, a >= -r a^2."""
    claim = statement({"x": "vector", "y": "vector"}, "|A(x) - A(y)|^2 >= 0", operators={"A": kind})
    point = {"y_1": 1, "A_x_1": 0, "A_y_1": entry}
    assert holds_at(claim, point) is inside


# Both ends ----------------------------------------------------------------------------------------


def test_at_least_25_of_each_end_and_five_with_symbols():
    assert len(OURS) >= 45
    symbolic = [e for e in OURS if e.claim.statement.written.numbers]
    assert len([e for e in symbolic if e.family == "methods"]) >= 5


@pytest.mark.parametrize("entry", OURS, ids=lambda e: e.claim.name)
def test_the_rate_is_proved_and_no_better_one_holds(entry):
    claim = entry.claim
    check.check(texts()[claim.statement.digest], claim.statement.canonical)
    assert falls(claim.mutant) is not None
    assert "For all" in typeset(claim.statement)


RATES = [e for e in OURS if e.family != "methods"][::5]


@pytest.mark.parametrize("entry", RATES, ids=lambda e: e.claim.name)
def test_both_ends_are_found_again(entry):
    evidence = prove(entry.claim.statement, 20)
    assert evidence.verdict is Verdict.PROVED
    assert "enclose" not in evidence.detail
    found = refute(entry.claim.mutant, 20)
    assert found is not None
    assert confirm(entry.claim.mutant, found)


@settings(deadline=None, max_examples=3)
@given(st.fractions(min_value=0, max_value=1, max_denominator=50))
def test_false_rates_are_never_proved(share):
    rate = share * Fraction(81, 121)  # the best one
    claim = statement(
        {"x0": "vector", "xs": "minimiser of f"},
        "|x1 - xs|^2 <= rho*|x0 - xs|^2",
        {"x1": "x0 - 2/11*grad(f, x0)"},
        constants={"rho": rate - Fraction(1, 10**7)},
        functions={"f": "smooth(10) & strongly convex(1)"},
    )
    assert prove(claim, 0.5).verdict is not Verdict.PROVED


def test_a_certificate_of_a_larger_class_is_none_of_a_smaller_one():
    """A class inequality tampered with changes the claim, and the core says so."""
    claim = next(e.claim for e in OURS if e.claim.name == "gradient-values")
    certificate = json.loads(texts()[claim.statement.digest])
    label = next(n for n in certificate["statement"]["hypotheses"] if n == "f.x0.xs")
    said = certificate["statement"]["hypotheses"][label]
    certificate["statement"]["hypotheses"][label] = said.replace("2*", "3*", 1)
    with pytest.raises((check.Rejected, check.Malformed)):
        check.check(json.dumps(certificate), claim.statement.canonical)


def test_symbols_and_numbers_agree():
    """With numbers for the parameters the symbolic claim is the numeric one."""
    symbolic = next(e.claim for e in OURS if e.claim.name == "gradient-distance").statement
    found = prove(symbolic, 20)
    assert found.verdict is Verdict.PROVED
    steep = refute(
        statement(
            {"x0": "vector", "xs": "minimiser of f", "eta": "positive"},
            "|x1 - xs|^2 <= (1 - eta)^2*|x0 - xs|^2",
            {"x1": "x0 - eta*grad(f, x0)"},
            {"step": "eta <= 2/10"},  # beyond 2/(L + m)
            functions={"f": "smooth(10) & strongly convex(1)"},
        ),
        10,
    )
    assert steep is not None
    assert steep.point["eta"] > Fraction(2, 11)


# The language -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ({"functions": {"f": "smoth(1)"}}, "did you mean smooth"),
        ({"functions": {"f": "smooth"}}, "write smooth(c)"),
        ({"functions": {"f": "smooth(1) & strongly convex(2)"}}, "no such class"),
        ({"functions": {"x": "convex"}}, "defined twice"),
        ({"functions": {"f": "convex"}, "conclusion": "grad(f, x) >= 0"}, "have no order"),
        ({"functions": {"f": "convex"}, "conclusion": "grad(g, x) == 0"}, "name of a function"),
        ({"functions": {"f": "convex"}, "conclusion": "f(x) <= x"}, "have no order"),
        ({"operators": {"A": "convex"}}, "unknown class"),
        ({"functions": {"f": "convex"}, "variables": {"x": "minimiser of g"}}, "no function"),
    ],
)
def test_bad_input_is_one_line(table, wanted):
    given_ = {"variables": {"x": "vector"}, "conclusion": "|x|^2 >= 0", **table}
    with pytest.raises(InputError) as wrong:
        statement(**given_)
    assert wanted in str(wrong.value)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("kind", "more"),
    [("smooth(1) & lipschitz(1) & convex", {}), ("PL(1)", {}), ("smooth(2) & PL(1)", {}),
     ("quadratic upper bound(1) & convex", {}), ("weakly convex(1)", {"xs": "minimiser of f"})],
)  # fmt: skip
def test_what_no_theorem_covers_is_unsupported(kind, more):
    with pytest.raises(Unsupported):
        two(kind, **more)


def test_a_minimiser_of_a_smooth_function_is_one_of_all_of_it():
    """And not only a stationary point: f(x) >= f(xs) + |g|^2/(2 L) without convexity."""
    claim = two("smooth(2)", "4*(f(x) - f(xs)) >= |grad(f, x)|^2", xs="minimiser of f")
    assert prove(claim, 5).verdict is Verdict.PROVED
    sharper = two("smooth(2)", "3.99*(f(x) - f(xs)) >= |grad(f, x)|^2", xs="minimiser of f")
    assert refute(sharper, 5) is not None


def test_what_is_necessary_only_refutes_nothing_by_itself():
    """A rate of gradient descent between that of quadratics and the one that is proved."""

    def rate(c):
        return statement(
            {"x0": "vector", "xs": "minimiser of f"},
            "f(x1) - f(xs) <= c*(f(x0) - f(xs))",
            {"x1": "x0 - grad(f, x0)"},
            constants={"c": c},
            functions={"f": "smooth(1) & PL(1/10)"},
        )

    assert prove(rate("9/10"), 5).verdict is Verdict.PROVED
    found = refute(rate("0.8099"), 5)
    assert found is not None
    assert found.point["grad_f_x0_1"] == found.point["x0_1"] / 10
    assert refute(rate("0.8101"), 2) is None
    assert prove(rate("0.8101"), 2).verdict is not Verdict.PROVED


def test_points_count_only_by_their_differences():
    """A minimiser is put at the origin; a claim that is about the point itself keeps it."""
    free = statement({"x": "vector", "xs": "minimiser of f"}, "f(x) >= f(xs)",
                     functions={"f": "convex"})  # fmt: skip
    assert not any(n.startswith("xs_") for n in free.variables)
    bound = statement({"x": "vector", "xs": "minimiser of f"}, "|xs|^2 >= 0",
                      functions={"f": "convex"})  # fmt: skip
    assert any(n.startswith("xs_") for n in bound.variables)
    shifted = statement({"x": "vector", "xs": "minimiser of f"}, "|x|^2 >= |xs|^2",
                        functions={"f": "convex"})  # fmt: skip
    assert refute(shifted, 5) is not None


def test_norms_are_compared_by_their_squares_with_signs():
    """That c |u| <= d |v| says c |c| |u|^2 <= d |d| |v|^2, also for d < 0."""

    def step(rho):
        return statement(
            {"x0": "vector", "xs": "minimiser of f"},
            "|x1 - xs| <= rho*|x0 - xs|",
            {"x1": "x0 - 2/11*grad(f, x0)"},
            constants={"rho": rho},
            functions={"f": "smooth(10) & strongly convex(1)"},
        )

    assert prove(step("9/11"), 5).verdict is Verdict.PROVED
    for low in ("0.818181", "-9/11", "-2"):
        assert prove(step(low), 1).verdict is not Verdict.PROVED
        assert refute(step(low), 5) is not None
    lipschitz = two("smooth(L)", "|grad(f, x) - grad(f, y)| <= L*|x - y|", L="positive")
    assert prove(lipschitz, 5).verdict is Verdict.PROVED


def test_sums_up_to_n_are_unsupported_next_to_functions():
    with pytest.raises(Unsupported):
        two("convex", "sum(i, 1, n, f(x)) >= 0", n="natural")


def test_a_proximal_step_of_what_is_not_convex_is_unsupported():
    with pytest.raises(Unsupported):
        statement({"x": "vector"}, "|p - x|^2 >= 0", {"p": "prox(f, 1, x)"},
                  functions={"f": "smooth(1)"})  # fmt: skip


FILE = """
[step]
variables = {x0 = "vector", xs = "minimiser of f"}
functions = {f = "smooth(10) & strongly convex(1)"}
definitions = {x1 = "x0 - 2/11*grad(f, x0)"}
constants = {rho = "7/10"}
conclusion = "|x1 - xs|^2 <= rho*|x0 - xs|^2"
sharpen = "rho"

[wrong]
variables = {x0 = "vector", xs = "minimiser of f"}
functions = {f = "smooth(10) & convex"}
definitions = {x1 = "x0 - 2/11*grad(f, x0)"}
conclusion = "|x1 - xs|^2 <= 0.99*|x0 - xs|^2"
"""


def run(*arguments):
    return CliRunner().invoke(lemmata, arguments, standalone_mode=False)


def test_verify_refute_and_sharpen(tmp_path: Path):
    path = tmp_path / "claims.toml"
    path.write_text(FILE)
    done = run("verify", str(path), "--json", "--jobs", "1")
    rows = {r["name"]: r for r in json.loads(done.stdout)["claims"]}
    assert rows["step"]["verdict"] == "proved"
    assert rows["wrong"]["verdict"] == "refuted"
    assert rows["step"]["negative_control"] == "refuted"
    assert "f smooth(10)" in rows["step"]["statement"]["scope"]
    assert run("refute", f"{path}::wrong").return_value == 1
    (found,) = json.loads(run("sharpen", f"{path}::step", "--json").stdout)["results"]
    low, high = (Fraction(str(found[k])) for k in ("refuted", "proved"))
    assert low < Fraction(81, 121) <= high
    assert high - low <= Fraction(2, 10**6)
