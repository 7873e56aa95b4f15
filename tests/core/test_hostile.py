"""Hostile statements by hand: false somewhere, undefined somewhere, or without a meaning.

Each has a point at which its hypotheses hold and its conclusion does not, or words that say what is
wrong. Every short proof that the core itself can complete is tried: at the first goal each rule
with what fits it, then leaves wherever one is accepted. None may end in *proved*.
"""

import json
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from certificates import ENCLOSE, MEAN, cases, cone, have, layers, proved, sealed, statement
from forgeries import Case, check_of, forged
from test_forgeries import fails

from proofs.core import check
from proofs.core.terms import Malformed, Rejected
from proofs.user_claims import entries
from theory.claim_files import Unread

S = statement
REAL, INTEGER = {"x": "real"}, {"n": "integer"}
COUNT = {"x": "real", "n": "integer"}
GAUSS, SIGN, UNIT, UNIFORM = ({"w": law} for law in ("gaussian", "rademacher", "unit", "uniform"))

FALSE = {  # a statement, and a point at which it is false or not defined
    "0**n at n = 0": (S("0**n == 0", "n >= 0", **INTEGER), "n=0"),
    "no copies of zero": (S("E(prod(0*w, n)) == 0", "n >= 0", **INTEGER, **SIGN), "n=0"),
    "fewer than no copies": (S("E(prod(w + 2, n)) >= 0", **INTEGER, **SIGN), "n=-1"),
    "copies counted down": (
        S("P(prod(w + 2, 1 - n) >= 1) <= 1", "n >= 0", **INTEGER, **SIGN), "n=2",
    ),
    "x**n x**(-n) at 0": (S("x**n*x**(-n) == 1", **COUNT), "x=0 n=1"),
    "x**n over x**n, n >= 0": (S("x**n/x**n == 1", "n >= 0", **COUNT), "x=0 n=1"),
    "real powers cancel": (S("x**y*x**(-y) == 1", x="real", y="real"), "x=-1 y=0"),
    "a root of a square is no x": (S("(x**2)**(1/2) == x", **REAL), "x=-1"),
    "a cube root of a negative cube": (S("(x**3)**(1/3) == x", **REAL), "x=-1"),
    "a root of a product": (
        S("sqrt(x*y) == sqrt(x)*sqrt(y)", "x*y >= 0", x="real", y="real"), "x=-1 y=-1",
    ),
    "a logarithm of a product": (
        S("log(x*y) == log(x) + log(y)", "x*y > 0", x="real", y="real"), "x=-1 y=-1",
    ),
    "a logarithm of a square": (S("log(x**2) == 2*log(x)", "x != 0", **REAL), "x=-1"),
    "a logarithm of a quotient": (
        S("log(x/(x - 1)) == log(x) - log(x - 1)", "x/(x - 1) > 0", **REAL), "x=-1",
    ),
    "powers of powers": (S("(x**2)**(n/2) == x**n", **COUNT), "x=-1 n=1"),
    "an odd power of -1": (S("(-1)**n == 1", **INTEGER), "n=1"),
    "the square of a sign": (S("sign(x)**2 == 1", **REAL), "x=0"),
    "x over |x|": (S("x/abs(x) == sign(x)", **REAL), "x=0"),
    "gamma one step too low": (S("gamma(x + 1) == x*gamma(x)", "x > -1", **REAL), "x=-1/2"),
    "gamma of 0 and below": (S("gamma(x)**2 >= 0", **REAL), "x=0"),
    "lambertw below its branch": (S("lambertw(x) >= -1", **REAL), "x=-1"),
    "sine of asin beyond 1": (S("asin(x)**2 <= 3", **REAL), "x=2"),
    "rounding a negative end up": (S("n >= 1", "3*n >= -2", **INTEGER), "n=0"),
    "rounding a negative end down": (S("n <= -1", "3*n <= 2", **INTEGER), "n=0"),
    "rounding an open end": (S("n >= 1", "3*n > -3", **INTEGER), "n=0"),
    "rounding an open end down": (S("n <= -2", "-2*n > 0", **INTEGER), "n=-1"),
    "rounding what is between integers": (S("n*(n - 2) >= 0", "n >= 1/2", **INTEGER), "n=1"),
    "a zero at a closed end": (S("x*exp(x) > 0", "x >= 0", **REAL), "x=0"),
    "a zero slope from an open end": (S("0*x > 0", "x > 0", **REAL), "x=1"),
    "an open end is not far from 0": (S("x >= 1/1000", "x > 0", **REAL), "x=1/2000"),
    "below its limit": (S("1/x > 1/1000", "x >= 1", **REAL), "x=1000"),
    "a limit from the other side": (S("-exp(-x) >= 0", "x >= 0", **REAL), "x=0"),
    "an integer between integers": (S("(n - 1)*(n - 2) <= 0", "n >= 1", **INTEGER), "n=3"),
    "an event that nothing is": (S("P(w > 1) == 1/2", **SIGN), ""),
    "an event of a bounded law": (S("P(abs(w) <= 1) == 1/2", **UNIFORM), ""),
    "an event with an undefined end": (S("P(w >= log(x)) <= 1", **REAL, **GAUSS), "x=0"),
    "a mean times 0": (S("E(0*log(w)) == 0", **GAUSS), ""),
    "a mean to the power 0": (S("E((1/w)**0) == 1", **GAUSS), ""),
    "a mean of a power 1/w": (S("E(2**(1/(1 + w))) >= 0", **SIGN), ""),
    "a sign in the exponent of 0": (S("E(0**w) >= 0", **SIGN), ""),
    "a sign in the exponent of x": (S("P(x**w >= 0) == 1", "x != 0", **REAL, **SIGN), "x=-1"),
    "after no layer": (
        S("a >= 2", layers=layers(("a", "1", "a*z"), z="real", hypotheses={"h": "z >= 2"})), "",
    ),
    "a counter that falls below 0": (
        S("x**k >= 0", "x >= 0", layers=layers(("k", "0", "k - 1")), **REAL), "x=0",
    ),
}  # fmt: skip
STEPS = {"a counter that falls below 0": 1}  # after how many layers it fails
WRONG = {  # what the reference does not know: the statement, and what is so
    "a layer without a value": (
        S("0*a >= 0", "x >= 0", layers=layers(("a", "x", "log(a)")), **REAL),
        "log(0)",
    ),
    "a start without a value": (
        S("0*a >= 0", layers=layers(("a", "sqrt(x)", "a")), **REAL),
        "sqrt(-1)",
    ),
    "a chance beyond 1": (S("P(w <= 2) == 2", **UNIT), "it is 1"),
    "a chance below 0": (S("P(w <= -1) == -1", **UNIT), "it is 0"),
    "the square of a share": (S("P(w**2 <= 1/4) == 1/4", **UNIT), "it is 1/2"),
    "a mean of the wrong law": (S("E(w) == 0", **UNIT), "it is 1/2"),
    "a variance of the wrong law": (S("E(w**2) == 1", **UNIT), "it is 1/3"),
    "an integral without a value": (S("E(1/w) >= 0", **UNIT), "it diverges"),
    "a mean of e^(w^2)": (S("E(exp(w**2)) >= 0", **GAUSS), "it diverges"),
    "a mean of 1/w^2": (S("E(1/w**2) >= 0", **GAUSS), "it diverges"),
    "a mean of a jump over a pole": (S("E(sign(w)/w) >= 0", **GAUSS), "it diverges"),
    "a mean of gamma": (S("E(gamma(w)) >= 0", **UNIT), "it diverges"),
}
LANGUAGE = Path(__file__).parents[1] / "fixtures" / "hostile-kinds.toml"
MEANINGLESS = [  # signs of operators are no functions, whatever a chance makes of them
    "P(/(w) >= 0) <= 1", "P(**(w) >= 0) <= 1", "P(+(w) >= 0) <= 1", "P(*(w) >= 0) <= 1",
    "P(-(w, w) >= 0) <= 1", "P(/(w, w) >= 0) <= 1", "P(**(w, 2) >= 0) <= 1",
    "P(w +(w) 2 >= 0) <= 1",
    "P(E(w) >= 0) <= 1", "E(P(w >= 0)) <= 1", "P(P(w >= 0) >= 0) <= 1", "P(w >= 0 >= w) <= 1",
    "P(w) <= 1", "P(w, w) <= 1", "E(w >= 0) <= 1", "E() <= 1", "prod(w, 2) <= 1", "w <= 1",
    "P(w >= prod(w, 2)) <= 1", "P(prod(w, w) >= 0) <= 1", "P(prod(w, 2) == 0) <= 1",
    "E(prod(w, 1/2)) <= 1", "E(1 + prod(w, 2)) <= 1", "E(prod(prod(w, 2), 2)) <= 1",
]  # fmt: skip


