"""The price list of the core in the documentation is that of what ships, to one in twenty."""

import json
import re
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from proofs.core.rules import RULES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "pages" / "trust.md").read_text(encoding="utf-8")
CORE = ROOT / "proofs" / "core"
SHELF = sorted((ROOT / "proofs" / "certificates").glob("*/*.json"))


def steps(proof):
    """All steps of a proof, those within others too."""
    if isinstance(proof, dict):
        yield from [proof] if "rule" in proof else []
    inner = proof.values() if isinstance(proof, dict) else proof if isinstance(proof, list) else ()
    for part in inner:
        yield from steps(part)


@pytest.fixture(scope="module")
def counted():
    """Certificates, their steps, and how many use each rule, their lemmas' rules included."""
    read = [json.loads(path.read_text(encoding="utf-8")) for path in SHELF]
    used = [{s["rule"] for s in steps([c["proof"], c["lemmas"]])} for c in read]
    return {
        **Counter(rule for rules in used for rule in rules),
        "certificates": len(read),
        "steps": sum(len(list(steps(c["proof"]))) for c in read),
        "neither": sum(not rules & {"markov", "limit"} for rules in used),
        "layers": sum(bool(c["statement"].get("layers")) for c in read),
        "several": sum(isinstance(c["statement"]["conclusion"], list) for c in read),
    }


def number(pattern):
    return int(re.search(pattern, PAGE)[1].replace(",", ""))


def close(said, counted):
    return abs(said - counted) <= Fraction(counted, 20)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_buys_what_the_page_says(counted, rule):
    assert close(number(rf"\| `{rule}` \| \d+[^|]*\| (\d+)"), counted[rule])


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("certificates", r"What ships is (\d+)\s"),
        ("steps", r"certificates of ([\d,]+) steps"),
        ("neither", r"(\d+) of the \d+ need neither"),
        ("layers", r"most of `invariant` \| (\d+) \|"),
        ("several", r"\| several conclusions \| \d+ \| (\d+) \|"),
    ],
)
def test_the_shelf_is_as_large_as_the_page_says(counted, what, pattern):
    assert close(number(pattern), counted[what])


def test_the_page_has_one_size_of_the_shelf():
    assert (
        len({*re.findall(r"of the (\d+) (?:need|can)", PAGE), str(number(r"ships is (\d+)"))}) == 1
    )


def test_the_reader_s_hour_is_counted_in_the_lines_and_words_that_there_are():
    texts = {p.stem: p.read_text(encoding="utf-8") for p in CORE.glob("*.py")}
    words = sum(len(text.split()) for text in texts.values())
    assert close(number(r"the core has ([\d,]+) lines"), sum(t.count("\n") for t in texts.values()))
    assert close(number(r"lines, or ([\d,]+) words"), words)
    assert number(r"that is (\d+) minutes") == round(number(r"lines, or ([\d,]+) words") / 200)
    assert close(number(r"`probability`: ([\d,]+) words"), len(texts["probability"].split()))


def test_the_survivors_are_counted():
    listed = (ROOT / "tests" / "core" / "survivors.md").read_text(encoding="utf-8")
    parts = [len(re.findall(r"^    \S", part, re.M)) for part in listed.split("# Of the language")]
    said = re.search(r"(\d+)\s+of the core, (\d+) of the language", PAGE)
    assert all(close(int(n), part) for n, part in zip(said.groups(), parts, strict=True))


def test_an_old_number_is_noticed(counted):
    assert not close(round(counted["cone"] * 0.9), counted["cone"])
