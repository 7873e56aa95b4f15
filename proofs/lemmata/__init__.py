"""lemmata: the constants of convergence theorems, checked.

The public names are those of :mod:`proofs.api`; an installation maps this folder to the package
``lemmata``. ``lemmata.strategies`` has Hypothesis strategies for tests of one's own.
"""

from importlib import metadata as _metadata

from proofs.api import *  # noqa: F403
from proofs.api import __all__ as __all__

try:
    __version__ = _metadata.version("lemmata")
except _metadata.PackageNotFoundError:  # run from its folder
    __version__ = "0"
