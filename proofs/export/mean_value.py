"""Enclosures by the mean value theorem in each variable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flint import fmpq

from proofs.core.goals import Goal
from proofs.core.ranges import enclose, exactly
from proofs.core.terms import Formula, Term, derivative, replaced
from proofs.export.bounds import Bounds, exact, holds, rounded
from proofs.export.calculus import derived, function_of
from proofs.export.script import EQ, GE, GT, NE, End, Place
from proofs.export.steps import Node, prove_all
from proofs.export.words import Untranslatable, compared, rational, term


def mean_value(place: Place, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """By the mean value theorem in each variable."""
    goal, script = place.goal, place.script
    if goal.relation is EQ:  # where all slopes are 0; a plain enclosure mostly says so too
        script.say(f"exact {holds(place, Formula(goal.target, EQ))}.")
        return
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
    with script.step(binders + " /\\ ".join(f"({c})" for c in claims)) as steps:
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
    found = goal.enclose(slope)
    if not found.finite:
        raise Untranslatable("enclose", "a slope without bounds")
    size = max(abs(exact(found.lo)), abs(exact(found.hi)))
    if not size:
        return size
    return rounded(size + size / fmpq(2) ** 36 + fmpq(1) / fmpq(2) ** 60, True)


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
        gap, most = f"{ahead} - {texts[-2]}", f"{size} * {reach}"
        claim = f"- ({most}) <= {gap} /\\ {gap} <= {most}"
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
    wanted = strong[GT if relation is NE else relation]
    script.say(f"change ({compared(value_text(place, f, point), relation)}).")
    if relation is NE:
        negative = value_below(f, centre)
        if negative:
            wanted = f"{texts[0]} < - ({rational(total)})"
        script.say(f"apply {'ne_of_lt' if negative else 'ne_of_gt'}.")
    has_area = any(e.head == "erf" for e in f.walk())
    start = script.quick(wanted, "area" if has_area else "clear; interval with (i_prec 90)")
    script.say(f"generalize {start} {' '.join(used)}; clear; intros; lra.")


def value_below(f: Term, centre: Mapping[str, fmpq]) -> bool:
    """Whether a term is negative at a point."""
    return bool(enclose(f, {x: exactly(c) for x, c in centre.items()}).hi < 0)


def value_text(place: Place, f: Term, at: Mapping[str, str]) -> str:
    """Write a term with other text for its variables."""
    values = {x: f"({t})" if " " in t else t for x, t in at.items()}
    return f"({term(f, {**place.spelling, **values})})"
