"""Numbers that the written proofs give without a claim, computed again from what they say."""

import math
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import proofs
from numerics.papers.shamir2019.xavier.bounds import sandwich
from numerics.papers.shamir2019.xavier.counts import STEP, problem, stored
from numerics.papers.shamir2019.xavier.fluctuations import residuals, universal
from numerics.papers.shamir2019.xavier.laws import LAWS
from numerics.papers.shamir2019.xavier.own_product import factor
from numerics.papers.shamir2019.xavier.routes import SHAMIR_HALF, paper, squares
from proofs.experiments.xavier import closed_form
from theory.catalogue.generated.arora_depths import BEST

ROOT = Path(proofs.__file__).parent
HALF = Fraction(1, 2)


def cited(page, pattern):
    """The numbers of one place on a page; its lines may break anywhere."""
    text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
    (found,) = re.findall(pattern, text)
    texts = [found] if isinstance(found, str) else found
    return [float(t.replace(",", "")) for t in texts]


XAVIER = "written/escape-probability.md"
BALANCED = "written/balanced-convergence.md"


def admissible(n, balance, step):
    """The four inequalities of the page between numbers, in its own words."""
    a = 8 ** (1 - 1 / n)
    theta, x = a * n * (n - 1) / balance, 8 ** (1 / 2 - 1 / n) / step
    higher = sum(math.comb(n, j) * x ** (j - 2) for j in range(2, n + 1))
    kept = np.maximum(1 - theta, 0) ** (1 - 1 / n) - 8 ** (1 - 2 / n) * (n - 1) * (n - 2) / balance
    s = kept - math.sqrt(8) * 8 ** (1 - 2 / n) * higher / step
    descends = (s > 0) & (2 * s - s * s * 2 ** (2 - 2 / n) / step >= 1)
    drifts = 2 * s * step - s * s >= math.sqrt(2) * a * balance
    return descends & drifts & (step >= n * a) & (8 ** (1 / n) * balance >= 6 * n * (n - 1))


def test_the_table_of_balanced_convergence_has_the_least_whole_steps():
    balances = cited(BALANCED, r"256 N³\) " + r"\| ([\d.]+) " * len(BEST))
    steps = cited(BALANCED, r"6144 N³\) " + r"\| ([\d.]+) " * len(BEST))
    assert dict(zip(BEST, zip(balances, steps, strict=True), strict=True)) == BEST
    whole = np.arange(1, 3000)
    for n, (balance, step) in BEST.items():
        assert whole[admissible(n, whole, step)][0] == balance
        assert not admissible(n, whole, step - 1).any()


def test_what_may_not_be_rounded_at_depth_2_is_where_the_limits_are():
    (upper,) = cited(BALANCED, r"S, N = 2 \| 49152 \| (\d+) \|")
    (coefficient,) = cited(BALANCED, r"coefficient of Lemma 1 \| ½ \| ([\d.]+) \|")
    assert upper == BEST[2][1]
    assert coefficient <= 185 / 192 < coefficient + 0.01


def test_growth_per_layer_by_three_routes():
    least, free, truth = cited(
        XAVIER,
        r"= ([\d.]+) \(Gaussian\) with Lemma 5's .*? = ([\d.]+) with a free .*? is ([\d.]+)\.",
    )
    loss = -math.log(math.sqrt(2 / math.pi))
    exponent = (0.5772156649015329 + math.log(2)) / 2
    assert np.allclose([least, free, truth], [loss / 2, loss, exponent], rtol=0, atol=5e-4)


def test_the_centre_is_off_by_half_a_deviation_at_depth_300():
    off, depth = cited(XAVIER, r"2 ln\(ρk\), (\d+) at k = (\d+), more than half a standard")
    shift = 2 * math.log(math.sqrt(2 / math.pi) * depth)
    assert abs(shift - off) < 0.5
    assert shift > math.sqrt(math.pi**2 / 8 * depth) / 2


