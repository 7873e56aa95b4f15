"""For each rule, relation and defect a false goal with a tempting certificate, which is rejected.

``python tests/core/forgeries.py`` prints the table that is tested here.
"""

import itertools
from fractions import Fraction

import pytest
from forgeries import DEFECTS, RELATIONS, ROWS, cell, check_of, forged, without
from reference import holds, value, wide

from proofs.core import check
from proofs.core.rules import RULES

CELLS = [*itertools.product(ROWS, RELATIONS, DEFECTS[:-1])]
# A cell without a true twin: these rules prove nothing else than >= and >, and refuse outright.
ONE_SIDED = {
    ("monotone", "limit"): DEFECTS,
    ("markov",): ("captured",),  # an upper bound of a chance
}


def one_sided(row, relation, defect):
    return relation in ("==", "!=") and any(
        row in rows and defect in defects for rows, defects in ONE_SIDED.items()
    )


def test_every_rule_and_relation_has_a_row():
    assert {*ROWS} - {"mean", "layers"} == set(RULES)


def fails(case):
    """Whether all hypotheses of a statement hold at the point, and the conclusion does not."""
    at = {x: Fraction(v) for x, v in case.fails.items()}
    goal = check.goal_of(case.about)
    facts = [*goal.facts.values()]
    with wide():
        if goal.layers is not None:
            at |= {e.value: value(s, at) for e, s in goal.layers.starts.items()}
            for _ in range(case.steps):
                at |= {e.value: value(u, at) for e, u in goal.layers.updates.items()}
            facts += goal.layers.finals.values()
        said = check.Formula(goal.target, goal.relation)
        return all(holds(f, at) for f in facts) and not holds(said, at)


@pytest.mark.parametrize(("row", "relation", "defect"), CELLS)
def test_a_forgery_is_false_and_rejected_and_its_true_twin_is_proved(row, relation, defect):
    false, true = cell(row, relation, defect)
    assert fails(false)
    certificate, open_goals = forged(false)
    assert open_goals
    assert check_of(certificate) != "proved"
    assert (true is None) == one_sided(row, relation, defect)
    if true is not None:
        made, rest = forged(true)
        assert (check_of(made), rest) == ("proved", 0)


@pytest.mark.parametrize(("row", "relation"), [*itertools.product(ROWS, RELATIONS)])
def test_no_node_of_a_certificate_may_be_missing(row, relation):
    for defect in DEFECTS[:-1]:
        false, true = cell(row, relation, defect)
        for case in (false, true) if true else (false,):
            for less in without(forged(case)[0]):
                assert check_of(less) != "proved", (case, less)
