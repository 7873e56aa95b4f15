"""What is shown from a file of results: what is seen in it to be so, or a run of this user's."""

import json

import pytest
from click.testing import CliRunner

from proofs.cli import lemmata
from proofs.evidence import kernel
from proofs.evidence.ledger import Ledger
from proofs.evidence.rows import problem
from proofs.presentation.encyclopedia.results import saved
from proofs.presentation.report import kernel_row, report, unchecked_row
from proofs.user_claims import load
from proofs.verification.catalogue import find
from proofs.verification.shown import KERNEL, looked, rows_of
from proofs.verification.taken import EMPTY, OTHERS
from tests.proofs.test_taken import MEASURED, certificates, forged, row_of, swapped

OWN = """[ours]
variables = {x = "real", y = "real"}
conclusion = "x**2 + y**2 >= 2*x*y"
[typed]
variables = {n = "natural", a = "sequence of real"}
conclusion = "sum(i, 1, n, a_i^2) >= 0"
"""
NAMES = ("assumption-1-square-gap", "product-is-affine", "arora-lemma-5-swap-1")


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The cache of a user, and what makes another one of them."""

    def become(name):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name))

    become("me")
    return become


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """Claims, of the catalogue and of a user, each with its true row."""
    path = tmp_path_factory.mktemp("own") / "own.toml"
    path.write_text(OWN)
    return [(c, row_of(c, 20.0)) for c in (*(find(n) for n in NAMES), *load(path))]


def printed(path, rows):
    path.write_text(json.dumps(report(rows, 1.0, 0)))
    return path


def kept(path, pairs):
    ledger = Ledger(path)
    for claim, row in pairs:
        ledger.add(claim, row)
    return path


def test_what_a_run_of_ones_own_wrote_is_shown_as_it_stands(home, tmp_path, pairs, capsys):
    rows = [row for _, row in pairs]
    for path in (printed(tmp_path / "rows.json", rows), kept(tmp_path / "rows", pairs)):
        found, _ = rows_of(path)
        assert [r["verdict"] for r in found] == ["proved"] * len(rows)
        assert found == [row for row, own in saved(path)[0] if own]
    assert capsys.readouterr().err == ""


def test_what_a_run_of_another_wrote_is_shown_for_what_it_carries(home, tmp_path, pairs, capsys):
    """A ledger carries certificates; what is printed does not, but those of the catalogue ship."""
    rows = [row for _, row in pairs]
    measured = find(MEASURED)
    ledger = kept(tmp_path / "rows", [*pairs, (measured, row_of(measured))])
    output = printed(tmp_path / "rows.json", rows)
    home("you")
    found, _ = rows_of(ledger)
    assert found[:-1] == rows
    assert (found[-1]["verdict"], found[-1]["negative_control"]) == ("undecided", "undecided")
    said = f"open here: {MEASURED} ({OTHERS})"
    assert said in capsys.readouterr().err
    found, _ = rows_of(output)
    assert [r["verdict"] for r in found] == ["proved"] * len(NAMES) + ["undecided"] * 2
    assert {r["negative_control"] for r in found} == {"refuted"}
    err = capsys.readouterr().err
    assert f"open here: ours ({EMPTY}), and 1 more row\n" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("number", range(len(NAMES) + 2))
def test_no_false_claim_is_shown_as_proved(number, pairs):
    """Whoever seals it, and whatever certificate it carries."""
    claim = swapped(pairs[number][0])
    row = row_of(claim)
    row.pop("typed", None)
    for certificate in certificates(claim):
        for made in forged(row, certificate):
            if problem(made):
                continue
            for own in (True, False) if certificate else (False,):
                found, why = looked(made, own)
                assert why != ""
                assert found["verdict"] == "undecided"
                assert {e["verdict"] for e in found["evidence"]} == {"undecided"}
                assert problem(found) == ""


def test_no_true_claim_is_shown_as_refuted(pairs):
    for claim, row in pairs:
        point = row["control"]["counterexample"]
        at = {**row["evidence"][0], "verdict": "refuted", "counterexample": point}
        made = {**row, "verdict": "refuted", "evidence": [at], "certificate": None}
        assert looked(made, own=False)[0]["verdict"] == "undecided", claim.name


def test_a_twin_that_does_not_fall_where_it_is_said_to_is_no_control(pairs):
    _, row = pairs[0]
    control = row["control"]
    nowhere = {**control["counterexample"], "point": {"x": "1/0"}}
    for lost in (None, nowhere):
        made = {**row, "control": {**control, "counterexample": lost}}
        found, why = looked(made, own=False)
        assert found["negative_control"] == "undecided"
        assert "its false twin" in why


def test_the_word_of_the_kernel_is_that_of_ones_own_runs():
    entry = next(iter(kernel.theorems().values()))
    said = kernel_row(
        entry, kernel.KernelResult(entry.theorem, entry.statement, (), 1.0, entry.file)
    )
    assert looked(said, own=True) == (said, "")
    assert looked(said, own=False) == (unchecked_row(entry), KERNEL)
    other = {**said, "name": "none-such"}
    assert looked(other, own=False)[0]["verdict"] == "undecided"
    hidden = {**said, "name": "none-such", "verdict": "undecided"}  # which its evidence is not
    assert looked(hidden, own=False)[0]["evidence"][0]["verdict"] == "undecided"


def test_a_page_from_forged_results_says_so_in_one_line(home, tmp_path, pairs):
    claim = swapped(pairs[-2][0])
    lie = next(iter(forged(row_of(claim), None)))
    path, page = printed(tmp_path / "rows.json", [lie]), tmp_path / "it.html"
    home("you")
    found = CliRunner().invoke(lemmata, ["report", str(page), "--results", str(path), "--json"])
    assert json.loads(found.stdout)["verdicts"]["undecided"] == 1
    assert found.stderr.count("\n") == 1
    assert "the file says proved" in page.read_text("utf-8")
