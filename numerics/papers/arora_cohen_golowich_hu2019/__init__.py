"""Arora, Cohen, Golowich, Hu, ICLR 2019: balanced initialisation."""
