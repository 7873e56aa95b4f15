"""The trusted core: what *proved* rests on. It imports the standard library and python-flint only.

Read the modules in this order; each uses only those before it.

1. :mod:`terms`: formulas as plain trees, when they are defined, their derivatives, their text.
2. :mod:`ranges`: enclosures of terms over boxes, rounded outward.
3. :mod:`probability`: expectations and events.
4. :mod:`normal`: terms as quotients of polynomials, to decide equations.
5. :mod:`goals`: what is to be shown, and that it is defined.
6. :mod:`rules`: each turns a goal into goals that imply it.
7. :mod:`check`: statements and certificates; ``check.check`` is the only way to *proved*.

The search (:mod:`proofs.search`) calls the same rules; it has no other power.
"""
