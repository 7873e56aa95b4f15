"""A release, tried: ``python tests/release.py [--fast]``; needs the extra ``supply`` and an index.

Builds twice from a clean copy and compares the bytes; checks that the source distribution holds
what the repository holds; installs the wheel in a fresh environment, writes and reads the bill of
materials of that environment, asks for known advisories, and runs tests from there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AS_INSTALLED = ("tests/proofs/test_api.py", "tests/proofs/test_finding.py", "tests/core")
LEFT_OUT = {"", ".gitignore"}


def run(*command: str, cwd: Path, **environment: str) -> str:
    """Run a command, or stop with what it said."""
    surroundings = {**os.environ, **environment}
    surroundings.pop("PYTHONPATH", None)  # what is installed is to be tested, and nothing else
    done = subprocess.run(command, cwd=cwd, env=surroundings, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def built(folder: Path, epoch: str, commit: str) -> tuple[Path, Path]:
    """Build the wheel and the source distribution from a clean copy of a commit."""
    clone = str(folder / "clone")
    run("git", "clone", "--quiet", str(ROOT), clone, cwd=folder)
    run("git", "checkout", "--quiet", "--detach", commit, cwd=Path(clone))
    build = (sys.executable, "-m", "build", "-o", str(folder), clone)
    run(*build, cwd=folder, SOURCE_DATE_EPOCH=epoch)
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Try the release."""
    epoch = run("git", "log", "-1", "--format=%ct", cwd=ROOT).strip()
    commit = run("git", "rev-parse", "HEAD", cwd=ROOT).strip()  # somebody may be at work here
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        wheel, sdist = built(Path(first), epoch, commit)
        again, _ = built(Path(second), epoch, commit)
        assert digest(wheel) == digest(again), "two builds of the wheel differ"
        tracked = set(run("git", "ls-files", cwd=ROOT).split("\n")) - LEFT_OUT
        with tarfile.open(sdist) as archive:
            inside = {name.partition("/")[2] for name in archive.getnames()}
        assert tracked <= inside, f"not in the sdist: {sorted(tracked - inside)[:20]}"
        with zipfile.ZipFile(wheel) as archive:
            packed = {_source(name) for name in archive.namelist()}
        wanted = {n for n in tracked if n.startswith(("theory/", "numerics/", "proofs/"))}
        assert wanted <= packed, f"not in the wheel: {sorted(wanted - packed)[:20]}"
        say(f"the wheel is reproducible: {digest(wheel)}")
        say(f"the source distribution holds {len(tracked)} files, the wheel {len(wanted)} of them")
        if "--fast" not in sys.argv:
            tested(Path(second), wheel)


def _source(name: str) -> str:
    return f"proofs/{name}" if name.startswith("lemmata/") else name


def tested(folder: Path, wheel: Path) -> None:
    """Run tests against the installed wheel, out of reach of the sources."""
    python, here = str(folder / "venv" / "bin" / "python"), folder / "run"
    run(sys.executable, "-m", "venv", str(folder / "venv"), cwd=folder)
    pins = str(ROOT / "constraints.txt")
    run(python, "-m", "pip", "install", "-q", "-c", pins, f"{wheel}[dev]", cwd=folder)
    shutil.copytree(ROOT / "tests", here / "tests")
    for name in ("pyproject.toml", "README.md", "constraints.txt"):
        shutil.copy(ROOT / name, here)
    where = run(python, "-c", "import lemmata, theory; print(theory.__file__)", cwd=here)
    assert "site-packages" in where, where
    billed(folder, python)
    audited(folder, pins)
    # House, recipes and pages are of the clone; what is installed is tested by the rest.
    skipped = ("not house", "packages_that_are", "facade_offers", "its_page_say")
    chosen = " and not ".join(skipped)
    say(run(python, "-m", "pytest", "-q", *AS_INSTALLED, "-k", chosen, cwd=here).splitlines()[-1])


def billed(folder: Path, python: str) -> None:
    """Write the bill of materials of an environment, and find in it all that is installed there."""
    bill = folder / "sbom.json"
    make = (sys.executable, "-m", "cyclonedx_py", "environment", python, "-o", str(bill))
    run(*make, cwd=folder)
    listed = {
        (part["name"].lower(), part["version"])
        for part in json.loads(bill.read_text(encoding="utf-8"))["components"]
    }
    asked = run(python, "-m", "pip", "list", "--format", "json", cwd=folder)
    installed = {(part["name"].lower(), part["version"]) for part in json.loads(asked)}
    assert installed <= listed, f"not in the bill of materials: {sorted(installed - listed)}"
    say(f"the bill of materials lists {len(listed)} distributions, {len(installed)} installed")


def audited(folder: Path, pins: str) -> None:
    """Ask for known advisories; an index that cannot be asked is said, advisories are a failure."""
    ask = (*("-m", "pip_audit", "--strict", "--no-deps", "--disable-pip"), "-r", pins)
    done = subprocess.run([sys.executable, *ask], cwd=folder, capture_output=True, text=True)
    last = (done.stderr.strip().splitlines() or [""])[-1]
    if done.returncode and "could not be audited" not in last and "Connection" not in last:
        raise SystemExit(
            f"known advisories, or none could be asked for\n{done.stdout}{done.stderr}"
        )
    asked = "none could be asked for, " if done.returncode else ""
    say(f"advisories: {asked}{last or 'none are known'}")


def say(line: str) -> None:
    """Print a finding."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
