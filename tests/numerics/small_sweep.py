"""A small sweep, in the words of its file."""

SWEEP = """
depth = [2, 3, 4]
init = ["gaussian", "near-identity:0.2"]
loss = "(p+1)**2/2"
step = 0.05
until = "abs(p+1) <= 1/2"
seeds = 4
engine = "float"
bound = "box"
"""
