"""Two commands about one number: what `sharpen --set` says falls, `theorems --changed` lets fall.

The first may move what is free in the chain, the second moves nothing else, so that more may fall;
a theorem that stands there although its chain has failed would hide the failure.
"""

from fractions import Fraction

import pytest

from proofs.sharpening.chains import change
from proofs.sharpening.flow import flow, resting
from proofs.theorems import library
from theory.chains import chains

CHAINS = chains()
TIED = [(name, constant) for name, chain in CHAINS.items() for constant in chain.ties]
LATE = 30.0  # CPU seconds for a claim; all of these are decided in a few


def both(name, constant, number):
    """The theorems that fall by the chain, and by the graph."""
    chain, shelf = CHAINS[name], library()
    found = change(chain, {constant: number}, LATE)
    rows = resting(shelf, found, {constant}, LATE)
    graph = flow(shelf, {chain.ties[constant]: number}, budget=LATE)
    return {row.theorem for row in rows if row.state == "falls"}, {*graph.fallen, *graph.open}


@pytest.mark.parametrize(("constant", "number"), [("factor", "5"), ("delta", "1/10")])
def test_the_closed_form_of_theorem_3_falls_for_both_and_the_general_one_stands(constant, number):
    chain, graph = both("shamir2019/theorem-3", constant, Fraction(number))
    assert chain == graph == {"lemmata/near-identity-closed-form"}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "constant"), TIED)
@pytest.mark.parametrize("share", [Fraction(4, 5), Fraction(5, 4)])
def test_nothing_falls_by_its_chain_and_stands_by_the_graph(name, constant, share):
    chain, graph = both(name, constant, CHAINS[name].values[constant] * share)
    assert chain <= graph, (name, constant, share)
