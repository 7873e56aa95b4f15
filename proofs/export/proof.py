"""From trees of rules to proof scripts: every goal is the core's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from flint import fmpq

from proofs.core.goals import Goal, Range
from proofs.core.normal import Ring, settled
from proofs.core.rules import rational as read_rational
from proofs.core.terms import (
    Formula,
    Rejected,
    Term,
    constant,
    derivative,
    linear,
    neg,
    number,
    replaced,
)  # fmt: skip
from proofs.export import structure
from proofs.export.bounds import Bounds, holds
from proofs.export.calculus import continuous, derived, function_of
from proofs.export.identities import Algebra, Normal
from proofs.export.script import EQ, GE, GT, NE, End, Place
from proofs.export.steps import RULES, Node, as_is, finish, in_other_words, plugged, prove, prove_all, without
from proofs.export.words import Untranslatable, compared, rational

INTERVAL_KNOWS: Final = frozenset(
    "number variable integer pi + - * / ** neg exp log sqrt sin cos abs".split()
)


# Enclosures ---------------------------------------------------------------------------------------


def enclose(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """By interval arithmetic, or by bounds part by part."""
    if node["mean"]:
        mean_value(place, goals, parts)
        return
    decide(place, Formula(place.goal.target, place.goal.relation))


def interval_fits(place: Place, e: Term) -> bool:
    """Whether ``interval`` knows all that occurs in a term, and all its variables are bounded."""
    for part in e.walk():
        if part.head not in INTERVAL_KNOWS:
            return False
        if part.head == "**":
            q = constant(part.parts[1])
            if q is None or q.q > 2:
                return False
    return all(None not in place.goal.box[x][:2] for x in e.names)


def decide(place: Place, f: Formula) -> None:
    """Close a goal that an enclosure decides."""
    script = place.script
    if interval_fits(place, f.term) and f.relation in (GE, GT):
        found = place.goal.enclose(f.term)
        if found.lo > 0:
            ends = sorted(f.term.names)
            for x in ends:
                for low in (True, False):
                    place.end(x, low)
            use = [place.ends[x, low].name for x in ends for low in (True, False)]
            carried = f"generalize {' '.join(use)}; clear; intros; " if use else "clear; "
            script.say(f"{carried}interval with (i_prec 90).")
            return
    finish(place, holds(place, f))


def mean_value(place: Place, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """By the mean value theorem in each variable."""
    goal, script = place.goal, place.script
    names = sorted(goal.target.names)
    real = {x: Term("variable", value=x) for x in names}
    f = replaced(goal.target, {goal.variables[x]: real[x] for x in names})
    fresh = {x: script.names.fresh("t") for x in names}
    box = {x: goal.box[x]._replace(lo_open=False, hi_open=False) for x in names}
    inside = replace(goal, facts={}, variables=real, box=box)
    spelling = {**place.spelling, **fresh}
    here = Place(inside, script, spelling, {}, {}, {}, place.lemmas)
    hypotheses, ends = "", {}
    for x in names:
        lo, hi = box[x].lo, box[x].hi
        hypotheses += f"{rational(lo)} <= {fresh[x]} -> {fresh[x]} <= {rational(hi)} -> "
        ends[x, True] = End(lo, False, script.names.fresh("r"))
        ends[x, False] = End(hi, False, script.names.fresh("r"))
    slopes = {x: derivative(f, x) for x in names}
    sizes = {x: slope_size(inside, slopes[x]) for x in names}
    claims = [
        f"derivable_pt_lim {function_of(here, f, x)} {fresh[x]} {here.text(slopes[x], 0)} /\\ "
        f"- {rational(sizes[x], 0)} <= {here.text(slopes[x])} /\\ "
        f"{here.text(slopes[x])} <= {rational(sizes[x])}" for x in names
    ]  # fmt: skip
    binders = f"forall {' '.join(fresh[x] for x in names)} : R, {hypotheses}"
    with script.step(f"{binders}{' /' + chr(92) + ' '.join(f' ({c}) ' for c in claims)}"
                     if False else binders + " /\\ ".join(f"({c})" for c in claims)) as steps:
        introduced = " ".join([fresh[x] for x in names] + [
            ends[x, low].name for x in names for low in (True, False)])  # fmt: skip
        script.say(f"intros {introduced}.")
        here.ends.update(ends)
        prove_all(here, goals, parts)
        proofs = []
        for x in names:
            slope = derived(here, f, x)
            b = Bounds(here).bound(slopes[x])
            if b.lo is None or b.hi is None or b.lo < -sizes[x] or b.hi > sizes[x]:
                raise Untranslatable("enclose", "a slope is not bounded as the core has it")
            low = f"lo_weak _ (- {rational(sizes[x], 0)}) _ {b.lower} ltac:(rational)"
            high = f"hi_weak _ {rational(sizes[x], 0)} _ {b.upper} ltac:(rational)"
            proofs.append(f"conj {slope} (conj ({low}) ({high}))")
        made = proofs[-1]
        for other in reversed(proofs[:-1]):
            made = f"conj ({other}) ({made})"
        script.say(f"exact ({made}).")
    mean_sum(place, f, names, steps, sizes)


def slope_size(goal: Goal, slope: Term) -> fmpq:
    """A number that is no less than the absolute value of a slope on the box."""
    from proofs.export.bounds import exact, rounded

    found = goal.enclose(slope)
    if not found.finite:
        raise Untranslatable("enclose", "a slope without bounds")
    size = max(abs(exact(found.lo)), abs(exact(found.hi)))
    return rounded(size + size / fmpq(2) ** 40 + fmpq(1) / fmpq(2) ** 60, True)


def mean_sum(
    place: Place, f: Term, names: Sequence[str], steps: str, sizes: Mapping[str, fmpq]
) -> None:
    """From the centre to the point, one variable after the other."""
    goal, script, box = place.goal, place.script, place.goal.box
    centre = {x: (box[x].lo + box[x].hi) / 2 for x in names}
    point = {x: place.text(goal.variables[x], 0) for x in names}
    ends = {(x, low): place.end(x, low) for x in names for low in (True, False)}
    closed = {
        key: (f"(Rlt_le _ _ {e.name})" if e.is_open else e.name) for key, e in ends.items() if e
    }
    used, texts = [], [value_text(place, f, {x: rational(centre[x], 0) for x in names})]
    for i, x in enumerate(names):
        t = script.names.fresh("t")
        where = {y: point[y] if j < i else rational(centre[y], 0) for j, y in enumerate(names)}
        lo, hi = rational(box[x].lo, 0), rational(box[x].hi, 0)
        reach = rational((box[x].hi - box[x].lo) / 2, 0)
        along = f"(fun {t} => {value_text(place, f, {**where, x: t})})"
        slope = f"(fun {t} => {value_text(place, derivative(f, x), {**where, x: t})})"
        size = rational(sizes[x], 0)
        c, at = rational(centre[x], 0), point[x]
        ahead = value_text(place, f, {**where, x: at})
        texts.append(ahead)
        claim = f"- ({size} * {reach}) <= {ahead} - {texts[-2]} /\\ {ahead} - {texts[-2]} <= {size} * {reach}"
        with script.step(claim) as name:
            script.say(f"apply (mean_step {along} {slope} {lo} {hi} {c} {at} {size} {reach}).")
            script.say("- rational.")
            script.say(f"- exact (conj {closed[x, True]} {closed[x, False]}).")
            above, below = script.names.fresh("p"), script.names.fresh("p")
            script.say(f"- intros {t} [{above} {below}].")
            args, sure = [], []
            for j, y in enumerate(names):
                args.append(t if y == x else where[y])
                if y == x:
                    sure += [above, below]
                elif j < i:
                    sure += [closed[y, True], closed[y, False]]
                else:
                    sure += ["ltac:(rational)", "ltac:(rational)"]
            pick = f"{steps} {' '.join(args)} {' '.join(sure)}"
            for _ in range(i):
                pick = f"proj2 ({pick})"
            if i < len(names) - 1:
                pick = f"proj1 ({pick})"
            script.say(f"  exact ({pick}).")
            script.say("- rational.")
            script.say("- rational.")
            script.say("- rational.")
        used.append(name)
    total = sum((sizes[x] * (box[x].hi - box[x].lo) / 2 for x in names), fmpq(0))
    relation = goal.relation
    strong = {GE: f"{rational(total)} <= {texts[0]}", GT: f"{rational(total)} < {texts[0]}"}
    if relation not in strong:
        raise Untranslatable("enclose", "a mean value form for an equation")
    start = script.quick(strong[relation], "clear; interval with (i_prec 90)")
    finish_by = f"generalize {start} {' '.join(used)}; clear; intros; lra"
    script.say(f"change ({compared(value_text(place, f, point), relation)}).")
    script.say(f"{finish_by}.")


def value_text(place: Place, f: Term, at: Mapping[str, str]) -> str:
    """Write a term with other text for its variables."""
    from proofs.export.words import term

    return f"({term(f, {**place.spelling, **{x: f'({t})' if ' ' in t else t for x, t in at.items()}})})"


# Cones --------------------------------------------------------------------------------------------


def labelled(place: Place, label: str) -> tuple[Formula, str]:
    """Return a fact by the label that a certificate gives it, and its proof."""
    f = place.goal.known(label)
    if label in place.goal.facts:
        return f, holds(place, f)
    kind, _, x = label.partition(":")
    if kind == "sign":
        return f, holds(place, f)
    found = place.fact(f)
    if found is not None:
        return f, found
    ends = [place.end(x, low) for low in (True, False)]
    if kind == "at":
        assert ends[0] is not None and ends[1] is not None
        tactic = f"generalize {ends[0].name} {ends[1].name}; clear; intros; lra"
        return f, place.script.quick(place.said(f), tactic)
    end = ends[0] if kind == "lo" else ends[1]
    assert end is not None
    lemma = ("to_gt" if end.is_open else "to_ge") if kind == "lo" else ("lt_in" if end.is_open else "le_in")
    return f, place.script.note(f"{lemma} _ _ {end.name}")


def cone(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """An identity, and signs."""
    prove_all(place, goals, parts)
    goal, script = place.goal, place.script
    sign = {"1": 1, "0": 0, "-1": -1}[node["sign"]]
    labels = [*node["times"], *(f for t in node["terms"] for f in t["facts"])]
    facts = {label: labelled(place, label) for label in dict.fromkeys(labels)}
    roots = {t["square"]: goal.read(t["square"]) for t in node["terms"]}

    def prepared(ring: Ring) -> Ring:
        for f, _ in facts.values():
            ring.value(f.term)
        for e in roots.values():
            ring.value(e)
        if sign:
            ring.value(goal.target)
        return ring

    algebra = Algebra(place, settled(goal, prepared))
    values = {label: algebra.value(f.term) for label, (f, _) in facts.items()}
    squares = {source: algebra.value(e) for source, e in roots.items()}
    factor, positive = algebra.number(fmpq(1)), "Rlt_0_1"
    for label in node["times"]:
        if factor.shown == "1":
            factor, positive = values[label], facts[label][1]
        else:
            factor = algebra.times(factor, values[label])
            positive = f"(pp_times _ _ {positive} {facts[label][1]})"
    total, proof = cone_sum(algebra, node, facts, values, squares)
    kind, known = proof
    left = algebra.times(factor, algebra.value(goal.target)) if sign else algebra.number(fmpq(0))
    if sign < 0:
        left = algebra.negative(left)
    zero = algebra.zero(algebra.join("-", left, total))
    equation = script.note(f"eq_out _ _ {zero}")
    relation = goal.relation
    if sign == 0:
        script.say("exfalso.")
        script.say(f"generalize {equation} {known}; clear; intros; lra.")
        return
    if sign < 0:
        finish(place, f"cone_negative _ _ _ {positive} {equation} {known}")
        return
    lemma = {GE: "cone_ge", GT: "cone_gt", EQ: "cone_eq", NE: "cone_ne"}[relation]
    if relation is GE and kind == "0 <":
        known = f"(ge_of_gt _ {known})"
    if relation is GE and kind == "=":
        known = f"(ge_of_eq _ {known})"
    finish(place, f"{lemma} _ _ _ {positive} {equation} {known}")


def cone_sum(
    algebra: Algebra, node: Node, facts: Mapping[str, tuple[Formula, str]],
    values: Mapping[str, Normal], squares: Mapping[str, Normal],
) -> tuple[Normal, tuple[str, str]]:  # fmt: skip
    """The sum of a cone, and its sign: how it compares to zero, and the proof."""
    total: Normal | None = None
    kind, known = "=", ""
    for t in node["terms"]:
        made, (how, proof) = cone_term(algebra, t, facts, values, squares)
        if total is None:
            total, kind, known = made, how, proof
            continue
        total = algebra.join("+", total, made)
        if kind == how == "=":
            known = f"(zz_plus _ _ {known} {proof})"
            continue
        if kind == "=":
            kind, known = "0 <=", f"(ge_of_eq _ {known})"
        if how == "=":
            how, proof = "0 <=", f"(ge_of_eq _ {proof})"
        if kind == "0 <" and how == "0 <":
            proof = f"(ge_of_gt _ {proof})"
        lemma = "pn" if kind == "0 <" else "np" if how == "0 <" else "nn"
        kind = "0 <" if "0 <" in (kind, how) else "0 <="
        known = f"({lemma}_plus _ _ {known} {proof})"
    if total is None:
        return algebra.number(fmpq(0)), ("=", "(eq_refl 0)")
    claim = f"{total.shown} = 0" if kind == "=" else f"{kind} {total.shown}"
    return total, (kind, algebra.script.quick(claim, f"exact {known}"))


def cone_term(
    algebra: Algebra, t: Mapping[str, Any], facts: Mapping[str, tuple[Formula, str]],
    values: Mapping[str, Normal], squares: Mapping[str, Normal],
) -> tuple[Normal, tuple[str, str]]:  # fmt: skip
    """One term of a cone, and its sign."""
    c, root = read_rational(t["weight"]), squares[t["square"]]
    equation = any(facts[f][0].relation is EQ for f in t["facts"])
    one = root.shown == "1"
    pieces: list[tuple[Normal, str, str]] = []  # what it is, how it compares, and why
    if c != 1 or (one and not t["facts"]):
        how = "0 <" if c > 0 else "0 <="
        sure = f"(ltac:(rational) : {how} {rational(c, 0)})" if c >= 0 else ""
        pieces.append((algebra.number(c), how if c >= 0 else "", sure))
    for label in t["facts"]:
        f, proof = facts[label]
        how = {GE: "0 <=", GT: "0 <", EQ: "=", NE: ""}[f.relation]
        pieces.append((values[label], how, proof))
    if equation and not one:
        pieces.append((root, "", ""))
    elif not one:
        pieces.append((algebra.times(root, root), "0 <=", f"(square_nn {root.shown})"))
    made, how, proof = pieces[0]
    if equation and how != "=":
        how = ""
    for other, how_other, other_proof in pieces[1:]:
        made = algebra.times(made, other)
        if equation:
            if how == "=":
                proof = f"(z_times _ {other.shown} {proof})"
            elif how_other == "=":
                how, proof = "=", f"(times_z {made.shown.split(' * ', 1)[0][1:] if False else '_'} _ {other_proof})"
            continue
        if how == "0 <" and how_other == "0 <":
            proof = f"(pp_times _ _ {proof} {other_proof})"
            continue
        proof = f"(ge_of_gt _ {proof})" if how == "0 <" else proof
        other_proof = f"(ge_of_gt _ {other_proof})" if how_other == "0 <" else other_proof
        how, proof = "0 <=", f"(nn_times _ _ {proof} {other_proof})"
    return made, (how, proof)


# Structure ----------------------------------------------------------------------------------------


def have(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """A step."""
    prove_all(place, goals[:-1], parts[:-1])
    prove(place.at(goals[-1]), parts[-1])


def cases(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """A case distinction."""
    prove_all(place, goals[:-2], parts[:-2])
    e, script = place.goal.read(node["term"]), place.script
    name = script.names.fresh("h")
    script.say(f"destruct (cases_of {place.text(e, 0)}) as [{name} | {name}].")
    for end, goal, part in (
        (Formula(e, GT), goals[-2], parts[-2]), (Formula(neg(e), GE), goals[-1], parts[-1]),
    ):  # fmt: skip
        with script.bracket():
            here = place.at(goal)
            here.facts[end] = name
            prove(here, part)


def monotone(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """By the sign of a derivative."""
    goal, script = place.goal, place.script
    x, low = node["variable"], node["end"] == "lo"
    r, real = goal.box[x], Term("variable", value=x)
    end, is_open = (r.lo, r.lo_open) if low else (r.hi, r.hi_open)
    f = replaced(goal.target, {goal.variables[x]: real})
    slope = derivative(f, x)
    free = replace(goal, variables={**goal.variables, x: real})
    closed = free.free(x, r._replace(lo_open=r.lo_open and not low, hi_open=r.hi_open and low))
    inside = free.free(x, Range(r.lo, r.hi, True, True))
    n = len(closed.defined(f))
    m = len(inside.show(slope if low else neg(slope), goal.relation if is_open else GE))
    groups = goals[:n], goals[n : len(goals) - m], goals[len(goals) - m :]
    nodes = parts[:n], parts[n : len(goals) - m], parts[len(goals) - m :]
    at = goal.variables[x]
    point = place.text(at, 0)
    mine, other = place.end(x, low), place.end(x, not low)
    assert mine is not None
    # The value at the end of the range.
    kept = without(place, x)
    start = kept.at(replace(groups[1][-1]))
    prove_all(start, groups[1], nodes[1])
    started = start.facts[Formula(groups[1][-1].target, groups[1][-1].relation)]
    smooth = along(kept, closed, x, groups[0], nodes[0], mine, other, point, low, f, "closed", goal)
    steep = along(kept, inside, x, groups[2], nodes[2], mine, other, point, low, f, "open", goal)
    word = "grows" if low else "falls"
    kind = "ge" if goal.relation is GE else "open" if is_open else "gt"
    t = script.names.fresh("t")
    there = replace(kept, spelling={**place.spelling, x: t})
    shape, rise = function_of(there, f, x), f"(fun {t} => {there.text(slope)})"
    near = mine.name if kind == "open" else f"(Rlt_le _ _ {mine.name})" if mine.is_open else mine.name
    from proofs.export.words import term

    claim = compared(term(f, {**place.spelling, x: point}), goal.relation)
    rewrites = plugged(start, f, {real: number(end)}, {**place.spelling, x: rational(end, 0)})
    at_end = compared(f"({shape} {rational(end, 0)})", groups[1][-1].relation)
    started = as_is(script, at_end, started, rewrites)
    proof = f"{word}_{kind} {shape} {rise} {rational(end, 0)} {point} {near} {smooth} {steep} {started}"
    if at.head == "integer":
        known = script.quick(claim, f"exact ({proof})")
        script.say(f"{in_other_words(known)}.")
        return
    finish(place, proof)


def along(
    kept: Place, goal: Goal, x: str, goals: Sequence[Goal], parts: Sequence[Node],
    mine: End, other: End | None, point: str, low: bool, f: Term, kind: str, outer: Goal,
) -> str:  # fmt: skip
    """Show continuity on the closed path, or the derivative and its sign inside."""
    script = kept.script
    t, near, far = (script.names.fresh(c) for c in "trr")
    here = Place(
        goal, script, {**kept.spelling, x: t}, dict(kept.facts), dict(kept.ends), {}, kept.lemmas
    )
    sign = "<=" if kind == "closed" else "<"
    end = rational(mine.value, 0)
    between = f"{end} {sign} {t} {sign} {point}" if low else f"{point} {sign} {t} {sign} {end}"
    if kind == "closed":
        claim = f"continuity_pt {function_of(here, f, x)} {t}"
    else:
        slope = derivative(f, x)
        strict = outer.relation if (outer.box[x].lo_open if low else outer.box[x].hi_open) else GE
        shown_slope = here.text(slope, 0)
        claim = f"derivable_pt_lim {function_of(here, f, x)} {t} {shown_slope} /\\ " + compared(
            shown_slope if low else f"- {shown_slope}", strict)  # fmt: skip
    with script.step(f"forall {t}, {between} -> {claim}") as name:
        first, second = (near, far) if low else (far, near)
        script.say(f"intros {t} [{first} {second}].")
        here.ends[x, low] = End(mine.value, kind == "open", near)
        if other is not None:
            strict_far = kind == "open" or other.is_open
            comparison = "<" if strict_far else "<="
            q = rational(other.value)
            text = f"{t} {comparison} {q}" if low else f"{q} {comparison} {t}"
            sure = script.quick(text, f"generalize {far} {other.name}; clear; intros; lra", "r")
            here.ends[x, not low] = End(other.value, strict_far, sure)
        prove_all(here, goals, parts)
        if kind == "closed":
            script.say(f"exact {continuous(here, f, x)}.")
        else:
            last = goals[-1]
            known = here.facts[Formula(last.target, last.relation)]
            script.say(f"exact (conj {derived(here, f, x)} {known}).")
    return name


RULES.update({
    "enclose": enclose,
    "cone": cone,
    "have": have,
    "cases": cases,
    "monotone": monotone,
    "substitute": structure.substitute,
    "invariant": structure.invariant,
    "cite": structure.cite,
})
__all__ = ["linear", "number", "prove", "prove_all", "shown"]
