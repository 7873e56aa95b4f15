"""Formulas in claims about functions: vectors by their coefficients, values by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from theory.errors import InputError, Unsupported
from theory.expressions import (
    Condition,
    Expression,
    Relation,
    everywhere,
    name,
    number,
    parse,
    parse_condition,
    plain,
    rational_value,
)
from theory.expressions.abbreviations import ONE, ORACLES, op
from theory.expressions.arithmetic import over, times
from theory.language.declarations import STATEMENT_FUNCTIONS, Declared, Values
from theory.language.domains import written_out
from theory.language.draft import rewritten
from theory.language.functions import (
    ZERO,
    Class,
    Linear,
    Sample,
    added,
    inner,
    less,
    power2,
    square,
    stretched,
)
from theory.language.needed import guarded, needed
from theory.language.origin import VECTOR_HEADS
from theory.language.unknowns import Unknowns, unknowns_of
from theory.language.wording import point
from theory.names import check_name, fresh

MAX_SAMPLES = 12
_SECOND = re.compile(r"\b(?:[Hh]ess(?:ian)?)\b|∇²|∇\^2")
SPECIAL = ("minimiser of ", "zero of ", "fixed point of ", "point of ")


@dataclass
class Asked:
    """A function or operator while a claim is read."""

    kind: Class
    samples: list[Sample] = field(default_factory=list)


class Formulas:
    """One claim while its formulas are read: what is asked of functions is given names."""

    def __init__(self, constants: Values, variables: Mapping[str, Any]) -> None:
        self.constants = constants
        self.plain = {n: d for n, d in variables.items() if not self._located(d)}
        self.points = {n: point(plain(d)) for n, d in variables.items() if self._located(d)}
        self.taken = {*variables, *constants, "pi"}
        self.objects: dict[str, Asked] = {}
        self.vectors: dict[str, Linear] = {}
        self.bases: list[str] = []
        self.numbers: dict[str, Expression] = {}
        self.kept: dict[str, str] = {}
        self.reals: list[str] = []
        self.made_of: dict[tuple[Any, ...], Linear] = {}
        self.classes: dict[str, str] = {}
        self.steps: dict[Relation, str] = {}
        self.shown: dict[str, Expression] = {}
        self.unfolded: dict[str, Expression] = {}  # without what stays a definition
        self.whole: dict[str, Expression] = {}
        self.said: dict[str, Condition] = {}

    @staticmethod
    def _located(domain: Any) -> bool:
        said = point(domain) if isinstance(domain, str) else ""
        return said == "vector" or said.startswith(SPECIAL)

    def base(self, n: str) -> Linear:
        """A vector of which others are made."""
        self.bases.append(n)
        return {n: number(1)}

    def fresh(self, stem: str) -> str:
        """A name that means nothing yet."""
        made = fresh(stem, self.taken)
        self.taken.add(made)
        return made

    def sample(self, f: str, point: Linear, label: str, gradient: Linear | None = None) -> Sample:
        """What is known at a point, once for each formula of a point."""
        thing = self.objects[f]
        found = next((s for s in thing.samples if s.point == point), None)
        if found is not None and gradient is None:
            return found
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
        unfolded = meaning.substitute(self.unfolded)
        self.whole[label] = meaning.substitute(self.whole)
        if self.is_vector(meaning):
            self.vectors[label] = self.vector(meaning, label)
            self.unfolded[label] = unfolded
            return
        read = self.number(meaning)
        if read.names & {*self.bases, *self.reals}:
            self.numbers[label], self.unfolded[label] = read, unfolded
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
        return STATEMENT_FUNCTIONS | {*ORACLES, "norm2"} | VECTOR_HEADS | frozenset(self.objects)

    def condition(self, text: Any, label: str) -> Condition:
        """Comparisons, each of numbers; an equation of vectors is one of the difference with 0."""
        if isinstance(text, str) and (match := _SECOND.search(text)):
            raise Unsupported(label, f"{match[0]}: a claim sees a function by values and gradients")
        found = parse_condition(text, self.known, self.heads, label, self.constants)
        self.said[label] = found
        return tuple(tuple(self._compared(r, label) for r in clause) for clause in found)

    def _compared(self, r: Relation, label: str) -> Relation:
        if not (self.is_vector(r.left) or self.is_vector(r.right)):
            lengths = [self.length(e) for e in (r.left, r.right)]
            if any(v is not None for _, v in lengths):  # t |t| grows with t, and is c |c| |v|^2
                left, right = (self.squared(c, v) for c, v in lengths)
                if left is not None and right is not None:
                    return Relation(
                        self._kept(left, r.left), r.operator, self._kept(right, r.right)
                    )
            left, right = (self._kept(self.number(e), e) for e in (r.left, r.right))
            return Relation(left, r.operator, right)
        if r.operator != "==":
            raise InputError(label, "vectors are equal or not, and have no order")
        sides = [{} if e == ZERO else self.vector(e, label) for e in (r.left, r.right)]
        return Relation(self._kept(square(less(*sides)), r.left, r.right), "==", ZERO)

    def _kept(self, closed: Expression, *formulas: Expression) -> Expression:
        """What formulas are in coefficients, with a value only where all that they need has one.

        Points that plainly have a value are left out, for these need nothing.
        """

        def answer(n: Expression) -> Expression:
            f = n.args[0].name if n.head in ORACLES else n.head
            return name(f) if f in self.objects else n

        loose = [p for p in self.needs(*formulas) if not self.signs.valued(p)]
        whole = (rewritten(e.substitute(self.unfolded), answer) for e in formulas)
        for p in self.lengths(*formulas):
            closed = op("+", closed, op("*", ZERO, p))
        return guarded(closed, {*self.vectors, *self.objects}, *whole, *loose)

    @cached_property
    def signs(self) -> Unknowns:
        """What domains say of numbers."""
        declared = Declared(written_out(self.plain), self.constants, {}, [], False)
        declared.values.demands = self.constants.demands
        declared.values.leaned = self.constants.leaned
        return unknowns_of(declared)

    def needs(self, *formulas: Expression) -> dict[Expression, None]:
        """What the points need to have a value at which formulas ask functions.

        What is assumed of the answers has a value there only, which may not become an assumption.
        """
        bound, heads = {*self.vectors, *self.objects}, {*ORACLES, *self.objects}
        whole = (n for e in formulas for n in e.substitute(self.whole).walk())
        asked = (a for n in whole if n.head in heads for a in n.args)
        return dict.fromkeys(p for a in asked for p in needed(a, bound))

    def lengths(self, *formulas: Expression) -> dict[Expression, None]:
        """As :meth:`needs`, what depends on vectors: 1/|g| for the point x - g/|g|."""
        heads, about = {*ORACLES, *self.objects}, {*self.bases, *self.reals}
        whole = (n for e in formulas for n in e.substitute(self.whole).walk())
        points = (self.vector(a) for n in whole if n.head in heads
                  for a in n.args if self.is_vector(a))  # fmt: skip
        parts = (n for point in points for c in point.values() for n in c.walk())
        parts = (op("/", ONE, n.args[1]) if n.head == "/" else n for n in parts
                 if n.head not in {"number", "name", *VECTOR_HEADS})  # fmt: skip
        return dict.fromkeys(n for n in parts if n.names & about and not _plain(n))

    def length(self, e: Expression) -> tuple[Expression, Linear | None]:
        """A multiple of a norm: the factor and the vector; or a number."""
        if (v := _normed(e, self)) is not None:
            return number(1), self.vector(v)
        if e.head in ("*", "/"):
            (a, u), (b, v_) = map(self.length, e.args)
            if u is None and e.head == "*" and v_ is not None:
                return times(a, b), v_
            if v_ is None and u is not None:
                return times(a, b) if e.head == "*" else over(a, b), u
        return self.number(e), None

    def squared(self, c: Expression, v: Linear | None) -> Expression | None:
        """The square of c |v| with its sign; None if c is about vectors too."""
        if c.names & {*self.bases, *self.reals}:
            return None
        signs = {self.plain.get(n) for n in c.names} | {n.head for n in c.walk()}
        plain_ = signs <= {"positive", "nonnegative", "number", "name", "+", "*", "/", "**"}
        root = power2(c) if plain_ else times(c, Expression("abs", (c,)))
        root = number(c.value * abs(c.value)) if c.value is not None else root
        return root if v is None else times(root, square(v))

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
        if e.names and not any(map(self.is_vector, e.args)):
            n = min(e.names)
            raise InputError("formula", f"{str(e)[:40]!r} is a number where a vector is wanted; "
                             f'a point is declared as {n} = "vector"')  # fmt: skip
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
        if e.head == "prox" and not thing.kind.operator and not thing.kind.convex:
            raise Unsupported("prox", "of a function that is not convex")
        if thing.kind.operator != wanted or (thing.kind.constant != (e.head in ("proj", "lmo"))
                                             and e.head != "prox"):  # fmt: skip
            raise InputError(e.head, f"{f} is not what {e.head} takes")
        if e.head == "grad":
            return self.sample(f, self.vector(e.args[1]), self.label(e.args[1])).gradient
        point = self.vector(e.args[-1])
        step = self.number(e.args[1]) if len(e.args) == 3 else number(1)
        if len(e.args) == 3 and (size := rational_value(step)) is not None and size <= 0:
            raise InputError(label or e.head, f"a step is positive, and {step} is not")
        if not self.signs.nonnegative(step):
            self.steps[Relation(step, ">", ZERO)] = f
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
        if e.head.endswith("_") or e.head == "item":
            raise Unsupported("functions", "next to sums up to n and sequences")
        return Expression(e.head, tuple(map(self.number, e.args)), e.value, e.name)


def _plain(e: Expression) -> bool:
    """Whether the head of a formula has a value for all numbers, or is the length of a vector."""
    if e.head in ("/", "**"):
        return e.head == "**" and everywhere(op("**", name("x"), e.args[1]))
    length = e.head == "sqrt" and e.args[0].head == "**" and e.args[0].args[1] == number(2)
    return length or everywhere(Expression(e.head, tuple(ZERO for _ in e.args), e.value, e.name))


def _normed(e: Expression, reading: Formulas) -> Expression | None:
    """The vector whose norm a formula is, with single or double bars."""
    if e.head not in ("norm", "norm2", "abs"):
        return None
    inside = e.args[0]
    return inside if reading.is_vector(inside) else _normed(inside, reading)
