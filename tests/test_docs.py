"""Every code block of the documentation runs, or says why it does not."""

import importlib
import json
import re
import shlex
import subprocess
import sys
import tomllib
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner

from proofs.cli import lemmata

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs" / "pages").glob("*.md"))
README = ROOT / "README.md"
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
BLOCK = re.compile(
    r"(?:<!-- (?P<mark>not run|file|main|tests)(?:: (?P<what>[^\n]*?))? -->\n)?"
    r"```(?P<kind>\w+)\n(?P<text>.*?)\n```",
    re.S,
)


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A folder to work in, in which ``import lemmata`` means this tree."""
    monkeypatch.chdir(tmp_path)
    for module in ("lemmata", "lemmata.strategies"):
        ours = importlib.import_module(module.replace("lemmata", "proofs.lemmata", 1))
        monkeypatch.setitem(sys.modules, module, ours)
    return tmp_path


@pytest.mark.parametrize("page", [README, *PAGES], ids=lambda p: p.stem)
def test_code_blocks_run(page, shop):
    known, columns = {}, 110 if page == README else 80  # as wide as their tables
    for block in BLOCK.finditer(page.read_text()):
        kind, text = block["kind"], block["text"]
        if block["mark"] in ("main", "tests"):
            continue  # CI takes these two from the page, and runs them
        if block["mark"] == "not run":
            assert len(block["what"]) > 20, "a block that is not run says why"
            continue
        match kind:
            case "python":
                exec(compile(text, f"{page.name}: {text[:40]}", "exec"), known)
            case "toml":
                assert block["mark"] == "file", "a file in a page has a name"
                (shop / block["what"]).write_text(text + "\n")
            case "console":
                for command, said in re.findall(r"^\$ (.*)\n?((?:(?!\$ ).*\n?)*)", text, re.M):
                    compare(command, said, columns)
            case _:
                raise AssertionError(f"{page.name}: nothing runs {kind}; say why")


def compare(command, said, columns):
    """Run a command; it prints the lines that the page shows, ``...`` standing for anything."""
    words = shlex.split(command)
    assert words.pop(0) == "lemmata"
    done = CliRunner().invoke(lemmata, words, standalone_mode=False, env={"COLUMNS": str(columns)})
    assert done.exception is None, (command, done.exception)
    wanted = [line for line in said.splitlines() if line and line != "..."]
    # What fails on a page fails on purpose: then the page shows what is said about it.
    assert done.return_value in ((0, 1, None) if wanted else (0, None)), (command, done.output)
    printed = timeless(done.output)
    for line in wanted:
        pattern = ".*".join(map(re.escape, timeless(line).split("...")))
        assert re.search(f"^{pattern}$", printed, re.M), (command, line, done.output)
    if wanted and "..." not in said:
        assert len(wanted) == len(done.output.splitlines()), (command, done.output)


def timeless(text):
    """Text without the seconds that something took, and without what makes columns line up."""
    text = re.sub(r"\d+(\.\d+)?(e-?\d+)? s\b", "... s", text)
    text = re.sub(r"│ +\d+\.\d │", "│ │", text)
    return re.sub(r"[─━ ]+", " ", re.sub(r" +│", "│", re.sub(r"│ +", "│", text)))


def test_the_blocks_are_seen():
    kinds = [b["kind"] for page in PAGES for b in BLOCK.finditer(page.read_text())]
    assert kinds.count("python") >= 10
    assert kinds.count("console") >= 8


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_run(path, shop):
    """Cells in order, in one namespace; the site executes them in a kernel."""
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    known = {}
    for cell in json.loads(path.read_text())["cells"]:
        assert not cell.get("outputs"), "outputs are made when the site is built"
        if cell["cell_type"] == "code":
            source = cell["source"]
            text = source if isinstance(source, str) else "".join(source)
            exec(compile(text, path.name, "exec"), known)


def test_every_page_is_in_the_navigation():
    config = (ROOT / "docs" / "mkdocs.yml").read_text()
    for page in (*PAGES, *NOTEBOOKS):
        assert page.stem in config


def test_pages_load_nothing_from_a_network():
    for page in PAGES:
        assert not re.search(r"<script|<iframe|src=\"http|!\[[^\]]*\]\(http", page.read_text())
    config = (ROOT / "docs" / "mkdocs.yml").read_text()
    assert "font: false" in config
    shim = re.search(r"polyfills: \[(\S*iframe-worker\S*)\]", config)[1]  # else from a network
    assert "postMessage" in (ROOT / "docs" / "pages" / shim).read_text()


@pytest.mark.slow
def test_the_site_builds(tmp_path):
    pytest.importorskip("mkdocs")
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", "docs/mkdocs.yml"]
    command += ["-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    pages = {page: page.read_text() for page in (tmp_path / "site").rglob("*.html")}
    assert not list(dead(pages))
    for page, text in pages.items():
        assert "$\\" not in re.sub(r"(?s)<(code|annotation)\b.*?</\1>", "", text), (
            "a formula is not set"
        )
        assert "double-struck" not in text, "browsers set it as a plain letter"
        loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?://[^"]+)"', text)
        assert not [url for url in loaded if 'rel="canonical' not in text or url], (page, loaded)


def dead(pages):
    """Links within a site that lead nowhere, to a page or to a place on one."""
    places = {p.resolve(): {*re.findall(r'\bid="([^"]+)"', text)} for p, text in pages.items()}
    for page, text in pages.items():
        for link in re.findall(r'\b(?:href|src)="([^"]+)"', text):
            path, _, place = unquote(unescape(link)).partition("#")
            if urlsplit(link).scheme or link.startswith("//") or page.name == "404.html":
                continue
            file = (page.parent / path).resolve() if path else page.resolve()
            if not file.exists() or (place and place not in places.get(file, {place})):
                yield page.name, link


def test_a_dead_link_is_noticed(tmp_path):
    one, other = tmp_path / "one.html", tmp_path / "other.html"
    texts = {one: '<a href="other.html#here">', other: '<p id="here">'}
    for page, text in texts.items():
        page.write_text(text)
    assert not list(dead(texts))
    assert list(dead({**texts, other: '<p id="there">'}))
    assert list(dead({one: '<a href="none.html">'}))


def headings(page):
    """The places that a page of Markdown has, named as GitHub and the site name them."""
    for heading in re.findall(r"^#+ (.*)$", page.read_text(), re.M):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


LINKED = [README, ROOT / "CONTRIBUTING.md", *PAGES, ROOT / "proofs" / "writing-claims.md",
          *sorted((ROOT / "proofs" / "written").glob("*.md"))]  # fmt: skip


@pytest.mark.parametrize("page", LINKED, ids=lambda p: p.stem)
def test_links_lead_somewhere(page):
    """In the repository; what the site makes of files elsewhere is looked up there."""
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.S)
    for link in re.findall(r"\[[^\]]+\]\(([^)\s]+)\)", text):
        path, _, place = link.partition("#")
        if urlsplit(link).scheme:
            continue
        folders = (page.parent, ROOT, ROOT / "proofs") if page in PAGES else (page.parent,)
        files = [f / path for f in folders if (f / path).exists()] if path else [page]
        assert files, f"{page.name} links to {link}"
        assert not place or place in headings(files[0]), f"{page.name} links to {link}"


def test_the_citation_names_the_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    citation = (ROOT / "CITATION.cff").read_text()
    assert f"version: {project['version']}" in citation
    assert f"license: {project['license']}" in citation


LINK = re.compile(r"`(tests/[\w/-]+\.\w+)(?:::(\w+))?`")
WRITTEN = [README, ROOT / "CONTRIBUTING.md", *PAGES, *sorted(ROOT.glob("proofs/**/*.md"))]


def promises():
    """The rows of the table of promises: what is promised, and the tests that it names."""
    _, _, after = README.read_text("utf-8").partition("| promise | test |\n| --- | --- |\n")
    for row in after.partition("\n\n")[0].splitlines():
        promise, tests = row.strip("| ").rsplit(" | ", 1)
        yield promise, LINK.findall(tests), tests


def absent(text):
    """The tests and files that a text names and that there are not."""
    for file, name in LINK.findall(text):
        path = ROOT / file
        known = path.read_text("utf-8") if path.is_file() else None
        if known is None or (name and not re.search(rf"^def {name}\(", known, re.M)):
            yield f"{file}::{name}"


def test_every_promise_links_to_tests_that_there_are():
    found = list(promises())
    assert len(found) > 20
    for promise, named, tests in found:
        assert named, promise
        assert all(name for _, name in named), promise
        assert LINK.sub("", tests).strip(", ") == "", promise
    for page in WRITTEN:
        assert list(absent(page.read_text("utf-8"))) == [], page.name
    assert list(absent("`tests/test_docs.py::there_is_not`")) != []
