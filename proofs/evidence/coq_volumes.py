"""Files of a development bound into volumes: one process compiles many, and loads libraries once.

Loading the libraries takes as long as the proofs of a file.  In a volume each file is a module
under its own name, with what it imports in sight and nothing else; what names mean and how they
are printed is the same.  To have libraries in sight takes a tenth of a second: files that require
the same ones stand next to one another, in a module that has these in sight for all of them.  A
volume can only say that all is well: where one does not compile, the files are compiled each by
itself, which is how a verdict is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from proofs.evidence.coq_text import imports, loaded, packages

_OURS = re.compile(r"^From Lemmata Require Import ([\w\s]+)\.", re.M)
_OTHERS = re.compile(r"^From (?!Lemmata)\w+\s+Require\s+Import\s[\w\s.]+?\.$", re.M)
_HEADER = re.compile(
    r"\A(?P<said>(?:\s|\(\*.*?\*\))*)"
    r"(?P<needed>(?:From (?!Lemmata)\w+\s+Require\s+Import\s[\w\s.]+?\.\s*)+)",
    re.S,
)
PROCESS, FULL = 10_000, 140_000
"""Characters of proofs: what is compiled while libraries are loaded, and what fills a volume."""


@dataclass(frozen=True)
class Layout:
    """Where the kernel finds the files of a development.

    Attributes
    ----------
    library : mapping of str to str
        What is compiled, by file: the file's own name, or a volume in which it is a module.
    sight : mapping of str to str
        Of files in volumes, the module of the volume in which they and their libraries stand.
    """

    library: Mapping[str, str]
    sight: Mapping[str, str] = field(default_factory=dict)

    @property
    def volumes(self) -> dict[str, list[str]]:
        """The files of each library, in the order in which they are compiled."""
        found: dict[str, list[str]] = {}
        for name, library in self.library.items():
            found.setdefault(library, []).append(name)
        return found

    def path(self, name: str) -> str:
        """Return the full name of a file's module."""
        library = self.library[name]
        return f"Lemmata.{name}" if library == name else f"{self.around(name)}.{name}"

    def around(self, name: str) -> str:
        """Return the full name of the module around a file in a volume."""
        return f"Lemmata.{self.library[name]}.{self.sight[name]}"

    def load(self, names: Iterable[str]) -> list[str]:
        """Have files loaded, and nothing of them in sight but their names."""
        libraries = dict.fromkeys(self.library[name] for name in names)
        lines = [f"From Lemmata Require {' '.join(libraries)}."] if libraries else []
        sights = dict.fromkeys(self.around(n) for n in self.sight if self.library[n] in libraries)
        return [*lines, f"Import {' '.join(sights)}."] if sights else lines

    def import_(self, names: Iterable[str]) -> str:
        """Have files that are loaded in sight."""
        return f"Import {' '.join(map(self.path, names))}."

    def read(self, text: str) -> str:
        """Have a source find the files that it requires, which are loaded."""
        return _OURS.sub(lambda found: self.import_(found[1].split()), text)

    def volume(self, library: str, files: Mapping[str, str]) -> str:
        """Write a volume: the files as modules, after all that they load."""
        names = self.volumes[library]
        needed = [f for name in names for f in loaded(files[name], files)]
        texts = [files[name] for name in names]
        others = dict.fromkeys(line for text in texts for line in _OTHERS.findall(text))
        lines = [line.replace("Require Import", "Require", 1) for line in others]
        lines += self.load(f for f in self.library if f in needed and self.library[f] != library)
        for sight, inside in groupby(names, key=lambda name: self.sight[name]):
            first, *_ = alike = list(inside)
            lines += [f"Module {sight}.", *header(files[first])]
            for name in alike:
                text = self.read(_HEADER.sub(r"\g<said>", files[name]))
                lines.append(f"Module {name}.\n{text}\nEnd {name}.\n")
            lines += [f"End {sight}.", f"Import {sight}.\n"]
        return "\n".join(lines)


def header(text: str) -> tuple[str, ...]:
    """Return the lines at the head of a source that require libraries, not files of ours."""
    found = _HEADER.match(text)
    return tuple(_OTHERS.findall(found["needed"])) if found else ()


def apart(files: Iterable[str]) -> Layout:
    """Leave each file a library of its own."""
    return Layout({name: name for name in files})


def bound(files: Mapping[str, str], jobs: int) -> Layout:
    """Bind files into volumes, as they come to be compiled by so many processes.

    Parameters
    ----------
    files : mapping of str to str
        The sources.
    jobs : int
        How many compilers will run at once: none of them is to wait for the others' volumes.

    Returns
    -------
    Layout
        Volumes need only earlier ones, and all files of one load the same packages.
    """
    needs = {name: set(imports(text)) for name, text in files.items()}
    order = _ordered(needs)
    if sum(map(len, files.values())) <= FULL or len(order) < len(files):
        return apart(files)  # small, or in need of one another, which the compiler will say
    after = {name: [n for n in files if name in needs[n]] for name in files}
    urgent = dict[str, int]()
    for name in reversed(order):
        urgent[name] = len(files[name]) + max((urgent[n] for n in after[name]), default=0)
    using = {name: packages(text, files) - {"Lemmata"} for name, text in files.items()}
    headers = {name: header(text) for name, text in files.items()}
    library, sight = dict[str, str](), dict[str, str]()
    done, running = set[str](), list[tuple[int, list[str]]]()
    now, jobs = 0, max(1, jobs)
    while len(library) < len(files) or running:
        ready = [n for n in files if n not in library and needs[n] <= done]
        if len(running) == jobs or not ready:
            running.sort(key=lambda each: each[0])
            now, names = running.pop(0)
            done |= set(names)
            continue
        ready.sort(key=lambda n: -urgent[n])
        alike = [n for n in ready if using[n] == using[ready[0]]]
        pool = alike[: -(-len(alike) // (jobs - len(running)))]
        names, size = list[str](), 0
        while pool and size < FULL:
            name = max(pool, key=lambda n: urgent[n])
            pool.remove(name)
            names.append(name)
            size += len(files[name])
            seen = done | set(names)
            pool += [
                n for n in after[name]
                if n not in library and needs[n] <= seen and using[n] == using[name]
            ]  # fmt: skip
        volume, names = f"Volume_{names[0]}", _beside(names, needs, headers)
        library |= dict.fromkeys(names, volume)
        for _, inside in groupby(names, key=headers.__getitem__):
            same = list(inside)
            sight |= dict.fromkeys(same, f"Sight_{same[0]}")
        running.append((now + PROCESS + size, names))
    return Layout(library, sight)


def _beside(
    names: Sequence[str], needs: Mapping[str, set[str]], headers: Mapping[str, tuple[str, ...]]
) -> list[str]:
    """Order files, each after what it needs, so that those with the same header are neighbours."""
    order, left = list[str](), list(names)
    while left:
        ready = [n for n in left if needs[n].isdisjoint(left)]
        same = [n for n in ready if order and headers[n] == headers[order[-1]]]
        order.append(name := (same or ready)[0])
        left.remove(name)
    return order


def _ordered(needs: Mapping[str, set[str]]) -> Sequence[str]:
    """List what can be compiled, each after all that it needs."""
    done: dict[str, None] = {}
    while ready := [n for n in needs if n not in done and needs[n] <= done.keys()]:
        done |= dict.fromkeys(ready)
    return list(done)
