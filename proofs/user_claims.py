"""Claims of users: a TOML or JSON file by default, Python only when a .py file is named.

Ten lines say it all; each table is a claim, and decimals are exact::

    [bernoulli]
    variables = {x = "real"}
    hypotheses = {h = "x >= -1"}
    conclusion = "(1+x)**3 >= 1 + 3*x"

    [wrong]
    variables = {x = "nonnegative"}
    conclusion = "log(1+x) <= 0.99*x"

    [best]
    variables = {x = "nonnegative"}
    constants = {c = "0.55"}
    conclusion = "x**2*exp(-x) <= c"
    sharpen = "c"
"""

from __future__ import annotations

import json
import runpy
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from theory.claims import Claim, Source, Statement, statement
from theory.errors import InputError, plain
from theory.expressions import Comparison, Expression, Relation, number, suggestion
from theory.hints import KEYS as HINTS
from theory.hints import hints
from theory.names import MAX_TEXT, check_label, check_text, nearest

SUFFIXES = (".toml", ".json", ".py")
MAX_BYTES, MAX_CLAIMS, MAX_NAMES = 1_000_000, 1_000, 40
_STATEMENT = {
    "variables",
    "definitions",
    "hypotheses",
    "conclusion",
    "constants",
    "scope",
    "witness",
    "matrices",
    "layers",
    "recursions",
}
_TEXTS = ("title", "source", "sharpen", "truth", "kind", "cited", "equality")
_KEYS = _STATEMENT | {"mutant", *_TEXTS, *HINTS}


def load(path: Path | str) -> tuple[Claim, ...]:
    """Read a file of claims.

    Parameters
    ----------
    path : Path or str
        ``.toml`` or ``.json``: a table of claims by name. ``.py``: executed; it must define
        ``claims``, an iterable of :class:`theory.claims.Claim`.

    Returns
    -------
    tuple of Claim
        In the file's order. A claim without a mutant gets one: its conclusion reversed.

    Raises
    ------
    InputError
        One line that names the file, the claim and the key, for anything that cannot be taken.
    """
    return all_read(entries(path))


@dataclass(frozen=True)
class Unread:
    """A table that is no claim, or about something that is not covered.

    Attributes
    ----------
    name : str
    problem : InputError
        What is wrong, in one line; :class:`theory.errors.Unsupported` if it is well formed.
    """

    name: str
    problem: InputError


def all_read(found: Iterable[Claim | Unread]) -> tuple[Claim, ...]:
    """The claims, if all of them could be read; otherwise what is wrong with the first."""
    claims: list[Claim] = []
    for claim in found:
        if isinstance(claim, Unread):
            raise claim.problem
        claims.append(claim)
    return tuple(claims)


def entries(path: Path | str, name: str = "") -> tuple[Claim | Unread, ...]:
    """Read a file of claims, or the one of a name; what is wrong with one concerns no other.

    Raises
    ------
    InputError
        If the file as a whole cannot be read.
    """
    path = Path(path)
    if path.suffix == ".py":
        return tuple(c for c in _python(path) if not name or c.name == name)
    found: dict[str, Claim | Unread] = {}
    for label, table in tables(path).items():
        try:
            found[label] = read(path, label, table)
        except InputError as wrong:
            found[label] = Unread(label, wrong)
    claims = {label: c for label, c in found.items() if isinstance(c, Claim)}
    return tuple(
        _beside(c, claims) if isinstance(c, Claim) else c
        for label, c in found.items()
        if not name or label == name
    )


def _beside(claim: Claim, others: Mapping[str, Claim]) -> Claim:
    """A claim whose hints know the claims of the same file that they name."""
    own = {n: others[n] for n in claim.hints.uses if n in others and n != claim.name}
    return replace(claim, hints=replace(claim.hints, own=own)) if own else claim


def sharpenings(path: Path | str) -> dict[str, str]:
    """Name the constant to be sharpened, for those claims of a data file that ask for it."""
    path = Path(path)
    if path.suffix == ".py":
        return {}
    return {n: str(t["sharpen"]) for n, t in tables(path).items() if "sharpen" in t}


