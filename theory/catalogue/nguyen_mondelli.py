"""Nguyen, Mondelli (NeurIPS 2020): one wide layer, then a pyramid; the constants of Theorem 3.2.

Names: gamma and beta of the activation, L the depth, F = lambda_F, T = lambda-bar_{3->L},
M = lambda_{3->L}, B_r = lambda-bar_r, K the common factor of conditions (7) and (8).
"""

from __future__ import annotations

from theory.claims import Claim, Domain, Source, statement

_ASSUMPTION = Source("nguyen-mondelli2020", "Assumption 2.2", "memory")
_THEOREM = Source("nguyen-mondelli2020", "Theorem 3.2", "re-derived")
_LEMMA = Source("nguyen-mondelli2020", "Lemmas 4.1-4.3", "re-derived")
_SMOOTHNESS = Source("nguyen-mondelli2020", "Theorem 3.2, Q_0", "memory")

# The smoothed leaky ReLU, in the variable z = x/(tau sqrt 2): x/tau = sqrt(2) z.
_ACTIVATION_SCOPE = (
    "s = leaky ReLU smoothed by a Gaussian of width tau, z = x/(tau sqrt 2); "
    "s' = gamma + (1 - gamma)(1 + erf z)/2"
)
_SLOPE_LEAST = statement(
    {"z": "real"},
    "gamma + (1 - gamma)*(1 + erf(z))/2 >= least*gamma",
    constants={"gamma": "1/2", "least": 1},
    scope=f"{_ACTIVATION_SCOPE}, gamma = 1/2",
)
_SLOPE_MOST = statement(
    {"z": "real"},
    "gamma + (1 - gamma)*(1 + erf(z))/2 <= most",
    constants={"gamma": "1/2", "most": 1},
    scope=f"{_ACTIVATION_SCOPE}, gamma = 1/2",
)
_BETA = statement(
    {"z": "real", "gamma": "positive", "tau": "positive"},
    "(1 - gamma)*exp(-z**2)/(tau*sqrt(2*pi)) <= factor*beta",
    {"beta": "(1 - gamma)/(tau*sqrt(2*pi))"},
    {"below": "gamma < 1"},
    {"factor": 1},
    scope="s'' of the smoothed leaky ReLU at x = tau sqrt(2) z against beta",
    witness={"z": 0, "gamma": "1/2", "tau": 1},
)
_BELOW_IDENTITY = statement(
    {"x": "nonnegative"},
    "gamma*x + (1 - gamma)*(x*(1 + erf(x))/2 + (exp(-x**2) - 1)/(2*sqrt(pi))) <= most*x",
    constants={"gamma": "1/2", "most": 1},
    scope="the smoothed leaky ReLU with tau = 1/sqrt 2 and gamma = 1/2, on x >= 0",
)

