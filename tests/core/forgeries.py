"""Forgeries, generated: rule x relation x defect, each a false goal with a tempting certificate.

``python tests/core/forgeries.py`` prints the table: of each forgery the number of goals that remain
open, whether a true twin is proved, and of how many nodes one was left out. A cell has a false
statement with a point at which it fails, and, where the rule can do it at all, a true twin in which
the defect is repaired.

The certificate is completed by the core's own rules: at each goal that a rule returns, the first
leaf that the core accepts is taken, and an enclosure where none is. So it has the shape that the
rules want, and only a goal that is false stands between it and *proved*.
"""

import itertools
from typing import NamedTuple

from certificates import ENCLOSE, MEAN, cite, cone, have, layers, sealed, statement
from flint import ctx

from proofs.core import check
from proofs.core.ranges import PRECISION
from proofs.core.rules import remaining
from proofs.core.terms import Malformed, Rejected, Relation

RELATIONS = (">=", ">", "==", "!=")
DEFECTS = ("undefined", "zero factor", "open end", "rounding", "captured", "missing subgoal")
ROWS = (
    "enclose", "mean", "cone", "have", "cases", "monotone", "limit", "substitute", "invariant",
    "layers", "markov", "cite",
)  # fmt: skip  # mean is an option of enclose, layers are the other steps of invariant


class Case(NamedTuple):
    """A statement with the node to begin with; where it fails, or None if it holds."""

    about: dict
    node: dict
    fails: dict | None = None
    hints: tuple = ()  # labels that a leaf may use
    lemmas: tuple = ()
    steps: int = 0  # after how many layers it fails


class Cell(NamedTuple):
    false: Case
    true: Case | None  # None where the rule does not take the relation


# Certificates that the core itself completes ------------------------------------------------------


def leaves(goal, hints):
    """Short ends of proofs: an enclosure, an equation, sums and products of two facts."""
    yield ENCLOSE
    yield cone()
    ends = [f"{end}:{x}" for x in goal.box for end in ("lo", "hi", "at") if x in goal.target.names]
    labels = [*goal.facts, *(e for e in ends if known(goal, e)), *hints]
    one = ("1", [], "1")
    signs = ("1", "-1") if goal.relation is Relation.NE else ("1",)
    for f in labels:
        for sign, weight in itertools.product(signs, ("1", "-1")):
            yield cone((weight, [f], "1"), sign=sign)
            yield cone((weight, [f], "1"), one, sign=sign)
    for f, g in itertools.combinations_with_replacement(labels, 2):
        yield cone(("1", [f, g], "1"))
        yield cone(("1", [f], "1"), ("1", [g], "1"))
        yield cone(("1", [f], "1"), ("1", [g], "1"), sign="0")
    for f, g in itertools.permutations(labels, 2):
        yield cone(("1", [g], "1"), times=[f])
    for f, k, weight in itertools.product(labels, (2, 3), ("1", "2")):
        yield cone((weight, [], "1"), times=[f] * k)


def known(goal, label):
    try:
        goal.known(label)
    except Rejected:
        return False
    return True


def leaf(goal, hints, failed):
    for node in leaves(goal, hints):
        try:
            if not remaining(goal, node):
                return node
        except (Rejected, Malformed):
            continue
    failed.append(goal)
    return dict(ENCLOSE)


def filled(goal, node, hints, failed):
    """A node with a proof for each goal that its rule returns; of the last, that in ``then``."""
    node, then = {k: v for k, v in node.items() if k != "then"}, node.get("then")
    try:
        found = remaining(goal, node)
    except (Rejected, Malformed):
        failed.append(goal)
        return node
    parts = [leaf(g, hints, failed) for g in (found if then is None else found[:-1])]
    if then is not None:
        parts.append(filled(found[-1], then, hints, failed))
    return {**node, **({"parts": parts} if parts else {})}


