"""The pages of ``check``: statements, malformed statements, certificates and their refusals."""

import copy
import itertools
import json

from book import Entry
from certificates import ENCLOSE, cite, cone, have, invariant, layers, sealed, statement

from proofs.core import check
from proofs.core.goals import Goal

STEPS = layers(["a", "0", "a + d"], ["k", "1", "k + 1"], hypotheses={"p": "d >= a"}, d="positive")
STATEMENTS = {
    "plain": statement("x >= 0", x="nonnegative"),
    "two": statement("x*y > 0", "x > 0", "y - x >= 0", x="real", y="real"),
    "integers": statement("n**2 >= n", n="integer", k="positive"),
    "definitions": statement(
        "f >= g", "f >= 1", definitions=[("f", "x**2"), ("g", "f - 1")], x="real"
    ),
    "constants": statement("c*x >= d", "x >= 1", constants={"c": "1/2", "d": "-3"}, x="real"),
    "drawn": statement("P(w >= x) <= 1/x", "x > 0", x="real", w="gaussian"),
    "draws": statement("E(u*t + s) >= x", x="nonnegative", u="uniform", t="unit", s="rademacher"),
    "parted": statement([[{"p": "x >= 1"}, "x > 0"], [{}, "x + 1 > 0"]], "x >= 0", x="real"),
    "layered": statement("a >= 0", "x > 0", "k <= 5", layers=STEPS, x="real"),
    "counted": statement(
        "k >= 1", "k > x", layers=layers(["k", "1", "k + n"], n="integer"), x="real"
    ),
    "halved": statement(
        "k >= 0", x="real", layers=layers(
            ["k", "1", "k/2"], ["a", "1/2", "a + 1"], ["b", "1", "a + b"], ["c", "x", "c + 1"]
        ),
    ),
    "nothing": statement("2 > 1"),
    "undefined": statement("log(x)/y >= 0", "1/x >= 0", x="real", y="real"),
    "equal": statement("x == x", x="real"),
    "negated": statement("x != y", "x < y", x="real", y="integer"),
    "known": statement("pi*x >= 3", "x >= 1", x="real"),
}  # fmt: skip
STATEMENTS["scoped"] = {**STATEMENTS["plain"], "scope": "of a remark"}
BAD = {
    "no names": statement("x >= 0"), "a reserved name": statement("exp >= 0", exp="real"),
    "pi": statement("pi >= 0", pi="real"), "E as a name": statement("E >= 0", E="real"),
    "twice": statement("x >= 0", constants={"x": "1"}, x="real"),
    "defined twice": statement("x >= 0", definitions=[("x", "1")], x="real"),
    "reserved definition": statement("x >= 0", definitions=[("log", "1")], x="real"),
    "later definition": statement("f >= 0", definitions=[("f", "g"), ("g", "1")]),
    "no domain": statement("x >= 0", x="complex"),
    "a long domain": statement("x >= 0", x="c" * 60),
    "a number for a domain": statement("x >= 0", x=1),
    "a name with a blank": statement("1 >= 0", **{"x y": "real"}),
    "60 signs": statement("1 >= 0", **{"x" * 60: "real"}),
    "61 signs": statement("1 >= 0", **{"x" * 61: "real"}),
    "a name that begins with a digit": statement("1 >= 0", **{"1x": "real"}),
    "an underscore first": statement("1 >= 0", **{"_x": "real"}),
    "a constant that is no number": statement("c >= 0", constants={"c": "x"}),
    "a decimal": statement("c >= 0", constants={"c": "0.5"}),
    "a drawn conclusion": statement("w >= 0", w="gaussian"),
    "a drawn hypothesis": statement("x >= 0", "w >= x", x="real", w="gaussian"),
    "a drawn definition": statement("E(f) >= 0", definitions=[("f", "w + 1")], w="gaussian"),
    "no relation": statement("x", x="real"),
    "an unknown name": statement("x >= q", x="real"), "empty parts": statement([], x="real"),
    "a part without a table": statement([["x >= 0"]], x="real"),
    "a part with three": statement([[{}, "x >= 0", "y"]], x="real"),
    "a part of another kind": statement([[{}, 3]], x="real"),
    "a part that repeats": statement([[{"h": "x > 1"}, "x >= 0"]], "x > 0", x="real"),
    "a part that is a tuple of tables": statement([[[], "x >= 0"]], x="real"),
    "a layer that draws": statement("a >= 0", layers=layers(["a", "0", "a + E(d)"], d="gaussian")),
    "layers without accumulators": statement("x >= 0", layers=layers(d="real"), x="real"),
    "no layers": statement("x >= 0", layers=layers(), x="real"),
    "layers of a fact": statement("x >= 0", layers=layers(hypotheses={"h": "x > 0"}), x="real"),
    "an accumulator of two": statement("a >= 0", layers=layers(["a", "0"])),
    "an accumulator 1a": statement("a >= 0", layers=layers(["1a", "0", "1"])),
    "a start by itself": statement("a >= 0", layers=layers(["a", "a", "a"])),
    "a layer variable outside": statement("d >= 0", layers=layers(["a", "0", "a + d"], d="real")),
    "one name, two things": statement("a >= 0", layers=layers(["a", "0", "a"]), a="real"),
    "a start of a layer variable": statement("a >= 0", layers=layers(["a", "d", "a"], d="real")),
    "an update that draws": statement("a >= 0", layers=layers(["a", "0", "a + w"]), w="gaussian"),
    "one name in a layer": statement("a >= 0", layers=layers(["a", "0", "a"], a="real")),
    "half a copy": statement("P(prod(s, 1/2) >= 0) >= 0", s="rademacher"),
    "a mean that may not exist": statement("E(1/w) >= 0", w="gaussian"),
}  # fmt: skip
BROKEN = [
    ("variables", []), ("variables", None), ("variables", {"x": None}), ("definitions", {}),
    ("definitions", [["f"]]), ("definitions", [["f", 1]]), ("definitions", ["fg"]),
    ("definitions", [["f", "1", "2"]]), ("definitions", [["f g", "1"]]), ("hypotheses", []),
    ("hypotheses", {"h g": "x > 0"}),
    ("hypotheses", {"h" * 100: "x > 0"}), ("hypotheses", {"h" * 101: "x > 0"}),
    ("hypotheses", {"h.g-k_1": "x > 0"}), ("hypotheses", {"1": "x > 0"}),
    ("hypotheses", {"h": "x"}), ("hypotheses", {"h": 3}), ("constants", []),
    ("constants", {"c": 1}), ("scope", None), ("scope", "a\nb"), ("scope", 3),
    ("scope", "any text"),
    ("conclusion", None), ("conclusion", {}), ("conclusion", 3), ("layers", None), ("layers", []),
    ("layers", {}), ("layers", {**check.EMPTY, "more": 1}),
    ("layers", {**check.EMPTY, "variables": []}), ("layers", {**check.EMPTY, "accumulators": {}}),
    ("layers", dict(check.EMPTY)), ("more", "x"),
]  # fmt: skip