_RATE = statement(
    {"gamma": "positive", "F": "positive", "M": "positive", "L": "integer"},
    "4/gamma**4*(g**2/two**2)*F**2*M**2 == (g/gamma**2*(F/2)*(M*4/two))**2",
    {"g": "gamma**L", "two": "2**L"},
    {"depth": "L >= 3"},
    scope="alpha_0 is the squared PL-type factor with every singular value halved",
    witness={"gamma": "1/2", "F": 1, "M": 1, "L": 3},
)
_DESCENT = statement(
    {
        "f": "nonnegative",
        "g": "nonnegative",
        "alpha": "positive",
        "Q": "positive",
        "eta": "positive",
    },
    "f - eta*g + eta**2*Q*g/2 <= (1 - rate*eta*alpha)*f",
    hypotheses={"pl": "g >= 2*alpha*f", "step": "eta*Q <= 1"},
    constants={"rate": 1},
    scope="f the loss, g its squared gradient, Q a smoothness constant: descent lemma and PL",
    witness={"f": 1, "g": 2, "alpha": 1, "Q": 1, "eta": 1},
)
_SUM = statement(
    {"z": "nonnegative"},
    "1 - sqrt(1 - z) >= share*z",
    hypotheses={"rate": "z <= 1"},
    constants={"share": "1/2"},
    scope="z = eta alpha_0: sum_k eta (1 - z)^(k/2) = eta/(1 - sqrt(1 - z)) <= 2/alpha_0",
    witness={"z": "1/2"},
)
_RADIUS = statement(
    {"gamma": "positive", "F": "positive", "M": "positive", "L": "integer"},
    "2*(three/two*2/3)*(3*g**2*F**2*M**2) == alpha*gamma**4*(two*three)",
    {
        "g": "gamma**L",
        "two": "2**L",
        "three": "3**L",
        "alpha": "4/gamma**4*(g**2/two**2)*F**2*M**2",
    },
    {"depth": "L >= 3"},
    scope="the total movement's factor is the one of conditions (7) and (8)",
    witness={"gamma": "1/2", "F": 1, "M": 1, "L": 3},
)
_K: dict[str, Domain] = {
    "K": "positive",
    "T": "positive",
    "B_1": "positive",
    "B_2": "positive",
    "F": "positive",
}
_ONES: dict[str, int | str] = {"K": 1, "T": 1, "B_1": 1, "B_2": 1, "F": 2}
_TAIL = statement(
    {**_K, "B_r": "positive", "r": "positive"},
    "K*T*B_1*B_2/(B_r*F**2) <= share*r",
    hypotheses={"seven": "r*B_r*F**2 >= K*T*2*B_1*B_2"},
    constants={"share": "1/2"},
    scope="condition (7) keeps W_r, r >= 3, within lambda_r/2 of its start",
    witness={**_ONES, "B_r": 1, "r": 1},
)
_HEAD = statement(
    _K,
    "K*T*B_2/F**2 <= most",
    hypotheses={"seven": "F**2 >= K*T*B_2"},
    constants={"most": 1},
    scope="condition (7) keeps W_1 within 1 of its start (and W_2, with B_1 for B_2)",
    witness=_ONES,
)
_FEATURE = statement(
    {**_K, "X": "positive"},
    "X*K*T*B_2/F**2 <= share*F",
    hypotheses={"eight": "F**3 >= 2*X*K*T*B_2"},
    constants={"share": "1/2"},
    scope="condition (8) keeps the first layer's features within lambda_F/2 of their start",
    witness={**_ONES, "X": 1},
)
_NORM = statement(
    {"a": "positive", "r": "positive", "m": "positive"},
    "a + r/2 <= factor*(a + m)",
    hypotheses={"least": "r <= a"},
    constants={"factor": "3/2"},
    scope="a = |W_l(0)|, r = lambda_l <= a, m = min lambda_p: norms stay below 3/2 lambda-bar_l",
    witness={"a": 1, "r": 1, "m": 1},
)
_COEFFICIENT = statement(
    {"L": "integer"},
    "L*sqrt(L)/2 >= L",
    hypotheses={"depth": "L >= 4"},
    scope="a linear chain w_1 ... w_L = y at w_i = b has Hessian norm L b^(2L - 2): the remembered "
    "coefficient L sqrt(L)/2 of Q_0 covers it from L = 4 on, and not at L = 2 or 3",
    witness={"L": 4},
)

_MEASURED: dict[str, Domain] = {"measure": "measured", "bound": "measured"}
_RUN = statement(
    {"drop": "measured", "guaranteed": "measured"},
    "drop >= factor*guaranteed",
    constants={"factor": 1},
    scope="ln(loss_0/loss_k) against -k ln(1 - eta alpha_0) at every step of runs in balls, on "
    "networks that satisfy Assumptions 2.1, 2.2, 3.1, eta < min(1/alpha_0, 1/Q)",
)
_INVARIANTS = statement(
    {"now": "measured", "start": "measured"},
    "now >= share*start",
    constants={"share": "1/2"},
    scope="sigma_min of W_l (l >= 3) and of the first layer's features along the same runs",
)
_GRADIENT = statement(
    _MEASURED,
    "measure <= factor*bound",
    constants={"factor": 1},
    scope="|grad_l| against |X|_F prod_{p != l} |W_p| |F_L - Y|_F, random networks in balls",
)
_PL = statement(
    _MEASURED,
    "measure >= factor*bound",
    constants={"factor": 1},
    scope="|grad_2| against sigma_min(F_1) gamma^(L-2) prod_{p >= 3} sigma_min(W_p) |F_L - Y|_F, "
    "random networks in balls",
)
_LIPSCHITZ = statement(
    _MEASURED,
    "measure <= factor*bound",
    constants={"factor": 1},
    scope="|F_L - F_L'| against sqrt(L) |X|_F prod b_p/min b_p |theta - theta'|, pairs in balls",
)
_LECUN = statement(
    {"low": "measured", "slope": "measured", "high": "measured"},
    "abs(slope - expected) <= within",
    constants={"expected": 2, "within": "3/5"},
    scope="d ln(n_1 lambda_*^2)/d ln N, n_1 the first width at which LeCun's start satisfies (7): "
    "N = 4 to 32, d = 64, gamma = 1/2, tau = 1, widths (n_1, 16, 1); fit, 95 % bootstrap interval",
)
_PRACTICE = statement(
    {"needed": "measured", "enough": "measured"},
    "needed >= factor*enough",
    constants={"factor": 10**8},
    scope="the width that (7) asks of LeCun's start against the width at which 9 of 10 runs reach "
    "a hundredth of their initial loss within 2,000 steps",
)

