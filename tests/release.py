"""A release, tried: ``python tests/release.py [--fast]``; needs ``pip install build`` and an index.

Builds twice from a clean copy and compares the bytes; checks that the source distribution holds what
the repository holds; installs the wheel in a fresh environment and runs tests of it from there.
"""

from __future__ import annotations

import hashlib
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
LEFT_OUT = (".gitignore",)


def run(*command: str, cwd: Path, **environment: str) -> str:
    """Run a command, or stop with what it said."""
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def built(folder: Path, epoch: str) -> dict[str, str]:
    """Build both distributions from a clean copy; digests by name."""
    clone = folder / "clone"
    run("git", "clone", "--quiet", str(ROOT), str(clone), cwd=folder)
    run(
        sys.executable,
        "-m",
        "build",
        "-o",
        str(folder),
        str(clone),
        cwd=folder,
        SOURCE_DATE_EPOCH=epoch,
    )
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def main() -> None:
    """Try the release."""
    epoch = run("git", "log", "-1", "--format=%ct", cwd=ROOT).strip()
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        one, two = built(Path(first), epoch), built(Path(second), epoch)
        wheel = next(name for name in one if name.endswith(".whl"))
        assert one[wheel] == two[wheel], "two builds of the wheel differ"
        said = f"reproducible: {wheel} {one[wheel][:16]}"
        (sdist,) = Path(first).glob("*.tar.gz")
        with tarfile.open(sdist) as archive:
            inside = {name.partition("/")[2] for name in archive.getnames()}
        tracked = set(run("git", "ls-files", cwd=ROOT).split("\n")) - {"", *LEFT_OUT}
        assert not tracked - inside, (
            f"not in the source distribution: {sorted(tracked - inside)[:20]}"
        )
        said += f"; the source distribution holds all {len(tracked)} files"
        with zipfile.ZipFile(Path(first) / wheel) as archive:
            packed = archive.namelist()
        wanted = [n for n in tracked if n.startswith(("theory/", "numerics/", "proofs/"))]
        here = {
            n.replace("lemmata/", "proofs/lemmata/", 1) if n.startswith("lemmata/") else n
            for n in packed
        }
        absent = [n for n in wanted if n not in here and not n.endswith(".lia.cache")]
        assert not absent, f"not in the wheel: {absent[:20]}"
        print(f"{said}; the wheel all that is run")  # noqa: T201
        if "--fast" not in sys.argv:
            tested(Path(second), Path(first) / wheel)


def tested(folder: Path, wheel: Path) -> None:
    """Run tests against the installed wheel, out of reach of the sources."""
    python = folder / "venv" / "bin" / "python"
    run(sys.executable, "-m", "venv", str(folder / "venv"), cwd=folder)
    run(
        str(python),
        "-m",
        "pip",
        "install",
        "-q",
        "-c",
        str(ROOT / "constraints.txt"),
        f"{wheel}[dev]",
        cwd=folder,
    )
    shutil.copytree(ROOT / "tests", folder / "run" / "tests")
    for name in ("pyproject.toml", "README.md", "constraints.txt"):
        shutil.copy(ROOT / name, folder / "run")
    where = run(
        str(python), "-c", "import lemmata, theory; print(theory.__file__)", cwd=folder / "run"
    )
    assert "site-packages" in where, where
    print(
        run(str(python), "-m", "pytest", "-q", *AS_INSTALLED, cwd=folder / "run").splitlines()[-1]
    )  # noqa: T201


if __name__ == "__main__":
    main()
