"""The GitHub action and the pre-commit hook, run here as far as a machine without them can."""

import os
import re
import shutil
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


@pytest.mark.sample(2)
@pytest.mark.parametrize("files", ["$(touch pwned)", "`touch pwned`", "; touch pwned", "--help"])
def test_inputs_of_the_action_are_names_and_never_commands(runner, tmp_path, files):
    assert runner(files).returncode == 2
    assert not (tmp_path / "pwned").exists()


PIP = """#!/bin/sh
echo "$@" >>"{log}"
while [ $# -gt 0 ]; do
  if [ "$1" = -c ] && [ ! -f "$2" ]; then exit 1; fi
  shift
done
"""


@pytest.mark.parametrize("pinned", [True, False])
def test_the_action_installs_a_folder_with_its_pins_and_a_wheel_without(pinned, tmp_path):
    source, log, programs = tmp_path / "source", tmp_path / "log", tmp_path / "programs"
    programs.mkdir()
    (tmp_path / "pip").write_text(PIP.format(log=log))
    (programs / "python").write_text(
        f'#!/bin/sh\nmkdir -p "$3/bin" && cp {tmp_path}/pip "$3/bin/pip" && chmod +x "$3/bin/pip"\n'
    )
    (programs / "python").chmod(0o755)
    if pinned:
        source.mkdir()
        (source / "constraints.txt").touch()
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "RUNNER_TEMP": str(tmp_path)}
    environment |= {"SOURCE": str(source), "EXTRAS": "search"}
    done = subprocess.run(["bash", str(ACTION / "run.sh"), "install"], env=environment, check=False)
    assert done.returncode == 0
    first, *more = log.read_text().splitlines()
    assert first == f"install --quiet -c {source}/constraints.txt {source}[search]"
    assert more == ([] if pinned else [f"install --quiet {source}[search]"])


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pre-commit") is None, reason="pre-commit is not installed")
def test_pre_commit_takes_the_hook_from_a_clone(tmp_path):
    """It builds an environment of its own, so it needs a package index."""
    for command in (["clone", "-q", str(ROOT), "hook"], ["init", "-q", "mine"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    mine = tmp_path / "mine"
    (mine / "lemmas.toml").write_text(FIRST.read_text())
    (mine / "my_lemmas.toml").write_text(LIE)
    subprocess.run(["git", "add", "."], cwd=mine, check=True)
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache")}
    for name, code in (("lemmas.toml", 0), ("my_lemmas.toml", 1)):
        command = ["pre-commit", "try-repo", "../hook", "lemmata-verify", "--files", name]
        done = subprocess.run(command, cwd=mine, env=environment, capture_output=True, check=False)
        assert done.returncode == code, done.stdout


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
