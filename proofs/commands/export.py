"""``lemmata export``: the certificate of a claim as a proof for another system."""

from __future__ import annotations

import json
from pathlib import Path

import click

from numerics.sweeps.files import replacing
from proofs import certificates, completion
from proofs.cli import EXIT_BUDGET, EXIT_FAILED, EXIT_HOLDS, complain
from proofs.core.terms import Malformed, Rejected
from proofs.evidence.shelf import shelved
from proofs.evidence.verdicts import Verdict
from proofs.export import Untranslatable, translate
from proofs.options import Choice, File, positive, target
from proofs.user_claims import resolve
from proofs.verification.decide import decide
from theory.errors import InputError, plain, visible
from theory.language.typed import Typed


@click.command()
@click.argument(
    "reference", metavar="CLAIM | FILE::CLAIM | CERTIFICATE.json", shell_complete=completion.claim
)
@click.option(
    "--to",
    "system",
    type=Choice(["coq"]),
    default="coq",
    show_default=True,
    help="The system that is to check it.",
)
@click.option(
    "-o",
    "--output",
    type=File(),
    callback=target,
    help="Write to this file instead of standard output.",
)
@click.option("--compile", "compiled", is_flag=True, help="Also have Coq check the file.")
@click.option(
    "--budget",
    type=float,
    default=30.0,
    callback=positive,
    show_default=True,
    help="CPU seconds for a search.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    reference: str,
    system: str,
    output: Path | None,
    compiled: bool,
    budget: float,
    as_json: bool,
) -> int:
    """Write the certificate of a claim as a self-contained file that Coq checks.

    The file needs Coq 8.16 or later with Coquelicot and Interval, and nothing of this package.
    Exit code 1 if the claim is refuted, is not yet expressible, or is rejected by Coq, 3 if
    --compile lacks its compiler, 4 if no certificate was found.
    """
    name, text, typed = certificate(reference, budget)
    try:
        made = translate(text, name, typed=None if typed is None else typed.table)
    except Untranslatable as wrong:
        return complain(f"{name} cannot be written for {system} yet: {wrong}", EXIT_FAILED)
    except Malformed as wrong:
        raise InputError(reference, str(wrong)) from None
    except Rejected as wrong:
        return complain(f"{name}: the certificate is rejected: {wrong}", EXIT_FAILED)
    if output is not None:
        with replacing(output, "--output") as beside:
            beside.write_text(made, encoding="utf-8")
        if not (as_json or compiled):
            asked = "where Coq has Coquelicot and Interval, coqc checks it"
            click.echo(f"wrote {visible(str(output))}; {asked}", err=True)
    elif not as_json:
        click.echo(made, nl=False)
    code = checked(name, made) if compiled else EXIT_HOLDS
    if as_json:
        said = {"command": "export", "claim": name, "to": system, "compiled": compiled}
        said |= {"accepted": compiled and code == EXIT_HOLDS}
        said |= {"text": made} if output is None else {"file": str(output)}
        click.echo(json.dumps(said, indent=2, sort_keys=True))
    return code


def checked(name: str, text: str) -> int:
    """Have Coq check a file; say what came of it on standard error."""
    from proofs.export.run import compile_all  # needs no Coq unless it is asked for

    outcome = compile_all({name: text}, 1)[name]
    said = f"accepted; it rests on {len(outcome.axioms)} axioms, all allowed"
    said = f"coq: {name}: {said if outcome.accepted else outcome.reason}"
    click.echo(plain(said, 1_000), err=True)
    return EXIT_HOLDS if outcome.accepted else EXIT_FAILED


def certificate(reference: str, budget: float) -> tuple[str, str, Typed | None]:
    """Find the certificate that a reference means: a file, a shipped one, or one of a search.

    And what was typed, if that is not what it was read as.
    """
    path = Path(reference)
    if path.suffix == ".json" and path.is_file() and is_certificate(path):
        return path.stem, certificates.read(path), None
    claims = resolve(reference)
    if len(claims) != 1:
        raise InputError(reference, "name one claim of the file, as FILE::NAME")
    claim = claims[0]
    evidence = shelved(claim.statement)
    if evidence is None:
        evidence = decide(claim.statement, budget)
    found = evidence.data.get("certificate")
    if evidence.verdict is Verdict.REFUTED:
        code = complain(f"{claim.name} is refuted: {evidence.detail}", EXIT_FAILED)
        raise click.exceptions.Exit(code)
    if not found:
        click.echo(f"lemmata: no certificate of {claim.name} was found", err=True)
        raise click.exceptions.Exit(EXIT_BUDGET)
    return claim.name, str(found), claim.typed


def is_certificate(path: Path) -> bool:
    """Whether a JSON file is a certificate, and not a file of claims."""
    try:
        data = json.loads(certificates.read(path))
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "proof" in data and "statement" in data
