"""Values for which no formula is known, as numbers of which only theorems are known.

The probability that a chi-square law of n degrees exceeds a bound has no closed form. A claim
about it is read as one about a number q with 0 <= q <= 1 of which Chernoff's bound holds: what
follows for every such q holds for the probability. The converse fails, so that no q refutes the
claim: it is refuted where it has a closed form, for small n (:mod:`theory.language.instances`).
"""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import partial

from theory.errors import Unsupported
from theory.expressions import Expression, Relation, everywhere, name, rational_value
from theory.expressions.abbreviations import ONE, ZERO, op
from theory.expressions.tree import exponent_value
from theory.language.declarations import Declared, Signs
from theory.language.draft import Concluded, Draft, exchanged
from theory.names import fresh

MAX_FACTS = 160


@dataclass
class Unknowns:
    """The values of one claim that have no formula, and what is known of them.

    Attributes
    ----------
    taken : set of str
        Names that mean something.
    signs : mapping of str to str
        What the domains of variables say of their signs: ``positive`` or ``nonnegative``.
    said : dict of str to str
        What each number stands for.
    facts : dict of str to Relation
        Theorems about them, by label; each has a value wherever what is asked has one.
    wanted : list of Expression
        What has to have a value besides: the claim says so of them.
    later : dict of str to frozenset of Expression
        What has to have a value for a number to exist.
    signed : dict of Expression to Relation
        What is known besides where a formula of ``wanted`` has a value, such as s > 0 of 1/s.
    quoted : dict of str to str
        Functions that stay where they are, and what theorems say of them.
    aside : set of str
        Numbers that are of use only where the claim speaks of them too.
    labels : set of str
        Under which the claim has the theorems.
    """

    taken: set[str]
    signs: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Relation] = field(default_factory=dict)
    wanted: list[Expression] = field(default_factory=list)
    known: dict[object, Expression] = field(default_factory=dict)
    later: dict[str, frozenset[Expression]] = field(default_factory=dict)
    signed: dict[Expression, Relation] = field(default_factory=dict)
    quoted: dict[str, str] = field(default_factory=dict)
    aside: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)

    def value(self, key: object, stem: str, said: str) -> Expression:
        """The number that stands for something, the same for the same ``key``."""
        if key not in self.known:
            made = fresh(stem, self.taken)
            self.taken.add(made)
            self.said[made] = said
            self.known[key] = name(made)
        return self.known[key]

    def fact(self, label: str, left: Expression, operator: str, right: Expression) -> None:
        """Note a theorem."""
        relation = Relation(left, operator, right)  # type: ignore[arg-type]
        if relation in self.facts.values() or left == right:
            return
        if len(self.facts) >= MAX_FACTS:
            raise Unsupported(
                "formula", f"more than {MAX_FACTS} theorems about what has no formula"
            )
        labels = (f"{label}-{k}" if k > 1 else label for k in itertools.count(1))
        self.facts[next(one for one in labels if one not in self.facts)] = relation

    def preferred(self, claimed: Collection[str], loose: Collection[str]) -> None:
        """Keep the theorems that may lead to what is claimed: a search does better with fewer.

        Of several of one kind about one number those stay that speak of what is claimed alone, or
        else not of ``loose`` ones, if there are such; then what says something of numbers that
        are asked for, by the claim or by a theorem that stays.
        """
        said = set(self.said)
        kinds: dict[object, list[str]] = {}
        for label, r in self.facts.items():
            kinds.setdefault((label.partition("-")[0], r.left, r.operator), []).append(label)
        for labels in kinds.values():
            for bad_names in (said - set(claimed), set(loose)):
                good = [one for one in labels if not self._right(one) & bad_names]
                if good:
                    kept = {n: r for n, r in self.facts.items() if n not in labels or n in good}
                    self.facts = kept
                    break
        wanted: set[str] = set()
        asked = said & set(claimed)
        while asked - wanted:
            wanted |= asked
            asked = {q for n, r in self.facts.items() if _about(r, said, wanted)
                     for q in self._names(n)}  # fmt: skip
        self.facts = {n: r for n, r in self.facts.items() if _about(r, said, wanted)}

    def joined(self, claimed: Collection[str]) -> None:
        """Drop what no two theorems join to something else, and numbers that are left alone."""
        while True:
            joins: dict[str, int] = {}
            for label in self.facts:
                for q in names if len(names := self._names(label)) > 1 else ():
                    joins[q] = joins.get(q, 0) + 1
            lost = {q for q in self.said if q not in claimed and joins.get(q, 0) < 2}
            kept = {n: r for n, r in self.facts.items() if not self._names(n) & lost}
            if len(kept) == len(self.facts):
                break
            self.facts = kept
        left = {q for label in self.facts for q in self._names(label)}
        self.said = {q: what for q, what in self.said.items() if q in left or q in claimed}

    def spared(self, claimed: Collection[str]) -> None:
        """Do without the numbers aside of which the claim does not speak."""
        lost = self.aside - set(claimed)
        self.facts = {n: r for n, r in self.facts.items() if not self._names(n) & lost}
        self.said = {q: what for q, what in self.said.items() if q not in lost}

    def drop(self, kind: str) -> None:
        """Do without the theorems of one kind."""
        self.facts = {n: r for n, r in self.facts.items() if n.partition("-")[0] != kind}

    def _right(self, label: str) -> set[str]:
        return {n for n in self.facts[label].right.names if n in self.said}

    def _names(self, label: str) -> set[str]:
        r = self.facts[label]
        return {n for n in r.left.names | r.right.names if n in self.said}

    def want(self, *formulas: Expression) -> None:
        """Formulas that have to have a value, first what has one whatever the numbers are."""
        said = set(self.said)
        for e in formulas:
            outer = [_cause(n) for n in e.walk()] if e.names & said else []
            for one in (*(n for n in outer if n is not None and not n.names & said), e):
                if not everywhere(one) and not (one != e and self.valued(one)):
                    self.wanted += [one] if one not in self.wanted else []

    # Signs ----------------------------------------------------------------------------------------

    def positive(self, e: Expression) -> bool:
        """Whether a formula is plainly positive, where it has a value."""
        match e.head:
            case "number":
                return e.value is not None and e.value > 0
            case "name":
                return self.signs.get(e.name) == "positive" or e.name == "pi"
            case "+":
                a, b = e.args
                return (self.positive(a) and self.nonnegative(b)) or (
                    self.nonnegative(a) and self.positive(b)
                )
            case "*" | "/":
                return all(map(self.positive, e.args))
            case "**" | "sqrt":
                return self.positive(e.args[0])
            case "max":
                return any(map(self.positive, e.args))
            case "sum_":  # of at least one term
                return e.args[1] == ONE and all(map(self.positive, e.args[2:]))
            case "item":
                return self.signs.get(e.args[0].name) == "positive"
        return e.head == "exp"

    def nonnegative(self, e: Expression) -> bool:
        """Whether a formula is plainly nonnegative, where it has a value."""
        if self.positive(e):
            return True
        match e.head:
            case "number":
                return e.value is not None and e.value >= 0
            case "name":
                return e.name in self.signs
            case "+" | "*" | "/":
                return all(map(self.nonnegative, e.args))
            case "**":
                k = exponent_value(e.args[1])
                even = k is not None and k % 2 == 0
                return even or self.nonnegative(e.args[0])
            case "max":
                return any(map(self.nonnegative, e.args))
            case "sum_":
                return self.nonnegative(e.args[3])
            case "item":
                return e.args[0].name in self.signs
        return e.head in ("sqrt", "abs", "norm")

    def valued(self, e: Expression) -> bool:
        """Whether a formula plainly has a value wherever the names are in their domains."""
        if everywhere(e):
            return True
        match e.head, e.args:
            case ("piecewise", (*pairs, last)):  # its conditions are looked at elsewhere
                return all(map(self.valued, (*pairs[1::2], last)))
            case ("/", (a, b)):
                plain = self.positive(b) or bool(rational_value(b))
            case ("**", (a, b)):
                k = exponent_value(b)
                plain = self.positive(a) or (k is not None and k > 0 and self.nonnegative(a))
                plain = plain or (k is not None and k.denominator == 1 and k >= 0)
            case ("sqrt", (a,)):
                plain = self.nonnegative(a)
            case ("log", (a,)):
                plain = self.positive(a)
            case _:
                plain = _total(e)
        return plain and all(map(self.valued, e.args))

    def part(self, e: Expression) -> Expression:
        """The positive part of a formula."""
        return e if self.nonnegative(e) else op("max", e, ZERO)

    # The claim ------------------------------------------------------------------------------------

    def assumed(self, draft: Draft) -> Draft:
        """The claim with what is known of the numbers, and that what is asked has a value."""
        if not self.said and not self.wanted:
            return draft
        conclusions = tuple(
            Concluded({**c.assumed, **self.labelled(draft, c)}, c.relation)
            for c in draft.conclusions
        )
        defined = tuple(
            Concluded(self._before(draft, e), Relation(op("*", ZERO, e), "==", ZERO))
            for e in dict.fromkeys(self.wanted)
        )
        return replace(
            draft,
            variables={**draft.variables, **dict.fromkeys(self.said, "real")},
            conclusions=conclusions + defined,
            taken=draft.taken | self.taken,
        )

    def _before(self, draft: Draft, e: Expression) -> dict[str, Relation]:
        """The theorems that hold whether or not what is asked has a value.

        They are about numbers that ``e`` may depend on, and do not ask for its value themselves.
        What was asked before it has one, for that is claimed too.
        """
        if not e.names & set(self.said):
            return {}
        earlier = self.wanted[: self.wanted.index(e)]
        facts = {n: r for n, r in self.facts.items() if self._sure(r, earlier)}
        facts |= {f"value-{k}": self.signed[w] for k, w in enumerate(earlier) if w in self.signed}
        whole = replace(self, facts=facts, signed={})
        return whole.labelled(draft, Concluded({}, Relation(e, "==", e)))

    def _sure(self, r: Relation, earlier: Collection[Expression]) -> bool:
        """Whether a theorem is about what exists, and has a value, where ``earlier`` has one."""
        said = set(self.said)
        known = {_cause(n) for e in earlier for n in e.walk()}
        for n in (n for side in (r.left, r.right) for n in side.walk()):
            cause = _cause(n)
            if cause and not cause.names & said and not self.valued(cause) and cause not in known:
                return False  # it would say that this has a value
            if n.head == "/" and n.args[1].names & said and op("/", ONE, n.args[1]) not in earlier:
                return False
            if n.head == "log" or (n.head == "**" and exponent_value(n.args[1]) != 2):
                return False
            if n.head not in ("/", "**") and n.names & said and not _total(n):
                return False  # such as the root of a trace
        names = (r.left.names | r.right.names) & said
        return all(self.later.get(q, frozenset()) <= set(earlier) for q in names)

    def labelled(self, draft: Draft, c: Concluded) -> dict[str, Relation]:
        """The theorems under labels that nothing else has."""
        made: dict[str, Relation] = {}
        known = {f"value-{k}": r for k, r in enumerate(self.signed.values())}
        for label, r in (known | self.facts).items():
            made[fresh(label, {*draft.hypotheses, *c.assumed, *made})] = r
        self.labels |= set(made)
        return made


