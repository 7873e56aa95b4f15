"""Claims about functions, reduced to claims about vectors and numbers.

A claim about all functions of a class sees them at finitely many points. What it says there is
given names - ``grad_f_x0`` for the gradient of f at x0, ``f_x0`` for its value - and what is
assumed of the class becomes hypotheses about these (:mod:`theory.language.functions`). The reduced
claim is in the same language, without functions; by the interpolation theorems it says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from theory.errors import InputError, Unsupported
from theory.expressions import (
    Condition,
    Expression,
    Relation,
    name,
    number,
    parse,
    parse_condition,
    plain,
    rational_value,
)
from theory.expressions.abbreviations import ORACLES
from theory.expressions.arithmetic import over
from theory.gram import Gram, Reduced, Sampled, Written, joined
from theory.language.declarations import STATEMENT_FUNCTIONS, number_of, spelled
from theory.language.functions import (
    ZERO,
    Class,
    Linear,
    Sample,
    added,
    inner,
    less,
    read_class,
    square,
    stretched,
)
from theory.language.origin import VECTOR_HEADS, every, origin, placed, without
from theory.names import check_label, check_name, fresh

MAX_SAMPLES = 12
SPECIAL = ("minimiser of ", "zero of ", "fixed point of ", "point of ")


@dataclass
class _Object:
    """A function or operator while a claim is read."""

    kind: Class
    samples: list[Sample] = field(default_factory=list)


def reduced(tables: Mapping[str, Mapping[str, Any]], conclusion: Any) -> Reduced:
    """Reduce a claim about functions.

    Parameters
    ----------
    tables : mapping
        ``functions``, ``operators``, ``variables``, ``constants``, ``definitions`` and
        ``hypotheses``, as in a file of claims.
    conclusion : str

    Raises
    ------
    InputError
        If a class, a point or a formula cannot be read.
    Unsupported
        If no interpolation theorem covers it.
    """
    values = {str(spelled(n)): number_of(v, str(n)) for n, v in tables["constants"].items()}
    reading = _Reduction(values, {str(spelled(n)): v for n, v in tables["variables"].items()})
    reading.declare({str(spelled(n)): v for n, v in tables["functions"].items()}, False)
    reading.declare({str(spelled(n)): v for n, v in tables["operators"].items()}, True)
    reading.place()
    for label, text in tables["definitions"].items():
        reading.define(str(spelled(label)), text)
    assumed = {
        n: reading.condition(t, check_label(n, "hypotheses"))
        for n, t in tables["hypotheses"].items()
    }
    concluded = reading.condition(conclusion, "conclusion")
    return reading.made(assumed, concluded)


class _Reduction:
    """One claim while its functions are taken away."""

    def __init__(self, constants: Mapping[str, Fraction], variables: Mapping[str, Any]) -> None:
        self.constants = constants
        self.plain = {n: d for n, d in variables.items() if not self._located(d)}
        self.points = {n: plain(d).strip() for n, d in variables.items() if self._located(d)}
        self.taken = {*variables, *constants, "pi"}
        self.objects: dict[str, _Object] = {}
        self.vectors: dict[str, Linear] = {}
        self.bases: list[str] = []
        self.numbers: dict[str, Expression] = {}
        self.kept: dict[str, str] = {}
        self.reals: list[str] = []
        self.made_of: dict[tuple[Any, ...], Linear] = {}
        self.classes: dict[str, str] = {}
        self.shown: dict[str, Expression] = {}
        self.said: dict[str, Condition] = {}

    @staticmethod
    def _located(domain: Any) -> bool:
        said = domain.strip() if isinstance(domain, str) else ""
        return said == "vector" or said.startswith(SPECIAL)

    # What is declared -----------------------------------------------------------------------------

    def declare(self, table: Mapping[str, Any], operator: bool) -> None:
        """Read the classes of functions or operators."""
        argument = "operators" if operator else "functions"
        for n, text in table.items():
            if (
                check_name(n, argument, STATEMENT_FUNCTIONS | {*ORACLES} | VECTOR_HEADS)
                in self.taken
            ):
                raise InputError(n, "is defined twice")
            self.taken.add(n)
            known = frozenset({*self.plain, *self.constants, "pi"})

            def formula(inside: str, n: str = n, known: frozenset[str] = known) -> Expression:
                return parse(inside, known, STATEMENT_FUNCTIONS, n, self.constants)

            self.classes[n] = str(text)
            self.objects[n] = _Object(read_class(text, n, operator, formula))

    def place(self) -> None:
        """Give every point its meaning; one that the objects distinguish is the origin."""
        self.vectors |= {n: self.base(n) for n, d in self.points.items() if d == "vector"}
        for n, domain in self.points.items():
            if domain == "vector":
                continue
            kind, _, rest = domain.partition(" of ")
            groups = [[f.strip() for f in group.split("+")] for group in rest.split(" and ")]
            if unknown := [f for names in groups for f in names if f not in self.objects]:
                raise InputError(n, f"{unknown[0][:40]!r} is no function or operator")
            self.vectors[n] = self.base(n)
            for names in groups:
                self._special(n, kind, names)

    def _special(self, n: str, kind: str, names: Sequence[str]) -> None:
        point, operators = self.vectors[n], [self.objects[f].kind.operator for f in names]
        if kind == "point":
            if len(names) != 1 or not self.objects[names[0]].kind.constant:
                raise InputError(n, "a point of one set is wanted")
            self.sample(names[0], point, n, {})
        elif kind == "fixed point":
            if len(names) != 1 or not operators[0]:
                raise InputError(n, "a fixed point of one operator is wanted")
            self.sample(names[0], point, n, point)
        else:
            if set(operators) != {kind == "zero"}:
                word = "operators" if kind == "zero" else "functions"
                raise InputError(n, f"a {kind} of {word} is wanted")
            if len(names) > 1 and any(
                not (t := self.objects[f].kind).operator and not t.convex for f in names
            ):
                raise Unsupported(n, "a minimiser of a sum with a function that is not convex")
            rest: Linear = {}
            for f in names[:-1]:
                rest = added(rest, self.sample(f, point, n).gradient)
            self.sample(names[-1], point, n, stretched(number(-1), rest))

    def base(self, n: str) -> Linear:
        """A vector of which others are made."""
        self.bases.append(n)
        return {n: number(1)}

    def fresh(self, stem: str) -> str:
        made = fresh(stem, self.taken)
        self.taken.add(made)
        return made

    def sample(self, f: str, point: Linear, label: str, gradient: Linear | None = None) -> Sample:
        """What is known at a point, once for each formula of a point."""
        thing = self.objects[f]
        found = next((s for s in thing.samples if s.point == point), None)
        if found is not None and gradient is None:
            return found
        if found is not None:
            label = fresh(label, [s.label for s in thing.samples])
        if len(thing.samples) == MAX_SAMPLES:
            raise Unsupported(f, f"more than {MAX_SAMPLES} points")
        operator = thing.kind.operator
        if gradient is None:
            stem = f"{f}_{label}" if operator else f"grad_{f}_{label}"
            gradient = self.base(self.fresh(stem))
        value = found.value if found is not None else ZERO
        if found is None and not operator and not thing.kind.constant:
            self.reals.append(self.fresh(f"{f}_{label}"))
            value = name(self.reals[-1])
        made = Sample(label, point, gradient, value, not operator and not gradient)
        thing.samples.append(made)
        return made

    # Formulas -------------------------------------------------------------------------------------

    def define(self, label: str, text: Any) -> None:
        """An abbreviation: of a vector, or of a number."""
        if check_name(label, "definitions", STATEMENT_FUNCTIONS) in self.taken:
            raise InputError(label, "is defined twice")
        meaning = parse(text, self.known, self.heads, label, self.constants)
        self.shown[label] = meaning
        self.taken.add(label)
        if self.is_vector(meaning):
            self.vectors[label] = self.vector(meaning, label)
            return
        read = self.number(meaning)
        if read.names & {*self.bases, *self.reals}:
            self.numbers[label] = read
        else:
            self.kept[label] = str(read)

    @property
    def known(self) -> frozenset[str]:
        """Names that mean something in formulas."""
        named = {*self.plain, *self.constants, *self.vectors, *self.numbers, *self.kept, "pi"}
        return frozenset(named)

    @property
    def heads(self) -> frozenset[str]:
        """Functions that formulas may use."""
        return STATEMENT_FUNCTIONS | {*ORACLES} | VECTOR_HEADS | frozenset(self.objects)

    def condition(self, text: Any, label: str) -> Condition:
        """Comparisons, each of numbers; an equation of vectors is one of the difference with 0."""
        found = parse_condition(text, self.known, self.heads, label, self.constants)
        self.said[label] = found
        return tuple(tuple(self._compared(r, label) for r in clause) for clause in found)

    def _compared(self, r: Relation, label: str) -> Relation:
        if not (self.is_vector(r.left) or self.is_vector(r.right)):
            return Relation(self.number(r.left), r.operator, self.number(r.right))
        if r.operator != "==":
            raise InputError(label, "vectors are equal or not, and have no order")
        sides = [{} if e == ZERO else self.vector(e, label) for e in (r.left, r.right)]
        return Relation(square(less(*sides)), "==", ZERO)

    def is_vector(self, e: Expression) -> bool:
        """Whether a formula is a vector."""
        if e.head == "name":
            return e.name in self.vectors
        if e.head in ORACLES:
            return True
        if e.head in self.objects:
            return self.objects[e.head].kind.operator
        return e.head in ("+", "-", "*", "/", "neg") and any(map(self.is_vector, e.args))

    def vector(self, e: Expression, label: str = "") -> Linear:
        """A vector by its coefficients."""
        match e.head, e.args:
            case "name", _ if e.name in self.vectors:
                return self.vectors[e.name]
            case "neg", (a,):
                return stretched(number(-1), self.vector(a))
            case (("+" | "-"), (a, b)) if self.is_vector(a) and self.is_vector(b):
                return added(self.vector(a), stretched(
                    number(1 if e.head == "+" else -1), self.vector(b)))  # fmt: skip
            case "*", (a, b) if self.is_vector(a) != self.is_vector(b):
                a, b = (b, a) if self.is_vector(a) else (a, b)
                return stretched(self.number(a), self.vector(b))
            case "/", (a, b) if not self.is_vector(b):
                return stretched(over(number(1), self.number(b)), self.vector(a))
        if e.head in ORACLES or e.head in self.objects:
            return self.oracle(e, label)
        raise InputError("formula", f"{str(e)[:40]!r} is no vector")

    def oracle(self, e: Expression, label: str) -> Linear:
        """What a function or operator answers."""
        f = e.args[0].name if e.head in ORACLES else e.head
        thing = self.objects.get(f)
        if thing is None:
            raise InputError(e.head, f"{f[:40]!r} is no function or operator")
        if e.head in self.objects:
            return self.sample(f, self.vector(e.args[0]), self.label(e.args[0])).gradient
        wanted = e.head == "resolvent"
        if thing.kind.operator != wanted or (thing.kind.constant != (e.head in ("proj", "lmo"))
                                             and e.head != "prox"):  # fmt: skip
            raise InputError(e.head, f"{f} is not what {e.head} takes")
        if e.head == "grad":
            return self.sample(f, self.vector(e.args[1]), self.label(e.args[1])).gradient
        point = self.vector(e.args[-1])
        step = self.number(e.args[1]) if len(e.args) == 3 else number(1)
        key = (e.head == "lmo", f, step, tuple(point.items()))
        if key not in self.made_of:
            at = label if label and label not in {s.label for s in thing.samples} else self.label(e)
            if e.head == "lmo":  # the least <g, s> over s in the set: -g is normal there
                there = self.base(self.fresh(f"point_{f}_{at}"))
                self.sample(f, there, at, stretched(number(-1), point))
            else:  # p = x - step g with g a subgradient at p
                stem = f"{f}_{at}" if thing.kind.operator else f"grad_{f}_{at}"
                g = self.base(self.fresh(stem))
                there = added(point, stretched(step, stretched(number(-1), g)))
                self.sample(f, there, at, g)
            self.made_of[key] = there
        return self.made_of[key]

    def label(self, e: Expression) -> str:
        """A name for a point: its own, or a number."""
        taken = {s.label for thing in self.objects.values() for s in thing.samples}
        return e.name if e.head == "name" else fresh("p1", taken)

    def number(self, e: Expression) -> Expression:
        """A formula of numbers, with the values of functions by their names."""
        if e.head == "name":
            if e.name in self.vectors:
                raise InputError("formula", f"{e.name} is a vector where a number is wanted")
            return self.numbers.get(e.name, e)
        if e.head == "**" and e.args[1] == number(2) and _normed(e.args[0], self) is not None:
            return square(self.vector(_normed(e.args[0], self) or e))
        if _normed(e, self) is not None:
            return Expression("sqrt", (square(self.vector(_normed(e, self) or e)),))
        if e.head == "dot":
            return inner(self.vector(e.args[0]), self.vector(e.args[1]))
        if e.head in self.objects and not self.objects[e.head].kind.operator:
            if self.objects[e.head].kind.constant:
                raise InputError(e.head, "a set has no values; declare a `point of` it")
            return self.sample(e.head, self.vector(e.args[0]), self.label(e.args[0])).value
        if self.is_vector(e):
            raise InputError("formula", f"{str(e)[:40]!r} is a vector where a number is wanted")
        return Expression(e.head, tuple(map(self.number, e.args)), e.value, e.name)

    # The reduced claim ----------------------------------------------------------------------------

    def made(self, assumed: Mapping[str, Condition], concluded: Condition) -> Reduced:
        """The claim with all hypotheses about the classes."""
        hypotheses = {n: joined(c) for n, c in assumed.items()}
        found: dict[str, Relation] = {}
        for f, thing in self.objects.items():
            for k, r in enumerate(thing.kind.parameters(), 1):
                if r.left.head == "name" and r.right == ZERO and self.plain.get(
                    r.left.name) == "positive":  # fmt: skip
                    continue
                if r.names - {"pi"}:
                    found[f"{f}-class-{k}"] = r
                elif not r.decide(*(_value(s) for s in (r.left, r.right))):
                    raise InputError(f, f"there is no such class: {r} fails")
            for label, r in thing.kind.inequalities(thing.samples):
                found[f"{f}.{label}"] = r
        special = [n for n, d in self.points.items() if d != "vector"]
        at = [s.point for thing in self.objects.values() for s in thing.samples]
        said = (*found.values(), *(r for c in (*assumed.values(), concluded) for r in every(c)))
        zero = origin(said, at, special, self.points, self.bases)
        for label, r in found.items():
            hypotheses[fresh(label, hypotheses)] = str(without(r, zero))
        hypotheses |= {n: joined(placed(c, zero)) for n, c in assumed.items()}
        members: dict[str, str] = {}
        for f, thing in self.objects.items():
            found_ = thing.kind.sufficient([s.moved(zero) for s in thing.samples])
            members |= {f"member-{f}-{k}": str(r) for k, r in enumerate(found_, 1)}
        if set(members) & set(hypotheses):
            raise InputError(min(set(members) & set(hypotheses)), "another label is wanted")
        kept = [v for v in self.bases if v != zero]
        return Reduced(
            {**self.plain, **dict.fromkeys(kept, "vector"), **dict.fromkeys(self.reals, "real")},
            self.kept,
            hypotheses,
            joined(placed(concluded, zero)),
            Gram(
                tuple(tuple(f"{v}_{i}" for i in range(1, k + 1)) for k, v in enumerate(kept, 1)),
                tuple(self.reals),
                samples=tuple(
                    Sampled(s.point, s.gradient, s.value.name, thing.kind.curvatures)
                    for thing in self.objects.values()
                    for s in (sample.moved(zero) for sample in thing.samples)
                ),
            ),
            Written(
                self.classes,
                self.points,
                {n: str(d) for n, d in self.plain.items()},
                self.shown,
                {n: c for n, c in self.said.items() if n != "conclusion"},
                self.said["conclusion"],
            ),
            members,
        )


def _normed(e: Expression, reading: _Reduction) -> Expression | None:
    """The vector whose norm a formula is, with single or double bars."""
    if e.head not in ("norm", "abs"):
        return None
    inside = e.args[0]
    return inside if reading.is_vector(inside) else _normed(inside, reading)


def _value(e: Expression) -> Fraction:
    value = rational_value(e)
    if value is None:
        raise Unsupported("functions", f"the parameter {e} is no rational number")
    return value
