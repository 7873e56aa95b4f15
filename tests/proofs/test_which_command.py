"""A file given to the wrong command is answered with the right one; a report is of its ledger."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from proofs.cli import lemmata
from theory.errors import InputError

THEOREM = Path(__file__).parents[2] / "theory" / "catalogue" / "shamir2019" / "theorem-3.toml"
OWN = '[own]\nvariables = {x = "real"}\nconclusion = "x**2 >= 0"\n'


def test_a_theorem_is_sent_to_theorem_and_claims_to_verify(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN)
    for asked, answer in ((["verify", str(THEOREM)], "lemmata theorem "),
                          (["check", str(path)], "lemmata verify ")):  # fmt: skip
        with pytest.raises(InputError, match=answer):
            CliRunner().invoke(lemmata, asked, standalone_mode=False, catch_exceptions=False)


def test_a_report_of_ones_own_claims_holds_them_alone(tmp_path):
    path, rows, page = (str(tmp_path / n) for n in ("own.toml", "own.json", "own.html"))
    Path(path).write_text(OWN)
    Path(rows).write_text(CliRunner().invoke(lemmata, ["verify", path, "--json"]).stdout)
    run = CliRunner().invoke(lemmata, ["report", page, "--results", rows, "--json"])
    assert json.loads(run.stdout)["claims"] == 1
    assert ">1 claim</h2>" in Path(page).read_text()
