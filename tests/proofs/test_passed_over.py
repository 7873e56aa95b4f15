"""One claim of a file that cannot be taken costs no other its answer, whatever is asked of them."""

import json
from fractions import Fraction

import pytest
from click.testing import CliRunner

from proofs.cli import lemmata
from proofs.commands import refute, sharpen
from proofs.refutation.refute import refute as seek
from proofs.sharpening.sharpen import Bracket
from proofs.sharpening.sharpen import sharpen as search

SOUND = {
    "wrong": '[wrong]\nvariables = {x = "real"}\nconstants = {c = "1"}\n'
    'conclusion = "x**2 >= c*x"\nsharpen = "c"\n',
    "right": '[right]\nvariables = {x = "real"}\nconclusion = "x**2 >= 0"\n',
}
UNREADABLE = {
    "name": '[typo]\nvariables = {x = "real"}\nconclusion = "x >= y"\n',
    "formula": '[typo]\nvariables = {x = "real"}\nconclusion = "2x >= 0"\nsharpen = "c"\n',
    "domain": '[typo]\nvariables = {x = "poitive"}\nconclusion = "x >= 0"\n',
    "key": '[typo]\nvariables = {x = "real"}\nhypothesis = {}\nconclusion = "x >= 0"\n',
}
QUICK = ("--budget", "0.1")


def known(statement, constant, *_):
    """What a search would find, at once; what it refuses, it refuses."""
    if constant in statement.settled:
        return search(statement, constant)
    return Bracket(constant, Fraction(1, 2), Fraction(1), None, "", reached=True)


@pytest.fixture
def at_once(monkeypatch):
    """A counterexample to what has a constant, and none to anything else, at once."""
    monkeypatch.setattr(sharpen, "sharpen", known)
    monkeypatch.setattr(
        refute, "refute", lambda s, budget, _: seek(s, budget) if s.constants else None
    )


def ran(folder, name, tables, *more):
    path = folder / "claims.toml"
    path.write_text("".join(tables))
    return CliRunner().invoke(lemmata, [name, str(path), *more], standalone_mode=False)


@pytest.mark.parametrize(
    ("form", "unreadable"),
    [(("--json",), "name"), (("--latex",), "formula"), ((), "domain"), ((), "key")],
)
def test_a_claim_that_cannot_be_read_hides_no_counterexample(form, unreadable, tmp_path, at_once):
    tables = [UNREADABLE[unreadable], *SOUND.values()]
    found = ran(tmp_path, "refute", tables, *QUICK, *form)
    assert (found.return_value, found.exception) == (1, None)
    assert found.stderr.startswith("lemmata: passed over: ")
    assert (found.stderr.count("\n"), found.stderr.count("typo")) == (1, 1)
    assert "wrong" in found.stdout
    assert "right" in found.stdout
    if form == ("--json",):
        rows = {row["claim"]: row["verdict"] for row in json.loads(found.stdout)["results"]}
        assert rows == {"wrong": "refuted", "right": "not refuted"}


def test_without_a_counterexample_what_cannot_be_read_is_bad_input(tmp_path, at_once):
    right, typo = SOUND["right"], UNREADABLE["name"]
    assert ran(tmp_path, "refute", [right], *QUICK).return_value == 4
    assert ran(tmp_path, "refute", [right, typo], *QUICK).return_value == 2
    script = tmp_path / "it.py"
    both = ran(tmp_path, "refute", [SOUND["wrong"], typo], "--script", str(script))
    assert "one claim is wanted" in str(both.exception)
    assert not script.exists()


@pytest.mark.parametrize("unreadable", UNREADABLE)
@pytest.mark.parametrize("more", [(), ("c",)], ids=["asked in the file", "asked here"])
def test_a_claim_that_cannot_be_read_hides_no_bracket(unreadable, more, tmp_path, at_once):
    found = ran(tmp_path, "sharpen", [UNREADABLE[unreadable], *SOUND.values()], *more, "--json")
    (row,) = json.loads(found.stdout)["results"]
    assert (row["claim"], row["proved"], found.return_value) == ("wrong", "1", 2)
    assert found.stderr.startswith("lemmata: passed over: ")
    assert (found.stderr.count("\n"), found.stderr.count("typo")) == (1, 1)


def test_a_constant_that_has_no_best_value_costs_no_other(tmp_path, at_once):
    """It is known only once the claim is at work: the number of terms of a sum, say."""
    counted = '[counted]\nvariables = {x = "real"}\nconstants = {c = 3}\n' \
              'conclusion = "sum(i, 1, c, x**2) >= 0"\nsharpen = "c"\n'  # fmt: skip
    assert "no best value" in str(ran(tmp_path, "sharpen", [counted]).exception)
    found = ran(tmp_path, "sharpen", [counted, *SOUND.values()], "--json")
    assert [row["claim"] for row in json.loads(found.stdout)["results"]] == ["wrong"]
    assert found.return_value == 2
    assert "passed over: counted: " in found.stderr


def test_what_concerns_all_claims_is_no_matter_of_one(tmp_path):
    for width in ("0", "-1"):
        found = ran(tmp_path, "sharpen", list(SOUND.values()), "--width", width)
        assert str(found.exception) == "--width: it must be positive"


@pytest.mark.parametrize("name", ["show", "audit", "refute", "sharpen"])
def test_however_many_there_are_they_are_one_line(name, tmp_path, at_once):
    tables = [t.replace("typo", f"typo{i}") for i, t in enumerate(UNREADABLE.values())]
    more = QUICK if name in ("audit", "refute") else ()
    found = ran(tmp_path, name, [*tables, SOUND["wrong"]], "--json", *more)
    assert len(found.stderr.splitlines()) == 1
    assert all(f"typo{i}" in found.stderr for i in range(len(tables)))
    assert json.loads(found.stdout)["results"] != []
    assert found.return_value == (1 if name == "refute" else 2)
