"""Lemmas that the search cites: certificates of their own, carried along by those that cite."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from flint import fmpq

from proofs.core import check
from proofs.core.goals import Goal
from proofs.search.trees import Tree, cases, cone, enclose, substitute

ORDERS = (3, 5, 7, 9)
"""How many terms of a series are kept; the last one gives the bound."""
REACHES = (Fraction(1, 2), Fraction(1), Fraction(2), Fraction(4))
"""Up to where a series whose terms have one sign is bounded from above."""


@dataclass(frozen=True)
class Lemma:
    """A statement with its proof."""

    statement: dict[str, Any]
    proof: list[Any]

    @cached_property
    def digest(self) -> str:
        """By which a proof cites it."""
        return check.digest(self.statement)

    @cached_property
    def certificate(self) -> dict[str, Any]:
        """The certificate as data."""
        return check.sealed(self.statement, self.proof)

    @cached_property
    def goal(self) -> Goal:
        """What citing it means."""
        return check.goal_of(self.statement)


def lemma(conclusion: str, proof: Tree, kind: str = "real", most: str = "") -> Lemma:
    """A lemma about one variable t, perhaps with a greatest value."""
    said = {
        "variables": {"t": kind},
        "definitions": [],
        "hypotheses": {"most": f"t <= {most}"} if most else {},
        "conclusion": conclusion,
        "constants": {},
        "scope": "",
    }
    return Lemma(said, [proof])


def grows(slope: Tree, end: str = "lo", start: Tree | None = None) -> Tree:
    """From an end of the range of t on, where it is zero, the target grows."""
    return {
        "rule": "monotone",
        "variable": "t",
        "end": end,
        "parts": [start or cone([]), slope],
    }


TANGENT = lemma(
    "exp(t) >= 1 + t",
    {**cases("sign", "t"), "parts": [grows(enclose()), grows(enclose(), "hi")]},
)


SAID_OF_TWO: Mapping[str, Any] = {
    "variables": {"u": "real", "v": "real"},
    "definitions": [],
    "constants": {},
    "scope": "",
}


def _growth(way: str) -> Lemma:
    """Exponentials compare as their exponents do: u = v + t, and exp(v + t) grows with t."""
    said = {
        **SAID_OF_TWO,
        "hypotheses": {"h": f"u {way} v"},
        "conclusion": f"exp(u) {way} exp(v)",
    }
    rises = cone([(1, ["sign:exp(v + u)"], "1")])
    path = {"rule": "monotone", "variable": "u", "end": "lo", "parts": [cone([]), rises]}
    from_v = substitute("u", "v + u", "u - v", [f"u {way} 0"])
    return Lemma(said, [{**from_v, "parts": [cone([]), cone([(1, ["h"], "1")]), path]}])


def _hoeffding() -> Lemma:
    """The cumulants of a coin: both sides and their slopes agree at 0, and the second is <= 1/4."""
    below = "1 - p + p*exp(s)"
    said = {
        "variables": {"p": "real", "s": "real"},
        "definitions": [],
        "hypotheses": {"low": "p >= 0", "high": "p <= 1"},
        "conclusion": f"log({below}) <= p*s + s**2/8",
        "constants": {},
        "scope": "",
    }
    fair = cone([(1, ["high"], "1"), (1, ["coin", "sign:exp(s)"], "1")])
    tails = cone([(1, [], "1"), (1, ["coin"], "1"), (1, ["low", "sign:exp(s)"], "1")])
    positive = {**cases("coin", "p"), "parts": [fair, tails]}

    def given(last: Tree) -> Tree:
        """With what stands in the logarithm as a positive fact."""
        claim = f"{below} > 0"
        return {"rule": "have", "name": "below", "claim": claim, "parts": [positive, last]}

    def grown(end: str, *parts: Tree) -> Tree:
        return {"rule": "monotone", "variable": "s", "end": end, "parts": [*parts]}

    one, nonzero = cone([(1, [], "1")]), given(cone([(1, ["below"], "1")]))
    squared = given(cone([(1, ["below", "below"], "1")]))
    curved = given(cone([(fmpq(1, 4), [], "1 - p - p*exp(s)")], ["below", "below"]))
    ways = [
        grown(end, positive, one, cone([]), nonzero,
              grown(end, nonzero, one, cone([]), squared, nonzero, curved))
        for end in ("lo", "hi")
    ]  # fmt: skip
    return Lemma(said, [positive, {**cases("sign", "s"), "parts": ways}])


def _compounded() -> Lemma:
    """Interest that is paid in n parts is less than what is paid all the time, by induction."""
    said = {
        **SAID_OF_TWO,
        "variables": {"u": "real", "n": "integer"},
        "hypotheses": {"base": "1 + u >= 0", "count": "n >= 0"},
        "conclusion": "(1 + u)**n <= exp(u*n)",
    }
    grown = cone([(1, ["tangent", "sign:exp(u*n)"], "1"), (1, ["base", "invariant 0"], "1")])
    ways = [
        {"rule": "monotone", "variable": "u", "end": end, "parts": [cone([]), enclose()]}
        for end in ("lo", "hi")
    ]
    tangent = {**cases("sign", "u"), "parts": ways}
    claim = "exp(u) - (1 + u) >= 0"
    step = {"rule": "have", "name": "tangent", "claim": claim, "parts": [tangent, grown]}
    first, last = cone([]), cone([(1, ["invariant 0"], "1")])
    kept = {"rule": "invariant", "variable": "n", "invariants": ["exp(u*n) - (1 + u)**n >= 0"]}
    return Lemma(said, [{**kept, "parts": [first, step, last]}])


COMPOUNDED = _compounded()

GROWTH, STRICT_GROWTH = _growth(">="), _growth(">")

HOEFFDING = _hoeffding()

EVEN = lemma("abs(-t) == abs(t)", {**cases("sign", "t"), "parts": [cone([]), cone([])]})

ADDED = Lemma(
    {**SAID_OF_TWO, "hypotheses": {}, "conclusion": "exp(u + v) == exp(u)*exp(v)"}, [cone([])]
)

# Of a root of a quotient normal forms do not know the square.
SQUARE = lemma("sqrt(t)**2 == t", cone([]), "nonnegative")

# W(t) exp(W(t)) = t, as the derivative of the difference is 0.
LAMBERT = tuple(
    lemma(f"lambertw(t)*exp(lambertw(t)) {way} t", grows(cone([])), "nonnegative")
    for way in (">=", "<=")
)


# Taylor's polynomials at zero, from both sides ----------------------------------------------------

ALTERNATING = ("sin", "cos", "exp", "log", "atan", "erf")  # exp(-t) and log(1 + t) are meant
ONE_SIGN = ("sinh", "cosh", "less")  # "less" is -log(1 - t)
SAID = {"exp": "exp(-t)", "log": "log(1 + t)", "less": "-log(1 - t)"}


def coefficients(head: str, terms: int) -> list[Fraction]:
    """Taylor's coefficients by powers of t, up to the given number of terms that are not zero.

    Those of erf are without their factor 2/sqrt(pi).
    """
    made: list[Fraction] = []
    for k in range(terms):
        sign = (-1) ** k if head in ALTERNATING else 1
        match head:
            case "exp":
                made.append(Fraction(sign, math.factorial(k)))
            case "sin" | "sinh":
                made += [Fraction(0), Fraction(sign, math.factorial(2 * k + 1))]
            case "cos" | "cosh":
                made += [Fraction(sign, math.factorial(2 * k))] + [Fraction(0)] * (k < terms - 1)
            case "log" | "less":
                made += [Fraction(0)] * (k == 0) + [Fraction(sign, k + 1)]
            case "atan":
                made += [Fraction(0), Fraction(sign, 2 * k + 1)]
            case "erf":
                made += [Fraction(0), Fraction(sign, (2 * k + 1) * math.factorial(k))]
    return made


def polynomial(head: str, row: Sequence[Fraction]) -> str:
    """A polynomial as text."""
    powers = ("", "*t", *(f"*t**{k}" for k in range(2, len(row))))
    said = " + ".join(f"({c}){power}" for c, power in zip(row, powers, strict=False) if c) or "0"
    return f"2/sqrt(pi)*({said})" if head == "erf" else said


@dataclass(frozen=True)
class Bound:
    """A polynomial in t on one side of a function: the lemma, and the coefficients."""

    lemma: Lemma
    row: tuple[Fraction, ...]


@cache
def bound(head: str, terms: int, below: bool, reach: Fraction = Fraction(1)) -> Bound:
    """Bound a function by a polynomial on t >= 0, or up to ``reach``."""
    way = ">=" if below else "<="
    if head in ALTERNATING:
        terms -= (terms % 2 == 1) == below  # the last sign is that of the side
        row = coefficients(head, terms)
        most = ""
    else:
        row, most = coefficients(head, terms), str(reach)
        if below:
            most = str(reach) if head == "less" else ""
        else:
            row[-1] *= {"sinh": _above(math.cosh(reach)), "cosh": _above(math.cosh(reach))}.get(
                head, 1 / (1 - reach) if reach < 1 else Fraction(1)
            )
    said = f"{SAID.get(head, f'{head}(t)')} {way} {polynomial(head, row)}"
    return Bound(lemma(said, _chain(head, terms, below, row), "nonnegative", most), tuple(row))


def _above(size: float) -> Fraction:
    return Fraction(math.ceil(size * 1000 + 1), 1000)


SLOPES = {"sin": ("cos", 1), "cos": ("sin", -1), "exp": ("exp", -1), "sinh": ("cosh", 1),
          "cosh": ("sinh", 1)}  # fmt: skip


def _chain(head: str, terms: int, below: bool, row: Sequence[Fraction]) -> Tree:
    """Differentiate until nothing but an enclosure, or a power, is left."""
    n, sign = terms - 1, 1 if below else -1
    match head:
        case "log":  # the slope is t^(n + 1)/(1 + t)
            return grows(_power("1/(1 + t)", terms))
        case "atan":
            return grows(_power("1/(1 + t**2)", 2 * terms))
        case "less":
            fact = "1/(1 - t)" if below else f"{row[-1] * terms} - 1/(1 - t)"
            return grows(_power(fact, terms if below else n))
        case "erf":
            last = cone([(1, ["slope", "sign:2/sqrt(pi)"], "1")])
            return grows(_first(_gap("exp(-t**2)", _gauss_row(n), sign), _gauss(n, sign), last))
    if len(row) == 1:
        return enclose()
    inner, turn = SLOPES[head]
    less = [turn * k * c for k, c in enumerate(row)][1:]
    claim = _gap(SAID.get(inner, f"{inner}(t)"), less, sign * turn)
    deeper = _chain(inner, terms, (sign * turn) > 0, less)
    return grows(_first(claim, deeper, cone([(1, ["slope"], "1")])))


def _first(claim: str, proof: Tree, rest: Tree) -> Tree:
    return {"rule": "have", "name": "slope", "claim": f"{claim} >= 0", "parts": [proof, rest]}


def _gap(function: str, row: Sequence[Fraction], sign: int) -> str:
    """By how much a function exceeds a polynomial, or the reverse."""
    said = polynomial("", row)
    return f"{function} - ({said})" if sign > 0 else f"{said} - {function}"


def _power(fact: str, n: int) -> Tree:
    """Show t^n times a fact."""
    return cone([(1, [*["lo:t"] * (n % 2), f"sign:{fact}"], f"t**{n // 2}")])


def _gauss_row(n: int) -> list[Fraction]:
    """The series of exp(-t^2) up to the n-th power of t^2."""
    return [
        Fraction((-1) ** (k // 2), math.factorial(k // 2)) if k % 2 == 0 else Fraction(0)
        for k in range(2 * n + 1)
    ]


def _gauss(n: int, sign: int) -> Tree:
    if n == 0:
        return enclose()
    claim = _gap("exp(-t**2)", _gauss_row(n - 1), -sign)
    return grows(_first(claim, _gauss(n - 1, -sign), cone([(2, ["lo:t", "slope"], "1")])))


class Library(Mapping[str, Lemma]):
    """The lemmas by their digests; those about series are made when they are first cited."""

    def __init__(self, lemmas: Sequence[Lemma]) -> None:
        self.known = {one.digest: one for one in lemmas}

    def __getitem__(self, digest: str) -> Lemma:
        return self.known[digest]

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def add(self, one: Lemma) -> None:
        """Make a lemma known."""
        self.known.setdefault(one.digest, one)


LIBRARY = Library(
    (TANGENT, GROWTH, STRICT_GROWTH, ADDED, SQUARE, EVEN, HOEFFDING, COMPOUNDED, *LAMBERT)
)


class Goals(Mapping[str, Goal]):
    """What citing the lemmas means, and those that a person names."""

    def __init__(self, more: Mapping[str, Goal] | None = None) -> None:
        self.more = more or {}

    def __getitem__(self, digest: str) -> Goal:
        return self.more[digest] if digest in self.more else LIBRARY[digest].goal

    def __iter__(self) -> Iterator[str]:
        return iter({**self.more, **LIBRARY})

    def __len__(self) -> int:
        return len({**self.more, **LIBRARY})
