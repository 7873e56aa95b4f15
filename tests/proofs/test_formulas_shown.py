"""What a page and a paper show of a formula reads back, by the eye's rules, as its value.

The readers see no invisible signs: a factor that begins with a minus would be subtracted, and an
exponent belongs to what stands directly before it.
"""

import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from proofs.presentation.encyclopedia import mathml
from theory import typeset
from theory.expressions import Expression, name, number, parse, rational_value

VARIABLES = ("x", "w_1", "w_i_next", "eta", "lambda_max")
VALUES = dict(zip(VARIABLES, map(Fraction, ("2/3", "-3/2", "5", "1/7", "-4")), strict=True))
KNOWN = frozenset({"abs", "min", "max"})


def formulas(heads=("min", "max"), wrapped=("abs",)):
    leaves = st.one_of(
        st.sampled_from(VARIABLES).map(name),
        st.fractions(-3, 3, max_denominator=12).map(number),
        st.sampled_from([Fraction(1, 1000), Fraction("2.000001"), Fraction(10**7)]).map(number),
        st.sampled_from([Fraction(-1, 10**5), Fraction(1, 10**5)]).map(number),
    )

    def grow(inner):
        pairs = st.tuples(inner, inner)
        return st.one_of(
            st.builds(Expression, st.sampled_from(["+", "-", "*", "/", *heads]), pairs),
            st.builds(Expression, st.sampled_from(["neg", *wrapped]), st.tuples(inner)),
            st.builds(lambda e, n: Expression("**", (e, number(n))), inner, st.integers(0, 3)),
        )

    return st.recursive(leaves, grow, max_leaves=12)


def read(text):
    """The formula that text shows; ``~`` is a product without a sign."""
    assert not re.search(r"[-+*/]-|[-+*/]\+", text), f"two signs side by side: {text}"
    return parse(text.replace("~-", "-").replace("~", "*"), frozenset(VARIABLES), KNOWN)


def back(node):
    """Write MathML as text of the statement language again, only what is seen."""
    inner = [back(child) for child in node]
    match node.tag:
        case "mfrac":
            return f"({inner[0]})/({inner[1]})"
        case "msup" if inner[1] == "+":
            return f"{inner[0]}_next"
        case "msup":
            return f"{inner[0]}**({inner[1]})"
        case "msub":
            return f"{inner[0]}_{inner[1]}"
        case "msubsup":
            return f"{inner[0]}_{inner[1]}_next"
        case "mo" if node.text == "|":
            return "abs(" if node.get("form") == "prefix" else ")"
        case "mo" | "mi" | "mn":
            signs = {"−": "-", "\u2062": "~", "⋅": "*", "\u2061": "", "η": "eta", "λ": "lambda"}
            return signs.get(node.text, node.text)
    return "".join(inner)


def of_page(markup):
    root = ElementTree.fromstring(f"<r>{markup.replace('<wbr>', '')}</r>")
    return "".join(map(back, root))


def of_paper(text):
    """Read LaTeX: its braces group, and only those of a fraction or an exponent."""
    text = text.replace("{}^{+}", "_next").replace(r"\mathrm", "")
    text = re.sub(r"_\{(\w+|\{\w+\})\}", lambda m: f"_{m[1].strip('{}')}", text)
    text = re.sub(r"\\(eta|lambda)", r"\1", text).replace(r" \, ", "~").replace(r" \cdot ", "*")
    text = text.replace(r"\frac{", "{{").replace("}{", "}/{").replace("^{", "**{")
    while (fewer := re.sub(r"\{\{([^{}]*)\}/\{([^{}]*)\}", r"(\1)/(\2)", text)) != text or (
        fewer := re.sub(r"\*\*\{([^{}]*)\}", r"**(\1)", text)
    ) != text:
        text = fewer
    return read(text.replace(" ", ""))


def same(shown, formula):
    try:
        expected, found = rational_value(formula, VALUES), rational_value(shown, VALUES)
    except ZeroDivisionError:
        return
    assert found == expected, shown


MINUS = Expression("neg", (name("x"),))


@given(formulas())
@example(Expression("*", (number(2), MINUS)))
@example(Expression("*", (name("x"), number(-1))))
@example(Expression("**", (number(-3), number(2))))
@example(Expression("**", (number(10**7), number(2))))
@example(Expression("-", (name("x"), Expression("*", (MINUS, name("eta"))))))
def test_a_page_reads_back_as_the_formula_it_shows(formula):
    same(read(of_page(mathml.value(formula))), formula)


@given(formulas())
def test_an_exponent_of_a_page_reads_back_as_what_it_is(formula):
    if formula.head not in ("number", "/"):  # roots have a sign of their own
        shown = of_page(mathml.value(Expression("**", (name("x"), formula))))
        assert shown.startswith("x**(")
        same(read(shown[3:]), formula)


@given(formulas((), ()))
@example(Expression("*", (name("x"), number(-1))))
@example(Expression("**", (number(-3), number(2))))
@example(Expression("*", (name("x"), Expression("*", (MINUS, name("eta"))))))
def test_a_paper_reads_back_as_the_formula_it_shows(formula):
    same(of_paper(typeset.formula(formula)), formula)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("2*-x", "2⋅(−x)"),
        ("x*-1 + x", "x⋅(−1)+x"),
        ("-x*x", "−xx"),
        ("-2*-x*(x + 1)", "−2⋅(−x)(x+1)"),
        ("x - -x", "x−(−x)"),
        ("x + -x", "x−x"),
        ("x**(x/2*x)", "x(x/2)x"),
        ("ln2**2", "(ln2)2"),
        ("ln2*x", "(ln2)⋅x"),
        ("prod(x, 3)*x", "(∏13x)x"),
    ],
)
def test_parentheses_are_where_a_reader_needs_them(text, seen):
    made = mathml.value(parse(text, frozenset({"x", "ln2"}), frozenset({"prod"})))
    assert str(made.striptags()).translate({0x2062: "", 0x2061: ""}) == seen
