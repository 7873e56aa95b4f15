"""What is to be done about a name that nothing of the kind that was asked for has.

A command takes claims, or theorems, or either. Whoever types the name of another kind is told what
it is and which command takes it; whoever has a slip of the finger is told what was meant.
"""

from __future__ import annotations

import re
from pathlib import Path

from proofs.theorems import FOLDER
from theory.catalogue.headings import headings, lemmas, meant, steps
from theory.claims import SOURCES
from theory.errors import InputError, typed
from theory.files import there
from theory.names import nearest
from theory.theorems import files
from theory.theorems import unknown as unknown_theorem

_COMPARED = re.compile(r"[<>=≤≥≠]")


def unknown_claim(name: str) -> InputError:
    """What to say about a claim that there is not."""
    return InputError("name", f"no claim is called {name[:60]!r}{_instead_of_a_claim(name)}")


def unknown(name: str) -> InputError:
    """What to say about a theorem that there is not."""
    if name in headings() or name in lemmas() or name in steps():
        return _else(name, "theorem", f"it is a claim: {typed('show', name)}")
    if _of_coq(name):
        return _else(name, "theorem", f"it is a theorem of proofs/coq: {typed('show', name)}")
    if name in SOURCES:
        return _else(name, "theorem", f"it is a paper: {typed('theorems', name)}")
    return unknown_theorem(name, files(FOLDER))


def _else(name: str, wanted: str, instead: str) -> InputError:
    return InputError("name", f"no {wanted} is called {name[:60]!r}; {instead}")


def _of_coq(name: str) -> bool:
    from proofs.evidence.kernel import named  # parsing what Coq printed takes time

    return named(name) is not None


def _instead_of_a_claim(name: str) -> str:
    if there(name) and Path(name).is_dir():
        return ": it is a folder, and files of claims are wanted"
    if there(name):
        return ": it is a file, and claims are read from .toml, .json or .py"
    if name in files(FOLDER):
        return f"; it is a theorem: {typed('theorem', name)}"
    if name in SOURCES:
        return f"; it is a paper: {typed('list --source', name)}"
    if _of_coq(name):
        shown, compiled = typed("show", name), typed("verify --level kernel", name)
        return f"; it is a theorem of proofs/coq: {shown}, {compiled}"
    if _COMPARED.search(name):
        return "; a formula goes into a file (`lemmata init` writes one), or to lemmata.verify"
    from proofs.evidence.kernel import theorems

    proved = {e.theorem for e in theorems().values()} if "_" in name else ()  # Coq's own names
    return nearest(name, proved) or meant(name) or "; `lemmata list` shows them"
