"""``lemmata init``: a file of claims to begin with."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shlex import quote

import click

from numerics.sweeps.files import replacing
from proofs.cli import EXIT_HOLDS
from proofs.options import File, target
from theory.errors import InputError, typed, visible

TEMPLATE = """# Claims, one table each. Check them:     lemmata verify FILE
# One of them:                            lemmata verify FILE::bernoulli
# A counterexample, exact and shrunk:     lemmata refute FILE::bernoulli
# Which hypotheses are needed:            lemmata audit FILE::bernoulli
# The best constant, from both sides:     lemmata sharpen FILE::best
# A proof that Coq checks by itself:      lemmata export FILE::bernoulli --to coq -o bernoulli.v
# As a test of your own suite:            pytest FILE

[bernoulli]
title = "Bernoulli's inequality, cubed"
# What is quantified: real, positive, nonnegative, integer; gaussian, uniform, rademacher (drawn).
variables = {x = "real"}
# Hypotheses have labels of your choice.
hypotheses = {start = "x >= -1"}
# + - * / **, exp log sqrt sin cos tanh cosh sinh abs min max erf; decimals are exact: 0.1 is 1/10.
conclusion = "(1 + x)**3 >= 1 + 3*x"

[best]
variables = {x = "nonnegative"}
# A constant has a name, so that `lemmata sharpen` (extra: lemmata[search]) can move it.
constants = {c = "0.55"}
conclusion = "x**2*exp(-x) <= c"
sharpen = "c"
# A false twin of your own; without one the conclusion reversed is taken. It must be refuted.
mutant = {constants = {c = "0.5"}}

[one-step]
title = "Gradient descent on a quadratic contracts"
variables = {x = "real", eta = "positive", m = "positive", L = "positive"}
hypotheses = {order = "m <= L", step = "eta*L <= 1"}
# Abbreviations, in order.
definitions = {next = "x - eta*m*x"}
conclusion = "next**2 <= (1 - eta*m)*x**2"
"""


def template(name: str) -> str:
    """The file, with its own name, as a shell takes it, in the commands of its comments."""
    words = re.compile(r"FILE(::\w+)?")
    return words.sub(lambda found: quote(f"{name}{found[1] or ''}"), TEMPLATE)


@click.command()
@click.argument(
    "file",
    default="lemmas.toml",
    type=File(),
    callback=target,
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(file: Path, as_json: bool) -> int:
    """Write FILE (default: lemmas.toml), three claims with comments; nothing is overwritten."""
    if file.suffix != ".toml":
        raise InputError("FILE", f"{file.name[:80]!r}: a name that ends in .toml is wanted")
    if not file.name.isprintable():  # it stands in the file, which a line break would end
        raise InputError("FILE", f"{file.name[:80]!a}: a name that can be printed is wanted")
    with replacing(file, "FILE", new=True) as beside:
        beside.write_text(template(file.name), encoding="utf-8")
    said = json.dumps({"command": "init", "file": str(file)})
    try:
        click.echo(
            said if as_json else f"wrote {visible(str(file))}; now: {typed('verify', str(file))}"
        )
    except OSError:  # nobody was told, and the same command again would find it there
        file.unlink(missing_ok=True)
        raise
    return EXIT_HOLDS
