"""What goes together: no argument of a command is taken and then not heard.

And what an argument is called: a refusal names it as it was typed. Limits (``--jobs``, ``--budget``
and ``--memory``) hold of no work too, so they go with what does none.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from functools import wraps
from typing import Any

import click
from click.core import ParameterSource

from proofs.options import spelled
from proofs.paths import distinct
from theory.errors import InputError

Rules = Mapping[str, Mapping[str, tuple[str, ...]]]
_HOW = ("profile", "level", "resume")  # claims are verified; not where rows are taken from a file
_REFERENCES = ("claim", "reference", "names")  # to what has a name, there or not
_NOT_PLAIN = ("residual", "noise", "clip", "method", "digits")

NEEDS: Rules = {
    "show": {"document": ("latex",)},
    "theorem": {"document": ("latex",)},
    "escape": {"within": ("target",), "depth": ("init",), "seed": ("init",)},
    "verify": {"salvage": ("resume",)},
    "plot escape": {"together": ("store",)},
    "plot distribution": {"init": ("store",), "depth": ("store",)},
    "plot plateau": {"cell": ("store",)},
}
"""Command -> argument -> what must be given for it to mean anything."""

APART: Rules = {
    "derive": {"format": ("latex", "json")},
    "escape": {
        "network": ("loss", "target", "weights", "init", "decay", "momentum", "latex", *_NOT_PLAIN),
        "target": ("loss", "until", "width", "latex", *_NOT_PLAIN),
        "weights": ("init",),
    },
    "theorem": {"latex": ("results", *_HOW), "results": _HOW},
    "theorems": {
        "changed": ("papers", "markdown", "check", "results", "level", "resume"),
        "markdown": ("papers", "check", "results", *_HOW, "json"),
        "check": ("papers", "results", *_HOW, "json"),
        "results": _HOW,
    },
    "errata": {"results": _HOW},
    "report": {"results": ("names", *_HOW)},
    "sweep": {"only": ("export", "budget"), "scheduler": ("jobs",)},
    "plot plateau": {
        "store": ("init", "depth", "seed", "weights", "loss", "step", "until"),
        "weights": ("init", "depth", "seed"),
    },
}
"""Command -> argument -> what would not be heard next to it; of ``--latex`` and ``--json`` one."""


def given(context: click.Context, name: str) -> bool:
    """Whether a parameter was given, be it what it would be anyway."""
    typed = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    return typed and context.params.get(name) not in (None, ())


def checked(command: click.Command, name: str) -> None:
    """Have a command refuse arguments that do not go together, before it runs; do so once.

    Parameters
    ----------
    command : click.Command
        Its callback is replaced; what it refuses itself is said in the words of the command line.
    name : str
        As it is typed, ``plot slack``.
    """
    callback = command.callback
    if callback is None or hasattr(callback, "checked"):
        return

    @wraps(callback)
    def looked_at(*args: object, **kwargs: object) -> Any:
        context = click.get_current_context()
        for problem in _together(context, name):
            raise problem
        distinct(context)
        try:
            return callback(*args, **kwargs)
        except InputError as wrong:
            wrong.argument = _names(context.command).get(wrong.argument, wrong.argument)
            wrong.args = (f"{wrong.argument}: {wrong.problem}",)
            raise
        except KeyboardInterrupt:
            raise KeyboardInterrupt(*_goes_on(context, name)) from None

    looked_at.checked = True  # type: ignore[attr-defined]
    command.callback = looked_at


def _goes_on(context: click.Context, name: str) -> Iterator[str]:
    """How to go on with what was interrupted, if anything of it is kept."""
    kept = "store_path" if name == "sweep" and not given(context, "row_id") else "resume"
    option = next((p for p in context.command.params if p.name == kept), None)
    if option is None or (kept == "resume" and not given(context, kept)):
        return
    copied = context.params.get("new" if name == "sweep" else "salvage")
    if copied is not None and copied.is_file():  # it would not be copied over
        yield f"go on with {spelled(option)} {shlex.quote(str(copied))}, without --salvage"
    else:
        yield "what is finished is kept, and the same command goes on"


def _together(context: click.Context, name: str) -> Iterator[InputError]:
    """What is wrong with the arguments of a command, taken together."""
    params = {spelled(p).lstrip("-").lower(): p for p in context.command.params}
    params |= {p.name or "": p for p in context.command.params if isinstance(p, click.Argument)}
    heard = {n for n, p in params.items() if given(context, p.name or "")}
    for one, wanted in NEEDS.get(name, {}).items():
        if one in heard and not heard & {*wanted}:
            yield InputError(spelled(params[one]), f"it goes with {spelled(params[wanted[0]])}")
    apart = {**APART.get(name, {})}
    apart["latex"] = (*apart.get("latex", ()), "json")
    for one, others in apart.items():
        for other in others if one in heard else ():
            if other in heard:
                said = f"it does not go with {spelled(params[other])}"
                yield InputError(spelled(params[one]), said)


def _names(command: click.Command) -> dict[str, str]:
    """What functions call an argument -> how it is typed."""
    made: dict[str, str] = {}
    for one in command.params:
        if isinstance(one, click.Argument) and one.name in _REFERENCES:
            made["name"] = spelled(one)
        known = {
            one.name or "",
            *(o.lstrip("-") for o in one.opts if isinstance(one, click.Option)),
        }
        made |= dict.fromkeys(known, spelled(one))
    return made
