"""``lemmata show``: one claim, or one theorem of the Coq development, whole."""

from __future__ import annotations

import json

import click

from proofs import completion
from proofs.certificates import said
from proofs.cli import EXIT_HOLDS, passed_over
from proofs.evidence import kernel
from proofs.evidence.coq_record import Entry
from proofs.presentation import kernel_theorem
from proofs.user_claims import is_file, readable
from theory import paragraphs, typeset
from theory.catalogue.headings import headings
from theory.claims import SOURCES, Claim, Statement
from theory.errors import visible


@click.command()
@click.argument("claim", shell_complete=completion.shown)
@click.option("--latex", "as_latex", is_flag=True, help="Print a paragraph of LaTeX.")
@click.option("--document", is_flag=True, help="With --latex: a whole document, to be compiled.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(claim: str, as_latex: bool, document: bool, as_json: bool) -> int:
    """Show CLAIM (a catalogue name, FILE or FILE::NAME): statement, false twin, what is known.

    A theorem of proofs/coq is shown as the kernel accepted it, with the definitions it rests on.
    Nothing is verified. The LaTeX needs amsmath and amssymb, and compiles in the T1 encoding.
    """
    found: tuple[Claim | Entry, ...] = _only_theorem(claim)
    unread: tuple[str, ...] = ()
    if not found:
        found, unread = readable(claim)
    if as_json:
        click.echo(json.dumps({"command": "show", "results": list(map(_row, found))}, indent=2))
    elif as_latex:
        said = map(_latex, found)
        whole = typeset.document(None, *said) if document else "\n".join(said)
        click.echo(whole, nl=False)
    else:
        click.echo("\n\n".join(map(_text, found)))
    return passed_over(unread, EXIT_HOLDS)


def _only_theorem(name: str) -> tuple[Entry, ...]:
    """The theorem of ``proofs/coq`` that has this name, which no claim has."""
    if is_file(name) or name in headings():
        return ()
    theorem = kernel.named(name)
    return (theorem,) if theorem else ()


def _latex(found: Claim | Entry) -> str:
    return kernel_theorem.latex(found) if isinstance(found, Entry) else paragraphs.claim(found)


def _row(claim: Claim | Entry) -> dict[str, object]:
    if isinstance(claim, Entry):
        return kernel_theorem.row(claim)
    return {
        "name": claim.name,
        "title": claim.title,
        "source": {"key": claim.source.key, "statement": claim.source.statement},
        "statement": json.loads(claim.statement.canonical),
        "digest": claim.statement.digest,
        "twin": json.loads(claim.mutant.canonical),
        "latex": paragraphs.claim(claim),
        "certificate": _certificate(claim.statement),
    }


def _text(claim: Claim | Entry) -> str:
    if isinstance(claim, Entry):
        return kernel_theorem.text(claim)
    source = f"{SOURCES[claim.source.key]}, {claim.source.statement} ({claim.source.sureness})"
    lines = [
        claim.name,
        f"  {claim.title}",
        f"  source      {source}",
        *([] if claim.typed is None else [f"  as typed    {claim.typed}"]),
        f"  statement   {said(json.loads(claim.statement.canonical))}",
    ]
    scope = claim.statement.scope if claim.typed is None else claim.typed.scope
    lines += [f"  scope       {scope}"] if scope else []
    if claim.statement.witness:
        point = ", ".join(f"{x} = {v}" for x, v in claim.statement.witness.items())
        lines.append(f"  holds at    {point} (the hypotheses can be met)")
    lines.append(f"  false twin  {said(json.loads(claim.mutant.canonical))}")
    shipped = _certificate(claim.statement)
    lines.append(f"  certificate {shipped or 'none is shipped'}")
    return "\n".join(visible(line) for line in lines)


def _certificate(statement: Statement) -> str | None:
    from proofs.evidence import shelf

    found = shelf.file(statement.digest)
    return None if found is None else f"proofs/certificates/{found.parent.name}/{found.name}"
