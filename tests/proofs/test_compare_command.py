"""``lemmata compare``: tables, JSON after its schema, and refusals."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from numerics.matrices import initialisations
from numerics.papers.comparison import compare
from proofs.cli import lemmata
from proofs.commands.compare import HEADINGS, shown
from theory.errors import InputError

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "proofs" / "schemas" / "compare.schema.json").read_text()
)
FAST = ["compare", "--depths", "2", "--runs", "1", "--budget", "500", "--target"]


@pytest.fixture(autouse=True)
def short_runs(monkeypatch):
    """The table of starts is tested elsewhere; here its runs may be too short to arrive."""
    monkeypatch.setattr(initialisations, "STEPS", 20)


def test_json_follows_its_schema():
    result = CliRunner().invoke(lemmata, [*FAST, "negative", "--json"])
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    jsonschema.validate(report, SCHEMA)
    assert len(report["rows"]) == 7
    assert {r["system"] for r in report["rows"] if r["outcome"] == "never"} == {"bartlett"}


def test_the_table_and_the_figure(tmp_path):
    result = CliRunner().invoke(
        lemmata,
        [*FAST, "positive", "--figure", str(tmp_path / "figure")],
        env={"COLUMNS": "160"},
    )
    assert result.exit_code == 0
    assert "wu-wang-ma" in result.stdout
    assert "n/a: width" in result.stdout
    assert {p.suffix for p in tmp_path.iterdir()} == {".png", ".svg"}


@pytest.mark.slow
def test_the_table_of_the_readme_is_what_the_command_prints():
    """Only exact integers and doubles of a few digits: the same on every machine."""
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    _, _, block = readme.partition("$ lemmata compare --depths 4 --target negative\n")
    lines = block.partition("```")[0].splitlines()
    printed = [tuple(c.strip() for c in line.strip("│").split("│")) for line in lines]
    assert printed[0] == HEADINGS
    assert printed[1:] == [shown(row) for row in compare((4,), ("negative",))]


@pytest.mark.parametrize("depths", ["", "1", "two", "4,,8", "3.5", "1000", "-2"])
def test_bad_depths_are_refused(depths):
    with pytest.raises(InputError, match="depths"):
        CliRunner().invoke(lemmata, ["compare", "--depths", depths], catch_exceptions=False)
