"""Proofs that terms lie between numbers, part by part, as the core's enclosures do.

Ends are rational; those of transcendental values are rounded outward and left to ``interval``.
"""

# ruff: noqa: D102 - a method named after a head of terms bounds such terms

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Final

from flint import arb, fmpq

from proofs.core.probability import ABSOLUTE, bound, law, meaning
from proofs.core.ranges import RANGES, Interval
from proofs.core.terms import (
    HALF,
    Formula,
    Term,
    call,
    constant,
    linear,
    replaced,
)
from proofs.export import chances
from proofs.export.arithmetic import (
    DEEP,
    EXP0,
    LN1,
    NUM,
    RAT,
    Bound,
    exact,
    rounded,
    value_of,
)
from proofs.export.draws import number_of, opened
from proofs.export.means import by_copies, by_signs
from proofs.export.powers import Powers
from proofs.export.script import EQ, GE, GT, NE, Place
from proofs.export.words import MEANS, Untranslatable, is_sign, rational

sqrt = call("sqrt")

METHODS: Final = {
    "+": "plus",
    "-": "minus",
    "neg": "neg",
    "*": "times",
    "/": "over",
    "**": "power",
    "sqrt": "root",
    "exp": "exp",
    "log": "log",
    "sin": "wave",
    "cos": "wave",
    "cosh": "hyperbolic",
    "tanh": "hyperbolic",
    "abs": "absolute",
    "max": "extremum",
    "min": "extremum",
    "erf": "error",
    "atan": "angle",
    "sign": "sign",
    "E": "mean",
    "P": "mean",
    "gamma": "factorial",
}

# What Coq's interval arithmetic does not know.
UNKNOWN: Final = frozenset({"min", "max", "erf", "gamma", "sign", "E", "P", "prod"})


