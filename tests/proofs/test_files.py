"""Files that are none: a FIFO would be waited for, and a device replaced by a file."""

import os

import pytest

from tests.proofs.test_border import WRONG, main

UNWAITED = [
    ("check", "fifo"),
    ("verify", "fifo.toml"),
    ("theorem", "fifo.toml"),
    ("theorems", "--check", "fifo"),
    ("sweep", "fifo.toml"),
    ("report", "page.html", "--results", "fifo"),
    ("verify", "w.toml", "--resume", "fifo"),
    ("escape", "--loss", "p", "--weights", "@fifo", "--step", "1", "--until", "p < 0"),
    ("escape", "--network", "fifo", "--step", "1", "--until", "f < 1"),
    ("refute", "w.toml", "--script", "device"),
    ("export", "order-of-weights", "-o", "device"),
    ("report", "device.html", "w.toml", "--jobs", "1"),
    ("init", "device.toml"),
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
@pytest.mark.parametrize("arguments", UNWAITED, ids=" ".join)
def test_no_device_is_replaced_and_none_is_waited_for(arguments, tmp_path, monkeypatch, capsys):
    (tmp_path / "w.toml").write_text(WRONG)
    for suffix in ("", ".toml", ".html"):
        os.mkfifo(tmp_path / f"fifo{suffix}")
        (tmp_path / f"device{suffix}").symlink_to("/dev/null")
    monkeypatch.chdir(tmp_path)
    code, said = main(arguments, monkeypatch, capsys)
    assert code == 2
    (line,) = said.splitlines()
    assert "is not an ordinary file" in line
    assert all((tmp_path / f"device{suffix}").is_symlink() for suffix in ("", ".toml", ".html"))
