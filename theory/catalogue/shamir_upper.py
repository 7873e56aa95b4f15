"""Shamir (COLT 2019), Theorem 4: the upper bound, every constant explicit.

Written proof: ``proofs/written/upper-bound.md``. By sign symmetry (Lemma 11) all weights are
nonnegative and F = (p - y)**2/2. w_m is the smallest weight, q = q_m the product of the others, e
= y - p the error.
"""

from __future__ import annotations

from theory.claims import Claim, Source, statement


def _paper(number: str) -> Source:
    return Source("shamir2019", number)


_OWN = Source("lemmata", "Theorem 4, explicit", "re-derived")
_LEMMA_13 = Source("lemmata", "Lemma 13, exact range", "re-derived")

_OVERSHOOT = statement(
    {"u": "positive", "s": "nonnegative"},
    "u*exp(s*u*(1 - u)) <= 1",
    hypotheses={"below": "u <= 1", "step": "s <= limit"},
    constants={"limit": 1},
    scope="every depth: u = p/y, s = eta y**2 sum w_i**-2; p+ <= p exp(eta e p sum w_i**-2)",
    witness={"u": 1, "s": 1},
)
_CURVATURE = statement(
    {"d": "positive", "s": "nonnegative", "k": "nonnegative"},
    "1/d**2 + (k + 1)/(d + s)**2 <= factor*(k + 2)/d**2",
    constants={"factor": 1},
    scope="depth k + 2, delta = d, gamma = d + s: sum w_i**-2 <= k/delta**2, so the condition of "
    "Lemma 13 implies ours twice over, and up to k times more where gamma is large",
)
_GROWTH = statement(
    {"x": "nonnegative", "z": "nonnegative"},
    "(1 + x)*(1 + z) >= 1 + factor*(x + z)",
    constants={"factor": 1},
    scope="every depth by induction: p+ = p prod(1 + x_i) >= p (1 + sum x_i), x_i = eta e "
    "p/w_i**2, so e+ <= e (1 - eta sum q_i**2)",
)
_RATE = statement(
    {"d": "nonnegative", "s": "nonnegative", "k": "nonnegative"},
    "(d + s)**2 + (k + 1)*d**2 >= factor*(k + 2)*d**2",
    constants={"factor": 1},
    scope="depth k + 2: sum q_i**2 >= gamma**(2(k-2)) (gamma**2 + (k-1) delta**2) "
    ">= k delta**2 gamma**(2(k-2)), Shamir's rate",
)
_SQUARE = statement(
    {"a": "nonnegative", "b": "nonnegative"},
    "(1 - x)**2 <= 1 - factor*least",
    {"x": "a + b", "least": "a"},
    hypotheses={"no_overshoot": "a + b <= 1"},
    constants={"factor": 1},
    scope="x = eta sum q_i**2 + ... in [0, 1] is the relative decrease of the error in a step, "
    "least = k delta**2 gamma**(2(k-2)) eta <= x: F+ <= (1 - least) F",
    witness={"a": "1/2", "b": "1/4"},
)
# Depth 2, gamma = delta = 1, e+ = (1 - eta r) e.
_DEPTH_2 = {
    "w_1": "1 + a",
    "w_2": "1 + b",
    "p": "w_1*w_2",
    "y": "p + e",
    "largest": "limit/(2*2*y**2)",
}
_STEP_SIZE = statement(
    dict.fromkeys(("a", "b", "z", "e"), "nonnegative"),
    "eta*r <= 1",
    {**_DEPTH_2, "eta": "largest/(1 + z)", "r": "w_1**2 + w_2**2 + eta*e*p"},
    constants={"limit": 2},
    scope="depth 2, gamma = delta = 1: for every eta <= limit delta**2/(2 k y**2) (the paper has "
    "limit = 1) the error shrinks by 1 - eta r in [0, 1 - 2 eta]: no overshoot",
)
_STEP_SIZE_SHARP = statement(
    {**dict.fromkeys(("a", "b"), "nonnegative"), "e": "positive"},
    "eta*r**2 + 2 <= 2*r",
    {**_DEPTH_2, "eta": "largest", "r": "w_1**2 + w_2**2 + eta*e*p"},
    constants={"limit": 2},
    scope="depth 2, gamma = delta = 1, eta largest: (1 - eta r)**2 <= 1 - 2 eta, Lemma 13: "
    "F+ <= (1 - k delta**2 gamma**(2(k-2)) eta) F, divided by eta",
)
_LEMMA_14 = statement(
    dict.fromkeys(("w_i", "s", "r", "p", "c_1", "eta"), "nonnegative"),
    "w_j_next - w_i_next >= factor*(w_j - w_i)",
    {
        "w_j": "w_i + s",
        "g": "p + c_1",
        "w_i_next": "w_i - eta*g*w_j*r",
        "w_j_next": "w_j - eta*g*w_i*r",
    },
    constants={"factor": 1},
    scope="every depth and pair, y = -c_1 < 0, all weights nonnegative",
)
_LEMMA_15 = statement(
    {"c_1": "positive", "Q": "positive", "eta": "positive", "p": "nonnegative", "s": "nonnegative"},
    "eta*(p + c_1)*(Q + s) >= factor*eta*c_1*Q",
    constants={"factor": 1},
    scope="every depth, p >= 0, q = Q + s, Q the product of the gaps w_j(1) - w_m(1): a step "
    "lowers w_m by at least eta c_1 Q, so w_m crosses 0 after at most w_m(1)/(eta c_1 Q) + 1 steps",
)
_LEMMA_15_GAPS = statement(
    {"kappa": "positive", "g": "nonnegative", "d": "nonnegative", "j": "integer"},
    "gap + kappa + g >= factor*(j + 1)*kappa",
    {"gap": "j*kappa + d"},
    hypotheses={"index": "j >= 0"},
    constants={"factor": 1},
    scope="separation kappa, induction over sizes in increasing order: the next size is kappa + g "
    "further, so the product of the gaps is at least (k - 1)! kappa**(k - 1)",
    witness={"j": 1, "kappa": 1, "g": 0, "d": 0},
)
_LEMMA_15_ORBITS = statement(
    {"steps": "measured", "bound": "measured"},
    "steps <= factor*bound",
    constants={"factor": 1},
    scope="exact orbits of separated nonnegative weights, y = -c_1: steps until the least weight "
    "is at most 0 against ceil(w_m/(eta c_1 Q)), Q the product of the gaps at the start",
)
_LEMMA_16_ORBITS = statement(
    {"landing": "measured", "reach": "measured", "next_step": "measured", "least": "measured"},
    "min(landing + reach, next_step - factor*least) >= 0",
    constants={"factor": 1},
    scope="the same orbits: the smallest weight lands in [-reach, 0], reach = eta (p + c_1) P at "
    "the start, P the product of the others; the next step is at least eta c_1 b/2 long, b the "
    "product of the gaps less reach, where reach P <= c_1/2",
)
_LEMMA_16_LANDING = statement(
    {
        "p": "nonnegative",
        **dict.fromkeys(("q", "w_m", "eta", "c_1", "s", "t"), "nonnegative"),
    },
    "w_m - eta*(p + c_1)*q >= -factor*eta*(p + s + c_1)*(q + t)",
    constants={"factor": 1},
    scope="every depth: the crossing step ends in [-h, 0], h = eta (p(1) + c_1) q(1), as p and q "
    "fall",
)
_LEMMA_16_NEXT = statement(
    {
        "c_1": "positive",
        "h": "nonnegative",
        "B": "nonnegative",
        "b": "nonnegative",
        "eta": "positive",
    },
    "eta*(c_1 - h*B)*b >= factor*eta*c_1*b",
    hypotheses={"landing": "2*h*B <= c_1"},
    constants={"factor": "1/2"},
    scope="every depth: after a landing in [-h, 0] with q <= B, p >= -h B, so the next step moves "
    "w_m by at least (1/2) eta c_1 b, q >= b",
    witness={"c_1": 1, "h": 0, "B": 1, "b": 1, "eta": 1},
)
# Lemma 16 hands Lemma 13 a smallest weight delta = |w_m| <= eta q y, which for small steps never
# meets eta <= delta**2/(2 k y**2). The mutant is the chain as it was recorded.
_NO_HANDOVER = statement(
    {"s": "nonnegative", "z": "nonnegative", "b": "positive", "y": "positive", "n": "nonnegative"},
    "eta >= share*delta**2/(2*k*y**2)",
    {"k": "n + 2", "eta": "2*k/(b**2 + z)", "delta": "eta*b*y/(1 + s)"},
    constants={"share": 1},
    scope="every depth: after a landing delta <= eta b y (b = q_m) with eta b**2 <= 2 k, the "
    "step-size condition eta <= delta**2/(2 k y**2) of Lemma 13 can hold with equality only",
)
_HANDOVER = statement(
    _NO_HANDOVER.variables,
    "eta <= delta**2/(2*k*y**2)",
    {"k": "n + 2", "eta": "2*k/(b**2 + z)", "delta": "eta*b*y/(1 + s)"},
    scope="the chain of Lemmas 16 and 13 with one eta, as recorded in the notes on Theorem 4",
)
_REPAIRED = statement(
    {"e": "nonnegative", "T": "nonnegative", "z": "nonnegative"},
    "(1 - e + (limit - T - z)*e)*exp(T*e*(1 - e)) <= 1",
    hypotheses={"product": "e <= 1", "step": "T + z <= limit"},
    constants={"limit": 1},
    scope="every depth, unit y, w_m >= 0 arbitrarily small: eta q_m**2 = limit - T - z and "
    "T = eta y**2 sum over j != m of w_j**-2; p+ <= (p + eta e q_m**2) exp(T e p) <= y",
    witness={"e": "1/2", "T": "1/2", "z": 0},
)
_DRIFT = statement(
    {"c": "nonnegative", "h": "nonnegative", "v": "nonnegative", "a": "positive"},
    "c*(1 - h**2/(c + v**2 + a)) >= c*(1 - factor*h**2/(v**2 + a))",
    constants={"factor": 1},
    scope="every depth: a step h of the smallest weight v contracts c_j = w_j**2 - v**2 by at most "
    "1 - h**2/v**2 (a > 0 arbitrary), so drifts add up over cells of v",
)
_TWO_SIDED = statement(
    {"lower": "measured", "count": "measured", "upper": "measured"},
    "(count - lower)*(upper - factor*count) >= 0",
    constants={"factor": 1},
    scope="Gaussian, uniform and near-identity starts, f = (p+1)**2/2: bounds by the reduced "
    "coordinate against rigorous counts of the steps until p <= -1/2",
)
_EXPLICIT = statement(
    {"count": "measured", "bound": "measured"},
    "count <= factor*bound",
    constants={"factor": 1},
    scope="separated starts (Assumption 4), f = (p+1)**2/2: rigorous counts of the steps until "
    "f <= epsilon against the explicit bound of Theorem 4",
)
_LEMMA_13_MEASURED = statement(
    {"error": "measured", "bound": "measured"},
    "error <= factor*bound",
    constants={"factor": 1},
    scope="random instances of Lemma 13, step sizes up to twice the paper's: e(t) in balls at "
    "every step against (1 - eta lambda)**t e(0), lambda = gamma**(2(k-2)) (gamma**2 + (k-1) "
    "delta**2)",
)

