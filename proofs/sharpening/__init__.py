"""The best constant: of one claim, of a chain of steps, and as a closed form."""
