"""Files of a development bound into volumes: one process compiles many, and loads libraries once.

Loading the libraries takes as long as the proofs of a file.  In a volume each file is a module
under its own name, with what it imports in sight and nothing else; what names mean and how they
are printed is the same.  A volume can only say that all is well: where one does not compile, the
files are compiled each by itself, which is how a verdict is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from proofs.evidence.coq_text import imports, loaded, packages

_OURS = re.compile(r"^From Lemmata Require Import ([\w\s]+)\.", re.M)
_OTHERS = re.compile(r"^From (?!Lemmata)\w+\s+Require\s+Import\s[\w\s.]+?\.$", re.M)
PROCESS, FULL = 10_000, 140_000
"""Characters of proofs: what is compiled while libraries are loaded, and what fills a volume."""


@dataclass(frozen=True)
class Layout:
    """Where the kernel finds the files of a development.

    Attributes
    ----------
    library : mapping of str to str
        What is compiled, by file: the file's own name, or a volume in which it is a module.
    """

    library: Mapping[str, str]

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
        return f"Lemmata.{library}" if library == name else f"Lemmata.{library}.{name}"

    def load(self, names: Iterable[str]) -> list[str]:
        """Have files loaded, and nothing of them in sight but their names."""
        libraries = dict.fromkeys(self.library[name] for name in names)
        bound = [library for library in libraries if library not in self.library]
        alone = [library for library in libraries if library in self.library]
        verbs = (("Require Import", bound), ("Require", alone))
        return [f"From Lemmata {verb} {' '.join(which)}." for verb, which in verbs if which]

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
        lines += [f"Module {name}.\n{self.read(files[name])}\nEnd {name}.\n" for name in names]
        return "\n".join(lines)


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
    library, done, running = dict[str, str](), set[str](), list[tuple[int, list[str]]]()
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
        library |= dict.fromkeys(names, f"Volume_{names[0]}")
        running.append((now + PROCESS + size, names))
    return Layout(library)


def _ordered(needs: Mapping[str, set[str]]) -> Sequence[str]:
    """List what can be compiled, each after all that it needs."""
    done: dict[str, None] = {}
    while ready := [n for n in needs if n not in done and needs[n] <= done.keys()]:
        done |= dict.fromkeys(ready)
    return list(done)
