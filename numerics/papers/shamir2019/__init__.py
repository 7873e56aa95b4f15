"""Shamir, COLT 2019: exponential convergence time of scalar networks."""
