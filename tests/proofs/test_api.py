"""``import lemmata``: the same answers as the command, from text, SymPy, files and names."""

import ast
import doctest
import importlib
import sys
import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from proofs import api
from proofs import theorems as catalogued
from proofs.api import actions, building
from theory import paragraphs
from theory.catalogue import CLAIMS

ROOT = Path(__file__).parents[2]
x, y = sympy.symbols("x y", positive=True)
MODULES = [actions, building, *(importlib.import_module(f"proofs.api.{m}") for m in
                                ("theorems", "finding"))]  # fmt: skip
MINE = """
[bernoulli]
variables = {x = "real"}
hypotheses = {h = "x >= -1"}
conclusion = "(1+x)**3 >= 1 + 3*x"

[wrong]
variables = {x = "nonnegative"}
conclusion = "log(1+x) <= 0.99*x"
"""


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__)
def test_the_examples_of_the_docstrings_run(module):
    assert doctest.testmod(module, raise_on_error=True).failed == 0


@pytest.mark.parametrize("name", api.__all__)
def test_every_public_name_is_there_and_documented(name):
    assert getattr(api, name).__doc__


def test_a_claim_is_the_same_from_text_and_from_sympy():
    by_text = api.claim(
        "(x + y)/2 >= sqrt(x*y)", variables={"x": "positive", "y": "positive"}, name="mean"
    )
    by_sympy = api.claim(sympy.Ge((x + y) / 2, sympy.sqrt(x * y)), name="mean")
    assert by_sympy.statement.variables == by_text.statement.variables
    assert api.verify(by_sympy).verdict is api.Verdict.PROVED
    assert api.verify(by_text).verdict is api.Verdict.PROVED


def test_positive_integers_keep_their_sign():
    n = sympy.Symbol("n", integer=True, positive=True)
    made = api.claim(n**2 >= n)
    assert made.statement.variables["n"] == "integer"
    assert str(made.statement.hypotheses["n_from_1"]) == "n >= 1"


def test_a_false_claim_has_an_exact_counterexample():
    found = api.refute("log(1 + x) <= 0.99*x")
    point = found.point
    assert found.found
    assert all(isinstance(v, Fraction) for v in point.values())
    assert sympy.log(1 + sympy.Rational(str(point["x"]))) > sympy.Rational(99, 100) * point["x"]
    assert "fails at" in repr(found)
    compile(found.script(), "script", "exec")


def test_certificates_are_checked_again_and_exported():
    proved = api.verify("x**2 + 1 >= 2*x")
    checked = api.check(proved)
    assert checked.digest == proved.claim.statement.digest
    assert "x**2 + 1" in checked.statement
    assert "Theorem" in proved.coq()
    with pytest.raises(api.InputError, match="certificate"):
        api.check(proved.certificate.replace("x", "y"))


def test_constants_are_bracketed():
    claim = api.claim(
        "x**2*exp(-x) <= c", variables={"x": "nonnegative"}, constants={"c": "0.55"}, name="best"
    )
    found = api.sharpen(claim, width="1e-3")
    best = 4 / np.e**2
    assert float(found.refuted) < best < float(found.proved)
    assert found.width <= Fraction(1, 1000)
    assert r"c_{\mathrm{best}}" in found.latex()


def test_hypotheses_are_audited():
    found = api.audit(api.claim("x**3 >= 0", hypotheses={"sign": "x >= 0", "idle": "x >= -1"}))
    assert found.needs["sign"] == "needed"
    assert found.needs["idle"] == "not needed"
    assert found.witness["x"] >= 0


def test_counts_agree_with_the_engine():
    weights = [Fraction(3, 10), Decimal("-1.2"), "0.7"]
    found = api.escape("(p+1)**2/2", weights, "0.05", "abs(p+1) <= 1/2")
    assert found.count == found.lower == found.upper
    w, steps = [float(Fraction(v)) for v in weights], 0
    while abs(np.prod(w) + 1) > 0.5:
        p = np.prod(w)
        w, steps = [v - 0.05 * (p + 1) * p / v for v in w], steps + 1
    assert found.count == steps