def _cause(e: Expression) -> Expression | None:
    """What lacks a value where a formula does whose parts have one: 1/c of a quotient by c."""
    if e.head == "/":
        return op("/", ONE, e.args[1])
    return None if e.head in ("sum_", "item") or _total(e) else e


def _total(e: Expression) -> bool:
    """Whether the function at the head of a formula has a value for all numbers."""
    return everywhere(Expression(e.head, tuple(ONE for _ in e.args), e.value, e.name))


def _about(r: Relation, said: set[str], wanted: set[str]) -> bool:
    """Whether a theorem bounds what is wanted; one with cases or products bounds any of several."""
    names = r.left.names & said
    return bool(names & wanted) if r.left.head in ("max", "*") else names <= wanted


def unknowns_of(declared: Declared) -> Unknowns:
    """No values without formula yet, and what domains say of signs."""
    signs = {
        x: q.kind for x, q in declared.quantified.items() if q.kind in ("positive", "nonnegative")
    }
    signs |= dict.fromkeys(declared.naturals, "nonnegative")
    signs |= dict.fromkeys(declared.positives, "positive")
    for n, value in declared.values.items():
        if value >= 0:
            signs[n] = "positive" if value > 0 else "nonnegative"
    return Unknowns({*declared.names, "pi"}, Signs(signs, declared.values))


