"""Proofs that terms are continuous, and that derivatives are what the core takes them for."""

from __future__ import annotations

from flint import fmpq

from proofs.core.terms import (
    ONE,
    Formula,
    Term,
    constant,
    derivative,
    integral,
    minus,
    number,
    power,
)  # fmt: skip
from proofs.export.bounds import holds
from proofs.export.script import GE, GT, NE, Place
from proofs.export.words import Untranslatable, natural, whole

PLAIN = ("exp", "sin", "cos", "sinh", "cosh", "tanh", "erf", "atan")


def function_of(place: Place, e: Term, x: str) -> str:
    """Write a term as a function of a variable."""
    return f"(fun {place.spelling[x]} => {place.text(e)})"


def continuous(place: Place, e: Term, x: str) -> str:
    """Prove that a term is continuous in x at the value that x has at a place."""
    here = place.spelling[x]
    key = ("continuous", e, x)
    if key not in place.made:
        claim = f"continuity_pt {function_of(place, e, x)} {here}"
        proof = _continuous(place, e, x)
        place.made[key] = place.script.quick(claim, f"exact ({proof})", "c")
    return str(place.made[key])


def _continuous(place: Place, e: Term, x: str) -> str:
    here = place.spelling[x]
    if x not in e.names:
        return f"cont_const {place.text(e, 0)} {here}"
    if e.head == "variable":
        return f"cont_id {here}"
    f = [function_of(place, p, x) for p in e.parts]
    c = [continuous(place, p, x) for p in e.parts] if e.head != "**" else []
    match e.head:
        case "+" | "-" | "*":
            word = {"+": "plus", "-": "minus", "*": "times"}[e.head]
            return f"cont_{word} {f[0]} {f[1]} {here} {c[0]} {c[1]}"
        case "neg":
            return f"cont_neg {f[0]} {here} {c[0]}"
        case "/":
            nonzero = holds(place, Formula(e.parts[1], NE))
            return f"cont_div {f[0]} {f[1]} {here} {nonzero} {c[0]} {c[1]}"
        case "log":
            return f"cont_ln {f[0]} {here} {holds(place, Formula(e.parts[0], GT))} {c[0]}"
        case "sqrt":
            return f"cont_sqrt {f[0]} {here} {holds(place, Formula(e.parts[0], GE))} {c[0]}"
        case "**":
            return _continuous_power(place, e, x)
    if e.head in (*PLAIN, "abs"):
        return f"cont_{e.head} {f[0]} {here} {c[0]}"
    raise Untranslatable("monotone", f"continuity of {e.head}")


def _continuous_power(place: Place, e: Term, x: str) -> str:
    here, (base, exponent) = place.spelling[x], e.parts
    f, q = function_of(place, base, x), constant(exponent)
    inner = continuous(place, base, x)
    if q is None and integral(exponent):
        if x in exponent.names:
            raise Untranslatable("monotone", "a real variable in an integer exponent")
        z = whole(exponent, place.spelling, 0)
        try:
            nonzero = holds(place, Formula(base, NE))
        except Untranslatable:
            sign = holds(place, Formula(exponent, GE))
            same = whole_sign(place, exponent, sign)
            return f"cont_whole_nat {f} {here} {z} {same} {inner}"
        return f"cont_whole {f} {here} {z} {nonzero} {inner}"
    if q is None:
        g = function_of(place, exponent, x)
        positive = holds(place, Formula(base, GT))
        return f"cont_Rpower {f} {g} {here} {positive} {inner} {continuous(place, exponent, x)}"
    up, down = natural(abs(int(q.p))), int(q.q)
    proof, shown = inner, f
    if down > 1:
        sign = holds(place, Formula(base, GE))
        lemma = "cont_sqrt" if down == 2 else "cont_root"
        proof = f"({lemma} {f} {here} {'' if down == 2 else natural(down - 1)} {sign} {inner})"
        if down > 2:
            proof = f"(cont_root {f} {here} {down - 1} {sign} {inner})"
        shown = function_of(place, power(base, number(fmpq(1, down))), x)
    if up != "1" or down == 1:
        proof = f"(cont_pow {shown} {here} {up} {proof})"
    if q < 0:
        sure = holds(place, Formula(base, NE if down == 1 else GT))
        if down > 1:
            lemma = "sqrt_gt _" if down == 2 else f"root_gt {down} _"
            sure = f"(ne_of_gt _ ({lemma} {sure}))"
        shown = function_of(place, power(base, number(abs(q))), x)
        sure = f"(ne_pow _ {up} {sure})" if up != "1" or down == 1 else sure
        proof = f"(cont_inv {shown} {here} {sure} {proof})"
    return proof


def whole_sign(place: Place, exponent: Term, sign: str) -> str:
    """From an integer that is >= 0 as a real number to the integer."""
    z = whole(exponent, place.spelling, 0)
    shown = z.removeprefix("(").removesuffix(")%Z") if z.endswith("%Z") else z
    tactic = f"apply le_IZR; integers; exact {sign}"
    return place.script.quick(f"(0 <= {shown})%Z", tactic, "z")