def forged(case):
    """The certificate of a case, and how many of its goals no leaf could show."""
    failed = []
    with check.guarded():
        *first, last = check.goals_of(check.goal_of(case.about))
        cited = {lemma["digest"]: check.goal_of(lemma["statement"]) for lemma in case.lemmas}
        first, last = ([check.replace(g, library=cited) for g in gs] for gs in (first, [last]))
        proof = [leaf(g, case.hints, failed) for g in first]
        proof.append(filled(last[0], case.node, case.hints, failed))
    assert ctx.prec != PRECISION
    return sealed(case.about, *proof, lemmas=case.lemmas), len(failed)


# What is wrong ------------------------------------------------------------------------------------

POSITIVE = sealed(statement("t > 0", t="positive"), cone(("1", ["lo:t"], "1")))
SQUARE = sealed(statement("t**2 >= 0", t="real"), cone(("1", [], "t")))
ZERO_MEAN = sealed(statement("E(w) == 0", w="gaussian"), cone())
# Terms of value zero; where they are defined, x is in the relation to zero (or x^2, for !=).
PARTIAL = {
    ">=": "0*sqrt(x)", ">": "0*log(x)", "==": "0*sqrt(x) + 0*sqrt(-x)", "!=": "0*log(x**2)"
}  # fmt: skip
BARE = {">=": "x >= 0", ">": "x > 0", "==": "x == 0", "!=": "x**2 != 0"}
FALSE_AT = {">=": "-1", ">": "0", "==": "1", "!=": "0"}
LEAST = {">=": "0", ">": "1", "==": "0", "!=": "1"}  # a number in the relation to zero


class Nearly(NamedTuple):
    """A term that is zero at worst, where it should be positive: how it comes, and the repair."""

    term: str
    false: dict  # variables
    true: dict
    few: tuple  # hypotheses
    more: tuple
    name: str


NEARLY = {
    "zero factor": Nearly("z**2", {"z": "real"}, {"z": "real"}, (), ("z >= 1",), "z"),
    "open end": Nearly("x", {"x": "real"}, {"x": "real"}, ("2*x >= 0",), ("2*x > 0",), "x"),
    "rounding": Nearly(
        "n", {"n": "integer"}, {"n": "integer"}, ("2*n >= -1",), ("2*n >= 1",), "n"
    ),
}  # fmt: skip


def pulled(relation, term):
    """A hypothesis and a conclusion y >= 0, ... that follows if a term >= 0 is positive; y."""
    y = f"y {relation} 0"
    match relation:
        case ">=":
            return f"({term})*y >= 0", y, "-1"
        case "==":
            return f"({term})*y == 0", y, "1"
    return f"y >= {term}", y, "0"


# What each rule may be told -----------------------------------------------------------------------


def told(row, claim, cited=None):
    """How a rule takes a claim for granted that is false: the node, variables, layers, lemmas."""
    match row:
        case "have":
            return have(claim), {}, None, ()
        case "substitute":
            node = {"rule": "substitute", "variable": "y", "value": "y", "inverse": "y"}
            return {**node, "where": [claim]}, {"y": "real"}, None, ()
        case "invariant":
            node = {"rule": "invariant", "variable": "k", "invariants": [claim]}
            return node, {"k": "integer"}, None, ()
        case "layers":
            node = {"rule": "invariant", "variable": "", "invariants": [claim]}
            return node, {}, layers(("a", "0", "a")), ()
        case "cite":
            lemma, term = cited
            return cite(lemma, {"t": term}), {}, None, (lemma,)
    raise AssertionError(row)


TELLING = ("have", "substitute", "invariant", "layers", "cite")


def telling(row, claim, hypotheses, conclusion, cited=None, **variables):
    """A case for a rule that may be told something."""
    node, more, inner, lemmas = told(row, claim, cited)
    given = (*hypotheses, *(("k >= 0",) if "k" in more else ()))
    return Case(
        statement(conclusion, *given, layers=inner, **{**variables, **more}), node, None, (), lemmas
    )


