"""Hostile text in every field, opened in a real browser: nothing runs, nothing is requested."""

import json

import pytest

import proofs.lemmata as lm
from proofs import theorems
from proofs.evidence.rows import digest_of
from proofs.evidence.standing import standings
from proofs.presentation.encyclopedia.blueprint import chapters
from proofs.presentation.encyclopedia.entries import entries
from proofs.presentation.encyclopedia.page import render
from proofs.presentation.encyclopedia.results import read
from proofs.presentation.report import report, report_row, seal
from proofs.verification.catalogue import find, verify
from tests.proofs.chromium import Visit
from theory.errors import InputError

pytestmark = pytest.mark.browser

EVIL = (
    "</script></style></title></math></svg></code>\"'`><script>window.owned=1</script>"
    "<img src=http://evil.invalid/x onerror=window.owned=1><svg onload=window.owned=1>"
    "<a href=javascript:window.owned=1>x</a>{{7*7}}<!--<iframe srcdoc=x>"
)
HIDDEN = "\u202e\u200b"  # not shown, or turning what is shown
NAMES = ("count-remainder-falling", "matrix-flow-conservation", "pair-sum")


def leaves(value, way=()):
    """The ways to every text in a document, and to every key."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield (*way, key), "key"
            yield from leaves(inside, (*way, key))
    elif isinstance(value, list):
        for place, inside in enumerate(value):
            yield from leaves(inside, (*way, place))
    elif isinstance(value, str):
        yield way, "value"


def bent(value, way, kind, text=EVIL):
    """The document with hostile text at one place."""
    if not way:
        return text
    first, *rest = way
    if isinstance(value, list):
        return [bent(v, rest, kind, text) if i == first else v for i, v in enumerate(value)]
    if kind == "key" and not rest:
        return {(text if key == first else key): v for key, v in value.items()}
    return {key: bent(v, rest, kind, text) if key == first else v for key, v in value.items()}


def sealed(row, number, way, kind, text):
    """Results with one row, hostile at one place, whose digests are right again."""
    forged = {"name": "", **bent(row, way, kind, text)}
    if way != ("name",):
        forged["name"] = f"{row['name']}-{number}"
    if way != ("digest",):
        plain = isinstance(row["statement"], str)
        forged["digest"] = None if plain else digest_of(forged.get("statement", ""))
    whole = report([row], 1.0, 0) | {"claims": [forged]}
    return json.dumps(whole | {"digest": seal(whole)})


def inert(page, scripts):
    assert page.evaluate("window.owned") is None
    assert page.evaluate("document.scripts.length") == scripts
    assert page.evaluate("document.images.length + document.querySelectorAll('iframe').length") == 0
    assert not page.evaluate(
        "[...document.querySelectorAll('*')].some(e => [...e.attributes].some(a =>"
        " a.name.startsWith('on') || /^\\s*javascript:/i.test(a.value)))"
    )


def test_hostile_text_at_every_place_of_the_results_does_nothing(browser, tmp_path):
    rows = [report_row(verify(find(name))) for name in NAMES]
    shown, saved = [], tmp_path / "rows.json"
    for row in rows:
        for number, (way, kind) in enumerate(leaves(row)):
            saved.write_text(sealed(row, number, way, kind, EVIL))
            try:
                made = entries(read(saved)[0], {})
                render(made)
            except InputError:
                continue
            shown += made
            saved.write_text(sealed(row, number, way, kind, EVIL + HIDDEN))
            with pytest.raises(InputError):
                read(saved)
    assert len(shown) > 40
    path = tmp_path / "page.html"
    path.write_text(render(shown), encoding="utf-8")
    with Visit(browser, path) as page:
        inert(page, scripts=1)
        assert "window.owned=1" in page.inner_text("body")  # shown, not obeyed


def test_a_hostile_theorem_does_nothing_in_a_blueprint_or_a_notebook(browser, tmp_path):
    own = tmp_path / "own.toml"
    text = json.dumps(EVIL)
    source = '{key = "lemmata", number = "1", sureness = "read"}'
    own.write_text(
        f"[theorem]\ntitle = {text}\nsource = {source}\n"
        f"words = {text}\nlatex = {text}\nhypotheses = {{h = {text}}}\nconstants = {{c = {text}}}\n"
        'proof = "By [a-square]."\n'
        f'[step.a-square]\ntitle = {text}\nscope = {text}\nvariables = {{x = "real"}}\n'
        'conclusion = "x**2 >= 0"\n'
    )
    shelf, theorem = theorems.find(str(own))
    rows = [report_row(verify(claim)) for claim in theorem.steps.values()]
    made = entries(rows, {})
    parts = chapters(shelf, standings(shelf, rows), {e.name: e.anchor for e in made})
    path = tmp_path / "page.html"
    path.write_text(render(made, chapters=parts), encoding="utf-8")
    with Visit(browser, path) as page:
        inert(page, scripts=1)
    claims = tmp_path / "claims.toml"
    claims.write_text(
        f'[a]\ntitle = {text}\nsource = {text}\nscope = {text}\nvariables = {{x = "real"}}\n'
        'conclusion = "x**2 >= 1"\n'
    )
    cells = [lm.theorem(str(own)), lm.verify(str(claims)), lm.refute(str(claims))]
    notebook = tmp_path / "notebook.html"
    notebook.write_text(
        "<!doctype html><meta charset=utf-8>" + "".join(cell._repr_html_() for cell in cells),
        encoding="utf-8",
    )
    with Visit(browser, notebook) as page:
        inert(page, scripts=0)
