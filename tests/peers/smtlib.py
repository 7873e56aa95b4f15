"""A lemma as an SMT-LIB script that is unsatisfiable if the lemma holds."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.peers.scalar import Scalar, Unwritten
from theory.expressions import Expression, Relation, rational_value

POWERS = 64
"""Powers are products of at most so many factors."""
RELATIONS = {"<=": "<=", "<": "<", ">=": ">=", ">": ">", "==": "="}


class Script:
    """Collects declarations and facts while terms are written.

    Parameters
    ----------
    transcendental : bool
        Whether the solver has exp, sin and cos. What it lacks is declared without a meaning, and
        ``free`` says so: that there is no solution is then still a proof, a solution is nothing.
    integers : frozenset of str
        The variables that are integers.
    """

    def __init__(self, transcendental: bool, integers: frozenset[str]) -> None:
        self.transcendental, self.integers = transcendental, integers
        self.lines: list[str] = []
        self.free = self.used = False
        self._known: dict[Expression, str] = {}
        self._declared: set[str] = set()

    def term(self, e: Expression) -> str:
        """Write a term, once."""
        if e not in self._known:
            self._known[e] = self._written(e)
        return self._known[e]

    def relation(self, r: Relation) -> str:
        """Write a comparison."""
        left, right = self.term(r.left), self.term(r.right)
        if r.operator == "!=":
            return f"(not (= {left} {right}))"
        return f"({RELATIONS[r.operator]} {left} {right})"

    def _written(self, e: Expression) -> str:
        value = rational_value(e)
        if value is not None:
            return number(value)
        parts = [] if e.head == "**" else [self.term(a) for a in e.args]
        match e.head, parts:
            case "name", _ if e.name == "pi":
                return self._pi()
            case "name", _:
                return f"(to_real |{e.name}|)" if e.name in self.integers else f"|{e.name}|"
            case "neg", [a]:
                return f"(- {a})"
            case "+" | "-" | "*", _:
                return f"({e.head} {' '.join(parts)})"
            case "/", [a, b]:
                self._fact(f"(not (= {b} 0.0))")
                return f"(/ {a} {b})"
            case "**", _:
                return self._power(*e.args)
            case "abs", [a]:
                return f"(ite (>= {a} 0.0) {a} (- {a}))"
            case "max" | "min", [first, *others]:
                order = ">=" if e.head == "max" else "<="
                for other in others:
                    first = f"(ite ({order} {first} {other}) {first} {other})"
                return first
            case "sqrt", [a]:
                return self._fresh(lambda s: f"(and (>= {a} 0.0) (>= {s} 0.0) (= (* {s} {s}) {a}))")
            case "log", [a] if self._has():
                return self._fresh(lambda s: f"(and (> {a} 0.0) (= (exp {s}) {a}))")
            case "cosh" | "sinh", [a] if self._has():
                sign = "+" if e.head == "cosh" else "-"
                return f"(/ ({sign} (exp {a}) (exp (- {a}))) 2.0)"
            case "tanh", [a] if self._has():
                return f"(/ (- (exp (* 2.0 {a})) 1.0) (+ (exp (* 2.0 {a})) 1.0))"
            case "exp" | "sin" | "cos", [a] if self._has():
                return f"({e.head} {a})"
            case head, [_, *_] if head.isalpha() and head not in ("P", "E", "sum", "prod"):
                return self._unknown(head, parts)
        raise Unwritten(e.head)

    def _power(self, base: Expression, exponent: Expression) -> str:
        power = rational_value(exponent)
        b = self.term(base)
        if power is None:
            if not self._has():
                return self._unknown("power", [b, self.term(exponent)])
            log = self._fresh(lambda s: f"(and (> {b} 0.0) (= (exp {s}) {b}))")
            return f"(exp (* {self.term(exponent)} {log}))"
        if max(abs(power.numerator), power.denominator) > POWERS:
            raise Unwritten("a high power")
        if power.denominator > 1:
            q = power.denominator
            b = self._fresh(lambda s: f"(and (>= {b} 0.0) (>= {s} 0.0) (= {_product(s, q)} {b}))")
        if power < 0:
            self._fact(f"(not (= {b} 0.0))")
        whole = _product(b, abs(power.numerator))
        return f"(/ 1.0 {whole})" if power < 0 else whole

    def _has(self) -> bool:
        """Whether a function is known; then it will be used."""
        self.used |= self.transcendental
        return self.transcendental

    def _pi(self) -> str:
        if self._has():
            return "real.pi"
        if "pi" not in self._declared:
            self._declared.add("pi")
            self.lines.append("(declare-const pi Real)")
            self._fact("(and (< 3.14159265 pi) (< pi 3.14159266))")
        return "pi"

    def _unknown(self, head: str, parts: list[str]) -> str:
        self.free = True
        name = f"unknown_{head}"
        if name not in self._declared:
            self._declared.add(name)
            self.lines.append(f"(declare-fun {name} ({' '.join(['Real'] * len(parts))}) Real)")
        return f"({name} {' '.join(parts)})"

    def _fresh(self, fact: Callable[[str], str]) -> str:
        name = f"fresh_{len(self.lines)}"
        self.lines.append(f"(declare-const {name} Real)")
        self._fact(fact(name))
        return name

    def _fact(self, fact: str) -> None:
        self.lines.append(f"(assert {fact})")


def _product(base: str, power: int) -> str:
    return "1.0" if power == 0 else base if power == 1 else f"(* {' '.join([base] * power)})"


def number(value: Fraction) -> str:
    """Write an exact number."""
    size = f"{abs(value.numerator)}.0"
    size = size if value.denominator == 1 else f"(/ {size} {value.denominator}.0)"
    return f"(- {size})" if value < 0 else size


def script(lemma: Scalar, transcendental: bool) -> tuple[str, bool]:
    """Write the negation of a lemma; and say whether a solution of it is a counterexample.

    Raises
    ------
    Unwritten
        If something in it has no counterpart.
    """
    integers = frozenset(n for n, domain in lemma.variables.items() if domain == "integer")
    out = Script(transcendental, integers)
    facts = []
    for name, domain in lemma.variables.items():
        out.lines.append(f"(declare-const |{name}| {'Int' if domain == 'integer' else 'Real'})")
        if domain in ("positive", "nonnegative"):
            facts.append(f"({'>' if domain == 'positive' else '>='} |{name}| 0.0)")
    facts += [out.relation(r) for r in lemma.hypotheses]
    facts.append(f"(not {out.relation(lemma.conclusion)})")
    lines = [*out.lines, *(f"(assert {f})" for f in facts), "(check-sat)"]
    sorts = "NIRA" if integers else "NRA"
    # A solver has its best procedure for the least logic.
    logic = f"QF_{'UF' if out.free else ''}{sorts}{'T' if out.used else ''}"
    return "\n".join([f"(set-logic {logic})", *lines]), not out.free
