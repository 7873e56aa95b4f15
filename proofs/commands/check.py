"""``lemmata check``: verify certificates with the trusted core."""

from __future__ import annotations

import json
from pathlib import Path

import click

from proofs import certificates
from proofs.cli import EXIT_FAILED, EXIT_HOLDS, EXIT_INPUT
from proofs.core import check
from proofs.core.terms import Malformed, Rejected

SHIPPED = Path(certificates.__file__).parent


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(files: tuple[Path, ...], as_json: bool) -> int:
    """Check certificate FILES (by default: all that come with the package).

    The core derives what is to be shown from the statement in the file, so read what it prints:
    that statement, and nothing else, is what the certificate proves.

    Exit codes: 0 every certificate is accepted, 1 one is rejected, 2 one is malformed.
    """
    chosen = list(files) or sorted(SHIPPED.rglob("*.json"))
    rows = [judge(path) for path in chosen]
    if as_json:
        click.echo(json.dumps({"command": "check", "results": rows}, indent=2, sort_keys=True))
    else:
        for row in rows:
            click.echo(f"{row['verdict']:9} {row['file']}")
            click.echo(f"          {row['statement'] or row['reason']}")
            if row["statement"] and row["reason"]:
                click.echo(f"          {row['reason']}")
    verdicts = {row["verdict"] for row in rows}
    if "malformed" in verdicts:
        return EXIT_INPUT
    return EXIT_FAILED if "rejected" in verdicts else EXIT_HOLDS


def judge(path: Path) -> dict[str, str]:
    """Check one file: its verdict, the statement it is about, and why it is not accepted."""
    text, reason, verdict, digest = certificates.read(path), "", "accepted", ""
    try:
        digest = check.check(text).digest
    except Malformed as wrong:
        verdict, reason = "malformed", str(wrong)
    except Rejected as wrong:
        verdict, reason = "rejected", str(wrong)
    shown = certificates.describe(text) if verdict != "malformed" else ""
    return {
        "file": str(path),
        "verdict": verdict,
        "digest": digest,
        "statement": shown,
        "reason": " ".join(reason.split()),
    }
