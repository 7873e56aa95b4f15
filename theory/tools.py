"""Libraries that not every installation has: which extra brings one, and how to say so."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

EXTRAS = {
    "clarabel": "search",
    "scipy": "search",
    "hypothesis": "testing",
    "pytest": "testing",
    "matplotlib": "plots",
    "pyarrow": "tables",
    "distributed": "cluster",
}
"""Import name to the extra of this package that installs it."""


class ToolMissing(Exception):
    """A program or a library that was asked for is not installed; exit code 3."""


@cache
def installed(*modules: str) -> bool:
    """Whether all of these libraries can be imported; nothing is imported."""
    return all(find_spec(module) is not None for module in modules)


def hint(module: str, why: str = "") -> str:
    """One line: what is missing, and the command that installs it."""
    extra = EXTRAS.get(module.partition(".")[0], "all")
    purpose = f" ({why})" if why else ""
    return f"{module} is not installed{purpose}: pip install 'lemmata[{extra}]'"


def need(*modules: str, why: str = "") -> None:
    """Refuse to go on without these libraries.

    Raises
    ------
    ToolMissing
        One line with the command that installs the first one that is missing.
    """
    for module in modules:
        if not installed(module):
            raise ToolMissing(hint(module, why))
