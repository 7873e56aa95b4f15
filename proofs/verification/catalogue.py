"""How each claim of the catalogue is checked: claim by claim, the evidence that is gathered."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from proofs.budgets import BUDGET_SECONDS
from proofs.budgets import seconds as budgeted
from proofs.evidence.shelf import falls, shelved
from proofs.evidence.verdicts import Counterexample, Evidence, Kind, Verdict
from proofs.experiments import FALLEN, MEASUREMENTS, Measurement, Profile
from proofs.naming import unknown_claim
from proofs.refutation.refute import confirm, refute
from proofs.search import prove
from proofs.verification.decide import decide
from proofs.verification.met import vacuous
from theory.catalogue.headings import headings, lemmas, steps
from theory.claims import DRAWN, Claim, Statement
from theory.deciders import NotRationalError
from theory.expressions import Relation, number, parse, rational_value
from theory.matrices import points

if TYPE_CHECKING:
    from theory.dynamics.identities import Identity

Gatherer = Callable[[Statement, Profile, float], Evidence]
CONTROL_SECONDS = 0.25
IDENTITY_SECONDS = 2.0
EMPTY_SECONDS = 0.25
"""For a point of the hypotheses, and again for a proof that there is none."""
CONTROL_PROVED = "proved, which is an error"
AT_POINT = "the sides differ at an exact rational point"
AT_MATRICES = "the sides differ at exact matrices"


@dataclass(frozen=True)
class Row:
    """What verification found out about one claim.

    Attributes
    ----------
    claim : Claim
    evidence : tuple of Evidence
        In the order in which it was gathered.
    verdict : Verdict
        PROVED if any evidence proves, REFUTED if any refutes; see :func:`weigh`.
    negative_control : str
        ``"refuted"`` if the false twin was refuted and the counterexample rechecked exactly;
        otherwise what happened instead.
    slack : str
        By how much the claim holds; ``"sharp"`` where equality is attained.
    seconds : float
        Wall time.
    control_point : Counterexample or None
        Where the false twin fails, if it was refuted.
    """

    claim: Claim
    evidence: tuple[Evidence, ...]
    verdict: Verdict
    negative_control: str
    slack: str
    seconds: float
    control_point: Counterexample | None = None

    @property
    def stands(self) -> bool:
        """Whether nothing speaks against the claim and its control did what it must."""
        good = self.verdict in (Verdict.PROVED, Verdict.SUPPORTED)
        return good and self.negative_control == "refuted"


def find(name: str) -> Claim:
    """Return a claim of the catalogue, or a step of one of its theorems, by name.

    Raises
    ------
    InputError
        If there is none.
    """
    for known in (headings(), lemmas()):
        if name in known:
            return known[name].claim
    if name in steps():
        from proofs import theorems  # the theorems read claims, as this module does

        return theorems.library().steps[name]
    raise unknown_claim(name)


def gatherers(claim: Claim) -> tuple[Gatherer, ...]:
    """Say how a claim is checked: by measurement, as an identity, or by a certificate."""
    if "measured" in claim.statement.domains and claim.name in MEASUREMENTS:
        return (partial(_measured, MEASUREMENTS[claim.name]),)
    if "matrix" in claim.statement.domains:
        return (matrix_identity,)
    if (identity := derived(claim.name)) is not None:
        return (partial(_identity, identity),)
    several = claim.statement.parts or claim.mutant.parts
    if several or claim.statement.domains & DRAWN:  # what is drawn is no variable of a polynomial
        return (_certificate,)
    if claim.statement.conclusion.operator == "==":
        return (PLAIN_IDENTITY,)
    return (_certificate,)


def derived(name: str) -> Identity | None:
    """The identity of the derivation that a claim of the catalogue states, if it states one."""
    # Deriving takes half a second, and whoever holds a claim of the catalogue has loaded it.
    dynamics = sys.modules.get("theory.catalogue.generated.dynamics")
    return None if dynamics is None else dynamics.IDENTITIES.get(name)


def _by_certificate(claim: Claim) -> bool:
    return gatherers(claim) == (_certificate,)


def verify(
    claim: Claim, profile: Profile = "quick", budget: float = BUDGET_SECONDS, fresh: bool = False
) -> Row:
    """Gather the evidence for one claim and run its negative control.

    Parameters
    ----------
    claim : Claim
    profile : {"quick", "full"}
        How much is measured.
    budget : float
        CPU seconds for the search of one certificate or counterexample.
    fresh : bool
        Search for a certificate even where one comes with the catalogue.
    """
    began = time.monotonic()
    budget = budgeted(budget)
    evidence = gathered(claim, profile, budget, fresh)
    control, moved, fails_at = _control(claim, profile, budget, fresh)
    seen = {} if fails_at is None else fails_at.point
    patience = 2.0 if control == CONTROL_PROVED else EMPTY_SECONDS
    if weigh(evidence) is Verdict.PROVED and vacuous(claim.statement, seen, patience):
        control = "none: the hypotheses contradict each other"
    if control == CONTROL_PROVED and weigh(evidence) is Verdict.REFUTED:
        control = "true, as the claim is false"  # a reversed conclusion without variables
    slack = next((e.slack for e in evidence if e.slack), "") or moved
    if not slack and weigh(evidence) is Verdict.PROVED:
        slack = attained(claim.statement)
    seconds = time.monotonic() - began
    return Row(claim, evidence, weigh(evidence), control, slack, seconds, fails_at)


def gathered(
    claim: Claim, profile: Profile = "quick", budget: float = BUDGET_SECONDS, fresh: bool = False
) -> tuple[Evidence, ...]:
    """Gather the evidence for one claim, as :func:`verify` does, without its negative control."""
    known = None if fresh or not _by_certificate(claim) else shelved(claim.statement)
    if known is not None:
        return (known,)
    return tuple(_gathered(claim, gather, profile, budget) for gather in gatherers(claim))


def weigh(evidence: Sequence[Evidence]) -> Verdict:
    """Combine verdicts: a refutation outweighs everything, then a proof, then support."""
    found = {e.verdict for e in evidence}
    order = (
        Verdict.REFUTED,
        Verdict.PROVED,
        Verdict.SUPPORTED,
        Verdict.UNDECIDED,
        Verdict.UNSUPPORTED,
    )
    return next((v for v in order if v in found), Verdict.UNSUPPORTED)


def _control(
    claim: Claim, profile: Profile, budget: float, fresh: bool
) -> tuple[str, str, Counterexample | None]:
    """Refute the mutant; where it differs by one constant only, that brackets the best one."""
    found = None if fresh or "measured" in claim.mutant.domains else falls(claim.mutant)
    if found is not None:
        return "refuted", bracket(claim), found
    if _by_certificate(claim):
        # An exact counterexample settles it. Without one, or when all is searched afresh, the
        # prover is asked too, and must not be able to prove the mutant.
        found = None if fresh else refute(claim.mutant, min(budget, CONTROL_SECONDS))
        if found is None:
            if prove(claim.mutant, CONTROL_SECONDS).verdict is Verdict.PROVED:
                return CONTROL_PROVED, "", None
            found = refute(claim.mutant, budget)
        if found is None:
            return Verdict.UNDECIDED.value, "", None
    else:
        outcomes = [gather(claim.mutant, profile, budget) for gather in gatherers(claim)]
        refuted = [e for e in outcomes if e.verdict is Verdict.REFUTED]
        if not refuted:
            return outcomes[0].verdict.value, "", None
        assert refuted[0].counterexample is not None
        found = refuted[0].counterexample
    if not confirmed(claim.mutant, found):
        return "counterexample not confirmed", "", None
    return "refuted", bracket(claim), found


def confirmed(statement: Statement, counterexample: Counterexample) -> bool:
    """Decide a counterexample afresh from the statement, exactly."""
    if "measured" in statement.domains:
        point = counterexample.point
        return statement.assumptions_hold_at(point) and statement.holds_at(point) is False
    if "matrix" in statement.domains:
        return points.refutes(statement, counterexample.point)
    return confirm(statement, counterexample)


def bracket(claim: Claim) -> str:
    """Say how close the refuted constant is, if the mutant differs in one constant only."""
    ours, theirs = claim.statement.constants, claim.mutant.constants
    changed = [n for n in ours if ours[n] != theirs.get(n)]
    same = replace(claim.mutant, constants=ours).digest == claim.statement.digest
    if len(changed) != 1 or not same or "measured" in claim.statement.domains:
        return ""
    name = changed[0]
    return f"best {name} within {float(abs(ours[name] - theirs[name])):.3g}"


def attained(statement: Statement) -> str:
    """Look for a point of equality: then the claim is sharp as it stands."""
    relation = statement.conclusion
    strict = {"<=": "<", ">=": ">"}.get(relation.operator)
    if strict is None or statement.parts:
        return ""
    tight = Relation(relation.left, strict, relation.right)  # type: ignore[arg-type]
    found = refute(replace(statement, conclusion=tight), 0.5)
    return "" if found is None else "sharp"


def _identity(
    identity: Identity | None, statement: Statement, profile: Profile, budget: float
) -> Evidence:
    if identity is None:  # what the core reads and proves needs no other decider
        found = prove(statement, min(budget, IDENTITY_SECONDS))
        if found.verdict in (Verdict.PROVED, Verdict.UNSUPPORTED):
            return found
    return decided(identity, statement, profile, budget)


def decided(
    identity: Identity | None, statement: Statement, profile: Profile, budget: float
) -> Evidence:
    """Decide an identity by two exact deciders; what they do not read is left to the search."""
    from theory.dynamics.identities import decide_identity  # SymPy takes half a second to load

    try:
        if identity is not None and statement.digest == identity.statement.digest:
            result = identity.result
        else:
            result = decide_identity(statement)
    except NotRationalError:
        return _certificate(statement, profile, budget)
    if not result.holds:
        assert result.point is not None
        sides = [rational_value(side, result.point) for side in _sides(statement)]
        counterexample = Counterexample(dict(result.point), *(str(s) for s in sides))
        if not confirmed(statement, counterexample):  # a hypothesis need not be defined there
            return _certificate(statement, profile, budget)
        return Evidence(
            Kind.IDENTITY,
            Verdict.REFUTED,
            AT_POINT,
            counterexample=counterexample,
        )
    undefined = _possibly_zero(statement, result.nonzero, budget)
    if undefined:
        detail = f"the sides agree where they are defined, but {undefined} might be zero"
        return Evidence(Kind.IDENTITY, Verdict.UNDECIDED, detail)
    depths = f", and by full expansion at depths {_span(result.depths)}" if result.depths else ""
    nonzero = f"; {', '.join(result.nonzero)} proved nonzero" if result.nonzero else ""
    detail = f"{' and '.join(result.deciders)} agree{depths}{nonzero}"
    return Evidence(Kind.IDENTITY, Verdict.PROVED, detail, slack="exact")


def matrix_identity(statement: Statement, profile: Profile, budget: float) -> Evidence:
    """Decide an identity between noncommuting matrices."""
    from theory.matrices.deciders import decide_matrix_identity  # SymPy, too

    try:
        result = decide_matrix_identity(statement)
    except NotRationalError as problem:
        return Evidence(Kind.IDENTITY, Verdict.UNDECIDED, str(problem))
    if not result.holds:
        assert result.point is not None
        return Evidence(
            Kind.IDENTITY,
            Verdict.REFUTED,
            AT_MATRICES,
            counterexample=Counterexample(
                dict(result.point), *points.sides(statement, result.point)
            ),
        )
    used = f", after {result.rewrites} uses of the hypotheses" if result.rewrites else ""
    detail = f"{' and '.join(result.deciders)} agree{used}"
    return Evidence(Kind.IDENTITY, Verdict.PROVED, detail, slack="exact")


def _possibly_zero(statement: Statement, divisors: Iterable[str], budget: float) -> str:
    """Name a divisor that is not proved nonzero under the hypotheses; empty if there is none."""
    names = frozenset({*statement.variables, *statement.definitions, *statement.constants})
    for divisor in divisors:
        square = parse(f"({divisor})**2", names, argument="divisor")
        nonzero = replace(statement, conclusion=Relation(square, ">", number(0)))
        if prove(nonzero, budget).verdict is not Verdict.PROVED:
            return divisor
    return ""


def _sides(statement: Statement) -> tuple:  # type: ignore[type-arg]
    return statement.obligation.left, statement.obligation.right


def _span(depths: Iterable[int]) -> str:
    ordered = sorted(depths)
    return f"{ordered[0]} to {ordered[-1]}"


def _gathered(claim: Claim, gather: Gatherer, profile: Profile, budget: float) -> Evidence:
    """Gather evidence for a claim; hints are for the search for a certificate."""
    if claim.hints and gather in (_certificate, PLAIN_IDENTITY):
        return decide(claim.statement, budget, hints=claim.hints)
    return gather(claim.statement, profile, budget)


def _certificate(statement: Statement, profile: Profile, budget: float) -> Evidence:
    return decide(statement, budget)


@lru_cache(maxsize=1)
def _points(measurement: Measurement, profile: Profile) -> Sequence[Mapping[str, Fraction]]:
    """Measure once for a claim and its false twin."""
    return measurement.experiment(profile)


def _measured(
    measurement: Measurement, statement: Statement, profile: Profile, budget: float
) -> Evidence:
    """Check the statement at every measurement; one violation refutes it."""
    kind, points = measurement.kind, _points(measurement, profile)
    if not points:
        return Evidence(kind, Verdict.UNDECIDED, "nothing was measured")
    fall = measurement.fall(points)
    if fall is not None and fall > FALLEN:
        return Evidence(
            kind,
            Verdict.UNDECIDED,
            f"a run ended at {float(fall):.3g} of its first loss: too short to have tested it",
        )
    shares = []
    relation = statement.obligation
    for point in points:
        left, right = (rational_value(side, point) for side in (relation.left, relation.right))
        assert left is not None
        assert right is not None
        if not relation.decide(left, right):
            return Evidence(
                kind,
                Verdict.REFUTED,
                "violated by a measurement",
                counterexample=Counterexample(dict(point), str(left), str(right)),
            )
        shares.append((left, right))
    shown = ", ".join(f"{n} = {float(v):.4g}" for n, v in points[-1].items())
    fell = (
        "" if fall is None else f", each until the loss is at most {float(fall):.2g} of the first"
    )
    return Evidence(
        kind,
        Verdict.SUPPORTED,
        f"{len(points)} measurements{fell}; the last: {shown}",
        slack=_ratios(relation, shares),
        points=tuple(shares),
    )


def _ratios(relation: Relation, sides: Sequence[tuple[Fraction, Fraction]]) -> str:
    """Say how much of the allowed is used (<=), or how many times the bound is reached (>=)."""
    ratios = sorted(left / right for left, right in sides if right != 0)
    if not ratios:
        return "sharp"
    if relation.operator in ("<=", "<"):
        return f"uses at most {float(ratios[-1]):.2g} of it"
    middle = ratios[len(ratios) // 2]
    return f"{float(ratios[0]):.3g}x at least, median {float(middle):.3g}x"


PLAIN_IDENTITY: Gatherer = partial(_identity, None)
