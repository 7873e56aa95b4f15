"""``lemmata check``: verify certificates with the trusted core."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from proofs import certificates
from proofs.cli import EXIT_FAILED, EXIT_HOLDS, EXIT_INPUT
from proofs.core import check
from proofs.core.terms import Malformed, Rejected
from proofs.evidence import shelf
from theory.errors import visible

SHIPPED = Path(certificates.__file__).parent


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(files: tuple[Path, ...], as_json: bool) -> int:
    """Check certificate FILES (by default: all that come with the package).

    The core derives what is to be shown from the statement in the file, so read what it prints:
    that statement, and nothing else, is what the certificate proves. What it rests on are the
    statements that its proof cites: those it carries along, and those it names by digest, which
    are looked up among FILES and the certificates of the package and checked as well.

    Exit codes: 0 every certificate is accepted, 1 one is rejected, 2 one is malformed.
    """
    chosen = list(files) or sorted(SHIPPED.rglob("*.json"))
    library = shelf.texts() | dict(filter(None, map(_named, files)))
    rows = [judge(path, library) for path in chosen]
    if as_json:
        click.echo(json.dumps({"command": "check", "results": rows}, indent=2, sort_keys=True))
    else:
        for row in rows:
            click.echo(f"{row['verdict']:9} {visible(row['name'])}  {visible(row['file'])}")
            for line in (row["statement"], row["reason"], *row["rests_on"]):
                if line:
                    click.echo(f"          {visible(line)}")
    verdicts = {row["verdict"] for row in rows}
    if "malformed" in verdicts:
        return EXIT_INPUT
    return EXIT_FAILED if "rejected" in verdicts else EXIT_HOLDS


def _named(path: Path) -> tuple[str, str] | None:
    """A certificate by the digest that it claims; whoever cites it has it checked."""
    text = certificates.read(path)
    try:
        return str(json.loads(text)["digest"]), text
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _name(path: Path, digest: str) -> str:
    """The claim of the package that has this digest, else how the file is called."""
    return (shelf.file(digest) or path).stem


def judge(path: Path, library: Mapping[str, str]) -> dict[str, Any]:
    """Check one file: verdict, statement, what it rests on, and why it is not accepted.

    ``library`` holds the certificates that others may name by the digests of their statements.
    """
    text, reason, verdict = certificates.read(path), "", "accepted"
    found = check.Checked("", ())
    try:
        found = check.check(text, library=library)
    except Malformed as wrong:
        verdict, reason = "malformed", str(wrong)
    except Rejected as wrong:
        verdict, reason = "rejected", str(wrong)
    return {
        "name": _name(path, found.digest),
        "file": str(path),
        "verdict": verdict,
        "digest": found.digest,
        "statement": certificates.describe(text),
        "reason": " ".join(reason.split()),
        "rests_on": [f"rests on {said}" for said in found.rests_on],
    }
