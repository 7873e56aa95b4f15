"""Claims about deep linear networks that are identities between noncommuting matrices."""

from __future__ import annotations

from theory.claims import Claim, Source
from theory.matrices import dynamics
from theory.matrices.dynamics import DEPTHS

_OWN = Source("lemmata", "derived", "re-derived")
_ARORA = Source("arora-cohen-golowich-hu2019", "proof of Theorem 1", "re-derived")
_DU_HU = Source("du-hu2019", "dynamics of U(t), proof of Theorem 4.1")


def _drift(depth: int, layer: int) -> Claim:
    made = dynamics.drift_at(depth, layer)
    return Claim(
        f"balancedness-drift-{depth}-{layer}",
        f"depth {depth}, layers {layer} and {layer + 1}: exact second-order drift",
        _OWN,
        made,
        made.but(str(made.conclusion).replace("eta**2", "2*eta**2")),
    )


CLAIMS = (
    Claim(
        "matrix-gradient",
        "gradient in layer l is (W_{L:l+1})^T (W_{L:1} X - Y) X^T (W_{l-1:1})^T",
        _OWN,
        dynamics.GRADIENT,
        dynamics.GRADIENT.but(definitions={"G": "T(A)*E*T(X)*B"}),
    ),
    Claim(
        "matrix-flow-conservation",
        "the flow conserves W_{l+1}^T W_{l+1} - W_l W_l^T",
        _OWN,
        dynamics.CONSERVED,
        dynamics.CONSERVED.but("T(Vdot)*V + T(V)*Vdot - T(Wdot)*W - T(W)*Wdot == 0*I"),
    ),
    Claim(
        "matrix-first-order",
        "W_{l+1}^T G_{l+1} = G_l W_l^T: balancedness has no first-order drift",
        _OWN,
        dynamics.FIRST_ORDER,
        dynamics.FIRST_ORDER.but("T(V)*G_V == W*T(G_W)"),
    ),
    Claim(
        "matrix-balancedness-drift",
        "one step changes W_{l+1}^T W_{l+1} - W_l W_l^T by eta^2 (G_{l+1}^T G_{l+1} - G_l G_l^T)",
        _OWN,
        dynamics.DRIFT,
        dynamics.DRIFT.but(
            "T(V_next)*V_next - W_next*T(W_next) "
            "== T(V)*V - W*T(W) + eta**2*(T(G_V)*G_V + G_W*T(G_W))"
        ),
    ),
    Claim(
        "matrix-loss-rate",
        "along the flow the loss falls at the rate sum_l |G_l|_F^2",
        _OWN,
        dynamics.LOSS_RATE,
        dynamics.LOSS_RATE.but(
            "tr(T(R)*(A*Vdot*W*B + A*V*Wdot*B)) == -tr(T(G_W)*G_W) + tr(T(G_V)*G_V)"
        ),
    ),
    Claim(
        "gram-operator",
        "the end-to-end matrix moves by P(R) = sum_l A_l A_l^T R B_l^T B_l",
        _DU_HU,
        dynamics.GRAM,
        dynamics.GRAM.but("A*G_V*W*B + A*V*G_W*B == A*T(A)*R*W*B*T(W*B) + A*V*T(A*V)*R*T(B)*B"),
    ),
    Claim(
        "gram-operator-psd",
        "<Z, P Z> is a sum of squares |A_l^T Z B_l^T|_F^2",
        _DU_HU,
        dynamics.GRAM_PSD,
        dynamics.GRAM_PSD.but(
            "tr(T(Z)*A*T(A)*Z*T(B)*B) == tr(T(T(A)*Z*B)*(T(A)*Z*B))",
        ),
    ),
    *(
        Claim(
            f"end-to-end-step-{depth}",
            f"depth {depth}: exact expansion of one step of W_(L:1) in eta, first order -P(R)",
            _ARORA,
            dynamics.end_to_end(depth),
            dynamics.end_to_end(depth, drop=True),
        )
        for depth in DEPTHS
    ),
    *(_drift(depth, layer) for depth in DEPTHS for layer in range(1, depth)),
    *(
        Claim(
            f"balanced-product-{depth}",
            f"depth {depth}: 0-balanced layers have W_(L:1) W_(L:1)^T = (W_L W_L^T)^L",
            _ARORA,
            dynamics.balanced(depth),
            dynamics.balanced(depth, depth - 1),
        )
        for depth in DEPTHS
    ),
)
