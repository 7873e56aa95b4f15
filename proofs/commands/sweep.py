"""``lemmata sweep``: run a grid of experiments from a TOML file into a store that survives."""

from __future__ import annotations

import dataclasses
import json
import math
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from numerics.sweeps.cells import Cell
from numerics.sweeps.engines import ENGINES, Result, starts
from numerics.sweeps.export import check_path, export
from numerics.sweeps.run import Done, Processes, Progress, Workers, run
from numerics.sweeps.salvage import salvage
from numerics.sweeps.spec import Spec, examples, load
from numerics.sweeps.store import Store
from numerics.sweeps.summary import AXES, Group, exponents, summarise
from proofs.cli import EXIT_BUDGET, EXIT_FAILED, EXIT_HOLDS
from proofs.options import File, positive, processes
from proofs.paths import Named, apart
from proofs.presentation.printed import console
from theory.errors import InputError, plain, visible
from theory.tools import need

_MAX_SHOWN_WEIGHTS = 10_000


@click.command()
@click.argument("file")
@click.option(
    "--store",
    "store_path",
    type=File(),
    help="Where rows are kept [default: FILE's name with .sqlite, in this folder].",
)
@click.option(
    "--salvage",
    "new",
    type=File(),
    help="Copy the rows of a damaged store that hold into this new store, and go on in it.",
)
@click.option(
    "--jobs", type=int, callback=processes, help="Worker processes [default: one per core]."
)
@click.option(
    "--budget",
    type=float,
    callback=positive,
    help="CPU seconds of all processes together [default: none]; a rerun goes on.",
)
@click.option("--scheduler", help="Address of a Dask scheduler whose workers run the cells.")
@click.option("--export", "target", type=File(), help="Write .parquet or .csv.")
@click.option("--only", "row_id", help="Run the one row with this identifier again, alone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(
    file: str,
    store_path: Path | None,
    new: Path | None,
    jobs: int | None,
    budget: float | None,
    scheduler: str | None,
    target: Path | None,
    row_id: str | None,
    as_json: bool,
) -> int:
    """Run the sweep of FILE (TOML), or a shipped example by name, and print its summary.

    What is finished is in the store: after an interruption of any kind the same command goes on,
    and several may work on one store. A store that is damaged is refused; --salvage NEWFILE copies
    what holds of it (also of a store of an earlier version), and the rest is run again. Its seals
    tell damage, not forgery: cells that somebody made up and sealed are gone on with, so give it
    stores that you trust (--only runs a single row again).

    Exit codes: 0 every cell is finished, 1 a cell cannot be run, which costs no other (or --only
    found another result than the store holds), 2 bad input, 3 --scheduler needs the package
    distributed, 4 the budget is spent.
    """
    if target is not None:
        check_path(target)
    spec = load(file)
    path = store_path if store_path is not None else Path(f"{spec.name}.sqlite")
    written = {"--store": path, "--salvage": new, "--export": target}
    apart(Named.of(name, one) for name, one in written.items() if one is not None)
    if new is not None:
        path = _salvaged(path, new)
    with _terminable(), _closing(_workers(jobs, scheduler, 1 if row_id else None)) as workers:
        if row_id is not None:
            return _only(spec, path, row_id, workers, as_json)
        with Store(path) as store:
            return _sweep(spec, store, workers, budget, target, as_json)


command.epilog = (
    "Keys of FILE (each one value or a list; the cells are all combinations): depth, init, loss, "
    "step, until, seeds, engine; optional width, starts, bound, max-steps, max-seconds; "
    "for engine certified residual, clip, decay, momentum, noise, schedules, a list of losses in "
    "the list, and target (with within) in the place of loss and until; tables "
    f"[[grid]] are grids of their own. Engines: {', '.join(ENGINES)}. "
    f"Shipped examples: {', '.join(examples())}."
)


def _salvaged(path: Path, new: Path) -> Path:
    found = salvage(path, new)
    kept = f"finished cells copied to {new}: {found.cells} ({found.rows} rows); lost: {found.lost}"
    click.echo(plain(f"lemmata: store: {path}: {kept}", 1_000), err=True)
    return new


