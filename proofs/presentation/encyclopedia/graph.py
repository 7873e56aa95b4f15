"""Dependency graphs as SVG: columns from what is claimed to what it rests on, every node a link.

The layout is layered: a node stands one column to the right of all that rest on it, and within a
column nodes are ordered by the mean place of their neighbours, so that few edges cross.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

_WIDTH, _HEIGHT, _ACROSS, _BETWEEN, _EDGE = 214, 38, 62, 8, 6
_CHARACTERS, _SWEEPS = 33, 6


@dataclass(frozen=True)
class Dot:
    """A node: its identity, label, what it is in words, colour class, and where it leads."""

    key: str
    label: str
    words: str
    colour: str
    address: str
    hint: str = ""


def drawn(dots: Sequence[Dot], edges: Iterable[tuple[str, str]], label: str) -> Markup:
    """Draw a graph without circles.

    Parameters
    ----------
    dots : sequence of Dot
    edges : iterable of (str, str)
        From what rests to what it rests on, by key.
    label : str
        What the picture shows, for those who do not see it.

    Returns
    -------
    Markup
        One ``<svg>`` element whose colours come from the page's style.
    """
    kept = [(a, b) for a, b in dict.fromkeys(edges) if a != b]
    columns = ordered(layers([d.key for d in dots], kept), kept)
    places = _places(columns)
    known = {d.key: d for d in dots}
    across = len(columns) * (_WIDTH + _ACROSS) - _ACROSS + 2 * _EDGE
    down = max((len(c) for c in columns), default=1) * (_HEIGHT + _BETWEEN) - _BETWEEN + 2 * _EDGE
    drawing = [_edge(places[a], places[b]) for a, b in kept]
    drawing += [_node(known[key], *at) for key, at in places.items()]
    return Markup(
        '<svg class="graph" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="group" '
        'aria-label="{2}">{3}</svg>'
    ).format(across, down, label, Markup("").join(drawing))


def layers(keys: Sequence[str], edges: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Put every node one layer below the lowest that rests on it."""
    above: dict[str, list[str]] = {key: [] for key in keys}
    for a, b in edges:
        above[b].append(a)
    depth: dict[str, int] = {}

    def find(key: str) -> int:
        if key not in depth:
            depth[key] = 1 + max((find(a) for a in above[key]), default=-1)
        return depth[key]

    made: list[list[str]] = [[] for _ in range(1 + max(map(find, keys), default=0))]
    for key in keys:
        made[depth[key]].append(key)
    return made


def ordered(columns: Sequence[list[str]], edges: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Order each column by the mean place of its neighbours in the others, a few times over."""
    near: dict[str, list[str]] = {key: [] for column in columns for key in column}
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    best = [list(column) for column in columns]
    fewest = crossings(best, edges)
    current = best
    for sweep in range(_SWEEPS):
        place = {k: i / max(1, len(c) - 1) for c in current for i, k in enumerate(c)}
        column_of = {k: i for i, c in enumerate(current) for k in c}

        def mean(key: str, side: int, place: Mapping[str, float], at: Mapping[str, int]) -> float:
            beside = [n for n in near[key] if (at[n] - at[key]) * side > 0] or [key]
            return sum(place[n] for n in beside) / len(beside)

        side = -1 if sweep % 2 == 0 else 1
        current = [sorted(c, key=lambda k: mean(k, side, place, column_of)) for c in current]
        if (many := crossings(current, edges)) < fewest:
            best, fewest = current, many
    return best


def crossings(columns: Sequence[Sequence[str]], edges: Sequence[tuple[str, str]]) -> int:
    """How many pairs of edges between the same two columns cross."""
    at = {key: (i, j) for i, column in enumerate(columns) for j, key in enumerate(column)}
    lines = sorted((at[a], at[b]) for a, b in edges)
    return sum(
        (a[1] - c[1]) * (b[1] - d[1]) < 0
        for i, (a, b) in enumerate(lines)
        for c, d in lines[i + 1 :]
        if a[0] == c[0] and b[0] == d[0]
    )


def _places(columns: Sequence[Sequence[str]]) -> dict[str, tuple[int, int]]:
    tallest = max((len(c) for c in columns), default=1)
    step = _HEIGHT + _BETWEEN
    return {
        key: (
            _EDGE + i * (_WIDTH + _ACROSS),
            _EDGE + (tallest - len(column)) * step // 2 + j * step,
        )
        for i, column in enumerate(columns)
        for j, key in enumerate(column)
    }


def _edge(a: tuple[int, int], b: tuple[int, int]) -> Markup:
    x, y, u, v = a[0] + _WIDTH, a[1] + _HEIGHT // 2, b[0], b[1] + _HEIGHT // 2
    bend = max(20, (u - x) // 2)
    return Markup('<path class="edge" d="M{} {}C{} {} {} {} {} {}"/>').format(
        x, y, x + bend, y, u - bend, v, u, v
    )


def _node(dot: Dot, x: int, y: int) -> Markup:
    short = dot.label if len(dot.label) <= _CHARACTERS else f"{dot.label[: _CHARACTERS - 1]}…"
    body = Markup(
        '<title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="6"/>'
        '<text x="{}" y="{}">{}</text><text class="words" x="{}" y="{}">{}</text>'
    ).format(
        f"{dot.label}: {dot.words}{'. ' if dot.hint else ''}{dot.hint}",
        x,
        y,
        _WIDTH,
        _HEIGHT,
        x + 9,
        y + 16,
        short,
        x + 9,
        y + 31,
        dot.words,
    )
    if not dot.address:
        return Markup('<g class="node {}">{}</g>').format(dot.colour, body)
    return Markup('<a class="node {}" href="#{}">{}</a>').format(dot.colour, dot.address, body)
