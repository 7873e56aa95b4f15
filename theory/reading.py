"""Reading statements: from the text that a person writes to the data that provers take.

Whatever the door - TOML, JSON or Python - statements come in through :func:`statement`, so that
names, numbers, types and collisions are looked at here and nowhere else.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any, cast, get_args

from theory.errors import InputError
from theory.exact import Exact, exact
from theory.expressions import (
    INTERNAL_FUNCTIONS,
    Expression,
    Relation,
    Size,
    check_size,
    everywhere,
    number,
    parse,
    parse_relation,
)
from theory.layers import Layers
from theory.names import check_label, check_name, check_text, fresh, separator
from theory.spectra import MATRIX_FUNCTIONS as SPECTRAL_FUNCTIONS
from theory.spectra import Lowered, Matrices, Matrix, untransposed
from theory.statements import MAX_UNFOLDED, Domain, Statement, sides

STATEMENT_FUNCTIONS = INTERNAL_FUNCTIONS | {"min", "max", "erf", "E", "P", "prod", "sum"}
MATRIX_FUNCTIONS = frozenset({"T", "tr"})
"""Transpose and trace, in statements about matrices; there ``I`` is the identity."""
LAYER_DOMAINS = ("real", "positive", "nonnegative", "integer")
MAX_DIGITS = 4_000
"""Of a number in a statement, above and below the line: Python prints no integer beyond 4,300."""

# E and P are functions only where a parenthesis follows, and errors and products are called so.
_RESERVED = (STATEMENT_FUNCTIONS - {"E", "P"}) | {"pi"}


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
        If a name is none (:mod:`theory.names`), undeclared or declared twice, a formula
        malformed, a number a float, a value of the wrong type, a hypothesis about an accumulator,
        or the witness does not satisfy the hypotheses.
    """
    scope = check_text(scope, "scope")
    entries = _table(matrices, "matrices")
    variables = _variables(_table(variables, "variables"))
    commuting = {n for n, d in variables.items() if d == "commuting"}
    reserved = set(_RESERVED)
    if "matrix" in variables.values():
        reserved |= {"I", *MATRIX_FUNCTIONS}
    if commuting or entries:
        reserved |= {"I", *SPECTRAL_FUNCTIONS}
    if layers is not None:
        reserved |= {"layers"}  # a point says under this name how many there are
    declared = _Declared(reserved)
    declared.add(variables, "variables")
    values = {n: _number(v, n) for n, v in _table(constants, "constants").items()}
    declared.add(values, "constants")
    known = declared.names | {"pi"}
    functions = STATEMENT_FUNCTIONS
    if "matrix" in variables.values():
        known, functions = known - {"pi"} | {"I"}, MATRIX_FUNCTIONS
    unit = {"I": number(1)} if commuting else {}  # the identity's eigenvalue
    meanings: dict[str, Expression] = {}
    sizes: dict[str, Size] = {}
    defined = set(known)
    for abbreviation, text in _table(definitions, "definitions").items():
        declared.add([abbreviation], "definitions")
        heads = functions | ({"T"} if commuting else frozenset())
        meaning = parse(text, frozenset(known | set(unit)), heads, abbreviation)
        meaning = untransposed(meaning.substitute(unit)) if commuting else meaning
        if meaning.names & commuting:
            commuting.add(abbreviation)
        sizes[abbreviation] = check_size(meaning, abbreviation, sizes, values, MAX_UNFOLDED)
        meanings[abbreviation] = meaning
        known.add(abbreviation)
        if everywhere(meaning, defined):
            defined.add(abbreviation)
    every_depth = None if layers is None else _layers(layers, known, functions, declared)
    names = frozenset(known if every_depth is None else known | set(every_depth.start))
    spectra = _matrices(entries, frozenset(commuting), known, defined, functions, declared)
    read = _lowering(spectra, names, functions, unit, declared.names)
    assumed: dict[str, Relation] = {}
    texts = _table(hypotheses, "hypotheses")
    for label, text in texts.items():
        relations = read(text, check_label(label, "hypotheses"), True).relations
        _about_no_accumulator(relations, label, every_depth)
        if len(relations) == 1:
            assumed[label] = relations[0]
        else:  # one for each principal minor
            run = separator([label], {*texts, *assumed})
            assumed |= {f"{label}{run}{i}": r for i, r in enumerate(relations, 1)}
    concluded = read(conclusion, "conclusion", False)
    vector = dict.fromkeys(concluded.vector, "real")
    point = {n: _number(v, n) for n, v in _table(witness, "witness").items()}
    if unknown := set(point) - set(variables) - set(vector):
        raise InputError("witness", f"{min(map(str, unknown))[:40]!r} is no variable")
    if vector and point:
        point |= dict.fromkeys(vector, Fraction(1))
    if concluded.nonzero:
        square = " + ".join(f"{x}**2" for x in vector)
        assumed[fresh("vector", assumed)] = parse_relation(f"{square} > 0", frozenset(vector))
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
    for part, relation in [*made.hypotheses.items(), ("conclusion", made.conclusion)]:
        for side in sides(relation):
            check_size(side, part, sizes, values, MAX_UNFOLDED)
        for side in sides(made.expand(relation)):
            _copies_are_drawn(side, part)
    if made.witness and not made.assumptions_hold_at(made.witness):
        raise InputError("witness", "does not satisfy the hypotheses")
    return made


