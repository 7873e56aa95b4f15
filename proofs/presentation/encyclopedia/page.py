"""The page: entries grouped by paper, rendered into one HTML text that loads nothing."""

from __future__ import annotations

import base64
import hashlib
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from proofs.evidence.standing import Status
from proofs.evidence.verdicts import Kind, Verdict
from proofs.presentation.encyclopedia.blueprint import COLOURS, LEGEND, Chapter
from proofs.presentation.encyclopedia.entries import NOT_CHECKED, Entry
from proofs.presentation.encyclopedia.names import sentence
from theory.claims import SOURCES

_PACKAGES = (
    "lemmata",
    "sympy",
    "python-flint",
    "mpmath",
    "gmpy2",
    "numpy",
    "scipy",
    "clarabel",
    "hypothesis",
    "matplotlib",
    "jinja2",
)


@dataclass(frozen=True)
class Sweep:
    """A figure of measured escape times: an SVG text, its size, its description and caption."""

    svg: bytes
    width: int
    height: int
    alt: str
    caption: str

    @property
    def uri(self) -> str:
        """The figure as an address that needs no request."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg).decode()


@dataclass(frozen=True)
class Group:
    """The entries of one paper."""

    paper: str
    entries: list[Entry]


def render(
    entries: Sequence[Entry],
    unchecked: int = 0,
    results: str = "",
    missing: Sequence[str] = (),
    sweeps: Sequence[Sweep] = (),
    settings: Sequence[tuple[str, str]] = (),
    chapters: Sequence[Chapter] = (),
) -> str:
    """Write the page.

    Parameters
    ----------
    entries : sequence of Entry
    unchecked : int
        Kernel-checked theorems that were not compiled in the run.
    results : str
        The file from which the rows were taken, if they were.
    missing : sequence of str
        Claims of the catalogue that are not among the rows.
    sweeps : sequence of Sweep
    settings : sequence of (str, str)
        What else to list beside the versions.
    chapters : sequence of Chapter
        The theorems, before the claims that they rest on.

    Returns
    -------
    str
        HTML. Every text is escaped; the policy in its head forbids all requests, and all style
        and script but the page's own, named by their digests.
    """
    css, script = _asset("page.css"), _asset("page.js")
    # Papers in the order of the sources, our own claims after them, files of users at the end.
    ordered = [name for key, name in SOURCES.items() if key != "lemmata"] + [SOURCES["lemmata"]]
    groups: dict[str, list[Entry]] = {p: [] for p in ordered if any(e.paper == p for e in entries)}
    for entry in entries:
        groups.setdefault(entry.paper, []).append(entry)
    controls = Counter(
        e.control.outcome for e in entries if e.control is not None and e.verdict != NOT_CHECKED
    )
    template = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FunctionLoader(_asset),
    ).get_template("page.html.j2")
    theorems = [t for chapter in chapters for t in chapter.theorems]
    users: dict[str, list[str]] = {entry.name: [] for entry in entries}
    for theorem in theorems:
        for name in theorem.rests_on:
            users.setdefault(name, []).append(theorem.anchor)
    statuses = _counted(
        [t.status for t in theorems if t.role == "theorem"], [s.value for s in Status]
    )
    return template.render(
        policy=_policy(css, script),
        css=Markup(css),  # noqa: S704 - our own file, and so is the script
        script=Markup(script),  # noqa: S704
        groups=[Group(paper, found) for paper, found in groups.items()],
        total=len(entries),
        ours=any(e.paper in SOURCES.values() for e in entries),
        verdicts=_counted([e.verdict for e in entries], [*(v.value for v in Verdict), NOT_CHECKED]),
        kinds=_counted([k for e in entries for k in e.kinds], [k.value for k in Kind]),
        controls=controls["refuted"],
        controlled=controls.total(),
        unchecked=unchecked,
        results=results,
        missing=missing,
        sweeps=sweeps,
        environment=[*environment(), *settings],
        words=sentence,
        chapters=chapters,
        statuses=statuses,
        counted=[(s, COLOURS[Status(s)][0], many) for s, many in statuses],
        failing=[t for t in theorems if t.failure is not None],
        legend=LEGEND,
        users=users,
    )


def environment() -> list[tuple[str, str]]:
    """List the versions that a verdict depends on, and no path of this machine."""
    found = [
        ("Python", f"{platform.python_version()} ({platform.python_implementation()})"),
        ("system", f"{platform.system()} on {platform.machine()}"),
    ]
    for package in _PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            found.append((package, "not installed"))
    return found


def _counted(values: Sequence[str], order: Sequence[str]) -> list[tuple[str, int]]:
    many = Counter(values)
    return [(v, many[v]) for v in dict.fromkeys([*order, *many]) if many[v]]


def _policy(css: str, script: str) -> str:
    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src 'sha256-{digest(css)}'; script-src 'sha256-{digest(script)}'"
    )


def _asset(name: str) -> str:
    return resources.files("proofs.presentation.encyclopedia").joinpath(name).read_text("utf-8")


def totals(entries: Sequence[Entry]) -> dict[str, Any]:
    """Count the entries for the summary: by verdict, by paper, with figures."""
    return {
        "claims": len(entries),
        "verdicts": dict(
            _counted([e.verdict for e in entries], [*(v.value for v in Verdict), NOT_CHECKED])
        ),
        "papers": dict(Counter(e.paper for e in entries)),
        "figures": sum(bool(e.figure) for e in entries),
    }
