"""What commands found, as paragraphs of LaTeX: they compile after :data:`theory.typeset.PREAMBLE`.

Numbers are exact, formulas stand as they were written, and sentences say no more than the
terminal does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from theory import paragraphs, typeset
from theory.claims import SOURCES, Claim, Statement
from theory.dynamics.stopping import QUANTITIES
from theory.errors import InputError
from theory.exact import digits_of
from theory.expressions import Expression, Relation, parse, parse_condition
from theory.language.declarations import STATEMENT_FUNCTIONS
from theory.prose import prose
from theory.theorems import Theorem

if TYPE_CHECKING:
    from numerics.escape import EscapeResult
    from proofs.evidence.verdicts import Counterexample
    from proofs.sharpening.sharpen import Bracket
    from proofs.verification.audit import Audit


def counterexample(claim: Claim, found: Counterexample | None) -> str:
    """A claim, and where it fails; or that nothing was found, which proves nothing."""
    if found is None:
        return paragraphs.claim(claim) + "No counterexample was found; that proves nothing.\n"
    of = " of the conclusion that fails" if claim.statement.parts else ""
    sides = f"the left side{of} is {_side(found.left)} and the right side {_side(found.right)}"
    return f"{paragraphs.claim(claim)}This fails{_at(found.point)}: {sides}.\n"


def bracket(claim: Claim, found: Bracket) -> str:
    """A claim, and between which numbers the best value of its constant lies."""
    lines = [paragraphs.claim(claim)]
    best = typeset.name(found.constant)
    if found.refuted is not None:
        point = {} if found.counterexample is None else found.counterexample.point
        lines.append(f"With ${best} = {typeset.number(found.refuted)}$ it fails{_at(point)}.")
    if found.proved is not None:
        lines.append(f"With ${best} = {typeset.number(found.proved)}$ it is proved.")
    if found.refuted is not None and found.proved is not None:
        low, high = map(typeset.number, sorted((found.refuted, found.proved)))
        lines.append(f"Thus ${between(claim, found, best, low, high)}$.")
    if found.closed:
        said = "is proved" if found.closed_certificate else "is a guess, not proved"
        lines.append(f"The value ${best} = {_formula(found.closed)}$ {said}.")
    return "\n".join(lines) + "\n"


def between(claim: Claim, found: Bracket, best: str, low: str, high: str) -> str:
    """The bracket of a best constant, all three named in LaTeX already; without dollar signs.

    The value at which the claim fails is not the best one itself where it cannot be: where the
    constant stands in conclusions alone, and these hold at limits of values at which they hold.
    """
    assert found.refuted is not None
    assert found.proved is not None
    own = found.constant
    apart = claim.statement.layers is None and all(
        piece.conclusion.operator in ("<=", ">=", "==")
        and not any(own in _unfolded(piece, h).names for h in piece.hypotheses.values())
        for piece in claim.statement.pieces
    )
    strict = "<" if apart else r"\le"
    left, right = (strict, r"\le") if found.refuted < found.proved else (r"\le", strict)
    return rf"{low} {left} {best}_{{\mathrm{{best}}}} {right} {high}"


def count(
    loss: Sequence[str],
    start: Sequence[Fraction],
    step: str,
    until: str,
    found: EscapeResult,
    settings: Mapping[str, str | None],
    residual: bool,
) -> str:
    """How many steps until a condition holds, with the problem that was asked.

    Parameters
    ----------
    loss, start, step, until
        As they were typed.
    found : EscapeResult
    settings : mapping of str to str or None
        What else was changed, by name; ``None`` and ``"0"`` are left out.
    residual : bool
        Whether the factors are 1 + w rather than w.
    """
    formulas = ", ".join(f"$f(p) = {typeset.formula(parse(one, argument='loss'))}$" for one in loss)
    condition = parse_condition(until, frozenset(QUANTITIES), frozenset({"abs"}), "until")
    shown = ", ".join(f"${typeset.number(w)}$" for w in start) if len(start) <= 12 else "drawn"
    several = "each step with one of " if len(loss) > 1 else ""
    product = (
        f"(1 + w_1) \\cdots (1 + w_{{{found.depth}}})"
        if residual
        else (f"w_1 \\cdots w_{{{found.depth}}}")
    )
    more = "".join(f", {n} {typeset.words(v)}" for n, v in settings.items() if v not in (None, "0"))
    pg = " ($\\mathrm{pg} = p f'(p)$)" if "pg" in until else ""
    return (
        f"Gradient descent on $f({product})$, {several}{formulas}, "
        f"step size {typeset.words(step)}, start {shown}{more}, "
        f"until {typeset.condition(condition)}{pg}: "
        f"{steps(found)} ({typeset.words(found.rigour)}).\n"
    )


def steps(found: EscapeResult) -> str:
    """A count, or its bounds, as a phrase."""
    reason = f", as {prose(found.reason)}" if found.reason else ""
    lower = typeset.digits(digits_of(found.lower))
    if found.outcome == "never":
        return f"never{reason}"
    if found.outcome == "undecided" or found.upper is None:
        return f"at least ${lower}$ steps, undecided{reason}"
    if found.count is not None:
        return f"${lower}$ steps"
    return f"between ${lower}$ and ${typeset.digits(digits_of(found.upper))}$ steps"


def failing(theorem: Theorem, repaired: Theorem, entry: Mapping[str, Any]) -> str:
    """A printed statement that fails, its counterexample, and what holds instead."""
    source = f"{SOURCES[theorem.source.key]}, {theorem.source.statement}"
    at = entry["counterexample"]
    exactly = ""
    if at is not None:
        point = {x: Fraction(v) for x, v in at["point"].items()}
        sides = f"left side {_side(at['left'])}, right side {_side(at['right'])}"
        exactly = f" Exactly{_at(point)}: {sides}."
    return (
        rf"\paragraph{{{typeset.words(source)}.}} Printed: {prose(entry['printed'])}"
        f"\n\n{typeset.line(theorem.latex)}\n\n"
        f"It fails: {prose(entry['fails'])}{exactly}\n\n"
        f"What holds: {prose(entry['repaired']['words'])}"
        f"\n\n{typeset.line(repaired.latex)}\n"
    )


def audited(claim: Claim, found: Audit) -> str:
    """A claim, a point at which its hypotheses hold, and which of them are needed."""
    from proofs.verification.met import laws  # the search takes a second to load

    lines = [paragraphs.claim(claim)]
    if found.witness is not None:
        drawn = "".join(
            f", for ${typeset.name(x)}$ {typeset.words(law)}"
            for x, law in sorted(laws(claim, found.witness).items())
        )
        lines.append(f"All hypotheses hold{_at(found.witness)}{drawn}.")
    elif found.empty:
        lines.append("No point satisfies all hypotheses; this is proved.")
    if found.refuted is not None:
        lines.append(f"The claim itself fails{_at(found.refuted.point)}: no hypothesis is judged.")
    for h in () if found.refuted is not None else found.hypotheses:
        fails = (
            f"; without it the claim fails{_at(h.counterexample.point)}"
            if (h.counterexample is not None)
            else ""
        )
        said = typeset.relation(claim.statement.hypotheses[h.name])
        lines.append(f"The hypothesis ${said}$: {prose(h.need)}{fails}.")
    return "\n".join(lines) + "\n"


def _unfolded(s: Statement, r: Relation) -> Relation:
    """A relation with its definitions unfolded, and its constants by their names."""
    meanings: dict[str, Expression] = {}
    for n, meaning in s.definitions.items():
        meanings[n] = meaning.substitute(meanings)
    return r.substitute(meanings)


def _at(point: Mapping[str, Fraction]) -> str:
    return f" at {typeset.point(point)}" if point else ""


def _side(text: str) -> str:
    """A side at a point: a rational number, or a ball as it is printed."""
    try:
        value = Fraction(text)
    except ValueError:
        return typeset.words(text)
    return f"${typeset.number(value)}$"


def _formula(text: str) -> str:
    try:
        return typeset.formula(parse(text, frozenset(), STATEMENT_FUNCTIONS, "closed form"))
    except InputError:  # a form that only people read
        return rf"\text{{{typeset.words(text)}}}"
