"""Drawn graphs: edges run to the right, no node hides another, and texts are escaped."""

import re
import xml.etree.ElementTree as ElementTree

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from proofs.presentation.encyclopedia import prose
from proofs.presentation.encyclopedia.graph import Dot, crossings, drawn, layers, ordered

KEYS = [f"n{i}" for i in range(12)]


@st.composite
def graphs(draw):
    """Edges from earlier to later keys, so that there are no circles."""
    pairs = [(a, b) for i, a in enumerate(KEYS) for b in KEYS[i + 1 :]]
    return draw(st.lists(st.sampled_from(pairs), max_size=25, unique=True))


@given(graphs())
def test_every_edge_leads_to_a_later_column(edges):
    column = {key: i for i, keys in enumerate(layers(KEYS, edges)) for key in keys}
    assert set(column) == set(KEYS)
    assert all(column[a] < column[b] for a, b in edges)


@given(graphs())
def test_ordering_keeps_the_columns_and_never_adds_crossings(edges):
    before = layers(KEYS, edges)
    after = ordered(before, edges)
    assert [sorted(c) for c in after] == [sorted(c) for c in before]
    assert crossings(after, edges) <= crossings(before, edges)


def test_crossings_are_counted_by_hand():
    columns = [["a", "b"], ["x", "y"]]
    assert crossings(columns, [("a", "y"), ("b", "x")]) == 1
    assert crossings(columns, [("a", "x"), ("b", "y"), ("a", "y")]) == 0
    assert crossings(ordered(columns, [("a", "y"), ("b", "x")]), [("a", "y"), ("b", "x")]) == 0


@given(graphs(), st.text(max_size=60))
def test_the_picture_is_well_formed_and_nodes_do_not_overlap(edges, label):
    label = "".join(c for c in label if c.isprintable())
    dots = [Dot(k, label, "certified", "certified", k if k != "n0" else "") for k in KEYS]
    tree = ElementTree.fromstring(str(drawn(dots, edges, label)))
    boxes = {
        (int(r.attrib["x"]), int(r.attrib["y"]), int(r.attrib["height"])) for r in tree.iter("rect")
    }
    assert len(boxes) == len(KEYS)
    for x, y, height in boxes:
        assert not any(x == u and 0 < v - y < height for u, v, _ in boxes)
        assert y + height <= int(tree.attrib["height"])
    assert len(list(tree.iter("path"))) == len(edges)
    assert len(list(tree.iter("a"))) == len(KEYS) - 1


@given(graphs())
def test_no_edge_is_hidden_by_a_node(edges):
    """It passes every column where no box is, and every long label is told to fit its box."""
    dots = [Dot(k, 40 * "m", "certified", "certified", k) for k in KEYS]
    tree = ElementTree.fromstring(str(drawn(dots, edges, "a graph")))
    boxes = [
        {n: int(r.attrib[n]) for n in ("x", "y", "width", "height")} for r in tree.iter("rect")
    ]
    for path in tree.iter("path"):
        for x, y in re.findall(r" (\d+) (\d+)H", path.attrib["d"]):
            column = [b for b in boxes if b["x"] == int(x)]
            assert not any(b["y"] <= int(y) <= b["y"] + b["height"] for b in column)
    labels = [text for text in tree.iter("text") if "words" not in text.attrib.get("class", "")]
    assert all(int(text.attrib["textLength"]) < boxes[0]["width"] for text in labels)


def test_an_edge_over_two_columns_has_a_gap_between():
    dots = [Dot(k, k, "certified", "certified", k) for k in "abc"]
    tree = ElementTree.fromstring(str(drawn(dots, [("a", "b"), ("b", "c"), ("a", "c")], "three")))
    assert sorted(path.attrib["d"].count("C") for path in tree.iter("path")) == [1, 1, 2]


def test_a_proof_is_written_with_its_references():
    def refer(name):
        return Markup('<a href="#{}">{}</a>').format(name, name)

    text = "**(a) First.** As x_1 <= *all* `code` [one-step, two-steps]:\n\n"
    text += "    x = 1 < 2   [gap]\n\nand so on."
    found = str(prose.html(text, refer))
    assert found.count("<p") == 3
    assert '<a href="#one-step">one-step</a>, <a href="#two-steps">two-steps</a>' in found
    assert "<strong>(a) First.</strong>" in found
    assert "<em>all</em>" in found
    assert "<code>code</code>" in found
    assert "x<sub>1</sub> ≤" in found
    assert "gap: not proved here" in found
    assert "1 &lt; 2" in found
    assert not re.search(r"<script", str(prose.html("<script>[one-step]", refer)))
