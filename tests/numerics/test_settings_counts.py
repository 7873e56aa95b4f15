"""Every setting of the counter against stepping in quadruple precision; near ties to 10**-300."""

import random
import shutil
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numerics.escape import escape
from tests.settings.cases import KINDS, draw_case, wrong
from tests.settings.judge import Atom, said, stepped

pytestmark = pytest.mark.skipif(shutil.which("gcc") is None, reason="the judge is written in C")


@pytest.mark.sample(3)
@pytest.mark.parametrize("kind", KINDS)
def test_no_bound_excludes_the_count_by_steps(kind):
    for seed in range(2):
        case = draw_case(kind, random.Random(f"test:{seed}"))
        for found, count in zip(case.certified(3.0), case.judge(), strict=True):
            assert not wrong(found, count), (case, found, count)


def test_the_judge_is_contradicted_by_wrong_bounds():
    """The comparison can fail: of a count that is known, and bounds that leave it out."""
    atoms = [Atom(0, "p", "1", "<=", "1/2")]
    assert said(atoms) == "(abs(p + (1)) <= 1/2)"
    assert stepped(0, "-1", ["3/10", "-6/5", "7/10"], [("1/20", 0)], atoms, 100)[0] == 7
    found = escape("(p+1)**2/2", "0.3,-1.2,0.7", "0.05", said(atoms))
    assert not wrong(found, 7)
    assert wrong(found, 6)
    assert wrong(found, 8)
    assert wrong(found, -1)


def near_tie(digits, share=Fraction(1, 2)):
    return [-share, share + Fraction(1, 10**digits), Fraction(11, 10), Fraction(9, 10)]


@settings(max_examples=6)
@given(st.integers(3, 14), st.integers(1, 9), st.sampled_from((200, 2_000)))
def test_near_ties_are_skipped_to_where_steps_lead(digits, tenths, inverse):
    """The c_j of the near tie drifts by about N (step)**2 relatively, up to more than 2**-5."""
    weights, step = near_tie(digits, Fraction(tenths, 10)), Fraction(1, inverse)
    found = escape("(p-1)**2/2", weights, step, "abs(p-1) <= 1/3", max_steps=600)
    atom = Atom(0, "p", "-1", "<=", "1/3")
    pieces = [(str(step), 0)]
    count, _ = stepped(0, "1", list(map(str, weights)), pieces, [atom], 500_000)
    assert not wrong(found, count)


def test_near_ties_of_any_number_of_digits_are_skipped():
    """Precision follows how close two weights are; the closer, the longer it takes to part."""
    counts = []
    for digits in (10, 100, 300):
        found = escape("(p-1)**2/2", near_tie(digits), "1e-20", "abs(p-1) <= 1/3")
        assert found.count is not None, found
        counts.append(found.count)
    # x decays like exp(-t a) and grows again: the time is linear in the digits, in the limit.
    between = Fraction(counts[2] - counts[1], counts[1] - counts[0])
    assert abs(between - Fraction(200, 90)) < Fraction(1, 1000)


@settings(max_examples=10)
@given(st.lists(st.integers(-900, 900).filter(bool), min_size=2, max_size=5), st.integers(1, 300))
def test_tiny_steps_count_the_flow_and_its_corrections(weights, digits):
    """At steps of 10**-d the exact count times the step tends to the time of the flow."""
    start = [Fraction(w, 512) for w in weights]
    found = escape("(p+1)**2/2", start, Fraction(1, 10**digits), "abs(p+1) <= 1/2", max_steps=5000)
    finer = escape(
        "(p+1)**2/2", start, Fraction(1, 10 ** (digits + 3)), "abs(p+1) <= 1/2", max_steps=5000
    )
    if found.count is None or finer.count is None or found.count < 10**4:
        return
    # N = T/eta + (1/2) ln(u1/u0) + D + O(1): a thousand times the steps, but for the corrections.
    assert abs(finer.count - 1000 * found.count) < 10**6
