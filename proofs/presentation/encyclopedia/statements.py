"""Statements and exact points, typeset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, cast

from markupsafe import Markup, escape

from proofs.evidence.rows import digest_of
from proofs.presentation.encyclopedia import mathml, nodes
from proofs.presentation.encyclopedia.names import sentence
from theory.claims import Statement, statement
from theory.errors import InputError
from theory.exact import Exact, decimal_string, exact
from theory.expressions import Expression
from theory.layers import Layers
from theory.looks import apart, unlike
from theory.statements import Part

DOMAINS = {
    "real": "∈ ℝ",
    "positive": ">\N{NO-BREAK SPACE}0",
    "nonnegative": "≥\N{NO-BREAK SPACE}0",
    "integer": "∈ ℤ",
    "gaussian": "∼ N(0, 1)",
    "uniform": "∼ U[−√3, √3]",
    "unit": "∼ U[0, 1]",
    "rademacher": "a fair sign, ±1",
    "measured": "measured",
    "matrix": "real matrices",
    "commuting": "commuting symmetric matrices",
}
QUANTIFIED = ("real", "positive", "nonnegative", "integer")
_ENTRY = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\[([0-9]{1,2}),([0-9]{1,2})\]", re.ASCII)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
_LONG, _READABLE = 120, 24
_EXACT = re.compile(r"-?\d{1,4000}(?:/[1-9]\d{0,3999})?")


@dataclass(frozen=True)
class Shown:
    """A statement, typeset.

    Attributes
    ----------
    variables : tuple of (Markup, str)
        Names that share a domain, and the domain in signs.
    definitions, hypotheses : tuple of Markup and of (str, Markup)
    constants : tuple of (Markup, str)
        ``name = value``; the decimal, where the value is shown as a fraction.
    conclusion : Markup
    scope : Markup
    layers : tuple of Markup
        For a claim about every depth: a layer's variables, hypotheses and updates, one line each.
    source : str
        The conclusion as it is typed.
    """

    conclusion: Markup
    variables: tuple[tuple[Markup, str], ...] = ()
    definitions: tuple[Markup, ...] = ()
    hypotheses: tuple[tuple[str, Markup], ...] = ()
    constants: tuple[tuple[Markup, str], ...] = ()
    scope: Markup = field(default_factory=Markup)
    layers: tuple[Markup, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Point:
    """An exact point and both sides of the statement there."""

    values: tuple[Markup, ...]
    left: Markup
    right: Markup


def statement_of(
    canonical: Any, digest: str | None, known: Mapping[str, Statement]
) -> Statement | None:
    """Find a statement by its digest, or read it from its canonical form; None if it is neither."""
    if not isinstance(canonical, dict):
        return None
    digest = digest or digest_of(canonical)
    if digest in known:
        return known[digest]
    try:
        made = _read(canonical)
    except (InputError, KeyError, TypeError, ValueError, AttributeError):
        return None
    return made if set(made.variables.values()) <= set(DOMAINS) else None


def _read(canonical: Mapping[str, Any]) -> Statement:
    """Read a canonical form; of several conclusions each stands with its own hypotheses."""
    rows = canonical["conclusion"]
    if isinstance(rows, list):
        shared = canonical["hypotheses"]
        read = [_read({**canonical, "hypotheses": {**shared, **h}, "conclusion": c})
                for h, c in rows]  # fmt: skip
        parts = [Part({n: one.hypotheses[n] for n in h}, one.conclusion)
                 for one, (h, _) in zip(read, rows, strict=True)]  # fmt: skip
        base = {n: read[0].hypotheses[n] for n in shared}
        return replace(read[0], hypotheses=base, parts=tuple(parts))
    return statement(
        variables=canonical["variables"],
        conclusion=rows,
        definitions=dict(canonical["definitions"]),
        hypotheses=canonical["hypotheses"],
        constants=cast(Mapping[str, Exact], canonical["constants"]),
        scope=str(canonical["scope"]),
        layers=_layers(canonical.get("layers")),
    )


@apart(mathml.symbol)
def typeset(claimed: Statement) -> Shown:
    """Typeset every part of a statement."""
    return Shown(
        conclusion=_concluded(claimed),
        variables=tuple(_quantified(claimed.variables)),
        definitions=tuple(mathml.definition(e, n) for n, e in claimed.definitions.items()),
        hypotheses=tuple((n, mathml.formula(r)) for n, r in claimed.hypotheses.items()),
        constants=numbers(claimed),
        scope=sentence(claimed.scope),
        source=clipped(claimed.concluded, 600),
        layers=() if claimed.layers is None else tuple(_layer_lines(claimed.layers)),
    )


def numbers(claimed: Statement) -> tuple[tuple[Markup, str], ...]:
    """Constants with their values; the decimal, where the value is shown as a fraction."""
    return tuple((mathml.assigned(n, v), _decimal(v)) for n, v in claimed.constants.items())


def _concluded(claimed: Statement) -> Markup:
    """All that is concluded, and under which more hypotheses."""
    if not claimed.parts:
        return mathml.formula(claimed.conclusion)
    made = []
    for part in claimed.parts:
        given = Markup(" and ").join(map(mathml.formula, part.hypotheses.values()))
        made.append(mathml.formula(part.conclusion) + (Markup(" if ") + given if given else ""))
    return Markup("; and ").join(made)


def _quantified(variables: Mapping[str, str]) -> Iterator[tuple[Markup, str]]:
    """Group names by domain."""
    by_domain: dict[str, list[str]] = {}
    for name, domain in variables.items():
        by_domain.setdefault(domain, []).append(name)
    for domain, names in by_domain.items():
        yield Markup(", ").join(mathml.symbol(n) for n in names), DOMAINS.get(domain, domain)


def _layer_lines(layers: Layers) -> Iterator[Markup]:
    line = Markup("{} {}")
    for names, domain in _quantified(layers.variables):
        yield line.format(names, domain)
    for relation in layers.hypotheses.values():
        yield mathml.formula(relation)
    yield from moves(layers.start, layers.update)


def moves(start: Mapping[str, Expression], update: Mapping[str, Expression]) -> Iterator[Markup]:
    """A line for each accumulator: its value at first, and after one more layer."""
    for name, first in start.items():
        after = mathml.definition(update[name], f"{name}_next")
        yield Markup("{} at first, then {}").format(mathml.definition(first, name), after)


def _layers(canonical: Any) -> Mapping[str, Mapping[str, str]] | None:
    """Turn the canonical form of layers into what a user writes."""
    if canonical is None:
        return None
    accumulators = canonical["accumulators"]
    return {
        "variables": dict(canonical["variables"]),
        "hypotheses": dict(canonical["hypotheses"]),
        "start": {name: first for name, first, _ in accumulators},
        "next": {name: after for name, _, after in accumulators},
    }


def _decimal(value: Fraction) -> str:
    """The decimal of a number that is typeset as a fraction, where it has a short one."""
    if value.denominator == 1 or "<mfrac>" not in nodes.rational(value):
        return ""
    ends = any(10**d % value.denominator == 0 for d in range(7))
    return f"= {float(value):g}" if ends else ""


def plain(text: Any) -> Shown:
    """Show what cannot be typeset, such as the kernel's own words, as it is."""
    body = text if isinstance(text, str) else str(text.get("conclusion", ""))
    return Shown(conclusion=Markup('<code class="plain">{}</code>').format(body), source="")