def tables(path: Path) -> dict[str, dict[str, Any]]:
    """Read a data file into its tables, sizes and shapes checked, contents not yet."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(str(path), f"larger than {MAX_BYTES} bytes")
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            data = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
        elif path.suffix == ".toml":
            data = tomllib.loads(text, parse_float=Decimal)
        else:
            raise InputError(str(path), "claims are read from .toml, .json or .py files")
    except OSError as wrong:
        raise InputError(str(path), wrong.strerror or "cannot be read") from None
    except RecursionError:
        raise InputError(str(path), "nested too deeply") from None
    except ValueError as wrong:  # of the encoding, of JSON, of TOML; or a number without end
        endless = "set_int_max_str_digits" in str(wrong)  # Python's limit, in its own words
        problem = "a number has too many digits" if endless else f"cannot be read: {wrong}"
        raise InputError(str(path), problem) from None
    if not isinstance(data, dict) or not data:
        raise InputError(str(path), "a table of claims by name is wanted")
    if len(data) > MAX_CLAIMS:
        raise InputError(str(path), f"more than {MAX_CLAIMS} claims")
    for name, table in data.items():
        check_label(name, str(path))
        if not isinstance(table, dict):
            raise InputError(f"{path}: {name}", "a table is wanted")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object in which every key stands once, as TOML wants it."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise ValueError(f"the key {key[:40]!r} stands twice")
        made[key] = value
    return made


def negation(claimed: Statement) -> Statement:
    """The reversed conclusions under the same hypotheses: false if the claim holds anywhere."""
    if claimed.parts:
        parts = tuple(replace(p, conclusion=_reversed(p.conclusion)) for p in claimed.parts)
        return replace(claimed, parts=parts, conclusion=parts[0].conclusion)
    if "matrix" in claimed.domains and claimed.conclusion.operator == "==":
        left, right = claimed.conclusion.left, claimed.conclusion.right
        moved = Expression("+", (right, Expression("name", name="I")))
        return replace(claimed, conclusion=Relation(left, "==", moved))
    return replace(claimed, conclusion=_reversed(claimed.conclusion))


def _reversed(old: Relation) -> Relation:
    if old.operator == "==":
        return Relation(old.left, "==", Expression("+", (old.right, number(1))))
    return Relation(old.left, REVERSED[old.operator], old.right)


REVERSED: Mapping[Comparison, Comparison] = {
    "<=": ">",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "!=": "==",
}


def read(path: Path, name: str, table: Mapping[str, Any]) -> Claim:
    """Read one claim from its table; the path is for error messages.

    Raises
    ------
    InputError
        One line that names the file, the claim and the key.
    """
    where = f"{path}: {name}"
    if unknown := set(table) - _KEYS:
        word = min(unknown)
        raise InputError(where, f"unknown key {word[:40]!r}{suggestion(word, _KEYS, 30)}")
    claimed = _statement(where, {k: v for k, v in table.items() if k in _STATEMENT})
    mutant = table.get("mutant")
    if mutant is None:
        false_twin = negation(claimed)
    elif isinstance(mutant, dict) and (unknown := set(mutant) - _STATEMENT):
        word = min(unknown)
        hint = suggestion(word, _STATEMENT, 30)
        raise InputError(f"{where}: mutant", f"unknown key {word[:40]!r}{hint}")
    elif isinstance(mutant, dict):
        merged = {k: v for k, v in table.items() if k in _STATEMENT}
        for key, change in mutant.items():
            both = isinstance(change, dict) and isinstance(merged.get(key), dict)
            merged[key] = {**merged[key], **change} if both else change
        false_twin = _statement(f"{where}: mutant", merged)
    else:
        raise InputError(f"{where}: mutant", "a table with keys of a statement is wanted")
    for key in _TEXTS:
        check_text(table.get(key, ""), f"{where}: {key}")
    if table.get("sharpen", "") not in ("", *claimed.constants):
        raise InputError(f"{where}: sharpen", "it names no constant of the claim")
    source = Source("lemmata", table.get("source", plain(path.name, MAX_TEXT)), "re-derived")
    try:
        hinted = hints(claimed, table)
    except InputError as wrong:
        raise InputError(f"{where}: {wrong.argument}", wrong.problem) from None
    return Claim(name, table.get("title", name), source, claimed, false_twin, hinted)


def _statement(where: str, table: Mapping[str, Any]) -> Statement:
    for key in ("variables", "conclusion"):
        if key not in table:
            raise InputError(f"{where}: {key}", "is missing")
    for key, part in table.items():
        if isinstance(part, dict) and len(part) > MAX_NAMES:
            raise InputError(f"{where}: {key}", f"more than {MAX_NAMES} entries")
    try:
        return statement(**table)
    except InputError as wrong:
        raise type(wrong)(f"{where}: {wrong.argument}", wrong.problem) from None


def _python(path: Path) -> tuple[Claim, ...]:
    """Run a file that the user has named; what it does is the user's responsibility."""
    if not path.is_file():
        raise InputError(str(path), "no such file")
    try:
        found = runpy.run_path(str(path)).get("claims")
    except InputError:
        raise
    except (Exception, SystemExit) as wrong:  # the user's own code may fail in any way
        raise InputError(str(path), f"{type(wrong).__name__}: {wrong}") from None
    claims = tuple(found) if isinstance(found, list | tuple) else ()
    if not claims or not all(isinstance(c, Claim) for c in claims):
        raise InputError(str(path), "it must define `claims`, a list of theory.claims.Claim")
    return claims


