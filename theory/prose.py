"""Sentences in LaTeX: what is mathematics in them is set as mathematics.

The sentences of the catalogue are written with signs of a keyboard: ``eta <= c^2 k/(35 f^2)``. Here
a sentence is read for the longest parts that are formulas to the eye, by their words alone; what a
formula means plays no part, so that nothing can go wrong but the look of it. What is not read stays
as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from theory.typeset import GREEK, name, words

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<word>'s\b|[A-Za-z]\.[A-Za-z]\.|[A-Za-z]{2,}'[a-z]+\b|(?![a-z]+-bar(?![A-Za-z])|[A-Za-z]-[A-Za-z]\b)[A-Za-z]+(?:-[A-Za-z]+)+)"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<name>[A-Za-z]+(?:-bar(?![A-Za-z]))?(?:'+(?![a-z]))?)"
    r"|(?P<relation><=|>=|!=|==|->|=>|<>|/=|:=|=:|[<>=])"
    r"|(?P<dots>\.\.\.)"
    r"|(?P<power>\*\*)"
    r"|(?P<mark>.)",
    re.DOTALL,
)
_RELATIONS = {
    **{"<=": r"\le", ">=": r"\ge", "==": "=", "->": r"\to", "=>": r"\Rightarrow"},
    **dict.fromkeys(("!=", "<>", "/="), r"\ne"),
}
_OPERATORS = {
    **{f: rf"\{f}" for f in ("exp", "ln", "log", "sin", "cos", "tanh", "cosh", "sinh", "det")},
    **{
        f: rf"\operatorname{{{f}}}"
        for f in ("Var", "Cov", "tr", "rank", "erf", "poly", "diag", "ceil", "floor")
    },
}
_BIG = {
    **{f: rf"\{f}" for f in ("min", "max", "sup", "inf", "lim", "prod", "sum")},
    "limsup": r"\limsup",
}
_SIZES = frozenset(["d", "m", "n", "k", "r", "N", "p", "q"])
_SHORT_WORDS = frozenset(
    {"of", "for", "and", "or", "if", "is", "in", "on", "at", "so", "the", "all", "any", "as"}
    | {"to", "by", "per", "not", "iid", "an", "be", "it", "no", "we"}
)
_RAISED = {"²": "2", "³": "3"}
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_ARTICLES = frozenset("aAI")


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


@dataclass(frozen=True)
class _Formula:
    """What was read from one token to another."""

    latex: str
    end: int
    plain: bool  # a single number, or a single letter


def prose(text: str) -> str:
    """Set a sentence, with its formulas in mathematics.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        LaTeX for a paragraph; every dollar sign and brace in it has its partner.
    """
    made = ""
    for piece, is_formula in pieces(text):
        if is_formula:
            made += "{}" * made.endswith("$") + f"${piece}$"
        else:
            made += words(piece)
    return made


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a sentence into its formulas, in LaTeX (True), and what is between them, as it is."""
    tokens = [_Token(str(m.lastgroup), m.group()) for m in _TOKEN.finditer(text)]
    reader, i = _Reader(tokens), 0
    while i < len(tokens):
        token = tokens[i]
        found = None if _within_word(tokens, i) else reader.formula(i)
        if found is not None and reader.counts(i, found):
            yield found.latex, True
            i = found.end
            continue
        # A comparison with words is one all the same.
        sign = _RELATIONS.get(token.text) if token.kind == "relation" else None
        yield (token.text, False) if sign is None else (sign, True)
        i += 1


def _within_word(tokens: list[_Token], i: int) -> bool:
    """Whether what stands here goes on a word, as in ``and/or`` or ``rank-one``."""
    before = tokens[i - 1].kind if i else "space"
    if tokens[i].text == "-":
        return before in ("name", "number")
    return before == "name" and tokens[i].kind in ("name", "number")