def at_infinity(draft: Draft, unknowns: Unknowns) -> Draft:
    """Sums to infinity of what is not negative: at most b if all sums to N are.

    Such a sum converges if its parts have a bound, and is at most b exactly if they are. Only a
    conclusion says so; of a sum on the larger side, or in an assumption, more would be wanted.
    """
    found = {
        n for r in draft.relations() for s in (r.left, r.right) for n in s.walk() if _endless(n)
    }
    if not found:
        return draft
    if any(_endless(n) for c in draft.hypotheses.values() for r in c for s in (r.left, r.right)
           for n in s.walk()):  # fmt: skip
        raise Unsupported("sum", "a sum to infinity in an assumption")
    end, draft = draft.new("N")
    first = [n.args[1] for n in found]
    if len(set(first)) > 1 or first[0].value is None or first[0].value.denominator != 1:
        raise Unsupported("sum", "sums to infinity begin at one number")
    conclusions = []
    for c in draft.conclusions:
        inside = [n for s in (c.relation.left, c.relation.right) for n in s.walk() if _endless(n)]
        conclusions.append(_bounded(c, inside, unknowns, end) if inside else c)
    draft = replace(
        draft,
        variables={**draft.variables, end: "integer"},
        conclusions=tuple(conclusions),
    )
    return draft.assume(f"domain-{end}", Relation(name(end), ">=", first[0]))


