"""The derive command: formats, exit codes, hostile input."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import proofs
from proofs.cli import lemmata
from theory.errors import InputError

SCHEMA = json.loads(
    (Path(proofs.__file__).parent / "schemas" / "derive.schema.json").read_text(encoding="utf-8")
)


def run(*arguments):
    return CliRunner().invoke(lemmata, ["derive", *arguments])


@pytest.mark.parametrize(
    "arguments",
    [
        ("--loss", "(p+1)**2/2", "--depth", "7", "--json"),
        ("--loss", "log(1+exp(p))", "--format", "json"),
        ("--depth", "1000", "--json"),
        ("--loss", "abs(p)", "--depth", "1", "--json"),
    ],
)
def test_json_is_as_its_schema_says(arguments):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    result = run(*arguments)
    assert result.exit_code == 0
    data = json.loads(result.output)
    jsonschema.validate(data, SCHEMA)
    assert data["holds"] is True


def test_the_schema_refuses_a_derivation_with_one_decider():
    data = json.loads(run("--depth", "1", "--json").output)
    data["deciders"] = data["deciders"][:1]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_text_names_the_deciders_and_the_depths():
    output = run("--loss", "(p+1)**2/2", "--depth", "3").output
    assert "∂F/∂w₁ = w₂·w₃·(w₁·w₂·w₃ + 1)" in output
    assert "wᵢ⁺² − wⱼ⁺² = (wᵢ² − wⱼ²)·(1 − η²·g²·rᵢⱼ²)" in output
    assert "also expanded at depths 2–8" in output
    assert "✗" not in output
    assert "largest stable η (balanced) = 2/3" in output


def test_latex_is_a_balanced_document():
    output = run("--loss", "p**4/4-p**2/2", "--depth", "3", "--format", "latex").output
    assert output.startswith(r"\documentclass")
    assert output.strip().endswith(r"\end{document}")
    assert output.count("{") - output.count(r"\{") == output.count("}") - output.count(r"\}")
    assert output.count(r"\[") == output.count(r"\]")
    assert output.count("$") % 2 == 0
    assert not re.search(r"[^\x00-\x7f]", output)


def test_a_long_slope_is_named_not_printed():
    nested = "cos(" * 40 + "p" + ")" * 40
    output = run("--loss", nested, "--depth", "12").output
    assert "too long to print" in output
    assert len(output) < 60_000


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--loss", "__import__('os')"), "loss"),
        (("--loss", "nan"), "loss"),
        (("--loss", "1/(p-p)"), "loss"),
        (("--loss", "(" * 3000), "loss"),
        (("--loss", "9**9**9**9"), "loss"),
        (("--depth", "0"), "depth"),
        (("--depth", "-3"), "depth"),
        (("--depth", "2.5"), "depth"),
        (("--depth", "9" * 50), "depth"),
        (("--depth", "٣"), "depth"),
    ],
)
def test_bad_input_is_one_line_that_names_the_argument(arguments, named):
    result = run(*arguments)
    assert isinstance(result.exception, InputError)
    assert str(result.exception).startswith(f"--{named}: ")
    assert "\n" not in str(result.exception)