def attacks(goal):
    """Nodes to begin with: each rule, with everything short that fits the goal."""
    yield from (ENCLOSE, MEAN, cone(), cone(("1", [], "1")), cone(sign="0"))
    said = f"{goal.target} {goal.relation} 0"
    yield have(said)
    yield from ({"rule": "invariant", "variable": v, "invariants": i}
                for v in ("", *goal.box) for i in ([], [said]))  # fmt: skip
    for x in goal.box:
        yield cases(x)
        yield from ({"rule": r, "variable": x, "end": end}
                    for r in ("monotone", "limit") for end in ("lo", "hi"))  # fmt: skip
        for there, back in (("x", "x + 1"), ("x**2", "sqrt(x)"), ("exp(x)", "log(x)"), ("0", "0")):
            yield {
                "rule": "substitute", "variable": x, "value": there.replace("x", x),
                "inverse": back.replace("x", x).replace(f"e{x}p", "exp"), "where": [f"{x} >= 0"],
            }  # fmt: skip


def survived(about):
    """The attacks that end in *proved*."""
    try:
        with check.guarded():
            nodes = [*attacks(check.goal_of(about))]
    except Malformed:
        return
    for node in nodes:
        with suppress(Rejected, Malformed):
            made, _ = forged(Case(about, node))
            if check_of(made) == "proved":
                yield made


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_at_a_point_is_not_proved(name):
    about, point = FALSE[name]
    at = dict(pair.split("=") for pair in point.split())
    with suppress(Malformed):  # a mean that may not exist is not even read
        assert fails(Case(about, {}, at, steps=STEPS.get(name, 0)))
    assert not [*survived(about)]


