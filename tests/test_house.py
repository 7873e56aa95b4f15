"""The house: imports run one way, and the README's commands are the ones that CI runs."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ("theory", "numerics", "proofs")
ALLOWED = {"theory": {"theory"}, "numerics": {"theory", "numerics"}, "proofs": set(FLOORS)}
TOP_LEVEL = {
    *("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "constraints.txt"),
    *("CITATION.cff", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "MANIFEST.in", "docs"),
    *FLOORS,
}


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


_PATH = re.compile(
    r"(?<![\w.\-/])(?:theory|numerics|proofs|tests)(?:/[\w\-]+)+\.(?:py|md|toml|v)\b"
)
_MODULE = re.compile(r"(?<![\w.\-/])(?:theory|numerics|proofs)(?:\.[a-z_0-9]+)+")


def stands(module: str) -> bool:
    """Whether a dotted name begins with a module or a package of a floor."""
    parts = module.split(".")
    paths = (ROOT.joinpath(*parts[:k]) for k in range(2, len(parts) + 1))
    return parts[1].startswith("__") or any(
        p.is_dir() or p.with_suffix(".py").is_file() for p in paths
    )


def test_every_file_and_module_that_a_text_names_exists():
    for name in tracked():
        path = ROOT / name
        if path.suffix not in {".py", ".md", ".toml", ".yml", ".v"} or name == "CHANGELOG.md":
            continue
        text = path.read_text(encoding="utf-8")
        files = {f for f in _PATH.findall(text) if not re.search(r"[A-Z]{4}", f)}
        assert not [f for f in files if not (ROOT / f).exists()], name
        if path.suffix != ".toml" or name == "pyproject.toml":
            modules = {m for m in _MODULE.findall(text) if ".append" not in m}
            assert not [m for m in modules if not stands(m)], name


CORE_AT_LENGTH = {"proofs/core", "tests/core"}
"""One idea each, read front to back; every other file fits in a reader's head."""


def test_no_file_is_longer_than_a_reader_can_hold():
    for name in tracked():
        if name.endswith((".py", ".v")) and str(Path(name).parent) not in CORE_AT_LENGTH:
            with (ROOT / name).open(encoding="utf-8") as lines:
                assert sum(1 for _ in lines) <= 400, name


def test_no_modules_of_a_floor_import_each_other_in_a_circle():
    """At the top of a module; what is imported inside a function is of no concern."""
    graph: dict[str, set[str]] = {}
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            names = set()
            for node in ast.parse(path.read_text()).body:
                if isinstance(node, ast.Import):
                    names |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
            graph[module] = names - {module}
    graph = {m: {n for n in names if n in graph} for m, names in graph.items()}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path[path.index(module) :], module))
        if module in done:
            return
        for other in sorted(graph[module]):
            # A package's own parts may take their package for granted, and it them.
            if not module.startswith(f"{other}.") and not other.startswith(f"{module}."):
                visit(other, (*path, module))
        done.add(module)

    for module in sorted(graph):
        visit(module, ())


def test_no_two_test_files_have_one_name():
    """They are imported by their names."""
    names = [Path(name).name for name in tracked() if re.search(r"/test_\w+\.py$", name)]
    assert len(names) == len(set(names))
