"""Only what the core has accepted is cited: a file may not pass for a lemma by what it says."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from proofs.commands.check import command, judged
from proofs.core import check
from proofs.evidence import shelf
from tests.core.certificates import ENCLOSE, cases, cite, cone, monotone, sealed, statement

NONE, USE = cone(), cone(("1", ["l"], "1"))
EXP = sealed(
    statement("exp(t) >= 1 + t", t="real"),
    cases("t", monotone("t", "lo", NONE, ENCLOSE), monotone("t", "hi", NONE, ENCLOSE)),
)


def citing(lemma, conclusion, at, **variables):
    """A certificate that names its lemma by digest, and does not carry it."""
    return sealed(
        statement(conclusion, **variables), cite(lemma, at, USE), lemmas=[lemma["digest"]]
    )


SECOND = citing(EXP, "exp(t**2) >= 1 + t**2", {"t": "t**2"}, t="real")
THIRD = citing(SECOND, "exp(t**4) >= 1 + t**4", {"t": "t**2"}, t="real")
FOURTH = citing(THIRD, "exp(t**8) >= 1 + t**8", {"t": "t**2"}, t="real")
CHAIN = [EXP, SECOND, THIRD, FOURTH]
FALSE = sealed(statement("exp(t) >= 2 + t", t="real"), ENCLOSE)


def bogus(lemma):
    """What may lie beside a lemma and claim to be it; none of it proves anything."""
    unproved = sealed(lemma["statement"], NONE)
    said = check.canonical(unproved)
    return [
        said,
        check.canonical(sealed(lemma["statement"], *lemma["proof"], lemmas=["0" * 64])),
        check.canonical({**FALSE, "digest": lemma["digest"]}),
        json.dumps(lemma, indent=1),
        f'{said[:-1]},"digest":"{lemma["digest"]}"}}',
        json.dumps({"digest": lemma["digest"]}),
        json.dumps({**lemma, "lemmas": 5}),
    ]


FILES = st.tuples(
    st.permutations(CHAIN),
    st.lists(st.tuples(st.sampled_from(CHAIN).flatmap(lambda c: st.sampled_from(bogus(c))))),
).flatmap(
    lambda both: st.permutations(
        [*((check.canonical(c), True) for c in both[0]), *((b, False) for (b,) in both[1])]
    )
)


@given(FILES)
def test_in_any_order_and_next_to_anything_the_true_ones_are_accepted(files):
    rows = judged({Path(f"{n}.json"): text for n, (text, _) in enumerate(files)})
    assert [r["verdict"] == "accepted" for r in rows] == [true for _, true in files]
    assert [r["file"] for r in rows] == [f"{n}.json" for n in range(len(files))]


@given(st.sampled_from(CHAIN[:-1]), st.data())
def test_without_its_lemma_none_is_accepted(missing, data):
    """Whatever says that it is the missing one."""
    beside = data.draw(st.lists(st.sampled_from(bogus(missing))))
    true = [check.canonical(c) for c in CHAIN if c is not missing]
    rows = judged({Path(f"{n}.json"): text for n, text in enumerate([*beside, *true])})
    cut = CHAIN.index(missing)
    assert [r["verdict"] == "accepted" for r in rows[len(beside) :]] == [
        n < cut for n in range(len(true))
    ]
    assert all(r["verdict"] != "accepted" for r in rows[: len(beside)])


@pytest.mark.parametrize("length", [1, 2, 3])
def test_in_a_circle_nothing_is_a_lemma(length):
    """Each file names the next, whose statement would give its own."""
    said = [statement(f"{k}*x >= {k}", x="real") for k in range(1, length + 1)]
    names = [sealed(one)["digest"] for one in said]
    texts = {}
    for k, one in enumerate(said):
        after = {"digest": names[(k + 1) % length]}
        texts[Path(f"{k}.json")] = check.canonical(
            sealed(one, cite(after, {"x": "x"}, USE), lemmas=[after["digest"]])
        )
    assert {r["verdict"] for r in judged(texts)} == {"rejected"}


@pytest.fixture(scope="module")
def shipped():
    """A lemma of the package about one variable, and a certificate that cites it by its digest."""
    for text in shelf.texts().values():
        lemma = json.loads(text)
        about = lemma["statement"]
        plain = isinstance(about["conclusion"], str) and not about["hypotheses"]
        if plain and [*about["variables"].values()] == ["real"] and "layers" not in about:
            (x,) = about["variables"]
            again, proof = about | {"scope": "again"}, cite(lemma, {x: x}, USE)
            return lemma, check.canonical(sealed(again, proof, lemmas=[lemma["digest"]]))
    raise AssertionError("no lemma of the package is about one variable")


@pytest.mark.parametrize("kind", range(len(bogus(EXP))))
@pytest.mark.parametrize("order", [1, -1])
def test_no_file_stands_before_a_lemma_of_the_package(shipped, kind, order, tmp_path):
    lemma, cites = shipped
    for name, text in {"a.json": cites, "b.json": bogus(lemma)[kind]}.items():
        (tmp_path / name).write_text(text)
    names = [str(tmp_path / name) for name in ("a.json", "b.json")][::order]
    done = CliRunner().invoke(command, [*names, "--json"], standalone_mode=False)
    rows = {r["file"].rpartition("/")[2]: r for r in json.loads(done.output)["results"]}
    assert rows["a.json"]["verdict"] == "accepted", rows["a.json"]["reason"]
    assert rows["b.json"]["verdict"] != "accepted"
    assert done.return_value != 0
