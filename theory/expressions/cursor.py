"""Tokens one after another: the next one, what must stand here, and what is wrong with it."""

from __future__ import annotations

from theory.errors import InputError
from theory.expressions.advice import WORDS, advised
from theory.expressions.tokens import Misread


class Cursor:
    """A place among the tokens of a formula."""

    text: str
    argument: str
    names: frozenset[str]
    tokens: list[tuple[str, str]]
    position: int
    depth: int
    indices: dict[str, int]
    symbols: set[str]

    def error(self, problem: str, ahead: int = 0) -> InputError:
        """An error at the token that was read last, or so many after it."""
        return Misread(self.argument, problem, max(0, self.position - 1 + ahead))

    def peek(self) -> str:
        """The next token, or nothing."""
        return self.tokens[self.position][1] if self.position < len(self.tokens) else ""

    def take(self) -> tuple[str, str]:
        """Read a token."""
        if self.position == len(self.tokens):
            raise self.error("it ends too early" if self.tokens else "it is empty", 1)
        self.position += 1
        return self.tokens[self.position - 1]

    def expect(self, operator: str) -> None:
        """Read an operator that must stand here."""
        self.other_words()
        if (text := self.take()[1]) != operator:
            raise self.error(f"{operator!r} is wanted where {text!r} stands")

    def mark(self) -> tuple[int, int, dict[str, int], set[str]]:
        """Where we are."""
        return self.position, self.depth, dict(self.indices), set(self.symbols)

    def back(self, mark: tuple[int, int, dict[str, int], set[str]]) -> None:
        """Read again from a mark (what was counted stays counted)."""
        self.position, self.depth, self.indices, self.symbols = mark

    def end(self) -> None:
        """Nothing may follow."""
        if self.position != len(self.tokens):
            self.juxtaposed()
            raise self.error(advised(self.text, f"unexpected {self.peek()!r}"), 1)

    def other_words(self) -> None:
        """Refuse a word between formulas that has another form here."""
        if self.peek() in WORDS and self.peek() not in self.names:
            raise self.error(f"unexpected {self.peek()!r}; {WORDS[self.peek()]}", 1)

    def juxtaposed(self) -> None:
        """Refuse a product without its sign, with the hint to write it."""
        self.other_words()
        if not self.position or self.position >= len(self.tokens):
            return
        (kind, before), (following, after) = self.tokens[self.position - 1 : self.position + 1]
        ended = kind in ("number", "name") or before == ")"
        begins = following in ("name", "number") or after == "("
        if ended and begins and not {before, after} & {"and", "or", "in"}:
            space = " " if kind == following == "name" else ""
            raise self.error(f"write {before}*{after} where {before}{space}{after} stands")