def undefined(row, r):
    """Something is taken for defined that is not."""
    at, bare, partial = {"x": FALSE_AT[r], "y": "0", "k": "0", "a": "0"}, BARE[r], PARTIAL[r]
    if row in TELLING:
        false, true = (
            telling(row, f"{partial} == 0", h, bare, (SQUARE, partial), x="real")
            for h in ((), (bare,) if r != "!=" else ("x >= 1",))
        )
        return Cell(false._replace(fails=at), true)
    dull = f"0*log(x) + {LEAST[r]} {r} 0"
    match row:
        case "enclose":
            false, true = (Case(statement(dull, x=k), ENCLOSE) for k in ("real", "positive"))
            at = {"x": "-1"}
        case "mean":
            false, true = (
                Case(statement(dull, f"x >= {low}", "x <= 2", x="real"), MEAN)
                for low in ("-1", "1")
            )
            at = {"x": "-1"}
        case "cone" if r == "==":
            false = Case(statement("x == 0", "y == 0", x="real", y="real"),
                         cone(("1", ["h"], "x/y")))  # fmt: skip
            true = Case(statement("x*y == 0", "y == 0", x="real", y="real"),
                        cone(("1", ["h"], "x")))  # fmt: skip
        case "cone":
            bare = "x != 0" if r == "!=" else bare
            node = cone(("1", [], "sqrt(x)") if r == ">=" else ("1", ["sign:exp(log(x))"], "1"))
            false, true = (
                Case(statement(bare, x=k), node)
                for k in ("real", "nonnegative" if r == ">=" else "positive")
            )
        case "cases":
            node = {"rule": "cases", "name": "s", "term": partial}
            false, true = (
                Case(statement(bare, *h, x="real"), node)
                for h in ((), (bare,) if r != "!=" else ("x >= 1",))
            )
        case "monotone" | "limit":  # a pole on the way, at which a hypothesis is silent
            f, end = ("-1/(x - 1)", "lo") if row == "monotone" else ("1/(x - 1)", "hi")
            node, low = {"rule": row, "variable": "x", "end": end}, ("x >= 0", "x != 1")
            false = Case(statement(f"{f} {r} 0", *low, x="real"), node)
            near = ("x >= 0", "x <= 1/2") if row == "monotone" else ("x >= 2",)
            true = Case(statement(f"{f} {r} 0", *near, x="real"), node, hints=("sign:x - 1",))
            at = {"x": "2" if row == "monotone" else "0"}
            if r == "!=":  # at the pole it has no value
                false = Case(statement(f"{f} != 0", "x >= 0", x="real"), node)
                at = {"x": "1"}
            return Cell(false._replace(fails=at), true if r in (">=", ">") else None)
        case "markov":
            event, more = f"P(w**2 >= 4 + {partial})", (bare,) if r != "!=" else ("x >= 1",)
            node = {"rule": "markov", "event": event, "exponent": "1", "name": "m"}
            false, true = (
                Case(statement(bare, *h, x="real", w="gaussian"), node) for h in ((), more)
            )
    return Cell(false._replace(fails=at), true)


