"""Claims about functions, reduced to claims about vectors and numbers.

A claim about all functions of a class sees them at finitely many points. What it says there is
given names - ``grad_f_x0`` for the gradient of f at x0, ``f_x0`` for its value - and what is
assumed of the class becomes hypotheses about these (:mod:`theory.language.functions`). The reduced
claim is in the same language, without functions; by the interpolation theorems it says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from theory.errors import InputError, Unsupported
from theory.expressions import (
    Condition,
    Expression,
    Relation,
    number,
    parse,
    rational_value,
)
from theory.expressions.abbreviations import ORACLES, op
from theory.gram import Gram, Reduced, Sampled, Written, joined
from theory.language.asked import Asked, Formulas
from theory.language.declarations import STATEMENT_FUNCTIONS, Values, number_of, spelled
from theory.language.domains import apart, quantified
from theory.language.functions import (
    ZERO,
    Linear,
    added,
    read_class,
    stretched,
)
from theory.language.origin import VECTOR_HEADS, every, origin, placed, without
from theory.language.shapes import OWN
from theory.names import check_label, check_name, fresh


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
    values = Values({str(spelled(n)): number_of(v, str(n)) for n, v in tables["constants"].items()})
    points = apart(tables["variables"])
    reading = _Reduction(values, {str(spelled(n)): v for n, v in points.items()})
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


class _Reduction(Formulas):
    """One claim while its functions are taken away."""

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
            self.objects[n] = Asked(read_class(text, n, operator, formula))

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

    def fixed(self) -> None:
        """Refuse points that vary inside a formula: a value has one name."""
        said = [*self.shown.values()]
        said += [s for c in self.said.values() for r in every(c) for s in (r.left, r.right)]
        varied = {e.args[1].name for s in said for e in s.walk() if e.head in ("diff", "integrate")}
        for n, d in self.plain.items():
            if isinstance(d, str) and ((q := quantified(d, n)).law or q.kind in OWN):
                varied.add(n)
        for f, thing in self.objects.items():
            for s in thing.samples:
                at = {n for c in (*s.point.values(), *s.gradient.values()) for n in c.names}
                if at & varied:
                    raise Unsupported(f, f"asked at a point that varies with {min(at & varied)}")

    # The reduced claim ----------------------------------------------------------------------------

    def made(self, assumed: Mapping[str, Condition], concluded: Condition) -> Reduced:
        """The claim with all hypotheses about the classes."""
        hypotheses = {n: joined(c) for n, c in assumed.items()}
        found: dict[str, Relation] = {}
        known_of: set[str] = set()
        known = {n: number(q) for n, q in self.constants.items()}
        self.fixed()
        for f, thing in self.objects.items():
            for p in thing.kind.words.values():
                if p is not None and not self.signs.valued(p):
                    problem = f"the parameter {p} may have no value: say so in the domains"
                    raise InputError(f, f"{problem} of its names, such as positive")
            for k, r in enumerate(thing.kind.parameters(), 1):
                if r.left.head == "name" and r.right == ZERO and self.plain.get(
                    r.left.name) == "positive":  # fmt: skip
                    continue
                if r.names - {"pi", *self.constants}:
                    found[f"{f}-class-{k}"] = r
                elif not r.decide(*(_value(s.substitute(known)) for s in (r.left, r.right))):
                    raise InputError(f, f"there is no such class: {r} fails")
                else:
                    self.constants.demands[r] = None
            for label, r in thing.kind.inequalities(thing.samples):
                known_of.add(made_ := fresh(f"{f}.{label}", found))
                found[made_] = r
        for r, f in self.steps.items():
            found[made_ := fresh(f"{f}-step", found)] = r
            known_of |= set() if self.signs.valued(r.left) else {made_}
        special = [n for n, d in self.points.items() if d != "vector"]
        at = [s.point for thing in self.objects.values() for s in thing.samples]
        said = (*found.values(), *(r for c in (*assumed.values(), concluded) for r in every(c)))
        zero = origin(said, at, special, self.points, self.bases)
        answers = []
        for label, r in found.items():
            own = fresh(label, hypotheses)
            hypotheses[own] = str(without(r, zero, self.bases))
            answers += [own] if label in known_of else []
            if "-" in label:  # a class, or a point, that there is only where it holds
                self.constants.leaned.add(own)
        ends = [s for r in every(self.said["conclusion"]) for s in (r.left, r.right)]
        asked = [p for p in self.needs(*self.shown.values(), *ends) if not self.signs.valued(p)]
        ends_ = (op("*", ZERO, p) for p in self.lengths(*self.shown.values(), *ends))
        lengths = [str(without(Relation(e, "==", ZERO), zero, self.bases)) for e in ends_]
        hypotheses |= {n: joined(placed(c, zero, self.bases)) for n, c in assumed.items()}
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
            joined(placed(concluded, zero, self.bases)),
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
            tuple(answers),
            (*(f"0*({p}) == 0" for p in asked), *lengths),
            frozenset(self.constants.settled),
            tuple(self.constants.demands),
            frozenset(self.constants.leaned),
        )


def _value(e: Expression) -> Fraction:
    value = rational_value(e)
    if value is None:
        raise Unsupported("functions", f"the parameter {e} is no rational number")
    return value
