"""Other interpreters: ``python tests/pythons.py`` runs a chosen part of the tests on each there is.

3.12 and 3.13 are looked for on the PATH and among those of pyenv; what is not to be had is said,
and is no failure. ``--all`` runs all tests, ``--strict`` fails where something is missing.
Each has a fresh environment of pinned versions, which takes a minute; the part takes another.
The environments are made side by side, the tests have all processors.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import threading
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.12", "3.13")
# What depends on an interpreter: numbers as text, recursion, signals, processes, files, formats.
PART = (
    *("tests/core/test_values.py", "tests/core/test_loader.py", "tests/proofs/test_border.py"),
    *("tests/theory/test_claim_files.py", "tests/theory/test_names.py"),
    *("tests/proofs/test_workers.py", "tests/proofs/test_ledger.py"),
    *("tests/numerics/test_sweep_store.py", "tests/proofs/test_escape_command.py"),
)


def found(version: str) -> str | None:
    """An interpreter of this version that runs, if there is one."""
    kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}*/bin/python"))
    for program in (f"python{version}", *map(str, kept)):
        code = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
        try:
            asked = subprocess.run([program, "-c", code], capture_output=True, text=True)
        except OSError:
            continue
        if asked.stdout.strip() == version:
            return program
    return None


_BUILD = threading.Lock()
"""Of the folder in which an installation from here is built."""


def wanted(extra: str) -> list[str]:
    """What the project depends on with an extra, and with those that the extra names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras, met = [extra], list(project["dependencies"])
    for name in extras:  # grows while it is gone through
        for dependency in project["optional-dependencies"][name]:
            own = re.fullmatch(rf"{project['name']}\[(.*)\]", dependency)
            if own is None:
                met.append(dependency)
            else:
                extras += (n.strip() for n in own[1].split(","))
    return list(dict.fromkeys(met))


def equipped(version: str, folder: Path) -> tuple[str | None, str]:
    """Python in an environment of its own with the pinned versions, or what there is not."""
    program = found(version)
    if program is None:
        return None, "is not to be had here"
    python = str(folder / version / "bin" / "python")
    subprocess.run([program, "-m", "venv", str(folder / version)], check=True)
    install = (python, "-m", "pip", "install", "-q", "-c", "constraints.txt")
    if subprocess.run([*install, *wanted("dev")], cwd=ROOT).returncode:
        return None, "lacks a pinned version here"
    with _BUILD:
        failed = subprocess.run([*install, "--no-deps", "-e", "."], cwd=ROOT).returncode
    return (None, "cannot build the project") if failed else (python, "")


def main() -> int:
    """Try every version; exit 1 if a test failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="all tests, not the chosen part")
    parser.add_argument("--strict", action="store_true", help="a missing interpreter is a failure")
    chosen = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(len(VERSIONS)) as pool:
        for version, (python, missing) in zip(
            VERSIONS, pool.map(equipped, VERSIONS, [Path(folder)] * len(VERSIONS)), strict=True
        ):
            if python is None:
                sys.stdout.write(f"Python {version} {missing}: not tested\n")
                failed |= chosen.strict
                continue
            part = () if chosen.all else PART
            tests = [python, "-m", "pytest", "-n", "2", "--dist", "worksteal", *part]
            code = subprocess.run(tests, cwd=ROOT).returncode
            sys.stdout.write(f"Python {version}: {'passed' if code == 0 else 'FAILED'}\n")
            failed |= code != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
