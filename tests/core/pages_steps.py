"""The page of ``rules``: what remains to be shown when a rule is applied to a goal."""

import itertools

from book import DRAWN, NAMES, READER, Entry
from certificates import (
    cases,
    cone,
    have,
    invariant,
    layers,
    limit,
    markov,
    monotone,
    node,
    statement,
    substitute,
)
from flint import fmpq

from proofs.core import check, rules
from proofs.core import terms as t
from proofs.core.goals import GE, Goal, Layers, Range

BASE = {x: NAMES[x] for x in "xyn"}
FREE = Goal({**BASE, "w": DRAWN["w"], "s": DRAWN["s"]}, {x: Range() for x in BASE}, {}, t.ZERO, GE)


def goal(conclusion, *given):
    made = FREE
    for name, source in zip("hgkabc", given, strict=False):
        made = made.where(name, READER.formula(source))
    claim = READER.formula(conclusion)
    return made.aimed(claim.term, claim.relation)


GOALS = {
    "x + 1 > 0, x >= 0": goal("x + 1 > 0", "x >= 0"),
    "x*(3 - x) >= 0, 0 <= x <= 3": goal("x*(3 - x) >= 0", "x >= 0", "x <= 3"),
    "x**2 - y**2 == 0, x == y": goal("x**2 - y**2 == 0", "x == y"),
    "x - 1 != 0, x < 0": goal("x - 1 != 0", "x < 0"),
    "exp(x) - 1 - x > 0, 0 < x < 1": goal("exp(x) - 1 - x > 0", "x > 0", "x < 1"),
    "n**2 - n >= 0, n >= 1": goal("n**2 - n >= 0", "n >= 1"),
    "1/x - y >= 0, x > 1, y <= 0": goal("1/x - y >= 0", "x > 1", "y <= 0", "x*y <= 2"),
    "P(w >= x) <= 1, x >= 2": goal("1 - P(w >= x) >= 0", "x >= 2"),
    "log(x) >= 0": goal("log(x) >= 0"),
    "abs(x) > 0": goal("abs(x) > 0", "x != 0"),
    "-x >= 0, x <= -1": goal("-x >= 0", "x <= -1"),
    "exp(-x) > 0, 1 <= x": goal("exp(-x) > 0", "x >= 1"),
    "x*y > 0, x > 0, y > 0, x != y": goal("x*y > 0", "x > 0", "y > 0", "x != y", "x - x == 0"),
    "2 > 0": goal("2 > 0"),
}
ENCLOSE, MEAN = ({"rule": "enclose", "mean": mean} for mean in (False, True))
NODES = [
    ENCLOSE, MEAN, {"rule": "enclose", "mean": "no"}, {"rule": "enclose", "mean": None},
    {"rule": "enclose"}, {"rule": "enclose", "mean": False, "more": 1},
    cone(), cone(("1", [], "1")), cone(("1", ["h"], "1")),
    cone(("1", ["h"], "1"), ("1", [], "1")), cone(("1", ["h", "g"], "1")), cone(("2", [], "x")),
    cone(("-1", ["h"], "x + y"), ("2", ["h"], "x")),
    cone(("1", ["h"], "x + y")), cone(("-1", [], "1")), cone(("0", [], "1")),
    cone(("1/2", ["h"], "2")), cone(("1", ["h"], "1"), sign="-1"),
    cone(("1", ["h"], "1"), ("1", [], "1"), sign="-1"), cone(("1", ["h"], "1"), sign="0"),
    cone(("1", ["h"], "1"), times=["h"]), cone(("1", [], "1"), times=["h"]),
    cone(("1", ["lo:x"], "1")), cone(("1", ["lo:x", "hi:x"], "1")),
    cone(("1", ["sign:exp(x)"], "1")), cone(("1", ["sign:exp(-x)"], "1")),
    cone(("1", ["sign:x**2"], "1")),
    cone(("1", ["q"], "1")), cone(("1", ["h"], "log(x)")), cone(("1", ["h"], "q")),
    cone(("2/4", [], "1")), cone(("x", [], "1")), cone(("1", ["h", "g"], "1"), ("1", ["k"], "1")),
    cone(("1", ["h", "g"], "1"), times=["g"]), cone(("1", ["k"], "1")),
    cone(sign="1"), cone(sign="2"), cone(sign=1),
    cone(("1", ["lo:n"], "1"), ("1", ["lo:n", "lo:n"], "1")), cone(("1", ["a"], "1")),
    cone(("1", [], "x"), ("1", ["h"], "1")), cone(("0", [], "1"), ("1", ["sign:2"], "1")),
    cone(("2", [], "1")),
    have("x >= -1"), have("log(x) >= 0"), have("x >= 0", name="h"), have("w >= 0"),
    have("1/(x - 3) != 2"), have("x", name="a1"), have("x >= 0", name=""), cases("x"),
    cases("x - 1/2"), cases("log(x)"), cases("y", name="h"), cases("w"),
    monotone("x", "lo"), monotone("x", "hi"), monotone("x", "at"), monotone("y", "hi"),
    monotone("y", "lo"), monotone("n", "lo"), monotone("w", "lo"), monotone("q", "lo"),
    monotone("x", None),
    limit("x", "hi"), limit("x", "lo"), limit("y", "lo"), limit("n", "hi"), limit("x", "at"),
    limit("w", "hi"),
    substitute("x", "x**2", "sqrt(x)"), substitute("x", "exp(x)", "log(x)", where=["x >= 0"]),
    substitute("x", "x + 1", "x - 1"), substitute("n", "3", "n"),
    substitute("n", "n + 1", "n - 1"), substitute("n", "1/2", "n"),
    substitute("x", "2", "2", where=["x <= 3", "x > 1"]),
    substitute("y", "x*y", "y/x"), substitute("x", "w", "x"),
    substitute("x", "x", "x", where=["log(x) >= 0"]), substitute("w", "w", "w"),
    substitute("x", "x", "x", where="x"),
    invariant("n", ["n >= 0"]), invariant("n", ["n**2 >= n", "log(x) >= 0"]),
    invariant("x", ["x >= 0"]), invariant("", ["x >= 0"]), invariant("q", []), invariant("n", []),
    invariant("n", "n"),
    markov("P(sqrt(w**2) >= x)", "2"),
    markov("P(w >= x)", "2"), markov("P(w**2 >= x)", "1"), markov("P(w**2 <= x)", "-1/2"),
    markov("P(w**2 <= x)", "1"), markov("P(w**2 >= x)", "-1"), markov("P(w**2 >= x)", "0"),
    markov("P(exp(w) > x)", "1/2"), markov("P(prod(w**2, n) >= x)", "1"),
    markov("P(abs(s) >= 2)", "3"),
    markov("P(w**2 == x)", "1"), markov("P(w*x >= 1)", "1"), markov("P(w >= s)", "1"),
    markov("x", "1"), markov("P(exp(w) < x)", "-1"), markov("P(w >= 1)", "2/4"),
    markov("P(1 >= x)", "2"), markov("P(prod(exp(w), 3) <= 2)", "-1"),
    markov("P(w**2 >= 1)", "1", name="h"),
    node("cite", [], lemma="0", at={}, name="l"), node("nothing", []), {"rule": 3}, {}, None, [],
    "enclose", {"rule": "have", "claim": "x >= 0"}, {"rule": "enclose_", "mean": False},
]  # fmt: skip


