"""A constant put into a chain: hand values say how far it goes, the graph says who rests on it."""

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from proofs.commands.sharpen import command
from proofs.core import check
from proofs.evidence.verdicts import Verdict
from proofs.sharpening.chains import change
from proofs.sharpening.flow import carried, flow, resting
from proofs.theorems import library
from theory.chains import chains
from theory.errors import InputError

CHAINS = chains()
ROOT2 = math.sqrt(2)


def orthogonal_width(drift=0.1, loss=1.0):
    """Radius and width follow from the rate, and that is what the second order or the loss asks."""

    def second_order(pace):
        radius = ROOT2 * (1 + drift) ** 2 / pace
        z = (1 + drift) ** 3 * ROOT2 / 2 * math.log(1 + drift) / radius
        return (1 - drift) ** 4 - pace - (1 + drift) ** 4 / 2 * z * math.exp(z)

    pace = brentq(second_order, 0.1, 0.7)
    assert 2 * pace - pace**2 / 2 >= loss
    return (ROOT2 * (1 + drift) ** 2 / pace / math.log(1 + drift)) ** 2


def balanced_step(balance=5.0):
    """The rate and the budget give the share, and then the descent is one equation."""

    def descent(step):
        share = (1 + 1 / step) / (2 * (1 - 1 / balance))
        budget = 1 - 1 / (2 * share)
        most = 4 * math.exp(2 * budget + 4 * math.exp(budget) / step)
        return 1 - (most + math.sqrt(most)) / (2 * step) - share

    return brentq(descent, 8, 60)


def gaussian_width(points=25):
    """The net has points, so one vector's bound goes to all; the drift is left to choose."""
    exponent = float(CHAINS["du-hu2019/width"].constants["exponent"])
    net = 2 / (points - 1)
    spread = math.exp(math.sqrt(exponent)) - 1
    upper = (1 + spread) / (1 - net)
    lower = 1 - spread - net * upper

    def width(drift):
        return (ROOT2 * (upper + drift) ** 2 * 4 / math.log(1 + drift / upper)) ** 2

    def second_order(drift):
        step = float(CHAINS["du-hu2019/width"].constants["step"])
        z = step * (upper + drift) ** 2 * (1 + drift / upper) * math.sqrt(2 / width(drift))
        return (lower - drift) ** 4 - 0.25 - (upper + drift) ** 4 / 2 * z * math.exp(z)

    return width(brentq(second_order, 0.01, 0.2))


def zero_asymmetric_slope(rate=0.6):
    """The determinant at the worst step, theta what the rate leaves."""

    def determinant(slope, s):
        y, theta = s / slope, 2 - 1 / slope - rate
        alpha = y / (2 - theta)
        half = math.exp(alpha / 2)
        beta = 2 * y * half / math.sqrt(1 - alpha)
        last = 1 - s + 4 * y / (1 - alpha)
        kappa = (2 / math.sqrt(1 - alpha) + last * half) * half * math.exp(beta)
        p = last * math.exp(alpha + 2 * beta)
        return theta * (theta - p) - y * (kappa + 1) * (kappa * theta + p)

    return brentq(lambda x: min(determinant(x, i / 500) for i in range(501)), 13, 20)


def growth():
    """At k = 1000, the worst: C from Lemma 5, and half of it but a logarithm from the time."""
    largest = (999 / 2 * math.log(5 / 4) - math.log(1000)) / 2000
    return (1000 * largest + math.log(math.log(2)) - math.log(2000)) / 2000


def near_identity_base(delta=1 / 16, step=1 / 8):
    """A plateau of length 1/4 that no step jumps over."""
    return 1 / (max(1 / 2, math.sqrt(2 * step)) ** 2 + 4 * delta)