def without_library(goal):
    return Goal(goal.variables, goal.box, goal.facts, goal.target, goal.relation, goal.layers)


def statements():
    for name, made in STATEMENTS.items():
        yield Entry(f"{name} says", lambda made=made: check.written(made))
        yield Entry(f"{name} is", lambda made=made: [check.goal_of(p) for p in check.parts(made)])
        yield Entry(
            f"{name} wants",
            lambda made=made: [
                g for p in check.parts(made) for g in check.goals_of(check.goal_of(p))
            ],
        )
        yield Entry(f"{name} has parts", lambda made=made: check.canonical(check.parts(made)))
        yield Entry(f"{name} is known as", lambda made=made: check.digest(made))
        yield Entry(
            f"{name} has rows",
            lambda made=made: [check.conclusion_text(row) for row in check.rows_of(made)],
        )


def refusals():
    for name, made in BAD.items():
        yield Entry(name, lambda made=made: [check.goal_of(p) for p in check.parts(made)])
    for key, value in BROKEN:
        made = {**STATEMENTS["plain"], key: value}
        shown = json.dumps(value)
        yield Entry(
            f"{key} {shown[:70]}", lambda made=made: [check.goal_of(p) for p in check.parts(made)]
        )
    for key in STATEMENTS["plain"]:
        made = {k: v for k, v in STATEMENTS["plain"].items() if k != key}
        yield Entry(
            f"without {key}", lambda made=made: [check.goal_of(p) for p in check.parts(made)]
        )
    for made in (None, [], "x >= 0", 3):
        yield Entry(
            f"a statement {made!r}", lambda made=made: [check.goal_of(p) for p in check.parts(made)]
        )
    many = {f"x{i}": "real" for i in range(2_001)}
    some = dict([*many.items()][:2_000])
    for said, names in (("2000", some), ("2001", many)):
        yield Entry(f"a table of {said}", lambda names=names: len(check.table(names, check.NAME)))
        yield Entry(
            f"a list of {said}", lambda names=names: len(check.rows([[x] for x in names], 1))
        )
        parts = statement([[{}, "1 >= 0"] for _ in names])
        yield Entry(f"{said} conclusions", lambda parts=parts: len(check.parts(parts)))


