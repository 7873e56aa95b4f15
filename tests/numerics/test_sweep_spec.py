"""Sweep files: read exactly, refused in one line; cells are named by what they are."""

import json
from contextlib import suppress
from dataclasses import asdict, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.sweeps import engines, setting
from numerics.sweeps.cells import Cell
from numerics.sweeps.engines import starts
from numerics.sweeps.spec import examples, load, parse
from numerics.sweeps.values import decimal_text
from theory.errors import InputError

BASE = {
    "depth": "[2, 3]",
    "init": '"gaussian"',
    "loss": '"(p+1)**2/2"',
    "step": "0.05",
    "until": '"abs(p+1) <= 1/2"',
    "seeds": "2",
    "engine": '"float"',
}


def toml(**changes):
    merged = {**BASE, **{k.replace("_", "-"): v for k, v in changes.items()}}
    return "\n".join(f"{key} = {value}" for key, value in merged.items() if value is not None)


def cell(**changes):
    return replace(parse(toml()).cells[0], **changes)


@given(
    st.sets(st.integers(1, 50), min_size=1, max_size=4),
    st.sets(st.sampled_from(["gaussian", "uniform", "near-identity:0.5"]), min_size=1),
    st.integers(1, 5),
    st.sets(st.sampled_from(["0.1", "0.05", "1e-3"]), min_size=1),
)
def test_the_cells_are_all_combinations(depths, inits, seeds, steps):
    listed = ", ".join(f'"{i}"' for i in inits)
    text = toml(
        depth=str(list(depths)), init=f"[{listed}]", seeds=seeds, step=f"[{', '.join(steps)}]"
    )
    found = parse(text).cells
    assert len(found) == len(depths) * len(inits) * seeds * len(steps)
    expected = {
        (k, i, s, Fraction(h)) for k in depths for i in inits for s in range(seeds) for h in steps
    }
    assert {(c.depth, c.init, c.seed, Fraction(c.step)) for c in found} == expected
    assert len({c.id for c in found}) == len(found)


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=5), st.integers(0, 2**40))
def test_adding_values_to_the_grid_changes_no_cell(seeds, another):
    few, more = (
        parse(toml(seeds=str(s), depth=d)).cells
        for s, d in ((seeds, "[3]"), ([*seeds, another], "[3, 7]"))
    )
    assert {c.id for c in few} <= {c.id for c in more}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"step": "0.05"}, {"step": '"1/20"'}),
        ({"step": "0.05"}, {"step": "5e-2"}),
        ({"loss": '"(p+1)**2/2"'}, {"loss": '" ( p + 1 ) ** 2 / 2"'}),
        ({"until": '"abs(p+1) <= 1/2"'}, {"until": '"0.5 >= abs(1 + p)"'}),
        ({"init": '"near-identity:0.2"'}, {"init": '"near-identity:1/5"'}),
        ({"depth": "[2, 3, 4]"}, {"depth": "{from = 2, to = 4}"}),
        ({"seeds": "3"}, {"seeds": "[0, 1, 2]"}),
        ({"depth": "[3, 3, 2]"}, {"depth": "[3, 2]"}),
    ],
)
def test_the_spelling_does_not_matter(one, other):
    assert parse(toml(**one)).digest == parse(toml(**other)).digest


