"""Theorem files: what a proof names is there, what is there is named, and nothing goes round."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from theory.claims import Claim, Source, statement
from theory.errors import InputError
from theory.theorems import Known, load, prose
from theory.theorems.model import Cited

HEAD = """
[theorem]
title = "A theorem"
source = {{key = "lemmata", number = "Theorem {number}", sureness = "re-derived"}}
words = "For all x, x <= x + 1."
latex = 'x\\le x+1'
"""


def claim(name, conclusion="x <= x + 1", domain="real"):
    made = statement({"x": domain}, conclusion)
    return Claim(
        name, name, Source("lemmata", "a test", "re-derived"), made, made.but("x >= x + 1")
    )


def known(pages=None, kernel=(), cited=(), claims=("first-step", "second-step")):
    return Known(
        claims={n: claim(n) for n in claims} | {"a-run": claim("a-run", domain="measured")},
        kernel={n: n for n in kernel},
        cited={n: Cited(n, "fact", "fact", "somewhere") for n in cited},
        pages=pages or {},
        read_step=lambda where, name, table: claim(name, table["conclusion"]),
    )


def written(folder, **files):
    paper = folder / "lemmata"
    paper.mkdir(exist_ok=True)
    for number, (name, rest) in enumerate(files.items()):
        text = HEAD.format(number=number) + rest
        (paper / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_proof_is_a_sequence_of_inferences_that_name_their_steps(tmp_path):
    proof = '''proof = """
**(a) First.** Something follows [first-step].

    x <= x + 1                                   (1)

and goes on below the display [cited-fact].

* An item [second-step, first-step].
* Prose alone.
"""'''
    folder = written(tmp_path, one=proof)
    library = load(folder, known(cited=["cited-fact"]))
    first, item, alone = library.theorems["lemmata/one"].inferences
    assert first.uses == ("first-step", "cited-fact")
    assert first.label.startswith("(a) First")
    assert item.uses == ("second-step", "first-step")
    assert alone.uses == ()
    assert library.rest_on("first-step") == ("lemmata/one",)


def test_a_star_stands_for_every_ending(tmp_path):
    folder = written(tmp_path, one='proof = "All of them [f*-step, second-*]."')
    (inference,) = load(folder, known()).theorems["lemmata/one"].inferences
    assert inference.uses == ("first-step", "second-step")
    folder = written(tmp_path, one='proof = "All of them [third-*]."')
    with pytest.raises(InputError, match=re.escape("dead reference [third-*]")):
        load(folder, known())


WRONG = {
    "dead reference": (
        'proof = "From [third-step]."',
        "one.toml: proof: dead reference [third-step]",
    ),
    "unknown kernel": ('kernel = "nothing"', "one.toml: unknown reference 'nothing'"),
    "wrong kind": ('claims = ["a-run"]', "one.toml: claims: 'a-run' is a guarantee"),
    "unknown key": ('why = "x"\nkey = 1', "one.toml: theorem: unknown key 'key'"),
    "nothing speaks": ("", "one.toml: why: nothing speaks for this statement: say why"),
    "unused step": (
        'why = "x"\n[step.own]\nconclusion = "x <= x + 1"',
        "one.toml: step.own: is used nowhere in the proof",
    ),
    "step with a taken name": (
        'proof = "From [first-step]."\n[step.first-step]\nconclusion = "x <= x + 1"',
        "one.toml: step.first-step: this name has another statement already",
    ),
    "page and proof": (
        'proof = "x"\npage = "a.md"',
        "one.toml: proof: either a proof or a page, not both",
    ),
    "no such page": ('page = "b.md"', "one.toml: page: there is no page 'b.md'"),
    "no such section": (
        'page = "a.md#Three"',
        "one.toml: page: no section begins with 'Three'",
    ),
    "repaired by nothing": (
        'printed = {refuted_by = "first-step", words = "x", repaired = "first-step"}',
        "one.toml: printed: repaired names no theorem",
    ),
    "twice": ('kernel = ["k-1", "k-1"]', "one.toml: kernel: a name stands twice"),
}


@pytest.mark.parametrize("what", WRONG)
def test_whatever_is_wrong_is_one_line_that_names_file_and_key(tmp_path, what):
    rest, line = WRONG[what]
    folder = written(tmp_path, one=rest)
    with pytest.raises(InputError) as wrong:
        load(folder, known({"a.md": "# One\n\n## Two\n\nText.\n"}, kernel=["k-1"]))
    assert str(wrong.value) == f"lemmata/{line}"


def test_theorems_do_not_rest_on_each_other_in_a_circle(tmp_path):
    folder = written(
        tmp_path,
        one='proof = "By [lemmata/two]."',
        two='proof = "By [lemmata/three]."',
        three='proof = "By [lemmata/one]."',
    )
    with pytest.raises(InputError, match=r"a circle: .*one.*two.*three"):
        load(folder, known())


def test_what_falls_with_a_step(tmp_path):
    folder = written(
        tmp_path,
        one='proof = "By [lemmata/two]."',
        two='proof = "By [first-step]."',
        three='proof = "By [second-step]."',
    )
    library = load(folder, known())
    assert library.falling("first-step") == ("lemmata/two", "lemmata/one")
    assert library.falling("second-step") == ("lemmata/three",)
    assert library.falling("lemmata/one") == ()


def test_one_name_has_one_statement(tmp_path):
    with pytest.raises(InputError, match=r"first-step: is a claim and a kernel theorem"):
        load(written(tmp_path, one='why = "x"'), known(kernel=["first-step"]))
    own = 'proof = "From [own-step]."\n[step.own-step]\nconclusion = "x <= x + 1"'
    with pytest.raises(InputError, match=r"two.toml: step.own-step: lemmata/one has a step of"):
        load(written(tmp_path, one=own, two=own), known())


def test_the_folder_is_the_paper(tmp_path):
    text = HEAD.format(number=1).replace('"lemmata"', '"shamir2019"') + 'why = "x"'
    (tmp_path / "lemmata").mkdir()
    (tmp_path / "lemmata" / "one.toml").write_text(text)
    with pytest.raises(InputError, match=r"one.toml: source: the folder says 'lemmata'"):
        load(tmp_path, known())


def test_lemma_5_comes_before_lemma_13(tmp_path):
    folder = written(tmp_path, lemma_13='why = "x"', lemma_5='why = "x"', lemma_5_b='why = "x"')
    names = [n.partition("/")[2] for n in load(folder, known()).theorems]
    assert names.index("lemma-5") < names.index("lemma-13")


PAGE = """# Page

