"""The page: mathematics is set as such, every text is inert, anchors are unique."""

import json
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from proofs.cli import lemmata
from proofs.evidence import kernel
from proofs.evidence.ledger import Ledger, stored
from proofs.evidence.rows import digest_of
from proofs.evidence.verdicts import Verdict
from proofs.presentation.encyclopedia import mathml, sketches
from proofs.presentation.encyclopedia.entries import entries
from proofs.presentation.encyclopedia.names import sentence
from proofs.presentation.encyclopedia.page import render
from proofs.presentation.encyclopedia.results import read
from proofs.presentation.encyclopedia.statements import typeset
from proofs.presentation.report import report, report_row, seal, unchecked_row
from proofs.refutation.slack import curves
from proofs.verification.catalogue import Row, find, verify
from tests.fuzz.formulas import examples
from theory import claim_files
from theory.catalogue import CLAIMS
from theory.claims import statement
from theory.errors import InputError
from theory.expressions import parse

SCHEMAS = Path(__file__).parents[2] / "proofs" / "schemas"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("sqrt(x)", ["<msqrt>"]),
        ("x**(1/3)", ["<mroot>", "<mn>3</mn>"]),
        ("exp(-x/2)", ["<msup><mi>e</mi>"]),
        ("log(x)", ["<mi>ln</mi>"]),
        ("w_1*eta", ["<msub><mi>w</mi><mrow><mn>1</mn></mrow></msub>", "<mi>η</mi>"]),
        ("w_i_next**2", ["<msubsup>", "<mo>+</mo>"]),
        ("E(abs(x))", ["𝔼"]),
        ("1/1000000", ["<mn>10</mn>"]),
    ],
)
def test_mathematics_is_typeset_as_mathematics(text, parts):
    known = frozenset({"x", "w_1", "w_i_next", "eta"})
    made = mathml.value(parse(text, known, frozenset({"sqrt", "exp", "log", "abs", "E"})))
    for part in parts:
        assert part in made


def test_sentences_get_subscripts_and_keep_their_words():
    assert sentence("|w_i^2 - w_j^2| <= 2") == (
        "|w<sub>i</sub><sup>2</sup> − w<sub>j</sub><sup>2</sup>| ≤ 2"
    )
    assert sentence("eta and beta_2, delta^(2(k-1))") == ("η and β<sub>2</sub>, δ<sup>2(k−1)</sup>")
    assert "<b>" not in sentence("<b>_1")
    assert sentence("w_i^-2, |grad F|, i <> j") == "w<sub>i</sub><sup>−2</sup>, |∇F|, i ≠ j"
    assert sentence("sqrt k eps, sqrt(3)/2, O~(k)") == "√k ε, √(3)/2, Õ(k)"
    assert sentence("a root sqrt of the gradient") == "a root sqrt of the gradient"


def unverified(claim):
    """A row without evidence: the page must show any claim, whatever is known of it."""
    return report_row(Row(claim, (), Verdict.UNSUPPORTED, "undecided", "", 0.0))


