"""Why we believe: provers, evidence, the catalogue's verdicts, and the ``lemmata`` command."""

import os
import sys

_LEAST_BYTES = 64 << 20
"""On a disk that has less left, what Python writes may be cut."""


def _bytecode() -> None:
    """Have Python keep no bytecode where it might be cut: what it cut it would load, and fail."""
    try:
        import resource  # not everywhere

        most, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
        disk = os.statvfs(__file__)
    except (ImportError, OSError):  # another system, or no files of ours
        return
    if most != resource.RLIM_INFINITY or disk.f_bavail * disk.f_frsize < _LEAST_BYTES:
        sys.dont_write_bytecode = True
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"  # for our processes


_bytecode()  # here, in the least of files: what is loaded before is kept whole or not at all
