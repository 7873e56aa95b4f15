"""Certificates as Coq proofs: a file of its own for each, with everything it needs.

:func:`translate` writes the file; :mod:`proofs.export.run` has Coq check it.
"""

from proofs.export.theorem import translate
from proofs.export.words import Untranslatable

__all__ = ["Untranslatable", "translate"]