class Page(HTMLParser):
    """Checks well-formedness while it reads: balanced tags, unique ids, inert attributes."""

    VOID = frozenset({"meta", "link", "input", "img", "br", "wbr"})

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.tags = [], [], [], set()
        self.loads = []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        assert len(given) == len(attrs), (tag, attrs)
        assert not [a for a in given if a.startswith("on") or a == "style"], (tag, attrs)
        self.tags.add(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        self.loads += [v for a, v in attrs if a in ("src", "srcset", "action", "data", "poster")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open, tag
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def whole():
    theorems = kernel.theorems()
    rows = [unverified(c) for c in CLAIMS]
    names = {c.name for c in CLAIMS}
    rows += [unchecked_row(t) for n, t in theorems.items() if n not in names]
    return rows, entries(rows, theorems)


def test_every_claim_of_the_catalogue_is_typeset_in_a_well_formed_page(whole):
    rows, made = whole
    page = Page(render(made))
    assert len(set(page.ids)) == len(page.ids)
    assert {e.anchor for e in made} <= set(page.ids)
    assert len(made) == len(rows) >= len(CLAIMS)
    for link in page.links:
        assert link == "data:," or link[1:] in page.ids, link
    assert not page.loads
    for row, entry in zip(rows, made, strict=True):
        if row["digest"] is not None:
            assert "<math>" in entry.shown.conclusion, entry.name


def test_statements_are_read_back_from_their_canonical_form(whole):
    rows, made = whole
    again = entries(rows, {}, claims=())
    typeset = [
        (a.shown.conclusion, b.shown.conclusion)
        for a, b in zip(made, again, strict=True)
        if "<math>" in b.shown.conclusion
    ]
    assert len(typeset) > len(CLAIMS) * 3 // 4
    assert all(a == b for a, b in typeset)


EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


def hostile(tmp_path):
    path = tmp_path / "evil.toml"
    path.write_text(
        f"[evil]\ntitle = '''{EVIL}'''\nvariables = {{x = \"real\"}}\n"
        'hypotheses = {h = "x > 1"}\n'
        f"conclusion = \"x**2 >= 1\"\nscope = '''{EVIL}'''\n"
    )
    return path


def test_the_texts_of_a_user_are_inert(tmp_path):
    out = tmp_path / "page.html"
    run = CliRunner().invoke(lemmata, ["report", str(out), str(hostile(tmp_path)), "--jobs", "1"])
    assert run.exit_code == 0, run.output
    text = out.read_text("utf-8")
    page = Page(text)
    assert text.count("<script") == 1
    assert "img" not in page.tags
    assert "&lt;script&gt;alert" in text
    assert "lemmata verify evil.toml::evil" in text
    assert str(tmp_path) not in text


def test_a_claim_shows_its_control_its_bracket_and_its_figure(tmp_path):
    names = ["count-remainder-falling", "matrix-flow-conservation"]
    rows = [report_row(verify(find(n))) for n in names]
    rows.append(unchecked_row(kernel.theorems()["flow-conservation"]))
    falling, matrix, pair = entries(rows, kernel.theorems())
    assert falling.control.point
    assert "half" in falling.control.changes[0]
    assert (falling.bracket.holds, falling.bracket.fails) == ("1/2", "49/100")
    assert "<svg" in falling.figure
    assert "<mtable>" in "".join(matrix.control.point.values)
    assert pair.theorem.theorem in render([pair])
    assert not pair.compiled
    saved = tmp_path / "rows.json"
    saved.write_text(json.dumps(report(rows, 1.0, 0)))
    assert read(saved)[0] == report(rows, 1.0, 0)["claims"]
    assert render(entries(read(saved)[0], kernel.theorems())) == render(
        entries(rows, kernel.theorems())
    )


NO_FIGURE = {
    "pieces": {
        "variables": {"x": "real"},
        "definitions": {"h": "piecewise(|x| <= 1, x^2/2, |x| - 1/2)"},
        "conclusion": "h <= x^2/2",
    },
    "chain": {"variables": {"x": "[0, 1]"}, "conclusion": "0 <= x^2 <= x"},
    "far": {"variables": {"x": "[0, 10^400]"}, "conclusion": "x <= 10^400"},
    "farther": {"variables": {"x": "integer >= 10^400"}, "conclusion": "x >= 1"},
}


@pytest.mark.parametrize("without", NO_FIGURE)
def test_a_claim_without_a_figure_costs_its_figure_only(without):
    told = {
        without: NO_FIGURE[without],
        "with": {"variables": {"x": "real"}, "conclusion": "x^2 >= 0"},
    }
    claims = [claim_files.read(Path("page.toml"), n, table) for n, table in told.items()]
    shown = entries([unverified(c) for c in claims], {}, claims)
    assert [bool(entry.figure) for entry in shown] == [False, True]
    with pytest.raises(InputError, match="slack"):
        curves(claims[0].statement, {"x": Fraction(1)})


def test_measurements_are_drawn_as_points():
    pairs = [(Fraction(10) ** n, Fraction(10) ** (n - 1)) for n in range(5)]
    drawn = sketches.measured([*pairs, (Fraction(0), Fraction(1))], ">=")
    root = ElementTree.fromstring(drawn)
    circles = [n for n in root.iter() if n.tag == "circle"]
    assert [c.get("class") for c in circles] == ["dot"] * 5 + ["hollow"]
    for circle in circles[:5]:  # left exceeds right: above the line of equality
        x, y = float(circle.get("cx")), float(circle.get("cy"))
        line = next(n for n in root.iter("line"))
        ends = [float(line.get(k)) for k in ("x1", "x2", "y1", "y2")]
        share = (x - ends[0]) / (ends[1] - ends[0])
        assert y < ends[2] + share * (ends[3] - ends[2])


def test_results_of_another_run_are_shown_without_verifying(tmp_path):
    row = report_row(verify(find("pair-sum")))
    saved, out = tmp_path / "rows.json", tmp_path / "page.html"
    saved.write_text(json.dumps(report([row], 1.0, 7)))
    arguments = ["report", str(out), "--results", str(saved), "--json"]
    summary = json.loads(CliRunner().invoke(lemmata, arguments).output)
    jsonschema.validate(summary, json.loads((SCHEMAS / "report.schema.json").read_text()))
    assert summary["verdicts"]["proved"] == 1
    assert summary["not_in_results"] == len(CLAIMS) - 1
    assert "Verdicts are taken from <code>rows.json</code>" in out.read_text("utf-8")
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r["statement"].update(conclusion="x > 0"),
        lambda r: r.update(verdict="certain"),
        lambda r: r.update(evidence=[{"kind": "k"}]),
        lambda r: r.update(title=3),
        lambda r: r.update(source={}),
        lambda r: r.pop("statement"),
    ],
)
def test_forged_or_broken_results_are_refused(tmp_path, change):
    row = unverified(find("pair-sum"))
    change(row)
    path = tmp_path / "rows.json"
    made = {"claims": [row], "summary": {}}
    path.write_text(json.dumps({"digest": seal(made), **made}))
    with pytest.raises(InputError, match="row 1") as wrong:
        read(path)
    assert "\n" not in str(wrong.value)


