"""Sums, products and recursions up to n as accumulators that count to n.

``sum(i, 1, n, f(i))`` is the value after n layers of S that starts at 0 and grows by f(n + 1); a
sequence with ``x[n+1] == g(x[n])`` is an accumulator as it stands. So a claim for every n is a claim
about every number of layers (:mod:`theory.layers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from theory.draft import Clause, Draft, rewritten
from theory.errors import InputError, Unsupported
from theory.expressions import Expression, Relation, everywhere, name, number, rational_value
from theory.expressions.abbreviations import ONE, ZERO, op
from theory.layers import Layers
from theory.names import fresh
from theory.statements import Domain, sides

SUMS = {"sum_": "+", "prod_": "*"}
MAX_START = 60
_BOUNDS = {">=": 0, ">": 1}


def shift(e: Expression, n: str) -> tuple[int | None, bool]:
    """The number c of a formula n + c, or of a number; and whether n occurs."""
    if n not in e.names:
        value = rational_value(e)
        whole = value is not None and value.denominator == 1
        return (int(value) if whole and value is not None else None), False
    ends = [rational_value(e, {n: Fraction(v)}) for v in (0, 1, 5)]
    if None in ends or e.names != {n}:
        return None, True
    a, b, c = (v for v in ends if v is not None)
    plain = b == a + 1 and c == a + 5 and a.denominator == 1 and _linear(e, n)
    return (int(a), True) if plain else (None, True)


def _linear(e: Expression, n: str) -> bool:
    return all(node.head in ("name", "number", "+", "-", "neg") for node in e.walk())


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
    bounds: dict[int, Relation] = field(default_factory=dict)
    step: Relation | None = None
    ahead: int = 0
    back: int = 0


def counted(
    draft: Draft,
    rows: list[Relation],
    families: Mapping[str, Domain],
    conditions: dict[str, list[Relation]],
    index: str,
) -> Draft:
    """Write sums, products and recursions as accumulators.

    Parameters
    ----------
    draft : Draft
    rows : list of Relation
        Recursions, with items ``x[n+1]`` (head ``item``).
    families : mapping of str to Domain
        Sequences of arbitrary numbers: each layer has its own.
    conditions : dict of str to list of Relation
        What is assumed of every member of a family, called by its own name.
    index : str
        The counter of the recursions; empty if there are none.

    Raises
    ------
    InputError, Unsupported
        For what is no sum up to n, or no recursion.
    """
    counter = index or _counter(draft)
    if not counter:
        if draft.mentions({"item"}):
            raise InputError("variables", "a member of a sequence outside of a sum up to n")
        return draft
    return _Counting(draft, rows, families, conditions, counter).made()


def _counter(draft: Draft) -> str:
    """The variable up to which everything is summed."""
    found: set[str] = set()
    for r in draft.relations():
        for s in sides(r):
            _collect(s, frozenset(), found)
    if len(found) > 1:
        raise Unsupported("sum", f"sums up to several ends at once ({', '.join(sorted(found))})")
    return next(iter(found), "")


def _collect(e: Expression, bound: frozenset[str], found: set[str]) -> None:
    if e.head in SUMS:
        found |= e.args[2].names - bound
        bound = bound | {e.args[0].name}
    for a in e.args:
        _collect(a, bound, found)


class _Counting:
    """One claim whose sums and sequences run up to one counter."""

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
        if len(clause) != 1:
            return None
        (r,) = clause
        flipped = {"<=": ">=", "<": ">"}.get(r.operator, "")
        left, operator, right = (
            (r.right, flipped, r.left) if flipped else (r.left, r.operator, r.right)
        )
        value = rational_value(right)
        if left != name(self.counter) or operator not in _BOUNDS or value is None:
            return None
        return -int(-value // 1) + (_BOUNDS[operator] if value.denominator == 1 else 0)

    # Recursions -----------------------------------------------------------------------------------

    def _read(self, rows: list[Relation]) -> None:
        for row in rows:
            self._row(row)
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

    def _row(self, row: Relation) -> None:
        if row.left.head != "item":
            raise InputError("recursions", f"a row reads x[{self.counter}+1] == ..., not {row}")
        x, at = row.left.args[0].name, row.left.args[1]
        seq = self.sequences.setdefault(x, Sequence())
        c, moves = shift(at, self.counter)
        if c is None:
            raise InputError("recursions", f"the index {at} is not {self.counter} plus a number")
        if not moves:
            if row.operator == "==":
                seq.first[c] = row.right
            elif row.operator in ("<=", ">="):
                seq.bounds[c] = row
            else:
                raise InputError("recursions", f"{row} is no start")
            return
        if c == 0 and not any(n.head == "item" for n in row.right.walk()):
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
            if at in seq.first:
                self.start[state] = seq.first[at]
            else:
                free = self._new(f"{x}_start{at}")
                self.globals[free] = "real"
                bound = seq.bounds[at]
                self.assumed[f"{free}-bound"] = (Relation(name(free), bound.operator, bound.right),)
                self.start[state] = name(free)
        self.known |= {
            Expression("item", (name(x), number(k))): state for k, state in enumerate(states)
        }
        for state, following in zip(states, states[1:], strict=False):
            self.update[state] = name(following)
        self.update[states[-1]] = ZERO  # set below, once all sequences are known
        self.last[x] = states[-1], seq

    def _steps(self) -> None:
        """The last state of every sequence moves by its row, in the order of the rows."""
        for x, (state, seq) in self.last.items():
            assert seq.step is not None
            delay = seq.back
            value = self._items(seq.step.right, self.counter, delay)
            value = value.substitute({self.counter: _plus(self.counter, delay)})
            if seq.step.operator != "==":
                slack = self._new(f"{x}_slack")
                self.own[slack] = "nonnegative"
                value = op("-" if seq.step.operator == "<=" else "+", value, name(slack))
            self.update[state] = value
            self.ahead[x] = seq.ahead + seq.back, value

    def _items(self, e: Expression, n: str, delay: int = 0) -> Expression:
        """Members x[n + k] by states, or by what the next layer makes of them."""

        def change(node: Expression) -> Expression:
            if node.head != "item":
                return node
            x, at = node.args
            k, moves = shift(at, n)
            if x.name not in self.sequences:
                raise InputError(x.name, f"{x.name}[{at}] stands outside of a sum")
            if k is None or not moves:
                raise Unsupported("recursions", f"{x.name}[{at}]: only indices near {n}")
            return self._state(x.name, k + delay)

        return rewritten(e, change)

    def _state(self, x: str, k: int) -> Expression:
        state = self.known.get(Expression("item", (name(x), number(k))))
        if state is not None:
            return name(state)
        order, value = self.ahead.get(x, (None, ZERO))
        if order == k:
            return value
        where = f"{x}[{self.counter}{k:+d}]"
        raise Unsupported("recursions", f"{where} is not among the values that the recursion keeps")

    # Sums -----------------------------------------------------------------------------------------

    def _sums(self, e: Expression) -> Expression:
        """A formula with accumulators for its sums, the outer ones by way of the inner ones."""
        if e.head in SUMS:
            return self._sum(e)
        return Expression(e.head, tuple(map(self._sums, e.args)), e.value, e.name)

    def _sum(self, e: Expression) -> Expression:
        index, first, last, body = e.args
        i, head = index.name, e.head
        begin, moving = shift(first, self.counter)
        c, moves = shift(last, self.counter)
        if c is None or not moves:
            raise Unsupported("sum", f"an end {last} that is not {self.counter} plus a number")
        if begin is None or moving:
            raise Unsupported("sum", f"a sum that begins at {first}")
        body = self._pulled(body, i)
        if head == "sum_":
            outer, inner = _factored(body, i)
            if outer != ONE and (everywhere(outer) or self.counter in outer.names):
                inner_sum = Expression(head, (index, first, last, inner))
                return op("*", self._sums(outer), self._sum(inner_sum))
        if self.counter in body.names:
            body = _reversed(body, i, self.counter, begin, c)
            if self.counter in body.names:
                raise Unsupported("sum", f"terms that depend on the end {self.counter} of the sum")
            c, begin = -begin, -c  # k = n - i runs from -c to n - begin
        key = Expression(head, (number(begin), number(c), body.substitute({i: name("index")})))
        if key in self.known:
            return name(self.known[key])
        state = self._new("S" if head == "sum_" else "Q")
        self.known[key] = state
        count = self.least + c - begin + 1
        if count < 0:
            raise InputError(
                self.counter, f"the sum from {begin} to {last} begins after its end: assume "
                f"{self.counter} >= {begin - 1 - c}"
            )  # fmt: skip
        if count > MAX_START:
            raise Unsupported("sum", f"more than {MAX_START} terms at the least {self.counter}")
        total = ZERO if head == "sum_" else ONE
        for k in range(begin, begin + count):
            term = self._term(body, i, number(k), None)
            total = term if total in (ZERO, ONE) else op(SUMS[head], total, term)
        at = _plus(self.counter, c + 1)
        self.start[state] = total
        self.update[state] = ZERO
        term = self._term(body, i, at, c + 1)
        self.update[state] = op(SUMS[head], name(state), term)
        return name(state)

    def _term(self, body: Expression, i: str, at: Expression, ahead: int | None) -> Expression:
        """One term: at a number of the start, or the one that the next layer adds."""

        def change(node: Expression) -> Expression:
            if node.head in SUMS:
                return self._inner(node, i, at, ahead)
            if node.head != "item":
                return node
            x, index = node.args
            k, moves = shift(index, i)
            if k is None:
                raise Unsupported("sum", f"the index {index} of {x.name}")
            if x.name in self.sequences:
                if ahead is not None and moves:
                    return self._state(x.name, ahead + k)
                value = rational_value(at)
                assert value is not None
                return self._given(x.name, int(value) + k if moves else k)
            if k or not moves:
                raise Unsupported("sum", f"{x.name}[{index}]: only the member of the index itself")
            return self._member(x.name, at if ahead is None else None)

        return rewritten(body, change).substitute({i: at})

    def _given(self, x: str, k: int) -> Expression:
        found = self._state(x, k - self.least)
        assert found.head == "name"
        return self.start[found.name]

    def _member(self, family: str, at: Expression | None) -> Expression:
        """A member of a family: of this layer, or one of those before the first layer."""
        domain = self.families[family]
        if at is None:
            self.own[family] = domain
            for r in self.conditions.get(family, ()):
                self.each[fresh(f"{family}-each", self.each)] = r
            return name(family)
        value = rational_value(at)
        assert value is not None
        stem = f"{family}_{int(value)}"
        if stem not in self.globals:
            self.taken.add(stem)
            self.globals[stem] = domain
            for k, r in enumerate(self.conditions.get(family, ())):
                own = {family: name(stem)}
                self.assumed[f"{stem}-each{k}"] = (r.substitute(own),)
        return name(stem)

    def _inner(self, e: Expression, i: str, at: Expression, ahead: int | None) -> Expression:
        """A sum inside of a sum, up to the outer index: an accumulator of its own."""
        index, first, last, body = e.args
        d, moves = shift(last, i)
        begin, _ = shift(first, i)
        if d is None or begin is None or i in body.names or i in first.names:
            raise Unsupported("sum", "an inner sum whose terms depend on the outer index")
        if not moves:
            raise Unsupported("sum", f"an inner end {last}")
        if ahead is None:
            value = rational_value(at)
            assert value is not None
            total = ZERO if e.head == "sum_" else ONE
            for k in range(begin, int(value) + d + 1):
                term = self._term(body, index.name, number(k), None)
                total = term if total in (ZERO, ONE) else op(SUMS[e.head], total, term)
            return total
        # The outer term that is added has the index n + ahead, so the inner sum ends there + d.
        end = _plus(self.counter, ahead + d - 1)
        state = self._sum(Expression(e.head, (index, first, end, body)))
        assert state.head == "name"
        return self.update[state.name]

    def _pulled(self, body: Expression, i: str) -> Expression:
        """Inner sums with what does not depend on their index in front of them."""

        def change(node: Expression) -> Expression:
            if node.head != "sum_":
                return node
            outer, inner = _factored(node.args[3], node.args[0].name)
            if outer == ONE:
                return node
            return op("*", outer, Expression("sum_", (*node.args[:3], inner)))

        return rewritten(body, change)

    # All of it ------------------------------------------------------------------------------------

    def made(self) -> Draft:
        n = self.counter
        self._steps()
        draft = self.draft.mapped(lambda e: self._items(self._sums(e), n))
        bounds = {
            label: clause
            for label, clause in draft.hypotheses.items()
            if self.kept or self._end(clause) is None
        }
        for x, seq in self.sequences.items():
            for k, r in enumerate(self.conditions.get(x, ())):
                self.each[f"{x}-each{k}"] = self._at(r, 0)
                for delay in range(seq.ahead + seq.back):
                    bounds[f"{x}-here{k}-{delay}"] = (self._at(r, delay),)
        layers = Layers(
            dict(self.own),
            self.each,
            {n: number(self.least), **self.start},
            {n: _plus(n, 1), **self.update},
        )
        kept = {v: d for v, d in draft.variables.items() if v != n}
        return replace(
            draft,
            variables={**kept, **self.globals},
            hypotheses={**bounds, **self.assumed},
            layers=layers,
            taken=frozenset(self.taken),
        )

    def _at(self, r: Relation, delay: int) -> Relation:
        """What is assumed of every member of a sequence, at n + delay."""
        moved = {self.counter: _plus(self.counter, delay)}
        left, right = (
            self._items(e, self.counter, delay).substitute(moved) for e in (r.left, r.right)
        )
        return Relation(left, r.operator, right)


def _plus(n: str, c: int) -> Expression:
    if c == 0:
        return name(n)
    return op("+" if c > 0 else "-", name(n), number(abs(c)))


def _factored(body: Expression, i: str) -> tuple[Expression, Expression]:
    """A product as what does not depend on an index, and what does."""
    if i not in body.names:
        return body, ONE
    if body.head == "*":
        (a, b), (c, d) = (_factored(x, i) for x in body.args)
        outer = c if a == ONE else a if c == ONE else op("*", a, c)
        inner = d if b == ONE else b if d == ONE else op("*", b, d)
        return outer, inner
    if body.head == "/" and i not in body.args[1].names:
        a, b = _factored(body.args[0], i)
        return op("/", a, body.args[1]), b
    if body.head == "neg":
        a, b = _factored(body.args[0], i)
        return op("neg", a), b
    return ONE, body


def _reversed(body: Expression, i: str, n: str, begin: int, c: int) -> Expression:
    """Write n - i as a new index k, where the terms depend on n in no other way."""

    def change(node: Expression) -> Expression:
        if node.head not in ("+", "-", "neg", "name") or not node.names & {n, i}:
            return node
        if not _linear(node, n) or node.names - {n, i}:
            return node
        at = [
            rational_value(node, {n: Fraction(a), i: Fraction(b)})
            for a, b in ((0, 0), (1, 0), (0, 1))
        ]
        if None in at:
            return node
        free, by_n, by_i = (v for v in at if v is not None)
        slope = by_n - free
        if slope != -(by_i - free):
            return node
        scaled = name(i) if slope == 1 else op("*", number(slope), name(i))
        return scaled if free == 0 else op("+", scaled, number(free))

    def outermost(e: Expression) -> Expression:
        changed = change(e)
        if changed is not e:
            return changed
        return Expression(e.head, tuple(map(outermost, e.args)), e.value, e.name)

    made = outermost(body)
    # What is left of the old index cannot be told from the new one.
    probe = _hidden(body, i, n)
    return made if not probe else body


def _hidden(body: Expression, i: str, n: str) -> bool:
    """Whether the old index occurs other than in n - i."""
    marker = "the old index"

    def strip(e: Expression) -> Expression:
        if e.head in ("+", "-", "neg") and e.names <= {n, i} and e.names and _linear(e, n):
            at = [
                rational_value(e, {n: Fraction(a), i: Fraction(b)})
                for a, b in ((0, 0), (1, 0), (0, 1))
            ]
            if None not in at and at[1] - at[0] == -(at[2] - at[0]):  # type: ignore[operator]
                return name(marker)
        return Expression(e.head, tuple(map(strip, e.args)), e.value, e.name)

    return i in strip(body).names