@pytest.mark.parametrize(
    "number", [0.1, np.float64(0.1), np.float32(0.1), sympy.Float("0.1"), np.longdouble("0.1")]
)
def test_floats_are_refused_with_the_way_out(number):
    with pytest.raises(api.InputError, match=r"write it as a string.*Fraction"):
        api.escape("(p+1)**2/2", ["0.3", "0.4"], number, "abs(p+1) <= 1/2")
    with pytest.raises(api.InputError, match="write it as a string"):
        api.escape("(p+1)**2/2", np.array([0.3, 0.4]), "0.1", "abs(p+1) <= 1/2")
    with pytest.raises(api.InputError, match="write it as a string"):
        api.claim("x <= c", constants={"c": number})


@pytest.mark.parametrize("number", [np.int64(3), sympy.Rational(1, 3), sympy.Integer(2), 7])
def test_exact_numbers_of_other_libraries_are_taken(number):
    made = api.claim("c*x**2 >= 0", constants={"c": number})
    assert made.statement.constants["c"] == Fraction(int(number.numerator), int(number.denominator))


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (sympy.Ge(sympy.Float("0.1") * x, y), "float"),
        (sympy.true, "text"),
        (x + y, "relation"),
        ("x >= (1", "conclusion"),
        ("order-of-weigths", "did you mean order-of-weights"),
        (3.5, "relation"),
    ],
)
def test_what_is_no_claim_is_refused_in_one_line(thing, said):
    with pytest.raises(api.InputError, match=said) as wrong:
        api.verify(thing)
    assert "\n" not in str(wrong.value)


def test_a_formula_comes_with_its_parts():
    small = {"variables": {"x": "nonnegative"}}
    assert api.verify("sin(x) <= x", **small).stands
    assert api.refute("sin(x) >= x", hypotheses="x >= 1").point["x"] >= 1
    best = api.sharpen("x*(1 - x) <= c", constants={"c": 1}, width="1e-3")
    assert best.proved == Fraction(1, 4)
    assert api.audit("x**3 >= 0", hypotheses=["x >= 0"]).needs == {"h1": "needed"}
    with pytest.raises(api.InputError, match="parts already"):
        api.verify(api.claim("x <= 1"), **small)
    with pytest.raises(api.InputError, match=r"variables=\{'x': 'positive'\}"):
        api.verify("log(x) <= x", x="positive")
    with pytest.raises(api.InputError, match="did you mean hypotheses"):
        api.verify("log(x) <= x", hypothesis="x > 0")
    for text in ("x**2", "x + 1", "(x)"):
        with pytest.raises(api.InputError, match="a claim compares two sides"):
            api.verify(text)


def test_results_have_no_truth_value():
    for made, way in ((api.verify("x >= 1"), "stands"), (api.refute("x >= 1"), "found")):
        with pytest.raises(TypeError, match=way):
            bool(made)
    assert not api.verify("x >= 1").stands


def test_a_problem_comes_from_sympy_and_a_start_by_name():
    p = sympy.Symbol("p")
    asked = ("0.3,-1.2,0.7", sympy.Rational(1, 20))
    half = sympy.Rational(1, 2)
    by_text = api.escape("(p+1)**2/2", asked[0], "0.05", "abs(p+1) <= 1/2")
    by_sympy = api.escape((p + 1) ** 2 / 2, *asked, sympy.Abs(p + 1) <= half)
    assert int(by_sympy) == by_text.count == 7
    start = api.start("gaussian", depth=5, seed=1)
    assert all(isinstance(w, Fraction) for w in start)
    assert start == api.start("gaussian", 5, seed=1)
    assert api.escape("p**2", start, "0.01", "f <= 0.3").weights == start
    with pytest.raises(api.InputError, match="did you mean momentum"):
        api.escape("p**2", start, "0.01", "f <= 0.3", momentun="0.9")
    with pytest.raises(api.InputError, match="write it as a string"):
        api.escape("p**2", np.float64(0.3), "0.01", "f <= 0.3")


