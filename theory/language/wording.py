"""Classes of functions and operators as papers say them: L-smooth, μ-strongly convex.

Each is another spelling of a word with its parameter, and is read as that word.
"""

from __future__ import annotations

import re

_PARAMETER = re.compile(r"(?P<inner>[^\s()-][^()-]*|\(.+\))\s*-\s*(?P<word>[A-Za-z][A-Za-z -]*)")
_SAME = {
    "closed convex": "convex",
    "proper closed convex": "convex",
    "closed proper convex": "convex",
    "convex set": "set",
    "closed convex set": "set",
    "lipschitz continuous": "lipschitz",
    "lipschitz gradient": "smooth",
    "polyak-lojasiewicz": "PL",
    "pl": "PL",
    "non-expansive": "nonexpansive",
    "co-coercive": "cocoercive",
    "firmly nonexpansive": "cocoercive(1)",
    "firmly non-expansive": "cocoercive(1)",
    "maximal monotone": "monotone",
    "maximally monotone": "monotone",
}


def worded(part: str) -> str:
    """One property in the words of this language: ``L-smooth`` as ``smooth(L)``."""
    text = part.strip()
    if text.lower() in ("nonconvex", "non-convex"):  # it need not be convex
        return ""
    head, bracket, rest = text.partition("(")
    said = _word(head)
    if said is not None:
        return said if not bracket else f"{said}({rest}" if "(" not in said else text
    match = _PARAMETER.fullmatch(text)
    said = _word(match["word"]) if match else None
    if match is None or said is None or "(" in said:
        return text
    return f"{said}({match['inner'].strip()})"


def _word(text: str) -> str | None:
    """A property without its parameter, however it is spelled."""
    small = " ".join(text.lower().split())
    known = _SAME.get(small, small.replace("-", " "))
    return known if known.partition("(")[0] in _KNOWN else None


_KNOWN = frozenset({
    "convex", "smooth", "strongly convex", "weakly convex", "lipschitz", "PL", "set", "monotone",
    "strongly monotone", "cocoercive", "comonotone", "nonexpansive",
})  # fmt: skip


def point(domain: str) -> str:
    """A point in the words of this language: ``argmin of f`` is a minimiser of it."""
    match = _POINT.match(domain.strip())
    if match is None:
        return domain.strip()
    return f"minimiser of {match['inner'] or domain.strip()[match.end() :]}".strip()


_POINT = re.compile(r"(?:an? |the )?(?:minimi[sz]er of|arg ?min(?: of)?) +(?=\w)"
                    r"|(?:the )?arg ?min *\((?P<inner>.*)\)$")  # fmt: skip


def elsewhere(domain: str) -> str:
    """Where something is declared that is no domain, or that it is not covered; or nothing."""
    return next((said for words, said in _ELSEWHERE if re.search(words, domain)), "")


_ELSEWHERE = (
    (r"sphere|unit vector|random direction",
     "the uniform law on a sphere is not covered; a gaussian vector(n) is, with its norm"),
    (r"random vector|vector of (normal|gaussian|draw)", "random vectors are gaussian vector(n)"),
    (r"(random|gaussian|gue|goe|wishart).*matrix|matrix.*of (normal|gaussian)",
     "random matrices are not covered"),
    (r"uniform (on|over|in) *\{?\d|uniform *\{",
     "a law on finitely many values is twopoint(a, b, m), bernoulli(p) or binomial(k, p)"),
    (r"\bset\b", 'a set is declared as functions = {C = "set"}, a point as "point of C"'),
    (r"function|smooth|convex", 'a function is declared as functions = {f = "smooth(L)"}'),
    (r"operator|monotone|lipschitz|nonexpansive",
     'an operator is declared as operators = {T = "nonexpansive"}'),
)  # fmt: skip
