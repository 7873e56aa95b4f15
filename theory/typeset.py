"""Claims in LaTeX, as they stand: nothing is simplified, nothing is evaluated.

The output needs ``amsmath`` and ``amssymb`` and compiles with any TeX, in the T1 encoding too. It
is inline mathematics, which TeX may break, so that long formulas do not run off the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from theory.expressions import Condition, Expression, Relation
from theory.gram import Written
from theory.looks import ALIKE, ASKED, about, apart, unlike
from theory.signs import OPERATORS, SIGNS
from theory.statements import Part, Statement

PREAMBLE = r"""\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{amsmath,amssymb}
\sloppy\emergencystretch=6em
\begin{document}
"""
"""How a document begins that shows what this module writes; it ends with ``\\end{document}``."""

GREEK = frozenset(
    re.findall(
        r"\w+",
        "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi "
        "chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega",
    )
)
_OTHER_NAMES = {
    "inf": r"\infty",
    "lam": r"\lambda",
    "epsilon": r"\varepsilon",
    "wdot": r"\dot w",
    "eps": r"\varepsilon",
}
_ENDINGS = {"next": "{}^{+}", "plus": "{}_{+}", "minus": "{}_{-}"}
_RELATIONS = {"<=": r"\le", ">=": r"\ge", "==": "=", "<": "<", ">": ">", "!=": r"\ne"}
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
_SPOKEN = ("vector", "matrix")
_PLAIN = ("real", "positive", "nonnegative", "integer", "natural", "gaussian", "rademacher")
_OPEN = ("sum_", "prod_", "max_", "min_", "prod", "diff")
_RAISED = ("norm2", "nuclear", "T", "inv", "sqrt")
_SHORT = 24
"""A fraction of at most so many characters above and below is set with a bar; TeX breaks none."""


def line(formula: str) -> str:
    """A formula as a paragraph of its own, which TeX may break outside of all braces."""
    made, depth = "", 0
    for piece in re.split(r"(\\[{}]|\\q?quad(?![a-z])|[{},;])", " ".join(formula.split())):
        depth += (piece == "{") - (piece == "}")
        made += piece
        if depth == 0 and piece in (",", ";", r"\quad", r"\qquad"):
            made += r"\allowbreak "
    return rf"\noindent ${made}$"


def words(text: str) -> str:
    """A sentence, every sign of which TeX knows: what it does not know is named by its number."""
    return "".join(SIGNS.get(c, c if c.isascii() else rf"\texttt{{U+{ord(c):04X}}}") for c in text)


def name(text: str) -> str:
    """A name of a formula: ``eta`` is Greek, ``w_1`` has an index, ``rate`` stays a word.

    An underscore at the end is a prime: a second sum of a claim is called ``S_``, next to ``S``.
    """
    if text in ALIKE.get():
        return rf"\mathtt{{{words(text)}}}"
    if ".." in text:  # a sequence, w_1..w_n
        return r", \dots, ".join(map(name, text.split("..")))
    if primes := len(text) - len(text.rstrip("_")):
        return rf"{{{name(text.rstrip('_'))}}}{chr(39) * primes}"
    head, *parts = text.split("_")
    ending = _ENDINGS.get(parts[-1], "") if parts else ""
    parts = parts[:-1] if ending else parts
    numbered = re.fullmatch(r"([A-Za-z])([0-9]+)", head)
    if numbered:
        head, parts = numbered[1], [numbered[2], *parts]
    index = ",".join(_part(p) for p in parts if p)
    return _part(head) + (f"_{{{index}}}" if index else "") + ending


def _part(text: str) -> str:
    if text in _OTHER_NAMES or text in GREEK:
        return _OTHER_NAMES.get(text, f"\\{text}")
    if (
        len(text) == 1
        or text.isdecimal()
        or (text != "min" and re.fullmatch(r"[ijklmn]{1,3}", text))
    ):
        return text
    return rf"\mathrm{{{words(text)}}}"


def formula(e: Expression) -> str:
    """A formula, without dollar signs."""
    return _write(e, 0)


def relation(r: Relation) -> str:
    """A comparison, without dollar signs."""
    return f"{formula(r.left)} {_RELATIONS[r.operator]} {formula(r.right)}"


def _write(e: Expression, outer: int) -> str:
    """Precedence: sum 1, open at its end (a / b, sums over an index) 2, product 3, sign 4, power 5.

    What begins with a minus is in parentheses wherever a sign or a factor stands before it.
    """
    match e.head:
        case "number":
            assert e.value is not None
            own = 3 if e.value < 0 else 6 if e.value.denominator == 1 else 4
            return _inside(_number(str(e.value)), own, outer)
        case "name":
            return name(e.name)
        case "neg":
            return _inside(f"-{_write(e.args[0], 4)}", 3, outer)
        case "+" | "-":
            left, right = _write(e.args[0], 1), _behind(e.args[1], 1 if e.head == "+" else 2)
            return _inside(f"{left} {e.head} {right}", 1, outer)
        case "*":
            own = 2 if e.args[1].head in _OPEN else 3
            left, right = _write(e.args[0], 3), _behind(e.args[1], own)
            dot = r" \cdot " if re.match(r"[0-9]|\\frac", right) else r" \, "
            return _inside(f"{left}{dot}{right}", own, outer)
        case "/":
            top, bottom = formula(e.args[0]), formula(e.args[1])
            if max(len(top), len(bottom)) <= _SHORT:
                return _inside(_fraction(top, bottom), 4, outer)
            return _inside(f"{_write(e.args[0], 3)} / {_write(e.args[1], 4)}", 2, outer)
        case "**":
            return _inside(f"{_base(e.args[0])}^{{{formula(e.args[1])}}}", 5, outer)
    return _inside(_applied(e), 2 if e.head in _OPEN else 6, outer)


def _behind(e: Expression, outer: int) -> str:
    text = _write(e, outer)
    return f"({text})" if text.startswith("-") else text


def _base(e: Expression) -> str:
    text = _write(e, 6)
    simple = e.head == "name" and not re.search(r"\^", text)
    barred = text.startswith(("(", "|", r"\|")) and e.head not in _RAISED
    return text if simple or e.head == "item" or text.isdecimal() or barred else f"({text})"


def _applied(e: Expression) -> str:
    """A function with its arguments; parentheses that do not grow, so that TeX may break them."""
    parts = [formula(a) for a in e.args]
    match "" if e.head in ASKED.get() else e.head:
        case "grad":
            return rf"\nabla {parts[0]}({parts[1]})"
        case "prox" | "resolvent":
            head = "prox" if e.head == "prox" else "J"
            return rf"\operatorname{{{head}}}_{{{parts[1]} {parts[0]}}}({parts[2]})"
        case "dot":
            return rf"\langle {parts[0]}, {parts[1]} \rangle"
        case "sqrt" if len(parts[0]) <= 3 * _SHORT:
            return rf"\sqrt{{{parts[0]}}}"
        case "sqrt":
            return f"({parts[0]})^{{1/2}}"
        case "abs":
            return f"|{parts[0]}|"
        case "norm":
            return rf"\|{parts[0]}\|"
        case "T":
            return f"{_base(e.args[0])}^{{\\mathsf T}}"
        case "E":
            return rf"\mathbb E[{parts[0]}]"
        case "P":
            events = (Relation(a.args[0], a.head, a.args[1]) for a in e.args)  # type: ignore[arg-type]
            all_of = r",\ ".join(map(relation, events))
            return rf"\mathbb P({all_of})"
        case "prod":
            return rf"\prod^{{{parts[1]}}} ({parts[0]})"
        case "max_" | "min_":
            at = rf"{parts[1]} \le {parts[0]} \le {parts[2]}"
            return rf"\{e.head[:-1]}_{{{at}}} ({parts[3]})"
        case "sum_" | "prod_":
            return rf"\{e.head[:-1]}_{{{parts[0]} = {parts[1]}}}^{{{parts[2]}}} ({parts[3]})"
        case "item":
            return rf"{parts[0]}_{{{parts[1]}}}"
        case "inv":
            return f"{_base(e.args[0])}^{{-1}}"
        case "floor":
            return rf"\lfloor {parts[0]} \rfloor"
        case "norm2":
            return rf"\|{parts[0]}\|_2"
        case "nuclear":
            return rf"\|{parts[0]}\|_*"
        case "integrate":
            return rf"\int_{{{parts[2]}}}^{{{parts[3]}}} ({parts[0]})\,d{parts[1]}"
        case "diff":
            return rf"\tfrac{{d}}{{d{parts[1]}}} ({parts[0]})"
    if len(e.head) == 1 or e.head in ASKED.get():  # a function of a claim
        return f"{name(e.head)}({', '.join(parts)})"
    if found := re.fullmatch(r"(lambda|sigma)_(max|min)", e.head):
        return rf"\{found[1]}_{{\{found[2]}}}({', '.join(parts)})"
    head = OPERATORS.get(e.head, rf"\operatorname{{{words(e.head.split('_')[0])}}}")
    index = rf"_{{\mathrm{{{e.head.split('_')[1]}}}}}" if "_" in e.head else ""
    return f"{head}{index}({', '.join(parts)})"


def _fraction(top: str, bottom: str) -> str:
    return rf"\frac{{{top}}}{{{bottom}}}"


def _inside(text: str, precedence: int, outer: int) -> str:
    return f"({text})" if precedence < outer else text


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
    lets = [f"${name(c)} = {_number(str(v))}$" for c, v in s.constants.items()]
    lets += [f"${name(n)} := {formula(e)}$" for n, e in s.definitions.items()]
    if lets:
        sentences.append(f"Let {', '.join(lets)}.")
    if s.hypotheses:
        given = (f"(\\texttt{{{words(n)}}}) ${relation(r)}$" for n, r in s.hypotheses.items())
        sentences.append(f"Suppose {', '.join(given)}.")
    if s.layers is not None:
        sentences.append(_layers(s))
    return " ".join([*sentences, f"Then {', and '.join(map(_concluded, s.parts or [s]))}."])


def _functional(s: Statement, w: Written) -> str:
    """A claim about functions as it was written."""
    given = [f"${name(f)}$ {words(said)}" for f, said in w.classes.items()]
    given += [declared(x, said) for x, said in {**w.points, **w.numbers}.items()]
    lets = [f"${name(c)} = {_number(str(v))}$" for c, v in s.constants.items()]
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
        return rf"${domain}$, ${name(x)} {_RELATIONS[sign]} {_plain(end)}$"
    return f"${name(x)}$ {'a ' if said in _SPOKEN else ''}{words(said)}"


def _set(said: str) -> str:
    return re.sub(r"[{}]", r"\\\g<0>", re.sub(r"[^\s,()\[\]{}]+", lambda m: _plain(m[0]), said))


def _plain(text: str) -> str:
    """A number or a name as one formula; what is neither, as it was typed."""
    minus, rest = ("-", text[1:]) if text.startswith("-") else ("", text)
    if re.fullmatch(r"\d+(\.\d+)?(/\d+)?", rest):
        return minus + _number(rest)
    return minus + (
        name(rest) if re.fullmatch(r"[A-Za-z]\w*", rest) else rf"\text{{{words(rest)}}}"
    )


def signs(x: str, said: str) -> str:
    """The same as part of a formula, without dollar signs."""
    pieces = declared(x, said).split("$")
    return "".join(p if i % 2 else rf"\text{{{p}}}" * bool(p) for i, p in enumerate(pieces))


def condition(c: Condition) -> str:
    """Comparisons joined by ``and`` and ``or``, with dollar signs."""
    clauses = (" or ".join(f"${relation(r)}$" for r in clause) for clause in c)
    return ", and ".join(clauses)


def joined(c: Condition) -> str:
    """Comparisons joined by ``and`` and ``or`` as one formula, without dollar signs."""
    clauses = (r"\ \text{or}\ ".join(map(relation, clause)) for clause in c)
    return r"\ \text{and}\ ".join(clauses)


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
    lets = [f"{name(c)} = {_number(str(v))}" for c, v in s.constants.items()]
    lets += [f"{name(n)} := {formula(e)}" for n, e in s.definitions.items()]
    given = [*domains, *lets, *map(relation, s.hypotheses.values())]
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
    given += [f"{name(c)} = {_number(str(v))}" for c, v in s.constants.items()]
    given += [f"{name(n)} := {formula(e)}" for n, e in w.definitions.items()]
    given += map(joined, w.hypotheses.values())
    commas = ",\\ ".join(given)
    return rf"\displaystyle {commas} \;\Longrightarrow\; {joined(w.conclusion)}"


def _layers(s: Statement) -> str:
    assert s.layers is not None
    own = ", ".join(f"${_DOMAINS[d].format(name(x))}$" for x, d in s.layers.variables.items())
    given = ", ".join(f"${relation(r)}$" for r in s.layers.hypotheses.values())
    starts = ", ".join(f"${name(n)}_0 = {formula(e)}$" for n, e in s.layers.start.items())
    moves = ", ".join(rf"${name(n)} \mapsto {formula(e)}$" for n, e in s.layers.update.items())
    such = f" with {own}" if own else ""
    and_given = f", where {given}" if given else ""
    return f"At first {starts}; after any number of layers{such}{and_given}, each {moves}."


def number(value: Fraction) -> str:
    """A rational number, without dollar signs; TeX may break a long one between its digits."""
    if value < 0:
        return f"-{number(-value)}"
    top, bottom = map(str, value.as_integer_ratio())
    if max(len(top), len(bottom)) <= _SHORT:
        return _number(top if bottom == "1" else f"{top}/{bottom}")
    return digits(top) if bottom == "1" else f"{digits(top)} / {digits(bottom)}"


def digits(text: str) -> str:
    """A long integer, without dollar signs, that may go on in the next line."""
    return r"\allowbreak ".join(re.findall(r"-?\d{1,12}", text))


def point(values: Mapping[str, Fraction]) -> str:
    """A point as equations with commas."""
    with unlike(values, name):
        return ", ".join(f"${name(x)} = {number(v)}$" for x, v in sorted(values.items()))


def _number(text: str) -> str:
    top, slash, bottom = text.partition("/")
    return _fraction(top, bottom) if slash else top


def document(parts: Mapping[str, str] | None = None, *paragraphs: str) -> str:
    """A document of its own: sections by their titles, then paragraphs."""
    sections = [f"\\section*{{{words(t)}}}\n{body}" for t, body in (parts or {}).items()]
    return PREAMBLE + "\n\n".join([*sections, *paragraphs]) + "\n\\end{document}\n"