def test_a_count_shows_itself_and_its_orbit():
    found = api.escape("(p+1)**2/2", "0.3,-1.2,0.7", "0.05", "abs(p+1) <= 1/2")
    assert found._repr_latex_() == r"$\min\{t : |p + 1| \le \frac{1}{2}\} = 7$"
    assert "$7$ steps" in found.latex()
    pytest.importorskip("matplotlib")
    orbit = found.orbit()
    assert orbit.stopped == 7
    assert len(orbit.steps) == len(orbit.products) == len(orbit.weights)
    assert len(found.figure().axes) == 3
    never = api.escape("(p+1)**2/2", ["0.5", "0.5", "2"], "0.05", "p <= -1/2")
    assert never._repr_latex_().endswith(r"= \infty$")
    with pytest.raises(api.InputError, match="not known exactly"):
        int(never)
    clipped = api.escape("(p+1)**2/2", "0.3,-1.2", "0.05", "p <= -1/4", clip="0.1")
    with pytest.raises(api.InputError, match="plain gradient descent"):
        clipped.orbit()


def test_a_claim_about_functions_is_shown_as_it_was_written():
    made = api.claim(
        "|x1 - xs| <= |x0 - xs|",
        variables={"x0": "vector", "xs": "minimiser of f"},
        functions={"f": "smooth(1) & convex"},
        definitions={"x1": "x0 - grad(f, x0)"},
    )
    shown = made._repr_latex_()
    assert r"x_{1} := x_{0} - \nabla f(x_{0})" in shown
    assert shown.endswith(r"|x_{1} - \mathrm{xs}| \le |x_{0} - \mathrm{xs}|$")
    assert len(shown) < 400


def test_a_lemma_is_found_by_words_and_by_formula():
    by_words = api.search("descent lemma", limit=3)
    assert by_words[0].name == "descent-lemma"
    assert by_words["descent-lemma"] is by_words[0]
    by_formula = api.search("(1-a)**m <= exp(-m*a)", limit=1)
    assert "exp(" in by_formula.records()[0]["conclusion"]
    assert "<table>" in by_words._repr_html_()
    assert by_words.latex().count(r"\paragraph") == len(by_words)


