"""A disk that is full: one line, nothing half-written, and the work goes on when space returns.

The disk is a tmpfs of nine megabytes, which only root may mount; elsewhere these tests say so.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KB = 1024
CLAIMS = '[a]\nvariables = {x = "real"}\nconclusion = "x**2 + 1 > 0"\n'
SWEEP = """
depth = [2, 3]
init = "near-identity:0.2"
loss = "(p+1)**2/2"
step = 0.05
until = "abs(p+1) <= 1/2"
seeds = 100
engine = "float"
"""
# Each with the room in which it fails: nothing, a little, or all but what the last file needs.
COMMANDS = {
    "sweep": ("sweep", "s.toml", "--jobs", "1", "--export", "rows.csv"),
    "verify": ("verify", "c.toml", "--jobs", "1", "--resume", "rows", "--certificates", "kept"),
    "report": ("report", "page.html", "c.toml", "--jobs", "1"),
    "plot": ("plot", "slack", "c.toml", "a.png"),
    "export": ("export", "c.toml", "-o", "a.v"),
    "init": ("init", "mine.toml"),
}
ROOMS = [(name, room) for name in COMMANDS for room in (0, 3, 30) if (name, room) not in {
    *(("verify", 30), ("export", 3), ("export", 30), ("init", 3), ("init", 30)),
}]  # fmt: skip
pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="mounts")]


@pytest.fixture
def disk(tmp_path):
    """A small disk, with the inputs on it."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=9m", "tmpfs", str(place)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no disk may be mounted here")
    (place / "c.toml").write_text(CLAIMS)
    (place / "s.toml").write_text(SWEEP)
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk, kilobytes):
    """Leave so much room."""
    with (disk / "filler").open("wb") as filler:
        free = os.statvfs(disk)
        filler.write(b"x" * max(0, free.f_bavail * free.f_bsize - kilobytes * KB))


def run(name, folder):
    return subprocess.run(
        [sys.executable, "-m", "proofs", *COMMANDS[name]],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )


def found(disk):
    """What is on the disk, but for stores and ledgers, which answer by their use."""
    return {
        path.relative_to(disk).as_posix(): re.sub(rb"\d+\.\d+", b"", path.read_bytes())
        for path in sorted(disk.rglob("*"))
        if path.is_file() and path.name not in ("filler", "rows") and ".sqlite" not in path.name
    }


@pytest.mark.parametrize(("name", "room"), ROOMS)
def test_a_full_disk_is_one_line_and_the_work_goes_on_when_space_returns(disk, name, room):
    before = found(disk)
    fill(disk, room)
    full = run(name, disk)
    assert full.returncode == 2, full
    (line,) = full.stderr.splitlines()
    assert re.search("No space left on device|disk is full", line)
    assert {n: c for n, c in found(disk).items() if n in before} == before
    assert not {n for n in found(disk) if Path(n).name.startswith(".")}  # nothing on the way
    (disk / "filler").unlink()
    again = run(name, disk)
    assert again.returncode == 0, again
    made = found(disk)
    for path in disk.iterdir():
        if path.name not in ("c.toml", "s.toml"):
            subprocess.run(["rm", "-r", str(path)], check=True)
    assert run(name, disk).returncode == 0
    assert found(disk) == made  # as if the disk had never been full
