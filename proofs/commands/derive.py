"""``lemmata derive``: print the derivation of the dynamics of F(w) = f(prod w)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import click
import sympy

from proofs.cli import EXIT_FAILED
from proofs.options import Choice
from theory.deciders import FLINT_MPOLY, SYMPY_RING
from theory.dynamics.closed_forms import ClosedForm
from theory.dynamics.derivation import Derivation, Section, derive
from theory.dynamics.identities import Identity
from theory.dynamics.objective import Loss, ProductObjective
from theory.dynamics.settings import SETTINGS
from theory.errors import InputError
from theory.notation import latex, prose, together, unicode
from theory.sentences import latex_prose
from theory.typeset import PREAMBLE

_DISPLAYED = 160
"""Characters of LaTeX that surely fit on a line."""


@click.command(name="derive", short_help="print the derivation of the dynamics")
@click.option("--loss", default="f", show_default=True, help="f(p), such as '(p+1)**2/2'; f: any.")
@click.option("--depth", default="k", show_default=True, help="Number of weights; k: every depth.")
@click.option(
    "--setting",
    "settings",
    multiple=True,
    type=Choice(tuple(SETTINGS)),
    help="Also derive this one; can be given several times.",
)
@click.option(
    "--format",
    "form",
    type=Choice(["text", "latex", "json"]),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option("--latex", "as_latex", is_flag=True, help="Same as --format latex.")
@click.option("--json", "as_json", is_flag=True, help="Same as --format json.")
def command(
    loss: str, depth: str, settings: tuple[str, ...], form: str, as_latex: bool, as_json: bool
) -> None:
    """Derive gradient, flow, conserved quantities, closed forms and saddles of F(w) = f(w_1...w_k).

    Every identity is decided twice in exact polynomial arithmetic, by SymPy's ring and by flint,
    for every depth at once, and again by full expansion at depths 2 to 8.
    """
    try:
        derivation = derive(ProductObjective(_loss(loss), _depth(depth)), settings)
        _print(derivation, "json" if as_json else "latex" if as_latex else form)
    except RecursionError:  # SymPy recurses several frames per level of nesting
        raise InputError("loss", "nested too deeply to differentiate") from None
    except OverflowError:  # it tells signs by numbers, which may be towers of exponentials
        raise InputError("loss", "its values are beyond all numbers") from None
    if not derivation.holds:
        raise click.exceptions.Exit(EXIT_FAILED)


def _print(derivation: Derivation, form: str) -> None:
    with unmistakable(derivation):
        if form == "json":
            click.echo(json.dumps(as_data(derivation), ensure_ascii=False, indent=1))
        elif form == "latex":
            click.echo("\n".join(latex_lines(derivation)))
        else:
            _print_text(derivation)


def unmistakable(derivation: Derivation) -> AbstractContextManager[None]:
    """Write a derivation so that no two names in all of it look the same."""
    forms = [c for s in derivation.sections for c in s.closed_forms]
    formulas = [f for s in derivation.sections for f in s.formulas]
    said: list[object] = [*(f.left for f in formulas), *(f.right for f in formulas)]
    said += [f for form in forms for f in (*form.formulas, *form.conditions)]
    for identity in derivation.identities:
        made = identity.statement
        said += [made.conclusion, *made.definitions, *made.definitions.values()]
        said += made.hypotheses.values()
    return together(said)


def _loss(text: str) -> Loss:
    return sympy.Function("f") if text.strip() in ("f", "f(p)") else text


def _depth(text: str) -> int | None:
    if text.strip() == "k":
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text.strip()):
        raise InputError("depth", f"{text[:40]!r} is neither a positive whole number nor k")
    return int(text)


def as_data(derivation: Derivation) -> dict[str, Any]:
    """Give the derivation as JSON data; ``proofs/schemas/derive.schema.json`` describes it."""
    o = derivation.objective
    return {
        "objective": {
            "loss": str(o.loss),
            "slope": str(derivation.shown.slope),
            "curvature": str(derivation.shown.curvature),
            "depth": o.depth,
        },
        "holds": derivation.holds,
        "deciders": [SYMPY_RING, FLINT_MPOLY],
        "sections": [
            {
                "title": section.title,
                "formulas": [{"text": f.text, "latex": f.latex} for f in section.formulas],
                "identities": [_identity(i) for i in section.identities],
                "closed_forms": [_closed_form(c) for c in section.closed_forms],
                "remarks": [prose(r) for r in section.remarks],
            }
            for section in derivation.sections
        ],
    }


def _identity(identity: Identity) -> dict[str, Any]:
    result, statement = identity.result, identity.statement
    return {
        "name": identity.name,
        "title": prose(identity.title),
        "statement": str(statement.conclusion),
        "text": unicode(statement.conclusion),
        "latex": latex(statement.conclusion),
        "definitions": {n: str(e) for n, e in statement.definitions.items()},
        "hypotheses": {n: str(r) for n, r in statement.hypotheses.items()},
        "scope": prose(statement.scope),
        "holds": result.holds,
        "counterexample": (
            None if result.point is None else {n: str(v) for n, v in result.point.items()}
        ),
        "deciders": list(result.deciders),
        "nonzero": list(result.nonzero),
        "depths": {str(k): held for k, held in result.depths.items()},
        "remark": prose(identity.remark),
    }


def _closed_form(form: ClosedForm) -> dict[str, Any]:
    return {
        "name": form.name,
        "title": prose(form.title),
        "conditions": [prose(c) for c in form.conditions],
        "formulas": [{"text": unicode(f), "latex": latex(f)} for f in form.formulas],
        "verified": form.verified,
        "checks": [_identity(c) for c in form.checks],
    }


def _print_text(derivation: Derivation) -> None:
    from rich.console import Console
    from rich.text import Text

    # Formulas are printed as they are: no wrapping, no markup, no guessing at highlights.
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for section in derivation.sections:
        console.print(Text(f"\n{prose(section.title)}", style="bold cyan"))
        for line in section_lines(section):
            mark = line.strip()[:1]
            style = {"✓": "green", "✗": "bold red"}.get(mark, "dim" if mark in "(" else "")
            console.print(Text(line, style=style))
    counted = len(derivation.identities)
    verdict = "all hold" if derivation.holds else "NOT all hold"
    console.print(
        f"\n{counted} identities, {verdict}: each decided by {SYMPY_RING} and by {FLINT_MPOLY}, "
        "which agree."
    )


def section_lines(section: Section) -> Iterator[str]:
    """Write a section as lines of Unicode."""
    for formula in section.formulas:
        yield f"  {formula.text}"
    for remark in section.remarks:
        yield f"  – {prose(remark)}"
    for identity in section.identities:
        yield from _identity_lines(identity)
    for form in section.closed_forms:
        yield f"  {'✓' if form.verified else '✗'} {form.title}"
        yield from (f"      {unicode(f)}" for f in form.formulas)
        yield from (f"      {prose(c)}" for c in form.conditions)
        names = ", ".join(check.name for check in form.checks)
        yield f"      (verified exactly: {prose(names)})"


def _identity_lines(identity: Identity) -> Iterator[str]:
    result = identity.result
    yield f"  {'✓' if result.holds else '✗'} {prose(identity.title)}"
    yield f"      {unicode(identity.statement.conclusion)}"
    used = _used(identity)
    if used:
        yield "      where " + ", ".join(f"{unicode(n)} = {unicode(e)}" for n, e in used.items())
    if identity.statement.hypotheses:
        yield "      if " + ", ".join(unicode(r) for r in identity.statement.hypotheses.values())
    if result.point is not None:
        yield f"      fails at {', '.join(f'{n} = {v}' for n, v in result.point.items())}"
    if identity.remark:
        yield f"      {prose(identity.remark)}"
    yield f"      ({prose(identity.scope)}; {_checked(identity)})"


def _checked(identity: Identity) -> str:
    depths = sorted(identity.result.depths)
    text = "SymPy ring ✓ flint ✓" if identity.result.holds else "refuted"
    return f"{text}, also expanded at depths {depths[0]}–{depths[-1]}" if depths else text


def _used(identity: Identity) -> dict[str, Any]:
    """Definitions that the reader meets in the formula, directly or through others."""
    seen, used = identity.statement.conclusion.names, {}
    for name, meaning in reversed(list(identity.statement.definitions.items())):
        if name in seen:
            used[name] = meaning
            seen |= meaning.names
    return dict(reversed(list(used.items())))


def latex_lines(derivation: Derivation) -> Iterator[str]:
    """Write a derivation as a LaTeX document."""
    yield PREAMBLE
    for section in derivation.sections:
        yield rf"\section*{{{latex_prose(section.title)}}}"
        yield from (_display(formula.latex) for formula in section.formulas)
        yield from (f"{latex_prose(remark.rstrip('.'))}.\n" for remark in section.remarks)
        for identity in section.identities:
            yield from _latex_identity(identity)
        for form in section.closed_forms:
            yield rf"\paragraph{{{latex_prose(form.title)}.}}"
            yield "; ".join(latex_prose(c) for c in form.conditions) + "."
            yield from (_display(latex(f)) for f in form.formulas)
            yield "Verified by exact differentiation." if form.verified else "NOT verified."
    yield r"\end{document}"


def _display(text: str) -> str:
    """A formula on lines of its own; TeX breaks none that is displayed, so a long one is not."""
    if len(text) <= _DISPLAYED:
        return rf"\[ {text} \]"
    # Nor does it break between \left and \right, which \middle needs.
    for growing in () if r"\middle" in text else (r"\left", r"\right"):
        text = re.sub(re.escape(growing) + r"(?![a-z])", "", text)
    return f"\n\\noindent ${text}$\n"


def _latex_identity(identity: Identity) -> Iterator[str]:
    yield rf"\paragraph{{{latex_prose(identity.title)}.}}"
    yield _display(latex(identity.statement.conclusion))
    used = _used(identity)
    if used:
        meanings = r",\quad ".join(f"{_name_latex(n)} = {latex(e)}" for n, e in used.items())
        yield rf"where \( {meanings} \)."
    if identity.statement.hypotheses:
        given = r",\quad ".join(latex(r) for r in identity.statement.hypotheses.values())
        yield rf"Here \( {given} \)."
    every = "For " * identity.scope.startswith("every ")
    yield f"{every}{latex_prose(identity.scope)}."
    if identity.remark:
        yield latex_prose(identity.remark)
    if not identity.result.holds:
        yield r"\textbf{Does not hold.}"


def _name_latex(name: str) -> str:
    return latex(sympy.Symbol(name, real=True))
