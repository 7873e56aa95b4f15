"""Names and sentences in mathematical notation: ``w_i_next`` in MathML, ``w_i^2`` in HTML."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from theory.looks import ALIKE

GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "iota": "ι",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ",
    "Delta": "Δ",
    "Theta": "Θ",
    "Lambda": "Λ",
    "Xi": "Ξ",
    "Pi": "Π",
    "Sigma": "Σ",
    "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω",
    "ell": "ℓ",
    "lam": "λ",
}
_DOTTED = re.compile(r"([A-Za-z])dot")
_NUMBERED = re.compile(r"([A-Za-z]|[a-z]{2,})([0-9]+)")
_SIGNS = {"plus": "+", "minus": "−", "inf": "∞", "star": "∗"}


def identifier(name: str) -> Markup:
    """Write a name: its head, what follows the first underscore below it, ``next`` as a plus.

    Examples
    --------
    ``w_1``, ``w_i_next``, ``wdot_j``, ``eta``, ``lambda_max``, ``c0``, ``median_bound``, ``S_``.
    """
    if name in ALIKE.get():
        return Markup("<mtext>{}</mtext>").format(name)
    if ".." in name:  # a sequence, w_1..w_n
        return Markup("<mo>,</mo><mo>…</mo><mo>,</mo>").join(map(identifier, name.split("..")))
    if primes := len(name) - len(name.rstrip("_")):
        made = Markup("<msup><mrow>{}</mrow><mo>{}</mo></msup>")
        return made.format(identifier(name.rstrip("_")), "′" * primes)
    if name == "ln2":
        return Markup("<mrow><mi>ln</mi><mo>&#x2061;</mo><mn>2</mn></mrow>")
    head, *parts = name.split("_")
    after = bool(parts) and parts[-1] == "next"
    below = parts[:-1] if after else parts
    numbered = _NUMBERED.fullmatch(head)
    if numbered and not below:
        head, below = numbered[1], [numbered[2]]
    base, subscript = _head(head), _below(below)
    if after and below:
        return Markup("<msubsup>{}{}<mo>+</mo></msubsup>").format(base, subscript)
    if after:
        return Markup("<msup>{}<mo>+</mo></msup>").format(base)
    return Markup("<msub>{}{}</msub>").format(base, subscript) if below else base


def _head(text: str) -> Markup:
    if dotted := _DOTTED.fullmatch(text):
        return Markup("<mover><mi>{}</mi><mo>˙</mo></mover>").format(dotted[1])
    return Markup("<mi>{}</mi>").format("∞" if text == "inf" else GREEK.get(text, text))


def _below(parts: list[str]) -> Markup:
    written = []
    for part in parts:
        if part.isdigit():
            written.append(Markup("<mn>{}</mn>").format(part))
        elif part in _SIGNS:
            written.append(Markup("<mo>{}</mo>").format(_SIGNS[part]))
        elif part in GREEK or len(part) > 3:
            written.append(Markup("<mi>{}</mi>").format(GREEK.get(part, part)))
        else:
            digit, letter = Markup("<mn>{}</mn>"), Markup("<mi>{}</mi>")
            letters = ((digit if c.isdigit() else letter).format(c) for c in part)
            written.append(Markup("").join(letters))
    return Markup("<mrow>{}</mrow>").format(Markup("<mo>,</mo>").join(written))


_RAISED = re.compile(
    r"(?P<mark>[_^])(?:\{(?P<group>[^{}]*)\}|\((?P<bracket>[^()]*(?:\([^()]*\)[^()]*)*)\)"
    r"|(?P<bare>-?[0-9]+|-?[A-Za-z]{1,3}\b))"
)
_PLAIN = (
    (">=", "≥"),
    ("<=", "≤"),
    ("!=", "≠"),
    ("<>", "≠"),
    (" /= ", " ≠ "),
    ("O~(", "Õ("),
    ("->", "→"),
    ("**", "^"),
    (" - ", " − "),
    ("= -", "= −"),
)
_WORDS = re.compile(
    r"(?<![A-Za-z])("
    + "|".join(
        sorted(
            set(GREEK) - {"pi", "mu", "nu", "xi", "chi", "lam", "ell", "Pi", "Psi", "Phi", "Xi"},
            key=len,
        )
    )
    + r")(?![A-Za-z])"
)
_SHORT = (
    (re.compile(r"\beps\b"), "ε"),
    (re.compile(r"\bgrad (?=\w\b)|\bgrad(?=[_|])"), "∇"),
    (re.compile(r"\bsqrt(?=\()|\bsqrt (?=\w\b|\d)"), "√"),
)
_GREEK_FEW = re.compile(r"\b(pi|mu)(?=[\s_^)/*,.;]|$)")


def sentence(text: str) -> Markup:
    """Write the formulas in a sentence in Unicode with subscripts; leave its words alone."""
    for plain, sign in _PLAIN:
        text = text.replace(plain, sign)
    text = re.sub(r"(?<=[A-Za-z0-9)\]])\*(?=[A-Za-z0-9(])", "·", text)
    text = _WORDS.sub(lambda m: GREEK[m[1]], text)
    text = _GREEK_FEW.sub(lambda m: GREEK[m[1]], text)
    for word, sign in _SHORT:
        text = word.sub(sign, text)
    made, position = [], 0
    for match in _RAISED.finditer(text):
        if match.start() == 0 or not (
            text[match.start() - 1].isalnum() or text[match.start() - 1] in ")]}|'"
        ):
            continue
        inside = match["group"] or match["bracket"] or match["bare"] or ""
        tag = "sub" if match["mark"] == "_" else "sup"
        made += [
            escape(text[position : match.start()]),
            Markup("<{0}>{1}</{0}>").format(tag, inside.replace("-", "−")),
        ]
        position = match.end()
    return Markup("").join([*made, escape(text[position:])])