class _Reader:
    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens

    def _is(self, i: int, *texts: str) -> bool:
        return i < len(self.tokens) and self.tokens[i].text in texts

    def _text(self, i: int) -> str:
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def _symbol(self, i: int) -> bool:
        """Whether one letter, or a Greek one, stands here."""
        return (len(self._text(i)) == 1 and self._kind(i) == "name") or self._text(i) in GREEK

    def _kind(self, i: int) -> str:
        return self.tokens[i].kind if i < len(self.tokens) else "end"

    def _after(self, i: int) -> int:
        return i + 1 if self._kind(i) == "space" else i

    def counts(self, i: int, found: _Formula) -> bool:
        """Whether a reader would take it for mathematics: no number alone, no article, no (a)."""
        if self._kind(i) == "number" and found.plain:
            return False
        if found.plain and self.tokens[i].text in _ARTICLES:
            return False
        if self._is(i, "(", "[", "{") and found.latex.strip(r"()[]\{}").isalnum():
            return False
        return not (self._article(i) and found.end > i + 1)

    def _article(self, i: int) -> bool:
        """Whether an ``a`` stands alone before something that is no operator."""
        if not (self._is(i, *_ARTICLES) and self._kind(i + 1) == "space"):
            return False
        then = i + 2
        return self._kind(then) != "relation" and not self._is(then, "+", "-", "/")

    def formula(self, i: int, inside: bool = False) -> _Formula | None:
        """Read a formula as far as it goes; inside of brackets also lists of them."""
        first = self.atom(i, inside)
        if first is None:
            return None
        latex, end, plain = first.latex, first.end, first.plain
        while True:
            found = self._continued(end, inside)
            if found is None:
                return _Formula(latex, end, plain)
            latex, end, plain = latex + found.latex, found.end, False

    def _continued(self, i: int, inside: bool) -> _Formula | None:
        """An operator and what it is applied to, or a factor."""
        j = self._after(i)
        token = self.tokens[j] if j < len(self.tokens) else _Token("end", "")
        spaced = j > i
        if token.kind == "relation":
            sign = f" {_RELATIONS.get(token.text, token.text)} "
        elif self._is(j, "-") and not inside and {*map(self._kind, (i - 1, i + 1))} == {"number"}:
            return None  # from 3-4; k-1 is a difference
        elif token.text in ("+", "-", "/") and (spaced == (self._kind(j + 1) == "space") or inside):
            sign = f" {token.text} " if token.text != "/" else "/"
        elif token.text == "*" and spaced and self._kind(j + 1) == "space":
            sign = r" \cdot "
        elif inside and token.text in (",", ":", ";"):
            sign = token.text + " " * (token.text != ":")
        elif token.text == "x" and spaced and self._sizes(i, j):
            sign = r" \times "
        else:
            if not spaced and self._kind(i) in ("name", "number"):
                return (
                    None
                    if self._kind(i - 1) == "number" and not inside
                    else self._factor(i, inside)
                )
            return self._factor(j, inside)
        after = self.atom(self._after(j + 1), inside)
        return None if after is None else _Formula(sign + after.latex, after.end, False)

    def _sizes(self, i: int, j: int) -> bool:
        """Whether the x at j stands between two sizes of a matrix."""

        def size(k: int) -> bool:
            return self._kind(k) == "number" or (
                self._kind(k) == "name" and self.tokens[k].text.rstrip("'") in _SIZES
            )

        return (
            self._kind(j + 1) == "space"
            and size(j + 2)
            and (size(i - 1) or any(self._is(i - 2 - n, "_") for n in range(2)))
        )

    def _factor(self, j: int, inside: bool) -> _Formula | None:
        """A factor without a sign of multiplication."""
        if self._article(j) and not inside:
            return None
        if self._kind(j) == "number" or self._is(j, "-", "["):
            return None
        found = self.atom(j, inside)
        if found is None:
            return None
        return _Formula(f" {found.latex}", found.end, False)

    def _dots(self, i: int) -> str:
        """On the line in lists and after digits, else at the height of operators."""
        before = next((t for t in reversed(self.tokens[:i]) if t.kind != "space"), None)
        digits = i > 0 and self.tokens[i - 1].kind == "number"
        low = digits or (before is not None and before.text == ",")
        return r"\ldots" if low else r"\cdots"

    def atom(self, i: int, inside: bool = False) -> _Formula | None:
        """A number, a name, something in brackets or bars, with its indices and powers."""
        if self._is(i, "-") and self._kind(i + 1) != "space":
            rest = self.atom(i + 1, inside)
            return None if rest is None else _Formula(f"-{rest.latex}", rest.end, False)
        match self._kind(i):
            case "number":
                found: _Formula | None = _Formula(self.tokens[i].text, i + 1, True)
            case "dots":
                found = _Formula(self._dots(i), i + 1, True) if inside or i else None
            case "name":
                found = self._name(i, inside)
            case "mark":
                found = self._bars(i) if self._is(i, "|") else self._group(i)
            case _:
                found = None
        return None if found is None else self._scripts(found)

    def _name(self, i: int, inside: bool) -> _Formula | None:
        text = self.tokens[i].text
        bare = text.rstrip("'")
        primes = text[len(bare) :]
        bar = bare.endswith("-bar")
        bare = bare.removesuffix("-bar")
        if bare == "sqrt":
            return self._root(i + 1)
        if bare == "grad" and (self._is(i + 1, "_", "|") or self._symbol(i + 2)):
            return _Formula(r"\nabla", i + 1, False)
        if len(bare) == 2 and bare[0] == "d" and "/" in (self._text(i - 1), self._text(i + 1)):
            return _Formula(bare + primes, i + 1, False)
        if bare in _OPERATORS or bare in _BIG:
            return self._applied(i, bare)
        if bare == "oo":
            return _Formula(r"\infty", i + 1, False)
        if bare in GREEK or bare in ("eps", "lam"):
            made = rf"\bar{{{name(bare)}}}" if bar else name(bare)
            return _Formula(made + primes, i + 1, False)
        if text == "R" and self._is(i + 1, "^") and self._space(i + 2):
            return _Formula(r"\mathbb R", i + 1, False)
        if len(bare) == 1 and self._kind(i + 1) == "number" and not primes:
            index = self.tokens[i + 1].text
            return _Formula(f"{bare}_{{{index}}}", i + 2, False) if bare.islower() else None
        if len(bare) == 1:
            return _Formula((rf"\bar{{{bare}}}" if bar else bare) + primes, i + 1, True)
        scripted = self._is(i + 1, "_", "^", "**") and len(bare) <= 3
        if bare not in _SHORT_WORDS and (
            scripted or (inside and len(bare) <= 3 and bare.islower())
        ):
            return _Formula(" ".join(bare) + primes, i + 1, False)
        return None

    def _root(self, i: int) -> _Formula | None:
        """What a root is of: brackets, or the one number or name that follows."""
        group = self._group(i)
        if group is not None:
            return _Formula(rf"\sqrt{{{group.latex[1:-1]}}}", group.end, False)
        then = self._after(i)
        if then == i or self._kind(then) not in ("number", "name"):
            return None
        under = self.atom(then)
        return under and _Formula(rf"\sqrt{{{under.latex}}}", under.end, False)

    def _space(self, i: int) -> bool:
        """Whether a size, or sizes with an x between them, stand here."""
        if self._is(i, *_SIZES):
            return True
        return self._is(i, "(") and any(self._is(i + n, "x") for n in range(2, 8))

    def _applied(self, i: int, bare: str) -> _Formula | None:
        """A function with a name: it wants brackets, an index, or what it is applied to."""
        if self._is(i + 1, "(", "_", "^", "**", "|", "{"):
            return _Formula(_OPERATORS.get(bare) or _BIG[bare], i + 1, False)
        then = self._after(i + 1)
        if bare in _BIG and self._is(then, "over"):
            return self._over(then, _BIG[bare])
        loud = bare in ("prod", "ln", "exp", "log", "Var", "limsup") or self._is(then, "|")
        if then == i + 1 or self._article(then):
            return None
        to = self.atom(then)
        if not loud and (to is None or to.plain):
            return None
        sign = _OPERATORS.get(bare) or _BIG[bare]
        return None if to is None else _Formula(f"{sign} {to.latex}", to.end, False)

    def _over(self, i: int, sign: str) -> _Formula | None:
        """``prod over i != j of w_i``: what it runs over stands below."""
        below = self.formula(self._after(i + 1), inside=True)
        if below is None:
            return None
        then = self._after(below.end)
        of = self.atom(self._after(then + 1)) if self._is(then, "of") else None
        return of and _Formula(rf"{sign}_{{{below.latex}}} {of.latex}", of.end, False)

    def _group(self, i: int) -> _Formula | None:
        """Brackets around formulas and nothing else."""
        if not self._is(i, *_CLOSING):
            return None
        opening = self.tokens[i].text
        found = self.formula(self._after(i + 1), inside=True)
        if found is None:
            return None
        end = self._after(found.end)
        listed = opening != "{" and "," in found.latex
        if not self._is(end, _CLOSING[opening], *(")]" if listed else "")):
            return None
        if opening == "[" and not listed:
            return None
        left, right = opening, self.tokens[end].text
        if opening == "{":
            left, right = r"\{", r"\}"
        return _Formula(f"{left}{found.latex}{right}", end + 1, False)

    def _bars(self, i: int) -> _Formula | None:
        """``|x|``: the shortest formula between two bars."""
        if self._kind(i + 1) == "space":
            return None
        found = self.formula(i + 1, inside=True)
        if found is None or not self._is(found.end, "|"):
            return None
        return _Formula(rf"\lvert {found.latex}\rvert", found.end + 1, False)

    def _scripts(self, found: _Formula) -> _Formula:
        """Indices, powers, a star, and an argument in brackets that stands next to it."""
        latex, i, plain = found.latex, found.end, found.plain
        raised = False
        while True:
            if self._is(i, "_", "^", "**"):
                script = self._script(i + 1)
                if script is None:
                    return _Formula(latex, i, plain)
                power = not self._is(i, "_")
                if power and (raised or latex.endswith("'")):
                    latex = f"{{{latex}}}"
                latex += f"{'^' if power else '_'}{{{script.latex}}}"
                raised, i = raised or power, script.end
            elif self._is(i, "*", "+") and not raised and not self._begins(i + 1):
                latex, raised, i = f"{latex}^{{{self.tokens[i].text}}}", True, i + 1
            elif self._is(i, *_RAISED) and not raised:
                latex, i, raised = f"{latex}^{{{_RAISED[self.tokens[i].text]}}}", i + 1, True
            elif self._is(i, "~") and plain:
                latex, i = rf"\tilde{{{latex}}}", i + 1
            elif self._is(i, "(") and self._kind(i - 1) != "number":
                group = self._group(i)
                if group is None:
                    return _Formula(latex, i, plain)
                latex, i, raised = latex + group.latex, group.end, False
            else:
                return _Formula(latex, i, plain)
            plain = False

    def _begins(self, i: int) -> bool:
        """Whether what a sign is applied to may stand here."""
        return self._kind(i) in ("name", "number") or self._is(i, "(", "[", "{")

    def _script(self, i: int) -> _Formula | None:
        """What is raised or lowered: brackets around it are not shown."""
        if self._is(i, "*", "+"):
            return _Formula(self.tokens[i].text, i + 1, False)
        if self._is(i, "(", "{"):
            found = self.formula(self._after(i + 1), inside=True)
            if found is None or not self._is(found.end, _CLOSING[self.tokens[i].text]):
                return None
            return _Formula(found.latex, found.end + 1, False)
        sign = self._is(i, "-")
        i += sign
        text = self._text(i)
        if self._kind(i) == "number":
            made = text
            if self._kind(i + 1) == "name" and len(self.tokens[i + 1].text) == 1:
                i += 1
                made += self.tokens[i].text
        elif self._kind(i) != "name":
            return None
        else:
            bare = text.rstrip("'")
            made = r"\mathsf T" if text == "T" else name(bare) + text[len(bare) :]
        return _Formula(("-" if sign else "") + made, i + 1, False)
