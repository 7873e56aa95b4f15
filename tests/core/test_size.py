"""The core says how long it is, and is no longer."""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from proofs import core
from proofs.core.rules import RULES

FOLDER = Path(core.__file__).parent
SILENT = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)


def lines_of_code(text):
    """Lines with a token that is no comment and no docstring."""
    found = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in (*SILENT, tokenize.ENDMARKER):
            found |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            found -= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return len(found)


@pytest.mark.parametrize("name", sorted(p.stem for p in FOLDER.glob("[a-z]*.py")))
def test_a_module_is_as_long_as_the_core_says(name):
    said = int(re.search(rf"^``{name}`` +(\d+)", core.__doc__, re.M)[1])
    assert lines_of_code((FOLDER / f"{name}.py").read_text()) == said


def test_the_whole_is_as_long_as_the_core_and_its_page_say():
    total = sum(lines_of_code(p.read_text()) for p in FOLDER.glob("[a-z]*.py"))
    page = FOLDER.parents[1] / "docs" / "pages" / "trust.md"
    assert f"\n{total:,} in all." in core.__doc__
    assert f"{total:,} lines of code" in page.read_text()
    assert all(f"`{rule}`" in page.read_text() for rule in RULES)