def point_of(found: Mapping[str, Any] | None) -> Point | None:
    """Typeset a counterexample as it stands in a row."""
    if not found:
        return None
    values: list[Markup] = []
    matrices: dict[str, dict[tuple[int, int], Fraction]] = {}
    point = dict(found.get("point") or {})
    with unlike(filter(_NAME.fullmatch, point), mathml.symbol):
        symbols = {n: mathml.symbol(n) if _NAME.fullmatch(n) else escape(n) for n in point}
    for name, value in point.items():
        if entry := _ENTRY.fullmatch(name):
            at = int(entry[2]), int(entry[3])
            matrices.setdefault(entry[1], {})[at] = exact(str(value), name)
        else:
            values.append(Markup("{} = {}").format(symbols[name], readable(str(value))))
    for name, entries in matrices.items():
        size = max(max(at) for at in entries)
        many = range(1, size + 1)
        rows = [[entries[i, j] for j in many if (i, j) in entries] for i in many]
        values.append(mathml.matrix(name, rows))
    sides = (readable(str(found.get(side, ""))) for side in ("left", "right"))
    return Point(tuple(values), *sides)


def readable(text: str) -> Markup:
    """A number as text; an exact one of many digits about, and whole on demand."""
    if len(text) <= _READABLE or not _EXACT.fullmatch(text):
        return escape(clipped(text))
    return Markup('<details class="exact"><summary>≈ {}</summary> = {}</details>').format(
        decimal_string(Fraction(text)), text
    )


def clipped(text: str, size: int = _LONG) -> str:
    """Cut a text that is too long to read, and say how long it was."""
    return text if len(text) <= size else f"{text[: size - 20]} … ({len(text)} characters)"
