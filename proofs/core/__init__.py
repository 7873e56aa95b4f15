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

How long it is, in lines of code (without blanks, comments and docstrings), and what each part buys:

=============== ======================================================================
``terms``       315: a reader of text (93), equality, definedness of powers, linear terms (22),
                derivatives (30 with their table)
``ranges``      212: enclosures (167); limits at infinity (45), of use to ``limit`` only
``probability`` 267: all that is known of E and P: which means exist (81), the probability of an
                event about one draw (42), quadrature with its tails (46), moments (12)
``normal``      420: to decide equations: polynomials in atoms, exponentials (254); roots, moduli
                and integer powers (61); logarithms that come apart (45); means (25); gamma (18);
                quarter turns (15)
``goals``       229: what is to be shown to be defined (30); facts and ranges, which nothing else
                may change
``rules``       254: ``cone`` (38), ``invariant`` (29), ``enclose`` (24), ``monotone`` (20),
                ``substitute`` (18), ``cite`` (18), ``markov`` (16), ``limit`` (14), ``cases`` (5),
                ``have`` (4)
``check``       277: the loader (110, of which layers 30), lemmas and seals (63), budgets (18),
                several conclusions (18)
=============== ======================================================================

1,974 in all. Without E and P, layers, several conclusions, limits, gamma, quarter turns and
logarithms of products, about 1,470 would do; ``docs/pages/trust.md`` counts which certificates use
what. All 538 that ship are checked in about 5 s of CPU time.
"""
