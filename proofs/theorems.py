"""The theorems of the catalogue, with the pages, claims and kernel theorems that they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from proofs.evidence import kernel
from theory import catalogue, claim_files
from theory.catalogue.headings import Shelf, headings, lemmas
from theory.claims import Claim
from theory.theorems import (
    Known,
    Library,
    Theorem,
    files,
    load,
    read_cited,
    read_theorem,
)
from theory.theorems.prose import plain

FOLDER = Path(catalogue.__file__).parent
PAGES = Path(__file__).parent / "written"
CITED = "cited.toml"


@lru_cache(maxsize=1)
def known() -> Known:
    """What every proof may refer to."""
    return Known(
        claims=Shelf({**headings(), **lemmas()}),
        kernel={name: entry.words for name, entry in kernel.theorems().items()},
        cited=read_cited(FOLDER / CITED),
        pages={p.name: plain(p.read_text(encoding="utf-8")) for p in sorted(PAGES.glob("*.md"))},
        read_step=_read_step,
    )


@lru_cache(maxsize=1)
def library() -> Library:
    """All theorems of the catalogue."""
    return load(FOLDER, known())


def find(name: str) -> tuple[Library, Theorem]:
    """Find a theorem by what a user typed: a name of the catalogue, or a file of one's own.

    Raises
    ------
    InputError
        If there is none, or the file cannot be taken.
    """
    there = files(FOLDER)
    if not name.endswith(".toml") and name not in there:
        from proofs.naming import unknown  # which reads the names of theorems here

        raise unknown(name)
    shelf = library()
    if name in there:
        return shelf, shelf.find(name)
    path = Path(name)
    own = read_theorem(path, "", known(), shelf.theorems)
    own = Theorem(**{**vars(own), "name": name})
    return Library({**shelf.theorems, own.name: own}, shelf.known), own


def _read_step(where: str, name: str, table: Mapping[str, Any]) -> Claim:
    return claim_files.read(Path(where), name, table)


def needed(shelf: Library, names: Iterable[str]) -> tuple[dict[str, Claim], list[str]]:
    """What has to be verified to know the standing of theorems.

    Returns
    -------
    claims : dict of str to Claim
        By name, local steps included.
    kernel : list of str
        Kernel theorems.
    """
    claims: dict[str, Claim] = {}
    kernels: dict[str, None] = {}
    for name in names:
        for theorem in shelf.below(name).values():
            for reference in theorem.references:
                match shelf.kind(reference, theorem):
                    case "step":
                        claims[reference] = theorem.steps[reference]
                    case "claim" | "guarantee":
                        claims[reference] = shelf.known.claims[reference]
                    case "kernel":
                        kernels[reference] = None
    return claims, list(kernels)


def kernels(names: Iterable[str]) -> list[str]:
    """The kernel theorems that theorems of the catalogue rest on."""
    chosen = list(names)
    return needed(library(), chosen)[1] if chosen else []


def loose(shelf: Library) -> list[str]:
    """The claims of the catalogue that no theorem rests on or points to."""
    used = {n for theorem in shelf.theorems.values() for n in theorem.references}
    return [name for name in headings() if name not in used]