class Bounds(Powers):
    """Bounds of terms at one place."""

    methods = METHODS

    def holds(self, f: Formula) -> str:
        """Prove a formula that is a fact or plain."""
        return holds(self.place, f)

    # Functions ------------------------------------------------------------------------------------

    def exp(self, e: Term, u: Term) -> Bound:
        a = self.bound(u)
        lo, hi, upper = fmpq(0), None, ""
        lower = f"lo_exp_zero {self.place.text(u, 0)}"
        if a.lo is not None and a.lo > -10_000:
            lo = value_of(lambda x: x.exp(), a.lo, False) if a.lo else fmpq(1)
            lower = f"lo_exp _ _ ({rational(lo)}) {a.lower} {DEEP if a.lo else EXP0}"
        if a.hi is not None and a.hi < 10_000:
            hi = value_of(lambda x: x.exp(), a.hi, True) if a.hi else fmpq(1)
            upper = f"hi_exp _ _ ({rational(hi)}) {a.upper} {DEEP if a.hi else EXP0}"
        return Bound(lo, hi, self.note(lower), self.note(upper) if upper else "")

    def log(self, e: Term, u: Term) -> Bound:
        a = self.bound(u)
        lo = hi = None
        lower = upper = ""
        if a.lo is not None and a.lo > 0:
            lo = value_of(lambda x: x.log(), a.lo, False) if a.lo != 1 else fmpq(0)
            lower = self.note(
                f"lo_ln _ {rational(a.lo, 0)} ({rational(lo)}) {RAT} {a.lower} "
                f"{DEEP if lo else LN1}"
            )  # fmt: skip
        if a.hi is not None and a.hi > 0:
            positive = self.holds(Formula(u, GT))
            hi = value_of(lambda x: x.log(), a.hi, True) if a.hi != 1 else fmpq(0)
            upper = self.note(
                f"hi_ln _ _ ({rational(hi)}) {positive} {a.upper} {DEEP if hi else LN1}"
            )  # fmt: skip
        return Bound(lo, hi, lower, upper)

    def wave(self, e: Term, u: Term) -> Bound:
        one, base, a = fmpq(1), self.place.text(u, 0), self.bound(u)
        if a.lo is None or a.hi is None or a.hi - a.lo > 7:
            low, high = self.note(f"lo_{e.head} {base}"), self.note(f"hi_{e.head} {base}")
            return Bound(-one, one, low, high)
        if a.lo == a.hi == 0:
            value = fmpq(int(e.head == "cos"))
            tactic = f"replace {base} with 0; [apply {e.head}_0|]"
            claim = f"{e.head} {base} = {value}"
            ends = f"generalize {a.lower} {a.upper}; clear; intros; lra"
            same = self.script.quick(claim, f"{tactic}; {ends}", "b")
            return Bound(
                value, value, self.note(f"Req_le _ _ (eq_sym {same})"),
                self.note(f"Req_le _ _ {same}"),
            )  # fmt: skip
        found = RANGES[e.head](Interval(arb(a.lo).lower(), arb(a.hi).upper()))
        slack = fmpq(1) / fmpq(2) ** 60
        lo, hi = max(-one, exact(found.lo) - slack), min(one, exact(found.hi) + slack)
        lo, hi = rounded(lo, False), rounded(hi, True)
        text = f"{e.head} {base}"
        tactic = (
            f"generalize {a.lower} {a.upper}; "
            f"{'' if constant(u) is not None else f'generalize {base}; '}clear; intros; "
            f"first [interval with (i_prec 120) | apply lo_{e.head} | apply hi_{e.head}]"
        )
        return Bound(
            lo, hi, self.script.quick(f"{rational(lo)} <= {text}", tactic, "b"),
            self.script.quick(f"{text} <= {rational(hi)}", tactic, "b"),
        )  # fmt: skip

    def hyperbolic(self, e: Term, u: Term) -> Bound:
        base = self.place.text(u, 0)
        if e.head == "cosh":
            return Bound(fmpq(1), None, self.note(f"lo_cosh {base}"), "")
        a, ends = self.bound(u), {"lo": fmpq(-1), "hi": fmpq(1)}
        names = {side: self.note(f"{side}_tanh {base}") for side in ends}
        for side, at, known in (("lo", a.lo, a.lower), ("hi", a.hi, a.upper)):
            if at is None or abs(at) > 40:
                continue
            q = value_of(lambda x: x.tanh(), at, side == "hi") if at else fmpq(0)
            how = DEEP if at else "ltac:(rewrite Ropp_0, exp_0; lra)"
            ends[side] = q
            names[side] = self.note(f"{side}_tanh_at _ _ ({rational(q)}) {known} {how}")
        return Bound(ends["lo"], ends["hi"], names["lo"], names["hi"])

    def extremum(self, e: Term, *parts: Term) -> Bound:
        up = e.head == "max"
        pick, word = (max, "max") if up else (min, "min")
        total, shown = self.bound(parts[0]), self.place.text(parts[0], 0)
        for other in parts[1:]:
            b, text = self.bound(other), self.place.text(other, 0)
            whole = f"{shown} {text}"
            lo = [q for q in (total.lo, b.lo) if q is not None]
            hi = [q for q in (total.hi, b.hi) if q is not None]
            low, lower, high, upper = None, "", None, ""
            if lo if up else len(lo) == 2:
                low = pick(lo)
                q = f"({rational(low)})"
                if up:
                    mine = low == total.lo
                    name = total.lower if mine else b.lower
                    lower = self.note(f"lo_max{'' if mine else '_r'} {whole} {q} {name}")
                else:
                    x, y = (f"(lo_weak _ {q} _ {n.lower} {RAT})" for n in (total, b))
                    lower = self.note(f"lo_min {whole} {q} {x} {y}")
            if hi if not up else len(hi) == 2:
                high = pick(hi)
                q = f"({rational(high)})"
                if up:
                    x, y = (f"(hi_weak _ {q} _ {n.upper} {RAT})" for n in (total, b))
                    upper = self.note(f"hi_max {whole} {q} {x} {y}")
                else:
                    mine = high == total.hi
                    name = total.upper if mine else b.upper
                    upper = self.note(f"hi_min{'' if mine else '_r'} {whole} {q} {name}")
            total, shown = Bound(low, high, lower, upper), f"(R{word} {whole})"
        return total

    def error(self, e: Term, u: Term) -> Bound:
        base, a = self.place.text(u, 0), self.bound(u)
        ends = {"lo": fmpq(-1), "hi": fmpq(1)}
        names = {side: self.note(f"{side}_erf {base}") for side in ends}
        for side, at, known in (("lo", a.lo, a.lower), ("hi", a.hi, a.upper)):
            if at is None or abs(at) > 6:
                continue
            q, up = fmpq(0), side == "hi"
            how = f"(Req_le _ _ {'' if up else '(eq_sym '}(erf_zero 0 eq_refl){'' if up else ')'})"
            if at:  # as an integral, which is not computed to the last digit
                slack = fmpq(1 if up else -1) / fmpq(2) ** 40
                q, how = rounded(value_of(lambda x: x.erf(), at, up) + slack, up), "ltac:(area)"
            ends[side] = q
            names[side] = self.note(f"{side}_erf_at _ _ ({rational(q)}) {known} {how}")
        return Bound(ends["lo"], ends["hi"], names["lo"], names["hi"])

    def angle(self, e: Term, u: Term) -> Bound:
        base, a, quarter = (
            self.place.text(u, 0),
            self.bound(u),
            value_of(arb.atan, fmpq(10) ** 60, True),
        )
        ends, names = {"lo": -quarter, "hi": quarter}, dict[str, str]()
        for side, at, known in (("lo", a.lo, a.lower), ("hi", a.hi, a.upper)):
            if at is None:
                names[side] = self.note(f"{side}_atan ({rational(ends[side])}) {base} {NUM}")
                continue
            ends[side] = value_of(arb.atan, at, side == "hi")
            how = f"({rational(ends[side])}) {known} ltac:(angle)"
            names[side] = self.note(f"{side}_atan_at _ _ {how}")
        return Bound(ends["lo"], ends["hi"], names["lo"], names["hi"])

    def mean(self, e: Term, u: Term, _: Term | None = None) -> Bound:
        """Bounds of E|w|, by its value, of a mean over signs, by its values, and of a chance."""
        if not bound(e):
            return self.bound(u)
        if e.head == "P" and meaning(e) is None:
            return self.probability(e)
        if e.head == "P":
            closed, how = chances.value(self.place, e)
        elif u.head == "prod":
            closed, how = by_copies(self.place, e)
        elif any(map(is_sign, bound(e))):
            closed, known = by_signs(self.place, e)
            how = f"exact ({known})"
        elif u.head == "abs" and u.parts[0].head == "drawn":
            kind = law(u.parts[0])
            closed = ABSOLUTE[kind]
            how = f"exact ({MEANS[kind]}_abs _ {self.place.facts_of_law(kind)})"
        else:
            from proofs.export.integrals import by_integral

            return by_integral(self.place, e)
        text, b = self.place.text(e), self.bound(closed)
        same = self.script.quick(f"{text} = {self.place.text(closed)}", how, "n")
        lower, upper = (self.note(f"as_{s} _ _ _ {same} {n}") if n else ""
                        for s, n in (("lo", b.lower), ("hi", b.upper)))  # fmt: skip
        return Bound(b.lo, b.hi, lower, upper)

    def probability(self, e: Term) -> Bound:
        """A chance is between 0 and 1."""
        known = chances.between(self.place, e)
        return Bound(fmpq(0), fmpq(1), self.note(f"proj1 {known}"), self.note(f"proj2 {known}"))

    def sign(self, e: Term, u: Term) -> Bound:
        """Bounds of a sign: 1, or what is plain of the argument, or any."""
        base, a = self.place.text(u, 0), self.bound(u)
        lo, lower, hi, upper = fmpq(-1), f"lo_sign {base}", fmpq(1), f"hi_sign {base}"
        if a.lo is not None and a.lo >= 0:
            lo, lower = fmpq(0), f"lo_sign_zero _ {self.holds(Formula(u, GE))}"
            with suppress(Untranslatable):
                lo, lower = fmpq(1), f"lo_sign_plus _ 1 {self.holds(Formula(u, GT))} {RAT}"
        if a.hi is not None and a.hi <= 0:
            below = Term("neg", u)
            hi, upper = fmpq(0), f"hi_sign_zero _ {self.holds(Formula(below, GE))}"
            with suppress(Untranslatable):
                hi, upper = fmpq(-1), f"hi_sign_minus _ {self.holds(Formula(below, GT))}"
        return Bound(lo, hi, self.note(lower), self.note(upper))

    def factorial(self, e: Term, u: Term) -> Bound:
        sure = self.holds(Formula(u, GT))
        return Bound(fmpq(0), None, self.note(f"Rlt_le _ _ (gamma_gt _ {sure})"), "")

    def absolute(self, e: Term, u: Term) -> Bound:
        return self.sized(self.bound(u), self.place.text(u, 0))


