"""Ideas that carry many lemmas, each on one of them: directions, coins, corners, sequences."""

import json

import pytest

from proofs.core import check
from proofs.core.ranges import working_precision
from proofs.corpus import judge, lemmas
from proofs.search.standard import LIBRARY

QUICK = {
    "gamma-sub-gamma": "logarithms of products whose exponents are quotients",
    "rademacher-one-weight": "Hoeffding's lemma in place of two exponentials",
    "triangle-of-four": "linear facts about corners",
}
IDEAS = {one.name: one for one in lemmas("ideas")}


@pytest.mark.parametrize("name", QUICK)
def test_an_idea_proves_its_lemma_and_not_the_twin(name):
    assert judge(IDEAS[name], 60).verdict == "proved"
    assert judge(IDEAS[f"{name}.twin"], 60).verdict == "refuted"


def test_what_the_search_cites_is_proved():
    with working_precision():
        for one in list(LIBRARY.values()):
            said = json.dumps(one.statement, sort_keys=True, separators=(",", ":"))
            text = json.dumps(one.certificate, sort_keys=True, separators=(",", ":"))
            check.check(text, said)


@pytest.mark.slow  # four minutes: pytest -m slow tests/proofs/test_ideas.py
def test_no_twin_of_an_idea_is_proved_and_none_of_its_lemmas_is_refuted():
    assert not [o for o in (judge(one, 6) for one in IDEAS.values()) if o.silent_error]
