"""Other interpreters: ``python tests/pythons.py`` runs a chosen part of the tests on each there is.

3.12 and 3.13 are looked for on the PATH and among those of pyenv; what is not to be had is said,
and is no failure. ``--all`` runs all tests, ``--strict`` fails where something is missing.
Each has a fresh environment of pinned versions, which takes a minute; the part takes another.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.12", "3.13")
# What depends on an interpreter: numbers as text, recursion, signals, processes, files, formats.
PART = (
    *("tests/core/test_values.py", "tests/core/test_loader.py", "tests/proofs/test_border.py"),
    *("tests/theory/test_claim_files.py", "tests/theory/test_names.py"),
    "tests/theory/test_meanings.py",
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


def equipped(program: str, folder: Path) -> str | None:
    """An environment of its own with the pinned versions, if the index has them for it."""
    python = str(folder / "bin" / "python")
    subprocess.run([program, "-m", "venv", str(folder)], check=True)
    install = ("-m", "pip", "install", "-q", "-c", "constraints.txt", "-e", ".[dev]")
    return None if subprocess.run([python, *install], cwd=ROOT).returncode else python


def main() -> int:
    """Try every version; exit 1 if a test failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="all tests, not the chosen part")
    parser.add_argument("--strict", action="store_true", help="a missing interpreter is a failure")
    chosen = parser.parse_args()
    failed = False
    for version in VERSIONS:
        program = found(version)
        if program is None:
            sys.stdout.write(f"Python {version} is not to be had here: not tested\n")
            failed |= chosen.strict
            continue
        with tempfile.TemporaryDirectory() as folder:
            python = equipped(program, Path(folder))
            if python is None:
                sys.stdout.write(f"Python {version} lacks a pinned version here: not tested\n")
                failed |= chosen.strict
                continue
            part = () if chosen.all else PART
            code = subprocess.run([python, "-m", "pytest", "-n", "2", *part], cwd=ROOT).returncode
        sys.stdout.write(f"Python {version}: {'passed' if code == 0 else 'FAILED'}\n")
        failed |= code != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