def said(node):
    """A node on one line."""
    if not isinstance(node, dict) or not isinstance(node.get("rule"), str):
        return str(node)
    if node["rule"] != "cone":
        return " ".join([node["rule"], *(f"{k}={v}" for k, v in node.items() if k != "rule")])
    rows = [f"{row['weight']} {' '.join(row['facts'])} ({row['square']})" for row in node["terms"]]
    return f"cone {' + '.join(rows)} sign {node['sign']!r} times {' '.join(node['times'])}"


def applied():
    for (name, goal_), tree in itertools.product(GOALS.items(), NODES):
        yield Entry(
            f"{name}: {said(tree)}", lambda goal_=goal_, tree=tree: rules.remaining(goal_, tree)
        )


STEPS = layers(["a", "0", "a + d"], ["k", "1", "k + 1"], hypotheses={"p": "d >= a"}, d="positive")
SAID = statement("a >= 0", "x > 0", "k <= 5", layers=STEPS, x="real")
LAYERED = [
    invariant("", ["a >= 0"]), invariant("", ["a >= 0", "k >= 1"]), invariant("", []),
    invariant("", ["log(a) >= 0"]), invariant("", ["a + d >= 0"]), invariant("x", ["x >= 0"]),
    invariant("k", ["k >= 0"]), ENCLOSE, cone(), have("a >= 0"),
]  # fmt: skip


