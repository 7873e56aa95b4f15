"""Decide matrix identities twice, or refute them by small exact matrices.

First in the word arithmetic of :mod:`theory.matrices.words`; then in SymPy's noncommutative
expansion. Hypotheses ``product of letters == formula`` rewrite words; what they were used for is
recorded as a combination ``sum c * u * (left - right) * v``, and the second decider checks, in the
free algebra and without any rewriting, that the sides differ by exactly that combination.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import sympy
from sympy.polys.domains import QQ

from theory.claims import Statement
from theory.deciders import NotRationalError
from theory.expressions import Expression, Relation, name, number
from theory.matrices.points import counterexample, satisfying
from theory.matrices.words import (
    IDENTITY,
    Element,
    Factor,
    Key,
    Word,
    evaluate,
    flip,
    letter,
    scalar,
    write,
)

WORDS = "words of the free *-algebra"
SYMPY_WORDS = "sympy's noncommutative expansion"
MAX_REWRITES, MAX_WORK = 5_000, 50_000
"""Uses of hypotheses, and terms looked through for them."""


class DecidersDisagreeError(ArithmeticError):
    """The two deciders reached different answers on one identity: one of them is wrong."""


@dataclass(frozen=True)
class MatrixResult:
    """What two deciders agreed on.

    Attributes
    ----------
    holds : bool
        Whether the sides are equal for all matrices that satisfy the hypotheses.
    point : mapping of str to Fraction, or None
        If not: exact matrices, entry by entry (``"W[1,2]"``), and scalars that separate the sides.
    deciders : tuple of str
        The two implementations that agreed.
    rewrites : int
        How many times a hypothesis was used.
    example : mapping of str to Fraction
        Matrices that satisfy the hypotheses; empty if there are none to satisfy.
    """

    holds: bool
    point: Mapping[str, Fraction] | None = None
    deciders: tuple[str, str] = (WORDS, SYMPY_WORDS)
    rewrites: int = 0
    example: Mapping[str, Fraction] | None = None


@dataclass(frozen=True)
class Rule:
    """A hypothesis, oriented: ``word`` may be replaced by ``value``."""

    word: Word
    value: Element
    difference: Expression


def decide_matrix_identity(statement: Statement) -> MatrixResult:
    """Decide a statement about matrices whose conclusion is an equation.

    Parameters
    ----------
    statement : Statement
        Variables of the domain ``"matrix"`` do not commute, all others are commuting scalars.
        Hypotheses are equations whose left side is a product of letters, such as
        ``T(W_2)*W_2 == W_1*T(W_1)`` or ``T(S) == S``.

    Raises
    ------
    NotRationalError
        If it is outside this language, or neither proved nor refuted.
    DecidersDisagreeError
        If the two implementations differ.
    """
    conclusion = statement.conclusion
    if conclusion.operator != "==":
        raise NotRationalError(f"{conclusion} is not an equation")
    known = names(statement)
    for meaning, text in statement.definitions.items():
        known[meaning] = evaluate(text, known)
    difference = evaluate(conclusion.left, known) - evaluate(conclusion.right, known)
    rules = _rules(statement, known)
    rest, combination, uses = _rewrite(difference, rules)
    second = sympy_terms(statement, combination)
    if bool(rest) is not bool(second):
        raise DecidersDisagreeError(f"{WORDS} and {SYMPY_WORDS} on {conclusion}")
    if not rest:
        example = satisfying(statement) if statement.hypotheses else {}
        if example is None:
            raise NotRationalError("no matrices were found that satisfy the hypotheses")
        return MatrixResult(True, rewrites=uses, example=example)
    point = counterexample(statement)
    if point is None:
        raise NotRationalError("neither proved nor refuted by any matrices tried")
    return MatrixResult(False, point, rewrites=uses)


def names(statement: Statement) -> dict[str, Element]:
    """The variables and constants as elements, and ``I``."""
    known = {v: letter(v) if d == "matrix" else scalar(v) for v, d in statement.variables.items()}
    return {"I": IDENTITY, **{n: scalar(c) for n, c in statement.constants.items()}, **known}


def _rules(statement: Statement, known: Mapping[str, Element]) -> list[Rule]:
    rules: list[Rule] = []
    for hypothesis in statement.assumptions.values():
        left, right = evaluate(hypothesis.left, known), evaluate(hypothesis.right, known)
        words = [w for w, m in left.terms if not m]
        if hypothesis.operator != "==" or len(left.terms) != 1 or not words or not words[0]:
            raise NotRationalError(f"{hypothesis} does not equate a product of letters")
        coefficient = next(iter(left.terms.values()))
        value = right * scalar(1 / coefficient)
        difference = Expression("/", (_minus(hypothesis), number(coefficient)))
        rules.append(Rule(words[0], value, difference))
        flipped = flip(words[0])
        # T(S) -> S must not be joined by S -> T(S), which would undo it for ever.
        undoes = set(value.terms) == {(flipped, ())}
        if flipped != words[0] and not undoes:
            rules.append(Rule(flipped, value.transpose, Expression("T", (difference,))))
    return rules


def _minus(relation: Relation) -> Expression:
    return Expression("-", (relation.left, relation.right))


def _find(word: Word, part: Word) -> int | None:
    places = range(len(word) - len(part) + 1)
    return next((i for i in places if word[i : i + len(part)] == part), None)


def _rewrite(difference: Element, rules: list[Rule]) -> tuple[Element, list[Expression], int]:
    """Rewrite as long as a rule applies; also return what was subtracted, as formulas."""
    combination: list[Expression] = []
    work = 0
    for uses in range(MAX_REWRITES):
        work += len(difference.terms)
        if work > MAX_WORK:
            raise NotRationalError("the hypotheses rewrite too many terms")
        step = _redex(difference, rules)
        if step is None:
            return difference, combination, uses
        (word, monomial), before, rule, after, traced = step
        coefficient = difference.terms[(word, monomial)]
        rest = monomial if traced is None else _without(monomial, traced)
        left, right = (Element({(w, ()): Fraction(1)}, True) for w in (before, after))
        exact = left * Element({(rule.word, ()): Fraction(1)}, True) * right
        change = left * rule.value * right
        used = _times(_times(write((before, ())), rule.difference), write((after, ())))
        if traced is not None:
            exact, change, used = exact.trace, change.trace, Expression("tr", (used,))
        outside = Element({(word if traced is not None else (), rest): coefficient}, False)
        outside = Element(outside.terms, traced is not None and difference.matrix)
        difference = difference - outside * exact + outside * change
        scale = _times(number(coefficient), _scalars(rest))
        if traced is not None and difference.matrix:
            scale = _times(scale, write((word, ())))
        combination.append(_times(scale, used))
    raise NotRationalError(f"the hypotheses rewrite more than {MAX_REWRITES} times")


_Redex = tuple[Key, Word, Rule, Word, "Factor | None"]


def _redex(element: Element, rules: list[Rule]) -> _Redex | None:
    for key in sorted(element.terms, key=repr):
        word, monomial = key
        for rule in rules:
            place = _find(word, rule.word)
            if place is not None:
                return key, word[:place], rule, word[place + len(rule.word) :], None
            for factor, _ in monomial:
                if isinstance(factor, str):
                    continue
                for turned in (factor, flip(factor)):
                    for i in range(len(turned)):
                        rotated = turned[i:] + turned[:i]
                        if rotated[: len(rule.word)] == rule.word:
                            return key, (), rule, rotated[len(rule.word) :], factor
    return None


def _without(monomial: tuple[tuple[Factor, int], ...], factor: Factor) -> Any:
    return tuple((f, e - (f == factor)) for f, e in monomial if e > (f == factor))


def _times(a: Expression, b: Expression) -> Expression:
    return Expression("*", (a, b))


def _scalars(monomial: tuple[tuple[Factor, int], ...]) -> Expression:
    total = number(1)
    for factor, exponent in monomial:
        base = name(factor) if isinstance(factor, str) else Expression("tr", (write((factor, ())),))
        for _ in range(exponent):
            total = _times(total, base)
    return total


# --- the second decider ---


def sympy_terms(statement: Statement, combination: list[Expression]) -> dict[Any, Any]:
    """Expand ``left - right - sum of the combination`` in SymPy: nonzero coefficients by word."""
    known: dict[str, Any] = {"I": sympy.Integer(1)}
    for v, d in statement.variables.items():
        known[v] = sympy.Symbol(v, commutative=d != "matrix")
    for n, c in statement.constants.items():
        known[n] = sympy.Rational(c.numerator, c.denominator)
    for meaning, text in statement.definitions.items():
        known[meaning] = sympy.expand(_sympy(text, known))
    total = _sympy(statement.conclusion.left, known) - _sympy(statement.conclusion.right, known)
    return _by_word(sympy.expand(total - sympy.Add(*(_sympy(part, known) for part in combination))))


def _by_word(expanded: Any) -> dict[Any, Any]:
    collected: dict[Any, Any] = {}
    for term in sympy.Add.make_args(expanded):
        scalars, word = term.args_cnc()
        collected[tuple(word)] = collected.get(tuple(word), sympy.Integer(0)) + sympy.Mul(*scalars)
    nonzero = {}
    for word, coefficient in collected.items():
        symbols = sorted(coefficient.free_symbols, key=str)
        zero = sympy.Poly(coefficient, *symbols, domain=QQ).is_zero if symbols else coefficient == 0
        if not zero:
            nonzero[word] = coefficient
    return nonzero


def _sympy(e: Expression, known: Mapping[str, Any]) -> Any:
    if e.head == "number":
        assert e.value is not None
        return sympy.Rational(e.value.numerator, e.value.denominator)
    if e.head == "name":
        return known[e.name]
    if e.head in ("T", "tr"):
        inner = sympy.expand(_sympy(e.args[0], known))
        return sympy.Add(*(_term(t, e.head) for t in sympy.Add.make_args(inner)))
    parts = [_sympy(a, known) for a in e.args]
    match e.head, parts:
        case "neg", [a]:
            return -a
        case "+", [a, b]:
            return a + b
        case "-", [a, b]:
            return a - b
        case "*", [a, b]:
            return _distributed(a, b)
        case "/", [a, b]:
            return _distributed(a, 1 / b)
        case "**", [a, b]:
            return sympy.expand(a**b)
    raise NotRationalError(f"{e.head}(...) has no meaning for matrices")


def _distributed(a: Any, b: Any) -> Any:
    """Multiply out two sums; SymPy's ``expand`` looks at every part of every term for more."""
    pairs = product(sympy.Add.make_args(a), sympy.Add.make_args(b))
    return sympy.Add(*(x * y for x, y in pairs))


def _term(term: Any, head: str) -> Any:
    """Transpose a product, or name its trace; the name of a letter's transpose ends in ``'``."""
    scalars, word = term.args_cnc()
    letters: list[str] = []
    for factor in word:
        base, exponent = factor.as_base_exp()
        letters += [base.name] * int(exponent)
    turned = [n[:-1] if n.endswith("'") else n + "'" for n in reversed(letters)]
    if head == "T":
        symbols = [sympy.Symbol(n, commutative=False) for n in turned]
        return sympy.Mul(*scalars, *symbols)
    cyclic = min(
        " ".join(ring[i:] + ring[:i]) for ring in (letters, turned) for i in range(len(ring) or 1)
    )
    return sympy.Mul(*scalars, sympy.Symbol(f"tr {cyclic}"))