def selected(names: Sequence[str]) -> dict[str, Claim | Unread]:
    """Find claims by reference, a name of the catalogue or FILE::NAME; all of it without names.

    The name of a theorem of the catalogue stands for all claims that it rests on, that of a
    theorem of ``proofs/coq`` for none.
    """
    if not names:
        from proofs.theorems import library
        from theory.catalogue import CLAIMS

        return {claim.name: claim for claim in (*CLAIMS, *library().steps.values())}
    chosen: dict[str, Claim | Unread] = {}
    for name in names:
        if named_theorem(name):
            from proofs import theorems

            shelf = theorems.library()
            for label, step in theorems.needed(shelf, [shelf.find(name).name])[0].items():
                chosen.setdefault(label, step)
            continue
        if not is_file(name) and _only_theorem(name):
            continue
        file, _, _ = name.partition("::")
        for claim in named(name):
            reference = claim.name if file == claim.name else f"{file}::{claim.name}"
            chosen.setdefault(reference, claim)
    return chosen


def named_theorem(name: str) -> bool:
    """Whether a name is that of a theorem of the catalogue: no other name has a folder."""
    return "/" in name and not is_file(name)


def is_file(reference: str) -> bool:
    """Whether a reference is to a file of claims, by its suffix."""
    return Path(reference.partition("::")[0]).suffix in SUFFIXES


def _only_theorem(name: str) -> bool:
    from proofs.evidence.kernel import theorems
    from theory.catalogue import CLAIMS

    return name in theorems() and all(claim.name != name for claim in CLAIMS)


def resolve(text: str) -> tuple[Claim, ...]:
    """Find claims by what a user typed: a catalogue name, a file, or FILE::NAME.

    Raises
    ------
    InputError
        If there is no such file and no such claim, or one that cannot be read.
    """
    return all_read(named(text))


def named(text: str) -> tuple[Claim | Unread, ...]:
    """Find claims as :func:`resolve` does, with those that cannot be read.

    Raises
    ------
    InputError
        If there is no such file and no such claim.
    """
    path_text, _, name = text.partition("::")
    path = Path(path_text)
    if is_file(text):
        if not path.is_file():
            there = [str(p) for s in SUFFIXES for p in path.parent.glob(f"*{s}")]
            raise InputError(path_text, f"no such file{nearest(path_text, there)}")
        chosen = entries(path, name)
        if not chosen:
            known = [c.name for c in entries(path)]
            raise InputError(text, f"no such claim in the file{suggestion(name, known, 8)}")
        return chosen
    from proofs.verification.catalogue import find  # the catalogue imports the provers

    return (find(text),)
