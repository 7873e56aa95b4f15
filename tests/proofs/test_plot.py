"""``lemmata plot``: both files, the data drawn with their schema, a store as the source."""

import base64
import json
import math
import re
from fractions import Fraction
from pathlib import Path
from unittest.mock import patch

import jsonschema
import pytest
from click.testing import CliRunner

from numerics.sweeps.engines import evaluate
from numerics.sweeps.spec import parse
from numerics.sweeps.store import Store
from proofs.cli import lemmata
from proofs.commands.plot import EXPERIMENTS, _Bar
from proofs.presentation.report import report
from proofs.refutation.slack import curves
from theory.claims import statement
from theory.errors import InputError

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "proofs" / "schemas" / "plot.schema.json").read_text()
)
SWEEP = """
loss = "(p+1)**2/2"
step = 0.05
until = "abs(p+1) <= 1/2"
depth = [3, 5, 7]
init = "gaussian"
seeds = 1
starts = 12
engine = "float"
max-steps = 4_000
"""


@pytest.fixture
def store(tmp_path):
    path, spec = tmp_path / "rows", parse(SWEEP)
    with Store(path) as made:
        made.add(spec)
        made.enter()
        for key, cell in made.open_cells(spec):
            made.claim(key)
            made.finish(key, evaluate(cell))
    return path


def plot(*arguments):
    run = CliRunner().invoke(lemmata, ["plot", *map(str, arguments)], catch_exceptions=False)
    assert run.exit_code == 0
    return run.output


def drawn(kind, tmp_path, *arguments):
    document = json.loads(plot(kind, *arguments, "--json"))
    jsonschema.validate(document, SCHEMA)
    assert document["kind"] == kind
    for file in document["files"]:
        assert Path(file).stat().st_size > 1000
    return document["data"]


def test_escape_and_distribution_draw_a_store(store, tmp_path):
    data = drawn("escape", tmp_path, tmp_path / "e", "--store", store)
    with Store(store, create=False) as opened:
        rows = list(opened.rows())
    (series,) = data["series"]
    for one in series["depths"]:
        mine = sorted(
            math.inf if r["upper"] is None else int(r["upper"])
            for r in rows
            if r["depth"] == one["depth"]
        )
        median = mine[(len(mine) - 1) // 2]
        assert one["starts"] == 12
        assert one["not_reached"] == mine.count(math.inf)
        if 0 < median < math.inf:
            assert math.isclose(one["ln_median"]["estimate"], math.log(median), abs_tol=1e-12)
    law = drawn("distribution", tmp_path, tmp_path / "d", "--store", store, "--depth", 5)
    assert law["depth"] == 5
    assert len(law["ln_steps"]) == 12


def test_a_plateau_starts_from_a_row_of_the_store(store, tmp_path):
    data = drawn("plateau", tmp_path, tmp_path / "p", "--store", store)
    with Store(store, create=False) as opened:
        counts = {int(r["lower"]) for r in opened.rows() if r["outcome"] == "reached"}
    assert data["stopped"] in counts
    assert len(data["weights"]) in (3, 5, 7)


def test_the_same_store_gives_the_same_bytes(store, tmp_path):
    for name in ("one", "two"):
        plot("escape", tmp_path / name, "--store", store)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_the_report_shows_the_store_as_a_picture_without_requests(store, tmp_path):
    saved, out = tmp_path / "rows.json", tmp_path / "page.html"
    saved.write_text(json.dumps(report([], 0.0, 0)))
    arguments = ["report", out, "--results", saved, "--store", store, "--json"]
    run = CliRunner().invoke(lemmata, [str(a) for a in arguments], catch_exceptions=False)
    assert json.loads(run.output)["sweep_figures"] == 1
    text = out.read_text("utf-8")
    (picture,) = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]+)"', text)
    assert b"<svg" in base64.b64decode(picture)
    assert "growth per layer" in text


def test_the_slack_is_what_the_claim_says(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[mine]\nvariables = {x = "nonnegative", n = "integer"}\n'
        'hypotheses = {h = "n >= 1"}\nconclusion = "2*n*x <= x**2 + n**2"\n'
        "witness = {x = 3, n = 2}\n"
        'mutant = {conclusion = "2*n*x < x**2 + n**2"}\n'
    )
    data = drawn("slack", tmp_path, f"{path}::mine", tmp_path / "s")
    integer, real = data["curves"]
    assert integer["variable"] == "n"
    assert all(p == int(p) for p in integer["points"])
    n = int(data["centre"]["n"])
    for x, value in zip(real["points"], real["values"], strict=True):
        assert math.isclose(value, (x - n) ** 2, abs_tol=1e-9)
    assert all(
        p >= 1 for p, v in zip(integer["points"], integer["values"], strict=True) if v is not None
    )
    both = data["surface"]  # where the two are equal, and not only on the slices
    assert both["variables"] == ["n", "x"]
    assert {integer["points"][-1], integer["points"][0]} <= set(both["across"])
    for x, row in zip(both["upwards"], both["values"], strict=True):
        for n, value in zip(both["across"], row, strict=True):
            assert (value is None) == (n < 1)
            assert value is None or math.isclose(value, (x - n) ** 2, abs_tol=1e-9)


