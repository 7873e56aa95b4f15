"""Twins: a certificate of something true, accepted; nearly the same of something false, rejected.

Each pair is named by its rule, the relation or the defect. Both have the right number of nodes, so
that it is a rule that refuses the false one, and not the count of its goals.
"""

import json
import re
from pathlib import Path

import pytest
from certificates import (
    ENCLOSE,
    MEAN,
    cases,
    cite,
    cone,
    have,
    invariant,
    layers,
    limit,
    markov,
    monotone,
    proved,
    sealed,
    statement,
    substitute,
)

from proofs.core import check
from proofs.core.rules import RULES
from proofs.core.terms import Rejected

S = statement
NONE = cone()
ONE_SQUARE = cone(("1", [], "x"))
HIDDEN = "x**2 + 0*(x**2)**n + 0*log((x**2)**n + 1) > 0"
UNSHOWN = "(x**2)**(-1) + 1 > 0"

TWINS = {
    # enclose: an interval around all values
    "enclose >=": ((S("2 >= 1"), ENCLOSE), (S("1 >= 2"), ENCLOSE)),
    "enclose >": ((S("x**2 + 1 > 0", x="real"), ENCLOSE), (S("x**2 > 0", x="real"), ENCLOSE)),
    "enclose ==": ((S("0*x == 0", x="real"), ENCLOSE), (S("x == 0", "x >= 0", x="real"), ENCLOSE)),
    "enclose == of numbers": ((S("1 + 1 == 2"), ENCLOSE), (S("2 == 1"), ENCLOSE)),
    "enclose !=": ((S("x**2 + 1 != 0", x="real"), ENCLOSE), (S("x**2 != 0", x="real"), ENCLOSE)),
    "enclose, the one value of an equation": (
        (S("x >= 1", "x == 1", x="real"), ENCLOSE),
        (S("x <= 0", "x == 1", x="real"), ENCLOSE),
    ),
    "enclose, the one value of an equation that falls": (
        (S("2*x >= 3", "3 - 2*x == 0", x="real"), ENCLOSE),
        (S("2*x <= -3", "3 - 2*x == 0", x="real"), ENCLOSE),
    ),
    "enclose on a half line": (
        (S("x + 1 > 0", "x >= 0", x="real"), ENCLOSE),
        (S("x > 0", "x >= 0", x="real"), ENCLOSE),
    ),
    "enclose, integer ends": (
        (S("n >= 2", "n > 1", n="integer"), ENCLOSE),
        (S("n >= 2", "n >= 1", n="integer"), ENCLOSE),
    ),
    "enclose, integer ends rounded": (
        (S("n <= 1", "2*n <= 3", n="integer"), ENCLOSE),
        (S("2*n <= 2", "2*n <= 3", n="real"), ENCLOSE),
    ),
    "enclose, negative integer ends": (
        (S("n <= -2", "n < -1", n="integer"), ENCLOSE),
        (S("n <= -2", "2*n < -1", n="integer"), ENCLOSE),
    ),
    "enclose, undefined": (
        (S("0*log(x**2 + 1) >= 0", x="real"), ENCLOSE),
        (S("0*log(x**2) >= 0", x="real"), ENCLOSE, ENCLOSE),
    ),
    "enclose, undefined at one end": (
        (S("exp(0*log(x)) >= 0", "x >= 1", x="real"), ENCLOSE),
        (S("exp(0*log(x)) >= 0", "x >= 0", x="real"), ENCLOSE, ENCLOSE),
    ),
    "enclose, undefined power 0": (
        (S("(1/(x**2 + 1))**0 == 1", x="real"), NONE),
        (S("(1/x)**0 == 1", x="real"), ENCLOSE, NONE),
    ),
    "enclose, integer power of zero": (
        (S("0*x**n == 0", "n >= 0", x="real", n="integer"), ENCLOSE),
        (S("0*x**n == 0", "n >= -1", x="real", n="integer"), ENCLOSE, ENCLOSE),
    ),
    "enclose, real power of a negative number": (
        (S("0*x**y == 0", "x > 0", x="real", y="real"), ENCLOSE),
        (S("0*x**y == 0", "x >= 0", x="real", y="real"), ENCLOSE, ENCLOSE),
    ),
    "enclose, roots": (
        (S("0*x**(1/3) == 0", "x >= 0", x="real"), ENCLOSE),
        (S("0*x**(-1/3) == 0", "x >= 0", x="real"), ENCLOSE, ENCLOSE),
    ),
    "enclose, the end of a fact that falls slowly": (
        (S("x <= 2", "1 - x/2 >= 0", x="real"), ENCLOSE),
        (S("x >= 2", "1 - x/2 >= 0", x="real"), ENCLOSE),
    ),
    "enclose, the end of a fact that rises slowly": (
        (S("x >= 2", "x/2 - 1 >= 0", x="real"), ENCLOSE),
        (S("x <= 2", "x/2 - 1 >= 0", x="real"), ENCLOSE),
    ),
    "enclose, a chance of what is not drawn": (
        (S("P(x**2 >= 0) >= 1", x="real"), ENCLOSE),
        (S("P(x >= 0) <= 0", x="real"), ENCLOSE),
    ),
    "enclose, a chance of what is not drawn, strictly": (
        (S("P(-1 - x**2 > 0) <= 0", x="real"), ENCLOSE),
        (S("P(1 - x > 0) <= 0", x="real"), ENCLOSE),
    ),
    # the mean value form
    "mean >=": (
        (S("x**2 - x/2 >= 0", "x >= 1", "x <= 3/2", x="real"), MEAN),
        (S("x**2 - 2*x >= 0", "x >= 1", "x <= 2", x="real"), MEAN),
    ),
    "mean >": (
        (S("x**2 - x + 1 > 0", "x >= 1", "x <= 2", x="real"), MEAN),
        (S("x**2 - x > 0", "x >= 1", "x <= 2", x="real"), MEAN),
    ),
    "mean !=": (
        (S("x + x**2 != 0", "x >= 1", "x <= 2", x="real"), MEAN),
        (S("x - x**2 != 0", "x >= 1", "x <= 2", x="real"), MEAN),
    ),
    "mean ==": (
        (S("0*x == 0", "x >= 1", "x <= 2", x="real"), MEAN),
        (S("x == 3/2", "x >= 1", "x <= 2", x="real"), MEAN),
    ),
    "mean, box without an end": (
        (S("x >= 0", "x >= 1", "x <= 2", x="real"), MEAN),
        (S("x >= 0", "x <= 2", x="real"), MEAN),
    ),
    "mean, a kink": (
        (S("x + 1 >= 0", "x >= -1", "x <= 1", x="real"), MEAN),
        (S("abs(x) >= 1", "x >= -1", "x <= 1", x="real"), MEAN),
    ),
    "mean, facts are not kept": (  # defined at x != 0 only, where the slope of 0/x is 0
        (S("5 + 0/x > 0", "x >= 1", "x <= 2", x="real"), MEAN),
        (
            S("5 + 0/x > 0", "x >= -1", "x <= 1", "0/x == 0", x="real"),
            {**MEAN, "parts": [ENCLOSE, ENCLOSE]},
        ),
    ),
    # cone: sums of products of facts
    "cone >=": (
        (S("x**2 + 1 >= 2*x", x="real"), cone(("1", [], "x - 1"))),
        (S("x**2 + 1 >= 3*x", x="real"), cone(("1", [], "x - 1"))),
    ),
    "cone >": (
        (S("x**2 + 1 > 0", x="real"), cone(("1", [], "x"), ("1", [], "1"))),
        (S("x**2 > 0", x="real"), cone(("1", [], "x"))),
    ),
    "cone > with weight zero": (
        (S("x > 0", "x > 0", x="real"), cone(("1", ["h"], "1"))),
        (S("0*x > 0", "x > 0", x="real"), cone(("0", ["h"], "1"))),
    ),
    "cone > times a square": (
        (S("x > 0", "x > 0", x="real"), cone(("1", ["h"], "1"))),
        (S("x*y**2 > 0", "x > 0", x="real", y="real"), cone(("1", ["h"], "y"))),
    ),
    "cone > from >=": (
        (S("x*y > 0", "x > 0", "y > 0", x="real", y="real"), cone(("1", ["h", "g"], "1"))),
        (S("x*y > 0", "x > 0", "y >= 0", x="real", y="real"), cone(("1", ["h", "g"], "1"))),
    ),
    "cone ==": (
        (S("x**2 == 1", "x == 1", x="real"), cone(("1", ["h"], "x + 1"))),
        (S("x**2 == 1", "x >= 1", x="real"), cone(("1", ["h"], "x + 1"))),
    ),
    "cone == with an inequality among others": (
        (S("x == 1", "x == 1", "y >= 0", x="real", y="real"), cone(("1", ["h"], "1"))),
        (
            S("x + y == 1", "x == 1", "y >= 0", x="real", y="real"),
            cone(("1", ["h"], "1"), ("1", ["g"], "1")),
        ),
    ),
    "cone, negative weight": (
        (S("1 >= x", "x == 1", x="real"), cone(("-1", ["h"], "1"))),
        (S("1 >= x", "x >= 1", x="real"), cone(("-1", ["h"], "1"))),
    ),
    "cone, negative weight of a square": (
        (S("0 >= -x**2", x="real"), ONE_SQUARE),
        (S("0 >= x**2", x="real"), cone(("-1", [], "x"))),
    ),
    "cone, the square of an inequality's factor": (
        (S("x*y >= 0", "x == 0", x="real", y="real"), cone(("1", ["h"], "y"))),
        (S("x*y >= 0", "x >= 0", x="real", y="real"), cone(("1", ["h"], "y"))),
    ),
    "cone != below zero": (
        (S("x != 0", "x < 0", x="real"), cone(("1", ["h"], "1"), sign="-1")),
        (S("x != 0", "x <= 0", x="real"), cone(("1", ["h"], "1"), sign="-1")),
    ),
    "cone != above zero": (
        (S("x != 0", "x > 0", x="real"), cone(("1", ["h"], "1"))),
        (S("x != 0", "x >= 0", x="real"), cone(("1", ["h"], "1"))),
    ),
    "cone, sign -1 is for != only": (
        (S("x <= 0", "x < 0", x="real"), cone(("1", ["h"], "1"))),
        (S("x >= 0", "x < 0", x="real"), cone(("1", ["h"], "1"), sign="-1")),
    ),
    "cone, contradiction": (
        (
            S("y == 7", "x > 0", "x < 0", x="real", y="real"),
            cone(("1", ["h"], "1"), ("1", ["g"], "1"), sign="0"),
        ),
        (
            S("y == 7", "x >= 0", "x <= 0", x="real", y="real"),
            cone(("1", ["h"], "1"), ("1", ["g"], "1"), sign="0"),
        ),
    ),
    "cone, contradiction that does not add up": (
        (
            S("2 == 1", "x**2 < -1", x="real"),
            cone(("1", ["h"], "1"), ("1", [], "x"), ("1", [], "1"), sign="0"),
        ),
        (
            S("2 == 1", "x**2 < 1", x="real"),
            cone(("1", ["h"], "1"), ("1", [], "x"), ("1", [], "1"), sign="0"),
        ),
    ),
    "cone, a factor": (
        (
            S("y >= 0", "x > 0", "x*y >= 0", x="real", y="real"),
            cone(("1", ["g"], "1"), times=["h"]),
        ),
        (
            S("y >= 0", "x >= 0", "x*y >= 0", x="real", y="real"),
            cone(("1", ["g"], "1"), times=["h"]),
        ),
    ),
    "cone, a factor of any sign": (
        (
            S("y == 0", "x > 0", "x*y == 0", x="real", y="real"),
            cone(("1", ["g"], "1"), times=["h"]),
        ),
        (
            S("y >= 0", "x != 0", "x*y >= 0", x="real", y="real"),
            cone(("1", ["g"], "1"), times=["h"]),
        ),
    ),
    "cone, a factor that is zero": (
        (S("y > 0", "x == 1", "y > 0", x="real", y="real"), cone(("1", ["g"], "1"))),
        (S("y > 0", "x == 0", "x*y >= 0", x="real", y="real"), cone(times=["h"])),
    ),
    "cone, x != 0 is no term": (
        (S("x**2 > 0", "x > 0", x="real"), cone(("1", ["h", "h"], "1"))),
        (S("x > 0", "x != 0", x="real"), cone(("1", ["h"], "1"))),
    ),
    "cone, undefined square": (
        (S("x >= 0", x="nonnegative"), cone(("1", [], "sqrt(x)"))),
        (S("x >= 0", x="real"), cone(("1", [], "sqrt(x)"), parts=[ENCLOSE])),
    ),
    "cone, undefined square of weight zero": (
        (S("x + 1 >= x", x="positive"), cone(("1", [], "1"), ("0", [], "log(x)"))),
        (
            S("x**2 > 0", x="real"),
            cone(("1", ["sign:exp(2*log(x))"], "1"), ("0", [], "log(x)"), parts=[ENCLOSE, ENCLOSE]),
        ),
    ),
    "cone, undefined sign": (
        (S("x > 0", x="positive"), cone(("1", ["sign:exp(log(x))"], "1"))),
        (S("x > 0", x="real"), cone(("1", ["sign:exp(log(x))"], "1"), parts=[ENCLOSE])),
    ),
    "cone, undefined sign of a factor": (
        (
            S("y >= 0", "x*y >= 0", x="positive", y="real"),
            cone(("1", ["h"], "1"), times=["sign:exp(log(x))"]),
        ),
        (
            S("y >= 0", "x*y >= 0", x="real", y="real"),
            cone(("1", ["h"], "1"), times=["sign:exp(log(x))"], parts=[ENCLOSE]),
        ),
    ),
    "cone, open and closed ends": (
        (S("x > 0", "2*x > 0", x="real"), cone(("1", ["lo:x"], "1"))),
        (S("x > 0", "2*x >= 0", x="real"), cone(("1", ["lo:x"], "1"))),
    ),
    "cone, upper ends": (
        (S("x < 3", "2*x < 6", x="real"), cone(("1", ["hi:x"], "1"))),
        (S("x < 3", "2*x <= 6", x="real"), cone(("1", ["hi:x"], "1"))),
    ),
    "cone, the one value of a range": (
        (S("x == 3", "x >= 3", "x <= 3", x="real"), cone(("1", ["at:x"], "1"))),
        (S("x == 3", "x >= 3", "x <= 4", x="real"), cone(("1", ["at:x"], "1"))),
    ),
    "cone, the one integer": (
        (S("n == 1", "n > 0", "n < 2", n="integer"), cone(("1", ["at:n"], "1"))),
        (S("n == 1", "n > 0", "n < 3", n="integer"), cone(("1", ["at:n"], "1"))),
    ),
    "cone, what lies beyond an open end is not zero": (
        (S("x/x == 1", "2*x > 0", x="real"), NONE),
        (S("x/x == 1", "2*x >= 0", x="real"), ENCLOSE, NONE),
    ),
    "cone, an open upper end of what falls slowly": (
        (S("0*log(1 - x/2) == 0", "2*x < 4", x="real"), NONE),
        (S("0*log(-x/2) == 0", "2*x > 0", x="real"), ENCLOSE, NONE),
    ),
    "enclose, an end further away": (
        (S("x <= 1", "x < 5", "x <= 1", x="real"), ENCLOSE),
        (S("x <= 1", "x < 5", "x <= 2", x="real"), ENCLOSE),
    ),
    "cone, signs by enclosures": (
        (S("exp(x) + 1 > 0", x="real"), cone(("1", ["sign:exp(x) + 1"], "1"))),
        (S("exp(x) - 1 > 0", x="real"), cone(("1", ["sign:exp(x) - 1"], "1"))),
    ),
    # normal forms: equations between formulas
    "normal |x|": (
        (S("abs(x) == x", x="nonnegative"), NONE),
        (S("abs(x) == x", x="real"), NONE),
    ),
    "normal |x|^2": (
        (S("abs(x)**2 == x**2", x="real"), NONE),
        (S("abs(x)**3 == x**3", x="real"), NONE),
    ),
    "normal root of a square": (
        (S("sqrt(x**2) == abs(x)", x="real"), NONE),
        (S("sqrt(x**2) == x", x="real"), NONE),
    ),
    "normal square of a root": (
        (S("sqrt(x)**2 == x", x="nonnegative"), NONE),
        (S("sqrt(x)**2 == x", x="real"), ENCLOSE, NONE),
    ),
    "normal cube roots": (
        (S("(x**3)**(1/3) == x", "x >= 0", x="real"), NONE),
        (S("(x**6)**(1/3) == x**3", "x >= 0", x="real"), NONE),
    ),
    "normal log of a square": (
        (
            S("log(x**2) == 2*log(x)", x="positive"),
            have("x**2 > 0", cone(("1", ["lo:x", "lo:x"], "1")), cone(("1", ["new"], "1"))),
            NONE,
        ),
        (S("log(x**2) == 2*log(x)", "x != 0", x="real"), ENCLOSE, ENCLOSE, NONE),
    ),
    "normal log of a product": (
        (
            S("log(x*exp(y)) == log(x) + y", x="positive", y="real"),
            cone(("1", ["lo:x", "sign:exp(y)"], "1")),
            NONE,
        ),
        (S("log(x + exp(y)) == log(x) + y", x="positive", y="real"), ENCLOSE, NONE),
    ),
    "normal exp": (
        (S("exp(x + y) == exp(x)*exp(y)", x="real", y="real"), NONE),
        (S("exp(x*y) == exp(x)*exp(y)", x="real", y="real"), NONE),
    ),
    "normal exp of fractions": (
        (S("exp(x/2)*exp(x/3) == exp(5*x/6)", x="real"), NONE),
        (S("exp(x/2)*exp(x/3) == exp(x/6)", x="real"), NONE),
    ),
    "normal integer powers": (
        (S("x**(2*n) == (x**n)**2", "n >= 0", x="real", n="integer"), NONE),
        (S("x**(2*n) == x**n", "n >= 0", x="real", n="integer"), NONE),
    ),
    "normal integer powers of zero": (
        (S("x*x**n == x**(n + 1)", "n >= 0", x="real", n="integer"), NONE),
        (S("x*x**(n - 1) == x**n", "n >= 0", x="real", n="integer"), ENCLOSE, NONE),
    ),
    "normal real powers": (
        (S("(x**y)**2 == x**(2*y)", x="positive", y="real"), NONE),
        (S("(x**y)**2 == x**(3*y)", x="positive", y="real"), NONE),
    ),
    "normal sin and cos": (
        (S("sin(x)**2 + cos(x)**2 == 1", x="real"), NONE),
        (S("sin(x)**2 - cos(x)**2 == 1", x="real"), NONE),
    ),
    "normal cosh": (
        (S("cosh(x)**2 - sinh(x)**2 == 1", x="real"), NONE),
        (S("cosh(x)**2 + sinh(x)**2 == 1", x="real"), NONE),
    ),
    "normal max": (
        (S("max(x, y) + min(x, y) == x + y", x="real", y="real"), NONE),
        (S("max(x, y) - min(x, y) == x - y", x="real", y="real"), NONE),
    ),
    "normal sign": (
        (S("sign(x)*abs(x) == x", x="positive"), NONE),
        (S("sign(x)*abs(x) == -x", x="positive"), NONE),
    ),
    "normal sign of what is negative": (
        (S("sign(x)*abs(x) == x", "x < 0", x="real"), NONE),
        (S("sign(x)*abs(x) == 2*x", "x < 0", x="real"), NONE),
    ),
    "normal quotients": (
        (S("x*(1/x) == 1", x="positive"), NONE),
        (S("x*(1/x) == 1", x="real"), ENCLOSE, NONE),
    ),
    "normal 0/0": (
        (S("(x - x)/(x + 1) == 0", x="positive"), NONE),
        (S("(x - x)/(x - x) == 1", x="positive"), NONE, NONE),
    ),
    "normal sin of zero": (
        (S("sin(x - x) == 0", x="real"), NONE),
        (S("sin(x) == 0", x="real"), NONE),
    ),
    "normal erf of zero": (
        (S("erf(x - x) == 0", x="real"), NONE),
        (S("erf(x) == 0", x="real"), NONE),
    ),
    "normal cos of zero": (
        (S("cos(x - x)**2 == 1", x="real"), NONE),
        (S("cos(x)**2 == 1", x="real"), NONE),
    ),
    "normal tanh": (
        (S("tanh(x)*cosh(x) == sinh(x)", x="real"), NONE),
        (S("tanh(x)*sinh(x) == cosh(x)", x="real"), NONE),
    ),
    "normal exponents of logarithms": (
        (S("exp(2*log(x)) == x**2", x="positive"), NONE),
        (S("exp(2*log(x)) == x**3", x="positive"), NONE),
    ),
    "normal logarithms of numbers": (
        (S("log(12) == 2*log(2) + log(3)"), NONE),
        (S("log(12) == 2*log(3) + log(2)"), NONE),
    ),
    "normal logarithms of fractions": (
        (S("log(9/8) == 2*log(3) - 3*log(2)"), NONE),
        (S("log(9/8) == 2*log(3) + 3*log(2)"), NONE),
    ),
    "normal roots of numbers": (
        (S("sqrt(9/4) == 3/2"), NONE),
        (S("sqrt(9/4) == 2/3"), NONE),
    ),
    "normal roots of products": (
        (S("sqrt(4*x**2*y**2) == 2*abs(x*y)", x="real", y="real"), NONE),
        (S("sqrt(4*x**2*y**2) == 2*x*y", x="real", y="real"), NONE),
    ),
    "normal logarithms of factors that facts make positive": (
        (
            S(
                "log((x + y)*(2*x + y)) == log(x + y) + log(2*x + y)",
                "x + y > 0",
                "2*x + y > 0",
                x="real",
                y="real",
            ),
            cone(("1", ["h", "g"], "1")),
            NONE,
        ),
        (
            S(
                "log((x + y)*(2*x + y)) == log(x + y) + log(2*x + y)",
                "(x + y)*(2*x + y) > 0",
                x="real",
                y="real",
            ),
            ENCLOSE,
            ENCLOSE,
            NONE,
        ),
    ),
    "normal a logarithm of 1 over 1 - x": (
        (
            S("log(1/(1 - x)) == -log(1 - x)", "x < 1", x="real"),
            cone(("1", [], "1"), times=["h"]),
            NONE,
        ),
        (
            S("log(1/(1 - x)) == log(1 - x)", "x < 1", x="real"),
            cone(("1", [], "1"), times=["h"]),
            NONE,
        ),
    ),
    "normal |x + x^2 + y|, where x > 0 is in all parts but the first": (
        (S("abs(x + x**2 + y)**2 == (x + x**2 + y)**2", x="positive", y="real"), NONE),
        (S("abs(x + x**2 + y)**2 == x + x**2 + y", x="positive", y="real"), NONE),
    ),
    "mean of a product of powers": (
        (S("E(w**2*v**4) == 3", v="gaussian", w="gaussian"), NONE),
        (S("E(w**2*v**4) == 4", v="gaussian", w="gaussian"), NONE),
    ),
    "normal powers of powers": (
        (S("exp(x)**(1/2) == exp(x/2)", x="real"), NONE),
        (S("exp(x)**(1/2) == exp(x)", x="real"), NONE),
    ),
    # expectations and probabilities
    "mean of a gaussian": (
        (S("E(w**4) == 3", w="gaussian"), NONE),
        (S("E(w**4) == 9/5", w="gaussian"), NONE),
    ),
    "mean of a uniform": (
        (S("E(w**4) == 9/5", w="uniform"), NONE),
        (S("E(w**4) == 3", w="uniform"), NONE),
    ),
    "mean of a sign": (
        (S("E(s**4 + s) == 1", s="rademacher"), NONE),
        (S("E(s**4 + s) == 2", s="rademacher"), NONE),
    ),
    "independence": (
        (S("E(w*v) == 0", w="gaussian", v="gaussian"), NONE),
        (S("E(w*w) == 0", w="gaussian", v="gaussian"), NONE),
    ),
    "one value": (
        (S("P(w == 0) == 0", w="gaussian"), NONE),
        (S("P(w == 0) == 1/2", w="gaussian"), NONE),
    ),
    "one value of a sign": (
        (S("P(s == 1) == 1/2", s="rademacher"), NONE),
        (S("P(s == 1) == 0", s="rademacher"), NONE),
    ),
    "one value, enclosed": (
        (S("P(w != 0) >= 1/2", w="gaussian"), ENCLOSE),
        (S("P(w == 0) >= 1/2", w="gaussian"), ENCLOSE),
    ),
    "two signs": (
        (S("P(r + s >= 1) == 1/4", r="rademacher", s="rademacher"), NONE),
        (S("P(r + s >= 0) == 1/4", r="rademacher", s="rademacher"), NONE),
    ),
    "strict events": (
        (S("P(s > 1) == 0", s="rademacher"), NONE),
        (S("P(s >= 1) == 0", s="rademacher"), NONE),
    ),
    "a mean that is not defined": (
        (S("E(cos(sqrt(w**2 + 1))) <= 3", w="gaussian"), ENCLOSE),
        (S("E(cos(sqrt(w**2 - 1))) <= 3", w="gaussian"), ENCLOSE, ENCLOSE),
    ),
    "an event that is not defined": (
        (S("P(log(w + 2) >= 0) <= 1", w="uniform"), ENCLOSE, ENCLOSE),
        (S("P(log(w + 1) >= 0) <= 1", w="uniform"), ENCLOSE, ENCLOSE),
    ),
    "copies": (
        (S("E(prod(s + 2, 2)) == 4", s="rademacher"), NONE),
        (S("E(prod(s + 2, 2)) == 5", s="rademacher"), NONE),
    ),
    "copies on the right": (
        (S("P(prod(s + 2, 2) >= 5) <= 1", s="rademacher"), ENCLOSE),
        (S("P(prod(s + 2, 2) >= 5) == 1/2", s="rademacher"), NONE),
    ),
    "negative copies": (
        (S("E(prod(exp(w), 1)) <= 2", w="gaussian"), ENCLOSE),
        (S("E(prod(exp(w), -1)) <= 1", w="gaussian"), ENCLOSE, ENCLOSE),
    ),
    "copies, an integer": (
        (S("E(prod(exp(w), n)) > 0", "n >= 0", w="gaussian", n="integer"), ENCLOSE),
        (S("E(prod(exp(w), n)) > 0", "n >= -1", w="gaussian", n="integer"), ENCLOSE, ENCLOSE),
    ),
    # have
    "have": (
        (S("x**2 + 1 >= 1", x="real"), have("x**2 >= 0", ONE_SQUARE, cone(("1", ["new"], "1")))),
        (S("x + 1 >= 1", x="real"), have("x >= 0", cone(), cone(("1", ["new"], "1")))),
    ),
    "have ==": (
        (
            S("x + 1 >= 1", "x == 0", x="real"),
            have("x == 0", cone(("1", ["h"], "1")), cone(("1", ["new"], "1"))),
        ),
        (
            S("x + 1 >= 1", "x >= 0", x="real"),
            have("x == 0", cone(("1", ["h"], "1")), cone(("1", ["new"], "1"))),
        ),
    ),
    "have, undefined": (
        (S("x > 0", x="positive"), have("0*log(x) == 0", NONE, cone(("1", ["lo:x"], "1")))),
        (
            S("x > 0", x="real"),
            have("0*log(x) == 0", ENCLOSE, NONE, cone(("1", ["sign:exp(log(x))"], "1"))),
        ),
    ),
    "have, a name that is taken": (
        (
            S("x > 0", "x > 0", x="real"),
            have("x > 0", cone(("1", ["h"], "1")), cone(("1", ["new"], "1"))),
        ),
        (
            S("x > 1", "x > 0", x="real"),
            have("x > 1", cone(("1", ["h"], "1")), cone(("1", ["h"], "1")), name="h"),
        ),
    ),
    # cases
    "cases >=": (
        (S("abs(x) >= x", x="real"), cases("x", NONE, cone(("2", ["s"], "1")))),
        (S("abs(x) >= 2*x", x="real"), cases("x", NONE, cone(("3", ["s"], "1")))),
    ),
    "cases, zero": (
        (
            S("abs(x) + 1 > 0", x="real"),
            cases(
                "x",
                cone(("1", ["s"], "1"), ("1", [], "1")),
                cone(("1", ["s"], "1"), ("1", [], "1")),
            ),
        ),
        (S("abs(x) > 0", x="real"), cases("x", cone(("1", ["s"], "1")), cone(("1", ["s"], "1")))),
    ),
    "cases !=": (
        (
            S("x != 0", "x > 0", x="real"),
            cases(
                "x", cone(("1", ["s"], "1")), cone(("1", ["s"], "1"), ("1", ["h"], "1"), sign="0")
            ),
        ),
        (
            S("x != 0", "x >= 0", x="real"),
            cases(
                "x", cone(("1", ["s"], "1")), cone(("1", ["s"], "1"), ("1", ["h"], "1"), sign="0")
            ),
        ),
    ),
    "cases, undefined": (
        (
            S("x > 0", x="positive"),
            cases("log(x)", cone(("1", ["lo:x"], "1")), cone(("1", ["lo:x"], "1"))),
        ),
        (
            S("x > 0", x="real"),
            cases(
                "log(x)",
                ENCLOSE,
                cone(("1", ["sign:exp(log(x))"], "1")),
                cone(("1", ["sign:exp(log(x))"], "1")),
            ),
        ),
    ),
    "cases, a name that is taken": (
        (S("abs(x) >= x", "x >= -1", x="real"), cases("x", NONE, cone(("2", ["s"], "1")))),
        (
            S("abs(x) >= x", "x >= -1", x="real"),
            cases("x", NONE, cone(("2", ["h"], "1")), name="h"),
        ),
    ),
    # monotone
    "monotone >=": (
        (S("exp(x) >= 1 + x", "x >= 0", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
        (S("exp(x) >= 2 + x", "x >= 0", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
    ),
    "monotone, falling": (
        (S("exp(x) >= 1 + x", "x <= 0", x="real"), monotone("x", "hi", NONE, ENCLOSE)),
        (S("exp(x) >= 1 - x", "x <= 0", x="real"), monotone("x", "hi", NONE, ENCLOSE)),
    ),
    "monotone >, open end": (
        (S("log(x) > 0", "x > 1", "x <= 9", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
        (S("log(x) > 0", "x >= 1", "x <= 9", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
    ),
    "monotone >, strict slope": (
        (S("x**3 + x > 0", "x > 0", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
        (S("0*x > 0", "x > 0", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
    ),
    "monotone, the wrong end": (
        (S("x >= 0", "x >= 0", "x <= 1", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
        (S("x >= 1", "x >= 0", "x <= 1", x="real"), monotone("x", "hi", NONE, ENCLOSE)),
    ),
    "monotone, a slope without a value at the far end": (
        (
            S("1 - (1 - x)**(1/2) >= 0", "x >= 0", "x <= 1", x="real"),
            monotone("x", "lo", ENCLOSE, ENCLOSE),
        ),
        (
            S("1 - (1 - x)**(1/2) >= 0", "x >= 0", "x <= 2", x="real"),
            ENCLOSE,
            monotone("x", "lo", ENCLOSE, ENCLOSE),
        ),
    ),
    "monotone, a slope without a value at the near end": (
        (S("x**(1/2) >= 0", "x >= 0", "x <= 1", x="real"), monotone("x", "lo", ENCLOSE, ENCLOSE)),
        (S("x**(1/2) > 0", "x >= 0", "x <= 1", x="real"), monotone("x", "lo", ENCLOSE, ENCLOSE)),
    ),
    "monotone, no end": (
        (S("x >= 0", "x >= 0", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
        (S("x >= 0", "x <= 0", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
    ),
    "monotone ==": (
        (S("x**2 >= 0", "x >= 0", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
        (S("x**2 == 0", "x >= 0", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
    ),
    "monotone, a pole inside": (
        (S("-1/x >= 0", "x >= -1", "x <= -1/2", x="real"), monotone("x", "lo", ENCLOSE, ENCLOSE)),
        (
            S("-1/x >= 0", "x >= -1", "x <= 1", "0/x == 0", x="real"),
            monotone("x", "lo", ENCLOSE, ENCLOSE, ENCLOSE, ENCLOSE),
        ),
    ),
    "monotone, facts about x do not hold on the way": (
        (S("x**2 - 1 >= 0", "x >= 1", "x**2 >= 2", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
        (
            S("x**3 - 3*x + 1 >= 0", "x >= 0", "x**2 >= 1", "x <= 1", x="real"),
            monotone("x", "lo", ENCLOSE, cone(("3", ["g"], "1"))),
        ),
    ),
    "monotone, a kink": (
        (S("x**2 >= 0", "x >= 0", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
        (S("abs(x) >= 1", "x >= -1", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
    ),
    "monotone, a jump": (
        (S("x + 1 >= 0", "x >= -1", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
        (S("-sign(x) >= 0", "x >= -1", x="real"), monotone("x", "lo", ENCLOSE, ENCLOSE)),
    ),
    "monotone, between the integers": (
        (S("n**2 >= n", "n >= 1", n="integer"), monotone("n", "lo", NONE, ENCLOSE)),
        (S("x**2 >= x", "x >= 0", x="real"), monotone("x", "lo", NONE, ENCLOSE)),
    ),
    "monotone, powers between the integers": (
        (
            S("2**n >= 1", "n >= 0", n="integer"),
            monotone("n", "lo", ENCLOSE, have("log(2) > 0", ENCLOSE, ENCLOSE)),
        ),
        (
            S("(-2)**n >= 1", "n >= 0", n="integer"),
            monotone("n", "lo", ENCLOSE, ENCLOSE, ENCLOSE, ENCLOSE),
        ),
    ),
    # limit
    "limit >=": (
        (S("exp(-x) >= 0", "x >= 0", x="real"), limit("x", "hi", ENCLOSE)),
        (S("exp(-x) >= 1/2", "x >= 0", x="real"), limit("x", "hi", ENCLOSE)),
    ),
    "limit >": (
        (
            S("exp(-x) > 0", "x >= 0", x="real"),
            limit("x", "hi", cone(("1", ["sign:exp(-x)"], "1"))),
        ),
        (S("0*x > 0", "x >= 0", x="real"), limit("x", "hi", ENCLOSE)),
    ),
    "limit, towards minus infinity": (
        (S("exp(x) >= 0", "x <= 0", x="real"), limit("x", "lo", ENCLOSE)),
        (S("exp(x) >= 0", "x <= 0", x="real"), limit("x", "hi", ENCLOSE)),
    ),
    "limit, not the one at the other end": (
        (S("exp(x) >= 0", x="real"), limit("x", "lo", ENCLOSE)),
        (S("exp(x) >= 1/2", x="real"), limit("x", "lo", ENCLOSE)),
    ),
    "limit, indeterminate": (
        (S("exp(-x) + exp(-2*x) >= 0", "x >= 1", x="real"), limit("x", "hi", ENCLOSE)),
        (S("exp(x)*exp(-x) <= 1/2", "x >= 1", x="real"), limit("x", "hi", ENCLOSE)),
    ),
    "limit, rising": (
        (S("exp(-x) >= 0", "x >= 0", x="real"), limit("x", "hi", ENCLOSE)),
        (S("-exp(-x) >= 0", "x >= 0", x="real"), limit("x", "hi", ENCLOSE)),
    ),
    # substitute
    "substitute": (
        (
            S("x > 0", x="positive"),
            substitute("x", "exp(x)", "log(x)", NONE, cone(("1", ["sign:exp(x)"], "1"))),
        ),
        (
            S("x > 0", x="real"),
            substitute(
                "x", "exp(x)", "log(x)", ENCLOSE, ENCLOSE, NONE, cone(("1", ["sign:exp(x)"], "1"))
            ),
        ),
    ),
    "substitute, not every x is a value": (
        (S("x >= 0", x="nonnegative"), substitute("x", "x**2", "sqrt(x)", NONE, ENCLOSE)),
        (S("x >= 0", x="real"), substitute("x", "x**2", "x", NONE, ENCLOSE)),
    ),
    "substitute, a number for all x": (
        (
            S("x**2 <= 0", "x == 0", x="real"),
            substitute("x", "0", "0", cone(("-1", ["h"], "1")), NONE),
        ),
        (S("x**2 <= 0", x="real"), substitute("x", "0", "0", NONE, NONE)),
    ),
    "substitute, another variable for x": (
        (
            S("x == y", "x == y", x="real", y="real"),
            substitute("x", "y", "0", cone(("-1", ["h"], "1")), NONE),
        ),
        (S("x == y", x="real", y="real"), substitute("x", "y", "x", NONE, NONE)),
    ),
    "substitute, an undefined value": (
        (
            S("x > 0", x="positive"),
            substitute("x", "x + 0*log(x)", "x", NONE, cone(("1", ["domain x"], "1"))),
        ),
        (
            S("x > 0", x="real"),
            substitute(
                "x",
                "x + 0*log(x)",
                "x",
                ENCLOSE,
                NONE,
                cone(("1", ["sign:exp(log(x))"], "1"), parts=[ENCLOSE]),
            ),
        ),
    ),
    "substitute, a fact keeps its name": (  # which is later in the alphabet than what it says
        (
            S("a >= 0", "a >= 0", a="real"),
            substitute("a", "2*a", "a/2", NONE, cone(("1", ["h"], "1"))),
        ),
        (
            S("a >= 0", "a >= -1", a="real"),
            substitute("a", "2*a", "a/2", NONE, cone(("1", ["h"], "1"))),
        ),
    ),
    "substitute, what is said of t": (
        (
            S("x >= 0", "x >= 1", x="real"),
            substitute(
                "x",
                "x + 1",
                "x - 1",
                NONE,
                cone(("1", ["h"], "1")),
                cone(("1", ["lo:x"], "1"), ("1", [], "1")),
                where=["x >= 0"],
            ),
        ),
        (
            S("x >= 0", "x >= -1", x="real"),
            substitute(
                "x",
                "x + 1",
                "x - 1",
                NONE,
                cone(("1", ["h"], "1")),
                cone(("1", ["lo:x"], "1"), ("1", [], "1")),
                where=["x >= 0"],
            ),
        ),
    ),
    "substitute, what is said of t, undefined": (
        (
            S("x > 0", x="positive"),
            substitute(
                "x", "x", "x", NONE, NONE, cone(("1", ["lo:x"], "1")), where=["0*log(x) == 0"]
            ),
        ),
        (
            S("x > 0", x="real"),
            substitute(
                "x",
                "x",
                "x",
                NONE,
                ENCLOSE,
                NONE,
                cone(("1", ["sign:exp(log(x))"], "1")),
                where=["0*log(x) == 0"],
            ),
        ),
    ),
    "substitute, an integer": (
        (
            S("n**2 == 4", "n >= 2", "n < 3", n="integer"),
            substitute("n", "2", "0", cone(("-1", ["at:n"], "1")), NONE),
        ),
        (
            S("n**2 == 4", "n >= 2", "n <= 3", n="integer"),
            substitute("n", "2", "0", cone(("-1", ["at:n"], "1")), NONE),
        ),
    ),
    "substitute, an integer takes no other values": (
        (S("x >= 0", x="nonnegative"), substitute("x", "x**2", "sqrt(x)", NONE, ENCLOSE)),
        (S("(-1)**(2*n) == 1", n="integer"), substitute("n", "n", "n", NONE, NONE)),
    ),
    # invariant
    "induction": (
        (
            S("2**n >= 1", "n >= 0", n="integer"),
            invariant(
                "n",
                ["2**n >= 1"],
                NONE,
                cone(("2", ["invariant 0"], "1"), ("1", [], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("2**n >= 2", "n >= 0", n="integer"),
            invariant(
                "n",
                ["2**n >= 2"],
                NONE,
                cone(("2", ["invariant 0"], "1"), ("2", [], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
    ),
    "induction, the step": (
        (
            S("n**2 >= n", "n >= 0", n="integer"),
            invariant(
                "n",
                ["n**2 >= n"],
                NONE,
                cone(("1", ["invariant 0"], "1"), ("2", ["lo:n"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("n <= 0", "n >= 0", n="integer"),
            invariant(
                "n",
                ["n <= 0"],
                NONE,
                cone(("1", ["invariant 0"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
    ),
    "induction, the conclusion": (
        (
            S("n >= 0", "n >= 0", n="integer"),
            invariant(
                "n",
                ["n >= 0"],
                NONE,
                cone(("1", ["invariant 0"], "1"), ("1", [], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("n >= 1", "n >= 0", n="integer"),
            invariant(
                "n",
                ["n >= 0"],
                NONE,
                cone(("1", ["invariant 0"], "1"), ("1", [], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
    ),
    "induction, a real variable": (
        (
            S("n >= 0", "n >= 0", n="integer"),
            invariant(
                "n",
                ["n >= 0"],
                NONE,
                cone(("1", ["invariant 0"], "1"), ("1", [], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("sin(4*x)**2 + x*0 <= 0", "x >= 0", x="real"),
            invariant("x", ["x >= 0"], NONE, NONE, NONE),
        ),
    ),
    "induction, no least value": (
        (
            S("n + 1 >= 0", "n >= 0", n="integer"),
            invariant(
                "n",
                ["n >= 0"],
                NONE,
                cone(("1", ["invariant 0"], "1"), ("1", [], "1")),
                cone(("1", ["invariant 0"], "1"), ("1", [], "1")),
            ),
        ),
        (
            S("n >= 0", "n <= 9", n="integer"),
            invariant(
                "n",
                ["n >= 0"],
                NONE,
                cone(("1", ["invariant 0"], "1"), ("1", [], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
    ),
    "induction, facts about n do not survive": (
        (
            S("n >= 0", "n >= 0", "n <= 5", n="integer"),
            invariant(
                "n",
                ["n >= 0"],
                NONE,
                cone(("1", ["invariant 0"], "1"), ("1", [], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("m <= 0", "n >= 0", "m <= n", n="integer", m="integer"),
            invariant(
                "n",
                ["m <= 0"],
                cone(("1", ["g"], "1")),
                cone(("1", ["invariant 0"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
    ),
    "induction, undefined": (
        (
            S("x > 0", "n >= 0", x="positive", n="integer"),
            invariant("n", ["0*log(x) == 0"], NONE, NONE, cone(("1", ["lo:x"], "1"))),
        ),
        (
            S("x > 0", "n >= 0", x="real", n="integer"),
            invariant(
                "n", ["0*log(x) == 0"], ENCLOSE, NONE, NONE, cone(("1", ["sign:exp(log(x))"], "1"))
            ),
        ),
    ),
    "layers": (
        (
            S("p >= 1", layers=layers(("p", "1", "p*(1 + x**2)"), x="real")),
            invariant(
                "",
                ["p >= 1"],
                NONE,
                cone(("1", ["invariant 0"], "1"), ("1", ["invariant 0"], "x"), ("1", [], "x")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("p >= 1", layers=layers(("p", "1", "p*x**2"), x="real")),
            invariant(
                "",
                ["p >= 1"],
                NONE,
                cone(("1", ["invariant 0"], "1"), ("1", ["invariant 0"], "x"), ("1", [], "x")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
    ),
    "layers, their hypotheses": (
        (
            S("p >= 1", layers=layers(("p", "1", "p*x"), x="real", hypotheses={"a": "x >= 1"})),
            invariant(
                "",
                ["p >= 1"],
                NONE,
                cone(
                    ("1", ["invariant 0", "layer a"], "1"),
                    ("1", ["invariant 0"], "1"),
                    ("1", ["layer a"], "1"),
                ),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("p >= 1", layers=layers(("p", "1", "p*x"), x="real", hypotheses={"a": "x >= 0"})),
            invariant(
                "",
                ["p >= 1"],
                NONE,
                cone(
                    ("1", ["invariant 0", "layer a"], "1"),
                    ("1", ["invariant 0"], "1"),
                    ("1", ["layer a"], "1"),
                ),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
    ),
    "layers, a hypothesis about what came before": (  # p <= 1 before, so p x <= x <= 2
        (
            S(
                "p <= 2",
                layers=layers(
                    ("p", "1", "p*x"), x="nonnegative", hypotheses={"a": "p <= 1", "b": "x <= 2"}
                ),
            ),
            invariant(
                "",
                ["p >= 0", "p <= 2"],
                ENCLOSE,
                ENCLOSE,
                cone(("1", ["invariant 0", "layer domain x"], "1")),
                cone(("1", ["layer a", "layer domain x"], "1"), ("1", ["layer b"], "1")),
                cone(("1", ["invariant 1"], "1")),
            ),
        ),
        (
            S(
                "p <= 2",
                layers=layers(
                    ("p", "1", "p*x"), x="nonnegative", hypotheses={"a": "p <= 2", "b": "x <= 2"}
                ),
            ),
            invariant(
                "",
                ["p >= 0", "p <= 2"],
                ENCLOSE,
                ENCLOSE,
                cone(("1", ["invariant 0", "layer domain x"], "1")),
                cone(("1", ["layer a", "layer domain x"], "1"), ("1", ["layer b"], "1")),
                cone(("1", ["invariant 1"], "1")),
            ),
        ),
    ),
    "layers, a hypothesis about the end": (
        (
            S("p <= 5", "p <= 4", layers=layers(("p", "1", "p + 1"))),
            invariant("", [], cone(("1", ["h"], "1"), ("1", [], "1"))),
        ),
        (
            S("p <= 3", "p <= 4", layers=layers(("p", "1", "p + 1"))),
            invariant("", [], cone(("1", ["h"], "1"), ("1", [], "1"))),
        ),
    ),
    "layers, the end is not every step": (  # after one step p = 7, after two it is 0
        (
            S("q <= 1", "p <= 1", layers=layers(("p", "0", "7*(1 - p)"), ("q", "0", "0*p"))),
            invariant(
                "", ["q == 0"], NONE, NONE, cone(("-1", ["invariant 0"], "1"), ("1", [], "1"))
            ),
        ),
        (
            S("q <= 1", "p <= 1", layers=layers(("p", "0", "7 - p"), ("q", "0", "p"))),
            invariant(
                "", ["q <= 1"], ENCLOSE, cone(("1", ["h"], "1")), cone(("1", ["invariant 0"], "1"))
            ),
        ),
    ),
    "several conclusions": (
        (
            {**S("", x="real"), "conclusion": [[{}, "x**2 >= 0"], [{}, "x**2 + 1 >= 0"]]},
            ONE_SQUARE,
            cone(("1", [], "x"), ("1", [], "1")),
        ),
        (
            {**S("", x="real"), "conclusion": [[{}, "x**2 >= 0"], [{}, "x**2 - 1 >= 0"]]},
            ONE_SQUARE,
            cone(("1", [], "x"), ("1", [], "1")),
        ),
    ),
    "several conclusions, all of them": (
        (
            {**S("", x="real"), "conclusion": [[{}, "x**2 >= 0"], [{}, "x*x >= 0"]]},
            ONE_SQUARE,
            ONE_SQUARE,
        ),
        (
            {**S("", x="real"), "conclusion": [[{}, "x**2 >= 0"], [{}, "x >= 0"]]},
            ONE_SQUARE,
            ONE_SQUARE,
        ),
    ),
    "a conclusion with hypotheses of its own": (
        (
            {**S("", x="real"), "conclusion": [[{"p": "x >= 1"}, "x >= 0"], [{}, "0 >= 0"]]},
            cone(("1", ["p"], "1"), ("1", [], "1")),
            NONE,
        ),
        (  # they are of no other conclusion
            {**S("", x="real"), "conclusion": [[{"p": "x >= 1"}, "0 >= 0"], [{}, "x >= 0"]]},
            NONE,
            cone(("1", ["p"], "1"), ("1", [], "1")),
        ),
    ),
    "gamma moves by whole steps": (
        (S("gamma(x + 2) == (x + 1)*x*gamma(x)", x="positive"), NONE),
        (S("gamma(x + 2) == (x + 1)*gamma(x)", x="positive"), NONE),
    ),
    "gamma, where it is defined": (
        (S("gamma(x) - gamma(x) >= 0", x="positive"), NONE),
        (S("gamma(x) - gamma(x) >= 0", x="nonnegative"), ENCLOSE, NONE),
    ),
    "gamma, at its least": (
        (S("gamma(x) >= 4/5", x="positive"), ENCLOSE),
        (S("gamma(x) >= 9/10", x="positive"), ENCLOSE),
    ),
    "gamma, beyond its least": (
        (S("gamma(x) >= 5", "x >= 4", x="real"), ENCLOSE),
        (S("gamma(x) >= 7", "x >= 4", x="real"), ENCLOSE),
    ),
    "gamma of a half": (
        (S("gamma(3/2)**2 == pi/4"), NONE),
        (S("gamma(3/2)**2 == pi/2"), NONE),
    ),
    "asin, where it is defined": (
        (S("0*asin(x) == 0", "x**2 <= 1", x="real"), NONE),
        (S("0*asin(x) == 0", "x**2 <= 2", x="real"), cone(("1", ["h"], "1")), NONE),
    ),
    "lambertw, down to its end": (
        (S("lambertw(x) >= -101/100", "exp(1)*x + 1 >= 0", "x >= -1/2", x="real"), ENCLOSE),
        (S("lambertw(x) >= -49/50", "exp(1)*x + 1 >= 0", "x >= -1/2", x="real"), ENCLOSE),
    ),
    "enclose, an inverse below zero": (
        (
            S("1/x <= -2", "x < 0", "x >= -1/2", x="real"),
            cone(("1", ["h"], "1"), sign="-1"),
            ENCLOSE,
        ),
        (
            S("1/x <= -3", "x < 0", "x >= -1/2", x="real"),
            cone(("1", ["h"], "1"), sign="-1"),
            ENCLOSE,
        ),
    ),
    "enclose, part of a wave": (
        (S("cos(x) >= 1/4", "x >= 0", "x <= 1", x="real"), ENCLOSE),
        (S("cos(x) >= 2/3", "x >= 0", "x <= 1", x="real"), ENCLOSE),
    ),
    "lambertw, where it is defined": (
        (S("lambertw(x) >= -1", x="nonnegative"), ENCLOSE),
        (S("lambertw(x) >= -1", "x >= -1", x="real"), ENCLOSE, ENCLOSE),
    ),
    "angles": (
        (S("asin(1/2) + atan(1) == 5*pi/12"), NONE),
        (S("asin(1/2) + atan(1) == pi/2"), NONE),
    ),
    "a quarter turn of sin": (
        (S("sin(x + pi/2) == cos(x)", x="real"), NONE),
        (S("sin(x + pi/2) == -cos(x)", x="real"), NONE),
    ),
    "a quarter turn of cos, back": (
        (S("cos(x - pi/2) == sin(x)", x="real"), NONE),
        (S("cos(x - pi/2) == -sin(x)", x="real"), NONE),
    ),
    "three quarters of a turn": (
        (S("sin(3*pi/2 + 2*x) == -cos(2*x)", x="real"), NONE),
        (S("sin(3*pi/2 + 2*x) == cos(2*x)", x="real"), NONE),
    ),
    "no quarter of a turn": (
        (S("cos(5*pi/3) == sin(pi/6)"), NONE),
        (S("cos(7*pi/3) == sin(pi/3)"), NONE),
    ),
    "a turn by a variable": (
        (S("sin(pi*x + pi) == -sin(pi*x)", x="real"), NONE),
        (S("sin(pi*x/2 + pi*x) == -sin(pi*x)", x="real"), NONE),
    ),
    "mean of a uniform on [0, 1]": (
        (S("E(w**3) == 1/4", w="unit"), NONE),
        (S("E(w**3) == 0", w="unit"), NONE),
    ),
    "event of a uniform on [0, 1]": (
        (S("P(w**2 <= 1/4) == 1/2", w="unit"), ENCLOSE),
        (S("P(w**2 <= 1/4) == 1/4", w="unit"), ENCLOSE),
    ),
    "a mean over an interval": (
        (S("E(1/(1 + w)) <= 7/10", w="unit"), ENCLOSE, ENCLOSE),
        (S("E(1/w) <= 100", w="unit"), ENCLOSE, ENCLOSE),
    ),
    "mean of an absolute value": (
        (S("E(abs(w)) == sqrt(2/pi)", w="gaussian"), NONE),
        (S("E(abs(w)) == sqrt(1/pi)", w="gaussian"), NONE),
    ),
    "mean of a cosine next to a power": (
        (S("E(cos(w) + w**2) == E(w**2 + cos(w))", w="uniform"), NONE),
        (S("E(cos(w) + w**2) == E(w**2 - cos(w))", w="uniform"), NONE),
    ),
    "mean of a modulus next to a power": (
        (S("E(abs(w) + w**2) == E(w**2 + abs(w))", w="uniform"), NONE),
        (S("E(abs(w) + w**2) == E(w**2 - abs(w))", w="uniform"), NONE),
    ),
    "layers, the start": (
        (
            S("p >= c", "c <= 1", c="real", layers=layers(("p", "1", "p"))),
            invariant(
                "",
                ["p >= c"],
                cone(("1", ["h"], "1")),
                cone(("1", ["invariant 0"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("p >= c", "c <= 2", c="real", layers=layers(("p", "1", "p"))),
            invariant(
                "",
                ["p >= c"],
                cone(("1", ["h"], "1")),
                cone(("1", ["invariant 0"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
    ),
    "layers, both at once": (  # updates use the old values
        (
            S("a == b", layers=layers(("a", "0", "b + 1"), ("b", "0", "a + 1"))),
            invariant(
                "",
                ["a == b"],
                NONE,
                cone(("-1", ["invariant 0"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("a == b", layers=layers(("a", "0", "b + 1"), ("b", "0", "a"))),
            invariant(
                "",
                ["a == b"],
                NONE,
                cone(("-1", ["invariant 0"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
    ),
    "layers, an undefined invariant": (
        (
            S("b > 0", layers=layers(("a", "0", "a"), ("b", "1", "b"))),
            invariant(
                "",
                ["b > 0"],
                ENCLOSE,
                cone(("1", ["invariant 0"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("b > 0", layers=layers(("a", "0", "a"), ("b", "-1", "b"))),
            invariant(
                "",
                ["a*log(b) >= 0"],
                ENCLOSE,
                ENCLOSE,
                NONE,
                cone(("1", ["invariant 0"], "1")),
                cone(("1", ["sign:exp(log(b))"], "1")),
            ),
        ),
    ),
    "layers, an undefined update": (
        (
            S("a >= 0", layers=layers(("a", "0", "a + 0*log(x)"), x="positive")),
            invariant(
                "",
                ["a >= 0"],
                NONE,
                cone(("1", ["invariant 0"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("a >= 0", layers=layers(("a", "0", "a + 0*log(x)"), x="real")),
            invariant(
                "",
                ["a >= 0"],
                NONE,
                ENCLOSE,
                ENCLOSE,
                cone(("1", ["invariant 0"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
    ),
    "layers, an undefined start": (
        (
            S("a >= 0", c="positive", layers=layers(("a", "0*log(c)", "a"))),
            invariant(
                "",
                ["a >= 0"],
                NONE,
                cone(("1", ["invariant 0"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
        (
            S("a >= 0", c="real", layers=layers(("a", "0*log(c)", "a"))),
            invariant(
                "",
                ["a >= 0"],
                ENCLOSE,
                ENCLOSE,
                NONE,
                cone(("1", ["invariant 0"], "1")),
                cone(("1", ["invariant 0"], "1")),
            ),
        ),
    ),
    "layers need an invariant": (
        (S("0 >= 0", layers=layers(("a", "0", "a"))), invariant("", [], NONE)),
        (
            S("a >= 0", "1 >= 2", layers=layers(("a", "0", "a - 1"))),
            cone(("1", ["h"], "1"), ("1", [], "1"), sign="0"),
        ),
    ),
    "layers, an integer that they count": (
        (
            S("(-1)**(2*k) == 1", layers=layers(("k", "0", "k + 1"))),
            invariant(
                "",
                ["k >= 0", "(-1)**k*(-1)**k == 1"],
                NONE,
                NONE,
                cone(("1", ["invariant 0"], "1"), ("1", [], "1")),
                cone(("1", ["invariant 1"], "1")),
                cone(("1", ["invariant 1"], "1")),
            ),
        ),
        (
            S("(-1)**(2*k) == 1", layers=layers(("k", "0", "k + x"), x="real")),
            invariant("", ["k == k", "(-1)**k*(-1)**k == 1"], NONE, *[ENCLOSE] * 8),
        ),
    ),
    # markov
    "markov": (
        (
            S("P(w**2 >= 4) <= 1/4", w="gaussian"),
            markov("P(w**2 >= 4)", "1", cone(("1", [], "w")), ENCLOSE, cone(("1", ["m"], "1"))),
        ),
        (
            S("P(w**2 >= 4) <= 1/5", w="gaussian"),
            markov("P(w**2 >= 4)", "1", cone(("1", [], "w")), ENCLOSE, cone(("1", ["m"], "1"))),
        ),
    ),
    "markov, a variable of both signs": (
        (
            S("P(w**2 >= 4) <= 3/16", w="gaussian"),
            markov("P(w**2 >= 4)", "2", cone(("1", [], "w")), ENCLOSE, cone(("1", ["m"], "1"))),
        ),
        (
            S("P(w >= 1/10) <= 0", w="gaussian"),
            markov("P(w >= 1/10)", "1", ENCLOSE, ENCLOSE, cone(("1", ["m"], "1"))),
        ),
    ),
    "markov, the exponent of a lower event": (
        (
            S("P(s + 2 <= 1) <= 2/3", s="rademacher"),
            markov("P(s + 2 <= 1)", "-1", ENCLOSE, ENCLOSE, cone(("1", ["m"], "1"))),
        ),
        (
            S("P(s + 2 <= 1) <= 1/3", s="rademacher"),
            markov("P(s + 2 <= 1)", "1", ENCLOSE, ENCLOSE, cone(("1", ["m"], "1"))),
        ),
    ),
    "markov, zero in a lower event": (
        (
            S("P(s + 3/2 <= 1) <= 6/5", s="rademacher"),
            markov("P(s + 3/2 <= 1)", "-1", ENCLOSE, ENCLOSE, cone(("1", ["m"], "1"))),
        ),
        (
            S("P(s + 1 <= 1) <= 1/4", s="rademacher"),
            markov("P(s + 1 <= 1)", "-1", ENCLOSE, ENCLOSE, ENCLOSE, cone(("1", ["m"], "1"))),
        ),
    ),
    "markov, a threshold that may be zero": (
        (
            S("P(w**2 >= t) <= 1/t", w="gaussian", t="positive"),
            markov(
                "P(w**2 >= t)",
                "1",
                cone(("1", [], "w")),
                cone(("1", ["lo:t"], "1")),
                cone(("1", ["m"], "1")),
            ),
        ),
        (
            S("t*P(w**2 >= t) <= -1 - t**2", w="gaussian", t="real"),
            markov(
                "P(w**2 >= t)", "1", cone(("1", [], "w")), ENCLOSE, ENCLOSE, cone(("1", ["m"], "1"))
            ),
        ),
    ),
    "markov, exponent zero": (
        (S("P(w**2 >= 4) <= 1", w="gaussian"), ENCLOSE),
        (
            S("P(w**2 >= 4) <= 0", w="gaussian"),
            markov("P(w**2 >= 4)", "0", ENCLOSE, ENCLOSE, ENCLOSE),
        ),
    ),
    "markov, copies": (
        (
            S("P(prod(s + 2, n) >= 5**n) <= 2**n/5**n", "n >= 0", s="rademacher", n="integer"),
            markov("P(prod(s + 2, n) >= 5**n)", "1", ENCLOSE, ENCLOSE, cone(("1", ["m"], "1"))),
        ),
        (
            S("P(prod(s + 2, n) >= 5**n) <= 1/5**n", "n >= 0", s="rademacher", n="integer"),
            markov("P(prod(s + 2, n) >= 5**n)", "1", ENCLOSE, ENCLOSE, cone(("1", ["m"], "1"))),
        ),
    ),
    "markov, an event with a variable": (
        (
            S("P(w**2 >= 4) <= 1/4", w="gaussian"),
            markov("P(w**2 >= 4)", "1", cone(("1", [], "w")), ENCLOSE, cone(("1", ["m"], "1"))),
        ),
        (
            S("P(x*w**2 >= 4) <= x/8", x="positive", w="gaussian"),
            markov("P(x*w**2 >= 4)", "1", ENCLOSE, ENCLOSE, cone(("1", ["m"], "1"))),
        ),
    ),
    "markov, a threshold that is drawn": (
        (
            S("P(w**2 >= 4) <= 1/4", w="gaussian"),
            markov("P(w**2 >= 4)", "1", cone(("1", [], "w")), ENCLOSE, cone(("1", ["m"], "1"))),
        ),
        (
            S("P(w**2 >= w) <= 0", w="gaussian"),
            markov("P(w**2 >= w)", "1", cone(("1", [], "w")), ENCLOSE, cone(("1", ["m"], "1"))),
        ),
    ),
    "markov, a negative exponent of an upper event": (
        (S("P(s + 2 >= 1) <= 1", s="rademacher"), ENCLOSE),
        (
            S("P(s + 2 >= 1/4) <= 2/5", s="rademacher"),
            markov(
                "P(s + 2 >= 1/4)",
                "-1/2",
                ENCLOSE,
                ENCLOSE,
                cone(
                    ("1", ["m"], "1"),
                    ("1", ["sign:2/5 - E((s + 2)**(-1/2))*(1/4)**(1/2)"], "1"),
                ),
            ),
        ),
    ),
    "markov, an event of equality": (
        (S("P(s + 2 > 2) <= 1", s="rademacher"), ENCLOSE),
        (
            S("P(s + 2 != 1) <= 0", s="rademacher"),
            markov("P(s + 2 != 1)", "1", ENCLOSE, ENCLOSE, cone(("1", ["m"], "1"))),
        ),
    ),
    "an event of two draws": (
        (S("P(w + v >= 0) == P(w + v >= 0)", w="gaussian", v="uniform"), NONE),
        (S("P(w + v >= 0) == P(w + v >= 1)", w="gaussian", v="uniform"), NONE),
    ),
    "an event of copies": (
        (
            S(
                "P(prod(w, n) >= x + x) == P(prod(w, n) >= 2*x)",
                "n >= 0",
                x="real",
                n="integer",
                w="gaussian",
            ),
            NONE,
        ),
        (
            S(
                "P(prod(w, n) >= x) == P(prod(w, n + 1) >= x)",
                "n >= 0",
                x="real",
                n="integer",
                w="gaussian",
            ),
            NONE,
        ),
    ),
    "an event of the absolute value": (
        (S("P(abs(w) <= 1) == P(w**2 <= 1)", w="uniform"), NONE),
        (S("P(abs(w) <= 1) == P(w <= 1)", w="uniform"), NONE),
    ),
    "defined at an open end": (
        (S("0*log(x) == 0", "2*x > 0", x="real"), NONE),
        (S("0*log(x) == 0", "2*x >= 0", x="real"), ENCLOSE, NONE),
    ),
    "a chance for a variable, inside of another chance": (
        (
            S("P(s >= x) <= 1/2", "x == 0", x="real", s="rademacher"),
            substitute("x", "E(s)", "0", cone(("-1", ["h"], "1")), ENCLOSE),
        ),
        (
            S("P(s >= x) >= 1", "x == 0", x="real", s="rademacher"),
            substitute("x", "E(s)", "0", cone(("-1", ["h"], "1")), ENCLOSE),
        ),
    ),
    "two draws of one name": (
        (S("E(w*v) == E(v*w)", w="gaussian", v="gaussian"), NONE),
        (S("E(w*v) == E(w*w)", w="gaussian", v="gaussian"), NONE),
    ),
    # At n = -1 the logarithm's argument is plainly >= 1 where it is defined, which is for x != 0.
    "invariant, a power that a negative start leaves undefined": (
        (
            S("x**2 > 0", "n >= -1", "x >= 1", x="real", n="integer"),
            invariant(
                "n",
                [HIDDEN],
                *[cone(("1", [], "x"), ("1", [], "1"), times=[UNSHOWN])],
                *[cone(("1", ["invariant 0"], "1"))] * 2,
            ),
        ),
        (
            S("x**2 > 0", "n >= -1", x="real", n="integer"),
            invariant(
                "n",
                [HIDDEN],
                ENCLOSE,
                *[cone(("1", [], "x"), ("1", [], "1"), times=[UNSHOWN])] * 2,
                *[cone(("1", ["invariant 0"], "1"))] * 2,
            ),
        ),
    ),
    "gamma, of what may be as small as you like": (
        (S("gamma(x**2 - 1/2) <= 10", "x >= 1", "x <= 2", x="real"), ENCLOSE),
        (
            S("gamma(x**2 - 1/2) <= 10", "x**2 > 1/2", "x >= 0", "x <= 1", x="real"),
            ENCLOSE,
        ),
    ),
    "powers of small negative numbers": (
        (S("x**n > 0", "x >= 1/2", "x <= 1", "n >= 1", "n <= 9", x="real", n="integer"), ENCLOSE),
        (
            S("x**n > 0", "x <= -1/2", "x >= -1", "n >= 1", "n <= 9", x="real", n="integer"),
            ENCLOSE,
        ),
    ),
    "an open end stays open": (
        (S("x < 3", "2*x <= 6", "2*x < 6", x="real"), cone(("1", ["hi:x"], "1"))),
        (S("x < 3", "2*x <= 6", "2*x <= 7", x="real"), cone(("1", ["hi:x"], "1"))),
    ),
    "an open end below stays open": (
        (S("x > 3", "2*x >= 6", "2*x > 6", x="real"), cone(("1", ["lo:x"], "1"))),
        (S("x > 3", "2*x >= 6", "2*x >= 5", x="real"), cone(("1", ["lo:x"], "1"))),
    ),
    "atan, below its limit": (
        (S("atan(x) <= 11/7", x="real"), ENCLOSE),
        (S("atan(x) <= 3/2", x="real"), ENCLOSE),
    ),
    "atan, above its limit": (
        (S("atan(x) >= -11/7", x="real"), ENCLOSE),
        (S("atan(x) >= -3/2", x="real"), ENCLOSE),
    ),
    "substitute, half an integer": (
        (
            S("(-1)**n >= 1/2", "n == 2", n="integer"),
            substitute("n", "2", "0", cone(("-1", ["at:n"], "1")), ENCLOSE),
        ),
        (S("(-1)**n >= 1/2", n="integer"), substitute("n", "n/2", "2*n", NONE, ENCLOSE)),
    ),
    "W, from its least value on": (
        (S("lambertw(x) >= -1", "exp(1)*x + 1 >= 0", x="real"), ENCLOSE),
        (S("lambertw(x) >= 0", "exp(1)*x + 1 >= 0", x="real"), ENCLOSE),
    ),
    "one value of a bounded draw, undefined": (
        (S("P(w == log(x)) == 0", x="positive", w="uniform"), NONE),
        (S("P(w == log(x)) == 0", x="real", w="uniform"), ENCLOSE, NONE),
    ),
    "one value of a share, undefined": (
        (S("P(w == log(x)) == 0", x="positive", w="unit"), NONE),
        (S("P(w == log(x)) == 0", x="real", w="unit"), ENCLOSE, NONE),
    ),
    "a mean of powers of a negative number": (
        (S("E(2**s) >= 1", s="rademacher"), ENCLOSE),
        (S("E((-2)**s) <= 0", s="rademacher"), ENCLOSE, ENCLOSE),
    ),
    "a chance of powers of what may be negative": (
        (S("P(x**s >= 0) >= 0", "x > 0", x="real", s="rademacher"), ENCLOSE),
        (S("P(x**s >= 0) >= 0", "x < 0", x="real", s="rademacher"), ENCLOSE, ENCLOSE),
    ),
    "the logarithm of a large prime": (
        (S("exp(log(1009)) == 1009"), NONE),
        (S("exp(log(1009)) == 1009**2"), NONE),
    ),
    "the logarithm of a large prime is not left out": (
        (S("log(2018) == log(2) + log(1009)"), NONE),
        (S("log(2018) == log(2)"), NONE),
    ),
    # definitions and constants
    "definitions": (
        (S("d >= 0", definitions=[("d", "x**2")], x="real"), ONE_SQUARE),
        (S("d >= 0", definitions=[("d", "x**3")], x="real"), ONE_SQUARE),
    ),
    "constants": (
        (S("1 <= 1 - c*log(x)", constants={"c": "0"}, x="positive"), NONE),
        (S("1 <= 1 - c*log(x)", constants={"c": "0"}, x="real"), ENCLOSE, NONE),
    ),
    "negative constants": (
        (S("c**2 == 4", constants={"c": "-2"}), ENCLOSE),
        (S("c**2 == -4", constants={"c": "-2"}), ENCLOSE),
    ),
}

EXP = sealed(
    S("exp(t) >= 1 + t", t="real"),
    cases("t", monotone("t", "lo", NONE, ENCLOSE), monotone("t", "hi", NONE, ENCLOSE)),
)
POWER = sealed(S("x > 0", "x**y >= 0", x="real", y="real"), cone(("1", ["x > 0"], "1")))
NATURAL = sealed(S("0*x**n == 0", "n >= 0", x="real", n="integer"), NONE)
ABSOLUTE = sealed(S("E(abs(w)) >= 1/2", w="gaussian"), ENCLOSE)
EVERY = sealed(S("0 >= 0", "P(log(w + 9) >= 0) >= 0", w="uniform"), NONE)
COUNTED = sealed(S("0 >= 0", layers=layers(("a", "0", "a"))), invariant("", [], NONE))
USE = cone(("1", ["l"], "1"))
CHANCE = sealed(
    S("P(s >= x) == P(s >= y)", "x == y", x="real", y="real", s="rademacher"),
    substitute("x", "y", "y", cone(("-1", ["h"], "1")), NONE),
)

CITED = {
    "cite, a chance inside of a chance": (
        CHANCE,
        (
            S("P(s >= 1 - 2*(1/2)) == 1/2", s="rademacher"),
            cite(CHANCE, {"x": "E(s)", "y": "0"}, NONE, NONE),
        ),
        (S("1 == 1/2", s="rademacher"), cite(CHANCE, {"x": "E(s)", "y": "0"}, NONE, USE)),
    ),
    "cite": (
        EXP,
        (S("exp(x**2) >= 1 + x**2", x="real"), cite(EXP, {"t": "x**2"}, USE)),
        (S("exp(x**2) >= 2 + x**2", x="real"), cite(EXP, {"t": "x**2"}, USE)),
    ),
    "cite, undefined": (
        EXP,
        (S("x > 0", x="positive"), cite(EXP, {"t": "log(x)"}, cone(("1", ["lo:x"], "1")))),
        (S("x >= 1 + log(x)", x="real"), ENCLOSE, cite(EXP, {"t": "log(x)"}, ENCLOSE, USE)),
    ),
    "cite, a class of powers": (  # x**y needs x > 0, and x**2 does not
        POWER,
        (
            S("x > 0", x="positive"),
            cite(
                POWER,
                {"x": "x", "y": "2"},
                cone(("1", [], "x")),
                cone(("1", ["domain x"], "1")),
                USE,
            ),
        ),
        (
            S("x > 0", x="real"),
            cite(POWER, {"x": "x", "y": "2"}, ENCLOSE, cone(("1", [], "x")), ENCLOSE, USE),
        ),
    ),
    "cite, a hypothesis": (
        NATURAL,
        (S("0*x**3 == 0", x="real"), cite(NATURAL, {"x": "x", "n": "3"}, ENCLOSE, USE)),
        (
            S("0*(x - x)**(-3) == 0", x="real"),
            NONE,
            cite(NATURAL, {"x": "x - x", "n": "-3"}, ENCLOSE, USE),
        ),
    ),
    "cite, an integer": (
        NATURAL,
        (
            S("0*x**(m + 1) == 0", "m >= 0", x="real", m="integer"),
            cite(NATURAL, {"x": "x", "n": "m + 1"}, cone(("1", ["h"], "1"), ("1", [], "1")), USE),
        ),
        (
            S("x >= 0", x="real"),
            cite(NATURAL, {"x": "x", "n": "1/2"}, ENCLOSE, cone(("1", ["x >= 0"], "1"))),
        ),
    ),
    "cite, what is drawn in a hypothesis": (
        EVERY,
        (S("0 >= 0", v="nonnegative"), cite(EVERY, {}, ENCLOSE, ENCLOSE, ENCLOSE, NONE)),
        (S("0 >= 1", w="nonnegative"), cite(EVERY, {}, ENCLOSE, ENCLOSE, ENCLOSE, NONE)),
    ),
    "cite, at terms for all variables": (
        NATURAL,
        (S("0*x**3 == 0", x="real"), cite(NATURAL, {"x": "x", "n": "3"}, ENCLOSE, USE)),
        (S("0*x**(-3) == 0", "x > 0", x="real"), cite(NATURAL, {"x": "x"}, USE)),
    ),
    "cite, what is drawn keeps to itself": (  # in E(abs(w)), w is not the variable w >= 0
        ABSOLUTE,
        (S("E(abs(v)) >= 1/3", v="gaussian"), ENCLOSE),
        (
            S("w == 7", w="nonnegative"),
            cite(ABSOLUTE, {}, cone(("1", ["l"], "1"), ("1/2", [], "1"), sign="0")),
        ),
    ),
    "cite, layers": (
        COUNTED,
        (S("0 >= 0"), NONE),
        (S("0 >= 1"), cite(COUNTED, {}, USE)),
    ),
}

SURPLUS = {  # a lemma, terms for its variables, and what more or less is given
    "a name that the lemma has not": (EXP, {"t": "x", "u": "0"}),
    "what is drawn": (ABSOLUTE, {"w": "0"}),
    "what is drawn, next to variables": (CHANCE, {"x": "0", "y": "0", "s": "x"}),
    "another name instead": (EXP, {"u": "x"}),
    "too few": (CHANCE, {"x": "0"}),
}


@pytest.mark.parametrize("case", SURPLUS)
def test_a_lemma_is_cited_at_terms_for_its_variables_and_nothing_else(case):
    lemma, at = SURPLUS[case]
    with pytest.raises(Rejected, match="at terms for all its variables"):
        proved(S("x >= 0", x="nonnegative"), cite(lemma, at, *[ENCLOSE] * 3), lemmas=(lemma,))


PAIRS = {
    **{name: ((), good, bad) for name, (good, bad) in TWINS.items()},
    **{name: ((lemma,), good, bad) for name, (lemma, good, bad) in CITED.items()},
}


@pytest.mark.parametrize("name", PAIRS)
def test_the_true_twin_is_accepted(name):
    lemmas, good, _ = PAIRS[name]
    proved(*good, lemmas=lemmas)


@pytest.mark.parametrize("name", PAIRS)
def test_the_false_twin_is_rejected_by_a_rule(name):
    lemmas, _, bad = PAIRS[name]
    with pytest.raises(Rejected) as why:
        proved(*bad, lemmas=lemmas)
    assert "not as many are argued" not in str(why.value)


def rules_of(node):
    return {node["rule"]}.union(*map(rules_of, node.get("parts", [])))


def test_every_rule_has_twins_and_every_relation_occurs():
    good = {r for _, g, _ in PAIRS.values() for n in g[1:] for r in rules_of(n)}
    bad = {r for _, _, b in PAIRS.values() for n in b[1:] for r in rules_of(n)}
    assert good == bad == set(RULES)
    for relation in (">=", ">", "==", "!="):
        assert any(name.startswith(f"cone {relation}") for name in PAIRS)


@pytest.mark.parametrize("name", PAIRS)
def test_a_missing_or_a_superfluous_node_is_noticed(name):
    lemmas, good, _ = PAIRS[name]
    about, *proof = good
    with pytest.raises(Rejected, match="not as many are argued"):
        proved(about, *proof[:-1], lemmas=lemmas)
    with pytest.raises(Rejected, match="not as many are argued"):
        proved(about, *proof, ENCLOSE, lemmas=lemmas)
    last = proof[-1]
    if "parts" in last:
        with pytest.raises(Rejected, match="not as many are argued"):
            proved(about, *proof[:-1], {**last, "parts": last["parts"][:-1]}, lemmas=lemmas)
    elif last["rule"] == "cone":
        with pytest.raises(Rejected, match="not as many are argued"):
            proved(about, *proof[:-1], {**last, "parts": [ENCLOSE]}, lemmas=lemmas)


# What was drawn becomes a variable where a formula about all draws is shown.


def test_what_is_known_of_one_draw_is_not_known_of_all():
    """In the goal w >= 1, w may be positive; E(abs(w)) is a number all the same."""
    about = S("P(sqrt(w - 1) >= 0) >= 0", "E(abs(w)) >= 1/2", w="gaussian")
    absurd = cone(("1", ["h"], "1"), ("1/2", [], "1"), sign="0")
    with pytest.raises(Rejected):
        proved(about, cases("w", absurd, absurd), ENCLOSE)


# Lemmas -------------------------------------------------------------------------------------------


FALSE = S("0 >= 1")
ITSELF = {"rule": "cite", "lemma": check.digest(FALSE), "at": {}, "name": "l", "parts": [USE]}


def test_a_lemma_may_be_inline_or_in_the_library_and_is_reported():
    about, proof = CITED["cite"][1]
    inline = proved(about, proof, lemmas=[EXP])
    library = {EXP["digest"]: check.canonical(EXP)}
    named = proved(about, proof, lemmas=[EXP["digest"]], library=library)
    assert inline == named
    assert inline.rests_on == (check.written(EXP["statement"]),)


def test_a_lemma_that_is_not_listed_is_not_known():
    about, proof = CITED["cite"][1]
    with pytest.raises(Rejected, match="no such lemma"):
        proved(about, proof)
    with pytest.raises(Rejected, match="no certificate of the lemma"):
        proved(about, proof, lemmas=[EXP["digest"]])


def test_whatever_the_digests_it_is_said_what_a_claim_rests_on():
    for i in range(1, 9):
        made = proved(S(f"exp({i}) >= {i} + 1"), cite(EXP, {"t": str(i)}, USE), lemmas=[EXP])
        assert made.rests_on == (check.written(EXP["statement"]),)


def test_a_lemma_of_a_lemma_is_not_a_lemma():
    middle = sealed(S("exp(1) >= 2"), cite(EXP, {"t": "1"}, USE), lemmas=[EXP])
    with pytest.raises(Rejected, match="no such lemma"):
        proved(S("exp(2) >= 3"), cite(EXP, {"t": "2"}, USE), lemmas=[middle])


def test_no_lemma_rests_on_itself():
    name, own = check.digest(FALSE), sealed(FALSE, ITSELF, lemmas=[check.digest(FALSE)])
    other = S("0 >= 2")
    back = {"rule": "cite", "lemma": check.digest(other), "at": {}, "name": "l"}
    there = sealed(other, ITSELF, lemmas=[name])
    here = sealed(
        FALSE,
        {**back, "parts": [cone(("1", ["l"], "1"), ("1", [], "1"))]},
        lemmas=[check.digest(other)],
    )
    for first, library in (
        (own, {name: own}),
        (sealed(FALSE, ITSELF, lemmas=[own]), {}),
        (here, {name: here, check.digest(other): there}),
        (there, {name: here, check.digest(other): there}),
    ):
        texts = {k: check.canonical(v) for k, v in library.items()}
        with pytest.raises(Rejected, match="rests on itself"):
            check.check(check.canonical(first), library=texts)


def test_a_lemma_is_the_one_that_its_name_says():
    name = check.digest(FALSE)
    with pytest.raises(Rejected, match="another one than its name says"):
        proved(S("0 >= 2"), ITSELF, lemmas=[name], library={name: check.canonical(EXP)})
    for one, other in ((EXP, POWER), (POWER, EXP)):  # whichever digest is the greater
        library = {one["digest"]: check.canonical(other)}
        with pytest.raises(Rejected, match="another one than its name says"):
            proved(S("0 >= 2"), ITSELF, lemmas=[one["digest"]], library=library)
    forged = {**EXP, "digest": name}
    with pytest.raises(Rejected):
        proved(S("0 >= 2"), ITSELF, lemmas=[forged])
    rejected = sealed(FALSE, ENCLOSE)
    with pytest.raises(Rejected):
        proved(S("0 >= 2"), ITSELF, lemmas=[rejected])


# What a certificate proves ------------------------------------------------------------------------


def test_it_proves_the_statement_that_is_asked_for_and_no_other():
    about = S("2 >= 1")
    text = check.canonical(sealed(about, ENCLOSE))
    assert check.check(text, check.canonical(about)).digest == check.digest(about)
    assert check.check(text + "\n").digest == check.digest(about)
    for other in ("1 >= 1", "3 >= 1"):  # before it in the order of texts, and behind it
        with pytest.raises(Rejected, match="another statement"):
            check.check(text, check.canonical(S(other)))


@pytest.mark.parametrize("key", ["format", "statement", "digest", "lemmas", "proof", "seal"])
def test_every_part_is_sealed(key):
    data = sealed(S("2 >= 1"), ENCLOSE)
    changed = {
        "format": "lemmata certificate 2",
        "statement": S("2 >= 2"),
        "digest": "0" * 64,
        "lemmas": [EXP],
        "proof": [NONE],
        "seal": "0" * 64,
    }
    with pytest.raises((Rejected, check.Malformed)):
        check.check(check.canonical({**data, key: changed[key]}))
    with pytest.raises((Rejected, check.Malformed)):
        check.check(check.canonical({k: v for k, v in data.items() if k != key}))


def test_written_names_everything_a_statement_says():
    about = S(
        "d*p >= c", "x >= 1", definitions=[("d", "x**2")], constants={"c": "1/2"}, x="real",
        layers=layers(("p", "1", "p*y"), y="real", hypotheses={"a": "y >= 1"}),
    )  # fmt: skip
    said = check.written(about)
    for word in (
        "x: real",
        "c = 1/2",
        "d := x**2",
        "[h] x >= 1",
        "p = 1 at first",
        "p <- p*y",
        "[a] y >= 1",
        "y: real",
        "d*p >= c",
    ):
        assert word in said
    assert re.fullmatch(r"[ -~]+", said)


def test_written_gives_each_conclusion_with_its_hypotheses():
    about = {**S("0 >= 0", x="real"), "conclusion": [[{"a": "x >= 1"}, "x >= 0"], [{}, "1 >= 0"]]}
    assert check.written(about) == "for all x: real: if [a] x >= 1: x >= 0; and 1 >= 0"


# Files: what the format is today, byte for byte --------------------------------------------------

FIXTURES = Path(__file__).parents[1] / "fixtures" / "core"


def files(folder):
    return [pytest.param(p, id=p.stem) for p in sorted((FIXTURES / folder).glob("*.json"))]


@pytest.mark.parametrize("path", files("correct"))
def test_correct_files_are_accepted(path):
    check.check(path.read_text())


@pytest.mark.parametrize("path", files("incorrect"))
def test_incorrect_files_are_rejected(path):
    with pytest.raises(Rejected):
        check.check(path.read_text())


@pytest.mark.parametrize("path", files("malformed"))
def test_malformed_files_are_refused_as_malformed(path):
    with pytest.raises(check.Malformed):
        check.check(path.read_text())


def flips(text, step):
    for i in range(0, len(text), step):
        character = text[i]
        if character.isdigit():
            yield text[:i] + str((int(character) + 1) % 10) + text[i + 1 :]
        elif character.isalpha():
            yield text[:i] + ("x" if character != "x" else "y") + text[i + 1 :]
        else:
            yield text[:i] + text[i + 1 :]


@pytest.mark.parametrize("path", files("correct"))
def test_no_changed_character_goes_unnoticed(path):
    text = path.read_text()
    about = check.canonical(json.loads(text)["statement"])
    for changed in flips(text, 5):
        if changed.rstrip("\n") != text.rstrip("\n"):
            with pytest.raises((Rejected, check.Malformed)):
                check.check(changed, about)
