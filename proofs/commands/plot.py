"""``lemmata plot``: figures of a sweep, or of a small experiment made on the spot."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from numerics.starts import INITS
from proofs import completion
from proofs.cli import EXIT_HOLDS
from proofs.options import File, drawing, processes
from theory.claims import DRAWN
from theory.errors import InputError, visible

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from theory.claims import Claim

Rows = list[dict[str, Any]]
_PROBLEM = 'loss = "(p+1)**2/2"\nstep = 0.05\nuntil = "abs(p+1) <= 1/2"\n'
EXPERIMENTS = {
    "escape": _PROBLEM
    + 'depth = {from = 4, to = 24, by = 4}\ninit = ["gaussian", "near-identity:0.2"]\n'
    'seeds = 20\nengine = "certified"\nbound = "box"\nmax-steps = 100_000\n',
    "distribution": _PROBLEM.replace("0.05", "0.01")
    + 'depth = 100\ninit = "gaussian"\nseeds = 2\nstarts = 1_000\nengine = "ensemble"\n',
    "phase": "depth = [2, 4, 6, 8, 12, 16]\nwidth = [2, 4, 8, 16, 32]\n"
    'init = ["xavier", "identity"]\nloss = "target:positive"\nstep = 0.01\n'
    'until = "f <= 0.01"\nseeds = 1\nstarts = 10\nengine = "matrix-float"\nmax-steps = 1_000\n',
}
"""The sweep that is run where no store is given."""
_CONTROL_SECONDS, _ENDLESS = 5.0, 10**15  # the bar divides in doubles

_out = click.argument("out", type=File(), callback=drawing)
_store = click.option(
    "--store",
    type=File(),
    help="Draw the finished rows of this sweep store (lemmata sweep); default: a small experiment.",
)
_jobs = click.option(
    *("--jobs",), type=int, default=2, callback=processes, show_default=True, help="At a time."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print the data drawn as JSON.")


@click.group()
def command() -> None:
    """Draw a figure, as PNG and as SVG.

    OUT is a file name without suffix, or with .png or .svg; both files are written. The same data
    give the same bytes. Each KIND has its own --help.
    """


@command.command()
@_out
@_store
@click.option("--together", is_flag=True, help="Draw several problems of the store together.")
@_jobs
@_json
def escape(out: Path, store: Path | None, together: bool, jobs: int, as_json: bool) -> int:
    """Escape time against depth, with the box bound and the sharp exponent."""
    from numerics.figures import escape as figure

    rows = _rows("escape", store, jobs)
    series = figure.collect(rows, together)
    return _finish("escape", out, figure.draw(series), figure.data(series), store, as_json)


@command.command()
@_out
@_store
@click.option("--init", default="", help="Which initialisation of the store (default: the first).")
@click.option("--depth", type=int, default=0, help="Which depth of the store (default: the last).")
@_jobs
@_json
def distribution(
    out: Path, store: Path | None, init: str, depth: int, jobs: int, as_json: bool
) -> int:
    """The law of ln N at one depth, with its 95 % band, against the normal law."""
    from numerics.figures import distribution as figure

    law = figure.collect(_rows("distribution", store, jobs), init, depth)
    return _finish("distribution", out, figure.draw(law), figure.data(law), store, as_json)


@command.command()
@_out
@_store
@_jobs
@_json
def phase(out: Path, store: Path | None, jobs: int, as_json: bool) -> int:
    """Width against depth: where deep linear networks converge, and how fast."""
    from numerics.papers.hu_xiao_pennington2020 import figure

    phases = figure.collect(_rows("phase", store, jobs))
    return _finish("phase", out, figure.draw(phases), figure.data(phases), store, as_json)


@command.command()
@_out
@_store
@click.option("--cell", default="", help="Which cell of the store (default: one of median count).")
@click.option(
    "--init",
    default="near-identity:0.2",
    show_default=True,
    help="Draw the start.",
    shell_complete=completion.words(*INITS),
)
@click.option("--depth", type=int, default=7, show_default=True, help="How many weights.")
@click.option("--seed", type=int, default=7, show_default=True, help="Which draw.")
@click.option("--weights", default="", help="The start itself: exact numbers with commas.")
@click.option("--loss", default="(p+1)**2/2", show_default=True, help="f as a formula in p.")
@click.option("--step", default="0.001", show_default=True, help="The step size, exact.")
@click.option("--until", default="abs(p+1) <= 1/2", show_default=True, help="Where to stop.")
@click.option("--max-steps", type=int, default=2_000_000, show_default=True, help="Where to end.")
@_json
def plateau(
    out: Path,
    store: Path | None,
    cell: str,
    init: str,
    depth: int,
    seed: int,
    weights: str,
    loss: str,
    step: str,
    until: str,
    max_steps: int,
    as_json: bool,
) -> int:
    """Weights, product and loss over time, through the plateau (floating point)."""
    from numerics.figures import plateau as figure
    from numerics.loss import Loss
    from numerics.starts import draw
    from theory.dynamics.stopping import parse_stop
    from theory.exact import exact, exact_list

    name = f"{init} start, seed {seed}"
    if store is not None:
        start, name, loss, step, until = _from_store(store, cell)
    elif weights:
        start, name = exact_list(weights, "weights"), "given start"
    else:
        start = draw(init, depth, seed)
    size = exact(step, "step")
    if size <= 0:
        raise InputError("step", "a positive step size is wanted")
    with _Bar("stepping", max_steps) as bar:
        orbit = figure.follow(
            Loss.of(loss), start, size, parse_stop(until), name, max_steps, tick=bar.at
        )
    return _finish("plateau", out, figure.draw(orbit), figure.data(orbit), store, as_json)


@command.command()
@_out
@click.option("--weights", required=True, help="The start: exact numbers with commas, or @FILE.")
@click.option("--loss", default="(p+1)**2/2", show_default=True, help="f as a formula in p.")
@click.option("--step", default="0.01", show_default=True, help="The step size, exact.")
@click.option("--until", default="abs(p+1) <= 1/2", show_default=True, help="Where to stop.")
@click.option("--max-steps", type=int, default=2_000_000, show_default=True, help="Where to end.")
@_json
def trajectory(
    out: Path, weights: str, loss: str, step: str, until: str, max_steps: int, as_json: bool
) -> int:
    """Weights, product and loss from a start of your own (floating point)."""
    from numerics.figures import plateau as figure
    from numerics.loss import Loss
    from numerics.starts import read_weights
    from theory.dynamics.stopping import parse_stop
    from theory.exact import exact, exact_list

    file = weights.startswith("@")
    start = read_weights(weights[1:]) if file else exact_list(weights, "weights")
    size = exact(step, "step")
    if size <= 0:
        raise InputError("step", "a positive step size is wanted")
    name = f"start {weights}" if len(weights) <= 40 else "given start"
    with _Bar("stepping", max_steps) as bar:
        orbit = figure.follow(
            Loss.of(loss), start, size, parse_stop(until), name, max_steps, tick=bar.at
        )
    drawing = figure.draw(orbit, "Gradient descent")
    return _finish("trajectory", out, drawing, figure.data(orbit), None, as_json)


def _centre(claim: Claim) -> tuple[Mapping[str, Fraction], str] | None:
    """A point to draw the slack around: where the claim fails, or nearly, or where it is met."""
    from proofs.refutation.refute import refute
    from proofs.verification.met import satisfied

    statement = claim.statement
    if (own := refute(statement, _CONTROL_SECONDS)) is not None:
        return own.point, "where the claim fails"
    twin = refute(claim.mutant, _CONTROL_SECONDS)
    if twin is not None and statement.assumptions_hold_at(twin.point):
        return twin.point, "where the false twin fails"
    inside = statement.witness or satisfied(statement, _CONTROL_SECONDS)
    if inside is None:
        return None
    if twin is None or set(twin.point) != set(inside):
        return inside, "others at a point of the domain"
    # The twin fails outside of the hypotheses: as near to there as they allow.
    near, share = dict(inside), Fraction(1)
    for _ in range(20):
        share /= 2
        further = {x: v + share * (twin.point[x] - inside[x]) for x, v in near.items()}
        near = further if statement.assumptions_hold_at(further) else near
    return near, "nearest to where the false twin fails"


@command.command()
@click.argument("claim", shell_complete=completion.claim)
@_out
@_json
def slack(claim: str, out: Path, as_json: bool) -> int:
    """The slack of CLAIM (a catalogue name, FILE or FILE::NAME) over its domain."""
    from numerics.figures import slack as figure
    from proofs.refutation.slack import curves, surface
    from proofs.user_claims import resolve

    claims = resolve(claim)
    if len(claims) != 1:
        raise InputError("claim", "one claim is wanted (FILE::NAME)")
    statement = claims[0].statement
    plain = statement.layers is None and not statement.parts
    numeric = plain and not statement.domains & {"measured", "matrix"}
    if not numeric or statement.conclusion.operator == "==":
        raise InputError("claim", f"{claims[0].name} is no inequality between numbers: no slack")
    chosen = _centre(claims[0])
    drawn = {x for x, d in statement.variables.items() if d in DRAWN}
    if chosen is None or set(statement.variables) - set(chosen[0]) - drawn:
        raise InputError("claim", f"{claims[0].name}: no point is known to draw the slack around")
    centre, label = chosen
    if statement.gram is not None:
        return _over_members(claims[0], centre, out, as_json)
    sampled = curves(statement, centre)
    constants = {n: str(v) for n, v in statement.constants.items()}
    where = "".join(f", {n} = {v}" for n, v in constants.items())
    both = surface(statement, sampled)
    drawing = figure.draw(sampled, claims[0].name, f"{statement.conclusion}{where}", label, both)
    data = {
        "claim": claims[0].name,
        "conclusion": str(statement.conclusion),
        "constants": constants,
        "centre": {x: str(v) for x, v in sorted(centre.items())},
        "curves": figure.data(sampled),
        "surface": figure.surface_data(both),
    }
    return _finish("slack", out, drawing, data, None, as_json)


def _over_members(claim: Claim, centre: Mapping[str, Fraction], out: Path, as_json: bool) -> int:
    """Draw the slack of a claim about functions: values and gradients as axes say nothing."""
    from numerics.figures import family
    from proofs.refutation.members import drawn

    found, drawing = drawn(claim.statement, centre, claim.name, claim.said)
    data = {
        "claim": claim.name,
        "conclusion": claim.said,
        "centre": {x: str(v) for x, v in sorted(centre.items())},
        "families": family.data(found),
    }
    return _finish("slack", out, drawing, data, None, as_json)


def _rows(kind: str, store: Path | None, jobs: int) -> Rows:
    """Read a store, or make the small experiment of this kind."""
    from numerics.sweeps.store import Store

    if store is not None:
        with closing(Store(store, create=False)) as opened:
            return list(opened.rows())
    return _experiment(kind, jobs)


def _experiment(kind: str, jobs: int) -> Rows:
    from numerics.sweeps.run import Processes, run
    from numerics.sweeps.spec import parse
    from numerics.sweeps.store import Store

    spec = parse(EXPERIMENTS[kind], kind)
    with (
        tempfile.TemporaryDirectory(prefix="lemmata-plot-") as folder,
        closing(Store(Path(folder) / "rows")) as made,
        closing(Processes(jobs)) as workers,
    ):
        with _Bar("counting", len(spec.cells)) as bar:
            run(made, spec, workers, progress=lambda p: bar.at(p.done))
        return list(made.rows(spec))


def _from_store(store: Path, cell: str) -> tuple[tuple[Fraction, ...], str, str, str, str]:
    """Take a start out of a store: of the given cell, or of the row of median count."""
    from numerics.sweeps.engines import exact_starts
    from numerics.sweeps.setting import is_plain
    from numerics.sweeps.store import Store

    with closing(Store(store, create=False)) as opened:
        rows = [r for r in opened.rows() if r["width"] == 1 and r["outcome"] == "reached"]
        rows = [r for r in rows if is_plain(r["setting"], r["step"], r["loss"])]
        if cell:
            rows = [r for r in rows if r["id"] == cell]
        if not rows:
            raise InputError("store", "it holds no plain scalar row that reached its target there")
        rows.sort(key=lambda r: (r["ln_steps"], r["id"], r["start"]))
        row = rows[(len(rows) - 1) // 2]
        found = opened.find(row["id"])
    assert found is not None
    weights = tuple(exact_starts(found)[row["start"]])
    name = f"{row['init']} start, cell {row['id']}"
    return weights, name, row["loss"], row["step"], row["until"]


def _finish(
    kind: str,
    out: Path,
    figure: Figure,
    data: dict[str, Any],
    store: Path | None,
    as_json: bool,
) -> int:
    from numerics.figures.style import save

    files = save(figure, out)
    if as_json:
        own = {"slack": "claim", "plateau": "orbit", "trajectory": "orbit"}.get(kind, "experiment")
        source = own if store is None else "store"
        document = {
            "command": "plot",
            "kind": kind,
            "source": source,
            "files": [str(f) for f in files],
            "data": data,
        }
        click.echo(json.dumps(document, indent=1, sort_keys=True, allow_nan=False))
    else:
        click.echo("\n".join(visible(str(f)) for f in files))
    return EXIT_HOLDS


class _Bar:
    """A progress bar with ETA on standard error, on a terminal."""

    def __init__(self, what: str, total: int) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task(what, total=min(total, _ENDLESS))

    def __enter__(self) -> _Bar:
        self._bar.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._bar.stop()

    def at(self, done: int) -> None:
        self._bar.update(self._task, completed=done)


_EXAMPLES = {
    "escape": "escape.png --store depth.sqlite",
    "distribution": "law.png",
    "phase": "phase.png",
    "plateau": "plateau.png --init near-identity:0.2 --depth 7 --seed 7",
    "slack": "my_lemmas.toml::bernoulli slack.png",
    "trajectory": "orbit.png --weights 0.9,1.1,0.95 --step 0.01",
}
for _kind, _words in _EXAMPLES.items():
    command.commands[_kind].epilog = f"\b\nExample:\nlemmata plot {_kind} {_words}"
