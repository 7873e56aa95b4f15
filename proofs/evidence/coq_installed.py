"""Which Coq is installed here, libraries included: what it said before holds for no other."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

from proofs.evidence.coq_run import missing


def installed() -> str:
    """Return the compiler's version, and a digest of the libraries that it would load.

    A compiled library counts by its name, its size and the time at which it was put there.

    Raises
    ------
    ToolMissing
        If coqc is not installed.
    """
    program = shutil.which("coqc")
    if program is None:
        raise missing("coqc is not installed")
    folder = Path(_said(program, "-where"))
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.vo")):
        found = path.stat()
        total.update(f"{path.relative_to(folder)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return f"{_said(program, '--version')}\n{total.hexdigest()}"


def _said(program: str, option: str) -> str:
    ran = subprocess.run([program, option], capture_output=True, text=True, check=True)
    return ran.stdout.strip()
