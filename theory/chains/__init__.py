"""Chains: the constants of a theorem, tied to those of its steps.

A chain is one TOML file, ``theory/chains/PAPER/NAME.toml``. It names constants of the statement
(``[constants]``), free parameters of the proof (``[free]``) and steps, which are inequalities in
both: claims once numbers are put in. One constant is to be minimised or maximised. A number that a
claim of the catalogue has is ``{CLAIM.CONSTANT}`` (:mod:`theory.ties`). Nothing here decides a
step; that is what :mod:`proofs.sharpening.chains` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from theory import files
from theory.catalogue.headings import Shelf, headings
from theory.claims import Statement, statement
from theory.errors import InputError
from theory.exact import exact
from theory.names import check_label, check_text, nearest
from theory.ties import Tie, number, tie_of

FOLDER = Path(__file__).parent
MAX_BYTES = 100_000
_CHAIN = {"title", "page", "theorems", "minimise", "maximise"}
_STEP = {"title", "variables", "definitions", "hypotheses", "conclusion"}


@dataclass(frozen=True)
class Step:
    """One inequality of a chain.

    Attributes
    ----------
    name, title : str
    variables, definitions, hypotheses : mapping
        As in a claim; hypotheses do not mention constants, so that the same points can be looked
        at whatever the constants are.
    conclusion : str
    """

    name: str
    title: str
    conclusion: str
    variables: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    hypotheses: Mapping[str, str] = field(default_factory=dict)

    def at(self, values: Mapping[str, Fraction]) -> Statement:
        """The claim that this step is for given constants."""
        return self._statement({n: v for n, v in values.items() if n in self._names}, ())

    def open(self, names: Mapping[str, Fraction]) -> Statement:
        """The same with the constants as variables: what floats look at."""
        return self._statement({}, [n for n in names if n in self._names])

    @property
    def _names(self) -> set[str]:
        texts = [self.conclusion, *self.definitions.values(), *self.hypotheses.values()]
        return {word for text in texts for word in _words(text)}

    def _statement(self, constants: Mapping[str, Fraction], moving: Any) -> Statement:
        used = self._used_definitions()
        variables: dict[str, Any] = {**self.variables, **dict.fromkeys(moving, "real")}
        return statement(
            variables,
            self.conclusion,
            definitions=used,
            hypotheses=self.hypotheses,
            constants=dict(constants),
            scope=self.title,
        )

    def _used_definitions(self) -> dict[str, str]:
        wanted, used = set(_words(self.conclusion)), {}
        for name, text in reversed(list(self.definitions.items())):
            if name in wanted:
                used[name] = text
                wanted |= set(_words(text))
        return dict(reversed(list(used.items())))


@dataclass(frozen=True)
class Chain:
    """A theorem as inequalities in its constants.

    Attributes
    ----------
    name : str
        ``PAPER/NAME``.
    title, page : str
        What it says, and where its proof is.
    theorems : tuple of str
        Theorem objects that rest on it.
    constants, free : mapping of str to Fraction
        The numbers of the statement, and those inside the proof only.
    objective : str
        The constant to be improved.
    minimise : bool
        Whether smaller is better.
    steps : tuple of Step
    ties : mapping of str to (str, str)
        Those of its numbers that are a claim's: whose, and which.
    """

    name: str
    title: str
    page: str
    theorems: tuple[str, ...]
    constants: Mapping[str, Fraction]
    free: Mapping[str, Fraction]
    objective: str
    minimise: bool
    steps: tuple[Step, ...]
    ties: Mapping[str, Tie] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Fraction]:
        """All numbers."""
        return {**self.constants, **self.free}

    def better(self, a: Fraction, b: Fraction) -> bool:
        """Whether ``a`` is a better value of the objective than ``b``."""
        return a < b if self.minimise else a > b


def chains() -> dict[str, Chain]:
    """Read all chains, by name."""
    paths = sorted(FOLDER.glob("*/*.toml"))
    return {c.name: c for c in (read(p, f"{p.parent.name}/{p.stem}") for p in paths)}


def is_chain(path: Path) -> bool:
    """Whether a file is a chain, as far as its first table says."""
    return path.suffix == ".toml" and "chain" in _toml(path)


def find(name: str) -> Chain:
    """Find a chain by its name, by that of a theorem that rests on it, or by a file's path.

    Raises
    ------
    InputError
        If there is none, or the file cannot be taken.
    """
    if name.endswith(".toml"):
        return read(Path(name), Path(name).stem)
    known = chains()
    for chain in known.values():
        if name == chain.name or name in chain.theorems:
            return chain
    names = dict.fromkeys((*known, *(t for chain in known.values() for t in chain.theorems)))
    meant = f"{nearest(name, names)} (known: {', '.join(known)})"
    raise InputError("theorem", f"no chain for {name[:60]!r}{meant}")


def read(path: Path, name: str) -> Chain:
    """Read one file.

    Raises
    ------
    InputError
        One line that names the file, the key and the problem.
    """
    data = _toml(path)
    where = str(path)
    if unknown := set(data) - {"chain", "constants", "free", "definitions", "step"}:
        raise InputError(where, f"unknown table {min(unknown)[:40]!r}")
    head = _table(data, "chain", where)
    if unknown := set(head) - _CHAIN:
        raise InputError(f"{where}: chain", f"unknown key {min(unknown)[:40]!r}")
    goals = [key for key in ("minimise", "maximise") if key in head]
    if len(goals) != 1:
        raise InputError(f"{where}: chain", "one of minimise and maximise is wanted")
    constants, free = (_numbers(data, key, where) for key in ("constants", "free"))
    if head[goals[0]] not in constants:
        raise InputError(f"{where}: {goals[0]}", "it names no constant")
    if twice := set(constants) & set(free):
        raise InputError(f"{where}: free", f"{min(twice)!r} is a constant already")
    shared = {**_table(data, "definitions", where)} if "definitions" in data else {}
    theorems = head.get("theorems", [])
    if not isinstance(theorems, list) or not all(isinstance(t, str) for t in theorems):
        raise InputError(f"{where}: theorems", "a list of names is wanted")
    steps = tuple(
        _step(f"{where}: step.{label}", label, part, shared, {**constants, **free})
        for label, part in _table(data, "step", where).items()
    )
    return Chain(
        name,
        check_text(head.get("title", name), f"{where}: title"),
        check_text(head.get("page", ""), f"{where}: page"),
        tuple(theorems),
        constants,
        free,
        head[goals[0]],
        goals[0] == "minimise",
        steps,
        {
            n: t
            for k in ("constants", "free")
            for n, v in data.get(k, {}).items()
            if (t := tie_of(v))
        },
    )


def _step(
    where: str, label: str, part: object, shared: Mapping[str, str], values: Mapping[str, Fraction]
) -> Step:
    if not isinstance(part, dict) or "conclusion" not in part:
        raise InputError(where, "a table with a conclusion is wanted")
    if unknown := set(part) - _STEP:
        raise InputError(where, f"unknown key {min(unknown)[:40]!r}")
    tables = {k: dict(part.get(k, {})) for k in ("variables", "hypotheses")}
    tables["definitions"] = {**shared, **part.get("definitions", {})}
    made = Step(
        check_label(label, where),
        check_text(part.get("title", label), f"{where}: title"),
        str(part["conclusion"]),
        **tables,
    )
    for text in made.hypotheses.values():
        if moving := set(_words(text)) & set(values):
            raise InputError(f"{where}: hypotheses", f"{min(moving)!r} is a constant of the chain")
    try:
        made.at(values)
    except InputError as wrong:
        raise InputError(f"{where}: {wrong.argument}", wrong.problem) from None
    return made


def _words(text: str) -> list[str]:
    cleaned = "".join(c if c.isalnum() or c == "_" else " " for c in str(text))
    return [word for word in cleaned.split() if not word[0].isdigit()]


def _toml(path: Path) -> dict[str, Any]:
    with files.readable(str(path)):
        return files.toml(files.text(path, MAX_BYTES))


def _table(data: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    part = data.get(key)
    if not isinstance(part, dict) or not part:
        raise InputError(f"{where}: {key}", "a table is wanted")
    return part


def _numbers(data: Mapping[str, Any], key: str, where: str) -> dict[str, Fraction]:
    if key == "free" and key not in data:
        return {}
    return {n: _number(v, f"{where}: {key}.{n}") for n, v in _table(data, key, where).items()}


def _number(value: Any, where: str) -> Fraction:
    """A number, or the one that a claim of the catalogue has."""
    tie = tie_of(value)
    if tie is None:
        return exact(value, where)
    return number(tie, Shelf(headings()), where)