TRUE = {  # so that the attacks are not in vain
    "0**n at n = 1": S("0**n >= 0", "n >= 1", **INTEGER),
    "a logarithm of a product": S("log(x*y) == log(x) + log(y)", x="positive", y="positive"),
    "rounding a negative end up": S("n >= 0", "3*n >= -2", **INTEGER),
    "a zero at a closed end": S("x*exp(x) >= 0", "x >= 0", **REAL),
    "below its limit": S("1/x >= 0", "x >= 1", **REAL),
    "an event that nothing is": S("P(w > 1) == 0", **SIGN),
    "a product that grows": S("a >= 0", "x >= 0", layers=layers(("a", "1", "a*x")), **REAL),
}  # fmt: skip


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_near_by_is_proved(name):
    assert [*survived(TRUE[name])]


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_so_is_not_proved(name):
    assert not [*survived(WRONG[name][0])]


@pytest.mark.slow
@pytest.mark.parametrize("name", tomllib.loads(LANGUAGE.read_text()))
def test_what_the_language_makes_of_a_hostile_claim_is_not_proved(name):
    """Whatever it says to the core: no short proof of all its goals is accepted."""
    (claim,) = entries(LANGUAGE, name)
    pieces = () if isinstance(claim, Unread) else claim.statement.pieces
    assert not pieces or any(not [*survived(json.loads(p.canonical))] for p in pieces)


@pytest.mark.parametrize("conclusion", MEANINGLESS)
def test_what_has_no_meaning_is_not_read(conclusion):
    with pytest.raises(Malformed):
        proved(S(conclusion, w="gaussian"), ENCLOSE)


# Certificates: several conclusions, layers and lemmas that are not what they say ------------------

NONE, ONE = cone(), ("1", [], "1")
H, P, Q, L = (cone(("1", [name], "1")) for name in "hpql")
CLAIMED = sealed(S("t >= 1", "t >= 1", t="real"), H)
EMPTY = sealed(S("0 >= 1", "t**2 < 0", t="real"), cone(("1", ["h"], "1"), ("1", [], "t"), sign="0"))
ODD = sealed(
    S("(n - 1/2)**2 >= 1/4", "n >= 1", n="integer"), cone(("1", ["h", "h"], "1"), ("1", ["h"], "1"))
)
HELD = sealed(
    S("a >= 0", layers=layers(("a", "0", "a + 1"))),
    {"rule": "invariant", "variable": "", "invariants": ["a >= 0"],
     "parts": [ENCLOSE, cone(("1", ["invariant 0"], "1"), ONE), cone(("1", ["invariant 0"], "1"))]},
)  # fmt: skip
TWO = {**S("", x="real"), "conclusion": [[{"p": "x >= 1"}, "x >= 1"], [{"q": "x <= 0"}, "x <= 0"]]}
ROWS = sealed(TWO, P, Q)


def use(lemma, at, *parts, **more):
    return {
        "rule": "cite",
        "lemma": lemma["digest"],
        "at": at,
        "name": "l",
        "parts": [*parts],
        **more,
    }


