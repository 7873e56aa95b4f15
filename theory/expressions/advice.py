"""What to write instead of a spelling of another language: the fix that an error proposes."""

from __future__ import annotations

import re
from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "if": "cases are written piecewise(x >= 0, x, 0)",
    "else": "cases are written piecewise(x >= 0, x, 0)",
    "for": "an index is written max(i, 1, n, a_i)",
    "iff": "an equivalence is two claims: what is assumed stands under the key hypotheses",
    "implies": "what is assumed stands under the key hypotheses",
    "exists": "a claim is about all values of its variables: give the value that exists",
    "forall": "a claim is about all values of its variables, without a word for it",
    "subject": "what is assumed stands under the key hypotheses",
    "where": "what is assumed stands under the key hypotheses, abbreviations under definitions",
    "mod": "there is no remainder in formulas; x - n*floor(x/n) is one",
}
"""Words that formulas of other languages have between their parts, and what to write."""

FUNCTIONS: Mapping[str, str] = {
    "rank": "ranks are not covered; a bound by the rank is one by the size",
    "cond": "write sigma_max(A)/sigma_min(A), or lambda_max(A)/lambda_min(A) for a psd A",
    "diag": "give the matrix by its entries, under matrices",
    "expm": "exponentials of matrices are not covered",
    "softmax": "write exp(x_1)/sum(i, 1, n, exp(x_i))",
    "logsumexp": "write log(sum(i, 1, n, exp(x_i)))",
    "lse": "write log(sum(i, 1, n, exp(x_i)))",
    "mean": "write sum(i, 1, n, a_i)/n, or E(X) of a draw",
    "avg": "write sum(i, 1, n, a_i)/n",
    "std": "write sqrt(Var(X))",
    "KL": "write sum(i, 1, n, p_i*log(p_i/q_i))",
    "sup": "a bound of a supremum is one of all values; of n values, max(i, 1, n, a_i)",
    "inf": "a bound of an infimum is one of all values; of n values, min(i, 1, n, a_i)",
    "lim": "limits are not covered; a sum to infinity is sum(i, 1, inf, a_i)",
    "argmin": 'a minimiser is declared: xs = "minimiser of f"',
    "argmax": "the largest value is max(i, 1, n, a_i)",
    "digamma": "write diff(loggamma(x), x)",
    "mod": "x - n*floor(x/n) is the remainder",
    "hess": "a claim sees a function by values and gradients",
    "indicator": "write piecewise(x >= 0, 1, 0), or P(X >= 0) of a draw",
}
"""Functions of other languages, and what to write."""

_SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"\\[A-Za-z]+", "formulas are plain text, not LaTeX: <=, >=, sqrt(x), x/y, x**2"),
    (r"<=>|⇔|⟺|↔", WORDS["iff"]),
    (r"\bexists\b|∃", WORDS["exists"]),
    (r"\bforall\b|∀", WORDS["forall"]),
    (r"\bfor\b|\.\.|…", WORDS["for"]),
    (r"->|→|⇒|⟹|\bimplies\b", "what is assumed stands under the key hypotheses"),
    (r"=>", "write >= where => stands; what is assumed stands under the key hypotheses"),
    (r"=<", "write <= where =< stands"),
    (r"<>", "write != where <> stands"),
    (r"[{}]", "write parentheses where braces stand"),
    (r";", "several conclusions are joined by `and`, or stand in a list"),
    (r"%", "there is no remainder in formulas; x - n*floor(x/n) is one"),
    (r"&(?!&)|(?<!\|)\|\|(?!\|)", "comparisons are joined by `and`, `or`"),
)


def advised(text: str, problem: str) -> str:
    """A problem with a formula, and what was probably meant by a sign that means nothing here."""
    for spelling, fix in _SPELLINGS:
        if re.search(spelling, text):
            return f"{problem}; {fix}"
    return problem


def bare(function: str, following: str) -> str:
    """A problem with the name of a function that is applied to nothing, or raised before it is."""
    if following == "*" and len(function) == 1 and function.islower():
        return f'write {function}(xs) where {function}* stands, with xs = "minimiser of {function}"'
    power = following in ("**", "^")
    better, stands = f"{function}(x){'**2' * power}", f"{function}{'**2(x)' * power}"
    return f"write {better} where {stands} stands"
