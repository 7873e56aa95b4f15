"""From a row of verification to what the page shows of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from proofs.evidence.coq_record import Entry as Theorem
from proofs.evidence.rows import as_typed, digest_of
from proofs.evidence.verdicts import Kind, Verdict
from proofs.presentation.encyclopedia import mathml, sketches
from proofs.presentation.encyclopedia.names import sentence
from proofs.presentation.encyclopedia.spoken import spoken
from proofs.presentation.encyclopedia.statements import (
    QUANTIFIED,
    Point,
    Shown,
    plain,
    point_of,
    statement_of,
    typeset,
)
from proofs.presentation.report import ReportRow
from theory.catalogue import CLAIMS
from theory.claim_files import negation
from theory.claims import SOURCES, Claim, Statement
from theory.errors import InputError, typed
from theory.exact import decimal_string, exact
from theory.paragraphs import implied

_STANDING = (Verdict.PROVED.value, Verdict.SUPPORTED.value)
_REVERSED = Markup("the conclusion reversed")
NOT_CHECKED = "not checked"
"""Shown for a theorem on record that was not compiled in this run; it is no verdict."""


@dataclass(frozen=True)
class Finding:
    """One piece of evidence."""

    kind: str
    verdict: str
    detail: str
    point: Point | None


@dataclass(frozen=True)
class Control:
    """The negative control: what it changes, and where it fails."""

    outcome: str
    changes: tuple[Markup, ...]
    point: Point | None
    false_proofs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bracket:
    """A constant at which the claim holds, and one at which it provably fails."""

    name: Markup
    holds: str
    fails: str
    width: str


@dataclass(frozen=True)
class Entry:
    """One claim, as the page shows it; see the template."""

    anchor: str
    name: str
    title: Markup
    paper: str
    number: str
    sureness: str
    verdict: str
    kinds: tuple[str, ...]
    shown: Shown
    reading: Shown | None
    latex: str
    findings: tuple[Finding, ...]
    control: Control | None
    slack: str
    bracket: Bracket | None
    figure: Markup
    caption: str
    commands: tuple[str, ...]
    theorem: Theorem | None
    compiled: bool
    digest: str
    note: str
    search: str


def entries(
    rows: Sequence[ReportRow], theorems: Mapping[str, Theorem], claims: Iterable[Claim] = CLAIMS
) -> list[Entry]:
    """Make the entries of the page, one per row, in the order of the rows.

    Parameters
    ----------
    rows : sequence of ReportRow
        As ``lemmata verify --json`` prints them.
    theorems : mapping of str to Theorem
        The record of kernel-checked proofs, by claim.
    claims : iterable of Claim
        Where statements are looked up by their digests; any other is parsed from its row.
    """
    known: dict[str, Statement] = {}
    for claim in claims:
        known[claim.statement.digest] = claim.statement
        known[claim.mutant.digest] = claim.mutant
    today = {claim.name: claim.statement.digest for claim in claims}
    anchors: dict[str, int] = {}
    made = []
    for row in rows:
        anchor = re.sub(r"[^a-z0-9-]+", "-", row["name"].lower()).strip("-")[:90] or "claim"
        anchors[anchor] = anchors.get(anchor, 0) + 1
        if anchors[anchor] > 1:
            anchor = f"{anchor}--{anchors[anchor]}"
        made.append(_entry(row, anchor, theorems.get(row["name"]), known, today))
    return made


def _entry(
    row: ReportRow,
    anchor: str,
    theorem: Theorem | None,
    known: Mapping[str, Statement],
    today: Mapping[str, str],
) -> Entry:
    typed_so = as_typed(row)
    claimed = typed_so[0] if typed_so else statement_of(row["statement"], row["digest"], known)
    control = row.get("control") or {}
    twin = statement_of(control.get("statement"), None, known)
    source, evidence = row["source"], row["evidence"]
    ours = today.get(row["name"]) == row["digest"]
    kernel = any(e["kind"] == Kind.KERNEL.value for e in evidence)
    compiled = any(
        e["kind"] == Kind.KERNEL.value and e["verdict"] == Verdict.PROVED.value for e in evidence
    )
    figure, caption = _figure(claimed, evidence)
    verdict = _verdict(row, kernel)
    shown = typeset(claimed) if claimed is not None else plain(row["statement"])
    reading = shown if typed_so else None
    shown = spoken(*typed_so) if typed_so else shown
    holds = row["negative_control"] == "refuted" and row["verdict"] in _STANDING
    paper = SOURCES.get(source["key"], source["key"])
    if source["key"] == "lemmata" and source["statement"].endswith((".toml", ".json", ".py")):
        paper = f"claims of {source['statement']}"
    return Entry(
        anchor=anchor,
        name=row["name"],
        title=sentence(row["title"]),
        paper=paper,
        number=source["statement"],
        sureness=source["sureness"],
        verdict=verdict,
        kinds=tuple(dict.fromkeys(e["kind"] for e in evidence)),
        shown=shown,
        reading=reading,
        latex="" if claimed is None else implied(claimed, typed_so[1] if typed_so else None),
        findings=tuple(_finding(e, verdict) for e in evidence),
        control=_control(row, claimed, twin, theorem),
        slack=row.get("slack") or "",
        bracket=_bracket(claimed, twin) if holds else None,
        figure=figure,
        caption=caption,
        commands=_commands(row, ours, theorem, figure, claimed),
        theorem=theorem,
        compiled=compiled,
        digest=row["digest"] or "",
        note=""
        if ours or row["name"] not in today or not row["digest"]
        else "the catalogue has another statement under this name today",
        search=_search(row, paper, shown),
    )


def _verdict(row: ReportRow, kernel: bool) -> str:
    unchecked = row["verdict"] == Verdict.UNSUPPORTED.value and kernel and row["digest"] is None
    return NOT_CHECKED if unchecked else str(row["verdict"])


def _finding(evidence: Mapping[str, Any], verdict: str) -> Finding:
    return Finding(
        evidence["kind"],
        verdict if verdict == NOT_CHECKED else evidence["verdict"],
        evidence["detail"],
        point_of(evidence.get("counterexample")),
    )


def _control(
    row: ReportRow, claimed: Statement | None, twin: Statement | None, theorem: Theorem | None
) -> Control | None:
    false_proofs = theorem.false if theorem is not None else ()
    control = row.get("control") or {}
    point = point_of(control.get("counterexample"))
    said = digest_of(control.get("statement", ""))
    if "typed" in row and claimed is not None and said == negation(claimed).digest:
        return Control(row["negative_control"], (_REVERSED,), point, false_proofs)
    if claimed is None or twin is None:
        return Control(row["negative_control"], (), None, false_proofs)
    changes = []
    for name, value in twin.constants.items():
        if claimed.constants.get(name) != value:
            changes.append(mathml.assigned(name, value))
    for name, meaning in twin.definitions.items():
        if claimed.definitions.get(name) != meaning:
            changes.append(mathml.definition(meaning, name))
    for name, relation in twin.hypotheses.items():
        if claimed.hypotheses.get(name) != relation:
            changes.append(Markup("{}: {}").format(name, mathml.formula(relation)))
    if twin.conclusion != claimed.conclusion:
        changes.append(mathml.formula(twin.conclusion))
    return Control(row["negative_control"], tuple(changes), point, false_proofs)


def _bracket(claimed: Statement | None, twin: Statement | None) -> Bracket | None:
    """The two values of the one constant in which the false twin differs, if it is just one."""
    if claimed is None or twin is None or "measured" in claimed.domains:
        return None
    changed = [n for n, v in claimed.constants.items() if twin.constants.get(n) != v]
    if len(changed) != 1 or set(twin.constants) != set(claimed.constants):
        return None
    (name,) = changed
    holds, fails = claimed.constants[name], twin.constants[name]
    if twin.with_constants(**{name: holds}).digest != claimed.digest:
        return None
    return Bracket(
        mathml.symbol(name),
        decimal_string(holds),
        decimal_string(fails),
        f"{float(abs(holds - fails)):.3g}",
    )


def _figure(claimed: Statement | None, evidence: Sequence[Mapping[str, Any]]) -> tuple[Markup, str]:
    if claimed is None:
        return Markup(), ""
    operator = claimed.conclusion.operator
    points = [p for e in evidence for p in e.get("points", [])]
    if points:
        pairs = [(exact(str(a), "points"), exact(str(b), "points")) for a, b in points]
        return sketches.measured(pairs, operator), (
            "Every measurement: left side against right side of the claim; the line is equality."
        )
    alone = len(claimed.variables) == 1 and claimed.domains <= set(QUANTIFIED)
    if operator == "==" or not alone or claimed.layers is not None or claimed.parts:
        return Markup(), ""
    from proofs.refutation.slack import curves  # matplotlib takes a second to import

    (name,) = claimed.variables
    centre = claimed.witness.get(name, Fraction(1))
    try:
        (curve,) = curves(claimed, {name: centre})
    except InputError:  # what has no slack has no figure, and the page has all other claims
        return Markup(), ""
    return sketches.slack(curve), (
        "Slack over the domain: larger side minus smaller side (floating point, for the eye)."
    )


def _commands(
    row: ReportRow,
    ours: bool,
    theorem: Theorem | None,
    figure: Markup,
    claimed: Statement | None,
) -> tuple[str, ...]:
    name = row["name"]
    if row["digest"] is None:
        return (typed("verify --level kernel", name),)
    if not ours and row["source"]["statement"].endswith((".toml", ".json", ".py")):
        name = f"{row['source']['statement']}::{name}"
    made = [typed("verify", name)]
    if theorem is not None:
        made.append(typed("verify --level kernel", name))
    if claimed is not None and "measured" in claimed.domains:
        made.append(typed("verify --profile full", name))
    elif figure:
        made.append(typed("plot slack", name, row["name"]))
    return tuple(made)


def _search(row: ReportRow, paper: str, shown: Shown) -> str:
    source = row["source"]
    parts = [
        row["name"],
        row["title"],
        source["key"],
        source["statement"],
        paper,
        shown.source,
        str(shown.scope.striptags()),
        str(shown.conclusion.striptags())[:600],
        *(e["kind"] + " " + e["detail"][:300] for e in row["evidence"]),
    ]
    return " ".join(" ".join(parts).lower().split())