def derived(place: Place, e: Term, x: str) -> str:
    """Prove that the core's derivative of a term by x is its derivative at a place."""
    key = ("derived", e, x)
    if key not in place.made:
        here, slope = place.spelling[x], place.text(derivative(e, x), 0)
        claim = f"derivable_pt_lim {function_of(place, e, x)} {here} {slope}"
        proof = _derived(place, e, x)
        counts = any(n.head == "integer" for n in e.walk())
        tactic = f"apply (der_eq _ _ _ _ ({proof})); {'integers; ' if counts else ''}ring"
        place.made[key] = place.script.quick(claim, tactic, "d")
    return str(place.made[key])


def _derived(place: Place, e: Term, x: str) -> str:
    here = place.spelling[x]
    if x not in e.names:
        return f"der_const {place.text(e, 0)} {here}"
    if e.head == "variable":
        return f"der_id {here}"
    if e.head == "**":
        return _derived_power(place, e, x)
    f = [function_of(place, p, x) for p in e.parts]
    d = [slope_of(place, p, x) for p in e.parts]
    match e.head:
        case "+" | "-" | "*":
            word = {"+": "plus", "-": "minus", "*": "times"}[e.head]
            return f"der_{word} {f[0]} {f[1]} {here} _ _ {d[0]} {d[1]}"
        case "neg":
            return f"der_neg {f[0]} {here} _ {d[0]}"
        case "/":
            nonzero = holds(place, Formula(e.parts[1], NE))
            return f"der_div {f[0]} {f[1]} {here} _ _ {nonzero} {d[0]} {d[1]}"
        case "log":
            return f"der_ln {f[0]} {here} _ {holds(place, Formula(e.parts[0], GT))} {d[0]}"
        case "sqrt":
            positive = root_positive(place, e.parts[0], Term("sqrt", e.parts[0]))
            return f"der_sqrt {f[0]} {here} _ {positive} {d[0]}"
    if e.head in PLAIN:
        return f"der_{e.head} {f[0]} {here} _ {d[0]}"
    raise Untranslatable("monotone", f"the derivative of {e.head}")


def slope_of(place: Place, e: Term, x: str) -> str:
    """Prove a derivative, zero for what does not depend on x."""
    if x not in e.names:
        return f"(der_const {place.text(e, 0)} {place.spelling[x]})"
    return derived(place, e, x)


def root_positive(place: Place, u: Term, root: Term) -> str:
    """Prove u > 0 where the derivative of its root is defined."""
    found = place.fact(Formula(u, GT))
    if found is not None:
        return found
    try:
        return holds(place, Formula(u, GT))
    except Untranslatable:
        nonzero = holds(place, Formula(root, NE))
    return place.script.note(f"sqrt_ne _ {nonzero}")


def _derived_power(place: Place, e: Term, x: str) -> str:
    here, (base, exponent) = place.spelling[x], e.parts
    f, q = function_of(place, base, x), constant(exponent)
    d = slope_of(place, base, x)
    if q is None and integral(exponent):
        if x in exponent.names:
            raise Untranslatable("monotone", "a real variable in an integer exponent")
        z = whole(exponent, place.spelling, 0)
        try:
            lemma, sure = "der_whole", holds(place, Formula(base, NE))
        except Untranslatable:
            less = minus(exponent, ONE)
            lemma, sure = "der_whole_nat", whole_sign(place, less, holds(place, Formula(less, GE)))
        return f"{lemma} {f} {here} _ {z} {sure} {d}"
    if q is None:
        g = function_of(place, exponent, x)
        positive = holds(place, Formula(base, GT))
        return f"der_Rpower {f} {g} {here} _ _ {positive} {d} {slope_of(place, exponent, x)}"
    if q.q > 1:
        return _derived_root(place, base, q, x, d)
    n = int(abs(q).p)
    if n == 0:
        return f"der_const 1 {here}"
    inr = place.script.quick(f"INR {natural(n)} = {n}", "natural_number", "z")
    if q > 0:
        return f"der_pow {f} {here} _ {n - 1} {n} {inr} {d}"
    nonzero = holds(place, Formula(base, NE))
    return f"der_pow_inv {f} {here} _ {n - 1} {n} {nonzero} {inr} {d}"


def _derived_root(place: Place, base: Term, q: fmpq, x: str, d: str) -> str:
    """The derivative of a power with a fraction as exponent, as one of exp(q log u)."""
    here, f = place.spelling[x], function_of(place, base, x)
    positive = holds(place, Formula(base, GT))
    u, sure = place.script.names.fresh("u"), place.script.names.fresh("p")
    names = {**place.spelling, "?": u}
    from proofs.export.words import rational, term

    var = Term("variable", value="?")
    texts, proofs = [], []
    for r in (q, q - 1):
        shown = term(power(var, number(r)), names)
        texts.append(f"(fun {u} => {shown})")
        proofs.append(f"ltac:(intros {u} {sure}; power_as_exp)")
    shown = rational(q, 0)
    return (f"der_root_to {f} {here} _ {shown} {texts[0]} {texts[1]} {shown} {positive} {d} "
            f"{proofs[0]} {proofs[1]} eq_refl")  # fmt: skip