def test_files_are_verified_and_become_tables(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(MINE)
    found = api.verify_all(path)
    assert [r["verdict"] for r in found.records()] == ["proved", "refuted"]
    assert found.counts == {"proved": 1, "refuted": 1}
    assert not found.stand
    assert found["wrong"].counterexample["x"] > 0
    assert "<table>" in found._repr_html_()
    with pytest.raises(api.InputError, match="one claim is wanted"):
        api.verify(str(path))
    assert api.verify(f"{path}::bernoulli").verdict is api.Verdict.PROVED


def test_a_sweep_becomes_rows_and_a_series(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(
        'depth = [2, 3]\ninit = "gaussian"\nloss = "(p+1)**2/2"\nstep = 0.05\n'
        'until = "abs(p+1) <= 1/2"\nseeds = 3\nengine = "certified"\n'
    )
    found = api.sweep(file, tmp_path / "small.sqlite")
    assert found.finished == found.total
    assert len(found.records()) == 6
    depths, medians = found.series(init="gaussian")
    assert depths == [2, 3]
    assert len(medians) == 2


def test_every_kind_of_result_shows_itself():
    results = [n for n in api.__all__ if n[0].isupper() and hasattr(getattr(api, n), "__repr__")]
    made = {"Audited", "Checked", "Counted", "Derived", "Found", "KernelTheorem", "Refuted"}
    made |= {"Sharpened", "Swept", "Theorem", "Verified", "VerifiedMany"}
    assert made <= {*results}
    for name in made:
        kind = getattr(api, name)
        assert kind.__repr__ is not object.__repr__, name
        assert hasattr(kind, "_repr_html_"), name
        assert hasattr(kind, "latex") or name in ("Checked", "Swept"), name
    fails = api.refute("x >= 1")
    assert fails._repr_latex_().endswith(r"\text{fails at } x = 0$")
    assert "This fails at" in fails.latex()


def test_notebooks_show_results():
    proved = api.verify("x**2 >= 0")
    assert proved._repr_latex_().startswith(r"$\displaystyle x \in \mathbb R")
    assert "proved" in proved._repr_html_()
    derived = api.derive("(p+1)**2/2", 2)
    assert derived.holds
    assert derived._repr_latex_().count("$") == 2
    assert derived.latex().startswith(r"\documentclass")
    assert all(r["holds"] for r in derived.records())
    kernel = api.kernel_theorems()[0]
    assert kernel.statement[:4] in kernel._repr_html_()


def test_a_theorem_is_an_object():
    stated = api.theorem("shamir2019/lemma-13")
    assert repr(stated) == "Theorem(shamir2019/lemma-13)"
    assert "not computed yet" in stated._repr_html_()  # to look at it verifies nothing
    assert stated._repr_latex_().count("$") == 2
    assert "lemmata/lemma-13-range" not in stated.graph[stated.name]
    assert "shamir-lemma-13" in stated.graph[stated.name]
    with pytest.raises(api.InputError, match="did you mean shamir2019/lemma-13"):
        api.theorem("shamir2019/lema-13")


def test_theorems_of_a_paper():
    ours = api.theorems("wu-wang-ma2019")
    assert {t.stated.paper for t in ours} == {"wu-wang-ma2019"}
    assert len(api.theorems()) == len(catalogued.library().theorems)
    with pytest.raises(api.InputError, match="did you mean shamir2019"):
        api.theorems("shamir2018")


TWICE = """
[theorem]
title = "Bernoulli twice"
source = {key = "lemmata", number = "mine", sureness = "re-derived"}
words = "For all x >= -1: (1 + x)^6 >= 1 + 6 x."
latex = '(1+x)^6\\ge1+6x'
proof = "Bernoulli for the cube [my-cube], then for the square of it [my-square]."

[step.my-cube]
variables = {x = "real"}
hypotheses = {h = "x >= -1"}
conclusion = "(1+x)**3 >= 1 + 3*x"

[step.my-square]
variables = {y = "real"}
conclusion = "(1+y)**2 >= 1 + EDGE*y"
"""


@pytest.mark.parametrize(("edge", "status"), [("2", "certified steps, composition in prose"),
                                              ("2.01", "stated only")])  # fmt: skip
def test_a_theorem_of_ones_own_has_the_status_of_its_steps(edge, status, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(TWICE.replace("EDGE", edge))
    own = api.theorem(str(path)).verify(budget=5)
    assert own.status == status
    assert repr(own) == f"Theorem({path}: {status})"
    assert {r["name"] for r in own.records()} >= {"my-cube", "my-square"}
    assert own.weakest
    assert status in own._repr_html_()
    assert r"(1+x)^6\ge1+6x" in own.latex()
    if edge == "2.01":
        assert own.weakest == "my-square"


@given(st.text(alphabet="<>&\"'x", min_size=1, max_size=8))
def test_texts_of_users_are_no_markup(text):
    made = api.Verified(
        CLAIMS[0],
        {
            "verdict": "proved",
            "evidence": [{"kind": "k", "detail": text, "counterexample": None, "verdict": "v"}],
            "negative_control": text,
            "slack": text,
            "seconds": 0,
        },
    )
    shown = made._repr_html_() if text else ""
    assert "<x" not in shown
    assert "<script" not in shown


@pytest.mark.parametrize("claim", CLAIMS[::10], ids=lambda c: c.name)
def test_claims_print_short_and_as_mathematics(claim):
    assert len(repr(claim)) < 600
    shown = claim._repr_latex_()
    assert shown.count("$") == 2
    assert shown.count("{") == shown.count("}")
    assert paragraphs.claim(claim).isascii()


def test_the_packages_that_are_installed_are_those_that_exist():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    there = {
        str(f.parent.relative_to(ROOT)).replace("/", ".")
        for top in ("theory", "numerics", "proofs")
        for f in (ROOT / top).rglob("__init__.py")
    } - {"proofs.lemmata"}
    assert set(project["packages"]) == there | {"lemmata"}


def test_the_facade_offers_the_api_and_nothing_else():
    source = (ROOT / "proofs" / "lemmata" / "__init__.py").read_text()
    names = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom)]
    assert {n.module for n in names} == {"importlib", "proofs.api", "proofs.api.door"}
    facade = importlib.import_module("proofs.lemmata")
    assert facade.__all__ == api.__all__
    assert importlib.import_module("lemmata.strategies").problems


def test_the_strategies_name_the_extra_that_they_need(monkeypatch):
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    for name in ("numerics.strategies", "lemmata.strategies"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'lemmata\[testing\]'"):
        importlib.import_module("lemmata.strategies")