CLAIMS = (
    Claim(
        "shamir-lemma-13-no-overshoot",
        "p+ <= y while eta y^2 sum w_i^-2 <= 1",
        _LEMMA_13,
        _OVERSHOOT,
        _OVERSHOOT.with_constants(limit="1.01"),
    ),
    Claim(
        "shamir-lemma-13-curvature",
        "sum w_i^-2 <= 1/delta^2 + (k-1)/gamma^2 <= k/delta^2",
        _paper("Lemma 13"),
        _CURVATURE,
        _CURVATURE.with_constants(factor="99/100"),
    ),
    Claim(
        "shamir-lemma-13-growth",
        "The error shrinks by at least 1 - eta sum q_i^2 in a step",
        _paper("Lemma 13"),
        _GROWTH,
        _GROWTH.with_constants(factor="1.01"),
    ),
    Claim(
        "shamir-lemma-13-rate",
        "gamma^2 + (k-1) delta^2 >= k delta^2: our rate is at least the paper's",
        _paper("Lemma 13"),
        _RATE,
        _RATE.with_constants(factor="1.01"),
    ),
    Claim(
        "shamir-lemma-13-square",
        "An error that shrinks monotonically shrinks F at the paper's rate",
        _paper("Lemma 13"),
        _SQUARE,
        _SQUARE.with_constants(factor="1.01"),
    ),
    Claim(
        "shamir-lemma-13-step-size",
        "Lemma 13 has no overshoot up to twice its step size (depth 2)",
        _LEMMA_13,
        _STEP_SIZE,
        _STEP_SIZE.with_constants(limit="2.001"),
    ),
    Claim(
        "shamir-lemma-13-one-step",
        "Depth 2: F+ <= (1 - k delta^2 gamma^(2(k-2)) eta) F up to twice Lemma 13's step size",
        _LEMMA_13,
        _STEP_SIZE_SHARP,
        _STEP_SIZE_SHARP.with_constants(limit="2.001"),
    ),
    Claim(
        "shamir-lemma-13-measured",
        "Lemma 13, sharpened: error and rate on random instances, every step in balls",
        _LEMMA_13,
        _LEMMA_13_MEASURED,
        _LEMMA_13_MEASURED.with_constants(factor="0.9"),
    ),
    Claim(
        "shamir-lemma-14-one-step",
        "y < 0: the gaps between nonnegative weights never shrink",
        _paper("Lemma 14"),
        _LEMMA_14,
        _LEMMA_14.with_constants(factor="1.01"),
    ),
    Claim(
        "shamir-lemma-15-crossing",
        "While p >= 0 and q >= Q a step lowers w_m by at least eta c_1 Q",
        _paper("Lemma 15, explicit"),
        _LEMMA_15,
        _LEMMA_15.with_constants(factor="1.01"),
    ),
    Claim(
        "shamir-lemma-15-gaps",
        "Sizes kappa apart: one size further, the gap to the smallest is at least (j + 1) kappa",
        _paper("Lemma 15, explicit"),
        _LEMMA_15_GAPS,
        _LEMMA_15_GAPS.with_constants(factor="1.01"),
    ),
    Claim(
        "shamir-lemma-15-orbits",
        "Exact orbits: the smallest weight crosses 0 within ceil(w_m/(eta c_1 Q)) steps",
        _paper("Lemma 15, explicit"),
        _LEMMA_15_ORBITS,
        _LEMMA_15_ORBITS.with_constants(factor="1/2"),
    ),
    Claim(
        "shamir-lemma-16-orbits",
        "Exact orbits: where the crossing lands, and how long the next step is",
        _paper("Lemma 16, explicit"),
        _LEMMA_16_ORBITS,
        _LEMMA_16_ORBITS.with_constants(factor=3),
    ),
    Claim(
        "shamir-lemma-16-landing",
        "From w_m >= 0 a step ends at -eta (p + c_1) q or above",
        _paper("Lemma 16, explicit"),
        _LEMMA_16_LANDING,
        _LEMMA_16_LANDING.with_constants(factor="99/100"),
    ),
    Claim(
        "shamir-lemma-16-next-step",
        "A step from p >= -h B >= -c_1/2 is at least eta c_1 b/2 long",
        _paper("Lemma 16, explicit"),
        _LEMMA_16_NEXT,
        _LEMMA_16_NEXT.with_constants(factor="51/100"),
    ),
    Claim(
        "shamir-theorem-4-no-handover",
        "A small step never lands where Lemma 13 allows it: the chain needs a repair",
        _OWN,
        _NO_HANDOVER,
        _HANDOVER,
    ),
    Claim(
        "shamir-theorem-4-repaired",
        "No overshoot from any landing: eta (q_m^2 + y^2 sum over j != m of w_j^-2) <= 1",
        _OWN,
        _REPAIRED,
        _REPAIRED.with_constants(limit="1.01"),
    ),
    Claim(
        "shamir-theorem-4-drift",
        "The squared differences contract by at most 1 - h^2/v^2",
        _OWN,
        _DRIFT,
        _DRIFT.with_constants(factor="99/100"),
    ),
    Claim(
        "shamir-theorem-4-counts",
        "Separated starts: certified counts are below the explicit bound",
        _paper("Theorem 4"),
        _EXPLICIT,
        _EXPLICIT.with_constants(factor="1/5"),
    ),
    Claim(
        "shamir-theorem-4-two-sided",
        "Every start: lower bound <= certified count <= upper bound",
        _OWN,
        _TWO_SIDED,
        _TWO_SIDED.with_constants(factor="1.1"),
    ),
)
