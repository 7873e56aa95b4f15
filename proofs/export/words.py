"""Formulas as Coq text.

What the text means is total (``/ 0``, ``ln 0`` and so on are some numbers), so a statement says
besides what it needs to be defined. Text of a part does not depend on what is around it, but for
brackets: putting terms for variables in a formula puts their text for the variables' names, except
in exponents, where a number may take the place of a variable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from flint import fmpq

from proofs.core.probability import bound, law
from proofs.core.terms import Formula, Relation, Term, constant, integral


class Untranslatable(Exception):
    """A certificate that is not yet written as a Coq proof.

    Attributes
    ----------
    rule : str
        The rule, or the part of a statement, that is missing.
    reason : str
        What exactly.
    """

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"{rule}: {reason}")
        self.rule, self.reason = rule, reason


HERE: Final = Path(__file__).parent
LIBRARY: Final = (  # in reading order
    *("Rules.v", "Functions.v", "Bounds.v", "Derivatives.v", "Continuity.v"),
    *("Erf.v", "Laws.v", "Limits.v", "Angles.v", "Gamma.v", "Chances.v", "Means.v", "Copies.v"),
)
MAX_NATURAL: Final = 2_000  # exponents that Coq counts in unary
KEYWORDS: Final = frozenset(
    """as at by cofix else end exists exists2 fix for forall fun if in let match mod Prop return
    Set SProp then Type using where with Theorem Lemma Proof Qed Definition Fixpoint Inductive From
    Require Import Open Scope nat Z R N Q positive bool list True False and or not eq ex I O S
    exist conj plus mult minus le lt pred id sum prod fst snd Some None option unit tt true false
    Rpower powerRZ Rmin Rmax Rabs PI IZR INR sign root erf sqrt sin cos tan exp ln sinh cosh tanh
    atan RInt infinity real up down reached reached_first reached_next""".split()  # noqa: SIM905
)


@cache
def library() -> str:
    """Read the lemmas that proofs use, one or two for each rule."""
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in LIBRARY)


@cache
def taken() -> frozenset[str]:
    """List the names that no variable may have, as they mean something to Coq."""
    return KEYWORDS | frozenset(re.findall(r"[A-Za-z_][\w']*", library()))


class Names:
    """Gives every variable a name that means nothing else, and counts the proof's own names."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.count = 0

    def variable(self, name: str) -> str:
        """Return a valid name for a variable of a statement, the same if possible."""
        made = name if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,59}", name) else "x"
        odd = len(made) > 1 and made in taken()
        if odd or made in KEYWORDS or re.search(r"_\d*$", made) or made.startswith("lemma"):
            made += "_v"
        while made in self.used:
            made += "v"
        self.used.add(made)
        return made

    def fresh(self, prefix: str) -> str:
        """Return a name of the proof's own."""
        self.count += 1
        return f"{prefix}_{self.count}"


Spelling = Mapping[str, str]
"""How variables are written: by name."""

SUM, PRODUCT, SIGNED, POWER, APPLIED, ATOM = 50, 40, 35, 30, 10, 0
FUNCTIONS: Final = {
    "exp": "exp",
    "log": "ln",
    "sqrt": "sqrt",
    "sin": "sin",
    "cos": "cos",
    "sinh": "sinh",
    "cosh": "cosh",
    "tanh": "tanh",
    "abs": "Rabs",
    "sign": "sign",
    "erf": "erf",
    "atan": "atan",
    "gamma": "gamma",
}


def bracket(text: str, level: int, outer: int) -> str:
    """Put brackets around text of one level inside another."""
    return f"({text})" if level > outer else text


def rational(q: fmpq, outer: int = SUM) -> str:
    """Write a rational number."""
    size = abs(q)
    shown, level = (str(size), ATOM) if q.q == 1 else (f"{size.p} / {size.q}", PRODUCT)
    if q < 0:
        shown, level = f"- {bracket(shown, level, SIGNED)}", SIGNED
    return bracket(shown, level, outer)


def natural(n: int) -> str:
    """Write an exponent."""
    if not 0 <= n <= MAX_NATURAL:
        raise Untranslatable("formula", f"the exponent {str(n)[:20]} is too large")
    return str(n)


def term(e: Term, names: Spelling, outer: int = SUM) -> str:
    """Write a term as a real number."""
    match e.head:
        case "number":
            return rational(e.value, outer)
        case "variable":
            return names[e.value]
        case "integer":
            return bracket(f"IZR {names[e.value]}", APPLIED, outer)
        case "pi":
            return "PI"
        case "+" | "-":
            a, b = term(e.parts[0], names, SUM), term(e.parts[1], names, SUM - 1)
            return bracket(f"{a} {e.head} {b}", SUM, outer)
        case "*" | "/":
            a, b = term(e.parts[0], names, PRODUCT), term(e.parts[1], names, PRODUCT - 1)
            return bracket(f"{a} {e.head} {b}", PRODUCT, outer)
        case "neg":
            return bracket(f"- {term(e.parts[0], names, SIGNED)}", SIGNED, outer)
        case "**":
            return power(e, names, outer)
        case "drawn":
            return names[e.value]
        case "E" if not bound(e):
            return term(e.parts[0], names, outer)
        case "E":
            return bracket(mean(e, names), APPLIED, outer)
        case "P":
            from proofs.export.chances import written

            return bracket(written(e, names), APPLIED, outer)
        case "min" | "max":
            total, *others = (term(p, names, ATOM) for p in e.parts)
            for other in others:
                total = f"(R{e.head} {total} {other})"
            return total[1:-1] if outer >= APPLIED and others else total
    if e.head not in FUNCTIONS:
        raise Untranslatable("statement", f"{e.head}(...) has no counterpart yet")
    return bracket(f"{FUNCTIONS[e.head]} {term(e.parts[0], names, ATOM)}", APPLIED, outer)


