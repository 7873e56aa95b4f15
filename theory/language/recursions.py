"""Recursions: sequences of any order as accumulators."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, Relation, name, number, rational_value
from theory.expressions.abbreviations import ZERO, op
from theory.language.draft import Clause, Draft, rewritten
from theory.language.indices import plus, shift
from theory.names import fresh
from theory.statements import Domain

_BOUNDS = {">=": 0, ">": 1}


@dataclass
class Sequence:
    """A sequence x[n] that a recursion defines, of some order.

    Attributes
    ----------
    first : dict of int to Expression
        Its given values.
    bounds : dict of int to Relation
        Or bounds of its first values.
    step : Relation or None
        ``x[n+ahead] == ...``, or an inequality.
    ahead, back : int
        The largest index on the left, and how far the right goes back before n.
    """

    first: dict[int, Expression] = field(default_factory=dict)
    bounds: dict[int, list[Relation]] = field(default_factory=dict)
    step: Relation | None = None
    ahead: int = 0
    back: int = 0


class Recursions:
    """One claim whose sequences run up to one counter."""

    def __init__(
        self,
        draft: Draft,
        rows: list[Relation],
        families: Mapping[str, Domain],
        conditions: dict[str, list[Relation]],
        counter: str,
    ) -> None:
        if draft.variables.get(counter) != "integer":
            raise InputError("sum", f"the end {counter!r} of a sum is an integer variable")
        if draft.layers is not None:
            raise Unsupported("sum", "a sum up to a variable in a claim about layers")
        self.draft, self.families, self.counter = draft, families, counter
        self.conditions = conditions
        self.start: dict[str, Expression] = {}
        self.update: dict[str, Expression] = {}
        self.own: dict[str, Domain] = {}
        self.each: dict[str, Relation] = {}
        self.globals: dict[str, Domain] = {}
        self.assumed: dict[str, Clause] = {}
        self.known: dict[Expression, str] = {}
        self.sequences: dict[str, Sequence] = {}
        self.taken = set(draft.taken)
        self.last: dict[str, tuple[str, Sequence]] = {}
        self.ahead: dict[str, tuple[int, Expression]] = {}
        self.windows: dict[str, int] = {}  # sequences of numbers, with the last index of the start
        self.said: dict[str, str] = {}  # accumulators that are members of them
        self.kept = False  # whether the counter begins before the claim does
        self.least = self._least()
        self._read(rows)

    def _new(self, stem: str) -> str:
        made = fresh(stem, self.taken)
        self.taken.add(made)
        return made

    def _least(self) -> int:
        """The least value of the counter, by a hypothesis."""
        best: int | None = None
        for clause in self.draft.hypotheses.values():
            found = self._end(clause)
            if found is not None:
                best = found if best is None else max(best, found)
        if best is None:
            raise InputError(
                self.counter, "it needs a least value: make it natural, or 'integer >= 1'"
            )
        return best

    def _end(self, clause: Clause) -> int | None:
        return end_of(clause, self.counter)

    # Recursions -----------------------------------------------------------------------------------

    def _read(self, rows: list[Relation]) -> None:
        for row in rows:
            self._row(row)
        begins = {min(given) for s in self.sequences.values() if (given := {*s.first, *s.bounds})}
        if len(begins) > 1:
            raise InputError("recursions", f"one first index is wanted, not {sorted(begins)}")
        for x, seq in self.sequences.items():
            if seq.step is None:
                raise InputError(f"recursions: {x}", f"no row says what {x}[{self.counter}+1] is")
            order = seq.ahead + seq.back
            begin = min((*seq.first, *seq.bounds), default=self.least)
            self.least, self.kept = begin, self.kept or begin < self.least
            wanted = range(self.least, self.least + order)
            given = {*seq.first, *seq.bounds}
            if set(wanted) - given or given - set(wanted):
                raise InputError(
                    f"recursions: {x}",
                    f"it needs the values {x}[{self.least}] to {x}[{self.least + order - 1}] "
                    "and no others at its start",
                )
        for x, seq in self.sequences.items():
            self._sequence(x, seq)
            for r in self.conditions.get(x, ()):
                self._together(r, seq)

    def _together(self, r: Relation, seq: Sequence) -> None:
        """Members that are compared at every index are of sequences that are kept alike."""
        for y in (node.args[0].name for node in r.right.walk() if node.head == "item"):
            other = self.sequences.get(y)
            if other is None or other.ahead + other.back != seq.ahead + seq.back:
                x = r.left.args[0].name
                raise Unsupported("recursions", f"{x} next to {y}, which has another order")

    def _row(self, row: Relation) -> None:
        if row.left.head != "item" and row.right.head == "item":
            row = row.mirrored
        if row.left.head != "item":
            raise InputError("recursions", f"a row reads x[{self.counter}+1] == ..., not {row}")
        x, at = row.left.args[0].name, row.left.args[1]
        seq = self.sequences.setdefault(x, Sequence())
        c, moves = shift(at, self.counter)
        if c is None:
            raise InputError("recursions", f"the index {at} is not {self.counter} plus a number")
        if not moves:
            if self.counter in row.right.names:
                raise InputError(
                    "recursions", f"a first value does not depend on {self.counter}: {row}"
                )
            if row.operator == "==":
                if c in seq.first:
                    raise InputError("recursions", f"{x}[{c}] has two rows")
                seq.first[c] = row.right
            elif row.operator != "!=":
                seq.bounds.setdefault(c, []).append(row)
            else:
                raise InputError("recursions", f"{row} is no start")
            return
        others = [n for n in row.right.walk() if n.head == "item"]
        if c == 0 and all(shift(n.args[1], self.counter) == (0, True) for n in others):
            self.conditions.setdefault(x, []).append(row)
            return
        if seq.step is not None:
            raise InputError("recursions", f"{x}[{self.counter}+1] has two rows")
        if row.operator not in ("==", "<=", ">="):
            raise InputError("recursions", f"{row.operator} is no step")
        seq.step, seq.ahead = row, c
        for node in row.right.walk():
            if node.head == "item" and node.args[0].name == x:
                back, _ = shift(node.args[1], self.counter)
                if back is None or back >= c:
                    raise InputError("recursions", f"{node} does not come before {row.left}")
                seq.back = max(seq.back, -back)

    def _sequence(self, x: str, seq: Sequence) -> None:
        assert seq.step is not None
        order = seq.ahead + seq.back
        if order < 1:
            raise InputError("recursions", f"{seq.step} is no step")
        states = [x, *(self._new(f"{x}_next{k if k > 1 else ''}") for k in range(1, order))]
        for k, state in enumerate(states):
            at = self.least + k
            value = seq.first.get(at)
            if value is None:
                free = self._new(f"{x}_start{at}")
                self.globals[free] = "real"
                value = name(free)
            self.start[state] = value
            for j, bound in enumerate(seq.bounds.get(at, [])):
                label = f"{x}_start{at}-bound{j or ''}"
                self.assumed[label] = (Relation(value, bound.operator, bound.right),)
        self.known |= {
            Expression("item", (name(x), number(k))): state for k, state in enumerate(states)
        }
        for state, following in itertools.pairwise(states):
            self.update[state] = name(following)
        self.update[states[-1]] = ZERO  # set below, once all sequences are known
        self.last[x] = states[-1], seq

    def _steps(self) -> None:
        """The last state of every sequence moves by its row, in the order of the rows."""
        for x, (state, seq) in self.last.items():
            assert seq.step is not None
            value = self._later(seq.step.right, seq.back)
            if seq.step.operator != "==":
                slack = self._new(f"{x}_slack")
                self.own[slack] = "nonnegative"
                value = op("-" if seq.step.operator == "<=" else "+", value, name(slack))
            self.update[state] = value
            self.ahead[x] = seq.ahead + seq.back, value

    def _later(self, e: Expression, delay: int) -> Expression:
        """A formula at n + delay, its members by states, which know n only."""
        return self._items(e.substitute({self.counter: plus(self.counter, delay)}), self.counter)

    def _items(self, e: Expression, n: str) -> Expression:
        """Members x[n + k] by states, or by what the next layer makes of them."""

        def change(node: Expression) -> Expression:
            if node.head != "item":
                return node
            x, at = node.args
            k, moves = shift(at, n)
            if x.name in self.windows and not moves and k is not None:
                return self._given(x.name, k)
            if x.name not in self.sequences and x.name not in self.windows:
                raise InputError(x.name, f"{x.name}[{at}] stands outside of a sum")
            if k is None or not moves:
                raise Unsupported("recursions", f"{x.name}[{at}]: only indices near {n}")
            return self._state(x.name, k)

        return rewritten(e, change)

    def _given(self, x: str, k: int) -> Expression:
        """A first value of a sequence."""
        raise NotImplementedError

    def _state(self, x: str, k: int) -> Expression:
        state = self.known.get(Expression("item", (name(x), number(k))))
        if state is not None:
            return name(state)
        order, value = self.ahead.get(x, (None, ZERO))
        if order == k:
            return value
        where = f"{x}[{self.counter}{k:+d}]"
        raise Unsupported("recursions", f"{where} is not among the values that the recursion keeps")

    def _at(self, r: Relation, delay: int) -> Relation:
        """What is assumed of every member of a sequence, at n + delay."""
        return Relation(self._later(r.left, delay), r.operator, self._later(r.right, delay))


def end_of(clause: Clause, n: str) -> int | None:
    """The least integer n for which a hypothesis holds that is a bound from below."""
    if len(clause) != 1:
        return None
    (r,) = clause
    if r.operator in ("<=", "<"):
        r = r.mirrored
    value = rational_value(r.right)
    if r.left != name(n) or r.operator not in _BOUNDS or value is None:
        return None
    return -int(-value // 1) + (_BOUNDS[r.operator] if value.denominator == 1 else 0)


def reaches(draft: Draft, least: int, end: Expression) -> bool:
    """Whether an end n + c is an integer that is at least a number, by a hypothesis about n."""
    n = next(iter(end.names), "")
    c, moves = shift(end, n)
    bounds = (end_of(clause, n) for clause in draft.hypotheses.values())
    assumed = max((b for b in bounds if b is not None), default=None)
    if c is None or not moves or assumed is None:
        return False
    return draft.variables.get(n) == "integer" and assumed + c >= least
