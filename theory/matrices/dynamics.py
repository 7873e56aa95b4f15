"""Deep linear networks in words: gradient, flow, drift and end-to-end dynamics, every depth.

The loss is ``1/2 |W_L ... W_1 X - Y|_F^2``. Layer l sits between two opaque products,
``A = W_{L:l+1}`` above and ``B = W_{l-1:1}`` below (``I`` at the ends), so one identity in words
covers every depth and every layer; :func:`network` writes the same with true products at a
concrete depth. ``R = (W_{L:1} X - Y) X^T`` is the gradient of the loss in the end-to-end matrix,
``G_l = A^T R B^T`` that in layer l, ``eta`` the step size.
"""

from __future__ import annotations

from itertools import combinations

from theory.claims import Domain, Statement, statement

DEPTHS = (2, 3, 4, 5)
EVERY_DEPTH = "every depth L >= 2; A = W_{L:l+1} and B = W_{l-1:1} opaque"


def product(names: list[str]) -> str:
    """The formula of a product, first factor leftmost; ``I`` if there is none."""
    return "*".join(names) or "I"


def layers(depth: int) -> list[str]:
    """The names ``W_L, ..., W_1``, in the order in which they are multiplied."""
    return [f"W_{layer}" for layer in range(depth, 0, -1)]


def above(layer: int, depth: int) -> str:
    """``W_{L:l+1}`` as a formula."""
    return product(layers(depth)[: depth - layer])


def below(layer: int) -> str:
    """``W_{l-1:1}`` as a formula."""
    return product(layers(layer - 1))


def network(depth: int) -> tuple[dict[str, Domain], dict[str, str]]:
    """A network of concrete depth: its variables, and the definitions R, G_l and V_l.

    Returns
    -------
    variables : dict of str to Domain
        W_1 ... W_L, X, Y and the step size eta.
    definitions : dict of str to str
        R, the gradients G_1 ... G_L, and the layers V_1 ... V_L after one step.
    """
    variables: dict[str, Domain] = dict.fromkeys((*layers(depth), "X", "Y"), "matrix")
    definitions = {"R": f"({product(layers(depth))}*X - Y)*T(X)"}
    for layer in range(1, depth + 1):
        definitions[f"G_{layer}"] = f"T({above(layer, depth)})*R*T({below(layer)})"
        definitions[f"V_{layer}"] = f"W_{layer} - eta*G_{layer}"
    return {**variables, "eta": "positive"}, definitions


def at(depth: int, conclusion: str) -> Statement:
    """A statement about all networks of one depth, in the names of :func:`network`."""
    variables, definitions = network(depth)
    scope = f"depth {depth}, all widths"
    return statement(variables, conclusion, definitions=definitions, scope=scope)


# --- one statement for every depth and layer ---

_LAYER: dict[str, Domain] = dict.fromkeys(("A", "B", "W", "X", "Y", "H"), "matrix")
_TWO: dict[str, Domain] = dict.fromkeys(("A", "B", "W", "V", "X", "Y"), "matrix")
# W = W_l below V = W_{l+1}: the gradients of the two share the outer products.
_PAIR = {
    "R": "(A*V*W*B*X - Y)*T(X)",
    "G_W": "T(A*V)*R*T(B)",
    "G_V": "T(A)*R*T(W*B)",
}

GRADIENT = statement(
    {**_LAYER, "eta": "real"},
    "after == before + eta*tr(T(G)*H) + eta**2*tr(T(A*H*B*X)*(A*H*B*X))/2",
    definitions={
        "E": "A*W*B*X - Y",
        "G": "T(A)*E*T(X)*T(B)",
        "moved": "A*(W + eta*H)*B*X - Y",
        "before": "tr(T(E)*E)/2",
        "after": "tr(T(moved)*moved)/2",
    },
    scope=EVERY_DEPTH + "; the loss along W_l + eta H, exact to all orders",
)
"""The gradient in layer l is G = A^T (W_{L:1} X - Y) X^T B^T, whatever the direction H."""

CONSERVED = statement(
    _TWO,
    "T(Vdot)*V + T(V)*Vdot - Wdot*T(W) - W*T(Wdot) == 0*I",
    definitions={**_PAIR, "Wdot": "-G_W", "Vdot": "-G_V"},
    scope=EVERY_DEPTH + "; W = W_l, V = W_{l+1} along the gradient flow",
)