def test_grids_share_what_stands_above_them():
    text = toml(depth=None, engine=None) + (
        '\n[[grid]]\ndepth = 2\nengine = ["float", "certified"]\n'
        '[[grid]]\ndepth = {from = 10, to = 30, by = 10}\nengine = "ensemble"\nstarts = 5\n'
    )
    found = [(c.depth, c.engine, c.starts) for c in parse(text).cells if c.seed == 0]
    assert found == [
        (2, "float", 1), (2, "certified", 1),
        (10, "ensemble", 5), (20, "ensemble", 5), (30, "ensemble", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (toml(colour="3"), "'colour': unknown key"),
        (toml(depth=None), "depth: is missing"),
        (toml(depth="2.5"), "depth: an integer"),
        (toml(depth="true"), "depth: an integer"),
        (toml(depth="0"), "depth: an integer from 1 to 10000"),
        (toml(depth="[]"), "depth: an empty list"),
        (toml(depth="{from = 3, to = 2}"), "depth: the range is empty"),
        (toml(depth="{low = 3}"), "depth: a range is written"),
        (toml(depth="{from = 1, to = 10000, by = 0}"), "depth: the range is empty"),
        (toml(step="0"), "step: a positive step size"),
        (toml(step="inf"), "step: Infinity"),
        (toml(step="nan"), "step: NaN"),
        (toml(step='"x"'), "step: 'x' is not a decimal"),
        (toml(loss='"p+q"'), "loss: "),
        (toml(loss="3"), "loss: text is wanted"),
        (toml(loss='"target:positive"'), "loss: engine 'float' takes a formula"),
        (toml(until='"p == 3"'), "until: "),
        (toml(init='"normal"'), "init: 'normal' is none of"),
        (toml(init='"near-identity:x"'), "init: "),
        (toml(init='"orthogonal"'), "init: engine 'float' takes"),
        (toml(engine='"quick"'), "engine: 'quick' is not one of"),
        (toml(engine='"certified"', starts="2"), "starts: engine 'certified' takes one start"),
        (toml(width="2"), "width: engine 'float' is for scalar nets"),
        (toml(seeds="-1"), "seeds: a number of seeds"),
        (toml(seeds="[-1]"), "seeds: an integer"),
        (toml(seeds="10_000_000"), "seeds: a number of seeds"),
        (toml(depth="{from = 1, to = 10000}", seeds="1000"), "more than 200000 cells"),
        (toml(starts="1_000_000", depth="1000"), "starts: more than"),
        (toml(max_seconds="-1"), "max-seconds: seconds"),
        (toml(max_steps="1.5"), "max-steps: an integer"),
        (toml(bound='"sphere"'), "bound: 'sphere' is not one of"),
        (toml(engine='"matrix-float"'), "loss: engine 'matrix-float' takes target:"),
        ("depth = [", "is not TOML"),
        ("grid = 3", "grid: tables"),
        (toml(max_seconds="nan"), "max-seconds: NaN"),
        (toml(max_seconds="inf"), "max-seconds: Infinity"),
        (toml(max_seconds="true"), "max-seconds: True is a bool"),
        (toml(max_seconds="1e-5000"), "max-seconds: the number has more than 1000 digits"),
        (toml(max_seconds="1e8"), "max-seconds: seconds from 0 to 10000000"),
        (toml(max_steps="inf"), "max-steps: an integer"),
        (toml(max_steps="true"), "max-steps: an integer"),
        (toml(starts="true"), "starts: an integer"),
        (toml(seeds="true"), "seeds: an integer"),
        (toml(step="true"), "step: True is a bool"),
        (toml(step="1e-5000"), "step: the number has more than 1000 digits"),
        (toml(step="1e99999"), "step: the decimal exponent is too large"),
        (toml(step="1e99999999999999999999"), "thousands of digits"),
        (toml(init='"near-identity:1e-5000"'), "init: the number has more than 1000 digits"),
        (toml(depth="9" * 5000), "thousands of digits"),
        (toml(depth="0x" + "f" * 5000), "a number in it has thousands of digits"),
        (toml(seeds="{from = 0, to = 0x" + "f" * 5000 + "}"), "thousands of digits"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(text, named):
    with pytest.raises(InputError) as caught:
        parse(text, "my.toml")
    message = str(caught.value)
    assert message.startswith("my.toml")
    assert named in message
    assert "\n" not in message


VALUES = st.one_of(
    st.integers().map(str),
    st.booleans().map(lambda value: str(value).lower()),
    st.floats().map(str),
    st.text(max_size=9).map(repr),
)


@given(
    st.text(max_size=60) | st.builds(lambda k, v: toml(**{k: v}), st.sampled_from([*BASE]), VALUES)
)
def test_any_text_is_a_sweep_or_refused(text):
    with suppress(InputError):
        assert parse(text).cells


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        load(tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not text"):
        load(tmp_path / "binary.toml")
    (tmp_path / "long.toml").write_text("#" * 1_000_001)
    with pytest.raises(InputError, match="larger than"):
        load(tmp_path / "long.toml")


def test_the_examples_are_sweeps():
    assert examples() == ("depth", "ensemble", "width-depth")
    assert all(load(name).cells for name in examples())


@given(st.fractions(max_denominator=10**6))
def test_decimals_are_exact(value):
    assert Fraction(decimal_text(value)) == value


@given(
    st.builds(
        Cell,
        depth=st.integers(1, 9),
        width=st.just(1),
        init=st.sampled_from(["gaussian", "uniform"]),
        loss=st.text(max_size=8) | st.just('\\ "'),
        step=st.just("0.1"),
        until=st.text(max_size=8),
        seed=st.integers(0, 2**63 - 1),
        starts=st.integers(1, 9),
        engine=st.text(max_size=8),
        bound=st.just(""),
        max_steps=st.none() | st.integers(0, 9),
        max_seconds=st.none() | st.just("0.5"),
        setting=st.text(max_size=8),
    )
)
def test_a_cell_is_its_content(one):
    assert Cell.of(one.content) == one
    said = {k: v for k, v in asdict(one).items() if k != "setting" or v}
    assert one.content == json.dumps(
        said, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    assert Cell.of(one.content).id == one.id


def test_the_identifier_is_a_promise():
    """Identifiers are in people's stores: they may not change."""
    assert cell().id == "9b27df9196668adbd159"
    assert starts(cell())[0, 0] == 2.0380400339882367


@pytest.mark.parametrize(
    "change", [{"loss": "p"}, {"step": "0.5"}, {"until": "p <= 0"}, {"engine": "ball"}]
)
def test_comparisons_are_paired(change):
    one, other = cell(), cell(**change)
    assert one.id != other.id
    assert np.array_equal(starts(one), starts(other))


@pytest.mark.parametrize("change", [{"depth": 5}, {"seed": 1}, {"init": "uniform"}])
def test_different_starts_are_different_streams(change):
    one, other = starts(cell())[0], starts(cell(**change))[0]
    assert not set(one) & set(other)


@given(st.integers(1, 20), st.integers(1, 20))
def test_fewer_starts_are_the_first_of_more(few, more):
    few, more = sorted((few, more))
    assert np.array_equal(starts(cell(starts=few)), starts(cell(starts=more))[:few])


def noted(function, given):
    """The same function, which notes what it was given."""

    def wrapped(argument):
        given.append(argument)
        return function(argument)

    return wrapped


@pytest.mark.parametrize("engine", ["float", "certified"])
def test_what_cells_share_is_read_once(engine, monkeypatch):
    """A sweep of 100,000 seeds is read in seconds: no formula is parsed for each of them."""
    read = []
    for module, name in ((engines, "parse_stop"), (setting, "parse_until")):
        monkeypatch.setattr(module, name, noted(getattr(module, name), read))
    text = (
        'depth = [2, 3]\ninit = "gaussian"\nloss = "(p+1)**2/2"\nstep = 0.05\n'
        f'until = ["p <= 1/7", "p <= 2/7"]\nseeds = 50\nengine = "{engine}"\n'
    )
    assert len(parse(text).cells) == 200
    assert len(read) <= 4
