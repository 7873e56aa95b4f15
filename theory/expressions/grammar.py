"""Formulas as text: a whitelist parser that builds the tree and never evaluates anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from theory.errors import InputError
from theory.expressions.formulas import LOSS_FUNCTIONS, Formulas
from theory.expressions.size import check_size
from theory.expressions.tokens import Misread
from theory.expressions.tree import (
    COMPARISONS,
    NEGATED,
    Comparison,
    Condition,
    Expression,
    Relation,
)

Read = TypeVar("Read")
MAX_UNIONS = 3


def parse(
    text: str,
    names: frozenset[str] = frozenset({"p"}),
    functions: frozenset[str] = LOSS_FUNCTIONS,
    argument: str = "expression",
    constants: Mapping[str, Fraction] | None = None,
    sequences: frozenset[str] = frozenset(),
) -> Expression:
    """Read a formula.

    Parameters
    ----------
    text : str
        Numbers (decimals are exact), names, ``+ - * / **``, parentheses, function calls.
    names, functions : frozenset of str
        The whitelist; anything else is refused.
    argument : str
        The name to put in front of an error message.
    constants : mapping of str to Fraction, optional
        The values of those names that may stand at the ends of an index.
    sequences : frozenset of str
        Names that an index follows: ``x[n]``, and ``x_i`` for the index i of a sum.

    Raises
    ------
    InputError
        For anything outside the whitelist, and for text that is too long, nested too deeply or
        whose exact expansion would be too large.
    """
    parser = _Parser(text, names, functions, argument, constants, sequences)
    expression = _whole(parser, parser.expression)
    check_size(expression, argument)
    return expression


def parse_relation(
    text: str,
    names: frozenset[str] = frozenset({"p"}),
    functions: frozenset[str] = LOSS_FUNCTIONS,
    argument: str = "relation",
    constants: Mapping[str, Fraction] | None = None,
    sequences: frozenset[str] = frozenset(),
) -> Relation:
    """Read one comparison; limits and errors as in :func:`parse`."""
    read = parse_condition(text, names, functions, argument, constants, sequences)
    if len(read) != 1 or len(read[0]) != 1:
        raise InputError(argument, "one comparison is wanted here")
    return read[0][0]


def parse_condition(
    text: str,
    names: frozenset[str],
    functions: frozenset[str] = LOSS_FUNCTIONS,
    argument: str = "relation",
    constants: Mapping[str, Fraction] | None = None,
    sequences: frozenset[str] = frozenset(),
) -> Condition:
    """Read comparisons, chained or joined by ``and`` and ``or``; limits and errors as above.

    Returns
    -------
    Condition
        All of several clauses hold, each if one of its comparisons does.
    """
    parser = _Parser(text, names, functions, argument, constants, sequences)
    condition = _whole(parser, parser.condition)
    for clause in condition:
        for relation in clause:
            check_size(relation.left, argument)
            check_size(relation.right, argument)
    return condition


def _whole(parser: _Parser, read: Callable[[], Read]) -> Read:
    """Read a formula to its end; an error says at which column."""
    try:
        found = read()
        parser.end()
    except Misread as wrong:
        raise wrong.within(parser.text) from None
    return found


_ENDS = (")", ",", "and", "or", "|", "")


class _Parser(Formulas):
    """With what compares formulas; precedence: or < and < comparison < sum."""

    # Conditions -----------------------------------------------------------------------------------

    def comparison(self) -> Comparison:
        if self.tokens and self.position == len(self.tokens):
            raise self.error(
                f"it compares nothing: {self.text.strip()[:40]!r} wants another side", 1
            )
        _, text = self.take()
        text = {"=": "=="}.get(text, text)
        for operator in COMPARISONS:
            if text == operator:
                return operator
        self.position -= 1
        self.juxtaposed()
        raise self.error(f"a comparison (<=, <, >=, >, ==, !=) is wanted where {text!r} stands", 1)

    def condition(self) -> Condition:
        """Read clauses: all hold, each if one of its comparisons does."""
        self.deeper()
        found = self.both()
        while self.peek() == "or":
            self.take()
            other = self.both()
            if len(found) * len(other) > 64:
                raise self.error("too many cases")
            found = tuple(a + b for a in found for b in other)
        self.depth -= 1
        return found

    def both(self) -> Condition:
        found = self.one()
        while self.peek() in ("and", "&&"):
            self.take()
            found += self.one()
        return found

    def one(self) -> Condition:
        """A chain of comparisons, or a condition in parentheses."""
        if self.peek() == "(":
            before = self.mark()
            try:
                self.take()
                found = self.condition()
                self.expect(")")
                if self.peek() in (*_ENDS, "&&"):
                    return found
            except InputError:
                pass
            self.back(before)
        sides = [self.expression()]
        if self.peek() == "in":
            return self.within(sides[0])
        found = ()
        while not found or self.peek() in (*COMPARISONS, "="):
            operator = self.comparison()
            sides.append(self.expression())
            found += ((Relation(sides[-2], operator, sides[-1]),),)
        return found

    def within(self, e: Expression) -> Condition:
        """Read ``in [a, b]``, with round brackets for open ends."""
        self.take()
        _, low = self.take()
        a = self.expression()
        self.expect(",")
        b = self.expression()
        _, high = self.take()
        if low not in ("[", "(") or high not in ("]", ")"):
            raise self.error("an interval [a, b], (a, b], [a, b) or (a, b) is wanted after 'in'")
        return (
            (Relation(a, "<=" if low == "[" else "<", e),),
            (Relation(e, "<=" if high == "]" else "<", b),),
        )

    def joined(self) -> list[Expression]:
        """Comparisons joined by ``and``, each as a formula with a comparison for its head."""
        condition = self.condition()
        if any(len(clause) != 1 for clause in condition):
            raise self.error("an event is one comparison, or several joined by 'and'")
        return [Expression(r.operator, (r.left, r.right)) for (r,) in condition]

    def event(self) -> Expression:
        """Read a probability: an event, perhaps given another one."""
        events = self.condition()
        given: Condition = ()
        if self.peek() == "|":
            self.take()
            given = self.condition()
        self.expect(")")
        if (sum(map(len, events)) > 1 or given) and "Var" not in self.functions:
            raise self.error("one comparison is wanted inside P(...)")
        if sum(len(clause) > 1 for clause in events + given) > MAX_UNIONS:
            raise self.error(f"more than {MAX_UNIONS} unions in an event")
        if given:
            return Expression("/", (_chance(events + given), _chance(given)))
        return _chance(events)

    def piecewise(self) -> Expression:
        """Read ``condition, value, condition, value, ..., value``."""
        parts: list[Expression] = []
        while True:
            before = self.mark()
            try:
                condition = self.condition()
            except InputError:
                if not parts:
                    raise
                self.back(before)
                parts.append(self.expression())
                self.expect(")")
                return Expression("piecewise", tuple(parts))
            clauses = tuple(
                Expression("or", tuple(Expression(r.operator, (r.left, r.right)) for r in clause))
                for clause in condition
            )
            self.expect(",")
            parts += [Expression("and", clauses), self.expression()]
            if self.peek() == ")":
                raise self.error("piecewise ends with the value in all other cases")
            self.expect(",")


def _chance(condition: Condition) -> Expression:
    """The probability that all clauses hold, by those of comparisons that hold together.

    One minus the chance that no comparison of a clause holds; of several, inclusion and exclusion.
    """
    events = [Expression(r.operator, (r.left, r.right)) for (r, *more) in condition if not more]
    found = Expression("P", tuple(events)) if events else None
    wide = [clause for clause in condition if len(clause) > 1]
    for failed in (c for k in range(1, len(wide) + 1) for c in combinations(wide, k)):
        none = [Expression(NEGATED[r.operator], (r.left, r.right)) for c in failed for r in c]
        term = Expression("P", (*events, *none))
        head = "-" if len(failed) % 2 else "+"
        found = Expression(head, (found or Expression("number", value=Fraction(1)), term))
    assert found is not None
    return found
