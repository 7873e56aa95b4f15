"""``lemmata theorems --changed``: which theorems fall with a constant of one of their steps."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import click

from proofs.cli import EXIT_BUDGET, EXIT_FAILED, EXIT_HOLDS
from proofs.evidence.verdicts import Verdict
from proofs.experiments import Profile
from proofs.presentation.described import BY
from proofs.sharpening.flow import Flow, Moved, flow, parsed
from proofs.theorems import library
from theory.chains import chains
from theory.errors import InputError, visible
from theory.theorems import Library
from theory.ties import Tie

__all__ = ["run"]


def run(texts: Sequence[str], profile: Profile, budget: float, as_json: bool) -> int:
    """Decide the claims that a change touches, and say what becomes of the theorems."""
    changes: dict[Tie, Fraction] = {}
    for tie, value in map(parsed, texts):
        if tie in changes:
            raise InputError("--changed", f"{'.'.join(tie)} is given twice")
        changes[tie] = value
    shelf = library()
    found = flow(shelf, changes, profile, budget)
    if as_json:
        row = {"command": "theorems", "changed": _row(shelf, found)}
        click.echo(json.dumps(row, indent=2, sort_keys=True, ensure_ascii=False))
    else:
        for line in _lines(shelf, found):
            click.echo(visible(line))
    if any(m.vacuous or m.verdict is Verdict.REFUTED for m in found.moved):
        return EXIT_FAILED
    return EXIT_HOLDS if all(m.holds for m in found.moved) else EXIT_BUDGET


def _lines(shelf: Library, found: Flow) -> Iterator[str]:
    for one in found.moved:
        now = ", ".join(f"{c} = {v}" for c, v in one.changes.items())
        empty = f", but vacuous: {one.vacuous}" if one.vacuous else ""
        yield f"{one.claim.name} with {now}: {one.verdict.value}{_where(one)}{empty}"
    for name, ways in found.fallen.items():
        left = "" if not ways else f"; left: {', '.join(BY[way] for way in ways)}"
        theorem = shelf.theorems[name]
        what = "falls" if theorem.role == "theorem" else "an example falls"
        yield f"{what}: {name}, {theorem.title}{left}"
    for name in found.open:
        yield f"open, as a step is undecided: {name}, {shelf.theorems[name].title}"
    for name, ways in found.kept.items():
        yield f"stands, {', '.join(BY[way] for way in ways)}: {name}"
    for (name, label), text in found.stated.items():
        yield f"{name} would say {label}: {text}"
    if not found.fallen:
        yield "no theorem falls"
    for chain in chains().values():
        moved = [n for n, tie in chain.ties.items() if tie in found.changes]
        if moved and (found.fallen or found.open):
            put = " ".join(f"--set {n}={found.changes[chain.ties[n]]}" for n in moved)
            yield f"with other free parameters than now: lemmata sharpen {chain.name} {put}"


def _where(one: Moved) -> str:
    if one.counterexample is None:
        return ""
    at = ", ".join(f"{x} = {v}" for x, v in sorted(one.counterexample.point.items()))
    return f" at {at}" if at else ""


def _row(shelf: Library, found: Flow) -> dict[str, Any]:
    return {
        "claims": [
            {
                "claim": one.claim.name,
                "constants": {
                    c: {"old": str(one.claim.mutant.constants[c]), "new": str(v)}
                    for c, v in one.changes.items()
                },
                "verdict": one.verdict.value,
                "vacuous": one.vacuous,
                "counterexample": None
                if one.counterexample is None
                else {x: str(v) for x, v in sorted(one.counterexample.point.items())},
            }
            for one in found.moved
        ],
        "falls": [{"theorem": name, "left": list(ways)} for name, ways in found.fallen.items()],
        "open": [{"theorem": name, "left": list(ways)} for name, ways in found.open.items()],
        "stands": [{"theorem": name, "by": list(ways)} for name, ways in found.kept.items()],
        "states": [
            {
                "theorem": name,
                "constant": label,
                "old": shelf.theorems[name].constants[label],
                "new": text,
            }
            for (name, label), text in found.stated.items()
        ],
    }
