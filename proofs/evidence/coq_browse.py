"""The statements of the Coq development as web pages, by ``coqdoc``, Coq's documentation tool.

``python -m proofs.evidence.coq_browse FOLDER`` compiles a copy of the development, so that every
name links to its definition, and writes one page per file, the contents (``toc.html``) and an
index of all names (``index.html``); proofs are left out. It says nothing about truth: that is
``lemmata verify --level kernel``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from graphlib import TopologicalSorter
from pathlib import Path

import click

from proofs.evidence.coq_run import missing
from proofs.evidence.coq_text import imports
from proofs.evidence.kernel import SOURCES

TITLE = "lemmata: what the kernel checked"
_COMPILE = ("coqc", "-q", "-w", "-ambiguous-paths", "-Q", ".", "Lemmata")
_DOCUMENT = ("coqdoc", "--html", "-g", "--toc", "--utf8", "--no-lib-name", "--parse-comments")


def reading_order(sources: Path) -> list[str]:
    """The files, each after those it imports."""
    texts = {p.stem: p.read_text(encoding="utf-8") for p in sorted(sources.glob("*.v"))}
    return list(TopologicalSorter({n: imports(t) for n, t in texts.items()}).static_order())


def write(
    folder: Path, sources: Path = SOURCES, told: Callable[[str], None] = lambda _: None
) -> Path:
    """Write the pages into a folder, made if it is not there.

    Parameters
    ----------
    folder : Path
        Where the pages go; files of the same names are replaced.
    sources : Path
        The development; another folder serves tests.
    told : callable
        Called with the name of each file before it is compiled.

    Returns
    -------
    Path
        The table of contents.

    Raises
    ------
    ToolMissing
        If coqc or coqdoc is not installed.
    subprocess.CalledProcessError
        If a file does not compile, or coqdoc fails.
    """
    for program in ("coqc", "coqdoc"):
        if shutil.which(program) is None:
            raise missing(f"{program} is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    order = reading_order(sources)
    with tempfile.TemporaryDirectory(prefix="lemmata-coqdoc-") as copy:
        environment = {**os.environ, "HOME": copy, "LC_ALL": "C.UTF-8"}

        def run(*command: str) -> None:
            subprocess.run(
                command, cwd=copy, env=environment, check=True, stdout=subprocess.DEVNULL
            )

        for name in order:
            shutil.copy(sources / f"{name}.v", copy)
        for name in order:
            told(name)
            run(*_COMPILE, f"{name}.v")
        pages = [f"{name}.v" for name in order]
        run(*_DOCUMENT, "-t", TITLE, "-Q", ".", "Lemmata", "-d", str(folder.resolve()), *pages)
    return folder / "toc.html"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def main(folder: Path) -> None:
    """Write the pages into FOLDER, telling each file as it is compiled."""
    click.echo(write(folder, told=lambda name: click.echo(name, err=True)))


if __name__ == "__main__":
    main()