def proofs():
    """Certificates of all kinds."""
    plain = STATEMENTS["plain"]
    yield "plain", sealed(plain, cone(("1", ["domain x"], "1")))
    yield "enclosed", sealed(plain, ENCLOSE)
    yield "nothing", sealed(STATEMENTS["nothing"], ENCLOSE)
    yield "wrong", sealed(STATEMENTS["two"], ENCLOSE)
    yield "product", sealed(STATEMENTS["two"], cone(("1", ["h", "h"], "1"), ("1", ["h", "g"], "1")))
    yield "have", sealed(plain, have("x + 1 > 0", ENCLOSE, cone(("1", ["domain x"], "1"))))
    yield "have too few", sealed(plain, have("x + 1 > 0", ENCLOSE))
    yield "too many", sealed(plain, ENCLOSE, ENCLOSE)
    yield "none", sealed(plain)
    yield "parted", sealed(STATEMENTS["parted"], ENCLOSE, ENCLOSE)
    yield "parted once", sealed(STATEMENTS["parted"], ENCLOSE)
    yield "layered", sealed(STATEMENTS["layered"], ENCLOSE)
    steps = invariant(
        "",
        ["a >= 0"],
        ENCLOSE,
        cone(("1", ["invariant 0"], "1"), ("1", ["layer domain d"], "1")),
        cone(("1", ["invariant 0"], "1")),
    )
    yield "invariant", sealed(STATEMENTS["layered"], steps)
    lemma = sealed(statement("x**2 >= 0", x="real"), ENCLOSE)
    other = sealed(statement("x**4 >= 0", x="real"), ENCLOSE)
    about = statement("(x + 1)**2 >= 0", x="real")
    used = cite(lemma, {"x": "x + 1"}, cone(("1", ["l"], "1")))
    yield "cited", sealed(about, used, lemmas=[lemma])
    yield "cited twice", sealed(about, used, lemmas=[lemma, lemma, other])
    yield "not cited", sealed(about, used, lemmas=[other])
    yield "cited by name", sealed(about, used, lemmas=[lemma["digest"]])
    yield "cited by an unknown name", sealed(about, used, lemmas=["0" * 64])
    yield (
        "nested",
        sealed(
            statement("x**2 + 1 >= 0", x="real"),
            ENCLOSE,
            lemmas=[sealed(about, used, lemmas=[lemma]), other],
        ),
    )
    yield "itself", sealed(about, used, lemmas=[check.digest(about)])
    bad = sealed(statement("x >= 1", x="real"), ENCLOSE)
    yield "a false lemma", sealed(about, used, lemmas=[bad])
    yield (
        "a lemma with parts",
        sealed(about, used, lemmas=[sealed(STATEMENTS["parted"], ENCLOSE, ENCLOSE)]),
    )
    yield "lemmas that are none", sealed(about, ENCLOSE) | {"lemmas": {}}
    yield "a lemma that is a number", sealed(about, ENCLOSE, lemmas=[None])


LIBRARY = {
    made["digest"]: check.canonical(made)
    for made in (sealed(statement(f"x**{n} >= 0", x="real"), ENCLOSE) for n in (2, 6))
}  # fmt: skip


def resealed(made):
    body = {k: v for k, v in made.items() if k != "seal"}
    return {**body, "seal": check.digest(body)}


def judged(text, about=None):
    def find():
        found = check.check(text, about, LIBRARY)
        return found.digest[:16], found.rests_on

    return find


def certificates():
    for name, made in proofs():
        yield Entry(f"{name}: checked", judged(check.canonical(made)))
    made = sealed(STATEMENTS["plain"], ENCLOSE)
    other = check.canonical(STATEMENTS["two"])
    text = check.canonical(made)
    for said, changed in (
        ("with a newline", text + "\n"), ("with two newlines", text + "\n\n"),
        ("with a blank", text + " "), ("blank first", " " + text),
        ("indented", json.dumps(made, indent=1)), ("sorted otherwise", json.dumps(made)),
        ("empty", ""), ("no JSON", "{"), ("null", "null"), ("a list", "[]"), ("a number", "1"),
        ("a decimal", '{"a":1.5}'), ("NaN", '{"a":NaN}'),
        ("a key twice", '{"a":"b","a":"c"}'), ("a long number", '{"a":' + "1" * 60 + "}"),
        ("bytes", None),
    ):  # fmt: skip
        yield Entry(f"a certificate {said}", judged(changed))
    for key, value in itertools.product((*sorted(made), "more"), ("x", {}, [])):
        changed = {**made, key: value}
        yield Entry(f"{key} {value!r}", judged(check.canonical(changed)))
        if key != "seal":
            yield Entry(f"{key} {value!r}, sealed anew", judged(check.canonical(resealed(changed))))
    for key in sorted(made):
        changed = {k: v for k, v in made.items() if k != key}
        yield Entry(f"a certificate without {key}", judged(check.canonical(changed)))
    yield Entry(
        "the statement that is asked for", judged(text, check.canonical(STATEMENTS["plain"]))
    )
    yield Entry("another statement than is asked for", judged(text, other))
    yield Entry(
        "an older format", judged(check.canonical({**made, "format": "lemmata certificate 2"}))
    )
    tree = copy.deepcopy(made["proof"])
    for value in (
        "no",
        {},
        [None],
        ["x"],
        [{"rule": "have"}],
        [{**tree[0], "parts": [ENCLOSE]}],
        [{**tree[0], "parts": {}}],
        [{**tree[0], "parts": []}],
    ):
        yield Entry(
            f"proof {json.dumps(value)}",
            judged(
                check.canonical(
                    sealed(made["statement"], *value)
                    if isinstance(value, list)
                    else resealed({**made, "proof": value})
                )
            ),
        )


