"""Classes of functions and operators, by what finitely many values of a member satisfy.

For most classes the inequalities are necessary and sufficient: numbers and vectors that satisfy
them at finitely many points are the values and (sub)gradients there of a member of the class (an
*interpolation theorem*). So a claim about all members is the same claim about all such numbers,
and a counterexample in numbers is one by a function.

==============================  =================================================================
class                           interpolation theorem
==============================  =================================================================
convex, smooth, strongly        Taylor, Hendrickx, Glineur, Math. Program. 161 (2017), Theorem 4
  convex
smooth, not convex;             Taylor, Hendrickx, Glineur, SIAM J. Optim. 27 (2017), Theorem 3.10
  weakly convex
lipschitz and convex, sets      the same, Theorems 3.5 and 3.6
quadratic upper bound           Goujaud, Taylor, Dieuleveut (2022), Theorem 2.6
monotone, strongly monotone,    Ryu, Taylor, Bergeling, Giselsson, SIAM J. Optim. 30 (2020),
  cocoercive, lipschitz           section 2; Kirszbraun's theorem for Lipschitz ones
comonotone                      the same, by the inverse of a strongly monotone operator
smooth with a minimiser         Drori, Shamir, Math. Program. 190 (2021), Theorem 7
==============================  =================================================================

For PL functions, and for operators with two properties at more than two points, the inequalities
are necessary only. What is proved from them holds; a counterexample has to be a quadratic function
or a multiple of the identity of the class besides (:meth:`Class.sufficient`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from theory.errors import InputError, Unsupported
from theory.expressions import Expression, Relation, name, number, suggestion
from theory.expressions.arithmetic import minus, over, times, total
from theory.language.wording import worded

Linear = dict[str, Expression]
"""A vector: the coefficient of each of the vectors of which all others are made."""
Build = Callable[["Sample", "Sample"], Relation]

FUNCTION_WORDS = {
    "convex": 0,
    "smooth": 1,
    "strongly convex": 1,
    "weakly convex": 1,
    "lipschitz": 1,
    "quadratic upper bound": 1,
    "PL": 1,
    "set": 0,
    "bounded set": 1,
}
OPERATOR_WORDS = {
    "monotone": 0,
    "strongly monotone": 1,
    "cocoercive": 1,
    "comonotone": 1,
    "lipschitz": 1,
    "nonexpansive": 0,
}
"""The words for properties, and how many parameters each takes."""
_WORD = re.compile(r"\s*(?P<word>[A-Za-z][A-Za-z ]*?)\s*(?:\((?P<inner>.+)\))?\s*")


@dataclass(frozen=True)
class Sample:
    """What is known of a function or an operator at one point.

    Attributes
    ----------
    label : str
        The name of the point.
    point, gradient : Linear
        The point, and the (sub)gradient or the value of the operator there.
    value : Expression
        The value of a function; 0 for an operator.
    minimal : bool
        Whether the gradient is zero by definition of the point.
    """

    label: str
    point: Linear
    gradient: Linear
    value: Expression
    minimal: bool = False

    def moved(self, origin: str) -> Sample:
        """The sample with a point at 0."""
        point, gradient = (
            {v: c for v, c in a.items() if v != origin} for a in (self.point, self.gradient)
        )
        return replace(self, point=point, gradient=gradient)


@dataclass(frozen=True)
class Class:
    """What is assumed of a function or an operator.

    Attributes
    ----------
    operator : bool
    words : dict of str to Expression or None
        Its properties, each with its parameter.
    """

    operator: bool
    words: dict[str, Expression | None]

    @property
    def constant(self) -> bool:
        """Whether its values are all 0: the indicator function of a set."""
        return not self.operator and bool({"set", "bounded set"} & set(self.words))

    def parameters(self) -> Iterator[Relation]:
        """What parameters have to satisfy for the inequalities to mean the class."""
        lower, upper = self._get("strongly convex") or self._get("PL"), self._get("smooth")
        for value in self.words.values():
            if value is not None:
                yield Relation(value, ">", number(0))
        if lower is not None and upper is not None:
            yield Relation(lower, "<", upper)
        if (weak := self._get("weakly convex")) is not None and upper is not None:
            yield Relation(weak, "<=", upper)
        if (least := self._get("strongly monotone")) is not None:
            for word in {"lipschitz", "nonexpansive", "cocoercive"} & set(self.words):
                bound = self.words[word] or number(1)
                most = over(number(1), bound) if word == "cocoercive" else bound
                yield Relation(least, "<=", most)

    def _get(self, word: str) -> Expression | None:
        return self.words.get(word)

    @property
    def convex(self) -> bool:
        """Whether all its functions are convex."""
        return not {"smooth", "weakly convex", "PL"} & set(self.words) or bool(
            {"convex", "strongly convex"} & set(self.words)
        )

    def exact(self, samples: Sequence[Sample]) -> bool:
        """Whether an interpolation theorem covers so many points."""
        if self.operator:
            return len(self.words) == 1 or len(samples) <= 2
        return not {"PL", "quadratic upper bound"} & set(self.words)

    def sufficient(self, samples: Sequence[Sample]) -> Iterator[Relation]:
        """That samples are those of a quadratic function, or of a multiple of the identity."""
        if self.exact(samples):
            return
        if "quadratic upper bound" in self.words:  # where f is least, its subgradient is 0
            least = next(s.value for s in samples if s.minimal)
            yield from (Relation(s.value, ">", least) for s in samples if not s.minimal)
            return
        star = next((s for s in samples if not s.gradient), samples[0])
        others = [s for s in samples if s is not star]
        x, g = (less(getattr(others[0], part), getattr(star, part)) for part in _PARTS)
        curvature = over(inner(g, x), square(x))
        low, high = self.curvatures
        yield Relation(square(x), ">", ZERO)
        yield Relation(low, "<=", curvature)
        if high is not None:
            yield Relation(curvature, "<=", high)
        for s in others:
            x, g = (less(getattr(s, part), getattr(star, part)) for part in _PARTS)
            yield Relation(square(less(g, stretched(curvature, x))), "==", ZERO)
            if not self.operator:
                half = over(times(curvature, square(x)), number(2))
                yield Relation(total(s.value, minus(star.value)), "==", half)

    @property
    def curvatures(self) -> tuple[Expression, Expression | None]:
        """Between which numbers a makes a x^2/2, or a x, a member; None for no upper end."""
        low = next((self.words[w] for w in ("strongly convex", "PL", "strongly monotone")
                    if w in self.words), None)  # fmt: skip
        high = self._get("smooth") or self._get("lipschitz") if self.operator else self._get(
            "smooth")  # fmt: skip
        if "cocoercive" in self.words:
            high = over(number(1), self._get("cocoercive") or number(1))
        return low or ZERO, number(1) if "nonexpansive" in self.words else high

    def alone(self, i: Sample) -> Iterator[Relation]:
        """What holds at each point."""
        bound = self._get("lipschitz")
        if bound is not None and not self.operator and i.gradient:
            yield Relation(square(i.gradient), "<=", power2(bound))

    def pairs(self, i: Sample, j: Sample) -> Iterator[Relation]:
        """What holds of two points, in this order."""
        yield from self._monotone(i, j) if self.operator else self._convex(i, j)

    def _convex(self, i: Sample, j: Sample) -> Iterator[Relation]:
        x, g = less(i.point, j.point), less(i.gradient, j.gradient)
        above = total(i.value, minus(j.value), minus(inner(j.gradient, x)))
        upper, bound = self._get("smooth"), self._get("quadratic upper bound")
        lower = self._get("strongly convex") or number(0)
        if "weakly convex" in self.words:
            lower = minus(self.words["weakly convex"] or number(0))
        elif upper is not None and not {"convex", "strongly convex"} & set(self.words):
            lower = minus(upper)
        if upper is not None:
            # 2 (L - m) (f_i - f_j - <g_j, x_i - x_j>) >= |g|^2 + m L |x|^2 - 2 m <g, x>
            right = total(
                square(g),
                times(lower, upper, square(x)),
                minus(times(number(2), lower, inner(g, x))),
            )
            yield Relation(times(number(2), total(upper, minus(lower)), above), ">=", right)
        elif bound is not None and i.minimal:
            yield Relation(times(number(2), bound, above), ">=", square(j.gradient))
        else:
            yield Relation(above, ">=", times(lower, over(square(x), number(2))))
        reach = self._get("bounded set")
        if reach is not None and i.label < j.label:
            yield Relation(square(x), "<=", power2(reach))

    def _monotone(self, i: Sample, j: Sample) -> Iterator[Relation]:
        if i.label > j.label:  # symmetric
            return
        x, a = less(i.point, j.point), less(i.gradient, j.gradient)
        for word, value in self.words.items():
            c = value if value is not None else number(0)
            match word:
                case "monotone":
                    yield Relation(inner(a, x), ">=", number(0))
                case "strongly monotone":
                    yield Relation(inner(a, x), ">=", times(c, square(x)))
                case "cocoercive":
                    yield Relation(inner(a, x), ">=", times(c, square(a)))
                case "comonotone":
                    yield Relation(inner(a, x), ">=", minus(times(c, square(a))))
                case "lipschitz":
                    yield Relation(square(a), "<=", times(power2(c), square(x)))
                case "nonexpansive":
                    yield Relation(square(a), "<=", square(x))

    def inequalities(self, samples: Sequence[Sample]) -> Iterator[tuple[str, Relation]]:
        """All that is known of the values at some points, with a label for each.

        Raises
        ------
        Unsupported
            If the inequalities are not sufficient for so many points.
        """
        star = next((s for s in samples if s.minimal), None)
        if star is None and {"PL", "quadratic upper bound"} & set(self.words):
            raise Unsupported("functions", "this class without a `minimiser of` the function")
        if star is not None and not self.operator and not self.convex:
            upper = self._get("smooth")
            if upper is None:
                raise Unsupported("functions", "a minimiser of a weakly convex function")
            for i in (s for s in samples if s is not star):
                gap = total(i.value, minus(star.value))
                yield f"{i.label}.least", Relation(
                    times(number(2), upper, gap), ">=", square(i.gradient)
                )  # fmt: skip
                if i.minimal:
                    yield f"{i.label}.both", Relation(i.value, "==", star.value)
                if (rate := self._get("PL")) is not None:
                    yield f"{i.label}.pl", Relation(
                        square(i.gradient), ">=", times(number(2), rate, gap)
                    )  # fmt: skip
        for i in samples:
            for k, r in enumerate(self.alone(i)):
                yield f"{i.label}{'.more' * k}", r
        for i in samples:
            for j in samples:
                if i.label != j.label:
                    for k, r in enumerate(self.pairs(i, j)):
                        yield f"{i.label}.{j.label}{'.more' * k}", r


def read_class(
    text: object, argument: str, operator: bool, formula: Callable[[str], Expression]
) -> Class:
    """Read a class such as ``smooth(L) & strongly convex(mu)``.

    Raises
    ------
    InputError
        For a word that is none, or properties that do not go together.
    """
    if not isinstance(text, str):
        raise InputError(argument, "a class is wanted, such as smooth(L) & convex")
    known = OPERATOR_WORDS if operator else FUNCTION_WORDS
    words: dict[str, Expression | None] = {}
    for part in re.split(r"&|,(?![^(]*\))|\band\b", text):
        part = worded(part)
        if not part and text.strip():
            continue
        match = _WORD.fullmatch(part)
        word = match["word"] if match else part.strip()
        if match is None or word not in known:
            raise InputError(argument, f"unknown class {word[:40]!r}{suggestion(word, known)}")
        if (match["inner"] is not None) != (known[word] == 1):
            shape = f"{word}(c)" if known[word] else word
            raise InputError(argument, f"write {shape}")
        if word in words:
            raise InputError(argument, f"{word} stands twice")
        words[word] = formula(match["inner"]) if match["inner"] is not None else None
    made = set(words)
    if not operator:
        curved = {"smooth", "quadratic upper bound", "lipschitz"} & made
        sets = {"set", "bounded set"} & made
        least = {"strongly convex", "weakly convex"} & made
        plain = {"convex", *least, "smooth", "set", "bounded set"} & made
        if "PL" in made and made != {"PL", "smooth"}:
            raise Unsupported(argument, "PL goes with smooth(L), and with nothing else")
        if len(curved) > 1 or len(least) > 1 or (sets and len(made - {"convex"}) > 1) or not plain:
            raise Unsupported(argument, f"no interpolation theorem is known for {text[:60]}")
        if curved & {"lipschitz", "quadratic upper bound"} and least:
            raise Unsupported(argument, f"no interpolation theorem is known for {text[:60]}")
    return Class(operator, words)


# Vectors ------------------------------------------------------------------------------------------


def added(a: Linear, b: Linear) -> Linear:
    """The sum of two vectors."""
    made = {v: total(a.get(v, ZERO), b.get(v, ZERO)) for v in {**a, **b}}
    return {v: c for v, c in made.items() if c != ZERO}


def stretched(c: Expression, a: Linear) -> Linear:
    """A multiple of a vector."""
    if c == number(-1):
        return {v: minus(k) for v, k in a.items()}
    made = {v: times(c, k) if k.head != "neg" else minus(times(c, k.args[0])) for v, k in a.items()}
    return {v: k for v, k in made.items() if k != ZERO}


def less(a: Linear, b: Linear) -> Linear:
    """The difference of two vectors."""
    return added(a, stretched(number(-1), b))


def written(a: Linear) -> Expression:
    """A vector as a formula; it must not be zero."""
    return total(*(times(c, name(v)) if c.head != "neg" else minus(times(c.args[0], name(v)))
                   for v, c in a.items()))  # fmt: skip


def inner(a: Linear, b: Linear) -> Expression:
    """An inner product."""
    return Expression("dot", (written(a), written(b))) if a and b else ZERO


def square(a: Linear) -> Expression:
    """The square of a norm."""
    return power2(Expression("norm", (written(a),))) if a else ZERO


def power2(e: Expression) -> Expression:
    """A square."""
    return Expression("**", (e, number(2)))


ZERO = number(0)
_PARTS = ("point", "gradient")
