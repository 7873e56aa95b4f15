"""Other tools on the same lemmas: z3, cvc5, SymPy, and Coq with lra, nra and interval.

They are asked the easier question: whether the conclusion holds wherever everything in it is
defined (the checker has to prove that it is defined), and after the checker's own reading, which
writes a claim about functions or vectors as one about numbers. What they say is shown, not checked.
"""
