"""What a statement declares: names, each once, with their meanings, and what formulas may use."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, cast

from theory.errors import InputError, Unsupported
from theory.exact import exact
from theory.expressions import (
    ABBREVIATIONS,
    INTERNAL_FUNCTIONS,
    Condition,
    Expression,
    Relation,
    name,
    number,
    parse,
    parse_condition,
    plain,
)
from theory.language.domains import Quantified
from theory.language.matrix_functions import Matrix
from theory.language.spectra import MATRIX_FUNCTIONS as SPECTRAL_FUNCTIONS
from theory.names import check_name
from theory.statements import Domain

CORE_FUNCTIONS = INTERNAL_FUNCTIONS | {"min", "max", "erf", "E", "P", "prod", "sum"}
STATEMENT_FUNCTIONS = (
    CORE_FUNCTIONS
    | frozenset(ABBREVIATIONS)
    | {"atan", "asin", "gamma", "lambertw", "floor", "piecewise", "diff", "integrate"}
    | {"Var", "Cov"}
)
MATRIX_FUNCTIONS = frozenset({"T", "tr"})
"""Transpose and trace, in statements about matrices; there ``I`` is the identity."""
MAX_DIGITS = 4_000
"""Of a number in a statement, above and below the line: Python prints no integer beyond 4,300."""
MAX_FREE_VECTORS = 7

# E and P are functions only where a parenthesis follows, and errors and products are called so.
_RESERVED = (CORE_FUNCTIONS - {"E", "P"}) | {"pi", "inf", "oo", "and", "or", "in"}
_NOT_NEGATIVE = re.compile(r"@ *>=? *\d+", re.ASCII)
_POSITIVE = re.compile(r"@ *(?:> *\d+|>= *0*[1-9]\d*)", re.ASCII)
_SEQUENCE = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*?)(?:\s*\[|_\()", re.ASCII)


class Values(dict[str, Fraction]):
    """Constants, and which of them were asked for: what was read is true of these numbers only.

    A sum up to a constant is written out, so that another number for it makes another sum. What
    was read by the sign of a constant (:class:`Signs`), or is about a class that there is for some
    numbers only, is true of other numbers where they satisfy what is demanded of them.
    """

    def __init__(self, values: Mapping[str, Fraction]) -> None:
        super().__init__(values)
        self.settled: set[str] = set()
        self.demands: dict[Relation, None] = {}
        self.leaned: set[str] = set()  # labels of hypotheses by which something was read

    def get(self, key: str, default: Any = None) -> Any:
        """The number of a constant, which is settled from now on."""
        self.settled |= {key} & self.keys()
        return super().get(key, default)

    def settle(self, e: Expression) -> None:
        """Constants in a formula that counts something keep their numbers."""
        self.settled |= e.names & self.keys()


class Signs(dict[str, str]):
    """What is known of signs: that of a constant is demanded of it once somebody asks."""

    def __init__(self, signs: Mapping[str, str], values: Values) -> None:
        super().__init__(signs)
        self.values_of = values

    def get(self, key: str, default: Any = None) -> Any:
        """What is known of the sign of a name."""
        self._demand(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self._demand(key)
        return super().__contains__(key)

    def __or__(self, more: Mapping[str, str]) -> Signs:  # type: ignore[override]
        return Signs({**self, **more}, self.values_of)

    def _demand(self, key: object) -> None:
        if not isinstance(key, str) or key not in self.keys():
            return
        self.values_of.leaned.add(f"domain-{key}")
        if key in self.values_of:
            operator = ">" if super().__getitem__(key) == "positive" else ">="
            self.values_of.demands[Relation(name(key), operator, ZERO)] = None  # type: ignore[arg-type]


class Noted(frozenset[str]):
    """Names of which a domain says something; whom somebody asks for is noted."""

    values_of: Values

    def __contains__(self, key: object) -> bool:
        found = super().__contains__(key)
        if found:
            self.values_of.leaned.add(f"domain-{key}")
        return found


class Declared:
    """The names that a statement has given a meaning, each once.

    Parameters
    ----------
    quantified : mapping of str to Quantified
        Its variables.
    constants, matrices, layers : mappings as data, perhaps empty
    recursions : sequence of str
        Rows ``x[n+1] == ...``.
    layered : bool
        Whether the claim is about every number of layers.
    """

    def __init__(
        self,
        quantified: Mapping[str, Quantified],
        constants: Mapping[str, Any],
        matrices: Mapping[str, Any],
        recursions: Sequence[str],
        layered: bool,
    ) -> None:
        self.quantified = quantified
        self.sequences = {m[1] for row in recursions if (m := _SEQUENCE.match(plain(row)))}
        self.shaped = {x: q for x, q in quantified.items() if q.shape or q.kind == "vector"}
        self.families = {x: q for x, q in quantified.items() if q.many and x not in self.sequences}
        self.spectra = {x: q.law[1:] for x, q in quantified.items() if q.kind == "spectrum"}
        self.laws = {x: q.law for x, q in quantified.items() if q.law and x not in self.spectra}
        self.variables = {
            x: cast(Domain, q.kind)
            for x, q in quantified.items()
            if x not in {*self.shaped, *self.families, *self.laws, *self.sequences, *self.spectra}
        }
        self.commuting = {n for n, d in self.variables.items() if d == "commuting"}
        self.reserved = set(_RESERVED)
        matrix = "matrix" in self.variables.values()
        if matrix:
            self.reserved |= {"I", *MATRIX_FUNCTIONS}
        if self.commuting or matrices or self.shaped or self.spectra:
            self.reserved |= {"I"}
        if self.commuting or matrices:
            self.reserved |= SPECTRAL_FUNCTIONS & {"T", "tr", "det", "norm"}
        if layered:
            self.reserved |= {"layers"}  # a point says under this name how many there are
        self.names: set[str] = set()
        self.add(quantified, "variables")
        self.add(self.sequences - set(quantified), "recursions")
        self.values = Values({spelled(n): number_of(v, str(n)) for n, v in constants.items()})
        self.add(self.values, "constants")
        for n in self.names:
            stem, _, index = n.rpartition("_")
            if index.isdigit() and stem in self.families:
                raise InputError(n, f"it is an element of the sequence {stem}")
        hidden = {*self.shaped, *self.families, *self.sequences, *self.independent, *self.copies}
        self.known = frozenset(self.names - hidden | {"pi"})
        self.functions = STATEMENT_FUNCTIONS
        if any(law[0] == "vector" for law in self.laws.values()):
            self.functions |= {"norm", "dot"}
        if self.spectra:
            self.functions |= SPECTRAL_FUNCTIONS | {"dot"}
            self.known |= {"I"}
        self.matrix = matrix
        if matrix:
            self.known, self.functions = self.known - {"pi"} | {"I"}, MATRIX_FUNCTIONS
        self.unit = {"I": number(1)} if self.commuting else {}  # the identity's eigenvalue
        self.entries = self._coordinates()
        self.noted: list[Expression] = []  # all formulas that are read
        self.said: dict[str, Expression] = {}  # and which of them are abbreviated

    def add(self, names: Collection[str], argument: str) -> None:
        """Give names a meaning."""
        for n in names:
            if check_name(n, argument, self.reserved) in self.names:
                raise InputError(n, "is defined twice")
            self.names.add(n)

    @property
    def indexed(self) -> frozenset[str]:
        """Names that an index follows."""
        named = {*self.families, *self.sequences, *self.independent, *self.copies}
        coordinates = {x for x, (kind, *_) in self.spectra.items() if kind == "vector"}
        # Next to a matrix the coordinates are those in its eigenbasis, of which nobody speaks.
        return frozenset(named | (coordinates if len(coordinates) == len(self.spectra) else set()))

    @property
    def independent(self) -> frozenset[str]:
        """Sequences of independent normal draws."""
        return frozenset(x for x, law in self.laws.items() if law == ("vector", ""))

    @property
    def copies(self) -> frozenset[str]:
        """Sequences of independent draws of other laws."""
        return frozenset(x for x, law in self.laws.items() if law[0] == "each")

    @property
    def naturals(self) -> frozenset[str]:
        """Integers that are not negative by what their domains say."""
        return self._noted(
            x
            for x, q in self.quantified.items()
            if q.kind == "integer" and any(_NOT_NEGATIVE.fullmatch(c) for c in q.conditions)
        )

    @property
    def positives(self) -> frozenset[str]:
        """Variables that are positive by what their domains say."""
        return self._noted(
            x
            for x, q in self.quantified.items()
            if q.kind == "positive" or any(_POSITIVE.fullmatch(c) for c in q.conditions)
        )

    def _noted(self, names: Iterable[str]) -> Noted:
        made = Noted(names)
        made.values_of = self.values
        return made

    def parse(self, text: Any, argument: str, more: Collection[str] = ()) -> Expression:
        """Read a formula in the names that are known, and some more."""
        names = self.known | set(more)
        self.noted.append(parse(text, names, self.functions, argument, self.values, self.indexed))
        return self.noted[-1]

    def condition(
        self, text: Any, argument: str, more: Collection[str] = (), heads: Collection[str] = ()
    ) -> Condition:
        """Read comparisons."""
        names, functions = self.known | set(more), self.functions | set(heads)
        found = parse_condition(text, names, functions, argument, self.values, self.indexed)
        self.noted += [s for clause in found for r in clause for s in (r.left, r.right)]
        return found

    @property
    def formulas(self) -> list[Expression]:
        """All formulas that were read, without abbreviations."""
        known: dict[str, Expression] = {}
        for abbreviation, meaning in self.said.items():
            known[abbreviation] = meaning.substitute(known)
        return [e.substitute(known) for e in (*self.noted, *self.said.values())]

    # Vectors and matrices by their entries --------------------------------------------------------

    def _coordinates(self) -> dict[str, Matrix]:
        """Vectors and matrices by their entries, which become variables.

        Vectors of any dimension are taken in an orthonormal basis that begins along them, as Gram
        and Schmidt make it: the first is (x_1, 0, ...), the second (y_1, y_2, 0, ...).
        """
        free = [x for x, q in self.shaped.items() if not q.shape]
        if free and len(free) < len(self.shaped):
            raise Unsupported("variables", "vectors of any dimension next to some of a given one")
        if len(free) > MAX_FREE_VECTORS:
            raise Unsupported("variables", f"more than {MAX_FREE_VECTORS} vectors of any dimension")
        if free and self.sequences & set(free):
            raise Unsupported("recursions", "vectors of any dimension: give a dimension")
        made: dict[str, Matrix] = {}
        self.entered: set[str] = set()
        for k, x in enumerate(free, 1):
            made[x] = tuple(
                (self._entry(x, "nonnegative" if i == k else "real", i),) if i <= k else (ZERO,)
                for i in range(1, len(free) + 1)
            )
        for x, q in self.shaped.items():
            if q.kind == "vector" and q.shape:
                made[x] = tuple((self._entry(x, "real", i),) for i in range(1, q.shape[0] + 1))
            elif q.shape:
                rows, columns = (range(1, size + 1) for size in q.shape)
                made[x] = tuple(
                    tuple(
                        self._entry(x, "real", *(sorted((i, j)) if q.kind == "symmetric"
                                                 else (i, j)))
                        for j in columns
                    )
                    for i in rows
                )  # fmt: skip
        return made

    def _entry(self, x: str, domain: Domain, *index: int) -> Expression:
        label = "_".join([x, *map(str, index)])
        if x in self.sequences:
            self.sequences.add(label)
            self.names.add(label)
        elif label not in self.entered:
            self.add([label], x)
            self.entered.add(label)
            self.variables[label] = domain
            self.known |= {label}
        return name(label)


ZERO = number(0)


def spelled(label: Any) -> Any:
    """A name in ASCII; what is no text stays, to be refused."""
    return plain(label) if isinstance(label, str) else label


def number_of(value: Any, argument: str) -> Fraction:
    """Read a number that can be printed again."""
    read = exact(value, argument)
    if max(abs(read.numerator), read.denominator) >= 10**MAX_DIGITS:
        raise InputError(argument, f"a number of more than {MAX_DIGITS} digits")
    return read
