"""Files of claims: tables in TOML or JSON, by name, as users and the catalogue write them.

Nothing in such a file is executed. The language is described in ``proofs/writing-claims.md``; the
catalogue (:mod:`theory.catalogue`) may say two things that users may not: which paper a claim is
from, and a false twin that is a statement of its own.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

from theory import files
from theory.claims import SOURCES, Claim, Source, Statement, statement
from theory.errors import InputError, plain
from theory.errors import typed as command
from theory.expressions import Comparison, Expression, Relation, number, suggestion
from theory.hints import KEYS as HINTS
from theory.hints import hints
from theory.language.typed import typed
from theory.names import MAX_TEXT, check_label, check_text
from theory.relaxed import relaxed
from theory.ties import Tie, followed, tie_of

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
    "functions",
    "operators",
}
_TEXTS = ("title", "source", "sharpen", "truth", "kind", "cited", "equality")
KEYS = frozenset({*_STATEMENT, "mutant", *_TEXTS, *HINTS})
"""What the table of a claim may hold; the catalogue's may hold a ``twin``, too."""
_SURENESS = get_args(get_type_hints(Source)["sureness"])


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


def load(path: Path, catalogue: bool = False) -> tuple[Claim, ...]:
    """Read a data file of claims, all of which must be readable.

    Parameters
    ----------
    path : Path
        ``.toml`` or ``.json``: a table of claims by name.
    catalogue : bool
        Whether it is a file of the catalogue, in which each ``source`` is a table
        ``{key, number, sureness}`` and a table ``twin`` may stand for ``mutant``.

    Returns
    -------
    tuple of Claim
        In the file's order. A claim without a mutant gets one: its conclusion reversed.

    Raises
    ------
    InputError
        One line that names the file, the claim and the key, for anything that cannot be taken.
    """
    return all_read(entries(path, catalogue=catalogue))


def entries(path: Path, name: str = "", catalogue: bool = False) -> tuple[Claim | Unread, ...]:
    """Read a data file, or the claim of a name; what is wrong with one concerns no other.

    Raises
    ------
    InputError
        If the file as a whole cannot be read.
    """
    data = tables(path)
    if _is_theorem(data) and not catalogue:
        raise InputError(str(path), f"it is a theorem: {command('theorem', str(path))}")
    return tuple(entry(path, n, data, catalogue) for n in data if not name or n == name)


def entry(
    path: Path, name: str, data: Mapping[str, Mapping[str, Any]], catalogue: bool = False
) -> Claim | Unread:
    """Read one table of a file, and no other than those that its ties and hints name.

    Parameters
    ----------
    path : Path
        For error messages.
    name : str
    data : mapping of str to table
        All tables of the file (:func:`tables`).
    catalogue : bool
        As for :func:`load`.
    """
    claim = _alone(path, name, data, catalogue)
    if isinstance(claim, Unread):
        return claim
    used = {n: _alone(path, n, data, catalogue) for n in claim.hints.uses if n in data}
    own = {n: c for n, c in used.items() if isinstance(c, Claim) and n != name}
    return replace(claim, hints=replace(claim.hints, own=own)) if own else claim


def _alone(
    path: Path, name: str, data: Mapping[str, Mapping[str, Any]], catalogue: bool
) -> Claim | Unread:
    try:
        table, ties = untied(path, name, data)
        claim = read(path, name, table, catalogue)
    except InputError as wrong:
        return Unread(name, wrong)
    return replace(claim, ties=ties) if ties else claim


def untied(
    path: Path, name: str, data: Mapping[str, Mapping[str, Any]]
) -> tuple[Mapping[str, Any], dict[str, Tie]]:
    """Read the table of a claim with numbers for its ties to others of the file, and the ties.

    Raises
    ------
    InputError
        For a tie to nothing, or a circle.
    """
    table, where = data[name], f"{path}: {name}: constants"
    constants = table.get("constants")
    if not isinstance(constants, dict):
        return table, {}
    ties = {n: tie for n, value in constants.items() if (tie := tie_of(value)) is not None}
    numbers = {n: followed(where, (name, n), data) for n in ties}
    return {**table, "constants": {**constants, **numbers}}, ties


def tables(path: Path) -> dict[str, dict[str, Any]]:
    """Read a data file into its tables, sizes and shapes checked, contents not yet."""
    text = files.text(path, MAX_BYTES)
    with files.readable(str(path)):
        if path.suffix == ".json":
            data = json.loads(text, parse_float=files.decimal, object_pairs_hook=files.once)
        elif path.suffix == ".toml":
            data = files.toml(text)
        else:
            raise InputError(str(path), "claims are read from .toml, .json or .py files")
    if not isinstance(data, dict) or not data:
        raise InputError(str(path), "a table of claims by name is wanted")
    if len(data) > MAX_CLAIMS:
        raise InputError(str(path), f"more than {MAX_CLAIMS} claims")
    for name, table in data.items():
        check_label(name, str(path))
        if not isinstance(table, dict):
            raise InputError(f"{path}: {name}", "a table is wanted")
    return data


def _is_theorem(data: Mapping[str, Any]) -> bool:
    """Whether a file is that of a theorem, which has words where a claim has a conclusion."""
    table = data.get("theorem")
    return isinstance(table, dict) and "words" in table and "conclusion" not in table


