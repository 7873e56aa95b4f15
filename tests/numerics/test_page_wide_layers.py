"""The digits that the page of wide layers cites, computed again from what it says they are."""

import math
import re
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import proofs
from numerics.papers.du_hu2019.explicit_width import Setting, explicit_width, tuned
from numerics.papers.du_hu2019.width_constants import OURS, PAPER
from proofs.theorems import library
from theory.chains import chains

PAGE = (Path(proofs.__file__).parent / "written" / "wide-layers.md").read_text(encoding="utf-8")
ROW = library().find("lemmata/wide-layers")
WIDTH = chains()["du-hu2019/width"].values
BY_HAND = library().claims


def cited(pattern):
    """The numbers of one place on the page, thousands in groups."""
    found = re.findall(pattern, PAGE)
    assert len(found) == 1, pattern
    texts = [found[0]] if isinstance(found[0], str) else found[0]
    return [float(re.sub(r"[\s,]", "", text)) for text in texts]


def least(drift, upper=1.2, rate=0.25, radius=None):
    """The constant of (M): radius over the logarithm of the window, squared."""
    radius = math.sqrt(2) * (upper + drift) ** 2 / rate if radius is None else radius
    return (radius / math.log1p(drift / upper)) ** 2


def test_the_width_by_hand_is_that_of_the_radius_9_and_the_drift_of_a_twentieth():
    (hand,) = cited(r"m ≥ ([\d ]+) · κ²")
    (travelled,) = cited(r"≤ log\(1 \+ p/a\) = (0\.\d+)…")
    drift = float(BY_HAND["du-hu-drift"].statement.constants["drift"])
    assert 0 <= math.log1p(drift / 1.2) - travelled < 1e-4
    assert 0 <= hand - least(drift, radius=9) < 0.002 * hand


def test_the_kernels_width_is_one_number_in_the_claim_the_chain_the_row_and_the_page():
    kernel, drift = cited(r"with \*\*([\d,]+)\*\*, from the drift ([\d.]+),")
    assert WIDTH["width"] == kernel == BY_HAND["du-hu-width"].statement.constants["width"]
    assert float(WIDTH["drift"]) == drift
    assert f"{int(kernel)} kappa^2" in ROW.constants["width"]
    assert (
        least(drift)
        <= least(drift, radius=float(WIDTH["radius"]))
        <= kernel
        <= 1.002 * least(drift)
    )


def test_the_sharpened_width_is_what_its_drift_gives_and_no_other_gives_much_less():
    best, drift = cited(r"\(([\d,]+) with a drift of ([\d.]+) for 0\.05")
    assert best < WIDTH["width"]
    step = float(WIDTH["step"])

    def left(p):  # of l^4 by the second order: at least the rate
        u = 1.2 + p
        z = step * u**2 * (1 + p / 1.2) * math.sqrt(2 / least(p))
        return (0.8 - p) ** 4 - u**4 / 2 * z * math.exp(z) - 0.25

    drifts = [k / 10000 for k in range(800, 900)]
    widths = [least(p) for p in drifts if left(p) >= 0]
    assert all(a > b for a, b in pairwise(widths))  # a larger drift is better, while it may be
    assert abs(drifts[len(widths) - 1] - drift) < 0.001
    assert best < min(widths)  # the net and its window are moved, too
    assert min(widths) / best < 1.02


def test_one_formula_follows_with_a_split_of_the_square():
    """(s + f)^2 <= (1 + c) s^2 + (1 + 1/c) f^2 and 2 sqrt(x d) <= t x + d/t; log 2 goes to d."""
    rank, log, target = cited(r"d_outβ ≤ ([\d.]+) d_out \+ ([\d.]+) log\(r/δ\) \+ ([\d.]+) d_out")
    c = 1 / (2 * target - 1)
    share = (1 + c) / 2 * 1.2**2
    t = log / share - 2
    assert share * (1 + 1 / t) + log * math.log(2) <= rank
    assert WIDTH["width"] * 30 * Fraction(str(rank + log)) <= 4 * 10**6
    assert "**4·10⁶** L max" in PAGE


def test_the_rates_of_section_1():
    assert math.log(1.1) ** 2 >= 0.009
    assert "log²(1.1) = 0.00908" in PAGE
    assert f"{math.log(1.1) ** 2:.5f}" == "0.00908"
    s = 0.095  # P(Z <= 0.81) <= (q + 1) exp(-s 0.19 m/q + s^2 m/q)
    assert s * 0.19 - s**2 >= 0.009025 - 1e-12
    assert 0.009025 >= 0.009


def test_the_three_widths_of_two_layers():
    printed, ours, moved = cited(
        r"δ = 0\.1: ([\d ]+) with the printed\s+constants, ([\d ]+) with ours, ([\d ]+) tuned"
    )
    setting = Setting.of(2)
    found = [explicit_width(setting, c).width for c in (PAPER, OURS, tuned(setting))]
    assert found == [printed, ours, moved]
