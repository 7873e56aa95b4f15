"""Statements for every number of layers: quantities that each layer updates.

A product over the layers is an accumulator: it starts at 1 and every layer multiplies it by its
factor. A statement about accumulators holds for arbitrary depth if an invariant holds at the
start, survives a layer, and implies the conclusion.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from theory.expressions import Expression, Relation, integral, name


@dataclass(frozen=True)
class Layers:
    """What a layer consists of, and what it does.

    Attributes
    ----------
    variables : mapping of str to str
        The quantities of one layer and their domains; every layer has its own.
    hypotheses : mapping of str to Relation
        What every layer satisfies, perhaps together with the accumulators before it.
    start, update : mapping of str to Expression
        The accumulators, in order: the value without layers, and the value after one more layer
        in terms of all accumulators before it and the layer's variables.
    """

    variables: Mapping[str, str]
    hypotheses: Mapping[str, Relation]
    start: Mapping[str, Expression]
    update: Mapping[str, Expression]

    def __post_init__(self) -> None:
        for slot in ("variables", "hypotheses", "start", "update"):
            object.__setattr__(self, slot, MappingProxyType(dict(getattr(self, slot))))

    @property
    def canonical(self) -> dict[str, object]:
        """As data, for the canonical form of a statement."""
        return {
            "variables": dict(sorted(self.variables.items())),
            "hypotheses": {n: str(r) for n, r in sorted(self.hypotheses.items())},
            "accumulators": [[n, str(e), str(self.update[n])] for n, e in self.start.items()],
        }

    @property
    def text(self) -> dict[str, dict[str, str]]:
        """As a user would write it."""
        return {
            "variables": dict(self.variables),
            "hypotheses": {n: str(r) for n, r in self.hypotheses.items()},
            "start": {n: str(e) for n, e in self.start.items()},
            "next": {n: str(e) for n, e in self.update.items()},
        }

    @property
    def names(self) -> frozenset[str]:
        """Everything it gives a name: accumulators and the variables of a layer."""
        return frozenset({*self.variables, *self.start})

    def values(self, depth: int, run: str = "_") -> dict[str, Expression]:
        """Every accumulator after ``depth`` layers, layer l's variable x written x, ``run``, l."""
        total = dict(self.start)
        for layer in range(1, depth + 1):
            known = {**total, **self._own(layer, run)}
            total = {n: e.substitute(known) for n, e in self.update.items()}
        return total

    def assumptions(self, depth: int, run: str = "_", label_run: str = "_") -> dict[str, Relation]:
        """The layer hypotheses of ``depth`` layers, layer l's h labelled h, ``label_run``, l.

        Accumulators in them have the values that they have before the layer.
        """
        found: dict[str, Relation] = {}
        total = dict(self.start)
        for layer in range(1, depth + 1):
            known = {**total, **self._own(layer, run)}
            found |= {
                f"{n}{label_run}{layer}": r.substitute(known) for n, r in self.hypotheses.items()
            }
            total = {n: e.substitute(known) for n, e in self.update.items()}
        return found

    def expanded(self, formula: Callable[[Expression], Expression]) -> Layers:
        """With definitions unfolded."""
        relations = {
            n: Relation(formula(r.left), r.operator, formula(r.right))
            for n, r in self.hypotheses.items()
        }
        start, update = ({n: formula(e) for n, e in part.items()}
                         for part in (self.start, self.update))  # fmt: skip
        return replace(self, hypotheses=relations, start=start, update=update)

    def whole(self, integers: Collection[str]) -> frozenset[str]:
        """``integers``, and what else is made of integers: variables of layers, accumulators."""
        fixed = {*integers, *(x for x, d in self.variables.items() if d == "integer")}
        found = set(self.start)
        while True:
            known = fixed | found
            kept = {x for x in found if integral(self.start[x], known - found)
                    and integral(self.update[x], known)}  # fmt: skip
            if kept == found:
                return frozenset(known)
            found = kept

    def bases(
        self, last: Iterable[Expression], depth: int, run: str, integers: Collection[str]
    ) -> Iterator[Expression]:
        """The bases u of powers u**v that want u > 0 because v depends on an accumulator.

        After ``depth`` layers v may be a number, for which more powers have a value.

        Parameters
        ----------
        last : iterable of Expression
            Formulas in the last values, definitions unfolded.
        depth : int
        run : str
            What stands between the name of a layer's variable and its layer.
        integers : collection of str
            The variables that are integers.
        """
        whole = self.whole(integers)

        def powers(formulas: Iterable[Expression]) -> list[Expression]:
            nodes = [n for e in formulas for n in e.walk() if n.head == "**"]
            return [n.args[0] for n in nodes if n.args[1].names & set(self.start)
                    and not integral(n.args[1], whole)]  # fmt: skip

        sides = [s for r in self.hypotheses.values() for s in (r.left, r.right)]
        inner, total = powers([*sides, *self.update.values()]), dict(self.start)
        for layer in range(1, depth + 1):
            known = {**total, **self._own(layer, run)}
            yield from (base.substitute(known) for base in inner)
            total = {n: e.substitute(known) for n, e in self.update.items()}
        yield from (base.substitute(total) for base in powers(last))

    def _own(self, layer: int, run: str) -> dict[str, Expression]:
        return {x: name(f"{x}{run}{layer}") for x in self.variables}