def nearly(row, r, defect):
    """A term that may be zero is taken for positive."""
    near = NEARLY[defect]
    hypothesis, conclusion, y = pulled(r, near.term)
    zero = {near.name: "0", "y": y, "k": "0", "a": "0"}
    sides = ((near.few, near.false), (near.more, near.true))
    if row in TELLING:
        false, true = (
            telling(row, f"{near.term} > 0", (hypothesis, *h), conclusion, (POSITIVE, near.term),
                    **v, y="real")
            for h, v in sides
        )  # fmt: skip
        return Cell(false._replace(fails=zero), true)
    direct = f"0*log({near.term}) + {LEAST[r]} {r} 0" if r in (">=", "==") else f"{near.term} {r} 0"
    below, above = (f"{near.name} <= 2",), (f"{near.name} >= 1",)
    match row:
        case "enclose":
            if defect == "open end" and r in (">", "!="):  # of which an enclosure knows nothing
                sides = (sides[0], (above, near.true))
            false, true = (Case(statement(direct, *h, **v), ENCLOSE) for h, v in sides)
        case "mean":  # it closes the box, so that an open end is not enough
            false = Case(statement(direct, *near.few, *below, f"{near.name} >= -1/2", **near.false),
                         MEAN)  # fmt: skip
            true = Case(statement(direct, *above, *below, **near.true), MEAN)
        case "cone":
            sign = f"sign:{near.term}"
            first = ("1", ["h"], "1")
            node = (
                cone(first, times=[sign]) if r in (">=", "==") else cone(first, ("1", [sign], "1"))
            )
            false, true = (
                Case(statement(conclusion, hypothesis, *h, **v, y="real"), node) for h, v in sides
            )
        case "cases":
            node = {"rule": "cases", "name": "s", "term": near.term}
            false, true = (
                Case(statement(conclusion, hypothesis, *h, **v, y="real"), node,
                     hints=(f"sign:{near.term}",))
                for h, v in sides
            )  # fmt: skip
        case "monotone":
            f = f"{near.term} + {direct.partition(' +')[0]}" if r in (">=", "==") else near.term
            node = {"rule": "monotone", "variable": near.name, "end": "lo"}
            start = (f"{near.name} >= 0",) if defect == "zero factor" else near.few
            false = Case(statement(f"{f} {r} 0", *start, **near.false), node)
            true = Case(statement(f"{f} {r} 0", *above, **near.true), node)
            if r == ">" and defect == "open end":
                true = Case(statement("x > 0", "2*x > 0", x="real"), node)
        case "limit":
            f, node = f"1/({near.term})", {"rule": "limit", "variable": near.name, "end": "hi"}
            start = (f"{near.name} >= 0",) if defect == "zero factor" else near.few
            false = Case(statement(f"{f} {r} 0", *start, **near.false), node)
            hints = (f"sign:{near.name}",)
            true = Case(statement(f"{f} {r} 0", *near.more, **near.true), node, hints=hints)
        case "markov":  # which notes that x > 0 for x**(-1/2)
            event = f"P(s + 2 >= {near.term})"
            node = {"rule": "markov", "event": event, "exponent": "1/2", "name": "m"}
            false, true = (
                Case(statement(conclusion, hypothesis, *h, **v, y="real", s="rademacher"), node)
                for h, v in sides
            )
    if row in ("monotone", "limit") and r in ("==", "!="):
        true = None
    return Cell(false._replace(fails=zero), true)


BELOW = {">=": "-w >= 0", ">": "1 - w > 0", "==": "w == 0", "!=": "w - 1 != 0"}


