"""``lemmata sharpen THEOREM``: re-optimise the constants of a whole proof, and prove it again.

With ``--set`` some constants are put in by hand, and only the free parameters move.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from proofs.cli import EXIT_BUDGET, EXIT_FAILED, EXIT_HOLDS
from proofs.evidence.verdicts import Verdict
from proofs.presentation.described import BY
from proofs.sharpening.chains import Sharpened, StepState, change, sharpen_chain
from proofs.sharpening.flow import Resting, carried, resting, stated
from proofs.theorems import library
from theory.chains import Chain, chains, find, is_chain
from theory.errors import InputError
from theory.exact import exact
from theory.ties import Tie

__all__ = ["is_theorem", "run"]


def is_theorem(name: str) -> bool:
    """Whether a name is that of a theorem or a chain, rather than of a claim."""
    path = Path(name)
    return is_chain(path) if path.is_file() else "/" in name and "::" not in name


def run(name: str, settings: Sequence[str], budget: float, as_json: bool) -> int:
    """Sharpen the chain of a theorem, or say what becomes of what rests on a changed constant."""
    chain = _chain(name)
    changes: dict[str, Fraction] = {}
    for text in settings:
        constant, value = _setting(text)
        if constant in changes:
            raise InputError("--set", f"{constant[:40]} is given twice")
        changes[constant] = value
    found = change(chain, changes, budget) if changes else sharpen_chain(chain, budget)
    numbers = _numbers(found)
    shelf = library()
    there = set(chain.theorems) <= set(shelf.theorems)  # those of a user's own chain are not
    rows = resting(shelf, found, set(changes), budget) if there else []
    said = dict(stated(shelf, numbers)) if numbers else {}
    if as_json:
        row = _row(found, rows, said, bool(changes))
        click.echo(json.dumps({"command": "sharpen", "results": [row]}, indent=2, sort_keys=True))
    else:
        _show(found, rows, changes)
        for (theorem, label), text in said.items():
            click.echo(f"{theorem} would say {label}: {text}")
    if found.proved and not (changes and any(row.state == "falls" for row in rows)):
        return EXIT_HOLDS
    if found.proved:
        return EXIT_FAILED
    return EXIT_FAILED if found.fails else EXIT_BUDGET


def _chain(name: str) -> Chain:
    """The chain of a theorem; of a printed one, that of the first theorem which improves it."""
    known = library().theorems
    better = known[name].improved if name in known else ()
    tied = {theorem for chain in chains().values() for theorem in (chain.name, *chain.theorems)}
    return find(next((n for n in (name, *better) if n in tied), name))


def _setting(text: str) -> tuple[str, Fraction]:
    name, equals, number = text.partition("=")
    if not equals:
        raise InputError("--set", f"NAME=VALUE is wanted, not {text[:60]!r}")
    return name.strip(), exact(number.strip(), f"--set {name.strip()[:40]}")


def _numbers(found: Sharpened) -> Mapping[Tie, Fraction]:
    """The constants of claims that are other numbers now, as the chain takes them from there."""
    ties, old = found.chain.ties, found.chain.values
    moved = {ties[n]: v for n, v in found.values.items() if n in ties and v != old[n]}
    return carried(library().claims, moved) if moved else {}


def _show(found: Sharpened, rows: Sequence[Resting], changes: Mapping[str, Fraction]) -> None:
    chain, console = found.chain, Console(width=100, highlight=False)
    console.print(f"{chain.name}: {chain.title}", soft_wrap=True)
    name = chain.objective
    if not changes:
        old, new = chain.constants[name], found.values[name]
        better = f"-> {_shown(new)}, every step proved again"
        none = "; no better value was proved"
        console.print(f"  {name}: {_shown(old)}{f' {better}' if found.improved else none}")
    pairs = [
        f"{n} {_shown(chain.values[n])} -> {_shown(v)}"
        for n, v in found.values.items()
        if n in changes or (v != chain.values[n] and (changes or n != name))
    ]
    if pairs:
        console.print(f"  {', '.join(pairs)}")
    console.print(f"  {_end(found, changes)}", soft_wrap=True)
    table = _table("step", "slack", "verdict", "what")
    for state in found.steps:
        verdict = state.verdict.value + (", binds" if state.step.name in found.binding else "")
        table.add_row(state.step.name, f"{state.slack:.2g}", verdict, state.step.title)
    console.print(table)
    for state in found.steps:
        if state.counterexample is not None:
            at = ", ".join(f"{x} = {v}" for x, v in sorted(state.counterexample.point.items()))
            console.print(f"  {state.step.name} fails at {at or 'these constants'}", soft_wrap=True)
    if rows and changes:
        table = _table("theorem that rests on it", "now", "binds")
        for row in rows:
            left = "".join(f", {BY[way]}" for way in row.ways)
            table.add_row(row.theorem, row.state + left, ", ".join(row.binding))
        console.print(table)
    elif rows:
        names = ", ".join(row.theorem for row in rows)
        console.print(f"theorems that rest on it: {names}", soft_wrap=True)


def _end(found: Sharpened, changes: Mapping[str, Fraction]) -> str:
    """What floats say about the objective, and about the free parameters."""
    chain, held = found.chain, ""
    if changes and not found.proved:
        free = ", ".join(n for n in chain.free if n not in changes)
        held = f"no {free} found at which every step holds; " if free and found.fails else ""
    if found.limit is None:
        return f"{held}no {chain.objective} would do, in floats"
    word, given = ("least" if chain.minimise else "largest"), set(changes) - {chain.objective}
    with_these = f" with {', '.join(sorted(given))} so" if given else ""
    name = f"{chain.objective} " if changes else "value "
    return f"{held}{word} {name}that these steps allow{with_these}, in floats: {found.limit:.7g}"


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading == headings[0])
    return table


def _shown(value: Fraction) -> str:
    """Exactly: a ratio if that is short, else a decimal where it terminates."""
    ends = 10**9 % value.denominator == 0
    return f"{float(value):g}" if ends and Fraction(f"{float(value):g}") == value else str(value)


def _certificate(state: StepState) -> str:
    return "" if state.evidence is None else state.evidence.data.get("certificate", "").strip()


def _row(
    found: Sharpened, rows: Sequence[Resting], said: Mapping[Tie, str], changed: bool
) -> dict[str, object]:
    chain = found.chain
    return {
        "theorem": chain.name,
        "theorems": list(chain.theorems),
        "objective": chain.objective,
        "direction": "minimise" if chain.minimise else "maximise",
        "changed": changed,
        "improved": found.improved,
        "proved": found.proved,
        "limit": found.limit,
        "old": {n: str(v) for n, v in chain.values.items()},
        "new": {n: str(v) for n, v in found.values.items()},
        "binding": list(found.binding),
        "fallen": [row.theorem for row in rows if row.state == "falls"],
        "resting": [
            {
                "theorem": row.theorem,
                "state": row.state,
                "left": list(row.ways),
                "binding": list(row.binding),
            }
            for row in rows
        ],
        "states": [
            {"theorem": theorem, "constant": label, "text": text}
            for (theorem, label), text in said.items()
        ],
        "steps": [
            {
                "name": s.step.name,
                "title": s.step.title,
                "slack": s.slack,
                "verdict": s.verdict.value,
                "certificate": (
                    s.evidence.data.get("certificate", "") if s.evidence else ""
                ).strip(),
                "counterexample": None
                if s.counterexample is None or s.verdict is Verdict.PROVED
                else {x: str(v) for x, v in sorted(s.counterexample.point.items())},
            }
            for s in found.steps
        ],
    }