def _endless(e: Expression) -> bool:
    return e.head == "sum_" and e.args[2] == name("inf")


def _bounded(c: Concluded, inside: list[Expression], unknowns: Unknowns, end: str) -> Concluded:
    """One conclusion that a sum to infinity, perhaps times what is positive, is at most a bound."""
    r = c.relation.mirrored if c.relation.operator[0] == ">" else c.relation
    (endless, *more) = dict.fromkeys(inside)
    index, _, _, term = endless.args
    # The terms before the index 0, which may be negative, are finitely many.
    signed = replace(unknowns, signs=unknowns.signs | {index.name: "nonnegative"})
    left = r.left
    while left.head in ("*", "/") and left != endless:
        a, b = left.args
        if signed.positive(b):
            left = a
        elif left.head == "*" and signed.positive(a):
            left = b
        else:
            break
    if r.operator != "<=" or more or left != endless or endless in set(r.right.walk()):
        raise Unsupported("sum", "of a sum to infinity, only that it is at most a bound: "
                          "sum(k, 1, inf, ...) <= b")  # fmt: skip
    if not signed.nonnegative(term):
        raise Unsupported("sum", "a sum to infinity of terms that may be negative")
    partial_ = Expression("sum_", (*endless.args[:2], name(end), term))
    swap = partial(exchanged, old=endless, new=partial_)
    return Concluded(c.assumed, Relation(swap(r.left), r.operator, r.right))
