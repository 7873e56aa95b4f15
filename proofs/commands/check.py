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
from proofs.core.terms import Exhausted, Malformed, Rejected
from proofs.evidence import shelf
from proofs.options import File
from theory.errors import InputError, typed, visible

SHIPPED = Path(certificates.__file__).parent


@click.command()
@click.argument("files", nargs=-1, type=File(None))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(files: tuple[Path, ...], as_json: bool) -> int:
    """Check certificate FILES (by default: all that come with the package).

    The core derives what is to be shown from the statement in the file, so read what it prints:
    that statement, and nothing else, is what the certificate proves. What it rests on are the
    statements that its proof cites: those it carries along, and those it names by digest, which
    are looked up among FILES and the certificates of the package and checked as well.

    Exit codes: 0 every certificate is accepted, 1 one is rejected, 2 one is malformed or cannot
    be read; the others are checked all the same.
    """
    chosen = list(files) or sorted(SHIPPED.rglob("*.json"))
    rows = judged({path: _read(path, len(chosen) == 1) for path in chosen})
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


def _read(path: Path, alone: bool) -> str | InputError:
    """The text of a file, or why it has none, which costs no other file its row."""
    try:
        text = certificates.read(path)
        if path.suffix == ".toml":
            asked = typed("verify", str(path))
            raise InputError(str(path), f"no certificate: claims are decided by {asked}")
        return text
    except InputError as wrong:
        if alone:
            raise
        return wrong


def judged(read: Mapping[Path, str | InputError]) -> list[dict[str, Any]]:
    """Judge files that may cite each other; one may be cited only once the core has accepted it.

    What another file says of itself, its digest too, is no reason to take it for a lemma. Those
    of the package go first, so that no file can stand before one of them.
    """
    library = shelf.texts()
    rows: dict[Path, dict[str, Any]] = {}
    turn = dict(read)
    while turn:
        rows |= {path: judge(path, text, library) for path, text in turn.items()}
        new = {
            str(rows[path]["digest"]): text
            for path, text in turn.items()
            if isinstance(text, str) and rows[path]["verdict"] == "accepted"
        }
        library = new | library
        turn = {  # those that may have been rejected for want of these
            path: text
            for path, text in read.items()
            if rows[path]["verdict"] == "rejected"
            and isinstance(text, str)
            and any(digest in text for digest in new)
        }
    return [rows[path] for path in read]


def _too_deep(text: str) -> bool:
    """Whether it is for its nesting alone that the core cannot read a text."""
    try:
        with check.guarded():
            check.canonical(check.load(text))
    except Exhausted:
        return True
    except (Malformed, Rejected):
        pass
    return False


def _name(path: Path, digest: str) -> str:
    """The claim of the package that has this digest, else how the file is called."""
    return (shelf.file(digest) or path).stem


def judge(path: Path, text: str | InputError, library: Mapping[str, str]) -> dict[str, Any]:
    """Check what one file says: verdict, statement, what it rests on, and why it is not accepted.

    ``library`` holds the certificates that others may name by the digests of their statements.
    """
    reason, verdict = "", "accepted"
    found = check.Checked("", ())
    try:
        if isinstance(text, InputError):
            raise Malformed(text.problem)
        found = check.check(text, library=library)
    except Malformed as wrong:
        verdict, reason = "malformed", str(wrong)
    except Rejected as wrong:
        verdict, reason = "rejected", str(wrong)
        if isinstance(text, str) and _too_deep(text):
            verdict, reason = "malformed", "nested too deeply"
    return {
        "name": _name(path, found.digest),
        "file": str(path),
        "verdict": verdict,
        "digest": found.digest,
        "statement": certificates.describe(text) if isinstance(text, str) else "",
        "reason": " ".join(reason.split()),
        "rests_on": [f"rests on {said}" for said in found.rests_on],
    }
