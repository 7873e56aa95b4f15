"""Theorems as plain data, for ``--json``, and as text for people."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from proofs import certificates
from proofs.evidence.standing import Link, Standing, Status, Way
from theory.claims import SOURCES
from theory.errors import typed
from theory.theorems import Library, Theorem

_WIDTH = 100
BY = {
    "kernel": "whole, by the kernel",
    "claims": "its examples, by claims",
    "composition": "by the formal statement",
    "proof": "by a written proof",
    "measured": "measured",
}


def row(theorem: Theorem, found: Standing) -> dict[str, Any]:
    """One line of a table of theorems."""
    return {
        "name": theorem.name,
        "paper": theorem.source.key,
        "number": theorem.source.statement,
        "sureness": theorem.source.sureness,
        "title": theorem.title,
        "role": theorem.role,
        "status": found.status.value,
        "weakest": None if found.weakest is None else link(found.weakest),
        "digest": theorem.digest,
    }


def described(library: Library, theorem: Theorem, found: Standing) -> dict[str, Any]:
    """A theorem with all that is known of it."""
    printed = theorem.printed
    return {
        **row(theorem, found),
        "words": " ".join(theorem.words.split()),
        "latex": theorem.latex,
        "hypotheses": dict(theorem.hypotheses),
        "constants": dict(theorem.constants),
        "ways": [_way(way) for way in found.ways],
        "proof": [
            {"label": i.label, "text": i.text, "uses": list(i.uses), "gap": i.gap}
            for i in theorem.inferences
        ],
        "page": theorem.page,
        "twins": [{"of": name, "outcome": outcome} for name, outcome in found.twins],
        "printed": None
        if printed is None
        else {
            "refuted_by": printed.refuted_by,
            "words": printed.words,
            "counterexample": found.counterexample,
            "repaired": printed.repaired,
            "degenerate": printed.degenerate,
        },
        "formal": _formal(library, theorem),
        "prose": " ".join(theorem.prose.split()),
        "why": theorem.why,
        "improved_by": list(theorem.improved),
        "used_by": list(library.rest_on(theorem.name)),
        "commands": commands(theorem),
    }


def _formal(library: Library, theorem: Theorem) -> dict[str, Any] | None:
    """The formal statement beside the words: claims as the core reads them, and what is what."""
    if (made := theorem.composition) is None:
        return None
    claims = {n: certificates.said(json.loads(_canonical(theorem, n))) for n in made.claims}
    return {
        "claims": claims,
        "kernel": {n: library.known.kernel[n] for n in made.kernel},
        "facts": list(made.facts),
        "reads": {**made.reads, **made.inner},
        "given": dict(made.given),
        "how": " ".join(made.how.split()),
    }


def _canonical(theorem: Theorem, name: str) -> str:
    return theorem.steps[name].statement.canonical


def formal_lines(library: Library, theorem: Theorem) -> Iterator[str]:
    """The formal statement as lines of text; none for a theorem that has none."""
    if (formal := _formal(library, theorem)) is None:
        return
    for part in ("claims", "kernel"):
        for name, said in formal[part].items():
            yield f"{name}: {said}"
    for name, quantity in formal["reads"].items():
        yield f"{name} is {quantity}"
    for label, source in formal["given"].items():
        yield f"{label}: by {source}"
    if formal["how"]:
        yield formal["how"]


def link(one: Link) -> dict[str, Any]:
    """One link as plain data."""
    status = None if one.status is None else one.status.value
    return {"name": one.name, "kind": one.kind, "status": status, "words": one.words}


def _way(way: Way) -> dict[str, Any]:
    weakest = None if way.weakest is None else link(way.weakest)
    return {
        "by": way.by,
        "status": way.status.value,
        "weakest": weakest,
        "links": [link(x) for x in way.links],
    }


def commands(theorem: Theorem) -> list[str]:
    """What to type to see all this again."""
    made = [typed("theorem", theorem.name)]
    if theorem.name.endswith(".toml"):
        return [*made, typed("theorem --latex", theorem.name)]
    made.append(typed("verify", theorem.name))
    if theorem.kernel or theorem.composed or any(i.uses for i in theorem.inferences):
        made.append(typed("verify --level kernel", theorem.name))
    return [*made, typed("theorem --latex", theorem.name)]


def weakest(found: Standing) -> str:
    """The weakest link, for a person: its name, or the sentence of a gap."""
    one = found.weakest
    if one is None:
        return ""
    if one.kind != "gap":
        return one.name
    return f"gap: {one.words}" if found.status is not Status.STATED else one.words


def lines(library: Library, theorem: Theorem, found: Standing) -> Iterator[str]:
    """A theorem as text: the statement, its graph, its weakest link, commands."""
    source = theorem.source
    yield theorem.title
    yield f"{SOURCES[source.key]}, {source.statement} ({source.sureness}); {theorem.name}"
    yield ""
    yield from _wrapped(theorem.words)
    for heading, table in (("hypothesis", theorem.hypotheses), ("constant", theorem.constants)):
        for name, text in table.items():
            yield from _wrapped(f"{heading} {name}: {text}", 2)
    yield ""
    yield f"{'status' if theorem.role == 'theorem' else 'its examples'}: {found.status.value}"
    if found.weakest is not None:
        yield from _wrapped(f"weakest link: {weakest(found)}")
    if theorem.printed is not None:
        yield from _failure(theorem, found)
    if theorem.why:
        yield from _wrapped(f"out of reach: {theorem.why}")
    for way in found.ways:
        yield ""
        yield f"{BY[way.by]}: {way.status.value}"
        known = {x.name: x for x in way.links}
        if way.by == "proof":
            yield from _proof(theorem, known)
        else:
            yield from (_linked(x, 2) for x in way.links)
        if way.by == "composition":
            for text in formal_lines(library, theorem):
                yield from _wrapped(text, 2)
    if theorem.prose:
        yield from _wrapped(f"prose: {theorem.prose}")
    if found.twins:
        yield ""
        for name, outcome in found.twins:
            yield f"false twin of {name}: {outcome}"
    for name in theorem.improved:
        better = "; ".join(f"{n}: {v}" for n, v in library.theorems[name].constants.items())
        yield from _wrapped(f"improved by {name}: {better}")
    users = library.rest_on(theorem.name)
    if users:
        yield from _wrapped(f"used by: {', '.join(users)}")
    yield ""
    yield from commands(theorem)


def constants_table(library: Library) -> str:
    """What the papers' constants turned out to be, as a table in Markdown."""
    made = ["| paper | printed | here |", "| --- | --- | --- |"]
    for theorem in library.theorems.values():
        if not theorem.improved:
            continue
        better = [
            f"{_cell(_constants(library.theorems[n]))} ([{n}](theory/catalogue/{n}.toml))"
            for n in theorem.improved
        ]
        place = f"[{theorem.source.statement}](theory/catalogue/{theorem.name}.toml)"
        paper = SOURCES[theorem.source.key].partition(", arXiv")[0]
        printed = _cell(_constants(theorem))
        made.append(f"| {paper}, {place} | {printed} | {'<br>'.join(better)} |")
    return "\n".join(made) + "\n"


