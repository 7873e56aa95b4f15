"""``lemmata list``: what there is."""

from __future__ import annotations

import json

import click

from proofs import completion
from proofs.cli import EXIT_FAILED, EXIT_HOLDS
from theory.catalogue.headings import Heading, headings, lemmas, meant
from theory.claims import SOURCES
from theory.errors import InputError, visible
from theory.names import nearest

LIBRARY = "library"


@click.command()
@click.argument("words", nargs=-1)
@click.option(
    "--source",
    default="",
    shell_complete=completion.paper,
    help=f"Only of one paper, or standard lemmas: {', '.join((*SOURCES, LIBRARY))}.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(words: tuple[str, ...], source: str, as_json: bool) -> int:
    """List the claims and standard lemmas whose name, title or formulas contain all WORDS.

    Nothing is read that is not shown. Exit codes: 0 something is found, 1 nothing is, 2 bad input.
    """
    if source and source not in (*SOURCES, LIBRARY):
        known = (*SOURCES, LIBRARY)
        meant_paper = nearest(source, known) or f" (known: {', '.join(known)})"
        raise InputError("--source", f"no paper is called {source[:40]!r}{meant_paper}")
    papers, library = headings().values(), lemmas().values()
    every = (*papers, *library)
    some = library if source == LIBRARY else (h for h in papers if h.key == source)
    found = [h for h in (some if source else every) if _matches(h, words)]
    if as_json:
        click.echo(json.dumps({"command": "list", "results": list(map(_row, found))}, indent=2))
    else:
        width = max((len(h.name) for h in found), default=0)
        for h in found:
            click.echo(f"{h.name:{width}}  {visible(h.title)}")
        hint = meant(words[0]) if words and not found else ""
        click.echo(f"{len(found)} of {len(every)} claims and lemmas{hint}", err=True)
    return EXIT_HOLDS if found else EXIT_FAILED


def _matches(heading: Heading, words: tuple[str, ...]) -> bool:
    """Whether all words occur; in formulas wherever spaces stand, and however powers are typed."""
    text = f"{heading.name} {heading.title} {heading.number}".lower()
    formulas = _close(heading.typed)
    return all(word.lower() in text or _close(word) in formulas for word in words)


def _close(text: str) -> str:
    return "".join(text.lower().replace("^", "**").split())


def _row(heading: Heading) -> dict[str, str]:
    return {
        "name": heading.name,
        "title": heading.title,
        "source": heading.key,
        "statement": heading.number,
    }
