"""The verbs of the API; each loads what it needs when it is called."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from proofs.api.building import Claimed, as_claim, as_claims, formula_text, relation_text
from proofs.api.building import file as path
from proofs.api.door import door
from proofs.api.results import Audited, Checked, Refuted, Sharpened, Verified, VerifiedMany
from proofs.api.runs import Counted, Derived, Swept
from proofs.budgets import BUDGET_SECONDS
from proofs.experiments import PROFILES
from theory.claims import Claim
from theory.errors import InputError
from theory.exact import Exact, digits_of, exact, exact_list, processes, seconds
from theory.names import nearest, one_of

if TYPE_CHECKING:
    import sympy

_OPTIONS = (
    *("method", "digits", "max_steps", "max_seconds", "width"),
    *("residual", "clip", "decay", "momentum", "others", "noise"),
)

__all__ = [
    "audit",
    "catalogue",
    "check",
    "derive",
    "escape",
    "refute",
    "sharpen",
    "start",
    "sweep",
    "verify",
    "verify_all",
]


def _written(step: Exact) -> str:
    """A step size as text: one number of any length, or a schedule."""
    if isinstance(step, str | Decimal):
        return str(step)
    size = exact(step, "step")
    below = "" if size.denominator == 1 else f"/{digits_of(size.denominator)}"
    return f"{digits_of(size.numerator)}{below}"


def _asked(budget: object, profile: object) -> None:
    """Refuse before anything is read a budget that is none, and a profile that there is not."""
    seconds(budget)
    one_of(profile, "profile", PROFILES)


@door
def verify(
    claim: Claimed,
    budget: float = BUDGET_SECONDS,
    profile: Literal["quick", "full"] = "quick",
    fresh: bool = False,
    **parts: Any,
) -> Verified:
    """Prove or refute a claim, and its false twin.

    Parameters
    ----------
    claim : Claim, text, SymPy relation, catalogue name or ``FILE::NAME``
    budget : float
        CPU seconds for the search of one certificate or counterexample.
    profile : {"quick", "full"}
        How much is measured, where a claim is about measurements.
    fresh : bool
        Search also where a certificate is shipped.
    **parts
        Of a formula given as text or SymPy: ``variables``, ``hypotheses``, ``constants`` and what
        else :func:`claim` takes.

    Examples
    --------
    >>> verify("x**2 + 1 >= 2*x")
    Verified(claim: proved by certificate, sharp)
    >>> verify("(1+x)**3 >= 1 + 3*x", hypotheses="x >= -1")
    Verified(claim: proved by certificate, sharp)
    """
    from proofs.presentation.report import report_row
    from proofs.verification import catalogue

    _asked(budget, profile)
    if not isinstance(fresh, bool):
        raise InputError("fresh", "True or False is wanted")
    one = as_claim(claim, **parts)
    return Verified(one, report_row(catalogue.verify(one, profile, budget, fresh)))


@door
def verify_all(
    claims: Claimed | Iterable[Claimed] | None = None,
    budget: float = BUDGET_SECONDS,
    jobs: int = 1,
    profile: Literal["quick", "full"] = "quick",
) -> VerifiedMany:
    """Verify several claims: of a file, of a list, or (None) the whole catalogue.

    Parameters
    ----------
    claims : path, list of claims, or None
    budget : float
        CPU seconds for each search.
    jobs : int
        Processes; more than one only for the catalogue and for files, which they read afresh.
    profile : {"quick", "full"}
    """
    _asked(budget, profile)
    if claims is None or (processes(jobs) > 1 and isinstance(claims, str | Path)):
        from proofs.user_claims import selected
        from proofs.verification.verifying import verified
        from theory.claim_files import all_read

        names = () if claims is None else (str(claims),)
        found = all_read(selected(names).values())
        rows, _ = verified(names, profile, "standard", jobs, budget)
        pairs = zip(found, rows[: len(found)], strict=True)
        return VerifiedMany(tuple(Verified(c, row) for c, row in pairs))
    return VerifiedMany(tuple(verify(c, budget, profile) for c in as_claims(claims)))


@door
def check(certificate: str | Path | Verified) -> Checked:
    """Have the trusted core check a certificate.

    Parameters
    ----------
    certificate : str, Path or Verified
        Its text, its file, or a result that has one.

    Raises
    ------
    InputError
        If it is malformed or rejected; nothing is proved then.
    """
    from proofs import certificates
    from proofs.core import check as core
    from proofs.core.terms import Malformed, Rejected
    from proofs.evidence import shelf

    if isinstance(certificate, Verified):
        if certificate.certificate is None:
            raise InputError("certificate", f"{certificate.claim.name} has none")
        certificate = certificate.certificate
    text = certificates.read(certificate) if isinstance(certificate, Path) else certificate
    try:
        found = core.check(text, library=shelf.texts())
    except (Malformed, Rejected) as wrong:
        raise InputError("certificate", str(wrong)) from None
    return Checked(certificates.describe(text), found.digest, tuple(found.rests_on))


@door
def refute(claim: Claimed, budget: float = 10.0, seed: int = 0, **parts: Any) -> Refuted:
    """Search for an exact counterexample.

    Parameters
    ----------
    claim : Claim, text, SymPy relation, catalogue name or ``FILE::NAME``
    budget : float
        CPU seconds.
    seed : int
        Of the random part of the search.
    **parts
        Of a formula given as text or SymPy: ``variables``, ``hypotheses``, ``constants`` and what
        else :func:`claim` takes.

    Examples
    --------
    >>> refute("x**2 >= x").point
    {'x': Fraction(1, 2)}
    """
    from proofs.refutation.refute import refute as search

    one = as_claim(claim, **parts)
    return Refuted(one, search(one.statement, budget, seed))


@door
def sharpen(
    claim: Claimed,
    constant: str = "",
    width: Exact = Fraction(1, 10**6),
    budget: float = 120.0,
    **parts: Any,
) -> Sharpened:
    """Bracket the best value of a constant: one end refuted, the other proved.

    Parameters
    ----------
    claim : Claim, text, SymPy relation, catalogue name or ``FILE::NAME``
        Its own value of the constant is where the search begins.
    constant : str
        Which one; may be left out if there is but one.
    width : exact number
        How narrow the bracket should get.
    budget : float
        CPU seconds.
    **parts
        Of a formula given as text or SymPy: ``variables``, ``hypotheses``, ``constants`` and what
        else :func:`claim` takes.

    Examples
    --------
    >>> sharpen("x*(1 - x) <= c", constants={"c": 1}, width="1e-3").proved
    Fraction(1, 4)
    """
    from proofs.sharpening.sharpen import NO_CONSTANT
    from proofs.sharpening.sharpen import sharpen as search

    one = as_claim(claim, **parts)
    known = list(one.statement.constants)
    if not isinstance(constant, str):
        raise InputError("constant", f"a name is wanted, not {type(constant).__name__}")
    if not constant and len(known) != 1:
        raise InputError("constant", f"say which one ({', '.join(known) or NO_CONSTANT})")
    chosen = one_of(constant or known[0], "constant", known)
    bracket = search(one.statement, chosen, exact(width, "width"), budget)
    return Sharpened(one, bracket)


@door
def audit(claim: Claimed, budget: float = 10.0, **parts: Any) -> Audited:
    """Show that the hypotheses can be met, and which of them are needed.

    Parameters
    ----------
    claim : Claim, text, SymPy relation, catalogue name or ``FILE::NAME``
    budget : float
        CPU seconds.
    **parts
        Of a formula given as text or SymPy: ``variables``, ``hypotheses``, ``constants`` and what
        else :func:`claim` takes.
    """
    from proofs.verification.audit import audit as search

    one = as_claim(claim, **parts)
    return Audited(one, search(one.statement, budget))


@door
def derive(loss: str | sympy.Expr = "f", depth: int | None = None) -> Derived:
    """Derive the dynamics of F(w) = f(w_1 ... w_k).

    Parameters
    ----------
    loss : str or SymPy expression in p
        ``"f"`` for any loss.
    depth : int, optional
        Number of weights; every depth by default.
    """
    import sympy

    from theory.dynamics.derivation import derive as derivation
    from theory.dynamics.objective import ProductObjective

    text = formula_text(loss, "loss")
    chosen = sympy.Function("f") if text.strip() in ("f", "f(p)") else text
    try:
        return Derived(derivation(ProductObjective(chosen, depth)))
    except OverflowError:  # SymPy tells signs by numbers, which may be towers of exponentials
        raise InputError("loss", "its values are beyond all numbers") from None


@door
def start(init: str, depth: int, seed: int | None = None) -> tuple[Fraction, ...]:
    """Draw a start by name; its entries are exactly the doubles that are drawn.

    Parameters
    ----------
    init : str
        ``gaussian``, ``uniform``, ``near-identity:S``, ``xavier``, ``he``, ``lecun``; without a
        seed ``balanced:S``, ``zas``, ``identity``.
    depth : int
        How many weights.
    seed : int
        The same seed gives the same start.

    Examples
    --------
    >>> start("zas", 3)
    (Fraction(1, 1), Fraction(1, 1), Fraction(0, 1))
    """
    from numerics.starts import draw

    return draw(init, depth, seed)


@door
def escape(
    loss: str | sympy.Expr,
    weights: str | Iterable[Exact],
    step: Exact,
    until: str | sympy.Basic,
    **options: Any,
) -> Counted:
    """Count steps of gradient descent on F(w) = f(w_1 ... w_k) until a condition holds.

    Parameters
    ----------
    loss : str or SymPy expression
        f as a formula in p.
    weights : str or iterable of exact numbers
        The start, or what :func:`start` draws. Floats are refused: write ``"0.3"``, or
        ``Fraction(x)`` for the double x itself.
    step : exact number or str
        The step size, or a schedule such as ``"0.1:1000,0.01"``.
    until : str or SymPy relation
        Comparisons of ``p``, ``f``, ``pg``, ``grad``, ``sharpness`` or an ``abs(p + c)`` with
        constants, joined by ``and`` and ``or``.
    **options
        As of :func:`numerics.escape.escape`: ``residual``, ``clip``, ``decay``, ``momentum``,
        ``others`` and ``noise`` change the descent; ``method``, ``digits``, ``max_steps``,
        ``max_seconds`` and ``width`` how it is counted.

    Examples
    --------
    >>> escape("(p+1)**2/2", ["0.3", "-1.2", "0.7"], "0.05", "abs(p+1) <= 1/2").count
    7
    """
    from numerics.escape import escape as count
    from theory.dynamics.stopping import parse_until

    for option in options.keys() - {*_OPTIONS}:
        raise InputError(option, f"escape has no such option{nearest(option, _OPTIONS)}")
    condition = parse_until(until if isinstance(until, str) else relation_text(until, "until"))
    formula, weights = formula_text(loss, "loss"), exact_list(weights, "weights")
    found = count(formula, weights, step, condition, **options)
    return Counted(found, str(condition), formula, weights, _written(step), options)


@door
def sweep(
    file: str | Path,
    store: str | Path,
    jobs: int = 1,
    budget: float | None = None,
) -> Swept:
    """Run a grid of experiments into a store that survives interruption, or go on with one.

    Parameters
    ----------
    file : str or Path
        A TOML file, or the name of a shipped example.
    store : str or Path
        An SQLite file; rows that are in it are not run again.
    jobs : int
        Processes.
    budget : float, optional
        CPU seconds of all processes together, after which it stops; the same call goes on.
    """
    from numerics.sweeps.run import Processes, run
    from numerics.sweeps.spec import load
    from numerics.sweeps.store import Store
    from numerics.sweeps.summary import summarise
    from proofs.commands.sweep import group_object

    limit = None if budget is None else seconds(budget)
    place, spec = path(store, "store"), load(str(file))
    with closing(Processes(jobs)) as workers, Store(place) as kept:
        end = run(kept, spec, workers, limit)
        rows = list(kept.rows(spec))
    groups = tuple(group_object(g) for g in summarise(rows))
    return Swept(spec.name, tuple(dict(r) for r in rows), groups, end.done, end.total)


@door
def catalogue() -> tuple[Claim, ...]:
    """All claims of the catalogue."""
    from theory.catalogue import CLAIMS

    return CLAIMS
