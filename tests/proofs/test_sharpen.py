"""Sharpening: known best constants lie in the bracket, and both ends are certified."""

import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import mpmath
import pytest
from click.testing import CliRunner

import proofs
from proofs.commands import check, refute, sharpen
from proofs.core import check as core
from proofs.refutation.refute import confirm
from proofs.refutation.refute import refute as refuted
from proofs.sharpening.guesses import guesses
from proofs.sharpening.sharpen import Bracket, between
from proofs.sharpening.sharpen import sharpen as bracket
from proofs.user_claims import load, resolve, sharpenings
from theory.claim_files import negation
from theory.claims import Claim, Source, statement
from theory.errors import InputError

NONNEGATIVE = {"x": "nonnegative"}


def gaussian_mean():
    return mpmath.sqrt(2 / mpmath.pi)


def log_over_root():
    x = mpmath.findroot(lambda x: 2 * x / (1 + x) - mpmath.log(1 + x), 4)
    return mpmath.log(1 + x) / mpmath.sqrt(x)


KNOWN = {
    "balancedness": (
        {"u": "real", "x": "real"},
        "abs(u*(1-x**2)) <= abs(u)",
        {"h": "x**2 <= c"},
        lambda: 2,
    ),
    "x^2 exp(-x)": (NONNEGATIVE, "x**2*exp(-x) <= c", {}, lambda: 4 * mpmath.exp(-2)),
    "log and root": (NONNEGATIVE, "log(1+x) <= c*sqrt(x)", {}, log_over_root),
    "Bernoulli 4": (NONNEGATIVE, "(1+x)**4 >= 1 + 4*x + c*x**2", {}, lambda: 6),
    "Bernoulli 5/2": (
        NONNEGATIVE,
        "(1+x)**(5/2) >= 1 + 5*x/2 + c*x**2",
        {},
        lambda: mpmath.mpf(15) / 8,
    ),
    "Gaussian mean": ({"w": "gaussian"}, "E(abs(w)) <= c", {}, gaussian_mean),
}


# Half a minute of CPU time for its twenty proofs.
LONG = [pytest.param("log and root", marks=pytest.mark.slow)]


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", [*(n for n in KNOWN if n != "log and root"), *LONG])
def test_the_bracket_contains_the_known_best_constant(name):
    variables, conclusion, hypotheses, best = KNOWN[name]
    claim = statement(variables, conclusion, hypotheses=hypotheses, constants={"c": 1})
    found = bracket(claim, "c", Fraction(1, 10**6), 60)
    assert found.reached
    assert found.width <= Fraction(1, 10**6)
    low, high = sorted((found.refuted, found.proved))
    with mpmath.workdps(30):
        assert mpmath.mpf(low.numerator) / low.denominator <= best()
        assert best() <= mpmath.mpf(high.numerator) / high.denominator
    proved = claim.with_constants(c=found.proved)
    assert core.check(found.certificate, proved.canonical).digest == proved.digest
    assert confirm(claim.with_constants(c=found.refuted), found.counterexample)


