"""Reading statements: from the text that a person writes to the data that provers take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import cast

from theory.errors import InputError
from theory.exact import Exact, exact
from theory.expressions import (
    INTERNAL_FUNCTIONS,
    Expression,
    Relation,
    Size,
    check_size,
    number,
    parse,
    parse_relation,
)
from theory.layers import Layers
from theory.spectra import MATRIX_FUNCTIONS as SPECTRAL_FUNCTIONS
from theory.spectra import Lowered, Matrices, Matrix, untransposed
from theory.statements import MAX_UNFOLDED, Domain, Statement, sides

STATEMENT_FUNCTIONS = INTERNAL_FUNCTIONS | {"min", "max", "erf", "E", "P", "prod", "sum"}
MATRIX_FUNCTIONS = frozenset({"T", "tr"})
"""Transpose and trace, in statements about matrices; there ``I`` is the identity."""


def statement(
    variables: Mapping[str, Domain],
    conclusion: str,
    definitions: Mapping[str, str] | None = None,
    hypotheses: Mapping[str, str] | None = None,
    constants: Mapping[str, Exact] | None = None,
    scope: str = "",
    witness: Mapping[str, Exact] | None = None,
    matrices: Mapping[str, Sequence[Sequence[str]]] | None = None,
    layers: Mapping[str, Mapping[str, str]] | None = None,
) -> Statement:
    """Build a :class:`Statement` from text.

    Parameters
    ----------
    variables : mapping of str to Domain
        Every free name; ``w_1..w_4`` stands for four of them.
    conclusion : str
        A comparison; formulas may contain E(...) and P(...) of drawn variables, and
        ``prod(i, 1, 3, w_i - a)`` or ``sum`` over an index, which also replaces the subscript.
        Inside E and P, ``prod(e, k)`` is the product of k independent copies of e.
    definitions, hypotheses : mapping of str to str, optional
        Abbreviations and named assumptions.
    constants : mapping of str to int, Fraction, Decimal or str, optional
        Named numbers.
    scope : str, optional
        What the variables stand for.
    witness : mapping, optional
        A point that satisfies the hypotheses.
    matrices : mapping of str to rows of str, optional
        Small matrices by their entries, for ``lambda_min(A) >= c`` and the like, ``norm(A*B)``
        (Frobenius), ``tr``, ``det``, ``T`` (transpose).
    layers : mapping, optional
        For a claim about every depth: tables ``variables``, ``hypotheses``, ``start`` and
        ``next``; the names in ``start`` may stand in the conclusion.

    Raises
    ------
    InputError
        If a name is undeclared, a formula malformed, a number a float, or the witness does not
        satisfy the hypotheses.
    """
    variables = _ranges(variables)
    values = {n: exact(v, n) for n, v in (constants or {}).items()}
    known = set(variables) | set(values) | {"pi"}
    functions = STATEMENT_FUNCTIONS
    if "matrix" in variables.values():
        known, functions = known - {"pi"} | {"I"}, MATRIX_FUNCTIONS
    commuting = {n for n, d in variables.items() if d == "commuting"}
    unit = {"I": number(1)} if commuting else {}  # the identity's eigenvalue
    meanings: dict[str, Expression] = {}
    sizes: dict[str, Size] = {}
    for abbreviation, text in (definitions or {}).items():
        if abbreviation in known:
            raise InputError(abbreviation, "is defined twice")
        heads = functions | ({"T"} if commuting else frozenset())
        meaning = parse(text, frozenset(known | set(unit)), heads, abbreviation)
        meaning = untransposed(meaning.substitute(unit)) if commuting else meaning
        if meaning.names & commuting:
            commuting.add(abbreviation)
        sizes[abbreviation] = check_size(meaning, abbreviation, sizes, values, MAX_UNFOLDED)
        meanings[abbreviation] = meaning
        known.add(abbreviation)
    every_depth = None if layers is None else _layers(layers, known, functions)
    names = frozenset(known if every_depth is None else known | set(every_depth.start))
    spectra = _matrices(matrices or {}, frozenset(commuting), frozenset(known), functions)
    read = _lowering(spectra, names, functions, unit)
    assumed: dict[str, Relation] = {}
    for label, text in (hypotheses or {}).items():
        relations = read(text, label, True).relations
        several = len(relations) > 1
        assumed |= {f"{label}_{i}" if several else label: r for i, r in enumerate(relations, 1)}
    concluded = read(conclusion, "conclusion", False)
    vector = dict.fromkeys(concluded.vector, "real")
    point = {n: exact(v, n) for n, v in (witness or {}).items()}
    if vector and point:
        point |= dict.fromkeys(vector, Fraction(1))
    if concluded.nonzero:
        square = " + ".join(f"{x}**2" for x in vector)
        assumed["vector"] = parse_relation(f"{square} > 0", frozenset(vector))
    everything = {n: "real" if d == "commuting" else d for n, d in variables.items()} | vector
    made = Statement(
        variables=cast(Mapping[str, Domain], everything),
        conclusion=concluded.relations[0],
        definitions=meanings,
        hypotheses=assumed,
        constants=values,
        scope=scope,
        witness=point,
        layers=every_depth,
    )
    for part, relation in {**made.hypotheses, "conclusion": made.conclusion}.items():
        for side in sides(relation):
            check_size(side, part, sizes, values, MAX_UNFOLDED)
            _copies_are_drawn(side, part)
    if made.witness and not made.assumptions_hold_at(made.witness):
        raise InputError("witness", "does not satisfy the hypotheses")
    return made


def _lowering(
    spectra: Matrices | None,
    names: frozenset[str],
    functions: frozenset[str],
    unit: Mapping[str, Expression],
) -> Callable[[str, str, bool], Lowered]:
    """How the relations of a statement are read: as they stand, or through spectra."""
    if spectra is None:
        return lambda text, label, hypothesis: Lowered(
            (parse_relation(text, names, functions, label),)
        )
    wider = names | set(spectra.entries) | set(unit)
    letter = next(c for c in "xyzuvst" if not any(n.startswith(f"{c}_") for n in names))

    def read(text: str, label: str, hypothesis: bool) -> Lowered:
        relation = parse_relation(text, wider, functions | SPECTRAL_FUNCTIONS, label)
        return spectra.lower(relation.substitute(unit), label, hypothesis, letter)

    return read


def _matrices(
    entries: Mapping[str, Sequence[Sequence[str]]],
    commuting: frozenset[str],
    names: frozenset[str],
    functions: frozenset[str],
) -> Matrices | None:
    if not entries and not commuting:
        return None
    if entries and commuting:
        raise InputError("matrices", "commuting matrices have no entries")
    read: dict[str, Matrix] = {}
    for label, rows in entries.items():
        if label in names:
            raise InputError(label, "is defined twice")
        shape = {len(row) for row in rows}
        if len(shape) != 1 or 0 in shape or max(len(rows), *shape) > 8:
            raise InputError(label, "rows of equal length are wanted, at most 8 by 8")
        read[label] = tuple(
            tuple(parse(str(entry), names, functions, label) for entry in row) for row in rows
        )
    return Matrices(read, commuting)


def _layers(
    table: Mapping[str, Mapping[str, str]], known: set[str], functions: frozenset[str]
) -> Layers:
    if unknown := set(table) - {"variables", "hypotheses", "start", "next"}:
        raise InputError("layers", f"unknown key {min(unknown)[:40]!r}")
    start, update = table.get("start", {}), table.get("next", {})
    if not start or set(start) != set(update):
        raise InputError("layers", "every accumulator needs a start and a next value")
    own = table.get("variables", {})
    if clash := (set(start) | set(own)) & known or set(start) & set(own):
        raise InputError(min(clash), "is defined twice")
    inside = frozenset(known | set(start) | set(own))
    return Layers(
        own,
        {
            n: parse_relation(text, frozenset(known | set(own)), functions, n)
            for n, text in table.get("hypotheses", {}).items()
        },
        {n: parse(text, frozenset(known), functions, n) for n, text in start.items()},
        {n: parse(update[n], inside, functions, n) for n in start},
    )


def _ranges(variables: Mapping[str, Domain]) -> dict[str, Domain]:
    """Write out names such as ``w_1..w_4``."""
    written: dict[str, Domain] = {}
    for label, domain in variables.items():
        first, dots, last = label.partition("..")
        stem, _, low = first.rpartition("_")
        other, _, high = last.rpartition("_")
        if not dots:
            written[label] = domain
            continue
        if stem != other or not (low.isdecimal() and high.isdecimal() and len(high) < 4):
            raise InputError(label, "a range of variables reads w_1..w_4")
        written |= {f"{stem}_{i}": domain for i in range(int(low), int(high) + 1)}
    return written


def _copies_are_drawn(e: Expression, argument: str, drawn: bool = False) -> None:
    """Refuse independent copies outside an expectation or a probability."""
    if e.head == "prod" and not drawn:
        raise InputError(argument, "prod(e, k) means independent copies, inside E(...) or P(...)")
    for part in e.args:
        _copies_are_drawn(part, argument, drawn or e.head in ("E", "P"))
