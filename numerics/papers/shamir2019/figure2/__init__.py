"""Shamir (COLT 2019), Section 4: gradient descent on products of matrices, depth 2 to 8."""
