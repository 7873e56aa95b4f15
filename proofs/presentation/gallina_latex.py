"""Statements of the Coq development as mathematics in LaTeX, made from what the kernel accepted.

Nothing is retold: each sign comes from the tree of :mod:`proofs.presentation.gallina`. A function
that this module has no notation for is written as itself, applied to its arguments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from proofs.evidence.coq_text import MalformedError
from proofs.presentation.gallina import Node, read, typed
from theory import typeset

_SIGNS = {
    "<->": r"\Leftrightarrow", "->": r"\Rightarrow", "\\/": r"\lor", "/\\": r"\land", "=": "=",
    "<>": r"\ne", "<=": r"\le", "<": "<", ">": ">", "=?": "=", "<?": "<", "<=?": r"\le",
    "+": "+", "-": "-", "*": r"\,", "&&": r"\land", "::": "::",
}  # fmt: skip
_LEVELS = {
    r"\Leftrightarrow": 95, r"\Rightarrow": 99, r"\lor": 85, r"\land": 80, "+": 50, "-": 50,
    r"\,": 40, "::": 60,
}  # fmt: skip
_RELATION, _SUM, _PREFIX, _APPLIED, _ATOM, _ALL, _BRACKETED = 70, 45, 35, 10, 0, 200, 201
_SETS = {"R": r"\mathbb R", "nat": r"\mathbb N", "C": r"\mathbb C", "Prop": r"\mathrm{Prop}"}
_FUNCTIONS = {"exp": r"\exp", "ln": r"\ln", "cos": r"\cos", "sin": r"\sin", "Rmin": r"\min",
              "Rmax": r"\max"}  # fmt: skip
_MATRICES = {"madd": ("+", 50), "msub": ("-", 50), "mul": (r"\,", 40), "mscal": (r"\,", 40)}
_SIZED = {"mul": 4, "frobenius": 3}
"""Functions of matrices whose first argument is the size, and with how many parts they are read."""
_WIDEST = 60
_CONSTANTS = {"PI": r"\pi", "unit_matrix": "I", "True": r"\top", "False": r"\bot"}


CONVENTIONS = (
    r"$\mathbb N$ begins at $0$, and so do sums and products; differences of natural numbers are "
    r"not below $0$; where $1/x$, $\ln x$, $\sqrt x$ or $x^y$ has no meaning it is the number that "
    "the library of Coq gives it."
)
"""What a reader of these formulas must know about the real numbers of Coq."""


def statement(text: str) -> str:
    """A paragraph's worth of a statement: what is given, what is assumed, what follows.

    Parameters
    ----------
    text : str
        As Coq prints it.

    Raises
    ------
    MalformedError
        For a form that no statement of the record has.
    """
    given: list[str] = []
    assumed: list[str] = []
    node, size = _one_size(read(text))
    while node.head == "forall" or _is(node, "->") or (node.head == "let" and not node.binders):
        if node.head == "forall":
            given += [_bound(names, kind) for names, kind in node.binders]
            node = node.args[0]
        elif node.head == "let":
            given.append(rf"{typeset.name(node.text)} := {_write(node.args[0], _ALL)}")
            node = node.args[1]
        else:
            assumed.append(_write(node.args[0], 98))
            node = node.args[1]
    said = f"For all {_listed(given)}: " if given else ""
    said += f"if {_listed(assumed)}, then " if assumed else ""
    parts = [_write(part, 79) for part in _conjuncts(node)]
    return said + _listed(parts) + "." + (rf" Matrices are ${size} \times {size}$." if size else "")


def definition(text: str) -> str:
    """A definition as a sentence, or nothing if it is a record, a type or the like.

    Parameters
    ----------
    text : str
        As Coq prints it: ``name = term : type Arguments ...``.
    """
    name, equals, rest = text.partition(" = ")
    try:
        node = typed(rest.partition(" Arguments ")[0])
        return _defined(Node("name", text=name), node) if equals else ""
    except MalformedError:
        return ""


def _one_size(node: Node) -> tuple[Node, str]:
    """Leave out the size of matrices where one name is the size of all, and say it once."""
    sizes = {_write(a.args[1], _ALL) for a in _walk(node) if _is_sized(a)}
    if len(sizes) != 1:
        return node, ""
    return _without_sizes(node), sizes.pop()


def _is_sized(node: Node) -> bool:
    known = node.args[0].text if node.head == "apply" else ""
    return known in _SIZED and len(node.args) == _SIZED[known]


def _without_sizes(node: Node) -> Node:
    args = tuple(map(_without_sizes, node.args))
    return replace(node, args=args[:1] + args[2:] if _is_sized(node) else args)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for part in node.args:
        yield from _walk(part)


def _defined(name: Node, node: Node) -> str:
    bound: list[Node] = []
    while node.head in ("fun", "fix"):
        bound += [Node("name", text=n) for names, _ in node.binders for n in names]
        node = node.args[-1]
    left = _write(Node("apply", (name, *bound)) if bound else name, _ALL)
    if node.head != "match":
        return f"${left} := {_write(node, _ALL)}$."
    over, *cases = node.args
    both = zip(cases[::2], cases[1::2], strict=True)
    said = [f"${_write(r, _ALL)}$ if ${_write(over, 69)} = {_write(p, 69)}$" for p, r in both]
    return f"${left}$ is " + ", and ".join(said) + "."


def _listed(parts: Sequence[str]) -> str:
    """Formulas one after the other, which TeX may part."""
    made = [f"${p}$" for p in parts]
    return ", ".join(made[:-1]) + (" and " if made[1:] else "") + made[-1]


def _conjuncts(node: Node) -> list[Node]:
    if _is(node, "/\\"):
        return [*_conjuncts(node.args[0]), *_conjuncts(node.args[1])]
    return [node]


def _is(node: Node, sign: str) -> bool:
    return node.head == "infix" and node.text == sign


def _bound(names: Sequence[str], kind: Node) -> str:
    """``x, y in R``; functions are written with the sets that they map between."""
    listed = r", \allowbreak ".join(map(_name, names))
    if _is(kind, "->"):
        return rf"{listed} \colon {_type(kind)}"
    return rf"{listed} \in {_type(kind)}"


def _type(kind: Node) -> str:
    if kind.head == "name":
        return _SETS.get(kind.text, rf"\mathrm{{{typeset.words(kind.text)}}}")
    if kind.head == "scope":
        return _type(kind.args[0])
    if _is(kind, "->"):
        left, right = kind.args
        inner = rf"({_type(left)})" if _is(left, "->") else _type(left)
        return rf"{inner} \to {_type(right)}"
    if _is(kind, "*"):
        return r" \times ".join(map(_type, kind.args))
    return _write(kind, _ALL)


def _name(text: str) -> str:
    """``f''`` keeps its strokes, ``x2`` its index, a word stays a word."""
    if text == "_":  # a place whose value does not matter
        return r"\cdot"
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    bare = text.rstrip("'")
    strokes = text[len(bare) :]
    head = bare.partition("_")[0]
    word = len(head) > 1 and "_" in bare and typeset.name(head).startswith(r"\mathrm")
    made = rf"\mathrm{{{typeset.words(bare)}}}" if word else typeset.name(bare)
    return f"{{{made}}}{strokes}" if strokes else made


def _write(node: Node, level: int) -> str:
    """A term, in brackets if what stands beside it binds tighter than it does."""
    made, own = _made(node)
    return f"({made})" if own > level else made


def _made(node: Node) -> tuple[str, int]:
    args = node.args
    match node.head:
        case "name":
            return _name(node.text), _ATOM
        case "number":
            return node.text, _ATOM
        case "scope":
            return _made(args[0])
        case "tuple":
            return f"({', '.join(_write(a, _ALL) for a in args)})", _ATOM
        case "apply":
            return _applied(args[0], args[1:])
        case "prefix":
            return _prefixed(node.text, args[0])
        case "infix":
            return _joined(node.text, *args)
        case "chain":
            signs = [*node.text.split(), ""]
            both = zip(args, signs, strict=True)
            return " ".join(f"{_write(a, 69)} {_SIGNS.get(s, '')}" for a, s in both), _RELATION
        case "forall" | "exists":
            bound = ", ".join(_bound(names, kind) for names, kind in node.binders)
            return rf"\{node.head} {bound} \colon\; {_write(args[0], _ALL)}", _ALL
        case "fun":
            return rf"{_places(node)} \mapsto {_write(args[0], _ALL)}", _ALL
        case "let":
            place = _name(node.text) + (f"({_places(node)})" if node.binders else "")
            meaning, body = (_write(a, _ALL) for a in args)
            return rf"{body} \quad\text{{where}}\quad {place} := {meaning}", _ALL
        case "if":
            asked, one, other = (_write(a, _ALL) for a in args)
            return rf"{one} \text{{ if }} {asked} \text{{, else }} {other}", _BRACKETED
        case "match":
            over, cases = _write(args[0], 69), zip(args[1::2], args[2::2], strict=True)
            said = (rf"{_write(r, _ALL)} \text{{ if }} {over} = {_write(p, 69)}" for p, r in cases)
            return r" \text{, } ".join(said), _BRACKETED
    raise MalformedError(f"{node.head}: no statement has one")


def _places(node: Node) -> str:
    return ", ".join(_name(n) for names, _ in node.binders for n in names)


def _prefixed(sign: str, inner: Node) -> tuple[str, int]:
    match sign:
        case "/":
            return rf"\frac{{1}}{{{_write(inner, _ALL)}}}", _ATOM
        case "~":
            return rf"\lnot {_write(inner, 75)}", 75
    return f"-{_write(inner, _PREFIX - 1)}", _PREFIX


def _joined(sign: str, left: Node, right: Node) -> tuple[str, int]:
    match sign:
        case "/":
            top, bottom = _write(left, _ALL), _write(right, _ALL)
            if max(map(_width, (top, bottom))) > _WIDEST:  # a fraction cannot be broken
                return f"{_write(left, 40)} / {_write(right, 39)}", 40
            return rf"\frac{{{top}}}{{{bottom}}}", _ATOM
        case "^":
            return f"{_write(left, _APPLIED)}^{{{_write(right, _ALL)}}}", 30
    shown = _SIGNS[sign]
    own = _LEVELS.get(shown, _RELATION)
    right_first = sign in ("->", "/\\", "\\/", "::")  # as Coq groups them, to the right
    left_level = own - 1 if right_first or own == _RELATION else own
    right_level = own if right_first else own - 1
    if sign == "\\/":  # for the reader: "and" inside "or" in brackets
        left_level, right_level = 79, 79 if not _is(right, sign) else own
    first, second = _write(left, left_level), _write(right, right_level)
    if second.startswith("-") and own in (40, 50):  # no two signs side by side
        second = f"({second})"
    if sign == "*" and second[0].isdigit():
        shown = r"\cdot"  # 2 times 3 is not 23
    return f"{first} {shown} {second}", own


def _width(made: str) -> int:
    """About how many signs are seen of a formula."""
    return len(re.sub(r"\\(?:allowbreak|mathrm|mathbb|,)|[{}^_ ]", "", made))


def _applied(function: Node, args: Sequence[Node]) -> tuple[str, int]:
    known = function.text if function.head == "name" else ""
    match known, args:
        case "INR", [a]:
            return _made(a)
        case "S", [a]:
            return f"{_write(a, 50)} + 1", 50
        case "Rabs" | "Cmod", [a]:
            return rf"\lvert {_write(a, _ALL)} \rvert", _ATOM
        case "sqrt", [a]:
            return rf"\sqrt{{{_write(a, _ALL)}}}", _ATOM
        case "exp" | "ln" | "cos" | "sin", [a]:
            return rf"{_FUNCTIONS[known]}({_write(a, _ALL)})", _APPLIED
        case "Rmin" | "Rmax", [a, b]:
            return rf"{_FUNCTIONS[known]}({_write(a, _ALL)}, {_write(b, _ALL)})", _APPLIED
        case "Rpower", [a, b]:
            return f"{_write(a, _APPLIED)}^{{{_write(b, _ALL)}}}", 30
        case "tr", [a]:
            return rf"{_write(a, _APPLIED)}^{{\top}}", 30
        case "madd" | "msub" | "mscal" | "mul", [a, b]:
            return _matrices(known, a, b)
        case "mul", [d, a, b]:
            return rf"{_write(a, 40)} \cdot_{{{_write(d, _ALL)}}} {_write(b, 39)}", 40
        case "frobenius", [*size, a] if len(size) <= 1:
            sizes = "".join(f", {_write(d, _ALL)}" for d in size)
            return rf"\lVert {_write(a, _ALL)} \rVert_{{\mathrm F{sizes}}}", _ATOM
        case "total" | "product", [n, f]:
            return _ranged(r"\sum" if known == "total" else r"\prod", n, f)
        case "RInt", [f, a, b] if f.head == "fun":
            (((place,), _),) = f.binders
            ends = f"_{{{_write(a, _ALL)}}}^{{{_write(b, _ALL)}}}"
            return rf"\int{ends} {_write(f.args[0], 40)} \, d{_name(place)}", 40
    inside = r", \allowbreak ".join(_write(a, _ALL) for a in args)
    return f"{_write(function, _ATOM)}({inside})", _APPLIED


def _matrices(known: str, left: Node, right: Node) -> tuple[str, int]:
    sign, own = _MATRICES[known]
    return f"{_write(left, own)} {sign} {_write(right, own - 1)}", own


def _ranged(sign: str, count: Node, term: Node) -> tuple[str, int]:
    """A sum or a product over the indices below a count."""
    if term.head == "fun" and len(term.binders) == 1 and len(term.binders[0][0]) == 1:
        ((place,), _), body = term.binders[0], term.args[0]
        index, inner = _name(place), _write(body, _SUM)
    else:
        used = {a.text for a in _walk(term) if a.head == "name"}
        index = next(i for i in "ijlmnstuv" if i not in used)
        inner = f"{_write(term, _ATOM)}({index})"
    return rf"{sign}_{{{index} < {_write(count, _ALL)}}} {inner}", _SUM
