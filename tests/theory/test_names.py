"""Names: one grammar behind every door, and names of our own that meet none of a user's."""

import json
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from numerics.loss import Loss
from proofs.user_claims import load
from theory.catalogue import CLAIMS
from theory.claims import Claim, Source, statement
from theory.errors import InputError, plain, visible
from theory.names import MAX_TEXT, check_label, check_name, check_text, fresh, separator

HOSTILE = [
    "",
    "1",
    "_x",
    "x y",
    "x-y",
    "x\n",
    "x\x1b[31m",
    "x;import os",
    "[/red]",
    "x'",
    'x"',
    "x\\",
    "é",
    "x²",  # letters and digits elsewhere, not here
    "x" * 61,
    "exp",
    "log",
    "prod",
    "pi",
]
NOT_NAMES = [*HOSTILE, 5, True, None, 1.5, b"x", ("x",)]
DOORS = {
    "variables": lambda n: {"variables": {n: "real"}},
    "constants": lambda n: {"constants": {n: "1"}},
    "definitions": lambda n: {"definitions": {n: "1"}},
    "matrices": lambda n: {"matrices": {n: [["1"]]}},
    "accumulators": lambda n: {"layers": {"start": {n: "1"}, "next": {n: "1"}}},
    "layer variables": lambda n: {
        "layers": {"variables": {n: "real"}, "start": {"P": "1"}, "next": {"P": "P"}}
    },
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", NOT_NAMES, ids=repr)
def test_what_is_no_name_is_refused_at_every_door_in_one_line(door, name):
    parts = {"variables": {"y": "real"}, "conclusion": "1 <= 2"} | DOORS[door](name)
    with pytest.raises(InputError) as refusal:
        statement(**parts)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize("door", DOORS)
@given(st.text(max_size=8))
def test_a_file_takes_exactly_the_names_that_python_takes(door, tmp_path_factory, name):
    parts = {"variables": {"y": "real"}, "conclusion": "1 <= 2"} | DOORS[door](name)
    path = tmp_path_factory.mktemp("claims") / "claims.json"
    path.write_text(json.dumps({"c": parts}))

    def outcome(read):
        try:
            return read()
        except InputError as wrong:
            return wrong.problem

    assert outcome(lambda: statement(**parts).digest) == outcome(
        lambda: load(path)[0].statement.digest
    )


@given(st.text(max_size=70))
@example("x\n")
def test_a_name_is_an_ascii_identifier(text):
    try:
        check_name(text, "variable")
    except InputError:
        assert not (text.isascii() and text.isidentifier() and text[0] != "_" and len(text) <= 60)
    else:
        assert text.isascii()
        assert text.isidentifier()


@pytest.mark.parametrize("label", ["a\nb", "[red]", "a b", "'", "\\", "", "a" * 101, 3, True, "é"])
def test_labels_are_printable_and_harmless(label):
    with pytest.raises(InputError):
        check_label(label, "label")
    with pytest.raises(InputError):
        statement({"x": "real"}, "x >= 0", hypotheses={label: "x >= 0"})
    claim = CLAIMS[0]
    with pytest.raises(InputError):
        Claim(label, "title", claim.source, claim.statement, claim.mutant)


def test_every_name_of_the_catalogue_passes():
    for claim in CLAIMS:
        for made in (claim.statement, claim.mutant):
            for name in (*made.variables, *made.definitions, *made.constants):
                check_name(name, claim.name)
            for label in (claim.name, *made.hypotheses):
                check_label(label, claim.name)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("variables", ["x"]),
        ("variables", {"x": True}),
        ("variables", {"x": "imaginary"}),
        ("variables", {"x": ["real"]}),
        ("constants", {"c": True}),
        ("constants", {"c": 0.5}),
        ("constants", {"c": "nan"}),
        ("constants", {"c": 10**5000}),
        ("constants", {"c": Fraction(1, 10**5000)}),
        ("constants", {"x": "1"}),
        ("definitions", {"d": 3}),
        ("definitions", "d"),
        ("hypotheses", {"h": True}),
        ("hypotheses", {"h": ["x >= 0"]}),
        ("conclusion", 1),
        ("conclusion", None),
        ("scope", "two\nlines"),
        ("scope", "\x1b[31mred"),
        ("scope", 3),
        ("scope", "x" * (MAX_TEXT + 1)),
        ("witness", {"x": False}),
        ("witness", {"y": "1"}),
        ("matrices", {"A": "rows"}),
        ("matrices", {"A": [[True]]}),
        ("matrices", {"A": ["12"]}),
        ("layers", "deep"),
        ("layers", {"start": "P", "next": {"P": "P"}}),
        ("layers", {"start": {"P": 1}, "next": {"P": "P"}}),
        ("layers", {"start": {"P": "1"}, "next": {"P": "P"}, "variables": {"y": "gaussian"}}),
    ],
)
def test_values_of_the_wrong_type_are_refused_in_one_line(part, value):
    parts = {"variables": {"x": "real"}, "conclusion": "x >= 0"} | {part: value}
    with pytest.raises(InputError) as refusal:
        statement(**parts)
    assert str(refusal.value).isprintable()