def errata_table(library: Library) -> str:
    """Statements that fail as printed, as a table in Markdown."""
    made = ["| printed | fails | holds |", "| --- | --- | --- |"]
    for theorem in library.theorems.values():
        if (printed := theorem.printed) is None:
            continue
        paper = SOURCES[theorem.source.key].partition(", arXiv")[0]
        place = f"[{theorem.source.statement}](theory/catalogue/{theorem.name}.toml)"
        degenerate = " (degenerate case)" if printed.degenerate else ""
        repaired = library.theorems[printed.repaired]
        holds = f"[{repaired.title}](theory/catalogue/{repaired.name}.toml)"
        made.append(f"| {paper}, {place}{degenerate} | {_cell(printed.words)} | {_cell(holds)} |")
    return "\n".join(made) + "\n"


def _constants(theorem: Theorem) -> str:
    return "; ".join(f"{name}: {text}" for name, text in theorem.constants.items())


def _cell(text: str) -> str:
    """Text for a table in Markdown, where a bar ends the cell and a star begins italics."""
    return text.replace("|", "\\|").replace("*", "\\*")


def _failure(theorem: Theorem, found: Standing) -> Iterator[str]:
    assert theorem.printed is not None
    degenerate = " (degenerate)" if theorem.printed.degenerate else ""
    yield from _wrapped(f"fails as printed{degenerate}: {theorem.printed.words}")
    if found.counterexample:
        point = found.counterexample
        at = ", ".join(f"{n} = {v}" for n, v in point["point"].items()) or "no variables"
        yield from _wrapped(f"exactly: {at}; left {point['left']}, right {point['right']}", 2)
    yield f"repaired: {theorem.printed.repaired}"


def _proof(theorem: Theorem, known: Mapping[str, Link]) -> Iterator[str]:
    for inference in theorem.inferences:
        mark = "open gap" if inference.gap else "prose"
        yield from _wrapped(f"[{mark}] {inference.label}", 2)
        yield from (_linked(known[name], 6) for name in inference.uses)


def _linked(one: Link, indent: int) -> str:
    status = unproved(one) if one.status is None else one.status.value
    line = f"{' ' * indent}{one.name}  ({status})  {one.words}"
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1].rstrip()}…"


def unproved(one: Link) -> str:
    """The word for a link that has no status."""
    return "cited" if one.kind == "cited" else "assumed"


def _wrapped(text: str, indent: int = 0) -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