def _workers(jobs: int | None, scheduler: str | None, at_most: int | None) -> Workers:
    if scheduler is None:
        return Processes(at_most or jobs or _cores())
    if jobs is not None:
        raise InputError("jobs", "--scheduler has workers of its own")
    need("distributed", why="--scheduler")
    from numerics.sweeps.cluster import Cluster

    return Cluster(scheduler)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _closing(workers: Workers) -> Iterator[Workers]:
    try:
        yield workers
    finally:
        workers.close()


@contextmanager
def _terminable() -> Iterator[None]:
    """Take a request to terminate like an interrupt: give claims back, end the workers, leave."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _sweep(
    spec: Spec,
    store: Store,
    workers: Workers,
    budget: float | None,
    target: Path | None,
    as_json: bool,
) -> int:
    began = time.monotonic()
    with _bar(spec.name) as progress:
        end = run(store, spec, workers, budget, progress)
    seconds = time.monotonic() - began
    groups = summarise(store.rows(spec))
    if target is not None:
        export(store.rows(spec), target)
    if as_json:
        click.echo(json.dumps(as_object(spec, store, end, groups, seconds), indent=2))
    else:
        _print(spec, groups)
        click.echo(_last_line(spec, store, end, seconds))
    if end.failed:
        (name, why), *others = end.failed.items()
        more = f", and {len(others)} others" if others else ""
        click.echo(f"lemmata: cell {name} cannot be run: {plain(why)}{more}", err=True)
        return EXIT_FAILED
    return EXIT_HOLDS if end.done == end.total else EXIT_BUDGET


def as_object(
    spec: Spec, store: Store, end: Progress, groups: Sequence[Group], seconds: float
) -> dict[str, Any]:
    """Write the summary as a JSON object (schema: ``proofs/schemas/sweep.schema.json``)."""
    return {
        "sweep": spec.name,
        "digest": spec.digest,
        "store": str(store.path),
        "cells": {"finished": end.done, "total": end.total, "this_run": end.own},
        "failed": dict(end.failed),
        "seconds": round(seconds, 3),
        "groups": [group_object(group) for group in groups],
    }


def group_object(group: Group) -> dict[str, Any]:
    """Write a group of starts as JSON values."""
    interval = group.median
    low, median, high = group.deciles
    return {
        **group.axes,
        "starts": group.starts,
        "reached": group.reached,
        "never": group.never,
        "undecided": group.undecided,
        "deciles": {"10": low, "50": median, "90": high},
        "ln_median": {
            "estimate": _finite(interval.estimate),
            "low": _finite(interval.low),
            "high": _finite(interval.high),
            "confidence": interval.confidence,
        },
        "bound_median": group.bound_median,
        "below_bound": group.below_bound,
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _last_line(spec: Spec, store: Store, end: Progress, seconds: float) -> str:
    line = (
        f"{end.done} of {end.total} cells finished, {end.own} of them in this run of "
        f"{seconds:.1f} s; rows in {visible(str(store.path))}"
    )
    if end.failed:
        return f"{line}; cells that cannot be run: {len(end.failed)}"
    return line if end.done == end.total else f"{line}; the budget is spent, a rerun goes on"


def _print(spec: Spec, groups: Sequence[Group]) -> None:
    if not groups:
        return
    varying = [n for n in AXES if len({g.axes[n] for g in groups}) > 1]
    same = [n for n in AXES if n not in varying and groups[0].axes[n] != ""]
    fixed = ", ".join(f"{n} {groups[0].axes[n]}" for n in same)
    title = f"{_shown(spec.name)}: steps of gradient descent until the stop condition"
    table = Table(title=Text(title, style="table.title"))
    for name in varying:
        number = name in ("depth", "width")
        table.add_column(name, justify="right" if number else "left")
    for heading in ("reached", "10 %", "median", "90 %"):
        table.add_column(heading, justify="right")
    bounded = any(g.bound_median is not None for g in groups)
    if bounded:
        table.add_column("box bound", justify="right")
    for group in groups:
        cells = [str(group.axes[name]) for name in varying]
        cells += [f"{group.reached}/{group.starts}", *group.deciles]
        cells += [group.bound_median or "—"] if bounded else []
        table.add_row(*map(Text, cells))
    console().print(table)
    click.echo(fixed)
    for axes, fit in exponents(groups):
        named = ", ".join(str(axes[name]) for name in varying if name != "depth")
        head = f"{named}: " if named else ""
        click.echo(
            f"{head}median N ~ exp({fit.estimate:.3f} k), 95 % bootstrap interval "
            f"{fit.low:.3f} to {fit.high:.3f}"
        )
    if bounded:
        below = sum(g.below_bound for g in groups)
        click.echo(f"counts below their proved bound: {below}")


def _shown(text: str) -> str:
    """Show what a user has named as text: nothing of it reaches the terminal as a command."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