## 1. First

**Theorem.** It holds.

*Proof.* Because [first-step]. ∎ Moreover [second-step].

A remark [second-step].

## 2. Two proofs

**Lemma 2.** This. *Proof* hidden.

One [first-step]. ∎

**Theorem 3.** That.

Two [second-step]. ∎
"""


@pytest.mark.parametrize(
    ("place", "steps"),
    [
        ("1. First", {"first-step"}),
        ("1. First#*", {"first-step", "second-step"}),
        ("2. Two", {"first-step"}),
        ("2. Two#**Theorem 3", {"second-step"}),
    ],
)
def test_a_proof_is_read_off_a_page_up_to_its_end_mark(tmp_path, place, steps):
    folder = written(tmp_path, one=f'page = "page.md#{place}"')
    theorem = load(folder, known({"page.md": PAGE})).theorems["lemmata/one"]
    assert {n for i in theorem.inferences for n in i.uses} == steps


@pytest.mark.parametrize("text", ["[0, 1]", "[v, v + h]", "[½, 1)", "[x](y)", "a[i,j]", "[B-1]"])
def test_brackets_of_mathematics_are_no_references(text):
    assert prose.references(text) == []


def test_the_digest_is_of_the_statement_alone(tmp_path):
    def digest(rest):
        return load(written(tmp_path, one=rest), known()).theorems["lemmata/one"].digest

    assert digest('why = "x"') == digest('proof = "By [first-step]."')
    assert digest('why = "x"') != digest('why = "x"\nhypotheses = {h = "x > 0"}')


def test_a_file_that_is_no_toml_is_one_line(tmp_path):
    (tmp_path / "lemmata").mkdir()
    path = Path(tmp_path / "lemmata" / "one.toml")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match=r"cannot be read"):
        load(tmp_path, known())


# --- numbers come from the steps ---

TIED = """
[theorem]
title = "At most {small-step.c}"
source = {key = "lemmata", number = "Theorem 1", sureness = "re-derived"}
words = "For all x, x <= x + {small-step.c}."
latex = 'x\\le x+{small-step.c}'
hypotheses = {h = "x >= {small-step.c}"}
constants = {c = "{small-step.c} at most"}
proof = "By [small-step]."
"""


def tied(folder, value, text=TIED):
    made = statement({"x": "real"}, "x <= x + c", constants={"c": value})
    step = Claim("small-step", "a step", Source("lemmata", "a test"), made, made.but("x >= x + c"))
    everything = known()
    claims = {**everything.claims, step.name: step}
    paper = folder / "lemmata"
    paper.mkdir(exist_ok=True)
    (paper / "one.toml").write_text(text, encoding="utf-8")
    return load(folder, replace(everything, claims=claims)).theorems["lemmata/one"]


def test_a_theorem_prints_the_numbers_of_its_steps(tmp_path):
    for value in ("1.25", "0.01", "12"):
        theorem = tied(tmp_path, value)
        shown = str(int(value)) if value == "12" else {"1.25": "5/4"}.get(value, value)
        assert theorem.title == f"At most {shown}"
        assert theorem.words == f"For all x, x <= x + {shown}."
        assert dict(theorem.hypotheses) == {"h": f"x >= {shown}"}
        assert dict(theorem.constants) == {"c": f"{shown} at most"}
        assert theorem.ties == (("small-step", "c"),)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("x + {small-step.c}.", "x + 0.01.", "0.01 is {small-step.c}, and typed by hand"),
        ('"x >= {small-step.c}"', '"x >= 0.01"', "typed by hand"),
        ('"{small-step.c} at most"', '"{small-step.d}"', "no such constant (its constants: c)"),
        ('"{small-step.c} at most"', '"{smal-step.c}"', "no claim is called 'smal-step'"),
        ("By [small-step]", "By [first-step]", "its proof does not rest on 'small-step'"),
    ],
)
def test_a_number_that_is_not_the_steps_is_refused(old, new, problem, tmp_path):
    with pytest.raises(InputError, match=re.escape(problem)):
        tied(tmp_path, "0.01", TIED.replace(old, new))
