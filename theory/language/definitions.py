"""What a statement defines before it says anything: abbreviations, matrices, layers."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from theory.errors import InputError, Unsupported
from theory.expressions import (
    Expression,
    Relation,
    Size,
    check_size,
    everywhere,
    number,
    parse,
    suggestion,
)
from theory.language.declarations import Declared, number_of, spelled
from theory.language.domains import quantified
from theory.language.draft import Clause, Concluded, surface
from theory.language.matrix_functions import Matrix
from theory.language.spectra import MATRIX_FUNCTIONS as SPECTRAL_FUNCTIONS
from theory.language.spectra import Matrices, untransposed
from theory.language.spectrum import Spectrum
from theory.layers import Layers
from theory.names import check_label, fresh, separator
from theory.statements import MAX_UNFOLDED, Domain, sides

LAYER_DOMAINS = ("real", "positive", "nonnegative", "integer")


class Definitions:
    """One statement while its definitions are read."""

    def __init__(self, declared: Declared, entries: Mapping[str, Any], layers: Any) -> None:
        self.declared = declared
        self.commuting = set(declared.commuting)
        self.meanings: dict[str, Expression] = {}
        self.macros: dict[str, Expression] = {}
        self.sizes: dict[str, Size] = {}
        self.defined = set(declared.known)
        self.entries, self.layers_table = entries, layers
        self.accumulators = _accumulators(layers)
        self.layers: Layers | None = None
        self.narrow = False
        self.matrices: Matrices | None = None
        self.hypotheses: dict[str, Clause] = {}
        self.conclusions: list[Concluded] = []
        self.vector: dict[str, Domain] = {}
        self.nonzero, self.letter = False, "x"
        self.spectrum = Spectrum(
            {x: law[1] for x, law in declared.spectra.items()},
            frozenset(x for x, law in declared.spectra.items() if law[0] in ("symmetric", "psd")),
            frozenset(x for x, law in declared.spectra.items() if law[0] == "vector"),
            {x: law[1] for x, law in declared.laws.items() if law[0] == "vector" and law[1]},
        )

    # Definitions ----------------------------------------------------------------------------------

    def define(self, definitions: Mapping[str, Any]) -> None:
        """Read abbreviations; those of what provers do not know are unfolded at once."""
        declared = self.declared
        known = set(declared.known)
        shaped = {*declared.entries, *self.entries, *declared.spectra}
        for label, text in definitions.items():
            abbreviation = spelled(label)
            declared.add([abbreviation], "definitions")
            more = {*known, *self.accumulators, *declared.unit, *shaped}
            heads = declared.functions | ({"T"} if self.commuting else set())
            heads |= SPECTRAL_FUNCTIONS if shaped else set()
            names = frozenset(more)
            meaning = _formula(text, names, frozenset(heads), abbreviation, declared)
            meaning = meaning.substitute({**declared.unit, **self.macros})
            if self.commuting:
                meaning = untransposed(meaning)
            if meaning.names & self.commuting:
                self.commuting.add(abbreviation)
            known.add(abbreviation)
            opaque = meaning.names & {*self.accumulators, *shaped, *declared.laws}
            if surface(meaning) or opaque or (shaped and matrix_heads(meaning)):
                self.macros[abbreviation] = meaning.substitute(self.meanings)
                continue
            self.sizes[abbreviation] = check_size(
                meaning, abbreviation, self.sizes, {**declared.values}, MAX_UNFOLDED
            )
            self.meanings[abbreviation] = meaning
            if everywhere(meaning, self.defined):
                self.defined.add(abbreviation)
        declared.known = frozenset(known)
        if self.layers_table is not None:
            self.layers = self._layers()
        self._read_matrices()

    def _read_matrices(self) -> None:
        declared = self.declared
        if self.entries and self.commuting:
            raise InputError("matrices", "commuting matrices have no entries")
        declared.add([spelled(n) for n in self.entries], "matrices")
        made = dict(declared.entries)
        for label, rows in self.entries.items():
            made[spelled(label)] = self._entries(label, rows)
        if made or self.commuting:
            self.matrices = Matrices(made, frozenset(self.commuting), frozenset(self.defined))
        letters = itertools.chain("xyzuvst", (f"x{i}" for i in itertools.count()))
        self.letter = next(
            c for c in letters if not any(n.startswith(f"{c}_") for n in declared.names)
        )

    def _entries(self, label: str, rows: Any) -> Matrix:
        if not isinstance(rows, list | tuple) or not all(isinstance(r, list | tuple) for r in rows):
            raise InputError(label, "a list of rows is wanted")
        shape = {len(row) for row in rows}
        if len(shape) != 1 or 0 in shape or max(len(rows), *shape) > 8:
            raise InputError(label, "rows of equal length are wanted, at most 8 by 8")
        return tuple(
            tuple(
                self.declared.parse(entry, label, self.accumulators).substitute(self.macros)
                if isinstance(entry, str)
                else number(number_of(entry, label))
                for entry in row
            )
            for row in rows
        )

    def _layers(self) -> Layers:
        declared = self.declared
        table = table_of(self.layers_table, "layers")
        keys = ("variables", "hypotheses", "start", "next")
        if unknown := set(table) - set(keys):
            word = min(map(str, unknown))
            raise InputError("layers", f"unknown key {word[:40]!r}{suggestion(word, keys)}")
        own, assumed, start, update = (table_of(table.get(part), f"layers {part}") for part in keys)
        if not start or set(start) != set(update):
            raise InputError("layers", "every accumulator needs a start and a next value")
        declared.add(start, "layers start")
        declared.add(own, "layers variables")
        inside = {*start, *own}

        def formula(text: Any, label: str, names: Collection[str]) -> Expression:
            read = declared.parse(text, label, names).substitute(self.macros)
            if surface(read):
                raise Unsupported(label, "piecewise, floor and sums in layers")
            return read

        kinds, conditions = dict[str, str](), dict[str, str]()
        for x, d in own.items():
            q = quantified(d, x) if isinstance(d, str) and d not in LAYER_DOMAINS else None
            such = q is None or q.law or q.shape or q.many
            kinds[x] = _domain(d if such or q is None else q.kind, x, LAYER_DOMAINS)
            for i, text in enumerate(() if such or q is None else q.conditions, 1):
                conditions[fresh(f"domain-{x}-{i}", assumed)] = text.replace("@", x)
        relations: dict[str, Relation] = {}
        for n, text in {**conditions, **assumed}.items():
            clauses = declared.condition(text, check_label(n, "layers hypotheses"), inside)
            if any(len(clause) != 1 for clause in clauses):
                raise Unsupported(n, "'or' in a hypothesis about layers")
            run = separator([n], assumed)
            for i, (r,) in enumerate(clauses, 1):
                relations[n if len(clauses) == 1 else f"{n}{run}{i}"] = changed(r, self.macros)
        made = Layers(
            kinds,
            relations,
            {n: formula(text, n, ()) for n, text in start.items()},
            {n: formula(update[n], n, inside) for n in start},
        )
        formulas = (side for r in made.hypotheses.values() for side in sides(r))
        for e in (*formulas, *made.start.values(), *made.update.values()):
            copies_are_drawn(e, "layers")
        return made


def _formula(
    text: Any, names: frozenset[str], functions: frozenset[str], label: str, declared: Declared
) -> Expression:
    meaning = parse(text, names, functions, label, declared.values, declared.indexed)
    declared.said[label] = meaning
    return meaning


def matrix_heads(*formulas: Expression) -> bool:
    """Whether formulas have functions of matrices other than transpose and trace."""
    heads = SPECTRAL_FUNCTIONS - {"T", "tr"}
    return any(n.head in heads for e in formulas for n in e.walk())


def changed(r: Relation, macros: Mapping[str, Expression]) -> Relation:
    """A relation with other formulas for names."""
    return r.substitute(macros) if macros else r


def _accumulators(layers: Any) -> frozenset[str]:
    start = layers.get("start") if isinstance(layers, Mapping) else None
    return frozenset(map(str, start)) if isinstance(start, Mapping) else frozenset()


_TABLES = {
    "variables": ', such as {x = "real"}',
    "hypotheses": ', such as {h = "x >= 0"}',
    "constants": ", such as {c = 2}",
    "definitions": ', such as {y = "x + 1"}',
}


def table_of(value: Any, argument: str) -> Mapping[str, Any]:
    """Accept a table, or none."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        example = _TABLES.get(argument, "")
        raise InputError(argument, f"a table is wanted{example}, not {type(value).__name__}")
    for key in value:
        if not isinstance(key, str):
            raise InputError(argument, f"a name is text, not {type(key).__name__}")
    return value


def _domain(value: Any, argument: str, known: Sequence[str]) -> Any:
    if not isinstance(value, str) or value not in known:
        raise InputError(argument, f"unknown domain{suggestion(str(value), known)}")
    return value


def copies_are_drawn(e: Expression, argument: str, drawn: bool = False) -> None:
    """Refuse independent copies outside an expectation or a probability."""
    if e.head == "prod" and not drawn:
        raise InputError(argument, "prod(e, k) means independent copies, inside E(...) or P(...)")
    for part in e.args:
        copies_are_drawn(part, argument, drawn or e.head in ("E", "P"))