def holds(place: Place, f: Formula) -> str:
    """Prove a formula that is a fact or plain; return the name of the proof."""
    found = place.fact(f)
    if found is not None:
        return found
    key = ("holds", f)
    if key not in place.made:
        place.made[key] = plain(place, f)
    name = place.made[key]
    assert isinstance(name, str)
    return name


def plain(place: Place, f: Formula) -> str:
    """Prove a comparison that is plain: by form, by an end, or by bounds."""
    e, relation = f
    if draws := sorted(e.drawn, key=lambda w: str(w.value)):
        with place.script.step(place.said(f)) as name, opened(place, draws) as there:
            values = {w: number_of(w) for w in draws}
            known = holds(there, Formula(replaced(e, values), relation))
            place.script.say(f"exact {known}.")
        return name
    script, text = place.script, place.text(e, 0)
    turn = {GE: "ge_of_gt", NE: "ne_of_gt", GT: ""}
    positive = {"exp": f"exp_pos {place.text(e.parts[0], 0)}" if e.parts else "", "pi": "PI_RGT_0"}
    if e.head in positive and relation is not EQ:
        name = script.note(positive[e.head])
        return f"({turn[relation]} _ {name})" if turn[relation] else name
    if e.head == "gamma" and relation is not EQ:
        name = script.note(f"gamma_gt _ {holds(place, Formula(e.parts[0], GT))}")
        return f"({turn[relation]} _ {name})" if turn[relation] else name
    if e.head in ("variable", "integer") and relation is not EQ:
        end = place.end(e.value, True)
        if end is not None and end.is_open and end.value == 0:
            return f"({turn[relation]} _ {end.name})" if turn[relation] else end.name
    if e.head == "*" and e.parts[0] == e.parts[1] and relation is GE:
        return script.note(f"square_nn {place.text(e.parts[0], 0)}")
    raised = Term("**", e.parts[0], HALF) if e.head == "sqrt" else e
    q = constant(raised.parts[1]) if raised.head == "**" else None
    base = None
    if q is not None and q > 0 and relation in (GT, NE):
        with suppress(Untranslatable):
            base = holds(place, Formula(raised.parts[0], GT))
    if q is not None and base is not None:
        up, down = int(q.p), int(q.q)
        root = base if down == 1 else f"({'sqrt_gt' if down == 2 else f'root_gt {down}'} _ {base})"
        raw = root if up == 1 and down > 1 else f"(pow_gt _ {up} {root})"
        return f"({turn[relation]} _ {raw})" if turn[relation] else raw
    if any(part.head == "gamma" for part in e.walk()) and relation in (GT, NE) and e.head in "*+":
        with suppress(Untranslatable):  # where the core has gamma(u) >= 0.88
            both = " ".join(holds(place, Formula(part, GT)) for part in e.parts)
            name = script.note(f"{'pp_times' if e.head == '*' else 'pp_plus'} _ _ {both}")
            return f"({turn[relation]} _ {name})" if turn[relation] else name
    if not e.names:
        try:
            return by_bounds(place, f, text)
        except Untranslatable:
            if any(p.head in UNKNOWN for p in e.walk()):
                raise
            return script.quick(place.said(f), "numeric")
    try:
        return by_bounds(place, f, text)
    except Untranslatable:
        if relation is EQ or not place.goal.ends_openly(e):
            raise
    return by_open_end(place, f)


