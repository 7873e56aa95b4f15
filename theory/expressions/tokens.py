"""Letters and signs: what people type or paste, as the tokens of the grammar.

Signs outside ASCII are other spellings of signs inside (``≤`` of ``<=``, ``^`` of ``**``), Greek
letters are spelled out, lowered digits are subscripts. Nothing else is understood.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterator
from keyword import iskeyword

from theory.errors import MAX_SHOWN, InputError
from theory.errors import plain as line
from theory.expressions.advice import advised
from theory.names import nearest

_SIGNS = {
    "^": "**",
    "≤": "<=",
    "⩽": "<=",
    "≥": ">=",
    "⩾": ">=",
    "≠": "!=",
    "·": "*",
    "⋅": "*",
    "×": "*",
    "−": "-",
    "²": "**2",
    "³": "**3",
    "√": " sqrt",
    "∞": " inf ",
    "∧": " and ",
    "∨": " or ",
    "∈": " in ",
    "⪯": "<=",
    "≼": "<=",
    "⪰": ">=",
    "≽": ">=",
    "‖": "|",
    "⟨": " dot(",
    "⟩": ")",
}
_BRACED = re.compile(r"_\{([^{}]*)\}")
_GRADIENT = re.compile(r"(?:[∇▽]\s*|\bgrad\s+)([^\W\d]\w*)\s*\(")
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_GREEK = re.compile("[Α-Ωα-ωϑϕϵϱ]")
_OTHER_FORMS = {"ϑ": "theta", "ϕ": "phi", "ϵ": "epsilon", "ϱ": "rho", "ς": "sigma"}

TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<operator>_(?:(?:1|2|F|op|inf|oo)\b|\*)|\*\*|<=|>=|==|!=|&&|[-+*/(),<>|=!\[\]]))",
    re.ASCII,
)


def plain(text: str) -> str:
    """A formula or a name in ASCII: Greek letters by their names, signs by their other spelling."""
    if text.isascii() and "^" not in text and not ("_{" in text or "grad " in text):
        return text
    text = _BRACED.sub(_unbraced, text.replace("_∞", "_inf"))
    text = _GRADIENT.sub(r"grad(\1, ", text)
    text = _GREEK.sub(lambda letter: _letter(letter[0]), text)
    text = re.sub(f"[{''.join(_LOWERED)}]+", lambda m: "_" + m[0].translate(_DIGITS), text)
    return text.translate(_WRITTEN)


_DIGITS = str.maketrans(_LOWERED)
_WRITTEN = str.maketrans(_SIGNS)


def _unbraced(index: re.Match[str]) -> str:
    """``x_{n+1}`` as ``x_(n+1)``, ``x_{12}`` as ``x_12``, of the same length."""
    inside = index[1].strip()
    return f"_{inside}  " if inside.isalnum() or inside == "*" else f"_({index[1]})"


def _letter(letter: str) -> str:
    known = _OTHER_FORMS.get(letter)
    if known is not None:
        return known
    *_, size, _, word = unicodedata.name(letter, "X SMALL LETTER X").split()[-4:]
    word = {"LAMDA": "LAMBDA"}.get(word, word)
    return word.capitalize() if size == "CAPITAL" else word.lower()


def tokens(text: str, argument: str) -> Iterator[tuple[str, str]]:
    """Split a formula into (kind, text) pairs; kinds are ``number``, ``name``, ``operator``.

    Raises
    ------
    InputError
        At the first sign that means nothing.
    """
    read = plain(text).rstrip()
    for match, position in _matches(read):
        if match is None:
            rest = read[position:].lstrip()
            raise _misread(argument, advised(read, f"unexpected {rest[:1]!r}"), text, len(rest))
        yield (match.lastgroup or "", match[match.lastgroup or 0])


def _matches(read: str) -> Iterator[tuple[re.Match[str] | None, int]]:
    position = 0
    while position < len(read):
        match = TOKEN.match(read, position)
        yield match, position
        if match is None:
            return
        position = match.end()


class Misread(InputError):
    """A formula that cannot be read, and the number of the token at which that was seen."""

    def __init__(self, argument: str, problem: str, place: int = 0) -> None:
        super().__init__(argument, problem)
        self.place = place

    def within(self, text: str) -> InputError:
        """The same error, with the column of the formula as it was written."""
        read = plain(text).rstrip()
        starts = [match.start(match.lastgroup or 0) for match, _ in _matches(read) if match]
        start = starts[self.place] if self.place < len(starts) else len(read)
        return _misread(self.argument, self.problem, text, len(read) - start)


def _misread(argument: str, problem: str, text: str, left: int) -> InputError:
    """An error with its column: ``left`` characters of the formula in ASCII follow."""
    end = len(plain(text).rstrip()) - left
    # Signs have other spellings, of other lengths; a longer beginning is never spelled shorter.
    before = text[
        : bisect_left(range(1, len(text) + 1), end + 1, key=lambda n: len(plain(text[:n])))
    ]
    row, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    where = f" (line {row}, column {column})" if row > 1 else f" (column {column})"
    return InputError(argument, line(problem, MAX_SHOWN - len(where)) + where)


def suggestion(text: str, known: Collection[str], shown: int = 12) -> str:
    """What to try instead of an unknown word: the nearest known one, and the list of all."""
    hint = nearest(plain(text), map(str, known), 1)
    words = sorted(map(str, known))
    listed = ", ".join(words[:shown]) + (", ..." if len(words) > shown else "") or "none"
    return f"{hint} (known: {listed})"


def undeclared(text: str, known: Collection[str], claims: bool) -> str:
    """What to say of an unknown name; in claims, how a variable is declared."""
    tried = suggestion(text, known)
    declare = claims and "did you mean" not in tried and not iskeyword(text)
    how = f'; to declare it: variables = {{{text[:40]} = "real"}}' if declare else ""
    return f"unknown name {text[:40]!r}{tried}{how}"


_MEANS = ("E", "P", "Pr", "Var", "Cov")


def bracketed(
    found: list[tuple[str, str]], sequences: Collection[str], argument: str
) -> list[tuple[str, str]]:
    """E[...] as E(...), and the like; the brackets of indices stay, and a_(i+1) is a[i+1].

    Raises
    ------
    InputError
        Where such a bracket is closed by one of the other kind.
    """
    made = list(found)
    closing: list[tuple[str, str]] = []  # the end of an open bracket: as written, and as read
    before = ""
    for place, (kind, text) in enumerate(found):
        if kind == "name" and text[-1:] == "_" and text[:-1] in sequences:
            made[place] = "name", text[:-1]
        elif text == "(" and before[-1:] == "_" and before[:-1] in sequences:
            made[place] = "operator", "["
            closing.append((")", "]"))
        elif text == "[" and before in _MEANS and before not in sequences:
            made[place] = "operator", "("
            closing.append(("]", ")"))
        elif text in ("(", "["):  # perhaps of an interval, which may be half open
            closing.append(("", ""))
        elif text in (")", "]") and closing:
            written, read = closing.pop()
            if written not in ("", text):
                raise InputError(argument, f"{written!r} is wanted where {text!r} stands")
            made[place] = "operator", read or text
        before = text
    return made
