"""Statements in LaTeX, as sentences and as single formulas: for all, suppose, then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from theory.expressions import Expression
from theory.gram import Written
from theory.layers import Layers
from theory.looks import about, apart
from theory.statements import Part, Statement
from theory.typeset import (
    RELATIONS,
    condition,
    formula,
    joined,
    name,
    numeral,
    relation,
    words,
)

_DOMAINS = {
    "real": r"{0} \in \mathbb R",
    "positive": "{0} > 0",
    "nonnegative": r"{0} \ge 0",
    "integer": r"{0} \in \mathbb Z",
    "gaussian": r"{0} \sim \mathcal N(0, 1)",
    "uniform": r"{0} \sim \mathcal U[-\sqrt 3, \sqrt 3]",
    "natural": r"{0} \in \mathbb N",
    "unit": r"{0} \sim \mathcal U[0, 1]",
    "rademacher": r"{0} = \pm 1 \text{{ fairly}}",
    "matrix": r"{0} \text{{ a matrix}}",
    "commuting": r"{0} \text{{ symmetric, commuting}}",
    "measured": r"{0} \text{{ measured}}",
}
_CLASS = re.compile(
    r"\s*(?:(?P<alone>convex|monotone|nonexpansive)|(?P<with>smooth|lipschitz|strongly convex"
    r"|weakly convex|PL|strongly monotone|cocoercive|comonotone)\((?P<of>[\w/.-]+)\))\s*"
)
_SPOKEN = ("vector", "matrix")
_PLAIN = ("real", "positive", "nonnegative", "integer", "natural", "gaussian", "rademacher")


@apart(name)
def statement(s: Statement) -> str:
    """A statement as a sentence: for all, suppose, then."""
    if s.written is not None:
        with about(s.written):
            return _functional(s, s.written)
    sentences = []
    domains: dict[str, list[str]] = {}
    for variable, domain in s.variables.items():
        domains.setdefault(domain, []).append(name(variable))
    if domains:
        quantified = (
            ", ".join(f"${_DOMAINS[d].format(v)}$" for v in vs) for d, vs in domains.items()
        )
        sentences.append(f"For all {'; '.join(quantified)}.")
    lets = [f"${name(c)} = {numeral(str(v))}$" for c, v in s.constants.items()]
    lets += [f"${name(n)} := {formula(e)}$" for n, e in s.definitions.items()]
    if lets:
        sentences.append(f"Let {', '.join(lets)}.")
    if s.hypotheses:
        given = (f"(\\texttt{{{words(n)}}}) ${relation(r)}$" for n, r in s.hypotheses.items())
        sentences.append(f"Suppose {', '.join(given)}.")
    if s.layers is not None:
        sentences.append(sentence(_layers(s.layers)))
    return " ".join([*sentences, f"Then {', and '.join(map(_concluded, s.parts or [s]))}."])


def _functional(s: Statement, w: Written) -> str:
    """A claim about functions as it was written."""
    given = [f"${name(f)}$ {_classes(said)}" for f, said in w.classes.items()]
    given += [declared(x, said) for x, said in {**w.points, **w.numbers}.items()]
    lets = [f"${name(c)} = {numeral(str(v))}$" for c, v in s.constants.items()]
    lets += [f"${name(n)} := {formula(e)}$" for n, e in w.definitions.items()]
    sentences = [f"For all {', '.join(given)}."]
    sentences += [f"Let {', '.join(lets)}."] if lets else []
    if w.hypotheses:
        assumed = (f"(\\texttt{{{words(n)}}}) {condition(c)}" for n, c in w.hypotheses.items())
        sentences.append(f"Suppose {', '.join(assumed)}.")
    return " ".join([*sentences, f"Then {condition(w.conclusion)}."])


def declared(x: str, said: str) -> str:
    """A name with its domain: in signs, where there are some, or in the words of the language."""
    if said in _PLAIN:
        return f"${_DOMAINS[said].format(name(x))}$"
    if re.fullmatch(r"[\[(].*[\])]|\{.*\}", said):
        return rf"${name(x)} \in {_set(said)}$"
    if bounded := re.fullmatch(r"(real|integer|natural)\s*(<=|>=|<|>|!=)\s*([\w/.-]+)", said):
        whole, sign, end = bounded.groups()
        domain = _DOMAINS[whole].format(name(x))
        return rf"${domain}$, ${name(x)} {RELATIONS[sign]} {_plain(end)}$"
    return f"${name(x)}$ {'a ' if said in _SPOKEN else ''}{_classes(said)}"


def _classes(said: str) -> str:
    """What a function is, as one says it: of ``smooth(L) & convex``, L-smooth and convex."""
    if (read := properties(said)) is None:
        return words(said)
    return " and ".join(f"${_plain(of)}$-{word}" if of else word for of, word in read)


def properties(said: str) -> list[tuple[str, str]] | None:
    """The properties of a function, each with its number if it has one; None if one is another."""
    read = [_CLASS.fullmatch(one) for one in said.split("&")]
    made = [(m["of"] or "", (m["with"] or m["alone"]).replace("l", "L", m["with"] == "lipschitz"))
            for m in read if m]  # fmt: skip
    return made if len(made) == len(read) else None


def _set(said: str) -> str:
    return re.sub(r"[{}]", r"\\\g<0>", re.sub(r"[^\s,()\[\]{}]+", lambda m: _plain(m[0]), said))


def _plain(text: str) -> str:
    """A number or a name as one formula; what is neither, as it was typed."""
    minus, rest = ("-", text[1:]) if text.startswith("-") else ("", text)
    if re.fullmatch(r"\d+(\.\d+)?(/\d+)?", rest):
        return minus + numeral(rest)
    return minus + (
        name(rest) if re.fullmatch(r"[A-Za-z]\w*", rest) else rf"\text{{{words(rest)}}}"
    )


def signs(x: str, said: str) -> str:
    """The same as part of a formula, without dollar signs."""
    return in_formula(declared(x, said))


def _concluded(part: Part | Statement) -> str:
    """One conclusion; the hypotheses of a statement have been said, those of a part have not."""
    own = part.hypotheses.values() if isinstance(part, Part) else ()
    given = ", ".join(f"${relation(h)}$" for h in own)
    return f"${relation(part.conclusion)}$" + (f" if {given}" if given else "")


@apart(name)
def display(s: Statement) -> str:
    """A statement as one formula, as notebooks show it: hypotheses imply the conclusion."""
    if s.written is not None:  # what it was reduced to is long, and for the core
        with about(s.written):
            return _implied(s, s.written)
    domains = [_DOMAINS[d].format(name(v)) for v, d in s.variables.items()]
    lets = [f"{name(c)} = {numeral(str(v))}" for c, v in s.constants.items()]
    lets += [f"{name(n)} := {formula(e)}" for n, e in s.definitions.items()]
    given = [*domains, *lets, *map(relation, s.hypotheses.values())]
    given += [] if s.layers is None else [in_formula(_layers(s.layers))]
    then = r",\ ".join(
        relation(p.conclusion)
        + "".join(rf"\ (\text{{if }}{relation(h)})" for h in p.hypotheses.values())
        for p in s.parts
    ) or relation(s.conclusion)
    commas = ",\\ ".join(given)
    return rf"\displaystyle {commas} \;\Longrightarrow\; {then}" if given else then


def _implied(s: Statement, w: Written) -> str:
    """A claim about functions as it was written, as one formula."""
    said = {**w.classes, **w.points, **w.numbers}
    given = [signs(x, what) for x, what in said.items()]
    given += [f"{name(c)} = {numeral(str(v))}" for c, v in s.constants.items()]
    given += [f"{name(n)} := {formula(e)}" for n, e in w.definitions.items()]
    given += map(joined, w.hypotheses.values())
    commas = ",\\ ".join(given)
    return rf"\displaystyle {commas} \;\Longrightarrow\; {joined(w.conclusion)}"


def layered(
    own: Iterable[str],
    given: Iterable[str],
    start: Mapping[str, Expression],
    update: Mapping[str, Expression],
) -> str:
    """What layers do, as a part of a sentence.

    Parameters
    ----------
    own, given : iterables of str
        The variables of a layer with their domains, and what it satisfies, in dollar signs.
    start, update : mappings of str to Expression
        Accumulators at first, and after one more layer.
    """
    first = ", ".join(f"${name(n)} = {formula(e)}$" for n, e in start.items())
    moves = ", ".join(rf"${name(n)} \mapsto {formula(e)}$" for n, e in update.items())
    such = f" with {said}" if (said := ", ".join(own)) else ""
    where = f", where {said}" if (said := ", ".join(given)) else ""
    return f"at first {first}; after any number of layers{such}{where}, each {moves}"


def _layers(made: Layers) -> str:
    own = (f"${_DOMAINS[d].format(name(x))}$" for x, d in made.variables.items())
    given = (f"${relation(r)}$" for r in made.hypotheses.values())
    return layered(own, given, made.start, made.update)


def sentence(said: str) -> str:
    """A sentence that begins with a word in small letters."""
    return f"{said[0].upper()}{said[1:]}."


def in_formula(said: str) -> str:
    """A part of a sentence as part of a formula, without dollar signs: its words as text."""
    pieces = said.split("$")
    return "".join(p if i % 2 else rf"\text{{{p}}}" * bool(p) for i, p in enumerate(pieces))
