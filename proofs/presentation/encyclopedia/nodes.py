"""Each node of a formula in MathML: what stands above, below, within a root or in parentheses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from markupsafe import Markup

from proofs.presentation.encyclopedia.names import identifier
from theory.expressions import Expression
from theory.looks import ASKED

RELATIONS = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_UPRIGHT = {"log": "ln", "sign": "sgn"}
_LETTERS = {"E": "𝔼", "P": "ℙ"}
_SUM, _OPEN, _PRODUCT, _SIGN, _POWER, _ATOM = 1, 2, 3, 4, 5, 6
"""Open at its end is what a factor behind it would seem to belong to: ``1/2 x``, ``ln 2 x``."""
_WIDE = 40
_TIMES, _DOT, _APPLY = "\u2062", "⋅", "\u2061"


def rational(number: Fraction) -> Markup:
    """Typeset a number: short ratios as fractions, terminating decimals as decimals."""
    if number < 0:
        return Markup("<mrow><mo>−</mo>{}</mrow>").format(rational(-number))
    numerator, denominator = number.numerator, number.denominator
    if denominator == 1:
        return _integer(numerator)
    if numerator == 1 and (zeros := _power_of_ten(denominator)) > 3:
        return Markup("<msup><mn>10</mn><mrow><mo>−</mo><mn>{}</mn></mrow></msup>").format(zeros)
    digits = next((d for d in range(13) if 10**d % denominator == 0), None)
    if digits is not None and denominator > 10:
        text = str(numerator * 10**digits // denominator).rjust(digits + 1, "0")
        return Markup("<mn>{}.{}</mn>").format(text[:-digits], text[-digits:])
    return Markup("<mfrac>{}{}</mfrac>").format(_integer(numerator), _integer(denominator))


def _integer(value: int) -> Markup:
    if value >= 10**6 and (zeros := _power_of_ten(value)):
        return Markup("<msup><mn>10</mn><mn>{}</mn></msup>").format(zeros)
    return Markup("<mn>{}</mn>").format(value)


def _power_of_ten(value: int) -> int:
    """The exponent, if this is 10, 100, 1000 and so on; otherwise 0."""
    zeros = len(str(value)) - 1 if value < 10**4000 else 0
    return zeros if zeros and value == 10**zeros else 0


def operator(sign: str) -> Markup:
    """A sign between two terms, at which a line may break."""
    return Markup('<mo form="infix">{}</mo>').format(sign)


def terms(e: Expression, outer: int) -> Iterable[Markup]:
    """The summands of a sum, each but the first with its sign."""
    if e.head not in ("+", "-") or outer > _SUM:
        yield from _broken(e, outer)
        return
    yield from terms(e.args[0], _SUM)
    last, sign = e.args[1], e.head
    if sign == "+" and last.head == "neg":
        last, sign = last.args[0], "-"
    level = _SUM if sign == "+" else _OPEN
    first, *rest = _broken(last, _ATOM if _signed(last, False) else level)
    yield Markup("{}{}").format(operator("−" if sign == "-" else "+"), first)
    yield from rest


def _broken(e: Expression, outer: int) -> Iterable[Markup]:
    """One summand; a long sum that is its last factor is broken at its own summands."""
    factor = e.args[1] if e.head == "*" else e
    whole = factor is e or outer > _PRODUCT or factor.head not in ("+", "-")
    if whole or sum(1 for _ in factor.walk()) < _WIDE:
        yield _write(e, outer)
        return
    inside = list(terms(factor, 0))
    before = Markup("{}<mo>{}</mo>").format(_write(e.args[0], _PRODUCT), _TIMES)
    inside[0] = Markup('{}<mo stretchy="false">(</mo>{}').format(before, inside[0])
    inside[-1] = Markup('{}<mo stretchy="false">)</mo>').format(inside[-1])
    yield from inside


def _write(e: Expression, outer: int, flat: bool = False) -> Markup:
    """Write an expression that stands where precedence ``outer`` is wanted.

    ``flat``: within an exponent, where fractions are written on one line.
    """
    made, own = _node(_number_of(e), flat)
    return fenced(made) if own < outer else made


def _signed(e: Expression, flat: bool) -> bool:
    """Whether what is written begins with a minus, in its first factor or summand too."""
    first = _number_of(e)
    if first.head == "number":
        return first.value is not None and first.value < 0
    inner = ("+", "-", "*", "/") if flat else ("+", "-", "*")
    return first.head == "neg" or (first.head in inner and _signed(first.args[0], flat))


def _number_of(e: Expression) -> Expression:
    """Read a quotient of two integers as the number it is: texts do not tell them apart."""
    if e.head == "/" and all(a.head == "number" for a in e.args):
        above, below = (a.value for a in e.args)
        if above is not None and below and above.denominator == below.denominator == 1:
            return Expression("number", value=above / below)
    return e


def _node(e: Expression, flat: bool) -> tuple[Markup, int]:
    own = e.head in ASKED.get()  # a function of the claim, whatever else its name means
    if e.head in _HEADS and not own:
        return _HEADS[e.head](e, flat)
    if own or "_" in e.head:
        return _applied(identifier(e.head), e.args, flat), _ATOM
    name = Markup("<mi>{}</mi>").format(_LETTERS.get(e.head, _UPRIGHT.get(e.head, e.head)))
    return _applied(name, e.args, flat), _ATOM


def _applied(name: Markup, arguments: Iterable[Expression], flat: bool) -> Markup:
    inside = Markup("<mo>,</mo>").join(_write(a, 0, flat) for a in arguments)
    return Markup("<mrow>{}<mo>{}</mo>{}</mrow>").format(name, _APPLY, fenced(inside))


def fenced(inside: Markup, left: str = "(", right: str = ")") -> Markup:
    """Something in parentheses that grow with it."""
    fence = Markup('<mo fence="true" form="{}" stretchy="true">{}</mo>')
    return Markup("<mrow>{}{}{}</mrow>").format(
        fence.format("prefix", left), inside, fence.format("postfix", right)
    )


def _number(e: Expression, flat: bool) -> tuple[Markup, int]:
    assert e.value is not None
    if flat and e.value.denominator != 1:
        text = Markup("<mn>{}</mn><mo>/</mo><mn>{}</mn>")
        return text.format(e.value.numerator, e.value.denominator), _OPEN
    made = rational(e.value)
    if e.value < 0 or "<mfrac>" in made:
        return made, _PRODUCT
    return made, _POWER if "<msup>" in made else _ATOM


def _name(e: Expression, flat: bool) -> tuple[Markup, int]:
    made = identifier(e.name)
    # w_i^+ squared is (w_i^+)^2: a name with a superscript of its own is no base of a power.
    raised = _SIGN if made.startswith(("<msup>", "<msubsup>")) else _ATOM
    return made, _OPEN if made.startswith("<mrow>") else raised  # ln 2


def _sum(e: Expression, flat: bool) -> tuple[Markup, int]:
    if flat:
        left, right = e.args
        wanted = _ATOM if _signed(right, True) else _OPEN
        pieces = _write(left, _SUM, True), operator("+" if e.head == "+" else "−")
        return _row(Markup("").join((*pieces, _write(right, wanted, True)))), _SUM
    return Markup("<mrow>{}</mrow>").format(Markup("").join(terms(e, 0))), _SUM


def _times(e: Expression, flat: bool) -> tuple[Markup, int]:
    left, right = e.args
    between = _DOT if _visible(left, right) or _signed(right, flat) else _TIMES
    made = Markup("<mrow>{}<mo>{}</mo>{}</mrow>").format(
        _write(left, _PRODUCT, flat), between, _write(right, _SIGN, flat)
    )
    return made, _PRODUCT


def _visible(left: Expression, right: Expression) -> bool:
    """Whether a product needs a dot: before numbers, and next to names of several letters."""
    first, last = _number_of(right), _number_of(left)
    while first.head in ("*", "**"):
        first = first.args[0]
    while last.head == "*":
        last = last.args[1]
    return first.head == "number" or first.head == "/" or _word(first) or _word(last)


def _word(e: Expression) -> bool:
    if e.head == "**":
        return _word(e.args[0])
    return e.head == "name" and len(identifier(e.name).striptags().partition("_")[0]) > 3


def _ratio(e: Expression, flat: bool) -> tuple[Markup, int]:
    if flat:
        left, right = _write(e.args[0], _PRODUCT, True), _write(e.args[1], _SIGN, True)
        return Markup("<mrow>{}<mo>/</mo>{}</mrow>").format(left, right), _OPEN
    return Markup("<mfrac>{}{}</mfrac>").format(
        _row(_write(e.args[0], 0)), _row(_write(e.args[1], 0))
    ), _PRODUCT


def _negative(e: Expression, flat: bool) -> tuple[Markup, int]:
    made = Markup('<mrow><mo form="prefix">−</mo>{}</mrow>')
    return made.format(_write(e.args[0], _SIGN, flat)), _PRODUCT


def _power(e: Expression, flat: bool) -> tuple[Markup, int]:
    base, exponent = e.args
    if not flat and (root := _root(exponent)):
        inside = _row(_write(base, 0))
        if root == 2:
            return Markup("<msqrt>{}</msqrt>").format(inside), _ATOM
        return Markup("<mroot>{}<mn>{}</mn></mroot>").format(inside, root), _ATOM
    made = Markup("<msup>{}{}</msup>").format(
        _row(_write(base, _ATOM, flat)), _row(_write(exponent, 0, True))
    )
    return made, _POWER


def _root(exponent: Expression) -> int:
    """Read 1/n, as a number or as a quotient; 0 for any other exponent."""
    if exponent.head == "number" and exponent.value is not None and exponent.value.numerator == 1:
        return exponent.value.denominator if 1 < exponent.value.denominator < 100 else 0
    if exponent.head == "/" and all(a.head == "number" for a in exponent.args):
        above, below = (a.value for a in exponent.args)
        if above == 1 and below is not None and below.denominator == 1 and 1 < below < 100:
            return below.numerator
    return 0


def _square_root(e: Expression, flat: bool) -> tuple[Markup, int]:
    return Markup("<msqrt>{}</msqrt>").format(_row(_write(e.args[0], 0))), _ATOM


def _absolute(e: Expression, flat: bool) -> tuple[Markup, int]:
    return fenced(_write(e.args[0], 0, flat), "|", "|"), _ATOM


def _exponential(e: Expression, flat: bool) -> tuple[Markup, int]:
    inside = e.args[0]
    if flat or sum(1 for _ in inside.walk()) > 8:
        return _applied(Markup("<mi>exp</mi>"), e.args, flat), _ATOM
    return Markup("<msup><mi>e</mi>{}</msup>").format(_row(_write(inside, 0, True))), _POWER


def _transpose(e: Expression, flat: bool) -> tuple[Markup, int]:
    base = _row(_write(e.args[0], _ATOM, flat))
    return Markup("<msup>{}<mo>⊤</mo></msup>").format(base), _POWER


def _product_of_draws(e: Expression, flat: bool) -> tuple[Markup, int]:
    """``prod(x, k)``: the product of k independent copies of x."""
    inside, many = e.args
    made = Markup("<mrow><munderover><mo>∏</mo><mrow><mn>1</mn></mrow>{}</munderover>{}</mrow>")
    return made.format(_row(_write(many, 0, True)), _write(inside, _SIGN, flat)), _OPEN


def _event(e: Expression, flat: bool) -> tuple[Markup, int]:
    left, right = (_write(a, 0, flat) for a in e.args)
    return Markup("<mrow>{}{}{}</mrow>").format(left, operator(RELATIONS[e.head]), right), 0


def _mean(e: Expression, flat: bool) -> tuple[Markup, int]:
    """A mean; under events it is a conditional one."""
    inside, *events = (_write(a, 0, flat) for a in e.args)
    if events:
        given = Markup("<mo>,</mo>").join(events)
        inside = Markup('<mrow>{}<mo form="infix">|</mo>{}</mrow>').format(inside, given)
    made = Markup("<mrow><mi>{}</mi><mo>{}</mo>{}</mrow>")
    return made.format(_LETTERS["E"], _APPLY, fenced(inside, "[", "]")), _ATOM


def _all_or_one(e: Expression, flat: bool) -> tuple[Markup, int]:
    between = Markup("<mtext>\u00a0{}\u00a0</mtext>").format(e.head)
    return _row(between.join(_write(a, 0, flat) for a in e.args)), 0


def _cases(e: Expression, flat: bool) -> tuple[Markup, int]:
    """Condition, value, condition, value, ..., and the value in all other cases."""
    line = Markup("<mtr><mtd>{}</mtd><mtd><mtext>{}\u00a0</mtext>{}</mtd></mtr>")
    *cases, last = e.args
    rows = [
        line.format(_write(v, 0), "if", _write(c, 0))
        for c, v in zip(cases[::2], cases[1::2], strict=True)
    ]
    table = Markup("").join([*rows, line.format(_write(last, 0), "otherwise", "")])
    made = Markup('<mrow><mo fence="true" form="prefix" stretchy="true">{{</mo>')
    return made.format() + Markup('<mtable class="cases">{}</mtable></mrow>').format(table), _OPEN


def _row(made: Markup) -> Markup:
    return Markup("<mrow>{}</mrow>").format(made)


def _bounded(e: Expression, flat: bool) -> tuple[Markup, int]:
    """A sum, product, maximum or minimum over an index."""
    index, first, last, inside = (_row(_write(a, 0, True)) for a in e.args)
    if e.head in ("max_", "min_"):
        below = Markup("{}<mo>≤</mo>{}<mo>≤</mo>{}").format(first, index, last)
        made = Markup("<mrow><munder><mi>{}</mi><mrow>{}</mrow></munder>{}</mrow>")
        return made.format(e.head[:-1], below, fenced(inside)), _OPEN
    below = Markup("{}<mo>=</mo>{}").format(index, first)
    made = Markup("<mrow><munderover><mo>{}</mo><mrow>{}</mrow>{}</munderover>{}</mrow>")
    return made.format(_OVER[e.head], below, last, fenced(inside)), _OPEN


def _item(e: Expression, flat: bool) -> tuple[Markup, int]:
    base, index = (_row(_write(a, 0, True)) for a in e.args)
    return Markup("<msub>{}{}</msub>").format(base, index), _ATOM


def _norm(e: Expression, flat: bool) -> tuple[Markup, int]:
    made = fenced(_write(e.args[0], 0, flat), "‖", "‖")
    if sign := {"norm2": "2", "nuclear": "∗", "norm1": "1", "norm_inf": "∞"}.get(e.head):
        return Markup("<msub>{}<mn>{}</mn></msub>").format(made, sign), _SIGN
    return made, _ATOM


def _floor(e: Expression, flat: bool) -> tuple[Markup, int]:
    return fenced(_write(e.args[0], 0, flat), "⌊", "⌋"), _ATOM


def _inner(e: Expression, flat: bool) -> tuple[Markup, int]:
    inside = Markup("<mo>,</mo>").join(_write(a, 0, flat) for a in e.args)
    return fenced(inside, "⟨", "⟩"), _ATOM


def _inverse(e: Expression, flat: bool) -> tuple[Markup, int]:
    base = _row(_write(e.args[0], _ATOM, flat))
    return Markup("<msup>{}<mrow><mo>−</mo><mn>1</mn></mrow></msup>").format(base), _POWER


def _gradient(e: Expression, flat: bool) -> tuple[Markup, int]:
    of = Markup("<mrow><mo>∇</mo>{}</mrow>").format(_write(e.args[0], _ATOM, flat))
    return _applied(of, e.args[1:], flat), _ATOM


def _proximal(e: Expression, flat: bool) -> tuple[Markup, int]:
    """``prox(h, t, x)`` and ``resolvent(A, t, x)``: the step times the function, below."""
    word = "prox" if e.head == "prox" else "J"
    of, step = (_write(a, _PRODUCT, True) for a in e.args[:2])
    head = Markup("<msub><mi>{}</mi><mrow>{}{}</mrow></msub>").format(word, step, of)
    return _applied(head, e.args[2:], flat), _ATOM


def _integral(e: Expression, flat: bool) -> tuple[Markup, int]:
    inside, over, low, high = (_row(_write(a, 0, flat)) for a in e.args)
    made = Markup("<mrow><msubsup><mo>∫</mo>{}{}</msubsup>{}<mi>d</mi>{}</mrow>")
    return made.format(low, high, fenced(inside), over), _PRODUCT


def _derivative(e: Expression, flat: bool) -> tuple[Markup, int]:
    inside, by = (_row(_write(a, 0, flat)) for a in e.args)
    made = Markup("<mrow><mfrac><mi>d</mi><mrow><mi>d</mi>{}</mrow></mfrac>{}</mrow>")
    return made.format(by, fenced(inside)), _OPEN


_OVER = {"sum_": "∑", "prod_": "∏"}
_HEADS: dict[str, Callable[[Expression, bool], tuple[Markup, int]]] = {
    "number": _number,
    "name": _name,
    "+": _sum,
    "-": _sum,
    "*": _times,
    "/": _ratio,
    "**": _power,
    "neg": _negative,
    "sqrt": _square_root,
    "abs": _absolute,
    "exp": _exponential,
    "T": _transpose,
    "prod": _product_of_draws,
    **dict.fromkeys(("sum_", "prod_", "max_", "min_"), _bounded),
    "item": _item,
    **dict.fromkeys(("norm", "norm2", "norm1", "norm_inf", "nuclear"), _norm),
    "floor": _floor,
    "dot": _inner,
    "inv": _inverse,
    "grad": _gradient,
    **dict.fromkeys(("prox", "resolvent"), _proximal),
    "integrate": _integral,
    "diff": _derivative,
    **dict.fromkeys(RELATIONS, _event),
    "E": _mean,
    **dict.fromkeys(("and", "or"), _all_or_one),
    "piecewise": _cases,
}
