"""Every command as somebody uses it, none of them forgotten: what crashes and borders are tried on.

``verify-kernel`` and the like are other uses of a command; the first word says which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from proofs import cli
from tests.fuzz.campaign import CLAIMS, SWEEP, THEOREM

_ESCAPE = ("escape", "--loss", "(p+1)**2/2", "--step", "0.05", "--until", "abs(p+1) <= 1/2")
_STORED = ("--store", "made.sqlite", "--jobs", "1")
EVERYDAY: Mapping[str, tuple[str, ...]] = {
    "init": ("init", "mine.toml"),
    "list": ("list", "descent", "--json"),
    "show": ("show", "order-of-weights", "--latex"),
    "search": ("search", "young"),
    "derive": ("derive", "--setting", "momentum"),
    "escape": (*_ESCAPE, "--init", "gaussian", "--depth", "60", "--seed", "1", "--json"),
    "theorems": ("theorems", "lemmata", "--results", "results"),
    "theorem": ("theorem", "own.toml", "--json", "--budget", "2"),
    "errata": ("errata", "--results", "results"),
    "check": ("check", "certificate.json"),
    "export": ("export", "claims.toml::a", "-o", "it.v"),
    "export-printed": ("export", "claims.toml::a"),
    "verify": (
        *("verify", "claims.toml", "--resume", "rows", "--jobs", "2", "--budget", "5"),
        *("--certificates", "kept", "--json"),
    ),
    "verify-kernel": (
        *(
            "verify",
            "claims.toml",
            "--level",
            "kernel",
            "--resume",
            "rows",
            "--jobs",
            "1",
            "--json",
        ),
    ),
    "refute": ("refute", "wrong.toml::w", "--script", "it.py", "--json"),
    "audit": ("audit", "claims.toml::a", "--budget", "1", "--json"),
    "sharpen": (
        *("sharpen", "claims.toml::b", "--width", "1e-3", "--budget", "9"),
        *("--certificate", "it.json", "--json"),
    ),
    "sweep": ("sweep", "sweep.toml", "--store", "store", "--jobs", "2", "--export", "rows.csv"),
    "plot escape": ("plot", "escape", "it.png", *_STORED),
    "plot distribution": ("plot", "distribution", "it.png", *_STORED),
    "plot phase": ("plot", "phase", "it.png", "--store", "wide.sqlite", "--jobs", "1"),
    "plot plateau": ("plot", "plateau", "it.png", "--depth", "3", "--step", "0.05"),
    "plot trajectory": ("plot", "trajectory", "it.png", "--weights", "0.3,-1.2", "--step", "0.05"),
    "plot slack": ("plot", "slack", "claims.toml::b", "it.png"),
    "report": ("report", "page.html", "--results", "results"),
    "compare": ("compare", "--depths", "2", "--runs", "1", "--budget", "100", "--json"),
    "corpus": ("corpus", "--budget", "0.02", "--jobs", "2", "--json"),
}
UNSTEADY = {"corpus", "audit", "compare", "init"}
"""A budget of CPU time ends them elsewhere on a busy machine; and nothing is begun twice."""
NEEDS_COQ = {"verify-kernel"}
WRONG = b'[w]\nvariables = {x = "real"}\nconclusion = "x**2 >= x"\n'


def given(samples: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that these commands read."""
    return {
        "claims.toml": CLAIMS,
        "sweep.toml": SWEEP,
        "wrong.toml": WRONG,
        "own.toml": THEOREM,
        "results": samples["ledger"],  # which carries what can be looked at by anybody
        "certificate.json": samples["certificate"],
        "made.sqlite": samples["figures"],
        "wide.sqlite": samples["wide"],
    }


def commands() -> Iterator[str]:
    """Every command that there is, from the commands themselves."""
    for name in cli.COMMANDS:
        command = cli.lemmata.get_command(click.Context(cli.lemmata), name)
        if isinstance(command, click.Group):
            yield from (f"{name} {child}" for child in command.commands)
        else:
            yield name