HAND = [
    ("hu-xiao-pennington2020/width", {}, orthogonal_width()),
    ("arora-cohen-golowich-hu2019/wider", {"balance": "4"}, balanced_step(4)),
    ("shamir2019/theorem-3", {"step": "1/7", "delta": "1/20"}, near_identity_base(1 / 20, 1 / 7)),
    ("shamir2019/theorem-4", {}, 1),
]
MORE = [
    ("hu-xiao-pennington2020/width", {"drift": "1/9"}, orthogonal_width(1 / 9)),
    ("arora-cohen-golowich-hu2019/wider", {}, balanced_step()),
    ("arora-cohen-golowich-hu2019/wider", {"balance": "20"}, balanced_step(20)),
    ("du-hu2019/width", {}, gaussian_width()),
    ("du-hu2019/width", {"points": "20"}, gaussian_width(20)),
    ("du-hu2019/width", {"points": "30"}, gaussian_width(30)),
    ("wu-wang-ma2019/balance", {}, zero_asymmetric_slope()),
    ("wu-wang-ma2019/balance", {"rate": "7/10"}, zero_asymmetric_slope(0.7)),
    ("wu-wang-ma2019/decoupled", {}, 2),
    ("shamir2019/theorem-2", {}, growth()),
    ("shamir2019/theorem-3", {"delta": "1/32"}, near_identity_base(1 / 32)),
    ("shamir2019/lemma-13", {}, brentq(lambda x: x - 1 - math.exp(-x / 2), 1.4, 1.5)),
]


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("name", "others", "best"), HAND + [pytest.param(*row, marks=pytest.mark.slow) for row in MORE]
)
def test_what_holds_with_other_free_parameters_is_not_said_to_fall(name, others, best):
    """On one side of the hand value every step is proved, on the other the chain falls."""
    chain = CHAINS[name]
    away = 1e-3 if chain.minimise else -1e-3
    for value, holds in ((best * (1 + away), True), (best * (1 - away), False)):
        number = Fraction(f"{value:.6g}")
        changes = {n: Fraction(v) for n, v in others.items()} | {chain.objective: number}
        found = change(chain, changes)
        assert found.proved is holds
        assert found.fails is not holds
        assert found.limit == pytest.approx(best, rel=1e-5)
        assert found.binding
        assert changes.items() <= found.values.items()
    assert {n: found.values[n] for n in found.values if n not in changes} == {
        n: v for n, v in chain.values.items() if n not in changes
    }  # what falls is shown at the file's own numbers


def test_every_step_has_a_certificate_at_the_numbers_that_moved():
    found = change(CHAINS["hu-xiao-pennington2020/width"], {"width": Fraction(810)})
    assert found.values["radius"] != found.chain.values["radius"]
    for state in found.steps:
        assert state.verdict is Verdict.PROVED
        check.check(state.evidence.data["certificate"], state.step.at(found.values).canonical)


@settings(max_examples=4)
@given(st.fractions(Fraction(1, 2), Fraction(4, 5), max_denominator=100), st.integers(10, 40))
def test_whoever_made_the_steps_true_finds_them_true(rho, narrow):
    """Free parameters first, constants that they allow with a little room: these never fall."""
    delta, room = Fraction(1, narrow), Fraction(99, 100)
    changes = {"delta": delta, "step": rho**2 / 2 * room, "base": room / (rho**2 + 4 * delta)}
    assert change(CHAINS["shamir2019/theorem-3"], changes).proved


def rows(name, **changes):
    chain = CHAINS[name]
    found = change(chain, {n: Fraction(v) for n, v in changes.items()})
    return found, {row.theorem: row for row in resting(library(), found, set(changes), 10.0)}


def test_all_who_rest_on_a_constant_are_listed_each_with_what_binds():
    found, fallen = rows("hu-xiao-pennington2020/width", width=800)
    assert set(fallen) == {
        *("lemmata/orthogonal-layers", "lemmata/orthogonal-layers-deterministic"),
        "hu-xiao-pennington2020/theorem-4-1",
    }
    assert {row.state for row in fallen.values()} == {"falls"}
    assert all(row.binding == found.binding for row in fallen.values())
    assert "width" in found.binding
    found, standing = rows("hu-xiao-pennington2020/width", width=810)
    assert set(standing) == set(fallen)
    assert {row.state for row in standing.values()} == {"stands"}


