"""Shamir's Theorem 2 with every constant explicit: tails, bounds, and certified counts."""
