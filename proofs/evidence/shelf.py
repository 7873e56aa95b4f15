"""What comes with the catalogue, so that it is not searched again: each piece is checked afresh.

Certificates of claims go through the core; points at which false twins fail are decided exactly.
What a claim cost is kept too, in seconds, for the time that is left is told by it.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from numerics.sweeps.files import replacing
from proofs import certificates
from proofs.evidence.cached import alone
from proofs.evidence.verdicts import Counterexample, Evidence, Verdict
from proofs.paths import Named, apart
from theory import files
from theory.claims import Statement
from theory.errors import InputError
from theory.files import replaceable

SHIPPED = Path(certificates.__file__).parent / "catalogue"
LIBRARY = Path(certificates.__file__).parent / "library"
NOTES = "notes.toml"
_COSTS = ("seconds", "searched")
_EXACT = re.compile(r"-?\d+(/\d+)?", re.ASCII)  # no exponent, which could be without end
_PLAIN = re.compile(r'[^"\\\x00-\x1f\x7f]+')  # as it stands between quotes in TOML
_MAX_BYTES = 20_000_000
_NOTED = b"# By `lemmata verify --fresh --certificates FOLDER`"
_FORMS: Mapping[str, Callable[[Any], bool]] = {
    "points": lambda v: isinstance(v, dict) and all(map(_is_coordinate, v.items())),
    "twins": lambda v: isinstance(v, str) and bool(re.fullmatch("[0-9a-f]{64}", v)),
    **dict.fromkeys(_COSTS, lambda v: type(v) in (int, float) and 0 <= v < 1e12),
}
"""What is kept of a twin, by its digest, and of a claim, by its name: what a value looks like."""
_SEALED = re.compile(rb'\s*\{\s*"digest": ?"[0-9a-f]{64}",\s*"format": ?"lemmata certificate ')


def shelved(statement: Statement) -> Evidence | None:
    """The evidence of a shipped certificate, if there is one that the core accepts.

    A file that is damaged, or about another statement, is as good as none: the search goes on.
    """
    text = texts().get(statement.digest)
    if text is None:
        return None
    from proofs.search import accepted  # whoever asks what there is needs no prover

    evidence = accepted(statement, text)
    return evidence if evidence.verdict is Verdict.PROVED else None


def texts() -> dict[str, str]:
    """The shipped certificates, by the digests of their statements."""
    return {digest: text for digest, (_, text) in _files().items()}


@lru_cache(maxsize=1)
def _files() -> dict[str, tuple[Path, str]]:
    found = {}
    for path in (*sorted(SHIPPED.glob("*.json")), *sorted(LIBRARY.glob("*.json"))):
        text = path.read_text(encoding="utf-8")
        try:
            found[str(json.loads(text)["digest"])] = path, text
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
    return found


def file(digest: str) -> Path | None:
    """The file of the shipped certificate of a statement, which is called like the claim."""
    found = _files().get(digest)
    return None if found is None else found[0]


def falls(twin: Statement) -> Counterexample | None:
    """Where a false twin fails, if a point is known and is one; decided afresh from the twin."""
    written = _notes()["points"].get(twin.digest)
    if written is None:
        return None
    return fails(twin, written)


def fails(statement: Statement, written: Any) -> Counterexample | None:
    """Decide afresh, exactly, whether a statement fails at a point that is known as text."""
    try:
        if not all(map(_EXACT.fullmatch, written.values())):
            return None
        point = {name: Fraction(value) for name, value in written.items()}
    except (ValueError, ZeroDivisionError, AttributeError, TypeError):
        return None
    if "matrix" in statement.domains:
        from theory.matrices import points

        known = points.refutes(statement, point)
        return Counterexample(point, *points.sides(statement, point)) if known else None
    from proofs.refutation.violation import violation

    return violation(statement, point)


def _is_coordinate(entry: tuple[str, Any]) -> bool:
    name, value = entry
    exact = isinstance(value, str) and _EXACT.fullmatch(value)
    return bool(exact and _PLAIN.fullmatch(name))


def cost(name: str, fresh: bool = False) -> float | None:
    """What a claim of the catalogue cost, in seconds; None if unknown.

    Parameters
    ----------
    name : str
    fresh : bool
        Searched, as opposed to checked from its certificate, which may be a thousand times faster.
    """
    known = _notes()[_COSTS[fresh]].get(name)
    return float(known) if isinstance(known, int | float) else None


@lru_cache(maxsize=1)
def _notes() -> dict[str, dict[str, Any]]:
    parts: dict[str, dict[str, Any]] = {}
    for folder in (SHIPPED, LIBRARY):
        for part, more in _kept(folder).items():
            parts.setdefault(part, {}).update(more)
    return parts


def _kept(folder: Path) -> dict[str, dict[str, Any]]:
    """The notes of a folder, as far as they are notes: points, twins and costs."""
    try:
        found = tomllib.loads(files.text(folder / NOTES, _MAX_BYTES))
    except (InputError, ValueError, RecursionError):
        found = {}
    parts = {part: found.get(part) for part in _FORMS}
    return {
        part: {n: v for n, v in known.items() if _PLAIN.fullmatch(n) and _FORMS[part](v)}
        if isinstance(known, dict)
        else {}
        for part, known in parts.items()
    }


def _noted(
    rows: Iterable[Mapping[str, Any]], known: dict[str, dict[str, Any]], fresh: bool = False
) -> str:
    """Points and costs of rows, as they are kept, and of other claims what was known."""
    points, twins, costs = (known[part] for part in ("points", "twins", _COSTS[fresh]))
    for row in rows:
        if not _PLAIN.fullmatch(row["name"]):  # a table that is no claim may be called anything
            continue
        costs[row["name"]] = row["seconds"]
        failing = row.get("control", {}).get("counterexample")
        twin = row.get("control", {}).get("statement", {"variables": {}})
        if failing is None or "measured" in twin["variables"].values():
            continue
        text = json.dumps(twin, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        before, twins[row["name"]] = twins.get(row["name"]), digest
        if (
            before and before not in twins.values()
        ):  # it was a twin of this claim, and is none any more
            points.pop(before, None)
        points[digest] = failing["point"]
    tables = {
        "points": {n: _inline(point) for n, point in points.items()},
        "twins": {n: f'"{digest}"' for n, digest in twins.items()},
        **{part: {n: f"{took:.2f}" for n, took in known[part].items()} for part in _COSTS},
    }
    said = {
        "points": "",
        "twins": " # of each claim, so that a point goes when it has another twin",
        "seconds": " # what each claim cost, checked: for the time that is left",
        "searched": " # what each claim cost, searched",
    }
    lines = [
        f"{_NOTED.decode()}. None of it is believed: a point",
        "# counts once it is decided afresh that the false twin of this digest fails there.",
    ]
    for part, table in tables.items():
        lines += [f"[{part}]{said[part]}", *(f'"{n}" = {v}' for n, v in sorted(table.items())), ""]
    return "\n".join(lines)


def _inline(point: Mapping[str, str]) -> str:
    coordinates = ", ".join(f'"{n}" = "{v}"' for n, v in sorted(point.items()))
    return f"{{ {coordinates} }}"


def room(names: Iterable[str], folder: Path, others: Iterable[Named] = ()) -> None:
    """Refuse a folder in which anything but certificates would be written over, before any work.

    A file of claims ``mine.json`` with a claim that is called ``mine`` is one, and ``notes.toml``.

    Parameters
    ----------
    names : iterable of str
        Of the claims.
    folder : Path
        It need not be there.
    others : iterable of Named
        What else the command reads or writes; none of it need be there.

    Raises
    ------
    InputError
        For what is there already and was not written by :func:`shelve`, or is named otherwise.
    """
    written = [folder / NOTES, *(folder / f"{name}.json" for name in names)]
    for path in written:
        replaceable(path, "certificates")
    apart([*others, *(Named.of("--certificates", path) for path in written)])
    for path in written:
        try:
            with path.open("rb") as there:
                head = there.read(200)
        except FileNotFoundError:
            continue
        except OSError as wrong:
            raise InputError("certificates", f"{str(path)[:200]}: {wrong.strerror}") from None
        ours = head.startswith(_NOTED) if path.name == NOTES else _SEALED.match(head)
        if head and not ours:
            said = "is there already, and no run of verify wrote it"
            raise InputError("certificates", f"{str(path)[:200]}: {said}; name another folder")


def shelve(rows: Iterable[Mapping[str, Any]], folder: Path, fresh: bool = False) -> list[Path]:
    """Write the certificates of proved claims into a folder, as ``NAME.json``, and the notes.

    What the folder holds of other claims stays, also of runs at the same time.

    Parameters
    ----------
    rows : iterable of report rows
        Of verification, or of a ledger.
    folder : Path
        Created if absent.
    fresh : bool
        Whether they were searched: what that cost is told apart.

    Returns
    -------
    list of Path
        What was written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as wrong:
        raise InputError("certificates", f"{str(folder)[:200]}: {wrong.strerror}") from None
    made, rows = [], list(rows)
    proved = [row for row in rows if row.get("certificate") and row["verdict"] == Verdict.PROVED]
    room((row["name"] for row in proved), folder)  # a ledger may have come since
    # What the notes say of other claims may be what another run is about to write.
    with alone(folder), replacing(folder / NOTES, "certificates") as beside:
        beside.write_text(_noted(rows, _kept(folder), fresh), encoding="utf-8")
    for row in proved:
        path = folder / f"{row['name']}.json"
        with replacing(path, "certificates") as beside:
            beside.write_text(row["certificate"], encoding="utf-8")
        made.append(path)
    return made
