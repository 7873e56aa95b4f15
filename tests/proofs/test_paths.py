"""What a command writes is no file that it reads, nor another that it writes."""

import json

import pytest
from click.testing import CliRunner

from proofs.cli import lemmata

CLAIM = """[b]
variables = {x = "nonnegative"}
constants = {c = "0.55"}
conclusion = "x**2*exp(-x) <= c"
sharpen = "c"
"""
TWICE = [
    ("sweep depth --store it --export it", "export"),
    ("sweep depth --store it --salvage it", "salvage"),
    ("report it a.toml::b --resume it", "resume"),
    ("report it a.toml::b --resume ./it", "resume"),
    ("report it a.toml::b --results it", "results"),
    ("report it a.toml::b --store it", "store"),
    ("plot escape it --store it", "store"),
    ("export a.toml::b --output a.toml", "output"),
    ("sharpen a.toml::b --certificate a.toml", "certificate"),
    ("sharpen a.toml::b --certificate it --figure it", "figure"),
    ("refute a.toml::b --script a.toml", "script"),
]


@pytest.mark.parametrize(("words", "named"), TWICE, ids=[w for w, _ in TWICE])
@pytest.mark.parametrize("there", [False, True])
def test_no_file_is_two_arguments(words, named, there, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM)
    if there:
        (tmp_path / "it").write_text("kept")
    found = CliRunner().invoke(lemmata, words.split())
    assert found.exit_code != 0
    assert f"{named}: " in str(found.exception or found.output)
    assert (tmp_path / "a.toml").read_text() == CLAIM
    assert not there or (tmp_path / "it").read_text() == "kept"
    assert {p.name for p in tmp_path.iterdir()} <= {"a.toml", "it"}
    assert there or not (tmp_path / "it").exists()


def test_one_argument_may_name_a_file_twice(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM)
    found = CliRunner().invoke(lemmata, ["list", "a.toml", "a.toml"])
    assert "is also what" not in str(found.exception or found.output)


@pytest.mark.parametrize(
    ("words", "named"),
    [("refute a.toml::b --seed -1", "seed"), ("compare --runs 10000000000", "runs")],
)
def test_a_number_beyond_its_range_is_an_argument(words, named, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM)
    found = CliRunner().invoke(lemmata, words.split())
    assert named in str(found.exception or found.output)


@pytest.mark.parametrize("words", ["--markdown --check a.toml", "shamir2019 --markdown"])
def test_no_argument_of_theorems_is_ignored(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM)
    found = CliRunner().invoke(lemmata, ["theorems", *words.split()])
    assert found.exit_code != 0
    assert "markdown" in str(found.exception or found.output)


def test_certificates_of_one_name_are_not_written_over_each_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(CLAIM)
    both = ["verify", "a.toml::b", "b.toml::b", "--certificates", "c", "--jobs", "1"]
    found = CliRunner().invoke(lemmata, both)
    assert "two claims are called 'b'" in str(found.exception or found.output)
    assert not (tmp_path / "c").exists()


BESIDE = [  # a figure is two files, and a certificate is called like its claim
    ("plot escape it --store it.png", "it.png", "--store"),
    ("plot escape it.png --store it.svg", "it.svg", "--store"),
    ("sharpen a.toml::b --certificate it.svg --figure it", "it.svg", "--figure"),
    ("verify it.json --certificates .", "it.json", "--certificates"),
    ("verify it.json --certificates ./", "notes.toml", "--certificates"),
]


@pytest.mark.parametrize(("words", "kept", "named"), BESIDE, ids=[w for w, *_ in BESIDE])
def test_no_file_that_an_argument_stands_for_is_another(words, kept, named, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM)
    claims = '{"it": {"variables": {"x": "real"}, "conclusion": "x**2 >= 0"}}'
    for name in ("it.json", kept):
        (tmp_path / name).write_text(claims)
    before = {p.name: p.read_text() for p in tmp_path.iterdir()}
    found = CliRunner().invoke(lemmata, words.split())
    assert found.exit_code != 0
    assert f"{named}: " in str(found.exception or found.output)
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == before


def test_certificates_replace_certificates(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.toml").write_text(CLAIM.replace("0.55", "4"))
    asked = ["verify", "a.toml", "--certificates", ".", "--jobs", "1"]
    assert CliRunner().invoke(lemmata, asked).exit_code == 0
    first = (tmp_path / "b.json").read_bytes()
    (tmp_path / "b.json").write_text(json.dumps(json.loads(first), indent=2))
    assert CliRunner().invoke(lemmata, asked).exit_code == 0
    assert (tmp_path / "b.json").read_bytes() == first


def test_a_name_that_is_left_out_is_not_every_name(tmp_path):
    file = tmp_path / "a.toml"
    file.write_text(CLAIM)
    for command in ("verify", "show", "refute", "sharpen", "audit", "export"):
        found = CliRunner().invoke(lemmata, [command, f"{file}::"])
        assert "after ::" in str(found.exception)
