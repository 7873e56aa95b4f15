"""How results are shown: rows, theorems, and the encyclopedia."""