@pytest.mark.parametrize(
    "parts",
    [
        {"definitions": {"x": "1"}},
        {"matrices": {"x": [["1"]]}},
        {"constants": {"c": "1"}, "definitions": {"c": "2"}},
        {"variables": {"w_1..w_3": "real", "w_2": "positive"}},
        {"variables": {"w_2": "positive", "w_1..w_3": "real"}},
        {"layers": {"start": {"x": "1"}, "next": {"x": "x"}}},
        {"layers": {"variables": {"P": "real"}, "start": {"P": "1"}, "next": {"P": "P"}}},
        {"layers": {"start": {"layers": "1"}, "next": {"layers": "1"}}},  # the depth of a point
    ],
)
def test_nothing_is_named_twice(parts):
    with pytest.raises(InputError):
        statement(**{"variables": {"x": "real"}, "conclusion": "1 <= 2"} | parts)


@pytest.mark.parametrize("text", ["w_1..v_4", "w_4..w_1", "w_1..", "..w_4", "w..x", "w_1..w_9999"])
def test_ranges_of_variables_are_checked(text):
    with pytest.raises(InputError):
        statement({text: "real"}, "1 <= 2")


def test_a_key_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "claims.json"
    claim = '{"variables": {"x": "positive", "x": "real"}, "conclusion": "x > 0"}'
    path.write_text('{"c": ' + claim + "}")
    with pytest.raises(InputError, match="twice"):
        load(path)


def test_a_number_without_end_is_one_line(tmp_path):
    for name, text in (
        ("c.json", '{"c": {"variables": {}, "constants": {"k": ' + "9" * 5000 + "}}}"),
        ("c.toml", f"[c]\nconstants = {{k = {'9' * 5000}}}\n"),
    ):
        path = tmp_path / name
        path.write_text(text)
        with pytest.raises(InputError, match="too many digits"):
            load(path)


@pytest.mark.parametrize("key", ["title", "source"])
def test_titles_and_sources_are_text_that_no_terminal_obeys(key, tmp_path):
    path = tmp_path / "claims.json"
    for value in ("\x1b]0;title\x07", "a\nb", "x" * (MAX_TEXT + 1), 5):
        path.write_text(
            json.dumps({"c": {"variables": {"x": "real"}, "conclusion": "x >= 0", key: value}})
        )
        with pytest.raises(InputError):
            load(path)


NAMES = st.from_regex(r"[xyh]_{0,3}[0-9]{0,2}", fullmatch=True)


@given(st.lists(NAMES, min_size=1), st.sets(NAMES), st.integers(0, 99))
def test_a_separator_meets_no_name(stems, taken, n):
    run = separator(stems, taken)
    assert not {f"{stem}{run}{n}" for stem in stems} & taken
    assert run == "_" or taken


@given(NAMES, st.sets(NAMES))
def test_a_fresh_name_is_new(stem, taken):
    assert fresh(stem, taken) not in taken


@given(st.text())
def test_what_is_shown_cannot_be_obeyed(text):
    assert visible(text).isprintable() or not visible(text)
    assert plain(text, 20).isprintable() or not plain(text, 20)
    assert len(plain(text, 20)) <= 20
    assert str(InputError(text, text)).isprintable()


@given(st.text(max_size=MAX_TEXT))
def test_text_for_people_is_printable(text):
    try:
        assert check_text(text, "title") == text
    except InputError:
        assert not text.isprintable()


def test_errors_travel_between_processes():
    import copy

    wrong = copy.copy(InputError("claim", "is missing"))  # by the protocol that pickling uses
    assert (wrong.argument, wrong.problem) == ("claim", "is missing")


def test_a_source_is_checked_too():
    claim = CLAIMS[0]
    with pytest.raises(InputError):
        Claim("c", "t", Source("lemmata", "Lemma\n7"), claim.statement, claim.mutant)


def test_an_unknown_name_says_how_it_is_declared_where_that_can_be_done():
    with pytest.raises(InputError, match=r'declare it: variables = \{b = "real"\}'):
        statement({"a": "real"}, "a*b <= 1")
    with pytest.raises(InputError, match="did you mean alpha") as near:
        statement({"alpha": "real"}, "alpa <= 1")
    assert "declare" not in str(near.value)
    with pytest.raises(InputError, match="unknown name 'q'") as loss:
        Loss.of("(q + 1)**2/2")
    assert "declare" not in str(loss.value)
