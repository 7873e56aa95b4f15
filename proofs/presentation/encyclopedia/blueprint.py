"""From a theorem and its standing to what the page shows: statement, graph, proof, status."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from proofs.evidence.standing import Link, Standing, Status, Way
from proofs.presentation import described
from proofs.presentation.encyclopedia import prose
from proofs.presentation.encyclopedia.graph import Dot, drawn
from proofs.presentation.encyclopedia.names import GREEK, sentence
from proofs.presentation.encyclopedia.statements import Point, point_of
from theory.claims import SOURCES
from theory.theorems import Library, Theorem

_LETTERS = re.compile(r"(?<![A-Za-z])(?:Phi|Psi|Xi|xi|nu|mu|pi|psi)(?![A-Za-z])")
COLOURS = {
    Status.KERNEL: ("kernel", "kernel"),
    Status.CERTIFIED: ("certified", "certified"),
    Status.RECORDED: ("recorded", "kernel, not compiled now"),
    Status.COMPOSED: ("composed", "steps certified, join in prose"),
    Status.MEASURED: ("measured", "measured"),
    Status.PROSE: ("prose", "prose"),
    Status.STATED: ("stated", "stated only"),
    Status.REFUTED: ("failing", "refuted as printed"),
}
"""The colour class of a status, and what stands in a node of the graph."""


LEGEND = (
    ("kernel", ("kernel", "stated and proved whole, and accepted by the Coq kernel in this run")),
    ("recorded", ("kernel, not compiled now", "a Coq proof is on record; it was not compiled")),
    ("certified", ("certified", "the words, sentence by sentence, are claims the core accepts")),
    ("composed", ("join in prose", "certified steps, put together by a written proof")),
    ("measured", ("measured", "held on instances; nothing is claimed beyond them")),
    ("prose", ("prose", "a written proof without a step that a machine reads")),
    ("cited", ("cited or assumed", "a classical fact with its reference, or a hypothesis")),
    ("stated", ("stated only", "nothing shown, or not verified in this run")),
    ("failing", ("refuted as printed", "an exact counterexample is confirmed")),
)


@dataclass(frozen=True)
class Failure:
    """Why a statement fails as printed, where, and what holds instead."""

    words: Markup
    point: Point | None
    by: Markup
    repaired: Markup
    degenerate: bool


@dataclass(frozen=True)
class Shown:
    """One theorem, as the page shows it; see the template."""

    anchor: str
    name: str
    rests_on: tuple[str, ...]
    title: Markup
    paper: str
    number: str
    label: str
    sureness: str
    role: str
    status: str
    colour: str
    words: Markup
    latex: str
    hypotheses: tuple[tuple[str, Markup], ...]
    constants: tuple[tuple[str, Markup], ...]
    weakest: Markup
    ways: tuple[tuple[str, str, str, tuple[Markup, ...]], ...]
    proof: tuple[Markup, ...]
    page: str
    graph: Markup
    twins: tuple[tuple[str, str], ...]
    failure: Failure | None
    why: Markup
    formal: tuple[str, ...]
    prose: Markup
    improved: tuple[Markup, ...]
    used_by: tuple[Markup, ...]
    commands: tuple[str, ...]
    search: str


@dataclass(frozen=True)
class Chapter:
    """The theorems of one paper, and the graph of how they hang together."""

    paper: str
    theorems: tuple[Shown, ...]
    graph: Markup


def chapters(
    library: Library, found: Mapping[str, Standing], anchors: Mapping[str, str]
) -> list[Chapter]:
    """Make the chapters of the blueprint, in the order of the papers.

    Parameters
    ----------
    library : Library
    found : mapping of str to Standing
        Of every theorem.
    anchors : mapping of str to str
        Where the page shows claims and kernel theorems, by name.
    """
    made = []
    for key, paper in SOURCES.items():
        own = sorted((t for t in library.theorems.values() if t.paper == key), key=_rank)
        if own:
            shown = tuple(_shown(library, found, anchors, t) for t in own)
            made.append(Chapter(paper, shown, _overview(library, found, own)))
    return made


def written(text: str) -> Markup:
    """Typeset a sentence about matrices and orbits, where Phi and mu are letters."""
    return sentence(_LETTERS.sub(lambda m: GREEK[m[0]], text))


def _tail(name: str) -> str:
    return name.rpartition("/")[2].replace("-", " ")


def _rank(theorem: Theorem) -> int:
    """Main theorems first, then what leads to them, then what they assume."""
    if theorem.role == "assumption":
        return 2
    return 0 if "theorem" in theorem.source.statement.lower() else 1


def reference(
    library: Library, links: Mapping[str, Link], anchors: Mapping[str, str], name: str
) -> Markup:
    """The link of one reference; a pattern becomes all that it stands for."""
    if "*" in name:
        matching = fnmatch.filter(links, name)
        one = partial(reference, library, links, anchors)
        return Markup(", ").join(one(n) for n in matching)
    colour, words = colour_of(links.get(name))
    fact = library.known.cited.get(name)
    if fact is not None:
        hint = f"{fact.words} ({fact.reference})"
        return Markup('<span class="ref cited" title="{}" tabindex="0">{}</span>').format(
            hint, name.removeprefix("cited-")
        )
    address = name if name in library.theorems else anchors.get(name, "")
    if not address:
        return Markup('<span class="ref {}" title="{}">{}</span>').format(colour, words, name)
    return Markup('<a class="ref {}" href="#{}" title="{}">{}</a>').format(
        colour, address, words, name
    )


def colour_of(link: Link | None) -> tuple[str, str]:
    """The colour class of a link, and the same in words."""
    if link is None:
        return "stated", "not verified in this run"
    if link.status is None:
        return "cited", described.unproved(link)
    return COLOURS[link.status]


def _shown(
    library: Library, found: Mapping[str, Standing], anchors: Mapping[str, str], theorem: Theorem
) -> Shown:
    standing = found[theorem.name]
    links = {x.name: x for way in standing.ways for x in way.links}
    if standing.weakest is not None:
        links.setdefault(standing.weakest.name, standing.weakest)
    refer = partial(reference, library, links, anchors)
    paper = SOURCES[theorem.source.key]
    words = " ".join(theorem.words.split())
    title = f"{theorem.title} {theorem.name} {theorem.source.statement} {paper}"
    return Shown(
        anchor=theorem.name,
        name=theorem.name,
        rests_on=library.rests_on(theorem),
        title=written(theorem.title),
        paper=paper,
        number=theorem.source.statement,
        label=theorem.source.statement if theorem.paper != "lemmata" else _tail(theorem.name),
        sureness=theorem.source.sureness,
        role=theorem.role,
        status=standing.status.value,
        colour=COLOURS[standing.status][0],
        words=written(words),
        latex=theorem.latex.strip(),
        hypotheses=tuple((n, written(text)) for n, text in theorem.hypotheses.items()),
        constants=tuple((n, written(text)) for n, text in theorem.constants.items()),
        weakest=_weakest(standing, refer),
        ways=tuple(_way(way, refer) for way in standing.ways),
        proof=tuple(prose.html(i.text, refer) for i in theorem.inferences),
        page=theorem.page,
        graph=_graph(library, theorem, standing, anchors),
        twins=standing.twins,
        failure=_failure(theorem, standing, found, refer),
        why=written(theorem.why),
        formal=tuple(described.formal_lines(library, theorem)),
        prose=written(theorem.prose),
        improved=tuple(_to(found, n) for n in theorem.improved),
        used_by=tuple(_to(found, n) for n in library.rest_on(theorem.name)),
        commands=tuple(described.commands(theorem)),
        search=" ".join(
            f"{title} {words} {standing.status.value} {' '.join(links)}".lower().split()
        ),
    )


def _to(found: Mapping[str, Standing], name: str) -> Markup:
    """The link to a theorem, in the colour of its status."""
    return Markup('<a class="ref {}" href="#{}">{}</a>').format(
        COLOURS[found[name].status][0], name, name
    )


def _weakest(standing: Standing, refer: prose.Reference) -> Markup:
    one = standing.weakest
    if one is None:
        return Markup()
    return sentence(described.weakest(standing)) if one.kind == "gap" else refer(one.name)


def _way(way: Way, refer: prose.Reference) -> tuple[str, str, str, tuple[Markup, ...]]:
    links = tuple(refer(x.name) for x in way.links if x.kind != "gap")
    return described.BY[way.by], way.status.value, COLOURS[way.status][0], links


def _failure(
    theorem: Theorem,
    standing: Standing,
    found: Mapping[str, Standing],
    refer: prose.Reference,
) -> Failure | None:
    printed = theorem.printed
    if printed is None:
        return None
    repaired = found[printed.repaired].status
    link = Markup("{} ({})").format(_to(found, printed.repaired), repaired.value)
    return Failure(
        written(printed.words),
        point_of(standing.counterexample),
        refer(printed.refuted_by),
        link,
        printed.degenerate,
    )


def _graph(
    library: Library, theorem: Theorem, standing: Standing, anchors: Mapping[str, str]
) -> Markup:
    """The graph of one theorem: its ways, the joins of its written proof, their steps."""
    if not standing.ways:
        return Markup()
    links = {x.name: x for way in standing.ways for x in way.links if x.kind != "gap"}
    colour, words = COLOURS[standing.status]
    dots = [Dot("", theorem.name, words, colour, theorem.name)]
    edges = []
    for name, link in links.items():
        shade, said = colour_of(link)
        address = name if name in library.theorems else anchors.get(name, "")
        dots.append(Dot(name, name.removeprefix("cited-"), said, shade, address, link.words))
    for way in standing.ways:
        below = [x.name for x in way.links if x.kind != "gap"]
        if way.by == "composition" and theorem.join:
            dots.append(
                Dot("formal", "formal statement", "join in prose", "composed", theorem.name)
            )
            edges += [("", "formal"), *(("formal", name) for name in below)]
        elif way.by != "proof":
            edges += [("", name) for name in below]
    for number, inference in enumerate(theorem.inferences):
        key, said = f"join {number}", "open gap" if inference.gap else "join in prose"
        place = f"{theorem.name}--{number}"
        shade = "stated" if inference.gap else "composed" if inference.uses else "prose"
        dots.append(Dot(key, inference.label, said, shade, place))
        edges += [("", key), *((key, name) for name in inference.uses)]
    return drawn(dots, edges, f"what {theorem.name} rests on")


def _overview(library: Library, found: Mapping[str, Standing], own: list[Theorem]) -> Markup:
    """How the theorems of a paper hang together, with those of others that they rest on."""
    edges = [
        (t.name, below) for t in own for below in library.rests_on(t) if below in library.theorems
    ]
    edges += [(t.name, t.printed.repaired) for t in own if t.printed is not None]
    shown = dict.fromkeys(key for edge in edges for key in edge)
    dots = []
    for name in shown:
        colour, words = COLOURS[found[name].status]
        dots.append(Dot(name, name, words, colour, name, library.theorems[name].title))
    return drawn(dots, edges, "how these theorems rest on each other") if dots else Markup()