def loading():
    for text in (
        "{}",
        "[]",
        '"x"',
        "true",
        "false",
        "null",
        "1",
        "-1",
        "1.0",
        "1e5",
        "Infinity",
        "-Infinity",
        "NaN",
        '{"a": {"b": "c", "b": "d"}}',
        '{"a": 1}',
        "",
        "x",
        None,
        b"{}",
        '{"a": "\\u00e9"}',
    ):
        yield Entry(f"load {text!r}", lambda text=text: check.canonical(check.load(text)))
    yield Entry("20000000 signs", lambda: check.load('"' + "x" * (20_000_000 - 2) + '"')[:3])
    yield Entry("20000001 signs", lambda: check.load('"' + "x" * (20_000_000 - 1) + '"')[:3])
    for name in (
        "x",
        "x" * 60,
        "x" * 61,
        "",
        "1x",
        "x1",
        "x_1",
        "_x",
        "x y",
        "x.y",
        "é",
        "x\n",
        "X",
    ):
        for said, grammar in (("name", check.NAME), ("label", check.LABEL)):
            yield Entry(
                f"{name!r} is a {said}",
                lambda name=name, grammar=grammar: check.table({name: "t"}, grammar),
            )
    for kind in (
        "real",
        "integer",
        "positive",
        "nonnegative",
        "gaussian",
        "uniform",
        "unit",
        "rademacher",
        "Real",
        "",
    ):
        yield Entry(
            f"domain {kind!r}",
            lambda kind=kind: (
                check.domain("x", kind).head,
                check.domain("x", kind),
                check.DOMAINS.get(kind),
            ),
        )
    for value, width in (
        ([], 2),
        ([["a", "b"]], 2),
        ([["a", "b"]], 3),
        ([["a"]], 1),
        ([[]], 0),
        ([["1", "b"]], 2),
        ([["a", 1]], 2),
        ([("a", "b")], 2),
        ({}, 2),
        ("ab", 1),
        (None, 1),
        (["ab"], 2),
    ):
        yield Entry(
            f"rows {value!r} of {width}", lambda value=value, width=width: check.rows(value, width)
        )
    made = check.sealed(STATEMENTS["nothing"], [])
    yield Entry("a certificate", lambda: check.canonical(made))
    yield Entry("a certificate with lemmas", lambda: check.canonical(check.sealed("x", [], ["y"])))


def errors():
    def raising(error):
        def find():
            with check.guarded():
                raise error

        return find

    for error in (
        MemoryError(),
        RecursionError(),
        OverflowError(),
        ZeroDivisionError(),
        KeyError("x"),
        IndexError(),
        TypeError(),
        ValueError("x"),
        check.Rejected("a step"),
        check.Malformed("a text"),
        check.Exhausted("all"),
    ):
        yield Entry(f"{type(error).__name__} inside", raising(error))

    def limits(operations, seconds):
        saved = check.METER.operations, check.METER.deadline, check.sys.getrecursionlimit()
        with check.guarded(operations, seconds):
            inside = (
                check.METER.operations,
                check.METER.deadline < check.time.process_time() + seconds + 1,
                check.sys.getrecursionlimit() >= 10_000,
            )
        return inside, saved == (
            check.METER.operations,
            check.METER.deadline,
            check.sys.getrecursionlimit(),
        )

    def nested(f):
        with check.guarded(300, 5):
            return f(1000, 50)[0]

    yield Entry("a budget of 1000", lambda: limits(1000, 5))
    yield Entry("a budget in a budget", lambda: nested(limits))

    def spent(operations):
        with check.guarded(operations):
            for _ in range(10):
                check.METER.spend(100)
            return operations

    for operations in (999, 1000, 10, 800, 700, 899, 900):
        yield Entry(f"1000 of {operations}", lambda operations=operations: spent(operations))


PAGES = {
    "statements": statements,
    "refused": refusals,
    "checked": certificates,
    "loading": loading,
    "errors": errors,
}
