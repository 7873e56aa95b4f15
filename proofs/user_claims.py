"""Claims of users: a TOML or JSON file by default, Python only when a .py file is named.

Ten lines say it all; each table is a claim, and decimals are exact::

    [bernoulli]
    variables = {x = "real"}
    hypotheses = {h = "x >= -1"}
    conclusion = "(1+x)**3 >= 1 + 3*x"

    [wrong]
    variables = {x = "nonnegative"}
    conclusion = "log(1+x) <= 0.99*x"

    [best]
    variables = {x = "nonnegative"}
    constants = {c = "0.55"}
    conclusion = "x**2*exp(-x) <= c"
    sharpen = "c"
"""

from __future__ import annotations

import runpy
from collections.abc import Sequence
from pathlib import Path

from theory import claim_files
from theory.catalogue.headings import headings
from theory.claim_files import MAX_BYTES, Unread, all_read, tables
from theory.claims import Claim
from theory.errors import InputError
from theory.expressions import suggestion
from theory.files import ordinary, there
from theory.names import nearest

SUFFIXES = (".toml", ".json", ".py")


def load(path: Path | str) -> tuple[Claim, ...]:
    """Read a file of claims.

    Parameters
    ----------
    path : Path or str
        ``.toml`` or ``.json``: a table of claims by name (:mod:`theory.claim_files`). ``.py``:
        executed; it must define ``claims``, an iterable of :class:`theory.claims.Claim`.

    Returns
    -------
    tuple of Claim
        In the file's order. A claim without a mutant gets one: its conclusion reversed.

    Raises
    ------
    InputError
        One line that names the file, the claim and the key, for anything that cannot be taken.
    """
    return all_read(entries(path))


def entries(path: Path | str, name: str = "") -> tuple[Claim | Unread, ...]:
    """Read a file of claims, or the one of a name; what is wrong with one concerns no other.

    Raises
    ------
    InputError
        If the file as a whole cannot be read.
    """
    path = Path(path)
    if path.suffix == ".py":
        return tuple(c for c in _python(path) if not name or c.name == name)
    return claim_files.entries(path, name)


def sharpenings(path: Path | str) -> dict[str, str]:
    """Name the constant to be sharpened, for those claims of a data file that ask for it."""
    path = Path(path)
    if path.suffix == ".py":
        return {}
    return {n: str(t["sharpen"]) for n, t in tables(path).items() if "sharpen" in t}


def _python(path: Path) -> tuple[Claim, ...]:
    """Run a file that the user has named; what it does is the user's responsibility."""
    if not ordinary(path, "FILE", MAX_BYTES):
        raise InputError(str(path), "no such file")
    try:
        found = runpy.run_path(str(path)).get("claims")
    except InputError:
        raise
    except (Exception, SystemExit) as wrong:  # the user's own code may fail in any way
        raise InputError(str(path), f"{type(wrong).__name__}: {wrong}") from None
    claims = tuple(found) if isinstance(found, list | tuple) else ()
    if not claims or not all(isinstance(c, Claim) for c in claims):
        raise InputError(str(path), "it must define `claims`, a list of theory.claims.Claim")
    return claims


def selected(names: Sequence[str]) -> dict[str, Claim | Unread]:
    """Find claims by reference, a name of the catalogue or FILE::NAME; all of it without names.

    The name of a theorem of the catalogue stands for all claims that it rests on, that of a
    theorem of ``proofs/coq`` for none.
    """
    if not names:
        from proofs import theorems
        from theory.catalogue import CLAIMS

        shelf = theorems.library()
        # Lemmas that certificates of the catalogue cite are what its theorems rest on, too.
        cited, _ = theorems.needed(shelf, shelf.theorems)
        return {c.name: c for c in (*CLAIMS, *shelf.steps.values(), *cited.values())}
    chosen: dict[str, Claim | Unread] = {}
    for name in names:
        if named_theorem(name):
            from proofs import theorems

            shelf = theorems.library()
            for label, step in theorems.needed(shelf, [shelf.find(name).name])[0].items():
                chosen.setdefault(label, step)
            continue
        if not is_file(name) and _only_theorem(name):
            continue
        file, _, _ = name.partition("::")
        for claim in named(name):
            reference = claim.name if file == claim.name else f"{file}::{claim.name}"
            chosen.setdefault(reference, claim)
    return chosen


def named_theorem(name: str) -> bool:
    """Whether a name is that of a theorem of the catalogue: no other name has a folder."""
    return "/" in name and not is_file(name)


def is_file(reference: str) -> bool:
    """Whether a reference is to a file of claims, by its suffix."""
    return Path(reference.partition("::")[0]).suffix in SUFFIXES


def _only_theorem(name: str) -> bool:
    from proofs.evidence.kernel import named as theorem

    return name not in headings() and theorem(name) is not None  # whose record takes longer to read


def resolve(text: str) -> tuple[Claim, ...]:
    """Find claims by what a user typed: a catalogue name, a file, or FILE::NAME.

    Raises
    ------
    InputError
        If there is no such file and no such claim, or one that cannot be read.
    """
    return all_read(named(text))


def readable(text: str) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Find claims as :func:`resolve` does, and say in a line each which of a file cannot be read.

    Raises
    ------
    InputError
        If there is no such file and no such claim, or none that can be read.
    """
    found = named(text)
    read = tuple(c for c in found if isinstance(c, Claim))
    wrong = tuple(c for c in found if isinstance(c, Unread))
    return (read or all_read(found)), tuple(str(c.problem) for c in wrong)


def named(text: str) -> tuple[Claim | Unread, ...]:
    """Find claims as :func:`resolve` does, with those that cannot be read.

    Raises
    ------
    InputError
        If there is no such file and no such claim.
    """
    path_text, colons, name = text.partition("::")
    path = Path(path_text)
    if is_file(text):
        if colons and not name:  # as of a variable of the shell that is not set
            raise InputError(text, "the name of a claim is wanted after ::")
        if not ordinary(path, "FILE", MAX_BYTES):
            raise InputError(path_text, f"no such file{_meant(path)}")
        chosen = entries(path, name)
        if not chosen:
            known = [c.name for c in entries(path)]
            raise InputError(text, f"no such claim in the file{suggestion(name, known, 8)}")
        return chosen
    if path.suffix and not there(path_text):  # no claim's name has a dot
        endings = f"; a file of claims ends in {' or '.join(SUFFIXES)}"
        raise InputError(path_text, f"no such file{_meant(path) or endings}")
    from proofs.verification.catalogue import find  # the catalogue imports the provers

    return (find(text),)


def _meant(path: Path) -> str:
    """The file of claims beside this one that was probably meant."""
    return nearest(str(path), [str(p) for s in SUFFIXES for p in path.parent.glob(f"*{s}")])
