"""lemmata: the constants of convergence theorems, checked.

>>> import lemmata as lm                                                    # doctest: +SKIP
>>> lm.verify("(1+x)**3 >= 1 + 3*x", hypotheses="x >= -1")                  # doctest: +SKIP
Verified(claim: proved by certificate, sharp)
>>> lm.refute("log(1 + x) <= 0.99*x")                                       # doctest: +SKIP
Refuted(claim: fails at x = 1/100)

The verbs are verify, verify_all, refute, sharpen, audit, check, derive, escape, sweep, search;
``help(lm.verify)`` and its like have examples. A claim is text, a SymPy relation, a name of the
catalogue, ``FILE``, ``FILE::NAME``; lm.claim builds one, lm.load reads a file, lm.theorem and
lm.theorems are what papers state. Numbers are exact: ``"0.05"``, never a float.
``lemmata.strategies`` has Hypothesis strategies for tests of one's own.

The public names are those of :mod:`proofs.api`; an installation maps this folder to the package
``lemmata``.
"""

from importlib import metadata as _metadata

from proofs.api import *  # noqa: F403
from proofs.api import __all__ as __all__
from proofs.api.door import absent as _absent

try:
    __version__ = _metadata.version("lemmata")
except _metadata.PackageNotFoundError:  # run from its folder
    __version__ = "0"


def __getattr__(name: str) -> object:
    raise _absent(name, __all__)
