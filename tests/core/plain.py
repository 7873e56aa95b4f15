"""Strategies as plain functions of a random generator: the few of Hypothesis's that we use.

A draw by Hypothesis costs some ten times what the core needs to judge it, as each choice is kept so
that a failure may be shrunk. For many draws (see :mod:`drawing`) these stand in, under the names
and with the arguments of ``hypothesis.strategies``; a draw is found again by its seed.
"""

import functools


class Strategy:
    """What is drawn, as a function of a ``random.Random``."""

    def __init__(self, draw):
        self.draw = draw

    def map(self, f):
        return Strategy(lambda rng: f(self.draw(rng)))


def just(value):
    return Strategy(lambda rng: value)


def booleans():
    return Strategy(lambda rng: rng.random() < 0.5)


def integers(low, high):
    return Strategy(lambda rng: rng.randint(low, high))


def sampled_from(values):
    values = list(values)
    return Strategy(lambda rng: values[int(rng.random() * len(values))])


def one_of(*strategies):
    return Strategy(lambda rng: strategies[int(rng.random() * len(strategies))].draw(rng))


def tuples(*strategies):
    return Strategy(lambda rng: tuple(s.draw(rng) for s in strategies))


def lists(strategy, *, max_size):
    return Strategy(lambda rng: [strategy.draw(rng) for _ in range(rng.randint(0, max_size))])


def fixed_dictionaries(strategies):
    return Strategy(lambda rng: {key: s.draw(rng) for key, s in strategies.items()})


def builds(f, *strategies):
    return Strategy(lambda rng: f(*(s.draw(rng) for s in strategies)))


def recursive(base, extend, *, max_leaves):
    """Some levels of an extension; rarely one for each leaf that is allowed."""
    levels = [base]
    while len(levels) < max_leaves:
        levels.append(extend(one_of(base, levels[-1])))
    return Strategy(lambda rng: levels[min(rng.randrange(len(levels)) for _ in "ab")].draw(rng))


def composite(f):
    @functools.wraps(f)
    def made(*arguments, **more):
        return Strategy(lambda rng: f(lambda s: s.draw(rng), *arguments, **more))

    return made
