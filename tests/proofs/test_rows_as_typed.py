"""Rows carry what was typed: it is read again, and says the statement of its row or is refused."""

import copy
import json
import re
from contextlib import suppress
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st

from proofs import api
from proofs.cli import lemmata
from proofs.evidence.ledger import Ledger
from proofs.evidence.rows import as_typed, problem
from proofs.presentation.encyclopedia.entries import entries
from proofs.presentation.encyclopedia.page import render
from proofs.presentation.encyclopedia.results import read
from proofs.presentation.report import failed_row, report
from proofs.verification.workers import Failure
from tests.fuzz.formulas import ROOT, examples
from theory import claim_files
from theory.errors import InputError
from theory.language.typed import _FORM

DESCENT = """
[{name}]
functions = {{f = "smooth(L) & convex"}}
variables = {{w = "vector", eta = "positive", L = "positive"}}
hypotheses = {{step = "eta*L <= {most}"}}
conclusion = "f(w - eta*grad(f, w)) <= f(w) - eta/2*|grad(f, w)|^2"
scope = "steps <b>and</b> points"
"""


def row(claim):
    return failed_row(claim, Failure("not tried", internal=False))


def said():
    """Every claim of the page of the language that is read as one about other names."""
    for place, table in enumerate(examples()):
        with suppress(InputError):  # some are there because they cannot be taken
            claim = claim_files.read(Path("page.toml"), f"e{place}", table)
            if claim.typed is not None:
                yield claim


SCHEMA = json.loads((ROOT / "proofs/schemas/verify.schema.json").read_text())
CLAIMS = list(said())
ROWS = [row(claim) for claim in CLAIMS]


def stored(folder, *rows):
    path = folder / "rows.json"
    path.write_text(json.dumps(report(rows, 1.0, 0)))
    return path


def test_every_row_that_has_words_is_one_of_the_schema():
    typed = SCHEMA["properties"]["claims"]["items"]["properties"]["typed"]
    assert typed["properties"].keys() == _FORM.keys()
    assert any("matrices" in r["typed"] for r in ROWS)
    jsonschema.validate(json.loads(json.dumps(report(ROWS, 1.0, 0))), SCHEMA)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: c.name)
def test_what_a_row_says_is_read_as_its_statement(claim):
    kept = json.loads(json.dumps(row(claim)))
    assert not problem(kept)
    made, typed = as_typed(kept)
    assert made.digest == claim.statement.digest
    assert typed == claim.typed


def test_they_are_stored_and_shown_on_the_page(tmp_path):
    assert len(ROWS) > 60
    found, _ = read(stored(tmp_path, *ROWS[::3]))
    assert [r["typed"] for r in found] == [r["typed"] for r in ROWS[::3]]
    for claim, entry in zip(CLAIMS[::3], entries(found, {}, []), strict=True):
        assert entry.shown.source.startswith(claim.said[:500])
        assert "<math>" in entry.shown.conclusion
        assert entry.latex == claim._repr_latex_()[1:-1]
        assert not re.search(r"[\w>](_{2,}|sum_|prod_|norm2|item)", str(entry.shown.conclusion))


@given(st.sampled_from(ROWS), st.sampled_from(ROWS))
def test_the_words_of_another_claim_are_refused(one, other):
    assume(one["digest"] != other["digest"])
    forged = {**one, "typed": other["typed"]}
    assert not problem(forged)  # every digest in it holds
    with pytest.raises(InputError, match="is not the statement of its row"):
        as_typed(forged)


EDITS = (("<=", "<"), ("<=", ">="), ("==", "<="), (">=", "<="), ("1", "2"), ("2", "1"), ("^2", ""),
         ("smooth", "lipschitz"), ("nonnegative", "positive"), ("real", "positive"), ("+", "-"),
         ("n", "n + 1"), ("<=", "\u2264\u2009"), ("a", "\u0430"), ("real", "real ")
         )  # fmt: skip