@contextmanager
def _bar(name: str) -> Iterator[Callable[[Progress], None] | None]:
    """Show finished cells and the time that is left, on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task: Any = None

        def progress(now: Progress) -> None:
            nonlocal task
            if task is None:
                task = bar.add_task(escape(_shown(name)), total=now.total, completed=now.done)
            bar.update(task, completed=now.done)

        yield progress


def _only(spec: Spec, path: Path, row_id: str, workers: Workers, as_json: bool) -> int:
    """Run one row from its identifier, and compare it with the stored one if there is one."""
    cell_id, colon, start = row_id.partition(":")
    cell = next((c for c in spec.cells if c.id == cell_id), None)
    stored: list[dict[str, Any]] = []
    if path.is_file():
        with Store(path) as store:
            cell = cell if cell is not None else store.find(cell_id)
            stored = store.rows_of(cell_id)
    if cell is None:
        raise InputError("only", f"no row {cell_id[:40]!r} in {spec.name} or {path}")
    if colon and not (start.isdecimal() and int(start) < cell.starts):
        raise InputError("only", f"the cell has starts 0 to {cell.starts - 1}")
    result = _alone(cell, workers)
    if result is None:
        return EXIT_FAILED
    rows = [dataclasses.asdict(row) for row in result.rows]
    same = None
    if stored:
        same = rows == [{name: old[name] for name in rows[0]} for old in stored]
    chosen = range(cell.starts) if not colon else [int(start)]
    if as_json:
        click.echo(json.dumps(_row_object(cell, result, rows, chosen, same), indent=2))
    else:
        for i in chosen:
            found = ", ".join(f"{n} {v}" for n, v in rows[i].items() if v is not None)
            click.echo(f"{cell.id}:{i}  {found}")
        state = {None: "not in the store yet", True: "identical to the store", False: "DIFFERS"}
        click.echo(f"{cell.content}\n{result.rigour}, {result.seconds:.3g} s; {state[same]}")
    return EXIT_FAILED if same is False else EXIT_HOLDS


def _alone(cell: Cell, workers: Workers) -> Result | None:
    workers.submit(0, cell)
    done: Sequence[Done] = ()
    while not done:
        done = workers.wait(1.0)
    if done[0].result is None:
        click.echo(f"lemmata: cell {cell.id}: {done[0].failure}", err=True)
    return done[0].result


def _row_object(
    cell: Cell,
    result: Result,
    rows: Sequence[dict[str, Any]],
    chosen: Sequence[int],
    same: bool | None,
) -> dict[str, Any]:
    shown = []
    weights = (
        starts(cell) if cell.width == 1 and cell.depth * cell.starts <= _MAX_SHOWN_WEIGHTS else None
    )
    for i in chosen:
        row = {n: v if not isinstance(v, float) else _finite(v) for n, v in rows[i].items()}
        # repr of a double reads back as the same double, and as an exact decimal to `escape`.
        start = None if weights is None else [repr(float(w)) for w in weights[i]]
        shown.append({"start": i, **row, "weights": start})
    return {
        "id": cell.id,
        "cell": json.loads(cell.content),
        "rigour": result.rigour,
        "seconds": round(result.seconds, 6),
        "identical_to_store": same,
        "rows": shown,
    }
