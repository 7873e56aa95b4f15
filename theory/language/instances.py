"""A claim for small sizes, as text: n = 2 put for n wherever it stands.

What has no formula for every n often has one for n = 1, 2, 3, and a claim that fails there fails.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from fractions import Fraction
from itertools import product
from typing import Any

from theory.errors import InputError
from theory.expressions import Expression, parse_condition, plain, rational_value
from theory.language.domains import INFINITE, Quantified, apart, parted

SIZES = (1, 2, 3)
LARGE = (12, 40)  # where a size counts no variables
_MANY = (("each",), ("vector",), ("spectrum",))
MAX_INSTANCES = 6
_WORD = re.compile(r"[A-Za-z_]\w*")
_MEMBER = re.compile(
    r"(?P<many>\s*(?:sequence\s+of\s+)?)(?P<kind>sub-?gaussian|bounded|random)\s*\((?P<inner>.*)\)\s*",
    re.IGNORECASE | re.DOTALL,
)


def instances(
    claim: Mapping[str, Any], quantified: Mapping[str, Quantified], formulas: Collection[Expression]
) -> Iterator[tuple[dict[str, Fraction], dict[str, Any]]]:
    """The sizes, and what changes in a claim, for small sizes.

    Parameters
    ----------
    claim : mapping of str to tables
        ``variables``, ``hypotheses``, ``definitions``, and the ``conclusion``.
    quantified : mapping of str to Quantified
        The variables; integers that stand in a domain or at the end of a sum are sizes.
    formulas : collection of Expression
        All that was read, with definitions unfolded.
    """
    variables = apart(claim["variables"])
    texts = [*claim["hypotheses"].values(), *claim["definitions"].values(), claim["conclusion"]]
    sizes = [
        n
        for n, q in quantified.items()
        if q.kind == "integer" and _sized(n, variables.values(), texts)
    ]
    several = sorted(product(SIZES, repeat=len(sizes)), key=lambda v: max(v, default=0))
    known = {*variables, *claim["definitions"], *claim["constants"]}
    whole = {n for n, q in quantified.items() if q.kind == "integer"}
    if any(_changes(node, frozenset(sizes), whole) for e in formulas for node in e.walk()):
        return
    single = len(sizes) == 1 and not any(q.many or q.law[:1] in _MANY for q in quantified.values())
    several = several[:MAX_INSTANCES] + [(v,) for v in LARGE if single]
    for values in several:
        chosen = dict(zip(sizes, values, strict=True))
        if not all(_allowed(quantified[n], v) for n, v in chosen.items()):
            continue
        domains = {n: _instance(d, chosen, known) for n, d in variables.items() if n not in chosen}
        made: dict[str, Any] = {"variables": dict(_sequences(domains, quantified, chosen))}
        for part in ("hypotheses", "definitions"):
            made[part] = {n: _put(t, chosen, known) for n, t in claim[part].items()}
        made["conclusion"] = _put(claim["conclusion"], chosen, known)
        yield {n: Fraction(v) for n, v in chosen.items()}, made


def _sized(n: str, domains: Iterable[Any], texts: Iterable[Any]) -> bool:
    """Whether a size stands in a domain, or is the end of a sum."""
    word = re.compile(rf"(?<![A-Za-z0-9_]){re.escape(n)}(?![A-Za-z0-9_])")
    end = re.compile(rf",\s*{re.escape(n)}\s*,")
    return any(word.search(plain(d)) for d in domains if isinstance(d, str)) or any(
        end.search(plain(t)) for t in texts if isinstance(t, str)
    )


def _allowed(q: Quantified, value: int) -> bool:
    """Whether a domain has a number, as far as its conditions are about numbers."""
    for text in q.conditions:
        try:
            clauses = parse_condition(
                text.replace("@", str(value)), frozenset(), frozenset(), "n", {}
            )
        except InputError:
            return False
        for clause in clauses:
            sides = [(rational_value(r.left), rational_value(r.right), r) for r in clause]
            if not any(a is not None and b is not None and r.decide(a, b) for a, b, r in sides):
                return False
    return True


def _changes(e: Expression, sizes: Set[str], integers: Set[str]) -> bool:
    """Whether a formula may have a value for a number where it has none for a symbolic size.

    x**(1/n) is exp(log(x)/n), and x itself for n = 1; x**(n + 1) is a product for every n.
    binomial(x, n), that is gamma(x + 1)/(gamma(n + 1) gamma(x - n + 1)), is x itself for n = 1.
    """
    if e.head == "**":
        return bool(e.args[1].names & sizes) and not _integral(e.args[1], integers)
    return e.head == "gamma" and bool(e.names & sizes) and not e.names <= sizes


def _integral(e: Expression, integers: Set[str]) -> bool:
    """Whether a formula is made of integers."""
    if e.head == "number":
        return e.value is not None and e.value.denominator == 1
    if e.head == "name":
        return e.name in integers
    return e.head in ("+", "-", "*", "neg") and all(_integral(a, integers) for a in e.args)


def _put(text: Any, chosen: Mapping[str, int], known: Collection[str]) -> Any:
    """A formula with numbers for sizes, also in subscripts of what has members."""
    if not isinstance(text, str):
        return text
    made = plain(text)
    for n, v in chosen.items():
        made = re.sub(rf"(?<![A-Za-z0-9_]){re.escape(n)}(?![A-Za-z0-9_(])", str(v), made)
        subscript = rf"(?<![A-Za-z0-9_])([A-Za-z][A-Za-z0-9_]*_){re.escape(n)}(?![A-Za-z0-9_])"
        for word in {m[0] for m in re.finditer(subscript, made)} - set(known):
            put = f"{word.removesuffix(n)}{v}"
            made = re.sub(rf"(?<![A-Za-z0-9_]){word}(?![A-Za-z0-9_])", put, made)
    return made


def _instance(domain: Any, chosen: Mapping[str, int], known: Collection[str]) -> Any:
    if not isinstance(domain, str):
        return domain
    return _put(member(domain), chosen, known)


def member(domain: str) -> str:
    """A domain that is a class of laws with one of its laws for it; any other as it is.

    Of all laws on an interval with a mean, the one on its two ends has the largest moments, and
    tails of Hoeffding's kind are sharp for it; two values at a standard deviation from the mean
    are where Chebyshev's and Cantelli's bounds are.
    """
    found = _MEMBER.fullmatch(domain)
    if found is None:
        return domain
    many, inner = found["many"], parted(found["inner"])
    match found["kind"].lower().replace("-", ""), inner:
        case "subgaussian", [s]:
            return f"{many}normal(0, {s})"
        case "bounded", [_, high, m] if high in INFINITE:
            return f"{many}twopoint(0, 2*({m}), {m})"
        case "bounded", [a, b, m]:
            return f"{many}twopoint({a}, {b}, {m})"
        case "random", [m, s]:
            return f"{many}twopoint(({m}) - ({s}), ({m}) + ({s}), {m})"
    return domain


def _sequences(
    domains: Mapping[str, Any], quantified: Mapping[str, Quantified], chosen: Mapping[str, int]
) -> Iterator[tuple[str, Any]]:
    """A sequence up to n = 2 is two variables."""
    n = max(chosen.values(), default=1)
    for x, domain in domains.items():
        text = plain(domain).strip() if isinstance(domain, str) else ""
        if x in quantified and text.startswith("sequence"):
            rest = text.removeprefix("sequence").strip().removeprefix("of").strip() or "real"
            yield (f"{x}_1..{x}_{n}" if n > 1 else f"{x}_1"), rest
        else:
            yield x, domain