class _Declared:
    """The names that a statement has given a meaning, each once."""

    def __init__(self, reserved: Collection[str]) -> None:
        self.reserved = reserved
        self.names: set[str] = set()

    def add(self, names: Collection[str], argument: str) -> None:
        for n in names:
            if check_name(n, argument, self.reserved) in self.names:
                raise InputError(n, "is defined twice")
            self.names.add(n)


def _table(value: Any, argument: str) -> Mapping[str, Any]:
    """Accept a table, or none."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise InputError(argument, f"a table is wanted, not {type(value).__name__}")
    return value


def _number(value: Any, argument: str) -> Fraction:
    """Read a number that can be printed again."""
    read = exact(value, argument)
    if max(abs(read.numerator), read.denominator) >= 10**MAX_DIGITS:
        raise InputError(argument, f"a number of more than {MAX_DIGITS} digits")
    return read


def _domain(value: Any, argument: str, known: Sequence[str]) -> Any:
    if not isinstance(value, str) or value not in known:
        raise InputError(argument, f"unknown domain (known: {', '.join(known)})")
    return value


def _about_no_accumulator(
    relations: Sequence[Relation], argument: str, layers: Layers | None
) -> None:
    """Refuse a hypothesis about a quantity that no single layer knows."""
    totals = set() if layers is None else set(layers.start)
    for relation in relations:
        if found := relation.names & totals:
            raise InputError(argument, f"a hypothesis cannot mention the accumulator {min(found)}")


def _lowering(
    spectra: Matrices | None,
    names: frozenset[str],
    functions: frozenset[str],
    unit: Mapping[str, Expression],
    declared: Collection[str],
) -> Callable[[str, str, bool], Lowered]:
    """How the relations of a statement are read: as they stand, or through spectra."""
    if spectra is None:
        return lambda text, label, hypothesis: Lowered(
            (parse_relation(text, names, functions, label),)
        )
    wider = names | set(spectra.entries) | set(unit)
    letters = itertools.chain("xyzuvst", (f"x{i}" for i in itertools.count()))
    letter = next(c for c in letters if not any(n.startswith(f"{c}_") for n in declared))

    def read(text: str, label: str, hypothesis: bool) -> Lowered:
        relation = parse_relation(text, wider, functions | SPECTRAL_FUNCTIONS, label)
        return spectra.lower(relation.substitute(unit), label, hypothesis, letter)

    return read


def _matrices(
    entries: Mapping[str, Sequence[Sequence[str]]],
    commuting: frozenset[str],
    names: Collection[str],
    defined: Collection[str],
    functions: frozenset[str],
    declared: _Declared,
) -> Matrices | None:
    if not entries and not commuting:
        return None
    if entries and commuting:
        raise InputError("matrices", "commuting matrices have no entries")
    declared.add(entries, "matrices")
    read: dict[str, Matrix] = {}
    for label, rows in entries.items():
        if not isinstance(rows, list | tuple) or not all(isinstance(r, list | tuple) for r in rows):
            raise InputError(label, "a list of rows is wanted")
        shape = {len(row) for row in rows}
        if len(shape) != 1 or 0 in shape or max(len(rows), *shape) > 8:
            raise InputError(label, "rows of equal length are wanted, at most 8 by 8")
        read[label] = tuple(
            tuple(
                parse(entry, frozenset(names), functions, label)
                if isinstance(entry, str)
                else number(_number(entry, label))
                for entry in row
            )
            for row in rows
        )
    return Matrices(read, commuting, frozenset(defined))


def _layers(layers: Any, known: set[str], functions: frozenset[str], declared: _Declared) -> Layers:
    table = _table(layers, "layers")
    if unknown := set(table) - {"variables", "hypotheses", "start", "next"}:
        raise InputError("layers", f"unknown key {min(map(str, unknown))[:40]!r}")
    own, assumed, start, update = (
        _table(table.get(part), f"layers {part}")
        for part in ("variables", "hypotheses", "start", "next")
    )
    if not start or set(start) != set(update):
        raise InputError("layers", "every accumulator needs a start and a next value")
    declared.add(start, "layers start")
    declared.add(own, "layers variables")
    inside = frozenset(known | set(start) | set(own))
    made = Layers(
        {n: _domain(d, n, LAYER_DOMAINS) for n, d in own.items()},
        {
            n: parse_relation(text, inside, functions, check_label(n, "layers hypotheses"))
            for n, text in assumed.items()
        },
        {n: parse(text, frozenset(known), functions, n) for n, text in start.items()},
        {n: parse(update[n], inside, functions, n) for n in start},
    )
    for label, relation in made.hypotheses.items():
        _about_no_accumulator([relation], label, made)
    formulas = (side for r in made.hypotheses.values() for side in sides(r))
    for formula in (*formulas, *made.start.values(), *made.update.values()):
        _copies_are_drawn(formula, "layers")
    return made


def _variables(variables: Mapping[str, Any]) -> dict[str, Domain]:
    """Write out names such as ``w_1..w_4``."""
    written: dict[str, Domain] = {}
    for label, value in variables.items():
        domain = _domain(value, str(label), get_args(Domain))
        first, dots, last = label.partition("..") if isinstance(label, str) else (label, "", "")
        names = [first]
        if dots:
            stem, _, low = first.rpartition("_")
            other, _, high = last.rpartition("_")
            ends = low.isascii() and low.isdecimal() and high.isascii() and high.isdecimal()
            if stem != other or not ends or max(len(low), len(high)) > 3 or int(low) > int(high):
                raise InputError(label, "a range of variables reads w_1..w_4")
            names = [f"{stem}_{i}" for i in range(int(low), int(high) + 1)]
        if twice := set(names) & set(written):
            raise InputError(min(twice), "is defined twice")
        written |= dict.fromkeys(names, domain)
    return written


def _copies_are_drawn(e: Expression, argument: str, drawn: bool = False) -> None:
    """Refuse independent copies outside an expectation or a probability."""
    if e.head == "prod" and not drawn:
        raise InputError(argument, "prod(e, k) means independent copies, inside E(...) or P(...)")
    for part in e.args:
        _copies_are_drawn(part, argument, drawn or e.head in ("E", "P"))
