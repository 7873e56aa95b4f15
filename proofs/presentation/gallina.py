"""Statements as Coq prints them, read into trees: what a typesetter needs, and nothing is lost.

Only the forms are known in which the record of ``proofs/coq`` is printed. That a tree is the right
one is Coq's to say: :func:`bracketed` writes it with all brackets, and a test has Coq accept each
theorem under that type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from proofs.evidence.coq_text import MalformedError

_TOKEN = re.compile(
    r"\s*(%\w+|[A-Za-z_][\w']*(?:\.[A-Za-z]\w*)*|\d+"
    r"|<->|<=\?|<=|<>|<\?|->|=>|=\?|:=|/\\|\\/|::|\{\||\|\}|&&|[-+*/^<>=~(),:{}|;.])"
)
_INFIX = {
    "<->": (95, 94, 94), "->": (99, 98, 99), "\\/": (85, 84, 85), "/\\": (80, 79, 80),
    "=": (70, 69, 69), "<>": (70, 69, 69), "<=": (70, 69, 69), "<": (70, 69, 69),
    ">": (70, 69, 69), "=?": (70, 69, 69), "<?": (70, 69, 69), "<=?": (70, 69, 69),
    "::": (60, 59, 60), "+": (50, 50, 49), "-": (50, 50, 49), "&&": (40, 40, 39),
    "*": (40, 40, 39), "/": (40, 40, 39), "^": (30, 29, 30),
}  # fmt: skip
"""Level of an operator, and up to which levels its left and right sides go, as Coq has them."""

_PREFIX = {"-": (35, 35), "/": (35, 35), "~": (75, 75)}
_ORDER = frozenset({"<=", "<", "="})
_WORDS = frozenset({"forall", "exists", "fun", "fix", "let", "in", "if", "then", "else", "match",
                    "with", "end"})  # fmt: skip
_LOW, _APPLIED, _ATOM = 200, 10, 0


@dataclass(frozen=True)
class Node:
    """A term of Gallina.

    Attributes
    ----------
    head : str
        ``name`` and ``number`` have a ``text``. ``apply`` has the function and its arguments;
        ``infix`` two sides and ``chain`` three or more, with their operators as ``text``;
        ``prefix`` one; ``scope`` what is read in the scope ``text``. ``forall``, ``exists`` and
        ``fun`` have ``binders`` and a body; ``fix`` too, with its name as ``text``; ``let`` the
        name as ``text``, the meaning, the body; ``if`` three parts; ``match`` what is looked at,
        then patterns and results in turn.
    """

    head: str
    args: tuple[Node, ...] = ()
    text: str = ""
    binders: tuple[tuple[tuple[str, ...], Node], ...] = ()


def read(text: str) -> Node:
    """Read one term.

    Raises
    ------
    MalformedError
        For a form that is not known here.
    """
    reader = _Reader(text)
    node = reader.term(_LOW)
    if reader.next:
        raise MalformedError(f"not read from {reader.next!r} on: {text[:60]}")
    return node


def typed(text: str) -> Node:
    """Read the term before the type in ``term : type``."""
    reader = _Reader(text)
    node = reader.term(_LOW)
    reader.take(":")
    reader.term(_LOW)
    if reader.next:
        raise MalformedError(f"not read from {reader.next!r} on: {text[:60]}")
    return node


def tokens(text: str) -> list[str]:
    """The words and signs of a term, in order."""
    found, position = [], 0
    text = text.rstrip()
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise MalformedError(f"no word of a statement: {text[position : position + 20]!r}")
        found.append(token[1])
        position = token.end()
    return found


class _Reader:
    def __init__(self, text: str) -> None:
        self.left = tokens(text)[::-1]

    @property
    def next(self) -> str:
        return self.left[-1] if self.left else ""

    def take(self, wanted: str = "") -> str:
        if not self.left or (wanted and self.next != wanted):
            raise MalformedError(f"{self.next!r} where {wanted or 'more'!r} is wanted")
        return self.left.pop()

    def term(self, level: int) -> Node:
        node, at = self.begun(level)
        while self.next in _INFIX:
            own, left, right = _INFIX[self.next]
            if own > level or at > left:
                break
            node, at = self.joined(node, right), own
        return node

    def joined(self, left: Node, level: int) -> Node:
        operators, sides = [self.take()], [left, self.term(level)]
        while operators[-1] in _ORDER and self.next in _ORDER:  # a <= b <= c is one relation
            operators.append(self.take())
            sides.append(self.term(level))
        return Node("infix" if len(sides) == 2 else "chain", tuple(sides), " ".join(operators))

    def begun(self, level: int) -> tuple[Node, int]:
        """What no infix operator stands before, and its level."""
        if self.next in _PREFIX and _PREFIX[self.next][0] <= level:
            own, inner = _PREFIX[self.next]
            return Node("prefix", text=self.take(), args=(self.term(inner),)), own
        if self.next in _WORDS:  # reaches as far as it can, wherever it stands
            return self.special(), _ATOM
        node = self.atom()
        if not self.begins():
            return node, _ATOM
        parts = [node]
        while self.begins():
            parts.append(self.atom())
        return Node("apply", tuple(parts)), _APPLIED

    def begins(self) -> bool:
        return self.next == "(" or (
            (self.next[:1].isalnum() or self.next[:1] == "_") and (self.next not in _WORDS)
        )

    def atom(self) -> Node:
        if self.next == "(":
            self.take()
            inside = [self.term(_LOW)]
            while self.next == ",":
                self.take()
                inside.append(self.term(_LOW))
            self.take(")")
            node = inside[0] if len(inside) == 1 else Node("tuple", tuple(inside))
        elif self.next.isdigit():
            node = Node("number", text=self.take())
        elif self.begins():
            node = Node("name", text=self.take())
        else:
            raise MalformedError(f"{self.next!r} begins no term")
        while self.next.startswith("%"):
            node = Node("scope", (node,), self.take()[1:])
        return node

    def special(self) -> Node:
        word = self.take()
        match word:
            case "forall" | "exists" | "fun":
                bound = self.binders()
                self.take("=>" if word == "fun" else ",")
                return Node(word, (self.term(_LOW),), binders=bound)
            case "let":
                name, bound = self.take(), () if self.next == ":=" else self.binders()
                self.take(":=")
                meaning = self.term(_LOW)
                self.take("in")
                return Node("let", (meaning, self.term(_LOW)), name, bound)
            case "if":
                asked = self.term(_LOW)
                self.take("then")
                one = self.term(_LOW)
                self.take("else")
                return Node("if", (asked, one, self.term(_LOW)))
            case "fix":
                name, bound = self.take(), self.binders()
                if self.next == "{":  # of more than one argument
                    self.take("{"), self.take("struct"), self.take(), self.take("}")
                self.take(":")
                kind = self.term(_LOW)
                self.take(":=")
                return Node("fix", (kind, self.term(_LOW)), name, bound)
            case "match":
                parts = [self.term(_LOW)]
                self.take("with")
                while self.next == "|":
                    self.take()
                    parts.append(self.term(_LOW))
                    self.take("=>")
                    parts.append(self.term(_LOW))
                self.take("end")
                return Node("match", tuple(parts))
        raise MalformedError(f"{word!r} begins no term")

    def binders(self) -> tuple[tuple[tuple[str, ...], Node], ...]:
        """``(x y : R) (n : nat)``, or one group without brackets."""
        if self.next != "(":
            return (self.group(),)
        groups = []
        while self.next == "(":
            self.take()
            groups.append(self.group())
            self.take(")")
        return tuple(groups)

    def group(self) -> tuple[tuple[str, ...], Node]:
        names = [self.take()]
        while self.next != ":":
            names.append(self.take())
        self.take()
        return tuple(names), self.term(_LOW)


def bracketed(node: Node) -> str:
    """Write a term with brackets around every part, so that only one tree can be meant."""
    args = [bracketed(a) for a in node.args]
    bound = " ".join(f"({' '.join(names)} : {bracketed(kind)})" for names, kind in node.binders)
    match node.head:
        case "name" | "number":
            return node.text
        case "scope":
            return f"({args[0]})%{node.text}"
        case "tuple":
            return f"({', '.join(args)})"
        case "apply":
            return f"({' '.join(args)})"
        case "infix" | "chain":
            signs = [*node.text.split(), ""]
            return f"({' '.join(f'{a} {s}' for a, s in zip(args, signs, strict=True))})"
        case "prefix":
            return f"({node.text} {args[0]})"
        case "forall" | "exists":
            return f"({node.head} {bound}, {args[0]})"
        case "fun":
            return f"(fun {bound} => {args[0]})"
        case "let":
            return f"(let {node.text} {bound} := {args[0]} in {args[1]})"
        case "if":
            return f"(if {args[0]} then {args[1]} else {args[2]})"
    raise MalformedError(f"{node.head}: no statement has one")
