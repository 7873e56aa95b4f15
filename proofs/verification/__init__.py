"""How claims are verified: which evidence is gathered, in which order, in which processes."""