def test_who_loses_the_proof_and_keeps_the_kernel_is_listed_and_stands():
    """Both Theorems 4.1 rest on such a width; one states it, the other says C is a number."""
    found, listed = rows("du-hu2019/width", width=17000)
    assert found.fails
    assert listed["lemmata/wide-layers"].state == "falls"
    theorem = listed["du-hu2019/theorem-4-1"]
    assert (theorem.state, theorem.ways) == ("stands", ("kernel", "measured"))
    assert "window" in theorem.binding


@pytest.mark.parametrize("name", ["shamir2019/theorem-3", "hu-xiao-pennington2020/width"])
def test_the_list_is_the_graph(name):
    """Whoever rests on the chain's theorems, or on a claim that has the number; nobody else."""
    shelf, chain = library(), CHAINS[name]
    same = change(chain, {})
    for constant in chain.values:
        numbers = carried(shelf.claims, {t: 0 for n, t in chain.ties.items() if n == constant})
        direct = {t for claim, _ in numbers for t in shelf.falling(claim)}
        above = {t for n in chain.theorems for t in (n, *shelf.falling(n))}
        listed = resting(shelf, same, {constant}, 10.0)
        assert {row.theorem for row in listed} == direct | above
        assert {row.state for row in listed} == {"stands"}


def test_steps_that_nobody_decided_make_nothing_fall():
    found, listed = rows("shamir2019/theorem-3", step="1/2")  # a number that no claim has
    assert {row.state for row in listed.values()} == {"falls", "stands"}
    open_steps = tuple(replace(s, counterexample=None, evidence=None) for s in found.steps)
    undecided = replace(found, steps=open_steps)
    again = resting(library(), undecided, {"step"}, 10.0)
    assert {row.state for row in again} == {"open", "stands"}


def test_a_constant_that_the_statement_does_not_have_leaves_the_kernel():
    """What the kernel proved has no rho; it has a base."""
    _, inner = rows("shamir2019/theorem-3", rho="9/10")
    _, outer = rows("shamir2019/theorem-3", base=3)
    name = "lemmata/near-identity-closed-form"
    assert (inner[name].state, outer[name].state) == ("stands", "falls")
    assert "kernel" in inner[name].ways


def test_a_number_that_a_claim_gives_is_decided_where_the_chain_does_not():
    """With 3 for 4 every step of the chain holds, and the weights are not what it says."""
    found, listed = rows("shamir2019/theorem-3", factor=3)
    assert found.proved
    row = listed["lemmata/near-identity-explicit"]
    assert row.state == "falls"
    assert "other-weights-on-the-plateau" in row.binding
    by_claims = flow(library(), {("other-weights-on-the-plateau", "factor"): Fraction(3)})
    assert set(by_claims.fallen) == {n for n, r in listed.items() if r.state == "falls"}
    ran = CliRunner().invoke(
        command, ["shamir2019/theorem-3", "--set", "factor=3"], standalone_mode=False
    )
    assert ran.return_value == 1


def test_the_plateau_is_where_the_theorem_supposes_it():
    """Squared weights above 1 are not what it is about, however small a base one asks for."""
    found = change(
        CHAINS["shamir2019/theorem-3"], {"delta": Fraction(3, 10), "base": Fraction(3, 5)}
    )
    assert found.fails
    assert [s.step.name for s in found.steps if s.counterexample] == ["bounded"]


@pytest.mark.parametrize("value", ["0", "-1", "1e200", "1e-200"])
def test_sizes_that_leave_nothing_to_say_are_refused(value):
    ran = CliRunner().invoke(
        command, ["shamir2019/theorem-3", "--set", f"base={value}"], standalone_mode=False
    )
    assert isinstance(ran.exception, InputError)
    assert ran.exception.argument == "--set"