CLAIMS = (
    Claim(
        "nm-activation-slope-least",
        "The smoothed leaky ReLU's derivative is at least gamma",
        _ASSUMPTION,
        _SLOPE_LEAST,
        _SLOPE_LEAST.with_constants(least="1.001"),
    ),
    Claim(
        "nm-activation-slope-most",
        "The smoothed leaky ReLU's derivative is at most 1",
        _ASSUMPTION,
        _SLOPE_MOST,
        _SLOPE_MOST.with_constants(most="0.999"),
    ),
    Claim(
        "nm-activation-beta",
        "Its derivative is beta-Lipschitz, beta = (1 - gamma)/(tau sqrt(2 pi))",
        _ASSUMPTION,
        _BETA,
        _BETA.with_constants(factor="0.999"),
    ),
    Claim(
        "nm-activation-below-identity",
        "s(x) <= x for x >= 0",
        _ASSUMPTION,
        _BELOW_IDENTITY,
        _BELOW_IDENTITY.with_constants(most="0.99"),
    ),
    Claim(
        "nm-alpha",
        "alpha_0 = 4/gamma^4 (gamma^2/4)^L lambda_F^2 lambda_{3->L}^2 is the PL constant",
        _THEOREM,
        _RATE,
        _RATE.but("4/gamma**4*(g**2/two**2)*F**2*M**2 == (g/gamma**2*(F/2)*(M*2/two))**2"),
    ),
    Claim(
        "nm-descent",
        "One step multiplies the loss by at most 1 - eta alpha_0",
        _THEOREM,
        _DESCENT,
        _DESCENT.with_constants(rate="1.01"),
    ),
    Claim(
        "nm-geometric-sum",
        "The lengths of all steps add up to at most 2/alpha_0 times the first gradient",
        _THEOREM,
        _SUM,
        _SUM.with_constants(share="0.51"),
    ),
    Claim(
        "nm-radius",
        "2/alpha_0 (3/2)^(L-1) = gamma^4/3 (6/gamma^2)^L / (lambda_F lambda_{3->L})^2",
        _THEOREM,
        _RADIUS,
        _RADIUS.but("2*(three/two)*(3*g**2*F**2*M**2) == alpha*gamma**4*(two*three)"),
    ),
    Claim(
        "nm-condition-7-tail",
        "Condition (7), divided: the movement of layer l >= 3 is at most lambda_l/2",
        _THEOREM,
        _TAIL,
        _TAIL.with_constants(share="0.499"),
    ),
    Claim(
        "nm-condition-7-head",
        "Condition (7), divided: the movement of layers 1 and 2 is at most 1",
        _THEOREM,
        _HEAD,
        _HEAD.with_constants(most="0.999"),
    ),
    Claim(
        "nm-condition-8",
        "Condition (8), divided: the features move by at most lambda_F/2",
        _THEOREM,
        _FEATURE,
        _FEATURE.with_constants(share="0.499"),
    ),
    Claim(
        "nm-norms",
        "The norms stay below 3/2 lambda-bar",
        _THEOREM,
        _NORM,
        _NORM.with_constants(factor="1.49"),
    ),
    Claim(
        "nm-smoothness-coefficient",
        "The coefficient L sqrt(L)/2 of Q_0 bounds the Hessian from depth 4 on",
        _SMOOTHNESS,
        _COEFFICIENT,
        _COEFFICIENT.but(hypotheses={"depth": "L >= 2"}),
    ),
    Claim(
        "nm-theorem-3-2-runs",
        "Theorem 3.2: the loss falls at least like (1 - eta alpha_0)^k",
        _THEOREM,
        _RUN,
        _RUN.with_constants(factor=3500),
    ),
    Claim(
        "nm-invariants",
        "Least singular values stay above half their start",
        _THEOREM,
        _INVARIANTS,
        _INVARIANTS.with_constants(share=1),
    ),
    Claim(
        "nm-gradient-bound",
        "The gradient of a layer is at most |X|_F prod |W_p| |F_L - Y|_F",
        _LEMMA,
        _GRADIENT,
        _GRADIENT.with_constants(factor="1/4"),
    ),
    Claim(
        "nm-pl-bound",
        "The gradient of the second layer is bounded below by the residual",
        _LEMMA,
        _PL,
        _PL.with_constants(factor=4),
    ),
    Claim(
        "nm-lipschitz",
        "The output is Lipschitz in the weights",
        _LEMMA,
        _LIPSCHITZ,
        _LIPSCHITZ.with_constants(factor="0.015"),
    ),
    Claim(
        "nm-lecun-width",
        "LeCun's initialisation satisfies (7) at a width that grows like N^2",
        Source("nguyen-mondelli2020", "Section 3.1", "memory"),
        _LECUN,
        _LECUN.with_constants(expected=1),
    ),
    Claim(
        "nm-width-in-practice",
        "Condition (7) is far from necessary",
        Source("lemmata", "measured", "re-derived"),
        _PRACTICE,
        _PRACTICE.with_constants(factor=3 * 10**8),
    ),
)
