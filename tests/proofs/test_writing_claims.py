"""The reference page of the language: every example on it is decided as it says; its schema."""

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import proofs
from proofs.cli import lemmata
from proofs.evidence.verdicts import Verdict
from proofs.verification.decide import decide
from theory.claim_files import KEYS, read
from theory.errors import Unsupported
from theory.expressions import ABBREVIATIONS
from theory.language.domains import LAWS, WORDS

ROOT = Path(proofs.__file__).parent
PAGE = (ROOT / "writing-claims.md").read_text(encoding="utf-8")
EXAMPLES = {
    name: table
    for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    for name, table in tomllib.loads(block).items()
}
SCHEMA = json.loads((ROOT / "schemas" / "claims.schema.json").read_text(encoding="utf-8"))
WANTED = {"true": Verdict.PROVED, "false": Verdict.REFUTED}


@pytest.mark.sample(50)
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_decided_as_the_page_says(name):
    table = EXAMPLES[name]
    if table["truth"] == "unsupported":
        with pytest.raises(Unsupported):
            read(Path("page.toml"), name, table)
        return
    claim = read(Path("page.toml"), name, table)
    assert decide(claim.statement, 15.0).verdict is WANTED[table["truth"]]


def test_the_page_names_every_key_law_and_function():
    words = set(re.findall(r"[A-Za-z_0-9]+", PAGE))
    assert KEYS | set(WORDS) | set(LAWS) | set(ABBREVIATIONS) <= words


def test_the_schema_has_the_keys_that_are_read():
    assert set(SCHEMA["$defs"]["claim"]["properties"]) == KEYS


FILES = [
    *sorted((ROOT / "corpus").glob("*.toml")),
    *sorted((ROOT.parent / "tests" / "fixtures" / "language").glob("*.toml")),
]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_shipped_files_of_claims_satisfy_the_schema(path):
    jsonschema.validate(tomllib.loads(path.read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.parametrize(
    "wrong",
    [{"conclusion": "x >= 0"}, {"variables": {}, "conclusion": ""},
     {"variables": {}, "conclusion": "1 >= 0", "hypothesis": {}},
     {"variables": {"x": 1}, "conclusion": "x >= 0"}],
)  # fmt: skip
def test_the_schema_refuses_what_is_no_claim(wrong):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"a": wrong}, SCHEMA)


def test_one_unreadable_table_costs_its_own_row(tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text(
        '[good]\nvariables = {x = "real"}\nconclusion = "x^2 >= 0"\n'
        '[typo]\nvariables = {x = "real"}\nconclusion = "2x >= 0"\n'
        '[function]\nvariables = {x = "real"}\nconclusion = "sigmiod(x) >= 0"\n'
        '[key]\nvariables = {x = "real"}\nhypothesis = {}\nconclusion = "x >= 0"\n'
        '[domain]\nvariables = {x = "poitive"}\nconclusion = "x >= 0"\n'
    )
    run = CliRunner().invoke(
        lemmata, ["verify", str(path), "--json", "--budget", "5"], standalone_mode=False
    )
    assert run.return_value == 2
    rows = {r["name"]: r for r in json.loads(run.stdout)["claims"]}
    assert rows["good"]["verdict"] == "proved"
    details = {n: r["evidence"][0]["detail"] for n, r in rows.items()}
    for name, hint in {
        "typo": "write 2*x",
        "function": "did you mean sigmoid",
        "key": "did you mean hypotheses",
        "domain": "did you mean positive",
    }.items():
        assert rows[name]["verdict"] == "unsupported"
        assert hint in details[name]


def test_what_is_not_covered_is_unsupported_and_no_error(tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text('[a]\nvariables = {w = "gaussian vector(n)", n = "natural"}\n'
                    'conclusion = "E(max(w)^2) >= 0"\n')  # fmt: skip
    run = CliRunner().invoke(lemmata, ["verify", str(path)], standalone_mode=False)
    assert run.return_value == 4
    assert "unsupported: E: no closed form of the mean of max(w)**2" in run.stdout