FIRST_ORDER = statement(
    _TWO,
    "T(V)*G_V == G_W*T(W)",
    definitions=_PAIR,
    scope=EVERY_DEPTH + "; W = W_l, V = W_{l+1}",
)

DRIFT = statement(
    {**_TWO, "eta": "positive"},
    "T(V_next)*V_next - W_next*T(W_next) == T(V)*V - W*T(W) + eta**2*(T(G_V)*G_V - G_W*T(G_W))",
    definitions={**_PAIR, "W_next": "W - eta*G_W", "V_next": "V - eta*G_V"},
    scope=EVERY_DEPTH + "; W = W_l, V = W_{l+1}, one step of gradient descent",
)

LOSS_RATE = statement(
    _TWO,
    "tr(T(R)*(A*Vdot*W*B + A*V*Wdot*B)) == -tr(T(G_W)*G_W) - tr(T(G_V)*G_V)",
    definitions={**_PAIR, "Wdot": "-G_W", "Vdot": "-G_V"},
    scope=EVERY_DEPTH + "; the share of two layers in the rate of the loss along the flow",
)

GRAM = statement(
    {**_TWO},
    "A*G_V*W*B + A*V*G_W*B == A*T(A)*R*T(W*B)*W*B + A*V*T(A*V)*R*T(B)*B",
    definitions=_PAIR,
    scope=EVERY_DEPTH + "; two summands of the Gram operator P(R) = sum_l A_l A_l^T R B_l^T B_l",
)

GRAM_PSD = statement(
    dict.fromkeys(("A", "B", "Z"), "matrix"),
    "tr(T(Z)*A*T(A)*Z*T(B)*B) == tr(T(T(A)*Z*T(B))*(T(A)*Z*T(B)))",
    scope="every summand of the Gram operator: <Z, P Z> = sum_l |A_l^T Z B_l^T|_F^2 >= 0",
)


# --- concrete depths, true products ---


def end_to_end(depth: int, drop: bool = False) -> Statement:
    """Expand W_{L:1} after one step: eta times the Gram operator, the rest at least eta**2.

    The conclusion reads ``V_{L:1} == W_{L:1} - eta P(R) + eta^2 H_2 - eta^3 H_3 + ...`` with H_k
    the sum over all choices of k layers of the product with those layers replaced by their
    gradients.

    Parameters
    ----------
    depth : int
        Number of layers.
    drop : bool
        Leave out the second-order term, which makes the statement false: for mutants.
    """
    names = layers(depth)
    total = [product(names)]
    gram = [
        f"{product([above(i, depth), f'T({above(i, depth)})'])}*R*T({below(i)})*{below(i)}"
        for i in range(1, depth + 1)
    ]
    total.append("- eta*(" + " + ".join(gram) + ")")
    for order in range(2, depth + 1):
        chosen = [
            product([f"G_{depth - i}" if i in places else n for i, n in enumerate(names)])
            for places in combinations(range(depth), order)
        ]
        if not (drop and order == 2):
            total.append(f"{'+' if order % 2 == 0 else '-'} eta**{order}*({' + '.join(chosen)})")
    after = product([f"V_{layer}" for layer in range(depth, 0, -1)])
    return at(depth, f"{after} == {' '.join(total)}")


def drift_at(depth: int, layer: int) -> Statement:
    """The exact drift of ``W_{l+1}^T W_{l+1} - W_l W_l^T`` in one step, at a concrete depth."""
    low, high = str(layer), str(layer + 1)
    return at(
        depth,
        f"T(V_{high})*V_{high} - V_{low}*T(V_{low}) == T(W_{high})*W_{high} - W_{low}*T(W_{low}) "
        f"+ eta**2*(T(G_{high})*G_{high} - G_{low}*T(G_{low}))",
    )


def balanced(depth: int, power: int | None = None) -> Statement:
    """For 0-balanced layers ``W_{L:1} W_{L:1}^T == (W_L W_L^T)^L``."""
    names = layers(depth)
    whole = product(names)
    variables: dict[str, Domain] = dict.fromkeys(names, "matrix")
    return statement(
        variables,
        f"{whole}*T({whole}) == (W_{depth}*T(W_{depth}))**{power or depth}",
        hypotheses={
            f"balanced_{i}": f"T(W_{i + 1})*W_{i + 1} == W_{i}*T(W_{i})" for i in range(1, depth)
        },
        scope=f"depth {depth}, all widths, 0-balanced",
    )