def layered():
    for conclusion in ("a >= 0", "a/k > 0", "k**2 - k == 0"):
        made = check.goal_of({**SAID, "conclusion": conclusion})
        for tree in LAYERED:
            yield Entry(
                f"{conclusion}: {said(tree)}",
                lambda made=made, tree=tree: rules.remaining(made, tree),
            )
    yield Entry("no layers", lambda: (FREE.layers, Layers({}, {}, {}, {})))


LEMMAS = {
    "square": ("x**2 >= 0", {"x": "real"}), "log": ("log(x) <= x - 1", {"x": "positive"}),
    "whole": ("n**2 - n >= 0", {"n": "integer"}),
    "tail": ("P(w >= x) <= 1", {"x": "real", "w": "gaussian"}),
    "power": ("x**n >= 0", {"x": "positive", "n": "integer"}),
}  # fmt: skip


def cited():
    library = {
        name: check.goal_of(
            statement(claim, "1/x != 7" if name == "log" else "1 >= 0", **variables)
        )
        for name, (claim, variables) in LEMMAS.items()
    }
    steps = check.goal_of(SAID)
    for name, at in (
        ("square", {"x": "y"}), ("square", {"x": "log(y)"}), ("square", {}),
        ("square", {"x": "y", "y": "x"}), ("square", {"y": "x"}), ("square", None),
        ("square", {"x": "w"}), ("square", {"x": "E(w**2)"}), ("log", {"x": "y + 1"}),
        ("log", {"x": "1/y"}), ("log", {"x": "2"}),
        ("whole", {"n": "n + 1"}), ("whole", {"n": "x"}), ("whole", {"n": "1/2"}),
        ("whole", {"n": "4/2"}), ("tail", {"x": "y"}), ("tail", {"x": "y", "w": "w"}),
        ("tail", {"x": "E(w)"}), ("tail", {"x": "P(s >= 0)"}), ("power", {"x": "y", "n": "2"}),
        ("power", {"x": "y", "n": "-n"}),
        ("power", {"x": "y", "n": "y"}), ("none", {"x": "y"}), ("steps", {}),
    ):  # fmt: skip
        here = Goal(
            FREE.variables,
            FREE.box,
            {},
            READER.term("x + y"),
            GE,
            None,
            {**library, "steps": steps},
        )
        tree = {"rule": "cite", "lemma": name, "at": at, "name": "l"}
        bare = Goal(FREE.variables, FREE.box, {}, t.ZERO, GE)

        def find(here=here, tree=tree, bare=bare):
            found = rules.remaining(here, tree)
            return [
                Goal(g.variables, g.box, g.facts, g.target, g.relation)
                for g in found
                if g is not bare
            ]

        yield Entry(f"{name} at {at}", find)


def reading():
    for source in (
        "0",
        "1",
        "-1",
        "1/2",
        "-1/2",
        "2/4",
        "0/3",
        "01",
        "1/0",
        "1/-2",
        "+1",
        "1/1",
        "-0",
        "--1",
        "",
        "/",
        "1/",
        "/2",
        "x",
        "1.5",
        " 1",
        "1 ",
        "1/2/3",
        "²",
        None,
        1,
        "-",
        "3/2",
        "1e3",
        "٣",
    ):
        yield Entry(f"rational {source!r}", lambda source=source: rules.rational(source))
    for top, bottom in ((4_000, 1), (4_001, 1), (1, 4_000), (1, 4_001)):
        source = "7" * top + ("/" + "9" * bottom if bottom > 1 else "")
        yield Entry(
            f"rational of {top} and {bottom} digits",
            lambda source=source: fmpq(rules.rational(source)).p.bit_length(),
        )
    for made in (True, False, None, 0, 1, "yes", []):
        yield Entry(f"flag {made!r}", lambda made=made: rules.flag(made))
    for made in ([], [1], (), None, "x", {}):
        yield Entry(f"list {made!r}", lambda made=made: rules.listed(made))
    for name in sorted(rules.RULES):
        yield Entry(f"rule {name}", lambda name=name: sorted(rules.RULES[name][1]))


PAGES = {"reading": reading, "applied": applied, "layered": layered, "cited": cited}