@given(st.integers(0), st.integers(0, 8))
def test_damaged_results_are_refused_or_as_they_were(tmp_path_factory, place, bit):
    """Every byte of the output of verify, with one bit changed, or cut there."""
    whole = json.dumps(report([unverified(find("pair-sum"))], 1.0, 7), indent=2).encode()
    at = place % len(whole)
    bent = whole[:at] if bit == 8 else whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :]
    path = tmp_path_factory.mktemp("bent") / "rows.json"
    path.write_bytes(whole)
    before = read(path)
    path.write_bytes(bent)
    with suppress(InputError):
        assert read(path) == before


def test_results_of_an_earlier_version_are_refused(tmp_path):
    made = report([unverified(find("pair-sum"))], 1.0, 7)
    del made["digest"]
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(made))
    with pytest.raises(InputError, match=r"has no digest.*run lemmata verify --json again"):
        read(path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"claims": 1}', "[" * 100_000, "lemmata"])
def test_foreign_files_are_refused(tmp_path, text):
    path = tmp_path / "rows.json"
    path.write_text(text)
    with pytest.raises(InputError, match="neither"):
        read(path)


def test_a_ledger_is_read_too(tmp_path):
    path = tmp_path / "ledger"
    arguments = ["verify", "--jobs", "1", "--resume", str(path), "pair-sum"]
    CliRunner().invoke(lemmata, arguments)
    rows, _ = read(path)
    assert [r["name"] for r in rows] == ["pair-sum"]
    assert rows[0]["digest"] == digest_of(rows[0]["statement"])


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["page.txt"], "ends in .html"),
        (["none/page.html"], "no folder"),
        (["page.html", "pair-sum", "--results", "x"], "not go with NAME"),
        (["page.html", "--jobs", "0"], "--jobs"),
    ],
)
def test_what_cannot_work_is_refused_before_any_work(tmp_path, monkeypatch, arguments, problem):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=problem):
        CliRunner().invoke(lemmata, ["report", *arguments], catch_exceptions=False)
    assert not list(tmp_path.iterdir())


def test_a_claim_for_every_depth_shows_its_layers():
    layered = statement(
        {"a": "nonnegative"},
        "P >= 1",
        layers={
            "variables": {"x": "nonnegative"},
            "hypotheses": {},
            "start": {"P": "1"},
            "next": {"P": "P*(1 + x)"},
        },
    )
    claim = find("pair-sum")
    row = unverified(replace(claim, name="layered", statement=layered))
    (entry,) = entries([row], {}, claims=())
    assert len(entry.shown.layers) == 2
    assert "every layer" in render([entry])


def test_every_claim_on_the_page_of_the_language_is_typeset():
    made = []
    for place, table in enumerate(examples()):
        with suppress(InputError):  # some are there because they cannot be taken
            made.append(claim_files.read(Path("page.toml"), f"e{place}", table))
    assert len(made) > 50
    assert all(str(typeset(claim.statement).conclusion) for claim in made)
    assert any(r.operator == "!=" for c in made for r in c.statement.hypotheses.values())


@pytest.mark.parametrize("left", [1, 50, 500])
def test_a_torn_line_is_not_left_out_of_what_is_shown(left, tmp_path):
    """A report would lack a row, and not say so."""
    path = tmp_path / "rows.ledger"
    row = report_row(verify(find("pair-sum")))
    claims = [replace(find("pair-sum"), name=name) for name in "abcde"]
    for claim in claims:
        Ledger(path).add(claim, {**row, "name": claim.name})
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rstrip(b"\n").rfind(b"\n") + 1 + left])
    with pytest.raises(InputError, match="torn; lemmata verify --resume mends it"):
        stored(path)
    Ledger(path)
    assert [row["name"] for row in stored(path)] == [c.name for c in claims[:4]]
