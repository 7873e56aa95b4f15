"""Rows whose digests hold and that no run wrote: refused in one line, or shown like any other."""

import copy
import hashlib
import json
from itertools import product

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from proofs import api, theorems
from proofs.cli import lemmata
from proofs.evidence import kernel
from proofs.evidence.ledger import HEADER, Ledger, key, resumed, stored
from proofs.evidence.rows import digest_of, problem
from proofs.evidence.shelf import shelve
from proofs.evidence.standing import Status, standings
from proofs.presentation.encyclopedia.results import read
from proofs.presentation.printed import print_table
from proofs.presentation.report import exit_code, report, report_row, unchecked_row
from proofs.verification.catalogue import find, verify
from tests.fuzz.formulas import ROOT
from theory.errors import InputError

CLAIM = find("pair-sum")
TYPED = api.claim("sum(i, 1, n, a_i)^2 <= n*sum(i, 1, n, a_i^2)", name="sums",
                  variables={"n": "natural", "a": "sequence of real"})  # fmt: skip
ROWS = [
    report_row(verify(CLAIM)),
    unchecked_row(next(iter(kernel.theorems().values()))),
    report_row(verify(TYPED)),
]
SCHEMA = json.loads((ROOT / "proofs/schemas/verify.schema.json").read_text())
VALUES = (None, True, 0, -1, 1.5, 1e999, "", "x", "\x1b[31m", [], {}, [[]], {"a": None}, 10**400)
GONE = object()


def places(value, way=()):
    """Every place in a document but the whole."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for name, part in parts:
        yield (*way, name)
        if isinstance(part, dict | list):
            yield from places(part, (*way, name))


def bent(row, way, value):
    made = copy.deepcopy(row)
    *path, last = way
    part = made
    for name in path:
        part = part[name]
    if value is GONE:
        del part[last]
    else:
        part[last] = value
    if made.get("digest") is not None and isinstance(made.get("statement"), dict | str):
        made["digest"] = digest_of(made["statement"])
    return made


def ledger(path, *rows):
    """Write a ledger in which every digest is that of its line."""
    lines = [HEADER]
    for row in rows:
        entry = json.dumps({"key": key(CLAIM, "quick"), "row": row})[1:]
        lines.append(f'{{"digest": "{hashlib.sha256(entry.encode()).hexdigest()}", {entry}')
    path.write_text("\n".join([*lines, ""]))
    return path


FORGED = st.sampled_from(ROWS).flatmap(
    lambda row: st.tuples(
        st.just(row), st.sampled_from([*places(row)]), st.sampled_from((*VALUES, GONE))
    )
)


@given(FORGED)
def test_a_forged_row_is_refused_or_can_be_shown_counted_and_kept(tmp_path_factory, forged):
    row, folder = bent(*forged), tmp_path_factory.mktemp("forged")
    path = ledger(folder / "rows", row)
    if problem(row):
        for refusing in (Ledger, stored, read):
            with pytest.raises(InputError, match="line 2 is damaged"):
                refusing(path)
        with pytest.raises(InputError, match="no row of it holds"):
            resumed(path, folder / "new")
        return
    (found,) = stored(path)
    assert found == row
    exit_code([found])
    print_table([found], 1.0, 0)
    shelve([found], folder / "shelf")
    if row["digest"] == CLAIM.statement.digest:
        assert Ledger(path).find(CLAIM)["title"] == CLAIM.title
    else:
        with pytest.raises(InputError, match="about another statement"):
            Ledger(path).find(CLAIM)
    enumerated = ("negative_control", "source", "control")
    if not {*forged[1]} & {*enumerated, "statement"}:
        jsonschema.validate(report([found], 1.0, 0), SCHEMA)


def test_a_row_of_another_claim_answers_none(tmp_path):
    """Under the key of a claim, with the row or the certificate of another."""
    other = report_row(verify(find("order-of-weights")))
    with pytest.raises(InputError, match="a row of 'pair-sum' is about another statement"):
        Ledger(ledger(tmp_path / "rows", other)).find(CLAIM)
    mixed = {**ROWS[0], "certificate": other["certificate"] or '{"digest": "0"}'}
    assert problem(mixed) == "the certificate of 'pair-sum' is about another statement"
    for verdict in ("refuted", "supported"):
        assert "does not say" in problem({**ROWS[0], "verdict": verdict})
    assert "does not say" in problem({**ROWS[0], "evidence": []})


@pytest.mark.parametrize("row", ROWS, ids=["claim", "kernel", "typed"])
def test_every_row_that_is_written_has_no_problem(row):
    assert problem(row) == ""
    assert problem(json.loads(json.dumps(row))) == ""


def test_no_part_of_a_row_may_be_just_anything():
    """For each part something that is refused: nothing is let through unlooked at."""
    loose = {("title",), ("name",)}  # any text; what else it could be is refused
    for row in ROWS:
        for way in places(row):
            refused = [v for v in (*VALUES, GONE) if problem(bent(row, way, v))]
            below = {"statement", "points"} & {*way[:-1]}  # the digest answers for a statement
            assert refused or below or way in loose, way


def test_a_forged_ledger_is_one_line_for_every_reader(tmp_path):
    path = ledger(tmp_path / "rows", {})
    for arguments in (
        ["verify", "pair-sum", "--resume", str(path)],
        ["errata", "--results", str(path)],
        ["report", str(tmp_path / "it.html"), "--results", str(path)],
    ):
        found = CliRunner().invoke(lemmata, arguments)
        assert isinstance(found.exception, InputError)
        assert "line 2 is damaged" in str(found.exception)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
@pytest.mark.parametrize("hidden", ["\u202e", "\x1b[31m", "\x07", "\u2066", "\x00"])
def test_no_text_of_a_row_is_obeyed_or_hidden_where_it_is_shown(row, hidden):
    for place in ("title", "negative_control", "slack"):
        assert "not shown as it is" in problem({**row, place: f"at{hidden}least"})
    for place in row["source"]:
        assert problem({**row, "source": {**row["source"], place: f"a{hidden}b"}})


@pytest.mark.parametrize("name", ["shamir2019/lemma-1", "shamir2019/lemma-9"])
def test_a_counterexample_of_a_file_is_decided_again(name):
    """Whoever knows how rows are sealed can write any; a point that is none confirms nothing."""
    library = theorems.library()
    theorem = library.theorems[name]
    true = report_row(verify(find(theorem.printed.refuted_by)))
    said = true["control"]["counterexample"]

    def stands(counterexample):
        made = {**true, "control": {**true["control"], "counterexample": counterexample}}
        assert problem(made) == ""
        return standings(library, [made], [name])[name]

    assert stands(said).status == Status.REFUTED
    lie = stands({**said, "left": "7", "right": "-7"})
    assert (lie.counterexample["left"], lie.counterexample["right"]) == (
        said["left"],
        said["right"],
    )
    forged = [{**said["point"], n: v} for n in said["point"] for v in ("1/0", "x", "", "1e9")]
    for point in (*forged, {"none_such": "1"}):
        assert stands({**said, "point": point}).status == Status.STATED
    points = product(("-1", "0", "1"), repeat=len(said["point"]))
    exact = [{**said, "point": dict(zip(said["point"], p, strict=True))} for p in points]
    assert not said["point"] or any(stands(p).status == Status.STATED for p in exact)
    assert stands(None).status == Status.STATED
