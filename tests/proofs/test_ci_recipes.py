"""The GitHub action and the pre-commit hook, run here as far as a machine without them can."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ACTION = ROOT / ".github" / "actions" / "verify"
FIRST = ROOT / "tests" / "fixtures" / "lemmas" / "first.toml"
LIE = '[lie]\nvariables = {x = "real"}\nconclusion = "x**2 >= x"\n'


@pytest.fixture
def runner(tmp_path):
    """What a runner of actions gives a step: a temporary folder, and an installed command."""
    programs = tmp_path / "lemmata" / "bin"
    programs.mkdir(parents=True)
    for name, module in (("lemmata", "-m proofs"), ("python", "")):
        script = f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" {module} "$@"\n'
        (programs / name).write_text(script)
        (programs / name).chmod(0o755)
    outputs = {"GITHUB_OUTPUT": tmp_path / "output", "GITHUB_STEP_SUMMARY": tmp_path / "summary"}
    for file in outputs.values():
        file.touch()

    def run(files):
        environment = {**os.environ, "RUNNER_TEMP": str(tmp_path), "FILES": files, "BUDGET": "5"}
        environment |= {name: str(file) for name, file in outputs.items()}
        command = ["bash", str(ACTION / "run.sh"), "verify"]
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    return run


def test_the_action_passes_what_stands(runner, tmp_path):
    done = runner(str(FIRST))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "output").read_text() == f"report={tmp_path}/lemmata.json\n"
    assert "| bernoulli | proved | certificate | refuted |" in (tmp_path / "summary").read_text()


def test_the_action_fails_for_what_is_false(runner, tmp_path):
    (tmp_path / "lie.toml").write_text(LIE)
    assert runner(f"{FIRST}\n{tmp_path}/lie.toml").returncode == 1
    assert "| lie | refuted |" in (tmp_path / "summary").read_text()


@pytest.mark.parametrize("files", ["$(touch pwned)", "`touch pwned`", "; touch pwned", "--help"])
def test_inputs_of_the_action_are_names_and_never_commands(runner, tmp_path, files):
    assert runner(files).returncode == 2
    assert not (tmp_path / "pwned").exists()


def test_the_action_puts_no_input_into_a_script():
    text = (ACTION / "action.yml").read_text()
    scripts = re.findall(r"run: (.*)", text)
    assert scripts
    assert not any("${{" in script for script in scripts)


def test_the_hook_runs_the_command_on_files_of_claims():
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text()
    entry = re.search(r"entry: lemmata (\w+)", hook)[1]
    files = re.compile(re.search(r"files: (.*)", hook)[1])
    assert files.search("sub/lemmas.toml")
    assert files.search("my_lemmas.toml")
    assert not files.search("pyproject.toml")
    command = [sys.executable, "-m", "proofs", entry, str(FIRST)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert "lemmata" in scripts