def test_the_event_fails_as_seldom_as_the_page_says():
    """Of the cases of the full profile; one of them is near."""
    (parts,) = cited(XAVIER, r"is at most C₂/(\d+) in the cases tried")
    worst = max(p["exact"] / p["allowed"] for p in closed_form("full"))
    assert 1 / (parts + 1) < worst <= 1 / parts


def test_what_is_proved_of_the_own_product_over_what_is_counted():
    first, last, low, high = cited(
        XAVIER, r"depths (\d+) to (\d+) that is (\d+) to (\d+) times the median"
    )
    found = []
    for law, rows in stored().items():
        for depth in (k for k in rows if first <= k <= last):
            median = math.exp(np.median(residuals(law, depth, rows[depth])[0]))
            found.append(float(factor(LAWS[law], depth, HALF).lower()) / median)
    assert low - 0.5 < min(found) < max(found) < high + 0.5
    assert max(found) - min(found) > 2


def quotients(law, depth, starts):
    """Count over squares bound where there is one, with the best of many beta, in doubles."""
    beta = np.geomspace(1e-14, 10, 120)[:, None]
    for i, found in enumerate(stored()[law][depth][:starts]):
        squares_of = np.array([float(w) ** 2 for w in problem(law, depth, i).weights])
        size = np.exp(0.5 * np.log(squares_of + beta).sum(axis=1))
        u = float(STEP) * (1 + size) * size / beta[:, 0]
        bound = (np.floor(1 / (2 * u + u * u)) + 1)[size < 0.5]
        if found.lower and len(bound):
            yield math.exp(found.log[0] - math.log(bound.max()))


@pytest.mark.parametrize("law", LAWS)
def test_the_squares_bound_loses_about_5(law):
    middle, first, _ = cited(
        XAVIER, r"a median of about (\d) at every depth from (\d+) to (\d+), over the starts with"
    )
    for depth, starts in ((int(first), 200), (10, 60), (50, 40)):
        assert abs(np.median([*quotients(law, depth, starts)]) - middle) < 1


@pytest.mark.slow
def test_medians_of_the_sandwich_at_depth_100():
    below, above, digits = cited(
        XAVIER, r"medians of N/lower and upper/N are ([\d.]+) and ([\d.]+), for counts of (\d+)"
    )
    row = stored()["gaussian"][100]
    both = [sandwich(problem("gaussian", 100, i).weights, STEP) for i in range(len(row))]
    lower = [Fraction(n.lower, b.lower) for n, b in zip(row, both, strict=True)]
    upper = [Fraction(b.upper, n.lower) for n, b in zip(row, both, strict=True) if b.upper]
    assert abs(float(np.median(lower)) - below) < 0.01
    assert abs(float(np.median(upper)) - above) < 0.02
    assert np.median([len(str(n.lower)) for n in row]) == digits


@pytest.mark.slow
def test_the_two_universal_numbers_of_another_sample():
    mean, mean_error, variance, variance_error = cited(
        XAVIER, r"e₀ = ([\d.]+) ± ([\d.]+) and v₀ = ([\d.]+) ± ([\d.]+) \(standard"
    )
    again = universal(100_000, seed=5)
    assert abs(again.mean - mean) < 4 * math.hypot(mean_error, again.mean_error)
    assert abs(again.variance - variance) < 4 * math.hypot(variance_error, again.variance_error)


def test_what_the_readme_guarantees_at_depth_300():
    by_paper, by_tail, median = cited(
        "../README.md", r"at least 10\^([\d.]+) steps by .*?, 10\^([\d.]+) by .*? is 10\^([\d.]+)\."
    )
    law, scale = LAWS["gaussian"], math.log(10)
    for route, said in ((paper, by_paper), (squares, by_tail)):
        steps = (route(law, SHAMIR_HALF, 300, HALF).log_time - math.log(STEP)) / scale
        assert abs(steps - said) < 0.1
    counts = sorted(c.log[0] / scale for c in stored()["gaussian"][300])
    middle = len(counts) // 2
    assert counts[middle - 1] - 0.05 < median < counts[middle] + 0.05
