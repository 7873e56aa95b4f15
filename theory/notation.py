"""Formulas on one line of Unicode, and in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from theory.expressions import Expression, Relation
from theory.looks import ALIKE, unlike

if TYPE_CHECKING:  # SymPy takes half a second to load
    import sympy

_SUBSCRIPTS = str.maketrans("0123456789ijklmnp", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙₚ")
_SUPERSCRIPTS = str.maketrans("0123456789kn-+() ", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵏⁿ⁻⁺⁽⁾ ")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_GREEK = {"eta": "η", "sigma": "σ", "zeta": "ζ", "pi": "π"}
_DERIVATIVES = {"wdot": "ẇ"}
_SUFFIXES = {"plus": "₊", "minus": "₋"}


def unicode(formula: sympy.Basic | Expression | Relation | str) -> str:
    """Write a formula on one line, ``w_i**2`` as wᵢ²; no two of its names as one."""
    if isinstance(formula, Expression | Relation | str):
        text = str(formula)
    else:
        from theory.printing import printed

        text = printed(formula)
    with unlike(_NAME.findall(text), _name):
        return _written(text)


def together(texts: Iterable[object]) -> AbstractContextManager[None]:
    """Write what is shown together so that no name in all of it has the look of another."""
    return unlike({name for text in texts for name in _NAME.findall(str(text))}, _name)


def _written(text: str) -> str:
    text = text.replace("^", "**")
    text = re.sub(r"\*\*\(([-+0-9kn ]+)\)", lambda m: _raised(m[1].replace(" ", "")), text)
    text = re.sub(r"\*\*([0-9]+|k\b|n\b)", lambda m: _raised(m[1]), text)
    text = text.replace("**", "^").replace("sqrt(", "√(")
    text = _NAME.sub(lambda m: _name(m[0]), text)
    for ascii_, sign in (("==", "="), ("<=", "≤"), (">=", "≥"), ("*", "·"), ("-", "−")):
        text = text.replace(ascii_, sign)
    return text


def prose(text: str) -> str:
    """Write the names and comparisons in a sentence in Unicode; leave its words alone."""
    text = re.sub(r"\beta\b", "η", text)
    text = re.sub(r"([A-Za-zσ]+_)([A-Za-z0-9]+)", lambda m: _name(m[0]), text)
    text = re.sub(r"\)_([ij])", lambda m: ")" + m[1].translate(_SUBSCRIPTS), text)
    text = re.sub(r"\^([0-9]+|[kn]\b)", lambda m: _raised(m[1]), text)
    for plain, sign in _PROSE:
        text = text.replace(plain, sign)
    return text


_PROSE = (
    (">=", "≥"),
    ("<=", "≤"),
    ("!=", "≠"),
    (" - ", " − "),
    ("= -", "= −"),
    ("->", "→"),
    ("grad F", "∇F"),
    ("Hess F", "∇²F"),
    ("q^T", "qᵀ"),
)


def latex(formula: sympy.Basic | Expression | Relation) -> str:
    """Write a formula in LaTeX."""
    import sympy

    if isinstance(formula, Relation):
        operator = {"==": "=", "<=": r"\le", ">=": r"\ge"}.get(formula.operator, formula.operator)
        return f"{latex(formula.left)} {operator} {latex(formula.right)}"
    if isinstance(formula, Expression):
        formula = formula.sympy()
    symbols = {s.name: s for s in formula.atoms(sympy.Symbol)}

    def look(name: str) -> str:
        if name in ALIKE.get():
            return rf"\mathtt{{{name.replace('_', chr(92) + '_')}}}"
        if _SPECIAL.search(name):
            return _latex_name(name)
        shown = str(sympy.latex(symbols[name]))  # a word is no product of its letters
        return rf"\mathrm{{{shown}}}" if re.fullmatch("[A-Za-z]{2,}", shown) else shown

    with unlike(symbols, look):
        names = {s: look(n) for n, s in symbols.items()}
        return str(sympy.latex(formula, symbol_names=names, ln_notation=True))


_SPECIAL = re.compile("_next$|^wdot_|_plus$|_minus$")


def _latex_name(text: str) -> str:
    letter, index, *after = text.split("_")
    if letter == "wdot":
        return rf"\dot{{w}}_{{{index}}}"
    return (
        f"{letter}_{{{index}}}^{{+}}"
        if after
        else f"{letter}_{{{'+' if index == 'plus' else '-'}}}"
    )


def _raised(text: str) -> str:
    return text.translate(_SUPERSCRIPTS)


def _name(text: str) -> str:
    if text in ALIKE.get():
        return text
    head, *parts = text.split("_")
    if parts[-1:] == ["next"]:
        return _name("_".join([head, *parts[:-1]])) + "⁺"
    numbered = re.fullmatch(r"([a-z])([0-9])", head)
    if numbered:
        head = numbered[1] + numbered[2].translate(_SUBSCRIPTS)
    head = _DERIVATIVES.get(head, _GREEK.get(head, head))
    if len(parts) == 1 and (parts[0] in _SUFFIXES):
        return head + _SUFFIXES[parts[0]]
    if len(parts) == 1 and re.fullmatch(r"[0-9]+|[ijklmnp]{1,3}", parts[0]):
        return head + parts[0].translate(_SUBSCRIPTS)
    return "_".join([head, *parts])
