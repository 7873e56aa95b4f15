"""``lemmata corpus``: the silent-error rate, measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from statistics import median

import click

from proofs.cli import EXIT_FAILED, EXIT_HOLDS
from proofs.corpus import SETS, Outcome, lemmas, measure
from proofs.corpus.brackets import brackets
from proofs.export import tally
from proofs.options import Choice, positive, processes
from theory.errors import InputError
from theory.files import cache


@click.command()
@click.option(
    "--budget",
    default=6.0,
    show_default=True,
    callback=positive,
    help="CPU seconds per lemma.",
)
@click.option("--jobs", default=1, show_default=True, callback=processes, help="Processes.")
@click.option(
    "--set",
    "which",
    type=Choice((*SETS, "constants")),
    default="errors",
    show_default=True,
    help="errors: wrong and suspicious lemmas; papers: the library, its twins, and what is open; "
    "heldout: a hundred lemmas written after the provers; seen, unseen: two halves of lemmas with "
    "near-false twins, the provers were changed for the first only; fresh: lemmas with near-false "
    "twins by someone who had not seen the provers; evening: a hundred more of that kind; "
    "ideas: by the idea that proves them, written before the prover for it; "
    "dusk: 72 of twelve kinds from memory of books, written without the provers in view; "
    "reach: 81 of thirteen kinds, written in the same way; "
    "chances: 67 on what is random and on matrices of given sizes, in the same way; "
    "methods: 132 of deterministic kinds, in the same way; "
    "structured: thirty with sums, draws, vectors and matrices of any size; expressible: what is "
    "hard to write; night, dawn, noon: three hundred, of ordinary kinds and of such as were out of "
    "reach; lectures: 54 deterministic ones of proofs of convergence, written without the provers "
    "in view; drawn: 36 on draws, matrices and functions as objects, likewise; quoted: 67 of "
    "both, likewise; passages, margins: 63 and 32 of the same origin, the provers were changed for "
    "the first only; strides: 43 of that origin, then changed for; constants: what "
    "sharpen brackets to a millionth (shown as proved).",
)
@click.option(
    "--level",
    type=Choice(["standard", "kernel"]),
    default="standard",
    show_default=True,
    help="kernel: also have Coq check the certificates; what it accepts is remembered.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(budget: float, jobs: int, which: str, level: str, as_json: bool) -> int:
    """Decide every lemma of the corpus and count what was said against the truth.

    Exit codes: 0 no wrong lemma was called proved and no true one refuted, 1 otherwise.
    """
    if which == "constants" and level == "kernel":
        raise InputError("--level", "brackets of constants have no certificate: --set another")
    outcomes: list[Outcome] = []
    for outcome in _outcomes(which, budget, jobs):
        outcomes.append(outcome)
        if not as_json:
            mark = "!!" if outcome.silent_error else "  "
            truth = "true " if outcome.truth else "false"
            click.echo(
                f"{mark} {truth} {outcome.verdict:9} {outcome.seconds:5.1f} s  "
                f"{outcome.kind}: {outcome.name}{shown(outcome)}"
            )
    totals = summary(outcomes)
    kernel = _judged(outcomes, jobs) if level == "kernel" else []
    if as_json:
        rows = [
            {
                "name": o.name,
                "kind": o.kind,
                "truth": o.truth,
                "verdict": o.verdict,
                "detail": o.detail,
            }
            for o in outcomes
        ]
        click.echo(
            json.dumps(
                {
                    "command": "corpus",
                    "kernel": [asdict(row) for row in kernel],
                    "totals": totals,
                    "results": rows,
                },
                indent=2,
                sort_keys=True,
            )
        )
    else:
        decided = [o.seconds for o in outcomes if o.verdict != "undecided"]
        if decided:
            click.echo(f"decided: {len(decided)}, median CPU {median(decided):.2f} s")
        unwritten = sum(not o.written for o in outcomes if o.truth)
        click.echo(f"cannot be written: {unwritten} of {totals['true']}")
        click.echo(
            f"wrong lemmas: {totals['wrong']}, proved {totals['wrong_proved']}, "
            f"refuted {totals['wrong_refuted']}, undecided {totals['wrong_undecided']}\n"
            f"true lemmas:  {totals['true']}, proved {totals['true_proved']}, "
            f"refuted {totals['true_refuted']}, undecided {totals['true_undecided']}"
        )
        for line in tally.lines(kernel) if level == "kernel" else ():
            click.echo(line)
    return EXIT_FAILED if any(o.silent_error for o in outcomes) else EXIT_HOLDS


def _judged(outcomes: list[Outcome], jobs: int) -> list[tally.Judged]:
    """Have Coq check the certificates of what was proved."""
    certificates = {o.name: o.certificate for o in outcomes if o.truth and o.certificate}
    return tally.judged(certificates, jobs, cache())


def shown(outcome: Outcome) -> str:
    """What a row says besides its verdict: of constants and of what cannot be written."""
    return "" if outcome.written and outcome.kind != "constants" else f" ({outcome.detail})"


def _outcomes(which: str, budget: float, jobs: int) -> Iterator[Outcome]:
    if which == "constants":
        return brackets(budget)
    return measure(lemmas() if which == SETS[0] else lemmas(which), budget, jobs)


def summary(outcomes: list[Outcome]) -> dict[str, int]:
    """Count verdicts, wrong and true lemmas apart."""
    totals = {}
    for name, truth in (("wrong", False), ("true", True)):
        here = [o for o in outcomes if o.truth is truth]
        totals[name] = len(here)
        for verdict in ("proved", "refuted", "undecided"):
            totals[f"{name}_{verdict}"] = sum(o.verdict == verdict for o in here)
    return totals
