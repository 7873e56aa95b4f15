"""What is kept and can be computed again is as it was written, or as good as not there."""

import json
import os
import signal

import pytest

from proofs.evidence import cached, coq_run, kernel
from proofs.evidence.coq_record import KernelResult
from proofs.export import run
from theory.tools import ToolMissing

VALUE = [{"theorem": "t", "statement": "1 < 2", "axioms": ["a"], "seconds": 0.5, "file": "T.v"}]


def test_a_damaged_cache_is_none(tmp_path):
    path = tmp_path / "deep" / "kernel.json"
    cached.keep(path, VALUE)
    assert cached.recalled(path) == VALUE
    whole = path.read_bytes()
    for place in range(0, len(whole), 3):
        for bit in range(8):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
            assert cached.recalled(path) is None
        path.write_bytes(whole[:place])
        assert cached.recalled(path) is None


@pytest.mark.parametrize("text", ["", "[]", "1", "[" * 9000, "9" * 5000, '{"digest": 1}', "\udcff"])
def test_what_is_no_cache_is_none(text, tmp_path):
    path = tmp_path / "it.json"
    path.write_text(text, errors="surrogateescape")
    assert cached.recalled(path) is None
    assert run.recalled(path) is None
    assert kernel.remembered(path, {}) == {}
    cached.keep(path, VALUE)  # and is replaced
    assert cached.recalled(path) == VALUE


FORGED = [
    *(1, [], [1], [[1]], {}, {"verdict": "accepted"}, [{"theorem": "t"}], [{"axioms": []}], "abc"),
    *([{"axioms": 1}], [{**VALUE[0], "more": 1}], [{**VALUE[0], "theorem": []}]),
    *({"verdict": "accepted", "reason": "", "axioms": axioms} for axioms in (1, [1], [[]], ["ad"])),
]


@pytest.mark.parametrize("value", FORGED, ids=repr)
def test_what_something_else_kept_whole_is_none(value, tmp_path):
    cached.keep(tmp_path / "it.json", value)
    assert cached.recalled(tmp_path / "it.json") == value
    assert run.recalled(tmp_path / "it.json") is None
    entry = kernel.Entry("t", "t", "T", "1 < 2", "", "", "", "", ())
    assert kernel.remembered(tmp_path / "it.json", {"t": entry}) == {}


@pytest.mark.skipif(os.name != "posix", reason="files have no owners here")
def test_nobody_plants_what_coq_accepted(tmp_path, monkeypatch):
    """In a cache that is shared, what another user wrote, or may have written, is not there."""
    path, accepted = tmp_path / "it.json", run.Outcome("accepted", "", ())
    before = os.umask(0)
    try:
        run.store(path, accepted)
    finally:
        os.umask(before)
    assert run.recalled(path) is not None
    for mode in (0o620, 0o602, 0o666):
        path.chmod(mode)
        assert run.recalled(path) is None
    path.chmod(0o600)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    assert run.recalled(path) is None


@pytest.mark.skipif(os.name != "posix", reason="links want a right here")
def test_nobody_has_a_cache_written_elsewhere(tmp_path):
    precious = tmp_path / "precious"
    precious.write_text("as it was")
    (tmp_path / f".it.json.{os.getpid()}").symlink_to(precious)
    cached.keep(tmp_path / "it.json", VALUE)
    assert precious.read_text() == "as it was"


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "it.json", tmp_path / ("a" * 300), tmp_path):
        cached.keep(path, VALUE)
        assert cached.recalled(path) is None
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_no_cache_is_waited_for(tmp_path):
    os.mkfifo(tmp_path / "it.json")
    cached.keep(tmp_path / "it.json", VALUE)
    assert cached.recalled(tmp_path / "it.json") is None


def test_an_outcome_of_coq_comes_back_only_as_it_was_accepted(tmp_path):
    path, outcome = (
        tmp_path / "it.json",
        run.Outcome("accepted", "", ("functional_extensionality",)),
    )
    run.store(path, outcome)
    known = run.recalled(path)
    assert known is None or known.axioms == outcome.axioms
    path.write_text(json.dumps({"verdict": "accepted", "reason": "", "axioms": []}))
    assert run.recalled(path) is None
    row = KernelResult("t", "1 < 2", ("a",), 0.5, "T.v")
    entry = kernel.Entry("t", "t", "T", "1 < 2", "", "", "", "", ())
    cached.keep(path, VALUE)
    assert kernel.remembered(path, {"t": entry}) == {"t": row}


@pytest.mark.skipif(not hasattr(signal, "SIGCHLD"), reason="other systems have no such signal")
@pytest.mark.parametrize("compiled", [coq_run.coqc, run.coqc])
def test_no_exit_code_is_trusted_that_cannot_be_known(compiled, tmp_path):
    """Where SIGCHLD is ignored, Python says 0 of every process, a compiler's refusal included."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with pytest.raises(ToolMissing, match="SIGCHLD"):
            compiled(tmp_path, "a.v", 1)
    finally:
        signal.signal(signal.SIGCHLD, before)