def by_open_end(place: Place, f: Formula) -> str:
    """Prove that c x + d is positive, as it is >= 0 at an open end of the range of x."""
    x = min(f.term.names)
    found = linear(f.term, place.goal.variables[x])
    end = None if found is None else place.end(x, bool(found[0] > 0))
    if end is None:
        raise Untranslatable("enclose", "no end of a range")
    claim = place.said(Formula(f.term, GT))
    name = place.script.quick(claim, f"generalize {end.name}; clear; intros; lra")
    turn = {GE: "ge_of_gt", NE: "ne_of_gt"}.get(f.relation)
    return f"({turn} _ {name})" if turn else name


def by_bounds(place: Place, f: Formula, text: str) -> str:
    """Prove a comparison by bounds of its term."""
    from proofs.export.integrals import asked, sharpness

    bits = sharpness(place, f)
    if bits > asked(place):
        place = replace(place, made={"bits": bits})
    b, relation, script = Bounds(place).bound(f.term), f.relation, place.script
    if relation is GE and b.lo is not None and b.lo >= 0:
        return script.note(f"ge_of_lo _ _ {b.lower} {RAT}")
    if relation is GT and b.lo is not None and b.lo > 0:
        return script.note(f"gt_of_low _ _ {b.lower} {RAT}")
    if relation is GT and b.lo == 0:  # not zero by a fact
        other = place.fact(Formula(f.term, NE))
        if other is not None:
            return script.note(f"gt_of_ne _ (ge_of_lo _ _ {b.lower} {RAT}) {other}")
    if relation is NE and b.lo is not None and b.lo > 0:
        return script.note(f"ne_of_low _ _ {b.lower} {RAT}")
    if relation is NE and b.hi is not None and b.hi < 0:
        return script.note(f"lt_of_hi _ _ {b.upper} {RAT}")
    if relation is EQ and b.lo == b.hi == 0:
        return script.note(f"eq_of_both _ {b.lower} {b.upper}")
    raise Untranslatable("enclose", f"bounds do not show {text[:60]} {relation} 0")


__all__ = ["Bound", "Bounds", "exact", "holds", "rounded"]
