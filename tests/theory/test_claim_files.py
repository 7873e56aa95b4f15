"""The catalogue as data: what its files say, what only they may say, what they may not."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from proofs.theorems import library
from proofs.user_claims import load as load_of_users
from theory.catalogue import CLAIMS, SECTIONS, headings
from theory.catalogue.headings import FOLDER
from theory.claim_files import entries, load, read, source_of, tables, untied
from theory.errors import InputError
from theory.language.reading import statement

FILES = sorted(FOLDER.glob("*/claims/*.toml"))
WRITTEN = [
    (path, name, untied(path, name, data)[0])
    for path, data in ((path, tables(path)) for path in FILES)
    for name in data
]
SOURCE = 'source = {key = "shamir2019", number = "Lemma 7", sureness = "read"}\n'
TRUE = '[a]\nvariables = {x = "real"}\nconclusion = "x**2 >= 0"\n'


def test_the_catalogue_is_in_its_files_and_what_is_not_is_generated():
    generated = [n for n in SECTIONS if "/" not in n]
    written = {f"{path.parent.parent.name}/{path.stem}" for path in FILES}
    assert written == set(SECTIONS) - set(generated)
    assert len(CLAIMS) == len(WRITTEN) + sum(len(SECTIONS[n]) for n in generated)
    assert {p.name for p in FOLDER.glob("*.py")} == {"__init__.py", "headings.py"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.parent.name}/{p.stem}")
def test_a_file_holds_what_its_name_and_folder_say(path):
    paper = path.parent.parent.name
    for claim in SECTIONS[f"{paper}/{path.stem}"]:
        assert claim.source.key in (paper, "lemmata")
        measured = "measured" in claim.statement.domains
        assert measured is path.stem.endswith("-measured"), claim.name


def test_a_user_who_reads_a_file_of_the_catalogue_gets_its_claims():
    """In full: the catalogue does not read a false twin again that only has other constants."""
    catalogue = {claim.name: claim for claim in CLAIMS}
    for path, name, table in WRITTEN:
        theirs = read(path, name, {k: v for k, v in table.items() if k not in ("source", "twin")})
        ours = catalogue[name]
        assert theirs.statement == ours.statement
        if "twin" not in table:
            assert theirs.mutant == ours.mutant, name


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (TRUE, "key, number and sureness are wanted"),
        (TRUE + 'source = "a book"\n', "key, number and sureness are wanted"),
        (TRUE + SOURCE.replace("shamir2019", "nobody1900"), "unknown key"),
        (TRUE + SOURCE.replace('"read"', '"sure"'), "sureness is one of"),
        (TRUE + SOURCE + 'twin = {conclusion = "x > 0"}\n', "variables: is missing"),
        (TRUE + SOURCE + "mutant = {}\ntwin = {}\n", "either twin or mutant"),
        (TRUE + SOURCE + 'twin = {title = "so"}\n', "unknown key 'title'"),
        (TRUE + SOURCE + "mutant = {constants = {c = 2}}\n", "no constant is called 'c'"),
        (TRUE + SOURCE + 'prove = "yes"\n', "unknown key 'prove'"),
    ],
)
def test_bad_files_of_the_catalogue_are_one_line(text, problem, tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=problem):
        load(path, catalogue=True)


def test_a_file_with_all_claims_below_one_table_says_where_they_stand(tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text('[claims.a]\nvariables = {x = "real"}\nconclusion = "x**2 >= 0"\n')
    with pytest.raises(InputError, match=r"write \[a\] for its table"):
        load(path)


def test_users_name_no_paper_and_write_no_twin(tmp_path):
    path = tmp_path / "claims.toml"
    for more, problem in (
        (SOURCE, "source: text is wanted"),
        ('twin = {variables = {x = "real"}, conclusion = "x > 0"}\n', "unknown key 'twin'"),
    ):
        path.write_text(TRUE + more)
        with pytest.raises(InputError, match=problem):
            load_of_users(path)
        assert entries(path, catalogue=True)


def test_a_twin_drops_a_hypothesis(tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text(TRUE + 'hypotheses = {h = "x >= 1", k = "x <= 9"}\nmutant = {drop = ["h"]}\n')
    (claim,) = load(path)
    assert set(claim.mutant.hypotheses) == {"k"}
    for wrong in ('["x"]', '"h"', "[1]"):
        path.write_text(TRUE + f'hypotheses = {{h = "x >= 1"}}\nmutant = {{drop = {wrong}}}\n')
        with pytest.raises(InputError, match="drop: a list of names of hypotheses is wanted"):
            load(path)


TIED = """
[a]
variables = {}
constants = {c = "1/2", d = 3}
conclusion = "c <= d"
[b]
variables = {}
constants = {c = "{a.c}", e = "{b.c}"}
conclusion = "c + e >= 1"
mutant = {constants = {e = "1/3"}}
"""


def test_a_constant_may_be_that_of_another_claim(tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text(TIED)
    a, b = load_of_users(path)
    assert a.ties == {}
    assert b.ties == {"c": ("a", "c"), "e": ("b", "c")}
    assert dict(b.statement.constants) == dict.fromkeys("ce", a.statement.constants["c"])
    path.write_text(TIED.replace('"1/2"', '"2/5"'))
    assert load_of_users(path)[1].statement.constants["e"] == Fraction(2, 5)


@pytest.mark.parametrize(
    ("tie", "problem"),
    [
        ("{a.x}", "no such constant in this file"),
        ("{z.c}", "no such constant in this file"),
        ("{b.e}", "goes round in a circle"),
        ("{b.f}", "goes round in a circle"),
        ("2*{a.c}", "is not a decimal number"),
    ],
)
def test_bad_ties_are_one_line_and_cost_their_own_claim_only(tie, problem, tmp_path):
    path = tmp_path / "claims.toml"
    path.write_text(TIED.replace('e = "{b.c}"', f'e = "{tie}", f = "{{b.e}}"'))
    a, b = entries(path)
    assert a.name == "a"
    with pytest.raises(InputError, match=problem):
        raise b.problem


def test_one_name_has_one_statement():
    first = next(iter(headings.headings().values()))
    again = replace(first, section="other")
    with pytest.raises(InputError, match="stands in dynamics and in other"):
        headings._by_name([first, again])


def test_what_is_told_without_reading_is_what_is_read():
    told = headings.headings()
    assert tuple(told) == tuple(claim.name for claim in CLAIMS)
    for claim in (*CLAIMS, *(h.claim for h in headings.lemmas().values())):
        heading = {**told, **headings.lemmas()}[claim.name]
        assert (heading.title, heading.key) == (claim.title, claim.source.key)
        assert heading.number == claim.source.statement
    assert set(headings.steps()) == set(library().steps)


def test_stored_headings_are_of_the_programs_as_they_are(monkeypatch, tmp_path):
    """If this fails: python -c "from theory.catalogue import headings; headings.store()"."""
    stored = json.loads(headings._STORED.read_text(encoding="utf-8"))
    assert stored["programs"] == headings._digest()
    told = headings._of_programs()
    stale = {**stored, "programs": "0" * 64}
    stale["headings"] = [{**row, "title": "of yesterday"} for row in stored["headings"]]
    for text in (json.dumps(stale), "{", "[]", json.dumps({"programs": stored["programs"]})):
        monkeypatch.setattr(headings, "_STORED", tmp_path / "headings.json")
        headings._STORED.write_text(text, encoding="utf-8")
        assert headings._of_programs() == told


def test_names_in_a_row_share_a_domain():
    made = statement({"x, y": "positive", "v_1..v_2, z": "real"}, "x + y >= z - v_1 - v_2")
    assert dict(made.variables) == {
        **dict.fromkeys(("x", "y"), "positive"),
        **dict.fromkeys(("v_1", "v_2", "z"), "real"),
    }
    for wrong in ("x, x", "x,", ", x", "x,  y", "x y"):
        with pytest.raises(InputError):
            statement({wrong: "real"}, "0 <= 1")


# --- families: written out in the files, here by their rule ---


def powers(p):
    terms = (f"(A + D)**{p - 1 - i}*D*A**{i}" for i in range(p))
    return f"(A + D)**{p} - A**{p} == {' + '.join(terms)}"


def swaps(p):
    return f"T(V)*(V*T(V))**{p}*V == (T(V)*V)**{p + 1}"


def equal_layers(n, j):
    return f"T(S**{n - j})*(S**{n} - F)*T(S**{j - 1}) == S**{n - 1}*(S**{n} - F)"


def reductions(depth, index):
    above, below = ("*".join(["(U*D*T(U))"] * n) or "I" for n in (depth - index, index - 1))
    return f"T({above})*E*T({below}) == U*D**{depth - 1}*(D**{depth} - F)*T(U)"


def fixed_points(n):
    total = " + ".join(f"p**{j}*lam**{n - 1 - j}" for j in range(n))
    return (
        f"p - (lam + eta*lam**{n - 1}*(p**{n} - lam**{n})) "
        f"== (p - lam)*(1 - eta*lam**{n - 1}*({total}))"
    )


LAYERS = ((2, 1), (2, 2), (4, 1), (4, 2), (4, 3))
FAMILIES = (
    *((f"arora-lemma-5-power-{p}", powers(p)) for p in (2, 3, 4)),
    *((f"arora-lemma-5-swap-{p}", swaps(p)) for p in (1, 2, 3)),
    *((f"arora-claim-5-layers-{n}-{j}", equal_layers(n, j)) for n, j in LAYERS),
    *((f"bartlett-reduction-{n}-{i}", reductions(n, i)) for n in (2, 3) for i in range(1, n + 1)),
    *((f"bartlett-fixed-point-{n}", fixed_points(n)) for n in (2, 3, 5, 8)),
)


@pytest.mark.parametrize(("name", "rule"), FAMILIES)
def test_a_member_of_a_family_is_what_its_rule_gives(name, rule):
    claim = next(c for c in CLAIMS if c.name == name)
    assert claim.statement.conclusion == claim.statement.but(rule).conclusion
    assert claim.mutant.conclusion != claim.statement.conclusion


@pytest.mark.parametrize("part", ["key", "number", "sureness"])
@pytest.mark.parametrize("value", [[], {}, [1], 1, 1.5, True, "nothing", ""], ids=repr)
def test_a_source_of_another_kind_is_refused_in_one_line(part, value):
    source = {"key": "lemmata", "number": "1", "sureness": "read"}
    assert source_of("a", source).statement == "1"
    if (part, value) in (("number", "nothing"), ("number", "")):
        return
    with pytest.raises(InputError) as wrong:
        source_of("a", {**source, part: value})
    assert str(wrong.value).isprintable()
