"""The ``lemmata`` command: exit codes, one-line errors, and the list of subcommands.

What a user can cause is one line on standard error. What only a mistake of ours can cause is one
line too, which says so; ``--debug`` or ``LEMMATA_DEBUG=1`` adds the traceback.
"""

from __future__ import annotations

import io
import logging
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from proofs.arguments import checked
from proofs.budgets import MEMORY_MB, allow_files, limit_memory
from proofs.options import memory
from proofs.supervised import OWN_PROCESS, bounded
from theory.errors import InputError, plain, visible
from theory.files import cache
from theory.names import nearest
from theory.tools import EXTRAS, ToolMissing, hint

if TYPE_CHECKING:
    from click.shell_completion import ShellComplete

# name -> what it does; a module of proofs.commands, loaded on use, so that none waits for others.
COMMANDS = {
    "init": "write a file of claims with comments, to begin with",
    "list": "the claims of the catalogue, or those that match words",
    "show": "one claim, whole, as text or LaTeX",
    "derive": "print the derivation of the dynamics of F(w) = f(prod w)",
    "escape": "count gradient-descent steps until a stop condition holds",
    "verify": "check the catalogue of claims, one row each",
    "theorems": "all theorems with their computed status, one row each",
    "theorem": "one theorem, whole: statement, graph, weakest link",
    "errata": "printed statements that fail, with counterexample and repair",
    "check": "check certificates with the trusted core",
    "export": "write the certificate of a claim as a Coq proof",
    "refute": "search for an exact counterexample to a claim",
    "compare": "seven theorems side by side on the same problems",
    "sharpen": "bracket the best constant of a claim, both ends certified",
    "sweep": "run a grid of experiments from a file into a store that survives interruptions",
    "audit": "show that hypotheses can be met, and which of them are needed",
    "plot": "draw a figure of a sweep or of a claim, as PNG and SVG",
    "report": "write the encyclopedia of claims, one self-contained HTML file",
    "search": "find a lemma of the library by words or by formula",
    "corpus": "measure the silent-error rate on wrong and on true lemmas",
}

EXIT_HOLDS, EXIT_FAILED, EXIT_INPUT, EXIT_TOOL, EXIT_BUDGET = 0, 1, 2, 3, 4
EXIT_INTERNAL, EXIT_INTERRUPTED, EXIT_PIPE = 70, 130, 141
DEBUG = "LEMMATA_DEBUG"
COMPLETE = "_LEMMATA_COMPLETE"
_EPOCH = "SOURCE_DATE_EPOCH"
_HYPOTHESIS = "HYPOTHESIS_STORAGE_DIRECTORY"
_TERMINALS = "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"
_SIZES = "COLUMNS", "LINES"
_LIBRARIES = "SYMPY_", "MPMATH_", "NPY_", "NUMPY_", "SCIPY_"
"""Variables that begin so change what libraries do, or have them fail while they are loaded."""
_THREADS = "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"