@pytest.mark.parametrize(("limit", "centre"), [("3", 3), ("2", 2)])
def test_the_slack_is_drawn_where_the_claim_fails_or_nearly(limit, centre, tmp_path):
    """No witness is given; where the claim holds, its twin fails outside of the hypotheses."""
    path = tmp_path / "mine.toml"
    path.write_text(
        f'[mine]\nvariables = {{x = "real", eta = "positive"}}\nconstants = {{limit = {limit}}}\n'
        'hypotheses = {h = "eta <= limit"}\nconclusion = "(x - eta*x)**2 <= x**2"\n'
        'mutant = {constants = {limit = "3.5"}}\n'
    )
    data = drawn("slack", tmp_path, f"{path}::mine", tmp_path / "s")
    assert abs(Fraction(data["centre"]["eta"]) - centre) < Fraction(1, 1000)
    eta, x = data["curves"]
    assert (min(v for v in eta["values"] if v is not None) < 0) == (centre == 3)
    assert max(map(abs, x["points"])) < 100


def test_the_slack_of_a_constant_statement_is_flat():
    (flat,) = curves(statement({"w": "gaussian"}, "E(abs(w)) < 0.8"), {})
    assert flat.variable == ""
    assert math.isclose(flat.values[0], 0.8 - math.sqrt(2 / math.pi), abs_tol=1e-12)


@pytest.mark.parametrize("kind", EXPERIMENTS)
def test_the_experiments_are_valid_sweeps(kind):
    assert 0 < len(parse(EXPERIMENTS[kind], kind).cells) <= 300


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["escape", "out.pdf"], "not .pdf"),
        (["escape", "none/out"], "no folder"),
        (["escape", "out", "--store", "missing"], "no such file"),
        (["slack", "pair-sum", "out"], "no slack"),
        (["slack", "box-escape-bound", "out"], "no slack"),
        (["plateau", "out", "--step", "-1"], "positive step"),
        (["plateau", "out", "--weights", "3,3,3", "--step", "9"], "range of doubles"),
    ],
)
def test_what_cannot_be_drawn_is_refused_and_nothing_is_written(
    tmp_path, monkeypatch, arguments, problem
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=problem):
        CliRunner().invoke(lemmata, ["plot", *arguments], catch_exceptions=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["$\\frac$", "\x1b[31m$^$\nred"])
def test_the_name_of_a_file_of_weights_is_no_formula(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path(name).write_text("0.3, -1.2")
    plot("trajectory", "it", "--weights", f"@{name}", "--max-steps", "5")
    assert {"it.png", "it.svg"} < {p.name for p in tmp_path.iterdir()}


def test_the_slack_of_a_claim_about_functions_has_a_form_of_its_own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[mine]\nvariables = {x = "vector", y = "vector", t = "[0, 1]"}\n'
        'functions = {f = "convex"}\ndefinitions = {z = "t*x + (1 - t)*y"}\n'
        'conclusion = "f(z) <= t*f(x) + (1 - t)*f(y)"\n'
    )
    data = drawn("slack", tmp_path, str(path), tmp_path / "s")
    assert data["families"]


SHORT = ("--max-steps", "3")


@pytest.mark.filterwarnings("ignore")  # as the command has it
@pytest.mark.parametrize(
    "asked",
    [
        ["trajectory", "it", "--loss", "p", "--weights", "1.7e308", "--step", "1e-300", *SHORT],
        ["slack", "wide.toml", "it"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_drawn_is_one_line(asked, tmp_path, monkeypatch):
    """Numbers at the ends of the range of doubles, of which a figure would take squares."""
    monkeypatch.chdir(tmp_path)
    Path("wide.toml").write_text(
        '[a]\nvariables = {x = "[0, 10^308]"}\nconclusion = "x <= 17*10^307"\n'
    )
    found = CliRunner().invoke(lemmata, ["plot", *asked])
    assert isinstance(found.exception, InputError)
    assert "too large" in str(found.exception)
    assert not list(tmp_path.glob("*it*"))


def test_a_bar_of_any_length_can_be_drawn():
    """Of --max-steps with hundreds of digits, which no double holds."""
    with patch("sys.stderr.isatty", lambda: True), _Bar("stepping", 10**400) as bar:
        for done in (0, 1, 10**9):
            bar.at(done)
            bar._bar.refresh()
