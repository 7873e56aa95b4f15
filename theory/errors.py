"""What a user did wrong, in one line that names the argument."""

from __future__ import annotations

import re
import shlex
import traceback
from pathlib import Path

MAX_SHOWN = 300
_OURS = re.compile(
    rf"^{re.escape(str(Path(__file__).parents[1]))}[/\\](theory|numerics|proofs|lemmata)[/\\]"
    r"|[/\\](IPython|ipykernel)[/\\]"
)


def visible(text: str) -> str:
    """Text with everything escaped that a terminal would obey or not show."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def plain(text: str, limit: int = MAX_SHOWN) -> str:
    """Text as one line for people: white space folded, what a terminal obeys escaped, cut short."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= limit else f"{line[: limit - 3]}..."


def typed(command: str, *names: str) -> str:
    """A command of ours to be copied into a shell, which obeys nothing in the names of files.

    >>> typed("verify", "mine.toml::a"), typed("verify", "$(id).toml"), typed("verify", "-x.toml")
    ('lemmata verify mine.toml::a', "lemmata verify '$(id).toml'", 'lemmata verify ./-x.toml')
    """
    paths = (f"./{name}" if name.startswith("-") else name for name in names)
    return " ".join((f"lemmata {command}", *(shlex.quote(visible(path)) for path in paths)))


def quoted(value: object, limit: int = 40) -> str:
    """What was given, for a refusal: it may be anything, and do anything when it is printed."""
    try:
        text = str(value)
    except Exception:  # a user's own class, an integer too long, a list inside itself
        return f"a {type(value).__name__}"
    return repr(text[:limit])


class InputError(ValueError):
    """Input that cannot be taken; the command line turns it into exit code 2.

    Parameters
    ----------
    argument : str
        The name of the offending argument, as the user wrote it.
    problem : str
        What is wrong with it, one clause, no line break.
    """

    def __init__(self, argument: str, problem: str) -> None:
        self.argument = plain(argument)
        self.problem = plain(problem)
        super().__init__(f"{self.argument}: {self.problem}")

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the reader's own lines and what is wrong, none of our insides."""
        frames = traceback.extract_tb(self.__traceback__)
        own = [frame for frame in frames if not _OURS.search(frame.filename)]
        return [*traceback.format_list(own), f"{type(self).__name__}: {self}"]

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str]]:
        # The default would pass the whole line as the argument; errors travel between processes.
        return type(self), (self.argument, self.problem)


class Unsupported(InputError):
    """Input that is well formed, and about something that is not covered; says what."""