MEANS: Final = {"gaussian": "normal", "uniform": "uniform", "unit": "unit"}


def mean(e: Term, names: Spelling) -> str:
    """Write an expectation over independent draws, one inside of the other, signs outside."""
    inside, draws = e.parts[0], bound(e)
    if inside.head == "prod":
        return f"{copies(inside, names)} (fun p => p)"
    shown = term(inside, names)
    for w in reversed(nested(draws)):
        kind = "sign_mean" if is_sign(w) else names[MEANS[law(w)]]
        shown = f"{kind} (fun {names[w.value]} => {shown})"
    return shown


def copies(e: Term, names: Spelling) -> str:
    """Write the mean of a product of copies, but for the function of it whose mean it is."""
    one, k = e.parts
    draws = sorted(one.drawn, key=lambda w: str(w.value))
    if len(draws) != 1:
        raise Untranslatable("statement", "copies of something other than a function of one draw")
    (w,) = draws
    shown, count = term(one, names), whole(k, names, ATOM)
    mean, w_ = "sign_mean" if is_sign(w) else names[MEANS[law(w)]], names[w.value]
    return f"product_mean {mean} (fun {w_} => {shown}) (Z.to_nat {count})"


def nested(draws: list[Term]) -> list[Term]:
    """The order of expectations, one inside of the other: signs are outside."""
    return [*filter(is_sign, draws), *(w for w in draws if not is_sign(w))]


def is_sign(w: Term) -> bool:
    """Whether a draw is a random sign, whose mean is a formula and no limit."""
    return law(w) == "rademacher"


def power(e: Term, names: Spelling, outer: int) -> str:
    """Write a power, by the kind of its exponent."""
    base, exponent = e.parts
    q = constant(exponent)
    if q is None and integral(exponent):
        shown = f"powerRZ {term(base, names, ATOM)} {whole(exponent, names, ATOM)}"
        return bracket(shown, APPLIED, outer)
    if q is None:
        shown = f"Rpower {term(base, names, ATOM)} {term(exponent, names, ATOM)}"
        return bracket(shown, APPLIED, outer)
    up, down = int(abs(q).p), int(q.q)
    if down == 1:
        shown = f"{term(base, names, APPLIED)} ^ {natural(up)}"
    else:
        shown = rooted(term(base, names, ATOM), down)
        if up == 1:
            return bracket(shown if q > 0 else f"/ {shown}", APPLIED if q > 0 else SIGNED, outer)
        shown = f"{shown} ^ {natural(up)}"
    if q < 0:
        return bracket(f"/ {shown}", SIGNED, outer)
    return bracket(shown, POWER, outer)


def rooted(base: str, degree: int) -> str:
    """Write a root."""
    return f"sqrt {base}" if degree == 2 else f"root {natural(degree)} {base}"


def whole(e: Term, names: Spelling, outer: int = SUM) -> str:
    """Write a term made of integers as an integer of Coq."""
    value = constant(e)
    if value is not None:
        shown = str(abs(value.p))
        return f"({'- ' if value < 0 else ''}{shown})%Z"
    if e.head == "integer":
        return names[e.value]

    def inner(e: Term, outer: int) -> str:
        q = constant(e)
        if q is not None and q >= 0:
            return str(q)
        if q is not None or e.head == "integer":
            return whole(e, names).removesuffix("%Z")
        if e.head == "neg":
            return bracket(f"- {inner(e.parts[0], SIGNED)}", SIGNED, outer)
        level = PRODUCT if e.head == "*" else SUM
        a, b = inner(e.parts[0], level), inner(e.parts[1], level - 1)
        return bracket(f"{a} {e.head} {b}", level, outer)

    return f"({inner(e, SUM)})%Z"


def formula(f: Formula, names: Spelling) -> str:
    """Write a comparison to zero, of every draw."""
    from proofs.export.draws import every

    return every(compared(term(f.term, names), f.relation), f.term.drawn, names)


def compared(text: str, relation: Relation) -> str:
    """Write a comparison of some text to zero."""
    match relation:
        case Relation.GE:
            return f"0 <= {text}"
        case Relation.GT:
            return f"0 < {text}"
        case Relation.EQ:
            return f"{text} = 0"
        case Relation.NE:
            return f"{text} <> 0"