@pytest.mark.parametrize(
    ("variables", "conclusion", "closed"),
    [
        ({"x": "real"}, "x - x^2 <= c", "1/4"),
        ({"x": "nonnegative"}, "x*exp(-x) <= c", "exp(-1)"),
        pytest.param({"x": "nonnegative"}, "erfc(x) <= exp(-c*x^2)", "1", marks=pytest.mark.slow),
        pytest.param(
            {"a": "positive", "b": "positive"},
            "sqrt(a) + sqrt(b) <= c*sqrt(a + b)",
            "sqrt(2)",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_what_is_proved_of_a_closed_form_is_proved_of_values_next_to_it(
    variables, conclusion, closed
):
    claim = statement(variables, conclusion, constants={"c": "1/2"})
    found = bracket(claim, "c", Fraction(1, 10**6), 60)
    assert found.reached
    assert found.closed == closed
    assert found.closed_certificate
    assert core.check(found.certificate, claim.with_constants(c=found.proved).canonical)


@pytest.mark.parametrize(("rate", "false"), [("1.000001", True), ("1", False), ("0.999", False)])
def test_tails_are_compared_far_out(rate, false):
    """At x = 3000 both sides are below exp(-9*10^6), where 1 - erf(x) has lost all its digits."""
    claim = statement(NONNEGATIVE, f"erfc(x) <= exp(-{rate}*x^2)")
    assert (refuted(claim, 1) is not None) is false


def valid(command, output):
    """The document, after its schema has accepted it."""
    folder = Path(proofs.__file__).parent / "schemas"
    schema = json.loads((folder / f"{command}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    data = json.loads(output)
    jsonschema.validate(data, schema)
    return data


def test_between_is_short_and_between():
    assert between(Fraction(0), Fraction(1), Fraction(1, 2)) in (Fraction(1, 2),)
    for a, b in ((Fraction(1, 3), Fraction(1, 7)), (Fraction(-5), Fraction(10**9))):
        assert min(a, b) < between(a, b, Fraction(1, 8)) < max(a, b)


def test_a_constant_that_is_not_there_is_an_input_error():
    with pytest.raises(InputError, match="no constant"):
        bracket(statement(NONNEGATIVE, "x >= 0"), "c")
    with pytest.raises(InputError, match="width"):
        bracket(statement(NONNEGATIVE, "x >= c", constants={"c": 0}), "c", Fraction(0))


EXAMPLE = """
[bernoulli]
variables = {x = "real"}
hypotheses = {h = "x >= -1"}
conclusion = "(1+x)**3 >= 1 + 3*x"

[wrong]
variables = {x = "nonnegative"}
conclusion = "log(1+x) <= 0.99*x"

[best]
variables = {x = "nonnegative"}
constants = {c = 0.55}
conclusion = "x**2*exp(-x) <= c"
sharpen = "c"
"""


@pytest.fixture
def example(tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text(EXAMPLE)
    return path


def test_a_data_file_gives_claims_with_negative_controls(example):
    claims = load(example)
    assert [c.name for c in claims] == ["bernoulli", "wrong", "best"]
    assert claims[2].statement.constants["c"] == Fraction(11, 20)  # the decimal, not the double
    assert sharpenings(example) == {"best": "c"}
    assert str(claims[0].mutant.conclusion) == "(1 + x)**3 < 1 + 3*x"
    assert resolve(f"{example}::wrong") == (claims[1],)


def test_negation_of_an_equation_is_another_equation():
    assert str(negation(statement({"x": "real"}, "x == x")).conclusion) == "x == x + 1"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[a]\nvariables = {x = 'real'}\n", "conclusion"),
        ("[a]\nvariables = {x = 'complex'}\nconclusion = 'x >= 0'\n", "x"),
        ("[a]\nvariables = {x = 'real'}\nconclusion = 'x >= y'\n", "conclusion"),
        ("[a]\nvariables = 3\nconclusion = 'x >= y'\n", "variables"),
        ("[a]\nvariables = {x = 'real'}\nconclusion = 'x >= 0'\nproof = 'trust me'\n", "proof"),
        ("[a]\nvariables = {x = 'real'}\nconclusion = 'x >= 0'\nsharpen = 'c'\n", "sharpen"),
        ("['A B']\n", "A B"),
        ("a = 1\n", "a"),
        ("", "claims"),
        ("[a\n", "read"),
        ("[a]\nvariables = {x = 'real'}\nconclusion = '__import__(1) >= 0'\n", "conclusion"),
        ("[a]\nvariables = {x = 'real'}\nconstants = {x = 1}\nconclusion = 'x >= 0'\n", "x"),
    ],
)
def test_bad_files_get_one_line_that_names_the_place(tmp_path, text, named):
    path = tmp_path / "bad.toml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        load(path)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_python_file_must_define_claims(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("claims = 3\n")
    with pytest.raises(InputError, match="claims"):
        load(path)
    path.write_text(
        "from theory.claims import Claim, Source, statement\n"
        "good = statement({'x': 'real'}, 'x**2 >= 0')\n"
        "bad = statement({'x': 'real'}, 'x**3 >= 0')\n"
        "claims = [Claim('square', 'squares', Source('lemmata', '1'), good, bad)]\n"
    )
    assert load(path)[0].name == "square"


def test_refute_sharpen_and_check_work_together(example, tmp_path):
    run = CliRunner()
    shown = tmp_path / "shown.py"
    done = run.invoke(
        refute.command,
        [f"{example}::wrong", "--json", "--script", str(shown)],
        standalone_mode=False,
    )
    assert done.return_value == 1
    assert valid("refute", done.output)["results"][0]["verdict"] == "refuted"
    assert shown.exists()
    certificate, figure = tmp_path / "c.json", tmp_path / "slack.png"
    done = run.invoke(
        sharpen.command,
        [str(example), "--width", "0.01", "--json"],
        standalone_mode=False,
    )
    assert done.return_value == 0
    assert valid("sharpen", done.output)["results"][0]["constant"] == "c"
    done = run.invoke(
        sharpen.command,
        [
            f"{example}::best",
            "--width",
            "0.01",
            "--certificate",
            str(certificate),
            "--figure",
            str(figure),
        ],
        standalone_mode=False,
    )
    assert done.return_value == 0
    assert figure.stat().st_size > 1000
    done = run.invoke(check.command, [str(certificate), "--json"], standalone_mode=False)
    assert done.return_value == 0
    row = valid("check", done.output)["results"][0]
    assert row["verdict"] == "accepted"
    assert "x**2*exp(-x) <= c" in row["statement"]
    certificate.write_text(
        certificate.read_text().replace('"rule":"enclose"', '"rule":"enclosure"', 1)
    )
    assert run.invoke(check.command, [str(certificate)], standalone_mode=False).return_value == 1
    certificate.write_text("{}")
    assert run.invoke(check.command, [str(certificate)], standalone_mode=False).return_value == 2


def test_check_without_files_checks_what_is_shipped():
    done = CliRunner().invoke(check.command, ["--json"], standalone_mode=False)
    assert done.return_value == 0
    assert len(valid("check", done.output)["results"]) >= 20


@pytest.mark.parametrize(
    ("form", "value"),
    [("exp(-1)", mpmath.exp(-1)), ("4*exp(-2)", 4 * mpmath.exp(-2)), ("1/3", mpmath.mpf(1) / 3)],
)
@pytest.mark.parametrize("width", ["1e-3", "1e-4", "1e-6"])
def test_what_is_guessed_is_short_for_the_width_of_the_bracket(form, value, width):
    """A bracket of 1e-3 around exp(-1) contains 7/19, by chance: it was called the closed form."""
    half = mpmath.mpf(width) * mpmath.mpf("0.45")
    low, high = (Fraction(mpmath.nstr(v, 15)) for v in (value - half, value + half))
    found = guesses(low, high)
    assert found[0] == form
    assert "7/19" not in found
    assert all(len(text) <= 9 for text in guesses(low, high)) or width == "1e-6"


@pytest.mark.parametrize(("reached", "said"), [(True, "closed form: "), (False, "it holds with: ")])
def test_a_formula_in_a_wide_bracket_is_not_called_the_best(reached, said):
    """1/pi/2 is proved for P(w >= 1) <= c, whose best value is 0.158655."""
    ends = Fraction(1586, 10000), Fraction(16, 100)
    found = Bracket("c", *ends, None, "{}", reached, (), "1/pi/2", "{}")
    tail, twin = (
        statement({"w": "gaussian"}, "P(w >= 1) <= c", constants={"c": c}) for c in ("1/5", "1/7")
    )
    claim = Claim("tail", "A tail", Source("lemmata", "here", "re-derived"), tail, twin)
    assert f"  {said}1/pi/2, proved" in sharpen._line(claim, found)
