"""The relations of a statement: hypotheses and conclusions, one clause after the other.

A clause is a relation, or several of which one holds; a relation about matrices becomes relations
of numbers when it is read.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from theory.errors import InputError, Unsupported
from theory.expressions import Condition, Expression, Relation, parse_relation
from theory.expressions.abbreviations import ZERO
from theory.expressions.arithmetic import over, raised, times
from theory.language.commuting import COORDINATES
from theory.language.definitions import Definitions, changed, matrix_heads
from theory.language.draft import Concluded, rewritten
from theory.language.norms import Norms
from theory.language.spectra import MATRIX_FUNCTIONS as SPECTRAL_FUNCTIONS
from theory.language.spectra import Lowered
from theory.language.unknowns import Unknowns, unknowns_of
from theory.language.words import Alphabet, size
from theory.names import check_label, fresh, separator
from theory.statements import sides

RANDOM = frozenset({"E", "P", "Var", "Cov"})


class Clauses(Definitions):
    """A statement while its relations are read."""

    unknowns: Unknowns | None = None
    norms: Norms | None = None

    def allow(self, unknowns: Unknowns) -> None:
        """Take numbers for what has no formula: from now on, also for functions of matrices."""
        self.unknowns, declared = unknowns, self.declared
        if not declared.spectra:
            return
        if declared.laws:
            raise Unsupported("variables", "draws next to several matrices of a symbolic size")
        shapes = {}
        for x, (kind, *sizes) in declared.spectra.items():
            for n in sizes:
                if n not in declared.positives or declared.variables.get(n) != "integer":
                    raise InputError(x, f'the size {n} wants {n} = "integer >= 1" in variables')
            shapes[x] = (sizes[0], "1" if kind == "vector" else sizes[-1])
        kinds = {x: law[0] for x, law in declared.spectra.items()}
        self.norms = Norms(
            Alphabet(
                shapes,
                {x for x, kind in kinds.items() if kind in ("symmetric", "psd")},
                {x for x, kind in kinds.items() if kind == "psd"},
            ),
            unknowns,
        )

    def read(self, text: Any, label: str, hypothesis: bool) -> list[list[Relation]]:
        """Clauses, of which all hold; a relation about matrices becomes relations of numbers."""
        clauses: list[list[Relation]] = []
        declared = self.declared
        for clause in self._condition(text, label):
            found = [self._lowered(changed(r, self.macros), label, hypothesis) for r in clause]
            if len(clause) == 1:
                for r in found[0].relations:
                    square = (
                        _squared(r, unknowns_of(declared)) if self.free and hypothesis else None
                    )
                    clauses.append([square or r])
                    if square is not None and not _real(r, unknowns_of(declared)):
                        clauses.append([r])  # which has a value where its roots have
            elif all(len(f.relations) == 1 for f in found):
                clauses.append([f.relations[0] for f in found])
            else:
                raise Unsupported(label, "'or' between relations of matrices")
        return clauses

    def _condition(self, text: Any, label: str) -> Condition:
        """A text as comparisons."""
        more: set[str] = {*self.accumulators}
        heads: Collection[str] = ()
        if self.matrices is not None:
            more |= {*self.matrices.entries, *self.declared.unit}
            more |= {"I"} if self.matrices.entries else set()
            heads = SPECTRAL_FUNCTIONS
        if self.declared.matrix:
            heads = SPECTRAL_FUNCTIONS
        return self.declared.condition(text, label, more, heads)

    def _lowered(self, relation: Relation, label: str, hypothesis: bool) -> Lowered:
        if self.norms is not None:
            if hypothesis:
                return Lowered(self.norms.hypothesis(relation, label))
            return Lowered((self.norms.conclusion(relation, label),))
        if self.spectrum.sizes:
            if any(len(law) == 3 for law in self.declared.spectra.values()):
                raise Unsupported(label, "a matrix with m rows and n columns")
            if hypothesis:
                return Lowered(self.spectrum.hypothesis(relation, label))
            return Lowered((self.spectrum.conclusion(relation, label),))
        if self.declared.matrix and matrix_heads(relation.left, relation.right):
            raise Unsupported(
                label, "norms and spectra of matrices of any size that do not commute: give sizes, "
                "such as matrix(2, 2), or one matrix(n, n)"
            )  # fmt: skip
        if self.matrices is None:
            return Lowered((relation,))
        if any(not q.shape for q in self.declared.shaped.values()):
            sides = (n.head for side in (relation.left, relation.right) for n in side.walk())
            if found_ := COORDINATES.intersection(sides):
                raise Unsupported(label, f"{min(found_)} of a vector without coordinates: declare "
                                  'it as "vector(n)" or "vector(3)"')  # fmt: skip
        relation = relation.substitute(self.declared.unit)
        found = self.matrices.lower(relation, label, hypothesis, self.letter)
        if hypothesis:
            found = replace(found, relations=tuple(map(_positive_length, found.relations)))
        if self.free:
            found = replace(found, relations=tuple(map(self._lengths, found.relations)))
        self.vector |= dict.fromkeys(found.vector, "real")
        if found.nonzero and not self.nonzero:
            self.nonzero = True
            square = " + ".join(f"{x}**2" for x in found.vector)
            self.hypotheses[fresh("vector", self.hypotheses)] = (
                parse_relation(f"{square} > 0", frozenset(found.vector)),
            )
        return found

    @property
    def free(self) -> bool:
        """Whether there are vectors of any dimension, by their coordinates."""
        return any(q.kind == "vector" and not q.shape for q in self.declared.shaped.values())

    def _lengths(self, r: Relation) -> Relation:
        """The first coordinate of the first vector is its length, and not negative."""
        known = {x for x in self.declared.entered if self.declared.variables[x] == "nonnegative"}

        def change(n: Expression) -> Expression:
            return n.args[0] if n.head == "abs" and n.args[0].name in known else n

        return Relation(rewritten(r.left, change), r.operator, rewritten(r.right, change))

    def assume(self, hypotheses: Mapping[str, Any]) -> None:
        """Read the hypotheses, and what the domains of variables and the laws say."""
        texts, leaned = dict(hypotheses), set[str]()
        if self.norms is not None:  # before what is said of products of them
            for label, text in texts.items():
                for one in self._condition(text, check_label(label, "hypotheses")):
                    alone = [changed(r, self.macros) for r in one if len(one) == 1]
                    for r in (r for r in alone if r.operator == "=="):
                        before = len(self.norms.alphabet.isometries)
                        self.norms.alphabet.keeps(r.left, r.right)
                        if len(self.norms.alphabet.isometries) > before:
                            leaned.add(label)
            for low, high in self.norms.alphabet.narrow:
                said = Relation(size(low), "<=", size(high))
                self._assume(fresh("isometry", {*texts, *self.hypotheses}), (said,))
        for label, text in texts.items():
            clauses = self.read(text, check_label(label, "hypotheses"), True)
            run = separator([label], {*texts, *self.hypotheses})
            for i, clause in enumerate(clauses, 1):
                own = label if len(clauses) == 1 else f"{label}{run}{i}"
                self._assume(own, clause)
                self.declared.values.leaned |= {own} if label in leaned else set()
        for x, q in self.declared.quantified.items():
            for condition in () if q.many or x in self.declared.sequences else q.conditions:
                for clause in self.read(condition.replace("@", x), x, True):
                    self._assume(fresh(f"domain-{x}", {*texts, *self.hypotheses}), clause)

    def _assume(self, label: str, clause: Sequence[Relation]) -> None:
        self.hypotheses[label] = tuple(clause)

    def conclude(self, conclusion: Any) -> None:
        """Read the conclusion."""
        for clause in self.read(conclusion, "conclusion", False):
            for r in _both_ways(_either(clause)):
                self.conclusions.append(Concluded({}, r))


def _either(clause: Sequence[Relation]) -> Relation:
    """One relation that says that one of several holds."""
    if len(clause) == 1:
        return clause[0]
    gaps = []
    strict = {len(r.operator) == 1 for r in clause}
    for r in clause:
        low, high = (r.left, r.right) if r.operator[0] == "<" else (r.right, r.left)
        gaps.append(Expression("-", (high, low)))
    if len(strict) != 1 or any(r.operator in ("==", "!=") for r in clause):
        raise Unsupported("conclusion", "'or' between == or !=, or between < and <=")
    return Relation(Expression("max", tuple(gaps)), ">" if strict == {True} else ">=", ZERO)


def _both_ways(r: Relation) -> tuple[Relation, ...]:
    """An equation between extrema as two inequalities, for it has no normal form."""
    heads = {n.head for s in sides(r) for n in s.walk()}
    if r.operator != "==" or not heads & {"abs", "max", "min"} or heads & RANDOM:
        return (r,)
    return Relation(r.left, "<=", r.right), Relation(r.left, ">=", r.right)


def _positive_length(r: Relation) -> Relation:
    """A length is positive where its square is."""
    if r.operator in (">", "!=") and r.left.head == "sqrt" and r.right == ZERO:
        return Relation(r.left.args[0], ">", ZERO)
    return r


def _squared(r: Relation, signs: Unknowns) -> Relation | None:
    """What lengths say, as their squares do, where neither side is negative; None elsewhere."""
    roots = {n for s in sides(r) for n in s.walk() if n.head == "sqrt"}
    if not roots or r.operator == "!=" or not all(map(signs.nonnegative, sides(r))):
        return None
    squares = [_square(s) for s in sides(r)]
    left, right = squares
    return None if left is None or right is None else Relation(left, r.operator, right)


def _real(r: Relation, signs: Unknowns) -> bool:
    """Whether all roots exist, whatever the values of their names."""
    roots = {n for s in sides(r) for n in s.walk() if n.head == "sqrt"}
    return all(signs.nonnegative(n.args[0]) for n in roots)


def _square(e: Expression) -> Expression | None:
    """The square of a product without the roots in it; None for a sum of roots."""
    if e.head == "sqrt":
        return e.args[0]
    if e.head in ("*", "/"):
        parts = [_square(a) for a in e.args]
        a, b = parts
        return None if a is None or b is None else times(a, b) if e.head == "*" else over(a, b)
    if any(n.head == "sqrt" for n in e.walk()):
        return None
    return raised(e, 2)
