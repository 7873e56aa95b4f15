"""Deep linear networks W_L ... W_1: a floating-point engine, a rigorous one, and instances."""
