"""Exact counts of gradient-descent steps, however large: skip the plateau by proof, step the rest.

The method and every inequality it rests on are proved in ``proofs/written/escape-counts.md``; the
names used there (Lemma R1, ...) are the names used in the comments here.
"""
