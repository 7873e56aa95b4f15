"""Names for ``lemmata verify --level kernel``: all theorems of Coq, and every fifth certificate.

Which fifth it is goes round with the commits, so that five commits compile every certificate.
``lemmata verify --level kernel`` without a name compiles all of them.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from proofs.evidence import kernel
from proofs.user_claims import selected
from theory.claim_files import Unread
from theory.claims import Claim

ROOT = Path(__file__).resolve().parent.parent
PARTS = 5


def formal(claim: Claim | Unread) -> bool:
    """Whether a claim is one that is proved, and not measured."""
    return isinstance(claim, Claim) and "measured" not in claim.statement.domains


def names(part: int) -> list[str]:
    """Every theorem of the kernel; of the claims that are proved those of a part."""
    carried = sorted(n for n, c in selected(()).items() if formal(c))
    return [*sorted(kernel.theorems()), *carried[part % PARTS :: PARTS]]


def commits() -> int:
    """How many commits there are up to this one; 0 where there is no history."""
    counted = ("git", "rev-list", "--count", "HEAD")
    done = subprocess.run(counted, cwd=ROOT, capture_output=True, text=True)
    return int(done.stdout) if done.returncode == 0 else 0


if __name__ == "__main__":
    sys.stdout.write("\n".join(names(commits())) + "\n")
