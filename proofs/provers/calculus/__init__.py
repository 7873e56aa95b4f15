"""The calculus of the search: terms, enclosures, normal forms, goals and moves.

Untrusted, and independent of the checker: a proof found here is written out for the checker by
:mod:`proofs.provers.writing`, and only what the checker says counts.
"""
