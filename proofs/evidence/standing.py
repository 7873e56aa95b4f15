"""How far a theorem is proved: computed from its graph and from what verification found, always.

A theorem may be carried in several ways: whole by the kernel, whole by claims, by a written proof
whose steps are claims, by measurements. A way is as strong as its weakest link; a theorem is as
strong as its strongest way.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from proofs.evidence.shelf import fails
from proofs.evidence.verdicts import Kind, Rung, Verdict
from proofs.presentation.report import ReportRow, rung
from theory.theorems import Inference, Library, Role, Theorem


class Status(StrEnum):
    """The statuses of theorems, strongest first; nobody writes them down, they are computed."""

    KERNEL = "kernel"
    CERTIFIED = "certified"
    RECORDED = "kernel proof on record, not compiled in this run"
    COMPOSED = "certified steps, composition in prose"
    MEASURED = "measured on instances"
    PROSE = "prose only"
    STATED = "stated only"
    REFUTED = "refuted as printed"

    @property
    def order(self) -> int:
        """0 for the strongest."""
        return list(Status).index(self)


@dataclass(frozen=True)
class Link:
    """One thing that a theorem rests on, and how strong it is.

    Attributes
    ----------
    name : str
        Of a claim, theorem or kernel theorem; ``"gap"`` for a join in prose.
    kind : str
        What the name refers to (:data:`theory.theorems.Node`), or ``"gap"``.
    status : Status or None
        None for what is not proved here: a classical fact, which is cited, and an assumption,
        which is made.
    words : str
        What was found, or the sentence of a gap.
    """

    name: str
    kind: str
    status: Status | None
    words: str


@dataclass(frozen=True)
class Way:
    """A way to the theorem: ``kernel``, ``claims``, ``composition``, ``proof``, ``measured``."""

    by: str
    status: Status
    links: tuple[Link, ...]
    weakest: Link | None


@dataclass(frozen=True)
class Standing:
    """What is known of a theorem.

    Attributes
    ----------
    status : Status
    weakest : Link or None
        The weakest link of its strongest way; what refutes it, if it fails as printed.
    ways : tuple of Way
        Strongest first.
    twins : tuple of (str, str)
        Whose false twins stand for a false twin of the theorem, and what became of each.
    counterexample : mapping or None
        For a statement that fails as printed: the exact point, as a row shows it.
    """

    status: Status
    weakest: Link | None
    ways: tuple[Way, ...]
    twins: tuple[tuple[str, str], ...] = ()
    counterexample: Mapping[str, Any] | None = None


def standings(
    library: Library, rows: Iterable[ReportRow], names: Iterable[str] | None = None
) -> dict[str, Standing]:
    """Compute the standing of every theorem, or of some.

    Parameters
    ----------
    library : Library
    rows : iterable of ReportRow
        What verification found; a claim that is not among them was not verified, and a kernel
        theorem that is not among them was not compiled.
    names : iterable of str, optional
        Of which theorems; what they do not rest on is not even read.
    """
    found = {row["name"]: row for row in rows if _of_today(library, row)}
    made: dict[str, Standing] = {}
    wanted = list(library.theorems if names is None else names)
    for name in wanted:
        _stand(library, found, name, made)
    return {name: made[name] for name in wanted}


def counts(library: Library, found: Mapping[str, Standing], role: Role) -> dict[str, int]:
    """Count theorems, or assumptions, by status, strongest first."""
    many = Counter(s.status for n, s in found.items() if library.theorems[n].role == role)
    return {status.value: many[status] for status in Status if many[status]}


def summary(many: Mapping[str, int], examples: Mapping[str, int]) -> list[str]:
    """The counts in a line each: of theorems, and of assumptions by what their examples have."""
    made = []
    for heading, counted in (("theorems", many), ("assumptions, their examples", examples)):
        statuses = "; ".join(f"{n} {status}" for status, n in counted.items())
        made += [f"{sum(counted.values())} {heading}: {statuses}"] if counted else []
    return made


def _of_today(library: Library, row: ReportRow) -> bool:
    """Whether a row is about what its name states today, and so is its control."""
    name = row["name"]
    claim = library.known.claims.get(name) or library.steps.get(name)
    if claim is None:
        return name in library.known.kernel
    control = (row.get("control") or {}).get("statement")
    twin = control is None or control == json.loads(claim.mutant.canonical)
    return bool(row["digest"] == claim.statement.digest and twin)


def _stand(
    library: Library, rows: Mapping[str, ReportRow], name: str, made: dict[str, Standing]
) -> Standing:
    if name not in made:
        theorem = library.theorems[name]
        for below in library.rests_on(theorem):  # no circles: the loader refuses them
            if below in library.theorems:
                _stand(library, rows, below, made)
        made[name] = _weigh(library, rows, theorem, made)
    return made[name]


def _weigh(
    library: Library,
    rows: Mapping[str, ReportRow],
    theorem: Theorem,
    made: Mapping[str, Standing],
) -> Standing:
    def link(name: str) -> Link:
        return link_of(library, rows, theorem, name, made)

    ways = [_whole(by, [link(n) for n in getattr(theorem, by)]) for by in ("kernel", "claims")]
    if theorem.composition is not None:
        links = [link(n) for n in theorem.composed]
        if join := theorem.join:
            links += [Link("gap", "gap", Status.COMPOSED, join)]
        ways += [_whole("composition", links)]
    ways += [_written(theorem.inferences, link)] if theorem.inferences else []
    ways += [_whole("measured", [link(n) for n in theorem.measured])]
    strongest = sorted(
        (w for w in ways if w.links or w.by == "proof"), key=lambda w: w.status.order
    )
    parts = () if theorem.composition is None else theorem.composition.parts
    named = (theorem.twin,) if theorem.twin else (*theorem.kernel, *theorem.claims, *parts)
    twins = tuple(
        (n, str(rows[n]["negative_control"]) if n in rows else "not run")
        for n in named or theorem.measured
    )
    if theorem.printed is not None:
        return _failing(library, theorem, rows, tuple(strongest), twins)
    if not strongest:
        why = Link("gap", "gap", Status.STATED, theorem.why)
        return Standing(Status.STATED, why, (), twins)
    return Standing(strongest[0].status, strongest[0].weakest, tuple(strongest), twins)


def _failing(
    library: Library,
    theorem: Theorem,
    rows: Mapping[str, ReportRow],
    ways: tuple[Way, ...],
    twins: tuple[tuple[str, str], ...],
) -> Standing:
    """The standing of a statement that fails as printed, once its counterexample is confirmed."""
    assert theorem.printed is not None
    by = theorem.printed.refuted_by
    row = rows.get(by)
    kernel = row is not None and _by_kernel(row)
    point = None if row is None or kernel else _failing_point(library, row)
    if row is not None and (kernel or point is not None):
        refuting = Link(by, "claim", Status.REFUTED, theorem.printed.words)
        return Standing(Status.REFUTED, refuting, ways, twins, point)
    waiting = Link(by, "claim", Status.STATED, "the counterexample was not checked in this run")
    return Standing(Status.STATED, waiting, ways, twins)


def _failing_point(library: Library, row: ReportRow) -> Mapping[str, Any] | None:
    """Where the twin of a row fails, decided again: a row of a file is whoever wrote it's word."""
    said = (row.get("control") or {}).get("counterexample")
    if row["negative_control"] != "refuted" or said is None:
        return None
    name = row["name"]
    claim = library.known.claims.get(name) or library.steps[name]
    found = fails(claim.mutant, said["point"])
    return None if found is None else said | {"left": found.left, "right": found.right}


