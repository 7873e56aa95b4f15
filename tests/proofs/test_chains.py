"""Constants flow: optima known by hand, every step proved again, and what a change makes fall."""

import json
import math
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from scipy.optimize import brentq

import proofs
from proofs.commands.sharpen import command
from proofs.commands.sharpen_theorem import _chain
from proofs.core import check
from proofs.evidence.verdicts import Verdict
from proofs.sharpening.chains import change, sharpen_chain
from proofs.theorems import library
from theory.catalogue import CLAIMS
from theory.chains import chains, find, read
from theory.errors import InputError

CHAINS = chains()
CONSTANTS = {c.name: c.statement.constants for c in CLAIMS}

TOY = """
[chain]
title = "a x >= 1 and x <= top"
minimise = "a"
[constants]
a = 3
top = 2
[free]
x = "1/2"
[step.product]
conclusion = "a*x >= 1"
[step.top]
conclusion = "x <= top"
[step.slack]
variables = {t = "nonnegative"}
hypotheses = {unit = "t <= 1"}
conclusion = "a*t <= 100"
"""


def toy(tmp_path, text=TOY):
    path = tmp_path / "toy.toml"
    path.write_text(text)
    return path


def test_an_optimum_known_by_hand(tmp_path):
    found = sharpen_chain(read(toy(tmp_path), "toy"))
    assert found.limit == pytest.approx(1 / 2)
    assert Fraction(1, 2) <= found.values["a"] <= Fraction(1, 2) + Fraction(1, 10**4)
    assert found.binding == ("product", "top")
    assert found.improved
    assert found.proved


def test_a_maximum_known_by_hand(tmp_path):
    text = TOY.replace("minimise", "maximise").replace(
        'conclusion = "a*x >= 1"', 'conclusion = "a <= 7 - x"'
    )
    found = sharpen_chain(
        read(
            toy(tmp_path, text.replace('"x <= top"', '"x >= top/2"').replace('x = "1/2"', "x = 1")),
            "toy",
        )
    )
    assert found.limit == pytest.approx(6)
    assert Fraction(6) - Fraction(1, 100) <= found.values["a"] <= 6


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", CHAINS)
def test_every_chain_of_the_catalogue_is_proved_as_it_stands(name):
    chain = CHAINS[name]
    assert change(chain, {}).proved
    assert set(chain.theorems) <= set(library().theorems)
    assert chain.theorems


def test_a_chain_takes_the_numbers_of_claims(tmp_path):
    path = toy(tmp_path, TOY.replace("a = 3", 'a = "{du-hu-gradient.gradient}"'))
    assert read(path, "toy").constants["a"] == CONSTANTS["du-hu-gradient"]["gradient"] == 3
    for tie, problem in (("{nobody.c}", "no claim is called"), ("{exp-tangent.c}", "no such")):
        path = toy(tmp_path, TOY.replace("a = 3", f'a = "{tie}"'))
        with pytest.raises(InputError, match=problem):
            read(path, "toy")


def test_the_orthogonal_width_against_its_equation():
    """Radius and width follow from the rate, and the rate from the second order: one equation."""

    def excess(pace):
        radius = math.sqrt(2) * 1.21 / pace
        z = 1.331 * math.sqrt(2) * 0.5 * math.log(1.1) / radius
        return 0.9**4 - pace - 1.1**4 / 2 * z * math.exp(z)

    pace = brentq(excess, 0.5, 0.656)
    width = (math.sqrt(2) * 1.21 / pace / math.log(1.1)) ** 2
    found = sharpen_chain(CHAINS["hu-xiao-pennington2020/width"])
    assert found.limit == pytest.approx(width, rel=1e-6)
    assert width <= float(found.values["width"]) <= width * 1.0001
    assert set(found.binding) == {"drift", "radius", "width", "second-order"}


def test_what_is_known_to_be_best_stays():
    for name, best in (
        ("shamir2019/theorem-3", 2),
        ("shamir2019/theorem-4", 1),
        ("wu-wang-ma2019/decoupled", 2),
    ):
        found = sharpen_chain(CHAINS[name])
        assert found.limit == pytest.approx(best, rel=1e-6)
        assert not found.improved
        assert found.proved


@pytest.mark.parametrize(
    ("name", "at_most"),
    [("arora-cohen-golowich-hu2019/wider", "17.3"), ("du-hu2019/width", "17800")],
)
def test_better_constants_come_with_certificates(name, at_most):
    found = sharpen_chain(CHAINS[name])
    assert found.values[found.chain.objective] <= Fraction(at_most)
    for state in found.steps:
        assert state.verdict is Verdict.PROVED
        check.check(state.evidence.data["certificate"], state.step.at(found.values).canonical)


def test_lemma_13_approaches_its_exact_range():
    found = sharpen_chain(CHAINS["shamir2019/lemma-13"])
    root = brentq(lambda x: x - 1 - math.exp(-x / 2), 1.4, 1.5)
    assert root * (1 - 1e-4) <= found.values["limit"] <= root
    assert found.binding == ("rate",)


def run(*arguments):
    return CliRunner().invoke(command, list(arguments), standalone_mode=False)


def test_a_changed_constant_says_which_steps_and_theorems_fall():
    found = change(CHAINS["arora-cohen-golowich-hu2019/wider"], {"step": Fraction(17)})
    assert [s.step.name for s in found.steps if s.verdict is Verdict.REFUTED] == ["descent"]
    shown = run("lemmata/balanced-convergence-wider", "--set", "step=17")
    assert shown.return_value == 1
    assert "descent fails" in shown.output
    assert "lemmata/identity-radius-half-balanced  falls" in shown.output  # it cites the theorem
    fine = run("lemmata/balanced-convergence-wider", "--set", "step=25")
    assert fine.return_value == 0
    assert "  falls  " not in fine.output


