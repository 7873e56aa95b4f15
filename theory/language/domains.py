"""Domains: how a variable is quantified, as a person writes it.

A word (``real``, ``positive``, ``natural``), an interval (``[0, 1)``, ``(a, inf)``), a word with a
bound (``integer >= 2``), a finite set (``{-1, 1}``), a law with its parameters (``normal(0, s)``),
``sequence of`` any of them, a ``vector`` or a matrix of a given shape.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast, get_args

from theory.errors import InputError, quoted
from theory.expressions import plain, suggestion
from theory.language.wording import elsewhere
from theory.statements import DRAWN, Domain

WORDS: Mapping[str, tuple[Domain, str]] = {
    "natural": ("integer", ">= 0"),
    "negative": ("real", "< 0"),
    "nonpositive": ("real", "<= 0"),
    "nonzero": ("real", "!= 0"),
    "probability": ("real", "[0, 1]"),
}
"""Words for a domain with a condition."""
LAWS: Mapping[str, int] = {
    "normal": 2,
    "uniform": 2,
    "exponential": 1,
    "bernoulli": 1,
    "chi2": 1,
    "poisson": 1,
    "binomial": 2,
    "geometric": 1,
    "laplace": 1,
    "twopoint": 3,
    "subgaussian": 1,
    "bounded": 3,
    "random": 2,
}
"""Laws with parameters, and how many."""
_IN = re.compile(r"(in\b|∈)\s*(?=\S)")
INFINITE = ("inf", "oo", "+inf")
_MEANT = {
    "bounded": ": both ends and the mean, of every law on [a, b]",
    "twopoint": ": both values and the mean",
    "random": ": the mean and the standard deviation, of every law that has them",
}
SHAPES: Mapping[str, int] = {"vector": 1, "matrix": 2, "symmetric": 1, "psd": 1}
OTHER_WORDS = {
    "n": "normal",
    "exp": "exponential",
    "ber": "bernoulli",
    "chi-square": "chi2",
    "chisquare": "chi2",
    "positive integer": "integer >= 1",
    "nonnegative integer": "natural",
    "any": "real",
    "sub-gaussian": "subgaussian",
}
"""Other spellings of words for domains."""
ALONE = {"normal": "gaussian", "standard normal": "gaussian", "exponential": "exponential(1)"}
"""Laws without parameters."""
MATHEMATICAL = {"ℝ": "real", "ℕ": "natural", "ℤ": "integer"}

_INTERVAL = re.compile(r"(?P<low>[\[(])(?P<a>.+),(?P<b>.+)(?P<high>[\])])")
_CALL = re.compile(r"(?P<word>[a-z_0-9]+)\s*\((?P<inner>.+)\)")
_VARIANCE = re.compile(r",\s*([A-Za-z_]\w*)\s*\*\*\s*2\s*\)$")
_VECTOR = re.compile(r"gaussian vector(?:\s*\((?P<size>[^()]+)\))?")
_BOUND = re.compile(r"(?P<word>[a-z]+)\s*(?P<rest>(?:<=|>=|!=|<|>|\[|in\b).+)")


@dataclass(frozen=True)
class Quantified:
    """What a domain says of one variable.

    Attributes
    ----------
    kind : str
        One of :data:`theory.statements.Domain`, or ``"vector"``.
    conditions : tuple of str
        What is assumed, with ``@`` where the variable stands.
    law : tuple of str
        The law with its parameters, of a variable that is drawn; else empty.
    shape : tuple of int
        Of a vector or matrix of a given size; empty for any size.
    many : bool
        Whether it is a sequence, with a value for each index.
    """

    kind: str
    conditions: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    shape: tuple[int, ...] = field(default=())
    many: bool = False


def quantified(value: Any, argument: str) -> Quantified:
    """Read a domain; an end 0 makes it one of the domains that provers know best.

    Raises
    ------
    InputError
        For anything that is none, with the words that are known.
    """
    read = _quantified(value, argument)
    for condition, kind in (("@ >= 0", "nonnegative"), ("@ > 0", "positive")):
        if read.kind == "real" and condition in read.conditions:
            kept = tuple(c for c in read.conditions if c != condition)
            return replace(read, kind=kind, conditions=kept)
    return read


def _quantified(value: Any, argument: str) -> Quantified:
    """Read a domain as it is written.

    Raises
    ------
    InputError
        For anything that is none, with the words that are known.
    """
    if isinstance(value, int | Decimal):
        such = quoted(value).strip("'")
        problem = f"a domain is wanted; numbers are constants, such as {{{argument} = {such}}}"
        raise InputError(argument, problem)
    if not isinstance(value, str):
        raise InputError(argument, f"unknown domain{_known('')}")
    text = MATHEMATICAL.get(value.strip(), plain(value)).strip()
    text = text.removeprefix("chi**2").join(("chi2", "")) if text.startswith("chi**2") else text
    if _IN.match(text):
        alone = quoted(_IN.sub("", text))
        raise InputError(argument, f"a domain stands alone, without 'in', such as {alone}")
    word, bracket, rest = text.partition("(")
    if word.strip() == "N" and (square := _VARIANCE.search(rest)):
        s = square[1]
        problem = f"N(m, s) is read with the standard deviation s: write {s} where {s}^2 stands"
        raise InputError(argument, f"{problem}, or normal({rest}")
    if word.strip().lower() in OTHER_WORDS | {w: w for w in (*LAWS, *WORDS, "real", "integer")}:
        word = word.strip().lower()
        text = OTHER_WORDS.get(word, word) + bracket + rest
    if text in ALONE:
        text = ALONE[text]
    if text.startswith("sequence"):
        rest = text.removeprefix("sequence").strip().removeprefix("of").strip() or "real"
        inner = quantified(rest, argument)
        if inner.kind == "gaussian":  # of as many as a sum or maximum over them says
            return Quantified("drawn", law=("vector", ""))
        if not inner.many and inner.law[:1] not in [("vector",), ("spectrum",)]:
            if inner.law:
                return Quantified("drawn", law=("each", *inner.law))
            if inner.kind in DRAWN:
                return Quantified("drawn", law=("each", inner.kind))
        if inner.many or inner.law or inner.kind not in ("real", "positive", "nonnegative"):
            problem = "a sequence consists of real numbers, or of draws"
            problem += "; of vectors, give one claim for each coordinate" * (inner.kind == "vector")
            raise InputError(argument, problem)
        return Quantified(inner.kind, inner.conditions, many=True)
    if text in get_args(Domain) or text == "vector":
        return Quantified(text)
    if text in WORDS:
        kind, condition = WORDS[text]
        return Quantified(kind, _conditions(condition, argument))
    if text.startswith("{") and text.endswith("}"):
        values = [v.strip() for v in text[1:-1].split(",")]
        return Quantified("real", (" or ".join(f"@ == {v}" for v in values),))
    if text[:1] in "[(":
        return Quantified("real", _conditions(text, argument))
    if vector := _VECTOR.fullmatch(text):
        return Quantified("drawn", law=("vector", vector["size"] or "n"))
    called = _CALL.fullmatch(text)
    if called:
        return _called(called["word"], called["inner"], argument)
    bound = _BOUND.fullmatch(text)
    if bound:
        inner = quantified(bound["word"], argument)
        if inner.law or inner.kind not in ("real", "positive", "nonnegative", "integer"):
            raise InputError(argument, f"{bound['word']} takes no bound")
        rest = bound["rest"].removeprefix("in").strip()
        return Quantified(inner.kind, inner.conditions + _conditions(rest, argument))
    if said := elsewhere(text.lower()):
        raise InputError(argument, f"unknown domain; {said}")
    raise InputError(argument, f"unknown domain{_known(text)}")


def _known(text: str) -> str:
    shapes = [f"{s}(...)" for s in (*LAWS, "gaussian vector", "matrix", "symmetric", "psd")]
    words = [*get_args(Domain), *WORDS, "vector", "[a, b]", "{a, b}", "sequence of ...", *shapes]
    return suggestion(text, words, 60)


def _conditions(text: str, argument: str) -> tuple[str, ...]:
    interval = _INTERVAL.fullmatch(text)
    if interval is None:
        if text[:1] in "[(":
            raise InputError(argument, "an interval reads [a, b], (a, b], [a, b) or (a, b)")
        return (f"@ {text}",)
    found = []
    low, high = interval["a"].strip(), interval["b"].strip()
    if low not in ("-inf", "-oo"):
        found.append(f"@ {'>=' if interval['low'] == '[' else '>'} {low}")
    if high not in INFINITE:
        found.append(f"@ {'<=' if interval['high'] == ']' else '<'} {high}")
    return tuple(found)


def _called(word: str, inner: str, argument: str) -> Quantified:
    arguments = parted(inner)
    if word in ("matrix", "symmetric", "psd") and not arguments[0].isdecimal():
        wide = word == "matrix" and len(arguments) == 2 and all(a.isidentifier() for a in arguments)
        if wide and arguments[0] != arguments[1]:
            return Quantified("spectrum", law=("spectrum", word, *arguments))
        if len(set(arguments)) != 1 or not arguments[0].isidentifier():
            raise InputError(argument, f"{word}(n, n) takes one size, a name or a number")
        return Quantified("spectrum", law=("spectrum", word, arguments[0]))
    if word == "vector" and len(arguments) == 1 and arguments[0].isidentifier():
        return Quantified("spectrum", law=("spectrum", word, arguments[0]))
    if word in SHAPES:
        if len(arguments) == 1 and word == "matrix":
            arguments *= 2
        whole = all(a.isdecimal() and 1 <= int(a) <= 8 for a in arguments)
        if len(arguments) != SHAPES[word] or not whole:
            raise InputError(argument, f"{word} takes {SHAPES[word]} sizes from 1 to 8")
        sizes = tuple(map(int, arguments))
        if word == "psd":
            return Quantified("symmetric", conditions=("@ >= 0",), shape=sizes * 2)
        return Quantified(word, shape=sizes * 2 if word == "symmetric" else sizes)
    if word not in LAWS and (said := elsewhere(f"{word}({inner})")):
        raise InputError(argument, f"unknown domain; {said}")
    if word not in LAWS:
        raise InputError(argument, f"unknown domain{_known(word)}")
    if len(arguments) != LAWS[word]:
        raise InputError(argument, f"{word} takes {LAWS[word]} parameters{_MEANT.get(word, '')}")
    if word == "bounded" and arguments[1] in INFINITE:
        if arguments[0] != "0":
            raise InputError(argument, "bounded(0, inf, m) begins at 0")
        return Quantified("drawn", law=("halfline", arguments[2]))
    return Quantified("drawn", law=(word, *arguments))


def parted(text: str) -> list[str]:
    """Split at commas outside of parentheses."""
    found, depth = [""], 0
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return [part.strip() for part in found]


def written_out(variables: Mapping[str, Any]) -> dict[str, Quantified]:
    """Read a table of variables, and write out names such as ``w_1..w_4`` and ``a, b``."""
    written: dict[str, Quantified] = {}
    for label, value in apart(variables).items():
        domain = quantified(value, str(label))
        if isinstance(label, str) and ".." in label:
            label = label.partition("..")[0].rpartition("_")[0]
            domain = quantified(f"sequence of {value}", label)
        if label in written:
            raise InputError(label, "is defined twice")
        written[label] = domain
    return written


def apart(variables: Mapping[str, Any]) -> dict[str, Any]:
    """One entry for each name of a table of variables; a sequence ``w_1..w_n`` stays what it is.

    Raises
    ------
    InputError
        If a name stands twice, or a range is none.
    """
    found: dict[str, Any] = {}
    for label, value in variables.items():
        for part in label.replace(", ", ",").split(",") if isinstance(label, str) else [label]:
            for n in _range(plain(part)) if isinstance(part, str) else [part]:
                if n in found:
                    raise InputError(n, "is defined twice")
                found[n] = value
    return found


def _range(label: str) -> list[str]:
    """Names from ``w_1..w_4``; any other label is one."""
    first, dots, last = label.partition("..")
    if not dots:
        return [first]
    stem, _, low = first.rpartition("_")
    other, _, high = last.rpartition("_")
    if stem == other and low in ("0", "1") and high.isidentifier():
        return [label]
    ends = low.isascii() and low.isdecimal() and high.isascii() and high.isdecimal()
    if stem != other or not ends or max(len(low), len(high)) > 3 or int(low) > int(high):
        raise InputError(label, "a range of variables reads w_1..w_4")
    return [f"{stem}_{i}" for i in range(int(low), int(high) + 1)]


def domain_of(read: Quantified) -> Domain:
    """The domain proper, once everything else is an assumption."""
    return cast(Domain, read.kind)