def negation(claimed: Statement) -> Statement:
    """The reversed conclusions under the same hypotheses: false if the claim holds anywhere."""
    if claimed.relaxed is not None:
        cases = [(sizes, negation(one)) for sizes, one in claimed.instances]
        turned, known = negation(replace(claimed, relaxed=None)), claimed.relaxed
        return relaxed(turned, known.said, cases, known.theorems)
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


def read(path: Path, name: str, table: Mapping[str, Any], catalogue: bool = False) -> Claim:
    """Read one claim from its table; the path is for error messages.

    Raises
    ------
    InputError
        One line that names the file, the claim and the key.
    """
    where = f"{path}: {name}"
    _known(where, table, KEYS | {"twin"} if catalogue else KEYS)
    claimed = _statement(where, {k: v for k, v in table.items() if k in _STATEMENT})
    false_twin = _twin(where, claimed, table, catalogue)
    for key in _TEXTS:
        if key != "source":
            check_text(table.get(key, ""), f"{where}: {key}")
    if table.get("sharpen", "") not in ("", *claimed.constants):
        raise InputError(f"{where}: sharpen", "it names no constant of the claim")
    if catalogue:
        source = source_of(where, table.get("source"))
    else:
        text = check_text(table.get("source", ""), f"{where}: source")
        source = Source("lemmata", text or plain(path.name, MAX_TEXT), "re-derived")
    try:
        hinted = hints(claimed, table)
    except InputError as wrong:
        raise InputError(f"{where}: {wrong.argument}", wrong.problem) from None
    as_typed = typed({k: v for k, v in table.items() if k in _STATEMENT}, claimed)
    title = table.get("title", name)
    return Claim(name, title, source, claimed, false_twin, hinted, typed=as_typed)


def source_of(where: str, part: object) -> Source:
    """Read the source of a theorem or of a claim of the catalogue.

    Raises
    ------
    InputError
        If it is no table of ``key`` (a paper), ``number`` (there) and ``sureness``.
    """
    if not isinstance(part, dict) or set(part) != {"key", "number", "sureness"}:
        raise InputError(f"{where}: source", "key, number and sureness are wanted")
    if part["key"] not in tuple(SOURCES):  # it may be of any kind
        raise InputError(f"{where}: source", f"unknown key (known: {', '.join(SOURCES)})")
    if part["sureness"] not in tuple(_SURENESS):
        raise InputError(f"{where}: source", f"sureness is one of {', '.join(_SURENESS)}")
    return Source(part["key"], check_text(part["number"], f"{where}: source"), part["sureness"])


def _known(where: str, table: Mapping[str, Any], keys: Collection[str]) -> None:
    if unknown := set(table) - set(keys):
        word, inner = min(unknown), table[min(unknown)]
        below = isinstance(inner, dict) and "conclusion" in inner
        if below and "conclusion" not in table:  # as in [claims.NAME]
            raise InputError(where, f"claims stand at the top: write [{word[:40]}] for its table")
        raise InputError(where, f"unknown key {word[:40]!r}{suggestion(word, keys, 30)}")


def _twin(where: str, claimed: Statement, table: Mapping[str, Any], catalogue: bool) -> Statement:
    """The false twin: by what is changed, or whole, or the claim with its conclusion reversed."""
    key = "twin" if "twin" in table else "mutant"
    change = table.get(key)
    if change is None:
        return negation(claimed)
    if not isinstance(change, dict):
        raise InputError(f"{where}: {key}", "a table with keys of a statement is wanted")
    if {"twin", "mutant"} <= set(table):
        raise InputError(f"{where}: twin", "either twin or mutant")
    where = f"{where}: {key}"
    _known(where, change, _STATEMENT if key == "twin" else (*_STATEMENT, "drop"))
    if key == "twin":
        return _statement(where, change)
    dropped = change.get("drop", [])
    held = table.get("hypotheses", {})
    if not isinstance(dropped, list) or not all(isinstance(n, str) and n in held for n in dropped):
        raise InputError(f"{where}: drop", "a list of names of hypotheses is wanted")
    if catalogue and set(change) == {"constants"} and isinstance(change["constants"], dict):
        # Other numbers in the same sentence, which need not be read again. (Where a number says
        # how long a sum is, it must be; no file of the catalogue has such.)
        return claimed.with_constants(**change["constants"])
    merged = {k: v for k, v in table.items() if k in _STATEMENT}
    for part, new in change.items():
        if part == "drop":
            continue
        both = isinstance(new, dict) and isinstance(merged.get(part), dict)
        merged[part] = {**merged[part], **new} if both else new
    if dropped:
        kept = {n: r for n, r in merged["hypotheses"].items() if n not in dropped}
        merged["hypotheses"] = kept
    return _statement(where, merged)


def _statement(where: str, table: Mapping[str, Any]) -> Statement:
    for key, such in (("variables", '{x = "real"}'), ("conclusion", '"x**2 >= 0"')):
        if key not in table:
            raise InputError(f"{where}: {key}", f"is missing, such as {key} = {such}")
    for key, part in table.items():
        if isinstance(part, dict) and len(part) > MAX_NAMES:
            raise InputError(f"{where}: {key}", f"more than {MAX_NAMES} entries")
    try:
        return statement(**table)
    except InputError as wrong:
        raise type(wrong)(f"{where}: {wrong.argument}", wrong.problem) from None
