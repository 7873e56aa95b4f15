"""Sharpen: a certified two-sided bracket of the best constant of a claim.

At one end the claim is refuted by an exact counterexample, at the other it is proved by a
certificate; both are decided again before the bracket is reported. Nothing is assumed about what
happens in between, not even monotonicity: that is how the two ends are to be read.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from proofs.budgets import seconds
from proofs.core import check
from proofs.evidence.verdicts import Counterexample, Evidence, Verdict
from proofs.refutation.refute import confirm, refute
from proofs.search import prove
from proofs.sharpening.guesses import guesses
from theory.claims import Statement
from theory.errors import InputError
from theory.expressions import Relation, parse, rational_value
from theory.hints import Hints
from theory.language.declarations import STATEMENT_FUNCTIONS
from theory.names import nearest

NO_CONSTANT = 'the claim has none; write the number as constants = {c = "1/2"}, and c in its place'


@dataclass(frozen=True)
class Bracket:
    """What is known of the best value of a constant.

    Attributes
    ----------
    constant : str
        Its name.
    refuted, proved : Fraction or None
        A value at which the claim fails, and one at which it holds; None if none was found.
    counterexample : Counterexample or None
        At the refuted end.
    certificate : str
        At the proved end; accepted by the core. Empty if there is none.
    reached : bool
        Whether the bracket is as narrow as was asked for.
    undecided : tuple of Fraction
        Values tried in between that were neither proved nor refuted.
    closed : str
        A formula between the two ends, such as ``4*exp(-2)``; empty if none comes to mind.
    closed_certificate : str
        That the claim holds with this formula as its constant; empty if that stayed undecided.
    """

    constant: str
    refuted: Fraction | None
    proved: Fraction | None
    counterexample: Counterexample | None
    certificate: str
    reached: bool
    undecided: tuple[Fraction, ...] = ()
    closed: str = ""
    closed_certificate: str = ""

    @property
    def width(self) -> Fraction | None:
        """The distance of the two ends."""
        if self.proved is None or self.refuted is None:
            return None
        return abs(self.proved - self.refuted)


Progress = Callable[[Fraction, Fraction], None]
SHARES = tuple(Fraction(n, 32) for n in (16, 4, 28, 1, 31))  # of the way from refuted to proved
WIDER = 8  # so much further away is the next value, after one that stayed undecided
SCOUTED_SECONDS = 0.3
CLOSED_SECONDS = 6.0
CLOSED = "closed"  # what its proof calls the claim with a closed form


def sharpen(
    statement: Statement,
    constant: str,
    width: Fraction = Fraction(1, 10**6),
    budget_seconds: float = 120.0,
    progress: Progress | None = None,
) -> Bracket:
    """Bracket the best value of a constant.

    Parameters
    ----------
    statement : Statement
        The claim; its own value of the constant is where the search begins.
    constant : str
        The name of the constant.
    width : Fraction
        How narrow the bracket should get.
    budget_seconds : float
        CPU time for the whole search.
    progress : callable, optional
        Called with the two ends after every improvement.

    Raises
    ------
    InputError
        If there is no such constant, the width or the budget is not positive, or no value near
        the given one could be proved or refuted within the budget.
    """
    if constant not in statement.constants:
        known = ", ".join(sorted(statement.constants)) or "none"
        meant = nearest(constant, statement.constants) or f" (known: {known})"
        raise InputError("constant", f"no constant is called {constant!r}{meant}")
    if constant in statement.settled:
        raise InputError("constant", f"{constant} says how many there are: it has no best value")
    if width <= 0:
        raise InputError("width", "it must be positive")
    budget_seconds = seconds(budget_seconds)
    tell: Progress = progress or (lambda refuted, proved: None)
    trial = _Trial(statement, constant, time.process_time() + budget_seconds)
    proved, refuted = trial.ends(statement.constants[constant])
    undecided: list[Fraction] = []
    if proved is None or refuted is None:
        return trial.bracket(refuted, proved, False, ())

    # A counterexample costs a hundredth of a proof: they say where the best value is, and the
    # proofs are those of its closed form and of values next to it.
    refuted, near = trial.scouted(refuted, proved, width / 8)
    tell(refuted, proved)
    proved = trial.from_closed(refuted, near, proved, width / 3) or proved
    step, way = width, 1 if proved > refuted else -1
    while abs(proved - refuted) > width and step < abs(proved - refuted) and not trial.late:
        tell(refuted, proved)
        value = between(refuted + way * step / 2, refuted + way * step, Fraction(1, 2))
        verdict = trial.decide(value)
        if verdict is Verdict.PROVED:
            proved = value
            break
        if verdict is Verdict.REFUTED:
            refuted = value
        else:
            undecided.append(value)
        step *= WIDER
    while abs(proved - refuted) > width and not trial.late:
        tell(refuted, proved)
        moved = False
        for share in SHARES:
            middle = between(refuted, proved, share)
            verdict = trial.decide(middle)
            if verdict is Verdict.PROVED:
                proved, moved = middle, True
            elif verdict is Verdict.REFUTED:
                refuted, moved = middle, True
            else:
                undecided.append(middle)
            if moved or trial.late:
                break
        if not moved:
            break
    return trial.bracket(refuted, proved, abs(proved - refuted) <= width, tuple(undecided))


class _Trial:
    """Decides the statement at values of its constant and keeps the evidence."""

    def __init__(self, statement: Statement, constant: str, deadline: float) -> None:
        self.statement, self.constant, self.deadline = statement, constant, deadline
        self.proofs: dict[Fraction, Evidence] = {}
        self.counterexamples: dict[Fraction, Counterexample] = {}
        self.verdicts: dict[Fraction, Verdict] = {}
        self.known: tuple[str, str] | None = None  # a closed form, and the certificate with it
        self.usual = 0.5  # seconds: what proofs at other values took, and as much again

    @property
    def late(self) -> bool:
        return time.process_time() > self.deadline

    def at(self, value: Fraction) -> Statement:
        return self.statement.with_constants(**{self.constant: value})

    def decide(self, value: Fraction) -> Verdict:
        if value not in self.verdicts:
            self.verdicts[value] = self._decide(value)
        return self.verdicts[value]

    def _decide(self, value: Fraction) -> Verdict:
        try:
            claim = self.at(value)
        except InputError:  # read by theorems that do not hold for the sign of this number
            return Verdict.UNDECIDED
        hints = [c.point for c in list(self.counterexamples.values())[-2:]]
        for patience in (self.usual, max(4, self.usual), 12):
            left = self.deadline - time.process_time()
            if left <= 0:
                break
            found = refute(claim, min(0.3 * patience, left), hints=hints)
            began = time.process_time()
            if found is not None:
                self.counterexamples[value] = found
                return Verdict.REFUTED
            evidence = prove(claim, min(patience, left))
            if evidence.verdict is Verdict.PROVED:
                self.proofs[value] = evidence
                self.usual = max(self.usual, min(4, 2 * (time.process_time() - began)))
                return Verdict.PROVED
        return Verdict.UNDECIDED

    def ends(self, start: Fraction) -> tuple[Fraction | None, Fraction | None]:
        """A proved and a refuted value, found by steps of growing size from the given one."""
        found: dict[Verdict, Fraction] = {}
        steps = [Fraction(0)]
        for k in (0, 1, 2, 3, 4, 6, 9, -1, -2, -4, -6):
            size = Fraction(10) ** k * max(abs(start), Fraction(1))
            steps += [size, -size]
        for step in steps:
            verdict = self.decide(start + step)
            if verdict in (Verdict.PROVED, Verdict.REFUTED):
                found.setdefault(verdict, start + step)
            if len(found) == 2:
                return found[Verdict.PROVED], found[Verdict.REFUTED]
            if self.late:
                break
        if not found:
            raise InputError(self.constant, f"no value near {start} was proved or refuted in time")
        return found.get(Verdict.PROVED), found.get(Verdict.REFUTED)

    def scouted(
        self, refuted: Fraction, proved: Fraction, width: Fraction
    ) -> tuple[Fraction, Fraction]:
        """A refuted value, and one close to it, or the proved one, where nothing was found."""
        quiet = proved
        while abs(quiet - refuted) > width and not self.late:
            middle = between(refuted, quiet, Fraction(1, 2))
            hints = [c.point for c in list(self.counterexamples.values())[-2:]]
            try:
                claim = self.at(middle)
            except InputError:  # there the sentence is another one
                break
            found = refute(claim, SCOUTED_SECONDS, hints=hints)
            if found is None:
                quiet = middle
            else:
                self.counterexamples[middle], refuted = found, middle
        return refuted, quiet

    def from_closed(
        self, refuted: Fraction, near: Fraction, proved: Fraction, room: Fraction
    ) -> Fraction | None:
        """A value next to a closed form, proved by what was proved of that."""
        for guess in guesses(refuted, near) if near != proved else ():
            patience = min(CLOSED_SECONDS, (self.deadline - time.process_time()) / 3)
            if patience <= 0:
                return None
            claim = _with_formula(self.statement, self.constant, guess)
            evidence = prove(claim, patience)
            if evidence.verdict is not Verdict.PROVED:
                continue
            self.known = guess, evidence.data["certificate"]
            exact = rational_value(claim.definitions[self.constant])
            if exact is not None and self.decide(exact) is Verdict.PROVED:
                return exact
            way = 1 if proved > refuted else -1
            value = between(near + way * room / 2, near + way * room, Fraction(1, 2))
            evidence_ = self.weaker(value, claim, patience)
            if evidence_ is not None:
                self.proofs[value] = evidence_
                return value
            return None
        return None

    def weaker(self, value: Fraction, sharp: Statement, patience: float) -> Evidence | None:
        """A proof at a value from the claim with a closed form, which says more.

        What the value gains is shown first, by itself: the side of the conclusion in which it
        stands is larger than with the closed form, or smaller.
        """
        assert self.known is not None
        claim, premises = self.at(value), {CLOSED: json.loads(self.known[1])}
        gap = _gain(sharp, claim)
        gained = None if gap is None else prove(gap, patience)
        if gained is not None and gained.verdict is Verdict.PROVED:
            premises["gain"] = json.loads(gained.data["certificate"])
        evidence = prove(claim, patience, Hints(uses=tuple(premises)), premises)
        return evidence if evidence.verdict is Verdict.PROVED else None

    def bracket(
        self,
        refuted: Fraction | None,
        proved: Fraction | None,
        reached: bool,
        undecided: tuple[Fraction, ...],
    ) -> Bracket:
        """What was found, both ends decided again."""
        counterexample = None if refuted is None else self.counterexamples[refuted]
        text = ""
        if proved is not None:
            text = self.proofs[proved].data["certificate"]
            check.check(text, self.at(proved).canonical)
        if refuted is not None and not (
            counterexample and confirm(self.at(refuted), counterexample)
        ):
            raise InputError(self.constant, "the counterexample did not survive its second check")
        closed, why = self.closed(refuted, proved)
        return Bracket(
            self.constant, refuted, proved, counterexample, text, reached, undecided, closed, why
        )

    def closed(self, refuted: Fraction | None, proved: Fraction | None) -> tuple[str, str]:
        """A closed form in the bracket, and a certificate of the claim with it, if there is one."""
        if refuted is None or proved is None:
            return "", ""
        if self.known is not None:
            return self.known
        found = guesses(refuted, proved)
        for guess in found:
            claim = _with_formula(self.statement, self.constant, guess)
            evidence = prove(claim, CLOSED_SECONDS)
            if evidence.verdict is Verdict.PROVED:
                return guess, evidence.data["certificate"]
        return (found[0], "") if found else ("", "")


def _with_formula(statement: Statement, constant: str, formula: str) -> Statement:
    """The statement with a constant that is no rational number: it becomes a definition."""
    kept = {n: v for n, v in statement.constants.items() if n != constant}
    meaning = parse(formula, frozenset({"pi"}), STATEMENT_FUNCTIONS, constant)
    return replace(
        statement, constants=kept, definitions={constant: meaning, **statement.definitions}
    )


def _gain(sharp: Statement, claim: Statement) -> Statement | None:
    """How a conclusion follows from that of a claim like it: one of its sides is not tighter."""
    if claim.parts or claim.layers is not None or claim.relaxed is not None:
        return None
    strong, weak = sharp.expand(sharp.conclusion), claim.expand(claim.conclusion)
    up = weak.operator in ("<=", "<")
    if strong.left == weak.left:
        said = Relation(strong.right, "<=", weak.right)
        said = said if up else replace(said, operator=">=")
    elif strong.right == weak.right:
        said = Relation(weak.left, "<=", strong.left)
        said = said if up else replace(said, operator=">=")
    else:
        return None
    return replace(claim, conclusion=said)


def between(a: Fraction, b: Fraction, share: Fraction) -> Fraction:
    """A short decimal near ``a + share (b - a)``, strictly between a and b."""
    exact = a + share * (b - a)
    slack = abs(b - a) / 16
    digits = 0
    while True:
        short = Fraction(round(exact * 10**digits), 10**digits)
        if abs(short - exact) < slack:
            return short
        digits += 1
