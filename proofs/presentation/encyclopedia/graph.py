"""Dependency graphs as SVG: columns from what is claimed to what it rests on, every node a link.

The layout is layered: a node stands one column to the right of all that rest on it, and within a
column nodes are ordered by the mean place of their neighbours, so that few edges cross. An edge
over several columns has a gap of its own in each, so that no node hides it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

_WIDTH, _HEIGHT, _ACROSS, _BETWEEN, _EDGE = 214, 38, 62, 8, 6
_CHARACTERS, _SWEEPS = 33, 6
_FIT, _GAP, _HIGHEST = 26, 12, 140
"""Characters that fit into a node at any font, the gap for an edge, how low a column may begin."""


_SQUEEZED = Markup(' textLength="{}" lengthAdjust="spacingAndGlyphs"').format(_WIDTH - 18)


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
    known = {d.key: d for d in dots}
    columns, routes = threaded(layers(list(known), kept), kept)
    columns = ordered(columns, [piece for route in routes for piece in pairwise(route)])
    heights = {key: _HEIGHT if key in known else _GAP for column in columns for key in column}
    places, down = _places(columns, heights)
    across = len(columns) * (_WIDTH + _ACROSS) - _ACROSS + 2 * _EDGE
    middles = {key: (x, y + heights[key] // 2) for key, (x, y) in places.items()}
    drawing = [_edge([middles[key] for key in route]) for route in routes]
    drawing += [_node(dot, *places[key]) for key, dot in known.items()]
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


def threaded(
    columns: Sequence[Sequence[str]], edges: Sequence[tuple[str, str]]
) -> tuple[list[list[str]], list[list[str]]]:
    """Give every edge a place in each column that it passes.

    Returns
    -------
    columns : list of list of str
        With the places, which have keys of their own.
    routes : list of list of str
        For every edge its ends and the places between them.
    """
    made, routes = [list(column) for column in columns], []
    column_of = {key: i for i, column in enumerate(columns) for key in column}
    for a, b in edges:
        between = range(column_of[a] + 1, column_of[b])
        places = [f"{a}\n{b}\n{i}" for i in between]
        for i, place in zip(between, places, strict=True):
            made[i].append(place)
        routes.append([a, *places, b])
    return made, routes


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


def _places(
    columns: Sequence[Sequence[str]], heights: Mapping[str, int]
) -> tuple[dict[str, tuple[int, int]], int]:
    """The upper left corners, and how high the picture is.

    A column begins near the top, so that what a long graph is about is seen at once.
    """
    long = [sum(heights[key] + _BETWEEN for key in column) - _BETWEEN for column in columns]
    tallest, made = max([_HEIGHT, *long]), dict[str, tuple[int, int]]()
    for i, (column, size) in enumerate(zip(columns, long, strict=True)):
        y = _EDGE + min((tallest - size) // 2, _HIGHEST)
        for key in column:
            made[key] = _EDGE + i * (_WIDTH + _ACROSS), y
            y += heights[key] + _BETWEEN
    return made, tallest + 2 * _EDGE


def _edge(points: Sequence[tuple[int, int]]) -> Markup:
    """Draw a line from the right of the first place through the others to the left of the last."""
    (x, y), path = points[0], ""
    for u, v in points[1:]:
        x += _WIDTH
        bend = max(20, (u - x) // 2)
        path += f"H{x}" if path else f"M{x} {y}"
        path += f"C{x + bend} {y} {u - bend} {v} {u} {v}"
        x, y = u, v
    return Markup('<path class="edge" d="{}"/>').format(path)


def _node(dot: Dot, x: int, y: int) -> Markup:
    short = dot.label if len(dot.label) <= _CHARACTERS else f"{dot.label[: _CHARACTERS - 1]}…"
    body = Markup(
        '<title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="6"/>'
        '<text x="{}" y="{}"{}>{}</text><text class="words" x="{}" y="{}">{}</text>'
    ).format(
        f"{dot.label}: {dot.words}{'. ' if dot.hint else ''}{dot.hint}",
        x,
        y,
        _WIDTH,
        _HEIGHT,
        x + 9,
        y + 16,
        _SQUEEZED if len(short) > _FIT else "",
        short,
        x + 9,
        y + 31,
        dot.words,
    )
    if not dot.address:
        return Markup('<g class="node {}">{}</g>').format(dot.colour, body)
    return Markup('<a class="node {}" href="#{}">{}</a>').format(dot.colour, dot.address, body)
