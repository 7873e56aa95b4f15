"""Sentences in LaTeX: what in them is a formula is set as one, in mathematical mode throughout."""

from __future__ import annotations

import re

from theory.notation import prose

_OPERATOR = re.compile(r"[-+−±=≠<>≤≥→·*/]+")
_FORMULA = re.compile(
    r"""[|(−-]*(?:
        [A-Za-z]'* (?![A-Za-z])               # one letter, perhaps with primes
      | d[a-zA-Z]/d                           # a derivative
      | (?:exp|ln|log)(?:\(|$) | \.\.\.$
      | [0-9]+ (?![A-Za-z])
      | [^\x00-\x7f–]                         # Greek, a big operator, a root
    ) .* | [A-Za-z]+[^\x00-\x7f–’].* """,
    re.X,
)
_SYMBOLS = {
    **{s: f"_{c}" for c, s in zip("0123456789ijklmnp", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙₚ", strict=True)},
    **{s: f"^{c}" for c, s in zip("0123456789kn-+", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵏⁿ⁻⁺", strict=True)},
    **{"₊": "_+", "₋": "_-", "ᵀ": r"^{\mathsf T}", "ẇ": r"\dot w", "−": "-", "*": r"\ast "},
    **{"∏": r"\prod", "Σ": r"\sum", "σ": r"\sigma ", "η": r"\eta ", "ζ": r"\zeta "},
    **{"λ": r"\lambda ", "∂": r"\partial ", "∇": r"\nabla ", "√": r"\surd ", "·": r"\cdot "},
    **{"±": r"\pm ", "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "→": r"\to ", "∞": r"\infty "},
    **{"Ω": r"\Omega ", "_": "_", "{": "{", "}": "}", "%": r"\%", "#": r"\#", "&": r"\&"},
}
_WORDS = {"_": r"\_", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "&": r"\&", "^": r"\^{}"}
_WORDS |= {"–": "--"}


def latex_prose(text: str) -> str:
    """Write a sentence in LaTeX, its formulas between dollar signs.

    A formula is what stands around signs: words that begin like one (``wᵢ``, ``f'(p)``, ``|v|``),
    and what operators join to them. The letter a is an article unless an operator is next to it.
    """
    made: list[str] = []
    chunk: list[str] = []
    words = re.sub(r"Σ_\{[^}]*\}|∏_\{[^}]*\}", lambda m: m[0].replace(" ", ""), prose(text)).split()
    for n, word in enumerate(words):
        following = words[n + 1] if n + 1 < len(words) else ""
        bare = word.rstrip(",.;:)")
        joined = bool(_OPERATOR.fullmatch(following)) or bool(
            chunk and _OPERATOR.fullmatch(chunk[-1])
        )
        operator = bool(_OPERATOR.fullmatch(word)) and bool(chunk)
        letter = bare.lstrip("(")
        begins = not made or made[-1].endswith(".")
        article = letter in ("a", "I") or (letter == "A" and begins and not chunk)
        formula = bool(_FORMULA.fullmatch(word)) and (not article or joined)
        formula = formula and (not letter.isdecimal() or joined or bool(chunk))
        if not (operator or formula):
            made += [*_closed(chunk), _plain(word)]
            chunk = []
            continue
        chunk.append(word)
        inside = "".join(chunk)[1:]  # a bracket at the beginning is of the sentence
        if word[-1] in ",.;:" and word != "..." and inside.count("(") <= inside.count(")"):
            made += _closed(chunk)
            chunk = []
    return " ".join([*made, *_closed(chunk)])


def _closed(chunk: list[str]) -> list[str]:
    """A formula between dollar signs; what belongs to the sentence around it stands outside."""
    text = " ".join(chunk)
    before = after = ""
    while text and (text[-1] in ",.;:" or (text[-1] == ")" and text.count(")") > text.count("("))):
        text, after = text[:-1], text[-1] + after
    while text.startswith("(") and text.count("(") > text.count(")"):
        text, before = text[1:], before + "("
    return [f"{before}${_formula(text)}${after}"] if text else [before + after] * bool(chunk)


def _formula(text: str) -> str:
    text = re.sub(r"\^\(([^()]*)\)", r"^{\1}", text)
    text = re.sub(r"\b(exp|ln|log|max|min)\b", r"\\\1 ", text)
    text = re.sub(r"(?<![A-Za-z\\])([A-Za-z])([0-9])(?![0-9])", r"\1_\2", text)
    text = text.replace("...", r"\dots ")
    made = "".join(_SYMBOLS.get(letter, letter) for letter in text)
    made = re.sub(r"(?:_[0-9a-z+-]){2,}", lambda m: f"_{{{m[0].replace('_', '')}}}", made)
    return re.sub(r"(?:\^[0-9a-z+-]){2,}", lambda m: f"^{{{m[0].replace('^', '')}}}", made)


def _plain(word: str) -> str:
    if _OPERATOR.fullmatch(word):
        return f"${''.join(_SYMBOLS.get(sign, sign) for sign in word)}$"
    return "".join(_WORDS.get(c) or (f"${_SYMBOLS[c]}$" if c in _SYMBOLS else c) for c in word)
