"""Sweeps beyond plain gradient descent: the setting is in the key, and the row is the count."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numerics.escape import escape
from numerics.spectral import mode_counts
from numerics.sweeps import setting
from numerics.sweeps.cells import Cell
from numerics.sweeps.engines import evaluate, exact_starts, starts
from numerics.sweeps.spec import parse
from theory.errors import InputError

HEAD = 'depth = 4\ninit = "gaussian"\nseeds = 1\nengine = "certified"\nmax-steps = 2_000\n'
LOSS, STEP, UNTIL = 'loss = "(p+1)**2/2"\n', "step = 0.05\n", 'until = "p <= -1/2"\n'
ALL = (
    HEAD
    + LOSS
    + 'step = [0.05, "0.1:30,0.05:10,0.01"]\nuntil = ["p <= -1/2", "p < 0 and grad <= 1"]\n'
    + 'residual = [false, true]\nclip = ["none", 0.25]\ndecay = [0, 0.001]\nmomentum = [0, 0.5]\n'
)


def test_every_row_is_the_count_of_its_setting():
    cells = parse(ALL).cells
    assert len({cell.id for cell in cells}) == len(cells) == 64
    for cell in cells[::5]:
        (weights,) = exact_starts(cell)
        changed = json.loads(cell.content).get("setting", "")
        rule = dict(part.split(" ") for part in changed.split(", ") if " " in part)
        found = escape(
            "(p+1)**2/2", weights, cell.step, cell.until,
            residual="residual" in changed, max_steps=2_000, **rule,
        )  # fmt: skip
        (row,) = evaluate(cell).rows
        upper = None if found.upper is None else str(found.upper)
        assert (row.lower, row.upper, row.outcome) == (str(found.lower), upper, found.outcome)


def test_a_cell_is_what_its_content_says():
    for cell in parse(ALL).cells:
        assert Cell.of(cell.content) == cell
        assert ("setting" in json.loads(cell.content)) == bool(cell.setting)
    plain = parse(ALL).cells[0]
    with pytest.raises(ValueError, match="changes nothing"):
        Cell.of(plain.content.replace('"starts"', '"setting":"","starts"'))


def test_settings_share_their_starts():
    drawn = {starts(cell).tobytes() for cell in parse(ALL).cells}
    assert len(drawn) == 1


@given(
    st.fractions(0, 2).map(lambda x: x.limit_denominator(50)),
    st.fractions(0, 2).map(lambda x: x.limit_denominator(50)),
)
def test_the_text_of_a_setting_reads_back(clip, decay):
    text = HEAD + LOSS + STEP + UNTIL + f'clip = "{clip or "none"}"\ndecay = "{decay}"\n'
    (cell,) = parse(text).cells
    variant = setting.variant_of(cell)
    assert variant.clip == (clip or None)
    assert variant.decay == decay
    assert cell.setting == "" or not variant.plain


def test_the_order_of_several_losses_does_not_matter():
    one, other = (
        parse(HEAD + STEP + UNTIL + f"loss = [[{pair}]]\n").cells
        for pair in ('"(p+1)**2/2", "(p+2)**2/4"', '"(p+2)**2/4", "(p+1)**2/2", "(p+1)**2/2"')
    )
    assert one == other
    (cell,) = one
    (weights,) = exact_starts(cell)
    found = escape("(p+1)**2/2", weights, "0.05", "p <= -1/2", others=["(p+2)**2/4"])
    (row,) = evaluate(cell).rows
    assert row.lower == str(found.lower)
    single, listed = (
        parse(HEAD + STEP + UNTIL + t).cells
        for t in (LOSS, LOSS.replace('"(p+1)**2/2"', '[["(p+1)**2/2"]]'))
    )
    assert single == listed


def test_noise_gives_bounds_for_all_slopes():
    (cell,) = parse(HEAD + LOSS + STEP + UNTIL + "noise = 0.01\n").cells
    (weights,) = exact_starts(cell)
    found = escape("(p+1)**2/2", weights, "0.05", "p <= -1/2", noise="0.01")
    (row,) = evaluate(cell).rows
    assert (row.lower, row.outcome) == (str(found.lower), found.outcome)


@pytest.mark.parametrize("rule", ["", "decay = 0.001\n", "momentum = 0.5\n"])
def test_a_target_makes_a_cell_for_each_singular_value_and_one_for_all(rule):
    text = HEAD.replace('"gaussian"', '"balanced:0.3"') + STEP + f'target = "4, 2, 1"\n{rule}'
    *each, whole = parse(text).cells
    key, _, value = rule.strip().partition(" = ")
    changed = {key: value} if key else {}
    modes = mode_counts([4, 2, 1], exact_starts(whole), "0.05", **changed)
    found = [evaluate(cell).rows[0] for cell in each]
    assert [int(row.lower) for row in found] == [m.found.lower for m in modes.modes]
    assert (
        evaluate(whole).rows[0].lower == str(modes.lower) == max((r.lower for r in found), key=int)
    )
    assert evaluate(whole).rows[0].upper == str(modes.upper)


def test_modes_decouple_under_decay_and_momentum_and_not_under_clipping():
    # Two diagonal modes side by side, in rationals: a network of diagonal layers.
    def run(clip, steps=3):
        layers, step, beta, decay = (
            [[Fraction(1, 2), Fraction(1, 3)]] * 2,
            Fraction(1, 10),
            Fraction(1, 2),
            Fraction(1, 50),
        )
        speed = [[Fraction(0)] * 2] * 2
        for _ in range(steps):
            gaps = [layers[0][i] * layers[1][i] - s for i, s in enumerate((2, 1))]
            slopes = [[gaps[i] * layers[1 - k][i] for i in (0, 1)] for k in (0, 1)]
            size = sum(x * x for row in slopes for x in row)
            share = 1 if clip is None or size <= clip**2 else clip / Fraction(float(size) ** 0.5)
            speed = [
                [beta * v - step * (share * g + decay * w) for v, g, w in zip(*r, strict=True)]
                for r in zip(speed, slopes, layers, strict=True)
            ]
            layers = [
                [w + v for w, v in zip(*r, strict=True)] for r in zip(layers, speed, strict=True)
            ]
        return [row[0] for row in layers]

    alone = [Fraction(1, 2)] * 2
    v = [Fraction(0)] * 2
    for _ in range(3):
        gap = alone[0] * alone[1] - 2
        v = [v[i] / 2 - (gap * alone[1 - i] + alone[i] / 50) / 10 for i in (0, 1)]
        alone = [a + b for a, b in zip(alone, v, strict=True)]
    assert run(None) == alone
    assert run(Fraction(1, 2)) != alone


def test_a_box_bound_is_that_of_the_setting():
    # Larger steps, momentum: the bound falls; the count is never below it.
    bounds = []
    for rule in (
        "",
        'step = "0.1:5,0.05"\n',
        "momentum = 0.5\n",
        "clip = 0.2\n",
        "residual = true\n",
    ):
        text = HEAD + LOSS + (rule if "step" in rule else STEP + rule) + UNTIL + 'bound = "box"\n'
        (row,) = evaluate(parse(text).cells[0]).rows
        assert int(row.bound) <= int(row.lower)
        bounds.append(int(row.bound))
    assert bounds[1] <= bounds[0]
    assert bounds[2] <= bounds[0]


def test_no_limit_on_the_norm_is_one_of_its_values():
    plain, clipped = parse(HEAD + LOSS + STEP + UNTIL + 'clip = ["none", 0.1]\n').cells
    assert plain == parse(HEAD + LOSS + STEP + UNTIL).cells[0]
    assert clipped == parse(HEAD + LOSS + STEP + UNTIL + "clip = 0.1\n").cells[0]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        *((LOSS + STEP + UNTIL + f"clip = {c}\n", "clip: a positive norm") for c in (-1, 0, "0.0")),
        (LOSS + STEP + UNTIL + "clip = [0.1, 0]\n", "clip: a positive norm"),
        (LOSS + STEP + UNTIL + 'clip = "all"\n', "clip: "),
        (LOSS + STEP + UNTIL + "noise = -1\n", "noise: a number that is not negative"),
        (LOSS + STEP + UNTIL + "momentum = 1\n", "momentum: a number from 0 to below 1"),
        (LOSS + STEP + UNTIL + "decay = 30\n", "decay: it is not negative, and step times"),
        (LOSS + STEP + UNTIL + "residual = 1\n", "residual: true or false"),
        (LOSS + UNTIL + 'step = "0.1:3"\n', "step: a schedule is"),
        (LOSS + UNTIL + 'step = "0.1:x,0.2"\n', "step: 'x' is not a number"),
        (LOSS + STEP + UNTIL + "within = 0.1\n", "within: it goes with target"),
        (LOSS + STEP + 'target = "2,1"\n', "loss: target takes its place"),
        (STEP + 'target = "2,-1"\n', "target: 1 to 256 singular values"),
        (STEP + 'target = "2,1"\nwithin = 1\n', "within: a share between"),
        (STEP + 'target = "2,1"\nclip = 1\n', "clip: not next to target"),
        (STEP + 'target = "2,1"\nbound = "box"\n', "bound: it is for one comparison"),
        (LOSS + UNTIL + 'step = "0.1:3,0.2"\nnoise = 0.1\n', "step: several losses, or noise"),
        (LOSS + STEP + 'until = "f < 1"\nnoise = 0.1\n', "until: for several losses, or noise"),
        (LOSS + STEP + UNTIL + 'noise = 0.1\nbound = "box"\n', "bound: there is none"),
        (LOSS + STEP + UNTIL + 'decay = 0.1\nbound = "box"\n', "bound: weight decay has none"),
        (STEP + UNTIL + "loss = [[]]\n", "loss: 1 to 32 losses"),
        (STEP + UNTIL + 'loss = [["p", "target:positive"]]\n', "loss: several losses are formulas"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused_in_one_line(text, named):
    with pytest.raises(InputError) as wrong:
        parse(HEAD + text, "f.toml")
    assert str(wrong.value).startswith("f.toml: ")
    assert named in str(wrong.value)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        ("decay = 0.1\n", "decay: engine 'float' takes plain"),
        ("residual = true\nclip = 0.1\n", "residual: engine 'float' takes plain"),
        ("noise = 0.1\n", "noise: engine 'float'"),
    ],
)
def test_other_engines_take_plain_gradient_descent(rule, named):
    text = HEAD.replace("certified", "float") + LOSS + STEP + UNTIL + rule
    with pytest.raises(InputError, match=named):
        parse(text)
    cells = [
        replace(c, engine="ball")
        for c in parse(HEAD + LOSS + STEP + UNTIL.replace("1/2", "1/2 and grad < 9")).cells
    ]
    assert evaluate(cells[0]).rows[0].outcome == "reached"
