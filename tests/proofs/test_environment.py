"""What variables of the environment say is looked at as what is typed is."""

import pytest
from test_border import main

from theory.files import cache


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"LEMMATA_DEBUG": "yes"}, "LEMMATA_DEBUG: 0 or 1"),
        ({"_LEMMATA_COMPLETE": "garbage"}, "_LEMMATA_COMPLETE: bash_source"),
        ({"_LEMMATA_COMPLETE": "csh_source"}, "_LEMMATA_COMPLETE: bash_source"),
        ({"_LEMMATA_COMPLETE": "zsh_complete"}, "_LEMMATA_COMPLETE: COMP_WORDS"),
        (
            {"_LEMMATA_COMPLETE": "bash_complete", "COMP_WORDS": "lemmata 's", "COMP_CWORD": "x"},
            "_LEMMATA_COMPLETE: COMP_WORDS",
        ),
    ],
)
def test_what_the_environment_says_is_looked_at_too(variables, named, monkeypatch, capsys):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    code, said = main(["list", "descent"], monkeypatch, capsys)
    assert code == 2
    assert said.startswith(f"lemmata: {named}")
    assert said.count("\n") == 1


def test_debugging_may_be_switched_off_by_a_number(monkeypatch, capsys):
    monkeypatch.setattr("proofs.commands.refute.resolve", lambda _: 1 / 0)
    for value, lines in (("", 1), ("0", 1)):
        monkeypatch.setenv("LEMMATA_DEBUG", value)
        assert main(["refute", "x"], monkeypatch, capsys)[1].count("\n") == lines


def test_a_cache_is_kept_in_no_folder_that_happens_to_be_the_working_one(monkeypatch):
    for home in ("relative", "", "."):
        monkeypatch.setenv("XDG_CACHE_HOME", home)
        assert cache().is_absolute()
