"""What shells complete: names of claims and theorems, found without reading what they state.

A shell waits while one types, so nothing is parsed: names are headings of the catalogue's files,
names of the files themselves, and, after ``::``, headings of a user's own file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
from click.shell_completion import CompletionItem

import proofs
import theory
from theory import files
from theory.errors import InputError

CATALOGUE = Path(theory.__file__).parent / "catalogue"
CERTIFICATES = Path(proofs.__file__).parent / "certificates" / "catalogue"
KERNEL = Path(proofs.__file__).parent / "coq" / "theorems.toml"
_HEADING = re.compile(r"^\[([A-Za-z][\w.-]*)\]", re.M)
MAX_BYTES = 10_000_000
_NOT_PAPERS = ("library", "generated")


def claim(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete a claim: of the catalogue or the library, or of a file after ``FILE::``."""
    file, colons, _ = incomplete.partition("::")
    if colons:  # bash takes the colons for the end of a word, zsh and fish do not
        known = (f"{file}::{found}" for found in _headings(Path(file)) if "." not in found)
        return _items(known, incomplete)
    return [_file(incomplete), *_items(claims(), incomplete)]


def shown(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete a claim, or a theorem of the Coq development."""
    more = [] if "::" in incomplete else _items(kernel(), incomplete)
    return [*claim(context, parameter, incomplete), *more]


def theorem(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete a theorem of the catalogue, or a file."""
    return [_file(incomplete), *_items(theorems(), incomplete)]


def either(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete what may be a claim or a theorem."""
    more = [] if "::" in incomplete else _items(theorems(), incomplete)
    return [*claim(context, parameter, incomplete), *more]


def anything(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete a claim, a theorem, or a theorem of the Coq development."""
    more = [] if "::" in incomplete else _items((*theorems(), *kernel()), incomplete)
    return [*claim(context, parameter, incomplete), *more]


def paper(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete a paper by its key."""
    from theory.claims import SOURCES

    return _items(SOURCES, incomplete)


def words(
    *known: str,
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Make what completes one of a few words."""
    return lambda context, parameter, incomplete: _items(known, incomplete)


def claims() -> Iterator[str]:
    """Names of claims: headings of files, and of certificates for those that a program states."""
    found: dict[str, None] = {}
    for pattern in ("*/claims/*.toml", "library/*.toml"):
        for path in sorted(CATALOGUE.glob(pattern)):
            found |= dict.fromkeys(n for n in _headings(path) if "." not in n)
    yield from found
    yield from sorted({p.stem for p in CERTIFICATES.glob("*.json")} - set(found))


def kernel() -> Iterator[str]:
    """Names of the claims that theorems of the Coq development prove."""
    heading = "claims."
    found = (n for n in _headings(KERNEL) if n.startswith(heading))
    yield from (n.removeprefix(heading) for n in found)


def theorems() -> Iterator[str]:
    """Names of theorems, which are those of their files."""
    for path in sorted(CATALOGUE.glob("*/*.toml")):
        if path.parent.name not in _NOT_PAPERS:
            yield f"{path.parent.name}/{path.stem}"


def _headings(path: Path) -> list[str]:
    try:
        return _HEADING.findall(files.text(path, MAX_BYTES))
    except InputError:
        return []  # there is nothing to offer, and no place to say why


def _file(incomplete: str) -> CompletionItem:
    """Files too; it comes first, as bash forgets what came before."""
    return CompletionItem(incomplete, type="file")


def _items(known: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in known if name.startswith(incomplete)]
