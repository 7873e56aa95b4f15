"""What a formula needs to have a value: closed formulas, whatever sums they are taken out of."""

import pytest

from theory.expressions import Expression, name, number
from theory.expressions.abbreviations import ONE, op
from theory.language.indices import free
from theory.language.needed import needed


def item(sequence, index):
    return Expression("item", (name(sequence), name(index)))


def total(index, term):
    return Expression("sum_", (name(index), ONE, name("n"), term))


DRAWS = total("i", item("e", "i"))


@pytest.mark.parametrize("index", ["i", "j"])
@pytest.mark.parametrize("term", [lambda i: name(i), lambda i: op("**", item("x", i), number(2))])
def test_a_divisor_that_is_a_sum_is_needed_whatever_its_index_is_called(index, term):
    divisor = total(index, term(index))
    assert list(needed(op("/", DRAWS, divisor), {"e"})) == [op("/", ONE, divisor)]


def test_of_what_depends_on_the_index_the_sum_is_needed():
    quotient = total("i", op("/", item("e", "i"), item("x", "i")))
    assert list(needed(quotient, {"e"})) == [total("i", op("/", ONE, item("x", "i")))]


def test_no_index_from_one_on_is_zero():
    assert list(needed(total("i", op("/", item("e", "i"), name("i"))), {"e"})) == []


def test_what_stands_in_two_sums_is_taken_out_with_both():
    both = op("+", item("x", "i"), item("x", "j"))
    (part,) = needed(total("i", total("j", op("/", item("e", "j"), both))), {"e"})
    assert part == total("i", total("j", op("/", ONE, both)))
    assert free(part) == {"x", "n"}


def test_an_index_of_a_sum_means_nothing_outside():
    assert free(op("*", name("i"), total("i", item("x", "i")))) == {"i", "x", "n"}
    assert free(total("i", item("x", "i"))) == {"x", "n"}
