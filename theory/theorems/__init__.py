"""Theorems as objects: what a paper says as a whole, and the graph of what it rests on."""

from theory.theorems.composition import Composition
from theory.theorems.graph import Library, Node, files, load, unknown
from theory.theorems.model import Cited, Inference, Known, Printed, Role, Theorem
from theory.theorems.reading import read_cited, read_theorem

__all__ = [
    "Cited",
    "Composition",
    "Inference",
    "Known",
    "Library",
    "Node",
    "Printed",
    "Role",
    "Theorem",
    "files",
    "load",
    "read_cited",
    "read_theorem",
    "unknown",
]