STOLEN = {  # the statement, its proof, its lemmas
    "a lemma without its hypothesis": (
        (S("x >= 1", x="real"), use(CLAIMED, {"t": "x"}, L), [CLAIMED]),
        (S("x >= 1", x="real"), use(CLAIMED, {"t": "x"}, ENCLOSE, L), [CLAIMED]),
        (S("x >= 1", x="real"), use(CLAIMED, {"t": "x"}, L, L), [CLAIMED]),
    ),
    "a lemma about nothing": (
        (S("0 >= 1"), use(EMPTY, {"t": "0"}, L), [EMPTY]),
        (S("0 >= 1"), use(EMPTY, {"t": "0"}, NONE, L), [EMPTY]),
        (S("0 >= 1", x="real"), use(EMPTY, {"t": "x"}, ENCLOSE, L), [EMPTY]),
    ),
    "an integer that is none": (
        (S("(x - 1/2)**2 >= 1/4", "x >= 1", x="real"), use(ODD, {"n": "x"}, ENCLOSE, L), [ODD]),
        (S("0 >= 1/4"), use(ODD, {"n": "1/2"}, L), [ODD]),
        (S("(n/2 - 1/2)**2 >= 1/4", "n >= 2", n="integer"),
         use(ODD, {"n": "n/2"}, ENCLOSE, L), [ODD]),
    ),
    "a lemma about layers": (
        (S("x >= 0", x="real"), use(HELD, {"a": "x"}, L), [HELD]),
        (S("x >= 0", x="real"), use(HELD, {}, L), [HELD]),
    ),
    "a lemma with several conclusions": (
        (S("x >= 1", x="real"), use(ROWS, {"x": "x"}, L), [ROWS]),
        (S("x >= 1", "x >= 1", x="real"), use(ROWS, {"x": "x"}, H, L), [ROWS]),
    ),
    "a lemma at no term, or at one too many": (
        (S("x >= 1", "x >= 1", x="real"), use(CLAIMED, {}, L), [CLAIMED]),
        (S("x >= 1", "x >= 1", x="real"), use(CLAIMED, {"t": "x", "x": "x"}, L), [CLAIMED]),
        (S("x >= 1", "x >= 1", x="real"), use(CLAIMED, {"x": "x"}, L), [CLAIMED]),
    ),
    "a lemma that is not listed": ((S("0 >= 1"), use(EMPTY, {"t": "0"}, NONE, L), [CLAIMED]),),
    "a lemma under another digest": (
        (S("0 >= 1"), use(EMPTY, {"t": "0"}, L), [{**CLAIMED, "digest": EMPTY["digest"]}]),
        (S("0 >= 1"), use(CLAIMED, {"t": "0"}, L),
         [{**CLAIMED, "statement": S("t >= 1", t="real")}]),
    ),
    "a lemma whose proof is another's": (
        (S("0 >= 1"), use(sealed(S("0 >= 1"), L), {}, L), [sealed(S("0 >= 1"), L)]),
        (S("x >= 1", x="real"), use(sealed(S("t >= 1", t="real"), L), {"t": "x"}, L),
         [sealed(S("t >= 1", t="real"), H)]),
    ),
    "a fact of a lemma that takes the name of another": (
        (S("0 >= 1", "1 >= 0"), use(EMPTY, {"t": "0"}, NONE, H, name="h"), [EMPTY]),
    ),
    "a hypothesis of another row": (
        ({**TWO, "conclusion": [[{"p": "x >= 1"}, "x >= 1"], [{"q": "x <= 0"}, "x >= 1"]]},
         P, P, []),
        ({**TWO, "conclusion": [[{}, "x >= 1"], [{"p": "x >= 1"}, "x >= 1"]]},
         P, P, []),
    ),
    "one proof for two rows": (
        (TWO, P, []),
        ({**TWO, "conclusion": [[{"p": "x >= 1"}, "x >= 1"], [{}, "0 >= 1"]]}, P, []),
        ({**TWO, "conclusion": []}, []),
        ({**TWO, "conclusion": [[{"p": "x >= 1"}, "x >= 1", "0 >= 1"]]}, P, []),
    ),
    "a proof of the rows in another order": (
        (TWO, Q, P, []),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STOLEN)
def test_what_is_stolen_proves_nothing(name):
    for about, *proof, lemmas in STOLEN[name]:
        with pytest.raises((Rejected, Malformed)):
            proved(about, *proof, lemmas=lemmas)


def test_what_they_steal_from_is_true():
    for lemma in (CLAIMED, EMPTY, ODD, HELD, ROWS):
        assert check_of(lemma) == "proved"
