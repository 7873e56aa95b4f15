"""Sums, products and recursions up to n as accumulators that count to n.

``sum(i, 1, n, f(i))`` is the value after n layers of S that starts at 0 and grows by f(n + 1); a
sequence with ``x[n+1] == g(x[n])`` is an accumulator as it stands. So a claim for every n is a
claim about every number of layers (:mod:`theory.layers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, Relation, everywhere, name, number, rational_value
from theory.expressions.abbreviations import ONE, ZERO, op
from theory.expressions.arithmetic import times
from theory.language.decays import aligned, decay, nonzero, spread
from theory.language.decays import joined as added
from theory.language.draft import Draft, rewritten
from theory.language.indices import EMPTY, SUMS, factored, joined, plus, reversed_index, shift
from theory.language.members import Seen, seen
from theory.language.recursions import Recursions
from theory.layers import Layers
from theory.names import fresh
from theory.statements import Domain, sides

MAX_START = 60


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
    if "inf" in found:
        raise Unsupported("sum", "sums and products to infinity")
    if len(found) > 1:
        raise Unsupported("sum", f"sums up to several ends at once ({', '.join(sorted(found))})")
    return next(iter(found), "")


def _collect(e: Expression, bound: frozenset[str], found: set[str]) -> None:
    if e.head in SUMS:
        found |= e.args[2].names - bound
        bound = bound | {e.args[0].name}
    for a in e.args:
        _collect(a, bound, found)


class _Counting(Recursions):
    """One claim whose sums and sequences run up to one counter."""

    def _same(self) -> None:
        """A step assumes of its member what every step does: an n would be that step's own."""
        for x in self.families:
            for e in (s for r in self.conditions.get(x, ()) for s in sides(r)):
                if self.counter in e.names:
                    why = f"a bound of its members by the end {self.counter} of the sums"
                    raise Unsupported(x, why)
                if any(part.head == "item" for part in e.walk()):
                    raise Unsupported(x, "a bound of its members by other members")

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
        if head == "sum_" and self._total(body):
            if not body.names & {i, self.counter} and begin - 1 <= self.least + c:
                return times(plus(self.counter, c - begin + 1), self._sums(body))
            apart = aligned(body, i, self.families, (begin, plus(self.counter, c)))
            if apart is not None:
                sums = [
                    times(outer, Expression(head, (index, first, last, inner)))
                    for outer, inner in (factored(t, i) for t in apart[0])
                ]
                return added([self._sums(t) for t in (*sums, *apart[1])])
        if head == "sum_":
            outer, inner = factored(body, i)
            nonempty = self.least + c >= begin  # an empty sum is 0, whatever stands before it
            defined = self._total(outer)
            if outer != ONE and (defined or (nonempty and self.counter in outer.names)):
                inner_sum = Expression(head, (index, first, last, inner))
                return op("*", self._sums(outer), self._sum(inner_sum))
        if self.counter in body.names:
            back = reversed_index(body, i, self.counter, begin, c)
            if self.counter in back.names:
                return self._weighted(head, (index, first, last), body, begin, c)
            body, c, begin = back, -begin, -c  # k = n - i runs from -c to n - begin
        key = Expression(head, (number(begin), number(c), body.substitute({i: name("index")})))
        if key in self.known:
            return name(self.known[key])
        return self._state_of(key, head, body, i, (begin, c), ONE, body)

    def _state_of(
        self,
        key: Expression,
        head: str,
        body: Expression,
        i: str,
        ends: tuple[int, int],
        factor: Expression,
        newest: Expression,
    ) -> Expression:
        """An accumulator that a step multiplies by a factor before it adds the newest term."""
        begin, c = ends
        state = self._new({"sum_": "S", "prod_": "Q", "max_": "top", "min_": "bottom"}[head])
        self.known[key] = state
        count = self.least + c - begin + 1
        if count < (0 if head in EMPTY else 1):
            raise InputError(
                self.counter, f"the index from {begin} to {self.counter}{c:+d} begins after its "
                f"end: assume {self.counter} >= {begin - (head in EMPTY) - c}"
            )  # fmt: skip
        if count > MAX_START:
            raise Unsupported("sum", f"more than {MAX_START} terms at the least {self.counter}")
        first = body.substitute({self.counter: number(self.least)})
        terms = [self._term(first, i, number(k), None) for k in range(begin, begin + count)]
        self.start[state] = joined(head, terms)
        self.update[state] = ZERO
        term = self._term(newest, i, plus(self.counter, c + 1), c + 1)
        kept = name(state) if factor == ONE else op("*", factor, name(state))
        self.update[state] = op(SUMS[head], kept, term)
        return name(state)

    def _weighted(
        self, head: str, bounds: tuple[Expression, ...], body: Expression, begin: int, c: int
    ) -> Expression:
        """A sum whose terms depend on its end: apart, or with weights such as q^(n - i)."""
        i, n = bounds[0].name, self.counter
        found = decay(body, i, n, c) if head == "sum_" else None
        if found is not None:
            key = Expression(head, (number(begin), number(c), body.substitute({i: name("index")})))
            if key in self.known:
                return name(self.known[key])
            return self._state_of(key, head, body, i, (begin, c), *found)
        terms = spread(body) if head == "sum_" else [body]
        if len(terms) == 1 or not self._total(body):
            raise Unsupported("sum", f"terms that depend on the end {n} of the sum")
        return added([self._sums(Expression(head, (*bounds, t))) for t in terms])

    def _bare(self, e: Expression) -> Expression:
        """Sums as one of their terms, members of sequences as numbers: defined where these are."""
        if e.head == "item" and e.args[0].name in self.families:
            return e.args[0]
        return e.args[3] if e.head in SUMS else e

    def _total(self, e: Expression) -> bool:
        """Whether it is plain that a formula has a value: it divides by what is positive only."""

        def undivided(n: Expression) -> Expression:
            return n.args[0] if n.head == "/" and self._positive(n.args[1]) else self._bare(n)

        return everywhere(rewritten(e, undivided))

    def _positive(self, e: Expression) -> bool:
        if e.head == "number":
            return e.value is not None and e.value > 0
        if e.head == "name":
            return self.draft.variables.get(e.name) == "positive"
        return e.head in ("+", "*", "/", "sqrt") and all(map(self._positive, e.args))

    def _term(self, body: Expression, i: str, at: Expression, ahead: int | None) -> Expression:
        """One term: at a number of the start, or the one that the next layer adds."""

        def change(node: Expression) -> Expression:
            if node.head in SUMS:
                return self._inner(node, i, at, ahead)
            if node.head != "item":
                return Expression(node.head, tuple(map(change, node.args)), node.value, node.name)
            x, index = node.args
            k, moves = shift(index, i)
            if k is None:
                raise Unsupported("sum", f"the index {index} of {x.name}")
            if x.name in self.sequences or x.name in self.windows:
                if ahead is not None and moves:
                    return self._state(x.name, ahead + k)
                if not moves:
                    return self._given(x.name, k)
                value = rational_value(at)
                assert value is not None
                return self._given(x.name, int(value) + k)
            if not moves and ahead is None:
                return self._member(x.name, number(k))
            if k or not moves:
                raise Unsupported("sum", f"{x.name}[{index}]: only the member of the index itself")
            return self._member(x.name, at if ahead is None else None)

        return change(body).substitute({i: at})

    def _given(self, x: str, k: int) -> Expression:
        """A first value of a sequence."""
        if x in self.windows:
            if k > self.windows[x]:
                raise Unsupported("sum", f"{x}[{k}] is not among the first values")
            return self._member(x, number(k))
        state = self.known.get(Expression("item", (name(x), number(k - self.least))))
        if state is None:
            raise Unsupported("sum", f"{x}[{k}] is not among the first values that are given")
        return self.start[state]

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
        if value < 0:
            raise Unsupported("sum", f"the member {family}[{int(value)}]")
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
        if d is None or begin is None or i in first.names:
            raise Unsupported("sum", f"an inner sum from {first} to {last}")
        if not moves:
            raise Unsupported("sum", f"an inner end {last}")
        if ahead is None:
            value = rational_value(at)
            assert value is not None
            several = range(begin, int(value) + d + 1)
            body = body.substitute({i: at})
            return joined(e.head, [self._term(body, index.name, number(k), None) for k in several])
        # The outer term that is added has the index n + ahead, so the inner sum ends there + d.
        end = plus(self.counter, ahead + d - 1)
        body = body.substitute({i: plus(self.counter, ahead - 1)})
        before = self._sum(Expression(e.head, (index, first, end, body)))
        later = {x: self.update[x] for x in before.names if x in self.update}
        return before.substitute({**later, self.counter: plus(self.counter, 1)})

    def _pulled(self, body: Expression, i: str) -> Expression:
        """Inner sums with what does not depend on their index in front of them."""

        def change(node: Expression) -> Expression:
            if node.head != "sum_":
                return node
            made = []
            inside = node.args[3]
            for term in spread(inside) if i in inside.names and nonzero(inside) else [inside]:
                outer, inner = factored(term, node.args[0].name)
                one = Expression("sum_", (*node.args[:3], inner))
                made.append(one if outer == ONE else op("*", outer, one))
            return added(made)

        return rewritten(body, change)

    def _windows(self) -> None:
        """Sequences of which a step looks at several members: the last ones are accumulators."""
        found: dict[str, Seen] = {}
        starts = [Relation(ZERO, "==", e) for e in self.start.values()]
        for r in (*self.draft.relations(), *starts, *(r for (r,) in self.assumed.values())):
            for side in sides(r):
                seen(side, self.counter, self.families, found)
        stepped: set[str] = set()
        for seq in self.sequences.values():
            row: dict[str, Seen] = {}
            if seq.step is not None:
                seen(seq.step.right, self.counter, self.families, row)
            for x, places in row.items():  # a row says what a step adds
                known = found.setdefault(x, Seen())
                known.added |= places.added | {k + seq.back for k in places.near}
                known.fixed |= places.fixed
                stepped.add(x)
        for x, places in found.items():
            if places.plain and x not in stepped:
                continue
            added_ = {k - 1 for k in places.added}
            newest = max((*places.near, *added_, *(k - self.least for k in places.fixed)))
            oldest = min((newest + 1, *places.near, *places.added))
            if newest - oldest >= MAX_START:
                raise Unsupported("sum", f"members of {x} too far apart")
            self.windows[x] = self.least + newest
            states = [self._new(f"{x}_state") for _ in range(oldest, newest + 1)]
            following = [*(name(s) for s in states[1:]), self._member(x, None)]
            for k, (state, later) in enumerate(zip(states, following, strict=False), oldest):
                self.known[Expression("item", (name(x), number(k)))] = state
                self.start[state] = self._member(x, number(self.least + k))
                self.update[state] = later
                self.said[state] = x
            self.ahead[x] = newest + 1, self._member(x, None)

    def _begin(self) -> None:
        """First values may be made of members."""
        n = self.counter
        self.start = {x: self._items(e, n) for x, e in self.start.items()}
        for label, clause in list(self.assumed.items()):
            self.assumed[label] = tuple(
                Relation(self._items(r.left, n), r.operator, self._items(r.right, n))
                for r in clause
            )

    # All of it ------------------------------------------------------------------------------------

    def made(self) -> Draft:
        n = self.counter
        self._same()
        self._windows()
        self._begin()
        self._steps()
        draft = self.draft.mapped(lambda e: self._items(self._sums(e), n))
        bounds = {
            label: clause
            for label, clause in draft.hypotheses.items()
            if self.kept or self._end(clause) is None
        }
        for x in self.sequences:  # up to n: what is kept beyond, of order two, may be anything
            for k, r in enumerate(self.conditions.get(x, ())):
                self.each[f"{x}-each{k}"] = self._at(r, 0)
                self.each[f"{x}-next{k}"] = self._at(r, 1)
                bounds[f"{x}-here{k}-0"] = (self._at(r, 0),)
        for state, x in self.said.items():
            own = [r.substitute({x: name(state)}) for r in self.conditions.get(x, ())]
            if self.families[x] in ("positive", "nonnegative"):
                strict = self.families[x] == "positive"
                own.append(Relation(name(state), ">" if strict else ">=", ZERO))
            for k, r in enumerate(own):
                self.each[f"{state}-each{k}"] = r
                bounds[f"{state}-here{k}"] = (r,)
        layers = Layers(
            dict(self.own),
            self.each,
            {n: number(self.least), **self.start},
            {n: plus(n, 1), **self.update},
        )
        taken = frozenset(self.taken)
        if not (self.own or self.each or self.start or self.update):  # n is a number like others
            free = {**draft.variables, **self.globals}
            assumed = {**draft.hypotheses, **self.assumed}
            return replace(draft, variables=free, hypotheses=assumed, taken=taken)
        free = {v: d for v, d in draft.variables.items() if v != n} | self.globals
        assumed = {**bounds, **self.assumed}
        return replace(draft, variables=free, hypotheses=assumed, layers=layers, taken=taken)