def captured(row, r):
    """What is said of another thing of the same name: a draw, or a state at another moment."""
    conclusion, lemmas = BELOW[r], (ZERO_MEAN,)
    at = {"w": "1", "y": "0", "k": "0", "v": "0"}
    node, more, given = None, {}, ()
    if row == "layers":  # what is assumed of a at the end is not so before
        start = {">=": "54", ">": "55", "==": "0", "!=": "55"}[r]
        update = "b + max(-a, 0)" if r == "==" else "b + a"
        claim = "b > 0" if r == "!=" else f"b {r} 0"
        node = {"rule": "invariant", "variable": "", "invariants": [claim]}
        ends = ("a >= 0",)
        inner = layers(("a", "-10", "a + 1"), ("b", start, update))
        false = Case(statement(f"b {r} 0", *ends, layers=inner), node, {}, steps=10)
        true = Case(
            statement(f"b {r} 0", *ends, layers=layers(("a", "0", "a + 1"), ("b", start, update))),
            {**node, "invariants": [claim, "a >= 0"]},
        )
        return Cell(false, true)
    if row == "markov":  # the mean of s is 0, and s is not
        conclusion = {
            ">=": "-P(s >= 1) >= 0", ">": "1/4 - P(s >= 1) > 0", "==": "P(s >= 1) == 0",
            "!=": "P(s >= 1) - 1/2 != 0",
        }[r]  # fmt: skip
        node = {"rule": "markov", "event": "P(s >= 1)", "exponent": "1", "name": "m"}
        false = Case(statement(conclusion, "E(s) == 0", s="rademacher"), node, {})
        fine = {**node, "event": "P(s + 1 >= 4)"}
        true = Case(statement(f"{LEAST[r]} + 1/4 - P(s + 1 >= 4) {r} 0", s="rademacher"), fine)
        return Cell(false, true if r in (">=", ">") else None)
    match row:
        case "enclose":
            node = ENCLOSE
        case "mean":
            node, given = MEAN, ("w >= -2", "w <= 2")
        case "cone":
            one, least = ("-1" if r != "==" else "1", ["l"], "1"), ("1", [], "1")
            node = cone(*((one,) if r in (">=", "==") else (one, least)),
                        sign="-1" if r == "!=" else "1")  # fmt: skip
        case "cases":
            node = {"rule": "cases", "name": "s", "term": "w"}
        case "monotone":
            node = {"rule": "monotone", "variable": "w", "end": "hi"}
        case "limit":
            node = {"rule": "limit", "variable": "v", "end": "hi"}
            more, given, at["w"] = {"v": "real"}, ("v >= 0",), {"==": "0", "!=": "1"}.get(r, "2")
            conclusion = f"exp(-v) - w {r} 0"
        case "cite":
            node, lemmas = cite(POSITIVE, {"t": "1 - w"}, name="j"), (ZERO_MEAN, POSITIVE)
            at = {"w": "1"}
        case _:
            node, more, _, _ = told(row, "w == 0")
            given = ("k >= 0",) if "k" in more else ()
    whole = {**cite(ZERO_MEAN, {}), "then": node}
    hints = ("sign:exp(-v)",) if row == "limit" else ()
    false = Case(statement(conclusion, *given, w="real", **more), whole, at, hints, lemmas)
    if row == "cone":
        node = {**node, "terms": [{**t, "facts": ["h"] * len(t["facts"])} for t in node["terms"]]}
    true = Case(
        statement(conclusion, "w == 0", *given, w="real", **more), node, None, hints,
        tuple(x for x in lemmas if x is not ZERO_MEAN),
    )  # fmt: skip
    return Cell(false, true if row not in ("monotone", "limit") or r in (">=", ">") else None)


def cell(row, r, defect):
    """The forgery of one cell of the table; those that miss a subgoal come from all the others."""
    match defect:
        case "undefined":
            return undefined(row, r)
        case "captured":
            return captured(row, r)
    return nearly(row, r, defect)


def without(certificate):
    """The certificate with one node left out, for each of its nodes."""

    def less(nodes):
        for i, node in enumerate(nodes):
            yield [*nodes[:i], *nodes[i + 1 :]]
            for parts in less(node.get("parts", [])):
                yield [*nodes[:i], {**node, "parts": parts}, *nodes[i + 1 :]]

    for proof in less(certificate["proof"]):
        yield sealed(certificate["statement"], *proof, lemmas=certificate["lemmas"])


def table():
    """All forgeries: how the core refuses each, and whether it has a true twin that is proved."""
    head = f"{'rule':<11}{'goal':<5}" + "".join(f"{d:<17}" for d in DEFECTS)
    yield head
    for row, r in itertools.product(ROWS, RELATIONS):
        cells = [cell(row, r, defect) for defect in DEFECTS[:-1]]
        shown, missing = [], 0
        for made in cells:
            certificate, open_goals = forged(made.false)
            verdicts = [check_of(c) for c in (certificate, *without(certificate))]
            twin = made.true and check_of(forged(made.true)[0])
            missing += len(verdicts) - 1
            fine = "proved" not in verdicts and twin in (None, "proved")
            shown.append(f"{open_goals} open{', twin' if twin else ''}" if fine else "WRONG")
        yield f"{row:<11}{r:<5}" + "".join(f"{c:<17}" for c in (*shown, f"{missing} nodes"))


def check_of(certificate):
    """What the core says of a certificate."""
    try:
        check.check(check.canonical(certificate))
    except (Rejected, Malformed) as why:
        return str(why)
    return "proved"


if __name__ == "__main__":
    print("\n".join(table()))  # noqa: T201
