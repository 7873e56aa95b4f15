"""Formulas in LaTeX, as they stand: nothing is simplified, nothing is evaluated.

The output needs ``amsmath`` and ``amssymb`` and compiles with any TeX, in the T1 encoding too. It
is inline mathematics, which TeX may break, so that long formulas do not run off the page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from theory.expressions import Condition, Expression, Relation
from theory.expressions.tree import COMPARISONS
from theory.looks import ALIKE, ASKED, unlike
from theory.signs import OPERATORS, SIGNS

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
RELATIONS = {"<=": r"\le", ">=": r"\ge", "==": "=", "<": "<", ">": ">", "!=": r"\ne"}
_OPEN = ("sum_", "prod_", "max_", "min_", "prod", "diff", "piecewise")
_RAISED = ("norm2", "norm1", "norm_inf", "nuclear", "T", "inv", "sqrt")
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
    return f"{formula(r.left)} {RELATIONS[r.operator]} {formula(r.right)}"


def condition(c: Condition) -> str:
    """Comparisons joined by ``and`` and ``or``, with dollar signs."""
    clauses = (" or ".join(f"${relation(r)}$" for r in clause) for clause in c)
    return ", and ".join(clauses)


def joined(c: Condition) -> str:
    """Comparisons joined by ``and`` and ``or`` as one formula, without dollar signs."""
    clauses = (r"\ \text{or}\ ".join(map(relation, clause)) for clause in c)
    return r"\ \text{and}\ ".join(clauses)


def _write(e: Expression, outer: int) -> str:
    """Precedence: sum 1, open at its end (a / b, sums over an index) 2, product 3, sign 4, power 5.

    What begins with a minus is in parentheses wherever a sign or a factor stands before it.
    """
    match e.head:
        case "number":
            assert e.value is not None
            own = 3 if e.value < 0 else 6 if e.value.denominator == 1 else 4
            return _inside(numeral(str(e.value)), own, outer)
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
    heads = ("and", "or", *COMPARISONS)
    parts = ["" if a.head in heads else formula(a) for a in e.args]
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
        case "E" if e.args[1:]:
            return rf"\mathbb E[{parts[0]} \mid {_events(e.args[1:])}]"
        case "E":
            return rf"\mathbb E[{parts[0]}]"
        case "P":
            return rf"\mathbb P({_events(e.args)})"
        case "piecewise":
            return _cases(e.args)
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
        case "norm1" | "norm_inf":
            sign = "1" if e.head == "norm1" else r"\infty"
            return rf"\|{parts[0]}\|_{{{sign}}}"
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


def _events(events: Sequence[Expression]) -> str:
    return r",\ ".join(map(_event, events))


def _event(e: Expression) -> str:
    """A comparison, or several joined by ``and`` and ``or``."""
    if e.head in ("and", "or"):
        return rf"\ \text{{{e.head}}}\ ".join(map(_event, e.args))
    return relation(Relation(e.args[0], e.head, e.args[1]))  # type: ignore[arg-type]


def _cases(parts: Sequence[Expression]) -> str:
    """Condition, value, condition, value, ..., and the value in all other cases."""
    rows = [
        rf"{formula(v)} & \text{{if }} {_event(c)}"
        for c, v in zip(parts[:-1:2], parts[1::2], strict=True)
    ]
    rows.append(rf"{formula(parts[-1])} & \text{{otherwise}}")
    lines = r" \\ ".join(rows)
    return rf"\begin{{cases}} {lines} \end{{cases}}"


def array(of: str, rows: Sequence[Sequence[Expression]]) -> str:
    """A matrix by its entries, without dollar signs."""
    lines = r" \\ ".join(" & ".join(map(formula, row)) for row in rows)
    return rf"{name(of)} = \begin{{pmatrix}} {lines} \end{{pmatrix}}"


def _fraction(top: str, bottom: str) -> str:
    return rf"\frac{{{top}}}{{{bottom}}}"


def _inside(text: str, precedence: int, outer: int) -> str:
    return f"({text})" if precedence < outer else text


def number(value: Fraction) -> str:
    """A rational number, without dollar signs; TeX may break a long one between its digits."""
    if value < 0:
        return f"-{number(-value)}"
    top, bottom = map(str, value.as_integer_ratio())
    if max(len(top), len(bottom)) <= _SHORT:
        return numeral(top if bottom == "1" else f"{top}/{bottom}")
    return digits(top) if bottom == "1" else f"{digits(top)} / {digits(bottom)}"


def digits(text: str) -> str:
    """A long integer, without dollar signs, that may go on in the next line."""
    return r"\allowbreak ".join(re.findall(r"-?\d{1,12}", text))


def point(values: Mapping[str, Fraction]) -> str:
    """A point as equations with commas."""
    with unlike(values, name):
        return ", ".join(f"${name(x)} = {number(v)}$" for x, v in sorted(values.items()))


def numeral(text: str) -> str:
    """A short number from its text, without dollar signs: a quotient has a bar."""
    top, slash, bottom = text.partition("/")
    return _fraction(top, bottom) if slash else top


def document(parts: Mapping[str, str] | None = None, *paragraphs: str) -> str:
    """A document of its own: sections by their titles, then paragraphs."""
    sections = [f"\\section*{{{words(t)}}}\n{body}" for t, body in (parts or {}).items()]
    return PREAMBLE + "\n\n".join([*sections, *paragraphs]) + "\n\\end{document}\n"
