"""Formulas of the pages are no markup: a subscript that slants half a sentence is lost."""

import importlib.util
import re
import sys
import types
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from proofs.theorems import known

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = sorted((ROOT / "proofs" / "written").glob("*.md"))
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "proofs/writing-claims.md")),
    *sorted((ROOT / "docs" / "pages").glob("*.md")),
    *WRITTEN,
]
MARKDOWN = MarkdownIt("commonmark").enable("table")
BRACKETS = ("()", "[]", "{}")


def slanted(text):
    """What is emphasised as GitHub reads the page: the mark, and the words."""
    for token in MARKDOWN.parse(text):
        inside = token.children or ()
        for i, opened in enumerate(inside):
            if opened.type in ("em_open", "strong_open"):
                kind, level = opened.type.replace("open", "close"), opened.level
                end = next(j for j in range(i, len(inside))
                           if (inside[j].type, inside[j].level) == (kind, level))  # fmt: skip
                words = inside[i:end]
                yield opened.markup, "".join(t.content for t in words)


def torn(text):
    """Emphasis that is none: by an underscore, or around half a bracket."""
    for mark, words in slanted(text):
        if "_" in mark or words[:1] in ",.;" or any(words.count(a) != words.count(b)
                                                    for a, b in BRACKETS):  # fmt: skip
            yield words


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_no_formula_is_read_as_emphasis(page):
    assert list(torn(page.read_text(encoding="utf-8"))) == []


def test_a_torn_formula_is_noticed():
    assert list(torn("|f| <= |X|_F prod_{p != l} |W_p|"))
    assert list(torn("a limit theta_*, near theta_* too"))
    assert not list(torn("|f| <= |X|\\_F prod_{p != l} |W_p|, *Proof.* and **1.**"))


def test_proofs_in_the_report_have_no_backslashes():
    assert set(known().pages) == {page.name for page in WRITTEN}
    assert not [n for n, text in known().pages.items() if re.search(r"\\[_*]", text)]
    assert "|X|_F prod_{p != l}" in known().pages["pyramid.md"]


@pytest.fixture
def hooks(monkeypatch):
    """The hooks of the site, here without the program that builds it."""
    files = types.SimpleNamespace(File=None, Files=None)
    for name in ("mkdocs", "mkdocs.structure"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, "mkdocs.structure.files", files)
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = importlib.util.spec_from_file_location("hooks", ROOT / "docs" / "hooks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_site_keeps_subscripts_and_inner_products_of_running_text(hooks):
    text = "‖W‖_F d_{j} <F_L, r>, `a_b <c>`, [p_q](http://x/y_z)\n\n    display_x <y>"
    kept = "‖W‖\\_F d\\_{j} &lt;F\\_L, r>, `a_b <c>`, [p\\_q](http://x/y_z)\n\n    display_x <y>"
    assert hooks.running(text) == kept
    assert hooks.running(kept) == kept


@pytest.mark.parametrize("page", WRITTEN, ids=lambda p: p.stem)
def test_no_formula_of_the_site_is_read_as_emphasis(hooks, page):
    text = hooks.running(hooks.local(page.read_text(encoding="utf-8")))
    assert list(torn(text)) == []
    assert not [t for block in MARKDOWN.parse(text) for t in block.children or ()
                if t.type == "html_inline"]  # fmt: skip
