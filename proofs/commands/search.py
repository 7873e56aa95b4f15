"""``lemmata search``: find a lemma of the library by words or by formula."""

from __future__ import annotations

import json

import click

from proofs.cli import EXIT_FAILED, EXIT_HOLDS
from proofs.evidence.shelf import texts
from proofs.library import Entry, nearby, search
from theory.language import layered
from theory.notation import together, unicode
from theory.paragraphs import claimed as formula
from theory.stated import statement
from theory.typeset import relation


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--limit", default=10, show_default=True, type=click.IntRange(1, 500), help="At most so many."
)
@click.option("--latex", "as_latex", is_flag=True, help="Print the conclusions in LaTeX.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(query: tuple[str, ...], limit: int, as_latex: bool, as_json: bool) -> int:
    """Find lemmas of the library by words ("pinsker", "descent lemma") or by a formula.

    A formula may be a part of the lemma, and its variables may have any names:
    ``lemmata search "(1-x)**n <= exp(-n*x)"``. A claim of yours cites a lemma by its name, under
    the key ``uses``.

    Exit codes: 0 something was found, 1 nothing was, 2 bad input.
    """
    found = search(" ".join(query), limit)
    if as_json:
        rows = [_row(entry, score) for entry, score in found]
        click.echo(json.dumps({"command": "search", "results": rows}, indent=2, sort_keys=True))
    for entry, _ in () if as_json else found:
        claimed, typed = entry.claim.statement, entry.claim.typed
        click.echo(f"{entry.claim.name}  ({entry.family}): {entry.claim.title}")
        if as_latex:
            click.echo(f"  {statement(claimed) if typed is None else f'${formula(entry.claim)}$'}")
        else:
            with together((entry.claim.said, *_given(entry))):
                click.echo(f"  {unicode(entry.claim.said)}{_under(entry)}")
        if entry.bracket is not None:
            name, proved, refuted = entry.bracket
            click.echo(f"  {name} = {proved} proved, {refuted} refuted")
        click.echo(f"  equality: {entry.equality}; cited: {entry.cited}")
    if not found and not as_json:
        more = "; fewer words, a formula, or lemmata list WORDS, which looks through all claims"
        click.echo(f"nothing found{nearby(' '.join(query)) or more}")
    return EXIT_HOLDS if found else EXIT_FAILED


def _given(entry: Entry) -> tuple[str, ...]:
    claimed, typed = entry.claim.statement, entry.claim.typed
    if typed is not None:
        return typed.given
    said = [f"{x} {domain}" for x, domain in claimed.variables.items()]
    said += [str(h) for h in claimed.hypotheses.values()]
    inside = {} if claimed.layers is None else claimed.layers.text
    return (*said, *layered.as_said(inside).given)


def _under(entry: Entry) -> str:
    said = ", ".join(_given(entry))
    shown = said if entry.claim.typed is None else unicode(said)
    return f"   for {shown}" if said else ""


def _row(entry: Entry, score: float) -> dict[str, object]:
    claimed = entry.claim.statement
    return {
        "name": entry.claim.name,
        "family": entry.family,
        "title": entry.claim.title,
        "cited": entry.cited,
        "equality": entry.equality,
        "conclusion": str(claimed.conclusion),
        "latex": relation(claimed.conclusion),
        "hypotheses": {n: str(h) for n, h in claimed.hypotheses.items()},
        "variables": dict(claimed.variables),
        "constants": {n: str(v) for n, v in claimed.constants.items()},
        "bracket": list(entry.bracket) if entry.bracket is not None else None,
        "certificate": claimed.digest in texts(),
        "score": f"{score:.3f}",
    }
