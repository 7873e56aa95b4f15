"""Rules that change variables, count, or cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from proofs.core.goals import Goal, Layers, Range
from proofs.core.terms import ONE, Formula, Term, number, plus, replaced
from proofs.export.bounds import holds
from proofs.export.script import EQ, GE, End, Place
from proofs.export.steps import (
    Node,
    as_is,
    in_other_words,
    plugged,
    prove,
    prove_all,
    turned,
    without,
)
from proofs.export.words import MEANS, Untranslatable, compared, formula, whole


def substitute(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """Another variable."""
    goal, script = place.goal, place.script
    x = node["variable"]
    prove_all(place, goals[:-1], parts[:-1])
    old, real, new = (
        goal.variables[x],
        Term("variable", value=x),
        Term("variable", value=f"new {x}"),
    )
    fresh = replace(goal, variables={**goal.variables, x: new})
    general, inverse = fresh.read(node["value"]), goal.read(node["inverse"])
    value = replaced(general, {new: real})
    t, equation = script.names.fresh("t"), script.names.fresh("e")
    if old.head == "integer":
        settle(place, x, value, goals[-1], parts[-1])
        return
    script.say(f"destruct (named {place.text(inverse, 0)}) as [{t} {equation}].")
    moved = goals[-1]
    spelling = {**place.spelling, x: t}
    here = Place(moved, script, spelling, {}, {}, {}, place.lemmas)
    # What is known of the inverse is known of the new variable, also that the value has a value.
    needed = replace(fresh, facts={}).where("value", Formula(general, GE)).facts
    for said in (*map(fresh.formula, node["where"]), *needed.values()):
        given = Formula(replaced(said.term, {new: real}), said.relation)
        source = Formula(replaced(said.term, {new: inverse}), said.relation)
        if found := place.fact(source):
            claim = here.said(given)
            here.facts[given] = script.quick(
                claim, f"{turned(t, claim, equation)}{in_other_words(found)}"
            )
    back = Formula(Term("-", replaced(general, {new: inverse}), old), EQ)
    known = place.fact(back)
    if known is None:
        raise Untranslatable("substitute", "the inverse is not shown to be one")
    claim = f"{here.text(value)} - {place.text(old)} = 0"
    same = script.quick(claim, f"{turned(t, claim, equation)}exact {known}")
    back_name = script.quick(
        f"{place.text(old)} = {here.text(value)}", f"generalize {same}; clear; intros; lra"
    )
    values = {old: value}
    for f in goal.facts.values():  # what was plain of the old variable need not be of the new one
        if x in f.term.names and place.fact(f) is None:
            with suppress(Untranslatable):
                place.facts[f] = holds(place, f)
    for f, name in place.facts.items():
        if x not in f.term.names:
            here.facts[f] = name
            continue
        there = Formula(replaced(f.term, values), f.relation)
        if there in moved.facts.values() and there not in here.facts:
            # Not backwards: the value may stand in the fact, or in the claim in other words.
            word = script.names.fresh("v")
            tactic = (
                f"generalize {name}; rewrite {back_name}; intros {word}; {in_other_words(word)}"
            )
            here.facts[there] = script.quick(here.said(there), tactic)
    for key, end in place.ends.items():
        if key[0] != x:
            here.ends[key] = end
    for low in (True, False):
        bound = goal.box[x]
        if (bound.lo if low else bound.hi) is None:
            continue
        place.end(x, low)
    claim = compared(here.text(moved.target), moved.relation)
    with script.step(claim) as done:
        prove(here, parts[-1])
    if x in goal.target.names:
        script.say(f"rewrite {back_name}.")
    script.say(f"first [exact {done} | convert_to {done}].")


def settle(place: Place, x: str, value: Term, moved: Goal, part: Node) -> None:
    """Put a number for an integer that equals it."""
    script, old, name = place.script, place.goal.variables[x], place.spelling[x]
    known = holds(place, Formula(Term("-", value, old), EQ))
    number_ = whole(value, place.spelling, 0)
    same = script.quick(
        f"{name} = {number_}", f"apply eq_IZR; generalize {known}; clear; intros; lra", "z"
    )
    here = replace(without(place, x), goal=moved)
    for f, fact in place.facts.items():
        if x in f.term.names:
            new = Formula(replaced(f.term, {old: value}), f.relation)
            if new in moved.facts.values() and new not in here.facts:
                tactic = f"generalize {fact}; rewrite {same}; intros {fact}_v; exact {fact}_v"
                here.facts[new] = script.quick(here.said(new), tactic)
    claim = compared(here.text(moved.target), moved.relation)
    with script.step(claim) as done:
        prove(here, part)
    turn = f"rewrite {same}; " if x in place.goal.target.names else ""
    script.say(f"{turn}exact {done}.")


def invariant(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """Induction over an integer."""
    there, last, nodes = induct(place, node, goals, parts)
    prove_all(there, last[:-1], nodes[:-1])
    prove(there.at(last[-1]), nodes[-1])


def induct(
    place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]
) -> tuple[Place, Sequence[Goal], Sequence[Node]]:
    """Show invariants by induction; return where they are known, and what remains to be shown."""
    goal, script = place.goal, place.script
    layers, here = goal.layers, replace(goal, layers=None)
    x, kept = node["variable"], place
    if x:
        n, r = goal.variables[x], goal.box[x]
        here, kept = here.free(x, Range(r.lo)), without(place, x)
        layers = Layers({}, {}, {n: number(r.lo)}, {n: plus(n, ONE)})
    assert layers is not None
    claims = [here.formula(source) for source in node["invariants"]]
    held = here
    for i, claim in enumerate(claims):
        held = held.where(f"invariant {i}", claim)
    step = replace(
        held, variables={**held.variables, **layers.variables},
        box={**held.box, **dict.fromkeys(layers.variables, Range())},
    )  # fmt: skip
    for name, fact in layers.facts.items():
        step = step.where(f"layer {name}", fact)
    begin = [g for e in layers.starts.values() for g in here.defined(e)]
    begin += [g for claim in claims for g in here.instance(claim, layers.starts)]
    onward = [g for e in layers.updates.values() for g in step.defined(e)]
    onward += [g for claim in claims for g in step.instance(claim, layers.updates)]
    cuts = len(begin), len(begin) + len(onward)
    given = [f for label, f in held.facts.items() if label not in here.facts]
    states = [str(e.value) for e in layers.starts]
    fresh = {y: script.names.fresh("k") for y in states}
    bound = {**place.spelling, **fresh}
    said = " /\\ ".join(f"({formula(f, bound)})" for f in given) or "True"
    kinds = {y: "Z" if goal.variables[y].head == "integer" else "R" for y in states}
    if x:
        lo = f"({int(goal.box[x].lo)})"
        ground = f"({lo} <= {fresh[x]})%Z"
    else:
        reached, statement = place.lemmas["layers"]
        ground = f"reached{statement.applied()} {' '.join(fresh[y] for y in states)}"
    binders = "".join(f"({fresh[y]} : {kinds[y]}) " for y in states)
    with script.step(f"forall {binders.strip()}, {ground} -> {said}") as known:
        # The steps themselves, and from them the claim.
        names = [script.names.fresh("h") for _ in given]
        together = pattern(names)
        if x:
            k, q = fresh[x], script.names.fresh("q")
            script.say(f"apply (induction_from (fun {k} => {said})).")
            with script.bracket():
                at_start(kept, replace(here), goals[: cuts[0]], parts[: cuts[0]], given, layers)
            with script.bracket():
                script.say(f"intros {k} {q} {together}.")
                there = replace(kept.at(step), spelling=bound)
                there.facts.update(zip(given, names, strict=True))
                sure = script.quick(
                    f"{int(goal.box[x].lo)} <= IZR {k}", f"apply IZR_le; exact {q}", "r"
                )
                there.ends[x, True] = End(goal.box[x].lo, False, sure)
                onwards(there, goals[cuts[0] : cuts[1]], parts[cuts[0] : cuts[1]], given, layers)
        else:
            across(kept, here, step, goals, parts, cuts, given, layers, names, bound, states)
    after = replace(place, facts=dict(place.facts), made={})
    names = [script.names.fresh("h") for _ in given]
    if x:
        end = place.end(x, True)
        assert end is not None
        ground = script.quick(
            f"({lo} <= {place.spelling[x]})%Z", f"apply le_IZR; exact {end.name}", "z"
        )
    else:
        ground = reached
    values = " ".join(place.spelling[y] for y in states)
    if len(given) == 1:
        script.say(f"pose proof ({known} {values} {ground}) as {names[0]}.")
    elif given:
        script.say(f"destruct ({known} {values} {ground}) as {pattern(names)}.")
    after.facts.update(zip(given, names, strict=True))
    return replace(after, goal=held), goals[cuts[1] :], parts[cuts[1] :]


def pattern(names: Sequence[str]) -> str:
    """A pattern for a conjunction."""
    if not names:
        return "_"
    made = names[-1]
    for name in reversed(names[:-1]):
        made = f"[{name} {made}]"
    return made


def at_start(
    place: Place, goal: Goal, goals: Sequence[Goal], parts: Sequence[Node],
    given: Sequence[Formula], layers: Layers,
) -> None:  # fmt: skip
    """Close the goal that invariants hold at the start."""
    there = place.at(goal)
    prove_all(there, goals, parts)
    all_hold(there, given, layers.starts)


def onwards(
    there: Place, goals: Sequence[Goal], parts: Sequence[Node], given: Sequence[Formula],
    layers: Layers,
) -> None:  # fmt: skip
    """Close the goal that invariants survive a step."""
    prove_all(there, goals, parts)
    all_hold(there, given, layers.updates)


def all_hold(place: Place, given: Sequence[Formula], values: Mapping[Term, Term]) -> None:
    """Close a conjunction of facts at other values of what changes."""
    script = place.script
    names = []
    spelling = dict(place.spelling)
    for old, new in values.items():
        integer = old.head == "integer"
        spelling[old.value] = whole(new, place.spelling, 0) if integer else place.text(new, 0)
    for f in given:
        known = holds(place, Formula(replaced(f.term, values), f.relation))
        rewrites = plugged(place, f.term, values, spelling)
        names.append(as_is(script, formula(f, spelling), known, rewrites))
    made = names[-1] if names else "I"
    for name in reversed(names[:-1]):
        made = f"(conj {name} {made})"
    script.say(f"exact {made}.")


def across(
    kept: Place, here: Goal, step: Goal, goals: Sequence[Goal], parts: Sequence[Node],
    cuts: tuple[int, int], given: Sequence[Formula], layers: Layers, names: Sequence[str],
    bound: Mapping[str, str], states: Sequence[str],
) -> None:  # fmt: skip
    """Close the goal that invariants hold after any number of layers."""
    script = kept.script
    fresh = [script.names.fresh("k") for _ in states]
    q = script.names.fresh("q")
    script.say(f"intros {' '.join(fresh)} {q}.")
    own = {x: script.names.fresh("v") for x in layers.variables}
    assumed = kept.lemmas["layers"][1].each
    hypotheses = [script.names.fresh("h") for _ in assumed]
    before = [*(bound[y] for y in states), *own.values(), script.names.fresh("q")]
    script.say(f"induction {q} as [|{' '.join([*before, pattern(names), *hypotheses])}].")
    with script.bracket():
        at_start(kept, here, goals[: cuts[0]], parts[: cuts[0]], given, layers)
    with script.bracket():
        there = replace(kept.at(step), spelling={**bound, **own})
        there.facts.update(zip(given, names, strict=True))
        for (f, comparison), name in zip(assumed, hypotheses, strict=True):
            known = f"{comparison.into} _ _ {name}" if comparison else name
            there.facts[f] = script.note(known)
        onwards(there, goals[cuts[0] : cuts[1]], parts[cuts[0] : cuts[1]], given, layers)


def layer_facts(layers: Layers, goal: Goal) -> list[tuple[str, Formula]]:
    """What is assumed of each layer, each after what it needs to be defined."""
    bare, found = replace(goal, facts={}), list[tuple[str, Formula]]()
    for name, fact in layers.facts.items():
        before = bare.facts
        bare = bare.where(name, fact)
        found += [(n, bare.facts[n]) for n in bare.facts if n not in before and n != name]
        found.append((name, fact))
    return found


def cite(place: Place, node: Node, goals: Sequence[Goal], parts: Sequence[Node]) -> None:
    """A theorem that was proved before."""
    prove_all(place, goals[:-1], parts[:-1])
    goal, script = place.goal, place.script
    name, statement = place.lemmas[node["lemma"]]
    lemma = statement.goal
    given = {x: goal.read(source) for x, source in node["at"].items()}
    values = {lemma.variables[x]: e for x, e in given.items()}
    laws = [kind for kind in statement.laws if kind in MEANS]
    if any(MEANS[kind] not in place.spelling for kind in laws):
        raise Untranslatable("cite", "a lemma about draws of a law that the statement has none of")
    spelling, arguments = {}, [place.spelling[MEANS[kind]] for kind in laws]
    for kind in ("variable", "integer"):
        for x, e in lemma.variables.items():
            if e.head == kind:
                shown = (
                    place.text(given[x], 0)
                    if kind == "variable"
                    else whole(given[x], place.spelling, 0)
                )
                spelling[x] = shown
                arguments.append(shown)
    arguments += [place.facts_of_law(kind) for kind in laws]
    arguments += [place.order_of_law(kind) for kind in statement.ordered]
    for f, comparison in statement.hypotheses:
        known = holds(place, Formula(replaced(f.term, values), f.relation))
        rewrites = plugged(place, f.term, values, spelling)
        known = as_is(script, formula(f, spelling), known, rewrites)
        arguments.append(f"({comparison.out} _ _ {known})" if comparison else known)
    made = script.note(f"{name} {' '.join(arguments)}")
    there = place.at(goals[-1])
    if statement.conditions:
        needed = f"proj1 {made}"
        for i, c in enumerate(statement.conditions):
            assert isinstance(c, Formula)  # layers, where it is not, are not cited
            new = Formula(replaced(c.term, values), c.relation)
            last = i == len(statement.conditions) - 1
            piece = needed if last else f"proj1 ({needed})"
            needed = f"proj2 ({needed})"
            there.facts[new] = as_is(script, there.said(new), script.note(piece))
        made = f"(proj2 {made})"
    said = Formula(replaced(lemma.target, values), lemma.relation)
    known = script.note(f"{statement.conclusion.into} _ _ {made}")
    there.facts[said] = as_is(script, there.said(said), known)
    prove(there, parts[-1])
