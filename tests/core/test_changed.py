"""Shipped certificates with one change in the statement: what became false is not accepted.

The proof stays as it is, or has its numbers, names and relations changed in the same way, so that
it fits as well as it can; the seals are made again. Whatever the core still accepts must hold at
random points, by :mod:`reference`, which shares no arithmetic with it.
"""

import json
import random
import re
from fractions import Fraction
from pathlib import Path

import pytest
from reference import Undefined, Unsure, holds, wide

from proofs import certificates
from proofs.core import check
from proofs.core.terms import Formula, Malformed, Rejected

FILES = sorted(Path(certificates.__file__).parent.rglob("*.json"))
KINDS = (
    (">=", ">", "<=", "<", "==", "!="),
    ("+", "-", "*", "/", "**"),
    ("exp", "log", "sqrt", "sin", "cos", "sinh", "cosh", "tanh", "abs", "erf", "atan"),
)
DOMAINS = ("real", "integer", "positive", "nonnegative")
TOKEN = re.compile(r"[<>=!]=|[<>]|\*\*|[-+*/]|(?<!\w)(?:\d+|[A-Za-z]\w*)", re.ASCII)
VALUES = [Fraction(n, d) for n in (0, 1, -1, 2, -2, 3, -3, 9, 40) for d in (1, 2, 3, 10)]
VERBATIM = {"rule", "lemma", "variable", "name", "end"}


def another(rng, token, names):
    """A token of the same kind."""
    if token.isdigit():
        return rng.choice((str(int(token) + 1), str(max(int(token) - 1, 0)), str(2 * int(token))))
    kinds = [kind for kind in (*KINDS, names) if token in kind and len(kind) > 1]
    return rng.choice([t for t in kinds[0] if t != token]) if kinds else f"(-{token})"


def replaced(data, old, new):
    """The same change everywhere in a proof."""
    if isinstance(data, str):
        return TOKEN.sub(lambda found: new if found[0] == old else found[0], data)
    if isinstance(data, list):
        return [replaced(part, old, new) for part in data]
    if not isinstance(data, dict):
        return data
    return {k: v if k in VERBATIM else replaced(v, old, new) for k, v in data.items()}


def changed(rng, certificate):
    """The statement with one change, and a proof."""
    about, proof = (json.loads(json.dumps(certificate[k])) for k in ("statement", "proof"))
    names, given = [*about["variables"]], about["hypotheses"]
    kind = rng.choice(("conclusion", "conclusion", "hypothesis", "dropped", "domain", "definition"))
    if kind == "domain" and names:
        about["variables"][rng.choice(names)] = rng.choice(DOMAINS)
        return about, proof
    if kind == "dropped" and given:
        given[rng.choice([*given])] = "0 >= 0"
        return about, proof
    row, place = about, "conclusion"
    if kind == "hypothesis" and given:
        row, place = given, rng.choice([*given])
    elif kind == "definition" and about["definitions"]:
        row, place = rng.choice(about["definitions"]), 1
    elif isinstance(about["conclusion"], list):
        row, place = rng.choice(about["conclusion"]), 1
    found = rng.choice([*TOKEN.finditer(row[place])])
    new = another(rng, found[0], names)
    row[place] = row[place][: found.start()] + new + row[place][found.end() :]
    return about, replaced(proof, found[0], new) if rng.random() < 0.5 else proof


def points(rng, goal, count):
    for _ in range(count):
        at = {x: rng.choice(VALUES) for x in goal.box}
        whole = {
            x: Fraction(round(v)) for x, v in at.items() if goal.variables[x].head == "integer"
        }
        yield at | whole


def false_at(rng, about, count):
    """A point at which the hypotheses hold and the conclusion does not, if one is found."""
    try:
        with check.guarded(), wide():
            goals = [check.goal_of(part) for part in check.parts(about)]
    except (Malformed, Rejected):
        return None
    for goal in goals:
        for at in points(rng, goal, count) if goal.layers is None else ():
            try:
                with wide():
                    if all(holds(f, at) for f in goal.facts.values()) and not holds(
                        Formula(goal.target, goal.relation), at
                    ):
                        return at
            except (Undefined, Unsure, OverflowError):
                continue
    return None


def falsehoods(seed, draws):
    """Change certificates; say how many statements were false at a point, none of them proved."""
    rng, count = random.Random(seed), 0
    library = {json.loads(text)["digest"]: text for text in (p.read_text() for p in FILES)}
    shipped = [*library.values()]
    for _ in range(draws):
        certificate = json.loads(rng.choice(shipped))
        about, proof = changed(rng, certificate)
        made = check.canonical(check.sealed(about, proof, certificate["lemmas"]))
        try:
            check.check(made, library=library, seconds=10)
            accepted = True
        except (Malformed, Rejected):
            accepted = False
        at = false_at(rng, about, 200 if accepted else 20)
        assert not (accepted and at), (check.written(about), at)
        count += at is not None
    return count


def test_what_one_change_makes_false_is_not_accepted():
    assert falsehoods(12, 40) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_what_many_changes_make_false_is_not_accepted(seed):
    assert falsehoods(seed, 1000) >= 200
