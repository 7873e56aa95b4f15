"""What a changed constant makes fall: claims that share it are decided again, the graph says more.

A constant is shared by ties (:mod:`theory.ties`). Every claim that has it, by itself or through a
tie, is decided at the new number; a theorem falls if none of the ways to it is left. Where the
number belongs to a chain, the chain says whether its theorems stand: it may move what is free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from proofs.evidence.verdicts import Counterexample, Evidence, Verdict
from proofs.experiments import Profile
from proofs.sharpening.chains import Sharpened
from proofs.verification.catalogue import gathered, weigh
from proofs.verification.met import contradictory
from theory.chains import Chain
from theory.claims import Claim, Statement
from theory.errors import InputError
from theory.exact import exact
from theory.names import nearest
from theory.theorems import Library, Theorem
from theory.ties import Tie, filled


@dataclass(frozen=True)
class Moved:
    """A claim at new numbers.

    Attributes
    ----------
    claim : Claim
        As it is now.
    changes : mapping of str to Fraction
        Its constants that have other numbers, by those numbers.
    evidence : tuple of Evidence
    vacuous : str
        Why nothing is left that it speaks of, though it is true; empty if something is.
    """

    claim: Claim
    changes: Mapping[str, Fraction]
    evidence: tuple[Evidence, ...]
    vacuous: str = ""

    @property
    def verdict(self) -> Verdict:
        """What the evidence comes to."""
        return weigh(self.evidence)

    @property
    def holds(self) -> bool:
        """Whether theorems may go on resting on it."""
        return self.verdict in (Verdict.PROVED, Verdict.SUPPORTED) and not self.vacuous

    @property
    def fails(self) -> bool:
        """Whether it is shown to be false, or to say nothing."""
        return self.verdict is Verdict.REFUTED or bool(self.vacuous)

    @property
    def counterexample(self) -> Counterexample | None:
        """Where it fails, if it was refuted."""
        return next((e.counterexample for e in self.evidence if e.counterexample), None)


@dataclass(frozen=True)
class Flow:
    """What a change comes to.

    Attributes
    ----------
    moved : tuple of Moved
        The claims that were decided again.
    fallen : mapping of str to tuple of str
        Theorems to which no way is left but measurements, which are named.
    open : mapping of str to tuple of str
        Those that would fall if what is undecided were false; the ways that would be left.
    changes : mapping of (str, str) to Fraction
        What was changed.
    kept : mapping of str to tuple of str
        Theorems that lost a way, and the ways that are left.
    stated : mapping of (str, str) to str
        The constants of theorems that read otherwise now, with their new texts.
    """

    moved: tuple[Moved, ...]
    fallen: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, tuple[str, ...]]
    stated: Mapping[Tie, str]
    open: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changes: Mapping[Tie, Fraction] = field(default_factory=dict)


def parsed(text: str) -> tuple[Tie, Fraction]:
    """Read ``CLAIM.CONSTANT=VALUE``.

    Raises
    ------
    InputError
        If it is not of this form.
    """
    name, equals, value = text.partition("=")
    claim, dot, constant = name.strip().rpartition(".")
    if not equals or not dot or not claim or not constant:
        raise InputError("--changed", f"CLAIM.CONSTANT=VALUE is wanted, not {text[:60]!r}")
    return (claim, constant), exact(value.strip(), f"--changed {name.strip()[:60]}")


def flow(
    library: Library,
    changes: Mapping[Tie, Fraction],
    profile: Profile = "quick",
    budget: float = 10.0,
) -> Flow:
    """Put other numbers in, decide the claims that have them, and see which theorems stand.

    Parameters
    ----------
    library : Library
    changes : mapping of (str, str) to Fraction
        New numbers, by claim and constant.
    profile : {"quick", "full"}
        How much is measured, if a claim is about measurements.
    budget : float
        CPU seconds for each claim.

    Raises
    ------
    InputError
        For a claim or a constant that is not there, one that is tied to another (change that
        one), or the number it has already.
    """
    claims = library.claims
    for tie, value in changes.items():
        _check(claims, tie, value)
    numbers = carried(claims, changes)
    moved = tuple(_decided(claims[n], v, profile, budget) for n, v in _owners(numbers).items())
    lost, kept = falling(library, {m.claim.name for m in moved if not m.holds}, set(numbers))
    fallen, _ = falling(library, {m.claim.name for m in moved if m.fails}, set(numbers))
    waiting = {name: ways for name, ways in lost.items() if name not in fallen}
    return Flow(moved, fallen, kept, dict(stated(library, numbers)), waiting, changes)


@dataclass(frozen=True)
class Resting:
    """A theorem whose graph rests on what was changed.

    Attributes
    ----------
    theorem : str
    state : {"stands", "falls", "open"}
        It falls if no way to it is left but measurements, and is open while steps are undecided.
    ways : tuple of str
        Those that are left, if it lost one.
    binding : tuple of str
        The steps that bind: of the chain, and claims that fail; else the claims with the number.
    """

    theorem: str
    state: Literal["stands", "falls", "open"]
    ways: tuple[str, ...]
    binding: tuple[str, ...]


def resting(library: Library, found: Sharpened, changed: Set[str], budget: float) -> list[Resting]:
    """All theorems that rest on a changed constant of a chain, and what becomes of each.

    Parameters
    ----------
    library : Library
    found : Sharpened
        The chain with the constants put in.
    changed : set of str
        Those that were put in. What was re-optimised for them moves in this chain alone: a claim
        elsewhere keeps the number that it was proved with.
    budget : float
        CPU seconds for each claim.
    """
    chain, claims = found.chain, library.claims
    moved = {chain.ties[n]: found.values[n] for n in changed if n in chain.ties}
    own = _owners(numbers := carried(claims, moved))
    steps = {claim for claim, _ in chain.ties.values()}
    whole = _owners(carried(claims, {tie: found.values[n] for n, tie in chain.ties.items()}))
    refuted = {  # a number that a claim gives, and no step of the chain: with all that moved
        name
        for name in (steps & set(own) if found.proved else ())
        if not own[name].items() <= claims[name].statement.constants.items()
        and _decided(claims[name], whole[name], "quick", budget).fails
    }
    failed = refuted | {
        name
        for name in (set(own) - steps if found.proved else own)
        if not own[name].items() <= claims[name].statement.constants.items()
        and not _decided(claims[name], own[name], "quick", budget).holds
    }
    gone = {name: _gone(library.theorems[name], chain, changed) for name in chain.theorems}
    without = {} if found.proved else gone
    lost, kept = falling(library, failed, set(numbers), without)
    fallen = lost if found.fails else falling(library, failed, set(numbers))[0]
    if refuted:  # the chain rests on it
        lost, kept = falling(library, failed, set(numbers), gone)
        fallen = lost
    below = {name: library.below(name) for name in library.theorems}

    def binding(name: str) -> tuple[str, ...]:
        used = {n for t in below[name].values() for n in library.rests_on(t)}
        chained = set(chain.theorems) & set(below[name])
        bind = (
            *(found.binding if chained else ()),
            *sorted(used & failed - (steps - refuted if chained else set())),
        )
        return bind or tuple(sorted(used & set(own)))

    return [
        Resting(
            name,
            "falls" if name in fallen else "open" if name in lost else "stands",
            {**kept, **lost}.get(name, ()),
            binding(name),
        )
        for name, theorems in below.items()
        if set(chain.theorems) & set(theorems)
        or any(n in own for t in theorems.values() for n in library.rests_on(t))
    ]


def _gone(theorem: Theorem, chain: Chain, changed: Set[str]) -> set[str]:
    """The ways to a theorem of a chain that a failing step leaves no more.

    Who states a changed number, by a tie or without one, is a new theorem: neither the kernel nor a
    run has seen it.
    """
    constants = changed & set(chain.constants)
    stated = any(n not in chain.ties or chain.ties[n] in theorem.ties for n in constants)
    return {"claims", "composition", "proof", *(("kernel", "measured") if stated else ())}


def _owners(numbers: Mapping[Tie, Fraction]) -> dict[str, dict[str, Fraction]]:
    """Numbers by the claims that have them."""
    own: dict[str, dict[str, Fraction]] = {}
    for (name, constant), value in numbers.items():
        own.setdefault(name, {})[constant] = value
    return own


def _check(claims: Mapping[str, Claim], tie: Tie, value: Fraction) -> None:
    name, constant = tie
    if name not in claims:
        raise InputError("--changed", f"no claim is called {name[:60]!r}{nearest(name, claims)}")
    known = claims[name].statement.constants
    if constant not in known:
        said = ", ".join(known) or "none"
        raise InputError("--changed", f"{constant[:40]!r} is no constant of {name} (known: {said})")
    if constant in claims[name].ties:
        there = ".".join(claims[name].ties[constant])
        raise InputError("--changed", f"{name}.{constant} is tied to {there}: change that one")
    if known[constant] == value:
        raise InputError("--changed", f"{name}.{constant} is {value} already")


def carried(claims: Mapping[str, Claim], changes: Mapping[Tie, Fraction]) -> dict[Tie, Fraction]:
    """Follow changes through the ties of claims: the changes, and all that has the new numbers."""
    tied = {(n, c): tie for n, claim in claims.items() for c, tie in claim.ties.items()}
    numbers = dict(changes)
    for start in tied:
        end = start
        while end in tied:  # no circles: the reader refuses them
            end = tied[end]
        if end in changes:
            numbers[start] = changes[end]
    return numbers


def _decided(
    claim: Claim, changes: Mapping[str, Fraction], profile: Profile, budget: float
) -> Moved:
    new = claim.statement.with_constants(**changes)
    now = replace(claim, statement=new, mutant=claim.statement)
    found = gathered(now, profile, budget)
    empty = weigh(found) is Verdict.PROVED and "measured" not in new.domains
    return Moved(now, changes, found, vacuous(claim.statement, new, budget) if empty else "")


def vacuous(old: Statement, new: Statement, budget: float) -> str:
    """Say why a statement that holds at new numbers holds of nothing; empty if that is not shown.

    Parameters
    ----------
    old, new : Statement
        Before and after.
    budget : float
        CPU seconds for a proof that no point satisfies the hypotheses.
    """
    if "matrix" in new.domains:
        return ""
    # Constants are sizes: who allows steps of at most -1, or promises a rate of -1, says nothing.
    for name, value in new.constants.items():
        if value <= 0 < old.constants[name]:
            return f"{name} is not positive any more, so that nothing is left it speaks of"
    if not new.hypotheses or (new.witness and new.assumptions_hold_at(new.witness)):
        return ""
    if contradictory(new, budget):
        return "no point satisfies its hypotheses"
    return ""


def falling(
    library: Library,
    lost: Set[str],
    numbers: Set[Tie] = frozenset(),
    without: Mapping[str, Set[str]] = MappingProxyType({}),
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Say which theorems fall with what is lost, and which lose a way and stand.

    Parameters
    ----------
    library : Library
    lost : set of str
        Claims, and theorems, that no longer hold.
    numbers : set of (str, str)
        Constants that have another number: a theorem that states it states something new.
    without : mapping of str to set of str
        By theorem, ways that are gone from the outset.

    Returns
    -------
    fallen, kept : dict of str to tuple of str
        By name, the ways that are left: to what falls, measurements at most.
    """
    fallen: dict[str, tuple[str, ...]] = {}
    kept: dict[str, tuple[str, ...]] = {}
    while True:
        # An assumption is made, not proved: who makes it does not fall with its examples.
        gone = {*lost, *(n for n in fallen if library.theorems[n].role == "theorem")}
        before = len(fallen)
        for name, theorem in library.theorems.items():
            ways = dict(_ways(theorem))
            left = [by for by, names in ways.items() if not names & gone]
            left = [by for by in left if by not in without.get(name, ())]
            if numbers & set(theorem.ties):
                # Who states another number than before is not what the kernel proved, or runs met.
                left = [by for by in left if by not in ("kernel", "measured")]
            if name in fallen or len(left) == len(ways):
                continue
            if set(left) <= {"measured"}:
                fallen[name] = tuple(left)
                kept.pop(name, None)
            else:
                kept[name] = tuple(left)
        if len(fallen) == before:
            return fallen, kept


def _ways(theorem: Theorem) -> Iterator[tuple[str, set[str]]]:
    """What carries a theorem: each way with the names that it needs."""
    for by in ("kernel", "claims", "measured"):
        if names := getattr(theorem, by):
            yield by, set(names)
    if theorem.composition is not None:
        yield "composition", set(theorem.composed)
    if theorem.inferences:
        yield "proof", {n for inference in theorem.inferences for n in inference.uses}


def stated(library: Library, numbers: Mapping[Tie, Fraction]) -> Iterator[tuple[Tie, str]]:
    """The constants of theorems that read otherwise with other numbers: whose, which, the text."""
    claims = library.claims

    def number(tie: Tie) -> Fraction:
        return numbers.get(tie, claims[tie[0]].statement.constants[tie[1]])

    for name, theorem in library.theorems.items():
        for label, template in theorem.tied.items():
            text = filled(template, number)
            if text != theorem.constants[label]:
                yield (name, label), text
