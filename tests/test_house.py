"""The house: imports run one way, and the README's commands are the ones that CI runs."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("theory", "numerics", "proofs")
ALLOWED = {"theory": {"theory"}, "numerics": {"theory", "numerics"}, "proofs": set(FLOORS)}
TOP_LEVEL = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "constraints.txt", *FLOORS}


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_run_one_way(floor):
    for path in (ROOT / floor).rglob("*.py"):
        assert imported(path) & set(FLOORS) <= ALLOWED[floor], path


def test_theory_has_no_floats_and_runs_no_experiments():
    for path in (ROOT / "theory").rglob("*.py"):
        tree = ast.parse(path.read_text())
        floats = [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, float)
        ]
        assert not floats, f"{path}: {floats}"
        assert not imported(path) & {"numpy", "mpmath", "random", "scipy"}, path


def test_nothing_evaluates_text():
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            calls = {
                node.func.id
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            assert not calls & {"eval", "exec", "sympify", "lambdify", "parse_expr"}, path
            assert not imported(path) & {"pickle", "marshal", "shelve"}, path


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    return listing.stdout.splitlines() if listing.returncode == 0 else []


def test_top_level_is_the_house():
    names = {line.split("/")[0] for line in tracked()}
    assert {n for n in names if not n.startswith(".")} <= TOP_LEVEL | {"tests"}


def test_readme_test_command_is_what_ci_runs():
    readme = (ROOT / "README.md").read_text()
    block = re.search(r"<!-- tests -->\n```sh\n(.*?)\n```", readme, re.S)
    assert block
    assert "pytest" in block[1]
    assert "constraints.txt" in block[1]
    assert "<!-- tests -->" in (ROOT / ".ci" / "run").read_text()


def test_constraints_pin_every_dependency():
    pins = dict(
        line.split("==") for line in (ROOT / "constraints.txt").read_text().split() if "==" in line
    )
    project = (ROOT / "pyproject.toml").read_text()
    for requirement in re.findall(r'^    "([a-z0-9-]+)[<>=]', project, re.M):
        assert requirement in {p.lower().replace("_", "-") for p in pins}, requirement
    assert "index" not in (ROOT / "constraints.txt").read_text()


def test_every_test_that_the_readme_names_is_there():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "README.md").read_text())
    assert len(named) > 10
    for path, test in named:
        assert f"def {test}(" in (ROOT / path).read_text(), (path, test)
