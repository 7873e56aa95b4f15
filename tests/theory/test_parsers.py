"""What a parser of TOML or JSON cannot take is one line, whoever reads the file."""

import json

import pytest

from numerics.matrices.count import Network
from numerics.sweeps import spec
from theory import chains, claim_files, files
from theory.errors import InputError
from theory.theorems import reading

ENDLESS = ("1e" + "9" * 30, "-1E-" + "9" * 22, "0.5e+" + "1" * 400)
LONG = ("9" * 5000, "-" + "1" * 9999)
BASES = ("0x" + "F" * 4000, "0o" + "7" * 9999, "0b" + "1" * 20_000)
"""Python's own limit on digits is for those of base ten only."""


def one_line(read, *arguments):
    with pytest.raises(InputError) as wrong:
        read(*arguments)
    line = str(wrong.value)
    assert line.isprintable()
    assert "set_int" not in line
    return line


@pytest.mark.parametrize("number", [*ENDLESS, *LONG], ids=lambda n: n[:6] + str(len(n)))
def test_a_number_without_end_is_one_line_in_every_file(number, tmp_path):
    toml, made = tmp_path / "it.toml", tmp_path / "it.json"
    toml.write_text(f"[a]\nconstants = {{c = {number}}}\n")
    made.write_text(f'{{"a": {{"constants": {{"c": {number}}}}}}}')
    for read in (claim_files.tables, reading.read_cited, chains._toml):
        assert "digits" in one_line(read, toml)
    assert "digits" in one_line(claim_files.tables, made)
    one_line(spec.parse, f"step = {number}\n")


@pytest.mark.parametrize("number", BASES, ids=lambda n: n[:6])
def test_an_integer_in_another_base_has_no_more_digits(number, tmp_path):
    toml = tmp_path / "it.toml"
    for place in ("c = {}", "c = [1, [{}]]", "c = {{d = {}}}", "[[a]]\nb = 1\n[[a]]\nb = {}"):
        toml.write_text(place.format(number))
        for read in (claim_files.tables, reading.read_cited, chains._toml):
            assert "digits" in one_line(read, toml)
        assert "digits" in one_line(spec.parse, place.format(number))
    assert files.toml(f"c = 0x{'F' * 3000}")["c"] == 16**3000 - 1


def test_other_decimals_are_exact():
    assert str(files.decimal("0.10")) == "0.10"
    assert files.decimal("1e-300").adjusted() == -300


@pytest.mark.parametrize(
    "text", ["[" * 200_000, '{"a":' * 50_000, '{"a": 1, "a": 2}', "\ufeff{}", "{} x", "NaN", ""]
)
def test_json_that_is_none_is_one_line(text, tmp_path):
    made = tmp_path / "it.json"
    made.write_text(text, encoding="utf-8")
    one_line(claim_files.tables, made)


def test_a_key_that_stands_twice_is_refused_in_every_file_of_json(tmp_path):
    """A parser would take the last, whichever was meant."""
    claim, network = tmp_path / "c.json", tmp_path / "n.json"
    claim.write_text('{"a": {"variables": {}, "conclusion": "1 >= 0", "conclusion": "1 < 0"}}')
    network.write_text('{"layers": [[[1]]], "layers": [[[2]]], "inputs": [[1]], "outputs": [[1]]}')
    for read, path in ((claim_files.tables, claim), (Network.read, network)):
        with pytest.raises(InputError, match="stands twice"):
            read(path)


def test_a_title_may_be_any_text_that_a_terminal_does_not_obey(tmp_path):
    made = tmp_path / "it.json"
    claim = {"variables": {"x": "real"}, "conclusion": "x**2 >= 0", "title": "\ud800"}
    made.write_text(json.dumps({"a": claim}))
    assert "control character" in one_line(claim_files.load, made)
