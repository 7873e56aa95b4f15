"""Reading theorems: one TOML file each; whatever is wrong is one line that names file and key."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from theory import files
from theory.claim_files import source_of
from theory.claims import Claim
from theory.errors import InputError
from theory.names import check_label, check_text
from theory.theorems import prose
from theory.theorems.composition import Composition, checked, unused
from theory.theorems.model import Cited, Known, Printed, Role, Theorem
from theory.ties import Numbers, number, tie_of

MAX_BYTES, MAX_PROSE = 200_000, 20_000
_ROLES: tuple[Role, ...] = get_args(Role)
_STATED = {
    "title",
    "source",
    "words",
    "latex",
    "hypotheses",
    "constants",
    "twin",
    "printed",
    "improved",
}
_CARRIED = {"kernel", "claims", "measured", "proof", "page", "why", "prose"}


def read_theorem(path: Path, name: str, known: Known, theorems: Collection[str] = ()) -> Theorem:
    """Read one file.

    Parameters
    ----------
    path : Path
        A table ``[theorem]`` or ``[assumption]``; ``[step.NAME]`` for claims of its proof alone.
    name : str
        What the theorem is called.
    known : Known
        What its proof may refer to.
    theorems : collection of str
        The names of all theorems.

    Raises
    ------
    InputError
        One line that names the file, the key and the problem.
    """
    data = _toml(path)
    where = f"{name}.toml" if name else str(path)
    if unknown := set(data) - {*_ROLES, "step", "composition"}:
        raise InputError(where, f"unknown table {min(unknown)[:40]!r}")
    roles = [role for role in _ROLES if role in data]
    if len(roles) != 1:
        raise InputError(where, "one table is wanted, [theorem] or [assumption]")
    table = _a_table(data[roles[0]], f"{where}: {roles[0]}")
    if unknown := set(table) - _STATED - _CARRIED:
        raise InputError(f"{where}: {roles[0]}", f"unknown key {min(unknown)[:40]!r}")
    tables = _a_table(data.get("step", {}), f"{where}: step")
    steps = _steps(where, name, tables, known)
    names = {*known.claims, *known.kernel, *known.cited, *theorems}
    for label in steps:
        if label in names:
            raise InputError(f"{where}: step.{label}", "this name has another statement already")
    names |= set(steps)
    text, page = _proof(where, table, known)
    tied = _strings(where, table, "constants")
    told = Numbers(where, _both(steps, known.claims))
    typed = _strings(where, table, "hypotheses")
    said = {key: _prose(where, table, key) for key in ("words", "latex")}
    for key, sentence in (("words", said["words"]), *typed.items()):
        told.check(key, sentence, tied)
    made = Theorem(
        name=name,
        role=roles[0],
        title=told("title", check_text(_required(where, table, "title"), f"{where}: title")),
        source=source_of(where, _required(where, table, "source")),
        words=told("words", said["words"]),
        latex=told("latex", said["latex"], latex=True),
        why=_prose(where, table, "why"),
        prose=_prose(where, table, "prose"),
        hypotheses={label: told(label, sentence) for label, sentence in typed.items()},
        constants={label: told(label, number) for label, number in tied.items()},
        kernel=_names(where, table, "kernel"),
        claims=_names(where, table, "claims"),
        composition=_composition(where, data),
        measured=_names(where, table, "measured"),
        improved=_names(where, table, "improved"),
        inferences=prose.inferences(text, names, f"{where}: {page or 'proof'}"),
        page=page,
        steps=steps,
        twin=check_text(table.get("twin", ""), f"{where}: twin"),
        printed=_printed(where, table),
        tied=tied,
    )
    made = replace(made, ties=tuple(told.ties))
    if made.composition is not None:
        spoken = (made.words, *made.hypotheses.values(), *made.constants.values())
        checked(
            where, made.composition, tables, steps, spoken, made.hypotheses, names, told.ties
        )  # fmt: skip
        if made.role == "theorem" and (left := unused(made.composition, made.hypotheses)):
            raise InputError(f"{where}: composition: given", f"nothing takes {left[0]!r}")
    for key in ("words", "latex"):
        if not getattr(made, key):
            raise InputError(f"{where}: {key}", "is missing")
    used = set(made.references)
    for label in steps:
        if label not in used:
            raise InputError(f"{where}: step.{label}", "is used nowhere in the proof")
    for reference in made.references:
        if reference not in names:
            raise InputError(where, f"unknown reference {reference[:60]!r}")
    return made


def read_cited(path: Path) -> dict[str, Cited]:
    """Read the list of classical facts."""
    made = {}
    for name, part in _toml(path).items():
        where = f"{path.name}: {name}"
        table = _a_table(part, where)
        if set(table) != {"words", "latex", "reference"}:
            raise InputError(where, "words, latex and reference are wanted, and nothing else")
        texts = {key: " ".join(str(value).split()) for key, value in table.items()}
        made[check_label(name, where)] = Cited(name, **texts)
    return made


def _toml(path: Path) -> dict[str, Any]:
    with files.readable(str(path)):
        return files.toml(files.text(path, MAX_BYTES))


def _both(own: Mapping[str, Claim], known: Mapping[str, Claim]) -> Mapping[str, Claim]:
    """The claims of a file and all others, of which none is read before it is asked for."""
    return ChainMap(own, known)  # type: ignore[arg-type]  # never written to


def _steps(where: str, theorem: str, tables: Mapping[str, Any], known: Known) -> dict[str, Claim]:
    """The claims of a file, with the numbers of the claims that they are tied to, and citations."""
    made: dict[str, Claim] = {}
    for label, part in tables.items():
        table = dict(_a_table(part, f"{where}: step.{label}"))
        ties = {}
        if isinstance(constants := table.get("constants"), dict):
            ties = {n: tie for n, value in constants.items() if (tie := tie_of(value))}
            shown = f"{where}: step.{label}"
            others = _both(made, known.claims)
            numbers = {n: number(tie, others, shown) for n, tie in ties.items()}
            table["constants"] = {**constants, **{n: str(v) for n, v in numbers.items()}}
        made[label] = replace(_step(where, theorem, label, table, known), ties=ties)
    for label, claim in made.items():
        own = {n: made.get(n) or known.claims.get(n) for n in claim.hints.uses if n != label}
        found = {n: c for n, c in own.items() if c is not None}
        made[label] = replace(claim, hints=replace(claim.hints, own=found)) if found else claim
    return made


def _composition(where: str, data: Mapping[str, Any]) -> Composition | None:
    if "composition" not in data:
        return None
    where = f"{where}: composition"
    table = _a_table(data["composition"], where)
    if unknown := set(table) - {"claims", "kernel", "facts", "reads", "inner", "given", "how"}:
        raise InputError(where, f"unknown key {min(unknown)[:40]!r}")
    claims, kernel, facts = (_names(where, table, key) for key in ("claims", "kernel", "facts"))
    reads, inner, given = (_strings(where, table, key) for key in ("reads", "inner", "given"))
    how = _prose(where, table, "how")
    return Composition(claims, kernel, reads, inner, given, facts, how)


def _step(where: str, theorem: str, label: str, part: object, known: Known) -> Claim:
    table = _a_table(part, f"{where}: step.{label}")
    check_label(label, f"{where}: step")
    return known.read_step(where, label, {"source": f"{theorem}, a step", **table})


def _proof(where: str, table: Mapping[str, Any], known: Known) -> tuple[str, str]:
    """The text of the proof, and the pages that it stands on if it is not in the file itself."""
    text, pages = table.get("proof", ""), _names(where, table, "page")
    if text and pages:
        raise InputError(f"{where}: proof", "either a proof or a page, not both")
    if not isinstance(text, str) or len(text) > MAX_PROSE:
        raise InputError(f"{where}: proof", f"text of at most {MAX_PROSE} characters is wanted")
    parts = [text]
    for page in pages:
        file, _, place = page.partition("#")
        heading, _, statement = place.partition("#")
        if file not in known.pages:
            raise InputError(f"{where}: page", f"there is no page {file!r}")
        part = prose.section(known.pages[file], heading, f"{where}: page")
        parts.append(prose.proof_in(part, statement, f"{where}: page"))
    return "\n\n".join(parts), ", ".join(pages)


def _printed(where: str, table: Mapping[str, Any]) -> Printed | None:
    if "printed" not in table:
        return None
    part = dict(_a_table(table["printed"], f"{where}: printed"))
    degenerate = part.pop("degenerate", False)
    if set(part) != {"refuted_by", "words", "repaired"} or not isinstance(degenerate, bool):
        raise InputError(f"{where}: printed", "refuted_by, words and repaired are wanted")
    texts = {key: " ".join(str(value).split()) for key, value in part.items()}
    return Printed(**texts, degenerate=degenerate)


def _prose(where: str, table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str) or len(value) > MAX_PROSE:
        raise InputError(f"{where}: {key}", f"text of at most {MAX_PROSE} characters is wanted")
    return "\n".join(line.strip() for line in value.strip().splitlines())


def _strings(where: str, table: Mapping[str, Any], key: str) -> dict[str, str]:
    part = _a_table(table.get(key, {}), f"{where}: {key}")
    for label, text in part.items():
        check_text(label, f"{where}: {key}")  # c' is a name on paper
        if not isinstance(text, str):
            raise InputError(f"{where}: {key}.{label}", "text is wanted")
    return {label: " ".join(text.split()) for label, text in part.items()}


def _names(where: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, ())
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list | tuple) or not all(isinstance(n, str) for n in listed):
        raise InputError(f"{where}: {key}", "a name or a list of names is wanted")
    if len(set(listed)) != len(listed):
        raise InputError(f"{where}: {key}", "a name stands twice")
    return tuple(listed)


def _a_table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(where, "a table is wanted")
    return value


def _required(where: str, table: Mapping[str, Any], key: str) -> Any:
    if key not in table:
        raise InputError(f"{where}: {key}", "is missing")
    return table[key]