def test_json_keeps_to_its_schema():
    path = Path(proofs.__file__).parent / "schemas" / "sharpen.schema.json"
    schema = json.loads(path.read_text())
    data = json.loads(
        run("lemmata/balanced-convergence-wider", "--set", "step=17", "--json").output
    )
    jsonschema.validate(data, schema)
    assert {s["text"] for s in data["results"][0]["states"]} == {
        *("c^(2/L)/(17 L |Phi|^2)", "(1 - 2 rho)^(2/L)/(17 L |Phi|^2)")
    }
    for arguments in (["shamir2019/theorem-3"], ["shamir2019/theorem-3", "--set", "base=3"]):
        data = json.loads(run(*arguments, "--json").output)
        jsonschema.validate(data, schema)
        assert data["results"][0]["changed"] == (len(arguments) > 1)
    (stated,) = data["results"][0]["states"]
    assert stated["theorem"] == "lemmata/near-identity-closed-form"
    assert stated["text"] == "3^((k-1)/2)/(4 eta G)"
    assert data["results"][0]["fallen"]


def test_a_chain_of_ones_own(tmp_path):
    shown = run(str(toy(tmp_path)))
    assert shown.return_value == 0
    assert "a: 3 -> 0.5" in shown.output


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("minimise", "minimize", "unknown key"),
        ('minimise = "a"', 'minimise = "b"', "names no constant"),
        ("[free]", "[frei]", "unknown table"),
        ('"t <= 1"', '"a*t <= 1"', "constant of the chain"),
        ('"a*x >= 1"', '"a*y >= 1"', "conclusion"),
        ("a = 3", "a = true", "constants.a"),
        ('x = "1/2"', 'a = "1/2"', "constant already"),
        ("top = 2", 'top = "1/4"', "fails at the constants"),
    ],
)
def test_bad_chains_are_one_clear_line(tmp_path, old, new, match):
    assert old in TOY
    with pytest.raises(InputError, match=match):
        sharpen_chain(read(toy(tmp_path, TOY.replace(old, new)), "toy"))


def test_bad_names_and_settings():
    with pytest.raises(InputError, match="known: arora"):
        find("shamir2019/theorem-9")
    wrong = (("base", "NAME=VALUE"), ("bass=3", "no constant"), ("base=x", "base"))
    for texts, match in (*(([t], m) for t, m in wrong), (["base=3", " base =4"], "twice")):
        with pytest.raises(InputError, match=match):
            CliRunner().invoke(
                command,
                ["shamir2019/theorem-3", *(w for text in texts for w in ("--set", text))],
                standalone_mode=False,
                catch_exceptions=False,
            )


@pytest.mark.parametrize(
    ("printed", "chain"),
    [
        ("wu-wang-ma2019/discrete-theorem", "wu-wang-ma2019/decoupled"),
        ("arora-cohen-golowich-hu2019/theorem-1", "arora-cohen-golowich-hu2019/wider"),
        ("du-hu2019/theorem-4-1", "du-hu2019/width"),
        ("hu-xiao-pennington2020/theorem-4-1", "hu-xiao-pennington2020/width"),
        ("shamir2019/theorem-2", "shamir2019/theorem-2"),
        ("shamir2019/theorem-3", "shamir2019/theorem-3"),
        ("shamir2019/theorem-4", "shamir2019/theorem-4"),
        ("shamir2019/lemma-13", "shamir2019/lemma-13"),
    ],
)
def test_a_printed_theorem_is_sharpened_by_the_proof_that_improves_it(printed, chain):
    assert printed in library().theorems
    assert _chain(printed).name == chain


def test_a_theorem_without_a_chain_says_so():
    with pytest.raises(InputError, match="no chain"):
        _chain("bartlett-helmbold-long2018/theorem-4")


def table():
    """The rows of the page, by chain."""
    page = (Path(proofs.__file__).parents[1] / "docs/pages/recipes.md").read_text(encoding="utf-8")
    rows = page.split("<!-- sharpened -->")[1].split("<!-- /sharpened -->")[0].strip().splitlines()
    cells = ([c.strip() for c in row.strip("|").split("|")] for row in rows[2:])
    return {name: rest for name, *rest in cells}


def test_the_table_is_about_every_chain_and_its_numbers():
    assert set(table()) == set(CHAINS)
    for name, (constant, _, old, new, tight, limit) in table().items():
        chain = CHAINS[name]
        assert constant == chain.objective
        assert Fraction(old) == chain.constants[constant]
        best = float(Fraction(new))
        assert Fraction(new) == Fraction(old) or chain.better(Fraction(new), Fraction(old))
        assert (best >= float(limit) * (1 - 1e-6)) is chain.minimise or best == float(limit)
        steps = {s.name for s in chain.steps}
        assert tight.startswith("all but ") or set(tight.split(", ")) <= steps


@pytest.mark.slow
@pytest.mark.parametrize("name", CHAINS)
def test_the_table_says_what_is_found(name):
    constant, _, _, new, tight, limit = table()[name]
    found = sharpen_chain(CHAINS[name])
    assert found.proved
    assert found.values[constant] == Fraction(new)
    assert found.limit == pytest.approx(float(limit), rel=1e-5)
    free = {s.name for s in CHAINS[name].steps} - set(found.binding)
    listed = {tight.removeprefix("all but ")} if tight.startswith("all but ") else None
    assert free == listed if listed else ", ".join(found.binding) == tight