@given(st.sampled_from(ROWS), st.sampled_from(EDITS), st.data())
def test_one_changed_sign_is_refused_or_says_the_same(kept, edit, data):
    forged = copy.deepcopy(kept)
    tables = [forged["typed"], *(p for p in forged["typed"].values() if isinstance(p, dict))]
    places = [(t, n) for t in tables for n, said in t.items()
              if isinstance(said, str) and edit[0] in said]  # fmt: skip
    assume(places)
    table, name = data.draw(st.sampled_from(places))
    table[name] = table[name].replace(*edit, 1)
    try:
        made, _ = as_typed(forged)
    except InputError:
        return
    assert made.digest == kept["digest"]


def test_a_forged_file_is_refused_by_whoever_shows_it(tmp_path):
    one, other = ROWS[0], ROWS[-1]
    path = stored(tmp_path, {**one, "typed": other["typed"]})
    ledger = Ledger(tmp_path / "ledger")
    ledger.add(CLAIMS[0], {**one, "typed": other["typed"]})
    for results in (path, ledger.path):
        for asked in (["report", str(tmp_path / "it.html")], ["errata"]):
            found = CliRunner().invoke(lemmata, [*asked, "--results", str(results)])
            assert isinstance(found.exception, InputError)
            assert "is not the statement of its row" in str(found.exception)
    # Who asks for a claim has its words, and needs none from the ledger.
    assert Ledger(ledger.path).find(CLAIMS[0])["typed"] == one["typed"]


@pytest.mark.parametrize("hidden", ["\u202e", "\x1b[31m", "\u200b", "\x00"])
def test_nothing_that_was_typed_is_hidden_or_obeyed(hidden):
    for key, part in ROWS[-1]["typed"].items():
        bent = {**part, f"x{hidden}": "real"} if isinstance(part, dict) else f"{part}{hidden}"
        forged = {**ROWS[-1], "typed": {**ROWS[-1]["typed"], key: bent}}
        assert "not shown as it is" in problem(forged)


@pytest.mark.parametrize("bad", [None, [], "x <= x", {}, {"conclusion": "x <= x"},
                                 {"variables": {}, "conclusion": "1 <= 2", "witness": {}},
                                 {"variables": {"x": 1}, "conclusion": "x <= x"},
                                 {"variables": {}, "conclusion": "1 <= 2", "recursions": "x"},
                                 {"variables": {}, "conclusion": "1 <= 2", "layers": {}},
                                 {"variables": {}, "conclusion": "1 <= 2",
                                  "hypotheses": {f"h{i}": "1 <= 2" for i in range(1_001)}},
                                 ])  # fmt: skip
def test_what_is_no_table_of_texts_is_malformed(bad):
    assert "is malformed" in problem({**ROWS[0], "typed": bad})


def test_a_row_without_a_digest_has_no_words():
    assert problem({**ROWS[0], "digest": None}).startswith("what was typed as")


def test_long_formulas_are_kept_whole_and_shown_short():
    long = " + ".join(f"a_1*{k}" for k in range(60))
    claim = api.claim(f"sum(i, 1, n, a_i^2) + {long} >= -10^9",
                      variables={"n": "natural", "a": "sequence of real"})  # fmt: skip
    assert as_typed(row(claim))[0].digest == claim.statement.digest
    assert len(claim.said) <= 400 < len(long) < len(row(claim)["typed"]["conclusion"])


def test_page_and_terminal_speak_as_one_types(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(DESCENT.format(name="steps", most=1) + DESCENT.format(name="leaps", most=3))
    run = CliRunner().invoke(lemmata, ["verify", str(path), "--json"])
    rows = json.loads(run.output)["claims"]
    assert [r["verdict"] for r in rows] == ["proved", "refuted"]
    (shown, _), page = entries(rows, {}, []), render(entries(rows, {}, []), 0, "", [], [], [], [])
    assert "∇" in shown.shown.conclusion
    assert "f_p1" not in shown.shown.source + shown.latex + str(shown.shown)
    assert "&lt;b&gt;and" in page
    assert "<b>and" not in page
    assert shown.reading is not None
    assert "<summary>the statement that was verified" in page
    assert shown.control.changes == ("the conclusion reversed",)
    told = CliRunner().invoke(lemmata, ["verify", str(path)]).output
    assert "leaps: as typed: f(w - eta*grad(f, w)) <= f(w) - eta/2*|grad(f, w)|^2   for f" in told
    assert "steps: as typed" not in told  # it stands, and asks for no attention