def link_of(
    library: Library,
    rows: Mapping[str, ReportRow],
    theorem: Theorem,
    name: str,
    made: Mapping[str, Standing],
) -> Link:
    """What one name contributes to a theorem."""
    kind = library.kind(name, theorem)
    if kind == "theorem" and library.theorems[name].role == "assumption":
        return Link(name, kind, None, library.theorems[name].title)
    if kind == "theorem":
        return Link(name, kind, made[name].status, library.theorems[name].title)
    if kind == "cited":
        return Link(name, kind, None, library.known.cited[name].reference)
    row = rows.get(name)
    if kind == "kernel":
        compiled = row is not None and _by_kernel(row)
        status = Status.KERNEL if compiled else Status.RECORDED
        return Link(name, kind, status, library.known.kernel[name])
    if row is None:
        return Link(name, kind, Status.STATED, "not verified in this run")
    return Link(name, kind, _of(row), str(row["title"]))


def _by_kernel(row: ReportRow) -> bool:
    return any(
        e["kind"] == Kind.KERNEL.value and e["verdict"] == Verdict.PROVED.value
        for e in row["evidence"]
    )


def _of(row: ReportRow) -> Status:
    match row["verdict"]:
        case Verdict.PROVED:
            return Status.KERNEL if rung(row) == Rung.KERNEL.value else Status.CERTIFIED
        case Verdict.SUPPORTED:
            return Status.MEASURED
        case Verdict.REFUTED:
            return Status.REFUTED
    return Status.STATED


def _whole(by: str, links: Sequence[Link]) -> Way:
    """A way whose links together are the whole statement."""
    weakest = max(links, key=_weakness, default=None)
    status = Status.STATED if weakest is None or weakest.status is None else weakest.status
    return Way(by, _carries(status), tuple(links), weakest)


def _written(inferences: Sequence[Inference], link: Any) -> Way:
    """A proof in prose: its joins are links too, and no link is stronger than they are."""
    links = [link(n) for n in dict.fromkeys(n for i in inferences for n in i.uses)]
    gaps = [Link("gap", "gap", Status.STATED, i.label) for i in inferences if i.gap]
    read = any(x.status is not None for x in links)
    prose = Status.COMPOSED if read else Status.PROSE
    # The join that takes most steps together is the one that a reader should look at first.
    widest = max(inferences, key=lambda i: len(i.uses))
    joins = [Link("gap", "gap", prose, widest.label)]
    weakest = max([*joins, *links, *gaps], key=_weakness)
    assert weakest.status is not None
    return Way("proof", _carries(weakest.status), (*links, *gaps, *joins), weakest)


def _weakness(link: Link) -> int:
    return -1 if link.status is None else link.status.order


def _carries(status: Status) -> Status:
    """What rests on something refuted is only stated."""
    return Status.STATED if status is Status.REFUTED else status
