"""How many certificates Coq accepts, by rule, and what is missing for those that it does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from proofs.core.check import load
from proofs.core.terms import Malformed, Rejected
from proofs.evidence.verdicts import Kind, Verdict
from proofs.export import Untranslatable, translate
from proofs.export.run import compile_all

SAID: Final = {
    Verdict.PROVED.value: "accepted",
    Verdict.UNDECIDED.value: "rejected",
    Verdict.UNSUPPORTED.value: "unwritten",
}


@dataclass(frozen=True)
class Judged:
    """What Coq says of one certificate.

    Attributes
    ----------
    name : str
        Of the claim.
    verdict : str
        ``accepted``, ``rejected``, or ``unwritten``: it cannot be written as a Coq proof yet.
    reason : str
        The rule or the part of a statement that is missing, or what Coq says.
    rules : tuple of str
        The rules that it uses, lemmas included, each once.
    seconds : float
        Wall time of the compiler; 0 if the outcome is remembered.
    """

    name: str
    verdict: str
    reason: str
    rules: tuple[str, ...]
    seconds: float


def judged(
    certificates: Mapping[str, str], jobs: int = 1, cache: Path | None = None
) -> list[Judged]:
    """Have Coq check certificates, by name; what it accepts is remembered at once.

    Raises
    ------
    ToolMissing
        If Coq is not installed.
    """
    files, found = dict[str, str](), dict[str, Judged]()
    for name, text in certificates.items():
        try:
            files[name] = translate(text, name)
        except (Untranslatable, Malformed, Rejected) as wrong:
            reason = " ".join(str(wrong).split())
            found[name] = Judged(name, "unwritten", reason, rules(load(text)), 0.0)
    for name, o in compile_all(files, jobs, cache).items():
        used = rules(load(certificates[name]))
        found[name] = Judged(name, o.verdict, o.reason, used, o.seconds)
    return [found[name] for name in certificates]


def of_rows(rows: Sequence[Mapping[str, Any]]) -> list[Judged]:
    """What Coq said of the certificates in rows of verification at the level of the kernel."""
    found = []
    for row in rows:
        said = row["evidence"][0] if row.get("certificate") and row["evidence"] else {"kind": ""}
        if said["kind"] == Kind.KERNEL.value:
            reason = str(said["detail"]).removeprefix("Coq does not accept the proof: ")
            used = rules(load(row["certificate"]))
            found.append(Judged(row["name"], SAID[said["verdict"]], reason, used, 0.0))
    return found


def rules(data: Any) -> tuple[str, ...]:
    """List the rules in a certificate."""
    found, waiting = set[str](), [data]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            found |= {here["rule"]} if isinstance(here.get("rule"), str) else set()
            waiting += [v for k, v in here.items() if k != "statement"]
        elif isinstance(here, list):
            waiting += here
    return tuple(sorted(found))


def lines(rows: Sequence[Judged]) -> list[str]:
    """Say in a few lines how many are accepted, by rule, and why the others are not."""
    accepted = [row for row in rows if row.verdict == "accepted"]
    share = f", {100 * len(accepted) / len(rows):.1f} %" if rows else ""
    every, passed = (Counter(r for row in of for r in row.rules) for of in (rows, accepted))
    by_rule = ", ".join(f"{rule} {passed[rule]}/{n}" for rule, n in every.most_common())
    said = [f"kernel: Coq accepts {len(accepted)} of {len(rows)} certificates{share}"]
    said += [f"by rule: {by_rule}"] if rows else []
    return said + [f"{r.verdict} {r.name}: {r.reason}" for r in rows if r.verdict != "accepted"]