EXAMPLES = {
    "init": ("lemmata init my_lemmas.toml",),
    "list": ("lemmata list descent", "lemmata list --source shamir2019"),
    "show": ("lemmata show order-of-weights", "lemmata show order-of-weights --latex"),
    "derive": (
        "lemmata derive --loss '(p+1)**2/2' --depth 3",
        "lemmata derive --setting momentum --setting matrices",
    ),
    "escape": (
        "lemmata escape --loss '(p+1)**2/2' --weights 0.3,-1.2,0.7 --step 0.05"
        " --until 'abs(p+1) <= 1/2'",
        "lemmata escape --loss '(p+1)**2/2' --init he --depth 8 --seed 1 --step 0.05:100,0.01"
        " --clip 1 --until 'f <= 1/8 and sharpness < 50'",
        "lemmata escape --target 3,2,1 --weights 0.01,0.02,0.01 --step 0.01",
    ),
    "theorems": ("lemmata theorems shamir2019", "lemmata theorems --markdown"),
    "theorem": (
        "lemmata theorem shamir2019/lemma-13",
        "lemmata theorem shamir2019/lemma-13 --latex",
    ),
    "errata": ("lemmata errata",),
    "search": ("lemmata search descent lemma", "lemmata search '(1-x)**n <= exp(-n*x)'"),
    "verify": ("lemmata verify order-of-weights", "lemmata verify my_lemmas.toml::bernoulli"),
    "check": ("lemmata check certificate.json",),
    "export": ("lemmata export order-of-weights --to coq -o it.v",),
    "refute": ("lemmata refute my_lemmas.toml::wrong --script wrong.py",),
    "compare": ("lemmata compare --depths 4 --target negative",),
    "sharpen": ("lemmata sharpen my_lemmas.toml::best c --width 1e-6",),
    "sweep": ("lemmata sweep depth --store depth.sqlite",),
    "audit": ("lemmata audit my_lemmas.toml::bernoulli",),
    "plot": ("lemmata plot slack my_lemmas.toml::bernoulli slack.png",),
    "report": ("lemmata report encyclopedia.html",),
    "corpus": ("lemmata corpus --jobs 2",),
}
"""What stands under the help of a command; a test runs those that take a second."""


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"proofs.commands.{cmd_name}").command
        command.name = cmd_name
        children = getattr(command, "commands", {})
        for name, one in {
            cmd_name: command,
            **{f"{cmd_name} {n}": c for n, c in children.items()},
        }.items():
            if not any("--memory" in option.opts for option in one.params):
                one.params.append(memory())
            checked(one, name)
            bounded(one, name)
        examples = EXAMPLES.get(cmd_name, ())
        if examples and "Example" not in (command.epilog or ""):
            said = "\n".join(("\b", "Example:" if len(examples) == 1 else "Examples:", *examples))
            command.epilog = "\n\n".join(filter(None, (said, command.epilog)))
        _say_defaults(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            meant = nearest(args[0], COMMANDS) or "; lemmata --help lists them"
            raise InputError("command", f"no command is called {args[0][:60]!r}{meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _say_defaults(command: click.Command) -> None:
    """Every option says what holds without it, also where that is nothing."""
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        _say_defaults(one)
    for option in command.params:
        if not isinstance(option, click.Option) or option.is_flag or option.required:
            continue
        if not option.show_default and "default" not in (option.help or ""):
            option.show_default = "none"


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lemmata")
@click.option("--debug", is_flag=True, help="Show the traceback of an internal error.")
def lemmata(debug: bool) -> None:
    """Check the constants of convergence theorems about gradient descent on deep linear networks.

    Exit codes: 0 holds, 1 a claim failed, 2 bad input, 3 a tool is missing, 4 the budget is spent,
    70 an internal error, 130 interrupted.

    Begin with: lemmata init my_lemmas.toml, then lemmata verify my_lemmas.toml.

    Completion in bash, zsh or fish: eval "$(_LEMMATA_COMPLETE=bash_source lemmata)".
    """
    if debug:
        os.environ[DEBUG] = "1"  # processes of our own inherit it


def debugging() -> bool:
    """Whether tracebacks of internal errors are wanted."""
    return os.environ.get(DEBUG) == "1"


def main() -> NoReturn:
    """Run the command line; whatever goes wrong is one line on standard error."""
    for library in _THREADS:  # our matrices are small: threads of BLAS only wait for each other
        os.environ.setdefault(library, "1")  # before NumPy is loaded, for our processes too
    os.environ.setdefault(_HYPOTHESIS, str(cache() / "hypothesis"))  # or it would be this folder
    for name in _TERMINALS:  # what would have Rich move a cursor where no terminal is
        os.environ.pop(name, None)
    for name in _SIZES:  # Rich takes every digit of Unicode for one, any number of them, and none
        given = os.environ.get(name, "1")
        if not _is_number(given, 10**6) or not int(given):
            del os.environ[name]
    for name in [n for n in os.environ if n.startswith(_LIBRARIES)]:
        del os.environ[name]
    logging.lastResort = logging.NullHandler()  # no library has a line of its own
    warnings.simplefilter("ignore")
    os.environ["PYTHONWARNINGS"] = "ignore"  # nor in our processes
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream = _whole(stream)
            stream.reconfigure(errors="backslashreplace")  # what an encoding lacks is no error
            setattr(sys, name, stream)
    # Where the encoding is ASCII, click would write UTF-8 all the same.
    vars(click.utils)["_default_text_stdout"] = lambda: _shown(sys.stdout)
    vars(click.utils)["_default_text_stderr"] = lambda: _shown(sys.stderr)
    try:
        _hear()
        limit_memory(MEMORY_MB)  # for our processes too
        allow_files()
        with _heard():
            code = _run()
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except ToolMissing as wrong:
        code = complain(str(wrong), EXIT_TOOL)
    except ModuleNotFoundError as wrong:  # a library that an extra brings
        known = (wrong.name or "").partition(".")[0] in EXTRAS
        code = complain(hint(wrong.name or ""), EXIT_TOOL) if known else _internal(wrong)
    except InputError as wrong:
        code = complain(str(wrong), EXIT_INPUT)
    except click.ClickException as wrong:
        code = complain(_told(wrong), EXIT_INPUT)
    except (click.Abort, KeyboardInterrupt) as stopped:
        code = complain("; ".join(("interrupted", *map(str, stopped.args))), EXIT_INTERRUPTED)
    except BrokenPipeError:
        code = EXIT_PIPE  # the reader of our output left, and wants to hear nothing more
    except OSError as wrong:
        where = "output" if wrong.filename is None else os.fsdecode(wrong.filename)
        code = complain(f"{where}: {wrong.strerror or wrong}", EXIT_INPUT)
    except MemoryError:
        code = complain("out of memory", EXIT_BUDGET)
    except Exception as wrong:
        code = _internal(wrong)
    _let_go()
    sys.exit(code if isinstance(code, int) else EXIT_HOLDS)


def _hear() -> None:
    """Take signals as a shell would have us, whatever whoever started us does with them.

    Where the end of a child is ignored, any child seems to have ended well, a compiler that
    rejected a proof too; where it is blocked, who waits for workers waits for ever.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _told(wrong: click.ClickException) -> str:
    """What is wrong, and where the arguments do not fit, which are wanted."""
    said = wrong.format_message()
    if isinstance(wrong, click.UsageError) and wrong.ctx and " argument" in said:
        pieces = wrong.ctx.command.collect_usage_pieces(wrong.ctx)
        said = f"{said.rstrip('.')}; wanted: {wrong.ctx.command_path} {' '.join(pieces)}"
    return said


class _Shown:
    """A stream on which a terminal finds nothing to obey: what is not to be seen is escaped."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def isatty(self) -> bool:
        """Say yes, or click would take colours out, and lines would lack what a name has."""
        return True

    def write(self, text: str) -> None:
        """Write lines."""
        whole = text.isascii() and text.replace("\n", "").isprintable()
        self._stream.write(text if whole else "\n".join(map(visible, text.split("\n"))))


def _shown(stream: Any) -> Any:
    return None if stream is None else _Shown(stream)


def _whole(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    """The same stream, which says so where not all of a text could be written.

    What Python makes of one for ``PYTHONUNBUFFERED`` drops what a full disk did not take.
    """
    if not isinstance(stream.buffer, io.RawIOBase):
        return stream
    made = open(stream.fileno(), "w", 1, stream.encoding, closefd=False)  # noqa: SIM115
    assert isinstance(made, io.TextIOWrapper)
    return made


def _internal(wrong: Exception) -> int:
    if debugging():
        traceback.print_exception(wrong)
    name = type(wrong).__name__
    detail = "" if isinstance(wrong, RecursionError) else f": {plain(str(wrong), 160)}"
    line = f"internal error, a bug of lemmata ({name}{detail}); --debug shows the traceback"
    return complain(line, EXIT_INTERNAL)


def _run() -> object:
    """Invoke the command without click's own handling of pipes, whose exit code is 1."""
    from rich.console import Console

    def left(console: Console) -> None:
        raise BrokenPipeError

    Console.on_broken_pipe = left  # type: ignore[method-assign,assignment]
    if os.environ.get(DEBUG, "") not in ("", "0", "1"):
        raise InputError(DEBUG, "0 or 1 is wanted")
    if not _is_number(os.environ.get(_EPOCH, "0"), 253402300799):  # read where a figure is written
        raise InputError(_EPOCH, "seconds from 0 to 253402300799 are wanted")
    if instruction := os.environ.get(COMPLETE):  # see the end of `lemmata --help`
        return _completed(instruction)
    with lemmata.make_context("lemmata", sys.argv[1:] or ["--help"]) as context:
        context.meta[OWN_PROCESS] = True
        return lemmata.invoke(context)


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 12 and int(text) <= most


def _completed(instruction: str) -> int:
    from click.shell_completion import get_completion_class

    shell, _, what = instruction.partition("_")
    kind = get_completion_class(shell)
    if kind is None or what not in ("source", "complete"):
        raise InputError(COMPLETE, "bash_source, zsh_source or fish_source is wanted")
    completing = kind(lemmata, {}, "lemmata", COMPLETE)
    try:
        # A shell reads it, tabs and line ends too; a terminal finds nothing in it to obey.
        said = completing.source() if what == "source" else _offered(completing)
    except (KeyError, ValueError):  # of variables that the script of the shell sets
        raise InputError(COMPLETE, "COMP_WORDS and COMP_CWORD go with it, as shells set") from None
    sys.stdout.write(f"{said}\n")
    return EXIT_HOLDS


def _offered(completing: ShellComplete) -> str:
    """What may follow, a line each as the shell wants it; of words that were typed nothing else."""
    offered = completing.get_completions(*completing.get_completion_args())
    for item in offered:
        item.value, item.help = visible(str(item.value)), item.help and visible(item.help)
    return "\n".join(map(completing.format_completion, offered))


@contextmanager
def _heard() -> Iterator[None]:
    """Have an interrupt heard where Python would print it and go on: in what cleans up objects."""

    def unraised(found: Any) -> None:
        if not issubclass(found.exc_type, KeyboardInterrupt):
            before(found)
        elif hasattr(signal, "setitimer"):  # not from in here, where it would be printed too
            signal.signal(signal.SIGALRM, signal.default_int_handler)
            signal.setitimer(signal.ITIMER_REAL, 0.01)

    before = sys.unraisablehook
    sys.unraisablehook = unraised
    try:
        yield
    finally:
        sys.unraisablehook = before


def _let_go() -> None:
    """Leave nothing to be flushed on shutdown to where nothing can be written."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def passed_over(unread: Iterable[str], otherwise: int) -> int:
    """Say in one line on standard error what of a file cannot be taken; bad input if any is."""
    said = "; ".join(unread)
    return complain(f"passed over: {said}", EXIT_INPUT) if said else otherwise


def complain(problem: str, code: int) -> int:
    """Say on standard error what is wrong, in one line, whatever is in it; return the exit code."""
    with suppress(OSError):
        click.echo(f"lemmata: {plain(problem, 1_000)}", err=True)
    return code
