"""``lemmata list``: what there is."""

from __future__ import annotations

import json

import click

from proofs import completion
from proofs.cli import EXIT_FAILED, EXIT_HOLDS
from theory.claims import SOURCES, Claim
from theory.errors import InputError, visible
from theory.names import nearest


@click.command()
@click.argument("words", nargs=-1)
@click.option(
    "--source",
    default="",
    shell_complete=completion.paper,
    help=f"Only of one paper: {', '.join(SOURCES)}.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(words: tuple[str, ...], source: str, as_json: bool) -> int:
    """List the claims of the catalogue whose name, title or formulas contain all WORDS.

    Exit codes: 0 something is found, 1 nothing is, 2 bad input.
    """
    if source and source not in SOURCES:
        meant = nearest(source, SOURCES) or f" (known: {', '.join(SOURCES)})"
        raise InputError("--source", f"no paper is called {source[:40]!r}{meant}")
    from theory.catalogue import CLAIMS

    found = [c for c in CLAIMS if source in ("", c.source.key) and _matches(c, words)]
    if as_json:
        click.echo(json.dumps({"command": "list", "results": list(map(_row, found))}, indent=2))
    else:
        width = max((len(c.name) for c in found), default=0)
        for c in found:
            click.echo(f"{c.name:{width}}  {visible(c.title)}")
        meant = nearest(words[0], (c.name for c in CLAIMS)) if words and not found else ""
        click.echo(f"{len(found)} of {len(CLAIMS)} claims{meant}", err=True)
    return EXIT_HOLDS if found else EXIT_FAILED


def _matches(claim: Claim, words: tuple[str, ...]) -> bool:
    text = f"{claim.name} {claim.title} {claim.source.statement} {claim.statement.canonical}"
    return all(word.lower() in text.lower() for word in words)


def _row(claim: Claim) -> dict[str, str]:
    return {
        "name": claim.name,
        "title": claim.title,
        "source": claim.source.key,
        "statement": claim.source.statement,
    }
