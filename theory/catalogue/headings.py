"""What the catalogue holds, told by its tables before any formula in them is read.

Reading every formula takes seconds; to list names, to find one claim, or to say which name was
probably meant, takes none of that. The claims that a program states are told by a file beside it,
which counts only if it was made from the program as it is; :func:`store` writes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from theory.claim_files import all_read, entry, tables
from theory.claims import SOURCES, Claim
from theory.errors import InputError
from theory.names import nearest

FOLDER = Path(__file__).parent
GENERATED = {"dynamics": "dynamics", "matrix dynamics": "matrix_dynamics", "depths": "arora_depths"}
"""Sections that no file can say, and the modules that state them."""
_STORED = FOLDER / "generated" / "headings.json"
_PROGRAMS = (FOLDER / "generated", FOLDER.parent / "dynamics", FOLDER.parent / "matrices")
_TYPED = ("conclusion", "hypotheses", "definitions", "layers", "recursions", "scope")


@dataclass(frozen=True)
class Heading:
    """A claim that has not been read.

    Attributes
    ----------
    name, title : str
    key : str
        The paper, or ``"lemmata"``.
    number : str
        Its number there.
    section : str
        Its file, such as ``"shamir2019/near-identity"``.
    table : mapping
        The claim as it is written; of one that a program states its canonical form alone.
    """

    name: str
    title: str
    key: str
    number: str
    section: str
    table: Mapping[str, Any]

    @property
    def typed(self) -> str:
        """Its formulas as they are written."""
        return " ".join(_texts({key: self.table[key] for key in _TYPED if key in self.table}))

    @property
    def family(self) -> str:
        """Of a standard lemma: its file in the library; empty for others."""
        folder, _, page = self.section.partition("/")
        return page if folder == "library" else ""

    @property
    def claim(self) -> Claim:
        """The claim, read once."""
        return _claim(self.section, self.name)


class Shelf(Mapping[str, Claim]):
    """Claims by name, each read when it is asked for."""

    def __init__(self, known: Mapping[str, Heading]) -> None:
        self.known = known

    def __getitem__(self, name: str) -> Claim:
        return self.known[name].claim

    def __contains__(self, name: object) -> bool:
        return name in self.known

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


@cache
def headings() -> Mapping[str, Heading]:
    """The claims of the papers and of this project, in order: generated ones, then by paper.

    Raises
    ------
    InputError
        If a name has two statements.
    """
    return _by_name((*_of_programs(), *(h for key in SOURCES for h in _of(f"{key}/claims"))))


@cache
def lemmas() -> Mapping[str, Heading]:
    """The standard lemmas, family by family."""
    return _by_name(_of("library"))


@cache
def steps() -> Mapping[str, str]:
    """The claims that stand in the files of theorems, with their titles."""
    found: dict[str, str] = {}
    for key in SOURCES:
        for path in sorted((FOLDER / key).glob("*.toml")):
            parts = tables(path).get("step", {})
            found |= {name: str(table.get("title", name)) for name, table in parts.items()}
    return found


def meant(name: str, count: int = 3) -> str:
    """The end of an error message about a claim: what was probably meant, or nothing."""
    return nearest(name, (*headings(), *lemmas(), *steps()), count)


def _of(folder: str) -> Iterator[Heading]:
    for path in sorted((FOLDER / folder).glob("*.toml"), key=attrgetter("stem")):
        section = f"{folder.removesuffix('/claims')}/{path.stem}"
        for name, table in _tables(section).items():
            source = table.get("source")
            given = source if isinstance(source, dict) else {"key": "lemmata", "number": path.name}
            yield Heading(
                name,
                str(table.get("title", name)),
                str(given.get("key", "")),
                str(given.get("number", "")),
                section,
                table,
            )


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        part = part.values()
    elif not isinstance(part, list):
        yield str(part)
        return
    for inner in part:
        yield from _texts(inner)


def _by_name(found: Iterable[Heading]) -> Mapping[str, Heading]:
    made: dict[str, Heading] = {}
    for heading in found:
        if heading.name in made:
            where = f"stands in {made[heading.name].section} and in {heading.section}"
            raise InputError(heading.name, where)
        made[heading.name] = heading
    return made


@cache
def _tables(section: str) -> dict[str, dict[str, Any]]:
    return tables(_path(section))


def _path(section: str) -> Path:
    folder, _, page = section.partition("/")
    return FOLDER / folder / ("" if folder == "library" else "claims") / f"{page}.toml"


@cache
def _claim(section: str, name: str) -> Claim:
    if section in GENERATED:
        return {claim.name: claim for claim in _stated(section)}[name]
    library = section.startswith("library/")
    return all_read([entry(_path(section), name, _tables(section), catalogue=not library)])[0]


def _stated(section: str) -> Iterable[Claim]:
    """The claims that a program states; the one that needs SymPy takes half a second to load."""
    return import_module(f"theory.catalogue.generated.{GENERATED[section]}").CLAIMS


def _of_programs() -> list[Heading]:
    """The claims that programs state, from the stored file if it is of these programs."""
    try:
        stored = json.loads(_STORED.read_text(encoding="utf-8"))
        if stored["programs"] == _digest():
            return [Heading(**row) for row in stored["headings"]]
    except (OSError, ValueError, LookupError, TypeError):
        pass  # an installation may lack it: then the programs say it themselves
    return [
        Heading(c.name, c.title, c.source.key, c.source.statement, section, _whole(c))
        for section in GENERATED
        for c in _stated(section)
    ]


def _whole(claim: Claim) -> dict[str, str]:
    return {"conclusion": claim.statement.canonical}


def _digest() -> str:
    """SHA-256 of the programs that the stored headings are of."""
    made = hashlib.sha256()
    for path in (p for folder in _PROGRAMS for p in sorted(folder.glob("*.py"))):
        made.update(f"{path.parent.name}/{path.name}\n".encode() + path.read_bytes())
    return made.hexdigest()


def store() -> None:
    """Write the headings of what programs state."""
    _STORED.unlink(missing_ok=True)
    rows = [vars(heading) for heading in _of_programs()]
    text = json.dumps({"programs": _digest(), "headings": rows}, indent=1, ensure_ascii=False)
    _STORED.write_text(text + "\n", encoding="utf-8")
