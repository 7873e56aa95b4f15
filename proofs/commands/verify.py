"""``lemmata verify``: every claim of the catalogue (or of a file), one row each."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

import click

from proofs import completion
from proofs.budgets import BUDGET_SECONDS
from proofs.cli import EXIT_FAILED
from proofs.options import Choice, File, positive, processes
from proofs.user_claims import is_file, named_theorem, selected
from theory.claim_files import Unread
from theory.errors import typed

if TYPE_CHECKING:
    from proofs.evidence.standing import Standing
    from proofs.experiments import Profile
    from proofs.presentation.report import ReportRow

Decorated = TypeVar("Decorated", bound=Callable[..., object])
_OPTIONS = (
    click.option(
        "--profile",
        type=Choice(["quick", "full"]),
        default="quick",
        show_default=True,
        help="How many measurements to make.",
    ),
    click.option(
        "--level",
        type=Choice(["standard", "kernel"]),
        default="standard",
        show_default=True,
        help="kernel: also compile the Coq proofs and check their statements and axioms.",
    ),
    click.option(
        "--jobs",
        type=int,
        default=2,
        show_default=True,
        callback=processes,
        help="Claims checked at a time.",
    ),
    click.option(
        "--budget",
        type=float,
        callback=positive,
        default=BUDGET_SECONDS,
        show_default=True,
        help="CPU seconds (not wall time) for the search of one certificate or counterexample.",
    ),
    click.option(
        "--resume",
        type=File(),
        help="Keep finished rows in this file, and take from it what is already done.",
    ),
)


def verification(command: Decorated) -> Decorated:
    """Add the options that say how claims are verified."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command()
@click.argument(
    "names", nargs=-1, metavar="[NAME | FILE | FILE::NAME ...]", shell_complete=completion.anything
)
@verification
@click.option("--fresh", is_flag=True, help="Search for certificates, also where one is shipped.")
@click.option(
    "--certificates",
    "folder",
    type=File(folder=True),
    help="Write the certificate of every claim that has one into this folder.",
)
@click.option(
    "--salvage",
    type=File(),
    help="Copy the rows of a damaged --resume file that hold into this one, and go on with it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    names: tuple[str, ...],
    profile: Profile,
    level: str,
    jobs: int,
    budget: float,
    resume: Path | None,
    fresh: bool,
    folder: Path | None,
    salvage: Path | None,
    as_json: bool,
) -> int:
    """Check claims and print one row each: evidence, slack, negative control, verdict.

    Without NAME the whole catalogue is checked; a FILE (.toml, .json, or .py if you name one)
    holds claims of your own. The name of a theorem (lemmata theorems lists them) stands for
    everything that it rests on, and its status is computed.

    Exit code 0 if every claim stands, 1 if one is refuted or its negative control fails, or a
    theorem that was named fails as printed, 3 if --level kernel lacks its compiler, 4 if a claim
    is left undecided or met a limit of the machine, or Coq does not accept the proof that its
    certificate is written as, 70 if there was an internal error. A claim on which anything goes
    wrong is undecided, and one that cannot be read is unsupported and makes the exit code 2; the
    other rows are not concerned.
    """
    began = time.monotonic()
    if not names and (own := sorted({*Path().glob("lemmas.toml"), *Path().glob("*_lemmas.toml")})):
        asked = typed("verify", *map(str, own))
        click.echo(f"the whole catalogue; what is in this folder: {asked}", err=True)
    claims = selected(names)  # what cannot be read is said before the provers are loaded
    from proofs.presentation.printed import print_table
    from proofs.presentation.report import exit_code, report, unread_row

    unread = {r: c for r, c in claims.items() if isinstance(c, Unread)}
    if len(unread) == len(claims) > 0 and not as_json:  # nothing is left to be verified
        rows = [unread_row(r.partition("::")[0], c) for r, c in unread.items()]
        print_table(rows, time.monotonic() - began, 0)
        return exit_code(rows)
    from proofs.evidence.ledger import resumed
    from proofs.verification.verifying import Watch, verified

    resume = resumed(resume, salvage)
    watch = Watch(rows=not as_json)
    rows, unchecked = verified(
        names, profile, level, jobs, budget, resume, fresh, folder, claims=claims, watch=watch
    )
    seconds = time.monotonic() - began
    if names and all(map(is_file, names)):  # files rest on no theorem of ours
        if as_json:
            click.echo(json.dumps(report(rows, seconds, unchecked), indent=2))
        else:
            said = _kernel(rows) if level == "kernel" else []
            print_table(rows, seconds, unchecked, said, seen=watch.shown)
        return exit_code(rows)
    from proofs import theorems
    from proofs.evidence import standing
    from proofs.presentation import described
    from theory.theorems import Role

    found = _standings(names, rows)
    shelf = theorems.library()
    many = {role: standing.counts(shelf, found, role) for role in get_args(Role)}
    if as_json:
        shown = [described.row(shelf.theorems[n], s) for n, s in found.items()]
        click.echo(json.dumps(report(rows, seconds, unchecked, many["theorem"], shown), indent=2))
    else:
        fallen = [r["name"] for r in rows if exit_code([r]) == EXIT_FAILED]
        lines = [
            *(f"with {n} fall: {', '.join(shelf.falling(n))}" for n in fallen if shelf.falling(n)),
            *(_lines(found) if names else ()),
            *standing.summary(*many.values()),
            *(_kernel(rows) if level == "kernel" else ()),
        ]
        print_table(rows, seconds, unchecked, lines, seen=watch.shown)
    failing = names and any(s.status is standing.Status.REFUTED for s in found.values())
    return exit_code(rows) or (EXIT_FAILED if failing else 0)


def _kernel(rows: Sequence[ReportRow]) -> list[str]:
    """How many certificates of rows Coq accepts, in all and by rule."""
    from proofs.export import tally

    return tally.lines(tally.of_rows(rows))[:2]  # what it does not accept is in the table


def _lines(found: Mapping[str, Standing]) -> list[str]:
    from proofs.presentation import described

    return [
        f"{name}: {s.status.value}; weakest link: {described.weakest(s)}"
        for name, s in found.items()
    ]


def _standings(names: Sequence[str], rows: Sequence[ReportRow]) -> dict[str, Standing]:
    """The standings of the theorems named; of all, if nothing is named."""
    if names and not any(map(named_theorem, names)):
        return {}
    from proofs import theorems
    from proofs.evidence.standing import standings

    wanted = {n: None for n in names if named_theorem(n)}
    return standings(theorems.library(), rows, wanted if names else None)
