"""The library of theorems, and the graph of what rests on what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from theory.claims import SOURCES, Claim
from theory.errors import InputError
from theory.names import nearest
from theory.theorems.model import Known, Theorem
from theory.theorems.reading import read_theorem

Node = Literal["theorem", "claim", "guarantee", "step", "kernel", "cited"]


@dataclass(frozen=True)
class Library:
    """All theorems, in the order of the papers, with what they may refer to."""

    theorems: Mapping[str, Theorem]
    known: Known

    def kind(self, name: str, inside: Theorem | None = None) -> Node:
        """What a name refers to, in the proof of a theorem.

        Raises
        ------
        InputError
            If it refers to nothing.
        """
        if inside is not None and name in inside.steps:
            return "step"
        if name in self.theorems:
            return "theorem"
        if name in self.known.claims:
            measured = "measured" in self.known.claims[name].statement.domains
            return "guarantee" if measured else "claim"
        if name in self.known.kernel:
            return "kernel"
        if name in self.known.cited:
            return "cited"
        raise InputError(name, "no theorem, claim or classical fact is called so")

    def find(self, name: str) -> Theorem:
        """Return a theorem by name.

        Raises
        ------
        InputError
            If there is none; the line names those that are closest.
        """
        if name not in self.theorems:
            raise unknown(name, self.theorems)
        return self.theorems[name]

    @property
    def steps(self) -> dict[str, Claim]:
        """The local steps of all theorems, by their names, which are unique."""
        return {n: c for theorem in self.theorems.values() for n, c in theorem.steps.items()}

    @property
    def claims(self) -> dict[str, Claim]:
        """The claims that proofs may refer to, and the local steps."""
        return {**self.known.claims, **self.steps}

    def below(self, name: str) -> dict[str, Theorem]:
        """A theorem and all theorems that it rests on, however indirectly; itself first."""
        found: dict[str, Theorem] = {}
        waiting = [name]
        while waiting:
            current = waiting.pop(0)
            if current not in found:
                found[current] = self.theorems[current]
                waiting += [n for n in self.rests_on(found[current]) if n in self.theorems]
        return found

    def rests_on(self, theorem: Theorem) -> tuple[str, ...]:
        """The names that carry a theorem: its whole statement elsewhere, and its proof's steps."""
        proof = (n for inference in theorem.inferences for n in inference.uses)
        whole = (*theorem.kernel, *theorem.claims, *theorem.composed, *theorem.measured)
        return tuple(dict.fromkeys([*whole, *proof]))

    def rest_on(self, name: str) -> tuple[str, ...]:
        """The theorems that rest on something directly."""
        return tuple(t.name for t in self.theorems.values() if name in self.rests_on(t))

    def falling(self, name: str) -> tuple[str, ...]:
        """The theorems that rest on something, however indirectly: what falls with it."""
        found: dict[str, None] = {}
        waiting = [name]
        while waiting:
            for user in self.rest_on(waiting.pop(0)):
                if user not in found:
                    found[user] = None
                    waiting.append(user)
        return tuple(found)


def files(folder: Path) -> dict[str, Path]:
    """The files of a folder's theorems, by name; none is opened."""
    papers = [folder / key for key in SOURCES if (folder / key).is_dir()]
    return {
        f"{paper.name}/{path.stem}": path
        for paper in papers
        for path in sorted(paper.glob("*.toml"), key=_natural)
    }


def unknown(name: str, known: Collection[str]) -> InputError:
    """What to say about a theorem that there is not; the line names those that are closest."""
    tail = name.rpartition("/")[2].lower()
    close = [n for n in known if n.rpartition("/")[2] == tail]
    close = close or [n for n in known if tail and tail in n]
    hint = f"; perhaps {', '.join(close[:4])}" if close else nearest(name, known)
    hint = hint or "; `lemmata theorems` lists them"
    return InputError("name", f"no theorem is called {name[:60]!r}{hint}")


def load(folder: Path, known: Known) -> Library:
    """Read every theorem of a folder: one folder per paper, one file per theorem.

    Raises
    ------
    InputError
        For a file that cannot be taken, a name with two meanings, a reference to nothing or to
        the wrong kind of thing, a step that is used nowhere, or a circle of theorems.
    """
    _one_name_one_statement(known)
    paths = files(folder)
    library = Library(
        {name: read_theorem(path, name, known, paths) for name, path in paths.items()}, known
    )
    for theorem in library.theorems.values():
        _check(library, theorem)
    _steps_are_unique(library)
    _no_circle(library)
    return library


def _one_name_one_statement(known: Known) -> None:
    kinds = (("claim", known.claims), ("kernel theorem", known.kernel), ("fact", known.cited))
    meaning: dict[str, str] = {}
    for kind, names in kinds:
        for name in names:
            if name in meaning:
                raise InputError(name, f"is a {meaning[name]} and a {kind}: two statements")
            meaning[name] = kind


def _steps_are_unique(library: Library) -> None:
    owner: dict[str, str] = {}
    for theorem in library.theorems.values():
        for label in theorem.steps:
            if label in owner:
                where = f"{theorem.name}.toml: step.{label}"
                raise InputError(where, f"{owner[label]} has a step of this name")
            owner[label] = theorem.name


def _check(library: Library, theorem: Theorem) -> None:
    where = f"{theorem.name}.toml"
    if theorem.source.key != theorem.paper:
        raise InputError(f"{where}: source", f"the folder says {theorem.paper!r}")
    below = library.below(theorem.name).values()
    carrying = {n for t in below for n in (*t.references, *t.steps)}
    for step, constant in theorem.ties:
        if step not in carrying:
            raise InputError(where, f"{{{step}.{constant}}}: its proof does not rest on {step!r}")
    wanted = {"kernel": ("kernel",), "claims": ("claim", "step"), "measured": ("guarantee",)}
    for key, kinds in wanted.items():
        for name in getattr(theorem, key):
            if (kind := library.kind(name, theorem)) not in kinds:
                raise InputError(f"{where}: {key}", f"{name!r} is a {kind}")
    if theorem.printed is not None:
        if library.kind(theorem.printed.refuted_by, theorem) not in ("claim", "step", "kernel"):
            raise InputError(f"{where}: printed", "refuted_by names no claim or kernel theorem")
        if theorem.printed.repaired not in library.theorems:
            raise InputError(f"{where}: printed", "repaired names no theorem")
    for name in theorem.improved:
        if name not in library.theorems:
            raise InputError(f"{where}: improved", f"{name!r} names no theorem")
    for name in () if theorem.composition is None else theorem.composition.kernel:
        if (kind := library.kind(name, theorem)) != "kernel":
            raise InputError(f"{where}: composition: kernel", f"{name!r} is a {kind}")
    whole = theorem.kernel or theorem.claims or theorem.composed
    carried = whole or theorem.inferences or theorem.measured
    if not carried and not theorem.why and theorem.printed is None:
        raise InputError(f"{where}: why", "nothing speaks for this statement: say why")


def _no_circle(library: Library) -> None:
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if name in path:
            yield (*path[path.index(name) :], name)
        elif name not in done:
            for below in library.rests_on(library.theorems[name]):
                if below in library.theorems:
                    yield from walk(below, (*path, name))
            done.add(name)

    for name in library.theorems:
        for circle in walk(name, ()):
            raise InputError(f"{circle[0]}.toml", f"a circle: {' <- '.join(circle)}")


def _natural(path: Path) -> tuple[str, int, str]:
    """Sort lemma-5 before lemma-13."""
    stem, _, number = path.stem.rpartition("-")
    return (stem, int(number), "") if number.isdecimal() else (path.stem, -1, "")
