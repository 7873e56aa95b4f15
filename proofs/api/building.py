"""Claims from what people have at hand: text, SymPy, files, names."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proofs import user_claims
from proofs.api.door import door
from theory import claim_files
from theory.claims import Claim, Source, Statement, statement
from theory.errors import InputError
from theory.exact import Exact, several
from theory.expressions import from_sympy
from theory.expressions.tokens import plain
from theory.files import there
from theory.language.declarations import CORE_FUNCTIONS
from theory.language.definitions import table_of
from theory.language.typed import typed
from theory.names import check_text, nearest

if TYPE_CHECKING:
    import sympy

Formula = Any
"""Text such as ``"x**2 >= 0"``, or a SymPy relation."""
Claimed = Any
"""A claim, a statement, a formula, a catalogue name, ``FILE`` or ``FILE::NAME``."""

# What means something in formulas already is no variable that was left out: e is 2.718...
_WORDS = (CORE_FUNCTIONS - {"E", "P"}) | {"and", "or", "in", "e", "inf", "oo"}
_PARTS = frozenset(inspect.signature(statement).parameters)
_TABLES = _PARTS - {"conclusion", "scope", "recursions"}
_NAME = re.compile(r"(?<![\w.])([A-Za-z]\w*)\b(?!\s*\()", re.ASCII)
_SIGNS = {
    "LessThan": "<=",
    "GreaterThan": ">=",
    "StrictLessThan": "<",
    "StrictGreaterThan": ">",
    "Equality": "==",
}


@door
def claim(
    conclusion: Formula,
    variables: Mapping[str, str] | None = None,
    hypotheses: Mapping[str, Formula] | Iterable[Formula] = (),
    constants: Mapping[str, Exact] | None = None,
    definitions: Mapping[str, str] | None = None,
    name: str = "claim",
    title: str = "",
    mutant: Formula | None = None,
    **parts: Any,
) -> Claim:
    """Build a claim: for all variables, the hypotheses imply the conclusion.

    Parameters
    ----------
    conclusion : str or SymPy relation
        Such as ``"(1+x)**3 >= 1 + 3*x"``, or ``sympy.Ge(...)``.
    variables : mapping of str to str, optional
        Name to domain: ``real``, ``positive``, ``nonnegative``, ``integer``, ``gaussian``,
        ``uniform``, ``rademacher``, ``matrix``, ``commuting``. By default the names that occur,
        with the assumptions of their SymPy symbols; names in text are real.
    hypotheses : mapping or iterable
        By label, or in order (then they are called h1, h2, ...).
    constants : mapping of str to exact number, optional
        Numbers with a name, which :func:`sharpen` can move.
    definitions : mapping of str to str, optional
        Abbreviations, in order.
    name, title : str
        For people.
    mutant : str or SymPy relation, optional
        A conclusion that is false, as a negative control; by default the conclusion reversed.
    **parts
        ``witness``, ``scope``, ``matrices``, ``functions``, ``recursions``, ``layers``: as in a
        file of claims.

    Raises
    ------
    InputError
        One line that names the argument.

    Examples
    --------
    >>> claim("x**2 >= 0").statement.variables["x"]
    'real'
    """
    for part in parts.keys() - _PARTS:
        given = parts[part]
        kind, key = ("domain", "variables") if _is_domain(given) else ("number", "constants")
        hint = f"; a {kind} goes into {key}={{{part!r}: {given!r}}}"
        raise InputError(part, f"no part of a claim{nearest(part, _PARTS) or hint}")
    named_parts = {"variables": variables, "constants": constants, "definitions": definitions}
    for part, given_part in (named_parts | parts).items():
        if part in _TABLES and not isinstance(given_part, Mapping | None):
            raise InputError(part, f"a mapping is wanted, not {type(given_part).__name__}")
    parts = {part: value for part, value in parts.items() if value is not None}
    title = check_text(title, "title")
    if isinstance(conclusion, str) and re.fullmatch(r"[\w./-]+(::[\w.-]+)?", conclusion):
        problem = f"a formula is wanted; verify, refute and audit find {conclusion[:40]!r} by name"
        raise InputError("conclusion", problem)
    symbols: dict[str, str] = {}
    assumed: dict[str, str] = {}
    text = _text(conclusion, "conclusion", symbols, assumed)
    labelled = (
        dict(table_of(hypotheses, "hypotheses"))
        if isinstance(hypotheses, Mapping)
        else {f"h{i}": h for i, h in enumerate(_listed(hypotheses), 1)}
    )
    given = {n: _text(h, n, symbols, assumed) for n, h in labelled.items()}
    if variables is None:
        taken = {*(constants or {}), *(definitions or {}), "pi", *parts.get("matrices", {})}
        formulas = (text, *given.values(), *_texts((definitions or {}).values()))
        named = [n for formula in formulas for n in _NAME.findall(plain(formula))]
        layers = parts.get("layers", {})
        taken |= {*layers.get("variables", {}), *layers.get("start", {}), "I", *_WORDS}
        variables = {n: symbols.get(n, "real") for n in dict.fromkeys(named) if n not in taken}
    else:
        assumed = {}
    table = {
        "variables": variables,
        "conclusion": text,
        "hypotheses": {**assumed, **given},
        "constants": constants or {},
        "definitions": definitions or {},
        **parts,
    }
    made = statement(**table)
    if mutant is None:
        twin = claim_files.negation(made)
    else:
        twin = statement(**{**table, "conclusion": _text(mutant, "mutant", {}, {})})
    source = Source("lemmata", "built in Python", "re-derived")
    return Claim(name, title or name, source, made, twin, typed=typed(table, made))


@door
def load(path: str | Path) -> tuple[Claim, ...]:
    """Read a file of claims (.toml or .json)."""
    return user_claims.load(file(path, "path"))


def file(path: object, argument: str) -> Path:
    """Accept the path of a file.

    Raises
    ------
    InputError
        For what is no path.
    """
    if not isinstance(path, str | PathLike):
        raise InputError(argument, f"a path is wanted, not {type(path).__name__}")
    return Path(path)


def as_claim(thing: Claimed, **parts: Any) -> Claim:
    """Take one claim in any form; a formula may come with the parts that :func:`claim` takes.

    Raises
    ------
    InputError
        If it is none, or more than one.
    """
    if parts:
        if not _is_formula(thing):
            raise InputError(min(parts), "it goes with a formula: this claim has its parts already")
        return claim(thing, **parts)
    found = as_claims(thing)
    if len(found) != 1:
        known = ", ".join(c.name for c in found[:8])
        raise InputError("claim", f"one claim is wanted: FILE::NAME (known: {known})")
    return found[0]


def as_claims(thing: Claimed) -> tuple[Claim, ...]:
    """Take claims in any form."""
    thing = getattr(thing, "claim", thing)  # what was found out about a claim leads to it
    if isinstance(thing, Claim):
        return (thing,)
    if isinstance(thing, Statement):
        twin = claim_files.negation(thing)
        return (Claim("claim", "claim", Source("lemmata", "given", "re-derived"), thing, twin),)
    if isinstance(thing, Path):
        return user_claims.load(thing)
    if isinstance(thing, str):
        if re.search("[<>=≤≥≠]", thing):
            return (claim(thing),)
        if re.search(r"[\s*^+()]", thing) and not there(thing.partition("::")[0]):
            raise InputError("claim", "a claim compares two sides, such as x**2 >= 0")
        return user_claims.resolve(thing)
    if several(thing):
        try:
            return tuple(one for part in thing for one in as_claims(part))
        except RecursionError:
            raise InputError("claim", "lists inside one another without end") from None
    return (claim(thing),)


def _is_domain(thing: Any) -> bool:
    """Whether it can be the domain of a variable rather than a number."""
    return isinstance(thing, str) and not re.fullmatch(r"[-+\d./eE\s]+", thing)


def _is_formula(thing: Any) -> bool:
    """Whether it is text or a SymPy relation, rather than a claim that is made already."""
    if isinstance(thing, str):
        return bool(re.search("[<>=≤≥≠]", thing))
    return not isinstance(thing, Claim | Statement | Path)


def _texts(values: Iterable[Any]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


def _listed(hypotheses: Any) -> list[Formula]:
    if isinstance(hypotheses, str) or not several(hypotheses):
        return [hypotheses]
    return list(hypotheses)


def _text(formula: Formula, argument: str, symbols: dict[str, str], assumed: dict[str, str]) -> str:
    """The text of a relation; of SymPy's symbols the domains too."""
    if isinstance(formula, str):
        return formula
    if isinstance(formula, bool) or type(formula).__name__ in ("BooleanTrue", "BooleanFalse"):
        raise InputError(argument, f"it has been evaluated to {formula} already; write it as text")
    sign = _SIGNS.get(type(formula).__name__)
    if sign is None or not hasattr(formula, "free_symbols"):
        raise InputError(
            argument, f"text or a SymPy relation is wanted, not {type(formula).__name__}"
        )
    for symbol in sorted(formula.free_symbols, key=str):
        symbols[str(symbol)] = _domain(symbol)
        if symbol.is_integer and (symbol.is_positive or symbol.is_nonnegative):
            least = 1 if symbol.is_positive else 0
            assumed[f"{symbol}_from_{least}"] = f"{symbol} >= {least}"
    left, right = (from_sympy(side, argument) for side in (formula.lhs, formula.rhs))
    return f"{left} {sign} {right}"


def formula_text(formula: Any, argument: str) -> str:
    """The text of a formula, given as text or as a SymPy expression.

    Raises
    ------
    InputError
        For anything else.
    """
    if isinstance(formula, str):
        return formula
    if not hasattr(formula, "free_symbols"):
        kind = type(formula).__name__
        raise InputError(argument, f"text or a SymPy expression is wanted, not {kind}")
    return str(from_sympy(formula, argument))


def relation_text(relation: Any, argument: str) -> str:
    """The text of a comparison, given as text or as a SymPy relation.

    Raises
    ------
    InputError
        For anything else.
    """
    return _text(relation, argument, {}, {})


def _domain(symbol: sympy.Symbol) -> str:
    if symbol.is_integer:
        return "integer"
    if symbol.is_positive:
        return "positive"
    return "nonnegative" if symbol.is_nonnegative else "real"
